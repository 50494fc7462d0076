/* Queries at the edges: objectives half written, sets that count beyond 2^62, parameters that change where no
 * row counts, hidden columns of tables. Each is compared with its only correct result, or with a part of the
 * error message. */
#include "corner.h"
#include "tables.h"

static sqlite3 *db;

/* ---- objectives ---- */

/* Scores .1 .4 .35 .8, labels 0 0 1 1. */
static void objectives(void) {
  static const Corner corner[] = {
      {"f1", "0.35"},
      {"fbeta:2", "0.35"},
      {"fbeta:0.25", "0.8"},
      {"fbeta: 2 ", "0.35"},
      {"cost:1,5", "0.35"},
      {"cost:5,1", "0.8"},
      {"cost:0,0", "Infinity"},
      {"cost:1e308,1e308", "0.8"},
      {"precision>=0.9", "0.8"},
      {"precision>=.6", "0.35"},
      {"recall>=1", "0.35"},
      {"specificity>=0.75", "0.8"},
      {"specificity>= 0.5", "0.35"},
      {"precision >= 0.9", "0.8"},
      {" \t precision\n>=\r0.9  ", "0.8"},
      {"precision > = .6", "0.35"},
      {" f1 ", "0.35"},
      {"\rf1\r", "0.35"},
      {"f1                                                                        ", "0.35"},
      {" fbeta : 0.25", "0.8"},
      {"cost : 1 , 5 ", "0.35"},
      {"                                                                cost:5,   1", "0.8"},
      {"f 1", "!"},
      {" ", "!"},
      {"f1 f1", "!"},
      {"cost:1 5", "!"},
      {"cost:1,5 5", "!"},
      {"pre cision>=0.9", "!"},
      {"precision >= 0. 9", "!"},
      {"precision >= 0.9 recall", "!"},
      {"precision>=1.5", "!"},
      {"recall>=-9e999", "!"},
      {"recall>=9e999", "!"},
      {"fbeta", "!"},
      {"fbeta:", "!"},
      {"fbeta:0", "!"},
      {"fbeta:-1", "!"},
      {"fbeta:-0.0", "!"},
      {"fbeta:9e999", "!"},
      {"fbeta:x", "!"},
      {"fbeta:2x", "!"},
      {"fbeta:2,", "!"},
      {"fbeta:2,3", "!"},
      {"f1:", "!"},
      {"f1:2", "!"},
      {"F1", "!"},
      {"", "!"},
      {":", "!"},
      {"cost", "!"},
      {"cost:", "!"},
      {"cost:1", "!"},
      {"cost:1,", "!"},
      {"cost:,1", "!"},
      {"cost:1,5,", "!"},
      {"cost:1,5,2", "!"},
      {"cost:1;5", "!"},
      {"cost:-1,5", "!"},
      {"cost:1,-5", "!"},
      {"cost:1,9e999", "!"},
      {"f2", "!"},
      {"confusion", "!"},
      {"specificity", "!"},
      {"precision", "!"},
      {"f1>=0.5", "!"},
      {"accuracy>=0.5", "!"},
      {"precisiom>=0.5", "!"},
      {"recal>=0.5", "!"},
      {">=0.5", "!"},
      {"precision>=", "!"},
      {"precision>=x", "!"},
      {"precision>=0.5 x", "!"},
      {"precision>0.5", "!"},
      {"precision>=0.5000000000000000000000000000000000", "0.35"},
      {"precision>=0.50000000000000000000000000000000000",
       "!"}, /* 48 bytes: one more than there is room for */
  };
  for (size_t i = 0; i < sizeof corner / sizeof *corner; i++) {
    char *sql = sqlite3_mprintf("SELECT coalesce(replace(best_cutoff(column1, column2, %Q), 'Inf', "
                                "'Infinity'), '') FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1))",
                                corner[i].sql);
    check_corner(db, sql, *corner[i].want == '!' ? "!best_cutoff: objective cannot be " : corner[i].want);
    sqlite3_free(sql);
  }
}

/* ---- parameters that change from row to row ---- */

