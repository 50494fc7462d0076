/* Rows made for the arguments of any function: see made_rows.h. */
#include "made_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rows are not made for raw values, BLOBs and texts to be cleaned, nor for titles and texts of fits. */
bool can_make(const ArgKind *args) {
  for (; *args; args++) {
    ArgShape shape = mlm_arg_specs[*args].shape;
    if (shape == SHAPE_RAW || shape == SHAPE_ELEMENT || shape == SHAPE_BYTES || shape == SHAPE_DIRTY_NUMBER
        || shape == SHAPE_DIRTY_LABEL || shape == SHAPE_F64_BLOB || *args == ARG_TITLE || *args == ARG_FIT)
      return false;
  }
  return true;
}

static double within(const ArgSpec *spec, double x) {
  double inside = x < spec->lo ? spec->lo : x > spec->hi ? spec->hi : x;
  return spec->integral ? (double)(int64_t)inside : inside;
}

static void set_vector(const Made *made, const ArgSpec *spec, int i, MadeRow *out) {
  double *at = spec->slot == offsetof(Row, preds)     ? out->preds
               : spec->slot == offsetof(Row, targets) ? out->targets
                                                      : out->params;
  double sum = 0;
  for (int k = 0; k < made->elements; k++)
    sum += at[k] = spec->integral ? (i + k) % 3 == 0 : 1 + (double)(i * (7 + 6 * k) % (97 - 4 * k));
  for (int k = 0; k < made->elements && !spec->integral && spec->hi == 1; k++) at[k] /= sum;
  *(Vector *)(void *)((char *)&out->row + spec->slot) = (Vector){at, (size_t)made->elements};
}

/* Class i of argument a: a label, a unit of three ratings, from the thousandth on all different, or one of
 * four words. */
static void set_class(const ArgSpec *spec, int i, int a, MadeRow *out) {
  Class *class = (Class *)(void *)((char *)&out->row + spec->slot);
  char *text = out->text[a];
  int n = spec->shape == SHAPE_VALUES
              ? snprintf(text, MADE_WIDTH, "[%d,%d,%d]", i < 1000 ? i % 5 : i, i % 3, i % 4 / 2)
              : snprintf(text, MADE_WIDTH, "class %d", i * (a + 2) % 7 % 4);
  *class = (Class){.type = CLASS_TEXT, .bytes = text, .n = (size_t)n};
  if (spec->hi == 1) *class = (Class){.type = CLASS_INTEGER, .integer = i * (a + 1) % 5 % 2};
}

/* That of the largest element, and in every third row the first. */
static size_t class_of(const Made *made, int i, const MadeRow *out) {
  size_t class = 0;
  for (int k = 1; k < made->elements && i % 3; k++)
    if (out->preds[k] > out->preds[class]) class = (size_t)k;
  return class;
}

static double weight_of(const Made *made, const ArgSpec *spec, int i) {
  if (made->weights == WEIGHTS_HEAVY) return i == 0 ? 100000 : 1;
  return made->weights == WEIGHTS_FRACTIONAL && !spec->integral ? 0.5 + i % 3 : 1;
}

static void set_argument(const Made *made, int a, int i, MadeRow *out) {
  const ArgSpec *spec = &mlm_arg_specs[made->args[a]];
  double *x = &out->row.x[mlm_arg_place(made->args, a)];
  switch (spec->shape) {
  case SHAPE_NUMBER:
    *x = within(spec,
                spec->integral ? i % 4 + 5 * (a > 0) : (double)(i * (37 + 16 * a) % (311 - 4 * a)) / 311);
    break;
  case SHAPE_LABEL:
    *x = made->weights == WEIGHTS_FRACTIONAL ? (out->row.x[0] < 0.5) != (i % 5 == 0)
                                             : (i % 7) * (i % 7) % 7 > 2;
    break;
  case SHAPE_KEY_NUMBERS:
  case SHAPE_DATE_NUMBERS:
    x[0] = i % 17;
    x[1] = 0;
    break;
  case SHAPE_WEIGHT: out->row.weight = weight_of(made, spec, i); break;
  case SHAPE_INDEX:
  case SHAPE_INDEX_OR_VECTOR: out->row.index = class_of(made, i, out); break;
  case SHAPE_KEY: out->row.key = (Class){.type = CLASS_INTEGER, .integer = i % 3}; break;
  case SHAPE_CLASS:
  case SHAPE_VALUES: set_class(spec, i, a, out); break;
  case SHAPE_VECTOR:
  case SHAPE_VARIADIC:
  case SHAPE_NUMBER_OR_VECTOR: set_vector(made, spec, i, out); break;
  default: break; /* a parameter, or a saved state */
  }
}

void make_row(const Made *made, int i, MadeRow *out) {
  out->row = (Row){.param = 1, .weight = 1, .held = made->held};
  for (int a = 0; made->args[a]; a++) {
    set_argument(made, a, made->period ? 1 + i % made->period : i, out);
    out->row.columns += mlm_arg_columns(&mlm_arg_specs[made->args[a]]);
  }
  if (made->merged && i == 0) out->row.weight = 1000;
}

void make_params(const ArgKind *args, const Host *host, Params *params, double *held, void **parsed) {
  static const char metric[] = "pr_auc";
  *params = (Params){.given = 0};
  mlm_params_defaults(args, params);
  for (; *args; args++) {
    const ArgSpec *spec = &mlm_arg_specs[*args];
    double x = within(spec, spec->hi > 1 ? 2 : 0.5);
    if (*args == ARG_METRIC && spec->parser->parse(metric, strlen(metric), host, parsed)) exit(2);
    if (*args == ARG_METRIC) params->parsed = *parsed;
    if (spec->role == ROLE_STATE) *held = spec->fallback == spec->fallback ? spec->fallback : x;
    if (spec->shape == SHAPE_PARAMETER && spec->fallback != spec->fallback) params->number[spec->slot] = x;
    if (*args == ARG_REPLICATES) params->number[spec->slot] = 3;
  }
}

void *made_state(const Metric *metric, const StateType *type, const Made *made, int n, const Host *host) {
  void *state = calloc(1, type->bytes);
  Status status = state ? MLM_OK : MLM_NOMEM;
  for (int i = 0; i < n && !status; i++) {
    MadeRow out;
    int arg;
    make_row(made, i, &out);
    if (metric->check && metric->check(&out.row, &arg)) continue;
    if (metric->term) out.row.value = metric->term(&out.row);
    if (metric->base) out.row.base = metric->base(&out.row);
    status = type->add(state, &out.row, 1, host);
  }
  if (!status && type->seal) status = type->seal(state, host);
  if (!status) return state;
  fprintf(stderr, "no state of %s\n", metric->name);
  exit(2);
}

void drop_made(const StateType *type, void *state, const Host *host) {
  if (type->clear) type->clear(state, host);
  free(state);
}
