/* Scanning decimal numbers, and rounding them: by a 128-bit product, and in long integers where that is not
 * decisive. */
#include "base/decimal.h"

#include "base/compiler.h"
#include "base/powers_of_ten.h"

/* ---- scanning ---- */

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

/* Appends the digits from `at` on to *value, modulo 2^64; returns their end. */
static const char *take_digits(const char *at, const char *end, uint64_t *value) {
  uint64_t x = *value;
  for (; at < end && is_digit(*at); at++) x = 10 * x + (uint64_t)(*at - '0');
  *value = x;
  return at;
}

/* Reads the exponent at `at`, if there is one; returns its end, or `at`. Limited to ±10^18: no text is long
 * enough for its digits to make up for that. */
static const char *take_exponent(const char *at, const char *end, int64_t *exponent) {
  const int64_t ceiling = INT64_C(100000000000000000);
  const char *p = at;
  if (p == end || (*p != 'e' && *p != 'E')) return at;
  const bool negative = ++p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+')) p++;
  if (p == end || !is_digit(*p)) return at;
  int64_t value = 0;
  for (; p < end && is_digit(*p); p++)
    if (value < ceiling) value = 10 * value + (*p - '0');
  *exponent = negative ? -value : value;
  return p;
}

/* For more than MLM_SIGNIFICAND_DIGITS digits, which may be leading zeros: finds the first significant digit
 * and takes MLM_SIGNIFICAND_DIGITS from there. */
static void take_leading(Decimal *decimal, const char *at) {
  size_t left = decimal->whole + decimal->fraction;
  for (; left > 0 && (*at == '0' || *at == '.'); at++) left -= *at == '0';
  if (left <= MLM_SIGNIFICAND_DIGITS) return;
  decimal->more = true;
  decimal->significant = at;
  decimal->exponent += (int64_t)left - MLM_SIGNIFICAND_DIGITS;
  decimal->digits = 0;
  for (int taken = 0; taken < MLM_SIGNIFICAND_DIGITS; at++) {
    if (*at == '.') continue;
    decimal->digits = 10 * decimal->digits + (uint64_t)(*at - '0');
    taken++;
  }
}

size_t mlm_scan_decimal(const char *text, size_t n, Decimal *decimal) {
  if (n == 0) return 0;
  const char *at = text, *const end = text + n;
  *decimal = (Decimal){.negative = *at == '-'};
  if (*at == '-' || *at == '+') at++;
  const char *const start = at;
  at = take_digits(at, end, &decimal->digits);
  decimal->whole = (size_t)(at - start);
  if (at < end && *at == '.') {
    const char *const fraction = ++at;
    at = take_digits(at, end, &decimal->digits);
    decimal->fraction = (size_t)(at - fraction);
  }
  const size_t digits = decimal->whole + decimal->fraction;
  if (digits == 0) return 0;
  decimal->end = at;
  at = take_exponent(at, end, &decimal->exponent);
  decimal->exponent -= (int64_t)decimal->fraction;
  if (digits > MLM_SIGNIFICAND_DIGITS) take_leading(decimal, start);
  return (size_t)(at - text);
}

/* ---- rounding ---- */
/* What is known of the nearest double from a truncated product. */
typedef struct Cut {
  uint64_t below;   /* bits of the greatest double that is not above the lower bound of the number */
  uint64_t nearest; /* bits of the nearest double, if decided */
  bool decided;
} Cut;

static Cut decided(uint64_t bits) { return (Cut){bits, bits, true}; }

/* Truncates the product of a 64-bit significand and a 128-bit power; Lemire, "Number parsing at a gigabyte
 * per second", 2021. If the power is exact, so is the comparison with the tie. Otherwise the exact product is
 * above the computed one by less than 2 units (1.5 after the shift), so only a product at a tie, or one unit
 * below, is undecided. */
