/* The columns that a terminal gives the characters of Unicode 14, where it is not one. */
#ifndef MLM_COLUMNS_TABLE_H
#define MLM_COLUMNS_TABLE_H

#include <stdint.h>

/* From first to last; 0 columns: drawn over or within another character, 2: wide. */
typedef struct ColumnRange {
  uint32_t first, last;
  int columns;
} ColumnRange;

enum { MLM_COLUMN_RANGES = 397 };
/* Sorted by character. */
extern const ColumnRange mlm_column_ranges[MLM_COLUMN_RANGES];

#endif
