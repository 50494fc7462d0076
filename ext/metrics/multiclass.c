/* Metrics of the probabilities of many classes over all cutoffs: AUC and average precision, one class against
 * the rest or against another, averaged.
 *
 * Every one is a mean of metrics of two classes, each of which is exact; the mean is rounded once. A class or
 * a pair without positives or without negatives is left out of the mean.
 */
#include "base/sort.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/one_vs_rest.h"
#include "metrics/ranking.h"
#include "state/rows.h"
#include "state/scores_keys.h"

/* The metric of two classes, NaN where it is undefined. */
typedef enum Binary { AUC, PRECISION } Binary;

static double value_of_scores(Binary metric, const Scores *scores) {
  return (metric == AUC ? mlm_roc_auc : mlm_average_precision)(scores, NULL);
}

static double value_of_decisions(Binary metric, const OneVsRest *decisions, uint64_t *positives) {
  return (metric == AUC ? mlm_one_vs_rest_auc : mlm_one_vs_rest_average_precision)(decisions, positives);
}

/* Probabilities and classes: the rows of K + 1 numbers, of which the last is the class. */
typedef struct Classes {
  const Rows *rows;
  uint32_t k; /* classes */
  const Host *host;
} Classes;

/* Whether all entries are single rows, few enough for the paths that sort keys: a block of them stays below
 * the 2 GiB that SQLite allocates. */
static bool are_single(const Rows *rows) {
  return mlm_rows_are_single(rows) && mlm_rows_entries(rows) < MLM_CHUNK_KEYS;
}

static bool is_row(const double *x, uint32_t k) {
  bool right = x[k] >= 0 && x[k] < k && x[k] == (double)(uint32_t)x[k];
  for (uint32_t c = 0; c < k; c++) right &= (x[c] >= 0) & (x[c] <= 1);
  return right;
}

/* MLM_CORRUPT: a row of a saved state has no class among K, or a number that is no probability. */
static Status read_classes(const Rows *rows, const Eval *in, Classes *classes) {
  *classes = (Classes){rows, mlm_rows_columns(rows) - 1, in->host};
  for (uint64_t e = 0; e < mlm_rows_entries(rows); e++)
    if (!is_row(mlm_rows_at(rows, e), classes->k)) return MLM_CORRUPT;
  return MLM_OK;
}

static uint32_t class_of(const Classes *classes, const double *x) { return (uint32_t)x[classes->k]; }

static void drop(Scores *scores, const Host *host) {
  mlm_scores_state.clear(scores, host);
  host->free(scores);
}

/* Adds the rows of an entry. */
static Status put(Scores *scores, const RowsEntry *entry, uint32_t column, int label, const Host *host) {
  Row row = {.pred = entry->x[column], .target = label, .weight = entry->weight};
  if (entry->count == 1) return mlm_scores_state.add(scores, &row, 1, host);
  return mlm_scores_put(scores, mlm_encode_score(row.pred), label, row.weight, entry->count, host);
}

/* Seals a set, evaluates it unless filling it failed, and adds its positives' weight to *weight. */
static Status finish(Scores *scores, Status status, Binary metric, double *value, ExactSum *weight,
                     const Host *host) {
  if (!status) status = mlm_scores_state.seal(scores, host);
  if (!status) {
    *value = value_of_scores(metric, scores);
    *weight = (ExactSum){0};
    mlm_scores_add_weight(scores, 1, weight);
    if (mlm_scores_walk_ended_early(scores)) status = MLM_INTERRUPTED;
  }
  drop(scores, host);
  return status;
}

/* Each class against the rest: by words of single rows, else by score sets. */
typedef struct Rest {
  Classes classes;
  Binary metric;
  bool single;
  OneVsRest decisions;
} Rest;

/* To be ended, also after a failure. */
static Status begin_rest(Rest *rest, const Rows *rows, const Eval *in, Binary metric) {
  *rest = (Rest){.metric = metric};
  Status status = read_classes(rows, in, &rest->classes);
  if (status) return status;
  rest->single = are_single(rows);
  return rest->single ? mlm_one_vs_rest_begin(&rest->decisions, rows, in->own, in->host) : MLM_OK;
}

