/* Curves: the rows of a saved score set, highest cutoff first (bins: lowest first), computed one by one. */
#include "metrics/binned_curves.h"
#include "metrics/threshold.h"

/* A position on a curve over cutoffs: first Infinity (predict none), unless a score is Infinity itself, then
 * each score. */
typedef struct CutoffCursor {
  bool started, integral;
  ScoreTotals all;
  ScoreWalk walk;
  double cutoff;
  Confusion2 confusion;
} CutoffCursor;

static bool score_is_infinite(const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  return mlm_walk_next(&walk) && walk.score == INFINITY;
}

static bool next_score(CutoffCursor *at) {
  if (!mlm_walk_next(&at->walk)) return false;
  at->cutoff = at->walk.score;
  mlm_walk_confusion2(&at->walk, &at->confusion);
  return true;
}

static void start(CutoffCursor *at, const Scores *scores) {
  at->started = true;
  at->all = mlm_scores_totals(scores);
  at->integral = at->all.integral;
  at->cutoff = INFINITY;
  mlm_walk_down(&at->walk, scores);
  mlm_walk_confusion2(&at->walk, &at->confusion);
}

static bool next_cutoff(CutoffCursor *at, const Scores *scores) {
  bool first = !at->started;
  if (first) start(at, scores);
  if (first && !score_is_infinite(scores)) return true;
  return next_score(at);
}

static void cutoff_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  const Confusion2 *t = &at->confusion;
  const double counts[] = {t->tp, t->fp, t->tn, t->fn};
  double (*const formula[])(const Confusion2 *, const double *) = {
      mlm_precision,         mlm_recall, mlm_specificity, mlm_fpr,   mlm_accuracy,
      mlm_balanced_accuracy, mlm_f1,     mlm_mcc,         mlm_youden};
  if (column == 0)
    mlm_cell_real(cell, at->cutoff);
  else if (column <= 4)
    mlm_cell_count(cell, mlm_confusion2_weight(t, counts[column - 1]), at->integral);
  else
    mlm_cell_real(cell, formula[column - 5](t, NULL));
}

/* The ROC curve keeps its corners: a point is dropped if the segments before and after it have the same
 * slope. */
typedef struct RocPoint {
  double cutoff;
  Confusion2 confusion;
  ExactSum weight[2]; /* of the rows at and above the cutoff; used if the totals are not exact as doubles */
} RocPoint;

typedef struct RocCursor {
  CutoffCursor at; /* one point ahead */
  bool ahead;
  RocPoint shown;
} RocCursor;

static void take_point(RocPoint *point, const CutoffCursor *at) {
  point->cutoff = at->cutoff;
  point->confusion = at->confusion;
  if (mlm_totals_are_exact(&at->all)) return;
  for (int label = 0; label < 2; label++) point->weight[label] = *mlm_walk_weight(&at->walk, label);
}

/* Whether the segments from a to b and from b to the walk's position have equal slopes: cross-multiplied,
 * exact. */
static bool exactly_straight(const RocPoint *a, const RocPoint *b, const ScoreWalk *walk) {
  ExactSum before[2], behind[2];
  for (int label = 0; label < 2; label++) {
    before[label] = b->weight[label];
    behind[label] = *mlm_walk_weight(walk, label);
    mlm_sum_add_sum(&before[label], &a->weight[label], -1);
    mlm_sum_add_sum(&behind[label], &b->weight[label], -1);
  }
  ProductSum turn = {0};
  mlm_product_add_sums(&turn, &before[1], &behind[0], 1);
  mlm_product_add_sums(&turn, &behind[1], &before[0], -1);
  return mlm_product_sign(&turn) == 0;
}

static bool straight(const RocPoint *before, const RocPoint *point, const CutoffCursor *ahead) {
  const Confusion2 *a = &before->confusion, *b = &point->confusion, *c = &ahead->confusion;
  return mlm_totals_are_exact(&ahead->all)
             ? mlm_diff_of_products(b->tp - a->tp, c->fp - b->fp, c->tp - b->tp, b->fp - a->fp) == 0
             : exactly_straight(before, point, &ahead->walk);
}

static bool next_corner(RocCursor *roc, const Scores *scores) {
  if (!roc->at.started) {
    /* The curve starts at (Infinity, 0, 0) whatever the scores are. */
    start(&roc->at, scores);
    take_point(&roc->shown, &roc->at);
    roc->ahead = next_score(&roc->at);
    return true;
  }
  RocPoint before = roc->shown;
  bool more = roc->ahead;
  while (roc->ahead) {
    take_point(&roc->shown, &roc->at);
    roc->ahead = next_score(&roc->at);
    if (!roc->ahead || !straight(&before, &roc->shown, &roc->at)) break;
  }
  return more;
}

