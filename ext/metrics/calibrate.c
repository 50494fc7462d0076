/* Fits applied: the JSON of a fit read, and the probability that it gives to a score or to logits. */
#include "base/json_values.h"
#include "metrics/calibration.h"
#include "metrics/fits.h"

/* ---- reading ---- */

static const char *const methods[] = {"platt", "isotonic", "beta", "temperature"};
static const char *const params[][3] = {
    {"slope", "intercept", NULL}, {NULL}, {"a", "b", "c"}, {"temperature", NULL}};

/* The members that are used; text NULL: not there. */
typedef struct Members {
  JsonValue method, converged, x, y, param[3];
} Members;

static bool is_string(const JsonValue *value, const char *text) {
  return value->text && strlen(text) == value->n && memcmp(value->text, text, value->n) == 0;
}

static int method_of(const Members *members) {
  for (int i = 0; i < 4; i++)
    if (members->method.type == JSON_STRING && is_string(&members->method, methods[i])) return i;
  return -1;
}

static void keep_member(Members *to, const JsonValue *key, const JsonValue *value) {
  if (is_string(key, "method")) to->method = *value;
  if (is_string(key, "converged")) to->converged = *value;
  if (is_string(key, "x")) to->x = *value;
  if (is_string(key, "y")) to->y = *value;
}

/* False: the text is not a JSON object. A second pass finds the parameters of the method. */
static bool read_members(const char *text, size_t n, Members *members, int method) {
  JsonReader reader = {.text = text, .n = n};
  JsonValue key = {0}, value;
  while ((value = mlm_json_next_member(&reader, &key)).type != JSON_END) {
    if (value.type == JSON_WRONG) return false;
    if (method < 0) keep_member(members, &key, &value);
    for (int i = 0; method >= 0 && i < 3 && params[method][i]; i++)
      if (is_string(&key, params[method][i])) members->param[i] = value;
  }
  return true;
}

static bool has_converged(const Members *members) { return !is_string(&members->converged, "false"); }

static bool read_params(const Members *members, Fit *fit) {
  for (int i = 0; i < 3 && params[fit->method][i]; i++) {
    const JsonValue *value = &members->param[i];
    double *x = &fit->param[i];
    if (value->type != JSON_NUMBER || !mlm_parse_number_text(value->text, value->n, x)) return false;
    if (!(fabs(*x) < INFINITY)) return false;
  }
  if (fit->method == FIT_BETA) return fit->param[0] >= 0 && fit->param[1] >= 0;
  return fit->method != FIT_TEMPERATURE || fit->param[0] > 0;
}

/* Whether the points are those of a nondecreasing function with values within [0,1]. */
static bool are_points(const double *x, const double *y, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!(y[i] >= 0 && y[i] <= 1)) return false;
    if (i > 0 && (x[i] <= x[i - 1] || y[i] < y[i - 1])) return false;
  }
  return n > 0;
}

/* An array of numbers into `at`, which has room for it. */
static bool read_numbers(const JsonValue *array, double *at, size_t *n) {
  size_t where;
  return array->type == JSON_NESTED && mlm_parse_array(array->text, array->n, at, n, &where) == ARRAY_OK;
}

static size_t room_of(const JsonValue *array) { return array->n / 2 + 1; }

/* Four buckets a point, so that most hold none or one and the search in a bucket needs no step whose number
 * differs from score to score; within bounds, so that the index stays in the cache. */
enum { FEWEST_BUCKETS = 64, MOST_BUCKETS = 4096 };

static size_t buckets_for(size_t points) {
  size_t buckets = 4 * (points < MOST_BUCKETS ? points : MOST_BUCKETS);
  return buckets < FEWEST_BUCKETS ? FEWEST_BUCKETS : buckets < MOST_BUCKETS ? buckets : MOST_BUCKETS;
}

static inline size_t bucket_of(const Fit *fit, double x) {
  double place = (x - fit->lo) * fit->scale, last = fit->buckets - 1;
  return (size_t)(place > 0 ? place < last ? place : last : 0);
}

/* A bucket does not fall from one point to the next, since subtraction and multiplication round without
 * changing the order; so the points of each are neighbours. */
