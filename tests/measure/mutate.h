/* What the parts of the program `mutate` share: the tokens of a source file, its functions and declarations,
 * and the mutants made of it. Tokens are of the file read last; items and mutants are of all files. */
#ifndef MLM_TESTS_MUTATE_H
#define MLM_TESTS_MUTATE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "mutant_numbers.h"

typedef enum Class { WORD, NUMBER, QUOTED, SIGN } Class;

typedef struct Token {
  const char *at;
  int n, line;
  Class class;
  bool spaced;   /* blanks on both sides */
  int match;     /* of a bracket: its partner's place; else -1 */
  int note;      /* the statement that begins here, or 0 */
  int statement; /* the innermost statement that it is part of, or 0 outside functions */
  bool opens;    /* the statement that begins here needs braces to be two */
  int closes;    /* the braces that end behind it for that */
} Token;

/* A function or a declaration: what stands between two places where neither goes on. Its tokens, from `first`
 * to `end`, are those of its own file. */
typedef struct Item {
  const char *name;
  int name_n, mutants;
  uint32_t hash; /* of its tokens: comments and blanks may change */
  int first, end;
  int head, named, params; /* of a function: where its type begins, its name, the bracket behind it; else 0 */
  int number, note;        /* of a function: what it has in mlm_at, and in mlm_notes when it was called */
} Item;

/* The n bytes at `at` become `text`; where `close` is not NULL a ")" is put in there too. */
typedef struct Mutant {
  const char *file, *source, *at, *close;
  int n, number, line;
  int id;          /* among those of all files, from 1 */
  int item, place; /* in the items of all files, and among the mutants of its item */
  int note;        /* the statement, or 0: outside functions */
  char text[48];
} Mutant;

enum { MOST_TOKENS = 1 << 17, MOST_MUTANTS = 1 << 17, MOST_ITEMS = 1 << 15 };
extern Token tokens[MOST_TOKENS];
extern int n_tokens;
extern Mutant mutants[MOST_MUTANTS];
extern int n_mutants;
extern Item items[MOST_ITEMS];
extern int n_items;

/* Prints why and ends the program with status 2. */
void fail(const char *why);

/* tokens.c */
bool is(const Token *token, const char *text);
/* `texts` ends with NULL. */
bool one_of(const Token *token, const char *const *texts);
/* Begins another file. */
void tokenize(const char *source);
/* Adds the item that begins at a token and returns its last token. */
int add_item(int from);

/* statements.c: numbers the statements of a function. */
void begin_statements(int file);
void number_statements(Item *item);

/* mutate.c: from `from` to `to`, with the mutant between them. */
void print_mutant(const Mutant *mutant, const char *from, const char *to, FILE *out);

/* schemata.c: the file that was read last, whose mutants and items begin at these, with all of its mutants in
 * one text. `left_out` says which of them do not compile, `plain` in which functions statements cannot be
 * noted. */
void print_schemata(const char *path, const char *source, int first_mutant, int first_item,
                    const bool *left_out, const bool *plain, FILE *out);

#endif
