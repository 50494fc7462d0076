/* Every message of the extension: which function, which argument, what it got. */
#include "errors.h"

#include <stdarg.h>
#include <string.h>

#include "error_hints.h"
#include "label_hints.h"
#include "sql_value.h"
#include "vector_hints.h"

/* Reports the error of a call to its context or, in a table-valued function, to the table. Takes ownership of
 * the message. */
static void report(const Call *call, int rc, char *message) {
  if (!message && rc != SQLITE_INTERRUPT) rc = SQLITE_NOMEM;
  if (!call->context) {
    *call->rc = rc;
    *call->message = message;
    return;
  }
  if (message) sqlite3_result_error(call->context, message, -1);
  if (rc != SQLITE_ERROR) sqlite3_result_error_code(call->context, rc); /* leaves the message */
  sqlite3_free(message);
}

static Message begin(const Call *call) {
  Message message = {.call = call, .text = sqlite3_str_new(NULL), .rc = SQLITE_ERROR};
  mlm_put(&message, "%s: ", call->function->name);
  if (call->element) mlm_put(&message, "element %lld: ", (long long)call->element - 1);
  return message;
}

static void end(Message *message) {
  char *text = sqlite3_str_finish(message->text);
  if (message->failed) {
    sqlite3_free(text);
    text = NULL;
  }
  report(message->call, message->rc, text);
}

void mlm_error_say(const Call *call, const char *format, ...) {
  Message message = begin(call);
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(message.text, format, list);
  va_end(list);
  end(&message);
}

static bool takes(const Call *call, ArgKind kind) {
  return mlm_place_of(call->function->overload[call->overload].args, kind) > 0;
}

/* What is wrong with the rows or the set of a call, and what to do about it. */
static const char *sentence(const Call *call, Status status) {
  switch (status) {
  case MLM_FRACTIONAL:
    return "resampling draws whole rows, so weights must be integers up to 2^44; with others, bootstrap "
           "the query itself: multiply the weight by poisson_weight(key, replicate) and GROUP BY replicate";
  case MLM_TOO_MANY_DRAWS:
    return "resampling draws at most 2147483648 rows, each counted by its weight; take a sample of the rows";
  case MLM_OUT_OF_RANGE:
    return takes(call, ARG_TRIALS) ? "successes must not be more than trials"
                                   : "the metric takes probabilities, and the set holds scores outside [0,1]";
  case MLM_MISMATCH:
    if (takes(call, ARG_SCORE_B))
      return "the metric must be one of scores, such as 'roc_auc' or 'f1_at:0.5'; " MLM_COMPARE_CLASSES;
    if (takes(call, ARG_METRIC))
      return "the metric does not read such rows: a metric of scores, such as 'f1_at:0.5', needs a "
             "score_set, one of predicted classes, such as 'f1', a class_set";
    if (takes(call, ARG_ANY_SET)) return "the set must be that of score_set, class_set or pred_set";
    return "all vectors of a group must have the same number of elements";
  case MLM_INEXACT: return "an INTEGER beside REALs must be one that a REAL holds exactly; cast it to REAL";
  case MLM_CORRUPT: return "the saved state is damaged: its contents are inconsistent";
  default: return "too many rows: the sum of the weights exceeds 2^62";
  }
}

void mlm_error_status(const Call *call, Status status) {
  if (status == MLM_INTERRUPTED || status == MLM_NOMEM) {
    report(call, status == MLM_INTERRUPTED ? SQLITE_INTERRUPT : SQLITE_NOMEM, NULL);
    return;
  }
  Message message = begin(call);
  if (mlm_status_is_score(status)) {
    mlm_put(&message, "%ss must be classes, got scores", status == MLM_UNDECIDED ? "pred" : "label");
    mlm_hint_cutoff(&message);
  } else if (mlm_status_is_never_equal(status)) {
    mlm_say_never_equal(&message, status, NULL);
  } else if (status == MLM_TOOBIG) {
    message.rc = SQLITE_TOOBIG;
    mlm_put(&message, "the result would be longer than this connection allows (SQLITE_LIMIT_LENGTH)");
  } else {
    mlm_put(&message, "%s", sentence(call, status));
  }
  end(&message);
}

