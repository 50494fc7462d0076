/* States by key: a hash table of states of one inner type. */
#include "state/keyed.h"

#include "base/bits.h"
#include "base/hash_table.h"
#include "state/class_index.h"
#include "state/keyed_few.h"

/* NULL before all else, as in SQL. */
static int compare_keys(const Class *a, const Class *b) {
  bool x = a->type == CLASS_NULL, y = b->type == CLASS_NULL;
  return x || y ? (int)y - (int)x : mlm_class_compare(a, b);
}

static bool has_bytes(uint32_t type) { return type == CLASS_TEXT || type == CLASS_BLOB; }

static uint32_t hash_of(const Keyed *keyed, const Class *key) {
  if (key->type == CLASS_INTEGER) return mlm_hash_integer(keyed, key->integer);
  uint64_t hash = mlm_hash_mix(keyed->seed + (uint64_t)key->type, has_bytes(key->type) ? key->n : 0);
  if (key->type == CLASS_REAL) hash = mlm_hash_mix(keyed->seed + 1, mlm_double_bits(key->real));
  for (size_t i = 0; has_bytes(key->type) && i < key->n; i += 8) {
    uint64_t word = 0;
    memcpy(&word, key->bytes + i, key->n - i < 8 ? key->n - i : 8);
    hash = mlm_hash_mix(hash, word);
  }
  return (uint32_t)hash;
}

/* ---- entries ---- */

Class mlm_keyed_key(const KeyedEntry *entry) {
  Class key = {.type = mlm_entry_type(entry)};
  if (key.type == CLASS_INTEGER) key.integer = entry->key.integer;
  if (key.type == CLASS_REAL) key.real = entry->key.real;
  if (!has_bytes(key.type)) return key;
  memcpy(&key.n, entry->key.bytes, sizeof key.n);
  key.bytes = (const char *)entry->key.bytes + sizeof key.n;
  return key;
}

/* Whether the entry holds scores; an entry of another kind has a state and no room. */
static bool is_of_scores(const KeyedEntry *entry) { return entry->room > 0; }

const void *mlm_keyed_state(const KeyedEntry *entry, void *view) {
  return is_of_scores(entry) ? mlm_few_view(entry, view) : entry->state;
}

static bool has_key(const KeyedEntry *entry, const Class *key) {
  if (mlm_entry_type(entry) != key->type) return false;
  if (key->type == CLASS_INTEGER) return entry->key.integer == key->integer;
  const Class own = mlm_keyed_key(entry);
  return compare_keys(&own, key) == 0;
}

/* Copies a key; its entry has no rows yet. */
static Status make_entry(KeyedEntry *entry, const Class *key, uint32_t hash, const Host *host) {
  *entry = (KeyedEntry){.hash = hash, .type = (uint8_t)key->type};
  if (key->type == CLASS_INTEGER) entry->key.integer = key->integer;
  if (key->type == CLASS_REAL) entry->key.real = key->real;
  if (!has_bytes(key->type)) return MLM_OK;
  entry->key.bytes = host->realloc(NULL, sizeof key->n + key->n);
  if (!entry->key.bytes) return MLM_NOMEM;
  memcpy(entry->key.bytes, &key->n, sizeof key->n);
  if (key->n) memcpy(entry->key.bytes + sizeof key->n, key->bytes, key->n);
  return MLM_OK;
}

/* The state of an entry, made if need be, with all rows in it. */
static Status open_entry(KeyedEntry *entry, const StateType *inner, void **state, const Host *host) {
  Status status = MLM_OK;
  if (inner == &mlm_scores_state)
    status = mlm_few_move(entry, host);
  else if (!entry->state && !(entry->state = mlm_new_zeroed(host, inner->bytes)))
    status = MLM_NOMEM;
  if (!status) *state = inner == &mlm_scores_state ? mlm_entry_set(entry) : entry->state;
  return status;
}

static void drop_entry(KeyedEntry *entry, const StateType *inner, const Host *host) {
  if (is_of_scores(entry)) {
    mlm_few_clear(entry, host);
  } else if (entry->state) {
    /* unreachable: a kind that owns no memory, which no key has */
    if (inner->clear) inner->clear(entry->state, host);
    host->free(entry->state);
  }
  if (has_bytes(mlm_entry_type(entry))) host->free(entry->key.bytes);
}

static bool is_empty(const KeyedEntry *entry, const StateType *inner) {
  if (is_of_scores(entry)) return mlm_few_empty(entry);
  /* unreachable: a key without a state, which only a failed allocation leaves */
  return !entry->state || inner->empty(entry->state);
}

/* ---- the table ---- */

typedef struct Wanted {
  const Class *key;
  uint32_t hash;
} Wanted;

