/* Losses against references: each row's own value against 50 digits, and every mean against the exact mean of
 * the rows' values.
 *
 * tests/oracle/exactness.points holds the references of the rows, made by tests/oracle/exactness.py; make
 * exactness does both on ten million rows. The means are compared with sums of integers of 4500 bits, on
 * numbers of everyday size, on 1e16 with 1e-16, on subnormal ones, and with weights from 1e-300 to 1e300.
 */
#include <mlmetrics.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "random.h"
#include "unit.h"

static sqlite3 *db;

static void expect_value(bool right, const char *what, double got, double want) {
  if (right)
    passed();
  else
    failed("%s: %a, wanted %a", what, got, want);
}

/* ---- the rows, against tests/oracle/exactness.points ---- */

/* A line has the function, its arguments, the nearest double, and the rest in 2^-10 ulp. */
enum { MOST_ARGS = 6 };

/* In ulp. The square of a rounded difference d has d's half ulp twice, 2d · ulp(d) / 2, and its own: for a
 * result of the significand s that is sqrt(s) + 1/2 where its exponent is even, sqrt(s/2) + 1/2 where it is
 * odd: at most 1.92. */
static double bound_of(const char *name, double want) {
  if (strcmp(name, "squared_error") == 0 || strcmp(name, "brier_loss") == 0) {
    const uint64_t bits = mlm_double_bits(want), even = bits >> 52 & 1; /* the bias is odd */
    const double s = mlm_double_from_bits((bits & 0xfffffffffffff) | 0x3ff0000000000000);
    return 0.5 + sqrt(even ? s : s / 2);
  }
  return strcmp(name, "absolute_error") == 0 ? 0.5 : 1.2;
}

static double value_of(const char *name, const double *args, int n) {
  char sql[400];
  sqlite3_stmt *row = NULL;
  snprintf(sql, sizeof sql, "SELECT %s(%.*s)", name, 3 * n - 1, "?1,?2,?3,?4,?5,?6");
  double got = NAN;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK) {
    for (int i = 0; i < n; i++) sqlite3_bind_double(row, i + 1, args[i]);
    if (sqlite3_step(row) == SQLITE_ROW && sqlite3_column_type(row, 0) == SQLITE_FLOAT)
      got = sqlite3_column_double(row, 0);
  }
  sqlite3_finalize(row);
  return got;
}

static double ulp_of(double x) {
  uint64_t exponent = mlm_double_bits(x) >> 52 & 0x7ff;
  return exponent > 52 ? mlm_double_from_bits((exponent - 52) << 52)
                       : mlm_double_from_bits((uint64_t)1 << (exponent ? exponent - 1 : 0));
}

static void check_point(char *line) {
  double args[MOST_ARGS + 1];
  int n = 0;
  char *at = strchr(line, '\t'), *end;
  *at++ = 0;
  for (; n <= MOST_ARGS && strcspn(at, "\t\n") == 16; at = end + 1)
    args[n++] = mlm_double_from_bits(strtoull(at, &end, 16));
  double overflow = (double)strtol(at, NULL, 10) / 1024, want = args[--n], got = value_of(line, args, n);
  double error = fabs((got - want) / ulp_of(want) - overflow);
  expect_value(error <= bound_of(line, want) + 0x1p-10, line, got, want);
}

static void check_points(void) {
  FILE *file = fopen("tests/oracle/exactness.points", "r");
  char line[300];
  if (!file) exit(2);
  while (fgets(line, sizeof line, file)) check_point(line);
  fclose(file);
}

/* ---- the means ---- */

enum { LIMBS = 142, MOST_ROWS = 200 };

/* Not negative; of bits of 2^0 and up. */
typedef struct Big {
  uint32_t limb[LIMBS];
} Big;

static void add(Big *sum, uint64_t x, int shift) {
  int i = shift / 32;
  const uint64_t low = (x & 0xffffffff) << shift % 32, high = (x >> 32) << shift % 32;
  const uint64_t part[3] = {low & 0xffffffff, (low >> 32) + (high & 0xffffffff), high >> 32};
  uint64_t carry = 0;
  for (int j = 0; i < LIMBS && (j < 3 || carry); i++, j++) {
    carry += sum->limb[i] + (j < 3 ? part[j] : 0);
    sum->limb[i] = (uint32_t)carry;
    carry >>= 32;
  }
}

/* sum += a · b · 2^shift */
static void add_product(Big *sum, uint64_t a, uint64_t b, int shift) {
  add(sum, (a & 0xffffffff) * (b & 0xffffffff), shift);
  add(sum, (a & 0xffffffff) * (b >> 32), shift + 32);
  add(sum, (a >> 32) * (b & 0xffffffff), shift + 32);
  add(sum, (a >> 32) * (b >> 32), shift + 64);
}

