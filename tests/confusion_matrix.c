/* The confusion matrix against a plain matrix: orders, partitions, take-backs, weights, saved bytes, and
 * every formula of the family: the same bits by any sequence of operations. */
#include "metric.h"
#include "class_values.h"
#include "evaluate.h"
#include "metrics/classes.h"
#include "state/agreement.h"
#include "state/confusion_matrix.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const Family mlm_classes;

static const StateType *const kind = &mlm_confusion_matrix_state;

static uint64_t seed = 1;

static uint32_t random_below(uint32_t n) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((seed >> 33) % n);
}

static void *fresh(void) {
  void *state = resize(NULL, kind->bytes);
  memset(state, 0, kind->bytes);
  return state;
}

static void end(void *state) {
  kind->clear(state, &host);
  release(state);
}

static Class text(const char *bytes, size_t n) { return (Class){.type = CLASS_TEXT, .bytes = bytes, .n = n}; }
static Class blob(const char *bytes, size_t n) { return (Class){.type = CLASS_BLOB, .bytes = bytes, .n = n}; }

/* Classes in their order. Integers beside doubles that round to the same double, texts alike in their first
 * bytes. */
enum { CLASSES = 40 };
static Class pool[CLASSES];

static void fill_pool(void) {
  const Class all[CLASSES] = {real(-INFINITY),
                              real(-1e300),
                              integer(INT64_MIN),
                              integer(INT64_MIN + 1),
                              integer(-8),
                              real(-7.5),
                              integer(-7),
                              real(-0.5),
                              integer(0),
                              real(5e-324),
                              real(0.5),
                              integer(1),
                              real(1.5),
                              integer(INT64_C(4503599627370495)),
                              real(4503599627370495.5),
                              integer(INT64_C(4503599627370496)),
                              integer(INT64_C(9007199254740992)),
                              integer(INT64_C(9007199254740993)),
                              integer(INT64_MAX - 1),
                              integer(INT64_MAX),
                              real(9223372036854775808.0),
                              real(INFINITY),
                              text("", 0),
                              text("\0", 1),
                              text("a", 1),
                              text("a\0", 2),
                              text("a\nb", 3),
                              text("abcdefg", 7),
                              text("abcdefgh", 8),
                              text("abcdefghi", 9),
                              text("abcdefgi", 8),
                              text("b\xff", 2),
                              text("c", 1),
                              text("cat \"tom\"", 9),
                              text("\xc3\xa4", 2),
                              text("\xff", 1),
                              blob("", 0),
                              blob("\0", 1),
                              blob("abcdefgh0", 9),
                              blob("abcdefgh1", 9)};
  memcpy(pool, all, sizeof pool);
}

static Status put(void *state, int pred, int label, double weight, int sign) {
  const Row row = {.weight = weight, .pred_class = pool[pred], .target_class = pool[label]};
  return kind->add(state, &row, sign, &host);
}

static Writer saved(const void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  kind->save(state, &out);
  expect(out.status == MLM_OK, "a state is saved", 0);
  return out;
}

static bool same_bytes(const void *a, const void *b) {
  Writer of_a = saved(a), of_b = saved(b);
  bool same = of_a.n == of_b.n && memcmp(of_a.bytes, of_b.bytes, (size_t)of_a.n) == 0;
  release(of_a.bytes);
  release(of_b.bytes);
  return same;
}

static bool same_text(const void *a, const void *b, const Metric *metric) {
  Result of_a, of_b;
  bool same = evaluate(metric, a, &host, UINT64_MAX, &of_a) == MLM_OK
              && evaluate(metric, b, &host, UINT64_MAX, &of_b) == MLM_OK && of_a.bytes.n == of_b.bytes.n
              && memcmp(of_a.bytes.bytes, of_b.bytes.bytes, of_a.bytes.n) == 0;
  release(of_a.bytes.bytes);
  release(of_b.bytes.bytes);
  return same;
}

