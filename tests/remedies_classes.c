/* As remedies.c: scores in place of classes, classes that look alike or occur alone, decisions, samples. */
#include "said.h"

/* Numbers that no date is written as. */
#define NO_DATE(x)                                                                                           \
  {                                                                                                          \
    "SELECT psi(score, " x ") FROM four",                                                                    \
        WHOLE                                                                                                \
        "psi: sample must be 0 for the reference or 1 for the current rows, got " x                          \
        "; to compare two columns, SELECT a AS value, 0 AS sample FROM … UNION ALL SELECT b, 1 FROM …",      \
        NULL                                                                                                 \
  }
/* The two samples of numbers that are dates. */
#define BY_DATE(name, day)                                                                                   \
  "CASE WHEN to_number(" name ") BETWEEN 19000101 AND 20991231 THEN to_number(" name ") > " day              \
  " ELSE " name " END"

/* The note of a result, the integers from 1 to n, and labels as words. */
#define EMPTY_CLASS                                                                                          \
  "an empty text is one of the classes; nullif(trim(label), '') leaves out rows without a label"
#define NOTE(call) "SELECT json_extract(" call ", '$.note')"
#define NUMBERS(n)                                                                                           \
  " FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " n ") SELECT i FROM "  \
  "n)"
#define YES "CASE WHEN label THEN 'yes' ELSE 'no' END"

/* A table with decimal commas, as pandas writes it, and what a message says of a label in it. */
#define COMMAS                                                                                               \
  " FROM (SELECT column1 AS score, column2 AS label FROM (VALUES ('0,1', '0,0'), ('0,4', '0,0'), ('0,35', "  \
  "'1,0'), ('0,8', '1,0')))"
#define BY_COMMA(name) "; to_number(" name ", 'comma') reads decimal commas"
#define LABEL_TEXT(label)                                                                                    \
  "SELECT json_extract(p, '$.rows') || '|' || json_extract(p, '$.example') || '|' || json_extract(p, "       \
  "'$.advice') FROM (SELECT json_extract(input_problems(0.5, " label "), '$.problems[0]') AS p"

/* Ten scores beside the words for labels, and what a message says of them. */
#define SCORED                                                                                               \
  " FROM (SELECT (i % 10 + 1) / 11.0 AS score, CASE WHEN i % 10 > 6 THEN 'yes' ELSE 'no' END AS "            \
  "label" NUMBERS("20") ")"
#define BESIDE_TEXT(at)                                                                                      \
  ": pred and label never agree: in every row one is a score and the other a text such as 'no'; for scores " \
  "see " at "(score, label, cutoff)"

/* Weights below 0. */
#define WEIGHT(x) "SELECT mse(1, 2, " x ")", WHOLE "mse: weight must be finite and >= 0, got " x
#define NO_CODE(x)                                                                                           \
  { WEIGHT(x), NULL }
#define CODE(x)                                                                                              \
  {                                                                                                          \
    WEIGHT(x)                                                                                                \
    "; CASE to_number(weight) WHEN " x " THEN NULL ELSE weight END if it stands for a missing weight", NULL  \
  }

