/* What is wrong with scores and labels: every kind by a table; the state against a plain list of rows, in any
 * order, merged, taken back, saved, at failed allocations and on damaged bytes. */
#include "random.h"
#include "base/dirty_text.h"
#include "state/input_problems.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static const StateType *const kind = &mlm_input_problems_state;

/* ---- one value ---- */

static void check_texts(void) {
  static const struct {
    const char *text;
    InputProblem score, label;
  } cases[] = {{"0.5", INPUT_OK, INPUT_LABEL_FRACTION},
               {" 1 ", INPUT_OK, INPUT_OK},
               {"0", INPUT_OK, INPUT_OK},
               {"", INPUT_SCORE_EMPTY, INPUT_LABEL_EMPTY},
               {" \t", INPUT_SCORE_EMPTY, INPUT_LABEL_EMPTY},
               {"NA", INPUT_SCORE_MISSING, INPUT_LABEL_MISSING},
               {" nan ", INPUT_SCORE_MISSING, INPUT_LABEL_MISSING},
               {"58.45%", INPUT_SCORE_PERCENTAGE, INPUT_LABEL_TEXT},
               {"75,5%", INPUT_SCORE_DECIMAL_COMMA, INPUT_LABEL_TEXT},
               {"$12.50", INPUT_SCORE_CURRENCY, INPUT_LABEL_TEXT},
               {"(12.5)", INPUT_SCORE_PARENTHESES, INPUT_LABEL_TEXT},
               {"1,234.5", INPUT_SCORE_GROUPS, INPUT_LABEL_TEXT},
               {"0,53", INPUT_SCORE_DECIMAL_COMMA, INPUT_LABEL_TEXT},
               {"1,500", INPUT_SCORE_AMBIGUOUS, INPUT_LABEL_TEXT},
               {"-inf", INPUT_SCORE_INFINITY_WORD, INPUT_LABEL_TEXT},
               {"\xE2\x88\x92"
                "1",
                INPUT_SCORE_SIGN_OR_BLANK, INPUT_LABEL_TEXT},
               {"True", INPUT_SCORE_LABEL_WORD, INPUT_LABEL_WORD},
               {"no", INPUT_SCORE_LABEL_WORD, INPUT_LABEL_WORD},
               {" [0.1, 0.9]", INPUT_SCORE_VECTOR, INPUT_LABEL_TEXT},
               {"[", INPUT_SCORE_VECTOR, INPUT_LABEL_TEXT},
               {"high", INPUT_SCORE_TEXT, INPUT_LABEL_TEXT},
               {"9007199254740993", INPUT_SCORE_INEXACT, INPUT_LABEL_NUMBER},
               {"1.00000536", INPUT_SCORE_HAIR_ABOVE_1, INPUT_LABEL_NUMBER},
               {"58.45", INPUT_SCORE_ABOVE_1, INPUT_LABEL_NUMBER},
               {"100", INPUT_SCORE_ABOVE_1, INPUT_LABEL_NUMBER},
               {"100.5", INPUT_SCORE_ABOVE_100, INPUT_LABEL_NUMBER},
               {"9e999", INPUT_SCORE_ABOVE_100, INPUT_LABEL_NUMBER},
               {"-0.25", INPUT_SCORE_BELOW_0, INPUT_LABEL_NUMBER},
               {"-1e-9", INPUT_SCORE_HAIR_BELOW_0, INPUT_LABEL_NUMBER},
               {"-0", INPUT_OK, INPUT_OK}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const text = cases[i].text;
    expect_for(mlm_score_text_problem(text, strlen(text)) == cases[i].score, "score", text);
    expect_for(mlm_label_text_problem(text, strlen(text)) == cases[i].label, "label", text);
  }
  for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) {
    const InputProblemText *text = &mlm_input_problem_texts[i];
    expect(text->name && text->description && text->advice, "words", i);
    expect(mlm_is_label_problem((InputProblem)i) == (strncmp(text->name, "label", 5) == 0), "side", i);
    for (int k = 1; k < i; k++)
      expect(strcmp(text->name, mlm_input_problem_texts[k].name) != 0, "one name", i);
  }
  expect(mlm_score_integer_problem(INT64_MAX) == INPUT_SCORE_INEXACT, "INT64_MAX", 0);
  expect(mlm_score_integer_problem(1) == INPUT_OK && mlm_score_integer_problem(2) == INPUT_SCORE_ABOVE_1,
         "int", 0);
}

