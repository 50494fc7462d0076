/* Exact sums of e^x, as counted buckets in a hash table.
 *
 * The keys of buckets are in order of the numbers in them. Those that are 100-bit integers times 2^(64 i) to
 * 2^(64 i + 63) share key centre + i, and the bucket holds their sum in 256 bits. An x with |x| >= 2^60, or
 * Infinity, has its score's key (base/sort.h), and its rows are only counted: neighbouring doubles of that
 * size are 128 or more apart, so the largest alone is the result.
 */
#include "state/log_sum.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "base/hash_table.h"
#include "base/sort.h"
#include "math/exp_wide.h"
#include "math/log_core.h"

enum { LIMBS = 4, FIRST_ROOM = 8 };

typedef struct Bucket {
  uint64_t key; /* 0: free */
  uint64_t count;
  uint64_t sum[LIMBS]; /* lowest word first; 0 where rows are only counted */
} Bucket;

struct LogSum {
  Bucket *at;
  uint64_t room;  /* buckets, a power of two; at most 3/4 of them have a key */
  uint64_t keyed; /* buckets that have a key */
  uint64_t live;  /* buckets that have rows */
  int64_t rows;
};

static const uint64_t centre = (uint64_t)1 << 63,
                      reach = (uint64_t)1 << 56; /* keys of sums: within reach of centre */
static const double far = 0x1p60;

static bool is_sum(uint64_t key) { return key - (centre - reach) < 2 * reach; }

/* A bucket that holds one row. */
static Bucket bucket_of(double x) {
  Bucket b = {.count = 1};
  if (!(fabs(x) < far)) {
    b.key = mlm_encode_score(x == x ? x : NAN);
    return b;
  }
  int64_t exponent;
  U128 m = mlm_exp_wide(x, &exponent);
  uint64_t lowest = (uint64_t)(exponent - EXP_WIDE_BITS) + ((uint64_t)1 << 62); /* not negative */
  int shift = (int)(lowest & 63);
  b.key = (lowest >> 6) + (centre - reach);
  b.sum[0] = m.lo << shift;
  b.sum[1] = m.hi << shift | (shift ? m.lo >> (64 - shift) : 0);
  b.sum[2] = shift ? m.hi >> (64 - shift) : 0;
  return b;
}

static void add_words(uint64_t *into, const uint64_t *words, int n, int room) {
  uint64_t carry = 0;
  for (int i = 0; i < room && (i < n || carry); i++) {
    uint64_t word = (i < n ? words[i] : 0), sum = into[i] + word, more = sum < word;
    into[i] = sum + carry;
    carry = more | (into[i] < sum);
  }
}

static void subtract_words(uint64_t *from, const uint64_t *words) {
  uint64_t borrow = 0;
  for (int i = 0; i < LIMBS; i++) {
    uint64_t less = from[i] - words[i], more = from[i] < words[i];
    from[i] = less - borrow;
    borrow = more | (less < borrow);
  }
}

static bool search_ends(const void *table, uint64_t place, const void *key) {
  const Bucket *bucket = (const Bucket *)table + place;
  return bucket->key == *(const uint64_t *)key || bucket->key == 0;
}

/* The bucket of the key, or the free one where it belongs. */
static Bucket *place_of(const LogSum *s, uint64_t key) {
  return s->at + mlm_hash_find(s->at, s->room - 1, mlm_hash_mix(0, key), &key, search_ends);
}

/* Moves the buckets that have rows to a new table, of which they take less than half. */
static Status rebuild(LogSum *s, const Host *host) {
  LogSum next = {.room = FIRST_ROOM, .rows = s->rows, .live = s->live, .keyed = s->live};
  while (next.room / 2 <= s->live) next.room *= 2;
  next.at = host->realloc(NULL, next.room * sizeof *next.at);
  if (!next.at) return MLM_NOMEM;
  memset(next.at, 0, next.room * sizeof *next.at);
  for (uint64_t i = 0; i < s->room; i++)
    if (s->at[i].count) *place_of(&next, s->at[i].key) = s->at[i];
  host->free(s->at);
  *s = next;
  return MLM_OK;
}

static Status accumulate(LogSum *s, const Bucket *b, int sign, const Host *host) {
  if (sign > 0 && b->count > (uint64_t)(INT64_MAX - s->rows)) return MLM_OVERFLOW;
  Bucket *place = s->room ? place_of(s, b->key) : NULL;
  if (!place || (place->key == 0 && s->keyed >= s->room / 4 * 3)) {
    Status status = rebuild(s, host);
    if (status) return status;
    place = place_of(s, b->key);
  }
  if (place->key == 0) {
    place->key = b->key;
    s->keyed++;
  }
  s->live -= place->count > 0;
  if (sign > 0) {
    add_words(place->sum, b->sum, LIMBS, LIMBS);
    place->count += b->count;
    s->rows += (int64_t)b->count;
  } else {
    subtract_words(place->sum, b->sum);
    place->count -= b->count;
    s->rows -= (int64_t)b->count;
  }
  s->live += place->count > 0;
  return MLM_OK;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Bucket b = bucket_of(row->pred);
  return accumulate(state, &b, sign, host);
}

static Status combine(LogSum *into, const LogSum *from, int sign, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t i = 0; i < from->room && !status; i++)
    if (from->at[i].count) status = accumulate(into, &from->at[i], sign, host);
  return status;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }
static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

