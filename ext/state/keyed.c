/* States by key: a hash table of states of one inner type. */
#include "state/keyed.h"

#include "base/bits.h"
#include "base/hash_table.h"
#include "state/class_index.h"

/* NULL before all else, as in SQL. */
static int compare_keys(const Class *a, const Class *b) {
  bool x = a->type == CLASS_NULL, y = b->type == CLASS_NULL;
  return x || y ? (int)y - (int)x : mlm_class_compare(a, b);
}

static uint64_t hash_of(const Class *key) {
  uint64_t hash = mlm_hash_mix(UINT64_C(0x6b6579), (uint64_t)key->type);
  if (key->type == CLASS_INTEGER) return mlm_hash_mix(hash, (uint64_t)key->integer);
  if (key->type == CLASS_REAL) return mlm_hash_mix(hash, mlm_double_bits(key->real));
  if (key->type == CLASS_NULL) return hash;
  hash = mlm_hash_mix(hash, key->n);
  for (size_t i = 0; i < key->n; i += 8) {
    uint64_t word = 0;
    memcpy(&word, key->bytes + i, key->n - i < 8 ? key->n - i : 8);
    hash = mlm_hash_mix(hash, word);
  }
  return hash;
}

/* ---- the table ---- */

static bool ends(const void *table, uint64_t place, const void *key) {
  const Keyed *keyed = table;
  const KeyedEntry *wanted = key;
  uint32_t at = keyed->table[place];
  if (at == 0) return true;
  const KeyedEntry *entry = &keyed->entry[at - 1];
  return entry->hash == wanted->hash && compare_keys(&entry->key, &wanted->key) == 0;
}

static uint64_t place_of(const Keyed *keyed, const KeyedEntry *wanted) {
  return mlm_hash_find(keyed, keyed->mask, wanted->hash, wanted, ends);
}

/* Makes room for one more entry in a table at most half full. */
static Status reserve(Keyed *keyed, const Host *host) {
  if (keyed->n < keyed->room) return MLM_OK;
  if (keyed->room >= (uint32_t)1 << 30) return MLM_TOOBIG;
  uint32_t room = keyed->room ? 2 * keyed->room : 4, places = 2 * room;
  KeyedEntry *entry = host->realloc(keyed->entry, (uint64_t)room * sizeof *entry);
  if (!entry) return MLM_NOMEM;
  keyed->entry = entry;
  uint32_t *table = host->realloc(keyed->table, (uint64_t)places * sizeof *table);
  if (!table) return MLM_NOMEM;
  keyed->table = table;
  keyed->mask = places - 1;
  keyed->room = room;
  memset(table, 0, places * sizeof *table);
  for (uint32_t i = 0; i < keyed->n; i++) table[place_of(keyed, &entry[i])] = i + 1;
  return MLM_OK;
}

/* Copies the bytes of a key, and makes its empty state. */
static Status make_entry(KeyedEntry *entry, const StateType *inner, const Host *host) {
  bool bytes = entry->key.type == CLASS_TEXT || entry->key.type == CLASS_BLOB;
  char *copy = bytes ? host->realloc(NULL, entry->key.n + 1) : NULL;
  entry->state = mlm_new_zeroed(host, inner->bytes);
  if (!entry->state || (bytes && !copy)) {
    host->free(copy);
    host->free(entry->state);
    return MLM_NOMEM;
  }
  if (copy && entry->key.n) memcpy(copy, entry->key.bytes, entry->key.n);
  entry->key.bytes = copy;
  return MLM_OK;
}

/* The state of a key, made if need be. */
static Status find(Keyed *keyed, const StateType *inner, const Class *key, void **state, const Host *host) {
  Status status = reserve(keyed, host);
  if (status) return status;
  KeyedEntry wanted = {.key = *key, .hash = hash_of(key)};
  uint64_t place = place_of(keyed, &wanted);
  if (keyed->table[place] == 0) {
    status = make_entry(&wanted, inner, host);
    if (status) return status;
    keyed->entry[keyed->n++] = wanted;
    keyed->table[place] = keyed->n;
  }
  *state = keyed->entry[keyed->table[place] - 1].state;
  return MLM_OK;
}

