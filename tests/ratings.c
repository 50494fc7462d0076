/* Units of ratings that are read once: samples of them against states that read each unit drawn; texts that
 * are no unit; what happens where an allocation fails or the host interrupts. */
#include "metrics/resample.h"
#include "class_values.h"
#include "random.h"
#include "state/rating_unit.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 256 };

/* A unit of up to `most` ratings of numbers, texts, strings with escapes, and null. */
static Class make_unit(char *text, int most, int values) {
  static const char *const forms[] = {"%d", "%d.5", "\"x%d\"", "\"\\u0041%d\"", "null", "true", " \"%d\" "};
  int n = (int)(draw() % (uint64_t)(most + 1)), at = sprintf(text, "[");
  for (int i = 0; i < n; i++) {
    const char *form = values > 5 ? forms[0] : forms[draw() % 7];
    at += sprintf(text + at, i ? "," : "");
    at += sprintf(text + at, form, (int)(draw() % (uint64_t)values));
  }
  at += sprintf(text + at, "]");
  return (Class){.type = CLASS_TEXT, .bytes = text, .n = (size_t)at};
}

static ConfusionMatrix *new_units(void) { return calloc(1, mlm_value_counts_state.bytes); }

static void drop_units(ConfusionMatrix *units) {
  mlm_value_counts_state.clear(units, &host);
  free(units);
}

static ConfusionMatrix *make_units(int n, int most, int values) {
  ConfusionMatrix *units = new_units();
  char text[MOST_TEXT];
  for (int i = 0; i < n; i++) {
    Row row = {.pred_class = make_unit(text, most, values), .weight = (double)(1 + draw() % 3)};
    expect(mlm_value_counts_state.add(units, &row, 1, &host) == MLM_OK, "add", i);
  }
  expect(mlm_value_counts_state.seal(units, &host) == MLM_OK, "seal", n);
  return units;
}

/* The bytes of a state with each unit added as often as it was drawn. */
static Writer drawn_plainly(const ConfusionMatrix *units, const Resampler *r) {
  Ratings ratings = {0};
  Writer out = {.limit = UINT64_MAX, .host = &host};
  for (uint64_t g = 0; g < r->groups; g++) {
    ClassTotals unit;
    mlm_confusion_matrix_class(units, (size_t)g, &unit);
    Row row = {.pred_class = unit.name, .weight = r->count[g]};
    if (r->count[g]) expect(mlm_ratings_state.add(&ratings, &row, 1, &host) == MLM_OK, "a unit", (long)g);
  }
  expect(mlm_ratings_state.seal(&ratings, &host) == MLM_OK, "seal", 0);
  mlm_ratings_state.save(&ratings, &out);
  mlm_ratings_state.clear(&ratings, &host);
  return out;
}

static void test_samples(int n, int most, int values) {
  ConfusionMatrix *units = make_units(n, most, values);
  Resampler r;
  expect(mlm_resampler_begin(&r, &mlm_value_counts_state, units, false, &host) == MLM_OK, "begin", n);
  for (uint64_t replicate = 1; replicate <= 10; replicate++) {
    Ratings ratings = {0};
    Writer got = {.limit = UINT64_MAX, .host = &host};
    expect(mlm_resample(&r, 0, replicate) == MLM_OK, "resample", n);
    expect(mlm_resample_state(&r, &ratings) == MLM_OK, "a state", n);
    mlm_ratings_state.save(&ratings, &got);
    Writer plain = drawn_plainly(units, &r);
    expect(got.n == plain.n && memcmp(got.bytes, plain.bytes, got.n) == 0, "the bytes of a sample", n);
    release(got.bytes);
    release(plain.bytes);
    mlm_ratings_state.clear(&ratings, &host);
  }
  mlm_resampler_clear(&r);
  drop_units(units);
}

