/* Hints for labels, groups and decided classes that are neither 0 nor 1. */
#ifndef MLM_LABEL_HINTS_H
#define MLM_LABEL_HINTS_H

#include "message.h"

/* For a number; pred is the row's prediction, 0.5 where there is none. */
void mlm_hint_label_number(Message *to, const ArgSpec *spec, double x, double pred);
/* For a text that is not just a number. */
void mlm_hint_label_text(Message *to, const ArgSpec *spec, const char *text, size_t n);
/* Whether the text looks like the name of the column that was meant, such as 'label', 'label_2' or 'labels':
 * SQLite takes a name in quotes for a text, in double quotes where there is no such column. */
bool mlm_hint_is_column(const ArgSpec *spec, const char *text, size_t n);
/* For a text that to_label() does not know: which expression makes it a label. */
void mlm_hint_case(Message *to, const ArgSpec *spec, const char *text, size_t n);

/* For scores given to a function of predicted classes: the one that takes a cutoff. */
void mlm_hint_cutoff(Message *to);
/* Says that one column, the label or the prediction, holds scores, of which `score` is one. */
void mlm_say_score(Message *to, bool label, double score);
/* For a number that is not a decision: a score, or one of more than two classes. */
void mlm_hint_decision(Message *to, const ArgSpec *spec, double x);
/* For functions of decisions 0 and 1: the function for more classes. */
void mlm_hint_more_classes(Message *to);

#endif
