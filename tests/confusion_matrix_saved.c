/* The confusion matrix under stress: saved bytes cut and flipped, bytes that no state writes, memory at its
 * end anywhere, a million classes, classes that come and go; what its classes say of the columns. */
#include "metric.h"
#include "class_values.h"
#include "evaluate.h"
#include "unit.h"
#include "state/class_index.h"
#include "state/confusion_matrix.h"
#include "state/exact_sum_save.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const Family mlm_classes;

static const StateType *const kind = &mlm_confusion_matrix_state;

/* States live in memory of the test's own, so that only what they own is counted. */
typedef struct Home {
  uint64_t memory[64];
} Home;

static void *empty_in(Home *home) {
  memset(home, 0, sizeof *home);
  return home->memory;
}

static Status put(void *state, Class pred, Class label, double weight, int sign) {
  const Row row = {.weight = weight, .pred_class = pred, .target_class = label};
  return kind->add(state, &row, sign, &host);
}

static Class blob(const char *string) {
  return (Class){.type = CLASS_BLOB, .bytes = string, .n = strlen(string)};
}

static Status fill(void *state) {
  Status status = put(state, integer(-3), integer(-3), 7, 1);
  if (!status) status = put(state, integer(-3), text_of("cat"), 1, 1);
  if (!status) status = put(state, real(0.5), text_of("dog"), 2, 1);
  if (!status) status = put(state, text_of("cat"), text_of("cat"), 1.5, 1);
  if (!status) status = put(state, text_of("cat"), text_of("cat"), 0.25, 1);
  if (!status) status = put(state, text_of(""), blob("cat"), 0.75, 1);
  if (!status) status = put(state, blob("dog"), blob("cat"), 300, 1);
  if (!status) kind->leave_out(state, 1);
  return status;
}

static Writer saved(const void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  kind->save(state, &out);
  return out;
}

/* As the loader of saved states requires: nothing may be left over. */
static Status load(void *state, const uint8_t *bytes, uint64_t n) {
  Reader in = {.at = bytes, .end = bytes + n};
  Status status = kind->load(state, &in, &host);
  return status == MLM_OK && (in.failed || mlm_read_left(&in)) ? MLM_CORRUPT : status;
}

static bool writes(const void *state, const uint8_t *bytes, uint64_t n) {
  Writer out = saved(state);
  bool same = out.status == MLM_OK && out.n == n && memcmp(out.bytes, bytes, (size_t)n) == 0;
  release(out.bytes);
  return same;
}

/* Whatever is read without complaint is the one form of what it says, and can be evaluated. */
static void expect_harmless(const uint8_t *bytes, uint64_t n, const char *what, long step) {
  Home home;
  void *state = empty_in(&home);
  Status status = load(state, bytes, n);
  if (status == MLM_OK) {
    expect(writes(state, bytes, n), what, step);
    expect(kind->seal(state, &host) == MLM_OK, "seal", step);
    for (const Metric *metric = mlm_classes.metrics; metric->name; metric++) {
      Result out;
      if (metric->result == RESULT_STATE) continue;
      evaluate(metric, state, &host, 1 << 20, &out);
      release(out.bytes.bytes);
    }
  } else {
    expect(status == MLM_CORRUPT, what, step);
  }
  kind->clear(state, &host);
}

/* A table without rows, of which one was left out. */
static void test_no_rows(void) {
  static const uint8_t want[] = {1, 0, 0};
  Home home, other;
  void *state = empty_in(&home), *loaded = empty_in(&other);
  kind->leave_out(state, 1);
  expect(writes(state, want, sizeof want), "no rows", 0);
  expect(load(loaded, want, sizeof want) == MLM_OK && mlm_confusion_matrix_left_out(loaded) == 1,
         "one left out", 0);
  kind->clear(state, &host);
  kind->clear(loaded, &host);
}