static const Corner changes[] = {
    {"SELECT ece(column1, column2, column3, 'uniform', column4) FROM (VALUES (.5, 1, 2, 1), (.75, 1, 3, "
     "NULL), (.25, 0, "
     "4, 0))",
     "0.5"},
    {"SELECT ece(column1, column2, column3, 'uniform', column4) FROM (VALUES (.5, 1, 2, 1), (.75, 1, 3, 1))",
     "!bins changed from 2 to 3"},
    {"SELECT best_cutoff(column1, column2, column3, column4) FROM (VALUES (.5, 1, 'f1', 1), (.75, 1, 'mcc', "
     "NULL), (.25, 0, 'no', 0))",
     "0.5"},
    {"SELECT best_cutoff(column1, column2, column3) FROM (VALUES (.5, 1, 'fbeta:25'), (.75, 1, 'fbeta:2'))",
     "!objective changed from 'fbeta:25' to 'fbeta:2'"},
    {"SELECT best_cutoff(column1, column2, column3) FROM (VALUES (.5, 1, 'fbeta:2'), (.75, 1, 'fbeta:25'))",
     "!objective changed from 'fbeta:2' to 'fbeta:25'"},
    {"SELECT best_cutoff(column1, column2, column3) FROM (VALUES (.5, 1, 'f1'), (.75, 1, printf('%60s', "
     "'f1')), (.7, 0, ' f1 '))",
     "0.5"},
    {"SELECT best_cutoff(column1, column2, column3) FROM (VALUES (.5, 1, 'f1'), (.75, 1, printf('f1%60s', "
     "'f1')))",
     "!objective changed from 'f1' to '"},
    {"SELECT best_cutoff(.5, 1, 'cost:0.3333333333333333333333,0.66666666666666666666666')",
     "!text 'cost:0.3333333333333333333333,0.66666666…', which is longer than the 47 bytes"},
    {"SELECT best_cutoff(.5, 1, printf('%60s', 'F1'))", "!…'; it is written 'f1'; it must be one of"},
    {"SELECT best_cutoff(.5, 1, printf('recall%60s2', '>='))",
     "!'recall                                  …'; X must be a number within [0,1], such as 0.9"},
    {"SELECT best_cutoff_metrics(.5, 1, 'precision >= 0.9') LIKE '%\"objective\":\"precision>=0.9\"%'", "1"},
    {"SELECT best_cutoff(column1, column2, column3) FROM (VALUES (.5, 1, 'f1'), (.75, 1, 'f1' || char(0)))",
     "!objective changed from 'f1' to '"},
    {"SELECT ece(x, y), best_cutoff_metrics(x, CASE y WHEN 2 THEN 'mcc' ELSE y END) LIKE '%\"mcc\"%' FROM "
     "(SELECT .625 AS x, 0 AS y UNION ALL SELECT * FROM (SELECT score_set(.375, 1), 2))",
     "0.625|1"}, /* rows that say nothing of bins and objective, then a state with which they are given */
    {"SELECT cost_at(.5, 0, .5, column1, 1) FROM (VALUES (0), (1))", "!fp_cost changed from 0 to 1"},
    /* powers of powers that no double holds */
    {"SELECT tweedie_deviance_of(2, 3, 1e305), tweedie_deviance_of(.5, .5, 1e305), tweedie_deviance_of(.5, "
     ".25, 1e305) = "
     "9e999, tweedie_deviance_of(.5, .75, 1e305) = 9e999, tweedie_deviance_of(1, 2, 1e305), "
     "tweedie_deviance_of(1, .5, -1e305), tweedie_deviance_of(1, 2, -1e305) = 9e999",
     "0.0|0.0|1|1|2.0e-305|1.0e-305|1"},
    /* the definition's middle term, t·p^(1 - power), overflows where the deviance does not */
    {"SELECT round(tweedie_deviance_of(5e-324, 0, 1.99), 3), round(tweedie_deviance_of(1e-310, 0, 1.995), "
     "1), "
     "tweedie_deviance_of(1e-160, 1e-200, 3)",
     "0.117|11.3|1.0e+200"},
    /* a sample without the rows for which a metric takes the classes has the value 0, whatever the text is */
    {"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11), t(p, q, y) AS (SELECT "
     "iif(i = 0, 1, iif(i % 2, 'yes', 'no')), iif(i = 0, 1, iif(i % 2, 'b', 'a')), iif(i = 0, 1, i % 2) FROM "
     "n) "
     "SELECT bootstrap_ci(class_set(p, y), 'accuracy') = bootstrap_ci(class_set(q, y), 'accuracy'), "
     "json_extract(bootstrap_ci(class_set(p, y), 'accuracy'), '$.low'), json_extract(f1_macro_ci(p, y), "
     "'$.undefined'), "
     "mcc_ci(p, y) = mcc_ci(q, y) FROM t",
     "1|0.0|0|1"},
    {"SELECT json_extract(bootstrap_ci(c, 'f1_macro'), '$.undefined') = 0, json_extract(f, '$.value') > 0 "
     "FROM (SELECT class_set(column1, column2) AS c, f1_macro_ci(column1, column2) AS f FROM (SELECT 1 AS "
     "column1, 'yes' AS column2 UNION ALL SELECT 0, 'no' UNION ALL SELECT 0, 'yes' UNION ALL SELECT 'no', "
     "'no'))",
     "1|1"},
    {"SELECT accuracy(column1, column2) FROM (VALUES ('0', 'O'), ('1', 'l'))", "0.0"},
    {"SELECT accuracy(column1, column2) FROM (VALUES (0, 'cat'), (1, 'dog'), (0, 'y'))", "0.0"},
    {"SELECT kappa(column1, column2, 5) FROM (VALUES ('cat', 0), ('dog', 1), ('y', 0), ('y', 1))",
     "!kappa: pred and label never agree: in every row one is an integer and the other a text such as 'cat'; "
     "map the integers to the texts by CASE or a join"},
    {"SELECT fleiss_kappa('[] x')", "!ratings must be a JSON array"},
    {"SELECT report_html(column1, column2, column3) LIKE '%<bdi>B</bdi></th><td>precision%none reaches it%' "
     "FROM (VALUES (0.9, 1, 'A'), (0.1, 0, 'A'), (0.9, 0, 'B'), (0.8, 1, 'B'))",
     "1"},
    {"SELECT report_html(column1, column2, 'A') LIKE '%none reaches it%', report_html(column1, column2, 'A') "
     "LIKE '%<td>best F1</td><td>∞</td><td>1</td>%' FROM (VALUES (9e999, 1), (0.1, 0))",
     "0|1"},
    {"SELECT report_html(column1, column2, 'A') LIKE '%none reaches it%' FROM (VALUES (0.9, 1), (0.1, 0))",
     "0"},
    /* Not JSON, but states saved with such a list must stay readable */
    {"SELECT "
     "f1_macro(x'4D4CFF7F0109636C6173735F736574523652E1F69851F80107636C617373657301065B30312C325D00020002000"
     "4020000010001000100')",
     "0.333333333333333"},
    /* a backslash and a NUL are no escape: the list would end there wherever it is kept */
    {"SELECT f1_macro(column1, 'a', CAST(x'5B2261222C2262222C22635C0063225D' AS TEXT)) FROM (VALUES ('a'), "
     "('b'))",
     "!it is not a JSON array"},
    {"SELECT cross_entropy_logits(s) FROM (SELECT cross_entropy_logits_state('[1,2]', 0, 1, 0.1) AS s UNION "
     "ALL "
     "SELECT cross_entropy_logits_state('[1,2]', 0, 1, 0.2))",
     "!label_smoothing changed from 0.1 to 0.2"},
    {"SELECT top_k_accuracy(s) FROM (SELECT top_k_accuracy_state('[1,2]', 0, 2) AS s UNION ALL SELECT "
     "top_k_accuracy_state('[1,2]', 0, 2))",
     "1.0"},
    {"SELECT bce_logits('[1]', '[1]', 1, -1)", "!pos_weight must be finite and >= 0, got -1"},
    {"SELECT bce_logits('[1]', '[1]', 1, 9e999)", "!pos_weight must be finite and >= 0, got Infinity"},
    {"SELECT best_cutoff(0.5, 1, 'precision<0.5')", "!; conditions are lower limits, written with >="},
    {"SELECT best_cutoff(0.5, 1, 'recall=0.5')", "!; conditions are written with >="},
    {"SELECT best_cutoff(0.5, 1, 'f')", "!text 'f'; it must be one of"},
    {"SELECT best_cutoff(0.5, 1, replace(hex(zeroblob(40)), '0', 'f'))", "!best_cutoff: objective"},
    {"SELECT mse(zeroblob(9), 1)", "!mse: pred must be a number, got"},
    {"SELECT top_k_accuracy('[1]', 1, 1)", "!class must be 0, since there is one entry, got 1"},
    {"SELECT bce_logits('[1]', '[1]', 1, 'x')", "!pos_weight must be"},
    {"SELECT bce_logits('[1]', '[1]', 1, '[-1]')",
     "!element 0 of pos_weight must be finite and >= 0, got -1"},
    {"SELECT bce_logits('[1]', '[1.5]')", "!element 0 of targets must be within [0,1], got 1.5"},
    {"SELECT bce_logits('[1, 2]', '[1, -1]')", "!element 1 of targets must be within [0,1], got -1"},
    {"SELECT mse(CAST(zeroblob(50) AS TEXT), 1)", "!pred must be a number"},
    {"SELECT mse(replace(hex(zeroblob(50)), '00', CAST(x'80' AS TEXT)), 1)",
     "!pred must be a number, got text '\xEF\xBF\xBD\xEF\xBF\xBD"},
    {"SELECT hex(classification_report(CAST(x'c341' AS TEXT), 1)) LIKE '%20' || hex('?A') || '20%'", "1"},
    {"SELECT classification_report('a' || char(0x9b, 10, 0xe9), 1) LIKE '% a??é %'", "1"},
    {"SELECT replace(confusion_table(a, b), char(10), '/') LIKE '%/aé %/b? %/~?ß %/??\xC2\xA0£ %' FROM "
     "(SELECT x'62c3' || '' AS a, 'aé' AS b UNION VALUES ('~' || char(31) || 'ß', char(127, 159, 160, 163)))",
     "1"},
    {"SELECT confusion_table(value, value) FROM (WITH RECURSIVE n(value) AS (VALUES (1) UNION ALL SELECT "
     "value + 1 FROM n "
     "WHERE value < 40000) SELECT value FROM n)",
     "!confusion_table: the result would be longer than this connection allows"},
};

