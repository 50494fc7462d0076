/* What is wrong with scores and labels: counted, merged, taken back, saved. */
#include "state/input_problems.h"

#include <math.h>
#include <string.h>

#include "base/dirty_text.h"
#include "base/number.h"

static const char ellipsis[] = "\xE2\x80\xA6";

enum {
  ELLIPSIS_BYTES = sizeof ellipsis - 1,
  HEAD = 2,
  KEY_BYTES = HEAD + MLM_EXAMPLE_BYTES + ELLIPSIS_BYTES
};

/* ---- examples ---- */

static size_t text_example(const char *text, size_t n, char *out) {
  size_t kept = 0;
  while (kept < n) {
    const size_t length = mlm_utf8_length(text + kept, n - kept), step = length ? length : 1;
    if (kept + step > MLM_EXAMPLE_BYTES) break;
    kept += step;
  }
  memcpy(out, text, kept);
  if (kept == n) return n;
  memcpy(out + kept, ellipsis, ELLIPSIS_BYTES);
  return kept + ELLIPSIS_BYTES;
}

/* What a printed number is made of. */
typedef struct Printed {
  size_t mantissa;    /* bytes before the exponent, if there is one */
  size_t whole;       /* bytes before the point */
  size_t first;       /* offset of the first significant digit */
  size_t significant; /* digits from there to the last that is not 0 */
  size_t shown;       /* of those, as many as an example shows: three, or up to the second that is not 0 */
} Printed;

static Printed parts_of(const char *text, size_t n) {
  Printed parts = {n, n, n, 0, 0};
  size_t digits = 0;
  for (size_t i = 0; i < parts.mantissa; i++) {
    if (text[i] == 'e') parts.mantissa = i;
    if (text[i] == '.') parts.whole = i;
    if (text[i] < '0' || text[i] > '9' || (parts.first == n && text[i] == '0')) continue;
    if (parts.first == n) parts.first = i;
    digits++;
    if (text[i] == '0') continue;
    parts.significant = digits;
    if (parts.shown <= 1) parts.shown = digits;
  }
  if (parts.shown < 3) parts.shown = 3;
  if (parts.whole > parts.mantissa) parts.whole = parts.mantissa;
  return parts;
}

/* 3.14159 as 3.14…, 1.23456e+30 as 1.23…e+30, 12345.6 as 1.23…e+04, 1.00002345 as 1.00002…, so that it
 * differs from 1; what has no more digits is whole. */
static size_t number_example(const char *text, size_t n, char *out) {
  const Printed parts = parts_of(text, n);
  char exponent[] = {'e', '+', '0', '0'};
  if (parts.significant <= parts.shown) {
    memcpy(out, text, n);
    return n;
  }
  const bool is_long = parts.mantissa == n && parts.first < parts.whole && parts.whole - parts.first > 3;
  size_t written = 0;
  if (is_long) {
    const size_t power = parts.whole - parts.first - 1;
    exponent[2] = (char)('0' + power / 10);
    exponent[3] = (char)('0' + power % 10);
    for (size_t digits = 0, i = 0; digits < parts.shown; i++) {
      if (text[i] == '.') continue;
      out[written++] = text[i];
      if (text[i] != '-' && ++digits == 1) out[written++] = '.';
    }
  } else {
    written =
        parts.first + parts.shown + (parts.whole > parts.first && parts.whole < parts.first + parts.shown);
    memcpy(out, text, written);
  }
  memcpy(out + written, ellipsis, ELLIPSIS_BYTES);
  written += ELLIPSIS_BYTES;
  const size_t tail = is_long ? sizeof exponent : n - parts.mantissa;
  memcpy(out + written, is_long ? exponent : text + parts.mantissa, tail);
  return written + tail;
}

static bool is_number_problem(InputProblem problem) {
  return (problem >= INPUT_SCORE_INEXACT && problem <= INPUT_SCORE_BELOW_0)
         || problem == INPUT_SCORE_ABOVE_100 || problem == INPUT_LABEL_FRACTION
         || problem == INPUT_LABEL_NUMBER;
}