static void roc_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const RocCursor *roc = cursor;
  mlm_cell_real(cell, column == 0   ? roc->shown.cutoff
                      : column == 1 ? mlm_fpr(&roc->shown.confusion, NULL)
                                    : mlm_recall(&roc->shown.confusion, NULL));
}

/* The PR curve starts at (Infinity, 1, 0) whatever the scores are. */
static bool next_point(CutoffCursor *at, const Scores *scores) {
  bool first = !at->started;
  if (first) start(at, scores);
  return first || next_score(at);
}

static void pr_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  const Confusion2 *t = &at->confusion;
  bool none = t->tp + t->fp == 0;
  if (column == 0)
    mlm_cell_real(cell, at->cutoff);
  else if (column == 1)
    mlm_cell_real(cell, none ? 1 : mlm_precision(t, NULL));
  else
    mlm_cell_real(cell, none ? 0 : mlm_recall(t, NULL));
}

/* A walk that the host interrupts ends early, which is not the end of the curve. */
static Status end_of(const Scores *scores) {
  return mlm_scores_walk_ended_early(scores) ? MLM_INTERRUPTED : MLM_OK;
}

static Status cutoff_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = next_cutoff(cursor, row->sets[0].state);
  return end_of(row->sets[0].state);
}

static Status roc_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = next_corner(cursor, row->sets[0].state);
  return end_of(row->sets[0].state);
}

static Status pr_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = next_point(cursor, row->sets[0].state);
  return end_of(row->sets[0].state);
}

static Status calibration_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = mlm_next_bin(cursor, row->sets[0].state, in->params);
  return end_of(row->sets[0].state);
}

static Status lift_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = mlm_next_lift(cursor, row->sets[0].state, in->params);
  return end_of(row->sets[0].state);
}

#define FOUR "((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))))"

static const TableFunction tables[] = {
    {.name = "cutoff_curve",
     .columns = "cutoff, tp, fp, tn, fn, precision, recall, specificity, fpr, accuracy, balanced_accuracy, "
                "f1, mcc, youden",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = cutoff_next,
     .column = cutoff_column,
     .summary = "One row for each candidate cutoff, highest first, starting with predict none (Infinity): "
                "counts and metrics.",
     .example = "SELECT cutoff, tp, fp, f1 FROM cutoff_curve" FOUR},
    {.name = "roc_curve",
     .columns = "cutoff, fpr, tpr",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .cursor_bytes = sizeof(RocCursor),
     .next = roc_next,
     .column = roc_column,
     .summary = "The ROC curve, from (Infinity, 0, 0); points inside a straight segment are dropped.",
     .example = "SELECT * FROM roc_curve" FOUR},
    {.name = "pr_curve",
     .columns = "cutoff, precision, recall",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = pr_next,
     .column = pr_column,
     .summary = "The precision-recall curve, from (Infinity, 1, 0); one row for each distinct score.",
     .example = "SELECT * FROM pr_curve" FOUR},
    {.name = "calibration_curve",
     .columns = "bin, lo, hi, rows, mean_score, positive_rate",
     .args = {ARG_PROB_SET, ARG_BINS, ARG_STRATEGY},
     .required = 1,
     .cursor_bytes = sizeof(BinCursor),
     .next = calibration_next,
     .column = mlm_bin_column,
     .summary = "Mean score and share of positives of each bin; empty bins are left out. 'uniform': bin i is "
                "[i/bins, "
                "(i+1)/bins). 'quantile': bins hold equal shares of the rows, and lo and hi are their lowest "
                "and highest score.",
     .example = "SELECT * FROM calibration_curve" FOUR},
    {.name = "lift_curve",
     .columns = "bin, rows, positives, row_share, gain, lift",
     .args = {ARG_SCORE_SET, ARG_BINS},
     .required = 1,
     .cursor_bytes = sizeof(LiftCursor),
     .next = lift_next,
     .column = mlm_lift_column,
     .summary = "Gain and lift of the rows with the highest scores, in bins of equal size (1 = highest); an "
                "edge divides "
                "tied rows in proportion.",
     .example = "SELECT * FROM lift_curve" FOUR},
    {0},
};

const Family mlm_curves = {.name = "curves", .tables = tables};
