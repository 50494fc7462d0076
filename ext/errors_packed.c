/* Error messages about packed columns. */
#include "errors.h"

void mlm_error_not_packed(const Call *call, const ArgSpec *spec) {
  const char *why = spec->role != ROLE_ROW             ? ", because it is the same for every row"
                    : spec->shape == SHAPE_VECTOR      ? ", because it is a vector in each row"
                    : spec->shape == SHAPE_STATE       ? ", because it must be a saved set"
                    : call->function->overload[0].sets ? ", because the other argument is a saved set"
                                                       : "";
  mlm_error_say(call, "%s cannot be a packed column%s", spec->name, why);
}

void mlm_error_packed_lengths(const Call *call, const ArgSpec *a, uint64_t n, const ArgSpec *b, uint64_t m) {
  mlm_error_say(
      call, "the packed columns of a row must be of the same length: %s has %lld element%s, but %s has %lld",
      a->name, (long long)n, n == 1 ? "" : "s", b->name, (long long)m);
}

void mlm_error_of_host(const Call *call, int rc) {
  if (rc == SQLITE_NOMEM || rc == SQLITE_INTERRUPT)
    mlm_error_status(call, rc == SQLITE_NOMEM ? MLM_NOMEM : MLM_INTERRUPTED);
  else
    mlm_error_say(call, "%s", sqlite3_errmsg(sqlite3_context_db_handle(call->context)));
}
