/* Weights that tables rarely have: the largest that count as rows, until their sum is too large, and those
 * whose sum is above all doubles or below the normal ones. Each query is compared with its only correct
 * result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

/* Weights of 2^44, the largest that count as rows, until their sum is too large. */
static const Corner limits[] = {
    {"SELECT hamming_loss('[1]', '[0]', .5, 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION "
     "ALL SELECT i + 1 FROM n WHERE i < 262145) SELECT i FROM n)",
     "!hamming_loss: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT wmape(1, 2, 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 "
     "FROM n WHERE i < 262145) SELECT i FROM n)",
     "!wmape: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT vector_sum('[1]', 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + "
     "1 FROM n WHERE i < 262145) SELECT i FROM n)",
     "!vector_sum: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT pearson(i, 2, 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 "
     "FROM n WHERE i < 262145) SELECT i FROM n)",
     "!pearson: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT mean_ci(i, 0.95, 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + "
     "1 FROM n WHERE i < 262145) SELECT i FROM n)",
     "!mean_ci: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT score_set(0.5, 1, CASE WHEN i <= 262144 THEN 17592186044416 ELSE 1 END) OVER (ORDER BY i) FROM "
     "(WITH RECURSIVE n(i) AS "
     "(VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 262145) SELECT i FROM n) ORDER BY i DESC LIMIT 1",
     "!score_set: too many rows: the sum of the weights exceeds 2^62"},
    /* Nor may the number of rows that a row counts as be negative. */
    {"SELECT mean_ci(1, 0.95, -1)",
     "!mean_ci: weight must be an integer from 0 to 2^44, a number of rows, got -1"},
    /* Classes are counted up to 2^63 - 1, which as a double is 2^63. */
    {"WITH RECURSIVE s(n, c) AS (SELECT 0, class_set('a', 'a') UNION ALL SELECT n + 1, (SELECT class_set(x) "
     "FROM (SELECT c AS x "
     "UNION ALL SELECT c)) FROM s WHERE n < 62) SELECT confusion_table(c) LIKE '%a      "
     "9.223372036854776e+18%', "
     "classification_report(c) LIKE '%1.00 9.223372036854776e+18%', (SELECT typeof(support) || (support = "
     "9223372036854775808.0) FROM "
     "class_table((SELECT class_set(c) FROM s))) FROM s",
     "1|1|real1"},
    {"SELECT accuracy(1, 1, 17592186044416) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 "
     "FROM n WHERE i < 524290) SELECT i FROM n)",
     "!accuracy: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT accuracy(s) FROM (SELECT accuracy_state(1, 1, 17592186044416) AS s FROM (WITH RECURSIVE n(i) AS "
     "(VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 262143) SELECT i FROM n)), (VALUES (1), (2), (3))",
     "!accuracy: too many rows: the sum of the weights exceeds 2^62"},
    {"SELECT json_extract(ks_test((SELECT score_set(column1, column2, 17592186044416) FROM (VALUES (1, 1), "
     "(0, 0)))), '$.statistic'), json_extract(mann_whitney_test((SELECT score_set(column1, column2, "
     "17592186044416) FROM (VALUES (1, 1), (0, 0)))), '$.auc'), json_extract(t_test((SELECT "
     "score_set(column1, column2, 17592186044416) FROM (VALUES (1, 1), (0, 0)))), '$.rows')",
     "1.0|1.0|35184372088832"},
    {"SELECT json_extract(accuracy_ci(1, 1, 0.95, 'wilson', 17592186044416), '$.low') > 0.999999 FROM (WITH "
     "RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i FROM n)",
     "1"},
    {"SELECT 1 - specificity_at(column1, 0, 0.5, column2) FROM (SELECT 0.1 AS column1, 17592186044416 AS "
     "column2 FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 512) SELECT i "
     "FROM n) UNION ALL VALUES (0.1, 1), (0.9, 1))",
     "1.11022302462516e-16"}, /* 1 of 2^53 + 2 */
    {"SELECT hit_rate_at_k(1, i % 2, 500), precision_at_k(1, i % 2, 500) FROM (WITH RECURSIVE n(i) AS "
     "(VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i FROM n)",
     "1.0|0.5"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,5e-324],\"y\":[0,1]}', 0), "
     "calibrate('{\"method\":\"isotonic\",\"x\":[0,5e-324],\"y\":[0,1]}', 1)",
     "0.0|1.0"},
    {"WITH v AS (VALUES (1, 2), (1, 2), (3, 1), (1, 2), (2, 2), (2, 2), (3, 1), (5, 1)) SELECT (SELECT "
     "wilcoxon_test(s) FROM (SELECT wilcoxon_test_state(column1, column2) AS s FROM v)) = (SELECT "
     "wilcoxon_test(column1, column2) FROM v)",
     "1"},
    /* Equal rows of a saved state are one entry of 2^45 rows. */
    {"SELECT roc_auc_ovr_macro(s), roc_auc_ovo_macro(s), roc_auc_ovr_micro(s) FROM (SELECT "
     "roc_auc_ovr_macro_state(column1, column2, 17592186044416) AS s FROM (VALUES ('[.25,.75]', 0), "
     "('[.25,.75]', 0), ('[.1,.9]', 1), ('[.1,.9]', 1), ('[.1,.9]', 1), ('[.5,.5]', 1)))",
     "0.75|0.75|0.763888888888889"},
    {"SELECT wasserstein(column1, column2, 17592186044416), wasserstein(column1, column2, 3298534883328), "
     "wasserstein(column1, column2) FROM (VALUES (1, 0), (2, 1), (3, 0), (5, 1), (5.5, 0))",
     "1.0|1.0|1.0"},
    /* Units of so many different numbers of ratings that no double holds a common multiple. The exact
       fractions give 0.2368542295818368 and -0.025972737005656242. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 43), u(s) AS (VALUES (3), "
     "(4), (6), (8), (12), (14), (18), (20), (24), (30), (32), (38), (42), (44)) SELECT "
     "krippendorff_alpha(a), krippendorff_alpha(a, 'interval') FROM (SELECT json_group_array((i * i + s) % "
     "3) AS a FROM u JOIN n ON i < s GROUP BY s)",
     "0.236854229581837|-0.0259727370056562"},
    /* Halfway between two doubles: the even one. */
    {"WITH t(s, y, w) AS (VALUES (3, 1, 1), (2, 0, 1), (1, 1, 134217727), (0, 0, 134217727)) SELECT "
     "roc_auc(s, y, w) = 1 - 1 / 134217728.0, json_extract((SELECT mann_whitney_test(x) FROM (SELECT "
     "score_set(s, y, w) AS x FROM t)), '$.auc') = 1 - 1 / 134217728.0 FROM t",
     "1|1"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 512), t(s, y, w) AS (SELECT "
     "0, 1, 17592186044416 FROM n UNION ALL VALUES (0, 1, 1), (1, 0, 1), (2, 1, 17592186044415) UNION ALL "
     "SELECT 2, 1, 17592186044416 FROM n WHERE i < 512) SELECT ks(s, y, w) = 0.5, eer(s, y, w) = 0.5 FROM t",
     "1|1"},
    /* Weights without a common unit. */
    {"SELECT roc_auc(column1, column2, column3) FROM (VALUES (3, 1, 1), (2, 0, 1e-300), (1, 1, 1), (0, 0, "
     "1e-300))",
     "0.75"},
    /* Gaps that differ by less than doubles tell, in either order, and the only one. */
    {"SELECT ks(column2, column3, column4) - column1 / 2.0 FROM (VALUES (0, 1, 1, 1), (0, 0, 1, 1), (0, 1, "
     "0, 1), (0, 0, 0, 1.0000000000000002), (1, 3, 1, 0.5), (1, 2, 0, 0.5), (1, 1, 1, 0.5000000000000001), "
     "(1, 0, 0, 0.5), (1, 3, 0, 0), (1.5, 3, 1, 0.75), (1.5, 2, 0, 0.7499999999999999), (1.5, 1, 1, 0.25), "
     "(1.5, 0, 0, 0.25)) GROUP BY column1",
     "5.55111512312578e-17\n0.0\n0.0"},
    {"SELECT ks(column2, column3, column4 * 1e308) FROM (VALUES (0, 2, 1, 1.7), (0, 1, 0, 1e-308), (0, 1, 1, "
     "1.7), (0, 0, 0, 1e-308), (1, 2, 0, 1.7), (1, 1, 1, 1e-308), (1, 1, 0, 1.7), (1, 0, 1, 1e-308), (2, 3, "
     "0, 1.7), (2, 2, 1, 3e-309), (2, 1, 0, 1.7), (2, 1, 1, 7e-309)) GROUP BY column1",
     "0.5\n0.5\n0.5"},
    /* Weights make numbers of rows REAL; one fractional, the others not. */
    {"SELECT evaluate_binary(column2, column3, column4) FROM (VALUES (0, .2, 1, 2), (0, .3, 0, 2), (1, .2, "
     "1, .5), (1, .5, 0, .75), (1, 1.5, 1, 1), (1, 0, 0, .25), (2, 0, 1, 1), (2, 1, 0, .5)) GROUP BY column1",
     "{\"rows\":4.0,\"left_out\":0,\"positives\":2.0,\"roc_auc\":0.0,\"average_precision\":0.5,"
     "\"ks\":1.0,\"log_loss\":0.9830564281864163,\"brier\":0.36500000000000005,"
     "\"ece\":0.25,\"best_f1\":{\"cutoff\":0.2,\"objective\":\"f1\",\"value\":0.6666666666666666,"
     "\"tp\":2.0,\"fp\":2.0,\"tn\":0.0,\"fn\":0.0,\"precision\":0.5,\"recall\":1.0,"
     "\"f1\":0.6666666666666666}}\n{\"rows\":2.5,\"left_out\":0,\"positives\":1.5,"
     "\"roc_auc\":0.75,\"average_precision\":0.8888888888888888,\"ks\":0.6666666666666666,"
     "\"log_loss\":null,\"brier\":null,\"ece\":null,\"best_f1\":{\"cutoff\":1.5,"
     "\"objective\":\"f1\",\"value\":0.8,\"tp\":1.0,\"fp\":0.0,\"tn\":1.0,\"fn\":0.5,"
     "\"precision\":1.0,\"recall\":0.6666666666666666,\"f1\":0.8}}\n{\"rows\":1.5,"
     "\"left_out\":0,\"positives\":1.0,\"roc_auc\":0.0,\"average_precision\":0.6666666666666666,"
     "\"ks\":1.0,\"log_loss\":36.04365338911715,\"brier\":1.0,\"ece\":1.0,\"note\":\"every score is 0 or 1: "
     "predicted classes,"
     " or a division of INTEGERs as in confidence / 100\",\"best_f1\":{\"cutoff\":0.0,"
     "\"objective\":\"f1\",\"value\":0.8,\"tp\":1.0,\"fp\":0.5,\"tn\":0.0,\"fn\":0.0,"
     "\"precision\":0.6666666666666666,\"recall\":1.0,\"f1\":0.8}}"},
    /* A state counts infinite products without their signs. */
    {"SELECT hex(pearson_state(9e999, -1)), hex(pearson_state(-1, 9e999))",
     "4D4CFF7F010D6A6F696E745F6D6F6D656E7473A0D1F271AA8E8CE60001000000000000020000000000012500000800000200000"
     "0000002250000080000020000|"
     "4D4CFF7F010D6A6F696E745F6D6F6D656E74737BD8E20C11E8DB900001000000000000000001250000080000020000000000022"
     "5000008000002000000020000"},
    /* One distance that is infinite is enough. */
    {"SELECT krippendorff_alpha(column1, 'ratio') IS NULL FROM (VALUES ('[1,-1]'), ('[2,2]'), ('[1,1.5]'))",
     "1"},
    /* Exact up to 20,000 pairs; scipy's mannwhitneyu(method='asymptotic') has 0.22214802180834337 for the
       second. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 2508) SELECT "
     "json_extract(t, '$.method'), json_extract(t, '$.p_value') FROM (SELECT mann_whitney_test(i % 7 + i / "
     "9000.0, i < 8) AS t FROM n WHERE i < 2508 UNION ALL SELECT mann_whitney_test(i % 7 + i / 9000.0, i < "
     "8) FROM n)",
     "exact|0.226570917986177\nnormal|0.222148021808343"},
    /* Normal from nine rows in the lesser sample on, and from 20,001 pairs on. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 20001) SELECT "
     "json_extract(mann_whitney_test(i, i < 9) FILTER (WHERE i < 40), '$.method'), "
     "json_extract(mann_whitney_test(i, i < 8) FILTER (WHERE i < 40), '$.method'), "
     "json_extract(mann_whitney_test(i, i = 9), '$.method'), "
     "json_extract(mann_whitney_test(i, i = 9) FILTER (WHERE i < 20001), '$.method') FROM n",
     "normal|exact|normal|exact"},
    /* Newton's first step goes where one score has nearly all of the curvature, and is halved. */
    {"SELECT round(calibration_slope(column1, column2, column3), 9), json_extract(beta_fit(column1, "
     "column2, column3), '$.a') FROM (VALUES (.41, 0, 1000), (.45, 1, 1), (.1, 0, 1000), (.7, 0, "
     "1000), (.7, 1, 1000000))",
     "11.529481082|26.2007706758705"},
    {"SELECT json_extract(beta_fit(column1, column2, column3), '$.b') FROM (VALUES (.887, 1, 1000), "
     "(.218, 0, 1), (.15, 0, 1), (.5, 0, 2000), (.167, 1, 1), (.8, 1, 1000000))",
     "23.5273857969053"},
};

