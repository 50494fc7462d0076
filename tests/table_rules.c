/* What must hold for every row of the tables of functions, where the compiler cannot see it: see
 * table_rules.h. */
#include "table_rules.h"

#include <float.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "function.h"
#include "metrics/mean_interval.h"
#include "state/keyed.h"
#include "state/mean_moments.h"
#include "unit.h"

/* ---- complaints ---- */

bool complain_quietly;
int complaints;
char first_complaint[COMPLAINT];

static void complain(const char *format, ...) {
  char text[COMPLAINT];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (complaints++ == 0) memcpy(first_complaint, text, sizeof text);
  if (!complain_quietly) failed("%s", text);
}

static void demand(bool right, const char *name, const char *what) {
  if (!right)
    complain("%s: %s", name, what);
  else if (!complain_quietly)
    passed();
}

/* ---- what is checked: all families, or those of a control ---- */

static const Family *const *families;

static bool same_text(const char *a, const char *b) { return strcmp(a ? a : "", b ? b : "") == 0; }

/* Of a kind that is none, a row without anything. */
static const ArgSpec *spec_of(ArgKind kind) {
  static const ArgSpec nothing;
  return kind < ARG_KINDS ? &mlm_arg_specs[kind] : &nothing;
}

static void each_metric(void (*visit)(const Metric *)) {
  for (const Family *const *family = families; *family; family++)
    for (const Metric *m = (*family)->metrics; m && m->name; m++) visit(m);
}

static bool is_number_param(const ArgSpec *spec) {
  return spec->shape == SHAPE_PARAMETER || spec->shape == SHAPE_CHOICE;
}

/* ---- kinds of argument ---- */

static void check_param(const ArgSpec *spec) {
  bool number = is_number_param(spec);
  demand(!number || spec->slot < MLM_PARAMS, spec->name, "its slot must be below MLM_PARAMS");
  demand(spec->role != ROLE_STATE || spec->shape == SHAPE_PARAMETER, spec->name,
         "a parameter of the state must be a number: Row.held keeps it");
  demand(spec->shape != SHAPE_CHOICE || (spec->choices && spec->choices[0]), spec->name,
         "a choice needs .choices");
  demand(spec->shape != SHAPE_PARSED || spec->parser, spec->name, "a parsed text needs a .parser");
  if (spec->shape == SHAPE_PARAMETER)
    demand(spec->fallback != spec->fallback || mlm_arg_allows(spec, spec->fallback), spec->name,
           "its default is out of its own range; where there is none write .fallback = NAN");
}

/* Reads the range that words say: "an integer from 0 to 2^53". False: they say none, and the table must have
 * none. */
static bool read_range(const char *words, double *lo, double *hi) {
  static const double above_0 = 0x1p-1074, below_1 = 1 - 0x1p-53;
  static const struct {
    const char *words;
    double lo, hi;
  } known[] = {{"a number", -INFINITY, INFINITY},
               {"a number or a date such as '2001-05-31'", -INFINITY, INFINITY},
               {"a key", -INFINITY, INFINITY},
               {"a name", -INFINITY, INFINITY},
               {"finite", -DBL_MAX, DBL_MAX},
               {"finite and >= 0", 0, DBL_MAX},
               {"finite and > 0", above_0, DBL_MAX},
               {"> 0", above_0, INFINITY},
               {"within [0,1]", 0, 1},
               {"within [0,1)", 0, below_1},
               {"within (0,1]", above_0, 1},
               {"within (0,1)", above_0, below_1},
               {"0 or 1", 0, 1},
               {"0 or 1, or a word for it", 0, 1},
               {"0 for the reference or 1 for the current rows", 0, 1}};
  int from, to, power;
  int n = sscanf(words, "an integer from %d to %d^%d", &from, &to, &power);
  for (size_t i = 0; i < sizeof known / sizeof *known && n < 2; i++) {
    if (strcmp(words, known[i].words) != 0) continue;
    *lo = known[i].lo, *hi = known[i].hi;
    return true;
  }
  if (n >= 2) *lo = from, *hi = n == 3 ? pow(to, power) : to;
  return n >= 2;
}

