/* Metrics over all cutoffs, each from one pass over the distinct scores, highest first. */
#include "metrics/ranking.h"

#include "base/json_members.h"
#include "metrics/calibration.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/delong.h"
#include "metrics/objective.h"
#include "metrics/threshold.h"
#include "metrics/weighted_ranking.h"

enum { LIST = 64 };

/* Accumulators of one pass; all weights are integral. */
typedef struct Scan {
  ScoreTotals all;
  U128 twice_u;        /* as mlm_scores_twice_u() */
  double precision;    /* at the score before */
  U128 gap;            /* largest so far */
  double height[LIST]; /* pending steps of width 1, not yet in the area */
  size_t heights;
  ProductSum area;
} Scan;

/* 2U / 2PN: an integer over an integer, rounded once. */
double mlm_auc_of(U128 twice_u, uint64_t negatives, uint64_t positives) {
  if (negatives == 0 || positives == 0) return NAN;
  U128 pairs = mlm_u128_shift_left(mlm_u128_product(positives, negatives), 1);
  return mlm_u128_ratio(twice_u, false, pairs, 0);
}

static double auc_of(U128 twice_u, const ScoreTotals *all) {
  return mlm_auc_of(twice_u, (uint64_t)all->neg_count, (uint64_t)all->pos_count);
}

double mlm_roc_auc(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!(all.pos_weight > 0 && all.neg_weight > 0)) return NAN;
  return all.integral ? auc_of(mlm_scores_twice_u(scores), &all) : mlm_weighted_roc_auc(scores);
}

double mlm_gini(const Scores *scores, const Eval *in) { return 2 * mlm_roc_auc(scores, in) - 1; }

static void begin(Scan *scan, const ScoreTotals *all) {
  memset(scan, 0, sizeof *scan);
  scan->all = *all;
  scan->precision = 1; /* of the point where nothing is predicted positive */
}

static void add_heights(Scan *scan) {
  ExactSum sum = {0};
  mlm_sum_add_all(&sum, scan->height, scan->heights);
  mlm_product_add_sum(&scan->area, &sum, 1);
  scan->heights = 0;
}

/* Adds width·height to the area, exactly. Neighbouring heights are similar, so mlm_sum_add_all() adds a list
 * of them fast. */
static void add_step(Scan *scan, double width, double height) {
  if (width == 1) {
    if (scan->heights == LIST) add_heights(scan);
    scan->height[scan->heights++] = height;
  } else {
    mlm_product_add(&scan->area, width, height, 1);
  }
}

/* Visits every score, or with mlm_walk_next_positive() those that a positive row has. */
static double run(const Scores *scores, const ScoreTotals *all, bool (*next)(ScoreWalk *walk),
                  void (*group)(Scan *scan, const ScoreWalk *walk), double (*finish)(Scan *scan)) {
  Scan scan;
  ScoreWalk walk;
  begin(&scan, all);
  mlm_walk_down(&walk, scores);
  while (next(&walk)) group(&scan, &walk);
  return finish(&scan);
}

/* Σ Δtp·precision over the scores of positives, exact. */
static void average_precision_group(Scan *scan, const ScoreWalk *walk) {
  add_step(scan, walk->pos_weight, walk->tp_weight / (walk->tp_weight + walk->fp_weight));
}

/* Trapezoids: Δtp·(precision before + precision after). */
static void pr_auc_group(Scan *scan, const ScoreWalk *walk) {
  double precision = walk->tp_weight / (walk->tp_weight + walk->fp_weight);
  if (walk->pos_weight > 0) {
    add_step(scan, walk->pos_weight, scan->precision);
    add_step(scan, walk->pos_weight, precision);
  }
  scan->precision = precision;
}

static double area_over(Scan *scan, double unit) {
  if (!(scan->all.pos_weight > 0)) return NAN;
  add_heights(scan);
  ProductSum whole = {0};
  mlm_product_add(&whole, scan->all.pos_weight, unit, 1);
  return mlm_product_ratio_products(&scan->area, &whole);
}