static void test_saved(void) {
  Home home, other;
  void *state = empty_in(&home), *loaded = empty_in(&other);
  expect(fill(state) == MLM_OK, "fill", 0);
  Writer out = saved(state);
  expect(load(loaded, out.bytes, out.n) == MLM_OK && writes(loaded, out.bytes, out.n), "saved and loaded", 0);
  expect(kind->merge(loaded, state, &host) == MLM_OK && mlm_confusion_matrix_rows(loaded) == 2 * 313,
         "a loaded state goes on", 0);
  kind->clear(loaded, &host);
  for (uint64_t n = 0; n < out.n; n++) {
    uint8_t *cut = malloc(n + 1); /* a separate block, so that a read beyond its end is detected */
    memcpy(cut, out.bytes, n);
    loaded = empty_in(&other);
    expect(load(loaded, cut, n) == MLM_CORRUPT, "cut short", (long)n);
    kind->clear(loaded, &host);
    free(cut);
  }
  for (uint64_t bit = 0; bit < 8 * out.n; bit++) {
    out.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
    expect_harmless(out.bytes, out.n, "flipped", (long)bit);
    out.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  }
  for (uint64_t i = 0; i < out.n; i++) {
    static const uint8_t odd[] = {0, 1, 2, 3, 0x7f, 0x80, 0xff};
    uint8_t was = out.bytes[i];
    for (size_t j = 0; j < sizeof odd; j++) {
      out.bytes[i] = odd[j];
      expect_harmless(out.bytes, out.n, "changed", (long)i);
    }
    out.bytes[i] = was;
  }
  Writer small = {.limit = out.n - 1, .host = &host};
  kind->save(state, &small);
  expect(small.status == MLM_TOOBIG, "beyond the limit of bytes", 0);
  release(small.bytes);
  release(out.bytes);
  kind->clear(state, &host);
}

/* left out, classes, cells; each written by hand. */
static void refuse_sum(const char *what, Class first, Class second, uint64_t pred, uint64_t label,
                       uint64_t count, uint64_t others, const ExactSum *sum) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  const Class name[2] = {first, second};
  mlm_write_varint(&out, 0);
  mlm_write_varint(&out, 2);
  for (int i = 0; i < 2; i++) {
    uint8_t type = (uint8_t)name[i].type;
    mlm_write_bytes(&out, &type, 1);
    if (type == CLASS_INTEGER) mlm_write_signed(&out, name[i].integer);
    if (type == CLASS_REAL) mlm_write_double(&out, name[i].real);
    if (type < CLASS_TEXT) continue;
    mlm_write_varint(&out, name[i].n);
    mlm_write_bytes(&out, name[i].bytes, name[i].n);
  }
  mlm_write_varint(&out, 1);
  mlm_write_varint(&out, pred);
  mlm_write_varint(&out, label);
  mlm_write_varint(&out, count);
  mlm_write_varint(&out, others);
  if (others) mlm_sum_save(sum, &out);
  Home home;
  void *state = empty_in(&home);
  bool good = strncmp(what, "good", 4) == 0;
  expect(load(state, out.bytes, out.n) == (good ? MLM_OK : MLM_CORRUPT), what, 0);
  if (good) expect(writes(state, out.bytes, out.n), what, 1);
  kind->clear(state, &host);
  release(out.bytes);
}

static void refuse(const char *what, Class first, Class second, uint64_t pred, uint64_t label, uint64_t count,
                   uint64_t others, double weight) {
  ExactSum sum = {0};
  mlm_sum_add(&sum, weight, 1);
  refuse_sum(what, first, second, pred, label, count, others, &sum);
}

/* As many of the largest double as there can be rows are a weight, twice as many are not. */
static void test_heaviest(void) {
  ExactSum sum = {0};
  mlm_sum_add_times(&sum, 1.7976931348623157e308, INT64_MAX, 1);
  refuse_sum("good heaviest", integer(1), integer(2), 0, 1, 0, 2, &sum);
  refuse_sum("good heaviest of all rows", integer(1), integer(2), 0, 1, 0, INT64_MAX, &sum);
  mlm_sum_add_sum(&sum, &sum, 1);
  refuse_sum("heavier than rows can be", integer(1), integer(2), 0, 1, 0, 2, &sum);
}

