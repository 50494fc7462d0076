/* Reading the elements of a saved packed column (state/packed.h) in blocks, without loading it. */
#ifndef MLM_PACKED_COLUMN_H
#define MLM_PACKED_COLUMN_H

#include "state/state.h"

typedef enum PackedType { PACKED_BITS, PACKED_INTEGERS, PACKED_REALS, PACKED_MIXED, PACKED_TYPES } PackedType;

typedef struct PackedColumn {
  PackedType type;
  uint64_t n;             /* elements, more than 0 */
  uint64_t nulls;         /* from the header */
  const uint8_t *is_null; /* the bitmap; NULL: no element is NULL */
  const uint8_t *at;      /* the elements */
  uint32_t width;         /* bytes of an integer or of an index */
  uint32_t values;        /* of mixed values: how many distinct ones */
  Class *value;           /* owned; their bytes are the reader's */
} PackedColumn;

/* Opens the payload of a saved state after its parameters; the bytes must outlive the column. Checks every
 * length, not the elements. MLM_CORRUPT: it is not a packed column; MLM_NOMEM. */
Status mlm_column_open(PackedColumn *column, Reader *in, const Host *host);
void mlm_column_close(PackedColumn *column, const Host *host);

/* The i-th element. A REAL that is NaN and an index without a value, which no intact column holds, are read
 * as NULL. */
void mlm_column_at(const PackedColumn *column, uint64_t i, Class *value);

/* Two NaNs that mlm_column_numbers() gives: of a NULL, and of an element that is not a number or that no
 * double holds exactly. They are told apart by their bits. */
#define MLM_ELEMENT_NULL UINT64_C(0x7ff8000000000001)
#define MLM_ELEMENT_ODD  UINT64_C(0x7ff8000000000002)

/* Writes elements from..from + n - 1 as numbers; `from` is a multiple of 8. `text` reads the number of a
 * text, as an element's bits. */
void mlm_column_numbers(const PackedColumn *column, uint64_t from, size_t n, double *x,
                        double (*text)(const Class *text));

#endif
