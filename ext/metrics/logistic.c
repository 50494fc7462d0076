/* Logistic regression of labels on one or two features of the score, by Newton's method. */
#include "metrics/logistic.h"

#include "metrics/calibration.h"

enum {
  AT_ONCE = 256,
  MOST_STEPS = 200,
  MOST_HALVINGS = 60,
  MOST_COEFS = 1 + MLM_FEATURES,
};

/* The coefficients belong to features moved to mean 0 and scaled by a power of two to at most 1, so that the
 * equations are well conditioned; the first is the intercept. */
typedef struct Newton {
  const LogisticModel *model;
  const Scores *scores;
  int n; /* coefficients */
  double mean[MLM_FEATURES], scale[MLM_FEATURES];
  int exponent; /* weights are in units of 2^exponent */
  double share; /* factor of every weight: a power of two, 1 unless products with them might not fit */
  double gradient[MOST_COEFS];
  double curvature[MOST_COEFS][MOST_COEFS]; /* the lower triangle of -(second derivatives) */
} Newton;

/* Distinct scores, the weights of their rows, and what is computed of them. */
typedef struct Block {
  size_t n;
  double score[AT_ONCE], weight[2][AT_ONCE], x[MLM_FEATURES][AT_ONCE], offset[AT_ONCE];
} Block;

static void features_of(const Newton *newton, Block *block) {
  const LogisticModel *model = newton->model;
  for (int j = 0; j < model->features; j++) {
    double *x = block->x[j];
    if (model->feature[j])
      model->feature[j](block->score, x, block->n);
    else
      memcpy(x, block->score, block->n * sizeof x[0]);
  }
  if (model->offset) model->offset(block->score, block->offset, block->n);
}

static void start_walk(const Newton *newton, ScoreWalk *walk) {
  mlm_walk_up(walk, newton->scores);
  mlm_walk_weights_in(walk, newton->exponent);
}

/* The next scores of a walk; false after the last. */
static bool next_block(const Newton *newton, ScoreWalk *walk, Block *block) {
  block->n = 0;
  while (block->n < AT_ONCE && mlm_walk_next(walk)) {
    block->score[block->n] = walk->score;
    block->weight[0][block->n] = walk->neg_weight;
    block->weight[1][block->n++] = walk->pos_weight;
  }
  features_of(newton, block);
  return block->n > 0;
}

/* ---- scaling ---- */

static void scale_features(Newton *newton, Block *block) {
  ProductSum sum[MLM_FEATURES];
  ExactSum weight = {0};
  ScoreWalk walk;
  double first[MLM_FEATURES] = {0}, last[MLM_FEATURES] = {0};
  bool started = false;
  memset(sum, 0, sizeof sum);
  mlm_scores_add_weights_in(newton->scores, newton->exponent, &weight);
  start_walk(newton, &walk);
  while (next_block(newton, &walk, block)) {
    for (int j = 0; j < newton->model->features; j++) {
      for (size_t i = 0; i < block->n; i++)
        mlm_product_add(&sum[j], block->x[j][i], block->weight[0][i] + block->weight[1][i], 1);
      if (!started) first[j] = block->x[j][0];
      last[j] = block->x[j][block->n - 1];
    }
    started = true;
  }
  for (int j = 0; j < newton->model->features; j++) {
    newton->mean[j] = mlm_product_ratio(&sum[j], &weight);
    double down = newton->mean[j] - first[j], up = last[j] - newton->mean[j], reach = up > down ? up : down;
    int exponent = reach >= 0x1p-1022 ? exponent_of(reach) : 0; /* of Infinity 1024 */
    newton->scale[j] = first[j] < last[j] ? power_of_two(exponent < 1000 ? -exponent : -1000) : 0;
  }
}

/* ---- gradient and curvature ---- */

/* For each score: the residual, Σ weight·(target - probability), and weight·probability·(1 - probability). */
typedef struct Terms {
  double residual[AT_ONCE], information[AT_ONCE], product[AT_ONCE];
} Terms;

static void terms_of(const Newton *newton, const double *coef, const Block *block, Terms *terms) {
  double low = newton->model->target[0], high = 1 - newton->model->target[1];
  for (size_t i = 0; i < block->n; i++) {
    double z = coef[0] + (newton->model->offset ? block->offset[i] : 0);
    for (int j = 0; j < newton->model->features; j++) z += coef[1 + j] * block->x[j][i];
    double small = mlm_sigmoid(-fabs(z)), p = z < 0 ? small : 1 - small, q = z < 0 ? 1 - small : small;
    double neg = block->weight[0][i] * newton->share, pos = block->weight[1][i] * newton->share;
    terms->residual[i] = pos * (q - high) + neg * (low - p);
    terms->information[i] = (pos + neg) * (p * q);
  }
}

