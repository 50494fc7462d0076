/* Sums of powers in lanes: entry j is added to lane j mod LANES, however many of them a vector holds, so that
 * the bits do not depend on the processor. */
#include "math/power_lanes.h"

#include <math.h>

#include "math/exp_core.h"

enum { LANES = 8 };

/* Each sum is exact: `sum` begins at 1, and no power is above, so ordered_sum() gives what its rounding
 * leaves. The errors of adding that up in `rest` are below 2^-104. */
typedef struct Lanes {
  double sum[LANES], rest[LANES];
} Lanes;

/* exp_parts() of the exact gaps below max, none above 700. Compilers turn the loops into vectors, except the
 * one that looks up the table. */
MLM_ALWAYS_INLINE static void add_powers(Lanes *lanes, const double *x, double max) {
  const ExpTable *table = &mlm_exp_table;
  const double *c = table->poly;
  const unsigned char *entries = (const unsigned char *)table->power; /* `place` is in bytes: no scaling */
  double r[LANES], poly[LANES], power[LANES], tail[LANES];
  uint32_t n[LANES], place[LANES];
  for (int i = 0; i < LANES; i++) {
    DoubleDouble gap = two_sum(x[i], -max);
    int32_t step = (int32_t)(gap.hi * table->steps_per_unit + 262144.5);
    double steps = (double)(step - 262144);
    n[i] = (uint32_t)step;
    place[i] = (n[i] & 127) * (uint32_t)sizeof *table->power;
    r[i] = (gap.hi - steps * table->step_hi) - (steps * table->step_lo - gap.lo);
    double r2 = r[i] * r[i];
    poly[i] = r2 * (c[0] + r[i] * c[1]) + (r2 * r2) * (c[2] + r[i] * c[3]);
  }
  MLM_UNROLL(8)
  for (int i = 0; i < LANES; i++) {
    memcpy(&power[i], entries + place[i] + offsetof(ExpPower, power), sizeof(double));
    memcpy(&tail[i], entries + place[i] + offsetof(ExpPower, tail), sizeof(double));
  }
  for (int i = 0; i < LANES; i++) {
    /* times 2^(n/128 - 2048), where 2048 added to an exponent is the sign */
    uint64_t bits = mlm_double_bits(power[i]) + ((uint64_t)(n[i] & ~(uint32_t)127) << 45);
    double scaled = -mlm_double_from_bits(bits);
    DoubleDouble value = ordered_sum(scaled, scaled * (r[i] + (tail[i] + poly[i])));
    DoubleDouble sum = ordered_sum(lanes->sum[i], value.hi);
    lanes->sum[i] = sum.hi;
    lanes->rest[i] += value.lo + sum.lo;
  }
}

/* Of at least one entry; the places after the last have the first. */
MLM_ALWAYS_INLINE static void find_ends(const double *x, size_t n, double *max, double *lowest) {
  double high[LANES], low[LANES];
  size_t from = n < LANES ? 0 : LANES;
  for (size_t i = 0; i < LANES; i++) high[i] = low[i] = x[i < n ? i : 0];
  for (; from + LANES <= n; from += LANES)
    for (int i = 0; i < LANES; i++) {
      high[i] = x[from + i] > high[i] ? x[from + i] : high[i];
      low[i] = x[from + i] < low[i] ? x[from + i] : low[i];
    }
  for (; from < n; from++) {
    high[0] = x[from] > high[0] ? x[from] : high[0];
    low[0] = x[from] < low[0] ? x[from] : low[0];
  }
  *max = high[0];
  *lowest = low[0];
  for (int i = 1; i < LANES; i++) {
    *max = high[i] > *max ? high[i] : *max;
    *lowest = low[i] < *lowest ? low[i] : *lowest;
  }
}

/* The last block is filled up with entries at the floor, and in every block nothing is below it. */
MLM_ALWAYS_INLINE static void add_all(Lanes *lanes, const double *x, size_t n, double max, double lowest) {
  const double floor = max - 600;
  for (size_t from = 0; from < n; from += LANES) {
    double block[LANES];
    const double *at = x + from;
    if (n - from < LANES || lowest < floor) {
      for (size_t i = 0; i < LANES; i++) block[i] = from + i < n && at[i] > floor ? at[i] : floor;
      at = block;
    }
    add_powers(lanes, at, max);
  }
}

MLM_ALWAYS_INLINE static PowerSum sum_of_powers(const double *x, size_t n) {
  PowerSum powers = {.rest = {0, 0}};
  Lanes lanes;
  DoubleDouble total = {-1, 0}; /* e^0 of the entry that is left out */
  find_ends(x, n, &powers.max, &powers.lowest);
  if (!(fabs(powers.max) < 0x1p40)) return powers;
  for (int i = 0; i < LANES; i++) lanes.sum[i] = 1, lanes.rest[i] = 0;
  add_all(&lanes, x, n, powers.max, powers.lowest);
  for (int i = 0; i < LANES; i++) {
    DoubleDouble sum = two_sum(total.hi, lanes.sum[i] - 1);
    total.hi = sum.hi;
    total.lo += sum.lo + lanes.rest[i];
  }
  powers.rest = two_sum(total.hi, total.lo);
  return powers;
}

PowerSum mlm_sum_of_powers(const double *x, size_t n) { return sum_of_powers(x, n); }

MLM_WIDE PowerSum mlm_sum_of_powers_wide(const double *x, size_t n) { return sum_of_powers(x, n); }
