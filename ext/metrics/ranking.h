/* What a metric gathers while a walk goes down the distinct scores. */
#ifndef MLM_RANKING_H
#define MLM_RANKING_H

#include "metric.h"

typedef struct Scan {
  ScoreTotals all;
  double param;
  double precision; /* at the group before */
  double gap;       /* largest so far */
  Wide wide_gap;
  ProductSum area;
} Scan;

void mlm_scan_begin(Scan *scan, const Scores *scores, double param);

#endif
