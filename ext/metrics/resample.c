/* Bootstrap samples of a sealed state: a count for each group of equal rows. */
#include "metrics/resample.h"

#include "math/random.h"
#include "state/scores_fill.h"

enum { POLL_GROUPS = 1 << 13 };

static uint32_t *new_counts(uint64_t n, const Host *host) {
  return mlm_new_zeroed(host, (n + 1) * sizeof(uint32_t));
}

static Status make_groups(Resampler *r, uint64_t groups) {
  if (groups >> 32) return MLM_NOMEM; /* unreachable: there are at most twice as many as rows */
  r->groups = groups;
  r->count = new_counts(groups, r->host);
  return r->count ? MLM_OK : MLM_NOMEM;
}

/* Sets the size of a group in the state. */
static Status set_size(Resampler *r, uint64_t group, double rows) {
  r->rows += (uint64_t)(rows < 0x1p40 ? rows : 0x1p40);
  if (r->rows > (uint64_t)MLM_MOST_DRAWS) return MLM_TOO_MANY_DRAWS;
  r->count[group] = (uint32_t)rows;
  return MLM_OK;
}

/* ---- the groups of each kind of state ---- */

static Status groups_of_scores(Resampler *r, const Scores *scores) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral) return MLM_FRACTIONAL;
  if (all.neg_count + all.pos_count > MLM_MOST_DRAWS) return MLM_TOO_MANY_DRAWS;
  uint64_t distinct = (uint64_t)mlm_scores_distinct(scores);
  r->score = r->host->realloc(NULL, (distinct + 1) * sizeof *r->score);
  Status status = r->score ? make_groups(r, 2 * distinct) : MLM_NOMEM;
  if (status) return status;
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  for (uint64_t i = 0; i < distinct && mlm_walk_next(&walk); i++) {
    r->score[i] = walk.score;
    r->count[2 * i] = (uint32_t)walk.neg_count;
    r->count[2 * i + 1] = (uint32_t)walk.pos_count;
  }
  r->rows = (uint64_t)(all.neg_count + all.pos_count);
  return mlm_scores_walk_ended_early(scores) ? MLM_INTERRUPTED : MLM_OK;
}

static Status groups_of_confusion2(Resampler *r, const void *state) {
  if (!mlm_confusion2_state.integral(state)) return MLM_FRACTIONAL;
  Confusion2 table = mlm_confusion2_table(state);
  const double cell[CONFUSION2_CELLS] = {table.tn, table.fn, table.fp, table.tp};
  Status status = make_groups(r, CONFUSION2_CELLS);
  for (int i = 0; i < CONFUSION2_CELLS && !status; i++)
    status = set_size(r, (uint64_t)i, mlm_confusion2_weight(&table, cell[i]));
  return status;
}

static Status list_pairs(Resampler *r, const ConfusionMatrix *matrix, uint64_t *n) {
  uint64_t cursor = 0, room = 0;
  PairTotal pair;
  for (*n = 0; mlm_confusion_matrix_next_pair(matrix, &cursor, &pair); (*n)++) {
    if (mlm_weight_sum_fractional_rows(pair.rows) > 0) return MLM_FRACTIONAL;
    if (*n == room) {
      room = 2 * room + 16;
      uint64_t *more = r->host->realloc(r->pair, room * sizeof *more);
      if (!more) return MLM_NOMEM;
      r->pair = more;
    }
    r->pair[*n] = (uint64_t)pair.pred << 32 | pair.label;
  }
  return MLM_OK;
}

static Status groups_of_matrix(Resampler *r, const ConfusionMatrix *matrix) {
  uint64_t n;
  Status status = list_pairs(r, matrix, &n);
  if (!status) status = mlm_sort_keys(r->pair, (size_t)n, r->host);
  if (!status) status = make_groups(r, n);
  for (uint64_t i = 0; i < n && !status; i++) {
    status = set_size(r, i, mlm_confusion_matrix_pair(matrix, r->pair[i] >> 32, (uint32_t)r->pair[i]));
    if (i % POLL_GROUPS == POLL_GROUPS - 1 && mlm_interrupted(r->host)) status = MLM_INTERRUPTED;
  }
  r->matrix = matrix;
  return status;
}

/* Reads each unit once. */
static Status groups_of_units(Resampler *r, const ConfusionMatrix *matrix) {
  Status status = groups_of_matrix(r, matrix);
  if (!status) r->units = mlm_new_zeroed(r->host, sizeof *r->units);
  if (!status && !r->units) return MLM_NOMEM;
  for (uint64_t g = 0; g < r->groups && !status; g++) {
    ClassTotals unit;
    mlm_confusion_matrix_class(matrix, (size_t)(r->pair[g] >> 32), &unit);
    status = mlm_rating_samples_add(r->units, &unit.name, r->host);
    if (g % POLL_GROUPS == POLL_GROUPS - 1 && mlm_interrupted(r->host)) status = MLM_INTERRUPTED;
  }
  r->type = &mlm_ratings_state;
  return status;
}

