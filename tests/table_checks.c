/* The tables of functions keep the rules of table_rules.h, and a row with one mistake, of whatever kind,
 * draws the complaint that says what to mend. */
#include <string.h>

#include "base/compiler.h"
#include "function.h"
#include "help.h"
#include "table_rules.h"
#include "unit.h"

static const Metric *real_metric(const char *name) {
  for (int i = 0; mlm_family_at(i); i++)
    for (const Metric *m = mlm_family_at(i)->metrics; m && m->name; m++)
      if (strcmp(m->name, name) == 0) return m;
  failed("a control needs the metric %s", name);
  return mlm_family_at(1)->metrics;
}

static Metric rows[6]; /* of a control; the first is an example of what is right */

/* The family must draw a complaint that holds these words. */
static void must_complain(const Family *family, const char *words) {
  const Family *const list[] = {family, NULL};
  complain_quietly = true;
  complaints = 0;
  first_complaint[0] = 0;
  check_families(list);
  complain_quietly = false;
  if (complaints > 0 && strstr(first_complaint, words))
    passed();
  else
    failed("the control '%s' drew %d complaints, the first '%s'", words, complaints, first_complaint);
}

static void control(const char *words) {
  const Family family = {.name = "control", .metrics = rows};
  must_complain(&family, words);
}

/* Two rows: a real one, and a copy of it under the name of a metric that is not there. */
static Metric *copy_of(const char *name) {
  memset(rows, 0, sizeof rows);
  rows[0] = rows[1] = *real_metric(name);
  rows[1].name = "copied_at";
  rows[1].summary = "A copy.";
  rows[1].example = "SELECT copied_at(1, 1)";
  return &rows[1];
}

static double other_term(const Row *row) { return row->pred; }
static double any_cutoff(double cutoff) { return cutoff; }
static double flagged(const Confusion2 *t, const double *param) { return t->tp + t->fp; }

/* Mistakes that once gave wrong answers without a word, and their kin. */
static void control_states(void) {
  Metric *m = copy_of("mae");
  m->term = other_term;
  control("average different terms");
  m = copy_of("roc_auc");
  rows[2] = *real_metric("log_sum_exp");
  m->state_name = mlm_state_name(&rows[2]);
  control("states of different kinds");
  m = copy_of("top_k_accuracy");
  m->args[2] = ARG_WEIGHT, m->args[3] = ARG_END, m->required = 2;
  control("other parameters of the state");
  m = copy_of("mae");
  m->state = &mlm_moments_state, m->term = NULL;
  m->state_name = "else";
  control("its evaluation is for another kind of state");
  m = copy_of("mae");
  m->state_name = "else", m->term = NULL;
  control("a mean has a .term");
  m = copy_of("mae");
  m->state_name = "a_name_that_is_much_too_long_to_be_saved";
  control("longer than MLM_STATE_NAME_BYTES");
  m = copy_of("f1_at");
  m->formula.confusion2 = flagged;
  control("use SEARCH_HIGHEST_SCAN");
}

static void control_signatures(void) {
  Metric *m = copy_of("partial_roc_auc");
  m->args[3] = ARG_BINS, m->args[4] = ARG_END;
  control("go to the same slot");
  m = copy_of("mse");
  m->required = 3;
  control("the weight must be optional");
  m = copy_of("mse");
  m->args[2] = ARG_END, m->required = 3;
  control(".required is more than");
  m = copy_of("mse");
  m->args[2] = m->args[3] = m->args[4] = m->args[5] = m->args[6] = ARG_PRED, m->args[7] = ARG_END;
  control("more plain numbers than MLM_ROW_NUMBERS");
  m = copy_of("mse");
  m->args[2] = ARG_METHOD, m->args[3] = ARG_END, m->required = 3;
  control("skippable argument must be optional");
  m = copy_of("mse");
  m->args[2] = ARG_METHOD, m->args[3] = ARG_OBJECTIVE, m->args[4] = ARG_END;
  control("there must be no other text");
  m = copy_of("mse");
  m->args[0] = ARG_PROBS_VARIADIC;
  control("behind variadic arguments none can be left out");
  m = copy_of("mse");
  m->args[2] = ARG_SCORE_SET, m->args[3] = ARG_END;
  control("takes no argument of this kind");
  m = copy_of("mse");
  m->args[2] = ARG_KINDS, m->args[3] = ARG_END;
  control("argument kind that arg_specs.c does not know");
}

static void control_help(void) {
  Metric *m = copy_of("mse");
  m->summary = NULL;
  control(".summary must be");
  m = copy_of("mse");
  m->summary = rows[0].summary;
  control("its summary is that of mse");
  m = copy_of("mse");
  m->example = rows[0].example;
  control(".example must call");
  copy_of("mse");
  rows[2] = rows[0];
  control("rows of one name must follow each other");
  copy_of("mse");
  rows[1] = rows[2] = rows[3] = rows[0];
  rows[0].args[0] = rows[1].args[0] = rows[2].args[0] = ARG_VECTOR;
  control("more rows than MLM_OVERLOADS");
  copy_of("mse");
  rows[1] = rows[0];
  control("of two overloads one must begin with a vector");
  m = copy_of("mse");
  rows[1] = rows[0];
  m->args[0] = ARG_VECTOR, m->state_name = "else";
  control("overloads must have one state");
}