/* ---- states ---- */

typedef struct Pair {
  Class score, label;
} Pair;

static Class text_value(const char *string) {
  if (!string) return (Class){.type = CLASS_NULL};
  return (Class){.type = CLASS_TEXT, .bytes = string, .n = strlen(string)};
}

static Class draw_value(void) {
  static const char *const texts[] = {"0.5",
                                      "1",
                                      "0",
                                      "58.45%",
                                      "5%",
                                      "7%",
                                      "75,5%",
                                      "$1",
                                      "NA",
                                      "",
                                      "n/a",
                                      "1,500",
                                      "True",
                                      "yes",
                                      "high",
                                      "low",
                                      "1.25",
                                      "-3",
                                      "inf",
                                      "[1,2]",
                                      "0,5",
                                      "a text that is longer than forty bytes, and so is cut: \xC3\xA4",
                                      "123456789012345678901234567890123456789\xC3\xA4\xC3\xA4"};
  switch (draw() % 8) {
  case 0: return (Class){.type = CLASS_NULL};
  case 1: return (Class){.type = CLASS_INTEGER, .integer = (int64_t)(draw() % 4) - 1};
  case 2: return (Class){.type = CLASS_REAL, .real = 4 * draw_unit() - 1.5};
  case 3: return (Class){.type = CLASS_REAL, .real = draw_double()};
  case 4: return (Class){.type = CLASS_BLOB, .bytes = "blob", .n = 4};
  case 5: return (Class){.type = CLASS_INTEGER, .integer = (int64_t)draw_shifted(64)};
  default: return text_value(texts[draw() % (sizeof texts / sizeof *texts)]);
  }
}

static Status put(InputProblems *s, const Pair *pair, int sign) {
  return kind->add(s, &(Row){.pred_class = pair->score, .target_class = pair->label, .weight = 1}, sign,
                   &host);
}

static Writer saved(const InputProblems *s) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  kind->save(s, &out);
  return out;
}

static Status load(InputProblems *s, const uint8_t *bytes, uint64_t n) {
  Reader in = {.at = bytes, .end = bytes + n};
  memset(s, 0, sizeof *s);
  const Status status = kind->load(s, &in, &host);
  return status == MLM_OK && (in.failed || mlm_read_left(&in)) ? MLM_CORRUPT : status;
}

static bool writes(const InputProblems *s, const Writer *wanted) {
  Writer out = saved(s);
  const bool same = !out.status && out.n == wanted->n && memcmp(out.bytes, wanted->bytes, (size_t)out.n) == 0;
  release(out.bytes);
  return same;
}

/* The result as a string. */
static StrBuf json_of(const InputProblems *s) {
  StrBuf out = {.limit = 1 << 20, .host = &host};
  mlm_write_input_problems(s, &out);
  mlm_str_add(&out, "", 1);
  return out;
}

static bool same_json(const InputProblems *a, const InputProblems *b) {
  StrBuf x = json_of(a), y = json_of(b);
  const bool same = x.n == y.n && memcmp(x.bytes, y.bytes, x.n) == 0;
  release(x.bytes);
  release(y.bytes);
  return same;
}

enum { ROWS = 60 };

