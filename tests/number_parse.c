/* Numbers as text: read and printed against the C library and against each other, bit by bit, in every
 * rounding mode. */
#include "random.h"
#include "base/number.h"
#include "unit.h"

#include <fenv.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#if defined __SSE2__
#include <xmmintrin.h>
#endif

/* ---- reading ---- */

static void expect_bits(const char *text, uint64_t bits) {
  double x = 0;
  expect_for(mlm_parse_number(text, strlen(text), &x) == strlen(text) && mlm_double_bits(x) == bits, "read",
             text);
}

/* Where the text is written as a double that the compiler rounds, ISO C lets it take either neighbour;
 * hexadecimal does not. */
static void check_hard_cases(void) {
  static const struct {
    const char *text;
    double x;
  } hard[] = {
      {"0", 0.0},
      {"-0", -0.0},
      {"-0.0e5", -0.0},
      {"0e999999999999", 0.0},
      {"1", 0x1p0},
      {"+1", 0x1p0},
      {".5", 0x1p-1},
      {"5.", 0x1.4p2},
      {"-1.5E+1", -0x1.ep3},
      {"0.1", 0x1.999999999999ap-4},
      {"123456789", 0x1.d6f3454p26},
      {"1e308", 0x1.1ccf385ebc8ap1023},
      {"1e22", 0x1.0f0cf064dd592p73},
      {"1e23", 0x1.52d02c7e14af6p76},
      {"9007199254740991", 0x1.fffffffffffffp52},
      {"9007199254740993", 0x1p53},
      {"9007199254740993.0", 0x1p53},
      {"9007199254740992999999999999999999999e-21", 0x1p53},
      {"9007199254740993.00000000000000000000001", 0x1.0000000000001p53},
      {"9007199254740995", 0x1.0000000000002p53},
      {"4503599627370496.5", 0x1p52},
      {"4503599627370497.5", 0x1.0000000000002p52},
      {"18446744073709551615", 0x1p64},
      {"18446744073709551616", 0x1p64},
      {"1.7976931348623157e308", 0x1.fffffffffffffp1023},
      {"1.7976931348623158e308", 0x1.fffffffffffffp1023},
      {"179769313486231580793728971405301e276", 0x1.fffffffffffffp1023},
      {"1.7976931348623159e308", INFINITY},
      {"1e309", INFINITY},
      {"-1e999999999999", -INFINITY},
      {"1e99999999999999999999999999999999999999", INFINITY},
      {"1e-99999999999999999999999999999999999999", 0.0},
      {"-1e-400", -0.0},
      {"2.2250738585072014e-308", 0x1p-1022},
      {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
      {"2.2250738585072012e-308", 0x1p-1022},
      {"5e-324", 0x1p-1074},
      {"4.9406564584124654e-324", 0x1p-1074},
      {"2.4703282292062327e-324", 0.0},
      {"2.4703282292062328e-324", 0x1p-1074},
      {"3e-324", 0x1p-1074},
      {"2e-324", 0.0},
      {"9.999999999999999999e-343", 0.0},
      {"9999999999999999999e-343", 0.0},
      {"9999999999999999999e-342", 0x1p-1073},
      {"7.4109846876186981e-324", 0x1p-1074},
      {"7.4109846876186982e-324", 0x1p-1073},
      {"6250000000000000000e-19", 0x1.4p-1},
      {"922337203685477.5808", 0x1.a36e2eb1c432dp49},
      {".0000000000000000005", 0x1.2725dd1d243acp-61},
      {"00000000000000000000000000000.00000000000000000000000000000015e31", 0x1.8p0},
      {"1.1920928955078125e-7", 0x1p-23},
      {"8.442911973260991817129021e-309", 0x0.6123400000001p-1022},
  };
  for (size_t i = 0; i < sizeof hard / sizeof *hard; i++)
    expect_bits(hard[i].text, mlm_double_bits(hard[i].x));
}

/* The tie above a subnormal in all its 768 digits, then the same with one more digit far out, and one less at
 * the end. */
static void check_long_ties(void) {
  static const uint64_t below[] = {
      0, 1, 0x7FFFFFFFFFFFF, 0xFFFFFFFFFFFFE, 0x1FFFFFFFFFFFFF, 0x1FFFFFFFFFFFFE};
  static char text[4096];
  for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
    /* The tie is (2b + 1)·2^-1075 and has 1075 places; its digits come by long multiplication by 5, 1075
     * times. */
    enum { PLACES = 1075 };
    static int digit[PLACES + 40];
    memset(digit, 0, sizeof digit);
    uint64_t odd = 2 * below[i] + 1;
    for (int k = 0; odd; k++, odd /= 10) digit[k] = (int)(odd % 10);
    for (int n = 0; n < PLACES; n++)
      for (int k = 0, carry = 0; k < PLACES + 40; k++) {
        const int value = 5 * digit[k] + carry;
        digit[k] = value % 10;
        carry = value / 10;
      }
    text[0] = '0', text[1] = '.';
    for (int k = 0; k < PLACES; k++) text[2 + k] = (char)('0' + digit[PLACES - 1 - k]);
    char *end = text + 2 + PLACES;
    *end = 0;
    expect_bits(text, below[i] + (below[i] & 1));
    memset(end, '0', 2000);
    end[2000] = 0;
    expect_bits(text, below[i] + (below[i] & 1));
    strcpy(end + 2000, "1");
    expect_bits(text, below[i] + 1);
    strcpy(end, "e0");
    end[-1]--; /* the last digit is 5 */
    expect_bits(text, below[i]);
    memset(end, '9', 2000);
    end[2000] = 0;
    expect_bits(text, below[i]);
  }
}

