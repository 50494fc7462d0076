/* The memory of a packed column, for the files packed*.c. */
#ifndef MLM_PACKED_INTERNAL_H
#define MLM_PACKED_INTERNAL_H

#include "state/class_index.h"
#include "state/packed.h"

typedef enum PackedTag { TAG_NULL, TAG_INTEGER, TAG_REAL, TAG_TEXT, PACKED_TAGS } PackedTag;

struct Packed {
  uint64_t *word; /* an INTEGER or the bits of a REAL; of a TEXT its slot in `texts` */
  uint8_t *tag;
  uint64_t first, end, room; /* elements are at first..end - 1 */
  int64_t count[PACKED_TAGS];
  int64_t inexact;  /* INTEGERs that no REAL holds exactly */
  ClassIndex texts; /* `predicted` counts the elements that are the text */
  /* Of a column with TEXT, from prepare_save on: its distinct values, a slot each in the order of their first
   * occurrence, and the slot of each element. */
  ClassIndex values;
  uint32_t *index;
};

/* Frees what prepare_save made. */
void mlm_packed_drop_values(Packed *packed, const Host *host);

/* For the state type. */
Status mlm_packed_prepare_save(void *state, const Host *host);
void mlm_packed_save(const void *state, Writer *out);
Status mlm_packed_load(void *state, Reader *in, const Host *host);

#endif
