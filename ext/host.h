/* SQLite as the host of the core: its memory, its interrupts, its results. */
#ifndef MLM_SQLITE_HOST_H
#define MLM_SQLITE_HOST_H

#include "metric.h"
#include "sqlite_api.h"
#include "state/blob.h"

/* Memory and interrupts of a connection, or of the one behind a context. */
Host mlm_host_of(sqlite3 *db);
Host mlm_host(sqlite3_context *context);

extern const Host mlm_memory; /* memory without interrupt checks: for xStep, which never takes long */

/* The connection's SQLITE_LIMIT_LENGTH in bytes. */
uint64_t mlm_length_limit(sqlite3_context *context);

/* Sets the result of a function; takes ownership of its bytes. */
void mlm_return_result(sqlite3_context *context, Result *result, const Host *host);

/* Whether a value begins like a saved state. sqlite3_value_blob() must precede sqlite3_value_bytes(). */
static inline bool mlm_is_saved_state(sqlite3_value *value) {
  if (sqlite3_value_type(value) != SQLITE_BLOB) return false;
  const void *bytes = sqlite3_value_blob(value);
  return mlm_is_state(bytes, (uint64_t)sqlite3_value_bytes(value));
}

/* Whether a value begins like a packed column. */
bool mlm_is_packed(sqlite3_value *value);

/* The text of a value with its length in bytes; false: it is not TEXT, or memory ran out (then *text is NULL
 * and the type is TEXT). */
bool mlm_text_of(sqlite3_value *value, const char **text, size_t *n);

#endif
