/* SQLite as the host of the core: its memory, its interrupts, its results. */
#include "host.h"

#include <string.h>

static void *host_realloc(void *block, uint64_t bytes) { return sqlite3_realloc64(block, bytes); }

static void host_free(void *block) { sqlite3_free(block); }

/* sqlite3_is_interrupted() came with 3.41. A host's table never moves its entries, so where our header is
 * older, the entry is found by its position; a linked host has no table, and its header must know the
 * function. */
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
                 "the place of is_interrupted");
#endif
  return is_interrupted && is_interrupted(db) != 0;
#endif
}
#endif

Host mlm_host_of(sqlite3 *db) {
  return (Host){.realloc = host_realloc, .free = host_free, .interrupted = interrupted, .context = db};
}

Host mlm_host(sqlite3_context *context) { return mlm_host_of(sqlite3_context_db_handle(context)); }

const Host mlm_memory = {.realloc = host_realloc, .free = host_free};

uint64_t mlm_length_limit(sqlite3_context *context) {
  return (uint64_t)sqlite3_limit(sqlite3_context_db_handle(context), SQLITE_LIMIT_LENGTH, -1);
}

static void return_bytes(sqlite3_context *context, Result *result, const Host *host) {
  StrBuf *bytes = &result->bytes;
  if (result->kind == RESULT_BLOB) {
    /* unreachable: a BLOB without bytes, for states and packed columns have a header */
    sqlite3_result_blob64(context, bytes->bytes ? bytes->bytes : "", bytes->n,
                          bytes->bytes ? sqlite3_free : SQLITE_STATIC);
    return;
  }
  if (bytes->n == 0) { /* nothing written: NULL */
    host->free(bytes->bytes);
    return;
  }
  sqlite3_result_text64(context, bytes->bytes, bytes->n, sqlite3_free, SQLITE_UTF8);
  if (result->kind == RESULT_JSON) sqlite3_result_subtype(context, 'J');
}

void mlm_return_result(sqlite3_context *context, Result *result, const Host *host) {
  switch (result->kind) {
  case RESULT_REAL: sqlite3_result_double(context, result->real); break;
  case RESULT_INTEGER: sqlite3_result_int64(context, result->integer); break;
  case RESULT_JSON:
  case RESULT_TEXT:
  case RESULT_BLOB: return_bytes(context, result, host); return;
  default: break; /* NULL */
  }
  host->free(result->bytes.bytes);
}

bool mlm_is_packed(sqlite3_value *value) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) return false;
  const void *bytes = sqlite3_value_blob(value);
  return mlm_is_packed_column(bytes, (uint64_t)sqlite3_value_bytes(value));
}

bool mlm_text_of(sqlite3_value *value, const char **text, size_t *n) {
  bool is_text = sqlite3_value_type(value) == SQLITE_TEXT;
  *text = is_text ? (const char *)sqlite3_value_text(value) : NULL;
  *n = *text ? (size_t)sqlite3_value_bytes(value) : 0;
  return *text != NULL;
}