/* ---- large counts and weights ---- */

/* most rows of 2^44: a set of 2^62 rows. */
#define BIG                                                                                                  \
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 262144), big(s) AS (SELECT "   \
  "score_set(0.25, 1, 17592186044416.0) FROM n)"

#define TOO_MANY(f) "!" f ": too many rows: the sum of the weights exceeds 2^62"

static const Corner counts[] = {
    {"SELECT brier(s) FROM (SELECT score_set(0.25, 1, 17592186044416.0) AS s FROM (VALUES (1), (2), (3)))",
     "0.5625"},
    {BIG "SELECT brier(s) FROM big", "0.5625"},
    {BIG "SELECT brier(s) FROM (SELECT s FROM big UNION ALL SELECT s FROM big)", TOO_MANY("brier")},
    {BIG "SELECT roc_auc(s) FROM (SELECT s FROM big UNION ALL SELECT score_set(0.5, 0))",
     TOO_MANY("roc_auc")},
    {BIG "SELECT dot_at(s, 0.25) FROM big", "4611686018427387904"},
    {BIG "SELECT dot_at(s, 0.25) FROM (SELECT s FROM big UNION ALL SELECT score_set(0.5, 1))",
     TOO_MANY("dot_at")},
    {BIG "SELECT dot_at(s, 0.25) FROM (SELECT s FROM big UNION ALL SELECT s FROM big)", TOO_MANY("dot_at")},
    {"SELECT brier(s) FROM (SELECT score_set(0.25, 1, 1e308) AS s)", "0.5625"},
    {"SELECT brier(s) FROM (SELECT score_set(0.25, 1, 8e307) AS s FROM (VALUES (1), (2)))", "0.5625"},
    {"SELECT brier(s) FROM (SELECT score_set(0.25, 1, 1e308) AS s FROM (VALUES (1), (2), (3), (4)))",
     "0.5625"},
    {"SELECT brier(column1, column2, 1e308) FROM (VALUES (0.25, 1), (0.25, 1), (0.25, 1), (0.25, 1))",
     "0.5625"},
    {"SELECT evaluate_binary(column1, column2, column3) FROM (VALUES (9e999, 1, 1.7e308), (9e999, 1, "
     "1.7e308))",
     "{\"rows\":9e999,\"left_out\":0,\"positives\":9e999,\"roc_auc\":null,\"average_precision\":1.0,\"ks\":"
     "null,"
     "\"log_loss\":null,\"brier\":null,\"ece\":null,\"best_f1\":{\"cutoff\":9e999,\"objective\":\"f1\","
     "\"value\":1.0,"
     "\"tp\":9e999,\"fp\":0.0,\"tn\":0.0,\"fn\":0.0,\"precision\":1.0,\"recall\":1.0,\"f1\":1.0}}"},
    {"SELECT ks(column1, column2, column3), ks(column1, 1 - column2, column3) FROM (VALUES (.1, 0, 1.7e308), "
     "(.2, 0, 1.7e308), (.3, 1, .5), (.15, 1, .5))",
     "0.5|0.5"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2048) SELECT "
     "average_precision(i % 4, i % 2, 17592186044416.0) = average_precision(i % 4, i % 2), ks(i % 4, i % 2, "
     "17592186044416.0), "
     "roc_auc(i % 4, i % 2, 17592186044416.0) FROM n",
     "1|0.5|0.75"},
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300000), few(s, y, k) AS "
     "(SELECT i * i % 3000, i % 3 = 0, count(*) FROM n GROUP BY 1, 2) SELECT roc_auc(i * i % 3000, i % 3 = "
     "0) = "
     "(SELECT roc_auc(s, y, k) FROM few), roc_auc(i * i % 3000, i % 3 = 0) > 0.5 FROM n",
     "1|1"}, /* keys that are counted where they are known already */
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19) SELECT "
     "kappa_quadratic(i, i, 8e306) FROM n",
     "1.0"}, /* the sum of rank times weight is beyond the largest double */
    {"SELECT r2(column1, column2, column3) FROM (VALUES (1e300, 1e300, 1e300), (1, 1, 1))", ""},
    {"SELECT r2(column1, column2, 1e308), r2(column1, column2, 1e-300), r2(column1, column2, 5e-324), "
     "r2(column1, 1e8 + column2, 1e308), r2(column1, 1e8 + column2, 1e-300) FROM (VALUES (1e8, 0.1), (1e8 + "
     "1, 0.1), (1e8, 0.1))",
     "0.0|0.0|0.0|0.0|0.0"}, /* a constant target */
    {"SELECT r2(column1, 2.2250738585072014e-308, 1e-310) FROM (VALUES (0.3), (0.3))", "0.0"},
    {"SELECT r2(2, 2), r2(1, 2), r2(1, 2, 0.5), r2(1, 2, 1.5), r2(1, 2, 0), r2(1, 2, 2), r2(2, 2, 3)",
     "|||||0.0|1.0"}, /* a row of weight 2 is two rows */
    {"SELECT r2(column1, 2, column2) FROM (VALUES (2, 0.5), (2, 0.5), (1, 0))", "1.0"},
    {"SELECT r2(s) FROM (SELECT r2_state(1, 2) AS s UNION ALL SELECT r2_state(2, 4))", "-1.5"},
    {"SELECT group_concat(x, '|') FROM (SELECT quote(r2(column1, column2) OVER (ORDER BY column2 ROWS 1 "
     "PRECEDING)) AS x FROM (VALUES (1, 1), (2, 2)))",
     "NULL|1.0"},
    {"SELECT r2(s) IS NULL FROM (SELECT r2_state(1e297, 1e297, 1e297) AS s)", "1"},
    {"SELECT r2(column1 + 1, column1, 3), r2(column1 + 1, column1, .75), r2(column1 + 1, column1) FROM "
     "(VALUES "
     "(4503599627370497.0), (4503599627370499.0), (4503599627370501.0))",
     "0.625|0.625|0.625"}, /* a target times 3 is no double */
    {"SELECT mcc_at(column1, column2, .5, 1.0715086071862673e+301), mcc_at(column1, column2, .5, "
     "9.332636185032189e-302), mcc_at(column1, column2, .5) FROM (VALUES (.9, 1), (.8, 1), (.7, 1), (.6, 0), "
     "(.4, 1), (.3, 0), (.2, 0), (.1, 0))",
     "0.5|0.5|0.5"}, /* weights of 2^1000 and 2^-1000 */
    {"SELECT mcc_at(.1 + .8 * y, y, .5, CASE y WHEN 1 THEN 1e-200 ELSE 1 END), mcc_at(.9 - .8 * y, y, .5, 2 "
     "+ 4 * y) IS -1.0 FROM (SELECT 0 AS y UNION ALL SELECT 1)",
     "1.0|1"}, /* weights 2^664 apart; the root of 12 squared is not 12 */
    {"SELECT best_cutoff(column1, column2, 'youden'), best_cutoff(column1, column2, 'balanced_accuracy') "
     "FROM "
     "(VALUES (3, 1), (3, 0), (3, 0), (2, 1), (2, 0), (2, 0), (2, 0), (1, 0))",
     "3.0|3.0"}, /* 1/2 - 2/6 and 1 - 5/6 are one, and of equals the highest is taken */
    {"SELECT best_cutoff(column1, column2, 'mcc') FROM (VALUES (1, 1), (4, 0), (1, 1), (2, 1), (5, 0), (1, "
     "0), "
     "(2, 0), (4, 0), (3, 1))",
     "5.0"},
    {"SELECT youden_at(column1, column2, 1, column3) = 1 / 1000003e6, balanced_accuracy_at(column1, column2, "
     "1, "
     "column3) > 0.5 FROM (VALUES (1, 1, 333334), (0, 1, 666669), (1, 0, 333333), (0, 0, 666667))",
     "1|1"}, /* rates that differ by 1e-12 */
    {"SELECT max(youden) = min(youden) FROM cutoff_curve((SELECT score_set(column1, column2, 0.1) FROM "
     "(VALUES (3, 1), (3, 0), (3, 0), (2, 1), (2, 0), (2, 0), (2, 0), (1, 0)))) WHERE cutoff IN (2, 3)",
     "1"}, /* with fractional weights too */
    {"SELECT json_extract(evaluate_binary(column1, column2, column3), '$.rows') IS 0.6, "
     "json_extract(score_set_info(score_set(column1, column2, column3)), '$.rows') IS 0.6 FROM (VALUES (.5, "
     "0, .1), (.25, 0, .2), (.125, 1, .3))",
     "1|1"}, /* 0.1 + 0.2 is rounded up, and 0.3 more would be once more */
    {"SELECT fbeta_at(.9, 0, .5, 1e100), fbeta_at(.1, 1, .5, 1e-200), fbeta_at(.1, 0, .5, 1e100), "
     "round(1e100 * fbeta_at(.9, y, .5, 1e100, w), 9), round(1e100 * fbeta_at(.9 * y, 1, .5, 1e-100, w), 9) "
     "FROM (SELECT 1 AS y, 3 AS w UNION ALL SELECT 0, 1e300)",
     "0.0|0.0||3.0|3.0"}, /* squares that are lost or left out */
    {"SELECT json_extract(evaluate_classes(1, 1, 2), '$.rows'), json_extract(evaluate_classes(1, 1, .5), "
     "'$.rows'), json_extract(evaluate_classes(1, 1), '$.rows'), json_extract(class_metrics(1, 1, 2), "
     "'$.1.support'), confusion_table(1, 1, 2) LIKE '%total  2.0    2.0', classification_report(1, 1, 2) "
     "LIKE "
     "'%1.00       2.0_'",
     "2.0|0.5|1|2.0|1|1"}, /* counts are REAL where there are weights, rows too */
    {"SELECT typeof(f1_macro(column1, column2, column3)) FROM (VALUES (1, 1, 1.7e308), (2, 1, 1.7e308), (1, "
     "2, 1))",
     "real"},
    {"SELECT f1_weighted(column1, column2, column3) FROM (VALUES (1, 1, 1.7e308), (2, 1, 1.7e308))",
     "0.666666666666667"},
    {"SELECT kappa(column1, column2, column3), kappa_quadratic(column1, column2, column3), mcc(column1, "
     "column2, column3) FROM (VALUES (1, 1, 1.7e308), (2, 1, 1.7e308))",
     "0.0|0.0|"},
    {"SELECT precision_macro(column1, column2, column3) FROM (VALUES (1, 1, 1.7e308), (1, 1, 1.7e308))",
     "1.0"},
    {"SELECT replace(confusion_table(column1, column2, column3), char(10), '/') FROM (VALUES (1, 1, "
     "1.7e308), (2, 2, 1.5), (1, 1, 1.7e308))",
     "rows: label, columns: pred/           1    2  total/1      9e999  0.0  9e999/2        0.0  1.5    "
     "1.5/total  9e999  1.5  9e999"},
    {"SELECT fbeta_at(column1, column2, 0.5, 1e200) FROM (VALUES (1, 1), (0, 1), (1, 0))", "0.5"},
    {"SELECT fbeta_at(column1, column2, 0.5, 1e-200) FROM (VALUES (1, 1), (0, 1), (1, 0), (1, 0))",
     "0.333333333333333"},
    {"SELECT fbeta_at(column1, column2, 0.5, 1e75) FROM (VALUES (1, 1), (0, 1), (1, 0))", "0.5"},
};

