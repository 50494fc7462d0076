/* The score set: every score seen with its label and weight, an exact counted multiset.
 *
 * Rows of weight 1 are keys of 8 bytes while their scores differ, and counted entries of 24 bytes (score,
 * weight, count) where scores repeat. A row of integral weight k <= 2^44 counts as k rows of weight 1. Rows
 * of fractional weight are entries too. Adding appends; sealing sorts.
 *
 * The first row taken back, or a row added after a value was computed, means that a window slides: all rows
 * of integral weight then move to a counted B+-tree (state/score_tree.h), where a row costs O(log n) in
 * either direction. Entries of fractional weight stay a sorted list, into which sealing merges what was added
 * or taken back: O(n) where there are any.
 */
#ifndef MLM_SCORES_H
#define MLM_SCORES_H

#include "state/scores_best.h"
#include "state/scores_visit.h"
#include "state/scores_walk.h"

#endif
