/* Text that grows: JSON and aligned tables are built in it.
 *
 * A Text that is zero but for host and limit is empty. The first failure is remembered and later additions do
 * nothing, so a writer checks once, at its end.
 */
#ifndef MLM_TEXT_H
#define MLM_TEXT_H

#include "math/host.h"

typedef struct Text {
  char *bytes; /* not NUL-terminated; owned: release with the host, or hand on */
  size_t n, room;
  uint64_t limit; /* most bytes allowed; beyond: MLM_TOOBIG */
  const Host *host;
  Status status;
} Text;

void mlm_text_add(Text *text, const char *bytes, size_t n);
void mlm_text_put(Text *text, const char *string); /* up to its NUL */
void mlm_text_number(Text *text, double x);        /* 17 digits; NaN as null, Infinity as 9e999 */
void mlm_text_integer(Text *text, int64_t x);
void mlm_text_count(Text *text, double count, bool integral);  /* an INTEGER where integral, else a REAL */
void mlm_text_string(Text *text, const char *bytes, size_t n); /* a JSON string, quoted and escaped */
void mlm_text_key(Text *text, const char *key); /* "key": with a comma before it unless it follows { */
/* In at least width columns, counted in UTF-8 characters; blanks go behind it where left, else before it. */
void mlm_text_pad(Text *text, size_t width, const char *bytes, size_t n, bool left);
/* Bytes of the well-formed UTF-8 character that at[0] to at[n - 1] begin with; 0: they begin with none. */
size_t mlm_utf8_length(const char *at, size_t n);
size_t mlm_utf8_characters(const char *bytes, size_t n); /* how many, in UTF-8 */

#endif
