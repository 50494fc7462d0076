/* Saved states: a writer of bytes that grows, a reader that never reads beyond the end.
 *
 * All numbers are little-endian. A saved state is
 *   4D 4C FF 7F   magic: a NaN as float32, so no vector is mistaken for a state
 *   u8            version: 2 for packed columns, score sets and sets of scores by key, otherwise 1
 *   u8 n, n bytes name of the state, [a-z0-9_]
 *   u64           checksum of all that follows, in version 2 in four lanes
 *   payload
 */
#ifndef MLM_BLOB_H
#define MLM_BLOB_H

#include <string.h>

#include "base/compiler.h"
#include "base/host.h"

typedef struct Writer {
  uint8_t *bytes; /* owned: free them with the host, or pass them on */
  uint64_t n, room;
  uint64_t limit; /* most bytes allowed; beyond: MLM_TOOBIG */
  const Host *host;
  Status status; /* the first failure; later writes do nothing */
} Writer;

typedef struct Reader {
  const uint8_t *at, *end;
  bool failed; /* a read went beyond the end or met a form that is not canonical; later reads return 0 */
} Reader;

/* A word in the order of saved states, at any address. */
static inline void mlm_put_word(uint8_t *to, uint64_t x) {
  if (MLM_BIG_ENDIAN) x = mlm_bswap64(x);
  memcpy(to, &x, sizeof x);
}
static inline uint64_t mlm_get_word(const uint8_t *at) {
  uint64_t x;
  memcpy(&x, at, sizeof x);
  return MLM_BIG_ENDIAN ? mlm_bswap64(x) : x;
}

/* Room for n more bytes, to be filled and added to out->n; up to a word more may be written after them. NULL
 * on failure. */
uint8_t *mlm_write_room(Writer *out, uint64_t n);
void mlm_write_bytes(Writer *out, const void *bytes, size_t n);
void mlm_write_varint(Writer *out, uint64_t x); /* LEB128: 1..10 bytes, shortest form */
void mlm_write_signed(Writer *out, int64_t x);  /* zigzag, then varint */
void mlm_write_u64(Writer *out, uint64_t x);
void mlm_write_double(Writer *out, double x); /* its 64 bits */

const uint8_t *mlm_read_bytes(Reader *in, size_t n); /* NULL if fewer are left */
uint64_t mlm_read_varint(Reader *in);                /* only the shortest form is accepted */
int64_t mlm_read_signed(Reader *in);
uint64_t mlm_read_u64(Reader *in);
double mlm_read_double(Reader *in); /* any 64 bits: the caller checks for NaN and the range */
/* A count of items that take at least `each` >= 1 bytes; fails if fewer bytes are left than they need. */
uint64_t mlm_read_count(Reader *in, size_t each);
static inline uint64_t mlm_read_left(const Reader *in) { return (uint64_t)(in->end - in->at); }

/* The header comes first, then the payload; mlm_write_end() fills in the checksum. */
void mlm_write_header(Writer *out, const char *name);
void mlm_write_end(Writer *out);

/* Whether bytes[0..n) begins like a saved state; false if bytes is NULL: the host is out of memory. */
bool mlm_is_state(const void *bytes, uint64_t n);

/* Whether they begin like a packed column (state/packed.h). */
bool mlm_is_packed_column(const void *bytes, uint64_t n);

typedef enum HeaderFault { HEADER_OK, HEADER_NO_STATE, HEADER_VERSION, HEADER_DAMAGED } HeaderFault;

/* Checks the header and the checksum. `in` is then at the payload, and name is the name of the state,
 * NUL-terminated. */
HeaderFault mlm_read_header(Reader *in, char name[32]);

#endif
