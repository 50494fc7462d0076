/* The interval of a correlation. */
#ifndef MLM_CORRELATION_INTERVAL_H
#define MLM_CORRELATION_INTERVAL_H

#include "metric.h"

/* Fisher's interval of a correlation of joint moments. */
extern const Interval mlm_fisher_interval;

#endif