static Big times(const Big *a, uint64_t b, int shift) {
  Big product = {{0}};
  for (int i = 0; i < LIMBS; i++)
    if (a->limb[i] && shift + 32 * i < 32 * LIMBS) add_product(&product, a->limb[i], b, shift + 32 * i);
  return product;
}

static int compare(const Big *a, const Big *b) {
  for (int i = LIMBS - 1; i >= 0; i--)
    if (a->limb[i] != b->limb[i]) return a->limb[i] < b->limb[i] ? -1 : 1;
  return 0;
}

/* x >= 0 is the result times 2^(power - 1074). */
static uint64_t digits_of(double x, int *power) {
  const uint64_t bits = mlm_double_bits(x), exponent = bits >> 52;
  *power = exponent ? (int)exponent - 1 : 0;
  return exponent ? (bits & 0xfffffffffffff) | 0x10000000000000 : bits;
}

/* Whether q is the double nearest to sum · 2^-2148 / (weight · 2^-1074), ties to even: sum lies between
 * weight times the middles to q's neighbours. Everything four times, for the middle below a power of two. */
static bool is_nearest(double q, const Big *sum, const Big *weight) {
  int power;
  const bool over = q > 0x1.fffffffffffffp1023;
  const uint64_t m = digits_of(over ? 0x1.fffffffffffffp1023 : q, &power);
  const Big all = times(sum, 4, 0), above = times(weight, 4 * m + 2, power);
  const int up = compare(&all, &above);
  if (over) return up >= 0;
  if (up > 0 || (up == 0 && m % 2)) return false;
  if (m == 0) return true;
  const Big below = times(weight, 4 * m - (m == 0x10000000000000 && power > 0 ? 1 : 2), power);
  const int down = compare(&all, &below);
  return down > 0 || (down == 0 && m % 2 == 0);
}

/* A mean, the value of its rows, what the columns of table r hold for it, and what goes before a weight;
 * NULL: it takes none. */
/* The arguments of a mean: of one row's scalar, without weights, and with the weight w; NULL: takes none. */
typedef struct Mean {
  const char *name, *of_row, *row, *plain, *weighted;
} Mean;

static const Mean means[] = {
    {"mse", "squared_error", "x, y", "x, y", "x, y, w"},
    {"mae", "absolute_error", "x, y", "x, y", "x, y, w"},
    {"bce", "bce_loss", "p, soft", "p, soft", "p, soft, w"},
    {"log_loss", "log_loss_of", "p, label", "p, label", "p, label, w"},
    {"brier", "brier_loss", "p, label", "p, label", "p, label, w"},
    {"bce_logits", "bce_logits_loss", "x, label", "x, label", "x, label, w"},
    {"bce_logits", "bce_logits_loss", "x, soft, w", "x, soft, 1, w", "x, soft, w, w"},
    {"cross_entropy", "cross_entropy_loss", "p, soft, label", "p, soft, label", NULL},
    {"cross_entropy_logits", "cross_entropy_logits_loss", "x, y, label", "x, y, label", NULL},
};

enum { FLAVOURS = 5 };

static double signed_number(int flavour) {
  static const double apart[] = {1e16, 1e-16, 1, 0, 3e15, 7e-17};
  double x;
  switch (flavour) {
  case 0: x = draw_scaled(-6, 4); break;
  case 1: x = apart[draw() % 6]; break;
  case 2: x = mlm_double_from_bits(draw_shifted(31) >> 12); break;
  case 3: x = draw_scaled(-540, 500); break;
  default: x = (double)(draw() % 17) / 4; break;
  }
  return draw() % 2 ? x : -x;
}

static double share(int flavour) {
  static const double ends[] = {0x1p-1074, 0x1p-53, 1 - 0x1p-53, 0.5, 0x1p-700, 0x1p-30};
  if (flavour == 0 || draw() % 2) return (double)(draw() >> 11 | 1) * 0x1p-53;
  return flavour == 4 ? 0.25 : ends[draw() % 6];
}

/* From 1e-300 to 1e300; integers; both. */
static double weight(int flavour) {
  const int kind = flavour % 3;
  if (kind == 1 || (kind == 2 && draw() % 2)) return (double)(draw() % 4);
  return flavour == 0 ? share(0) * 3 : draw_scaled(-996, 996);
}