/* Where the problem of a text is its number, the example is that number. */
static size_t example_of(InputProblem problem, const Class *value, char *out) {
  char digits[MLM_NUMBER_BYTES];
  int64_t integer;
  double x;
  if (value->type > CLASS_TEXT) return 0;
  if (value->type == CLASS_TEXT && !is_number_problem(problem))
    return text_example(value->bytes, value->n, out);
  size_t n = 0;
  if (value->type == CLASS_INTEGER)
    n = mlm_print_integer(value->integer, digits);
  else if (value->type == CLASS_REAL)
    n = mlm_print_shortest(value->real, digits);
  else if (mlm_parse_integer_text(value->bytes, value->n, &integer))
    n = mlm_print_integer(integer, digits);
  /* unreachable: no number, for a number is the problem */
  else if (mlm_parse_number_text(value->bytes, value->n, &x)) /* 3.0 is an integer as a class, too */
    n = mlm_is_int64(x) ? mlm_print_integer((int64_t)x, digits) : mlm_print_shortest(x, digits);
  return number_example(digits, n, out);
}

static bool has_example(InputProblem problem) {
  return problem != INPUT_SCORE_NULL && problem != INPUT_SCORE_EMPTY && problem != INPUT_LABEL_NULL
         && problem != INPUT_LABEL_EMPTY && problem != INPUT_LABEL_BLOB;
}

static Status add_key(InputProblems *s, const Class *key, int64_t times, const Host *host) {
  uint32_t slot;
  const Status status = mlm_class_slot(&s->examples, key, &slot, host);
  if (status) return status;
  s->examples.slots[slot].predicted.count += times;
  if (s->examples.slots[slot].predicted.count == 0) mlm_class_remove(&s->examples, slot, host);
  return MLM_OK;
}

static Status add_example(InputProblems *s, InputProblem problem, const Class *value, int sign,
                          const Host *host) {
  char key[KEY_BYTES];
  if (!has_example(problem)) return MLM_OK;
  const size_t n = example_of(problem, value, key + HEAD);
  if (n == 0) return MLM_OK; /* a BLOB given as a score */
  key[0] = (char)problem;
  key[1] = (char)n;
  return add_key(s, &(Class){.type = CLASS_BLOB, .bytes = key, .n = HEAD + n}, sign, host);
}

/* ---- rows ---- */

static InputProblem score_problem(const Class *score) {
  switch (score->type) {
  case CLASS_NULL: return INPUT_SCORE_NULL;
  case CLASS_INTEGER: return mlm_score_integer_problem(score->integer);
  case CLASS_REAL: return mlm_score_problem(score->real);
  case CLASS_TEXT: return mlm_score_text_problem(score->bytes, score->n);
  default: return INPUT_SCORE_VECTOR;
  }
}

static InputProblem label_problem(const Class *label) {
  switch (label->type) {
  case CLASS_NULL: return INPUT_LABEL_NULL;
  case CLASS_INTEGER: return mlm_label_problem((double)label->integer);
  case CLASS_REAL: return mlm_label_problem(label->real);
  case CLASS_TEXT: return mlm_label_text_problem(label->bytes, label->n);
  default: return INPUT_LABEL_BLOB;
  }
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  InputProblems *s = state;
  const InputProblem score = score_problem(&row->pred_class), label = label_problem(&row->target_class);
  if (sign > 0 && s->rows >= MLM_MOST_ROWS) return MLM_OVERFLOW;
  Status status = score ? add_example(s, score, &row->pred_class, sign, host) : MLM_OK;
  if (!status && label) status = add_example(s, label, &row->target_class, sign, host);
  if (status) return status;
  s->rows += sign;
  if (score) s->count[score] += sign;
  if (label) s->count[label] += sign;
  if (!score && !label) s->clean += sign;
  return MLM_OK;
}

