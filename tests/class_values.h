/* Classes as the programs that test states of them write them. */
#ifndef MLM_TESTS_CLASS_VALUES_H
#define MLM_TESTS_CLASS_VALUES_H

#include <string.h>

#include "state/row.h"

static inline Class integer(int64_t x) { return (Class){.type = CLASS_INTEGER, .integer = x}; }
static inline Class real(double x) { return (Class){.type = CLASS_REAL, .real = x}; }

static inline Class text_of(const char *text) {
  return (Class){.type = CLASS_TEXT, .bytes = text, .n = strlen(text)};
}

#endif