static MLM_ALWAYS_INLINE bool ends(const void *table, uint64_t place, const void *key) {
  const Keyed *keyed = table;
  const Wanted *wanted = key;
  uint32_t at = keyed->table[place];
  if (at == 0) return true;
  const KeyedEntry *entry = &keyed->entry[at - 1];
  return entry->hash == wanted->hash && has_key(entry, wanted->key);
}

/* Whether a place is empty, to find one for a new entry. */
static bool is_free(const void *table, uint64_t place, const void *key) {
  return ((const Keyed *)table)->table[place] == 0;
}

/* Entries grow by an eighth once there are many, so that little memory is wasted. */
static Status reserve_entry(Keyed *keyed, const Host *host) {
  enum { MANY = 1024 };
  if (keyed->n < keyed->room) return MLM_OK;
  /* unreachable: 64 GiB of keys */
  if (keyed->n >= (uint32_t)1 << 30) return MLM_TOOBIG;
  uint32_t room = keyed->room < MANY ? 2 * keyed->room + 4 : keyed->room + keyed->room / 8;
  KeyedEntry *entry = host->realloc(keyed->entry, (uint64_t)room * sizeof *entry);
  if (!entry) return MLM_NOMEM;
  keyed->entry = entry;
  keyed->room = room;
  return MLM_OK;
}

/* The table is at most three quarters full. */
static Status reserve_place(Keyed *keyed, const Host *host) {
  uint32_t places = keyed->table ? keyed->mask + 1 : 0;
  if (keyed->n < places / 4 * 3) return MLM_OK;
  places = places ? 2 * places : 8;
  uint32_t *table = host->realloc(keyed->table, (uint64_t)places * sizeof *table);
  if (!table) return MLM_NOMEM;
  if (!keyed->table) keyed->seed = mlm_hash_mix((uint64_t)(uintptr_t)table, UINT64_C(0x6b6579));
  keyed->table = table;
  keyed->mask = places - 1;
  memset(table, 0, places * sizeof *table);
  for (uint32_t i = 0; i < keyed->n; i++)
    table[mlm_hash_find(keyed, keyed->mask, keyed->entry[i].hash, NULL, is_free)] = i + 1;
  return MLM_OK;
}

/* The entry of a key, made if need be. */
static Status find(Keyed *keyed, const Class *key, KeyedEntry **entry, const Host *host) {
  Status status = reserve_entry(keyed, host);
  if (!status) status = reserve_place(keyed, host);
  if (status) return status;
  const Wanted wanted = {key, hash_of(keyed, key)};
  uint64_t place = mlm_hash_find(keyed, keyed->mask, wanted.hash, &wanted, ends);
  if (keyed->table[place] == 0) {
    status = make_entry(&keyed->entry[keyed->n], key, wanted.hash, host);
    if (status) return status;
    keyed->table[place] = ++keyed->n;
  }
  *entry = &keyed->entry[keyed->table[place] - 1];
  return MLM_OK;
}

KeyedEntry *mlm_keyed_find(const Keyed *keyed, const Class *key) {
  const Wanted wanted = {key, hash_of(keyed, key)};
  uint32_t at = keyed->table[mlm_hash_find(keyed, keyed->mask, wanted.hash, &wanted, ends)];
  return at ? &keyed->entry[at - 1] : NULL;
}

/* ---- operations of every keyed type ---- */

static Status add(const StateType *inner, Keyed *keyed, const Row *row, int sign, const Host *host) {
  KeyedEntry *entry;
  void *state, *set = row->sets[0].state;
  Status status = find(keyed, &row->key, &entry, host);
  if (status) return status;
  if (inner == &mlm_scores_state && !set && sign > 0 && row->weight == 1)
    return mlm_few_put(entry, mlm_encode_score(row->pred), row->target > 0, host);
  status = open_entry(entry, inner, &state, host);
  if (status) return status;
  if (!set) return inner->add(state, row, sign, host);
  return (sign > 0 ? inner->merge : inner->subtract)(state, set, host);
}

static void leave_out(void *state, int sign) { ((Keyed *)state)->left_out += sign; }

/* Adds few scores to an entry. */
static Status add_few(KeyedEntry *into, const KeyedEntry *from, const Host *host) {
  Status status = MLM_OK;
  for (int label = 0; label < 2; label++)
    for (uint32_t i = 0; i < from->few[label] && !status; i++)
      status = mlm_few_put(into, mlm_few_keys(from, label)[i], label, host);
  return status;
}

/* `from` may only be cleared afterwards. */
static Status combine_entry(const StateType *inner, KeyedEntry *into, KeyedEntry *from, int sign,
                            const Host *host) {
  void *to, *other;
  if (is_of_scores(from) && !mlm_has_set(from) && sign > 0) return add_few(into, from, host);
  Status status = open_entry(into, inner, &to, host);
  if (!status) status = open_entry(from, inner, &other, host);
  /* unreachable: a kind that is not sealed, which no key has */
  if (!status && inner->seal) status = inner->seal(other, host);
  return status ? status : (sign > 0 ? inner->merge : inner->subtract)(to, other, host);
}

