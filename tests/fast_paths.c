/* Which callbacks a function is registered with, and which rows and calls these take without the general
 * path, which would give the same results, but later. Seen through an API table of our own.
 */
#include "api_table.h"
#include "unit.h"

#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void Callback(sqlite3_context *context, int argc, sqlite3_value **argv);

/* ---- what the library calls ---- */

/* The callbacks of a function with a number of arguments: "mse/2". */
typedef struct Registered {
  char name[64];
  Callback *step, *inverse;
} Registered;
static Registered registered[8192];
static size_t n_registered;

static void note(const char *name, int n, Callback *step, Callback *inverse) {
  if (n_registered == sizeof registered / sizeof *registered) return;
  Registered *at = &registered[n_registered++];
  snprintf(at->name, sizeof at->name, "%s/%d", name, n);
  at->step = step;
  at->inverse = inverse;
}

static int create_window(sqlite3 *db, const char *name, int n, int flags, void *user, Callback *step,
                         void (*final)(sqlite3_context *), void (*value)(sqlite3_context *),
                         Callback *inverse, void (*destroy)(void *)) {
  note(name, n, step, inverse);
  return sqlite3_create_window_function(db, name, n, flags, user, step, final, value, inverse, destroy);
}

static int create_function(sqlite3 *db, const char *name, int n, int flags, void *user, Callback *call,
                           Callback *step, void (*final)(sqlite3_context *), void (*destroy)(void *)) {
  note(name, n, call, step);
  return sqlite3_create_function_v2(db, name, n, flags, user, call, step, final, destroy);
}

/* The general path asks for the user data of each row, and for a limit in each call of a scalar; a text is
 * asked for unless it is a constant that was parsed before. */
static long asked;

static void *user_data(sqlite3_context *context) {
  asked++;
  return sqlite3_user_data(context);
}

static int limit(sqlite3 *db, int id, int value) {
  asked++;
  return sqlite3_limit(db, id, value);
}

static const unsigned char *value_text(sqlite3_value *value) {
  asked++;
  return sqlite3_value_text(value);
}

/* ---- callbacks ---- */

/* Functions with a number of arguments that have the same callbacks; those of another path are others. */
typedef struct Path {
  const char *what, *functions;
} Path;

static const Path paths[] = {
    {"the general path",
     "mse/1 mse_ci/3 f1_at/2 fbeta_at/2 fbeta_at/3 partial_roc_auc/3 accuracy/3 f1/2 f1/3 top_k_accuracy/2 "
     "top_k_accuracy/3 psi_classes/2 psi/3 chi2_test/2 krippendorff_alpha/2 kappa/3 huber/2 "
     "interval_coverage/2 delong_test/2 concordance_index/2 score_sets/2 class_sets/2 class_sets/3 "
     "pred_sets/3 roc_svg/2 roc_svg/3 calibration_svg/3 fbeta_macro/2 platt_fit/2 platt_fit/3 "
     "quantile_absolute_error/3"},
    {"two numbers, averaged", "mse/2 mse_state/2 mae/2 bce/2 bce_logits_state/2 smape/2"},
    {"a number and a label, averaged", "log_loss/2 log_loss_state/2 brier/2 brier_state/2"},
    {"two numbers, in rows", "spearman/2 r2_ci/2 paired_t_test/2 wilcoxon_test_state/2"},
    {"two numbers and a label, in rows", "delong_test/3 delong_test_state/3 concordance_index/3"},
    {"a score and a label, in a set", "roc_auc/2 roc_auc_ci/2 average_precision_state/2 ks/2"},
    {"a score, a label and a cutoff", "f1_at/3 precision_at/3 mcc_at/3"},
    {"a score, a label and a cutoff that is kept", "f1_at_state/3 f1_at_ci/3 precision_at_ci_state/3"},
    {"two numbers", "r2/2 mse_ci/2 bce_ci_state/2"},
    {"a number and a label", "log_loss_ci/2 brier_ci_state/2"},
    {"two numbers and a third", "mse/3 r2/3 huber/3 gaussian_nll/3 interval_coverage/3 pred_set/3"},
    {"a number, a label and a third", "roc_auc/3 log_loss/3 net_benefit_at/3 average_precision_state/3"},
    {"two classes", "accuracy/2 kappa_state/2 mcc_ci/2 class_metrics/2"},
    {"a key, a score and a label", "score_sets/3 score_sets_state/3"},
    {"a score, a label and a key", "report_html/3 report_html_state/3"},
    {"a scalar of plain numbers", "sigmoid/1 bce_loss/2 normal_cdf/1 t_cdf/2 beta_cdf/3 gaussian_nll_of/3"},
    {"a scalar with a shortcut", "calibrate/2"},
    {"a wrong number of arguments", "sigmoid/-1 calibrate/-1 mlmetrics_version/-1"},
    {"any other scalar",
     "softmax/1 brier_loss/2 log_loss_of/2 pass_at_k/3 binomial_test/3 huber_loss/3 "
     "interval_width_of/2 interval_score_of/4 vector_at/2 softmax_at/-1 mlmetrics_version/0"},
};
enum { PATHS = sizeof paths / sizeof *paths };

