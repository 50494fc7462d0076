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

void mlm_say(const Call *call, const char *format, ...) {
  va_list list;
  va_start(list, format);
  char *sentence = sqlite3_vmprintf(format, list);
  va_end(list);
  report(call, SQLITE_ERROR, sentence ? sqlite3_mprintf("%s: %s", call->bound->name, sentence) : NULL);
  sqlite3_free(sentence);
}

void mlm_say_status(const Call *call, Status status) {
  if (status == MLM_TOOMANY) {
    mlm_say(call, "there are more rows, each counted weight times, than can be counted");
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

static char *quote_number(double x) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_shortest(x, digits);
  if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
  return x == INFINITY    ? sqlite3_mprintf("Infinity")
         : x == -INFINITY ? sqlite3_mprintf("-Infinity")
                          : sqlite3_mprintf("%.*s", (int)n, digits);
}

/* Text in quotes, cut at 40 bytes (not inside a character), control characters as spaces. */
static char *quote_text(const char *text, size_t n) {
  char cut[QUOTED + 1];
  size_t m = n < QUOTED ? n : QUOTED;
  while (m < n && m > 0 && ((unsigned char)text[m] & 0xc0) == 0x80) m--;
  for (size_t i = 0; i < m; i++) cut[i] = (unsigned char)text[i] < ' ' || text[i] == 127 ? ' ' : text[i];
  cut[m] = 0;
  return sqlite3_mprintf(m < n ? "'%q…'" : "'%q'", cut);
}

char *mlm_quote(sqlite3_value *value) {
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL: return sqlite3_mprintf("NULL");
  case SQLITE_INTEGER: return sqlite3_mprintf("%lld", (long long)sqlite3_value_int64(value));
  case SQLITE_FLOAT: return quote_number(sqlite3_value_double(value));
  case SQLITE_BLOB: {
    int bytes = sqlite3_value_bytes(value);
    return sqlite3_mprintf("a BLOB of %d byte%s", bytes, bytes == 1 ? "" : "s");
  }
  default: {
    const char *text = (const char *)sqlite3_value_text(value);
    size_t n = (size_t)sqlite3_value_bytes(value);
    if (!text) return NULL;
    if (n == 0) return sqlite3_mprintf("an empty text");
    char *quoted = quote_text(text, n), *all = quoted ? sqlite3_mprintf("text %s", quoted) : NULL;
    sqlite3_free(quoted);
    return all;
  }
  }
}

/* For whom a probability is asked that looks like a logit. */
static char *logits_way_out(const Call *call, double x, bool vector) {
  static const struct {
    const char *stem, *twin;
  } twins[] = {{"cross_entropy_loss", "cross_entropy_logits_loss"},
               {"cross_entropy", "cross_entropy_logits"},
               {"bce_loss", "bce_logits_loss"},
               {"bce", "bce_logits"},
               {"log_loss_of", "bce_logits_loss"},
               {"log_loss", "bce_logits"}};
  const char *name = call->bound->name, *twin = NULL, *make = vector ? "softmax" : "sigmoid";
  for (size_t i = 0; i < sizeof twins / sizeof *twins && !twin; i++)
    if (strncmp(name, twins[i].stem, strlen(twins[i].stem)) == 0) twin = twins[i].twin;
  if (vector && twin && strncmp(name, "log_loss", 8) == 0)
    twin = strcmp(name, "log_loss_of") == 0 ? "cross_entropy_logits_loss" : "cross_entropy_logits";
  char *logits = twin ? sqlite3_mprintf("; %s takes logits", twin)
                      : sqlite3_mprintf("; %s() makes logits probabilities", make);
  bool percentage = x > 1 && x <= 100;
  if (!logits || !percentage) return logits;
  char *both = sqlite3_mprintf("%s, / 100.0 makes percentages probabilities", logits);
  sqlite3_free(logits);
  return both;
}

/* The text in quotes if SQL would know it again: not cut, without control characters. "" otherwise; NULL: out
 * of memory. */
static char *quote_whole(const char *text) {
  size_t n = strlen(text);
  bool whole = n <= QUOTED;
  for (size_t i = 0; i < n && whole; i++) whole = (unsigned char)text[i] >= ' ' && text[i] != 127;
  return whole ? quote_text(text, n) : sqlite3_mprintf("");
}

/* How a text that stands for a missing value is left out. */
static char *null_way_out(const Call *call, const ArgSpec *spec, const char *text) {
  char *quoted = quote_whole(text), *way = NULL;
  if (quoted && *quoted)
    way = sqlite3_mprintf("; nullif(%s, %s) makes it NULL%s", spec->name, quoted,
                          call->bound->scalar ? "" : ", which leaves the row out");
  else if (quoted)
    way = sqlite3_mprintf("");
  sqlite3_free(quoted);
  return way;
}

