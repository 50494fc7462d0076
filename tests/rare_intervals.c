/* Intervals near the ends of their range, of hardly any rows, and of weights that are no numbers of rows; the
 * notes that say so. Each query is compared with its only correct result. */
#include "corner.h"
#include "tables.h"

#define TO_TEN      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) "
#define BOTH_LABELS "n, (SELECT 0 AS y UNION ALL SELECT 1)"
#define NOTE(of)    "SELECT substr(json_extract(" of ", '$.note'), 1, 35) FROM "
#define ENDS                                                                                                 \
  "SELECT json_extract(x, '$.low'), json_extract(x, '$.high'), json_extract(x, "                             \
  "'$.note') FROM "
#define SEVEN                                                                                                \
  "(SELECT column1 AS s, column2 AS y FROM (VALUES (.1, 0), (.15, 0), (.2, 1), (.4, 0), (.7, 1), (.9, 1), "  \
  "(.9, 0)))"
/* Of twelve rows with ascending scores, of which the last is Infinity, so that nobody cannot be predicted. */
#define LAST_INFINITE(objective, labels)                                                                     \
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) " ENDS                     \
  "(SELECT best_cutoff_value_ci(CASE i WHEN 12 THEN 9e999 ELSE i / 16.0 END, substr('" labels                \
  "', i, 1), '" objective "') AS x FROM n)"
#define OVERESTIMATE "approximate: samples of rows overestimate this metric"
#define LABELS                                                                                               \
  "FROM (VALUES ('[.9,.2]', '[1,0]'), ('[.9,.7]', '[1,0]'), ('[.2,.7]', '[0,1]'), ('[.2,.1]', '[0,0]'))"
#define CALIBRATION(level, rows)                                                                             \
  "SELECT json_extract(x, '$.low'), json_extract(x, '$.high'), json_extract(x, "                             \
  "'$.expected_if_calibrated') FROM (SELECT ece_ci(column1, column2, 2, 'uniform', " level                   \
  ") AS x FROM (VALUES " rows "))"

