/* Calibration errors: how far scores are from the share of positives among the rows with such scores. */
#include "metrics/calibration.h"

#include "metrics/binned_curves.h"
#include "metrics/bootstrap_forms.h"

/* Adds count rows, of weight 1 or of a fractional weight. */
static void add(WeightedSum *sum, double x, double weight, int64_t count) {
  if (weight == 1)
    mlm_sum_add_times(&sum->whole, x, (uint64_t)count, 1);
  else
    mlm_product_add_times(&sum->other, x, weight, (uint64_t)count, 1);
}

static ProductSum sum_of(const WeightedSum *sum) {
  ProductSum all = sum->other;
  mlm_product_add_sum(&all, &sum->whole, 1);
  return all;
}

/* A pass meets the bins in order, so only one is open at a time. */
typedef struct CalibrationScan {
  double bins;
  const Edges *edges; /* in place of a number of bins; NULL: none */
  double bin;         /* the open one; -1: none yet */
  double low;         /* scores not below this are in the bin */
  CalibrationBin open;
  ProductSum error;  /* Σ |gap| of the bins closed */
  ProductSum square; /* Σ gap² / weight of them */
  double most;       /* the largest |gap| / weight of one of them */
} CalibrationScan;

/* Adds count rows to the sums of a bin. */
static void put_in_bin(CalibrationBin *bin, double score, int label, double weight, int64_t count) {
  add(&bin->gap, score, weight, count);
  if (weight == 1) {
    bin->rows += count;
    bin->hits += label ? count : 0;
    return;
  }
  mlm_sum_add_times(&bin->weight, weight, (uint64_t)count, 1);
  if (label) mlm_product_add_times(&bin->gap.other, 1, weight, (uint64_t)count, -1);
}

static void close_bin(CalibrationScan *scan, CalibrationBin *bin) {
  mlm_sum_add_integer(&bin->gap.whole, -bin->hits);
  mlm_sum_add_integer(&bin->weight, bin->rows);
  ProductSum gap = sum_of(&bin->gap);
  double mean = mlm_product_ratio(&gap, &bin->weight);
  mlm_product_add_products(&scan->error, &gap, mean < 0 ? -1 : 1);
  if (fabs(mean) > scan->most) scan->most = fabs(mean);
  ExactSum squared = {0};
  mlm_sum_add(&squared, mean * mean, 1);
  mlm_product_add_sums(&scan->square, &squared, &bin->weight, 1);
  memset(bin, 0, sizeof *bin);
}

static void close_open(CalibrationScan *scan) {
  if (scan->bin >= 0) close_bin(scan, &scan->open);
}

static double lower_edge(const CalibrationScan *scan, double bin) {
  if (scan->edges) return bin == 0 ? -INFINITY : scan->edges->at[(size_t)bin];
  return bin / scan->bins * (1 + 0x1p-50); /* not below the bin's edge */
}

static double bin_of(const CalibrationScan *scan, double score) {
  if (!scan->edges) return mlm_bin_of(score, scan->bins);
  return (double)mlm_edges_up_to(scan->edges->at + 1, scan->edges->n - 2, score);
}

static void go_to_bin(CalibrationScan *scan, double bin) {
  if (bin == scan->bin) return;
  close_open(scan);
  scan->bin = bin;
  scan->low = lower_edge(scan, bin);
}

typedef struct GroupVisit {
  CalibrationBin *bin;
  double score;
  int label;
} GroupVisit;

static void put_weight(void *context, double weight, int64_t count) {
  const GroupVisit *at = context;
  put_in_bin(at->bin, at->score, at->label, weight, count);
}

/* Adds the rows of a score to the open bin. */
static void put_group(CalibrationScan *scan, const ScoreWalk *walk) {
  for (int label = 0; label < 2; label++) {
    int64_t count = label ? walk->pos_count : walk->neg_count;
    if (!mlm_walk_is_exact(walk))
      mlm_walk_visit(walk, label, put_weight, &(GroupVisit){&scan->open, walk->score, label});
    else if (count > 0)
      put_in_bin(&scan->open, walk->score, label, 1, count);
  }
}

static void scan_quantiles(CalibrationScan *scan, const Scores *scores, const Params *params) {
  BinCursor at;
  mlm_start_bins(&at, scores, params);
  for (; at.ahead; at.ahead = mlm_walk_next(&at.walk)) {
    go_to_bin(scan, mlm_bin_here(&at));
    put_group(scan, &at.walk);
  }
}

static void scan_intervals(CalibrationScan *scan, const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    if (scan->bin < 0 || walk.score < scan->low) go_to_bin(scan, bin_of(scan, walk.score));
    put_group(scan, &walk);
  }
}

static bool by_quantiles(const Params *params) { return params->number[1] == 1 && !mlm_edges_of(params); }

static void begin_calibration(CalibrationScan *scan, const Params *params) {
  memset(scan, 0, sizeof *scan);
  scan->edges = mlm_edges_of(params);
  scan->bins = params->number[0];
  scan->bin = -1;
}

