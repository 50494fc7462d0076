/* Every metric, interval, scalar and table function over rows made for its arguments, and every parser of a
 * text: each allocation fails, each poll interrupts, and the result is then that failure or has the bits that
 * it has otherwise. Chunks of scores and pages of rows are small, so that a few hundred rows are polled
 * often.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "made_rows.h"
#include "metrics/class_list.h"
#include "metrics/edges.h"
#include "metrics/fits.h"
#include "metrics/metric_text.h"
#include "metrics/named_function.h"
#include "metrics/objective.h"
#include "unit.h"

#ifndef LARGE
#define LARGE 0
#endif

enum { ROWS = 250, HEAVY_ROWS = 30, ELEMENTS = 3, ONE_BY_ONE = 60, LIMIT = 1 << 20 };

/* What is evaluated: one of the first four members. */
typedef struct Case {
  NamedFunction of;
  const TextParser *parser;
  const char *text; /* that is parsed, or is wrong and draws a hint */
  bool hint;
  ArgKind args[MLM_MAX_ARGS];
  Made made;
  int rows;
  bool own; /* the evaluation may use up the rows */
  Params params;
} Case;

static const char *name_of(const Case *test) {
  return test->parser      ? test->text
         : test->of.metric ? test->of.metric->name
         : test->of.scalar ? test->of.scalar->name
                           : test->of.table->name;
}

static const char *only; /* what is tested, by its name without that of a form; NULL: everything */

static bool is_left_out(const char *name) { return only && strcmp(only, name) != 0; }

/* ---- saved states as arguments ---- */

/* The aggregate that makes the state of an argument; NULL: none is made. */
static const char *maker_of(ArgKind arg) {
  switch (arg) {
  case ARG_SCORE_SET:
  case ARG_PROB_SET:
  case ARG_ANY_SET: return "score_set";
  case ARG_CLASS_SET: return "class_set";
  case ARG_PRED_SET: return "pred_set";
  case ARG_SETS: return "score_sets";
  default: return NULL;
  }
}

static OpenSet open_set(const Case *test, ArgKind arg) {
  NamedFunction maker;
  if (!mlm_find_function(maker_of(arg), &maker)) exit(2);
  Made made = {.args = maker.metric->args, .weights = test->made.weights, .elements = ELEMENTS};
  const StateType *type = mlm_state_type_named(mlm_state_name(maker.metric));
  return (OpenSet){.type = type, .state = made_state(maker.metric, type, &made, test->rows, &host)};
}

static void open_sets(const Case *test, Row *row) {
  for (int a = 0, n = 0; test->args[a]; a++)
    if (mlm_arg_specs[test->args[a]].shape == SHAPE_STATE) row->sets[n++] = open_set(test, test->args[a]);
}

static void close_sets(const Case *test, Row *row) {
  for (int a = 0, n = 0; test->args[a]; a++)
    if (mlm_arg_specs[test->args[a]].shape == SHAPE_STATE) {
      drop_made(row->sets[n].type, row->sets[n].state, &host);
      n++;
    }
}

/* ---- evaluations, of which only the evaluation itself fails ---- */

typedef struct Failing {
  long allowed, stop_in;
} Failing;

static void arm(const Failing *how) {
  allowed = how->allowed;
  stop_in = how->stop_in;
}

static long polls_left; /* until the interrupt; -1: it came */

static void disarm(void) {
  polls_left = stop_in;
  allowed = stop_in = -1;
}

static Status evaluate_metric(const Case *test, const Failing *how, Result *out) {
  const Metric *metric = test->of.metric;
  const StateType *type = mlm_form_state(test->of.form, metric);
  void *state = made_state(metric, type, &test->made, test->rows, &host);
  Eval in = {.metric = metric,
             .params = &test->params,
             .host = &host,
             .limit = LIMIT,
             .replicates = 3,
             .own = test->own ? state : NULL};
  arm(how);
  Status status = mlm_form_eval(test->of.form, metric)(state, &in, out);
  disarm();
  drop_made(type, state, &host);
  return status;
}

static Status evaluate_scalar(const Case *test, const Failing *how, Result *out) {
  MadeRow made;
  Eval in = {.params = &test->params, .host = &host, .limit = LIMIT};
  make_row(&test->made, 1, &made);
  open_sets(test, &made.row);
  arm(how);
  Status status = test->of.scalar->eval(&made.row, &in, out);
  disarm();
  close_sets(test, &made.row);
  return status;
}

