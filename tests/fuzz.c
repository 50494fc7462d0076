/* The fuzzing targets without a fuzzer: the corpus of tests/fuzz/corpus, and thousands of inputs that are
 * pseudo-random or have some bytes of the corpus changed, the same in every run. */
#include "fuzz/core.c"
#include "fuzz/target.c"

#include "random.h"
#include "tables.h"

typedef int FuzzTarget(const uint8_t *data, size_t n);

/* In memory of its own length, so that sanitizers see a read beyond its end. */
static void run_target(FuzzTarget *target, const uint8_t *bytes, size_t n) {
  uint8_t *input = malloc(n + 1);
  memcpy(input + 1, bytes, n);
  target(input + 1, n);
  free(input);
  passed();
}

/* Targets of the core and the folders of their corpora; of the corpus' inputs, how many changed ones.
 */
typedef struct Replay {
  const char *folder;
  FuzzTarget *target;
  int changed;
} Replay;

static const Replay core_targets[] = {{"tests/fuzz/corpus/numbers", fuzz_numbers, 2000},
                                      {"tests/fuzz/corpus/texts", fuzz_texts, 2000},
                                      {"tests/fuzz/corpus/states", fuzz_states, 1000},
                                      {"tests/fuzz/corpus/charts", fuzz_charts, 20},
                                      {"tests/fuzz/corpus/sql", LLVMFuzzerTestOneInput, 0}};
static const Replay *replayed;

static void replay(const char *path) {
  size_t n;
  uint8_t *bytes = (uint8_t *)read_file(path, &n), *changed = malloc(n + 1);
  run_target(replayed->target, bytes, n);
  for (int i = 0; i < replayed->changed; i++) {
    memcpy(changed, bytes, n);
    for (uint64_t left = 1 + draw() % 3; left > 0 && n > 1; left--) {
      uint64_t at = 1 + draw() % (n - 1);
      changed[at] = (uint8_t)draw();
    }
    run_target(replayed->target, changed, n - (draw() % 8 == 0 && n > 1));
  }
  free(changed);
  free(bytes);
}

/* A function that reads a saved state, and a query that makes one. */
typedef struct Saved {
  const char *reader, *sql;
} Saved;

static const Saved saved[] = {
    {"score_set_state", "SELECT score_set(i % 7, i % 2) FROM r"},
    {"roc_auc_state", "SELECT score_set(i % 7, i % 2, i / 3.0) FROM r"},
    {"mse_state", "SELECT mse_state(i, 1, i / 3.0) FROM r"},
    {"accuracy_state", "SELECT class_set(i % 3, 'c' || (i % 2), i / 3.0) FROM r"},
    {"r2_state", "SELECT r2_state(i, i % 3) FROM r"},
    {"log_sum_exp_state", "SELECT log_sum_exp_state(i * 1.5) FROM r"},
    {"f1_at_state", "SELECT f1_at_state(i, i % 2, 4, i / 3.0) FROM r"},
    {"roc_svg", "SELECT score_sets(i % 3, i % 7, i % 2) FROM r"},
    {"report_html", "SELECT score_sets('c' || (i % 3), i % 7, i % 2, i / 3.0) FROM r"},
    {"spearman_state", "SELECT spearman_state(i % 4, i % 3) FROM r"},
    {"vector_mean_state", "SELECT vector_mean_state('[1,2,' || i || ']') FROM r"},
    {"mse_ci_state", "SELECT mse_ci_state(i, 1) FROM r"},
    {"delong_test_state", "SELECT delong_test_state(i % 4, i % 5, i % 2) FROM r"},
    {"unpack", "SELECT pack(i / 3.0) FROM r"},
    {"mse", "SELECT pack(CASE WHEN i % 2 THEN 'c' || i ELSE i END) FROM r"},
};

static int calls_named(const char *name) {
  for (int i = 0; i < calls; i++)
    if (call[i].args == 1 && strcmp(call[i].name, name) == 0) return i;
  return 0;
}

/* The function that reads a saved state, over that with a few of its bytes changed; returns the bytes. */
static size_t damage(const Saved *from, uint8_t *input, size_t room) {
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(db, from->sql, -1, &row, NULL) != SQLITE_OK || sqlite3_step(row) != SQLITE_ROW) {
    failed("%s: %s", from->sql, sqlite3_errmsg(db));
    sqlite3_finalize(row);
    return 0;
  }
  const uint8_t *state = sqlite3_column_blob(row, 0);
  size_t skip = 6 + (size_t)state[5] + 8, left = (size_t)sqlite3_column_bytes(row, 0) - skip, at = 0;
  char name[MLM_STATE_NAME_BYTES];
  snprintf(name, sizeof name, "%.*s", state[5], (const char *)state + 6);
  uint16_t hashes[] = {call[calls_named(from->reader)].hash, hash_of(name, 0)};
  input[at++] = (uint8_t)(hashes[0] >> 8);
  input[at++] = (uint8_t)hashes[0];
  if (draw() % 2)
    input[at++] = 7; /* a value that is a state; without it, the state that check_state() reads */
  input[at++] = (uint8_t)(hashes[1] >> 8);
  input[at++] = (uint8_t)hashes[1];
  input[at++] = 255;
  left = left < room - at ? left : room - at;
  memcpy(input + at, state + skip, left);
  for (uint64_t change = left ? draw() % 3 : 0; change > 0; change--) {
    uint8_t *byte = &input[at + draw() % left];
    *byte = (uint8_t)draw();
  }
  sqlite3_finalize(row);
  return at + left;
}

/* Random bytes, words, or the saved form of some rows with a few bytes changed. */
static void draw_inputs(int count) {
  LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
  sqlite3_exec(db,
               "CREATE TABLE r AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < "
               "9) SELECT i FROM n",
               0, 0, 0);
  for (int i = 0; i < count; i++) {
    uint8_t input[600];
    size_t n = 40 + draw() % 200;
    for (size_t j = 0; j < n; j++) input[j] = (uint8_t)draw();
    if (i % 4 == 0) {
      input[0] = 255;
      for (size_t j = 2; j < n; j++) input[j] %= 110;
    }
    if (i % 2) n = damage(&saved[draw() % (sizeof saved / sizeof *saved)], input, sizeof input);
    LLVMFuzzerTestOneInput(input, n);
    passed();
  }
}

int main(void) {
  draw_inputs(60000);
  if (calls < 3000) failed("only %d calls", calls);
  for (replayed = core_targets; replayed < core_targets + sizeof core_targets / sizeof *core_targets;
       replayed++)
    each_file(replayed->folder, "", replay);
  return end_of_tests();
}