/* Scaled before they are moved, since the difference of two features may be beyond the largest double. */
static void move_and_scale(const Newton *newton, Block *block) {
  for (int j = 0; j < newton->model->features; j++) {
    double scale = newton->scale[j], mean = newton->mean[j] * scale;
    for (size_t i = 0; i < block->n; i++) block->x[j][i] = block->x[j][i] * scale - mean;
  }
}

/* The curvature only directs the steps, so plain sums in the order of the scores suffice. */
static void add_curvature(Newton *newton, const Block *block, const Terms *terms) {
  for (size_t i = 0; i < block->n; i++) {
    double v = terms->information[i];
    newton->curvature[0][0] += v;
    for (int j = 0; j < newton->model->features; j++) {
      double vx = v * block->x[j][i];
      newton->curvature[1 + j][0] += vx;
      for (int k = 0; k <= j; k++) newton->curvature[1 + j][1 + k] += vx * block->x[k][i];
    }
  }
}

static void differentiate(Newton *newton, const double *coef, Block *block) {
  ExactSum gradient[MOST_COEFS];
  ScoreWalk walk;
  Terms terms;
  memset(gradient, 0, sizeof gradient);
  memset(newton->curvature, 0, sizeof newton->curvature);
  start_walk(newton, &walk);
  while (next_block(newton, &walk, block)) {
    move_and_scale(newton, block);
    terms_of(newton, coef, block, &terms);
    mlm_sum_add_all(&gradient[0], terms.residual, block->n);
    for (int j = 0; j < newton->model->features; j++) {
      for (size_t i = 0; i < block->n; i++) terms.product[i] = terms.residual[i] * block->x[j][i];
      mlm_sum_add_all(&gradient[1 + j], terms.product, block->n);
    }
    add_curvature(newton, block, &terms);
  }
  for (int i = 0; i < newton->n; i++) newton->gradient[i] = mlm_sum_round(&gradient[i]);
}

/* ---- steps ---- */

#define SINGULAR 0x1p-40 /* a pivot below this share of its diagonal is a rounding error */

/* Solves curvature·step = gradient by LDLᵀ; a coefficient without a pivot of its own does not move. Returns
 * the number of pivots. */
static int solve(const Newton *newton, double *step) {
  int pivots = 0;
  double l[MOST_COEFS][MOST_COEFS] = {{0}}, d[MOST_COEFS], y[MOST_COEFS];
  int n = newton->n;
  for (int i = 0; i < n; i++) {
    d[i] = newton->curvature[i][i];
    y[i] = newton->gradient[i];
    for (int j = 0; j < i; j++) {
      double sum = newton->curvature[i][j];
      for (int k = 0; k < j; k++) sum -= l[i][k] * d[k] * l[j][k];
      l[i][j] = d[j] > 0 ? sum / d[j] : 0;
      d[i] -= l[i][j] * l[i][j] * d[j];
      y[i] -= l[i][j] * y[j];
    }
    if (!(d[i] > newton->curvature[i][i] * SINGULAR)) d[i] = 0;
    pivots += d[i] > 0;
  }
  for (int i = n - 1; i >= 0; i--) {
    step[i] = d[i] > 0 ? y[i] / d[i] : 0;
    if (d[i] > 0)
      for (int j = i + 1; j < n; j++) step[i] -= l[j][i] * step[j];
  }
  return pivots;
}

static double along(const Newton *newton, const double *step) {
  double slope = 0;
  for (int i = 0; i < newton->n; i++) slope += newton->gradient[i] * step[i];
  return slope;
}

/* The largest change of a coefficient, relative to it or to 1. */
static double size_of(const Newton *newton, const double *coef, const double *step) {
  double most = 0;
  for (int i = 0; i < newton->n; i++) {
    double size = fabs(step[i]) / (fabs(coef[i]) > 1 ? fabs(coef[i]) : 1);
    if (!(size <= most)) most = size;
  }
  return most;
}

/* The step times the curvature times the step: how fast the slope along it falls. */
static double bend(const Newton *newton, const double *step) {
  double sum = 0;
  for (int i = 0; i < newton->n; i++)
    for (int j = 0; j <= i; j++) sum += (i == j ? 1 : 2) * newton->curvature[i][j] * step[i] * step[j];
  return sum;
}

/* Goes a step, or a half, a quarter, … of it. Along the step the slope of the log likelihood falls from a
 * positive value. Where it is below 0 the maximum has been passed: that is good if a Newton step from there
 * leads back no further than this one came, and too far if the likelihood is flat there. Where one score has
 * nearly all of the curvature a coefficient loses its pivot: the likelihood is flat along it, and the step
 * was too long. */
static void go(Newton *newton, double *coef, const double *step, int pivots, bool close, Block *block) {
  double from[MOST_COEFS], part = 1;
  memcpy(from, coef, sizeof from);
  for (int halvings = 0; halvings < MOST_HALVINGS; halvings++, part /= 2) {
    for (int i = 0; i < newton->n; i++) coef[i] = from[i] + part * step[i];
    differentiate(newton, coef, block);
    double slope = along(newton, step), ahead[MOST_COEFS];
    if (!close && solve(newton, ahead) < pivots) continue;
    if (close || slope >= 0 || -slope <= part * bend(newton, step)) return;
  }
}

