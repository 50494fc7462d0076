/* Fits and curves of hardly any rows, and tests whose result is at an end of its range. Each query is
 * compared with its only correct result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

#define OUT_OF_RANGE "a fit whose numbers are missing or out of range"

/* Fits, skill and curves of hardly any rows. */
static const Corner fits[] = {
    /* A text that is the beginning of the fit before it is no fit. */
    {"SELECT calibrate(column1, 0.5) FROM (SELECT f AS column1 FROM (SELECT platt_fit(column1, column2) AS f "
     "FROM (VALUES (0, 0), (1, 1), "
     "(0, 1), (1, 0))) UNION ALL SELECT substr(f, 1, length(f) - 1) FROM (SELECT platt_fit(column1, column2) "
     "AS f FROM (VALUES (0, 0), "
     "(1, 1), (0, 1), (1, 0))))",
     "!calibrate: "},
    /* Separated but for one score, either way; two scores, of which beta_fit takes one feature. */
    {"SELECT calibration_slope(p, y), calibration_slope(1 - p, y) FROM (SELECT column1 AS p, column2 AS y "
     "FROM "
     "(VALUES (.1, 0), (.5, 0), (.5, 1), (.7, 1)))",
     "|"},
    {"SELECT round(json_extract(x, '$.a'), 9), json_extract(x, '$.b'), round(json_extract(x, '$.c'), 9) FROM "
     "(SELECT "
     "beta_fit(column1, column2, column3) AS x FROM (VALUES (.3, 1, 2), (.3, 0, 3), (.5, 1, 3), (.5, 0, 2)))",
     "1.587489308|0.0|1.505828846"},
    /* 2 ln 2 / 4: of the block in the middle alone. */
    {"SELECT json_extract(isotonic_fit(column1, column2), '$.log_loss_after') FROM (VALUES (.1, 0), (.2, 1), "
     "(.3, "
     "0), (.4, 1))",
     "0.346573590279973"},
    /* A weight that is 0 in the unit of the sum of all leaves no step. */
    {"SELECT json_extract(isotonic_fit(column1, column2, column3), '$.x') FROM (VALUES (.1, 0, 5e-324), (.2, "
     "1, 1.7e308), (.3, 1, 1e308), (.4, 0, 1e308))",
     "[0.2,0.4]"},
    {"SELECT hinge_loss('[9e999,9e999]', 0), hinge_loss('[1,1]', 1), ranked_probability_score('[.2,.3,.4]', "
     "1)",
     "1.0|1.0|0.145"},
    /* Fits that are out of range, of one point, between points further apart than a double holds, and flat.
     */
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":-1,\"b\":1,\"c\":0}', .5)", "!" OUT_OF_RANGE},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":-1,\"c\":0}', .5)", "!" OUT_OF_RANGE},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[-0.5,0.5]}', .5)", "!" OUT_OF_RANGE},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1,2],\"y\":[0.25,0.5]}', .5)", "!" OUT_OF_RANGE},
    {"SELECT calibrate('{}', .5)", "!calibrate: fit cannot be text '{}'; it must be the JSON of platt_fit,"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0}', -.5)",
     "!calibrate: a fit of beta_fit takes probabilities within [0,1], got -0.5"},
    {"SELECT calibrate(fit, '[1]'), calibrate(fit, '[0,0]') FROM (SELECT "
     "'{\"method\":\"temperature\",\"temperature\":0.5}' AS fit)",
     "[1.0]|[0.5,0.5]"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[1],\"y\":[0.5]}', column1) FROM (VALUES (.5), (1), "
     "(2))",
     "0.5\n0.5\n0.5"},
    {"SELECT calibrate('{\"method\":\"platt\",\"slope\":-1,\"intercept\":0.5}', .5), "
     "calibrate('{\"method\":\"platt\",\"slope\":0,\"intercept\":0}', column1) FROM (VALUES (9e999), "
     "(-9e999))",
     "0.5|0.5\n0.5|0.5"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[-1e308,1e308],\"y\":[0.25,0.75]}', column1) FROM "
     "(VALUES "
     "(-1e308), (5e307), (1e308))",
     "0.25\n0.625\n0.75"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[-1e999,0,5,1e999],\"y\":[0.25,0.5,0.625,0.75]}', "
     "column1) "
     "FROM (VALUES (-9e999), (-1e300), (0), (2.5), (5), (6), (9e999))",
     "0.25\n0.5\n0.5\n0.5625\n0.625\n0.625\n0.75"},
    /* One row of each label, and of one label alone. */
    {"SELECT brier_skill(.5, column1), d2_log_loss(.5, column1), calibration_intercept(.5, column1) FROM "
     "(VALUES "
     "(1), (0)) UNION ALL SELECT brier_skill(.5, 0), d2_log_loss(.5, 0), calibration_intercept(.5, 0) UNION "
     "ALL "
     "SELECT brier_skill(.5, 1), d2_log_loss(.5, 1), calibration_intercept(.5, 1)",
     "0.0|0.0|0.0\n||\n||"},
    /* A probability of 0 beside the least that a logarithm is taken of. */
    {"SELECT json_extract(evaluate_binary(column1, column2), '$.log_loss') FROM (VALUES (0, 1), "
     "(2.220446049250313e-16, 1), (.5, 0))",
     "24.2601513195981"},
    /* One negative, little weight, negatives alone at a score between positives, and more steps than a list
       has. */
    {"SELECT partial_roc_auc(column1, column2, .5), ks(column1, column2, .25) FROM (VALUES (.5, 0), (.6, 1), "
     "(.4, "
     "1))",
     "0.666666666666667|0.5"},
    /* The double nearest to 1/7 is below it, so that one false positive of 7 is beyond, and the positives
       after it do not count. */
    {"SELECT partial_roc_auc(column1, column2, 1 / 7.0, column3) = 0.5512820512820513 FROM (VALUES (100, 1, "
     "1), (90, 0, 1), (50, 1, 5), (40, 0, 1), (39, 0, 1), (38, 0, 1), (37, 0, 1), (36, 0, 1), (35, 0, 1))",
     "1"},
    {"SELECT json_extract(x, '$.low'), json_extract(x, '$.high'), json_extract(x, "
     "'$.se') FROM (SELECT pr_auc_ci(column1, column2) AS x FROM (VALUES (.8, 1), (.6, 0), (.4, 1), (.3, "
     "0), "
     "(.2, 1)))",
     "0.125|1.0|0.266150361516026"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT "
     "average_precision(i, 1), pr_auc(i, 1) FROM n",
     "1.0|1.0"},
    /* A slope of 1 or -1; fits of one length; one that lacks what the one before had. */
    {"SELECT calibrate('{\"method\":\"platt\",\"slope\":1,\"intercept\":0}', 2), "
     "calibrate('{\"method\":\"platt\",\"slope\":-1,\"intercept\":0}', 2)",
     "0.880797077977882|0.119202922022118"},
    {"SELECT calibrate(column1, 0.5) FROM (VALUES "
     "('{\"method\":\"platt\",\"slope\":2,\"intercept\":0}'), "
     "('{\"method\":\"platt\",\"slope\":1,\"intercept\":0}'))",
     "0.731058578630005\n0.622459331201855"},
    {"SELECT calibrate('{\"method\":\"platt\",\"slope\":2,\"intercept\":0}', 0.5), "
     "calibrate('{\"method\":\"platt\",\"slope\":2}', 0.5)",
     "!" OUT_OF_RANGE},
    /* Members that are not read. */
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0,\"temperature\":5}', 0.5), "
     "calibrate(CAST(x'"
     "7b226d6574686f64223a22706c617474222c22736c6f7065223a312c22696e74657263657074223a302c2278223a22ff227d' "
     "AS TEXT), 0.5)",
     "0.5|0.622459331201855"},
    /* Numbers of one character, and scores below points that are too far apart. */
    {"SELECT calibrate(f, 0), calibrate(f, 8), calibrate(f, 4.5) FROM (SELECT "
     "'{\"method\":\"isotonic\",\"x\":[0,1,2,3,4,5,6,7,8],\"y\":[0,0,0,0,0,1,1,1,1]}' AS f)",
     "0.0|1.0|0.5"},
    {"SELECT calibrate('{\"method\":\"isotonic\",\"x\":[0,1e999],\"y\":[0.25,0.75]}', -1), "
     "calibrate('{\"method\":\"isotonic\",\"x\":[-1.7e308,1.7e308],\"y\":[0.25,0.75]}', -1.75e308)",
     "0.25|0.25"},
    /* The value at a point, to the last bit. */
    {"SELECT calibrate(f, 2) = 0.06, calibrate(f, 3) = 0.87 FROM (SELECT "
     "'{\"method\":\"isotonic\",\"x\":[0,0.001,0.002,2,3,1000],\"y\":[0,0,0,0.06,0.87,0.9]}' AS f)",
     "1|1"},
    /* Scores just below 0 or above 1 are no probabilities; weights that add up to Infinity; a beta fit
       without b. */
    {"SELECT platt_fit(column1, column2) FROM (VALUES (-.5, 0), (.5, 1), (.6, 0))",
     "{\"method\":\"platt\",\"slope\":0.7448098177195182,\"intercept\":-0.6185766564533381,\"rows\":3,\"log_"
     "loss_before\":null,\"log_loss_after\":0.5834887302091041,\"converged\":true}"},
    {"SELECT json_extract(platt_fit(column1, column2), '$.log_loss_before') FROM (VALUES (1.5, 0), "
     "(.5, 1), (.6, 0))",
     ""},
    {"SELECT json_extract(platt_fit(column1, column2, column3), '$.slope') FROM (VALUES (1.5, 1, "
     "1e308), (.5, 1, 1.5e308), (.6, 0, 1e308))",
     "2.22529538599086"},
    {"SELECT json_extract(beta_fit(column1, column2), '$.a') FROM (VALUES (.5, 0), (.9, 1), (.7, 1), "
     "(.95, 0), (.1, 0), (.1, 1))",
     "0.10104999240211"},
    {"SELECT json_extract(beta_fit(column1, column2), '$.why') FROM (VALUES (.5, 0), (.6, 0))",
     "all labels are alike"},
};

