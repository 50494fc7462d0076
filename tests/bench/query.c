/* Runs one query once, for instruction counters: query FOLDER ROWS SQL. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "query FOLDER ROWS [SQL]\n");
    return 2;
  }
  sqlite3 *db = open_bench(argv[1], atoll(argv[2]));
  if (argc > 3) run_query(db, argv[3]);
  sqlite3_close(db);
  return 0;
}
