/* Properties of every function in mlmetrics_functions.
 *
 * A property is a pair of queries that must give the same rows: same types, same bits. The arguments are
 * those of call_matrix.h, the data those of property_tables.h, tame and wild.
 */
#include "property_tables.h"
#include "call_matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "state/blob.h"

enum { ROWS = 45, SLOW_ROWS = 6, SLOW_WINDOWS = 2, MOST_SHOWN = 3 };

static const char *const windows[] = {
    "ORDER BY shuffle, id",
    "ORDER BY shuffle, id ROWS 7 PRECEDING",
    "ORDER BY shuffle, id ROWS BETWEEN 40 PRECEDING AND 2 FOLLOWING",
    "ORDER BY shuffle, id ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING",
    "ORDER BY shuffle, id ROWS BETWEEN 9 FOLLOWING AND 12 FOLLOWING",
    "ORDER BY shuffle, id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    "ORDER BY band RANGE UNBOUNDED PRECEDING",
    "PARTITION BY part ORDER BY shuffle, id ROWS 4 PRECEDING",
    "ORDER BY band RANGE BETWEEN 3 PRECEDING AND 2 FOLLOWING", /* from here on 3.28 */
    "ORDER BY band GROUPS BETWEEN 3 PRECEDING AND 1 FOLLOWING",
    "ORDER BY shuffle, id ROWS 20 PRECEDING EXCLUDE CURRENT ROW",
    "ORDER BY band GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES",
    "ORDER BY band RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE GROUP",
};

static sqlite3 *db;
static const char *flavour;
static int n_windows;
static bool slow;  /* the properties are now those of functions of which a value computes 1000 samples */
static int broken; /* properties that failed for the current signature */

/* Cuts out the lines of a report that say how many rows were left out, or that few were. */
static void drop_left_out_lines(char *text) {
  for (char *at; (at = strstr(text, "eft out"));) {
    char *line = at, *end = at + strcspn(at, "\n");
    while (line > text && line[-1] != '\n') line--;
    if (*end) end++;
    memmove(line, end, strlen(end) + 1);
  }
}

/* JSON that counts the rows left out, without that count. */
static char *without_left_out(const unsigned char *text) {
  char *copy = sqlite3_mprintf("%s", text), *at = copy ? strstr(copy, "\"left_out\":") : NULL;
  if (copy) drop_left_out_lines(copy);
  if (at) {
    size_t n = strcspn(at, ",}");
    memmove(at, at + n, strlen(at + n) + 1);
  }
  return copy;
}

static bool same_text(sqlite3_stmt *a, sqlite3_stmt *b, int i) {
  char *x = without_left_out(sqlite3_column_text(a, i)), *y = without_left_out(sqlite3_column_text(b, i));
  bool same = strcmp(x, y) == 0;
  sqlite3_free(x);
  sqlite3_free(y);
  return same;
}

/* A reader of a saved state's payload; its `failed` is set if there is no state. */
static Reader payload_of(sqlite3_stmt *row, int i, char name[32]) {
  const uint8_t *bytes = sqlite3_column_blob(row, i);
  Reader in = {.at = bytes, .end = bytes + sqlite3_column_bytes(row, i)};
  in.failed =
      mlm_read_header(&in, name) != HEADER_OK || mlm_read_varint(&in) != 0; /* a set has no parameters */
  return in;
}

/* Whether two saved states are the same, except for the number of rows left out, which may be larger in the
 * first. Kinds that count these rows begin with their number; the others must be the same in all bytes. */
