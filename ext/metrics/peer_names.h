/* What other libraries call the functions of this one. */
#ifndef MLM_PEER_NAMES_H
#define MLM_PEER_NAMES_H

#include "metrics/forms.h"

typedef struct PeerName {
  const char *library, *theirs;
  const char *ours; /* a name of a function or a table function here */
  const char *note; /* how they differ; NULL: only in the order of the arguments, if at all */
} PeerName;

extern const PeerName mlm_peer_names[]; /* ends with a NULL library */

/* A function by its SQL name: a metric in one of its forms, a scalar or a table function; the others are
 * NULL.
 */
typedef struct NamedFunction {
  const Metric *metric;
  const Form *form;
  const Scalar *scalar;
  const TableFunction *table;
} NamedFunction;

/* False: there is none. */
bool mlm_find_function(const char *name, NamedFunction *found);

/* Whether the function that the row names is compiled in. */
bool mlm_peer_is_here(const PeerName *peer);

/* Whether their name is registered, to report ours: it can be written as a function in SQL, no function here
 * has it, and it is not a word that other extensions may use. */
bool mlm_peer_is_wrong_name(const PeerName *peer);

/* Whether the library's functions take the labels before the predictions. */
bool mlm_labels_come_first(const PeerName *peer);

#endif
