/* Saving and loading exact sums. */
#include "state/exact_sum_save.h"

#include "state/bigfloat.h"
#include "state/exact_sum_internal.h"

static void save(const SumRange *range, const BigFloat *m, Writer *out) {
  mlm_write_signed(out, range->nans);
  mlm_write_signed(out, range->infinities[0]);
  mlm_write_signed(out, range->infinities[1]);
  mlm_write_signed(out, m->negative ? -m->n : m->n);
  if (m->n == 0) return;
  mlm_write_signed(out, m->exponent);
  for (int i = 0; i < m->n; i++) {
    uint8_t bytes[4] = {(uint8_t)m->digit[i], (uint8_t)(m->digit[i] >> 8), (uint8_t)(m->digit[i] >> 16),
                        (uint8_t)(m->digit[i] >> 24)};
    mlm_write_bytes(out, bytes, 4);
  }
}

/* Reads what save() wrote into the limbs of an empty sum. Fails unless the digits fall on limbs of this type
 * of sum and are in their shortest form. */
static void load(SumRange *range, int64_t *limb, int limbs, int unit, Reader *in) {
  int64_t *const specials[] = {&range->nans, &range->infinities[0], &range->infinities[1]};
  int64_t left = INT64_MAX; /* so that mlm_specials() does not overflow */
  for (int i = 0; i < 3; i++) {
    *specials[i] = mlm_read_signed(in);
    if (*specials[i] < 0 || *specials[i] > left) in->failed = true;
    left -= in->failed ? 0 : *specials[i];
  }
  int64_t n = mlm_read_signed(in);
  int sign = n < 0 ? -1 : 1;
  if (in->failed || n == 0) return;
  int64_t exponent = mlm_read_signed(in), end = unit + 32 * limbs;
  int64_t from =
      exponent >= unit && exponent < end ? exponent - unit : 1; /* 1 is never the exponent of a limb */
  bool inside = from % 32 == 0 && n >= -limbs && sign * n <= limbs - 2 - from / 32;
  const uint8_t *at = inside ? mlm_read_bytes(in, (size_t)(sign * n) * 4) : NULL;
  if (!at) {
    in->failed = true;
    return;
  }
  from /= 32;
  n *= sign;
  for (int64_t i = 0; i < n; i++, at += 4)
    limb[from + i] =
        sign
        * (int64_t)((uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24);
  if (limb[from] == 0 || limb[from + n - 1] == 0) in->failed = true; /* not the shortest form */
  mlm_sum_widen(range, (unsigned)from, (unsigned)(n > 1 ? from + n : from + 2));
  range->adds = 1;
}

void mlm_sum_save(const ExactSum *sum, Writer *out) {
  BigFloat m;
  mlm_bigfloat_of_sum(&m, sum);
  save(&sum->range, &m, out);
}

void mlm_product_save(const ProductSum *sum, Writer *out) {
  BigFloat m;
  mlm_bigfloat_of_products(&m, sum);
  save(&sum->range, &m, out);
}

void mlm_cube_save(const CubeSum *sum, Writer *out) {
  BigFloat m;
  mlm_bigfloat_of_cubes(&m, sum);
  save(&sum->range, &m, out);
}

void mlm_sum_load(ExactSum *sum, Reader *in) { load(&sum->range, sum->limb, SUM_LIMBS, SUM_UNIT, in); }

void mlm_product_load(ProductSum *sum, Reader *in) {
  load(&sum->range, sum->limb, PRODUCT_LIMBS, PRODUCT_UNIT, in);
}

void mlm_cube_load(CubeSum *sum, Reader *in) { load(&sum->range, sum->limb, CUBE_LIMBS, CUBE_UNIT, in); }
