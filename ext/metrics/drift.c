/* Drift: how far current rows are from a reference, of values, of classes and of saved sets. */
#include "base/json_members.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/drift_bins.h"
#include "metrics/intervals.h"

/* ---- values ---- */

static bool has_both(const Scores *scores) {
  ScoreTotals all = mlm_scores_totals(scores);
  return all.neg_weight > 0 && all.pos_weight > 0;
}

static Status shares_of_bins(const Scores *scores, const Eval *in, Shares *shares) {
  DriftBins bins;
  DriftCursor at;
  *shares = (Shares){.n = 0};
  Status status = mlm_drift_bins(scores, in, &bins);
  if (!status) status = mlm_shares_new(shares, bins.n + 1, in->host);
  if (!status) mlm_drift_begin(&at, scores, &bins);
  while (!status && mlm_drift_next(&at)) {
    shares->a[at.bin] = at.share[0];
    shares->b[at.bin] = at.share[1];
  }
  mlm_drift_bins_clear(&bins, in->host);
  return status;
}

/* NULL where a sample has no rows. */
static Status of_bins(const Scores *scores, double (*distance)(const Shares *), const Eval *in, Result *out) {
  Shares shares;
  if (!has_both(scores)) return MLM_OK;
  Status status = shares_of_bins(scores, in, &shares);
  if (!status) mlm_result_real(out, distance(&shares));
  in->host->free(shares.a);
  return status;
}

static Status psi(const Scores *scores, const Eval *in, Result *out) {
  return of_bins(scores, mlm_psi, in, out);
}
static Status hellinger(const Scores *scores, const Eval *in, Result *out) {
  return of_bins(scores, mlm_hellinger, in, out);
}
static Status js_distance(const Scores *scores, const Eval *in, Result *out) {
  return of_bins(scores, mlm_js_distance, in, out);
}
static Status total_variation(const Scores *scores, const Eval *in, Result *out) {
  return of_bins(scores, mlm_total_variation, in, out);
}

/* ---- Wasserstein ---- */

/* Adds x·k to the sum, k < 2^124. */
static void add_times_u128(ProductSum *sum, double x, U128 k) {
  const uint64_t mask = ((uint64_t)1 << 62) - 1, low = k.lo & mask,
                 high = mlm_u128_shift_right(k, 62).lo & mask;
  if (low > 0) mlm_product_add_times(sum, x, 1, low, 1);
  if (high > 0) mlm_product_add_times(sum, x, 0x1p62, high, 1);
}

/* What a walk over two samples adds up: Σ (to - from)·|F₀ - F₁| over neighbouring values, where F₀ and F₁ are
 * the shares of the samples up to `from`. Where all weights are integral it is the exact sum, times the
 * number of pairs of rows; otherwise each |F₀ - F₁| is rounded once. */
typedef struct Area {
  ScoreTotals all;
  ExactSum total[2];
  ProductSum pairs, sum;
} Area;

static void add_gap(Area *area, const ScoreWalk *walk, double from, double to) {
  ProductSum *sum = &area->sum;
  if (mlm_walk_is_exact(walk)) {
    const ScoreTotals *all = &area->all;
    U128 a = mlm_u128_product((uint64_t)walk->fp_count, (uint64_t)all->pos_count),
         b = mlm_u128_product((uint64_t)walk->tp_count, (uint64_t)all->neg_count);
    U128 gap = mlm_u128_less(a, b) ? mlm_u128_difference(b, a) : mlm_u128_difference(a, b);
    if (mlm_u128_is_zero(gap)) return;
    add_times_u128(sum, to, gap);
    add_times_u128(sum, -from, gap);
    return;
  }
  ProductSum gap = {0};
  mlm_product_add_sums(&gap, mlm_walk_weight(walk, 0), &area->total[1], 1);
  mlm_product_add_sums(&gap, mlm_walk_weight(walk, 1), &area->total[0], -1);
  double size = fabs(mlm_product_ratio_products(&gap, &area->pairs));
  if (size == 0) return;
  mlm_product_add(sum, to, size, 1);
  mlm_product_add(sum, -from, size, 1);
}

