/* How often the intervals of _ci functions cover what they should: simulated samples, whose true metric is
 * known.
 *
 * interval_coverage [samples [rows [part]]]: so many samples of so many rows for each line of the table;
 * without arguments 4,000 of 200, at which the bounds hold that the last column shows. A part is auc, loss,
 * f1, ece or share.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "metrics/proportion_interval.h"
#include "../random.h"
#include "../tables.h"

static sqlite3 *db;
static int samples = 4000, rows = 200;

static double draw_normal(void) {
  double u = (double)((draw() >> 11) + 1) * 0x1p-53;
  return sqrt(-2 * log(u)) * cos(6.283185307179586 * draw_unit());
}

static double normal_cdf(double x) { return erfc(-x / sqrt(2)) / 2; }
static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

/* One score and label. */
typedef struct Model {
  double prevalence, shift; /* of scores: negatives N(0,1), positives N(shift,1) */
  double middle, slope;     /* of probabilities: sigmoid(middle + slope·N(0,1)), calibrated */
} Model;

static void draw_row(const Model *model, double *score, int *label) {
  if (model->slope > 0) {
    *score = sigmoid(model->middle + model->slope * draw_normal());
    *label = draw_unit() < *score;
  } else {
    *label = draw_unit() < model->prevalence;
    *score = draw_normal() + model->shift * *label;
  }
}

static void fill(const Model *model) {
  sqlite3_stmt *insert;
  sqlite3_exec(db, "DROP TABLE IF EXISTS t; CREATE TABLE t(sample, score, label); BEGIN", NULL, NULL, NULL);
  sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?, ?, ?)", -1, &insert, NULL);
  for (int i = 0; i < samples; i++)
    for (int j = 0; j < rows; j++) {
      double score;
      int label;
      draw_row(model, &score, &label);
      sqlite3_bind_int(insert, 1, i);
      sqlite3_bind_double(insert, 2, score);
      sqlite3_bind_int(insert, 3, label);
      sqlite3_step(insert);
      sqlite3_reset(insert);
    }
  sqlite3_finalize(insert);
  sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

/* A line of the table; from..to is the share that must cover, to 0: it is only shown. */
static void line(const char *what, double prevalence, double truth, double share, double below, double above,
                 double from, double to) {
  bool right = to == 0 || (share >= from && share <= to);
  printf("%-34s %5.2f  %7.4f  %6.2f %%  %5.2f %%  %5.2f %%", what, prevalence, truth, 100 * share,
         100 * below, 100 * above);
  if (to > 0) printf("  %.1f..%.1f %%%s", 100 * from, 100 * to, right ? "" : "  MISSED");
  printf("\n");
  if (right)
    passed();
  else
    failed("%s at prevalence %g covers %.4f", what, prevalence, share);
}

/* Counts the samples whose interval of the call holds the truth, lies below it and above it. */
static void count(const char *what, const char *call, double prevalence, double truth, double from,
                  double to) {
  char *sql = sqlite3_mprintf(
      "SELECT avg(low <= %!.17g AND high >= %!.17g), avg(high < %!.17g), avg(low > %!.17g), count(*) "
      "FROM (SELECT json_extract(j, '$.low') AS low, json_extract(j, '$.high') AS high "
      "FROM (SELECT %s AS j FROM t GROUP BY sample)) WHERE low IS NOT NULL",
      truth, truth, truth, truth, call);
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK || sqlite3_step(row) != SQLITE_ROW)
    failed("%s: %s", call, sqlite3_errmsg(db));
  else
    line(what, prevalence, truth, sqlite3_column_double(row, 0), sqlite3_column_double(row, 1),
         sqlite3_column_double(row, 2), from, to);
  sqlite3_finalize(row);
  sqlite3_free(sql);
}

/* ---- the lines ---- */

static void areas(double prevalence, bool asserted) {
  static const double shifts[] = {0.741614, 1.190232, 1.812388, 2.326174}; /* AUC 0.7, 0.8, 0.9, 0.95 */
  for (int i = 0; i < 4; i++) {
    Model model = {.prevalence = prevalence, .shift = shifts[i]};
    double auc = normal_cdf(shifts[i] / sqrt(2));
    fill(&model);
    count("roc_auc_ci, logit", "roc_auc_ci(score, label)", prevalence, auc, 0.93, asserted ? 0.965 : 0);
    count("roc_auc_ci, normal", "roc_auc_ci(score, label, 0.95, 'normal')", prevalence, auc, 0, 0);
  }
}

