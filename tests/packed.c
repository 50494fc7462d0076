/* Packed columns: every function of numbers and classes gives the same bits for packed columns as for the
 * rows, over all of the property tables; and what is packed comes back as it was.
 */
#include "property_tables.h"
#include "call_matrix.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 24, CHUNK = 7, MOST_SHOWN = 3 };

static sqlite3 *db;
static const char *table = "t";
static int broken, packed_functions;
static char last_name[400]; /* its signature */

/* A value as a text that differs where type or bits do. */
static void bits(sqlite3_context *context, int argc, sqlite3_value **argv) {
  sqlite3_value *v = argv[0];
  int type = sqlite3_value_type(v);
  double x = sqlite3_value_double(v);
  uint64_t u;
  memcpy(&u, &x, sizeof u);
  char *text = type == SQLITE_FLOAT  ? sqlite3_mprintf("%!.17g (%llx)", x, (unsigned long long)u)
               : type == SQLITE_NULL ? sqlite3_mprintf("NULL")
                                     : NULL;
  if (type == SQLITE_BLOB) {
    sqlite3_str *hex = sqlite3_str_new(NULL);
    const unsigned char *at = sqlite3_value_blob(v);
    for (int i = 0; i < sqlite3_value_bytes(v); i++) sqlite3_str_appendf(hex, "%02x", at[i]);
    text = sqlite3_str_finish(hex);
  }
  if (!text)
    text = sqlite3_mprintf("%s '%s'", type == SQLITE_TEXT ? "text" : "integer", sqlite3_value_text(v));
  sqlite3_result_text(context, text, -1, sqlite3_free);
}

/* Checks that both queries give the same rows; frees both. */
static void law(const char *what, char *first, char *second) {
  bool error[2];
  char *got = rows_of(db, first, &error[0]), *want = rows_of(db, second, &error[1]);
  if (!error[0] && !error[1] && strcmp(got, want) == 0)
    passed();
  else if (++broken > MOST_SHOWN)
    failed(NULL);
  else
    failed("%s (%s):\n  %s\n  gives %s\n  %s\n  gives %s", what, table, first, got, second, want);
  sqlite3_free(got);
  sqlite3_free(want);
  sqlite3_free(first);
  sqlite3_free(second);
}

/* ---- every function ---- */

/* Whether the SQL of an argument is one number or one text. */
static bool is_literal(const char *sql) {
  size_t n = strlen(sql);
  if (*sql == 'x' && sql[1] == '\'') return true;
  if (*sql == '\'') {
    size_t i = 1; /* behind the quote that ends the text; two in it stand for one */
    while (i < n && (sql[i] != '\'' || sql[i + 1] == '\'')) i += sql[i] == '\'' ? 2 : 1;
    return i + 1 == n;
  }
  return strspn(sql, "0123456789.-") == n;
}

/* The columns of a use: each expression packed, and the call with their names. */
typedef struct PackedUse {
  char *columns, *call;
  int n;
  bool whole; /* every argument that is no literal is packed */
} PackedUse;

static char *joined(char *text, const char *separator, char *more) {
  char *longer = sqlite3_mprintf("%s%s%s", text, *text ? separator : "", more);
  sqlite3_free(text);
  sqlite3_free(more);
  return longer;
}

static void add_expression(PackedUse *packed, const char *sql, int length) {
  packed->columns = joined(packed->columns, ", ",
                           sqlite3_mprintf("(SELECT pack(%.*s) FROM %s WHERE id / %d = chunk) AS c%d", length,
                                           sql, table, CHUNK, packed->n));
  packed->call = joined(packed->call, ", ", sqlite3_mprintf("c%d", packed->n++));
}