void mlm_result_status(sqlite3_context *context, Status status) {
  mlm_error_status(&(Call){.context = context, .function = sqlite3_user_data(context)}, status);
}

void mlm_error_refused(const Call *call, const Result *result) {
  Message message = begin(call);
  mlm_put(&message, result->kind == RESULT_REAL ? "%s, got " : "%s", result->why);
  if (result->kind == RESULT_REAL) mlm_put_number(&message, result->real);
  end(&message);
}

void mlm_error_is_score(sqlite3_context *context, bool label, double score) {
  Call call = {.context = context, .function = sqlite3_user_data(context)};
  Message message = begin(&call);
  mlm_say_score(&message, label, score);
  end(&message);
}

void mlm_error_never_equal(sqlite3_context *context, Status status, const StrBuf *text) {
  Call call = {.context = context, .function = sqlite3_user_data(context)};
  Message message = begin(&call);
  mlm_say_never_equal(&message, status, text);
  end(&message);
}

void mlm_error_unlisted(sqlite3_context *context, const StrBuf *name) {
  Call call = {.context = context, .function = sqlite3_user_data(context)};
  Message message = begin(&call);
  mlm_put(&message, "the class ");
  mlm_put_text(&message, name->n ? name->bytes : "", name->n);
  mlm_put(&message, " occurs and is not in classes; add it to the list");
  message.failed |= name->status != MLM_OK;
  end(&message);
}

void mlm_error_class_bytes(const Call *call, int arg, const ArgSpec *spec) {
  Message message = begin(call);
  mlm_put(&message, "%s must be a class, got ", spec->name);
  mlm_put_value(&message, call->argv[arg]);
  mlm_put(&message, " beside a number; if it is a NumPy number, bind int(x)");
  end(&message);
}

/* An INTEGER, or a TEXT that is one, between two doubles. */
static void error_inexact(const Call *call, const char *name, sqlite3_value *value) {
  Message message = begin(call);
  mlm_put(&message, "%s must be a number that a REAL holds exactly, got ", name);
  mlm_put_value(&message, value);
  mlm_put(&message, "; subtract a base first, or accept the rounding by to_number(%s)", name);
  end(&message);
}

void mlm_error_wrong_value(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  sqlite3_value *value = call->argv[arg];
  bool exact;
  double x = mlm_rounded_number_of(value, &exact);
  if (!exact && mlm_arg_allows(spec, x)) {
    error_inexact(call, spec->name, value);
    return;
  }
  bool number = x == x && spec->shape != SHAPE_DIRTY_NUMBER; /* such a text is refused for its decimal mark */
  bool any = spec->shape == SHAPE_NUMBER || spec->shape == SHAPE_VARIADIC || spec->shape == SHAPE_WEIGHT;
  Message message = begin(call);
  mlm_put(&message, "%s must be %s, got ", spec->name,
          number || !any                              ? spec->must
          : spec->shape == SHAPE_VARIADIC && arg == 0 ? "a JSON array or numbers"
                                                      : "a number");
  mlm_put_value(&message, value);
  if (number) {
    mlm_hint_number(&message, spec, value, x, pred);
  } else if (sqlite3_value_type(value) == SQLITE_TEXT) {
    mlm_hint_text(&message, spec, value);
  } else if (mlm_is_saved_state(value)) {
    if (!mlm_hint_two_sets(&message)) mlm_hint_state_place(&message, value);
  } else if (sqlite3_value_bytes(value) > 8 || spec->shape == SHAPE_BYTES) {
    if (spec->shape <= SHAPE_LABEL)
      mlm_put(&message, "; vector_at(%s, i) takes one entry of a vector", spec->name);
  } else { /* a BLOB of the size of a number */
    mlm_put(&message, "; if it is a NumPy number, bind int(x) or float(x)");
  }
  end(&message);
}

