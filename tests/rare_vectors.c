/* Vectors that queries rarely have: sums far from 1, and lengths that differ. Each query is compared with its
 * only correct result, or with a part of the error message. */
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

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, sums, sizeof sums / sizeof *sums);
  check_corners(db, lengths, sizeof lengths / sizeof *lengths);
  sqlite3_close(db);
  return end_of_tests();
}