/* Numbers that are spread over the arguments are a column each. */
static PackedUse pack_use(const Use *use) {
  PackedUse packed = {.columns = sqlite3_mprintf(""), .call = sqlite3_mprintf(""), .whole = true};
  for (int i = 0; i < use->n; i++) {
    const char *arg = use->args[i], *name = use->names[i];
    bool spread = strstr(name, "…") != NULL;
    if (is_literal(arg)) {
      packed.call = joined(packed.call, ", ", sqlite3_mprintf("%s", arg));
    } else if (spread) {
      for (size_t n; *arg; arg += n + (arg[n] != 0), arg += strspn(arg, " ")) {
        n = strcspn(arg, ",");
        add_expression(&packed, arg, (int)n);
      }
    } else {
      if (isupper((unsigned char)*name) || strcmp(name, "set") == 0) packed.whole = false; /* a vector */
      add_expression(&packed, arg, (int)strlen(arg));
    }
  }
  if (packed.n == 0 || strcmp(use->name, "pack") == 0) packed.whole = false;
  for (int i = 0; i < use->n && packed.whole; i++) /* a vector in place of an index or a number */
    if (strstr(use->args[i], "shares") || *use->args[i] == '[') packed.whole = false;
  return packed;
}

static char *chunks(const PackedUse *packed) {
  return sqlite3_mprintf("(SELECT chunk, %s FROM (SELECT DISTINCT id / %d AS chunk FROM %s))",
                         packed->columns, CHUNK, table);
}

static void laws_of_aggregate(const Use *use, const PackedUse *packed, const char *args) {
  static const char *const forms[] = {"", "_state"};
  char *from = chunks(packed);
  for (int i = 0; i < 2; i++) {
    law("packed", sqlite3_mprintf("SELECT bits(%s%s(%s)) FROM %s", use->name, forms[i], packed->call, from),
        sqlite3_mprintf("SELECT bits(%s%s(%s)) FROM %s", use->name, forms[i], args, table));
    if (!use->slow)
      law("packed, in a window",
          sqlite3_mprintf(
              "SELECT bits(%s%s(%s) OVER (ORDER BY chunk ROWS 1 PRECEDING)) FROM %s ORDER BY chunk",
              use->name, forms[i], packed->call, from),
          sqlite3_mprintf("SELECT (SELECT bits(%s%s(%s)) FROM %s WHERE id / %d BETWEEN chunk - 1 AND chunk) "
                          "FROM (SELECT DISTINCT id / %d AS chunk FROM %s) ORDER BY chunk",
                          use->name, forms[i], args, table, CHUNK, CHUNK, table));
  }
  sqlite3_free(from);
}

static void laws_of_scalar(const Use *use, const PackedUse *packed, const char *args) {
  char *from = chunks(packed);
  law("a scalar, packed",
      sqlite3_mprintf(
          "SELECT bits(value) FROM (SELECT chunk, %s(%s) AS r FROM %s), unpack(r) ORDER BY chunk, i",
          use->name, packed->call, from),
      sqlite3_mprintf("SELECT bits(%s(%s)) FROM %s ORDER BY id", use->name, args, table));
  sqlite3_free(from);
}

static void try_args(const Use *use) {
  PackedUse packed = pack_use(use);
  char *args = join_args(use, "%s");
  if (packed.whole) {
    (use->scalar ? laws_of_scalar : laws_of_aggregate)(use, &packed, args);
    if (strcmp(last_name, use->signature) != 0) packed_functions++;
    snprintf(last_name, sizeof last_name, "%s", use->signature);
  }
  sqlite3_free(args);
  sqlite3_free(packed.columns);
  sqlite3_free(packed.call);
}

/* As it is, and with NULLs in each argument in turn. */
static void try_use(const Use *use) {
  try_args(use);
  for (int i = 0; i < use->n && !use->slow; i++) {
    if (strstr(use->names[i], "…")) continue;
    if (is_literal(use->args[i]) || use->finish[i]) continue;
    Use holes = *use;
    char *some = sqlite3_mprintf("CASE WHEN id %% 5 <> %d THEN %s END", i, use->args[i]);
    holes.args[i] = some;
    try_args(&holes);
    sqlite3_free(some);
  }
}

static void sum_up(const char *signature) {
  if (broken) printf("%s (%s): %d fail\n", signature, table, broken);
  broken = 0;
}

/* ---- columns ---- */

static void equal(const char *sql, const char *want) {
  bool error;
  char *got = rows_of(db, sql, &error);
  if (strcmp(got, want) == 0)
    passed();
  else
    failed("%s\n  gives %s\n  and not %s", sql, got, want);
  sqlite3_free(got);
}

