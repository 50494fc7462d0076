/* Writing numbers: the digits come from one product that is exact or provably sufficient, then the layout. */
#include "base/number_print.h"

#include <string.h>

#include "base/bits.h"
#include "base/compiler.h"
#include "base/decimal.h"
#include "base/powers_of_ten.h"

/* |x| = significand·2^exponent. The top bit of the significand is set, unless x is 0. */
typedef struct Binary {
  uint64_t significand;
  int exponent;
  bool negative, subnormal;
} Binary;

/* d.ddd·10^exponent, its n digits as an integer below 10^n. */
typedef struct Digits {
  uint64_t digits;
  int n, exponent;
} Digits;

static Binary binary_of(double x) {
  const uint64_t bits = mlm_double_bits(x), hidden = UINT64_C(1) << MLM_FRACTION_BITS;
  const int biased = (int)(bits >> MLM_FRACTION_BITS & 0x7FF);
  const uint64_t fraction = bits & (hidden - 1), significand = biased ? fraction | hidden : fraction;
  const int zeros = significand ? mlm_clz64(significand) : 0;
  return (Binary){significand << zeros, (biased ? biased : 1) - 1075 - zeros, bits >> 63, biased == 0};
}

/* |x|·10^q rounded to the nearest integer, ties to even or, if `up`, away from zero; the result lies between
 * 1 and 2^60. The error of the product is below 2 units in its last place, and unless the power is exact, no
 * x is within 23 such units of a tie at 17 digits; at 15 digits only integers of 10^15 to 10^17 are
 * (tests/oracle/powers_of_ten.py proves it). */
static uint64_t scaled(const Binary *x, int q, bool up) {
  const U128 product = mlm_times_power_of_ten(x->significand, q);
  const int fraction = 63 - x->exponent - mlm_log2_of_power(q);
  const uint64_t whole = mlm_u128_shift_right(product, fraction).lo;
  const U128 tie = mlm_u128_shift_left(mlm_u128(1), fraction - 1);
  const U128 rest = mlm_u128_difference(product, mlm_u128_shift_left(mlm_u128(whole), fraction));
  const bool at_tie = rest.hi == tie.hi && rest.lo == tie.lo;
  return whole + (mlm_u128_less(tie, rest) || (at_tie && (up || (whole & 1))));
}

/* |x| > 0 rounded to n digits, ties as in scaled(). The estimate of the exponent is floor(log10(2^e)),
 * correct for |e| <= 1100, so the exponent itself or one less. */
static Digits rounded(const Binary *x, int n, bool up) {
  static const uint64_t power[] = {1,
                                   10,
                                   100,
                                   1000,
                                   10000,
                                   100000,
                                   1000000,
                                   10000000,
                                   100000000,
                                   1000000000,
                                   10000000000,
                                   100000000000,
                                   1000000000000,
                                   10000000000000,
                                   100000000000000,
                                   1000000000000000,
                                   10000000000000000,
                                   100000000000000000};
  const int magnitude = x->exponent + 63;
  int exponent = ((magnitude * 315653 + (1 << 30)) >> 20) - (1 << 10);
  uint64_t digits = scaled(x, n - 1 - exponent, up);
  if (digits >= power[n]) digits = scaled(x, n - 1 - ++exponent, up);
  return (Digits){digits, n, exponent};
}

static bool reads_back(const Digits *decimal, double x) {
  const Decimal back = {.digits = decimal->digits, .exponent = decimal->exponent - decimal->n + 1};
  return mlm_decimal_bits(&back) == (mlm_double_bits(x) & ~(UINT64_C(1) << 63));
}

/* The fewest digits that read back as x. Two numbers of 15 digits never round to the same normal double, so
 * it is enough to start at 15: trailing zeros are dropped later. Subnormals start at 1. Below a power of two
 * doubles are denser: there the nearest decimal may be too low to read back while the next higher one does.
 */
