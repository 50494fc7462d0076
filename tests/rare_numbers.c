/* Numbers that tables rarely have: near the end of their range, hardly any rows, a single class, weights
 * until their sum is too large, ranks that were not retrieved. Each query is compared with its only correct
 * result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

#define FACTORS                                                                                              \
  "(SELECT column1 AS f FROM (VALUES (1e-310), (1e-305), (1e-170), (1e-165), (1), (1e160), (1e300), "        \
  "(1e306)))"
#define TWO_GROUPS "(SELECT column1 AS x, column2 AS g FROM (VALUES (1.0, 0), (3.0, 0), (2.0, 1), (5.0, 1)))"

/* Numbers so large, small or far apart that a term of the definition overflows, or a fit has no place. */
static const Corner numbers[] = {
    {"SELECT poisson_deviance_of(1e-300, 1e10), poisson_deviance_of(1e300, 1e-300), tweedie_deviance_of(1, "
     "1e30, 1.5), tweedie_deviance_of(1e30, 1, 1.5), gamma_deviance_of(1e300, 1e-300)",
     "14256027576563.1|2.0e+300|3.99999999999999e+30|3.99999999999999e+15|2761.10211159285"},
    {"SELECT crps_ensemble_of('[0, 1e300]', 0), crps_ensemble_of('[-1e300, 0]', 0)", "2.5e+299|2.5e+299"},
    {"SELECT crps_ensemble_of('[-1e308, 0, 0]', 0), crps_ensemble_of('[0, 0, 1e308]', 0), "
     "crps_ensemble_of('[1e308]', 0), crps_ensemble_of('[-1e308]', 0)",
     "1.11111111111111e+307|1.11111111111111e+307|1.0e+308|1.0e+308"},
    {"SELECT crps_ensemble_of('[-1e-300, 0, 3e-300]', 0), crps_gaussian_of(1, 1, 0)",
     "4.44444444444444e-301|0.0"},
    /* Sorted where all but one are equal. */
    {"SELECT crps_ensemble_of('[1,1,1,1,1,1,1,5,1,1,1,1,1,1]', 0), "
     "crps_ensemble_of('[5,5,5,5,5,5,5,1,5,5,5,5,5,5]', 0)",
     "1.02040816326531|4.44897959183673"},
    {"SELECT smape(1.7e308, -1.7e308), smape(9e999, 1), smape(1, 9e999), smape(1.7e308, 1.6e308), "
     "smape(9e999, 9e999), smape(1.7e308, 1)",
     "2.0|2.0|2.0|0.0606060606060606||2.0"},
    {"SELECT quantile_absolute_error(column1, 0, 0.5) FROM (VALUES (1e308), (-1e308), (9e999))", "1.0e+308"},
    {"SELECT quantile_absolute_error(column1, 0, 0.3) FROM (VALUES (1e300), (1.5e300), (2e300))", "1.3e+300"},
    {"SELECT quantile_absolute_error(column1, 0, 0.5) FROM (VALUES (9e999), (9e999))", "Inf"},
    {"SELECT quantile_absolute_error(column1, 0, 0.1) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), "
     "(9), (10), (11))",
     "2.0"},
    {"SELECT json_extract(proportion_ci(3e15, 9e15), '$.low') > 0.3333333", "1"},
    /* Two of three groups of one row are most, one of two is not; a row of weight 2 is two; fractions are no
       rows. */
    {"SELECT group_concat(coalesce(substr(note, 1, 19), '-'), '|') FROM (SELECT "
     "json_extract(brier_decomposition(s), '$.note') AS note FROM (SELECT 1 AS i, score_set(column1, 0) AS s "
     "FROM (VALUES (.1), (.1), (.2), (.3)) UNION ALL SELECT 2, score_set(column1, 0) FROM (VALUES (.1), "
     "(.1), "
     "(.2)) UNION ALL SELECT 3, score_set(column1, 0, 2) FROM (VALUES (.1), (.2)) UNION ALL SELECT 4, "
     "score_set(.1, 1) UNION ALL SELECT 5, score_set(column1, 0, .5) FROM (VALUES (.1), (.2))) GROUP BY i)",
     "3 groups for 4 rows|-|-|-|-"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[-1e308,1e308],\"y\":[0,1]}', 0)", "0.5"},
    {"SELECT json_extract(fit, '$.y[0]', '$.y[1]'), calibrate(fit, .4), round(json_extract(fit, "
     "'$.log_loss_after'), 12), part FROM (SELECT isotonic_fit(column1, column2, column3) AS fit, "
     "miscalibration(column1, column2, column3) AS part FROM (VALUES (.3, 1, 1e300), (.3, 0, 1e-300), (.5, "
     "0, 1e300)))",
     "[0.5,0.5]|0.5|0.69314718056|0.12"},
    {"SELECT calibrate('{\"method\":\"temperature\",\"temperature\":0}', '[1,2]')",
     "!calibrate: fit cannot be text '{\"method\":\"temperature\",\"temperature\":0}', a fit whose numbers "
     "are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":-1,\"b\":1,\"c\":0}', 0.5)",
     "!calibrate: fit cannot be text '{\"method\":\"beta\",\"a\":-1,\"b\":1,\"c\":0}', a fit whose numbers "
     "are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":-1,\"c\":0}', 0.5)",
     "!calibrate: fit cannot be text '{\"method\":\"beta\",\"a\":1,\"b\":-1,\"c\":0}', a fit whose numbers "
     "are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"platt\",\"slope\":1e999,\"intercept\":0}', 0.5)",
     "!calibrate: fit cannot be text '{\"method\":\"platt\",\"slope\":1e999,\"interce…', a fit whose numbers "
     "are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[0,2]}', 0)",
     "!calibrate: fit cannot be text '{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[0,2]…', a fit whose "
     "numbers are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[-1,1]}', 0)",
     "!calibrate: fit cannot be text '{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[-1,1…', a fit whose "
     "numbers are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[1,1],\"y\":[0,1]}', 0)",
     "!calibrate: fit cannot be text '{\"method\":\"isotonic\",\"x\":[1,1],\"y\":[0,1]…', a fit whose "
     "numbers are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[1,0]}', 0)",
     "!calibrate: fit cannot be text '{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[1,0]…', a fit whose "
     "numbers are missing or out of range; it must be the JSON of platt_fit, isotonic_fit, beta_fit or "
     "temperature_fit"},
    /* In doubles 1/49 * 49 is below 1. */
    {"SELECT count(*), max(rows) FROM calibration_curve((WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT "
     "i + 1 FROM n WHERE i < 49) SELECT score_set(i / 64.0, i % 2, .5) FROM n), 49, 'quantile')",
     "49|0.5"},
    /* places of quantiles that no 64 bits hold */
    {"SELECT group_concat(bin, ' ') FROM (SELECT score_set(column1, column2, 17592186044416) AS s FROM "
     "(VALUES (.1, 0), "
     "(.5, 1))), calibration_curve(s, 2147483647, 'quantile')",
     "0 1073741823"},
    {"SELECT krippendorff_alpha('[\"a\",1,2.5]', 'interval')",
     "!krippendorff_alpha: the scale needs ratings that are numbers; 'nominal' takes any values"},
    {"SELECT krippendorff_alpha(column1, 'ratio') FROM (VALUES ('[0,0]'), ('[0.5,1]'))", "0.918918918918919"},
    {"SELECT krippendorff_alpha(column1, 'interval') FROM (VALUES ('[1e300,0]'), ('[0.5,1e-300]'))", "0.0"},
    {"SELECT json_extract(fit, '$.why'), json_extract(fit, '$.temperature') FROM (SELECT "
     "temperature_fit(column1, column2) AS fit FROM (VALUES ('[1e308,-1e308]', 0), ('[0,1]', 1)))",
     "the best temperature is not above 0.01|0.01"},
    /* 2^31 · 2^31 pairs */
    {"SELECT wasserstein(column1, column2, 2147483648) FROM (VALUES (1, 0), (2, 1))", "1.0"},
    /* U = 94906267², above 2^53 and halfway between two doubles: the even one */
    {"SELECT printf('%.0f', json_extract(mann_whitney_test(s), '$.statistic')) FROM (SELECT "
     "score_set(column1, "
     "column2, 94906267) AS s FROM (VALUES (0, 0), (1, 1)))",
     "9007199515875288"},
    /* 1 and the number below it are both clipped to 1 - 2^-52: 1 - (104 ln 2 - ln 0.4) / (ln 27 - ln 4) */
    {"SELECT d2_log_loss(column1, column2) FROM (VALUES (1 - 2.220446049250313e-16, 0), (1, 0), (.4, 1))",
     "-37.230936113426"},
    {"SELECT json_extract(j, '$.value'), json_extract(j, '$.low'), json_extract(j, '$.note') FROM (SELECT "
     "mse_ci(column1, 0) AS j FROM (VALUES (9e999), (1)))",
     "Inf||the value of a row is infinite"},
    {"SELECT json_extract(beta_fit(column1, column2), '$.why') FROM (VALUES (.9, 1), (.1, 0))",
     "the probabilities separate the labels"},
    {"SELECT json_extract(isotonic_fit(column1, column2), '$.x') FROM (VALUES (9e999, 1), (1, 0))",
     "[1.0,9e999]"},
    {"SELECT round(json_extract(platt_fit(column1, column2), '$.log_loss_after'), 6) FROM (VALUES (1e308, "
     "1), (-1e308, 0), (1, 0))",
     "0.392903"},
    {"SELECT round(json_extract(platt_fit(column1, column2), '$.log_loss_after'), 6) FROM (VALUES (1e-310, "
     "1), (2e-310, 0), (1.5e-310, 1), (1.7e-310, 0))",
     "0.693147"},
    {"SELECT wasserstein(column1, column2), psi(column1, column2) > 4 FROM (VALUES (-9e999, 0), (9e999, 1), "
     "(9e999, 0))",
     "Inf|1"},
    {"SELECT json_extract(paired_t_test(column1, column2), '$.se') FROM (VALUES (1, 1), (9e999, 0), (3, 0))",
     ""},
    {"SELECT json_extract(t_test(column1, column2), '$.p_value') IS NULL FROM (VALUES (1, 1), (9e999, 0), "
     "(3, 0))",
     "1"},
    {"SELECT json_extract(t_test(column1, column2), '$.p_value') IS NULL FROM (VALUES (9e999, 1), (9, 0), "
     "(3, 0))",
     "1"},
    /* A factor of all numbers does not matter, also where their squares underflow or overflow. */
    {"SELECT group_concat(DISTINCT round(json_extract(t, '$.statistic'), 9) || ' ' || round(json_extract(t, "
     "'$.p_value'), 9) || ' ' || round(json_extract(t, '$.df'), 9) || ' ' || round(json_extract(t, '$.se') / "
     "f, 9) || ' ' || round(json_extract(t, '$.low') / f, 9)) FROM (SELECT f, t_test(x * f, g) AS t "
     "FROM " FACTORS ", " TWO_GROUPS " GROUP BY f)",
     "0.832050294 0.503837864 1.742268041 1.802775638 -7.467061768"},
    {"SELECT group_concat(DISTINCT round(json_extract(c, '$.se') / f, 9) || ' ' || round(json_extract(c, "
     "'$.low') / f, 9)) FROM (SELECT f, mean_ci_clustered(x * f, g) AS c FROM " FACTORS ", " TWO_GROUPS
     " GROUP BY f)",
     "0.75 -6.779653552"},
    /* Numbers whose squares are in range stay as they are, and none of them is lost beside the largest. */
    {"SELECT json_extract(mean_ci_clustered(column1, column2), '$.se') > 4e-151 "
     "FROM (VALUES (1e90, 0), (-1e90, 0), (1e-150, 1))",
     "1"},
    /* Sums of weights beyond the largest double, probabilities of 1e-600, scores whose difference is
       Infinity. */
    {"SELECT round(calibration_slope(column1, column2), 9), round(calibration_slope(column1, column2, "
     "1e308), 9), round(json_extract(platt_fit(column1, column2, 1e280), '$.slope'), 9), "
     "round(json_extract(platt_fit(column1, column2, 1e308), '$.slope'), 9) FROM (VALUES (.1, 0), (.2, 1), "
     "(.3, 0), (.4, 1), (.5, 0), (.6, 1), (.7, 1), (.8, 0))",
     "0.230172097|0.230172097|0.959115231|0.959115231"},
    {"SELECT round(calibration_slope(column1, column2, 1e308), 12), json_type(platt_fit(column1, column2, "
     "1e308), '$.intercept') FROM (VALUES (.2, 1), (.3, 1), (.3, 0), (.5, 0), (.7, 1))",
     "-0.062323258202|real"}, /* both labels at one score */
    {"SELECT calibration_slope(column1, column2, 1e308), json_extract(platt_fit(column1, column2, 1e308), "
     "'$.converged') FROM (VALUES (.2, 1), (.3, 1), (.3, 1), (.3, 0), (.5, 0), (.7, 1))",
     "-0.247358234952352|1"}, /* the rows of one score weigh more than the largest double */
    {"SELECT calibration_slope(column1, column2, w), json_extract(beta_fit(column1, column2, w), "
     "'$.converged') FROM (SELECT *, CASE column2 WHEN 0 THEN 1e300 ELSE 1e-300 END AS w FROM (VALUES (.1, "
     "0), (.2, 1), (.3, 0), (.4, 1), (.5, 0), (.6, 1), (.7, 1), (.8, 0)))",
     "|0"},
    {"SELECT json_extract(platt_fit(column1, column2), '$.slope') FROM (VALUES (-1.7e308, 0), (1.7e308, 1), "
     "(-1.7e308, 1), (1.7e308, 0), (1.7e308, 1))",
     "1.10394187693556e-309"},
    {"SELECT quantile_absolute_error(column1, 0, .3) < 1 AND quantile_absolute_error(column1, 0, .3) > 1 - "
     "3e-16 FROM (VALUES (0), (0), (0), (1), (1), (1), (1), (1), (1), (1), (1))",
     "1"},
    {"SELECT quantile_absolute_error(i * i, 0, 1.0 / 15) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL "
     "SELECT i + 1 FROM n WHERE i < 16) SELECT i FROM n)",
     "4.0"},
    {"SELECT quantile_absolute_error(column1, column1, .5) OVER () FROM (VALUES (1), (9e999))", "\n"},
    {"SELECT quantile_absolute_error(column1, 0, .3) FROM (VALUES (1), (9e999))", "Inf"},
    {"SELECT json_extract(mae_ci(column1, 0, 0.75998944589583817, 'hall'), '$.high') FROM (VALUES (1), (0), "
     "(0), (0), (0))",
     "1.09442719099992"}, /* where the cube root is that of 0: 0.2 + 3 * 0.2 / k, k = 1.5 / sqrt(5) */
};

