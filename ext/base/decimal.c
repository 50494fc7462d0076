/* Decimal digits to the nearest double: a 128-bit product, and where that cannot decide, whole integers. */
#include "base/decimal.h"

/* What is known of a number once it is cut to a double. */
typedef struct Cut {
  uint64_t below;   /* bits of the greatest double that is not above it, nor above its lower bound */
  uint64_t nearest; /* bits of the nearest one, where decided */
  bool decided;
} Cut;

static Cut decided(uint64_t bits) { return (Cut){bits, bits, true}; }

/* The product of the 64-bit significand and the 128-bit power, cut; Lemire, "Number parsing at a gigabyte per
 * second", 2021. Where the power is exact so is the tie. Else the true product is above the computed one by
 * less than 2 units (1.5 after the shift), so only one at a tie or a unit below leaves the matter open. */
static Cut cut_product(uint64_t digits, int64_t exponent) {
  if (digits == 0 || exponent < MLM_POWER_LOWEST) return decided(0);
  if (exponent > 308) return decided(MLM_INFINITY_BITS);
  const int q = (int)exponent, zeros = __builtin_clzll(digits);
  U128 product = mlm_times_power_of_ten(digits << zeros, q);
  const bool exact = mlm_power_is_exact(q);
  const int carry = (int)(product.hi >> 63);
  const uint64_t lost = exact && carry ? product.lo & 1 : 0;
  product = mlm_shift_right(product, carry); /* the top bit is now bit 126 */
  product.lo |= lost;

  const int magnitude =
      mlm_log2_of_power(q) + 63 - zeros + carry; /* 2^magnitude <= number < 2^(magnitude + 1) */
  if (magnitude > 1023) return decided(MLM_INFINITY_BITS);
  if (magnitude < -1075) return decided(0);
  const bool normal = magnitude >= -1022;
  const int dropped = 126 - MLM_FRACTION_BITS + (normal ? 0 : -1022 - magnitude);
  const uint64_t kept = mlm_shift_right(product, dropped).lo;
  const U128 tie = mlm_u128_shift_left(mlm_u128(1), dropped - 1);
  const U128 overflow = mlm_u128_difference(product, mlm_u128_shift_left(mlm_u128(kept), dropped));
  /* The hidden bit, where there is one, adds 1 to the exponent; so does a carry out of the fraction, up to
   * Infinity. */
  const uint64_t below = ((uint64_t)(normal ? magnitude + 1022 : 0) << MLM_FRACTION_BITS) + kept;
  const U128 gap = mlm_u128_difference(tie, overflow);
  const bool up = mlm_u128_less(tie, overflow) || (mlm_u128_is_zero(gap) && (kept & 1));
  return (Cut){below, below + up, exact || gap.hi != 0 || gap.lo > 1};
}

/* The significand of a double and of a tie has at most 768 digits, so a number cut to 779 and marked as more
 * than that compares as the whole. 10^779 < 2^2588, and with a number cut so, 5^1102·2^54 < 2^2614. */
enum { CHUNKS = 41, WORDS = 42 };

typedef struct Integer {
  uint64_t word[WORDS]; /* least first; 0 from n on */
  int n;
} Integer;

static void multiply_add(Integer *x, uint64_t factor, uint64_t addend) {
  for (int i = 0; i < x->n; i++) {
    const U128 sum = mlm_u128_sum(mlm_u128_product(x->word[i], factor), mlm_u128(addend));
    x->word[i] = sum.lo;
    addend = sum.hi;
  }
  if (addend) x->word[x->n++] = addend;
}

static void multiply_by_power_of_five(Integer *x, int power) {
  const uint64_t five_to_27 = UINT64_C(7450580596923828125);
  for (; power >= 27; power -= 27) multiply_add(x, five_to_27, 0);
  uint64_t factor = 1;
  while (power-- > 0) factor *= 5;
  multiply_add(x, factor, 0);
}

static void multiply_by_power_of_two(Integer *x, int power) {
  const int message = power / 64;
  for (int i = x->n; i-- > 0;) x->word[i + message] = x->word[i];
  for (int i = 0; i < message; i++) x->word[i] = 0;
  x->n += message;
  multiply_add(x, UINT64_C(1) << power % 64, 0);
}

static int compare(const Integer *a, const Integer *b) {
  for (int i = WORDS; i-- > 0;)
    if (a->word[i] != b->word[i]) return a->word[i] < b->word[i] ? -1 : 1;
  return 0;
}

/* The digits as an integer, at most CHUNKS · 19 of them; *taken is how many. Returns whether what follows is
 * above 0. */
static bool integer_of(const Decimal *decimal, Integer *x, int *taken) {
  *x = (Integer){{decimal->digits}, 1};
  *taken = 0;
  if (!decimal->more) return false;
  x->n = 0;
  const char *at = decimal->significant;
  uint64_t chunk = 0, unit = 1;
  for (; *taken < CHUNKS * MLM_SIGNIFICAND_DIGITS && at < decimal->end; at++) {
    if (*at == '.') continue;
    chunk = 10 * chunk + (uint64_t)(*at - '0');
    unit *= 10;
    if (++*taken % MLM_SIGNIFICAND_DIGITS == 0) {
      multiply_add(x, unit, chunk);
      chunk = 0;
      unit = 1;
    }
  }
  multiply_add(x, unit, chunk);
  for (; at < decimal->end; at++)
    if (*at != '0' && *at != '.') return true;
  return false;
}

/* How the number compares with the tie above the double with the bits `below`: half way to the next. */
static int compare_with_tie(const Decimal *decimal, uint64_t below) {
  const uint64_t hidden = UINT64_C(1) << MLM_FRACTION_BITS, biased = below >> MLM_FRACTION_BITS;
  const uint64_t significand = biased ? (below & (hidden - 1)) | hidden : below;
  Integer number, tie = {{2 * significand + 1}, 1};
  int taken;
  const bool beyond = integer_of(decimal, &number, &taken);
  const int ten = (int)decimal->exponent - (taken ? taken - MLM_SIGNIFICAND_DIGITS : 0);
  const int two = ten - ((biased ? (int)biased : 1) - 1076);
  multiply_by_power_of_five(ten >= 0 ? &number : &tie, ten >= 0 ? ten : -ten);
  multiply_by_power_of_two(two >= 0 ? &number : &tie, two >= 0 ? two : -two);
  const int order = compare(&number, &tie);
  return order == 0 ? beyond : order;
}

static uint64_t magnitude_bits(const Decimal *decimal) {
  Cut cut = cut_product(decimal->digits, decimal->exponent);
  if (decimal->more) {
    const Cut next = cut_product(decimal->digits + 1, decimal->exponent);
    cut.decided = cut.decided && next.decided && cut.nearest == next.nearest;
  }
  if (cut.decided) return cut.nearest;
  const int order = compare_with_tie(decimal, cut.below);
  return cut.below + (order > 0 || (order == 0 && (cut.below & 1)));
}

uint64_t mlm_decimal_bits(const Decimal *decimal) {
  return magnitude_bits(decimal) | (uint64_t)decimal->negative << 63;
}
