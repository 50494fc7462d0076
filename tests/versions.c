/* What the library does by the host's version, seen through an API table of our own: which flags functions
 * are registered with, that tables are innocuous, which plans are refused, and whether interrupts are looked
 * for.
 */
#include "api_table.h"
#include "tables.h"

#include <stdio.h>
#include <string.h>

static void tell_interrupts(int (*is_interrupted)(sqlite3 *)) {
  api_table.at[IS_INTERRUPTED] = is_interrupted;
}

static int version; /* what the host says it is */

static void check(bool right, const char *what, long got) {
  if (right)
    passed();
  else
    failed("%d: %s: %ld", version, what, got);
}

/* ---- what the library calls ---- */

static int number(void) { return version; }

static long n_functions, n_innocuous, n_subtype, n_deterministic, n_tables_innocuous;

static char with_subtype[16384]; /* names of functions registered so, a blank before and behind each */

static void count(const char *name, int flags) {
  size_t n = strlen(with_subtype);
  n_functions++;
  n_innocuous += (flags & 0x200000) != 0;
  n_subtype += (flags & 0x1000000) != 0;
  n_deterministic += (flags & SQLITE_DETERMINISTIC) != 0;
  if (flags & 0x1000000) snprintf(with_subtype + n, sizeof with_subtype - n, " %s ", name);
}

static int create_window(sqlite3 *db, const char *name, int n, int flags, void *user,
                         void (*step)(sqlite3_context *, int, sqlite3_value **),
                         void (*final)(sqlite3_context *), void (*value)(sqlite3_context *),
                         void (*inverse)(sqlite3_context *, int, sqlite3_value **), void (*destroy)(void *)) {
  count(name, flags);
  return sqlite3_create_window_function(db, name, n, flags, user, step, final, value, inverse, destroy);
}

static int create_function(sqlite3 *db, const char *name, int n, int flags, void *user,
                           void (*call)(sqlite3_context *, int, sqlite3_value **),
                           void (*step)(sqlite3_context *, int, sqlite3_value **),
                           void (*final)(sqlite3_context *), void (*destroy)(void *)) {
  if (call) count(name, flags);
  return sqlite3_create_function_v2(db, name, n, flags, user, call, step, final, destroy);
}

static int config(sqlite3 *db, int op, ...) {
  n_tables_innocuous += op == SQLITE_VTAB_INNOCUOUS;
  return SQLITE_OK;
}

static int interrupt_at = -1, asked_interrupted; /* the poll that is answered with "interrupted"; -1: none */

static int is_interrupted(sqlite3 *db) { return asked_interrupted++ == interrupt_at; }

/* Modules of which one cannot be made, and how many are there. */
static int module_fails = -1, n_modules;

static int create_module(sqlite3 *db, const char *name, const sqlite3_module *module, void *user,
                         void (*destroy)(void *)) {
  bool fails = module && n_modules == module_fails;
  n_modules += module ? 1 : -1; /* the one that failed is removed like the others */
  if (fails) destroy(user);     /* as SQLite does */
  if (fails) return SQLITE_NOMEM;
  return sqlite3_create_module_v2(db, name, module, user, destroy);
}

/* ---- a host of a version ---- */

static sqlite3 *load_into(int host_version) {
  sqlite3 *db;
  char *why = NULL;
  version = host_version;
  with_subtype[0] = '\0';
  n_functions = n_innocuous = n_subtype = n_deterministic = n_tables_innocuous = 0;
  sqlite3_open(":memory:", &db);
  check(load_library(db, &why) == SQLITE_OK, why ? why : "loading", 0);
  sqlite3_free(why);
  return db;
}

static void gives(sqlite3 *db, const char *sql, const char *want) {
  bool error;
  char *got = rows_of(db, sql, &error);
  if (strcmp(got, want) == 0)
    passed();
  else
    failed("%d: %s gives %s, not %s", version, sql, got, want);
  sqlite3_free(got);
}

