/* Members of a JSON object. */
#ifndef MLM_JSON_MEMBERS_H
#define MLM_JSON_MEMBERS_H

#include <string.h>

#include "base/strbuf.h"

/* "key":x and "key":n, with a comma before where one is due. */
static inline void mlm_json_number(StrBuf *out, const char *key, double x) {
  mlm_str_key(out, key);
  mlm_str_number(out, x);
}
static inline void mlm_json_integer(StrBuf *out, const char *key, int64_t n) {
  mlm_str_key(out, key);
  mlm_str_integer(out, n);
}
static inline void mlm_json_count(StrBuf *out, const char *key, double n, bool integral) {
  mlm_str_key(out, key);
  mlm_str_count(out, n, integral);
}
static inline void mlm_json_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

#endif