/* The cells as bytes. */
static void put_row(const TableFunction *table, const void *cursor, const Row *row, StrBuf *out) {
  int columns = 1;
  for (const char *at = table->columns; *at; at++) columns += *at == ',';
  for (int c = 0; c < columns; c++) {
    Cell cell;
    table->column(cursor, row, c, &cell);
    if (cell.type == CELL_INTEGER)
      mlm_str_add(out, (const char *)&cell.integer, sizeof cell.integer);
    else if (cell.type == CELL_REAL)
      mlm_str_add(out, (const char *)&cell.real, sizeof cell.real);
    else if (cell.text)
      mlm_str_add(out, cell.text, cell.n);
  }
}

static Status evaluate_table(const Case *test, const Failing *how, Result *out) {
  const TableFunction *table = test->of.table;
  MadeRow made;
  Eval in = {.params = &test->params, .host = &host, .limit = LIMIT};
  Failing left = *how;
  bool more = true;
  void *cursor = calloc(1, table->cursor_bytes);
  Status status = MLM_OK;
  make_row(&test->made, 1, &made);
  open_sets(test, &made.row);
  while (more && !status) {
    arm(&left);
    status = table->next(cursor, &made.row, &in, &more);
    left = (Failing){allowed, stop_in};
    disarm();
    if (more && !status) put_row(table, cursor, &made.row, mlm_result_bytes(out, RESULT_BLOB));
  }
  if (table->clear) table->clear(cursor, &host);
  free(cursor);
  close_sets(test, &made.row);
  return status;
}

/* A text parsed and written, or the hint at what is wrong with it. */
static Status evaluate_text(const Case *test, const Failing *how, Result *out) {
  const TextParser *parser = test->parser;
  StrBuf *bytes = mlm_result_bytes(out, RESULT_TEXT);
  void *object = NULL;
  Status status = MLM_OK;
  arm(how);
  if (test->hint)
    parser->hint(test->text, strlen(test->text), bytes);
  else
    status = parser->parse(test->text, strlen(test->text), &host, &object);
  disarm();
  if (object) mlm_str_put(bytes, parser->text(object));
  release(object);
  return status;
}

static Status evaluate_case(const Case *test, const Failing *how, Result *out) {
  *out = (Result){.kind = RESULT_NULL, .bytes = {.limit = LIMIT, .host = &host}};
  Status status = (test->parser      ? evaluate_text
                   : test->of.metric ? evaluate_metric
                   : test->of.scalar ? evaluate_scalar
                                     : evaluate_table)(test, how, out);
  return status ? status : out->bytes.status;
}

/* ---- failures ---- */

static bool same(const Result *a, const Result *b) {
  if (a->kind != b->kind || a->bytes.n != b->bytes.n) return false;
  if (a->kind == RESULT_REAL) return memcmp(&a->real, &b->real, sizeof a->real) == 0;
  if (a->kind == RESULT_INTEGER) return a->integer == b->integer;
  return a->bytes.n == 0 || memcmp(a->bytes.bytes, b->bytes.bytes, a->bytes.n) == 0;
}

/* The first failures one by one, then fewer. There may be another way without memory, but an interrupt that
 * came must end the evaluation. */
static void fail_each(const Case *test, const Result *want, Status failure) {
  Status status = failure;
  for (long at = 0; status == failure; at += at < ONE_BY_ONE ? 1 : at / 8) {
    Failing how = {failure == MLM_NOMEM ? at : -1, failure == MLM_INTERRUPTED ? at : -1};
    Result have;
    status = evaluate_case(test, &how, &have);
    bool ignored = failure == MLM_INTERRUPTED && polls_left < 0;
    expect_for(status == failure || (!status && !ignored && same(&have, want)),
               failure == MLM_NOMEM ? "without memory" : "interrupted", name_of(test));
    release(have.bytes.bytes);
    if (ignored) status = failure; /* to the next poll */
  }
}

/* Whether it draws rows and has nothing to say without: fractional weights are refused. Other functions give
 * the value alone, with a note. */
static bool draws_rows(const Case *test) {
  static const char *const names[] = {"bootstrap", "bootstrap_ci", "best_cutoff_optimism"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name_of(test), names[i]) == 0) return true;
  return false;
}

