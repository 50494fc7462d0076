/* Hashes of bytes, and Poisson numbers, for the counter-based generator. */
#include "math/random.h"

static uint64_t little_endian(const uint8_t *at, size_t n) {
  uint64_t word = 0;
  for (size_t i = 0; i < n && i < 8; i++) word |= (uint64_t)at[i] << (8 * i);
  return word;
}

uint64_t mlm_random_hash_bytes(uint64_t start, const void *bytes, size_t n) {
  const uint8_t *at = bytes;
  uint64_t hash = mlm_random_mix(mlm_random_mix(start + MLM_RANDOM_STEP) ^ n);
  for (size_t i = 0; i < n; i += 8)
    hash = mlm_random_mix((hash ^ little_endian(at + i, n - i)) + MLM_RANDOM_STEP);
  return hash;
}

/* floor(2^64·(1/0! + … + 1/k!)/e); from k = 20 on above every hash. */
static const uint64_t poisson1[] = {
    0x5e2d58d8b3bcdf1a, 0xbc5ab1b16779be35, 0xeb715e1dc1582dc2, 0xfb23979734a252f1, 0xff1025f59174dc3d,
    0xffd90f3ba4055e19, 0xfffa8b71fc72c913, 0xffff540c0914b3c9, 0xffffed1f4aa8f120, 0xfffffe216e641462,
    0xffffffd4d85d3183, 0xfffffffc6da262b4, 0xffffffffba12d178, 0xfffffffffb07c64c, 0xffffffffffab8ea5,
    0xfffffffffffabe22, 0xffffffffffffb11a, 0xfffffffffffffba1, 0xffffffffffffffc5, 0xfffffffffffffffd,
};

int mlm_random_poisson1(uint64_t hash) {
  int k = 0;
  while (k < (int)(sizeof poisson1 / sizeof *poisson1) && hash >= poisson1[k]) k++;
  return k;
}
