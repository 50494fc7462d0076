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
    key[at] = round / 9 % 2 ? UINT64_MAX - draw() % 2 : draw() % 2000;
    Print before = print_of(key, n);
    expect_x(mlm_sort_keys(key, n, &host) == MLM_OK, "sort", round);
    Print after = print_of(key, n);
    expect_x(after.sorted && after.sum == before.sum && after.folded == before.folded, "outlier", round);
  }
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
  allowed = 0;
  for (size_t i = 0; i < 1000; i++) key[i] = draw();
  Print before = print_of(key, 1000);
  expect_x(mlm_sort_keys(key, 1000, &host) == MLM_NOMEM && print_of(key, 1000).sum == before.sum, "no memory",
           0);
  for (size_t i = 0; i < 1000; i++) key[i] = 1000 - i;
  expect_x(mlm_sort_keys(key, 1000, &host) == MLM_OK && print_of(key, 1000).sorted, "falling keys take none",
           0);
  allowed = -1;
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

int main(void) {
  test_outliers();
  test_large_sort();
  test_few_bits();
  test_stops();
  test_items();
  test_adversary();
  return end_of_tests();
}
