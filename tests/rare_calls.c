/* Calls whose arguments could be taken in more than one way: optional texts left out or nearly texts, forms
 * for numbers, vectors and saved sets, parameters that are 0 or have a default behind a text, values that
 * are nearly classes or vectors. Each query is compared with its only correct result, or with a part of the
 * error message. */
#include "corner.h"
#include "tables.h"

#define THREE    " FROM (VALUES (.1, 0), (.2, 1), (.3, 0))"
#define SAVED(f) " FROM (SELECT " f "(column1, column2) AS s" THREE ")"

#define TEN "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "

static const Corner calls[] = {
    /* Numbers of arguments. */
    {"SELECT cross_entropy()", "!cross_entropy: call it as cross_entropy(PROBS…, class); got 0 arguments"},
    {"SELECT log_loss('[.1,.9]')", "!log_loss: call it as log_loss(PROBS, class[, weight]), or with a saved"},
    {"SELECT score_sets('k', .5)",
     "!score_sets: call it as score_sets(key, score, label[, weight]), or with a saved state; got 2"},
    {"SELECT f1_macro(1, 1, 2, 3)",
     "!f1_macro: call it as f1_macro(pred, label[, classes][, weight]); got 4 arguments"},
    /* The text of a metric has at most 79 bytes. */
    {"SELECT count(*) FROM bootstrap((SELECT score_set(.5, 1)), 'f1_at:0.25' || printf('%.*c', 69, '0'), 2)",
     "2"},
    {"SELECT count(*) FROM bootstrap((SELECT score_set(.5, 1)), 'f1_at:0.25' || printf('%.*c', 70, '0'), 2)",
     "!bootstrap: metric cannot be text 'f1_at:0.25"},
    /* Lists of classes. */
    {"SELECT f1_macro(column1, column2, ' [\"a\",\"b\"]', 2) FROM (VALUES ('a', 'a'), ('b', 'a'))",
     "0.333333333333333"},
    {"SELECT f1_macro(1, 1, '[', 2)", "!f1_macro: classes cannot be text '['; it is not a JSON array"},
    {"SELECT fbeta_macro(column1, column2, 2, '[0,1]') FROM (VALUES (1, 1), (0, 1), (0, 0))",
     "0.694444444444444"},
    /* Methods: a name that is no method, as long as one that is. */
    {"SELECT mse_ci(column1, column2, .95, 'wald')" THREE,
     "!mse_ci: method must be 'hall' or 't' for this metric, got text 'wald'"},
    /* Parameters. */
    {"SELECT quantile_absolute_error(column1, 0, column2) FROM (VALUES (1, 0), (2, 1))",
     "!quantile_absolute_error: q changed from 0 to 1"},
    {"SELECT round(json_extract(cross_entropy_logits_ci('[1,2]', column1, .9, 2, .1), '$.value'), 9) FROM "
     "(VALUES (0), (1))",
     "0.813261688"},
    {"SELECT bce_logits(s) = (SELECT bce_logits(column1, column2)" THREE ")" SAVED("score_set"), "1"},
    /* Three numbers: a weight where another number may follow, a label, and rows taken back. */
    {"SELECT bce_logits(1, 1, 3)", "0.313261687518223"},
    {"SELECT delong_test(column1, column2, column3) FROM (VALUES (1, 2, 1), (2, 1, 0.5))",
     "!delong_test: label must be 0 or 1, got 0.5"},
    {"SELECT concordance_index(column1, column2, column3) OVER (ROWS 2 PRECEDING) FROM (VALUES (.4, 0, 0), "
     "(1, 2, 1), (3, 2, 0), (4, 1, 1), (2, 5, 1))",
     "\n\n1.0\n0.333333333333333\n0.0"},
    {"SELECT spearman(column1, column2) OVER (ROWS 1 PRECEDING) FROM (VALUES (1, 2), (3, 3), (2, 4))",
     "\n1.0\n-1.0"},
    {"SELECT round(cross_entropy_logits('[1,2]', 1), 9)", "0.313261688"},
    {"SELECT argmax(zeroblob(256)), argmax(CAST(zeroblob(252) || x'0000803f' AS BLOB)), "
     "argmax(zeroblob(128))",
     "0|63|0"},
    {"SELECT argmax(" TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN "1)", "100"},
    /* Saved states: parameters longer than what follows, level and cutoff that they hold. */
    {"SELECT f1_macro(s) FROM (SELECT f1_macro_state(1, 1, "
     "'[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]')"
     " AS s)",
     "0.05"},
    {"SELECT json_extract(log_loss_ci(s), '$.level') FROM (SELECT log_loss_ci_state(.5, 1, .9) AS s)", "0.9"},
    {"SELECT cutoff FROM roc_curve((SELECT score_set(column1, column2)" THREE ")) WHERE tpr = 0", "Inf\n0.3"},
    {"SELECT json_extract(f1_at_ci(.5, 1, .3), '$.cutoff')", "0.3"},
    {"SELECT json_extract(net_benefit_at_ci(.5, 1, .3), '$.cutoff')", "0.3"},
    {"SELECT json_extract(spearman_ci(column1, column2), '$.rows') FROM (VALUES (1, 2), (2, 4), (3, 1))",
     "3"},
    {"SELECT * FROM class_table((SELECT class_set('a', 'b', 0.5)))",
     "a|0.0||0.0|0.0|0.5\nb||0.0|0.0|0.5|0.0"},
    /* A report of rows or of a set. */
    {"SELECT length(report_html(s, 'a', 'title')) > 0" SAVED("score_set"), "1"},
    {"SELECT length(report_html(s)) > 0" SAVED("score_set"), "1"},
    {"SELECT json_extract(f1_macro_ci(s, '[0,1]', .9), '$.level') FROM (SELECT class_set(0, 1) AS s)", "0.9"},
    {"SELECT report_html(column1, column2, 'a') LIKE '%Left out because of a NULL: 1 row.%' FROM (VALUES "
     "(NULL, 1), (.1, 0), (.2, 1))",
     "1"},
};

