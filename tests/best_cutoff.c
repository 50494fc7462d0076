/* best_cutoff against exact fractions: the value and the highest of equally good cutoffs, over small tables
 * at random, each objective, from sets that were filled and from windows that slid; and that the searches may
 * skip what they skip.
 */
#include <stdio.h>

#include "metrics/objective.h"
#include "metrics/threshold.h"
#include "random.h"
#include "score_sets.h"

extern const Family mlm_threshold;

/* ---- objectives as fractions ---- */

typedef struct Fraction {
  int64_t num, den; /* den 0: undefined, else above 0 */
} Fraction;

typedef struct Cells {
  int64_t tp, fp, tn, fn;
} Cells;

static Fraction precision(Cells c) { return (Fraction){c.tp, c.tp + c.fp}; }
static Fraction recall(Cells c) { return (Fraction){c.tp, c.tp + c.fn}; }
static Fraction specificity(Cells c) { return (Fraction){c.tn, c.tn + c.fp}; }
static Fraction f1(Cells c) { return (Fraction){2 * c.tp, 2 * c.tp + c.fp + c.fn}; }
static Fraction f2(Cells c) { return (Fraction){5 * c.tp, 5 * c.tp + 4 * c.fn + c.fp}; }
static Fraction f_half(Cells c) { return (Fraction){5 * c.tp, 5 * c.tp + c.fn + 4 * c.fp}; }
static Fraction accuracy(Cells c) { return (Fraction){c.tp + c.tn, c.tp + c.fp + c.tn + c.fn}; }
static Fraction error_rate(Cells c) { return (Fraction){c.fp + c.fn, c.tp + c.fp + c.tn + c.fn}; }
static Fraction youden(Cells c) {
  const int64_t p = c.tp + c.fn, n = c.fp + c.tn;
  return (Fraction){c.tp * n - c.fp * p, p * n};
}
static Fraction balanced(Cells c) {
  const int64_t p = c.tp + c.fn, n = c.fp + c.tn;
  return (Fraction){c.tp * n + c.tn * p, 2 * p * n};
}
/* Its square, with its sign: in the same order. */
static Fraction mcc(Cells c) {
  const int64_t covariance = c.tp * c.tn - c.fp * c.fn, size = covariance < 0 ? -covariance : covariance;
  return (Fraction){covariance * size, (c.tp + c.fp) * (c.tp + c.fn) * (c.tn + c.fp) * (c.tn + c.fn)};
}
static Fraction hits(Cells c) { return (Fraction){c.tp, 1}; }
static Fraction cost(Cells c) { return (Fraction){c.fp + 5 * c.fn, 1}; }
static Fraction half_cost(Cells c) { return (Fraction){3 * c.fp + c.fn, 2}; }

typedef enum Value { RATIO, AMOUNT, ROOT } Value; /* AMOUNT: in the unit of the weights */

typedef struct Goal {
  const char *text;
  Fraction (*of)(Cells);
  int sense;
  Value value;
  Fraction (*floor_of)(Cells);
  double floor;
} Goal;

static const Goal goals[] = {
    {"f1", f1, 1, RATIO, NULL, 0},
    {"fbeta:2", f2, 1, RATIO, NULL, 0},
    {"fbeta:0.5", f_half, 1, RATIO, NULL, 0},
    {"accuracy", accuracy, 1, RATIO, NULL, 0},
    {"error_rate", error_rate, -1, RATIO, NULL, 0},
    {"balanced_accuracy", balanced, 1, RATIO, NULL, 0},
    {"youden", youden, 1, RATIO, NULL, 0},
    {"mcc", mcc, 1, ROOT, NULL, 0},
    {"dot", hits, 1, AMOUNT, NULL, 0},
    {"cost:1,5", cost, -1, AMOUNT, NULL, 0},
    {"cost:1.5,0.5", half_cost, -1, AMOUNT, NULL, 0},
    {"precision>=0.6", recall, 1, RATIO, precision, 0.6},
    {"precision>=1", recall, 1, RATIO, precision, 1},
    {"recall>=0.7", precision, 1, RATIO, recall, 0.7},
    {"recall>=0", precision, 1, RATIO, recall, 0},
    {"specificity>=0.8", recall, 1, RATIO, specificity, 0.8},
};
enum { GOALS = sizeof goals / sizeof *goals };
static Objective objectives[GOALS];
static uint64_t hints[GOALS];

static bool is_better(Fraction a, Fraction b, int sense) {
  return sense * a.num * b.den > sense * b.num * a.den;
}

static bool is_allowed(const Goal *goal, Cells c) {
  if (!goal->floor_of) return true;
  const Fraction x = goal->floor_of(c);
  return x.den > 0 && (double)x.num / (double)x.den >= goal->floor;
}

