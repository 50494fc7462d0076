/* Every kind of state: each allocation fails while rows are added, merged, taken back, saved and loaded, and
 * states are merged with themselves until they hold as many rows as they may. What fails leaves nothing
 * behind, and what does not fail has the bytes that it has with memory enough. */
#include "state/agreement.h"
#include "state/confusion_matrix.h"
#include "state/keyed.h"
#include "state/label_tables.h"
#include "state/mean_moments.h"
#include "state/packed.h"
#include "state/ratings.h"
#include "state/rows.h"
#include "state/state.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Kind {
  const StateType *type, *saved_by; /* NULL: itself */
  bool counts;                      /* rows that are alike are counted, so that 2^62 of them need no memory */
  bool fractions;                   /* weights may have a fraction */
} Kind;

static const Kind kinds[] = {{&mlm_mean_state, NULL, true, true},
                             {&mlm_mean_moments_state, NULL, true, true},
                             {&mlm_moments_state, NULL, true, true},
                             {&mlm_joint_moments_state, NULL, true, true},
                             {&mlm_sum_ratio_state, NULL, true, true},
                             {&mlm_vector_sums_state, NULL, true, true},
                             {&mlm_label_tables_state, NULL, true, true},
                             {&mlm_confusion2_state, NULL, true, true},
                             {&mlm_confusion_matrix_state, NULL, true, true},
                             {&mlm_confusion_matrix_unordered_state, NULL, true, true},
                             {&mlm_ratings_state, NULL, false, false},
                             {&mlm_input_problems_state, NULL, false, false},
                             {&mlm_log_sum_state, NULL, false, false},
                             {&mlm_value_rows_state, NULL, true, true},
                             {&mlm_scores_state, NULL, false, true},
                             {&mlm_keyed_scores_state, NULL, false, true},
                             {&mlm_keyed_classes_state, NULL, false, true},
                             {&mlm_keyed_preds_state, NULL, false, true},
                             {&mlm_packed_state, NULL, false, false},
                             {&mlm_agreement_state, &mlm_confusion_matrix_state, false, true}};

/* ---- rows and states ---- */

enum { ELEMENTS = 3, WIDTH = 24, ROWS = 40 };

/* The i-th row: what it means to the kind is the kind's own. */
typedef struct Sample {
  Row row;
  double preds[ELEMENTS], targets[ELEMENTS];
  char text[2][WIDTH];
} Sample;

static Class text_class(char *text, const char *format, int i) {
  const int n = snprintf(text, WIDTH, format, i, i + 1);
  return (Class){.type = CLASS_TEXT, .bytes = text, .n = (size_t)n};
}

static void make_row(const Kind *kind, int i, Sample *sample) {
  const bool units = kind->type == &mlm_ratings_state;
  Row *row = &sample->row;
  *row = (Row){.weight = kind->fractions && i % 5 == 4 ? 1.5 : 1, .columns = 2};
  for (int k = 0; k < ELEMENTS; k++) {
    sample->preds[k] = (double)((i + k) % 7) / 8;
    sample->targets[k] = (i + k) % 2;
  }
  row->x[0] = (double)(i % 11) / 16;
  row->x[1] = i % 3 == 0;
  row->x[2] = 0.5;
  row->value = (double)(i % 13) / 4;
  row->base = 1 + i % 3;
  if (kind->type == &mlm_vector_sums_state || kind->type == &mlm_label_tables_state) {
    row->preds = (Vector){sample->preds, ELEMENTS};
    row->targets = (Vector){sample->targets, ELEMENTS};
  }
  row->pred_class = text_class(sample->text[0], units ? "[%d,%d]" : "pred %d", i);
  row->target_class = i % 4 ? text_class(sample->text[1], "label %d", i % 6) : row->pred_class;
  if (kind->type == &mlm_agreement_state && i % 6 == 0) { /* such rows are kept to be shown */
    row->target_class = (Class){.type = CLASS_INTEGER, .integer = i % 2};
    row->pred_class = (Class){.type = CLASS_REAL, .real = i % 7 + 0.5};
  }
  row->key = (Class){.type = CLASS_INTEGER, .integer = i % 5};
  if (kind->type == &mlm_packed_state && i % 2) row->key = row->pred_class;
}

static void *fresh(const Kind *kind) {
  void *state = calloc(1, kind->type->bytes);
  if (!state) exit(2);
  return state;
}

static void drop(const Kind *kind, void *state) {
  if (kind->type->clear) kind->type->clear(state, &host);
  free(state);
}

