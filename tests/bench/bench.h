/* What the bench programs share: the table to measure on, a connection with both extensions, figures of a
 * query. */
#ifndef MLM_TESTS_BENCH_H
#define MLM_TESTS_BENCH_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Opens folder/bench-ROWS.db with mlmetrics and the floor functions of the folder loaded; makes the file
 * where there is none. Ends the program where that fails.
 *
 *   preds(id, label, score, logit)    ROWS rows, all scores distinct, about 9 % positives, score =
 * sigmoid(logit) coarse(id, label, score, logit)   likewise, up to 10 million rows, 10,000 distinct scores
 *   grouped(part, id, label, score)   up to 2 million rows, in order of part, 10 rows each
 *   packed(scores, labels, logits)    the columns of preds, 4096 elements in a BLOB
 */
sqlite3 *open_bench(const char *folder, int64_t rows);

/* Runs a query to its end; returns the rows it gave. Ends the program where it fails. */
int64_t run_query(sqlite3 *db, const char *sql);

int64_t ask_integer(sqlite3 *db, const char *sql);

/* CPU time that the query takes in this process, in seconds: on a busy machine steadier than the clock on the
 * wall. */
double seconds_of(sqlite3 *db, const char *sql);

/* The most memory that SQLite, with all extensions, held during a query, in bytes. */
int64_t memory_of(sqlite3 *db, const char *sql);

/* The most resident memory of the process so far, in bytes, from where the last reset began; reset where the
 * system can. */
int64_t peak_resident(bool reset);

/* Several measurements of one thing. */
enum { MOST_ROUNDS = 99 };
typedef struct Series {
  int n;
  double x[MOST_ROUNDS];
} Series;

void series_put(Series *series, double x);
/* Of the sorted series: the median, and the ends of its middle half. */
typedef struct Spread {
  double median, low, high;
} Spread;
Spread spread_of(const Series *series);

#endif