/* ---- tables ---- */

enum { MOST_ROWS = 16, MOST_SCORES = 7, LEAVING = 12 };

typedef struct SmallTable {
  int n, score[MOST_ROWS], label[MOST_ROWS];
  double unit; /* weight of a row */
  bool slides;
} SmallTable;

/* Rows at or above the score. */
static Cells cells_at(const SmallTable *t, double cutoff) {
  Cells c = {0};
  for (int i = 0; i < t->n; i++) {
    int64_t *cell[] = {&c.tn, &c.fn, &c.fp, &c.tp};
    ++*cell[(t->score[i] >= cutoff) << 1 | t->label[i]];
  }
  return c;
}

static bool occurs(const SmallTable *t, int score) {
  for (int i = 0; i < t->n; i++)
    if (t->score[i] == score) return true;
  return false;
}

typedef struct Answer {
  bool found;
  double cutoff;
  Fraction value;
  Cells cells;
} Answer;

static Answer exact_best(const SmallTable *t, const Goal *goal) {
  Answer best = {.found = false};
  for (int score = MOST_SCORES; score >= 0; score--) { /* MOST_SCORES, which no row has: predict none */
    if (score < MOST_SCORES && !occurs(t, score)) continue;
    const double cutoff = score == MOST_SCORES ? INFINITY : score;
    const Cells c = cells_at(t, cutoff);
    const Fraction value = goal->of(c);
    if (value.den == 0 || !is_allowed(goal, c)) continue;
    if (!best.found || is_better(value, best.value, goal->sense)) best = (Answer){true, cutoff, value, c};
  }
  return best;
}

/* A root is compared with the formula for that table, which tests/ratios.c compares with integers. */
static double nearest(const SmallTable *t, const Goal *goal, const Answer *answer) {
  const double x = (double)answer->value.num / (double)answer->value.den;
  if (goal->value == RATIO) return x;
  if (goal->value == AMOUNT) return x * t->unit;
  const Confusion2 c = {.tp = (double)answer->cells.tp,
                        .fp = (double)answer->cells.fp,
                        .tn = (double)answer->cells.tn,
                        .fn = (double)answer->cells.fn};
  return mlm_mcc(&c, NULL);
}

static void print_table(const SmallTable *t, char *text, size_t size) {
  size_t used = (size_t)snprintf(text, size, "%s of %g:", t->slides ? "window" : "set", t->unit);
  for (int i = 0; i < t->n && used < size; i++)
    used += (size_t)snprintf(text + used, size - used, " (%d,%d)", t->score[i], t->label[i]);
}

static void check_best(const Scores *scores, const SmallTable *t, int g) {
  const Goal *goal = &goals[g];
  const Answer want = exact_best(t, goal);
  BestCutoff best = {.cutoff = NAN};
  const bool found = mlm_scores_best(scores, &objectives[g], draw() % 2 ? &hints[g] : NULL, &best);
  if (found == want.found
      && (!found || (best.cutoff == want.cutoff && best.value == nearest(t, goal, &want)))) {
    passed();
    return;
  }
  char text[400];
  print_table(t, text, sizeof text);
  failed("%s: cutoff %g, value %.17g, wanted %g, %.17g: %s", goal->text, best.cutoff, best.value, want.cutoff,
         nearest(t, goal, &want), text);
}

/* Where it slides, rows were there that have left, some of them last of all, and the set was read between. */
static void fill(Scores *scores, const SmallTable *t) {
  int score[LEAVING], label[LEAVING], leaving = t->slides ? 1 + (int)(draw() % LEAVING) : 0;
  for (int i = 0; i < leaving; i++) {
    score[i] = (int)(draw() % MOST_SCORES);
    label[i] = (int)(draw() % 2);
    put_row(scores, score[i], label[i], t->unit, 1);
  }
  for (int i = 0; i < t->n; i++) {
    put_row(scores, t->score[i], t->label[i], t->unit, 1);
    if (i < leaving - 1) put_row(scores, score[i], label[i], t->unit, -1);
    if (draw() % 8 == 0) kind->seal(scores, &host);
  }
  for (int i = t->n; i < leaving - 1; i++) put_row(scores, score[i], label[i], t->unit, -1);
  if (leaving) put_row(scores, score[leaving - 1], label[leaving - 1], t->unit, -1);
  expect(kind->seal(scores, &host) == MLM_OK, "seal", t->n);
}

static void check_table(const SmallTable *t) {
  Scores *scores = fresh();
  fill(scores, t);
  for (int g = 0; g < GOALS; g++) check_best(scores, t, g);
  drop(scores);
}

