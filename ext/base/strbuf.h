/* A growing string, in which JSON and aligned tables are built.
 *
 * A StrBuf that is zero, except for host and limit, is empty. After the first failure, which status keeps,
 * additions do nothing; so it is enough to check status at the end.
 */
#ifndef MLM_STRBUF_H
#define MLM_STRBUF_H

#include "base/host.h"

typedef struct StrBuf {
  char *bytes; /* n bytes without a NUL; owned: free them with the host, or pass them on */
  size_t n, room;
  uint64_t limit; /* most bytes allowed; beyond: MLM_TOOBIG */
  const Host *host;
  Status status;
} StrBuf;

void mlm_str_add(StrBuf *text, const char *bytes, size_t n);
void mlm_str_put(StrBuf *text, const char *string);      /* up to its NUL */
void mlm_str_capitals(StrBuf *text, const char *string); /* its letters a to z in capitals */
void mlm_str_number(StrBuf *text, double x); /* as mlm_print_shortest(): NaN as null, Infinity as 9e999 */
void mlm_str_array(StrBuf *text, const double *x, size_t n); /* "[1.0,2.5]" */
void mlm_str_integer(StrBuf *text, int64_t x);
void mlm_str_count(StrBuf *text, double count, bool integral);       /* an INTEGER if integral, else a REAL */
void mlm_str_json_string(StrBuf *text, const char *bytes, size_t n); /* quoted and escaped */
void mlm_str_key(StrBuf *text, const char *key); /* "key": with a comma before it unless it follows { */
/* Adds bytes padded with blanks to at least `width` UTF-8 characters, aligned to the left or to the right. */
void mlm_str_pad(StrBuf *text, size_t width, const char *bytes, size_t n, bool left);

/* Bytes of the well-formed UTF-8 character that at[0..n) begins with; 0: there is none. */
size_t mlm_utf8_length(const char *at, size_t n);
size_t mlm_utf8_characters(const char *bytes, size_t n); /* number of UTF-8 characters */

#endif