static double wasserstein(const Scores *scores, const Eval *in) {
  Area area = {.all = mlm_scores_totals(scores)};
  ScoreWalk walk;
  if (!has_both(scores)) return NAN;
  for (int label = 0; label < 2; label++) mlm_scores_add_weight(scores, label, &area.total[label]);
  mlm_product_add_sums(&area.pairs, &area.total[0], &area.total[1], 1);
  mlm_walk_up(&walk, scores);
  for (bool ahead = mlm_walk_next(&walk); ahead;) {
    double from = walk.score, to = mlm_walk_ahead(&walk);
    if (to == to) add_gap(&area, &walk, from, to);
    ahead = mlm_walk_next(&walk);
  }
  bool times_pairs = mlm_walk_is_exact(&walk);
  return times_pairs ? mlm_product_ratio_products(&area.sum, &area.pairs) : mlm_product_round(&area.sum);
}

/* ---- classes ---- */

/* The place of sample 0 or 1 among the classes; the number of classes where it is not among them. */
static size_t rank_of(const ConfusionMatrix *matrix, int64_t sample) {
  size_t n = mlm_confusion_matrix_classes(matrix), i = 0;
  for (ClassTotals totals; i < n; i++) {
    mlm_confusion_matrix_class(matrix, i, &totals);
    if (totals.name.type == CLASS_INTEGER && totals.name.integer == sample) break;
  }
  return i;
}

static Status refuse(const char *why, Result *out) {
  out->why = why;
  return MLM_REFUSED;
}

static Status shares_of_classes(const ConfusionMatrix *matrix, const Eval *in, Shares *shares, Result *out) {
  size_t n = mlm_confusion_matrix_classes(matrix), sample[2] = {rank_of(matrix, 0), rank_of(matrix, 1)};
  ClassTotals totals[2] = {{.labelled = NULL}};
  PairTotal pair;
  uint64_t cursor = 0;
  Status status = mlm_shares_new(shares, n, in->host);
  if (status) return status;
  for (int i = 0; i < 2; i++)
    if (sample[i] < n) mlm_confusion_matrix_class(matrix, sample[i], &totals[i]);
  while (mlm_confusion_matrix_next_pair(matrix, &cursor, &pair)) {
    bool current = pair.label == sample[1];
    if (!current && pair.label != sample[0])
      return refuse("every label of the class set must be 0 for the reference or 1 for the current rows",
                    out);
    double share = mlm_weight_sum_ratio(pair.rows, totals[current].labelled);
    (current ? shares->b : shares->a)[pair.pred] = share;
  }
  return MLM_OK;
}

static bool is_empty(const double *share, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (share[i] > 0) return false;
  return true;
}

static Status of_classes(const ConfusionMatrix *matrix, double (*distance)(const Shares *), const Eval *in,
                         Result *out) {
  Shares shares;
  if (!in->sample && mlm_confusion_matrix_has_values(matrix, 0))
    return refuse("the classes are numbers that hardly repeat; the function without _classes takes numbers",
                  out);
  Status status = shares_of_classes(matrix, in, &shares, out);
  if (!status && !is_empty(shares.a, shares.n) && !is_empty(shares.b, shares.n))
    mlm_result_real(out, distance(&shares));
  in->host->free(shares.a);
  return status;
}

static Status psi_classes(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  return of_classes(matrix, mlm_psi, in, out);
}
static Status hellinger_classes(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  return of_classes(matrix, mlm_hellinger, in, out);
}
static Status js_distance_classes(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  return of_classes(matrix, mlm_js_distance, in, out);
}
static Status total_variation_classes(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  return of_classes(matrix, mlm_total_variation, in, out);
}

/* ---- of a saved set ---- */

