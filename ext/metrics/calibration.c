/* Calibration: how far scores are from the share of positives among rows that have them. */
#include "metrics/calibration.h"

/* The whole part of x in [0, 2^31). */
static double whole(double x) { return (double)(int64_t)x; }

double mlm_bin_of(double p, double bins) {
  if (p >= 1) return bins - 1;
  double low, scaled = mlm_two_product(p, bins, &low), bin = whole(scaled);
  if (bin == scaled && low < 0) bin--; /* the product was rounded up to the edge */
  return bin < bins ? bin : bins - 1;
}

static void add(WeightedSum *sum, double x, double weight) {
  uint64_t k = mlm_whole_weight(weight);
  if (k == 1)
    mlm_sum_add(&sum->whole, x, 1);
  else if (k)
    mlm_sum_add_times(&sum->whole, x, k, 1);
  else
    mlm_product_add(&sum->other, x, weight, 1);
}

static ProductSum sum_of(const WeightedSum *sum) {
  ProductSum all = sum->other;
  mlm_product_add_sum(&all, &sum->whole, 1);
  return all;
}

void mlm_calibration_begin(CalibrationScan *scan, double bins) {
  memset(scan, 0, sizeof *scan);
  scan->bins = bins;
  scan->bin = -1;
}

static void close_bin(CalibrationScan *scan) {
  if (scan->bin < 0) return;
  mlm_sum_add_integer(&scan->gap.whole, -scan->hits);
  mlm_sum_add_integer(&scan->weight, scan->rows);
  ProductSum gap = sum_of(&scan->gap);
  double mean = mlm_product_ratio(&gap, &scan->weight);
  mlm_product_add_products(&scan->error, &gap, mean < 0 ? -1 : 1);
  if (fabs(mean) > scan->most) scan->most = fabs(mean);
  memset(&scan->gap, 0, sizeof scan->gap);
  memset(&scan->weight, 0, sizeof scan->weight);
  scan->hits = scan->rows = 0;
}

static void open_bin(CalibrationScan *scan, double bin) {
  scan->bin = bin;
  scan->low = bin / scan->bins * (1 + 0x1p-50); /* certainly not below the bin's edge */
}

static void put_in_bin(CalibrationScan *scan, double score, double weight) {
  uint64_t k = mlm_whole_weight(weight);
  add(&scan->gap, score, weight);
  if (k)
    scan->rows += (int64_t)k;
  else
    mlm_sum_add(&scan->weight, weight, 1);
}

void mlm_calibration_group(CalibrationScan *scan, const ScoreWalk *walk) {
  if (scan->bin < 0 || walk->score < scan->low) {
    double bin = mlm_bin_of(walk->score, scan->bins);
    if (bin != scan->bin) {
      close_bin(scan);
      open_bin(scan, bin);
    }
  }
  if (walk->NEG > 0) put_in_bin(scan, walk->score, walk->NEG);
  if (walk->POS == 0) return;
  put_in_bin(scan, walk->score, walk->POS);
  uint64_t k = mlm_whole_weight(walk->POS);
  if (k)
    scan->hits += (int64_t)k;
  else
    mlm_product_add(&scan->gap.other, 1, walk->POS, -1);
}

/* The mean of a product sum over all rows. */
static double mean_over(const ProductSum *sum, const ScoreTotals *all) {
  ExactSum rows = {0};
  mlm_sum_add(&rows, all->POS, 1);
  mlm_sum_add(&rows, all->NEG, 1);
  return mlm_product_ratio(sum, &rows);
}

double mlm_ece_finish(CalibrationScan *scan, const ScoreTotals *all) {
  close_bin(scan);
  return mean_over(&scan->error, all);
}

static void calibrate(const Scores *scores, const Params *params, CalibrationScan *scan) {
  ScoreWalk walk;
  mlm_calibration_begin(scan, params->value[0] > 0 ? params->value[0] : 10);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) mlm_calibration_group(scan, &walk);
}

static double ece(const Scores *scores, const Params *params) {
  CalibrationScan scan;
  ScoreTotals all = mlm_scores_totals(scores);
  calibrate(scores, params, &scan);
  return mlm_ece_finish(&scan, &all);
}

static double mce(const Scores *scores, const Params *params) {
  CalibrationScan scan;
  calibrate(scores, params, &scan);
  close_bin(&scan);
  return scan.most;
}

void mlm_losses_begin(LossScan *scan) { memset(scan, 0, sizeof *scan); }

/* The terms of log_loss and brier: mlm_log_loss() of a label that is known. */
void mlm_losses_group(LossScan *scan, const ScoreWalk *walk) {
  double p = walk->score, clipped = mlm_clipped(p);
  if (walk->POS > 0) {
    add(&scan->log_loss, 0.0 - mlm_log(clipped), walk->POS);
    add(&scan->brier, (p - 1) * (p - 1), walk->POS);
  }
  if (walk->NEG > 0) {
    add(&scan->log_loss, mlm_neg_log_complement(clipped), walk->NEG);
    add(&scan->brier, p * p, walk->NEG);
  }
}

double mlm_log_loss_finish(const LossScan *scan, const ScoreTotals *all) {
  ProductSum sum = sum_of(&scan->log_loss);
  return mean_over(&sum, all);
}

double mlm_brier_finish(const LossScan *scan, const ScoreTotals *all) {
  ProductSum sum = sum_of(&scan->brier);
  return mean_over(&sum, all);
}

#define ON_FOUR " FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"

static const Metric metrics[] = {
    {.name = "ece",
     .args = {ARG_PROB, ARG_LABEL, ARG_BINS, ARG_WEIGHT},
     .required = 2,
     .state = &mlm_scores_state,
     .remembers = "score_set",
     .formula.scores = ece,
     .summary = "Expected calibration error: mean over the rows of their bin's |mean score - share of "
                "positives|; bin i is [i/bins, "
                "(i+1)/bins), 1 in the last. Of many classes: ece(max(p0, …), argmax(p0, …) = class). A "
                "value costs a walk over the frame.",
     .example = "SELECT ece(column1, column2, 5)" ON_FOUR},
    {.name = "mce",
     .args = {ARG_PROB, ARG_LABEL, ARG_BINS, ARG_WEIGHT},
     .required = 2,
     .state = &mlm_scores_state,
     .remembers = "score_set",
     .formula.scores = mce,
     .summary =
         "Maximum calibration error: the largest |mean score - share of positives| of a bin that has rows.",
     .example = "SELECT mce(column1, column2, 5)" ON_FOUR},
    {0},
};

const Family mlm_calibration = {.name = "calibration", .metrics = metrics};