static const Registered *find(const char *name) {
  for (size_t i = 0; i < n_registered; i++)
    if (strcmp(registered[i].name, name) == 0) return &registered[i];
  return NULL;
}

static bool same(const Registered *a, const Registered *b) {
  return a->step == b->step && a->inverse == b->inverse;
}

/* The callbacks of a path: those of its first function, which all others must have. */
static const Registered *callbacks_of(const Path *path) {
  char names[1024], *more = NULL;
  const Registered *first = NULL;
  snprintf(names, sizeof names, "%s", path->functions);
  for (char *name = strtok_r(names, " ", &more); name; name = strtok_r(NULL, " ", &more)) {
    const Registered *at = find(name);
    if (!first) first = at;
    if (at && same(at, first))
      passed();
    else
      failed("%s does not have the callbacks of %s", name, path->what);
  }
  return first;
}

static void check_paths(void) {
  expect_for(!find("sigmoid/0") && !find("calibrate/3"), "a number of arguments too many", "");
  const Registered *of[PATHS];
  for (int i = 0; i < PATHS; i++) {
    of[i] = callbacks_of(&paths[i]);
    for (int k = 0; k < i; k++)
      if (of[i] && of[k] && !same(of[i], of[k]))
        passed();
      else
        failed("%s has the callbacks of %s", paths[i].what, paths[k].what);
  }
}

static int by_name(const void *a, const void *b) {
  return sqlite3_stricmp(((const Registered *)a)->name, ((const Registered *)b)->name);
}

/* Every name can be written in SQL, and is registered once for each number of arguments: SQLite does not tell
 * capitals from small letters, so another would replace it. Words of other fields are left to others. */
static void check_names(void) {
  static const char *const left_alone[] = {"map/-1", "corr/-1", "bias/-1", "spec/-1", "dice/-1"};
  for (size_t i = 0; i < sizeof left_alone / sizeof *left_alone; i++)
    expect_for(!find(left_alone[i]), "a word of other fields", left_alone[i]);
  expect_for(find("f2/-1") && find("roc_curve/-1") && find("BCELoss/-1"), "names of libraries and tables",
             "");
  qsort(registered, n_registered, sizeof *registered, by_name);
  for (size_t i = 0; i < n_registered; i++) {
    const char *name = registered[i].name;
    const size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    expect_for(n > 1 && name[n] == '/', "a name that SQL cannot write", name);
    expect_for(i == 0 || by_name(&registered[i - 1], &registered[i]) < 0, "registered twice", name);
  }
}

/* ---- rows and calls ---- */

/* How often a query asks is the sum of:
 *
 * An aggregate: 1 at its first row, unless that has a key, and 3 at its end (its function, the limit, its
 * function again to clear the state); so 4 where all rows are plain. Each value of a window: 2 more. Each row
 * on the general path: 1. That path takes rows that are not plain, and the first row of each key, the first
 * one of a multiset of rows, in which there is no room yet, and the first one with a parameter that all rows
 * share, such as delta.
 *
 * A scalar, for each call: 1 where it is plain or has a shortcut. On the general path 2 (its function and the
 * limit), or 1 if the result is NULL; and 1 more if it was tried as plain before.
 *
 * A table function: 1.
 *
 * A text: 1 each time that it is read. The general path reads it again if the fast path has read a class or a
 * key in vain, and once more where it might be a vector. A constant that is parsed is read in the first two
 * calls, and then kept. */
typedef struct Query {
  const char *sql;
  long asks;
  bool upward; /* numbers are rounded upward, which is not the usual mode */
} Query;