static bool same_value(const void *a, const void *b, const Metric *metric) {
  double of_a = evaluate_number(metric, a, &host), of_b = evaluate_number(metric, b, &host);
  return memcmp(&of_a, &of_b, sizeof of_a) == 0 || (of_a != of_a && of_b != of_b);
}

/* The same bytes, and the same bits from every metric, before the seal where it needs none. */
static void expect_same(void *a, void *b, const char *what, long step) {
  expect(same_bytes(a, b), what, step);
  for (int sealed = 0; sealed < 2; sealed++) {
    for (const Metric *metric = mlm_classes.metrics; metric->name; metric++) {
      if (metric->result == RESULT_STATE || (metric->state->seal && !sealed)) continue;
      bool same = metric->result == RESULT_REAL ? same_value(a, b, metric) : same_text(a, b, metric);
      if (!same) printf("%s:\n", metric->name);
      expect(same, what, step);
    }
    expect(kind->seal(a, &host) == MLM_OK && kind->seal(b, &host) == MLM_OK, "seal", step);
  }
}

typedef struct Entry {
  int pred, label;
  double weight;
} Entry;

enum { ENTRIES = 400 };

/* Weights: integers, eighths, and ones that no double sum would keep. */
static double random_weight(int style) {
  static const double hard[] = {0.1, 1e-300, 1e300, 1.0 / 3, 5e-324, 1e17 + 16, 0.7};
  if (style == 0 || random_below(3) == 0) return 1;
  if (style == 1) return 1 + random_below(5);
  if (style == 2) return 0.125 * (1 + random_below(40));
  return hard[random_below(7)];
}

static void fill_entries(Entry *entries, int style, int classes) {
  for (int i = 0; i < ENTRIES; i++) {
    int pred = (int)random_below((uint32_t)classes);
    int label = random_below(2) ? pred : (int)random_below((uint32_t)classes);
    entries[i] = (Entry){pred, label, random_weight(style)};
  }
}

static void shuffle(Entry *entries, int n) {
  for (int i = n - 1; i > 0; i--) {
    int j = (int)random_below((uint32_t)i + 1);
    Entry held = entries[i];
    entries[i] = entries[j];
    entries[j] = held;
  }
}

static void *state_of(const Entry *entries, int n) {
  void *state = fresh();
  for (int i = 0; i < n; i++)
    expect(put(state, entries[i].pred, entries[i].label, entries[i].weight, 1) == MLM_OK, "add", i);
  return state;
}

static bool same_class(const Class *a, const Class *b) {
  if (a->type != b->type) return false;
  if (a->type == CLASS_INTEGER) return a->integer == b->integer;
  if (a->type == CLASS_REAL) return a->real == b->real;
  return a->n == b->n && (a->n == 0 || memcmp(a->bytes, b->bytes, a->n) == 0);
}

