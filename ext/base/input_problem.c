/* The kinds of problems, their words, and which one a value has. */
#include "base/input_problem.h"

#include <string.h>

#include "base/label_word.h"
#include "base/loose_number.h"
#include "base/number.h"
#include "base/sqlite_number.h"
#include "base/dirty_text.h"

#define READ_NUMBER "to_number(score) reads them"
#define FOR_LOGITS  "for functions of probabilities: " MLM_IF_LOGITS

#define AT_SOURCE "correct them at their source"
#define TWO_CLASSES                                                                                          \
  "to_number(label) - 1 if the classes are 1 and 2, (to_number(label) + 1) / 2 if they are -1 and 1"
#define BY_CASE                                                                                              \
  "CASE label WHEN 'positive class' THEN 1 WHEN 'negative class' THEN 0 ELSE label END; "                    \
  "nullif(label, 'text') of a text that stands for a missing label"

const InputProblemText mlm_input_problem_texts[MLM_INPUT_PROBLEMS] = {
    [INPUT_SCORE_NULL] = {"score_null", "scores that are NULL", "their rows are left out"},
    [INPUT_SCORE_EMPTY] = {"score_empty", "scores that are empty text", "to_number(score) makes them NULL"},
    [INPUT_SCORE_MISSING] = {"score_missing", "scores that are a word for a missing value",
                             "to_number(score) makes them NULL"},
    [INPUT_SCORE_PERCENTAGE] = {"score_percentage", "scores with a percent sign", READ_NUMBER},
    [INPUT_SCORE_CURRENCY] = {"score_currency", "scores with a currency sign", READ_NUMBER},
    [INPUT_SCORE_PARENTHESES] = {"score_parentheses", "negative scores in parentheses", READ_NUMBER},
    [INPUT_SCORE_GROUPS] = {"score_groups", "scores with grouped thousands", READ_NUMBER},
    [INPUT_SCORE_DECIMAL_COMMA] = {"score_decimal_comma", "scores with a decimal comma",
                                   "to_number(score, 'comma') reads decimal commas"},
    [INPUT_SCORE_AMBIGUOUS] = {"score_ambiguous",
                               "scores whose comma may be a decimal mark or group thousands",
                               "to_number(score, 'comma') if the comma is the decimal mark, to_number(score, "
                               "'point') if it groups"},
    [INPUT_SCORE_INFINITY_WORD] = {"score_infinity_word", "scores that are a word for Infinity", READ_NUMBER},
    [INPUT_SCORE_SIGN_OR_BLANK] = {"score_sign_or_blank", "scores with a typographic minus or blank",
                                   READ_NUMBER},
    [INPUT_SCORE_LABEL_WORD] =
        {"score_label_word", "scores that are words for a label",
         "to_label(score) if the column holds decisions; are score and label swapped?"},
    [INPUT_SCORE_VECTOR] = {"score_vector", "scores that are vectors",
                            "vector_at(score, i) takes one class's entry"},
    [INPUT_SCORE_TEXT] = {"score_text", "scores that are text but not a number", AT_SOURCE},
    [INPUT_SCORE_INEXACT] = {"score_inexact", "integer scores that no REAL holds exactly",
                             "subtract a base first, or to_number(score) to accept the rounding"},
    [INPUT_SCORE_HAIR_ABOVE_1] = {"score_hair_above_1", "scores above 1 by rounding",
                                  "CASE WHEN to_number(score) BETWEEN 1 AND 1.0001 THEN 1 ELSE score END for "
                                  "functions of probabilities"},
    [INPUT_SCORE_ABOVE_1] = {"score_above_1", "scores above 1", FOR_LOGITS},
    [INPUT_SCORE_ABOVE_100] = {"score_above_100", "scores above 100",
                               "for functions of probabilities: " MLM_IF_OWN_SCALE
                               "; otherwise look for an error at their source"},
    [INPUT_SCORE_BELOW_0] = {"score_below_0", "scores below 0", FOR_LOGITS},
    [INPUT_SCORE_HAIR_BELOW_0] =
        {"score_hair_below_0", "scores below 0 by rounding",
         "CASE WHEN to_number(score) BETWEEN -0.0001 AND 0 THEN 0 ELSE score END for "
         "functions of probabilities"},
    [INPUT_LABEL_NULL] = {"label_null", "labels that are NULL", "their rows are left out"},
    [INPUT_LABEL_EMPTY] = {"label_empty", "labels that are empty text", "to_label(label) makes them NULL"},
    [INPUT_LABEL_MISSING] = {"label_missing", "labels that are a word for a missing value",
                             "to_label(label) makes them NULL"},
    [INPUT_LABEL_WORD] = {"label_word", "labels that are words", "to_label(label) reads them"},
    [INPUT_LABEL_FRACTION] = {"label_fraction", "labels between 0 and 1", "are score and label swapped?"},
    [INPUT_LABEL_NUMBER] = {"label_number", "labels that are numbers other than 0 and 1",
                            TWO_CLASSES ", " MLM_ABOVE_0("label")},
    [INPUT_LABEL_TEXT] = {"label_text", "labels that are other text", BY_CASE},
    [INPUT_LABEL_BLOB] = {"label_blob", "labels that are BLOBs",
                          "int(label) in Python before they are stored"},
};

const char mlm_comma_label_advice[] = "to_number(label, 'comma') reads decimal commas";

const char mlm_if_column_advice[] = "if the example is a column, write its name without quotes; otherwise ";
const char mlm_if_words_column_advice[] =
    "if the example is a column, write its name in double quotes, as the table spells it; otherwise ";
