/* BLOBs of float32 and float64 as vectors: of every length each number comes back, and a NaN in any place is
 * named. Blocks of them are read at once, and what is left over one by one. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tables.h"

enum { LONGEST = 100, LARGE = 100000 };

static sqlite3 *db;

/* The result of a query about a BLOB, a place in it and a number, or its error. */
static const char *ask(const char *sql, const void *blob, int bytes, int place, double x) {
  static char text[256];
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK) return sqlite3_errmsg(db);
  sqlite3_bind_blob(row, 1, blob, bytes, SQLITE_STATIC);
  sqlite3_bind_int(row, 2, place);
  sqlite3_bind_double(row, 3, x);
  const char *answer = sqlite3_step(row) == SQLITE_ROW ? (const char *)sqlite3_column_text(row, 0) : NULL;
  snprintf(text, sizeof text, "%s", answer ? answer : sqlite3_errmsg(db));
  sqlite3_finalize(row);
  return text;
}

static uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

/* Bytes in the order of x86, whatever the processor's. */
static void put(uint8_t *at, uint64_t bits, int bytes) {
  for (int i = 0; i < bytes; i++) at[i] = (uint8_t)(bits >> 8 * i);
}

/* Every other number is tiny, so that no two of them look like one float64. */
static float number(int i) {
  float x = (float)(i + 1) / 7 - 7;
  return i % 29 == 28 ? (x < 0 ? INFINITY : -INFINITY) : i & 1 ? x * 1e-30F : x;
}

static void expect_number(const void *blob, int bytes, int i, double want) {
  const char *have = ask("SELECT vector_at(?1, ?2) IS ?3", blob, bytes, i, want);
  if (strcmp(have, "1") == 0)
    passed();
  else
    failed("number %d of %d bytes is not %g: %s", i, bytes, want, have);
}

static void expect_nan(const char *function, const char *sql, const void *blob, int bytes, int i) {
  char want[100];
  int n = snprintf(want, sizeof want, "%s: element %d of the BLOB in argument 1 is NaN", function, i);
  const char *have = ask(sql, blob, bytes, 0, 0);
  if (strncmp(have, want, (size_t)n) == 0)
    passed();
  else
    failed("a NaN at %d in %d bytes gives %s", i, bytes, have);
}

static void check_length(int n) {
  static const uint32_t nans[] = {0x7FC00000, 0xFFC00000, 0x7F800001, 0xFF800001, 0x7FFFFFFF, 0xFFFFFFFF};
  static uint8_t blob[4 * LONGEST];
  for (int i = 0; i < n; i++) put(blob + 4 * i, bits_of(number(i)), 4);
  for (int i = 0; i < n; i++) expect_number(blob, 4 * n, i, (double)number(i));
  for (int i = 0; i < n; i++) {
    put(blob + 4 * i, nans[i % 6], 4);
    expect_nan("vector_at", "SELECT vector_at(?1, ?2)", blob, 4 * n, i);
    put(blob + 4 * i, bits_of(number(i)), 4);
  }
}

static void check_float64(int n) {
  static uint8_t blob[8 * LONGEST];
  for (int i = 0; i < n; i++) put(blob + 8 * i, 0x3FF0000000000000, 8);
  for (int i = 0; i < n; i++) {
    put(blob + 8 * i, 0x7FF0000000000001, 8);
    expect_nan("vector_from_f64", "SELECT vector_from_f64(?1)", blob, 8 * n, i);
    put(blob + 8 * i, 0x3FF0000000000000, 8);
  }
}

/* Longer than what was read before. */
static void check_large(void) {
  static uint8_t blob[4 * LARGE];
  for (int i = 0; i < LARGE; i++) put(blob + 4 * i, bits_of(number(i)), 4);
  for (int i = 0; i < LARGE; i += 11111) expect_number(blob, sizeof blob, i, (double)number(i));
}

int main(void) {
  db = open_bare();
  for (int n = 1; n <= LONGEST; n++) check_length(n);
  check_large();
  sqlite3_close(db);
  db = open_bare();
  for (int n = 1; n <= LONGEST; n++) check_float64(n);
  sqlite3_close(db);
  return end_of_tests();
}