static const Corner areas[] = {
    /* Twenty counts, which are all multiples of a number: no fewer, none of them 0, and no row alone. */
    {TO_TEN NOTE("roc_auc_ci(i, y, .95, 'logit', 2)") BOTH_LABELS, "every count is a multiple of the sa"},
    {TO_TEN NOTE("roc_auc_ci(i, y, .95, 'logit', 3 + 3 * (i % 2))") BOTH_LABELS,
     "every count is a multiple of the sa"},
    {TO_TEN NOTE("roc_auc_ci(i, y, .95, 'logit', 2)") BOTH_LABELS " WHERE i + y < 11", ""},
    {TO_TEN NOTE("roc_auc_ci(i, i % 2, .95, 'logit', 2)") "n", ""},
    {TO_TEN NOTE("roc_auc_ci(i, y, .95, 'logit', 2 - (i = 11))") "(SELECT i, y FROM " BOTH_LABELS
                                                                 " UNION ALL SELECT 11, 0)",
     ""},
    {TO_TEN NOTE("roc_auc_ci(i, y)") BOTH_LABELS, ""},
    /* Too few rows. */
    {"WITH t(p, m) AS (VALUES (0, 1), (0, 2), (1, 0), (2, 0), (1, 1), (1, 2), (2, 1), (2, 2)), row(i) AS "
     "(VALUES (1), (2)) SELECT p, m, (SELECT json_extract(roc_auc_ci(i, y), '$.note') FROM (SELECT i % 2 AS "
     "i, 1 AS y FROM row WHERE i <= p UNION ALL SELECT i % 2, 0 FROM row WHERE i <= m)) FROM t",
     "0|1|no row has label 1\n0|2|no row has label 1\n1|0|no row has label 0\n2|0|no row has label 0\n"
     "1|1|only one row has label 1\n1|2|only one row has label 1\n2|1|only one row has label 0\n2|2|"},
    {"SELECT json_extract(roc_auc_ci(1, column1), '$.note') FROM (VALUES (0), (1), (0), (1))",
     "all scores are equal"},
    {"SELECT roc_auc_ci((SELECT score_set(column1, column2, 1.5) FROM (VALUES (1, 0), (2, 0), (3, 1))))",
     "{\"value\":1.0,\"low\":null,\"high\":null,\"se\":null,\"level\":0.95,\"method\":\"logit\",\"rows\":4.5,"
     "\"note\":\"a weight is not an integer up to 2^44, so it is not a number of rows\"}"},
    {"SELECT subset_accuracy_ci(s) FROM (SELECT subset_accuracy_state(column1, column2, 0.5, column3) AS s "
     "FROM (VALUES ('[1,0]', '[1,0]', 1), ('[1,0]', '[0,1]', 0.5)))",
     "{\"value\":0.6666666666666666,\"low\":null,\"high\":null,\"se\":null,\"level\":0.95,\"method\":"
     "\"wilson\","
     "\"rows\":1.5,\"cutoff\":0.5,\"note\":\"a weight is not an integer up to 2^44, so it is not a number of "
     "rows\"}"},
    /* Cut to the range. */
    {"SELECT json_extract(roc_auc_ci(column1, column2, .95, 'normal'), '$.low'), "
     "json_extract(roc_auc_ci(column1, column2, .95, 'normal'), '$.high'), "
     "json_extract(roc_auc_ci(-column1, column2, .95, 'normal'), '$.low'), "
     "json_extract(roc_auc_ci(-column1, column2, .95, 'normal'), '$.high') FROM (VALUES (3, 0), (2, 1), (4, "
     "0), (1, 1), (2.5, 0), (2.7, 1))",
     "0.0|0.419089738744373|0.580910261255627|1.0"},
    {"SELECT json_extract(a, '$.low'), json_extract(b, '$.low'), json_extract(b, '$.se') / "
     "json_extract(a, '$.se') FROM (SELECT roc_auc_ci(column1, column2) AS a, gini_ci(column1, column2) AS b "
     "FROM (VALUES (2, 1), (4, 0), (1, 0), (3, 1), (0, 0), (2.5, 1)))",
     "0.0956259520710604|-0.808748095857879|2.0"},
    /* Counts of 33 bits, of which each half matters (Python's fractions). */
    {"SELECT json_extract(x, '$.value'), json_extract(x, '$.se') * 1e5 FROM (SELECT "
     "roc_auc_ci(column1, column2, .95, 'logit', column3) AS x FROM (VALUES (1, 0, 5000000017), (2, 1, "
     "7000000043), (3, 0, 3000000019), (3, 1, 4000000007), (4, 1, 1000000007), (5, 0, 2000000011)))",
     "0.57499999937875|0.442648279313166"},
    /* m/(m + z²) of the smaller class, whichever it is. */
    {TO_TEN "SELECT json_extract(roc_auc_ci(i, i > 7), '$.low'), "
            "json_extract(roc_auc_ci(i, i > 3), '$.low'), json_extract(roc_auc_ci(-i, i > "
            "7), '$.high'), json_extract(gini_ci(i, i > 7), '$.low'), "
            "json_extract(roc_auc_ci(-i, i > 7), '$.low') FROM n",
     "0.438502968244955|0.438502968244955|0.561497031755045|-0.122994063510091|0.0"},
    /* Half way between two doubles: the area, its odds, and what is missing to 1. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 511), t(score, "
     "label, rows) AS (VALUES (.9, 1, 67108864), (.1, 1, 67108863), (.2, 0, 1), (.3, 1, 1), (.5, 0, "
     "134217727)) SELECT printf('%.17g %.17g', json_extract(x, '$.low'), json_extract(x, '$.high')) "
     "FROM (SELECT roc_auc_ci(score, label, .95, 'normal', min(rows - (i << 44), 1 << 44)) AS x FROM "
     "t, n WHERE rows > i << 44)",
     "0.4999154111432182 0.5000845888567817"},
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 511), t(score, "
     "label, rows) AS (VALUES (.9, 1, 2), (.8, 0, 1801439850948198), (.7, 1, 1), (.6, 0, "
     "1801439850948199), (.1, 1, 2)) SELECT printf('%.17g %.17g', json_extract(x, '$.low'), "
     "json_extract(x, '$.high')) FROM (SELECT roc_auc_ci(score, label, .01, 'logit', min(rows - (i << "
     "44), 1 << 44)) AS x FROM t, n WHERE rows > i << 44)",
     "0.4971974603682053 0.5028025396317946"},
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 511), t(score, "
     "label, rows) AS (VALUES (.9, 1, 1), (.1, 1, 1), (.95, 0, 1), (.5, 0, 9007199254740991)) SELECT "
     "printf('%.17g %.17g', json_extract(x, '$.low'), json_extract(x, '$.high')) FROM (SELECT "
     "roc_auc_ci(score, label, .8, 'logit', min(rows - (i << 44), 1 << 44)) AS x FROM t, n WHERE rows "
     "> i << 44)",
     "0.07155112215078118 0.9284488778492187"},
    /* Ranks of more than 32 bits. */
    {"SELECT json_extract(x, '$.se') FROM (SELECT roc_auc_ci(column1, column2, .95, 'normal', "
     "column3) AS x FROM (VALUES (.9, 1, 8589934592), (.1, 1, 858993459), (.2, 0, 99999999999), (.3, "
     "1, 1), (.5, 0, 134217727000)))",
     "2.95744068989161e-06"},
    /* One row of either class, and a negative difference. */
    {"SELECT delong_test(column1, column2, column3) FROM (VALUES (.1, .3, 0), (.5, .2, 1), (.6, .7, "
     "1), (.7, .75, 1))",
     "{\"statistic\":null,\"p_value\":null,\"method\":\"delong\",\"auc_a\":1.0,\"auc_b\":0.6666666666666666,"
     "\"difference\":0.3333333333333333,\"low\":null,\"high\":null,\"se\":null,\"rows\":4,\"positives\":3}"},
    {"SELECT delong_test(column1, column2, column3) FROM (VALUES (.1, .3, 0), (.5, .2, 1), (.6, .7, "
     "0), (.7, .75, 0))",
     "{\"statistic\":null,\"p_value\":null,\"method\":\"delong\",\"auc_a\":0.3333333333333333,\"auc_b\":0.0,"
     "\"difference\":0.3333333333333333,\"low\":null,\"high\":null,\"se\":null,\"rows\":4,\"positives\":1}"},
    {"SELECT delong_test(column1, column2, column3) FROM (VALUES (.1, .3, 0), (.5, .2, 1), (.6, .3, "
     "0), (.7, .75, 0), (.55, .8, 1))",
     "{\"statistic\":-0.2773500981126146,\"p_value\":0.7815112949987133,\"method\":\"delong\",\"auc_a\":0."
     "3333333333333333,\"auc_b\":0.5,\"difference\":-0.16666666666666666,\"low\":-1.3444584407203124,"
     "\"high\":1.011125107386979,\"se\":0.6009252125773316,\"rows\":5,\"positives\":2}"},
};