/* ---- far apart ---- */

static const Corner apart[] = {
    {"SELECT bce_logits_loss(1e-317, 5e-324, 1e133)", "0.693147180559945"}, /* was NULL */
    {"SELECT bce_logits_loss(-1e-317, 1e-300, 1e125)", "0.693147180559945"},
    {"SELECT bce_logits_loss(2, 1e-170, 1e170)", "2.25385602208594"},
};

/* ---- tables ---- */

#define SET "(SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.4, 0), (.35, 1), (.8, 1)))"

static const Corner tables[] = {
    {"SELECT rowid, cutoff FROM cutoff_curve(" SET ")", "1|Inf\n2|0.8\n3|0.4\n4|0.35\n5|0.1"},
    {"SELECT rowid FROM cutoff_curve(" SET ") WHERE rowid = 3", "3"},
    {"SELECT count(*) FROM mlmetrics_functions WHERE rowid <= 2", "2"},
    {"SELECT typeof(bins), bins, bin FROM lift_curve(" SET ", 2)", "integer|2|1\ninteger|2|2"},
    {"SELECT typeof(bins), bins, bin FROM lift_curve(" SET ", ' 2.0 ') LIMIT 1", "integer|2|1"},
    {"SELECT max(bins) FROM lift_curve(" SET ")", "10"},
    {"SELECT DISTINCT bins, strategy FROM calibration_curve(" SET ")", "10|uniform"},
    {"SELECT DISTINCT bins, strategy FROM calibration_curve(" SET ", 3, 'quantile')", "3|quantile"},
    {"SELECT count(*) FROM lift_curve(" SET ", 2) WHERE \"set\" IS NULL", "0"},
    {"SELECT count(*) FROM lift_curve(" SET ", 2) WHERE \"set\" IS " SET, "2"},
    {"SELECT DISTINCT \"set\" IS " SET " FROM pr_curve(" SET ")", "1"},
    {"SELECT DISTINCT \"set\" = (SELECT class_set(1, 2)) FROM class_table((SELECT class_set(1, 2)))", "1"},
    {"SELECT count(*) FROM lift_curve(" SET ") WHERE bins > 1", "10"},
    {"SELECT count(*) FROM lift_curve(" SET ", 2) WHERE bins = 2", "2"}, /* were none */
    {"SELECT count(*) FROM lift_curve(" SET ", 2) WHERE bins = 3", "0"},
    {"SELECT count(*) FROM lift_curve(NULL)", "0"},
    {"SELECT count(*) FROM lift_curve(" SET ", NULL)", "0"},
    {"SELECT count(*) FROM lift_curve WHERE bins = 2", "!it reads a saved set"},
    {"SELECT count(*) FROM calibration_curve(" SET ", 2, 'quantiles')", "!strategy must be"},
    {"SELECT count(*) FROM calibration_curve(" SET ", 2, 1)", "!strategy must be"},
    {"SELECT count(*) FROM calibration_curve((SELECT score_set(1.5, 1)))", "!must be within [0,1], got 1.5"},
    {"SELECT count(*) FROM calibration_curve((SELECT score_set(-0.5, 1)))",
     "!must be within [0,1], got -0.5"},
    {"SELECT line FROM calibration_plot((SELECT score_sets(1, column1, 1) FROM (VALUES (0.5), (3))))",
     "!must be within [0,1], got 3"},
    {"SELECT log_loss((SELECT score_set(-0.5, 1)))", "!within [0,1], got -0.5"},
    {"SELECT log_loss((SELECT score_set(-9e999, 1)))", "!within [0,1], got -Infinity"},
    {"SELECT bin, rows FROM calibration_curve((SELECT score_set(column1, 1) FROM (VALUES (0), (0), (0.5), "
     "(1), (1))), 2, 'quantile')",
     "0|3\n1|2"},
    {"SELECT group_concat(quote(key)) FROM (SELECT key FROM (VALUES (1), (2)), each_set((SELECT "
     "score_sets(column1, 0.5, 1) FROM (VALUES (x''), (NULL), ('a'), (3), (2.5)))) GROUP BY key)",
     "NULL,2.5,3,'a',X''"},
    {"SELECT class, typeof(class) FROM class_table((SELECT class_set(x'', x'') FROM (VALUES (1))))", "|blob"},
    {"SELECT class, typeof(class) FROM class_table((SELECT class_set('', '')))", "|text"},
    {"SELECT typeof(class), support FROM class_table((SELECT class_set(1.5, 1.5, 2.5)))", "real|2.5"},
};

