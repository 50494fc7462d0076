/* A query that has one correct result or error. */
#ifndef MLM_TESTS_CORNER_H
#define MLM_TESTS_CORNER_H

#include <stddef.h>
#include <sqlite3.h>

typedef struct Corner {
  const char *sql, *want; /* the rows, or after a "!" a part of the error message */
} Corner;

void check_corner(sqlite3 *db, const char *sql, const char *want);
void check_corners(sqlite3 *db, const Corner *corner, size_t n);

#endif
