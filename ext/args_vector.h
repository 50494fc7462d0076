/* Vectors from SQL values: JSON arrays, float32 BLOBs, numbers spread over the arguments. */
#ifndef MLM_ARGS_VECTOR_H
#define MLM_ARGS_VECTOR_H

#include "row_fault.h"

/* Decodes the vector in an argument, into memory of the connection that the next row reuses. */
DecodeStatus mlm_decode_vector(const Call *call, int arg, const ArgSpec *spec, Vector *vector);
/* Decodes the first n arguments, a number each, as one vector in the same memory. */
DecodeStatus mlm_decode_variadic(const Call *call, int n, const ArgSpec *spec, Vector *vector);

/* Checks that the row's vectors are of one length. */
DecodeStatus mlm_check_lengths(const Call *call, const Row *row);

#endif