static void control_tables(void) {
  static const Interval bare = {.methods = {"guess"}};
  Metric *m = copy_of("mse");
  m->interval = &bare;
  control("its interval needs an evaluation");
  m = copy_of("f1_samples");
  m->most = 0;
  control("its interval needs .most");
  m = copy_of("roc_auc");
  m->most = 1;
  control("its interval reads no .most");
  m = copy_of("mse");
  m->least = any_cutoff;
  control("its interval reads no .least");
  m = copy_of("mse");
  rows[1] = rows[0];
  m->args[0] = ARG_VECTOR, m->most = 1;
  control("overloads must have one state");
  Scalar scalars[2] = {{0}};
  const Family of_scalars = {.name = "control", .scalars = scalars};
  for (int i = 0; mlm_family_at(i); i++)
    if (mlm_family_at(i)->scalars && !scalars[0].name) scalars[0] = mlm_family_at(i)->scalars[0];
  scalars[0].result = RESULT_JSON;
  must_complain(&of_scalars, "a .value is a number");
  TableFunction tables[2] = {{0}};
  const Family of_tables = {.name = "control", .tables = tables};
  for (int i = 0; mlm_family_at(i); i++)
    if (mlm_family_at(i)->tables && !tables[0].name) tables[0] = mlm_family_at(i)->tables[0];
  tables[0].args[0] = ARG_WEIGHT, tables[0].required = 0;
  must_complain(&of_tables, "no rows to read this kind");
  tables[0].args[0] = ARG_CUTOFF;
  must_complain(&of_tables, "has the name of a column");
  const Family of_both = {.name = "control", .metrics = rows, .scalars = scalars};
  copy_of("mse");
  scalars[0].name = "mse", scalars[0].result = RESULT_REAL, scalars[0].example = "SELECT mse(1, 2)";
  must_complain(&of_both, "two tables have a function of this name");
}

static void must_complain_of(ArgSpec spec, const char *words) {
  complain_quietly = true;
  complaints = 0;
  check_spec(&spec, 0);
  complain_quietly = false;
  if (complaints != 1 || !strstr(first_complaint, words))
    failed("the control '%s' drew %d complaints, the first '%s'", words, complaints, first_complaint);
  else
    passed();
}

static void control_specs(void) {
  ArgSpec beta = mlm_arg_specs[ARG_BETA];
  beta.fallback = 0;
  must_complain_of(beta, "out of its own range");
  beta = mlm_arg_specs[ARG_BETA];
  beta.slot = MLM_PARAMS;
  must_complain_of(beta, "below MLM_PARAMS");
  beta = mlm_arg_specs[ARG_BETA];
  beta.must = NULL;
  must_complain_of(beta, "messages need .must");
  beta = mlm_arg_specs[ARG_BETA];
  beta.skippable = true;
  must_complain_of(beta, "only a text may be skippable");
  ArgSpec k = mlm_arg_specs[ARG_K];
  k.slot = 1;
  must_complain_of(k, "must be in slot 0");
  ArgSpec width = mlm_arg_specs[ARG_WIDTH];
  width.hi++;
  must_complain_of(width, "its range is not the one that .must says");
  width = mlm_arg_specs[ARG_WIDTH];
  width.integral = false;
  must_complain_of(width, ".integral and .must disagree");
  must_complain_of((ArgSpec){.name = NULL}, "has no row in arg_specs.c");
}

/* Not inlined: what is called next has its variables in the same place. */
MLM_NOINLINE static void fill_stack(void) {
  volatile char room[8192];
  for (size_t i = 0; i < sizeof room; i++) room[i] = 1;
}

/* A default that is integral is shown without ".0", whatever was on the stack. */
static void check_shown_default(void) {
  StrBuf text = {.limit = 99, .host = &host};
  fill_stack();
  mlm_arg_show(ARG_BINS, &text);
  expect(text.n == 7 && memcmp(text.bytes, "bins=10", 7) == 0, "the length of a default", (long)text.n);
  release(text.bytes);
}

int main(void) {
  const Family *all[64] = {NULL};
  for (int i = 0; i < 63 && mlm_family_at(i); i++) all[i] = mlm_family_at(i);
  control_states();
  control_signatures();
  control_help();
  control_tables();
  control_specs();
  for (int kind = ARG_END + 1; kind < ARG_KINDS; kind++) check_spec(&mlm_arg_specs[kind], kind);
  check_families(all);
  check_shown_default();
  return end_of_tests();
}
