/* Every allocation fails, once and from then on, in every function, window, state, curve and in loading
 * itself: the right answer or SQLITE_NOMEM, the connection usable afterwards, nothing leaked. The same under
 * a heap limit and a length limit. */
#include <mlmetrics.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void expect_at(int right, const char *what, const char *sql, long at) {
  if (right)
    passed();
  else
    failed("%s at allocation %ld: %s", what, at, sql);
}

/* ---- the host's memory, made to fail ---- */

static sqlite3_mem_methods real;
static long countdown = -1; /* allocations left to succeed; -1: all */
static int for_ever, has_failed;
static int least; /* bytes of the allocations that count; 0: all */

static int fails(int n) {
  if (countdown < 0 || n < least) return 0;
  if (countdown > 0) return --countdown, 0;
  if (!for_ever) countdown = -1;
  return has_failed = 1;
}

static void *failing_malloc(int n) { return fails(n) ? NULL : real.xMalloc(n); }
static void *failing_realloc(void *block, int n) { return fails(n) ? NULL : real.xRealloc(block, n); }

static void arm(long at, int ever) {
  countdown = at;
  for_ever = ever;
  has_failed = 0;
}

static void disarm(void) { countdown = -1; }

/* ---- one query, its answer as text ---- */

typedef struct Answer {
  int rc;
  size_t n;
  char text[1 << 16];
} Answer;

static void append(Answer *answer, const void *bytes, int n) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < n && answer->n + 3 < sizeof answer->text; i++) {
    unsigned char byte = ((const unsigned char *)bytes)[i];
    answer->text[answer->n++] = digits[byte >> 4];
    answer->text[answer->n++] = digits[byte & 15];
  }
  answer->text[answer->n] = 0;
}

static void ask(sqlite3 *db, const char *sql, Answer *answer) {
  sqlite3_stmt *row = NULL;
  answer->n = 0;
  answer->text[0] = 0;
  answer->rc = sqlite3_prepare_v2(db, sql, -1, &row, NULL);
  while (answer->rc == SQLITE_OK || answer->rc == SQLITE_ROW) {
    answer->rc = sqlite3_step(row);
    if (answer->rc != SQLITE_ROW) break;
    for (int i = 0; i < sqlite3_column_count(row); i++) {
      const void *value = sqlite3_column_blob(row, i);
      append(answer, value, value ? sqlite3_column_bytes(row, i) : 0);
      append(answer, "|", 1);
    }
  }
  sqlite3_finalize(row);
}

static const char probe[] =
    "SELECT roc_auc(column1, column2) FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1))";

static void check_usable(sqlite3 *db, const char *sql, long at) {
  static Answer answer;
  ask(db, probe, &answer);
  expect_at(answer.rc == SQLITE_DONE && strcmp(answer.text, "302e37357c") == 0, "the connection is broken",
            sql, at);
}

static sqlite3 *open_loaded(const char *encoding) {
  sqlite3 *db;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK)
    exit(2);
  sqlite3_exec(db, encoding, NULL, NULL, NULL);
  return db;
}

/* Each allocation in turn; where slow, since a value computes a thousand samples, the first 30 and then some.
 */
static void fail_each(sqlite3 *db, const char *sql, bool slow) {
  static Answer want, have;
  ask(db, sql, &want);
  expect_at(want.rc == SQLITE_DONE, sqlite3_errmsg(db), sql, -1);
  for (int ever = 0; ever < 2; ever++) {
    for (long at = 0;; at += slow && at >= 30 ? at / 4 : 1) {
      arm(at, ever);
      ask(db, sql, &have);
      int met = has_failed;
      disarm();
      int right = have.rc == SQLITE_DONE && strcmp(have.text, want.text) == 0;
      expect_at(right || have.rc == SQLITE_NOMEM, "neither right nor SQLITE_NOMEM", sql, at);
      check_usable(db, sql, at);
      if (!met) break;
    }
  }
}

static void fail_query(sqlite3 *db, const char *sql) { fail_each(db, sql, false); }