/* Values of classes. The bytes of a number beside a number are refused, and other BLOBs are not. */
static const Corner classes[] = {
    /* Each class has a name of its own: texts that read like a REAL or a BLOB are in quotes, and so on. */
    {"WITH c(x) AS (VALUES ('\"a\"'), ('\"'), ('\"\"'), ('X'''), ('X'''''), ('X''4'''), ('X''41'''), "
     "('\"X''41''\"'), ('X''4G'''), ('X''G4'''), ('X''4g'''), ('X''/0'''), ('X'':0'''), ('X''@0'''), "
     "('X''09'''), "
     "('X''AF'''), ('X''F0A9'''), ('x''41'''), ('X''41'), ('Y''41'''), ('X\"41'''), ('X''41\"'), "
     "('X''411'''), "
     "('0.1'), ('0.10'), ('1e5'), ('0.30000000000000004'), ('\"0.30000000000000004\"'), "
     "('\"\"0.30000000000000004\"\"'), ('\"0.30000000000000004'), ('0.30000000000000004\"'), "
     "('0.300000000000000040'), (''), (' '), (0.5), (x'4142'), (x'F0'), (x''), (0.30000000000000004)) SELECT "
     "group_concat(key, ' ; ') FROM json_each((SELECT class_metrics(x, x) FROM c))",
     "0.1 ; 0.30000000000000004 ; 0.5 ;  ;   ; \" ; \"\" ; \"\"\"0.30000000000000004\"\"\" ; "
     "\"0.30000000000000004 ; \"\"0.30000000000000004\"\" ; \"\"X'41'\"\" ; \"a\" ; 0.10 ; "
     "\"0.30000000000000004\" ; 0.30000000000000004\" ; 0.300000000000000040 ; 1e5 ; X\"41' ; X' ; \"X''\" ; "
     "X'/0' ; \"X'09'\" ; X'4' ; X'41 ; X'41\" ; \"X'41'\" ; X'411' ; X'4G' ; X'4g' ; X':0' ; X'@0' ; "
     "\"X'AF'\" ; \"X'F0A9'\" ; X'G4' ; Y'41' ; x'41' ; X'' ; X'4142' ; X'F0'"},
    {"SELECT accuracy(x'000000', 1), accuracy(x'0000000000', 1), accuracy(x'00000000000000', 1), "
     "accuracy(x'000000000000000000', 1)",
     "0.0|0.0|0.0|0.0"},
    {"SELECT accuracy(x'00000000', 'a'), accuracy('a', x'00000000')", "0.0|0.0"},
    {"SELECT accuracy(x'00000000', 1)", "!accuracy: pred must be a class, got a BLOB of 4 bytes beside a"},
    {"SELECT accuracy(1, x'00000000')", "!accuracy: label must be a class, got a BLOB of 4 bytes beside a"},
    {"SELECT accuracy(x'0000000000000000', 1.5)", "!accuracy: pred must be a class, got a BLOB of 8 bytes"},
    {"SELECT accuracy(.5, .5), accuracy(.5, .75), accuracy(1.0, 1), accuracy('0.5', .5)", "1.0|0.0|1.0|1.0"},
    {"SELECT accuracy(p, q) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES (2.0, '2'), "
     "(1.5, "
     "'1.5'), (3, '3.0')))",
     "1.0"},
    {"SELECT group_concat(key || ':' || n) FROM (SELECT key, count(*) AS n FROM each_set((SELECT "
     "score_sets(column1, .5, 1) FROM (VALUES ('a'), ('bb'), ('1'), (1), ('1.0'), (1.0)))) GROUP BY key, "
     "typeof(key))",
     "1:1,1:1,1.0:1,a:1,bb:1"},
    /* Texts that are numbers are these, also behind rows that are read fast. */
    {"SELECT accuracy(column1, column2), accuracy(column2, column1) FROM (VALUES ('a', 'a'), ('9', 9), "
     "('-1', "
     "-1), ('0', 0), ('8', 8), ('-1', '-1.0'), ('b', 'a'))",
     "0.857142857142857|0.857142857142857"},
    {"SELECT concordance_index(column1, column2, column3) FROM (VALUES (1, 2, 1), (2, 4, 0), (3, 1, '1'), "
     "(2, "
     "3, 1.0), (1, 1, 0.0))",
     "0.357142857142857"},
    {"SELECT precision(1, 2)", "!precision: label must be 0 or 1, got 2"},
    {"SELECT precision(2, 1)", "!precision: pred must be 0 or 1, got 2"},
    {"SELECT krippendorff_alpha(5)", "!krippendorff_alpha: ratings must be a JSON array of values, got 5"},
};