static char *label_way_out(const ArgSpec *spec, const char *text, const double *x, const double *pred) {
  if (!x) {
    char *quoted = text ? quote_whole(text) : sqlite3_mprintf(""), *way = NULL;
    if (quoted && *quoted)
      way = sqlite3_mprintf("; %s = %s is 1 where it holds, else 0", spec->name, quoted);
    else if (quoted)
      way = sqlite3_mprintf("");
    sqlite3_free(quoted);
    return way;
  }
  if (*x > -1e9 && *x < 1e9 && *x != (double)(int)*x)
    return sqlite3_mprintf("; are score and label swapped%s",
                           *pred == 0 || *pred == 1 ? "? (the score here is a 0 or 1)" : "?");
  return sqlite3_mprintf("; %s > 0 is 1 where it holds, else 0", spec->name);
}

/* Where a number that is no such parameter was perhaps meant as the weight. */
static char *weight_way_out(const Call *call) {
  int weight = 0;
  for (int i = 0; call->args[i]; i++)
    if (call->args[i] == ARG_WEIGHT) weight = i + 1;
  return weight ? sqlite3_mprintf("; the weight is argument %d", weight) : sqlite3_mprintf("");
}

static char *way_out(const Call *call, const ArgSpec *spec, sqlite3_value *value, const double *pred) {
  int type = sqlite3_value_type(value);
  const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
  double number, *x = NULL;
  if (text && mlm_parse_whole_number(text, (size_t)sqlite3_value_bytes(value), &number)) x = &number;
  if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
    number = sqlite3_value_double(value);
    x = &number;
  }
  if (text && strlen(text) != (size_t)sqlite3_value_bytes(value)) text = NULL; /* a NUL: cannot be typed */
  if (text && *text == 0) return null_way_out(call, spec, text);
  if (spec->shape == SHAPE_LABEL) return label_way_out(spec, text, x, pred);
  if (x && mlm_is_given(spec->shape)) return weight_way_out(call);
  if (text && !x && spec->shape <= SHAPE_WEIGHT) return null_way_out(call, spec, text);
  bool probability = x && spec->hi == 1 && strncmp(spec->name, "prob", 4) == 0;
  return probability ? logits_way_out(call, *x, spec->shape == SHAPE_SPREAD) : sqlite3_mprintf("");
}

/* "<name> must be <must>, got <value><way out>", where the strings may have failed to be made. */
static void say_must(const Call *call, const char *name, const char *must, char *got, char *way) {
  if (got && way)
    mlm_say(call, "%s must be %s, got %s%s", name, must, got, way);
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(got);
  sqlite3_free(way);
}

void mlm_say_wrong_number(const Call *call, int arg, const ArgSpec *spec, const double *pred) {
  sqlite3_value *value = call->argv[arg];
  int type = sqlite3_value_type(value);
  bool range = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
  bool anything = spec->shape != SHAPE_NUMBER && spec->shape != SHAPE_SPREAD && spec->shape != SHAPE_WEIGHT;
  double x;
  if (type == SQLITE_TEXT && sqlite3_value_text(value))
    range = mlm_parse_whole_number((const char *)sqlite3_value_text(value),
                                   (size_t)sqlite3_value_bytes(value), &x);
  say_must(call, spec->name, range || anything ? spec->must : "a number", mlm_quote(value),
           way_out(call, spec, value, pred));
}

void mlm_say_changed(const Call *call, const ArgSpec *spec, double from, double to) {
  char *was = quote_number(from), *is = quote_number(to), *way = weight_way_out(call);
  if (was && is && way)
    mlm_say(call, "%s changed from %s to %s%s", spec->name, was, is, way);
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(was);
  sqlite3_free(is);
  sqlite3_free(way);
}

void mlm_say_objective_changed(const Call *call, const char *from, const char *to, size_t n) {
  char *is = quote_text(to, n), *way = weight_way_out(call);
  if (is && way)
    mlm_say(call, "objective changed from '%s' to %s%s", from, is, way);
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(is);
  sqlite3_free(way);
}

void mlm_say_no_objective(const Call *call, sqlite3_value *value) {
  char *got = mlm_quote(value);
  bool text = sqlite3_value_type(value) == SQLITE_TEXT;
  bool lengthy = text && sqlite3_value_bytes(value) >= MLM_OBJECTIVE_BYTES;
  if (got)
    mlm_say(call, "objective must be one of %s, got %s%s", mlm_objective_names, got,
            !text     ? "; the weight is argument 4"
            : lengthy ? ", which is longer than the 47 bytes that are read"
                      : "");
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(got);
}

void mlm_say_no_index(const Call *call, int arg, size_t n) {
  char *got = mlm_quote(call->argv[arg]);
  const char *name = "class";
  for (int i = 0; call->args[i]; i++)
    if (call->args[i] == ARG_I) name = "i";
  if (got)
    mlm_say(call, "%s must be an index from 0 to %lld, since there are %lld entries, got %s", name,
            (long long)n - 1, (long long)n, got);
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(got);
}