/* Every value takes a pass over the table, so a table that is mostly free is shrunk. */
static Status seal(void *state, const Host *host) {
  LogSum *s = state;
  return s->room > 64 && s->live < s->room / 16 ? rebuild(s, host) : MLM_OK;
}

int64_t mlm_log_sum_rows(const LogSum *s) { return s->rows; }

/* ln(words · 2^unit). */
static double log_of_words(const uint64_t *words, int n, int64_t unit) {
  while (words[n - 1] == 0) n--;
  int lead = mlm_clz64(words[n - 1]);
  U128 top = mlm_u128_shift_left((U128){words[n - 1], words[n - 2]}, lead);
  if (lead) top.lo |= words[n - 3] >> (64 - lead);
  /* The upper 106 of these 128 bits, as 1 <= z < 2. */
  DoubleDouble z = ordered_sum((double)(top.hi >> 11) * 0x1p-52,
                               (double)((top.hi & 0x7ff) << 42 | top.lo >> 22) * 0x1p-105);
  return dd_rounded(mlm_log_scaled(z, unit + 64 * (int64_t)n - 1 - lead));
}

double mlm_log_sum_value(const LogSum *s) {
  /* Buckets more than six below the top are below the last bit of the result. */
  enum { BELOW = 6, WORDS = BELOW + LIMBS + 1 };
  uint64_t top = 0, words[WORDS] = {0};
  for (uint64_t i = 0; i < s->room; i++)
    if (s->at[i].count && s->at[i].key > top) top = s->at[i].key;
  if (top == 0) return NAN;
  if (!is_sum(top)) return mlm_decode_score(top);
  for (uint64_t i = 0; i < s->room; i++) {
    uint64_t down = top - s->at[i].key;
    if (s->at[i].count && down <= BELOW) /* the key of a large x is never so close to that of a sum */
      add_words(words + BELOW - down, s->at[i].sum, LIMBS, (int)down + LIMBS + 1);
  }
  return log_of_words(words, WORDS, ((int64_t)(top - centre) - BELOW) * 64);
}

static bool empty(const void *state) {
  const LogSum *s = state;
  return s->rows == 0;
}

/* Format: the number of buckets; for each, by ascending key: the key minus the one before, the count, and the
 * words of the sum if it has one. */
static void save(const void *state, Writer *out) {
  const LogSum *s = state;
  mlm_write_varint(out, s->live);
  if (s->live == 0 || out->status) return;
  uint64_t *keys = out->host->realloc(NULL, s->live * sizeof *keys), n = 0, last = 0;
  if (!keys) {
    out->status = MLM_NOMEM;
    return;
  }
  for (uint64_t i = 0; i < s->room; i++)
    if (s->at[i].count) keys[n++] = s->at[i].key;
  out->status = mlm_sort_keys(keys, (size_t)n, out->host);
  for (uint64_t i = 0; i < n && !out->status; i++) {
    const Bucket *b = place_of(s, keys[i]);
    mlm_write_varint(out, b->key - last);
    mlm_write_varint(out, b->count);
    for (int word = 0; is_sum(b->key) && word < LIMBS; word++) mlm_write_varint(out, b->sum[word]);
    last = b->key;
  }
  out->host->free(keys);
}

/* floor(sum / 2^(64 word + bit)), saturated to 64 bits. */
static uint64_t sum_over(const uint64_t *sum, int word, int bit) {
  for (int i = word + 2; i < LIMBS; i++)
    if (sum[i]) return UINT64_MAX;
  if (sum[word + 1] >> bit) return UINT64_MAX;
  return sum[word] >> bit | sum[word + 1] << (64 - bit);
}

/* Validates a loaded bucket: some x has its key, and its sum is possible for `count` numbers between 2^100
 * and 2^165. */
static bool sound(const Bucket *b) {
  if (b->count == 0) return false;
  if (is_sum(b->key)) return sum_over(b->sum, 1, 36) >= b->count && sum_over(b->sum, 2, 37) < b->count;
  double x = mlm_decode_score(b->key);
  return mlm_encode_score(x == x ? x : NAN) == b->key && !(fabs(x) < far);
}

static Status load(void *state, Reader *in, const Host *host) {
  LogSum *s = state;
  uint64_t n = mlm_read_count(in, 2), key = 0;
  s->live = n;
  if (in->failed) return MLM_CORRUPT;
  if (n == 0) return MLM_OK;
  Status status = rebuild(s, host);
  if (status) return status;
  for (uint64_t i = 0; i < n; i++) {
    Bucket b = {.key = mlm_read_varint(in)};
    b.count = mlm_read_varint(in);
    if (b.key == 0 || b.key > UINT64_MAX - key) return MLM_CORRUPT;
    b.key = key += b.key;
    for (int word = 0; is_sum(key) && word < LIMBS; word++) b.sum[word] = mlm_read_varint(in);
    if (in->failed || !sound(&b) || b.count > (uint64_t)(INT64_MAX - s->rows)) return MLM_CORRUPT;
    s->rows += (int64_t)b.count;
    *place_of(s, key) = b;
  }
  return MLM_OK;
}

static void clear(void *state, const Host *host) {
  LogSum *s = state;
  host->free(s->at);
  memset(s, 0, sizeof *s);
}

const StateType mlm_log_sum_state = {
    .name = "log_sum",
    .cost = "48 bytes for each span of 44 in x that has rows. Adding a row takes O(1) time, and so does "
            "removing one from a window; a value takes O(spans).",
    .bytes = sizeof(LogSum),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
