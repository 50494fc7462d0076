/* Fuzzing targets of the core, without SQLite: each runs many times as fast as tests/fuzz/target.c.
 *
 *   fuzz_numbers  numbers, labels, dates, arrays and JSON as texts: read, printed, read again
 *   fuzz_texts    the texts of parameters: objectives, metrics, class lists, edges and fits, which are
 * applied fuzz_states   the bytes of saved states, packed columns and keyed sets: loaded, saved, merged,
 * subtracted fuzz_charts   keyed sets made of rows: every chart as SVG and as text, and every report
 *
 * FUZZ_ROOM names the target of a fuzzer; the compiler leaves the others out. A target aborts where a promise
 * of a header does not hold.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/bits.h"
#include "base/date.h"
#include "base/dirty_text.h"
#include "base/float64_blob.h"
#include "base/input_problem.h"
#include "base/json_array.h"
#include "base/json_values.h"
#include "base/label_word.h"
#include "base/loose_number.h"
#include "base/number_parse.h"
#include "base/number_print.h"
#include "base/sqlite_number.h"
#include "charts/display_text.h"
#include "bytes.h"
#include "metrics/class_list.h"
#include "metrics/edges.h"
#include "metrics/fits.h"
#include "metrics/metric_text.h"
#include "metrics/objective.h"
#include "state/packed.h"

static void *heap_resize(void *block, uint64_t bytes) { return bytes >> 30 ? NULL : realloc(block, bytes); }
static const Host heap = {.realloc = heap_resize, .free = free};

/* Ends the program where a promise is broken. */
static void promise(bool kept, const char *what) {
  if (kept) return;
  fprintf(stderr, "broken: %s\n", what);
  abort();
}

static bool same_bits(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }
static bool same_number(double a, double b) { return same_bits(a, b) || (a != a && b != b); }

/* ---- numbers ---- */

static void read_loosely(const char *text, size_t n) {
  LooseNumber number[3];
  LooseStatus status[3];
  double plain;
  for (int mark = 0; mark < 3; mark++) {
    status[mark] = mlm_read_loose_number(text, n, (DecimalMark)mark, &number[mark]);
    promise(status[mark] != LOOSE_NUMBER || number[mark].value == number[mark].value, "a loose NaN");
    promise((status[mark] == LOOSE_MISSING) == mlm_is_missing_word(text, n), "what is missing");
  }
  if (mlm_parse_number_text(text, n, &plain))
    promise(status[MARK_EITHER] == LOOSE_NUMBER && same_bits(number[MARK_EITHER].value, plain),
            "a plain number read loosely");
  promise(status[MARK_COMMA] != LOOSE_AMBIGUOUS && status[MARK_POINT] != LOOSE_AMBIGUOUS,
          "a known mark is not ambiguous");
  if (status[MARK_EITHER] != LOOSE_AMBIGUOUS) return;
  promise(same_number(number[0].as_comma, status[1] == LOOSE_NUMBER ? number[1].value : NAN), "as_comma");
  promise(same_number(number[0].as_point, status[2] == LOOSE_NUMBER ? number[2].value : NAN), "as_point");
}

static void judge(const char *text, size_t n) {
  InputProblem score = mlm_score_text_problem(text, n), label = mlm_label_text_problem(text, n);
  promise(score < MLM_INPUT_PROBLEMS && !mlm_is_label_problem(score), "a problem of a score");
  promise(label == INPUT_OK || (label < MLM_INPUT_PROBLEMS && mlm_is_label_problem(label)),
          "a problem of a label");
  promise(mlm_read_label(text, n) <= LABEL_NONE, "a label");
}

static void read_date(const char *text, size_t n) {
  double days;
  if (!mlm_parse_date(text, n, &days)) return;
  CivilDay day = mlm_civil_day((int64_t)(days < 0 ? days - 1 : days));
  promise(mlm_days_of(day.year, day.month, day.day) == (int64_t)(days < 0 ? days - 1 : days), "a date");
}

