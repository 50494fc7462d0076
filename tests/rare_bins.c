/* Bins, edges and curves of unusual scores: next to an edge or at it, infinite, with fractional weights or
 * very large ones. Each query is compared with its only correct result, or with a part of the error message.
 */
#include "corner.h"
#include "tables.h"

static const Corner bins[] = {
    /* 29 / 100 times 100 is below 29 in doubles, and 0.3 / (0.3 + 0.2) times 10 is 6, but the quotient of the
       sums is below. */
    {"SELECT bin, typeof(bin), typeof(rows) FROM calibration_curve((SELECT score_set(column1, "
     "column2, column3) FROM (VALUES (.1, 0, 14.5), (.2, 1, 35.5))), 100, 'quantile')",
     "0|integer|real\n29|integer|real"},
    {"SELECT bin FROM calibration_curve((SELECT score_set(column1, column2, column3) FROM (VALUES "
     "(.1, 0, .3), (.2, 1, .2))), 10, 'quantile')",
     "0\n5"},
    /* 0.3 is below 3 / 10. */
    {"SELECT group_concat(bin) FROM calibration_curve((SELECT score_set(column1, column2) FROM "
     "(VALUES (.3, 0), (.35, 0), (.8, 0))), 10)",
     "2,3,8"},
    /* Scores at edges, and beyond the last. */
    {"SELECT bin, rows FROM calibration_curve((SELECT score_set(column1, column2) FROM (VALUES (.1, "
     "0), (.2, 0), (.3, 0), (.8, 0), (.5, 1), (.9, 1), (.95, 1), (.6, 1), (1, 1))), "
     "'[0,0.3,0.5,0.7,1]')",
     "0|2\n1|1\n2|2\n3|4"},
    /* Edges are not shares of the rows. */
    {"SELECT bin, lo, hi FROM calibration_curve((SELECT score_set(column1, column2) FROM (VALUES (.1, "
     "0), (.2, 0), (.3, 0), (.8, 0), (.5, 1))), '[0,0.5,1]', 'quantile')",
     "0|0.0|0.5\n1|0.5|1.0"},
    /* The first score ends a bit before the edge. */
    {"SELECT rows, positives FROM lift_curve((SELECT score_set(column1, column2, column3) FROM "
     "(VALUES (.9, 1, 0.49999999999999994), (.2, 0, 0.5))), 2)",
     "0.5|0.5\n0.5|0.0"},
    /* Rows times bins of more than 64 bits: a row just above an edge, and one at it. */
    {"SELECT max(bin) FROM calibration_curve((SELECT score_set(column1, column2, column3) FROM "
     "(VALUES (.1, 0, 1336569132820), (.2, 1, 16255616923942))), 1000000000, 'quantile')",
     "75975159"},
    {"SELECT max(bin) FROM calibration_curve((SELECT score_set(column1, column2, column3) FROM "
     "(VALUES (.1, 0, 8796093022208), (.2, 1, 8796093022209))), 1073741824, 'quantile')",
     "536870911"},
};

static const Corner edges[] = {
    /* The same edges, written otherwise, in up to 511 bytes. */
    {"SELECT psi(.5, 1, t) IS NULL FROM (SELECT '[1,2]' AS t UNION ALL SELECT '[1,2' || printf('%506s', '') "
     "|| ']')",
     "1"},
    {"SELECT psi(.5, 1, t) IS NULL FROM (SELECT '[1,2]' AS t UNION ALL SELECT '[1,2' || printf('%507s', '') "
     "|| ']')",
     "!psi: bins changed from '[1.0,2.0]' to '[1,2 "},
    /* Edges that do not ascend. */
    {"SELECT ece(.5, 1, '[1,0]')", "!bins cannot be text '[1,0]'"},
    {"SELECT ece(.5, 1, '[1,0,2]')", "!bins cannot be text '[1,0,2]'"},
    {"SELECT ece(.5, 1, '[0,0,1]')", "!bins cannot be text '[0,0,1]'"},
    /* Numbers of one character. */
    {"SELECT ece(.5, 1, '[0,1,2,3,4,5,6,7,8,9]')", "0.5"},
    /* Texts of one length. */
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.1, 0, '[0,0.2,1]'), (.15, 0, '[0,0.1,1]'))",
     "!bins changed from '[0.0,0.2,1.0]' to '[0,0.1,1]'"},
    /* More edges than are compared by their numbers, as saved states write them and otherwise. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 300), e AS (SELECT "
     "'[' || group_concat(i / 300.0, ',') || ']' AS e FROM n) SELECT ece(column1, column2, e) FROM "
     "(VALUES (.1, 0), (.15, 0)), e",
     "0.125"},
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 300), e AS (SELECT "
     "'[' || group_concat(printf('%.3f', i / 300.0), ', ') || ']' AS e FROM n) SELECT ece(column1, "
     "column2, e) FROM (VALUES (.1, 0), (.15, 0)), e",
     "0.125"},
    /* The longest other text that is compared by its numbers, and the next. */
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.1, 0, '[0,1]'), (.15, 0, '[0,' || "
     "printf('%507s', '1') || ']'))",
     "0.125"},
    {"SELECT ece(column1, column2, column3) FROM (VALUES (.1, 0, '[0,1]'), (.15, 0, '[0,' || "
     "printf('%508s', '1') || ']'))",
     "!bins changed from '[0.0,1.0]' to '[0, "},
};

