/* Numbers as SQLite prints them: which texts are, against the host's SQLite and the C library; and integers
 * that no double holds, against another way to find out. */
#include "random.h"
#include "base/number.h"
#include "base/sqlite_number.h"
#include "unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_number(const char *text, SqliteNumber *number) {
  const size_t n = strlen(text);
  char *block = malloc(n ? n : 1); /* of exactly its size, so that a sanitizer detects any access beyond */
  if (!block) abort();
  memcpy(block, text, n);
  const bool is = mlm_text_is_sqlite_number(block, n, number);
  free(block);
  return is;
}

static void check_cases(void) {
  static const struct {
    const char *text;
    double real;
  } reals[] = {{"7.0", 7},
               {"0.0", 0},
               {"0.5", 0.5},
               {"-3.25", -3.25},
               {"1.0e+20", 1e20},
               {"1.0e+15", 1e15},
               {"123456789012345.0", 123456789012345},
               {"0.0001", 0.0001},
               {"1.0e-05", 1e-5},
               {"1.0e+100", 1e100},
               {"1.79769313486231e+308", 1.79769313486231e308},
               {"2.2250738585072e-308", 2.2250738585072e-308},
               {"4.94065645841247e-324", 5e-324},
               {"1.23456789012346e+15", 1.23456789012346e15},
               {"0.333333333333333", 0.333333333333333},
               {"9.22337203685478e+18", 9.22337203685478e18}};
  static const char *const integers[] = {
      "0", "7", "-3", "9007199254740993", "9223372036854775807", "-9223372036854775808", "10", "-100"};
  static const char *const texts[] = {"",
                                      "-",
                                      "07",
                                      "00",
                                      "-0",
                                      "-0.0",
                                      "+7",
                                      " 7",
                                      "7 ",
                                      "7.",
                                      ".5",
                                      "-.5",
                                      "1.10",
                                      "1.1.0",
                                      "250.00",
                                      "7.00",
                                      "00.5",
                                      "1e2",
                                      "1E2",
                                      "1e+20",
                                      "1.0e20",
                                      "1.0E+20",
                                      "1.0e+020",
                                      "1.00e+20",
                                      "1.0e+5",
                                      "1.0e+14",
                                      "1.0e-4",
                                      "10.0e+20",
                                      "0.00001",
                                      "1000000000000000.0",
                                      "1234567890123456.0",
                                      "0.1234567890123456",
                                      "0.10000000000000001",
                                      "9223372036854775808",
                                      "-9223372036854775809",
                                      "12345678901234567890",
                                      "12345678901234567891",
                                      "5570e89",
                                      "557e90",
                                      "Inf",
                                      "-Inf",
                                      "NaN",
                                      "9e999",
                                      "-9e999",
                                      "9.0e+999",
                                      "1.0e-400",
                                      "5.0e-324",
                                      "1.8e+308",
                                      "nan",
                                      "0x7",
                                      "7,0",
                                      "1_0",
                                      "1234567890123456789012345678901234567890.0",
                                      "\xD9\xA7",
                                      "7.0 ",
                                      "7.0x",
                                      "--7",
                                      "7-"};
  SqliteNumber number;
  for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
    expect_for(is_number(reals[i].text, &number) && !number.integral
                   && mlm_double_bits(number.real) == mlm_double_bits(reals[i].real),
               "real", reals[i].text);
  for (size_t i = 0; i < sizeof integers / sizeof *integers; i++)
    expect_for(is_number(integers[i], &number) && number.integral
                   && number.integer == strtoll(integers[i], NULL, 10),
               "integer", integers[i]);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    expect_for(!is_number(texts[i], &number), "text", texts[i]);
  expect(!mlm_text_is_sqlite_number("7\0", 2, &number), "embedded NUL", 0);
  expect(mlm_text_is_sqlite_number("7.05", 3, &number) && number.real == 7, "not beyond n", 0);
}

