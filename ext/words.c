/* Every message of the extension: which function, which argument, what it got, and the way out. */
#include "extension.h"

#include <stdarg.h>
#include <string.h>

#include "args_inside.h"

enum { QUOTED = 40 };

/* The error of a call, by way of the context or, in a table-valued function, of the table. Takes the message.
 */
static void report(const Call *call, int rc, char *message) {
  if (!message && rc == SQLITE_ERROR) rc = SQLITE_NOMEM;
  if (!call->context) {
    *call->rc = rc;
    *call->message = message;
    return;
  }
  if (message)
    sqlite3_result_error(call->context, message, -1);
  else
    sqlite3_result_error_code(call->context, rc);
  sqlite3_free(message);
}

/* A message under way. What fails for want of memory is seen at its end. */
typedef struct Words {
  const Call *call;
  sqlite3_str *text;
  bool failed;
} Words;

static void put(Words *to, const char *format, ...) {
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(to->text, format, list);
  va_end(list);
}

static Words begin(const Call *call) {
  Words words = {.call = call, .text = sqlite3_str_new(NULL)};
  put(&words, "%s: ", call->bound->name);
  return words;
}

static void end(Words *words) {
  char *message = sqlite3_str_finish(words->text);
  if (words->failed) {
    sqlite3_free(message);
    message = NULL;
  }
  report(words->call, SQLITE_ERROR, message);
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
  if (status == MLM_TOOMANY) {
    say(call, "there are more rows, each counted weight times, than can be counted");
    return;
  }
  report(call,
         status == MLM_TOOBIG    ? SQLITE_TOOBIG
         : status == MLM_STOPPED ? SQLITE_INTERRUPT
                                 : SQLITE_NOMEM,
         NULL);
}

void mlm_result_status(sqlite3_context *context, Status status) {
  mlm_say_status(&(Call){.context = context, .bound = sqlite3_user_data(context)}, status);
}

static void put_number(Words *to, double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_shortest(x, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  if (x == INFINITY || x == -INFINITY)
    put(to, x < 0 ? "-Infinity" : "Infinity");
  else
    put(to, "%.*s", (int)n, digits);
}

static bool is_control(char c) { return (unsigned char)c < ' ' || c == 127; }

/* In quotes, cut at 40 bytes (not inside a character), control characters as spaces. */
static void put_text(Words *to, const char *text, size_t n) {
  char cut[QUOTED + 1];
  size_t m = n < QUOTED ? n : QUOTED;
  while (m < n && m > 0 && ((unsigned char)text[m] & 0xc0) == 0x80) m--;
  for (size_t i = 0; i < m; i++) cut[i] = is_control(text[i]) ? ' ' : text[i];
  cut[m] = 0;
  put(to, m < n ? "'%q…'" : "'%q'", cut);
}

/* Whether SQL would know the text again as put_text() puts it: not cut, without control characters. */
static bool is_typeable(const char *text) {
  size_t n = 0;
  while (text[n] && !is_control(text[n])) n++;
  return text[n] == 0 && n <= QUOTED;
}

static void put_value(Words *to, sqlite3_value *value) {
  int bytes;
  const char *text;
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL: put(to, "NULL"); break;
  case SQLITE_INTEGER: put(to, "%lld", (long long)sqlite3_value_int64(value)); break;
  case SQLITE_FLOAT: put_number(to, sqlite3_value_double(value)); break;
  case SQLITE_BLOB:
    bytes = sqlite3_value_bytes(value);
    put(to, "a BLOB of %d byte%s", bytes, bytes == 1 ? "" : "s");
    break;
  default:
    text = (const char *)sqlite3_value_text(value);
    bytes = sqlite3_value_bytes(value);
    to->failed |= !text;
    if (!text) break;
    put(to, bytes ? "text " : "an empty text");
    if (bytes) put_text(to, text, (size_t)bytes);
  }
}

