/* Calibration and losses of a set of probabilities, shared with evaluate_binary. */
#ifndef MLM_CALIBRATION_H
#define MLM_CALIBRATION_H

#include "metric.h"

/* Σ w·x, exact. Rows of integral weight are kept apart because they cost half. */
typedef struct WeightedSum {
  ExactSum whole;
  ProductSum other;
} WeightedSum;

/* Rows whose scores lie in one bin. */
typedef struct CalibrationBin {
  WeightedSum gap; /* Σ w·score, less the fractional weight of positives; hits are still to be subtracted */
  ExactSum weight; /* Σ w of fractional weights */
  int64_t hits;    /* positive rows of integral weight */
  int64_t rows;    /* all rows of integral weight */
} CalibrationBin;

enum { USUAL_BINS = 10 };

/* Log loss, Brier score and calibration error of a set whose scores are probabilities, from one pass; each
 * has the bits of its own metric. */
typedef struct ProbabilityScan {
  WeightedSum log_loss, brier;
  ExactSum weight;  /* of all rows */
  double low, high; /* scores in [low, high) are in bin `at` */
  int at;
  CalibrationBin bin[USUAL_BINS];
} ProbabilityScan;

void mlm_probabilities_scan(ProbabilityScan *scan, const Scores *scores);
double mlm_probabilities_log_loss(const ProbabilityScan *scan);
double mlm_probabilities_brier(const ProbabilityScan *scan);
double mlm_probabilities_ece(ProbabilityScan *scan); /* empties the bins */

/* scikit-learn's clipping of probabilities for log loss: to [2^-52, 1 - 2^-52]. */
static inline double mlm_clipped(double p) {
  const double least = 0x1p-52, most = 1 - 0x1p-52;
  double x = p > least ? p : least;
  return x < most ? x : most;
}

/* ece, mce or rmsce, with uniform bins or edges, over rows that are counted by score and label: count[2i] and
 * count[2i + 1] rows of label 0 and 1 have the i-th of `distinct` ascending scores, fewer than 2^32 in all.
 * The bits of the formula over a score set of these rows. False: it is another metric, or bins of another
 * kind. */
bool mlm_calibration_of_counts(ScoresFormula *formula, const Params *params, const double *score,
                               const uint32_t *count, uint64_t distinct, double *value);

#endif
