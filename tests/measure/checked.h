/* Memory and files that a program cannot go on without. */
#ifndef MLM_TESTS_CHECKED_H
#define MLM_TESTS_CHECKED_H

#include <stdio.h>
#include <stdlib.h>

/* Returns the block, or ends the program where it is NULL, with the reason that errno has. */
static inline void *checked(void *block) {
  if (block) return block;
  perror("mutation: memory");
  exit(2);
}

/* The same for a file, whose name is printed. */
static inline FILE *opened(const char *path, const char *mode) {
  FILE *file = fopen(path, mode);
  if (file) return file;
  perror(path);
  exit(2);
}

#endif