/* What prints a number writes what reads as it. */
static void print(double x) {
  char text[MLM_NUMBER_BYTES];
  double again;
  SqliteNumber number;
  if (x - x != 0) return;
  size_t n = mlm_print_number(x, text);
  promise(mlm_parse_number(text, n, &again) == n && same_bits(x, again), "17 digits");
  n = mlm_print_shortest(x, text);
  promise(mlm_parse_number(text, n, &again) == n && same_bits(x, again), "the shortest form");
  n = mlm_print_sqlite_real(x, text);
  promise(n < MLM_NUMBER_BYTES && mlm_parse_number(text, n, &again) == n, "a REAL as SQLite prints it");
  if (again - again == 0)
    promise(mlm_text_is_sqlite_number(text, n, &number) && !number.integral && number.real == again,
            "what SQLite prints");
  n = mlm_print_fixed(x, (int)(mlm_double_bits(x) % 10), text);
  promise(n < MLM_NUMBER_BYTES && mlm_parse_number(text, n, &again) == n, "fixed places");
}

static void read_array(const char *text, size_t n) {
  size_t count = 0, at = 0, again = 0;
  double *x = malloc((n / 2 + 1) * sizeof *x), *y;
  StrBuf out = {.limit = 1 << 20, .host = &heap};
  ArrayFault fault = mlm_parse_array(text, n, x, &count, &at);
  promise(count <= n / 2 + 1 && (fault != ARRAY_SYNTAX || at <= n), "where an array is wrong");
  if (fault == ARRAY_OK) {
    mlm_str_array(&out, x, count);
    y = malloc((out.n / 2 + 1) * sizeof *y);
    promise(mlm_parse_array(out.bytes, out.n, y, &again, &at) == ARRAY_OK && again == count
                && memcmp(x, y, count * sizeof *x) == 0,
            "an array printed");
    free(y);
    free(out.bytes);
  }
  free(x);
}

static void unescape(const JsonValue *value) {
  if (value->type != JSON_STRING) return;
  char *text = malloc(value->n + 1);
  promise(mlm_json_unescape(value, text) <= value->n, "a text without escapes is no longer");
  free(text);
}

static void read_json(const char *text, size_t n) {
  JsonReader array = {.text = text, .n = n}, object = array;
  JsonValue key = {0}, value;
  while ((value = mlm_json_next(&array)).type > JSON_WRONG) unescape(&value);
  promise(array.at <= n, "the end of an array");
  while ((value = mlm_json_next_member(&object, &key)).type > JSON_WRONG) {
    unescape(&key);
    unescape(&value);
  }
  promise(object.at <= n, "the end of an object");
}

static void read_number(const char *text, size_t n) {
  double x;
  SqliteNumber number;
  size_t used = mlm_parse_number(text, n, &x);
  promise(used <= n, "the end of a number");
  if (used > 0) print(x);
  if (mlm_text_is_sqlite_number(text, n, &number))
    promise(!mlm_integer_text_is_inexact(text, n) || number.integral, "an integer that no double holds");
}

static void read_bits(const char *bytes, size_t n) {
  Bytes in = {(const uint8_t *)bytes, (const uint8_t *)bytes + n};
  print(next_double(&in));
  mlm_looks_like_float64((const uint8_t *)bytes, n, n & 1);
}

/* The first byte picks what reads the others. */
static int fuzz_numbers(const uint8_t *data, size_t n) {
  static void (*const readers[])(const char *text, size_t n) = {
      read_loosely, read_number, judge, read_date, read_array, read_json, read_bits};
  if (n > 1) readers[data[0] % 7]((const char *)data + 1, n - 1);
  return 0;
}

/* ---- texts ---- */

static void apply_fit(const Fit *fit) {
  extern const Family mlm_calibrate;
  static const double scores[] = {0, 1, 0.5, -1, 1e300, -INFINITY, INFINITY, 5e-324};
  const Scalar *calibrate = mlm_calibrate.scalars;
  double last = 0;
  for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
    double p = calibrate->quick(fit, scores[i]);
    promise(!(p < 0 || p > 1), "a calibrated score is a probability");
  }
  for (size_t i = 0; fit->method == FIT_ISOTONIC && i < fit->n; i++) {
    double p = calibrate->quick(fit, fit->x[i]);
    promise(p == fit->y[i] && p >= last, "the value of a fit at its points");
    last = p;
  }
}