/* JSON results of row functions and aggregates: softmax, log_softmax, vector_from_f64, score_set_info;
 * confusion_at, best_cutoff_metrics, evaluate_binary, class_metrics, evaluate_classes. */
static const char *const json[] = {"softmax",       "log_softmax",         "vector_from_f64",
                                   "confusion_at",  "best_cutoff_metrics", "score_set_info",
                                   "class_metrics", "evaluate_binary",     "evaluate_classes"};

static void check_flags(void) {
  sqlite3 *db = load_into(3030001);
  long all = n_functions;
  check(all > 150 && n_innocuous == 0 && n_subtype == 0, "flags of 3.30", n_innocuous);
  check(n_deterministic == all - 1, "all but the version are deterministic", n_deterministic);
  gives(db, "SELECT count(*) > 0 FROM mlmetrics_functions", "1");
  check(n_tables_innocuous == 0, "tables of 3.30", n_tables_innocuous);
  sqlite3_close(db);
  db = load_into(3031000);
  check(n_functions == all && n_innocuous == all && n_subtype == 0, "flags of 3.31", n_innocuous);
  gives(db, "SELECT count(*) > 0 FROM mlmetrics_functions", "1");
  check(n_tables_innocuous == 1, "tables of 3.31", n_tables_innocuous);
  sqlite3_close(db);
  db = load_into(3043999);
  check(n_innocuous == all && n_subtype == 0, "flags before 3.44", n_subtype);
  sqlite3_close(db);
  db = load_into(3044000);
  check(n_innocuous == all && n_subtype >= (long)(sizeof json / sizeof *json) && n_subtype < all / 2,
        "flags of 3.44", n_subtype);
  for (size_t i = 0; i < sizeof json / sizeof *json; i++) {
    char *name = sqlite3_mprintf(" %s ", json[i]);
    check(strstr(with_subtype, name) != NULL, name, 0);
    sqlite3_free(name);
  }
  check(!strstr(with_subtype, " classification_report "), "texts that are no JSON", 0);
  check(!strstr(with_subtype, "_state "), "saved states", 0);
  sqlite3_close(db);
}

/* An argument from a table that is joined later: the plan is rejected, or given a prohibitive cost. */
static void check_plans(void) {
  static const int hosts[] = {3025002, 3026000, 3040000};
  for (int i = 0; i < 3; i++) {
    sqlite3 *db = load_into(hosts[i]);
    sqlite3_exec(db, "CREATE TABLE sets AS SELECT score_set(.5, 1) AS s", NULL, NULL, NULL);
    gives(db, "SELECT c.cutoff FROM cutoff_curve(t.s) AS c, sets AS t", "Inf\n0.5");
    gives(db, "SELECT c.cutoff FROM sets AS t, cutoff_curve(t.s) AS c", "Inf\n0.5");
    sqlite3_close(db);
  }
}

