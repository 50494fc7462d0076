/* tests/rows.c once more, with pages of 64 numbers, orders in blocks of 256 entries and polls every 32 rows:
 * what large tables come to. */
#define main test_in_large
int main(void);
#include "rows.c"
#undef main

int main(void) { return test_in_large(); }