static const Corner resampled[] = {
    /* Weights that are no numbers of rows. */
    {"SELECT ece_ci((SELECT score_set(column1, column2, 1.5) FROM (VALUES (.25, 0), (.75, 1))), 2)",
     "{\"value\":0.25,\"low\":null,\"high\":null,\"se\":null,\"level\":0.95,\"method\":\"basic\",\"rows\":"
     "null,\"bins\":2,\"strategy\":\"uniform\",\"note\":\"a weight is not an integer up to 2^44, so it is "
     "not a number of rows\",\"expected_if_calibrated\":null}"},
    {"SELECT json_extract(f1_at_ci((SELECT score_set(.5, 1, 1.5)), .5), '$.value'), "
     "json_extract(kappa_ci((SELECT class_set(column1, column2, 1.5) FROM (VALUES (0, 0), (0, 1), (1, 1)))), "
     "'$.value')",
     "1.0|0.4"},
    /* The standard deviation of replicates whose squares overflow, the least or the greatest being large: of
     * two it is their distance times the root of a half. */
    {"SELECT json_extract(bootstrap_ci(score_set(column1, column2), 'best_cutoff:f1', .95, 2, 4), '$.se') "
     "FROM "
     "(VALUES (-1e200, 1), (1, 0), (5, 1), (6, 1))",
     "7.07106781186548e+199"},
    {"SELECT json_extract(bootstrap_ci(score_set(column1, column2), 'best_cutoff:f1', .95, 2), '$.se') FROM "
     "(VALUES (1e200, 1), (1, 1), (0, 0))",
     "7.07106781186548e+199"},
    /* Defined in half of the replicates, and in less. */
    {"SELECT json_extract(x, '$.undefined'), json_extract(x, '$.low'), json_extract(x, '$.note') FROM "
     "(SELECT "
     "bootstrap_ci(score_set(column1, column2), 'roc_auc', .95, n) AS x FROM (VALUES (.1, 0), (.7, 1)), "
     "(SELECT 4 AS n UNION SELECT 5) GROUP BY n)",
     "2|1.0|every defined replicate has the same value\n3||undefined in more than half of the replicates"},
    /* The order of more than two classes, all of them texts, is alphabetical. */
    {"SELECT json_extract(kappa_linear_ci(column1, column2), '$.note') FROM (VALUES ('c', 'a'), ('a', 'b'), "
     "('b', 'b'), ('a', 'a'))",
     "the order of the classes is alphabetical; a list of classes gives another"},
    {"SELECT json_extract(kappa_linear_ci(column1, column2), '$.note') IS NULL FROM (VALUES (1, 'a'), ('a', "
     "'b'), ('b', 'b'), ('a', 'a'))",
     "1"},
    {"SELECT json_extract(kappa_linear_ci(column1, column2), '$.note') IS NULL FROM (VALUES ('b', 'a'), "
     "('a', 'b'), ('b', 'b'), ('a', 'a'))",
     "1"},
    {"SELECT json_extract(f1_at_ci(s, y, .95), '$.note') FROM " SEVEN,
     "no score reaches the cutoff: no row is predicted positive"},
    /* Both bounds on one side of the value, and beyond the range. */
    {ENDS "(SELECT best_cutoff_value_ci(s, y, 'error_rate', .1) AS x FROM " SEVEN ")",
     "0.285714285714286|0.428571428571429|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT ks_ci(s, y, .1) AS x FROM " SEVEN ")",
     "0.333333333333333|0.5|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT ks_ci(s, y) AS x FROM " SEVEN " WHERE s <> .4)",
     "0.333333333333333|1.0|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT ks_ci(s, y, .999) AS x FROM " SEVEN " WHERE s <> .4)",
     "0.333333333333333|1.0|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT psi_ci(s, y, 4) AS x FROM " SEVEN ")",
     "0.0|8.65243235636134|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT total_variation_classes_ci(1, y) AS x FROM " SEVEN ")", "0.0|0.0|only one class occurs"},
    {LAST_INFINITE("cost:1,5", "010110100111"), "1.0|7.0|" OVERESTIMATE},
    {LAST_INFINITE("dot", "010110100111"), "4.0|10.0|" OVERESTIMATE},
    {LAST_INFINITE("mcc", "100101101001"), "-0.213473891772199|0.777559655955579|" OVERESTIMATE},
    {LAST_INFINITE("cost:1,5", "000000000101"), "0.0|2.0|" OVERESTIMATE},
    {LAST_INFINITE("dot", "000000001001"), "0.0|4.0|" OVERESTIMATE},
    {ENDS "(SELECT best_cutoff_value_ci(s, y, 'cost:5,3') AS x FROM " SEVEN ")",
     "6.0|16.0|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT best_cutoff_value_ci(s, y, 'f1') AS x FROM " SEVEN ")",
     "0.5|1.0|approximate: samples of rows overestimate this metric"},
    {ENDS "(SELECT best_cutoff_value_ci(s, y, 'mcc') AS x FROM " SEVEN ")",
     "0.0954451150103321|1.0|approximate: samples of rows overestimate this metric"},
    /* Calibration errors above and not above what chance alone makes. */
    {CALIBRATION(".8", "(.1, 1), (.2, 1), (.1, 1), (.2, 0), (.9, 1), (.8, 0), (.9, 1), (.8, 1)"),
     "0.0875000000000001|0.5|0.15405"},
    {CALIBRATION(".95", "(.5, 1), (.5, 1), (.5, 1), (.5, 1), (.5, 1), (.5, 1), (.5, 1), (.5, 0)"),
     "0.0|0.625|0.137375"},
    {CALIBRATION(".5", "(.1, 0), (.2, 1), (.1, 0), (.2, 0), (.9, 1), (.8, 0), (.9, 1), (.8, 1)"),
     "0.0|0.1|0.15405"},
    {CALIBRATION(".95", "(1, 0), (1, 0), (1, 0), (0, 1), (0, 1)"), "1.0|1.0|0.0"},
    {CALIBRATION(".95", "(1, 1), (1, 1), (1, 1), (0, 0), (0, 0)"), "0.0|0.0|0.0"},
    {CALIBRATION(".95", "(.1, 1), (.2, 1), (.1, 1), (.2, 0), (.9, 1), (.8, 0), (.9, 1), (.8, 1)"),
     "0.0|0.6125|0.15405"},
    {CALIBRATION(".95", "(.9, 0), (.9, 0), (.9, 0), (.9, 1)"), "0.4|1.0|0.12835"},
    {"SELECT json_extract(ece_ci(.5, 1), '$.note')", "only one row"},
    {"SELECT json_extract(ece_ci(s, y), '$.note') FROM " SEVEN,
     "approximate: samples of rows overestimate this metric"},
    /* The decisions of labels, and numbers, in rows. */
    {ENDS "(SELECT f1_labels_micro_ci(column1, column2, .5) AS x " LABELS ")", "0.666666666666667|1.0|"},
    {ENDS "(SELECT r2_ci(s, y) AS x FROM " SEVEN ")", "-1.98974375|0.776984375|"},
    {ENDS "(SELECT krippendorff_alpha_ci(json_array(s > .3, y, s > .8)) AS x FROM " SEVEN ")",
     "-0.25|0.639204545454543|"},
    /* A single row, and rows that are alike. */
    {"SELECT count(*), count(value) FROM bootstrap((SELECT score_set(.5, 1)), 'brier', 3)", "3|3"},
    {"SELECT bootstrap_ci((SELECT score_set(column1, column2) FROM (VALUES (.5, 1), (.5, 1))), 'ece', "
     "0.9, 5)",
     "{\"value\":0.5,\"low\":0.5,\"high\":0.5,\"se\":0.0,\"level\":0.9,\"method\":\"percentile\",\"rows\":2,"
     "\"replicates\":5,\"undefined\":0,\"note\":\"every "
     "defined replicate has the same value\"}"},
    /* One sample, two of four that are defined, and two of six. */
    {"SELECT best_cutoff_optimism((SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.5, 1), "
     "(.6, 0), (.8, 1), (.7, 0))), 'f1', 1), best_cutoff_optimism((SELECT score_set(column1, column2) "
     "FROM (VALUES (.1, 0), (.5, 1))), 'youden', 4), best_cutoff_optimism((SELECT score_set(column1, "
     "column2) FROM (VALUES (.1, 0), (.5, 1))), 'youden', 6)",
     "0.19047619047619|0.0|"},
    {"SELECT json_extract(x, '$.low'), json_extract(x, '$.high') FROM (SELECT rmsce_ci(column1, "
     "column2) AS x FROM (VALUES (.1, 0), (.5, 1), (.6, 0), (.8, 1), (.7, 0)))",
     "0.0|0.560302960768767"},
    /* More scores in one bin than are added at once. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT "
     "json_extract(x, '$.low'), json_extract(x, '$.high') FROM (SELECT ece_ci(i / 10000.0, i % 3 = 0) "
     "AS x FROM n)",
     "0.261610771428571|0.332898710714286"},
    /* A cluster takes two numbers of a row. */
    {"SELECT length(mean_ci_clustered_state(column1, column2)) FROM (VALUES (1, 'a'), (2, 'b'), (3, "
     "'a'))",
     "104"},
    /* One sample, whose value is both bounds. */
    {"SELECT bootstrap_ci((SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.5, 1), (.6, 0), "
     "(.8, 1), (.7, 0))), 'f1_at:0.5', 0.9, 1)",
     "{\"value\":0.6666666666666666,\"low\":0.8571428571428571,\"high\":0.8571428571428571,\"se\":null,"
     "\"level\":0.9,\"method\":\"percentile\",\"rows\":5,\"replicates\":1,\"undefined\":0}"},
};

