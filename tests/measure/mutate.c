/* Makes small errors in C source, to see whether the tests find them: operators and constants changed,
 * conditions negated, statements left out.
 *
 *   mutate list FILE...        every mutant, a line each: file, number, line number, the line as it is, the
 * line as it becomes; then the function or declaration that it is in: its name, a hash of its tokens, the
 * mutant's place in it from 1, and how many it has mutate apply FILE NUMBER   the file with that error, to
 * standard output
 *
 * The source is read as this project writes it (.clang-format): a binary operator has blanks on both sides, a
 * unary one has not.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum Class { WORD, NUMBER, QUOTED, SIGN } Class;

typedef struct Token {
  const char *at;
  int n, line;
  Class class;
  bool spaced; /* blanks on both sides */
  int match;   /* of a bracket: its partner's place; else -1 */
} Token;

/* A function or a declaration: what stands between two places where neither goes on. */
typedef struct Item {
  const char *name;
  int name_n, mutants;
  uint32_t hash; /* of its tokens: comments and blanks may change */
} Item;

/* The n bytes at `at` become `text`; where `close` is not NULL a ")" is put in there too. */
typedef struct Mutant {
  const char *file, *source, *at, *close;
  int n, number, line;
  int item, place; /* in the items of all files, and among the mutants of its item */
  char text[48];
} Mutant;

static void *checked(void *block) {
  if (!block) exit(2);
  return block;
}

/* ---- tokens ---- */

enum { MOST_TOKENS = 1 << 17, MOST_MUTANTS = 1 << 17, MOST_ITEMS = 1 << 15 };
static Token tokens[MOST_TOKENS];
static int n_tokens;
static Mutant mutants[MOST_MUTANTS];
static int n_mutants;
static Item items[MOST_ITEMS];
static int n_items;

static bool is_word(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is(const Token *token, const char *text) {
  return (int)strlen(text) == token->n && memcmp(token->at, text, strlen(text)) == 0;
}

static bool one_of(const Token *token, const char *const *message) {
  for (; *message; message++)
    if (is(token, *message)) return true;
  return false;
}

/* The bytes from `at` that are no token: blanks, comments, and lines for the preprocessor. */
static const char *skip(const char *at, const char *start) {
  for (;;) {
    if (*at == ' ' || *at == '\n') {
      at++;
    } else if (strncmp(at, "/*", 2) == 0) {
      at = strstr(at, "*/") + 2;
    } else if (strncmp(at, "//", 2) == 0) {
      at += strcspn(at, "\n");
    } else if (*at == '#' && (at == start || at[-1] == '\n')) {
      while (*at && *at != '\n') at += at[0] == '\\' && at[1] ? 2 : 1;
    } else {
      return at;
    }
  }
}

static int length(const char *at, Class *class) {
  static const char *const signs[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>",
                                      "<=",  ">=",  "==",  "!=", "&&", "||", "+=", "-=",
                                      "*=",  "/=",  "%=",  "&=", "|=", "^=", NULL};
  int n = 1;
  if ((*at >= '0' && *at <= '9') || (*at == '.' && at[1] >= '0' && at[1] <= '9')) {
    *class = NUMBER;
    bool hex = at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
    while (is_word(at[n]) || at[n] == '.'
           || ((at[n] == '-' || at[n] == '+') && strchr(hex ? "pP" : "eE", at[n - 1])))
      n++;
  } else if (is_word(*at)) {
    *class = WORD;
    while (is_word(at[n])) n++;
  } else if (*at == '"' || *at == '\'') {
    *class = QUOTED;
    while (at[n] != *at) n += at[n] == '\\' ? 2 : 1;
    n++;
  } else {
    *class = SIGN;
    for (const char *const *sign = signs; *sign; sign++)
      if (strncmp(at, *sign, strlen(*sign)) == 0) return (int)strlen(*sign);
  }
  return n;
}

static void match_brackets(void) {
  static int open[MOST_TOKENS];
  int depth = 0;
  for (int i = 0; i < n_tokens; i++) {
    if (tokens[i].class != SIGN || tokens[i].n != 1) continue;
    if (strchr("([{", *tokens[i].at)) {
      open[depth++] = i;
    } else if (strchr(")]}", *tokens[i].at) && depth > 0) {
      tokens[i].match = open[--depth];
      tokens[open[depth]].match = i;
    }
  }
}

static void tokenize(const char *source) {
  const char *at = source, *counted = source;
  int line = 1;
  n_tokens = 0;
  while (*(at = skip(at, source)) && n_tokens < MOST_TOKENS) {
    for (; counted < at; counted++) line += *counted == '\n';
    Token *token = &tokens[n_tokens++];
    *token = (Token){.at = at, .line = line, .match = -1};
    token->n = length(at, &token->class);
    token->spaced =
        at > source && (at[-1] == ' ' || at[-1] == '\n') && (at[token->n] == ' ' || at[token->n] == '\n');
    at += token->n;
  }
  match_brackets();
}

/* ---- functions and declarations ---- */

/* The last token of the item that begins at `from`: the body of a function, or else a semicolon. */
static int end_of_item(int from) {
  int i = from;
  for (; i < n_tokens - 1; i++) {
    if (is(&tokens[i], ";")) break;
    if (tokens[i].match <= i) continue;
    bool body = is(&tokens[i], "{") && i > from && is(&tokens[i - 1], ")");
    i = tokens[i].match;
    if (body) break;
  }
  return i;
}

/* The name of a function is before its parameters, that of anything else before its first bracket or sign. */
static const Token *name_of(int from, int end) {
  static const char *const signs[] = {"[", "=", "{", ";", NULL};
  bool function = is(&tokens[end], "}") && is(&tokens[tokens[end].match - 1], ")");
  int i = function ? tokens[tokens[end].match - 1].match : from + 1;
  while (i < end && !function && !one_of(&tokens[i], signs)) i++;
  return &tokens[i > from ? i - 1 : from];
}

/* Adds the item and returns its last token. */
static int add_item(int from) {
  int end = end_of_item(from);
  const Token *name = name_of(from, end);
  if (n_items == MOST_ITEMS) exit(2);
  Item *item = &items[n_items++];
  *item = (Item){.name = name->at, .name_n = name->n, .hash = 2166136261u};
  for (int i = from; i <= end; i++) {
    for (int k = 0; k < tokens[i].n; k++) item->hash = (item->hash ^ (uint8_t)tokens[i].at[k]) * 16777619u;
    item->hash = (item->hash ^ ' ') * 16777619u;
  }
  return end;
}

/* ---- errors ---- */

static Mutant *add(const char *file, const char *source, const Token *first, int n, const char *text) {
  if (n_mutants == MOST_MUTANTS) exit(2);
  Mutant *mutant = &mutants[n_mutants++];
  *mutant = (Mutant){.file = file, .source = source, .at = first->at, .n = n, .line = first->line};
  mutant->item = n_items - 1;
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

static void mutate(const char *file, const char *source) {
  tokenize(source);
  int from = n_mutants, round_until = 0, item_until = -1;
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
  for (int i = from; i < n_mutants; i++) mutants[i].number = i - from;
}

/* ---- what is printed ---- */

static void print_mutant(const Mutant *mutant, const char *from, const char *to, FILE *out) {
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
  printf("\t%.*s\t%08x\t%d\t%d\n", item->name_n, item->name, item->hash, mutant->place, item->mutants);
}

static char *read_source(const char *path) {
  FILE *in = checked(fopen(path, "rb"));
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
  fprintf(stderr, "usage: mutate list FILE... | mutate apply FILE NUMBER\n");
  return 2;
}