/* ---- queries ---- */

#define ROWS                                                                                                 \
  "(WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i, (i * 37 % 50) " \
  "/ 50.0 AS s, i % 3 = 0 AS y, i % 4 + 0.5 AS w FROM n)"

static const char *const queries[] = {
    "SELECT roc_auc(s, y, w), ks(s, y, w), best_cutoff(s, y, 'mcc', w), average_precision(s, y) FROM " ROWS,
    "SELECT mse(s, y, w), r2(s, y, w), f1_at(s, y, 0.5, w), accuracy(s > 0.5, y, w), log_sum_exp(s) "
    "FROM " ROWS,
    "SELECT roc_auc(s, y) OVER (ORDER BY i ROWS 9 PRECEDING), best_cutoff(s, y) OVER (ORDER BY i ROWS 20 "
    "PRECEDING), evaluate_binary(s, "
    "y, w) OVER (ORDER BY i ROWS 9 PRECEDING) FROM " ROWS,
    "SELECT kappa(s > 0.5, y) OVER (ORDER BY i ROWS 9 PRECEDING), log_sum_exp(s) OVER (ORDER BY i ROWS 9 "
    "PRECEDING), r2(s, y, w) OVER "
    "(ORDER BY i ROWS 9 PRECEDING), mcc_at(s, y, s, w) OVER (ORDER BY i ROWS 9 PRECEDING) FROM " ROWS,
    "SELECT roc_auc(set1), f1_at(set1, 0.4), ece(set1), log_loss(set1), score_set(set1) FROM (SELECT "
    "score_set(s, y, w) AS set1 FROM " ROWS " GROUP BY i % 5)",
    "SELECT evaluate_classes(c), classification_report(c), confusion_table(c) FROM (SELECT class_set('c' || "
    "(i % 5), 'c' || (i % 7)) AS c FROM " ROWS ")",
    "SELECT score_set_info(score_set(s, y, w)) FROM " ROWS,
    "SELECT * FROM cutoff_curve((SELECT score_set(s, y, w) FROM " ROWS "))",
    "SELECT * FROM class_table((SELECT class_set(i % 5, 'c' || (i % 7)) FROM " ROWS "))",
    "SELECT * FROM calibration_curve((SELECT score_set(s, y) FROM " ROWS "), 5, 'quantile')",
    "SELECT cross_entropy_logits(json, 1, 1, 0.1), bce_logits(json, '[1,0,1]', 1, '[1,2,3]') FROM (SELECT "
    "'[' || i "
    "|| ',2,0.5]' AS json FROM " ROWS ")",
    "SELECT softmax(log_softmax('[1,2,3,4,5,6,7,8,9,10]')), argmax(x'0000803f00000040')",
    "SELECT name, signature, summary FROM mlmetrics_functions",
    "SELECT mse(p, q), roc_auc(p, q), accuracy(c, 'c1'), input_problems(p, q), pack(sigmoid(p)), pack(c) "
    "FROM "
    "(SELECT pack(s) AS p, pack(y) AS q, pack('c' || (i % 3)) AS c FROM " ROWS " WHERE i < 9 GROUP BY i % 2)",
    "SELECT pack(CASE WHEN i % 2 THEN 'c' || i ELSE value END) OVER (ORDER BY i ROWS 2 PRECEDING) FROM "
    "unpack((SELECT pack(CASE WHEN i % 2 THEN 'c' || i ELSE s END) FROM " ROWS " WHERE i < 8))",
    "SELECT f1_macro(i % 2, i % 3, '[0,1,2]'), ece(s, y, '[0, 0.5, 1]'), length(trend_svg(date(2450000 + i), "
    "s, "
    "'a', 'A title')) FROM " ROWS,
    /* Elements read one by one: in UTF-16 SQLite does not notice that there is no memory for their texts. */
    "SELECT accuracy(c, x'00'), input_problems(c, 1), score_sets(c, p, 1) FROM (SELECT pack('c' || (i % 3)) "
    "AS c, pack(s) AS p FROM " ROWS " WHERE i < 4)",
    "SELECT to_number(c), to_number(d, 'comma'), to_label(l), mse(n, m), roc_auc(n, m), to_number(n), bce(n, "
    "m), mse_state(n, m), input_problems(c, d) FROM (SELECT pack(i || '%') AS c, pack(i || ',5') AS d, "
    "pack('yes') AS l, pack(i % 2 || '.0') AS n, pack(' ' || i % 2) AS m FROM " ROWS " WHERE i < 4)",
    /* A zeroblob gets its memory where it is read. */
    "SELECT softmax(zeroblob(8)), argmax(zeroblob(12)), vector_from_f64(zeroblob(16)), accuracy(zeroblob(4), "
    "zeroblob(5)), bce_logits(zeroblob(8), x'0000803f0000803f', 1, zeroblob(8))",
};

