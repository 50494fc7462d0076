/* What charts draw of a score set, gathered in one walk over its scores. */
#include "charts/score_curves.h"

#include "charts/display_text.h"
#include "math/distributions.h"
#include "metrics/edges.h"

enum { NAME_COLUMNS = 200, DET_LEAST = 1000 };
/* Of the rows: where lift curves begin, because the lift of a few rows is noise. */
#define LEAST_SHARE 0.01
/* Half a unit of the plot: a wider gap between two points is seen. */
#define SEEN (0.5 / MLM_PLOT_UNITS)

double mlm_det_place(double rate) {
  const double least = 1.0 / DET_LEAST, end = 3.0902323061678132; /* minus the normal quantile of `least` */
  double p = rate > least ? rate < 1 - least ? rate : 1 - least : least;
  return (mlm_normal_quantile(p) + end) / (2 * end);
}

/* Everything that a walk fills. */
typedef struct Gather {
  Chart *chart;
  ScoreCurves *to;
  const ScoreSeries *all;
  unsigned curves;
  Thinner roc, pr, det, precision, recall, f1, gain, lift;
  double fpr, fnr;         /* where the DET curve was looked at last */
  double share, found;     /* of the rows and of the positives, at the score before */
  double recall_before;    /* at the score before */
  ChartPoint before[3];    /* precision, recall and F1 over the cutoff, at the score before */
  double z_above, z_below; /* of Spiegelhalter's z: Σ(y-p)(1-2p), and Σp(1-p)(1-2p)² */
  double bias, variance;   /* Σ(y-p), and Σp(1-p) */
} Gather;

static void begin(Gather *g) {
  ScoreCurves *to = g->to;
  Thinner *const thin[] = {&g->roc, &g->pr, &g->det, &g->precision, &g->recall, &g->f1, &g->gain, &g->lift};
  PointList *const list[] = {&to->roc,    &to->pr, &to->det,  &to->precision,
                             &to->recall, &to->f1, &to->gain, &to->lift};
  for (int i = 0; i < 8; i++) mlm_thin_begin(thin[i], g->chart, list[i], g->all->n);
  if (g->curves & CURVES_ROC) mlm_thin_add(&g->roc, 0, 0);
  if (g->curves & CURVES_PR) mlm_thin_add(&g->pr, 0, 1);
  if (g->curves & CURVES_LIFT) mlm_thin_add(&g->gain, 0, 0);
  g->fpr = g->fnr = -1;
}

/* A normal quantile costs more than the walk, so it is taken only where a rate has changed by a thousandth:
 * with the density φ(z) >= 0.79 min(p, 1-p), that is less than a tenth of a unit of the plot. */
static bool is_near(double a, double b) {
  double room = a < 1 - a ? a : 1 - a, least = 1.0 / DET_LEAST;
  double d = a - b, most = least * (room > least ? room : least);
  return d <= most && d >= -most;
}

static void add_det(Gather *g, double fpr, double fnr) {
  if (is_near(fpr, g->fpr) && is_near(fnr, g->fnr)) return;
  g->fpr = fpr;
  g->fnr = fnr;
  mlm_thin_add(&g->det, mlm_det_place(fpr), mlm_det_place(fnr));
}

/* Average precision sums steps, so that the curve is drawn in steps where they are wide. */
static void add_pr(Gather *g, double recall, double precision) {
  if (recall - g->recall_before > SEEN) mlm_thin_add(&g->pr, g->recall_before, precision);
  mlm_thin_add(&g->pr, recall, precision);
  g->recall_before = recall;
}

/* A value at a cutoff is that of the lowest score not below it: between two scores it is the upper one's. */
static void add_step(Thinner *thin, ChartPoint *before, double x, double y) {
  if (thin->any && before->x - x > SEEN) mlm_thin_add(thin, x, before->y);
  mlm_thin_add(thin, x, y);
  *before = (ChartPoint){.x = x, .y = y};
}

static void add_cutoff(Gather *g, const ScoreWalk *walk, double tpr, double precision) {
  double tp = walk->tp_weight, fp = walk->fp_weight;
  double x = (walk->score / 2 - g->all->lo / 2) / (g->all->hi / 2 - g->all->lo / 2);
  if (!(x >= 0 && x <= 1)) return; /* an infinite score */
  add_step(&g->precision, &g->before[0], x, precision);
  add_step(&g->recall, &g->before[1], x, tpr);
  add_step(&g->f1, &g->before[2], x, 2 * tp / (tp + fp + g->to->positives));
}