static const Query queries[] = {
    {"mse(column1, column2) FROM (VALUES (1, 2.5), ('1', '2.5'), (-3, '-1e3'), (2147483648, -2147483649))", 7,
     false},
    {"mse(column1, column2) FROM (VALUES (9007199254740992, -9007199254740992), (0, 2147483647))", 4, false},
    {"mse(column1, column2) FROM (VALUES (1, 2), (NULL, 1), (9007199254740994, 1), (1, -9007199254740994))",
     7, false},
    {"mse(column1, column2) FROM (VALUES (1, 2), (1.5, 2))", 6, true},
    {"mse(column1, column2) OVER (ROWS 1 PRECEDING) FROM (VALUES (1, 2.5), ('1', '2.5'), (3.5, 4))", 12,
     false},
    {"mse(column1, column2, column3) FROM (VALUES (1, 2.5, 1), (1, 2, 0.5), (1, 2, '2'))", 5, false},
    {"mse(column1, column2, column3) FROM (VALUES (1, 2.5, 1), (1, 2, 0), (1, 2, 0.0), (1, 2, NULL))", 7,
     false},
    {"mse_ci(column1, column2) FROM (VALUES (1, 2.5), ('1', '2.5'), (3.5, 4))", 6, false},
    {"roc_auc(column1, column2) FROM (VALUES (0.5, 0), (1, 1), ('2', 0.0), (3.5, 1.0), (4, '0'), (5, '1e0'))",
     7, false},
    {"roc_auc(column1, column2) FROM (VALUES (0.5, 0), (1.5, 1), (2, 1), (2.5, 0.0), (3.5, '1'))", 8, true},
    {"roc_auc(column1, column2) OVER (ROWS 1 PRECEDING) FROM (VALUES (0.5, 0), (1, 1), ('2', 0.0), (4, '0'))",
     14, false},
    {"roc_auc(column1, column2, column3) FROM (VALUES (0.5, 0, 2), (1, 1, 0.5), (0.7, 1.0, '3'))", 5, false},
    {"log_loss(column1, column2) FROM (VALUES (0.5, 0), (1, 1), (0, 0.0), ('0.7', '1'))", 6, false},
    {"log_loss(column1, column2) FROM (VALUES (0.5, 0), (-0.0, 0))", 5, false},
    {"log_loss_ci(column1, column2) FROM (VALUES (0.5, 0), (1, 1), (0, 0.0), ('0.7', '1'))", 6, false},
    {"bce(column1, column2) FROM (VALUES (0.5, 0.25), (1, 1), (0, 0.0), ('0.7', '1'))", 6, false},
    {"bce(column1, column2, column3) FROM (VALUES (0.5, 0.25, 3), (1, 1, 1), (0, 0.0, 0.5))", 4, false},
    {"f1_at(column1, column2, column3) FROM (VALUES (0.5, 0, 0.5), (1, 1, '0.25'), ('2', 0.0, -1))", 6,
     false},
    {"f1_at_ci(column1, column2, column3) FROM (VALUES (0.5, 0, 0.5), (1, 1, '0.25'), ('2', 0.0, -1))", 6,
     false},
    {"net_benefit_at(column1, column2, column3) FROM (VALUES (0.5, 0, 0.5), (1, 1, '0.25'), (0, 0.0, 0))", 5,
     false},
    {"huber(column1, column2, column3) FROM (VALUES (0.5, 0, 1.5), (1, 1, '1.5'), ('2', 0.0, 1.5))", 7,
     false},
    {"tweedie_deviance(column1, column2, column3) FROM (VALUES (0.5, 0, 1.5), (1, 1, '1.5'), ('2', 0.0, "
     "1.5))",
     7, false},
    {"interval_coverage(column1, column2, column3) FROM (VALUES (0.5, 0.75, 0.5), (1, 1, 2), ('2', 3, '4'))",
     6, false},
    {"interval_width(column1, column2, column3) FROM (VALUES (0.5, 0.75, 0.5), (1, 1, 2), ('2', 3, '4'))", 6,
     false},
    {"spearman(column1, column2) FROM (VALUES (0.5, 0.25), (1, 1), ('2', 3))", 6, false},
    {"spearman(column1, column2) FROM (VALUES (0.5, 0.25), (1, 1), (2, 3))", 5, true},
    {"delong_test(column1, column2, column3) FROM (VALUES (0.5, 0.25, 0), (1, 1, 1.0), ('2', 3, '0'), (2, 1, "
     "1))",
     7, false},
    {"delong_test(column1, column2, column3) FROM (VALUES (0.5, 0.25, 0), (1, 1, 1), (2, 3, 0), (2, 1, 1))",
     5, true},
    {"concordance_index(column1, column2, column3) FROM (VALUES (0.5, 2, 0), (1, 1, 1.0), ('2', 3, '0'))", 7,
     false},
    {"accuracy(column1, column2) FROM (VALUES (1, -2), ('cat', 'dog'), ('', ':'), (9007199254740993, 0))", 8,
     false},
    {"accuracy(column1, column2) FROM (VALUES ('a', 'a'), ('1', 'a'), ('a', '-'), (1.5, 'a'), ('a', NULL))",
     20, false},
    {"accuracy(column1, column2) OVER (ROWS 1 PRECEDING) FROM (VALUES (1, -2), ('cat', 'dog'), ('', ''))", 14,
     false},
    {"score_sets(column1, column2, column3) IS NULL FROM (VALUES ('a', 0.5, 0), ('a', 1, 1), (7, 0.5, 1.0),"
     " (7, '0.5', '0'), ('a', 2, 1), (7, 2, 1))",
     10, false},
    {"score_sets(column1, column2, column3) IS NULL FROM (VALUES (0.5, 0.5, 0), (0.5, 1, 1), (NULL, 1, 1), "
     "(NULL, 2, 0))",
     7, false},
    {"score_sets(column1, column2, column3) IS NULL FROM (VALUES ('a', 0.5, 0), ('a', 1, 1), ('a', 2, 1))", 9,
     true},
    {"report_html(column1, column2, column3) IS NULL FROM (VALUES (0.5, 0, 'a'), (1, 1, 'a'), (0.5, 1.0, 7),"
     " ('0.5', '0', 7), (2, 1, 'a'), (2, 1, 7))",
     10, false},
    {"sum(sigmoid(column1)) FROM (VALUES (1), (0.5), ('2'), (-3))", 5, false},
    {"sum(sigmoid(column1)) FROM (VALUES (NULL), (9007199254740994), (1e300))", 6, false},
    {"sum(sigmoid(column1)) FROM (VALUES (1), (0.5), ('2'), (-3))", 5, true},
    {"sum(brier_loss(column1, 1)) FROM (VALUES (1), (0.5))", 4, true},
    {"calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}', column1) FROM (VALUES (0.5), (1.5), "
     "(2.5))",
     7, true},
    {"group_concat(bin) FROM calibration_curve((SELECT score_set(column1, column2) FROM (VALUES (0.5, 0), "
     "(0.7, 1))), 2)",
     5, true},
    {"sum(bce_loss(column1, column2)) FROM (VALUES (1, 0.5), (0.5, 0), (0, 1.0), ('0.5', '0.25'))", 6, false},
    {"sum(beta_cdf(column1, 2, 3)) FROM (VALUES (1), (0.5), ('0.25'), (0))", 5, false},
    {"sum(softmax_from(column1, 3)) FROM (VALUES (1), (0.5), ('0.25'), (0))", 5, false},
    {"calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}', column1) FROM (VALUES (0.5), (1.5), "
     "(2.5), (3.5))",
     8, false},
    {"calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}', column1) FROM (VALUES (5), ('6'), "
     "(7), (8), (NULL))",
     13, false},
    {"calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}' || substr(' ', column1), 0.5) FROM "
     "(VALUES (2), (2), (2), (2))",
     12, false},
    {"best_cutoff_optimism(s, 'f1') FROM (VALUES (1), (2), (3), (4)), (SELECT score_set(column1, column2) AS "
     "s FROM (VALUES (0.5, 0), (1.5, 1)))",
     14, false},
    {"sum(brier_loss(column1, 1)) FROM (VALUES (1), (0.5), ('0.25'), (0))", 10, false},
};

