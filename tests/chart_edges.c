/* Charts where something begins or ends: the number of classes, rows or models that are drawn, the last bin,
 * one number, no finite number, the ends of the calendar. Each query has its only correct result. */
#include "corner.h"
#include "tables.h"

#define FOUR_SCORES                                                                                          \
  "(SELECT score_set(column1, column2) AS s FROM (VALUES (0, 0), (.4, 0), (.35, 1), (.8, 1)))"
#define ONE_SCORE "(SELECT score_set(.5, 1) AS s)"
#define LINE_0    "<path class=\"line s0\"%"
#define LINE_1    "<path class=\"line s1\"%"

static const Corner charts[] = {
    /* Of more than twelve classes the heaviest have places, also the first one. */
    {"SELECT confusion_svg(s) LIKE '%>aa</text>%>other</text>%' FROM (SELECT class_set(value, value, 1 + "
     "(value = "
     "'aa')) AS s FROM json_each('[\"aa\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\", "
     "\"k\", \"l\", \"m\", \"n\"]'))",
     "1"},
    /* Of two models each has places for six classes. */
    {"SELECT confusion_svg(s, m) FILTER (WHERE n = 6) LIKE '%>other<%', confusion_svg(s, m) FILTER (WHERE n "
     "= 7) "
     "LIKE '%>other<%' FROM (SELECT a.value AS m, b.value AS n, class_set(c.value, c.value) AS s FROM "
     "json_each('[1, 2]') AS a, json_each('[6, 7]') AS b, json_each('[1, 2, 3, 4, 5, 6, 7]') AS c WHERE "
     "c.value <= "
     "b.value GROUP BY 1, 2)",
     "0|1"},
    /* Class 4096 is the last that is looked at; those behind it are among the others. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4200) SELECT replace(line, "
     "' ', '') "
     "FROM confusion_plot((SELECT class_set(CASE WHEN i > 4096 THEN 1 ELSE i END, i, 1 + 2 * (i IN (4096, "
     "4097))) FROM "
     "n), 80) WHERE line LIKE '%4096%' OR line LIKE 'other%'",
     "\xe2\x94\x82"
     "123456789104096other\n4096\xe2\x94\x82"
     "00000000003\xe2\x96\x88"
     "0\nother\xe2\x94\x82"
     "106\xe2\x96\x91"
     "00000000004085\xe2\x96\x88"},
    /* What is not drawn is told. */
    {"SELECT (SELECT line FROM calibration_plot(s) WHERE line LIKE 'and %'), (SELECT line FROM "
     "cutoff_plot(s) WHERE "
     "line LIKE 'and %'), (SELECT line FROM lift_plot(s) WHERE line LIKE 'and %'), (SELECT line FROM "
     "histogram_plot(s) WHERE line LIKE 'and %') FROM (SELECT score_sets(value, 0.1, 1) AS s FROM "
     "json_each('[1, 2, "
     "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]'))",
     "and 1 more, which is not drawn|and 1 more, which is not drawn|and 1 more, which is not drawn|and 1 "
     "more, which "
     "is not drawn"},
    {"SELECT (SELECT line FROM confusion_plot(c) WHERE line LIKE 'and %'), (SELECT line FROM "
     "residual_plot(p) WHERE "
     "line LIKE 'and %'), (SELECT line FROM trend_plot(t) WHERE line LIKE 'and %') FROM (SELECT "
     "class_sets(value, 1, "
     "1) AS c, pred_sets(value, 1, 1) AS p, trend_points(1, 2, value) AS t FROM json_each('[1, 2, 3, 4, 5, "
     "6, 7, 8, "
     "9, 10, 11, 12, 13]'))",
     "and 7 more, which are not drawn|and 7 more, which are not drawn|and 1 more, which is not drawn"},
    /* All years of dates are fewer than five of the largest steps by a little; years have four digits. */
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('0000-01-01', 0), "
     "('9999-12-31', 5))), 60, 12) WHERE line LIKE '%2000%'",
     "0000       2000        4000       6000        8000"},
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('0500-01-01', 0), "
     "('0503-12-31', 5))), 60, 12) WHERE line LIKE '%501%'",
     "0500          0501           0502          0503"},
    /* Where ticks are hours, midnight is a date; a second is enough for two ticks. */
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-01 22:00', "
     "0), "
     "('2026-09-02 02:00', 5))), 60, 12) WHERE line LIKE '%22:00%'",
     "09-01 22:00                  09-02      09-02 01:00"},
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('1970-01-01', 0), "
     "('1970-01-01 00:00:01', 5))), 60, 12) WHERE line LIKE '%00:00%'",
     "00:00:00                                            00:00:01"},
    /* Scores a little outside 0 to 1 are no probabilities. */
    {"SELECT s.column1, group_concat(metric) FROM (VALUES (-0.5), (0), (1), (1.5)) s, evaluate((SELECT "
     "score_set(column1, column2) FROM (VALUES (s.column1, 0), (0.25, 1)))) WHERE note LIKE 'a score is "
     "not%' GROUP "
     "BY 1",
     "-0.5|log_loss,brier,ece\n1.5|log_loss,brier,ece"},
    /* An integral weight k counts as k rows, however large; fractional ones remain weights. */
    {"SELECT residual_svg(p) LIKE '%RMSE 1.267, R\xc2\xb2 0.700.<%' FROM (SELECT pred_set(column1, column2, "
     "column3) AS p FROM (VALUES (1, 2, 7e12), (2, 2.5, 1e12), (5, 7, 3e12), (0, 0, 1e12)))",
     "1"},
    {"SELECT residual_svg(p) LIKE '%RMSE 1.631, R\xc2\xb2 0.481.<%' FROM (SELECT pred_set(column1, column2, "
     "column3) AS p FROM (VALUES (1, 2, 7), (2, 2.5, 1), (4, 1, 0.5), (4, 1, 0.5), (4, 1, 0.5), (4, 1, "
     "0.5), (5, 7, 3), (0, 0, 1)))",
     "1"},
    /* evaluate() takes the level and has the notes of the _ci functions. */
    {"SELECT group_concat(metric || ' ' || round(value, 3) || ' ' || round(low, 3) || ' ' || note, '; ') "
     "FROM evaluate((SELECT "
     "score_set(column1, column2) FROM (VALUES (.1, 0), (.2, 0), (.9, 1), (.8, 1), (.8, 1))), 0.8) WHERE "
     "metric IN ('roc_auc', "
     "'ks', 'ece')",
     "roc_auc 1.0 0.549 AUC is 1: low is m/(m + z\xc2\xb2), m being the number of rows of the smaller class; "
     "ks 1.0 1.0 "
     "approximate: samples of rows overestimate this metric; ece 0.16 0.0 approximate: samples of rows "
     "overestimate this "
     "metric"},
    {"SELECT count(low), round(max(low), 3), round(max(CASE metric WHEN 'accuracy' THEN low END), 3) FROM "
     "evaluate((SELECT "
     "class_set(column1, column2) FROM (VALUES ('a', 'a'), ('b', 'b'), ('a', 'b'), ('b', 'b'))), 0.9)",
     "7|0.5|0.356"},
    /* R2 of a chart: of equal rows, with fractional weights, of one row, and of 2^45 times three. */
    {"SELECT residual_svg(s) LIKE '%R\xc2\xb2 0.778.<%' FROM (SELECT pred_set(column1, column2) AS s FROM "
     "(VALUES (1, 1), (1, "
     "1), (1, 1), (2, 2.5), (3, 2.5), (3, 2.5)))",
     "1"},
    {"SELECT residual_svg(s) LIKE '%R\xc2\xb2 0.704.<%' FROM (SELECT pred_set(column1, column2, column3) AS "
     "s FROM (VALUES (1, "
     "1, .5), (1, 1, .5), (1, 1, .5), (2, 2.5, 1.5), (3, 2.5, .5), (3, 2.5, .5)))",
     "1"},
    /* Of more than 2^31 rows evaluate() has the values, and the intervals that need no samples. */
    {"WITH RECURSIVE s(n, p) AS (SELECT 0, (SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.4, "
     "0), (.35, 1), (.8, 1))) UNION ALL SELECT n + 1, (SELECT score_set(x) FROM (SELECT p AS x UNION ALL "
     "SELECT p)) FROM s WHERE n < 30) SELECT metric, value, low IS NULL, note LIKE 'more than 2147483648 "
     "rows%' FROM s, evaluate(p) WHERE n = 30 AND metric IN ('roc_auc', 'average_precision')",
     "roc_auc|0.75|0|\naverage_precision|0.833333333333333|1|1"},
    {"WITH RECURSIVE s(n, p) AS (SELECT 0, (SELECT class_set(column1, column2) FROM (VALUES ('a', 'a'), "
     "('b', 'b'), ('a', 'b'), ('b', 'b'))) UNION ALL SELECT n + 1, (SELECT class_set(x) FROM (SELECT p AS x "
     "UNION ALL SELECT p)) FROM s WHERE n < 30) SELECT metric, value, low IS NULL, note LIKE 'more than "
     "2147483648 rows%' FROM s, evaluate(p) WHERE n = 30 AND metric IN ('accuracy', 'f1_macro')",
     "accuracy|0.75|0|\nf1_macro|0.733333333333333|1|1"},
    {"WITH RECURSIVE s(n, p) AS (SELECT 0, (SELECT pred_set(column1, column2) FROM (VALUES (1, 1), (2, 2.5), "
     "(3, 2.5))) UNION ALL SELECT n + 1, (SELECT pred_set(x) FROM (SELECT p AS x UNION ALL SELECT p)) FROM s "
     "WHERE n < 30) SELECT metric, value, low IS NULL FROM s, evaluate(p) WHERE n = 30 AND note LIKE 'more "
     "than 2147483648 rows%'",
     "r2|0.666666666666667|1"},
    /* A report's means are exact, and so are their differences. */
    {"SELECT report_regression_html(column1, column2, 'm') LIKE '%<td>3<%<td>0.333<%<td>1<%' FROM (VALUES "
     "(1e16, 1e16), (1, 3), (-1e16, -1e16))",
     "1"},
    {"SELECT report_regression_html(column1, column2, 'm') LIKE "
     "'%<td>5.000</td><td>5.333</td><td>0.333</td>%' FROM (VALUES (5, 5 + 1e16), (5, 8), (5, 5 - 1e16))",
     "1"},
    /* The last row of so many that its share rounds to 1 belongs to the last tenth. */
    {"WITH RECURSIVE s(n, p) AS (SELECT 0, pred_set(1, 1) UNION ALL SELECT n + 1, (SELECT pred_set(x) FROM "
     "(SELECT p AS x UNION ALL SELECT p)) FROM s WHERE n < 55) SELECT report_regression_html((SELECT "
     "pred_set(x) FROM (SELECT p AS x UNION ALL SELECT pred_set(2, 5)))) LIKE "
     "'%<td>2.000</td><td>2.000</td><td>1</td><td>2.000</td><td>5.000</td><td>3.000</td><td>3.000</td>%' "
     "FROM s WHERE n = 55",
     "1"},
    {"SELECT residual_svg(s) LIKE '%R\xc2\xb2 undefined.<%' FROM (SELECT pred_set(1, 2) AS s)", "1"},
    {"WITH RECURSIVE s(n, p) AS (SELECT 0, (SELECT pred_set(column1, column2) FROM (VALUES (1, 1), (2, 2.5), "
     "(3, 2.5))) UNION "
     "ALL SELECT n + 1, (SELECT pred_set(x) FROM (SELECT p AS x UNION ALL SELECT p)) FROM s WHERE n < 45) "
     "SELECT "
     "residual_svg(p) LIKE '%R\xc2\xb2 0.667.<%' FROM s WHERE n = 45",
     "1"},
    {"SELECT report_html(s, 'm') LIKE '%<td>0.750<%<td>0.833<%<td>0.500<%<td>0.446<%<td>0.156<%<td>0.312<%' "
     "FROM " FOUR_SCORES,
     "1"},
    /* Of thirteen models twelve are drawn, with one line for the share of positives of all, and twelve are in
     * a table of bins. */
    {"SELECT v LIKE '%and 1 more%', (length(v) - length(replace(v, 'class=\"ref', ''))) / 10 FROM (SELECT "
     "pr_svg(s, value) AS v FROM " FOUR_SCORES ", json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13]'))",
     "1|1"},
    {"SELECT (length(v) - length(replace(v, '0.0 to 0.1', ''))) / 10 FROM (SELECT report_html(s, value) AS v "
     "FROM " FOUR_SCORES ", json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13]'))",
     "12"},
    /* Of weights whose sum is above all doubles no class is said to be rare or the only one. */
    {"SELECT p LIKE '%of one class%', p LIKE '%is rare%' FROM (SELECT report_classes_html(s, 'm') AS p FROM "
     "(SELECT class_set(column1, "
     "column2, 5e307) AS s FROM (VALUES (1, 1), (2, 2), (1, 2), (1, 1), (2, 2), (2, 2))))",
     "0|0"},
    {"SELECT p LIKE '%accuracy is not above%' FROM (SELECT report_classes_html(s, 'm') AS p FROM (SELECT "
     "class_set(column1, column2, "
     "1e308) AS s FROM (VALUES ('a', 'b'), ('b', 'c'), ('c', 'a'))))",
     "0"},
    /* A title has 100 columns in a chart, 200 in a report. */
    {"SELECT instr(p, '</title>') - instr(p, '<title>'), instr(c, '</title>') - instr(c, '<title>') FROM "
     "(SELECT "
     "report_html(s, 'm', t) AS p, roc_svg(s, '', t) AS c FROM " ONE_SCORE
     ", (SELECT replace(hex(zeroblob(150)), "
     "'0', 'n') AS t))",
     "207|107"},
    /* Charts of a report show the values and the bins of charts by themselves. */
    {"SELECT report_html(s, 'm') LIKE '%(AUC 0.750)%(AP 0.833)%(lift 2.00 in%' FROM " FOUR_SCORES, "1"},
    /* also of scores that are no probabilities */
    {"SELECT instr(report_html(s, 'm'), substr(h, instr(h, '<path class=\"shade f0'), 300)) > 0 FROM (SELECT "
     "s, histogram_svg(s) AS h FROM "
     "(SELECT score_set(column1, column2) AS s FROM (VALUES (-0.55, 0), (-0.15, 0), (-2.5, 1), (1.5, 1))))",
     "1"},
    {"SELECT report_html(s, 'm') LIKE '%(AUC 0.750)%(AP 0.833)%(ECE 0.312)%(lift 2.00 in%' FROM " FOUR_SCORES,
     "1"},
    {"SELECT report_html(s, 'm') LIKE '%" LINE_0
     "d=\"M117.6 300l282.8-250\"%' FROM (SELECT score_set(column1, "
     "column2) AS s FROM (VALUES (.2, 0), (.99, 1)))",
     "1"},
    /* Shares of positives that differ by 0.0015 have two lines, equal ones the first. */
    {"SELECT (length(p) - length(replace(p, 'class=\"ref\"', ''))) / 11 FROM (SELECT pr_svg(s, m) AS p FROM "
     "(SELECT "
     "m.value AS m, score_set(column1, column2, 5000 + (m.value = 2) * (30 * column2 - 15)) AS s FROM "
     "(VALUES (.9, "
     "1), (.1, 0)), json_each('[1, 2, 3, 4, 5]') m GROUP BY 1))",
     "3"},
    /* The first point counts, also where no row is on the wrong side. */
    {"SELECT det_svg(s) LIKE '%" LINE_0
     "d=\"M46 410h358\"%' FROM (SELECT score_set(column1, column2) AS s FROM "
     "(VALUES (.9, 1), (.1, 0)))",
     "1"},
    {"SELECT cutoff_svg(s, m) LIKE '%<desc>F1 over the cutoff%>F1</text>%' FROM (SELECT value AS m, "
     "score_set(column1, column2) AS s FROM (VALUES (.2, 0), (.9, 1)), json_each('[1, 2]') GROUP BY 1)",
     "1"},
    /* The lift of one row of a hundred, which is 1 %, is the highest. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT lift_svg(s) "
     "LIKE '%" LINE_0
     "d=\"M49.6 308l3.6 65l%' FROM (SELECT score_set(1 - i / 100.0, i = 1 OR i > 90) AS s FROM n)",
     "1"},
    /* The axis ends at the highest lift, here 1.67, whatever the rows below. */
    {"SELECT sum(line LIKE '1.0\xe2\x94\xa4%'), sum(line LIKE '2%\xe2\x94\xa4%') FROM lift_plot((SELECT "
     "score_set(column1, column2) FROM (VALUES (.9, 1), (.8, 0), (.7, 1), (.35, 1), (.1, 0))), 60, 24)",
     "1|0"},
    /* A sum of fractional weights is no number of rows: many are not why there are no intervals. All of one
     * score are noted all the same. */
    {"SELECT report_html(s, 'm') LIKE '%Intervals are left out%', report_html(e, 'm') LIKE '%all rows have "
     "the "
     "same score%', report_classes_html(c, 'm') LIKE '%Intervals are left out%', report_regression_html(p, "
     "'m') "
     "LIKE '%Intervals are left out%' FROM (SELECT score_set(column1, column2, 300000.5) AS s, "
     "score_set(0.6, "
     "column2, 300000.5) AS e, class_set(column2, 1, 300000.5) AS c, pred_set(column1, column2, 300000.5) AS "
     "p "
     "FROM (VALUES (.1, 0), (.2, 1), (.7, 1), (.8, 1), (.3, 0)))",
     "0|1|0|0"},
    /* A share of three in 10^13, of either class. */
    {"SELECT report_html(s, 'm') LIKE '%negatives are rare: 3.0e-11 %', report_html(t, 'm') LIKE '%positives "
     "are rare: 3.0e-11 %' FROM (SELECT score_set(column1, column2, column3) AS s, score_set(column1, 1 - "
     "column2, column3) AS t FROM (VALUES (.1, 0, 3), (.9, 1, 10000000000000)))",
     "1|1"},
    /* A report draws every kind of curve, with its key where there is a legend. */
    {"SELECT (length(h) - length(replace(h, 'class=\"line s0\"', ''))) / 15 FROM (SELECT report_html(sets) "
     "AS h FROM (SELECT score_sets('a', s) AS sets FROM " FOUR_SCORES "))",
     "16"},
    /* Intervals by resampling are those of 200 samples, in a report. */
    {"SELECT report_html(s) LIKE '%<small>0.377 to 0.954</small>%<small>0.000 to 0.382</small>%' FROM "
     "(SELECT score_sets('a', value * 37 % 101 / 101.0, value * value % 7 < 3) AS s FROM json_each('[1, 2, "
     "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]'))",
     "1"},
    /* Where all rows are positive, precision is 1 throughout, and there is no other curve of rates. */
    {"SELECT pr_svg(s) LIKE '%s0\" d=\"M46 50h358\"%', roc_svg(s) LIKE '%s0\" d=\"M46 410%' FROM " ONE_SCORE,
     "1|0"},
    /* Without positives no rate of them is drawn. */
    {"SELECT roc_svg(s) LIKE '%s0\" d=\"M46 410%', pr_svg(s) LIKE '%s0\" d=\"M46 50%', det_svg(s) LIKE "
     "'%s0\" d=\"M200%' FROM (SELECT score_set(value, 0) AS s FROM json_each('[0.1, 0.35, 0.7]'))",
     "0|0|0"},
    /* A cutoff of 0 has a line, an infinite one has none. */
    {"SELECT cutoff_svg(s) LIKE '%class=\"ref\" d=\"M46 %', "
     "cutoff_svg(i) LIKE '%class=\"ref\" d=%' FROM (SELECT score_set(0, 1) AS s), (SELECT score_set(column1, "
     "column2) "
     "AS i FROM (VALUES (9e999, 1), (0.5, 0), (0.25, 0)))",
     "1|0"},
    /* The last bin of each series; a class without rows lies flat; no finite score, and still an axis. */
    {"SELECT calibration_svg(s, m) LIKE '%" LINE_0 "h35.8v-90h35.8v90\"%" LINE_1
     "h35.8v-90h35.8v90\"%' FROM (SELECT "
     "value AS m, score_set(column1, column2) AS s FROM (VALUES (.2, 0), (.99, 1)), json_each('[1, 2]') "
     "GROUP BY 1)",
     "1"},
    {"SELECT histogram_svg(s) LIKE '%f0\" d=\"M46 300h9h8.9h9h%f1\"%' FROM " ONE_SCORE, "1"},
    {"SELECT sum(line LIKE '0.6%') FROM histogram_plot((SELECT score_set(9e999, 1)), 40, 10)", "1"},
    /* A class of one row is drawn, in the bin that begins at its score; two models have low panels. */
    {"SELECT histogram_svg(s) LIKE '%f1\" d=\"M46 300h9v-250h8.9v250h9h%', histogram_svg(s, m) LIKE '%0 0 "
     "420 426\"%' "
     "FROM (SELECT score_set(0.025, 1) AS s), (SELECT 1 AS m)",
     "1|0"},
    {"SELECT histogram_svg(s, m) LIKE '%0 0 420 426\"%' FROM (SELECT value AS m, score_set(0.5, 1) AS s FROM "
     "json_each('[1, 2]') GROUP BY 1)",
     "1"},
    /* Its legend has the line of each class. */
    {"SELECT histogram_svg(s) LIKE '%<desc>How the scores of each class%>Share of the class</text>\n" LINE_0
     "<tspan class=\"name\">negatives<%" LINE_1 "<tspan class=\"name\">positives<%' FROM " ONE_SCORE,
     "1"},
    /* Charts are the same however small all weights are, but for a number of rows. */
    {"SELECT roc_svg(a) = roc_svg(b), lift_svg(a) = lift_svg(b), histogram_svg(a) = histogram_svg(b) FROM "
     "(SELECT score_set(column1, column2) AS a, score_set(column1, column2, 1e-300) AS b FROM (VALUES (.1, "
     "0), (.4, 0), (.35, 1), (.8, 1), (.9, 1)))",
     "1|1|1"},
    {"SELECT line FROM histogram_plot((SELECT score_set(column1, 1, 1e-300) FROM (VALUES (9e999), (5))), 60, "
     "10) WHERE line LIKE '%finite%'",
     "1.0e-300 rows not finite"},
    /* The axis has the range of the finite scores, also of one. */
    {"SELECT trim(line) FROM histogram_plot((SELECT score_set(5, 1)), 60, 10) WHERE line LIKE '%5.2%' UNION "
     "ALL SELECT "
     "trim(line) FROM histogram_plot((SELECT score_set(column1, 1) FROM (VALUES (-9e999), (5), (6))), 60, "
     "10) WHERE line "
     "LIKE '%5.4%' UNION ALL SELECT trim(line) FROM histogram_plot((SELECT score_set(column1, 1) FROM "
     "(VALUES (9e999), "
     "(5), (6))), 60, 10) WHERE line LIKE '%5.4%'",
     "4.6        4.8         5.0        5.2        5.4\n5.0        5.2        5.4        5.6        5.8      "
     " 6.0\n5.0     "
     "   5.2        5.4        5.6        5.8       6.0"},
    /* Shades: above a quarter, a sixteenth and a 64th of the densest cell. */
    {"SELECT residual_svg(s) LIKE '%\"l1 f0\" d=\"M46 220h9v-10.6h-9z\"%\"l2 f0\" d=\"M314.5 "
     "390h9v-10.6h-9zM46 "
     "135h9v-10.6h-9z\"%\"l3 f0\" d=\"M135.5 390h9v-10.6h-9zM395.1 390h9v-10.6h-9z\"%\"l4 f0\" d=\"M46 "
     "390h9v-10.6h-9zM225 390h9v-10.6h-9z\"%' FROM (SELECT pred_set(column1, column2, column3) AS s FROM "
     "(VALUES (0, 0, "
     "6400), (10, 0, 1600), (20, 0, 1601), (30, 0, 400), (40, 0, 401), (0, 20, 100), (0, 30, 101)))",
     "1"},
    /* Up to 2400 rows are points, of two models 1200 each. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2402) SELECT "
     "residual_svg((SELECT "
     "pred_set(i % 50, i % 49) FROM n WHERE i <= 2400)) LIKE '%\"cloud%', residual_svg((SELECT pred_set(i % "
     "50, i % 49) "
     "FROM n WHERE i <= 2401)) LIKE '%\"cloud%', (SELECT residual_svg(s, m) LIKE '%\"cloud%' FROM (SELECT i "
     "% 2 AS m, "
     "pred_set(i % 50, i % 49) AS s FROM n GROUP BY 1))",
     "1|0|0"},
    /* Two models stand side by side, with names and one range. */
    {"SELECT residual_svg(s, m) LIKE '%0 0 420 308\"%M46 186.3h0\"%>1</tspan>: Target<%M263.1 50h0\"%M256 "
     "220l148-170\"%>5</tspan>: Target<%' FROM (SELECT value AS m, pred_set(value * value, value * 100) AS s "
     "FROM "
     "json_each('[1, 5]') GROUP BY 1)",
     "1"},
    {"SELECT residual_svg(s, m) LIKE '%>500</text>%' FROM (SELECT value AS m, pred_set(value * 100, value * "
     "value) AS s "
     "FROM json_each('[1, 5]') GROUP BY 1)",
     "1"},
    /* Cells in the last two rows and the last column are neighbours; two rows of 38 are more than 5 %. */
    {"SELECT line FROM residual_plot((SELECT pred_set(column1, column2, column3) FROM (VALUES (32, 30.6, "
     "20), (32, 32, "
     "20), (0, 0, 1))), 60, 10) WHERE line LIKE 'RMSE%'",
     "RMSE 0.978, R\xc2\xb2 0.960, all but 1 row close together"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 38) SELECT sum(line LIKE "
     "'%close%') "
     "FROM residual_plot((SELECT pred_set(i + 1000 * (i <= 2), i) FROM n), 72)",
     "0"},
    /* Axes around one number, and where no number is finite. */
    {"SELECT line FROM residual_plot((SELECT pred_set(5, 5)), 40, 10) WHERE line LIKE '% 5.2 %'",
     "      4.6    4.8     5.0    5.2    5.4"},
    {"SELECT replace(line, ' ', '') FROM residual_plot((SELECT pred_set(9e999, 9e999)), 40, 10) WHERE line "
     "LIKE '% 0.2 "
     "%' OR line LIKE '%finite%'",
     "-0.4-0.20.00.20.4\nR\xc2\xb2undefined,1rownotfinite"},
    {"SELECT line FROM residual_plot((SELECT pred_set(column1, column2) FROM (VALUES (9e999, 1), (2, "
     "9e999))), 60, 10) "
     "WHERE line LIKE 'RMSE%'",
     "RMSE \xe2\x88\x9e, R\xc2\xb2 undefined, 2 rows not finite"},
    {"SELECT substr(line, 1, 4) FROM trend_plot((SELECT trend_points(1, 9e999)), 40, 10) WHERE line LIKE "
     "'%' || char(9508) || '%'",
     " 0.0\n-0.6"},
    /* One date is enough for an axis of dates, one day within a month for an axis of days. */
    {"SELECT trim(line) FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-15', "
     "0))), 40, "
     "10) WHERE line LIKE '%2026%'",
     "Date from 2026-09-14"},
    {"SELECT trim(line) FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-15', "
     "0), "
     "('2026-10-01', 1))), 40, 10) WHERE line LIKE '%2026%'",
     "2026-09-21      2026-09-28"},
    {"SELECT trim(line) FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-01', "
     "0), "
     "('2026-10-15', 1))), 40, 10) WHERE line LIKE '%2026%'",
     "2026-09-14  2026-09-28"},
    {"SELECT trim(line) FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-01', "
     "0), "
     "('2026-09-09', 5))), 60, 10) WHERE line LIKE '%2026%'",
     "2026-09-02    2026-09-04     2026-09-06    2026-09-08"},
    {"SELECT trim(line) FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES (5, 0), "
     "('2026-09-09', "
     "5))), 60, 10) WHERE line LIKE '%Date%'",
     "Date"},
    /* Up to 60 rows have dots. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 61) SELECT trend_svg(i, 0) "
     "FILTER "
     "(WHERE i < 61) LIKE '%\"dots%', trend_svg(i, 0) LIKE '%\"dots%' FROM n",
     "1|0"},
    /* What is not a number is a dash. */
    {"SELECT report_regression_html(9e999, 9e999, 'm') LIKE '%<td>\xe2\x88\x9e</td><td>\xe2\x80\x93</td><td>"
     "\xe2\x80\x93</td></tr>%'",
     "1"},
    /* One row behind 2^54 others, in a tenth of its own: their share of all rows is 1 when it is rounded. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1025) SELECT "
     "report_regression_html(s, 'm') LIKE '%<td>2.000</td><td>2.000</td>%<td>3.000</td><td>3.000</td>%' FROM "
     "(SELECT pred_set(CASE WHEN i <= 870 THEN 1 WHEN i <= 1024 THEN 2 ELSE 3 END, 0, CASE WHEN i <= 1024 "
     "THEN 17592186044416 ELSE 1 END) AS s FROM n)",
     "1"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, charts, sizeof charts / sizeof *charts);
  sqlite3_close(db);
  return end_of_tests();
}
