/* One score, name or number: which problem a score is, which numbers may stand for a missing value, and the
 * expression that leaves one out; weights and labels likewise; texts that are plain names or words. */
#include "base/dirty_text.h"
#include "state/input_problems.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* The expression that leaves out a number which stands for a missing value. */
static void check_missing_codes(void) {
  static const struct {
    double x;
    const char *printed;
  } cases[] = {{-1, "-1"},
               {-9999, "-9999"},
               {99, "99"},
               {9.99, "9.99"},
               {-0.5, "-0.5"},
               {-999999999999999, "-999999999999999"},
               {123.25, "123.25"},
               {1e16, "10000000000000000"},
               {1e17, "1.0e+17"},
               {1e300, "1.0e+300"},
               {-5e-324, "-5.0e-324"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    StrBuf have = {.limit = 200, .host = &host}, want = have;
    mlm_str_missing_code(&have, "s", cases[i].x);
    mlm_str_put(&want, "CASE to_number(s) WHEN ");
    mlm_str_put(&want, cases[i].printed);
    mlm_str_put(&want, " THEN NULL ELSE s END");
    expect_for(have.n == want.n && memcmp(have.bytes, want.bytes, want.n) == 0, "a missing value",
               cases[i].printed);
    release(have.bytes);
    release(want.bytes);
  }
}

/* Names as SQL writes them without quotes. */
static void check_names(void) {
  static const struct {
    const char *text;
    bool name, words;
  } cases[] = {{"az_AZ09", true, true}, {"_", true, true},      {"9a", false, false}, {"a-b", false, false},
               {"a:", false, false},    {"a/", false, false},   {"", false, false},   {"a Z b9", false, true},
               {"a 9", false, false},   {"a  b", false, false}, {" a", false, false}, {"a ", false, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const text = cases[i].text;
    expect_for(mlm_is_plain_name(text, strlen(text)) == cases[i].name, "name", text);
    expect_for(mlm_is_words(text, strlen(text)) == cases[i].words, "words", text);
  }
}

/* Bounds of scores, and which of them may stand for a missing value. */
static void check_numbers(void) {
  static const struct {
    double x;
    InputProblem score;
    bool code;
  } cases[] = {{1.0001, INPUT_SCORE_HAIR_ABOVE_1, false},
               {1.000101, INPUT_SCORE_ABOVE_1, false},
               {-0.0001, INPUT_SCORE_HAIR_BELOW_0, false},
               {-0.000101, INPUT_SCORE_BELOW_0, false},
               {100, INPUT_SCORE_ABOVE_1, false},
               {100.0001, INPUT_SCORE_ABOVE_100, false},
               {99, INPUT_SCORE_ABOVE_1, true},
               {9.99, INPUT_SCORE_ABOVE_1, true},
               {999.9, INPUT_SCORE_ABOVE_100, true},
               {90, INPUT_SCORE_ABOVE_1, false},
               {9.5, INPUT_SCORE_ABOVE_1, false},
               {9e99, INPUT_SCORE_ABOVE_100, false},
               {-1, INPUT_SCORE_BELOW_0, true},
               {-8888, INPUT_SCORE_BELOW_0, true},
               {-1.5, INPUT_SCORE_BELOW_0, false},
               {-9.99, INPUT_SCORE_BELOW_0, true},
               {-999999999999998, INPUT_SCORE_BELOW_0, true},
               {-1e15, INPUT_SCORE_BELOW_0, false},
               {-1e300, INPUT_SCORE_BELOW_0, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    expect_x(mlm_score_problem(cases[i].x) == cases[i].score, "score", cases[i].x);
    expect_x(mlm_may_be_missing_code(cases[i].x) == cases[i].code, "code", cases[i].x);
  }
}

/* Weights that may stand for missing ones. */
static void check_weights(void) {
  static const struct {
    double x;
    bool code;
  } cases[] = {{-1, true},     {-9, true},    {-9999, true}, {-999999999999999, true}, {-2, false},
               {-11, false},   {-90, false},  {-299, false}, {-9.99, false},           {-0.9, false},
               {-9e99, false}, {-0.0, false}, {99, false},   {-INFINITY, false},       {INFINITY, false},
               {NAN, false},   {-99.5, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    expect_x(mlm_may_be_missing_weight(cases[i].x) == cases[i].code, "weight", cases[i].x);
}

/* Labels with a decimal comma. */
static void check_comma_labels(void) {
  static const struct {
    const char *text;
    bool label;
  } cases[] = {{"0,0", true}, {"1,0", true},   {"1,000", true},  {" -0,0 ", true}, {",0", true},
               {"1", false},  {"0.0", false},  {"1.000", false}, {"0,5", false},   {"1,0,0", false},
               {"1,", false}, {"100%", false}, {"a,0", false},   {"", false},      {"NA", false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    expect_for(mlm_is_comma_label(cases[i].text, strlen(cases[i].text)) == cases[i].label, "label",
               cases[i].text);
}

int main(void) {
  check_weights();
  check_comma_labels();
  check_missing_codes();
  check_names();
  check_numbers();
  return end_of_tests();
}
