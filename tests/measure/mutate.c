/* Makes small errors in C source, to see whether the tests find them: operators and constants changed,
 * conditions negated, statements left out.
 *
 *   mutate list FILE...
 *
 * prints every mutant, a line each: file, number, line number, the line as it is, the line as it becomes;
 * then the function or declaration that it is in: its name, a hash of its tokens, the mutant's place in it
 * from 1, and how many it has; then the statement that it is in (0: outside functions), the number of the
 * function, and its own.
 *
 *   mutate apply FILE NUMBER
 *
 * prints the file with that error.
 *
 *   mutate schemata FOLDER LEFT_OUT FILE...
 *
 * writes each file into a folder, with all of its mutants (schemata.c), but for files with "=" in front. The
 * same files in the same order have the same numbers as in `list`. The file LEFT_OUT has a line "mutant
 * NUMBER" or "noted FUNCTION" for each copy of a function that does not compile.
 *
 * The source is read as this project writes it (.clang-format): a binary operator has blanks on both sides, a
 * unary one has not.
 */
#include "mutate.h"

#include <stdlib.h>
#include <string.h>

#include "checked.h"

Mutant mutants[MOST_MUTANTS];
int n_mutants;

void fail(const char *why) {
  fprintf(stderr, "mutate: %s\n", why);
  exit(2);
}

/* ---- errors ---- */

static Mutant *add(const char *file, const char *source, const Token *first, int n, const char *text) {
  if (n_mutants == MOST_MUTANTS) fail("more mutants than MOST_MUTANTS");
  Mutant *mutant = &mutants[n_mutants++];
  *mutant = (Mutant){.file = file, .source = source, .at = first->at, .n = n, .line = first->line};
  mutant->item = n_items - 1;
  mutant->note = first->statement;
  mutant->place = ++items[mutant->item].mutants;
  snprintf(mutant->text, sizeof mutant->text, "%s", text);
  return mutant;
}

static void swap_operator(const char *file, const char *source, const Token *token) {
  static const char *const swaps[][2] = {
      {"+", "-"},     {"-", "+"},     {"*", "/"},   {"/", "*"},   {"%", "/"},   {"<", "<="},  {"<", ">="},
      {"<=", "<"},    {"<=", ">"},    {">", ">="},  {">", "<="},  {">=", ">"},  {">=", "<"},  {"==", "!="},
      {"!=", "=="},   {"&&", "||"},   {"||", "&&"}, {"<<", ">>"}, {">>", "<<"}, {"&", "|"},   {"|", "&"},
      {"^", "&"},     {"+=", "-="},   {"-=", "+="}, {"*=", "/="}, {"/=", "*="}, {"|=", "&="}, {"&=", "|="},
      {"<<=", ">>="}, {">>=", "<<="}, {"^=", "|="}};
  for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++)
    if (token->spaced && is(token, swaps[i][0])) add(file, source, token, token->n, swaps[i][1]);
  if (is(token, "++")) add(file, source, token, token->n, "--");
  if (is(token, "--")) add(file, source, token, token->n, "++");
}

/* An integer one more and one less; a real twice as large, 0 for 1 and 1 for 0. */
static void change_constant(const char *file, const char *source, const Token *token) {
  bool hex = token->n > 1 && (token->at[1] == 'x' || token->at[1] == 'X'), real = false;
  for (int i = 0; i < token->n; i++) real |= strchr(hex ? ".pP" : ".eE", token->at[i]) != NULL;
  char text[48];
  if (token->n > 32) return;
  if (real) {
    double value = strtod(token->at, NULL);
    snprintf(text, sizeof text, "(%.*s * 2)", token->n, token->at);
    add(file, source, token, token->n, value == 0 ? "1.0" : value == 1 ? "0.0" : text);
    return;
  }
  snprintf(text, sizeof text, "(%.*s + 1)", token->n, token->at);
  add(file, source, token, token->n, text);
  snprintf(text, sizeof text, "(%.*s - 1)", token->n, token->at);
  add(file, source, token, token->n, text);
}

/* Whether a statement begins at i: after ; { } or a label, or as the body of an if, an else or a loop. */
static bool begins(int i) {
  static const char *const heads[] = {"if", "for", "while", NULL}, *const ends[] = {";",    "{",  "}",
                                                                                    "else", "do", NULL};
  if (i == 0) return false;
  const Token *before = &tokens[i - 1];
  if (one_of(before, ends)) return true;
  return is(before, ")") && before->match > 0 && one_of(&tokens[before->match - 1], heads);
}

static bool assigns(const Token *token) {
  static const char *const signs[] = {
      "=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--", NULL};
  return token->class == SIGN && one_of(token, signs);
}

/* Leaves out an assignment, a call for its effect, a break or a continue; not a declaration, whose name would
 * be missed. */
static void leave_out(const char *file, const char *source, int i, bool inside_round) {
  static const char *const other[] = {"return", "if",      "for",  "while", "do",      "switch",
                                      "case",   "default", "else", "goto",  "typedef", "static",
                                      "const",  "struct",  "enum", "union", "sizeof",  NULL};
  const Token *first = &tokens[i], *next = first + 1;
  bool leaves = is(first, "break") || is(first, "continue"), acts = leaves || is(next, "(");
  if (inside_round || !begins(i) || i + 1 >= n_tokens) return;
  if (!is(first, "*") && !is(first, "++") && !is(first, "--")) {
    if (first->class != WORD || one_of(first, other) || next->class == WORD) return;
    if (is(next, "*") && !next->spaced) return; /* Type *name */
  }
  int end = i;
  for (; end < n_tokens && !is(&tokens[end], ";"); end++) {
    if (is(&tokens[end], "}") || is(&tokens[end], "{")) return;
    acts |= assigns(&tokens[end]);
    if (tokens[end].match > end) end = tokens[end].match;
  }
  if (acts && end < n_tokens) add(file, source, first, (int)(tokens[end].at - first->at), "");
}