static void end_rest(Rest *rest) {
  if (rest->single) mlm_one_vs_rest_end(&rest->decisions);
}

static Status rest_by_scores(const Rest *rest, uint32_t k, double *value, ExactSum *weight) {
  const Classes *classes = &rest->classes;
  const Host *host = classes->host;
  Scores *scores = mlm_new_zeroed(host, mlm_scores_state.bytes);
  if (!scores) return MLM_NOMEM;
  Status status = MLM_OK;
  for (uint64_t e = 0; e < mlm_rows_entries(classes->rows) && !status; e++) {
    RowsEntry entry = mlm_rows_entry(classes->rows, e);
    status = put(scores, &entry, k, class_of(classes, entry.x) == k, host);
    if (mlm_interrupted_at(e, host)) status = MLM_INTERRUPTED;
  }
  return finish(scores, status, rest->metric, value, weight, host);
}

/* Class k against the rest: the metric, and the weight of the class. */
static Status one_against_rest(Rest *rest, uint32_t k, double *value, ExactSum *weight) {
  uint64_t positives;
  if (!rest->single) return rest_by_scores(rest, k, value, weight);
  Status status = mlm_one_vs_rest_sort_class(&rest->decisions, k);
  if (status) return status;
  *value = value_of_decisions(rest->metric, &rest->decisions, &positives);
  *weight = (ExactSum){0};
  mlm_sum_add(weight, (double)positives, 1);
  return MLM_OK;
}

/* A mean of defined values, exact until it is rounded. */
typedef struct Average {
  ExactSum sum;
  int64_t n;
  ProductSum weighted;
  ExactSum weight;
} Average;

static void add_value(Average *average, double value, const ExactSum *weight) {
  ExactSum x = {0};
  if (!(value == value)) return;
  mlm_sum_add(&x, value, 1);
  mlm_sum_add(&average->sum, value, 1);
  mlm_product_add_sums(&average->weighted, &x, weight, 1);
  mlm_sum_add_sum(&average->weight, weight, 1);
  average->n++;
}

static void give_mean(const Average *average, bool weighted, Result *out) {
  double x = NAN;
  if (average->n > 0)
    x = weighted ? mlm_product_ratio(&average->weighted, &average->weight)
                 : mlm_sum_mean(&average->sum, average->n);
  mlm_result_real(out, x);
}

/* The mean over the classes, each against the rest. */
static Status over_classes(const Rows *rows, const Eval *in, Binary metric, bool weighted, Result *out) {
  Rest rest;
  Average average = {.n = 0};
  Status status = begin_rest(&rest, rows, in, metric);
  for (uint32_t k = 0; k < rest.classes.k && !status; k++) {
    double value;
    ExactSum weight;
    status = one_against_rest(&rest, k, &value, &weight);
    if (!status) add_value(&average, value, &weight);
  }
  end_rest(&rest);
  if (!status) give_mean(&average, weighted, out);
  return status;
}

/* The metric of all decisions pooled: K for each row, one for each class. */
static Status pooled(const Rows *rows, const Eval *in, Binary metric, Result *out) {
  Classes classes;
  Status status = read_classes(rows, in, &classes);
  if (status) return status;
  Scores *scores = mlm_new_zeroed(in->host, mlm_scores_state.bytes);
  if (!scores) return MLM_NOMEM;
  for (uint64_t e = 0; e < mlm_rows_entries(rows) && !status; e++) {
    RowsEntry entry = mlm_rows_entry(rows, e);
    for (uint32_t k = 0; k < classes.k && !status; k++)
      status = put(scores, &entry, k, class_of(&classes, entry.x) == k, in->host);
    if (mlm_interrupted_at(e, in->host)) status = MLM_INTERRUPTED;
  }
  double value;
  ExactSum weight;
  status = finish(scores, status, metric, &value, &weight, in->host);
  if (!status) mlm_result_real(out, value);
  return status;
}

