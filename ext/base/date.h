/* Dates as SQLite writes them, as numbers of days. */
#ifndef MLM_DATE_H
#define MLM_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the text is 'YYYY-MM', 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM[:SS[.SSS]]', where a T may stand for the
 * blank and a Z at the end, and is a day of the Gregorian calendar. *days is counted from the beginning of
 * 1970; a time is a fraction. */
bool mlm_parse_date(const char *text, size_t n, double *days);

/* A day of the calendar. */
typedef struct CivilDay {
  int64_t year;
  int month, day; /* from 1 */
} CivilDay;

/* The day `days` days after 1970-01-01, and the inverse; month may be any integer: 13 is the January of the
 * next year. */
CivilDay mlm_civil_day(int64_t days);
int64_t mlm_days_of(int64_t year, int64_t month, int day);

#endif
