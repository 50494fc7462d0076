/* Numbers with percent and currency signs, groups and decimal commas: stripped to a plain decimal, then
 * rounded once. */
#include "base/loose_number.h"

#include <string.h>

#include "base/bits.h"
#include "base/decimal.h"
#include "base/number.h"
#include "base/dirty_text.h"

/* What is left of the text while signs are taken off either end. */
typedef struct Body {
  const char *at;
  size_t n;
  bool negative;
  unsigned dirt;
} Body;

static const char minus_sign[] = "\xE2\x88\x92", infinity_sign[] = "\xE2\x88\x9E", quote[] = "\xE2\x80\x99";

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool begins_with(const char *at, size_t n, const char *sign) {
  const size_t length = strlen(sign);
  return length <= n && memcmp(at, sign, length) == 0;
}

static bool take_front(Body *body, const char *sign) {
  if (!begins_with(body->at, body->n, sign)) return false;
  body->at += strlen(sign);
  body->n -= strlen(sign);
  return true;
}

static bool take_back(Body *body, char c) {
  if (body->n == 0 || body->at[body->n - 1] != c) return false;
  body->n--;
  return true;
}

static bool take_sign(Body *body) {
  const bool typographic = take_front(body, minus_sign);
  if (typographic) body->dirt |= LOOSE_BLANKS_OR_SIGN;
  body->negative = typographic || take_front(body, "-");
  return body->negative || take_front(body, "+");
}

/* Length in bytes of the currency sign at `at`; 0: there is none. */
static size_t currency_bytes(const char *at, size_t n) {
  if (n >= 1 && *at == '$') return 1;
  if (n >= 2 && *at == '\xC2' && (at[1] == '\xA3' || at[1] == '\xA5')) return 2;
  const bool block = n >= 3 && *at == '\xE2';
  const unsigned char last = block ? (unsigned char)at[2] : 0;
  if (block && at[1] == '\x82' && last >= 0xA0 && last <= 0xBF) return 3; /* U+20A0..U+20BF */
  return block && at[1] == '\x83' && last >= 0x80 && last <= 0x8F ? 3 : 0;
}

static bool take_currency(Body *body) {
  const size_t bytes = currency_bytes(body->at, body->n);
  if (bytes == 0) return false;
  body->dirt |= LOOSE_CURRENCY;
  body->n -= bytes;
  body->at = mlm_trim_front(body->at + bytes, &body->n);
  return true;
}

static void take_currency_behind(Body *body) {
  for (size_t bytes = 1; bytes <= 3 && bytes < body->n; bytes++)
    if (currency_bytes(body->at + body->n - bytes, bytes) == bytes) {
      body->dirt |= LOOSE_CURRENCY;
      body->n -= bytes;
      mlm_trim_back(body->at, &body->n);
      return;
    }
}

/* Removes the signs around the digits; false: they contradict each other. */
static bool undress(Body *body) {
  bool is_signed = take_sign(body), currency = take_currency(body);
  if (currency && !is_signed) is_signed = take_sign(body);
  if (!is_signed && take_front(body, "(")) {
    if (!take_back(body, ')')) return false;
    body->dirt |= LOOSE_PARENTHESES;
    body->negative = true;
    body->at = mlm_trim(body->at, &body->n);
    currency = currency || take_currency(body);
  }
  if (take_back(body, '%')) {
    body->dirt |= LOOSE_PERCENT;
    mlm_trim_back(body->at, &body->n);
    return !currency;
  }
  if (!currency) take_currency_behind(body);
  return true;
}

/* ---- groups and the decimal mark ---- */

/* The significand, up to its exponent: the position of its decimal mark, and what separates its groups. */
typedef struct Layout {
  size_t n;
  size_t mark;       /* its offset; n: no decimal mark */
  const char *group; /* NULL: no groups */
} Layout;

