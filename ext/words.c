/* Every message of the extension: which function, which argument, what it got. */
#include "extension.h"

#include <stdarg.h>
#include <string.h>

#include "words_inside.h"

/* The error of a call, by way of the context or, in a table-valued function, of the table. Takes the message.
 */
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

void mlm_put(Words *to, const char *format, ...) {
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(to->text, format, list);
  va_end(list);
}

static Words begin(const Call *call) {
  Words words = {.call = call, .text = sqlite3_str_new(NULL), .rc = SQLITE_ERROR};
  mlm_put(&words, "%s: ", call->bound->name);
  return words;
}

static void end(Words *words) {
  char *message = sqlite3_str_finish(words->text);
  if (words->failed) {
    sqlite3_free(message);
    message = NULL;
  }
  report(words->call, words->rc, message);
}

/* A sentence of words alone. */
static void say(const Call *call, const char *format, ...) {
  Words words = begin(call);
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(words.text, format, list);
  va_end(list);
  end(&words);
}

void mlm_say_status(const Call *call, Status status) {
  if (status == MLM_STOPPED || status == MLM_NOMEM) {
    report(call, status == MLM_STOPPED ? SQLITE_INTERRUPT : SQLITE_NOMEM, NULL);
    return;
  }
  Words words = begin(call);
  if (status == MLM_TOOBIG) {
    words.rc = SQLITE_TOOBIG;
    mlm_put(&words, "the result would be longer than this connection allows (SQLITE_LIMIT_LENGTH)");
  } else {
    mlm_put(&words, "there are more rows, each counted weight times, than can be counted");
  }
  end(&words);
}

void mlm_result_status(sqlite3_context *context, Status status) {
  mlm_say_status(&(Call){.context = context, .bound = sqlite3_user_data(context)}, status);
}

void mlm_put_number(Words *to, double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_shortest(x, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  if (x == INFINITY || x == -INFINITY)
    mlm_put(to, x < 0 ? "-Infinity" : "Infinity");
  else
    mlm_put(to, "%.*s", (int)n, digits);
}

void mlm_put_text(Words *to, const char *text, size_t n) {
  char cut[3 * MLM_QUOTED + 1];
  size_t i = 0, m = 0;
  for (size_t length; i < n; i += length) {
    length = mlm_utf8_length(text + i, n - i);
    if (i + (length ? length : 1) > MLM_QUOTED) break;
    if (length == 0)
      memcpy(cut + m, "\xEF\xBF\xBD", 3);
    else
      memcpy(cut + m, text + i, length);
    if (mlm_is_control(cut[m])) cut[m] = ' ';
    m += length ? length : 3;
    length += length == 0;
  }
  cut[m] = 0;
  mlm_put(to, i < n ? "'%q…'" : "'%q'", cut);
}

void mlm_put_value(Words *to, sqlite3_value *value) {
  int bytes;
  const char *text;
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL: mlm_put(to, "NULL"); break;
  case SQLITE_INTEGER: mlm_put(to, "%lld", (long long)sqlite3_value_int64(value)); break;
  case SQLITE_FLOAT: mlm_put_number(to, sqlite3_value_double(value)); break;
  case SQLITE_BLOB:
    bytes = sqlite3_value_bytes(value);
    mlm_put(to, "a BLOB of %d byte%s", bytes, bytes == 1 ? "" : "s");
    break;
  default:
    text = (const char *)sqlite3_value_text(value);
    bytes = sqlite3_value_bytes(value);
    to->failed |= !text;
    if (!text) break;
    mlm_put(to, bytes ? "text " : "an empty text");
    if (bytes) mlm_put_text(to, text, (size_t)bytes);
  }
}

int mlm_place_of(const ArgKind *args, ArgKind kind) {
  for (int i = 0; args[i]; i++)
    if (args[i] == kind) return i + 1;
  return 0;
}

void mlm_say_wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  sqlite3_value *value = call->argv[arg];
  double x = mlm_number_of(value);
  bool number = x == x;
  bool any = spec->shape == SHAPE_NUMBER || spec->shape == SHAPE_SPREAD || spec->shape == SHAPE_WEIGHT;
  Words words = begin(call);
  mlm_put(&words, "%s must be %s, got ", spec->name, number || !any ? spec->must : "a number");
  mlm_put_value(&words, value);
  if (number) {
    mlm_put_number_way_out(&words, spec, x, pred);
  } else if (sqlite3_value_type(value) == SQLITE_TEXT) {
    const char *text = (const char *)sqlite3_value_text(value);
    bool whole = text && strlen(text) == (size_t)sqlite3_value_bytes(value); /* a NUL cannot be typed */
    if (whole) mlm_put_text_way_out(&words, spec, text);
  } else if (sqlite3_value_bytes(value) <= 8) { /* a BLOB */
    mlm_put(&words, "; if it is a NumPy number, bind int(x) or float(x)");
  }
  end(&words);
}

