/* Requests to the host that fail: each block of memory that the library itself asks for, each function that
 * it registers, each poll for an interrupt. And hosts on both sides of the versions that it looks at. It is
 * a small, fast version of tests/faults.c and tests/versions.c: only what the library asks for fails.
 */
#include "api_table.h"
#include "tables.h"

#include <stdio.h>
#include <string.h>

typedef void Callback(sqlite3_context *context, int argc, sqlite3_value **argv);

/* ---- what the library calls ---- */

static int host_version;
static int version_number(void) { return host_version; }

/* Requests are numbered from 0: number fails_at fails, or all from it on. */
static long requests, fails_at = -1;
static bool ever;

static bool fails(void) {
  long at = requests++;
  return fails_at >= 0 && (ever ? at >= fails_at : at == fails_at);
}

/* Behind some of the blocks is a byte that nothing may change: SQLite itself rounds their sizes up. */
enum { MARKED = 64, MARK = 0x5A };
static struct {
  unsigned char *at;
  sqlite3_uint64 bytes;
} marked[MARKED];

static void *new_block(sqlite3_uint64 bytes) {
  unsigned char *block = fails() ? NULL : sqlite3_malloc64(bytes + 1);
  for (int i = 0; block && i < MARKED; i++)
    if (!marked[i].at) {
      marked[i].at = block;
      marked[i].bytes = bytes;
      block[bytes] = MARK;
      break;
    }
  return block;
}

static void unmark(const void *block) {
  for (int i = 0; block && i < MARKED; i++)
    if (marked[i].at == block) {
      if (marked[i].at[marked[i].bytes] != MARK)
        failed("the byte behind a block of %ld was changed", (long)marked[i].bytes);
      marked[i].at = NULL;
    }
}

static void *resized(void *block, sqlite3_uint64 bytes) {
  if (fails()) return NULL;
  unmark(block);
  return sqlite3_realloc64(block, bytes);
}

static void free_block(void *block) {
  unmark(block);
  sqlite3_free(block);
}

static char *finished(sqlite3_str *text) {
  char *whole = sqlite3_str_finish(text);
  if (!fails()) return whole;
  sqlite3_free(whole);
  return NULL;
}

/* Copies of values that are not freed yet, and the latest of them. */
static long copies;
static sqlite3_value *latest;

static sqlite3_value *copied(const sqlite3_value *value) {
  latest = fails() ? NULL : sqlite3_value_dup(value);
  copies += latest != NULL;
  return latest;
}

static void freed(sqlite3_value *value) {
  copies -= value != NULL;
  if (value == latest) latest = NULL; /* another value may be at its place later */
  sqlite3_value_free(value);
}

/* The text of a copy may have to be made UTF-8, which takes memory. */
static const unsigned char *text_of(sqlite3_value *value) {
  const bool copy = latest && value == latest;
  if (copy) latest = NULL;
  return copy && fails() ? NULL : sqlite3_value_text(value);
}

/* Functions that are registered, and removed again; the one at which it fails. */
static long registered, registration_fails = -1, innocuous, deterministic;

/* Functions whose results may be JSON, and some whose results never are. */
static const char *const json[] = {
    "softmax", "bce_logits_gradient", "confusion_at", "score_set_info", "sigmoid", "to_number"};
enum { JSON = 4, JSON_ALL = sizeof json / sizeof *json };
static bool has_subtype[JSON_ALL];

static void note_flags(const char *name, int flags) {
  innocuous += (flags & 0x200000) != 0;
  deterministic += (flags & SQLITE_DETERMINISTIC) != 0;
  for (int i = 0; i < JSON_ALL; i++)
    if (strcmp(name, json[i]) == 0) has_subtype[i] |= (flags & 0x1000000) != 0;
}

static int create_window(sqlite3 *db, const char *name, int n, int flags, void *user, Callback *step,
                         void (*final)(sqlite3_context *), void (*value)(sqlite3_context *),
                         Callback *inverse, void (*destroy)(void *)) {
  note_flags(name, flags);
  if (registered++ != registration_fails)
    return sqlite3_create_window_function(db, name, n, flags, user, step, final, value, inverse, destroy);
  if (destroy) destroy(user); /* as SQLite does */
  return SQLITE_NOMEM;
}

static int create_function(sqlite3 *db, const char *name, int n, int flags, void *user, Callback *call,
                           Callback *step, void (*final)(sqlite3_context *), void (*destroy)(void *)) {
  if (n < -1) failed("%s is registered for %d arguments", name, n);
  if (!call) return sqlite3_create_function_v2(db, name, n, flags, user, call, step, final, destroy);
  note_flags(name, flags);
  if (registered++ != registration_fails)
    return sqlite3_create_function_v2(db, name, n, flags, user, call, step, final, destroy);
  destroy(user);
  return SQLITE_NOMEM;
}