/* One value of the rows of t, whose weights are multiplied by f: 1, a factor with which their sum is above
 * all doubles, and one with which they are subnormal; in the second, numbers are by g, beside fractional
 * weights. */
#define ROWS_BY_FACTORS                                                                                      \
  "WITH RECURSIVE p(n, up, down) AS (SELECT 0, 1.0, 1.0 UNION ALL SELECT n + 1, up * 1125899906842624, "     \
  "down "                                                                                                    \
  "/ 1125899906842624 FROM p WHERE n < 20), f(f, g) AS (SELECT 1.0, 1.0 UNION ALL SELECT up * 524288, up "   \
  "FROM p WHERE n = 20 UNION ALL SELECT down / 1152921504606846976, down FROM p WHERE n = 20), t(p, y, w, "  \
  "q) AS (VALUES (.2, 0, 10, .3), (.6, 1, 15, .55), (.4, 1, 10, .9), (.8, 0, 5, .1), (.7, 1, 12, .65), "     \
  "(.1, "                                                                                                    \
  "0, 3, .2), (.55, 0, 7, .6)) "
#define ONE_VALUE(call)                                                                                      \
  {                                                                                                          \
    ROWS_BY_FACTORS "SELECT count(x), count(DISTINCT round(x, 12)) FROM (SELECT " call                       \
                    " AS x FROM t, f GROUP BY f)",                                                           \
        "3|1"                                                                                                \
  }
