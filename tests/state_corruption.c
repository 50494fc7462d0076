/* Saved states that someone has tampered with, for every aggregate: cut at every byte, flipped at every bit,
 * numbers near 2^63 put in at every byte. Refused; or, where the checksum was made to fit, refused or a state
 * that saves as the very same bytes. */
#include "property_tables.h"
#include "call_matrix.h"

#include "state/blob.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS = 7, MOST_BYTES = 4096 };

static sqlite3 *db;
static sqlite3_stmt *statement[3]; /* the metric, its saved form, a curve or NULL; each of the state ?1 */
static Use first, last;
static long accepted;
static bool of_vectors; /* a BLOB without the magic is a vector */
static bool of_classes; /* or a class, where the next argument is taken for its label */

static void check(bool right, const char *what, int at) {
  if (right)
    passed();
  else
    failed("%s, %s, byte %d: %s", sqlite3_sql(statement[0]), what, at, sqlite3_errmsg(db));
}

/* The bytes as the argument, from a block of their own, so that a read behind them is seen. */
static int ask(sqlite3_stmt *with, const uint8_t *bytes, int n) {
  uint8_t *own = malloc((size_t)n + !n);
  if (!own) exit(2);
  memcpy(own, bytes, (size_t)n);
  sqlite3_reset(with);
  sqlite3_bind_blob(with, 1, own, n, free);
  int status;
  while ((status = sqlite3_step(with)) == SQLITE_ROW && sqlite3_column_type(with, 0) != SQLITE_BLOB) {}
  return status;
}

static bool slow;          /* of the function */
static unsigned tried;     /* payloads of the function */
static unsigned most_slow; /* of them evaluated where a value computes 1000 samples */

static bool is_refusal(int status) {
  return status == SQLITE_ERROR || status == SQLITE_NOMEM || status == SQLITE_TOOBIG;
}

static void must_refuse(const uint8_t *bytes, int n, const char *what, int at) {
  for (int i = 0; i < 3 && statement[i]; i++) check(is_refusal(ask(statement[i], bytes, n)), what, at);
}

/* A payload under a header with the right checksum: loaded and saved again; evaluated, where a
 * value computes 1000 samples one in 64, and `most_slow` at the most. */
static void try_payload(const char *name, const uint8_t *payload, int n, const char *what, int at) {
  Writer out = {.limit = 1 << 20, .host = &host};
  mlm_write_header(&out, name);
  mlm_write_bytes(&out, payload, (size_t)n);
  mlm_write_end(&out);
  int status = ask(statement[1], out.bytes, (int)out.n);
  bool same = status == SQLITE_ROW && sqlite3_column_bytes(statement[1], 0) == (int)out.n
              && memcmp(sqlite3_column_blob(statement[1], 0), out.bytes, out.n) == 0;
  bool nothing = status == SQLITE_DONE; /* a state of no rows is NULL */
  check(same || nothing || is_refusal(status), what, at);
  accepted += same;
  for (int i = 0; i < 3 && statement[i]; i += 2) {
    if (slow && (tried++ % 64 != 0 || tried > 64 * most_slow)) continue;
    status = ask(statement[i], out.bytes, (int)out.n);
    check(status == SQLITE_DONE || status == SQLITE_ROW || is_refusal(status), what, at);
  }
  release(out.bytes);
}

/* In place of the byte at `at` a number of ten bytes, 2^64 - 1, or of nine, 2^63 - 1. */
static void put_in(const char *name, const uint8_t *payload, int n, int at) {
  uint8_t more[MOST_BYTES + 10];
  for (int length = 9; length <= 10; length++) {
    memcpy(more, payload, (size_t)at);
    memset(more + at, 0xff, (size_t)length);
    more[at + length - 1] = length == 9 ? 0x7f : 0x01;
    memcpy(more + at + length, payload + at + 1, (size_t)(n - at - 1));
    try_payload(name, more, n + length - 1, "a number near 2^64", at);
  }
}

