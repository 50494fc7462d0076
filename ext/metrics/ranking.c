/* Ranking: metrics over all cutoffs at once, from one walk over the distinct scores, highest first. */
#include "metrics/calibration.h"
#include "metrics/decisions.h"

/* What a metric gathers while a walk goes down the distinct scores. */
typedef struct Scan {
  ScoreTotals all;
  double param;
  double precision; /* at the group before */
  double gap;       /* largest so far */
  Wide wide_gap;
  ProductSum area;
} Scan;

static double roc_auc_weighted(const Scores *scores, ScoreTotals all) {
  ProductSum pairs = {0}, possible = {0};
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk)) {
    if (walk.POS == 0) continue;
    mlm_product_add(&pairs, walk.POS, all.NEG, 1);
    mlm_product_add(&pairs, walk.POS, walk.FP, -1);
    mlm_product_add(&pairs, walk.POS, walk.NEG / 2, 1);
  }
  mlm_product_add(&possible, all.POS, all.NEG, 1);
  return mlm_product_ratio_products(&pairs, &possible);
}

/* 2U / 2PN: an integer over an integer, rounded once. */
static double roc_auc(const Scores *scores, const Params *params) {
  ScoreTotals all = mlm_scores_totals(scores);
  if (!(all.POS > 0 && all.NEG > 0)) return NAN;
  if (!all.integral) return roc_auc_weighted(scores, all);
  Wide pairs = wide_shift_left(wide_product((uint64_t)all.pos, (uint64_t)all.neg), 1);
  return mlm_wide_ratio(mlm_scores_twice_u(scores), false, pairs, 0);
}

static double gini(const Scores *scores, const Params *params) { return 2 * roc_auc(scores, params) - 1; }

static void begin(Scan *scan, const Scores *scores, double param) {
  memset(scan, 0, sizeof *scan);
  scan->all = mlm_scores_totals(scores);
  scan->param = param;
  scan->precision = 1; /* where nothing is predicted positive yet */
}

/* Over every score, or (next = mlm_walk_next_positive) over those that a positive row has. */
static double run(const Scores *scores, bool (*next)(ScoreWalk *walk),
                  void (*group)(Scan *scan, const ScoreWalk *walk), double (*finish)(const Scan *scan),
                  double param) {
  Scan scan;
  ScoreWalk walk;
  begin(&scan, scores, param);
  mlm_walk_down(&walk, scores);
  while (next(&walk)) group(&scan, &walk);
  return finish(&scan);
}

/* Steps of recall times the precision reached: ΔTP·precision, summed exactly. */
static void average_precision_group(Scan *scan, const ScoreWalk *walk) {
  if (walk->POS > 0) mlm_product_add(&scan->area, walk->POS, walk->TP / (walk->TP + walk->FP), 1);
}

/* Trapezoids: ΔTP·(precision before + precision after). */
static void pr_auc_group(Scan *scan, const ScoreWalk *walk) {
  double precision = walk->TP / (walk->TP + walk->FP);
  if (walk->POS > 0) {
    mlm_product_add(&scan->area, walk->POS, scan->precision, 1);
    mlm_product_add(&scan->area, walk->POS, precision, 1);
  }
  scan->precision = precision;
}

static double area_over(const Scan *scan, double unit) {
  if (!(scan->all.POS > 0)) return NAN;
  ProductSum whole = {0};
  mlm_product_add(&whole, scan->all.POS, unit, 1);
  return mlm_product_ratio_products(&scan->area, &whole);
}

static double average_precision_finish(const Scan *scan) { return area_over(scan, 1); }
static double pr_auc_finish(const Scan *scan) { return area_over(scan, 2); }

/* Areas under the ROC curve up to max_fpr, in units of half a pair; the trapezoid that max_fpr cuts is cut
 * with it. */
static void partial_auc_group(Scan *scan, const ScoreWalk *walk) {
  double before = walk->FP - walk->NEG, tp_before = walk->TP - walk->POS, limit = scan->param * scan->all.NEG;
  if (before >= limit || walk->NEG == 0) return;
  if (walk->FP <= limit) {
    mlm_product_add(&scan->area, walk->NEG, tp_before, 1);
    mlm_product_add(&scan->area, walk->NEG, walk->TP, 1);
    return;
  }
  double width = limit - before, tp = tp_before + walk->POS * (width / walk->NEG);
  mlm_product_add(&scan->area, width, tp_before, 1);
  mlm_product_add(&scan->area, width, tp, 1);
}