/* Queries over so many rows, and whether they poll for interrupts if the host reports them. */
static const struct {
  int rows;
  const char *sql;
  bool asks;
} queries[] = {
    {300, "SELECT accuracy(i, i) FROM n", false},
    {70000, "SELECT class_set(i, i) IS NULL FROM n", true},
    {30, "SELECT length(confusion_table(i, i)) FROM n", true},
    {1000, "SELECT roc_auc(i * 7919 % 100003, i > 9) > .4 FROM n", false},
    {700000, "SELECT roc_auc(i * 7919 % 700001, i > 9) > .4 FROM n", true},
    /* Too few to be looked for while they are sorted: in walks, visits, what is saved and loaded. */
    {300000, "SELECT roc_auc(i, i % 2) > .4 FROM n", true},
    {300000, "SELECT ks(i, i % 2) > .4 FROM n", true},
    {300000, "SELECT average_precision(i, i % 9 > 1) > .4 FROM n", true},
    {300000, "SELECT best_cutoff(i, i % 2, 'mcc') > .4 FROM n", true},
    {140000, "SELECT best_cutoff(i, i % 2, 'f1', 0.5) > .4 FROM n", true},
    {300000, "SELECT evaluate_binary(i, i % 2) > '' FROM n", true},
    {300000, "SELECT length(score_set(i, i % 2)) > 9 FROM n", true},
    {140000, "SELECT length(score_set(i, i % 2, i + 0.5)) > 9 FROM n", true},
    {300000, "SELECT brier(s) > 0 FROM (SELECT score_set(i / 1e6, i % 2) AS s FROM n)", true},
    {300000, "SELECT score_set_info(s) > '' FROM (SELECT score_set(i / 1e6, i % 2) AS s FROM n)", true},
    {300000, "SELECT count(*) FROM calibration_curve((SELECT score_set(i / 1e6, i % 2) FROM n), 1)", true},
    {300000, "SELECT count(*) FROM lift_curve((SELECT score_set(i, i % 2) FROM n), 2)", true},
    {300000, "SELECT count(*) FROM roc_curve((SELECT score_set(i, i > 9) FROM n))", true},
    {140000, "SELECT roc_auc(s) > .4 FROM (SELECT score_set(i, i % 2, i + 0.5) AS s FROM n)", true},
    {20000, "SELECT accuracy(s) FROM (SELECT class_set(i, i + 1) AS s FROM n)", true},
    {40000, "SELECT accuracy(s) FROM (SELECT class_set(i, i + 1) AS s FROM n GROUP BY i % 2)", true},
};

/* Before 3.41 the entry behind the table is not read, whatever it holds; from then on it is called, if it is
 * not NULL. */
static void check_query(const char *sql, bool asks) {
  bool error;
  sqlite3 *db = load_into(3040999);
  interrupt_at = asked_interrupted = 0;
  char *was = rows_of(db, sql, &error);
  check(!error && asked_interrupted == 0, sql, asked_interrupted);
  sqlite3_close(db);
  db = load_into(3041000);
  interrupt_at = -1;
  gives(db, sql, was);
  int questions = asked_interrupted;
  check(asks == (questions > 0), sql, questions);
  for (interrupt_at = 0; interrupt_at < questions; interrupt_at++) {
    asked_interrupted = 0;
    gives(db, sql, "interrupted");
  }
  interrupt_at = asked_interrupted = 0;
  tell_interrupts(NULL);
  gives(db, sql, was);
  tell_interrupts(is_interrupted);
  interrupt_at = -1;
  sqlite3_close(db);
  sqlite3_free(was);
}

static void check_interrupts(void) {
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
    char *sql =
        sqlite3_mprintf("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < %d) %s",
                        queries[i].rows, queries[i].sql);
    check_query(sql, queries[i].asks);
    sqlite3_free(sql);
  }
}

/* Loops that poll after 65,536 rows, or fewer, over a table of i, scores s and r, label y, class c and
 * probabilities v; of the last few, which draw samples, the first polls only. */
typedef struct OfBig {
  const char *sql;
  int polls; /* how many of the polls are interrupted */
} OfBig;

enum { SEVERAL = 4 };