static void put_percent_way_out(Words *to, const char *comma, double x) {
  if (x > 1 && x <= 100) put(to, "%s / 100.0 makes percentages probabilities", comma);
}

/* For whom a probability is asked that looks like a logit. */
static void put_logits_way_out(Words *to, double x, bool vector) {
  static const struct {
    const char *stem, *twin;
  } twins[] = {{"cross_entropy_loss", "cross_entropy_logits_loss"},
               {"cross_entropy", "cross_entropy_logits"},
               {"bce_loss", "bce_logits_loss"},
               {"bce", "bce_logits"},
               {"log_loss_of", "bce_logits_loss"},
               {"log_loss", "bce_logits"}};
  const char *name = to->call->bound->name, *twin = NULL;
  for (size_t i = 0; i < sizeof twins / sizeof *twins && !twin; i++)
    if (strncmp(name, twins[i].stem, strlen(twins[i].stem)) == 0) twin = twins[i].twin;
  if (vector && twin && strncmp(name, "log_loss", 8) == 0)
    twin = strcmp(name, "log_loss_of") == 0 ? "cross_entropy_logits_loss" : "cross_entropy_logits";
  if (twin)
    put(to, "; %s takes logits", twin);
  else
    put(to, "; %s() makes logits probabilities", vector ? "softmax" : "sigmoid");
  put_percent_way_out(to, ",", x);
}

/* How a text that stands for a missing value is left out. */
static void put_null_way_out(Words *to, const ArgSpec *spec, const char *text) {
  if (!is_typeable(text)) return;
  put(to, "; nullif(%s, ", spec->name);
  put_text(to, text, strlen(text));
  put(to, ") makes it NULL%s", to->call->bound->scalar ? "" : ", which leaves the row out");
}

static void put_label_way_out(Words *to, const ArgSpec *spec, double x, double pred) {
  if (x > -1e9 && x < 1e9 && x != (double)(int)x)
    put(to, "; are score and label swapped%s",
        pred == 0 || pred == 1 ? "? (the score here is a 0 or 1)" : "?");
  else
    put(to, "; %s > 0 is 1 where it holds, else 0", spec->name);
}

static void put_label_text_way_out(Words *to, const ArgSpec *spec, const char *text) {
  if (!is_typeable(text)) return;
  put(to, "; %s = ", spec->name);
  put_text(to, text, strlen(text));
  put(to, " is 1 where it holds, else 0");
}

/* The place of an argument of this kind in the signature, from 1; 0: it has none. */
static int place_of(const ArgKind *args, ArgKind kind) {
  for (int i = 0; args[i]; i++)
    if (args[i] == kind) return i + 1;
  return 0;
}

static bool is_saved_state(sqlite3_value *value) {
  return sqlite3_value_type(value) == SQLITE_BLOB
         && mlm_is_state(sqlite3_value_blob(value), (uint64_t)sqlite3_value_bytes(value));
}

/* Where a number that is no such parameter was perhaps meant as the weight, which states hold already. */
static void put_weight_way_out(Words *to) {
  int weight = is_saved_state(to->call->argv[0]) ? 0 : place_of(to->call->args, ARG_WEIGHT);
  if (weight) put(to, "; the weight is argument %d", weight);
}

/* The way out for a text that is no number: NULL where nothing can be made of it. */
static void put_text_way_out(Words *to, const ArgSpec *spec, const char *text) {
  if (spec->shape == SHAPE_LABEL && *text)
    put_label_text_way_out(to, spec, text);
  else if (spec->shape <= SHAPE_WEIGHT || *text == 0)
    put_null_way_out(to, spec, text);
}

static void put_number_way_out(Words *to, const ArgSpec *spec, double x, const double *pred) {
  if (spec->shape == SHAPE_LABEL)
    put_label_way_out(to, spec, x, *pred);
  else if (mlm_is_given(spec) && x >= 0 && x < 0x1p31) /* not what a weight usually is, otherwise */
    put_weight_way_out(to);
  else if (spec->hi == 1 && strncmp(spec->name, "prob", 4) == 0)
    put_logits_way_out(to, x, spec->shape == SHAPE_SPREAD);
  else if (spec == &mlm_arg_specs[ARG_P])
    put_percent_way_out(to, ";", x);
}

