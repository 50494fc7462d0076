/* The sort of keys (outliers, ranges of every width, millions of keys, no memory, interrupts) and of items.
 */
#include "base/sort.h"
#include "base/sort_items.h"

#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "unit.h"

typedef struct Print {
  uint64_t sum, folded;
  bool sorted;
} Print;

static Print print_of(const uint64_t *key, size_t n) {
  Print print = {.sorted = true};
  for (size_t i = 0; i < n; i++) {
    print.sum += key[i];
    print.folded += (key[i] ^ key[i] >> 29) * key[i];
    print.sorted &= i == 0 || key[i - 1] <= key[i];
  }
  return print;
}

static uint64_t draw_key(int way, size_t i, size_t n) {
  uint64_t bits = draw();
  double x = (double)(bits >> 11) * 0x1p-53;
  switch (way) {
  case 0: return draw();
  case 1: return mlm_encode_score(x);
  case 2: return mlm_encode_score((double)(int)(x * 10000) / 10000); /* few, and 0 far from the rest */
  case 3: return mlm_encode_score(x - 0.5);
  case 4: return (uint64_t)1 << (draw() % 64);
  case 5: return draw() % 3 == 0 ? draw() : 12345; /* one value everywhere */
  case 6: return i < n / 2 ? i : n - i;            /* up and down */
  case 7: return draw() % 8 ? (uint64_t)i : draw();
  case 8: return (uint64_t)(i % 16) << 60 | draw() % 5; /* runs that agree in all high bits */
  case 9:
    return (bits & ~(UINT64_MAX >> 10)) | (bits & 3) << 40 | (bits >> 2 & 0xfffff); /* runs within buckets */
  default: return UINT64_MAX - (bits >> (8 * (draw() % 8)));
  }
}

/* One key out of place, first, second or last, in what else is rising, falling or level. */
static void test_outliers(void) {
  for (int round = 0; round < 3 * 3 * 2 * 40; round++) {
    size_t n = 48 + (size_t)round % 40, at = round % 3 == 0 ? 0 : round % 3 == 1 ? 1 : n - 1;
    int way = round / 3 % 3;
    uint64_t key[100];
    for (size_t i = 0; i < n; i++) key[i] = 1000 + (way == 0 ? i : way == 1 ? n - i : 0);
    key[at] = round / 9 % 2 ? (draw() % 2 ? UINT64_MAX : UINT64_C(1) << 62) : draw() % 2000;
    Print before = print_of(key, n);
    expect_x(mlm_sort_keys(key, n, &host) == MLM_OK, "sort", round);
    Print after = print_of(key, n);
    expect_x(after.sorted && after.sum == before.sum && after.folded == before.folded, "outlier", round);
  }
}

static void expect_sorted(uint64_t *key, size_t n, const char *what) {
  const Print before = print_of(key, n);
  expect_x(mlm_sort_keys(key, n, &host) == MLM_OK, what, (double)n);
  const Print after = print_of(key, n);
  expect_x(after.sorted && after.sum == before.sum && after.folded == before.folded, what, (double)n);
}

/* Orders that are nearly one of those that cost one pass, and keys that differ in the lowest bits alone. */
static void test_nearly_sorted(void) {
  for (size_t n = 48; n < 120; n++) {
    uint64_t key[121] = {0};
    for (size_t i = 0; i < n; i++) key[i] = 10 + (i ^ 1);
    expect_sorted(key, n, "pairs exchanged");
    for (size_t i = 0; i < n; i++) key[i] = 10 + n - (i ^ 1);
    expect_sorted(key, n, "falling, pairs exchanged");
    for (size_t i = 0; i < n; i++) key[i] = i == 0 ? 1 : 10 + n - (i < 3 ? 2 : i);
    expect_sorted(key, n, "one, then falling");
    for (int low = 1; low < 12; low++) { /* two and two agree in all but their lowest bits */
      for (size_t i = 0; i < n; i++)
        key[i] = ((i / 2 * 37 % 64) << 10 | (i / 2)) << low | (i % 2 ? 0 : ((uint64_t)1 << low) - 1);
      expect_sorted(key, n, "pairs in the lowest bits");
    }
  }
}