void *mlm_keyed_find(const Keyed *keyed, const Class *key) {
  if (keyed->n == 0) return NULL;
  KeyedEntry wanted = {.key = *key, .hash = hash_of(key)};
  uint32_t at = keyed->table[place_of(keyed, &wanted)];
  return at ? keyed->entry[at - 1].state : NULL;
}

/* ---- operations of every keyed type ---- */

static Status add(const StateType *inner, Keyed *keyed, const Row *row, int sign, const Host *host) {
  void *state;
  Status status = find(keyed, inner, &row->key, &state, host);
  if (status) return status;
  void *set = row->sets[0].state;
  if (!set) return inner->add(state, row, sign, host);
  return (sign > 0 ? inner->merge : inner->subtract)(state, set, host);
}

static void leave_out(void *state, int sign) { ((Keyed *)state)->left_out += sign; }

static Status combine(const StateType *inner, Keyed *into, Keyed *from, int sign, const Host *host) {
  for (uint32_t i = 0; i < from->n; i++) {
    void *state;
    Status status = find(into, inner, &from->entry[i].key, &state, host);
    if (!status) status = (sign > 0 ? inner->merge : inner->subtract)(state, from->entry[i].state, host);
    if (status) return status;
  }
  into->left_out += sign * from->left_out;
  return MLM_OK;
}

/* Sorts order[0..n) by merging runs; `spare` has room for as many. */
static void sort_entries(const Keyed *keyed, uint32_t *order, uint32_t *spare, uint32_t n) {
  if (n < 2) return;
  uint32_t half = n / 2, i = 0, j = half;
  sort_entries(keyed, order, spare, half);
  sort_entries(keyed, order + half, spare, n - half);
  for (uint32_t k = 0; k < n; k++) {
    bool first =
        j == n || (i < half && compare_keys(&keyed->entry[order[i]].key, &keyed->entry[order[j]].key) <= 0);
    spare[k] = first ? order[i++] : order[j++];
  }
  memcpy(order, spare, n * sizeof *order);
}

