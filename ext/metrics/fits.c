/* Fits that recalibrate scores: Platt's sigmoid, isotonic regression, beta calibration. */
#include "metrics/fits.h"

#include "metrics/calibration.h"
#include "metrics/isotonic.h"
#include "metrics/logistic.h"

void mlm_fit_begin(StrBuf *json, const char *method) {
  mlm_str_put(json, "{");
  mlm_json_text(json, "method", method);
}

void mlm_fit_end(StrBuf *json, const FitEnd *end) {
  mlm_json_count(json, "rows", end->rows, end->integral);
  mlm_json_number(json, "log_loss_before", end->before);
  mlm_json_number(json, "log_loss_after", end->after);
  mlm_str_key(json, "converged");
  mlm_str_put(json, end->why ? "false" : "true");
  if (end->why) mlm_json_text(json, "why", end->why);
  mlm_str_put(json, "}");
}

/* The last members as far as they follow from the score set; the log loss before the fit is NaN unless all
 * scores are probabilities. */
static FitEnd end_of(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  FitEnd end = {.rows = all.neg_weight + all.pos_weight,
                .integral = all.integral && !in->weighted,
                .before = NAN,
                .after = NAN};
  double outside;
  ProbabilityScan scan;
  if (mlm_scores_state.outside(scores, 0, 1, &outside)) return end;
  mlm_probabilities_scan(&scan, scores);
  end.before = mlm_probabilities_log_loss(&scan);
  return end;
}

/* The mean log loss of the log odds that `odds` gives to a score. */
static double loss_of(const Scores *scores, double (*odds)(const Fit *fit, double score), const Fit *fit) {
  ProductSum sum = {0};
  ExactSum all = {0};
  ScoreWalk walk;
  const int exponent = mlm_scores_exponent(scores);
  mlm_scores_add_weights_in(scores, exponent, &all);
  mlm_walk_up(&walk, scores);
  mlm_walk_weights_in(&walk, exponent);
  while (mlm_walk_next(&walk)) {
    double z = odds(fit, walk.score);
    if (walk.neg_weight > 0) mlm_product_add(&sum, mlm_softplus(z), walk.neg_weight, 1);
    if (walk.pos_weight > 0) mlm_product_add(&sum, mlm_softplus(-z), walk.pos_weight, 1);
  }
  return mlm_product_ratio(&sum, &all);
}

/* ---- Platt ---- */

/* Platt's targets, slightly inside (0,1), so that a best fit exists for separated classes too. Of a weight
 * beyond the largest double they are 0 and 1. */
static Status platt_fit(const Scores *scores, const Eval *in, Result *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  double pos = all.pos_weight;
  const LogisticModel model = {
      .features = 1, .target = {1 / (all.neg_weight + 2), pos < INFINITY ? (pos + 1) / (pos + 2) : 1}};
  LogisticFit line;
  FitEnd end = end_of(scores, in);
  Status status = mlm_logistic_fit(scores, &model, &line, in->host);
  if (status) return status;
  Fit fit = {.param = {line.slope[0], line.intercept}};
  if (line.converged)
    end.after = loss_of(scores, mlm_platt_odds, &fit);
  else
    end.why = "Newton's method did not come to an end";
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_fit_begin(json, "platt");
  mlm_json_number(json, "slope", line.converged ? line.slope[0] : NAN);
  mlm_json_number(json, "intercept", line.converged ? line.intercept : NAN);
  mlm_fit_end(json, &end);
  return MLM_OK;
}

/* ---- isotonic ---- */

static void put_points(StrBuf *json, const char *key, const Isotonic *fit, bool values) {
  mlm_str_key(json, key);
  mlm_str_put(json, "[");
  for (size_t i = 0; i < fit->n; i++) {
    const IsotonicBlock *block = &fit->at[i];
    if (i) mlm_str_put(json, ",");
    mlm_str_number(json, values ? block->mean : block->lo);
    if (block->lo == block->hi) continue;
    mlm_str_put(json, ",");
    mlm_str_number(json, values ? block->mean : block->hi);
  }
  mlm_str_put(json, "]");
}

static Status isotonic_fit(const Scores *scores, const Eval *in, Result *out) {
  Isotonic fit;
  FitEnd end = end_of(scores, in);
  Status status = mlm_isotonic(scores, &fit, in->host);
  if (!status) {
    ScoreTotals all = mlm_scores_totals_in(scores, mlm_scores_exponent(scores));
    end.after = mlm_isotonic_log_loss(&fit, all.neg_weight + all.pos_weight);
    StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
    mlm_fit_begin(json, "isotonic");
    put_points(json, "x", &fit, false);
    put_points(json, "y", &fit, true);
    mlm_fit_end(json, &end);
  }
  mlm_isotonic_clear(&fit, in->host);
  return status;
}

/* ---- beta ---- */

/* The log odds are a·ln p - b·ln(1 - p) + c. */
typedef struct BetaFit {
  double a, b, c;
  bool converged;
} BetaFit;

