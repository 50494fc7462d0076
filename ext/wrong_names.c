/* Functions under wrong names, which only report the right one: names from other libraries, and curves called
 * as functions.
 *
 * They are window functions, so that they can be called in every way that the right ones can. They fail in
 * xStep and in xFinal, so that the message also appears over an empty table.
 */
#include "wrong_names.h"

#include <string.h>

#include "base/hash_table.h"
#include "message.h"
#include "metrics/peer_names.h"

enum { SIGNATURE_BYTES = 320 };

/* Words that are common outside the evaluation of models, so that another extension may have a function of
 * that name: of statistics and mathematics in general, of texts and sets, and of other fields. Terms and
 * abbreviations that mean one thing wherever they occur, such as tpr and perplexity, are not among them, nor
 * are spellings of one library, such as pearsonr. */
static const char *const general_words[] = {
    "corr",     "correlation", "corrcoef", "confidence_interval", "logistic", "dice",   "map",
    "hit_rate", "miss_rate",   "bias",     "hamming_distance",    "roc",      "coords", "success",
    "sens",     "spec",        NULL};

/* ---- names ---- */

/* A name that is taken: a function or a table of ours has it, or a guard, or a table and its guard, or it is
 * a general word. */
typedef struct TakenName {
  const char *name; /* NULL: an empty place */
  bool guard;
} TakenName;

/* By name, in any case of letters. Loading takes about 600 foreign names past all of ours, so these are
 * hashed. */
typedef struct NameSet {
  TakenName *place;
  uint64_t mask;
} NameSet;

/* Eight bytes a step, the last ones overlapping: most names have fewer than three steps. */
static uint64_t hash_name(const char *name) {
  const uint64_t lower = 0x2020202020202020; /* equal for both cases of a letter */
  size_t n = strlen(name);
  uint64_t hash = n, word = 0;
  for (size_t i = 0; i + 8 < n; i += 8) {
    memcpy(&word, name + i, 8);
    hash = mlm_hash_mix(hash, word | lower);
  }
  if (n >= 8)
    memcpy(&word, name + n - 8, 8);
  else
    for (size_t i = 0; i < n; i++) word = word << 8 | (uint8_t)name[i];
  return mlm_hash_mix(hash, word | lower);
}

static bool ends_at(const void *table, uint64_t place, const void *name) {
  const char *taken = ((const TakenName *)table)[place].name;
  return !taken || sqlite3_stricmp(taken, name) == 0;
}

/* The place of the name, which is empty where it is not taken. */
static TakenName *find_name(const NameSet *names, const char *name) {
  return &names->place[mlm_hash_find(names->place, names->mask, hash_name(name), name, ends_at)];
}

static void take_name(const NameSet *names, const char *name) { find_name(names, name)->name = name; }

/* False: out of memory. */
static bool gather_names(const Connection *connection, NameSet *names) {
  uint64_t n = (uint64_t)connection->n_functions + sizeof general_words / sizeof *general_words, room = 16;
  for (const Family *const *family = mlm_families; *family; family++)
    for (const TableFunction *t = (*family)->tables; t && t->name; t++) n++;
  for (const PeerName *peer = mlm_peer_names; peer->library; peer++) n++;
  while (room < 2 * n) room *= 2;
  *names = (NameSet){.place = sqlite3_malloc64(room * sizeof *names->place), .mask = room - 1};
  if (!names->place) return false;
  memset(names->place, 0, room * sizeof *names->place);
  for (const char *const *word = general_words; *word; word++) take_name(names, *word);
  for (int i = 0; i < connection->n_functions; i++) take_name(names, connection->functions[i].name);
  for (const Family *const *family = mlm_families; *family; family++)
    for (const TableFunction *t = (*family)->tables; t && t->name; t++) take_name(names, t->name);
  return true;
}

/* Whether their name can be written as a function in SQL. */
static bool is_sql_name(const char *name) { return strlen(name) > 1 && !strchr(name, '.'); }

/* ---- messages ---- */

/* Whether the library's functions take the labels before the predictions. */
static bool labels_come_first(const PeerName *peer) {
  static const char *const libraries[] = {"scikit-learn", "yardstick", "pROC", "Vertica", "Fairlearn", NULL};
  for (const char *const *library = libraries; *library; library++)
    if (strcmp(peer->library, *library) == 0) return true;
  return false;
}

/* How the table is opened: "SELECT * FROM roc_curve((SELECT score_set(score, label) FROM …))". */
static void put_query(sqlite3_str *out, const TableFunction *table) {
  sqlite3_str_appendall(out, "SELECT * FROM ");
  mlm_put_set_call(out, table->name, table->args, table->required, SET_OF_QUERY);
}

/* What the table takes for several series. */
static void put_series(sqlite3_str *out, const TableFunction *table) {
  const ArgSpec *set = &mlm_arg_specs[table->args[0]];
  const char *single = set->state ? mlm_keyed_inner_name(set->state) : NULL;
  if (single && strcmp(single, set->state_name) != 0)
    sqlite3_str_appendf(out, "; %s(key, …) in place of %s(…) gives a series for each key", set->state_name,
                        single);
}

/* Reports the text as the error; whole: memory did not run out while it was written. */
static void answer(sqlite3_context *context, sqlite3_str *text, bool whole) {
  char *message = sqlite3_str_finish(text);
  if (message && whole)
    sqlite3_result_error(context, message, -1);
  else
    sqlite3_result_error_nomem(context);
  sqlite3_free(message);
}

