/* Which arguments of a function the fast paths read, where each goes and what range it has there: a function
 * that lost its fast path would give the same results, only more slowly. */
#include "metric.h" /* first: unit.h has a global that parameters of its inline functions would shadow */

#include <string.h>

#include "args.h"
#include "help.h"
#include "unit.h"

#define PRED     .slot = offsetof(Row, pred)
#define TARGET   .slot = offsetof(Row, target)
#define THIRD    .slot = offsetof(Row, param)
#define ANY      .span = UINT64_MAX
#define IS_LABEL .label = true, .span = 0x3FF0000000000000 /* the bits of 1, as below */
#define FROM_0   .span = 0x7FEFFFFFFFFFFFFF                /* to the largest double */
#define ABOVE_0  .least = 1, .span = 0x7FEFFFFFFFFFFFFF - 1
#define UNIT     .span = 0x3FF0000000000000
#define WEIGHT                                                                                               \
  { .slot = offsetof(Row, weight), .weight = true, ABOVE_0 }
#define HELD                                                                                                 \
  { .slot = offsetof(Row, held), .held = true }
#define ANY_LABEL                                                                                            \
  {PRED, ANY}, { TARGET, IS_LABEL }

/* The plain form of a metric, or a scalar. */
typedef struct Case {
  const char *name;
  int n;       /* the first arguments that are plain numbers */
  bool ranged; /* one of the first two has a range, or the numbers must fit each other */
  FastArg arg[MLM_FAST_ARGS];
} Case;

static const Case cases[] = {
    {"mse", 3, false, {{PRED, ANY}, {TARGET, ANY}, WEIGHT}},
    {"roc_auc", 3, false, {ANY_LABEL, WEIGHT}},
    {"log_loss", 3, true, {{PRED, UNIT}, {TARGET, IS_LABEL}, WEIGHT}},
    {"bce", 3, true, {{PRED, UNIT}, {TARGET, UNIT}, WEIGHT}},
    {"bce_logits", 3, true, {{PRED, ANY}, {TARGET, UNIT}, WEIGHT}},
    {"msle", 3, true, {{PRED, FROM_0}, {TARGET, FROM_0}, WEIGHT}},
    {"poisson_deviance", 3, true, {{PRED, ABOVE_0}, {TARGET, FROM_0}, WEIGHT}},
    {"f1_at", 3, false, {ANY_LABEL, {THIRD, ANY}}},
    {"net_benefit_at", 3, true, {{PRED, UNIT}, {TARGET, IS_LABEL}, {THIRD, .span = 0x3FEFFFFFFFFFFFFF}}},
    {"gaussian_nll", 3, false, {{PRED, ANY}, {TARGET, ANY}, {THIRD, ABOVE_0}}},
    {"crps_gaussian", 3, false, {{PRED, ANY}, {TARGET, ANY}, {THIRD, FROM_0}}},
    {"delong_test", 3, false, {{PRED, ANY}, {TARGET, ANY}, {THIRD, IS_LABEL}}},
    {"ndcg_at_k", 2, true, {{PRED, ANY}, {TARGET, FROM_0}}},
    {"partial_roc_auc", 2, false, {ANY_LABEL}},
    {"log_sum_exp", 1, false, {{PRED, ANY}}},
    /* A parameter of the state that is the third argument and required. */
    {"huber", 3, false, {{PRED, ANY}, {TARGET, ANY}, HELD}},
    /* Its numbers must fit each other. */
    {"tweedie_deviance", 3, true, {{PRED, ANY}, {TARGET, ANY}, HELD}},
    {"interval_width", 3, true, {{PRED, ANY}, {TARGET, ANY}, WEIGHT}},
    {"interval_coverage", 3, true, {{PRED, ANY}, {TARGET, ANY}, {THIRD, ANY}}},
    /* Scalars. */
    {"sigmoid", 1, false, {{PRED, ANY}}},
    {"logit", 1, true, {{PRED, UNIT}}},
    {"brier_loss", 2, true, {{PRED, UNIT}, {TARGET, IS_LABEL}}},
    /* None: a parameter of the state elsewhere or left out, a key, a class, a vector, an integer, a range
     * from below 0. */
    {.name = "interval_score"},
    {.name = "score_sets"},
    {.name = "accuracy"},
    {.name = "cross_entropy_logits"},
    {.name = "top_k_accuracy"},
    {.name = "binomial_test"},
    {.name = "platt_fit"},
};

/* Finds the first row of that name; false: there is none. */
static bool find(const char *name, FunctionDef *def) {
  for (int i = 0; mlm_family_at(i); i++) {
    const Family *family = mlm_family_at(i);
    for (const Metric *m = family->metrics; m && m->name; m++) {
      if (strcmp(m->name, name) != 0) continue;
      *def = (FunctionDef){.metric = m, .overloads = 1};
      mlm_set_overload(&def->overload[0], m->args, m->required);
      return true;
    }
    for (const Scalar *s = family->scalars; s && s->name; s++) {
      if (strcmp(s->name, name) != 0) continue;
      *def = (FunctionDef){.scalar = s, .overloads = 1};
      mlm_set_overload(&def->overload[0], s->args, s->required);
      return true;
    }
  }
  return false;
}

static void check_arg(const char *name, int i, const FastArg *have, const FastArg *want) {
  bool same = have->slot == want->slot && have->label == want->label && have->weight == want->weight
              && have->held == want->held;
  /* A span of all bits holds every number, wherever it begins. */
  bool range = have->span == want->span && (want->span == UINT64_MAX || have->least == want->least);
  if (same && range)
    passed();
  else
    failed("%s: argument %d goes to %u%s%s%s, from %llx and %llx more", name, i, (unsigned)have->slot,
           have->label ? ", a label" : "", have->weight ? ", a weight" : "",
           have->held ? ", the parameter of the state" : "", (unsigned long long)have->least,
           (unsigned long long)have->span);
}

static void check(const Case *want) {
  FunctionDef def;
  if (!find(want->name, &def)) {
    failed("there is no function %s", want->name);
    return;
  }
  mlm_set_fast_args(&def);
  expect_for(def.ranged == want->ranged, "whether the first two numbers have a range", want->name);
  if (!expect_for(def.fast_args == want->n, "how many arguments are plain numbers", want->name)) return;
  for (int i = 0; i < want->n; i++) check_arg(want->name, i, &def.fast[i], &want->arg[i]);
}

int main(void) {
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(&cases[i]);
  return end_of_tests();
}
