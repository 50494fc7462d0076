/* A message under way, and what it ends in: the way out. For words.c and ways_out.c. */
#ifndef MLM_ERRORS_INTERNAL_H
#define MLM_ERRORS_INTERNAL_H

#include "args_internal.h"

enum { MLM_QUOTED = 40 }; /* bytes of a value that a message shows */

/* A message under way. What fails for want of memory is seen at its end. */
typedef struct Message {
  const Call *call;
  sqlite3_str *text;
  int rc;
  bool failed;
} Message;

void mlm_put(Message *to, const char *format, ...);
void mlm_put_number(Message *to, double x);
/* In quotes, cut at MLM_QUOTED bytes (not inside a character), control characters as spaces, what is not
 * UTF-8 as U+FFFD. */
void mlm_put_text(Message *to, const char *text, size_t n);
void mlm_put_value(Message *to, sqlite3_value *value);
static inline bool mlm_is_control(char c) { return (unsigned char)c < ' ' || c == 127; }

/* The place of an argument of this kind in the signature, from 1; 0: it has none. */
int mlm_place_of(const ArgKind *args, ArgKind kind);

/* For whom a probability is asked that looks like a logit: x, or an element of a vector. */
void mlm_hint_logits(Message *to, double x, bool vector);
/* Where a number that is no such parameter was perhaps meant as the weight, which states hold already. */
void mlm_hint_weight(Message *to);
/* For a number outside the range of the argument; pred is the row's prediction, for labels alone. */
void mlm_hint_number(Message *to, const ArgSpec *spec, double x, const double *pred);
/* For a text that is no number: NULL where nothing can be made of it. */
void mlm_hint_text(Message *to, const ArgSpec *spec, const char *text);

#endif