void mlm_error_changed(const Call *call, const ArgSpec *spec, double from, double to) {
  Message message = begin(call);
  mlm_put(&message, "%s changed from ", spec->name);
  mlm_put_number(&message, from);
  mlm_put(&message, " to ");
  mlm_put_number(&message, to);
  mlm_hint_changed(&message, spec, true);
  end(&message);
}

void mlm_error_text_changed(const Call *call, const ArgSpec *spec, const char *from, const char *to,
                            size_t n) {
  Message message = begin(call);
  mlm_put(&message, "%s changed from '%s' to ", spec->name, from);
  mlm_put_text(&message, to, n);
  if (!spec->opens) mlm_hint_changed(&message, spec, false);
  end(&message);
}

void mlm_error_number_changed(const Call *call, const ArgSpec *spec, double from, const char *to, size_t n) {
  Message message = begin(call);
  mlm_put(&message, "%s changed from ", spec->name);
  mlm_put_number(&message, from);
  mlm_put(&message, " to ");
  mlm_put_text(&message, to, n);
  mlm_hint_changed(&message, spec, false);
  end(&message);
}

void mlm_error_text_changed_to(const Call *call, const ArgSpec *spec, const char *from, double to) {
  Message message = begin(call);
  mlm_put(&message, "%s changed from '%s' to ", spec->name, from);
  mlm_put_number(&message, to);
  mlm_hint_changed(&message, spec, true);
  end(&message);
}

void mlm_error_wrong_text(const Call *call, const ArgSpec *spec, sqlite3_value *value) {
  Message message = begin(call);
  const char *text;
  size_t n;
  bool is_text = mlm_text_of(value, &text, &n);
  if (!spec->parser || !is_text) {
    mlm_put(&message, "%s must be %s, got ", spec->name, spec->parser ? "a text" : spec->must);
    mlm_put_value(&message, value);
    if (is_text) {
      mlm_hint_other_choice(&message, spec, value);
    } else if (spec->parser && (call->function->scalar || takes(call, ARG_METRIC))) {
      mlm_put(&message, "; it must be ");
      mlm_put_list(&message, spec->parser);
    } else {
      mlm_hint_weight(&message);
    }
  } else { /* the reason first, the list, which is long, last */
    mlm_put(&message, "%s cannot be ", spec->name);
    mlm_put_value(&message, value);
    mlm_hint_parsed(&message, spec->parser, text, n);
    mlm_put(&message, "; it must be ");
    mlm_put_list(&message, spec->parser);
  }
  end(&message);
}

void mlm_error_param_missing(const Call *call, const ArgSpec *spec) {
  mlm_error_say(call, "the saved state holds no %s: give it after the state", spec->name);
}

void mlm_error_param_conflict(const Call *call, const ArgSpec *spec) {
  Message message = begin(call);
  mlm_put(&message, "the saved states that were merged differ in %s", spec->name);
  mlm_hint_unsaved(&message, spec);
  end(&message);
}

void mlm_error_method(const Call *call, const Interval *interval, sqlite3_value *value) {
  Message message = begin(call);
  mlm_put(&message, "method must be ");
  /* unreachable: the end of the array, which no metric fills */
  for (int i = 0; i < MLM_METHODS && interval->methods[i]; i++)
    mlm_put(&message, "%s'%s'", i ? " or " : "", interval->methods[i]);
  mlm_put(&message, " for this metric, got ");
  mlm_put_value(&message, value);
  mlm_hint_resampling(&message, value);
  mlm_hint_other_choice(&message, &mlm_arg_specs[ARG_METHOD], value);
  end(&message);
}

static bool is_fraction(sqlite3_value *value) {
  double x = mlm_number_of(value);
  return x > -0x1p53 && x < 0x1p53 && x != (double)(int64_t)x;
}

