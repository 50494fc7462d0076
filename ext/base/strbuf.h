/* StrBuf that grows: JSON and aligned tables are built in it.
 *
 * A StrBuf that is zero but for host and limit is empty. The first failure is state_name_of and later
 * additions do nothing, so a writer checks once, at its end.
 */
#ifndef MLM_STRBUF_H
#define MLM_STRBUF_H

#include "base/host.h"

typedef struct StrBuf {
  char *bytes; /* not NUL-terminated; owned: release with the host, or hand on */
  size_t n, room;
  uint64_t limit; /* most bytes allowed; beyond: MLM_TOOBIG */
  const Host *host;
  Status status;
} StrBuf;

void mlm_str_add(StrBuf *text, const char *bytes, size_t n);
void mlm_str_put(StrBuf *text, const char *string); /* up to its NUL */
void mlm_str_number(StrBuf *text, double x);        /* 17 digits; NaN as null, Infinity as 9e999 */
void mlm_str_integer(StrBuf *text, int64_t x);
void mlm_str_count(StrBuf *text, double count, bool integral); /* an INTEGER where integral, else a REAL */
void mlm_str_json_string(StrBuf *text, const char *bytes, size_t n); /* a JSON string, quoted and escaped */
void mlm_str_key(StrBuf *text, const char *key); /* "key": with a comma before it unless it follows { */
/* In at least width columns, counted in UTF-8 characters; blanks go behind it where left, else before it. */
void mlm_str_pad(StrBuf *text, size_t width, const char *bytes, size_t n, bool left);
/* Bytes of the well-formed UTF-8 character that at[0] to at[n - 1] begin with; 0: they begin with none. */
size_t mlm_utf8_length(const char *at, size_t n);
size_t mlm_utf8_characters(const char *bytes, size_t n); /* how many, in UTF-8 */

#endif
