/* Names and titles that come from data, prepared for display: made safe, measured, shortened, escaped. */
#include "charts/display_text.h"

#include "base/dirty_text.h"
#include "base/number_print.h"
#include "charts/columns_table.h"

/* Columns that a terminal gives the character: 0 of combining marks, 2 of East Asian wide ones. */
static int columns_of(uint32_t c) {
  const ColumnRange *range = mlm_column_ranges;
  for (size_t i = 0; i < MLM_COLUMN_RANGES && c >= range[i].first; i++)
    if (c <= range[i].last) return range[i].columns;
  return 1;
}

/* The character that `n` bytes of well-formed UTF-8 encode. */
static uint32_t decode(const char *at, size_t n) {
  const unsigned char *u = (const unsigned char *)at;
  if (n == 1) return u[0];
  uint32_t c = u[0] & (0xffu >> (n + 1));
  for (size_t i = 1; i < n; i++) c = c << 6 | (u[i] & 0x3f);
  return c;
}

size_t mlm_text_columns(const char *text) {
  size_t columns = 0, left = strlen(text);
  /* unreachable: names were made valid UTF-8 */
  for (size_t n; left > 0 && (n = mlm_utf8_length(text, left)) > 0; text += n, left -= n)
    columns += (size_t)columns_of(decode(text, n));
  return columns;
}

/* Embeddings, overrides, isolates and marks of direction; line and paragraph separators; a byte order mark.
 */
static bool is_dropped(uint32_t c) {
  return c == 0x61c || (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x206f) || c == 0xfeff;
}

static bool is_control(uint32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

/* Characters that XML or HTML does not allow. */
static bool is_no_character(uint32_t c) {
  /* unreachable: a surrogate, which valid UTF-8 does not have */
  return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) || (c >= 0xd800 && c <= 0xdfff);
}

/* Appends one character of text[0..n) made safe, if it fits into *left columns; returns its bytes. *cut: it
 * did not. */
static size_t clean_one(StrBuf *out, size_t begin, const char *text, size_t n, size_t *left, bool *cut) {
  size_t length = mlm_utf8_length(text, n);
  uint32_t c = length ? decode(text, length) : 0xfffd;
  const char *shown = text;
  size_t shown_n = length;
  bool gap = out->n == begin || out->bytes[out->n - 1] == ' ';
  if (is_dropped(c) || (is_control(c) && gap)) return length;
  if (length == 0 || is_no_character(c)) {
    shown = "\xef\xbf\xbd";
    shown_n = 3;
    c = 0xfffd;
  } else if (is_control(c)) {
    shown = " ";
    shown_n = 1;
  }
  size_t columns = (size_t)columns_of(c);
  *cut = columns > *left;
  if (!*cut) {
    mlm_str_add(out, shown, shown_n);
    *left -= columns;
  }
  return length ? length : 1;
}

void mlm_clean_text(StrBuf *out, const char *text, size_t n, size_t columns) {
  size_t begin = out->n, left = columns, at = 0, fits = out->n;
  bool cut = false;
  while (at < n && !cut) {
    if (left >= 1) fits = out->n; /* where the text is cut, an ellipsis has to fit */
    at += clean_one(out, begin, text + at, n - at, &left, &cut);
  }
  if (!cut) return;
  out->n = fits;
  if (columns > 0) mlm_str_put(out, "\xe2\x80\xa6");
}

/* Whether a text begins with a mark that belongs to the character before it. */
static bool first_is_narrow(const char *text) {
  return *text && columns_of(decode(text, mlm_utf8_length(text, strlen(text)))) == 0;
}

void mlm_cut_text(StrBuf *out, const char *text, size_t columns, bool middle) {
  size_t all = mlm_text_columns(text), n = strlen(text);
  bool cut = middle && columns > 1 && all > columns;
  size_t end = cut ? (columns - 1) / 2 : 0; /* columns of the end that stays */
  mlm_clean_text(out, text, n, columns - end);
  if (!cut) return;
  while (mlm_text_columns(text) > end || first_is_narrow(text)) text += mlm_utf8_length(text, strlen(text));
  mlm_str_put(out, text);
}

/* In quotes if it is empty or has blanks at an end, which would not be seen. */
static void put_text_name(StrBuf *text, const Class *name) {
  size_t n = name->n;
  if (n) mlm_trim(name->bytes, &n);
  const bool quoted = n == 0 || n < name->n;
  if (quoted) mlm_str_put(text, "'");
  if (name->n) mlm_str_add(text, name->bytes, name->n);
  if (quoted) mlm_str_put(text, "'");
}

const char *mlm_class_name(Chart *chart, const Class *name, size_t columns) {
  static const char hex[] = "0123456789ABCDEF";
  char digits[MLM_NUMBER_BYTES];
  StrBuf text = mlm_chart_buffer(chart), clean = mlm_chart_buffer(chart);
  switch (name->type) {
  case CLASS_INTEGER: mlm_str_add(&text, digits, mlm_print_integer(name->integer, digits)); break;
  case CLASS_REAL: mlm_str_add(&text, digits, mlm_print_sqlite_real(name->real, digits)); break;
  case CLASS_TEXT: put_text_name(&text, name); break;
  case CLASS_BLOB:
    mlm_str_put(&text, "x'");
    for (size_t i = 0; i < name->n && i <= columns; i++) {
      unsigned char byte = (unsigned char)name->bytes[i];
      mlm_str_add(&text, &hex[byte >> 4], 1);
      mlm_str_add(&text, &hex[byte & 15], 1);
    }
    mlm_str_put(&text, "'");
    break;
  default: break;
  }
  if (text.n) mlm_clean_text(&clean, text.bytes, text.n, columns);
  mlm_chart_failed(chart, text.status);
  chart->host->free(text.bytes);
  return mlm_chart_keep(chart, &clean);
}

void mlm_escape(StrBuf *out, const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '&': mlm_str_put(out, "&amp;"); break;
    case '<': mlm_str_put(out, "&lt;"); break;
    case '>': mlm_str_put(out, "&gt;"); break;
    case '"': mlm_str_put(out, "&quot;"); break;
    case '\'': mlm_str_put(out, "&#39;"); break;
    default: mlm_str_add(out, text, 1);
    }
  }
}

void mlm_to_ascii(StrBuf *out, const char *text) {
  size_t left = strlen(text);
  /* unreachable: names were made valid UTF-8 */
  for (size_t n; left > 0 && (n = mlm_utf8_length(text, left)) > 0; text += n, left -= n) {
    uint32_t c = decode(text, n);
    int columns = columns_of(c);
    if (n == 1)
      mlm_str_add(out, text, 1);
    else if (c == 0x2026)
      mlm_str_put(out, "~");
    else
      mlm_str_add(out, "??", (size_t)columns);
  }
}