/* Without drift PSI is (1/n₀ + 1/n₁) times a chi-squared of bins - 1 degrees of freedom, nearly. */
static Status psi_expected(const Row *row, const Eval *in, Result *out) {
  const Scores *scores = row->sets[0].state;
  ScoreTotals all = mlm_scores_totals(scores);
  Shares shares;
  if (!has_both(scores)) return MLM_OK;
  Status status = shares_of_bins(scores, in, &shares);
  if (!status) {
    double value = mlm_psi(&shares), df = (double)shares.n - 1;
    /* Weights that do not count rows say nothing of chance. */
    double unit = all.integral ? 1 / all.neg_weight + 1 / all.pos_weight : NAN;
    double p_value = all.integral ? 1 : NAN;
    if (all.integral && df > 0) p_value = mlm_chi2_sf(value / unit, df);
    StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
    mlm_str_put(json, "{");
    mlm_json_number(json, "psi", value);
    mlm_json_number(json, "expected", df * unit);
    mlm_json_number(json, "p_value", p_value);
    mlm_json_integer(json, "bins", (int64_t)shares.n);
    if (!all.integral) mlm_json_text(json, "note", MLM_NOTE_FRACTIONAL);
    mlm_str_put(json, "}");
  }
  in->host->free(shares.a);
  if (!status && mlm_scores_walk_ended_early(scores)) status = MLM_INTERRUPTED;
  return status;
}

typedef struct PsiCursor {
  bool started;
  DriftBins bins;
  DriftCursor at;
} PsiCursor;

static Status psi_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  PsiCursor *psi_at = cursor;
  const Scores *scores = row->sets[0].state;
  Status status = MLM_OK;
  *more = false;
  if (!psi_at->started) {
    psi_at->started = true;
    if (!has_both(scores)) return MLM_OK;
    status = mlm_drift_bins(scores, in, &psi_at->bins);
    if (!status) mlm_drift_begin(&psi_at->at, scores, &psi_at->bins);
  }
  *more = !status && mlm_drift_next(&psi_at->at);
  return !status && mlm_scores_walk_ended_early(scores) ? MLM_INTERRUPTED : status;
}

static void psi_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const DriftCursor *at = &((const PsiCursor *)cursor)->at;
  size_t n = at->bins->n;
  const double a = at->share[0], b = at->share[1];
  switch (column) {
  case 0: mlm_cell_integer(cell, (int64_t)at->bin); break;
  case 1: mlm_cell_real(cell, at->bin == 0 ? -INFINITY : at->bins->edge[at->bin - 1]); break;
  case 2: mlm_cell_real(cell, at->bin == n ? INFINITY : at->bins->edge[at->bin]); break;
  case 3: mlm_cell_real(cell, a); break;
  case 4: mlm_cell_real(cell, b); break;
  default: mlm_cell_real(cell, mlm_psi_term(a, b));
  }
}

static void psi_clear(void *cursor, const Host *host) {
  mlm_drift_bins_clear(&((PsiCursor *)cursor)->bins, host);
}

/* ---- tables ---- */

#define VALUES                                                                                               \
  .args = {ARG_VALUE, ARG_SAMPLE, ARG_DRIFT_BINS, ARG_WEIGHT}, .required = 2, .state_name = "score_set"
#define CLASSES                                                                                              \
  .args = {ARG_VALUE_CLASS, ARG_SAMPLE_CLASS, ARG_WEIGHT}, .required = 2, .state_name = "class_set"
#define TEN      " FROM (VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (2, 1), (3, 1), (5, 1), (6, 1), (7, 1))"
#define ON_TEN   "(column1, column2, 2)" TEN
#define ON_NAMES "(column1, column2) FROM (VALUES ('a', 0), ('a', 0), ('b', 0), ('a', 1), ('b', 1), ('c', 1))"
#define BINS     " over bins by quantiles of the reference (sample 0); NULL where a sample has no rows."

