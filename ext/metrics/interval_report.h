/* An interval as the JSON that all functions of intervals give. */
#ifndef MLM_INTERVAL_REPORT_H
#define MLM_INTERVAL_REPORT_H

#include "metric.h"

typedef struct IntervalReport {
  double value, low, high, se; /* NaN is null */
  double level;
  const char *method;
  int64_t rows;       /* an integral weight k counts as k */
  int64_t replicates; /* of a bootstrap; 0: there is none, and this and the next are not shown */
  int64_t undefined;  /* replicates without a value */
  const char *note;   /* why a number is missing, or a bound is not as usual; NULL: not shown */
} IntervalReport;

/* Writes {"value":…,"low":…,"high":…,"se":…,"level":…,"method":"…","rows":…}, then what else is shown. */
void mlm_write_interval(StrBuf *out, const IntervalReport *report);

/* Its parts, for JSON that has more: the members without braces, and one of them. */
void mlm_write_interval_members(StrBuf *out, const IntervalReport *report);
void mlm_write_member(StrBuf *out, const char *key, double x);

#endif
