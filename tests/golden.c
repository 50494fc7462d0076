/* The golden digests: ten thousand queries over every function, and the SHA-256 of what they give: the same
 * on every CPU, compiler and SQLite.
 *
 * 110 pseudo-random queries for each signature, seeded by the signature: rows, groups, windows, saved states
 * as they are and merged, and messages. Each goes into the digest as its text and the bytes of what it gave,
 * doubles as their bits. Nothing depends on how the host reads or prints decimals: numbers are bound, texts
 * are made of integers.
 *
 * tests/golden.sha256 has a line for each signature and one for all results, without the wording of messages;
 * it is what the program prints when asked to `print`. `digest` prints the digest of everything, messages
 * too, which make cpus compares; `queries` every query with its digest.
 */
#include <mlmetrics.h>
#include <stdbool.h>
#include <stdlib.h>

#include "random.h"
#include "sha256.h"
#include "interval_methods.h"
#include "signatures.h"
#include "golden_tables.h"
#include "unit.h"
enum { QUERIES_EACH = 110, SLOW_QUERIES = 4 };

static sqlite3 *db;
static Sha256 whole, results, part, single; /* of all; without messages; so of a signature; of the query */
static int queries;
static bool shows_queries;

/* ---- what goes into the digest ---- */

static void append(const void *bytes, size_t n) {
  sha_add(&whole, bytes, n);
  sha_add(&results, bytes, n);
  sha_add(&part, bytes, n);
  sha_add(&single, bytes, n);
}

/* A letter that names the kind of data, and eight bytes, the highest first. */
static void append_word(char letter, uint64_t word) {
  uint8_t bytes[9] = {(uint8_t)letter};
  for (int i = 0; i < 8; i++) bytes[1 + i] = (uint8_t)(word >> (56 - 8 * i));
  append(bytes, sizeof bytes);
}

static void append_bytes(char letter, const void *bytes, size_t n) {
  append_word(letter, n);
  if (n) append(bytes, n);
}

static void append_value(sqlite3_stmt *row, int i) {
  switch (sqlite3_column_type(row, i)) {
  case SQLITE_INTEGER: append_word('i', (uint64_t)sqlite3_column_int64(row, i)); break;
  case SQLITE_FLOAT: append_word('r', mlm_double_bits(sqlite3_column_double(row, i))); break;
  case SQLITE_NULL: append_word('n', 0); break;
  default: {
    const char letter = sqlite3_column_type(row, i) == SQLITE_TEXT ? 't' : 'b';
    const void *bytes = sqlite3_column_blob(row, i);
    append_bytes(letter, bytes, (size_t)sqlite3_column_bytes(row, i));
  }
  }
}

/* Runs a query and frees it. */
static void run(char *sql) {
  sqlite3_stmt *row = NULL;
  sha_start(&single);
  append_bytes('q', sql, strlen(sql));
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK) expect_for(false, sql, sqlite3_errmsg(db));
  int status = SQLITE_DONE;
  while (row && (status = sqlite3_step(row)) == SQLITE_ROW) {
    append_word('R', (uint64_t)sqlite3_column_count(row));
    for (int i = 0; i < sqlite3_column_count(row); i++) append_value(row, i);
  }
  const char *message = status == SQLITE_DONE ? "" : sqlite3_errmsg(db);
  if (status == SQLITE_NOMEM) failed("%s: out of memory", sql);
  append_word(status == SQLITE_DONE ? 'D' : 'E', 0);
  sha_add(&whole, message, strlen(message));
  sha_add(&single, message, strlen(message));
  queries++;
  if (shows_queries) {
    char hex[SHA_HEX];
    sha_hex(&single, hex);
    printf("%.16s %s%s%s\n", hex, sql, *message ? "  -> " : "", message);
  }
  sqlite3_finalize(row);
  sqlite3_free(sql);
}

/* ---- queries out of a signature ---- */

