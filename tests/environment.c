/* The same bytes whatever state the host is in: changed rounding modes, subnormals flushed, floating-point
 * traps, a locale with a decimal comma, UTF-16 databases. And unusual input: empty frames, NULs inside of
 * texts, huge texts.
 *
 * The calls are those of call_matrix.h. Statements are prepared in the usual mode, because SQLite's own
 * reading of literals depends on it.
 */
#include "property_tables.h"
#include "call_matrix.h"

#include "base/float_mode.h"

#include <fenv.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_SUM "prob + 0.0" /* of call_matrix.c */

enum { ROWS = 60, MOST_ASKED = 20000 };

/* A statement and what it gave in the usual mode. */
typedef struct Asked {
  sqlite3_stmt *statement;
  uint64_t digest;
} Asked;

static sqlite3 *db;
static Asked asked[MOST_ASKED];
static int n_asked;

/* FNV-1a. */
static void add_bytes(uint64_t *digest, const void *bytes, size_t n) {
  for (size_t i = 0; i < n; i++)
    *digest = (*digest ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
}

static void add_value(uint64_t *digest, sqlite3_stmt *row, int i) {
  int type = sqlite3_column_type(row, i);
  add_bytes(digest, &type, sizeof type);
  if (type == SQLITE_FLOAT) {
    double x = sqlite3_column_double(row, i);
    add_bytes(digest, &x, sizeof x);
  } else if (type == SQLITE_INTEGER) {
    sqlite3_int64 x = sqlite3_column_int64(row, i);
    add_bytes(digest, &x, sizeof x);
  } else if (type != SQLITE_NULL) {
    const void *bytes = type == SQLITE_TEXT ? sqlite3_column_text(row, i) : sqlite3_column_blob(row, i);
    add_bytes(digest, bytes, (size_t)sqlite3_column_bytes(row, i));
  }
}

/* Of all rows, or of the error message. */
static uint64_t digest_of(sqlite3_stmt *row) {
  uint64_t digest = UINT64_C(0xcbf29ce484222325);
  int status;
  while ((status = sqlite3_step(row)) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count(row); i++) add_value(&digest, row, i);
  if (status != SQLITE_DONE) {
    const char *message = sqlite3_errmsg(sqlite3_db_handle(row));
    add_bytes(&digest, message, strlen(message));
  }
  sqlite3_reset(row);
  return digest;
}

/* ---- queries ---- */

/* Takes sql. */
static void ask(char *sql) {
  Asked *next = &asked[n_asked];
  if (n_asked == MOST_ASKED || sqlite3_prepare_v2(db, sql, -1, &next->statement, NULL) != SQLITE_OK) {
    failed("%s: %s", sql, n_asked == MOST_ASKED ? "too many" : sqlite3_errmsg(db));
  } else {
    next->digest = digest_of(next->statement);
    n_asked++;
  }
  sqlite3_free(sql);
}

static void ask_use(const Use *use) {
  char *args = join_args(use, "%s"), *finish = finish_of(use);
  const char *f = use->name, *order = use->scalar ? " ORDER BY id" : "";
  /* Where a value computes a thousand samples: of few rows, and once. */
  const char *from = use->slow ? "(SELECT * FROM texts LIMIT 8)" : "texts";
  if (!use->slow) ask(sqlite3_mprintf("SELECT %s(%s) FROM t%s", f, args, order));
  if (!use->slow || use->scalar) ask(sqlite3_mprintf("SELECT %s(%s) FROM %s%s", f, args, from, order));
  if (!use->scalar) {
    ask(sqlite3_mprintf("SELECT %s_state(%s) FROM t", f, args));
    if (!use->slow) ask(sqlite3_mprintf("SELECT %s(%s) OVER (ORDER BY id ROWS 5 PRECEDING) FROM t", f, args));
    ask(sqlite3_mprintf("SELECT %s(s%s) FROM (SELECT %s_state(%s) AS s FROM %s GROUP BY part)", f, finish, f,
                        args, from));
  }
  sqlite3_free(args);
  sqlite3_free(finish);
}

static const char *const others[] = {
    "SELECT * FROM cutoff_curve((SELECT score_set(score, label, weight) FROM t))",
    "SELECT * FROM cutoff_curve((SELECT score_set(prob, label) FROM texts))",
    "SELECT * FROM roc_curve((SELECT score_set(score, label, weight) FROM t))",
    "SELECT * FROM pr_curve((SELECT score_set(score, label, weight) FROM t))",
    "SELECT * FROM calibration_curve((SELECT score_set(prob, label, weight) FROM t), '7')",
    "SELECT * FROM calibration_curve((SELECT score_set(prob, label) FROM t), 7.0, 'quantile')",
    "SELECT * FROM lift_curve((SELECT score_set(score, label, weight) FROM t), ' 3 ')",
    "SELECT * FROM class_table((SELECT class_set(pred_class, label_class, weight) FROM t))",
    "SELECT score_set_info((SELECT score_set(score, label, weight) FROM t))",
    "SELECT roc_auc(s), f1_at(s, 0.5), best_cutoff_metrics(s, 'mcc'), log_loss(s) FROM (SELECT "
    "score_set(prob, label, weight) AS s FROM t GROUP BY part)",
    "SELECT vector_from_f64(x'000000000000f83f010000000000000000000000000010000000000000000080')",
    "SELECT mse(1.5, 'n/a')",
    "SELECT mse(1, '5e-324x')",
    "SELECT roc_auc(0.5, 0.30000000000000004)",
    "SELECT roc_auc(0.5, 5e-324)",
    "SELECT bce(1.0000000000000002, 1)",
    "SELECT bce(-5e-324, 1)",
    "SELECT bce('-5e-324', 1)",
    "SELECT softmax('[1,,2]')",
    "SELECT cross_entropy('[0.5,1.5]', 1)",
    "SELECT ece(0.5, 1, 2.5)",
    "SELECT fbeta_at(1, 1, 0, beta) FROM (SELECT 5e-324 AS beta UNION ALL SELECT 1e-320)",
};

static void ask_all(void) {
  for (int i = 0; i < n_asked; i++) sqlite3_finalize(asked[i].statement);
  n_asked = 0;
  each_use(db, NULL, ask_use, NULL);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) ask(sqlite3_mprintf("%s", others[i]));
  ask(sqlite3_mprintf("SELECT " TEXT_SUM " FROM texts"));
}