/* The same rows by every way there is. */
static void check_ways(long step) {
  Pair rows[ROWS];
  InputProblems all = {0}, other = {0}, part = {0}, back = {0};
  const size_t n = draw() % ROWS + 1, extra = draw() % ROWS;
  for (size_t i = 0; i < n; i++) rows[i].score = draw_value(), rows[i].label = draw_value();
  for (size_t i = 0; i < n; i++) put(&all, &rows[i], 1);
  Writer bytes = saved(&all);

  for (size_t i = 0; i < extra; i++) { /* other rows come first, and leave one by one */
    const Class score = draw_value(), label = draw_value();
    const Pair pair = {score, label};
    put(&other, &pair, 1);
    if (i < n) put(&other, &rows[n - 1 - i], 1);
    put(&other, &pair, -1);
  }
  for (size_t i = extra; i < n; i++) put(&other, &rows[n - 1 - i], 1);
  expect(writes(&other, &bytes) && same_json(&other, &all), "another order", step);

  const size_t half = draw() % n; /* merged from saved parts, one of which comes and goes */
  kind->clear(&other, &host);
  for (size_t i = 0; i < n; i++) put(i < half ? &other : &part, &rows[i], 1);
  Writer one = saved(&other), two = saved(&part);
  kind->clear(&other, &host);
  kind->clear(&part, &host);
  expect(load(&other, one.bytes, one.n) == MLM_OK && load(&part, two.bytes, two.n) == MLM_OK, "load", step);
  expect(writes(&other, &one) && writes(&part, &two), "loaded", step);
  expect(kind->merge(&other, &part, &host) == MLM_OK && writes(&other, &bytes) && same_json(&other, &all),
         "merged", step);
  expect(load(&back, one.bytes, one.n) == MLM_OK && kind->subtract(&other, &back, &host) == MLM_OK
             && writes(&other, &two) && same_json(&other, &part),
         "taken back", step);
  expect(kind->subtract(&other, &part, &host) == MLM_OK && kind->empty(&other) && other.examples.n == 0,
         "empty", step);
  for (size_t i = 0; i < n; i++) put(&all, &rows[i], -1);
  expect(kind->empty(&all) && all.examples.n == 0 && all.clean == 0, "no row left", step);
  kind->clear(&all, &host);
  kind->clear(&other, &host);
  kind->clear(&part, &host);
  kind->clear(&back, &host);
  release(bytes.bytes);
  release(one.bytes);
  release(two.bytes);
  expect(live_bytes == 0, "nothing leaked", step);
}

static void fill(InputProblems *s) {
  static const char *const scores[] = {"58.45%", "7.5%", "0.5",   "NA",     "1,234.5",
                                       "high",   "2.5",  "[1,2]", "3.14159"};
  static const char *const labels[] = {"1", "yes", "0.25", "", "0", "spam", "2", "1", "0"};
  for (size_t i = 0; i < sizeof scores / sizeof *scores; i++)
    put(s, &(Pair){text_value(scores[i]), text_value(labels[i])}, 1);
  put(s, &(Pair){{.type = CLASS_NULL}, {.type = CLASS_BLOB}}, 1);
  put(s, &(Pair){{.type = CLASS_BLOB}, {.type = CLASS_NULL}}, 1);
}

static void check_json(void) {
  static const char wanted[] =
      "{\"rows\":4,\"clean\":1,\"problems\":[{\"kind\":\"score_percentage\","
      "\"rows\":2,\"example\":\"7.5%\",\"what\":"
      "\"scores with a percent sign\",\"advice\":\"to_number(score) reads "
      "them\"},{\"kind\":\"score_above_1\",\"rows\":"
      "1,\"example\":\"3.14\xE2\x80\xA6\",\"what\":\"scores above "
      "1\",\"advice\":\"is a % sign missing, as others have one? "
      "correct them at their source\"},{\"kind\":\"label_null\",\"rows\":1,\"example\":null,"
      "\"what\":\"labels that are NULL\",\"advice\":\"their rows are left out\"}]}";
  InputProblems s = {0};
  const Class one = {.type = CLASS_INTEGER, .integer = 1};
  put(&s, &(Pair){text_value("58.45%"), one}, 1);
  put(&s, &(Pair){text_value("7.5%"), {.type = CLASS_NULL}}, 1);
  put(&s, &(Pair){{.type = CLASS_REAL, .real = 3.14159}, one}, 1);
  put(&s, &(Pair){{.type = CLASS_REAL, .real = 0.5}, one}, 1);
  StrBuf out = json_of(&s);
  expect_for(strcmp(out.bytes, wanted) == 0, "JSON", out.bytes);
  release(out.bytes);
  kind->clear(&s, &host);
}