/* Means within a range, of a best and a worst row: their intervals end where the range does, by both methods.
 */
#define CUT(call, rows, low, high)                                                                           \
  {                                                                                                          \
    "SELECT group_concat(json_extract(x, '$.low') || ' to ' || json_extract(x, '$.high')) FROM "             \
    "(SELECT " call "(column1, column2, 0.95, 'hall') AS x FROM (VALUES " rows ") UNION ALL SELECT " call    \
    "(column1, column2, 0.95, 't') FROM (VALUES " rows "))",                                                 \
        low " to " high "," low " to " high                                                                  \
  }
#define CUT_AT_HALF(call, rows)                                                                              \
  {                                                                                                          \
    "SELECT group_concat(json_extract(x, '$.low') || ' to ' || json_extract(x, '$.high')) FROM "             \
    "(SELECT " call "(column1, column2, 0.5, 0.95, 'hall') AS x FROM (VALUES " rows                          \
    ") UNION ALL SELECT " call "(column1, column2, 0.5, 0.95, 't') FROM (VALUES " rows "))",                 \
        "0.0 to 1.0,0.0 to 1.0"                                                                              \
  }
#define ONE_RIGHT "('[1,0]', '[1,0]'), ('[1,0]', '[0,1]')"
static const Corner ranges[] = {
    CUT("brier_ci", "(1, 1), (1, 0)", "0.0", "2.0"),
    CUT("brier_ci", "('[1,0]', 0), ('[1,0]', 1)", "0.0", "2.0"),
    CUT("bce_ci", "(1, 1), (1, 0)", "0.0", "100.0"),
    CUT("bce_ci", "('[1,0]', '[1,0]'), ('[1,0]', '[0,1]')", "0.0", "100.0"),
    CUT("smape_ci", "(1, 1), (1, -1)", "0.0", "2.0"),
    CUT("ranked_probability_score_ci", "('[1,0,0]', 0), ('[1,0,0]', 2)", "0.0", "1.0"),
    CUT("label_ranking_average_precision_ci", ONE_RIGHT, "0.0", "1.0"),
    CUT("label_ranking_loss_ci", ONE_RIGHT, "0.0", "1.0"),
    CUT_AT_HALF("hamming_loss_ci", ONE_RIGHT),
    CUT_AT_HALF("jaccard_samples_ci", ONE_RIGHT),
    CUT_AT_HALF("f1_samples_ci", ONE_RIGHT),
    CUT_AT_HALF("precision_samples_ci", ONE_RIGHT),
    CUT_AT_HALF("recall_samples_ci", ONE_RIGHT),
    /* The least that a net benefit can be depends on the cutoff: here -3, and unknown of two cutoffs. */
    {"SELECT json_extract(x, '$.low'), json_extract(x, '$.high') FROM (SELECT net_benefit_at_ci(1, column1, "
     "0.75) AS x FROM (VALUES (1), (0)))",
     "-3.0|1.0"},
    {"SELECT json_extract(x, '$.low') < -4, json_extract(x, '$.high') FROM (SELECT net_benefit_at_ci(1, "
     "column1, column2) AS x FROM (VALUES (1, .75), (0, .5)))",
     "1|1.0"},
    /* Of numbers that add up to 3 a score may be beyond the range of probabilities. */
    {"SELECT json_extract(x, '$.value'), json_extract(x, '$.high') > 2 FROM (SELECT "
     "ranked_probability_score_ci('[1,1,1]', column1) AS x FROM (VALUES (2), (0)))",
     "1.5|1"},
    /* At a best cutoff: no worse than to predict everybody, or nobody where no score is Infinity. MCC is
     * undefined for both, and -1 of a score that is always wrong. */
    {"WITH t(score, label) AS (VALUES (.1, 0), (.2, 1), (.3, 0), (.4, 1), (.5, 0), (.6, 1)) SELECT "
     "json_extract(best_cutoff_value_ci(score, label, 'youden'), '$.low'), "
     "json_extract(best_cutoff_value_ci(score, label, 'balanced_accuracy'), '$.low'), "
     "json_extract(best_cutoff_value_ci(score, label, 'accuracy'), '$.low'), "
     "json_extract(best_cutoff_value_ci(score, label, 'error_rate'), '$.high') FROM t",
     "0.0|0.5|0.5|0.5"},
    {"WITH t(score, label) AS (VALUES (9e999, 0), (9e999, 0), (9e999, 1)) SELECT "
     "json_extract(best_cutoff_value_ci(score, label, 'accuracy', .95, 'percentile'), '$.low'), "
     "json_extract(best_cutoff_value_ci(score, label, 'error_rate', .95, 'percentile'), '$.high') FROM t",
     "0.0|1.0"},
    /* Bounds on the other side of the value are cut, too. */
    {"WITH t(score, label) AS (VALUES (.1, 0), (.2, 0), (.3, 0), (.4, 1), (.5, 0), (.6, 1), (.7, 1), (.8, "
     "1), (.9, 1), (.95, 1)) SELECT json_extract(best_cutoff_value_ci(score, label, 'balanced_accuracy', "
     ".99), '$.low', '$.high'), json_extract(best_cutoff_value_ci(score, label, 'accuracy', .999), '$.low', "
     "'$.high'), json_extract(best_cutoff_value_ci(score, label, 'error_rate', .999), '$.low', '$.high') "
     "FROM "
     "t",
     "[0.8333333333333333,1.0]|[0.8,1.0]|[0.0,0.2]"},
    {"WITH t(score, label) AS (VALUES (9e999, 0), (9e999, 0), (.7, 0), (.5, 0), (.4, 1), (.3, 1), (.2, 0)) "
     "SELECT json_extract(best_cutoff_value_ci(score, label, 'balanced_accuracy', .99), '$.low')  FROM t",
     "0.5"},
    {"SELECT json_extract(best_cutoff_value_ci(column1, column2, 'mcc'), '$.low') FROM (VALUES (.1, 1), (.2, "
     "0), (.3, 1), (.4, 0))",
     "-1.0"},
    /* No bound: Hall's interval of 0 and 1 reaches as far as Student's t does. */
    CUT("mae_ci", "(1, 1), (1, 0)", "0.0", "6.85310236808735"),
    /* Wilson's bounds of 27 of 42 rows, where a share times 42 is no integer, and of 2^52 + 1 of 2^52 + 1004:
       the nearest doubles, by mpmath. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 42) SELECT "
     "instr(accuracy_ci(i <= 27, 1), '\"low\":0.49166365719455807,\"high\":0.7701081168438123,') > 0 FROM n",
     "1"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 256) SELECT "
     "instr(accuracy_ci(h, 1, 0.95, 'wilson', w), '\"low\":0.9999999999997631,\"high\":0.9999999999997906,') "
     "> 0 "
     "FROM (SELECT 1 AS h, 17592186044416 AS w FROM n UNION ALL VALUES (1, 1), (0, 1003))",
     "1"},
    /* Which note comes first. */
    {"SELECT json_extract(precision_ci(0, 1), '$.note'), json_extract(precision_ci(1, 0), '$.note'), "
     "json_extract(recall_ci(0, 0), '$.note')",
     "no row is predicted positive|only one row|no row has label 1"},
    {"SELECT json_extract(precision_at_ci(column1, column2, 0.1), '$.note') FROM (VALUES (.2, 0), (.3, 1))",
     "every score reaches the cutoff: every row is predicted positive"},
    /* So many rows that they are polled. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT "
     "json_extract(compare_ci(i, -i, 1, 'eer'), '$.note') FROM n",
     "undefined for these rows"},
    /* Most differences are 0: twice the smaller share of those on either side is above 1. */
    {"SELECT json_extract(compare_ci(column1, column2, 1, 'accuracy_at:0.45'), '$.p_value') FROM (VALUES "
     "(.4, "
     ".5), (.6, .2))",
     "1.0"},
};

