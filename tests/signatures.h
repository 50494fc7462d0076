/* Signatures of functions taken apart, so that tests make calls without naming a function: what the arguments
 * are called, and which SQL may stand for them. */
#ifndef MLM_TESTS_SIGNATURES_H
#define MLM_TESTS_SIGNATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { MOST_ARGS = 12, MOST_VALUES = 12, NAME_BYTES = 32 };

/* The SQL that may stand for an argument of this name (where `with` is given, only if the signature has that
 * too, or would have it without the suffix of an interval). */
typedef struct Source {
  const char *name, *with;
  bool finish; /* no part of the saved state: a merging call gives it again */
  const char *values[MOST_VALUES];
} Source;

static inline bool signature_has(const char *signature, const char *with) {
  const char *suffix = strstr(signature, "_ci("), *open = strchr(with, '(');
  if (strstr(signature, with)) return true;
  if (!suffix || !open || open == with) return false;
  size_t name = (size_t)(open - with), before = (size_t)(suffix - signature);
  return before >= name && memcmp(suffix - name, with, name) == 0
         && strncmp(suffix + 3, open, strlen(open)) == 0;
}

/* The first of n that fits; NULL: none does. */
static inline const Source *source_of(const Source *sources, size_t n, const char *name,
                                      const char *signature) {
  for (size_t i = 0; i < n; i++)
    if (strcmp(sources[i].name, name) == 0 && (!sources[i].with || signature_has(signature, sources[i].with)))
      return &sources[i];
  return NULL;
}

/* "f(a, b[, c=10[, d]])": writes the names, returns how many there are; *required is how many must be given.
 */
static inline int parse_signature(const char *signature, char names[MOST_ARGS][NAME_BYTES], int *required) {
  int n = 0;
  *required = -1;
  for (const char *at = strchr(signature, '(') + 1; n < MOST_ARGS; at += strcspn(at, ",[])")) {
    if (*at == '[' && *required < 0) *required = n;
    at += strspn(at, "[], ");
    if (!*at || *at == ')') break;
    size_t length = strcspn(at, "=,[])"), most = NAME_BYTES - 1;
    if (length > most) length = most;
    memcpy(names[n], at, length);
    names[n++][length] = 0;
  }
  if (*required < 0) *required = n;
  return n;
}

#endif
