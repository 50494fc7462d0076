/* What messages say to write instead, of one function or of a method: the message, and then that the remedy
 * gives the right value or keeps what is wrong an error. tests/advice.c has the advice on dirty columns. */
#include "tables.h"

#include <string.h>

static sqlite3 *db;

/* A statement and what it gives: the message of an error, of which a part, or else all of its text. */
typedef struct Said {
  const char *sql, *message, *value;
} Said;

/* Begins the message of an error that is compared as a whole. */
#define WHOLE "^"

static bool says(const char *got, const char *message) {
  return *message == *WHOLE ? strcmp(got, message + 1) == 0 : strstr(got, message) != NULL;
}

static void check(const Said *said) {
  bool error;
  char *got = rows_of(db, said->sql, &error);
  if (said->message ? error && says(got, said->message) : !error && strcmp(got, said->value) == 0)
    passed();
  else
    failed("%s\n  gives %s %s\n  not   %s %s", said->sql, error ? "the error" : "the value", got,
           said->message ? "the error" : "the value", said->message ? said->message : said->value);
  sqlite3_free(got);
}

/* What a message says of the first month, with the second in place of its ellipsis. */
#define SAMPLE_OF_MONTH "CASE month WHEN '2026-01' THEN 0 WHEN '2026-02' THEN 1 ELSE month END"

/* The message about a class of two entries, up to what it got. */
#define NO_INDEX "top_k_accuracy: class must be an index from 0 to 1, since there are 2 entries, got "