static void add_bins(Gather *g, const ScoreWalk *walk) {
  if (!(walk->score > -INFINITY && walk->score < INFINITY)) {
    g->to->infinite += walk->neg_weight + walk->pos_weight;
    return;
  }
  double place = (walk->score / 2 - g->all->lo / 2) / (g->all->hi / 2 - g->all->lo / 2) * MLM_HISTOGRAM_BINS;
  int bin = place > 0 ? place < MLM_HISTOGRAM_BINS ? (int)place : MLM_HISTOGRAM_BINS - 1 : 0;
  g->to->histogram[bin].weight[0] += walk->neg_weight;
  g->to->histogram[bin].weight[1] += walk->pos_weight;
}

static void add_calibration(Gather *g, const ScoreWalk *walk) {
  ScoreBin *bin = &g->to->calibration[(int)mlm_bin_of(walk->score, MLM_CALIBRATION_BINS)];
  bin->weight[0] += walk->neg_weight;
  bin->weight[1] += walk->pos_weight;
  double p = walk->score, all = walk->neg_weight + walk->pos_weight;
  bin->score += p * all;
  g->z_above += (walk->pos_weight - p * all) * (1 - 2 * p);
  g->z_below += p * (1 - p) * (1 - 2 * p) * (1 - 2 * p) * all;
  g->bias += walk->pos_weight - p * all;
  g->variance += p * (1 - p) * all;
}

/* A point of the curves of gain and of lift. */
static void add_lift(Gather *g, double share, double gain) {
  const double tenth = 0.1;
  if (g->share < tenth && share >= tenth) /* rows of one score are shared in proportion */
    g->to->first_lift = (g->found + (gain - g->found) * (tenth - g->share) / (share - g->share)) / tenth;
  g->share = share;
  g->found = gain;
  mlm_thin_add(&g->gain, share, gain);
  if (share >= LEAST_SHARE) mlm_thin_add(&g->lift, share, gain / share / g->all->most_lift);
}

static void add_score(Gather *g, const ScoreWalk *walk) {
  ScoreCurves *to = g->to;
  double tp = walk->tp_weight, fp = walk->fp_weight;
  to->distinct++;
  double tpr = tp / to->positives, fpr = fp / to->negatives, precision = tp / (tp + fp);
  if (g->curves & CURVES_ROC) mlm_thin_add(&g->roc, fpr, tpr);
  if (g->curves & CURVES_PR) add_pr(g, tpr, precision);
  if (g->curves & CURVES_DET) add_det(g, fpr, (to->positives - tp) / to->positives);
  if (g->curves & CURVES_CUTOFF) add_cutoff(g, walk, tpr, precision);
  if (g->curves & CURVES_LIFT) add_lift(g, (tp + fp) / to->rows, tpr);
  if (g->curves & CURVES_BINS) add_bins(g, walk);
  if (g->curves & CURVES_CALIBRATION && to->probabilities) add_calibration(g, walk);
}

static void end(Gather *g) {
  Thinner *const thin[] = {&g->roc, &g->pr, &g->det, &g->precision, &g->recall, &g->f1, &g->gain, &g->lift};
  if (g->curves & CURVES_ROC) mlm_thin_end(&g->roc, 1, 1);
  for (int i = 1; i < 8; i++)
    if (thin[i]->any) mlm_thin_end(thin[i], thin[i]->last.x, thin[i]->last.y);
  g->to->spiegelhalter_z = g->z_above / sqrt(g->z_below);
  g->to->bias_z = g->bias / sqrt(g->variance);
}

/* Walks once over the scores of a set. */
static void gather(Chart *chart, ScoreCurves *to, const ScoreSeries *all, unsigned curves) {
  Gather *g = mlm_chart_memory(chart, sizeof *g);
  ScoreWalk walk;
  if (!g) return;
  *g = (Gather){.chart = chart, .to = to, .all = all, .curves = curves};
  /* A rate of no rows is undefined at every cutoff. */
  if (to->positives == 0) g->curves &= ~(unsigned)(CURVES_ROC | CURVES_PR | CURVES_DET);
  if (to->negatives == 0) g->curves &= ~(unsigned)(CURVES_ROC | CURVES_DET);
  begin(g);
  mlm_walk_down(&walk, to->scores);
  mlm_walk_weights_in(&walk, to->exponent);
  while (mlm_walk_next(&walk)) add_score(g, &walk);
  end(g);
  if (mlm_scores_walk_ended_early(to->scores)) mlm_chart_failed(chart, MLM_INTERRUPTED);
}

