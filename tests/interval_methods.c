/* The methods that the interval of a metric knows: see interval_methods.h. */
#include "interval_methods.h"

#include <stdio.h>

/* Cuts the texts in quotes, quotes included, into the values of the source. */
static void cut(const char *text, Source *source, char quoted[][NAME_BYTES]) {
  int n = 0;
  for (const char *at = strchr(text, '\''), *end; at && n + 1 < MOST_VALUES; at = strchr(end + 1, '\'')) {
    end = strchr(at + 1, '\'');
    if (!end) break;
    snprintf(quoted[n], NAME_BYTES, "%.*s", (int)(end + 1 - at), at);
    source->values[n] = quoted[n];
    n++;
  }
}

const Source *source_of_method(sqlite3 *db, const char *function, const char *name) {
  static char quoted[MOST_VALUES][NAME_BYTES];
  static Source source;
  sqlite3_stmt *row;
  source = (Source){.name = "method", .finish = true};
  if (strcmp(name, "method") != 0) return NULL;
  sqlite3_prepare_v2(db, "SELECT summary FROM mlmetrics_functions WHERE name = ?", -1, &row, NULL);
  sqlite3_bind_text(row, 1, function, -1, SQLITE_STATIC);
  if (sqlite3_step(row) == SQLITE_ROW) {
    const char *methods = strstr((const char *)sqlite3_column_text(row, 0), " Methods: ");
    if (methods) cut(methods, &source, quoted);
  }
  sqlite3_finalize(row);
  return source.values[0] ? &source : NULL;
}
