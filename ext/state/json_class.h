/* Classes written in JSON. */
#ifndef MLM_JSON_CLASS_H
#define MLM_JSON_CLASS_H

#include "base/json_values.h"
#include "state/row.h"

/* The class that a JSON number, string, true or false is: a text is a number only as SQLite prints it, true
 * is 1 and false 0. Its bytes are those of the JSON or, where they hold escapes, are written to text, which
 * has room for json->n bytes. */
Class mlm_class_of_json(const JsonValue *json, char *text);

#endif
