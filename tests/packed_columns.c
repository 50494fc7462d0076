/* Saved packed columns, without SQL: bytes that no column is saved as, more distinct values than two bytes
 * count, every poll interrupted, windows that slide, arrays read in pieces, elements read as numbers. */
#include "state/packed_column.h"
#include "base/bits.h"
#include "class_values.h"
#include "metric.h"
#include "state/packed_internal.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const StateType *const kind = &mlm_packed_state;

static Packed *fresh(void) {
  Packed *packed = calloc(1, kind->bytes);
  if (!packed) exit(2);
  return packed;
}

static void drop(Packed *packed) {
  kind->clear(packed, &host);
  free(packed);
}

static Status save(Packed *packed, Writer *out) {
  *out = (Writer){.limit = UINT64_MAX, .host = &host};
  Status status = kind->seal(packed, &host);
  if (!status) status = kind->prepare_save(packed, &host);
  if (status) return status;
  kind->save(packed, out);
  return out->status;
}

static Status load(Packed *packed, const void *bytes, uint64_t n) {
  Reader in = {.at = bytes, .end = (const uint8_t *)bytes + n};
  return kind->load(packed, &in, &host);
}

/* ---- bytes made by hand ---- */

typedef struct Payload {
  const char *what;
  uint8_t bytes[48];
  uint64_t n;
  bool good;
} Payload;

/* Type, n, how many NULLs, their bitmap; a width or the values; the elements. REALs are little-endian. */
static const Payload payloads[] = {
    {"bits beside a NULL", {0, 3, 1, 2, 5}, 5, true},
    {"a NULL whose bit is 1", {0, 3, 1, 2, 7}, 5, false},
    {"a bit after the last one", {0, 3, 1, 2, 13}, 5, false},
    {"a NULL after the last one", {0, 3, 1, 10, 5}, 5, false},
    {"the last bit of the byte after the last one", {0, 3, 1, 2, 133}, 5, false},
    {"twelve ones", {0, 12, 0, 0xff, 0x0f}, 5, true},
    {"NULLs in three bytes of ones", {0, 17, 3, 0x80, 0x02, 0x01, 0x7f, 0xfd, 0x00}, 9, true},
    {"a byte too many", {0, 3, 1, 2, 5, 0}, 6, false},
    {"a byte too few", {0, 9, 0, 5}, 4, false},
    {"an integer", {1, 1, 0, 1, 5}, 5, true},
    {"the greatest of one byte", {1, 1, 0, 1, 127}, 5, true},
    {"the least of one byte", {1, 1, 0, 1, 128}, 5, true},
    {"one more", {1, 1, 0, 2, 128, 0}, 6, true},
    {"one less", {1, 1, 0, 2, 127, 0xff}, 6, true},
    {"the least of all", {1, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0x80}, 12, true},
    {"an integer wider than need be", {1, 1, 0, 2, 5, 0}, 6, false},
    {"bits as integers", {1, 1, 0, 1, 1}, 5, false},
    {"a NULL that is not 0", {1, 2, 1, 1, 1, 9, 5}, 7, false},
    {"a NULL whose second byte is not 0", {1, 2, 1, 1, 2, 0, 1, 0, 1}, 9, false},
    {"eight integers before another byte", {1, 8, 1, 1, 1, 0, 2, 3, 4, 5, 6, 7, 8, 99}, 13, true},
    {"two texts", {3, 2, 0, 2, 2, 1, 'b', 2, 1, 'a', 0, 1}, 12, true},
    {"texts in another order", {3, 2, 0, 2, 2, 1, 'b', 2, 1, 'a', 1, 0}, 12, false},
    {"a second and a third text in another order",
     {3, 3, 0, 3, 2, 1, 'b', 2, 1, 'a', 2, 1, 'c', 0, 2, 1},
     16,
     false},
    {"a text twice", {3, 2, 0, 2, 2, 1, 'b', 2, 1, 'b', 0, 1}, 12, false},
    {"a text that does not occur", {3, 2, 0, 2, 2, 1, 'b', 2, 1, 'a', 0, 0}, 12, false},
    {"an index without a value", {3, 2, 0, 1, 2, 1, 'b', 0, 1}, 9, false},
    {"a number and a text", {3, 2, 0, 2, 0, 6, 2, 1, 'a', 0, 1}, 11, true},
    {"a number and a text in another order", {3, 2, 0, 2, 0, 6, 2, 1, 'a', 1, 0}, 11, false},
    {"no text among the values", {3, 2, 0, 2, 0, 6, 0, 8, 0, 1}, 10, false},
    {"no value", {3, 1, 1, 1, 0, 0}, 6, false},
    {"0.0 and a text", {3, 2, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 'a', 0, 1}, 18, true},
    {"-0.0 and a text", {3, 2, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0x80, 2, 1, 'a', 0, 1}, 18, false},
    {"0.0 as an integer", {3, 2, 0, 2, 0, 0, 2, 1, 'a', 0, 1}, 11, true},
    {"a NaN", {3, 2, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 2, 1, 'a', 0, 1}, 18, false},
};

