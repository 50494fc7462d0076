/* Decodes SQL arguments into a checked Row and parameters. */
#include "args.h"

#include <string.h>

#include "args_class.h"
#include "args_vector.h"
#include "base/date.h"
#include "base/bits.h"
#include "base/dirty_text.h"
#include "base/label_word.h"
#include "base/loose_number.h"
#include "load_state.h"
#include "sql_value.h"
#include "state_params.h"

static const ArgSpec *spec_of(ArgKind kind) { return &mlm_arg_specs[kind]; }

static bool takes_vector(const ArgKind *args) {
  return spec_of(args[0])->shape == SHAPE_VECTOR; /* a function of a float64 BLOB has one overload */
}

/* Whether the value can be the optional text: a TEXT that begins as it must, or is not a number. */
static bool is_text_for(const ArgSpec *spec, sqlite3_value *value) {
  bool exact;
  if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
  if (spec->opens) {
    const char *text = (const char *)sqlite3_value_text(value);
    size_t n = text ? (size_t)sqlite3_value_bytes(value) : 0;
    text = mlm_trim_front(text, &n);
    return n > 0 && *text == spec->opens;
  }
  double x = mlm_rounded_number_of(value, &exact);
  return x != x;
}

/* Matches the arguments with kinds, passing over optional texts that were left out; returns how many
 * matched. */
static int match(Call *call, const Overload *overload) {
  int n = 0;
  for (int i = 0; i < overload->n && n < call->argc; i++) {
    const ArgSpec *spec = spec_of(overload->args[i]);
    if (spec->skippable && !is_text_for(spec, call->argv[n])
        && sqlite3_value_type(call->argv[n]) != SQLITE_NULL && overload->args[i + 1])
      continue;
    call->matched[n] = overload->args[i];
    call->matched_place[n++] = overload->place[i];
  }
  call->matched[n] = ARG_END;
  call->args = call->matched;
  call->place = call->matched_place;
  return n;
}

/* Whether the overload takes this number of arguments, and saved states where these are given. */
static bool fits(const Call *call, const Overload *overload) {
  if (call->argc < overload->required || call->argc > overload->n) return false;
  for (int i = 0; i < call->argc; i++) {
    bool set = spec_of(overload->args[i])->shape == SHAPE_STATE;
    bool given = mlm_is_saved_state(call->argv[i]) && !mlm_is_packed(call->argv[i]);
    if (set ? !given && sqlite3_value_type(call->argv[i]) != SQLITE_NULL
            : given && spec_of(overload->args[i])->shape != SHAPE_KEY)
      return false;
  }
  return true;
}

/* For a function of rows or sets: the first overload that fits, or else the first. */
static int select_by_sets(const Call *call) {
  for (int o = 0; o < call->function->overloads; o++)
    if (fits(call, &call->function->overload[o])) return o;
  return 0;
}

bool mlm_select_overload(Call *call) {
  const FunctionDef *function = call->function;
  int chosen = 0;
  if (function->overloads > 1 && function->overload[function->overloads - 1].sets) {
    chosen = select_by_sets(call);
  } else if (function->overloads > 1) {
    bool vector = call->argc > 0 && mlm_looks_like_vector(call->argv[0]);
    while (chosen + 1 < function->overloads && takes_vector(function->overload[chosen].args) != vector)
      chosen++;
  }
  const Overload *overload = &function->overload[chosen];
  call->overload = chosen;
  call->args = overload->args;
  call->place = overload->place;
  call->required = overload->required;
  if (call->argc >= call->required && (call->argc <= overload->n || mlm_takes_variadic(overload->args)))
    if (!overload->skippable || match(call, overload) == call->argc) return true;
  call->args = overload->args;
  mlm_error_argument_count(call);
  return false;
}

/* The member of the row that holds an argument, where it has one of its own. */
static void *slot_of(Row *row, const ArgSpec *spec) { return (char *)row + spec->slot; }

static DecodeStatus ok_or_error(bool ok) { return ok ? DECODE_OK : DECODE_ERROR; }

KeepStatus mlm_keep_number(const Call *call, const ArgSpec *spec, double x, ParamStore *store) {
  Params *params = &store->params;
  bool given = params->given & mlm_param_bit(spec) || (spec->role == ROLE_STATE && store->started);
  double kept = params->given & mlm_param_bit(spec) ? params->number[spec->slot] : spec->fallback;
  if (given && kept != x) {
    if (spec->parser && kept == 0)
      mlm_error_text_changed_to(call, spec, spec->parser->text(params->parsed), x);
    else
      mlm_error_changed(call, spec, kept, x);
    return KEEP_ERROR;
  }
  params->number[spec->slot] = x;
  params->given |= mlm_param_bit(spec);
  return KEEP_OK;
}

