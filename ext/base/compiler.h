/* Everything that depends on the compiler or the processor: attributes, builtins, atomics, byte order and the
 * floating-point control register, for gcc, clang and MSVC.
 *
 * No other file of ext/ names an attribute or a builtin. Where a compiler has none, portable C is used.
 */
#ifndef MLM_COMPILER_H
#define MLM_COMPILER_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#if defined _MSC_VER && !defined __clang__
#define MLM_MSVC 1
#include <intrin.h>
#endif
#if defined __SSE2__ || defined _M_X64 || (defined _M_IX86_FP && _M_IX86_FP >= 2)
#define MLM_SSE2 1
#include <emmintrin.h>
#endif

/* Attributes of functions, written after `static` and before the type:
 *
 *   MLM_NOINLINE       not inlined, so that callers need no registers for it
 *   MLM_COLD           not inlined, and rarely called: errors, unusual rows, growth
 *   MLM_ALWAYS_INLINE  replaces `inline`; inlined at every optimisation level
 *   MLM_HIDDEN         of a declaration: shared by the files of the library, not exported by it
 *   MLM_ALIGNED(n)     of a variable or a member, before its type: aligned to n bytes, a power of two
 *   MLM_UNROLL(n)      before a loop: unrolled n times, where the compiler supports it
 *
 * A build that measures coverage defines MLM_ALWAYS_INLINE as `inline`, so that a function is counted once.
 */
#ifdef MLM_MSVC
#define MLM_NOINLINE __declspec(noinline)
#define MLM_COLD     __declspec(noinline)
#define MLM_HIDDEN
#define MLM_ALIGNED(n) __declspec(align(n))
#define MLM_UNROLL(n)
#ifndef MLM_ALWAYS_INLINE
#define MLM_ALWAYS_INLINE __forceinline
#endif
#else
#define MLM_NOINLINE __attribute__((noinline))
#define MLM_COLD     __attribute__((noinline, cold))
#ifdef _WIN32
#define MLM_HIDDEN
#else
#define MLM_HIDDEN __attribute__((visibility("hidden")))
#endif
#define MLM_ALIGNED(n)   _Alignas(n)
#define MLM_PRAGMA(text) _Pragma(#text)
#define MLM_UNROLL(n)    MLM_PRAGMA(GCC unroll n)
#ifndef MLM_ALWAYS_INLINE
#define MLM_ALWAYS_INLINE __attribute__((always_inline)) inline
#endif
#endif

/* A condition that never holds, kept as a defence: `if (MLM_NEVER(n < 0)) return …`. With MLM_DEBUG the
 * program stops where it holds after all; with MLM_COVERAGE it is 0, so that its branch is not counted. */
#if defined MLM_COVERAGE
#define MLM_NEVER(condition) 0
#elif defined MLM_DEBUG && defined MLM_MSVC
#define MLM_NEVER(condition) ((condition) ? (__debugbreak(), 1) : 0)
#elif defined MLM_DEBUG
#define MLM_NEVER(condition) ((condition) ? (__builtin_trap(), 1) : 0)
#else
#define MLM_NEVER(condition) (condition)
#endif

/* Compiles a function for processors with wider vectors than the baseline has; it is called where
 * mlm_has_wide_vectors() holds. The operations are the same and none is contracted, so the bits are too. */
#if defined __x86_64__ && defined __GNUC__ && !defined MLM_NO_WIDE
#define MLM_WIDE __attribute__((target("avx2")))
static inline bool mlm_has_wide_vectors(void) { return __builtin_cpu_supports("avx2"); }
#else
#define MLM_WIDE
static inline bool mlm_has_wide_vectors(void) { return false; }
#endif

/* The order of the bytes of a word in memory. */
#if defined __BYTE_ORDER__ && defined __ORDER_BIG_ENDIAN__
#define MLM_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
#else
#define MLM_BIG_ENDIAN 0 /* MSVC: all its targets are little-endian */
#endif

/* Leading zero bits of x, which is not 0. */
static inline int mlm_clz32(uint32_t x) {
#ifdef MLM_MSVC
  unsigned long place;
  _BitScanReverse(&place, x);
  return 31 - (int)place;
#else
  return __builtin_clz(x);
#endif
}

static inline int mlm_clz64(uint64_t x) {
#ifdef MLM_MSVC
  return x >> 32 ? mlm_clz32((uint32_t)(x >> 32)) : 32 + mlm_clz32((uint32_t)x);
#else
  return __builtin_clzll(x);
#endif
}

/* Trailing zero bits of x, which is not 0. */
static inline int mlm_ctz64(uint64_t x) {
#ifdef MLM_MSVC
  return 63 - mlm_clz64(x & (0 - x));
#else
  return __builtin_ctzll(x);
#endif
}

/* The bytes of x in the opposite order. */
static inline uint64_t mlm_bswap64(uint64_t x) {
#ifdef MLM_MSVC
  return _byteswap_uint64(x);
#else
  return __builtin_bswap64(x);
#endif
}

/* Prefetches the cache line at an address that will soon be read, or soon be written. Any address is allowed.
 */