/* ---- pooled decisions where every entry is one row ----
 *
 * What a positive counts of the negatives adds up over these, so those of one class at a time are sorted,
 * beside the positives: 16 to 20 bytes a row, where a score set of all decisions takes 8K.
 */

typedef struct PooledKeys {
  uint64_t *positive, *negative; /* ascending, as mlm_encode_score() gives them */
  size_t positives, negatives;
  U128 twice_u; /* twice the positives above each negative so far, and once those equal to it */
  uint32_t
      *count; /* the negatives from the i-th distinct positive up to the next, i from 1; NULL: not counted */
} PooledKeys;

/* The probabilities of the true classes. */
static Status gather_positives(const Classes *classes, PooledKeys *keys) {
  for (uint64_t e = 0; e < mlm_rows_entries(classes->rows); e++) {
    const double *x = mlm_rows_at(classes->rows, e);
    keys->positive[keys->positives++] = mlm_encode_score(x[class_of(classes, x)]);
  }
  return mlm_sort_keys(keys->positive, keys->positives, classes->host);
}

/* The probabilities of class k where it is not the true one. */
static Status gather_negatives(const Classes *classes, uint32_t k, PooledKeys *keys) {
  keys->negatives = 0;
  for (uint64_t e = 0; e < mlm_rows_entries(classes->rows); e++) {
    const double *x = mlm_rows_at(classes->rows, e);
    if (class_of(classes, x) != k) keys->negative[keys->negatives++] = mlm_encode_score(x[k]);
  }
  if (mlm_interrupted(classes->host)) return MLM_INTERRUPTED;
  return mlm_sort_keys(keys->negative, keys->negatives, classes->host);
}

static void add_to_u(PooledKeys *keys) {
  const size_t n = keys->positives;
  size_t below = 0, up_to = 0;
  uint64_t sum = 0; /* below 2^56 */
  for (size_t i = 0; i < keys->negatives; i++) {
    while (below < n && keys->positive[below] < keys->negative[i]) below++;
    while (up_to < n && keys->positive[up_to] <= keys->negative[i]) up_to++;
    sum += (n - below) + (n - up_to);
  }
  keys->twice_u = mlm_u128_sum(keys->twice_u, mlm_u128(sum));
}

static bool is_new(const PooledKeys *keys, size_t i) {
  return i == 0 || keys->positive[i] != keys->positive[i - 1];
}

static void add_to_counts(PooledKeys *keys) {
  size_t up_to = 0, distinct = 0;
  for (size_t i = 0; i < keys->negatives; i++) {
    for (; up_to < keys->positives && keys->positive[up_to] <= keys->negative[i]; up_to++)
      distinct += is_new(keys, up_to);
    keys->count[distinct]++;
  }
}

/* A cutoff matters at positives only, so negatives between two of them count as equal to the lower one. */
static double precision_of(PooledKeys *keys) {
  uint32_t *pair =
      (uint32_t *)(void *)keys->negative; /* no longer needed; there are no more pairs than rows */
  size_t distinct = 0;
  double value = NAN;
  pair[0] = keys->count[0];
  pair[1] = 0;
  for (size_t i = 0; i < keys->positives; i++) {
    distinct += is_new(keys, i);
    pair[2 * distinct] = keys->count[distinct];
    pair[2 * distinct + 1] = is_new(keys, i) ? 1 : pair[2 * distinct + 1] + 1;
  }
  mlm_ranking_of_counts(mlm_average_precision, pair, distinct + 1, &value);
  return value;
}

static Status add_classes(const Classes *classes, PooledKeys *keys) {
  Status status = gather_positives(classes, keys);
  for (uint32_t k = 0; k < classes->k && !status; k++) {
    status = gather_negatives(classes, k, keys);
    if (!status) (keys->count ? add_to_counts : add_to_u)(keys);
  }
  return status;
}

