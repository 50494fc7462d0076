/* Reading a unit of ratings. */
#include "state/rating_unit.h"

#include "state/class_index.h"
#include "state/json_class.h"

static void count_value(RatingUnit *unit, const Class *class) {
  size_t i = 0;
  while (i < unit->n && mlm_class_compare(&unit->value[i].class, class) != 0) i++;
  if (i == unit->n) unit->value[unit->n++] = (RatingValue){.class = *class, .count = 0};
  unit->value[i].count++;
  unit->ratings++;
}

Status mlm_rating_unit_read(RatingUnit *unit, const Class *row, const Host *host) {
  JsonReader reader = {.text = row->bytes, .n = row->n};
  JsonValue json;
  size_t most = 1;
  for (size_t i = 0; i < row->n; i++) most += row->bytes[i] == ',';
  *unit = (RatingUnit){.value = host->realloc(NULL, most * sizeof *unit->value + row->n)};
  if (!unit->value) return MLM_NOMEM;
  char *text = (char *)(unit->value + most); /* room for strings with escapes */
  while ((json = mlm_json_next(&reader)).type != JSON_END) {
    if (json.type == JSON_WRONG || json.type == JSON_NESTED) return MLM_CORRUPT;
    if (json.type == JSON_NULL) continue;
    Class class = mlm_class_of_json(&json, text);
    count_value(unit, &class);
    text += json.n;
  }
  return unit->ratings > MLM_MOST_RATINGS ? MLM_TOOBIG : MLM_OK;
}
