/* Exact sums: adding, subtracting and merging. */
#include "state/exact_sum.h"

#include "base/bits.h"
#include "base/compiler.h"
#include "base/uint128.h"
#include "state/exact_sum_internal.h"

void mlm_sum_add_far(ExactSum *sum, double x, int sign) {
  uint64_t u = mlm_double_bits(x);
  if (u << 1 >= (uint64_t)0x7ff << 53) {
    mlm_sum_count_special(&sum->range, x, sign);
    return;
  }
  SumParts p = mlm_sum_split(u);
  if (p.bits == 0) return;
  mlm_sum_widen(&sum->range, p.exponent >> 5, (p.exponent >> 5) + 2);
  if (u << 1 >= (uint64_t)1 << 53) {
    mlm_sum_add(sum, x, sign);
    return;
  }
  int64_t size = (int64_t)(p.bits << 1); /* p.bits counts units of 2^-1074, limb 0 units of 2^-1075 */
  sum->limb[0] += p.negative ^ (sign < 0) ? -size : size;
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

/* Adds n to the limbs from c on, or subtracts it: s is 0 or -1. */
static void add_wide(int64_t *c, U128 n, int64_t s) {
  c[0] += ((int64_t)(uint32_t)n.lo ^ s) - s;
  c[1] += ((int64_t)(n.lo >> 32) ^ s) - s;
  c[2] += ((int64_t)(uint32_t)n.hi ^ s) - s;
  c[3] += ((int64_t)(n.hi >> 32) ^ s) - s;
}

/* Adds bits·k, k < 2^44, to the limbs from c on. */
static void add_product(int64_t *c, const SumParts *p, uint64_t k, int sign) {
  U128 product =
      mlm_u128_shift_left(mlm_u128_product(p->bits, k), (int)(p->exponent & 31)); /* < 2^(53 + 44 + 31) */
  add_wide(c, product, -(int64_t)(p->negative ^ (sign < 0)));
}

void mlm_sum_add_times(ExactSum *sum, double x, uint64_t k, int sign) {
  uint64_t u = mlm_double_bits(x);
  if ((u << 1) >= (uint64_t)0x7ff << 53) {
    mlm_sum_count_special(&sum->range, x, sign * (int64_t)k);
    return;
  }
  SumParts p = mlm_sum_split(u);
  if (p.bits == 0 || k == 0) return;
  unsigned i = p.exponent >> 5, large = k >> 44 != 0; /* a large k is added in two parts */
  add_product(sum->limb + i, &p, large ? (uint32_t)k : k, sign);
  if (large) add_product(sum->limb + i + 1, &p, k >> 32, sign);
  mlm_sum_widen(&sum->range, i, i + 4 + large);
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

/* Adds k <= 2^12 numbers that share sign and exponent. `first` is the least number with these; `fractions` is
 * the sum of the differences of their bits from its bits. */
static void add_alike(ExactSum *sum, uint64_t first, uint64_t fractions, uint64_t k) {
  SumParts least = mlm_sum_split(first);
  U128 all = mlm_u128_sum(mlm_u128(fractions), mlm_u128_product(least.bits, k));
  unsigned i = least.exponent >> 5;
  add_wide(sum->limb + i, mlm_u128_shift_left(all, (int)(least.exponent & 31)), -(int64_t)least.negative);
  mlm_sum_widen(&sum->range, i, i + 4);
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

/* Counts how many of x[0], x[1], … share the sign and exponent of `first`; *sum is the sum of their bits
 * modulo 2^64. Tests strides of numbers at once. */
static size_t count_alike(const double *x, size_t n, uint64_t first, uint64_t *sum) {
  enum { STRIDE = 16 };
  size_t i = 0;
  uint64_t total = 0;
  for (; n - i >= STRIDE; i += STRIDE) {
    uint64_t bits = 0, any = 0, all = UINT64_MAX;
    MLM_UNROLL(16)
    for (size_t k = 0; k < STRIDE; k++) {
      bits += mlm_double_bits(x[i + k]);
      any |= mlm_double_bits(x[i + k]);
      all &= mlm_double_bits(x[i + k]);
    }
    if (((any ^ first) | (all ^ first)) >> 52) break;
    total += bits;
  }
  for (; i < n && !((mlm_double_bits(x[i]) ^ first) >> 52); i++) total += mlm_double_bits(x[i]);
  *sum = total;
  return i;
}

void mlm_sum_add_all(ExactSum *sum, const double *x, size_t n) {
  const size_t most = 1 << 12; /* the sum of as many 52-bit fractions fits 64 bits */
  for (size_t i = 0, k; i < n; i += k) {
    uint64_t first = mlm_double_bits(x[i]) >> 52 << 52, bits;
    if (first << 1 == (uint64_t)0x7ff << 53) {
      mlm_sum_count_special(&sum->range, x[i], 1);
      k = 1;
    } else {
      k = count_alike(x + i, n - i < most ? n - i : most, first, &bits);
      add_alike(sum, first, bits - k * first, k);
    }
  }
}

void mlm_sum_add_word(ExactSum *sum, int64_t n, unsigned exponent) {
  U128 size = mlm_u128(n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
  unsigned i = exponent >> 5;
  add_wide(sum->limb + i, mlm_u128_shift_left(size, (int)(exponent & 31)), -(int64_t)(n < 0));
  mlm_sum_widen(&sum->range, i, i + 4);
  mlm_sum_count_add(&sum->range, sum->limb, SUM_LIMBS);
}

void mlm_sum_add_integer(ExactSum *sum, int64_t n) {
  uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
  int sign = n < 0 ? -1 : 1;
  mlm_sum_add(sum, (double)(size >> 32) * 4294967296.0, sign);
  mlm_sum_add(sum, (double)(uint32_t)size, sign);
}

void mlm_limbs_add(SumRange *range, int64_t *into, int limbs, const SumRange *other, const int64_t *from,
                   int shift, int sign) {
  for (int i = 0; i < 2; i++) range->infinities[i] += sign * other->infinities[i];
  range->nans += sign * other->nans;
  if (other->reach == 0) return;
  if (range->adds + other->adds + 1 >= SUM_ADDS) mlm_limbs_carry(range, into, limbs);
  int top = mlm_sum_top(other);
  for (int i = other->from; i < top; i++) into[i + shift] += sign * from[i];
  mlm_sum_widen(range, (unsigned)(other->from + shift), (unsigned)(top + shift));
  int adds = range->adds + other->adds + 1;
  range->adds = (uint8_t)adds;
  if (adds >= SUM_ADDS) mlm_limbs_carry(range, into, limbs);
}

void mlm_sum_add_sum(ExactSum *into, const ExactSum *from, int sign) {
  mlm_limbs_add(&into->range, into->limb, SUM_LIMBS, &from->range, from->limb, 0, sign);
}

void mlm_product_add_sum(ProductSum *into, const ExactSum *from, int sign) {
  mlm_limbs_add(&into->range, into->limb, PRODUCT_LIMBS, &from->range, from->limb, PRODUCT_SHIFT, sign);
}

void mlm_product_add_products(ProductSum *into, const ProductSum *from, int sign) {
  mlm_limbs_add(&into->range, into->limb, PRODUCT_LIMBS, &from->range, from->limb, 0, sign);
}

void mlm_product_add(ProductSum *sum, double x, double w, int sign) {
  const uint64_t special = (uint64_t)0x7ff << 53;
  uint64_t ux = mlm_double_bits(x), uw = mlm_double_bits(w);
  if (ux << 1 >= special || uw << 1 >= special) {
    mlm_sum_count_special(&sum->range, x * w, sign);
    return;
  }
  SumParts a = mlm_sum_split(ux), b = mlm_sum_split(uw);
  /* Units: 2^(ea - 1075) · 2^(eb - 1075) = 2^(ea + eb + 13 - 2163). */
  unsigned at = a.exponent + b.exponent + 13, shift = at & 31, i = at >> 5;
  U128 product = mlm_u128_product(a.bits, b.bits); /* below 2^106 */
  uint64_t low = product.lo << shift, mid = product.hi << shift | product.lo >> 1 >> (63 - shift);
  uint64_t high = product.hi >> 1 >> (63 - shift);
  int64_t s = -(int64_t)(a.negative ^ b.negative ^ (sign < 0));
  int64_t *c = sum->limb + i;
  add_wide(c, (U128){mid, low}, s);
  c[4] += ((int64_t)high ^ s) - s;
  mlm_sum_widen(&sum->range, i, i + 5);
  mlm_sum_count_add(&sum->range, sum->limb, PRODUCT_LIMBS);
}

void mlm_sum_widen(SumRange *range, unsigned from, unsigned to) {
  if (range->reach) {
    unsigned top = (unsigned)mlm_sum_top(range);
    if (from > range->from) from = range->from;
    if (to < top) to = top;
  }
  range->from = (uint8_t)from;
  range->reach = (uint8_t)(to - from - 1);
  range->low =
      from ? (uint16_t)(32 * from) : 1; /* exponent fields 0 and 0x7ff are not those of normal numbers */
  unsigned end = 32 * (to - 1);
  range->span = (uint16_t)((end < 0x7ff ? end : 0x7ff) - range->low);
}

void mlm_limbs_carry(SumRange *range, int64_t *limb, int limbs) {
  const int64_t base = (int64_t)1 << 32;
  range->adds = 1;
  for (int i = range->from; i < mlm_sum_top(range); i++) {
    bool last = i + 1 == mlm_sum_top(range);
    if (last && limb[i] >= -base && limb[i] < base) break; /* the top limb keeps the sign */
    if (MLM_NEVER(last && i + 1 == limbs)) break;          /* the limbs have room for 2^63 numbers */
    if (last) range->reach++;
    int64_t low = limb[i] & (base - 1);
    limb[i + 1] += (limb[i] - low) / base;
    limb[i] = low;
  }
}