static Status combine(InputProblems *s, const InputProblems *other, int sign, const Host *host) {
  if (sign > 0 && other->rows > MLM_MOST_ROWS - s->rows) return MLM_OVERFLOW;
  for (uint32_t i = 0; i < other->examples.used; i++) {
    const ClassSlot *slot = &other->examples.slots[i];
    if (!slot->taken) continue;
    const Status status = add_key(s, &slot->name, sign * slot->predicted.count, host);
    if (status) return status;
  }
  s->rows += sign * other->rows;
  s->clean += sign * other->clean;
  for (int i = 0; i < MLM_INPUT_PROBLEMS; i++) s->count[i] += sign * other->count[i];
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static bool empty(const void *state) { return ((const InputProblems *)state)->rows == 0; }

static void clear(void *state, const Host *host) {
  InputProblems *s = state;
  mlm_class_index_clear(&s->examples, host);
  memset(s, 0, sizeof *s);
}

/* ---- results ---- */

/* The key of a kind's least example; NULL: it has none. */
static void least_keys(const InputProblems *s, const Class *key[MLM_INPUT_PROBLEMS]) {
  for (int i = 0; i < MLM_INPUT_PROBLEMS; i++) key[i] = NULL;
  for (uint32_t i = 0; i < s->examples.used; i++) {
    const ClassSlot *slot = &s->examples.slots[i];
    if (!slot->taken) continue;
    const Class **least = &key[(unsigned char)slot->name.bytes[0]];
    if (!*least || mlm_class_compare(&slot->name, *least) < 0) *least = &slot->name;
  }
}

void mlm_input_examples(const InputProblems *s, InputExample out[MLM_INPUT_PROBLEMS]) {
  const Class *key[MLM_INPUT_PROBLEMS];
  least_keys(s, key);
  for (int i = 0; i < MLM_INPUT_PROBLEMS; i++)
    out[i] = key[i] ? (InputExample){key[i]->bytes + HEAD, key[i]->n - HEAD} : (InputExample){NULL, 0};
}

static void write_string(StrBuf *out, const char *key, const char *string) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, string, strlen(string));
}

/* Whether every score is NULL or a plain number that may be a percentage. States saved before
 * INPUT_SCORE_ABOVE_100 existed do not tell of scores above 100. */
static bool may_be_percentages(const InputProblems *s) {
  for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) {
    const bool fits = mlm_is_label_problem((InputProblem)i) || i == INPUT_SCORE_NULL
                      || i == INPUT_SCORE_HAIR_ABOVE_1 || i == INPUT_SCORE_ABOVE_1;
    if (s->count[i] > 0 && !fits) return false;
  }
  return true;
}

/* Whether every row has such a text, and the example may be the name of a column. */
static bool may_be_name(const InputProblems *s, int problem, const InputExample *example) {
  const bool is_text = problem == INPUT_SCORE_TEXT || problem == INPUT_LABEL_TEXT
                       || (problem == INPUT_LABEL_WORD && example->n == 1);
  return is_text && s->count[problem] == s->rows && mlm_is_words(example->bytes, example->n);
}

/* The number that is the example; NaN: it is a text, or the rest of its digits is cut off. */
static double number_of(const InputExample *example) {
  double x = NAN;
  return example->bytes && mlm_parse_number_text(example->bytes, example->n, &x) ? x : NAN;
}

/* Whether more than half of the rows have a label that is a number other than 0 and 1. */
static bool may_be_measured(const InputProblems *s, int problem) {
  return (problem == INPUT_LABEL_NUMBER || problem == INPUT_LABEL_FRACTION)
         && s->count[INPUT_LABEL_NUMBER] + s->count[INPUT_LABEL_FRACTION] > s->rows / 2;
}

/* Whether the number may stand for a missing value. */
static bool may_be_missing(int problem, double x) {
  const bool is_number = problem == INPUT_SCORE_BELOW_0 || problem == INPUT_SCORE_ABOVE_1
                         || problem == INPUT_SCORE_ABOVE_100 || problem == INPUT_LABEL_NUMBER;
  return is_number && x == x && mlm_may_be_missing_code(x);
}

/* The advice for a score that is a text: of a class, or of the header of a CSV file; NULL: the usual one. */
static const char *advice_for_text(const InputProblems *s, const InputExample *example) {
  const bool all = s->count[INPUT_SCORE_TEXT] + s->count[INPUT_SCORE_NULL] == s->rows;
  if (all) return s->count[INPUT_LABEL_TEXT] > 0 ? mlm_classes_advice : NULL;
  return mlm_is_plain_name(example->bytes, example->n) ? mlm_header_of_scores_advice : NULL;
}

