/* Distinguishes float64, float32 and integers by what the bytes would be in the other type. */
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

static const uint32_t most_usual = 0x58635FA9; /* the bits of the last float32 below 1e15 */

/* The float32 at even places, which would be the lower halves of float64. */
typedef struct LowerHalves {
  bool any; /* one is not 0 */
  bool odd; /* one is beyond 1e15 in size, or NaN */
} LowerHalves;

static LowerHalves lower_halves(const uint8_t *bytes, size_t n) {
  uint32_t any = 0, beyond = 0;
  MLM_UNROLL(4)
  for (size_t i = 0; i < n; i += 8) {
    const uint32_t low = word_at(bytes + i);
    any |= low;
    beyond |= (low & 0x7FFFFFFF) + (0x7FFFFFFF - most_usual);
  }
  return (LowerHalves){any != 0, beyond >> 31};
}

/* Whether a float32 is beyond 1e15 in size, or NaN, and not ± one of the numbers that people write for a
 * masked logit or a missing value: Infinity, the largest finite float32 and bfloat16, 1e20, 1e30. A float64
 * has such a lower half by chance once in 10^9. */
static bool is_odd(uint32_t bits) {
  static const uint32_t written[] = {0x7F800000, 0x7F7FFFFF, 0x7F7F0000, 0x60AD78EC, 0x7149F2CA};
  const uint32_t size = bits & 0x7FFFFFFF;
  for (size_t i = 0; i < sizeof written / sizeof *written; i++)
    if (size == written[i]) return false;
  return size > most_usual;
}

/* NaN as it is usually written, which stands for a missing value in a column. */
static bool is_usual_nan(uint32_t bits) { return (bits & 0x7FFFFFFF) == 0x7FC00000; }

/* 0, or of a size that people's numbers have. */
static bool is_ordinary(double x) { return x == 0 || (fabs(x) >= 1e-15 && fabs(x) <= 1e15); }

/* Whether x is a decimal of at most six places, as people round to, below 1000. */
static bool is_short_decimal(double x) {
  if (!(fabs(x) < 1000)) return false;
  return (double)(int64_t)(x * 1e6 + (x < 0 ? -0.5 : 0.5)) / 1e6 == x;
}

/* Whether every float64 is a short decimal, and two that differ are no dyadic fractions, so that their lower
 * halves are not 0. The lower half of such a decimal is no float32 of few digits, and two float32 of any
 * digits make one by chance once in 10^7 to 10^10, four of them once in 10^14 or less. */
static bool are_short_decimals(const uint8_t *bytes, size_t n) {
  double first = 0;
  bool differ = false;
  for (size_t i = 0; i < n; i += 8) {
    const uint32_t low = word_at(bytes + i), high = word_at(bytes + i + 4);
    if ((low | high) == 0) continue; /* sparse vectors are read fast */
    const double x = mlm_double_from_bits((uint64_t)high << 32 | low);
    if (!is_short_decimal(x)) return false;
    if (low == 0) continue;
    if (first == 0) first = x;
    differ |= x != first;
  }
  return differ;
}

bool mlm_looks_like_float64(const uint8_t *bytes, size_t n, bool probabilities) {
  bool odd_float32 = false;
  double sum32 = 0, sum64 = 0;
  if (n == 0 || n % 8 != 0) return false;
  const LowerHalves lower = lower_halves(bytes, n);
  if (lower.any && are_short_decimals(bytes, n)) return true;
  if (!probabilities && !lower.odd) return false;
  for (size_t i = 0; i < n; i += 8) {
    const uint32_t low = word_at(bytes + i), high = word_at(bytes + i + 4);
    const double x = mlm_double_from_bits((uint64_t)high << 32 | low);
    if (!is_ordinary(x)) return false;
    odd_float32 |= is_odd(low);
    sum64 += x;
    sum32 += (double)float32_of(low) + (double)float32_of(high);
  }
  return odd_float32
         || (is_one(sum64, n / 8) && !is_one(sum32, n / 4)); /* the latter only of probabilities */
}

bool mlm_column_looks_like_float64(const uint8_t *bytes, size_t n) {
  bool odd = false, two_odd = false, short_numbers = n >= 128, two_highs = false;
  uint32_t first_odd = 0;
  if (n == 0 || n % 8 != 0) return false;
  const uint32_t first_high = word_at(bytes + 4);
  for (size_t i = 0; i < n; i += 8) {
    const uint32_t low = word_at(bytes + i), high = word_at(bytes + i + 4);
    if (!is_ordinary(mlm_double_from_bits((uint64_t)high << 32 | low))) return false;
    const bool odd_here = is_odd(low) && !is_usual_nan(low);
    two_odd |= odd && odd_here && low != first_odd;
    if (!odd && odd_here) first_odd = low;
    odd |= odd_here;
    short_numbers &= low == 0 && high != 0;
    two_highs |= high != first_high;
  }
  return two_odd || (short_numbers && two_highs);
}

bool mlm_column_looks_like_integers(const uint8_t *bytes, size_t n, size_t width) {
  const int64_t most = width == 8 ? INT64_C(1) << 51 : 1 << 22; /* -most are the bits of a NaN */
  size_t not_zero = 0;
  if (n % width != 0) return false;
  for (size_t i = 0; i < n; i += width) {
    const uint32_t low = word_at(bytes + i);
    const int64_t x = width == 8 ? (int64_t)((uint64_t)word_at(bytes + i + 4) << 32 | low) : (int32_t)low;
    if (x <= -most || x >= 2 * most) return false;
    not_zero += x != 0;
  }
  return not_zero > 1 || (not_zero == 1 && n / width >= 16);
}
