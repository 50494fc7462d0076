/* tests/metric_faults.c for a few metrics over so many rows that their own loops poll, in chunks of the usual
 * size, so that all else polls rarely. */
#define LARGE 1
#include "metric_faults.c"
