/* Score sets by key against one score set a key: few rows and many, weights, merged, taken back, saved;
 * memory a key; every allocation failed and every poll interrupted. */
#include "state/keyed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random.h"
#include "state/keyed_few.h"
#include "state/scores.h"
#include "saved_states.h"
#include "states.h"
#include "unit.h"

enum { KEYS = 24, MOST_ROWS = 4000 };

static const StateType *const kind = &mlm_keyed_scores_state;

/* Keys of every type; those that SQL takes for equal are one. */
static Class key_of(int i) {
  static const char texts[KEYS][24] = {"", "a", "seventy-seven", "seven of seventy-seven", "a\0b"};
  static const size_t lengths[] = {3, 3, 7, 13, 3}; /* of a blob, behind which its text goes on */
  Class key = {.type = CLASS_INTEGER};
  switch (i % 5) {
  case 0: key.integer = i - 10; break;
  case 1: key = (Class){.type = CLASS_REAL, .real = i + 0.5}; break;
  case 2:
    key = (Class){.type = CLASS_TEXT, .bytes = texts[i / 5], .n = i / 5 == 4 ? 3 : strlen(texts[i / 5])};
    break;
  case 3: key = (Class){.type = CLASS_BLOB, .bytes = texts[i / 5], .n = lengths[i / 5]}; break;
  default: key = (Class){.type = i == 4 ? CLASS_NULL : CLASS_INTEGER, .integer = INT64_MAX - i};
  }
  /* The length of a key without bytes means nothing: it once made two keys of NULL. */
  if (key.type != CLASS_TEXT && key.type != CLASS_BLOB) key.n = (size_t)draw();
  return key;
}

typedef struct Item {
  Row row;
  int key;
} Item;

/* A few keys get most of the rows. */
static void draw_items(Item *item, int n, bool weights) {
  for (int i = 0; i < n; i++) {
    int key = (int)(draw() % 3 ? draw() % 3 : draw() % KEYS);
    double score = draw() % 4 ? draw_unit() : (double)(draw() % 9);
    double weight = weights && draw() % 50 == 0 ? (draw() % 2 ? 3 : 0.25) : 1;
    item[i] =
        (Item){.row = {.pred = score, .target = (double)(draw() % 4 == 0), .weight = weight}, .key = key};
    item[i].row.key = key_of(key);
  }
}

static Keyed *keyed_of(const Item *item, int n) {
  Keyed *keyed = fresh(kind);
  for (int i = 0; i < n; i++) expect_x(kind->add(keyed, &item[i].row, 1, &host) == MLM_OK, "add", i);
  return keyed;
}

static int find(const Class *key) {
  for (int i = 0; i < KEYS; i++) {
    Class other = key_of(i);
    if (key->type != other.type || (key->type == CLASS_INTEGER && key->integer != other.integer)
        || (key->type == CLASS_REAL && key->real != other.real))
      continue;
    if (key->type != CLASS_TEXT && key->type != CLASS_BLOB) return i;
    if (key->n == other.n && memcmp(key->bytes, other.bytes, key->n) == 0) return i;
  }
  return -1;
}

/* Each key's set is the score set of its rows. */
static void check_sets(Keyed *keyed, const Item *item, int n) {
  uint32_t keys = 0;
  bool seen[KEYS] = {false};
  for (int i = 0; i < n; i++) keys += !seen[item[i].key], seen[item[i].key] = true;
  expect_x(kind->seal(keyed, &host) == MLM_OK && mlm_keyed_count(keyed) == keys, "keys", keys);
  void *view = fresh(&mlm_scores_state);
  for (uint32_t k = 0; k < mlm_keyed_count(keyed); k++) {
    const KeyedEntry *entry = mlm_keyed_at(keyed, k);
    const Class key = mlm_keyed_key(entry);
    int at = find(&key);
    expect_x(k == 0 || key.type != CLASS_NULL, "NULL comes first", k);
    void *plain = fresh(&mlm_scores_state);
    for (int i = 0; i < n; i++)
      if (item[i].key == at) mlm_scores_state.add(plain, &item[i].row, 1, &host);
    Writer want = saved_state(&mlm_scores_state, plain), have = {.limit = UINT64_MAX, .host = &host};
    mlm_scores_state.save(mlm_keyed_state(entry, view), &have);
    expect_x(at >= 0 && same_bytes(&want, &have), "set of a key", k);
    const Scores *set = mlm_keyed_state(entry, view);
    U128 u = mlm_scores_twice_u(set), v = mlm_scores_twice_u(plain);
    expect_x(u.lo == v.lo && u.hi == v.hi, "pairs of a key", k);
    release(want.bytes);
    release(have.bytes);
    drop(&mlm_scores_state, plain);
  }
  free(view);
}

