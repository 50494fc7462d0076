/* The names of other libraries answer with ours in every way a function can be called, shadow nothing of
 * SQLite's and of common extensions, and the query that a curve answers with runs. */
#include <ctype.h>
#include <string.h>

#include "metrics/peer_names.h"
#include "tables.h"

/* The error of a query, or what it gave; to be freed. */
static char *answer_to(sqlite3 *db, const char *format, const char *name) {
  bool error;
  char *sql = sqlite3_mprintf(format, name), *got = rows_of(db, sql, &error);
  if (!error) failed("%s gives no error", sql);
  sqlite3_free(sql);
  return got;
}

static bool is_identifier(const char *name) {
  for (const char *c = name; *c; c++)
    if (!isalnum((unsigned char)*c) && *c != '_') return false;
  return true;
}

/* Words that are left to others, though a library has them. */
static bool is_left_alone(const char *name) {
  static const char *const words[] = {"map",
                                      "success",
                                      "coords",
                                      "sens",
                                      "spec",
                                      "roc",
                                      "corr",
                                      "correlation",
                                      "corrcoef",
                                      "logistic",
                                      "dice",
                                      "hamming_distance",
                                      "hammingdistance",
                                      "confidence_interval",
                                      "hit_rate",
                                      "miss_rate",
                                      "bias",
                                      NULL};
  for (const char *const *word = words; *word; word++)
    if (sqlite3_stricmp(*word, name) == 0) return true;
  return strlen(name) < 2;
}

static bool is_ours(sqlite3 *db, const char *name) {
  bool error;
  char *sql = sqlite3_mprintf("SELECT count(*) FROM mlmetrics_functions WHERE name = lower(%Q)", name);
  char *got = rows_of(db, sql, &error);
  bool ours = strcmp(got, "0") != 0;
  sqlite3_free(got);
  sqlite3_free(sql);
  return ours;
}

/* Whether the answer calls a function that the table has beside the name. */
static bool names_ours(sqlite3 *db, const char *theirs, const char *answer) {
  bool error;
  char *sql = sqlite3_mprintf("SELECT count(*) FROM mlmetrics_names WHERE lower(theirs) = lower(%Q) AND "
                              "instr(%Q, ' ' || ours || '(') > 0",
                              theirs, answer);
  char *got = rows_of(db, sql, &error);
  bool found = strcmp(got, "0") != 0;
  sqlite3_free(got);
  sqlite3_free(sql);
  return found;
}

/* A name that is no function of ours must say what is. One with capitals is given with its library, for
 * SQLite does not say how it was typed. */
static void check_wrong_name(sqlite3 *db, const char *theirs, const char *library) {
  static const char *const calls[] = {
      "SELECT %s()",
      "SELECT %s(1, 2)",
      "SELECT %s(score, label) FROM few",
      "SELECT %s(score, label) FROM few WHERE 0",
      "SELECT %s(score, label, 3, 4, 5) FILTER (WHERE label) FROM few GROUP BY model",
      "SELECT %s(score, label) OVER (ORDER BY score ROWS 9 PRECEDING) FROM few",
      "SELECT %s(score, label) OVER (ORDER BY score ROWS BETWEEN 3 FOLLOWING AND 1 FOLLOWING) FROM few",
      "SELECT model FROM few GROUP BY model ORDER BY %s(label, score)",
  };
  bool capitals = strpbrk(theirs, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  char *head =
      sqlite3_mprintf("%s%s%s: here it is ", theirs, capitals ? " of " : "", capitals ? library : "");
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    char *got = answer_to(db, calls[i], theirs);
    bool names_it = sqlite3_strnicmp(got, head, (int)strlen(head)) == 0 && names_ours(db, theirs, got);
    if (!names_it) failed("%s of %s answers: %s", calls[i], theirs, got);
    if (names_it) passed();
    sqlite3_free(got);
  }
  sqlite3_free(head);
}

