/* The bytes of a fuzzing input, taken one after the other. */
#ifndef MLM_FUZZ_BYTES_H
#define MLM_FUZZ_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Bytes {
  const uint8_t *at, *end;
} Bytes;

static inline uint8_t next_byte(Bytes *in) { return in->at < in->end ? *in->at++ : 0; }

/* As many bytes as the next one says, or all that are left where it is 255 or there are fewer. */
static inline size_t next_bytes(Bytes *in, const uint8_t **bytes) {
  size_t n = next_byte(in), left = (size_t)(in->end - in->at);
  if (n == 255) n = left;
  *bytes = in->at;
  n = n < left ? n : left;
  in->at += n;
  return n;
}

/* The double that the next eight bytes are. */
static inline double next_double(Bytes *in) {
  uint8_t raw[8];
  double x;
  for (int i = 0; i < 8; i++) raw[i] = next_byte(in);
  memcpy(&x, raw, sizeof x);
  return x;
}

#endif