void mlm_say_changed(const Call *call, const ArgSpec *spec, double from, double to) {
  Words words = begin(call);
  mlm_put(&words, "%s changed from ", spec->name);
  mlm_put_number(&words, from);
  mlm_put(&words, " to ");
  mlm_put_number(&words, to);
  mlm_put_weight_way_out(&words);
  end(&words);
}

void mlm_say_objective_changed(const Call *call, const char *from, const char *to, size_t n) {
  Words words = begin(call);
  mlm_put(&words, "objective changed from '%s' to ", from);
  mlm_put_text(&words, to, n);
  mlm_put_weight_way_out(&words);
  end(&words);
}

void mlm_say_no_objective(const Call *call, sqlite3_value *value) {
  Words words = begin(call);
  mlm_put(&words, "objective must be one of %s, got ", mlm_objective_names);
  mlm_put_value(&words, value);
  const char *text =
      sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  if (text)
    mlm_put(&words, "%s", mlm_objective_hint(text, (size_t)sqlite3_value_bytes(value)));
  else
    mlm_put_weight_way_out(&words);
  end(&words);
}

void mlm_say_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n) {
  Words words = begin(call);
  ArgKind first = call->args[0];
  bool logits = first == ARG_LOGITS || first == ARG_LOGITS_SPREAD;
  if (n == 1)
    mlm_put(&words, "%s must be 0, since there is one entry, got ", spec->name);
  else
    mlm_put(&words, "%s must be an index from 0 to %lld, since there are %lld entries, got ", spec->name,
            (long long)n - 1, (long long)n);
  mlm_put_value(&words, call->argv[arg]);
  if (n == 1 && mlm_takes_plain(call->bound))
    mlm_put(&words, "; one probability a row is given as a number");
  else if (n == 1 && (logits || first == ARG_PROBS || first == ARG_PROBS_SPREAD))
    mlm_put(&words, "; for one %s a row see %s", logits ? "logit" : "probability",
            logits ? "bce_logits" : "log_loss");
  end(&words);
}

void mlm_say_one_entry(const Call *call) {
  Words words = begin(call);
  mlm_put(&words, "%s must have an entry for each class, got ", mlm_arg_specs[call->args[0]].name);
  mlm_put_value(&words, call->argv[0]);
  mlm_put(&words, "; if it is a NumPy number, bind float(x)");
  end(&words);
}

/* A vector that may stand in place of an index has a name of its own. */
static const char *vector_name(const ArgSpec *spec) {
  return spec->shape == SHAPE_INDEX_OR_VECTOR ? mlm_arg_specs[ARG_TARGETS].name : spec->name;
}

/* A BLOB that may have been meant as float64: half as many numbers, and others. */
static void put_float64_way_out(Words *to, sqlite3_value *value) {
  if (sqlite3_value_type(value) == SQLITE_BLOB && sqlite3_value_bytes(value) % 8 == 0)
    mlm_put(to, "; vector_from_f64(blob) reads float64");
}

void mlm_say_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i) {
  Words words = begin(call);
  mlm_put(&words, "element %lld of %s must be %s, got ", (long long)i, vector_name(spec), spec->must);
  mlm_put_number(&words, x);
  if (spec->hi == 1 && strcmp(vector_name(spec), "targets") != 0) mlm_put_logits_way_out(&words, x, true);
  put_float64_way_out(&words, call->argv[arg]);
  end(&words);
}

void mlm_say_nan(const Call *call, int arg, size_t i) {
  Words words = begin(call);
  mlm_put(&words, "element %lld of the BLOB in argument %d is NaN", (long long)i, arg + 1);
  if (!mlm_place_of(call->args, ARG_F64_BLOB)) put_float64_way_out(&words, call->argv[arg]);
  end(&words);
}

void mlm_say_no_vector(const Call *call, int arg, const ArgSpec *spec) {
  sqlite3_value *value = call->argv[arg];
  bool blob = sqlite3_value_type(value) == SQLITE_BLOB, wide = spec->shape == SHAPE_F64_BLOB;
  bool state = mlm_is_saved_state(value), none = blob && sqlite3_value_bytes(value) == 0;
  const char *must = state  ? "be a JSON array or a float32 BLOB"
                     : none ? "have at least one element"
                     : wide ? "be a BLOB of float64 numbers, 8 bytes each"
                     : blob ? "be a BLOB of float32 numbers, 4 bytes each"
                            : "be a JSON array or a float32 BLOB";
  Words words = begin(call);
  mlm_put(&words, "%s must %s, got ", vector_name(spec), must);
  if (state)
    mlm_put(&words, "a saved state");
  else
    mlm_put_value(&words, value);
  if (blob && !state && !none && !wide)
    mlm_put(&words, sqlite3_value_bytes(value) == 1 ? "; if it is a NumPy number, bind int(x) or float(x)"
                                                    : "; vector_from_f64(blob) reads float64");
  end(&words);
}

