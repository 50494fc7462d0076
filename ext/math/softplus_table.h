/* f(a) = log(1 + e^-a) for 0 <= a <= 8 as f((i + d)/32) = hi + (lo + d·(c[0] + c[1] d + ... + c[5] d^5)).
 *
 * Error of the formula below 2^-60 f for |d| <= 1/2. One entry is one cache line; the whole takes 16 KB.
 */
#ifndef MLM_SOFTPLUS_TABLE_H
#define MLM_SOFTPLUS_TABLE_H

typedef struct SoftplusEntry {
  _Alignas(64) double hi;
  double lo, c[6];
} SoftplusEntry;

extern const SoftplusEntry mlm_softplus_table[257];

#endif
