/* Vectors that queries rarely have: sums far from 1, lengths that differ, weights, NaN in long BLOBs, logits
 * far from 0. Each query is compared with its only correct result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

/* Entries that do not sum to 1. The message says the sum where it can be that of counts or percentages. */
static const Corner sums[] = {
    {"SELECT entropy(column1) FROM (VALUES ('[0.5,0.25,0.25]'), ('[30,70]'))",
     "!entropy: entries of probs must sum to 1, but they sum to 100; divide them by their sum"},
    {"SELECT entropy('[0,0.5,99.5]')",
     "!entropy: entries of probs must sum to 1, but they sum to 100; divide them by their sum"},
    {"SELECT entropy('[1e308,1e308]')", "!entropy: element 0 of probs must be within [0,1], got 1.0e+308"},
    /* The targets of many labels: the softmax counts as often as they sum to. */
    {"SELECT cross_entropy_logits_gradient('[1,2,3]', '[1,1,0]'), cross_entropy_logits_gradient('[1,2,3]', "
     "'[1,1,0]', 0.1), cross_entropy_logits_gradient('[1,2,3]', '[0,0,0]')",
     "[-0.8199388536592391,-0.5105430578904047,1.3304819115496438]|"
     "[-0.7622752443096105,-0.4683492383292178,1.2306244826388282]|[0.0,0.0,0.0]"},
};

/* A BLOB of float64, read as float32, has twice as many elements. */
static const Corner lengths[] = {
    /* Two float64 of 0.5 are a distribution, but as logits they are four float32: 0, 1.75, 0, 1.75. */
    {"SELECT cross_entropy_logits(x'000000000000E03F000000000000E03F', 0)", "2.60337133099803"},
    {"SELECT bce_logits_loss('[1,2]', '[1,0]', x'000000000000803f000000000000803f')",
     "!bce_logits_loss: logits has 2 elements, but pos_weight has 4; vector_from_f64(blob) reads float64"},
    /* A vector as long as the memory kept for vectors. */
    {"SELECT json_array_length(calibrate('{\"method\":\"temperature\",\"temperature\":2}', zeroblob(4 "
     "* column1))) FROM (VALUES (1000), (1516))",
     "1000\n1516"},
};

/* One class against the rest, or against another. */
#define FIVE                                                                                                 \
  "(VALUES (1, '[.2,.5,.3]', 0, 1, 1), (2, '[.1,.4,.5]', 1, 2, 2), (3, '[.3,.1,.6]', 2, 3, 3), (4, "         \
  "'[.6,.2,.2]', 0, .5, 4), (5, '[.3,.3,.4]', 1, 1.25, 2))"
#define OF_FIVE(w)                                                                                           \
  "SELECT roc_auc_ovr_macro(p, y, " w "), roc_auc_ovr_weighted(p, y, " w "), roc_auc_ovr_micro(p, y, " w     \
  "), average_precision_micro(p, y, " w "), average_precision_weighted(p, y, " w                             \
  "), average_precision_macro(p, y, " w ") FROM t"