void mlm_say_wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  sqlite3_value *value = call->argv[arg];
  double x = mlm_number_of(value);
  bool number = x == x;
  bool any = spec->shape == SHAPE_NUMBER || spec->shape == SHAPE_SPREAD || spec->shape == SHAPE_WEIGHT;
  Words words = begin(call);
  put(&words, "%s must be %s, got ", spec->name, number || !any ? spec->must : "a number");
  put_value(&words, value);
  if (number) {
    put_number_way_out(&words, spec, x, pred);
  } else if (sqlite3_value_type(value) == SQLITE_TEXT) {
    const char *text = (const char *)sqlite3_value_text(value);
    bool whole = text && strlen(text) == (size_t)sqlite3_value_bytes(value); /* a NUL cannot be typed */
    if (whole) put_text_way_out(&words, spec, text);
  } else if (sqlite3_value_bytes(value) <= 8) { /* a BLOB */
    put(&words, "; if it is a NumPy number, bind int(x) or float(x)");
  }
  end(&words);
}

void mlm_say_changed(const Call *call, const ArgSpec *spec, double from, double to) {
  Words words = begin(call);
  put(&words, "%s changed from ", spec->name);
  put_number(&words, from);
  put(&words, " to ");
  put_number(&words, to);
  put_weight_way_out(&words);
  end(&words);
}

void mlm_say_objective_changed(const Call *call, const char *from, const char *to, size_t n) {
  Words words = begin(call);
  put(&words, "objective changed from '%s' to ", from);
  put_text(&words, to, n);
  put_weight_way_out(&words);
  end(&words);
}

void mlm_say_no_objective(const Call *call, sqlite3_value *value) {
  Words words = begin(call);
  put(&words, "objective must be one of %s, got ", mlm_objective_names);
  put_value(&words, value);
  const char *text =
      sqlite3_value_type(value) == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  if (text)
    put(&words, "%s", mlm_objective_hint(text, (size_t)sqlite3_value_bytes(value)));
  else
    put_weight_way_out(&words);
  end(&words);
}

void mlm_say_no_index(const Call *call, int arg, const ArgSpec *spec, size_t n) {
  Words words = begin(call);
  ArgKind first = call->args[0];
  bool logits = first == ARG_LOGITS || first == ARG_LOGITS_SPREAD;
  if (n == 1)
    put(&words, "%s must be 0, since there is one entry, got ", spec->name);
  else
    put(&words, "%s must be an index from 0 to %lld, since there are %lld entries, got ", spec->name,
        (long long)n - 1, (long long)n);
  put_value(&words, call->argv[arg]);
  if (n == 1 && (logits || first == ARG_PROBS || first == ARG_PROBS_SPREAD))
    put(&words, "; for one %s a row see %s", logits ? "logit" : "probability",
        logits ? "bce_logits" : "log_loss");
  end(&words);
}

/* A vector that may stand in place of an index has a name of its own. */
static const char *vector_name(const ArgSpec *spec) {
  return spec->shape == SHAPE_INDEX_OR_VECTOR ? mlm_arg_specs[ARG_TARGETS].name : spec->name;
}

void mlm_say_wrong_element(const Call *call, const ArgSpec *spec, double x, size_t i) {
  Words words = begin(call);
  put(&words, "element %lld of %s must be %s, got ", (long long)i, vector_name(spec), spec->must);
  put_number(&words, x);
  if (spec->hi == 1 && strcmp(vector_name(spec), "targets") != 0) put_logits_way_out(&words, x, true);
  end(&words);
}

void mlm_say_nan(const Call *call, int arg, size_t i) {
  say(call, "element %lld of the BLOB in argument %d is NaN", (long long)i, arg + 1);
}

