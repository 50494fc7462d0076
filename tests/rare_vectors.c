/* Vectors that queries rarely have: sums far from 1, lengths that differ, NaN in long BLOBs, logits far from
 * 0. Each query is compared with its only correct result, or with a part of the error message. */
#include "corner.h"
#include "tables.h"

/* Entries that do not sum to 1. The message says the sum where it can be that of counts or percentages. */
static const Corner sums[] = {
    {"SELECT entropy(column1) FROM (VALUES ('[0.5,0.25,0.25]'), ('[30,70]'))",
     "!entropy: entries of probs must sum to 1, but they sum to 100; divide them by their sum"},
    {"SELECT entropy('[0,0.5,99.5]')",
     "!entropy: entries of probs must sum to 1, but they sum to 100; divide them by their sum"},
    {"SELECT entropy('[1e308,1e308]')", "!entropy: element 0 of probs must be within [0,1], got 1.0e+308"},
};

/* A BLOB of float64, read as float32, has twice as many elements. */
static const Corner lengths[] = {
    {"SELECT bce_logits_loss('[1,2]', '[1,0]', x'000000000000803f000000000000803f')",
     "!bce_logits_loss: logits has 2 elements, but pos_weight has 4; vector_from_f64(blob) reads float64"},
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
  check_corners(db, blobs, sizeof blobs / sizeof *blobs);
  check_corners(db, forms, sizeof forms / sizeof *forms);
  check_corners(db, temperatures, sizeof temperatures / sizeof *temperatures);
  sqlite3_close(db);
  return end_of_tests();
}
