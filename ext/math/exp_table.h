/* The table of e^x: x = (n/128)·ln 2 + r, e^x = 2^(n/128)·e^r. */
#ifndef MLM_EXP_TABLE_H
#define MLM_EXP_TABLE_H

#include <stdint.h>

typedef struct ExpPower {
  double power, tail; /* 2^(j/128) = power · (1 + tail) */
} ExpPower;

typedef struct ExpTable {
  double steps_per_unit;   /* 128 / ln 2 */
  double step_hi, step_lo; /* ln 2 / 128; n · step_hi is exact for |n| < 2^18 */
  double poly[4]; /* e^r = 1 + r + r²·(poly[0] + poly[1] r + ...), error below 2^-63 for |r| <= ln 2 / 256 */
  uint64_t log2_e[3]; /* log2(e) in units of 2^-191, lowest word first */
  ExpPower power[128];
} ExpTable;

extern const ExpTable mlm_exp_table;

#endif