void mlm_say_no_vector(const Call *call, int arg, const ArgSpec *spec) {
  sqlite3_value *value = call->argv[arg];
  bool blob = sqlite3_value_type(value) == SQLITE_BLOB, wide = spec->shape == SHAPE_F64_BLOB;
  bool state = is_saved_state(value), none = blob && sqlite3_value_bytes(value) == 0;
  const char *must = state  ? "be a JSON array or a float32 BLOB"
                     : none ? "have at least one element"
                     : wide ? "be a BLOB of float64 numbers, 8 bytes each"
                     : blob ? "be a BLOB of float32 numbers, 4 bytes each"
                            : "be a JSON array or a float32 BLOB";
  Words words = begin(call);
  put(&words, "%s must %s, got ", vector_name(spec), must);
  if (state)
    put(&words, "a saved state");
  else
    put_value(&words, value);
  if (blob && !state && !none && !wide) put(&words, "; vector_from_f64(blob) reads float64");
  end(&words);
}

void mlm_say_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at) {
  Words words = begin(call);
  if (fault == ARRAY_ELEMENT)
    put(&words, "element %lld of %s must be a number", (long long)at, vector_name(spec));
  else if (fault == ARRAY_SYNTAX)
    put(&words, "%s is no JSON array of numbers: it goes wrong at character %lld", vector_name(spec),
        (long long)at + 1);
  else
    put(&words, "%s must have at least one element", vector_name(spec));
  put(&words, ", got ");
  put_value(&words, call->argv[arg]);
  end(&words);
}

void mlm_say_lengths(const Call *call, size_t n, ArgKind other, size_t m) {
  const char *name = other == ARG_TARGETS && place_of(call->args, ARG_Q) ? "Q" : mlm_arg_specs[other].name;
  say(call, "%s has %lld element%s, but %s has %lld", mlm_arg_specs[call->args[0]].name, (long long)n,
      n == 1 ? "" : "s", name, (long long)m);
}

void mlm_say_set_range(const Call *call, const ArgSpec *spec, double x) {
  Words words = begin(call);
  put(&words, "every score of the set must be %s, got ", spec->must);
  put_number(&words, x);
  put_logits_way_out(&words, x, false);
  end(&words);
}

static void put_argument_count(Words *to) {
  put(to, "; got %d argument%s", to->call->argc, to->call->argc == 1 ? "" : "s");
}

void mlm_say_argument_count(const Call *call) {
  char signature[256];
  bool too_few = call->argc > 0 && call->argc < call->required && call->bound->metric;
  mlm_signature(call->bound->name, call->args, call->required, signature, sizeof signature);
  Words words = begin(call);
  put(&words, "it is called %s%s", signature, too_few ? ", or with a saved state" : "");
  put_argument_count(&words);
  if (too_few) {
    put(&words, ", the first ");
    put_value(&words, call->argv[0]);
  }
  end(&words);
}

void mlm_say_after_state(const Call *call, const AfterState *after) {
  char list[256]; /* "(cutoff, beta)" */
  mlm_signature("", after->args, after->fewest, list, sizeof list);
  const char *rest = list + 1, *comma = after->fewest > 0 ? ", " : after->n > 0 ? "[, " : "";
  Words words = begin(call);
  put(&words, "with this saved state it is called %s(state%s%s", call->bound->name, comma,
      *rest == '[' ? rest + 1 : rest);
  put_argument_count(&words);
  end(&words);
}

void mlm_say_header(const Call *call, HeaderFault fault) {
  Words words = begin(call);
  if (fault == HEADER_VERSION) {
    put(&words, "the saved state was written by another version of mlmetrics than this one reads");
  } else if (fault == HEADER_DAMAGED) {
    put(&words, "the saved state is damaged: it is cut short or has been changed");
  } else {
    put(&words, "argument 1 is no saved state, got ");
    put_value(&words, call->argv[0]);
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
