/* What charts draw of a score set, gathered in one walk over its scores. */
#ifndef MLM_SCORE_CURVES_H
#define MLM_SCORE_CURVES_H

#include "charts/chart.h"
#include "charts/thin.h"
#include "metric.h"

enum {
  CURVES_ROC = 1,
  CURVES_PR = 2,
  CURVES_DET = 4,
  CURVES_CUTOFF = 8,
  CURVES_LIFT = 16,
  CURVES_BINS = 32,
  CURVES_CALIBRATION = 64,
  CURVES_ALL = 127
};

enum { MLM_HISTOGRAM_BINS = 40, MLM_CALIBRATION_BINS = 10 };

/* Rows in a bin of scores. */
typedef struct ScoreBin {
  double weight[2]; /* by label */
  double score;     /* Σ weight·score */
} ScoreBin;

typedef struct ScoreCurves {
  const Scores *scores;
  const char *name; /* of the series; "": it has none */
  int exponent;     /* all weights are in units of 2^exponent: mlm_scores_exponent() */
  double rows, positives, negatives;
  double lowest, highest; /* finite scores; NaN: none */
  bool probabilities;     /* all scores, infinite ones too, lie within 0..1 */
  bool percentages;       /* within 0..100 */
  double spiegelhalter_z; /* of probabilities, once CURVES_CALIBRATION was gathered; NaN: undefined */
  double bias_z;          /* likewise: of the positives against their number by the probabilities */
  int64_t distinct;       /* scores, once curves were gathered */
  bool valued;            /* the values below are known; else a chart computes those that it shows */
  double roc_auc, average_precision, ece;
  BestCutoff best_f1;
  double first_lift; /* of the tenth of the rows with the highest scores */
  double most_lift;  /* among the cutoffs that at least 1 % of the rows reach */
  PointList roc, pr, det, precision, recall, f1, gain, lift;
  double infinite; /* rows whose scores are, which the histogram leaves out */
  ScoreBin histogram[MLM_HISTOGRAM_BINS], calibration[MLM_CALIBRATION_BINS];
} ScoreCurves;

/* The sets behind a chart. */
typedef struct ScoreSeries {
  int n;         /* that are drawn */
  int more;      /* that are not, beyond MLM_MOST_SERIES */
  double lo, hi; /* of all scores, the range of axes */
  double most_lift;
  ScoreCurves each[MLM_MOST_SERIES];
} ScoreSeries;

/* The curves named by the bits, of one set or a keyed state of them; all is in the chart's memory and refers
 * to the sets. NULL: the chart's status says why. */
ScoreSeries *mlm_score_series(Chart *chart, const StateType *type, const void *state, unsigned curves);

/* The axis of a DET chart: the normal quantile of a rate, from 0.1 % to 99.9 %. */
double mlm_det_place(double rate);

#endif