/* ---- NULL for a state, and parameters beside one ---- */

#define MAYBE " FROM (SELECT NULL AS s UNION ALL SELECT score_set(0.5, 1))"

/* A NULL state counts for nothing; f_state(state) takes no parameters, so that what has two arguments is a
 * row.
 */
static const Corner missing[] = {
    {"SELECT json_extract(evaluate_binary(s), '$.rows', '$.left_out')" MAYBE, "[1,0]"},
    {"SELECT score_set(s) IS (SELECT score_set(0.5, 1))" MAYBE, "1"},
    {"SELECT ece_state(s) IS (SELECT score_set(0.5, 1))" MAYBE, "1"},
    {"SELECT best_cutoff_state(s) IS (SELECT score_set(0.5, 1))" MAYBE, "1"},
    {"SELECT ece_state(s, 10)" MAYBE, "!ece_state: with this saved state call it as ece_state(state); got 2"},
    {"SELECT best_cutoff_state(s, 'mcc')" MAYBE, "!call it as best_cutoff_state(state); got 2"},
    {"SELECT partial_roc_auc_state(s, 0.5)" MAYBE,
     "!call it as partial_roc_auc_state(score, label, max_fpr[, weight]); got 2 arguments"},
    {"SELECT fbeta_at_state(s, 0.5, 2)" MAYBE, "!beta[, weight]); got 3 arguments"},
    {"SELECT roc_auc(1, 2, 3, 4) WHERE 0", "!call it as roc_auc(score, label[, weight]), with no other"},
    {"SELECT roc_auc() WHERE 0", "!call it as roc_auc(score, label[, weight]), with no other"},
    {"SELECT roc_auc(1, 2, 3, 4) OVER ()", "!call it as roc_auc(score, label[, weight]); got 4 arguments"},
    {"SELECT roc_auc_state(1, 2, 3, 4)",
     "!call it as roc_auc_state(score, label[, weight]); got 4 arguments"},
    {"SELECT roc_auc_ci_state(1, 2, 3, 4, 5, 6, 7, 8, 9) OVER ()",
     "!level=0.95[, method][, weight]]); got 9 arguments"},
    {"SELECT roc_auc_state(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
     "23, 24, "
     "25, 26, 27, 28, 29, 30, 31, 32, 33)",
     "!call it as roc_auc_state(score, label[, weight]); got 33 arguments"},
    {"SELECT roc_auc_state(1, 2, 3, 4) IS NULL WHERE 0", "1"}, /* one registration for all numbers */
    {"SELECT roc_auc_state() IS NULL WHERE 0", "1"},
    {"SELECT brier(0.1, 0.2, 0.7, 2)", "!brier(PROBS, class[, weight]); got 4 arguments; json_array(…)"},
    {"SELECT sigmoid(1, 2)", "!call it as sigmoid(x); got 2 arguments"},
    {"SELECT f1_at_state(s)" MAYBE,
     "!f1_at_state: with this saved state call it as f1_at_state(state, cutoff); got 1"},
    {"SELECT f1_at(x) FROM (SELECT f1_at_state(s, 0.5) AS x" MAYBE ")", "1.0"},
    {"SELECT fbeta_at(x, 2) FROM (SELECT fbeta_at_state(s, 0.5) AS x" MAYBE ")", "1.0"},
    {"SELECT fbeta_at(x, 2) FROM (SELECT fbeta_at_state(x) AS x FROM (SELECT fbeta_at_state(0.5, 1, 0.25, 1) "
     "AS "
     "x UNION ALL SELECT NULL))",
     "!fbeta_at: beta changed from 1 to 2"},
    {"SELECT fbeta_at(x, 1), fbeta_at(x) FROM (SELECT fbeta_at_state(x) AS x FROM (SELECT "
     "fbeta_at_state(0.5, 1, "
     "0.25, 1) AS x UNION ALL SELECT NULL))",
     "1.0|1.0"},
    {"SELECT ece(s, 10), best_cutoff(s, 'mcc') IS NULL" MAYBE, "0.5|1"},
};

