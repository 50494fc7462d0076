/* Fits that recalibrate scores: what they are, how they are written, and what they make of a score. */
#ifndef MLM_FITS_H
#define MLM_FITS_H

#include "base/json_members.h"
#include "metrics/arg_specs.h"

typedef enum FitMethod { FIT_PLATT, FIT_ISOTONIC, FIT_BETA, FIT_TEMPERATURE } FitMethod;

/* A fit as calibrate() uses it. */
typedef struct Fit {
  FitMethod method;
  double param[3];     /* platt: slope, intercept; beta: a, b, c; temperature: T */
  size_t n;            /* isotonic: points; x ascends, y never falls and is within [0,1] */
  const double *x, *y; /* x[n] is NaN, which no score reaches */
  /* An index into x: bucket (x - lo) * scale, cut to 0 .. buckets - 1, holds the points first[b] ..
   * first[b + 1] - 1. With scale 0 all are in bucket 0. */
  double lo, scale, buckets;
  uint32_t *first;
  const char *text; /* as it was written, in text_n bytes */
  size_t text_n;
} Fit;

/* Reads the JSON of a fit that converged into a Fit, one block of memory. */
extern const TextParser mlm_fit_parser;

/* The log odds that a fit gives to a score. */
double mlm_platt_odds(const Fit *fit, double score);
double mlm_beta_odds(const Fit *fit, double prob);

/* The last members of a fit's JSON. */
typedef struct FitEnd {
  double rows; /* of fractional weights their sum */
  bool integral;
  double before, after; /* log loss; NaN is null */
  const char *why;      /* it did not converge; NULL: it did */
} FitEnd;

/* Writes {"method":…, and rows, log_loss_before, log_loss_after, converged and why it is false}. */
void mlm_fit_begin(StrBuf *json, const char *method);
void mlm_fit_end(StrBuf *json, const FitEnd *end);

#endif
