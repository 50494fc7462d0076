/* The classes that occur, each with a slot: found by hash in O(1), sorted on demand.
 *
 * Zeroed memory is the empty index. Slots are numbered from 0; a class keeps its slot until it is removed,
 * after which the slot is used again. The bytes of text and BLOB classes are copied into the host's memory.
 */
#ifndef MLM_CLASS_INDEX_H
#define MLM_CLASS_INDEX_H

#include "state/row.h"
#include "state/weight_sum.h"

typedef struct ClassSlot {
  Class name;
  uint64_t prefix;     /* in order of the classes; classes of equal prefix are compared in full */
  WeightSum predicted; /* rows that have this class as the prediction */
  WeightSum labelled;  /* rows that have this class as the label */
  uint32_t hash;
  uint32_t next_free; /* of a free slot: the next free one plus 1, or 0 */
  uint32_t rank;      /* for the owner: place in the order of classes */
  bool taken;
} ClassSlot;

typedef struct ClassIndex {
  ClassSlot *slots;
  uint32_t used, room; /* slots ever taken; slots allocated */
  uint32_t free_slot;  /* a free slot plus 1, or 0 */
  uint32_t n;          /* classes in the index */
  uint32_t *table;     /* hash table of slots plus 1; 0: empty */
  uint32_t mask;       /* length of the table less 1 */
  uint64_t seed;
} ClassIndex;

/* Finds the class or adds it. May move all slots. MLM_NOMEM, MLM_TOOBIG: it was not added. */
Status mlm_class_slot(ClassIndex *index, const Class *name, uint32_t *slot, const Host *host);
/* Removes a class that no row has any more: both its weights are zero. */
void mlm_class_remove(ClassIndex *index, uint32_t slot, const Host *host);

/* Writes the slots of all classes to order[0..n), in order of the classes. MLM_NOMEM and MLM_INTERRUPTED
 * leave order[] as it was. */
Status mlm_class_order(const ClassIndex *index, uint32_t *order, const Host *host);

void mlm_class_index_clear(ClassIndex *index, const Host *host);

/* Negative, 0 or positive as a is before, equal to or after b: numbers by value, then text, then BLOBs, both
 * bytewise. */
int mlm_class_compare(const Class *a, const Class *b);

void mlm_class_save(const Class *name, Writer *out);
/* The bytes stay in the reader's memory. in->failed: they are not the canonical form of a class. */
void mlm_class_load(Class *name, Reader *in);

#endif
