/* BLOBs of float64 that were meant to be float32. */
#ifndef MLM_FLOAT64_BLOB_H
#define MLM_FLOAT64_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether bytes[0..n), a vector of little-endian float32 by the contract, must have been written as float64.
 * It must if n is a multiple of 8, every element read as float64 is 0 or of size 1e-15 to 1e15, and either a
 * float32 that is the lower half of a float64 is beyond 1e15 in size or NaN, but for the numbers that stand
 * for masked logits, such as Infinity, or (probabilities: the entries are those of a distribution) the
 * float64 reading sums to 1 within 1e-6 an entry and the float32 reading does not. False for most vectors of
 * few float64 logits that are short in binary (0.5, 2.0): they read as ordinary float32. Linear time. */
bool mlm_looks_like_float64(const uint8_t *bytes, size_t n, bool probabilities);

#endif
