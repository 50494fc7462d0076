/* Names that no single library has, as rows of mlm_peer_names. */
#ifndef MLM_COMMON_NAMES_H
#define MLM_COMMON_NAMES_H

#define PER_QUERY   "for one query: GROUP BY query, then the mean over the queries"
#define A_TABLE     "a table over a score set"
#define DECIDED     "for decisions 0 and 1 the cutoff is 1"
#define TWO_SAMPLES "one column of values and one that is 0 or 1 for the sample"
#define AT_FPR      "with the objective 'specificity>=0.9', for a false positive rate of at most 0.1"
#define CLUSTERS(metric)                                                                                     \
  "SELECT replicate, " metric                                                                                \
  ", poisson_weight(user_id, replicate)) FROM …, (WITH RECURSIVE r(replicate) AS (SELECT 1 UNION ALL "     \
  "SELECT replicate + 1 FROM r WHERE replicate < 999) SELECT replicate FROM r) GROUP BY replicate"
#define NORMALIZED "theirs divides it by the mean, the range or the deviation of the target"

/* clang-format off */
#define MLM_COMMON_NAMES \
    {"common names", "auc_roc", "roc_auc", NULL}, \
    {"common names", "rocauc", "roc_auc", NULL}, \
    {"common names", "aucroc", "roc_auc", NULL}, \
    {"common names", "auc_score", "roc_auc", NULL}, \
    {"common names", "c_statistic", "roc_auc", "of survival times: concordance_index"}, \
    {"common names", "auprc", "pr_auc", "the step sum is average_precision"}, \
    {"common names", "auc_pr", "pr_auc", "the step sum is average_precision"}, \
    {"common names", "precision_recall_auc", "pr_auc", "the step sum is average_precision"}, \
    {"common names", "multiclass_roc_auc", "roc_auc_ovr_macro", "of each class against the rest; of pairs of classes: roc_auc_ovo_macro"}, \
    {"common names", "auc_ci", "roc_auc_ci", NULL}, \
    {"common names", "roc_auc_ci_clustered", "poisson_weight", CLUSTERS("roc_auc(score, label")}, \
    {"common names", "f1_at_ci_clustered", "poisson_weight", CLUSTERS("f1_at(score, label, cutoff")}, \
    {"common names", "best_threshold", "best_cutoff", "a cutoff is a threshold; the objective is 'f1', 'youden', 'cost:1,5', …"}, \
    {"common names", "optimal_threshold", "best_cutoff", "a cutoff is a threshold; the objective is 'f1', 'youden', 'cost:1,5', …"}, \
    {"common names", "optimal_cutoff", "best_cutoff", NULL}, \
    {"common names", "find_best_threshold", "best_cutoff", "a cutoff is a threshold; the objective is 'f1', 'youden', 'cost:1,5', …"}, \
    {"common names", "best_f1", "best_cutoff_value", NULL}, \
    {"common names", "max_f1", "best_cutoff_value", NULL}, \
    {"common names", "bce_with_logits", "bce_logits", "for one row: bce_logits_loss"}, \
    {"common names", "bce_with_logits_loss", "bce_logits_loss", "for one row; the mean is bce_logits"}, \
    {"common names", "cross_entropy_with_logits", "cross_entropy_logits", NULL}, \
    {"common names", "softmax_cross_entropy", "cross_entropy_logits", NULL}, \
    {"common names", "categorical_cross_entropy", "cross_entropy", NULL}, \
    {"common names", "log_loss_score", "log_loss", NULL}, \
    {"common names", "fbeta", "fbeta_at", "the cutoff stands before beta; of predicted classes see fbeta_macro"}, \
    {"common names", "f_score", "f1", "beta: fbeta_at"}, \
    {"common names", "f2", "fbeta_at", "beta is 2; for decisions 0 and 1 the cutoff is 1"}, \
    {"common names", "f2_score", "fbeta_at", "beta is 2; for decisions 0 and 1 the cutoff is 1"}, \
    {"common names", "f2_at", "fbeta_at", "beta is 2"}, \
    {"common names", "f05_score", "fbeta_at", "beta is 0.5; for decisions 0 and 1 the cutoff is 1"}, \
    {"common names", "intersection_over_union", "jaccard", "of decisions 0 and 1"}, \
    {"common names", "iou", "jaccard", "of decisions 0 and 1, not of boxes"}, \
    {"common names", "macro_f1", "f1_macro", NULL}, \
    {"common names", "micro_f1", "f1_micro", NULL}, \
    {"common names", "weighted_f1", "f1_weighted", NULL}, \
    {"common names", "macro_precision", "precision_macro", NULL}, \
    {"common names", "macro_recall", "recall_macro", NULL}, \
    {"common names", "tpr", "recall_at", DECIDED}, \
    {"common names", "fpr", "fpr_at", DECIDED}, \
    {"common names", "tnr", "specificity_at", DECIDED}, \
    {"common names", "tpr_at", "recall_at", NULL}, \
    {"common names", "tnr_at", "specificity_at", NULL}, \
    {"common names", "ppv_at", "precision_at", NULL}, \
    {"common names", "sensitivity_at", "recall_at", NULL}, \
    {"common names", "fnr", "fnr_at", DECIDED}, \
    {"common names", "false_discovery_rate", "precision", "it is 1 - precision; of p-values: p_adjust"}, \
    {"common names", "diagnostic_odds_ratio", "positive_likelihood_ratio_at", "divided by negative_likelihood_ratio_at; " DECIDED}, \
    {"common names", "markedness", "precision_at", "precision_at + npv_at - 1; " DECIDED}, \
    {"common names", "equal_error_rate", "eer", NULL}, \
    {"common names", "youden", "youden_at", "the cutoff that is best by it: best_cutoff(score, label, 'youden')"}, \
    {"common names", "youden_index", "youden_at", "the cutoff that is best by it: best_cutoff(score, label, 'youden')"}, \
    {"common names", "youden_j", "youden_at", "the cutoff that is best by it: best_cutoff(score, label, 'youden')"}, \
    {"common names", "gini_coefficient", "gini", "2 * roc_auc - 1, not that of incomes"}, \
    {"common names", "normalized_gini", "gini", "for labels 0 and 1, where it is 2 * roc_auc - 1"}, \
    {"common names", "ks_statistic", "ks", NULL}, \
    {"common names", "ks_stat", "ks", NULL}, \
    {"common names", "maximum_calibration_error", "mce", NULL}, \
    {"common names", "max_calibration_error", "mce", NULL}, \
    {"common names", "classwise_ece", "ece", "for each class i: ece(vector_at(PROBS, i), to_number(class) = i), and their mean"}, \
    {"common names", "calibration_in_the_large", "calibration_intercept", "on the scale of logits"}, \
    {"common names", "ece_score", "ece", NULL}, \
    {"common names", "brier_skill_score", "brier_skill", NULL}, \
    {"common names", "reliability_curve", "calibration_curve", A_TABLE}, \
    {"common names", "reliability_diagram", "calibration_svg", "of a score set"}, \
    {"common names", "cumulative_gains_curve", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "lift", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "lift_at_k", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "lift_chart", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "pearson_correlation", "pearson", NULL}, \
    {"common names", "spearman_correlation", "spearman", NULL}, \
    {"common names", "pearson_r", "pearson", "its interval is pearson_ci"}, \
    {"common names", "spearman_r", "spearman", NULL}, \
    {"common names", "spearman_rho", "spearman", NULL}, \
    {"common names", "kendall_tau", "kendall", NULL}, \
    {"common names", "correlation", "pearson", NULL}, \
    {"common names", "concordance_correlation_coefficient", "ccc", NULL}, \
    {"common names", "matthews_correlation", "mcc", NULL}, \
    {"common names", "matthews_correlation_coefficient", "mcc", NULL}, \
    {"common names", "phi_coefficient", "mcc", "for two classes"}, \
    {"common names", "r_squared", "r2", NULL}, \
    {"common names", "r_square", "r2", NULL}, \
    {"common names", "root_mean_square_error", "rmse", NULL}, \
    {"common names", "nrmse", "rmse", NORMALIZED}, \
    {"common names", "medae", "median_absolute_error", NULL}, \
    {"common names", "wape", "wmape", NULL}, \
    {"common names", "delong", "delong_test", NULL}, \
    {"common names", "ttest", "t_test", "Welch's; " TWO_SAMPLES}, \
    {"common names", "hosmer_lemeshow", "hosmer_lemeshow_test", NULL}, \
    {"common names", "wilson_ci", "proportion_ci", NULL}, \
    {"common names", "recall_at_precision", "best_cutoff_metrics", "with the objective 'precision>=0.8'"}, \
    {"common names", "precision_at_recall", "best_cutoff_metrics", "with the objective 'recall>=0.8'"}, \
    {"common names", "recall_at_fpr", "best_cutoff_metrics", AT_FPR}, \
    {"common names", "tpr_at_fpr", "best_cutoff_metrics", AT_FPR}, \
    {"common names", "lift_at", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "cumulative_gains", "lift_curve", "a table over a score set: gain and lift"}, \
    {"common names", "specificity_score", "specificity", NULL}, \
    {"common names", "isotonic", "isotonic_fit", "calibrate(fit, score) predicts"}, \
    {"common names", "f1_per_class", "class_metrics", "JSON; as a table: class_table(class_set)"}, \
    {"common names", "evaluate_regression", "report_regression_html", "each number by itself: rmse, mae, r2, mean_error"}, \
    {"common names", "plot_roc", "roc_svg", "as text: roc_plot(set)"}, \
    {"common names", "hist_svg", "histogram_svg", NULL}, \
    {"common names", "bias", "mean_error", "pred - target"}, \
    {"common names", "mbe", "mean_error", "pred - target"}, \
    {"common names", "mdape", "median_absolute_error", "median_absolute_error(absolute_percentage_error(pred, target), 0), a fraction"}, \
    {"common names", "adjusted_r2", "r2", "adjusted for p predictors in n rows it is 1 - (1 - r2) * (n - 1) / (n - p - 1)"}, \
    {"common names", "emd", "wasserstein", TWO_SAMPLES}, \
    {"common names", "csi", "psi", "of the values of one feature; the critical success index is jaccard"}, \
    {"common names", "fairness", "selection_rate_at", "for each group, as recall_at and fpr_at; differences and ratios: sql/fairness.sql"}, \
    {"common names", "mean_bias_error", "mean_error", "pred - target"}, \
    {"common names", "quantile_loss", "pinball", "for one row: pinball_loss"}, \
    {"common names", "crps", "crps_ensemble", "of a normal forecast: crps_gaussian"}, \
    {"common names", "winkler_score", "interval_score", NULL}, \
    {"common names", "quadratic_weighted_kappa", "kappa_quadratic", NULL}, \
    {"common names", "qwk", "kappa_quadratic", NULL}, \
    {"common names", "quadratic_kappa", "kappa_quadratic", NULL}, \
    {"common names", "weighted_kappa", "kappa_quadratic", "linear weights: kappa_linear"}, \
    {"common names", "cohens_kappa", "kappa", NULL}, \
    {"common names", "classification_error", "error_rate", NULL}, \
    {"common names", "balanced_acc", "balanced_accuracy", NULL}, \
    {"common names", "topk_accuracy", "top_k_accuracy", "the scores of a row as one vector"}, \
    {"common names", "top1_accuracy", "top_k_accuracy", "the scores of a row as one vector, k = 1"}, \
    {"common names", "top5_accuracy", "top_k_accuracy", "the scores of a row as one vector, k = 5"}, \
    {"common names", "mean_reciprocal_rank", "reciprocal_rank", PER_QUERY}, \
    {"common names", "mean_average_precision", "average_precision_at_k", PER_QUERY}, \
    {"common names", "map_at_k", "average_precision_at_k", PER_QUERY}, \
    {"common names", "mapk", "average_precision_at_k", PER_QUERY}, \
    {"common names", "hit_rate", "hit_rate_at_k", PER_QUERY}, \
    {"common names", "population_stability_index", "psi", NULL}, \
    {"common names", "c_index", "concordance_index", NULL}, \
    {"common names", "welch_test", "t_test", NULL}, \
    {"common names", "chi_squared_test", "chi2_test", "over rows, not a table of counts; without Yates's correction"}, \
    {"common names", "earth_mover_distance", "wasserstein", TWO_SAMPLES}, \
    {"common names", "hellinger_distance", "hellinger", TWO_SAMPLES "; for classes: hellinger_classes"}, \
    {"common names", "jensen_shannon_distance", "js_distance", TWO_SAMPLES "; for classes: js_distance_classes"}, \
    {"common names", "total_variation_distance", "total_variation", TWO_SAMPLES "; for classes: total_variation_classes"}, \
    {"common names", "confidence_interval", "mean_ci", "of a mean; the interval of a metric f is f_ci"}, \
    {"common names", "platt_scaling", "platt_fit", "calibrate(fit, score) predicts"}, \
    {"common names", "temperature_scaling", "temperature_fit", "calibrate(fit, LOGITS) predicts"}, \
    {"common names", "norm_cdf", "normal_cdf", NULL}, \
    {"common names", "norm_ppf", "normal_quantile", NULL}, \
    {"common names", "inv_logit", "sigmoid", NULL}, \
    {"common names", "logistic", "sigmoid", NULL},
/* clang-format on */

#endif
