/* The tables of the golden digests: see golden_tables.h. */
#include "golden_tables.h"

#include <stdbool.h>
#include <stdio.h>

#include "random.h"

enum { ROWS = 60, BIG_ROWS = 12000, ENTRIES = 4, LONG_ENTRIES = 37, NUMERAL = 40 };

static const char columns[] =
    "score,score_text,prob,prob_text,label,soft,pred,target,weight,whole,cutoff,pos_weight,pred_class,"
    "label_class,digit,class,p0,p1,p2,p3,z0,z1,z2,z3,probs,probs32,logits,logits32,many,many32,shares,f64,"
    "part,shuffle";

static bool wild;
static int column; /* the last one bound */

static int dice(int sides) { return (int)(draw() % (uint64_t)sides); }

/* draw_unit() · 2^k, lo <= k < lo + n. */
static double scaled_share(int lo, int n) {
  double x = draw_unit();
  return x * mlm_double_from_bits((uint64_t)(1023 + lo + dice(n)) << 52);
}

/* Of the size of scores and logits; many ties. */
static double tame_number(void) {
  switch (dice(4)) {
  case 0: return (double)dice(9) / 8;
  case 1: return (double)dice(2001) / 64 - 15;
  default: {
    double x = scaled_share(0, 8);
    return dice(2) ? x : -x;
  }
  }
}

static double any_number(bool infinite) {
  if (!wild || dice(2)) return tame_number();
  if (infinite && dice(6) == 0) return dice(2) ? INFINITY : -INFINITY;
  return draw_double();
}

static double probability(void) {
  static const double ends[] = {0,           1,       0x1p-1074, 0x1p-1022, 0x1p-53,
                                1 - 0x1p-53, 0x1p-52, 0.5,       0x1p-144,  1 - 0x1p-52};
  switch (dice(4)) {
  case 0: return wild ? ends[dice(10)] : (double)(1 + dice(15)) / 16;
  case 1: return (double)(1 + dice(63)) / 64;
  case 2: return wild ? scaled_share(-1022, 1022) : draw_unit();
  default: return draw_unit();
  }
}

static double weight(void) {
  static const double odd[] = {0, 0x1p-1074, 0x1p-997, 0x1p997, 0x1p53, 4294967296, 0.5, 3};
  if (wild && dice(2)) return dice(3) ? odd[dice(8)] : scaled_share(-997, 1994);
  return dice(3) ? draw_unit() * 4 : dice(4);
}

/* A decimal numeral: "-12.03450e-7". */
static void write_numeral(char *text) {
  long long digits = (long long)(draw() >> 4);
  digits >>= dice(50);
  int below = dice(100000), exponent = dice(31) - 15, deep = dice(330), way = dice(wild ? 4 : 3);
  const char *minus = dice(2) ? "-" : "";
  if (way == 0)
    snprintf(text, NUMERAL, "%s%lld", minus, digits >> (wild ? 8 : 10)); /* a double holds it */
  else if (way == 1)
    snprintf(text, NUMERAL, "%s%lld.%05de%d", minus, digits % 100, below, wild ? exponent : exponent / 8);
  else if (way == 2)
    snprintf(text, NUMERAL, "%s%d.%05d", minus, dice(4), below);
  else
    snprintf(text, NUMERAL, "%s%lld.%05de-%d", minus, digits, below, deep);
}

/* A numeral from 0 to 1. */
static void write_small_numeral(char *text) {
  int digits = dice(100000);
  snprintf(text, NUMERAL, dice(2) ? "0.%05d" : "%d.5e-6", digits);
}

static bool is_whole(double x) { return x < 1e6 && x > -1e6 && x == (int)x; }

static void bind_number(sqlite3_stmt *row, double x) {
  column++;
  if (wild && dice(40) == 0)
    sqlite3_bind_null(row, column);
  else if (is_whole(x) && dice(2))
    sqlite3_bind_int(row, column, (int)x);
  else
    sqlite3_bind_double(row, column, x);
}

static void bind_text(sqlite3_stmt *row, const char *text) {
  sqlite3_bind_text(row, ++column, text, -1, SQLITE_TRANSIENT);
}

static void bind_numeral(sqlite3_stmt *row, bool small) {
  char text[NUMERAL];
  (small ? write_small_numeral : write_numeral)(text);
  bind_text(row, text);
}

static void bind_class(sqlite3_stmt *row) {
  static const char *const names[] = {"cat",  "dog", "7", "7.0", "cow \"q\"", "\xc3\xa9t\xc3\xa9",
                                      "2.50", " 3 "};
  int way = dice(6);
  if (way < 2)
    bind_text(row, names[dice(wild ? 8 : 3)]);
  else if (wild && way == 2)
    sqlite3_bind_blob(row, ++column, "\0\1", dice(3), SQLITE_TRANSIENT);
  else if (wild && way == 3)
    sqlite3_bind_double(row, ++column, tame_number());
  else
    sqlite3_bind_int(row, ++column, dice(4));
}