/* Rows enough for states to grow while they are read: i, two scores s and r, label y, weight w, class c,
 * predicted class d, probabilities v, key k. */
static const char many_rows[] =
    "CREATE TABLE many AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
    "SELECT i, i * 37 % 101 / 101.0 AS s, i * 53 % 97 / 97.0 AS r, i * i % 7 > 2 AS y, 1 + i % 3 AS w, i % 3 "
    "AS c, "
    "i * 5 % 4 % 3 AS d, printf('[%.2f,%.2f,%.2f]', 0.01 * (i % 9), 0.01 * (i % 7), 1 - 0.01 * (i % 9 + i % "
    "7)) AS v, "
    "'k' || (i % 5) AS k FROM n";

typedef struct Many {
  const char *sql;
  bool slow;
} Many;

static const Many of_many[] = {
    {"SELECT length(score_sets(k, s, y)) FROM many", false},
    {"SELECT kappa('a' || i, k) FROM many WHERE i < 30", false},
    {"SELECT roc_auc(p, q) FROM (SELECT pack(s) AS p, pack(y) AS q FROM many)", false},
    {"SELECT length(softplus(pack(CASE WHEN i > 1 THEN s END))), "
     "length(cross_entropy_logits_gradient('[1,2]', pack(i % 2))) FROM many WHERE i < 4",
     false},
    {"SELECT roc_svg(x, k, 'A title'), cutoff_svg(x, k, ''), calibration_svg(x, k, 'T') FROM (SELECT k, "
     "score_set(s, y, w) AS x FROM many GROUP BY k)",
     false},
    {"SELECT report_html(s, y, k, 'A title') FROM many", true},
    {"SELECT report_classes_html(c, d, k, 'A title') FROM many", true},
    {"SELECT report_regression_html(s, r, k, 'A title') FROM many", true},
    {"SELECT f1_macro(c, d, '[0, 1, 2]'), kappa_quadratic(c, d, '[2, 1, 0, \"x\\u0079\"]', w), "
     "confusion_table(c, d, '[0,1,2]'), classification_report(c, d, '[1,0,2]'), evaluate_classes('Fish', "
     "'fish') FROM many",
     false},
    {"SELECT ece(s, y, '[0, 0.25, 0.5, 1]'), psi(s, y, '[0.25, 0.5]'), brier_decomposition(s, y, '[0, .5, "
     "1]') FROM many",
     false},
    {"SELECT roc_auc_ovr_macro(v, c), roc_auc_ovr_micro(v, c, w), roc_auc_ovo_macro(v, c), "
     "roc_auc_per_class(v, c), average_precision_micro(v, c) FROM many",
     true},
    {"SELECT roc_auc_ovr_micro(v, c), average_precision_weighted(v, c, w), temperature_fit(v, c) FROM many",
     true},
    {"SELECT compare_ci(s, r, y, 'roc_auc'), compare_ci(s, r, y, 'f1_at:0.5') FROM many WHERE i < 60", true},
    {"SELECT bootstrap_ci(score_set(s, y), 'ks', 0.9, 9) FROM many WHERE i < 60", true},
    {"SELECT delong_test(s, r, y), paired_t_test(s, r), wilcoxon_test(s, r), mann_whitney_test(s, y), "
     "ks_test(s, y), hosmer_lemeshow_test(s, y), t_test(s, y) FROM many",
     true},
    {"SELECT chi2_test(c, d), mcnemar_test(c, d, y), mean_ci_clustered(s, k), kendall(s, r), spearman(s, r), "
     "concordance_index(s, r, y) FROM many",
     true},
    {"SELECT ndcg(s, c), dcg_at_k(s, c, 5), r_precision(s, c), fleiss_kappa(json_array(c, d, 1)), "
     "krippendorff_alpha(json_array(c, d)), median_absolute_error(s, r) FROM many",
     true},
    {"SELECT psi(s, y), hellinger(s, y, 7), wasserstein(s, y), js_distance_classes(k, y) FROM many", true},
    {"SELECT isotonic_fit(s, y), beta_fit(s, y), platt_fit(s, y, w), calibration_slope(s, y) FROM many",
     true},
    {"SELECT calibrate(f, s) FROM many, (SELECT isotonic_fit(s, y) AS f FROM many) WHERE i < 3", true},
    {"SELECT key, roc_auc(state) FROM each_set((SELECT score_sets(k, s, y, w) FROM many)) GROUP BY key",
     true},
    {"SELECT score_sets(k, x), length(report_html(x)) FROM (SELECT k, score_set(s, y) AS x FROM many GROUP "
     "BY k)",
     true},
    {"SELECT * FROM evaluate((SELECT score_set(s, y) FROM many))", true},
    {"SELECT * FROM bootstrap((SELECT class_set(c, d) FROM many), 'kappa', 3)", true},
    {"SELECT * FROM unpack((SELECT softplus(pack(s)) FROM many)) WHERE i < 4", true},
    {"SELECT squared_error(pack(s), pack(r)), to_number(pack(c || '%')) IS NULL, to_label(pack(y)) FROM many",
     true},
    {"SELECT roc_auc(s, y) OVER (ORDER BY i ROWS 100 PRECEDING) FROM many WHERE i > 280", true},
    {"SELECT hamming_loss(s), krippendorff_alpha(r), vector_sum(x), pearson(p), accuracy(a), mean_ci(m), "
     "f1_macro(a), input_problems(b), wmape(h) FROM (SELECT hamming_loss_state(json_array(i % 2, 1), "
     "'[0,1]', .5, "
     "w / 2.0) AS s, krippendorff_alpha_state(json_array(i, c, d)) AS r, vector_sum_state(v, w / 2.0) AS x, "
     "pearson_state(s, r, w / 2.0) AS p, accuracy_state('a' || i, 'b' || c) AS a, mean_ci_state(s) AS m, "
     "input_problems_state(k, k || i) AS b, wmape_state(s, r) AS h FROM many WHERE i < 60 GROUP BY k)",
     true},
    {"SELECT hamming_loss(json_array(i % 2, 1), '[0,1]', .5, w / 2.0) OVER w, "
     "krippendorff_alpha(json_array(i, "
     "c)) OVER w, vector_sum(v, w) OVER w, accuracy('a' || i, k) OVER w, mean_ci(s, 0.95, w) OVER w, "
     "input_problems(k, i) OVER w, score_sets(k, s, y) OVER w FROM many WHERE i < 20 WINDOW w AS (ORDER BY i "
     "ROWS 4 PRECEDING)",
     true},
    {"SELECT hamming_loss(s) OVER w, krippendorff_alpha(r) OVER w, mean_ci(m) OVER w FROM (SELECT k, "
     "hamming_loss_state(json_array(i % 2, 1), '[0,1]', .5, w / 2.0) AS s, "
     "krippendorff_alpha_state(json_array(i, c)) AS r, mean_ci_state(s, 0.95, w) AS m FROM many WHERE i < 40 "
     "GROUP BY k) WINDOW w AS (ORDER BY k ROWS 1 PRECEDING)",
     true},
    {"SELECT roc_auc(p, q) OVER (ORDER BY k ROWS 1 PRECEDING) FROM (SELECT k, pack(s) AS p, pack(y) AS q "
     "FROM "
     "many GROUP BY k)",
     true},
    {"SELECT class_sets(k, x) FROM (SELECT k, class_set('a' || i, 'b' || c) AS x FROM many GROUP BY k)",
     true},
    {"SELECT count(*) FROM each_set((SELECT pred_sets(k, s, r) FROM many))", true},
    {"SELECT krippendorff_alpha_ci(json_array(c, d)), ece_ci(s, y) FROM many WHERE i < 50", true},
    {"SELECT best_cutoff_optimism(score_set(s, y), 'f1', 2), best_cutoff_ci(s, y) FROM many WHERE i < 50",
     true},
    {"SELECT score_set_of('[0.1,0.2,0.9]', '[0,1,1]'), with_label(score_set(s, y), 1), "
     "p_adjust('[0.1,0.01]') "
     "FROM many",
     true},
    {"SELECT roc_auc_ovr_micro(v, c, w / 2.0), average_precision_macro(v, c, w / 2.0) FROM many", true},
    {"SELECT count(*) FROM unpack((SELECT pack_json(json_group_array(k || i)) FROM many))", true},
    {"SELECT evaluate_classes(c, d), hellinger_classes(k, y), psi_classes(k, y) FROM many", true},
    {"SELECT psi_table.* FROM psi_table((SELECT psi_state(s, y) FROM many))", true},
};