/* Numbers the functions and mutants of a file. */
static void number(int file, int first_mutant, int first_item) {
  for (int i = first_item; i < n_items; i++) items[i].number = file * FILE_FUNCTIONS + i - first_item + 1;
  for (int i = first_mutant; i < n_mutants; i++) {
    mutants[i].number = i - first_mutant;
    mutants[i].id = file * FILE_MUTANTS + i - first_mutant + 1;
  }
  if (n_mutants - first_mutant >= FILE_MUTANTS || n_items - first_item >= FILE_FUNCTIONS)
    fail("more mutants or functions in a file than there are numbers");
}

static void mutate(const char *file, const char *source) {
  static int n_files;
  if (n_files == MOST_FILES) fail("more files than MOST_FILES");
  begin_statements(n_files);
  tokenize(source);
  int first_mutant = n_mutants, first_item = n_items, round_until = 0, item_until = -1;
  for (int i = 0; i < n_tokens; i++) {
    if (i > item_until) item_until = add_item(i);
    const Token *token = &tokens[i], *next = token + 1;
    if (is(token, "(") && token->match > round_until) round_until = token->match;
    if (token->class == SIGN) swap_operator(file, source, token);
    if (token->class == NUMBER) change_constant(file, source, token);
    if (is(token, "true")) add(file, source, token, token->n, "false");
    if (is(token, "false")) add(file, source, token, token->n, "true");
    if ((is(token, "if") || is(token, "while")) && is(next, "(") && next->match > 0)
      add(file, source, next, 1, "(!(")->close = tokens[next->match].at;
    leave_out(file, source, i, i < round_until);
  }
  number(n_files++, first_mutant, first_item);
}

/* ---- what is printed ---- */

void print_mutant(const Mutant *mutant, const char *from, const char *to, FILE *out) {
  const char *after = mutant->at + mutant->n;
  fwrite(from, 1, (size_t)(mutant->at - from), out);
  fputs(mutant->text, out);
  if (mutant->close && mutant->close < to) {
    fwrite(after, 1, (size_t)(mutant->close - after), out);
    fputc(')', out);
    after = mutant->close;
  }
  if (after < to) fwrite(after, 1, (size_t)(to - after), out);
}

static void print_line(const Mutant *mutant) {
  const char *from = mutant->at, *to = mutant->at;
  while (from > mutant->source && from[-1] != '\n') from--;
  from += strspn(from, " ");
  to += strcspn(to, "\n");
  printf("%s\t%d\t%d\t%.*s\t", mutant->file, mutant->number, mutant->line, (int)(to - from), from);
  print_mutant(mutant, from, to, stdout);
  const Item *item = &items[mutant->item];
  printf("\t%.*s\t%08x\t%d\t%d\t%d\t%d\t%d\n", item->name_n, item->name, item->hash, mutant->place,
         item->mutants, mutant->note, item->number, mutant->id);
}

static char *read_source(const char *path) {
  FILE *in = opened(path, "rb");
  fseek(in, 0, SEEK_END);
  size_t n = (size_t)ftell(in);
  char *source = checked(malloc(n + 1));
  rewind(in);
  if (fread(source, 1, n, in) != n) exit(2);
  source[n] = 0;
  fclose(in);
  mutate(path, source);
  return source;
}

/* Numbers of what does not compile. */
static bool left_out[MOST_FILES * FILE_MUTANTS], plain[MOST_FUNCTIONS];

static void read_left_out(const char *path) {
  FILE *in = opened(path, "rb");
  char what[16];
  for (int number; fscanf(in, "%15s %d", what, &number) == 2;)
    if (strcmp(what, "mutant") == 0 && number > 0 && number < MOST_FILES * FILE_MUTANTS)
      left_out[number] = true;
    else if (number > 0 && number < MOST_FUNCTIONS)
      plain[number] = true;
  fclose(in);
}

static void write_schemata(const char *folder, const char *path) {
  bool as_it_is = *path == '=';
  path += as_it_is;
  int first_mutant = n_mutants, first_item = n_items;
  const char *source = read_source(path);
  if (as_it_is) return;
  char to[4096];
  snprintf(to, sizeof to, "%s/%s", folder, path);
  FILE *out = opened(to, "wb");
  print_schemata(path, source, first_mutant, first_item, left_out, plain, out);
  if (fclose(out)) exit(2);
}

int main(int argc, char **argv) {
  if (argc > 2 && strcmp(argv[1], "list") == 0) {
    for (int i = 2; i < argc; i++) read_source(argv[i]);
    for (int i = 0; i < n_mutants; i++) print_line(&mutants[i]);
    return 0;
  }
  if (argc == 4 && strcmp(argv[1], "apply") == 0) {
    const char *source = read_source(argv[2]);
    int number = atoi(argv[3]);
    if (number < 0 || number >= n_mutants) return 2;
    print_mutant(&mutants[number], source, source + strlen(source), stdout);
    return 0;
  }
  if (argc > 4 && strcmp(argv[1], "schemata") == 0) {
    read_left_out(argv[3]);
    for (int i = 4; i < argc; i++) write_schemata(argv[2], argv[i]);
    return 0;
  }
  fprintf(stderr, "usage: mutate list FILE... | apply FILE NUMBER | schemata FOLDER LEFT_OUT FILE...\n");
  return 2;
}
