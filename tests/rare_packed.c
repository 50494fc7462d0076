/* Packed columns whose elements queries rarely have. Each query is compared with its only correct result, or
 * with a part of the error message. */
#include "corner.h"
#include "tables.h"

/* Packed columns with elements that leave a row out, are no numbers, or are refused. */
static const Corner packed[] = {
    /* One number out of range among many: the last of a column, the first of its second block. */
    {"SELECT log_loss(p, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "64) SELECT pack(CASE i WHEN 64 THEN 1.5 ELSE 0.5 END) AS p FROM n)",
     "!log_loss: element 63: prob must be within [0,1], got 1.5"},
    {"SELECT log_loss(p, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "600) SELECT pack(CASE i WHEN 257 THEN -0.5 ELSE 0.5 END) AS p FROM n)",
     "!log_loss: element 256: prob must be within [0,1], got -0.5"},
    /* All numbers out of range on one side, and one by as little as can be. */
    {"SELECT log_loss(p, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "64) SELECT pack(1.5) AS p FROM n)",
     "!log_loss: element 0: prob must be within [0,1], got 1.5"},
    {"SELECT log_loss(p, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "64) SELECT pack(-0.5) AS p FROM n)",
     "!log_loss: element 0: prob must be within [0,1], got -0.5"},
    {"SELECT log_loss(p, 1) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "64) SELECT pack(CASE i WHEN 9 THEN -4.9406564584124654e-324 ELSE 0.5 END) AS p FROM n)",
     "!log_loss: element 8: prob must be within [0,1], got -5.0e-324"},
    /* Rows of weight 0 leave nothing in a set, though all of a column have it. */
    {"SELECT score_set(p, q, w) IS score_set(NULL, 1), count(*) FROM (WITH RECURSIVE n(i) AS (VALUES (1) "
     "UNION "
     "ALL SELECT i + 1 FROM n WHERE i < 70) SELECT pack(i / 70.0) AS p, pack(i % 2) AS q, pack(i * 0) AS w "
     "FROM n)",
     "1|1"},
    {"SELECT roc_auc(p, q) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "100) SELECT pack(i) AS p, pack(CASE i WHEN 5 THEN 0.5 ELSE i % 2 END) AS q FROM n)",
     "!roc_auc: element 4: label must be 0 or 1, got 0.5"},
    {"SELECT count(*), sum((SELECT sum(value) FROM unpack(p)) = all_of_them) FROM (WITH RECURSIVE n(i) AS "
     "(VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 100) SELECT sum(i) OVER w AS all_of_them, pack(i) "
     "OVER w AS p FROM n WINDOW w AS (ORDER BY i ROWS 4 PRECEDING))",
     "100|100"},
    {"SELECT mse(p, 0, 0) FROM (SELECT pack(column1) AS p FROM (VALUES (1), (2)))", ""},
    {"SELECT mse(p, 1, q) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES (1, 0), (2, 1), "
     "(NULL, 3)))",
     "1.0"},
    {"SELECT mse(p, q, NULL) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES (1, 0), (2, "
     "1)))",
     ""},
    {"SELECT accuracy(p, p) FROM (SELECT pack(column1) AS p FROM (VALUES (1), ('2'), ('1.0'), (1.5)))",
     "1.0"},
    {"SELECT accuracy(p, x'00') FROM (SELECT pack(column1) AS p FROM (VALUES (1)))", "0.0"},
    {"SELECT accuracy(p, x'0000000000000000') FROM (SELECT pack(column1) AS p FROM (VALUES (1)))",
     "!accuracy: element 0: label must be a class, got a BLOB of 8 bytes beside a number; if it is a NumPy "
     "number, bind int(x)"},
    {"SELECT mse(p, 1) FROM (SELECT pack(column1) AS p FROM (VALUES ('9007199254740993')))",
     "!mse: element 0: pred must be a number that a REAL holds exactly, got text '9007199254740993'; "
     "subtract a base first, or accept the rounding by to_number(pred)"},
    {"SELECT mse(p, 1) FROM (SELECT pack(column1) AS p FROM (VALUES ('x')))",
     "!mse: element 0: pred must be a number, got text 'x'"},
    {"SELECT roc_auc(p, q) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES (1, 1), (2, 2)))",
     "!roc_auc: element 1: label must be 0 or 1, got 2"},
    {"SELECT tweedie_deviance(p, q, 1.5) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES "
     "(1, 1), (-2, 2)))",
     "!tweedie_deviance: element 1: pred must be finite and > 0 where power is not 0, got -2"},
    {"SELECT ece(p, q) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES (1, 1), (2, 1)))",
     "!ece: element 1: prob must be within [0,1], got 2; if every prob is a logit, sigmoid(prob) makes it a "
     "probability"},
    {"SELECT roc_auc(p, 1) FROM (SELECT pack(column1) AS p FROM (VALUES ('0.5'), ('7')))", ""},
    {"SELECT to_number(p) FROM (SELECT pack(column1) AS p FROM (VALUES ('1'), ('x')))",
     "!to_number: element 1: x must be a number, got text 'x'"},
    {"SELECT log_loss(pack_json('[0.5,1.00001]'), 1)",
     "!log_loss: element 1: prob must be within [0,1], got 1.00001"},
    {"SELECT logit(p) FROM (SELECT pack(column1) AS p FROM (VALUES (2)))",
     "!logit: element 0: p must be within [0,1], got 2"},
    {"SELECT softplus(p) FROM (SELECT pack(column1) AS p FROM (VALUES (2), ('x')))",
     "!softplus: element 1: x must be a number, got text 'x'"},
    {"SELECT softplus(p) FROM (SELECT pack(column1) AS p FROM (VALUES (2), ('9007199254740993')))",
     "!softplus: element 1: x must be a number that a REAL holds exactly, got text '9007199254740993'; "
     "subtract a base first, or accept the rounding by to_number(x)"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT softplus(p) FROM (SELECT pack(column1) "
     "AS p FROM (VALUES (0), (NULL), ('-9e999')))))",
     "0.693147180559945,NULL,0.0"},
    {"SELECT poisson_deviance_of(p, 2) FROM (SELECT pack(column1) AS p FROM (VALUES (2), (0)))",
     "!poisson_deviance_of: element 1: pred must be finite and > 0, got 0"},
    {"SELECT tweedie_deviance_of(p, 2, 1.5) FROM (SELECT pack(column1) AS p FROM (VALUES (2), (0)))",
     "!tweedie_deviance_of: element 1: pred must be finite and > 0 where power is not 0, got 0"},
    {"SELECT pass_at_k(p, 1, 2) FROM (SELECT pack(column1) AS p FROM (VALUES (2), (0)))",
     "!pass_at_k: element 1: n must be an integer from 1 to 2^53, got 0"},
    {"SELECT pass_at_k(p, 1, 2) FROM (SELECT pack(column1) AS p FROM (VALUES ('2'), ('x')))",
     "!pass_at_k: element 1: n must be a number, got text 'x'"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT pass_at_k(p, 1, 2) FROM (SELECT "
     "pack(column1) AS p FROM (VALUES (2), (4)))))",
     "1.0,0.5"},
    {"SELECT calibrate('x', p) FROM (SELECT pack(column1) AS p FROM (VALUES (2)))",
     "!calibrate: element 0: fit cannot be text 'x'; it must be the JSON of platt_fit, isotonic_fit, "
     "beta_fit or temperature_fit"},
    {"SELECT calibrate(p, 2) FROM (SELECT pack(column1) AS p FROM (VALUES ('x')))",
     "!calibrate: fit cannot be a packed column, because it is the same for every row"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT "
     "calibrate('{\"method\":\"isotonic\",\"x\":[0,1],\"y\":[0,1]}', p) FROM (SELECT pack(column1) AS p FROM "
     "(VALUES (.25), (NULL), ('1')))))",
     "0.25,NULL,1.0"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT to_label(p) FROM (SELECT pack(column1) "
     "AS p FROM (VALUES ('yes'), (''), (0)))))",
     "1,NULL,0"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT binomial_test(p, 5) FROM (SELECT "
     "pack(column1) AS p FROM (VALUES (1), (7)))))",
     "{\"statistic\":0.2,\"p_value\":0.375,\"method\":\"exact\"},NULL"},
    {"SELECT mse(p, 'x') FROM (SELECT pack(column1) AS p FROM (VALUES (1)))",
     "!mse: target must be a number, got text 'x'"},
    {"SELECT mse(p, 'x') FROM (SELECT pack(column1) AS p FROM (VALUES (1), ('y')))",
     "!mse: target must be a number, got text 'x'"},
    {"SELECT squared_error(p, 'x') FROM (SELECT pack(column1) AS p FROM (VALUES (1)))",
     "!squared_error: target must be a number, got text 'x'"},
    {"SELECT mse(p, 0, w) FROM (SELECT pack_json('[1]') AS p, 1 AS w UNION ALL SELECT pack_json('[3]'), 3)",
     "7.0"},
    {"SELECT mse(p, 0, w) FROM (SELECT pack_json('[1,3,5]') AS p, pack_json('[1,1,0]') AS w)", "5.0"},
    {"SELECT mse(p, 0) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 256) "
     "SELECT pack(i) AS p FROM n)",
     "21973.5"},
    {"SELECT mse(substr(p, 1, length(p) - 1), 1) FROM (SELECT pack_json('[1]') AS p)",
     "!mse: the saved state is damaged: it is cut short or has been changed"},
    {"SELECT cross_entropy(p, .1, .2, .3, .4, 0) FROM (SELECT pack(column1) AS p FROM (VALUES ('[.5,.5]')))",
     "!cross_entropy: element 0: call it as cross_entropy(PROBS, class | TARGETS[, weight]); got 6 "
     "arguments"},
    {"SELECT softmax_at(p, 1, 2, 0) FROM (SELECT pack(column1) AS p FROM (VALUES ('[1,2]')))",
     "!softmax_at: element 0: call it as softmax_at(LOGITS, i); got 4 arguments"},
    /* Elements of eight arguments, which fill their block of memory. */
    {"SELECT count(*), max(value) = 1 / 7.0 FROM unpack((SELECT softmax_at(pack(i), 2, 2, 2, 2, 2, 2, 0) "
     "FROM (SELECT 1 AS i UNION ALL SELECT 2)))",
     "2|1"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0}', p) FROM (SELECT pack(column1) AS p "
     "FROM (VALUES (.5), (2)))",
     "!calibrate: element 1: a fit of beta_fit takes probabilities within [0,1], got 2"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0}', p) FROM (WITH RECURSIVE n(i) AS "
     "(VALUES "
     "(0) UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT pack(i / 299.0) AS p FROM n)",
     "!calibrate: element 300: a fit of beta_fit takes probabilities within [0,1], got 1.0033444816053512"},
    {"SELECT calibrate('{\"method\":\"temperature\",\"temperature\":2}', p) FROM (SELECT pack(column1) AS p "
     "FROM (VALUES ('[1,2]'), (0.5)))",
     "!calibrate: element 1: a fit of temperature_fit takes a vector of logits, not one score"},
    {"SELECT poisson_deviance(p, 2) FROM (SELECT pack(column1) AS p FROM (VALUES (1), (0)))",
     "!poisson_deviance: element 1: pred must be finite and > 0, got 0"},
    {"SELECT net_benefit_at(.7, 1, p) FROM (SELECT pack(column1) AS p FROM (VALUES (0), (1)))",
     "!net_benefit_at: element 1: cutoff must be within [0,1), got 1"},
    {"SELECT sum(key IS NULL), count(*), roc_auc(state) FROM each_set((SELECT score_sets(NULL, p, q) FROM "
     "(SELECT pack_json('[.1,.2]') AS p, pack_json('[0,1]') AS q)))",
     "1|1|1.0"},
    {"SELECT group_concat(ifnull(value, 'NULL')) FROM unpack((SELECT squared_error(p, NULL) FROM (SELECT "
     "pack(column1) AS p FROM (VALUES (1), (2)))))",
     "NULL,NULL"},
    {"SELECT bce_logits(.3, p, 1, q) = (SELECT bce_logits(.3, column1, 1, column2) FROM (VALUES (0, 1), (1, "
     "2), (1, 3))) FROM (SELECT pack_json('[0,1,1]') AS p, pack_json('[1,2,3]') AS q)",
     "1"},
    {"SELECT cross_entropy(p, 0) FROM (SELECT pack(column1) AS p FROM (VALUES ('[.5,.5]'), (NULL), "
     "('[.25,.75]')))",
     "1.03972077083992"},
    /* The weights alone are packed, or they alone say that counts are REAL. */
    {"SELECT mse(p, 1, w) FROM (SELECT 3 AS p, pack_json('[5]') AS w UNION ALL SELECT 0, pack_json('[15]'))",
     "1.75"},
    {"SELECT dot_at(p, 1, .1, w) FROM (SELECT pack_json('[.1,.2]') AS p, pack_json('[1,2]') AS w)", "3.0"},
    {"SELECT dot_at(p, 1, .1) FROM (SELECT pack_json('[.1,.2]') AS p)", "2"},
    /* More than a block of 256. */
    {"SELECT mse(p, 0), mae(p, p) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n "
     "WHERE "
     "i < 600) SELECT pack(i) AS p FROM n)",
     "120300.166666667|0.0"},
    /* Of two wrong elements the first is named. */
    {"SELECT roc_auc(p, q) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
     "600) SELECT pack(i) AS p, pack(CASE WHEN i IN (5, 290) THEN i / 2.0 ELSE i % 2 END) AS q FROM n)",
     "!roc_auc: element 4: label must be 0 or 1, got 2.5"},
    {"SELECT tweedie_deviance(p, q, 1.5) FROM (SELECT pack(column1) AS p, pack(column2) AS q FROM (VALUES "
     "(1, 1), (-2, 2), (-3, 2)))",
     "!tweedie_deviance: element 1: pred must be finite and > 0 where power is not 0, got -2"},
    /* Numbers spread over the arguments: which of the columns is too short. A weight below 0. */
    {"SELECT cross_entropy(a, b, c) FROM (SELECT pack(column1) AS a, pack(column2) AS b FROM (VALUES (.5, "
     ".5), "
     "(.6, .4))), (SELECT pack(1) AS c)",
     "!of the same length: probs has 2 elements, but class has 1"},
    {"SELECT mse(p, 1, -1) FROM (SELECT pack(1) AS p)", "!mse: weight must be finite and >= 0, got -1"},
    /* Classes of the second block. */
    {"SELECT accuracy(p, 'b') FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i "
     "< "
     "512) SELECT pack(CASE WHEN i > 256 THEN 'a' ELSE 'b' END) AS p FROM n)",
     "0.5"},
    /* Scalars of columns that are damaged, or too short. */
    {"SELECT sigmoid(substr(p, 1, length(p) - 1)) FROM (SELECT pack(1) AS p)",
     "!sigmoid: the saved state is damaged: it is cut short"},
    {"SELECT bce_loss(a, b) FROM (SELECT pack(column1) AS a FROM (VALUES (.5), (.6))), (SELECT pack(1) AS b)",
     "!bce_loss: the packed columns of a row must be of the same length: prob has 2 elements, but target has "
     "1"},
    /* Scalars: more elements than a block, vectors as elements, an element that is refused. */
    {"SELECT count(*) FROM unpack((WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i "
     "< "
     "600) SELECT sigmoid(pack(i)) FROM n))",
     "600"},
    {"SELECT value FROM unpack((SELECT brier_loss(pack(column1), pack(column2)) FROM (VALUES ('[0.5,0.5]', "
     "0), "
     "('[0.2,0.8]', 1))))",
     "0.5\n0.08"},
    {"SELECT calibrate('{\"method\":\"beta\",\"a\":1,\"b\":1,\"c\":0}', pack(column1)) FROM (VALUES (0.5), "
     "(2))",
     "!calibrate: element 1: a fit of beta_fit takes"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, packed, sizeof packed / sizeof *packed);
  sqlite3_close(db);
  return end_of_tests();
}