/* Vectors: which element is wrong, and which of two vectors. */
static const Corner vectors[] = {
    {"SELECT cross_entropy('[1.5,-.5]', 0)",
     "!cross_entropy: element 0 of probs must be within [0,1], got 1.5"},
    {"SELECT bce_logits('[1,1]', '[1,0]', 1, '[-1,2]')", "!element 0 of pos_weight must be finite and >= 0"},
    {"SELECT bce_logits('[1,2]', '[1,0]', 1, '[1,2,3]')", "!logits has 2 elements, but pos_weight has 3"},
    {"SELECT round(bce_logits('[1,2]', '[1,0]', 1, '[1,2]'), 9)", "1.220094849"},
    {"SELECT bce_logits('[1,2]', '[1,0]', 1, '[1,2]'), log_sum_exp('x')", "!log_sum_exp: x must be a number"},
    {"SELECT label_ranking_loss('[.5,.2]', '[1,0.5]')", "!element 1 of targets must be 0 or 1, got 0.5"},
    {"SELECT entropy('[50,50]')", "!entries of probs must sum to 1, but they sum to 100; divide them by"},
    {"SELECT entropy(x'000000000000d03f000000000000e83f')", "!a BLOB of 16 bytes reads as float64"},
    {"SELECT softmax(5)", "!softmax: vector must be a JSON array or a float32 BLOB, got 5"},
    {"SELECT softmax('[1,2,')", "!vector is not a JSON array of numbers: invalid at character 6"},
    {"SELECT softmax('[]')", "!softmax: vector must have at least one element, got text '[]'"},
    {"SELECT argmax('x', 1)", "!argmax: vector must be a JSON array or numbers, got text 'x'"},
    /* More numbers than a third of the bytes, behind a shorter vector. */
    {"SELECT argmax('[1' || replace(hex(zeroblob(99999)), '00', ',0') || ']'), argmax('[0' || "
     "replace(hex(zeroblob(149998)), '00', ',0') || ',1]')",
     "0|149999"},
};

#define SET                                                                                                  \
  "(SELECT score_set(column1, column2) FROM (VALUES (.1, 0), (.4, 1), (.35, 1), (.8, 1), (.2, 0), (.9, 0)))"