static void fail_many(sqlite3 *db) {
  sqlite3_exec(db, many_rows, NULL, NULL, NULL);
  for (size_t i = 0; i < sizeof of_many / sizeof *of_many; i++)
    fail_each(db, of_many[i].sql, of_many[i].slow);
}

/* The example of every help row. */
static void fail_examples(sqlite3 *db) {
  typedef struct Example {
    char *sql;
    bool slow;
  } Example;
  sqlite3_stmt *row = NULL;
  Example *examples = NULL;
  size_t n = 0;
  sqlite3_prepare_v2(
      db,
      "SELECT example, max(ifnull(cost, '') LIKE '%1000 samples%') FROM mlmetrics_functions GROUP BY example",
      -1, &row, NULL);
  while (sqlite3_step(row) == SQLITE_ROW) {
    examples = realloc(examples, (n + 1) * sizeof *examples);
    if (!examples) exit(2);
    examples[n++] = (Example){sqlite3_mprintf("%s", sqlite3_column_text(row, 0)), sqlite3_column_int(row, 1)};
  }
  sqlite3_finalize(row);
  expect_at(n > 450, "examples", "", (long)n);
  for (size_t i = 0; i < n; i++) {
    fail_each(db, examples[i].sql, examples[i].slow);
    sqlite3_free(examples[i].sql);
  }
  free(examples);
}

