/* The losses of ROWS pseudo-random rows against MPFR, 220 bits; every mean of them against the exact mean of
 * the rows' values, by integers of GMP.
 *
 * exactness ROWS: prints the worst error of each function in ulp and how many rows it saw, then, for each
 * flavour of numbers and for all together, whether each mean, merged from saved states of 50000 rows, is the
 * double nearest to the exact one. make exactness runs it.
 */
#include <gmp.h>
#include <mlmetrics.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "../random.h"

enum { CHUNK = 50000, PRECISION = 220, FLAVOURS = 5 };

/* What a row holds; the columns of table r. */
enum { X, Y, P, SOFT, LABEL, WEIGHT, POS_WEIGHT, FIELDS };

static sqlite3 *db;
static int passed, failed;
static mpfr_t f, a, b, c; /* scratch */

static void expect(bool right, const char *what) {
  if (right)
    passed++;
  else if (failed++ < 40)
    printf("%s: not the nearest double, or out of its bound\n", what);
}

/* ---- rows ---- */

/* Everyday; 1e16 with 1e-16; subnormal; all sizes; of few bits. */
static double number(int flavour) {
  static const double apart[] = {1e16, 1e-16, 1, 0, 3e15, 7e-17};
  double x;
  switch (flavour) {
  case 0: x = draw_scaled(-6, 4); break;
  case 1:
    x = apart[draw() % 6];
    x *= draw_scaled(0, 1);
    break;
  case 2: x = mlm_double_from_bits(draw_shifted(31) >> 12); break;
  case 3: x = draw_scaled(-540, 500); break;
  default: x = (double)(draw() % 4097) / 64; break;
  }
  return draw() % 2 ? x : -x;
}

static double share(int flavour) {
  static const double ends[] = {0x1p-1074, 0x1p-53, 1 - 0x1p-53, 0.5, 0x1p-52, 0x1p-30};
  if (flavour < 3 || draw() % 4 == 0) return (double)(draw() >> 11 | 1) * 0x1p-53;
  return flavour == 4 && draw() % 4 == 0 ? ends[draw() % 6] : draw_scaled(-1022, -1);
}

static double weight(int flavour) {
  return flavour == 0 || flavour == 4 ? draw_scaled(-4, 4)
         : flavour == 2               ? (double)(draw() % 5)
                                      : draw_scaled(-996, 996);
}

static void draw_row(int flavour, double *row) {
  row[X] = number(flavour);
  row[Y] = number(flavour);
  row[P] = share(flavour);
  row[SOFT] = share(flavour);
  row[LABEL] = (double)(draw() % 2);
  row[WEIGHT] = weight(flavour);
  row[POS_WEIGHT] = flavour == 0 ? (double)(1 + draw() % 64) / 4 : draw_scaled(-200, 200);
}

/* ---- the truth ---- */

/* -ln x */
static void minus_log(mpfr_t out, double x) {
  mpfr_set_d(out, x, MPFR_RNDN);
  mpfr_log(out, out, MPFR_RNDN);
  mpfr_neg(out, out, MPFR_RNDN);
}

/* -ln(1 - x) */
static void minus_log1p(mpfr_t out, double x) {
  mpfr_set_d(out, -x, MPFR_RNDN);
  mpfr_log1p(out, out, MPFR_RNDN);
  mpfr_neg(out, out, MPFR_RNDN);
}

static void squared(mpfr_t out, const double *row, int i, int j) {
  mpfr_set_d(out, row[i], MPFR_RNDN);
  mpfr_sub_d(out, out, row[j], MPFR_RNDN);
  mpfr_sqr(out, out, MPFR_RNDN);
}

static void squared_error(mpfr_t out, const double *row) { squared(out, row, X, Y); }
static void brier(mpfr_t out, const double *row) { squared(out, row, P, LABEL); }

static void absolute_error(mpfr_t out, const double *row) {
  mpfr_set_d(out, row[X], MPFR_RNDN);
  mpfr_sub_d(out, out, row[Y], MPFR_RNDN);
  mpfr_abs(out, out, MPFR_RNDN);
}

static void log_loss(mpfr_t out, const double *row) {
  const double p = row[P] < 0x1p-52 ? 0x1p-52 : row[P] > 1 - 0x1p-52 ? 1 - 0x1p-52 : row[P];
  (row[LABEL] != 0 ? minus_log : minus_log1p)(out, p);
}

