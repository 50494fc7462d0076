/* The table of argument kinds. */
#include "metrics/arg_specs.h"

#include "metrics/class_list.h"
#include "metrics/edges.h"
#include "metrics/fits.h"
#include "metrics/metric_text.h"
#include "metrics/objective.h"
#include "metrics/title.h"

#define ANY         -INFINITY, INFINITY, "a number"
#define ANY_OR_DATE -INFINITY, INFINITY, "a number or a date such as '2001-05-31'"
#define UNIT        0, 1, "within [0,1]"
#define MOST        1.7976931348623157e308
#define LEAST       4.9406564584124654e-324
#define BELOW_ONE   0.99999999999999989
#define NOT_BELOW_0 0, MOST, "finite and >= 0"
#define WHOLE       0, 9007199254740992.0, "an integer from 0 to 2^53"
#define ABOVE_0     LEAST, MOST, "finite and > 0"
#define INTEGERS    2147483647.0, "an integer from 1 to 2147483647"
#define POSITIVE    LEAST, INFINITY, "> 0"
#define COUNTS      0, 9007199254740992.0, "an integer from 0 to 2^53"
#define NO_RANGE    0, 0

#define ROW(kind)                   .shape = kind, .role = ROLE_ROW
#define IN_ROW(field)               .slot = offsetof(Row, field)
#define STATE_PARAM                 .shape = SHAPE_PARAMETER, .role = ROLE_STATE
#define FINAL(kind)                 .shape = kind, .role = ROLE_FINAL
#define RANGE(...)                  RANGE_OF(__VA_ARGS__)
#define RANGE_OF(low, high, phrase) .lo = low, .hi = high, .must = phrase
#define SERIES_OF(state_)           .name = "set", ROW(SHAPE_STATE), .state = &state_
#define BINS_OR_EDGES(usual)                                                                                 \
  .name = "bins", FINAL(SHAPE_PARAMETER), .slot = 0, .fallback = usual, .integral = true,                    \
  .hint = HINT_WEIGHT, .parser = &mlm_edges_parser
#define EDGES              " or a JSON array of edges"
#define SAMPLE             "0 for the reference or 1 for the current rows"
#define NUMBER(label, ...) .name = label, ROW(SHAPE_NUMBER), RANGE(__VA_ARGS__)

static const char *const strategies[] = {"uniform", "quantile", NULL};
static const char *const scales[] = {"nominal", "ordinal", "interval", "ratio", NULL};
static const char *const schemes[] = {"plain", "stratified", NULL};
static const char *const proportion_methods[] = {"wilson", "clopper_pearson", "jeffreys", NULL};
static const char *const marks[] = {"comma", "point", NULL}; /* DecimalMark less 1 */
static const char *const predictions[] = {"heldout", "fitted", NULL};
static const char *const adjustments[] = {"holm", "bh", NULL};
static const char *const styles[] = {"unicode", "ascii", NULL};
static const char *const methods[] = {"logit", "normal",     "wilson", "clopper_pearson", "t",
                                      "hall",  "percentile", "basic",  "fisher",          NULL};