void mlm_say_wrong_element(const Call *call, int arg, const ArgSpec *spec, double x, size_t i) {
  bool probability = spec->hi == 1 && strcmp(spec->name, "targets") != 0;
  char *name = sqlite3_mprintf("element %lld of %s", (long long)i, spec->name);
  if (name)
    say_must(call, name, spec->must, quote_number(x),
             probability ? logits_way_out(call, x, true) : sqlite3_mprintf(""));
  else
    mlm_say_status(call, MLM_NOMEM);
  sqlite3_free(name);
}

void mlm_say_nan(const Call *call, int arg, size_t i) {
  mlm_say(call, "element %lld of the BLOB in argument %d is NaN", (long long)i, arg + 1);
}

void mlm_say_no_vector(const Call *call, int arg, const ArgSpec *spec) {
  sqlite3_value *value = call->argv[arg];
  char *got = mlm_quote(value);
  if (!got)
    mlm_say_status(call, MLM_NOMEM);
  else if (sqlite3_value_type(value) == SQLITE_BLOB
           && mlm_is_state(sqlite3_value_blob(value), (uint64_t)sqlite3_value_bytes(value)))
    mlm_say(call, "%s must be a JSON array or a float32 BLOB, got a saved state", spec->name);
  else if (spec->shape == SHAPE_F64_BLOB)
    mlm_say(call, "%s must be a BLOB of float64 numbers, 8 bytes each, got %s", spec->name, got);
  else if (sqlite3_value_type(value) == SQLITE_BLOB)
    mlm_say(call,
            "%s must be a BLOB of float32 numbers, 4 bytes each, got %s; vector_from_f64(blob) reads float64",
            spec->name, got);
  else
    mlm_say(call, "%s must be a JSON array or a float32 BLOB, got %s", spec->name, got);
  sqlite3_free(got);
}

void mlm_say_no_array(const Call *call, int arg, const ArgSpec *spec, ArrayFault fault, size_t at) {
  char *got = mlm_quote(call->argv[arg]);
  if (!got)
    mlm_say_status(call, MLM_NOMEM);
  else if (fault == ARRAY_ELEMENT)
    mlm_say(call, "element %lld of %s must be a number, got %s", (long long)at, spec->name, got);
  else if (fault == ARRAY_SYNTAX)
    mlm_say(call, "%s is no JSON array of numbers: it goes wrong at character %lld, got %s", spec->name,
            (long long)at + 1, got);
  else
    mlm_say(call, "%s must have at least one element, got %s", spec->name, got);
  sqlite3_free(got);
}

void mlm_say_lengths(const Call *call, size_t n, ArgKind other, size_t m) {
  const char *name = mlm_arg_name(other);
  for (int i = 1; call->args[i]; i++)
    if (other == ARG_TARGETS && (call->args[i] == ARG_Q || call->args[i] == ARG_CLASS_OR_TARGETS))
      name = call->args[i] == ARG_Q ? "Q" : "targets";
  mlm_say(call, "%s has %lld elements, but %s has %lld", mlm_arg_name(call->args[0]), (long long)n, name,
          (long long)m);
}

void mlm_say_set_range(const Call *call, const ArgSpec *spec, double x) {
  say_must(call, "every score of the set", spec->must, quote_number(x), logits_way_out(call, x, false));
}

void mlm_say_argument_count(const Call *call) {
  char signature[256];
  mlm_signature(call->bound->name, call->args, call->required, signature, sizeof signature);
  char *got = call->argc > 0 ? mlm_quote(call->argv[0]) : NULL;
  if (call->argc > 0 && !got)
    mlm_say_status(call, MLM_NOMEM);
  else if (got && call->argc < call->required && call->bound->metric)
    mlm_say(call, "it is called %s, or with a saved state; got %d argument%s, the first %s", signature,
            call->argc, call->argc == 1 ? "" : "s", got);
  else
    mlm_say(call, "it is called %s; got %d argument%s", signature, call->argc, call->argc == 1 ? "" : "s");
  sqlite3_free(got);
}

void mlm_say_after_state(const Call *call, const ArgKind *after, int fewest, int most) {
  char signature[256], all[300];
  mlm_signature("", after, fewest, signature, sizeof signature);
  size_t n = strlen(signature);
  sqlite3_snprintf((int)sizeof all, all, "%s(state%s%.*s)", call->bound->name,
                   most > 0 && fewest > 0 ? ", " : "", n > 2 ? (int)n - 2 : 0, signature + 1);
  mlm_say(call, "with this saved state it is called %s; got %d argument%s", all, call->argc,
          call->argc == 1 ? "" : "s");
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
