/* Unsigned integers of a saved state in fields of equal width, the lowest bits of a byte first. */
#include "state/bit_fields.h"

#include "base/compiler.h"

/* Bytes of a word: reads and writes go up to a word beyond the last field. */
enum { WORD = 8, WIDEST = 56 };

unsigned mlm_field_width(uint64_t any) {
  unsigned bits = any ? 64 - (unsigned)mlm_clz64(any) : 0;
  return bits > WIDEST ? 64 : bits;
}

static size_t bytes_of(size_t n, unsigned width) { return (n * width + 7) / 8; }

void mlm_write_fields(Writer *out, const uint64_t *x, size_t n, unsigned width) {
  size_t bytes = bytes_of(n, width);
  uint8_t *to = mlm_write_room(out, bytes);
  if (!to) return;
  if (width == 64)
    for (size_t i = 0; i < n; i++) mlm_put_word(to + WORD * i, x[i]);
  uint64_t word = 0;
  unsigned filled = 0; /* bits of word, 0..7 before each field */
  for (size_t i = 0; i < n && width < 64; i++) {
    word |= x[i] << filled;
    filled += width;
    mlm_put_word(to, word); /* at most 63 bits: its last byte, if it is not full, is written too */
    to += filled / 8;
    word >>= filled & ~7u;
    filled &= 7;
  }
  out->n += bytes;
}

/* Reads fields that at least WORD more bytes follow; returns their bitwise or. */
static uint64_t read_words(const uint8_t *at, uint64_t *x, size_t n, unsigned width) {
  const uint64_t mask = width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
  uint64_t any = 0;
  size_t bit = 0;
  MLM_UNROLL(4)
  for (size_t i = 0; i < n; i++, bit += width) {
    x[i] = mlm_get_word(at + bit / 8) >> bit % 8 & mask;
    any |= x[i];
  }
  return any;
}

/* The same, at the end of a state. */
static uint64_t read_copied(const uint8_t *at, size_t bytes, uint64_t *x, size_t n, unsigned width) {
  uint8_t copy[WORD * (MLM_FIELDS + 1)] = {0};
  memcpy(copy, at, bytes);
  return read_words(copy, x, n, width);
}

void mlm_read_fields(Reader *in, uint64_t *x, size_t n, unsigned width) {
  size_t bytes = bytes_of(n, width);
  const uint8_t *at = width <= 64 ? mlm_read_bytes(in, bytes) : NULL;
  if (!at) {
    in->failed = true;
    for (size_t i = 0; i < n; i++) x[i] = 0;
    return;
  }
  uint64_t any =
      mlm_read_left(in) >= WORD ? read_words(at, x, n, width) : read_copied(at, bytes, x, n, width);
  unsigned used = (unsigned)(n * width % 8);
  in->failed = mlm_field_width(any) != width || (used > 0 && at[bytes - 1] >> used != 0);
}
