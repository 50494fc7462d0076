/* Reads CSV into a table, in the WebAssembly build: the bytes come in pieces of any size, and are never
 * copied to JavaScript's memory again. A cell that is a number by the grammar of JSON is stored as one, so
 * that SQL compares it as one; every other cell is text, and an empty one is empty text, as in the shell's
 * .import. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_COLUMNS = 1000 };
/* Between two bytes: at the start of a cell, in a plain one, within quotes, after a quote within quotes. */
enum { AT_START, PLAIN, QUOTED, BEHIND_QUOTE };

typedef struct CsvReader {
  sqlite3 *db;
  sqlite3_stmt *insert;  /* NULL until the header is read */
  sqlite3_str *row;      /* the cells of the row so far, one after the other */
  int ends[MAX_COLUMNS]; /* where each ends in `row` */
  int n_cells, n_columns;
  bool quoted[MAX_COLUMNS]; /* whether the cell stood in quotes: never a number */
  char delimiter, state;
  bool behind_return;            /* the last byte was a carriage return */
  double n_rows;                 /* of the table; double, because JavaScript reads it */
  double first_uneven, n_uneven; /* rows with other than n_columns cells: the first one, and how many */
  double open_quote;             /* the row whose quote is never closed, 0 if there is none */
} CsvReader;

CsvReader *mlm_csv_open(sqlite3 *db, int delimiter);
int mlm_csv_feed(CsvReader *csv, const char *bytes, int n);
int mlm_csv_end(CsvReader *csv);
double mlm_csv_fact(const CsvReader *csv, int which);
void mlm_csv_close(CsvReader *csv);

/* A reader that makes the table `predictions`; NULL if memory is short. The caller closes it. */
CsvReader *mlm_csv_open(sqlite3 *db, int delimiter) {
  CsvReader *csv = sqlite3_malloc(sizeof *csv);
  if (!csv) return NULL;
  memset(csv, 0, sizeof *csv);
  csv->db = db;
  csv->delimiter = (char)delimiter;
  csv->row = sqlite3_str_new(db);
  return csv;
}

void mlm_csv_close(CsvReader *csv) {
  sqlite3_finalize(csv->insert);
  sqlite3_free(sqlite3_str_finish(csv->row));
  sqlite3_free(csv);
}

/* What to tell about the file: 0: rows; 1, 2: the first row with too many or too few cells, and how many
 * there are; 3: the row whose quote is never closed; 4: columns. */
double mlm_csv_fact(const CsvReader *csv, int which) {
  const double facts[] = {csv->n_rows, csv->first_uneven, csv->n_uneven, csv->open_quote, csv->n_columns};
  return which >= 0 && which < 5 ? facts[which] : 0;
}

static int run(sqlite3 *db, sqlite3_str *sql) {
  char *text = sqlite3_str_finish(sql);
  int rc = text ? sqlite3_exec(db, text, NULL, NULL, NULL) : SQLITE_NOMEM;
  sqlite3_free(text);
  return rc;
}

/* Whether one of the first n cells already has this name, as SQLite compares names. */
static bool is_taken(const CsvReader *csv, const char *names, int n, const char *name, int length) {
  for (int i = 0; i < n; i++) {
    int begin = i ? csv->ends[i - 1] : 0;
    if (csv->ends[i] - begin == length && sqlite3_strnicmp(names + begin, name, length) == 0) return true;
  }
  return false;
}

/* Makes the table from the first row: an empty name becomes column3, a second `score` score_4. */
static int make_table(CsvReader *csv) {
  const char *names = sqlite3_str_value(csv->row);
  sqlite3_str *sql = sqlite3_str_new(csv->db), *insert = sqlite3_str_new(csv->db);
  sqlite3_str_appendall(sql, "CREATE TABLE predictions(");
  sqlite3_str_appendall(insert, "INSERT INTO predictions VALUES(");
  csv->n_columns = csv->n_cells;
  for (int i = 0; i < csv->n_columns; i++) {
    int begin = i ? csv->ends[i - 1] : 0, length = csv->ends[i] - begin;
    const char *comma = i ? ", " : "";
    if (length == 0)
      sqlite3_str_appendf(sql, "%s\"column%d\"", comma, i + 1);
    else if (is_taken(csv, names, i, names + begin, length))
      sqlite3_str_appendf(sql, "%s\"%.*w_%d\"", comma, length, names + begin, i + 1);
    else
      sqlite3_str_appendf(sql, "%s\"%.*w\"", comma, length, names + begin);
    sqlite3_str_appendall(insert, i ? ", ?" : "?");
  }
  sqlite3_str_appendall(sql, ")");
  sqlite3_str_appendall(insert, ")");
  int rc = run(csv->db, sql);
  char *text = sqlite3_str_finish(insert);
  if (rc == SQLITE_OK) rc = text ? sqlite3_prepare_v2(csv->db, text, -1, &csv->insert, NULL) : SQLITE_NOMEM;
  sqlite3_free(text);
  return rc;
}