/* y·min(-ln p, 100) + (1-y)·min(-ln(1-p), 100) */
static void bce(mpfr_t out, const double *row) {
  minus_log(a, row[P]);
  if (mpfr_cmp_ui(a, 100) > 0) mpfr_set_ui(a, 100, MPFR_RNDN);
  minus_log1p(b, row[P]);
  if (mpfr_cmp_ui(b, 100) > 0) mpfr_set_ui(b, 100, MPFR_RNDN);
  mpfr_mul_d(a, a, row[SOFT], MPFR_RNDN);
  mpfr_set_ui(c, 1, MPFR_RNDN);
  mpfr_sub_d(c, c, row[SOFT], MPFR_RNDN);
  mpfr_fma(out, b, c, a, MPFR_RNDN);
}

/* (1-y)·softplus(z) + w·y·softplus(-z) = side·|z| + (1-y + w·y)·f(|z|), f = ln(1 + e^-|z|), side the factor
 * of the rising one. */
static void soft_logits(mpfr_t out, double z, double y, double w) {
  mpfr_set_d(f, -fabs(z), MPFR_RNDN);
  mpfr_exp(f, f, MPFR_RNDN);
  mpfr_log1p(f, f, MPFR_RNDN);
  mpfr_set_ui(a, 1, MPFR_RNDN);
  mpfr_sub_d(a, a, y, MPFR_RNDN);
  mpfr_set_d(b, w, MPFR_RNDN);
  mpfr_mul_d(b, b, y, MPFR_RNDN);
  mpfr_add(c, a, b, MPFR_RNDN);
  mpfr_mul(c, c, f, MPFR_RNDN);
  mpfr_mul_d(out, z > 0 ? a : b, fabs(z), MPFR_RNDN);
  mpfr_add(out, out, c, MPFR_RNDN);
}

static void bce_logits(mpfr_t out, const double *row) { soft_logits(out, row[X], row[LABEL], 1); }
static void bce_logits_soft(mpfr_t out, const double *row) { soft_logits(out, row[X], row[SOFT], 1); }
static void bce_logits_weighted(mpfr_t out, const double *row) {
  soft_logits(out, row[Y], row[SOFT], row[POS_WEIGHT]);
}

static void cross_entropy(mpfr_t out, const double *row) { minus_log(out, row[row[LABEL] != 0 ? SOFT : P]); }

/* top - own + ln(sum of e^(x - top)) of the logits x, y, p; the 1 of the top itself is left to log1p. */
static void cross_entropy_logits(mpfr_t out, const double *row) {
  const double z[3] = {row[X], row[Y], row[P]}, own = row[LABEL] != 0 ? row[Y] : row[X];
  int top = z[1] > z[0];
  if (z[2] > z[top]) top = 2;
  mpfr_set_ui(b, 0, MPFR_RNDN);
  for (int i = 0; i < 3; i++) {
    if (i == top) continue;
    mpfr_set_d(a, z[i], MPFR_RNDN);
    mpfr_sub_d(a, a, z[top], MPFR_RNDN);
    mpfr_exp(a, a, MPFR_RNDN);
    mpfr_add(b, b, a, MPFR_RNDN);
  }
  mpfr_log1p(out, b, MPFR_RNDN);
  mpfr_set_d(a, z[top], MPFR_RNDN);
  mpfr_sub_d(a, a, own, MPFR_RNDN);
  mpfr_add(out, out, a, MPFR_RNDN);
}

typedef struct Loss {
  const char *mean, *of_row, *args, *pos_weight; /* pos_weight: where a weight needs it before */
  void (*truth)(mpfr_t out, const double *row);
  double bound; /* ulp */
  bool weighted;
} Loss;

static const Loss losses[] = {
    {"mse", "squared_error", "x, y", "", squared_error, 1.92, true},
    {"mae", "absolute_error", "x, y", "", absolute_error, 0.5, true},
    {"brier", "brier_loss", "p, label", "", brier, 1.92, true},
    {"log_loss", "log_loss_of", "p, label", "", log_loss, 0.505, true},
    {"bce", "bce_loss", "p, soft", "", bce, 0.51, true},
    {"bce_logits", "bce_logits_loss", "x, label", ", 1", bce_logits, 0.54, true},
    {"bce_logits", "bce_logits_loss", "x, soft", ", 1", bce_logits_soft, 1.2, true},
    {"bce_logits", "bce_logits_loss", "y, soft, v", "", bce_logits_weighted, 1.2, true},
    {"cross_entropy", "cross_entropy_loss", "p, soft, label", "", cross_entropy, 0.505, false},
    {"cross_entropy_logits", "cross_entropy_logits_loss", "x, y, p, label", "", cross_entropy_logits, 0.52,
     false},
};
enum { LOSSES = sizeof losses / sizeof *losses };

