/* Thinning a curve of any number of points to those that are seen. */
#ifndef MLM_THIN_H
#define MLM_THIN_H

#include "charts/chart.h"

/* A plot has at most this many units of the SVG's viewBox each way; a thinned curve may be off by half a
 * unit. */
enum { MLM_PLOT_UNITS = 360 };

/* Points go in one by one, in unit coordinates, in O(1) time and memory. Every point lies within half a unit
 * of the thinned curve, as long as that needs at most MLM_MOST_POINTS, or 2400 over the number of series
 * where those are many. Curves of some thousand rows, whose steps are about as large, may need more: then the
 * points kept are thinned again, within a unit; if that is not enough, the curve is noise, of which only the
 * extremes of each column are kept. */
typedef struct Thinner {
  Chart *chart;
  PointList *out;
  double tolerance;        /* in unit coordinates */
  size_t most;             /* points kept */
  ChartPoint anchor, last; /* the last point kept, the last one seen */
  ChartPoint left, right;  /* a line from the anchor between these two passes near every point since */
  double reach;            /* the largest distance from the anchor since */
  bool any, wedge;         /* there is an anchor; left and right are set */
  bool gap;                /* the next point stands apart from the one before */
} Thinner;

void mlm_thin_begin(Thinner *thin, Chart *chart, PointList *out, int series);
void mlm_thin_point(Thinner *thin, double x, double y);
/* The same, skipping what is too near to the last point to be seen. */
static inline void mlm_thin_add(Thinner *thin, double x, double y) {
  double dx = x - thin->last.x, dy = y - thin->last.y, near = 0.05 / MLM_PLOT_UNITS;
  if (thin->any && dx < near && dx > -near && dy < near && dy > -near) return;
  mlm_thin_point(thin, x, y);
}
/* Ends the line at the last point: a gap, up to the next one. */
void mlm_thin_gap(Thinner *thin);
/* Keeps the last point; (x, y) is the curve's end, which add may have skipped. */
void mlm_thin_end(Thinner *thin, double x, double y);

#endif
