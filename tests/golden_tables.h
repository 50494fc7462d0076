/* The tables of the golden digests: t0 to t7, tame and wild by turns, and `big`.
 *
 * Tame: ties, fractions, decimals. Wild: NULLs, infinities, subnormals, random bits, certain probabilities,
 * weights from 2^-1074 to 2^997. Numbers are bound as integers and doubles, decimals are texts made of
 * integers: nothing is read or printed by the host. No expression calls the random generator twice, because
 * compilers evaluate operands in different orders.
 */
#ifndef GOLDEN_TABLES_H
#define GOLDEN_TABLES_H

#include <sqlite3.h>

enum { GOLDEN_TABLES = 8 };

/* NULL, or what went wrong. */
const char *make_golden_tables(sqlite3 *db);

#endif
