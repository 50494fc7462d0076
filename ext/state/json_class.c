/* Classes written in JSON. */
#include "state/json_class.h"

#include "base/number.h"
#include "base/sqlite_number.h"

static void set_integer(Class *class, int64_t x) {
  class->type = CLASS_INTEGER;
  class->integer = x;
}

static void set_real(Class *class, double x) {
  if (mlm_is_int64(x)) {
    set_integer(class, (int64_t)x);
    return;
  }
  class->type = CLASS_REAL;
  class->real = x;
}

Class mlm_class_of_json(const JsonValue *json, char *text) {
  Class class = {.type = CLASS_TEXT, .bytes = json->text, .n = json->n};
  SqliteNumber number;
  int64_t integer;
  double x;
  if (json->type == JSON_STRING && json->escaped) {
    class.n = mlm_json_unescape(json, text);
    class.bytes = text;
  }
  if (json->type == JSON_NUMBER && mlm_parse_integer_text(json->text, json->n, &integer))
    set_integer(&class, integer);
  else if (json->type == JSON_NUMBER && mlm_parse_number_text(json->text, json->n, &x))
    set_real(&class, x);
  else if (json->type == JSON_BOOL) /* as SQLite's JSON functions give them */
    set_integer(&class, json->n == 4);
  else if (mlm_text_is_sqlite_number(class.bytes, class.n, &number) && number.integral)
    set_integer(&class, number.integer);
  else if (mlm_text_is_sqlite_number(class.bytes, class.n, &number))
    set_real(&class, number.real);
  return class;
}
