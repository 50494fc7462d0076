/* Ticks of axes: where they stand and what their labels say, of numbers and of dates; where rates stand. */
#include "base/date.h"
#include "charts/chart.h"
#include "charts/score_curves.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Labels say where they stand, and ticks ascend within the axis. */
static void check_axis(double lo, double hi, bool rounded) {
  Axis axis;
  (rounded ? mlm_axis_round : mlm_axis_linear)(&axis, "x", lo, hi);
  bool right = axis.lo < axis.hi && axis.ticks >= (rounded ? 2 : 1) && axis.ticks <= MLM_MOST_TICKS;
  for (int i = 0; i < axis.ticks && right; i++) {
    double x = strtod(axis.tick[i].label, NULL), span = axis.hi - axis.lo;
    right = (i == 0 || axis.tick[i].at > axis.tick[i - 1].at) && axis.tick[i].at >= 0 && axis.tick[i].at <= 1
            && !strstr(axis.tick[i].label, ".e")
            && fabs(x - (axis.lo + axis.tick[i].at * span)) <= span * 1e-6 + fabs(x) * 1e-12;
  }
  if (rounded && hi > lo)
    right = right && axis.lo - lo <= (hi - lo) * 1e-8 && hi - axis.hi <= (hi - lo) * 1e-8;
  expect_x(right, rounded ? "ticks of a rounded axis" : "ticks", lo);
}

static void check_ticks(void) {
  static const double ends[][2] = {{0, 1},          {0, 0.83},        {-3, 7},         {0, 1e6},
                                   {0, 5e7},        {1e300, 1.5e300}, {-1e308, 1e308}, {5, 5},
                                   {-2e300, 3e300}, {-3e307, 3e307},  {0, 7.9e307},    {0, 0},
                                   {1e-9, 3e-9},    {0, 5e-324},      {1e9, 1e9 + 3}};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    check_axis(ends[i][0], ends[i][1], false);
    if (fabs(ends[i][0]) < 8e307 && fabs(ends[i][1]) < 8e307) check_axis(ends[i][0], ends[i][1], true);
  }
  for (int i = 0; i < 2000; i++) {
    double lo = draw_scaled(-60, 60), span = draw_scaled(-60, 60);
    if (draw() & 1) lo = -lo;
    if (lo + span - lo > fabs(lo) * 1e-5) check_axis(lo, lo + span, i & 1);
  }
  Axis axis;
  mlm_axis_linear(&axis, "x", 0, 1);
  expect(axis.ticks == 6 && strcmp(axis.tick[1].label, "0.2") == 0, "ticks of 0 to 1", axis.ticks);
}

