/* The floating-point mode all our arithmetic assumes: to nearest, subnormals kept, no traps.
 *
 * A host may run in another (a game engine flushes subnormals, an interval library rounds up); results must
 * not follow. Every callback enters through here: one read of the control register where the mode is the
 * usual one.
 */
#ifndef MLM_FLOAT_MODE_H
#define MLM_FLOAT_MODE_H

#include <stdbool.h>
#include <stdint.h>

#if defined __SSE2__ || defined __aarch64__ || defined __s390x__
#define MLM_HAS_FLOAT_MODE 1

#if defined __SSE2__
typedef uint32_t FloatMode;
/* Bits of MXCSR but the six sticky flags: all exceptions masked, nearest, no flush-to-zero, no
 * denormals-are-zero. */
enum { MLM_MODE_BITS = 0xffc0, MLM_MODE_USUAL = 0x1f80 };
static inline FloatMode mlm_mode_read(void) { return __builtin_ia32_stmxcsr(); }
static inline void mlm_mode_write(FloatMode mode) { __builtin_ia32_ldmxcsr(mode); }
#elif defined __aarch64__
typedef uint64_t FloatMode;
/* Bits of FPCR: rounding mode, flush-to-zero, default NaN, trap enables. */
enum { MLM_MODE_BITS = 0x3c09f00 | 0x2000000, MLM_MODE_USUAL = 0 };
static inline FloatMode mlm_mode_read(void) {
  FloatMode mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
static inline void mlm_mode_write(FloatMode mode) { __asm__ volatile("msr fpcr, %0" : : "r"(mode)); }
#else
typedef uint32_t FloatMode;
/* Bits of FPC: trap masks and the rounding mode. */
#define MLM_MODE_BITS 0xf8000007u
enum { MLM_MODE_USUAL = 0 };
static inline FloatMode mlm_mode_read(void) {
  FloatMode mode;
  __asm__ volatile("efpc %0" : "=d"(mode));
  return mode;
}
static inline void mlm_mode_write(FloatMode mode) { __asm__ volatile("sfpc %0" : : "d"(mode)); }
#endif

#else
#include <fenv.h>
typedef int FloatMode;
#endif

/* Whether there is nothing to set. */
static inline bool mlm_mode_is_usual(void) {
#ifdef MLM_HAS_FLOAT_MODE
  return (mlm_mode_read() & MLM_MODE_BITS) == MLM_MODE_USUAL;
#else
  return fegetround() == FE_TONEAREST;
#endif
}

/* Sets the usual mode and returns the one that was, for mlm_mode_leave(). */
static inline FloatMode mlm_mode_enter(void) {
#ifdef MLM_HAS_FLOAT_MODE
  FloatMode mode = mlm_mode_read();
  if ((mode & MLM_MODE_BITS) != MLM_MODE_USUAL)
    mlm_mode_write((mode & ~(FloatMode)MLM_MODE_BITS) | MLM_MODE_USUAL);
  return mode;
#else
  FloatMode mode = fegetround();
  if (mode != FE_TONEAREST) fesetround(FE_TONEAREST);
  return mode;
#endif
}

static inline void mlm_mode_leave(FloatMode mode) {
#ifdef MLM_HAS_FLOAT_MODE
  if ((mode & MLM_MODE_BITS) != MLM_MODE_USUAL) mlm_mode_write(mode);
#else
  if (mode != FE_TONEAREST) fesetround(mode);
#endif
}

#endif