static const Corner curves[] = {
    /* Segments of one slope, by fractional weights. */
    {"SELECT * FROM roc_curve((SELECT score_set(column1, column2, column3) FROM (VALUES (.9, 1, .5), "
     "(.9, 0, .25), (.7, 1, 1), (.7, 0, .5), (.5, 0, 1.5))))",
     "Inf|0.0|0.0\n0.7|0.333333333333333|1.0\n0.5|1.0|1.0"},
    /* At most five points: two are a step of 4/(points - 1) · (1 + 2^-40) apart, and then a little more. */
    {"SELECT group_concat(cutoff, ' ') FROM roc_curve((SELECT score_set(column1, column2, column3) FROM "
     "(VALUES (0.9, 1, 274877906944), (0.8, 1, 274877906945), (0.8, 0, 549755813888), (0.7, 1, "
     "549755813887), (0.7, 0, 549755813888))), 5)",
     "Inf 0.8 0.7"},
    {"SELECT group_concat(cutoff, ' ') FROM roc_curve((SELECT score_set(column1, column2, column3) FROM "
     "(VALUES (0.9, 1, 274877906944), (0.8, 1, 274877906946), (0.8, 0, 549755813888), (0.7, 1, "
     "549755813886), (0.7, 0, 549755813888))), 5)",
     "Inf 0.9 0.8 0.7"},
    /* Both ends. */
    {"SELECT count(*) FROM roc_curve((SELECT score_set(column1, column2) FROM (VALUES (.9, 1), (.8, "
     "0), (.7, 1), (.6, 0), (.5, 1), (.4, 0))), 2)",
     "2"},
    {"SELECT fpr, tpr FROM roc_curve((SELECT score_set(column1, column2) FROM (VALUES (.9, 1), (.8, "
     "0), (.7, 1), (.6, 0), (.5, 1), (.4, 0))), 4)",
     "0.0|0.0\n0.666666666666667|0.666666666666667\n1.0|1.0"},
    /* Corners a little nearer than a step, and a little further: the step has a margin of 2^-40. */
    {"SELECT count(*) FROM roc_curve((SELECT score_set(column1, column2, column3) FROM (VALUES (.9, "
     "1, 1), (.5, 1, 2199023255552), (.5, 0, 2199023255552), (.1, 0, 1))), 3)",
     "2"},
    {"SELECT count(*), sum(fpr > 0 AND fpr < 1) FROM roc_curve((SELECT score_set(column1, column2, "
     "column3) FROM (VALUES (.9, 1, 4398046511103), (.5, 0, 7), (.3, 1, 1), (.1, 0, 4398046511097))), "
     "5)",
     "3|0"},
};

