/* Multisets of rows as the programs that test them make them and let them go. */
#ifndef MLM_TESTS_ROW_SETS_H
#define MLM_TESTS_ROW_SETS_H

#include <stdlib.h>
#include <string.h>

#include "state/rows.h"
#include "unit.h"

static const StateType *const kind = &mlm_rows_state;

static inline Rows *fresh(void) { return calloc(1, kind->bytes); }

static inline void drop(Rows *rows) {
  kind->clear(rows, &host);
  free(rows);
}

/* A row of two scores and a label. */
static inline Status put_row(Rows *rows, double a, double b, double label, double weight, int sign) {
  const Row row = {.x = {a, b, label}, .columns = 3, .weight = weight};
  return kind->add(rows, &row, sign, &host);
}

/* The saved bytes, to be given to release(). */
static inline Writer saved(Rows *rows) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  expect(kind->seal(rows, &host) == MLM_OK, "seal", 0);
  kind->save(rows, &out);
  expect(out.status == MLM_OK, "save", 0);
  return out;
}

/* Loads saved bytes; MLM_CORRUPT also where more follows. */
static inline Status load(Rows *rows, const Writer *bytes) {
  Reader in = {.at = bytes->bytes, .end = bytes->bytes + bytes->n};
  Status status = kind->load(rows, &in, &host);
  return status == MLM_OK && in.at != in.end ? MLM_CORRUPT : status;
}

/* That two sets save as the same bytes. */
static inline void expect_same(Rows *a, Rows *b, const char *what, long step) {
  Writer one = saved(a), other = saved(b);
  expect(one.n == other.n && memcmp(one.bytes, other.bytes, one.n) == 0, what, step);
  release(one.bytes);
  release(other.bytes);
}

#endif
