/* Samples of units of ratings: the pairs of each are counted by slots, without their texts. */
#include "state/rating_samples.h"

#include <string.h>

#include "base/hash_table.h"
#include "state/rating_unit.h"

enum { FIRST_PAIRS = 16, POLL_UNITS = 1 << 12, POLL_PAIRS = 1 << 14 };

/* ---- pairs ---- */

static bool search_ends(const void *table, uint64_t place, const void *key) {
  const UnitPair *pair = (const UnitPair *)table + place, *wanted = key;
  return pair->raters == 0
         || (pair->a == wanted->a && pair->b == wanted->b && pair->raters == wanted->raters);
}

/* The place of a pair in a table, or the empty one where it belongs. */
static UnitPair *find_pair(const RatingSamples *units, UnitPair *table, uint64_t mask, const UnitPair *key) {
  uint64_t hash = mlm_hash_mix(units->values.seed ^ key->raters, (uint64_t)key->a << 32 | key->b);
  return table + mlm_hash_find(table, mask, hash, key, search_ends);
}

static Status resize_pairs(RatingSamples *units, uint64_t length, const Host *host) {
  /* unreachable: where addresses have 64 bits */
  if (length > SIZE_MAX / sizeof(UnitPair)) return MLM_NOMEM; /* possible only where addresses have 32 bits */
  UnitPair *table = mlm_new_zeroed(host, length * sizeof *table);
  if (!table) return MLM_NOMEM;
  for (uint64_t i = 0; units->pair && i <= units->mask; i++)
    if (units->pair[i].raters) *find_pair(units, table, length - 1, &units->pair[i]) = units->pair[i];
  host->free(units->pair);
  units->pair = table;
  units->mask = length - 1;
  return MLM_OK;
}

/* Half of the table stays empty. */
static Status add_pair(RatingSamples *units, const UnitPair *pair, const Host *host) {
  Status status = MLM_OK;
  if (!units->pair || 2 * (units->pairs + 1) > units->mask + 1)
    status = resize_pairs(units, units->pair ? 2 * (units->mask + 1) : FIRST_PAIRS, host);
  if (status) return status;
  UnitPair *at = find_pair(units, units->pair, units->mask, pair);
  units->pairs += at->raters == 0;
  *at = *pair;
  return MLM_OK;
}

static UnitPair pair_of(uint32_t raters, uint32_t v, uint32_t w) {
  return (UnitPair){.raters = raters, .a = v > w ? v : w, .b = v > w ? w : v};
}

/* ---- units ---- */

static uint32_t ratings_of(const UnitValue *value, size_t n) {
  uint32_t ratings = 0;
  for (size_t i = 0; i < n; i++) ratings += value[i].count;
  return ratings;
}

static Status make_room(RatingSamples *units, size_t values, const Host *host) {
  if (units->n == units->room) {
    uint64_t room = 2 * units->room + 64;
    uint64_t *end = host->realloc(units->end, room * sizeof *end);
    if (!end) return MLM_NOMEM;
    units->end = end;
    units->room = room;
  }
  if (values > units->room_values - units->n_values) {
    uint64_t room = 2 * units->room_values + values + 64;
    UnitValue *value = host->realloc(units->value, room * sizeof *value);
    if (!value) return MLM_NOMEM;
    units->value = value;
    units->room_values = room;
  }
  return MLM_OK;
}

static Status add_unit(RatingSamples *units, const RatingUnit *unit, const Host *host) {
  Status status = make_room(units, unit->n, host);
  if (status) return status;
  UnitValue *value = units->value + units->n_values;
  for (size_t i = 0; i < unit->n && !status; i++) {
    value[i].count = (uint32_t)unit->value[i].count;
    status = mlm_class_slot(&units->values, &unit->value[i].class, &value[i].slot, host);
    for (size_t j = 0; j <= i && !status; j++) {
      const UnitPair pair = pair_of((uint32_t)unit->ratings, value[i].slot, value[j].slot);
      status = add_pair(units, &pair, host);
    }
  }
  units->n_values += unit->n;
  units->end[units->n++] = units->n_values;
  return status;
}

Status mlm_rating_samples_add(RatingSamples *units, const Class *text, const Host *host) {
  RatingUnit unit;
  Status status = mlm_rating_unit_read(&unit, text, host);
  if (!status) status = add_unit(units, &unit, host);
  host->free(unit.value);
  return status;
}

/* ---- samples ---- */

/* Counts the pairs of a unit that is drawn so often. */
static Status count_pairs(RatingSamples *units, const UnitValue *value, size_t n, uint32_t raters,
                          uint64_t times) {
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j <= i; j++) {
      const UnitPair key = pair_of(raters, value[i].slot, value[j].slot);
      UnitPair *pair = find_pair(units, units->pair, units->mask, &key);
      uint64_t met = (uint64_t)value[i].count * (value[j].count - (i == j)); /* less than 2^44 */
      if (met && times > (INT64_MAX - pair->count) / met) return MLM_OVERFLOW;
      pair->count += met * times;
    }
  }
  return MLM_OK;
}

static Status count_units(RatingSamples *units, const uint32_t *count, Ratings *ratings, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t u = 0; u < units->n && !status; u++) {
    uint64_t from = u ? units->end[u - 1] : 0;
    const UnitValue *value = units->value + from;
    size_t n = (size_t)(units->end[u] - from);
    uint32_t raters = ratings_of(value, n);
    if (u % POLL_UNITS == POLL_UNITS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (raters < 2)
      ratings->singles += count[u];
    else if (count[u])
      status = count_pairs(units, value, n, raters, count[u]);
  }
  return status;
}

static Status add_counted(RatingSamples *units, const UnitPair *pair, Ratings *ratings, const Host *host) {
  const Class *a = &units->values.slots[pair->a].name, *b = &units->values.slots[pair->b].name;
  int64_t count = (int64_t)pair->count;
  Status status = mlm_ratings_add_pairs(ratings, pair->raters, a, b, count, host);
  if (!status && pair->a != pair->b) status = mlm_ratings_add_pairs(ratings, pair->raters, b, a, count, host);
  return status;
}

Status mlm_rating_samples_fill(RatingSamples *units, const uint32_t *count, Ratings *ratings,
                               const Host *host) {
  for (uint64_t i = 0; units->pair && i <= units->mask; i++) units->pair[i].count = 0;
  Status status = count_units(units, count, ratings, host);
  for (uint64_t i = 0; units->pair && i <= units->mask && !status; i++) {
    if (i % POLL_PAIRS == POLL_PAIRS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (units->pair[i].count) status = add_counted(units, &units->pair[i], ratings, host);
  }
  return status ? status : mlm_ratings_count_values(ratings, host);
}

void mlm_rating_samples_clear(RatingSamples *units, const Host *host) {
  mlm_class_index_clear(&units->values, host);
  host->free(units->end);
  host->free(units->value);
  host->free(units->pair);
  *units = (RatingSamples){0};
}