/* The range is the one that .must says; where that is any number, the table may leave the range out. */
static void check_words(const ArgSpec *spec) {
  double lo = 0, hi = 0;
  bool said = read_range(spec->must, &lo, &hi), may_be_absent = lo == -INFINITY && spec->lo == spec->hi;
  demand(may_be_absent || (spec->lo == lo && spec->hi == hi), spec->name,
         "its range is not the one that .must says");
  bool decisions = spec->shape == SHAPE_VECTOR && strcmp(spec->must, "0 or 1") == 0;
  demand(spec->integral == (decisions || (said && strncmp(spec->must, "an integer", 10) == 0)), spec->name,
         ".integral and .must disagree");
}

void check_spec(const ArgSpec *spec, int kind) {
  bool known = spec->name && spec->shape != SHAPE_NONE;
  if (!known) complain("argument kind %d has no row in arg_specs.c", kind);
  if (!known) return;
  bool text = spec->shape == SHAPE_CHOICE || spec->shape == SHAPE_PARSED;
  demand(spec->must || spec->shape == SHAPE_STATE || spec->shape == SHAPE_PARSED || spec->choices, spec->name,
         "messages need .must: \"NAME must be …\"");
  demand(spec->lo <= spec->hi, spec->name, "its range is empty");
  if (spec->must) check_words(spec);
  demand(text || is_number_param(spec) || spec->role == ROLE_ROW, spec->name,
         "what is neither number, choice nor parsed text must have ROLE_ROW");
  demand(!spec->skippable || text, spec->name, "only a text may be skippable: it is known by its type");
  demand((spec->state == NULL) == (spec->state_name == NULL), spec->name,
         "give .state and .state_name, or neither");
  if (spec->state_name)
    demand(mlm_state_type_named(spec->state_name) != NULL, spec->name,
           "no metric saves a state of its .state_name");
  check_param(spec);
  demand(spec->role != ROLE_STATE || spec->slot == 0, spec->name,
         "a parameter of the state must be in slot 0, where the fast paths look for it");
}

/* ---- signatures ---- */

/* Whether two arguments go to the same place. */
static bool share_a_slot(ArgKind a, ArgKind b) {
  const ArgSpec *x = spec_of(a), *y = spec_of(b);
  if (x->parser && y->parser) return true; /* Params.parsed */
  if (x->shape == SHAPE_PARSED || y->shape == SHAPE_PARSED) return false;
  if (is_number_param(x) != is_number_param(y)) return false;
  if (is_number_param(x)) return x->slot == y->slot || (x->role == ROLE_STATE && y->role == ROLE_STATE);
  bool numbered = mlm_arg_is_numbered(x) || mlm_arg_is_numbered(y);
  if (x->shape == SHAPE_INDEX || y->shape == SHAPE_INDEX) return x->shape == y->shape;
  bool state = x->shape == SHAPE_STATE || y->shape == SHAPE_STATE; /* each has a place of its own */
  return !numbered && !state && x->slot == y->slot;
}

static void check_slots(const char *name, const ArgKind *args) {
  for (int i = 0; args[i]; i++)
    for (int j = 0; j < i; j++)
      if (share_a_slot(args[i], args[j]))
        complain("%s: %s and %s go to the same slot; give one of them another in arg_specs.c", name,
                 spec_of(args[j])->name, spec_of(args[i])->name);
}

static void check_skippable(const char *name, const ArgKind *args, int required) {
  for (int i = 0; args[i]; i++) {
    if (!spec_of(args[i])->skippable) continue;
    const ArgShape next = args[i + 1] ? spec_of(args[i + 1])->shape : SHAPE_NONE;
    demand(i >= required, name, "a skippable argument must be optional");
    demand(next != SHAPE_CHOICE && next != SHAPE_PARSED && next != SHAPE_CLASS, name,
           "behind a skippable text there must be no other text: types tell them apart");
  }
}

