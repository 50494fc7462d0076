/* Classes as keys: hashes of any SQL value, and pairs of numbers that stand for it in a row. */
#ifndef MLM_CLASS_KEY_H
#define MLM_CLASS_KEY_H

#include "state/row.h"

/* A hash of type and bytes: mlm_random_hash_bytes() of an INTEGER as 8 bytes (start 0), of any other number
 * as the 8 bytes of its double (1), of a TEXT (2), of a BLOB (3), all little-endian. Equal classes have equal
 * hashes. */
uint64_t mlm_class_hash(const Class *class);

/* Two numbers that are the same for equal classes and differ for others: of a number the nearest double and
 * what is left of it; of text and BLOBs two hashes of 52 bits, the second larger than any remainder of a
 * number. That two of a million texts agree in both has a probability of 1e-19. */
void mlm_class_numbers(const Class *class, double numbers[2]);

#endif