void mlm_say_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at) {
  Words words = begin(call);
  if (fault == ARRAY_ELEMENT)
    mlm_put(&words, "element %lld of %s must be a number", (long long)at, vector_name(spec));
  else if (fault == ARRAY_SYNTAX)
    mlm_put(&words, "%s is no JSON array of numbers: it goes wrong at character %lld", vector_name(spec),
            (long long)at + 1);
  else
    mlm_put(&words, "%s must have at least one element", vector_name(spec));
  mlm_put(&words, ", got ");
  mlm_put_value(&words, call->argv[arg]);
  end(&words);
}

void mlm_say_lengths(const Call *call, size_t n, ArgKind other, size_t m) {
  const char *name =
      other == ARG_TARGETS && mlm_place_of(call->args, ARG_Q) ? "Q" : mlm_arg_specs[other].name;
  Words words = begin(call);
  mlm_put(&words, "%s has %lld element%s, but %s has %lld", mlm_arg_specs[call->args[0]].name, (long long)n,
          n == 1 ? "" : "s", name, (long long)m);
  if (n == 2 * m) put_float64_way_out(&words, call->argv[0]);
  if (m == 2 * n) put_float64_way_out(&words, call->argv[other == ARG_TARGETS ? 1 : 2]);
  end(&words);
}

void mlm_say_set_range(const Call *call, const ArgSpec *spec, double x) {
  Words words = begin(call);
  mlm_put(&words, "every score of the set must be %s, got ", spec->must);
  mlm_put_number(&words, x);
  mlm_put_logits_way_out(&words, x, false);
  end(&words);
}

static void put_argument_count(Words *to) {
  mlm_put(to, "; got %d argument%s", to->call->argc, to->call->argc == 1 ? "" : "s");
}

void mlm_say_argument_count(const Call *call) {
  char signature[256];
  bool too_few = call->argc > 0 && call->argc < call->required && call->bound->metric;
  mlm_signature(call->bound->name, call->args, call->required, signature, sizeof signature);
  Words words = begin(call);
  mlm_put(&words, "it is called %s%s", signature, too_few ? ", or with a saved state" : "");
  put_argument_count(&words);
  if (too_few) {
    mlm_put(&words, ", the first ");
    mlm_put_value(&words, call->argv[0]);
  }
  end(&words);
}

void mlm_say_after_state(const Call *call, const AfterState *after) {
  char list[256]; /* "(cutoff, beta)" */
  mlm_signature("", after->args, after->fewest, list, sizeof list);
  const char *rest = list + 1, *comma = after->fewest > 0 ? ", " : after->n > 0 ? "[, " : "";
  Words words = begin(call);
  mlm_put(&words, "with this saved state it is called %s(state%s%s", call->bound->name, comma,
          *rest == '[' ? rest + 1 : rest);
  put_argument_count(&words);
  end(&words);
}

void mlm_say_header(const Call *call, HeaderFault fault) {
  Words words = begin(call);
  if (fault == HEADER_VERSION) {
    mlm_put(&words, "the saved state was written by another version of mlmetrics than this one reads");
  } else if (fault == HEADER_DAMAGED) {
    mlm_put(&words, "the saved state is damaged: it is cut short or has been changed");
  } else {
    mlm_put(&words, "argument 1 is no saved state, got ");
    mlm_put_value(&words, call->argv[0]);
  }
  end(&words);
}

void mlm_say_damaged(const Call *call) {
  say(call, "the saved state is damaged: its content makes no sense");
}

void mlm_say_wrong_state(const Call *call, const char *got, const char *needed, bool or_score_set) {
  say(call, "cannot read this saved state: it remembers '%s', and '%s'%s is needed", got, needed,
      or_score_set ? " (or 'score_set')" : "");
}

void mlm_say_other_held(const Call *call) {
  say(call, "the saved states were made with different parameters and cannot be merged");
}

void mlm_say_no_set(const Call *call, const char *remembers) {
  say(call, "it needs a saved set: %s((SELECT %s(…) FROM …))", call->bound->name, remembers);
}

void mlm_signature(const char *name, const ArgKind *args, int required, char *out, size_t n) {
  sqlite3_snprintf((int)n, out, "%s(", name);
  int count = mlm_count_args(args);
  for (int i = 0; i < count; i++) {
    size_t used = strlen(out);
    bool optional = i >= required;
    sqlite3_snprintf((int)(n - used), out + used, "%s%s%s", optional ? "[" : "", i ? ", " : "",
                     mlm_arg_shown(args[i]));
  }
  for (int i = required; i < count; i++) {
    size_t used = strlen(out);
    sqlite3_snprintf((int)(n - used), out + used, "]");
  }
  size_t used = strlen(out);
  sqlite3_snprintf((int)(n - used), out + used, ")");
}