/* Lists of values, each of which comes back as it is, and the bytes that they take. */
static void round_trips(void) {
  static const struct {
    const char *values;
    int bytes;
  } lists[] = {{"(0),(1),(1)", 25},
               {"(NULL)", 26},
               {"(NULL),(1),(NULL)", 26},
               {"(0),(2),(-128),(127)", 29},
               {"(128)", 27},
               {"(-32768),(NULL)", 30},
               {"(8388608),(1)", 33},
               {"(9223372036854775807),(-9223372036854775807 - 1)", 41},
               {"(1099511627775),(5)", 37},
               {"(0.5),(NULL),(9e999),(-9e999),(1.0)", 65},
               {"('a'),(''),(NULL),('a'),(1),(1.5),(7),('7'),(7.0)", 66},
               {"('cat')", 31}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    const char *v = lists[i].values;
    char *packed = sqlite3_mprintf("(SELECT pack(column1) FROM (VALUES %s))", v);
    law("unpack", sqlite3_mprintf("SELECT i, bits(value) FROM unpack(%s)", packed),
        sqlite3_mprintf("SELECT row_number() OVER () - 1, bits(column1) FROM (VALUES %s)", v));
    law("merged",
        sqlite3_mprintf("SELECT bits(pack(p)) FROM (SELECT %s AS p UNION ALL SELECT %s)", packed, packed),
        sqlite3_mprintf("SELECT bits(pack(column1)) FROM (VALUES %s, %s)", v, v));
    char *sql = sqlite3_mprintf("SELECT length(%s)", packed), *bytes = sqlite3_mprintf("%d", lists[i].bytes);
    equal(sql, bytes);
    sqlite3_free(sql);
    sqlite3_free(bytes);
    sqlite3_free(packed);
  }
}

/* A frame of rows, and a frame of columns, against packing what is in it. */
static void windows(void) {
  static const char *const columns[] = {"pred",
                                        "label",
                                        "pred_class",
                                        "k",
                                        "texts.pred_class",
                                        "CASE WHEN t.id % 3 = 1 THEN score ELSE t.k END"};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    bool texts = strncmp(columns[i], "texts.", 6) == 0;
    const char *from = texts ? "texts" : "t", *x = columns[i];
    law("a window of rows",
        sqlite3_mprintf("SELECT bits(pack(%s) OVER (ORDER BY id ROWS 4 PRECEDING)) FROM %s ORDER BY id", x,
                        from),
        sqlite3_mprintf("SELECT (SELECT bits(pack(%s)) FROM %s WHERE id BETWEEN c.centre - 4 AND c.centre) "
                        "FROM (SELECT id AS centre FROM %s) c ORDER BY centre",
                        x, from, from));
    law("a window of columns",
        sqlite3_mprintf("SELECT bits(pack(p) OVER (ORDER BY chunk ROWS 2 PRECEDING)) FROM (SELECT chunk, "
                        "(SELECT pack(%s) FROM %s WHERE id / 5 = chunk) AS p FROM (SELECT DISTINCT id / 5 AS "
                        "chunk FROM t)) ORDER BY chunk",
                        x, from),
        sqlite3_mprintf(
            "SELECT (SELECT bits(pack(%s)) FROM %s WHERE id / 5 BETWEEN chunk - 2 AND chunk) FROM "
            "(SELECT DISTINCT id / 5 AS chunk FROM t) ORDER BY chunk",
            x, from));
  }
}