static bool same_state(sqlite3_stmt *a, sqlite3_stmt *b, int i) {
  int n = sqlite3_column_bytes(a, i);
  if (n == sqlite3_column_bytes(b, i)
      && memcmp(sqlite3_column_blob(a, i), sqlite3_column_blob(b, i), (size_t)n) == 0)
    return true;
  char name[32], other[32];
  Reader x = payload_of(a, i, name), y = payload_of(b, i, other);
  bool more = mlm_read_varint(&x) > mlm_read_varint(&y);
  uint64_t left = mlm_read_left(&x);
  return more && !x.failed && !y.failed && strcmp(name, other) == 0 && left == mlm_read_left(&y)
         && (left == 0 || memcmp(x.at, y.at, left) == 0);
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int i, bool but_left_out) {
  int type = sqlite3_column_type(a, i);
  if (type != sqlite3_column_type(b, i)) return false;
  if (type == SQLITE_NULL) return true;
  if (type == SQLITE_INTEGER) return sqlite3_column_int64(a, i) == sqlite3_column_int64(b, i);
  if (type == SQLITE_FLOAT) {
    double x = sqlite3_column_double(a, i), y = sqlite3_column_double(b, i);
    return memcmp(&x, &y, sizeof x) == 0;
  }
  if (but_left_out) return type == SQLITE_BLOB ? same_state(a, b, i) : same_text(a, b, i);
  int n = sqlite3_column_bytes(a, i);
  return n == sqlite3_column_bytes(b, i)
         && (n == 0 || memcmp(sqlite3_column_blob(a, i), sqlite3_column_blob(b, i), (size_t)n) == 0);
}

/* What a statement gave at its last step; to be freed with sqlite3_free. */
static char *shown(sqlite3_stmt *row, int status, int i) {
  if (status == SQLITE_DONE) return sqlite3_mprintf("no row");
  if (!row || status != SQLITE_ROW) return sqlite3_mprintf("the error: %s", sqlite3_errmsg(db));
  switch (sqlite3_column_type(row, i)) {
  case SQLITE_NULL: return sqlite3_mprintf("NULL");
  case SQLITE_FLOAT: return sqlite3_mprintf("%!.17g", sqlite3_column_double(row, i));
  case SQLITE_BLOB: return sqlite3_mprintf("a BLOB of %d bytes", sqlite3_column_bytes(row, i));
  default: return sqlite3_mprintf("%s", sqlite3_column_text(row, i));
  }
}

/* Checks that both queries give the same rows; frees both. */
static void compare(const char *law, char *first, char *second, bool but_left_out) {
  sqlite3_stmt *a = NULL, *b = NULL;
  int x = sqlite3_prepare_v2(db, first, -1, &a, NULL),
      y = x == SQLITE_OK ? sqlite3_prepare_v2(db, second, -1, &b, NULL) : x, column = 0;
  bool same = x == SQLITE_OK && y == SQLITE_OK;
  for (x = same ? SQLITE_ROW : x; same && x == SQLITE_ROW;) {
    x = sqlite3_step(a);
    same = x == SQLITE_ROW || x == SQLITE_DONE;
    if (same) same = (y = sqlite3_step(b)) == x;
    for (column = 0; same && x == SQLITE_ROW && column < sqlite3_column_count(a); column++)
      same = same_value(a, b, column, but_left_out);
  }
  if (same) {
    passed();
  } else if (++broken > MOST_SHOWN) {
    failed(NULL);
  } else {
    char *got = shown(a, x, column ? column - 1 : 0), *want = shown(b, y, column ? column - 1 : 0);
    failed("%s (%s):\n  %s\n  gives %s\n  %s\n  gives %s", law, flavour, first, got, second, want);
    sqlite3_free(got);
    sqlite3_free(want);
  }
  sqlite3_finalize(a);
  sqlite3_finalize(b);
  sqlite3_free(first);
  sqlite3_free(second);
}

static void law(const char *name, char *first, char *second) { compare(name, first, second, false); }

static Use with_arg(const Use *use, int i, const char *arg) {
  Use changed = *use;
  changed.args[i] = arg;
  return changed;
}

/* sql with %s for each of up to three strings, here the function's name and its arguments. */
static char *query(const char *sql, const char *a, const char *b, const char *c) {
  return sqlite3_mprintf(sql, a, b, c);
}

/* The query with its counts as REAL. Frees sql, of which the only column may be a count or a text of counts.
 */