/* Of any function; args as it is called, with level and method where it is an interval. */
static void check_signature(const char *name, const ArgKind *args, int required) {
  int n = 0, numbers = 0, sets = 0;
  for (; n < MLM_MAX_ARGS && args[n]; n++) {
    bool known = args[n] > ARG_END && args[n] < ARG_KINDS && spec_of(args[n])->name;
    demand(known, name, "it has an argument kind that arg_specs.c does not know");
    if (!known) return;
    numbers += mlm_arg_is_numbered(spec_of(args[n]));
    sets += spec_of(args[n])->shape == SHAPE_STATE;
    demand(n == 0 || spec_of(args[n])->shape != SHAPE_VARIADIC, name, "a variadic argument must come first");
    demand(spec_of(args[n])->shape != SHAPE_WEIGHT || n >= required, name,
           "the weight must be optional: lower .required");
  }
  demand(n < MLM_MAX_ARGS, name, "there are more arguments, level and method included, than MLM_MAX_ARGS");
  if (n == MLM_MAX_ARGS) return;
  demand(required >= 0 && required <= n, name, ".required is more than there are arguments");
  demand(n == 0 || spec_of(args[0])->shape != SHAPE_VARIADIC || required == n, name,
         "behind variadic arguments none can be left out: their number tells which is which");
  demand(numbers <= MLM_ROW_NUMBERS, name, "there are more plain numbers than MLM_ROW_NUMBERS");
  demand(sets <= MLM_ROW_SETS, name, "there are more saved sets than MLM_ROW_SETS");
  check_slots(name, args);
  check_skippable(name, args, required);
}

/* ---- names, summaries, examples ---- */

static bool ends_well(const char *text) {
  size_t n = strlen(text);
  return n > 0 && strchr(".}", text[n - 1]) != NULL;
}

static void check_help(const char *name, const char *summary, const char *example) {
  demand(name[0] && strlen(name) < 56, name,
         "its name must have 1 to 55 letters: the suffix of a form follows");
  demand(summary && ends_well(summary), name, ".summary must be a sentence with a full stop");
  demand(example && strncmp(example, "SELECT ", 7) == 0, name,
         ".example must be a query that begins with SELECT");
  demand(!example || strstr(example, name), name, ".example must call the function");
}

/* One function name with all of its table: rows of one name must follow each other. */
typedef struct Named {
  const void *table;
  const char *name, *summary;
  int row;
} Named;
enum { MOST_NAMED = 2000 };
static Named named[MOST_NAMED];
static int n_named;

static void add_name(const void *table, const char *name, const char *summary, int row) {
  if (n_named == MOST_NAMED) complain("%s: more rows than MOST_NAMED, which is to be raised", name);
  if (n_named < MOST_NAMED) named[n_named++] = (Named){table, name, summary, row};
}

static void collect_names(void) {
  n_named = 0;
  for (const Family *const *f = families; *f; f++) {
    for (const Metric *m = (*f)->metrics; m && m->name; m++)
      add_name((*f)->metrics, m->name, m->summary, (int)(m - (*f)->metrics));
    for (const Scalar *s = (*f)->scalars; s && s->name; s++)
      add_name((*f)->scalars, s->name, s->summary, (int)(s - (*f)->scalars));
    for (const TableFunction *t = (*f)->tables; t && t->name; t++)
      add_name((*f)->tables, t->name, t->summary, (int)(t - (*f)->tables));
  }
}

static void check_names(void) {
  collect_names();
  for (int i = 0; i < n_named; i++) {
    int rows = 1;
    for (int j = 0; j < i; j++) {
      const Named *a = &named[j], *b = &named[i];
      bool same = strcmp(a->name, b->name) == 0;
      if (!same && same_text(a->summary, b->summary))
        complain("%s: its summary is that of %s", b->name, a->name);
      if (!same) continue;
      if (a->table != b->table) complain("%s: two tables have a function of this name", b->name);
      rows++;
      for (int k = j + 1; k < i; k++)
        if (strcmp(named[k].name, b->name) != 0)
          complain("%s: rows of one name must follow each other, %s stands between", b->name, named[k].name);
    }
    if (rows > MLM_OVERLOADS) complain("%s: it has more rows than MLM_OVERLOADS", named[i].name);
  }
}

/* ---- metrics ---- */

/* Intervals of means are cut to the range of a row's value, and no others. */
static void check_range(const Metric *m) {
  const Interval *in = m->interval;
  bool hall = in == &mlm_hall_interval || in == &mlm_root_hall_interval, cut = hall || in == &mlm_t_interval;
  demand(
      cut ? m->most > 0 : m->most == 0, m->name,
      cut ? "its interval needs .most, the most that a row's value can be: INFINITY where there is no bound"
          : "its interval reads no .most");
  demand(!m->least || (cut && !hall), m->name, "its interval reads no .least");
}