static Status add_rows(const Kind *kind, void *state, int from, int to, int sign) {
  Status status = MLM_OK;
  for (int i = from; i < to && !status; i++) {
    Sample sample;
    make_row(kind, i, &sample);
    status = kind->type->add(state, &sample.row, sign, &host);
  }
  return status;
}

static Status save(const Kind *kind, void *state, Writer *out) {
  *out = (Writer){.limit = UINT64_MAX, .host = &host};
  if (!kind->type->save) return MLM_OK;
  Status status = kind->type->seal ? kind->type->seal(state, &host) : MLM_OK;
  if (!status && kind->type->prepare_save) status = kind->type->prepare_save(state, &host);
  if (status) return status;
  kind->type->save(state, out);
  return out->status;
}

static Status load(const Kind *kind, const Writer *saved, void *state) {
  Reader in = {.at = saved->bytes, .end = saved->bytes + saved->n};
  return kind->type->load(state, &in, &host);
}

/* ---- failed allocations ---- */

/* What is done to two states: the first has rows that were added, the second was loaded. */
typedef Status Operation(const Kind *kind, void *state, void *other, Writer *out);

static Status add_more(const Kind *kind, void *state, void *other, Writer *out) {
  Status status = add_rows(kind, state, ROWS / 2, ROWS, 1);
  return status ? status : add_rows(kind, state, 0, ROWS / 4, -1);
}

static Status merge(const Kind *kind, void *state, void *other, Writer *out) {
  return kind->type->merge(state, other, &host);
}

static Status merge_into_empty(const Kind *kind, void *state, void *other, Writer *out) {
  void *empty = fresh(kind);
  Status status = kind->type->merge(empty, other, &host);
  if (!status) status = kind->type->merge(empty, state, &host);
  drop(kind, empty);
  return status;
}

static Status take_back(const Kind *kind, void *state, void *other, Writer *out) {
  Status status = add_rows(kind, state, ROWS / 2, ROWS, 1);
  return status ? status : kind->type->subtract(state, other, &host);
}

static Status take_back_all(const Kind *kind, void *state, void *other, Writer *out) {
  Status status = take_back(kind, state, other, out);
  return status ? status : add_rows(kind, state, 0, ROWS / 2, -1);
}

/* The rows of the second state, which come and go, and states without rows. */
static Status take_back_last(const Kind *kind, void *state, void *other, Writer *out) {
  void *empty = fresh(kind);
  Status status = add_rows(kind, state, 0, ROWS / 2, -1);
  if (!status) status = add_rows(kind, state, ROWS / 2, ROWS, 1);
  if (!status) status = kind->type->merge(state, empty, &host);
  if (!status) status = kind->type->subtract(state, empty, &host);
  if (!status) status = kind->type->subtract(state, other, &host);
  expect_for(status || !kind->type->empty || kind->type->empty(state), "no row left", kind->type->name);
  drop(kind, empty);
  return status;
}

static Status save_and_load(const Kind *kind, void *state, void *other, Writer *out) {
  Status status = save(kind, state, out);
  void *loaded = fresh(kind);
  if (!status) status = load(kind, out, loaded);
  drop(kind, loaded);
  return status;
}

static Operation *const operations[] = {add_more,      merge,          merge_into_empty, take_back,
                                        take_back_all, take_back_last, save_and_load};

/* The operation with memory for so many allocations; its bytes, where it does not fail. */
static Status try_with(const Kind *kind, Operation *operation, const Writer *half, long n, Writer *out) {
  void *state = fresh(kind), *other = fresh(kind);
  Writer scratch = {.bytes = NULL};
  *out = scratch;
  expect_for(add_rows(kind, state, 0, ROWS / 2, 1) == MLM_OK, "rows", kind->type->name);
  expect_for(load(kind, half, other) == MLM_OK, "loading", kind->type->name);
  allowed = n;
  Status status = operation(kind, state, other, &scratch);
  allowed = -1;
  if (!status && operation != merge_into_empty) status = save(kind, state, out);
  release(scratch.bytes);
  drop(kind, state);
  drop(kind, other);
  return status;
}

