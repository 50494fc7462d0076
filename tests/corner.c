/* A query that has one correct result or error. */
#include "corner.h"

#include <string.h>

#include "tables.h"

void check_corner(sqlite3 *db, const char *sql, const char *want) {
  bool error, wanted = *want == '!';
  char *got = rows_of(db, sql, &error);
  if (error == wanted && (wanted ? strstr(got, want + 1) != NULL : strcmp(got, want) == 0))
    passed();
  else
    failed("%s\n  gives %s\n  not   %s", sql, got, want);
  sqlite3_free(got);
}

void check_corners(sqlite3 *db, const Corner *corner, size_t n) {
  for (size_t i = 0; i < n; i++) check_corner(db, corner[i].sql, corner[i].want);
}
