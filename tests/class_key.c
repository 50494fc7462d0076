/* Keys as two numbers each: integers and their remainders, doubles, hashes of texts; the hashes by which
 * classes are found; names of quotation marks. */
#include "state/class_key.h"
#include "math/random.h"
#include "metrics/class_name.h"
#include "state/class_index.h"
#include "class_values.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The two numbers add up to the key. */
static void test_numbers(void) {
  static const int64_t two_53 = INT64_C(1) << 53;
  const struct {
    Class key;
    double numbers[2];
  } cases[] = {{integer(0), {0, 0}},
               {integer(-7), {-7, 0}},
               {integer(two_53), {0x1p53, 0}},
               {integer(two_53 + 1), {0x1p53, 1}},
               {integer(-two_53 - 3), {-0x1p53 - 4, 1}},
               {integer(INT64_MAX), {0x1p63, -1}},
               {integer(INT64_MAX - 511), {0x1p63, -512}},
               {integer(INT64_MAX - 512), {0x1p63 - 1024, 511}},
               {integer(INT64_MIN), {-0x1p63, 0}},
               {integer(INT64_MIN + 1), {-0x1p63, 1}},
               {real(0.5), {0.5, 0}},
               {real(-1e300), {-1e300, 0}},
               {real(INFINITY), {INFINITY, 0}}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double all[4] = {0.25, NAN, NAN, 0.25};
    mlm_class_numbers(&cases[i].key, all + 1);
    expect_x(all[1] == cases[i].numbers[0] && all[2] == cases[i].numbers[1], "numbers of a key", (double)i);
    expect_x(all[0] == 0.25 && all[3] == 0.25, "beside the numbers", (double)i);
  }
}

/* 52 bits of each of two hashes, of which the second is above all doubles of that many bits, so that no
 * number is a text. Hashes have a start for each purpose and type. */
static void test_hashes(void) {
  static const char *const texts[] = {"", "a", "cat", "a name of more than eight bytes"};
  enum { TYPES = 4 };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    for (int blob = 0; blob < 2; blob++) {
      const size_t n = strlen(texts[i]);
      const Class key = {.type = blob ? CLASS_BLOB : CLASS_TEXT, .bytes = texts[i], .n = n};
      uint64_t hash[3];
      double numbers[2] = {NAN, NAN};
      for (uint64_t purpose = 0; purpose < 3; purpose++)
        hash[purpose] = mlm_random_hash_bytes(TYPES * purpose + (uint64_t)key.type, texts[i], n);
      mlm_class_numbers(&key, numbers);
      expect_for(mlm_class_hash(&key) == hash[0], "the hash", texts[i]);
      expect_for(numbers[0] == (double)(hash[1] >> 12), "the first number", texts[i]);
      expect_for(numbers[1] == 0x1p52 + (double)(hash[2] >> 12), "the second number", texts[i]);
    }
  }
  const uint8_t word[8] = {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  const Class minus_2 = integer(-2), half = real(0.5);
  expect(mlm_class_hash(&minus_2) == mlm_random_hash_bytes(CLASS_INTEGER, word, 8), "an integer", 0);
  expect(mlm_class_hash(&half) == mlm_random_hash_bytes(CLASS_REAL, "\0\0\0\0\0\0\xe0\x3f", 8), "a double",
         0);
}

/* Of a thousand numbers hardly two have the same hash, so that a class is found in O(1) time. */
static void test_index(bool reals) {
  enum { CLASSES = 1000 };
  ClassIndex index = {0};
  int equal = 0;
  for (int i = 0; i < CLASSES; i++) {
    const Class class = reals ? real(i + 0.5) : integer(i);
    uint32_t slot;
    if (mlm_class_slot(&index, &class, &slot, &host)) expect(false, "a class", i);
    for (int k = 0; k < i; k++) equal += index.slots[k].hash == index.slots[slot].hash;
  }
  expect(equal < 3, "equal hashes", equal);
  mlm_class_index_clear(&index, &host);
}

/* Texts of quotation marks alone are their names; sanitizers see whether more is read. */
static void test_names(void) {
  for (size_t n = 1; n < 4; n++) {
    StrBuf name = {.host = &host, .limit = 9};
    char *marks = malloc(n);
    if (!marks) exit(2);
    memset(marks, '"', n);
    mlm_put_class_name(&name, &(Class){.type = CLASS_TEXT, .bytes = marks, .n = n});
    expect(name.n == n && memcmp(name.bytes, marks, n) == 0, "a name of quotation marks", (long)n);
    release(name.bytes);
    free(marks);
  }
}

int main(void) {
  test_index(false);
  test_index(true);
  test_numbers();
  test_hashes();
  test_names();
  return end_of_tests();
}