/* Fits of weights so far apart that the first steps go beyond the maximum, to where the likelihood is flat.
 * All bits are compared; mpmath differs by no more than two units of the last one. */
static const Corner far_apart[] = {
    {"SELECT calibration_slope(column1, column2, column3) = -1.8665270150170283 FROM (VALUES (1e-9, 0, "
     "7e-6), "
     "(1e-9, 1, 1e4), (.4, 0, 7e1), (.8, 0, 7e-6), (.8, 1, 3e-6))",
     "1"},
    /* The log likelihood is as small as its weights, and so is its slope. */
    {"SELECT calibration_slope(column1, column2, column3) = 9.268062670940061 FROM (VALUES (.5000001, 0, "
     "1e-41), (.5000001, 1, 7e-41), (.6, 0, 1e-40), (.6, 1, 3e-38))",
     "1"},
    {"SELECT json_extract(x, '$.slope') = 16.71367445976098, json_extract(x, '$.intercept') = "
     "-2.383401985914724 FROM (SELECT platt_fit(column1, column2, column3) AS x FROM (VALUES (.001, 0, "
     "7e32), "
     "(.001, 1, 7e29), (.1, 0, 1e28), (.1, 1, 1e32), (.5000001, 0, 7e29), (.5000001, 1, 1e28), (.9, 0, "
     "7e30), "
     "(.9, 1, 1e32)))",
     "1|1"},
    {"SELECT json_extract(x, '$.a'), json_extract(x, '$.b') = 0.5969681511865248, json_extract(x, '$.c') = "
     "0.2610943808230692 FROM (SELECT beta_fit(column1, column2, column3) AS x FROM (VALUES (.2, 1, 3), "
     "(.30000000000000004, 0, 2), (.30000000000000004, 1, 3e-20), (.999, 0, 3e-19), (.999, 1, 2)))",
     "0.0|1|1"},
    {"SELECT calibration_slope(column1, column2, column3) = -0.0383314443139506 FROM (VALUES (1e-9, 0, "
     "2e30), "
     "(1e-9, 1, 1e30), (.1, 0, 3e30), (.1, 1, 1e28), (.5, 0, 2e30), (.5, 1, 1e30))",
     "1"},
    /* The fit of both features does not converge: of a alone and b alone it is the one with the lower loss.
     */
    {"SELECT json_extract(x, '$.a'), json_extract(x, '$.b') = 33.703706029433008 FROM (SELECT "
     "beta_fit(column1, column2, "
     "column3) AS x FROM (VALUES (.3, 0, 3e-217), (.3, 1, 3e-210), (.5000001, 0, 3e-205), (.5000001, 1, "
     "7e-190), (.7, 0, 1e-211), (.7, 1, 7e-189)))",
     "0.0|1"},
    {"SELECT json_extract(x, '$.a'), json_extract(x, '$.b') = 271.24000096944593 FROM (SELECT "
     "beta_fit(column1, "
     "column2, column3) AS x FROM (VALUES (.4, 0, 1e6), (.4, 1, 1), (.5, 0, 1), (.5, 1, 3e15), (.999999999, "
     "0, "
     "3e-20), (.999999999, 1, 1e20)))",
     "0.0|1"}, /* both lose 5.145135620085636e-19 */
    /* Both slopes are negative after steps that were too long. */
    {"SELECT json_extract(x, '$.a', '$.b'), json_extract(x, '$.c') = -2.4850099014130205 FROM (SELECT "
     "beta_fit(column1, column2, column3) AS x FROM (VALUES (.5, 0, 1e-42), (.5, 1, 1e-40), (.7, 0, 7e-40), "
     "(.7, 1, 7e-44), "
     "(.9, "
     "0, 3e-40), (.9, 1, 3e-45), (.999999999, 0, 2e-40), (.999999999, 1, 1e-49)))",
     "[0.0,0.0]|1"},
    /* Log odds near 200, which steps of about 1 reach just in time: -ln(2e-85) / ln 3, and one step too many.
     */
    {"SELECT calibration_slope(column1, column2, column3) = 177.52084856102624 FROM (VALUES (.25, 0, 1), "
     "(.25, 1, 2e-85), (.75, 0, "
     "2e-85), (.75, 1, 1)) UNION ALL SELECT calibration_slope(column1, column2, column3) FROM (VALUES (.25, "
     "0, "
     "1), (.25, 1, 5e-86), (.75, 0, 5e-86), (.75, 1, 1))",
     "1\n"},
    /* Neighbours among doubles with one logarithm, while those of their complements differ: b alone,
       which is 2^54 ln 6. */
    {"SELECT json_extract(x, '$.a'), json_extract(x, '$.b') = 32277469111812104.0 FROM (SELECT "
     "beta_fit(column1, column2, column3) AS x FROM (VALUES (0.35500000000000004, 0, 2), "
     "(0.35500000000000004, 1, 1), "
     "(0.3550000000000001, 0, 1), (0.3550000000000001, 1, 3)))",
     "0.0|1"},
    /* Temperatures within two units of their last bit (mpmath). */
    {"SELECT json_extract(temperature_fit(column1, column2, column3), '$.temperature') = 57.38480501186285 "
     "FROM (VALUES ('[-97.58, -8.44, 6.0]', 1, 1e6), ('[121.42, 48.85, 10.12]', 0, 0.001), ('[65.35, -72.63, "
     "-21.07]', 1, 1000.0))",
     "1"},
    {"SELECT json_extract(temperature_fit(column1, column2, column3), '$.temperature') = 0.9730619847527049 "
     "FROM (VALUES ('[0.47, -0.18, 0.0]', 2, 5), ('[-0.03, 0.16, -0.07]', 1, 1000.0), ('[0.07, 0.21, 0.29]', "
     "0, 1000.0), ('[0.11, -0.28, -0.13]', 2, 2))",
     "1"},
};