/* A cell of 5 rows, then one of 2^64 - 1, which would be -1 in an int64. */
static void test_negative_count(void) {
  static const uint8_t bytes[] = {0, 2, CLASS_INTEGER, 2, CLASS_INTEGER, 4, 2, 0, 0, 5, 0, 0, 0};
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_bytes(&out, bytes, sizeof bytes);
  mlm_write_varint(&out, UINT64_MAX);
  mlm_write_varint(&out, 0);
  Home home;
  void *state = empty_in(&home);
  expect(load(state, out.bytes, out.n) == MLM_CORRUPT, "a count below 0", 0);
  kind->clear(state, &host);
  release(out.bytes);
}

static void test_forms(void) {
  const Class one = integer(1), two = integer(2), a = text_of("a");
  refuse("good", one, two, 0, 1, 1, 0, 0);
  refuse("good weights", one, two, 1, 0, 0, 1, 0.5);
  refuse("good sum of two weights", one, two, 1, 0, 0, 2, 3);
  refuse("good real", real(1.5), a, 0, 1, 1, 0, 0);
  refuse("good beyond int64", real(9223372036854775808.0), real(INFINITY), 0, 1, 1, 0, 0);
  refuse("good text", text_of("1 a"), text_of("nan"), 0, 1, 1, 0, 0);
  refuse("good text of a number", text_of(" 7e0 "), text_of("07"), 0, 1, 1, 0, 0);
  refuse("classes out of order", two, one, 0, 1, 1, 0, 0);
  refuse("a class twice", one, one, 0, 1, 1, 0, 0);
  refuse("a class twice, used once", one, one, 0, 0, 1, 0, 0);
  refuse("a number after text", a, one, 0, 1, 1, 0, 0);
  refuse("a class that is not used", one, two, 0, 0, 1, 0, 0);
  refuse("a first class that is not used", one, two, 1, 1, 1, 0, 0);
  refuse("a real that is an integer", integer(0), real(1), 0, 1, 1, 0, 0);
  refuse("a real that is the least integer", real(-9223372036854775808.0), one, 0, 1, 1, 0, 0);
  refuse("NaN", real(NAN), one, 0, 1, 1, 0, 0);
  refuse("text that is a number", one, text_of("7.0"), 0, 1, 1, 0, 0);
  refuse("text that is an INTEGER", one, text_of("-3"), 0, 1, 1, 0, 0);
  refuse("no such class", one, two, 0, 2, 1, 0, 0);
  refuse("no such class", one, two, 2, 0, 1, 0, 0);
  refuse("no such class", one, two, UINT64_MAX, 0, 1, 0, 0);
  refuse("no such class", one, two, 0, UINT64_MAX, 1, 0, 0);
  refuse("no row", one, two, 0, 1, 0, 0, 0);
  refuse("too many rows", one, two, 0, 1, (uint64_t)1 << 63, 0, 0);
  refuse("too many rows together", one, two, 0, 1, INT64_MAX, 1, 0.5);
  refuse("weight 0", one, two, 0, 1, 0, 1, 0);
  refuse("a negative weight", one, two, 0, 1, 0, 1, -0.5);
  refuse("an infinite weight", one, two, 0, 1, 0, 1, INFINITY);
  refuse("an infinite weight among two", one, two, 0, 1, 0, 2, INFINITY);
  refuse("a whole weight kept as another", one, two, 0, 1, 0, 1, 3);
}

/* Memory that is short once makes saving fail, however much there is afterwards. */
static void test_short_once(void) {
  enum { ROWS = 5000 };
  Home home;
  void *state = empty_in(&home);
  for (int i = 0; i < ROWS; i++) put(state, integer(i * 77 % ROWS), integer(i * 35 % ROWS), 1, 1);
  Status status = MLM_NOMEM;
  long n = 0;
  fails_once = true;
  for (; status && n < 1000; n++) {
    allowed = n;
    Writer out = saved(state);
    status = out.status;
    expect(status == (allowed < 0 ? MLM_NOMEM : MLM_OK), "short once", n);
    allowed = -1;
    release(out.bytes);
  }
  fails_once = false;
  expect(status == MLM_OK && n > 4, "failed more than once, then not", n);
  kind->clear(state, &host);
}

static Status every_metric(void *state) {
  Status status = kind->seal(state, &host);
  for (const Metric *metric = mlm_classes.metrics; metric->name && !status; metric++) {
    Result out;
    if (metric->result != RESULT_JSON && metric->result != RESULT_TEXT) continue;
    status = evaluate(metric, state, &host, 1 << 20, &out);
    release(out.bytes.bytes);
  }
  return status;
}

