/* Weighted pairs by integers: weights are multiples of the lowest bit that is set in any of them, and nearly
 * always a sum of all of them fits 128 bits. */
#include "state/scores_pairs.h"

#include <string.h>

#include "state/scores_keys.h"

enum { MOST_BITS = 120, FRACTION = 52 };

/* ---- the unit ---- */

/* Of a positive finite double m·2^e, m odd: e, and the least power of two above it. */
static void ends_of(double weight, int *lowest, int *above) {
  const uint64_t bits = mlm_double_bits(weight), field = bits >> FRACTION;
  const uint64_t fraction = bits & (((uint64_t)1 << FRACTION) - 1);
  const uint64_t m = field ? fraction | (uint64_t)1 << FRACTION : fraction;
  const int unit = (int)(field ? field : 1) - 1075;
  *lowest = unit + mlm_ctz64(m);
  *above = unit + 64 - mlm_clz64(m);
}

/* The exponent of the unit, of a set that has rows; false: a sum of all weights may not fit. */
static bool find_unit(const Scores *scores, int *unit) {
  int lowest = 0, above = 1; /* rows of weight 1 */
  uint64_t rows = (uint64_t)mlm_scores_rows(scores);
  for (int label = 0; label < 2; label++) {
    const Entries *entries = &scores->overflow->sorted[label];
    for (uint64_t i = 0; i < entries->n; i++) {
      int low, high;
      ends_of(mlm_entry_at(entries, i)->weight, &low, &high);
      lowest = low < lowest ? low : lowest;
      above = high > above ? high : above;
    }
  }
  *unit = lowest;
  return above - lowest + 64 - mlm_clz64(rows) <= MOST_BITS;
}

/* ---- rows of a class ---- */

typedef struct ClassRows {
  const Entries *entries;
  Chunk keys;
  uint64_t entry, key; /* the next ones */
  int unit;
  U128 one;
} ClassRows;

static ClassRows class_rows(const Scores *scores, int label, int unit) {
  return (ClassRows){.entries = &scores->overflow->sorted[label],
                     .keys = mlm_chunk(scores, label, 0),
                     .unit = unit,
                     .one = mlm_u128_shift_left(mlm_u128(1), -unit)};
}

/* The key of the next rows; UINT64_MAX, which is no score's: none is left. */
static inline uint64_t next_key(const ClassRows *rows) {
  uint64_t entry =
      rows->entry < rows->entries->n ? mlm_entry_at(rows->entries, rows->entry)->key : UINT64_MAX;
  uint64_t key = rows->key < rows->keys.n ? rows->keys.at[rows->key] : UINT64_MAX;
  return entry < key ? entry : key;
}

static inline U128 times(U128 a, uint64_t b) {
  U128 product = mlm_u128_product(a.lo, b);
  product.hi += a.hi * b;
  return product;
}

/* No weight is subnormal: its unit and that of weight 1 are too far apart, and find_unit() refuses them. */
static inline U128 weight_of(const ClassRows *rows, const Entry *entry) {
  const uint64_t bits = mlm_double_bits(entry->weight), field = bits >> FRACTION;
  const uint64_t fraction = bits & (((uint64_t)1 << FRACTION) - 1);
  const U128 m = mlm_u128(fraction | (uint64_t)1 << FRACTION);
  const int shift = (int)field - 1075 - rows->unit; /* below 0: those bits are 0 */
  const U128 weight = shift < 0 ? mlm_u128_shift_right(m, -shift) : mlm_u128_shift_left(m, shift);
  return entry->count == 1 ? weight : times(weight, (uint64_t)entry->count);
}

/* Takes all rows with this key; returns their weight. */
static inline U128 take(ClassRows *rows, uint64_t key) {
  U128 weight = {0, 0};
  uint64_t first = rows->key;
  for (; rows->entry < rows->entries->n; rows->entry++) {
    const Entry *entry = mlm_entry_at(rows->entries, rows->entry);
    if (entry->key != key) break;
    weight = mlm_u128_sum(weight, weight_of(rows, entry));
  }
  while (rows->key < rows->keys.n && rows->keys.at[rows->key] == key) rows->key++;
  if (rows->key > first) weight = mlm_u128_sum(weight, times(rows->one, rows->key - first));
  return weight;
}

/* ---- pairs ---- */

static inline void add_at(uint64_t *sum, int word, U128 x) {
  U128 low = mlm_u128_sum(mlm_u128(sum[word]), mlm_u128(x.lo));
  sum[word] = low.lo;
  U128 high = mlm_u128_sum(mlm_u128_sum(mlm_u128(sum[word + 1]), mlm_u128(x.hi)), mlm_u128(low.hi));
  sum[word + 1] = high.lo;
  for (int i = word + 2; i < PAIR_WORDS && high.hi; i++) high.hi = ++sum[i] == 0;
}

/* Adds a·b < 2^250. */
static void add_product(uint64_t *sum, U128 a, U128 b) {
  add_at(sum, 0, mlm_u128_product(a.lo, b.lo));
  if (b.hi) add_at(sum, 1, mlm_u128_product(a.lo, b.hi));
  if (a.hi) add_at(sum, 1, mlm_u128_product(a.hi, b.lo));
  if (a.hi && b.hi) add_at(sum, 2, mlm_u128_product(a.hi, b.hi));
}

bool mlm_scores_weighted_pairs(const Scores *scores, WeightedPairs *pairs) {
  int unit;
  memset(pairs, 0, sizeof *pairs);
  if (scores->tree || mlm_chunks(scores, 0) > 1 || mlm_chunks(scores, 1) > 1) return false;
  if (!find_unit(scores, &unit)) return false;
  ClassRows neg = class_rows(scores, 0, unit), pos = class_rows(scores, 1, unit);
  U128 *below = &pairs->weight[0];
  for (uint64_t steps = 1;; steps++) {
    const uint64_t negative = next_key(&neg), positive = next_key(&pos);
    if (negative == UINT64_MAX && positive == UINT64_MAX) return true;
    if (steps % POLL_ROWS == 0 && mlm_scores_interrupted(scores)) return false;
    if (negative < positive) {
      *below = mlm_u128_sum(*below, take(&neg, negative));
      continue;
    }
    const U128 here = take(&pos, positive), equal = negative == positive ? take(&neg, negative) : mlm_u128(0);
    const U128 up_to = mlm_u128_sum(*below, equal);
    add_product(pairs->twice_u, here, mlm_u128_sum(*below, up_to));
    *below = up_to;
    pairs->weight[1] = mlm_u128_sum(pairs->weight[1], here);
  }
}