static char *with_reals(char *sql) {
  char *real = sqlite3_mprintf("WITH r(v) AS (%s) SELECT CASE typeof(v) WHEN 'integer' THEN 1.0 * v WHEN "
                               "'text' THEN as_reals(v) ELSE v END FROM r",
                               sql);
  sqlite3_free(sql);
  return real;
}

/* A saved state holds a weight of 2 as two rows without weight, so counts that are REAL for weighted rows are
 * INTEGER for their state if all weights are integral: they are then compared as numbers. */
static void law_of_states(const Use *use, const char *name, char *of_states, char *of_rows) {
  if (strcmp(use->names[use->n - 1], "weight") != 0)
    law(name, of_states, of_rows);
  else
    law(name, with_reals(of_states), with_reals(of_rows));
}

static void any_partition(const Use *use, const char *args, const char *finish, const char *key) {
  const char *f = use->name;
  char *saved = query("(SELECT part, %s_state(%s) AS s FROM t GROUP BY %s)", f, args, key);
  law_of_states(use, "any partition", query("SELECT %s(s%s) FROM %s", f, finish, saved),
                query("SELECT %s(%s) FROM t", f, args, ""));
  law("any partition, saved", query("SELECT %s_state(s) FROM %s", f, saved, ""),
      query("SELECT %s_state(%s) FROM t", f, args, ""));
  law_of_states(use, "merged twice",
                sqlite3_mprintf("SELECT %s(s%s) FROM (SELECT %s_state(s) AS s FROM %s GROUP BY part)", f,
                                finish, f, saved),
                query("SELECT %s(%s) FROM t", f, args, ""));
  sqlite3_free(saved);
}

static void order_and_parts(const Use *use, const char *args, const char *finish) {
  const char *f = use->name;
  static const char *const tables[] = {"shuffled", "reversed"};
  for (int i = 0; i < 2; i++) {
    law("any order", query("SELECT %s(%s) FROM %s", f, args, tables[i]),
        query("SELECT %s(%s) FROM t", f, args, ""));
    law("any order, saved", query("SELECT %s_state(%s) FROM %s", f, args, tables[i]),
        query("SELECT %s_state(%s) FROM t", f, args, ""));
  }
  static const char *const parts[] = {"'all'", "part", "shuffle % 37", "id"};
  for (int i = 0; i < 4; i++) any_partition(use, args, finish, parts[i]);
  law_of_states(
      use, "a window over saved states",
      sqlite3_mprintf("SELECT %s(s%s) OVER (ORDER BY part ROWS 1 PRECEDING) FROM (SELECT part, %s_state(%s) "
                      "AS s FROM t GROUP BY part) "
                      "ORDER BY part",
                      f, finish, f, args),
      sqlite3_mprintf(
          "SELECT (SELECT %s(%s) FROM t WHERE part = p.centre OR part = (SELECT max(part) FROM t "
          "WHERE part < p.centre)) FROM (SELECT DISTINCT part AS centre FROM t) p ORDER BY centre",
          f, args));
}

/* Whether NULL is a value like any other: of a key, which stands for a group. */
static bool is_key(const char *name) { return strcmp(name, "key") == 0 || strncmp(name, "series", 6) == 0; }

