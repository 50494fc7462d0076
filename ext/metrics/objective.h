/* The text of an objective: what best_cutoff looks for. */
#ifndef MLM_METRICS_OBJECTIVE_H
#define MLM_METRICS_OBJECTIVE_H

#include "metrics/arg_specs.h"

/* Reads 'f1', 'fbeta:2', 'cost:1,5', 'precision >= 0.9', 'youden@midpoint' into an Objective; blanks at the
 * ends and next to the signs are ignored. What it may be follows from the rows of ext/metrics/threshold.c. */
extern const TextParser mlm_objective_parser;

bool mlm_parse_objective(const char *text, size_t n, Objective *objective); /* false: the text is wrong */

/* Writes the list of what an objective may be: "'f1', 'fbeta:BETA', …". */
void mlm_objective_list(StrBuf *out);

/* The objective given, or f1. */
const Objective *mlm_objective_of(const Params *params);

#endif