/* Eighths add up exactly in doubles, so a plain matrix knows every answer. */
static void check_matrix(void *state, const Entry *entries, int n, long step) {
  static double cell[CLASSES][CLASSES];
  double pred[CLASSES] = {0}, label[CLASSES] = {0}, total = 0, hits = 0;
  memset(cell, 0, sizeof cell);
  for (int i = 0; i < n; i++) {
    cell[entries[i].pred][entries[i].label] += entries[i].weight;
    pred[entries[i].pred] += entries[i].weight;
    label[entries[i].label] += entries[i].weight;
    total += entries[i].weight;
    if (entries[i].pred == entries[i].label) hits += entries[i].weight;
  }
  expect(kind->seal(state, &host) == MLM_OK, "seal", step);
  expect(mlm_confusion_matrix_total(state) == total
             && mlm_weight_sum_value(mlm_confusion_matrix_hits(state)) == hits,
         "totals", step);
  double share = mlm_confusion_matrix_hit_share(state), missed = mlm_confusion_matrix_miss_share(state);
  expect(total > 0 ? share == hits / total && missed == (total - hits) / total : share != share, "shares",
         step);
  size_t rank[CLASSES], classes = 0;
  for (int i = 0; i < CLASSES; i++) {
    if (pred[i] + label[i] == 0) continue;
    rank[i] = classes++;
    if (!expect(rank[i] < mlm_confusion_matrix_classes(state), "class is there", step)) return;
    ClassTotals totals;
    mlm_confusion_matrix_class(state, rank[i], &totals);
    expect(same_class(&totals.name, &pool[i]), "order of classes", step);
    expect(mlm_weight_sum_value(totals.predicted) == pred[i]
               && mlm_weight_sum_value(totals.labelled) == label[i]
               && mlm_weight_sum_value(totals.hits) == cell[i][i],
           "class totals", step);
  }
  expect(mlm_confusion_matrix_classes(state) == classes, "number of classes", step);
  size_t pairs = 0;
  for (int i = 0; i < CLASSES; i++) {
    for (int j = 0; j < CLASSES; j++) {
      if (pred[i] + label[i] == 0 || pred[j] + label[j] == 0) continue;
      pairs += cell[i][j] != 0;
      expect(mlm_confusion_matrix_pair(state, rank[i], rank[j]) == cell[i][j], "cell", step);
    }
  }
  PairTotal pair;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_pair(state, &cursor, &pair); pairs--)
    expect(mlm_weight_sum_value(pair.rows) == mlm_confusion_matrix_pair(state, pair.pred, pair.label)
               && !mlm_weight_sum_is_zero(pair.rows),
           "pair visited", step);
  expect(pairs == 0, "every pair visited once", step);
}

static void test_matrix(void) {
  Entry entries[ENTRIES];
  for (int step = 0; step < 60; step++) {
    fill_entries(entries, step % 3, 1 + step % CLASSES);
    int n = 1 + (int)random_below(ENTRIES);
    void *state = state_of(entries, n);
    check_matrix(state, entries, n, step);
    for (; n > 0 && random_below(20); n--) {
      const Entry *last = &entries[n - 1];
      expect(put(state, last->pred, last->label, last->weight, -1) == MLM_OK, "take back", step);
      if (n % 7 == 0) check_matrix(state, entries, n - 1, step);
    }
    end(state);
  }
}

static void test_orders(void) {
  Entry entries[ENTRIES];
  for (int step = 0; step < 40; step++) {
    fill_entries(entries, step % 4, 1 + (int)random_below(CLASSES));
    void *state = state_of(entries, ENTRIES);
    shuffle(entries, ENTRIES);
    void *other = state_of(entries, ENTRIES);
    expect_same(state, other, "any order of rows", step);
    end(other);
    other = fresh();
    for (int i = 0; i < ENTRIES;) { /* shards of any length, some sealed, the first merged into nothing */
      int n = 1 + (int)random_below(120);
      if (n > ENTRIES - i) n = ENTRIES - i;
      void *shard = state_of(entries + i, n);
      if (random_below(2)) expect(kind->seal(shard, &host) == MLM_OK, "seal", step);
      expect(kind->merge(other, shard, &host) == MLM_OK, "merge", step);
      end(shard);
      i += n;
    }
    expect_same(state, other, "any partition merged", step);
    void *shard = state_of(entries, ENTRIES / 2);
    end(state);
    state = state_of(entries + ENTRIES / 2, ENTRIES - ENTRIES / 2);
    expect(kind->subtract(other, shard, &host) == MLM_OK, "subtract", step);
    expect_same(state, other, "merged and taken back", step);
    end(shard);
    end(state);
    end(other);
  }
}

static void test_take_backs(void) {
  Entry entries[ENTRIES];
  for (int step = 0; step < 40; step++) {
    fill_entries(entries, step % 4, CLASSES);
    int kept = (int)random_below(ENTRIES), nothing = step % 5 == 0;
    if (nothing) kept = 0;
    void *state = state_of(entries, ENTRIES), *only = state_of(entries, kept), *empty = fresh();
    if (step % 2) expect(kind->seal(state, &host) == MLM_OK, "seal", step);
    shuffle(entries + kept, ENTRIES - kept);
    for (int i = kept; i < ENTRIES; i++)
      expect(put(state, entries[i].pred, entries[i].label, entries[i].weight, -1) == MLM_OK, "take back",
             step);
    expect_same(state, only, "taken back", step);
    expect(kind->empty(state) == (kept == 0), "empty", step);
    expect(kind->integral(state) == kind->integral(only), "integral", step);
    if (nothing) expect_same(state, empty, "all taken back", step);
    end(empty);
    end(only);
    end(state);
  }
}