static void nothing_and_nulls(const Use *use, const char *args) {
  const char *f = use->name;
  bool counts_nulls = strcmp(f, "input_problems") == 0; /* the one aggregate that counts rows with NULL */
  law("no rows", query("SELECT %s(%s) FROM t WHERE id < 0", f, args, ""), sqlite3_mprintf("SELECT NULL"));
  law("no rows, saved", query("SELECT %s_state(%s) FROM t WHERE id < 0", f, args, ""),
      sqlite3_mprintf("SELECT NULL"));
  for (int i = 0; i < use->n && !counts_nulls; i++) {
    if (is_key(use->names[i])) continue;
    bool counts = i == 0 && strstr(use->signature, "(score, relevance"); /* judged, but not retrieved */
    char *some = sqlite3_mprintf("CASE WHEN id %% 7 <> 3 THEN %s END", use->args[i]);
    if (strchr(use->args[i], ',')
        && *use->args[i] != '\'') { /* of numbers spread over arguments, the first */
      const char *overflow = strchr(use->args[i], ',');
      sqlite3_free(some);
      some = sqlite3_mprintf("CASE WHEN id %% 7 <> 3 THEN %.*s END%s", (int)(overflow - use->args[i]),
                             use->args[i], overflow);
    }
    Use holes = with_arg(use, i, some);
    char *with_nulls = join_args(&holes, "%s");
    if (!counts)
      compare("rows with NULL do not count", query("SELECT %s(%s) FROM t", f, with_nulls, ""),
              query("SELECT %s(%s) FROM t WHERE id %% 7 <> 3", f, args, ""), true);
    if (!slow || i == 0)
      law("a window over rows with NULL",
          sqlite3_mprintf("SELECT %s(%s) OVER (%s) FROM t ORDER BY id", f, with_nulls, windows[1]),
          sqlite3_mprintf(
              "SELECT (SELECT %s(%s) FROM members CROSS JOIN t ON id = member WHERE frame = 1 AND "
              "center = c.centre) "
              "FROM (SELECT id AS centre FROM t) c ORDER BY centre",
              f, with_nulls));
    Use none = with_arg(use, i, "NULL");
    char *nulls = join_args(&none, "%s");
    if (!counts && !strchr(use->args[i], ','))
      compare("nothing but NULL", query("SELECT %s(%s) FROM t", f, nulls, ""), sqlite3_mprintf("SELECT NULL"),
              true);
    sqlite3_free(nulls);
    sqlite3_free(with_nulls);
    sqlite3_free(some);
  }
}

static void texts_and_blobs(const char *f, const char *args, const char *each) {
  law("TEXT as numbers", sqlite3_mprintf("SELECT %s(%s) FROM texts%s", f, args, each),
      sqlite3_mprintf("SELECT %s(%s) FROM t%s", f, args, each));
  law("float32 BLOBs as JSON", sqlite3_mprintf("SELECT %s(%s) FROM blobs%s", f, args, each),
      sqlite3_mprintf("SELECT %s(%s) FROM t%s", f, args, each));
}

static void weights(const Use *use, const char *args) {
  int last = use->n - 1;
  const char *f = use->name;
  if (strcmp(use->names[last], "weight") != 0) return;
  law("weight 0", query("SELECT %s(%s) FROM t", f, args, ""),
      query("SELECT %s(%s) FROM t WHERE %s <> 0", f, args, use->args[last]));
  law("weight 0, saved", query("SELECT %s_state(%s) FROM t", f, args, ""),
      query("SELECT %s_state(%s) FROM t WHERE %s <> 0", f, args, use->args[last]));
  Use k_times = with_arg(use, last, "k"), once = with_arg(use, last, "1"), plain = *use;
  plain.n--;
  char *k = join_args(&k_times, "%s"), *one = join_args(&once, "%s"), *none = join_args(&plain, "%s");
  law("weight k", query("SELECT %s(%s) FROM t", f, k, ""), query("SELECT %s(%s) FROM repeated", f, one, ""));
  law("weight k, saved", query("SELECT %s_state(%s) FROM t", f, k, ""),
      query("SELECT %s_state(%s) FROM repeated", f, none, ""));
  /* Counts are INTEGER only without weights. */
  static const char all[] = "SELECT %s(%s) FROM %s";
  law("weight 1", with_reals(query(all, f, one, "t")), with_reals(query(all, f, none, "t")));
  law("weight k, as rows without weight", with_reals(query(all, f, k, "t")),
      with_reals(query(all, f, none, "repeated")));
  sqlite3_free(k);
  sqlite3_free(one);
  sqlite3_free(none);
}

/* A function of (score, label[, …][, weight]) gives the same result for a score set as for its rows, also
 * where many rows have the same numbers and weight. */
