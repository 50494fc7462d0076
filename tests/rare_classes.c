/* Classes that tables rarely have: names and counts of unusual width in tables and reports, lists of classes
 * with escapes, integral weights, samples that lack a class. Each query is compared with its only correct
 * result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

#define MANY_CLASSES                                                                                         \
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 14) SELECT "                   \
  "length(confusion_table(char(96 + i), 'a')) FROM n"

/* The widths of columns. */
static const Corner layouts[] = {
    /* A class name longer than 'total', and two classes. */
    {"SELECT confusion_table(column1, column2) FROM (VALUES ('abcdefgh', 'b'), ('b', 'b'), ('b', "
     "'abcdefgh'))",
     "rows: label, columns: pred\n          abcdefgh  b  total\nabcdefgh         0  1      1\nb       "
     "         1  1      2\ntotal            1  2      3"},
    /* Counts wider than the names. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 120000) SELECT "
     "confusion_table(CASE WHEN i <= 100000 THEN 'a' ELSE 'b' END, 'a') FROM n",
     "rows: label, columns: pred\n            a      b   total\na      100000  20000  120000\nb       "
     "    0      0       0\ntotal  100000  20000  120000"},
    /* A total wider than its parts, and parts wider than their total. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 120000) SELECT "
     "confusion_table(i <= 60000, i <= 60000) FROM n",
     "rows: label, columns: pred\n           0      1   total\n0      60000      0   60000\n1         "
     " 0  60000   60000\ntotal  60000  60000  120000"},
    {"SELECT confusion_table(column1, column2, column3) FROM (VALUES ('a', 'a', 0.1), ('a', 'a', "
     "0.2), ('a', 'b', 0.3), ('b', 'b', 0.4))",
     "rows: label, columns: pred\n                         a    b                total\na      "
     "0.30000000000000004  0.0  0.30000000000000004\nb                      0.3  0.4                  "
     "0.7\ntotal                  0.6  0.4                  1.0"},
    /* The longest name is the first or the last. */
    {"SELECT classification_report(column1, column2) FROM (VALUES ('averylongclassname', 'b'), ('b', "
     "'b'))",
     "                    precision    recall  f1-score   support\n\naverylongclassname       0.00    "
     "  0.00      0.00         0\n                 b       1.00      0.50      0.67         2\n\n     "
     "     accuracy                           0.50         2\n         macro avg       0.50      0.25 "
     "     0.33         2\n      weighted avg       1.00      0.50      0.67         2\n"},
    {"SELECT classification_report(column1, column2) FROM (VALUES ('averylongclassname', 'b'), "
     "('zverylongclassname2', 'b'))",
     "                     precision    recall  f1-score   support\n\n averylongclassname       0.00  "
     "    0.00      0.00         0\n                  b       0.00      0.00      0.00         "
     "2\nzverylongclassname2       0.00      0.00      0.00         0\n\n           accuracy          "
     "                 0.00         2\n          macro avg       0.00      0.00      0.00         2\n "
     "      weighted avg       0.00      0.00      0.00         2\n"},
    /* A quotation mark alone. */
    {"SELECT confusion_table('\"', '\"')",
     "rows: label, columns: pred\n       \"  total\n\"      1      1\ntotal  1      1"},
};

static const Corner lists[] = {
    {"SELECT kappa_quadratic(column1, column2, '[3,2,1]') FROM (VALUES (1, 1), (2, 1), (3, 3))", "0.8"},
    /* Two names with escapes, and a second row that gives the same list. */
    {"SELECT confusion_table(column1, column1, '[\"\\u0061\", \"\\u0062\"]') FROM (VALUES ('a'), "
     "('b'))",
     "rows: label, columns: pred\n       a  b  total\na      1  0      1\nb      0  1      1\ntotal  "
     "1  1      2"},
    /* The least class is named twice. */
    {"SELECT f1_macro(column1, column2, '[1,1,2]') FROM (VALUES (1, 1), (2, 1))", "!it names a class twice"},
};

