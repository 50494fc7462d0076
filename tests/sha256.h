/* SHA-256 (FIPS 180-4), for digests of what a test saw. */
#ifndef MLM_TESTS_SHA256_H
#define MLM_TESTS_SHA256_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SHA_BLOCK = 64, SHA_HEX = 65 };

typedef struct Sha256 {
  uint32_t h[8];
  uint64_t n; /* bytes so far */
  uint8_t block[SHA_BLOCK];
} Sha256;

/* The first 32 bits of the fractions of the square and cube roots of the first primes. */
static const uint32_t sha_roots[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
static const uint32_t sha_cubes[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline void sha_start(Sha256 *sha) {
  *sha = (Sha256){.n = 0};
  memcpy(sha->h, sha_roots, sizeof sha->h);
}

static inline uint32_t sha_turn(uint32_t x, int n) { return x >> n | x << (32 - n); }

static inline void sha_mix(Sha256 *sha) {
  uint32_t w[64], v[8];
  for (int i = 0; i < 16; i++) {
    const uint8_t *at = sha->block + 4 * i;
    w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
  }
  for (int i = 16; i < 64; i++) {
    uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (sha_turn(a, 7) ^ sha_turn(a, 18) ^ a >> 3)
           + (sha_turn(b, 17) ^ sha_turn(b, 19) ^ b >> 10);
  }
  memcpy(v, sha->h, sizeof v);
  for (int i = 0; i < 64; i++) {
    uint32_t e = v[4], a = v[0];
    uint32_t t = v[7] + (sha_turn(e, 6) ^ sha_turn(e, 11) ^ sha_turn(e, 25)) + ((e & v[5]) ^ (~e & v[6]))
                 + sha_cubes[i] + w[i];
    uint32_t u =
        (sha_turn(a, 2) ^ sha_turn(a, 13) ^ sha_turn(a, 22)) + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
    memmove(v + 1, v, 7 * sizeof *v);
    v[4] += t;
    v[0] = t + u;
  }
  for (int i = 0; i < 8; i++) sha->h[i] += v[i];
}

static inline void sha_add(Sha256 *sha, const void *bytes, size_t n) {
  const uint8_t *at = bytes;
  for (size_t i = 0; i < n; i++) {
    sha->block[sha->n++ % SHA_BLOCK] = at[i];
    if (sha->n % SHA_BLOCK == 0) sha_mix(sha);
  }
}

/* The digest of all that was added, as text; more may be added afterwards. */
static inline void sha_hex(const Sha256 *sha, char hex[SHA_HEX]) {
  Sha256 end = *sha;
  uint8_t pad[SHA_BLOCK + 8] = {0x80};
  size_t n = SHA_BLOCK - (size_t)((sha->n + 8) % SHA_BLOCK);
  for (int i = 0; i < 8; i++) pad[n + (size_t)i] = (uint8_t)(sha->n * 8 >> (56 - 8 * i));
  sha_add(&end, pad, n + 8);
  for (int i = 0; i < 8; i++) snprintf(hex + 8 * i, 9, "%08x", (unsigned)end.h[i]);
}

#endif
