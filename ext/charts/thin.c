/* Thinning a curve: a wedge of directions that pass by all points since the last one kept.
 *
 * From the anchor, a point at distance d is passed within t by any direction at most t/d off. The wedge is
 * what these ranges have in common. A point outside the wedge, or one that turns back, makes the point before
 * it the next anchor.
 */
#include "charts/thin.h"

#include <math.h>

enum { ALL_POINTS = 2400 /* of all series: with these, an SVG of two curves a series is below 60 KB */ };

void mlm_thin_begin(Thinner *thin, Chart *chart, PointList *out, int series) {
  size_t share = (size_t)(ALL_POINTS / series);
  *thin = (Thinner){.chart = chart,
                    .out = out,
                    .tolerance = 0.3 / MLM_PLOT_UNITS,
                    .most = share < MLM_MOST_POINTS ? share : MLM_MOST_POINTS};
}

static void keep(Thinner *thin, ChartPoint point) {
  PointList *out = thin->out;
  size_t n = out->n;
  mlm_add_point(thin->chart, out, point.x, point.y);
  if (n > 0 && out->n > n) out->at[n].apart = thin->gap;
  thin->gap = false;
  thin->anchor = point;
  thin->any = true;
  thin->wedge = false;
  thin->reach = 0;
}

/* Keeps the last point, unless it was kept already. */
static void keep_last(Thinner *thin) {
  if (thin->last.x != thin->anchor.x || thin->last.y != thin->anchor.y) keep(thin, thin->last);
}

static double cross(ChartPoint a, ChartPoint b) { return a.x * b.y - a.y * b.x; }

/* Whether the wedge allows the direction. */
static bool allows(const Thinner *thin, ChartPoint direction) {
  return !thin->wedge || (cross(thin->right, direction) >= 0 && cross(direction, thin->left) >= 0);
}

/* Narrows the wedge to what passes by a point in the direction, at distance d from the anchor. */
static void narrow(Thinner *thin, ChartPoint to, double d) {
  double t = thin->tolerance / d;
  ChartPoint left = {.x = to.x - to.y * t, .y = to.y + to.x * t};
  ChartPoint right = {.x = to.x + to.y * t, .y = to.y - to.x * t};
  if (!thin->wedge || cross(left, thin->left) > 0) thin->left = left;
  if (!thin->wedge || cross(thin->right, right) > 0) thin->right = right;
  thin->wedge = true;
}

void mlm_thin_point(Thinner *thin, double x, double y) {
  ChartPoint point = {.x = x, .y = y};
  if (!(x == x && y == y)) return;
  if (!thin->any) keep(thin, point);
  for (int round = 0; round < 2; round++) { /* unreachable: its end, for the second round ends below */
    ChartPoint to = {.x = x - thin->anchor.x, .y = y - thin->anchor.y};
    double d = sqrt(to.x * to.x + to.y * to.y);
    bool back = d < thin->reach - thin->tolerance / 2;
    if (!back && d <= thin->tolerance) break; /* passed by any line from the anchor */
    if (!back && allows(thin, to)) {
      narrow(thin, to, d);
      if (d > thin->reach) thin->reach = d;
      break;
    }
    keep(thin, thin->last); /* then the wedge is open, and the second round ends above */
  }
  thin->last = point;
}

void mlm_thin_gap(Thinner *thin) {
  if (!thin->any) return;
  keep_last(thin);
  thin->any = false;
  thin->gap = true;
}

/* Thins the points kept once more, with twice the tolerance. */
static void thin_again(Thinner *thin) {
  PointList all = *thin->out, *out = thin->out;
  *out = (PointList){0};
  *thin = (Thinner){.chart = thin->chart, .out = out, .tolerance = 2 * thin->tolerance, .most = thin->most};
  for (size_t i = 0; i < all.n; i++) {
    if (all.at[i].apart) mlm_thin_gap(thin);
    mlm_thin_point(thin, all.at[i].x, all.at[i].y);
  }
  keep_last(thin);
}

/* Of a curve that is noise at this size: in each of most/4 columns, the first point, the lowest and the
 * highest in their order, and the last. Gaps narrower than a column are closed. */
static void keep_extremes(Thinner *thin) {
  PointList all = *thin->out, *out = thin->out;
  size_t quarter = thin->most / 4;
  double columns = (double)quarter - 1;
  *out = (PointList){0};
  for (size_t i = 0, end; i < all.n; i = end) {
    int column = (int)(all.at[i].x * columns);
    size_t low = i, high = i;
    for (end = i; end < all.n && (int)(all.at[end].x * columns) == column; end++) {
      if (all.at[end].y < all.at[low].y) low = end;
      if (all.at[end].y > all.at[high].y) high = end;
    }
    size_t kept[] = {i, low < high ? low : high, low < high ? high : low, end - 1};
    for (int k = 0; k < 4; k++) {
      if (k > 0 && kept[k] == kept[k - 1]) continue;
      thin->gap = all.at[kept[k]].apart;
      keep(thin, all.at[kept[k]]);
    }
  }
}

void mlm_thin_end(Thinner *thin, double x, double y) {
  mlm_thin_point(thin, x, y);
  if (thin->any) {
    if (x == x && y == y) thin->last = (ChartPoint){.x = x, .y = y};
    keep_last(thin);
  }
  if (thin->out->n > thin->most) thin_again(thin);
  if (thin->out->n > thin->most) keep_extremes(thin);
}