static void rows_as_set(const Use *use, const char *args) {
  const char *f = use->name, *weight = NULL;
  char *middle = sqlite3_mprintf("");
  bool classes = strcmp(use->names[0], "pred") == 0 || strcmp(use->names[0], "class") == 0;
  bool scored = strstr(use->signature, "weight") && !classes && strcmp(use->args[1], "label") == 0,
       final = false;
  for (int i = 2; i < use->n && scored; i++) {
    const char *arg = use->args[i];
    final |= use->finish[i];
    bool pos_weight = strncmp(use->names[i], "pos_weight", 10) == 0;
    if (is_key(use->names[i])) scored = false; /* a key of each row */
    if (strcmp(arg, "cutoff") == 0 || (pos_weight && strcmp(arg, "1") != 0)) scored = false;
    if (strcmp(use->names[i], "weight") == 0) {
      weight = arg;
    } else if (!pos_weight) {
      char *longer = sqlite3_mprintf("%s, %s", middle, arg);
      sqlite3_free(middle);
      middle = longer;
    }
  }
  char *sets = sqlite3_mprintf("(SELECT score_set(%s, label%s%s) AS s FROM alike GROUP BY part)",
                               use->args[0], weight ? ", " : "", weight ? weight : "");
  if (scored) {
    law_of_states(use, "rows as a set", sqlite3_mprintf("SELECT %s(s%s) FROM %s", f, middle, sets),
                  query("SELECT %s(%s) FROM alike", f, args, ""));
    if (!final) /* a state keeps the parameters that rows were given, and a set has none */
      law("rows as a set, saved", query("SELECT %s_state(%s) FROM alike", f, args, ""),
          sqlite3_mprintf("SELECT %s_state(s%s) FROM %s", f, middle, sets));
  }
  sqlite3_free(sets);
  sqlite3_free(middle);
}

static void frames(const char *f, const char *args) {
  static const char *const forms[] = {"", "_state"};
  for (int i = 0; i < (slow ? SLOW_WINDOWS : n_windows); i++)
    for (int form = 0; form < (i < 3 ? 2 : 1); form++)
      law(windows[i],
          sqlite3_mprintf("SELECT %s%s(%s) OVER (%s) FROM t ORDER BY id", f, forms[form], args, windows[i]),
          sqlite3_mprintf(
              "SELECT (SELECT %s%s(%s) FROM members CROSS JOIN t ON id = member WHERE frame = %d AND "
              "center = c.centre) "
              "FROM (SELECT id AS centre FROM t) c ORDER BY centre",
              f, forms[form], args, i));
  if (!host_has("3.30")) return;
  law("FILTER", query("SELECT %s(%s) FILTER (WHERE band > 20) FROM t", f, args, ""),
      query("SELECT %s(%s) FROM t WHERE band > 20", f, args, ""));
}

/* Rewrites a text: integers as reals, and runs of blanks, which align columns, as one blank. */
static void as_reals(sqlite3_context *context, int argc, sqlite3_value **argv) {
  const char *at = (const char *)sqlite3_value_text(argv[0]);
  sqlite3_str *out = sqlite3_str_new(NULL);
  for (size_t n; *at; at += n) {
    n = strspn(at, "0123456789.e+-");
    bool number = n > 0 && strspn(at, "0123456789") == n;
    if (n == 0) n = 1;
    if (*at != ' ' || at[1] != ' ') sqlite3_str_append(out, at, (int)n);
    if (number) sqlite3_str_appendall(out, ".0");
  }
  sqlite3_result_text(context, sqlite3_str_finish(out), -1, sqlite3_free);
}

/* Whether the query gives a saved state: bytes that begin as one. */
static bool gives_state(const char *sql) {
  sqlite3_stmt *row = NULL;
  bool found = sqlite3_prepare_v2(db, sql, -1, &row, NULL) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW
               && sqlite3_column_bytes(row, 0) > 4
               && memcmp(sqlite3_column_blob(row, 0), "ML\xff\x7f", 4) == 0;
  sqlite3_finalize(row);
  return found;
}

