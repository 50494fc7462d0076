/* The functions that describe the extension: mlmetrics_functions, mlmetrics_names and mlmetrics_version. */
#ifndef MLM_HELP_H
#define MLM_HELP_H

#include "metric.h"

/* Family i of all: those of the metrics, then the one that describes the extension; NULL: no more. */
const Family *mlm_family_at(int i);

#endif
