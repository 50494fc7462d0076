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

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(limits);
  CHECK_ALL(factors);
  sqlite3_close(db);
  return end_of_tests();
}
