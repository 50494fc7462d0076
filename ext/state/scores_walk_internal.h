/* The position of a walk in the sorted runs, entries and tree of a score set: private to scores_walk.c. */
#ifndef MLM_SCORES_WALK_INTERNAL_H
#define MLM_SCORES_WALK_INTERNAL_H

#include "state/exact_sum.h"
#include "state/score_tree.h"

enum { MLM_MOST_RUNS = 33 };

/* A sorted run of keys. */
typedef struct ScoreRun {
  const uint64_t *key;
  int64_t i;     /* the next key */
  int64_t end;   /* where to poll for an interrupt, or `last` */
  int64_t last;  /* one step past the run */
  uint64_t head; /* key[i] ^ flip; 0: the run is used up */
} ScoreRun;

/* Keys are compared as key ^ flip, so that in either direction the next one is the highest. The value 0,
 * which is no score's key, means that no key is left. */
typedef struct WalkSources {
  const Scores *scores;
  uint64_t flip;           /* all ones in a walk up */
  int64_t step;            /* +1 in a walk up, else -1 */
  bool plain;              /* at most one run a class, no entries and no tree */
  bool exact;              /* see mlm_walk_is_exact(); set too where fractional weights are to be ignored */
  int exponent;            /* of the weights that the walk gives */
  int64_t rows[2];         /* rows of integral weight in the whole set */
  uint32_t runs[2], steps; /* steps: counted unless plain */
  uint64_t entry[2], entry_head[2], tree_head;
  uint64_t entry_before[2]; /* the first entry at the current score */
  TreeCursor tree;
  ExactSum sum[2]; /* all weights seen so far; unless exact */
  ScoreRun run[2][MLM_MOST_RUNS];
} WalkSources;

#endif
