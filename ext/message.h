/* A message being built. */
#ifndef MLM_MESSAGE_H
#define MLM_MESSAGE_H

#include "function.h"

enum { MLM_QUOTED = 40 }; /* bytes of a value that a message shows */

/* The end of a message about a text that may be the name of a column: SQLite takes a name in single quotes
 * for a text, and one in double quotes where there is no such column. */
#define MLM_IF_A_COLUMN "; if that is a column, write its name without quotes"

/* A message being built. Whether memory ran out is checked once, at its end. */
typedef struct Message {
  const Call *call;
  sqlite3_str *text;
  int rc;
  bool failed;
} Message;

void mlm_put(Message *to, const char *format, ...);
void mlm_put_number(Message *to, double x);
/* MLM_IF_A_COLUMN, or for several words that they need double quotes, if the text looks like a name; not of a
 * packed column. False: nothing was said. */
bool mlm_hint_column(Message *to, const char *text, size_t n);
/* In quotes, cut at MLM_QUOTED bytes (not inside a character), control characters as spaces, what is not
 * UTF-8 as U+FFFD. */
void mlm_put_text(Message *to, const char *text, size_t n);
void mlm_put_value(Message *to, sqlite3_value *value);
/* A text as a literal of SQL; an ellipsis where it cannot be typed. */
void mlm_put_literal(Message *to, const char *text, size_t n);
/* "CASE to_number(score) WHEN -1 THEN NULL ELSE score END if it stands for a missing value", for a number
 * that a column may have where a value or, by `what`, a weight is missing. */
void mlm_put_missing_code(Message *to, const char *name, double x, const char *what);
/* A text that was built in memory of mlm_memory, which is freed. */
void mlm_put_built(Message *to, StrBuf *built);
static inline bool mlm_is_control(char c) { return (unsigned char)c < ' ' || c == 127; }

/* What makes the sets that a function reads: for a table function a query, for a scalar an aggregate over the
 * rows of the same group, for an aggregate a query with a set for each series. */
typedef enum SetSource { SET_OF_QUERY, SET_OF_GROUP, SETS_OF_QUERY } SetSource;

/* A call of a function of saved sets: "roc_curve((SELECT score_set(score, label) FROM …))",
 * "bootstrap_ci(score_set(score, label), 'roc_auc')" or "SELECT confusion_svg(s, series_name) FROM (SELECT
 * series_name, class_set(pred, label) AS s FROM … GROUP BY series_name)". */
void mlm_put_set_call(sqlite3_str *out, const char *name, const ArgKind *args, int required,
                      SetSource source);

/* The place of an argument of this kind among args, from 1; 0: it has none. */
int mlm_place_of(const ArgKind *args, ArgKind kind);

#endif
