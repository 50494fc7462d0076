/* The numbers behind erf and erfc. */
#ifndef MLM_ERFCX_TABLE_H
#define MLM_ERFCX_TABLE_H

enum { ERF_TERMS = 14, ERFCX_TERMS = 10, ERFCX_PIECES = 32 };

/* erf(x) = x · slope(x² - 1/2) for |x| <= 1, and e^(x²) erfc(x) = t · piece[j](32 t - j - 1/2) for x >= 0, t
 * = 2/(2+x), j = the whole part of 32 t. Each polynomial, from the constant up, has an error below 2^-56. */
typedef struct ErfcxTable {
  double slope[ERF_TERMS], piece[ERFCX_PIECES][ERFCX_TERMS];
} ErfcxTable;

extern const ErfcxTable mlm_erfcx_table;

#endif