/* Hall's interval of a mean far from it, where cube roots are large (mpmath); the parameters in the JSON, as
 * numbers and as a list; no note where as many rows are right as wrong; clusters of very different size. */
static const Corner members[] = {
    {"SELECT json_extract(mse_ci(column1, 0, 0.9999999999), '$.high'), json_extract(mse_ci(column1, 0, "
     "0.999999), '$.high') FROM (VALUES (1), (1), (2))",
     "262.376256715913|63.8187651774342"},
    {"SELECT json_extract(x, '$.low'), json_extract(x, '$.high'), json_extract(mse_ci(column1, 0), '$.high') "
     "FROM "
     "(SELECT mse_ci(column1, 0, 0.5) AS x FROM (VALUES (1), (1), (2))), (VALUES (1), (1), (2))",
     "1.31699385007091|3.01941730936661|16.1253450331128"},
    {"SELECT mean_ci(column1), json_extract(mean_ci(1 / (column1 < 9) * 9e999), '$.se', '$.note') FROM "
     "(VALUES "
     "(1), (4))",
     "{\"value\":2.5,\"low\":-16.55930710426204,\"high\":21.55930710426204,\"se\":1.5,\"level\":0.95,"
     "\"method\":\"t\",\"rows\":2}|[null,\"the value of a row is infinite\"]"},
    /* Hall's bounds: to the last bit (mpmath), and where the cube root is of 0 in doubles. */
    {"SELECT json_extract(mse_ci(0, column1), '$.high') = 29.208908388521298 FROM (VALUES (2), (2), (3))",
     "1"},
    {"SELECT json_extract(mse_ci(0, column1, 0.8601582691516956), '$.high') = 135.65650615165046 FROM "
     "(VALUES (0), (1), "
     "(7))",
     "1"},
    {"SELECT mean_ci(3), json_extract(mean_ci_clustered(9e999, column1), '$.se', '$.note') FROM (VALUES (1), "
     "(4))",
     "{\"value\":3.0,\"low\":3.0,\"high\":3.0,\"se\":0.0,\"level\":0.95,\"method\":\"t\",\"rows\":2}|[null,"
     "\"the value of a row is infinite\"]"},
    {"SELECT mean_ci(3)",
     "{\"value\":3.0,\"low\":null,\"high\":null,\"se\":null,\"level\":0.95,\"method\":\"t\","
     "\"rows\":1,\"note\":\"only one row\"}"},
    /* What the rounding of the mean leaves (Python's fractions), and more clusters than entries between
       polls. */
    {"SELECT json_extract(mean_ci_clustered(column1 + 1e15, column2), '$.se') FROM (VALUES (.1, 1), (.9, 1), "
     "(.4, 2), (.3, 3), (.6, 3), (.55, 2), (.45, 1))",
     "0.0229591836734694"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT "
     "json_extract(mean_ci_clustered(i % 7, i), '$.clusters') FROM n",
     "20000"},
    {"SELECT json_extract(mse_ci(column1, 0), '$.low', '$.note'), json_extract(mse_ci(column1 / 2.0, 0, "
     "0.5), "
     "'$.low'), json_extract(rmse_ci(column1, 0, 0.5), '$.low'), json_extract(rmse_ci(column1, 0, 0.5), "
     "'$.high'), json_extract(rmse_ci(column1, 0, 0.5), '$.se') FROM (VALUES (1), (1), (2))",
     "[0.0,null]|0.329248462517728|1.14760352477278|1.73764706122003|0.353553390593274"},
    {"SELECT json_extract(x, '$.se', '$.note'), json_extract(mse_ci(1, 2), '$.se', '$.note') FROM (SELECT "
     "rmse_ci(column1, column1) AS x FROM (VALUES (1), (2)))",
     "[0.0,\"every row has the same value\"]|[null,\"only one row\"]"},
    {"SELECT json_extract(accuracy_at_ci(column1, column2, .5), '$.note') IS NULL, "
     "json_extract(accuracy_at_ci(column1, column2, .1), '$.note') FROM (VALUES (.7, 1), (.8, 0), (.2, 1))",
     "1|every score reaches the cutoff: every row is predicted positive"},
    {"SELECT json_extract(ece_ci(column1, column2, 1), '$.bins'), json_extract(ece_ci(column1, column2, "
     "'[0,0.5,1]'), '$.bins') FROM (VALUES (.7, 1), (.8, 0))",
     "1|[0.0,0.5,1.0]"},
    {"SELECT json_extract(x, '$.cutoff'), json_extract(x, '$.beta') FROM (SELECT fbeta_at_ci(column1, "
     "column2, "
     ".5, 2) AS x FROM (VALUES (.1, 0), (.7, 1)))",
     "0.5|2.0"},
    {"SELECT json_extract(bootstrap_ci(score_set(column1, column2), 'brier', .9, 1), '$.replicates') FROM "
     "(VALUES (.1, 0), (.7, 1))",
     "1"},
    {"SELECT json_extract(x, '$.se'), json_extract(x, '$.note') FROM (SELECT mean_ci_clustered(0.25, "
     "column1) "
     "AS x FROM (VALUES (1), (2)))",
     "0.0|"},
    {"SELECT json_extract(proportion_ci(0, 1), '$.high', '$.note')", "[0.7934506856227626,null]"},
    {"SELECT accuracy_ci((SELECT accuracy_state(1, 1, 0.5)))",
     "{\"value\":1.0,\"low\":null,\"high\":null,\"se\":null,\"level\":0.95,\"method\":\"wilson\",\"rows\":0."
     "5,"
     "\"note\":\"a weight is not an integer up to 2^44, so it is not a number of rows\"}"},
    {"SELECT json_extract(accuracy_at_ci(column1, column2, .5), '$.note') IS NULL FROM (VALUES (.7, 1), (.8, "
     "0), (.2, 1), (.1, 0))",
     "1"},
    {"SELECT mean_ci_clustered(column1, column2) FROM (VALUES (5, 1), (1e200, 2), (-1e200, 3), (7, 3))",
     "{\"value\":3.0,\"low\":-1.8631032838127473e+200,\"high\":1.8631032838127473e+200,\"se\":"
     "4.330127018922193e+199,\"level\":0.95,\"method\":\"t\",\"rows\":4,\"clusters\":3}"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, areas, sizeof areas / sizeof *areas);
  check_corners(db, resampled, sizeof resampled / sizeof *resampled);
  check_corners(db, ranges, sizeof ranges / sizeof *ranges);
  check_corners(db, members, sizeof members / sizeof *members);
  sqlite3_close(db);
  return end_of_tests();
}