static void test_weights(void) {
  for (int step = 0; step < 20; step++) {
    void *weighted = fresh(), *repeated = fresh();
    for (int i = 0; i < 200; i++) {
      int pred = (int)random_below(9), label = (int)random_below(12), k = 1 + (int)random_below(6);
      expect(put(weighted, pred, label, k, 1) == MLM_OK, "add", step);
      for (; k > 0; k--) expect(put(repeated, pred, label, 1, 1) == MLM_OK, "add", step);
    }
    expect_same(weighted, repeated, "a weight k is k rows", step);
    expect(kind->integral(weighted), "whole weights are integral", step);
    expect(put(weighted, 0, 1, 0.5, 1) == MLM_OK && !kind->integral(weighted), "a half is not", step);
    end(weighted);
    end(repeated);
  }
  void *full = fresh();
  const double most = 17592186044416.0; /* 2^44, of which 2^19 make 2^63 */
  for (int i = 1; i < 1 << 19; i++) {
    Status status = put(full, i % 2, 0, most, 1);
    if (status) expect(false, "as many rows as an int64 counts", i);
  }
  expect(put(full, 0, 0, most, 1) == MLM_OVERFLOW, "more rows than an int64 counts", 0);
  expect(put(full, 0, 0, most - 1, 1) == MLM_OK && put(full, 0, 0, 0.5, 1) == MLM_OVERFLOW, "up to the last",
         0);
  expect(mlm_confusion_matrix_rows(full) == INT64_MAX, "all are counted", 0);
  void *one = fresh();
  expect(put(one, 0, 0, 1, 1) == MLM_OK && kind->merge(one, full, &host) == MLM_OVERFLOW, "nor by merging",
         0);
  end(one);
  end(full);
}

static void test_left_out(void) {
  void *a = fresh(), *b = fresh();
  for (int i = 0; i < 2; i++) kind->leave_out(a, 1);
  kind->leave_out(a, -1);
  expect(kind->empty(a) && mlm_confusion_matrix_left_out(a) == 1, "rows left out are no rows", 0);
  kind->leave_out(b, 1);
  put(b, 1, 2, 1, 1);
  expect(kind->merge(a, b, &host) == MLM_OK && mlm_confusion_matrix_left_out(a) == 2
             && mlm_confusion_matrix_rows(a) == 1,
         "merged", 0);
  void *c = fresh();
  kind->leave_out(c, 1);
  put(c, 1, 2, 1, 1);
  expect(kind->subtract(a, c, &host) == MLM_OK && mlm_confusion_matrix_left_out(a) == 1 && kind->empty(a),
         "and taken back", 0);
  end(a);
  end(b);
  end(c);
}

static double metric_value(const char *name, const void *state) {
  for (const Metric *metric = mlm_classes.metrics; metric->name; metric++)
    if (strcmp(metric->name, name) == 0) return evaluate_number(metric, state, &host);
  expect(false, name, 0);
  return NAN;
}

static bool same_double(double a, double b) { return memcmp(&a, &b, sizeof a) == 0 || (a != a && b != b); }