/* The mark at `at` that can only separate groups; NULL: there is none. */
static const char *group_mark_at(const char *at, size_t n) {
  static const char *const marks[] = {"'", quote, " ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (begins_with(at, n, marks[i])) return marks[i];
  return NULL;
}

/* Commas and points: how many, and the position of the last. */
typedef struct Marks {
  size_t commas, points, last_comma, last_point;
} Marks;

/* Counts the marks in the significand; false: it contains something else, or two marks that can only separate
 * groups. */
static bool count_marks(const Body *body, Layout *layout, Marks *marks) {
  size_t i = 0;
  while (i < body->n && body->at[i] != 'e' && body->at[i] != 'E') {
    const char *const group = group_mark_at(body->at + i, body->n - i);
    const char c = body->at[i];
    if (c == ',') marks->commas++, marks->last_comma = i;
    if (c == '.') marks->points++, marks->last_point = i;
    if (!group && !is_digit(c) && c != ',' && c != '.') return false;
    if (group && layout->group && layout->group != group) return false;
    if (group) layout->group = group;
    i += group ? strlen(group) : 1;
  }
  layout->n = layout->mark = i;
  return true;
}

/* Decides which mark is which; false: a mark that may occur once occurs twice, or the option forbids it. */
static bool choose_marks(Layout *layout, const Marks *marks, DecimalMark option) {
  bool comma = option == MARK_COMMA;
  if (layout->group) {
    if (marks->commas + marks->points > 1) return false;
    if (option == MARK_EITHER)
      comma = marks->commas > 0;
    else if (comma ? marks->points > 0 : marks->commas > 0)
      return false;
  } else if (option == MARK_EITHER && marks->commas > 0) {
    comma = marks->points > 0 ? marks->last_comma > marks->last_point : marks->commas == 1;
  } else if (option == MARK_EITHER) {
    comma = marks->points > 1; /* so that they group */
  }
  if ((comma ? marks->commas : marks->points) > 1) return false;
  if (comma && marks->commas) layout->mark = marks->last_comma;
  if (!comma && marks->points) layout->mark = marks->last_point;
  if (!layout->group && (comma ? marks->points : marks->commas)) layout->group = comma ? "." : ",";
  return true;
}

/* Copies the digits before the decimal mark without what groups them; 0: they are not grouped as rule 8
 * requires. */
static size_t copy_groups(const Body *body, const Layout *layout, char *out) {
  const size_t width = layout->group ? strlen(layout->group) : 0;
  size_t copied = 0, run = 0, groups = 0;
  for (size_t i = 0; i < layout->mark;) {
    if (is_digit(body->at[i])) {
      out[copied++] = body->at[i++];
      run++;
      continue;
    }
    if (groups == 0 ? run < 1 || run > 3 || *out == '0' : run != 3) return 0;
    groups++;
    run = 0;
    i += width;
  }
  return groups > 0 && run != 3 ? 0 : copied;
}

/* Copies the exponent, with a plain minus. */
static size_t copy_exponent(const char *at, size_t n, char *out) {
  const char *const start = out;
  if (n > 0) *out++ = *at++, n--;
  if (begins_with(at, n, minus_sign)) {
    *out++ = '-';
    at += sizeof minus_sign - 1;
    n -= sizeof minus_sign - 1;
  }
  memcpy(out, at, n);
  return (size_t)(out - start) + n;
}

/* Writes the body as a plain decimal, which is not longer; 0: it is not a number. */
static size_t rewrite(Body *body, const Layout *layout, char *out) {
  size_t n = copy_groups(body, layout, out);
  if (n == 0 && layout->mark > 0) return 0;
  if (layout->mark < layout->n) {
    const bool comma = body->at[layout->mark] == ',';
    const size_t fraction = layout->n - layout->mark - 1;
    if (comma && fraction == 0) return 0;
    for (size_t i = 0; i < fraction; i++)
      if (!is_digit(body->at[layout->mark + 1 + i])) return 0;
    if (comma) body->dirt |= LOOSE_COMMA;
    out[n++] = '.';
    memcpy(out + n, body->at + layout->mark + 1, fraction);
    n += fraction;
  }
  if (layout->group) body->dirt |= LOOSE_GROUPS;
  return n + copy_exponent(body->at + layout->n, body->n - layout->n, out + n);
}

static bool round_decimal(const Body *body, const char *text, size_t n, double *x) {
  Decimal decimal;
  if (n == 0 || (!is_digit(*text) && *text != '.') || mlm_scan_decimal(text, n, &decimal) != n) return false;
  decimal.negative = body->negative;
  if (body->dirt & LOOSE_PERCENT) decimal.exponent -= 2;
  *x = mlm_double_from_bits(mlm_decimal_bits(&decimal));
  return true;
}

/* Whether a lone comma, without any other mark, is followed by exactly three digits. */
static bool is_ambiguous(const Layout *layout, const Marks *marks) {
  return !layout->group && marks->commas == 1 && marks->points == 0 && layout->n - marks->last_comma == 4;
}

static LooseStatus read_digits(Body *body, DecimalMark option, double *x) {
  char plain[MLM_LOOSE_BYTES];
  Layout layout = {0, 0, NULL};
  Marks marks = {0, 0, 0, 0};
  if ((option != MARK_COMMA || !memchr(body->at, '.', body->n)) && round_decimal(body, body->at, body->n, x))
    return LOOSE_NUMBER;
  if (body->n > MLM_LOOSE_BYTES || !count_marks(body, &layout, &marks)) return LOOSE_NOT_A_NUMBER;
  if (option == MARK_EITHER && is_ambiguous(&layout, &marks)) return LOOSE_AMBIGUOUS;
  if (!choose_marks(&layout, &marks, option)) return LOOSE_NOT_A_NUMBER;
  const size_t n = rewrite(body, &layout, plain);
  return round_decimal(body, plain, n, x) ? LOOSE_NUMBER : LOOSE_NOT_A_NUMBER;
}

/* ---- the whole text ---- */

static bool is_infinity(Body body) {
  static const char *const words[] = {"inf", "infinity", infinity_sign, NULL};
  return mlm_is_one_of(words, body.at, body.n);
}

static LooseStatus read_number(const char *text, size_t n, DecimalMark mark, LooseNumber *number) {
  const size_t given = n;
  Body body = {.n = n};
  body.at = mlm_trim(text, &body.n);
  Body bare = body;
  take_sign(&bare);
  if (is_infinity(bare)) {
    number->value = mlm_double_from_bits(MLM_INFINITY_BITS | (uint64_t)bare.negative << 63);
    number->dirt = LOOSE_INFINITY;
    return LOOSE_NUMBER;
  }
  if (!undress(&body)) return LOOSE_NOT_A_NUMBER;
  double x = 0, plain;
  const LooseStatus status = read_digits(&body, mark, &x);
  if (status != LOOSE_NUMBER) return status;
  number->value = x;
  number->dirt = body.dirt;
  if (body.dirt == 0 && !mlm_parse_number_text(text, given, &plain)) number->dirt = LOOSE_BLANKS_OR_SIGN;
  return LOOSE_NUMBER;
}

static double reading(const char *text, size_t n, DecimalMark mark) {
  LooseNumber number = {.dirt = 0};
  return read_number(text, n, mark, &number) == LOOSE_NUMBER
             ? number.value
             : mlm_double_from_bits(MLM_INFINITY_BITS | 1); /* NaN */
}

/* Whether the first digits of a text with a comma are a number padded with zeros, as in '012,500': some
 * program wrote groups so. */
static bool is_padded(const char *text) {
  while (!is_digit(*text) && *text != ',') text++;
  if (*text != '0') return false;
  while (*text == '0') text++;
  return is_digit(*text);
}

LooseStatus mlm_read_loose_number(const char *text, size_t n, DecimalMark mark, LooseNumber *number) {
  *number = (LooseNumber){.dirt = 0};
  if (mark != MARK_COMMA && mlm_parse_number_text(text, n, &number->value)) return LOOSE_NUMBER;
  if (mlm_is_missing_word(text, n)) return LOOSE_MISSING;
  const LooseStatus status = read_number(text, n, mark, number);
  if (status != LOOSE_AMBIGUOUS) return status;
  if (read_number(text, n, MARK_COMMA, number) != LOOSE_NUMBER)
    return LOOSE_NOT_A_NUMBER; /* something is wrong with its exponent */
  const double as_point = reading(text, n, MARK_POINT);
  if (as_point != as_point && !is_padded(text)) return LOOSE_NUMBER;
  *number = (LooseNumber){.as_comma = number->value, .as_point = as_point};
  return LOOSE_AMBIGUOUS;
}