static void check(Case *test) {
  const Failing never = {-1, -1};
  if (is_left_out(name_of(test))) return;
  uint64_t before = live_bytes;
  void *parsed = NULL;
  Result want;
  make_params(test->args, &host, &test->params, &test->made.held, &parsed);
  test->made.args = test->args;
  test->rows = test->made.weights == WEIGHTS_HEAVY ? HEAVY_ROWS : ROWS;
  Status status = evaluate_case(test, &never, &want);
  bool refused = test->made.weights == WEIGHTS_FRACTIONAL && draws_rows(test);
  bool right = refused ? status == MLM_FRACTIONAL : status == MLM_OK && want.kind != RESULT_NULL;
  if (expect_for(right, "a result", name_of(test)) && !status) {
    fail_each(test, &want, MLM_NOMEM);
    fail_each(test, &want, MLM_INTERRUPTED);
  }
  release(want.bytes.bytes);
  release(parsed);
  expect_for(live_bytes == before, "memory left behind", name_of(test));
}

static bool takes_sets(const ArgKind *args) {
  for (; *args; args++)
    if (mlm_arg_specs[*args].shape == SHAPE_STATE) return true;
  return false;
}

static bool can_open(const ArgKind *args) {
  for (; *args; args++)
    if (mlm_arg_specs[*args].shape == SHAPE_STATE && !maker_of(*args)) return false;
  return true;
}

static void check_form(const Metric *metric, const Form *form) {
  Case test = {.of = {.metric = metric, .form = form}, .made = {.elements = ELEMENTS}};
  mlm_form_args(form, metric, test.args);
  if (!can_make(test.args) || takes_sets(test.args)) return;
  for (int own = 0; own <= (mlm_form_eval(form, metric) == mlm_eval_rows); own++) {
    test.own = own > 0;
    for (int w = 0; w < WEIGHTS; w++) {
      test.made.weights = (Weights)w;
      check(&test);
    }
  }
}

static void check_others(const NamedFunction *function, const ArgKind *args) {
  Case test = {.of = *function, .made = {.elements = MOST_ELEMENTS}};
  memcpy(test.args, args, sizeof test.args);
  if (!can_make(args) || !can_open(args)) return;
  /* Except evaluate(), which draws a thousand samples for each metric. */
  int most = function->table && strcmp(function->table->name, "evaluate") == 0 ? WEIGHTS_HEAVY : WEIGHTS;
  for (int w = 0; w < most; w++) {
    test.made.weights = (Weights)w;
    check(&test);
  }
}

static void check_family(const Family *family) {
  for (const Metric *metric = family->metrics; metric && metric->name; metric++)
    for (const Form *form = mlm_forms; form->suffix; form++)
      if (mlm_form_applies(form, metric) && !form->saves && mlm_form_eval(form, metric))
        check_form(metric, form);
  for (const Scalar *scalar = family->scalars; scalar && scalar->name; scalar++)
    if (scalar->eval) check_others(&(NamedFunction){.scalar = scalar}, scalar->args);
  for (const TableFunction *table = family->tables; table && table->name; table++)
    check_others(&(NamedFunction){.table = table}, table->args);
}

