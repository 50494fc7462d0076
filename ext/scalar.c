/* The one callback of every scalar: the table row's pure function over the decoded arguments. */
#include "extension.h"

#include <string.h>

/* Opens the score set in the first argument for functions of one set. False: the error is set, or it was
 * NULL. */
static bool open_set(const Call *call, Row *row, uint64_t *set, const Host *host) {
  Saved saved;
  if (sqlite3_value_type(call->argv[0]) == SQLITE_NULL || !mlm_open_state(call, call->argv[0], &saved))
    return false;
  if (strcmp(saved.name, "score_set") != 0) {
    mlm_say(call, "cannot read this saved state: it remembers '%s', and 'score_set' is needed", saved.name);
    return false;
  }
  row->scores = (const Scores *)(const void *)set;
  row->scores_bytes = (uint64_t)sqlite3_value_bytes(call->argv[0]);
  if (!mlm_load_state(call, &mlm_scores_state, &saved, set, host)) return false;
  Status status = mlm_scores_state.seal(set, host);
  if (status) mlm_say_status(call, status);
  return status == MLM_OK;
}

static void answer(const Call *call, const Scalar *scalar, const Row *row, const Host *host) {
  if (scalar->value) {
    mlm_result_number(call->context, scalar->value(row), scalar->result == RESULT_INTEGER);
    return;
  }
  Text text = mlm_text_for(call->context, host);
  scalar->write(row, &text);
  mlm_result_text(call->context, &text, scalar->result);
}

static void answer_set(const Call *call, const Scalar *scalar, const Host *host) {
  Row row;
  uint64_t *set = host->resize(NULL, mlm_scores_state.bytes);
  if (!set) {
    mlm_say_status(call, MLM_NOMEM);
    return;
  }
  memset(set, 0, mlm_scores_state.bytes);
  if (open_set(call, &row, set, host)) answer(call, scalar, &row, host);
  mlm_scores_state.clear(set, host);
  host->release(set);
}

/* Not inlined: its arithmetic must stay between the changes of mode. */
__attribute__((noinline)) static void evaluate(sqlite3_context *context, int argc, sqlite3_value **argv) {
  Call call = {.context = context, .bound = sqlite3_user_data(context), .argc = argc, .argv = argv};
  Host host = mlm_host(context);
  Row row;
  Given given = {.set = false}; /* a parameter such as label_smoothing is this call's own */
  if (!mlm_choose(&call)) return;
  const Scalar *scalar = call.bound->scalar + call.signature;
  if (argc == 0)
    answer(&call, scalar, &row, &host);
  else if (call.args[0] == ARG_SET)
    answer_set(&call, scalar, &host);
  else if (mlm_decode(&call, &row, &given) == ROW_IN)
    answer(&call, scalar, &row, &host);
}

static void call_scalar(sqlite3_context *context, int argc, sqlite3_value **argv) {
  FloatMode mode = mlm_mode_enter();
  evaluate(context, argc, argv);
  mlm_mode_leave(mode);
}

int mlm_register_scalar(Library *library, Bound *bound) {
  int fewest = MLM_MAX_ARGS, most = 0, rc = SQLITE_OK;
  for (int s = 0; s < bound->signatures; s++) {
    int n = mlm_takes_spread(bound->args[s]) ? -1 : mlm_count_args(bound->args[s]);
    if (n < 0) most = -1;
    if (most >= 0 && n > most) most = n;
    if (bound->required[s] < fewest) fewest = bound->required[s];
  }
  if (most < 0) fewest = -1;
  for (int n = fewest; n <= most && rc == SQLITE_OK; n++) {
    int flags = mlm_function_flags(most != 0, bound->scalar->result);
    library->users++;
    rc = sqlite3_create_function_v2(library->db, bound->name, n, flags, bound, call_scalar, NULL, NULL,
                                    mlm_release);
  }
  return rc;
}
