/* Says which mutant a library or a program with mutants runs (schemata.c), by its environment. It is linked
 * into each of them and seen by none but their own code.
 *
 *   MLM_MUTANT="NUMBER FUNCTION"  that mutant, of the function of that number; none: the code as it is
 *   MLM_NOTES=FILE                nothing is changed, and byte i of the file becomes 1 if statement i is
 * reached
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mutant_numbers.h"

int mlm_mutant;
unsigned char mlm_at[MOST_FUNCTIONS];
static unsigned char not_kept[MOST_STATEMENTS];
unsigned char *mlm_notes = not_kept;

__attribute__((constructor)) static void choose(void) {
  const char *mutant = getenv("MLM_MUTANT"), *path = getenv("MLM_NOTES");
  int function;
  if (mutant && sscanf(mutant, "%d %d", &mlm_mutant, &function) == 2 && function > 0
      && function < MOST_FUNCTIONS)
    mlm_at[function] = 1;
  setvbuf(stdout, NULL, _IOLBF, 0); /* a failure is seen at once */
  if (!path) return;
  /* Shared by the program, the library that it loads, and what it forks. */
  int file = open(path, O_RDWR | O_CREAT, 0666);
  if (file < 0 || ftruncate(file, MOST_STATEMENTS)) exit(2);
  void *notes = mmap(NULL, MOST_STATEMENTS, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (notes == MAP_FAILED) exit(2);
  mlm_notes = notes;
  memset(mlm_at, 1, sizeof mlm_at);
}
