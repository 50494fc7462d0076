/* Doubles as the 64 bits they are. */
#ifndef MLM_BITS_H
#define MLM_BITS_H

#include <stdint.h>
#include <string.h>

static inline uint64_t mlm_double_bits(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static inline double mlm_double_from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