/* Messages need memory too: the whole message, that of SQLite where it has no memory to keep ours, or
 * SQLITE_NOMEM. */
static void fail_errors(sqlite3 *db) {
  static const char *const wrong[] = {"SELECT roc_auc('n/a', 1)",
                                      "SELECT roc_auc(1, 'x')",
                                      "SELECT bce(7, 1)",
                                      "SELECT softmax('[1,2,')",
                                      "SELECT best_cutoff(1, 1, 'f7')",
                                      "SELECT f1_at(1, 1)",
                                      "SELECT softmax(x'0000000000')",
                                      "SELECT cross_entropy('[1, 0]', 2)",
                                      "SELECT roc_auc(x'4d4cff7f')",
                                      "SELECT * FROM roc_curve",
                                      "SELECT * FROM roc_curve(1)",
                                      "SELECT bce_logits('[1]', '[1,0]')",
                                      "SELECT mse(pack_json('[1,\"x\"]'), 0)",
                                      "SELECT roc_auc(pack_json('[1]'), pack_json('[1,2]'))",
                                      "SELECT ece(0.5, 1, pack_json('[1]'))",
                                      "SELECT f64(x'00')",
                                      "SELECT roc_auc(1, 2.5)",
                                      "SELECT roc_auc(CAST(x'0a' AS TEXT), 1)",
                                      "SELECT mse(1, '')",
                                      "SELECT ece(7, 1)",
                                      "SELECT entropy('[50]')",
                                      "SELECT bce_logits('[1]', '[2]')",
                                      "SELECT softmax('[1,\"x\"]')",
                                      "SELECT softmax('[]')",
                                      "SELECT softmax('x')",
                                      "SELECT vector_from_f64(x'00')",
                                      "SELECT ece(0.5, 1, i) FROM " ROWS,
                                      "SELECT fbeta_at(0.5, 1, 1, i) FROM " ROWS,
                                      "SELECT best_cutoff(0.5, 1, 'fbeta:' || i) FROM " ROWS,
                                      "SELECT best_cutoff(0.5, 1, 7)",
                                      "SELECT log_loss((SELECT score_set(7, 1)))",
                                      "SELECT roc_auc((SELECT mse_state(1, 1)))",
                                      "SELECT f1_at((SELECT score_set(7, 1)), 1, 2)",
                                      "SELECT * FROM calibration_curve((SELECT score_set(7, 1)))",
                                      "SELECT * FROM calibration_curve((SELECT score_set(.5, 1)), 5, 'x')",
                                      "SELECT * FROM roc_curve((SELECT mse_state(1, 1)))",
                                      "SELECT auc_roc(1, 2)",
                                      "SELECT roc_curve(1, 2)",
                                      "SELECT f1((SELECT class_set('a', 1)))",
                                      "SELECT confusion_table(2, 1, '[0,1]')",
                                      "SELECT to_number(p) FROM (SELECT pack('x') AS p)",
                                      "SELECT accuracy(column1, column2) FROM (VALUES (1, 'yes'), (0, 'no'))",
                                      "SELECT roc_auc_ci(.5, 1, 100)",
                                      "SELECT roc_auc((SELECT score_set(1, 1)), 2)",
                                      "SELECT best_cutoff('f1', .5, 1)",
                                      "SELECT mse()",
                                      "SELECT * FROM calibration_curve((SELECT score_set(.5, 1)), "
                                      "strategy = 'uniform')"};
  static Answer answer;
  for (int i = 0; i < 2 * (int)(sizeof wrong / sizeof *wrong); i++) {
    const char *sql = wrong[i / 2];
    ask(db, sql, &answer);
    char *whole = sqlite3_mprintf("%s", sqlite3_errmsg(db));
    for (long at = 0;; at++) {
      arm(at, i % 2);
      ask(db, sql, &answer);
      int met = has_failed;
      disarm();
      const char *message = sqlite3_errmsg(db);
      expect_at(answer.rc == SQLITE_ERROR || answer.rc == SQLITE_NOMEM, "an error was lost", sql, at);
      expect_at(answer.rc != SQLITE_ERROR || strcmp(message, whole) == 0
                    || (met && strcmp(message, sqlite3_errstr(SQLITE_ERROR)) == 0),
                "a part of a message", message, at);
      if (!met) break;
    }
    sqlite3_free(whole);
  }
}

