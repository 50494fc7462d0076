/* Names and titles that come from data, prepared for display: made safe, measured, shortened, escaped. */
#ifndef MLM_DISPLAY_TEXT_H
#define MLM_DISPLAY_TEXT_H

#include "charts/chart.h"
#include "state/keyed.h"

/* Columns that a terminal gives a well-formed UTF-8 text. */
size_t mlm_text_columns(const char *text);

/* Appends the text as well-formed UTF-8 that shows as one line: control characters become one blank, what is
 * not UTF-8 becomes U+FFFD, and marks that change the direction of text are left out. A text longer than
 * `columns` is cut, with an ellipsis at its end. */
void mlm_clean_text(StrBuf *out, const char *text, size_t n, size_t columns);
/* Appends a text that mlm_clean_text() made. One longer than `columns` is cut, with an ellipsis at its end,
 * or in its middle, so that texts which differ in their last letters still do. */
void mlm_cut_text(StrBuf *out, const char *text, size_t columns, bool middle);

/* The name of a series or class: a text as it is, the empty one as two quotation marks, a number as SQLite
 * prints it, a BLOB in hexadecimal, NULL as "". */
const char *mlm_class_name(Chart *chart, const Class *name, size_t columns);
/* The name of one of `keys` keys. A single key that is NULL or '' names nothing. */
static inline const char *mlm_key_name(Chart *chart, const KeyedEntry *entry, uint32_t keys, size_t columns) {
  const Class key = mlm_keyed_key(entry);
  const bool null = key.type == CLASS_NULL, empty = key.type == CLASS_TEXT && key.n == 0;
  if (keys == 1 && (null || empty)) return "";
  return null ? "NULL" : mlm_class_name(chart, &key, columns);
}

/* Appends a clean text with & < > " ' escaped, valid in XML and HTML, in text and in quoted attributes. */
void mlm_escape(StrBuf *out, const char *text);

/* Appends a clean text in ASCII: an ellipsis as '~', any other character as a '?' for each of its columns. */
void mlm_to_ascii(StrBuf *out, const char *text);

#endif