/* Texts that are parsed, and wrong ones. */
static void check_texts(void) {
  static const char *const classes[] = {
      "[3,1,\"x\\u0079\",2.5,\"c\",\"b\",\"a\",9,8,7,6,5,4,10,11,12,13,14,15,16]",
      "[3,1,\"x\",2.5,\"c\",\"b\",\"a\",9,8,7,6,5,4,10,11,12,13,14,15,3]"};
  static const char fit[] = "{\"method\":\"isotonic\",\"x\":[0,0.5,1],\"y\":[0.1,0.5,0.9]}";
  const Case cases[] = {
      {.parser = &mlm_class_list_parser, .text = classes[0]},
      {.parser = &mlm_class_list_parser, .text = classes[1], .hint = true},
      {.parser = &mlm_edges_parser, .text = "[0, 0.25, 1]"},
      {.parser = &mlm_fit_parser, .text = fit},
      {.parser = &mlm_metric_parser, .text = "fbeta_at:2,0.5"},
      {.parser = &mlm_metric_parser, .text = "f1", .hint = true},
      {.parser = &mlm_objective_parser, .text = "fbeta:2"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Case test = cases[i];
    check(&test);
  }
}

/* ---- so many rows that the loops of metrics poll themselves ---- */

/* The first polls, without a whole evaluation, which may take a thousand samples. Returns their number. */
static long interrupt_each(const Case *test) {
  enum { POLLS = 60 };
  uint64_t before = live_bytes;
  Status status = MLM_INTERRUPTED;
  long interrupted = 0;
  for (long at = 0; at < POLLS && status == MLM_INTERRUPTED; at++) {
    Failing how = {-1, at};
    Result result;
    status = evaluate_case(test, &how, &result);
    interrupted += status == MLM_INTERRUPTED;
    expect_for(status == MLM_INTERRUPTED || (at > 0 && !status && polls_left >= 0), "interrupted",
               name_of(test));
    release(result.bytes.bytes);
  }
  expect_for(live_bytes == before, "memory left behind", name_of(test));
  return interrupted;
}

/* What is unlike the usual case. */
typedef enum Unusual { USUAL, FRACTIONAL, OWN, MERGED } Unusual;

/* Returns how many polls were interrupted, at most 60; fewer than `least` are an error. -1: it is left out.
 */
static long check_polls(const char *name, int rows, int period, Unusual how, long least) {
  Case test = {.made = {.elements = ELEMENTS, .period = period}, .rows = rows, .own = how == OWN};
  void *parsed = NULL;
  if (is_left_out(name)) return -1;
  test.made.merged = how == MERGED;
  if (how == FRACTIONAL) test.made.weights = WEIGHTS_FRACTIONAL;
  expect_for(mlm_find_function(name, &test.of), "a function", name);
  while (test.of.metric[1].name && strcmp(test.of.metric[1].name, test.of.metric->name) == 0)
    test.of.metric++; /* the row that takes a weight */
  mlm_form_args(test.of.form, test.of.metric, test.args);
  make_params(test.args, &host, &test.params, &test.made.held, &parsed);
  test.made.args = test.args;
  const long polls = interrupt_each(&test);
  expect_for(polls >= least, "fewer polls than its loops have", name);
  release(parsed);
  return polls;
}

static long check_many(const char *name, int rows, int period, Unusual how) {
  return check_polls(name, rows, period, how, 1);
}

/* A list of so many classes, descending. */
static void check_many_classes(int classes) {
  if (only) return;
  char *text = malloc((size_t)classes * 7 + 2), *at = text;
  if (!text) exit(2);
  for (int i = classes; i > 0; i--) at += sprintf(at, "%c%d", i == classes ? '[' : ',', i);
  memcpy(at, "]", 2);
  Case test = {.parser = &mlm_class_list_parser, .text = text};
  interrupt_each(&test);
  free(text);
}

/* metric_faults [name]: tests one metric in all its forms, one scalar or one table function only. */
int main(int argc, char **argv) {
  only = argc > 1 ? argv[1] : NULL;
  if (LARGE) {
    check_many("compare_ci", 20000, 0, USUAL);
    check_many("temperature_fit", 5000, 0, USUAL);
    check_many("ndcg", 70000, 1, USUAL);
    check_many("r2_ci", 120000, 0, USUAL);
    check_many("spearman", 70000, 0, USUAL);
    check_many("spearman", 70000, 0, OWN);
    check_many("kendall", 140000, 0, USUAL);
    check_many("kendall", 140000, 0, OWN);
    check_many("kendall", 140000, 0, MERGED);
    check_many("concordance_index", 70000, 0, USUAL);
    check_many("wilcoxon_test", 70000, 0, USUAL);
    check_polls("mean_ci_clustered", 70000, 0, USUAL, 5); /* four over its rows */
    check_many("paired_t_test", 70000, 0, USUAL);
    const long polls = check_many("fleiss_kappa_ci", 6000, 0, USUAL);
    expect(polls < 0 || polls == 13, "polls of 6000 units", polls);
    check_many("roc_auc_ovr_macro", 70000, 0, FRACTIONAL);
    check_many("roc_auc_ovr_micro", 70000, 0, FRACTIONAL);
    check_many_classes(99999);
  } else {
    check_texts();
    check_many("roc_auc_ovr_macro", 300, 0, USUAL); /* more than a block of keys holds */
    for (const Family *const *family = mlm_families; *family; family++) check_family(*family);
  }
  return end_of_tests();
}
