/* Every message of the extension: which function, which argument, what it got. */
#include "errors.h"

#include <stdarg.h>
#include <string.h>

#include "args.h"
#include "error_hints.h"

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

void mlm_put(Message *to, const char *format, ...) {
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(to->text, format, list);
  va_end(list);
}

static Message begin(const Call *call) {
  Message message = {.call = call, .text = sqlite3_str_new(NULL), .rc = SQLITE_ERROR};
  mlm_put(&message, "%s: ", call->function->name);
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

/* A sentence of words alone. */
static void say(const Call *call, const char *format, ...) {
  Message message = begin(call);
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(message.text, format, list);
  va_end(list);
  end(&message);
}

void mlm_error_status(const Call *call, Status status) {
  if (status == MLM_INTERRUPTED || status == MLM_NOMEM) {
    report(call, status == MLM_INTERRUPTED ? SQLITE_INTERRUPT : SQLITE_NOMEM, NULL);
    return;
  }
  Message message = begin(call);
  if (status == MLM_TOOBIG) {
    message.rc = SQLITE_TOOBIG;
    mlm_put(&message, "the result would be longer than this connection allows (SQLITE_LIMIT_LENGTH)");
  } else if (status == MLM_MISMATCH) {
    mlm_put(&message, "all vectors of a group must have the same number of elements");
  } else {
    mlm_put(&message, "too many rows: the sum of the weights exceeds 2^62");
  }
  end(&message);
}

void mlm_result_status(sqlite3_context *context, Status status) {
  mlm_error_status(&(Call){.context = context, .function = sqlite3_user_data(context)}, status);
}

void mlm_put_number(Message *to, double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_shortest(x, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  if (x == INFINITY || x == -INFINITY)
    mlm_put(to, x < 0 ? "-Infinity" : "Infinity");
  else
    mlm_put(to, "%.*s", (int)n, digits);
}

void mlm_put_text(Message *to, const char *text, size_t n) {
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

void mlm_put_value(Message *to, sqlite3_value *value) {
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

void mlm_error_wrong_value(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  sqlite3_value *value = call->argv[arg];
  double x = mlm_number_of(value);
  bool number = x == x;
  bool any = spec->shape == SHAPE_NUMBER || spec->shape == SHAPE_VARIADIC || spec->shape == SHAPE_WEIGHT;
  Message message = begin(call);
  mlm_put(&message, "%s must be %s, got ", spec->name, number || !any ? spec->must : "a number");
  mlm_put_value(&message, value);
  if (number) {
    mlm_hint_number(&message, spec, x, pred);
  } else if (sqlite3_value_type(value) == SQLITE_TEXT) {
    const char *text = (const char *)sqlite3_value_text(value);
    bool whole = text && strlen(text) == (size_t)sqlite3_value_bytes(value); /* a NUL cannot be typed */
    if (whole) mlm_hint_text(&message, spec, text);
  } else if (sqlite3_value_bytes(value) <= 8) { /* a BLOB */
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
  mlm_hint_weight(&message);
  end(&message);
}

void mlm_error_text_changed(const Call *call, const ArgSpec *spec, const char *from, const char *to,
                            size_t n) {
  Message message = begin(call);
  mlm_put(&message, "%s changed from '%s' to ", spec->name, from);
  mlm_put_text(&message, to, n);
  mlm_hint_weight(&message);
  end(&message);
}

/* Appends what a list writes. */
static void put_list(Message *to, void (*list)(StrBuf *out)) {
  StrBuf text = {.limit = 4096, .host = &mlm_memory};
  list(&text);
  to->failed |= text.status != MLM_OK;
  mlm_put(to, "%.*s", (int)text.n, text.bytes ? text.bytes : "");
  mlm_memory.free(text.bytes);
}

void mlm_error_wrong_text(const Call *call, const ArgSpec *spec, sqlite3_value *value) {
  Message message = begin(call);
  const char *text;
  size_t n;
  mlm_put(&message, "%s must be ", spec->name);
  if (spec->parser)
    put_list(&message, spec->parser->list);
  else
    mlm_put(&message, "%s", spec->must);
  mlm_put(&message, ", got ");
  mlm_put_value(&message, value);
  if (!mlm_text_of(value, &text, &n))
    mlm_hint_weight(&message);
  else if (spec->parser)
    mlm_put(&message, "%s", spec->parser->hint(text, n));
  end(&message);
}

void mlm_error_param_missing(const Call *call, const ArgSpec *spec) {
  say(call, "the saved state holds no %s: give it after the state", spec->name);
}

void mlm_error_param_conflict(const Call *call, const ArgSpec *spec) {
  say(call, "the saved states that were merged differ in %s", spec->name);
}

void mlm_error_method(const Call *call, const Interval *interval, sqlite3_value *value) {
  Message message = begin(call);
  mlm_put(&message, "method must be ");
  for (int i = 0; i < MLM_METHODS && interval->methods[i]; i++)
    mlm_put(&message, "%s'%s'", i ? " or " : "", interval->methods[i]);
  mlm_put(&message, " for this metric, got ");
  mlm_put_value(&message, value);
  end(&message);
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
  if (n == 1 && mlm_takes_plain(call->function))
    mlm_put(&message, "; one probability a row is given as a number");
  else if (n == 1 && (logits || first == ARG_PROBS || first == ARG_PROBS_VARIADIC))
    mlm_put(&message, "; for one %s a row see %s", logits ? "logit" : "probability",
            logits ? "bce_logits" : "log_loss");
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

/* A BLOB that may have been meant as float64: half as many numbers, and others. */
static void hint_float64(Message *to, sqlite3_value *value) {
  if (sqlite3_value_type(value) == SQLITE_BLOB && sqlite3_value_bytes(value) % 8 == 0)
    mlm_put(to, "; vector_from_f64(blob) reads float64");
}

void mlm_error_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i) {
  Message message = begin(call);
  mlm_put(&message, "element %lld of %s must be %s, got ", (long long)i, vector_name(spec), spec->must);
  mlm_put_number(&message, x);
  if (spec->hint == HINT_PROBABILITY) mlm_hint_logits(&message, x, true);
  hint_float64(&message, call->argv[arg]);
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
  if (state)
    mlm_put(&message, "a saved state");
  else
    mlm_put_value(&message, value);
  if (blob && !state && !none && !wide)
    mlm_put(&message, sqlite3_value_bytes(value) == 1 ? "; if it is a NumPy number, bind int(x) or float(x)"
                                                      : "; vector_from_f64(blob) reads float64");
  end(&message);
}

void mlm_error_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at) {
  Message message = begin(call);
  if (fault == ARRAY_ELEMENT)
    mlm_put(&message, "element %lld of %s must be a number", (long long)at, vector_name(spec));
  else if (fault == ARRAY_SYNTAX)
    mlm_put(&message, "%s is no JSON array of numbers: it goes wrong at character %lld", vector_name(spec),
            (long long)at + 1);
  else
    mlm_put(&message, "%s must have at least one element", vector_name(spec));
  mlm_put(&message, ", got ");
  mlm_put_value(&message, call->argv[arg]);
  end(&message);
}

void mlm_error_lengths(const Call *call, size_t n, ArgKind other, size_t m) {
  const char *name =
      other == ARG_TARGETS && mlm_place_of(call->args, ARG_DISTRIBUTION_Q) ? "Q" : mlm_arg_specs[other].name;
  Message message = begin(call);
  mlm_put(&message, "%s has %lld element%s, but %s has %lld", mlm_arg_specs[call->args[0]].name, (long long)n,
          n == 1 ? "" : "s", name, (long long)m);
  if (n == 2 * m) hint_float64(&message, call->argv[0]);
  if (m == 2 * n) hint_float64(&message, call->argv[other == ARG_TARGETS ? 1 : 2]);
  end(&message);
}

void mlm_error_set_range(const Call *call, const ArgSpec *spec, double x) {
  Message message = begin(call);
  mlm_put(&message, "every score of the set must be %s, got ", spec->must);
  mlm_put_number(&message, x);
  mlm_hint_logits(&message, x, false);
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
  mlm_put(&message, "it is called %s%s", signature, too_few ? ", or with a saved state" : "");
  put_argument_count(&message);
  if (too_few) {
    mlm_put(&message, ", the first ");
    mlm_put_value(&message, call->argv[0]);
  }
  end(&message);
}

void mlm_error_after_state(const Call *call, const Overload *after) {
  char list[256]; /* "(cutoff[, beta])" */
  bool whole = mlm_signature("", after->args, after->required, list, sizeof list);
  const char *arguments = list + 1, *comma = after->required > 0 ? ", " : after->n > 0 ? "[, " : "";
  Message message = begin(call);
  message.failed |= !whole;
  mlm_put(&message, "with this saved state it is called %s(state%s%s", call->function->name, comma,
          *arguments == '[' ? arguments + 1 : arguments);
  put_argument_count(&message);
  end(&message);
}

void mlm_error_header(const Call *call, int arg, HeaderFault fault) {
  Message message = begin(call);
  if (fault == HEADER_VERSION) {
    mlm_put(&message, "the saved state was written by another version of mlmetrics than this one reads");
  } else if (fault == HEADER_DAMAGED) {
    mlm_put(&message, "the saved state is damaged: it is cut short or has been changed");
  } else {
    mlm_put(&message, "argument %d is no saved state, got ", arg + 1);
    mlm_put_value(&message, call->argv[arg]);
  }
  end(&message);
}

void mlm_error_damaged(const Call *call) {
  say(call, "the saved state is damaged: its content makes no sense");
}

void mlm_error_wrong_state(const Call *call, const char *got, const char *needed, bool or_score_set) {
  say(call, "cannot read this saved state: it remembers '%s', and '%s'%s is needed", got, needed,
      or_score_set ? " (or 'score_set')" : "");
}

void mlm_error_no_set(const Call *call, const char *needed) {
  say(call, "it needs a saved set: %s((SELECT %s(…) FROM …))", call->function->name, needed);
}
