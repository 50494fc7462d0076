/* The interval of Pearson's correlation. */
#ifndef MLM_CORRELATION_INTERVAL_H
#define MLM_CORRELATION_INTERVAL_H

#include "metric.h"

/* Fisher's, of a metric that is mlm_moments_correlation(). */
extern const Interval mlm_fisher_interval;

#endif