static Keyed *loaded(Keyed *from) {
  Writer bytes = saved_state(kind, from);
  Keyed *keyed = fresh(kind);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  expect_x(kind->load(keyed, &in, &host) == MLM_OK && in.at == in.end, "load", (double)bytes.n);
  expect_x(kind->seal(keyed, &host) == MLM_OK, "seal", 0);
  release(bytes.bytes);
  return keyed;
}

static void test_parts(Item *item, int n) {
  Keyed *all = keyed_of(item, n), *sum = fresh(kind);
  check_sets(all, item, n);
  for (int from = 0, to; from < n; from = to) {
    to = from + 1 + (int)(draw() % (uint64_t)(n - from));
    Keyed *part = keyed_of(item + from, to - from);
    kind->leave_out(part, 1);
    kind->leave_out(all, 1);
    Keyed *copy = loaded(part);
    expect_same_states(kind, part, copy, "loaded", n);
    expect_x(kind->merge(sum, from % 2 ? part : copy, &host) == MLM_OK, "merge", from);
    drop(kind, part);
    drop(kind, copy);
  }
  expect_same_states(kind, all, sum, "parts merged", n);
  drop(kind, all);
  drop(kind, sum);
}

/* Rows that come after a value, and rows and parts that go. */
static void test_window(Item *item, int n) {
  Keyed *window = fresh(kind);
  int from = 0;
  for (int i = 0; i < n; i++) {
    expect_x(kind->add(window, &item[i].row, 1, &host) == MLM_OK, "enter", i);
    if (i > n / 2) expect_x(kind->add(window, &item[from++].row, -1, &host) == MLM_OK, "leave", i);
    if (i % 97 == 0) expect_x(kind->seal(window, &host) == MLM_OK, "seal", i);
  }
  Keyed *want = keyed_of(item + from, n - from);
  expect_same_states(kind, window, want, "window", n);
  Keyed *part = keyed_of(item + from, (n - from) / 2),
        *rest = keyed_of(item + from + (n - from) / 2, n - from - (n - from) / 2);
  expect_x(kind->subtract(window, part, &host) == MLM_OK, "subtract", n);
  expect_same_states(kind, window, rest, "a part taken back", n);
  drop(kind, window);
  drop(kind, want);
  drop(kind, part);
  drop(kind, rest);
}

enum { ENOUGH = 1000000 };

/* Polls for so many keys, since stop_in was ENOUGH. */
static void expect_polls(long keys, const char *what) {
  expect_x(ENOUGH - stop_in >= keys, what, (double)(ENOUGH - stop_in));
  stop_in = ENOUGH;
}

/* Bytes a key beside 8 bytes a row, of which a quarter more may be in reserve, at the worst moment; of a
 * state that was loaded, and of one that others were merged into. Keys are read and put in order with polls.
 */
