/* Curves: a saved score set opened as rows, highest cutoff first (bins lowest first), made one by one along a
 * walk. */
#include "metrics/calibration.h"
#include "metrics/decisions.h"

static void real(Cell *cell, double x) {
  cell->type = CELL_REAL;
  cell->real = x;
}

static void count(Cell *cell, double x, bool integral) {
  if (!integral) {
    real(cell, x);
    return;
  }
  cell->type = CELL_INTEGER;
  cell->integer = (int64_t)x;
}

/* Where a curve over cutoffs stands: first at Infinity (predict none), unless a score is Infinity itself,
 * then at each score. */
typedef struct CutoffCursor {
  bool started, integral;
  ScoreTotals all;
  ScoreWalk walk;
  double cutoff;
  Tally tally;
} CutoffCursor;

static bool score_is_infinite(const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  return mlm_walk_next(&walk) && walk.score == INFINITY;
}

static bool next_score(CutoffCursor *at) {
  if (!mlm_walk_next(&at->walk)) return false;
  at->cutoff = at->walk.score;
  mlm_walk_tally(&at->walk, &at->tally);
  return true;
}

static void start(CutoffCursor *at, const Scores *scores) {
  at->started = true;
  at->all = mlm_scores_totals(scores);
  at->integral = at->all.integral;
  at->cutoff = INFINITY;
  mlm_walk_down(&at->walk, scores);
  mlm_walk_tally(&at->walk, &at->tally);
}

static bool next_cutoff(void *cursor, const void *state, const Params *params) {
  CutoffCursor *at = cursor;
  bool first = !at->started;
  if (first) start(at, state);
  if (first && !score_is_infinite(state)) return true;
  return next_score(at);
}

static void cutoff_column(const void *cursor, const void *state, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  const Tally *t = &at->tally;
  const double counts[] = {t->tp, t->fp, t->tn, t->fn};
  double (*const formula[])(const Tally *, const double *) = {
      mlm_precision,         mlm_recall, mlm_specificity, mlm_fpr,   mlm_accuracy,
      mlm_balanced_accuracy, mlm_f1,     mlm_mcc,         mlm_youden};
  if (column == 0)
    real(cell, at->cutoff);
  else if (column <= 4)
    count(cell, mlm_tally_weight(t, counts[column - 1]), at->integral);
  else
    real(cell, formula[column - 5](t, NULL));
}

/* The ROC curve keeps the corners: a point is dropped where the segments before and behind it have the same
 * slope. */
typedef struct RocCursor {
  CutoffCursor at; /* one point ahead */
  bool ahead;
  double cutoff;
  Tally tally; /* of the point shown */
} RocCursor;

static bool straight(const Tally *a, const Tally *b, const Tally *c) {
  return mlm_diff_of_products(b->tp - a->tp, c->fp - b->fp, c->tp - b->tp, b->fp - a->fp) == 0;
}

static bool next_corner(void *cursor, const void *state, const Params *params) {
  RocCursor *roc = cursor;
  Tally before = roc->tally;
  if (!roc->at.started) {
    /* The curve starts at (Infinity, 0, 0) whatever the scores are. */
    start(&roc->at, state);
    roc->cutoff = INFINITY;
    roc->tally = roc->at.tally;
    roc->ahead = next_score(&roc->at);
    return true;
  }
  bool more = roc->ahead;
  while (roc->ahead) {
    roc->cutoff = roc->at.cutoff;
    roc->tally = roc->at.tally;
    roc->ahead = next_score(&roc->at);
    if (!roc->ahead || !straight(&before, &roc->tally, &roc->at.tally)) break;
  }
  return more;
}

static void roc_column(const void *cursor, const void *state, int column, Cell *cell) {
  const RocCursor *roc = cursor;
  real(cell, column == 0   ? roc->cutoff
             : column == 1 ? mlm_fpr(&roc->tally, NULL)
                           : mlm_recall(&roc->tally, NULL));
}

/* The PR curve starts at (Infinity, 1, 0) whatever the scores are. */
static bool next_pr(void *cursor, const void *state, const Params *params) {
  CutoffCursor *at = cursor;
  bool first = !at->started;
  if (first) start(at, state);
  return first || next_score(at);
}