/* ---- the cutoff that an interval shows ---- */

#define CUTOFFS                                                                                              \
  "(VALUES (1, 0.5), (2, 0.5), (3, 0.5), (4, 0.25), (5, 0.25), (6, 0.5), (7, NULL), (8, 0.5), (9, 2))"

/* It is the one of all rows: of a frame, of saved states, of sets; else NULL. */
static const Corner cutoffs[] = {
    {"SELECT group_concat(coalesce(json_extract(j, '$.cutoff'), 'null'), ' ') FROM (SELECT "
     "accuracy_at_ci(0.3, 1, column2) OVER (ORDER BY column1 ROWS 1 PRECEDING) AS j FROM " CUTOFFS ")",
     "0.5 0.5 0.5 null 0.25 null 0.5 0.5 null"},
    {"SELECT group_concat(coalesce(json_extract(j, '$.cutoff'), 'null'), ' ') FROM (SELECT "
     "accuracy_at_ci(0.3, 1, column2, 0.9, column1 <> 5) OVER (ORDER BY column1 ROWS BETWEEN 1 FOLLOWING AND "
     "2 FOLLOWING) AS j FROM " CUTOFFS ")",
     "0.5 null 0.25 0.5 0.5 0.5 null 2.0 null"},
    {"SELECT json_extract(accuracy_at_ci(s), '$.cutoff') IS NULL FROM (SELECT "
     "accuracy_at_state(0.3, 1, column2) AS s FROM " CUTOFFS " GROUP BY column1 < 4, column1 < 6)",
     "1"},
    {"SELECT json_extract(f1_at_ci(s), '$.cutoff'), json_extract(recall_at_ci(t), '$.cutoff') FROM (SELECT "
     "f1_at_ci_state(x) AS s, recall_at_state(x) AS t FROM (SELECT f1_at_state(0.3, 1, column2) AS x "
     "FROM " CUTOFFS " WHERE column1 < 4 GROUP BY column1))",
     "0.5|0.5"},
    {"SELECT json_extract(f1_at_ci(x, 0.5), '$.cutoff'), json_extract(f1_at_ci(x, y), '$.cutoff') FROM "
     "(SELECT "
     "score_set(column2, 1) AS x, column1 / 4.0 AS y FROM " CUTOFFS " GROUP BY column1)",
     "0.5|"},
    {"SELECT json_extract(f1_at_ci(column2, 1, -0.0), '$.cutoff') = 0, hex(f1_at_state(column2, 1, -0.0)) = "
     "hex(f1_at_state(column2, 1, 0)) FROM " CUTOFFS,
     "1|1"},
    {"SELECT json_extract(net_benefit_at_ci(0.5, 1, 0.25), '$.cutoff'), "
     "json_extract(subset_accuracy_ci('[1, 2]', '[0, 1]', 1.5), '$.cutoff'), "
     "json_extract(net_benefit_at_ci(p, 1, 0.125), '$.cutoff') FROM (SELECT pack(0.5) AS p)",
     "0.25|1.5|0.125"},
    {"SELECT f1_at_ci(0.2, 1, 0.95) FROM (VALUES (1), (2))",
     "{\"value\":0.0,\"low\":0.0,\"high\":0.0,\"se\":0.0,\"level\":0.95,\"method\":\"percentile\",\"rows\":2,"
     "\"cutoff\":0.95,\"replicates\":1000,\"undefined\":0,\"note\":\"no score reaches the cutoff: no row is "
     "predicted positive\"}"},
    {"SELECT json_extract(accuracy_at_ci(0.2, 1, -1), '$.note') FROM (VALUES (1), (2))",
     "every score reaches the cutoff: every row is predicted positive"},
    /* The other parameters: integers without a fraction, texts as they were given. */
    {"SELECT json_remove(j, '$.value', '$.low', '$.high', '$.se', '$.undefined', '$.note', "
     "'$.expected_if_calibrated') FROM (SELECT ece_ci(column1, 1, 4, 'quantile') AS j FROM (VALUES (0.1), "
     "(0.7)))",
     "{\"level\":0.95,\"method\":\"basic\",\"rows\":2,\"bins\":4,\"strategy\":\"quantile\",\"replicates\":"
     "1000}"},
    {"SELECT json_extract(ece_ci(column1, 1, '[0, 0.5, 1]'), '$.bins') FROM (VALUES (0.1), (0.7))",
     "[0.0,0.5,1.0]"},
    {"SELECT json_extract(best_cutoff_ci(column1, column1 > 0.3, 'cost: 1, 5'), '$.objective') FROM (VALUES "
     "(0.1), "
     "(0.7))",
     "cost:1,5"},
    {"SELECT json_extract(kappa_ci(column1, column1), '$.classes') IS NULL, json_extract(kappa_ci(column1, "
     "column1, "
     "'[1, 2]'), '$.classes') FROM (VALUES (1), (2))",
     "1|[1, 2]"},
    {"SELECT json_extract(huber_ci(1, column1, 1.5), '$.delta'), json_extract(cross_entropy_logits_ci('[0, "
     "1]', 1), "
     "'$.label_smoothing') FROM (VALUES (1), (2))",
     "1.5|0.0"},
};