static void test_memory(int rows) {
  enum { MANY = 20000 };
  Keyed *keyed = fresh(kind), *merged = fresh(kind);
  double worst = 0;
  for (int r = 0; r < rows; r++)
    for (int64_t k = 0; k < MANY; k++) {
      Row row = {.pred = draw_unit(), .target = (double)(draw() % 2), .weight = 1};
      row.key = (Class){.type = CLASS_INTEGER, .integer = k * 77};
      kind->add(keyed, &row, 1, &host);
    }
  for (int sealed = 0; sealed < 2; sealed++) {
    double bytes = (double)live_bytes / MANY - 8.0 * rows;
    if (bytes > worst) worst = bytes;
    if (!sealed) expect_x(kind->seal(keyed, &host) == MLM_OK, "seal", rows);
  }
  expect_x(worst <= 64 + 2 * rows, "bytes a key", worst);
  stop_in = ENOUGH;
  Writer bytes = saved_state(kind, keyed);
  expect_polls(MANY / 4096, "polls of sealing");
  for (int part = 0; part < 2; part++) {
    drop(kind, keyed);
    keyed = fresh(kind);
    const uint64_t before = live_bytes;
    Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
    stop_in = ENOUGH;
    expect_x(kind->load(keyed, &in, &host) == MLM_OK, "load", rows);
    expect_polls(MANY / 1024, "polls of loading");
    if (part) {
      expect_x(kind->merge(merged, keyed, &host) == MLM_OK, "merge", rows);
      drop(kind, keyed);
      keyed = fresh(kind);
    }
    worst = (double)(live_bytes - before) / MANY - 8.0 * rows;
    expect_x(worst <= 64 + 2 * rows, part ? "bytes a merged key" : "bytes a loaded key", worst);
  }
  stop_in = -1;
  release(bytes.bytes);
  drop(kind, keyed);
  drop(kind, merged);
}

/* The entry of a key and of one that is not there, in tables of any number of keys, most of all full ones. */
static void test_find(void) {
  for (int n = 1; n <= 300; n++) {
    Keyed *keyed = fresh(kind);
    char text[32];
    for (int k = 0; k < n; k++) {
      Row row = {.pred = 0.5, .weight = 1, .key = {.type = CLASS_INTEGER, .integer = k * 7919}};
      if (k % 3 == 2)
        row.key = (Class){.type = CLASS_TEXT, .bytes = text, .n = (size_t)sprintf(text, "%d", k)};
      expect_x(kind->add(keyed, &row, 1, &host) == MLM_OK, "add", k);
    }
    for (int k = 0; k < n + 9; k++) {
      Class key = {.type = CLASS_TEXT, .bytes = text, .n = (size_t)sprintf(text, "%d", k)};
      const KeyedEntry *entry = mlm_keyed_find(keyed, &key);
      expect_x((entry ? entry - keyed->entry : n) == (k < n && k % 3 == 2 ? k : n), "entry of a text", k);
      entry = mlm_keyed_find_integer(keyed, k * 7919);
      expect_x((entry ? entry - keyed->entry : n) == (k < n && k % 3 != 2 ? k : n), "entry of an integer", k);
    }
    drop(kind, keyed);
  }
}

/* Of so many keys some ten pairs have one hash of 32 bits, and are two keys all the same. */
static void test_equal_hashes(void) {
  enum { MANY = 300000 };
  Keyed *keyed = fresh(kind), *other = fresh(kind);
  Row row = {.pred = 0.5, .weight = 1, .key = {.type = CLASS_INTEGER}};
  kind->add(keyed, &row, 1, &host);
  kind->add(other, &row, 1, &host);
  expect_x(keyed->seed != other->seed, "nobody can prepare keys of one hash", 0);
  for (int k = 0; k < MANY; k++) {
    row.key.integer = k;
    kind->add(keyed, &row, 1, &host);
  }
  expect_x(keyed->n == MANY, "keys", keyed->n);
  bool right = true;
  for (int k = 0; k < MANY; k++) right = right && mlm_keyed_find_integer(keyed, k) == &keyed->entry[k];
  expect_x(right, "entries of keys", MANY);
  drop(kind, keyed);
  drop(kind, other);
}

