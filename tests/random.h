/* Pseudo-random numbers for tests: the same in every run with every compiler.
 *
 * So an expression may call the generator twice only where C defines the order of evaluation: && || ?: and
 * the comma, statements, the variables of one declaration. */
#ifndef MLM_TESTS_DRAW_H
#define MLM_TESTS_DRAW_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/bits.h"

static uint64_t seed = 20240607;

static inline uint64_t draw(void) { /* splitmix64 */
  uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

/* Of any length: less 0 to `most` - 1 of its lower bits. */
static inline uint64_t draw_shifted(unsigned most) {
  uint64_t bits = draw();
  return bits >> draw() % most;
}

/* In [0, 1), a multiple of 2^-53. */
static inline double draw_unit(void) { return (double)(draw() >> 11) * 0x1p-53; }

/* In [2^lo, 2^hi), each power of 2 alike; both within those of normal numbers. */
static inline double draw_scaled(int lo, int hi) {
  double x = 1 + (double)(draw() >> 12) * 0x1p-52;
  return x * mlm_double_from_bits((uint64_t)(1023 + lo + (int)(draw() % (uint64_t)(hi - lo))) << 52);
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
    const double x = mlm_double_from_bits(bits);
    if (isfinite(x)) return x;
  }
}

/* Puts n items of so many bytes, at most 256, into random order. */
static inline void shuffle_items(void *items, int n, size_t bytes) {
  char *at = items, kept[256];
  for (int i = n - 1; i > 0; i--) {
    size_t j = (size_t)(draw() % (uint64_t)(i + 1));
    memcpy(kept, at + (size_t)i * bytes, bytes);
    memcpy(at + (size_t)i * bytes, at + j * bytes, bytes);
    memcpy(at + j * bytes, kept, bytes);
  }
}

#endif
