/* The index of classes: hash table, order, and the saved form of a class. */
#include "state/class_index.h"

#include <string.h>

#include "base/number.h"
#include "base/sort.h"

enum { FIRST_ROOM = 4, FIRST_TABLE = 8 };
static const uint32_t most_classes = (uint32_t)1 << 30;

static bool has_bytes(const Class *name) { return name->type >= CLASS_TEXT; }

/* A double that is no integer within int64, against an integer: the double is never equal. */
static int compare_mixed(int64_t integer, double real) {
  if (real >= 9223372036854775808.0) return -1;
  if (real < -9223372036854775808.0) return 1;
  int64_t whole = (int64_t)real;
  if (integer != whole) return integer < whole ? -1 : 1;
  return mlm_encode_score(real) > mlm_encode_score((double)whole) ? -1 : 1;
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

/* Two bits for the type, 62 of the value; integers by the nearest double, which never turns their order
 * round. */
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

static bool after(const ClassIndex *index, Ranked a, Ranked b) {
  if (a.prefix != b.prefix) return a.prefix > b.prefix;
  return mlm_class_compare(&index->slots[a.slot].name, &index->slots[b.slot].name) > 0;
}

/* Merges from[lo..mid) and from[mid..hi) into to[lo..hi). */
static void merge_runs(const ClassIndex *index, const Ranked *from, Ranked *to, size_t lo, size_t mid,
                       size_t hi) {
  bool sorted = mid >= hi || !after(index, from[mid - 1], from[mid]);
  for (size_t left = lo, right = mid, at = lo; at < hi; at++) {
    bool take_right = !sorted && right < hi && (left >= mid || after(index, from[left], from[right]));
    to[at] = sorted ? from[at] : take_right ? from[right++] : from[left++];
  }
}

/* Merge sort from runs of one upwards; the sorted half of the 2n entries is returned, NULL where the host
 * wants an end. */
static const Ranked *sort(const ClassIndex *index, Ranked *from, Ranked *to, size_t n, const Host *host) {
  for (size_t run = 1; run < n; run *= 2) {
    if (mlm_interrupted(host)) return NULL;
    for (size_t lo = 0; lo < n; lo += 2 * run) {
      size_t mid = run < n - lo ? lo + run : n, hi = run < n - mid ? mid + run : n;
      merge_runs(index, from, to, lo, mid, hi);
    }
    Ranked *sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

Status mlm_class_order(const ClassIndex *index, uint32_t *order, const Host *host) {
  if (index->n == 0) return MLM_OK;
  Ranked *entries = host->realloc(NULL, (uint64_t)index->n * 2 * sizeof *entries);
  if (!entries) return MLM_NOMEM;
  size_t n = 0;
  for (uint32_t slot = 0; slot < index->used; slot++)
    if (index->slots[slot].taken) entries[n++] = (Ranked){index->slots[slot].prefix, slot};
  const Ranked *sorted = sort(index, entries, entries + n, n, host);
  for (size_t i = 0; sorted && i < n; i++) order[i] = sorted[i].slot;
  host->free(entries);
  return sorted ? MLM_OK : MLM_INTERRUPTED;
}

/* The seed comes from an address, so nobody can prepare classes that all fall together. No result depends on
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

/* Where the class stands in the table, or the empty place where it would. */
static uint32_t place_of(const ClassIndex *index, const Class *name, uint32_t hash) {
  uint32_t at = hash & index->mask;
  for (; index->table[at]; at = (at + 1) & index->mask) {
    const ClassSlot *slot = &index->slots[index->table[at] - 1];
    if (slot->hash == hash && mlm_class_compare(&slot->name, name) == 0) break;
  }
  return at;
}

static Status resize_table(ClassIndex *index, uint32_t length, const Host *host) {
  uint32_t *table = host->realloc(NULL, (uint64_t)length * sizeof *table);
  if (!table) return MLM_NOMEM;
  memset(table, 0, (size_t)length * sizeof *table);
  if (!index->table) index->seed = mlm_hash_mix((uint64_t)(uintptr_t)table, 0xd1b54a32d192ed03);
  /* No slot is free: with as many classes as slots before, the table had room for one more. */
  for (uint32_t slot = 0; slot < index->used; slot++) {
    uint32_t at = index->slots[slot].hash & (length - 1);
    while (table[at]) at = (at + 1) & (length - 1);
    table[at] = slot + 1;
  }
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
  if (index->room >= most_classes) return MLM_TOOBIG; /* unreachable: such an index takes 100 GiB */
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

/* Closes the gap by moving back whatever would otherwise no longer be found. */
static void close_gap(ClassIndex *index, uint32_t gap) {
  uint32_t mask = index->mask;
  for (uint32_t at = (gap + 1) & mask; index->table[at]; at = (at + 1) & mask) {
    uint32_t home = index->slots[index->table[at] - 1].hash & mask;
    if (((at - home) & mask) < ((at - gap) & mask)) continue;
    index->table[gap] = index->table[at];
    gap = at;
  }
  index->table[gap] = 0;
}

void mlm_class_remove(ClassIndex *index, uint32_t slot, const Host *host) {
  ClassSlot *gone = &index->slots[slot];
  close_gap(index, place_of(index, &gone->name, gone->hash));
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
  double number;
  if (name->type == CLASS_INTEGER) {
    name->integer = mlm_read_signed(in);
  } else if (name->type == CLASS_REAL) {
    name->real = mlm_read_double(in);
    if (name->real != name->real || mlm_is_int64(name->real)) in->failed = true;
  } else {
    name->n = (size_t)mlm_read_count(in, 1);
    name->bytes = (const char *)mlm_read_bytes(in, name->n);
    if (in->failed || (name->type == CLASS_TEXT && mlm_parse_number_text(name->bytes, name->n, &number)))
      in->failed = true;
  }
  if (!type || *type > CLASS_BLOB) in->failed = true;
}
