/* Isotonic regression of labels on scores: the nondecreasing step function with the least squared error. */
#include "metrics/isotonic.h"

static double mean_of(const IsotonicBlock *block) {
  bool whole = block->positives.lo == 0 && block->all.lo == 0;
  if (whole) return block->positives.hi / block->all.hi;
  /* dd_quotient() takes numbers below 2^996; a power of two keeps the quotient. */
  double unit = block->all.hi < 0x1p900 ? 1 : 0x1p-100;
  return dd_rounded(dd_quotient(dd_scaled(block->positives, unit), dd_scaled(block->all, unit)));
}

/* Adds a block, and pools it with those before it whose mean is not lower. */
static Status push(Isotonic *fit, IsotonicBlock block, const Host *host) {
  while (fit->n > 0 && fit->at[fit->n - 1].mean >= block.mean) {
    const IsotonicBlock *before = &fit->at[--fit->n];
    block.lo = before->lo;
    block.positives = dd_sum(before->positives, block.positives);
    block.all = dd_sum(before->all, block.all);
    block.mean = mean_of(&block);
  }
  if (fit->n == fit->room) {
    size_t room = 2 * fit->room + 64;
    IsotonicBlock *at = host->realloc(fit->at, (uint64_t)room * sizeof *at);
    if (!at) return MLM_NOMEM;
    fit->at = at;
    fit->room = room;
  }
  fit->at[fit->n++] = block;
  return MLM_OK;
}

Status mlm_isotonic(const Scores *scores, Isotonic *fit, const Host *host) {
  ScoreWalk walk;
  Status status = MLM_OK;
  *fit = (Isotonic){.n = 0};
  mlm_walk_up(&walk, scores);
  mlm_walk_weights_in(&walk, mlm_scores_exponent(scores));
  while (!status && mlm_walk_next(&walk)) {
    IsotonicBlock block = {.lo = walk.score,
                           .hi = walk.score,
                           .positives = dd_of(walk.pos_weight),
                           .all = two_sum(walk.pos_weight, walk.neg_weight)};
    if (block.all.hi == 0) continue; /* a weight below 2^-947 where all are above 2^1020 */
    block.mean = mean_of(&block);
    status = push(fit, block, host);
  }
  return status;
}

/* Σ w (mean - label)² of a block is positives·negatives / all. */
double mlm_isotonic_brier(const Isotonic *fit, double weight) {
  ProductSum sum = {0};
  for (size_t i = 0; i < fit->n; i++) {
    const IsotonicBlock *block = &fit->at[i];
    double negatives = dd_rounded(dd_sum(block->all, dd_minus(block->positives)));
    mlm_product_add(&sum, block->mean, negatives, 1);
  }
  return mlm_product_round(&sum) / weight;
}

double mlm_isotonic_log_loss(const Isotonic *fit, double weight) {
  ProductSum sum = {0};
  for (size_t i = 0; i < fit->n; i++) {
    const IsotonicBlock *block = &fit->at[i];
    double positives = dd_rounded(block->positives);
    double negatives = dd_rounded(dd_sum(block->all, dd_minus(block->positives)));
    if (positives > 0) mlm_product_add(&sum, mlm_log_loss(block->mean, 1), positives, 1);
    if (negatives > 0) mlm_product_add(&sum, mlm_log_loss(block->mean, 0), negatives, 1);
  }
  return mlm_product_round(&sum) / weight;
}