static void calibrate(const Scores *scores, const Params *params, CalibrationScan *scan) {
  begin_calibration(scan, params);
  if (by_quantiles(params))
    scan_quantiles(scan, scores, params);
  else
    scan_intervals(scan, scores);
  close_open(scan);
}

static double ece(const Scores *scores, const Eval *in) {
  CalibrationScan scan;
  ExactSum rows = {0};
  mlm_scores_add_weights(scores, &rows);
  calibrate(scores, in->params, &scan);
  return mlm_product_ratio(&scan.error, &rows);
}

static double mce(const Scores *scores, const Eval *in) {
  CalibrationScan scan;
  calibrate(scores, in->params, &scan);
  return scan.most;
}

static double rmsce(const Scores *scores, const Eval *in) {
  CalibrationScan scan;
  ExactSum rows = {0};
  mlm_scores_add_weights(scores, &rows);
  calibrate(scores, in->params, &scan);
  return sqrt(mlm_product_ratio(&scan.square, &rows));
}

/* ---- rows counted by score and label ---- */

enum { AT_ONCE = 512 };

/* Scores whose sum is still to be added to the open bin: each as often as it occurs. */
enum { OFTEN = 4 };
typedef struct PendingScores {
  double score[AT_ONCE + OFTEN];
  size_t n;
} PendingScores;

static void add_pending(CalibrationScan *scan, PendingScores *pending) {
  mlm_sum_add_all(&scan->open.gap.whole, pending->score, pending->n);
  pending->n = 0;
}

/* Counts are random, so that a branch on a small one is a misprediction: all OFTEN places are written, and
 * some are kept. */
static inline void add_score(CalibrationScan *scan, double score, uint32_t rows, PendingScores *pending) {
  if (rows > OFTEN) {
    mlm_sum_add_times(&scan->open.gap.whole, score, rows, 1);
    return;
  }
  for (int k = 0; k < OFTEN; k++) pending->score[pending->n + k] = score;
  pending->n += rows;
  if (pending->n >= AT_ONCE) add_pending(scan, pending);
}

/* Returns the number of rows. */
static int64_t calibrate_counts(const double *score, const uint32_t *count, uint64_t distinct,
                                CalibrationScan *scan) {
  PendingScores pending = {.n = 0};
  int64_t n = 0;
  for (uint64_t i = distinct; i-- > 0;) {
    uint32_t hits = count[2 * i + 1], rows = count[2 * i] + hits;
    if (scan->bin < 0 || score[i] < scan->low) {
      if (rows == 0) continue;
      add_pending(scan, &pending);
      go_to_bin(scan, bin_of(scan, score[i]));
    }
    n += rows;
    scan->open.rows += rows;
    scan->open.hits += hits;
    add_score(scan, score[i], rows, &pending);
  }
  add_pending(scan, &pending);
  close_open(scan);
  return n;
}

bool mlm_calibration_of_counts(ScoresFormula *formula, const Params *params, const double *score,
                               const uint32_t *count, uint64_t distinct, double *value) {
  bool mean = formula == ece, most = formula == mce, root = formula == rmsce;
  if ((!mean && !most && !root) || by_quantiles(params)) return false;
  CalibrationScan scan;
  ExactSum rows = {0};
  begin_calibration(&scan, params);
  mlm_sum_add_integer(&rows, calibrate_counts(score, count, distinct, &scan));
  *value = most ? scan.most : mlm_product_ratio(mean ? &scan.error : &scan.square, &rows);
  if (root) *value = sqrt(*value);
  return true;
}

/* The bin of p. Scores of one class come in order, so it is nearly always the one before. */
static inline CalibrationBin *bin_at(ProbabilityScan *scan, double p) {
  if (!(p >= scan->low && p < scan->high)) {
    scan->at = (int)mlm_bin_of(p, USUAL_BINS);
    scan->low = scan->at / (double)USUAL_BINS * (1 + 0x1p-50);
    scan->high = (scan->at + 1) / (double)USUAL_BINS * (1 - 0x1p-50);
  }
  return &scan->bin[scan->at];
}

/* mlm_log_loss() of a constant label. */
static inline double log_loss_at(double p, int label) {
  double clipped = mlm_clipped(p);
  return label ? 0.0 - mlm_log(clipped) : mlm_neg_log_complement(clipped);
}

/* Adds rows to log_loss, brier and their bin. */
static Status add_losses(void *context, double p, int label, double weight, int64_t count) {
  ProbabilityScan *scan = context;
  double miss = p - label;
  add(&scan->log_loss, log_loss_at(p, label), weight, count);
  add(&scan->brier, miss * miss, weight, count);
  put_in_bin(bin_at(scan, p), p, label, weight, count);
  return MLM_OK;
}

/* The three sums over p[0] to p[n - 1], 0 < n <= AT_ONCE: ascending, of rows of weight 1 and one class. */

