/* The state behind log_sum_exp: the same rows give the same bytes and bits whatever happened before; values
 * against 50-digit references; bytes that no rows leave are refused; every allocation may fail. */
#include "math/double_double.h"
#include "state/log_sum.h"
#include "random.h"
#include "unit.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const StateType *const kind = &mlm_log_sum_state;

static void *fresh(void) { return calloc(1, kind->bytes); }

static void drop(void *state) {
  kind->clear(state, &host);
  free(state);
}

static Status put(void *state, double x, int sign) {
  Row row = {.pred = x, .weight = 1};
  return kind->add(state, &row, sign, &host);
}

static double value_of(void *state) {
  expect_x(kind->seal(state, &host) == MLM_OK, "seal", 0);
  return mlm_log_sum_value(state);
}

static Writer saved(void *state) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  expect_x(kind->seal(state, &host) == MLM_OK, "seal", 0);
  kind->save(state, &out);
  expect_x(out.status == MLM_OK, "save", out.status);
  return out;
}

static void expect_same(void *a, void *b, const char *what) {
  Writer x = saved(a), y = saved(b);
  expect_x(x.n == y.n && memcmp(x.bytes, y.bytes, (size_t)x.n) == 0, what, (double)y.n);
  expect_x(mlm_double_bits(value_of(a)) == mlm_double_bits(value_of(b)), what, value_of(b));
  expect_x(kind->empty(a) == kind->empty(b), what, 0);
  release(x.bytes);
  release(y.bytes);
}

/* ---- rows ---- */

static double random_x(int kind_of_rows) {
  double u = (double)(int64_t)(draw() >> 10) * 0x1p-53 - 0.5;
  switch (kind_of_rows % 4) {
  case 0: return u * 40;
  case 1: return u * 4000;
  case 2: return u * power_of_two((int)(draw() % 180) - 100);
  default: break;
  }
  static const double odd[] = {INFINITY, -INFINITY, 1e300, -1e300,    0x1p60,
                               -0x1p60,  0,         -0.0,  0x1p-1074, 0x1.fffffffffffffp59};
  if (draw() & 1) return odd[draw() % 10];
  double x = mlm_double_from_bits(draw() % ((uint64_t)0x7ff << 52));
  return draw() & 1 ? x : -x;
}

enum { ROWS = 60 };

static void *state_of(const double *x, int from, int to) {
  void *state = fresh();
  for (int i = from; i < to; i++) expect_x(put(state, x[i], 1) == MLM_OK, "add", x[i]);
  return state;
}

/* Backwards, with other rows added and taken back between. */
static void *state_by_detours(const double *x, int n, int kind_of_rows) {
  double other[ROWS];
  void *state = fresh();
  for (int i = 0; i < n; i++) {
    other[i] = random_x(kind_of_rows + i);
    put(state, x[n - 1 - i], 1);
    put(state, other[i], 1);
  }
  for (int i = 0; i < n; i++) expect_x(put(state, other[i], -1) == MLM_OK, "take back", other[i]);
  return state;
}

static void check_laws(int kind_of_rows) {
  double x[ROWS];
  int n = (int)(draw() % ROWS) + 1, cut = (int)(draw() % (uint64_t)n);
  for (int i = 0; i < n; i++) x[i] = random_x(kind_of_rows);
  void *plain = state_of(x, 0, n), *detour = state_by_detours(x, n, kind_of_rows);
  expect_same(plain, detour, "another order, and rows taken back");
  void *merged = state_of(x, cut, n), *part = state_of(x, 0, cut);
  expect_x(kind->merge(merged, part, &host) == MLM_OK, "merge", 0);
  expect_same(plain, merged, "merged");
  expect_x(mlm_log_sum_rows(merged) == n, "rows", n);
  expect_x(kind->subtract(merged, part, &host) == MLM_OK, "subtract", 0);
  void *tail = state_of(x, cut, n);
  expect_same(tail, merged, "unmerged");
  for (int i = 0; i < n; i++) put(detour, x[i], -1);
  void *nothing = fresh();
  expect_same(nothing, detour, "all taken back");
  Writer bytes = saved(plain);
  Reader in = {bytes.bytes, bytes.bytes + bytes.n, false};
  expect_x(kind->load(nothing, &in, &host) == MLM_OK && mlm_read_left(&in) == 0, "load", 0);
  expect_same(plain, nothing, "loaded");
  for (int i = 0; i < n; i++) put(nothing, x[i], -1);
  expect_same(detour, nothing, "loaded and taken back");
  release(bytes.bytes);
  drop(plain), drop(detour), drop(merged), drop(part), drop(tail), drop(nothing);
}