/* Of weights whose multiples are no doubles the sums are exact all the same. */
static void test_tables(void) {
  static const double units[] = {1, 1, 1, 1, 3, 0.1, 1 / 3.0, 1e-300, 1e300};
  for (long i = 0; i < 100000; i++) {
    SmallTable t = {.n = 1 + (int)(draw() % MOST_ROWS), .unit = units[draw() % 9], .slides = i % 3 == 0};
    const uint64_t scores = 1 + draw() % MOST_SCORES, positives = 1 + draw() % 7;
    for (int j = 0; j < t.n; j++) {
      t.score[j] = (int)(draw() % scores);
      t.label[j] = draw() % 8 < positives;
    }
    check_table(&t);
  }
}

/* Tables where rounding decided before. */
static void test_ties(void) {
  static const SmallTable tables[] = {
      {.n = 8, .score = {3, 3, 3, 2, 2, 2, 2, 1}, .label = {1, 0, 0, 1, 0, 0, 0, 0}, .unit = 1},
      {.n = 9, .score = {1, 4, 1, 2, 5, 1, 2, 4, 3}, .label = {1, 0, 1, 1, 0, 0, 0, 0, 1}, .unit = 1}};
  for (int i = 0; i < 4; i++) {
    SmallTable t = tables[i % 2];
    t.slides = i > 1;
    check_table(&t);
    const char *const name[] = {i % 2 ? "mcc" : "youden", i % 2 ? "mcc" : "balanced_accuracy"};
    for (int n = 0; n < 2; n++)
      for (int g = 0; g < GOALS; g++)
        if (strcmp(goals[g].text, name[n]) == 0)
          expect_for(exact_best(&t, &goals[g]).cutoff == (i % 2 ? 5 : 3), "the highest of the best", name[n]);
  }
}

/* ---- what searches rest on ---- */

/* Whether the metric gets no better from one table to another that has more false alarms or fewer hits. */
static bool gets_no_better(const Metric *m, const double *param, const Confusion2 *from,
                           const Confusion2 *to) {
  const double a = m->formula.confusion2(from, param), b = m->formula.confusion2(to, param);
  return isnan(a) || isnan(b) || (m->search == SEARCH_LOWEST ? b >= a : b <= a);
}

static Confusion2 confusion_of(int tp, int fp, int p, int n, double unit) {
  const int count[CONFUSION2_CELLS] = {n - fp, p - tp, fp, tp};
  ExactSum sum[CONFUSION2_CELLS] = {0};
  for (int i = 0; i < CONFUSION2_CELLS; i++) mlm_sum_add_times(&sum[i], unit, (uint64_t)count[i], 1);
  Confusion2 c =
      mlm_confusion2_of((const ExactSum *const[CONFUSION2_CELLS]){&sum[0], &sum[1], &sum[2], &sum[3]});
  c.counts = unit == 1;
  return c;
}

static void check_monotone(const Metric *m, const double *param, double unit) {
  enum { MOST = 12 };
  for (int p = 0; p <= MOST; p++)
    for (int n = 0; n <= MOST; n++)
      for (int tp = 0; tp <= p; tp++)
        for (int fp = 0; fp <= n; fp++) {
          const Confusion2 here = confusion_of(tp, fp, p, n, unit);
          if (fp < n) {
            const Confusion2 more = confusion_of(tp, fp + 1, p, n, unit);
            expect_for(gets_no_better(m, param, &here, &more), "better with a false alarm more", m->name);
          }
          if (tp > 0) {
            const Confusion2 fewer = confusion_of(tp - 1, fp, p, n, unit);
            expect_for(gets_no_better(m, param, &here, &fewer), "better with a hit less", m->name);
          }
        }
}

static void test_monotone(void) {
  static const double params[][2] = {{2, 5}, {0.5, 0.1}, {0.7, 0}, {1e-3, 1e3}};
  int claimed = 0;
  for (const Metric *m = mlm_threshold.metrics; m->name; m++) {
    if (m->search != SEARCH_HIGHEST && m->search != SEARCH_LOWEST) continue;
    claimed++;
    const bool has_params = m->args[3] == ARG_BETA || m->args[3] == ARG_FP_COST;
    for (int i = 0; i < (has_params ? 4 : 1); i++) {
      check_monotone(m, params[i], 1);
      check_monotone(m, params[i], 0.1);
    }
  }
  expect(claimed >= 9, "metrics that searches rest on", claimed);
}

int main(void) {
  for (int g = 0; g < GOALS; g++)
    if (!mlm_parse_objective(goals[g].text, strlen(goals[g].text), &objectives[g]))
      failed("no objective: %s", goals[g].text);
  test_ties();
  test_tables();
  test_monotone();
  return end_of_tests();
}