static double average_precision_finish(Scan *scan) { return area_over(scan, 1); }
static double pr_auc_finish(Scan *scan) { return area_over(scan, 2); }

static double partial_roc_auc(const Scores *scores, const Eval *in) {
  const double max_fpr = in->params->number[0];
  ScoreTotals all = mlm_scores_totals(scores);
  if (!(all.pos_weight > 0 && all.neg_weight > 0)) return NAN;
  return max_fpr < 1 ? mlm_partial_roc_auc(scores, max_fpr) : mlm_roc_auc(scores, in);
}

static void widen_gap(Scan *scan, int64_t tp, int64_t fp) {
  U128 a = mlm_u128_product((uint64_t)tp, (uint64_t)scan->all.neg_count),
       b = mlm_u128_product((uint64_t)fp, (uint64_t)scan->all.pos_count);
  U128 gap = mlm_u128_less(a, b) ? mlm_u128_difference(b, a) : mlm_u128_difference(a, b);
  if (mlm_u128_less(scan->gap, gap)) scan->gap = gap;
}

/* The gap |tp/P - fp/N| as the integer |tp·N - fp·P|. Between two positives it is largest at an end, so it is
 * enough to look before and at each score of a positive. */
static void ks_group(Scan *scan, const ScoreWalk *walk) {
  widen_gap(scan, walk->tp_count - walk->pos_count, walk->fp_count - walk->neg_count);
  widen_gap(scan, walk->tp_count, walk->fp_count);
}

/* Each positive here counts the negatives below it fully and those at the same score half. */
static void auc_group(Scan *scan, const ScoreWalk *walk) {
  uint64_t below = (uint64_t)(scan->all.neg_count - walk->fp_count);
  scan->twice_u = mlm_u128_sum(
      scan->twice_u, mlm_u128_product((uint64_t)walk->pos_count, 2 * below + (uint64_t)walk->neg_count));
}

static double auc_finish(Scan *scan) {
  const ScoreTotals *all = &scan->all;
  return auc_of(scan->twice_u, all);
}

static double ks_finish(Scan *scan) {
  const ScoreTotals *all = &scan->all;
  if (!(all->pos_weight > 0 && all->neg_weight > 0)) return NAN;
  return mlm_u128_ratio(scan->gap, false,
                        mlm_u128_product((uint64_t)all->pos_count, (uint64_t)all->neg_count), 0);
}

double mlm_average_precision(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (all.pos_weight > 0 && !mlm_totals_are_exact(&all)) return mlm_weighted_average_precision(scores);
  return run(scores, &all, mlm_walk_next_positive, average_precision_group, average_precision_finish);
}

static double pr_auc(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (all.pos_weight > 0 && !mlm_totals_are_exact(&all)) return mlm_weighted_pr_auc(scores);
  return run(scores, &all, mlm_walk_next, pr_auc_group, pr_auc_finish);
}

static double ks(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!all.integral && all.pos_weight > 0 && all.neg_weight > 0) return mlm_weighted_ks(scores);
  return run(scores, &all, mlm_walk_next_positive, ks_group, ks_finish);
}

/* Where the segment of the ROC curve from (fp, tp) by (dfp, dtp) meets fp/N = fn/P: both rates are
 * (fp·dtp + fn·dfp) / (dfp·P + dtp·N) there, integers over integers, below 2^126. */
static double eer_on(const ScoreWalk *walk, const ScoreTotals *all) {
  uint64_t dfp = (uint64_t)walk->neg_count, dtp = (uint64_t)walk->pos_count;
  uint64_t fp = (uint64_t)(walk->fp_count - walk->neg_count),
           fn = (uint64_t)(all->pos_count - walk->tp_count + walk->pos_count);
  U128 above = mlm_u128_sum(mlm_u128_product(fp, dtp), mlm_u128_product(fn, dfp));
  U128 below = mlm_u128_sum(mlm_u128_product(dfp, (uint64_t)all->pos_count),
                            mlm_u128_product(dtp, (uint64_t)all->neg_count));
  return mlm_u128_ratio(above, false, below, 0);
}