/* The bytes are part of what users keep: their sum must never change, on no machine. */
static void check_bytes(void) {
  uint64_t sum = 0;
  seed = 3;
  for (int i = 0; i < 40; i++) {
    double x[ROWS];
    for (int j = 0; j < ROWS; j++) x[j] = random_x(i);
    void *state = state_of(x, 0, ROWS);
    Writer bytes = saved(state);
    for (uint64_t j = 0; j < bytes.n; j++) sum = (sum ^ bytes.bytes[j]) * 0x100000001b3;
    release(bytes.bytes);
    drop(state);
  }
  if (sum != 0xf575aef0eaad34fd) printf("sum of the saved bytes: %#" PRIx64 "\n", sum);
  expect_x(sum == 0xf575aef0eaad34fd, "saved bytes", 0);
}

/* Neighbours take the fewest bytes a bucket can have. */
static void check_neighbours(void) {
  void *state = fresh(), *loaded = fresh();
  double x = 1e300;
  for (int i = 0; i < 1000; i++, x = mlm_double_from_bits(mlm_double_bits(x) + 1)) put(state, x, 1);
  Writer bytes = saved(state);
  Reader in = {bytes.bytes, bytes.bytes + bytes.n, false};
  expect_x(kind->load(loaded, &in, &host) == MLM_OK, "load of neighbours", (double)bytes.n);
  expect_same(state, loaded, "neighbours loaded");
  release(bytes.bytes);
  drop(state), drop(loaded);
}

/* ---- values ---- */

static double value_of_rows(const double *x, int n) {
  void *state = state_of(x, 0, n);
  double value = value_of(state);
  drop(state);
  return value;
}

static void check_line(char *line) {
  char *overflow, *name = strtok_r(line, "\t", &overflow), *arguments = strtok_r(NULL, "\t", &overflow);
  double want = mlm_double_from_bits(strtoull(strtok_r(NULL, "\t", &overflow), NULL, 16)),
         residue = strtod(overflow, NULL) / 1024;
  if (strcmp(name, "log_sum") != 0 && strcmp(name, "log_sum_exp") != 0) return;
  double x[ROWS];
  int n = 0;
  for (char *at = strtok_r(arguments, " ", &overflow); at; at = strtok_r(NULL, " ", &overflow))
    x[n++] = mlm_double_from_bits(strtoull(at, NULL, 16));
  double got = value_of_rows(x, n), ulp = power_of_two(exponent_of(want) - 52);
  double error = fabs((got - want) - residue * ulp), bound = 0.501 * ulp;
  expect_x(error <= (fabs(want) > 0x1p-40 ? bound : bound + 0x1p-95), "value", got);
}

static void check_references(void) {
  static char line[4096];
  FILE *file = fopen("tests/oracle/kernels.points", "r");
  expect_x(file != NULL, "tests/oracle/kernels.points", 0);
  while (file && fgets(line, sizeof line, file)) check_line(line);
  if (file) fclose(file);
}

static void check_value(double want, const char *what, int n, const double *x) {
  double got = value_of_rows(x, n);
  expect_x(mlm_double_bits(got) == mlm_double_bits(want), what, got);
}