static long tables_innocuous;
static int config(sqlite3 *db, int op, ...) {
  tables_innocuous += op == SQLITE_VTAB_INNOCUOUS;
  return SQLITE_OK;
}

/* The modules, with a look at the plans that have an argument which is not available yet: rejected, or given
 * a prohibitive cost. */
static const sqlite3_module *library_module;
static sqlite3_module module;
static long rejected, avoided;

enum { MOST_CONSTRAINTS = 20 };

/* Before and behind the constraints are others, for which each plan would be rejected. */
static int best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
  const struct sqlite3_index_constraint other = {.iColumn = 1000, .op = SQLITE_INDEX_CONSTRAINT_EQ};
  struct sqlite3_index_constraint all[MOST_CONSTRAINTS + 2], *const own = info->aConstraint;
  const int n = info->nConstraint;
  bool unusable = false;
  if (n > MOST_CONSTRAINTS) return SQLITE_ERROR;
  all[0] = all[n + 1] = other;
  for (int i = 0; i < n; i++) {
    all[i + 1] = own[i];
    unusable |= !own[i].usable;
  }
  info->idxNum = -1;
  info->aConstraint = all + 1;
  const int rc = library_module->xBestIndex(table, info);
  info->aConstraint = own;
  rejected += rc == SQLITE_CONSTRAINT;
  avoided += unusable && rc == SQLITE_OK && info->idxNum == 0 && info->estimatedCost >= 1e99;
  return rc;
}

static int create_module(sqlite3 *db, const char *name, const sqlite3_module *given, void *user,
                         void (*destroy)(void *)) {
  if (!given) return sqlite3_create_module_v2(db, name, NULL, NULL, NULL);
  library_module = given;
  module = *given;
  module.xBestIndex = best_index;
  return sqlite3_create_module_v2(db, name, &module, user, destroy);
}

static long polls, interrupted_at = -1;
static int is_interrupted(sqlite3 *db) { return polls++ == interrupted_at; }

/* ---- loading ---- */

static void check(bool right, const char *what, long got) {
  if (right)
    passed();
  else
    failed("%s: %ld", what, got);
}

static sqlite3 *open_loaded(int version) {
  sqlite3 *db;
  host_version = version;
  sqlite3_open(":memory:", &db);
  registered = innocuous = deterministic = tables_innocuous = 0;
  check(load_library(db, NULL) == SQLITE_OK, "loading into a host of version", version);
  return db;
}

static const char own[] = "SELECT mse(), mse(1, 2, 3, 4, 5, 6), roc_auc_score(1), log_sum_exp(1, 2, 3, 4, 5)";

static void no_step(sqlite3_context *context, int argc, sqlite3_value **argv) {}

static void gives(sqlite3 *db, const char *sql, const char *want) {
  bool error;
  char *got = rows_of(db, sql, &error);
  if (strcmp(got, want) == 0)
    passed();
  else
    failed("%d: %s gives %s, not %s", host_version, sql, got, want);
  sqlite3_free(got);
}

static const char names[] =
    "SELECT (SELECT count(*) FROM pragma_function_list), (SELECT count(*) FROM pragma_module_list)";

/* A load that fails leaves what was there before, and no memory; a second one works. */
static void fail_load(sqlite3_int64 unused, long at) {
  sqlite3 *db;
  char *why = NULL;
  bool error;
  sqlite3_open(":memory:", &db);
  sqlite3_free(rows_of(db, names, &error)); /* the table that it reads is a module itself */
  char *before = rows_of(db, names, &error), *after;
  registered = requests = 0;
  int rc = load_library(db, &why);
  fails_at = registration_fails = -1;
  check(rc == SQLITE_NOMEM && why
            && strcmp(why, "mlmetrics could not register its functions: out of memory") == 0,
        why ? why : "a load that fails", at);
  sqlite3_free(why);
  after = rows_of(db, names, &error);
  if (!error) check(strcmp(before, after) == 0, after, at);
  sqlite3_free(before);
  sqlite3_free(after);
  check(load_library(db, NULL) == SQLITE_OK, "loading again", at);
  gives(db, "SELECT mse(1, 2)", "1.0");
  sqlite3_close(db);
  check(sqlite3_memory_used() == unused, "memory left behind", at);
}

/* Functions of the user's own that a failed load has not replaced stay. */
static void fail_over_own(void) {
  static const struct {
    const char *name;
    int n;
  } owned[] = {{"mse", 0}, {"mse", 6}, {"roc_auc_score", 1}, {"log_sum_exp", 5}};
  sqlite3 *db;
  sqlite3_open(":memory:", &db);
  for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
    sqlite3_create_function(db, owned[i].name, owned[i].n, SQLITE_UTF8, NULL, no_step, NULL, NULL);
  registered = 0;
  registration_fails = 2000;
  check(load_library(db, NULL) == SQLITE_NOMEM, "a load that fails", 2000);
  registration_fails = -1;
  gives(db, own, "|||");
  sqlite3_close(db);
}

