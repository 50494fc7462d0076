/* The tables for the property tests. Every value is made as a text, so that each table holds the same
 * numbers.
 *
 *   t         numbers typed as they look, vectors as JSON
 *   texts     the same, all TEXT, as an import of a CSV leaves it
 *   blobs     the same, vectors as float32 BLOBs
 *   shuffled, reversed   t in other orders
 *   repeated  each row of t k times (k is a column: 0 to 3)
 * Columns are named for what they hold; part (0..4), band (0..39, ties) and shuffle are for grouping and
 * ordering.
 */
#ifndef LAW_TABLES_H
#define LAW_TABLES_H

#include "tables.h"

/* Replaces the tables. Tame: ties, fractions. Wild: infinities, subnormals, both zeros, 1e308 and 1e-16,
 * certain probabilities, weights from 5e-324 to 1e300. */
void make_property_tables(sqlite3 *db, bool wild_ones, int rows);

/* Replaces table members(frame, center, member): the ids of the rows of t in the frame of row `center`, for
 * each of the windows. */
void make_members(sqlite3 *db, const char *const *windows, int n);

#endif