/* What goes together in the MLM_OF_…() macros. */
static const struct {
  Evaluate *eval;
  const StateType *state[4];
} pairs[] = {{mlm_eval_mean, {&mlm_mean_state}},
             {mlm_eval_confusion2, {&mlm_confusion2_state}},
             {mlm_eval_confusion2_full, {&mlm_confusion2_state, &mlm_paired_hits_state}},
             {mlm_eval_moments, {&mlm_moments_state}},
             {mlm_eval_scores, {&mlm_scores_state}},
             {mlm_eval_scores_full, {&mlm_scores_state}},
             {mlm_eval_matrix, {&mlm_confusion_matrix_state, &mlm_confusion_matrix_unordered_state}},
             {mlm_eval_matrix_full, {&mlm_confusion_matrix_state, &mlm_confusion_matrix_unordered_state}},
             {mlm_eval_log_sum, {&mlm_log_sum_state}},
             {mlm_eval_rows, {&mlm_rows_state, &mlm_value_rows_state, &mlm_query_rows_state}},
             {mlm_eval_joint_moments, {&mlm_joint_moments_state}},
             {mlm_eval_sum_ratio, {&mlm_sum_ratio_state}},
             {mlm_eval_vector_sums, {&mlm_vector_sums_state}}};

/* What keeps the value that the term gives of a row. */
static const StateType *const of_terms[] = {&mlm_mean_state, &mlm_mean_moments_state, &mlm_sum_ratio_state,
                                            &mlm_value_rows_state};

static bool is_among(const StateType *state, const StateType *const *list, size_t n) {
  bool found = false;
  for (size_t i = 0; i < n; i++) found |= list[i] == state;
  return found;
}

static void check_evaluation(const Metric *m) {
  if (m->result == RESULT_STATE) {
    demand(m->state && !m->eval, m->name, "a set has a state and no evaluation: use MLM_SET_OF()");
    return;
  }
  demand(m->state && m->eval, m->name, "it needs a state and an evaluation: use MLM_OF_…()");
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    if (pairs[i].eval != m->eval) continue;
    demand(m->formula.mean, m->name, "use MLM_OF_…() for state, evaluation and formula");
    demand(is_among(m->state, pairs[i].state, 4), m->name,
           "its evaluation is for another kind of state: use MLM_OF_…() and nothing by hand");
  }
  demand(is_among(m->state, of_terms, sizeof of_terms / sizeof *of_terms) == (m->term != NULL), m->name,
         "a mean has a .term, as every state of one value a row, and nothing else has");
}

static bool is_method(const char *method) {
  for (const char *const *choice = spec_of(ARG_METHOD)->choices; *choice; choice++)
    if (strcmp(*choice, method) == 0) return true;
  return false;
}

static void check_interval(const Metric *m) {
  const Interval *in = m->interval;
  if (!in) return;
  demand(m->result == RESULT_REAL || m->result == RESULT_COUNT, m->name, "only a number has an interval");
  demand(in->eval && in->summary && in->methods[0], m->name,
         "its interval needs an evaluation, a method, a summary");
  for (int i = 0; i < MLM_METHODS && in->methods[i]; i++)
    demand(is_method(in->methods[i]), m->name, "a method of its interval is not in the list of arg_specs.c");
  /* States that are loaded alike have one form. */
  demand((in->state && in->state->load != m->state->load) == (in->state_name != NULL), m->name,
         "an interval that keeps another state needs a .state_name, and only such a one");
}

static void check_metric(const Metric *m) {
  check_help(m->name, m->summary, m->example);
  check_evaluation(m);
  check_interval(m);
  check_range(m);
  demand(m->required >= 1, m->name, "an aggregate must have a required argument");
  for (const Form *form = mlm_forms; form->suffix; form++) {
    if (!mlm_form_applies(form, m)) continue;
    ArgKind args[2 * MLM_MAX_ARGS] = {ARG_END};
    const char *suffix = form->interval && m->interval->state_name ? m->interval->state_name : "";
    demand(strlen(mlm_state_name(m)) + strlen(suffix) < MLM_STATE_NAME_BYTES, m->name,
           "the name of its state is longer than MLM_STATE_NAME_BYTES allows");
    mlm_form_args(form, m, args);
    check_signature(m->name, args, m->required);
  }
  for (const ArgKind *arg = m->args; *arg; arg++)
    demand((spec_of(*arg)->shape != SHAPE_STATE || mlm_keyed_inner(m->state))
               && spec_of(*arg)->shape != SHAPE_F64_BLOB,
           m->name, "an aggregate reads saved states by itself: it takes no argument of this kind");
}

