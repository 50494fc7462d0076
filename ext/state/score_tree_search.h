/* The best cutoff over a score tree. */
#ifndef MLM_SCORE_TREE_SEARCH_H
#define MLM_SCORE_TREE_SEARCH_H

#include "state/score_tree.h"

/* Finds the cutoff at which an objective is best, by branch and bound: for a monotone objective no subtree is
 * better than the formula at its ideal corner (all its positives, none of its negatives); for other
 * objectives it is a scan. The result is that of a scan from the top with strict '>' over the keys present
 * and, unless a key is +Infinity, the predict-none cutoff Infinity before them. count[] are the rows at or
 * above the cutoff. *hint (may be NULL) is any number at first and then the key found last time, which makes
 * the search faster and never changes its result. False: the tree is empty or no key qualifies; *hint is
 * unchanged. */
bool mlm_tree_best(const ScoreTree *tree, const Objective *objective, uint64_t *hint, double *cutoff,
                   int64_t count[2]);

#endif
