/* The evaluation of each kind of state: calls the metric's pure formula and stores its result. */
#include "metrics/class_list.h"
#include "state/agreement.h"

Status mlm_eval_mean(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.mean(mlm_mean_value(state)));
  return MLM_OK;
}

/* A count is an INTEGER if no weight was given and every weight in merged states is integral. */
static void result(const Eval *in, double x, bool integral, Result *out) {
  if (in->metric->result == RESULT_COUNT)
    mlm_result_count(out, x, integral && !in->weighted);
  else
    mlm_result_real(out, x);
}

Status mlm_eval_confusion2(const void *state, const Eval *in, Result *out) {
  Confusion2 confusion = mlm_confusion2_table(state);
  double x = in->metric->formula.confusion2(&confusion, in->params->number);
  result(in, x, mlm_confusion2_state.integral(state), out);
  return MLM_OK;
}

Status mlm_eval_confusion2_full(const void *state, const Eval *in, Result *out) {
  Confusion2 confusion = mlm_confusion2_table(state);
  bool integral = mlm_confusion2_state.integral(state) && !in->weighted;
  return in->metric->formula.confusion2_full(&confusion, integral, in, out);
}

Status mlm_eval_moments(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.moments(state));
  return MLM_OK;
}

Status mlm_eval_scores(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.scores(state, in));
  return mlm_scores_walk_ended_early(state) ? MLM_INTERRUPTED : MLM_OK;
}

Status mlm_eval_scores_full(const void *state, const Eval *in, Result *out) {
  Status status = in->metric->formula.scores_full(state, in, out);
  return status == MLM_OK && mlm_scores_walk_ended_early(state) ? MLM_INTERRUPTED : status;
}

/* The status says on which side the score is. */
static Status is_score(Status status, double score, Result *out) {
  mlm_result_real(out, score);
  return status;
}

/* The text is shown where the status is not MLM_OK. */
static Status never_equal(Status status, const Class *text, Result *out) {
  if (status) mlm_str_add(&out->bytes, text->bytes, text->n);
  return status;
}

/* Scores against labels 0 and 1, on either side, are hits only by chance, and integers against texts never:
 * such a value would mislead. The result is then what the message shows. */
static Status check(const ConfusionMatrix *matrix, const Eval *in, Result *out) {
  double score;
  Class text;
  if (in->sample) return MLM_OK; /* the rows that it lacks are what makes them right */
  const bool symmetric = in->metric->args[0] == ARG_CLASS_A; /* neither column is a prediction */
  const Status status = mlm_confusion_matrix_find_score(matrix, symmetric, &score);
  if (status) return is_score(status, score, out);
  const Status never = mlm_confusion_matrix_never_agrees(matrix, &text);
  if (in->metric->any_classes && (symmetric || never != MLM_SCORE_BESIDE_NAME)) return MLM_OK;
  return never_equal(never, &text, out);
}

Status mlm_eval_matrix(const void *state, const Eval *in, Result *out) {
  Status status = check(state, in, out);
  if (status) return status;
  mlm_result_real(out, in->metric->formula.matrix(state));
  return MLM_OK;
}

static Status eval_share(const Agreement *agreement, bool of_hits, Result *out) {
  const WeightSum *hits = mlm_agreement_hits(agreement), *misses = mlm_agreement_misses(agreement);
  double score;
  Class text;
  Status status = mlm_agreement_find_score(agreement, &score);
  if (status) return is_score(status, score, out);
  status = never_equal(mlm_agreement_never_agrees(agreement, &text), &text, out);
  if (status) return status;
  mlm_result_real(out, of_hits ? mlm_weight_sum_share(hits, misses) : mlm_weight_sum_share(misses, hits));
  return MLM_OK;
}

static Status eval_hit_share(const void *state, const Eval *in, Result *out) {
  return eval_share(state, true, out);
}

static Status eval_miss_share(const void *state, const Eval *in, Result *out) {
  return eval_share(state, false, out);
}

const LightForm mlm_hit_share = {&mlm_agreement_state, eval_hit_share};
const LightForm mlm_miss_share = {&mlm_agreement_state, eval_miss_share};

Status mlm_eval_matrix_full(const void *state, const Eval *in, Result *out) {
  Status status = check(state, in, out);
  if (status) return status;
  return in->metric->formula.matrix_full(state, in, out);
}

Status mlm_eval_counts(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.matrix_full(state, in, out);
}

/* The view is ordered if sealing the state sorts its classes. */
static Status begin_view(ClassView *view, const void *state, const Eval *in, Result *out) {
  Status status = check(state, in, out);
  if (status) return status;
  return mlm_class_view_begin(view, state, in->metric->state == &mlm_confusion_matrix_state, in, out);
}

Status mlm_eval_class_view(const void *state, const Eval *in, Result *out) {
  ClassView view;
  Status status = begin_view(&view, state, in, out);
  if (status) return status;
  mlm_result_real(out, in->metric->formula.class_view(&view));
  mlm_class_view_end(&view);
  return MLM_OK;
}

Status mlm_eval_class_view_full(const void *state, const Eval *in, Result *out) {
  ClassView view;
  Status status = begin_view(&view, state, in, out);
  if (status) return status;
  status = in->metric->formula.class_view_full(&view, in, out);
  mlm_class_view_end(&view);
  return status;
}

Status mlm_eval_log_sum(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.log_sum(state));
  return MLM_OK;
}

Status mlm_eval_keyed(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.keyed(state, in, out);
}

Status mlm_eval_rows(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.rows(state, in, out);
}

Status mlm_eval_label_tables(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.label_tables(state, in, out);
}

Status mlm_eval_ratings(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.ratings(state, in, out);
}

Status mlm_eval_input_problems(const void *state, const Eval *in, Result *out) {
  mlm_write_input_problems(state, mlm_result_bytes(out, RESULT_JSON));
  return MLM_OK;
}

Status mlm_eval_joint_moments(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.joint_moments(state));
  return MLM_OK;
}

Status mlm_eval_sum_ratio(const void *state, const Eval *in, Result *out) {
  mlm_result_real(out, in->metric->formula.sum_ratio(mlm_sum_ratio_value(state)));
  return MLM_OK;
}

Status mlm_eval_vector_sums(const void *state, const Eval *in, Result *out) {
  return in->metric->formula.vector_sums(state, in, out);
}
