/* Decided classes against true classes: how often each pair occurs, exactly, for any number of classes of any
 * type.
 *
 * Only pairs that occur take memory: about 40 bytes each, and 110 a class. A row costs O(1) in either
 * direction; a class that no row has any more is gone. Totals, hits and each class's own totals are kept as
 * rows come and go, so only what asks for the order of the classes (a rank is a place in it, from 0) needs
 * the state sealed.
 */
#ifndef MLM_CONFUSION_MATRIX_H
#define MLM_CONFUSION_MATRIX_H

#include "state/weight_sum.h"
#include "state/state.h"

/* The same state as mlm_confusion_matrix_state, for metrics that ask for no rank: nothing to seal, so that
 * sliding stays cheap. */
extern const StateType mlm_confusion_matrix_unordered_state;

int64_t
mlm_confusion_matrix_rows(const ConfusionMatrix *matrix); /* rows in, a whole weight k counted k times */
int64_t mlm_confusion_matrix_left_out(const ConfusionMatrix *matrix); /* rows left out because of a NULL */
size_t
mlm_confusion_matrix_classes(const ConfusionMatrix *matrix); /* classes that occur as prediction or label */

/* The weight of all rows, the exact sum rounded once; Infinity beyond the largest double. */
double mlm_confusion_matrix_total(const ConfusionMatrix *matrix);
/* Adds it, exactly. */
void mlm_confusion_matrix_add_total(ExactSum *sum, const ConfusionMatrix *matrix);
/* Rows where prediction and label agree, and where not. */
const WeightSum *mlm_confusion_matrix_hits(const ConfusionMatrix *matrix);
const WeightSum *mlm_confusion_matrix_misses(const ConfusionMatrix *matrix);

/* The share of rows where they agree, and where not: exact sums, their ratio rounded once; NaN without rows.
 */
double mlm_confusion_matrix_hit_share(const ConfusionMatrix *matrix);
double mlm_confusion_matrix_miss_share(const ConfusionMatrix *matrix);

/* One class: the rows with it as prediction, as label, as both. Exact, for what is rounded before a ratio may
 * have left a double's range. All of it points into the state and is valid until the state changes. */
typedef struct ClassTotals {
  Class name;
  const WeightSum *predicted, *labelled, *hits;
} ClassTotals;

/* Visits every class once, in no order to rely on. *cursor is 0 at first. False: there are no more. */
bool mlm_confusion_matrix_next_class(const ConfusionMatrix *matrix, uint64_t *cursor, ClassTotals *totals);
/* The class of this rank; the state must be sealed, rank below mlm_confusion_matrix_classes(). */
void mlm_confusion_matrix_class(const ConfusionMatrix *matrix, size_t rank, ClassTotals *totals);

/* A pair that occurs, by ranks. */
typedef struct PairTotal {
  size_t pred, label;
  const WeightSum *rows; /* valid until the state changes */
} PairTotal;

/* Visits every pair that occurs once, in no order to rely on; the state must be sealed. */
bool mlm_confusion_matrix_next_pair(const ConfusionMatrix *matrix, uint64_t *cursor, PairTotal *pair);
/* The weight of a pair, rounded once; the state must be sealed. */
double mlm_confusion_matrix_pair(const ConfusionMatrix *matrix, size_t pred, size_t label);

#endif