static Status pooled_of_single(const Classes *classes, bool precision, double *value) {
  const Host *host = classes->host;
  uint64_t n = mlm_rows_entries(classes->rows);
  PooledKeys keys = {.positive = host->realloc(NULL, (n + 1) * sizeof *keys.positive),
                     .negative = host->realloc(NULL, (n + 1) * sizeof *keys.negative),
                     .count = precision ? mlm_new_zeroed(host, (n + 1) * sizeof *keys.count) : NULL};
  bool memory = keys.positive && keys.negative && (keys.count || !precision);
  Status status = memory ? add_classes(classes, &keys) : MLM_NOMEM;
  if (!status) *value = precision ? precision_of(&keys) : mlm_auc_of(keys.twice_u, n * (classes->k - 1), n);
  host->free(keys.positive);
  host->free(keys.negative);
  host->free(keys.count);
  return status;
}

/* ---- pooled decisions of rows that are used up ---- */

static Status pooled_in_place(Rows *own, const Eval *in, Binary metric, double *value) {
  OneVsRest decisions;
  uint64_t positives;
  Status status = mlm_one_vs_rest_begin_pooled(&decisions, own, in->host);
  if (!status) status = mlm_one_vs_rest_sort_pooled(&decisions);
  if (!status) *value = value_of_decisions(metric, &decisions, &positives);
  mlm_one_vs_rest_end(&decisions);
  return status;
}

/* The metric of all decisions pooled. */
static Status micro(const Rows *rows, const Eval *in, Binary metric, Result *out) {
  Classes classes;
  double value;
  uint64_t n = mlm_rows_entries(rows);
  bool few = n * mlm_rows_columns(rows) <= UINT32_MAX; /* which counts of 32 bits hold */
  /* unreachable: the first condition, which takes 32 GiB of rows */
  if (!few || !are_single(rows)) return pooled(rows, in, metric, out);
  Status status = read_classes(rows, in, &classes);
  if (!status)
    status = in->own ? pooled_in_place(in->own, in, metric, &value)
                     : pooled_of_single(&classes, metric == PRECISION, &value);
  if (!status) mlm_result_real(out, value);
  return status;
}

/* ---- one class against another ---- */

/* The entries grouped by class: those of class c are at[first[c]] to at[first[c + 1] - 1]. */
typedef struct ByClass {
  uint32_t *at;
  uint64_t *first; /* K + 1 */
} ByClass;

static void free_groups(ByClass *groups, const Host *host) {
  host->free(groups->at);
  host->free(groups->first);
}

static Status group_by_class(const Classes *classes, ByClass *groups) {
  uint64_t n = mlm_rows_entries(classes->rows);
  /* unreachable: 96 GiB of rows */
  if (n > UINT32_MAX) return MLM_OVERFLOW;
  groups->first = mlm_new_zeroed(classes->host, ((uint64_t)classes->k + 2) * sizeof *groups->first);
  groups->at = classes->host->realloc(NULL, (n + 1) * sizeof *groups->at);
  if (!groups->first || !groups->at) return MLM_NOMEM;
  for (uint64_t e = 0; e < n; e++) groups->first[class_of(classes, mlm_rows_at(classes->rows, e)) + 2]++;
  for (uint32_t c = 2; c < classes->k + 2; c++) groups->first[c] += groups->first[c - 1];
  for (uint64_t e = 0; e < n; e++)
    groups->at[groups->first[class_of(classes, mlm_rows_at(classes->rows, e)) + 1]++] = (uint32_t)e;
  return MLM_OK;
}

static Status put_class(const Classes *classes, const ByClass *groups, uint32_t c, uint32_t column, int label,
                        Scores *scores) {
  Status status = MLM_OK;
  for (uint64_t i = groups->first[c]; i < groups->first[c + 1] && !status; i++) {
    RowsEntry entry = mlm_rows_entry(classes->rows, groups->at[i]);
    status = put(scores, &entry, column, label, classes->host);
  }
  return !status && mlm_interrupted(classes->host) ? MLM_INTERRUPTED : status;
}

