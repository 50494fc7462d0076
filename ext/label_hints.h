/* Hints for labels, groups and decided classes that are neither 0 nor 1. */
#ifndef MLM_LABEL_HINTS_H
#define MLM_LABEL_HINTS_H

#include "message.h"

/* How two models are compared where no metric of a score set does it: of predicted numbers, and of predicted
 * classes. */
#define MLM_COMPARE_NUMBERS "mean_ci(squared_error(score_a, label) - squared_error(score_b, label))"
#define MLM_COMPARE_CLASSES                                                                                  \
  "mcnemar_test(pred_a, pred_b, label) compares the accuracy of predicted classes; for other metrics of "    \
  "them bootstrap the query, with poisson_weight(key, replicate) as the weight of both models and GROUP BY " \
  "replicate"

/* Whether the rows are the scores of two models and a label. */
bool mlm_takes_two_scores(const Call *call);

/* For a number that may be a date which tells two samples apart. True: nothing else needs to be said. */
bool mlm_hint_date_number(Message *to, const ArgSpec *spec, double x);
/* For a text in place of a date that may be the number of a week, such as '2001-13' and '2001-W13'. */
void mlm_hint_week(Message *to, const char *text);
/* For a number; pred is the row's prediction, 0.5 where there is none. */
void mlm_hint_label_number(Message *to, const ArgSpec *spec, double x, double pred);
/* For a text that is not just a number. */
void mlm_hint_label_text(Message *to, const ArgSpec *spec, const char *text, size_t n);
/* Whether the text looks like the name of the column that was meant, such as 'label', 'label_2' or 'labels':
 * SQLite takes a name in quotes for a text, in double quotes where there is no such column. */
bool mlm_hint_is_column(const ArgSpec *spec, const char *text, size_t n);
/* For a number that tells no two samples apart, as one of another column does: how columns become
 * samples. */
void mlm_hint_two_columns(Message *to, const ArgSpec *spec, const char *separator);
/* For a letter such as 'y' that is a word for 1 or 0, or the name of a column. False: it is not. */
bool mlm_hint_letter(Message *to, const char *name, const char *text, size_t n);
/* For 0 or 1 with a decimal comma: what reads it. False: the text is something else. */
bool mlm_hint_comma_label(Message *to, const char *name, const char *text, size_t n);
/* For a wrong score or label of a function that compares two models: where each argument stands. False: of
 * another function. */
bool mlm_hint_two_scores(Message *to);
/* For a text that to_label() does not know: which expression makes it a label. */
void mlm_hint_case(Message *to, const ArgSpec *spec, const char *text, size_t n);

/* For scores given to a function of predicted classes: the one that takes a cutoff. */
void mlm_hint_cutoff(Message *to);
/* For a score set given to one: the same, where the function is a metric of predictions and labels. */
void mlm_hint_set_cutoff(Message *to);
/* Says that one column, the label or the prediction, holds scores, of which `score` is one. */
void mlm_say_score(Message *to, bool label, double score);
/* For predictions that can never be labels; `text` is a class of the rows, NULL: none is shown. */
void mlm_say_never_equal(Message *to, Status status, const StrBuf *text);
/* For a number that is not a decision: a score, or one of more than two classes. */
void mlm_hint_decision(Message *to, const ArgSpec *spec, double x);
/* For functions of decisions 0 and 1: the functions for more classes; number: the class got is one. */
void mlm_hint_more_classes(Message *to, bool number);

#endif