static void check_payloads(void) {
  for (size_t i = 0; i < sizeof payloads / sizeof *payloads; i++) {
    const Payload *one = &payloads[i];
    Packed *packed = fresh();
    const Status status = load(packed, one->bytes, one->n);
    expect_for(status == (one->good ? MLM_OK : MLM_CORRUPT), "a payload", one->what);
    if (!status) {
      Writer again;
      expect_for(save(packed, &again) == MLM_OK && again.n == one->n
                     && memcmp(again.bytes, one->bytes, (size_t)one->n) == 0,
                 "saved again", one->what);
      release(again.bytes);
    }
    drop(packed);
  }
}

/* Beside a text -0.0 and 0.0 are one value. */
static void check_zero(void) {
  const Class values[] = {
      {.type = CLASS_REAL, .real = -0.0}, text_of("a"), {.type = CLASS_REAL, .real = 0.0}};
  const uint8_t want[] = {3, 3, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 'a', 0, 1, 0};
  Packed *packed = fresh();
  Writer out;
  for (int i = 0; i < 3; i++) expect(mlm_packed_put(packed, &values[i], &host) == MLM_OK, "put", i);
  expect(save(packed, &out) == MLM_OK && out.n == sizeof want && memcmp(out.bytes, want, sizeof want) == 0,
         "two zeros", (long)out.n);
  release(out.bytes);
  drop(packed);
}

/* Packed arguments are opened without being loaded: this must reject a value of no known type. */
static void check_types(void) {
  for (uint8_t type = 2; type < 4; type++) {
    const uint8_t bytes[] = {3, 2, 0, 2, type, 1, 'b', 2, 1, 'a', 0, 1},
                  unknown[] = {3, 2, 0, 2, type, 2, 1, 'a', 0, 1};
    Reader in = {.at = type == 2 ? bytes : unknown};
    in.end = in.at + (type == 2 ? sizeof bytes : sizeof unknown);
    PackedColumn column;
    expect(mlm_column_open(&column, &in, &host) == (type == 2 ? MLM_OK : MLM_CORRUPT), "a type", type);
    mlm_column_close(&column, &host);
  }
}