/* Dividing by 100 is advised only where every score may be a percentage: elsewhere it would make an error in
 * the column a probability. */
static void check_percentages(void) {
  static const struct {
    const char *scores[3];
    bool advised;
  } columns[] = {{{"58.45", "0.5", "100"}, true},
                 {{"58.45", NULL, "1.00000536"}, true},
                 {{"58.45", "12%", "3"}, false},
                 {{"58.45", "75,5", "3"}, false},
                 {{"58.45", "1,500", "3"}, false},
                 {{"58.45", "NA", "3"}, false},
                 {{"58.45", "", "3"}, false},
                 {{"58.45", "True", "3"}, false},
                 {{"58.45", "[0.1]", "3"}, false},
                 {{"58.45", "high", "3"}, false},
                 {{"58.45", "-0.1", "3"}, false},
                 {{"58.45", "-1e-9", "3"}, false},
                 {{"58.45", "100.1", "3"}, false},
                 {{"58.45", "9e999", "3"}, false},
                 {{"58.45", "inf", "3"}, false},
                 {{"58.45", "$12.50", "3"}, false},
                 {{"58.45", "(5)", "3"}, false},
                 {{"58.45", "1,234.5", "3"}, false},
                 {{"58.45",
                   "\xE2\x88\x92"
                   "1",
                   "3"},
                  false},
                 {{"58.45", "9007199254740993", "3"}, false},
                 {{"101", "0.5", "0.25"}, false},
                 {{"0.5", "1", "0"}, false}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    InputProblems s = {0};
    for (int k = 0; k < 3; k++) {
      const Class score = text_value(columns[i].scores[k]);
      put(&s, &(Pair){score, {.type = CLASS_INTEGER, .integer = k}}, 1); /* 2 is a problem of the label */
    }
    StrBuf out = json_of(&s);
    expect_for((strstr(out.bytes, "|| '%'") != NULL) == columns[i].advised, "advised", out.bytes);
    release(out.bytes);
    kind->clear(&s, &host);
  }
}

/* Logits are mentioned unless a score is too large for one. */
static void check_logits_advice(void) {
  static const struct {
    const char *large;
    int logits; /* how many kinds have the advice */
  } columns[] = {{"585", 0}, {"100", 2}, {"0.5", 2}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    InputProblems s = {0};
    const char *const scores[] = {columns[i].large, "7", "-3"};
    for (size_t j = 0; j < 3; j++)
      put(&s, &(Pair){text_value(scores[j]), {.type = CLASS_INTEGER, .integer = 1}}, 1);
    StrBuf out = json_of(&s);
    int logits = 0, see = 0;
    for (const char *at = out.bytes; (at = strstr(at, MLM_IF_LOGITS)); at++) logits++;
    for (const char *at = out.bytes; (at = strstr(at, "see score_above_100")); at++) see++;
    expect_for(logits == columns[i].logits && see == 2 - logits, "logits", out.bytes);
    release(out.bytes);
    kind->clear(&s, &host);
  }
}

/* Advice that depends on how many rows have a problem, or on the number that is the example; examples of
 * labels. */
