/* Parts of the Brier score, skill against the base rate, and the line through the logits: calibration without
 * bins. */
#include "base/json_members.h"
#include "metrics/binned_curves.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/calibration.h"
#include "metrics/isotonic.h"
#include "metrics/logistic.h"

/* Weights are in units of 2^exponent. */
typedef struct BaseRate {
  double all, share; /* the weight of all rows, and the positives' share of it */
  double positives, negatives;
  int exponent;
} BaseRate;

static BaseRate base_rate(const Scores *scores) {
  ExactSum positives = {0}, all = {0};
  mlm_scores_add_weight(scores, 1, &positives);
  mlm_scores_add_weights(scores, &all);
  int exponent = mlm_scores_exponent(scores);
  ScoreTotals totals = mlm_scores_totals_in(scores, exponent);
  return (BaseRate){.all = mlm_sum_round_scaled(&all, -exponent),
                    .share = mlm_sum_ratio(&positives, &all),
                    .positives = totals.pos_weight,
                    .negatives = totals.neg_weight,
                    .exponent = exponent};
}

static bool has_both(const BaseRate *rate) { return rate->positives > 0 && rate->negatives > 0; }

/* ---- skill ---- */

/* The Brier score of the base rate, which is the variance of the labels. */
static double uncertainty(const BaseRate *rate) {
  return rate->positives / rate->all * (rate->negatives / rate->all);
}

static double brier_skill(const Scores *scores, const Eval *in) {
  BaseRate rate = base_rate(scores);
  ProbabilityScan scan;
  if (!has_both(&rate)) return NAN;
  mlm_probabilities_scan(&scan, scores);
  return 1 - mlm_probabilities_brier(&scan) / uncertainty(&rate);
}

static double d2_log_loss(const Scores *scores, const Eval *in) {
  BaseRate rate = base_rate(scores);
  ProbabilityScan scan;
  if (!has_both(&rate)) return NAN;
  mlm_probabilities_scan(&scan, scores);
  double of_rate =
      rate.share * mlm_log_loss(rate.share, 1) + rate.negatives / rate.all * mlm_log_loss(rate.share, 0);
  return 1 - mlm_probabilities_log_loss(&scan) / of_rate;
}

/* ---- decomposition ---- */

typedef struct Decomposition {
  double share; /* of positives, among all rows */
  ProductSum reliability, resolution;
  int64_t rows, groups,
      single; /* of distinct scores: how many groups there are, and of how many one row each */
} Decomposition;

/* Adds rows whose mean score is `gap` above their share of positives. */
static void add_group(Decomposition *parts, double weight, double gap, double share) {
  double off = share - parts->share;
  mlm_product_add(&parts->reliability, gap * gap, weight, 1);
  mlm_product_add(&parts->resolution, off * off, weight, 1);
}

static void by_scores(Decomposition *parts, const Scores *scores, int exponent) {
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  mlm_walk_weights_in(&walk, exponent);
  while (mlm_walk_next(&walk)) {
    double all = walk.neg_weight + walk.pos_weight;
    double gap = (walk.neg_weight * walk.score - walk.pos_weight * (1 - walk.score)) / all;
    if (all > 0) add_group(parts, all, gap, walk.pos_weight / all); /* in units of 2^exponent it may be 0 */
    int64_t rows = walk.neg_count + walk.pos_count;
    parts->rows += rows;
    parts->groups++;
    parts->single += rows == 1;
  }
}

/* A group of one row has a reliability as large as its squared error, which says nothing about calibration.
 */
static void note_single_rows(StrBuf *json, const Decomposition *parts) {
  if (parts->groups == 1 || 2 * parts->single <= parts->groups) return;
  mlm_str_key(json, "note");
  mlm_str_put(json, "\"");
  mlm_str_integer(json, parts->groups);
  mlm_str_put(json, " groups for ");
  mlm_str_integer(json, parts->rows);
  mlm_str_put(json, " rows, most of a single row, for which reliability is the squared error: give bins, "
                    "such as 10, or see "
                    "miscalibration, which needs none\"");
}

static void by_bins(Decomposition *parts, const Scores *scores, const Params *params, int exponent) {
  BinCursor at = {.started = false};
  Params uniform = *params;
  uniform.number[1] = 0;
  while (mlm_next_bin(&at, scores, &uniform))
    add_group(parts, mlm_sum_round_scaled(&at.weight, -exponent), at.mean - at.rate, at.rate);
}

static Status brier_decomposition(const Scores *scores, const Eval *in, Result *out) {
  BaseRate rate = base_rate(scores);
  Decomposition parts = {.share = rate.share};
  ProbabilityScan scan;
  if (in->params->given & 1)
    by_bins(&parts, scores, in->params, rate.exponent);
  else
    by_scores(&parts, scores, rate.exponent);
  mlm_probabilities_scan(&scan, scores);
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_str_put(json, "{");
  mlm_json_number(json, "reliability", mlm_product_round(&parts.reliability) / rate.all);
  mlm_json_number(json, "resolution", mlm_product_round(&parts.resolution) / rate.all);
  mlm_json_number(json, "uncertainty", uncertainty(&rate));
  mlm_json_number(json, "brier", mlm_probabilities_brier(&scan));
  if (mlm_scores_totals(scores).integral) note_single_rows(json, &parts);
  mlm_str_put(json, "}");
  return MLM_OK;
}

/* ---- by the isotonic fit ---- */

