/* What must hold for every row of the tables of functions, where the compiler cannot see it.
 *
 * A complaint is a sentence that names the row and says what to mend.
 */
#ifndef TABLE_RULES_H
#define TABLE_RULES_H

#include "metrics/arg_specs.h"

enum { COMPLAINT = 400 };

/* Each complaint counts as a failed check, and a rule that is kept as a passed one, unless complaints are
 * quiet: they are counted here and the first is kept. */
extern bool complain_quietly;
extern int complaints;
extern char first_complaint[COMPLAINT];

/* Checks all tables of families, whose list ends with NULL; and a row of arg_specs.c. */
void check_families(const Family *const *list);
void check_spec(const ArgSpec *spec, int kind);

#endif