static double eer(const Scores *scores, const Eval *in) {
  ScoreTotals all = mlm_scores_totals(scores);
  ScoreWalk walk;
  if (!(all.pos_weight > 0 && all.neg_weight > 0)) return NAN;
  if (!all.integral) return mlm_weighted_eer(scores);
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    U128 false_alarms = mlm_u128_product((uint64_t)walk.fp_count, (uint64_t)all.pos_count);
    U128 misses = mlm_u128_product((uint64_t)(all.pos_count - walk.tp_count), (uint64_t)all.neg_count);
    if (!mlm_u128_less(false_alarms, misses)) return eer_on(&walk, &all);
  }
  return NAN; /* interrupted */
}

/* ---- rows counted by score and label ---- */

static ScoreTotals totals_of_counts(const uint32_t *count, uint64_t distinct) {
  ScoreTotals all = {.integral = true};
  for (uint64_t i = 0; i < distinct; i++) {
    all.neg_count += count[2 * i];
    all.pos_count += count[2 * i + 1];
  }
  all.neg_weight = (double)all.neg_count;
  all.pos_weight = (double)all.pos_count;
  return all;
}

/* Goes to the next lower score. */
static void walk_counts(ScoreWalk *walk, uint64_t neg, uint64_t pos) {
  walk->fp_count += (int64_t)neg;
  walk->tp_count += (int64_t)pos;
  walk->neg_count = (int64_t)neg;
  walk->pos_count = (int64_t)pos;
  walk->neg_weight = (double)neg;
  walk->pos_weight = (double)pos;
  walk->fp_weight = (double)walk->fp_count;
  walk->tp_weight = (double)walk->tp_count;
}

/* As run(). */
static double run_counts(const uint32_t *count, uint64_t distinct, bool positives_only,
                         void (*group)(Scan *scan, const ScoreWalk *walk), double (*finish)(Scan *scan)) {
  Scan scan;
  ScoreWalk walk = {.score = 0};
  ScoreTotals all = totals_of_counts(count, distinct);
  begin(&scan, &all);
  for (uint64_t i = distinct; i-- > 0;) {
    uint32_t neg = count[2 * i], pos = count[2 * i + 1];
    walk_counts(&walk, neg, pos);
    if (pos > 0 || (neg > 0 && !positives_only)) group(&scan, &walk);
  }
  return finish(&scan);
}

double mlm_average_precision_of(NextPositives *next, void *from, uint64_t positives) {
  Scan scan;
  ScoreWalk walk = {.score = 0};
  begin(&scan, &(ScoreTotals){.pos_count = (int64_t)positives, .pos_weight = (double)positives});
  for (uint64_t neg, pos; next(from, &neg, &pos);) {
    walk_counts(&walk, neg, pos);
    average_precision_group(&scan, &walk);
  }
  return average_precision_finish(&scan);
}

bool mlm_ranking_of_counts(ScoresFormula *formula, const uint32_t *count, uint64_t distinct, double *value) {
  if (formula == mlm_average_precision)
    *value = run_counts(count, distinct, true, average_precision_group, average_precision_finish);
  else if (formula == pr_auc)
    *value = run_counts(count, distinct, false, pr_auc_group, pr_auc_finish);
  else if (formula == ks)
    *value = run_counts(count, distinct, true, ks_group, ks_finish);
  else
    return false;
  return true;
}

static double best_cutoff(const Scores *scores, const Eval *in) {
  BestCutoff best;
  return mlm_scores_best(scores, mlm_objective_of(in->params), in->hint, &best) ? best.cutoff : NAN;
}

static double best_cutoff_value(const Scores *scores, const Eval *in) {
  BestCutoff best;
  return mlm_scores_best(scores, mlm_objective_of(in->params), in->hint, &best) ? best.value : NAN;
}