static const Source sources[] = {
    /* of regression and prediction intervals */
    {"pred", "_deviance", false, {"1 + whole", "pos_weight + 0.125", "'3.7'"}},
    {"target", "_deviance", false, {"1 + whole", "pos_weight + 0.125", "'0.3'"}},
    {"pred", "msle", false, {"whole", "prob", "prob_text", "pos_weight"}},
    {"target", "msle", false, {"whole", "prob", "pos_weight"}},
    {"pred", "squared_log", false, {"whole", "prob", "prob_text", "pos_weight"}},
    {"target", "squared_log", false, {"whole", "prob", "pos_weight"}},
    {"y", NULL, false, {"target", "pred"}},
    {"score", "(score, relevance", false, {"score", "whole", "score_text"}},
    {"relevance", NULL, false, {"label", "whole", "pos_weight"}},
    {"k", "(score, relevance", true, {"1", "5", "20", "100"}},
    {"n", NULL, false, {"12", "9 + class", "1000000"}},
    {"correct", NULL, false, {"class", "9"}},
    {"k", "(n, correct", false, {"4", "1 + class", "9"}},
    {"mean", NULL, false, {"pred", "score_text"}},
    {"target", "(mean", false, {"target"}},
    {"target", "(VECTOR", false, {"target", "score"}},
    {"variance", NULL, false, {"1 + whole", "pos_weight + 0.125"}},
    {"sd", NULL, false, {"pos_weight", "0", "whole"}},
    {"lo", NULL, false, {"prob", "prob_text", "-1"}},
    {"hi", NULL, false, {"1", "1 + whole"}},
    {"time", NULL, false, {"pos_weight", "whole", "score"}},
    {"event", NULL, false, {"label"}},
    {"delta", NULL, false, {"0.5", "1", "'0.3'"}},
    {"alpha", NULL, false, {"'0.3'", "0.5"}},
    {"power", NULL, false, {"1.5", "0", "-1", "3", "1", "2", "'1.9'", "'1.001'"}},
    {"q", NULL, true, {"0.5", "'0.9'", "0", "1"}},
    /* drift */
    {"value", NULL, false, {"score", "pred", "score_text"}},
    {"sample", NULL, false, {"label"}},
    {"fit",
     NULL,
     true,
     {"'{\"method\":\"isotonic\",\"x\":[-1,0.5,2],\"y\":[0.25,0.5,1]}'",
      "'{\"method\":\"temperature\",\"temperature\":1.7}'"}},
    {"score | LOGITS", NULL, false, {"score", "prob", "logits"}},
    {"LOGITS", "temperature_fit", false, {"shares", "probs32"}},
    {"class", "(class, sample", false, {"pred_class", "digit"}},
    /* resampling, and intervals of means and proportions */
    {"set",
     "bootstrap",
     false,
     {"score_set(prob, label", "score_set(score, label", "class_set(digit, class"}},
    {"label", "with_label", true, {"0", "1"}},
    {"metric", "compare_ci", true, {"'roc_auc'", "'f1_at:0.5'", "'best_cutoff_value:youden'"}},
    {"metric",
     NULL,
     true,
     {"'roc_auc'", "'average_precision'", "'f1_at:0.5'", "'ks'", "'accuracy'", "'kappa'"}},
    {"replicates", NULL, true, {"20", "7"}},
    {"seed", NULL, true, {"1", "'12'"}},
    {"scheme", NULL, true, {"'plain'", "'stratified'"}},
    {"score_a", NULL, false, {"score", "prob", "score_text"}},
    {"score_b", NULL, false, {"prob", "pred"}},
    {"cluster", NULL, false, {"pred_class", "part", "score"}},
    {"key", NULL, false, {"pred_class", "id", "score", "f64"}},
    {"replicate", NULL, false, {"part", "shuffle"}},
    {"successes", NULL, false, {"part"}},
    {"trials", NULL, false, {"shuffle", "4"}},
    {"method", "(successes", false, {"'wilson'", "'clopper_pearson'", "'jeffreys'"}},
    {"SCORES", NULL, false, {"logits", "logits32"}},
    {"LABELS", NULL, false, {"'[0,1,1,0]'"}},
    {"score", NULL, false, {"score", "prob", "score_text"}},
    {"logit", NULL, false, {"score", "pred", "score_text"}},
    {"x", "to_label(", false, {"label", "class"}},
    {"x", "pack(", false, {"score", "pred_class", "label"}},
    {"packed", NULL, false, {"(SELECT pack(score) FROM t1)", "(SELECT pack(pred_class) FROM t2)"}},
    {"array", NULL, false, {"'[1,0.5,null,\"cat\"]'"}},
    {"x", NULL, false, {"score", "pred", "score_text"}},
    {"mark", NULL, false, {"'point'", "'comma'"}},
    {"log_sum_exp", NULL, false, {"target"}},
    {"prob", NULL, false, {"prob", "prob_text"}},
    {"p", NULL, false, {"prob", "prob_text"}},
    {"pred", "precision(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "precision(pred", false, {"label"}},
    {"pred", "recall(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "recall(pred", false, {"label"}},
    {"pred", "specificity(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "specificity(pred", false, {"label"}},
    {"pred", "f1(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "f1(pred", false, {"label"}},
    {"pred", "jaccard(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "jaccard(pred", false, {"label"}},
    {"classes",
     NULL,
     true,
     {"'[5,4,3,2,1,0]'",
      "'[\"cat\",\"dog\",7,\"cow \\\"q\\\"\",\"\\u00e9t\\u00e9\",\"2.50\",\" 3 \",0,1,2,3,4]'"}},
    {"pred", "(pred, label", false, {"pred_class", "digit"}},
    {"label", "(pred, label", false, {"label_class", "class"}},
    {"pred", NULL, false, {"pred", "score_text"}},
    {"label", NULL, false, {"label"}},
    {"target", "(pred, target", false, {"target"}},
    {"target", NULL, false, {"label", "soft"}},
    {"weight", "_ci(", false, {"whole", "1"}}, /* of intervals: a number of rows */
    {"weight", NULL, false, {"weight", "whole", "1"}},
    {"cutoff", "net_benefit", false, {"0.5", "0.25"}},
    {"cutoff", NULL, false, {"0.5", "cutoff", "score"}},
    {"pos_weight", NULL, false, {"1", "pos_weight"}},
    {"pos_weight | POS_WEIGHTS", NULL, false, {"1", "pos_weight", "'[0.5,1,3,7.25]'"}},
    {"label_smoothing", NULL, false, {"0", "0.125", "'0.1'"}},
    {"k", NULL, false, {"1", "2"}},
    {"beta", NULL, true, {"2", "'0.3'"}},
    {"fp_cost", NULL, true, {"1.5", "'0.7'"}},
    {"fn_cost", NULL, true, {"4", "'1e-3'"}},
    {"max_fpr", NULL, true, {"'0.3'", "1"}},
    {"bins", "lift_curve", true, {"10", "7", "1", "1000"}},
    {"bins", NULL, true, {"10", "7", "1", "1000", "'[0, 0.3, 0.5, 1]'"}},
    {"level", NULL, true, {"0.5", "'0.95'"}},
    {"points", NULL, true, {"2", "5", "1000"}},
    {"strategy", NULL, true, {"'uniform'", "'quantile'"}},
    {"objective",
     NULL,
     true,
     {"'f1'", "'fbeta:0.7'", "'accuracy'", "'balanced_accuracy'", "'youden'", "'mcc'", "'dot'",
      "'cost:1,5.3'", "'precision>=0.51'", "'recall>=0.7'", "'specificity>=0.6'"}},
    {"PROBS", "entropy(", false, {"shares", "probs32"}},
    /* tests of hypotheses */
    {"score_a", NULL, false, {"score", "prob", "score_text"}},
    {"score_b", NULL, false, {"prob", "score"}},
    {"y", NULL, false, {"target", "prob"}},
    {"group", NULL, false, {"label"}},
    {"pred_a", NULL, false, {"digit", "label_class"}},
    {"pred_b", NULL, false, {"class", "pred_class"}},
    {"a", "chi2_test", false, {"digit", "pred_class"}},
    {"b", "chi2_test", false, {"class", "label_class"}},
    {"groups", NULL, true, {"10", "3", "100"}},
    {"predictions", NULL, true, {"'heldout'", "'fitted'"}},
    {"n", NULL, false, {"part", "100"}},
    {"P_VALUES", NULL, false, {"probs", "shares"}},
    {"method", NULL, false, {"'holm'", "'bh'"}},
    /* distributions */
    {"t", NULL, false, {"score", "score_text"}},
    {"df", NULL, false, {"'1.5'", "10", "100"}},
    {"a", NULL, false, {"'0.5'", "2"}},
    {"b", NULL, false, {"'0.7'", "30"}},
    {"PROBS", NULL, false, {"probs", "probs32"}},
    {"P", NULL, false, {"shares", "shares", "probs32"}},
    {"LOGITS", "TARGETS", false, {"logits", "logits32"}},
    {"LOGITS", NULL, false, {"logits", "logits32", "many", "many32"}},
    {"scale", "RATINGS", true, {"'nominal'", "'ordinal'", "'interval'", "'ratio'"}},
    {"scale", NULL, false, {"-0.5", "'0.3'"}},
    {"VECTOR", "VECTOR, VECTOR", false, {"logits", "logits32"}},
    {"VECTOR", "vector_sum", false, {"logits", "logits32"}},
    {"VECTOR", "vector_mean", false, {"logits", "logits32"}},
    {"VECTOR", NULL, false, {"logits", "logits32", "many", "many32"}},
    {"TARGETS",
     "(SCORES",
     false,
     {"'[' || (label + 0) || char(44) || (1 - label) || char(44) || (class + 0 > 0) || char(44) || '1]'"}},
    {"SCORES", "TARGETS", false, {"logits"}},
    {"SCORES", NULL, false, {"logits", "many32"}},
    {"RATINGS", NULL, false, {"'[' || class || char(44) || label || char(44) || digit || ']'"}},
    {"TARGETS", NULL, false, {"shares", "probs"}},
    {"Q", NULL, false, {"shares", "probs32"}},
    {"class | TARGETS", NULL, false, {"class", "shares"}},
    {"class", NULL, false, {"class"}},
    {"i", NULL, false, {"class"}},
    {"PROBS…", NULL, false, {"p0, p1, p2, p3"}},
    {"LOGITS…", NULL, false, {"z0, z1, z2, z3", "score_text, z0, z1, z2"}},
    {"VECTOR…", NULL, false, {"z0, z1, z2, z3"}},
    {"blob", NULL, false, {"f64"}},
    /* keyed sets and charts */
    {"series_name", "(set", false, {"'a'", "7", "NULL"}},
    {"series_name", NULL, false, {"part", "label_class"}},
    {"series", NULL, false, {"part"}},
    {"y", NULL, false, {"target", "pred"}},
    {"title", NULL, true, {"'A & B'"}},
    {"width", NULL, true, {"40", "72"}},
    {"height", NULL, true, {"12", "20"}},
    {"style", NULL, true, {"'unicode'", "'ascii'"}},
    {"sets",
     NULL,
     false,
     {"(SELECT score_sets(part, score, label) FROM t0)", "(SELECT class_sets(part, digit, class) FROM t1)"}},
    {"set", "score_sets(", false, {"(SELECT score_set(score, label) FROM t1)"}},
    {"set", "class_sets(", false, {"(SELECT class_set(digit, class) FROM t0)"}},
    {"set", "pred_sets(", false, {"(SELECT pred_set(pred, target) FROM t0)"}},
    {"set", "confusion_", false, {"class_set(pred_class, label_class", "class_set(digit, class"}},
    {"set", "report_classes_", false, {"class_set(pred_class, label_class", "class_set(digit, class"}},
    {"set", "calibration_", false, {"score_set(prob, label", "score_set(soft, label"}},
    {"set", "residual_", false, {"pred_set(pred, target"}},
    {"set", "report_regression_", false, {"pred_set(pred, target"}},
    {"set", "trend_plot", false, {"(SELECT trend_points(pred, target, part) FROM t0)"}},
    {"set", "class_table", false, {"class_set(pred_class, label_class", "class_set(digit, class"}},
    {"set", "decision_curve", false, {"score_set(prob, label", "score_set(soft, label"}},
    {"set", "calibration_curve", false, {"score_set(prob, label", "score_set(soft, label"}},
    {"set", NULL, false, {"score_set(prob, label", "score_set(score, label", "score_set(score_text, label"}},
};

/* What no argument takes, or few do. */
static const char *const wrong[] = {"'n/a'",
                                    "''",
                                    "x'00'",
                                    "2",
                                    "-1",
                                    "1.5",
                                    "NULL",
                                    "'[1, 2'",
                                    "'[0.5, \"x\", 0.5, 0]'",
                                    "x'0000c07f'",
                                    "9e999",
                                    "x'4d4cff7f0103616263'",
                                    "'a longer text that is cut where messages end'",
                                    "'true'"};

typedef struct Function {
  char name[40], signature[128];
  bool scalar, function;
  bool slow; /* a value computes a thousand samples */
  int n, required;
  char args[MOST_ARGS][NAME_BYTES];
} Function;

/* One way to call it. */
typedef struct Use {
  int n;
  const char *args[MOST_ARGS];
  bool finish[MOST_ARGS];
} Use;

static uint64_t any(uint64_t n) { return draw() % n; }

static Use draw_use(const Function *f) {
  Use use = {.n = f->required + (int)any((uint64_t)(f->n - f->required) + 1)};
  for (int i = 0; i < use.n; i++) {
    const Source *source = source_of_method(db, f->name, f->args[i]);
    if (!source) source = source_of(sources, sizeof sources / sizeof *sources, f->args[i], f->signature);
    uint64_t values = 0;
    while (source && values < MOST_VALUES && source->values[values]) values++;
    use.args[i] = values ? source->values[any(values)] : "NULL";
    use.finish[i] = values && source->finish;
  }
  return use;
}

/* The arguments, or those that a merging call has after the state, each with a comma before it. */
static char *joined(const Use *use, bool finish) {
  char *all = sqlite3_mprintf("");
  for (int i = 0; i < use->n; i++) {
    if (finish && !use->finish[i]) continue;
    char *longer = sqlite3_mprintf("%s%s%s", all, i || finish ? ", " : "", use->args[i]);
    sqlite3_free(all);
    all = longer;
  }
  return all;
}

static char *draw_window(void) {
  int from = (int)any(24), to = (int)any(6);
  switch (any(5)) {
  case 0: return sqlite3_mprintf("ORDER BY shuffle, id");
  case 1: return sqlite3_mprintf("PARTITION BY part ORDER BY shuffle, id ROWS %d PRECEDING", from);
  case 2: return sqlite3_mprintf("ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
  case 3: return sqlite3_mprintf("ORDER BY part RANGE UNBOUNDED PRECEDING");
  default:
    return sqlite3_mprintf("ORDER BY shuffle, id ROWS BETWEEN %d PRECEDING AND %d FOLLOWING", from, to);
  }
}

/* One of the tables, or some parts of it. */
static char *draw_rows(void) {
  int table = (int)any(GOLDEN_TABLES), parts = (int)any(8);
  return parts < 3 ? sqlite3_mprintf("t%d WHERE part <= %d", table, parts) : sqlite3_mprintf("t%d", table);
}

/* A query of a function of a saved state; the subquery that makes the state is its first argument. */
static char *of_made_set(const Function *f, const Use *use, const char *args) {
  static const char *const weights[] = {"", ", weight", ", whole"};
  if (!strstr(use->args[0], "_set("))
    return sqlite3_mprintf(f->function ? "SELECT * FROM %s(%s)" : "SELECT %s(%s)", f->name, args);
  char *rows = draw_rows(), *overflow = joined(use, true),
       *set = sqlite3_mprintf("(SELECT %s%s) FROM %s)", use->args[0], weights[any(3)], rows),
       *sql = f->function ? sqlite3_mprintf("SELECT * FROM %s(%s%s)", f->name, set, overflow)
                          : sqlite3_mprintf("SELECT %s(%s%s)", f->name, set, overflow);
  sqlite3_free(rows);
  sqlite3_free(overflow);
  sqlite3_free(set);
  return sql;
}

/* A query of an aggregate with these arguments over a table. */
static char *draw_query(const char *f, const char *args, const char *finish, const char *table) {
  const int part_of = (int)any(5), cut = (int)any(60);
  char *window = draw_window(), *sql;
  switch (any(9)) {
  case 0: sql = sqlite3_mprintf("SELECT %s(%s) FROM %s", f, args, table); break;
  case 1:
    sql = sqlite3_mprintf("SELECT part, %s(%s) FROM %s GROUP BY part ORDER BY part", f, args, table);
    break;
  case 2:
    sql = sqlite3_mprintf("SELECT id, %s(%s) OVER (%s) FROM %s ORDER BY id", f, args, window, table);
    break;
  case 3:
    sql = sqlite3_mprintf("SELECT %s_state(%s) FROM %s GROUP BY part ORDER BY part", f, args, table);
    break;
  case 4:
    sql = sqlite3_mprintf("SELECT %s(s%s) FROM (SELECT %s_state(%s) AS s FROM %s GROUP BY part)", f, finish,
                          f, args, table);
    break;
  case 5:
    sql = sqlite3_mprintf("SELECT %s_state(%s) OVER (%s) FROM %s ORDER BY id", f, args, window, table);
    break;
  case 6:
    sql = sqlite3_mprintf("SELECT %s_state(s) FROM (SELECT %s_state(%s) AS s FROM %s GROUP BY part)", f, f,
                          args, table);
    break;
  case 7: sql = sqlite3_mprintf("SELECT %s(%s) FROM %s WHERE part = %d", f, args, table, part_of); break;
  default:
    sql = sqlite3_mprintf("SELECT %s(substr(s, 1, %d)%s) FROM (SELECT %s_state(%s) AS s FROM %s)", f, cut,
                          finish, f, args, table);
    break;
  }
  sqlite3_free(window);
  return sql;
}

/* The f1_at of a score set, and its like. */
static char *of_score_set(const Function *f, const Use *use, const char *finish, const char *table) {
  const bool cutoff = use->n > 2 && strcmp(f->args[2], "cutoff") == 0;
  return sqlite3_mprintf(
      "SELECT %s(s%s%s) FROM (SELECT score_set(%s, label, whole) AS s FROM %s GROUP BY part)", f->name,
      cutoff ? ", 0.5" : "", finish, strcmp(f->args[0], "score") == 0 ? "score" : "prob", table);
}

static void run_one(const Function *f) {
  Use use = draw_use(f);
  char table[8];
  snprintf(table, sizeof table, "t%d", (int)any(GOLDEN_TABLES));
  const bool bad = any(7) == 0,
             of_set = f->n > 1 && (strcmp(f->args[0], "score") == 0 || strcmp(f->args[0], "prob") == 0)
                      && any(6) == 0;
  const uint64_t which = any((uint64_t)use.n);
  if (bad) use.args[which] = wrong[any(sizeof wrong / sizeof *wrong)];
  char *args = joined(&use, false), *finish = joined(&use, true);
  if (strncmp(f->args[0], "set", 3) == 0 || f->function) /* or "sets" */
    run(of_made_set(f, &use, args));
  else if (f->scalar)
    run(sqlite3_mprintf("SELECT %s(%s) FROM %s ORDER BY id", f->name, args, table));
  else if (of_set && strcmp(f->args[1], "label") == 0)
    run(of_score_set(f, &use, finish, table));
  else if (any(25) == 0)
    run(sqlite3_mprintf("SELECT %s(%s), %s_state(%s) FROM big", f->name, args, f->name, args));
  else
    run(draw_query(f->name, args, finish, table));
  sqlite3_free(args);
  sqlite3_free(finish);
}

static uint64_t seed_of(const char *signature) {
  uint64_t sum = 1;
  for (; *signature; signature++) sum = sum * UINT64_C(6364136223846793005) + (uint8_t)*signature;
  return sum;
}

/* ---- the digests ---- */

static bool prints;
static const char *wanted; /* the committed file; NULL: digests are not compared */

static void end_of(const Sha256 *sha, const char *what) {
  char line[SHA_HEX + 140], hex[SHA_HEX];
  sha_hex(sha, hex);
  snprintf(line, sizeof line, "%s  %s\n", hex, what);
  if (prints) fputs(line, stdout);
  if (wanted) expect_for(strstr(wanted, line), "the digest has changed", what);
}

static void check_digest(const char *text, size_t times, const char *want) {
  Sha256 sha;
  char hex[SHA_HEX];
  sha_start(&sha);
  for (size_t i = 0; i < times; i++) sha_add(&sha, text, strlen(text));
  sha_hex(&sha, hex);
  expect_for(strcmp(hex, want) == 0, "SHA-256", text);
}

/* What takes no argument gives the version and this table, which are no results. */
static void run_function(Function *f) {
  f->n = parse_signature(f->signature, f->args, &f->required);
  if (f->n == 0) return;
  for (int i = 0; i < f->n; i++)
    if (!source_of(sources, sizeof sources / sizeof *sources, f->args[i], f->signature))
      failed("%s: no data for the argument %s: add a row to `sources` in tests/golden.c", f->signature,
             f->args[i]);
  seed = seed_of(f->signature);
  sha_start(&part);
  for (int i = 0; i < (f->slow ? SLOW_QUERIES : QUERIES_EACH); i++) run_one(f);
  end_of(&part, f->signature);
}

static void run_all(void) {
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(
          db, "SELECT name, signature, kind, ifnull(cost, '') LIKE '%1000 samples%' FROM mlmetrics_functions",
          -1, &row, NULL))
    expect_for(false, "mlmetrics_functions", sqlite3_errmsg(db));
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    Function f;
    const char *kind = (const char *)sqlite3_column_text(row, 2);
    snprintf(f.name, sizeof f.name, "%s", sqlite3_column_text(row, 0));
    snprintf(f.signature, sizeof f.signature, "%s", sqlite3_column_text(row, 1));
    f.scalar = strcmp(kind, "scalar") == 0;
    f.function = strcmp(kind, "table") == 0;
    f.slow = sqlite3_column_int(row, 3);
    run_function(&f);
  }
  sqlite3_finalize(row);
}

static char *read_wanted(void) {
  FILE *file = fopen("tests/golden.sha256", "rb");
  char *text = calloc(1, 1 << 18);
  if (!file || !text || fread(text, 1, (1 << 18) - 1, file) == 0) exit(2);
  fclose(file);
  return text;
}

static void show_digest(void) {
  char hex[SHA_HEX];
  sha_hex(&whole, hex);
  puts(hex);
}

int main(int argc, char **argv) {
  const char *way = argc > 1 ? argv[1] : "";
  if (*way && strcmp(way, "print") != 0 && strcmp(way, "queries") != 0 && strcmp(way, "digest") != 0) {
    fprintf(stderr, "usage: golden [print | queries | digest]\n");
    return 2;
  }
  char *text = *way ? NULL : read_wanted();
  wanted = text;
  prints = strcmp(way, "print") == 0;
  shows_queries = strcmp(way, "queries") == 0;
  check_digest("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  check_digest("aaaaaaaaaa", 100000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  if (sqlite3_open(":memory:", &db) != SQLITE_OK || sqlite3_mlmetrics_init(db, NULL, NULL) != SQLITE_OK)
    return 2;
  sha_start(&whole);
  sha_start(&results);
  const char *fault = make_golden_tables(db);
  expect_for(!fault, "tables", fault);
  run_all();
  end_of(&results, "results");
  if (strcmp(way, "digest") == 0) show_digest();
  expect_for(queries >= 10000, "too few queries", "");
  sqlite3_close(db);
  free(text);
  if (wanted && failures())
    printf("if the change is meant: make golden; to see what changed, compare the output of %s queries "
           "before and after it\n",
           argv[0]);
  if (*way && !failures()) return 0;
  printf("%d queries\n", queries);
  return end_of_tests();
}
