/* What charts and reports draw and say, but for the notes of a report: cells of tables, shades, ends of
 * lines, titles. Each query is compared with its only correct result, worked out by hand. */
#include "corner.h"
#include "tables.h"

#include <string.h>

static sqlite3 *db;

/* ---- charts ---- */

#define FOUR_SCORES                                                                                          \
  "(SELECT score_set(column1, column2) AS s FROM (VALUES (0, 0), (.4, 0), (.35, 1), (.8, 1)))"
#define ONE_SCORE "(SELECT score_set(.5, 1) AS s)"

#define LINE_0      "<path class=\"line s0\"%"
#define LINE_1      "<path class=\"line s1\"%"
#define TWO_LINES_0 "'%" LINE_0 LINE_0 "'"
#define TWO_LINES_1 "'%" LINE_1 LINE_1 "'"

static const Corner charts[] = {
    /* Names that would be cut to the same letters have letters of their own, and a key. */
    {"SELECT line FROM confusion_plot((SELECT class_set(value, value) FROM json_each('[\"epsilon\", "
     "\"eta\", \"zeta\", \"theta\", \"iota\", \"kappa\"]')), 30, 20, 'ascii')",
     "       Confusion matrix\ntrue | predicted\n     | a  b  c  d  e  f\n   a | 1# 0  0  0  0  0\n   b | 0  "
     "1# 0  0  0  0\n   c | 0  0  1# 0  0  0\n   d | 0  0  0  1# 0  0\n   e | 0  0  0  0  1# 0\n   f | 0  0  "
     "0  0  0  1#\na epsilon\nb eta\nc iota\nd kappa\ne theta\nf zeta\naccuracy 1.000, rows 6"},
    {"SELECT line FROM confusion_plot((SELECT class_set(value, value) FROM json_each('[\"epsilon\", "
     "\"eta\", \"zeta\"]')), 30, 20, 'ascii') LIMIT 2 OFFSET 1",
     "   true | predicted\n        |epsil~    eta   zeta"},
    {"SELECT line FROM confusion_plot((SELECT class_set(value, value) FROM "
     "json_each('[\"aaaaaaaaXaaaaaaaa\", "
     "\"aaaaaaaaYaaaaaaaa\"]')), 24, 20, 'ascii') LIMIT 5 OFFSET 2",
     "     | a  b\n   a | 1# 0\n   b | 0  1#\na aaaaaaaaXaaaaaaaa\nb aaaaaaaaYaaaaaaaa"},
    /* not where they show the same at any width */
    {"SELECT line FROM confusion_plot((SELECT class_set(column1, column1) FROM (VALUES (1), ('1' || "
     "char(0x200e)))), "
     "24, 20, 'ascii') LIMIT 2 OFFSET 1",
     "true | predicted\n     |    1     1"},
    /* Long names of models that differ only in their last letters are cut in the middle. */
    {"SELECT group_concat(line) FROM confusion_plot((SELECT "
     "class_sets('kreditausfall_gradient_boosting_2026_03_' "
     "|| value, 1, 1) FROM json_each('[\"v1\", \"v2\"]')), 40, 20, 'ascii') WHERE line LIKE 'kredit%'",
     "kreditausfall_gradie~boosting_2026_03_v1,kreditausfall_gradie~boosting_2026_03_v2,"
     "kredita~6_03_v1 (accuracy 1.000, rows 1),kredita~6_03_v2 (accuracy 1.000, rows 1)"},
    {"SELECT confusion_svg(s, m) LIKE '%>kreditau\xe2\x80\xa6"
     "26_03_v1</text>%>kreditau\xe2\x80\xa6"
     "26_03_v2</text>%>"
     "kreditausfal\xe2\x80\xa6"
     "_2026_03_v1</tspan>%>kreditausfal\xe2\x80\xa6"
     "_2026_03_v2</tspan>%' FROM (SELECT "
     "'kreditausfall_gradient_boosting_2026_03_' || value AS m, class_set(column1, column2) AS s FROM "
     "(VALUES (1, 1), "
     "(2, 1), (2, 2)), json_each('[\"v1\", \"v2\"]') GROUP BY 1)",
     "1"},
    /* and such names of classes */
    {"SELECT line FROM confusion_plot((SELECT class_set(name, name) FROM (SELECT "
     "'kreditausfall_gradient_boosting_2026_03_' || value AS name FROM json_each('[\"v1\", \"v2\"]'))), 40, "
     "20, "
     "'ascii') LIMIT 1 OFFSET 2",
     "           |kredit~_03_v1 kredit~_03_v2"},
    /* A table is as wide as the longest name of a class needs. */
    {"SELECT classification_report(column1, column1) FROM (VALUES ('a long name of a class'), ('b'))",
     "                        precision    recall  f1-score   support\n\n"
     "a long name of a class       1.00      1.00      1.00         1\n"
     "                     b       1.00      1.00      1.00         1\n\n"
     "              accuracy                           1.00         2\n"
     "             macro avg       1.00      1.00      1.00         2\n"
     "          weighted avg       1.00      1.00      1.00         2\n"},
    /* Lines of a legend that is broken are lines less for the picture. */
    {"SELECT count(*), group_concat(CASE WHEN line LIKE '%undef%' OR line LIKE '%row%' THEN line END) FROM "
     "residual_plot((SELECT pred_set(column1, column1) FROM (VALUES (1), (9e999), (2))), 24, 20)",
     "20|RMSE undefined,,R² undefined,,1 row not finite"},
    {"SELECT group_concat(CASE WHEN line LIKE '%undef%' OR line LIKE '%row%' THEN line END) FROM "
     "residual_plot((SELECT pred_set(column1, column1) FROM (VALUES (1), (9e999), (2))), 24, 20, 'ascii')",
     "RMSE undefined,,R? undefined,,1 row not finite"},
    /* In the least width the heading is short, and the line below breaks at its comma. */
    {"SELECT line FROM confusion_plot((SELECT class_set(column1, column1, 1000) FROM (VALUES ('class_01'), "
     "('class_02'), ('class_03'), ('class_04'))), 24, 20, 'ascii')",
     "    Confusion matrix\n  true | predicted, in %\n       |c~1 c~2 c~3 c~4\ncla~01 |100#  0   0   "
     "0\ncla~02 "
     "|  0 100#  0   0\ncla~03 |  0   0 100#  0\ncla~04 |  0   0   0 100#\naccuracy 1.000,\nrows 4,000"},
    /* A title ends at a NUL, and control characters are blanks. */
    {"SELECT roc_svg(s, '', 'a' || char(1) || 'b') LIKE '%<title>a b</title>%', roc_svg(s, '', 'a' || "
     "char(0) "
     "|| 'b') LIKE '%<title>a</title>%', roc_svg(s, '', 'a' || char(0x9f) || 'b') LIKE '%<title>a "
     "b</title>%' "
     "FROM " ONE_SCORE,
     "1|1|1"},
    {"SELECT roc_svg(s, '', column1) FROM " ONE_SCORE ", (VALUES ('ab'), ('cd'))",
     "!title changed from 'ab' to 'cd'"},
    /* F1 down to the least score, 0, at the left end of the axis: 2/3, 4/5, 1/2 and 2/3 from 0.8 down. */
    {"SELECT instr(cutoff_svg(s), 'd=\"M332.4 150h-143.2v50h-17.9v-90h-125.3v40\"') > 0 FROM " FOUR_SCORES,
     "1"},
    /* Without rows of a class, a rate of that class is undefined: only the legend has a line. */
    {"SELECT roc_svg(s) LIKE " TWO_LINES_0
     ", roc_svg(s) LIKE '%>AUC undefined<%', det_svg(s) LIKE " TWO_LINES_0
     ", det_svg(s) LIKE '%>AUC undefined<%', pr_svg(s) LIKE " TWO_LINES_0
     " FROM (SELECT score_set(column1, 1) AS s FROM (VALUES (.1), (.5)) UNION ALL SELECT score_set(column1, "
     "0) FROM (VALUES (.1), (.5))) GROUP BY s ORDER BY 5",
     "0|1|0|1|0\n0|1|0|1|1"},
    {"SELECT count(*) > 5, sum(line = 'AUC undefined') FROM (SELECT score_set(column1, 1) AS s FROM (VALUES "
     "(.1), (.5))), det_plot(s)",
     "1|1"},
    {"SELECT roc_svg(s, name) LIKE " TWO_LINES_0 ", roc_svg(s, name) LIKE " TWO_LINES_1
     " FROM (SELECT column3 AS name, score_set(column1, column2) AS s FROM (VALUES (.1, 1, 'a'), (.5, 1, "
     "'a'), (.1, 0, 'b'), (.5, 1, 'b')) GROUP BY 1)",
     "0|1"},
    /* A point that is not finite leaves a gap: its place would be beyond the axis. */
    {"SELECT trend_svg(column1, column2) LIKE '%d=\"M46 290l89.5-240M314.5 170l89.5 72\"%>last 0.220, 1 "
     "point not finite<%' FROM (VALUES (1, .2), (2, .3), (3, 9e999), (4, .25), (5, .22))",
     "1"},
    {"SELECT trend_svg(column1, column2) LIKE '%>last 0.300, 3 points not finite<%' FROM (VALUES (1, 9e999), "
     "(2, .3), (9e999, .3), (-9e999, .3))",
     "1"},
    {"SELECT sum(line LIKE '%o%' AND line NOT LIKE 'last%'), max(line LIKE 'last %, 2 points not finite') "
     "FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES (1, -9e999), (2, 1), (3, 9e999), "
     "(4, 2))))",
     "2|1"},
    {"SELECT residual_svg(s) LIKE '%class=\"cloud s0\" d=\"M46 390h0M404 50h0\"%, 2 rows not finite<%' FROM "
     "(SELECT pred_set(column1, column2) AS s FROM (VALUES (1, 1), (3, 3), (9e999, 2), (2, -9e999)))",
     "1"},
    {"SELECT sum(line LIKE '%\xe2\x96\x88%'), max(line LIKE '%, 5,000 rows not finite') FROM "
     "residual_plot((SELECT pred_set(column1, column2, column3) FROM (VALUES (1, 2, 5000), (2, 1, 1), "
     "(9e999, 1, 5000))))",
     "1|1"},
    /* 32 by 40 cells: 101 rows are more than a 64th of 6400, and 100 are not. */
    {"SELECT sum(line LIKE '%\xe2\x96\x92\xe2\x96\x92%'), sum(line LIKE '%\xe2\x96\x91\xe2\x96\x91%'), "
     "sum(line "
     "LIKE '%\xe2\x96\x88%') FROM residual_plot((SELECT pred_set(column1, column2, column3) FROM (VALUES (0, "
     "0, "
     "6400), (10, 0, 100), (0, 10, 101))))",
     "1|1|0"},
    {"SELECT sum(line LIKE '%\xe2\x96\x88%') > 0 FROM residual_plot((SELECT pred_set(column1, column2, "
     "column3) "
     "FROM (VALUES (0, 0, 100), (10, 0, 6400))))",
     "1"},
    /* One panel takes the whole width. */
    {"SELECT instr(residual_svg(s), 'h358\"') > 0 FROM (SELECT pred_set(1, 2) AS s)", "1"},
    /* A series without a point that can be drawn has no letters on the plot. */
    {"SELECT count(*) > 5, max(line LIKE 'b b%') FROM trend_plot((SELECT trend_points(column1, column2, "
     "column3) FROM (VALUES (1, 2, 'a'), (2, 3, 'a'), (1, 9e999, 'b'), (1, -9e999, 'b'))))",
     "1|1"},
    /* Nor are there letters on the gap of a line. */
    {"SELECT count(*) > 5, max(line LIKE 'a a%') FROM trend_plot((SELECT trend_points(column1, column2, "
     "column3) FROM "
     "(VALUES (1, 1, 'a'), (2, 2, 'a'), (3, 9e999, 'a'), (4, 2, 'a'), (5, 3, 'a'), (1, 3, 'b'), (5, 1, "
     "'b'))))",
     "1|1"},
    /* The mean of a point is finite where the sum of its rows is not, and exact where they cancel. */
    {"SELECT max(line LIKE '%last 1.55e+308)%') FROM trend_plot((SELECT trend_points(1, column1, 'a') FROM "
     "(VALUES (1.5e308), (1.6e308))))",
     "1"},
    {"SELECT trend_svg(1, column1) LIKE '%last 1.000<%' FROM (VALUES (1e300), (3), (-1e300))", "1"},
    /* If one count has no room, no cell shows a count. */
    {"SELECT confusion_svg(s) LIKE '%predicted, \\% of true class<%' ESCAPE '\\', confusion_svg(s) LIKE "
     "'%>70<%', confusion_svg(s) LIKE '%>7<%' FROM (SELECT class_set('k' || column1, 'k' || column2, "
     "column3) "
     "AS s FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i AS "
     "column1, i AS column2, 7 AS column3 FROM n UNION ALL VALUES (2, 1, 3), (3, 3, 1234567)))",
     "1|1|0"},
    /* One score: dots in place of lines, which would have no length. */
    {"SELECT cutoff_svg(s) LIKE '%class=\"dots s0\" d=\"M225 50h0%class=\"dots s2\" d=\"M225 50h0%' "
     "FROM " ONE_SCORE,
     "1"},
    {"SELECT cutoff_svg(s) LIKE '%class=\"dots%' FROM " FOUR_SCORES, "0"},
    /* An infinite score has no place in a histogram. */
    {"SELECT histogram_svg(s) LIKE '%>3 rows not finite<%' FROM (SELECT score_set(column1, column2, column3) "
     "AS "
     "s FROM (VALUES (1, 1, 1), (2, 0, 1), (9e999, 1, 2), (-9e999, 0, 1)))",
     "1"},
    {"SELECT histogram_svg(s) LIKE '%not finite%' FROM " FOUR_SCORES, "0"},
    {"SELECT group_concat(substr(line, 1, 3), '') LIKE '%1.0%0.0%', group_concat(line) LIKE '%-0.%' FROM "
     "histogram_plot((SELECT score_set(column1, column2) FROM (VALUES (9e999, 1), (-9e999, 0))), 24, 20, "
     "'ascii')",
     "1|0"},
    /* Of a long name in the legend a third of the line is left, so that its numbers are not cut. */
    {"SELECT replace(line, char(8230), '~') FROM cutoff_plot((SELECT score_sets('model of the northern "
     "region, run ' "
     "|| "
     "column1, 0.3, 1) FROM (VALUES (1), (2))), 60) WHERE line LIKE '_ model%'",
     "a model of the ~egion, run 1 (best F1 1.000 at cutoff 0.300)\nb model of the ~egion, run 2 (best F1 "
     "1.000 at "
     "cutoff "
     "0.300)"},
    {"SELECT line FROM roc_plot((SELECT score_sets(i, 0.3, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION "
     "ALL SELECT i + 1 FROM n WHERE i < 1512) SELECT i FROM n))) WHERE line LIKE 'and%'",
     "and 1,500 more, which are not drawn"},
    /* Labels reach as far as numbers beyond 1e290. */
    {"SELECT trend_svg(column1, column1) LIKE '%>5e300</text>%>1e301</text>%', trend_svg(column1, column1) "
     "LIKE "
     "'%e290<%' FROM (VALUES (-1e301), (0), (1e301))",
     "1|0"},
    /* A metric far from its usual range has few digits, and a class without letters the marks of a text. */
    {"SELECT residual_svg(s) LIKE '%>RMSE 10000, R\xc2\xb2 -399999999<%' FROM (SELECT pred_set(column1, "
     "column2) "
     "AS s FROM (VALUES (10000, 0), (-9999, 1)))",
     "1"},
    {"SELECT roc_svg(s, '') LIKE '%>AUC undefined</text>%', roc_svg(s, name) LIKE '%>&#39;&#39;</tspan>%' "
     "FROM " ONE_SCORE ", (SELECT column1 AS name FROM (VALUES (''), ('a')))",
     "1|1"},
    {"SELECT confusion_svg(s) LIKE '%>&#39;&#39;</text>%' FROM (SELECT class_set('', '') AS s)", "1"},
    /* Scores in place of classes: the message has one of them. */
    {"SELECT confusion_svg(s) FROM (SELECT class_set(column1, column2) AS s FROM (VALUES (.25, 0), (.75, "
     "1)))",
     "!confusion_svg: pred must be a class, not a score, as every label is an integer, got 0.25; for scores "
     "see "
     "accuracy_at(score, label, cutoff)"},
    /* All bytes of a BLOB are shown. */
    {"SELECT confusion_svg(s) LIKE '%x''00FF3C''%' OR confusion_svg(s) LIKE '%x&#39;00FF3C&#39;%' FROM "
     "(SELECT "
     "class_set(x'00ff3c', x'00ff3c') AS s)",
     "1"},
    /* Names of rows have the room that they need; where names are alike, they are cut in the middle. */
    {"SELECT confusion_svg(s) LIKE '%>customer_0</text>%>customer_1</text>%' FROM (SELECT class_set(column1, "
     "column1) AS s FROM (VALUES ('customer_0'), ('customer_1'), ('customer_2'), ('customer_3'), ('x')))",
     "1"},
    {"SELECT confusion_svg(s) LIKE '%>customer of \xe2\x80\xa6on number 0</text>%on number 1</text>%' FROM "
     "(SELECT class_set(name, name) AS s FROM (SELECT 'customer of the northern region number ' || "
     "column1 AS name FROM (VALUES (0), (1), (2))))",
     "1"},
    {"SELECT line FROM confusion_plot((SELECT class_set(name, name) FROM (SELECT 'customer_of_region_' || "
     "column1 AS name FROM (VALUES (0), (1)))), 30) WHERE line LIKE 'c%'",
     "cus\xe2\x80\xa6n_0 \xe2\x94\x82        1\xe2\x96\x88        0\n"
     "cus\xe2\x80\xa6n_1 \xe2\x94\x82        0         1\xe2\x96\x88"},
    /* Names that are cut show their ends where what is left of their beginnings is alike, in narrow columns
     * after two letters; elsewhere their beginnings. */
    {"SELECT replace(substr(line, 9), char(8230), '~') FROM confusion_plot((SELECT class_set(name, name) "
     "FROM "
     "(SELECT 'cat_0' || column1 AS name FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)))), "
     "50) "
     "WHERE line LIKE '%' || char(8230) || '%'",
     "c~0 c~1 c~2 c~3 c~4 c~5 c~6 c~7 c~8 c~9"},
    {"SELECT replace(substr(line, 1, 11), char(8230), '~') FROM confusion_plot((SELECT class_set(name, name) "
     "FROM (SELECT column1 || '_of_the_region' AS name FROM (VALUES ('customer'), ('customs')))), 44) WHERE "
     "line LIKE 'c%'",
     "customer_o~\ncustoms_of~"},
    /* A long title has two lines, the second one cut; one without blanks is cut in the first. */
    {"SELECT roc_svg(s, '', 'Will the flight be late? By model') LIKE '%0 0 420 479\"%>Will the flight be "
     "late? By model</text>%', roc_svg(s, '', 'Areas under the curve of all models that we have trained in "
     "May, by day, hour and site, unweighted') LIKE '%0 0 420 498\"%y=\"20\" class=\"title\" "
     "text-anchor=\"middle\">Areas under the curve of all models that we</text>%y=\"39\" class=\"title\" "
     "text-anchor=\"middle\">have trained in May, by day, hour and site, \xe2\x80\xa6</text>%', roc_svg(s, "
     "'', "
     "replace(hex(zeroblob(40)), '0', 'w')) LIKE '%0 0 420 479\"%>wwwwww%w\xe2\x80\xa6wwww%w</text>%' "
     "FROM " ONE_SCORE,
     "1|1|1"},
    /* Titles of panels that would be the same when cut at their ends are cut in the middle. */
    {"SELECT line FROM histogram_plot((SELECT score_sets('flight-delay-boosted-trees-2026-11-' || value, .5, "
     "value = 29) FROM json_each('[28, 29]')), 40, 24) WHERE line LIKE '%flight%'",
     "    flight-de\xe2\x80\xa6"
     "26-11-28: Share of the cl\xe2\x80\xa6\n    flight-de\xe2\x80\xa6"
     "26-11-29: Share of the cl\xe2\x80\xa6"},
    {"SELECT histogram_svg(s, m) LIKE "
     "'%>flight-%\xe2\x80\xa6%-28</tspan>%>flight-%\xe2\x80\xa6%-29</tspan>%', "
     "confusion_svg(c, m) LIKE '%>flight-%\xe2\x80\xa6%-28</text>%>flight-%\xe2\x80\xa6%-29</text>%' FROM "
     "(SELECT "
     "'flight-delay-boosted-trees-2026-11-' || value AS m, score_set(.5, value = 29) AS s, class_set(1, 1) "
     "AS c "
     "FROM json_each('[28, 29]') GROUP BY 1)",
     "1|1"},
    /* Clusters beside the names of their rows are drawn, although no metric takes them for predictions. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT line FROM "
     "confusion_plot((SELECT class_set(i % 4, CASE i % 2 WHEN 0 THEN 'cat' ELSE 'dog' END) FROM n"
     ")) WHERE line LIKE '%dog%' OR line LIKE '%rows%'",
     "     \xe2\x94\x82    0     1     2     3   cat   dog\n dog \xe2\x94\x82    0    10\xe2\x96\x92    0    "
     "10\xe2\x96\x92    0     0\n"
     "no class in common, rows 40"},
    /* A few rows that set the range of both axes are told, unless they are more than one in twenty. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT line FROM "
     "residual_plot((SELECT pred_set(i + 1000 * (i <= 2), i) FROM n), 72) WHERE line LIKE 'RMSE%' UNION ALL "
     "SELECT line FROM residual_plot((SELECT pred_set(i + 1000 * (i <= 3), i) FROM n), 72) WHERE line LIKE "
     "'RMSE%'",
     "RMSE 223.6, R\xc2\xb2 -374.2, all but 2 rows close together\nRMSE 273.9, R\xc2\xb2 -561.9"},
    /* Where every x is a month, ticks are. */
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09', 0), "
     "('2026-10', 5))), 40, 12) WHERE line LIKE '%2026-%'",
     "2026-09                          2026-10"},
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-01 06:00', "
     "0), "
     "('2026-09-01 18:00', 5))), 40, 12) WHERE line LIKE '%2026-%' OR line LIKE '%:%'",
     "06:00    09:00     12:00    15:00  18:00\n            Time on 2026-09-01"},
    /* A label that would begin left of the first column begins in it. */
    {"SELECT line FROM trend_plot((SELECT trend_points(column1, column2) FROM (VALUES ('2026-09-01', 0), "
     "('2026-09-05', 5))), 40, 12) WHERE line LIKE '2026-%'",
     "2026-09-01      2026-09-03    2026-09-05"},
    /* Columns are as wide as the names, up to 12 characters, with a blank on each side. */
    {"SELECT sum(line LIKE '%\xe2\x94\x82 abcdefghijkl             b') FROM confusion_plot((SELECT "
     "class_set(column1, column1) FROM (VALUES ('abcdefghijkl'), ('b'))), 80)",
     "1"},
    /* Of the first 4096 classes the heaviest are shown, whatever comes after them. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 4200) SELECT sum(line LIKE "
     "'% "
     "100\xe2\x96\x88%' OR line LIKE '%\xe2\x94\x82"
     "100\xe2\x96\x88%') FROM confusion_plot((SELECT class_set(i, "
     "i, 1 + (i > 4096)) FROM n))",
     "12"},
    /* Cells of 35 units are not high enough for a share below the count. */
    {"SELECT confusion_svg(s, name) LIKE '%\\%</text>%' ESCAPE '\\' FROM (SELECT a.column1 AS name, "
     "class_set(b.column1, b.column1) AS s FROM (VALUES ('a'), ('b')) a, (VALUES ('a class of a long name'), "
     "('another class of a long name'), ('a third class with a long name')) b GROUP BY 1)",
     "0"},
};