static void answer_for_table(sqlite3_context *context) {
  const TableFunction *table = sqlite3_user_data(context);
  sqlite3_str *text = sqlite3_str_new(NULL);
  sqlite3_str_appendf(text, "%s: it is a table, opened as ", table->name);
  put_query(text, table);
  put_series(text, table);
  answer(context, text, true);
}

/* Whether the note is a query, which then stands in place of a signature. */
static bool is_query(const char *note) { return note && strncmp(note, "SELECT ", strlen("SELECT ")) == 0; }

/* Whether the metric is a chart or a report of sets: only these take the name of a series after the set. */
static bool is_chart(const Metric *metric) { return metric->args[1] == ARG_SERIES_NAME; }

/* The signature of a metric or a scalar; false: out of memory. */
static bool put_signature(sqlite3_str *out, const char *name, const NamedFunction *found) {
  char signature[SIGNATURE_BYTES];
  ArgKind args[MLM_MAX_ARGS];
  if (found->metric) mlm_form_args(found->form, found->metric, args);
  bool whole = found->metric ? mlm_signature(name, args, found->metric->required, signature, sizeof signature)
                             : mlm_signature(name, found->scalar->args, found->scalar->required, signature,
                                             sizeof signature);
  sqlite3_str_appendall(out, whole ? signature : "");
  return whole;
}

/* How to call our function; false: out of memory. */
static bool put_ours(sqlite3_str *out, const PeerName *peer) {
  NamedFunction found;
  /* unreachable: a name without a function, which peer_names finds */
  if (!mlm_find_function(peer->ours, &found)) return true;
  if (is_query(peer->note)) {
    sqlite3_str_appendall(out, peer->note);
    return true;
  }
  if (found.table) {
    put_query(out, found.table);
    return true;
  }
  bool whole = true, chart = found.metric && is_chart(found.metric);
  if (chart)
    mlm_put_set_call(out, peer->ours, found.metric->args, found.metric->required, SETS_OF_QUERY);
  else
    whole = put_signature(out, peer->ours, &found);
  if (found.metric && !chart && labels_come_first(peer)) sqlite3_str_appendall(out, ", the prediction first");
  if (peer->note) sqlite3_str_appendf(out, "; %s", peer->note);
  return whole;
}

static bool has_capitals(const char *name) {
  while (*name && (*name < 'A' || *name > 'Z')) name++;
  return *name;
}

/* SQLite does not say how the name was typed, so one with capitals is given with the library that spells it
 * so. */
static void answer_for_peer(sqlite3_context *context) {
  const PeerName *peer = sqlite3_user_data(context);
  bool capitals = has_capitals(peer->theirs);
  sqlite3_str *text = sqlite3_str_new(NULL);
  sqlite3_str_appendf(text, "%s%s%s: here it is ", peer->theirs, capitals ? " of " : "",
                      capitals ? peer->library : "");
  bool whole = put_ours(text, peer);
  answer(context, text, whole);
}

static void step_table(sqlite3_context *context, int argc, sqlite3_value **argv) {
  answer_for_table(context);
}
static void step_peer(sqlite3_context *context, int argc, sqlite3_value **argv) { answer_for_peer(context); }

/* ---- registration ---- */

typedef void StepGuard(sqlite3_context *context, int argc, sqlite3_value **argv);

/* Registers the name, of which `taken` is the place. */
static int register_guard(sqlite3 *db, TakenName *taken, const char *name, const void *row, StepGuard *step,
                          void (*value)(sqlite3_context *)) {
  *taken = (TakenName){.name = name, .guard = true};
  return sqlite3_create_window_function(db, name, -1, mlm_function_flags(true, RESULT_REAL),
                                        (void *)(uintptr_t)row, step, value, value, step, NULL);
}

/* A name that a function of ours has and a general word get no guard, and if two libraries have a name, the
 * first row counts. A name is registered once only, because SQLite does not replace a function while a
 * statement is running, as SELECT load_extension() is. */
static int register_guards(sqlite3 *db, const NameSet *names) {
  int rc = SQLITE_OK;
  for (const Family *const *family = mlm_families; *family; family++)
    for (const TableFunction *t = (*family)->tables; t && t->name && rc == SQLITE_OK; t++)
      rc = register_guard(db, find_name(names, t->name), t->name, t, step_table, answer_for_table);
  for (const PeerName *peer = mlm_peer_names; peer->library && rc == SQLITE_OK; peer++) {
    TakenName *taken = find_name(names, peer->theirs);
    if (!taken->name && is_sql_name(peer->theirs))
      rc = register_guard(db, taken, peer->theirs, peer, step_peer, answer_for_peer);
  }
  return rc;
}

static void remove_guards(sqlite3 *db, const NameSet *names) {
  for (uint64_t i = 0; i <= names->mask; i++)
    if (names->place[i].guard)
      sqlite3_create_function_v2(db, names->place[i].name, -1, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL);
}

int mlm_register_wrong_names(const Connection *connection) {
  NameSet names;
  if (!gather_names(connection, &names)) return SQLITE_NOMEM;
  int rc = register_guards(connection->db, &names);
  if (rc != SQLITE_OK) remove_guards(connection->db, &names);
  sqlite3_free(names.place);
  return rc;
}