static void fill(int flavour, int rows) {
  sqlite3_stmt *insert = NULL;
  sqlite3_exec(db, "DELETE FROM r", NULL, NULL, NULL);
  if (sqlite3_prepare_v2(db, "INSERT INTO r VALUES(?,?,?,?,?,?)", -1, &insert, NULL)) exit(2);
  for (int i = 0; i < rows; i++) {
    const double x = signed_number(flavour), y = signed_number(flavour), p = share(flavour),
                 soft = share(flavour), w = weight(flavour);
    const double values[6] = {x, y, p, soft, (double)(draw() % 2), w};
    for (int j = 0; j < 6; j++) sqlite3_bind_double(insert, j + 1, values[j]);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
}

static double number_of(const char *sql) {
  sqlite3_stmt *row = NULL;
  double x = NAN;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW
      && sqlite3_column_type(row, 0) != SQLITE_NULL)
    x = sqlite3_column_double(row, 0);
  sqlite3_finalize(row);
  return x;
}

/* Adds up the rows' values; *infinite: one of weight is infinite. False: one is no REAL, or there are others
 * than there should be. */
static bool add_up(const Mean *mean, bool weighted, int rows, Big *sum, Big *weights, bool *infinite) {
  char sql[200];
  sqlite3_stmt *row = NULL;
  snprintf(sql, sizeof sql, "SELECT %s(%s), %s FROM r", mean->of_row, mean->row, weighted ? "w" : "1.0");
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL)) exit(2);
  for (; sqlite3_step(row) == SQLITE_ROW && sqlite3_column_type(row, 0) == SQLITE_FLOAT; rows--) {
    int value_power, power;
    const double value = sqlite3_column_double(row, 0);
    const uint64_t w = digits_of(sqlite3_column_double(row, 1), &power);
    add(weights, w, power);
    *infinite |= isinf(value) && w > 0;
    if (isinf(value)) continue;
    const uint64_t digits = digits_of(value, &value_power);
    add_product(sum, digits, w, value_power + power);
  }
  sqlite3_finalize(row);
  return rows == 0;
}

static void check_mean(const Mean *mean, bool weighted, int rows) {
  char sql[300];
  Big sum = {{0}}, weights = {{0}}, none = {{0}};
  bool infinite = false;
  const bool all = add_up(mean, weighted, rows, &sum, &weights, &infinite);
  expect_value(all, mean->of_row, 0, NAN);
  if (!all) return;
  const char *args = weighted ? mean->weighted : mean->plain;
  snprintf(sql, sizeof sql, "SELECT %s(%s) FROM r", mean->name, args);
  const double got = number_of(sql);
  if (compare(&weights, &none) == 0)
    expect_value(isnan(got), sql, got, NAN);
  else if (infinite)
    expect_value(got == INFINITY, sql, got, INFINITY);
  else
    expect_value(got >= 0 && is_nearest(got, &sum, &weights), sql, got, NAN);
  snprintf(sql, sizeof sql, "SELECT rmse(%s) FROM r", args);
  if (strcmp(mean->name, "mse") == 0)
    expect_value(isnan(got) ? isnan(number_of(sql)) : number_of(sql) == sqrt(got), sql, number_of(sql),
                 sqrt(got));
}

static void check_means(int rounds) {
  for (int round = 0; round < rounds; round++) {
    const int rows = 1 + (int)(draw() % MOST_ROWS);
    fill(round % FLAVOURS, rows);
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
      check_mean(&means[i], false, rows);
      if (means[i].weighted) check_mean(&means[i], true, rows);
    }
  }
}

/* The check itself: neighbours of the nearest are not the nearest, a tie goes to the even one. */
static void check_checks(void) {
  for (int i = 0; i < 20000; i++) {
    Big sum = {{0}}, weight = {{0}};
    int p, q;
    const double a = fabs(draw_double()), b = fabs(draw_double()), want = a / b;
    if (b == 0) continue;
    const uint64_t m = digits_of(a, &p), n = digits_of(b, &q);
    add(&sum, m, p + 1074);
    add(&weight, n, q);
    expect_value(is_nearest(want, &sum, &weight), "a / b is the nearest", a, b);
    if (want < INFINITY)
      expect_value(!is_nearest(mlm_double_from_bits(mlm_double_bits(want) + 1), &sum, &weight),
                   "its neighbour is not", a, b);
    if (want > 0)
      expect_value(!is_nearest(mlm_double_from_bits(mlm_double_bits(want) - 1), &sum, &weight), "nor is that",
                   a, b);
  }
}

int main(int argc, char **argv) {
  if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK)
    return 2;
  sqlite3_exec(db, "CREATE TABLE r(x REAL, y REAL, p REAL, soft REAL, label REAL, w REAL)", NULL, NULL, NULL);
  check_checks();
  check_points();
  check_means(argc > 1 ? atoi(argv[1]) : 600);
  sqlite3_close(db);
  return end_of_tests();
}