/* Of the arithmetic that is in use: fegetround() tells the mode of another unit of some processors. */
static bool rounds_up(void) {
  volatile double one = 1, tiny = 1e-300;
  return one + tiny > 1;
}

static void check_query(sqlite3 *db, const Query *query) {
  sqlite3_stmt *stmt;
  char *sql = sqlite3_mprintf("SELECT %s", query->sql);
  if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) failed("%s: %s", sql, sqlite3_errmsg(db));
  if (query->upward) fesetround(FE_UPWARD);
  asked = 0;
  while (sqlite3_step(stmt) == SQLITE_ROW) {}
  if (query->upward) expect_for(rounds_up(), "the mode is not restored after", sql);
  fesetround(FE_TONEAREST);
  if (sqlite3_finalize(stmt) == SQLITE_OK && asked == query->asks)
    passed();
  else
    failed("%s: asks %ld times, not %ld: %s", sql, asked, query->asks, sqlite3_errmsg(db));
  sqlite3_free(sql);
}

/* ---- windows ---- */

/* The rows of the windows. The fast paths read all of them except the one with a NULL. */
static const char table[] =
    "CREATE TABLE r AS SELECT column1 AS id, column2 AS a, column3 AS b, column4 AS label, column5 AS third "
    "FROM (VALUES (1, 0.5, 0.25, 0, 2), (2, 0.75, 0.5, 1, 3), (3, NULL, 0.5, 1, 2), (4, 0.25, 0.5, 1, 0.5), "
    "(5, 0.875, 0.75, 0, 3), (6, 1, 0.25, 1, 2), (7, 0.625, 0.125, 0, 5), (8, 0.125, 0.25, 1, 4))";