/* The length of the digits that a text begins with. */
static int digits(const char *text, int n) {
  int i = 0;
  while (i < n && text[i] >= '0' && text[i] <= '9') i++;
  return i;
}

/* Whether the n bytes are a number: -12, 0.5, .5, 1e-3; not 007, +1, nan, or a number with blanks. */
static bool is_number(const char *text, int n, bool *is_integer) {
  int at = n > 0 && text[0] == '-', whole = digits(text + at, n - at);
  if (whole > 1 && text[at] == '0') return false;
  at += whole;
  *is_integer = whole > 0 && at == n;
  int fraction = 0;
  if (at < n && text[at] == '.') {
    fraction = digits(text + at + 1, n - at - 1);
    at += 1 + fraction;
  }
  if (whole + fraction == 0) return false;
  if (at < n && (text[at] == 'e' || text[at] == 'E')) {
    at++;
    if (at < n && (text[at] == '-' || text[at] == '+')) at++;
    int exponent = digits(text + at, n - at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == n;
}

/* The double nearest to digits / 10^k, for digits > 0 and 0 < k <= 19, ties to even. The quotient of 128 bits
 * has at least 64 significant ones, and its last one stands for the rest that the division leaves. */
static double quotient(uint64_t digits, int k) {
  uint64_t divisor = 1;
  for (int i = 0; i < k; i++) divisor *= 10;
  int shift = __builtin_clzll(digits);
  unsigned __int128 dividend = (unsigned __int128)(digits << shift) << 64, q = dividend / divisor;
  if (q * divisor != dividend) q |= 1;
  return (double)q * 0x1p-64 / (double)((uint64_t)1 << shift);
}

/* The double nearest to the number, which ends with a zero byte. Scores of 16 or 17 digits are the usual
 * case, for which strtod() takes half of the time of reading a file. */
static double value_of(const char *text) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  uint64_t value = 0;
  int n_digits = 0, n_behind = 0; /* significant ones, and those behind the point */
  const char *at = text + (text[0] == '-');
  for (bool behind = false; *at == '.' || (*at >= '0' && *at <= '9'); at++) {
    if (*at == '.') {
      behind = true;
      continue;
    }
    n_behind += behind;
    if (n_digits > 0 || *at != '0') n_digits++;
    if (n_digits <= 19) value = value * 10 + (uint64_t)(*at - '0');
  }
  double found;
  if (*at || n_digits > 19 || n_behind > 22) return strtod(text, NULL);
  if (value <= (uint64_t)1 << 53)
    found = (double)value / powers[n_behind]; /* both exact, so there is one rounding */
  else if (n_behind > 0 && n_behind <= 19)
    found = quotient(value, n_behind);
  else
    return strtod(text, NULL);
  return text[0] == '-' ? -found : found;
}

static int bind(CsvReader *csv, int i, const char *text, int n) {
  bool is_integer;
  char copy[64]; /* a longer number stays text, which counts as a number all the same */
  if (csv->quoted[i] || n >= (int)sizeof copy || !is_number(text, n, &is_integer))
    return sqlite3_bind_text(csv->insert, i + 1, text, n, SQLITE_STATIC);
  memcpy(copy, text, (size_t)n);
  copy[n] = 0;
  if (is_integer && n <= 18) return sqlite3_bind_int64(csv->insert, i + 1, strtoll(copy, NULL, 10));
  if (is_integer) return sqlite3_bind_text(csv->insert, i + 1, text, n, SQLITE_STATIC);
  return sqlite3_bind_double(csv->insert, i + 1, value_of(copy));
}

static int end_cell(CsvReader *csv) {
  if (csv->n_cells < MAX_COLUMNS) {
    csv->ends[csv->n_cells] = sqlite3_str_length(csv->row);
    csv->n_cells++;
    if (csv->n_cells < MAX_COLUMNS) csv->quoted[csv->n_cells] = false;
  }
  csv->state = AT_START;
  return sqlite3_str_errcode(csv->row);
}

/* Stores the row. Cells that are missing are NULL, and those beyond the last column are left out. */
static int end_row(CsvReader *csv) {
  int rc = end_cell(csv);
  bool is_blank = csv->n_cells == 1 && csv->ends[0] == 0 && !csv->quoted[0];
  if (rc == SQLITE_OK && !is_blank && !csv->insert) {
    rc = make_table(csv);
  } else if (rc == SQLITE_OK && !is_blank) {
    const char *text = sqlite3_str_value(csv->row);
    csv->n_rows++;
    if (csv->n_cells != csv->n_columns && csv->n_uneven++ == 0) csv->first_uneven = csv->n_rows;
    for (int i = 0; rc == SQLITE_OK && i < csv->n_columns; i++) {
      int begin = i ? csv->ends[i - 1] : 0;
      rc = i < csv->n_cells ? bind(csv, i, text ? text + begin : "", csv->ends[i] - begin)
                            : sqlite3_bind_null(csv->insert, i + 1);
    }
    if (rc == SQLITE_OK) {
      sqlite3_step(csv->insert);
      rc = sqlite3_reset(csv->insert);
    }
  }
  sqlite3_str_reset(csv->row);
  csv->n_cells = 0;
  csv->quoted[0] = false;
  return rc;
}

/* One byte after a quote within quotes: a second quote is a quote, anything else ends the quotes. */
static bool begins_plain(CsvReader *csv, char byte) {
  if (csv->state != BEHIND_QUOTE) return true;
  csv->state = byte == '"' ? QUOTED : PLAIN;
  if (byte == '"') sqlite3_str_appendchar(csv->row, 1, byte);
  return byte != '"';
}

/* The number of bytes from `bytes` on that are part of the cell as they stand. */
static int plain_run(const CsvReader *csv, const char *bytes, int n) {
  int i = 0;
  if (csv->state == QUOTED)
    while (i < n && bytes[i] != '"') i++;
  else
    while (i < n && bytes[i] != csv->delimiter && bytes[i] != '\n' && bytes[i] != '\r') i++;
  return i;
}

/* Reads the next n bytes of the file. SQLITE_OK, or what went wrong. */
int mlm_csv_feed(CsvReader *csv, const char *bytes, int n) {
  int rc = SQLITE_OK;
  for (int i = 0; rc == SQLITE_OK && i < n;) {
    char byte = bytes[i];
    bool was_return = csv->behind_return;
    csv->behind_return = false;
    if (csv->state == QUOTED && byte == '"') {
      csv->state = BEHIND_QUOTE;
    } else if (csv->state == AT_START && byte == '"') {
      csv->state = QUOTED;
      if (csv->n_cells < MAX_COLUMNS) csv->quoted[csv->n_cells] = true;
    } else if (!begins_plain(csv, byte)) {
      /* a doubled quote, which is in the cell already */
    } else if (csv->state != QUOTED && byte == csv->delimiter) {
      rc = end_cell(csv);
    } else if (csv->state != QUOTED && (byte == '\n' || byte == '\r')) {
      bool is_second = byte == '\n' && was_return;
      if (!is_second) rc = end_row(csv);
      csv->behind_return = byte == '\r';
    } else {
      int run_length = plain_run(csv, bytes + i, n - i);
      sqlite3_str_append(csv->row, bytes + i, run_length);
      if (csv->state == AT_START) csv->state = PLAIN;
      rc = sqlite3_str_errcode(csv->row);
      i += run_length - 1;
    }
    i++;
  }
  return rc;
}

/* The end of the file: a last line without a newline is a row too. */
int mlm_csv_end(CsvReader *csv) {
  if (csv->state == QUOTED) csv->open_quote = csv->n_rows + 1;
  if (csv->state == AT_START && csv->n_cells == 0) return SQLITE_OK;
  return end_row(csv);
}