/* Steps shrink quadratically until they are as small as rounding errors, and then no further. */
static bool climb(Newton *newton, double *coef, Block *block) {
  double last = INFINITY;
  differentiate(newton, coef, block);
  for (int steps = 0; steps < MOST_STEPS; steps++) {
    double step[MOST_COEFS];
    double curvature = newton->curvature[0][0];
    /* Without curvature every probability is 0 or 1 in doubles, and no Newton step exists. */
    if (!(curvature > 0) || mlm_scores_walk_ended_early(newton->scores)) return false;
    int pivots = solve(newton, step);
    double size = size_of(newton, coef, step);
    if (size == 0 || (size < 0x1p-30 && size > last / 4)) return true;
    go(newton, coef, step, pivots, size < 0x1p-20, block);
    if (size < 0x1p-52) return true;
    last = size;
  }
  return false;
}

/* The coefficients of the features as they are. */
static void unscale(const Newton *newton, const double *coef, LogisticFit *fit) {
  DoubleDouble intercept = dd_of(coef[0]);
  for (int j = 0; j < newton->model->features; j++) {
    fit->slope[j] = coef[1 + j] * newton->scale[j];
    double mean = newton->mean[j], slope = fit->slope[j];
    bool large = fabs(mean) >= 0x1p990 || fabs(slope) >= 0x1p990; /* too large to be split */
    intercept = dd_sum(intercept, dd_minus(large ? dd_of(slope * mean) : two_product(slope, mean)));
  }
  fit->intercept = dd_rounded(intercept);
}

/* The log odds of the targets where all features are at their mean; 0 where they are too far from 0. With an
 * offset and no features 0 is as good, unless they are so far from it that Newton's steps, of at most about 1
 * there, would be too many. Then the search begins nearer to 0 than the solution is, by no more than twice
 * the largest offset: beyond the solution, where the likelihood is nearly flat, a first step could go any
 * way. */
static double first_intercept(const LogisticModel *model, const ScoreTotals *all) {
  const double most = 100, largest_offset = 37; /* of mlm_feature_logit() */
  double high = model->target[1] * all->pos_weight + model->target[0] * all->neg_weight;
  double total = all->pos_weight + all->neg_weight;
  if (!model->offset) return high < total ? mlm_log(high / (total - high)) : 0;
  double odds = mlm_log(all->pos_weight) - mlm_log(all->neg_weight);
  if (fabs(odds) <= most) return 0;
  return odds < 0 ? odds + largest_offset : odds - largest_offset;
}

Status mlm_logistic_fit(const Scores *scores, const LogisticModel *model, LogisticFit *fit,
                        const Host *host) {
  Newton newton = {
      .model = model, .scores = scores, .n = 1 + model->features, .exponent = mlm_scores_exponent(scores)};
  ScoreTotals all = mlm_scores_totals_in(scores, newton.exponent);
  double coef[MOST_COEFS] = {0}, total = all.pos_weight + all.neg_weight;
  Block *block = host->realloc(NULL, sizeof *block);
  *fit = (LogisticFit){.converged = false};
  if (!block) return MLM_NOMEM;
  newton.share = total >= 0x1p900 ? 0x1p-200 : total < 0x1p-700 ? 0x1p400 : 1;
  scale_features(&newton, block);
  coef[0] = first_intercept(model, &all);
  fit->converged = climb(&newton, coef, block);
  unscale(&newton, coef, fit);
  host->free(block);
  return mlm_scores_walk_ended_early(scores) ? MLM_INTERRUPTED : MLM_OK;
}

/* ---- separation, features ---- */

bool mlm_is_separated(const Scores *scores, void (*feature)(const double *score, double *x, size_t n)) {
  double first[2] = {0}, last[2] = {0};
  bool seen[2] = {false, false};
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk)) {
    for (int label = 0; label < 2; label++) {
      if (!((label ? walk.pos_weight : walk.neg_weight) > 0)) continue;
      if (!seen[label]) first[label] = walk.score;
      last[label] = walk.score;
      seen[label] = true;
    }
  }
  if (!seen[0] || !seen[1]) return true;
  feature(first, first, 2);
  feature(last, last, 2);
  return last[0] <= first[1] || last[1] <= first[0];
}

void mlm_feature_logit(const double *score, double *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = mlm_logit(mlm_clipped(score[i]));
}

void mlm_feature_log(const double *score, double *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = mlm_log(mlm_clipped(score[i]));
}

void mlm_feature_log_complement(const double *score, double *x, size_t n) {
  for (size_t i = 0; i < n; i++) x[i] = mlm_neg_log_complement(mlm_clipped(score[i]));
}