static void compare_all(const char *state) {
  for (int i = 0; i < n_asked; i++) {
    if (digest_of(asked[i].statement) == asked[i].digest)
      passed();
    else
      failed("%s: other bytes from %s", state, sqlite3_sql(asked[i].statement));
  }
}

/* ---- floating-point modes ---- */

typedef struct Mode {
  const char *name;
  int round;
  FloatMode set, cleared; /* bits of the control register */
} Mode;

static const Mode modes[] = {
    {"to nearest", FE_TONEAREST, 0, 0},
    {"upward", FE_UPWARD, 0, 0},
    {"downward", FE_DOWNWARD, 0, 0},
    {"toward zero", FE_TOWARDZERO, 0, 0},
#ifdef __SSE2__
    {"subnormals are zero, and flushed to zero", FE_TONEAREST, 0x8040, 0},
    {"subnormals flushed, upward", FE_UPWARD, 0x8040, 0},
    {"traps for invalid, division by zero and overflow", FE_TONEAREST, 0, 0x0680},
#elif defined __aarch64__
    {"subnormals flushed to zero", FE_TONEAREST, 1 << 24, 0},
    {"subnormals flushed, upward", FE_UPWARD, 1 << 24, 0},
#endif
};

/* Whether SQLite itself turns texts into numbers for this query, as it does for the last one: 3.44 gets other
 * numbers when the processor rounds upward. */
static bool is_text_sum(const char *sql) { return strstr(sql, TEXT_SUM) && strstr(sql, "texts"); }

static void compare_in_mode(const Mode *mode) {
  fenv_t usual;
  int moved = 0;
  static uint64_t digests[MOST_ASKED];
  fegetenv(&usual);
  fesetround(mode->round);
#ifdef MLM_HAS_FLOAT_CONTROL
  mlm_float_control_write((mlm_float_control_read() | mode->set) & ~mode->cleared);
  FloatMode wanted = mlm_float_control_read() & MLM_FLOAT_CONTROL_BITS;
#endif
  for (int i = 0; i < n_asked; i++) {
    digests[i] = digest_of(asked[i].statement);
    moved += fegetround() != mode->round;
#ifdef MLM_HAS_FLOAT_CONTROL
    moved += (mlm_float_control_read() & MLM_FLOAT_CONTROL_BITS) != wanted;
#endif
  }
  fesetenv(&usual);
  const bool reads_alike = digests[n_asked - 1] == asked[n_asked - 1].digest;
  for (int i = 0; i < n_asked; i++) {
    const char *sql = sqlite3_sql(asked[i].statement);
    if (!reads_alike && is_text_sum(sql)) continue;
    if (digests[i] == asked[i].digest)
      passed();
    else
      failed("%s: other bytes from %s", mode->name, sql);
  }
  if (moved)
    failed("%s: the mode was changed %d times", mode->name, moved);
  else
    passed();
}