static Status take_some_back(void *state) {
  Status status = put(state, text_of("cat"), text_of("cat"), 0.25, -1);
  if (!status) status = put(state, text_of(""), blob("cat"), 0.75, -1);
  return status ? status : put(state, real(0.5), text_of("dog"), 1, -1);
}

/* Everything a state can do, once. */
static Status whole_life(void *first, void *second, void *third) {
  Status status = fill(first);
  if (!status) status = fill(second);
  if (!status) status = kind->merge(first, second, &host);
  if (!status) status = take_some_back(first);
  if (!status) status = every_metric(first);
  if (status) return status;
  Writer out = saved(first);
  status = out.status ? out.status : load(third, out.bytes, out.n);
  release(out.bytes);
  return status;
}

static void test_memory(void) {
  Status status = MLM_NOMEM;
  for (long n = 0; status != MLM_OK && n < 5000; n++) {
    Home home[3];
    for (int i = 0; i < 3; i++) empty_in(&home[i]);
    uint64_t before = live_bytes;
    allowed = n;
    status = whole_life(&home[0], &home[1], &home[2]);
    expect(status == MLM_OK || status == MLM_NOMEM, "right, or out of memory", n);
    allowed = -1;
    for (int i = 0; i < 3; i++) kind->clear(&home[i], &host);
    expect(live_bytes == before, "nothing leaks", n);
  }
  expect(status == MLM_OK, "with memory enough it works", 0);
}

/* Passes over so many classes or cells poll for an interrupt. */
static void expect_looks(const char *what, int64_t cells) {
  long looks = 1000 - stop_in;
  expect(looks >= cells >> 14 && looks < 1000, what, looks);
  stop_in = 1000;
}

static void test_many(void) {
  enum { MANY = 1000000 };
  Home home, other;
  void *state = empty_in(&home), *loaded = empty_in(&other);
  for (int64_t i = 0; i < MANY; i++) { /* an odd factor: every number below MANY once, in disorder */
    int64_t id = i * 700001 % MANY;
    if (put(state, integer(id), integer(id % 2 ? id : id + MANY), 1, 1)) expect(false, "add", (long)i);
  }
  expect(mlm_confusion_matrix_classes(state) == MANY + MANY / 2, "all are there", 0);
  stop_in = 0;
  expect(kind->seal(state, &host) == MLM_INTERRUPTED, "the user wants an end", 0);
  expect(kind->seal(state, &host) == MLM_OK, "seal", 0);
  ClassTotals totals;
  bool ordered = true;
  for (int64_t i = 0; i < MANY + MANY / 2; i++) {
    mlm_confusion_matrix_class(state, (size_t)i, &totals);
    ordered &= totals.name.integer == (i < MANY ? i : 2 * i - MANY);
  }
  expect(ordered, "in order", 0);
  expect(evaluate_number(&mlm_classes.metrics[0], state, &host) == 0.5, "accuracy", 0);
  for (const Metric *metric = mlm_classes.metrics; metric->name; metric++) {
    if (strcmp(metric->name, "confusion_table") != 0) continue;
    Result table;
    Status status = evaluate(metric, state, &host, 1 << 30, &table);
    expect(status == MLM_TOOBIG && !table.bytes.bytes, "a table of a million columns is not begun", 0);
  }
  expect(every_metric(state) == MLM_TOOBIG, "nor is a report of as many lines ended", 0);
  stop_in = 1000;
  Writer out = saved(state);
  expect_looks("looks while saving", MANY);
  expect(load(loaded, out.bytes, out.n) == MLM_OK, "loaded", 0);
  expect_looks("looks while loading", MANY + MANY / 2 + MANY);
  expect(writes(loaded, out.bytes, out.n), "saved again", 0);
  stop_in = 1000;
  expect(kind->subtract(state, loaded, &host) == MLM_OK && kind->empty(state), "all taken back", 0);
  expect_looks("looks while taking back", MANY);
  stop_in = -1;
  expect(mlm_confusion_matrix_classes(state) == 0, "no class is left", 0);
  release(out.bytes);
  kind->clear(state, &host);
  kind->clear(loaded, &host);
}

