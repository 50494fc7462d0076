/* Intervals of means: Hall's for values that cannot be negative, Student's t for others. */
#ifndef MLM_MEAN_INTERVAL_H
#define MLM_MEAN_INTERVAL_H

#include "metric.h"

/* Hall's interval of a mean of values that are at least 0, the same for its square root, and Student's t. The
 * metric's term is the value of a row; the bounds are cut to its range. */
extern const Interval mlm_hall_interval, mlm_root_hall_interval, mlm_t_interval;

#endif
