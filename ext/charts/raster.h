/* A raster of dots, eight to a character, on which the text form of a chart is drawn. */
#ifndef MLM_RASTER_H
#define MLM_RASTER_H

#include "charts/chart.h"

enum { MLM_DOTS_WIDE = 2, MLM_DOTS_HIGH = 4 }; /* of a character of braille */

typedef struct Raster {
  int columns, rows; /* of characters */
  bool ascii;
  bool lettered;  /* several series: letters tell them apart */
  uint8_t *dots;  /* of each character: the bits of its braille pattern */
  char *letter;   /* of each character: what stands there instead of dots, or 0 */
  uint8_t *shade; /* of each character: 0, or 1..4 */
} Raster;

/* A raster without dots, in the memory of the chart; false: out of memory. */
bool mlm_raster_begin(Raster *raster, Chart *chart, int columns, int rows);
void mlm_raster_draw(Raster *raster, const Mark *mark);
/* Puts the letters of a line's series along it, where there are several; to be called after all marks are
 * drawn. */
void mlm_raster_letters(Raster *raster, const Mark *mark);
/* Appends a row, without blanks at its end. */
void mlm_raster_row(const Raster *raster, int row, StrBuf *out);

/* The mark of a series in ASCII, and its letter. */
static inline char mlm_series_mark(int series) {
  return series < 0 ? '.' : "*+ox#@%&=$~^"[series % MLM_MOST_SERIES];
}
static inline char mlm_series_letter(int series) { return (char)('a' + series % 26); }

#endif
