/* The index of classes: hash table, order, and the saved form of a class. */
#include "state/class_index.h"

#include <string.h>

#include "base/compiler.h"
#include "base/hash_table.h"
#include "base/number.h"
#include "base/sort.h"
#include "base/sort_items.h"
#include "base/sqlite_number.h"

enum { FIRST_ROOM = 4, FIRST_TABLE = 8, MOST_CLASSES = 1 << 30 };

static bool has_bytes(const Class *name) { return name->type >= CLASS_TEXT; }

/* Compares an integer with a double that is not an int64; they are never equal. */
static int compare_mixed(int64_t integer, double real) {
  if (real >= 9223372036854775808.0) return -1;
  if (real < -9223372036854775808.0) return 1;
  int64_t truncated = (int64_t)real;
  if (integer != truncated) return integer < truncated ? -1 : 1;
  return mlm_encode_score(real) > mlm_encode_score((double)truncated) ? -1 : 1;
}

static int compare_numbers(const Class *a, const Class *b) {
  if (a->type != b->type)
    return a->type == CLASS_INTEGER ? compare_mixed(a->integer, b->real)
                                    : -compare_mixed(b->integer, a->real);
  if (a->type == CLASS_INTEGER) return (a->integer > b->integer) - (a->integer < b->integer);
  uint64_t key_a = mlm_encode_score(a->real), key_b = mlm_encode_score(b->real);
  return (key_a > key_b) - (key_a < key_b);
}

static int compare_bytes(const Class *a, const Class *b) {
  size_t n = a->n < b->n ? a->n : b->n;
  int c = n ? memcmp(a->bytes, b->bytes, n) : 0;
  return c ? c : (a->n > b->n) - (a->n < b->n);
}

int mlm_class_compare(const Class *a, const Class *b) {
  if (!has_bytes(a) && !has_bytes(b)) return compare_numbers(a, b);
  if (a->type != b->type) return a->type < b->type ? -1 : 1;
  return compare_bytes(a, b);
}

/* Two bits for the type and 62 bits of the value. Rounding an integer to a double keeps the order, though not
 * strictly. */
static uint64_t prefix_of(const Class *name) {
  if (!has_bytes(name))
    return mlm_encode_score(name->type == CLASS_INTEGER ? (double)name->integer : name->real) >> 2;
  uint64_t first = 0;
  for (size_t i = 0; i < 8; i++) first = first << 8 | (i < name->n ? (uint8_t)name->bytes[i] : 0);
  return (uint64_t)(name->type - CLASS_TEXT + 1) << 62 | first >> 2;
}

typedef struct Ranked {
  uint64_t prefix;
  uint32_t slot;
} Ranked;

typedef struct Ranking {
  const ClassIndex *index;
  Ranked *entries;
} Ranking;

static void *ranked_at(const void *ranking, uint64_t i) { return ((const Ranking *)ranking)->entries + i; }

static int compare_ranked(const void *ranking, const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->prefix != y->prefix) return x->prefix < y->prefix ? -1 : 1;
  const ClassSlot *slots = ((const Ranking *)ranking)->index->slots;
  return mlm_class_compare(&slots[x->slot].name, &slots[y->slot].name);
}

Status mlm_class_order(const ClassIndex *index, uint32_t *order, const Host *host) {
  if (index->n == 0) return MLM_OK;
  Ranked *entries = host->realloc(NULL, (uint64_t)index->n * sizeof *entries);
  if (!entries) return MLM_NOMEM;
  size_t n = 0;
  for (uint32_t slot = 0; slot < index->used; slot++)
    if (index->slots[slot].taken) entries[n++] = (Ranked){index->slots[slot].prefix, slot};
  const Ranking ranking = {index, entries};
  const SortItems items = {&ranking, ranked_at, compare_ranked, sizeof *entries};
  Status status = mlm_sort_items(&items, n, host);
  for (size_t i = 0; !status && i < n; i++) order[i] = entries[i].slot;
  host->free(entries);
  return status;
}