/* ---- reports ---- */

#define CELL "</td><td>"
#define BIN(model, scores, rows, mean, share, difference)                                                    \
  "<tr><th scope=\"row\"><bdi>" model                                                                        \
  "</bdi></th><td>" scores CELL rows CELL mean CELL share CELL difference "</td></tr>\n"

/* Whether a page has all texts of a list; frees it. */
static void check_page(char *page, bool error, const char *const *says, size_t n, const char *what) {
  for (size_t i = 0; i < n; i++) expect_for(!error && strstr(page, says[i]), what, says[i]);
  sqlite3_free(page);
}

/* In model n of the rows .1 0, .4 0, .35 1, .8 1, all above 0.5 are positives, and three rows have the best
 * cutoff for F1, 0.35, or more. */
static void check_scores(void) {
  static const char *const says[] = {
      "<h1>Scores and labels</h1>\n<p>2 models, 4 rows each, 2 of them positive (50.0\xc2\xa0%).\n",
      "<span class=\"best\">0.472</span>", /* the log loss of n, listed second: -(ln .9 + ln .6 + ln .35 + ln
                                              .8) / 4 */
      "<td>0.5" CELL "0.500" CELL "1" CELL "1.000" CELL "0.500" CELL "1.000" CELL "0.750" CELL "0.667</td>",
      "<td>best F1" CELL "0.350" CELL "3" CELL "0.667" CELL "1.000" CELL "0.500" CELL "0.750" CELL
      "0.800</td>",
      "<h2>Calibration</h2>\n<div class=\"wide\"><table class=\"texts\">\n<caption>Ten bins of equal "
      "width</caption>\n<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Scores</th>",
      "<tbody>\n" BIN("m", "0.2 to 0.3", "1", "0.200", "0.000", "-0.200")
          BIN("m", "0.8 to 0.9", "1", "0.800", "1.000", "0.200")
              BIN("m", "0.9 to 1.0", "2", "0.945", "0.500", "-0.445")
                  BIN("n", "0.1 to 0.2", "1", "0.100", "0.000", "-0.100")
                      BIN("n", "0.3 to 0.4", "1", "0.350", "1.000", "0.650")
                          BIN("n", "0.4 to 0.5", "1", "0.400", "0.000", "-0.400")
                              BIN("n", "0.8 to 0.9", "1", "0.800", "1.000", "0.200") "</tbody>",
      "<title>ROC curve</title>",
      "<title>Calibration</title>",
      "<title>Scores by class</title>",
  };
  bool error;
  char *page = rows_of(db,
                       "SELECT report_html(column1, column2, column3) FROM (VALUES (.1, 0, 'n'), (.4, 0, "
                       "'n'), (.35, 1, 'n'), (.8, 1, 'n'), (.2, 0, 'm'), (.9, 0, 'm'), (.99, 1, 'm'), (.8, "
                       "1, 'm'))",
                       &error);
  check_page(page, error, says, sizeof says / sizeof *says, "report_html says");
}

