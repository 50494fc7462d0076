/* Doubles at random, for tests: the same ones in every run of what one compiler made. */
#ifndef MLM_TESTS_DRAW_H
#define MLM_TESTS_DRAW_H

#include <math.h>
#include <stdint.h>

#include "math/bits.h"

static uint64_t seed = 20240607;

static inline uint64_t draw(void) { /* splitmix64 */
  uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

/* A finite double: any bits, or of everyday size, or a power of 2, or a neighbour of one. */
static inline double draw_double(void) {
  for (;;) {
    uint64_t bits = draw();
    switch (draw() % 8) {
    case 0: bits = (bits & ~(UINT64_C(0x7FF) << 52)) | (1023 + bits % 64) << 52; break;
    case 1: bits &= UINT64_C(0x800FFFFFFFFFFFFF); break;
    case 2: bits = bits >> 52 << 52; break;
    case 3: bits = (bits >> 52 << 52) - 1 + bits % 3; break;
    case 4: return (double)(draw() % 1000000000) / 1000;
    default: break;
    }
    const double x = double_of(bits);
    if (isfinite(x)) return x;
  }
}

#endif
