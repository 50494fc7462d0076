/* The number that all rows of a window share, against a list of its rows; classes written in JSON. */
#include "state/common_number.h"
#include "base/bits.h"
#include "class_values.h"
#include "random.h"
#include "state/json_class.h"
#include "unit.h"

#include <string.h>

/* Whether all of n numbers are equal and known. */
static bool all_equal(const double *x, int n) {
  for (int i = 0; i < n; i++)
    if (!(x[i] == x[0])) return false;
  return n > 0;
}

/* Rows come and go in order, as in windows; their numbers mostly repeat. */
static void test_windows(void) {
  enum { ROWS = 400 };
  static const double numbers[] = {0.0, -0.0, 0.5, 0.25, NAN};
  for (int width = 1; width < 9; width++) {
    CommonNumber common = {0};
    double x[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = i > 0 && draw() % 4 ? x[i - 1] : numbers[draw() % 5];
      mlm_common_add(&common, x[i], 1);
      if (i >= width) mlm_common_add(&common, x[i - width], -1);
      const int n = i < width ? i + 1 : width;
      const double *frame = x + i + 1 - n, value = mlm_common_value(&common);
      const bool equal = all_equal(frame, n);
      expect_x(equal ? mlm_double_bits(value) == mlm_double_bits(frame[0] + 0.0) : value != value, "a window",
               i);
    }
    for (int i = ROWS - width; i < ROWS; i++) mlm_common_add(&common, x[i], -1);
    expect_x(isnan(mlm_common_value(&common)), "no row left", width);
  }
}

/* ---- classes written in JSON ---- */

static bool same_class(const Class *a, const Class *b) {
  if (a->type != b->type) return false;
  if (a->type == CLASS_INTEGER) return a->integer == b->integer;
  if (a->type == CLASS_REAL) return a->real == b->real;
  return a->n == b->n && memcmp(a->bytes, b->bytes, a->n) == 0;
}

/* Numbers, and texts that SQLite would print for one, are that number; true and false are 1 and 0. */
static void test_json(void) {
  const struct {
    const char *array;
    Class class;
  } cases[] = {{"[7]", integer(7)},
               {"[-9223372036854775808]", integer(INT64_MIN)},
               {"[9007199254740993]", integer(9007199254740993)},
               {"[3.0]", integer(3)},
               {"[1e3]", integer(1000)},
               {"[0.5]", real(0.5)},
               {"[9223372036854775808]", real(0x1p63)},
               {"[true]", integer(1)},
               {"[false]", integer(0)},
               {"[\"cat\"]", text_of("cat")},
               {"[\"true\"]", text_of("true")},
               {"[\"a\\u0062c\\n\"]", text_of("abc\n")},
               {"[\"\"]", text_of("")},
               {"[\"7\"]", integer(7)},
               {"[\"3.0\"]", integer(3)},
               {"[\"0.5\"]", real(0.5)},
               {"[\"07\"]", text_of("07")},
               {"[\"1e3\"]", text_of("1e3")},
               {"[\"\\u0037\"]", integer(7)}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    JsonReader reader = {.text = cases[i].array, .n = strlen(cases[i].array)};
    const JsonValue value = mlm_json_next(&reader);
    char bytes[32] = "";
    const Class class = mlm_class_of_json(&value, bytes);
    expect_for(same_class(&class, &cases[i].class), "a class in JSON", cases[i].array);
  }
}

int main(void) {
  test_windows();
  test_json();
  return end_of_tests();
}