static void check_long_zeros(void) {
  static char text[40020];
  memset(text, '0', sizeof text);
  strcpy(text + 20000, "1.");
  text[20002] = '0';
  text[sizeof text - 1] = 0;
  expect_bits(text, mlm_double_bits(1));
  memset(text, '0', sizeof text);
  text[0] = '1';
  strcpy(text + 20001, "e-20000");
  expect_bits(text, mlm_double_bits(1));
  memset(text, '0', sizeof text);
  text[1] = '.';
  strcpy(text + 20001, "1e20000");
  expect_bits(text, mlm_double_bits(1));
}

/* 2^53 + 1, a tie, and far behind it, a point and then perhaps what decides. */
static void check_late_point(void) {
  static char text[2100];
  memset(text, '0', sizeof text);
  memcpy(text, "9007199254740993", 16);
  strcpy(text + 1016, ".00e-1000");
  expect_bits(text, mlm_double_bits(0x1p53));
  strcpy(text + 1016, ".01e-1000");
  expect_bits(text, mlm_double_bits(0x1.0000000000001p53));
}

/* The text is in a block of exactly its size, so that a sanitizer detects any access beyond. */
static size_t read_alone(const char *text, bool whole, double *x) {
  const size_t n = strlen(text);
  char *block = malloc(n ? n : 1);
  if (!block) abort();
  memcpy(block, text, n);
  const size_t read = whole ? mlm_parse_number_text(block, n, x) : mlm_parse_number(block, n, x);
  int64_t integer;
  mlm_parse_integer_text(block, n, &integer);
  free(block);
  return read;
}