/* The seed comes from an address, so that classes with equal hashes cannot be prepared. No result depends on
 * it. */
static uint32_t hash_of(const ClassIndex *index, const Class *name) {
  uint64_t hash = mlm_hash_mix(index->seed, (has_bytes(name) ? (uint64_t)name->n << 2 : 0) | name->type);
  if (!has_bytes(name)) {
    uint64_t bits;
    memcpy(&bits, name->type == CLASS_INTEGER ? (const void *)&name->integer : &name->real, sizeof bits);
    hash = mlm_hash_mix(hash, bits);
  } else {
    for (size_t i = 0; i < name->n; i += 8) {
      uint64_t word = 0;
      memcpy(&word, name->bytes + i, name->n - i < 8 ? name->n - i : 8);
      hash = mlm_hash_mix(hash, word);
    }
  }
  return (uint32_t)(mlm_hash_mix(hash, index->seed) >> 32);
}

typedef struct HashedClass {
  const Class *name;
  uint32_t hash;
} HashedClass;

static bool search_ends(const void *table, uint64_t place, const void *key) {
  const ClassIndex *index = table;
  const HashedClass *class = key;
  if (index->table[place] == 0) return true;
  const ClassSlot *slot = &index->slots[index->table[place] - 1];
  return slot->hash == class->hash && mlm_class_compare(&slot->name, class->name) == 0;
}

/* The place of the class in the table, or the empty one where it belongs. */
static uint32_t place_of(const ClassIndex *index, const Class *name, uint32_t hash) {
  const HashedClass key = {name, hash};
  return (uint32_t)mlm_hash_find(index, index->mask, hash, &key, search_ends);
}

static bool is_empty(const void *table, uint64_t place, const void *key) {
  return ((const uint32_t *)table)[place] == 0;
}

static Status resize_table(ClassIndex *index, uint32_t length, const Host *host) {
  uint32_t *table = host->realloc(NULL, (uint64_t)length * sizeof *table);
  if (!table) return MLM_NOMEM;
  memset(table, 0, (size_t)length * sizeof *table);
  if (!index->table) index->seed = mlm_hash_mix((uint64_t)(uintptr_t)table, 0xd1b54a32d192ed03);
  /* No slot is free: the table grows only when there are more classes than ever before. */
  for (uint32_t slot = 0; slot < index->used; slot++)
    table[mlm_hash_find(table, length - 1, index->slots[slot].hash, NULL, is_empty)] = slot + 1;
  host->free(index->table);
  index->table = table;
  index->mask = length - 1;
  return MLM_OK;
}

/* Keeps a third of the table empty. */
static Status make_place(ClassIndex *index, const Host *host) {
  if (!index->table) return resize_table(index, FIRST_TABLE, host);
  uint64_t length = (uint64_t)index->mask + 1;
  return ((uint64_t)index->n + 1) * 3 <= length * 2 ? MLM_OK
                                                    : resize_table(index, (uint32_t)(length * 2), host);
}

static Status make_slot(ClassIndex *index, const Host *host) {
  if (index->free_slot || index->used < index->room) return MLM_OK;
  if (MLM_NEVER(index->room >= MOST_CLASSES)) return MLM_TOOBIG; /* such an index takes 100 GiB */
  uint32_t room = index->room + index->room / 2 + FIRST_ROOM;
  ClassSlot *slots = host->realloc(index->slots, (uint64_t)room * sizeof *slots);
  if (!slots) return MLM_NOMEM;
  index->slots = slots;
  index->room = room;
  return MLM_OK;
}

static Status copy_name(Class *copy, const Class *name, const Host *host) {
  *copy = (Class){.type = name->type};
  if (!has_bytes(name)) {
    memcpy(&copy->integer, &name->integer, sizeof copy->integer);
    return MLM_OK;
  }
  if (name->n == 0) return MLM_OK;
  char *bytes = host->realloc(NULL, name->n);
  if (!bytes) return MLM_NOMEM;
  memcpy(bytes, name->bytes, name->n);
  copy->bytes = bytes;
  copy->n = name->n;
  return MLM_OK;
}