/* The members of best_cutoff_metrics, without braces. */
static void write_best(const Scores *scores, const Eval *in, const BestCutoff *best, StrBuf *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  bool integral = all.integral && !in->weighted;
  const Confusion2 *t = &best->confusion;
  const Objective *objective = mlm_objective_of(in->params);
  mlm_json_number(out, "cutoff", best->cutoff);
  mlm_str_key(out, "objective");
  mlm_str_json_string(out, objective->text, strlen(objective->text));
  mlm_json_number(out, "value", best->value);
  const char *const cell[] = {"tp", "fp", "tn", "fn"};
  const double count[] = {t->tp, t->fp, t->tn, t->fn};
  for (int i = 0; i < 4; i++) {
    mlm_str_key(out, cell[i]);
    mlm_str_count(out, mlm_confusion2_weight(t, count[i]), integral);
  }
  mlm_json_number(out, "precision", mlm_precision(t, NULL));
  mlm_json_number(out, "recall", mlm_recall(t, NULL));
  mlm_json_number(out, "f1", mlm_f1(t, NULL));
}

static Status best_cutoff_metrics(const Scores *scores, const Eval *in, Result *result) {
  BestCutoff best;
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  if (!mlm_scores_best(scores, mlm_objective_of(in->params), in->hint, &best)) return MLM_OK; /* NULL */
  mlm_str_put(out, "{");
  write_best(scores, in, &best, out);
  mlm_str_put(out, "}");
  return MLM_OK;
}

/* The parts of evaluate_binary. */
typedef struct Evaluation {
  double roc_auc, average_precision, ks;
  BestCutoff best;
  ProbabilityScan probabilities;
} Evaluation;

/* All in one pass where the sums are exact. A set with a row has a best cutoff. */
static void evaluate_ranking(Evaluation *e, const Scores *scores, const Eval *in, const ScoreTotals *all) {
  const Objective *objective = mlm_objective_of(in->params);
  e->best = (BestCutoff){0}; /* in case the walk is interrupted */
  if (!mlm_totals_are_exact(all)) {
    e->roc_auc = mlm_roc_auc(scores, in);
    e->average_precision = mlm_average_precision(scores, in);
    e->ks = ks(scores, in);
    mlm_scores_best(scores, objective, in->hint, &e->best);
    return;
  }
  Scan scan;
  CutoffSearch search;
  begin(&scan, all);
  mlm_search_begin(&search, scores, objective);
  while (mlm_search_next(&search)) {
    auc_group(&scan, &search.walk);
    average_precision_group(&scan, &search.walk);
    ks_group(&scan, &search.walk);
  }
  e->roc_auc = auc_finish(&scan);
  e->average_precision = average_precision_finish(&scan);
  e->ks = ks_finish(&scan);
  mlm_search_end(&search, &e->best);
}

static bool are_probabilities(const Scores *scores) {
  ScoreWalk low, high;
  mlm_walk_up(&low, scores);
  mlm_walk_down(&high, scores);
  mlm_walk_next(&low); /* an aggregate without rows is never evaluated */
  mlm_walk_next(&high);
  return low.score >= 0 && high.score <= 1;
}

bool mlm_are_decisions(const Scores *scores) {
  ScoreWalk walk;
  mlm_walk_up(&walk, scores);
  while (mlm_walk_next(&walk))
    if (walk.score != 0 && walk.score != 1) return false;
  return true;
}

static void write_number(StrBuf *out, const char *key, double x) { mlm_json_number(out, key, x); }

static void write_count(StrBuf *out, const char *key, double x, bool integral) {
  mlm_json_count(out, key, x, integral);
}

static void write_rows(StrBuf *out, const Scores *scores, const ScoreTotals *all, bool integral) {
  ExactSum rows = {0};
  mlm_scores_add_weights(scores, &rows);
  write_count(out, "rows", mlm_sum_round(&rows), integral);
  mlm_json_integer(out, "left_out", mlm_scores_left_out(scores));
  write_count(out, "positives", all->pos_weight, integral);
}

