/* Pairs of doubles: sums and products to the last bit at the ends of their range, logarithms to 96 bits, and
 * pairs rounded once to a subnormal. */
#include "math/double_double.h"

#include <math.h>

#include "math/log_core.h"
#include "unit.h"

static void check_pairs(void) {
  const struct {
    const char *what;
    DoubleDouble want, got;
    double bound; /* of the relative error */
  } rows[] = {
      {"two_sum", {1, 0x1p-80}, two_sum(1, 0x1p-80), 0},
      {"two_product", {1 + 0x1p-51, 0x1p-104}, two_product(1 + 0x1p-52, 1 + 0x1p-52), 0},
      {"two_product, first factor just below 2^996",
       {0x1.fffffffffffffp0, 0},
       two_product(0x1.fffffffffffffp995, 0x1p-995),
       0},
      {"two_product, second factor just below 2^996",
       {0x1.fffffffffffffp0, 0},
       two_product(0x1p-995, 0x1.fffffffffffffp995),
       0},
      {"dd_sum of which the low parts are left",
       {0x1p-54, 0x1p-110},
       dd_sum((DoubleDouble){1, 0x1p-54}, (DoubleDouble){-1, 0x1p-110}),
       0},
      {"log_ratio, nearly 2^-8 above 1",
       {0x1.fb04a236fb8a7p-9, -0x1.111298237ed98p-67},
       mlm_log_ratio(dd_of(0x1.00fep0), dd_of(1)),
       0x1p-96},
      {"log_scaled, 2^-8 above 1",
       {0x1.ff00aa2b10bc0p-9, 0x1.2821ad5a6d353p-63},
       mlm_log_scaled(dd_of(0x1.01p0), 0),
       0x1p-96},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    double error = (rows[i].got.hi - rows[i].want.hi) + (rows[i].got.lo - rows[i].want.lo);
    expect_for(fabs(error) <= rows[i].bound * fabs(rows[i].want.hi), "pair", rows[i].what);
  }
}

static void check_rounded(void) {
  const struct {
    const char *what;
    double want, got;
  } rows[] = {
      {"a difference of products that cancel", 0x1p-104,
       mlm_diff_of_products(1 + 0x1p-52, 1 + 0x1p-52, 1 + 0x1p-51, 1)},
      {"half a unit of a subnormal and a bit more", 0x1p-1023 + 0x1p-1074,
       mlm_scaled(0.25 + 0x1p-54, 0x1p-60, -1021)},
      {"half a unit less a bit", 0x1p-1023, mlm_scaled(0.25 + 0x1p-54, -0x1p-60, -1021)},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    expect_for(rows[i].got == rows[i].want, "rounded", rows[i].what);
}

int main(void) {
  check_pairs();
  check_rounded();
  return end_of_tests();
}
