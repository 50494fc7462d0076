/* What the test programs share: checks that are counted, and a host that counts its memory, and that runs out
 * of memory or interrupts on request. Neither needs SQLite. */
#ifndef MLM_TESTS_UNIT_H
#define MLM_TESTS_UNIT_H

#include "base/host.h"

void passed(void);
/* Counts a failed check and prints what the format says on a line; only the first hundred are printed, and
 * where the format is NULL nothing. */
void failed(const char *format, ...);
long failures(void);
/* Prints "N passed, N failed" and returns the exit status: 0 if some passed and none failed. */
int end_of_tests(void);

/* Counts a check, and says what was wrong: at which step, for which number, for which text. Returns right. */
bool expect(bool right, const char *what, long step);
bool expect_x(bool right, const char *what, double x);
bool expect_for(bool right, const char *what, const char *text);

/* The host. New memory is not zeroed. `allowed` and `stop_in` count down: at 0 every allocation fails, or one
 * if `fails_once`, and one poll interrupts. */
extern const Host host;
extern bool fails_once;
extern uint64_t live_bytes; /* taken, and not given back */
extern long allowed;        /* allocations that still succeed; -1: all */
extern long stop_in;        /* polls until it interrupts; -1: never */
void *resize(void *block, uint64_t bytes);
void release(void *block);

#endif