/* More elements than a block, in columns of every type; plain arguments beside packed ones. */
static void long_columns(void) {
  static const char rows[] =
      "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 2999), "
      "r AS (SELECT i, i / 3000.0 AS real, i % 2 AS bit, i - 1500 AS small, i * 70000 AS "
      "large, 'c' || (i % 300) AS word, CASE WHEN i % 11 THEN i * 0.25 END AS hole, CASE WHEN i % 11 THEN i "
      "% 2 END AS "
      "bit_or_null, CASE WHEN i = 1000 THEN "
      "9e999 "
      "WHEN i < 700 THEN i % 7 * 1e-9 * i WHEN i > 2000 THEN (i - 2500) * 1e-30 WHEN i % 97 = 0 THEN i * "
      "1e130 "
      "ELSE i / -7.0 END AS far FROM n)";
  static const char *const calls[] = {
      "roc_auc(real, bit)",      "mse(small, large)",         "mae(hole, real)",
      "log_loss(real, bit)",     "mse(far, small)",           "mse(far, real)",
      "rmse(real, far)",         "mae(far, large)",           "mae(far, small)",
      "brier(real, bit)",        "roc_auc(far, bit)",         "f1_at(large, bit, 500000)",
      "accuracy(word, 'c7')",    "kendall(small, hole)",      "evaluate_binary(hole, bit, small * small)",
      "mse(real, 0.5)",          "accuracy(small, word)",     "mse(small, real, bit)",
      "mse(small, real, large)", "roc_auc(far, bit_or_null)", "dcg(real, large)"};
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
    bool squares = strstr(calls[i], "small * small") != NULL;
    law("long columns",
        sqlite3_mprintf("%s SELECT bits(%s) FROM (SELECT pack(real) AS real, pack(bit) AS bit, pack(%s) AS "
                        "small, pack(large) AS large, pack(word) AS word, pack(hole) AS hole, pack(far) AS "
                        "far, pack(bit_or_null) AS bit_or_null FROM r)",
                        rows, squares ? "evaluate_binary(hole, bit, small)" : calls[i],
                        squares ? "small * small" : "small"),
        sqlite3_mprintf("%s SELECT bits(%s) FROM r", rows, calls[i]));
  }
  law("long columns of integers",
      sqlite3_mprintf("%s SELECT bits(value) FROM unpack((SELECT pass_at_k(n, bit, 2) FROM (SELECT pack(i + "
                      "2) AS n, pack(bit) AS bit FROM r)))",
                      rows),
      sqlite3_mprintf("%s SELECT bits(pass_at_k(i + 2, bit, 2)) FROM r", rows));
}

/* ---- what the host refuses while the values of an element are made ---- */

static bool denied;

static int authorize(void *user, int action, const char *a, const char *b, const char *c, const char *d) {
  return denied ? SQLITE_DENY : SQLITE_OK;
}

static void deny(sqlite3_context *context, int argc, sqlite3_value **argv) {
  denied = true;
  sqlite3_result_value(context, argv[0]);
}

static void interrupt(sqlite3_context *context, int argc, sqlite3_value **argv) {
  sqlite3_interrupt(sqlite3_context_db_handle(context));
  sqlite3_result_value(context, argv[0]);
}

/* The argument next to the packed column calls deny() or interrupt(), so that nothing of the statement itself
 * comes between. */
static void refusals(void) {
  sqlite3_create_function(db, "deny", 1, SQLITE_UTF8, NULL, deny, NULL, NULL);
  sqlite3_create_function(db, "interrupt", 1, SQLITE_UTF8, NULL, interrupt, NULL, NULL);
  sqlite3_set_authorizer(db, authorize, NULL);
  equal("SELECT to_number(p, deny('comma')) FROM (SELECT pack_json('[\"1\"]') AS p)",
        "to_number: not authorized");
  denied = false;
  sqlite3_set_authorizer(db, NULL, NULL);
  equal("SELECT to_number(p, interrupt('comma')) FROM (SELECT pack_json('[\"1\"]') AS p)", "interrupted");
  equal("SELECT value FROM unpack((SELECT to_number(p, 'comma') FROM (SELECT pack_json('[\"1,5\"]') AS p)))",
        "1.5");
}