static void check_advice(void) {
  static const struct {
    const char *scores[4], *labels[4];
    const char *words;
    bool said;
  } columns[] = {{{"0.5", "0.5"}, {"5", "1"}, MLM_MEASURED, false},
                 {{"0.5", "0.5", "0.5"}, {"5", "0.5", "1"}, MLM_MEASURED, true},
                 {{"0.5", "0.5"}, {"yes", "yes"}, mlm_if_column_advice, false},
                 {{"0.5", "0.5"}, {"n", "n"}, mlm_if_column_advice, true},
                 {{"cat"}, {"dog"}, mlm_classes_advice, true},
                 {{"cat", NULL}, {"dog", "dog"}, mlm_classes_advice, true},
                 {{"cat", "0.5"}, {"dog", "dog"}, mlm_classes_advice, false},
                 {{"-100"}, {"1"}, "stands for a missing value\"", true},
                 {{"-101"}, {"1"}, "stands for a missing value; ", true},
                 {{"1"}, {"0.2512345"}, "\"0.251\xE2\x80\xA6\"", true},
                 {{"1"}, {"2.2512345"}, "\"2.25\xE2\x80\xA6\"", true}};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    InputProblems s = {0};
    for (int k = 0; k < 4 && columns[i].labels[k]; k++)
      put(&s, &(Pair){text_value(columns[i].scores[k]), text_value(columns[i].labels[k])}, 1);
    StrBuf out = json_of(&s);
    expect_for((strstr(out.bytes, columns[i].words) != NULL) == columns[i].said, "advice", out.bytes);
    release(out.bytes);
    kind->clear(&s, &host);
  }
}

/* Problems of scores first, whatever their numbers. */
static void check_order(void) {
  static const struct {
    const char *text;
    const char *kind;
  } scores[] = {{"NA", "score_missing"},
                {"-0.25", "score_below_0"},
                {"-1e-9", "score_hair_below_0"},
                {"150", "score_above_100"}};
  InputProblems s = {0};
  put(&s, &(Pair){text_value("0.5"), text_value("x")}, 1);
  for (size_t i = 4; i-- > 0;) put(&s, &(Pair){text_value(scores[i].text), {.type = CLASS_NULL}}, 1);
  StrBuf out = json_of(&s);
  const char *at = out.bytes;
  for (size_t i = 0; i < 4 && at; i++) {
    at = strstr(at, scores[i].kind);
    expect_for(at != NULL, scores[i].kind, out.bytes);
  }
  const char *const label = strstr(out.bytes, "label_null");
  expect_for(label && label > at && strstr(label, "label_text"), "labels last", out.bytes);
  release(out.bytes);
  kind->clear(&s, &host);
}

static void check_examples(void) {
  static const struct {
    Class score;
    const char *example;
  } cases[] = {{{.type = CLASS_REAL, .real = -3.14159}, "-3.14\xE2\x80\xA6"},
               {{.type = CLASS_TEXT, .bytes = "-3.14159", .n = 8}, "-3.14\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = 1.200034}, "1.20\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = 1234.5},
                "1.23\xE2\x80\xA6"
                "e+03"},
               {{.type = CLASS_INTEGER, .integer = 12345678901},
                "1.23\xE2\x80\xA6"
                "e+10"},
               {{.type = CLASS_TEXT, .bytes = "9007199254740993", .n = 16},
                "9.007\xE2\x80\xA6"
                "e+15"},
               {{.type = CLASS_REAL, .real = 75}, "75.0"},
               {{.type = CLASS_INTEGER, .integer = 75}, "75"},
               {{.type = CLASS_INTEGER, .integer = -12000}, "-12000"},
               {{.type = CLASS_INTEGER, .integer = -12345},
                "-1.23\xE2\x80\xA6"
                "e+04"},
               {{.type = CLASS_INTEGER, .integer = INT64_MIN + 1},
                "-9.22\xE2\x80\xA6"
                "e+18"},
               {{.type = CLASS_REAL, .real = 12345.678},
                "1.23\xE2\x80\xA6"
                "e+04"},
               {{.type = CLASS_REAL, .real = 123.456}, "123\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = -12.3456}, "-12.3\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = -0.00012345}, "-0.000123\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = 1.23456e30},
                "1.23\xE2\x80\xA6"
                "e+30"},
               {{.type = CLASS_REAL, .real = 1.0000001}, "1.0000001"},
               {{.type = CLASS_REAL, .real = 1.00000012345}, "1.0000001\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = 1.0000000000000002}, "1.0000000000000002"},
               {{.type = CLASS_REAL, .real = 100.0001234}, "100.0001\xE2\x80\xA6"},
               {{.type = CLASS_REAL, .real = -10000000.52},
                "-1.00000005\xE2\x80\xA6"
                "e+07"},
               {{.type = CLASS_REAL, .real = INFINITY}, "9e999"},
               {{.type = CLASS_TEXT, .bytes = " 3.1415 ", .n = 8}, "3.14\xE2\x80\xA6"},
               {{.type = CLASS_TEXT, .bytes = "1234567890123456789012345678901234567890%", .n = 41},
                "1234567890123456789012345678901234567890\xE2\x80\xA6"},
               {{.type = CLASS_TEXT, .bytes = "a23456789012345678901234567890123456789\xC3\xA4", .n = 41},
                "a23456789012345678901234567890123456789\xE2\x80\xA6"},
               {{.type = CLASS_TEXT, .bytes = "\xFF", .n = 1}, "\xFF"},
               {{.type = CLASS_TEXT, .bytes = "a\xC3\xA4", .n = 2}, "a\xC3"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    InputProblems s = {0};
    InputExample example[MLM_INPUT_PROBLEMS];
    put(&s, &(Pair){cases[i].score, {.type = CLASS_INTEGER, .integer = 1}}, 1);
    mlm_input_examples(&s, example);
    size_t found = 0;
    for (int k = 0; k < MLM_INPUT_PROBLEMS; k++)
      found += example[k].bytes && example[k].n == strlen(cases[i].example)
               && memcmp(example[k].bytes, cases[i].example, example[k].n) == 0;
    expect_for(found == 1 && s.examples.n == 1, "example", cases[i].example);
    kind->clear(&s, &host);
  }
}

