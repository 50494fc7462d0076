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
  /* Thinned for drawing, the corner that is shown is one ahead, too. */
  double step; /* 0: every corner */
  bool corner;
  RocPoint drawn;
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

/* How far it is along the axes from one point to a later one; 2 for the whole curve. Both classes occur,
 * since the curve of one is straight and has no corner between its ends. */
static double advance(const RocPoint *from, const RocPoint *to) {
  return mlm_fpr(&to->confusion, NULL) - mlm_fpr(&from->confusion, NULL)
         + (mlm_recall(&to->confusion, NULL) - mlm_recall(&from->confusion, NULL));
}

/* Moves to the last corner within a step of the one shown, or else to the next corner. Two moves together go
 * further than a step, and the whole curve is 2 long, so there are fewer than 4/step + 2 points. The box
 * between two points that skip corners has width + height <= step, so these corners lie within step/√8 of the
 * line between the two. */
static bool next_drawn(RocCursor *roc, const Scores *scores) {
  if (!roc->at.started) {
    next_corner(roc, scores);
    roc->drawn = roc->shown;
    roc->corner = next_corner(roc, scores);
    return true;
  }
  if (!roc->corner) return false;
  RocPoint before = roc->drawn;
  do {
    roc->drawn = roc->shown;
    roc->corner = next_corner(roc, scores);
  } while (roc->corner && advance(&before, &roc->shown) <= roc->step);
  return true;
}

/* The step that leaves at most `points` points; the margin makes up for the rounding of the rates. */
static double step_for(double points) { return points >= 2 ? 4 / (points - 1) * (1 + 0x1p-40) : 0; }

static void roc_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const RocCursor *roc = cursor;
  const RocPoint *point = roc->step > 0 ? &roc->drawn : &roc->shown;
  mlm_cell_real(cell, column == 0   ? point->cutoff
                      : column == 1 ? mlm_fpr(&point->confusion, NULL)
                                    : mlm_recall(&point->confusion, NULL));
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
    mlm_cell_real(cell, mlm_recall(t, NULL));
}

/* ---- decision curve ---- */

/* (tp - fp·odds) / rows, of exact sums of weights: the bits of net_benefit_at. */
static double net_benefit(const ExactSum *tp, const ExactSum *fp, const ExactSum *rows, double odds) {
  ProductSum sum = {0};
  ExactSum cost = {0};
  mlm_sum_add(&cost, odds, 1);
  mlm_product_add_sum(&sum, tp, 1);
  mlm_product_add_sums(&sum, fp, &cost, -1);
  return mlm_product_ratio(&sum, rows);
}

/* Every distinct score is a cutoff, except 1, whose odds are infinite. */
static bool next_decision(CutoffCursor *at, const Scores *scores) {
  if (!at->started) start(at, scores);
  while (next_score(at))
    if (at->cutoff < 1) return true;
  return false;
}

static void seen(const CutoffCursor *at, int label, ExactSum *sum) {
  if (mlm_walk_is_exact(&at->walk))
    mlm_sum_add_integer(sum, label ? at->walk.tp_count : at->walk.fp_count);
  else
    mlm_sum_add_sum(sum, mlm_walk_weight(&at->walk, label), 1);
}

static void decision_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  ExactSum tp = {0}, fp = {0}, rows = {0};
  if (column == 0) {
    mlm_cell_real(cell, at->cutoff);
    return;
  }
  mlm_scores_add_weights(row->sets[0].state, &rows);
  if (column == 1) {
    seen(at, 1, &tp);
    seen(at, 0, &fp);
  } else {
    mlm_scores_add_weight(row->sets[0].state, 1, &tp);
    mlm_scores_add_weight(row->sets[0].state, 0, &fp);
  }
  mlm_cell_real(cell, net_benefit(&tp, &fp, &rows, mlm_odds(at->cutoff)));
}

static void det_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const CutoffCursor *at = cursor;
  mlm_cell_real(cell, column == 0   ? at->cutoff
                      : column == 1 ? mlm_fpr(&at->confusion, NULL)
                                    : mlm_fnr(&at->confusion, NULL));
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
  RocCursor *roc = cursor;
  roc->step = step_for(in->params->number[0]);
  *more = (roc->step > 0 ? next_drawn : next_corner)(roc, row->sets[0].state);
  return end_of(row->sets[0].state);
}

static Status decision_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  *more = next_decision(cursor, row->sets[0].state);
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
     .args = {ARG_SCORE_SET, ARG_POINTS},
     .required = 1,
     .cursor_bytes = sizeof(RocCursor),
     .next = roc_next,
     .column = roc_column,
     .summary =
         "The ROC curve, from (Infinity, 0, 0); points inside a straight segment are dropped. With points, "
         "at most that many, for drawing: those left out lie within √2/(points - 1) of the line.",
     .example = "SELECT * FROM roc_curve" FOUR},
    {.name = "pr_curve",
     .columns = "cutoff, precision, recall",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = pr_next,
     .column = pr_column,
     .summary =
         "The precision-recall curve, from (Infinity, 1, 0); one row for each distinct score. Recall is "
         "NULL without positives.",
     .example = "SELECT * FROM pr_curve" FOUR},
    {.name = "det_curve",
     .columns = "cutoff, fpr, fnr",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = pr_next,
     .column = det_column,
     .summary =
         "The detection error tradeoff: false positive rate and false negative rate, from (Infinity, 0, 1); "
         "one row for each distinct score. At eer the two are equal.",
     .example = "SELECT * FROM det_curve" FOUR},
    {.name = "decision_curve",
     .columns = "cutoff, net_benefit, treat_all",
     .args = {ARG_PROB_SET},
     .required = 1,
     .cursor_bytes = sizeof(CutoffCursor),
     .next = decision_next,
     .column = decision_column,
     .summary =
         "Decision curve analysis: net_benefit_at for each distinct score below 1, beside that of predicting "
         "every row positive. Predicting none has 0.",
     .example = "SELECT * FROM decision_curve" FOUR},
    {.name = "calibration_curve",
     .columns = "bin, lo, hi, rows, mean_score, positive_rate",
     .args = {ARG_PROB_SET, ARG_BINS_OR_EDGES, ARG_STRATEGY},
     .required = 1,
     .cursor_bytes = sizeof(BinCursor),
     .next = calibration_next,
     .column = mlm_bin_column,
     .summary = "Mean score and share of positives of each bin; empty bins are left out. 'uniform': bin i is "
                "[i/bins, "
                "(i+1)/bins). 'quantile': edges are quantiles of the scores, as in NumPy, a score on an edge "
                "belongs to the bin below it, and lo and hi are the lowest and highest score of the bin. A "
                "JSON array of edges takes the place of both.",
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
