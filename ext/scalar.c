/* The one callback of every scalar: the table row's pure function over the decoded arguments. */
#include "internal.h"

static void answer(const Call *call, const Scalar *scalar, const Row *row) {
  if (scalar->value) {
    mlm_result_number(call->context, scalar->value(row), scalar->result == RESULT_INTEGER);
    return;
  }
  Host host = mlm_host(call->context);
  StrBuf text = mlm_strbuf_for(call->context, &host);
  scalar->write(row, &text);
  if (call->args[0] == ARG_SET && mlm_scores_state.interrupted(row->scores)) text.status = MLM_INTERRUPTED;
  mlm_result_text(call->context, &text, scalar->result);
}

/* Of functions of one set: the score set in the first argument. */
static void answer_set(const Call *call, const Scalar *scalar) {
  if (sqlite3_value_type(call->argv[0]) == SQLITE_NULL) return;
  Host host = mlm_host(call->context);
  Scores *set = mlm_open_sealed(call, &mlm_scores_state, "score_set", &host);
  if (!set) return;
  Row row = {.scores = set, .scores_bytes = (uint64_t)sqlite3_value_bytes(call->argv[0])};
  answer(call, scalar, &row);
  mlm_drop_state(&mlm_scores_state, set, &host);
}

/* Not inlined: its arithmetic must stay between the changes of mode. */
__attribute__((noinline)) static void evaluate(sqlite3_context *context, int argc, sqlite3_value **argv) {
  Call call = {.context = context, .bound = sqlite3_user_data(context), .argc = argc, .argv = argv};
  Row row;
  Given given = {.set = false}; /* a parameter such as label_smoothing is this call's own */
  if (!mlm_select_overload(&call)) return;
  const Scalar *scalar = call.bound->scalar + call.signature;
  if (argc == 0)
    answer(&call, scalar, &row);
  else if (call.args[0] == ARG_SET)
    answer_set(&call, scalar);
  else if (mlm_decode(&call, &row, &given) == DECODE_OK)
    answer(&call, scalar, &row);
}

static void call_scalar(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  evaluate(context, argc, argv);
  mlm_mode_leave(mode);
}

int mlm_register_scalar(Connection *library, FunctionDef *bound) {
  int fewest = MLM_MAX_ARGS, most = 0, rc = SQLITE_OK;
  for (int s = 0; s < bound->signatures; s++) {
    int n = mlm_takes_spread(bound->args[s]) ? -1 : mlm_count_args(bound->args[s]);
    if (n < 0) most = -1;
    if (most >= 0 && n > most) most = n;
    if (bound->required[s] < fewest) fewest = bound->required[s];
  }
  if (most < 0) fewest = -1;
  for (int n = fewest; n <= most && rc == SQLITE_OK; n++) {
    /* What takes no argument tells of the library, which another version may tell otherwise. */
    int flags = mlm_function_flags(most != 0, bound->scalar->result);
    library->users++;
    rc = sqlite3_create_function_v2(library->db, bound->name, n, flags, bound, call_scalar, NULL, NULL,
                                    mlm_release);
  }
  return rc;
}