static KeepStatus keep_choice(const Call *call, const ArgSpec *spec, const char *text, size_t n,
                              ParamStore *store) {
  Params *params = &store->params;
  int choice = 0;
  while (spec->choices[choice]
         && (strlen(spec->choices[choice]) != n || memcmp(spec->choices[choice], text, n) != 0))
    choice++;
  if (!spec->choices[choice]) return KEEP_WRONG;
  if (!(params->given & mlm_param_bit(spec)) || params->number[spec->slot] == choice)
    return mlm_keep_number(call, spec, choice, store);
  mlm_error_text_changed(call, spec, spec->choices[(int)params->number[spec->slot]], text, n);
  return KEEP_ERROR;
}

static KeepStatus keep_parsed(const Call *call, const ArgSpec *spec, const char *text, size_t n,
                              ParamStore *store) {
  ParsedText *parsed = &store->parsed;
  const TextParser *parser = spec->parser;
  if (store->params.given & mlm_param_bit(spec)) {
    bool number = !mlm_param_is_parsed(spec, &store->params);
    if (!number && parser->same(parsed->object, text, n)) return KEEP_OK;
    if (number)
      mlm_error_number_changed(call, spec, store->params.number[spec->slot], text, n);
    else
      mlm_error_text_changed(call, spec, parser->text(parsed->object), text, n);
    return KEEP_ERROR;
  }
  if (!parsed->object || !parser->same(parsed->object, text, n)) {
    mlm_parsed_clear(parsed);
    Status status = parser->parse(text, n, &mlm_memory, &parsed->object);
    if (status) {
      mlm_error_status(call, status);
      return KEEP_ERROR;
    }
    if (!parsed->object) return KEEP_WRONG;
  }
  store->params.parsed = parsed->object;
  store->params.given |= mlm_param_bit(spec);
  if (spec->shape == SHAPE_PARAMETER) store->params.number[spec->slot] = 0;
  return KEEP_OK;
}

KeepStatus mlm_keep_text(const Call *call, const ArgSpec *spec, const char *text, size_t n,
                         ParamStore *store) {
  return (spec->shape == SHAPE_CHOICE ? keep_choice : keep_parsed)(call, spec, text, n, store);
}

static DecodeStatus decode_number(const Call *call, int arg, const ArgSpec *spec, Row *row,
                                  ParamStore *store) {
  double x = mlm_number_of(call->argv[arg]);
  if (!mlm_arg_allows(spec, x)) return mlm_wrong_value(call, arg, spec, NULL);
  x += 0.0; /* -0.0 as 0.0: saved states hold it */
  if (spec->role == ROLE_STATE) row->held = x;
  if (store->params.given & mlm_param_bit(spec) && store->params.number[spec->slot] == x) return DECODE_OK;
  DecodeStatus status = mlm_wrong_or_out(call);
  return status == DECODE_ERROR ? ok_or_error(mlm_keep_number(call, spec, x, store) == KEEP_OK) : status;
}

/* Whether the interval of the metric has this method; any other text passes. */
static bool has_method(const Call *call, const ArgSpec *spec, const char *text, size_t n) {
  const Metric *metric = call->function->metric;
  /* unreachable: no metric, for only intervals of metrics have a method */
  if (spec != spec_of(ARG_METHOD) || !metric) return true;
  /* unreachable: the end of the array, which no metric fills */
  for (int i = 0; i < MLM_METHODS && metric->interval->methods[i]; i++)
    if (strlen(metric->interval->methods[i]) == n && memcmp(metric->interval->methods[i], text, n) == 0)
      return true;
  return false;
}

/* Keeps the text of a parameter, which differs from the one kept so far. */
static DecodeStatus keep_text(const Call *call, const ArgSpec *spec, sqlite3_value *value, const char *text,
                              size_t n, ParamStore *store) {
  if (!text && sqlite3_value_type(value) == SQLITE_TEXT) {
    mlm_error_status(call, MLM_NOMEM);
    return DECODE_ERROR;
  }
  if (text && !has_method(call, spec, text, n)) {
    mlm_error_method(call, call->function->metric->interval, value);
    return DECODE_ERROR;
  }
  KeepStatus status = text ? mlm_keep_text(call, spec, text, n, store) : KEEP_WRONG;
  if (status == KEEP_WRONG) mlm_error_wrong_text(call, spec, value);
  return ok_or_error(status == KEEP_OK);
}