/* ---- a decimal comma ---- */

/* Sets the first locale found that has one; where there is none, one is made, if the C library has the means.
 */
static bool set_decimal_comma(void) {
  static const char *const locales[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "es_ES.UTF-8", "comma"};
  for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
    if (setlocale(LC_ALL, locales[i]) && *localeconv()->decimal_point == ',') return true;
  static const char make[] =
      "d=$(mktemp -d) && cd $d && printf '%s\\n' 'comment_char %' 'escape_char /' LC_NUMERIC "
      "'decimal_point \",\"' 'thousands_sep \".\"' 'grouping 3;3' 'END LC_NUMERIC' >comma.txt && "
      "{ localedef -c -i ./comma.txt ./comma >log 2>&1; test -f comma/LC_NUMERIC && echo $d; }";
  char path[256] = "";
  FILE *made = popen(make, "r");
  if (made && !fgets(path, sizeof path, made)) *path = 0;
  if (made) pclose(made);
  path[strcspn(path, "\n")] = 0;
  if (*path) setenv("LOCPATH", path, 1);
  bool found = *path && setlocale(LC_NUMERIC, "comma") && *localeconv()->decimal_point == ',';
  char *remove = sqlite3_mprintf("rm -rf '%s'", path);
  if (*path && system(remove) != 0) printf("%s is left\n", path);
  sqlite3_free(remove);
  return found;
}

static void decimal_comma(void) {
  char digits[32];
  if (!set_decimal_comma()) {
    printf("left out: there is no locale with a decimal comma, and none could be made\n");
    return;
  }
  snprintf(digits, sizeof digits, "%.1f", 0.5);
  if (strcmp(digits, "0,5") != 0) failed("the C library prints %s, not 0,5", digits);
  compare_all("decimal comma");
  setlocale(LC_ALL, "C");
}

/* ---- text of every kind ---- */

typedef struct StrBuf {
  const char *sql, *want; /* a row, or a part of the error message, its end where a $ follows */
} StrBuf;