#define FRAME " OVER (ORDER BY id ROWS 2 PRECEDING)"

/* A call, and how often it asks as a window over the table. */
typedef struct Window {
  const char *call;
  long asks;
} Window;

/* One for each path by which rows leave a frame, and calls with arguments that the fast paths do not read. */
static const Window windows[] = {
    {"mse(a, b)", 22},
    {"log_loss(a, label)", 22},
    {"r2(a, b)", 22},
    {"mse_ci(a, b)", 22},
    {"log_loss_ci(a, label)", 22},
    {"score_set(a, label)", 22},
    {"mse(a, b, third)", 22},
    {"gaussian_nll(a, b, third)", 22},
    {"log_loss(a, label, third)", 22},
    {"net_benefit_at(a, label, b)", 22},
    {"f1_at(a, label, b)", 22},
    {"f1_at_ci(a, label, b)", 22},
    {"f1_at(a, label, CASE id WHEN 2 THEN 9007199254740994 ELSE b END)", 24},
    {"spearman_state(a, b)", 23},
    {"delong_test_state(a, b, label)", 23},
    {"accuracy(label, third > 2)", 20},
};

/* Each value of the window is that of the rows of its frame alone. */
static void check_values(sqlite3 *db, const char *call) {
  sqlite3_stmt *stmt;
  char *sql =
      sqlite3_mprintf("SELECT count(*) FROM (SELECT id, %s" FRAME " AS v FROM r) AS w JOIN (SELECT id, "
                      "(SELECT %s FROM r WHERE r.id BETWEEN q.id - 2 AND q.id) AS v FROM r AS q) AS p "
                      "USING (id) WHERE w.v IS p.v",
                      call, call);
  sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
  int right = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int(stmt, 0) : 0;
  if (sqlite3_finalize(stmt) == SQLITE_OK && right == 8)
    passed();
  else
    failed("%s as a window: %d values of 8 are right: %s", call, right, sqlite3_errmsg(db));
  sqlite3_free(sql);
}

static void check_windows(sqlite3 *db) {
  expect_for(sqlite3_exec(db, table, NULL, NULL, NULL) == SQLITE_OK, "a table", sqlite3_errmsg(db));
  for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
    char *sql = sqlite3_mprintf("%s" FRAME " FROM r", windows[i].call);
    check_query(db, &(Query){sql, windows[i].asks, false});
    check_values(db, windows[i].call);
    sqlite3_free(sql);
  }
}

int main(void) {
  if (!open_library()) return end_of_tests();
  sqlite3_api_routines *api = &api_table.known;
  api->create_window_function = create_window;
  api->create_function_v2 = create_function;
  api->user_data = user_data;
  api->limit = limit;
  api->value_text = value_text;
  sqlite3 *db;
  char *why = NULL;
  sqlite3_open(":memory:", &db);
  if (load_library(db, &why) != SQLITE_OK) failed("loading: %s", why);
  check_paths();
  check_names();
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) check_query(db, &queries[i]);
  check_windows(db);
  sqlite3_close(db);
  return end_of_tests();
}
