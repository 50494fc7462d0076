/* Lists of classes: a JSON array that says which classes there are, and in which order. */
#ifndef MLM_CLASS_LIST_H
#define MLM_CLASS_LIST_H

#include "metrics/arg_specs.h"

/* In one block of memory. */
typedef struct ClassList {
  uint32_t n;
  const Class *class;     /* in the order of the array, distinct */
  const uint32_t *sorted; /* their places, in the order of the classes */
  const char *text;       /* as it was written */
} ClassList;

/* Reads '[1,2,3]' or '["cat","dog"]' into a ClassList. */
extern const TextParser mlm_class_list_parser;

/* A confusion matrix in the order in which a metric takes its classes: that of the list that was given, which
 * may name classes without rows, or else that of the classes themselves. */
typedef struct ClassView {
  const ConfusionMatrix *matrix;
  const Params *params;
  const ClassList *list; /* NULL: none was given */
  size_t n;              /* classes of the list, or of the matrix */
  uint32_t *rank;        /* with a list: the rank of each place plus 1; 0: the class has no rows */
  uint32_t *place;       /* with a list: the place of each rank */
  const Host *host;
} ClassView;

/* Opens a view of the matrix with the list among the parameters of `in`. `ordered`: the matrix is sealed in
 * order of its classes, else only n, params and matrix may be used. MLM_UNLISTED: the matrix has a class that
 * is not in the list; out->bytes then holds its name. After MLM_OK the view must be ended. */
Status mlm_class_view_begin(ClassView *view, const ConfusionMatrix *matrix, bool ordered, const Eval *in,
                            Result *out);
void mlm_class_view_end(ClassView *view);

/* Of an ordered view: the class of a place below n, and the pairs that occur, by place. */
void mlm_class_view_at(const ClassView *view, size_t place, ClassTotals *totals);
bool mlm_class_view_next_pair(const ClassView *view, uint64_t *cursor, PairTotal *pair);
/* The weight of a pair of places, rounded once. */
double mlm_class_view_pair(const ClassView *view, size_t pred, size_t label);

#endif
