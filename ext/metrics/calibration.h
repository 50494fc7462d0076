/* Calibration and losses gathered along a walk over distinct scores, for evaluate_binary to share. */
#ifndef MLM_CALIBRATION_H
#define MLM_CALIBRATION_H

#include "metric.h"

/* Σ w·x, exact: whole weights apart, for they cost half. */
typedef struct WeightedSum {
  ExactSum whole;
  ProductSum other;
} WeightedSum;

/* Calibration error over equal bins of [0,1]; a walk meets the bins one after the other, so only one is open
 * at a time. */
typedef struct CalibrationScan {
  double bins;
  double bin;       /* the open one; -1: none yet */
  double low;       /* scores down to here are in it; below, one has to look */
  WeightedSum gap;  /* Σ w·(score - label) in it, but for hits */
  ExactSum weight;  /* Σ w in it, but for rows */
  int64_t hits;     /* positive rows of whole weight in it */
  int64_t rows;     /* all rows of whole weight */
  ProductSum error; /* Σ |gap| of the bins closed */
  double most;      /* the largest |gap| / weight of a bin closed */
} CalibrationScan;

void mlm_calibration_begin(CalibrationScan *scan, double bins);
void mlm_calibration_group(CalibrationScan *scan, const ScoreWalk *walk);
double mlm_ece_finish(CalibrationScan *scan, const ScoreTotals *all);

/* The bin of p in [0,1] in exact arithmetic: i/bins <= p < (i+1)/bins, and 1 in the last. */
double mlm_bin_of(double p, double bins);

/* Log loss and Brier score, summed exactly. */
typedef struct LossScan {
  WeightedSum log_loss, brier;
} LossScan;

void mlm_losses_begin(LossScan *scan);
void mlm_losses_group(LossScan *scan, const ScoreWalk *walk);
double mlm_log_loss_finish(const LossScan *scan, const ScoreTotals *all);
double mlm_brier_finish(const LossScan *scan, const ScoreTotals *all);

/* scikit-learn's clipping of probabilities for log loss: to [2^-52, 1 - 2^-52]. */
static inline double mlm_clipped(double p) {
  const double least = 0x1p-52;
  return p < least ? least : p > 1 - least ? 1 - least : p;
}

#endif
