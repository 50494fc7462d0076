/* Dates as SQLite writes them, as numbers of days. */
#include "base/date.h"

/* Days count from the first of March of the year 0, so that a leap day is the last of its year. In a year
 * that begins in March, the months before the m-th have (153·m + 2)/5 days. */
enum { DAYS_OF_400_YEARS = 146097, DAYS_TO_1970 = 719468 };

static int64_t divided_down(int64_t x, int64_t by) { return (x >= 0 ? x : x - by + 1) / by; }

int64_t mlm_days_of(int64_t year, int64_t month, int day) {
  year += divided_down(month - 3, 12);
  int64_t m = month - 3 - 12 * divided_down(month - 3, 12), era = divided_down(year, 400),
          y = year - 400 * era;
  return era * DAYS_OF_400_YEARS + y * 365 + y / 4 - y / 100 + (153 * m + 2) / 5 + day - 1 - DAYS_TO_1970;
}

CivilDay mlm_civil_day(int64_t days) {
  int64_t z = days + DAYS_TO_1970, era = divided_down(z, DAYS_OF_400_YEARS), d = z - era * DAYS_OF_400_YEARS;
  /* the year within the 400: less the leap days before d, every year has 365 days */
  int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365, rest = d - (365 * y + y / 4 - y / 100);
  int64_t m = (5 * rest + 2) / 153;
  CivilDay civil = {.day = (int)(rest - (153 * m + 2) / 5 + 1), .month = (int)(m < 10 ? m + 3 : m - 9)};
  civil.year = 400 * era + y + (m >= 10);
  return civil;
}

/* Reads n digits as a number; -1: not all of them are digits. */
static int digits(const char *text, int n) {
  int x = 0;
  for (int i = 0; i < n; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    x = 10 * x + (text[i] - '0');
  }
  return x;
}

/* HH:MM[:SS[.SSS]] as seconds; -1: not a time. */
static double seconds_of(const char *text, size_t n) {
  if (n < 5 || text[2] != ':') return -1;
  int hours = digits(text, 2), minutes = digits(text + 3, 2), seconds = 0;
  double fraction = 0, place = 1;
  if (n > 5 && (n < 8 || text[5] != ':')) return -1;
  if (n > 5) seconds = digits(text + 6, 2);
  if (n > 8 && (n == 9 || n > 24 || text[8] != '.')) return -1;
  for (size_t i = 9; i < n; i++) {
    int digit = digits(text + i, 1);
    if (digit < 0) return -1;
    fraction = 10 * fraction + digit;
    place *= 10;
  }
  bool right = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 60;
  return right ? hours * 3600 + minutes * 60 + seconds + fraction / place : -1;
}

bool mlm_parse_date(const char *text, size_t n, double *days) {
  if (n < 7 || text[4] != '-') return false;
  int year = digits(text, 4), month = digits(text + 5, 2), day = 1;
  double seconds = 0;
  if (year < 0 || month < 1 || month > 12) return false;
  if (n > 7 && (n < 10 || text[7] != '-')) return false;
  if (n > 7) day = digits(text + 8, 2);
  if (n > 10) {
    size_t end = text[n - 1] == 'Z' ? n - 1 : n;
    if (end < 11 || (text[10] != ' ' && text[10] != 'T')) return false;
    seconds = seconds_of(text + 11, end - 11);
  }
  int64_t first = mlm_days_of(year, month, 1), next = mlm_days_of(year, (int64_t)month + 1, 1);
  if (day < 1 || day > next - first || seconds < 0) return false;
  *days = (double)(first + day - 1) + seconds / 86400;
  return true;
}
