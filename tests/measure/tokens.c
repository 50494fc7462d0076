/* Takes C source apart: tokens, brackets, functions and declarations. See mutate.h. */
#include "mutate.h"

#include <stdlib.h>
#include <string.h>

Token tokens[MOST_TOKENS];
int n_tokens;
Item items[MOST_ITEMS];
int n_items;

static bool is_word(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is(const Token *token, const char *text) {
  return (int)strlen(text) == token->n && memcmp(token->at, text, strlen(text)) == 0;
}

bool one_of(const Token *token, const char *const *texts) {
  for (; *texts; texts++)
    if (is(token, *texts)) return true;
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

void tokenize(const char *source) {
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

/* Where the type of a function begins: behind a macro that stands before it without a semicolon. A function
 * that ends its parameters with "..." cannot pass them on to a copy: it stays without a head, and its mutants
 * are made as those outside functions are. */
static void find_head(Item *item, int from) {
  int params = tokens[tokens[item->end].match - 1].match;
  item->head = from;
  for (int i = from; i < params; i++) {
    if (is(&tokens[i], "=")) return;
    if (is(&tokens[i], ")")) item->head = i + 1;
  }
  if (params - 1 <= item->head || tokens[params - 1].class != WORD) return;
  for (int i = params; i < tokens[params].match; i++)
    if (*tokens[i].at == '.') return;
  item->params = params;
  item->named = params - 1;
}

int add_item(int from) {
  int end = end_of_item(from);
  const Token *name = name_of(from, end);
  if (n_items == MOST_ITEMS) fail("more functions and declarations than MOST_ITEMS");
  Item *item = &items[n_items++];
  *item = (Item){.name = name->at, .name_n = name->n, .hash = 2166136261u, .first = from, .end = end};
  for (int i = from; i <= end; i++) {
    for (int k = 0; k < tokens[i].n; k++) item->hash = (item->hash ^ (uint8_t)tokens[i].at[k]) * 16777619u;
    item->hash = (item->hash ^ ' ') * 16777619u;
  }
  if (is(&tokens[end], "}") && is(&tokens[tokens[end].match - 1], ")")) {
    find_head(item, from);
    if (item->params) number_statements(item);
  }
  return end;
}
