/* Two counters in place of a confusion matrix, and a matrix of those rows alone that a message may have to
 * show. */
#include "state/agreement.h"

#include "base/compiler.h"
#include "state/class_index.h"
#include "state/confusion_matrix.h"

struct Agreement {
  WeightSum hits, misses;
  int64_t rows;
  /* Rows whose prediction, and whose label, is not an integer; one of integral weight k counts as k rows. */
  int64_t other_preds, other_labels;
  /* All rows that have a number that is no integer, or an integer beside a text, and perhaps others; NULL:
   * there are none. */
  ConfusionMatrix *shown;
};

static const StateType *const matrix_type = &mlm_confusion_matrix_unordered_state;

static Status make_shown(Agreement *agreement, const Host *host) {
  if (!agreement->shown) agreement->shown = mlm_new_zeroed(host, matrix_type->bytes);
  return agreement->shown ? MLM_OK : MLM_NOMEM;
}

static int64_t rows_of(const WeightSum *weights) {
  return weights->count + mlm_weight_sum_fractional_rows(weights);
}

/* Any row but one of weight 1 and of two integers: such a row is not shown. */
static MLM_NOINLINE Status add_other(Agreement *agreement, const Row *row, bool hit, int sign,
                                     const Host *host) {
  uint64_t k = mlm_integral_weight(row->weight);
  FractionalRows fractional = {.rows = 1, .weight = row->weight};
  WeightSum weight = {.count = (int64_t)k, .fractional = k ? NULL : &fractional};
  Status status = MLM_OK;
  if (sign > 0 && rows_of(&weight) > INT64_MAX - agreement->rows) return MLM_OVERFLOW;
  if (mlm_class_is_fraction(&row->pred_class) || mlm_class_is_fraction(&row->target_class)
      || mlm_is_integer_beside_text(&row->pred_class, &row->target_class)) {
    status = make_shown(agreement, host);
    if (!status) status = matrix_type->add(agreement->shown, row, sign, host);
  }
  if (!status) status = mlm_weight_sum_add(hit ? &agreement->hits : &agreement->misses, &weight, sign, host);
  if (status) return status;
  agreement->rows += sign * rows_of(&weight);
  if (!mlm_class_is_whole(&row->pred_class)) agreement->other_preds += sign * rows_of(&weight);
  if (!mlm_class_is_whole(&row->target_class)) agreement->other_labels += sign * rows_of(&weight);
  return MLM_OK;
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  Agreement *agreement = state;
  const Class *pred = &row->pred_class, *label = &row->target_class;
  const bool integers = pred->type == CLASS_INTEGER && label->type == CLASS_INTEGER;
  const bool hit = integers ? pred->integer == label->integer : mlm_class_compare(pred, label) == 0;
  if (!integers || row->weight != 1 || (sign > 0 && agreement->rows == INT64_MAX))
    return add_other(agreement, row, hit, sign, host);
  (hit ? &agreement->hits : &agreement->misses)->count += sign;
  agreement->rows += sign;
  return MLM_OK;
}

static Status combine(Agreement *agreement, Agreement *other, int sign, const Host *host) {
  Status status = MLM_OK;
  if (sign > 0 && other->rows > INT64_MAX - agreement->rows) return MLM_OVERFLOW;
  if (other->shown) {
    status = make_shown(agreement, host);
    if (!status)
      status = (sign > 0 ? matrix_type->merge : matrix_type->subtract)(agreement->shown, other->shown, host);
  }
  if (!status) status = mlm_weight_sum_add(&agreement->hits, &other->hits, sign, host);
  if (!status) status = mlm_weight_sum_add(&agreement->misses, &other->misses, sign, host);
  agreement->rows += sign * other->rows;
  agreement->other_preds += sign * other->other_preds;
  agreement->other_labels += sign * other->other_labels;
  return status;
}

static Status merge(void *into, void *from, const Host *host) { return combine(into, from, 1, host); }

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static void drop_shown(Agreement *agreement, const Host *host) {
  if (agreement->shown) matrix_type->clear(agreement->shown, host);
  host->free(agreement->shown);
  agreement->shown = NULL;
}

/* Keeps the matrix that was saved if a message may show one of its rows. */
static Status load(void *state, Reader *in, const Host *host) {
  Agreement *agreement = state;
  Status status = make_shown(agreement, host);
  const ConfusionMatrix *matrix = agreement->shown;
  if (!status) status = matrix_type->load(agreement->shown, in, host);
  if (!status) status = mlm_weight_sum_add(&agreement->hits, mlm_confusion_matrix_hits(matrix), 1, host);
  if (!status) status = mlm_weight_sum_add(&agreement->misses, mlm_confusion_matrix_misses(matrix), 1, host);
  if (status) return status;
  bool shown = mlm_confusion_matrix_has_integers_beside_texts(matrix);
  uint64_t cursor = 0;
  for (ClassTotals class; mlm_confusion_matrix_next_class(matrix, &cursor, &class);) {
    shown |= mlm_class_is_fraction(&class.name);
    if (mlm_class_is_whole(&class.name)) continue;
    agreement->other_preds += rows_of(class.predicted);
    agreement->other_labels += rows_of(class.labelled);
  }
  agreement->rows = mlm_confusion_matrix_rows(matrix);
  if (!shown) drop_shown(agreement, host);
  return MLM_OK;
}

static void clear(void *state, const Host *host) {
  Agreement *agreement = state;
  drop_shown(agreement, host);
  mlm_weight_sum_clear(&agreement->hits, host);
  mlm_weight_sum_clear(&agreement->misses, host);
}

static bool empty(const void *state) { return ((const Agreement *)state)->rows == 0; }

const WeightSum *mlm_agreement_hits(const Agreement *agreement) { return &agreement->hits; }
const WeightSum *mlm_agreement_misses(const Agreement *agreement) { return &agreement->misses; }

Status mlm_agreement_find_score(const Agreement *agreement, double *score) {
  if (!agreement->shown) return MLM_OK;
  double found;
  const Status status = mlm_confusion_matrix_find_score(agreement->shown, false, &found);
  const int64_t others = status == MLM_UNDECIDED ? agreement->other_labels : agreement->other_preds;
  if (!status || others > 0) return MLM_OK; /* rows that are not shown may have other classes */
  *score = found;
  return status;
}

Status mlm_agreement_never_agrees(const Agreement *agreement, Class *text) {
  const ConfusionMatrix *shown = agreement->shown;
  const bool all = shown && mlm_confusion_matrix_rows(shown) == agreement->rows;
  return all ? mlm_confusion_matrix_never_agrees(shown, text) : MLM_OK;
}

const StateType mlm_agreement_state = {.name = "crosstab",
                                       .cost = "O(1) memory, unless predictions or labels are numbers with "
                                               "fractions or integers beside texts; "
                                               "a saved state holds the table of all classes. "
                                               "Adding a row takes O(1) time, and so does "
                                               "removing one from a window; a value takes O(1) time.",
                                       .bytes = sizeof(Agreement),
                                       .fast_path = FAST_CLASSES,
                                       .add = add,
                                       .merge = merge,
                                       .subtract = subtract,
                                       .load = load,
                                       .clear = clear,
                                       .empty = empty};
