/* Saved states: bytes in the same order on every machine, and a checksum. */
#include "state/blob.h"

#include <string.h>

#include "base/bits.h"

enum { VERSION = 1, LANES_VERSION = 2, NAME_BYTES = 31, CHECK_BYTES = 8, SPARE_BYTES = 8 };

static const uint8_t magic[4] = {0x4d, 0x4c, 0xff, 0x7f};

uint8_t *mlm_write_room(Writer *out, uint64_t n) {
  if (out->status) return NULL;
  if (n > out->limit || out->n > out->limit - n) {
    out->status = MLM_TOOBIG;
    return NULL;
  }
  if (out->n + n + SPARE_BYTES > out->room) {
    uint64_t room = out->n + n + (out->room < 64 ? 64 : out->room / 2);
    uint8_t *bytes = out->host->realloc(out->bytes, room);
    if (!bytes) {
      out->status = MLM_NOMEM;
      return NULL;
    }
    out->bytes = bytes;
    out->room = room;
  }
  return out->bytes + out->n;
}

void mlm_write_bytes(Writer *out, const void *bytes, size_t n) {
  uint8_t *to = mlm_write_room(out, n);
  if (!to || n == 0) return;
  memcpy(to, bytes, n);
  out->n += n;
}

void mlm_write_varint(Writer *out, uint64_t x) {
  uint8_t *to = mlm_write_room(out, 10);
  if (!to) return;
  size_t n = 0;
  for (; x >= 0x80; x >>= 7) to[n++] = (uint8_t)(x | 0x80);
  to[n++] = (uint8_t)x;
  out->n += n;
}

void mlm_write_signed(Writer *out, int64_t x) {
  mlm_write_varint(out, (uint64_t)x << 1 ^ (x < 0 ? UINT64_MAX : 0));
}

void mlm_write_u64(Writer *out, uint64_t x) {
  uint8_t *to = mlm_write_room(out, 8);
  if (!to) return;
  mlm_put_word(to, x);
  out->n += 8;
}

void mlm_write_double(Writer *out, double x) { mlm_write_u64(out, mlm_double_bits(x)); }

const uint8_t *mlm_read_bytes(Reader *in, size_t n) {
  if (in->failed || mlm_read_left(in) < n) {
    in->failed = true;
    return NULL;
  }
  in->at += n;
  return in->at - n;
}

uint64_t mlm_read_varint(Reader *in) {
  uint64_t x = 0;
  for (int shift = 0; !in->failed && in->at < in->end && shift < 64; shift += 7) {
    uint8_t byte = *in->at++;
    x |= (uint64_t)(byte & 0x7f) << shift;
    if (byte & 0x80) continue;
    /* Not canonical: a last byte of 0 is redundant. A tenth byte above 1 exceeds 64 bits. */
    if ((byte == 0 && shift > 0) || (shift == 63 && byte > 1)) break;
    return x;
  }
  in->failed = true;
  return 0;
}

int64_t mlm_read_signed(Reader *in) {
  uint64_t x = mlm_read_varint(in);
  return x & 1 ? -(int64_t)(x >> 1) - 1 : (int64_t)(x >> 1);
}

uint64_t mlm_read_u64(Reader *in) {
  const uint8_t *at = mlm_read_bytes(in, 8);
  return at ? mlm_get_word(at) : 0;
}

double mlm_read_double(Reader *in) { return mlm_double_from_bits(mlm_read_u64(in)); }

uint64_t mlm_read_count(Reader *in, size_t each) {
  uint64_t n = mlm_read_varint(in);
  if (n <= mlm_read_left(in) / each) return n;
  in->failed = true;
  return 0;
}

/* Takes eight bytes at a time. Each step is a bijection of the sum so far, so states that differ in one word
 * have different checksums. */
static uint64_t checksum(uint64_t sum, const uint8_t *at, uint64_t n) {
  const uint64_t odd = 0x9e3779b97f4a7c15;
  sum ^= n;
  for (; n >= 8; at += 8, n -= 8) {
    sum = (sum ^ mlm_get_word(at)) * odd;
    sum ^= sum >> 32;
  }
  uint64_t rest = 0;
  for (uint64_t i = 0; i < n; i++) rest |= (uint64_t)at[i] << (8 * i);
  sum = (sum ^ rest) * odd;
  return sum ^ sum >> 29;
}