/* Rows of one name are overloads: they fill one state, and their first argument tells them apart. */
static void check_overloads(const Metric *m) {
  if (!m[1].name || strcmp(m[0].name, m[1].name) != 0) return;
  const Metric *other = m + 1;
  demand(m->state == other->state && m->eval == other->eval && m->result == other->result
             && m->interval == other->interval && m->most == other->most && m->least == other->least
             && same_text(mlm_state_name(m), mlm_state_name(other)),
         m->name, "overloads must have one state, state_name, evaluation, result, interval and range");
  bool vector =
      (spec_of(m->args[0])->shape == SHAPE_VECTOR) != (spec_of(other->args[0])->shape == SHAPE_VECTOR);
  demand(vector || m[2].name || mlm_keyed_inner(m->state), m->name,
         "of two overloads one must begin with a vector, else the second is never chosen");
}

/* ---- states that are shared ---- */

static bool has_term(const Metric *rows, double (*term)(const Row *)) {
  bool found = false;
  for (const Metric *m = rows; m->name && strcmp(m->name, rows->name) == 0; m++) found |= m->term == term;
  return found;
}

/* Plain numbers of a row, which a state of kind rows remembers. */
static int columns_of(const Metric *m) {
  int n = 0;
  for (const ArgKind *arg = m->args; *arg; arg++) n += mlm_arg_is_numbered(spec_of(*arg));
  return n;
}

static bool same_state_params(const Metric *a, const Metric *b) {
  for (int turn = 0; turn < 2; turn++)
    for (const ArgKind *arg = (turn ? a : b)->args; *arg; arg++) {
      bool found = spec_of(*arg)->role != ROLE_STATE;
      for (const ArgKind *other = (turn ? b : a)->args; *other; other++) found |= *other == *arg;
      if (!found) return false;
    }
  return true;
}

static const Metric *first_row(const Family *family, const Metric *m) {
  while (m > family->metrics && strcmp(m[-1].name, m->name) == 0) m--;
  return m;
}

/* What is saved under the name of a form's state. A light form reads that too. */
static const StateType *saved_state(const Form *form, const Metric *m) {
  return m->light && !form->interval ? m->state : mlm_form_state(form, m);
}

static void compare(const Metric *a, const Metric *b, const Form *form, const Metric *rows_of_a) {
  char one[2 * MLM_STATE_NAME_BYTES], two[2 * MLM_STATE_NAME_BYTES];
  if (!mlm_form_applies(form, a) || !mlm_form_applies(form, b)) return;
  mlm_form_state_name(form, a, one);
  mlm_form_state_name(form, b, two);
  if (strcmp(one, two) != 0) return;
  if (saved_state(form, a)->save != saved_state(form, b)->save)
    complain(
        "%s and %s have one state_name, '%s', but states of different kinds; give one of them another name",
        a->name, b->name, one);
  else if (!has_term(rows_of_a, b->term))
    complain(
        "%s and %s have one state_name, '%s', but average different terms; give one of them another name",
        a->name, b->name, one);
  else if (!same_state_params(a, b) && strcmp(a->name, b->name) != 0)
    complain("%s and %s have one state_name, '%s', but other parameters of the state", a->name, b->name, one);
  else if (a->state == &mlm_rows_state && columns_of(a) != columns_of(b) && strcmp(a->name, b->name) != 0)
    complain("%s and %s have one state_name, '%s', but rows of different lengths", a->name, b->name, one);
}

static void check_shared_states(void) {
  for (const Family *const *f = families; *f; f++)
    for (const Metric *a = (*f)->metrics; a && a->name; a++)
      for (const Family *const *g = families; *g; g++)
        for (const Metric *b = (*g)->metrics; b && b->name; b++)
          for (const Form *form = mlm_forms; form->suffix; form++)
            if (a != b && strlen(mlm_state_name(a)) < MLM_STATE_NAME_BYTES)
              compare(a, b, form, first_row(*f, a));
}