/* ---- names of classes ---- */

/* No two classes have one key. */
static const Corner names[] = {
    {"SELECT count(*), count(DISTINCT key) FROM json_each((SELECT class_metrics(column1, 1) FROM (VALUES "
     "(x'0a'), "
     "('X''0A'''), ('\"X''0A''\"'), ('\"\"X''0A''\"\"'), ('\"X''0A'''), ('X''0a'''), ('X''0'''), (x''), "
     "('X'''''), (''), ('X'), ('X'''), ('\"'), ('\"\"'))))",
     "15|15"},
    {"SELECT group_concat(key, ' ') FROM json_each((SELECT class_metrics(column1, column1) FROM (VALUES "
     "('X''!0'''), ('X''0:'''), ('X''G0'''), ('X00A'''), ('X''0AB'), ('X''09AF'''), ('X''0'''), "
     "('Y''0A'''))))",
     "X'!0' X'0' \"X'09AF'\" X'0:' X'0AB X'G0' X00A' Y'0A'"},
    {"SELECT group_concat(key, ' ') FROM json_each((SELECT class_metrics(column1, column1) FROM (VALUES "
     "(x'0a'), "
     "('X''0A'''), ('\"X''0A''\"'), ('X''0a'''), ('X'''), ('\"'))))",
     "\" \"\"X'0A'\"\" X' \"X'0A'\" X'0a' X'0A'"},
};

