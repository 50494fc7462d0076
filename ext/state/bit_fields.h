/* Unsigned integers of a saved state in fields of equal width, the lowest bits of a byte first. */
#ifndef MLM_BIT_FIELDS_H
#define MLM_BIT_FIELDS_H

#include "state/blob.h"

/* Integers that are read or written at a time, at most. */
enum { MLM_FIELDS = 128 };

/* The width that integers are written with, `any` being all of them or-ed: as many bits as the largest has,
 * but 64 where it has more than 56, so that a field and the bits before it in its first byte fit a word. */
unsigned mlm_field_width(uint64_t any);

/* Writes n <= MLM_FIELDS fields, and zero bits up to the next byte. */
void mlm_write_fields(Writer *out, const uint64_t *x, size_t n, unsigned width);
/* Reads n <= MLM_FIELDS fields. Fails where the width is not mlm_field_width() of them, or a bit after them
 * is not zero. */
void mlm_read_fields(Reader *in, uint64_t *x, size_t n, unsigned width);

#endif
