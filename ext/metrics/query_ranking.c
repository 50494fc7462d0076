/* Ranking within one query: a row is a document with its score and its relevance.
 *
 * Documents of the same score stand in any order: a metric is its expected value over all of these orders, by
 * the closed forms of McSherry and Najork, "Computing information retrieval performance measures efficiently
 * in the presence of tied scores" (2008). So it depends on no order of rows.
 */
#include "metric.h"

/* ---- the ranking ---- */

typedef struct Ranking {
  const Rows *rows;
  const Host *host;
  RowsOrder order;
  uint64_t left;    /* places of the order not yet visited: from the end, for the highest score comes first */
  int64_t relevant; /* documents of the query, retrieved or not */
  int64_t k;        /* the last rank that counts */
} Ranking;

/* Documents of one score, which have the ranks before + 1 to before + n. */
typedef struct Tie {
  int64_t before, n, counted; /* counted: how many of the ranks are up to k */
  int64_t relevant_before, relevant;
  double gain; /* mean relevance */
} Tie;

static int64_t count_relevant(const Rows *rows) {
  int64_t relevant = 0;
  for (uint64_t e = 0, n = mlm_rows_entries(rows); e < n; e++)
    if (mlm_rows_at(rows, e)[1] != 0) relevant += mlm_rows_count_at(rows, e);
  return relevant;
}

static Status begin(Ranking *ranking, const Rows *rows, const Eval *in) {
  bool all = in->metric->args[2] == ARG_END;
  *ranking = (Ranking){.rows = rows, .host = in->host, .relevant = count_relevant(rows)};
  ranking->k = all ? INT64_MAX : (int64_t)in->params->number[0];
  Status status = mlm_rows_order_all(rows, &ranking->order, in->host);
  ranking->left = ranking->order.n;
  return status;
}

static void end(Ranking *ranking) { mlm_rows_order_clear(&ranking->order, ranking->host); }

static const double *last_left(const Ranking *ranking) {
  return mlm_rows_at(ranking->rows, mlm_order_at(&ranking->order, ranking->left - 1));
}

/* The mean relevance of the entries at places from .. to - 1, which are n documents. */
static double mean_relevance(const Ranking *ranking, uint64_t from, uint64_t to, int64_t n) {
  ExactSum sum = {0};
  for (uint64_t i = from; i < to; i++) {
    uint64_t e = mlm_order_at(&ranking->order, i);
    mlm_sum_add_times(&sum, mlm_rows_at(ranking->rows, e)[1], (uint64_t)mlm_rows_count_at(ranking->rows, e),
                      1);
  }
  return mlm_sum_mean(&sum, n);
}

/* Goes to the documents of the next lower score; false where none of them has a rank up to k. Zeroed memory
 * stands before the first. */
static bool next_tie(Ranking *ranking, Tie *tie) {
  *tie = (Tie){.before = tie->before + tie->n, .relevant_before = tie->relevant_before + tie->relevant};
  while (ranking->left > 0 && last_left(ranking)[1] < 0) ranking->left--; /* not retrieved */
  if (ranking->left == 0 || tie->before >= ranking->k) return false;
  const double *first = last_left(ranking), *x = first;
  uint64_t to = ranking->left;
  for (; x[0] == first[0] && x[1] >= 0; x = last_left(ranking)) {
    int64_t count = mlm_rows_count_at(ranking->rows, mlm_order_at(&ranking->order, --ranking->left));
    tie->n += count;
    tie->relevant += x[1] > 0 ? count : 0;
    tie->gain = x[1];
    if (ranking->left == 0) break;
  }
  /* Within a score, relevance ascends with the place. */
  if (tie->gain != first[1]) tie->gain = mean_relevance(ranking, ranking->left, to, tie->n);
  tie->counted = tie->n < ranking->k - tie->before ? tie->n : ranking->k - tie->before;
  return true;
}

/* Evaluates `metric` of a query that has a relevant document; of any other the result is NULL. */
static Status evaluate(const Rows *rows, const Eval *in, Status (*metric)(Ranking *ranking, double *value),
                       Result *out) {
  Ranking ranking;
  double value = NAN;
  Status status = begin(&ranking, rows, in);
  if (!status && ranking.relevant > 0) status = metric(&ranking, &value);
  end(&ranking);
  mlm_result_real(out, value);
  return status;
}

/* ---- discounted cumulative gain ---- */

