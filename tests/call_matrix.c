/* Every way to call every function: see call_matrix.h. */
#include "call_matrix.h"

#include <string.h>

#include "interval_methods.h"

static const Source sources[] = {
    /* of regression and prediction intervals */
    {"pred", "_deviance", false, {"(k + 1) / 8.0", "3"}},
    {"target", "_deviance", false, {"(k + 1) / 4.0", "(band + 1) / 8.0"}},
    {"pred", "msle", false, {"pos_weight", "prob"}},
    {"target", "msle", false, {"pos_weight", "prob"}},
    {"pred", "squared_log", false, {"pos_weight", "prob"}},
    {"target", "squared_log", false, {"pos_weight", "prob"}},
    {"y", NULL, false, {"target"}},
    {"score", "(score, relevance", false, {"score", "k"}},
    {"relevance", NULL, false, {"band % 3", "pos_weight"}},
    {"k", "(score, relevance", true, {"1", "5"}},
    {"n", NULL, false, {"12", "9 + k"}},
    {"correct", NULL, false, {"k"}},
    {"k", "(n, correct", false, {"4", "1 + k"}},
    {"mean", NULL, false, {"pred"}},
    {"target", "(mean", false, {"target"}},
    {"target", "(VECTOR", false, {"target"}},
    {"variance", NULL, false, {"(k + 1) / 8.0"}},
    {"sd", NULL, false, {"pos_weight", "0"}},
    {"lo", NULL, false, {"prob"}},
    {"hi", NULL, false, {"1", "(k + 4) / 4.0"}},
    {"time", NULL, false, {"target", "k"}},
    {"event", NULL, false, {"label"}},
    {"delta", NULL, false, {"0.5", "1"}},
    {"alpha", NULL, false, {"0.3"}},
    {"power", NULL, false, {"1.5", "0", "-1", "3"}},
    {"q", NULL, true, {"0.5", "0.9"}},

    /* of packed columns */
    {"x", "pack(", false, {"pred", "pred_class", "label"}},
    {"array", NULL, false, {"'[1,0.5,null,\"cat\"]'"}},
    /* drift */
    {"value", NULL, false, {"score", "pred"}},
    {"sample", NULL, false, {"label"}},
    {"fit",
     NULL,
     true,
     {"'{\"method\":\"isotonic\",\"x\":[-1,0.5,2],\"y\":[0.25,0.5,1]}'",
      "'{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}'"}},
    {"score | LOGITS", NULL, false, {"score"}},
    {"LOGITS", "temperature_fit", false, {"'[' || class || char(44) || label || char(44) || '1.5]'"}},
    {"score", "platt_fit", false, {"target", "pred"}},
    {"class", "(class, sample", false, {"pred_class", "part"}},

    {"score", NULL, false, {"score"}},
    {"logit", NULL, false, {"score"}},
    {"x", "to_label(", false, {"label"}},
    {"x", NULL, false, {"score"}},
    {"mark", NULL, false, {"'point'"}},
    {"log_sum_exp", NULL, false, {"target"}},
    {"prob", NULL, false, {"prob"}},
    {"p", NULL, false, {"prob"}},
    {"pred", "precision(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "precision(pred", false, {"label"}},
    {"pred", "recall(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "recall(pred", false, {"label"}},
    {"pred", "specificity(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "specificity(pred", false, {"label"}},
    {"pred", "f1(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "f1(pred", false, {"label"}},
    {"pred", "jaccard(pred", false, {"prob + 0.0 > 0.5"}},
    {"label", "jaccard(pred", false, {"label"}},
    {"pred", "class_sets(key", false, {"pred_class", "pred_digit"}},
    {"label", "class_sets(key", false, {"label_class"}},
    {"pred", "(pred, label", false, {"pred_class", "pred_digit"}},
    {"label", "(pred, label", false, {"label_class"}},
    {"pred", NULL, false, {"pred"}},
    {"label", NULL, false, {"label"}},
    {"target", "(pred, target", false, {"target"}},
    {"target", NULL, false, {"label", "soft"}},
    {"classes", NULL, true, {"'[\"it''s \\\"q\\\"\",\"2.5.1\",4,3,2.5,2,1,\"0\",\"dog\",\"cat\"]'"}},
    {"weight", "_ci(", false, {"k"}}, /* of intervals: a number of rows */
    {"weight", NULL, false, {"weight"}},
    {"cutoff", "net_benefit", false, {"0.5", "0.25"}},
    {"cutoff", NULL, false, {"0.5", "cutoff"}},
    {"pos_weight", NULL, false, {"1", "pos_weight"}},
    {"pos_weight | POS_WEIGHTS", NULL, false, {"1", "pos_weight", "'[0.5,1,3]'"}},
    {"label_smoothing", NULL, false, {"0", "0.1"}},
    {"k", NULL, false, {"1", "2"}},
    {"beta", NULL, true, {"2"}},
    {"fp_cost", NULL, true, {"1.5"}},
    {"fn_cost", NULL, true, {"4"}},
    {"max_fpr", NULL, true, {"0.3", "1"}},
    {"bins", NULL, true, {"7", "1", "'[0, 0.25, 0.5, 1]'"}},
    {"strategy", NULL, true, {"'uniform'", "'quantile'"}},
    {"level", NULL, true, {"0.9"}},
    {"objective",
     NULL,
     true,
     {"'f1'", "'fbeta:2'", "'accuracy'", "'balanced_accuracy'", "'youden'", "'mcc'", "'dot'", "'cost:1,5'",
      "'precision>=0.5'", "'recall>=0.7'", "'specificity>=0.6'", "'youden@midpoint'"}},
    {"PROBS", NULL, false, {"probs"}},
    {"P", NULL, false, {"probs"}},
    {"LOGITS", NULL, false, {"logits"}},
    {"VECTOR", NULL, false, {"logits"}},
    {"TARGETS",
     "(SCORES",
     false,
     {"'[' || (label + 0) || char(44) || (1 - label) || char(44) || (class + 0 > 0) || ']'"}},
    {"SCORES", NULL, false, {"logits"}},
    {"RATINGS", NULL, false, {"'[' || class || char(44) || label || char(44) || pred_digit || ']'"}},
    {"scale", "RATINGS", true, {"'nominal'", "'ordinal'", "'interval'", "'ratio'"}},
    {"scale", NULL, false, {"-0.5", "2"}},
    {"TARGETS", NULL, false, {"shares"}},
    {"Q", NULL, false, {"shares"}},
    {"class | TARGETS", NULL, false, {"class", "shares"}},
    {"class", NULL, false, {"class"}},
    {"i", NULL, false, {"class"}},
    {"PROBS…", NULL, false, {"p0, p1, p2"}},
    {"LOGITS…", NULL, false, {"z0, z1, z2"}},
    {"VECTOR…", NULL, false, {"z0, z1, z2"}},
    {"blob", NULL, false, {"x'000000000000f83f'"}},
    /* aggregates of saved sets: the set of each row */
    {"set", "confusion_svg(", false, {"class_set_of_row"}},
    {"set", "report_classes_html(", false, {"class_set_of_row"}},
    {"set", "class_sets(", false, {"class_set_of_row"}},
    {"set", "residual_svg(", false, {"pred_set_of_row"}},
    {"set", "report_regression_html(", false, {"pred_set_of_row"}},
    {"set", "pred_sets(", false, {"pred_set_of_row"}},
    {"set", "_svg(", false, {"score_set_of_row"}},
    {"set", "report_html(", false, {"score_set_of_row"}},
    {"set", "score_sets(", false, {"score_set_of_row"}},
    {"set", NULL, false, {NULL}}, /* properties.c opens sets with the scalars and tables that take one */
    /* resampling, and intervals of means and proportions */
    {"score_a", NULL, false, {"score"}},
    {"score_b", NULL, false, {"pred"}},
    {"metric", NULL, true, {"'roc_auc'"}},
    {"cluster", NULL, false, {"pred_class", "part"}},
    {"key", "poisson_weight", false, {"pred_class", "shuffle"}},
    {"replicate", NULL, false, {"band"}},
    {"seed", NULL, false, {"7"}},
    {"successes", NULL, false, {"k"}},
    {"trials", NULL, false, {"band + 3"}},
    {"method", "(successes", false, {"'wilson'", "'clopper_pearson'", "'jeffreys'"}},
    {"LABELS", NULL, false, {"'[0,1,1]'"}},
    /* tests of hypotheses */
    {"score_a", NULL, false, {"score"}},
    {"score_b", NULL, false, {"prob"}},
    {"y", NULL, false, {"target"}},
    {"group", NULL, false, {"label"}},
    {"pred_a", NULL, false, {"pred_class"}},
    {"pred_b", NULL, false, {"pred_digit"}},
    {"a", "chi2_test", false, {"pred_class", "pred_digit"}},
    {"b", "chi2_test", false, {"label_class"}},
    {"groups", NULL, true, {"10", "3"}},
    {"predictions", NULL, true, {"'heldout'", "'fitted'"}},
    {"n", NULL, false, {"band"}},
    {"P_VALUES", NULL, false, {"probs"}},
    {"method", NULL, false, {"'holm'", "'bh'"}},
    /* distributions */
    {"t", NULL, false, {"score"}},
    {"df", NULL, false, {"1.5", "10"}},
    {"a", NULL, false, {"0.5", "2"}},
    {"b", NULL, false, {"0.5", "7"}},
    /* keyed sets and charts; of a text alike in tables of numbers and of texts */
    {"key", NULL, false, {"'k' || (id % 3)"}},
    {"series_name", NULL, false, {"'<' || (id % 2)"}},
    {"series", NULL, false, {"'s' || (id % 2)"}},
    {"y", NULL, false, {"target"}},
    {"title", NULL, true, {"'A & B'"}},
};

char *join_args(const Use *use, const char *pattern) {
  char *all = sqlite3_mprintf("");
  for (int i = 0; i < use->n; i++) {
    char *arg = sqlite3_mprintf(pattern, use->args[i]),
         *longer = sqlite3_mprintf("%s%s%s", all, i ? ", " : "", arg);
    sqlite3_free(arg);
    sqlite3_free(all);
    all = longer;
  }
  return all;
}

char *finish_of(const Use *use) {
  char *all = sqlite3_mprintf("");
  for (int i = 0; i < use->n; i++) {
    if (!use->finish[i]) continue;
    char *longer = sqlite3_mprintf("%s, %s", all, use->args[i]);
    sqlite3_free(all);
    all = longer;
  }
  return all;
}

static sqlite3 *database; /* of the call of each_use() */

/* Whether further arguments may follow where this one is left out: "[, classes][, weight]". */
static bool may_be_left_out(const char *signature, const char *name) {
  char *alone = sqlite3_mprintf("[, %s][", name);
  bool found = strstr(signature, alone) != NULL;
  sqlite3_free(alone);
  return found;
}

static void vary(Use *use, const char (*names)[NAME_BYTES], int n, int required, void (*visit)(const Use *));

/* Visits the uses with every value for names[0] and what may follow, and those without it. */
static void extend(Use *use, const char (*names)[NAME_BYTES], int n, int required,
                   void (*visit)(const Use *)) {
  const Source *source = source_of_method(database, use->name, names[0]);
  if (!source) source = source_of(sources, sizeof sources / sizeof *sources, names[0], use->signature);
  if (!source) {
    failed("%s: no data for the argument %s: add a row to `sources` in tests/call_matrix.c, and one in "
           "tests/golden.c",
           use->signature, names[0]);
    return;
  }
  int i = use->n++;
  memcpy(use->names[i], names[0], sizeof use->names[i]);
  use->finish[i] = source->finish;
  for (int v = 0; v < (use->slow ? 1 : MOST_VALUES) && source->values[v]; v++) {
    use->args[i] = source->values[v];
    vary(use, names + 1, n - 1, required, visit);
  }
  use->n--;
  if (!use->slow && may_be_left_out(use->signature, names[0])) extend(use, names + 1, n - 1, required, visit);
}

/* Visits the use and all longer ones; names[0..n) are the arguments that may follow, and `required` is how
 * many of all must be given. */
static void vary(Use *use, const char (*names)[NAME_BYTES], int n, int required, void (*visit)(const Use *)) {
  if (use->slow ? use->n == required || n == 0 : use->n >= required && use->n > 0) visit(use);
  if (n > 0) extend(use, names, n, required, visit);
}

void each_use(sqlite3 *db, const char *which, void (*visit)(const Use *use),
              void (*done)(const char *signature)) {
  sqlite3_stmt *row;
  database = db;
  if (sqlite3_prepare_v2(db,
                         "SELECT name, signature, kind = 'scalar', ifnull(cost, '') LIKE '%1000 samples%' "
                         "FROM mlmetrics_functions WHERE kind <> 'table'",
                         -1, &row, NULL))
    failed("mlmetrics_functions: %s", sqlite3_errmsg(db));
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    Use use = {.name = (const char *)sqlite3_column_text(row, 0),
               .signature = (const char *)sqlite3_column_text(row, 1),
               .scalar = sqlite3_column_int(row, 2),
               .slow = sqlite3_column_int(row, 3)};
    if (which && strcmp(which, use.name) != 0) continue;
    char names[MOST_ARGS][NAME_BYTES];
    int required, n = parse_signature(use.signature, names, &required);
    vary(&use, (const char(*)[NAME_BYTES])names, n, required, visit);
    if (done) done(use.signature);
  }
  sqlite3_finalize(row);
}