/* The model n has a better value of every metric than m, which is listed first. */
static void check_best(void) {
  static const struct {
    const char *sql, *values[8];
  } cases[] = {
      /* The scores of n are those of check_scores(): the average precision is (1 + 2/3) / 2, the Brier score
       * (.01 + .16 + .4225 + .04) / 4, the ECE (.1 + .4 + .65 + .2) / 4. */
      {"SELECT report_html(column1, column2, column3) FROM (VALUES (.9, 0, 'm'), (.9, 0, 'm'), (.9, 1, 'm'), "
       "(.9, 1, 'm'), (.1, 0, 'n'), (.4, 0, 'n'), (.35, 1, 'n'), (.8, 1, 'n'))",
       {"0.750", "0.833", "0.500", "0.472", "0.158", "0.338"}},
      /* 1 - 1 / (78 / 9), the root of 1/3, 1/3 */
      {"SELECT report_regression_html(column1, column2, column3) FROM (VALUES (9, 1, 'm'), (9, 2, 'm'), (9, "
       "5, 'm'), (1, 1, 'n'), (2, 2, 'n'), (6, 5, 'n'))",
       {"0.885", "0.577", "0.333"}},
      /* Twice these numbers is infinite. */
      {"SELECT report_regression_html(column1, column2, column3) FROM (VALUES (1.2e150, 0, 'm'), (1.2e150, "
       "2e-4, 'm'), (1.1e150, 0, 'n'), (1.1e150, 2e-4, 'n'))",
       {"-1.21e+308", "1.1e+150", "1.1e+150"}},
      /* Both RMSE are infinite, so both are marked; R² is undefined. */
      {"SELECT report_regression_html(column1, column2, column3) FROM (VALUES (1.2e308, 1e307, 'm'), "
       "(1.1e308, 1e307, 'n'))",
       {"\xe2\x88\x9e", "\xe2\x88\x9e", "1.0e+308"}},
      /* from scikit-learn */
      {"SELECT report_classes_html(substr(column1, value, 1), substr('aaaabbbcc', value, 1), column2) FROM "
       "(VALUES ('bbbbcccaa', 'm'), ('aaaaccbac', 'n')), json_each('[1, 2, 3, 4, 5, 6, 7, 8, 9]')",
       {"0.667", "0.596", "0.711", "0.611", "0.651", "0.481", "0.511"}},
  };
  const char *mark = "<span class=\"best\">";
  for (size_t q = 0; q < sizeof cases / sizeof *cases; q++) {
    bool error;
    char *page = rows_of(db, cases[q].sql, &error);
    const char *at = error ? NULL : page;
    for (int i = 0; cases[q].values[i]; i++) {
      const char *value = cases[q].values[i];
      if (at && (at = strstr(at, mark))) at += strlen(mark);
      expect_for(at && strncmp(at, value, strlen(value)) == 0, "the best value of a column", value);
    }
    expect_for(at && !strstr(at, mark), "no other value is marked", cases[q].sql);
    sqlite3_free(page);
  }
}

