/* What every kind of state can do: add a row, take it back, merge, seal, save, load.
 *
 * A state is plain memory; zeroed memory is the empty state. Rows, not results, are state_name_of exactly, so
 * any order of adds, take-backs and merges that leaves the same rows leaves the same values, bit for bit, and
 * the same saved bytes.
 */
#ifndef MLM_STATE_H
#define MLM_STATE_H

#include "base/host.h"
#include "base/strbuf.h"
#include "state/blob.h"
#include "state/row.h"

typedef struct Confusion2 Confusion2;
typedef struct Moments Moments;
typedef struct Scores Scores;
typedef struct ConfusionMatrix ConfusionMatrix;
typedef struct LogSum LogSum;

enum { MLM_OBJECTIVE_BYTES = 48 };

/* What is looked for over all cutoffs: the cutoff at which `of` is best among those where floor_of >= floor.
 */
typedef struct Objective {
  double (*of)(const Confusion2 *confusion, const double *param);
  double (*floor_of)(const Confusion2 *confusion, const double *param); /* NULL: no condition */
  double floor;
  double param[2]; /* beta, or the two costs */
  double sense;    /* +1: greater is better, -1: less is better */
  bool monotone;   /* of and floor_of, as computed doubles, never get better with more fp or fewer tp */
  bool f1;         /* `of` is 2tp / (2tp + fp + fn) */
  char text[MLM_OBJECTIVE_BYTES]; /* as the user wrote it, without blanks */
} Objective;

/* Parameters given once for all rows of a group, in the order of the arguments. */
typedef struct Params {
  double value[2];
  Objective objective; /* of == NULL: not given */
  bool weighted;       /* a weight was given, so counts are REAL */
  uint64_t *hint; /* where a value may leave word for the next one of the same window; never changes a result;
                     may be NULL */
} Params;

/* The pure function from what is state_name_of to the result; which member is meant follows from the kind of
 * state. */
typedef union Formula {
  double (*mean)(double mean);
  double (*confusion)(const Confusion2 *confusion, const double *param);
  double (*moments)(const Moments *moments);
  double (*scores)(const Scores *scores, const Params *params);
  double (*matrix)(const ConfusionMatrix *matrix, const Params *params);
  double (*log_sum)(const LogSum *log_sum);
  void (*confusion_text)(const Confusion2 *confusion, const double *param, bool integral, StrBuf *out);
  void (*scores_text)(const Scores *scores, const Params *params, StrBuf *out);
  void (*matrix_text)(const ConfusionMatrix *matrix, const Params *params, StrBuf *out);
} Formula;

/* Kinds for which ext/fast_path.c has ways of their own for rows of plain numbers. */
typedef enum FastPathKind {
  FAST_ANY = 0,
  FAST_MEAN,
  FAST_CONFUSION2,
  FAST_SCORES,
  FAST_PATH_KINDS
} FastPathKind;

typedef struct StateType {
  const char *name; /* as it stands in saved states, where the metric gives no more exact name */
  const char *cost; /* what a row and a value take, memory and time: a sentence of mlmetrics_functions */
  uint32_t bytes;   /* of the struct; alignment of a double */
  FastPathKind fast_path;

  /* Adds (sign +1) or takes back (sign -1) a row. A row taken back has been added before. */
  Status (*add)(void *state, const Row *row, int sign, const Host *host);
  /* Likewise count > 0 rows that are alike; NULL: no score set is read into this kind. */
  Status (*add_times)(void *state, const Row *row, int64_t count, int sign, const Host *host);
  /* Counts (or takes back) a row left out because of a NULL; NULL: this kind does not count them. */
  void (*leave_out)(void *state, int sign);
  /* Adds all that `from` state_name; from is only cleared afterwards. */
  Status (*merge)(void *into, void *from, const Host *host);
  /* Takes back all that `from` state_name, which has been merged before. */
  Status (*subtract)(void *state, void *taken, const Host *host);
  /* Sorts, compacts: whatever may fail or take long. Afterwards value, write and save may be called. NULL:
   * nothing to do. */
  Status (*seal)(void *state, const Host *host);
  double (*value)(const void *state, Formula formula, const Params *params);
  void (*write)(const void *state, Formula formula, const Params *params,
                StrBuf *out); /* NULL: no such metrics */
  /* Whether something asked since seal() was cut short, because the host wants the work ended: what it gave
   * is nothing. NULL: never. */
  bool (*interrupted)(const void *state);
  /* Writes the canonical bytes; failures stay in the writer. */
  void (*save)(const void *state, Writer *out);
  /* Fills an empty state; anything but canonical bytes is MLM_CORRUPT. The state must be cleared also after a
   * failure. */
  Status (*load)(void *state, Reader *in, const Host *host);
  /* Frees what the state owns; NULL: nothing. */
  void (*clear)(void *state, const Host *host);
  /* Whether no row is in; rows left out do not count. */
  bool (*empty)(const void *state);
  /* Whether all weights were integral, so that counts are INTEGER; NULL: the kind has no counts. */
  bool (*integral)(const void *state);
  /* Whether a score is kept, sealed, that lies outside of lo..hi, and which; NULL: the kind keeps no scores.
   */
  bool (*outside)(const void *state, double lo, double hi, double *score);
} StateType;

extern const StateType mlm_mean_state, mlm_confusion2_state, mlm_moments_state, mlm_scores_state,
    mlm_confusion_matrix_state, mlm_log_sum_state;

#endif