/* ---- known before the walk: ranges and totals ---- */

static double finite_end(const Scores *scores, bool up) {
  ScoreWalk walk;
  (up ? mlm_walk_up : mlm_walk_down)(&walk, scores);
  while (mlm_walk_next(&walk))
    if (walk.score > -INFINITY && walk.score < INFINITY) return walk.score;
  return NAN;
}

static double most_lift(const ScoreCurves *of) {
  double most = 1, share = 0;
  ScoreWalk walk;
  mlm_walk_down(&walk, of->scores);
  mlm_walk_weights_in(&walk, of->exponent);
  while (most * share < 1 && mlm_walk_next(&walk)) { /* no lift is above 1 / share */
    share = (walk.tp_weight + walk.fp_weight) / of->rows;
    double lift = walk.tp_weight / of->positives / share;
    if (share >= LEAST_SHARE && lift > most) most = lift;
  }
  return most;
}

static void describe(ScoreCurves *to, const Scores *scores, const char *name, unsigned curves) {
  const int exponent = mlm_scores_exponent(scores);
  ScoreTotals all = mlm_scores_totals_in(scores, exponent);
  ScoreWalk low, high;
  *to = (ScoreCurves){.scores = scores,
                      .exponent = exponent,
                      .name = name,
                      .rows = all.pos_weight + all.neg_weight,
                      .positives = all.pos_weight,
                      .negatives = all.neg_weight,
                      .lowest = finite_end(scores, true),
                      .highest = finite_end(scores, false)};
  mlm_walk_up(&low, scores);
  mlm_walk_down(&high, scores);
  /* unreachable: no score, for a series has rows */
  const bool not_negative = mlm_walk_next(&low) && mlm_walk_next(&high) && low.score >= 0;
  to->probabilities = not_negative && high.score <= 1;
  to->percentages = not_negative && high.score <= 100;
  if (curves & CURVES_LIFT) to->most_lift = most_lift(to);
}

/* The range of all: 0..1 where they are probabilities, and never empty. */
static void set_range(ScoreSeries *series) {
  bool probabilities = true;
  double lo = INFINITY, hi = -INFINITY;
  for (int i = 0; i < series->n; i++) {
    const ScoreCurves *one = &series->each[i];
    probabilities &= one->probabilities;
    if (one->lowest < lo) lo = one->lowest;
    if (one->highest > hi) hi = one->highest;
    if (one->most_lift > series->most_lift) series->most_lift = one->most_lift;
  }
  if (probabilities || !(lo <= hi)) {
    lo = 0;
    hi = 1;
  }
  Axis axis;
  mlm_axis_linear(&axis, "", lo, hi);
  series->lo = axis.lo;
  series->hi = axis.hi;
}

ScoreSeries *mlm_score_series(Chart *chart, const StateType *type, const void *state, unsigned curves) {
  ScoreSeries *series = mlm_chart_memory(chart, sizeof *series);
  if (!series) return NULL;
  const Keyed *keyed = type == &mlm_scores_state ? NULL : state;
  uint32_t all = keyed ? mlm_keyed_count(keyed) : 1;
  series->n = all < MLM_MOST_SERIES ? (int)all : MLM_MOST_SERIES;
  series->more = (int)all - series->n;
  for (int i = 0; i < series->n; i++) {
    const KeyedEntry *entry = keyed ? mlm_keyed_at(keyed, (uint32_t)i) : NULL;
    const char *name = entry ? mlm_key_name(chart, entry, all, NAME_COLUMNS) : "";
    void *view = entry ? mlm_chart_memory(chart, mlm_scores_state.bytes) : NULL;
    if (entry && !view) return NULL;
    describe(&series->each[i], entry ? mlm_keyed_state(entry, view) : state, name, curves);
  }
  set_range(series);
  for (int i = 0; i < series->n && !chart->status; i++) gather(chart, &series->each[i], series, curves);
  return chart->status ? NULL : series;
}