/* Two of five rows have the prediction 2, so that they are one part. */
static void check_preds(void) {
  static const char *const says[] = {
      "<h1>Predictions and targets</h1>\n<p>1 model, 5 rows.\n",
      "<td>1.000" CELL "1.000" CELL "1" CELL "1.000" CELL "2.000" CELL "1.000" CELL "1.000</td>",
      "<td>2.000" CELL "2.000" CELL "2" CELL "2.000" CELL "1.500" CELL "-0.500" CELL "0.707</td>",
      "<td>3.000" CELL "3.000" CELL "1" CELL "3.000" CELL "3.000" CELL "0.000" CELL "0.000</td>",
      "<td>5.000" CELL "5.000" CELL "1" CELL "5.000" CELL "4.000" CELL "-1.000" CELL "1.000</td>",
  };
  bool error;
  char *page = rows_of(db,
                       "SELECT report_regression_html(column1, column2, 'm') FROM (VALUES (1, 2), (3, 3), "
                       "(5, 4), (2, 2), (2, 1))",
                       &error);
  check_page(page, error, says, sizeof says / sizeof *says, "report_regression_html says");
}

/* Names of classes have 60 columns at most, the last of them for an ellipsis. */
static void check_long_name(void) {
  char name[61] = "";
  for (int i = 0; i < 59; i++) name[i] = 'n';
  bool error;
  char *page = rows_of(db,
                       "SELECT report_classes_html(column1, column1, 'm') FROM (VALUES "
                       "(replace(hex(zeroblob(35)), '0', 'n')), ('b'))",
                       &error);
  char *cut = sqlite3_mprintf(">%s\xe2\x80\xa6<", name);
  expect_for(!error && strstr(page, cut), "a name cut short", cut);
  sqlite3_free(cut);
  sqlite3_free(page);
}

