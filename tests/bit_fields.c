/* Fields of bits in saved states: every width and length, what is not canonical, the end of the bytes. */
#include "state/bit_fields.h"

#include <stdlib.h>

#include "random.h"
#include "unit.h"

static uint64_t mask_of(unsigned width) { return width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1; }

/* Fields that need the width, and `behind` bytes behind them. */
static void test_width(unsigned width, size_t n, size_t behind) {
  uint64_t x[MLM_FIELDS], y[MLM_FIELDS];
  Writer out = {.limit = UINT64_MAX, .host = &host};
  for (size_t i = 0; i < n; i++) x[i] = draw() & mask_of(width);
  x[draw() % n] |= width ? (uint64_t)1 << (width - 1) : 0;
  mlm_write_fields(&out, x, n, width);
  size_t bytes = (n * width + 7) / 8;
  expect_x(out.n == bytes, "length", width);
  for (size_t i = 0; i < behind; i++) mlm_write_bytes(&out, "\xff", 1);
  uint8_t *own = malloc(out.n + !out.n); /* of the very length, so that a read behind it is seen */
  memcpy(own, out.bytes, out.n);
  Reader in = {.at = own, .end = own + out.n};
  mlm_read_fields(&in, y, n, width);
  expect_x(!in.failed && in.at == own + bytes && memcmp(x, y, n * sizeof *x) == 0, "read back", width);
  in = (Reader){.at = own, .end = own + bytes - (bytes > 0)};
  mlm_read_fields(&in, y, n, width);
  expect_x(in.failed == (bytes > 0), "a byte is missing", width);
  if (n * width % 8 > 0) {
    own[bytes - 1] |= 0x80;
    in = (Reader){.at = own, .end = own + out.n};
    mlm_read_fields(&in, y, n, width);
    expect_x(in.failed, "a bit behind the fields", width);
  }
  free(own);
  release(out.bytes);
}

/* Fields of more bits than the largest integer has. */
static void test_too_wide(unsigned width, size_t n) {
  uint64_t x[MLM_FIELDS], y[MLM_FIELDS];
  Writer out = {.limit = UINT64_MAX, .host = &host};
  for (size_t i = 0; i < n; i++) x[i] = draw() & mask_of(width);
  unsigned wider = width < 56 ? width + 1 : 64;
  mlm_write_fields(&out, x, n, wider);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  mlm_read_fields(&in, y, n, wider);
  expect_x(in.failed, "too wide", width);
  release(out.bytes);
}

/* No field is wider than 64 bits. What could not be read is 0, and nothing else is written. */
static void test_beyond_64(void) {
  uint64_t x[3] = {7, 7, 7};
  const uint8_t bytes[64] = {1};
  for (unsigned width = 65; width < 70; width++) {
    Reader in = {.at = bytes, .end = bytes + sizeof bytes};
    mlm_read_fields(&in, x, 2, width);
    expect_x(in.failed && x[0] == 0 && x[1] == 0 && x[2] == 7, "wider than a word", width);
    x[0] = x[1] = 7;
  }
}

int main(void) {
  test_beyond_64();
  for (int bits = 0; bits <= 64; bits++)
    expect_x(mlm_field_width(mask_of((unsigned)bits)) == (bits > 56 ? 64 : (unsigned)bits), "width", bits);
  for (unsigned width = 0; width <= 64; width = width == 56 ? 64 : width + 1)
    for (size_t n = 1; n <= MLM_FIELDS; n++) {
      test_width(width, n, n % 3 * 4);
      if (width < 64) test_too_wide(width, n);
    }
  Writer small = {.limit = 7, .host = &host};
  mlm_write_fields(&small, (uint64_t[]){UINT64_MAX}, 1, 64);
  expect_x(small.status == MLM_TOOBIG, "beyond the limit", 0);
  small = (Writer){.limit = 8, .host = &host};
  mlm_write_fields(&small, (uint64_t[]){UINT64_MAX}, 1, 64);
  expect_x(small.status == MLM_OK && small.n == 8, "up to the limit", 0);
  release(small.bytes);
  return end_of_tests();
}
