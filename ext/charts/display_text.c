/* Names and titles that come from data, prepared for display: made safe, measured, shortened, escaped. */
#include "charts/display_text.h"

#include "base/dirty_text.h"
#include "base/number_print.h"

typedef struct Range {
  uint32_t first, last;
} Range;

/* Combining marks and other characters without a column of their own, of the scripts that are in use. */
static const Range narrow[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x5bf, 0x5bf},   {0x5c1, 0x5c2},
    {0x5c4, 0x5c5},   {0x5c7, 0x5c7},   {0x610, 0x61a},   {0x64b, 0x65f},   {0x670, 0x670},
    {0x6d6, 0x6dc},   {0x6df, 0x6e4},   {0x6e7, 0x6e8},   {0x6ea, 0x6ed},   {0x8ca, 0x902},
    {0x93a, 0x93a},   {0x93c, 0x93c},   {0x941, 0x948},   {0x94d, 0x94d},   {0x951, 0x957},
    {0x962, 0x963},   {0x981, 0x981},   {0x9bc, 0x9bc},   {0x9c1, 0x9c4},   {0x9cd, 0x9cd},
    {0x9e2, 0x9e3},   {0x9fe, 0xa02},   {0xa3c, 0xa3c},   {0xa41, 0xa51},   {0xa70, 0xa71},
    {0xa75, 0xa75},   {0xa81, 0xa82},   {0xabc, 0xabc},   {0xac1, 0xac8},   {0xacd, 0xacd},
    {0xae2, 0xae3},   {0xafa, 0xb01},   {0xb3c, 0xb3c},   {0xb3f, 0xb3f},   {0xb41, 0xb44},
    {0xb4d, 0xb56},   {0xb62, 0xb63},   {0xb82, 0xb82},   {0xbc0, 0xbc0},   {0xbcd, 0xbcd},
    {0xc00, 0xc00},   {0xc04, 0xc04},   {0xc3c, 0xc3c},   {0xc3e, 0xc40},   {0xc46, 0xc56},
    {0xc62, 0xc63},   {0xc81, 0xc81},   {0xcbc, 0xcbc},   {0xcbf, 0xcbf},   {0xcc6, 0xcc6},
    {0xccc, 0xccd},   {0xce2, 0xce3},   {0xd00, 0xd01},   {0xd3b, 0xd3c},   {0xd41, 0xd44},
    {0xd4d, 0xd4d},   {0xd62, 0xd63},   {0xd81, 0xd81},   {0xdca, 0xdca},   {0xdd2, 0xdd6},
    {0xe31, 0xe31},   {0xe34, 0xe3a},   {0xe47, 0xe4e},   {0xeb1, 0xeb1},   {0xeb4, 0xebc},
    {0xec8, 0xecd},   {0xf18, 0xf19},   {0xf35, 0xf35},   {0xf37, 0xf37},   {0xf39, 0xf39},
    {0xf71, 0xf7e},   {0xf80, 0xf84},   {0xf86, 0xf87},   {0xf8d, 0xfbc},   {0xfc6, 0xfc6},
    {0x102d, 0x1030}, {0x1032, 0x1037}, {0x1039, 0x103a}, {0x103d, 0x103e}, {0x1058, 0x1059},
    {0x105e, 0x1060}, {0x1071, 0x1074}, {0x1082, 0x1082}, {0x1085, 0x1086}, {0x108d, 0x108d},
    {0x109d, 0x109d}, {0x1160, 0x11ff}, {0x135d, 0x135f}, {0x17b4, 0x17b5}, {0x17b7, 0x17bd},
    {0x17c6, 0x17c6}, {0x17c9, 0x17d3}, {0x17dd, 0x17dd}, {0x180b, 0x180f}, {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff}, {0x200b, 0x200d}, {0x2060, 0x2064}, {0x20d0, 0x20ff}, {0x302a, 0x302d},
    {0x3099, 0x309a}, {0xfb1e, 0xfb1e}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef}};
/* East Asian wide and full-width characters, and pictographs that are as wide. */
static const Range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},
    {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},
    {0x2693, 0x2693},   {0x26a1, 0x26a1},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},
    {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},
    {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},
    {0x2e80, 0x3029},   {0x302e, 0x303e},   {0x3041, 0x3096},   {0x309b, 0x3247},   {0x3250, 0x4dbf},
    {0x4e00, 0xa4c6},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfad9},   {0xfe10, 0xfe19},
    {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16ff0, 0x1b2fb}, {0x1f004, 0x1f004},
    {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335},
    {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0},
    {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d},
    {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
    {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df},
    {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945},
    {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf6}, {0x20000, 0x3fffd}};

/* Whether c is in one of n ranges in ascending order. */
static bool is_in(uint32_t c, const Range *range, size_t n) {
  for (size_t i = 0; i < n && c >= range[i].first; i++)
    if (c <= range[i].last) return true;
  return false;
}

/* Columns that a terminal gives the character: 0 of combining marks, 2 of East Asian wide ones. */
static int columns_of(uint32_t c) {
  if (c < 0x300) return 1;
  if (is_in(c, narrow, sizeof narrow / sizeof *narrow)) return 0;
  return is_in(c, wide, sizeof wide / sizeof *wide) ? 2 : 1;
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
