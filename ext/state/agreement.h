/* Rows whose predicted class is the label, and the others: what accuracy needs of a confusion matrix. */
#ifndef MLM_AGREEMENT_H
#define MLM_AGREEMENT_H

#include "state/confusion_matrix.h"
#include "state/state.h"
#include "state/weight_sum.h"

typedef struct Agreement Agreement;

/* Loads what the confusion matrix saves, and saves nothing itself: forms that save keep the whole matrix. */
extern const StateType mlm_agreement_state;

const WeightSum *mlm_agreement_hits(const Agreement *agreement);
const WeightSum *mlm_agreement_misses(const Agreement *agreement);

/* As mlm_confusion_matrix_find_score(). */
Status mlm_agreement_find_score(const Agreement *agreement, double *score);
/* As mlm_confusion_matrix_never_agrees(). */
Status mlm_agreement_never_agrees(const Agreement *agreement, Class *text);

#endif