static Status seal(const StateType *inner, Keyed *keyed, const Host *host) {
  uint64_t bytes = 2 * ((uint64_t)keyed->n + 1) * sizeof *keyed->order;
  uint32_t *order = host->realloc(keyed->order, bytes);
  if (!order) return MLM_NOMEM;
  keyed->order = order;
  keyed->ordered = 0;
  for (uint32_t i = 0; i < keyed->n; i++) {
    Status status = inner->seal ? inner->seal(keyed->entry[i].state, host) : MLM_OK;
    if (status) return status;
    if (i % 4096 == 4095 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (!inner->empty(keyed->entry[i].state)) order[keyed->ordered++] = i;
  }
  sort_entries(keyed, order, order + keyed->n + 1, keyed->ordered);
  return MLM_OK;
}

static void clear(const StateType *inner, Keyed *keyed, const Host *host) {
  for (uint32_t i = 0; i < keyed->n; i++) {
    KeyedEntry *entry = &keyed->entry[i];
    if (inner->clear) inner->clear(entry->state, host);
    host->free(entry->state);
    if (entry->key.type == CLASS_TEXT || entry->key.type == CLASS_BLOB)
      host->free((void *)(uintptr_t)entry->key.bytes);
  }
  host->free(keyed->entry);
  host->free(keyed->table);
  host->free(keyed->order);
  *keyed = (Keyed){0};
}

static bool empty(const StateType *inner, const Keyed *keyed) {
  for (uint32_t i = 0; i < keyed->n; i++)
    if (!inner->empty(keyed->entry[i].state)) return false;
  return true;
}

static bool integral(const StateType *inner, const Keyed *keyed) {
  for (uint32_t i = 0; i < keyed->n; i++)
    if (inner->integral && !inner->integral(keyed->entry[i].state)) return false;
  return true;
}

static Status prepare_save(const StateType *inner, Keyed *keyed, const Host *host) {
  for (uint32_t i = 0; i < keyed->ordered && inner->prepare_save; i++) {
    Status status = inner->prepare_save(mlm_keyed_at(keyed, i)->state, host);
    if (status) return status;
  }
  return MLM_OK;
}

static bool outside(const StateType *inner, const Keyed *keyed, double lo, double hi, double *score) {
  for (uint32_t i = 0; i < keyed->ordered && inner->outside; i++)
    if (inner->outside(mlm_keyed_at(keyed, i)->state, lo, hi, score)) return true;
  return false;
}

/* ---- saving ---- */

static void save_key(const Class *key, Writer *out) {
  mlm_write_varint(out, (uint64_t)key->type);
  if (key->type == CLASS_INTEGER) mlm_write_signed(out, key->integer);
  if (key->type == CLASS_REAL) mlm_write_double(out, key->real);
  if (key->type != CLASS_TEXT && key->type != CLASS_BLOB) return;
  mlm_write_varint(out, key->n);
  mlm_write_bytes(out, key->bytes, key->n);
}

/* The rows left out; then each key, the length of its state, and the state. */
static void save(const StateType *inner, const Keyed *keyed, Writer *out) {
  mlm_write_varint(out, (uint64_t)keyed->left_out);
  mlm_write_varint(out, keyed->ordered);
  for (uint32_t i = 0; i < keyed->ordered; i++) {
    const KeyedEntry *entry = mlm_keyed_at(keyed, i);
    Writer one = {.limit = out->limit, .host = out->host};
    save_key(&entry->key, out);
    inner->save(entry->state, &one);
    mlm_write_varint(out, one.n);
    mlm_write_bytes(out, one.bytes, (size_t)one.n);
    if (one.status && !out->status) out->status = one.status;
    out->host->free(one.bytes);
  }
}

static bool load_key(Class *key, Reader *in) {
  uint64_t type = mlm_read_varint(in);
  *key = (Class){.type = type <= CLASS_NULL ? (ClassType)type : CLASS_NULL};
  if (key->type == CLASS_INTEGER) key->integer = mlm_read_signed(in);
  if (key->type == CLASS_REAL) {
    key->real = mlm_read_double(in);
    if (key->real != key->real || mlm_is_int64(key->real)) return false;
  }
  if (key->type == CLASS_TEXT || key->type == CLASS_BLOB) {
    key->n = (size_t)mlm_read_count(in, 1);
    key->bytes = (const char *)mlm_read_bytes(in, key->n);
  }
  return type <= CLASS_NULL && !in->failed;
}

/* Loads the state of one key, which must come after `before` in order. */
static Status load_one(const StateType *inner, Keyed *keyed, Class *before, Reader *in, const Host *host) {
  Class key;
  void *state;
  bool first = keyed->n == 0;
  if (!load_key(&key, in) || (!first && compare_keys(before, &key) >= 0)) return MLM_CORRUPT;
  uint64_t n = mlm_read_count(in, 1);
  const uint8_t *bytes = mlm_read_bytes(in, (size_t)n);
  if (!bytes) return MLM_CORRUPT;
  Reader one = {.at = bytes, .end = bytes + n};
  Status status = find(keyed, inner, &key, &state, host);
  if (!status) status = inner->load(state, &one, host);
  if (!status && (mlm_read_left(&one) > 0 || inner->empty(state))) status = MLM_CORRUPT;
  *before = key;
  return status;
}

static Status load(const StateType *inner, Keyed *keyed, Reader *in, const Host *host) {
  Class before = {.type = CLASS_NULL};
  uint64_t left_out = mlm_read_varint(in), n = mlm_read_count(in, 3);
  if (in->failed || left_out > (uint64_t)MLM_MOST_ROWS) return MLM_CORRUPT;
  keyed->left_out = (int64_t)left_out;
  for (uint64_t i = 0; i < n; i++) {
    Status status = load_one(inner, keyed, &before, in, host);
    if (status) return status;
    if (i % 1024 == 1023 && mlm_interrupted(host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* ---- the types ---- */

/* A StateType has no room for its inner type, so each keyed type has functions of its own that name it. */
#define KEYED_FUNCTIONS(inner, f_add, f_merge, f_subtract, f_seal, f_save, f_load, f_clear, f_empty,         \
                        f_integral, f_prepare, f_outside)                                                    \
  static Status f_add(void *state, const Row *row, int sign, const Host *host) {                             \
    return add(&inner, state, row, sign, host);                                                              \
  }                                                                                                          \
  static Status f_merge(void *into, void *from, const Host *host) {                                          \
    return combine(&inner, into, from, 1, host);                                                             \
  }                                                                                                          \
  static Status f_subtract(void *state, void *taken, const Host *host) {                                     \
    return combine(&inner, state, taken, -1, host);                                                          \
  }                                                                                                          \
  static Status f_seal(void *state, const Host *host) { return seal(&inner, state, host); }                  \
  static void f_save(const void *state, Writer *out) { save(&inner, state, out); }                           \
  static Status f_load(void *state, Reader *in, const Host *host) { return load(&inner, state, in, host); }  \
  static void f_clear(void *state, const Host *host) { clear(&inner, state, host); }                         \
  static bool f_empty(const void *state) { return empty(&inner, state); }                                    \
  static bool f_integral(const void *state) { return integral(&inner, state); }                              \
  static Status f_prepare(void *state, const Host *host) { return prepare_save(&inner, state, host); }       \
  static bool f_outside(const void *state, double lo, double hi, double *score) {                            \
    return outside(&inner, state, lo, hi, score);                                                            \
  }
#define KEYED_STATE(saved_name, f_add, f_merge, f_subtract, f_seal, f_save, f_load, f_clear, f_empty,        \
                    f_integral, f_prepare, f_outside)                                                        \
  {                                                                                                          \
    .name = saved_name,                                                                                      \
    .cost = "About 350 bytes a key, and what its rows take. Adding a row looks its key up in O(1) time, "    \
            "and a value puts every key's rows in order.",                                                   \
    .bytes = sizeof(Keyed), .add = f_add, .leave_out = leave_out, .merge = f_merge, .subtract = f_subtract,  \
    .seal = f_seal, .save = f_save, .load = f_load, .clear = f_clear, .empty = f_empty,                      \
    .integral = f_integral, .prepare_save = f_prepare, .outside = f_outside                                  \
  }

KEYED_FUNCTIONS(mlm_scores_state, scores_add, scores_merge, scores_subtract, scores_seal, scores_save,
                scores_load, scores_clear, scores_empty, scores_integral, scores_prepare, scores_outside)
KEYED_FUNCTIONS(mlm_confusion_matrix_state, classes_add, classes_merge, classes_subtract, classes_seal,
                classes_save, classes_load, classes_clear, classes_empty, classes_integral, classes_prepare,
                classes_outside)
KEYED_FUNCTIONS(mlm_rows_state, preds_add, preds_merge, preds_subtract, preds_seal, preds_save, preds_load,
                preds_clear, preds_empty, preds_integral, preds_prepare, preds_outside)
KEYED_FUNCTIONS(mlm_rows_state, points_add, points_merge, points_subtract, points_seal, points_save,
                points_load, points_clear, points_empty, points_integral, points_prepare, points_outside)

const StateType mlm_keyed_scores_state =
    KEYED_STATE("score_sets", scores_add, scores_merge, scores_subtract, scores_seal, scores_save,
                scores_load, scores_clear, scores_empty, scores_integral, scores_prepare, scores_outside);
const StateType mlm_keyed_classes_state = KEYED_STATE(
    "class_sets", classes_add, classes_merge, classes_subtract, classes_seal, classes_save, classes_load,
    classes_clear, classes_empty, classes_integral, classes_prepare, classes_outside);
const StateType mlm_keyed_preds_state =
    KEYED_STATE("pred_sets", preds_add, preds_merge, preds_subtract, preds_seal, preds_save, preds_load,
                preds_clear, preds_empty, preds_integral, preds_prepare, preds_outside);
const StateType mlm_keyed_points_state =
    KEYED_STATE("trend_points", points_add, points_merge, points_subtract, points_seal, points_save,
                points_load, points_clear, points_empty, points_integral, points_prepare, points_outside);

typedef struct KeyedKind {
  const StateType *type, *inner;
  const char *inner_name;
} KeyedKind;

static const KeyedKind *kind_of(const StateType *type) {
  static const KeyedKind kinds[] = {
      {&mlm_keyed_scores_state, &mlm_scores_state, "score_set"},
      {&mlm_keyed_classes_state, &mlm_confusion_matrix_state, "class_set"},
      {&mlm_keyed_preds_state, &mlm_rows_state, "pred_set"},
      {&mlm_keyed_points_state, &mlm_rows_state, "trend_points"},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (kinds[i].type == type) return &kinds[i];
  return NULL;
}

const StateType *mlm_keyed_inner(const StateType *type) {
  const KeyedKind *kind = kind_of(type);
  return kind ? kind->inner : NULL;
}

const char *mlm_keyed_inner_name(const StateType *type) {
  const KeyedKind *kind = kind_of(type);
  return kind ? kind->inner_name : NULL;
}
