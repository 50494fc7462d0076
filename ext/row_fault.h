/* What happens to a row with an argument that cannot be decoded: it is left out, absent, or an error. */
#ifndef MLM_ROW_FAULT_H
#define MLM_ROW_FAULT_H

#include "errors.h"

typedef enum DecodeStatus {
  DECODE_OK,
  DECODE_NULL_ROW,    /* an argument is NULL: the row is left out */
  DECODE_ZERO_WEIGHT, /* as if the row were not there */
  DECODE_ERROR        /* the error is set */
} DecodeStatus;

/* Whether a NULL in this argument leaves the row out. */
bool mlm_null_leaves_out(const Call *call, int arg);
/* Whether a row that looks wrong counts at all: any NULL leaves it out, weight 0 makes it absent. */
DecodeStatus mlm_wrong_or_out(const Call *call);
/* The same for a value that the argument does not allow: the error is set if the row counts. */
DecodeStatus mlm_wrong_value(const Call *call, int arg, const ArgSpec *spec, const double *pred);

#endif