/* The metrics of probabilities; null if a score is not a probability. */
static void write_losses(StrBuf *out, const Scores *scores, Evaluation *e) {
  bool probabilities = are_probabilities(scores);
  if (probabilities) mlm_probabilities_scan(&e->probabilities, scores);
  write_number(out, "log_loss", probabilities ? mlm_probabilities_log_loss(&e->probabilities) : NAN);
  write_number(out, "brier", probabilities ? mlm_probabilities_brier(&e->probabilities) : NAN);
  write_number(out, "ece", probabilities ? mlm_probabilities_ece(&e->probabilities) : NAN);
  if (!mlm_are_decisions(scores)) return;
  mlm_str_key(out, "note");
  mlm_str_put(out, "\"" MLM_DECISIONS "\"");
}

static Status evaluate_binary(const Scores *scores, const Eval *in, Result *result) {
  Evaluation e;
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  ScoreTotals all = mlm_scores_totals(scores);
  evaluate_ranking(&e, scores, in, &all);
  mlm_str_put(out, "{");
  write_rows(out, scores, &all, all.integral && !in->weighted);
  write_number(out, "roc_auc", e.roc_auc);
  write_number(out, "average_precision", e.average_precision);
  write_number(out, "ks", e.ks);
  write_losses(out, scores, &e);
  mlm_str_key(out, "best_f1");
  mlm_str_put(out, "{");
  write_best(scores, in, &e.best, out);
  mlm_str_put(out, "}}");
  return MLM_OK;
}

static Status score_set_info(const Row *row, const Eval *in, Result *result) {
  const Scores *scores = row->sets[0].state;
  StrBuf *out = mlm_result_bytes(result, RESULT_JSON);
  ScoreTotals all = mlm_scores_totals(scores);
  ScoreWalk low, high;
  mlm_walk_up(&low, scores);
  mlm_walk_down(&high, scores);
  bool any = mlm_walk_next(&low);
  mlm_walk_next(&high);
  mlm_str_put(out, "{");
  write_rows(out, scores, &all, all.integral);
  mlm_json_integer(out, "distinct", mlm_scores_distinct(scores));
  write_number(out, "lowest", any ? low.score : NAN);
  write_number(out, "highest", any ? high.score : NAN);
  mlm_json_integer(out, "bytes", (int64_t)row->sets[0].bytes);
  mlm_str_put(out, "}");
  return mlm_scores_walk_ended_early(scores) ? MLM_INTERRUPTED : MLM_OK;
}

#define SCORES  .state_name = "score_set"
#define ON_FOUR " FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"