#define CURVE(arguments) "calibration_curve(" SET arguments ")"
#define SIGNATURE        "calibration_curve(set[, bins=10[, strategy='uniform']])"

/* Tables: arguments by place, by name, too many, as texts and read back; rows counted from 1 in each scan. */
static const Corner table_calls[] = {
    {"SELECT group_concat(rowid || ':' || bin) FROM " CURVE(", 2"), "1:0,2:1"},
    {"SELECT count(*), max(c.rowid) FROM (VALUES (1), (NULL), (2)) LEFT JOIN roc_curve(CASE WHEN column1 IS "
     "NOT NULL THEN " SET " END) AS c GROUP BY column1 IS NULL",
     "8|4\n1|"},
    {"SELECT count(*) FROM " CURVE(", '2'"), "2"},
    {"SELECT bins, strategy FROM " CURVE(", '[0,.5,1]'") " LIMIT 1", "[0,.5,1]|uniform"},
    {"SELECT bins, strategy FROM " CURVE(", 4, 'quantile'") " LIMIT 1", "4|quantile"},
    {"SELECT bins, strategy FROM " CURVE("") " LIMIT 1", "10|uniform"},
    {"SELECT group_concat(bin) FROM calibration_curve WHERE \"set\" = " SET " AND bins = 2", "0,1"},
    {"SELECT points, count(*) FROM roc_curve WHERE \"set\" = " SET, "|4"},
    {"SELECT count(*) FROM " CURVE("") " WHERE bins = 2", "2"},
    {"SELECT count(*) FROM " CURVE(", 2") " WHERE bins = 3", "0"},
    {"SELECT count(*) FROM " CURVE(", 3") " WHERE bins > 2", "3"},
    {"SELECT count(*) FROM " CURVE("") " WHERE bins > 20", "0"},
    {"SELECT cutoff FROM roc_curve(" SET ") ORDER BY 1", "0.1\n0.35\n0.9\nInf"},
    {"SELECT bin FROM " CURVE(", 3") " ORDER BY 1 DESC", "2\n1\n0"},
    {"SELECT cutoff FROM roc_curve(" SET ") ORDER BY tpr, 1", "0.9\nInf\n0.1\n0.35"},
    {"SELECT roc_auc(1, q, r) FROM (SELECT pack(1) AS q), (SELECT pack(column1) AS r FROM (VALUES (1), (2)))",
     "!must be of the same length: label has 1 element, but weight has 2"},
    {"SELECT roc_auc(p, q, r) FROM (SELECT pack(1) AS p, pack(1) AS q), (SELECT pack(column1) AS r FROM "
     "(VALUES (1), (2)))",
     "!must be of the same length: score has 1 element, but weight has 2"},
    /* A state that holds what the table takes as an argument. */
    {"SELECT count(*) FROM calibration_curve((SELECT ece_state(.5, 1, 10, 'quantile')))", "1"},
    {"SELECT count(*) FROM calibration_curve((SELECT ece_state(.5, 1, 10)))", "1"},
    {"SELECT * FROM calibration_curve", "!it reads a saved set: calibration_curve((SELECT score_set(score,"},
    {"SELECT group_concat(bin) FROM calibration_curve(3)", "!label) FROM …)); got 3"},
    {"SELECT * FROM " CURVE(", 2, 'uniform', 3"), "!call it as " SIGNATURE "; got 4 arguments"},
    {"SELECT * FROM " CURVE(", 2, 'uniform', 3, 4, 5, 6"), "!call it as " SIGNATURE "; got 7 arguments"},
    {"SELECT * FROM " CURVE(", strategy = 'quantile'"), "!not as name = value: " SIGNATURE},
    {"SELECT roc_auc(p, q) FROM (SELECT pack(1) AS p), (SELECT pack(column1) AS q FROM (VALUES (0), (1)))",
     "!must be of the same length: score has 1 element, but label has 2"},
    {"SELECT roc_auc(p, q) FROM (SELECT pack(column1) AS p FROM (VALUES (0), (1))), (SELECT pack(1) AS q)",
     "!must be of the same length: score has 2 elements, but label has 1"},
};

/* Texts of objectives and metrics: the longest that are read, and one that is the beginning of the one
 * before. */