/* ---- searches ---- */

static const Confusion2 *table_of(Confusion2 *t, int tp, int fp, int p, int n) {
  *t = (Confusion2){.tp = tp, .fp = fp, .tn = n - fp, .fn = p - tp, .counts = true};
  return t;
}

/* Whether the step makes the metric better, which a search takes for impossible. */
static bool gets_better(const Metric *m, const Confusion2 *from, const Confusion2 *to) {
  const double param[2] = {2, 5}, a = m->formula.confusion2(from, param),
               b = m->formula.confusion2(to, param);
  return m->search == SEARCH_LOWEST ? b < a : b > a;
}

/* Small tables are enough to find a metric that is not monotone; tests/best_cutoff.c goes on to rounding. */
static bool is_monotone(const Metric *m) {
  enum { MOST = 6 };
  Confusion2 here, more, fewer;
  for (int p = 0; p <= MOST; p++)
    for (int n = 0; n <= MOST; n++)
      for (int tp = 0; tp <= p; tp++)
        for (int fp = 0; fp <= n; fp++) {
          table_of(&here, tp, fp, p, n);
          if (fp < n && gets_better(m, &here, table_of(&more, tp, fp + 1, p, n))) return false;
          if (tp > 0 && gets_better(m, &here, table_of(&fewer, tp - 1, fp, p, n))) return false;
        }
  return true;
}

static void check_search(const Metric *m) {
  if (m->search == SEARCH_NONE) return;
  bool fits = m->eval == mlm_eval_confusion2 && m->args[0] == ARG_SCORE && m->args[2] == ARG_CUTOFF;
  size_t n = strlen(m->name);
  demand(fits, m->name, ".search is for MLM_OF_CONFUSION2 over (score, label, cutoff, …)");
  demand(n > 3 && strcmp(m->name + n - 3, "_at") == 0, m->name,
         "the name of an objective is one in _at without it");
  if (fits && m->search != SEARCH_HIGHEST_SCAN)
    demand(is_monotone(m), m->name,
           "a false alarm more or a hit less makes it better: use SEARCH_HIGHEST_SCAN, or no .search");
}

/* ---- scalars and table functions ---- */

static void check_scalar(const Scalar *s) {
  check_help(s->name, s->summary, s->example);
  check_signature(s->name, s->args, s->required);
  demand((s->value != NULL) != (s->eval != NULL), s->name, "a scalar has .value or .eval");
  demand(!s->value || s->result == RESULT_REAL || s->result == RESULT_INTEGER, s->name,
         "a .value is a number: for any other .result write an .eval");
  for (const ArgKind *arg = s->args; *arg; arg++)
    demand(spec_of(*arg)->shape != SHAPE_WEIGHT, s->name,
           "a scalar has no rows to weigh: it takes no weight");
}

/* Whether a column of the table has this name. */
static bool is_column(const char *columns, const char *name) {
  size_t n = strlen(name);
  for (const char *at = columns; (at = strstr(at, name)); at += n)
    if ((at == columns || at[-1] == ' ') && (at[n] == 0 || at[n] == ',')) return true;
  return false;
}

static void check_table(const TableFunction *t) {
  check_help(t->name, t->summary, t->example);
  check_signature(t->name, t->args, t->required);
  demand(t->columns && t->next && t->column && t->cursor_bytes, t->name,
         "it needs columns, next, column, cursor_bytes");
  for (const ArgKind *arg = t->args; t->columns && *arg; arg++) {
    const ArgShape shape = spec_of(*arg)->shape;
    demand(shape < SHAPE_VECTOR && shape != SHAPE_WEIGHT && spec_of(*arg)->role != ROLE_STATE, t->name,
           "a table function has no rows to read this kind of argument for");
    demand(!is_column(t->columns, spec_of(*arg)->name), t->name,
           "an argument has the name of a column: arguments are hidden columns");
  }
}

void check_families(const Family *const *list) {
  families = list;
  each_metric(check_metric);
  each_metric(check_overloads);
  each_metric(check_search);
  check_shared_states();
  for (const Family *const *f = families; *f; f++) {
    for (const Scalar *s = (*f)->scalars; s && s->name; s++) check_scalar(s);
    for (const TableFunction *t = (*f)->tables; t && t->name; t++) check_table(t);
  }
  check_names();
}