static void index_points(Fit *fit) {
  const size_t buckets = buckets_for(fit->n);
  double span = fit->x[fit->n - 1] - fit->x[0];
  fit->buckets = (double)buckets;
  fit->lo = fit->x[0];
  /* unreachable: the first condition's failure, since no text is so long */
  fit->scale =
      fit->n < UINT32_MAX && span < INFINITY && fit->buckets / span < INFINITY ? fit->buckets / span : 0;
  size_t b = 0;
  fit->first[0] = 0;
  for (size_t i = 0; i < fit->n; i++)
    for (size_t to = bucket_of(fit, fit->x[i]); b < to;) fit->first[++b] = (uint32_t)i;
  while (b < buckets) fit->first[++b] = (uint32_t)fit->n;
}

static bool read_points(const Members *members, double *x, double *y, Fit *fit) {
  size_t ys = 0;
  if (!read_numbers(&members->x, x, &fit->n) || !read_numbers(&members->y, y, &ys) || ys != fit->n
      || !are_points(x, y, ys))
    return false;
  x[fit->n] = NAN;
  index_points(fit);
  return true;
}

/* In one block: the fit, its points, their index and its text. */
static Status read_fit(const Members *members, int method, const char *text, size_t n, const Host *host,
                       Fit **made) {
  bool points = method == FIT_ISOTONIC;
  size_t room = points ? room_of(&members->x) + 1 : 0, more = points ? room_of(&members->y) : 0;
  size_t index = points ? buckets_for(room) + 1 : 0;
  uint64_t bytes = (uint64_t)(room + more) * sizeof(double) + index * sizeof(uint32_t) + n + 1;
  Fit *fit = host->realloc(NULL, sizeof *fit + bytes);
  if (!fit) return MLM_NOMEM;
  double *x = (double *)(fit + 1), *y = x + room;
  uint32_t *first = (void *)(y + more);
  char *own = (char *)(first + index);
  *fit = (Fit){.method = (FitMethod)method, .x = x, .y = y, .first = first, .text = own, .text_n = n};
  memcpy(own, text, n);
  own[n] = 0;
  if (read_params(members, fit) && (!points || read_points(members, x, y, fit)))
    *made = fit;
  else
    host->free(fit);
  return MLM_OK;
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  Members members;
  Fit *fit = NULL;
  memset(&members, 0, sizeof members);
  if (!read_members(text, n, &members, -1) || !has_converged(&members)) return MLM_OK;
  int method = method_of(&members);
  if (method < 0 || memchr(text, 0, n)) return MLM_OK;
  read_members(text, n, &members, method);
  Status status = read_fit(&members, method, text, n, host, &fit);
  *object = fit;
  return status;
}

static const char *text_of(const void *object) { return ((const Fit *)object)->text; }

static bool same(const void *object, const char *text, size_t n) {
  const Fit *fit = object;
  return fit->text_n == n && memcmp(fit->text, text, n) == 0;
}

static void list(StrBuf *out) {
  mlm_str_put(out, "the JSON of platt_fit, isotonic_fit, beta_fit or temperature_fit, as in "
                   "calibrate((SELECT platt_fit(score, label) FROM …), score)");
}

static void hint(const char *text, size_t n, StrBuf *out) {
  Members members;
  memset(&members, 0, sizeof members);
  if (!read_members(text, n, &members, -1)) return;
  if (!has_converged(&members))
    mlm_str_put(out, ", a fit that did not converge");
  else if (method_of(&members) >= 0)
    mlm_str_put(out, ", a fit whose numbers are missing or out of range");
}

const TextParser mlm_fit_parser = {.parse = parse, .same = same, .text = text_of, .list = list, .hint = hint};

/* ---- applying ---- */

double mlm_platt_odds(const Fit *fit, double score) {
  double slope = fit->param[0];
  return slope == 0 ? fit->param[1] : slope * score + fit->param[1];
}

double mlm_beta_odds(const Fit *fit, double prob) {
  double p = mlm_clipped(prob);
  return fit->param[0] * mlm_log(p) + fit->param[1] * mlm_neg_log_complement(p) + fit->param[2];
}