static const Corner classes[] = {
    /* Weighted (scikit-learn). */
    {"WITH t(i, p, y, w, v) AS " FIVE " " OF_FIVE("w"),
     "0.774814814814815|0.819068100358423|0.784859521331946|0.718979797636448|0.780656161482826|"
     "0.737206811375609"},
    {"WITH t(i, p, y, w, v) AS " FIVE " " OF_FIVE("v"),
     "0.910714285714286|0.898809523809524|0.864583333333333|0.806067588325653|0.869444444444444|"
     "0.877777777777778"},
    /* In a window, whose rows stay. */
    {"WITH t(i, p, y, w, v) AS " FIVE ", m AS (SELECT i, roc_auc_ovr_micro(p, y) OVER w AS a, "
     "average_precision_micro(p, y) OVER w AS b FROM t WINDOW w AS (ORDER BY i ROWS 3 PRECEDING)) SELECT "
     "count(*) FROM m WHERE a = (SELECT roc_auc_ovr_micro(p, y) FROM t WHERE t.i BETWEEN m.i - 3 AND m.i) "
     "AND "
     "b = (SELECT average_precision_micro(p, y) FROM t WHERE t.i BETWEEN m.i - 3 AND m.i)",
     "5"},
    /* A single class. */
    {"SELECT roc_auc_ovr_macro('[.5,.5]', 0), average_precision_macro('[.5,.5]', 0), "
     "roc_auc_per_class('[.5,.5]', 0)",
     "|1.0|[null,null]"},
    /* Equal rows, which a merged state keeps as one with a count: the mean of 7/9, 3/9, 1/3, 1, 1 and 1. */
    {"SELECT roc_auc_ovo_macro(s) FROM (SELECT roc_auc_ovo_macro_state(column1, column2) AS s FROM (VALUES "
     "('[.2,.5,.3]', 0), ('[.2,.5,.3]', 0), ('[.1,.4,.5]', 1), ('[.1,.4,.5]', 1), ('[.3,.1,.6]', 2), "
     "('[.6,.2,.2]', 0), ('[.3,.3,.4]', 1))), (VALUES (1), (2))",
     "0.740740740740741"},
};

/* BLOBs longer than the 32 elements that are read at once. A NaN is found wherever it stands. */
#define LETTERS(n) "substr(replace(hex(zeroblob(200)), '0', 'a'), 1, " #n ")"
#define NAN_AFTER(before, behind)                                                                            \
  "CAST(" LETTERS(before) " || 'a' || char(233, 127) || " LETTERS(behind) " AS BLOB)"
static const Corner blobs[] = {
    {"SELECT argmax(zeroblob(396)), argmax(CAST(" LETTERS(252) " || 'aaba' || " LETTERS(100) " AS BLOB))",
     "0|63"},
    {"SELECT argmax(" NAN_AFTER(0, 252) ")", "!argmax: element 0 of the BLOB in argument 1 is NaN"},
    {"SELECT argmax(" NAN_AFTER(28, 300) ")", "!argmax: element 7 of the BLOB in argument 1 is NaN"},
    {"SELECT argmax(" NAN_AFTER(124, 128) ")", "!argmax: element 31 of the BLOB in argument 1 is NaN"},
    {"SELECT argmax(" NAN_AFTER(128, 124) ")", "!argmax: element 32 of the BLOB in argument 1 is NaN"},
    {"SELECT argmax(" NAN_AFTER(252, 4) ")", "!argmax: element 63 of the BLOB in argument 1 is NaN"},
    {"SELECT argmax(" NAN_AFTER(256, 0) ")", "!argmax: element 64 of the BLOB in argument 1 is NaN"},
};

/* Vectors in some rows and numbers in others. Those have no label_smoothing, in whatever order they come. */
static const Corner forms[] = {
    {"SELECT cross_entropy_logits(column1, column2, column3, column4) FROM (VALUES ('[1,2]', 0, 1, 0.1), "
     "(1, 2, 3, 0))",
     "!label_smoothing changed from 0.1 to 0"},
    {"SELECT cross_entropy_logits(column1, column2, column3, column4) FROM (VALUES (1, 2, 3, 0), ('[1,2]', "
     "0, 1, 0.1))",
     "!label_smoothing changed from 0 to 0.1; the weight is argument 3"},
    {"SELECT cross_entropy_logits(column1, column2, column3, column4) FROM (VALUES ('[1,2]', 0, 1, 0), (1, "
     "2, 3, 0))",
     "1.8604338259813"},
    {"SELECT cross_entropy_logits_ci(column1, column2) FROM (VALUES ((SELECT "
     "cross_entropy_logits_ci_state('[1,2]', 0, 0.95, 1, 0.1)), 0.95), ('[1,2]', 0))",
     "!label_smoothing changed from 0.1 to 0"},
    {"SELECT cross_entropy_logits_ci(column1, column2, column3, column4, column5, column6) FROM (VALUES "
     "('[1,2]', 0, 0.95, 't', 1, 0.1), (1, 2, 3, 4, 5, 0))",
     "!label_smoothing changed from 0.1 to 0"},
};