/* The same in four lanes, which a processor computes side by side: reading a packed column or a score set
 * costs little more than its checksum. */
static uint64_t checksum_in_lanes(uint64_t sum, const uint8_t *at, uint64_t n) {
  const uint64_t odd = 0x9e3779b97f4a7c15;
  uint64_t lane[4] = {sum, sum + 1, sum + 2, sum + 3};
  for (; n >= 32; at += 32, n -= 32)
    for (int i = 0; i < 4; i++) {
      lane[i] = (lane[i] ^ mlm_get_word(at + 8 * i)) * odd;
      lane[i] ^= lane[i] >> 32;
    }
  for (int i = 0; i < 4; i++) {
    sum = (sum ^ lane[i]) * odd;
    sum ^= sum >> 32;
  }
  return checksum(sum, at, n);
}

static bool is_packed_name(const void *name, size_t n) { return n == 6 && memcmp(name, "packed", 6) == 0; }

static uint8_t version_of(const void *name, size_t n) {
  bool scores = (n == 9 || n == 10) && memcmp(name, "score_sets", n) == 0;
  return scores || is_packed_name(name, n) ? LANES_VERSION : VERSION;
}

/* Covers the name too, so that no flipped bit turns one name into another. */
static uint64_t checksum_of(const uint8_t *name, size_t name_n, const uint8_t *payload, uint64_t n) {
  uint8_t version = version_of(name, name_n);
  uint64_t sum = checksum(version, name, name_n);
  return version == LANES_VERSION ? checksum_in_lanes(sum ^ n, payload, n) : checksum(sum, payload, n);
}

void mlm_write_header(Writer *out, const char *name) {
  size_t n = strlen(name);
  uint8_t head[2] = {version_of(name, n), (uint8_t)n};
  mlm_write_bytes(out, magic, sizeof magic);
  mlm_write_bytes(out, head, sizeof head);
  mlm_write_bytes(out, name, n);
  mlm_write_u64(out, 0);
}

void mlm_write_end(Writer *out) {
  if (out->status) return;
  const uint8_t *name = out->bytes + sizeof magic + 2;
  size_t n = out->bytes[sizeof magic + 1];
  uint64_t payload = sizeof magic + 2 + n + CHECK_BYTES;
  mlm_put_word(out->bytes + payload - CHECK_BYTES,
               checksum_of(name, n, out->bytes + payload, out->n - payload));
}

bool mlm_is_state(const void *bytes, uint64_t n) {
  return bytes && n >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
}

bool mlm_is_packed_column(const void *bytes, uint64_t n) {
  const uint8_t *head = bytes;
  return mlm_is_state(bytes, n) && n >= sizeof magic + 8 && head[sizeof magic + 1] == 6
         && is_packed_name(head + sizeof magic + 2, 6);
}

static bool is_name(const uint8_t *at, size_t n) {
  for (size_t i = 0; i < n; i++) {
    bool letter = at[i] >= 'a' && at[i] <= 'z', digit = at[i] >= '0' && at[i] <= '9';
    if (!letter && !digit && at[i] != '_') return false;
  }
  return n > 0 && n <= NAME_BYTES;
}

HeaderFault mlm_read_header(Reader *in, char name[32]) {
  const uint8_t *head = mlm_read_bytes(in, sizeof magic);
  if (!head || !mlm_is_state(head, sizeof magic)) return HEADER_NO_STATE;
  head = mlm_read_bytes(in, 2);
  if (!head) return HEADER_DAMAGED;
  if (head[0] != VERSION && head[0] != LANES_VERSION) return HEADER_VERSION;
  size_t n = head[1];
  const uint8_t *text = mlm_read_bytes(in, n);
  if (!text || !is_name(text, n) || head[0] != version_of(text, n)) return HEADER_DAMAGED;
  memcpy(name, text, n);
  name[n] = 0;
  uint64_t sum = mlm_read_u64(in);
  return in->failed || sum != checksum_of(text, n, in->at, mlm_read_left(in)) ? HEADER_DAMAGED : HEADER_OK;
}