/* No keys, keys without rows, and scores outside a range. */
static void test_few(void) {
  Keyed *none = fresh(kind), *copy;
  Row row = {.pred = 0.5, .weight = 1, .key = {.type = CLASS_INTEGER}};
  expect_x(kind->empty(none), "no keys", 0);
  copy = loaded(none);
  expect_same_states(kind, none, copy, "no keys", 0);
  drop(kind, copy);
  expect_x(kind->add(none, &row, 1, &host) == MLM_OK && !kind->empty(none), "a row", 0);
  expect_x(kind->add(none, &row, -1, &host) == MLM_OK && kind->empty(none), "a key without rows", 0);
  drop(kind, none);
  for (int far = 0; far < 4; far++) { /* the last time none is */
    Keyed *keyed = fresh(kind);
    double score = 0;
    for (int k = 0; k < 3; k++) {
      row.key.integer = k;
      row.pred = k == far ? 2 : 0.5;
      expect_x(kind->add(keyed, &row, 1, &host) == MLM_OK, "add", k);
    }
    expect_x(kind->seal(keyed, &host) == MLM_OK, "seal", far);
    expect_x(kind->outside(keyed, 0, 1, &score) == (far < 3) && score == (far < 3 ? 2 : 0), "outside", far);
    drop(kind, keyed);
  }
}

/* Memory that is short once makes saving fail, however much there is afterwards. */
static void test_short_once(Item *item, int n) {
  Keyed *keyed = keyed_of(item, n);
  expect_x(kind->seal(keyed, &host) == MLM_OK, "seal", n);
  fails_once = true;
  Status status = MLM_NOMEM;
  for (int fail = 0; status; fail++) {
    Writer out = {.limit = UINT64_MAX, .host = &host};
    allowed = fail;
    kind->save(keyed, &out);
    status = out.status;
    expect_x(status == (allowed < 0 ? MLM_NOMEM : MLM_OK), "short once", fail);
    allowed = -1;
    release(out.bytes);
  }
  fails_once = false;
  drop(kind, keyed);
}

/* Ends with the first failure. */
static Status everything(Item *item, int n, Keyed *one, Keyed *other, Keyed *copy) {
  Status status = MLM_OK;
  Writer bytes = {.limit = UINT64_MAX, .host = &host};
  for (int i = 0; i < n && !status; i++) status = kind->add(i % 3 ? one : other, &item[i].row, 1, &host);
  if (!status) status = kind->seal(other, &host);
  if (!status) kind->save(other, &bytes);
  Reader in = {.at = bytes.bytes, .end = bytes.bytes + bytes.n};
  if (!status) status = bytes.status;
  if (!status) status = kind->load(copy, &in, &host);
  if (!status) status = kind->seal(copy, &host);
  if (!status) status = kind->merge(one, copy, &host);
  for (int i = 0; i < n / 3 && !status; i++) status = kind->add(one, &item[i].row, -1, &host);
  for (int i = 0; i < n / 3 && !status; i++) status = kind->add(one, &item[i].row, 1, &host);
  if (!status) status = kind->seal(one, &host);
  release(bytes.bytes);
  return status;
}

static void test_failures(Item *item, int n) {
  for (int what = 0; what < 2; what++) {
    Status status = MLM_NOMEM;
    for (int fail = 0; status; fail++) {
      Keyed *set[] = {fresh(kind), fresh(kind), fresh(kind)};
      *(what ? &stop_in : &allowed) = fail;
      status = everything(item, n, set[0], set[1], set[2]);
      allowed = stop_in = -1;
      expect_x(!status || status == (what ? MLM_INTERRUPTED : MLM_NOMEM), "failure", fail);
      for (int i = 0; i < 3; i++) drop(kind, set[i]);
      expect_x(live_bytes == 0, "given back", (double)live_bytes);
    }
  }
}

/* One key or two, each with one row, after so many rows left out: what no state is saved as is refused. */
static void check_form(uint64_t left_out, Class first, Class second, bool good, const char *what) {
  const Item item = {.row = {.pred = 0.5, .weight = 1, .key = {.type = CLASS_INTEGER, .integer = 7}}};
  Keyed *one = keyed_of(&item, 1), *keyed = fresh(kind);
  Writer bytes = saved_state(kind, one), out = {.limit = UINT64_MAX, .host = &host};
  const Class key[2] = {first, second};
  const int n = second.type == CLASS_NULL ? 1 : 2;
  mlm_write_varint(&out, left_out);
  mlm_write_varint(&out, (uint64_t)n);
  for (int i = 0; i < n; i++) {
    mlm_write_varint(&out, (uint64_t)key[i].type);
    if (key[i].type == CLASS_INTEGER) mlm_write_signed(&out, key[i].integer);
    if (key[i].type == CLASS_REAL) mlm_write_double(&out, key[i].real);
    mlm_write_bytes(&out, bytes.bytes + 4, (size_t)bytes.n - 4); /* the row, after the numbers and the key */
  }
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect_for(kind->load(keyed, &in, &host) == (good ? MLM_OK : MLM_CORRUPT), "a form", what);
  release(bytes.bytes);
  release(out.bytes);
  drop(kind, one);
  drop(kind, keyed);
}

