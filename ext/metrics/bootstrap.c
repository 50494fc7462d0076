/* The bootstrap: replicates of any metric of a saved set. */
#include "metrics/bootstrap_interval.h"

enum { REPLICATES = 0, SEED = 1, SCHEME = 2 }; /* slots of parameters */

typedef struct BootstrapCursor {
  Resampler sample;
  int64_t replicate; /* from 1 */
  double value;
} BootstrapCursor;

static Status bootstrap_next(void *cursor, const Row *row, const Eval *in, bool *more) {
  BootstrapCursor *at = cursor;
  const double *param = in->params->number;
  const OpenSet *set = &row->sets[0];
  if (at->replicate == 0) {
    Status status = mlm_metric_over_set(in->params->parsed, set, in->host, &at->value); /* does it read the set? */
    if (!status)
      status = mlm_resampler_begin(&at->sample, set->type, set->state, param[SCHEME] == 1, in->host);
    if (status) return status;
  }
  *more = (double)at->replicate < param[REPLICATES] && at->sample.rows > 0;
  if (!*more) return MLM_OK;
  Status status = mlm_resample(&at->sample, (uint64_t)param[SEED], (uint64_t)++at->replicate);
  return status ? status : mlm_sample_metric(&at->sample, in->params->parsed, &at->value);
}

static void bootstrap_column(const void *cursor, const Row *row, int column, Cell *cell) {
  const BootstrapCursor *at = cursor;
  if (column == 0)
    mlm_cell_integer(cell, at->replicate);
  else
    mlm_cell_real(cell, at->value);
}

static void bootstrap_clear(void *cursor, const Host *host) {
  mlm_resampler_clear(&((BootstrapCursor *)cursor)->sample);
}

#define FOUR                                                                                                 \
  "((SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)))"

static const TableFunction tables[] = {
    {.name = "bootstrap",
     .columns = "replicate, value",
     .args = {ARG_ANY_SET, ARG_METRIC, ARG_REPLICATES, ARG_SEED, ARG_SCHEME},
     .required = 2,
     .cursor_bytes = sizeof(BootstrapCursor),
     .next = bootstrap_next,
     .column = bootstrap_column,
     .clear = bootstrap_clear,
     .summary = "A metric of a score set or a class set over bootstrap samples of its rows, one sample a row; "
                "the same seed and replicate draw the same rows for every metric. The scheme 'stratified' "
                "keeps the number of rows of each label. A value is NULL where the metric is undefined.",
     .example = "SELECT * FROM bootstrap" FOUR ", 'roc_auc', 3)"},
    {0},
};

const Family mlm_bootstrap = {.name = "bootstrap", .tables = tables};
