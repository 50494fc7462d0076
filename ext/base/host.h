/* What the library needs of the program that embeds it: memory, and whether to interrupt the work.
 *
 * Nothing in base, math, state, metrics and charts calls malloc or SQLite; functions that need memory or may
 * take long are given a Host.
 */
#ifndef MLM_HOST_H
#define MLM_HOST_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* 16: the processor computes with _Float16, as newer x86 and ARM do; double remains double. */
#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1 && FLT_EVAL_METHOD != 16
#error "doubles must be computed as doubles: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif

typedef struct Host {
  /* Like realloc, bytes > 0. NULL: out of memory; the block is unchanged. */
  void *(*realloc)(void *block, uint64_t bytes);
  void (*free)(void *block);          /* like free; NULL is allowed */
  bool (*interrupted)(void *context); /* true: the operation should be interrupted; NULL: never */
  void *context;                      /* passed to interrupted() */
} Host;

/* Status codes. After any other than MLM_OK the object may only be cleared, unless stated otherwise. */
typedef enum Status {
  MLM_OK = 0,
  MLM_NOMEM,       /* out of memory */
  MLM_INTERRUPTED, /* interrupted by the host */
  MLM_TOOBIG,      /* the result is larger than allowed */
  MLM_OVERFLOW,    /* a count of rows is larger than its type holds */
  MLM_CORRUPT,     /* not the bytes of a saved state of this kind */
  MLM_MISMATCH,    /* rows of different lengths in one state, or a set that a metric does not read */
  MLM_REFUSED,     /* rows for which the metric is not defined; Result.why says what to do */
  MLM_INEXACT,     /* an INTEGER beside REALs that no REAL holds exactly */
  MLM_UNLISTED,    /* a class that is not in the list of classes; Result.bytes is its name */
  MLM_UNDECIDED,   /* predictions are scores where classes are needed */
  MLM_SCORE_LABEL, /* labels are scores where classes are needed */
  /* of these three Result.bytes is a text of the rows, the kind RESULT_NULL: */
  MLM_NEVER_EQUAL,       /* every row has 0 or 1 beside a word for them, such as 'yes' */
  MLM_SCORE_BESIDE_NAME, /* one column holds scores between 0 and 1, the other texts only */
  MLM_INDEX_BESIDE_NAME, /* one column holds integers only, the other texts only */
  /* of resampling: */
  MLM_FRACTIONAL,     /* a weight is not integral, so that there are no unit rows to draw */
  MLM_TOO_MANY_DRAWS, /* the weights add up to more rows than are drawn */
  MLM_OUT_OF_RANGE    /* a score of the set is outside the metric's range */
} Status;

/* Whether scores, as predictions or labels, stand where classes are needed. */
static inline bool mlm_status_is_score(Status status) {
  return status == MLM_UNDECIDED || status == MLM_SCORE_LABEL;
}

/* Whether the predictions can never be the labels. */
static inline bool mlm_status_is_never_equal(Status status) {
  return status == MLM_NEVER_EQUAL || status == MLM_SCORE_BESIDE_NAME || status == MLM_INDEX_BESIDE_NAME;
}

/* Allocates zeroed memory; NULL: out of memory. */
static inline void *mlm_new_zeroed(const Host *host, uint64_t bytes) {
  void *block = host->realloc(NULL, bytes);
  return block ? memset(block, 0, (size_t)bytes) : NULL;
}

static inline bool mlm_interrupted(const Host *host) {
  return host->interrupted && host->interrupted(host->context);
}

/* Steps of a long loop between two polls. Loops whose steps take much longer have a smaller number of their
 * own. */
enum { MLM_POLL_STEPS = 1 << 16 };

/* Polls once in so many steps, at step i. */
static inline bool mlm_interrupted_at(uint64_t i, const Host *host) {
  return i % MLM_POLL_STEPS == MLM_POLL_STEPS - 1 && mlm_interrupted(host);
}
/* Polls at most once, for all steps between two places. */
static inline bool mlm_interrupted_between(uint64_t a, uint64_t b, const Host *host) {
  return a / MLM_POLL_STEPS != b / MLM_POLL_STEPS && mlm_interrupted(host);
}

#endif
