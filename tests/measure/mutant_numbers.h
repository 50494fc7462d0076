/* Numbers of mutants, functions and statements begin at a multiple of these in each file, so that a change in
 * one file leaves those of the others as they were. */
#ifndef MLM_TESTS_MUTANT_NUMBERS_H
#define MLM_TESTS_MUTANT_NUMBERS_H

enum { FILE_MUTANTS = 4096, FILE_FUNCTIONS = 256, FILE_STATEMENTS = 1024, MOST_FILES = 512 };
enum { MOST_FUNCTIONS = MOST_FILES * FILE_FUNCTIONS, MOST_STATEMENTS = MOST_FILES * FILE_STATEMENTS };

#endif
