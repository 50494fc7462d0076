/* The floating-point mode that all arithmetic assumes: round to nearest, keep subnormals, no traps.
 *
 * A host may run in another mode (a game engine flushes subnormals, an interval library rounds up), but
 * results must not depend on it. So every callback sets the mode on entry and restores it on exit; where the
 * mode is the usual one that costs one read of the control register.
 */
#ifndef MLM_FLOAT_MODE_H
#define MLM_FLOAT_MODE_H

#include <stdbool.h>

#include "base/compiler.h"

#ifdef MLM_HAS_FLOAT_CONTROL
typedef FloatControl FloatMode;
#else
#include <fenv.h>
typedef int FloatMode;
#endif

/* Whether the mode is the usual one. */
static inline bool mlm_mode_is_usual(void) {
#ifdef MLM_HAS_FLOAT_CONTROL
  return (mlm_float_control_read() & MLM_FLOAT_CONTROL_BITS) == MLM_FLOAT_CONTROL_USUAL;
#else
  return fegetround() == FE_TONEAREST;
#endif
}

/* Sets the usual mode; returns the mode before, for mlm_mode_leave(). */
static inline FloatMode mlm_mode_enter(void) {
#ifdef MLM_HAS_FLOAT_CONTROL
  FloatMode mode = mlm_float_control_read();
  if ((mode & MLM_FLOAT_CONTROL_BITS) != MLM_FLOAT_CONTROL_USUAL)
    mlm_float_control_write((mode & ~(FloatMode)MLM_FLOAT_CONTROL_BITS) | MLM_FLOAT_CONTROL_USUAL);
  return mode;
#else
  FloatMode mode = fegetround();
  if (mode != FE_TONEAREST) fesetround(FE_TONEAREST);
  return mode;
#endif
}

/* Restores the mode that mlm_mode_enter() returned. */
static inline void mlm_mode_leave(FloatMode mode) {
#ifdef MLM_HAS_FLOAT_CONTROL
  if ((mode & MLM_FLOAT_CONTROL_BITS) != MLM_FLOAT_CONTROL_USUAL) mlm_float_control_write(mode);
#else
  if (mode != FE_TONEAREST) fesetround(mode);
#endif
}

#endif