/* What a connection keeps from its first use of a table or of vectors is made anew for each failure. */
static void fail_first_use(const char *encoding) {
  static const char *const first[] = {
      "SELECT count(*) FROM roc_curve((SELECT score_set(0.5, 1)))",
      "SELECT count(*) FROM mlmetrics_functions",
      "SELECT softmax('[1,2,3]')",
      "SELECT argmax(1, 2, 3)",
      "SELECT argmax(x'0000803f00000040')",
      "SELECT vector_from_f64(x'000000000000f83f')",
      "SELECT bce_logits('[1,2]', '[1,0]', 1, '[1,2]')",
      "SELECT softmax(zeroblob(8))",
      "SELECT accuracy(zeroblob(8), zeroblob(8))",
      "SELECT argmax(zeroblob(8000))", /* more than the connection keeps for reuse */
      "SELECT accuracy(zeroblob(8000), zeroblob(8000))",
      "SELECT accuracy(printf('%2000s', 'a'), printf('%2000s', 'b'))",
      "SELECT argmax(printf('[%2000s', '1]'))",
      "SELECT roc_auc(s) FROM (SELECT zeroblob(8) AS s) WHERE s IS NULL",
  };
  static Answer want, have;
  for (int i = 0; i < 2 * (int)(sizeof first / sizeof *first); i++) {
    const char *sql = first[i / 2];
    for (long at = -1, met = 1; met; at++) {
      sqlite3 *db = open_loaded(encoding);
      if (at >= 0) arm(at, i % 2);
      ask(db, sql, at < 0 ? &want : &have);
      met = at < 0 || has_failed;
      disarm();
      int right = have.rc == SQLITE_DONE && strcmp(have.text, want.text) == 0;
      expect_at(at < 0 ? want.rc == SQLITE_DONE : right || have.rc == SQLITE_NOMEM, "first use", sql, at);
      check_usable(db, sql, at);
      sqlite3_close(db);
    }
  }
}