static void check_limits(void) {
  const double inf = INFINITY, ln2 = 0x1.62e42fefa39efp-1;
  void *none = fresh();
  expect_x(isnan(value_of(none)) && kind->empty(none), "no rows", 0);
  drop(none);
  check_value(inf, "Infinity", 3, (const double[]){1, inf, -inf});
  check_value(-inf, "all -Infinity", 2, (const double[]){-inf, -inf});
  check_value(3, "beside -Infinity", 2, (const double[]){-inf, 3});
  check_value(-1e300, "beside -Infinity", 2, (const double[]){-inf, -1e300});
  check_value(1e300, "the larger", 3, (const double[]){1e299, 1e300, 0});
  check_value(-1e299, "the larger", 2, (const double[]){-1e299, -1e300});
  check_value(-5, "the larger", 2, (const double[]){-5, -1e300});
  check_value(ln2, "two of 0", 2, (const double[]){0, -0.0});
  check_value(0, "one of 0", 1, (const double[]){0});
  /* The double nearest to -ln 2 is not the logarithm of 1/2; the difference is seen. */
  double left = value_of_rows((const double[]){-ln2, -ln2}, 2);
  expect_x(fabs(left - 0x1.abc9e3b39803fp-56) <= 0x1p-95, "two halves", left);
  expect_x(isnan(value_of_rows((const double[]){NAN, 1}, 2)), "NaN", 0);
  seed = 5;
  for (int i = 0; i < 5000; i++) { /* one row gives its x back */
    double x = random_x(i & 2 ? 2 : 1);
    if (fabs(x) < 0x1p-40) continue;
    check_value(x, "one row", 1, &x);
  }
}

/* ---- bytes that are not to be trusted ---- */

/* Refused, or canonical: saved again the same. */
static void check_load(const uint8_t *bytes, size_t n, const char *what) {
  uint8_t *exact = malloc(n + 1); /* so that a tool that watches memory sees reads beyond the end */
  memcpy(exact + 1, bytes, n);
  Reader in = {exact + 1, exact + 1 + n, false};
  void *state = fresh();
  Status status = kind->load(state, &in, &host);
  if (status == MLM_OK && mlm_read_left(&in) == 0) {
    Writer again = saved(state);
    expect_x(again.n == n && memcmp(again.bytes, bytes, n) == 0, what, (double)n);
    value_of(state);
    release(again.bytes);
  } else {
    expect_x(status == MLM_OK || status == MLM_CORRUPT, what, status);
  }
  drop(state);
  free(exact);
}

static void check_untrusted(int kind_of_rows) {
  double x[ROWS];
  for (int i = 0; i < 12; i++) x[i] = random_x(kind_of_rows + i);
  void *state = state_of(x, 0, 12);
  Writer good = saved(state);
  for (size_t n = 0; n < good.n; n++) {
    Reader cut = {good.bytes, good.bytes + n, false};
    void *part = fresh();
    expect_x(kind->load(part, &cut, &host) == MLM_CORRUPT, "cut short", (double)n);
    drop(part);
    for (int bit = 0; bit < 8; bit++) {
      good.bytes[n] ^= (uint8_t)(1 << bit);
      check_load(good.bytes, (size_t)good.n, "a bit flipped");
      good.bytes[n] ^= (uint8_t)(1 << bit);
    }
  }
  for (int i = 0; i < 3000; i++) {
    uint8_t noise[40];
    for (size_t j = 0; j < sizeof noise; j++)
      noise[j] = draw() & 3 ? good.bytes[(size_t)draw() % good.n] : (uint8_t)draw();
    check_load(noise, (size_t)(draw() % sizeof noise), "noise");
  }
  release(good.bytes);
  drop(state);
}

static void refused(const uint8_t *bytes, size_t n, const char *what) {
  Reader in = {bytes, bytes + n, false};
  void *state = fresh();
  expect_x(kind->load(state, &in, &host) == MLM_CORRUPT, what, 0);
  drop(state);
}

typedef struct Given {
  uint64_t key, count, sum[4];
} Given;

/* Loads buckets, by ascending key, that hold sums. */
static Status load_buckets(void *state, const Given *given, int n) {
  Writer out = {.limit = UINT64_MAX, .host = &host};
  mlm_write_varint(&out, (uint64_t)n);
  for (int i = 0; i < n; i++) {
    mlm_write_varint(&out, given[i].key - (i > 0 ? given[i - 1].key : 0));
    mlm_write_varint(&out, given[i].count);
    for (int word = 0; word < 4; word++) mlm_write_varint(&out, given[i].sum[word]);
  }
  Reader in = {out.bytes, out.bytes + out.n, false};
  Status status = kind->load(state, &in, &host);
  release(out.bytes);
  return status;
}

static const uint64_t centre = (uint64_t)1 << 63;

