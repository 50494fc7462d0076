/* Two models over the same rows: samples of the rows, as score sets of either model. */
#include "metrics/paired_scores.h"

#include "base/sort_items.h"
#include "metrics/ranking.h"

enum { POLL_GROUPS = 1 << 14 };

/* A group of equal rows, by the score of one model. */
typedef struct ScoredGroup {
  uint64_t key; /* of the score, base/sort.h */
  uint32_t group, label;
} ScoredGroup;

typedef struct Pairing {
  Resampler sample;
  ScoredGroup *by[2]; /* all groups, in order of score_a and of score_b */
  const MetricText *text;
  const Host *host;
} Pairing;

static void *item_at(const void *items, uint64_t i) {
  ScoredGroup *const *list = items;
  return *list + i;
}

static int compare_items(const void *items, const void *a, const void *b) {
  const ScoredGroup *x = a, *y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->group > y->group) - (x->group < y->group);
}

static Status order_groups(Pairing *pairing, int which) {
  const Resampler *r = &pairing->sample;
  ScoredGroup *list = pairing->by[which] = pairing->host->realloc(NULL, (r->groups + 1) * sizeof *list);
  if (!list) return MLM_NOMEM;
  for (uint64_t g = 0; g < r->groups; g++) {
    const double *x = mlm_rows_at(r->of, r->entry[g]);
    list[g] = (ScoredGroup){mlm_encode_score(x[which]), (uint32_t)g, x[2] > 0};
  }
  const SortItems items = {
      .items = &list, .at = item_at, .compare = compare_items, .bytes = sizeof(ScoredGroup)};
  return mlm_sort_items(&items, r->groups, pairing->host);
}

/* The AUC of the sample, by one pass over the groups in order. */
static double auc_of_model(const Pairing *pairing, int which) {
  const ScoredGroup *by = pairing->by[which];
  const uint32_t *count = pairing->sample.count;
  uint64_t below = 0, positives = 0, twice_u = 0, here[2] = {0, 0};
  for (uint64_t i = 0; i < pairing->sample.groups; i++) {
    if (i > 0 && by[i].key != by[i - 1].key) {
      twice_u += here[1] * (2 * below + here[0]);
      below += here[0];
      positives += here[1];
      here[0] = here[1] = 0;
    }
    here[by[i].label] += count[by[i].group];
  }
  twice_u += here[1] * (2 * below + here[0]);
  return mlm_auc_of(mlm_u128(twice_u), below + here[0], positives + here[1]);
}

static Status fill_scores(const Pairing *pairing, int which, void *state) {
  Status status = MLM_OK;
  Row row = {.param = 1};
  for (uint64_t i = 0; i < pairing->sample.groups && !status; i++) {
    const ScoredGroup *item = &pairing->by[which][i];
    if (i % POLL_GROUPS == POLL_GROUPS - 1 && mlm_interrupted(pairing->host)) return MLM_INTERRUPTED;
    row.weight = pairing->sample.count[item->group];
    row.pred = mlm_decode_score(item->key);
    row.target = item->label;
    if (row.weight > 0) status = mlm_scores_state.add(state, &row, 1, pairing->host);
  }
  return status ? status : mlm_scores_state.seal(state, pairing->host);
}

static Status value_of_model(const Pairing *pairing, int which, double *value) {
  const Metric *metric = pairing->text->metric;
  bool gini = metric->formula.scores == mlm_gini;
  if (metric->eval == mlm_eval_scores && (gini || metric->formula.scores == mlm_roc_auc)) {
    double auc = auc_of_model(pairing, which);
    *value = gini ? 2 * auc - 1 : auc;
    return MLM_OK;
  }
  const Host *host = pairing->host;
  OpenSet set = {.type = &mlm_scores_state, .state = mlm_new_zeroed(host, mlm_scores_state.bytes)};
  if (!set.state) return MLM_NOMEM;
  Status status = fill_scores(pairing, which, set.state);
  if (!status) status = mlm_metric_over_set(pairing->text, &set, false, host, value);
  mlm_scores_state.clear(set.state, host);
  host->free(set.state);
  return status;
}

static Status values_of_models(const Pairing *pairing, double value[2]) {
  Status status = value_of_model(pairing, 0, &value[0]);
  return status ? status : value_of_model(pairing, 1, &value[1]);
}

static Status difference_of_sample(Pairing *pairing, uint64_t seed, int64_t replicate, double *difference) {
  double value[2] = {NAN, NAN};
  Status status = mlm_resample(&pairing->sample, seed, (uint64_t)replicate);
  if (!status) status = values_of_models(pairing, value);
  *difference = value[0] - value[1];
  return status;
}

static double p_value_of(const double *difference, int64_t n) {
  int64_t below = 1, above = 1;
  for (int64_t i = 0; i < n; i++) {
    below += difference[i] <= 0;
    above += difference[i] >= 0;
  }
  double p = 2 * (double)(below < above ? below : above) / (double)(n + 1);
  return p < 1 ? p : 1;
}

static Status resample_differences(Pairing *pairing, const BootstrapPlan *plan, PairedInterval *out) {
  double *difference = pairing->host->realloc(NULL, (uint64_t)plan->replicates * sizeof *difference);
  Status status = difference ? MLM_OK : MLM_NOMEM;
  for (int64_t i = 0; i < plan->replicates && !status; i++)
    status = difference_of_sample(pairing, plan->seed, i + 1, &difference[i]);
  if (!status) status = mlm_interval_of_replicates(difference, plan, pairing->host, &out->difference);
  if (!status && !out->difference.bounds.note)
    out->p_value = p_value_of(difference, plan->replicates - out->difference.made.undefined);
  pairing->host->free(difference);
  return status;
}

static bool are_probabilities(const Pairing *pairing, int which) {
  const ScoredGroup *by = pairing->by[which];
  const uint64_t n = pairing->sample.groups;
  /* unreachable: no groups, for an aggregate without rows is never evaluated */
  return n > 0 && mlm_decode_score(by[0].key) >= 0 && mlm_decode_score(by[n - 1].key) <= 1;
}

/* Says so if one cutoff decides about scores of two scales. */
static void note_scales(const Pairing *pairing, Bounds *bounds) {
  if (!bounds->note && mlm_cutoff_place(pairing->text->metric->args)
      && are_probabilities(pairing, 0) != are_probabilities(pairing, 1))
    bounds->note = "only one model's scores lie within 0 to 1, and the cutoff is the same for both";
}

static Status interval_of_pairing(Pairing *pairing, const BootstrapPlan *plan, PairedInterval *out) {
  Status status = order_groups(pairing, 0);
  if (!status) status = order_groups(pairing, 1);
  if (!status) status = values_of_models(pairing, out->value);
  if (status) return status;
  out->difference = mlm_bootstrap_of(out->value[0] - out->value[1], (double)pairing->sample.rows, plan);
  if (!out->difference.bounds.note) status = resample_differences(pairing, plan, out);
  if (!status) note_scales(pairing, &out->difference.bounds);
  return status;
}

Status mlm_paired_interval(const Rows *rows, const MetricText *text, const BootstrapPlan *plan,
                           const Host *host, PairedInterval *out) {
  Pairing pairing = {.text = text, .host = host};
  *out = (PairedInterval){.p_value = NAN};
  Status status = mlm_resampler_begin(&pairing.sample, &mlm_rows_state, rows, false, host);
  if (!status) status = interval_of_pairing(&pairing, plan, out);
  for (int i = 0; i < 2; i++) host->free(pairing.by[i]);
  mlm_resampler_clear(&pairing.sample);
  return status;
}
