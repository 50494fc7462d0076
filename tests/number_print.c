/* Numbers printed: the layout, and at random the C library's digits; what is printed reads back as the same
 * bits. */
#include "random.h"
#include "base/number.h"
#include "unit.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>

static void check_layout(void) {
  /* What sqlite3's printf('%!.17g', x) writes, except in the last few cases. */
  static const struct {
    double x;
    const char *text, *fewest;
  } cases[] = {{0.5, "0.5", "0.5"},
               {1, "1.0", "1.0"},
               {-100, "-100.0", "-100.0"},
               {0.1, "0.10000000000000001", "0.1"},
               {-0.1, "-0.10000000000000001", "-0.1"},
               {12345678901234.0625, "12345678901234.062", "12345678901234.062"}, /* ties: to even */
               {600000000000000.25, "600000000000000.25", "600000000000000.2"},
               {1e-197, "9.9999999999999999e-198", "1.0e-197"},
               {12345678901234.1875, "12345678901234.188", "12345678901234.188"},
               {1e-4, "0.0001", "0.0001"},
               {1e-5, "1.0000000000000001e-05", "1.0e-05"},
               {1.5e-5, "1.5e-05", "1.5e-05"},
               {0.0001234, "0.00012339999999999999", "0.0001234"},
               {1e15, "1000000000000000.0", "1000000000000000.0"},
               {1e16, "10000000000000000.0", "10000000000000000.0"},
               {12345678901234567.0, "12345678901234568.0", "12345678901234568.0"},
               {1e17, "1.0e+17", "1.0e+17"},
               {99999999999999999.0, "1.0e+17", "1.0e+17"},
               {123456789012345678.0, "1.2345678901234568e+17", "1.2345678901234568e+17"},
               {1e22, "1.0e+22", "1.0e+22"},
               {1e23, "9.9999999999999992e+22", "1.0e+23"},
               {1e300, "1.0000000000000001e+300", "1.0e+300"},
               {DBL_MAX, "1.7976931348623157e+308", "1.7976931348623157e+308"},
               {DBL_MIN, "2.2250738585072014e-308", "2.2250738585072014e-308"},
               {0x1p-1074, "4.9406564584124654e-324", "5.0e-324"},
               {0x1p-44, "5.6843418860808015e-14", "5.684341886080802e-14"},
               {0x1p-1066, "1.2648080533535912e-321", "1.265e-321"},
               {0.0, "0.0", "0.0"},
               {-0.0, "-0.0", "-0.0"},
               {INFINITY, "9e999", "9e999"},
               {-INFINITY, "-9e999", "-9e999"},
               {NAN, "null", "null"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[2 * MLM_NUMBER_BYTES];
    memset(out, '#', sizeof out);
    const size_t n = mlm_print_number(cases[i].x, out);
    expect_for(out[n] == '#' && out[MLM_NUMBER_BYTES] == '#', "nothing behind it", cases[i].text);
    out[n] = 0;
    expect_for(strcmp(out, cases[i].text) == 0, cases[i].text, out);
    out[mlm_print_shortest(cases[i].x, out)] = 0;
    expect_for(strcmp(out, cases[i].fewest) == 0, cases[i].fewest, out);
  }
}

/* The significant digits of a printed number, and how many. */
static int significant(const char *text, size_t n, char *digits) {
  int count = 0;
  for (size_t i = 0; i < n && text[i] != 'e'; i++)
    if (text[i] >= '0' && text[i] <= '9' && (count || text[i] != '0')) digits[count++] = text[i];
  while (count > 1 && digits[count - 1] == '0') count--;
  digits[count] = 0;
  return count;
}

/* The fewest digits that the C library's own printing and reading need. */
static int fewest_of_libc(double x) {
  char text[40], digits[40];
  for (int n = 1; n <= 17; n++) {
    snprintf(text, sizeof text, "%.*e", n - 1, x);
    if (mlm_double_bits(strtod(text, NULL)) == mlm_double_bits(x))
      return significant(text, strlen(text), digits);
  }
  return 17;
}

/* 17 digits and fewest digits of x: the C library's digits, its value, and read back as x. */
static void check_printed(double x) {
  char ours[MLM_NUMBER_BYTES + 1], theirs[40], our_digits[40], their_digits[40];
  double back = 0;
  size_t n = mlm_print_number(x, ours);
  ours[n] = 0;
  snprintf(theirs, sizeof theirs, "%.16e", x);
  significant(ours, n, our_digits);
  significant(theirs, strlen(theirs), their_digits);
  expect_for(strcmp(our_digits, their_digits) == 0, "17 digits", theirs);
  expect_for(mlm_double_bits(strtod(ours, NULL)) == mlm_double_bits(x), "17 digits, by strtod", ours);
  expect_for(mlm_parse_number_text(ours, n, &back) && mlm_double_bits(back) == mlm_double_bits(x),
             "17 digits, back", ours);

  n = mlm_print_shortest(x, ours);
  ours[n] = 0;
  expect_for(mlm_double_bits(strtod(ours, NULL)) == mlm_double_bits(x), "shortest, by strtod", ours);
  expect_for(mlm_parse_number_text(ours, n, &back) && mlm_double_bits(back) == mlm_double_bits(x),
             "shortest, back", ours);
  expect_for(significant(ours, n, our_digits) <= fewest_of_libc(x), "fewest", ours);
}

static void check_significant(double x, int digits) {
  char ours[MLM_NUMBER_BYTES + 1], theirs[64], wanted[MLM_NUMBER_BYTES + 1];
  ours[mlm_print_significant(x, digits, ours)] = 0;
  snprintf(theirs, sizeof theirs, "%.*e", digits - 1, x);
  expect_for(strtod(ours, NULL) == strtod(theirs, NULL), ours, theirs);
  wanted[mlm_print_sqlite_real(strtod(theirs, NULL), wanted)] = 0;
  if (fabs(x) > 1e-290 && !strchr(wanted, 'e') == !strchr(ours, 'e'))
    expect_for(strcmp(ours, wanted) == 0, ours, wanted);
}

/* But for integers with more digits: where a power of ten is not exact, a tie may go either way. */
static void check_significant_cases(void) {
  static const struct {
    double x;
    const char *text;
  } cases[] = {{8.16496580927726e-06, "8.165e-06"},
               {-3.14159e-7, "-3.1416e-07"},
               {1.23456e20, "1.2346e+20"},
               {9.99999e-5, "0.0001"},
               {0.5, "0.5"},
               {12345.6, "12346.0"},
               {123456, "1.2346e+05"},
               {0, "0.0"},
               {5e-324, "4.9407e-324"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[MLM_NUMBER_BYTES + 1];
    out[mlm_print_significant(cases[i].x, 5, out)] = 0;
    expect_for(strcmp(out, cases[i].text) == 0, cases[i].text, out);
  }
  for (int i = 0; i < 200000; i++) {
    const double x = draw() % 2 ? draw_double() : (double)(int64_t)(draw() % 20001 - 10000) / 64;
    const int digits = 2 + (int)(draw() % 14);
    const bool longer = x == rint(x) && fabs(x) >= pow(10, digits);
    if (fabs(x) < INFINITY && !longer) check_significant(x, digits);
  }
}

static void check_fixed(double x, int places) {
  char ours[MLM_NUMBER_BYTES + 1], theirs[400];
  ours[mlm_print_fixed(x, places, ours)] = 0;
  snprintf(theirs, sizeof theirs, "%.*f", places, x);
  expect_for(strcmp(ours, theirs) == 0, ours, theirs);
}

static void check_fixed_cases(void) {
  static const double ties[] = {0.5,
                                1.5,
                                2.5,
                                0.25,
                                0.125,
                                0.375,
                                -0.5,
                                -0.001,
                                0.0,
                                -0.0,
                                999999999999999.9,
                                0.95,
                                9.95,
                                999.995,
                                0x1p-30,
                                0x1p-34,
                                0x1.8p-64,
                                0x1.8p-65,
                                1e-300,
                                5e-324,
                                0.1,
                                1e14,
                                999999999.9999999};
  for (size_t i = 0; i < sizeof ties / sizeof *ties; i++)
    for (int places = 0; places <= 9; places++) check_fixed(ties[i], places);
  for (int i = 0; i < 200000; i++) {
    const double scale = mlm_double_from_bits((1023 - 40 + draw() % 89) << 52);
    const double x = draw() % 2 ? draw_double() : (double)(int64_t)(draw() % 2000001 - 1000000) / 64;
    const int places = (int)(draw() % 10);
    check_fixed(fabs(x) < 1e15 ? x : scale * (double)(draw() >> 53) / 2048, places);
  }
  char out[MLM_NUMBER_BYTES + 1];
  out[mlm_print_fixed(1e15, 2, out)] = 0;
  expect_for(strcmp(out, "1000000000000000.0") == 0, "fixed beyond its range", out);
  out[mlm_print_fixed(1e23, 2, out)] = 0;
  expect_for(strcmp(out, "9.9999999999999992e+22") == 0, "fixed beyond its range", out);
  out[mlm_print_fixed(NAN, 2, out)] = 0;
  expect_for(strcmp(out, "null") == 0, "fixed beyond its range", out);
}

static void check_integers(void) {
  static const int64_t printed[] = {0, 1, -1, 10, -999, INT64_MAX, INT64_MIN};
  for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
    char ours[MLM_NUMBER_BYTES + 1], theirs[40];
    ours[mlm_print_integer(printed[i], ours)] = 0;
    snprintf(theirs, sizeof theirs, "%lld", (long long)printed[i]);
    expect_for(strcmp(ours, theirs) == 0, "print integer", theirs);
  }
}

static void check_round_trip(int rounds) {
  for (int i = 0; i < rounds; i++) {
    const double x = draw_double();
    char out[MLM_NUMBER_BYTES + 1];
    double exact = 0, fewest = 0;
    size_t n = mlm_print_number(x, out);
    const bool read = mlm_parse_number_text(out, n, &exact);
    out[n] = 0;
    if (!read || mlm_double_bits(exact) != mlm_double_bits(x)) expect_for(false, "round trip", out);
    n = mlm_print_shortest(x, out);
    out[n] = 0;
    if (!mlm_parse_number_text(out, n, &fewest) || mlm_double_bits(fewest) != mlm_double_bits(x))
      expect_for(false, "round trip of fewest", out);
    passed();
  }
}

static void check_random(int rounds) {
  for (int i = 0; i < rounds; i++) check_printed(draw_double());
}

/* Doubles of 18 digits, the last of which is a 5: an odd number over 2^k has k places. */
static void check_ties(int rounds) {
  double power = 1e16; /* 10^(18 - k) */
  for (int k = 2; k <= 17; k++, power /= 10)
    for (int i = 0; i < rounds; i++) {
      const double unit = mlm_double_from_bits((uint64_t)(1023 - k) << 52);
      const double x = (double)((draw() >> 11) | 1) * unit;
      if (x >= power / 10 && x < power) check_printed(x);
      const double low = (double)((uint64_t)(power / 10 / unit) | 1) * unit;
      if (low >= power / 10) check_printed(low + (double)(2 * (draw() % 10000)) * unit);
    }
}

/* 9, 99, 999 … with exponents that make them subnormal, and as many digits with another end. */
static void check_nines(void) {
  char text[40];
  for (int n = 1; n <= 15; n++)
    for (int exponent = -324; exponent <= -307; exponent++)
      for (int end = 1; end <= 9; end++) {
        snprintf(text, sizeof text, "%.*s%de%d", n - 1, "99999999999999", end, exponent - n + 1);
        check_printed(strtod(text, NULL));
      }
}

int main(int argc, char **argv) {
  const int times = argc > 1 ? atoi(argv[1]) : 1;
  check_layout();
  check_integers();
  check_nines();
  check_fixed_cases();
  check_significant_cases();
  check_ties(500);
  check_random(60000 * times);
  check_round_trip(2000000 * times);
  return end_of_tests();
}
