/* The state of kind packed column: adding values at the end, taking them back from the front. */
#include "state/packed.h"

#include <string.h>

#include "base/bits.h"
#include "base/sqlite_number.h"
#include "state/packed_internal.h"

/* Room for one more element. Elements are moved to the front only once as many were taken back as are left,
 * so that moving costs O(1) an element. */
static Status more_room(Packed *packed, const Host *host) {
  uint64_t n = packed->end - packed->first;
  if (packed->first > n) {
    memmove(packed->word, packed->word + packed->first, n * sizeof *packed->word);
    memmove(packed->tag, packed->tag + packed->first, n);
    packed->first = 0;
    packed->end = n;
    return MLM_OK;
  }
  uint64_t room = packed->room + packed->room / 2 + 16;
  uint64_t *word = host->realloc(packed->word, room * sizeof *word);
  if (!word) return MLM_NOMEM;
  packed->word = word;
  uint8_t *tag = host->realloc(packed->tag, room);
  if (!tag) return MLM_NOMEM;
  packed->tag = tag;
  packed->room = room;
  return MLM_OK;
}

static inline Status put(Packed *packed, PackedTag tag, uint64_t word, const Host *host) {
  if (packed->end == packed->room) {
    Status status = more_room(packed, host);
    if (status) return status;
  }
  packed->word[packed->end] = word;
  packed->tag[packed->end++] = (uint8_t)tag;
  packed->count[tag]++;
  return MLM_OK;
}

static void drop_text(Packed *packed, uint32_t slot, const Host *host) {
  if (packed->texts.slots[slot].predicted.count == 0) mlm_class_remove(&packed->texts, slot, host);
}

static Status put_text(Packed *packed, const Class *text, const Host *host) {
  uint32_t slot;
  Status status = mlm_class_slot(&packed->texts, text, &slot, host);
  if (status) return status;
  status = put(packed, TAG_TEXT, slot, host);
  if (!status)
    packed->texts.slots[slot].predicted.count++;
  else
    drop_text(packed, slot, host);
  return status;
}

static Status put_integer(Packed *packed, int64_t x, const Host *host) {
  Status status = put(packed, TAG_INTEGER, (uint64_t)x, host);
  if (!status) packed->inexact += !mlm_int64_is_exact(x);
  return status;
}

Status mlm_packed_put_real(Packed *packed, double x, const Host *host) {
  return x == x ? put(packed, TAG_REAL, mlm_double_bits(x), host) : put(packed, TAG_NULL, 0, host);
}

Status mlm_packed_put(Packed *packed, const Class *value, const Host *host) {
  switch (value->type) {
  case CLASS_INTEGER: return put_integer(packed, value->integer, host);
  case CLASS_REAL: return mlm_packed_put_real(packed, value->real, host);
  case CLASS_TEXT: return put_text(packed, value, host);
  default: return put(packed, TAG_NULL, 0, host);
  }
}

uint64_t mlm_packed_count(const Packed *packed) { return packed->end - packed->first; }

void mlm_packed_at(const Packed *packed, uint64_t i, Class *value) {
  uint64_t at = packed->first + i, word = packed->word[at];
  switch (packed->tag[at]) {
  case TAG_INTEGER:
    value->type = CLASS_INTEGER;
    value->integer = (int64_t)word;
    break;
  case TAG_REAL:
    value->type = CLASS_REAL;
    value->real = mlm_double_from_bits(word);
    break;
  case TAG_TEXT: *value = packed->texts.slots[word].name; break;
  default: value->type = CLASS_NULL;
  }
}

static void take_first(Packed *packed, const Host *host) {
  uint64_t word = packed->word[packed->first];
  PackedTag tag = (PackedTag)packed->tag[packed->first++];
  packed->count[tag]--;
  if (tag == TAG_INTEGER) packed->inexact -= !mlm_int64_is_exact((int64_t)word);
  if (tag != TAG_TEXT) return;
  packed->texts.slots[word].predicted.count--;
  drop_text(packed, (uint32_t)word, host);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  if (sign > 0) return mlm_packed_put(state, &row->key, host);
  take_first(state, host);
  return MLM_OK;
}

static Status merge(void *into, void *from, const Host *host) {
  Status status = MLM_OK;
  Class value;
  for (uint64_t i = 0, n = mlm_packed_count(from); i < n && !status; i++) {
    mlm_packed_at(from, i, &value);
    status = mlm_packed_put(into, &value, host);
  }
  return status;
}

static Status subtract(void *state, void *taken, const Host *host) {
  for (uint64_t n = mlm_packed_count(taken); n > 0; n--) take_first(state, host);
  return MLM_OK;
}

static Status seal(void *state, const Host *host) {
  const Packed *packed = state;
  bool reals = packed->count[TAG_REAL] > 0 && packed->count[TAG_TEXT] == 0;
  return reals && packed->inexact > 0 ? MLM_INEXACT : MLM_OK;
}

Status mlm_packed_write(Packed *packed, Writer *out, const Host *host) {
  Status status = seal(packed, host);
  if (!status) status = mlm_packed_prepare_save(packed, host);
  if (status) return status;
  mlm_write_header(out, mlm_packed_state.name);
  mlm_write_varint(out, 0); /* no parameters */
  mlm_packed_save(packed, out);
  mlm_write_end(out);
  return out->status;
}

void mlm_packed_drop_values(Packed *packed, const Host *host) {
  mlm_class_index_clear(&packed->values, host);
  packed->values = (ClassIndex){0};
  host->free(packed->index);
  packed->index = NULL;
}

static void clear(void *state, const Host *host) {
  Packed *packed = state;
  mlm_packed_drop_values(packed, host);
  mlm_class_index_clear(&packed->texts, host);
  host->free(packed->word);
  host->free(packed->tag);
}

static bool empty(const void *state) { return mlm_packed_count(state) == 0; }

const StateType mlm_packed_state = {
    .name = "packed",
    .cost = "9 bytes a row, and each distinct text once. Adding a row takes O(1) time, and so does "
            "removing one from a window; a value, the column, takes O(n).",
    .bytes = sizeof(Packed),
    .add = add,
    .merge = merge,
    .subtract = subtract,
    .seal = seal,
    .save = mlm_packed_save,
    .load = mlm_packed_load,
    .clear = clear,
    .empty = empty,
    .prepare_save = mlm_packed_prepare_save,
};