static void check_names(sqlite3 *db) {
  sqlite3_stmt *row = NULL;
  int n = 0, wrong = 0;
  sqlite3_prepare_v2(db,
                     "SELECT theirs, library, min(rowid) FROM (SELECT row_number() OVER () AS rowid, * FROM "
                     "mlmetrics_names) GROUP BY lower(theirs)",
                     -1, &row, NULL);
  for (; sqlite3_step(row) == SQLITE_ROW; n++) {
    const char *theirs = (const char *)sqlite3_column_text(row, 0);
    if (!is_identifier(theirs) || is_left_alone(theirs) || is_ours(db, theirs)) continue;
    wrong++;
    check_wrong_name(db, theirs, (const char *)sqlite3_column_text(row, 1));
  }
  sqlite3_finalize(row);
  expect(n >= 120 && wrong >= 80, "names, each of them once, and wrong names", wrong);
}

/* Of names that several libraries have, the answer is the function of one of them. */
static void check_answers(sqlite3 *db) {
  static const char *const wanted[][2] = {
      {"roc_auc_score", "roc_auc(score, label[, weight]), the prediction first"},
      {"auc", "roc_auc(score, label[, weight])"},
      {"f1_score", "f1(pred, label[, weight])"},
      {"accuracy_score", "accuracy(pred, label[, weight])"},
      {"AUROC", "roc_auc(score, label[, weight])"},
      {"binary_auroc", "roc_auc(score, label[, weight])"},
      {"BCEWithLogitsLoss", "bce_logits(logit, target[, weight[, pos_weight]])"},
      {"mean_squared_error", "mse(pred, target[, weight])"},
      {"expit", "sigmoid(x)"},
      {"logloss", "log_loss(prob, label[, weight])"},
      {"pearsonr", "pearson(x, y[, weight])"},
      {"pearson_r", "pearson(x, y[, weight])"},
      {"tpr", "recall_at(score, label, cutoff[, weight])"},
      {"tpr_at", "recall_at(score, label, cutoff[, weight])"},
      {"f2", "fbeta_at(score, label, cutoff, beta[, weight]); beta is 2"},
      {"lift", "SELECT * FROM lift_curve((SELECT score_set(score, label) FROM …))"},
      {"jaccard_score", "jaccard(pred, label[, weight]), the prediction first"},
      {"spearmanr", "spearman(x, y)"},
      {"kendalltau", "kendall(x, y)"},
      {"expected_calibration_error", "ece(prob, label[, bins=10[, strategy='uniform'[, weight]]])"},
      {"best_threshold", "best_cutoff(score, label[, objective='f1'[, weight]])"},
      {"bce_with_logits", "bce_logits(logit, target[, weight[, pos_weight]])"},
      {"fbeta", "fbeta_at(score, label, cutoff, beta[, weight])"},
      {"aucroc", "roc_auc(score, label[, weight])"},
      {"log_loss_score", "log_loss(prob, label[, weight])"},
      {"auc_pr", "pr_auc(score, label[, weight]); the step sum is average_precision"},
      {"roc_auc_ovr", "roc_auc_ovr_macro("},
      {"neg_mean_squared_error", "mse(pred, target[, weight]), the prediction first; without the minus sign"},
      {"wilcox_test", "mann_whitney_test(score, label); of two samples; of pairs: wilcoxon_test"},
      {"c_statistic", "roc_auc(score, label[, weight]); of survival times: concordance_index"},
      {"iou", "jaccard(pred, label[, weight]); of decisions 0 and 1, not of boxes"},
      {"normalized_gini", "; for labels 0 and 1, where it is 2 * roc_auc - 1"},
      {"nrmse", "rmse(pred, target[, weight]); theirs divides it by the mean, the range or the deviation of "
                "the target"},
      {"smooth_l1_loss",
       "huber(pred, target, delta[, weight]); divided by delta, which is called beta there"},
      {"ttest_1samp", "paired_t_test(x, y); y is the mean that is tested, a constant"},
      {"false_discovery_rate",
       "precision(pred, label[, weight]); it is 1 - precision; of p-values: p_adjust"},
      {"diagnostic_odds_ratio", "positive_likelihood_ratio_at(score, label, cutoff[, weight]); divided by"},
      {"markedness", "; precision_at + npv_at - 1; for decisions 0 and 1 the cutoff is 1"},
      {"equal_error_rate", "eer(score, label[, weight])"},
      {"multilabel_accuracy", "; it is 1 - hamming_loss; "},
      {"retrieval_fall_out",
       "recall_at_k(score, relevance, k); with to_number(relevance) = 0 as relevance, for one"},
      {"classwise_ece", "; for each class i: ece(vector_at(PROBS, i), to_number(class) = i), and their mean"},
      {"CohenKappa", "kappa(pred, label[, classes][, weight])"},
      {"ConfusionMatrix", "confusion_table(pred, label[, classes][, weight])"},
      {"FBetaScore", "fbeta_at(score, label, cutoff, beta[, weight]); the cutoff stands before beta"},
      {"roc_test", "delong_test(score_a, score_b, label)"},
      {"norm_ppf", "normal_quantile(p)"},
      {"f1score", "F1Score of torchmetrics: here it is f1("},
      {"prauc", "PRAUC of MLmetrics (R): here it is pr_auc("},
      {"roccurvedisplay",
       "SELECT roc_svg(s, series_name) FROM (SELECT series_name, score_set(score, label) AS s "
       "FROM … GROUP BY series_name); the points: roc_curve(set)"},
      {"confusionmatrixdisplay", "SELECT confusion_svg(s, series_name) FROM (SELECT series_name, "
                                 "class_set(pred, label) AS s FROM … GROUP BY series_name); as text"},
      {"demographic_parity_difference", ": here it is SELECT max(value) - min(value) FROM (SELECT "
                                        "selection_rate_at(score, label, cutoff) AS value FROM … "},
      {"delong", "delong_test(score_a, score_b, label)"},
      {"proportions_ztest", "its statistic is the square of z, with the same p_value"},
      {"mdape", "; median_absolute_error(absolute_percentage_error(pred, target), 0), a fraction"},
      {"adjusted_r2", "; adjusted for p predictors in n rows it is 1 - (1 - r2) * (n - 1) / (n - p - 1)"},
      {"precision_recall_curve", "SELECT * FROM pr_curve((SELECT score_set(score, "
                                 "label) FROM …))"}};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    char *got = answer_to(db, "SELECT %s(1, 2)", wanted[i][0]);
    expect_for(strstr(got, wanted[i][1]) != NULL, "another answer", got);
    sqlite3_free(got);
  }
}