/* Names of models have 200 columns at most, the last of them for an ellipsis where they are cut. */
static void check_long_models(void) {
  static const char *const drawn[] = {
      "report_html(s, m)", "report_classes_html(c, m)", "report_regression_html(p, m)",
      "roc_svg(s, m)",     "confusion_svg(c, m)",       "residual_svg(p, m)"};
  for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
    for (int n = 200; n <= 201; n++) {
      bool error;
      char *sql = sqlite3_mprintf(
          "SELECT %s FROM (SELECT replace(hex(zeroblob(%d)), '00', 'n') AS m, score_set(.5, 1) AS s, "
          "class_set(1, 1) AS c, pred_set(1, 2) AS p)",
          drawn[i], n);
      char *page = rows_of(db, sql, &error);
      size_t longest = 0;
      for (const char *at = error ? "" : page; *at; at++)
        if (strspn(at, "n") > longest) longest = strspn(at, "n");
      expect_for(longest == (n == 200 ? 200 : 199), "the name of a model", sql);
      sqlite3_free(page);
      sqlite3_free(sql);
    }
}

/* Names of models stand whole in tables and notes; columns of texts are aligned left; the bounds of an
 * interval have as many digits as their value. */
static void check_tables(void) {
  static const char *const models[] = {
      "<th scope=\"row\"><bdi>flight-delay-boosted-trees-retrained-every-night-from-the-last-month-of-data-"
      "2026-11-28</bdi></th>",
      "data-2026-11-29</bdi></th>",
      "<table class=\"texts\">\n<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Cutoff for</th>",
      "The mark is not a test: the difference may be chance. To test it, use compare_ci() or delong_test() "
      "over rows "
      "that have the predictions of both models.</p>",
      ".texts :is(th,td):nth-child(2){text-align:left}",
  };
  static const char *const classes[] = {
      "<table class=\"texts\">\n<thead><tr><th scope=\"col\">Model</th><th scope=\"col\">Class</th>",
  };
  /* the mean of 0 and .01, and of its interval .005 + 12.706 · .005 */
  static const char *const bounds[] = {"<td>0.00500<small>0.00000 to 0.06853</small></td>"};
  bool error;
  char *page =
      rows_of(db,
              "SELECT report_html(column1, column2, 'flight-delay-boosted-trees-retrained-every-night-"
              "from-the-last-month-of-data-2026-11-' || m.value) FROM (VALUES (.1, 0), (.4, 0), (.35, "
              "1), (.8, 1)), json_each('[28, 29]') m",
              &error);
  check_page(page, error, models, sizeof models / sizeof *models, "a table of models says");
  page = rows_of(db, "SELECT report_classes_html(column1, column1, 'm') FROM (VALUES (1), (2))", &error);
  check_page(page, error, classes, 1, "a table of classes says");
  page = rows_of(db, "SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (.1, 0))", &error);
  check_page(page, error, bounds, 1, "a table says");
}