/* Adds a gain at the ranks before + 1 to before + n: exactly times discounts 1/log2(rank + 1), each rounded.
 */
static Status add_gain(ProductSum *sum, double gain, int64_t before, int64_t n, const Host *host) {
  const double ln2 = 0x1.62e42fefa39efp-1;
  if (gain == 0) return MLM_OK;
  for (int64_t i = 1; i <= n; i++) {
    mlm_product_add(sum, gain, ln2 / mlm_log((double)(before + i) + 1), 1);
    if (mlm_interrupted_at((uint64_t)i, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

static Status add_gains(Ranking *ranking, ProductSum *sum) {
  Tie tie = {0};
  Status status = MLM_OK;
  while (!status && next_tie(ranking, &tie))
    status = add_gain(sum, tie.gain, tie.before, tie.counted, ranking->host);
  return status;
}

/* The same with the most relevant documents first. Sorted by relevance, which is negated of documents not
 * retrieved, the next one stands at one end or the other. */
static Status add_ideal_gains(const Ranking *ranking, ProductSum *sum) {
  RowsOrder order;
  int64_t before = 0;
  Status status = mlm_rows_order(ranking->rows, 1, &order, ranking->host);
  for (uint64_t from = 0, to = order.n; from < to && before < ranking->k && !status;) {
    uint64_t low = mlm_order_at(&order, from), high = mlm_order_at(&order, to - 1);
    double missed = -mlm_rows_at(ranking->rows, low)[1], found = mlm_rows_at(ranking->rows, high)[1];
    bool at_front = missed > found;
    int64_t count = mlm_rows_count_at(ranking->rows, at_front ? low : high), most = ranking->k - before;
    status = add_gain(sum, at_front ? missed : found, before, count < most ? count : most, ranking->host);
    before += count;
    if (at_front)
      from++;
    else
      to--;
  }
  mlm_rows_order_clear(&order, ranking->host);
  return status;
}

static Status gain_of(Ranking *ranking, double *value) {
  ProductSum gain = {0};
  Status status = add_gains(ranking, &gain);
  *value = mlm_product_round(&gain);
  return status;
}

static Status normalised_gain_of(Ranking *ranking, double *value) {
  ProductSum gain = {0}, ideal = {0};
  Status status = add_gains(ranking, &gain);
  if (!status) status = add_ideal_gains(ranking, &ideal);
  *value = mlm_product_ratio_products(&gain, &ideal);
  return status;
}

/* ---- counts of relevant documents ---- */

/* The expected number of relevant documents up to rank k, divided by `by` > 0, rounded once: those of whole
 * ties, and of the last one in proportion to the ranks that count. */
static double found_over(Ranking *ranking, int64_t by) {
  Tie tie = {0}, last = {.n = 1};
  while (next_tie(ranking, &tie)) last = tie;
  U128 found = mlm_u128_product((uint64_t)last.relevant_before, (uint64_t)last.n);
  found = mlm_u128_sum(found, mlm_u128_product((uint64_t)last.relevant, (uint64_t)last.counted));
  return mlm_u128_ratio(found, false, mlm_u128_product((uint64_t)last.n, (uint64_t)by), 0);
}

static Status precision_of(Ranking *ranking, double *value) {
  *value = found_over(ranking, ranking->k);
  return MLM_OK;
}

static Status recall_of(Ranking *ranking, double *value) {
  *value = found_over(ranking, ranking->relevant);
  return MLM_OK;
}

static Status r_precision_of(Ranking *ranking, double *value) {
  ranking->k = ranking->relevant;
  return precision_of(ranking, value);
}

/* ---- chances ---- */

/* The chance that k of n draws without replacement miss all c hits: C(n - c, k) / C(n, k), which is the same
 * with k and c exchanged; error below 2^-100 · min(c, k). Below 2^-120 it is 0. */
static DoubleDouble chance_of_none(double n, double c, double k) {
  double fewer = c < k ? c : k, more = c < k ? k : c;
  DoubleDouble chance = {1, 0};
  if (c + k > n) return dd_of(0);
  for (double i = 0; i < fewer && chance.hi > 0x1p-120; i++)
    chance = dd_product(chance, dd_quotient(dd_of(n - more - i), dd_of(n - i)));
  return chance.hi > 0x1p-120 ? chance : dd_of(0);
}

static double chance_of_any(double n, double c, double k) {
  return dd_rounded(dd_sum(dd_of(1), dd_minus(chance_of_none(n, c, k))));
}

/* A tie without relevant documents changes nothing; one whose ranks all count decides. */
static Status hit_rate_of(Ranking *ranking, double *value) {
  Tie tie = {0};
  *value = 0;
  while (*value == 0 && next_tie(ranking, &tie))
    if (tie.relevant > 0) *value = chance_of_any((double)tie.n, (double)tie.relevant, (double)tie.counted);
  return MLM_OK;
}

/* The sum over the ranks of a tie of 1/rank times the chance that the first relevant document has it. */
static Status reciprocal_rank_in(const Tie *tie, const Host *host, double *value) {
  DoubleDouble none = {1, 0}, sum = {0, 0}; /* none: the chance that all earlier ones are irrelevant */
  double n = (double)tie->n, relevant = (double)tie->relevant;
  for (int64_t i = 0; i < tie->counted && none.hi > 0x1p-120; i++) {
    double left = n - (double)i;
    DoubleDouble here = dd_quotient(dd_times(none, relevant), dd_of(left));
    sum = dd_sum(sum, dd_quotient(here, dd_of((double)(tie->before + i + 1))));
    none = dd_quotient(dd_times(none, left - relevant), dd_of(left));
    if (mlm_interrupted_at((uint64_t)i, host)) return MLM_INTERRUPTED;
  }
  *value = dd_rounded(sum);
  return MLM_OK;
}

static Status reciprocal_rank_of(Ranking *ranking, double *value) {
  Tie tie = {0};
  *value = 0;
  while (next_tie(ranking, &tie))
    if (tie.relevant > 0) return reciprocal_rank_in(&tie, ranking->host, value);
  return MLM_OK;
}

/* Adds the sum over the ranks of a tie of the chance of a relevant document there, times the expected
 * precision where there is one: with r of n relevant, before the i-th of them i - 1 others, of which
 * (i - 1)(r - 1)/(n - 1) are. */
static Status add_precisions(DoubleDouble *sum, const Tie *tie, const Host *host) {
  double n = (double)tie->n, r = (double)tie->relevant;
  DoubleDouble chance = dd_quotient(dd_of(r), dd_of(n));
  DoubleDouble slope = n > 1 ? dd_quotient(dd_of(r - 1), dd_of(n - 1)) : dd_of(0);
  for (int64_t i = 0; i < tie->counted; i++) {
    DoubleDouble found = dd_plus(dd_times(slope, (double)i), (double)(tie->relevant_before + 1));
    *sum = dd_sum(*sum, dd_quotient(dd_product(chance, found), dd_of((double)(tie->before + i + 1))));
    if (mlm_interrupted_at((uint64_t)i, host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

static Status average_precision_of(Ranking *ranking, double *value) {
  Tie tie = {0};
  DoubleDouble sum = {0, 0};
  Status status = MLM_OK;
  int64_t most = ranking->relevant < ranking->k ? ranking->relevant : ranking->k;
  while (!status && next_tie(ranking, &tie))
    if (tie.relevant > 0) status = add_precisions(&sum, &tie, ranking->host);
  *value = dd_rounded(dd_quotient(sum, dd_of((double)most)));
  return status;
}

/* ---- functions ---- */

static Status dcg(const Rows *rows, const Eval *in, Result *out) { return evaluate(rows, in, gain_of, out); }
static Status ndcg(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, normalised_gain_of, out);
}
static Status precision(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, precision_of, out);
}
static Status recall(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, recall_of, out);
}
static Status r_precision(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, r_precision_of, out);
}
static Status hit_rate(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, hit_rate_of, out);
}
static Status reciprocal_rank(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, reciprocal_rank_of, out);
}
static Status average_precision(const Rows *rows, const Eval *in, Result *out) {
  return evaluate(rows, in, average_precision_of, out);
}

static double pass_at_k(const Row *row) { return chance_of_any(row->x[0], row->x[1], row->x[2]); }

static const char *within_samples(const Row *row, int *arg) {
  *arg = row->x[1] > row->x[0] ? 1 : 2;
  return row->x[*arg] > row->x[0] ? "at most n" : NULL;
}

static double exp2_of(const Row *row) { return mlm_exp2(row->pred); }

#define RANKING      .args = {ARG_RANK_SCORE, ARG_RELEVANCE}, .required = 2, .state_name = "query"
#define RANKING_TO_K .args = {ARG_RANK_SCORE, ARG_RELEVANCE, ARG_RANK_K}, .required = 3, .state_name = "query"
#define LIST         " FROM (VALUES (0.9, 1), (0.8, 0), (0.7, 3), (NULL, 2))"

static const Metric metrics[] = {
    {.name = "dcg_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(dcg),
     .summary = "Discounted cumulative gain of the k highest scores: the sum of relevance / log2(rank + 1); "
                "for the gain 2^rel - 1 pass exp2(relevance) - 1. NULL where no row is relevant.",
     .example = "SELECT dcg_at_k(column1, column2, 2)" LIST},
    {.name = "ndcg_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(ndcg),
     .summary = "dcg_at_k over that of the best order, 0 to 1 (scikit-learn's ndcg_score); NULL where no row "
                "is relevant.",
     .example = "SELECT ndcg_at_k(column1, column2, 2)" LIST},
    {.name = "precision_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(precision),
     .summary = "Relevant rows among the k highest scores, over k, even if there are fewer rows; NULL where "
                "no row is relevant.",
     .example = "SELECT precision_at_k(column1, column2, 2)" LIST},
    {.name = "recall_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(recall),
     .summary = "Relevant rows among the k highest scores, over all relevant ones; NULL where no row is "
                "relevant.",
     .example = "SELECT recall_at_k(column1, column2, 2)" LIST},
    {.name = "hit_rate_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(hit_rate),
     .summary =
         "1 where any of the k highest scores is relevant, else 0 (success at k); with ties, the chance. "
         "NULL where no row is relevant.",
     .example = "SELECT hit_rate_at_k(column1, column2, 2)" LIST},
    {.name = "average_precision_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(average_precision),
     .summary = "Sum of the precision at each relevant rank up to k, over the lesser of k and the number of "
                "relevant rows (trec_eval's map_cut divides by that number); its mean over queries is MAP. "
                "NULL where no row is relevant.",
     .example = "SELECT average_precision_at_k(column1, column2, 3)" LIST},
    {.name = "reciprocal_rank_at_k",
     RANKING_TO_K,
     MLM_OF_QUERY_ROWS(reciprocal_rank),
     .summary =
         "1 / rank of the first relevant row, 0 beyond rank k; its mean over queries is MRR. NULL where "
         "no row is relevant.",
     .example = "SELECT reciprocal_rank_at_k(column1, column2, 3)" LIST},
    {.name = "dcg",
     RANKING,
     MLM_OF_QUERY_ROWS(dcg),
     .summary = "dcg_at_k over all ranks.",
     .example = "SELECT dcg(column1, column2)" LIST},
    {.name = "ndcg",
     RANKING,
     MLM_OF_QUERY_ROWS(ndcg),
     .summary = "ndcg_at_k over all ranks.",
     .example = "SELECT ndcg(column1, column2)" LIST},
    {.name = "reciprocal_rank",
     RANKING,
     MLM_OF_QUERY_ROWS(reciprocal_rank),
     .summary =
         "1 / rank of the first relevant row, 0 where none is retrieved; NULL where no row is relevant.",
     .example = "SELECT reciprocal_rank(column1, column2)" LIST},
    {.name = "r_precision",
     RANKING,
     MLM_OF_QUERY_ROWS(r_precision),
     .summary = "precision_at_k with the number of relevant rows for k; NULL where there are none.",
     .example = "SELECT r_precision(column1, column2)" LIST},
    {0},
};

static const Scalar scalars[] = {
    {.name = "pass_at_k",
     .args = {ARG_SAMPLES, ARG_CORRECT, ARG_SAMPLES_K},
     .required = 3,
     .value = pass_at_k,
     .check = within_samples,
     .summary = "The chance that k of n samples, of which `correct` pass, contain one that does: 1 - C(n - "
                "correct, k) / C(n, k).",
     .example = "SELECT pass_at_k(10, 3, 5)"},
    {.name = "exp2",
     .args = {ARG_X},
     .required = 1,
     .value = exp2_of,
     .summary = "2^x; exp2(relevance) - 1 is the gain that many web rankings use.",
     .example = "SELECT exp2(3)"},
    {0},
};

const Family mlm_query_ranking = {.name = "query_ranking", .metrics = metrics, .scalars = scalars};