static void check_grammar(void) {
  static const struct {
    const char *text;
    size_t read;
  } head[] = {{"", 0},      {"-", 0},   {".", 0},     {"+.", 0},         {"e5", 0},  {"-.e5", 0},
              {" 1", 0},    {"nan", 0}, {"inf", 0},   {"0x10", 1},       {"1e", 1},  {"1e+", 1},
              {"1.5e-", 3}, {"1,5", 1}, {"1 ", 1},    {"1..2", 2},       {"--1", 0}, {"1e5.5", 3},
              {"12_3", 2},  {"+-1", 0}, {"1E05x", 4}, {"\xD9\xA1", 0},   {"1:", 1},  {"1/", 1},
              {"1.:", 2},   {"/", 0},   {"5.", 2},    {"1.:2345678", 2}, {"+1:", 2}, {"1e5:", 3}};
  double x;
  for (size_t i = 0; i < sizeof head / sizeof *head; i++)
    expect_for(read_alone(head[i].text, false, &x) == head[i].read, "head", head[i].text);
  static const char *const whole[] = {"1",  " 1", "1 ",      "\t\n\v\f\r -1.5e3 \t\n\v\f\r",
                                      ".5", "5.", "1.23456", "1.234567"};
  for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
    expect_for(read_alone(whole[i], true, &x), "whole", whole[i]);
  static const char *const not_whole[] = {"",   " ",          "1 2", "1x",       "- 1",
                                          "1e", "\xC2\xA0 1", "nan", "Infinity", "."};
  for (size_t i = 0; i < sizeof not_whole / sizeof *not_whole; i++)
    expect_for(!read_alone(not_whole[i], true, &x), "not whole", not_whole[i]);
  expect_for(!mlm_parse_number_text("1\0", 2, &x), "not whole", "embedded NUL");
  expect_for(mlm_parse_number_text("12", 1, &x) && x == 1, "whole", "not beyond n");
  expect_for(mlm_parse_number("1.:2345678", 10, &x) == 2 && x == 1, "head", "1.:2345678");
  static const char *const cut[] = {"1.12345678901234567890", "+1.5e+5", "-1.5e-12", "1e+5",
                                    "0000000000000000000000512345678901234567890123"};
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
    for (size_t n = 2; n <= strlen(cut[i]); n++) { /* what stands behind is not read */
      char alone[60] = {0};
      double y;
      memcpy(alone, cut[i], n);
      expect_for(mlm_parse_number(cut[i], n, &x) == mlm_parse_number(alone, n, &y) && x == y, "cut", alone);
    }
  }
}

