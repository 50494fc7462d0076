/* Decided classes against true classes: how often each pair occurs, exactly, for any number of classes of any
 * type.
 *
 * Only pairs that occur take memory: about 40 bytes each, and 110 a class. A row costs O(1) in either
 * direction; a class that no row has any more is gone. Totals, hits and each class's own totals are kept as
 * rows come and go, so only what asks for the order of the classes (a rank is a place in it, from 0) needs
 * the state sealed.
 */
#ifndef MLM_CROSSTAB_H
#define MLM_CROSSTAB_H

#include "state/amount.h"
#include "state/kind.h"

/* The same state as mlm_crosstab_state, for metrics that ask for no rank: nothing to seal, so that sliding
 * stays cheap. */
extern const StateKind mlm_crosstab_unordered_state;

int64_t mlm_crosstab_rows(const Crosstab *crosstab);     /* rows in, a whole weight k counted k times */
int64_t mlm_crosstab_left_out(const Crosstab *crosstab); /* rows left out because of a NULL */
size_t mlm_crosstab_classes(const Crosstab *crosstab);   /* classes that occur as prediction or label */

/* The weight of all rows, the exact sum rounded once; Infinity beyond the largest double. */
double mlm_crosstab_total(const Crosstab *crosstab);
/* Adds it, exactly. */
void mlm_crosstab_add_total(ExactSum *sum, const Crosstab *crosstab);
/* Rows where prediction and label agree, and where not. */
const Amount *mlm_crosstab_hits(const Crosstab *crosstab);
const Amount *mlm_crosstab_misses(const Crosstab *crosstab);

/* The share of rows where they agree, and where not: exact sums, their ratio rounded once; NaN without rows.
 */
double mlm_crosstab_hit_share(const Crosstab *crosstab);
double mlm_crosstab_miss_share(const Crosstab *crosstab);

/* One class: the rows with it as prediction, as label, as both. Exact, for what is rounded before a ratio may
 * have left a double's range. All of it points into the state and is valid until the state changes. */
typedef struct ClassTotals {
  Class name;
  const Amount *predicted, *labelled, *hits;
} ClassTotals;

/* Visits every class once, in no order to rely on. *cursor is 0 at first. False: there are no more. */
bool mlm_crosstab_next_class(const Crosstab *crosstab, uint64_t *cursor, ClassTotals *totals);
/* The class of this rank; the state must be sealed, rank below mlm_crosstab_classes(). */
void mlm_crosstab_class(const Crosstab *crosstab, size_t rank, ClassTotals *totals);

/* A pair that occurs, by ranks. */
typedef struct PairTotal {
  size_t pred, label;
  const Amount *rows; /* valid until the state changes */
} PairTotal;

/* Visits every pair that occurs once, in no order to rely on; the state must be sealed. */
bool mlm_crosstab_next_pair(const Crosstab *crosstab, uint64_t *cursor, PairTotal *pair);
/* The weight of a pair, rounded once; the state must be sealed. */
double mlm_crosstab_pair(const Crosstab *crosstab, size_t pred, size_t label);

#endif