#define ZEROS(n) "substr(replace(hex(zeroblob(50)), '00', '0000'), 1, " #n ")"
static const Corner texts[] = {
    {"SELECT best_cutoff(column1, column2, 'fbeta:2.' || " ZEROS(39) ")" THREE, "0.2"},
    {"SELECT best_cutoff(column1, column2, 'fbeta:2.' || " ZEROS(40) ")" THREE,
     "!which is longer than the 47 bytes that are read; it must be one of"},
    {"SELECT best_cutoff(1, 1, " ZEROS(46) " || ' x')", "!which is longer than the 47 bytes that are read"},
    {"SELECT best_cutoff(column1, column2, CASE column1 WHEN .1 THEN 'cost:1,50' ELSE 'cost:1,5' END)" THREE,
     "!best_cutoff: objective changed from 'cost:1,50' to 'cost:1,5'"},
    /* Limits, costs and blanks; what is no blank, and no number. */
    {"SELECT best_cutoff(column1, column2, 'precision>=0'), best_cutoff(column1, column2, char(9) || 'f1' || "
     "char(10)), best_cutoff(column1, column2, char(13) || ' f1')" THREE,
     "0.2|0.2|0.2"},
    {"SELECT best_cutoff(1, 1, 'recall>=-0.5')", "!X must be a number within [0,1], such as 0.9"},
    {"SELECT best_cutoff(1, 1, 'recall>=1.5')", "!X must be a number within [0,1], such as 0.9"},
    {"SELECT best_cutoff(1, 1, 'cost')", "!text 'cost'; FP_COST and FN_COST must be numbers >= 0"},
    {"SELECT best_cutoff(1, 1, 'cost:1')", "!text 'cost:1'; FP_COST and FN_COST must be numbers >= 0"},
    {"SELECT best_cutoff(1, 1, 'cost:1,')", "!text 'cost:1,'; FP_COST and FN_COST must be numbers >= 0"},
    {"SELECT best_cutoff(1, 1, 'cost:1,-5')", "!'cost:1,-5'; FP_COST and FN_COST must be numbers >= 0"},
    {"SELECT best_cutoff(1, 1, 'cost:x,y')", "!'cost:x,y'; FP_COST and FN_COST must be numbers >= 0"},
    {"SELECT best_cutoff(1, 1, 'f1' || char(8))", "!best_cutoff: objective cannot be text 'f1"},
    {"SELECT best_cutoff(1, 1, 'f1' || char(14))", "!best_cutoff: objective cannot be text 'f1"},
    {"SELECT best_cutoff(1, 1, 'f1' || char(0))", "!best_cutoff: objective cannot be text 'f1"},
    {"SELECT best_cutoff(1, 1, 'f 1')", "!best_cutoff: objective cannot be text 'f 1'"},
    {"SELECT best_cutoff(1, 1, 'FBETA:2')", "!text 'FBETA:2'; it is written 'fbeta:2'; it must be"},
    {"SELECT best_cutoff(column1, column2, CASE column1 WHEN .1 THEN 'cost:1,5' ELSE 'cost:1,6' END)" THREE,
     "!best_cutoff: objective changed from 'cost:1,5' to 'cost:1,6'"},
    {"SELECT json_extract(bootstrap_ci(s, 'f1_at:0.' || " ZEROS(71) "), '$.value')" SAVED("score_set"),
     "0.5"},
    {"SELECT bootstrap_ci(s, 'f1_at:0.' || " ZEROS(72) ")" SAVED("score_set"),
     "!bootstrap_ci: metric cannot be text 'f1_at:0.000"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'f1_macro:[0,1]')",
     "!without a list of classes, which f1_macro_ci(set, '[…]') takes"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'accuracy:[0,1]')",
     "!text 'accuracy:[0,1]'; it is written 'accuracy'; it must"},
    {"SELECT bootstrap_ci(class_set(1, 1), 'cohen_kappa_score')", "!'cohen_kappa_score'; here it is 'kappa'"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, calls, sizeof calls / sizeof *calls);
  check_corners(db, classes, sizeof classes / sizeof *classes);
  check_corners(db, vectors, sizeof vectors / sizeof *vectors);
  check_corners(db, table_calls, sizeof table_calls / sizeof *table_calls);
  check_corners(db, texts, sizeof texts / sizeof *texts);
  sqlite3_close(db);
  return end_of_tests();
}