static uint32_t take_slot(ClassIndex *index) {
  if (!index->free_slot) return index->used++;
  uint32_t slot = index->free_slot - 1;
  index->free_slot = index->slots[slot].next_free;
  return slot;
}

Status mlm_class_slot(ClassIndex *index, const Class *name, uint32_t *slot, const Host *host) {
  Status status = make_place(index, host);
  if (status) return status;
  uint32_t hash = hash_of(index, name), at = place_of(index, name, hash);
  if (!index->table[at]) {
    Class copy;
    status = make_slot(index, host);
    if (!status) status = copy_name(&copy, name, host);
    if (status) return status;
    *slot = take_slot(index);
    index->slots[*slot] = (ClassSlot){.name = copy, .prefix = prefix_of(name), .hash = hash, .taken = true};
    index->table[at] = *slot + 1;
    index->n++;
  }
  *slot = index->table[at] - 1;
  return MLM_OK;
}

static bool hash_at(const void *table, uint64_t place, uint64_t *hash) {
  const ClassIndex *index = table;
  if (index->table[place] == 0) return false;
  *hash = index->slots[index->table[place] - 1].hash;
  return true;
}

static void move_place(void *table, uint64_t to, uint64_t from) {
  ClassIndex *index = table;
  index->table[to] = index->table[from];
}

void mlm_class_remove(ClassIndex *index, uint32_t slot, const Host *host) {
  ClassSlot *gone = &index->slots[slot];
  uint32_t gap = place_of(index, &gone->name, gone->hash);
  index->table[mlm_hash_close_gap(index, index->mask, gap, hash_at, move_place)] = 0;
  if (has_bytes(&gone->name)) host->free((void *)(uintptr_t)gone->name.bytes);
  *gone = (ClassSlot){.next_free = index->free_slot};
  index->free_slot = slot + 1;
  index->n--;
}

void mlm_class_index_clear(ClassIndex *index, const Host *host) {
  for (uint32_t i = 0; i < index->used; i++) {
    ClassSlot *slot = &index->slots[i];
    if (has_bytes(&slot->name)) host->free((void *)(uintptr_t)slot->name.bytes);
    mlm_weight_sum_clear(&slot->predicted, host);
    mlm_weight_sum_clear(&slot->labelled, host);
  }
  host->free(index->slots);
  host->free(index->table);
  *index = (ClassIndex){0};
}

void mlm_class_save(const Class *name, Writer *out) {
  uint8_t type = (uint8_t)name->type;
  mlm_write_bytes(out, &type, 1);
  if (name->type == CLASS_INTEGER) {
    mlm_write_signed(out, name->integer);
  } else if (name->type == CLASS_REAL) {
    mlm_write_double(out, name->real);
  } else {
    mlm_write_varint(out, name->n);
    mlm_write_bytes(out, name->bytes, name->n);
  }
}

void mlm_class_load(Class *name, Reader *in) {
  const uint8_t *type = mlm_read_bytes(in, 1);
  *name = (Class){.type = type && *type <= CLASS_BLOB ? (ClassType)*type : CLASS_INTEGER};
  SqliteNumber number;
  if (name->type == CLASS_INTEGER) {
    name->integer = mlm_read_signed(in);
  } else if (name->type == CLASS_REAL) {
    name->real = mlm_read_double(in);
    if (name->real != name->real || mlm_is_int64(name->real)) in->failed = true;
  } else {
    name->n = (size_t)mlm_read_count(in, 1);
    name->bytes = (const char *)mlm_read_bytes(in, name->n);
    if (in->failed || (name->type == CLASS_TEXT && mlm_text_is_sqlite_number(name->bytes, name->n, &number)))
      in->failed = true;
  }
  if (!type || *type > CLASS_BLOB) in->failed = true;
}
