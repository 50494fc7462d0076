/* Writes a source file with all of its mutants in one text, of which a running program chooses one.
 *
 * A function f that has mutants begins with a look at mlm_at[F], which is set if one of them was chosen.
 * Behind f stand
 *
 *   f__17      the function with the mutant of that number, once for each,
 *   f__as_is   the function as it is, for its object code to be compared with theirs,
 *   f__noted   the function as it is, noting each statement that is reached, and
 *   f__choose  which calls the one that mlm_mutant says.
 *
 * So a file with all its mutants is compiled and linked once. The copies stand behind f and thus see what f
 * sees; what they call of f itself or of other functions is chosen anew. See mutate.h.
 */
#include "mutate.h"

#include <string.h>

static void print(const char *from, const char *to, FILE *out) { fwrite(from, 1, (size_t)(to - from), out); }

static const char *end_of(int token) { return tokens[token].at + tokens[token].n; }

/* Type and name of a copy. Inlined it could not be compared. */
static void print_head(const Item *item, const char *cold, const char *suffix, FILE *out) {
  bool is_static = false;
  for (int i = item->head; i < item->named; i++) is_static |= is(&tokens[i], "static");
  fprintf(out, "__attribute__((noinline%s)) %s", cold, is_static ? "" : "static ");
  print(tokens[item->head].at, end_of(item->named), out);
  fprintf(out, "__%s", suffix);
}

/* The names of the parameters, to pass them on. */
static void print_names(const Item *item, FILE *out) {
  int close = tokens[item->params].match, name = 0, n = 0;
  for (int i = item->params + 1; i <= close; i++) {
    const Token *token = &tokens[i];
    if (is(token, "(") && is(token + 1, "*")) {
      name = i + 2; /* a function: (*name)(…) */
      i = tokens[token->match + 1].match;
    } else if (is(token, "[")) {
      i = token->match;
    } else if (is(token, ",") || i == close) {
      if (name && !is(&tokens[name], "void"))
        fprintf(out, "%s%.*s", n++ ? ", " : "", tokens[name].n, tokens[name].at);
      name = 0;
    } else if (token->class == WORD) {
      name = i;
    }
  }
}

static void print_mutants(const Item *item, int at, int from, const bool *left_out, FILE *out) {
  for (int i = from; i < n_mutants; i++) {
    const Mutant *mutant = &mutants[i];
    if (mutant->item != at || !mutant->note || left_out[mutant->id]) continue;
    char number[16];
    snprintf(number, sizeof number, "%d", mutant->id);
    fprintf(out, "\n#line 1 \"mutant %d\"\n", mutant->id);
    print_head(item, "", number, out);
    print_mutant(mutant, end_of(item->named), end_of(item->end), out);
  }
}

static void print_noted(const Item *item, bool plain, FILE *out) {
  int open = tokens[item->end].match;
  fprintf(out, "\n#line 1 \"noted %d\"\n", item->number);
  print_head(item, "", "noted", out);
  print(end_of(item->named), end_of(open), out);
  fprintf(out, " mlm_notes[%d] = 1;", item->note);
  if (plain) {
    print(end_of(open), end_of(item->end), out);
    return;
  }
  const char *done = end_of(open);
  for (int i = open + 1; i <= item->end; i++) {
    const Token *token = &tokens[i];
    print(done, token->at, out);
    if (token->note) fprintf(out, "%smlm_notes[%d] = 1; ", token->opens ? "{ " : "", token->note);
    print(token->at, done = end_of(i), out);
    for (int k = 0; k < token->closes; k++) fputs(" }", out);
  }
}

static void print_choice(const Item *item, int at, int from, const bool *left_out, FILE *out) {
  fputs("\n#line 1 \"choice\"\n", out);
  print_head(item, ", cold", "choose", out);
  print(end_of(item->named), end_of(tokens[item->params].match), out);
  fputs(" {\n  switch (mlm_mutant) {\n", out);
  for (int i = from; i < n_mutants; i++) {
    if (mutants[i].item != at || !mutants[i].note || left_out[mutants[i].id]) continue;
    fprintf(out, "  case %d: return %.*s__%d(", mutants[i].id, item->name_n, item->name, mutants[i].id);
    print_names(item, out);
    fputs(");\n", out);
  }
  fprintf(out, "  case -1: return %.*s__as_is(", item->name_n, item->name);
  print_names(item, out);
  fprintf(out, ");\n  default: return %.*s__noted(", item->name_n, item->name);
  print_names(item, out);
  fputs(");\n  }\n}\n", out);
}

/* Prints from `done` to the end of the function, with what was added, and returns that end. */
static const char *print_function(int at, const char *done, int from, const bool *left_out, bool plain,
                                  FILE *out) {
  const Item *item = &items[at];
  int open = tokens[item->end].match;
  print(done, tokens[item->head].at, out);
  print_head(item, ", cold", "choose", out);
  print(end_of(item->named), end_of(tokens[item->params].match), out);
  fputs(";\n", out);
  print(tokens[item->head].at, end_of(open), out);
  fprintf(out, " if (mlm_at[%d]) return %.*s__choose(", item->number, item->name_n, item->name);
  print_names(item, out);
  fputs(");", out);
  print(end_of(open), end_of(item->end), out);
  print_mutants(item, at, from, left_out, out);
  fputs("\n#line 1 \"as it is\"\n", out);
  print_head(item, "", "as_is", out);
  print(end_of(item->named), end_of(item->end), out);
  print_noted(item, plain, out);
  print_choice(item, at, from, left_out, out);
  return end_of(item->end);
}

void print_schemata(const char *path, const char *source, int first_mutant, int first_item,
                    const bool *left_out, const bool *plain, FILE *out) {
  const char *done = source;
  fputs("__attribute__((visibility(\"hidden\"))) extern unsigned char mlm_at[], *mlm_notes;\n"
        "__attribute__((visibility(\"hidden\"))) extern int mlm_mutant;\n",
        out);
  fprintf(out, "#line 1 \"%s\"\n", path);
  for (int i = first_item; i < n_items; i++) {
    const Item *item = &items[i];
    if (!item->params || !item->mutants) continue;
    bool by_line = plain[item->number];
    for (int k = tokens[item->end].match; k < item->end; k++) /* a line for the preprocessor within */
      for (const char *c = end_of(k); c < tokens[k + 1].at; c++) by_line |= *c == '\n' && c[1] == '#';
    done = print_function(i, done, first_mutant, left_out, by_line, out);
    fprintf(out, "#line %d \"%s\"\n", tokens[item->end].line, path);
  }
  fputs(done, out);
}