/* A sum under the key of a small number, above the keys of sums. */
static void check_no_key(void) {
  const uint64_t above[] = {(uint64_t)1 << 56, (uint64_t)3 << 55};
  for (int i = 0; i < 2; i++) {
    const Given given = {centre + above[i], 1, {0, (uint64_t)1 << 36}};
    void *state = fresh();
    expect_x(load_buckets(state, &given, 1) == MLM_CORRUPT, "the key of a small number", i);
    drop(state);
  }
}

/* e^0 alone: one bucket, its key, one row, 2^100 shifted to the unit of its bucket. */
static void check_forged(void) {
  void *state = state_of((const double[]){0}, 0, 1);
  Writer good = saved(state);
  expect_x(good.n == 15 && good.bytes[0] == 1 && good.bytes[10] == 1, "layout of one row", (double)good.n);
  good.bytes[10] = 0;
  refused(good.bytes, (size_t)good.n, "no rows in a bucket");
  good.bytes[10] = 1;
  uint8_t cut[15] = {0};
  memcpy(cut, good.bytes, 11);
  refused(cut, 15, "a sum of 0");
  refused((const uint8_t[]){0xff, 0xff, 0xff, 0xff, 0x0f}, 5, "more buckets than bytes");
  refused((const uint8_t[]){1, 0, 1}, 3, "key 0");
  refused((const uint8_t[]){1, 5, 1}, 3, "a key that no x has");
  check_no_key();
  release(good.bytes);
  drop(state);
}

/* A sum of `count` numbers is count · 2^100 at least, and below count · 2^165. */
static void check_forged_counts(void) {
  for (int power = 0; power < 63; power++) {
    for (int end = 0; end < 4; end++) {
      int bit = power + (end < 2 ? 100 : 165);
      uint64_t sum[4] = {0};
      sum[bit / 64] = (uint64_t)1 << bit % 64;
      for (int word = 0; end % 2 && sum[word]-- == 0; word++) {} /* one less */
      Writer out = {.limit = UINT64_MAX, .host = &host};
      mlm_write_varint(&out, 1);
      mlm_write_varint(&out, (uint64_t)1 << 63); /* the bucket of e^0 */
      mlm_write_varint(&out, (uint64_t)1 << power);
      for (int word = 0; word < 4; word++) mlm_write_varint(&out, sum[word]);
      Reader in = {out.bytes, out.bytes + out.n, false};
      void *state = fresh();
      Status want = end == 0 || end == 3 ? MLM_OK : MLM_CORRUPT;
      expect_x(kind->load(state, &in, &host) == want, "an end of a sum", bit);
      release(out.bytes);
      drop(state);
    }
  }
}

/* Sums of many rows, up to the highest word, and a carry beyond the words of a bucket: from a lower bucket,
 * whichever of the two comes first in the table. */
static void check_high_words(void) {
  const double ln2 = 0x1.62e42fefa39efp-1;
  for (int i = 0; i < 64; i++) {
    const uint64_t top = centre + (uint64_t)i;
    const Given carry[] = {{top - 1000, 1, {0, (uint64_t)1 << 36}},
                           {top - 900, 1, {0, (uint64_t)1 << 36}},
                           {top - 800, 1, {0, (uint64_t)1 << 36}},
                           {top - 1, 1 << 29, {0, 0, 0, 1}},
                           {top, 1 << 28, {0, 0, UINT64_MAX, 0}}},
                high = {top, (uint64_t)1 << 62, {0, 0, 0, 1 << 30}};
    void *carried = fresh(), *single = fresh();
    expect_x(load_buckets(carried, carry, 5) == MLM_OK && load_buckets(single, &high, 1) == MLM_OK, "load",
             i);
    double log2[] = {value_of(carried) / ln2, value_of(single) / ln2};
    expect_x(fabs(log2[0] - (192 + 64 * i)) < 1e-10, "a carry", log2[0]);
    expect_x(fabs(log2[1] - (222 + 64 * i)) < 1e-10, "the highest word", log2[1]);
    drop(carried), drop(single);
  }
}