static const Corner samples[] = {
    /* Products of counts from 2^61 to 2^63. */
    {"SELECT wasserstein(column1, column2, column3) FROM (VALUES (0, 0, 1610612736), (1, 1, "
     "8589934592), (2, 0, 6979321856))",
     "1.0"},
    {"SELECT wasserstein(column1, column2, column3) FROM (VALUES (0, 0, 268435456), (1, 1, "
     "8589934592), (2, 0, 8321499136))",
     "1.0"},
    /* Infinite scores, and equal shares before them. */
    {"SELECT wasserstein(column1, column2, column3) FROM (VALUES (0, 0, 536870912), (9e999, 1, "
     "8589934592), (9e999, 0, 8053063680))",
     "Inf"},
    {"SELECT wasserstein(column1, column2, column3) FROM (VALUES (-9e999, 0, .5), (0.5, 1, 1.5), "
     "(0.7, 0, 2.5), (0.3, 1, .25))",
     "Inf"},
    {"SELECT wasserstein(column1, column2, column3) FROM (VALUES (1, 0, .5), (1, 1, .5), (9e999, 0, "
     ".5), (9e999, 1, .5))",
     "0.0"},
    /* One degree of freedom. */
    {"SELECT psi_expected((SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.2, 0), (.6, 0), "
     "(.8, 0), (.3, 1), (.9, 1), (.95, 1))), 2)",
     "{\"psi\":0.11552453009332421,\"expected\":0.5833333333333333,\"p_value\":0.656305908801365,\"bins\":"
     "2}"},
    /* Only one sample. */
    {"SELECT count(*) FROM psi_table((SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.2, "
     "0))))",
     "0"},
    {"SELECT bin, hi FROM psi_table((SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.2, "
     "0), (.6, 0), (.8, 0), (.3, 1), (.9, 1), (.95, 1))), 3)",
     "0|0.2\n1|0.6\n2|Inf"},
    /* Quantiles next to an infinite score, and half way between numbers whose mean is rounded either way. */
    {"SELECT * FROM psi_table((SELECT score_set(column1, column2) FROM (VALUES (9e999, 0), (.2, 0), "
     "(.3, 1), (.1, 1))), 2)",
     "0|-Inf|Inf|1.0|1.0|0.0\n1|Inf|Inf|0.0|0.0|0.0"},
    {"SELECT printf('%.17g', hi) FROM psi_table((SELECT score_set(column1, column2) FROM (VALUES "
     "(1.2, 0), (8.299999999999999, 0), (.3, 1), (.1, 1))), 2)",
     "4.75\nInf"},
    /* Quantiles by fractional weights. */
    {"SELECT * FROM psi_table((SELECT score_set(column1, column2, column3) FROM (VALUES (.1, 0, .5), "
     "(.2, 0, 1.5), (.6, 0, .25), (.8, 0, 1), (.3, 1, 1), (.9, 1, 1), (.95, 1, .5))), 4)",
     "0|-Inf|0.2|0.615384615384615|0.0|5.36825524363329\n1|0.2|0.8|0.384615384615385|0.4|0."
     "000603395586973558\n2|0.8|Inf|0.0|0.6|5.21883889745129"},
};

static const Corner probabilities[] = {
    /* The ECE of evaluate_binary(): scores next to edges, in the order of the labels. */
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.95, 0), (.8999999999999999, 1)))",
     "1.550546394605908|0.525"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.25, 0), (.30000000000000004, 0), (.25, "
     "1)))",
     "0.6768837925034679|0.266666666666667"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.25, 0), (.3, 0), (.35, 1)))",
     "0.5647263802963969|0.4"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.29999999999999993, 0), (.35, 1)))",
     "0.703248534218705|0.475"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.2, 0), (.9, 0), (.2, 1), (.35, 1)))",
     "1.296247170310258|0.5375"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (.1, 1), (.2, 1), (1, 1), (.1, 0), (1, 0)))",
     "8.012207382040625|0.52"},
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2, column3) AS e FROM (VALUES (.05, 0, .5), (.15, 1, 1.5), (.25, "
     "0, .5), (.35, 1, 2)))",
     "1.136624868832409|0.605555555555556"},
    /* 0 is taken for 2^-52. */
    {"SELECT printf('%.17g', json_extract(e, '$.log_loss')), json_extract(e, '$.ece') FROM (SELECT "
     "evaluate_binary(column1, column2) AS e FROM (VALUES (0, 0), (2.220446049250313e-16, 0)))",
     "2.220446049250313e-16|1.11022302462516e-16"},
    /* More rows than are read at once, from 0 to 1. */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT "
     "json_extract(e, '$.log_loss'), json_extract(e, '$.brier'), json_extract(e, '$.ece') FROM "
     "(SELECT evaluate_binary(i / 1000.0, i % 3 = 1) AS e FROM n)",
     "0.999485464392385|0.333166333666334|0.275924075924076"},
    /* The Brier score of the fit is rounded up. */
    {"SELECT miscalibration(column1, column2), discrimination(column1, column2) FROM (VALUES (0.4, "
     "1), (0.4, 1), (0.4, 0), (0.4, 0), (0.4, 0))",
     "0.0|0.0"},
    /* So far from even that every probability is 0 or 1 in doubles. */
    {"SELECT calibration_intercept(column1, column2, column3) FROM (VALUES (.2, 1, 1e160), (.3, 0, "
     "1e-160))",
     ""},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  sqlite3 *db = open_bare();
  CHECK_ALL(bins);
  CHECK_ALL(edges);
  CHECK_ALL(curves);
  CHECK_ALL(samples);
  CHECK_ALL(probabilities);
  sqlite3_close(db);
  return end_of_tests();
}