static Cut cut_product(uint64_t digits, int64_t exponent) {
  if (digits == 0 || exponent < MLM_POWER_LOWEST) return decided(0);
  if (exponent > 308) return decided(MLM_INFINITY_BITS);
  const int q = (int)exponent, zeros = mlm_clz64(digits);
  U128 product = mlm_times_power_of_ten(digits << zeros, q);
  const bool exact = mlm_power_is_exact(q);
  const int carry = (int)(product.hi >> 63);
  const uint64_t lost = exact && carry ? product.lo & 1 : 0;
  product = mlm_u128_shift_right(product, carry); /* the top bit is now bit 126 */
  product.lo |= lost;

  const int magnitude =
      mlm_log2_of_power(q) + 63 - zeros + carry; /* 2^magnitude <= number < 2^(magnitude + 1) */
  if (magnitude > 1023) return decided(MLM_INFINITY_BITS);
  if (magnitude < -1075) return decided(0);
  const bool normal = magnitude >= -1022;
  const int dropped = 126 - MLM_FRACTION_BITS + (normal ? 0 : -1022 - magnitude);
  const uint64_t kept = mlm_u128_shift_right(product, dropped).lo;
  const U128 tie = mlm_u128_shift_left(mlm_u128(1), dropped - 1);
  const U128 rest = mlm_u128_difference(product, mlm_u128_shift_left(mlm_u128(kept), dropped));
  /* The hidden bit of a normal number adds 1 to the exponent, and so does a carry out of the fraction, up to
   * Infinity. */
  const uint64_t below = ((uint64_t)(normal ? magnitude + 1022 : 0) << MLM_FRACTION_BITS) + kept;
  const U128 gap = mlm_u128_difference(tie, rest);
  const bool up = mlm_u128_less(tie, rest) || (mlm_u128_is_zero(gap) && (kept & 1));
  return (Cut){below, below + up, exact || gap.hi != 0 || gap.lo > 1};
}

/* Doubles and ties have at most 768 significant digits, so 779 digits and the knowledge whether more follow
 * suffice to compare with them. The largest integers are 10^779 < 2^2588 and 5^1102·2^54 < 2^2614. */
enum { CHUNKS = 41, WORDS = 42 };

typedef struct Integer {
  uint64_t word[WORDS]; /* the lowest first; 0 from n on */
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
  const int words = power / 64;
  for (int i = x->n; i-- > 0;) x->word[i + words] = x->word[i];
  for (int i = 0; i < words; i++) x->word[i] = 0;
  x->n += words;
  multiply_add(x, UINT64_C(1) << power % 64, 0);
}

static int compare(const Integer *a, const Integer *b) {
  for (int i = WORDS; i-- > 0;)
    if (a->word[i] != b->word[i]) return a->word[i] < b->word[i] ? -1 : 1;
  return 0;
}

/* Sets *x to the integer of the first digits, at most CHUNKS · 19; *taken is their number, or 0 for
 * decimal->digits. Returns whether a digit above 0 follows. */
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

/* Compares the number with the tie between the double with the bits `below` and the next one. */
static int compare_with_tie(const Decimal *decimal, uint64_t below) {
  const uint64_t hidden = UINT64_C(1) << MLM_FRACTION_BITS, biased = below >> MLM_FRACTION_BITS;
  const uint64_t significand = biased ? (below & (hidden - 1)) | hidden : below;
  Integer number, tie = {{2 * significand + 1}, 1};
  int taken;
  const bool more = integer_of(decimal, &number, &taken);
  const int ten = (int)decimal->exponent - (taken ? taken - MLM_SIGNIFICAND_DIGITS : 0);
  const int two = ten - ((biased ? (int)biased : 1) - 1076);
  multiply_by_power_of_five(ten >= 0 ? &number : &tie, ten >= 0 ? ten : -ten);
  multiply_by_power_of_two(two >= 0 ? &number : &tie, two >= 0 ? two : -two);
  const int order = compare(&number, &tie);
  return order == 0 ? more : order;
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