static Status groups_in_order(Resampler *r, const Rows *rows, const RowsOrder *order) {
  r->entry = new_counts(order->runs, r->host);
  Status status = r->entry ? make_groups(r, order->runs) : MLM_NOMEM;
  RowsRun run = {0};
  for (uint64_t i = 0; !status && mlm_run_next(&run, rows, order); i++) {
    r->entry[i] = (uint32_t)mlm_order_at(order, run.from);
    status = set_size(r, i, (double)run.count);
    if (i % POLL_GROUPS == POLL_GROUPS - 1 && mlm_interrupted(r->host)) status = MLM_INTERRUPTED;
  }
  return status;
}

static Status groups_of_rows(Resampler *r, const Rows *rows) {
  RowsOrder order;
  if (!mlm_rows_integral(rows)) return MLM_FRACTIONAL;
  if (mlm_rows_count(rows) > MLM_MOST_DRAWS) return MLM_TOO_MANY_DRAWS;
  r->of = rows;
  Status status = mlm_rows_order_all(rows, &order, r->host);
  if (status) return status;
  status = groups_in_order(r, rows, &order);
  mlm_rows_order_clear(&order, r->host);
  return status;
}

static Status groups_of(Resampler *r, const void *state) {
  if (r->type == &mlm_scores_state) return groups_of_scores(r, state);
  if (r->type == &mlm_confusion2_state) return groups_of_confusion2(r, state);
  if (r->type == &mlm_confusion_matrix_state) return groups_of_matrix(r, state);
  if (r->type == &mlm_value_counts_state) return groups_of_units(r, state);
  return r->type == &mlm_rows_state ? groups_of_rows(r, state) : MLM_MISMATCH;
}

/* ---- strata and the guide ---- */

/* The label of a group, as a number below n_strata. */
static uint64_t label_of(const Resampler *r, uint64_t group) {
  return r->pair ? (uint32_t)r->pair[group] : group & 1;
}

/* Orders the groups by label: a counting sort, which keeps the canonical order within a label. */
static Status order_by_label(Resampler *r) {
  uint32_t *next = new_counts(r->n_strata, r->host);
  r->group = new_counts(r->groups, r->host);
  if (!next || !r->group) {
    r->host->free(next);
    return MLM_NOMEM;
  }
  for (uint64_t g = 0; g < r->groups; g++) next[label_of(r, g) + 1]++;
  for (uint64_t s = 0; s < r->n_strata; s++) next[s + 1] += next[s];
  for (uint64_t g = 0; g < r->groups; g++) r->group[next[label_of(r, g)]++] = (uint32_t)g;
  r->host->free(next);
  return MLM_OK;
}

static Status make_strata(Resampler *r, bool stratified) {
  r->n_strata = 1;
  if (stratified) r->n_strata = r->matrix ? mlm_confusion_matrix_classes(r->matrix) : 2;
  r->strata = mlm_new_zeroed(r->host, (r->n_strata + 1) * sizeof *r->strata);
  if (!r->strata) return MLM_NOMEM;
  for (uint64_t g = 0; g < r->groups; g++) r->strata[stratified ? label_of(r, g) : 0].n += r->count[g];
  for (uint64_t s = 1; s < r->n_strata; s++) r->strata[s].first = r->strata[s - 1].first + r->strata[s - 1].n;
  return stratified ? order_by_label(r) : MLM_OK;
}

static uint32_t group_at(const Resampler *r, uint64_t place) {
  return r->group ? r->group[place] : (uint32_t)place;
}

/* Two to eight guides a group, so that a search from one takes a step or none. */
static Status make_guide(Resampler *r) {
  r->end = new_counts(r->groups, r->host);
  if (!r->end) return MLM_NOMEM;
  uint64_t sum = 0, place = 0;
  for (uint64_t i = 0; i < r->groups; i++) r->end[i] = (uint32_t)(sum += r->count[group_at(r, i)]);
  while (sum >> r->shift > 4 * r->groups) r->shift++;
  r->guide = new_counts(sum >> r->shift, r->host);
  if (!r->guide) return MLM_NOMEM;
  for (uint64_t unit = 0; unit < sum; unit += (uint64_t)1 << r->shift) {
    while (r->end[place] <= unit) place++;
    r->guide[unit >> r->shift] = r->shift ? (uint32_t)place : group_at(r, place);
  }
  return MLM_OK;
}

Status mlm_resampler_begin(Resampler *r, const StateType *type, const void *state, bool stratified,
                           const Host *host) {
  if (type == &mlm_value_rows_state) type = &mlm_rows_state;
  *r = (Resampler){.type = type, .host = host};
  Status status = groups_of(r, state);
  if (!status) status = make_strata(r, stratified && type != &mlm_rows_state);
  return status ? status : make_guide(r);
}