static Class word(int64_t i, char room[32]) {
  return (Class){.type = CLASS_TEXT, .bytes = room, .n = (size_t)snprintf(room, 32, "session %ld", (long)i)};
}

/* A window over ids: memory stays that of the window, and the order is right at every place. */
static void test_passing(void) {
  enum { WINDOW = 50, ROWS = 20000 };
  Home home;
  void *state = empty_in(&home);
  char pred[32], label[32];
  uint64_t most = 0;
  for (int64_t i = 0; i < ROWS; i++) {
    if (put(state, word(i, pred), word(i / 2, label), i % 3 ? 1 : 0.3, 1)) expect(false, "add", (long)i);
    int64_t gone = i - WINDOW;
    if (gone >= 0 && put(state, word(gone, pred), word(gone / 2, label), gone % 3 ? 1 : 0.3, -1))
      expect(false, "take back", (long)i);
    if (live_bytes > most) most = live_bytes;
    if (i % 97) continue;
    expect(kind->seal(state, &host) == MLM_OK, "seal", (long)i);
    for (size_t rank = 1; rank < mlm_confusion_matrix_classes(state); rank++) {
      ClassTotals a, b;
      mlm_confusion_matrix_class(state, rank - 1, &a);
      mlm_confusion_matrix_class(state, rank, &b);
      size_t n = a.name.n < b.name.n ? a.name.n : b.name.n;
      int order = memcmp(a.name.bytes, b.name.bytes, n);
      expect(order < 0 || (order == 0 && a.name.n < b.name.n), "in order", (long)i);
    }
  }
  expect(most < 2 * WINDOW * 1000, "memory of the window only", (long)most);
  expect(mlm_confusion_matrix_rows(state) == WINDOW, "rows of the window only", 0);
  kind->clear(state, &host);
}

/* About 40 bytes for each pair, and at most 64; a table that is emptied again and again does not grow. */
static void test_bytes_of_pairs(void) {
  enum { CLASSES = 100, TIMES = 20 };
  Home home;
  void *state = empty_in(&home);
  const uint64_t before = live_bytes;
  for (int i = 0; i < TIMES; i++)
    for (int sign = 1; sign >= -1; sign -= 2)
      expect(put(state, integer(1), integer(2), 1, sign) == MLM_OK, "a row", i);
  expect(live_bytes - before < 2000, "memory of no rows", (long)(live_bytes - before));
  for (int pred = 0; pred < CLASSES; pred++)
    for (int label = 0; label < CLASSES; label++)
      expect(put(state, integer(pred), integer(label), 1, 1) == MLM_OK, "a pair", pred);
  const uint64_t bytes = live_bytes - before;
  expect(bytes <= 64 * CLASSES * CLASSES + 300 * CLASSES, "memory of pairs", (long)bytes);
  kind->clear(state, &host);
}

/* A class that is gone leaves nothing: neither to visit, nor to merge. */
static void test_gone(void) {
  Home home, other;
  void *state = empty_in(&home), *from = empty_in(&other);
  put(state, text_of("x"), text_of("y"), 1, 1);
  put(from, text_of("a"), text_of("a"), 1, 1);
  put(from, text_of("b"), text_of("c"), 1, 1);
  put(from, text_of("a"), text_of("a"), 1, -1);
  int visited = 0;
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(from, &cursor, &totals); visited++)
    expect(totals.name.type == CLASS_TEXT, "a class that is there", visited);
  expect(visited == 2, "classes visited", visited);
  expect(kind->merge(state, from, &host) == MLM_OK && mlm_confusion_matrix_classes(state) == 4, "merged", 0);
  kind->clear(state, &host);
  kind->clear(from, &host);
}

/* Nobody can prepare classes with equal hashes: each index has a seed of its own. */
static void test_seeds(void) {
  ClassIndex index[2] = {{0}, {0}};
  const Class name = integer(7);
  uint32_t slot;
  for (int i = 0; i < 2; i++) expect(mlm_class_slot(&index[i], &name, &slot, &host) == MLM_OK, "a class", i);
  expect(index[0].seed != index[1].seed, "seeds", 0);
  for (int i = 0; i < 2; i++) mlm_class_index_clear(&index[i], &host);
}

