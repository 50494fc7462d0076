/* The list of every family of functions. */
#include "metric.h"

extern const Family mlm_activations, mlm_losses, mlm_threshold, mlm_ranking, mlm_calibration, mlm_curves,
    mlm_classes, mlm_hypothesis_tests, mlm_distributions;

const Family *const mlm_families[] = {
    &mlm_activations, &mlm_losses,  &mlm_threshold,        &mlm_ranking,       &mlm_calibration,
    &mlm_curves,      &mlm_classes, &mlm_hypothesis_tests, &mlm_distributions, NULL,
};