/* A state has room for 2^63 - 1 rows, here of 2^100 each. */
static void check_most_rows(void) {
  const uint64_t half = (uint64_t)1 << 62;
  for (uint64_t more = 0; more < 2; more++) {
    const uint64_t rest = half - 1 + more;
    const Given given[] = {{centre, half, {0, half << 36, half >> 28}},
                           {centre + 1, rest, {0, rest << 36, rest >> 28}}};
    const Status want = more ? MLM_OVERFLOW : MLM_OK;
    void *all = fresh(), *other = fresh(), *both = fresh();
    expect_x(load_buckets(both, given, 2) == (more ? MLM_CORRUPT : MLM_OK), "load", (double)more);
    expect_x(load_buckets(all, &given[0], 1) == MLM_OK && load_buckets(other, &given[1], 1) == MLM_OK,
             "load a half", (double)more);
    expect_x(kind->merge(all, other, &host) == want, "merge", (double)more);
    expect_x(mlm_log_sum_rows(all) == (more ? (int64_t)half : INT64_MAX), "rows", (double)more);
    if (!more) expect_x(put(all, 100, 1) == MLM_OVERFLOW, "one row more", 0);
    drop(all), drop(other), drop(both);
  }
}

/* ---- memory ---- */

/* A table doubles as it fills, and shrinks once it is mostly free; a failed writer stays failed. */
static void check_table(void) {
  enum { SPANS = 1000, KEPT = 2 };
  void *state = fresh();
  allowed = 10;
  for (int i = 0; i < SPANS; i++) expect_x(put(state, i * 100.0, 1) == MLM_OK, "a table that doubles", i);
  allowed = -1;
  for (int i = KEPT; i < SPANS; i++) put(state, i * 100.0, -1);
  expect_x(value_of(state) == 100 && live_bytes < 4096, "a table that shrinks", (double)live_bytes);
  Writer out = {.limit = UINT64_MAX, .host = &host, .status = MLM_TOOBIG};
  kind->save(state, &out);
  expect_x(out.status == MLM_TOOBIG && out.n == 0, "a failed writer", out.status);
  drop(state);
}

static void check_no_memory(void) {
  double x[ROWS];
  for (int i = 0; i < ROWS; i++) x[i] = random_x(1);
  for (int fail = 0; fail < 12; fail++) {
    void *state = fresh();
    allowed = fail;
    int added = 0;
    while (added < ROWS && put(state, x[added], 1) == MLM_OK) added++;
    Writer out = {.limit = UINT64_MAX, .host = &host};
    if (added == ROWS && kind->seal(state, &host) == MLM_OK) kind->save(state, &out);
    expect_x(added == ROWS || out.status == MLM_OK, "save without memory", fail);
    release(out.bytes);
    allowed = -1;
    expect_x(mlm_log_sum_rows(state) == added, "rows after a failure", added);
    while (added < ROWS) put(state, x[added++], 1);
    void *plain = state_of(x, 0, ROWS);
    expect_same(plain, state, "after a failure");
    Writer good = saved(plain);
    void *loaded = fresh();
    Reader in = {good.bytes, good.bytes + good.n, false};
    allowed = 0;
    expect_x(kind->load(loaded, &in, &host) == MLM_NOMEM, "load without memory", 0);
    allowed = -1;
    release(good.bytes);
    drop(loaded), drop(plain), drop(state);
  }
}

/* A frame that slides over ever new sizes keeps a small table. */
static void check_sliding(void) {
  enum { STEPS = 20000, FRAME = 20 };
  void *state = fresh();
  for (int i = 0; i < STEPS; i++) {
    put(state, i * 100.0, 1);
    if (i >= FRAME) put(state, (i - FRAME) * 100.0, -1);
  }
  expect_x(value_of(state) == (STEPS - 1) * 100.0, "sliding", value_of(state));
  double all[2 * FRAME];
  for (int i = 0; i < FRAME; i++) all[i] = (STEPS - FRAME + i) * 100.0;
  void *plain = state_of(all, 0, FRAME);
  expect_same(plain, state, "sliding");
  drop(plain), drop(state);
}

int main(void) {
  check_references();
  check_limits();
  seed = 1;
  for (int i = 0; i < 400; i++) check_laws(i);
  for (int i = 0; i < 4; i++) check_untrusted(i);
  check_forged();
  check_forged_counts();
  check_high_words();
  check_most_rows();
  check_table();
  check_bytes();
  check_neighbours();
  check_no_memory();
  check_sliding();
  expect_x(live_bytes == 0, "blocks left behind", live_bytes);
  return end_of_tests();
}