static DecodeStatus decode_text(const Call *call, int arg, const ArgSpec *spec, ParamStore *store) {
  const char *text;
  size_t n;
  if (store->constant && spec->shape == SHAPE_PARSED) return DECODE_OK;
  bool parsed = spec->parser && store->params.parsed;
  if (mlm_text_of(call->argv[arg], &text, &n) && parsed && spec->parser->same(store->params.parsed, text, n))
    return DECODE_OK;
  DecodeStatus status = mlm_wrong_or_out(call);
  return status == DECODE_ERROR ? keep_text(call, spec, call->argv[arg], text, n, store) : status;
}

static DecodeStatus decode_parameter(const Call *call, int arg, const ArgSpec *spec, Row *row,
                                     ParamStore *store) {
  sqlite3_value *value = call->argv[arg];
  bool array = spec->parser && sqlite3_value_type(value) == SQLITE_TEXT && mlm_looks_like_vector(value);
  return array ? decode_text(call, arg, spec, store) : decode_number(call, arg, spec, row, store);
}

static bool is_index(double x, size_t n) { return x >= 0 && x < (double)n && x == (double)(int64_t)x; }

/* The index into the first vector, which has been read. */
static DecodeStatus decode_index(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  double x = mlm_number_of(call->argv[arg]);
  bool blob = sqlite3_value_type(call->argv[0]) == SQLITE_BLOB;
  if (row->preds.n == 1 && blob && mlm_takes_plain(call->function)) {
    mlm_error_one_entry(
        call); /* a float32 scalar of NumPy, not a vector: with one class every loss would be 0 */
    return DECODE_ERROR;
  }
  if (!is_index(x, row->preds.n)) {
    mlm_error_no_index(call, arg, spec, row->preds.n); /* NULL and weight 0 were already ruled out */
    return DECODE_ERROR;
  }
  row->index = (size_t)x;
  return DECODE_OK;
}

static DecodeStatus decode_dirty_text(const Call *call, int arg, const ArgSpec *spec, const char *text,
                                      size_t n, DecimalMark mark, double *x) {
  LooseNumber number;
  switch (mlm_read_loose_number(text, n, mark, &number)) {
  case LOOSE_NUMBER: *x = number.value; return DECODE_OK;
  case LOOSE_MISSING: return DECODE_NULL_ROW;
  default: mlm_error_wrong_value(call, arg, spec, NULL); return DECODE_ERROR;
  }
}

/* The decimal mark, a later argument, says how to read the number. */
static DecodeStatus decode_dirty_number(const Call *call, int arg, const ArgSpec *spec, double *x,
                                        ParamStore *store) {
  sqlite3_value *value = call->argv[arg];
  const ArgSpec *mark = spec_of(ARG_MARK);
  const char *text;
  size_t n;
  bool exact, given = arg + 1 < call->argc;
  DecodeStatus status = given ? decode_text(call, arg + 1, mark, store) : DECODE_OK;
  if (status != DECODE_OK) return status;
  if (mlm_text_of(value, &text, &n))
    return decode_dirty_text(call, arg, spec, text, n,
                             given ? (DecimalMark)(store->params.number[mark->slot] + 1) : MARK_EITHER, x);
  *x = mlm_rounded_number_of(value, &exact);
  return *x == *x ? DECODE_OK : mlm_wrong_value(call, arg, spec, NULL);
}

static DecodeStatus decode_dirty_label(const Call *call, int arg, const ArgSpec *spec, double *x) {
  const char *text;
  size_t n;
  *x = mlm_number_of(call->argv[arg]);
  if (mlm_text_of(call->argv[arg], &text, &n)) {
    LabelWord word = mlm_read_label(text, n);
    if (word == LABEL_MISSING) return DECODE_NULL_ROW;
    *x = word == LABEL_NONE ? NAN : (double)word;
  }
  return *x == 0 || *x == 1 ? DECODE_OK : mlm_wrong_value(call, arg, spec, NULL);
}

