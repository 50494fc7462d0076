/* Saved states byte by byte: the header, a checksum computed here in another way, names, numbers in their
 * shortest form, room up to the limit. */
#include "state/blob.h"

#include "random.h"
#include "unit.h"

enum { MAGIC = 4, MOST = 200 };

static Writer fresh(void) { return (Writer){.limit = UINT64_MAX, .host = &host}; }

/* ---- the checksum, which is part of what users keep ---- */

/* Bytes from..from + 7 as a number; those behind the end are 0. */
static uint64_t word_at(const uint8_t *bytes, size_t n, size_t from) {
  uint64_t word = 0;
  for (size_t i = 8; i-- > 0;) word = word * 256 + (from + i < n ? bytes[from + i] : 0);
  return word;
}

static uint64_t mix(uint64_t sum, uint64_t word, int shift) {
  sum = (sum ^ word) * UINT64_C(11400714819323198485); /* 2^64 over the golden ratio, odd */
  return sum ^ sum >> shift;
}

/* Each whole word, and what is left of one. */
static uint64_t plain_sum(uint64_t sum, const uint8_t *bytes, size_t n) {
  sum ^= n;
  for (size_t i = 0; i < n / 8; i++) sum = mix(sum, word_at(bytes, n, 8 * i), 32);
  return mix(sum, word_at(bytes, n, n / 8 * 8), 29);
}

/* Word i of all whole 32 bytes goes to lane i % 4. */
static uint64_t sum_in_lanes(uint64_t sum, const uint8_t *bytes, size_t n) {
  uint64_t lane[4];
  const size_t whole = n / 32 * 32;
  for (uint64_t i = 0; i < 4; i++) lane[i] = sum + i;
  for (size_t i = 0; i < whole / 8; i++) lane[i % 4] = mix(lane[i % 4], word_at(bytes, n, 8 * i), 32);
  for (int i = 0; i < 4; i++) sum = mix(sum, lane[i], 32);
  return plain_sum(sum, bytes + whole, n - whole);
}

static void check_state(const char *name, uint8_t version, size_t n) {
  const size_t name_n = strlen(name);
  uint8_t payload[MOST];
  char read[32] = "";
  Writer out = fresh();
  for (size_t i = 0; i < n; i++) payload[i] = (uint8_t)draw();
  mlm_write_header(&out, name);
  mlm_write_bytes(&out, payload, n);
  mlm_write_end(&out);
  const uint8_t *name_at = out.bytes + MAGIC + 2;
  uint64_t sum = plain_sum(version, name_at, name_n);
  sum = version == 2 ? sum_in_lanes(sum ^ n, payload, n) : plain_sum(sum, payload, n);
  expect_for(out.n == MAGIC + 2 + name_n + 8 + n && memcmp(out.bytes, "ML\xff\x7f", MAGIC) == 0
                 && out.bytes[MAGIC] == version && out.bytes[MAGIC + 1] == name_n
                 && memcmp(name_at, name, name_n) == 0,
             "the header", name);
  expect_for(word_at(name_at, 1000, name_n) == sum, "the checksum", name);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect_for(mlm_read_header(&in, read) == HEADER_OK && strcmp(read, name) == 0 && mlm_read_left(&in) == n,
             "read again", name);
  release(out.bytes);
}

