/* The list of every family of functions. */
#include "metric.h"

extern const Family mlm_activations, mlm_losses, mlm_threshold, mlm_ranking, mlm_calibration, mlm_curves,
    mlm_classes,
    /* charts and keyed sets */
    mlm_keyed_sets, mlm_plots, mlm_reports;

const Family *const mlm_families[] = {
    &mlm_activations, &mlm_losses, &mlm_threshold, &mlm_ranking, &mlm_calibration, &mlm_curves, &mlm_classes,
    &mlm_keyed_sets,  &mlm_plots,  &mlm_reports,   NULL,
};
