/* Distinguishes float64 from float32 by what the bytes would be in the other type. */
#include "base/float64_blob.h"

#include <math.h>
#include <string.h>

#include "base/bits.h"
#include "base/compiler.h"

static uint32_t word_at(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static float float32_of(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Whether entries with this sum are a distribution; NaN and Infinity are not. */
static bool is_one(double sum, size_t entries) { return fabs(sum - 1) <= 1e-6 * (double)entries; }

/* Whether a float32 at an even place, which would be the lower half of a float64, is beyond 1e15 in size, or
 * NaN. */
static bool has_odd_float32(const uint8_t *bytes, size_t n) {
  const uint32_t most = 0x58635FA9; /* the bits of the last float32 below 1e15 */
  uint32_t beyond = 0;
  MLM_UNROLL(4)
  for (size_t i = 0; i < n; i += 8) beyond |= (word_at(bytes + i) & 0x7FFFFFFF) + (0x7FFFFFFF - most);
  return beyond >> 31;
}

/* Whether the bits are ± one of the float32 numbers that are written for a masked logit: Infinity, the
 * largest finite float32 and bfloat16, 1e20 and 1e30. A float64 has such a lower half by chance once in 10^9.
 */
static bool is_mask(uint32_t bits) {
  static const uint32_t masks[] = {0x7F800000, 0x7F7FFFFF, 0x7F7F0000, 0x60AD78EC, 0x7149F2CA};
  for (size_t i = 0; i < sizeof masks / sizeof *masks; i++)
    if ((bits & 0x7FFFFFFF) == masks[i]) return true;
  return false;
}

bool mlm_looks_like_float64(const uint8_t *bytes, size_t n, bool probabilities) {
  bool odd_float32 = false;
  double sum32 = 0, sum64 = 0;
  if (n == 0 || n % 8 != 0 || (!probabilities && !has_odd_float32(bytes, n))) return false;
  for (size_t i = 0; i < n; i += 8) {
    const uint32_t low = word_at(bytes + i), high = word_at(bytes + i + 4);
    const double x = mlm_double_from_bits((uint64_t)high << 32 | low), size = fabs(x);
    if (x != 0 && !(size >= 1e-15 && size <= 1e15)) return false;
    const double a = (double)float32_of(low), b = (double)float32_of(high);
    odd_float32 |= !(fabs(a) <= 1e15) && !is_mask(low);
    sum64 += x;
    sum32 += a + b;
  }
  return odd_float32
         || (is_one(sum64, n / 8) && !is_one(sum32, n / 4)); /* the latter only of probabilities */
}