/* How many tags of this name the page opens or, with "/" before the name, closes. */
static int tags(const char *page, const char *name) {
  int n = 0;
  size_t length = strlen(name);
  for (const char *at = page; (at = strchr(at, '<')); at++)
    n += strncmp(at + 1, name, length) == 0 && (at[1 + length] == '>' || at[1 + length] == ' ');
  return n;
}

/* Every element that has an end tag in HTML has it. */
static void check_tags(void) {
  static const char *const queries[] = {
      "SELECT report_html(column1, column2, 'm') FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1))",
      "SELECT report_classes_html(column1, column2, 'm') FROM (VALUES (1, 0), (1, 1), (0, 0), (2, 1))",
      "SELECT report_regression_html(column1, column2, 'm') FROM (VALUES (1, 2), (3, 3), (5, 4), (2, 2))",
  };
  static const char *const names[] = {"/html",  "/head",  "/title", "/style", "/body", "/main",   "/h1",
                                      "/h2",    "/p",     "/ul",    "/li",    "/div",  "/figure", "/table",
                                      "/thead", "/tbody", "/tr",    "/th",    "/td",   "/caption"};
  for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
    bool error;
    char *page = rows_of(db, queries[q], &error);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      expect_for(!error && tags(page, names[i]) == tags(page, names[i] + 1), names[i], queries[q]);
    expect_for(tags(page, "h1") == 1 && tags(page, "table") > 1, "a heading and tables", queries[q]);
    sqlite3_free(page);
  }
}

