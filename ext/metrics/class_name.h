/* The name of a class: unique, whatever its type. */
#ifndef MLM_CLASS_NAME_H
#define MLM_CLASS_NAME_H

#include "base/strbuf.h"
#include "state/row.h"

/* Replaces text by the name of a class, unique as a JSON key: the number, the text, or the BLOB as X'0AFF'. A
 * text that could be mistaken for one of the others is put in quotes. */
void mlm_put_class_name(StrBuf *text, const Class *name);

#endif
