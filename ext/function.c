/* Overloads and signatures of registered functions. */
#include "function.h"

#include "args.h"

void mlm_set_overload(Overload *overload, const ArgKind *args, int required) {
  *overload = (Overload){.required = required};
  for (int i = 0; args[i]; i++) {
    const ArgSpec *spec = &mlm_arg_specs[args[i]];
    overload->args[i] = args[i];
    overload->place[i] = (uint8_t)overload->columns;
    overload->columns += mlm_arg_columns(spec);
    overload->skippable |= spec->skippable;
    overload->sets |= spec->shape == SHAPE_STATE;
    overload->parameters |= spec->shape == SHAPE_PARAMETER || spec->shape == SHAPE_CHOICE;
    if (spec->role != ROLE_ROW) overload->takes |= mlm_param_bit(spec);
    overload->n++;
  }
}

bool mlm_signature(const char *name, const ArgKind *args, int required, char *out, size_t n) {
  StrBuf text = {.limit = 4096, .host = &mlm_memory};
  int count = mlm_count_args(args), open = 0;
  mlm_str_put(&text, name);
  mlm_str_put(&text, "(");
  for (int i = 0; i < count; i++) {
    if (i >= required) mlm_str_put(&text, "[");
    if (i > 0) mlm_str_put(&text, ", ");
    mlm_arg_show(args[i], &text);
    if (i < required) continue;
    if (mlm_arg_specs[args[i]].skippable) /* later arguments do not require it */
      mlm_str_put(&text, "]");
    else
      open++;
  }
  while (open-- > 0) mlm_str_put(&text, "]");
  mlm_str_put(&text, ")");
  size_t length = text.n < n - 1 ? text.n : n - 1;
  if (text.bytes) memcpy(out, text.bytes, length);
  out[text.bytes ? length : 0] = 0;
  mlm_memory.free(text.bytes);
  return text.status == MLM_OK;
}

/* Flags that old headers do not have. Hosts ignore a flag that they do not know, except RESULT_SUBTYPE, which
 * must not be given to a host before 3.44. */
enum { FLAG_INNOCUOUS = 0x200000, FLAG_RESULT_SUBTYPE = 0x1000000 };

int mlm_function_flags(bool deterministic, ResultKind result) {
  int flags = SQLITE_UTF8, host = sqlite3_libversion_number();
  if (deterministic) flags |= SQLITE_DETERMINISTIC;
  if (host >= 3031000) flags |= FLAG_INNOCUOUS;
  if (host >= 3044000 && result == RESULT_JSON) flags |= FLAG_RESULT_SUBTYPE;
  return flags;
}

void mlm_connection_release(Connection *connection) {
  if (--connection->users > 0) return;
  for (int i = 0; i < MLM_VECTORS; i++) sqlite3_free(connection->scratch[i].at);
  for (int i = 0; i < connection->n_functions; i++) mlm_parsed_clear(&connection->functions[i].parsed);
  sqlite3_free(connection->names);
  sqlite3_free(connection->functions);
  sqlite3_free(connection);
}

void mlm_release_function(void *function) { mlm_connection_release(((FunctionDef *)function)->connection); }