/* McClish: 1/2 where the model is no better than chance, 1 where it is perfect, within the range of fpr. */
static double partial_auc_finish(const Scan *scan) {
  if (!(scan->all.POS > 0 && scan->all.NEG > 0)) return NAN;
  ProductSum pairs = {0};
  mlm_product_add(&pairs, scan->all.POS, 2 * scan->all.NEG, 1);
  double most = scan->param, area = mlm_product_ratio_products(&scan->area, &pairs), least = most * most / 2;
  return (1 + (area - least) / (most - least)) / 2;
}

static double partial_roc_auc(const Scores *scores, const Params *params) {
  if (params->value[0] == 1) return roc_auc(scores, params);
  return run(scores, mlm_walk_next, partial_auc_group, partial_auc_finish, params->value[0]);
}

static void widen_gap(Scan *scan, int64_t tp, int64_t fp) {
  Wide a = wide_product((uint64_t)tp, (uint64_t)scan->all.neg),
       b = wide_product((uint64_t)fp, (uint64_t)scan->all.pos);
  Wide gap = wide_less(a, b) ? wide_difference(b, a) : wide_difference(a, b);
  if (wide_less(scan->wide_gap, gap)) scan->wide_gap = gap;
}

/* The gap |TP/P - FP/N| as the integer |TP·N - FP·P|, compared as such; with other weights than whole ones as
 * a double. Among negatives alone it is largest at either end, so a look before and at each positive is
 * enough. */
static void ks_group(Scan *scan, const ScoreWalk *walk) {
  if (!scan->all.integral) {
    double gap = fabs(mlm_diff_of_products(walk->TP, scan->all.NEG, walk->FP, scan->all.POS));
    if (gap > scan->gap) scan->gap = gap;
    return;
  }
  if (walk->pos == 0) return;
  widen_gap(scan, walk->tp - walk->pos, walk->fp - walk->neg);
  widen_gap(scan, walk->tp, walk->fp);
}

static double ks_finish(const Scan *scan) {
  const ScoreTotals *all = &scan->all;
  if (!(all->POS > 0 && all->NEG > 0)) return NAN;
  if (!all->integral) return scan->gap / (all->POS * all->NEG);
  return mlm_wide_ratio(scan->wide_gap, false, wide_product((uint64_t)all->pos, (uint64_t)all->neg), 0);
}

static double average_precision(const Scores *scores, const Params *params) {
  return run(scores, mlm_walk_next_positive, average_precision_group, average_precision_finish, 0);
}

static double pr_auc(const Scores *scores, const Params *params) {
  return run(scores, mlm_walk_next, pr_auc_group, pr_auc_finish, 0);
}
static double ks(const Scores *scores, const Params *params) {
  bool integral = mlm_scores_totals(scores).integral;
  return run(scores, integral ? mlm_walk_next_positive : mlm_walk_next, ks_group, ks_finish, 0);
}

static double best_cutoff(const Scores *scores, const Params *params) {
  BestCutoff best;
  return mlm_scores_best(scores, mlm_objective_of(params), params->hint, &best) ? best.cutoff : NAN;
}

/* The table at the cutoff found: where all weights are whole by subtraction, else as the walk has it. */
static Tally tally_at(const Scores *scores, const BestCutoff *best, const ScoreTotals *all) {
  Tally tally = {.tp = best->tp, .fp = best->fp, .tn = all->NEG - best->fp, .fn = all->POS - best->tp};
  ScoreWalk walk;
  if (all->integral || best->tp + best->fp == 0) return tally;
  mlm_walk_down(&walk, scores);
  while (mlm_walk_next(&walk) && walk.score > best->cutoff) {}
  mlm_walk_tally(&walk, &tally);
  return tally;
}

/* The members of best_cutoff_metrics, without braces. */
static void write_best(const Scores *scores, const Params *params, const BestCutoff *best, Text *out) {
  ScoreTotals all = mlm_scores_totals(scores);
  bool integral = all.integral && !params->weighted;
  Tally t = tally_at(scores, best, &all);
  const Objective *objective = mlm_objective_of(params);
  mlm_text_key(out, "cutoff");
  mlm_text_number(out, best->cutoff);
  mlm_text_key(out, "objective");
  mlm_text_string(out, objective->text, strlen(objective->text));
  mlm_text_key(out, "value");
  mlm_text_number(out, best->value);
  const char *const cell[] = {"tp", "fp", "tn", "fn"};
  const double count[] = {t.tp, t.fp, t.tn, t.fn};
  for (int i = 0; i < 4; i++) {
    mlm_text_key(out, cell[i]);
    mlm_text_count(out, count[i], integral);
  }
  mlm_text_key(out, "precision");
  mlm_text_number(out, mlm_precision(&t, NULL));
  mlm_text_key(out, "recall");
  mlm_text_number(out, mlm_recall(&t, NULL));
  mlm_text_key(out, "f1");
  mlm_text_number(out, mlm_f1(&t, NULL));
}