static void pr_column(const void *cursor, const void *state, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  const Tally *t = &at->tally;
  bool none = t->tp + t->fp == 0;
  if (column == 0)
    real(cell, at->cutoff);
  else if (column == 1)
    real(cell, none ? 1 : mlm_precision(t, NULL));
  else
    real(cell, none ? 0 : mlm_recall(t, NULL));
}

/* Bins of a calibration curve, lowest scores first. Uniform bins are intervals of equal width; quantile bins
 * hold equal shares of the rows, rows of one score together. */
typedef struct BinCursor {
  bool started, ahead, integral, quantile;
  double bins, bin, total;
  ScoreWalk walk; /* stands on the first score of the next bin while ahead */
  double lo, hi, rows, mean, rate;
} BinCursor;

/* The quantile bin of the score the walk stands on: by the share of rows below it. */
static double quantile_bin(const BinCursor *at) {
  double below = at->walk.FP + at->walk.TP - at->walk.NEG - at->walk.POS;
  double share = below * at->bins / at->total;
  return share < at->bins ? (double)(int64_t)share : at->bins - 1;
}

static double bin_here(const BinCursor *at) {
  return at->quantile ? quantile_bin(at) : mlm_bin_of(at->walk.score, at->bins);
}

/* Sums of the rows of a bin. */
typedef struct BinSums {
  double score;
  int label;
  ProductSum scores;
  ExactSum weight[2];
} BinSums;

static void add_rows(void *context, double weight, int64_t count) {
  BinSums *sums = context;
  mlm_product_add_times(&sums->scores, sums->score, weight, (uint64_t)count, 1);
  mlm_sum_add_times(&sums->weight[sums->label], weight, (uint64_t)count, 1);
}

static void gather_bin(BinCursor *at) {
  BinSums sums;
  memset(&sums, 0, sizeof sums);
  double bin = at->bin;
  at->lo = at->quantile ? at->walk.score : bin / at->bins;
  do {
    at->hi = at->quantile ? at->walk.score : (bin + 1) / at->bins;
    sums.score = at->walk.score;
    for (sums.label = 0; sums.label < 2; sums.label++) mlm_walk_visit(&at->walk, sums.label, add_rows, &sums);
    at->ahead = mlm_walk_next(&at->walk);
  } while (at->ahead && bin_here(at) == bin);
  ExactSum rows = sums.weight[0];
  mlm_sum_add_sum(&rows, &sums.weight[1], 1);
  at->rows = mlm_sum_round(&rows);
  at->mean = mlm_product_ratio(&sums.scores, &rows);
  at->rate = mlm_sum_ratio(&sums.weight[1], &rows);
}

static bool next_bin(void *cursor, const void *state, const Params *params) {
  BinCursor *at = cursor;
  if (!at->started) {
    ScoreTotals all = mlm_scores_totals(state);
    *at = (BinCursor){.started = true,
                      .integral = all.integral,
                      .bins = params->value[0],
                      .quantile = params->value[1] == 1};
    at->total = all.NEG + all.POS;
    mlm_walk_up(&at->walk, state);
    at->ahead = mlm_walk_next(&at->walk);
  }
  if (!at->ahead) return false;
  at->bin = bin_here(at);
  gather_bin(at);
  return true;
}

static void bin_column(const void *cursor, const void *state, int column, Cell *cell) {
  const BinCursor *at = cursor;
  const double value[] = {at->bin, at->lo, at->hi, at->rows, at->mean, at->rate};
  if (column == 0 || column == 3)
    count(cell, value[column], column == 0 || at->integral);
  else
    real(cell, value[column]);
}

/* Lift: bin i holds the i-th share of the rows, highest scores first; rows of one score that lie across an
 * edge are shared in proportion. */
typedef struct LiftCursor {
  bool started;
  double bins, bin, total, all_positives;
  double positives; /* in the bin */
  double above,
      share;      /* positives above the bin's edge: of whole scores, and the share of the score across it */
  ScoreWalk walk; /* stands on the score that reaches the edge */
} LiftCursor;

/* Goes down to the edge of the bin. Whole positives and shares are kept apart: small numbers lose nothing to
 * large ones. */
