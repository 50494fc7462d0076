/* Checks that are counted, and a host for them: see unit.h. */
#include "unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long n_passed, n_failed;

void passed(void) { n_passed++; }

void failed(const char *format, ...) {
  if (++n_failed > 100 || !format) return;
  va_list args;
  va_start(args, format);
  vprintf(format, args);
  va_end(args);
  puts("");
}

long failures(void) { return n_failed; }

int end_of_tests(void) {
  if (n_passed + n_failed == 0) puts("nothing was checked: is there such a name?");
  printf("%ld passed, %ld failed\n", n_passed, n_failed);
  return n_failed > 0 || n_passed == 0;
}

bool expect(bool right, const char *what, long step) {
  if (right)
    passed();
  else
    failed("%s, step %ld", what, step);
  return right;
}

bool expect_x(bool right, const char *what, double x) {
  if (right)
    passed();
  else
    failed("%s: %.17g, %a", what, x, x);
  return right;
}

bool expect_for(bool right, const char *what, const char *text) {
  if (right)
    passed();
  else
    failed("%s: %s", what, text);
  return right;
}

/* The size of a block is stored before it, and then a word that nothing may change. A read just before the
 * block finds UINT64_MAX. */
enum { HEAD = 16, WORD = 8, FILLED = 4096 };
static const uint64_t before = UINT64_MAX;
uint64_t live_bytes;
long allowed = -1, stop_in = -1;
bool fails_once;

static uint64_t size_of(const char *block) {
  uint64_t bytes;
  memcpy(&bytes, block - HEAD, sizeof bytes);
  if (memcmp(block - WORD, &before, WORD) != 0) failed("the word before a block was changed");
  return bytes;
}

void *resize(void *block, uint64_t bytes) {
  if (bytes == 0) {
    failed("0 bytes asked for: SQLite gives none, as if there were no memory");
    return NULL;
  }
  if (allowed == 0) {
    if (fails_once) allowed = -1;
    return NULL;
  }
  if (allowed > 0) allowed--;
  const uint64_t old = block ? size_of(block) : 0;
  char *fresh = realloc(block ? (char *)block - HEAD : NULL, (size_t)bytes + HEAD);
  if (!fresh) return NULL;
  memcpy(fresh, &bytes, sizeof bytes);
  memcpy(fresh + HEAD - WORD, &before, WORD);
  if (!block) memset(fresh + HEAD, 0xA5, bytes < FILLED ? (size_t)bytes : FILLED);
  live_bytes += bytes - old;
  return fresh + HEAD;
}

void release(void *block) {
  if (!block) return;
  live_bytes -= size_of(block);
  free((char *)block - HEAD);
}

static bool interrupted(void *context) { return stop_in >= 0 && stop_in-- == 0; }

const Host host = {.realloc = resize, .free = release, .interrupted = interrupted};