static void best_cutoff_metrics(const Scores *scores, const Params *params, Text *out) {
  BestCutoff best;
  if (!mlm_scores_best(scores, mlm_objective_of(params), params->hint, &best)) return; /* NULL */
  mlm_text_put(out, "{");
  write_best(scores, params, &best, out);
  mlm_text_put(out, "}");
}

/* Everything in a walk and a visit. The scores are probabilities if the lowest and the highest are. */
typedef struct Evaluation {
  Scan average_precision, ks;
  ProbabilityScan probabilities;
} Evaluation;

static bool are_probabilities(const Scores *scores) {
  ScoreWalk low, high;
  mlm_walk_up(&low, scores);
  mlm_walk_down(&high, scores);
  return mlm_walk_next(&low) && mlm_walk_next(&high) && low.score >= 0 && high.score <= 1;
}

static void write_number(Text *out, const char *key, double x) {
  mlm_text_key(out, key);
  mlm_text_number(out, x);
}

static void write_count(Text *out, const char *key, double x, bool integral) {
  mlm_text_key(out, key);
  mlm_text_count(out, x, integral);
}

static void evaluate_binary(const Scores *scores, const Params *params, Text *out) {
  Evaluation e;
  ScoreTotals all = mlm_scores_totals(scores);
  bool probabilities = are_probabilities(scores), integral = all.integral && !params->weighted;
  begin(&e.average_precision, scores, 0);
  begin(&e.ks, scores, 0);
  ScoreWalk walk;
  mlm_walk_down(&walk, scores);
  while (all.integral ? mlm_walk_next_positive(&walk) : mlm_walk_next(&walk)) {
    average_precision_group(&e.average_precision, &walk);
    ks_group(&e.ks, &walk);
  }
  if (probabilities) mlm_probabilities_scan(&e.probabilities, scores);
  mlm_text_put(out, "{");
  write_count(out, "rows", all.integral ? (double)(all.neg + all.pos) : all.NEG + all.POS, integral);
  mlm_text_key(out, "left_out");
  mlm_text_integer(out, mlm_scores_left_out(scores));
  write_count(out, "positives", all.POS, integral);
  write_number(out, "roc_auc", roc_auc(scores, params));
  write_number(out, "average_precision", average_precision_finish(&e.average_precision));
  write_number(out, "ks", ks_finish(&e.ks));
  write_number(out, "log_loss", probabilities ? mlm_probabilities_log_loss(&e.probabilities, &all) : NAN);
  write_number(out, "brier", probabilities ? mlm_probabilities_brier(&e.probabilities, &all) : NAN);
  write_number(out, "ece", probabilities ? mlm_probabilities_ece(&e.probabilities, scores, &all) : NAN);
  BestCutoff best;
  mlm_text_key(out, "best_f1");
  if (mlm_scores_best(scores, mlm_objective_of(params), params->hint, &best)) {
    mlm_text_put(out, "{");
    write_best(scores, params, &best, out);
    mlm_text_put(out, "}");
  } else {
    mlm_text_put(out, "null");
  }
  mlm_text_put(out, "}");
}

static void score_set_info(const Row *row, Text *out) {
  const Scores *scores = row->scores;
  ScoreTotals all = mlm_scores_totals(scores);
  ScoreWalk low, high;
  mlm_walk_up(&low, scores);
  mlm_walk_down(&high, scores);
  bool any = mlm_walk_next(&low) && mlm_walk_next(&high);
  mlm_text_put(out, "{");
  write_count(out, "rows", all.integral ? (double)(all.neg + all.pos) : all.NEG + all.POS, all.integral);
  mlm_text_key(out, "left_out");
  mlm_text_integer(out, mlm_scores_left_out(scores));
  write_count(out, "positives", all.POS, all.integral);
  mlm_text_key(out, "distinct");
  mlm_text_integer(out, mlm_scores_distinct(scores));
  write_number(out, "lowest", any ? low.score : NAN);
  write_number(out, "highest", any ? high.score : NAN);
  mlm_text_key(out, "bytes");
  mlm_text_integer(out, (int64_t)row->scores_bytes);
  mlm_text_put(out, "}");
}

#define SCORES  .state = &mlm_scores_state, .remembers = "score_set"
#define ON_FOUR " FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1))"
#define O_N     "A value costs a walk over the distinct scores of the frame."

