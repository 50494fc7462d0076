/* The objective of a search over all cutoffs. */
#ifndef MLM_OBJECTIVE_H
#define MLM_OBJECTIVE_H

#include "state/confusion2.h"

enum { MLM_OBJECTIVE_BYTES = 48 };

/* The search is for the cutoff at which `of` is best among those where floor_of >= floor. */
typedef struct Objective {
  double (*of)(const Confusion2 *confusion, const double *param);
  double (*floor_of)(const Confusion2 *confusion, const double *param); /* NULL: no condition */
  double floor;
  double param[2]; /* beta, or the two costs */
  double sense;    /* +1: greater is better, -1: less is better */
  bool monotone;   /* `of` and `floor_of`, as computed, never get better with more fp or fewer tp */
  bool midpoint;   /* the cutoff is halfway to the next score below, where there is one */
  bool f1;         /* `of` is 2tp / (2tp + fp + fn) */
  char text[MLM_OBJECTIVE_BYTES]; /* as the user wrote it, without blanks */
} Objective;

#endif