/* Of the C library's 15 digits, and with ties away from zero. */
static void check_layout(void) {
  static const struct {
    double x;
    const char *text;
  } cases[] = {{100000000000000.5, "100000000000001.0"},
               {12345678901234.25, "12345678901234.3"},
               {1234567890123455.0, "1.23456789012346e+15"},
               {1234567890123445.0, "1.23456789012345e+15"},
               {-1234567890123445.0, "-1.23456789012345e+15"},
               {999999999999999.5, "1.0e+15"},
               {9999999999999995.0, "1.0e+16"},
               {12345678901234550.0, "1.23456789012346e+16"},
               {0x1p-1074, "4.94065645841247e-324"},
               {0.0, "0.0"},
               {-0.0, "0.0"},
               {INFINITY, "Inf"},
               {-INFINITY, "-Inf"},
               {NAN, "NaN"},
               {1e22, "1.0e+22"},
               {0.1, "0.1"},
               {1e23, "1.0e+23"},
               {123456789012345678.0, "1.23456789012346e+17"},
               {99999999999999950.0, "1.0e+17"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[MLM_NUMBER_BYTES + 1];
    out[mlm_print_sqlite_real(cases[i].x, out)] = 0;
    expect_for(strcmp(out, cases[i].text) == 0, cases[i].text, out);
  }
}

/* Whether |x| is half way between two decimals of 15 digits, where the C library rounds to even. */
static bool is_tie(double x) {
  char text[800];
  snprintf(text, sizeof text, "%.780e", x);
  const char *after = strchr(text, '.') + 15;
  return *after == '5' && strspn(after + 1, "0") == strcspn(after + 1, "e");
}

/* The digits are the C library's; whatever SQLite prints is a number, and the one it would read. */
static void check_random(int rounds) {
  for (int i = 0; i < rounds; i++) {
    const double x = draw() % 4 ? draw_double() : (double)(int64_t)draw_shifted(64);
    char ours[MLM_NUMBER_BYTES + 1], theirs[40], hosts[64];
    SqliteNumber number;
    ours[mlm_print_sqlite_real(x, ours)] = 0;
    snprintf(theirs, sizeof theirs, "%.14e", x);
    const bool close = strtod(ours, NULL) == strtod(theirs, NULL);
    expect_x(close || is_tie(x), "15 digits", x);
    const bool beyond = isinf(strtod(ours, NULL)); /* the largest doubles are rounded up to what is none */
    expect_for(is_number(ours, &number) ? !number.integral && number.real == strtod(ours, NULL) : beyond,
               "our text", ours);
    sqlite3_snprintf(sizeof hosts, hosts, "%!.15g", x);
    expect_for(fabs(x) < 0x1p-1022 || beyond
                   || (is_number(hosts, &number) && number.real == strtod(hosts, NULL)),
               "the host's text", hosts);
    const int64_t integer = (int64_t)draw_shifted(64);
    sqlite3_snprintf(sizeof hosts, hosts, "%lld", integer);
    expect_for(is_number(hosts, &number) && number.integral && number.integer == integer, "integer", hosts);
  }
}

/* Any text that counts as a number is the one text that SQLite prints for it. */
static void check_noise(int rounds) {
  static const char bytes[] = "0011234567890..ee+--+ ";
  for (int i = 0; i < rounds; i++) {
    char text[12], back[MLM_NUMBER_BYTES];
    const size_t n = draw() % sizeof text;
    SqliteNumber number;
    for (size_t k = 0; k < n; k++) text[k] = bytes[draw() % (sizeof bytes - 1)];
    if (!mlm_text_is_sqlite_number(text, n, &number)) continue;
    const size_t printed =
        number.integral ? mlm_print_integer(number.integer, back) : mlm_print_sqlite_real(number.real, back);
    expect(printed == n && memcmp(text, back, n) == 0, "the one text", i);
  }
}

/* ---- integers that no double holds ---- */

static void check_inexact_text(const char *text, bool inexact) {
  double x = 0;
  const size_t n = strlen(text);
  const bool read = mlm_parse_number_text(text, n, &x);
  expect_for(read && mlm_rounded_integer_text(text, n, x) == inexact, "inexact", text);
  expect_for(mlm_integer_text_is_inexact(text, n) == inexact, "inexact, the long way", text);
}

static void check_integers(int rounds) {
  static const char *const exact[] = {
      "0", "7", "-0", "9007199254740992", "9007199254740994", "-9007199254740992", "9007199254740993.0",
      "9007199254740993e0", "9007199254740993.5", "0.1", "100000000000000000000", "10000000000000000000000",
      "18446744073709551616", " 9007199254740992 ", "\t\r9007199254740992\n\v",
      "00000000000000000000000000000000000000000000000007",
      /* the largest double, in its 309 digits */
      "17976931348623157081452742373170435679807056752584499659891747680315726078002"
      "85387605895586327668781715404589535143824642343213268894641827684675467035375"
      "16986049910576551282076245490090389328944075868508455133942304583236903222948"
      "16580855933212334827479782620414472316873817718091929988125040402618412485836"
      "8"};
  static const char *const inexact[] = {"9007199254740993", "-9007199254740993", "+9007199254740995",
                                        " 9007199254740993\n", "009007199254740993", "9223372036854775807",
                                        "12345678901234567890", "18446744073709551615", "9007199254740993\t",
                                        "9007199254740993\r", "9007199254740993 ", "\t9007199254740993",
                                        "\r9007199254740993", "9223372036854775809",
                                        "100000000000000000000000", "123456789012345678901234567890",
                                        /* (2^53 + 1)·2^64: bits in the second word alone */
                                        "166153499473114502559719956244594688"};
  for (size_t i = 0; i < sizeof exact / sizeof *exact; i++) check_inexact_text(exact[i], false);
  for (size_t i = 0; i < sizeof inexact / sizeof *inexact; i++) check_inexact_text(inexact[i], true);
  for (int i = 0; i < rounds; i++) {
    const uint64_t bits = draw();
    int64_t x = (int64_t)(bits >> draw() % 64 << draw() % 64);
    if (draw() % 8 == 0) x = (int64_t)((UINT64_C(1) << draw() % 64) + draw() % 5 - 2);
    const double near = (double)x;
    const bool holds = near < 0x1p63 && (int64_t)near == x;
    char text[400];
    snprintf(text, sizeof text, "%lld", (long long)x);
    expect_for(mlm_int64_is_exact(x) == holds, "int64", text);
    check_inexact_text(text, !holds);
  }
  for (int i = 0; i < rounds / 50; i++) { /* doubles in all their digits, and the integers beside them */
    const double x = draw_scaled(60, 1023);
    char text[400];
    snprintf(text, sizeof text, "%.0f", x);
    check_inexact_text(text, false);
    text[strlen(text) - 1] ^= 1; /* '0' to '1', '6' to '7' … */
    check_inexact_text(text, true);
    strcat(text, "00000000000000000000000000000000000000000000000000000000000000000000000000000");
    check_inexact_text(text, true);
  }
  static const char two_to_1024[] = /* the first power that no double holds, and of as many digits as one */
      "17976931348623159077293051907890247336179769789423065727343008115773267580550096"
      "31327084773224075360211201138798713933576587897688144166224928474306394741243777"
      "67893424865485276302219601246094119453082952085005768838150682342462881473913110"
      "540827237163350510684586298239947245938479716304835356329624224137216";
  expect(mlm_integer_text_is_inexact(two_to_1024, sizeof two_to_1024 - 1), "2^1024", 0);
  static const char *const none_at_all[] = {
      "", "  ", "+", "\b9007199254740993", "9007199254740993\b", "9007199254740993\x0E"};
  for (size_t i = 0; i < sizeof none_at_all / sizeof *none_at_all; i++)
    expect_for(!mlm_integer_text_is_inexact(none_at_all[i], strlen(none_at_all[i])), "no integer",
               none_at_all[i]);
  expect(!mlm_integer_text_is_inexact("0000", 1), "not beyond n", 1);
  char zeros[400];
  memset(zeros, '0', sizeof zeros);
  memcpy(zeros + sizeof zeros - 2, "7", 2);
  check_inexact_text(zeros, false);
  SqliteNumber none;
  expect(!mlm_text_is_sqlite_number("", 0, &none), "an empty text as a number", 0);
  expect(mlm_int64_is_exact(INT64_MIN) && !mlm_int64_is_exact(INT64_MAX) && mlm_int64_is_exact(0), "ends", 0);
}

int main(int argc, char **argv) {
  const int times = argc > 1 ? atoi(argv[1]) : 1;
  check_cases();
  check_layout();
  check_random(200000 * times);
  check_noise(2000000 * times);
  check_integers(300000 * times);
  return end_of_tests();
}