/* What was seen of a loss: over its rows, and of each flavour the exact sums, units 2^-2148 and 2^-1074. */
typedef struct Seen {
  double worst;
  long rows, above; /* above 1.5 ulp */
  double at[FIELDS];
  mpz_t sum[2][FLAVOURS + 1], weight[2][FLAVOURS + 1];
} Seen;

static Seen seen[LOSSES];

/* ---- comparing ---- */

static double error_in_ulp(mpfr_t truth, double got) {
  if (mpfr_zero_p(truth)) return got == 0 ? 0 : INFINITY;
  long exponent = mpfr_get_exp(truth) - 53;
  mpfr_sub_d(a, truth, got, MPFR_RNDN);
  mpfr_mul_2si(a, a, exponent > -1074 ? -exponent : 1074, MPFR_RNDN);
  return fabs(mpfr_get_d(a, MPFR_RNDN));
}

static uint64_t digits_of(double x, int *power) {
  const uint64_t bits = mlm_double_bits(x), exponent = bits >> 52;
  *power = exponent ? (int)exponent - 1 : 0;
  return exponent ? (bits & 0xfffffffffffff) | 0x10000000000000 : bits;
}

static void add_up(Seen *to, int flavour, int weighted, double value, double weight_of) {
  static mpz_t term;
  static bool ready;
  if (!ready) mpz_init(term);
  ready = true;
  int p, q;
  const uint64_t m = digits_of(value, &p), n = digits_of(weight_of, &q);
  mpz_set_ui(term, n);
  mpz_mul_2exp(term, term, (mp_bitcnt_t)q);
  mpz_add(to->weight[weighted][flavour], to->weight[weighted][flavour], term);
  mpz_mul_ui(term, term, m);
  mpz_mul_2exp(term, term, (mp_bitcnt_t)p);
  mpz_add(to->sum[weighted][flavour], to->sum[weighted][flavour], term);
}

static void look_at(int i, int flavour, const double *row, double got) {
  static mpfr_t truth;
  static bool ready;
  if (!ready) mpfr_init2(truth, PRECISION);
  ready = true;
  losses[i].truth(truth, row);
  const double error = error_in_ulp(truth, got);
  seen[i].rows++;
  seen[i].above += error > 1.5;
  if (error > seen[i].worst) {
    seen[i].worst = error;
    memcpy(seen[i].at, row, sizeof seen[i].at);
  }
  for (int to = flavour; to <= FLAVOURS; to += FLAVOURS - flavour) {
    add_up(&seen[i], to, 0, got, 1);
    if (losses[i].weighted) add_up(&seen[i], to, 1, got, row[WEIGHT]);
    if (to == FLAVOURS) break;
  }
}

/* Whether q is the double nearest to sum · 2^-2148 / (weight · 2^-1074), ties to even. */
static bool is_nearest(double q, const mpz_t sum, const mpz_t weights) {
  int power;
  const uint64_t m = digits_of(q, &power);
  mpz_t all, middle;
  mpz_inits(all, middle, NULL);
  mpz_mul_2exp(all, sum, 2);
  mpz_mul_ui(middle, weights, 4 * m + 2);
  mpz_mul_2exp(middle, middle, (mp_bitcnt_t)power);
  const int up = mpz_cmp(all, middle);
  mpz_mul_ui(middle, weights, m == 0 ? 0 : 4 * m - (m == 0x10000000000000 && power > 0 ? 1 : 2));
  mpz_mul_2exp(middle, middle, (mp_bitcnt_t)power);
  const int down = mpz_cmp(all, middle);
  mpz_clears(all, middle, NULL);
  return (up < 0 || (up == 0 && m % 2 == 0)) && (down > 0 || (down == 0 && m % 2 == 0));
}

/* ---- SQL ---- */

static void run(const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) == SQLITE_OK) return;
  printf("%s: %s\n", sql, message);
  exit(2);
}

static sqlite3_stmt *prepared(const char *sql) {
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK) return row;
  printf("%s: %s\n", sql, sqlite3_errmsg(db));
  exit(2);
}