/* One row, one class, or weights that are no counts. */
static const Corner few[] = {
    {"SELECT ks_test(1, 1), ks_test(1, 0), t_test(1, 0), mann_whitney_test(1, 0), delong_test(1, 1, 0), "
     "chi2_test(NULL, 1)",
     "|||||"},
    {"SELECT ks_test(1, 1), t_test(1, 1), mann_whitney_test(1, 1), delong_test(1, 1, 1)", "|||"},
    {"SELECT json_extract(roc_auc_ci(1, column1), '$.note') FROM (VALUES (0)) UNION ALL SELECT "
     "json_extract(roc_auc_ci(1, column1), '$.note') FROM (VALUES (1))",
     "no row has label 1\nno row has label 0"},
    {"WITH t(score, label) AS (VALUES (.1, 0), (.2, 0), (.8, 1), (.9, 1)), j(x) AS (SELECT f1_at_ci(score, "
     "label, 0.5) FROM t UNION ALL SELECT bootstrap_ci(score_set(score, label), 'roc_auc') FROM t UNION ALL "
     "SELECT compare_ci(score, 1 - score, label, 'roc_auc') FROM t UNION ALL SELECT f1_at_ci(score, label, "
     "0.95) FROM t UNION ALL SELECT f1_at_ci(1, label, 0.5) FROM t) SELECT json_extract(x, '$.low'), "
     "json_extract(x, '$.high'), json_extract(x, '$.note') FROM j",
     "1.0|1.0|every defined replicate has the same value\n1.0|1.0|every defined replicate has the same "
     "value\n1.0|1.0|every defined replicate has the same value\n0.0|0.0|no score reaches the cutoff: no row "
     "is predicted positive\n0.0|1.0|every score reaches the cutoff: every row is predicted positive"},
    /* Of 2 rows of each class, z being 2 to the last digits: 2/(2 + 4), 4/(2 + 4) and of gini twice that
       less 1. */
    {"SELECT round(json_extract(j, '$.low'), 9) || ' ' || round(json_extract(j, '$.high'), 9) || ' ' || "
     "json_extract(j, '$.note') FROM (WITH t(score, label) AS (VALUES (1, 0), (1, 0), (2, 1), (2, 1)) SELECT "
     "roc_auc_ci(score, label, 0.954499736103642) AS j FROM t UNION ALL SELECT roc_auc_ci(-score, label, "
     "0.954499736103642) FROM t UNION ALL SELECT gini_ci(score, label, 0.954499736103642) FROM t UNION ALL "
     "SELECT gini_ci(-score, label, 0.954499736103642) FROM t)",
     "0.333333333 1.0 AUC is 1: low is m/(m + z²), m being the number of rows of the smaller class\n"
     "0.0 0.666666667 AUC is 0: high is z²/(m + z²), m being the number of rows of the smaller class\n"
     "-0.333333333 1.0 gini is 1: low is (m - z²)/(m + z²), m being the number of rows of the smaller class\n"
     "-1.0 0.333333333 gini is -1: high is (z² - m)/(m + z²), m being the number of rows of the smaller "
     "class"},
    {"SELECT t_test(column1, column2) FROM (VALUES (1, 1), (2, 0), (3, 0))",
     "{\"statistic\":null,\"p_value\":null,\"method\":\"Welch "
     "t\",\"difference\":-1.5,\"low\":null,\"high\":null,\"se\":null,\"df\":null,\"rows\":3}"},
    {"SELECT json_extract(wilcoxon_test(1, 1), '$.median_difference')", "0.0"},
    {"SELECT mann_whitney_test(column1, column2) FROM (VALUES (1, 1), (2, 0))",
     "{\"statistic\":0.0,\"p_value\":1.0,\"method\":\"exact\",\"auc\":0.0,\"positives\":1,\"negatives\":1}"},
    {"SELECT ks_test(x), mann_whitney_test(x), t_test(x) FROM (SELECT (SELECT score_set(column1, column2, "
     "0.5) FROM (VALUES (1, 1), (0, 0))) AS x)",
     "||"},
    {"SELECT psi_expected(x, 1), json_extract(psi_expected(x, 2), '$.p_value') FROM (SELECT (SELECT "
     "score_set(column1, column2, 0.5) FROM (VALUES (1, 1), (0, 0))) AS x)",
     "{\"psi\":0.0,\"expected\":null,\"p_value\":null,\"bins\":1,\"note\":\"a weight is not an integer up to "
     "2^44, so it is not a number of rows\"}|"},
    {"SELECT psi_expected(x, 1), json_extract(psi_expected(x, 2), '$.expected') FROM (SELECT (SELECT "
     "score_set(column1, column2, 2) FROM (VALUES (1, 1), (0, 0))) AS x)",
     "{\"psi\":0.0,\"expected\":0.0,\"p_value\":1.0,\"bins\":1}|1.0"},
    {"SELECT chi2_test(x) FROM (SELECT (SELECT class_set(column1, column2, 0.5) FROM (VALUES ('a', 1), ('a', "
     "1), ('b', 0), ('b', 0))) AS x)",
     "{\"statistic\":null,\"p_value\":null,\"method\":\"pearson\",\"df\":1,\"cramers_v\":1.0,\"smallest_"
     "expected\":"
     "null,\"rows\":null,\"note\":\"a weight is not an integer up to 2^44, so it is not a number of rows\"}"},
    {"SELECT json_remove(chi2_test(x), '$.p_value'), round(json_extract(chi2_test(x), '$.p_value'), 11) FROM "
     "(SELECT "
     "(SELECT class_set(column1, column2, 2) FROM (VALUES ('a', 1), ('a', 1), ('b', 0), ('b', 0))) AS x)",
     "{\"statistic\":8.0,\"method\":\"pearson\",\"df\":1,\"cramers_v\":1.0,\"smallest_expected\":2.0,"
     "\"rows\":8}|"
     "0.00467773498"}, /* erfc(2) */
    {"SELECT json_extract(roc_auc_ci(x), '$.note'), json_extract(evaluate_binary(x), '$.positives') FROM "
     "(SELECT (SELECT score_set(column1, column2, 0.5) FROM (VALUES (1, 1), (0, 0))) AS x)",
     "a weight is not an integer up to 2^44, so it is not a number of rows|0.5"},
    {"SELECT json_extract(accuracy_ci((SELECT accuracy_state(1, 1, 0.5))), '$.note')",
     "a weight is not an integer up to 2^44, so it is not a number of rows"},
    {"SELECT pearson(column1, column2, 2), pearson(column1, column2) FROM (VALUES (1, 1e200), (2, 3e200), "
     "(3, "
     "2e200))",
     "0.5|0.5"},
    {"SELECT json_extract(pearson_ci((SELECT pearson_state(1, 2, 0.5))), '$.note')",
     "a weight is not an integer up to 2^44, so it is not a number of rows"},
    {"SELECT json_extract(mean_ci((SELECT mean_ci_state(1, 0.95, 1))), '$.note')", "only one row"},
    {"SELECT calibration_slope(column1, column2), calibration_intercept(column1, column2) FROM (VALUES (1, "
     "1), (0, 0))",
     "|0.0"},
    /* Probabilities of 0 for what happened: the log likelihood has a maximum between two plateaus (mpmath:
     * 36.043653389117157, 36.736800569677118). */
    {"SELECT calibration_intercept(column1, column2) FROM (VALUES (0.0, 0), (1.0, 1), (0.3, 1), (0.0, 1))",
     "36.0436533891172"},
    {"SELECT calibration_intercept(column1, column2) FROM (VALUES (0.01, 0), (0.99, 1), (0.3, 1), (0.0, 1), "
     "(0.0, 1), (0.0, 1))",
     "36.7368005696771"},
    {"SELECT best_cutoff_optimism((SELECT score_set(1, 0)), 'f1', 3)", "0.0"},
    {"SELECT best_cutoff(column1, column2, 'youden@midpoint') > 0 FROM (VALUES (5e-324, 1), (0, 0))", "1"},
    {"SELECT hamming_loss('[1]', '[1]', .5), label_ranking_loss('[1]', '[1]'), coverage_error('[1]', '[0]')",
     "0.0|0.0|0.0"},
    {"SELECT fleiss_kappa(column1) FROM (VALUES ('[1,2]'), ('[1]'))",
     "!fleiss_kappa: every unit must have the same number of ratings; krippendorff_alpha allows different "
     "numbers"},
    {"SELECT fleiss_kappa('[1]') IS NULL", "1"},
    {"SELECT hosmer_lemeshow_test(x), spiegelhalter_test(x) FROM (SELECT (SELECT score_set(column1, column2, "
     "0.5) FROM (VALUES (1, 1), (0, 0))) AS x)",
     "|"},
    {"SELECT json_extract(b, '$.low') <= json_extract(b, '$.value') AND json_extract(b, '$.value') <= "
     "json_extract(b, '$.high') FROM (SELECT best_cutoff_value_ci(column1, column2, 'cost:1,5') AS b FROM "
     "(VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1)))",
     "1"},
    {"SELECT json_extract(b, '$.low') <= json_extract(b, '$.value') AND json_extract(b, '$.value') <= "
     "json_extract(b, '$.high') FROM (SELECT best_cutoff_value_ci(column1, column2, 'dot') AS b FROM (VALUES "
     "(.1, 0), (.4, 0), (.35, 1), (.8, 1)))",
     "1"},
    {"SELECT json_extract(b, '$.low') <= json_extract(b, '$.value') AND json_extract(b, '$.value') <= "
     "json_extract(b, '$.high') FROM (SELECT best_cutoff_value_ci(column1, column2, 'mcc') AS b FROM (VALUES "
     "(.1, 0), (.4, 0), (.35, 1), (.8, 1)))",
     "1"},
    {"SELECT json_extract(b, '$.low') <= json_extract(b, '$.value') AND json_extract(b, '$.value') <= "
     "json_extract(b, '$.high') FROM (SELECT best_cutoff_value_ci(column1, column2, 'youden') AS b FROM "
     "(VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1)))",
     "1"},
    {"SELECT json_extract(mse_ci(column1, column2, 0.95, 'hall'), '$.value'), json_extract(mse_ci(column1, "
     "column2, 0.95, 'hall'), '$.se') FROM (VALUES (1, 1), (2, 2))",
     "0.0|0.0"},
    {"SELECT ranked_probability_score('[1]', 0)", "0.0"},
    {"SELECT best_cutoff_optimism(x, 'youden', 5) IS NULL, best_cutoff_optimism(x, 'youden', 3) FROM (SELECT "
     "score_set(column1, column2) AS x FROM (VALUES (.1, 0), (.2, 1))) UNION ALL SELECT "
     "best_cutoff_optimism((SELECT score_set(1, 0)), 'youden', 3), 1",
     "1|0.0\n|1"},
    {"SELECT fbeta_macro(1, 1, 2, '[1,2]'), f1_macro(1, 1, '[1,2]')", "0.5|0.5"},
};

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
    /* Exact up to 20,000 pairs; scipy's mannwhitneyu(method='asymptotic') has 0.22214802180834337 for the
       second. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 2508) SELECT "
     "json_extract(t, '$.method'), json_extract(t, '$.p_value') FROM (SELECT mann_whitney_test(i % 7 + i / "
     "9000.0, i < 8) AS t FROM n WHERE i < 2508 UNION ALL SELECT mann_whitney_test(i % 7 + i / 9000.0, i < "
     "8) FROM n)",
     "exact|0.226570917986177\nnormal|0.222148021808343"},
};

/* Ranks that were not retrieved, curves of one class, and gradients of targets that do not sum to 1. */
static const Corner ranks[] = {
    {"SELECT top_k_accuracy('[0.5,0.3,0.4]', 2, 1), top_k_accuracy('[0.5,0.3,0.4]', 2, 2), "
     "top_k_accuracy('[0.5,0.5,0.4]', 1, 1)",
     "0.0|1.0|0.0"},
    /* Fractional weights: AUC (0.3·0.1 + 0.7·0.65 + 1.1) / 2.1, KS 1.1 / 2.1. */
    {"SELECT json_extract(j, '$.roc_auc'), json_extract(j, '$.ks') FROM (SELECT evaluate_binary(column1, "
     "column2, column3) AS j FROM (VALUES (.1, 0, .1), (.4, 0, .2), (.35, 1, .3), (.8, 1, .7), (.8, 0, .7), "
     "(.9, "
     "1, 1.1)))",
     "0.754761904761905|0.523809523809524"},
    /* Three rows of weight 1 and of one score beside a weight of 53 bits below 2^-40: pairs in units of
       2^-92. */
    {"SELECT roc_auc(column1, column2, column3) = 0.9999999999996968 FROM (VALUES (.5, 1, 1), (.3, 0, 1), "
     "(.3, 0, 1), (.3, 0, 1), (.7, 0, 9.094947017729284e-13))",
     "1"},
    /* Rows that a sample leaves out are not in its set, whose weights stay integral. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT json_extract(j, "
     "'$.undefined') FROM (SELECT compare_ci(i / 20.0, i * 5 % 13 / 13.0, i % 3 = 1, 'discrimination') AS j "
     "FROM "
     "n)",
     "0"},
    {"SELECT round(precision_at_k(column1, column2, 3), 6), hit_rate_at_k(column1, column2, 3) FROM (VALUES "
     "(1, 0), (1, 1), (1, 0), (0, 1), (NULL, 1))",
     "0.333333|1.0"},
    {"SELECT max_error(NULL, 1), median_absolute_error(NULL, 1), wilcoxon_test(NULL, 1)", "||"},
    {"SELECT json_extract(roc_auc_ci(column1, column2, 0.95, 'normal'), '$.low'), "
     "json_extract(roc_auc_ci(column1, column2, 0.95, 'normal'), '$.high') FROM (VALUES (1, 0), (.1, 1), "
     "(.2, 0), (.3, 1), (.25, 1), (.1, 0))",
     "0.0|1.0"},
    {"SELECT cutoff, fpr, tpr FROM roc_curve((SELECT score_set(column1, 1) FROM (VALUES (.1), (.2), (.3), "
     "(.4))), 2)",
     "Inf||0.0\n0.1||1.0"},
    {"SELECT cutoff, fpr, tpr FROM roc_curve((SELECT score_set(column1, 0) FROM (VALUES (.1), (.2), (.3), "
     "(.4))), 2)",
     "Inf|0.0|\n0.1|1.0|"},
    {"SELECT round(vector_at(cross_entropy_logits_gradient('[1,2]', '[0.2,0.5]', 0.1), 0), 6), "
     "round(vector_at(cross_entropy_logits_gradient('[1,2]', '[0.2,0.8]', 0.1), 0), 6)",
     "-0.033673|0.038941"},
    {"SELECT label_ranking_average_precision('[1,2]', '[0,0]'), label_ranking_loss('[1,2]', '[1,1]'), "
     "coverage_error('[2,1]', '[1,1]')",
     "1.0|0.0|2.0"},
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
    {"SELECT json_extract(best_cutoff_value_ci(column1, column2, 'mcc'), '$.low') FROM (VALUES (.1, 1), (.2, "
     "0), (.3, 1), (.4, 0))",
     "-1.0"},
    /* No bound: Hall's interval of 0 and 1 reaches as far as Student's t does. */
    CUT("mae_ci", "(1, 1), (1, 0)", "0.0", "6.85310236808735"),
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
    /* Newton's method has far to go where one class weighs as good as nothing (closed form: the log odds
     * less those of the score, for one score). */
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (.5, 1, 1e100), (.5, 0, "
     "1))",
     "230.258509299"},
    {"SELECT round(calibration_intercept(column1, column2, column3), 9) FROM (VALUES (.5, 1, 1e-100), (.5, "
     "0, "
     "1e200))",
     "-690.775527898"},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(numbers);
  CHECK_ALL(few);
  CHECK_ALL(limits);
  CHECK_ALL(ranks);
  CHECK_ALL(ranges);
  CHECK_ALL(factors);
  sqlite3_close(db);
  return end_of_tests();
}