static DecodeStatus decode_set(const Call *call, int arg, const ArgSpec *spec, Row *row) {
  int i = 0;
  /* unreachable: a second set, which no function takes so far */
  while (row->sets[i].state) i++; /* no overload has more than MLM_ROW_SETS */
  DecodeStatus status = mlm_wrong_or_out(call);
  if (status != DECODE_ERROR) return status;
  Host host = call->context ? mlm_host(call->context) : mlm_host_of(call->function->connection->db);
  return ok_or_error(mlm_open_set(call, arg, spec, &row->sets[i], &host));
}

/* A plain number: nearly all arguments are. */
static inline DecodeStatus decode_plain(const Call *call, int arg, const ArgSpec *spec, double *x,
                                        const double *pred) {
  *x = mlm_number_of(call->argv[arg]);
  if (mlm_arg_allows(spec, *x)) return DECODE_OK;
  bool null = spec->allows_null && sqlite3_value_type(call->argv[arg]) == SQLITE_NULL;
  return null ? DECODE_OK : mlm_wrong_value(call, arg, spec, pred);
}

static DecodeStatus decode_one(const Call *call, int arg, const ArgSpec *spec, Row *row, ParamStore *store) {
  sqlite3_value *value = call->argv[arg];
  if (sqlite3_value_type(value) == SQLITE_NULL && spec->shape != SHAPE_RAW && spec->shape != SHAPE_KEY
      && spec->shape != SHAPE_ELEMENT)
    return mlm_wrong_or_out(call);
  switch (spec->shape) {
  case SHAPE_RAW: return mlm_decode_raw(call, value, slot_of(row, spec));
  case SHAPE_ELEMENT:
  case SHAPE_BYTES: return mlm_decode_value(call, arg, spec, slot_of(row, spec));
  case SHAPE_KEY: return mlm_decode_key(call, value, slot_of(row, spec));
  case SHAPE_DIRTY_NUMBER: return decode_dirty_number(call, arg, spec, slot_of(row, spec), store);
  case SHAPE_DIRTY_LABEL: return decode_dirty_label(call, arg, spec, slot_of(row, spec));
  case SHAPE_PARAMETER: return decode_parameter(call, arg, spec, row, store);
  case SHAPE_CHOICE:
  case SHAPE_PARSED: return decode_text(call, arg, spec, store);
  case SHAPE_INDEX: return decode_index(call, arg, spec, row);
  case SHAPE_VALUES: return mlm_decode_values(call, arg, spec, slot_of(row, spec));
  case SHAPE_STATE: return decode_set(call, arg, spec, row);
  case SHAPE_INDEX_OR_VECTOR:
    if (!mlm_looks_like_vector(value)) return decode_index(call, arg, spec, row);
    return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  case SHAPE_NUMBER_OR_VECTOR:
    if (!mlm_looks_like_vector(value)) return decode_plain(call, arg, spec, &row->param, NULL);
    return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  case SHAPE_VECTOR:
  case SHAPE_F64_BLOB: return mlm_decode_vector(call, arg, spec, slot_of(row, spec));
  default: return mlm_decode_class(call, arg, spec, row); /* SHAPE_CLASS: numbers are read elsewhere */
  }
}

/* A number, or the text of a date. */
static DecodeStatus decode_date(const Call *call, int arg, const ArgSpec *spec, double numbers[2]) {
  const char *text;
  size_t n;
  sqlite3_value *value = call->argv[arg];
  bool date = sqlite3_value_type(value) == SQLITE_TEXT && mlm_text_of(value, &text, &n)
              && mlm_parse_date(text, n, &numbers[0]);
  numbers[1] = date;
  return date ? DECODE_OK : decode_plain(call, arg, spec, &numbers[0], NULL);
}

/* Decodes arguments first to argc - 1 by args[0], args[1], … */
static DecodeStatus decode_args(const Call *call, const ArgKind *args, const uint8_t *place, int first,
                                Row *row, ParamStore *store) {
  for (int i = first; i < call->argc; i++) {
    const ArgSpec *spec = spec_of(args[i - first]);
    DecodeStatus status;
    if (call->packed && call->packed[i]) continue;
    if (mlm_arg_is_numbered(spec))
      status = decode_plain(call, i, spec, &row->x[place[i - first]], &row->pred);
    else if (spec->shape == SHAPE_WEIGHT)
      status = decode_plain(call, i, spec, &row->weight, NULL);
    else if (spec->shape == SHAPE_KEY_NUMBERS)
      status = mlm_decode_key_numbers(call, i, &row->x[place[i - first]]);
    else if (spec->shape == SHAPE_DATE_NUMBERS)
      status = decode_date(call, i, spec, &row->x[place[i - first]]);
    else
      status = decode_one(call, i, spec, row, store);
    if (status != DECODE_OK) return status;
  }
  return DECODE_OK;
}

