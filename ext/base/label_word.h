/* Binary labels as people write them: what to_label() reads. */
#ifndef MLM_LABEL_WORD_H
#define MLM_LABEL_WORD_H

#include <stddef.h>

typedef enum LabelWord { LABEL_ZERO = 0, LABEL_ONE = 1, LABEL_MISSING, LABEL_NONE } LabelWord;

/* 1: true, t, yes, y, on, positive, pos. 0: false, f, no, n, off, negative, neg. Any case, blanks around it
 * allowed. A plain decimal number that is exactly 0 or 1 is that label ('1.0', ' 0 ', '1e0'). The words for a
 * missing value are those of dirty_text.h. Anything else, other numbers included, is LABEL_NONE. */
LabelWord mlm_read_label(const char *text, size_t n);

#endif
