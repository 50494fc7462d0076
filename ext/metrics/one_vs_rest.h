/* One class against the rest: the decisions of rows of K probabilities and a class, as sorted words.
 *
 * A decision is the probability of one class, with label 1 where that class is the row's. Its word is the
 * bits of the probability, of which the highest is 0, and below them the label: so words are in the order of
 * the probabilities, and among equal ones the negatives come first.
 */
#ifndef MLM_ONE_VS_REST_H
#define MLM_ONE_VS_REST_H

#include "state/key_pages.h"
#include "state/rows.h"

typedef struct OneVsRest {
  const Rows *rows; /* single, with probabilities from 0 to 1 */
  Rows *own;        /* the same, to be used up; or NULL */
  const Host *host;
  uint32_t k;      /* classes */
  uint64_t *block; /* the words of a class; NULL if they are in the pages of `own` */
  KeyPages words;  /* of the class, or of all, that was sorted last */
} OneVsRest;

/* Begins with the decisions of single rows, fewer than 2^27, class by class. Takes 8 bytes a row; where the
 * rows are used up and have at most 512 numbers, half a megabyte. To be ended, also after a failure. */
Status mlm_one_vs_rest_begin(OneVsRest *d, const Rows *rows, Rows *own, const Host *host);
/* Begins with the decisions of all classes, fewer than 2^32, to be sorted together. Takes half a megabyte,
 * and uses up `own`, which is not NULL. To be ended, also after a failure. */
Status mlm_one_vs_rest_begin_pooled(OneVsRest *d, Rows *own, const Host *host);
/* Releases the memory, and clears `own`. */
void mlm_one_vs_rest_end(OneVsRest *d);

/* Sorts the decisions of class c. Where the rows are used up, each class once. */
Status mlm_one_vs_rest_sort_class(OneVsRest *d, uint32_t c);
/* Sorts all decisions. */
Status mlm_one_vs_rest_sort_pooled(OneVsRest *d);

/* AUC and average precision of the decisions sorted last, with the bits of the formulas over a score set of
 * them; *positives is how many have label 1. */
double mlm_one_vs_rest_auc(const OneVsRest *d, uint64_t *positives);
double mlm_one_vs_rest_average_precision(const OneVsRest *d, uint64_t *positives);

#endif
