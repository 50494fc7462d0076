/* Numbers that tables rarely have: near the end of their range, hardly any rows, a single class, ranks
 * that were not retrieved. Each query is compared with its only correct result, or with a part of the error
 * message. */
#include "corner.h"
#include "tables.h"

#define FACTORS                                                                                              \
  "(SELECT column1 AS f FROM (VALUES (1e-310), (1e-305), (1e-170), (1e-165), (1), (1e160), (1e300), "        \
  "(1e306)))"
#define BINARY     "WITH f(h) AS (SELECT g*g*g*g*g*g*g*g*g*g FROM (SELECT 1125899906842624.0 AS g)) "
#define TWO_GROUPS "(SELECT column1 AS x, column2 AS g FROM (VALUES (1.0, 0), (3.0, 0), (2.0, 1), (5.0, 1)))"

/* Numbers so large, small or far apart that a term of the definition overflows, or a fit has no place. */
static const Corner numbers[] = {
    /* A logarithm of -100 to the last bit, a little below and a little above, and far from it. */
    {"SELECT bce_loss(3.720075976020826e-44, 0.5) = 50, bce_loss(3.720075976020846e-44, 0.5) = 50, "
     "bce_loss(1e-50, 0.5) = 50, bce_loss(1e-40, 0.5) = 46.051701859880914",
     "1|1|1|1"},
    /* Powers 1 and 2 have the bits of their own functions. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500), t(p, t) AS (SELECT i "
     "/ 7.0, (i * i % 31 + 1) / 3.0 "
     "FROM n) SELECT sum(tweedie_deviance_of(p, t, 1) = poisson_deviance_of(p, t)), "
     "sum(tweedie_deviance_of(p, t, 2) = "
     "gamma_deviance_of(p, t)) FROM t",
     "500|500"},
    /* A number with a decimal comma has at most 500 bytes. */
    {"SELECT to_number('1,5' || printf('%.*c', 497, '0'))", "1.5"},
    {"SELECT to_number('1,5' || printf('%.*c', 498, '0'))", "!to_number: x must be a number"},
    {"SELECT poisson_deviance_of(1e-300, 1e10), poisson_deviance_of(1e300, 1e-300), tweedie_deviance_of(1, "
     "1e30, 1.5), tweedie_deviance_of(1e30, 1, 1.5), gamma_deviance_of(1e300, 1e-300)",
     "14256027576563.1|2.0e+300|3.99999999999999e+30|3.99999999999999e+15|2761.10211159285"},
    {"SELECT mean_error(column1, 0) FROM (VALUES (1.0000000000000002), (-1.0), (0.0))",
     "7.40148683083438e-17"}, /* of one bit, in the lowest limb */
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
    /* 3·10^18 rows, one less than which is no double. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000), a AS (SELECT "
     "quantile_absolute_error_state(column1, 0, 1) AS s FROM (VALUES (1), (5), (2))), b AS (SELECT "
     "quantile_absolute_error_state(s) AS s FROM a, n), c AS (SELECT quantile_absolute_error_state(s) AS s "
     "FROM b, n), d AS (SELECT quantile_absolute_error_state(s) AS s FROM c, n), e AS (SELECT "
     "quantile_absolute_error_state(s) AS s FROM d, n), f AS (SELECT quantile_absolute_error_state(s) AS s "
     "FROM e, n) SELECT quantile_absolute_error(s) FROM (SELECT s FROM f, "
     "n)",
     "5.0"},
    {"SELECT quantile_absolute_error(column1, 0, 0.3) FROM (VALUES (1e300), (1.5e300), (2e300))", "1.3e+300"},
    {"SELECT quantile_absolute_error(column1, 0, 0.5) FROM (VALUES (9e999), (9e999))", "Inf"},
    {"SELECT quantile_absolute_error(column1, 0, 0.1) FROM (VALUES (1), (2), (3), (4), (5), (6), (7), (8), "
     "(9), (10), (11))",
     "2.0"},
    /* A target times its weight may be above all doubles; a squared error is rounded from 2^-500 to 2^500.
     */
    {BINARY
     "SELECT group_concat(coalesce(r, '-')) FROM (SELECT r2(p, y, w) AS r FROM (SELECT column1 AS k, 0.0 AS "
     "p, h AS y, h * 4194304.0 * column1 AS w FROM f, (VALUES (1.5), (2.0), (3.0)) UNION ALL SELECT column1, "
     "1.0, 0.0, 0.5 FROM (VALUES (1.5), (2.0), (3.0))) GROUP BY k ORDER BY k)",
     "-4.11887859607837e+157,-5.49183812810449e+157,-8.23775719215673e+157"},
    {BINARY "SELECT length(r2_state(p / h, 0.0)), length(r2_state(p / 2.0 / h, 0.0)), length(r2_state(p * h, "
            "0.0)), length(r2_state(p / 2.0 * h, 0.0)) FROM f, (SELECT 1 + 1 / 1073741824.0 + 1 / "
            "1125899906842624.0 AS p)",
     "54|58|58|50"},
    /* Anything infinite is added to a product as Infinity, whatever the other factor and the weight. */
    {"SELECT substr(hex(pearson_state(9e999, 0.0, 0.5)), 55), substr(hex(pearson_state(9e999, -1.0)), 55)",
     "0000010000000225000004000002000000000000000200000000000000020000|"
     "00010000000000000200000000000125000008000002000000000002250000080000020000"},
    {"SELECT json_extract(pearson_ci(column1, column2), '$.low') > 0.1 FROM (VALUES (1, 2), (2, 3), (3, 5), "
     "(4, 4), (5, 7))",
     "1"},
    {"SELECT json_extract(proportion_ci(3e15, 9e15), '$.low') > 0.3333333", "1"},
    {"SELECT calibrate('{\"method\":\"sigmoid\",\"slope\":2,\"intercept\":-1}', 0.5)",
     "!calibrate: fit cannot be text '{\"method\":\"sigmoid\",\"slope\":2,\"intercept…'; it must be the JSON "
     "of "
     "platt_fit"},
    {"SELECT json_extract(bootstrap_ci(s, 'ece:2,uniform'), '$.value'), json_extract(bootstrap_ci(s, "
     "'ece:2,quantile'), '$.value') FROM (SELECT score_set(column1, column2) AS s FROM (VALUES (.1, 1), "
     "(.2, 0), (.3, 0), (.9, 1)))",
     "0.125|0.225"},
    /* DeLong's sums of squares of ranks above 2^32, exactly: 0.0000000551453166396409. */
    {"SELECT json_extract(roc_auc_ci(column1, column2, 0.95, 'logit', 17592186044415), '$.se') FROM (VALUES "
     "(.1, 0), (.4, 0), (.35, 1), (.8, 1), (.35, 0), (.2, 1))",
     "5.51453166396409e-08"},
    /* A share of the rows below 2^-1022. */
    {"SELECT round(json_extract(chi2_test(s), '$.cramers_v') / 1.11111110605e-153, 9) FROM (SELECT "
     "class_set(column1, column2, column3) AS s FROM (VALUES ('x', 'p', 1.23456789e-295), ('y', 'p', 1e11), "
     "('y', 'q', 1e22)))",
     "1.0"},
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
    {"SELECT fleiss_kappa(column1) FROM (VALUES ('[1,2]'), ('[3]'))",
     "!every unit must have the same number of"},
    {"SELECT round(krippendorff_alpha(json_array(a * f, b * f, c * f), 'interval'), 12), "
     "fleiss_kappa(json_array(f)) FROM (SELECT column1 AS a, column2 AS b, column3 AS c FROM (VALUES (1, 2, "
     "2), (3, "
     "4, 3), (1, 1, 5))), (SELECT column1 AS f FROM (VALUES (1), (1e200), (1e-200), (-1e200))) GROUP BY f",
     "0.013698630137|\n0.013698630137|\n0.013698630137|\n0.013698630137|"},
    /* bootstrap intervals scale with the numbers: their squares, or twice the value, may be infinite */
    {"WITH t(a, b) AS (VALUES (1, 0), (2, 1), (3, 0), (5, 1), (7, 1), (8, 0)), scale(x) AS (VALUES (1), "
     "(exp2(700)), (exp2(-700)), (exp2(1020))) SELECT round(json_extract(m, '$.se') / x, 9), "
     "round(json_extract(w, '$.se') / x, 9), round(json_extract(w, '$.high') / x, 9) FROM (SELECT x, "
     "max_error_ci(a * x, 0) AS m, wasserstein_ci(a * x, b) AS w FROM t, scale GROUP BY x)",
     "0.969979309|1.012398487|1.666666667\n0.969979309|1.012398487|1.666666667\n"
     "0.969979309|1.012398487|1.666666667\n0.969979309|1.012398487|1.666666667"},
    {"SELECT round(json_extract(i, '$.low') / 1e308, 3), round(json_extract(i, '$.high') / 1e308, 3) FROM "
     "(SELECT wasserstein_ci(column1, column2) AS i FROM (VALUES (1e308, 1), (1.1e308, 1), (1.2e308, 1), (0, "
     "0), (1e307, 0)))",
     "0.93|1.167"},
    {"SELECT json_extract(fit, '$.why'), json_extract(fit, '$.temperature') FROM (SELECT "
     "temperature_fit(column1, column2) AS fit FROM (VALUES ('[1e308,-1e308]', 0), ('[0,1]', 1)))",
     "the best temperature is not above 0.01|0.01"},
    /* Logits whose difference overflows: a loss of 0, which changes no other row, or an infinite one. */
    {"SELECT round(json_extract(fit, '$.temperature'), 9), json_extract(fit, '$.log_loss_before') FROM "
     "(SELECT temperature_fit(column2, column3) AS fit FROM (VALUES (0, '[1e308,-1e308]', 0), (1, "
     "'[1e308,-1e308]', 1), (0, '[2,0]', 0), (0, '[0,3]', 1), (0, '[1,0]', 1), (1, '[2,0]', 0), (1, '[0,3]', "
     "1), (1, '[1,0]', 1)) GROUP BY column1)",
     "1.365210954|0.372194262533734\n100.0|Inf"},
    {"SELECT huber_loss(1.5e154, 0, 1.5e154), huber_loss(1.5e154, 0, 1e155), huber_loss(2.63e-162, 0, 1)",
     "1.125e+308|1.125e+308|4.94065645841247e-324"},
    {"SELECT interval_score_of(-9e999, 3, -9e999, 0.1), interval_score_of(-3, 9e999, 9e999, 0.1)", "Inf|Inf"},
    {"SELECT median_absolute_error(column2, 0) FROM (VALUES (0, 5e-324), (0, 1e-323), (1, 1e308), (1, "
     "1.5e308)) GROUP BY column1",
     "9.88131291682493e-324\n1.25e+308"},
    {"SELECT quantile_absolute_error(column1, 0, 0) FROM (VALUES (9e999), (1))", "1.0"},
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
    /* Subnormal, of the upper tail: 0.6^(1 / a). Parameters so large that rounding keeps the search from an
       end. */
    {"SELECT round(beta_quantile(0.6, 7e-4, 1) / 1.1836271e-317, 3), beta_quantile(0.3, 1e62, 3e62)",
     "1.0|0.25"},
    /* Scores below -100 are no logits; -100 may be one. */
    {"SELECT column1, json_extract(input_problems(column1, 1), '$.problems[0].advice') LIKE '%: sigmoid(%' "
     "FROM "
     "(VALUES (-100), (-100.5)) GROUP BY column1 ORDER BY column1",
     "-100.5|0\n-100|1"},
    /* The least error beside one that is not a number. */
    {"SELECT quantile_absolute_error(column1, column2, 0.3) IS NULL FROM (VALUES (1, 2), (9e999, 9e999), (4, "
     "9e999))",
     "1"},
    {"SELECT round(json_extract(platt_fit(column1, column2), '$.log_loss_after'), 6) FROM (VALUES (1e308, "
     "1), (-1e308, 0), (1, 0))",
     "0.392903"},
    /* By Newton's method with 40 digits: more scores than a block holds, scores 2^1000 apart, labels that
       weights almost separate, weights whose sum overflows. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 257) SELECT "
     "round(json_extract(fit, '$.slope'), 9), round(json_extract(fit, '$.intercept'), 9) FROM (SELECT "
     "platt_fit(i * 37 % 701 / 702.0, i * i % 7 + i * 37 % 701 / 100 > 7) AS fit FROM n)",
     "7.100979853|-6.281402603"},
    {"SELECT round(json_extract(fit, '$.slope') * 1e303, 9), round(json_extract(fit, '$.intercept'), 9) FROM "
     "(SELECT platt_fit(column1, column2) AS fit FROM (VALUES (0, 0), (0, 1), (1.0715086071862673e301, 1), "
     "(4.28603e301, 1), (4.28e301, 0)))",
     "-4.975449283|0.41941753"},
    {"SELECT round(calibration_slope(column1, column2, column3), 9) FROM (VALUES (.1, 0, 1e12), (.9, 1, "
     "1e12), (.9, 0, 1e-6), (.1, 1, 1e-6))",
     "18.863129469"},
    {"SELECT round(json_extract(beta_fit(column1, column2, column3), '$.c'), 9) FROM (VALUES (.2, 0, "
     "1e308), (.2, 1, 1.5e308), (.7, 1, 1.6e308), (.7, 0, 1.2e308), (.9, 0, 1e308))",
     "-0.031748698"},
    {"SELECT round(json_extract(fit, '$.slope') / 1e305, 9), round(json_extract(fit, '$.intercept'), 9), "
     "round(json_extract(fit, '$.log_loss_after'), 9) FROM (SELECT platt_fit(column1, column2) AS fit FROM "
     "(VALUES (0, 0), (0, 0), (0, 1), (1e-305, 1), (1e-305, 1), (1e-305, 0)))",
     "0.810930216|-0.405465108|0.64598066"},
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
    /* Ratings whose squares no double holds: the least one, and the greatest. */
    {"SELECT krippendorff_alpha(column1, 'interval'), krippendorff_alpha(column2, 'interval') FROM "
     "(VALUES ('[-1e300,-1e300]', '[1e300,1e300]'), ('[-1e300,1]', '[1e300,1]'), ('[1,1]', '[1,1]'))",
     "0.444444444444444|0.444444444444444"},
    /* No correlation. */
    {"SELECT spearman(column1, column2), spearman(column2, column1) FROM (VALUES (1, 1), (2, 2), (3, "
     "1))",
     "0.0|0.0"},
    {"SELECT tweedie_deviance(1, 9e999, 1.5)", "!tweedie_deviance: target must be finite, got Infinity"},
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
    {"SELECT json_extract(t, '$.statistic'), json_extract(t, '$.se') FROM (SELECT t_test(column2, column3) "
     "AS t FROM (VALUES (0, 1, 1), (0, 2, 0), (0, 2, 0), (1, 1, 0), (1, 2, 1), (1, 2, 1), (2, 1, 0), (2, 1, "
     "0), (2, 2, 1), (2, 2, 1), (3, 1e300, 0), (3, 1e300, 0), (3, 1e-300, 1), (3, 3e-300, 1), (4, 1e-300, "
     "1), (4, 1e300, 1), (4, 3, 0), "
     "(4, 1e-200, 0), (5, 9e999, 0), (5, 2, 0), (5, 2, 1), (5, 3, 1), (6, 9e999, 1), (6, 2, 1), (6, 2, 0), "
     "(6, 3, 0)) GROUP BY column1)",
     "|\n|\nInf|0.0\n-Inf|1.0e-300\n1.0|5.0e+299\n|\n|"},
    {"SELECT json_extract(t, '$.statistic'), json_extract(t, '$.difference'), json_extract(t, '$.se') FROM "
     "(SELECT paired_t_test(column2, "
     "column3) AS t FROM (VALUES (0, 1, 0), (1, 1, 0), (1, 0, 1)) GROUP BY column1)",
     "|1.0|\n0.0|0.0|1.0"},
    {"SELECT json_extract(wilcoxon_test(1, 1), '$.median_difference'), json_extract(wilcoxon_test(2, 1), "
     "'$.median_difference')",
     "0.0|1.0"},
    /* Exact up to 50 rows; scipy's wilcoxon(mode='exact'), and 'approx' for 51. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 51) SELECT json_extract(t, "
     "'$.method'), json_extract(t, '$.p_value') FROM (SELECT wilcoxon_test(i * (1 - 2 * (i % 3 = 0)), 0) AS "
     "t FROM n WHERE i < 51 UNION ALL SELECT wilcoxon_test(i * (1 - 2 * (i % 3 = 0)), 0) FROM n)",
     "exact|0.0261669681711965\nnormal|0.0558521820355847"},
    /* Rows that a window keeps, more than are freed at a time elsewhere. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000), w(t) AS (SELECT "
     "wilcoxon_test(i * 37 % 5003, i) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM n "
     "LIMIT 1) SELECT t = (SELECT wilcoxon_test(i * 37 % 5003, i) FROM n) FROM w",
     "1"},
    {"SELECT eer(1, 0), eer(1, 1), pass_at_k(10000, 5000, 300)", "||1.0"},
    {"SELECT pass_at_k(5, 5, 6)", "!pass_at_k: k must be at most n, got 6"},
    /* Without a window, and in one until the row without an error has left it. */
    {"WITH t(i, p, y) AS (VALUES (1, 9e999, 9e999), (2, 2, 1), (3, 4, 2), (4, 8, 1), (5, 9, 1)) SELECT "
     "median_absolute_error(p, y), (SELECT group_concat(coalesce(m, '-')) FROM (SELECT "
     "median_absolute_error(p, y) OVER (ORDER BY i ROWS 2 PRECEDING) AS m FROM t)) FROM t",
     "|-,-,-,2.0,7.0"},
    /* scipy's mannwhitneyu(method='asymptotic'), where U is off its mean by 1/2 and by 1. */
    {"SELECT json_extract(mann_whitney_test(column2, column3), '$.p_value') FROM (VALUES (0, 1, 1), (0, 1, "
     "0), (0, 2, 1), (1, 1, 1), (1, 1, 0), (1, 2, 1), (1, 2, 0), (1, 3, 1)) GROUP BY column1",
     "1.0\n0.760906727075114"},
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
    {"SELECT hamming_loss('[1]', '[1]', .5), label_ranking_loss('[1]', '[1]'), coverage_error('[9e999]', "
     "'[0]')",
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

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(numbers);
  CHECK_ALL(few);
  CHECK_ALL(ranks);
  sqlite3_close(db);
  return end_of_tests();
}