void mlm_error_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n) {
  Message message = begin(call);
  ArgKind first = call->args[0];
  bool logits = first == ARG_LOGITS || first == ARG_LOGITS_VARIADIC;
  if (n == 1)
    mlm_put(&message, "%s must be 0, since there is one entry, got ", spec->name);
  else
    mlm_put(&message, "%s must be an index from 0 to %lld, since there are %lld entries, got ", spec->name,
            (long long)n - 1, (long long)n);
  mlm_put_value(&message, call->argv[arg]);
  mlm_hint_index(&message, spec, call->argv[arg]);
  if (mlm_looks_like_vector(call->argv[arg])) mlm_hint_vector_class(&message, spec, n);
  if (mlm_takes_variadic(call->args) && is_fraction(call->argv[arg]))
    mlm_put(&message, "; the %s is the last argument", spec->name);
  if (n == 1 && mlm_takes_plain(call->function))
    mlm_put(&message, "; one probability per row is given as a number");
  else if (n == 1 && (logits || first == ARG_PROBS || first == ARG_PROBS_VARIADIC))
    mlm_hint_one_entry(&message, logits);
  end(&message);
}

void mlm_error_one_entry(const Call *call) {
  Message message = begin(call);
  mlm_put(&message, "%s must have an entry for each class, got ", mlm_arg_specs[call->args[0]].name);
  mlm_put_value(&message, call->argv[0]);
  mlm_put(&message, "; if it is a NumPy number, bind float(x)");
  end(&message);
}

/* A vector that may stand in place of an index has a name of its own. */
static const char *vector_name(const ArgSpec *spec) {
  return spec->shape == SHAPE_INDEX_OR_VECTOR ? mlm_arg_specs[ARG_TARGETS].name : spec->name;
}

/* For a BLOB that may have been meant as float64: half as many numbers, with other values. */
static void hint_float64(Message *to, sqlite3_value *value) {
  if (sqlite3_value_type(value) == SQLITE_BLOB && sqlite3_value_bytes(value) % 8 == 0)
    mlm_put(to, "; vector_from_f64(blob) reads float64");
}

void mlm_error_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i) {
  Message message = begin(call);
  mlm_put(&message, "element %lld of %s must be %s, got ", (long long)i, vector_name(spec), spec->must);
  mlm_put_number(&message, x);
  if (spec->hint == HINT_PROBABILITY) mlm_hint_logits(&message, spec->name, x, true);
  hint_float64(&message, call->argv[arg]);
  end(&message);
}

void mlm_error_wrong_sum(const Call *call, int arg, const ArgSpec *spec, double sum) {
  Message message = begin(call);
  mlm_put(&message, "entries of %s must sum to 1, but they sum to ", spec->name);
  mlm_put_number(&message, sum);
  mlm_put(&message, sum == 0 ? "" : "; divide them by their sum");
  hint_float64(&message, call->argv[arg]);
  end(&message);
}

void mlm_error_float64(const Call *call, int arg, const ArgSpec *spec) {
  Message message = begin(call);
  mlm_put(&message, "%s must be a BLOB of float32 numbers, but ", vector_name(spec));
  mlm_put_value(&message, call->argv[arg]);
  mlm_put(&message, " reads as float64; vector_from_f64(blob) reads float64");
  end(&message);
}

void mlm_error_nan(const Call *call, int arg, size_t i) {
  Message message = begin(call);
  mlm_put(&message, "element %lld of the BLOB in argument %d is NaN", (long long)i, arg + 1);
  if (!mlm_place_of(call->args, ARG_F64_BLOB)) hint_float64(&message, call->argv[arg]);
  end(&message);
}

void mlm_error_no_vector(const Call *call, int arg, const ArgSpec *spec) {
  sqlite3_value *value = call->argv[arg];
  bool blob = sqlite3_value_type(value) == SQLITE_BLOB, wide = spec->shape == SHAPE_F64_BLOB;
  bool state = mlm_is_saved_state(value), none = blob && sqlite3_value_bytes(value) == 0;
  const char *must = state  ? "be a JSON array or a float32 BLOB"
                     : none ? "have at least one element"
                     : wide ? "be a BLOB of float64 numbers, 8 bytes each"
                     : blob ? "be a BLOB of float32 numbers, 4 bytes each"
                            : "be a JSON array or a float32 BLOB";
  Message message = begin(call);
  mlm_put(&message, "%s must %s, got ", vector_name(spec), must);
  mlm_put_value(&message, value);
  if (blob && !state && !none && !wide)
    mlm_put(&message, sqlite3_value_bytes(value) == 1 ? "; if it is a NumPy number, bind int(x) or float(x)"
                                                      : "; vector_from_f64(blob) reads float64");
  const char *text;
  size_t n;
  if (mlm_text_of(value, &text, &n) && !memchr(text, 0, n))
    mlm_hint_brackets(&message, vector_name(spec), text, n);
  if (sqlite3_value_numeric_type(value) <= SQLITE_FLOAT) mlm_hint_one_number(&message, spec);
  end(&message);
}