/* Class a against class b by the probability of a: the AUC, and the weight of both classes. */
static Status one_against_one(const Classes *classes, const ByClass *groups, uint32_t a, uint32_t b,
                              double *value, ExactSum *weight) {
  Scores *scores = mlm_new_zeroed(classes->host, mlm_scores_state.bytes);
  if (!scores) return MLM_NOMEM;
  Status status = put_class(classes, groups, a, a, 1, scores);
  if (!status) status = put_class(classes, groups, b, a, 0, scores);
  if (!status) status = mlm_scores_state.seal(scores, classes->host);
  if (!status) {
    *value = mlm_roc_auc(scores, NULL);
    *weight = (ExactSum){0};
    mlm_scores_add_weights(scores, weight);
    if (mlm_scores_walk_ended_early(scores)) status = MLM_INTERRUPTED;
  }
  drop(scores, classes->host);
  return status;
}

static Status over_pairs(const Rows *rows, const Eval *in, bool weighted, Result *out) {
  Classes classes;
  ByClass groups = {NULL, NULL};
  Average average = {.n = 0};
  Status status = read_classes(rows, in, &classes);
  if (!status) status = group_by_class(&classes, &groups);
  for (uint32_t a = 0; a < classes.k && !status; a++)
    for (uint32_t b = 0; b < classes.k && !status; b++) {
      double value;
      ExactSum weight;
      if (a == b) continue;
      status = one_against_one(&classes, &groups, a, b, &value, &weight);
      if (!status) add_value(&average, value, &weight);
    }
  free_groups(&groups, in->host);
  if (!status) give_mean(&average, weighted, out);
  return status;
}

/* ---- the metrics ---- */

static Status auc_ovr_macro(const Rows *rows, const Eval *in, Result *out) {
  return over_classes(rows, in, AUC, false, out);
}
static Status auc_ovr_weighted(const Rows *rows, const Eval *in, Result *out) {
  return over_classes(rows, in, AUC, true, out);
}
static Status auc_ovr_micro(const Rows *rows, const Eval *in, Result *out) {
  return micro(rows, in, AUC, out);
}
static Status auc_ovo_macro(const Rows *rows, const Eval *in, Result *out) {
  return over_pairs(rows, in, false, out);
}
static Status auc_ovo_weighted(const Rows *rows, const Eval *in, Result *out) {
  return over_pairs(rows, in, true, out);
}
static Status precision_macro(const Rows *rows, const Eval *in, Result *out) {
  return over_classes(rows, in, PRECISION, false, out);
}
static Status precision_weighted(const Rows *rows, const Eval *in, Result *out) {
  return over_classes(rows, in, PRECISION, true, out);
}
static Status precision_micro(const Rows *rows, const Eval *in, Result *out) {
  return micro(rows, in, PRECISION, out);
}

static Status auc_per_class(const Rows *rows, const Eval *in, Result *out) {
  Rest rest;
  Status status = begin_rest(&rest, rows, in, AUC);
  StrBuf *text = mlm_result_bytes(out, RESULT_JSON);
  for (uint32_t k = 0; k < rest.classes.k && !status; k++) {
    double value;
    ExactSum weight;
    status = one_against_rest(&rest, k, &value, &weight);
    mlm_str_put(text, k > 0 ? "," : "[");
    if (!status) mlm_str_number(text, value);
  }
  mlm_str_put(text, "]");
  end_rest(&rest);
  return status;
}

#define COST                                                                                                 \
  "A value sorts each of the K columns: O(K n log n). " MLM_IN_PLACE                                         \
  " Where K exceeds 511, at most 8 bytes a row more."
#define SPREAD                                                                                               \
  .args = {ARG_PROBS_VARIADIC, ARG_CLASS_INDEX}, .required = 2, .state_name = "class_probs", .cost = COST
#define VECTOR                                                                                               \
  .args = {ARG_PROBS, ARG_CLASS_INDEX, ARG_WEIGHT}, .required = 2, .state_name = "class_probs", .cost = COST
