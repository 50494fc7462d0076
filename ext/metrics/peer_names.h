/* What other libraries call the functions of this one. */
#ifndef MLM_PEER_NAMES_H
#define MLM_PEER_NAMES_H

#include "metrics/named_function.h"

typedef struct PeerName {
  const char *library, *theirs;
  const char *ours; /* a name of a function or a table function here */
  const char *note; /* how they differ; NULL: only in the order of the arguments, if at all */
} PeerName;

extern const PeerName mlm_peer_names[]; /* ends with a NULL library */

#endif