/* Measures that no function here computes: a name of one answers with nothing, rather than with another. */
static void check_absent(sqlite3 *db) {
  static const char *const absent[] = {"adjusted_rand_score",
                                       "rand_score",
                                       "adjusted_mutual_info_score",
                                       "normalized_mutual_info_score",
                                       "mutual_info_score",
                                       "silhouette_score",
                                       "calinski_harabasz_score",
                                       "davies_bouldin_score",
                                       "homogeneity_score",
                                       "v_measure_score",
                                       "fowlkes_mallows_score",
                                       "d2_pinball_score",
                                       "mean_absolute_scaled_error",
                                       "sigmoid_focal_loss",
                                       "cosine_similarity",
                                       "word_error_rate",
                                       "bleu_score",
                                       "fisher_exact",
                                       "f_oneway",
                                       "kruskal",
                                       "mase",
                                       "d2_absolute_error_score",
                                       "rank_biased_precision",
                                       "intraclass_correlation",
                                       "theils_u"};
  for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
    char *got = answer_to(db, "SELECT %s(1, 2)", absent[i]);
    expect_for(strncmp(got, "no such function", strlen("no such function")) == 0, absent[i], got);
    sqlite3_free(got);
  }
}

/* Notes that are queries run as they stand, and compare the groups, or give a value for each replicate. */
static void check_queries(sqlite3 *db) {
  sqlite3_stmt *row = NULL;
  int n = 0;
  sqlite3_prepare_v2(db, "SELECT DISTINCT note FROM mlmetrics_names WHERE note LIKE 'SELECT %'", -1, &row,
                     NULL);
  for (; sqlite3_step(row) == SQLITE_ROW; n++) {
    const char *note = (const char *)sqlite3_column_text(row, 0), *gap = strstr(note, "…");
    bool error = true, clusters = strstr(note, "poisson_weight");
    char *sql =
        gap ? sqlite3_mprintf("%s%.*s(SELECT column1 AS district, column2 AS score, column3 AS label, "
                              "column4 AS user_id, 0.5 AS cutoff FROM (VALUES ('a', .9, 1, 1), ('a', .8, "
                              "0, 2), ('a', .1, 1, 3), ('a', .2, 0, 4), ('b', .9, 1, 5), ('b', .2, 0, 6), "
                              "('b', .3, 0, 7), ('b', .4, 0, 8)))%s%s",
                              clusters ? "SELECT count(*) FROM (" : "", (int)(gap - note), note,
                              gap + strlen("…"), clusters ? ")" : "")
            : NULL;
    char *got = sql ? rows_of(db, sql, &error) : NULL;
    /* selection rates 1/2 and 1/4, recalls 1/2 and 1, false positive rates 1/2 and 0 */
    bool ratio = strstr(note, " / "), odds = strstr(note, "tpr");
    const char *want = ratio ? (odds ? "0.0" : "0.5") : odds || strstr(note, "recall_at") ? "0.5" : "0.25";
    expect_for(!error && strcmp(got, clusters ? "999" : want) == 0, note, got ? got : "no gap");
    sqlite3_free(got);
    sqlite3_free(sql);
  }
  sqlite3_finalize(row);
  expect(n >= 6, "queries", n);
}