static Status fit_features(const Scores *scores, bool a, bool b, BetaFit *beta, const Host *host) {
  LogisticModel model = {.target = {0, 1}};
  LogisticFit fit;
  if (a) model.feature[model.features++] = mlm_feature_log;
  if (b) model.feature[model.features++] = mlm_feature_log_complement;
  Status status = mlm_logistic_fit(scores, &model, &fit, host);
  *beta = (BetaFit){a ? fit.slope[0] : 0, b ? fit.slope[a] : 0, fit.intercept, fit.converged};
  return status;
}

static double beta_loss(const Scores *scores, const BetaFit *beta) {
  Fit fit = {.param = {beta->a, beta->b, beta->c}};
  return loss_of(scores, mlm_beta_odds, &fit);
}

/* Fits a alone or b alone, and keeps the fit if it is not negative and its loss is lower. */
static Status try_one(const Scores *scores, bool a, double *least, BetaFit *beta, const Host *host) {
  BetaFit one;
  Status status = fit_features(scores, a, !a, &one, host);
  if (status || !one.converged || one.a < 0 || one.b < 0) return status;
  double loss = beta_loss(scores, &one);
  if (loss < *least) *least = loss, *beta = one;
  return MLM_OK;
}

/* Neither a nor b may be negative. The loss is convex: where the fit of both has a negative one, the best fit
 * is without that one. Where both are negative, or the fit of both does not converge, it is the better one of
 * a alone and b alone, or neither. */
static Status fit_beta(const Scores *scores, BetaFit *beta, const Host *host) {
  Status status = fit_features(scores, true, true, beta, host);
  if (status || (beta->converged && beta->a >= 0 && beta->b >= 0)) return status;
  bool both = !beta->converged || (beta->a < 0 && beta->b < 0), b_alone = both || beta->a < 0;
  double least = INFINITY;
  if (b_alone) status = try_one(scores, false, &least, beta, host);
  if (!status && (both || !b_alone)) status = try_one(scores, true, &least, beta, host);
  if (status || least < INFINITY) return status;
  return fit_features(scores, false, false, beta, host);
}

static const char *why_not(const Scores *scores) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!(all.pos_weight > 0) || !(all.neg_weight > 0)) return "all labels are alike";
  double last = NAN, first = NAN,
         lowest = NAN; /* the highest of label 0, the lowest of label 1 and of both */
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    if (walk.neg_weight > 0) last = walk.score;
    if (walk.pos_weight > 0 && first != first) first = walk.score;
    if (lowest != lowest) lowest = walk.score;
  }
  bool apart = last < first || (last == first && lowest < walk.score);
  return apart ? "the probabilities separate the labels" : NULL;
}

static Status beta_fit(const Scores *scores, const Eval *in, Result *out) {
  BetaFit beta = {NAN, NAN, NAN, false};
  FitEnd end = end_of(scores, in);
  end.why = why_not(scores);
  Status status = end.why ? MLM_OK : fit_beta(scores, &beta, in->host);
  if (status) return status;
  if (beta.converged)
    end.after = beta_loss(scores, &beta);
  else if (!end.why)
    end.why = "Newton's method did not come to an end";
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  mlm_fit_begin(json, "beta");
  mlm_json_number(json, "a", beta.converged ? beta.a : NAN);
  mlm_json_number(json, "b", beta.converged ? beta.b : NAN);
  mlm_json_number(json, "c", beta.converged ? beta.c : NAN);
  mlm_fit_end(json, &end);
  return MLM_OK;
}

/* ---- the table ---- */

#define FIVE "(column1, column2) FROM (VALUES (0.1, 0), (0.4, 1), (0.35, 0), (0.8, 1), (0.6, 0))"
#define STEPS                                                                                                \
  .cost = "A value takes a pass over the distinct scores for each step of Newton's method, about eight."
#define FOR_CALIBRATE " calibrate(fit, score) applies it."

static const Metric metrics[] = {
    {.name = "platt_fit",
     .args = {ARG_FINITE_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES_FULL(platt_fit),
     .result = RESULT_JSON,
     STEPS,
     .summary = "JSON of Platt's sigmoid, sigmoid(slope · score + intercept), the logistic regression of the "
                "targets (n1+1)/(n1+2) and 1/(n0+2), as in scikit-learn's method='sigmoid'." FOR_CALIBRATE,
     .example = "SELECT platt_fit" FIVE},
    {.name = "isotonic_fit",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES_FULL(isotonic_fit),
     .result = RESULT_JSON,
     .summary =
         "JSON of the isotonic regression of the label on the score: points x, y between which calibrate() "
         "is linear, and constant beyond, as in scikit-learn's IsotonicRegression.",
     .example = "SELECT isotonic_fit" FIVE},
    {.name = "beta_fit",
     .args = {ARG_PROB, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES_FULL(beta_fit),
     .result = RESULT_JSON,
     STEPS,
     .summary = "JSON of beta calibration, sigmoid(a·ln p - b·ln(1 - p) + c) with a, b >= 0; converged is "
                "false where the labels are equal or separated." FOR_CALIBRATE,
     .example = "SELECT beta_fit" FIVE},
    {0},
};

const Family mlm_fits = {.name = "fits", .metrics = metrics};