static const StrBuf texts[] = {
    {"SELECT mse('1' || char(0), 1)",
     "pred must be a number, got text '1 '; if it ends at its NUL character, CASE"},
    {"SELECT mse('1' || char(0) || '2', 1)", "pred must be a number"},
    {"SELECT mse(char(0), 1)", "pred must be a number"},
    {"SELECT roc_auc(1, '1' || char(0))",
     "label must be 0 or 1, got text '1 '; if it ends at its NUL character, CASE"},
    {"SELECT accuracy('a' || char(0) || 'b', 'a' || char(0) || 'c')", "0.0"},
    {"SELECT accuracy('a' || char(0) || 'b', 'a' || char(0) || 'b')", "1.0"},
    {"SELECT accuracy('1' || char(0), 1)", "0.0"},
    {"SELECT class = 'a' || char(0) || 'b' FROM class_table((SELECT class_set('a' || "
     "char(0) || 'b', 'a' || char(0) || 'b')))",
     "1"},
    {"SELECT best_cutoff(.5, 1, 'f1' || char(0))", "objective cannot be text 'f1"},
    {"SELECT best_cutoff(.5, 1, 'f1' || char(0) || 'x')", "objective cannot be text 'f1"},
    {"SELECT softmax('[1,2]' || char(0))", "is not a JSON array"},
    {"SELECT softmax('[1' || char(0) || ',2]')", "must be a number"},
    {"SELECT * FROM calibration_curve((SELECT score_set(.5, 1)), 5, 'uniform' || char(0) || 'x')",
     "strategy must be"},
    {"SELECT mse('a' || char(10) || char(27) || char(127) || 'b', 1)", "got text 'a   b'"},
    {"SELECT mse(printf('%.*c', 41, 'x'), 1)", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"},
    {"SELECT mse(printf('%.*c', 40, 'x'), 1)", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"},
    {"SELECT mse(printf('%.*c', 39, 'x') || 'äö', 1)", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'"},
};

static bool says(const char *message, const char *want) {
  size_t n = strlen(want), length = strlen(message);
  if (want[n - 1] != '$') return strstr(message, want) != NULL;
  return length >= n - 1 && strncmp(message + length - (n - 1), want, n - 1) == 0;
}

static void check_texts(const char *state) {
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    bool error;
    char *got = rows_of(db, texts[i].sql, &error);
    if (error ? says(got, texts[i].want) : strcmp(got, texts[i].want) == 0)
      passed();
    else
      failed("%s: %s gives %s, not %s", state, texts[i].sql, got, texts[i].want);
    sqlite3_free(got);
  }
}

/* A message stays short and on one line, whichever argument is a huge text full of control characters. */
static void check_huge(const Use *use) {
  for (int i = 0; i < use->n; i++) {
    Use huge = *use;
    if (strchr(use->args[i], ',') && *use->args[i] != '\'') continue; /* numbers spread over arguments */
    huge.args[i] = "(SELECT text FROM huge)";
    char *args = join_args(&huge, "%s"), *sql = sqlite3_mprintf("SELECT %s(%s) FROM t", use->name, args);
    bool error;
    char *got = rows_of(db, sql, &error);
    bool tame = !error || strlen(got) < 500;
    for (const char *at = got; error && *at; at++) tame &= (unsigned char)*at >= ' ' && *at != 127;
    if (tame)
      passed();
    else
      failed("%s: a message of %d bytes: %.200s", sql, (int)strlen(got), got);
    sqlite3_free(got);
    sqlite3_free(sql);
    sqlite3_free(args);
  }
}

static void make_huge(void) {
  sqlite3_exec(db,
               "CREATE TABLE huge AS WITH RECURSIVE n(i, text) AS (VALUES (0, char(7) || 'text' || char(10, "
               "228) || '\"''%s%n') UNION ALL SELECT i + 1, text || text FROM n WHERE i < 12) "
               "SELECT text FROM n ORDER BY i DESC LIMIT 1",
               NULL, NULL, NULL);
}

/* ---- empty frames ---- */

static void check_empty_frames(const Use *use) {
  static const char *const frames[] = {"BETWEEN 2 PRECEDING AND 3 PRECEDING",
                                       "BETWEEN 3 FOLLOWING AND 1 FOLLOWING",
                                       "BETWEEN 1000 FOLLOWING AND 1001 FOLLOWING"};
  if (use->scalar) return;
  char *args = join_args(use, "%s");
  for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
    char *sql = sqlite3_mprintf(
        "SELECT count(*), count(v), count(s) FROM (SELECT %s(%s) OVER w AS v, %s_state(%s) OVER w AS s "
        "FROM t WINDOW w AS (ORDER BY id ROWS %s))",
        use->name, args, use->name, args, frames[i]);
    bool error;
    char *got = rows_of(db, sql, &error), want[32];
    snprintf(want, sizeof want, "%d|0|0", ROWS);
    if (!error && strcmp(got, want) == 0)
      passed();
    else
      failed("%s gives %s", sql, got);
    sqlite3_free(got);
    sqlite3_free(sql);
  }
  char *sql = sqlite3_mprintf(
      "SELECT %s(%s) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING) FROM t LIMIT 1", use->name,
      args);
  bool error;
  char *got = rows_of(db, sql, &error);
  if (!error && !*got)
    passed();
  else
    failed("%s gives %s", sql, got);
  sqlite3_free(got);
  sqlite3_free(sql);
  sqlite3_free(args);
}

/* ---- databases in UTF-16 ---- */

static void compare_encoding(const char *encoding, bool wild, sqlite3 *plain) {
  char *pragma = sqlite3_mprintf("PRAGMA encoding = '%s'", encoding);
  db = open_bare();
  sqlite3_exec(db, pragma, NULL, NULL, NULL);
  make_property_tables(db, wild, ROWS);
  make_huge();
  bool error;
  char *set = rows_of(db, "PRAGMA encoding", &error);
  if (strcmp(set, encoding) != 0) failed("the encoding is %s, not %s", set, encoding);
  for (int i = 0; i < n_asked; i++) {
    sqlite3_stmt *row = NULL;
    const char *sql = sqlite3_sql(asked[i].statement);
    if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && digest_of(row) == asked[i].digest)
      passed();
    else
      failed("%s: other bytes from %s", encoding, sql);
    sqlite3_finalize(row);
  }
  check_texts(encoding);
  sqlite3_free(set);
  sqlite3_free(pragma);
  sqlite3_close(db);
  db = plain;
}

int main(void) {
  db = open_bare();
  make_huge();
  for (int wild = 0; wild < 2; wild++) {
    make_property_tables(db, wild, ROWS);
    ask_all();
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) compare_in_mode(&modes[i]);
    decimal_comma();
    compare_encoding("UTF-16le", wild, db);
    compare_encoding("UTF-16be", wild, db);
    each_use(db, NULL, check_empty_frames, NULL);
  }
  check_texts("UTF-8");
  each_use(db, NULL, check_huge, NULL);
  for (int i = 0; i < n_asked; i++) sqlite3_finalize(asked[i].statement);
  sqlite3_close(db);
  return end_of_tests();
}
