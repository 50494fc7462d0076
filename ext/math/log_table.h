/* The table of log x: x = 2^k·z, log x = k·ln 2 + log c + log1p(z/c - 1). */
#ifndef MLM_LOG_TABLE_H
#define MLM_LOG_TABLE_H

typedef struct LogTable {
  double ln2_hi, ln2_mid,
      ln2_lo;     /* ln 2; k·ln2_hi is exact for |k| < 2^11, and so is its sum with any log_c */
  double poly[5]; /* log1p(r) = r - r²/2 + r³·(poly[0] + poly[1] r + ...), error below 2^-62 of it */
  struct {
    double inverse;                    /* 1/c, exactly; 20 bits */
    double log_c, log_c_mid, log_c_lo; /* log c; the first a multiple of 2^-42 */
  } at[128];
} LogTable;

extern const LogTable mlm_log_table;

#endif