/* Terms so small beside another that only all of them together change the sum (mpmath). */
#define TERMS(n, x)                                                                                          \
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " #n                           \
  "), v(x, y) AS (SELECT group_concat('" x "'), group_concat('7.450580596923828e-09') FROM n) "
static const Corner terms[] = {
    {TERMS(16, "7.450580596923828e-09") "SELECT brier_loss('[1,' || x || ',1]', 17) - 1 FROM v",
     "8.88178419700125e-16"},
    {TERMS(15, "7e-15") "SELECT bce_loss('[0,' || x || ']', '[1,' || replace(y, '7.450580596923828e-09', "
                        "'0') || ']') * 16 - 100 FROM v",
     "9.9475983006414e-14"},
    {TERMS(16, "0.9999999925494194") "SELECT cross_entropy_loss('[0.25,' || x || ']', '[0.5,' || y || ']') - "
                                     "cross_entropy_loss('[0.25,1]', '[0.5,0]') FROM v",
     "8.88178419700125e-16"},
    {TERMS(16, "0") "SELECT log_loss_of('[1,1,1,1,1,' || x || ']', 0) - log_loss_of('[1,1,1,1,1]', 0) FROM v",
     "8.88178419700125e-16"},
    {"SELECT cross_entropy_loss('[0.25,0.5]', '[0.5,0.5]')", "1.03972077083992"},
};

/* Temperatures: with all digits, as on every host, and within 10^-15 of mpmath's; logits far from 0; beside
 * and beyond the bounds. */
static const Corner temperatures[] = {
    {"WITH t(k, z, y) AS (VALUES (0, '[0.21,0.28]', 0), (0, '[-0.49,-2.8]', 1), (0, '[-0.36,3.9]', "
     "1), (0, '[-2.9,-2.3]', 0), (1, '[-0.086,0.39]', 0), (1, '[0.2,-1.4]', 1), (1, '[-0.8,2.2]', 1), "
     "(1, '[0.66,-0.31]', 0), (2, '[-2,0.89]', 1), (2, '[-4.7,0.6]', 1), (2, '[6.4,-1.6]', 1), (2, "
     "'[-0.14,-2.5]', 1), (2, '[-2.3,1.3]', 1), (2, '[-2.5,0.13]', 1), (3, '[-0.07,0.07]', 1), (3, "
     "'[0.044,0.063]', 1), (3, '[0.069,-0.15]', 0), (3, '[0.21,0.044]', 1), (4, '[1000,1001]', 1), "
     "(4, '[1002,1000]', 1), (4, '[1000,1001]', 0), (4, '[1000,1003]', 1), (5, '[100,0]', 0), (5, "
     "'[0,90]', 1), (5, '[90,0]', 1), (5, '[100,0]', 0), (5, '[3,-100]', 0), (6, '[.008,0]', 0), (6, "
     "'[0,.012]', 1), (6, '[.005,0]', 1), (7, '[20,0]', 0), (7, '[0,30]', 1)) SELECT substr(fit, 39, "
     "instr(fit, ',\"rows\"') - 39) FROM (SELECT temperature_fit(z, y) AS fit FROM t GROUP BY k)",
     "9.180358136769915\n3.182447423368609\n15.280160431317114\n0.2112661152551966\n7.426275648092607\n65."
     "65208417583494\n0.01\n0.01"},
    /* So many rows that they are polled. */
    {"WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT "
     "json_extract(temperature_fit(printf('[%f,0]', i / 1000.0), i % 3 = 0), '$.rows') FROM n",
     "5000"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, sums, sizeof sums / sizeof *sums);
  check_corners(db, lengths, sizeof lengths / sizeof *lengths);
  check_corners(db, classes, sizeof classes / sizeof *classes);
  check_corners(db, blobs, sizeof blobs / sizeof *blobs);
  check_corners(db, forms, sizeof forms / sizeof *forms);
  check_corners(db, terms, sizeof terms / sizeof *terms);
  check_corners(db, temperatures, sizeof temperatures / sizeof *temperatures);
  sqlite3_close(db);
  return end_of_tests();
}