void mlm_resampler_clear(Resampler *r) {
  void *const blocks[] = {r->count, r->end,   r->group, r->guide, r->strata,
                          r->score, r->entry, r->pair,  r->units};
  if (r->units) mlm_rating_samples_clear(r->units, r->host);
  for (size_t i = 0; i < sizeof blocks / sizeof *blocks && r->host; i++) r->host->free(blocks[i]);
  *r = (Resampler){0};
}

/* ---- drawing ---- */

/* Draws n rows of a stratum, numbered from `draw` on. */
static void draw_rows(Resampler *r, const Stratum *from, uint64_t stream, uint64_t draw, uint64_t n) {
  uint32_t *count = r->count;
  const uint32_t *guide = r->guide, *end = r->end;
  const uint64_t first = from->first, all = from->n;
  for (uint64_t d = draw; d < draw + n && r->shift == 0; d++)
    count[guide[first + mlm_random_below(mlm_random_hash(stream, d), all)]]++;
  for (uint64_t d = draw; d < draw + n && r->shift > 0; d++) {
    uint64_t unit = first + mlm_random_below(mlm_random_hash(stream, d), all);
    uint64_t place = guide[unit >> r->shift];
    while (end[place] <= unit) place++;
    count[group_at(r, place)]++;
  }
}

Status mlm_resample(Resampler *r, uint64_t seed, uint64_t replicate) {
  uint64_t stream = mlm_random_stream(seed, replicate);
  memset(r->count, 0, (size_t)r->groups * sizeof *r->count);
  for (uint64_t s = 0; s < r->n_strata; s++) {
    const Stratum *from = &r->strata[s];
    for (uint64_t done = 0; done < from->n; done += MLM_POLL_STEPS) {
      if (mlm_interrupted(r->host)) return MLM_INTERRUPTED;
      uint64_t left = from->n - done;
      draw_rows(r, from, stream, from->first + done, left < MLM_POLL_STEPS ? left : MLM_POLL_STEPS);
    }
  }
  return MLM_OK;
}

/* ---- what was drawn ---- */

static void matrix_row(const Resampler *r, uint64_t group, Row *row) {
  ClassTotals totals;
  mlm_confusion_matrix_class(r->matrix, (size_t)(r->pair[group] >> 32), &totals);
  row->pred_class = totals.name;
  mlm_confusion_matrix_class(r->matrix, (size_t)(uint32_t)r->pair[group], &totals);
  row->target_class = totals.name;
}

/* A row of many numbers is passed as a vector and a second vector of one entry. */
static void rows_row(const Resampler *r, uint64_t group, Row *row) {
  const double *x = mlm_rows_at(r->of, r->entry[group]);
  row->columns = mlm_rows_columns(r->of);
  if (row->columns <= MLM_ROW_NUMBERS) {
    memcpy(row->x, x, row->columns * sizeof *x);
    return;
  }
  row->preds = (Vector){(double *)x, row->columns - 1}; /* a metric of rows has no term that would sort it */
  row->targets = (Vector){(double *)x + row->columns - 1, 1};
}

static void group_row(const Resampler *r, uint64_t group, Row *row) {
  if (r->matrix)
    matrix_row(r, group, row);
  else if (r->of)
    rows_row(r, group, row);
  else { /* a decision: predicted positive iff it is at least 1 */
    row->pred = (double)(group >> 1);
    row->target = (double)(group & 1);
  }
}

static Status add_groups(const Resampler *r, void *state) {
  Status status = MLM_OK;
  Row row = {.param = 1};
  for (uint64_t g = 0; g < r->groups && !status; g++) {
    if (g % POLL_GROUPS == POLL_GROUPS - 1 && mlm_interrupted(r->host)) return MLM_INTERRUPTED;
    if (r->count[g] == 0) continue;
    group_row(r, g, &row);
    row.weight = r->count[g];
    status = r->type->add(state, &row, 1, r->host);
  }
  return status;
}

Status mlm_resample_state(const Resampler *r, void *state) {
  Status status = r->score   ? mlm_scores_fill(state, r->score, r->count, r->groups / 2, r->host)
                  : r->units ? mlm_rating_samples_fill(r->units, r->count, state, r->host)
                             : add_groups(r, state);
  return status || !r->type->seal ? status : r->type->seal(state, r->host);
}

uint64_t mlm_resample_twice_u(const Resampler *r, uint64_t rows[2]) {
  const uint32_t *count = r->count;
  uint64_t below = 0, positives = 0, sum = 0; /* less than 2·2^30·2^30 */
  for (uint64_t g = 0; g < r->groups; g += 2) {
    uint64_t neg = count[g], pos = count[g + 1];
    sum += pos * (2 * below + neg);
    below += neg;
    positives += pos;
  }
  rows[0] = below;
  rows[1] = positives;
  return sum;
}