/* Decodes a row whose first argument is a vector. */
static DecodeStatus decode_vectors(const Call *call, Row *row, ParamStore *store) {
  const ArgKind *args = call->args;
  const uint8_t *place = call->place;
  int variadic = 0;
  DecodeStatus status = mlm_wrong_or_out(call);
  if (status != DECODE_ERROR) return status;
  if (mlm_takes_variadic(args)) {
    const ArgSpec *first = spec_of(*args++);
    place++;
    variadic = call->argc - mlm_count_args(args); /* what follows the numbers is fixed */
    status = mlm_decode_variadic(call, variadic, first, &row->preds);
    if (status != DECODE_OK) return status;
  }
  status = decode_args(call, args, place, variadic, row, store);
  return status == DECODE_OK ? mlm_check_lengths(call, row) : status;
}

/* The first place of the overload after the arguments given; optional texts may have been left out before
 * them. */
static int place_after(const Call *call, const Overload *overload) {
  int i = call->argc;
  /* unreachable: no argument, for none of these functions is registered without any */
  if (overload->skippable && i > 0)
    while (i < overload->n && overload->args[i - 1] != call->args[call->argc - 1]) i++;
  return i;
}

/* Sets what a row has where arguments are left out, the parameter of the state included. */
static void begin_row(const Call *call, Row *row, const ParamStore *store) {
  const Overload *overload = &call->function->overload[call->overload];
  row->weight = 1;
  row->param = 1;
  row->held = 0;
  row->columns = overload->columns;
  row->preds.n = row->targets.n = row->params.n = 0;
  row->key.type = CLASS_NULL;
  row->sets[0].state = NULL;
  if (overload->sets) memset(row->sets, 0, sizeof row->sets);
  for (int i = place_after(call, overload); i < overload->n; i++)
    if (spec_of(overload->args[i])->role == ROLE_STATE) row->held = spec_of(overload->args[i])->fallback;
}

/* A row in a form that does not have some of the parameters of the state, which rows in another form gave:
 * their defaults, or an error. */
static bool agrees_with_forms(const Call *call, uint32_t missing, ParamStore *store) {
  const ArgSpec *list[MLM_PARAMS + 1];
  const int n = mlm_params_of(call->function, list);
  for (int i = 0; i < n; i++)
    /* unreachable: one that is not missing, for no function has two parameters of the state */
    if (list[i]->role == ROLE_STATE && missing & mlm_param_bit(list[i])
        && mlm_keep_number(call, list[i], list[i]->fallback, store) != KEEP_OK)
      return false;
  return true;
}

/* Keeps the defaults of parameters of the state that are left out: rows that give another value are then an
 * error. */
static bool keep_defaults(const Call *call, ParamStore *store) {
  const Overload *overload = &call->function->overload[call->overload];
  for (int i = place_after(call, overload); i < overload->n; i++) {
    const ArgSpec *spec = spec_of(overload->args[i]);
    if (spec->role == ROLE_STATE && mlm_keep_number(call, spec, spec->fallback, store) != KEEP_OK)
      return false;
  }
  const uint32_t missing = store->params.given & ~overload->takes;
  return missing == 0 || agrees_with_forms(call, missing, store);
}

DecodeStatus mlm_decode(Call *call, Row *row, ParamStore *store) {
  ArgShape first = spec_of(call->args[0])->shape;
  bool vectors = first == SHAPE_VECTOR || first == SHAPE_VARIADIC || first == SHAPE_F64_BLOB;
  begin_row(call, row, store);
  DecodeStatus status =
      vectors ? decode_vectors(call, row, store) : decode_args(call, call->args, call->place, 0, row, store);
  if (status != DECODE_OK) return status;
  if (row->weight == 0) return DECODE_ZERO_WEIGHT;
  if (!keep_defaults(call, store)) return DECODE_ERROR;
  store->started = true;
  return DECODE_OK;
}