static void no_step(sqlite3_context *context, int argc, sqlite3_value **argv) {}

/* A load that fails before it came to the classes leaves the user's own functions by such names alone, and
 * those of a number of arguments that ours do not have. */
static void fail_over_own(void) {
  static Answer answer;
  for (long at = 0; at < 400; at++) {
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) exit(2);
    sqlite3_create_function(db, "class_set", 2, SQLITE_UTF8, NULL, no_step, NULL, NULL);
    sqlite3_create_function(db, "f1_macro", 5, SQLITE_UTF8, NULL, no_step, NULL, NULL);
    sqlite3_create_function(db, "log_sum_exp", 5, SQLITE_UTF8, NULL, no_step, NULL, NULL);
    sqlite3_create_function(db, "log_sum_exp_state", 5, SQLITE_UTF8, NULL, no_step, NULL, NULL);
    arm(at, 1);
    int rc = sqlite3_mlmetrics_init(db, NULL, NULL);
    disarm();
    expect_at(rc == SQLITE_NOMEM, "loading without memory", "", rc);
    ask(db,
        "SELECT class_set(1, 1), f1_macro(1, 2, 3, 4, 5), log_sum_exp(1, 2, 3, 4, 5), "
        "log_sum_exp_state(1, 2, 3, 4, 5)",
        &answer);
    expect_at(answer.rc == SQLITE_DONE, "the user's own function went with a failed load", sqlite3_errmsg(db),
              at);
    sqlite3_close(db);
  }
}

/* Loading: all functions and tables or none, and a second try works. Registering a function is the same work
 * for each, so that of its allocations one in `stride` fails. */
static void fail_init(long stride) {
  static const char modules[] = "SELECT name FROM pragma_module_list ORDER BY name";
  static Answer before;
  for (int ever = 0; ever < 2; ever++) {
    for (long at = 0;; at += at < 2100 / stride ? 1 : stride) {
      sqlite3 *db;
      char *message = NULL;
      if (sqlite3_open(":memory:", &db) != SQLITE_OK) exit(2);
      ask(db, modules, &before); /* hosts before 3.30 cannot list them, nor take one back */
      ask(db, modules, &before);
      arm(at, ever);
      int rc = sqlite3_mlmetrics_init(db, &message, NULL), met = has_failed;
      disarm();
      expect_at(rc == SQLITE_OK || rc == SQLITE_NOMEM, "loading", message ? message : "", at);
      sqlite3_free(message);
      if (rc != SQLITE_OK) {
        static Answer answer;
        ask(db, probe, &answer);
        expect_at(answer.rc == SQLITE_ERROR, "a function is left of a failed load", "", at);
        ask(db, modules, &answer);
        expect_at(sqlite3_libversion_number() < 3030000 || strcmp(answer.text, before.text) == 0,
                  "a table is left of a failed load", "", at);
      }
      expect_at(sqlite3_mlmetrics_init(db, NULL, NULL) == SQLITE_OK, "loading again", "", at);
      check_usable(db, "after loading again", at);
      arm(at, ever);
      rc = sqlite3_mlmetrics_init(db, NULL, NULL);
      disarm();
      expect_at(rc == SQLITE_OK || rc == SQLITE_NOMEM, "loading twice", "", at);
      check_usable(db, "after loading twice", at);
      sqlite3_close(db);
      if (!met) break;
    }
  }
}