/* ---- memory and damage ---- */

static void check_memory(void) {
  for (long i = 0; i < 40; i++) {
    InputProblems s = {0}, loaded = {0};
    fill(&s);
    Writer bytes = saved(&s);
    allowed = i;
    const Status status = load(&loaded, bytes.bytes, bytes.n);
    allowed = -1;
    expect(status == MLM_OK || status == MLM_NOMEM, "memory ends while loading", i);
    kind->clear(&loaded, &host);
    kind->clear(&s, &host);
    allowed = i;
    fill(&s);
    allowed = -1;
    kind->clear(&s, &host);
    release(bytes.bytes);
    expect(live_bytes == 0, "nothing leaked", i);
  }
}

static void expect_harmless(const uint8_t *bytes, uint64_t n, const char *what, long step) {
  InputProblems s;
  uint8_t *block = malloc((size_t)n + !n);
  if (!block) abort();
  memcpy(block, bytes, (size_t)n);
  const Status status = load(&s, block, n);
  const Writer same = {.bytes = block, .n = n};
  expect(status == MLM_CORRUPT || (status == MLM_OK && writes(&s, &same)), what, step);
  kind->clear(&s, &host);
  free(block);
}

static void check_damage(void) {
  InputProblems s = {0};
  fill(&s);
  Writer bytes = saved(&s);
  kind->clear(&s, &host);
  for (uint64_t n = 0; n < bytes.n; n++) expect_harmless(bytes.bytes, n, "cut", (long)n);
  for (uint64_t i = 0; i < bytes.n; i++) {
    const uint8_t kept = bytes.bytes[i];
    for (int bit = 0; bit < 256; bit++) {
      bytes.bytes[i] = (uint8_t)bit;
      expect_harmless(bytes.bytes, bytes.n, "another byte", (long)i);
    }
    bytes.bytes[i] = kept;
  }
  release(bytes.bytes);
  for (int i = 0; i < 200000; i++) {
    uint8_t noise[24];
    for (size_t k = 0; k < sizeof noise; k++) noise[k] = (uint8_t)(draw() % (draw() % 2 ? 8 : 256));
    expect_harmless(noise, draw() % sizeof noise, "noise", i);
  }
  expect(live_bytes == 0, "nothing leaked", 0);
}