static void test_checksums(void) {
  static const struct {
    const char *name;
    uint8_t version;
  } names[] = {{"packed", 2},     {"score_set", 2},  {"score_sets", 2},
               {"mean", 1},       {"score", 1},      {"packet", 1},
               {"packages", 1},   {"matrix", 1},     {"class_set", 1},
               {"class_sets", 1}, {"score_sums", 1}, {"score_sort", 1},
               {"z", 1},          {"a_z09", 1},      {"a_name_that_has_31_bytes_in_all", 1}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    for (size_t n = 0; n < MOST; n += n < 70 ? 1 : 43) check_state(names[i].name, names[i].version, n);
}

/* ---- names, and bytes that are no state ---- */

static void test_names(void) {
  static const char *const names[] = {"",
                                      "Mean",
                                      "mEan",
                                      "me an",
                                      "mean\xc3\xa4",
                                      "mea`",
                                      "mea{",
                                      "mea/",
                                      "mea:",
                                      "@",
                                      "a_name_that_has_32_bytes_in_all_"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char read[32];
    Writer out = fresh();
    mlm_write_header(&out, names[i]);
    mlm_write_end(&out);
    Reader in = {.at = out.bytes, .end = out.bytes + out.n};
    expect_for(mlm_read_header(&in, read) == HEADER_DAMAGED, "a name that no state has", names[i]);
    release(out.bytes);
  }
}

static void test_no_state(void) {
  static const struct {
    const char *bytes;
    size_t n;
    HeaderFault fault;
  } cases[] = {{"", 0, HEADER_NO_STATE},
               {"ML\xff", 3, HEADER_NO_STATE},
               {"ML\xff\x7e\1\1a", 7, HEADER_NO_STATE},
               {"text", 4, HEADER_NO_STATE},
               {"ML\xff\x7f", 4, HEADER_DAMAGED},
               {"ML\xff\x7f\3\1a", 7, HEADER_VERSION},
               {"ML\xff\x7f\1\1a", 7, HEADER_DAMAGED}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char read[32];
    Reader in = {.at = (const uint8_t *)cases[i].bytes, .end = (const uint8_t *)cases[i].bytes + cases[i].n};
    expect(mlm_read_header(&in, read) == cases[i].fault, "bytes that are no state", (long)i);
  }
  static const char column[] = "ML\xff\x7f\2\6packed", other[] = "ML\xff\x7f\2\6packet";
  expect(mlm_is_packed_column(column, 12) && !mlm_is_packed_column(column, 11), "a packed column", 0);
  expect(!mlm_is_packed_column(other, 12) && !mlm_is_packed_column(NULL, 12), "no packed column", 0);
}

/* ---- numbers ---- */

static void test_numbers(void) {
  static const uint8_t more[16] = {1, 1};
  static const struct {
    const char *bytes;
    size_t n;
    bool good;
    uint64_t x;
  } cases[] = {{"\0", 1, true, 0},
               {"\x7f", 1, true, 127},
               {"\x80\1", 2, true, 128},
               {"\x81\0", 2, false, 0},
               {"\x80", 1, false, 0},
               {"\x80\x80\0", 3, false, 0},
               {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\1", 10, true, UINT64_MAX},
               {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\2", 10, false, 0},
               {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\3", 10, false, 0},
               {"\x80\x80\x80\x80\x80\x80\x80\x80\x80\x81\1", 11, false, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Reader in = {.at = (const uint8_t *)cases[i].bytes, .end = (const uint8_t *)cases[i].bytes + cases[i].n};
    expect(mlm_read_varint(&in) == cases[i].x && in.failed == !cases[i].good, "a number", (long)i);
    expect(cases[i].good == (mlm_read_left(&in) == 0 && !in.failed), "all of it", (long)i);
    if (!in.failed) continue;
    in.at = more;
    in.end = more + sizeof more;
    expect(mlm_read_u64(&in) == 0 && mlm_read_count(&in, 1) == 0 && mlm_read_signed(&in) == 0,
           "after a failure", (long)i);
  }
  for (uint64_t count = 0; count < 6; count++) { /* 7 bytes are left for items of 2 */
    const uint8_t bytes[8] = {(uint8_t)count};
    Reader in = {.at = bytes, .end = bytes + 8};
    const bool fits = count <= 3;
    expect(mlm_read_count(&in, 2) == (fits ? count : 0) && in.failed == !fits, "a count", (long)count);
  }
}

/* A number needs as much room as the longest of its kind. */
static void test_limits(void) {
  for (uint64_t limit = 0; limit < 24; limit++) {
    Writer number = fresh(), word = fresh(), bytes = fresh();
    number.limit = word.limit = bytes.limit = limit;
    mlm_write_varint(&number, 5);
    mlm_write_u64(&word, 5);
    mlm_write_bytes(&bytes, "twelve bytes", 12);
    expect(number.status == (limit < 10 ? MLM_TOOBIG : MLM_OK), "a number at the limit", (long)limit);
    expect(word.status == (limit < 8 ? MLM_TOOBIG : MLM_OK), "a word at the limit", (long)limit);
    expect(bytes.status == (limit < 12 ? MLM_TOOBIG : MLM_OK), "bytes at the limit", (long)limit);
    release(number.bytes);
    release(word.bytes);
    release(bytes.bytes);
  }
}

/* Behind the bytes there is room for a word. */
static void test_spare(void) {
  Writer out = fresh();
  for (long n = 0; n < 1000; n++, out.n++)
    expect(mlm_write_room(&out, 1) && out.room - out.n >= 1 + 8, "a byte, and room for a word", n);
  release(out.bytes);
}

int main(void) {
  test_checksums();
  test_names();
  test_no_state();
  test_numbers();
  test_limits();
  test_spare();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