/* Counts up to 2^63 - 1 are the same as by the state itself, and above that an overflow. */
static void test_large_counts(void) {
  RatingSamples units = {0};
  Ratings ratings = {0};
  char *text = malloc(((size_t)1 << 18) * 2 + 2);
  size_t n = (size_t)1 << 18;
  for (size_t i = 0; i < n; i++) memcpy(text + 2 * i, i ? ",7" : "[7", 2);
  text[2 * n] = ']';
  const Class class = {.type = CLASS_TEXT, .bytes = text, .n = 2 * n + 1};
  const uint32_t most[] = {(uint32_t)1 << 27, (uint32_t)1 << 27}; /* times 2^36 pairs less 2^18 */
  expect(mlm_rating_samples_add(&units, &class, &host) == MLM_OK, "a unit of many ratings", 0);
  expect(mlm_rating_samples_fill(&units, most, &ratings, &host) == MLM_OK, "2^63 less 2^45", 0);
  Row row = {.pred_class = class, .weight = 0x1p27};
  Ratings added = {0};
  expect(mlm_ratings_state.add(&added, &row, 1, &host) == MLM_OK, "as a row", 0);
  expect(mlm_confusion_matrix_rows(added.values) == 1ll << 45, "its ratings", 0);
  mlm_ratings_state.clear(&added, &host);
  row.weight = 0x1p28;
  expect(mlm_ratings_state.add(&added, &row, 1, &host) == MLM_OVERFLOW, "twice as many rows", 0);
  mlm_ratings_state.clear(&added, &host);
  ClassTotals seven;
  uint64_t cursor = 0;
  mlm_confusion_matrix_next_class(ratings.group[0].pairs, &cursor, &seven);
  expect(seven.hits->count == (int64_t)(((1ull << 36) - (1ull << 18)) << 27), "each pair", 0);
  mlm_ratings_state.clear(&ratings, &host);
  expect(mlm_rating_samples_add(&units, &class, &host) == MLM_OK, "once more", 0);
  expect(mlm_rating_samples_fill(&units, most, &ratings, &host) == MLM_OVERFLOW, "2^64", 0);
  mlm_ratings_state.clear(&ratings, &host);
  const uint32_t last[] = {(uint32_t)1 << 27, 512}, more[] = {(uint32_t)1 << 27, 513};
  expect(mlm_rating_samples_fill(&units, last, &ratings, &host) == MLM_OK, "as many as there may be", 0);
  mlm_ratings_state.clear(&ratings, &host);
  expect(mlm_rating_samples_fill(&units, more, &ratings, &host) == MLM_OVERFLOW, "one more", 0);
  mlm_ratings_state.clear(&ratings, &host);
  const Class pair = {
      .type = CLASS_TEXT, .bytes = "[1,2]", .n = 5}; /* never counted, for the others end it */
  const uint32_t three[] = {(uint32_t)1 << 27, (uint32_t)1 << 27, 1};
  expect(mlm_rating_samples_add(&units, &pair, &host) == MLM_OK, "one unit more", 0);
  expect(mlm_rating_samples_fill(&units, three, &ratings, &host) == MLM_OVERFLOW, "2^64 and one", 0);
  mlm_ratings_state.clear(&ratings, &host);
  mlm_rating_samples_clear(&units, &host);
  free(text);
}

/* A saved state may hold any text where a unit belongs; a reader that went on after a wrong byte never ended.
 */
static void test_wrong_units(void) {
  static const char *const texts[] = {"",      "[",    "[1",  "[1,",   "[1 2]", "[1]x", "1",
                                      "[[1]]", "[{}]", "[\"", "[\"\\", "[x]",   "{}",   "[,]"};
  const Class number = {.type = CLASS_INTEGER, .integer = 1};
  for (size_t i = 0; i <= sizeof texts / sizeof *texts; i++) {
    bool last = i == sizeof texts / sizeof *texts;
    Class class = last ? number : (Class){.type = CLASS_TEXT, .bytes = texts[i], .n = strlen(texts[i])};
    Row row = {.pred_class = class, .weight = 1};
    Ratings ratings = {0};
    RatingSamples units = {0};
    expect(mlm_ratings_state.add(&ratings, &row, 1, &host) == MLM_CORRUPT, "no unit", (long)i);
    expect(mlm_rating_samples_add(&units, &class, &host) == MLM_CORRUPT, "no unit to sample", (long)i);
    mlm_ratings_state.clear(&ratings, &host);
    mlm_rating_samples_clear(&units, &host);
  }
}

