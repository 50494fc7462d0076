/* Axes of dates: ticks at round dates and times. */
#include "base/date.h"
#include "base/number_print.h"
#include "charts/chart.h"

enum { INTERVALS = 5 }; /* between ticks, at most */

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* A step between ticks: seconds, or calendar months. */
typedef struct DateStep {
  int32_t seconds, months;
} DateStep;

static const DateStep steps[] = {
    {1, 0},           {5, 0},           {15, 0},      {30, 0},       {MINUTE, 0},   {5 * MINUTE, 0},
    {15 * MINUTE, 0}, {30 * MINUTE, 0}, {HOUR, 0},    {3 * HOUR, 0}, {6 * HOUR, 0}, {12 * HOUR, 0},
    {DAY, 0},         {2 * DAY, 0},     {7 * DAY, 0}, {14 * DAY, 0}, {0, 1},        {0, 3},
    {0, 6},           {0, 12},          {0, 24},      {0, 60},       {0, 120},      {0, 240},
    {0, 600},         {0, 1200},        {0, 2400},    {0, 6000},     {0, 12000},    {0, 24000},
};

static double days_of_step(DateStep step) {
  return step.months ? step.months * 30.4 : step.seconds / (double)DAY;
}

/* The least step that has at most INTERVALS in the span, of whole months where that is asked for; the largest
 * for a span beyond the calendar. */
static DateStep step_for(double span, bool months) {
  size_t i = 0, last = sizeof steps / sizeof *steps - 1;
  while (months && !steps[i].months) i++;
  while (i < last && days_of_step(steps[i]) * INTERVALS < span) i++;
  return steps[i];
}

static int64_t rounded_down(double x) {
  int64_t k = (int64_t)x;
  return (double)k > x ? k - 1 : k;
}

/* Appends a number with at least `least` digits. */
static char *put_digits(char *at, int64_t x, int least) {
  char digits[MLM_NUMBER_BYTES];
  size_t n = mlm_print_integer(x, digits);
  for (size_t i = n; i < (size_t)least; i++) *at++ = '0';
  memcpy(at, digits, n);
  return at + n;
}

/* ":05" */
static char *put_part(char *at, int x) {
  *at++ = ':';
  return put_digits(at, x, 2);
}

static bool is_timed(DateStep step) { return step.seconds % DAY != 0; }

/* "14:00" or "14:00:30" */
static char *put_time(char *at, int second, DateStep step) {
  at = put_digits(at, second / HOUR, 2);
  at = put_part(at, second / MINUTE % 60);
  return step.seconds < MINUTE ? put_part(at, second % MINUTE) : at;
}

/* "2001", "2001-05", "2001-05-31", "05-31 14:00", or "05-31 14:00:30", by the step; `second` is of the day.
 * Where ticks are hours apart, midnight is "05-31": the shorter label leaves room for the others. */
static void write_label(Tick *tick, int64_t day, int second, DateStep step) {
  CivilDay civil = mlm_civil_day(day);
  char *at = tick->label;
  bool timed = is_timed(step);
  if (!timed) at = put_digits(at, civil.year, 4);
  if (step.months % 12 != 0 || !step.months) {
    if (!timed) *at++ = '-';
    at = put_digits(at, civil.month, 2);
  }
  if (!step.months) {
    *at++ = '-';
    at = put_digits(at, civil.day, 2);
  }
  if (timed && (second != 0 || step.seconds < HOUR)) {
    *at++ = ' ';
    at = put_time(at, second, step);
  }
  *at = 0;
}

/* Tick k of the step, in days. Years are counted from a round one, so that a step of a century has 1900 and
 * 2000. Weeks begin on Monday: 1970 began on a Thursday. */
enum { ROUND_YEAR = 2000 };
static double place_of(int64_t k, DateStep step) {
  if (step.months) return (double)mlm_days_of(ROUND_YEAR, 1 + k * step.months, 1);
  return (double)(k * step.seconds) / DAY + (step.seconds % (7 * DAY) == 0 ? 4 : 0);
}

static int64_t first_of(double days, DateStep step) {
  if (!step.months) return rounded_down(days / days_of_step(step)) - 1;
  CivilDay civil = mlm_civil_day(rounded_down(days));
  int64_t months = 12 * (civil.year - ROUND_YEAR) + civil.month - 1;
  return rounded_down((double)months / step.months);
}

/* Names an axis whose ticks are times and do not say the year: "Date from 2001-05-31", or, where all of it is
 * within one day, "Time on 2001-05-31". Returns whether it is. */
static bool name_times(Axis *axis) {
  const int64_t first = rounded_down(axis->lo);
  const bool one_day = first == rounded_down(axis->hi);
  char *at = axis->dated;
  Tick date;
  write_label(&date, first, 0, (DateStep){DAY, 0});
  const char *before = one_day ? "Time on " : "Date from ";
  memcpy(at, before, strlen(before));
  memcpy(at + strlen(before), date.label, strlen(date.label) + 1);
  axis->label = axis->dated;
  return one_day;
}

static void set_dates(Axis *axis, const char *label, double lo, double hi, bool months) {
  const double most = 3e6; /* days: beyond the years of SQLite's dates, on either side */
  if (!(lo > -most && hi < most)) {
    mlm_axis_linear(axis, label, lo, hi);
    return;
  }
  if (hi - lo < 1.0 / DAY) {
    lo -= 0.5;
    hi = lo + 1;
  }
  DateStep step = step_for(hi - lo, months);
  *axis = (Axis){.label = label, .lo = lo, .hi = hi};
  const bool one_day = is_timed(step) && name_times(axis);
  /* unreachable: its end, for the step is such that ticks beyond the axis break the loop */
  for (int64_t k = first_of(lo, step); axis->ticks < MLM_MOST_TICKS; k++) {
    double days = place_of(k, step), at = mlm_axis_place(axis, days);
    if (at > 1) break;
    if (at < 0) continue;
    int64_t seconds = rounded_down(days * DAY + 0.5), day = rounded_down((double)seconds / DAY);
    Tick *tick = &axis->tick[axis->ticks++];
    tick->at = at;
    if (one_day)
      *put_time(tick->label, (int)(seconds - DAY * day), step) = 0;
    else
      write_label(tick, day, (int)(seconds - DAY * day), step);
  }
}

void mlm_axis_dates(Axis *axis, const char *label, double lo, double hi) {
  set_dates(axis, label, lo, hi, false);
}

void mlm_axis_months(Axis *axis, const char *label, double lo, double hi) {
  set_dates(axis, label, lo, hi, true);
}
