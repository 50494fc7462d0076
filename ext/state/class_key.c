/* Classes as keys. */
#include "state/class_key.h"

#include "base/bits.h"
#include "math/random.h"

enum { HASHES = 4 }; /* hash functions of each purpose: one for each type */

static uint64_t hash_for(const Class *class, uint64_t purpose) {
  uint64_t word = class->type == CLASS_INTEGER ? (uint64_t) class->integer : mlm_double_bits(class->real);
  uint64_t start = HASHES * purpose + (uint64_t) class->type;
  if (class->type == CLASS_TEXT || class->type == CLASS_BLOB)
    return mlm_random_hash_bytes(start, class->bytes, class->n);
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(word >> (8 * i));
  return mlm_random_hash_bytes(start, bytes, sizeof bytes);
}

uint64_t mlm_class_hash(const Class *class) { return hash_for(class, 0); }

void mlm_class_numbers(const Class *class, double numbers[2]) {
  if (class->type == CLASS_REAL) {
    numbers[0] = class->real;
    numbers[1] = 0;
  } else if (class->type == CLASS_INTEGER) {
    numbers[0] = (double)class->integer; /* 2^63 at most, which is not an int64 */
    numbers[1] = numbers[0] < 0x1p63 ? (double)(class->integer - (int64_t)numbers[0])
                                     : -(double)(((uint64_t)1 << 63) - (uint64_t) class->integer);
  } else {
    numbers[0] = (double)(hash_for(class, 1) >> 12);
    numbers[1] = 0x1p52 + (double)(hash_for(class, 2) >> 12);
  }
}