static void fill(int flavour, int rows) {
  run("BEGIN; DELETE FROM r");
  sqlite3_stmt *insert = prepared("INSERT INTO r VALUES(?,?,?,?,?,?,?)");
  for (int i = 0; i < rows; i++) {
    double row[FIELDS];
    draw_row(flavour, row);
    for (int j = 0; j < FIELDS; j++) sqlite3_bind_double(insert, j + 1, row[j]);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run("COMMIT");
}

static void look_at_chunk(int flavour) {
  char sql[2000] = "SELECT x, y, p, soft, label, w, v";
  for (int i = 0; i < LOSSES; i++)
    snprintf(sql + strlen(sql), 100, ", %s(%s)", losses[i].of_row, losses[i].args);
  strcat(sql, " FROM r");
  sqlite3_stmt *at = prepared(sql);
  while (sqlite3_step(at) == SQLITE_ROW) {
    double row[FIELDS];
    for (int j = 0; j < FIELDS; j++) row[j] = sqlite3_column_double(at, j);
    for (int i = 0; i < LOSSES; i++) look_at(i, flavour, row, sqlite3_column_double(at, FIELDS + i));
  }
  sqlite3_finalize(at);
}

static void save_chunk(int flavour) {
  char sql[400];
  for (int i = 0; i < LOSSES; i++)
    for (int weighted = 0; weighted <= losses[i].weighted; weighted++) {
      snprintf(sql, sizeof sql, "INSERT INTO states SELECT %d, %d, %d, %s_state(%s%s) FROM r", i, weighted,
               flavour, losses[i].mean, losses[i].args, weighted ? losses[i].pos_weight : "");
      if (weighted) snprintf(strstr(sql, ") FROM r"), 20, ", w) FROM r");
      run(sql);
    }
}

static void check_means(int i) {
  char sql[300];
  int groups = 0, right = 0;
  for (int weighted = 0; weighted <= losses[i].weighted; weighted++)
    for (int flavour = 0; flavour <= FLAVOURS; flavour++) {
      snprintf(sql, sizeof sql,
               "SELECT %s(s) FROM states WHERE loss = %d AND weighted = %d AND (flavour = %d OR %d)",
               losses[i].mean, i, weighted, flavour, flavour == FLAVOURS);
      sqlite3_stmt *at = prepared(sql);
      sqlite3_step(at);
      if (mpz_sgn(seen[i].weight[weighted][flavour])) {
        const bool is = is_nearest(sqlite3_column_double(at, 0), seen[i].sum[weighted][flavour],
                                   seen[i].weight[weighted][flavour]);
        expect(is, sql);
        right += is;
        groups++;
      }
      sqlite3_finalize(at);
    }
  printf("%-22s(%s): %d of %d means are the nearest double\n", losses[i].mean, losses[i].args, right, groups);
}

static void report(int i) {
  const Seen *s = &seen[i];
  expect(s->worst <= losses[i].bound, losses[i].of_row);
  printf("%-26s(%-14s): worst %.4f ulp of %ld rows, %ld above 1.5; at x=%a y=%a p=%a soft=%a label=%g v=%a\n",
         losses[i].of_row, losses[i].args, s->worst, s->rows, s->above, s->at[X], s->at[Y], s->at[P],
         s->at[SOFT], s->at[LABEL], s->at[POS_WEIGHT]);
}

int main(int argc, char **argv) {
  const long rows = argc > 1 ? atol(argv[1]) : 100000;
  mpfr_inits2(PRECISION, f, a, b, c, NULL);
  for (int i = 0; i < LOSSES; i++)
    for (int j = 0; j < 2 * (FLAVOURS + 1); j++)
      mpz_inits(seen[i].sum[j % 2][j / 2], seen[i].weight[j % 2][j / 2], NULL);
  if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK)
    return 2;
  run("CREATE TABLE r(x REAL, y REAL, p REAL, soft REAL, label REAL, w REAL, v REAL);"
      "CREATE TABLE states(loss, weighted, flavour, s)");
  for (long done = 0, chunk = 0; done < rows; done += CHUNK, chunk++) {
    const int flavour = (int)(chunk % FLAVOURS);
    fill(flavour, (int)(rows - done < CHUNK ? rows - done : CHUNK));
    look_at_chunk(flavour);
    save_chunk(flavour);
  }
  for (int i = 0; i < LOSSES; i++) report(i);
  for (int i = 0; i < LOSSES; i++) check_means(i);
  sqlite3_close(db);
  printf("%ld rows: %d passed, %d failed\n", rows, passed, failed);
  return failed > 0;
}
