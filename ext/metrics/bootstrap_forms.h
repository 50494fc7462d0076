/* The intervals of _ci forms that resample rows: of metrics for whose standard error there is no formula. */
#ifndef MLM_BOOTSTRAP_FORMS_H
#define MLM_BOOTSTRAP_FORMS_H

#include "metric.h"

/* The quantiles of the metric over 1000 samples: of a score set or a 2x2 table, and of a class set. */
extern const Interval mlm_percentile_interval, mlm_matrix_percentile_interval;
/* For metrics of two plain numbers per row whose own state keeps no rows: the interval's state keeps them. */
extern const Interval mlm_rows_percentile_interval;
/* For metrics of label tables: the interval's state keeps the decisions and targets of each row. */
extern const Interval mlm_labels_percentile_interval;
/* Of a metric of ratings: its interval remembers the units. */
extern const Interval mlm_units_percentile_interval;

/* Of metrics that a sample drawn from rows overestimates, since they are a maximum or a sum of absolute
 * values: the quantiles mirrored at the value. Of ks and distances up to 1, of distances without an upper
 * bound, each over scores and over classes; of best_cutoff_value; of calibration errors, whose lower bound is
 * 0 where the labels may well have been drawn from the probabilities. */
extern const Interval mlm_ks_interval, mlm_drift_interval, mlm_class_distance_interval,
    mlm_class_drift_interval, mlm_best_value_interval, mlm_calibration_interval;

#endif