/* Keys in order, rising or falling, take no memory; others are left as they were where there is none. */
static void test_no_memory(void) {
  uint64_t key[1001];
  allowed = 0;
  for (size_t i = 0; i < 1000; i++) key[i] = draw();
  Print before = print_of(key, 1000);
  expect_x(mlm_sort_keys(key, 1000, &host) == MLM_NOMEM && print_of(key, 1000).sum == before.sum, "no memory",
           0);
  for (size_t same = 1; same < 4; same++) { /* so many keys are equal */
    for (int falling = 0; falling < 2; falling++) {
      for (size_t i = 0; i < 1000; i++) key[i] = 1 + (falling ? 1000 - i : i) / same;
      key[1000] = falling ? 0 : UINT64_MAX; /* behind them */
      expect_x(mlm_sort_keys(key, 1000, &host) == MLM_OK && print_of(key, 1000).sorted, "in order: no memory",
               (double)same);
    }
  }
  allowed = -1;
}

/* So many keys that the buckets of the first pass are as many as there may be. */
static void test_most_buckets(void) {
  const size_t n = 2600000;
  uint64_t *key = malloc(n * sizeof *key);
  for (size_t i = 0; i < n; i++) key[i] = draw();
  stop_in = 1000;
  expect_sorted(key, n, "many");
  expect_x(stop_in < 1000 && stop_in > 980, "asks once in a million keys", (double)stop_in);
  stop_in = -1;
  free(key);
}

static void test_large_sort(void) {
  const size_t most = 1500000;
  uint64_t *key = malloc(most * sizeof *key);
  for (int round = 0; round < 30; round++) {
    int way = round % 11;
    size_t n = round < 11 ? most : 10000 + draw() % 40000;
    for (size_t i = 0; i < n; i++) key[i] = draw_key(way, i, n);
    Print before = print_of(key, n);
    expect_x(mlm_sort_keys(key, n, &host) == MLM_OK, "sort", way);
    Print after = print_of(key, n);
    expect_x(after.sorted && after.sum == before.sum && after.folded == before.folded, "sorted", way);
  }
  free(key);
}

/* Keys that differ in so few bits that the buckets of the first pass have none or one left. */
static void test_few_bits(void) {
  enum { MOST_KEYS = 168000 };
  uint64_t *key = malloc(MOST_KEYS * sizeof *key);
  for (int bits = 1; bits < 24; bits++) {
    for (size_t n = MOST_KEYS / 4; n <= MOST_KEYS; n *= 2) {
      for (size_t i = 0; i < n; i++) key[i] = draw() >> (64 - bits);
      Print before = print_of(key, n);
      expect_x(mlm_sort_keys(key, n, &host) == MLM_OK, "sort", bits);
      Print after = print_of(key, n);
      expect_x(after.sorted && after.sum == before.sum && after.folded == before.folded, "few bits", bits);
    }
  }
  free(key);
}

/* Keys of scores are in the order of the scores, and lead back to them; both zeros have one. */
static void test_scores(void) {
  static const double score[] = {-INFINITY, -0x1.fffffffffffffp1023, -1, -0x1p-1074, 0, 0x1p-1074, 1,
                                 INFINITY};
  for (size_t i = 0; i < sizeof score / sizeof *score; i++) {
    const uint64_t key = mlm_encode_score(score[i]);
    expect_x(i == 0 || mlm_encode_score(score[i - 1]) < key, "order of scores", score[i]);
    expect_x(mlm_double_bits(mlm_decode_score(key)) == mlm_double_bits(score[i]), "score", score[i]);
    expect_x(score[i] < 0 || mlm_decode_nonneg(key) == score[i], "score of at least 0", score[i]);
  }
  expect_x(mlm_encode_score(-0.0) == mlm_encode_score(0), "zeros", 0);
}