static void check_integers(void) {
  static const struct {
    const char *text;
    bool right;
    int64_t x;
  } cases[] = {{"0", true, 0},
               {"-0", true, 0},
               {" +007 ", true, 7},
               {"9223372036854775807", true, INT64_MAX},
               {"-9223372036854775808", true, INT64_MIN},
               {"-9223372036854775807", true, -INT64_MAX},
               {"9223372036854775808", false, 0},
               {"-9223372036854775809", false, 0},
               {"18446744073709551617", false, 0},
               {"99999999999999999999999", false, 0},
               {"1.0", false, 0},
               {"1:", false, 0},
               {"1e3", false, 0},
               {"", false, 0},
               {"-", false, 0},
               {"+ 1", false, 0},
               {"1 1", false, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t x = 0;
    const bool right = mlm_parse_integer_text(cases[i].text, strlen(cases[i].text), &x);
    expect_for(right == cases[i].right && x == cases[i].x, "integer", cases[i].text);
  }
}

/* ---- at random, against the C library ---- */

/* The middle of a double and the next, where long double can hold it: all its digits or only the first. */
static void draw_tie(char *text, size_t room) {
  const double x = fabs(draw_double());
  const long double next = mlm_double_from_bits(mlm_double_bits(x) + 1);
  snprintf(text, room, "%.*Le", draw() % 2 ? 768 : (int)(draw() % 768),
           isfinite((double)next) ? x + (next - x) / 2 : x);
}

/* Up to 21 digits, of which some may be leading zeros, and a point among them or at an end. */
static void draw_short(char *text, size_t room) {
  const int whole = (int)(draw() % 11), fraction = (int)(draw() % 11) + (whole == 0);
  const unsigned long long a = draw_shifted(34) % 10000000000, b = draw_shifted(34) % 10000000000;
  const int n = snprintf(text, room, "%s%0*llu", draw() % 2 ? "-" : "", whole + 1, a);
  if (draw() % 4 == 0) return;
  snprintf(text + n, room - (size_t)n, ".%0*llu", fraction, b);
  if (draw() % 8 == 0) text[n + 1] = 0;
}

static void draw_text(char *text, size_t room) {
  const int exponent = (int)(draw() % 700) - 350;
  const unsigned long long a = draw_shifted(64), b = draw_shifted(64);
  const double x = draw_double();
  switch (draw() % 7) {
  case 0: snprintf(text, room, "%.*e", (int)(draw() % 25), x); break;
  case 1: draw_tie(text, room); break;
  case 5: draw_short(text, room); break;
  case 6: snprintf(text, room, "%.*f", (int)(draw() % 25), (double)(a >> 40) / (double)(b | 1)); break;
  case 2: snprintf(text, room, "%llu.%llue%d", a, b, exponent); break;
  case 3: snprintf(text, room, "%llue%d", a, exponent); break;
  default: { /* a tie of integers, or nearly one */
    const unsigned long long large = draw_shifted(9) >> 2 | 1;
    snprintf(text, room, "%llu%s", large, draw() % 2 ? ".0" : ".00000000000000000000001");
  }
  }
}

static void check_random(int rounds) {
  static char text[2048];
  for (int i = 0; i < rounds; i++) {
    draw_text(text, sizeof text);
    double x = 0;
    expect_for(mlm_parse_number_text(text, strlen(text), &x)
                   && mlm_double_bits(x) == mlm_double_bits(strtod(text, NULL)),
               "strtod", text);
  }
}

/* ---- the host's modes ---- */

/* A hash of all results of base/ for one number. */
static uint64_t digest(int rounds) {
  uint64_t hash = 0;
  seed = 99;
  for (int i = 0; i < rounds; i++) {
    const uint64_t bits = draw() % 4 ? draw() : draw() >> 12;
    const unsigned long long whole = draw(), fraction = draw();
    char text[80], out[MLM_NUMBER_BYTES];
    const int n = snprintf(text, sizeof text, "%llu.%llue%d", whole, fraction, (int)(draw() % 700) - 360);
    double x = 0;
    mlm_parse_number(text, (size_t)n, &x);
    hash = hash * 31 + mlm_double_bits(x);
    draw_short(text, sizeof text);
    mlm_parse_number(text, strlen(text), &x);
    hash = hash * 31 + mlm_double_bits(x);
    const double y = mlm_double_from_bits(bits);
    size_t printed = mlm_print_number(y, out);
    for (size_t k = 0; k < printed; k++) hash = hash * 31 + (unsigned char)out[k];
    printed = mlm_print_shortest(y, out);
    for (size_t k = 0; k < printed; k++) hash = hash * 31 + (unsigned char)out[k];
    printed = mlm_print_fixed(y, (int)(bits % 10), out);
    for (size_t k = 0; k < printed; k++) hash = hash * 31 + (unsigned char)out[k];
  }
  return hash;
}

static void check_modes(void) {
  static const struct {
    int mode;
    const char *name;
  } modes[] = {{FE_UPWARD, "upward"}, {FE_DOWNWARD, "downward"}, {FE_TOWARDZERO, "toward zero"}};
  const uint64_t want = digest(100000);
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    expect_for(fesetround(modes[i].mode) == 0, "mode can be set", modes[i].name);
    const uint64_t got = digest(100000);
    check_hard_cases();
    check_long_ties();
    fesetround(FE_TONEAREST);
    expect_for(got == want, "rounding mode", modes[i].name);
  }
#if defined __SSE2__
  const unsigned state = _mm_getcsr();
  _mm_setcsr(state | 0x8040); /* flush to zero, denormals are zero */
  const uint64_t got = digest(100000);
  check_hard_cases();
  _mm_setcsr(state);
  expect_for(got == want, "mode", "flush to zero");
#endif
  const char *const commas[] = {"de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8"};
  for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
    if (!setlocale(LC_ALL, commas[i])) continue;
    expect_for(*localeconv()->decimal_point == ',', "locale", commas[i]);
    expect_for(digest(100000) == want, "locale", commas[i]);
    check_hard_cases();
    setlocale(LC_ALL, "C");
    return;
  }
  printf("no locale with a decimal comma is installed: left out\n");
}

int main(int argc, char **argv) {
  const int times = argc > 1 ? atoi(argv[1]) : 1;
  check_hard_cases();
  check_long_ties();
  check_long_zeros();
  check_late_point();
  check_grammar();
  check_integers();
  check_random(600000 * times);
  check_modes();
  return end_of_tests();
}