/* Rows without a fault: these queries count those with one. */
static void check_table(sqlite3 *db) {
  static const char *const faults[][2] = {
      {"fewer rows than 150", "SELECT count(*) < 150 FROM mlmetrics_names"},
      {"a name twice in a library",
       "SELECT count(*) FROM (SELECT 1 FROM mlmetrics_names GROUP BY library, theirs HAVING count(*) > 1)"},
      {"ours is no function",
       "SELECT count(*) FROM mlmetrics_names WHERE ours NOT IN (SELECT name FROM mlmetrics_functions)"},
      {"a note that is empty, or ends with a stop",
       "SELECT count(*) FROM mlmetrics_names WHERE note = '' OR note LIKE '%.'"},
      {"a library that is missing", "SELECT count(*) <> 6 FROM (SELECT DISTINCT library FROM mlmetrics_names "
                                    "WHERE library IN ('scikit-learn', "
                                    "'torchmetrics', 'PyTorch', 'yardstick', 'Hivemall', 'trec_eval'))"}};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    bool error;
    char *got = rows_of(db, faults[i][1], &error);
    expect_for(!error && strcmp(got, "0") == 0, faults[i][0], got);
    sqlite3_free(got);
  }
}

/* All names are in the table, since all functions are compiled in. */
static void check_all_names(sqlite3 *db) {
  bool error;
  int n = 0;
  while (mlm_peer_names[n].library) n++;
  char *got = rows_of(db, "SELECT count(*) FROM mlmetrics_names", &error);
  expect_for(!error && atoi(got) == n, "names in the table", got);
  sqlite3_free(got);
}

/* Functions of extensions that others load beside this one. */
static const char others[] =
    ",median,percentile,percentile_cont,percentile_disc,stddev,stddev_samp,stddev_pop,variance,var_samp,var_"
    "pop,mode,"
    "lower_quartile,upper_quartile,difference,replicate,reverse,corr,covar_samp,regr_slope,hamming,"
    "levenshtein,"
    "jaro_winkler,damerau_levenshtein,edit_distance,soundex,editdist3,spellfix1_score,eval,uuid4,regexp_like,"
    "fuzzy_distance,vec_distance_l2,vec_distance_cosine,vec_f32,vec_length,vec_normalize,distance,area,st_"
    "distance,"
    "correlation,corrcoef,confidence_interval,logistic,dice,hamming_distance,hammingdistance,hit_rate,miss_"
    "rate,"
    "crc32,sha1,md5,encode,decode,compress,uncompress,define,generate_series,random_normal,rank,score,"
    "precision_of,";