static void check_loads(void) {
  sqlite3_close(open_loaded(3040000)); /* what SQLite keeps from its first connection on */
  const sqlite3_int64 unused = sqlite3_memory_used();
  requests = 0;
  sqlite3_close(open_loaded(3040000));
  check(sqlite3_memory_used() == unused, "memory left behind", -1);
  const long blocks = requests, functions = registered;
  check(blocks >= 3 && blocks < 100 && functions > 2000, "blocks and functions", functions);
  for (long at = 0; at < blocks; at++) {
    fails_at = at;
    fail_load(unused, at);
  }
  /* The first ones, some in between, and more of the last five hundred, which are names of others. */
  for (long at = 0; at < functions; at += at < 2 ? 1 : at < functions - 500 ? functions / 3 : 61) {
    registration_fails = at;
    fail_load(unused, at);
  }
  registration_fails = functions - 1;
  fail_load(unused, functions - 1);
  fail_over_own();
}

/* ---- versions ---- */

static void check_versions(void) {
  static const struct {
    int version;
    bool innocuous, rejects;
  } hosts[] = {{3025000, false, false},
               {3025999, false, false},
               {3026000, false, true},
               {3030999, false, true},
               {3031000, true, true}};
  for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
    sqlite3 *db = open_loaded(hosts[i].version);
    check(deterministic == registered - 1, "all but the version are deterministic", deterministic);
    check(innocuous == (hosts[i].innocuous ? registered : 0), "innocuous functions", innocuous);
    gives(db, "SELECT count(*) FROM roc_curve((SELECT score_set(.5, 1)))", "2");
    check(tables_innocuous == hosts[i].innocuous, "innocuous tables", tables_innocuous);
    sqlite3_exec(db, "CREATE TABLE sets AS SELECT score_set(.5, 1) AS s", NULL, NULL, NULL);
    rejected = avoided = 0;
    gives(db, "SELECT count(*) FROM roc_curve(t.s), sets AS t", "2");
    check((rejected > 0) == hosts[i].rejects, "plans rejected", rejected);
    check((avoided > 0) == !hosts[i].rejects, "plans of a prohibitive cost", avoided);
    sqlite3_close(db);
  }
}

/* SQLITE_RESULT_SUBTYPE, which came with 3.44. */
static void check_subtypes(void) {
  sqlite3_close(open_loaded(3043999));
  for (int i = 0; i < JSON_ALL; i++)
    expect_for(!has_subtype[i], "a flag that the host does not know", json[i]);
  sqlite3_close(open_loaded(3044000));
  for (int i = 0; i < JSON_ALL; i++) expect_for(has_subtype[i] == (i < JSON), "the flag of JSON", json[i]);
}

/* Whether SQLite sorts the rows of a table that come in the order of their key. */
static void check_order(sqlite3 *db) {
  static const struct {
    const char *by;
    bool sorts;
  } orders[] = {{"key", false}, {"key, state", true}, {"key DESC", true}, {"state", true}};
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
    bool error;
    char *sql = sqlite3_mprintf(
        "EXPLAIN QUERY PLAN SELECT * FROM each_set((SELECT score_sets(1, .5, 1))) ORDER BY %s", orders[i].by);
    char *plan = rows_of(db, sql, &error);
    expect_for(!error && (strstr(plan, "B-TREE") != NULL) == orders[i].sorts, sql, plan);
    sqlite3_free(plan);
    sqlite3_free(sql);
  }
}

/* ---- queries ---- */

#define N(n)                                                                                                 \
  "(WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " #n ") SELECT i FROM n)"

