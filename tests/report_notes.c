/* What reports say under "What to look at": each note where it applies, and only there. */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static sqlite3 *db;

/* What the page of a query says, and, after a "!", what it does not say. */
typedef struct Case {
  const char *sql;
  const char *says[4];
} Case;

static void check(const Case *one) {
  bool error;
  char *page = rows_of(db, one->sql, &error);
  expect_for(!error, "a page", one->sql);
  for (int i = 0; i < 4 && one->says[i]; i++) {
    bool absent = one->says[i][0] == '!';
    bool found = strstr(page, one->says[i] + absent) != NULL;
    if (found == absent) failed("%s\n  says %s", one->sql, one->says[i]);
    passed();
  }
  sqlite3_free(page);
}

static void check_all(const Case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) check(&cases[i]);
}

#define NOTHING "Nothing stands out"

static void check_classes(void) {
  static const Case cases[] = {
      {"SELECT report_classes_html(i % 2, i / 2 % 2, 'm') FROM n WHERE i < 9", {"is not above", "!" NOTHING}},
      {"SELECT report_classes_html(i % 2, i % 2, 'm') FROM n",
       {NOTHING, "!is rare:", "!left out because of a NULL."}},
      {"SELECT report_classes_html(max(i % 2, 2 * (i = 1)), max(i % 2, 2 * (i = 1)), 'm') FROM n",
       {"the class 2 is rare: 0.25 % of the rows.", "!" NOTHING, "!is never predicted"}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(column1, column1, column2) AS s FROM "
       "(VALUES (1, 99999), (2, 1)))",
       {"the class 2 is rare: 0.001000 % of the rows."}},
      {"SELECT report_classes_html('a', CASE WHEN i % 2 THEN 'a' ELSE 'c' END, 'm') FROM n",
       {"the class c is never predicted.", "the most frequent confusion is c predicted as a: 200 rows.",
        "the accuracy is not above 0.500"}},
      {"SELECT report_classes_html(CASE WHEN i % 4 THEN 'a' ELSE 'd' END, 'a', 'm') FROM n",
       {"the class d is predicted, but never a label."}},
      {"SELECT report_classes_html('a', 'a', 'm') FROM n",
       {"all labels are of one class: always predicting it would be right for every row.", "!" NOTHING,
        "!is not above"}},
      {"SELECT report_classes_html(max(i % 3 - 1, 0), min(i % 2, 1), 'm') FROM n", {"!all labels"}},
      {"SELECT report_classes_html('', CASE WHEN i % 2 THEN 'c' ELSE '' END, 'm') FROM n",
       {"the most frequent confusion is c predicted as &#39;&#39;: 200 rows.", "<td>&#39;&#39;</td>"}},
      {"SELECT report_classes_html(i % 3, (i + 1) % 3, 'm') FROM n WHERE i <= 3",
       {"!most frequent confusion"}},
      {"SELECT report_classes_html(i % 3, (i + (i % 2)) % 3, 'm') FROM n WHERE i <= 12",
       {"!most frequent confusion"}},
      /* The most frequent one is the only one, wherever it stands among others of fewer rows. */
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(column1, column2, column3) AS s FROM "
       "(VALUES (1, 2, 3), (2, 3, 3), (3, 1, 1), (2, 1, 4)))",
       {"the most frequent confusion is 1 predicted as 2: 4 rows."}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(column1, column2, column3) AS s FROM "
       "(VALUES (2, 1, 4), (1, 2, 3), (2, 3, 3), (3, 1, 1)))",
       {"the most frequent confusion is 1 predicted as 2: 4 rows."}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(column1, column2, column3) AS s FROM "
       "(VALUES (1, 1, 9), (2, 1, 1)))",
       {"the most frequent confusion is 1 predicted as 2: 1 row."}},
      {"SELECT report_classes_html(CASE WHEN i % 10 THEN 1 END, 1, 'm') FROM n",
       {"10.0 % of the rows were left out because of a NULL."}},
      {"SELECT report_classes_html(i, 0, 'm') FROM n WHERE i <= 9",
       {"9 classes are predicted, but never a label.", "!the class 7 is predicted"}},
      {"SELECT report_classes_html(i, 0, 'm') FROM n WHERE i <= 3",
       {"the class 1 is predicted, but never a label.", "the class 3 is predicted, but never a label.",
        "!classes are"}},
      {"SELECT report_classes_html(max(i % 2, i * (i < 5)), i % 2, 'm') FROM n",
       {"the class 3 is predicted, but", "the class 4 is predicted, but", "!classes are"}},
      {"SELECT report_classes_html(0, i % 5, 'm') FROM n",
       {"4 classes are never predicted.", "!the class 4 is never"}},
      {"SELECT report_classes_html(0, 1 + i % 4, 'm') FROM n",
       {"4 classes are never predicted.", "the class 0 is predicted, but never a label."}},
      {"SELECT report_classes_html(i % 2, CASE i % 2 WHEN 0 THEN 'cat' ELSE 'dog' END, 'm') FROM n WHERE i < "
       "10",
       {"pred and label have no class in common."}},
      {"SELECT report_classes_html('Fish', CASE WHEN i % 2 THEN 'Fish ' ELSE 'Fish' END, 'm') FROM n",
       {"the classes Fish and &#39;Fish &#39; differ only by blanks or case.",
        "confusion is &#39;Fish &#39; predicted as Fish: 200 rows", "<td>&#39;Fish &#39;</td>"}},
      {"SELECT report_classes_html(i % 2, (i + 1) % 2, 'm') FROM n", {"!pred and label have no class"}},
      {"SELECT report_classes_html(i, i, 'm') FROM n",
       {"400 classes are rare: each has less than 1 % of the rows.", "!the class 8"}},
      {"SELECT report_classes_html(i % 2, i % 2, 'm' || (i % 30)) FROM n", {" more models are not shown."}},
      {"SELECT report_classes_html(i % 150, i % 150, 'm') FROM n",
       {"The table has the first 100 of 150 rows; class_table() gives all of them."}},
      {"SELECT report_classes_html(i % 100, i % 100, 'm') FROM n", {"!class_table()"}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

static void check_preds(void) {
  static const Case cases[] = {
      {"SELECT report_regression_html(i + i % 2 - 0.5, i, 'm') FROM n", {NOTHING, "!is below 0"}},
      {"SELECT report_regression_html(401 - i, i, 'm') FROM n", {"R\xc2\xb2 is below 0", "!" NOTHING}},
      {"SELECT report_regression_html(i + 1, i, 'm') FROM n",
       {"predictions are too high by 1.000 on average."}},
      {"SELECT report_regression_html(i - 1, i, 'm') FROM n", {"predictions are too low by 1"}},
      {"SELECT report_regression_html(i + 100 * (i = 1) - 100 * (i = 2), i, 'm') FROM n",
       {"a few large errors make up much of the RMSE: it is 14.14 times the MAE; with normally distributed "
        "errors it would be 1.25 times."}},
      {"SELECT report_regression_html(CASE i WHEN 9 THEN 9e999 ELSE i + i % 2 END, i, 'm') FROM n",
       {"errors are infinite: a prediction or a target is infinite, or too large", "!" NOTHING, "!too high"}},
      {"SELECT report_regression_html(i * 1e200, 0, 'm') FROM n", {"errors are infinite"}},
      {"SELECT report_regression_html(CASE WHEN i % 10 THEN i + i % 4 / 2 - 0.5 END, i, 'm') FROM n",
       {"10.0 % of the rows were left out because of a NULL."}},
      {"SELECT report_regression_html(i, i + i % 3, 'm' || (i % 30)) FROM n",
       {" more models are not shown."}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

static void check_scores(void) {
  static const Case cases[] = {
      {"SELECT report_html(i / 401.0, i * 7919 % 401 < i, 'm') FROM n", {NOTHING, "!worse than chance"}},
      /* Spiegelhalter's test gives p 0.015 for the first and 0.00696 for the second. */
      {"SELECT report_html(0.05 + i * 0.9 / 401, i * 7919 % 401 < i, 'm') FROM n",
       {"!Spiegelhalter", "!the mean score", "the calibration slope is 1.358", "!" NOTHING}},
      {"SELECT report_html(0.06 + i * 0.88 / 401, i * 7919 % 401 < i, 'm') FROM n",
       {"miscalibrated: Spiegelhalter", "test gives p = 0.007.", "!" NOTHING}},
      {"SELECT report_html(1 - i / 401.0, i * 7919 % 401 < i, 'm') FROM n",
       {"the ROC AUC is 0.150, worse than chance: are the labels inverted?",
        "below 0: the higher the score, the fewer the positives", "Positives</th><th scope=\"col\">ROC AUC"}},
      /* Fractional weights have no interval: an AUC of just 0.5 is no worse than chance. */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, 0.5) AS s FROM (VALUES (0.2, 0), "
       "(0.2, 1), (0.8, 0), (0.8, 1)))",
       {NOTHING, "!worse than chance"}},
      /* Below 0.5 by chance: the AUC is 0.458, its interval is from 0.28 to 0.64. */
      {"SELECT report_html(1 - i / 401.0, i * 7 % 5 < 2, 'm') FROM n WHERE i <= 40",
       {"the ROC AUC is 0.458", ", and its interval includes 0.5: it may be no better than chance.",
        "!inverted", "!" NOTHING}},
      {"SELECT report_html(0.5, i % 2, 'm') FROM n",
       {"all rows have the same score, so no cutoff tells them apart.", "the ROC AUC is 0.500, and its",
        "!many rows share"}},
      {"SELECT report_html(i / 4.0, i * 7919 % 401 < i, 'm') FROM n",
       {"sigmoid(score) if every score is a logit, to_number((score) || '%') if every score is a "
        "percentage, 0.5 meaning 0.5%."}},
      {"SELECT report_html(CASE i WHEN 400 THEN 9e999 ELSE i / 4.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"sigmoid(score) if every score is a logit.", "!percentage"}},
      {"SELECT report_html(CASE i WHEN 1 THEN -9e999 ELSE i / 4.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"sigmoid(score) if every score is a logit.", "!percentage"}},
      {"SELECT report_html(i, i * 7919 % 401 < i, 'm') FROM n",
       {"399 rows have scores outside 0 to 1, such as 400, so the scores are not judged as probabilities; a "
        "calibration (platt_fit or isotonic_fit, with calibrate) if the scores have a scale of their own.",
        "!percentage", "!logit"}},
      {"SELECT report_html(CASE WHEN i <= 20 THEN -999 ELSE i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"20 rows have scores outside 0 to 1, such as -999, so the scores are not judged as probabilities; "
        "CASE "
        "to_number(score) WHEN -999 THEN NULL ELSE score END if that stands for a missing value, a "
        "calibration",
        "!logit"}},
      {"SELECT report_html(CASE i WHEN 9 THEN 9e999 ELSE i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"1 row has a score outside 0 to 1, \xe2\x88\x9e, so the scores", "!missing"}},
      {"SELECT report_html(CASE i WHEN 9 THEN -2.5 ELSE i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"1 row has a score outside 0 to 1, -2.5, so the scores", "!missing"}},
      {"SELECT report_html(CASE i WHEN 9 THEN 1 + 1e-15 ELSE i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"BETWEEN 1 AND 1.0001 THEN 1 ELSE score END for functions of probabilities.", "!logit"}},
      {"SELECT report_html(CASE i WHEN 9 THEN -1e-15 ELSE i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"BETWEEN -0.0001 AND 0 THEN 0 ELSE score END for functions of probabilities.", "!logit"}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(i / 4.0 - 1, i % 2, 0.25) AS s FROM n)",
       {"some rows have scores outside 0 to 1, such as 99, so", "!0.250 row", "!100 rows"}},
      {"SELECT report_html(i / 4.0 - 1, i * 7919 % 401 < i, 'm') FROM n",
       {"sigmoid(score) if every score is a logit.", "!percentage"}},
      {"SELECT report_html(i / 401.0, 0, 'm') FROM n", {"no row is positive.", "!positives are rare"}},
      {"SELECT report_html(i / 401.0, 1, 'm') FROM n", {"no row is negative.", "!negatives are rare"}},
      {"SELECT report_html(i / 401.0, i = 400, 'm') FROM n", {"positives are rare: 0.25 %"}},
      {"SELECT report_html(i / 401.0, i > 1, 'm') FROM n", {"negatives are rare: 0.25 %"}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.1, "
       "0, "
       "99999), (0.9, 1, 1)))",
       {"positives are rare: 0.001000 % of the rows."}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.1, "
       "0, "
       "9999), (0.9, 1, 1)))",
       {"positives are rare: 0.01 % of the rows."}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.1, "
       "0, 10049), (0.9, 1, 1)))",
       {"positives are rare: 0.009950 % of the rows."}},
      {"SELECT report_html(i % 10 / 10.0, i % 2, 'm') FROM n",
       {"there are only 10 different ones", "!all rows have"}},
      {"SELECT report_html(0.5 + i / 802.0, i * 7919 % 401 < i / 2, 'm') FROM n",
       {"miscalibrated: Spiegelhalter", "p &lt; 0.001", "on average the scores are too high."}},
      {"SELECT report_html(i / 802.0, i * 7919 % 401 < 200 + i / 2, 'm') FROM n",
       {"on average the scores are too low."}},
      {"SELECT report_html(0.45 + i % 100 / 1000.0, i * 7919 % 400 < 140, 'm') FROM n",
       {"the mean score is 0.500, the share of positives 0.350: on average the scores are too high.",
        "!Spiegelhalter"}},
      {"SELECT report_html(0.45 + i % 100 / 1000.0, i * 7919 % 400 < 260, 'm') FROM n",
       {"the mean score is 0.500, the share of positives 0.650: on average the scores are too low.",
        "!Spiegelhalter"}},
      {"SELECT report_html(0.45 + i % 100 / 1000.0, i * 7919 % 400 < 205, 'm') FROM n", {"!the mean score"}},
      /* Mean and share differ by no more than chance makes of so few rows: bias p 0.47. */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (.05, "
       "1, "
       "6), (.05, 0, 14), (.95, 1, 13), (.95, 0, 7)))",
       {"p &lt; 0.001. The mean score is 0.500, the share of positives 0.475; the calibration chart shows",
        "!on average"}},
      {"SELECT report_html(score_set, 'm') FROM (SELECT score_set(column1, column2, 4000 * column3) AS "
       "score_set FROM "
       "(VALUES (.45, 1, 454), (.45, 0, 546), (.55, 1, 554), (.55, 0, 446)))",
       {"!the mean score"}}, /* 0.500 beside 0.504: beyond chance, but not clear */
      {"SELECT report_html(CASE WHEN i > 200 THEN 0.99 ELSE 0.01 END + i / 1e5, i * 7919 % 401 < 100 + 200 * "
       "(i > 200), 'm') "
       "FROM n",
       {"the calibration chart shows where they part.", "clearly below 1: the scores are too extreme."}},
      {"SELECT report_html(0.3 + i / 1000.0, i + i * 7919 % 401 / 4 > 250, 'm') FROM n",
       {"clearly above 1: the scores are too moderate."}},
      {"SELECT report_html(CASE WHEN i % 10 THEN i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"10.0 % of the rows were left out because of a NULL."}},
      {"SELECT report_html(i / 401.0, i * 7919 % 401 < i, 'm' || (i % 30)) FROM n",
       {" more models are not shown."}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

/* Totals are those of all models, also of the ones that are not shown; a model of few rows says so. */
static void check_totals(void) {
  static const Case cases[] = {
      {"SELECT report_html(i / 401.0, i % 3 = 0, 'm' || (i % 30)) FROM n WHERE i <= 395",
       {"<p>12 of 30 models shown, 395 rows in all, 131 of them positive (33.2\xc2\xa0%).\n",
        "18 more models are not"}},
      {"SELECT report_html(i / 401.0, i % 3 = 0, i % 13) FROM n WHERE i <= 390",
       {"<p>12 of 13 models shown, 30 rows each, 10 of them positive (33.3\xc2\xa0%).\n",
        "1 more model is not shown."}},
      {"SELECT report_html(i / 401.0, i / 30 % 2, i % 13) FROM n WHERE i <= 390",
       {"<p>12 of 13 models shown, 390 rows"}},
      {"SELECT report_classes_html(i % 2, i % 3, 'm' || (i % 30)) FROM n WHERE i <= 395",
       {"<p>12 of 30 models shown, 395 rows in all.\n", "18 more models are not shown."}},
      {"SELECT report_regression_html(i % 2, i % 3, 'm' || (i % 30)) FROM n WHERE i <= 395",
       {"<p>12 of 30 models shown, 395 rows in all.\n", "18 more models are not shown."}},
      {"SELECT report_regression_html(CASE WHEN m < 30 OR i % 2 THEN i END, i + i % 2, m) FROM (SELECT i, "
       "CASE WHEN i "
       "> 80 THEN 30 ELSE 10 + i % 20 END AS m FROM n)",
       {"<p>12 of 21 models shown, 240 rows in all.\nLeft out because of a NULL: 160 rows.",
        "40.0 % of the rows"}},
      {"SELECT report_html(i / 401.0, i % 2, 'm') FROM n WHERE i <= 2",
       {"<p>1 model, 2 rows, 1 of them", "only 2 rows: the values and their intervals mean little.",
        "!" NOTHING}},
      {"SELECT report_html(i / 401.0, i % 2, 'm') FROM n WHERE i <= 1",
       {"<p>1 model, 1 row, 1 positive (100.0"}},
      {"SELECT report_html(i / 401.0, i % 2, 'm') FROM n WHERE i <= 9", {"only 9 rows: "}},
      {"SELECT report_html(i / 401.0, i % 2, 'm') FROM n WHERE i <= 10", {"!only 10 rows"}},
      {"SELECT report_classes_html(1, nullif(i, 2), 'm') FROM n WHERE i <= 2",
       {"<p>1 model, 1 row.\nLeft out because of a NULL: 1 row.</p>", "only 1 row: the values", "!" NOTHING}},
      {"SELECT report_regression_html(i + i % 2 - 0.5, i, 'm' || (i > 4)) FROM n",
       {"m0</bdi></strong>: only 4 rows: ", "!only 396 rows"}},
      /* Weights that are not integral do not say how many rows there are. */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, 1000.5) AS s FROM (VALUES (.1, "
       "0), (.2, 1), (.7, 1), (.8, 1), (.3, 0)))",
       {NOTHING, "!Spiegelhalter", "!many rows share"}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(i / 401.0, i % 2, 0.005) AS s FROM n)",
       {"<p>1 model, rows of weight 2, 1 of it positive (50.0",
        "0 rows. Numbers of rows below are sums of their weights.</p>", "!mean little",
        "!no better than chance"}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(i % 2, i % 2, 0.005) AS s FROM n)",
       {"<p>1 model, rows of weight 2", ">accuracy 1.000, weight 2<", "!mean little"}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(i % 4 / 3, i % 2, 0.001) AS s FROM n)",
       {"the most frequent confusion is 1 predicted as 0: 0.100 rows."}},
      {"SELECT report_regression_html(s, 'm') FROM (SELECT pred_set(i, i + i % 2, 0.005) AS s FROM n)",
       {"<p>1 model, rows of weight 2.", "!mean little"}},
      {"SELECT report_regression_html(i, i + i % 2, 'm') FROM n",
       {"<p>1 model, 400 rows.", "!rows of weight"}},
      /* and share of those left out is not known */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(i / 401.0, nullif(i % 3, 2), 0.005) AS s FROM n)",
       {"NULL: 133 rows. Numbers of rows below are", "!of the rows were left out"}},
      /* Ten rows of weight 0.1, equal or not, are one row. */
      {"SELECT report_regression_html(s, m) FROM (SELECT i % 2 AS m, pred_set(i * (i % 2), i * (i % 2), 0.1) "
       "AS s FROM n WHERE i <= 20 GROUP BY 1)",
       {"<p>2 models, rows of weight 1 each."}},
      /* The table has the rows and the positives of each model, also where weights are nearly 0. */
      {"SELECT report_html(s, m) FROM (SELECT m.value AS m, score_set(column1, column2, m.value) AS s FROM "
       "(VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1), (.9, 1)), json_each('[1e-300, 7]') m GROUP BY 1)",
       {"0e-300</bdi></th><td>5.0e-300</td><td>3.0e-300</td>", "7</bdi></th><td>35</td><td>21</td>",
        "<td>0.1 to 0.2</td><td>1.0e-300</td>"}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

/* Predicted classes in place of scores. */
static void check_decisions(void) {
  static const Case cases[] = {
      {"SELECT report_html(i % 3 = 0, i % 2, 'm') FROM n",
       {"every score is 0 or 1: predicted classes, or a division of INTEGERs as in confidence / 100.",
        "!many rows share", "!Spiegelhalter", "!too extreme"}},
      {"SELECT report_html(CASE WHEN i > 1 THEN i % 3 = 0 ELSE 0.5 END, i % 2, 'm') FROM n",
       {"!every score is 0 or 1", "many rows share"}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

/* The share of rows left out by model, where it is known and differs; labels of nearly one class. */
static void check_left_out(void) {
  static const Case cases[] = {
      {"SELECT report_html(s, m) FROM (SELECT i % 2 AS m, score_set(i / 401.0, CASE WHEN i % 2 = 0 OR i % 5 "
       "THEN i % 3 = 0 END) AS s FROM n GROUP BY 1)",
       {"<strong><bdi>1</bdi></strong>: 20.0 % of its rows were left out because of a NULL.",
        ">10.0 % of all rows were left out because of a NULL.", "!<bdi>0</bdi></strong>: 20",
        "!: 0.0 % of its"}},
      {"SELECT report_html(s, m) FROM (SELECT i % 2 AS m, score_set(i / 401.0, CASE WHEN i % 5 THEN i % 3 = "
       "0 "
       "END) AS s FROM n GROUP BY 1)",
       {"20.0 % of the rows were left out", "!of its rows", "!still wait"}},
      {"SELECT report_html(i / 401.0, CASE WHEN i % 2 THEN i > 15 END, 'm') FROM n", /* 8 of 200 are 0 */
       {"many rows were left out, and nearly all labels that are left are of one class: if the other rows "
        "still wait for their labels, the values may be biased.",
        "50.0 % of the rows"}},
      {"SELECT report_html(i / 401.0, CASE WHEN i % 2 THEN i > 20 END, 'm') FROM n", {"!still wait"}},
      {"SELECT report_html(i / 401.0, i > 15, 'm') FROM n", {"!still wait"}},
      {"SELECT report_classes_html(1, CASE WHEN i % 2 THEN i > 15 END, 'm') FROM n", {"still wait"}},
      {"SELECT report_regression_html(s, m) FROM (SELECT i % 2 AS m, pred_set(i, CASE WHEN i % 2 = 0 OR i % "
       "5 "
       "THEN i + i % 3 END) AS s FROM n GROUP BY 1)",
       {"<bdi>1</bdi></strong>: 20.0 % of its rows were left out because of a NULL.", "!still wait"}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

/* Where a note begins and ends to apply: a number at the bound, and one beyond it. */
#define SCORES_OF(low_pos, low_neg, high_pos, high_neg)                                                      \
  "SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.2, "    \
  "1, " low_pos "), (0.2, 0, " low_neg "), (0.8, 1, " high_pos "), (0.8, 0, " high_neg ")))"
#define TWO_SCORES(wrong, right) SCORES_OF(wrong, right, right, wrong)
static void check_bounds(void) {
  static const Case cases[] = {
      /* Four rows of 400 are 1 %; three are fewer. */
      {"SELECT report_html(i / 401.0, i <= 4, 'm') FROM n", {"!are rare"}},
      {"SELECT report_html(i / 401.0, i <= 396, 'm') FROM n", {"!are rare"}},
      {"SELECT report_html(i / 401.0, i <= 3, 'm') FROM n", {"positives are rare: 0.75 % of the rows."}},
      {"SELECT report_classes_html(c, c, 'm') FROM (SELECT max(i % 2, 2 * (i <= 4)) AS c FROM n)", {NOTHING}},
      {"SELECT report_classes_html(c, c, 'm') FROM (SELECT max(i % 2, 2 * (i <= 3)) AS c FROM n)",
       {"the class 2 is rare: 0.75 % of the rows.", "!class_table()"}},
      /* A tenth of the rows have different scores, or one fewer; 100 rows, or one fewer. */
      {"SELECT report_html(i % 40 / 40.0, i * 7919 % 401 < i, 'm') FROM n", {"!many rows share"}},
      {"SELECT report_html(i % 39 / 40.0, i * 7919 % 401 < i, 'm') FROM n",
       {"there are only 39 different ones"}},
      {"SELECT report_html(i % 5 / 5.0, i % 3 = 0, 'm') FROM n WHERE i <= 99", {"!many rows share"}},
      {"SELECT report_html(i % 5 / 5.0, i % 3 = 0, 'm') FROM n WHERE i <= 100",
       {"there are only 5 different ones"}},
      /* Of 400 rows with the score 0.5, 224 or 226 are positive: p is 0.016 or 0.009. */
      {"SELECT report_html(0.5, i <= 224, 'm') FROM n", {"!the mean score"}},
      {"SELECT report_html(0.5, i <= 176, 'm') FROM n", {"!the mean score"}},
      {"SELECT report_html(0.5, i <= 226, 'm') FROM n",
       {"the mean score is 0.500, the share of positives 0.565"}},
      /* Spiegelhalter's test, with p 0.014, does not see the rows with the score 0.5. */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(column1, column2, column3) AS s FROM (VALUES (0.4, "
       "1, "
       "97), (0.4, 0, 103), (0.5, 1, 120), (0.5, 0, 80)))",
       {"</strong>: the mean score is 0.450, the share of positives 0.542: on average the scores are too "
        "low."}},
      /* A difference of 0.005 to the last bit is not clear yet. */
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(0.005, 0, 2000) AS s)",
       {"The mean score is 0.005, the share of positives 0.000; the calibration"}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(1e-300, column1, column2) AS s FROM (VALUES (0, "
       "199), (1, 1)))",
       {"The mean score is 0.000, the share of positives 0.005; the calibration"}},
      {"SELECT report_html(0.4, i <= 191, 'm') FROM n", {"test gives p = 0.002. The mean score"}},
      /* Slopes of 1.09, 1.15, 1.05, 0.95 and 0.85: up to 2000 rows their interval decides, then 0.1. */
      {TWO_SCORES("180", "820"), {"the calibration slope is 1.094, clearly above 1", "!" NOTHING}},
      {SCORES_OF("180", "821", "820", "180"), {"!calibration slope"}},
      {TWO_SCORES("1688", "8312"), {"the calibration slope is 1.150, clearly above 1"}},
      {TWO_SCORES("1892", "8108"), {"!calibration slope"}},
      {TWO_SCORES("2113", "7887"), {"!calibration slope"}},
      {TWO_SCORES("2354", "7646"), {"the calibration slope is 0.850, clearly below 1"}},
      /* A million rows have intervals and a slope; one row more has not. */
      {TWO_SCORES("84400", "415600"),
       {"the calibration slope is 1.150", "<small>", "!Intervals are left out"}},
      {SCORES_OF("84400", "415600", "415600", "84401"),
       {"!calibration slope", "!<small>", "!worse than chance", "Intervals are left out, because"}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(1, 1, 3000000000) AS s)",
       {"!<small>", "Intervals are left out, because"}},
      {"SELECT report_regression_html(s, 'm') FROM (SELECT pred_set(2, 1, 1000000) AS s)",
       {"<small>", "!Intervals are left out"}},
      {"SELECT report_regression_html(s, 'm') FROM (SELECT pred_set(2, 1, 1000001) AS s)",
       {"!<small>", "Intervals are left out, because"}},
      /* Scores of 0 and 1 are probabilities. Of two scores as far outside the larger one is shown. */
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (-1, 0), (2, 1), (0.5, 0))",
       {"2 rows have scores outside 0 to 1, such as 2, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (0.5, 0))", {"!outside 0"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (-0.5, 0))",
       {"outside 0 to 1, -0.5, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (1.5, 0))",
       {"outside 0 to 1, 1.5, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (-1.5, 0), (2, 1))",
       {"such as -1.5, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (100.5, 0))",
       {"outside 0 to 1, 100.5, so", "if the scores have a scale of their own", "!percentage", "!logit"}},
      /* Numbers have six digits, but for one that would show 1. */
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (96.85000000000001, 0))",
       {"outside 0 to 1, 96.85, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (-3.465839032795177, 0))",
       {"outside 0 to 1, -3.46584, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (1.0000071, 0))",
       {"outside 0 to 1, 1.0000071, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (1.0000171, 0))",
       {"outside 0 to 1, 1.00002, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (1e15, 0))",
       {"outside 0 to 1, 1.0e+15, so"}},
      {"SELECT report_html(column1, column2, 'm') FROM (VALUES (0, 0), (1, 1), (-123456789012345, 0))",
       {"outside 0 to 1, -123456789012345, so"}},
      /* A cutoff that no score reaches is not shown, nor a bin without rows. */
      {"SELECT report_html(1 - i / 401.0, i > 200, 'm') FROM n", {"!best Youden index"}},
      {"SELECT report_html(column1, column2, m.value) FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1)), "
       "json_each('[1, 2]') m",
       {"<td>0.4 to 0.5</td>", "!0.5 to 0.6", "!1.0 to 1.1"}},
      {"SELECT report_html(0.45 + i % 100 / 1000.0, i * 7919 % 400 < 140, m.value) FROM n, json_each('[1, "
       "2]') m",
       {"1</bdi></strong>: the mean score is 0.500, the share of positives 0.350"}},
      /* The mean target has an RÂ² of 0. */
      {"SELECT report_regression_html(2, column1, 'm') FROM (VALUES (1), (2), (3))", {"!is below 0"}},
      {"SELECT report_regression_html(2.5, column1, 'm') FROM (VALUES (1), (2), (3))", {"is below 0"}},
      /* A tenth of the RMSE, here 0.1005 and 0.1006. */
      {"SELECT report_regression_html(i + i % 2 * 2 - 0.905, i, 'm') FROM n", {NOTHING}},
      {"SELECT report_regression_html(i + i % 2 * 2 - 0.895, i, 'm') FROM n",
       {"predictions are too high by 0.105 on average."}},
      {"SELECT report_regression_html(i + i % 2 * 2 - 1.105, i, 'm') FROM n",
       {"predictions are too low by 0.105 on average."}},
      {"SELECT report_regression_html(i, i, 'm') FROM n", {NOTHING}},
      /* An RMSE of 3.16 times the MAE. */
      {"SELECT report_regression_html(i + 100 * (i = 1) - 100 * (i = 2), i, 'm') FROM n WHERE i <= 20",
       {"a few large errors"}},
      {"SELECT report_regression_html(i + i % 2 * 20 - 10, i, 'm') FROM n", {NOTHING}},
      /* 20 of 400 rows are 5 %. */
      {"SELECT report_regression_html(CASE WHEN i % 20 THEN i + i % 2 - 0.5 END, i, 'm') FROM n",
       {"!of the rows were"}},
      {"SELECT report_regression_html(s, m) FROM (SELECT i % 2 AS m, pred_set(CASE WHEN i % 40 THEN i + i / "
       "2 % 2 - "
       "0.5 END, i) AS s FROM n GROUP BY 1)",
       {"!of its rows"}},
      /* Without a name a note begins with a capital. */
      {"SELECT report_html(s) FROM (SELECT score_set(0.5, i % 2) AS s FROM n)",
       {"<li>All rows have the same score", "<li>The ROC AUC is 0.500"}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

/* Nothing stands out only where there is no note: not beside two notes of any kinds. */
static void check_nothing(void) {
  static const Case cases[] = {
      {"SELECT report_html(3 - i / 401.0, i * 7919 % 401 < i, 'm') FROM n",
       {"inverted?", "outside 0", "!" NOTHING, "!>Calibration<"}},
      {"SELECT report_html(3 + i, i % 2, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "outside 0", "!" NOTHING}},
      {"SELECT report_html(i / 1e6, 0, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "no row is positive", "!" NOTHING}},
      {"SELECT report_html(i % 2, i % 2, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "every score is", "!" NOTHING}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set(3 + i / 401.0, i > 390, 10 - 9 * (i > 390)) AS s "
       "FROM n)",
       {"outside 0", "are rare", "!" NOTHING}},
      {"SELECT report_html(3 + i % 20 / 20.0, i * 7 % 20 < i % 20 + 0.5, 'm') FROM n",
       {"outside 0", "there are only 20", "!" NOTHING}},
      {"SELECT report_html(3 + i / 401.0, i * 7919 % 401 < i, 'm') FROM n", {"outside 0", "!" NOTHING}},
      {"SELECT report_html(i / 200.0, i * 37 % 61 < i + 20, 'm') FROM n WHERE i <= 60",
       {"miscalibrated", "!slope", "!" NOTHING}},
      {"SELECT report_html(CASE WHEN i % 10 THEN i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"10.0 % of the rows were", "!" NOTHING}},
      {"SELECT report_html(CASE WHEN i % 10 THEN 3 + i / 401.0 END, i * 7919 % 401 < i, 'm') FROM n",
       {"10.0 % of the rows were", "outside 0", "!" NOTHING}},
      {"SELECT report_html(s, 'm') FROM (SELECT score_set((i % 20 + 0.5) / 20, i * 7 % 20 < i % 20 + 0.5) AS "
       "s FROM n)",
       {"there are only 20", "!" NOTHING}},
      {"SELECT report_classes_html(c, c, 'm') FROM (SELECT CASE WHEN i % 2 THEN 'Fish ' ELSE 'Fish' END AS c "
       "FROM n "
       "WHERE i <= 9)",
       {"only by blanks or case", "only 9 rows", "!" NOTHING}},
      {"SELECT report_classes_html(max(i % 2, i = 2), i % 2, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "most frequent confusion", "!" NOTHING}},
      {"SELECT report_classes_html(i % 2, max(i % 2, 2 * (i = 1)), 'm') FROM n WHERE i <= 40",
       {"most frequent confusion", "2 is never predicted", "!" NOTHING}},
      {"SELECT report_classes_html('a', 'a', 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "all labels", "!" NOTHING}},
      {"SELECT report_classes_html(i / 2 % 2, i % 2, 'm') FROM n",
       {"!most frequent confusion", "is not above 0.500", "!" NOTHING}},
      {"SELECT report_classes_html(s, m) FROM (SELECT i % 2 AS m, class_set(i / 2 % 2, CASE WHEN i % 10 THEN "
       "i / 2 % "
       "2 END) AS s FROM n GROUP BY 1)",
       {"of its rows were", "of all rows were", "!" NOTHING}},
      {"SELECT report_classes_html(CASE WHEN i % 10 THEN c END, c, 'm') FROM (SELECT i, max(i % 2, 2 * (i = "
       "1)) AS c "
       "FROM n)",
       {"10.0 % of the rows were", "the class 2 is rare", "!" NOTHING}},
      {"SELECT report_classes_html(CASE WHEN i % 10 THEN i END, i, 'm') FROM n",
       {"10.0 % of the rows were", "360 classes are rare", "!" NOTHING}},
      {"SELECT report_classes_html(s, 'm') FROM (SELECT class_set(i % 2, i % 2, 0.001) AS s FROM n)",
       {NOTHING, "!all labels"}},
      {"SELECT report_regression_html(CASE i WHEN 9 THEN 9e999 ELSE i END, i, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "errors are infinite", "!" NOTHING}},
      {"SELECT report_regression_html(10 - i, i, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "is below 0", "!" NOTHING}},
      {"SELECT report_regression_html(i + 1, i, 'm') FROM n WHERE i <= 9",
       {"only 9 rows", "too high", "!" NOTHING}},
      {"SELECT report_regression_html(i, i, 'm') FROM n WHERE i <= 9", {"only 9 rows", "!" NOTHING}},
      {"SELECT report_regression_html(CASE WHEN i % 10 THEN i + 100 * (i = 1) - 100 * (i = 2) END, i, 'm') "
       "FROM n",
       {"10.0 % of the rows were", "a few large errors", "!" NOTHING}},
      {"SELECT report_regression_html(s, m) FROM (SELECT i % 2 AS m, pred_set(i, CASE WHEN i % 10 THEN i "
       "END) AS s "
       "FROM n GROUP BY 1)",
       {"of its rows were", "of all rows were", "!" NOTHING}},
      /* One model of 50 rows has lost a fifth of them, which is 3 % of all. */
      {"SELECT report_regression_html(s, m) FROM (SELECT i > 50 AS m, pred_set(CASE WHEN i > 50 OR i % 5 "
       "THEN i END, "
       "i) AS s FROM n GROUP BY 1)",
       {"0</bdi></strong>: 20.0 % of its rows were", "!of all rows", "!" NOTHING}},
      {"SELECT report_html(s, m) FROM (SELECT i > 50 AS m, score_set(i / 401.0, CASE WHEN i > 50 THEN i * "
       "7919 % 401 < "
       "i WHEN i % 5 THEN i = 7 END) AS s FROM n GROUP BY 1)",
       {"0</bdi></strong>: 20.0 % of its rows were", "still wait", "!" NOTHING}},
      {"SELECT report_classes_html(s, m) FROM (SELECT m, class_set(CASE WHEN m OR i % 5 THEN c END, c) AS s "
       "FROM (SELECT "
       "i, i > 50 AS m, CASE WHEN i > 50 THEN i % 2 ELSE i = 7 END AS c FROM n) GROUP BY 1)",
       {"0</bdi></strong>: 20.0 % of its rows were", "still wait", "!of all rows", "!" NOTHING}},
      /* Twelve models are shown, and one more is told. */
      {"SELECT report_regression_html(i + i / 12 % 2 - 0.5, i, i % 12) FROM n WHERE i <= 384",
       {"<p>12 models, 32 rows each", NOTHING, "!more model"}},
      {"SELECT report_regression_html(i + i / 13 % 2 - 0.5, i, i % 13) FROM n WHERE i <= 390",
       {"<li>1 more model is not shown.</li>", "!" NOTHING}},
      {"SELECT report_regression_html(CASE WHEN i % 10 THEN i END, i, i % 13) FROM n "
       "WHERE i <= 390",
       {"10.0 % of the rows were", "1 more model", "!" NOTHING}},
  };
  check_all(cases, sizeof cases / sizeof *cases);
}

int main(void) {
  db = open_bare();
  sqlite3_exec(
      db,
      "CREATE TABLE n AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
      "SELECT i FROM n",
      NULL, NULL, NULL);
  check_classes();
  check_preds();
  check_scores();
  check_totals();
  check_decisions();
  check_left_out();
  check_bounds();
  check_nothing();
  sqlite3_close(db);
  return end_of_tests();
}