/* Ranges and labels of axes of numbers. */
static void check_labels(void) {
  static const struct {
    double lo, hi;
    bool rounded;
    double from, to; /* of the axis */
    const char *labels;
  } cases[] = {
      {0, 1, false, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0 "},
      {0, 5, false, 0, 5, "0 1 2 3 4 5 "},
      {-7, 8, true, -10, 10, "-10 -5 0 5 10 "},
      {0, 26, false, 0, 26, "0 10 20 "},
      {0, 50, false, 0, 50, "0 10 20 30 40 50 "},
      {0, 5e-6, false, 0, 5e-6, "0.000000 0.000001 0.000002 0.000003 0.000004 0.000005 "},
      {0, 5e-7, false, 0, 5e-7, "0 1e-7 2e-7 3e-7 4e-7 5e-7 "},
      {0, 1e7, false, 0, 1e7, "0 2000000 4000000 6000000 8000000 1e7 "},
      {0, 5e7, false, 0, 5e7, "0 1e7 2e7 3e7 4e7 5e7 "},
      {-1e20, 1e20, false, -1e20, 1e20, "-1e20 -5e19 0 5e19 1e20 "},
      {-1.2e8, -1.1e8, false, -1.2e8, -1.1e8, "-1.2e8 -1.18e8 -1.16e8 -1.14e8 -1.12e8 -1.1e8 "},
      {1e9, 1e9 + 300, true, 1e9, 1e9 + 300, "1e9 1.0000001e9 1.0000002e9 1.0000003e9 "},
      {1e10, 1e10 + 300, true, 1e10, 1e10 + 300, "1e10 1.00000001e10 1.00000002e10 1.00000003e10 "},
      {1, 1 + 5e-7, false, 1, 1 + 5e-7, "1e0 1.0000002e0 1.0000004e0 "},
      {-1, -1 + 2e-7, false, -1, -1 + 2e-7, "-1e0 -9.9999995e-1 -9.999999e-1 -9.9999985e-1 -9.999998e-1 "},
      {-8e307, 8e307, false, -8e307, 8e307, "-5e307 0 5e307 "},
      {-INFINITY, INFINITY, false, -8e307, 8e307, "-5e307 0 5e307 "},
      {-1.5e308, 1.5e308, false, -8e307, 8e307, "-5e307 0 5e307 "},
      /* A range of no length, or of next to none, is widened on both sides. */
      {0, 0, false, -0.5, 0.5, "-0.4 -0.2 0.0 0.2 0.4 "},
      {0.5, 0.5, false, 0, 1, "0.0 0.2 0.4 0.6 0.8 1.0 "},
      {1, 1, false, 0.5, 1.5, "0.6 0.8 1.0 1.2 1.4 "},
      {1.5, 1.5, false, 1.35, 1.65, "1.4 1.5 1.6 "},
      {5, 5, false, 4.5, 5.5, "4.6 4.8 5.0 5.2 5.4 "},
      {-5, -5, false, -5.5, -4.5, "-5.4 -5.2 -5.0 -4.8 -4.6 "},
      {1e9, 1e9 + 1, false, 9e8, 1.1e9, "9e8 9.5e8 1e9 1.05e9 1.1e9 "},
      {0, 1e-280, false, -0.5, 0.5, "-0.4 -0.2 0.0 0.2 0.4 "},
      {0, 1.5e-280, false, 0, 1.5e-280, "0 5e-281 1e-280 1.5e-280 "},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Axis axis;
    char labels[256] = "";
    (cases[i].rounded ? mlm_axis_round : mlm_axis_linear)(&axis, "x", cases[i].lo, cases[i].hi);
    for (int k = 0; k < axis.ticks; k++) strcat(strcat(labels, axis.tick[k].label), " ");
    expect_for(strcmp(labels, cases[i].labels) == 0, cases[i].labels, labels);
    expect_x(axis.lo == cases[i].from && axis.hi == cases[i].to, "the range of an axis", cases[i].lo);
  }
  Axis axis;
  mlm_axis_linear(&axis, "x", 1e9, 1e9 + 1.5);
  expect_x(axis.hi == 1e9 + 1.5, "a range that is not widened", axis.hi);
}

/* Reads "Time on 2001-05-31": the day that such an axis is of. False: the axis has another name. */
static bool day_of_axis(const Axis *axis, int64_t *year, int part[2]) {
  int long_year;
  bool is = sscanf(axis->label, "Time on %d-%d-%d", &long_year, &part[0], &part[1]) == 3;
  if (is) *year = long_year;
  return is;
}

/* The days that the label of a tick says; a label with a time has no year, which the axis must tell. */
static double days_of_label(const Axis *axis, const char *label, int64_t year) {
  int part[5] = {1, 1, 0, 0, 0}, n = 0;
  bool timed = strchr(label, ':') || (strlen(label) == 5 && label[2] == '-');
  if (timed && day_of_axis(axis, &year, part)) {
    int hour = 0, minute = 0, second = 0;
    sscanf(label, "%d:%d:%d", &hour, &minute, &second);
    return (double)mlm_days_of(year, part[0], part[1]) + (hour * 3600 + minute * 60 + second) / 86400.0;
  }
  if (!timed) year = strtol(label, (char **)&label, 10);
  for (n = 0; n < 5 && *label; n++)
    part[n] = (int)strtol(label + (*label == '-' || *label == ' ' || *label == ':'), (char **)&label, 10);
  return (double)mlm_days_of(year, part[0], part[1]) + part[2] / 24.0 + part[3] / 1440.0 + part[4] / 86400.0;
}

static void check_date_axis(double lo, double hi) {
  Axis axis;
  mlm_axis_dates(&axis, "Date", lo, hi);
  bool right = axis.lo <= lo && axis.hi >= hi && axis.ticks >= 1 && axis.ticks <= 7;
  for (int i = 0; i < axis.ticks && right; i++) {
    double days = axis.lo + axis.tick[i].at * (axis.hi - axis.lo);
    int64_t year = mlm_civil_day((int64_t)floor(days + 1e-4)).year;
    right = axis.tick[i].at >= 0 && axis.tick[i].at <= 1 && (i == 0 || axis.tick[i].at > axis.tick[i - 1].at)
            && fabs(days_of_label(&axis, axis.tick[i].label, year) - days) < 1e-6;
  }
  expect_x(right, "ticks of dates", hi - lo);
}

static bool same_axis(const Axis *a, const Axis *b) {
  bool same = a->ticks == b->ticks && memcmp(&a->lo, &b->lo, sizeof a->lo) == 0
              && memcmp(&a->hi, &b->hi, sizeof a->hi) == 0;
  for (int i = 0; i < a->ticks && same; i++)
    same = a->tick[i].at == b->tick[i].at && strcmp(a->tick[i].label, b->tick[i].label) == 0;
  return same;
}

/* From seconds to all years that SQLite's dates have; a span of no length, and numbers beyond the calendar.
 */
static void check_dates(void) {
  for (int i = 0; i < 3000; i++) {
    double span = draw_scaled(-16, 22), lo = (draw_unit() - 0.5) * 1e5;
    if (lo + span < 2.9e6) check_date_axis(lo, lo + span);
  }
  check_date_axis(11323.25, 11323.25);
  Axis axis;
  mlm_axis_dates(&axis, "Date", 11323, 11327);
  expect_for(strcmp(axis.tick[0].label, "2001-01-01") == 0, "the first of January 2001", axis.tick[0].label);
  mlm_axis_dates(&axis, "Date", 11323.25, 11323.5);
  expect_for(strcmp(axis.tick[0].label, "06:00") == 0, "six o'clock", axis.tick[0].label);
  expect_for(strcmp(axis.label, "Time on 2001-01-01") == 0, "the day of times", axis.label);
  mlm_axis_dates(&axis, "Date", 11323, 11324.5);
  expect_for(strcmp(axis.label, "Date from 2001-01-01") == 0, "the first day of times", axis.label);
  mlm_axis_dates(&axis, "Date", 11323, 11327);
  expect_for(strcmp(axis.label, "Date") == 0, "the name of an axis of dates", axis.label);
  static const struct {
    double lo, hi;
    const char *labels;
  } read[] = {
      /* 2001-01-01 and half of the next day: of midnights the date is enough. */
      {11323, 11324.5, "01-01 01-01 12:00 01-02 01-02 12:00 "},
      {11323.5, 11323.5 + 2 / 1440.0, "12:00:00 12:00:30 12:01:00 12:01:30 12:02:00 "},
      {11323 - 1 / 1440.0, 11323 + 1 / 1440.0,
       "12-31 23:59:00 12-31 23:59:30 01-01 00:00:00 01-01 00:00:30 "
       "01-01 00:01:00 "},
      {11323 - 3 / 1440.0, 11323 + 1.5 / 1440,
       "12-31 23:57 12-31 23:58 12-31 23:59 01-01 00:00 01-01 00:01 "},
      {-130000, 20000, "1700 1800 1900 2000 "}, /* 1614 to 2024 */
      {-7000, 20000, "1960 1980 2000 2020 "},
      {11000, 20000, "2005 2010 2015 2020 "},
  };
  for (size_t i = 0; i < sizeof read / sizeof *read; i++) {
    char labels[256] = "";
    mlm_axis_dates(&axis, "Date", read[i].lo, read[i].hi);
    for (int k = 0; k < axis.ticks; k++) strcat(strcat(labels, axis.tick[k].label), " ");
    expect_for(strcmp(labels, read[i].labels) == 0, read[i].labels, labels);
  }
  mlm_axis_months(&axis, "Date", 11323, 11323 + 31);
  expect(axis.ticks == 2 && axis.tick[0].at == 0 && axis.tick[1].at == 1, "ticks of two months", axis.ticks);
  expect_for(strcmp(axis.tick[1].label, "2001-02") == 0, "the second month", axis.tick[1].label);
  mlm_axis_months(&axis, "Date", 11323, 11323);
  expect(axis.ticks == 1 && axis.tick[0].at == 0.5, "the tick of one month", axis.ticks);
  mlm_axis_dates(&axis, "Date", 11323, 11323 + 35); /* a Monday */
  expect_for(strcmp(axis.tick[0].label, "2001-01-01") == 0, "a week's first Monday", axis.tick[0].label);
  expect_for(strcmp(axis.tick[1].label, "2001-01-08") == 0, "a week's next Monday", axis.tick[1].label);
  static const double beyond[][2] = {{-4e6, 0}, {0, 4e6}, {-INFINITY, 1}, {0, 1e300}};
  for (int i = 0; i < 4; i++) { /* then an axis of numbers */
    Axis numbers;
    mlm_axis_dates(&axis, "Date", beyond[i][0], beyond[i][1]);
    mlm_axis_linear(&numbers, "Date", beyond[i][0], beyond[i][1]);
    expect(same_axis(&axis, &numbers), "no dates", i);
  }
}

/* The labels for each step between ticks of dates (in days), of an axis that begins on 1 January 2000 and is
 * 4.5 steps long, or ends with the calendar. */
static void check_steps(void) {
  static const struct {
    double step;
    const char *labels;
  } cases[] = {
      {1 / 86400.0, "00:00:00 00:00:01 00:00:02 00:00:03 00:00:04 "},
      {5 / 86400.0, "00:00:00 00:00:05 00:00:10 00:00:15 00:00:20 "},
      {15 / 86400.0, "00:00:00 00:00:15 00:00:30 00:00:45 00:01:00 "},
      {30 / 86400.0, "00:00:00 00:00:30 00:01:00 00:01:30 00:02:00 "},
      {1 / 1440.0, "00:00 00:01 00:02 00:03 00:04 "},
      {5 / 1440.0, "00:00 00:05 00:10 00:15 00:20 "},
      {15 / 1440.0, "00:00 00:15 00:30 00:45 01:00 "},
      {30 / 1440.0, "00:00 00:30 01:00 01:30 02:00 "},
      {1 / 24.0, "00:00 01:00 02:00 03:00 04:00 "},
      {3 / 24.0, "00:00 03:00 06:00 09:00 12:00 "},
      {6 / 24.0, "01-01 01-01 06:00 01-01 12:00 01-01 18:00 01-02 "},
      {12 / 24.0, "01-01 01-01 12:00 01-02 01-02 12:00 01-03 "},
      {1, "2000-01-01 2000-01-02 2000-01-03 2000-01-04 2000-01-05 "},
      {2, "2000-01-02 2000-01-04 2000-01-06 2000-01-08 2000-01-10 "},
      {7, "2000-01-03 2000-01-10 2000-01-17 2000-01-24 2000-01-31 "},
      {14, "2000-01-10 2000-01-24 2000-02-07 2000-02-21 "},
      {30.4, "2000-01 2000-02 2000-03 2000-04 2000-05 "},
      {3 * 30.4, "2000-01 2000-04 2000-07 2000-10 2001-01 "},
      {6 * 30.4, "2000-01 2000-07 2001-01 2001-07 2002-01 "},
      {365.25, "2000 2001 2002 2003 2004 "},
      {2 * 365.25, "2000 2002 2004 2006 2008 "},
      {5 * 365.25, "2000 2005 2010 2015 2020 "},
      {10 * 365.25, "2000 2010 2020 2030 2040 "},
      {20 * 365.25, "2000 2020 2040 2060 2080 "},
      {50 * 365.25, "2000 2050 2100 2150 2200 "},
      {100 * 365.25, "2000 2100 2200 2300 2400 "},
      {200 * 365.25, "2000 2200 2400 2600 2800 "},
      {500 * 365.25, "2000 2500 3000 3500 4000 "},
      {1000 * 365.25, "2000 3000 4000 5000 6000 "},
      {2000 * 365.25, "2000 4000 6000 8000 "},
  };
  const double lo = (double)mlm_days_of(2000, 1, 1);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Axis axis;
    mlm_axis_dates(&axis, "Date", lo, lo + fmin(4.5 * cases[i].step, 2.8e6));
    char labels[256] = "";
    for (int k = 0; k < axis.ticks; k++) strcat(strcat(labels, axis.tick[k].label), " ");
    expect_for(strcmp(labels, cases[i].labels) == 0, cases[i].labels, labels);
  }
}

/* DET curves have normal quantiles of rates from 0.1 % to 99.9 % on both axes; rates beyond are at the ends.
 */
static void check_det(void) {
  static const double places[][2] = {{0, 0},     {0.0005, 0}, {0.001, 0}, {0.5, 0.5},
                                     {0.999, 1}, {0.9995, 1}, {1, 1}};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    expect_x(fabs(mlm_det_place(places[i][0]) - places[i][1]) < 1e-12, "the place of a rate", places[i][0]);
  expect_x(mlm_det_place(0.0011) > 0.004 && mlm_det_place(0.9989) < 0.996, "rates within the axis", 0.0011);
}

int main(void) {
  check_ticks();
  check_labels();
  check_dates();
  check_steps();
  check_det();
  return end_of_tests();
}
