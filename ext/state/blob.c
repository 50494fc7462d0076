/* Bytes of saved states: little-endian whatever the machine, checked before they are believed. */
#include "state/blob.h"

#include <string.h>

#include "base/bits.h"

enum { VERSION = 1, NAME_BYTES = 31, CHECK_BYTES = 8 };

static const uint8_t magic[4] = {0x4d, 0x4c, 0xff, 0x7f};

/* Makes room for n more bytes and says where they go; the caller then advances out->n. NULL on failure. */
static uint8_t *room_for(Writer *out, uint64_t n) {
  if (out->status) return NULL;
  if (n > out->limit || out->n > out->limit - n) {
    out->status = MLM_TOOBIG;
    return NULL;
  }
  if (out->n + n > out->room) {
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
  uint8_t *to = room_for(out, n);
  if (!to || n == 0) return;
  memcpy(to, bytes, n);
  out->n += n;
}

void mlm_write_varint(Writer *out, uint64_t x) {
  uint8_t *to = room_for(out, 10);
  if (!to) return;
  size_t n = 0;
  for (; x >= 0x80; x >>= 7) to[n++] = (uint8_t)(x | 0x80);
  to[n++] = (uint8_t)x;
  out->n += n;
}

void mlm_write_signed(Writer *out, int64_t x) {
  mlm_write_varint(out, (uint64_t)x << 1 ^ (x < 0 ? UINT64_MAX : 0));
}

static uint64_t little(uint64_t x) {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return __builtin_bswap64(x);
#else
  return x;
#endif
}

static void put_u64(uint8_t *to, uint64_t x) {
  x = little(x);
  memcpy(to, &x, sizeof x);
}

static uint64_t get_u64(const uint8_t *at) {
  uint64_t x;
  memcpy(&x, at, sizeof x);
  return little(x);
}

void mlm_write_u64(Writer *out, uint64_t x) {
  uint8_t *to = room_for(out, 8);
  if (!to) return;
  put_u64(to, x);
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
    /* A last byte of 0 could have been left out; a tenth above 1 goes beyond 64 bits. */
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
  return at ? get_u64(at) : 0;
}

double mlm_read_double(Reader *in) { return mlm_double_from_bits(mlm_read_u64(in)); }

uint64_t mlm_read_count(Reader *in, size_t each) {
  uint64_t n = mlm_read_varint(in);
  if (n <= mlm_read_left(in) / each) return n;
  in->failed = true;
  return 0;
}

/* Eight bytes at a time; every step is a bijection of the sum so far, so two states that differ in one word
 * differ in it. */
static uint64_t checksum(uint64_t sum, const uint8_t *at, uint64_t n) {
  const uint64_t odd = 0x9e3779b97f4a7c15;
  sum ^= n;
  for (; n >= 8; at += 8, n -= 8) {
    sum = (sum ^ get_u64(at)) * odd;
    sum ^= sum >> 32;
  }
  uint64_t overflow = 0;
  for (uint64_t i = 0; i < n; i++) overflow |= (uint64_t)at[i] << (8 * i);
  sum = (sum ^ overflow) * odd;
  return sum ^ sum >> 29;
}

/* Of the name and the payload: a flip that turns one name into another is seen too. */
static uint64_t checksum_of(const uint8_t *name, size_t name_n, const uint8_t *payload, uint64_t n) {
  return checksum(checksum(VERSION, name, name_n), payload, n);
}

void mlm_write_header(Writer *out, const char *name) {
  size_t n = strlen(name);
  uint8_t head[2] = {VERSION, (uint8_t)n};
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
  put_u64(out->bytes + payload - CHECK_BYTES, checksum_of(name, n, out->bytes + payload, out->n - payload));
}

bool mlm_is_state(const void *bytes, uint64_t n) {
  return bytes && n >= sizeof magic && memcmp(bytes, magic, sizeof magic) == 0;
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
  if (head[0] != VERSION) return HEADER_VERSION;
  size_t n = head[1];
  const uint8_t *text = mlm_read_bytes(in, n);
  if (!text || !is_name(text, n)) return HEADER_DAMAGED;
  memcpy(name, text, n);
  name[n] = 0;
  uint64_t sum = mlm_read_u64(in);
  return in->failed || sum != checksum_of(text, n, in->at, mlm_read_left(in)) ? HEADER_DAMAGED : HEADER_OK;
}
