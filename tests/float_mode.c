/* The floating-point mode of the host: left as it was, and the usual one in between. */
#include "base/float_mode.h"

#include <fenv.h>

#include "unit.h"

/* Enters and leaves the usual mode in the mode that is set, in which 1/3 is `third`. */
static void check_mode(const char *what, double third, bool usual) {
  volatile double one = 1, three = 3;
  expect_for(one / three == third && mlm_mode_is_usual() == usual, "the mode of the host", what);
  const FloatMode mode = mlm_mode_enter();
  expect_for(one / three == 1.0 / 3 && mlm_mode_is_usual(), "the usual mode", what);
  mlm_mode_leave(mode);
  expect_for(one / three == third && mlm_mode_is_usual() == usual, "the mode that was left", what);
}

#ifdef MLM_SSE2
/* Subnormals that are 0, as operands and as results, and traps. */
static void check_register(const char *what, FloatControl bits) {
  const FloatControl before = mlm_float_control_read(), set = before ^ bits;
  volatile double least = 0x1p-1074, two = 2;
  mlm_float_control_write(set);
  expect_for(mlm_float_control_read() == set && !mlm_mode_is_usual(), "the register", what);
  const FloatMode mode = mlm_mode_enter();
  expect_for(least * two == 0x1p-1073 && mlm_mode_is_usual(), "the usual mode", what);
  mlm_mode_leave(mode);
  expect_for((mlm_float_control_read() & MLM_FLOAT_CONTROL_BITS) == (set & MLM_FLOAT_CONTROL_BITS),
             "the register that was left", what);
  mlm_float_control_write(before);
}
#endif

int main(void) {
  const double below = 0x1.5555555555555p-2, above = 0x1.5555555555556p-2;
  check_mode("to nearest", below, true);
  fesetround(FE_UPWARD);
  check_mode("upward", above, false);
  fesetround(FE_DOWNWARD);
  check_mode("downward", below, false);
  fesetround(FE_TONEAREST);
#ifdef MLM_SSE2
  check_register("flush to zero", 0x8000);
  check_register("denormals are zero", 0x40);
  check_register("both, upward", 0x8000 | 0x40 | 0x4000);
  check_register("divisions by 0 trap", 0x200);
#endif
  return end_of_tests();
}
