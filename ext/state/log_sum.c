/* Sums of e^x as counted buckets in a hash table.
 *
 * A bucket is known by a key that orders like the numbers in it: those of 2^(64 i) ... 2^(64 i + 63) times
 * 100-bit integers share key centre + i and keep their sum in 256 bits; an x beyond 2^60, Infinity included,
 * has the key of a score and is only counted, since with steps of 128 and more between such x the largest
 * alone is the result.
 */
#include "state/log_sum.h"

#include <math.h>
#include <string.h>

#include "math/exp_wide.h"
#include "math/log_core.h"
#include "base/sort.h"

enum { LIMBS = 4, FIRST_ROOM = 8 };

typedef struct Bucket {
  uint64_t key; /* 0: a free place */
  uint64_t count;
  uint64_t sum[LIMBS]; /* lowest first; all 0 where the x themselves are counted */
} Bucket;

struct LogSum {
  Bucket *at;
  uint64_t room; /* of places, a power of two; at most 3/4 have a key */
  uint64_t keyed, live;
  int64_t rows;
};

static const uint64_t centre = (uint64_t)1 << 63, reach = (uint64_t)1 << 56; /* keys of sums lie within */
static const double far = 0x1p60;

static bool is_sum(uint64_t key) { return key - (centre - reach) < 2 * reach; }

/* What a row adds: one row to the bucket of this key, and this to its sum. */
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

static void add_words(uint64_t *into, const uint64_t *message, int n, int room) {
  uint64_t carry = 0;
  for (int i = 0; i < room && (i < n || carry); i++) {
    uint64_t word = (i < n ? message[i] : 0), sum = into[i] + word, more = sum < word;
    into[i] = sum + carry;
    carry = more | (into[i] < sum);
  }
}

static void subtract_words(uint64_t *from, const uint64_t *message) {
  uint64_t borrow = 0;
  for (int i = 0; i < LIMBS; i++) {
    uint64_t less = from[i] - message[i], more = from[i] < message[i];
    from[i] = less - borrow;
    borrow = more | (less < borrow);
  }
}

/* The place of the key, or the free one where it belongs. */
static Bucket *place_of(const LogSum *s, uint64_t key) {
  uint64_t mixed = (key ^ key >> 32) * 0x9e3779b97f4a7c15, mask = s->room - 1;
  for (uint64_t i = mixed >> 20;; i++)
    if (s->at[i & mask].key == key || s->at[i & mask].key == 0) return &s->at[i & mask];
}

/* Moves the live buckets to a table with room for twice as many and one more. */
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

/* A table that once was much fuller is looked through for every value: make it smaller. */
static Status seal(void *state, const Host *host) {
  LogSum *s = state;
  return s->room > 64 && s->live < s->room / 16 ? rebuild(s, host) : MLM_OK;
}

int64_t mlm_log_sum_rows(const LogSum *s) { return s->rows; }

/* ln of words · 2^unit. */
static double log_of_words(const uint64_t *message, int n, int64_t unit) {
  while (message[n - 1] == 0) n--;
  int lead = __builtin_clzll(message[n - 1]);
  U128 top = mlm_u128_shift_left((U128){message[n - 1], message[n - 2]}, lead);
  if (lead) top.lo |= message[n - 3] >> (64 - lead);
  /* The upper 106 of these 128 bits, as 1 <= z < 2. */
  DoubleDouble z = ordered_sum((double)(top.hi >> 11) * 0x1p-52,
                               (double)((top.hi & 0x7ff) << 42 | top.lo >> 22) * 0x1p-105);
  return dd_rounded(mlm_log_scaled(z, unit + 64 * (int64_t)n - 1 - lead));
}

double mlm_log_sum_value(const LogSum *s) {
  enum {
    BELOW = 6,
    WORDS = BELOW + LIMBS + 1
  }; /* what lies more than six buckets below the top is below its last bit */
  uint64_t top = 0, message[WORDS] = {0};
  for (uint64_t i = 0; i < s->room; i++)
    if (s->at[i].count && s->at[i].key > top) top = s->at[i].key;
  if (top == 0) return NAN;
  if (!is_sum(top)) return mlm_decode_score(top);
  for (uint64_t i = 0; i < s->room; i++) {
    uint64_t down = top - s->at[i].key;
    if (s->at[i].count && down <= BELOW) /* no key of a far x comes so near to one of a sum */
      add_words(message + BELOW - down, s->at[i].sum, LIMBS, (int)down + LIMBS + 1);
  }
  return log_of_words(message, WORDS, ((int64_t)(top - centre) - BELOW) * 64);
}

static double value(const void *state, Formula formula, const Params *params) {
  return formula.log_sum(state);
}

static bool empty(const void *state) {
  const LogSum *s = state;
  return s->rows == 0;
}

/* Saved: how many buckets; each, by ascending key: the key less the one before, the count, the words of the
 * sum if it has one. */
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

/* The sum divided by 2^(64 word + bit), rounded down; what does not fit is cut to the largest. */
static uint64_t sum_over(const uint64_t *sum, int word, int bit) {
  for (int i = word + 2; i < LIMBS; i++)
    if (sum[i]) return UINT64_MAX;
  if (sum[word + 1] >> bit) return UINT64_MAX;
  return sum[word] >> bit | sum[word + 1] << (64 - bit);
}

/* Whether rows can have left this: a key that some x has, and a sum of so many numbers of 2^100 ... 2^165. */
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
    .cost = "48 bytes for each span of 44 in x that has rows; a row costs O(1), coming or leaving a window, "
            "and a value a look at each span.",
    .bytes = sizeof(LogSum),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .value = value,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
