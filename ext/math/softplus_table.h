/* The table of f(a) = log(1 + e^-a), 0 <= a <= 8: f((i + d)/32) = hi + (lo + d·(c[0] + c[1]·d + … +
 * c[5]·d⁵)).
 *
 * The error of the formula is below 2^-60 f for |d| <= 1/2. An entry is a cache line; the table takes 16 KB.
 */
#ifndef MLM_SOFTPLUS_TABLE_H
#define MLM_SOFTPLUS_TABLE_H

#include "base/compiler.h"

typedef struct SoftplusEntry {
  MLM_ALIGNED(64) double hi;
  double lo, c[6];
} SoftplusEntry;

extern const SoftplusEntry mlm_softplus_table[257];

#endif