/* Functions of any number of arguments take no fewer than they need. */
static const Corner none[] = {
    /* Every sample of weak scores has more than twice their KS. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 404) SELECT "
     "json_extract(j, '$.low'), json_extract(j, '$.high') = json_extract(j, '$.value') FROM (SELECT "
     "ks_ci(i * 37 % 97, i % 2) AS j FROM n)",
     "0.0|1"},
    /* scikit-learn's PrecisionRecallDisplay draws the same line from (0, 1): three positives of six, the
     * highest score a negative. */
    {"SELECT instr(pr_svg(s), 'd=\"M46 50v360v-180h119.3v-60h119.4v60v-36h119.3v36\"') > 0 FROM (SELECT "
     "score_set(column1, column2) AS s FROM (VALUES (6, 0), (5, 1), (4, 1), (3, 0), (2, 1), (1, 0)))",
     "1"},
    {"SELECT softmax_at()", "!softmax_at(LOGITS…, i); got 0 arguments"},
    {"SELECT argmax()", "!argmax(VECTOR…); got 0 arguments"},
    {"SELECT cross_entropy_logits_loss()", "!got 0 arguments"},
    {"SELECT cross_entropy()", "!cross_entropy(PROBS…, class); got 0 arguments"},
    {"SELECT cross_entropy_logits(*) FROM (SELECT 1)", "!got 0 arguments"},
    {"SELECT cross_entropy_state() OVER () FROM (SELECT 1)", "!got 0 arguments"},
};

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  db = open_bare();
  objectives();
  CHECK_ALL(none);
  CHECK_ALL(changes);
  CHECK_ALL(counts);
  CHECK_ALL(cutoffs);
  CHECK_ALL(apart);
  CHECK_ALL(tables);
  CHECK_ALL(names);
  CHECK_ALL(missing);
  sqlite3_close(db);
  return end_of_tests();
}