static const Metric metrics[] = {
    {.name = "roc_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = roc_auc,
     .summary =
         "Area under the ROC curve: the chance that a positive scores above a negative, ties one half; NULL "
         "where a class is "
         "missing. In a window a value costs O(1), with other weights than whole ones a walk over the frame.",
     .example = "SELECT roc_auc(column1, column2)" ON_FOUR},
    {.name = "average_precision",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = average_precision,
     .summary = "Average precision: steps of recall times the precision there, as scikit-learn; NULL without "
                "positives. " O_N,
     .example = "SELECT average_precision(column1, column2)" ON_FOUR},
    {.name = "pr_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = pr_auc,
     .summary = "Area under the precision-recall curve by trapezoids from (recall 0, precision 1); NULL "
                "without positives. " O_N,
     .example = "SELECT pr_auc(column1, column2)" ON_FOUR},
    {.name = "partial_roc_auc",
     .args = {ARG_SCORE, ARG_LABEL, ARG_MAX_FPR, ARG_WEIGHT},
     .required = 3,
     SCORES,
     .formula.scores = partial_roc_auc,
     .summary = "Area under the ROC curve up to max_fpr, McClish-corrected: 1/2 is chance, 1 perfect. " O_N,
     .example = "SELECT partial_roc_auc(column1, column2, 0.5)" ON_FOUR},
    {.name = "gini",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = gini,
     .summary = "Gini coefficient 2·roc_auc - 1, -1 to 1; NULL where a class is missing.",
     .example = "SELECT gini(column1, column2)" ON_FOUR},
    {.name = "ks",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = ks,
     .summary = "Kolmogorov-Smirnov: the largest gap between the two classes' distributions of scores, 0 to "
                "1; with a sample "
                "indicator for label the two-sample statistic. " O_N,
     .example = "SELECT ks(column1, column2)" ON_FOUR},
    {.name = "best_cutoff",
     .args = {ARG_SCORE, ARG_LABEL, ARG_OBJECTIVE, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores = best_cutoff,
     .summary = "The cutoff (a score that occurs, or Infinity: predict none) that is best for 'f1', "
                "'fbeta:2', 'accuracy', 'error_rate', "
                "'balanced_accuracy', 'youden', 'mcc', 'dot', 'cost:FP,FN', 'precision>=X' (most recall), "
                "'recall>=X' (most precision) or "
                "'specificity>=X' (most recall); the highest of equally good ones, NULL where none "
                "qualifies. In a window by branch and "
                "bound, with 'mcc' and 'fbeta' by a walk over the frame.",
     .example = "SELECT best_cutoff(column1, column2, 'precision>=0.6')" ON_FOUR},
    {.name = "best_cutoff_metrics",
     .args = {ARG_SCORE, ARG_LABEL, ARG_OBJECTIVE, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores_text = best_cutoff_metrics,
     .result = RESULT_JSON,
     .summary = "JSON of best_cutoff: cutoff, objective and its value, tp, fp, tn, fn, precision, recall and "
                "f1 there.",
     .example = "SELECT best_cutoff_metrics(column1, column2)" ON_FOUR},
    {.name = "score_set",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .result = RESULT_STATE,
     .summary = "The sorted, merged multiset of (score, label, weight) as a BLOB, lossless: every metric "
                "over scores and labels reads it, "
                "score_set(set) merges sets, and NULL ones count for nothing.",
     .example = "SELECT roc_auc(s) FROM (SELECT score_set(column1, column2) AS s" ON_FOUR ")"},
    {.name = "evaluate_binary",
     .args = {ARG_SCORE, ARG_LABEL, ARG_WEIGHT},
     .required = 2,
     SCORES,
     .formula.scores_text = evaluate_binary,
     .result = RESULT_JSON,
     .summary = "JSON of everything in one pass: rows, left_out (NULLs), positives, roc_auc, "
                "average_precision, ks, log_loss, brier and ece "
                "(null unless all scores are probabilities), best_f1.",
     .example = "SELECT evaluate_binary(column1, column2)" ON_FOUR},
    {0},
};

static const Scalar scalars[] = {
    {.name = "score_set_info",
     .args = {ARG_SET},
     .required = 1,
     .write = score_set_info,
     .result = RESULT_JSON,
     .summary = "JSON of what one score set holds: rows, left_out, positives, distinct scores, lowest and "
                "highest score, bytes.",
     .example = "SELECT score_set_info(s) FROM (SELECT score_set(column1, column2) AS s" ON_FOUR ")"},
    {0},
};

const Family mlm_ranking = {.name = "ranking", .metrics = metrics, .scalars = scalars};