static void check_shadows(sqlite3 *db) {
  sqlite3 *plain;
  sqlite3_stmt *row = NULL;
  sqlite3_open(":memory:", &plain);
  sqlite3_prepare_v2(db, "SELECT DISTINCT lower(theirs) FROM mlmetrics_names", -1, &row, NULL);
  while (sqlite3_step(row) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(row, 0);
    char *sql = sqlite3_mprintf("SELECT count(*) FROM pragma_function_list WHERE name = %Q", name);
    char *item = sqlite3_mprintf(",%s,", name);
    bool error;
    char *got = rows_of(plain, sql, &error);
    expect_for(error || strcmp(got, "0") == 0, "SQLite has a function of this name", name);
    expect_for(is_left_alone(name) || !strstr(others, item), "other extensions have a function of this name",
               name);
    sqlite3_free(got);
    sqlite3_free(item);
    sqlite3_free(sql);
  }
  sqlite3_finalize(row);
  sqlite3_close(plain);
}

/* A name of one letter may be anybody's, and one with a dot is none in SQL: these are in mlmetrics_names
 * alone. */
static void check_unwritten(sqlite3 *db) {
  bool error;
  char *got =
      rows_of(db,
              "SELECT (SELECT count(*) > 2 FROM mlmetrics_names WHERE length(theirs) = 1 OR "
              "instr(theirs, '.')), (SELECT count(*) FROM pragma_function_list WHERE length(name) = 1 "
              "OR instr(name, '.'))",
              &error);
  expect_for(!error && strcmp(got, "1|0") == 0, "names that are no functions", got);
  sqlite3_free(got);
}

/* The query in the answer of a curve's name, of a table that is there. */
static void check_curve(sqlite3 *db, const char *name) {
  char *got = answer_to(db, "SELECT %s(1, 2) FROM few", name), *query = strstr(got, "SELECT "),
       *gap = query ? strstr(query, "…") : NULL, *rest = gap ? gap + strlen("…") : NULL;
  bool error = true;
  char *sql = gap ? sqlite3_mprintf(
                  "SELECT count(*) > 0 FROM (%.*s(SELECT score > 0.5 AS pred, score, "
                  "label, label AS target, model AS "
                  "key, 1 AS x, score AS y, score AS value, label AS sample FROM few LIMIT 99)%.*s)",
                  (int)(gap - query), query, (int)strcspn(rest, ";"), rest)
                  : NULL;
  char *rows = sql ? rows_of(db, sql, &error) : NULL;
  if (error || strcmp(rows, "1") != 0)
    failed("%s answers: %s, which gives: %s", name, got, rows ? rows : "nothing");
  else
    passed();
  sqlite3_free(rows);
  sqlite3_free(sql);
  sqlite3_free(got);
}

static void check_curves(sqlite3 *db) {
  sqlite3_stmt *row = NULL;
  int n = 0;
  sqlite3_prepare_v2(
      db,
      "SELECT name FROM mlmetrics_functions WHERE kind = 'table' AND (signature LIKE '%(set)' OR "
      "signature LIKE '%(set[%')",
      -1, &row, NULL);
  for (; sqlite3_step(row) == SQLITE_ROW; n++) check_curve(db, (const char *)sqlite3_column_text(row, 0));
  sqlite3_finalize(row);
  expect(n >= 8, "curves", n);
}

int main(void) {
  sqlite3 *db = open_tables();
  sqlite3_exec(db, "CREATE TEMP TABLE few AS SELECT * FROM flights LIMIT 99", NULL, NULL, NULL);
  check_names(db);
  check_answers(db);
  check_absent(db);
  check_queries(db);
  check_table(db);
  check_all_names(db);
  check_shadows(db);
  check_unwritten(db);
  check_curves(db);
  sqlite3_close(db);
  return end_of_tests();
}
