/* A 2x2 table for each of K labels: rows of K predictions that are yes or no, and K labels. */
#ifndef MLM_LABEL_TABLES_H
#define MLM_LABEL_TABLES_H

#include "state/confusion2.h"
#include "state/state.h"

typedef struct LabelTables LabelTables;

/* A row has the vectors preds and targets of K numbers each and the cutoff in x[0]; label i is predicted if
 * preds[i] >= the cutoff, and is true if targets[i] is not 0. A row of another length than those before is
 * MLM_MISMATCH. */
extern const StateType mlm_label_tables_state;

/* How many labels; 0 without rows. */
size_t mlm_label_tables_labels(const LabelTables *tables);
/* The table of label i. */
Confusion2 mlm_label_table(const LabelTables *tables, size_t i);
/* The table of all labels pooled. */
Confusion2 mlm_label_tables_pooled(const LabelTables *tables);
/* Adds the weight of the true rows of label i, exactly. */
void mlm_label_tables_add_support(const LabelTables *tables, size_t i, ExactSum *sum);

#endif