static int fuzz_texts(const uint8_t *data, size_t n) {
  static const TextParser *const parsers[] = {&mlm_objective_parser, &mlm_metric_parser, &mlm_edges_parser,
                                              &mlm_class_list_parser, &mlm_fit_parser};
  Bytes in = {data, data + n};
  const TextParser *parser = parsers[next_byte(&in) % 5];
  const char *text = (const char *)in.at;
  void *object = NULL, *again = NULL;
  StrBuf hint = {.limit = 1 << 20, .host = &heap};
  n = (size_t)(in.end - in.at);
  if (n == 0) return 0;
  promise(parser->parse(text, n, &heap, &object) == MLM_OK, "parsing");
  if (!object) {
    parser->hint(text, n, &hint);
    free(hint.bytes);
    return 0;
  }
  const char *written = parser->text(object);
  promise(parser->same(object, text, n) && parser->same(object, written, strlen(written)), "the same text");
  promise(parser->parse(written, strlen(written), &heap, &again) == MLM_OK && again, "a text read again");
  promise(strcmp(parser->text(again), written) == 0, "a text written again");
  if (parser == &mlm_fit_parser) apply_fit(object);
  free(again);
  free(object);
  return 0;
}

/* ---- saved states ---- */

/* By the first byte of an input: append, never renumber. */
static const StateType *const state_types[] = {&mlm_mean_state,
                                               &mlm_confusion2_state,
                                               &mlm_moments_state,
                                               &mlm_scores_state,
                                               &mlm_confusion_matrix_state,
                                               &mlm_log_sum_state,
                                               &mlm_rows_state,
                                               &mlm_input_problems_state,
                                               &mlm_joint_moments_state,
                                               &mlm_sum_ratio_state,
                                               &mlm_value_rows_state,
                                               &mlm_decision_rows_state,
                                               &mlm_query_rows_state,
                                               &mlm_vector_sums_state,
                                               &mlm_packed_state,
                                               &mlm_keyed_scores_state,
                                               &mlm_keyed_classes_state,
                                               &mlm_keyed_preds_state,
                                               &mlm_keyed_points_state,
                                               &mlm_mean_moments_state,
                                               &mlm_label_tables_state,
                                               &mlm_ratings_state,
                                               &mlm_value_counts_state,
                                               &mlm_paired_hits_state,
                                               &mlm_confusion_matrix_unordered_state};

static void drop(const StateType *type, void *state) {
  if (state && type->clear) type->clear(state, &heap);
  free(state);
}

/* A sealed state of the bytes, all of which it takes; NULL: they are none. */
static void *load(const StateType *type, const Bytes *in) {
  Reader reader = {.at = in->at, .end = in->end};
  void *state = calloc(1, type->bytes);
  Status status = type->load(state, &reader, &heap);
  if (!status && mlm_read_left(&reader) > 0) status = MLM_CORRUPT;
  if (!status && type->seal) status = type->seal(state, &heap);
  if (!status) return state;
  drop(type, state);
  return NULL;
}

/* That the state is saved as these bytes. */
static void expect_saved(const StateType *type, void *state, const Bytes *in, const char *what) {
  Writer out = {.limit = 1 << 24, .host = &heap};
  Status status = type->seal ? type->seal(state, &heap) : MLM_OK;
  if (!status && type->prepare_save) status = type->prepare_save(state, &heap);
  if (!status) type->save(state, &out);
  promise(!status && !out.status, "saving");
  promise(out.n == (uint64_t)(in->end - in->at) && memcmp(out.bytes, in->at, (size_t)out.n) == 0, what);
  free(out.bytes);
}