/* x: the number that is the example. Of a number among labels 0 and 1 that may stand for a missing one, the
 * advice is not to call it a class. */
static const char *advice_of(const InputProblems *s, int problem, const InputExample *example, double x) {
  const char *for_text = problem == INPUT_SCORE_TEXT ? advice_for_text(s, example) : NULL;
  if (for_text) return for_text;
  if (problem == INPUT_LABEL_TEXT && mlm_is_comma_label(example->bytes, example->n))
    return mlm_comma_label_advice;
  if (problem == INPUT_LABEL_NUMBER && may_be_missing(problem, x) && !may_be_measured(s, problem))
    return mlm_two_classes_advice;
  if (problem == INPUT_SCORE_BELOW_0 && x < -100)
    return mlm_input_problem_texts[INPUT_SCORE_ABOVE_100].advice;
  if (problem == INPUT_SCORE_ABOVE_1 && s->count[INPUT_SCORE_PERCENTAGE] > 0)
    return mlm_beside_percentages_advice;
  const bool may_be_logits = s->count[INPUT_SCORE_ABOVE_100] == 0;
  if (!may_be_logits && (problem == INPUT_SCORE_ABOVE_1 || problem == INPUT_SCORE_BELOW_0))
    return mlm_large_scores_advice;
  return problem == INPUT_SCORE_ABOVE_1 && may_be_percentages(s) ? mlm_percentage_advice
                                                                 : mlm_input_problem_texts[problem].advice;
}

/* Of the number, not of the bytes of the example, which a damaged state may have made of anything. */
static void write_missing_code(StrBuf *out, const char *name, double x) {
  mlm_str_missing_code(out, name, x);
  mlm_str_put(out, " if it stands for a missing value");
}

/* The texts have nothing that JSON would escape. */
static void write_advice(const InputProblems *s, int problem, const InputExample *example, StrBuf *out) {
  const bool label = mlm_is_label_problem((InputProblem)problem);
  const double x = number_of(example);
  const bool is_code = may_be_missing(problem, x), is_first = label || fabs(x) > 100;
  mlm_str_key(out, "advice");
  mlm_str_put(out, "\"");
  if (may_be_measured(s, problem)) mlm_str_put(out, MLM_MEASURED "; ");
  if (may_be_name(s, problem, example))
    mlm_str_put(out,
                memchr(example->bytes, ' ', example->n) ? mlm_if_words_column_advice : mlm_if_column_advice);
  if (is_code && is_first) write_missing_code(out, label ? "label" : "score", x);
  mlm_str_put(out, is_code && is_first ? "; " : "");
  mlm_str_put(out, advice_of(s, problem, example, x));
  mlm_str_put(out, is_code && !is_first ? ", " : "");
  if (is_code && !is_first) write_missing_code(out, "score", x);
  mlm_str_put(out, "\"");
}

static void write_problem(const InputProblems *s, int problem, const InputExample *example, StrBuf *out) {
  const InputProblemText *text = &mlm_input_problem_texts[problem];
  write_string(out, "kind", text->name);
  mlm_str_key(out, "rows");
  mlm_str_integer(out, s->count[problem]);
  mlm_str_key(out, "example");
  if (example->bytes)
    mlm_str_json_string(out, example->bytes, example->n);
  else
    mlm_str_put(out, "null");
  write_string(out, "what", text->description);
  write_advice(s, problem, example, out);
}

void mlm_write_input_problems(const InputProblems *s, StrBuf *out) {
  InputExample example[MLM_INPUT_PROBLEMS];
  bool first = true;
  mlm_input_examples(s, example);
  mlm_str_put(out, "{");
  mlm_str_key(out, "rows");
  mlm_str_integer(out, s->rows);
  mlm_str_key(out, "clean");
  mlm_str_integer(out, s->clean);
  mlm_str_key(out, "problems");
  mlm_str_put(out, "[");
  /* kinds of scores have numbers before and after those of labels */
  for (int labels = 0; labels <= 1; labels++)
    for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) {
      if (s->count[i] == 0 || mlm_is_label_problem((InputProblem)i) != labels) continue;
      mlm_str_put(out, first ? "{" : ",{");
      first = false;
      write_problem(s, i, &example[i], out);
      mlm_str_put(out, "}");
    }
  mlm_str_put(out, "]}");
}