/* ---- what classes say of the columns ---- */

static void test_kinds_of_numbers(void) {
  const struct {
    Class name;
    bool fraction, whole;
  } given[] = {
      {real(0.5), true, false},
      {real(-0.5), true, false},
      {real(1 - 0x1p53 / 2 + 0.5), true, false},
      {real(INFINITY), true, false},
      {real(-INFINITY), true, false},
      {real(0x1p63), false, true},
      {real(-0x1.8p63), false, true},
      {real(DBL_MAX), false, true},
      {real(-DBL_MAX), false, true},
      {integer(INT64_MIN), false, true},
      {text_of("a"), false, false},
      {blob("a"), false, false},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++)
    expect(mlm_class_is_fraction(&given[i].name) == given[i].fraction
               && mlm_class_is_whole(&given[i].name) == given[i].whole,
           "a fraction, or whole", (long)i);
}

/* Rows of a whole class beside so many sixteenths, and one more number: are these scores? */
static void test_scores_beside_classes(void) {
  static const struct {
    int scores;
    double other;
    bool predicted, symmetric;
    Status status;
  } given[] = {
      {9, 0, false, false, MLM_OK},
      {10, 0, false, false, MLM_SCORE_LABEL},
      {10, -0.5, false, false, MLM_OK},
      {10, 1.5, false, false, MLM_OK},
      {1, 0, true, false, MLM_UNDECIDED},
      {1, -0.5, true, false, MLM_UNDECIDED},
      {9, 0, true, true, MLM_OK},
      {10, 0, true, true, MLM_UNDECIDED},
      {10, -0.5, true, true, MLM_OK},
      {10, 1.5, true, true, MLM_OK},
      {10, 0, false, true, MLM_SCORE_LABEL},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    Home home;
    void *state = empty_in(&home);
    for (int k = 0; k <= given[i].scores; k++) {
      if (k == 0 && given[i].other == 0) continue;
      const Class score = real(k ? k / 16.0 : given[i].other), whole = integer(k % 2);
      const Class pred = given[i].predicted ? score : whole, label = given[i].predicted ? whole : score;
      expect(put(state, pred, label, 1, 1) == MLM_OK, "a row", k);
    }
    double least = 0;
    const Status status = mlm_confusion_matrix_find_score(state, given[i].symmetric, &least);
    expect(status == given[i].status, "scores beside classes", (long)i);
    expect(!status || least == (given[i].other < 0 ? given[i].other : 1.0 / 16), "the least", (long)i);
    kind->clear(state, &host);
  }
}

/* No rows share no class by mistake; one row that is a miss does. */
static void test_no_class_in_common(void) {
  Home home;
  void *state = empty_in(&home);
  expect(!mlm_confusion_matrix_shares_no_class(state), "no rows", 0);
  put(state, text_of("a"), text_of("b"), 1, 1);
  expect(mlm_confusion_matrix_shares_no_class(state), "one row", 0);
  put(state, text_of("c"), text_of("a"), 1, 1);
  expect(!mlm_confusion_matrix_shares_no_class(state), "one class of both", 0);
  put(state, text_of("c"), text_of("a"), 1, -1);
  expect(mlm_confusion_matrix_shares_no_class(state), "and taken back", 0);
  put(state, text_of("b"), text_of("b"), 1, 1);
  expect(!mlm_confusion_matrix_shares_no_class(state), "a hit", 0);
  kind->clear(state, &host);
}

int main(void) {
  if (!expect(kind->bytes <= sizeof(Home), "a state fits its home", (long)kind->bytes)) return 1;
  test_no_rows();
  test_saved();
  test_forms();
  test_heaviest();
  test_negative_count();
  test_memory();
  test_many();
  test_passing();
  test_short_once();
  test_bytes_of_pairs();
  test_gone();
  test_seeds();
  test_kinds_of_numbers();
  test_scores_beside_classes();
  test_no_class_in_common();
  expect(live_bytes == 0, "nothing leaks", (long)live_bytes);
  return end_of_tests();
}
