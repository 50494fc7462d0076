/* The operations of a kind of state: add a row, take it back, merge, seal, save, load.
 *
 * A state is plain memory; zeroed memory is the empty state. States are exact functions of the multiset of
 * rows, so any order of adding, taking back and merging that leaves the same rows gives the same results, bit
 * for bit, and the same saved bytes.
 */
#ifndef MLM_STATE_H
#define MLM_STATE_H

#include "base/host.h"
#include "state/blob.h"
#include "state/row.h"

typedef struct Mean Mean;
typedef struct Confusion2 Confusion2;
typedef struct Moments Moments;
typedef struct Scores Scores;
typedef struct ConfusionMatrix ConfusionMatrix;
typedef struct LogSum LogSum;
typedef struct Rows Rows;
typedef struct JointMoments JointMoments;
typedef struct SumRatio SumRatio;
typedef struct VectorSums VectorSums;
typedef struct Keyed Keyed;

/* Kinds that have fast paths in ext/fast_path.c for rows of plain numbers, or of two classes. */
typedef enum FastPathKind {
  FAST_ANY = 0,
  FAST_MEAN,
  FAST_CONFUSION2,
  FAST_SCORES,
  FAST_ROWS,
  FAST_CLASSES,
  FAST_PATH_KINDS
} FastPathKind;

typedef struct StateType {
  const char *name; /* in saved states, unless the metric has a more specific one */
  const char *cost; /* memory, and time of a row and a value, as mlmetrics_functions tells users */
  uint32_t bytes;   /* size of the struct, aligned as a double */
  FastPathKind fast_path;

  /* Adds (sign +1) or takes back (sign -1) a row. A row taken back has been added before. */
  Status (*add)(void *state, const Row *row, int sign, const Host *host);
  /* Like add(), for count > 0 identical rows; NULL: this kind cannot take in score sets. */
  Status (*add_times)(void *state, const Row *row, int64_t count, int sign, const Host *host);
  /* Counts (or takes back) a row left out because of a NULL; NULL: this kind does not count them. */
  void (*leave_out)(void *state, int sign);
  /* Adds all rows of `from`, which may only be cleared afterwards. */
  Status (*merge)(void *into, void *from, const Host *host);
  /* Takes back all rows of `taken`, which have been merged before. */
  Status (*subtract)(void *state, void *taken, const Host *host);
  /* Does whatever may fail or take long, such as sorting. Afterwards the state may be evaluated and saved.
   * NULL: nothing to do. */
  Status (*seal)(void *state, const Host *host);
  /* Writes the canonical bytes; failures stay in the writer. */
  void (*save)(const void *state, Writer *out);
  /* Fills an empty state; MLM_CORRUPT for anything but canonical bytes. The state must be cleared even after
   * a failure. */
  Status (*load)(void *state, Reader *in, const Host *host);
  /* Frees what the state owns; NULL: nothing. */
  void (*clear)(void *state, const Host *host);
  /* Whether there are no rows; rows left out do not count. */
  bool (*empty)(const void *state);
  /* Whether all weights were integral, so that counts are INTEGER; NULL: no metric of the kind is a count. */
  bool (*integral)(const void *state);
  /* Puts a sealed state into the canonical order that save needs and evaluation does not; NULL: seal did. */
  Status (*prepare_save)(void *state, const Host *host);
  /* Whether a sealed state holds a score outside lo..hi, and which one; NULL: the kind holds no scores. */
  bool (*outside)(const void *state, double lo, double hi, double *score);
} StateType;

extern const StateType mlm_mean_state, mlm_confusion2_state, mlm_moments_state, mlm_scores_state,
    mlm_confusion_matrix_state, mlm_log_sum_state, mlm_rows_state, mlm_input_problems_state;
/* Of regression, association, queries and vectors. */
extern const StateType mlm_joint_moments_state, mlm_sum_ratio_state, mlm_value_rows_state,
    mlm_decision_rows_state, mlm_query_rows_state, mlm_vector_sums_state;

#endif
