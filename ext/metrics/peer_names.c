/* What other libraries call the functions of this one. */
#include "metrics/peer_names.h"

#define PER_QUERY "of one query: GROUP BY query, then the mean over the queries"
#define A_TABLE   "a table over a score set"
#define DECIDED   "of decisions 0 and 1 the cutoff is 1"
#define AT_EQUAL  "a score equal to the cutoff is positive here"

/* clang-format off */
const PeerName mlm_peer_names[] = {
    {"scikit-learn", "roc_auc_score", "roc_auc", "for max_fpr see partial_roc_auc"},
    {"scikit-learn", "roc_curve", "roc_curve", A_TABLE},
    {"scikit-learn", "RocCurveDisplay", "roc_curve", "roc_curve(set, points) is thinned for drawing"},
    {"scikit-learn", "precision_recall_curve", "pr_curve", A_TABLE},
    {"scikit-learn", "PrecisionRecallDisplay", "pr_curve", A_TABLE},
    {"scikit-learn", "det_curve", "det_curve", A_TABLE},
    {"scikit-learn", "DetCurveDisplay", "det_curve", A_TABLE},
    {"scikit-learn", "confusion_matrix_at_thresholds", "cutoff_curve", "a table with every metric at every cutoff"},
    {"scikit-learn", "metric_at_thresholds", "cutoff_curve", "a table with every metric at every cutoff"},
    {"scikit-learn", "TunedThresholdClassifierCV", "best_cutoff", NULL},
    {"scikit-learn", "auc", "roc_auc", "the area under the ROC curve of scores; under the precision-recall curve it is pr_auc"},
    {"scikit-learn", "average_precision_score", "average_precision", NULL},
    {"scikit-learn", "accuracy_score", "accuracy", "of scores see accuracy_at(score, label, cutoff)"},
    {"scikit-learn", "balanced_accuracy_score", "balanced_accuracy", NULL},
    {"scikit-learn", "zero_one_loss", "error_rate", NULL},
    {"scikit-learn", "precision_score", "precision", "average='macro': precision_macro, likewise _micro and _weighted"},
    {"scikit-learn", "recall_score", "recall", "average='macro': recall_macro, likewise _micro and _weighted"},
    {"scikit-learn", "f1_score", "f1", "average='macro': f1_macro, likewise _micro and _weighted"},
    {"scikit-learn", "fbeta_score", "fbeta_at", DECIDED},
    {"scikit-learn", "precision_recall_fscore_support", "class_table", "a table over a class set"},
    {"scikit-learn", "classification_report", "classification_report", NULL},
    {"scikit-learn", "confusion_matrix", "confusion_table", "text, rows are labels; of decisions 0 and 1 as JSON: confusion_at with cutoff 1"},
    {"scikit-learn", "ConfusionMatrixDisplay", "confusion_table", NULL},
    {"scikit-learn", "cohen_kappa_score", "kappa", "weights='linear': kappa_linear, 'quadratic': kappa_quadratic"},
    {"scikit-learn", "matthews_corrcoef", "mcc", NULL},
    {"scikit-learn", "class_likelihood_ratios", "positive_likelihood_ratio_at", "of decisions 0 and 1 the cutoff is 1; the other one is negative_likelihood_ratio_at"},
    {"scikit-learn", "top_k_accuracy_score", "top_k_accuracy", "the scores of a row as one vector"},
    {"scikit-learn", "log_loss", "log_loss", NULL},
    {"scikit-learn", "brier_score_loss", "brier", NULL},
    {"scikit-learn", "calibration_curve", "calibration_curve", A_TABLE},
    {"scikit-learn", "CalibrationDisplay", "calibration_curve", A_TABLE},
    {"scikit-learn", "mean_squared_error", "mse", NULL},
    {"scikit-learn", "root_mean_squared_error", "rmse", NULL},
    {"scikit-learn", "mean_absolute_error", "mae", NULL},
    {"scikit-learn", "mean_absolute_percentage_error", "mape", "a fraction, not divided by an epsilon"},
    {"scikit-learn", "r2_score", "r2", NULL},
    {"scikit-learn", "explained_variance_score", "explained_variance", NULL},
    {"scikit-learn", "max_error", "max_error", NULL},
    {"scikit-learn", "median_absolute_error", "median_absolute_error", NULL},
    {"scikit-learn", "mean_squared_log_error", "msle", NULL},
    {"scikit-learn", "root_mean_squared_log_error", "rmsle", NULL},
    {"scikit-learn", "mean_pinball_loss", "pinball", NULL},
    {"scikit-learn", "mean_poisson_deviance", "poisson_deviance", NULL},
    {"scikit-learn", "mean_gamma_deviance", "gamma_deviance", NULL},
    {"scikit-learn", "mean_tweedie_deviance", "tweedie_deviance", NULL},
    {"scikit-learn", "hinge_loss", "hinge_loss", NULL},
    {"scikit-learn", "hamming_loss", "hamming_loss", NULL},
    {"scikit-learn", "jaccard_score", "jaccard_macro", NULL},
    {"scikit-learn", "ndcg_score", "ndcg", PER_QUERY},
    {"scikit-learn", "dcg_score", "dcg", PER_QUERY},
    {"scikit-learn", "label_ranking_average_precision_score", "label_ranking_average_precision", NULL},
    {"scikit-learn", "label_ranking_loss", "label_ranking_loss", NULL},
    {"scikit-learn", "coverage_error", "coverage_error", NULL},
    {"scikit-learn", "d2_log_loss_score", "d2_log_loss", NULL},
    {"scikit-learn", "d2_brier_score", "brier_skill", NULL},
    {"scikit-learn", "softmax", "softmax", "a vector in, a JSON array out"},
    {"scikit-learn", "expit", "sigmoid", NULL},
    {"scikit-learn", "IsotonicRegression", "isotonic_fit", "calibrate(fit, score) predicts"},
    {"scikit-learn", "isotonic_regression", "isotonic_fit", "calibrate(fit, score) predicts"},
    {"scikit-learn", "CalibratedClassifierCV", "platt_fit", "calibrate(fit, score) predicts; method='isotonic': isotonic_fit"},
    {"betacal", "BetaCalibration", "beta_fit", "calibrate(fit, score) predicts"},
    {"netcal", "TemperatureScaling", "temperature_fit", "calibrate(fit, LOGITS) predicts"},
    {"SciPy", "wasserstein_distance", "wasserstein", "one column of values and one that is 0 or 1 for the sample"},
    {"SciPy", "ks_2samp", "ks_test", "one column of values and one that is 0 or 1 for the sample"},
    {"SciPy", "jensenshannon", "js_distance", "of classes: js_distance_classes; of two vectors: js_divergence is its square"},
    {"polars_ds", "psi_discrete", "psi_classes", NULL},
    {"Evidently", "jensenshannon", "js_distance", NULL},
    {"Evidently", "TVD", "total_variation_classes", NULL},
    {"torchmetrics", "auroc", "roc_auc", "for max_fpr see partial_roc_auc"},
    {"torchmetrics", "AUROC", "roc_auc", "for max_fpr see partial_roc_auc"},
    {"torchmetrics", "binary_auroc", "roc_auc", "for max_fpr see partial_roc_auc"},
    {"torchmetrics", "BinaryAUROC", "roc_auc", "for max_fpr see partial_roc_auc"},
    {"torchmetrics", "multiclass_auroc", "roc_auc_ovr_macro", NULL},
    {"torchmetrics", "MulticlassAUROC", "roc_auc_ovr_macro", NULL},
    {"torchmetrics", "average_precision", "average_precision", NULL},
    {"torchmetrics", "binary_average_precision", "average_precision", NULL},
    {"torchmetrics", "BinaryAveragePrecision", "average_precision", NULL},
    {"torchmetrics", "multiclass_average_precision", "average_precision_macro", NULL},
    {"torchmetrics", "MulticlassAveragePrecision", "average_precision_macro", NULL},
    {"torchmetrics", "roc", "roc_curve", A_TABLE},
    {"torchmetrics", "binary_roc", "roc_curve", A_TABLE},
    {"torchmetrics", "BinaryROC", "roc_curve", A_TABLE},
    {"torchmetrics", "precision_recall_curve", "pr_curve", A_TABLE},
    {"torchmetrics", "binary_precision_recall_curve", "pr_curve", A_TABLE},
    {"torchmetrics", "BinaryPrecisionRecallCurve", "pr_curve", A_TABLE},
    {"torchmetrics", "binary_eer", "eer", NULL},
    {"torchmetrics", "BinaryEER", "eer", NULL},
    {"torchmetrics", "accuracy", "accuracy", "classes, not scores; the multiclass default average='macro' is recall_macro"},
    {"torchmetrics", "multiclass_accuracy", "accuracy", "classes, not scores; the multiclass default average='macro' is recall_macro"},
    {"torchmetrics", "MulticlassAccuracy", "accuracy", "classes, not scores; the multiclass default average='macro' is recall_macro"},
    {"torchmetrics", "binary_accuracy", "accuracy_at", AT_EQUAL},
    {"torchmetrics", "BinaryAccuracy", "accuracy_at", AT_EQUAL},
    {"torchmetrics", "precision", "precision", "decisions 0 and 1"},
    {"torchmetrics", "binary_precision", "precision_at", AT_EQUAL},
    {"torchmetrics", "BinaryPrecision", "precision_at", AT_EQUAL},
    {"torchmetrics", "multiclass_precision", "precision_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "MulticlassPrecision", "precision_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "recall", "recall", "decisions 0 and 1"},
    {"torchmetrics", "binary_recall", "recall_at", AT_EQUAL},
    {"torchmetrics", "BinaryRecall", "recall_at", AT_EQUAL},
    {"torchmetrics", "multiclass_recall", "recall_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "MulticlassRecall", "recall_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "specificity", "specificity", "decisions 0 and 1"},
    {"torchmetrics", "binary_specificity", "specificity_at", AT_EQUAL},
    {"torchmetrics", "BinarySpecificity", "specificity_at", AT_EQUAL},
    {"torchmetrics", "binary_negative_predictive_value", "npv_at", NULL},
    {"torchmetrics", "BinaryNegativePredictiveValue", "npv_at", NULL},
    {"torchmetrics", "f1_score", "f1", "decisions 0 and 1"},
    {"torchmetrics", "F1Score", "f1", "decisions 0 and 1"},
    {"torchmetrics", "binary_f1_score", "f1_at", AT_EQUAL},
    {"torchmetrics", "BinaryF1Score", "f1_at", AT_EQUAL},
    {"torchmetrics", "multiclass_f1_score", "f1_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "MulticlassF1Score", "f1_macro", "likewise _micro and _weighted"},
    {"torchmetrics", "fbeta_score", "fbeta_at", "the cutoff stands before beta"},
    {"torchmetrics", "binary_fbeta_score", "fbeta_at", "the cutoff stands before beta"},
    {"torchmetrics", "BinaryFBetaScore", "fbeta_at", "the cutoff stands before beta"},
    {"torchmetrics", "binary_hamming_distance", "error_rate_at", NULL},
    {"torchmetrics", "BinaryHammingDistance", "error_rate_at", NULL},
    {"torchmetrics", "multiclass_hamming_distance", "error_rate", NULL},
    {"torchmetrics", "MulticlassHammingDistance", "error_rate", NULL},
    {"torchmetrics", "multilabel_hamming_distance", "hamming_loss", NULL},
    {"torchmetrics", "MultilabelHammingDistance", "hamming_loss", NULL},
    {"torchmetrics", "confusion_matrix", "confusion_table", "text, rows are labels"},
    {"torchmetrics", "multiclass_confusion_matrix", "confusion_table", "text, rows are labels"},
    {"torchmetrics", "MulticlassConfusionMatrix", "confusion_table", "text, rows are labels"},
    {"torchmetrics", "binary_confusion_matrix", "confusion_at", "JSON"},
    {"torchmetrics", "BinaryConfusionMatrix", "confusion_at", "JSON"},
    {"torchmetrics", "binary_stat_scores", "confusion_at", "JSON"},
    {"torchmetrics", "BinaryStatScores", "confusion_at", "JSON"},
    {"torchmetrics", "multiclass_stat_scores", "class_table", "a table over a class set"},
    {"torchmetrics", "MulticlassStatScores", "class_table", "a table over a class set"},
    {"torchmetrics", "cohen_kappa", "kappa", "weights='linear': kappa_linear, 'quadratic': kappa_quadratic"},
    {"torchmetrics", "multiclass_cohen_kappa", "kappa", "weights='linear': kappa_linear, 'quadratic': kappa_quadratic"},
    {"torchmetrics", "MulticlassCohenKappa", "kappa", "weights='linear': kappa_linear, 'quadratic': kappa_quadratic"},
    {"torchmetrics", "matthews_corrcoef", "mcc", "classes, not scores"},
    {"torchmetrics", "multiclass_matthews_corrcoef", "mcc", "classes, not scores"},
    {"torchmetrics", "MulticlassMatthewsCorrCoef", "mcc", "classes, not scores"},
    {"torchmetrics", "binary_matthews_corrcoef", "mcc_at", AT_EQUAL},
    {"torchmetrics", "BinaryMatthewsCorrCoef", "mcc_at", AT_EQUAL},
    {"torchmetrics", "calibration_error", "ece", "norm='l2': rmsce, 'max': mce; its default is 15 bins"},
    {"torchmetrics", "binary_calibration_error", "ece", "norm='l2': rmsce, 'max': mce; its default is 15 bins"},
    {"torchmetrics", "BinaryCalibrationError", "ece", "norm='l2': rmsce, 'max': mce; its default is 15 bins"},
    {"torchmetrics", "binary_precision_at_fixed_recall", "best_cutoff_metrics", "with 'recall>=X'"},
    {"torchmetrics", "BinaryPrecisionAtFixedRecall", "best_cutoff_metrics", "with 'recall>=X'"},
    {"torchmetrics", "binary_recall_at_fixed_precision", "best_cutoff_metrics", "with 'precision>=X'"},
    {"torchmetrics", "BinaryRecallAtFixedPrecision", "best_cutoff_metrics", "with 'precision>=X'"},
    {"torchmetrics", "binary_sensitivity_at_specificity", "best_cutoff_metrics", "with 'specificity>=X'"},
    {"torchmetrics", "BinarySensitivityAtSpecificity", "best_cutoff_metrics", "with 'specificity>=X'"},
    {"torchmetrics", "binary_jaccard_index", "jaccard_macro", NULL},
    {"torchmetrics", "multiclass_jaccard_index", "jaccard_macro", NULL},
    {"torchmetrics", "MulticlassJaccardIndex", "jaccard_macro", NULL},
    {"torchmetrics", "mean_squared_error", "mse", "squared=False: rmse"},
    {"torchmetrics", "MeanSquaredError", "mse", "squared=False: rmse"},
    {"torchmetrics", "mean_absolute_error", "mae", NULL},
    {"torchmetrics", "MeanAbsoluteError", "mae", NULL},
    {"torchmetrics", "mean_absolute_percentage_error", "mape", "a fraction"},
    {"torchmetrics", "MeanAbsolutePercentageError", "mape", "a fraction"},
    {"torchmetrics", "symmetric_mean_absolute_percentage_error", "smape", NULL},
    {"torchmetrics", "SymmetricMeanAbsolutePercentageError", "smape", NULL},
    {"torchmetrics", "weighted_mean_absolute_percentage_error", "wmape", NULL},
    {"torchmetrics", "WeightedMeanAbsolutePercentageError", "wmape", NULL},
    {"torchmetrics", "mean_squared_log_error", "msle", NULL},
    {"torchmetrics", "MeanSquaredLogError", "msle", NULL},
    {"torchmetrics", "r2_score", "r2", NULL},
    {"torchmetrics", "R2Score", "r2", NULL},
    {"torchmetrics", "explained_variance", "explained_variance", NULL},
    {"torchmetrics", "ExplainedVariance", "explained_variance", NULL},
    {"torchmetrics", "pearson_corrcoef", "pearson", NULL},
    {"torchmetrics", "PearsonCorrCoef", "pearson", NULL},
    {"torchmetrics", "spearman_corrcoef", "spearman", NULL},
    {"torchmetrics", "SpearmanCorrCoef", "spearman", NULL},
    {"torchmetrics", "kendall_rank_corrcoef", "kendall", NULL},
    {"torchmetrics", "KendallRankCorrCoef", "kendall", NULL},
    {"torchmetrics", "concordance_corrcoef", "ccc", NULL},
    {"torchmetrics", "ConcordanceCorrCoef", "ccc", NULL},
    {"torchmetrics", "tweedie_deviance_score", "tweedie_deviance", NULL},
    {"torchmetrics", "TweedieDevianceScore", "tweedie_deviance", NULL},
    {"torchmetrics", "kl_divergence", "kl_divergence", "nats"},
    {"torchmetrics", "KLDivergence", "kl_divergence", "nats"},
    {"torchmetrics", "retrieval_normalized_dcg", "ndcg", PER_QUERY},
    {"torchmetrics", "RetrievalNormalizedDCG", "ndcg", PER_QUERY},
    {"torchmetrics", "retrieval_reciprocal_rank", "reciprocal_rank", PER_QUERY},
    {"torchmetrics", "RetrievalMRR", "reciprocal_rank", PER_QUERY},
    {"torchmetrics", "retrieval_precision", "precision_at_k", PER_QUERY},
    {"torchmetrics", "RetrievalPrecision", "precision_at_k", PER_QUERY},
    {"torchmetrics", "retrieval_recall", "recall_at_k", PER_QUERY},
    {"torchmetrics", "RetrievalRecall", "recall_at_k", PER_QUERY},
    {"torchmetrics", "retrieval_hit_rate", "hit_rate_at_k", PER_QUERY},
    {"torchmetrics", "RetrievalHitRate", "hit_rate_at_k", PER_QUERY},
    {"torchmetrics", "retrieval_average_precision", "average_precision_at_k", PER_QUERY},
    {"torchmetrics", "RetrievalMAP", "average_precision_at_k", PER_QUERY},
    {"torchmetrics", "BootStrapper", "bootstrap", A_TABLE},
    {"PyTorch", "binary_cross_entropy", "bce", "each log clamped at -100, as there; a row's own: bce_loss"},
    {"PyTorch", "BCELoss", "bce", "each log clamped at -100, as there; a row's own: bce_loss"},
    {"PyTorch", "binary_cross_entropy_with_logits", "bce_logits", "a row's own: bce_logits_loss"},
    {"PyTorch", "BCEWithLogitsLoss", "bce_logits", "a row's own: bce_logits_loss"},
    {"PyTorch", "cross_entropy", "cross_entropy_logits", "PyTorch's takes logits; of probabilities it is cross_entropy here"},
    {"PyTorch", "CrossEntropyLoss", "cross_entropy_logits", "PyTorch's takes logits; of probabilities it is cross_entropy here"},
    {"PyTorch", "nll_loss", "cross_entropy", "of the probabilities, not of their logs"},
    {"PyTorch", "NLLLoss", "cross_entropy", "of the probabilities, not of their logs"},
    {"PyTorch", "mse_loss", "mse", NULL},
    {"PyTorch", "MSELoss", "mse", NULL},
    {"PyTorch", "l1_loss", "mae", NULL},
    {"PyTorch", "L1Loss", "mae", NULL},
    {"PyTorch", "huber_loss", "huber", NULL},
    {"PyTorch", "HuberLoss", "huber", NULL},
    {"PyTorch", "gaussian_nll_loss", "gaussian_nll", NULL},
    {"PyTorch", "GaussianNLLLoss", "gaussian_nll", NULL},
    {"PyTorch", "kl_div", "kl_divergence", "the true distribution comes first, and both are probabilities"},
    {"PyTorch", "KLDivLoss", "kl_divergence", "the true distribution comes first, and both are probabilities"},
    {"PyTorch", "sigmoid", "sigmoid", NULL},
    {"PyTorch", "Sigmoid", "sigmoid", NULL},
    {"PyTorch", "softmax", "softmax", "a vector in, a JSON array out; over rows: log_sum_exp"},
    {"PyTorch", "Softmax", "softmax", "a vector in, a JSON array out; over rows: log_sum_exp"},
    {"PyTorch", "log_softmax", "log_softmax", "a vector in, a JSON array out"},
    {"PyTorch", "LogSoftmax", "log_softmax", "a vector in, a JSON array out"},
    {"PyTorch", "logsigmoid", "log_sigmoid", NULL},
    {"PyTorch", "LogSigmoid", "log_sigmoid", NULL},
    {"PyTorch", "softplus", "softplus", NULL},
    {"PyTorch", "Softplus", "softplus", NULL},
    {"PyTorch", "logsumexp", "log_sum_exp", "over rows"},
    {"PyTorch", "logit", "logit", NULL},
    {"PyTorch", "argmax", "argmax", "the first of equal ones"},
    {"yardstick", "roc_auc", "roc_auc", NULL},
    {"yardstick", "roc_curve", "roc_curve", A_TABLE},
    {"yardstick", "pr_curve", "pr_curve", A_TABLE},
    {"yardstick", "pr_auc", "pr_auc", NULL},
    {"yardstick", "average_precision", "average_precision", NULL},
    {"yardstick", "gain_curve", "lift_curve", "a table over a score set: gain and lift"},
    {"yardstick", "lift_curve", "lift_curve", "a table over a score set: gain and lift"},
    {"yardstick", "accuracy", "accuracy", NULL},
    {"yardstick", "bal_accuracy", "balanced_accuracy", "the mean recall"},
    {"yardstick", "kap", "kappa", "weighting='linear': kappa_linear, 'quadratic': kappa_quadratic"},
    {"yardstick", "mcc", "mcc", NULL},
    {"yardstick", "f_meas", "f1", "beta: fbeta_at; of more classes f1_macro"},
    {"yardstick", "precision", "precision", "of more classes precision_macro"},
    {"yardstick", "ppv", "precision", "of more classes precision_macro"},
    {"yardstick", "recall", "recall", "of more classes recall_macro"},
    {"yardstick", "sens", "recall", "of more classes recall_macro"},
    {"yardstick", "sensitivity", "recall", "of more classes recall_macro"},
    {"yardstick", "spec", "specificity", NULL},
    {"yardstick", "specificity", "specificity", NULL},
    {"yardstick", "npv", "npv_at", DECIDED},
    {"yardstick", "fall_out", "fpr_at", DECIDED},
    {"yardstick", "miss_rate", "fnr_at", DECIDED},
    {"yardstick", "j_index", "youden_at", DECIDED},
    {"yardstick", "detection_prevalence", "selection_rate_at", DECIDED},
    {"yardstick", "conf_mat", "confusion_table", "text, rows are labels"},
    {"yardstick", "brier_class", "brier", "of two classes half of theirs with one column per class"},
    {"yardstick", "mn_log_loss", "log_loss", NULL},
    {"yardstick", "classification_cost", "cost_at", NULL},
    {"yardstick", "ranked_prob_score", "ranked_probability_score", NULL},
    {"yardstick", "rmse", "rmse", NULL},
    {"yardstick", "mae", "mae", NULL},
    {"yardstick", "mape", "mape", "a fraction, not a percentage"},
    {"yardstick", "smape", "smape", "a fraction, not a percentage"},
    {"yardstick", "msd", "mean_error", "the sign is the opposite: pred - target"},
    {"yardstick", "rsq_trad", "r2", NULL},
    {"yardstick", "rsq", "pearson", "its square"},
    {"yardstick", "ccc", "ccc", NULL},
    {"yardstick", "huber_loss", "huber", NULL},
    {"yardstick", "poisson_log_loss", "poisson_deviance", "another constant"},
    {"yardstick", "gini_coef", "gini", NULL},
    {"pROC", "roc.test", "delong_test", NULL},
    {"pROC", "ci.auc", "roc_auc_ci", NULL},
    {"pROC", "coords", "cutoff_curve", A_TABLE},
    {"Hivemall", "auc", "roc_auc", "in any order of the rows"},
    {"Hivemall", "logloss", "log_loss", NULL},
    {"Hivemall", "f1score", "f1", "of arrays: f1_labels_micro"},
    {"Hivemall", "fmeasure", "fbeta_at", DECIDED},
    {"Hivemall", "mae", "mae", NULL},
    {"Hivemall", "mse", "mse", NULL},
    {"Hivemall", "rmse", "rmse", NULL},
    {"Hivemall", "r2", "r2", NULL},
    {"Hivemall", "sigmoid", "sigmoid", NULL},
    {"Hivemall", "ndcg", "ndcg", PER_QUERY},
    {"Hivemall", "mrr", "reciprocal_rank", PER_QUERY},
    {"Hivemall", "hitrate", "hit_rate_at_k", PER_QUERY},
    {"Hivemall", "precision_at", "precision_at_k", PER_QUERY},
    {"Hivemall", "recall_at", "recall_at_k", PER_QUERY},
    {"trec_eval", "map", "average_precision", PER_QUERY},
    {"trec_eval", "map_cut", "average_precision_at_k", PER_QUERY},
    {"trec_eval", "ndcg", "ndcg", PER_QUERY},
    {"trec_eval", "ndcg_cut", "ndcg_at_k", PER_QUERY},
    {"trec_eval", "recip_rank", "reciprocal_rank", PER_QUERY},
    {"trec_eval", "Rprec", "r_precision", PER_QUERY},
    {"trec_eval", "P", "precision_at_k", PER_QUERY},
    {"trec_eval", "recall", "recall_at_k", PER_QUERY},
    {"trec_eval", "success", "hit_rate_at_k", PER_QUERY},
    {"trec_eval", "set_F", "f1", "of retrieved against relevant, 0 and 1"},
    {"trec_eval", "set_P", "precision", "of retrieved against relevant, 0 and 1"},
    {"trec_eval", "set_recall", "recall", "of retrieved against relevant, 0 and 1"},
    {"trec_eval", "bpref", "average_precision", "not the same: unjudged rows are left out"},
    {"trec_eval", "infAP", "average_precision", "not the same: unjudged rows are left out"},
    {"ClickHouse", "arrayROCAUC", "roc_auc", "over rows, not arrays"},
    {"ClickHouse", "arrayAUC", "roc_auc", "over rows, not arrays"},
    {"ClickHouse", "arrayAUCPR", "average_precision", "over rows, not arrays"},
    {"ClickHouse", "arrayPRAUC", "average_precision", "over rows, not arrays"},
    {"Vertica", "ROC", "roc_curve", A_TABLE},
    {"Vertica", "PRC", "pr_curve", A_TABLE},
    {"Vertica", "LIFT_TABLE", "lift_curve", A_TABLE},
    {"Vertica", "CONFUSION_MATRIX", "confusion_table", "text, rows are labels"},
    {"Vertica", "ERROR_RATE", "error_rate", NULL},
    {"Vertica", "LOGLOSS", "log_loss", NULL},
    {"Vertica", "MSE", "mse", NULL},
    {"Vertica", "RSQUARED", "r2", NULL},
    {"Vertica", "matthews_corrcoef", "mcc", NULL},
    {"Vertica", "informedness", "youden_at", DECIDED},
    {"Vertica", "negative_predictive_score", "npv_at", DECIDED},
    {"Vertica", "prc_auc_score", "pr_auc", NULL},
    {NULL, NULL, NULL, NULL},
};
/* clang-format on */

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* As SQL compares names. */
static bool same_name(const char *a, const char *b) {
  while (*a && lower(*a) == lower(*b)) a++, b++;
  return lower(*a) == lower(*b);
}

static bool is_form_of(const char *name, const Metric *metric, const Form *form) {
  size_t n = strlen(metric->name);
  if (!mlm_form_applies(form, metric) || strlen(name) != n + strlen(form->suffix)) return false;
  for (size_t i = 0; i < n; i++)
    if (lower(name[i]) != lower(metric->name[i])) return false;
  return same_name(name + n, form->suffix);
}

static bool find_in(const Family *family, const char *name, NamedFunction *found) {
  for (const Metric *m = family->metrics; m && m->name; m++)
    for (const Form *form = mlm_forms; form->suffix; form++)
      if (is_form_of(name, m, form)) {
        *found = (NamedFunction){.metric = m, .form = form};
        return true;
      }
  for (const Scalar *s = family->scalars; s && s->name; s++)
    if (same_name(name, s->name)) {
      *found = (NamedFunction){.scalar = s};
      return true;
    }
  for (const TableFunction *t = family->tables; t && t->name; t++)
    if (same_name(name, t->name)) {
      *found = (NamedFunction){.table = t};
      return true;
    }
  return false;
}

bool mlm_find_function(const char *name, NamedFunction *found) {
  for (const Family *const *family = mlm_families; *family; family++)
    if (find_in(*family, name, found)) return true;
  return false;
}

bool mlm_peer_is_here(const PeerName *peer) {
  NamedFunction found;
  return mlm_find_function(peer->ours, &found);
}

/* Words that may be functions of anything. */
static bool is_general(const char *name) {
  static const char *const words[] = {"map", "success", "coords", "sens", "spec", "roc", NULL};
  for (const char *const *word = words; *word; word++)
    if (same_name(name, *word)) return true;
  return false;
}

bool mlm_peer_needs_guard(const PeerName *peer) {
  NamedFunction found;
  if (strlen(peer->theirs) < 3 || strchr(peer->theirs, '.') || is_general(peer->theirs)) return false;
  return mlm_peer_is_here(peer) && !mlm_find_function(peer->theirs, &found);
}

bool mlm_labels_come_first(const PeerName *peer) {
  static const char *const libraries[] = {"scikit-learn", "yardstick", "pROC", "Vertica", NULL};
  for (const char *const *library = libraries; *library; library++)
    if (strcmp(peer->library, *library) == 0) return true;
  return false;
}
