/* Bytes of saved states: a writer that grows, a reader that never looks beyond the end.
 *
 * Little-endian on every platform. A saved state is
 *   4D 4C FF 7F   magic: as float32 a NaN, so no vector is ever taken for a state
 *   u8            version, 1
 *   u8 n, n bytes name of what is state_name_of, [a-z0-9_]
 *   u64           checksum of all that follows
 *   payload
 */
#ifndef MLM_BLOB_H
#define MLM_BLOB_H

#include "base/host.h"

typedef struct Writer {
  uint8_t *bytes; /* owned: release with the host, or hand on */
  uint64_t n, room;
  uint64_t limit; /* most bytes allowed; beyond: MLM_TOOBIG */
  const Host *host;
  Status status; /* first failure; later writes do nothing */
} Writer;

typedef struct Reader {
  const uint8_t *at, *end;
  bool failed; /* a read went beyond the end or met a form that is not canonical; later reads give 0 */
} Reader;

void mlm_write_bytes(Writer *out, const void *bytes, size_t n);
void mlm_write_varint(Writer *out, uint64_t x); /* LEB128: 1..10 bytes, shortest form */
void mlm_write_signed(Writer *out, int64_t x);  /* zigzag, then varint */
void mlm_write_u64(Writer *out, uint64_t x);
void mlm_write_double(Writer *out, double x); /* its 64 bits */

const uint8_t *mlm_read_bytes(Reader *in, size_t n); /* NULL where fewer are left */
uint64_t mlm_read_varint(Reader *in);                /* only the shortest form is accepted */
int64_t mlm_read_signed(Reader *in);
uint64_t mlm_read_u64(Reader *in);
double mlm_read_double(Reader *in); /* any 64 bits: the caller checks for NaN and range */
/* A count of things that take at least `each` bytes (>= 1) apiece: fails where the bytes left cannot hold
 * them. */
uint64_t mlm_read_count(Reader *in, size_t each);
static inline uint64_t mlm_read_left(const Reader *in) { return (uint64_t)(in->end - in->at); }

/* Header first, payload next, then mlm_write_end() puts the checksum in. */
void mlm_write_header(Writer *out, const char *name);
void mlm_write_end(Writer *out);

/* Whether bytes[0..n) begins like a saved state; NULL, which the host gives where memory ran out, does not.
 */
bool mlm_is_state(const void *bytes, uint64_t n);

typedef enum HeaderFault { HEADER_OK, HEADER_NO_STATE, HEADER_VERSION, HEADER_DAMAGED } HeaderFault;

/* Checks the header and the checksum; `in` then stands at the payload, and name (NUL-terminated) says what it
 * state_name. */
HeaderFault mlm_read_header(Reader *in, char name[32]);

#endif