static Status over_fit(const Scores *scores, const Eval *in, double *brier) {
  Isotonic fit;
  BaseRate rate = base_rate(scores);
  Status status = mlm_isotonic(scores, &fit, in->host);
  if (!status) *brier = mlm_isotonic_brier(&fit, rate.all);
  mlm_isotonic_clear(&fit, in->host);
  return status;
}

/* Both differences are at least 0 but for rounding. */
static void give_difference(double from, double fitted, Result *out) {
  mlm_result_real(out, from < fitted ? 0 : from - fitted);
}

static Status miscalibration(const Scores *scores, const Eval *in, Result *out) {
  ProbabilityScan scan;
  double fitted = NAN;
  Status status = over_fit(scores, in, &fitted);
  if (status) return status;
  mlm_probabilities_scan(&scan, scores);
  give_difference(mlm_probabilities_brier(&scan), fitted, out);
  return MLM_OK;
}

static Status discrimination(const Scores *scores, const Eval *in, Result *out) {
  BaseRate rate = base_rate(scores);
  double fitted = NAN;
  Status status = over_fit(scores, in, &fitted);
  if (!status) give_difference(uncertainty(&rate), fitted, out);
  return status;
}

/* ---- the line through the logits ---- */

static Status calibration_slope(const Scores *scores, const Eval *in, Result *out) {
  const LogisticModel model = {.features = 1, .feature = {mlm_feature_logit}, .target = {0, 1}};
  LogisticFit fit;
  if (mlm_is_separated(scores, mlm_feature_logit)) return MLM_OK;
  Status status = mlm_logistic_fit(scores, &model, &fit, in->host);
  if (!status && fit.converged) mlm_result_real(out, fit.slope[0]);
  return status;
}

static Status calibration_intercept(const Scores *scores, const Eval *in, Result *out) {
  const LogisticModel model = {.offset = mlm_feature_logit, .target = {0, 1}};
  BaseRate rate = base_rate(scores);
  LogisticFit fit;
  if (!has_both(&rate)) return MLM_OK;
  Status status = mlm_logistic_fit(scores, &model, &fit, in->host);
  if (!status && fit.converged) mlm_result_real(out, fit.intercept);
  return status;
}

/* ---- the table ---- */

#define PROBS     .args = {ARG_PROB, ARG_LABEL, ARG_WEIGHT}, .required = 2, .state_name = "score_set"
#define FOUR      "(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"
#define ONE_CLASS " NULL where all labels are equal."

static const Metric metrics[] = {
    {.name = "brier_skill",
     PROBS,
     MLM_OF_SCORES(brier_skill),
     .interval = &mlm_percentile_interval,
     .summary =
         "Brier skill score: 1 - brier / the Brier score of predicting the share of positives for every "
         "row. 1 is perfect, 0 no better than that, below 0 worse." ONE_CLASS,
     .example = "SELECT brier_skill" FOUR},
    {.name = "d2_log_loss",
     PROBS,
     MLM_OF_SCORES(d2_log_loss),
     .interval = &mlm_percentile_interval,
     .summary = "Share of the log loss explained: 1 - log_loss / the log loss of predicting the share of "
                "positives for every row. 1 is perfect, 0 no better than that." ONE_CLASS,
     .example = "SELECT d2_log_loss" FOUR},
    {.name = "brier_decomposition",
     .args = {ARG_PROB, ARG_LABEL, ARG_GROUPING_BINS, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES_FULL(brier_decomposition),
     .result = RESULT_JSON,
     .summary =
         "JSON of the parts of the Brier score: reliability (0 is calibrated), resolution (how far the "
         "shares of positives differ), uncertainty, and brier = reliability - resolution + uncertainty. "
         "Groups are the distinct probabilities, and a note says if most have one row; with bins the sum is "
         "approximate.",
     .example = "SELECT brier_decomposition" FOUR},
    {.name = "miscalibration",
     PROBS,
     MLM_OF_SCORES_FULL(miscalibration),
     .interval = &mlm_calibration_interval,
     .summary =
         "How much recalibration can lower the Brier score: brier less that of the isotonic fit of the "
         "same rows. No bins; 0 is calibrated.",
     .example = "SELECT miscalibration" FOUR},
    {.name = "discrimination",
     PROBS,
     MLM_OF_SCORES_FULL(discrimination),
     .interval = &mlm_percentile_interval,
     .summary =
         "How much the ranking by probability explains: the Brier score of the share of positives less "
         "that of the isotonic fit. brier = miscalibration - discrimination + p(1 - p), p that share.",
     .example = "SELECT discrimination" FOUR},
    {.name = "calibration_slope",
     PROBS,
     MLM_OF_SCORES_FULL(calibration_slope),
     .interval = &mlm_percentile_interval,
     .cost = "A value takes a pass over the distinct scores for each step of Newton's method, about eight.",
     .summary = "The slope of the logistic regression of the label on the logit of prob: below 1 the "
                "probabilities are too extreme. NULL where all labels are equal or separated by prob.",
     .example =
         "SELECT calibration_slope(column1, column2) FROM (VALUES (0.1, 0), (0.4, 1), (0.35, 0), (0.8, "
         "1), (0.6, 0))"},
    {.name = "calibration_intercept",
     PROBS,
     MLM_OF_SCORES_FULL(calibration_intercept),
     .interval = &mlm_percentile_interval,
     .cost = "A value takes a pass over the distinct scores for each step of Newton's method, about five.",
     .summary =
         "The intercept of that regression with the slope held at 1: above 0 the probabilities are too "
         "low." ONE_CLASS,
     .example = "SELECT calibration_intercept" FOUR},
    {0},
};

const Family mlm_calibration_parts = {.name = "calibration_parts", .metrics = metrics};
