/* Every way to call every function: see uses.h. */
#include "call_matrix.h"

#include <string.h>

static const Source sources[] = {
    {"score", NULL, false, {"score"}},
    {"logit", NULL, false, {"score"}},
    {"x", NULL, false, {"score"}},
    {"log_sum_exp", NULL, false, {"target"}},
    {"prob", NULL, false, {"prob"}},
    {"p", NULL, false, {"prob"}},
    {"pred", "(pred, label", false, {"pred_class", "pred_digit"}},
    {"label", "(pred, label", false, {"label_class"}},
    {"pred", NULL, false, {"pred"}},
    {"label", NULL, false, {"label"}},
    {"target", "(pred, target", false, {"target"}},
    {"target", NULL, false, {"label", "soft"}},
    {"weight", NULL, false, {"weight"}},
    {"cutoff", NULL, false, {"0.5", "cutoff"}},
    {"pos_weight", NULL, false, {"1", "pos_weight"}},
    {"pos_weight | POS_WEIGHTS", NULL, false, {"1", "pos_weight", "'[0.5,1,3]'"}},
    {"label_smoothing", NULL, false, {"0", "0.1"}},
    {"k", NULL, false, {"1", "2"}},
    {"beta", NULL, true, {"2"}},
    {"fp_cost", NULL, true, {"1.5"}},
    {"fn_cost", NULL, true, {"4"}},
    {"max_fpr", NULL, true, {"0.3", "1"}},
    {"bins", NULL, true, {"7", "1"}},
    {"objective",
     NULL,
     true,
     {"'f1'", "'fbeta:2'", "'accuracy'", "'balanced_accuracy'", "'youden'", "'mcc'", "'dot'", "'cost:1,5'",
      "'precision>=0.5'", "'recall>=0.7'", "'specificity>=0.6'"}},
    {"PROBS", NULL, false, {"probs"}},
    {"P", NULL, false, {"probs"}},
    {"LOGITS", NULL, false, {"logits"}},
    {"VECTOR", NULL, false, {"logits"}},
    {"TARGETS", NULL, false, {"shares"}},
    {"Q", NULL, false, {"shares"}},
    {"class | TARGETS", NULL, false, {"class", "shares"}},
    {"class", NULL, false, {"class"}},
    {"i", NULL, false, {"class"}},
    {"PROBS…", NULL, false, {"p0, p1, p2"}},
    {"LOGITS…", NULL, false, {"z0, z1, z2"}},
    {"VECTOR…", NULL, false, {"z0, z1, z2"}},
    {"blob", NULL, false, {"x'000000000000f83f'"}},
    /* keyed sets and charts; of a text alike in tables of numbers and of texts */
    {"key", "_sets(key", false, {"'k' || (id % 3)"}},
    {"series_name", NULL, false, {"'<' || (id % 2)"}},
    {"series", NULL, false, {"'s' || (id % 2)"}},
    {"y", NULL, false, {"target"}},
    {"title", NULL, true, {"'A & B'"}},
    {"set", NULL, false, {NULL}}, /* curves and their kin have tests of their own */
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

/* Visits the uses with every value for argument `use->n` on; `required` is how many arguments must be given.
 */
static void vary(Use *use, const char (*names)[NAME_BYTES], int n, int required, void (*visit)(const Use *)) {
  if (use->n >= required && use->n > 0) visit(use);
  if (use->n == n) return;
  const Source *source = source_of(sources, sizeof sources / sizeof *sources, names[use->n], use->signature);
  if (!source) {
    failed("%s: no data for the argument %s", use->signature, names[use->n]);
    return;
  }
  int i = use->n++;
  memcpy(use->names[i], names[i], sizeof use->names[i]);
  use->finish[i] = source->finish;
  for (int v = 0; v < MOST_VALUES && source->values[v]; v++) {
    use->args[i] = source->values[v];
    vary(use, names, n, required, visit);
  }
  use->n--;
}

void each_use(sqlite3 *db, const char *which, void (*visit)(const Use *use),
              void (*done)(const char *signature)) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(
          db, "SELECT name, signature, kind = 'scalar' FROM mlmetrics_functions WHERE kind <> 'table'", -1,
          &row, NULL))
    failed("mlmetrics_functions: %s", sqlite3_errmsg(db));
  while (row && sqlite3_step(row) == SQLITE_ROW) {
    Use use = {.name = (const char *)sqlite3_column_text(row, 0),
               .signature = (const char *)sqlite3_column_text(row, 1),
               .scalar = sqlite3_column_int(row, 2)};
    if (which && strcmp(which, use.name) != 0) continue;
    char names[MOST_ARGS][NAME_BYTES];
    int required, n = parse_signature(use.signature, names, &required);
    vary(&use, (const char(*)[NAME_BYTES])names, n, required, visit);
    if (done) done(use.signature);
  }
  sqlite3_finalize(row);
}
