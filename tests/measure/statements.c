/* Numbers the statements of a function, so that a run of a program can note which of them it reached. See
 * mutate.h. */
#include "mutate.h"

#include <stdlib.h>

static int n_notes, last_note;

void begin_statements(int file) {
  n_notes = file * FILE_STATEMENTS;
  last_note = n_notes + FILE_STATEMENTS - 1;
}

static int next_note(void) {
  if (n_notes == last_note) fail("more statements in a file than there are numbers");
  return ++n_notes;
}

static int statement(int i, int limit, bool alone);

static void block(int open) {
  for (int i = open + 1; i < tokens[open].match;) i = statement(i, tokens[open].match, false) + 1;
}

/* The last token of the statement that begins at i in a block that ends at `limit`. */
static int end_of_statement(int i, int limit) {
  static const char *const heads[] = {"for", "while", "switch", NULL};
  const Token *first = &tokens[i];
  if (is(first, "if")) {
    int end = statement(first[1].match + 1, limit, true);
    return is(&tokens[end + 1], "else") ? statement(end + 2, limit, true) : end;
  }
  if (is(first, "do")) return tokens[statement(i + 1, limit, true) + 2].match + 1;
  if (one_of(first, heads)) return statement(first[1].match + 1, limit, true);
  /* A macro that says how to compile a loop, which it stands before without a semicolon. */
  if (first->class == WORD && is(first + 1, "(") && is(&tokens[first[1].match + 1], "for"))
    return end_of_statement(first[1].match + 1, limit);
  for (; i < limit; i++) {
    if (is(&tokens[i], ";")) return i;
    if (tokens[i].match > i) i = tokens[i].match;
  }
  return limit - 1;
}

/* The colon of a label that is at i, or 0. */
static int end_of_label(int i) {
  if (is(&tokens[i], "case"))
    while (!is(&tokens[i + 1], ":")) i++;
  else if (tokens[i].class != WORD)
    return 0;
  return is(&tokens[i + 1], ":") ? i + 1 : 0;
}

/* Numbers the statement at i and those in it, and returns its last token. Alone, it is the body of an if, an
 * else or a loop. */
static int statement(int i, int limit, bool alone) {
  if (is(&tokens[i], "{")) {
    block(i);
    return tokens[i].match;
  }
  int colon = end_of_label(i);
  if (colon) return colon + 1 < limit ? statement(colon + 1, limit, false) : colon;
  int note = next_note(), end = end_of_statement(i, limit);
  tokens[i].note = note;
  tokens[i].opens = alone;
  tokens[end].closes += alone;
  for (int k = i; k <= end; k++)
    if (!tokens[k].statement) tokens[k].statement = note;
  return end;
}

void number_statements(Item *item) {
  item->note = next_note();
  block(tokens[item->end].match);
  for (int k = item->params; k <= item->end; k++)
    if (!tokens[k].statement) tokens[k].statement = item->note;
}