static const OfBig of_big[] = {
    {"mean_ci_clustered(s, i) FROM big", SEVERAL},
    {"paired_t_test(s, r) FROM big", SEVERAL},
    {"wilcoxon_test(i, 0) FROM big", SEVERAL},
    {"ks_test(s, y) FROM big WHERE i < 9000", SEVERAL},
    {"roc_auc_ci(s, y) FROM big", SEVERAL},
    {"concordance_index(s, r, y) FROM big", SEVERAL},
    {"max_error(s, r) FROM big", SEVERAL},
    {"dcg(1, c) FROM big", SEVERAL},
    {"reciprocal_rank(1, i = 1) FROM big", SEVERAL},
    {"average_precision_at_k(1, c, 70000) FROM big", SEVERAL},
    {"roc_auc_ovr_macro(s, r, y) FROM big", SEVERAL},
    {"roc_auc_ovr_micro(s, r, y) FROM big", SEVERAL},
    {"roc_auc_ovr_micro(json_array(s, r), c % 2, 0.5) FROM big", SEVERAL},
    {"roc_auc_ovo_macro(v, c % 2) FROM big", SEVERAL},
    {"temperature_fit(v, c % 2) FROM big WHERE i < 4300", SEVERAL},
    {"psi(s, 1 - y) FROM big", SEVERAL},
    {"count(*) FROM psi_table((SELECT psi_state(s, 1 - y) FROM big))", SEVERAL},
    {"wasserstein(s, y) FROM big", SEVERAL},
    {"platt_fit(s, y) FROM big", SEVERAL},
    {"eer(i, i > 2) FROM big", SEVERAL},
    {"eer(i, i > 2, 0.5) FROM big", SEVERAL},
    {"krippendorff_alpha(json_array(i % 50, i % 71, i % 3)) FROM big", 3},
    {"chi2_test(i % 300, i % 301) FROM big", SEVERAL},
    {"kappa(set_of) FROM (SELECT class_set(i % 300, i % 301) AS set_of FROM big GROUP BY y)", 3},
    {"length(roc_svg(x)) + length(lift_svg(x)) FROM set_of", SEVERAL},
    {"length(calibration_svg(x)) FROM set_of", SEVERAL},
    {"length(residual_svg(x)) FROM preds_of", SEVERAL},
    {"length(x) FROM (SELECT score_sets(i, s, y) AS x FROM big WHERE i < 9000)", SEVERAL},
    {"length(score_sets(x)) FROM (SELECT score_sets(i, s, y) AS x FROM big WHERE i < 9000 GROUP BY c)",
     SEVERAL},
    {"mse(a, b), roc_auc(a, label) FROM (SELECT pack(s) AS a, pack(r) AS b, pack(y) AS label FROM big)",
     SEVERAL},
    {"length(squared_error(pack(s), pack(r))) FROM big", SEVERAL},
    {"count(*) FROM packed_of, unpack(x)", SEVERAL},
    {"length(pack(x)) FROM packed_of", SEVERAL},
    {"length(u8(zeroblob(1 << 21)))", SEVERAL},
    {"best_cutoff_optimism(score_set(s, y), 'f1', 1) FROM big", SEVERAL},
    {"compare_ci(s, r, y, 'roc_auc') FROM big WHERE i < 17000", -30},
    {"length(report_regression_html(s, r, 'k')) FROM big", -2},
    {"mse(x, 0) FROM odd_of", -1}, /* in the block before the one with an element that is no number */
    {"r2_ci(s, r) FROM big", -SEVERAL},
    {"roc_auc_ovr_macro_ci(s, r, c % 2) FROM big", -SEVERAL},
    {"ece_ci(s, y) FROM big", -SEVERAL},
    {"median_absolute_error_ci(s, r) FROM big", -2},
    {"krippendorff_alpha_ci(json_array(i % 50, i % 71, i % 3)) FROM big", -SEVERAL},
};

static const char tables[] =
    "CREATE TABLE big AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 70000) "
    "SELECT i, i * 7919 % 70001 / 70001.0 AS s, i * 104729 % 69997 / 69997.0 AS r, i % 50 > 0 AS y, i % 3 "
    "AS c, printf('[%g,%g]', i % 101 / 101.0, 1 - i % 101 / 101.0) AS v FROM n;"
    "CREATE TABLE set_of AS SELECT score_set(s, y) AS x FROM big;"
    "CREATE TABLE preds_of AS SELECT pred_set(s, r) AS x FROM big;"
    "CREATE TABLE packed_of AS SELECT pack(s) AS x FROM big;"
    "CREATE TABLE odd_of AS SELECT pack(CASE WHEN i < 300 THEN s ELSE 'x' END) AS x FROM big WHERE i < 600;";