const char mlm_header_of_scores_advice[] =
    "if the example is the header of a CSV file, delete its row; otherwise " AT_SOURCE;

const char mlm_two_classes_advice[] = TWO_CLASSES;

const char mlm_classes_advice[] =
    "if both columns hold classes, see the note of evaluate_classes(score, label); otherwise " AT_SOURCE;

const char mlm_percentage_advice[] = "for functions of probabilities: " MLM_IF_PERCENTAGES ", " MLM_IF_LOGITS;

const char mlm_large_scores_advice[] = "for functions of probabilities: see score_above_100";

const char mlm_beside_percentages_advice[] = "is a % sign missing, as others have one? " AT_SOURCE;

InputProblem mlm_score_problem(double score) {
  if (score < 0) return score >= -0.0001 ? INPUT_SCORE_HAIR_BELOW_0 : INPUT_SCORE_BELOW_0;
  if (score <= 1) return INPUT_OK;
  if (score > 100) return INPUT_SCORE_ABOVE_100;
  return score <= 1.0001 ? INPUT_SCORE_HAIR_ABOVE_1 : INPUT_SCORE_ABOVE_1;
}

InputProblem mlm_score_integer_problem(int64_t score) {
  return mlm_int64_is_exact(score) ? mlm_score_problem((double)score) : INPUT_SCORE_INEXACT;
}

InputProblem mlm_label_problem(double label) {
  if (label == 0 || label == 1) return INPUT_OK;
  return label > 0 && label < 1 ? INPUT_LABEL_FRACTION : INPUT_LABEL_NUMBER;
}

bool mlm_may_be_missing_code(double score) {
  char digits[MLM_NUMBER_BYTES];
  if (score < 0 && score > -1e15 && score == (double)(int64_t)score) return true;
  size_t n = mlm_print_shortest(score, digits);
  if (digits[n - 1] == '0') n -= 2; /* of 99.0 */
  for (size_t i = 0; i < n; i++)
    if (!strchr("-.9", digits[i])) return false;
  return true;
}

bool mlm_may_be_missing_weight(double weight) {
  return weight == -1
         || (weight < 0 && mlm_may_be_missing_code(-weight) && weight == (double)(int64_t)weight);
}

void mlm_str_missing_code(StrBuf *out, const char *name, double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_shortest(x, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  mlm_str_put(out, "CASE to_number(");
  mlm_str_put(out, name);
  mlm_str_put(out, ") WHEN ");
  mlm_str_add(out, digits, n);
  mlm_str_put(out, " THEN NULL ELSE ");
  mlm_str_put(out, name);
  mlm_str_put(out, " END");
}

static InputProblem problem_of_dirt(unsigned dirt) {
  if (dirt & LOOSE_COMMA) return INPUT_SCORE_DECIMAL_COMMA; /* the others need its advice too */
  if (dirt & LOOSE_PERCENT) return INPUT_SCORE_PERCENTAGE;
  if (dirt & LOOSE_CURRENCY) return INPUT_SCORE_CURRENCY;
  if (dirt & LOOSE_PARENTHESES) return INPUT_SCORE_PARENTHESES;
  if (dirt & LOOSE_GROUPS) return INPUT_SCORE_GROUPS;
  return dirt & LOOSE_INFINITY ? INPUT_SCORE_INFINITY_WORD : INPUT_SCORE_SIGN_OR_BLANK;
}

static InputProblem problem_of_other_text(const char *text, size_t n) {
  text = mlm_trim(text, &n);
  /* unreachable: no text, for blanks are a missing value */
  if (n > 0 && *text == '[') return INPUT_SCORE_VECTOR;
  return mlm_read_label(text, n) == LABEL_NONE ? INPUT_SCORE_TEXT : INPUT_SCORE_LABEL_WORD;
}

static size_t trimmed_bytes(const char *text, size_t n) {
  mlm_trim(text, &n);
  return n;
}

InputProblem mlm_score_text_problem(const char *text, size_t n) {
  double x;
  LooseNumber number;
  if (mlm_parse_number_text(text, n, &x))
    return mlm_rounded_integer_text(text, n, x) ? INPUT_SCORE_INEXACT : mlm_score_problem(x);
  switch (mlm_read_loose_number(text, n, MARK_EITHER, &number)) {
  case LOOSE_NUMBER: return problem_of_dirt(number.dirt);
  case LOOSE_MISSING: return trimmed_bytes(text, n) ? INPUT_SCORE_MISSING : INPUT_SCORE_EMPTY;
  case LOOSE_AMBIGUOUS: return INPUT_SCORE_AMBIGUOUS;
  default: return problem_of_other_text(text, n);
  }
}

InputProblem mlm_label_text_problem(const char *text, size_t n) {
  double x;
  if (mlm_parse_number_text(text, n, &x)) return mlm_label_problem(x);
  switch (mlm_read_label(text, n)) {
  case LABEL_MISSING: return trimmed_bytes(text, n) ? INPUT_LABEL_MISSING : INPUT_LABEL_EMPTY;
  case LABEL_NONE: return INPUT_LABEL_TEXT;
  default: return INPUT_LABEL_WORD;
  }
}

bool mlm_is_comma_label(const char *text, size_t n) {
  LooseNumber number;
  return mlm_read_loose_number(text, n, MARK_COMMA, &number) == LOOSE_NUMBER && (number.dirt & LOOSE_COMMA)
         && (number.value == 0 || number.value == 1);
}
