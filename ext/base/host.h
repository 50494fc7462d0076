/* What the pure rooms (math, state, metrics) ask of whoever embeds them: memory, and whether to stop.
 *
 * Nothing in those rooms calls malloc or SQLite; a Host is passed to every function that may need either.
 */
#ifndef MLM_HOST_H
#define MLM_HOST_H

#include <float.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1
#error "doubles must be computed as doubles: on 32-bit x86 compile with -msse2 -mfpmath=sse"
#endif

typedef struct Host {
  void *(*realloc)(void *block,
                   uint64_t bytes);   /* like realloc, bytes > 0; NULL: out of memory, block lives on */
  void (*free)(void *block);          /* like free; NULL is allowed */
  bool (*interrupted)(void *context); /* true: the user wants the work ended; NULL: never */
  void *context;                      /* handed to stopped */
} Host;

/* How an act that may fail ended. Every other value than MLM_OK leaves the object valid to be cleared. */
typedef enum Status {
  MLM_OK = 0,
  MLM_NOMEM,       /* the host's memory is at its end */
  MLM_INTERRUPTED, /* the host wants the work ended */
  MLM_TOOBIG,      /* a result beyond what can be held */
  MLM_OVERFLOW,    /* a count of rows beyond what can be held */
  MLM_CORRUPT      /* bytes that are no saved state of this kind */
} Status;

/* New memory, all zero; NULL: out of memory. */
static inline void *mlm_new_zeroed(const Host *host, uint64_t bytes) {
  void *block = host->realloc(NULL, bytes);
  return block ? memset(block, 0, (size_t)bytes) : NULL;
}

static inline bool mlm_interrupted(const Host *host) {
  return host->interrupted && host->interrupted(host->context);
}

#endif