static void put_little(uint8_t *to, uint64_t bits, int n) {
  for (int i = 0; i < n; i++) to[i] = (uint8_t)(bits >> (8 * i));
}

/* A JSON array of n numerals, and a BLOB of n float32 numbers. */
static void bind_vectors(sqlite3_stmt *row, int n, bool probabilities) {
  char text[LONG_ENTRIES * NUMERAL + 8] = "[", *at = text + 1;
  uint8_t bytes[LONG_ENTRIES * 4];
  for (int i = 0; i < n; i++) {
    (probabilities ? write_small_numeral : write_numeral)(at);
    at += strlen(at);
    *at++ = i + 1 < n ? ',' : ']';
    const float x = (float)(probabilities ? draw_unit() : tame_number());
    uint32_t bits;
    memcpy(&bits, &x, 4);
    put_little(bytes + 4 * i, bits, 4);
  }
  *at = 0;
  bind_text(row, text);
  sqlite3_bind_blob(row, ++column, bytes, 4 * n, SQLITE_TRANSIENT);
}

/* A distribution in 64ths. */
static void bind_shares(sqlite3_stmt *row) {
  char text[160] = "[";
  for (int i = 0, left = 64; i < ENTRIES; i++) {
    int part = i + 1 < ENTRIES ? dice(left + 1) : left;
    left -= part;
    snprintf(text + strlen(text), 32, "%d.%06d%s", part / 64, part % 64 * 15625, i + 1 < ENTRIES ? "," : "]");
  }
  bind_text(row, text);
}

static void bind_f64(sqlite3_stmt *row) {
  uint8_t bytes[16];
  put_little(bytes, mlm_double_bits(draw_double()), 8);
  put_little(bytes + 8, mlm_double_bits(tame_number()), 8);
  sqlite3_bind_blob(row, ++column, bytes, sizeof bytes, SQLITE_TRANSIENT);
}

static void bind_row(sqlite3_stmt *row) {
  column = 0;
  bind_number(row, any_number(true));
  bind_numeral(row, false);
  bind_number(row, probability());
  bind_numeral(row, true);
  bind_number(row, dice(2));
  bind_number(row, probability());
  bind_number(row, any_number(false));
  bind_number(row, any_number(false));
  bind_number(row, weight());
  bind_number(row, dice(5));
  bind_number(row, any_number(true));
  bind_number(row, draw_unit() * 5);
  bind_class(row);
  bind_class(row);
  sqlite3_bind_int(row, ++column, dice(4));
  sqlite3_bind_int(row, ++column, dice(ENTRIES));
  for (int i = 0; i < ENTRIES; i++) bind_number(row, probability());
  for (int i = 0; i < ENTRIES; i++) bind_number(row, any_number(true));
  bind_vectors(row, ENTRIES, true);
  bind_vectors(row, ENTRIES, false);
  bind_vectors(row, LONG_ENTRIES, false);
  bind_shares(row);
  bind_f64(row);
  sqlite3_bind_int(row, ++column, dice(5));
  sqlite3_bind_int(row, ++column, dice(1000));
}

static bool make_table(sqlite3 *db, const char *name, int rows) {
  char marks[100] = "?", *end = marks + 1;
  for (const char *at = columns; *at; at++)
    if (*at == ',') *end++ = ',', *end++ = '?';
  char *create = sqlite3_mprintf("CREATE TABLE %s(id INTEGER PRIMARY KEY,%s)", name, columns),
       *insert = sqlite3_mprintf("INSERT INTO %s(%s) VALUES(%s)", name, columns, marks);
  sqlite3_stmt *row = NULL;
  bool right = sqlite3_exec(db, create, NULL, NULL, NULL) == SQLITE_OK
               && sqlite3_prepare_v2(db, insert, -1, &row, NULL) == SQLITE_OK;
  for (int i = 0; right && i < rows; i++) {
    bind_row(row);
    right = sqlite3_step(row) == SQLITE_DONE;
    sqlite3_reset(row);
  }
  sqlite3_finalize(row);
  sqlite3_free(insert);
  sqlite3_free(create);
  return right;
}

const char *make_golden_tables(sqlite3 *db) {
  char name[] = "t0";
  bool right = sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
  for (int i = 0; i < GOLDEN_TABLES; i++) {
    wild = i % 2;
    name[1] = (char)('0' + i);
    right = right && make_table(db, name, ROWS);
  }
  wild = false;
  right =
      right && make_table(db, "big", BIG_ROWS) && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  return right ? NULL : sqlite3_errmsg(db);
}
