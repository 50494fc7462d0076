/* Bootstrap samples of a sealed state: as many rows as it has, drawn from them with replacement.
 *
 * A weight k is k unit rows. They are numbered from 0 in canonical order: of a score set by score, then
 * label; of a table of decisions at a cutoff by decision, then label; of a class set by prediction, then
 * label, in the order of the classes; of rows by their numbers from left to right. Draw d of a replicate
 * takes unit row mlm_random_below(hash(seed, replicate, d), n) of n. Stratified, each label's rows are drawn
 * from those of that label, in canonical order. The labels follow each other, and the numbering of draws
 * continues.
 *
 * Equal rows are a group, and a sample is a count for each: memory is O(groups). A draw costs a few
 * nanoseconds.
 */
#ifndef MLM_RESAMPLE_H
#define MLM_RESAMPLE_H

#include "metric.h"
#include "state/rating_samples.h"
#include "state/rows.h"

#define MLM_MOST_DRAWS ((int64_t)1 << 31) /* rows of a state that is resampled */

/* A stratum: unit rows from `first` on, from which as many are drawn. */
typedef struct Stratum {
  uint64_t first, n;
} Stratum;

/* Private to resample.c, but others may read groups, count, score and rows. Zeroed memory is not a
 * resampler. */
typedef struct Resampler {
  const StateType *type; /* of the state of a sample */
  const Host *host;
  uint64_t groups; /* numbered in canonical order; a group may be empty */
  uint64_t rows;   /* unit rows, at most MLM_MOST_DRAWS */
  uint32_t *count; /* of the rows of each group, in the latest sample; at first, in the state */

  uint32_t *end;   /* unit rows up to and including the group at each place */
  uint32_t *group; /* the group at each place, where they are ordered by stratum; NULL: the place itself */
  uint32_t *guide; /* the place of every 2^shift-th unit row; if shift is 0, its group */
  int shift;
  Stratum *strata;
  uint64_t n_strata;

  double *score;                 /* of a score set: that of groups 2i (label 0) and 2i + 1 (label 1) */
  const Rows *of;                /* of rows: the state, */
  uint32_t *entry;               /* and an entry of each group */
  const ConfusionMatrix *matrix; /* of a class set: the state, */
  uint64_t *pair;                /* and prediction << 32 | label of each group, by ranks */
  RatingSamples *units;          /* of units of ratings: each group's, read */
} Resampler;

/* Makes a resampler of a sealed state, which must not change while it is in use: of a score set, a table of
 * decisions (confusion2), a class set or rows; rows have no strata. Value counts are units of ratings,
 * without strata, and a sample of them is a state of mlm_ratings_state. MLM_FRACTIONAL: a weight is not
 * integral. MLM_TOO_MANY_DRAWS: more than MLM_MOST_DRAWS rows. MLM_MISMATCH: another kind. To be cleared in
 * any case. */
Status mlm_resampler_begin(Resampler *resampler, const StateType *type, const void *state, bool stratified,
                           const Host *host);
void mlm_resampler_clear(Resampler *resampler);

/* Draws a sample: sets count[]. */
Status mlm_resample(Resampler *resampler, uint64_t seed, uint64_t replicate);

/* Adds the rows of the sample to an empty state of the resampler's type, and seals it. */
Status mlm_resample_state(const Resampler *resampler, void *state);

/* 2U of the sample of a score set, as mlm_scores_twice_u(), and the rows of each label. */
uint64_t mlm_resample_twice_u(const Resampler *resampler, uint64_t rows[2]);

#endif
