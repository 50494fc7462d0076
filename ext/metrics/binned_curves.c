/* Curves of a score set by bins: the rows of a bin are exact, and each result is rounded once. */
#include "metrics/binned_curves.h"

ExactSum mlm_weight_so_far(const ScoreWalk *walk, int label) {
  ExactSum sum = {0};
  if (!mlm_walk_is_exact(walk)) return *mlm_walk_weight(walk, label);
  mlm_sum_add_integer(&sum, label ? walk->tp_count : walk->fp_count);
  return sum;
}

static ExactSum all_so_far(const ScoreWalk *walk) {
  ExactSum sum = mlm_weight_so_far(walk, 0), positives = mlm_weight_so_far(walk, 1);
  mlm_sum_add_sum(&sum, &positives, 1);
  return sum;
}

static ExactSum all_here(const ScoreWalk *walk) {
  ExactSum sum = {0};
  for (int label = 0; label < 2; label++) mlm_walk_add_weight(walk, label, &sum);
  return sum;
}

bool mlm_weight_reaches(const ExactSum *sum, const ExactSum *all, double share, double bins) {
  ProductSum over = {0};
  ExactSum s = {0}, b = {0};
  mlm_sum_add(&s, share, 1);
  mlm_sum_add(&b, bins, 1);
  mlm_product_add_sums(&over, sum, &b, 1);
  mlm_product_add_sums(&over, all, &s, -1);
  return mlm_product_sign(&over) >= 0;
}

/* ---- calibration ---- */

static double exact_quantile_bin(const BinCursor *at) {
  ExactSum below = all_so_far(&at->walk), here = all_here(&at->walk);
  mlm_sum_add_sum(&below, &here, -1);
  double bin = mlm_integral_part(mlm_sum_ratio(&below, &at->all) * at->bins) + 1;
  while (!mlm_weight_reaches(&below, &at->all, bin, at->bins)) bin--;
  return bin;
}

/* The quantile bin of the current score, by the share of the weight below it. Doubles decide except near an
 * edge. */
static double weighted_quantile_bin(const BinCursor *at) {
  double below = at->walk.fp_weight + at->walk.tp_weight - at->walk.neg_weight - at->walk.pos_weight;
  double share = below / at->total * at->bins;
  double slack = at->bins * 0x1p-49; /* the error of `below` is at most 2^-50 of the total */
  if (!(share > slack && share < at->bins)) return exact_quantile_bin(at);
  double bin = mlm_integral_part(share), overflow = share - bin;
  return overflow > slack && overflow < 1 - slack ? bin : exact_quantile_bin(at);
}

uint64_t mlm_quantile_group(uint64_t before, uint64_t n, uint64_t groups) {
  if (before == 0) return 1;
  U128 place = mlm_u128_product(before, groups);
  if (place.hi == 0) return (place.lo - 1) / (n - 1) + 1;
  double guess = mlm_u128_ratio(place, false, mlm_u128(n - 1), 0); /* off by less than 1 */
  uint64_t number = (uint64_t)guess - 1;
  while (mlm_u128_less(mlm_u128_product(n - 1, number), place)) number++;
  return number;
}

static double quantile_bin(const BinCursor *at) {
  if (!at->integral) return weighted_quantile_bin(at);
  int64_t before = at->walk.fp_count + at->walk.tp_count - at->walk.neg_count - at->walk.pos_count;
  return (double)(mlm_quantile_group((uint64_t)before, (uint64_t)at->count, (uint64_t)at->bins) - 1);
}

double mlm_bin_here(const BinCursor *at) {
  if (at->edges) return (double)mlm_edges_up_to(at->edges->at + 1, at->edges->n - 2, at->walk.score);
  return at->quantile ? quantile_bin(at) : mlm_bin_of(at->walk.score, at->bins);
}

/* The lower edge of a bin that has one before any row is seen. */
static double edge_of(const BinCursor *at, double bin) {
  return at->edges ? at->edges->at[(size_t)bin] : bin / at->bins;
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
  at->lo = at->quantile ? at->walk.score : edge_of(at, bin);
  do {
    at->hi = at->quantile ? at->walk.score : edge_of(at, bin + 1);
    sums.score = at->walk.score;
    for (sums.label = 0; sums.label < 2; sums.label++) mlm_walk_visit(&at->walk, sums.label, add_rows, &sums);
    at->ahead = mlm_walk_next(&at->walk);
  } while (at->ahead && mlm_bin_here(at) == bin);
  ExactSum rows = sums.weight[0];
  mlm_sum_add_sum(&rows, &sums.weight[1], 1);
  at->weight = rows;
  at->rows = mlm_sum_round(&rows);
  at->mean = mlm_product_ratio(&sums.scores, &rows);
  at->rate = mlm_sum_ratio(&sums.weight[1], &rows);
}

void mlm_start_bins(BinCursor *at, const Scores *scores, const Params *params) {
  ScoreTotals all = mlm_scores_totals(scores);
  *at = (BinCursor){.started = true,
                    .integral = all.integral,
                    .bins = params->number[0],
                    .edges = mlm_edges_of(params),
                    .quantile = params->number[1] == 1 && !mlm_edges_of(params),
                    .count = all.neg_count + all.pos_count,
                    .total = all.neg_weight + all.pos_weight};
  mlm_scores_add_weights(scores, &at->all);
  mlm_walk_up(&at->walk, scores);
  at->ahead = mlm_walk_next(&at->walk);
}

bool mlm_next_bin(void *cursor, const Scores *scores, const Params *params) {
  BinCursor *at = cursor;
  if (!at->started) mlm_start_bins(at, scores, params);
  if (!at->ahead) return false;
  at->bin = mlm_bin_here(at);
  gather_bin(at);
  return true;
}