#define ONE_PICTURE(plot)                                                                                    \
  {                                                                                                          \
    ROWS_BY_FACTORS "SELECT count(x), count(DISTINCT x) FROM (SELECT (SELECT group_concat(line, char(10)) "  \
                    "FROM " plot                                                                             \
                    "(s)) AS x FROM (SELECT score_set(p, y, w * f) AS s FROM t, f GROUP BY f))",             \
        "3|1"                                                                                                \
  }

static const Corner factors[] = {
    ONE_VALUE("brier_skill(p, y, w * f)"),
    ONE_VALUE("d2_log_loss(p, y, w * f)"),
    ONE_VALUE("miscalibration(p, y, w * f)"),
    ONE_VALUE("discrimination(p, y, w * f)"),
    ONE_VALUE("json_extract(brier_decomposition(p, y, 4, w * f), '$.reliability')"),
    {ROWS_BY_FACTORS
     "SELECT count(x), count(DISTINCT round(x, 12)) FROM (SELECT f, "
     "json_extract(brier_decomposition(s), '$.resolution') AS x FROM (SELECT f, score_set(p, y, w "
     "* f) AS s FROM t, f GROUP BY f) GROUP BY f)",
     "3|1"},
    ONE_VALUE("json_extract(isotonic_fit(p, y, w * f), '$.y[5]')"),
    ONE_VALUE("json_extract(isotonic_fit(p, y, w * f), '$.log_loss_after')"),
    ONE_VALUE("calibration_slope(p, y, w * f)"),
    ONE_VALUE("calibration_intercept(p, y, w * f)"),
    ONE_VALUE("eer(p, y, w * f)"),
    ONE_VALUE("ks(p, y, w * f)"),
    ONE_VALUE("partial_roc_auc(p, y, .5, w * f)"),
    ONE_VALUE("ece(p, y, 10, 'uniform', w * f)"),
    ONE_VALUE("r2(p * g, q * g, w / 4.0)"),
    ONE_VALUE("pearson(p * g, q * g, w / 4.0)"),
    ONE_VALUE("ccc(p * g, q * g, w / 4.0)"),
    ONE_VALUE("explained_variance(p * g, q * g, w / 4.0)"),
    ONE_PICTURE("roc_plot"),
    ONE_PICTURE("pr_plot"),
    ONE_PICTURE("cutoff_plot"),
    ONE_PICTURE("lift_plot"),
    ONE_PICTURE("histogram_plot"),
    ONE_PICTURE("calibration_plot"),
    /* Of 7 units of 2^-947 beside 5 of 2^1020, 5 are not the share that they are in subnormals. */
    {"SELECT eer(column1, column2, column3) FROM (VALUES (.95, 0, 2.247116418577895e+307), (.9, 1, "
     "4.203045684529537e-285), (.5, 0, 3.3706746278668423e+307), (.1, 1, 1.681218273811815e-285))",
     "0.4"},
    /* Of 3 units of 2^-947 beside 2^1023, each of which is half a subnormal in units of 2^128, 2 are 2/3. */
    {"SELECT eer(column1, column2, column3) FROM (VALUES (4, 1, 4e307), (3, 0, 8.406091369059075e-286), (2, "
     "0, 8.406091369059075e-286), (1, 1, 6e307), (0, 0, 8.406091369059075e-286))",
     "0.6"},
    {"SELECT eer(column1, column2, column3) FROM (VALUES (4, 0, 4e307), (3, 1, 8.406091369059075e-286), (2, "
     "1, 8.406091369059075e-286), (1, 0, 6e307), (0, 1, 8.406091369059075e-286))",
     "0.4"},
    /* Such weights in fits. */
    {"SELECT round(json_extract(beta_fit(p, y, w), '$.log_loss_after') / json_extract(beta_fit(p, y, w / "
     "4e307), "
     "'$.log_loss_after'), 9) FROM (SELECT column1 AS p, column2 AS y, column3 * 4e307 AS w FROM (VALUES "
     "(.1, 0, 1.5), (.3, 1, 1), (.6, 0, 2.5), (.8, 1, 3)))",
     "1.0"},
    /* A weight that is 0 in the units in which the sum of all is far from overflow. */
    {"SELECT round(json_extract(brier_decomposition(s), '$.reliability'), 12), "
     "round(json_extract(brier_decomposition(s), '$.resolution'), 12) FROM (SELECT score_set(column1, "
     "column2, "
     "column3) AS s FROM (VALUES (.5, 0, 4e307), (.25, 1, 4e307), (.9, 1, 4e-307)))",
     "0.40625|0.25"},
    /* Newton's method has far to go where one class weighs as good as nothing (closed form: the log odds
     * less those of the score, for one score). */
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (.5, 1, 1e100), (.5, 0, "
     "1))",
     "230.258509299"},
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (.5, 1, 1e-100), (.5, "
     "0, "
     "1e200))",
     "-690.775527898"},
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (1e-300, 1, 1), "
     "(1e-300, "
     "0, 1e250))",
     "-539.602619859"},
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (1, 1, 1e250), (1, 0, "
     "1))",
     "539.602619859"},
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (0.3, 0, 1e36), (0, 1, "
     "1e-90), (1, 1, 1e186), (0, 0, 1e-12))",
     "309.34411056"},
    /* 10^8 pairs are the most that are counted exactly. */
    {"SELECT group_concat(json_extract(x, '$.method')) FROM (SELECT ks_test(s) AS x FROM (SELECT column3 AS "
     "i, "
     "score_set(column1, column2, column3) AS s FROM (VALUES (1, 0, 10000), (2, 1, 10000), (1, 0, 10001), "
     "(2, "
     "1, 10001)) GROUP BY column3) GROUP BY i)",
     "exact,asymptotic"},
    /* 17 · 5882353 = 10^8 + 1. */
    {"SELECT json_extract(ks_test((SELECT score_set(column1, column2, column3) FROM (VALUES (1, 0, 17), (2, "
     "1, 5882353)))), '$.method')",
     "asymptotic"},
    /* A statistic half way between two doubles is the even one: (2^53 + 1) / 2^54. */
    {"SELECT json_extract(ks_test((WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i "
     "< "
     "1023) SELECT score_set(s, y, w) FROM (SELECT i <= 512 AS s, 1 AS y, 17592186044416 AS w FROM n UNION "
     "ALL "
     "VALUES (1, 1, 1), (0, 1, 17592186044415), (0, 0, 1)))), '$.statistic') - 0.5",
     "0.0"},
    /* The rates fpr and fnr differ by 1e-21 where they cross, and their sum with 1 is 1 in doubles. */
    {"SELECT eer(column1, column2, column3) = 1 / 8589934592.0 FROM (VALUES (3, 1, 1 - 1 / 8589934592.0), "
     "(2, 0, 1 / 8589934592.0 + 1e-21), (1, 1, 1 / 8589934592.0), (0, 0, 1 - 1 / 8589934592.0))",
     "1"}, /* 2^-33 */
    /* A weight that is 0 beside one near the largest double is no point of the fit. */
    {"SELECT json_extract(isotonic_fit(column1, column2, column3), '$.x', '$.y') FROM (VALUES (.1, 0, "
     "1e308), "
     "(.2, 1, 1e-300), (.3, 1, 1.7e308))",
     "[[0.1,0.3],[0.0,1.0]]"},
    /* A fit whose first steps go too far (mpmath). */
    {"SELECT json_extract(x, '$.slope'), json_extract(x, '$.intercept') FROM (SELECT platt_fit(column1, "
     "column2, column3) AS x FROM (VALUES (0, 0, 1e6), (1, 1, 1e-9), (2, 1, 1e3), (3, 0, 1e-12), (4, 1, "
     "1e-5)))",
     "10.3621331586347|-13.815511547499"},
    /* Platt's line goes through two points. Their mean weighted score may be one of them, the largest
     * distance from it the least normal number, and the first step of Newton's method exactly 1. */
    {"SELECT round(json_extract(platt_fit(column1, column2, column3), '$.intercept'), 9) FROM (VALUES "
     "(-1e200, 0, 1e20), (0, 1, 1))",
     "0.693147181"},
    {"SELECT round(json_extract(platt_fit(column1, column2), '$.slope') / 2e307, 9) FROM (VALUES (0, 0), "
     "(4.450147717014403e-308, 1))",
     "1.55758241"},
    {"SELECT round(json_extract(platt_fit(column1, column2), '$.slope'), 9) FROM (VALUES (-1, 0), (-1, 0), "
     "(1, 1), (1, 1))",
     "1.098612289"},
    /* The mean is over the exact sum of the weights. */
    {"SELECT json_extract(platt_fit(column1, column2, column3), '$.log_loss_after') = 0.6542134384531797 "
     "FROM "
     "(VALUES (1, 0, 0.9), (2, 1, 0.8), (3, 0, 0.3), (4, 0, 0.3))",
     "1"},
    /* A target of -1 counts by its weight as any other does. */
    {"SELECT r2(column1, column2, column3) FROM (VALUES (0, -1, 2), (1, 1, 1), (0, 0, 0.5))",
     "0.263157894736842"},
    /* Infinite targets that leave a window leave no trace, whatever they weigh. */
    {"SELECT group_concat(ifnull(x, 'NULL')) FROM (SELECT r2(column1, column2, column3) OVER (ORDER BY "
     "column4 ROWS 1 PRECEDING) AS x FROM (VALUES (1, 9e999, 2, 1), (2, 3, 2, 2), (1, 4, 2, 3), (1, -9e999, "
     "3, 4), (1, 5, 5, 5), (2, 7, 2, 6), (1, -9e999, .5, 7), (1, 2, .5, 8), (1, 3, .25, 9)))",
     "NULL,NULL,-19.0,NULL,NULL,-21.75,NULL,NULL,-8.0"},
};