/* The expectation over the model's probabilities, by the midpoint rule. */
static double expected(const Model *model, double (*of)(double p)) {
  const int steps = 20000;
  double sum = 0, weight = 0;
  for (int i = 0; i < steps; i++) {
    double z = -10 + 20 * (i + 0.5) / steps, density = exp(-z * z / 2);
    sum += density * of(sigmoid(model->middle + model->slope * z));
    weight += density;
  }
  return sum / weight;
}

static double itself(double p) { return p; }
static double entropy_of(double p) { return -p * log(p) - (1 - p) * log1p(-p); }
static double variance_of(double p) { return p * (1 - p); }

static void losses(double middle, double slope, bool asserted) {
  Model model = {.middle = middle, .slope = slope};
  double prevalence = expected(&model, itself), log_loss = expected(&model, entropy_of);
  fill(&model);
  count("log_loss_ci, hall", "log_loss_ci(score, label)", prevalence, log_loss, 0.94, asserted ? 0.97 : 0);
  count("log_loss_ci, t", "log_loss_ci(score, label, 0.95, 't')", prevalence, log_loss, 0, 0);
  count("brier_ci, hall", "brier_ci(score, label)", prevalence, expected(&model, variance_of), 0, 0);
}

/* Not by simulation: the sum of the probabilities of all results whose interval holds p >= 1/2, from the most
 * successes down, where no probability is too small for a double. */
static void shares(double p) {
  double covered = 0, below = 0, above = 0, chance = pow(p, rows);
  for (int x = rows; x >= 0; x--) {
    double low, high;
    mlm_wilson(x, rows, 0.025, &low, &high);
    *(high < p ? &below : low > p ? &above : &covered) += chance;
    chance *= (1 - p) / p * x / (rows - x + 1);
  }
  line("Wilson, exact sum", p, p, covered, below, above, 0.929, 0.978);
}

/* F1 of the population at a cutoff. */
static double f1_of(const Model *model, double cutoff) {
  double tp = model->prevalence * normal_cdf(model->shift - cutoff);
  double fp = (1 - model->prevalence) * normal_cdf(-cutoff);
  return 2 * tp / (tp + fp + model->prevalence);
}

/* F1 at a cutoff between the classes, which are so far apart that it is each of the targets. */
static void f1_scores(double prevalence, bool asserted) {
  static const double targets[] = {0.45, 0.55, 0.65, 0.75, 0.85, 0.94};
  for (int i = 0; i < 6; i++) {
    Model model = {.prevalence = prevalence};
    double cutoff = 0.24; /* so high that F1 begins below all targets */
    while (f1_of(&model, cutoff) < targets[i]) {
      model.shift += 1e-4;
      if (model.shift / 2 > cutoff) cutoff = model.shift / 2;
    }
    char call[80];
    snprintf(call, sizeof call, "f1_at_ci(score, label, %.17g)", cutoff);
    fill(&model);
    count("f1_at_ci, percentile", call, prevalence, f1_of(&model, cutoff), 0.93, asserted ? 0.96 : 0);
  }
}

/* The calibration error of calibrated probabilities is 0, and what a sample shows is above it. */
static void calibration_errors(double middle, bool asserted) {
  Model model = {.middle = middle, .slope = 1.5};
  double prevalence = expected(&model, itself);
  fill(&model);
  count("ece_ci, basic", "ece_ci(score, label)", prevalence, 0, 0.93, asserted ? 1 : 0);
  if (middle == 0)
    count("ece, percentile", "bootstrap_ci(score_set(score, label), 'ece')", prevalence, 0, 0, 0);
}

/* Those of the parts that are asked for, all of them if none is. */
static void run(const char *part, bool asserted) {
  static const double p[] = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99};
  static const double prevalence[] = {0.5, 0.2, 0.09};
  static const double middle[] = {0, -1.85, -3.1}; /* that give about these prevalences */
  for (int i = 0; i < 3; i++) {
    bool bound = asserted && prevalence[i] > 0.09;
    if (strstr(part, "auc")) areas(prevalence[i], bound);
    if (strstr(part, "loss")) losses(middle[i], 1.5, bound);
    if (strstr(part, "f1")) f1_scores(prevalence[i], bound);
    if (strstr(part, "ece")) calibration_errors(middle[i], bound);
  }
  for (int i = 0; i < 9 && strstr(part, "share"); i++) shares(p[i]);
}

int main(int argc, char **argv) {
  if (argc > 1) samples = atoi(argv[1]);
  if (argc > 2) rows = atoi(argv[2]);
  db = open_bare();
  printf("%d samples of %d rows\n%-34s %5s  %7s  %8s  %7s  %7s\n", samples, rows, "interval, level 0.95",
         "prev.", "truth", "covers", "below", "above");
  run(argc > 3 ? argv[3] : "auc loss f1 ece share", samples >= 4000 && rows == 200);
  sqlite3_close(db);
  return end_of_tests();
}