void mlm_error_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at) {
  Message message = begin(call);
  if (fault == ARRAY_ELEMENT)
    mlm_put(&message, "element %lld of %s must be a number", (long long)at, vector_name(spec));
  else if (fault == ARRAY_INEXACT)
    mlm_put(&message,
            "element %lld of %s must be a number that a REAL holds exactly; subtract a base first, or accept "
            "the rounding by a decimal point after its digits",
            (long long)at, vector_name(spec));
  else if (fault == ARRAY_SYNTAX)
    mlm_put(&message, "%s is not a JSON array of numbers: invalid at character %lld", vector_name(spec),
            (long long)at + 1);
  else
    mlm_put(&message, "%s must have at least one element", vector_name(spec));
  mlm_put(&message, ", got ");
  mlm_put_value(&message, call->argv[arg]);
  const char *text = (const char *)sqlite3_value_text(call->argv[arg]);
  /* unreachable: no text, for it was read before */
  if (fault == ARRAY_ELEMENT && text) mlm_hint_element(&message, text);
  /* unreachable: as above */
  if (fault == ARRAY_SYNTAX && text) mlm_hint_array(&message, text, strlen(text));
  end(&message);
}

void mlm_error_lengths(const Call *call, size_t n, ArgKind other, size_t m) {
  if (other == ARG_TARGETS) { /* what else may be there */
    static const ArgKind others[] = {ARG_DISTRIBUTION_Q, ARG_LABEL_VECTOR, ARG_OTHER_VECTOR};
    for (int i = 0; i < 3; i++)
      if (mlm_place_of(call->args, others[i])) other = others[i];
  }
  const char *name = mlm_arg_specs[other].name;
  Message message = begin(call);
  mlm_put(&message, "%s has %lld element%s, but %s has %lld", mlm_arg_specs[call->args[0]].name, (long long)n,
          n == 1 ? "" : "s", name, (long long)m);
  if (n == 2 * m) hint_float64(&message, call->argv[0]);
  if (m == 2 * n)
    hint_float64(&message, call->argv[other == ARG_POS_WEIGHTS ? mlm_place_of(call->args, other) - 1 : 1]);
  end(&message);
}

void mlm_error_set_range(const Call *call, const ArgSpec *spec, double x) {
  Message message = begin(call);
  mlm_put(&message, "every score of the set must be %s, got ", spec->must);
  mlm_put_number(&message, x);
  mlm_hint_logits(&message, "score", x, false);
  end(&message);
}

void mlm_error_set_class(const Call *call, const Class *class) {
  Message message = begin(call);
  mlm_put(&message, "every class of the set must be 0 or 1, got ");
  if (class->type == CLASS_INTEGER)
    mlm_put(&message, "%lld", (long long)class->integer);
  else if (class->type == CLASS_REAL)
    mlm_put_number(&message, class->real);
  else if (class->type == CLASS_BLOB)
    mlm_put(&message, "a BLOB");
  else
    mlm_put_text(&message, class->bytes, class->n);
  if (class->type != CLASS_TEXT || !mlm_hint_comma_label(&message, "x", class->bytes, class->n))
    mlm_hint_more_classes(&message, class->type <= CLASS_REAL);
  end(&message);
}

static void put_argument_count(Message *to) {
  mlm_put(to, "; got %d argument%s", to->call->argc, to->call->argc == 1 ? "" : "s");
}