void mlm_bin_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const BinCursor *at = cursor;
  const double value[] = {at->bin, at->lo, at->hi, at->rows, at->mean, at->rate};
  if (column == 0 || column == 3)
    mlm_cell_count(cell, value[column], column == 0 || at->integral);
  else
    mlm_cell_real(cell, value[column]);
}

/* ---- lift ---- */

/* Whether the rows passed, those of the current score included, are fewer than the rows above the edge. */
static bool is_above(const LiftCursor *at) {
  double seen = (at->walk.tp_weight + at->walk.fp_weight) * at->bins, edge = at->total * at->bin;
  bool rough = edge > 0x1p-900 && edge < INFINITY; /* then the relative error of either is below 2^-51 */
  if (rough && seen < edge * (1 - 0x1p-50)) return true;
  if (rough && seen > edge * (1 + 0x1p-50)) return false;
  ExactSum sum = all_so_far(&at->walk);
  return !mlm_weight_reaches(&sum, &at->all, at->bin, at->bins);
}

/* Above the edge are the positives of higher scores and the share (all·bin/bins - before) / here of those at
 * the score that it divides. All of it times here·bins: */
static void look_at_edge(const LiftCursor *at, LiftEdge *edge) {
  const ScoreWalk *walk = &at->walk;
  ExactSum here = all_here(walk), before = all_so_far(walk), positives = {0};
  ExactSum above = mlm_weight_so_far(walk, 1);
  mlm_walk_add_weight(walk, 1, &positives);
  mlm_sum_add_sum(&before, &here, -1);
  mlm_sum_add_sum(&above, &positives, -1);

  BigFloat x, y, bins, left;
  mlm_bigfloat_of(&bins, at->bins);
  mlm_bigfloat_of_sum(&edge->here, &here);
  mlm_bigfloat_of_sum(&x, &at->all);
  mlm_bigfloat_of(&y, at->bin);
  mlm_bigfloat_multiply(&left, &x, &y);
  mlm_bigfloat_of_sum(&x, &before);
  mlm_bigfloat_multiply(&y, &x, &bins);
  mlm_bigfloat_add(&left, &y, -1);
  mlm_bigfloat_of_sum(&x, &positives);
  mlm_bigfloat_multiply(&y, &x, &left);
  mlm_bigfloat_of_sum(&x, &above);
  mlm_bigfloat_multiply(&left, &x, &edge->here);
  mlm_bigfloat_multiply(&edge->held, &left, &bins);
  mlm_bigfloat_add(&edge->held, &y, 1);
}

/* The positives between two edges: (held/here - held'/here') / bins. */
static double between(const LiftEdge *upper, const LiftEdge *lower, double bins) {
  BigFloat num, den, x, y;
  mlm_bigfloat_multiply(&num, &lower->held, &upper->here);
  mlm_bigfloat_multiply(&x, &upper->held, &lower->here);
  mlm_bigfloat_add(&num, &x, -1);
  mlm_bigfloat_multiply(&x, &lower->here, &upper->here);
  mlm_bigfloat_of(&y, bins);
  mlm_bigfloat_multiply(&den, &x, &y);
  return mlm_bigfloat_ratio(&num, &den);
}

/* held / (here · n) of all positives: with n = bins the gain, with n = bin the lift. */
static double share_of_positives(const LiftCursor *at, double n) {
  BigFloat num = at->edge.held, den, x, y;
  mlm_bigfloat_of_sum(&x, &at->all_positives);
  mlm_bigfloat_multiply(&y, &at->edge.here, &x);
  mlm_bigfloat_of(&x, n);
  mlm_bigfloat_multiply(&den, &y, &x);
  return mlm_bigfloat_ratio(&num, &den);
}

static void start_lift(LiftCursor *at, const Scores *scores, const Params *params) {
  ScoreTotals all = mlm_scores_totals(scores);
  ExactSum bins = {0};
  memset(at, 0, sizeof *at);
  at->started = true;
  at->bins = params->number[0];
  at->total = all.neg_weight + all.pos_weight;
  mlm_scores_add_weight(scores, 1, &at->all_positives);
  at->all = at->all_positives;
  mlm_scores_add_weight(scores, 0, &at->all);
  mlm_sum_add(&bins, at->bins, 1);
  at->rows = mlm_sum_ratio(&at->all, &bins);
  mlm_bigfloat_of(&at->edge.here, 1); /* nothing is above the first edge */
  mlm_walk_down(&at->walk, scores);
  mlm_walk_next(&at->walk);
}

bool mlm_next_lift(void *cursor, const Scores *scores, const Params *params) {
  LiftCursor *at = cursor;
  if (!at->started) start_lift(at, scores, params);
  if (at->bin >= at->bins || mlm_sum_is_zero(&at->all)) return false;
  at->bin++;
  while (is_above(at))
    if (!mlm_walk_next(&at->walk)) return false; /* interrupted: the last score reaches every edge */
  LiftEdge upper = at->edge;
  look_at_edge(at, &at->edge);
  at->positives = between(&upper, &at->edge, at->bins);
  at->gain = share_of_positives(at, at->bins);
  at->lift = share_of_positives(at, at->bin);
  return true;
}

void mlm_lift_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const LiftCursor *at = cursor;
  const double value[] = {at->bin, at->rows, at->positives, at->bin / at->bins, at->gain, at->lift};
  if (column == 0)
    mlm_cell_count(cell, at->bin, true);
  else
    mlm_cell_real(cell, value[column]);
}
