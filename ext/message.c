/* Building a message: names, numbers and values, written so that they can be typed in SQL. */
#include "message.h"

#include <stdarg.h>
#include <string.h>

#include "base/dirty_text.h"
#include "base/input_problem.h"
#include "metrics/named_function.h"

void mlm_put(Message *to, const char *format, ...) {
  va_list list;
  va_start(list, format);
  sqlite3_str_vappendf(to->text, format, list);
  va_end(list);
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

static void put_blob(Message *to, sqlite3_value *value) {
  Reader in = {.at = sqlite3_value_blob(value)};
  int bytes = sqlite3_value_bytes(value);
  char name[MLM_STATE_NAME_BYTES];
  if (mlm_is_packed(value)) {
    mlm_put(to, "a packed column");
  } else if (mlm_is_saved_state(value)) {
    in.end = in.at + bytes;
    mlm_put(to, mlm_read_header(&in, name) ? "a saved state" : "a saved state of '%s'", name);
  } else {
    mlm_put(to, "a BLOB of %d byte%s", bytes, bytes == 1 ? "" : "s");
  }
}

void mlm_put_value(Message *to, sqlite3_value *value) {
  int bytes;
  const char *text;
  switch (sqlite3_value_type(value)) {
  case SQLITE_NULL: mlm_put(to, "NULL"); break;
  case SQLITE_INTEGER: mlm_put(to, "%lld", (long long)sqlite3_value_int64(value)); break;
  case SQLITE_FLOAT: mlm_put_number(to, sqlite3_value_double(value)); break;
  case SQLITE_BLOB: put_blob(to, value); break;
  default:
    text = (const char *)sqlite3_value_text(value);
    bytes = sqlite3_value_bytes(value);
    to->failed |= !text;
    if (!text) break;
    mlm_put(to, bytes ? "text " : "an empty text");
    if (bytes) mlm_put_text(to, text, (size_t)bytes);
  }
}

/* Whether SQL reads back the same text from what mlm_put_text() writes: it is not cut, is UTF-8 and has no
 * control characters. */
static bool is_typeable(const char *text, size_t n) {
  size_t i = 0, length;
  for (; i < n && !mlm_is_control(text[i]); i += length)
    if ((length = mlm_utf8_length(text + i, n - i)) == 0) return false;
  return i == n && n <= MLM_QUOTED;
}

void mlm_put_literal(Message *to, const char *text, size_t n) {
  if (is_typeable(text, n))
    mlm_put_text(to, text, n);
  else
    mlm_put(to, "…");
}

void mlm_put_built(Message *to, StrBuf *built) {
  to->failed |= built->status != MLM_OK;
  mlm_put(to, "%.*s", (int)built->n, built->n ? built->bytes : "");
  mlm_memory.free(built->bytes);
}

bool mlm_hint_column(Message *to, const char *text, size_t n) {
  if (to->call->element || !mlm_is_words(text, n)) return false;
  if (memchr(text, ' ', n))
    mlm_put(to, "; if that is a column, write its name in double quotes, as the table spells it");
  else
    mlm_put(to, MLM_IF_A_COLUMN);
  return true;
}

void mlm_put_missing_code(Message *to, const char *name, double x, const char *what) {
  StrBuf code = {.limit = 1000, .host = &mlm_memory};
  mlm_str_missing_code(&code, name, x);
  mlm_put_built(to, &code);
  mlm_put(to, " if it stands for a missing %s", what);
}

/* The function that makes a set that the argument may be: of one series where it may be several, and a common
 * one where the argument may be of several kinds; or that makes a packed column. */
static const char *maker_of(ArgKind kind) {
  if (kind == ARG_PACKED) return "pack";
  const ArgSpec *spec = &mlm_arg_specs[kind];
  const char *single = spec->state ? mlm_keyed_inner_name(spec->state) : NULL;
  if (single) return single;
  if (spec->state_name) return spec->state_name;
  return kind == ARG_SETS ? "score_sets" : "score_set";
}

/* "score_set(score, label)", of argument i; "score_set(value, sample)" where it is of two samples, which have
 * bins by quantiles of one of them. */
static void put_maker(sqlite3_str *out, const ArgKind *args, int i) {
  static const ArgKind samples[] = {ARG_VALUE, ARG_SAMPLE};
  const char *maker = maker_of(args[i]);
  NamedFunction found;
  sqlite3_str_appendf(out, "%s(", maker);
  /* unreachable: a maker of sets that is no metric */
  if (mlm_find_function(maker, &found) && found.metric) {
    const bool of_samples = mlm_place_of(args, ARG_DRIFT_BINS) > 0;
    for (int a = 0; a < found.metric->required; a++) {
      /* unreachable: three arguments of samples, for no function of drift takes sets with keys */
      const ArgKind kind = of_samples && a < 2 ? samples[a] : found.metric->args[a];
      sqlite3_str_appendf(out, "%s%s", a > 0 ? ", " : "", mlm_arg_specs[kind].name);
    }
  }
  sqlite3_str_appendall(out, ")");
}

static void put_argument(sqlite3_str *out, const ArgKind *args, int i, SetSource source) {
  const ArgKind kind = args[i];
  const ArgSpec *spec = &mlm_arg_specs[kind];
  if (spec->shape != SHAPE_STATE) {
    /* beside an aggregate a bare column would be that of an arbitrary row */
    const bool label = source == SET_OF_GROUP && spec->shape == SHAPE_LABEL;
    /* unreachable: spec->name, for functions of sets require nothing else */
    sqlite3_str_appendall(out, kind == ARG_METRIC ? "'roc_auc'" : label ? "1" : spec->name);
  } else if (source == SETS_OF_QUERY) {
    sqlite3_str_appendall(out, "s");
  } else {
    sqlite3_str_appendall(out, source == SET_OF_QUERY ? "(SELECT " : "");
    put_maker(out, args, i);
    sqlite3_str_appendall(out, source == SET_OF_QUERY ? " FROM …)" : "");
  }
}

void mlm_put_set_call(sqlite3_str *out, const char *name, const ArgKind *args, int required,
                      SetSource source) {
  const char *series = source == SETS_OF_QUERY ? mlm_arg_specs[ARG_SERIES_NAME].name : NULL;
  sqlite3_str_appendf(out, "%s%s(", series ? "SELECT " : "", name);
  for (int i = 0; i < required; i++) {
    sqlite3_str_appendall(out, i > 0 ? ", " : "");
    put_argument(out, args, i, source);
  }
  if (!series) {
    sqlite3_str_appendall(out, ")");
    return;
  }
  sqlite3_str_appendf(out, ", %s) FROM (SELECT %s, ", series, series);
  put_maker(out, args, 0);
  sqlite3_str_appendf(out, " AS s FROM … GROUP BY %s)", series);
}

int mlm_place_of(const ArgKind *args, ArgKind kind) {
  for (int i = 0; args[i]; i++)
    if (args[i] == kind) return i + 1;
  return 0;
}
