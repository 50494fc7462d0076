/* Exact sums of blocks of numbers, several at a time in the vectors of the processor.
 *
 * Each number is split into a multiple of a large power of two, a multiple of a small one, and a rest that is
 * mostly 0, by adding and subtracting a constant: ExtractVector of Rump, Ogita and Oishi, "Accurate
 * Floating-Point Summation" (2008). The parts are such that doubles hold the sums of either exactly, in any
 * order. Loops of fixed length over arrays are what compilers turn into vectors.
 */
#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "state/exact_sum.h"
#include "state/exact_sum_internal.h"

enum {
  BLOCK = 256,
  LANES = 8, /* sums into which a block is added up */
  FEW = 64,  /* numbers that are added one by one */
  /* With numbers below 2^e, adding 1.5·2^(e + 5) leaves multiples of 2^(e - 47), of which a lane adds 32, at
   * most 2^52 in all, and rests of at most 2^(e - 48). */
  ABOVE = 5,
  STEP = 48,
  LEAST_EXPONENT = 200, /* of the largest number: no constant and no unit is subnormal */
  MOST_EXPONENT = 2000  /* or infinite */
};

/* The parts of a block; then LANES sums of them. */
typedef struct Parts {
  double high[BLOCK], low[BLOCK], rest[BLOCK];
} Parts;

/* Adds up to LANES sums. */
MLM_ALWAYS_INLINE static void add_up(double *x) {
  for (int i = 0; i < 128; i++) x[i] += x[i + 128];
  for (int i = 0; i < 64; i++) x[i] += x[i + 64];
  for (int i = 0; i < 32; i++) x[i] += x[i + 32];
  for (int i = 0; i < 16; i++) x[i] += x[i + 16];
  for (int i = 0; i < LANES; i++) x[i] += x[i + LANES];
}

MLM_ALWAYS_INLINE static double largest(const double *x) {
  double most[64], size[128];
  for (int i = 0; i < 128; i++) {
    double a = fabs(x[i]), b = fabs(x[i + 128]);
    size[i] = a > b ? a : b;
  }
  for (int i = 0; i < 64; i++) most[i] = size[i] > size[i + 64] ? size[i] : size[i + 64];
  for (int i = 0; i < 32; i++) most[i] = most[i] > most[i + 32] ? most[i] : most[i + 32];
  for (int i = 1; i < 32; i++) most[0] = most[i] > most[0] ? most[i] : most[0];
  return most[0];
}

/* Returns whether all rests are 0. */
MLM_ALWAYS_INLINE static bool split(Parts *restrict parts, const double *restrict x, double first,
                                    double second) {
  uint64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double high = (x[i] + first) - first, rest = x[i] - high, low = (rest + second) - second;
    parts->high[i] = high;
    parts->low[i] = low;
    parts->rest[i] = rest - low;
  }
  for (int i = 0; i < BLOCK; i++) any |= mlm_double_bits(parts->rest[i]);
  add_up(parts->high);
  add_up(parts->low);
  return any == 0;
}

/* unreachable: one of the two, by the processor; their results are the same */
static double largest_usual(const double *x) { return largest(x); }
MLM_WIDE static double largest_wide(const double *x) { return largest(x); }
/* unreachable: as above */
static bool split_usual(Parts *parts, const double *x, double first, double second) {
  /* unreachable: as above */
  return split(parts, x, first, second);
}
MLM_WIDE static bool split_wide(Parts *parts, const double *x, double first, double second) {
  return split(parts, x, first, second);
}

static double power(unsigned exponent) { return mlm_double_from_bits((uint64_t)exponent << 52); }

/* Adds sums that are multiples of 2^(unit - 1023). */
static void add_lanes(ExactSum *sum, const double *lane, unsigned unit, int sign) {
  const double scale = power(2046 - unit);
  int64_t total = 0;
  for (int k = 0; k < LANES; k++) total += (int64_t)(lane[k] * scale);
  mlm_sum_add_word(sum, sign * total, unit + 52);
}

static bool has_nan(const double *lane) {
  bool any = false;
  for (int k = 0; k < LANES; k++) any |= lane[k] != lane[k];
  return any;
}

/* BLOCK numbers; false: the largest of them is very large or small, or one is no number, and nothing was
 * done.
 */
static bool add_block(ExactSum *sum, const double *x, int sign) {
  bool wide = mlm_has_wide_vectors();
  /* unreachable: as above */
  double most = (wide ? largest_wide : largest_usual)(x);
  unsigned above = (unsigned)(mlm_double_bits(most) >> 52) + 1; /* all are below 2^(above - 1023) */
  unsigned first = above + ABOVE, second = first - STEP;
  Parts parts;
  if (above < LEAST_EXPONENT || above > MOST_EXPONENT) return false;
  /* unreachable: as above */
  bool whole = (wide ? split_wide : split_usual)(&parts, x, 1.5 * power(first), 1.5 * power(second));
  if (has_nan(parts.high)) return false;
  add_lanes(sum, parts.high, first - 52, sign);
  add_lanes(sum, parts.low, second - 52, sign);
  for (int i = 0; i < BLOCK && !whole; i++)
    if (parts.rest[i] != 0) mlm_sum_add(sum, parts.rest[i], sign);
  return true;
}

/* Fewer numbers, filled up with zeros. */
static bool add_short_block(ExactSum *sum, const double *x, size_t n, int sign) {
  double filled[BLOCK] = {0};
  memcpy(filled, x, n * sizeof *x);
  return add_block(sum, filled, sign);
}

void mlm_sum_add_block(ExactSum *sum, const double *x, size_t n, int sign) {
  for (size_t i = 0, end; i < n; i = end) {
    end = n - i < BLOCK ? n : i + BLOCK;
    if (end - i == BLOCK && add_block(sum, x + i, sign)) continue;
    if (end - i >= FEW && end - i < BLOCK && add_short_block(sum, x + i, end - i, sign)) continue;
    for (; i < end; i++) mlm_sum_add(sum, x[i], sign);
  }
}
