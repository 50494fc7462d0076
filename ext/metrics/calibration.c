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
  if (k)
    mlm_sum_add_times(&sum->whole, x, k, 1);
  else
    mlm_product_add(&sum->other, x, weight, 1);
}

static ProductSum sum_of(const WeightedSum *sum) {
  ProductSum all = sum->other;
  mlm_product_add_sum(&all, &sum->whole, 1);
  return all;
}

/* A walk meets the bins one after the other, so only one is open at a time. */
typedef struct CalibrationScan {
  double bins;
  double bin; /* the open one; -1: none yet */
  double low; /* scores down to here are in it; below, one has to look */
  CalibrationBin open;
  ProductSum error; /* Σ |gap| of the bins closed */
  double most;      /* the largest |gap| / weight of a bin closed */
} CalibrationScan;

static void put_in_bin(CalibrationBin *bin, double score, int label, double weight) {
  uint64_t k = mlm_whole_weight(weight);
  add(&bin->gap, score, weight);
  if (k) {
    bin->rows += (int64_t)k;
    bin->hits += label ? (int64_t)k : 0;
    return;
  }
  mlm_sum_add(&bin->weight, weight, 1);
  if (label) mlm_product_add(&bin->gap.other, 1, weight, -1);
}

static void close_bin(CalibrationScan *scan, CalibrationBin *bin) {
  mlm_sum_add_integer(&bin->gap.whole, -bin->hits);
  mlm_sum_add_integer(&bin->weight, bin->rows);
  ProductSum gap = sum_of(&bin->gap);
  double mean = mlm_product_ratio(&gap, &bin->weight);
  mlm_product_add_products(&scan->error, &gap, mean < 0 ? -1 : 1);
  if (fabs(mean) > scan->most) scan->most = fabs(mean);
  memset(bin, 0, sizeof *bin);
}

static void close_open(CalibrationScan *scan) {
  if (scan->bin >= 0) close_bin(scan, &scan->open);
}

static void open_bin(CalibrationScan *scan, double bin) {
  scan->bin = bin;
  scan->low = bin / scan->bins * (1 + 0x1p-50); /* certainly not below the bin's edge */
}

static void calibration_group(CalibrationScan *scan, const ScoreWalk *walk) {
  if (scan->bin < 0 || walk->score < scan->low) {
    double bin = mlm_bin_of(walk->score, scan->bins);
    if (bin != scan->bin) {
      close_open(scan);
      open_bin(scan, bin);
    }
  }
  if (walk->NEG > 0) put_in_bin(&scan->open, walk->score, 0, walk->NEG);
  if (walk->POS > 0) put_in_bin(&scan->open, walk->score, 1, walk->POS);
}

/* The mean of a product sum over all rows. */
static double mean_over(const ProductSum *sum, const ScoreTotals *all) {
  ExactSum rows = {0};
  mlm_sum_add(&rows, all->POS, 1);
  mlm_sum_add(&rows, all->NEG, 1);
  return mlm_product_ratio(sum, &rows);
}

static void calibrate(const Scores *scores, double bins, CalibrationScan *scan) {
  ScoreWalk walk;
  memset(scan, 0, sizeof *scan);
  scan->bins = bins;
  scan->bin = -1;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) calibration_group(scan, &walk);
  close_open(scan);
}

static double bins_of(const Params *params) { return params->value[0] > 0 ? params->value[0] : USUAL_BINS; }

static double ece(const Scores *scores, const Params *params) {
  CalibrationScan scan;
  ScoreTotals all = mlm_scores_totals(scores);
  calibrate(scores, bins_of(params), &scan);
  return mean_over(&scan.error, &all);
}

static double mce(const Scores *scores, const Params *params) {
  CalibrationScan scan;
  calibrate(scores, bins_of(params), &scan);
  return scan.most;
}

/* The terms of log_loss and brier: mlm_log_loss() of a label that is known. */
static Status add_losses(void *context, double p, int label, double weight) {
  ProbabilityScan *scan = context;
  double clipped = mlm_clipped(p), miss = p - label;
  double log_loss = label ? 0.0 - mlm_log(clipped) : mlm_neg_log_complement(clipped);
  if (!(p >= scan->low && p < scan->high)) {
    scan->at = (int)mlm_bin_of(p, USUAL_BINS);
    scan->low = scan->at / (double)USUAL_BINS * (1 + 0x1p-50);
    scan->high = (scan->at + 1) / (double)USUAL_BINS * (1 - 0x1p-50);
  }
  CalibrationBin *bin = &scan->bin[scan->at];
  if (weight == 1) { /* most rows */
    mlm_sum_add(&scan->log_loss.whole, log_loss, 1);
    mlm_sum_add(&scan->brier.whole, miss * miss, 1);
    mlm_sum_add(&bin->gap.whole, p, 1);
    bin->rows++;
    bin->hits += label;
    return MLM_OK;
  }
  add(&scan->log_loss, log_loss, weight);
  add(&scan->brier, miss * miss, weight);
  put_in_bin(bin, p, label, weight);
  return MLM_OK;
}

void mlm_probabilities_scan(ProbabilityScan *scan, const Scores *scores) {
  memset(scan, 0, sizeof *scan);
  mlm_scores_visit_weights(scores, add_losses, scan);
}

double mlm_probabilities_log_loss(const ProbabilityScan *scan, const ScoreTotals *all) {
  ProductSum sum = sum_of(&scan->log_loss);
  return mean_over(&sum, all);
}

double mlm_probabilities_brier(const ProbabilityScan *scan, const ScoreTotals *all) {
  ProductSum sum = sum_of(&scan->brier);
  return mean_over(&sum, all);
}

double mlm_probabilities_ece(ProbabilityScan *scan, const Scores *scores, const ScoreTotals *all) {
  CalibrationScan closed;
  if (all->integral) {
    memset(&closed, 0, sizeof closed);
    for (int i = 0; i < USUAL_BINS; i++)
      if (scan->bin[i].rows > 0) close_bin(&closed, &scan->bin[i]);
  } else {
    calibrate(scores, USUAL_BINS, &closed); /* which rounds the weight at each score */
  }
  return mean_over(&closed.error, all);
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
