/* The one line that every kind of argument has. */
#include "metrics/arg_specs.h"

#define ROW(field) offsetof(Row, field)

#define MOST      1.7976931348623157e308
#define LEAST     4.9406564584124654e-324
#define BELOW_ONE 0.99999999999999989
#define INTEGERS  2147483647.0

/* Ranges are two doubles; `must` is the sentence's end for a value outside. */
const ArgSpec mlm_arg_specs[ARG_KINDS] = {
    [ARG_PRED] = {"pred", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_SCORE] = {"score", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_LOGIT] = {"logit", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_PROB] = {"prob", SHAPE_NUMBER, ROW(pred), 0, 1, "within [0,1]"},
    [ARG_X] = {"x", SHAPE_NUMBER, ROW(pred), -INFINITY, INFINITY, "a number"},
    [ARG_P] = {"p", SHAPE_NUMBER, ROW(pred), 0, 1, "within [0,1]"},
    [ARG_TARGET] = {"target", SHAPE_NUMBER, ROW(target), -INFINITY, INFINITY, "a number"},
    [ARG_LABEL] = {"label", SHAPE_LABEL, ROW(target), 0, 1, "0 or 1"},
    [ARG_SOFT_TARGET] = {"target", SHAPE_NUMBER, ROW(target), 0, 1, "within [0,1]"},
    [ARG_LOG_SUM_EXP] = {"log_sum_exp", SHAPE_NUMBER, ROW(target), -INFINITY, INFINITY, "a number"},
    [ARG_CUTOFF] = {"cutoff", SHAPE_NUMBER, ROW(param), -INFINITY, INFINITY, "a number"},
    [ARG_POS_WEIGHT] = {"pos_weight", SHAPE_NUMBER, ROW(param), 0, MOST, "finite and >= 0"},
    [ARG_WEIGHT] = {"weight", SHAPE_WEIGHT, ROW(weight), 0, MOST, "finite and >= 0"},
    [ARG_LABEL_SMOOTHING] = {"label_smoothing", SHAPE_HELD, 0, 0, BELOW_ONE, "within [0,1)"},
    [ARG_K] = {"k", SHAPE_HELD_INTEGER, 0, 1, INTEGERS, "an integer from 1 to 2147483647"},
    [ARG_BETA] = {"beta", SHAPE_GIVEN, 0, LEAST, MOST, "finite and > 0"},
    [ARG_FP_COST] = {"fp_cost", SHAPE_GIVEN, 0, 0, MOST, "finite and >= 0"},
    [ARG_FN_COST] = {"fn_cost", SHAPE_GIVEN, 1, 0, MOST, "finite and >= 0"},
    [ARG_MAX_FPR] = {"max_fpr", SHAPE_GIVEN, 0, LEAST, 1, "within (0,1]"},
    [ARG_BINS] = {"bins", SHAPE_GIVEN_INTEGER, 0, 1, INTEGERS, "an integer from 1 to 2147483647"},
    [ARG_OBJECTIVE] = {"objective", SHAPE_OBJECTIVE, 0, 0, 0, "the text of an objective"},
    [ARG_PROBS] = {"probs", SHAPE_VECTOR, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_LOGITS] = {"logits", SHAPE_VECTOR, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_VECTOR] = {"vector", SHAPE_VECTOR, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_PROBS_SPREAD] = {"probs", SHAPE_SPREAD, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_LOGITS_SPREAD] = {"logits", SHAPE_SPREAD, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_VECTOR_SPREAD] = {"vector", SHAPE_SPREAD, ROW(preds), -INFINITY, INFINITY, "a number"},
    [ARG_TARGETS] = {"targets", SHAPE_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_P_SHARES] = {"P", SHAPE_VECTOR, ROW(preds), 0, 1, "within [0,1]"},
    [ARG_Q] = {"Q", SHAPE_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_POS_WEIGHTS] = {"pos_weight", SHAPE_NUMBER_OR_VECTOR, ROW(params), 0, MOST, "finite and >= 0"},
    [ARG_CLASS_INDEX] = {"class", SHAPE_INDEX, 0, 0, 0, "an index"},
    [ARG_I] = {"i", SHAPE_INDEX, 0, 0, 0, "an index"},
    [ARG_CLASS_OR_TARGETS] = {"class", SHAPE_INDEX_OR_VECTOR, ROW(targets), 0, 1, "within [0,1]"},
    [ARG_PRED_CLASS] = {"pred", SHAPE_CLASS, ROW(pred_class), 0, 0, "a class"},
    [ARG_LABEL_CLASS] = {"label", SHAPE_CLASS, ROW(target_class), 0, 0, "a class"},
    [ARG_F64_BLOB] = {"blob", SHAPE_F64_BLOB, ROW(preds), 0, 0, "a BLOB of float64 numbers"},
    [ARG_SET] = {"set", SHAPE_SET, 0, -INFINITY, INFINITY, "a number"},
    [ARG_PROB_SET] = {"set", SHAPE_SET, 0, 0, 1, "within [0,1]"},
    [ARG_STRATEGY] = {"strategy", SHAPE_STRATEGY, 1, 0, 0, "'uniform' or 'quantile'"},
};

/* In signatures vectors are in capitals, and defaults are shown. */
static const char *const shown[ARG_KINDS] = {
    [ARG_PROBS] = "PROBS",
    [ARG_LOGITS] = "LOGITS",
    [ARG_VECTOR] = "VECTOR",
    [ARG_PROBS_SPREAD] = "PROBS…",
    [ARG_LOGITS_SPREAD] = "LOGITS…",
    [ARG_VECTOR_SPREAD] = "VECTOR…",
    [ARG_TARGETS] = "TARGETS",
    [ARG_POS_WEIGHTS] = "pos_weight | POS_WEIGHTS",
    [ARG_CLASS_OR_TARGETS] = "class | TARGETS",
    [ARG_BINS] = "bins=10",
    [ARG_OBJECTIVE] = "objective='f1'",
    [ARG_STRATEGY] = "strategy='uniform'",
};

const char *mlm_arg_shown(ArgKind kind) { return shown[kind] ? shown[kind] : mlm_arg_specs[kind].name; }