static void test_forms(void) {
  const Class none = {.type = CLASS_NULL}, seven = {.type = CLASS_INTEGER, .integer = 7},
              eight = {.type = CLASS_INTEGER, .integer = 8}, half = {.type = CLASS_REAL, .real = 7.5};
  check_form(0, seven, none, true, "one key");
  check_form(0, seven, half, true, "two keys");
  check_form(0, seven, eight, true, "two integers");
  check_form(0, eight, seven, false, "out of order");
  check_form(0, seven, seven, false, "a key twice");
  check_form(0, half, half, false, "a REAL key twice");
  check_form(0, (Class){.type = CLASS_REAL, .real = 7}, none, false, "a REAL that is an integer");
  check_form(0, (Class){.type = CLASS_REAL, .real = NAN}, none, false, "NaN");
  check_form((uint64_t)MLM_MOST_ROWS, seven, none, true, "as many rows left out as there may be");
  check_form((uint64_t)MLM_MOST_ROWS + 1, seven, none, false, "one more");
}

/* More rows left out than MLM_MOST_ROWS are an error when states are merged, not a negative count. */
static void test_left_out(void) {
  for (int extra = 0; extra < 2; extra++) {
    Keyed *set[] = {fresh(kind), fresh(kind)};
    set[0]->left_out = MLM_MOST_ROWS - 1;
    set[1]->left_out = 1 + extra;
    expect_x(kind->merge(set[0], set[1], &host) == (extra ? MLM_OVERFLOW : MLM_OK), "rows left out", extra);
    for (int i = 0; i < 2; i++) drop(kind, set[i]);
  }
}

/* A state cut anywhere or with a bit changed is refused, or is one that saves as the same bytes. */
static void test_damage(Item *item, int n) {
  Keyed *good = keyed_of(item, n);
  Writer bytes = saved_state(kind, good);
  for (uint64_t at = 0; at < bytes.n; at++)
    for (int change = 0; change < 9; change++) {
      uint64_t length = change ? bytes.n : at;
      uint8_t *own = malloc(length + !length);
      memcpy(own, bytes.bytes, length);
      if (change) own[at] ^= (uint8_t)(1 << (change - 1));
      Keyed *keyed = fresh(kind);
      Reader in = {.at = own, .end = own + length};
      if (kind->load(keyed, &in, &host) == MLM_OK && in.at == in.end) {
        Writer again = saved_state(kind, keyed);
        expect_x(again.n == length && memcmp(again.bytes, own, length) == 0, "one form", (double)at);
        release(again.bytes);
      } else {
        passed();
      }
      drop(kind, keyed);
      free(own);
    }
  release(bytes.bytes);
  drop(kind, good);
}

int main(void) {
  static Item item[MOST_ROWS];
  for (int round = 0; round < 12; round++) {
    int n = 1 + (int)(draw() % (round % 3 ? MOST_ROWS : 200));
    draw_items(item, n, round % 2);
    test_parts(item, n);
    test_window(item, n);
  }
  const int rows[] = {1, 3, 10, 30, 100, 255};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) test_memory(rows[i]);
  test_find();
  test_equal_hashes();
  test_few();
  test_forms();
  test_left_out();
  draw_items(item, 1500, true);
  test_short_once(item, 1500);
  test_failures(item, 1500);
  draw_items(item, 60, true);
  test_damage(item, 60);
  expect_x(live_bytes == 0, "bytes left", (double)live_bytes);
  return end_of_tests();
}