/* Of three texts that are alike the first two are named, in whatever order the rows come. */
#define NOTE_ON(rows)                                                                                        \
  "SELECT json_extract(evaluate_classes(column1, column1), '$.note') FROM (VALUES " rows ")"
static const Corner alike[] = {
    {NOTE_ON("(''), (' ')"), "the classes '' and ' ' differ only by blanks or case"},
    {NOTE_ON("('cat'), ('cat '), ('cat  ')"), "the classes 'cat' and 'cat ' differ only by blanks or case"},
    {NOTE_ON("('cat  '), ('cat '), ('cat')"), "the classes 'cat' and 'cat ' differ only by blanks or case"},
    {NOTE_ON("('cat '), ('cat  '), ('cat')"), "the classes 'cat' and 'cat ' differ only by blanks or case"},
};

static const Corner sets[] = {
    /* bootstrap_ci does not say which text. */
    {"SELECT bootstrap_ci(class_set(column1, column2, 5), 'accuracy') FROM (VALUES (0, 'cat'), (0, 'dog'), "
     "(1, "
     "'cat'), (1, 'dog'))",
     "!in every row one is an integer and the other a text; map the integers"},
    /* Where a weight is given, counts are REAL, even if all weights are integral. */
    {"SELECT json_extract(evaluate_classes(column1, column2, column3), '$.rows') FROM (VALUES (1, 1, "
     "1), (2, 1, 2))",
     "3.0"},
    {"SELECT confusion_at(column1, column2, .5, column3) FROM (VALUES (.1, 0, 2), (.8, 1, 1))",
     "{\"tp\":1.0,\"fp\":0.0,\"tn\":2.0,\"fn\":0.0}"},
    /* Classes that are integers before 0 and 1, which name the samples, and a sample of the first class only.
     */
    {"SELECT psi_classes(column1, column2) FROM (VALUES (-1, 0), (-1, 0), (-2, 1), (-1, 1))",
     "4.60431846666895"},
    {"SELECT psi_classes(column1, column2), hellinger_classes(column1, column2) FROM (VALUES (-1, 0), "
     "(-1, 0), (-1, 0), (-1, 1), (5, 1))",
     "4.60431846666895|0.541196100146197"},
    /* Samples may lack the rows that make these predictions classes; the set itself may not. */
    {"SELECT count(*), count(value) FROM bootstrap((SELECT class_set(column1, column2) FROM (VALUES "
     "(0.5, 0.5), (0.25, 1), (0.75, 0), (0.3, 1))), 'accuracy', 50)",
     "50|50"},
    {"SELECT bootstrap_ci((SELECT class_set(column1, column2) FROM (VALUES (0.5, 0.5), (0.25, 1), "
     "(0.75, 0), (0.3, 1))), 'accuracy', .9, 50)",
     "{\"value\":0.25,\"low\":0.0,\"high\":0.6374999999999993,\"se\":0.20203050891044214,\"level\":0.9,"
     "\"method\":\"percentile\",\"rows\":4,\"replicates\":50,\"undefined\":0}"},
    {"SELECT f1_macro_ci(column1, column2) FROM (VALUES (0.5, 0.5), (0.25, 1), (0.75, 0), (0.3, 1))",
     "{\"value\":0.16666666666666666,\"low\":0.0,\"high\":0.3333333333333333,\"se\":0.13450365488573932,"
     "\"level\":0.95,\"method\":\"percentile\",\"rows\":4,\"replicates\":1000,\"undefined\":0}"},
    {"SELECT count(*) FROM bootstrap((SELECT class_set(column1, column2) FROM (VALUES (0.25, 1), "
     "(0.75, 0), (0.3, 1))), 'accuracy', 3)",
     "!bootstrap: preds must be classes, got scores"},
    /* Units of many sizes: the numbers of raters less 1 have a least common multiple of 2.9 · 10^15, and of
       5.9 · 10^15, twice. The results are the doubles nearest to the exact fractions. */
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2 - 1)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = 0.12840307765437978 FROM (VALUES (129, "
     "78), (82, 54), (126, 65), (344, 198), (122, 74), (170, 90), (18, 14), (20, 19), (163, 60), "
     "(251, 232), (243, 87))",
     "1"},
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2 - 1)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = 0.24864199266452452 FROM (VALUES (257, 15), "
     "(82, 36), (126, 78), (344, 84), (122, 90), (170, 84), (18, 4), (20, 7), (163, 147), (251, 69), "
     "(243, 73))",
     "1"},
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2 - 1)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = -0.0049412472494116634 FROM (VALUES (257, 129), "
     "(82, 43), "
     "(126, 63), (344, 172), (122, 60), (170, 84), (18, 7), (20, 10), (163, 83), (251, 126), (243, 123))",
     "1"},
    /* Of 1.4 · 10^17, above 2^53: the shares are not multiplied by it, and their rounding shows. */
    {"SELECT abs(krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2 - 1)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') - 0.24482360071816686) < 1e-15 FROM (VALUES (257, "
     "15), (82, 36), (126, 78), (344, 84), (122, 90), (170, 84), (18, 4), (20, 7), (163, 147), (251, 69), "
     "(243, 73), (24, 9))",
     "1"},
    /* Of 2^53 - 32, the largest multiple of 673 up to 2^53. */
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = -7.097580042495726e-05 FROM (VALUES (32, 12), "
     "(45, 18), (91, 41), (17, 6), (97, 45), (241, 121), (257, 129), (673, 334))",
     "1"},
    /* Of 9375542594072255, between 2^53 and 2^54: the shares are not multiplied by it. */
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = 0.4489204275411205 FROM (VALUES (53, 20), (5, "
     "4), (101, 4), (89, 77), (79, 25), (61, 47), (59, 41), (109, 1), (127, 14))",
     "1"},
    /* Of 2^52 - 1, and of 21 · 2^12, where a unit has 4097 raters. */
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = 0.119181358372033 FROM (VALUES (3, 1), (5, 2), "
     "(53, 20), (157, 70), (1613, 800), (2731, 1000), (8191, 1000))",
     "1"},
    {"SELECT krippendorff_alpha('[1' || replace(hex(zeroblob(column1 - column2)), '00', ',1') || "
     "replace(hex(zeroblob(column2)), '00', ',2') || ']') = -0.0006116640104752434 FROM (VALUES (3, 1), "
     "(7, 2), (4096, 1000))",
     "1"},
    /* A correlation of 0 has no sign. */
    {"SELECT evaluate_classes(column1, column2) LIKE '%\"mcc\":0.0,%' FROM (VALUES (0, 0), (0, 1), (1, 0), "
     "(1, 1))",
     "1"},
};