/* ---- saved ---- */

/* Saved: rows, clean rows, how many kinds occur; for each, in ascending order, its number, its rows, and the
 * length and bytes of its example, length 0 where it has none. */
static void save(const void *state, Writer *out) {
  const InputProblems *s = state;
  InputExample example[MLM_INPUT_PROBLEMS];
  uint64_t kinds = 0;
  mlm_input_examples(s, example);
  for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) kinds += s->count[i] > 0;
  mlm_write_varint(out, (uint64_t)s->rows);
  mlm_write_varint(out, (uint64_t)s->clean);
  mlm_write_varint(out, kinds);
  for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) {
    if (s->count[i] == 0) continue;
    mlm_write_varint(out, (uint64_t)i);
    mlm_write_varint(out, (uint64_t)s->count[i]);
    mlm_write_varint(out, example[i].n);
    if (example[i].n) mlm_write_bytes(out, example[i].bytes, example[i].n);
  }
}

static Status load_kind(InputProblems *s, uint64_t kind, Reader *in, const Host *host) {
  char key[KEY_BYTES];
  s->count[kind] = (int64_t)mlm_read_varint(in);
  const uint64_t n = mlm_read_count(in, 1);
  if (in->failed || n > KEY_BYTES - HEAD || s->count[kind] <= 0 || s->count[kind] > s->rows)
    return MLM_CORRUPT;
  const bool must_have = has_example((InputProblem)kind) && kind != INPUT_SCORE_VECTOR;
  if (n == 0) return must_have ? MLM_CORRUPT : MLM_OK;
  const uint8_t *bytes = mlm_read_bytes(in, (size_t)n);
  /* unreachable: no bytes, for the count is one of bytes that are left */
  if (!bytes || !has_example((InputProblem)kind)) return MLM_CORRUPT;
  key[0] = (char)kind;
  key[1] = (char)n;
  memcpy(key + HEAD, bytes, (size_t)n);
  return add_key(s, &(Class){.type = CLASS_BLOB, .bytes = key, .n = HEAD + (size_t)n}, 1, host);
}

/* Whether rows can have left these counts: each has at most one problem with its score and one with its
 * label. */
static bool sound(const InputProblems *s) {
  int64_t scores = 0, labels = 0;
  for (int i = 1; i < MLM_INPUT_PROBLEMS; i++) {
    int64_t *side = mlm_is_label_problem((InputProblem)i) ? &labels : &scores;
    if (s->count[i] > s->rows - *side) return false;
    *side += s->count[i];
  }
  const int64_t dirty = s->rows - s->clean;
  return scores <= dirty && labels <= dirty && dirty - scores <= labels;
}

static Status load(void *state, Reader *in, const Host *host) {
  InputProblems *s = state;
  const uint64_t rows = mlm_read_varint(in), clean = mlm_read_varint(in), kinds = mlm_read_count(in, 3);
  uint64_t last = 0;
  if (in->failed || rows > (uint64_t)MLM_MOST_ROWS || clean > rows) return MLM_CORRUPT;
  s->rows = (int64_t)rows;
  s->clean = (int64_t)clean;
  for (uint64_t i = 0; i < kinds; i++) {
    const uint64_t kind = mlm_read_varint(in);
    if (in->failed || kind <= last || kind >= MLM_INPUT_PROBLEMS) return MLM_CORRUPT;
    const Status status = load_kind(s, kind, in, host);
    if (status) return status;
    last = kind;
  }
  return sound(s) ? MLM_OK : MLM_CORRUPT;
}

const StateType mlm_input_problems_state = {
    .name = "input_problems",
    .cost = "About 150 bytes for each distinct text that is not a plain number. Adding a row takes O(1) "
            "time, and so does removing one from a window; a value takes a pass over these texts.",
    .bytes = sizeof(InputProblems),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
