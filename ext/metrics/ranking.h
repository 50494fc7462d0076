/* Metrics of a score set over all cutoffs that other families share. */
#ifndef MLM_RANKING_H
#define MLM_RANKING_H

#include "metric.h"

double mlm_roc_auc(const Scores *scores);           /* NaN if a class is missing */
double mlm_average_precision(const Scores *scores); /* NaN without positives */

#endif