static void check_faults(const Kind *kind) {
  const uint64_t before = live_bytes;
  const Kind saver = {.type = kind->saved_by ? kind->saved_by : kind->type, .fractions = kind->fractions};
  void *second = fresh(&saver);
  Writer half, want, have;
  add_rows(&saver, second, ROWS / 2, ROWS, 1);
  expect_for(save(&saver, second, &half) == MLM_OK, "saving", kind->type->name);
  drop(&saver, second);
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (operations[i] == save_and_load && kind->saved_by) continue;
    expect_for(try_with(kind, operations[i], &half, -1, &want) == MLM_OK, "with memory enough",
               kind->type->name);
    Status status = MLM_NOMEM;
    for (long n = 0; status == MLM_NOMEM && n < 10000; n++) {
      status = try_with(kind, operations[i], &half, n, &have);
      bool same = have.n == want.n && (have.n == 0 || memcmp(have.bytes, want.bytes, (size_t)have.n) == 0);
      expect_for(status == MLM_NOMEM || (!status && same), "an allocation failed", kind->type->name);
      release(have.bytes);
    }
    release(want.bytes);
  }
  release(half.bytes);
  expect_for(live_bytes == before, "memory left behind", kind->type->name);
}

/* ---- as many rows as there may be ---- */

enum { POWERS = 64 };

/* The state with the rows of both; no bytes where these are too many. */
static Writer both(const Kind *kind, const Writer *a, const Writer *b) {
  void *state = fresh(kind), *other = fresh(kind);
  Writer out = {.bytes = NULL};
  load(kind, a, state);
  load(kind, b, other);
  Status status = kind->type->merge(state, other, &host);
  if (!status) status = save(kind, state, &out);
  expect_for(!status || status == MLM_OVERFLOW, "doubled", kind->type->name);
  drop(kind, state);
  drop(kind, other);
  return out;
}

/* The rows doubled until they are too many, then powers of two of them added from the largest on. */
static void check_limit(const Kind *kind) {
  Writer power[POWERS] = {{.bytes = NULL}};
  void *state = fresh(kind);
  Sample sample;
  int n = 1;
  make_row(kind, 0, &sample);
  kind->type->add(state, &sample.row, 1, &host);
  expect_for(save(kind, state, &power[0]) == MLM_OK, "one row", kind->type->name);
  drop(kind, state);
  for (; n < POWERS && (power[n] = both(kind, &power[n - 1], &power[n - 1])).n > 0; n++) continue;
  expect_for(n == 62 || n == 63, "powers of two of rows", kind->type->name);
  Writer most = power[n - 1];
  for (int i = n - 1; i >= 0; i--) {
    Writer more = both(kind, &most, &power[i]);
    if (more.n == 0) continue;
    if (most.bytes != power[n - 1].bytes) release(most.bytes);
    most = more;
  }
  Writer over = both(kind, &power[0], &most);
  expect_for(over.n == 0, "one row and all of them", kind->type->name);
  release(over.bytes);
  state = fresh(kind);
  load(kind, &most, state);
  sample.row.weight = 0x1p44; /* the largest that counts as rows; single ones are not counted everywhere */
  expect_for(kind->type->add(state, &sample.row, 1, &host) == MLM_OVERFLOW, "rows beyond the limit",
             kind->type->name);
  if (kind->type->add_times)
    expect_for(kind->type->add_times(state, &sample.row, 1, 1, &host) == MLM_OVERFLOW,
               "counted rows beyond the limit", kind->type->name);
  drop(kind, state);
  if (most.bytes != power[n - 1].bytes) release(most.bytes);
  for (int i = 0; i < n; i++) release(power[i].bytes);
}

/* As many counted rows of one fractional weight as there may be. */
static void check_counted(const Kind *kind) {
  void *state = fresh(kind), *other = fresh(kind);
  Sample sample;
  make_row(kind, 0, &sample);
  sample.row.weight = 1.5;
  expect_for(kind->type->add_times(state, &sample.row, 1, 1, &host) == MLM_OK, "a row", kind->type->name);
  expect_for(kind->type->add_times(state, &sample.row, MLM_MOST_ROWS, 1, &host) == MLM_OVERFLOW,
             "too many in all", kind->type->name);
  expect_for(kind->type->add_times(state, &sample.row, MLM_MOST_ROWS - 1, 1, &host) == MLM_OK,
             "as many as may be", kind->type->name);
  expect_for(kind->type->merge(other, state, &host) == MLM_OK, "merged", kind->type->name);
  expect_for(kind->type->merge(other, state, &host) == MLM_OVERFLOW, "merged twice", kind->type->name);
  drop(kind, state);
  drop(kind, other);
}

int main(void) {
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    check_faults(&kinds[i]);
    if (kinds[i].counts) check_limit(&kinds[i]);
    if (kinds[i].type->add_times) check_counted(&kinds[i]);
  }
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