const ArgSpec mlm_arg_specs[ARG_KINDS] = {
    [ARG_PRED] = {NUMBER("pred", ANY)},
    [ARG_SCORE] = {NUMBER("score", ANY), .set_column = SET_SCORE},
    [ARG_SCORE_A] = {NUMBER("score_a", ANY)},
    [ARG_SCORE_B] = {NUMBER("score_b", ANY)},
    [ARG_LOGIT] = {NUMBER("logit", ANY), .set_column = SET_SCORE},
    [ARG_PROB] = {NUMBER("prob", UNIT), .hint = HINT_PROBABILITY, .set_column = SET_SCORE},
    [ARG_X] = {NUMBER("x", ANY)},
    [ARG_P] = {NUMBER("p", UNIT), .hint = HINT_PERCENTAGE},
    [ARG_TARGET] = {NUMBER("target", ANY)},
    [ARG_LABEL] = {.name = "label",
                   ROW(SHAPE_LABEL),
                   RANGE(0, 1, "0 or 1"),
                   .hint = HINT_LABEL,
                   .set_column = SET_LABEL},
    [ARG_SOFT_TARGET] = {NUMBER("target", UNIT), .set_column = SET_LABEL},
    [ARG_LOG_SUM_EXP] = {NUMBER("log_sum_exp", ANY)},
    [ARG_CUTOFF] = {NUMBER("cutoff", ANY)},
    [ARG_PROB_CUTOFF] = {NUMBER("cutoff", 0, BELOW_ONE, "within [0,1)")},
    [ARG_POS_WEIGHT] = {NUMBER("pos_weight", NOT_BELOW_0)},
    [ARG_WEIGHT] = {.name = "weight", ROW(SHAPE_WEIGHT), IN_ROW(weight), RANGE(NOT_BELOW_0)},
    [ARG_FREQUENCY] = {.name = "weight",
                       ROW(SHAPE_WEIGHT),
                       IN_ROW(weight),
                       .integral = true,
                       RANGE(0, 17592186044416.0, "an integer from 0 to 2^44, a number of rows")},

    [ARG_LABEL_SMOOTHING] = {.name = "label_smoothing",
                             STATE_PARAM,
                             .slot = 0,
                             .hint = HINT_WEIGHT,
                             RANGE(0, BELOW_ONE, "within [0,1)")},
    [ARG_K] = {.name = "k",
               STATE_PARAM,
               .slot = 0,
               .fallback = NAN,
               .integral = true,
               .hint = HINT_WEIGHT,
               RANGE(1, INTEGERS)},

    [ARG_BETA] = {.name = "beta",
                  FINAL(SHAPE_PARAMETER),
                  .slot = 0,
                  .fallback = NAN,
                  .hint = HINT_WEIGHT,
                  RANGE(ABOVE_0)},
    [ARG_FP_COST] = {.name = "fp_cost",
                     FINAL(SHAPE_PARAMETER),
                     .slot = 0,
                     .fallback = NAN,
                     .hint = HINT_WEIGHT,
                     RANGE(NOT_BELOW_0)},
    [ARG_FN_COST] = {.name = "fn_cost",
                     FINAL(SHAPE_PARAMETER),
                     .slot = 1,
                     .fallback = NAN,
                     .hint = HINT_WEIGHT,
                     RANGE(NOT_BELOW_0)},
    [ARG_MAX_FPR] = {.name = "max_fpr",
                     FINAL(SHAPE_PARAMETER),
                     .slot = 0,
                     .fallback = NAN,
                     .hint = HINT_WEIGHT,
                     RANGE(LEAST, 1, "within (0,1]")},
    [ARG_BINS] = {.name = "bins",
                  FINAL(SHAPE_PARAMETER),
                  .slot = 0,
                  .fallback = 10,
                  .integral = true,
                  .hint = HINT_WEIGHT,
                  RANGE(1, INTEGERS)},
    [ARG_POINTS] = {.name = "points",
                    FINAL(SHAPE_PARAMETER),
                    .slot = 0,
                    .fallback = NAN,
                    .integral = true,
                    RANGE(2, 2147483647.0, "an integer from 2 to 2147483647")},
    [ARG_STRATEGY] = {.name = "strategy",
                      FINAL(SHAPE_CHOICE),
                      .slot = 1,
                      .choices = strategies,
                      .must = "'uniform' or 'quantile'"},
    [ARG_OBJECTIVE] = {.name = "objective",
                       FINAL(SHAPE_PARSED),
                       .fallback_text = "f1",
                       .parser = &mlm_objective_parser},
    [ARG_LEVEL] = {.name = "level",
                   FINAL(SHAPE_PARAMETER),
                   .slot = PARAM_LEVEL,
                   .fallback = 0.95,
                   .hint = HINT_WEIGHT,
                   RANGE(LEAST, BELOW_ONE, "within (0,1)")},
    [ARG_METHOD] = {.name = "method",
                    FINAL(SHAPE_CHOICE),
                    .slot = PARAM_METHOD,
                    .choices = methods,
                    .shown = "method",
                    .skippable = true,
                    .fallback = NAN,
                    .must = "the name of a method"},
    [ARG_SCALE] = {.name = "scale",
                   FINAL(SHAPE_CHOICE),
                   .slot = 0,
                   .choices = scales,
                   .must = "'nominal', 'ordinal', 'interval' or 'ratio'"},
    [ARG_METRIC] = {.name = "metric", FINAL(SHAPE_PARSED), .parser = &mlm_metric_parser},
    [ARG_REPLICATES] = {.name = "replicates",
                        FINAL(SHAPE_PARAMETER),
                        .slot = 0,
                        .fallback = 1000,
                        .integral = true,
                        RANGE(1, INTEGERS)},
    [ARG_SEED] = {.name = "seed",
                  FINAL(SHAPE_PARAMETER),
                  .slot = 1,
                  .integral = true,
                  RANGE(0, 9007199254740992.0, "an integer from 0 to 2^53")},
    [ARG_SCHEME] = {.name = "scheme",
                    FINAL(SHAPE_CHOICE),
                    .slot = 2,
                    .choices = schemes,
                    .must = "'plain' or 'stratified'"},

    [ARG_HASHED_KEY] = {.name = "key", ROW(SHAPE_CLASS), IN_ROW(pred_class), .must = "a key"},
    [ARG_REPLICATE] = {NUMBER("replicate", WHOLE), .integral = true},
    [ARG_CLUSTER] = {.name = "cluster", ROW(SHAPE_KEY_NUMBERS), .must = "a key"},
    [ARG_SUCCESSES] = {NUMBER("successes", WHOLE), .integral = true},
    [ARG_TRIALS] = {NUMBER("trials", WHOLE), .integral = true},
    [ARG_PROPORTION_METHOD] = {.name = "method",
                               FINAL(SHAPE_CHOICE),
                               .slot = PARAM_METHOD,
                               .choices = proportion_methods,
                               .must = "'wilson', 'clopper_pearson' or 'jeffreys'"},
    [ARG_SCORE_VECTOR] = {.name = "scores", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(ANY), .shown = "SCORES"},
    [ARG_LABEL_VECTOR] = {.name = "labels",
                          ROW(SHAPE_VECTOR),
                          IN_ROW(targets),
                          .integral = true,
                          RANGE(0, 1, "0 or 1"),
                          .shown = "LABELS"},

    [ARG_PROBS] = {.name = "probs",
                   ROW(SHAPE_VECTOR),
                   IN_ROW(preds),
                   RANGE(UNIT),
                   .shown = "PROBS",
                   .sum = SUM_USUALLY_ONE,
                   .hint = HINT_PROBABILITY},
    [ARG_PROBS_OF_LABELS] = {.name = "probs",
                             ROW(SHAPE_VECTOR),
                             IN_ROW(preds),
                             RANGE(UNIT),
                             .shown = "PROBS",
                             .hint = HINT_PROBABILITY},
    [ARG_DISTRIBUTION] = {.name = "probs",
                          ROW(SHAPE_VECTOR),
                          IN_ROW(preds),
                          RANGE(UNIT),
                          .shown = "PROBS",
                          .sum = SUM_ONE,
                          .hint = HINT_PROBABILITY},
    [ARG_LOGITS] = {.name = "logits", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(ANY), .shown = "LOGITS"},
    [ARG_VECTOR] = {.name = "vector", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(ANY), .shown = "VECTOR"},
    [ARG_PROBS_VARIADIC] = {.name = "probs",
                            ROW(SHAPE_VARIADIC),
                            IN_ROW(preds),
                            RANGE(UNIT),
                            .shown = "PROBS…",
                            .hint = HINT_PROBABILITY},
    [ARG_LOGITS_VARIADIC] =
        {.name = "logits", ROW(SHAPE_VARIADIC), IN_ROW(preds), RANGE(ANY), .shown = "LOGITS…"},
    [ARG_VECTOR_VARIADIC] =
        {.name = "vector", ROW(SHAPE_VARIADIC), IN_ROW(preds), RANGE(ANY), .shown = "VECTOR…"},
    [ARG_LABEL_SCORES] = {.name = "scores", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(ANY), .shown = "SCORES"},
    [ARG_LABEL_TARGETS] = {.name = "targets",
                           ROW(SHAPE_VECTOR),
                           IN_ROW(targets),
                           RANGE(0, 1, "0 or 1"),
                           .integral = true,
                           .shown = "TARGETS"},
    [ARG_TARGETS] = {.name = "targets", ROW(SHAPE_VECTOR), IN_ROW(targets), RANGE(UNIT), .shown = "TARGETS"},
    [ARG_DISTRIBUTION_P] = {.name = "P",
                            ROW(SHAPE_VECTOR),
                            IN_ROW(preds),
                            RANGE(UNIT),
                            .sum = SUM_ONE,
                            .hint = HINT_PROBABILITY},
    [ARG_DISTRIBUTION_Q] = {.name = "Q",
                            ROW(SHAPE_VECTOR),
                            IN_ROW(targets),
                            RANGE(UNIT),
                            .sum = SUM_ONE,
                            .hint = HINT_PROBABILITY},
    [ARG_POS_WEIGHTS] = {.name = "pos_weight",
                         ROW(SHAPE_NUMBER_OR_VECTOR),
                         IN_ROW(params),
                         RANGE(NOT_BELOW_0),
                         .shown = "pos_weight | POS_WEIGHTS"},
    [ARG_CLASS_INDEX] = {.name = "class", ROW(SHAPE_INDEX), .must = "an index"},
    [ARG_I] = {.name = "i", ROW(SHAPE_INDEX), .must = "an index"},
    [ARG_CLASS_OR_TARGETS] = {.name = "class",
                              ROW(SHAPE_INDEX_OR_VECTOR),
                              IN_ROW(targets),
                              RANGE(UNIT),
                              .sum = SUM_USUALLY_ONE,
                              .shown = "class | TARGETS"},
    [ARG_RATINGS] = {.name = "ratings",
                     ROW(SHAPE_VALUES),
                     IN_ROW(pred_class),
                     .must = "a JSON array of values",
                     .shown = "RATINGS"},
    [ARG_F64_BLOB] = {.name = "blob", ROW(SHAPE_F64_BLOB), IN_ROW(preds), RANGE(ANY)},
    [ARG_PRED_CLASS] = {.name = "pred", ROW(SHAPE_CLASS), IN_ROW(pred_class), .must = "a class"},
    [ARG_LABEL_CLASS] = {.name = "label", ROW(SHAPE_CLASS), IN_ROW(target_class), .must = "a class"},
    [ARG_CLASSES] = {.name = "classes",
                     FINAL(SHAPE_PARSED),
                     .shown = "classes",
                     .skippable = true,
                     .opens = '[',
                     .parser = &mlm_class_list_parser},
    [ARG_DECISION] =
        {.name = "pred", ROW(SHAPE_CLASS), IN_ROW(pred_class), RANGE(0, 1, "0 or 1"), .hint = HINT_DECISION},
    [ARG_DECIDED_LABEL] = {.name = "label",
                           ROW(SHAPE_CLASS),
                           IN_ROW(target_class),
                           RANGE(0, 1, "0 or 1"),
                           .hint = HINT_DECISION},

    [ARG_RAW_SCORE] = {.name = "score", ROW(SHAPE_RAW), IN_ROW(pred_class), .must = "any value"},
    [ARG_RAW_LABEL] = {.name = "label", ROW(SHAPE_RAW), IN_ROW(target_class), .must = "any value"},
    [ARG_DIRTY_NUMBER] = {.name = "x", ROW(SHAPE_DIRTY_NUMBER), IN_ROW(pred), RANGE(ANY)},
    [ARG_MARK] = {.name = "mark",
                  FINAL(SHAPE_CHOICE),
                  .slot = 0,
                  .choices = marks,
                  .shown = "mark",
                  .fallback = NAN,
                  .must = "'comma' or 'point'"},
    [ARG_DIRTY_LABEL] = {.name = "x",
                         ROW(SHAPE_DIRTY_LABEL),
                         IN_ROW(pred),
                         RANGE(0, 1, "0 or 1, or a word for it"),
                         .hint = HINT_LABEL},

    [ARG_SCORE_SET] =
        {.name = "set", ROW(SHAPE_STATE), RANGE(ANY), .state = &mlm_scores_state, .state_name = "score_set"},
    [ARG_PROB_SET] = {.name = "set",
                      ROW(SHAPE_STATE),
                      RANGE(UNIT),
                      .hint = HINT_PROBABILITY,
                      .state = &mlm_scores_state,
                      .state_name = "score_set"},
    [ARG_CLASS_SET] = {.name = "set",
                       ROW(SHAPE_STATE),
                       RANGE(ANY),
                       .state = &mlm_confusion_matrix_state,
                       .state_name = "class_set"},
    [ARG_ANY_SET] = {.name = "set", ROW(SHAPE_STATE), RANGE(ANY)},

    /* of tests */
    [ARG_Y] = {NUMBER("y", ANY)},
    [ARG_GROUP] = {.name = "sample",
                   ROW(SHAPE_LABEL),
                   RANGE(0, 1, "0 or 1"),
                   .hint = HINT_GROUP,
                   .set_column = SET_LABEL},
    [ARG_PRED_A_CLASS] = {.name = "pred_a", ROW(SHAPE_CLASS), IN_ROW(pred_class), .must = "a class"},
    [ARG_PRED_B_CLASS] = {.name = "pred_b", ROW(SHAPE_CLASS), IN_ROW(other_class), .must = "a class"},
    [ARG_CLASS_A] = {.name = "a", ROW(SHAPE_CLASS), IN_ROW(pred_class), .must = "a class"},
    [ARG_CLASS_B] = {.name = "b", ROW(SHAPE_CLASS), IN_ROW(target_class), .must = "a class"},
    [ARG_GROUPS] = {.name = "groups",
                    FINAL(SHAPE_PARAMETER),
                    .slot = 0,
                    .fallback = 10,
                    .integral = true,
                    RANGE(1, INTEGERS)},
    [ARG_PREDICTIONS] = {.name = "predictions",
                         FINAL(SHAPE_CHOICE),
                         .slot = 1,
                         .choices = predictions,
                         .must = "'heldout' or 'fitted'"},
    [ARG_TEST_K] = {.name = "k", ROW(SHAPE_NUMBER), .integral = true, RANGE(COUNTS)},
    [ARG_TEST_N] = {.name = "n", ROW(SHAPE_NUMBER), .integral = true, RANGE(COUNTS)},
    [ARG_NULL_P] = {.name = "p",
                    FINAL(SHAPE_PARAMETER),
                    .slot = 0,
                    .fallback = 0.5,
                    .hint = HINT_PERCENTAGE,
                    RANGE(UNIT)},
    [ARG_P_VALUES] = {.name = "p_values", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(UNIT), .shown = "P_VALUES"},
    [ARG_ADJUSTMENT] =
        {.name = "method", FINAL(SHAPE_CHOICE), .slot = 0, .choices = adjustments, .must = "'holm' or 'bh'"},
    [ARG_T] = {NUMBER("t", ANY)},
    [ARG_DF] = {NUMBER("df", POSITIVE)},
    [ARG_SHAPE_A] = {NUMBER("a", POSITIVE)},
    [ARG_SHAPE_B] = {NUMBER("b", POSITIVE)},
    /* of regression and prediction intervals */
    [ARG_PRED_FROM_0] = {NUMBER("pred", NOT_BELOW_0)},
    [ARG_PRED_ABOVE_0] = {NUMBER("pred", ABOVE_0)},
    [ARG_TARGET_FROM_0] = {NUMBER("target", NOT_BELOW_0)},
    [ARG_TARGET_ABOVE_0] = {NUMBER("target", ABOVE_0)},
    [ARG_MEAN] = {NUMBER("mean", ANY)},
    [ARG_VARIANCE] = {NUMBER("variance", ABOVE_0)},
    [ARG_SD] = {NUMBER("sd", NOT_BELOW_0)},
    [ARG_LO] = {NUMBER("lo", ANY)},
    [ARG_HI] = {NUMBER("hi", ANY)},
    [ARG_TIME] = {NUMBER("time", ANY)},
    [ARG_EVENT] = {.name = "event", ROW(SHAPE_LABEL), RANGE(0, 1, "0 or 1"), .hint = HINT_GROUP},
    [ARG_DELTA] =
        {.name = "delta", STATE_PARAM, .slot = 0, .fallback = NAN, .hint = HINT_WEIGHT, RANGE(ABOVE_0)},
    [ARG_ALPHA] =
        {.name = "alpha", STATE_PARAM, .slot = 0, .fallback = NAN, .hint = HINT_WEIGHT, RANGE(UNIT)},
    [ARG_MISS_RATE] = {.name = "alpha",
                       STATE_PARAM,
                       .slot = 0,
                       .fallback = NAN,
                       .hint = HINT_WEIGHT,
                       RANGE(LEAST, 1, "within (0,1]")},
    [ARG_POWER] = {.name = "power", STATE_PARAM, .slot = 0, .fallback = NAN, RANGE(-MOST, MOST, "finite")},
    /* of vectors */
    [ARG_OTHER_VECTOR] = {.name = "other", ROW(SHAPE_VECTOR), IN_ROW(targets), RANGE(ANY), .shown = "VECTOR"},
    [ARG_VECTOR_SCALE] =
        {.name = "scale", STATE_PARAM, .slot = 0, .fallback = 1, RANGE(-MOST, MOST, "finite")},
    /* of ranking within a query */
    [ARG_RANK_SCORE] = {NUMBER("score", ANY), .allows_null = true},
    [ARG_RELEVANCE] = {NUMBER("relevance", NOT_BELOW_0)},
    [ARG_RANK_K] = {.name = "k",
                    FINAL(SHAPE_PARAMETER),
                    .slot = 0,
                    .fallback = NAN,
                    .integral = true,
                    RANGE(1, INTEGERS)},
    [ARG_SAMPLES] = {NUMBER("n", 1, 0x1p53, "an integer from 1 to 2^53"), .integral = true},
    [ARG_CORRECT] = {NUMBER("correct", 0, 0x1p53, "an integer from 0 to 2^53"), .integral = true},
    [ARG_SAMPLES_K] = {NUMBER("k", 1, 0x1p53, "an integer from 1 to 2^53"), .integral = true},
    [ARG_Q] = {.name = "q", FINAL(SHAPE_PARAMETER), .slot = 0, .fallback = NAN, RANGE(UNIT)},
    [ARG_KEY] = {.name = "key", ROW(SHAPE_KEY), IN_ROW(key), RANGE(-INFINITY, INFINITY, "a key")},
    [ARG_SERIES_NAME] = {.name = "series_name",
                         ROW(SHAPE_KEY),
                         IN_ROW(key),
                         RANGE(-INFINITY, INFINITY, "a name")},
    [ARG_SERIES] = {.name = "series", ROW(SHAPE_KEY), IN_ROW(key), RANGE(-INFINITY, INFINITY, "a name")},
    [ARG_PRED_SET] =
        {.name = "set", ROW(SHAPE_STATE), RANGE(ANY), .state = &mlm_rows_state, .state_name = "pred_set"},
    [ARG_SETS] = {.name = "sets", ROW(SHAPE_STATE), RANGE(ANY)},
    [ARG_SCORE_SERIES] = {SERIES_OF(mlm_keyed_scores_state), RANGE(ANY), .state_name = "score_sets"},
    [ARG_PROB_SERIES] = {SERIES_OF(mlm_keyed_scores_state), RANGE(UNIT), .hint = HINT_PROBABILITY,
                         .state_name = "score_sets"},
    [ARG_CLASS_SERIES] = {SERIES_OF(mlm_keyed_classes_state), RANGE(ANY), .state_name = "class_sets"},
    [ARG_PRED_SERIES] = {SERIES_OF(mlm_keyed_preds_state), RANGE(ANY), .state_name = "pred_sets"},
    [ARG_TREND_X] = {.name = "x", ROW(SHAPE_DATE_NUMBERS), RANGE(ANY_OR_DATE)},
    [ARG_TREND_POINTS] = {SERIES_OF(mlm_keyed_points_state), RANGE(ANY), .state_name = "trend_points"},
    [ARG_TITLE] = {.name = "title", FINAL(SHAPE_PARSED), .parser = &mlm_title_parser},
    [ARG_WIDTH] = {.name = "width",
                   FINAL(SHAPE_PARAMETER),
                   .slot = 0,
                   .fallback = 60,
                   .integral = true,
                   RANGE(24, 400, "an integer from 24 to 400, a number of columns")},
    [ARG_HEIGHT] = {.name = "height",
                    FINAL(SHAPE_PARAMETER),
                    .slot = 1,
                    .fallback = 20,
                    .integral = true,
                    RANGE(8, 200, "an integer from 8 to 200, a number of lines")},
    [ARG_STYLE] =
        {.name = "style", FINAL(SHAPE_CHOICE), .slot = 2, .choices = styles, .must = "'unicode' or 'ascii'"},
    [ARG_ELEMENT] = {.name = "x", ROW(SHAPE_ELEMENT), IN_ROW(key), .must = "a number or a text"},
    [ARG_PACKED] =
        {.name = "packed", ROW(SHAPE_STATE), RANGE(ANY), .state = &mlm_packed_state, .state_name = "packed"},
    [ARG_ARRAY_BLOB] = {.name = "blob", ROW(SHAPE_BYTES), IN_ROW(key), .must = "a BLOB"},
    [ARG_JSON_ARRAY] = {.name = "array", ROW(SHAPE_VALUES), IN_ROW(key), .must = "a JSON array of values"},
    /* of calibration and drift */
    [ARG_BINS_OR_EDGES] = {BINS_OR_EDGES(10),
                           RANGE(1, 2147483647.0, "an integer from 1 to 2147483647" EDGES)},
    [ARG_GROUPING_BINS] = {BINS_OR_EDGES(NAN),
                           RANGE(1, 2147483647.0, "an integer from 1 to 2147483647" EDGES)},
    [ARG_DRIFT_BINS] = {BINS_OR_EDGES(10), RANGE(1, 10000, "an integer from 1 to 10000" EDGES)},
    [ARG_VALUE] = {NUMBER("value", ANY), .set_column = SET_SCORE},
    [ARG_SAMPLE] = {.name = "sample", ROW(SHAPE_LABEL), RANGE(0, 1, SAMPLE), .set_column = SET_LABEL},
    [ARG_VALUE_CLASS] = {.name = "class", ROW(SHAPE_CLASS), IN_ROW(pred_class), .must = "a class"},
    [ARG_SAMPLE_CLASS] = {.name = "sample", ROW(SHAPE_CLASS), IN_ROW(target_class), RANGE(0, 1, SAMPLE)},
    [ARG_FINITE_SCORE] = {NUMBER("score", -MOST, MOST, "finite"), .set_column = SET_SCORE},
    [ARG_FINITE_LOGITS] =
        {.name = "logits", ROW(SHAPE_VECTOR), IN_ROW(preds), RANGE(-MOST, MOST, "finite"), .shown = "LOGITS"},
    [ARG_FIT] = {.name = "fit", FINAL(SHAPE_PARSED), .parser = &mlm_fit_parser},
    [ARG_SCORE_OR_LOGITS] =
        {.name = "score", ROW(SHAPE_NUMBER_OR_VECTOR), IN_ROW(preds), RANGE(ANY), .shown = "score | LOGITS"},
};