/* A state merged into an empty one is saved as the same bytes, and so once it was merged and taken back. */
static int fuzz_states(const uint8_t *data, size_t n) {
  Bytes in = {data, data + n};
  uint8_t pick = next_byte(&in);
  if (pick >= sizeof state_types / sizeof *state_types) return 0;
  const StateType *type = state_types[pick];
  void *one = load(type, &in);
  if (!one) return 0;
  if (!type->empty(one)) {
    void *sum = calloc(1, type->bytes), *two = load(type, &in), *three = load(type, &in);
    Status status = type->merge(sum, one, &heap);
    promise(two && three && (status == MLM_OK || status == MLM_OVERFLOW), "merging into an empty state");
    if (!status) expect_saved(type, sum, &in, "a state that comes back as it was");
    if (!status) status = type->merge(sum, two, &heap);
    if (!status && type->seal) status = type->seal(sum, &heap);
    if (!status) status = type->subtract(sum, three, &heap);
    if (!status) expect_saved(type, sum, &in, "a state taken back");
    drop(type, sum);
    drop(type, two);
    drop(type, three);
  }
  drop(type, one);
  return 0;
}

/* ---- charts ---- */

static Class next_class(Bytes *in) {
  static const char *const names[] = {"a", "<&\"'>", "]]>\n--", "\xe6\x97\xa5\xe6\x9c\xac", "", "\xff\x80x"};
  const uint8_t *bytes;
  uint8_t pick = next_byte(in);
  Class name = {.type = CLASS_TEXT};
  switch (pick % 5) {
  case 0: return (Class){.type = CLASS_INTEGER, .integer = (int8_t)pick / 5};
  case 1: return (Class){.type = CLASS_REAL, .real = 0.5 + pick / 5};
  case 2: name.n = next_bytes(in, &bytes); break;
  case 3:
    name.type = pick > 200 ? CLASS_BLOB : CLASS_TEXT;
    bytes = (const uint8_t *)names[pick / 5 % 6];
    name.n = strlen((const char *)bytes);
    break;
  default: return (Class){.type = CLASS_NULL};
  }
  name.bytes = (const char *)bytes;
  return name;
}

static double next_number(Bytes *in, bool probability) {
  static const double special[] = {1e308, -1e308, 5e-324, INFINITY, -INFINITY, -1, 100};
  uint8_t pick = next_byte(in);
  if (pick <= 200) return pick / 200.0;
  if (probability) return pick & 1;
  double x = pick < 240 ? special[pick % 7] : next_double(in);
  return x == x ? x : 0;
}

/* A row of any of the keyed kinds. */
static Row next_row(Bytes *in, const StateType *type, bool probability) {
  Row row = {.weight = 1, .key = next_class(in)};
  uint8_t pick = next_byte(in);
  if (pick > 250) row.weight = 2.5;
  row.columns = type == &mlm_keyed_points_state ? 3 : 2;
  row.pred = next_number(in, probability);
  row.target = type == &mlm_keyed_preds_state ? next_number(in, false) : pick & 1;
  row.param = type == &mlm_keyed_points_state ? next_number(in, false) : 0;
  if (type != &mlm_keyed_classes_state) return row;
  row.pred_class = next_class(in);
  row.target_class = next_class(in);
  if (row.pred_class.type == CLASS_NULL) row.pred_class.type = CLASS_INTEGER;
  if (row.target_class.type == CLASS_NULL) row.target_class.type = CLASS_INTEGER;
  return row;
}

/* Text of one kind throughout: well-formed UTF-8, without control characters but the ends of lines. */
static void expect_text(const StrBuf *text) {
  for (size_t i = 0, n; i < text->n; i += n) {
    n = mlm_utf8_length(text->bytes + i, text->n - i);
    promise(n > 0 && ((uint8_t)text->bytes[i] >= ' ' || text->bytes[i] == '\n'), "characters of a picture");
  }
}

/* Every < begins a tag, which ends, and every & an entity. */
static void expect_markup(const StrBuf *text) {
  bool inside = false;
  for (size_t i = 0; i < text->n; i++) {
    char c = text->bytes[i], next = i + 1 < text->n ? text->bytes[i + 1] : 0;
    promise(c != '<' || (!inside && (next == '/' || next == '!' || (next >= 'a' && next <= 'z'))), "a tag");
    if (c == '<') inside = true;
    if (c == '>') inside = false;
    promise(c != '&' || next == '#' || (next >= 'a' && next <= 'z'), "an entity");
  }
  promise(!inside, "the end of a tag");
}