static Status combine(const StateType *inner, Keyed *into, Keyed *from, int sign, const Host *host) {
  if (sign > 0 && from->left_out > MLM_MOST_ROWS - into->left_out) return MLM_OVERFLOW;
  for (uint32_t i = 0; i < from->n; i++) {
    const Class key = mlm_keyed_key(&from->entry[i]);
    KeyedEntry *entry;
    Status status = find(into, &key, &entry, host);
    if (!status) status = combine_entry(inner, entry, &from->entry[i], sign, host);
    if (status) return status;
  }
  into->left_out += sign * from->left_out;
  return MLM_OK;
}

static bool precedes(const Keyed *keyed, uint32_t a, uint32_t b) {
  const Class x = mlm_keyed_key(&keyed->entry[a]), y = mlm_keyed_key(&keyed->entry[b]);
  return compare_keys(&x, &y) <= 0;
}

/* Sorts order[0..n) by merging runs; `spare` has room for as many. */
static void sort_entries(const Keyed *keyed, uint32_t *order, uint32_t *spare, uint32_t n) {
  if (n < 2) return;
  uint32_t half = n / 2, i = 0, j = half;
  sort_entries(keyed, order, spare, half);
  sort_entries(keyed, order + half, spare, n - half);
  if (precedes(keyed, order[half - 1], order[half])) return; /* as after loading */
  for (uint32_t k = 0; k < n; k++) {
    bool first = j == n || (i < half && precedes(keyed, order[i], order[j]));
    spare[k] = first ? order[i++] : order[j++];
  }
  memcpy(order, spare, n * sizeof *order);
}

static Status seal_entry(const StateType *inner, KeyedEntry *entry, const Host *host) {
  if (is_of_scores(entry)) return mlm_few_seal(entry, host);
  /* unreachable: a kind that is not sealed, or a key without a state, as above */
  return inner->seal && entry->state ? inner->seal(entry->state, host) : MLM_OK;
}