static const Metric metrics[] = {
    {.name = "roc_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(mlm_roc_auc),
     .interval = &mlm_auc_interval,
     .summary =
         "Area under the ROC curve (AUROC): the chance that a positive scores above a negative, ties one "
         "half; NULL if a class is missing.",
     .cost = "In a window a value of roc_auc takes O(1) time, unless weights are fractional.",
     .example = "SELECT roc_auc(column1, column2)" ON_FOUR},
    {.name = "average_precision",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(mlm_average_precision),
     .interval = &mlm_percentile_interval,
     .summary =
         "Average precision: the sum of steps of recall times precision, as in scikit-learn; NULL without "
         "positives.",
     .example = "SELECT average_precision(column1, column2)" ON_FOUR},
    {.name = "pr_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(pr_auc),
     .interval = &mlm_percentile_interval,
     .summary =
         "Area under the precision-recall curve by trapezoids, from (recall 0, precision 1); NULL without "
         "positives.",
     .example = "SELECT pr_auc(column1, column2)" ON_FOUR},
    {.name = "partial_roc_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_MAX_FPR, ARG_WEIGHT},
     .required = 3,
     SCORES,
     MLM_OF_SCORES(partial_roc_auc),
     .interval = &mlm_percentile_interval,
     .summary = "Area under the ROC curve up to max_fpr, McClish-corrected: 1/2 is chance, 1 is perfect.",
     .example = "SELECT partial_roc_auc(column1, column2, 0.5)" ON_FOUR},
    {.name = "gini",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(mlm_gini),
     .interval = &mlm_gini_interval,
     .summary = "Gini coefficient 2·roc_auc - 1, -1 to 1; NULL if a class is missing.",
     .example = "SELECT gini(column1, column2)" ON_FOUR},
    {.name = "ks",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(ks),
     .interval = &mlm_ks_interval,
     .summary = "Kolmogorov-Smirnov: the largest gap between the two classes' distributions of scores, 0 to "
                "1; with a sample indicator as the label, the two-sample statistic.",
     .example = "SELECT ks(column1, column2)" ON_FOUR},
    {.name = "eer",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(eer),
     .interval = &mlm_percentile_interval,
     .summary =
         "Equal error rate: where the false positive rate and the false negative rate are equal, on the "
         "segments of the ROC curve; NULL if a class is missing.",
     .example = "SELECT eer(column1, column2)" ON_FOUR},
    {.name = "best_cutoff",
     .args = {ARG_SCORE, ARG_LABEL, ARG_OBJECTIVE, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(best_cutoff),
     .interval = &mlm_percentile_interval,
     .summary = "The cutoff, or threshold (a score that occurs, or Infinity: predict none), that is best for "
                "the objective: "
                "{objectives}. With a condition, the cutoff with the most recall (with 'recall>=X', the most "
                "precision) among those that meet it. Of equally good cutoffs the highest; NULL if none "
                "qualifies. '@midpoint' after the objective "
                "moves the cutoff halfway to the next score below.",
     .example = "SELECT best_cutoff(column1, column2, 'precision>=0.6')" ON_FOUR},
    {.name = "best_cutoff_value",
     .args = {ARG_SCORE, ARG_LABEL, ARG_OBJECTIVE, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES(best_cutoff_value),
     .interval = &mlm_best_value_interval,
     .summary = "The value of the objective at best_cutoff, such as the largest F1 over all cutoffs. It is "
                "optimistic on the rows on which the cutoff was chosen: see best_cutoff_optimism.",
     .example = "SELECT best_cutoff_value(column1, column2, 'youden')" ON_FOUR},
    {.name = "best_cutoff_metrics",
     .args = {ARG_SCORE, ARG_LABEL, ARG_OBJECTIVE, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES_FULL(best_cutoff_metrics),
     .result = RESULT_JSON,
     .summary = "JSON: the best cutoff, the objective and its value, and tp, fp, tn, fn, precision, recall "
                "and f1 at this "
                "cutoff.",
     .example = "SELECT best_cutoff_metrics(column1, column2)" ON_FOUR},
    {.name = "score_set",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_SET_OF(scores),
     .summary = "BLOB that holds the scores, labels and weights of all rows exactly; every metric of scores "
                "and labels "
                "reads it, and score_set(set) merges sets (a NULL set is ignored).",
     .example = "SELECT roc_auc(s) FROM (SELECT score_set(column1, column2) AS s" ON_FOUR ")"},
    {.name = "evaluate_binary",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     MLM_OF_SCORES_FULL(evaluate_binary),
     .result = RESULT_JSON,
     .summary =
         "JSON with many metrics from one pass: rows, left_out (rows with a NULL; merged states do not count "
         "groups that had no other rows), positives, roc_auc, average_precision, ks, log_loss, brier, ece "
         "(these three null unless every score is a probability), best_f1. NULL if no row is left.",
     .example = "SELECT evaluate_binary(column1, column2)" ON_FOUR},
    {0},
};

static const Scalar scalars[] = {
    {.name = "score_set_info",
     .args = {ARG_SCORE_SET},
     .required = 1,
     .eval = score_set_info,
     .result = RESULT_JSON,
     .summary = "JSON that describes a score set: rows, left_out, positives, distinct scores, lowest and "
                "highest score, "
                "bytes.",
     .example = "SELECT score_set_info(s) FROM (SELECT score_set(column1, column2) AS s" ON_FOUR ")"},
    {0},
};

const Family mlm_ranking = {.name = "ranking", .metrics = metrics, .scalars = scalars};