static void reach_edge(LiftCursor *at) {
  double edge = at->total * at->bin; /* times bins, as is the number of rows above it */
  while ((at->walk.TP + at->walk.FP) * at->bins < edge)
    if (!mlm_walk_next(&at->walk)) break;
  double here = at->walk.POS + at->walk.NEG, before = (at->walk.TP + at->walk.FP - here) * at->bins;
  double above = at->above, share = at->share;
  at->above = at->walk.TP - at->walk.POS;
  at->share = at->bin == at->bins ? at->walk.POS : at->walk.POS * (edge - before) / (here * at->bins);
  at->positives = at->above - above + (at->share - share);
}

static bool next_lift(void *cursor, const void *state, const Params *params) {
  LiftCursor *at = cursor;
  if (!at->started) {
    ScoreTotals all = mlm_scores_totals(state);
    *at = (LiftCursor){
        .started = true, .bins = params->value[0], .total = all.NEG + all.POS, .all_positives = all.POS};
    mlm_walk_down(&at->walk, state);
    mlm_walk_next(&at->walk);
  }
  if (at->bin >= at->bins || at->total == 0) return false;
  at->bin++;
  reach_edge(at);
  return true;
}

static void lift_column(const void *cursor, const void *state, int column, Cell *cell) {
  const LiftCursor *at = cursor;
  double share = at->bin / at->bins, gain = (at->above + at->share) / at->all_positives;
  const double value[] = {at->bin, at->total / at->bins, at->positives, share, gain, gain / share};
  if (column == 0)
    count(cell, at->bin, true);
  else
    real(cell, value[column]);
}

#define SCORES .state = &mlm_scores_state, .remembers = "score_set"
#define FOUR   "((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))))"

static const Curve curves[] = {
    {.name = "cutoff_curve",
     .columns = "cutoff, tp, fp, tn, fn, precision, recall, specificity, fpr, accuracy, balanced_accuracy, "
                "f1, mcc, youden",
     .args = {ARG_SET},
     .required = 1,
     SCORES,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = next_cutoff,
     .column = cutoff_column,
     .summary =
         "One row a candidate cutoff, highest first, from predict-none (Infinity), with every metric there.",
     .example = "SELECT cutoff, tp, fp, f1 FROM cutoff_curve" FOUR},
    {.name = "roc_curve",
     .columns = "cutoff, fpr, tpr",
     .args = {ARG_SET},
     .required = 1,
     SCORES,
     .cursor_bytes = sizeof(RocCursor),
     .next = next_corner,
     .column = roc_column,
     .summary = "The ROC curve from (Infinity, 0, 0); points inside a straight segment are dropped.",
     .example = "SELECT * FROM roc_curve" FOUR},
    {.name = "pr_curve",
     .columns = "cutoff, precision, recall",
     .args = {ARG_SET},
     .required = 1,
     SCORES,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = next_pr,
     .column = pr_column,
     .summary = "The precision-recall curve from (Infinity, 1, 0), a row a distinct score.",
     .example = "SELECT * FROM pr_curve" FOUR},
    {.name = "calibration_curve",
     .columns = "bin, lo, hi, rows, mean_score, positive_rate",
     .args = {ARG_PROB_SET, ARG_BINS, ARG_STRATEGY},
     .required = 1,
     SCORES,
     .cursor_bytes = sizeof(BinCursor),
     .next = next_bin,
     .column = bin_column,
     .summary = "Mean score beside share of positives, bin by bin from 0, empty ones left out. 'uniform': "
                "bin i is [i/bins, (i+1)/bins); "
                "'quantile': equal shares of the rows, lo and hi the scores met.",
     .example = "SELECT * FROM calibration_curve" FOUR},
    {.name = "lift_curve",
     .columns = "bin, rows, positives, row_share, gain, lift",
     .args = {ARG_SET, ARG_BINS},
     .required = 1,
     SCORES,
     .cursor_bytes = sizeof(LiftCursor),
     .next = next_lift,
     .column = lift_column,
     .summary = "Gain and lift of the rows with the highest scores, in bins of equal size (1 = highest); "
                "rows tied across an edge are "
                "shared in proportion.",
     .example = "SELECT * FROM lift_curve" FOUR},
    {0},
};

const Family mlm_curves = {.name = "curves", .curves = curves};
