/* BLOBs of numbers of another type than the one they are read as. */
#ifndef MLM_FLOAT64_BLOB_H
#define MLM_FLOAT64_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether bytes[0..n), a vector of little-endian float32 by the contract, must have been written as float64.
 * It must if n is a multiple of 8 and all elements read as float64 are decimals of at most six places, of
 * which two that differ are no dyadic fractions; or if every element read so is 0 or of size 1e-15 to 1e15,
 * and either a float32 that is the lower half of a float64 is beyond 1e15 in size or NaN, but for the numbers
 * that stand for masked logits, such as Infinity, or (probabilities: the entries are those of a distribution)
 * the float64 reading sums to 1 within 1e-6 an entry and the float32 reading does not. False for most vectors
 * of few float64 logits that are short in binary (0.5, 2.0): they read as ordinary float32. Linear time. */
bool mlm_looks_like_float64(const uint8_t *bytes, size_t n, bool probabilities);

/* Whether bytes[0..n), meant as a column of float32, must have been written as float64: every element read as
 * float64 is 0 or of size 1e-15 to 1e15, and either two different float32 at the lower halves are beyond 1e15
 * in size, or all of at least 16 lower halves are 0, no upper half is, and the upper halves differ. NaN,
 * Infinity and the largest float32, which stand for missing values, count for nothing. Linear time. */
bool mlm_column_looks_like_float64(const uint8_t *bytes, size_t n);

/* Whether bytes[0..n), meant as floating-point numbers of this width (4 or 8), must have been written as
 * integers of this width: all are subnormal, 0, or what negative integers are read as, a NaN that no
 * calculation gives, and two of them are not 0, or one of 16 or more; a single number may have underflowed.
 * Linear time. */
bool mlm_column_looks_like_integers(const uint8_t *bytes, size_t n, size_t width);

#endif