static void add_log_losses(ExactSum *sum, const double *p, size_t n, int label) {
  double clipped[AT_ONCE], loss[AT_ONCE];
  bool inside = mlm_clipped(p[0]) == p[0] && mlm_clipped(p[n - 1]) == p[n - 1];
  for (size_t i = 0; i < n && !inside; i++) clipped[i] = mlm_clipped(p[i]);
  mlm_log_losses(inside ? p : clipped, loss, n, label);
  mlm_sum_add_all(sum, loss, n);
}

static void add_squares(ExactSum *sum, const double *p, size_t n, int label) {
  double square[AT_ONCE];
  for (size_t i = 0; i < n; i++) square[i] = (p[i] - label) * (p[i] - label);
  mlm_sum_add_all(sum, square, n);
}

static void add_to_bins(ProbabilityScan *scan, const double *p, size_t n, int label) {
  for (size_t i = 0, from; (from = i) < n;) {
    CalibrationBin *bin = bin_at(scan, p[i]);
    if (p[n - 1] < scan->high) i = n;
    while (i < n && (i == from || p[i] < scan->high)) i++;
    mlm_sum_add_all(&bin->gap.whole, p + from, i - from);
    bin->rows += (int64_t)(i - from);
    bin->hits += label ? (int64_t)(i - from) : 0;
  }
}

static Status add_block(void *context, const uint64_t *key, uint64_t n, int label) {
  ProbabilityScan *scan = context;
  double p[AT_ONCE];
  for (uint64_t i = 0; i < n; i += AT_ONCE) {
    size_t few = (size_t)(n - i < AT_ONCE ? n - i : AT_ONCE);
    for (size_t k = 0; k < few; k++) p[k] = mlm_decode_nonneg(key[i + k]);
    add_log_losses(&scan->log_loss.whole, p, few, label);
    add_squares(&scan->brier.whole, p, few, label);
    add_to_bins(scan, p, few, label);
  }
  return MLM_OK;
}

void mlm_probabilities_scan(ProbabilityScan *scan, const Scores *scores) {
  memset(scan, 0, sizeof *scan);
  mlm_scores_add_weights(scores, &scan->weight);
  mlm_scores_visit_blocks(scores, add_block, add_losses, scan);
}

double mlm_probabilities_log_loss(const ProbabilityScan *scan) {
  ProductSum sum = sum_of(&scan->log_loss);
  return mlm_product_ratio(&sum, &scan->weight);
}

double mlm_probabilities_brier(const ProbabilityScan *scan) {
  ProductSum sum = sum_of(&scan->brier);
  return mlm_product_ratio(&sum, &scan->weight);
}

double mlm_probabilities_ece(ProbabilityScan *scan) {
  CalibrationScan closed;
  memset(&closed, 0, sizeof closed);
  for (int i = 0; i < USUAL_BINS; i++)
    if (scan->bin[i].rows > 0 || scan->bin[i].weight.range.reach > 0) close_bin(&closed, &scan->bin[i]);
  return mlm_product_ratio(&closed.error, &scan->weight);
}

#define ON_FOUR " FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"

static const Metric metrics[] = {
    {.name = "ece",
     .args = {ARG_PROB, ARG_LABEL, ARG_BINS_OR_EDGES, ARG_STRATEGY, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES(ece),
     .interval = &mlm_calibration_interval,
     .summary =
         "Expected calibration error: the mean over the rows of |mean score - share of positives| of "
         "their bin. "
         "Bin i is [i/bins, (i+1)/bins) in exact arithmetic (the double 0.3 is below 3/10), and 1 is in "
         "the last; 'quantile': edges are quantiles of the scores, as in NumPy, and a score on an edge is in "
         "the bin below. For many classes: "
         "ece(vector_at(PROBS, argmax(PROBS)), argmax(PROBS) = to_number(class)).",
     .example = "SELECT ece(column1, column2, 5)" ON_FOUR},
    {.name = "mce",
     .args = {ARG_PROB, ARG_LABEL, ARG_BINS_OR_EDGES, ARG_STRATEGY, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES(mce),
     .interval = &mlm_calibration_interval,
     .summary =
         "Maximum calibration error: the largest |mean score - share of positives| of a bin that has rows.",
     .example = "SELECT mce(column1, column2, 5)" ON_FOUR},
    {.name = "rmsce",
     .args = {ARG_PROB, ARG_LABEL, ARG_BINS_OR_EDGES, ARG_STRATEGY, ARG_WEIGHT},
     .required = 2,
     .state_name = "score_set",
     MLM_OF_SCORES(rmsce),
     .interval = &mlm_calibration_interval,
     .summary =
         "Root mean square calibration error: the root of the mean over the rows of (mean score - share "
         "of positives)² of their bin.",
     .example = "SELECT rmsce(column1, column2, 5)" ON_FOUR},
    {0},
};

const Family mlm_calibration = {.name = "calibration", .metrics = metrics};
