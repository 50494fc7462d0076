/* Calls whose arguments could be taken in more than one way: optional texts left out or nearly texts, forms
 * for numbers, vectors and saved sets, parameters that are 0 or have a default behind a text. Each query is
 * compared with its only correct result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

#define THREE    " FROM (VALUES (.1, 0), (.2, 1), (.3, 0))"
#define SAVED(f) " FROM (SELECT " f "(column1, column2) AS s" THREE ")"

static const Corner calls[] = {
    /* Numbers of arguments. */
    {"SELECT cross_entropy()", "!cross_entropy: call it as cross_entropy(PROBS…, class); got 0 arguments"},
    {"SELECT log_loss('[.1,.9]')", "!log_loss: call it as log_loss(PROBS, class[, weight]), or with a saved"},
    {"SELECT score_sets('k', .5)",
     "!score_sets: call it as score_sets(key, score, label[, weight]), or with a saved state; got 2"},
    {"SELECT f1_macro(1, 1, 2, 3)",
     "!f1_macro: call it as f1_macro(pred, label[, classes][, weight]); got 4 arguments"},
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
    /* A report of rows or of a set. */
    {"SELECT length(report_html(s, 'a', 'title')) > 0" SAVED("score_set"), "1"},
    {"SELECT report_html(column1, column2, 'a') LIKE '%Left out because of a NULL: 1 row.%' FROM (VALUES "
     "(NULL, 1), (.1, 0), (.2, 1))",
     "1"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, calls, sizeof calls / sizeof *calls);
  sqlite3_close(db);
  return end_of_tests();
}
