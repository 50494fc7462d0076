/* What is wrong with one value given as a score or as a label: what input_problems() counts. */
#ifndef MLM_INPUT_PROBLEM_H
#define MLM_INPUT_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* Saved states hold these numbers: append, never renumber. */
typedef enum InputProblem {
  INPUT_OK,
  INPUT_SCORE_NULL,
  INPUT_SCORE_EMPTY,
  INPUT_SCORE_MISSING,
  INPUT_SCORE_PERCENTAGE,
  INPUT_SCORE_CURRENCY,
  INPUT_SCORE_PARENTHESES,
  INPUT_SCORE_GROUPS,
  INPUT_SCORE_DECIMAL_COMMA,
  INPUT_SCORE_AMBIGUOUS,
  INPUT_SCORE_INFINITY_WORD,
  INPUT_SCORE_SIGN_OR_BLANK,
  INPUT_SCORE_LABEL_WORD,
  INPUT_SCORE_VECTOR,
  INPUT_SCORE_TEXT,
  INPUT_SCORE_INEXACT,
  INPUT_SCORE_HAIR_ABOVE_1,
  INPUT_SCORE_ABOVE_1,
  INPUT_SCORE_BELOW_0,
  INPUT_LABEL_NULL,
  INPUT_LABEL_EMPTY,
  INPUT_LABEL_MISSING,
  INPUT_LABEL_WORD,
  INPUT_LABEL_FRACTION,
  INPUT_LABEL_NUMBER,
  INPUT_LABEL_TEXT,
  INPUT_LABEL_BLOB,
  INPUT_SCORE_HAIR_BELOW_0,
  INPUT_SCORE_ABOVE_100, /* states saved before it count these as INPUT_SCORE_ABOVE_1 */
  MLM_INPUT_PROBLEMS     /* how many numbers there are */
} InputProblem;

static inline bool mlm_is_label_problem(InputProblem problem) {
  return problem >= INPUT_LABEL_NULL && problem <= INPUT_LABEL_BLOB;
}

typedef struct InputProblemText {
  const char *name;        /* a key of the JSON result */
  const char *description; /* a noun phrase in the plural */
  const char *advice;      /* what to do about it; other problems in the column remain errors afterwards */
} InputProblemText;

/* By number; all strings of INPUT_OK are NULL. */
extern const InputProblemText mlm_input_problem_texts[MLM_INPUT_PROBLEMS];

/* What to do where every score is of a kind that a single score does not show. */
#define MLM_IF_OWN_SCALE                                                                                     \
  "a calibration (platt_fit or isotonic_fit, with calibrate) if the scores have a scale of their own"
#define MLM_IF_LOGITS      "sigmoid(score) if every score is a logit"
#define MLM_IF_PERCENTAGES "to_number((score) || '%') if every score is a percentage, 0.5 meaning 0.5%"

/* What to do about labels that are other numbers than 0 and 1. */
#define MLM_MEASURED "for measured values see rmse(pred, target) and report_regression_html"
#define MLM_ABOVE_0(label)                                                                                   \
  "to_number(" label ") > 0 if the numbers above 0 are positive and all others negative"

/* The advice for INPUT_SCORE_ABOVE_1 in a column that may be one of percentages: every score is NULL or a
 * plain number from 0 to 100. In any other column dividing by 100 would hide what is wrong with it, and of a
 * text such as '12%' or 'NA' the expression is an error. */
extern const char mlm_percentage_advice[];

/* What comes before the advice for INPUT_SCORE_TEXT, INPUT_LABEL_TEXT and, of a single letter,
 * INPUT_LABEL_WORD in every row, where the example looks like a name of one word or of several: SQLite takes
 * a name in double quotes for a text where there is no such column. */
extern const char mlm_if_column_advice[];
extern const char mlm_if_words_column_advice[];

/* The advice for INPUT_LABEL_NUMBER in a minority of rows, where the example may stand for a missing value.
 */
extern const char mlm_two_classes_advice[];

/* The advice for INPUT_LABEL_TEXT where the example is 0 or 1 with a decimal comma. */
extern const char mlm_comma_label_advice[];

/* The advice for INPUT_SCORE_TEXT in some rows, where the example looks like a name. */
extern const char mlm_header_of_scores_advice[];

/* The advice for INPUT_SCORE_TEXT in every row, where labels are texts, too. */
extern const char mlm_classes_advice[];

/* The advice for INPUT_SCORE_ABOVE_1 and INPUT_SCORE_BELOW_0 beside INPUT_SCORE_ABOVE_100, which is too large
 * for a logit. */
extern const char mlm_large_scores_advice[];

/* The advice for INPUT_SCORE_ABOVE_1 beside INPUT_SCORE_PERCENTAGE. */
extern const char mlm_beside_percentages_advice[];

/* For a REAL, never NaN. A score outside 0..1 is a problem only for functions of probabilities: ranking
 * metrics and functions of logits accept it. From -0.0001 to 1.0001 it counts as a rounded probability. */
InputProblem mlm_score_problem(double score);
InputProblem mlm_score_integer_problem(int64_t score);
InputProblem mlm_label_problem(double label);

/* Whether a score outside [0,1] may be a number that someone wrote for a missing value, by its looks: a
 * negative integer, such as -1, or nines, such as 99 and 9.99. */
bool mlm_may_be_missing_code(double score);

/* The same of a weight out of its range, of which most negative integers are errors of another kind: -1, or
 * an integer of nines, such as -99. */
bool mlm_may_be_missing_weight(double weight);

/* Adds "CASE to_number(score) WHEN -1 THEN NULL ELSE score END", of a column of any name and a finite number
 * in it. */
void mlm_str_missing_code(StrBuf *out, const char *name, double x);

/* For TEXT. A text that is just a plain decimal number is judged as that number. */
InputProblem mlm_score_text_problem(const char *text, size_t n);
InputProblem mlm_label_text_problem(const char *text, size_t n);

/* Whether the text is 0 or 1 with a decimal comma, such as '1,0' and '1,000'. */
bool mlm_is_comma_label(const char *text, size_t n);

#endif
