/* Adjusting p-values for many comparisons, by Holm or by Benjamini and Hochberg. */
#include "metrics/hypothesis_tests.h"

enum { HOLM, BENJAMINI_HOCHBERG };

/* Holm: the largest of (n-j)·p[j] over j <= i, from 0. */
static void adjust_holm(const uint64_t *key, double *adjusted, size_t n) {
  double most = 0;
  for (size_t i = 0; i < n; i++) {
    double p = (double)(n - i) * mlm_decode_score(key[i]);
    if (p > most) most = p < 1 ? p : 1;
    adjusted[i] = most;
  }
}

/* Benjamini and Hochberg: the least of n·p[j]/(j+1) over j >= i. */
static void adjust_bh(const uint64_t *key, double *adjusted, size_t n) {
  double least = 1;
  for (size_t i = n; i-- > 0;) {
    double p = (double)n * mlm_decode_score(key[i]) / (double)(i + 1);
    if (p < least) least = p;
    adjusted[i] = least;
  }
}

static size_t find(const uint64_t *key, size_t n, uint64_t wanted) {
  size_t low = 0;
  while (n - low > 1) {
    size_t middle = low + (n - low) / 2;
    if (key[middle] <= wanted)
      low = middle;
    else
      n = middle;
  }
  return low;
}

/* By either method equal p-values have equal adjusted values, so the value alone finds its adjusted one. */
Status mlm_p_adjust(const Row *row, const Eval *in, Result *out) {
  const Vector *p = &row->preds;
  StrBuf *json = mlm_result_bytes(out, RESULT_JSON);
  uint64_t *key = in->host->realloc(NULL, p->n * sizeof *key);
  double *adjusted = in->host->realloc(NULL, p->n * sizeof *adjusted);
  Status status = key && adjusted ? MLM_OK : MLM_NOMEM;
  for (size_t i = 0; i < p->n && !status; i++) key[i] = mlm_encode_score(p->at[i]);
  if (!status) status = mlm_sort_keys(key, p->n, in->host);
  if (!status) {
    (in->params->number[0] == HOLM ? adjust_holm : adjust_bh)(key, adjusted, p->n);
    for (size_t i = 0; i < p->n; i++) {
      mlm_str_put(json, i ? "," : "[");
      mlm_str_number(json, adjusted[find(key, p->n, mlm_encode_score(p->at[i]))]);
    }
    mlm_str_put(json, "]");
  }
  in->host->free(key);
  in->host->free(adjusted);
  return status;
}