static const Said said[] = {
    /* a chart says which score stands in place of a class, as a report does */
    {"SELECT confusion_svg(s, 'm') FROM (SELECT class_set(score, label) AS s FROM four)",
     WHOLE "confusion_svg: pred must be a class, not a score, as every label is an integer, got 0.1; for "
           "scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT report_classes_html(score, label, label) FROM four", "as every label is an integer, got 0.1",
     NULL},
    /* scores beside labels in words, which are never equal */
    {"SELECT accuracy(score, label)" SCORED, WHOLE "accuracy" BESIDE_TEXT("accuracy_at"), NULL},
    {"SELECT f1_macro(label, score)" SCORED, WHOLE "f1_macro" BESIDE_TEXT("f1_at"), NULL},
    {"SELECT accuracy(s) FROM (SELECT class_set(score, label) AS s" SCORED ")",
     WHOLE "accuracy" BESIDE_TEXT("accuracy_at"), NULL},
    {"SELECT classification_report(score, label)" SCORED,
     WHOLE "classification_report" BESIDE_TEXT("accuracy_at"), NULL},
    {"SELECT evaluate_classes(score, label)" SCORED, WHOLE "evaluate_classes" BESIDE_TEXT("accuracy_at"),
     NULL},
    {"SELECT confusion_svg(s) FROM (SELECT class_set(score, label) AS s" SCORED ")",
     "in every row one is a score and the other a text; for scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT report_classes_html(score, label, 1)" SCORED,
     "in every row one is a score and the other a text; for scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT confusion_table(score, label)" SCORED, WHOLE "confusion_table" BESIDE_TEXT("accuracy_at"), NULL},
    {"SELECT * FROM class_table((SELECT class_set(score, label)" SCORED ")) LIMIT 1",
     "in every row one is a score and the other a text; for scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT accuracy(CASE WHEN i % 2 THEN 'cat' ELSE 'dog' END, i * 7)" NUMBERS("40"), NULL, "0.0"},
    {"SELECT accuracy((i % 12 + 1) || '%', (i % 12 + 1) / 100.0)" NUMBERS("40"),
     "a score and the other a text such as '1%'; to_number(x) makes such texts numbers", NULL},
    {"SELECT accuracy(to_number((i % 12 + 1) || '%'), (i % 12 + 1) / 100.0)" NUMBERS("40"), NULL, "1.0"},
    {"SELECT accuracy(i % 4, '0' || (i % 4))" NUMBERS("40"),
     "an integer and the other a text such as '00'; to_number(x) makes such texts numbers", NULL},
    {"SELECT accuracy(i % 4, to_number('0' || (i % 4)))" NUMBERS("40"), NULL, "1.0"},
    {"SELECT accuracy_at(score, label, 0.5)" SCORED, "to_label(label) reads true, yes and the like", NULL},
    {"SELECT accuracy_at(score, to_label(label), 0.5)" SCORED, NULL, "0.8"},
    /* a logit or a percentage is 100 at most */
    {"SELECT log_loss(100, 1)", "if every prob is a logit", NULL},
    {"SELECT log_loss(100.5, 1)", "it is too large for a logit or a percentage", NULL},
    /* a number of 8 bytes is no vector */
    {"SELECT roc_auc(x'0102030405060708', 1)",
     "got a BLOB of 8 bytes; if it is a NumPy number, bind int(x) or float(x)", NULL},
    {"SELECT roc_auc(x'010203040506070809', 1)",
     "got a BLOB of 9 bytes; vector_at(score, i) takes one entry of a vector", NULL},
    /* the tables of clusters beside names, and of decisions beside words, show what belongs together */
    {"SELECT confusion_table(i % 4, 'c' || (i % 4)) LIKE 'rows: label%'" NUMBERS("40"), NULL, "1"},
    {"SELECT classification_report(i % 4, 'c' || (i % 4)) LIKE '%weighted avg%'" NUMBERS("40"), NULL, "1"},
    {"SELECT confusion_table(i % 2, CASE WHEN i % 2 THEN 'yes' ELSE 'no' END) LIKE 'rows: label%'" NUMBERS(
         "40"),
     NULL, "1"},
    {"SELECT classification_report(i % 2, CASE WHEN i % 2 THEN 'yes' ELSE 'no' END) LIKE '%weighted "
     "avg%'" NUMBERS("40"),
     NULL, "1"},
    /* neither column of these is a prediction */
    {"SELECT json_extract(chi2_test(score, label), '$.rows')" SCORED, NULL, "20"},
    /* an infinite number is no whole one, so that beside integers it is a score */
    {"SELECT accuracy(9e999, 1)",
     WHOLE "accuracy: pred must be a class, not a score, as every label is an integer, got Infinity; for "
           "scores see accuracy_at(score, label, cutoff)",
     NULL},
    {"SELECT f1_macro(s) FROM (SELECT class_set(-9e999, 0) AS s UNION ALL SELECT class_set(9e999, 1))",
     "got -Infinity; for scores see f1_at(score, label, cutoff)", NULL},
    {"SELECT accuracy_at(9e999, 1, 0.5), accuracy(9e999, 9e999), accuracy(9e999, 0.5), accuracy(1e300, 1)",
     NULL, "1.0|1.0|0.0|0.0"},
    /* chi2_test has no prediction: a dose may stand on either side */
    {"SELECT json_extract(chi2_test(column1, column2), '$.p_value') = json_extract(chi2_test(column2, "
     "column1), '$.p_value') FROM (VALUES (0.5, 1), (1.5, 0), (2, 0), (0.5, 0))",
     NULL, "1"},
    {"SELECT json_extract(chi2_test(column1 + 9e999, column2), '$.df') FROM (VALUES (0, 0), (0, 1))", NULL,
     "0"},
    /* a class may end at a NUL character, too */
    {"SELECT f1('1' || char(0), 1)",
     WHOLE "f1: pred must be 0 or 1, got text '1 '; if it ends at its NUL character, " UNTIL_NUL("pred"),
     NULL},
    {"SELECT f1(" UNTIL_NUL("pred") ", 1) FROM (SELECT '1' || char(0) AS pred)", NULL, "1.0"},
    {"SELECT f1(" UNTIL_NUL("pred") ", 1) FROM (SELECT '58%' || char(0) AS pred)", "got text '58%'", NULL},
    {"SELECT psi_classes('a', '1' || char(0))", "character, " UNTIL_NUL("sample"), NULL},
    {"SELECT to_label('yes' || char(0))", "character, " UNTIL_NUL("x"), NULL},
    {"SELECT to_label(" UNTIL_NUL("x") ") FROM (SELECT 'yes' || char(0) AS x)", NULL, "1"},
    /* weights beyond 2^44 are not counted as rows, integers though they are */
    {"SELECT json_extract(roc_auc_ci(s), '$.note') FROM (SELECT score_set(score, label, 1e14) AS s FROM "
     "four)",
     NULL, "a weight is not an integer up to 2^44, so it is not a number of rows"},
    {"SELECT mean_ci(score, 0.95, 1e14) FROM four",
     "weight must be an integer from 0 to 2^44, a number of rows, got 100000000000000", NULL},
    /* dates as numbers, which tell two samples apart */
    {"SELECT psi(score, day) FROM days",
     WHOLE "psi: sample must be 0 for the reference or 1 for the current rows, got 20240601; if dates tell "
           "the two samples apart, " BY_DATE("sample",
                                             "20240601") " makes two samples, up to 20240601 and after it",
     NULL},
    {"SELECT psi(score, " BY_DATE("day", "20240601") ") = psi(score, day > 20240601) FROM days", NULL, "1"},
    {"SELECT psi(score, " BY_DATE("day", "20240601") ") FROM (SELECT * FROM days UNION ALL SELECT 1, 'x')",
     "to_number: x must be a number, got text 'x'", NULL},
    {"SELECT psi(score, " BY_DATE("day", "20240601") ") FROM (SELECT * FROM days UNION ALL SELECT 1, 7)",
     "got 7", NULL},
    {"SELECT ks_test(score, day) FROM days", "; if dates tell the two samples apart, CASE", NULL},
    {"SELECT psi_classes(score, day) FROM days", BY_DATE("sample", "20240601"), NULL},
    {"SELECT score_set(score, 20240601) FROM four",
     "up to 20240601 and after it; to_number(label) = 20240601", NULL},
    {"SELECT roc_auc(score, 20240601) FROM four", "got 20240601; to_number(label) = 20240601", NULL},
    {"SELECT psi(s, d) FROM (SELECT pack(score) AS s, pack(day) AS d FROM days)",
     WHOLE "psi: element 0: sample must be 0 for the reference or 1 for the current rows, got 20240601",
     NULL},
    NO_DATE("20240001"),
    NO_DATE("20240600"),
    NO_DATE("20240632"),
    NO_DATE("18991231"),
    NO_DATE("21000101"),
    NO_DATE("20240601.5"),
    NO_DATE("20241301"),
    /* a misspelt name in double quotes is a text, which is never right */
    {"SELECT json_extract(mcnemar_test('pa', score > 0.5, label), '$.note'), json_extract(mcnemar_test("
     "score > 0.5, 'pb', label), '$.note') FROM four",
     NULL,
     "pred_a is never right; is argument 1 the column of its predictions, and are its classes written as the "
     "labels are?|pred_b is never right; is argument 2 the column of its predictions, and are its classes "
     "written as the labels are?"},
    {"SELECT json_extract(mcnemar_test(score > 0.5, score > 0.2, label), '$.note') IS NULL FROM four", NULL,
     "1"},
    /* a word beside 0 or 1 is a class that never agrees; answers of all kinds may be both */
    {NOTE("mcnemar_test(" YES ", score > 0.5, label)") " FROM four", NULL,
     "pred_a is never right; is argument 1 the column of its predictions, and are its classes written as the "
     "labels are?"},
    {NOTE("mcnemar_test(score > 0.5, " YES ", label)") " FROM four", NULL,
     "pred_b is never right; is argument 2 the column of its predictions, and are its classes written as the "
     "labels are?"},
    {NOTE("mcnemar_test(label, score > 0.5, " YES ")") " FROM four", NULL,
     "no prediction is right; is argument 3 the label, and are its classes written as the predictions are?"},
    {NOTE("mcnemar_test(column1, column2, column3)") " IS NULL FROM (VALUES ('cat', 'cat', 'cat'), ('no', "
                                                     "'0', 'no'), "
                                                     "('0', 'yes', '0'), (0, 1, 'no'))",
     NULL, "1"},
    {"SELECT mcnemar_test(to_label(" YES "), score > 0.5, label) = mcnemar_test(label, score > 0.5, label) "
     "FROM four",
     NULL, "1"},
    {"SELECT mcnemar_test(to_label(CASE label WHEN 1 THEN 'yes' WHEN 0 THEN 'no' ELSE 'oui' END), 1, label) "
     "FROM (SELECT * FROM four UNION ALL SELECT 1, 2)",
     "to_label: ", NULL},
    {"SELECT json_extract(mcnemar_test(column1, column1, column1), '$.both_right') FROM (VALUES ('yes'), "
     "('no'))",
     NULL, "2"},
    {"SELECT json_extract(mcnemar_test(column1, 1, 1), '$.both_right') FROM (VALUES ('y'), (1), (''), "
     "('NA'))",
     NULL, "1"},
    /* classes that look alike, the first two in order; single letters of two cases may be meant */
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('Fish', 'Fish '), ('dog', 'cat'))", NULL,
     "the classes 'Fish' and 'Fish ' differ only by blanks or case"},
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('x', 'Yes'), ('YES', 'yes'), (' x', 'x'))",
     NULL, "the classes ' x' and 'x' differ only by blanks or case"},
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('zoo', 'ZOO'), ('ab', 'AB'), ('Mid', 'mid'))",
     NULL, "the classes 'AB' and 'ab' differ only by blanks or case"},
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('ab ', 'ab'), ('AB', 'Ab'))", NULL,
     "the classes 'AB' and 'Ab' differ only by blanks or case"},
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('ab', 'AB'), ('AB ', 'aB'), ('Ab', 'ab '))",
     NULL, "the classes 'AB' and 'AB ' differ only by blanks or case"},
    {NOTE("evaluate_classes(column1, nullif(trim(column2), ''))") " IS NULL FROM (VALUES ('a', 'a'), ('b', ' "
                                                                  "'))",
     NULL, "1"},
    {NOTE("evaluate_classes(column1, column2)") " FROM (VALUES ('a', 'a'), ('b', ' '))", NULL, EMPTY_CLASS},
    {NOTE("accuracy_ci(column1, column2)") " FROM (VALUES (1, 1), (2, ''))", NULL, EMPTY_CLASS},
    {NOTE("evaluate_classes('', 'cc')"), NULL, EMPTY_CLASS},
    {NOTE("evaluate_classes('c' || i, iif(i > 1, 'c' || i, ''))") NUMBERS("255"), NULL, EMPTY_CLASS},
    {NOTE("evaluate_classes('', '')") " IS NULL", NULL, "1"},
    {NOTE("evaluate_classes(column1, column2)") " IS NULL FROM (VALUES ('a', 'A'), ('A', 'a'), ('ab', 'ac'))",
     NULL, "1"},
    {NOTE("f1_macro_ci(column1, column2)") " FROM (VALUES ('True', 'TRUE'), ('False', 'False'))", NULL,
     "two classes differ only by blanks or case"},
    {NOTE("accuracy_ci('c' || i, 'C' || min(i, 1))") NUMBERS("255"), NULL,
     "two classes differ only by blanks or case"},
    {NOTE("accuracy_ci('c' || i, 'C' || min(i, 1))") " NOT LIKE 'two classes%'" NUMBERS("256"), NULL, "1"},
    {NOTE("kappa_quadratic_ci(column1, column1)") " FROM (VALUES ('low'), ('medium'), ('high'))", NULL,
     "the order of the classes is alphabetical; a list of classes gives another"},
    {NOTE("kappa_linear_ci(column1, column1, '[\"low\",\"medium\",\"high\"]')") " LIKE '%alphabetical%' OR "
                                                                                "json_extract(kappa_linear_"
                                                                                "ci(column1, column1), "
                                                                                "'$.note') NOT LIKE "
                                                                                "'%alphabetical%' FROM "
                                                                                "(VALUES ('low'), "
                                                                                "('medium'), ('high'))",
     NULL, "0"},
    {NOTE("kappa_linear_ci(column1, column1)") " NOT LIKE '%alphabetical%' FROM (VALUES ('low'), ('high'))",
     NULL, "1"},
    {NOTE("kappa_linear_ci(column1, column1)") " NOT LIKE '%alphabetical%' FROM (VALUES (1), (2), ('3a'))",
     NULL, "1"},
    {NOTE("f1_macro_ci(column1, column1)") " NOT LIKE '%alphabetical%' FROM (VALUES ('low'), ('medium'), "
                                           "('high'))",
     NULL, "1"},
    /* a column of one class, as of a misspelt name in double quotes */
    {NOTE("chi2_test('grp2', label)") " FROM four", NULL, "only one class of a occurs"},
    {NOTE("chi2_test(label, 'grp2')") " FROM four", NULL, "only one class of b occurs"},
    {NOTE("chi2_test(label, score)") " IS NULL FROM four", NULL, "1"},
    {NOTE("psi_classes_ci('gender', label)") " FROM four", NULL, "only one class occurs"},
    {NOTE("psi_classes_ci(score > 0.3, label)") " FROM four", NULL,
     "approximate: samples of rows overestimate this metric"},
    /* numbers that hardly repeat are no classes; versions such as 1.5 may be */
    {NOTE("chi2_test(i + 0.5, i % 2)") NUMBERS("100"), NULL,
     "a holds numbers that hardly repeat, rather than classes"},
    {NOTE("chi2_test(i % 2, i + 0.5)") NUMBERS("100"), NULL,
     "b holds numbers that hardly repeat, rather than classes"},
    {NOTE("chi2_test(i + 0.5, i % 2)") " IS NULL" NUMBERS("99"), NULL, "1"},
    {NOTE("chi2_test(i % 100 + 0.5, i % 2)") " IS NULL" NUMBERS("200"), NULL, "1"},
    {"SELECT psi_classes(i + 0.5, i % 2)" NUMBERS("100"),
     WHOLE
     "psi_classes: the classes are numbers that hardly repeat; the function without _classes takes numbers",
     NULL},
    {"SELECT psi_classes_ci(i % 100 + 0.5, i % 2)" NUMBERS("199"),
     WHOLE "psi_classes_ci: the classes are numbers that hardly repeat; the function without _classes takes "
           "numbers",
     NULL},
    {"SELECT psi_classes(i % 100 + 0.5, i % 2) IS NOT NULL" NUMBERS("200"), NULL, "1"},
    /* prices of the orders of a day */
    {"SELECT psi_classes((i / 2) * 3 % 140 + 0.99, i % 2) IS NOT NULL" NUMBERS("400"), NULL, "1"},
    {"SELECT psi(i + 0.5, i % 2) IS NOT NULL" NUMBERS("100"), NULL, "1"},
    /* labels with a decimal comma, which by CASE may be taken for the wrong class */
    {"SELECT roc_auc(to_number(score, 'comma'), label)" COMMAS,
     WHOLE "roc_auc: label must be 0 or 1, got text '0,0'" BY_COMMA("label") "; input_problems(score, label) "
                                                                             "counts all that is wrong",
     NULL},
    {"SELECT roc_auc(to_number(score, 'comma'), to_number(label, 'comma'))" COMMAS, NULL, "0.75"},
    {"SELECT roc_auc(to_number(score, 'comma'), to_number(label, 'comma')) FROM (SELECT *" COMMAS
     " UNION ALL SELECT '0,5', 'ham')",
     "to_number: x must be a number", NULL},
    {"SELECT f1(label, 1)" COMMAS, WHOLE "f1: pred must be 0 or 1, got text '0,0'" BY_COMMA("pred"), NULL},
    {"SELECT f1(1, label)" COMMAS, WHOLE "f1: label must be 0 or 1, got text '0,0'" BY_COMMA("label"), NULL},
    {"SELECT f1(to_number(label, 'comma'), to_number(label, 'comma'))" COMMAS, NULL, "1.0"},
    {"SELECT f1(s) FROM (SELECT class_set(label, label) AS s" COMMAS ")",
     WHOLE "f1: every class of the set must be 0 or 1, got '0,0'" BY_COMMA("x"), NULL},
    {"SELECT accuracy(i % 4, (i / 4 % 4) || ',0')" NUMBERS("40"),
     WHOLE
     "accuracy: pred and label never agree: in every row one is an integer and the other a text such as "
     "'0,0'" BY_COMMA("x"),
     NULL},
    {"SELECT accuracy(i % 4, to_number((i % 4) || ',0', 'comma'))" NUMBERS("40"), NULL, "1.0"},
    {"SELECT accuracy(i % 4, (i / 4 % 4 + 2) || ',0')" NUMBERS("40"), "such as '2,0'" BY_COMMA("x"), NULL},
    {"SELECT accuracy(i % 4, (i / 4 % 4 + 2) || ',000')" NUMBERS("40"),
     "such as '2,000'; map the integers to the texts by CASE or a join", NULL},
    {"SELECT to_label('1,000')",
     WHOLE "to_label: x must be 0 or 1, or a word for it, got text '1,000'" BY_COMMA("x"), NULL},
    {"SELECT to_number('1,000', 'comma'), to_label('1.0')", NULL, "1.0|1"},
    {"SELECT to_label('2,0')", "CASE x WHEN '2,0' THEN 1", NULL},
    {"SELECT to_label('100%')", "CASE x WHEN '100%' THEN 1", NULL},
    {LABEL_TEXT("label") COMMAS ")", NULL, "4|0,0|to_number(label, 'comma') reads decimal commas"},
    {LABEL_TEXT("'2,0'") " FROM four)", NULL,
     "4|2,0|CASE label WHEN 'positive class' THEN 1 WHEN 'negative class' THEN 0 ELSE label END; "
     "nullif(label, 'text') of a text that stands for a missing label"},
    /* any other number with a comma may be the score */
    {"SELECT roc_auc(0.5, '0,7')",
     WHOLE
     "roc_auc: label must be 0 or 1, got text '0,7'; are score and label swapped? input_problems(score, "
     "label) counts all that is wrong",
     NULL},
    /* of negative weights only -1 and nines may be codes for missing ones */
    NO_CODE("-299"),
    NO_CODE("-3"),
    NO_CODE("-9.99"),
    NO_CODE("-0.5"),
    CODE("-1"),
    CODE("-9"),
    CODE("-9999"),
};

int main(void) {
  check_all_said(said, sizeof said / sizeof *said);
  return end_of_tests();
}