/* A table as long as the connection allows, and one that is longer. */
static void check_longest(sqlite3 *db, const char *sql, int bytes) {
  char *want = sqlite3_mprintf("%d", bytes);
  const int limit = sqlite3_limit(db, SQLITE_LIMIT_LENGTH, bytes);
  check_corner(db, sql, want);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, bytes * 3 / 4);
  check_corner(db, sql, "!confusion_table: the result would be longer than this connection allows");
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, limit);
  sqlite3_free(want);
}

int main(void) {
  sqlite3_close(open_bare()); /* what SQLite keeps from its first connection on */
  const sqlite3_int64 at_first = sqlite3_memory_used();
  sqlite3 *db = open_bare();
  check_longest(db, MANY_CLASSES, 906);
  check_longest(db, "SELECT length(confusion_table(printf('%0100d', 0), 'a'))", 878);
  check_longest(db, "SELECT length(confusion_table('b', 'b', column1)) FROM (VALUES (.1), (.2))", 170);
  check_corners(db, layouts, sizeof layouts / sizeof *layouts);
  check_corners(db, lists, sizeof lists / sizeof *lists);
  check_corners(db, alike, sizeof alike / sizeof *alike);
  check_corners(db, sets, sizeof sets / sizeof *sets);
  sqlite3_close(db);
  const sqlite3_int64 left = sqlite3_memory_used() - at_first;
  if (left == 0)
    passed();
  else
    failed("%ld bytes of memory are left behind", (long)left);
  return end_of_tests();
}