/* What a message says to write instead, and what that gives. */
static void check_remedies(void) {
  static const Said said[] = {
      {"SELECT accuracy(CASE WHEN score > 0.3 THEN 'yes' ELSE 'no' END, label) FROM forty", "to_label(x)",
       NULL},
      {"SELECT accuracy(to_label(CASE WHEN score > 0.3 THEN 'yes' ELSE 'no' END), label) FROM forty", NULL,
       "0.75"},
      {"SELECT hinge_loss(score, label) FROM four", "json_array(0, score)", NULL},
      {"SELECT abs(hinge_loss(json_array(0, score), label) - avg(max(0, 1 - (2 * label - 1) * score))) < "
       "1e-15 FROM four",
       NULL, "1"},
      {"SELECT hinge_loss(json_array(0, '58%'), 1)", "must be a number", NULL},
      {"SELECT ranked_probability_score(score, label) FROM four", "json_array(1 - prob, prob)", NULL},
      {"SELECT abs(ranked_probability_score(json_array(1 - score, score), label) - brier(score, label)) < "
       "1e-15 FROM four",
       NULL, "1"},
      {"SELECT ranked_probability_score(json_array(1 - '0,75', '0,75'), 1)", "must be a number", NULL},
      {"SELECT roc_auc_ovr_macro(score, label) FROM four", "see roc_auc", NULL},
      {"SELECT average_precision_macro(score, label) FROM four", "see average_precision", NULL},
      {"SELECT cross_entropy(score, label) FROM four", "see log_loss", NULL},
      /* a set for each group, not one of all rows for every group */
      {"SELECT bootstrap_ci(score, label, 'log_loss') FROM four",
       "call it as bootstrap_ci(score_set(score, label), 'roc_auc')", NULL},
      {"SELECT count(DISTINCT json_extract(ci, '$.value')) FROM (SELECT bootstrap_ci(score_set(score, "
       "label), "
       "'log_loss') AS ci FROM four GROUP BY score > 0.35)",
       NULL, "2"},
      {"SELECT roc_svg(score, label, 'model') FROM four",
       "call it as SELECT roc_svg(s, series_name) FROM (SELECT series_name, score_set(score, label) AS s "
       "FROM … "
       "GROUP BY series_name)",
       NULL},
      {"SELECT svg LIKE '%>more<%', svg LIKE '%>less<%' FROM (SELECT roc_svg(s, series_name) AS svg FROM "
       "(SELECT series_name, score_set(score, label) AS s "
       "FROM "
       "(SELECT *, iif(score > 0.35, 'more', 'less') AS series_name FROM four) GROUP BY series_name))",
       NULL, "1|1"},
      {"SELECT f1_at(1, 0.5, 0.3)",
       "; are score, label and cutoff in this order? (the score here is a 0 or 1)", NULL},
      {"SELECT specificity(pack_json('[0,2]'), 1)",
       WHOLE "specificity: element 1: pred must be 0 or 1, got 2", NULL},
      /* the argument has no name that SQL keeps for itself */
      {"SELECT t_test(score, CASE label WHEN 1 THEN 'b' ELSE 'a' END) FROM four",
       "; CASE sample WHEN 'a' THEN 0 WHEN … THEN 1 ELSE sample END if 'a' is the reference", NULL},
      {"SELECT t_test(score, CASE sample WHEN 'a' THEN 0 WHEN 'b' THEN 1 ELSE sample END) = t_test(score, "
       "label) "
       "FROM (SELECT *, CASE label WHEN 1 THEN 'b' ELSE 'a' END AS sample FROM four)",
       NULL, "1"},
      {"SELECT t_test(x, CASE sample WHEN 'a' THEN 0 WHEN 'b' THEN 1 ELSE sample END) FROM (SELECT 1 AS x, "
       "'c' AS "
       "sample)",
       "t_test: sample must be 0 or 1, got text 'c'", NULL},
      {"SELECT t_test(0.25, 0.5)", "; if x and sample are two measurements of each row, see paired_t_test",
       NULL},
      {"SELECT t_test(12, 15)", "; if x and sample are two measurements of each row, see paired_t_test",
       NULL},
      {"SELECT mann_whitney_test(0.25, 0.5)",
       "; if score and label are two measurements of each row, see wilcoxon_test", NULL},
      {"SELECT t_test(0, 15)",
       WHOLE
       "t_test: sample must be 0 or 1, got 15; to_number(sample) > 0 if every number above 0 is positive",
       NULL},
      {"SELECT roc_auc(0.5, pack_json('[0,5]'))", WHOLE "roc_auc: element 1: label must be 0 or 1, got 5",
       NULL},
      {"SELECT f1_at(score, label, 0.5, 'wieght') FROM four",
       "; if that is a column, write its name without quotes; for one value per group, use GROUP BY", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', 'cat', 2)",
       "got text 'cat'; CASE class WHEN 'cat' THEN … ELSE class END gives the index of a class by its name",
       NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', CASE class WHEN 'cat' THEN 1 ELSE class END, 1) FROM (SELECT "
       "'cat' AS "
       "class)",
       NULL, "1.0"},
      {"SELECT top_k_accuracy('[0.2,0.8]', CASE class WHEN 'cat' THEN 1 ELSE class END, 1) FROM (SELECT "
       "'dog' AS "
       "class)",
       "got text 'dog'", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', 'chat à l''oeil-noir', 2)",
       "; CASE class WHEN 'chat à l''oeil-noir' THEN … ELSE class END gives", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', 'NA', 2)",
       "got text 'NA'; nullif(class, 'NA') if it stands for a missing value", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', nullif(class, 'NA'), 1) FROM (SELECT 'NA' AS class UNION ALL "
       "SELECT 1)",
       NULL, "1.0"},
      {"SELECT top_k_accuracy('[0.2,0.8]', nullif(class, 'NA'), 1) FROM (SELECT 'dog' AS class)",
       "got text 'dog'", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', 'class', 2)",
       WHOLE NO_INDEX "text 'class'; if that is a column, write its name without quotes", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', \"label\", 2)",
       WHOLE NO_INDEX "text 'label'; if that is a column, write its name without quotes", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', '5', 1)", WHOLE NO_INDEX "text '5'; are class and k swapped?",
       NULL},
      {"SELECT cross_entropy_logits('[0.2,0.8]', '5')",
       WHOLE
       "cross_entropy_logits: class must be an index from 0 to 1, since there are 2 entries, got text '5'",
       NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', '58%', 1)", WHOLE NO_INDEX "text '58%'", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', '[0,1]', 1)",
       WHOLE NO_INDEX "text '[0,1]'; the vector is the first argument", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', pack_json('[0,\"cat\"]'), 1)",
       WHOLE "top_k_accuracy: element 1: class must be an index from 0 to 1, since there are 2 entries, got "
             "text 'cat'",
       NULL},
      {"SELECT f1_at(0.5, 1, 0.5, pack_json('[1,\"wieght\"]'))",
       WHOLE
       "f1_at: element 1: weight must be a number, got text 'wieght'; for one value per group, use GROUP BY",
       NULL},
      {"SELECT log_loss(pack_json('[0.5,1.00001]'), 1)",
       WHOLE "log_loss: element 1: prob must be within [0,1], got 1.00001", NULL},
      {"SELECT normal_quantile(pack_json('[97.5]'))",
       WHOLE "normal_quantile: element 0: p must be within [0,1], got 97.5", NULL},
      {"SELECT top_k_accuracy(s) FROM (SELECT top_k_accuracy_state('[0.2,0.8]', 1, 1) AS s UNION ALL SELECT "
       "top_k_accuracy_state('[0.2,0.8]', 1, 2))",
       WHOLE "top_k_accuracy: k changed from 1 to 2", NULL},
      {"SELECT best_cutoff(score, label, iif(score > 0.3, 'f1', 'youden')) FROM four",
       WHOLE "best_cutoff: objective changed from 'youden' to 'f1'", NULL}, /* a text is no weight */
      {"SELECT with_label(score, label) FROM four", "; call it as with_label(score_set(score, label), 1)",
       NULL},
      {"SELECT length(with_label(score_set(score, label), 1)) > 20 FROM four", NULL, "1"},
      {"SELECT f1_at(s, 0.6) FROM (SELECT f1_at_state(score, label, 0.5) AS s FROM four)",
       "call it as f1_at(state); got 2 arguments; its rows were decided at the cutoff given when it was "
       "saved",
       NULL},
      {"SELECT f1_at(s, 0.6) = f1_at(score, label, 0.6) FROM four, (SELECT score_set(score, label) AS s FROM "
       "four)",
       NULL, "1"},
      {"SELECT f1_at(s, 0.6, 2) FROM (SELECT score_set(score, label) AS s FROM four)",
       "call it as f1_at(state, cutoff); got 3 arguments", NULL},
      {"SELECT top_k_accuracy('[0.2,0.8]', 1, column1) FROM (VALUES (1), (2))",
       "k changed from 1 to 2; are class and k swapped?", NULL},
      /* fractions beside 0 or 1 are swapped columns rather than targets, of which bce would make a result */
      {"SELECT log_loss(label, score) FROM four",
       WHOLE
       "log_loss: label must be 0 or 1, got 0.1; are score and label swapped? (the score here is a 0 or "
       "1)",
       NULL},
      {"SELECT log_loss(1 - score, score, label) FROM four",
       WHOLE
       "log_loss: label must be 0 or 1, got 0.35; if arguments 1 and 2 are the probabilities of classes 0 "
       "and 1, json_array(…, …) makes them the vector of log_loss(PROBS, class)",
       NULL},
      {"SELECT abs(log_loss(json_array(1 - score, score), label) - log_loss(score, label)) < 1e-15 FROM four",
       NULL, "1"},
      {"SELECT brier(1 - score, score, label) FROM four", "json_array(…, …) makes them the vector of brier(",
       NULL},
      {"SELECT brier(json_array(0.4, '0,6'), 1)", "must be a number", NULL},
      {"SELECT brier(0.4, 0.3, 1)",
       WHOLE "brier: label must be 0 or 1, got 0.3; are score and label swapped? If not, bce takes targets "
             "between 0 and 1",
       NULL},
      {"SELECT log_loss(-1, 1)", "; if every prob is a logit, bce_logits takes them", NULL},
      {"SELECT report_html(score, label) FROM four", "; for one model give NULL as series_name", NULL},
      {"SELECT report_classes_html(score > 0.3, label) FROM four", "; for one model give NULL as series_name",
       NULL},
      {"SELECT report_regression_html(score, label) FROM four", "; for one model give NULL as series_name",
       NULL},
      {"SELECT report_html(score, label, NULL) = report_html(score, label, ''), report_html(score, label, "
       "NULL) "
       "<> report_html(score, label, 'model') FROM four",
       NULL, "1|1"},
      {"SELECT report_html(s, NULL) = (SELECT report_html(score, label, NULL) FROM four) FROM (SELECT "
       "score_set(score, label) AS s FROM four GROUP BY score > 0.35)",
       NULL, "1"}, /* sets named NULL are merged, too */
      {"SELECT page LIKE '%2 models, 2 rows each%', page LIKE '%<bdi>NULL</bdi></th><td>2</td>%' FROM "
       "(SELECT report_html(score, label, CASE WHEN score > 0.35 THEN 'b' END) AS page FROM four)",
       NULL, "1|1"}, /* beside names, NULL is one */
      {"SELECT p_adjust('[0.01, 0.02]', 'fdr_bh')", "it is written 'bh'", NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'Holm')", "it is written 'holm'", NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'fdr_by')",
       "'bh' controls the same rate where the tests are independent or positively dependent, 'holm' the "
       "family-wise error rate in any case",
       NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'fdr_tsbky')", "independent or positively dependent", NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'bonferroni')", "'holm'", NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'hommel')", "'holm'", NULL},
      {"SELECT p_adjust('[0.01, 0.02]', 'bh'), p_adjust('[0.01, 0.02]', 'holm')", NULL,
       "[0.02,0.02]|[0.02,0.02]"},
      {"SELECT roc_auc_ci(score, label, 'delong') FROM four",
       "'normal' use DeLong's standard error; the method stands", NULL},
      {"SELECT roc_auc_ci(score, label, 0.95, 'delong') FROM four", "'logit', the default", NULL},
      {"SELECT json_extract(roc_auc_ci(score, label, 0.95, 'normal'), '$.method') FROM four", NULL, "normal"},
      {"SELECT accuracy_at_ci(score, label, 0.5, 0.95, 'exact') FROM four", "it is written 'clopper_pearson'",
       NULL},
      {"SELECT kappa_ci(label, label, 0.95, 'exact') FROM four", "for this metric, got text 'exact'", NULL},
      {"SELECT proportion_ci(3, 5, 0.95, 'exact')", "it is written 'clopper_pearson'", NULL},
      {"SELECT ece(score, label, 5, 'Quantile') FROM four", "it is written 'quantile'", NULL},
      {"SELECT calibrate(score, label) FROM four",
       "calibrate((SELECT platt_fit(score, label) FROM …), score)", NULL},
      {"SELECT calibrate('0.9', label) FROM four",
       "calibrate((SELECT platt_fit(score, label) FROM …), score)", NULL},
      {"SELECT calibrate((SELECT platt_fit(score, label) FROM four), score) BETWEEN 0.1 AND 0.9 FROM four "
       "LIMIT 1",
       NULL, "1"},
      {"SELECT bootstrap_ci(score_set(score, label), 'f1') FROM four",
       "such as 'f1_at:0.5', needs a score_set", NULL},
      {"SELECT round(json_extract(bootstrap_ci(score_set(score, label), 'f1_at:0.5'), '$.value'), 4) FROM "
       "four",
       NULL, "0.6667"},
      {"SELECT round(json_extract(bootstrap_ci(class_set(score > 0.5, label), 'f1'), '$.value'), 4) FROM "
       "four",
       NULL, "0.6667"},
      {"SELECT log_loss(CASE WHEN score > 0.5 THEN 45 ELSE score END, label) FROM four",
       "; if every prob is a percentage, to_number((prob) || '%') reads it", NULL},
      {"SELECT log_loss(to_number((100 * score) || '%'), label) = log_loss(score, label) FROM four", NULL,
       "1"},
      {"SELECT normal_quantile(97.5)", "; if every p is a percentage, to_number((p) || '%') reads it", NULL},
      {"SELECT normal_quantile(to_number((97.5) || '%')) = normal_quantile(0.975)", NULL, "1"},
      {"SELECT to_label('chrun')",
       "; if that is a column, write its name without quotes; CASE x WHEN 'chrun'", NULL},
      {"SELECT to_label(\"chrun\") FROM four", "; if that is a column, write its name without quotes; CASE x",
       NULL},
      {"SELECT to_label(chrun) FROM four", "no such column", NULL},
      {"SELECT f1_at(score, \"chrun\", 0.5) FROM four",
       "; if that is a column, write its name without quotes; CASE label WHEN 'chrun' THEN 1", NULL},
      {"SELECT f1_at(score, label, 0.5) FROM four", NULL, "0.666666666666667"},
      {"SELECT f1(\"chrun\", label) FROM four",
       "; if that is a column, write its name without quotes; CASE pred WHEN 'chrun' THEN 1", NULL},
      {"SELECT roc_auc(score, 'on time') FROM four", "got text 'on time'; CASE", NULL},
      {"SELECT best_cutoff(score, label, 'F1') FROM four", "; it is written 'f1'; it must be one of", NULL},
      {"SELECT best_cutoff(score, label, 'Precision >= 0.9') FROM four", "; it is written 'precision>=0.9'",
       NULL},
      {"SELECT best_cutoff(score, label, 'f1'), best_cutoff(score, label, 'precision>=0.9') FROM four", NULL,
       "0.35|0.8"},
      {"SELECT best_cutoff(score, label, 'F2') FROM four", "; F-beta is 'fbeta:BETA'", NULL},
      {"SELECT best_cutoff(score, label, 'fbeta:2') FROM four", NULL, "0.35"},
      {"SELECT best_cutoff(score, label, 'AUC') FROM four", "; the names are in lower case", NULL},
      {"SELECT argmax('{\"a\":1}')", "vector must be a JSON array or numbers, got text", NULL},
      {"SELECT argmax('[1,3,2]'), argmax(1, 3, 2)", NULL, "1|1"},
      {"SELECT argmax(1, 'abc')", "vector must be a number, got text 'abc'", NULL},
      {"SELECT roc_auc(score, 151 - label) FROM four",
       "got 151; to_number(label) = 151 for that class against the rest, to_number(label) > 0 if every "
       "number "
       "above 0 is positive; for measured values see rmse(pred, target) and report_regression_html",
       NULL},
      {"SELECT roc_auc(score, to_number(CAST(151 - label AS TEXT)) = 151) = roc_auc(score, 1 - label) FROM "
       "four",
       NULL, "1"},
      {"SELECT roc_auc(score, to_number(CASE label WHEN 1 THEN 'x' ELSE 151 END) = 151) FROM four",
       "must be a number", NULL},
      {"SELECT log_loss(score, 150.5) FROM four",
       "; are score and label swapped? for measured values see rmse(pred, target)", NULL},
      {"SELECT rmse(score, score + 0.5) FROM four", NULL, "0.5"},
      {"SELECT length(report_regression_html(score, score + 0.5, 'a')) > 5000 FROM four", NULL, "1"},
      {"SELECT psi(score, month) FROM months",
       "; CASE sample WHEN '2026-01' THEN 0 WHEN … THEN 1 ELSE sample END if '2026-01' is the reference",
       NULL},
      {"SELECT psi_classes(score > 0.3, month) FROM months",
       "; CASE sample WHEN '2026-01' THEN 0 WHEN … THEN 1 ELSE sample END if '2026-01' is the reference",
       NULL},
      {"SELECT ks_test(score, month) FROM months",
       "; CASE label WHEN '2026-01' THEN 0 WHEN … THEN 1 ELSE label END if '2026-01' is the reference", NULL},
      {"SELECT psi_classes(score > 0.3, " SAMPLE_OF_MONTH ") = psi_classes(score > 0.3, month > '2026-01'), "
       "psi(score, " SAMPLE_OF_MONTH ", 2) = psi(score, month > '2026-01', 2), "
       "ks_test(score, " SAMPLE_OF_MONTH ") = ks_test(score, month > '2026-01') FROM months",
       NULL, "1|1|1"},
      {"SELECT psi(score, " SAMPLE_OF_MONTH ") FROM (SELECT * FROM months UNION ALL SELECT 0.5, '2026-03')",
       "got text '2026-03'", NULL},
      {"SELECT bootstrap_ci(score_set(score, label), 5) FROM four", "such as 'roc_auc', 'f1_at:0.5'", NULL},
  };
  static const Said tables[] = {
      {"CREATE TABLE months AS SELECT column1 AS score, column2 AS month FROM (VALUES (0.1, '2026-01'), "
       "(0.4, '2026-01'), (0.35, '2026-02'), (0.8, '2026-02'))",
       NULL, ""},
      {"CREATE TABLE four AS SELECT column1 AS score, column2 AS label FROM (VALUES (0.1, 0), (0.4, 0), "
       "(0.35, 1), (0.8, 1))",
       NULL, ""},
      {"CREATE TABLE forty AS SELECT four.* FROM four, (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), "
       "(10))",
       NULL, ""},
  };
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) check(&tables[i]);
  for (size_t i = 0; i < sizeof said / sizeof *said; i++) check(&said[i]);
}

int main(void) {
  db = open_bare();
  check_remedies();
  sqlite3_close(db);
  return end_of_tests();
}