/* Units of at most one rating have no pairs; they are counted alone, sampled, merged and taken back. */
static void test_singles(void) {
  static const char *const texts[] = {"[1]", "[]", "[null, 2]"};
  const uint32_t count[] = {3, 0, 2};
  RatingSamples units = {0}, none = {0};
  Ratings sample = {0}, rows = {0}, pairs = {0}, loaded = {0};
  for (int i = 0; i < 3; i++) {
    const Row row = {.pred_class = text_of(texts[i]), .weight = 1};
    expect(mlm_rating_samples_add(&units, &row.pred_class, &host) == MLM_OK, "a unit without pairs", i);
    expect(mlm_ratings_state.add(&rows, &row, 1, &host) == MLM_OK, "a row without pairs", i);
  }
  expect(mlm_rating_samples_fill(&none, NULL, &sample, &host) == MLM_OK && sample.singles == 0, "no units",
         0);
  expect(mlm_rating_samples_fill(&units, count, &sample, &host) == MLM_OK && sample.n == 0, "a sample", 0);
  expect(sample.singles == 5 && rows.singles == 3 && !rows.values, "units without pairs", rows.singles);
  const Row two = {.pred_class = text_of("[1,2]"), .weight = 1};
  Writer before = {.limit = UINT64_MAX, .host = &host}, after = before;
  expect(mlm_ratings_state.add(&pairs, &two, 1, &host) == MLM_OK, "a pair", 0);
  expect(mlm_ratings_state.seal(&pairs, &host) == MLM_OK, "seal", 0);
  mlm_ratings_state.save(&pairs, &before);
  expect(mlm_ratings_state.merge(&pairs, &rows, &host) == MLM_OK && pairs.singles == 3, "merged", 0);
  expect(mlm_ratings_state.subtract(&pairs, &rows, &host) == MLM_OK, "taken back", 0);
  expect(mlm_ratings_state.seal(&pairs, &host) == MLM_OK, "seal", 1);
  mlm_ratings_state.save(&pairs, &after);
  expect(before.n == after.n && memcmp(before.bytes, after.bytes, (size_t)before.n) == 0, "as before", 0);
  Reader in = {.at = after.bytes, .end = after.bytes + after.n};
  expect(mlm_ratings_state.load(&loaded, &in, &host) == MLM_OK && loaded.n == 1, "loaded", 0);
  release(before.bytes);
  release(after.bytes);
  Ratings *all[] = {&sample, &rows, &pairs, &loaded};
  for (int i = 0; i < 4; i++) mlm_ratings_state.clear(all[i], &host);
  mlm_rating_samples_clear(&units, &host);
}

/* A unit that is taken back leaves nothing behind. */
static void test_taken_back(void) {
  const Row unit = {.pred_class = text_of("[1,2,2]"), .weight = 2},
            other = {.pred_class = text_of("[1,2]"), .weight = 1};
  Ratings ratings = {0};
  expect(mlm_ratings_state.add(&ratings, &unit, 1, &host) == MLM_OK, "a unit", 0);
  expect(mlm_ratings_state.add(&ratings, &other, 1, &host) == MLM_OK && ratings.n == 2, "two groups", 0);
  expect(mlm_ratings_state.add(&ratings, &other, -1, &host) == MLM_OK && ratings.n == 1, "one group", 0);
  expect(ratings.group[0].raters == 3, "the group that is left", ratings.group[0].raters);
  expect(mlm_ratings_state.add(&ratings, &unit, -1, &host) == MLM_OK, "taken back", 0);
  expect(mlm_ratings_state.empty(&ratings) && ratings.n == 0, "nothing", 0);
  mlm_ratings_state.clear(&ratings, &host);
}

/* Units without pairs: 2^62 of them at most, however they come. */
static void test_most_singles(void) {
  for (int more = 0; more < 2; more++) {
    Ratings into = {.singles = MLM_MOST_ROWS - 3}, from = {.singles = 3 + more};
    expect(mlm_ratings_state.merge(&into, &from, &host) == (more ? MLM_OVERFLOW : MLM_OK), "merged", more);
    expect(into.singles == MLM_MOST_ROWS - (more ? 3 : 0), "units", more);
  }
  Ratings loaded = {0};
  Writer out = {.limit = 99, .host = &host};
  mlm_write_varint(&out, UINT64_MAX);
  mlm_write_varint(&out, 0);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(mlm_ratings_state.load(&loaded, &in, &host) == MLM_CORRUPT, "more than any count", 0);
  mlm_ratings_state.clear(&loaded, &host);
  release(out.bytes);
}

/* A string that SQLite prints for a number is that number, as it is in columns. */
static void test_strings(void) {
  const Class text = text_of("[\"7\", 7, \"7.5\", 7.50, \"7.50\", \"seven\"]");
  RatingUnit unit;
  expect(mlm_rating_unit_read(&unit, &text, &host) == MLM_OK && unit.n == 4, "values", (long)unit.n);
  const RatingValue *value = unit.value;
  expect(value[0].class.type == CLASS_INTEGER && value[0].class.integer == 7 && value[0].count == 2, "7", 0);
  expect(value[1].class.type == CLASS_REAL && value[1].class.real == 7.5 && value[1].count == 2, "7.5", 1);
  expect(value[2].class.type == CLASS_TEXT && value[2].class.n == 4 && value[2].count == 1, "'7.50'", 2);
  expect(value[3].class.type == CLASS_TEXT && value[3].class.n == 5 && value[3].count == 1, "'seven'", 3);
  release(unit.value);
  const Class escaped = text_of("[\"\\u0041b\", \"\\u0043d\"]");
  expect(mlm_rating_unit_read(&unit, &escaped, &host) == MLM_OK && unit.n == 2, "escapes", (long)unit.n);
  expect(memcmp(unit.value[0].class.bytes, "Ab", 2) == 0 && memcmp(unit.value[1].class.bytes, "Cd", 2) == 0,
         "two strings with escapes", 0);
  release(unit.value);
}

