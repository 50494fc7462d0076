/* The state of kind ratings: how often each pair of values occurs within a unit. */
#include "state/ratings.h"

#include "state/rating_unit.h"

static const StateType *const matrix_type = &mlm_confusion_matrix_state;

static ConfusionMatrix *new_matrix(const Host *host) { return mlm_new_zeroed(host, matrix_type->bytes); }

static void drop_matrix(ConfusionMatrix *matrix, const Host *host) {
  if (matrix) matrix_type->clear(matrix, host);
  host->free(matrix);
}

/* ---- groups ---- */

static uint32_t place_of(const Ratings *ratings, int64_t raters) {
  uint32_t i = 0;
  while (i < ratings->n && ratings->group[i].raters < raters) i++;
  return i;
}

static Status grow(Ratings *ratings, const Host *host) {
  uint32_t capacity = 2 * ratings->capacity + 4;
  RatingGroup *group = host->realloc(ratings->group, capacity * sizeof *group);
  if (!group) return MLM_NOMEM;
  ratings->group = group;
  ratings->capacity = capacity;
  return MLM_OK;
}

/* The pairs of units with `raters` ratings, created if needed. */
static Status find_group(Ratings *ratings, int64_t raters, ConfusionMatrix **pairs, const Host *host) {
  uint32_t i = place_of(ratings, raters);
  if (i == ratings->n || ratings->group[i].raters != raters) {
    Status status = ratings->n == ratings->capacity ? grow(ratings, host) : MLM_OK;
    ConfusionMatrix *made = status ? NULL : new_matrix(host);
    if (!made) return MLM_NOMEM;
    memmove(ratings->group + i + 1, ratings->group + i, (ratings->n - i) * sizeof *ratings->group);
    ratings->group[i] = (RatingGroup){raters, made};
    ratings->n++;
  }
  *pairs = ratings->group[i].pairs;
  return MLM_OK;
}

/* Drops groups without units, so that the state depends on its units alone. */
static void drop_empty(Ratings *ratings, const Host *host) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < ratings->n; i++) {
    if (matrix_type->empty(ratings->group[i].pairs))
      drop_matrix(ratings->group[i].pairs, host);
    else
      ratings->group[kept++] = ratings->group[i];
  }
  ratings->n = kept;
}

static Status need_values(Ratings *ratings, const Host *host) {
  if (!ratings->values) ratings->values = new_matrix(host);
  return ratings->values ? MLM_OK : MLM_NOMEM;
}

/* Adds a unit so many times. */
static Status add_unit(Ratings *ratings, const RatingUnit *unit, int64_t times, int sign, const Host *host) {
  ConfusionMatrix *pairs;
  Status status = need_values(ratings, host);
  if (!status) status = find_group(ratings, unit->ratings, &pairs, host);
  for (size_t i = 0; i < unit->n && !status; i++) {
    const RatingValue *v = &unit->value[i];
    status =
        mlm_confusion_matrix_add_rows(ratings->values, &v->class, &v->class, v->count * times, sign, host);
    for (size_t j = 0; j < unit->n && !status; j++) {
      const RatingValue *w = &unit->value[j];
      int64_t met = v->count * (w->count - (i == j));
      status = mlm_confusion_matrix_add_rows(pairs, &v->class, &w->class, met * times, sign, host);
    }
  }
  if (sign < 0) drop_empty(ratings, host);
  return status;
}

#define MOST_PAIRS ((int64_t)1 << 53) /* that are added at a time: no product overflows */

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Ratings *ratings = state;
  RatingUnit unit;
  Status status = mlm_rating_unit_read(&unit, &row->pred_class, host);
  int64_t left = (int64_t)row->weight;
  if (!status && unit.ratings < 2) {
    ratings->singles += sign * left;
    left = 0;
  }
  for (int64_t times; left > 0 && !status; left -= times) {
    times = MOST_PAIRS / (unit.ratings * unit.ratings);
    if (times > left) times = left;
    status = add_unit(ratings, &unit, times, sign, host);
  }
  host->free(unit.value);
  return status;
}