static void tamper(const uint8_t *good, int n) {
  uint8_t bytes[MOST_BYTES];
  char name[32];
  memcpy(bytes, good, (size_t)n);
  for (int at = 0; at < n; at++) {
    if (at > 3 || !of_classes) must_refuse(bytes, at, "cut", at);
    for (int bit = 0; bit < 8; bit++) {
      bytes[at] ^= (uint8_t)(1 << bit);
      if (at > 3 || !(of_vectors || of_classes)) must_refuse(bytes, n, "flipped", at);
      bytes[at] ^= (uint8_t)(1 << bit);
    }
  }
  Reader in = {.at = bytes, .end = bytes + n};
  if (mlm_read_header(&in, name) != HEADER_OK) failed("%s: its own state is refused", name);
  uint8_t *payload = bytes + (in.at - bytes);
  int left = (int)mlm_read_left(&in);
  try_payload(name, payload, left, "as it is", 0);
  for (int at = 0; at < left; at++) {
    try_payload(name, payload, at, "cut, with a checksum", at);
    for (int bit = 0; bit < 8; bit++) {
      payload[at] ^= (uint8_t)(1 << bit);
      try_payload(name, payload, left, "flipped, with a checksum", at);
      payload[at] ^= (uint8_t)(1 << bit);
    }
    put_in(name, payload, left, at);
  }
}

static void prepare(int i, char *sql) {
  if (sqlite3_prepare_v2(db, sql, -1, &statement[i], NULL) != SQLITE_OK)
    failed("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_free(sql);
}

static void tamper_use(const Use *use) {
  char *args = join_args(use, "%s"), *finish = finish_of(use);
  char *make = sqlite3_mprintf("SELECT %s_state(%s) FROM t", use->name, args);
  bool set = strcmp(use->name, "score_set") == 0, classes = strcmp(use->name, "class_set") == 0;
  slow = use->slow;
  tried = 0;
  most_slow = 40;
  of_vectors = strstr(use->signature, "(VECTOR[") != NULL;
  sqlite3_stmt *row = NULL;
  prepare(0, sqlite3_mprintf("SELECT %s(?1%s)", use->name, finish));
  of_classes = *finish && statement[0] && !is_refusal(ask(statement[0], (const uint8_t[]){0}, 1));
  prepare(1, sqlite3_mprintf("SELECT %s_state(?1)", use->name));
  if (set) prepare(2, sqlite3_mprintf("SELECT * FROM cutoff_curve(?1)"));
  if (classes) prepare(2, sqlite3_mprintf("SELECT * FROM class_table(?1)"));
  if (sqlite3_prepare_v2(db, make, -1, &row, NULL) != SQLITE_OK || sqlite3_step(row) != SQLITE_ROW
      || sqlite3_column_bytes(row, 0) == 0 || sqlite3_column_bytes(row, 0) > MOST_BYTES)
    failed("%s: %s", make, sqlite3_errmsg(db));
  else
    tamper(sqlite3_column_blob(row, 0), sqlite3_column_bytes(row, 0));
  sqlite3_finalize(row);
  for (int i = 0; i < 3; i++) sqlite3_finalize(statement[i]), statement[i] = NULL;
  sqlite3_free(make);
  sqlite3_free(args);
  sqlite3_free(finish);
}

static void note(const Use *use) {
  if (use->scalar) return;
  if (!first.name) first = *use;
  last = *use;
}

/* The shortest use of a signature, and the last: with all arguments. */
static void tamper_signature(const char *signature) {
  if (first.name) tamper_use(&first);
  if (first.name && first.n != last.n) tamper_use(&last);
  first.name = NULL;
}

int main(int argc, char **argv) {
  db = open_bare();
  make_property_tables(db, false, ROWS);
  each_use(db, argc > 1 ? argv[1] : NULL, note, tamper_signature);
  if (argc < 2 && accepted < 1000)
    failed("only %ld tampered states with a checksum were taken: too few to mean much", accepted);
  sqlite3_close(db);
  return end_of_tests();
}