/* Pairs of two predictions, of which so many are right in both, in a alone, in b alone, in neither. */
#define PAIRS(both, a, b, none)                                                                              \
  "(WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 43) SELECT "                  \
  "mcnemar_test(column1, column2, 1) AS x FROM n JOIN (VALUES (1, 1, " both "), (1, 0, " a "), (0, 1, " b    \
  "), (0, 0, " none ")) ON i <= column3)"
#define NEWCOMBE(both, a, b, none)                                                                           \
  "SELECT json_extract(x, '$.statistic'), json_extract(x, '$.mid_p'), json_extract(x, '$.low'), "            \
  "json_extract(x, '$.high'), json_extract(x, '$.note') FROM " PAIRS(both, a, b, none)

static const Corner tests[] = {
    /* Newcombe's intervals (mpmath): the correlation of the pairs is corrected to 0 and not beyond, or is
     * undefined. */
    {NEWCOMBE("1", "0", "0", "1"), "|1.0|-0.573419467969717|0.573419467969717|"},
    {NEWCOMBE("1", "2", "0", "2"), "0.5|0.25|-0.162614794481938|0.726436164874867|"},
    {NEWCOMBE("2", "0", "0", "1"), "|1.0|-0.471377415658369|0.471377415658369|"},
    {NEWCOMBE("0", "1", "1", "0"), "0.0|1.0|-0.810937588531539|0.810937588531539|"},
    {NEWCOMBE("1", "1", "0", "0"), "0.0|0.5|-0.272572785113182|0.905468794265769|"},
    /* 1 to the last digit: where both are right equally often, and where they differ by one pair. */
    {"SELECT x LIKE '%\"mid_p\":1.0,%' FROM " PAIRS("0", "14", "14", "0"), "1"},
    {"SELECT x LIKE '%\"p_value\":1.0,%' FROM " PAIRS("0", "43", "42", "0"), "1"},
    {"SELECT p_adjust('[0.9,0.95,0.99,0.97]', 'holm'), p_adjust('[0.2,0.9,0.95,1,0.1,0.001]', 'bh')",
     "[1.0,1.0,1.0,1.0]|[0.4000000000000001,1.0,1.0,1.0,0.30000000000000004,0.006]"},
    /* No outcome below is as unlikely. */
    {"SELECT json_extract(binomial_test(3, 3, 0.4), '$.p_value'), json_extract(binomial_test(4, 5, 0.3), "
     "'$.p_value'), json_extract(binomial_test(9, 10, 0.3), '$.p_value')",
     "0.064|0.03078|0.0001436859"},
    /* Weights so far apart that an expected count is 0 in doubles, or a statistic Infinity. */
    {"SELECT json_extract(chi2_test(s), '$.cramers_v') FROM (SELECT 1 AS i, class_set(column1, column2, "
     "column3) AS s FROM (VALUES (1, 1, 1e20), (2, 1, 1e-305), (1, 2, 1e20)) UNION ALL SELECT 2, "
     "class_set(column1, column2, column3) FROM (VALUES (1, 1, 1e20), (2, 2, 1e-305))) GROUP BY i",
     "0.0\n"},
    /* 1 where each class of a goes with one of b, although the root of the rounded share is above. */
    {"SELECT json_extract(chi2_test((SELECT class_set(column1, column1, column2) FROM (VALUES (1, 11), (2, "
     "22000022)))), '$.cramers_v') = 1",
     "1"},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(fits);
  CHECK_ALL(far_apart);
  CHECK_ALL(tests);
  sqlite3_close(db);
  return end_of_tests();
}
