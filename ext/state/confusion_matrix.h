/* The confusion matrix: how often each pair of predicted class and true class occurs, exactly, for any number
 * of classes of any SQL type.
 *
 * Only pairs that occur take memory: about 40 bytes each, and 110 bytes a class. Adding or taking back a row
 * takes O(1) time; a class without rows is removed. Totals, hits and the totals of each class are kept up to
 * date, so only functions that take or return ranks (places in the order of the classes, from 0) need a
 * sealed state.
 */
#ifndef MLM_CONFUSION_MATRIX_H
#define MLM_CONFUSION_MATRIX_H

#include "state/weight_sum.h"
#include "state/state.h"

/* The same state as mlm_confusion_matrix_state, for metrics that need no ranks: without seal(), so that
 * sliding stays cheap. */
extern const StateType mlm_confusion_matrix_unordered_state;
/* Values and how often each occurs: pred_class is kept as both classes of a row. */
extern const StateType mlm_value_counts_state;

/* Adds `rows` rows of weight 1 with one pair of classes, or takes them back (sign -1). `rows` may exceed
 * 2^44, the most that an integral weight may be. Fails as the state's add does. */
Status mlm_confusion_matrix_add_rows(ConfusionMatrix *matrix, const Class *pred, const Class *label,
                                     int64_t rows, int sign, const Host *host);

/* Whether the class is a number that is no integer (it has a fraction or is infinite), and whether it is an
 * integer. */
static inline bool mlm_class_is_fraction(const Class *name) {
  if (name->type != CLASS_REAL) return false;
  const double size = name->real < 0 ? -name->real : name->real;
  return size < 0x1p53 || size > 1.7976931348623157e308;
}
static inline bool mlm_class_is_whole(const Class *name) {
  return name->type <= CLASS_REAL && !mlm_class_is_fraction(name);
}

/* Rows, of which one of integral weight k counts as k rows. */
int64_t mlm_confusion_matrix_rows(const ConfusionMatrix *matrix);
/* Rows left out because of a NULL. */
int64_t mlm_confusion_matrix_left_out(const ConfusionMatrix *matrix);
/* Classes that occur as prediction or label. */
size_t mlm_confusion_matrix_classes(const ConfusionMatrix *matrix);

/* Whether classes must be scores: MLM_UNDECIDED if some predictions are numbers that are not whole, while
 * every label is whole; MLM_SCORE_LABEL if it is the other way round and these numbers are ten or more, all
 * between 0 and 1, for 0.5 and 1.5 may be true grades of which the predictions are rounded; else MLM_OK.
 * `symmetric`: neither side is a prediction, and what holds for labels holds for both.
 * *score is the least of them.
 * O(1) for MLM_OK, else O(classes). */
Status mlm_confusion_matrix_find_score(const ConfusionMatrix *matrix, bool symmetric, double *score);

/* Whether the classes of a side, 0 of predictions or 1 of labels, must be numbers to be binned: a hundred or
 * more have fractions, which occur in fewer than two rows each on average, unlike prices. O(1). */
bool mlm_confusion_matrix_has_values(const ConfusionMatrix *matrix, int side);

/* Whether `decision` is 0 or 1 and `word` a text for one of them, such as 'yes' or 'false', or for a missing
 * one, such as '' (base/label_word.h): the same classes in two spellings, which are never equal. A single
 * letter may be a class of its own. */