int mlm_count_args(const ArgKind *args) {
  int n = 0;
  while (args[n]) n++;
  return n;
}

/* Of a parameter. */
static bool has_fallback(const ArgSpec *spec) { return spec->fallback == spec->fallback; }

void mlm_arg_show(ArgKind kind, StrBuf *out) {
  const ArgSpec *spec = &mlm_arg_specs[kind];
  char digits[MLM_NUMBER_BYTES];
  mlm_str_put(out, spec->shown ? spec->shown : spec->name);
  if (spec->shown) return;
  const char *text = spec->choices ? spec->choices[0] : spec->fallback_text;
  if (text) {
    mlm_str_put(out, "='");
    mlm_str_put(out, text);
    mlm_str_put(out, "'");
  } else if (spec->shape == SHAPE_PARAMETER && has_fallback(spec)) {
    size_t n = mlm_print_shortest(spec->fallback, digits);
    if (memcmp(digits + n - 2, ".0", 2) == 0) n -= 2;
    mlm_str_put(out, "=");
    mlm_str_add(out, digits, n);
  }
}

void mlm_params_defaults(const ArgKind *args, Params *params) {
  for (; *args; args++) {
    const ArgSpec *spec = &mlm_arg_specs[*args];
    bool number = spec->shape == SHAPE_PARAMETER || spec->shape == SHAPE_CHOICE;
    if (number && has_fallback(spec) && !(params->given >> spec->slot & 1))
      params->number[spec->slot] = spec->fallback;
  }
}