static Digits shortest(double x, const Binary *binary) {
  const bool power_of_two = binary->significand == UINT64_C(1) << 63;
  for (int n = binary->subnormal ? 1 : 15; n < 17; n++) {
    Digits decimal = rounded(binary, n, false);
    if (reads_back(&decimal, x)) return decimal;
    decimal.digits++;
    if (power_of_two && reads_back(&decimal, x)) return decimal;
  }
  return rounded(binary, 17, false);
}

/* ---- layout ---- */

static char *write_string(char *out, const char *string) {
  const size_t n = strlen(string);
  memcpy(out, string, n);
  return out + n;
}

/* x, with leading zeros up to `width` digits. */
static char *write_digits(char *out, uint64_t x, int width) {
  char reversed[20];
  int n = 0;
  do {
    reversed[n++] = (char)('0' + x % 10);
    x /= 10;
  } while (x > 0);
  for (; width > n; width--) *out++ = '0';
  while (n > 0) *out++ = reversed[--n];
  return out;
}

static char *write_zeros(char *out, int n) {
  while (n-- > 0) *out++ = '0';
  return out;
}

/* The digits with a point after the first `whole` of them, and at least one digit on either side of the
 * point. */
static char *write_pointed(char *out, const char *digits, int n, int whole) {
  if (whole <= 0) {
    out = write_zeros(write_string(out, "0."), -whole);
    memcpy(out, digits, (size_t)n);
    return out + n;
  }
  const int before = n < whole ? n : whole;
  memcpy(out, digits, (size_t)before);
  out = write_zeros(out + before, whole - before);
  *out++ = '.';
  if (before == n) return write_zeros(out, 1);
  memcpy(out, digits + before, (size_t)(n - before));
  return out + n - before;
}

/* As %!.*g: with an exponent, of at least two digits, if it is below -4 or not below the precision. */
static char *write_general(char *out, Digits decimal, int precision) {
  char digits[20];
  int n = (int)(write_digits(digits, decimal.digits, 1) - digits);
  const int exponent = decimal.exponent + n - decimal.n; /* one more if a digit was added by incrementing */
  while (n > 1 && digits[n - 1] == '0') n--;
  if (exponent >= -4 && exponent < precision) return write_pointed(out, digits, n, exponent + 1);
  out = write_pointed(out, digits, n, 1);
  *out++ = 'e';
  *out++ = exponent < 0 ? '-' : '+';
  return write_digits(out, (uint64_t)(exponent < 0 ? -exponent : exponent), 2);
}

static size_t print(double x, bool fewest, char out[MLM_NUMBER_BYTES]) {
  char *at = out;
  const uint64_t magnitude = mlm_double_bits(x) & ~(UINT64_C(1) << 63);
  if (magnitude > MLM_INFINITY_BITS) return (size_t)(write_string(out, "null") - out);
  const Binary binary = binary_of(x);
  if (binary.negative) *at++ = '-';
  if (magnitude == MLM_INFINITY_BITS)
    at = write_string(at, "9e999");
  else if (magnitude == 0)
    at = write_string(at, "0.0");
  else
    at = write_general(at, fewest ? shortest(x, &binary) : rounded(&binary, 17, false), 17);
  return (size_t)(at - out);
}

size_t mlm_print_number(double x, char out[MLM_NUMBER_BYTES]) { return print(x, false, out); }

size_t mlm_print_shortest(double x, char out[MLM_NUMBER_BYTES]) { return print(x, true, out); }

/* |x| to 15 digits. From 10^15 to 10^18, where ties are at powers that are not exact, what is dropped is one
 * to three digits of an integer, and a fraction too small to matter. */
static Digits rounded_to_15(const Binary *x) {
  static const uint64_t unit[] = {1, 10, 100, 1000};
  const Digits decimal = rounded(x, 15, true);
  const int dropped = decimal.exponent - 14;
  if (dropped < 1 || dropped > 3) return decimal;
  const uint64_t whole = x->significand >> -x->exponent; /* below 2^63 */
  return (Digits){(whole + unit[dropped] / 2) / unit[dropped], 15, decimal.exponent};
}

