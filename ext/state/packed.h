/* Packed columns: values in the order in which they were added, saved in one compact BLOB.
 *
 * A value is a Class whose REAL may be integral; it is a NULL, an INTEGER, a REAL or a TEXT. In a column of
 * numbers that has a REAL every INTEGER becomes one. The payload of the saved state is
 *   u8      type, a PackedType
 *   varint  n, the number of elements, not 0
 *   varint  the number of NULLs, and if there are any, a bitmap of n bits in which they are 1
 *   of integers: u8 width 1..8, as few bytes as every element needs
 *   of mixed values: varint, the number of distinct values, then the values in the order of their first
 *           occurrence: u8 0 and a signed varint, u8 1 and a double, or u8 2, varint length and the bytes
 *   the elements: a bit each; an integer of `width` bytes each; a double each; an index into the values each,
 *           of 1 byte for up to 256 of them, 2 up to 65536, else 4. Those of NULLs are 0.
 * Bits fill bytes from the lowest one on, and what is left of the last byte is 0.
 */
#ifndef MLM_PACKED_H
#define MLM_PACKED_H

#include "state/state.h"

typedef struct Packed Packed;

/* Rows are taken back in the order in which they were added, whatever their values are: that is the order of
 * windows. The seal fails with MLM_INEXACT if an INTEGER would have to become a REAL that is another
 * number. */
extern const StateType mlm_packed_state;

/* Adds a value at the end; MLM_NOMEM, MLM_TOOBIG: it was not added. */
Status mlm_packed_put(Packed *packed, const Class *value, const Host *host);
/* The same for a double; NaN is NULL. */
Status mlm_packed_put_real(Packed *packed, double x, const Host *host);
/* How many values there are, and the i-th from 0; the bytes of a text are valid until values are taken back.
 */
uint64_t mlm_packed_count(const Packed *packed);
void mlm_packed_at(const Packed *packed, uint64_t i, Class *value);
/* The saved state: seals, prepares and writes. Failures are returned and stay in the writer. */
Status mlm_packed_write(Packed *packed, Writer *out, const Host *host);

#endif