#define PAIR      .args = {ARG_PROBS, ARG_CLASS_INDEX}, .required = 2, .state_name = "class_probs"
#define PAIR_COST .cost = "A value sorts 2(K - 1) probabilities a row: O(K n log n)."
#define ON_FIVE                                                                                              \
  "FROM (VALUES ('[.9,.05,.05]', 0), ('[.05,.9,.05]', 1), ('[.05,.05,.9]', 1), ('[.85,.05,.1]', 2), "        \
  "('[.1,.1,.8]', 2))"
#define SPREAD_ON_FIVE                                                                                       \
  "(column1, column2, column3, column4) FROM (VALUES (.9, .05, .05, 0), (.05, .9, .05, 1), "                 \
  "(.05, .05, .9, 1), (.85, .05, .1, 2), (.1, .1, .8, 2))"
/* A metric in both forms: of numbers spread over the arguments, and of vectors. */
#define BOTH(f, kind, interval_, formula_, text)                                                             \
  {SPREAD,                                                                                                   \
   .name = f,                                                                                                \
   MLM_OF_ROWS(formula_),                                                                                    \
   .interval = interval_,                                                                                    \
   .result = kind,                                                                                           \
   .summary = text,                                                                                          \
   .example = "SELECT " f SPREAD_ON_FIVE},                                                                   \
  {                                                                                                          \
    VECTOR, .name = f, MLM_OF_ROWS(formula_), .interval = interval_, .result = kind, .summary = text,        \
            .example = "SELECT " f "(column1, column2) " ON_FIVE                                             \
  }

static const Metric metrics[] = {
    BOTH("roc_auc_ovr_macro", RESULT_REAL, &mlm_percentile_interval, auc_ovr_macro,
         "Mean over the classes of roc_auc, each class against the rest, as in scikit-learn's "
         "multi_class='ovr'; a class "
         "without positives or negatives is left out, NULL if all are."),
    BOTH("roc_auc_ovr_weighted", RESULT_REAL, &mlm_percentile_interval, auc_ovr_weighted,
         "Mean over the classes of roc_auc, each class against the rest, weighted by the number of rows of "
         "the class; "
         "a class without positives or negatives is left out, NULL if all are."),
    BOTH("roc_auc_ovr_micro", RESULT_REAL, &mlm_percentile_interval, auc_ovr_micro,
         "The roc_auc of all classes of all rows pooled: each probability is a score, its label whether the "
         "class is the true one."),
    BOTH("average_precision_macro", RESULT_REAL, &mlm_percentile_interval, precision_macro,
         "Mean over the classes of average_precision, each class against the rest; a class without rows is "
         "left out."),
    BOTH("average_precision_weighted", RESULT_REAL, &mlm_percentile_interval, precision_weighted,
         "Mean over the classes of average_precision, weighted by the number of rows of the class."),
    BOTH("average_precision_micro", RESULT_REAL, &mlm_percentile_interval, precision_micro,
         "average_precision of all K decisions of all rows pooled."),
    BOTH("roc_auc_per_class", RESULT_JSON, NULL, auc_per_class,
         "JSON array: the roc_auc of each class against the rest; null where it is undefined."),
    {PAIR, PAIR_COST, .name = "roc_auc_ovo_macro", MLM_OF_ROWS(auc_ovo_macro),
     .interval = &mlm_percentile_interval,
     .summary = "Hand and Till's AUC: mean over all pairs of classes of the AUC of one against the other, as "
                "in scikit-learn's multi_class='ovo'; pairs without rows of both classes are left out.",
     .example = "SELECT roc_auc_ovo_macro(column1, column2) " ON_FIVE},
    {PAIR, PAIR_COST, .name = "roc_auc_ovo_weighted", MLM_OF_ROWS(auc_ovo_weighted),
     .interval = &mlm_percentile_interval,
     .summary = "The mean of roc_auc_ovo_macro, weighted by the number of rows of the two classes.",
     .example = "SELECT roc_auc_ovo_weighted(column1, column2) " ON_FIVE},
    {0},
};

const Family mlm_multiclass = {.name = "multiclass", .metrics = metrics};