/* Each large block that loading asks for; between them lie thousands of small ones. */
static void fail_init_large(void) {
  for (long at = 0, met = 1; met; at++) {
    sqlite3 *db;
    if (sqlite3_open(":memory:", &db) != SQLITE_OK) exit(2);
    least = 16384;
    arm(at, 0);
    int rc = sqlite3_mlmetrics_init(db, NULL, NULL);
    met = has_failed;
    disarm();
    least = 0;
    expect_at(rc == (met ? SQLITE_NOMEM : SQLITE_OK), "loading without a large block", "", at);
    expect_at(met || at >= 2, "large blocks", "", at);
    expect_at(sqlite3_mlmetrics_init(db, NULL, NULL) == SQLITE_OK, "loading again", "", at);
    check_usable(db, "after loading again", at);
    sqlite3_close(db);
  }
}

static void limits(sqlite3 *db) {
  static Answer answer;
  int was = sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 400);
  ask(db,
      "SELECT score_set(i * 0.37, i % 2) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 "
      "FROM n WHERE i < 300) SELECT i FROM n)",
      &answer);
  expect_at(answer.rc == SQLITE_TOOBIG, "a state beyond the length limit", sqlite3_errmsg(db), answer.rc);
  ask(db, "SELECT evaluate_binary(0.5, 1)", &answer);
  expect_at(answer.rc == SQLITE_DONE || answer.rc == SQLITE_TOOBIG, "a JSON result at the length limit", "",
            answer.rc);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, was);
  sqlite3_int64 before = sqlite3_hard_heap_limit64(sqlite3_memory_used() + 300000);
  ask(db,
      "SELECT roc_auc(i * 0.37, i % 2) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM "
      "n WHERE i < 200000) SELECT i FROM n)",
      &answer);
  sqlite3_hard_heap_limit64(before);
  expect_at(answer.rc == SQLITE_NOMEM, "a heap limit", sqlite3_errmsg(db), answer.rc);
  check_usable(db, "after the limits", 0);
}

/* FAULTS in the environment: of the allocations of loading the first 2100 / FAULTS fail and one in FAULTS of
 * the rest, by default one in 7; above 7 the examples run in UTF-8 only. */
int main(void) {
  const char *given = getenv("FAULTS");
  const long stride = given && atol(given) > 0 ? atol(given) : 7;
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
  sqlite3_mem_methods failing = real;
  failing.xMalloc = failing_malloc;
  failing.xRealloc = failing_realloc;
  sqlite3_config(SQLITE_CONFIG_MALLOC, &failing);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* every allocation is one that can fail */
  sqlite3_initialize();
  sqlite3_int64 at_first = sqlite3_memory_used();
  fail_init(stride);
  fail_init_large();
  fail_over_own();
  /* In UTF-16 each text that is read needs memory too. */
  static const char *const encodings[] = {"PRAGMA encoding = 'UTF-8'", "PRAGMA encoding = 'UTF-16'"};
  for (int e = 0; e < 2; e++) {
    sqlite3 *db = open_loaded(encodings[e]);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) fail_query(db, queries[i]);
    if (e == 0 || stride <= 7) fail_examples(db);
    if (e == 0) fail_many(db);
    fail_errors(db);
    limits(db);
    sqlite3_close(db);
    fail_first_use(encodings[e]);
  }
  expect_at(sqlite3_memory_used() == at_first, "memory left behind", "",
            (long)(sqlite3_memory_used() - at_first));
  return end_of_tests();
}