/* Counts that rows can have or cannot, and examples up to the longest cut text with its ellipsis. */
static void check_counts(void) {
  enum { NUMBERS = 9, LONGEST = MLM_EXAMPLE_BYTES + 3 };
  static const uint64_t most = MLM_MOST_ROWS;
  const struct {
    size_t n, example;
    uint64_t number[NUMBERS];
    Status status;
  } cases[] = {{3, 0, {most, most, 0}, MLM_OK},
               {3, 0, {most + 1, most + 1, 0}, MLM_CORRUPT},
               {9, 0, {most, 0, 2, INPUT_SCORE_NULL, most, 0, INPUT_LABEL_NULL, most, 0}, MLM_OK},
               {9, 0, {most, 0, 2, INPUT_SCORE_NULL, most, 0, INPUT_SCORE_EMPTY, most, 0}, MLM_CORRUPT},
               {9, 0, {1, 0, 2, INPUT_SCORE_NULL, 1, 0, INPUT_SCORE_EMPTY, 1, 0}, MLM_CORRUPT},
               {6, LONGEST, {1, 0, 1, INPUT_SCORE_TEXT, 1, LONGEST}, MLM_OK},
               {6, LONGEST + 1, {1, 0, 1, INPUT_SCORE_TEXT, 1, LONGEST + 1}, MLM_CORRUPT}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    InputProblems s;
    Writer out = {.limit = UINT64_MAX, .host = &host};
    for (size_t k = 0; k < cases[i].n; k++) mlm_write_varint(&out, cases[i].number[k]);
    for (size_t k = 0; k < cases[i].example; k++) mlm_write_bytes(&out, "a", 1);
    expect(load(&s, out.bytes, out.n) == cases[i].status, "counts", (long)i);
    kind->clear(&s, &host);
    release(out.bytes);
  }
}

static void check_overflow(void) {
  InputProblems s = {.rows = MLM_MOST_ROWS, .clean = MLM_MOST_ROWS}, one = {.rows = 1, .clean = 1};
  InputProblems fewer = {.rows = MLM_MOST_ROWS - 1, .clean = MLM_MOST_ROWS - 1};
  const Class x = {.type = CLASS_INTEGER, .integer = 1};
  expect(put(&s, &(Pair){x, x}, 1) == MLM_OVERFLOW, "one row too many", 0);
  expect(kind->merge(&s, &one, &host) == MLM_OVERFLOW, "one row too many", 1);
  expect(kind->merge(&one, &s, &host) == MLM_OVERFLOW, "one row too many", 2);
  expect(kind->merge(&fewer, &one, &host) == MLM_OK && fewer.rows == MLM_MOST_ROWS, "as many as may be", 0);
}

/* Examples that went leave gaps between the others. */
static void check_gaps(void) {
  static const char *const scores[] = {"high", "low", "none of both", "low"};
  const Class one = {.type = CLASS_INTEGER, .integer = 1};
  InputProblems all = {0}, gone = {0}, into = {0};
  for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
    const Pair pair = {text_value(scores[i]), one};
    put(&all, &pair, 1);
    put(&gone, &pair, 1);
  }
  const Pair first = {text_value(scores[0]), one};
  put(&all, &first, -1);
  put(&gone, &first, -1);
  Writer bytes = saved(&all);
  expect(kind->merge(&into, &gone, &host) == MLM_OK && writes(&into, &bytes), "merged", 0);
  expect(into.examples.n == 2, "examples", into.examples.n);
  expect(kind->subtract(&into, &gone, &host) == MLM_OK && kind->empty(&into) && into.examples.n == 0,
         "taken back", 0);
  release(bytes.bytes);
  kind->clear(&all, &host);
  kind->clear(&gone, &host);
  kind->clear(&into, &host);
}

int main(void) {
  check_texts();
  check_gaps();
  check_json();
  check_percentages();
  check_logits_advice();
  check_advice();
  check_order();
  check_examples();
  check_memory();
  check_damage();
  check_overflow();
  check_counts();
  for (long i = 0; i < 3000; i++) check_ways(i);
  return end_of_tests();
}