/* What opens a saved set: the rows of a table-valued function, or the value of a scalar. */
typedef struct Opener {
  char *name;
  const char *more;    /* what must be given beside the set */
  bool scalar, opened; /* opened: some set could be read */
} Opener;

static Opener openers[64];
static int n_openers;

static char *open_with(const Opener *opener, const char *set) {
  return sqlite3_mprintf(opener->scalar ? "SELECT %s((%s)%s)" : "SELECT * FROM %s((%s)%s)", opener->name, set,
                         opener->more);
}

/* A set made from all rows and one merged from parts give the same result; a function that cannot read one
 * cannot read the other. */
static void laws_of_set(const Use *use, const char *args) {
  char *whole = query("SELECT %s(%s) FROM t", use->name, args, ""), *merged = NULL;
  if (gives_state(whole))
    merged = sqlite3_mprintf("SELECT %s(s) FROM (SELECT %s(%s) AS s FROM shuffled GROUP BY part)", use->name,
                             use->name, args);
  for (int i = 0; merged && i < n_openers; i++) {
    char *first = open_with(&openers[i], merged);
    bool error;
    char *rows = rows_of(db, first, &error);
    sqlite3_free(rows);
    if (error) {
      sqlite3_free(first);
      continue;
    }
    openers[i].opened = true;
    law("a set, whole or merged", first, open_with(&openers[i], whole));
  }
  sqlite3_free(merged);
  sqlite3_free(whole);
}

/* The arguments that the metric of an interval takes too: all but level and method. */
static char *args_of_metric(const Use *use) {
  Use fewer = *use;
  fewer.n = 0;
  for (int i = 0; i < use->n; i++)
    if (strcmp(use->names[i], "level") != 0 && strcmp(use->names[i], "method") != 0)
      fewer.args[fewer.n++] = use->args[i];
  return join_args(&fewer, "%s");
}

/* An interval of states that the metric saved is that of the rows, or an error that names what saves more. */
static void states_of_metric(const Use *use, const char *args, const char *finish) {
  size_t n = strlen(use->name);
  if (n < 4 || strcmp(use->name + n - 3, "_ci") != 0) return;
  char *metric = sqlite3_mprintf("%.*s", (int)(n - 3), use->name), *given = args_of_metric(use);
  char *saved = sqlite3_mprintf("SELECT %s_state(%s) AS s FROM t GROUP BY part", metric, given);
  char *interval = sqlite3_mprintf("SELECT %s(s%s) FROM (%s)", use->name, finish, saved);
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(db, saved, -1, &row, NULL) == SQLITE_OK) { /* else there is no such metric */
    sqlite3_finalize(row);
    sqlite3_prepare_v2(db, interval, -1, &row, NULL);
    if (sqlite3_step(row) == SQLITE_ROW)
      law_of_states(use, "states of the metric", sqlite3_mprintf("%s", interval),
                    query("SELECT %s(%s) FROM t", use->name, args, ""));
    else if (strstr(sqlite3_errmsg(db), "an interval needs more, which "))
      passed();
    else
      failed("%s: %s", interval, sqlite3_errmsg(db));
  }
  sqlite3_finalize(row);
  sqlite3_free(metric);
  sqlite3_free(given);
  sqlite3_free(saved);
  sqlite3_free(interval);
}

static void laws_of_aggregate(const Use *use) {
  if (strcmp(use->name, "pack") == 0) return; /* it keeps an order: tests/packed.c */
  char *args = join_args(use, "%s"), *finish = finish_of(use);
  order_and_parts(use, args, finish);
  nothing_and_nulls(use, args);
  texts_and_blobs(use->name, args, "");
  weights(use, args);
  if (use->n > 1) rows_as_set(use, args);
  frames(use->name, args);
  laws_of_set(use, args);
  states_of_metric(use, args, finish);
  if (strcmp(use->names[0], "score") == 0) { /* some sets are opened only if the scores are probabilities */
    Use prob = with_arg(use, 0, "prob");
    char *with_prob = join_args(&prob, "%s");
    laws_of_set(&prob, with_prob);
    sqlite3_free(with_prob);
  }
  sqlite3_free(args);
  sqlite3_free(finish);
}