static void messages(void) {
  equal("SELECT pack(x'00')", "pack: x must be a number or a text, got a BLOB of 1 byte; if it is a NumPy "
                              "number, bind int(x) or float(x)");
  equal("SELECT pack(column1) FROM (VALUES (9007199254740993), (0.5))",
        "pack: an INTEGER beside REALs must be one that a REAL holds exactly; cast it to REAL");
  equal("SELECT roc_auc(pack_json('[1,2,3]'), pack_json('[0,1]'))",
        "roc_auc: the packed columns of a row must be of the same length: score has 3 elements, but label "
        "has 2");
  equal("SELECT log_loss(pack_json('[0.5,1.5]'), 1)", "log_loss: element 1: prob must be within [0,1], got "
                                                      "1.5; if every prob is a logit, bce_logits takes them");
  equal(
      "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 700) SELECT log_loss(p, 1) "
      "FROM (SELECT pack(i / 699.0) AS p FROM n)",
      "log_loss: element 700: prob must be within [0,1], got 1.0014306151645207; if every prob is a logit, "
      "bce_logits takes them");
  equal(
      "WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 99) SELECT log_loss(p, 1) "
      "FROM (SELECT pack(i / 99.0 - (i = 70)) AS p FROM n)",
      "log_loss: element 70: prob must be within [0,1], got -0.29292929292929293; if every prob is a logit, "
      "bce_logits takes them");
  equal("SELECT roc_auc(0.5, pack_json('[\"cat\"]'))",
        "roc_auc: element 0: label must be 0 or 1, got text 'cat'; "
        "input_problems(score, label) counts all that is wrong");
  equal("SELECT ece(0.5, 1, pack_json('[10]'))",
        "ece: bins cannot be a packed column, because it is the same "
        "for every row");
  equal("SELECT vector_at(pack_json('[1]'), 0)",
        "vector_at: vector cannot be a packed column, because it is a vector in each row");
  equal("SELECT mse(pack_json('[1,\"x\"]'), 0)", "mse: element 1: pred must be a number, got text 'x'");
  equal("SELECT f64(x'00')",
        "f64: blob must be a BLOB of float64 numbers, one after the other, got a BLOB of 1 byte");
  equal("SELECT rmse(f64(x'00000000000024400000000000003440'), f64(x'0C000000000000001300000000000000'))",
        "f64: blob must be a BLOB of float64 numbers, not of integers, which i32(blob) or i64(blob) reads, "
        "got a BLOB of "
        "16 bytes");
  equal("SELECT f32(x'0C00000000000000FFFFFFFFFFFFFFFF')",
        "f32: blob must be a BLOB of float32 numbers, not of integers, which i32(blob) or i64(blob) reads, "
        "got a BLOB of "
        "16 bytes");
  equal(
      "SELECT f32(x'0C000000FFFFFFFF05000000')",
      "f32: blob must be a BLOB of float32 numbers, not of int32 ones, which i32(blob) reads, got a BLOB of "
      "12 bytes");
  equal("SELECT f64(x'05000000070000000900000003000000')",
        "f64: blob must be a BLOB of float64 numbers, not of integers, which i32(blob) or i64(blob) reads, "
        "got a BLOB of "
        "16 bytes");
  equal("SELECT f64(x'0000C0000000000005000000FFFF0F00')",
        "f64: blob must be a BLOB of float64 numbers, not of int64 ones, which i64(blob) reads, got a BLOB "
        "of 16 bytes");
  equal("SELECT f32(x'0500000000007F00FFFFFFFF00007F00')",
        "f32: blob must be a BLOB of float32 numbers, not of int32 ones, which i32(blob) reads, got a BLOB "
        "of 16 bytes");
  equal("SELECT f32(x'333333e33333d33f9a9999f19999e93f')",
        "f32: blob must be a BLOB of float32 numbers, not of float64 ones, which f64(blob) reads, got a BLOB "
        "of 16 bytes");
  equal("SELECT typeof(f64(x'')), typeof(f64(NULL)), typeof(pack_json('[]')), typeof(pack_json(NULL))",
        "null|null|null|null");
}

int main(int argc, char **argv) {
  static const char *const tables[] = {"t", "texts"};
  const char *rows = getenv("PROPERTY_ROWS");
  db = open_bare();
  sqlite3_create_function(db, "bits", 1, SQLITE_UTF8, NULL, bits, NULL, NULL);
  for (int wild = 0; wild < 2; wild++) {
    make_property_tables(db, wild, rows ? atoi(rows) : ROWS);
    for (int i = 0; i < 2; i++) {
      table = tables[i];
      each_use(db, argc > 1 ? argv[1] : NULL, try_use, sum_up);
    }
    if (argc < 2) windows();
  }
  if (argc < 2) {
    round_trips();
    long_columns();
    refusals();
    messages();
    if (packed_functions < 400)
      failed("only %d signatures were called with packed columns", packed_functions);
  }
  sqlite3_close(db);
  return end_of_tests();
}