/* Means of blocks whose sums of weights no double holds, rounded once (Python's fractions); and as many
 * blocks as scores. */
#define MEANS(rows)                                                                                          \
  "SELECT json_extract(isotonic_fit(column1, column2, column3), '$.y') FROM (VALUES " rows ")"
static const Corner means[] = {
    {MEANS("(.5, 1, 9007199254725153), (.5, 0, 18014398509500620)"), "[0.33333333333271264]"},
    {MEANS("(.5, 1, 9007199254614287), (.5, 0, 18014398509510988)"), "[0.33333333332984955]"},
    {MEANS("(.5, 1, 9007199254725153), (.6, 1, 18014398509481984), (.6, 0, 18014398509500620), (.7, 0, "
           "9007199254727651)"),
     "[0.4999999999998045,0.4999999999998045]"},
    {MEANS("(.5, 1, 9007199254614287), (.6, 1, 18014398509481984), (.6, 0, 18014398509510988), (.7, 0, "
           "9007199254641237)"),
     "[0.4999999999994823,0.4999999999994823]"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT "
     "json_array_length(fit, '$.y'), json_extract(fit, '$.y[199]') FROM (SELECT isotonic_fit(i, y, CASE y "
     "WHEN 1 THEN i ELSE 1 END) AS fit FROM n, (SELECT 0 AS y UNION ALL SELECT 1))",
     "300|0.995024875621891"},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(limits);
  CHECK_ALL(factors);
  CHECK_ALL(means);
  sqlite3_close(db);
  return end_of_tests();
}
