/* Association of two columns: correlation, agreement with the identity, correlation of ranks, and concordance
 * with survival times. */
#include "metrics/concordance.h"
#include "metrics/rank_pairs.h"
#include "metrics/bootstrap_forms.h"
#include "metrics/correlation_interval.h"

/* Sums of deviations from the middle rank, doubled to be integers: their sum is 0. Exact while there are
 * fewer than 2^52 rows. */
typedef struct RankSums {
  double middle; /* doubled */
  ProductSum xx, yy, xy;
} RankSums;

static void add_ranks(RankSums *sums, double x, double y, uint64_t count) {
  double a = x - sums->middle, b = y - sums->middle;
  mlm_product_add_times(&sums->xx, a, a, count, 1);
  mlm_product_add_times(&sums->yy, b, b, count, 1);
  mlm_product_add_times(&sums->xy, a, b, count, 1);
}

static double correlation_of(const RankSums *sums) {
  if (mlm_product_sign(&sums->xx) == 0 || mlm_product_sign(&sums->yy) == 0) return NAN;
  BigFloat cov, square, a, b, product;
  mlm_bigfloat_of_products(&cov, &sums->xy);
  mlm_bigfloat_of_products(&a, &sums->xx);
  mlm_bigfloat_of_products(&b, &sums->yy);
  mlm_bigfloat_multiply(&square, &cov, &cov);
  mlm_bigfloat_multiply(&product, &a, &b);
  double r = cov.n ? mlm_bigfloat_root_of_ratio(&square, &product) : 0;
  return cov.negative ? -r : r;
}

static Status sum_ranks(const Rows *rows, RankSums *sums, const Host *host) {
  RowsRanks x, y = {0};
  Status status = mlm_rows_ranks(rows, 0, &x, host);
  if (!status) status = mlm_rows_ranks(rows, 1, &y, host);
  for (uint64_t e = 0, n = mlm_rows_entries(rows); e < n && !status; e++) {
    add_ranks(sums, (double)mlm_twice_rank_at(&x, e), (double)mlm_twice_rank_at(&y, e),
              (uint64_t)mlm_rows_count_at(rows, e));
    if (mlm_interrupted_at(e, host)) status = MLM_INTERRUPTED;
  }
  mlm_rows_ranks_clear(&x, host);
  mlm_rows_ranks_clear(&y, host);
  return status;
}

/* The same of single rows that are used up. */
static Status sum_own_ranks(Rows *own, RankSums *sums, const Host *host) {
  Status status = mlm_rows_rank_in_place(own, host); /* now of y and the rank of x */
  if (!status) status = mlm_rows_rank_in_place(own, host);
  for (uint64_t e = 0, n = mlm_rows_entries(own); e < n && !status; e++) {
    const double *rank = mlm_rows_at(own, e);
    add_ranks(sums, rank[0], rank[1], 1);
    if (mlm_interrupted_at(e, host)) status = MLM_INTERRUPTED;
  }
  mlm_rows_state.clear(own, host);
  return status;
}

static Status spearman(const Rows *rows, const Eval *in, Result *out) {
  RankSums sums = {.middle = (double)(mlm_rows_count(rows) + 1)};
  Status status = in->own && mlm_rows_are_single(rows) ? sum_own_ranks(in->own, &sums, in->host)
                                                       : sum_ranks(rows, &sums, in->host);
  if (!status) mlm_result_real(out, correlation_of(&sums));
  return status;
}

static Status kendall(const Rows *rows, const Eval *in, Result *out) {
  double tau = NAN;
  Status status = mlm_kendall(rows, in->own, in->host, &tau);
  mlm_result_real(out, tau);
  return status;
}

static Status concordance_index(const Rows *rows, const Eval *in, Result *out) {
  double index = NAN;
  Status status = mlm_concordance_index(rows, in->own, in->host, &index);
  mlm_result_real(out, index);
  return status;
}

#define FOUR " FROM (VALUES (2.5, 3), (0.0, -0.5), (2.0, 2), (8.0, 7))"

static const Metric metrics[] = {
    {.name = "pearson",
     .args = {ARG_X, ARG_Y, ARG_WEIGHT},
     .required = 2,
     MLM_OF_JOINT_MOMENTS(mlm_moments_correlation),
     .interval = &mlm_fisher_interval,
     .summary = "Pearson's correlation, -1 to 1; NULL where x or y is constant.",
     .example = "SELECT pearson(column1, column2)" FOUR},
    {.name = "ccc",
     .args = {ARG_PRED, ARG_TARGET, ARG_WEIGHT},
     .required = 2,
     MLM_OF_JOINT_MOMENTS(mlm_moments_concordance),
     .interval = &mlm_rows_percentile_interval,
     .summary = "Lin's concordance correlation coefficient, -1 to 1: 1 where every prediction is right. "
                "Variances over n; NULL where all numbers are the same.",
     .example = "SELECT ccc(column1, column2)" FOUR},
    {.name = "spearman",
     .args = {ARG_X, ARG_Y},
     .required = 2,
     .state_name = "pairs",
     MLM_OF_ROWS(spearman),
     .cost = MLM_IN_PLACE,
     .interval = &mlm_percentile_interval,
     .summary = "Spearman's rank correlation, -1 to 1, equal values at their mean rank; NULL where x or y is "
                "constant.",
     .example = "SELECT spearman(column1, column2)" FOUR},
    {.name = "kendall",
     .args = {ARG_X, ARG_Y},
     .required = 2,
     .state_name = "pairs",
     MLM_OF_ROWS(kendall),
     .cost = MLM_IN_PLACE,
     .interval = &mlm_percentile_interval,
     .summary =
         "Kendall's tau-b, -1 to 1, which allows for equal values (scipy's default); NULL where x or y "
         "is constant.",
     .example = "SELECT kendall(column1, column2)" FOUR},
    {.name = "concordance_index",
     .args = {ARG_PRED, ARG_TIME, ARG_EVENT},
     .required = 3,
     .state_name = "survival",
     MLM_OF_ROWS(concordance_index),
     .cost = MLM_IN_PLACE,
     .interval = &mlm_percentile_interval,
     .summary =
         "Harrell's C of predicted survival times, higher meaning later: the share of comparable pairs "
         "in the right order, equal predictions counted half. event is 0 for a censored time. NULL "
         "where no pair is comparable.",
     .example = "SELECT concordance_index(column1, column2, column3) FROM (VALUES (5, 4, 1), (9, 8, 0), (3, "
                "6, 1))"},
    {0},
};

const Family mlm_association = {.name = "association", .metrics = metrics};