/* Small integers: every sum below is exact, so one division gives the correctly rounded kappa. */
static void check_kappas(void *state, double (*cell)[CLASSES], int n, long step) {
  double s = 0, pred[CLASSES] = {0}, label[CLASSES] = {0}, seen[3] = {0}, chance[3] = {0}, pp = 0, tt = 0,
         pt = 0, c = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) pred[i] += cell[i][j], label[j] += cell[i][j], s += cell[i][j];
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < n; j++) {
      const double distance[3] = {i != j, abs(i - j), (i - j) * (i - j)};
      for (int d = 0; d < 3; d++)
        seen[d] += distance[d] * cell[i][j] * s, chance[d] += distance[d] * pred[i] * label[j];
    }
    c += cell[i][i], pp += pred[i] * pred[i], tt += label[i] * label[i], pt += pred[i] * label[i];
  }
  static const char *const name[3] = {"kappa", "kappa_linear", "kappa_quadratic"};
  for (int d = 0; d < 3; d++)
    expect(same_double(metric_value(name[d], state), (chance[d] - seen[d]) / chance[d]), name[d], step);
  /* In units of 2^-53 of it: two roots and two quotients here, and 2.5 there. */
  double mcc = (c * s - pt) / sqrt(s * s - pp) / sqrt(s * s - tt), got = metric_value("mcc", state);
  expect(mcc != mcc ? got != got : fabs(got - mcc) <= 6.5 * 0x1p-53 * fabs(mcc), "mcc", step);
}

static void test_kappas(void) {
  static double cell[CLASSES][CLASSES];
  for (int step = 0; step < 300; step++) {
    int n = 1 + (int)random_below(12);
    void *state = fresh();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        cell[i][j] = i == j            ? random_below(30) + (i == 0 || i == n - 1)
                     : random_below(4) ? 0
                                       : random_below(9);
        if (i == j && cell[i][j] == 0) cell[i][j] = 1; /* every class occurs, so rank and index agree */
        if (cell[i][j] > 0) expect(put(state, i, j, cell[i][j], 1) == MLM_OK, "add", step);
      }
    }
    expect(kind->seal(state, &host) == MLM_OK, "seal", step);
    check_kappas(state, cell, n, step);
    end(state);
  }
}

/* ---- two counters in place of a matrix ---- */

static long seen_words, seen_names, seen_scores;

static void expect_agreement(const void *light, const void *matrix, long step) {
  const ConfusionMatrix *full = matrix;
  const double hits = mlm_weight_sum_share(mlm_agreement_hits(light), mlm_agreement_misses(light));
  const double want = mlm_confusion_matrix_hit_share(full);
  double score = 0, want_score = 0;
  const Status status = mlm_agreement_find_score(light, &score);
  expect(memcmp(&hits, &want, sizeof hits) == 0 || (hits != hits && want != want), "share of hits", step);
  expect(status == mlm_confusion_matrix_find_score(full, false, &want_score) && score == want_score,
         "undecided, and the score", step);
  seen_scores += status == MLM_SCORE_LABEL;
  Class word, want_word;
  const Status never = mlm_agreement_never_agrees(light, &word);
  expect(never == mlm_confusion_matrix_never_agrees(full, &want_word)
             && (!never || mlm_class_compare(&word, &want_word) == 0),
         "never equal, and the word", step);
  seen_words += never == MLM_NEVER_EQUAL;
  seen_names += never == MLM_INDEX_BESIDE_NAME;
  expect(mlm_agreement_state.empty(light) == kind->empty(matrix), "no rows", step);
}

static void *fresh_agreement(void) {
  void *state = resize(NULL, mlm_agreement_state.bytes);
  memset(state, 0, mlm_agreement_state.bytes);
  return state;
}

static void end_agreement(void *state) {
  mlm_agreement_state.clear(state, &host);
  release(state);
}

/* What a matrix saves, loaded. */
static void *loaded_agreement(const void *matrix) {
  void *state = fresh_agreement();
  Writer bytes = saved(matrix);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect(mlm_agreement_state.load(state, &in, &host) == MLM_OK, "a matrix loads as an agreement", 0);
  release(bytes.bytes);
  return state;
}

/* A saved set of one row comes or goes. */
static void combine_set(void *light, const Row *row, int sign, long step) {
  const StateType *type = &mlm_agreement_state;
  void *one = fresh();
  expect(kind->add(one, row, 1, &host) == MLM_OK, "a set of one row", step);
  void *set = loaded_agreement(one);
  expect((sign > 0 ? type->merge : type->subtract)(light, set, &host) == MLM_OK, "a set comes or goes", step);
  end_agreement(set);
  end(one);
}

