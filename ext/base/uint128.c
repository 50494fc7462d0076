/* Rounding 128-bit integers and their ratios: once, to nearest even, in any rounding mode. */
#include "base/uint128.h"

#include "base/bits.h"

/* Shifts right by any count; *sticky is set if a bit that is shifted out is. */
static U128 shift_out(U128 a, int64_t count, bool *sticky) {
  if (count <= 0) return a;
  if (count >= 128) {
    *sticky |= !mlm_u128_is_zero(a);
    return (U128){0, 0};
  }
  U128 kept = mlm_u128_shift_right(a, (int)count), back = mlm_u128_shift_left(kept, (int)count);
  *sticky |= back.hi != a.hi || back.lo != a.lo;
  return kept;
}

double mlm_u128_round(U128 a, bool sticky, int64_t exponent) {
  const int64_t lowest = -1074, highest = 1024;
  int bits = mlm_u128_width(a);
  if (bits == 0) return 0; /* sticky alone is below half the least subnormal */
  if (bits + exponent > highest) return mlm_double_from_bits((uint64_t)0x7ff << 52);
  /* The unit of the result keeps 53 bits, but is not below the least subnormal. */
  int64_t unit = bits + exponent - 53;
  if (unit < lowest) unit = lowest;
  int64_t drop = unit - exponent;
  uint64_t kept;
  if (drop <= 0) {
    kept = mlm_u128_shift_left(a, (int)-drop).lo; /* exact: fewer than 54 bits */
  } else {
    /* The first dropped bit says whether the rest is less than half; sticky says whether it is more than
     * exactly half. */
    U128 twice = shift_out(a, drop - 1, &sticky);
    kept = twice.lo >> 1 | twice.hi << 63;
    if ((twice.lo & 1) && (sticky || (kept & 1))) kept++;
  }
  /* kept·2^unit, kept <= 2^53; a carry goes to the exponent field, up to Infinity. */
  uint64_t field = (uint64_t)(unit - lowest);
  return mlm_double_from_bits(kept >> 52 ? (field << 52) + kept : kept);
}

/* num / den for num >= 2^96 and den < 2^32: four divisions of 32-bit digits. */
static double ratio_short(U128 num, bool sticky, uint32_t den, int64_t exponent) {
  uint64_t rest = 0, digit[4] = {num.hi >> 32, (uint32_t)num.hi, num.lo >> 32, (uint32_t)num.lo};
  for (int i = 0; i < 4; i++) {
    uint64_t part = rest << 32 | digit[i];
    digit[i] = part / den;
    rest = part % den;
  }
  U128 quotient = {digit[0] << 32 | digit[1], digit[2] << 32 | digit[3]};
  return mlm_u128_round(quotient, sticky || rest != 0, exponent);
}

double mlm_u128_ratio(U128 num, bool sticky, U128 den, int64_t exponent) {
  const uint64_t exact = (uint64_t)1 << 53;
  if (mlm_u128_is_zero(num)) return 0;
  if (!sticky && exponent == 0 && (num.hi | den.hi) == 0 && num.lo <= exact && den.lo <= exact)
    return (double)num.lo / (double)den.lo; /* both exact, so one correctly rounded division */
  if (den.hi == 0 && den.lo >> 32 == 0) {
    int room =
        sticky ? 0 : 128 - mlm_u128_width(num); /* shifting left would need the bits that sticky stands for */
    num = mlm_u128_shift_left(num, room);
    exponent -= room;
    if (mlm_u128_width(num) > 96) return ratio_short(num, sticky, (uint32_t)den.lo, exponent);
  }
  if (num.hi >> 63) {
    num = shift_out(num, 1, &sticky);
    exponent++;
  }
  /* Restoring division of operands aligned to the same top bit, a bit at a time; the remainder stays below
   * 2^127. */
  int lead = mlm_u128_width(num) - mlm_u128_width(den);
  if (lead > 0) den = mlm_u128_shift_left(den, lead);
  if (lead < 0) num = mlm_u128_shift_left(num, -lead);
  uint64_t quotient = 0;
  for (int i = 0; i < 64; i++) {
    bool fits = !mlm_u128_less(num, den);
    quotient = quotient << 1 | fits;
    if (fits) num = mlm_u128_difference(num, den);
    num = mlm_u128_shift_left(num, 1);
  }
  return mlm_u128_round(mlm_u128(quotient), sticky || !mlm_u128_is_zero(num), exponent + lead - 63);
}