bool mlm_check_row(const Call *call, RowCheck *check, const Row *row) {
  int arg;
  const char *must = check ? check(row, &arg) : NULL;
  if (!must) return true;
  ArgSpec spec = *spec_of(call->args[arg]);
  spec.must = must;
  spec.hint = HINT_NONE;
  mlm_error_wrong_value(call, arg, &spec, NULL);
  return false;
}

void mlm_after_state(const FunctionDef *function, int overload, bool set, Overload *after) {
  const Overload *from = &function->overload[overload];
  *after = (Overload){.n = 0};
  for (int i = 0; i < from->n; i++) {
    const ArgSpec *spec = spec_of(from->args[i]);
    bool final =
        spec->role == ROLE_FINAL && !function->form->saves; /* a _state call with two arguments adds a row */
    bool of_row =
        set && (spec->role == ROLE_STATE || (mlm_arg_is_numbered(spec) && i >= 2 && i < from->required));
    if (!final && !of_row) continue;
    after->place[after->n] = from->place[i];
    after->args[after->n++] = from->args[i];
    after->skippable |= spec->skippable;
    /* unreachable: a parameter of the state that may be left out, which no metric of scores has so far */
    if (of_row && i < from->required) after->required = after->n;
  }
}

DecodeStatus mlm_decode_after_state(Call *call, const Overload *after, Row *row, ParamStore *store) {
  int n = call->argc - 1;
  if (n < after->required || n > after->n) {
    mlm_error_after_state(call, after);
    return DECODE_ERROR;
  }
  row->weight = 1;
  row->param = 1;
  row->held = 0;
  Call rest = *call;
  rest.argv++;
  rest.argc = n;
  if (after->skippable && match(&rest, after) < n) {
    mlm_error_after_state(call, after);
    return DECODE_ERROR;
  }
  const ArgKind *args = after->skippable ? rest.matched : after->args;
  return decode_args(call, args, after->skippable ? rest.matched_place : after->place, 1, row, store);
}

bool mlm_params_complete(const Call *call, const Overload *overload, const ParamStore *store) {
  for (int i = 0; i < overload->n; i++) {
    const ArgSpec *spec = spec_of(overload->args[i]);
    if (spec->role != ROLE_FINAL) continue;
    if (store->conflicts & mlm_param_bit(spec)) {
      mlm_error_param_conflict(call, spec);
      return false;
    }
    if (i < overload->required && !(store->params.given & mlm_param_bit(spec))) {
      mlm_error_param_missing(call, spec);
      return false;
    }
  }
  return true;
}

void mlm_set_fast_args(FunctionDef *function) {
  const Overload *overload = &function->overload[0];
  int n = 0;
  for (int i = 0; i < overload->n; i++)
    if ((spec_of(overload->args[i])->role == ROLE_STATE && (i != 2 || overload->required <= i))
        || spec_of(overload->args[i])->shape == SHAPE_KEY)
      return; /* its default would have to be set in each row */
  for (; n < MLM_FAST_ARGS && n < overload->n; n++) {
    const ArgSpec *spec = spec_of(overload->args[n]);
    bool weight = spec->shape == SHAPE_WEIGHT, label = spec->shape == SHAPE_LABEL;
    if (spec->role == ROLE_STATE) { /* the third argument; there is one such parameter, in slot 0 */
      function->fast[n++] = (FastArg){.slot = (uint32_t)offsetof(Row, held), .held = true};
      break;
    }
    /* unreachable: a weight before the third place, or a label in the first, which no function has so far */
    if (spec->shape > SHAPE_LABEL || (weight && n < 2) || (label && n == 0) || spec->integral) break;
    bool any = spec->lo == -INFINITY; /* any number; otherwise the range begins at lo, and -0.0, like weight
                                         0, takes the slow path */
    if (!any && spec->lo < 0) break;  /* bits of both signs are not in the order of the numbers */
    uint64_t least = weight ? 1 : any ? 0 : mlm_double_bits(spec->lo);
    uint32_t slot = (uint32_t)(offsetof(Row, x) + sizeof(double) * overload->place[n]);
    function->fast[n] = (FastArg){.least = least,
                                  .span = any ? UINT64_MAX : mlm_double_bits(spec->hi) - least,
                                  .slot = weight ? (uint32_t)offsetof(Row, weight) : slot,
                                  .label = label,
                                  .weight = weight};
    function->ranged |= n < MLM_FAST_ARGS - 1 && !label && !any;
  }
  function->ranged |= function->metric && function->metric->check;
  function->fast_args = n;
}