/* That the state of a unit is loaded from its saved bytes. */
static void check_saved(const Class *text) {
  const Row row = {.pred_class = *text, .weight = 1};
  Ratings ratings = {0}, loaded = {0};
  Writer out = {.limit = UINT64_MAX, .host = &host};
  expect(mlm_ratings_state.add(&ratings, &row, 1, &host) == MLM_OK, "a unit", 0);
  expect(mlm_ratings_state.seal(&ratings, &host) == MLM_OK, "seal", 0);
  mlm_ratings_state.save(&ratings, &out);
  Reader in = {.at = out.bytes, .end = out.bytes + out.n};
  expect(mlm_ratings_state.load(&loaded, &in, &host) == MLM_OK && loaded.n == 1, "a unit loaded", 0);
  mlm_ratings_state.clear(&ratings, &host);
  mlm_ratings_state.clear(&loaded, &host);
  release(out.bytes);
}

/* One rating more than a unit may have. */
static void test_most_ratings(void) {
  for (int64_t more = 0; more < 2; more++) {
    const size_t n = (size_t)(MLM_MOST_RATINGS + more);
    char *text = malloc(2 * n + 1);
    RatingUnit unit;
    if (!text) exit(2);
    for (size_t i = 0; i < n; i++) memcpy(text + 2 * i, i ? ",7" : "[7", 2);
    text[2 * n] = ']';
    const Class class = {.type = CLASS_TEXT, .bytes = text, .n = 2 * n + 1};
    expect(mlm_rating_unit_read(&unit, &class, &host) == (more ? MLM_TOOBIG : MLM_OK), "ratings", (long)n);
    expect(unit.n == 1 && unit.ratings == (int64_t)n, "all of them counted", (long)unit.ratings);
    release(unit.value);
    if (!more) check_saved(&class);
    free(text);
  }
}

static Status sample_once(const ConfusionMatrix *units) {
  Resampler r;
  Ratings ratings = {0};
  Status status = mlm_resampler_begin(&r, &mlm_value_counts_state, units, false, &host);
  if (!status) status = mlm_resample(&r, 0, 1);
  if (!status) status = mlm_resample_state(&r, &ratings);
  mlm_ratings_state.clear(&ratings, &host);
  mlm_resampler_clear(&r);
  return status;
}

/* Every allocation fails, then every poll interrupts: the status says so, and no memory is left behind. */
static void test_faults(void) {
  for (int way = 0; way < 2; way++) {
    ConfusionMatrix *units = way ? make_units(18000, 3, 9000) : make_units(40, 6, 3);
    uint64_t before = live_bytes;
    Status status = MLM_NOMEM;
    long step = 0;
    for (; status != MLM_OK && step < 100000; step++) {
      *(way ? &stop_in : &allowed) = step;
      status = sample_once(units);
      allowed = stop_in = -1;
      if (status) expect(status == (way ? MLM_INTERRUPTED : MLM_NOMEM), "the status", step);
      expect(live_bytes == before, "nothing is left behind", step);
    }
    expect(step > 5 && status == MLM_OK, "failed more than once, then not", step);
    drop_units(units);
  }
}

/* 10,000 units of two values each, 30,000 pairs in a table of 65,536 places: polled every 4,096 and 16,384.
 */
static void test_polls(void) {
  enum { UNITS = 10000 };
  static uint32_t count[UNITS];
  RatingSamples units = {0};
  Ratings ratings = {0};
  char text[32];
  for (int i = 0; i < UNITS; i++) {
    sprintf(text, "[%d,%d]", 2 * i, 2 * i + 1);
    const Class class = text_of(text);
    expect(mlm_rating_samples_add(&units, &class, &host) == MLM_OK, "a unit", i);
    count[i] = 1;
  }
  stop_in = 1000;
  expect(mlm_rating_samples_fill(&units, count, &ratings, &host) == MLM_OK, "a sample", UNITS);
  expect(stop_in <= 1000 - UNITS / 4096 - 65536 / 16384, "polls", 1000 - stop_in);
  stop_in = -1;
  mlm_ratings_state.clear(&ratings, &host);
  mlm_rating_samples_clear(&units, &host);
}

int main(void) {
  static const struct {
    int n, most, values;
  } sizes[] = {{1, 5, 3},    {3, 1, 3},   {5, 3, 1},       {40, 4, 4},
               {300, 12, 3}, {500, 5, 2}, {200, 20, 1000}, {20, 60, 1000}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    test_samples(sizes[i].n, sizes[i].most, sizes[i].values);
  test_large_counts();
  test_wrong_units();
  test_singles();
  test_taken_back();
  test_most_singles();
  test_strings();
  test_most_ratings();
  test_polls();
  test_faults();
  return end_of_tests();
}