static void laws_of_scalar(const Use *use) {
  char *args = join_args(use, "%s");
  texts_and_blobs(use->name, args, " ORDER BY id");
  for (int i = 0; i < use->n; i++) {
    Use none = with_arg(use, i, "NULL");
    char *nulls = join_args(&none, "%s");
    law("a scalar of NULL", query("SELECT %s(%s) FROM t", use->name, nulls, ""),
        sqlite3_mprintf("SELECT NULL FROM t"));
    sqlite3_free(nulls);
  }
  sqlite3_free(args);
}

/* One for each way to give what a function must have beside the set. */
static void add_openers(const char *name, const char *signature, bool scalar) {
  static const struct {
    const char *required, *more;
  } ways[] = {{"(set, metric[", ", 'roc_auc'"}, {"(set, metric[", ", 'accuracy'"}, {"(set, label)", ", 1"}};
  int n = n_openers;
  for (size_t i = 0; i < sizeof ways / sizeof *ways && n_openers < 32; i++)
    if (strncmp(signature + strlen(name), ways[i].required, strlen(ways[i].required)) == 0)
      openers[n_openers++] =
          (Opener){.name = sqlite3_mprintf("%s", name), .more = ways[i].more, .scalar = scalar};
  if (n == n_openers && n_openers < 32)
    openers[n_openers++] = (Opener){.name = sqlite3_mprintf("%s", name), .more = "", .scalar = scalar};
}

static void find_openers(void) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(db,
                         "SELECT DISTINCT name, signature, kind = 'scalar' FROM mlmetrics_functions WHERE "
                         "signature LIKE name || '(set%' AND kind <> 'aggregate'",
                         -1, &row, NULL))
    failed("mlmetrics_functions: %s", sqlite3_errmsg(db));
  while (row && sqlite3_step(row) == SQLITE_ROW)
    add_openers((const char *)sqlite3_column_text(row, 0), (const char *)sqlite3_column_text(row, 1),
                sqlite3_column_int(row, 2));
  sqlite3_finalize(row);
}

static void end_openers(bool all) {
  for (int i = 0; i < n_openers; i++) {
    if (all && !openers[i].opened) failed("%s: none of the sets could be opened", openers[i].name);
    sqlite3_free(openers[i].name);
  }
}

static void try_use(const Use *use) {
  if (use->slow == slow) (use->scalar ? laws_of_scalar : laws_of_aggregate)(use);
}

static void sum_up(const char *signature) {
  if (broken) printf("%s (%s): %d of the properties fail\n", signature, flavour, broken);
  broken = 0;
}

/* properties [function]: tests one function only. In the environment PROPERTY_ROWS is the number of rows in
 * the tables; FAST leaves out the wild tables, and functions of which a value computes 1000 samples;
 * SLOW_ONCE leaves these out of the tame tables. */
int main(int argc, char **argv) {
  const char *rows = getenv("PROPERTY_ROWS");
  const int turns = getenv("FAST") ? 1 : 2;
  db = open_bare();
  sqlite3_create_function(db, "as_reals", 1, SQLITE_UTF8, NULL, as_reals, NULL, NULL);
  n_windows = host_has("3.28") ? (int)(sizeof windows / sizeof *windows) : 8;
  find_openers();
  for (int wild = 0; wild < turns; wild++) {
    flavour = wild ? "wild" : "tame";
    for (int turn = 0; turn < turns; turn++) {
      slow = turn == 1;
      if (slow && !wild && getenv("SLOW_ONCE")) continue;
      make_property_tables(db, wild, slow ? SLOW_ROWS : rows ? atoi(rows) : ROWS);
      make_members(db, windows, n_windows);
      each_use(db, argc > 1 ? argv[1] : NULL, try_use, sum_up);
    }
  }
  end_openers(argc < 2);
  sqlite3_close(db);
  return end_of_tests();
}