void mlm_error_argument_count(const Call *call) {
  char signature[256];
  bool too_few = call->argc > 0 && call->argc < call->required && call->function->metric;
  bool whole = mlm_signature(call->function->name, call->args, call->required, signature, sizeof signature);
  Message message = begin(call);
  message.failed |= !whole;
  mlm_put(&message, "call it as %s%s", signature, too_few ? ", or with a saved state" : "");
  put_argument_count(&message);
  if (too_few) {
    mlm_put(&message, ", the first ");
    mlm_put_value(&message, call->argv[0]);
    if (call->args[call->argc] == ARG_SERIES_NAME)
      mlm_put(&message, "; for one model give NULL as series_name");
  }
  end(&message);
}

void mlm_error_no_such_count(sqlite3_context *context, int argc) {
  const FunctionDef *function = sqlite3_user_data(context);
  const Call call = {.context = context, .function = function, .argc = argc};
  Message message = begin(&call);
  int most = 0;
  mlm_put(&message, "call it as ");
  for (int o = 0; o < function->overloads; o++) {
    const Overload *overload = &function->overload[o];
    char signature[256];
    message.failed |=
        !mlm_signature(function->name, overload->args, overload->required, signature, sizeof signature);
    mlm_put(&message, "%s%s", o > 0 ? " or " : "", signature);
    if (overload->n > most) most = overload->n;
  }
  if (argc < 0)
    mlm_put(&message, ", with no other number of arguments");
  else
    put_argument_count(&message);
  if (argc > most) mlm_hint_too_many(&message);
  end(&message);
}

void mlm_error_by_place(sqlite3_context *context, const FunctionDef *function) {
  const Call call = {.context = context, .function = function};
  char signature[256];
  const Overload *overload = &function->overload[0];
  bool whole = mlm_signature(function->name, overload->args, overload->required, signature, sizeof signature);
  Message message = begin(&call);
  message.failed |= !whole;
  mlm_put(&message, "arguments are given by position, not as name = value: %s", signature);
  end(&message);
}

void mlm_error_after_state(const Call *call, const Overload *after) {
  Message message = begin(call);
  mlm_put(&message, "with this saved state call it as ");
  mlm_put_state_call(&message, after);
  put_argument_count(&message);
  mlm_hint_decided(&message, after);
  mlm_hint_two_sets(&message);
  end(&message);
}

static void put_set_call(Message *to) {
  const FunctionDef *function = to->call->function;
  const Overload *overload = &function->overload[to->call->overload];
  SetSource source = function->metric ? SETS_OF_QUERY : function->scalar ? SET_OF_GROUP : SET_OF_QUERY;
  mlm_put_set_call(to->text, function->name, overload->args, overload->required, source);
}

void mlm_error_header(const Call *call, int arg, HeaderFault fault) {
  Message message = begin(call);
  if (fault == HEADER_VERSION) {
    mlm_put(&message, "the saved state was written by a version of mlmetrics that this one cannot read");
  } else if (fault == HEADER_DAMAGED) {
    mlm_put(&message, "the saved state is damaged: it is cut short or has been changed");
  } else {
    mlm_put(&message, "argument %d is not a saved state, got ", arg + 1);
    mlm_put_value(&message, call->argv[arg]);
    mlm_put(&message, "; call it as ");
    put_set_call(&message);
  }
  end(&message);
}

void mlm_error_damaged(const Call *call) {
  mlm_error_say(call, "the saved state is damaged: its contents are inconsistent");
}

void mlm_error_wrong_state(const Call *call, const char *got, const char *needed, bool or_score_set) {
  Message message = begin(call);
  mlm_put(&message, "cannot read a saved state of '%s', only of '%s'%s", got, needed,
          or_score_set ? " and 'score_set'" : "");
  mlm_hint_wrong_state(&message, got, needed);
  end(&message);
}

void mlm_error_no_set(const Call *call, sqlite3_value *got) {
  Message message = begin(call);
  mlm_put(&message, "it reads a %s: ", call->args[0] == ARG_PACKED ? "packed column" : "saved set");
  put_set_call(&message);
  if (got) {
    mlm_put(&message, "; got ");
    mlm_put_value(&message, got);
  }
  end(&message);
}