static Status seal(const StateType *inner, Keyed *keyed, const Host *host) {
  uint64_t bytes = ((uint64_t)keyed->n + 1) * sizeof *keyed->order;
  uint32_t *order = host->realloc(keyed->order, bytes);
  if (!order) return MLM_NOMEM;
  keyed->order = order;
  keyed->ordered = 0;
  for (uint32_t i = 0; i < keyed->n; i++) {
    Status status = seal_entry(inner, &keyed->entry[i], host);
    if (status) return status;
    if (i % 4096 == 4095 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (!is_empty(&keyed->entry[i], inner)) order[keyed->ordered++] = i;
  }
  uint32_t *spare = host->realloc(NULL, bytes);
  if (!spare) return MLM_NOMEM;
  sort_entries(keyed, order, spare, keyed->ordered);
  host->free(spare);
  return MLM_OK;
}

static void clear(const StateType *inner, Keyed *keyed, const Host *host) {
  for (uint32_t i = 0; i < keyed->n; i++) drop_entry(&keyed->entry[i], inner, host);
  host->free(keyed->entry);
  host->free(keyed->table);
  host->free(keyed->order);
  *keyed = (Keyed){0};
}

static bool empty(const StateType *inner, const Keyed *keyed) {
  for (uint32_t i = 0; i < keyed->n; i++)
    if (!is_empty(&keyed->entry[i], inner)) return false;
  return true;
}

static bool outside(const StateType *inner, const Keyed *keyed, double lo, double hi, double *score) {
  Scores view;
  for (uint32_t i = 0; i < keyed->ordered && inner->outside; i++)
    if (inner->outside(mlm_keyed_state(mlm_keyed_at(keyed, i), &view), lo, hi, score)) return true;
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
  Writer one = {.limit = out->limit, .host = out->host};
  Scores view;
  mlm_write_varint(out, (uint64_t)keyed->left_out);
  mlm_write_varint(out, keyed->ordered);
  for (uint32_t i = 0; i < keyed->ordered && !out->status; i++) {
    const KeyedEntry *entry = mlm_keyed_at(keyed, i);
    const Class key = mlm_keyed_key(entry);
    save_key(&key, out);
    one.n = 0;
    inner->save(mlm_keyed_state(entry, &view), &one);
    mlm_write_varint(out, one.n);
    mlm_write_bytes(out, one.bytes, (size_t)one.n);
    if (one.status && !out->status) out->status = one.status;
  }
  out->host->free(one.bytes);
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

/* Loads a score set into the caller's set first, because few scores are kept in another form. */
static Status load_scores(KeyedEntry *entry, Scores *scores, Reader *in, const Host *host) {
  Status status = mlm_scores_state.load(scores, in, host);
  if (!status) status = mlm_scores_state.seal(scores, host);
  if (status) return status;
  if (mlm_are_few(scores)) return mlm_few_copy(entry, scores, host);
  status = mlm_few_move(entry, host);
  return status ? status : mlm_scores_state.merge(mlm_entry_set(entry), scores, host);
}

static Status load_state(const StateType *inner, KeyedEntry *entry, Reader *in, const Host *host) {
  void *state;
  Scores scores;
  if (inner != &mlm_scores_state) {
    Status status = open_entry(entry, inner, &state, host);
    return status ? status : inner->load(state, in, host);
  }
  memset(&scores, 0, sizeof scores);
  Status status = load_scores(entry, &scores, in, host);
  mlm_scores_state.clear(&scores, host);
  return status;
}

/* Loads the state of one key, which must come after `before` in order. */
static Status load_one(const StateType *inner, Keyed *keyed, Class *before, Reader *in, const Host *host) {
  Class key;
  KeyedEntry *entry;
  bool first = keyed->n == 0;
  if (!load_key(&key, in) || (!first && compare_keys(before, &key) >= 0)) return MLM_CORRUPT;
  uint64_t n = mlm_read_count(in, 1);
  const uint8_t *bytes = mlm_read_bytes(in, (size_t)n);
  if (!bytes) return MLM_CORRUPT;
  Reader one = {.at = bytes, .end = bytes + n};
  Status status = find(keyed, &key, &entry, host);
  if (!status) status = load_state(inner, entry, &one, host);
  if (!status && (mlm_read_left(&one) > 0 || is_empty(entry, inner))) status = MLM_CORRUPT;
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

/* A StateType has no room for its inner type, so each keyed type has functions of its own that name it. None
 * has a prepare_save(), as no inner type has one. */
#define KEYED_FUNCTIONS(inner, f_add, f_merge, f_subtract, f_seal, f_save, f_load, f_clear, f_empty,         \
                        f_outside)                                                                           \
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
  static bool f_outside(const void *state, double lo, double hi, double *score) {                            \
    return outside(&inner, state, lo, hi, score);                                                            \
  }
static const char cost_text[] =
    "Up to 64 bytes a key and 10 bytes a row of scores where a key has up to 255 rows, otherwise about 600 "
    "bytes a key and what its "
    "rows take. Adding a row looks its key up in O(1) time, and a value puts every key's rows in order.";

#define KEYED_STATE(saved_name, f_add, f_merge, f_subtract, f_seal, f_save, f_load, f_clear, f_empty,        \
                    f_outside)                                                                               \
  {                                                                                                          \
    .name = saved_name, .cost = cost_text, .bytes = sizeof(Keyed), .add = f_add, .leave_out = leave_out,     \
    .merge = f_merge, .subtract = f_subtract, .seal = f_seal, .save = f_save, .load = f_load,                \
    .clear = f_clear, .empty = f_empty, .outside = f_outside                                                 \
  }

KEYED_FUNCTIONS(mlm_scores_state, scores_add, scores_merge, scores_subtract, scores_seal, scores_save,
                scores_load, scores_clear, scores_empty, scores_outside)
KEYED_FUNCTIONS(mlm_confusion_matrix_state, classes_add, classes_merge, classes_subtract, classes_seal,
                classes_save, classes_load, classes_clear, classes_empty, classes_outside)
KEYED_FUNCTIONS(mlm_rows_state, preds_add, preds_merge, preds_subtract, preds_seal, preds_save, preds_load,
                preds_clear, preds_empty, preds_outside)
KEYED_FUNCTIONS(mlm_rows_state, points_add, points_merge, points_subtract, points_seal, points_save,
                points_load, points_clear, points_empty, points_outside)

const StateType mlm_keyed_scores_state =
    KEYED_STATE("score_sets", scores_add, scores_merge, scores_subtract, scores_seal, scores_save,
                scores_load, scores_clear, scores_empty, scores_outside);
const StateType mlm_keyed_classes_state =
    KEYED_STATE("class_sets", classes_add, classes_merge, classes_subtract, classes_seal, classes_save,
                classes_load, classes_clear, classes_empty, classes_outside);
const StateType mlm_keyed_preds_state =
    KEYED_STATE("pred_sets", preds_add, preds_merge, preds_subtract, preds_seal, preds_save, preds_load,
                preds_clear, preds_empty, preds_outside);
const StateType mlm_keyed_points_state =
    KEYED_STATE("trend_points", points_add, points_merge, points_subtract, points_seal, points_save,
                points_load, points_clear, points_empty, points_outside);

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