/* Opening checks every length. */
static void check_lengths(void) {
  static const Payload given[] = {
      {"16 bits", {0, 16, 0, 5, 6}, 5, true},
      {"no element", {0, 0, 0}, 3, false},
      {"more NULLs than elements", {0, 1, 2, 1, 0}, 5, false},
      {"a byte too many", {0, 3, 1, 2, 5, 0}, 6, false},
      {"two bytes too many", {0, 3, 1, 2, 5, 0, 0}, 7, false},
      {"an integer of 8 bytes", {1, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1}, 12, true},
      {"an integer of 9 bytes", {1, 1, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 13, false},
      {"an integer of no bytes", {1, 1, 0, 0}, 4, false},
      {"no width", {1, 1, 0}, 3, false},
      {"no value", {3, 1, 0, 0, 0}, 5, false},
      {"no value, and as many bytes as a REAL", {3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 12, false},
      {"a NaN", {3, 2, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f, 2, 1, 'a', 0, 1}, 18, false},
      {"a value of no type", {3, 2, 0, 2, 3, 1, 'b', 2, 1, 'a', 0, 1}, 12, false},
      {"values that end", {3, 2, 0, 2, 0, 0}, 6, false},
      {"no type of column", {4, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 11, false},
      {"an index without a value", {3, 1, 0, 1, 0, 6, 1}, 7, true},
  };
  for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
    const Payload *one = &given[i];
    PackedColumn column;
    Reader in = {.at = one->bytes, .end = one->bytes + one->n};
    expect_for(mlm_column_open(&column, &in, &host) == (one->good ? MLM_OK : MLM_CORRUPT), "opened",
               one->what);
    if (one->good && column.type == PACKED_MIXED) {
      Class value;
      mlm_column_at(&column, 0, &value);
      expect_for(value.type == CLASS_NULL, "read as NULL", one->what);
    }
    mlm_column_close(&column, &host);
  }
}

/* ---- many values ---- */

/* An index takes 1, 2 and 4 bytes for up to 256, 65536 and more distinct values. */
static void check_many(uint32_t values, uint32_t width) {
  Packed *packed = fresh(), *loaded = fresh();
  Writer out;
  char text[16];
  for (uint32_t i = 0; i < values; i++) {
    sprintf(text, "v%u", i);
    const Class value = text_of(text);
    if (mlm_packed_put(packed, &value, &host)) expect(false, "put", (long)i);
  }
  expect(save(packed, &out) == MLM_OK && load(loaded, out.bytes, out.n) == MLM_OK, "load", values);
  PackedColumn column;
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(mlm_column_open(&column, &in, &host) == MLM_OK && column.width == width, "bytes of an index",
         values);
  bool same = mlm_packed_count(loaded) == values;
  for (uint32_t i = 0; i < values && same; i++) {
    Class a, b;
    mlm_packed_at(loaded, i, &a);
    mlm_column_at(&column, i, &b);
    sprintf(text, "v%u", i);
    same = a.n == strlen(text) && memcmp(a.bytes, text, a.n) == 0 && a.n == b.n
           && memcmp(a.bytes, b.bytes, a.n) == 0;
  }
  expect(same, "every value", values);
  mlm_column_close(&column, &host);
  release(out.bytes);
  drop(packed);
  drop(loaded);
}

/* A column of 140,000 elements is saved and loaded with six polls, each of which may stop it. */
static void check_interrupts(void) {
  enum { MANY = 140000 };
  Packed *packed = fresh();
  Writer want;
  for (int i = 0; i < MANY; i++) {
    const Class value = text_of(i % 3 ? "a" : "b");
    if (mlm_packed_put(packed, &value, &host)) expect(false, "put", i);
  }
  expect(save(packed, &want) == MLM_OK, "save", MANY);
  long stopped = 0;
  for (Status status = MLM_INTERRUPTED; status; stopped++) {
    Writer out;
    Packed *loaded = fresh();
    stop_in = stopped;
    status = save(packed, &out);
    if (!status) status = load(loaded, out.bytes, out.n);
    stop_in = -1;
    expect(!status || status == MLM_INTERRUPTED, "stopped", stopped);
    if (!status)
      expect(out.n == want.n && memcmp(out.bytes, want.bytes, (size_t)out.n) == 0, "bytes", stopped);
    release(out.bytes);
    drop(loaded);
  }
  expect(stopped == 7, "polls", stopped); /* two to save, two to load, two to compare */
  release(want.bytes);
  drop(packed);
}

/* ---- windows ---- */

enum { IN_FRAME = 40, LONGEST = 100 };

/* Element i: INTEGERs and REALs by turns, NULLs, a few INTEGERs that no REAL holds; with texts each fifth is
 * one of eight. */
static Class element_at(bool with_texts, int i, char *text) {
  if (i % 7 == 3) return (Class){.type = CLASS_NULL};
  sprintf(text, "v%d", i * 5 % 8);
  if (with_texts && i % 5 == 0) return text_of(text);
  if (i % 90 == 50) return (Class){.type = CLASS_INTEGER, .integer = 9007199254740993};
  if (i / 60 % 2) return (Class){.type = CLASS_REAL, .real = i * 0.5};
  return (Class){.type = CLASS_INTEGER, .integer = i};
}

static void put_element(Packed *packed, bool with_texts, int i, int sign) {
  char text[16];
  const Row row = {.key = element_at(with_texts, i, text), .weight = 1};
  expect(kind->add(packed, &row, sign, &host) == MLM_OK, "an element", i);
}

/* That a column is loaded from these bytes and saved as them again. */
static void check_loaded(const Writer *bytes, int i) {
  Packed *loaded = fresh();
  Writer again = {0};
  expect(load(loaded, bytes->bytes, bytes->n) == MLM_OK && save(loaded, &again) == MLM_OK
             && again.n == bytes->n && memcmp(again.bytes, bytes->bytes, (size_t)again.n) == 0,
         "a frame loaded", i);
  release(again.bytes);
  drop(loaded);
}

/* A frame merged into no elements has the bytes of its elements, and is gone once it is subtracted. */
static void check_merged(Packed *window, const Writer *want) {
  Packed *into = fresh();
  Writer have;
  expect(kind->merge(into, window, &host) == MLM_OK && save(into, &have) == MLM_OK, "a frame merged", 0);
  expect(have.n == want->n && memcmp(have.bytes, want->bytes, (size_t)have.n) == 0, "the bytes merged", 0);
  expect(kind->subtract(into, window, &host) == MLM_OK && kind->empty(into), "the frame subtracted", 0);
  release(have.bytes);
  drop(into);
}

/* A frame is sealed and saved as a column of its elements is. */
static void check_window(bool with_texts, int width) {
  enum { ELEMENTS = 400 };
  Packed *window = fresh();
  int inexact = 0;
  for (int i = 0; i < ELEMENTS; i++) {
    Packed *frame = fresh();
    Writer have, want;
    const int first = i < width ? 0 : i - width + 1;
    put_element(window, with_texts, i, 1);
    if (first > 0) put_element(window, with_texts, first - 1, -1);
    for (int k = first; k <= i; k++) put_element(frame, with_texts, k, 1);
    const Status status = save(frame, &want);
    expect(save(window, &have) == status, "the status of a frame", i);
    expect(have.n == want.n && (have.n == 0 || memcmp(have.bytes, want.bytes, (size_t)have.n) == 0),
           "the bytes of a frame", i);
    if (!status) check_loaded(&want, i);
    inexact += status == MLM_INEXACT;
    if (!status && i % 50 == 0) check_merged(window, &want);
    release(have.bytes);
    release(want.bytes);
    drop(frame);
  }
  expect(inexact > 0 || with_texts, "frames that no REAL holds", inexact);
  drop(window);
}

/* A text that no element has any more is forgotten. */
static void check_texts_leave(void) {
  enum { ELEMENTS = 2000 };
  Packed *window = fresh();
  const uint64_t before = live_bytes;
  char text[LONGEST];
  for (int i = 0; i < ELEMENTS; i++) {
    sprintf(text, "%090d", i);
    const Row row = {.key = text_of(text), .weight = 1};
    expect(kind->add(window, &row, 1, &host) == MLM_OK, "a text", i);
    if (i > 1) expect(kind->add(window, &row, -1, &host) == MLM_OK, "a text that leaves", i);
  }
  expect(live_bytes - before < 8192, "bytes of two texts", (long)(live_bytes - before));
  drop(window);
}

/* ---- numbers ---- */

static double forty_two(const Class *text) { return text->n == 1 && *text->bytes == 'x' ? 42 : 0; }

/* Beside a text an INTEGER stays one, and one that no double holds is told from a NULL. */
static void check_numbers(void) {
  const Class values[] = {text_of("x"),
                          {.type = CLASS_REAL, .real = 0.5},
                          {.type = CLASS_INTEGER, .integer = 3},
                          {.type = CLASS_INTEGER, .integer = 9007199254740993},
                          {.type = CLASS_INTEGER, .integer = -9007199254740993},
                          {.type = CLASS_INTEGER, .integer = 9007199254740994},
                          {.type = CLASS_NULL}};
  enum { N = sizeof values / sizeof *values };
  const double numbers[N] = {42, 0.5, 3, 0, 0, 9007199254740994, 0};
  uint64_t want[N];
  for (int i = 0; i < N; i++) want[i] = mlm_double_bits(numbers[i]);
  want[3] = want[4] = MLM_ELEMENT_ODD;
  want[6] = MLM_ELEMENT_NULL;
  for (int mixed = 0; mixed < 2; mixed++) { /* the integers alone are a column of another type */
    const int from = mixed ? 0 : 2, n = N - from;
    Packed *packed = fresh();
    Writer out;
    double x[N];
    for (int i = from; i < N; i++) expect(mlm_packed_put(packed, &values[i], &host) == MLM_OK, "put", i);
    expect(save(packed, &out) == MLM_OK, "save", n);
    PackedColumn column;
    Reader in = {.at = out.bytes, .end = out.bytes + out.n};
    expect(mlm_column_open(&column, &in, &host) == MLM_OK
               && column.type == (mixed ? PACKED_MIXED : PACKED_INTEGERS),
           "the type", mixed);
    mlm_column_numbers(&column, 0, (size_t)n, x, forty_two);
    for (int i = 0; i < n; i++) expect(mlm_double_bits(x[i]) == want[from + i], "a number", i);
    x[1] = 0.25;
    mlm_column_numbers(&column, 0, 1, x, forty_two);
    expect_x(x[1] == 0.25, "what stands behind the numbers", x[1]);
    mlm_column_close(&column, &host);
    release(out.bytes);
    drop(packed);
  }
}

/* Element i of a column of bits, which has every byte; of integers of one byte, and of more; of REALs; of
 * texts and REALs. */
static Class block_element(int type, bool nulls, int i) {
  if (nulls && i % 3 == 1) return (Class){.type = CLASS_NULL};
  if (type == 3 || (type == 4 && i % 2)) return (Class){.type = CLASS_REAL, .real = 0.5 * i + 0.25};
  if (type == 4) return text_of(i % 4 ? "x" : "y");
  return (Class){.type = CLASS_INTEGER,
                 .integer = type == 0   ? i / 8 >> i % 8 & 1
                            : type == 1 ? i % 251 - 125
                                        : 300 * i - 5000};
}

/* Any block of a column's first elements is its elements, and nothing is written behind it. */
static void check_blocks(int type, bool nulls, int elements) {
  enum { LEFT = -1, MOST = 8 * 256 };
  static double x[MOST + 1];
  Packed *packed = fresh();
  Writer out;
  for (int i = 0; i < elements; i++) {
    const Class value = block_element(type, nulls, i);
    expect(mlm_packed_put(packed, &value, &host) == MLM_OK, "put", i);
  }
  expect(save(packed, &out) == MLM_OK, "save", elements);
  PackedColumn column;
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  const bool opened = expect(mlm_column_open(&column, &in, &host) == MLM_OK, "opened", elements);
  for (int n = elements; opened && n > 0; n = n > 17 ? 17 : n - 1) {
    const int from = n < elements - 8 ? 8 : 0;
    for (int i = 0; i <= n; i++) x[i] = LEFT;
    mlm_column_numbers(&column, (uint64_t)from, (size_t)n, x, forty_two);
    bool same = true;
    for (int i = 0; i < n; i++) {
      const Class want = block_element(type, nulls, from + i);
      const double number = want.type == CLASS_INTEGER ? (double)want.integer
                            : want.type == CLASS_REAL  ? want.real
                            : want.type == CLASS_NULL  ? mlm_double_from_bits(MLM_ELEMENT_NULL)
                                                       : forty_two(&want);
      same &= mlm_double_bits(x[i]) == mlm_double_bits(number);
    }
    expect(same, "a block", n);
    expect(x[n] == LEFT, "what stands behind a block", n);
  }
  mlm_column_close(&column, &host);
  release(out.bytes);
  drop(packed);
}

/* An INTEGER that no REAL holds, among REALs, is neither sealed nor written. */
static void check_inexact(void) {
  Packed *packed = fresh();
  Writer out = {.limit = UINT64_MAX, .host = &host};
  const Class odd = {.type = CLASS_INTEGER, .integer = 9007199254740993};
  expect(mlm_packed_put(packed, &odd, &host) == MLM_OK && mlm_packed_put_real(packed, 0.5, &host) == MLM_OK,
         "put", 0);
  expect(kind->seal(packed, &host) == MLM_INEXACT, "sealed", 0);
  expect(mlm_packed_write(packed, &out, &host) == MLM_INEXACT && out.n == 0, "written", 0);
  release(out.bytes);
  drop(packed);
}

/* The function of this name. */
static const Scalar *scalar_named(const char *name) {
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Scalar *scalar = (*family)->scalars; scalar && scalar->name; scalar++)
      if (strcmp(scalar->name, name) == 0) return scalar;
  exit(2);
}

/* An array of 3·2^20 bytes is read with three polls, whatever the width of a number; the column is saved with
 * none, for numbers need no search. */
static void check_array_interrupts(const char *name) {
  enum { BYTES = 3 << 20 };
  Params params = {0};
  const Scalar *scalar = scalar_named(name);
  const Eval in = {.params = &params, .limit = 1 << 30, .host = &host};
  char *array = calloc(1, BYTES);
  const Row row = {.key = {.type = CLASS_BLOB, .bytes = array, .n = BYTES}};
  int stopped = 0;
  for (Status status = MLM_INTERRUPTED; status == MLM_INTERRUPTED; stopped++) {
    Result out = {.kind = RESULT_NULL};
    stop_in = stopped;
    status = scalar->eval(&row, &in, &out);
    stop_in = -1;
    expect_for(status == (out.bytes.bytes ? MLM_OK : MLM_INTERRUPTED), "a poll of an array", name);
    host.free(out.bytes.bytes);
  }
  expect_for(stopped == 4, "polls of an array", name);
  free(array);
}

/* The fault of an array is that of the first argument. */
static void check_fault(void) {
  const Row row = {.key = {.type = CLASS_BLOB, .bytes = "1234567", .n = 7}};
  int arg = -1;
  expect(scalar_named("f64")->check(&row, &arg) != NULL && arg == 0, "the argument of a fault", arg);
}

int main(void) {
  check_payloads();
  check_zero();
  check_types();
  check_lengths();
  for (int type = 0; type < 5; type++) {
    for (int n = 1; n <= 33; n++) check_blocks(type, n % 2, n);
    check_blocks(type, false, 8 * 256);
    check_blocks(type, true, 24);
  }
  check_many(256, 1);
  check_many(257, 2);
  check_many(65536, 2);
  check_many(65537, 4);
  check_interrupts();
  check_array_interrupts("f64");
  check_array_interrupts("f32");
  check_array_interrupts("i8");
  check_fault();
  check_window(false, IN_FRAME);
  check_window(false, 5);
  check_window(true, IN_FRAME);
  check_window(true, 5);
  check_texts_leave();
  check_numbers();
  check_inexact();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
