/* tests/rank_pairs.c once more, with pages of 64 numbers and polls every 32 rows: what large tables come to.
 */
#define main           test_in_large
#define INTERRUPT_ROWS 900
int main(void);
#include "rank_pairs.c"
#undef main

int main(void) { return test_in_large(); }