/* The estimate of its formula, of the first n keys of an array. */
static void test_estimate(void) {
  static const struct {
    uint64_t key[9];
    size_t n;
    double distinct;
  } cases[] = {
      {{0}, 0, 0},
      {{8}, 1, 1},
      {{3, 4, 4}, 2, 2 + 2 * 1 / 2.0},
      {{5, 5, 5}, 2, 1},
      {{7, 7, 7}, 3, 1},
      {{1, 2, 3}, 3, 3 + 3 * 2 / 2.0},
      {{1, 1, 2, 3}, 4, 3 + 2 * 1 / 4.0},
      {{1, 1, 1, 2, 2, 3, 4}, 7, 4 + 2 * 1 / 4.0},
      {{1, 2, 3, 4, 4, 5, 5, 6, 6}, 8, 6 + 4 * 3 / 6.0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const double distinct = mlm_estimate_distinct(cases[i].key, cases[i].n);
    expect_x(distinct == cases[i].distinct, "distinct", distinct);
  }
}

/* Wherever the sort is interrupted, no key is lost. */
static void test_stops(void) {
  const size_t most = 1500000;
  uint64_t *key = malloc(most * sizeof *key);
  int ended = 0;
  for (int round = 0; round < 2 * 5; round++) {
    int after = round / 2, way = round % 2 ? 9 : 0;
    for (size_t i = 0; i < most; i++) key[i] = draw_key(way, i, most);
    Print before = print_of(key, most);
    stop_in = after;
    Status status = mlm_sort_keys(key, most, &host);
    Print now = print_of(key, most);
    expect_x(status == (stop_in < 0 ? MLM_INTERRUPTED : MLM_OK), "says that it stopped", after);
    expect_x(status == MLM_INTERRUPTED || now.sorted, "sorted where nothing stopped it", after);
    expect_x(after > 0 || status == MLM_INTERRUPTED, "stops at once", after);
    expect_x(now.sum == before.sum && now.folded == before.folded, "keys are all there", after);
    ended += status == MLM_OK;
  }
  expect_x(ended >= 2, "sorts that are asked less often than they may go on end", ended);
  stop_in = -1;
  free(key);
}

/* ---- items ---- */

typedef struct Item {
  uint64_t key, place;
} Item;

static uint64_t compared;

static void *item_at(const void *items, uint64_t i) { return (Item *)(uintptr_t)items + i; }

static int compare_keys(const void *items, const void *a, const void *b) {
  const Item *x = a, *y = b;
  compared++;
  return (x->key > y->key) - (x->key < y->key);
}

/* The items [0, n): each place occurs once, with the key generated for it. */
static bool are_all(const Item *item, const uint64_t *key, size_t n, uint8_t *seen) {
  memset(seen, 0, n);
  for (size_t i = 0; i < n; i++) {
    if (item[i].place >= n || seen[item[i].place]++ || item[i].key != key[item[i].place]) return false;
  }
  return true;
}

/* Orders of every kind and few and many equal items: sorted, and each item is there once. */
static void test_items(void) {
  const size_t most = 200000;
  Item *item = malloc(most * sizeof *item);
  uint64_t *key = malloc(most * sizeof *key);
  uint8_t *seen = malloc(most);
  const SortItems items = {item, item_at, compare_keys, sizeof *item};
  for (int round = 0; round < 11 * 60; round++) {
    int way = round % 11;
    size_t n = round / 11 < 40 ? (size_t)(round / 11) : round / 11 == 59 ? most : (size_t)(draw() % 3000);
    for (size_t i = 0; i < n; i++) item[i] = (Item){key[i] = draw_key(way, i, n), i};
    expect_x(mlm_sort_items(&items, n, &host) == MLM_OK, "items", way);
    bool sorted = true;
    for (size_t i = 1; i < n; i++) sorted &= item[i - 1].key <= item[i].key;
    expect_x(sorted && are_all(item, key, n, seen), "sorted items", way);
  }
  for (size_t i = 0; i < most; i++) item[i] = (Item){key[i] = draw(), i};
  stop_in = 1;
  expect_x(mlm_sort_items(&items, most, &host) == MLM_INTERRUPTED, "items interrupted", 0);
  stop_in = -1;
  expect_x(are_all(item, key, most, seen), "items are all there", 0);
  free(item);
  free(key);
  free(seen);
}

/* After McIlroy, "A Killer Adversary for Quicksort" (1999): keys are decided as they are compared, so that
 * every pivot is one of the least. Without heapsort that would take n²/4 comparisons. */
enum { VICTIMS = 20000 };
static uint64_t solid, candidate, decided[VICTIMS];

static int compare_adversely(const void *items, const void *a, const void *b) {
  const uint64_t x = ((const Item *)a)->place, y = ((const Item *)b)->place;
  compared++;
  if (decided[x] == VICTIMS && decided[y] == VICTIMS) decided[x == candidate ? x : y] = solid++;
  if (decided[x] == VICTIMS)
    candidate = x;
  else if (decided[y] == VICTIMS)
    candidate = y;
  return (decided[x] > decided[y]) - (decided[x] < decided[y]);
}

/* Keys are decided while the parts that an adversary makes large are partitioned, then sorted as they were.
 */
static void test_adversary(void) {
  Item *item = malloc(VICTIMS * sizeof *item);
  const SortItems adverse = {item, item_at, compare_adversely, sizeof *item};
  const SortItems items = {item, item_at, compare_keys, sizeof *item};
  for (size_t i = 0; i < VICTIMS; i++) {
    item[i].place = i;
    decided[i] = VICTIMS;
  }
  int splits = 0;
  for (uint64_t from = 0, to = VICTIMS; to - from > SORT_FEW; splits++) {
    uint64_t mid = mlm_partition(&adverse, from, to);
    *(mid - from < to - mid ? &from : &to) = mid;
  }
  expect_x(splits > VICTIMS / 10, "the adversary's splits", splits);
  for (size_t i = 0; i < VICTIMS; i++) item[i] = (Item){decided[i], i};
  compared = 0;
  expect_x(mlm_sort_items(&items, VICTIMS, &host) == MLM_OK, "adversary", 0);
  bool sorted = true;
  for (size_t i = 1; i < VICTIMS; i++) sorted &= item[i - 1].key <= item[i].key;
  expect_x(sorted, "sorted in spite of the adversary", 0);
  /* 30 splits of n + 3 comparisons, and heapsort with 2·log2(n) an item. */
  expect_x(compared < 75 * VICTIMS, "comparisons", (double)compared);
  free(item);
}

/* Three items in every order: the middle one is found. */
static void test_median(void) {
  for (uint64_t i = 0; i < 27; i++) {
    Item item[3] = {{i % 3, 0}, {i / 3 % 3, 1}, {i / 9, 2}};
    const SortItems items = {item, item_at, compare_keys, sizeof *item};
    const uint64_t key = item[mlm_median(&items, 0, 1, 2)].key;
    int below = 0, above = 0;
    for (int k = 0; k < 3; k++) {
      below += item[k].key < key;
      above += item[k].key > key;
    }
    expect_x(below <= 1 && above <= 1, "median", (double)i);
  }
}

/* Sorted items cost one pass, others about as many comparisons as quicksort needs, and a long sort asks
 * before it begins. */
static void test_comparisons(void) {
  enum { MANY = 100000 };
  Item *item = malloc(MANY * sizeof *item);
  const SortItems items = {item, item_at, compare_keys, sizeof *item};
  for (size_t i = 0; i < MANY; i++) item[i] = (Item){i / 3, i};
  compared = 0;
  expect_x(mlm_sort_items(&items, MANY, &host) == MLM_OK && compared == MANY - 1, "one pass",
           (double)compared);
  for (size_t at = 1; at < 100; at += 98) { /* the first two or the last two exchanged */
    for (size_t i = 0; i < 100; i++) item[i] = (Item){i == at ? at - 1 : i == at - 1 ? at : i, i};
    expect_x(mlm_sort_items(&items, 100, &host) == MLM_OK, "two exchanged", (double)at);
    bool sorted = true;
    for (size_t i = 0; i < 100; i++) sorted &= item[i].key == i;
    expect_x(sorted, "two exchanged", (double)at);
  }
  for (size_t i = 0; i < MANY; i++) item[i] = (Item){draw(), i};
  stop_in = 0;
  compared = 0;
  expect_x(mlm_sort_items(&items, MANY, &host) == MLM_INTERRUPTED && compared < 1000, "asks first",
           (double)compared);
  stop_in = -1;
  compared = 0;
  expect_x(mlm_sort_items(&items, MANY, &host) == MLM_OK && compared < 22 * MANY, "comparisons",
           (double)compared);
  free(item);
}

/* Keys that end where their memory ends: the address sanitizer finds what is read behind them. */
static void test_last_key(void) {
  for (size_t n = 48; n < 52; n++) {
    uint64_t *key = malloc(n * sizeof *key);
    if (!key) exit(2);
    for (size_t i = 0; i < n; i++) key[i] = i * 7919 % n;
    expect_x(mlm_sort_keys(key, n, &host) == MLM_OK && print_of(key, n).sorted, "no more memory", (double)n);
    free(key);
  }
}

int main(void) {
  test_last_key();
  test_scores();
  test_estimate();
  test_median();
  test_outliers();
  test_nearly_sorted();
  test_no_memory();
  test_large_sort();
  test_most_buckets();
  test_few_bits();
  test_stops();
  test_items();
  test_adversary();
  test_comparisons();
  return end_of_tests();
}
