/* The list of every family of functions. */
#include "metric.h"

extern const Family mlm_activations, mlm_losses, mlm_threshold, mlm_ranking, mlm_calibration, mlm_curves,
    mlm_classes, mlm_multiclass, mlm_multilabel, mlm_agreement, mlm_class_averages, mlm_bootstrap,
    mlm_mean_intervals, mlm_score_sets, mlm_input_checks, mlm_hypothesis_tests, mlm_distributions,
    mlm_regression, mlm_deviances, mlm_prediction_intervals, mlm_association, mlm_query_ranking,
    mlm_gradients, mlm_keyed_sets, mlm_plots, mlm_reports, mlm_evaluate_set, mlm_drift, mlm_calibration_parts,
    mlm_fits, mlm_temperature, mlm_calibrate, mlm_packed_columns;

const Family *const mlm_families[] = {
    &mlm_activations,    &mlm_losses,
    &mlm_threshold,      &mlm_ranking,
    &mlm_calibration,    &mlm_curves,
    &mlm_classes,        &mlm_multiclass,
    &mlm_multilabel,     &mlm_agreement,
    &mlm_class_averages, &mlm_bootstrap,
    &mlm_mean_intervals, &mlm_score_sets,
    &mlm_input_checks,   &mlm_hypothesis_tests,
    &mlm_distributions,  &mlm_regression,
    &mlm_deviances,      &mlm_prediction_intervals,
    &mlm_association,    &mlm_query_ranking,
    &mlm_gradients,      &mlm_keyed_sets,
    &mlm_plots,          &mlm_reports,
    &mlm_evaluate_set,   &mlm_calibration_parts,
    &mlm_fits,           &mlm_temperature,
    &mlm_calibrate,      &mlm_drift,
    &mlm_packed_columns, NULL,
};
