/* What the intervals of `_ci` forms have in common: level, method and the JSON they give. */
#ifndef MLM_INTERVALS_H
#define MLM_INTERVALS_H

#include "metric.h"

/* A confidence interval; NaN is null. */
typedef struct Bounds {
  double value, low, high, se; /* se: the standard error of the value, on the scale of the value */
  double rows;                 /* the number of rows; of fractional weights their sum */
  bool fractional;             /* a weight is not an integer */
  const char *note;            /* why a bound is null or made in another way; NULL: nothing to say */
} Bounds;

/* Bounds of which only the value and the rows are known: the others are null. */
static inline Bounds mlm_bounds_of(double value, double rows) {
  return (Bounds){.value = value, .low = NAN, .high = NAN, .se = NAN, .rows = rows};
}

/* The note where some rows have a fractional weight, so that the number of rows is unknown. */
#define MLM_NOTE_FRACTIONAL "a weight is not an integer up to 2^44, so it is not a number of rows"

/* Bounds of such rows. */
static inline Bounds mlm_bounds_fractional(double value, double weight) {
  Bounds bounds = mlm_bounds_of(value, weight);
  bounds.fractional = true;
  bounds.note = MLM_NOTE_FRACTIONAL;
  return bounds;
}

/* The level of the call, or its default; the method, or the first of the Interval. */
double mlm_interval_level(const Eval *in);
const char *mlm_interval_method(const Eval *in);
static inline bool mlm_interval_method_is(const Eval *in, const char *method) {
  return strcmp(mlm_interval_method(in), method) == 0;
}

/* Half the probability outside the level, and the quantile of the normal distribution above which it lies. */
static inline double mlm_interval_tail(const Eval *in) { return (1 - mlm_interval_level(in)) / 2; }
double mlm_interval_z(const Eval *in);

/* A note on decisions that are all alike; NULL: they are not. */
static inline const char *mlm_note_of_decisions(const Confusion2 *t) {
  if (t->tp + t->fp == 0) return "no score reaches the cutoff: no row is predicted positive";
  return t->tn + t->fn == 0 ? "every score reaches the cutoff: every row is predicted positive" : NULL;
}

/* How an interval was made, where no metric's Interval says so. */
typedef struct IntervalMethod {
  double level;
  const char *method;
  int64_t replicates; /* of a bootstrap; 0: there is none, and this and the next are not shown */
  int64_t undefined;  /* replicates without a value */
  const Eval *of;     /* the call whose parameters are shown; NULL: none */
} IntervalMethod;

/* Writes the members of the JSON, without braces: those of mlm_interval_write(), with those of a bootstrap
 * before the note. */
void mlm_interval_members(StrBuf *out, const Bounds *bounds, const IntervalMethod *made);

/* Writes the JSON that every `_ci` gives: value, low, high, se, level, method, rows, the metric's parameters
 * by their names, and note if there is one. */
Status mlm_interval_write(const Bounds *bounds, const Eval *in, Result *out);

#endif
