/* The fuzzing target without a fuzzer: the corpus of tests/fuzz/corpus and some thousand inputs drawn at
 * random, the same every time. */
#include "fuzz/target.c"

#include "random.h"
#include "tables.h"

static void replay(const char *path) {
  size_t n;
  char *bytes = read_file(path, &n);
  LLVMFuzzerTestOneInput((const uint8_t *)bytes, n);
  free(bytes);
  passed();
}

/* Random bytes, or the saved form of some rows with a few bytes changed. */
static void draw_inputs(int count) {
  static const char *const make[] = {"SELECT score_set(i % 7, i % 2) FROM r",
                                     "SELECT score_set(i % 7, i % 2, i / 3.0) FROM r",
                                     "SELECT mse_state(i, 1, i / 3.0) FROM r",
                                     "SELECT class_set(i % 3, 'c' || i % 2, i / 3.0) FROM r",
                                     "SELECT r2_state(i, i % 3) FROM r",
                                     "SELECT log_sum_exp_state(i * 1.5) FROM r",
                                     "SELECT f1_at_state(i, i % 2, 4, i / 3.0) FROM r"};
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  sqlite3_exec(db,
               "CREATE TABLE r AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
               "9) SELECT i FROM n",
               0, 0, 0);
  for (int i = 0; i < count; i++) {
    uint8_t input[600];
    size_t n = 40 + draw() % 200;
    for (size_t j = 0; j < n; j++) input[j] = (uint8_t)draw();
    sqlite3_stmt *row;
    if (i % 2 && sqlite3_prepare_v2(db, make[draw() % 7], -1, &row, NULL) == SQLITE_OK
        && sqlite3_step(row) == SQLITE_ROW) {
      const uint8_t *state = sqlite3_column_blob(row, 0);
      size_t skip = 6 + (size_t)state[5] + 8, left = (size_t)sqlite3_column_bytes(row, 0) - skip;
      for (int name = 0; name < names; name++)
        if (strlen(state_names[name]) == state[5] && memcmp(state_names[name], state + 6, state[5]) == 0)
          input[2] = (uint8_t)name;
      input[3] = 255;
      n = 4 + left;
      memcpy(input + 4, state + skip, left);
      for (uint64_t change = draw() % 3; change > 0; change--) {
        uint8_t *byte = &input[4 + draw() % left];
        *byte = (uint8_t)draw();
      }
      sqlite3_finalize(row);
    }
    LLVMFuzzerTestOneInput(input, n);
    passed();
  }
}

int main(void) {
  draw_inputs(60000);
  each_file("tests/fuzz/corpus", "", replay);
  return end_of_tests();
}