size_t mlm_print_sqlite_real(double x, char out[MLM_NUMBER_BYTES]) {
  char *at = out;
  const uint64_t magnitude = mlm_double_bits(x) & ~(UINT64_C(1) << 63);
  if (magnitude > MLM_INFINITY_BITS) return (size_t)(write_string(at, "NaN") - out);
  if (magnitude == 0) return (size_t)(write_string(at, "0.0") - out);
  const Binary binary = binary_of(x);
  if (binary.negative) *at++ = '-';
  if (magnitude == MLM_INFINITY_BITS) return (size_t)(write_string(at, "Inf") - out);
  return (size_t)(write_general(at, rounded_to_15(&binary), 15) - out);
}

size_t mlm_print_significant(double x, int digits, char out[MLM_NUMBER_BYTES]) {
  char *at = out;
  if (x == 0) return (size_t)(write_string(at, "0.0") - out);
  const Binary binary = binary_of(x);
  if (binary.negative) *at++ = '-';
  return (size_t)(write_general(at, rounded(&binary, digits, false), digits) - out);
}

/* |x|·factor, computed exactly and rounded to the nearest integer, ties to even; below 2^80 for |x| < 1e15
 * and factor <= 1e9. */
static U128 fixed(const Binary *x, uint64_t factor) {
  const U128 product = mlm_u128_product(x->significand, factor); /* 94 bits */
  const int dropped = -x->exponent;                              /* at least 14 */
  if (dropped > 127) return mlm_u128(0);
  const U128 whole = mlm_u128_shift_right(product, dropped),
             tie = mlm_u128_shift_left(mlm_u128(1), dropped - 1);
  const U128 rest = mlm_u128_difference(product, mlm_u128_shift_left(whole, dropped));
  const bool at_tie = rest.hi == tie.hi && rest.lo == tie.lo;
  return mlm_u128_sum(whole, mlm_u128(mlm_u128_less(tie, rest) || (at_tie && (whole.lo & 1))));
}

/* Divides *x by a divisor; returns the remainder. */
static uint32_t divide(U128 *x, uint32_t divisor) {
  const uint32_t part[] = {(uint32_t)(x->hi >> 32), (uint32_t)x->hi, (uint32_t)(x->lo >> 32),
                           (uint32_t)x->lo};
  uint32_t quotient[4];
  uint64_t rest = 0;
  for (int i = 0; i < 4; i++) {
    rest = rest << 32 | part[i];
    quotient[i] = (uint32_t)(rest / divisor);
    rest %= divisor;
  }
  *x = (U128){(uint64_t)quotient[0] << 32 | quotient[1], (uint64_t)quotient[2] << 32 | quotient[3]};
  return (uint32_t)rest;
}

size_t mlm_print_fixed(double x, int places, char out[MLM_NUMBER_BYTES]) {
  static const uint32_t power[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000};
  const uint64_t magnitude = mlm_double_bits(x) & ~(UINT64_C(1) << 63);
  const uint64_t limit = UINT64_C(0x430C6BF526340000); /* 1e15 */
  if (magnitude >= limit) return print(x, false, out);
  const Binary binary = binary_of(x);
  U128 units = fixed(&binary, power[places]);
  const uint32_t fraction = divide(&units, power[places]);
  char *at = out;
  if (binary.negative) *at++ = '-';
  at = write_digits(at, units.lo, 1);
  if (places > 0) {
    *at++ = '.';
    at = write_digits(at, fraction, places);
  }
  return (size_t)(at - out);
}

size_t mlm_print_integer(int64_t x, char out[MLM_NUMBER_BYTES]) {
  char *at = out;
  if (x < 0) *at++ = '-';
  return (size_t)(write_digits(at, x < 0 ? 0 - (uint64_t)x : (uint64_t)x, 1) - out);
}