bool mlm_is_word_for_decision(const Class *word, const Class *decision);
/* The same for either order. */
static inline bool mlm_is_word_beside_decision(const Class *a, const Class *b) {
  return mlm_is_word_for_decision(a, b) || mlm_is_word_for_decision(b, a);
}
/* Whether one is a number and the other a text. */
static inline bool mlm_is_number_beside_text(const Class *a, const Class *b) {
  /* unreachable: a text beside a text or a BLOB, for one side holds only numbers where it is asked */
  return (a->type <= CLASS_REAL && b->type == CLASS_TEXT) || (a->type == CLASS_TEXT && b->type <= CLASS_REAL);
}
/* Whether one is an integer and the other a text. */
static inline bool mlm_is_integer_beside_text(const Class *a, const Class *b) {
  return (mlm_class_is_whole(a) && b->type == CLASS_TEXT) || (a->type == CLASS_TEXT && mlm_class_is_whole(b));
}
/* Whether predictions and labels can never be equal by mistake. MLM_NEVER_EQUAL: every row has a decision
 * beside a word for one, with two words for decisions or more. Otherwise all classes of one side are texts,
 * of which two or more do not stand for a missing class, and of the other numbers, in twenty rows or more,
 * where a pair counts as five at most, for fewer may be a part of columns that hold both, such as the rows of
 * one label; and in at least twice as many rows as there are such texts, because texts that hardly repeat may
 * be answers that were not parsed. MLM_SCORE_BESIDE_NAME: the numbers are ten or more between 0 and 1, and
 * perhaps 0 and 1. MLM_INDEX_BESIDE_NAME: they are integers, two or more and no more than half of the rows; a
 * single integer may stand for no prediction. Else MLM_OK. *text is the least of the texts. O(pairs), O(1)
 * where any row is a hit. */
Status mlm_confusion_matrix_never_agrees(const ConfusionMatrix *matrix, Class *text);
/* Whether any row has an integer beside a text. O(pairs). */
bool mlm_confusion_matrix_has_integers_beside_texts(const ConfusionMatrix *matrix);

/* Whether no class that is predicted is a label too, of rows that there are. O(1) where any row is a hit,
 * else O(classes). */
bool mlm_confusion_matrix_shares_no_class(const ConfusionMatrix *matrix);

/* The weight of all rows, the exact sum rounded once; Infinity beyond the largest double. */
double mlm_confusion_matrix_total(const ConfusionMatrix *matrix);
/* Adds the weight of all rows, exactly. */
void mlm_confusion_matrix_add_total(ExactSum *sum, const ConfusionMatrix *matrix);
/* Rows whose prediction and label agree, and the others. */
const WeightSum *mlm_confusion_matrix_hits(const ConfusionMatrix *matrix);
const WeightSum *mlm_confusion_matrix_misses(const ConfusionMatrix *matrix);

/* The weight of hits or of misses as a share of the total: the ratio of exact sums, rounded once; NaN without
 * rows. */
double mlm_confusion_matrix_hit_share(const ConfusionMatrix *matrix);
double mlm_confusion_matrix_miss_share(const ConfusionMatrix *matrix);

/* The rows that have a class as prediction, as label, and as both. Exact, because a sum that is rounded
 * before it is divided may overflow. All pointers are into the state, valid until it changes. */
typedef struct ClassTotals {
  Class name;
  const WeightSum *predicted, *labelled, *hits;
} ClassTotals;

/* Visits every class once, in unspecified order. *cursor is 0 at first. False: there are no more. */
bool mlm_confusion_matrix_next_class(const ConfusionMatrix *matrix, uint64_t *cursor, ClassTotals *totals);
/* The class of a rank below mlm_confusion_matrix_classes(); the state must be sealed. */
void mlm_confusion_matrix_class(const ConfusionMatrix *matrix, size_t rank, ClassTotals *totals);

/* A pair that occurs, by ranks. */
typedef struct PairTotal {
  size_t pred, label;
  const WeightSum *rows; /* valid until the state changes */
} PairTotal;

/* Visits every pair that occurs once, in unspecified order, as above; the state must be sealed. */
bool mlm_confusion_matrix_next_pair(const ConfusionMatrix *matrix, uint64_t *cursor, PairTotal *pair);
/* The weight of a pair, rounded once; the state must be sealed. */
double mlm_confusion_matrix_pair(const ConfusionMatrix *matrix, size_t pred, size_t label);

#endif