static void interrupt_big(sqlite3 *db, const OfBig *of) {
  bool error;
  char *sql = sqlite3_mprintf("SELECT %s", of->sql), *was = NULL;
  int questions = -of->polls, step = 1;
  if (of->polls > 0) {
    asked_interrupted = 0;
    was = rows_of(db, sql, &error);
    questions = asked_interrupted;
    step = 1 + (questions - 1) / of->polls;
    check(!error && questions > 0, sql, questions);
  }
  for (interrupt_at = 0; interrupt_at < questions; interrupt_at += step) {
    asked_interrupted = 0;
    gives(db, sql, "interrupted");
  }
  interrupt_at = -1;
  if (was) gives(db, sql, was);
  sqlite3_free(was);
  sqlite3_free(sql);
}

static void check_big(void) {
  sqlite3 *db = load_into(3041000);
  check(sqlite3_exec(db, tables, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db), 0);
  for (size_t i = 0; i < sizeof of_big / sizeof *of_big; i++) interrupt_big(db, &of_big[i]);
  sqlite3_close(db);
}

/* A table that cannot be made: loading fails, and leaves neither functions behind nor, where the host can
 * remove them, tables. */
static void check_failed_load(void) {
  static const int hosts[] = {3029999, 3030000};
  for (int i = 0; i < 2; i++) {
    for (module_fails = 0;; module_fails++) {
      sqlite3 *db;
      char *why = NULL;
      version = hosts[i];
      n_modules = 0;
      sqlite3_open(":memory:", &db);
      bool loaded = load_library(db, &why) == SQLITE_OK;
      if (loaded) {
        check(n_modules == module_fails && module_fails > 5, "tables", n_modules);
        sqlite3_close(db);
        break;
      }
      check(why && strcmp(why, "mlmetrics could not register its functions: out of memory") == 0, why,
            module_fails);
      check(n_modules == (i ? 0 : module_fails + 1), "tables left behind", n_modules);
      gives(db, "SELECT roc_auc(1, 1)", "no such function: roc_auc");
      sqlite3_free(why);
      int fails_at = module_fails;
      module_fails = -1;
      check(load_library(db, NULL) == SQLITE_OK, "loaded after all", fails_at);
      gives(db, "SELECT count(*) > 0 FROM mlmetrics_functions", "1");
      module_fails = fails_at;
      sqlite3_close(db);
    }
  }
  module_fails = -1;
}

/* Another library's version function by our name is no sign that ours is loaded. */
static void other_version(sqlite3_context *context, int argc, sqlite3_value **argv) {
  sqlite3_result_text(context, "0", -1, SQLITE_STATIC);
}

static void check_other_version(void) {
  sqlite3 *db;
  char *why = NULL;
  sqlite3_open(":memory:", &db);
  sqlite3_create_function(db, "mlmetrics_version", 0, SQLITE_UTF8, NULL, other_version, NULL, NULL);
  check(load_library(db, &why) == SQLITE_OK, why ? why : "loading over another version", 0);
  gives(db, "SELECT mlmetrics_version() > '0', roc_auc(column1, column2) FROM (VALUES (0, 0), (1, 1))",
        "1|1.0");
  sqlite3_close(db);
}

int main(void) {
  if (!open_library()) return end_of_tests();
  sqlite3_api_routines *api = &api_table.known;
  api->libversion_number = number;
  api->create_window_function = create_window;
  api->create_function_v2 = create_function;
  api->vtab_config = config;
  api->create_module_v2 = create_module;
  tell_interrupts(is_interrupted);
  check_flags();
  check_plans();
  check_interrupts();
  check_big();
  check_failed_load();
  check_other_version();
  return end_of_tests();
}