static void change(void *full, void *light, const Row *row, int sign, bool as_set, long step) {
  expect(kind->add(full, row, sign, &host) == MLM_OK, "a row of the matrix", step);
  if (as_set)
    combine_set(light, row, sign, step);
  else
    expect(mlm_agreement_state.add(light, row, sign, &host) == MLM_OK, "a row of the agreement", step);
  expect_agreement(light, full, step);
}

/* A row of a decision and a word or a name, in either order, or with one chance in a hundred of two equal
 * texts. */
static Row row_of_word(bool reversed, bool names) {
  static const char *const words[] = {"no", "yes", "false", "cat", "dog"};
  const char *bytes = words[random_below(3) + 2 * names];
  const Class word = text(bytes, strlen(bytes));
  const Class decision = random_below(100) ? integer(random_below(2)) : word;
  return (Row){.pred_class = reversed ? word : decision, .target_class = reversed ? decision : word};
}

/* A number from 0 to 1 in steps of 1/16; its ends are integers, as classes are. */
static Class score(int sixteenths) {
  return sixteenths % 16 ? (Class){.type = CLASS_REAL, .real = sixteenths / 16.0} : integer(sixteenths / 16);
}

/* Rows and saved sets come and go, in both kinds of state. */
static void test_agreement(void) {
  enum { KEPT = 60, STEPS = 400 };
  static const double weights[] = {1, 1, 1, 3, 0.5, 0.25, 1e300};
  for (int round = 0; round < 60; round++) {
    Row row[KEPT];
    bool as_set[KEPT];
    void *full = fresh(), *light = fresh_agreement();
    for (int step = 0; step < STEPS; step++) {
      const int at = step % KEPT;
      const int pred =
          round % 3 == 0 ? 8 + (int)random_below(4) : (int)random_below(CLASSES); /* scores, or any */
      if (step >= KEPT) change(full, light, &row[at], -1, as_set[at], step);
      row[at] = (Row){.weight = weights[random_below(7)],
                      .pred_class = pool[pred],
                      .target_class = round % 2 ? integer(random_below(2)) : pool[random_below(CLASSES)]};
      if (round % 7 == 6) { /* mostly scores as labels, now and then another label or prediction */
        row[at].pred_class = random_below(200) ? integer(random_below(2)) : pool[random_below(CLASSES)];
        row[at].target_class = random_below(200) ? score(random_below(17)) : pool[random_below(CLASSES)];
      }
      if (round % 5 == 4) row[at] = row_of_word(round % 2, round % 3 == 0);
      if (round % 5 == 4) row[at].weight = weights[random_below(7)];
      as_set[at] = random_below(4) == 0;
      change(full, light, &row[at], 1, as_set[at], step);
    }
    void *loaded = loaded_agreement(full);
    expect_agreement(loaded, full, round);
    end_agreement(loaded);
    end_agreement(light);
    end(full);
  }
  expect(seen_words > 3000, "states whose classes never agree", seen_words);
  expect(seen_names > 300, "states of integers beside texts", seen_names);
  expect(seen_scores > 1000, "states whose labels are scores", seen_scores);
}

/* The pair is found whatever was in its place. */
static void test_alike(void) {
  void *matrix = fresh();
  const Row row = {.weight = 1, .pred_class = text("cat", 3), .target_class = text("Cat", 3)};
  Class pair[2] = {integer(1), integer(1)};
  expect(kind->add(matrix, &row, 1, &host) == MLM_OK && mlm_classes_alike(matrix, pair)
             && mlm_class_compare(&pair[0], &row.target_class) == 0
             && mlm_class_compare(&pair[1], &row.pred_class) == 0,
         "classes alike", 0);
  end(matrix);
}

int main(void) {
  fill_pool();
  test_agreement();
  test_matrix();
  test_orders();
  test_take_backs();
  test_weights();
  test_left_out();
  test_kappas();
  test_alike();
  expect(live_bytes == 0, "nothing leaks", (long)live_bytes);
  return end_of_tests();
}
