/* Packed columns among the arguments: the row of a call is as many rows as they have elements. */
#ifndef MLM_PACKED_ARGS_H
#define MLM_PACKED_ARGS_H

#include "args.h"
#include "state/packed_column.h"

/* Elements that are decoded at a time. */
enum { MLM_BLOCK = 256 };

/* A packed argument, and the member of the Row that receives it. */
typedef struct PackedPlace {
  const ArgSpec *spec;
  const PackedColumn *column;
  uint32_t slot; /* in Row */
} PackedPlace;

typedef struct PackedArgs {
  Call *call;  /* its overload is chosen */
  uint64_t n;  /* elements of each packed argument */
  bool absent; /* a plain weight is 0 */
  bool null;   /* a plain argument is NULL */
  /* Whether elements are decoded in blocks; otherwise one by one, through mlm_packed_values(). */
  bool in_blocks;
  int numbers, classes;
  PackedPlace number[MLM_MAX_ARGS], class[MLM_MAX_ARGS];
  double (*x)[MLM_BLOCK]; /* of the block, by number */
  uint64_t from;          /* the block is elements from..from + size - 1 */
  size_t size;
  bool regular; /* every element of the block is ELEMENT_ROW */
  /* By argument of the call: */
  PackedColumn *column; /* n is 0 where the argument is plain */
  sqlite3_value **value;
  bool *packed;
  sqlite3_stmt *statement; /* for mlm_packed_values(), NULL until it is needed */
} PackedArgs;

/* Whether an argument of a call is a packed column. */
bool mlm_has_packed(int argc, sqlite3_value **argv);

/* Opens the packed columns of a call, after mlm_select_overload(). NULL: the error is set. mlm_decode() then
 * reads all arguments of the call except the packed ones. */
PackedArgs *mlm_packed_open(Call *call);
void mlm_packed_close(PackedArgs *args);

/* Decodes the block that begins at an element, args->from; only with args->in_blocks. */
void mlm_packed_read_block(PackedArgs *args, uint64_t from);

typedef enum ElementKind {
  ELEMENT_ROW,    /* a row: every value is one that its argument may be */
  ELEMENT_NULL,   /* a value is NULL, which leaves out the element */
  ELEMENT_ABSENT, /* the weight is 0 */
  ELEMENT_ODD     /* anything else: for mlm_packed_values() */
} ElementKind;

/* Of an element of the block. */
ElementKind mlm_packed_kind(const PackedArgs *args, size_t i);

/* The class in the i-th element of the block. */
void mlm_packed_class(const PackedPlace *place, uint64_t i, Class *class);

/* The number at an offset in the row. */
static inline double *mlm_packed_member(Row *row, uint32_t slot) {
  return (double *)(void *)((char *)row + slot);
}

/* Sets the members of the row that are packed, of a regular element of the block. */
static inline void mlm_packed_row(const PackedArgs *args, size_t i, Row *row) {
  for (int k = 0; k < args->numbers; k++) *mlm_packed_member(row, args->number[k].slot) = args->x[k][i];
  for (int k = 0; k < args->classes; k++)
    mlm_packed_class(&args->class[k], args -> from + i, (Class *)(void *)((char *)row + args->class[k].slot));
}

/* Makes the call of one element: its values in place of the packed columns, valid until the next call of
 * these functions. Messages about it name the element. False: the error is set. */
bool mlm_packed_values(PackedArgs *args, uint64_t i, Call *element);

#endif
