/* Vectors that queries rarely have: sums far from 1, lengths that differ, and NaN in long BLOBs. Each query
 * is compared with its only correct result, or with a part of the error message. */
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
    /* A vector as long as the memory kept for vectors. */
    {"SELECT json_array_length(calibrate('{\"method\":\"temperature\",\"temperature\":2}', zeroblob(4 "
     "* column1))) FROM (VALUES (1000), (1516))",
     "1000\n1516"},
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

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, sums, sizeof sums / sizeof *sums);
  check_corners(db, lengths, sizeof lengths / sizeof *lengths);
  check_corners(db, blobs, sizeof blobs / sizeof *blobs);
  check_corners(db, forms, sizeof forms / sizeof *forms);
  sqlite3_close(db);
  return end_of_tests();
}