static void draw_svg(const Metric *metric, const void *state, const char *title) {
  Params params = {.parsed = title, .given = 1u << MLM_PARAMS};
  Eval in = {.metric = metric, .params = &params, .host = &heap, .limit = 1 << 24};
  Result out = {.bytes = {.limit = 1 << 24, .host = &heap}};
  Status status = metric->eval(state, &in, &out);
  promise(status == MLM_OK || status == MLM_UNDECIDED || status == MLM_SCORE_LABEL || status == MLM_REFUSED
              || status == MLM_FRACTIONAL || status == MLM_TOO_MANY_DRAWS,
          "drawing");
  if (!status) expect_text(&out.bytes);
  if (!status) expect_markup(&out.bytes);
  free(out.bytes.bytes);
}

/* No line is wider than asked for. */
static void draw_lines(const TableFunction *table, const StateType *type, void *state, Bytes *in) {
  Row row = {.sets = {{.type = type, .state = state}}};
  Params params = {.number = {24 + next_byte(in), 8 + next_byte(in) % 93, next_byte(in) & 1}};
  Eval eval = {.params = &params, .host = &heap, .limit = 1 << 24};
  void *cursor = calloc(1, table->cursor_bytes);
  bool more = true;
  Status status = MLM_OK;
  while (!status && more) {
    Cell cell = {.n = 0};
    status = table->next(cursor, &row, &eval, &more);
    if (status || !more) break;
    table->column(cursor, &row, 0, &cell);
    StrBuf line = {.bytes = (char *)malloc(cell.n + 1), .n = cell.n};
    memcpy(line.bytes, cell.text, cell.n);
    line.bytes[cell.n] = 0;
    expect_text(&line);
    promise(mlm_text_columns(line.bytes) <= (size_t)params.number[0], "the width of a line");
    free(line.bytes);
  }
  promise(!status || status == MLM_UNDECIDED || status == MLM_SCORE_LABEL, "drawing lines");
  table->clear(cursor, &heap);
  free(cursor);
}

/* Of the charts by name: "roc_svg" is drawn as lines by "roc_plot". */
static const TableFunction *plot_of(const TableFunction *table, const char *svg) {
  while (table->name && strncmp(table->name, svg, strcspn(svg, "_") + 1) != 0) table++;
  return table->name ? table : NULL;
}

static int fuzz_charts(const uint8_t *data, size_t n) {
  extern const Family mlm_plots, mlm_reports;
  Bytes in = {data, data + n};
  uint8_t pick = next_byte(&in), how = next_byte(&in);
  bool report = pick >= 240;
  const Metric *metric = report ? &mlm_reports.metrics[pick % 3 * 2] : &mlm_plots.metrics[pick % 10];
  const int most = report ? 12 : 100; /* rows: reports resample them many times */
  const TableFunction *plot = how & 1 ? plot_of(mlm_plots.tables, metric->name) : NULL;
  const StateType *type = metric->state;
  const uint8_t *bytes;
  char title[256] = "";
  size_t length = how & 2 ? next_bytes(&in, &bytes) : 0;
  if (length > 0 && length < sizeof title) memcpy(title, bytes, length);
  Bytes style = in;
  void *state = calloc(1, type->bytes);
  Status status = MLM_OK;
  for (int rows = 0; in.at < in.end && rows < most && !status; rows++) {
    Row row = next_row(&in, type, strcmp(metric->name, "calibration_svg") == 0);
    status = type->add(state, &row, 1, &heap);
  }
  promise(status == MLM_OK || status == MLM_INEXACT, "adding rows");
  if (!status) promise(type->seal(state, &heap) == MLM_OK, "sealing");
  if (!status && plot) draw_lines(plot, type, state, &style);
  if (!status && !plot) draw_svg(metric, state, title);
  drop(type, state);
  return 0;
}

#ifdef FUZZ_ROOM
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) { return FUZZ_ROOM(data, n); }
#endif