static const Metric metrics[] = {
    {.name = "psi",
     VALUES,
     MLM_OF_SCORES_FULL(psi),
     .interval = &mlm_drift_interval,
     .summary = "Population stability index, the sum of (current share - reference share) · ln(current / "
                "reference)" BINS " A share below 1e-4 counts as 1e-4. psi_expected(set) says what chance "
                "alone gives.",
     .example = "SELECT psi" ON_TEN},
    {.name = "hellinger",
     VALUES,
     MLM_OF_SCORES_FULL(hellinger),
     .interval = &mlm_ks_interval,
     .summary = "Hellinger distance of two samples, 0 to 1," BINS,
     .example = "SELECT hellinger" ON_TEN},
    {.name = "js_distance",
     VALUES,
     MLM_OF_SCORES_FULL(js_distance),
     .interval = &mlm_ks_interval,
     .summary =
         "Jensen-Shannon distance of two samples, the root of the divergence in nats, 0 to 0.8326," BINS,
     .example = "SELECT js_distance" ON_TEN},
    {.name = "total_variation",
     VALUES,
     MLM_OF_SCORES_FULL(total_variation),
     .interval = &mlm_ks_interval,
     .summary = "Total variation distance of two samples, half the sum of |current share - reference share|, "
                "0 to 1," BINS,
     .example = "SELECT total_variation" ON_TEN},
    {.name = "wasserstein",
     .args = {ARG_VALUE, ARG_SAMPLE, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES(wasserstein),
     .interval = &mlm_drift_interval,
     .summary = "Wasserstein (earth mover's) distance of two samples: the area between their distribution "
                "functions, in the unit of the value; NULL where a sample has no rows.",
     .example = "SELECT wasserstein(column1, column2)" TEN},
    {.name = "psi_classes",
     CLASSES,
     MLM_OF_COUNTS(psi_classes),
     .interval = &mlm_class_drift_interval,
     .summary = "Population stability index of classes: psi with a bin for each class, 0 if only one class "
                "occurs. A class is any value; NULL where a sample has no rows.",
     .example = "SELECT psi_classes" ON_NAMES},
    {.name = "hellinger_classes",
     CLASSES,
     MLM_OF_COUNTS(hellinger_classes),
     .interval = &mlm_class_distance_interval,
     .summary = "Hellinger distance of two samples of classes, 0 to 1; NULL where a sample has no rows.",
     .example = "SELECT hellinger_classes" ON_NAMES},
    {.name = "js_distance_classes",
     CLASSES,
     MLM_OF_COUNTS(js_distance_classes),
     .interval = &mlm_class_distance_interval,
     .summary = "Jensen-Shannon distance of two samples of classes, the root of the divergence in nats, 0 to "
                "0.8326; NULL where a sample has no rows.",
     .example = "SELECT js_distance_classes" ON_NAMES},
    {.name = "total_variation_classes",
     CLASSES,
     MLM_OF_COUNTS(total_variation_classes),
     .interval = &mlm_class_distance_interval,
     .summary =
         "Total variation distance of two samples of classes, 0 to 1; NULL where a sample has no rows.",
     .example = "SELECT total_variation_classes" ON_NAMES},
    {0},
};

#define TWO_SAMPLES "((SELECT score_set(column1, column2)" TEN "), 2)"

static const Scalar scalars[] = {
    {.name = "psi_expected",
     .args = {ARG_SCORE_SET, ARG_DRIFT_BINS},
     .required = 1,
     .eval = psi_expected,
     .result = RESULT_JSON,
     .summary =
         "JSON of the psi of a set (label 0: reference, 1: current) beside what chance alone gives: psi, "
         "expected ((bins - 1)(1/n0 + 1/n1)), p_value (chi-squared), bins; expected and p_value are null "
         "where a weight is not integral.",
     .example = "SELECT psi_expected" TWO_SAMPLES},
    {0},
};

static const TableFunction tables[] = {
    {.name = "psi_table",
     .columns = "bin, lo, hi, reference_share, current_share, psi",
     .args = {ARG_SCORE_SET, ARG_DRIFT_BINS},
     .required = 1,
     .cursor_bytes = sizeof(PsiCursor),
     .next = psi_next,
     .column = psi_column,
     .clear = psi_clear,
     .summary =
         "The bins (lo, hi] of psi over a set (label 0: reference, 1: current), with the share of each "
         "sample and the part of psi.",
     .example = "SELECT * FROM psi_table" TWO_SAMPLES},
    {0},
};

const Family mlm_drift = {.name = "drift", .metrics = metrics, .scalars = scalars, .tables = tables};