/* What a chart took is given back, whether or not all of its lines are read. */
static void check_memory(void) {
  static const char *const queries[] = {
      "SELECT roc_svg(s) FROM " FOUR_SCORES,
      "SELECT count(*) FROM " FOUR_SCORES ", roc_plot(s)",
      "SELECT line FROM " FOUR_SCORES ", roc_plot(s) LIMIT 2",
      "SELECT value FROM " FOUR_SCORES ", evaluate(s)",
      "SELECT confusion_svg(s) FROM (SELECT class_set(column1, column2) AS s FROM (VALUES (.25, 0), (.75, "
      "1)))",
  };
  sqlite3_int64 before = 0;
  for (size_t q = 0; q < sizeof queries / sizeof *queries; q++)
    for (int i = 0; i < 4; i++) {
      bool error;
      sqlite3_free(rows_of(db, queries[q], &error));
      if (i == 1) before = sqlite3_memory_used();
      if (i == 3) expect_for(sqlite3_memory_used() == before, "memory after a chart", queries[q]);
    }
}

int main(void) {
  db = open_bare();
  check_corners(db, charts, sizeof charts / sizeof *charts);
  check_scores();
  check_best();
  check_preds();
  check_long_name();
  check_long_models();
  check_tables();
  check_tags();
  check_memory();
  sqlite3_close(db);
  return end_of_tests();
}
