/* The host as the pure rooms see it, saved states opened and checked, results handed back. */
#include "internal.h"

#include <string.h>

static void *resize(void *block, uint64_t bytes) { return sqlite3_realloc64(block, bytes); }

static void release(void *block) { sqlite3_free(block); }

/* sqlite3_is_interrupted() came with 3.41. A host's table never moves its entries, so where the header is
 * older it is found by its place; where the host is linked there is no table, and the header must know it. */
#if defined SQLITE_CORE && SQLITE_VERSION_NUMBER < 3041000
static bool interrupted(void *db) { return false; }
#else
static bool interrupted(void *db) {
  if (sqlite3_libversion_number() < 3041000) return false;
#ifdef SQLITE_CORE
  return sqlite3_is_interrupted(db) != 0;
#else
  enum { PLACE = 266 };
  int (*is_interrupted)(sqlite3 *);
  memcpy(&is_interrupted, (const char *)sqlite3_api + PLACE * sizeof is_interrupted, sizeof is_interrupted);
#if SQLITE_VERSION_NUMBER >= 3041000
  _Static_assert(offsetof(sqlite3_api_routines, is_interrupted) == PLACE * sizeof is_interrupted,
                 "its place");
#endif
  return is_interrupted && is_interrupted(db) != 0;
#endif
}
#endif

Host mlm_host_of(sqlite3 *db) {
  return (Host){.realloc = resize, .free = release, .interrupted = interrupted, .context = db};
}

Host mlm_host(sqlite3_context *context) { return mlm_host_of(sqlite3_context_db_handle(context)); }

const Host mlm_memory = {.realloc = resize, .free = release};

uint64_t mlm_length_limit(sqlite3_context *context) {
  return (uint64_t)sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1);
}

StrBuf mlm_strbuf_for(sqlite3_context *context, const Host *host) {
  return (StrBuf){.limit = mlm_length_limit(context), .host = host};
}

void mlm_result_text(sqlite3_context *context, StrBuf *text, ResultKind kind) {
  if (text->status || text->n == 0) {
    text->host->free(text->bytes);
    if (text->status) mlm_result_status(context, text->status);
    return; /* nothing written: NULL */
  }
  sqlite3_result_text64(context, text->bytes, text->n, sqlite3_free, SQLITE_UTF8);
  if (kind == RESULT_JSON) sqlite3_result_subtype(context, 'J');
}

void mlm_result_number(sqlite3_context *context, double x, bool integer) {
  if (integer) /* counts and indexes: 0 to 2^62 */
    sqlite3_result_int64(context, (int64_t)x);
  else
    sqlite3_result_double(context, x); /* NaN becomes NULL */
}

bool mlm_open_saved(const Call *call, Saved *saved) {
  const uint8_t *bytes = sqlite3_value_blob(call->argv[0]);
  size_t n = (size_t)sqlite3_value_bytes(call->argv[0]);
  saved->in = (Reader){.at = bytes, .end = bytes ? bytes + n : bytes};
  HeaderFault fault = mlm_read_header(&saved->in, saved->name);
  if (fault) mlm_error_header(call, fault);
  return !fault;
}

static Status load(const StateType *kind, Saved *saved, void *state, const Host *host) {
  Status status = kind->load(state, &saved->in, host);
  if (status) return status;
  if (mlm_read_left(&saved->in) > 0) return MLM_CORRUPT;
  return kind->seal ? kind->seal(state, host) : MLM_OK;
}

void *mlm_load_sealed(const Call *call, const StateType *kind, Saved *saved, const Host *host) {
  void *state = host->realloc(NULL, kind->bytes);
  Status status = MLM_NOMEM;
  if (state) {
    memset(state, 0, kind->bytes);
    status = load(kind, saved, state, host);
  }
  if (status == MLM_CORRUPT)
    mlm_error_damaged(call);
  else if (status)
    mlm_error_status(call, status);
  else if (mlm_check_range(call, kind, state))
    return state;
  mlm_drop_state(kind, state, host);
  return NULL;
}

void *mlm_open_sealed(const Call *call, const StateType *kind, const char *needed, const Host *host) {
  Saved saved;
  if (!mlm_open_saved(call, &saved)) return NULL;
  if (strcmp(saved.name, needed) == 0) return mlm_load_sealed(call, kind, &saved, host);
  mlm_error_wrong_state(call, saved.name, needed, false);
  return NULL;
}

void mlm_drop_state(const StateType *kind, void *state, const Host *host) {
  if (state && kind->clear) kind->clear(state, host);
  host->free(state);
}