/* How many points are not above the score: those of lower buckets, and some of its own. Without branches on
 * points, which scores in random order would mispredict: the point after an empty bucket is above the score.
 */
static inline size_t points_up_to(const Fit *fit, double score) {
  size_t b = bucket_of(fit, score), n = fit->first[b + 1] - fit->first[b];
  const double *from = fit->x + fit->first[b];
  while (n > 1) {
    size_t half = n / 2;
    from += from[half] <= score ? half : 0;
    n -= half;
  }
  return (size_t)(from - fit->x) + (*from <= score);
}

/* Where two points are infinitely far apart, or further than a double holds: at an infinite point the value
 * of the other one holds up to it. */
static double on_wide_segment(const Fit *fit, double score, size_t above) {
  double lo = fit->x[above - 1], hi = fit->x[above], from = fit->y[above - 1], to = fit->y[above];
  if (score == lo || hi == INFINITY) return from;
  if (lo == -INFINITY) return to;
  return from + (to - from) * ((score / 2 - lo / 2) / (hi / 2 - lo / 2));
}

/* Linear between neighbouring points: at a point, and where two have one value, exactly their value. */
static double on_points(const Fit *fit, double score) {
  size_t above = points_up_to(fit, score);
  if (above == 0) return fit->y[0];
  if (above == fit->n) return fit->y[fit->n - 1];
  double lo = fit->x[above - 1], span = fit->x[above] - lo, from = fit->y[above - 1];
  if (!(span < INFINITY)) return on_wide_segment(fit, score, above);
  return from + (fit->y[above] - from) * ((score - lo) / span);
}

static Status refuse(Result *out, const char *why) {
  out->why = why;
  return MLM_REFUSED;
}

static Status softmax(const Vector *logits, double temperature, Result *out) {
  for (size_t i = 0; i < logits->n; i++) logits->at[i] /= temperature;
  mlm_softmax(logits->at, logits->n, logits->at);
  mlm_str_array(mlm_result_bytes(out, RESULT_JSON), logits->at, logits->n);
  return MLM_OK;
}

/* The calibrated score; NaN for a score outside the fit's domain. */
static double calibrated(const void *parsed, double score) {
  const Fit *fit = parsed;
  switch (fit->method) {
  case FIT_PLATT: return mlm_sigmoid(mlm_platt_odds(fit, score));
  case FIT_ISOTONIC: return on_points(fit, score);
  case FIT_BETA: return score >= 0 && score <= 1 ? mlm_sigmoid(mlm_beta_odds(fit, score)) : NAN;
  default: return NAN;
  }
}

static Status calibrate(const Row *row, const Eval *in, Result *out) {
  const Fit *fit = in->params->parsed;
  double score = row->param;
  bool vector = row->preds.n > 0;
  if (vector != (fit->method == FIT_TEMPERATURE))
    return refuse(out, vector ? "a fit of temperature_fit takes a vector of logits, the other fits one score"
                              : "a fit of temperature_fit takes a vector of logits, not one score");
  if (vector) return softmax(&row->preds, fit->param[0], out);
  double prob = calibrated(fit, score);
  mlm_result_real(out, prob == prob ? prob : score);
  return prob == prob ? MLM_OK : refuse(out, "a fit of beta_fit takes probabilities within [0,1]");
}

#define PLATT "'{\"method\":\"platt\",\"slope\":2,\"intercept\":-1}'"

static const Scalar scalars[] = {
    {.name = "calibrate",
     .args = {ARG_FIT, ARG_SCORE_OR_LOGITS},
     .required = 2,
     .eval = calibrate,
     .quick = calibrated,
     .result = RESULT_JSON,
     .summary =
         "The probability that a fit of platt_fit, isotonic_fit or beta_fit gives to a score; with a fit of "
         "temperature_fit, the JSON array of probabilities of a vector of logits. The fit is read once "
         "where it is a literal or bound.",
     .example = "SELECT calibrate(" PLATT ", 0.5)"},
    {0},
};

const Family mlm_calibrate = {.name = "calibrate", .scalars = scalars};
