/* Score sets made by a scalar: of another set, of two vectors. */
#include "metrics/arg_specs.h"
#include "state/scores_relabel.h"

static Status write_set(const Scores *scores, const Eval *in, Result *out) {
  Writer writer = {.limit = in->limit, .host = in->host};
  mlm_scores_write_set(scores, &writer);
  StrBuf *bytes = mlm_result_bytes(out, RESULT_BLOB);
  bytes->bytes = (char *)writer.bytes;
  bytes->n = (size_t)writer.n;
  return writer.status;
}

/* Fills a new set by `fill`, seals it and writes it. */
static Status make_set(Status (*fill)(Scores *scores, const Row *row, const Host *host), const Row *row,
                       const Eval *in, Result *out) {
  const StateType *type = &mlm_scores_state;
  Scores *scores = mlm_new_zeroed(in->host, type->bytes);
  if (!scores) return MLM_NOMEM;
  Status status = fill(scores, row, in->host);
  if (!status) status = type->seal(scores, in->host);
  if (!status) status = write_set(scores, in, out);
  type->clear(scores, in->host);
  in->host->free(scores);
  return status;
}

static Status relabel(Scores *scores, const Row *row, const Host *host) {
  return mlm_scores_relabel(scores, row->sets[0].state, row->x[0] > 0, host);
}

static Status with_label(const Row *row, const Eval *in, Result *out) {
  return make_set(relabel, row, in, out);
}

static Status add_pairs(Scores *scores, const Row *row, const Host *host) {
  Row pair = {.weight = 1};
  Status status = MLM_OK;
  for (size_t i = 0; i < row->preds.n && !status; i++) {
    pair.pred = row->preds.at[i];
    pair.target = row->targets.at[i];
    status = mlm_scores_state.add(scores, &pair, 1, host);
  }
  return status;
}

static Status score_set_of(const Row *row, const Eval *in, Result *out) {
  return make_set(add_pairs, row, in, out);
}

static const Scalar scalars[] = {
    {.name = "with_label",
     .args = {ARG_SCORE_SET, ARG_LABEL},
     .required = 2,
     .eval = with_label,
     .result = RESULT_BLOB,
     .summary =
         "The score set whose rows are those of a set, all with this label: two sets, one with label 0 and "
         "one with label 1, merge into a sample for drift metrics such as ks.",
     .example =
         "SELECT ks(x) FROM (SELECT with_label(s, day > 1) AS x FROM (SELECT column1 AS day, "
         "score_set(column2, column3) AS s FROM (VALUES (1, 0.25, 0), (1, 0.5, 1), (2, 0.75, 1)) GROUP BY "
         "day))"},
    {.name = "score_set_of",
     .args = {ARG_SCORE_VECTOR, ARG_LABEL_VECTOR},
     .required = 2,
     .eval = score_set_of,
     .result = RESULT_BLOB,
     .summary = "The score set of two vectors of the same length, the scores and their labels: every metric "
                "over scores "
                "and labels reads it.",
     .example = "SELECT roc_auc(s) FROM (SELECT score_set_of('[0.1, 0.4, 0.35, 0.8]', '[0, 0, 1, 1]') AS s)"},
    {0},
};

const Family mlm_score_sets = {.name = "score_sets", .scalars = scalars};