/* Queries in which each request for memory fails: the result is the same, or memory ran out. */
static const char *const queries[] = {
    "SELECT roc_auc_score(1, 2)",
    "SELECT RocCurveDisplay(1, 2)",
    "SELECT roc_curve(1)",
    "SELECT mse('x', 1)",
    "SELECT mse(1, 2, 3, 4, 5, 6, 7)",
    "SELECT ndcg(1, 2, 3)",
    "SELECT f1_at(s) FROM (SELECT score_set(i, i % 2) AS s FROM " N(9) ")",
    "SELECT accuracy(i % 2, CASE WHEN i % 2 THEN 'yes' ELSE 'no' END) FROM " N(9),
    "SELECT * FROM mlmetrics_functions LIMIT 3",
    "SELECT * FROM mlmetrics_functions WHERE kind <> 'aggregate' LIMIT 3",
    "SELECT score_sets(i % 3, i / 50.0, i % 2) FROM " N(50),
    "SELECT score_sets('k', i / 50.0, i % 2) FROM " N(50),
    "SELECT roc_auc(s) FROM (SELECT score_set(i, i % 2) AS s FROM " N(9) " GROUP BY i % 2)",
    "SELECT mse(s) FROM (SELECT mse_state(i, 1) AS s FROM " N(9) ")",
    "SELECT best_cutoff(i, i % 2, 'fbeta:2') FROM " N(9),
    "SELECT f1_macro(i, 2, '[1,2]') FROM " N(9),
    "SELECT krippendorff_alpha('[1,' || i || ',\"a\"]') FROM " N(9),
    "SELECT kappa(i, i % 7) FROM " N(50),
    "SELECT kappa_quadratic(i % 3, i % 2, '[2,0,1]') FROM " N(9),
    "SELECT evaluate_classes(column1, column1) FROM (VALUES ('cat'), ('Cat'), ('dog'))",
    "SELECT input_problems(p, q) FROM (SELECT pack(i || '%') AS p, pack(i % 2 || 'x') AS q FROM " N(9) ")",
    "SELECT sigmoid(pack(nullif(i, i))) FROM " N(9),
    "SELECT sigmoid(pack(i)) FROM " N(20),
    "SELECT sigmoid(pack(nullif(i, 3))) FROM " N(20),
    "SELECT to_label(pack(i % 2 || '')) FROM " N(20),
    "SELECT softmax(pack('[1,' || i || ']')) FROM " N(20),
    "SELECT calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}', pack(i || '')) FROM " N(9),
    "SELECT count(*) FROM calibration_curve((SELECT score_set(i / 50.0, i % 2) FROM " N(
        50) "), 5, 'quantile')",
};

static void fail_each(sqlite3 *db, const char *sql) {
  bool error;
  fails_at = -1;
  char *want = rows_of(db, sql, &error);
  for (int e = 0; e < 2; e++) {
    ever = e == 1;
    for (long at = 0;; at++) {
      fails_at = at;
      requests = 0;
      char *got = rows_of(db, sql, &error);
      fails_at = -1;
      if (strcmp(got, want) == 0 || (error && strcmp(got, "out of memory") == 0))
        passed();
      else
        failed("%s: without request %ld: %s", sql, at, got);
      sqlite3_free(got);
      check(copies == 0, "copies of values left behind", at);
      if (requests <= at) break;
    }
  }
  ever = false;
  sqlite3_free(want);
}

/* An element that is no number is read by a statement of one parameter for each column. */
static void check_statement(sqlite3 *db) {
  const int was = sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 1);
  gives(db, "SELECT bce_loss(p, p) FROM (SELECT pack('x') AS p)",
        "bce_loss: variable number must be between ?1 and ?1");
  sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, was);
}

/* Queries that poll for interrupts, each time they are interrupted: from 3.41 on. */
static const char *const polling[] = {
    "SELECT length(confusion_table(i, i)) FROM " N(30),
    "SELECT length(sigmoid(pack(i))) FROM " N(600),
};

static void check_polls(const char *sql) {
  bool error;
  sqlite3 *db = open_loaded(3040999);
  interrupted_at = polls = 0;
  char *want = rows_of(db, sql, &error);
  check(!error && polls == 0, sql, polls);
  sqlite3_close(db);
  interrupted_at = -1;
  db = open_loaded(3041000);
  gives(db, sql, want);
  const long all = polls;
  check(all > 0, sql, all);
  for (interrupted_at = 0; interrupted_at < all; interrupted_at++) {
    polls = 0;
    gives(db, sql, "interrupted");
  }
  interrupted_at = polls = 0;
  api_table.at[IS_INTERRUPTED] = NULL; /* a host that has none */
  gives(db, sql, want);
  api_table.at[IS_INTERRUPTED] = is_interrupted;
  interrupted_at = -1;
  sqlite3_close(db);
  sqlite3_free(want);
}

int main(void) {
  if (!open_library()) return end_of_tests();
  sqlite3_api_routines *api = &api_table.known;
  api->libversion_number = version_number;
  api->malloc64 = new_block;
  api->realloc64 = resized;
  api->free = free_block;
  api->str_finish = finished;
  api->value_dup = copied;
  api->value_free = freed;
  api->value_text = text_of;
  api->create_window_function = create_window;
  api->create_function_v2 = create_function;
  api->vtab_config = config;
  api->create_module_v2 = create_module;
  api_table.at[IS_INTERRUPTED] = is_interrupted;
  check_loads();
  check_versions();
  check_subtypes();
  sqlite3 *db = open_loaded(3040000);
  check_order(db);
  check_statement(db);
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) fail_each(db, queries[i]);
  sqlite3_close(db);
  for (size_t i = 0; i < sizeof polling / sizeof *polling; i++) check_polls(polling[i]);
  return end_of_tests();
}
