/* Adding the rows of a score set to metrics whose state is of another kind. */
#include "metrics/score_set_rows.h"

bool mlm_reads_score_set(const Metric *metric, const StateType *type) {
  /* unreachable: a score that no label follows, which no metric has */
  return mlm_arg_specs[metric->args[0]].set_column == SET_SCORE
         && mlm_arg_specs[metric->args[1]].set_column == SET_LABEL && type->add_times;
}

typedef struct Visit {
  const Metric *metric;
  const StateType *type;
  void *state;
  const Host *host;
  Row *row;
  int sign;
} Visit;

static Status add_score(void *context, double score, int label, double weight, int64_t count) {
  const Visit *visit = context;
  visit->row->pred = score;
  visit->row->target = label;
  visit->row->weight = weight;
  if (visit->metric->term) visit->row->value = visit->metric->term(visit->row);
  return visit->type->add_times(visit->state, visit->row, count, visit->sign, visit->host);
}

Status mlm_add_score_set(const Metric *metric, const StateType *type, const Scores *set, Row *row, int sign,
                         void *state, const Host *host) {
  Visit visit = {metric, type, state, host, row, sign};
  return mlm_scores_visit(set, add_score, &visit);
}
