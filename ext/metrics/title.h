/* The title of a chart or a report: any text. */
#ifndef MLM_METRICS_TITLE_H
#define MLM_METRICS_TITLE_H

#include "metrics/arg_specs.h"

/* Keeps a text up to its first NUL. */
extern const TextParser mlm_title_parser;

/* The title given; NULL: none. */
const char *mlm_title_of(const Params *params);

#endif
