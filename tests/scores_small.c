/* tests/scores.c once more, with chunks of 256 keys and an early look for repeated scores: what large tables come to. */
#include "scores.c"