/* Merges the matrices of `from` (sign +1) or subtracts them (-1); `from` may only be cleared afterwards. */
static Status combine(Ratings *into, Ratings *from, int sign, const Host *host) {
  Status (*join)(void *, void *, const Host *) = sign > 0 ? matrix_type->merge : matrix_type->subtract;
  Status status = from->values ? need_values(into, host) : MLM_OK;
  if (!status && from->values) status = join(into->values, from->values, host);
  for (uint32_t i = 0; i < from->n && !status; i++) {
    ConfusionMatrix *pairs;
    status = find_group(into, from->group[i].raters, &pairs, host);
    if (!status) status = join(pairs, from->group[i].pairs, host);
  }
  if (status) return status;
  into->singles += sign * from->singles;
  if (sign < 0) drop_empty(into, host);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) {
  if (((Ratings *)from)->singles > MLM_MOST_ROWS - ((Ratings *)into)->singles) return MLM_OVERFLOW;
  return combine(into, from, 1, host);
}

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static Status seal(void *state, const Host *host) {
  Ratings *ratings = state;
  Status status = ratings->values ? matrix_type->seal(ratings->values, host) : MLM_OK;
  for (uint32_t i = 0; i < ratings->n && !status; i++)
    status = matrix_type->seal(ratings->group[i].pairs, host);
  return status;
}

/* The values follow from the pairs, so they are not saved. */
static void save(const void *state, Writer *out) {
  const Ratings *ratings = state;
  mlm_write_varint(out, (uint64_t)ratings->singles);
  mlm_write_varint(out, ratings->n);
  for (uint32_t i = 0; i < ratings->n; i++) {
    mlm_write_varint(out, (uint64_t)ratings->group[i].raters);
    matrix_type->save(ratings->group[i].pairs, out);
  }
}

/* Counts the values of a group's pairs; MLM_CORRUPT if no units give these pairs. */
static Status restore_values(Ratings *ratings, const RatingGroup *group, const Host *host) {
  ClassTotals totals;
  Status status = mlm_confusion_matrix_left_out(group->pairs) ? MLM_CORRUPT : need_values(ratings, host);
  if (!matrix_type->integral(group->pairs) || matrix_type->empty(group->pairs)) return MLM_CORRUPT;
  for (uint64_t cursor = 0; !status && mlm_confusion_matrix_next_class(group->pairs, &cursor, &totals);) {
    int64_t pairs = totals.predicted->count;
    if (pairs != totals.labelled->count || pairs % (group->raters - 1) != 0) return MLM_CORRUPT;
    int64_t times = pairs / (group->raters - 1);
    status = mlm_confusion_matrix_add_rows(ratings->values, &totals.name, &totals.name, times, 1, host);
  }
  return status;
}

Status mlm_ratings_add_pairs(Ratings *ratings, int64_t raters, const Class *a, const Class *b, int64_t count,
                             const Host *host) {
  ConfusionMatrix *pairs;
  Status status = find_group(ratings, raters, &pairs, host);
  return status ? status : mlm_confusion_matrix_add_rows(pairs, a, b, count, 1, host);
}

Status mlm_ratings_count_values(Ratings *ratings, const Host *host) {
  Status status = MLM_OK;
  for (uint32_t i = 0; i < ratings->n && !status; i++)
    status = restore_values(ratings, &ratings->group[i], host);
  return status;
}

static Status load(void *state, Reader *in, const Host *host) {
  Ratings *ratings = state;
  uint64_t singles = mlm_read_varint(in), n = mlm_read_count(in, 3);
  int64_t before = 1;
  if (in->failed || singles > INT64_MAX) return MLM_CORRUPT;
  ratings->singles = (int64_t)singles;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t raters = mlm_read_varint(in);
    ConfusionMatrix *pairs;
    if (in->failed || raters <= (uint64_t)before || raters > (uint64_t)MLM_MOST_RATINGS) return MLM_CORRUPT;
    before = (int64_t)raters;
    Status status = find_group(ratings, before, &pairs, host);
    if (!status) status = matrix_type->load(pairs, in, host);
    if (!status) status = restore_values(ratings, &ratings->group[i], host);
    if (status) return status;
  }
  return MLM_OK;
}

static void clear(void *state, const Host *host) {
  Ratings *ratings = state;
  drop_matrix(ratings->values, host);
  for (uint32_t i = 0; i < ratings->n; i++) drop_matrix(ratings->group[i].pairs, host);
  host->free(ratings->group);
  memset(ratings, 0, sizeof *ratings);
}

static bool empty(const void *state) {
  const Ratings *ratings = state;
  return ratings->n == 0 && ratings->singles == 0;
}

const StateType mlm_ratings_state = {
    .name = "ratings",
    .cost = "About 110 bytes a value and 40 bytes for each pair of values that meet in a row. Adding a row "
            "of d different "
            "values takes O(d squared) time, and so does removing one from a window; a value takes O(pairs).",
    .bytes = sizeof(Ratings),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .save = save,
    .load = load,
    .clear = clear,
    .empty = empty,
};
