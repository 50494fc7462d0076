/* The classes that occur, each with a slot of its own: found by hash in O(1), put in order on demand.
 *
 * Zeroed memory is the empty index. Slots are numbered from 0; a class keeps its slot until it is removed,
 * then the slot is used again. StrBuf and blobs are copied into the host's memory.
 */
#ifndef MLM_CLASS_INDEX_H
#define MLM_CLASS_INDEX_H

#include "state/weight_sum.h"
#include "state/row.h"

typedef struct ClassSlot {
  Class name;
  uint64_t prefix;     /* smaller prefix, smaller class; equal ones are compared in full */
  WeightSum predicted; /* rows with this class as the prediction */
  WeightSum labelled;  /* rows with this class as the label */
  uint32_t hash;
  uint32_t next_free; /* of a free slot: the next one plus 1 */
  uint32_t rank;      /* place in the order, where the owner has put it there */
  bool taken;
} ClassSlot;

typedef struct ClassIndex {
  ClassSlot *slots;
  uint32_t used, room; /* slots ever taken, slots there is memory for */
  uint32_t free_slot;  /* a free one plus 1, or 0 */
  uint32_t n;          /* classes in the index */
  uint32_t *table;     /* slot plus 1 at its hash, linear probing; 0: empty */
  uint32_t mask;       /* length of the table less 1 */
  uint64_t seed;
} ClassIndex;

/* Finds the class or adds it, copying its bytes; MLM_NOMEM, MLM_TOOBIG: it is not there, as before. Adding
 * may move all slots. */
Status mlm_class_slot(ClassIndex *index, const Class *name, uint32_t *slot, const Host *host);
/* Frees a slot that no row has any more: both its amounts are zero. */
void mlm_class_remove(ClassIndex *index, uint32_t slot, const Host *host);

/* Writes the slots of all classes, in order of their classes, to order[0..n). MLM_NOMEM and MLM_INTERRUPTED
 * leave it as it was. */
Status mlm_class_order(const ClassIndex *index, uint32_t *order, const Host *host);

void mlm_class_index_clear(ClassIndex *index, const Host *host);

/* Negative, 0, positive as a is before, at, after b: numbers by value, then text, then blobs, bytewise. */
int mlm_class_compare(const Class *a, const Class *b);

void mlm_class_save(const Class *name, Writer *out);
/* Bytes stay in the reader's memory. in->failed where the bytes are no class in its one normal form. */
void mlm_class_load(Class *name, Reader *in);

/* Mixes x into a hash so that no bit of the result is without it. */
static inline uint64_t mlm_hash_mix(uint64_t hash, uint64_t x) {
  U128 product = mlm_u128_product(hash ^ x, 0x9e3779b97f4a7c15);
  return product.hi ^ product.lo;
}

#endif