#if !defined MLM_MSVC
#define mlm_prefetch(at)       __builtin_prefetch(at)
#define mlm_prefetch_write(at) __builtin_prefetch(at, 1)
#elif defined MLM_SSE2
#define mlm_prefetch(at)       _mm_prefetch((const char *)(at), _MM_HINT_T0)
#define mlm_prefetch_write(at) _mm_prefetch((const char *)(at), _MM_HINT_T0)
#else
#define mlm_prefetch(at)       ((void)(at))
#define mlm_prefetch_write(at) ((void)(at))
#endif

/* The 128-bit product of two words: returns its low word and stores the high one. */
static inline uint64_t mlm_product128(uint64_t a, uint64_t b, uint64_t *hi) {
#if defined MLM_MSVC && defined _M_X64
  return _umul128(a, b, hi);
#elif defined __SIZEOF_INT128__
  __extension__ typedef unsigned __int128 Native;
  Native p = (Native)a * b;
  *hi = (uint64_t)(p >> 64);
  return (uint64_t)p;
#else
  uint64_t a1 = a >> 32, a0 = (uint32_t)a, b1 = b >> 32, b0 = (uint32_t)b;
  uint64_t low = a0 * b0, mid = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)mid;
  *hi = a1 * b1 + (mid >> 32) + (cross >> 32);
  return cross << 32 | (uint32_t)low;
#endif
}

/* Pointers that several threads read and write. load: acquires. set_if: stores `now` where the value is still
 * `was`, an lvalue, and returns whether it did; acquires and releases. */
#ifdef MLM_MSVC
#define mlm_atomic_load(at) _InterlockedCompareExchangePointer((void *volatile *)(at), NULL, NULL)
#define mlm_atomic_set_if(at, was, now)                                                                      \
  (_InterlockedCompareExchangePointer((void *volatile *)(at), (void *)(now), (void *)(was)) == (void *)(was))
#else
#define mlm_atomic_load(at) __atomic_load_n(at, __ATOMIC_ACQUIRE)
#define mlm_atomic_set_if(at, was, now)                                                                      \
  __atomic_compare_exchange_n(at, &(was), now, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)
#endif

/* The square root as one instruction, where the processor has one: sqrt() itself may be compiled into a call
 * of libm, because of errno. */
static inline double mlm_sqrt(double x) {
#ifdef MLM_SSE2
  __m128d value = _mm_set_sd(x);
  return _mm_cvtsd_f64(_mm_sqrt_sd(value, value));
#elif defined __aarch64__ && !defined MLM_MSVC
  double root;
  __asm__("fsqrt %d0, %d1" : "=w"(root) : "w"(x));
  return root;
#else
  return sqrt(x);
#endif
}

/* The register that holds the rounding mode, the treatment of subnormals and the traps, as base/float_mode.h
 * reads and sets it. MLM_FLOAT_CONTROL_BITS are the bits of the mode, MLM_FLOAT_CONTROL_USUAL their usual
 * values: to nearest, subnormals kept, no traps. Without MLM_HAS_FLOAT_CONTROL there is only <fenv.h>. */
#if defined MLM_SSE2
#define MLM_HAS_FLOAT_CONTROL 1
/* Of MXCSR all except the six sticky flags: exception masks, rounding, flush-to-zero, denormals-are-zero. */
#define MLM_FLOAT_CONTROL_BITS  0xffc0u
#define MLM_FLOAT_CONTROL_USUAL 0x1f80u
typedef uint32_t FloatControl;
static inline FloatControl mlm_float_control_read(void) { return _mm_getcsr(); }
static inline void mlm_float_control_write(FloatControl control) { _mm_setcsr(control); }
#elif defined MLM_MSVC && defined _M_ARM64
#define MLM_HAS_FLOAT_CONTROL   1
#define MLM_FLOAT_CONTROL_BITS  0x3c09f00u /* of FPCR, as below */
#define MLM_FLOAT_CONTROL_USUAL 0u
typedef uint64_t FloatControl;
static inline FloatControl mlm_float_control_read(void) { return (uint64_t)_ReadStatusReg(ARM64_FPCR); }
static inline void mlm_float_control_write(FloatControl control) {
  _WriteStatusReg(ARM64_FPCR, (int64_t)control);
}
#elif defined __aarch64__ || defined __s390x__
#define MLM_HAS_FLOAT_CONTROL 1
#ifdef __aarch64__
/* Of FPCR: rounding mode, flush-to-zero, default NaN, trap enables. */
#define MLM_FLOAT_CONTROL_BITS  0x3c09f00u
#define MLM_FLOAT_CONTROL_READ  "mrs %0, fpcr"
#define MLM_FLOAT_CONTROL_WRITE "msr fpcr, %0"
typedef uint64_t FloatControl;
#else
/* Of FPC: trap masks and the rounding mode. */
#define MLM_FLOAT_CONTROL_BITS  0xf8000007u
#define MLM_FLOAT_CONTROL_READ  "efpc %0"
#define MLM_FLOAT_CONTROL_WRITE "sfpc %0"
typedef uint32_t FloatControl;
#endif
#define MLM_FLOAT_CONTROL_USUAL 0u
static inline FloatControl mlm_float_control_read(void) {
  FloatControl control;
  __asm__ volatile(MLM_FLOAT_CONTROL_READ : "=r"(control));
  return control;
}
static inline void mlm_float_control_write(FloatControl control) {
  __asm__ volatile(MLM_FLOAT_CONTROL_WRITE : : "r"(control));
}
#endif

#endif
