/* Dates as numbers of days: every day of seven thousand years against the calendar counted on, and texts. */
#include "base/date.h"

#include <string.h>

#include "unit.h"

static bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/* The day after. */
static CivilDay next(CivilDay day) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int last = days[day.month - 1] + (day.month == 2 && is_leap(day.year));
  if (++day.day <= last) return day;
  day.day = 1;
  if (++day.month <= 12) return day;
  return (CivilDay){day.year + 1, 1, 1};
}

static void check_calendar(void) {
  int64_t from = mlm_days_of(-400, 1, 1);
  CivilDay day = {-400, 1, 1};
  for (int64_t days = from; days < from + 7000 * 365; days++, day = next(day)) {
    CivilDay got = mlm_civil_day(days);
    bool same = got.year == day.year && got.month == day.month && got.day == day.day;
    if (!expect(same && mlm_days_of(day.year, day.month, day.day) == days, "another day", (long)days)) return;
  }
  expect(mlm_days_of(1970, 1, 1) == 0, "1970 does not begin at 0", 0);
  expect(mlm_days_of(1970, 13, 1) == 365 && mlm_days_of(1970, 0, 1) == -31, "months beyond the year", 0);
}

static void check_texts(void) {
  static const struct {
    const char *text;
    double days; /* below 0: it is no date */
  } cases[] = {{"1970-01-01", 0},
               {"2001-05-31", 11473},
               {"2001-05", 11443},
               {"2000-02-29", 11016},
               {"2001-02-29", -1},
               {"1900-02-29", -1},
               {"1970-01-02 06:00", 1.25},
               {"1970-01-02T12:00:00Z", 1.5},
               {"1970-01-01 00:00:43.2", 0.0005},
               {"1970-01-01 00:00:43.200000000000000", 0.0005},
               {"1970-01-01 00:00:43.205", (43 + 205 / 1000.0) / 86400},
               {"1970-01-01 00:00:43.2x", -1},
               {"1970-01-01 05:x0", -1},
               {"1970-01-01 05:30:x0", -1},
               {"1970-01-01x12:00", -1},
               {"1970-12-01", 334},
               {"1970-0:-01", -1},
               {"1970-01-01 23:59:59", 86399.0 / 86400},
               {"1970-01-01 24:00", -1},
               {"1970-01-01 00:60", -1},
               {"1970-01-01 00:00:60", -1},
               {"1970-01-01 1", -1},
               {"1970-01-01Z", -1},
               {"1970-01-01 00:00:00.0000000000000005", -1}, /* more digits than a double holds */
               {"1970-01-01 00:00:", -1},
               {"1970-01-01 00:00:00.", -1},
               {"1970-13-01", -1},
               {"1970-00-01", -1},
               {"1970-01-00", -1},
               {"1970-01-32", -1},
               {"1970-1-1", -1},
               {"1970-01-01x", -1},
               {"1970-01-0", -1},
               {"70-01-01", -1},
               {"", -1},
               {"0.5", -1},
               {"1970/01", -1},
               {"1970/01-01", -1},
               {"19700-01-01", -1},
               {"-970-01-01", -1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double days = -1;
    bool date = mlm_parse_date(cases[i].text, strlen(cases[i].text), &days);
    expect_for(date == (cases[i].days >= 0) && (!date || days == cases[i].days), "read wrongly",
               cases[i].text);
  }
  double least = 0;
  expect(mlm_parse_date("0000-03-01", 10, &least) && least == -719468, "the year 0", (long)least);
  static const char whole[] = "1970-01-02 06:00:30.5Z"; /* cut: what stands behind is not read */
  for (size_t n = 0; n < sizeof whole; n++) {
    double days;
    bool date = n == 7 || n == 10 || n == 16 || n == 19 || n == 21 || n == 22;
    expect(mlm_parse_date(whole, n, &days) == date, "cut", (long)n);
  }
}

int main(void) {
  check_calendar();
  check_texts();
  return end_of_tests();
}
