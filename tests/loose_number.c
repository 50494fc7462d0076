/* Numbers, labels and missing words as people write them: every rule by a table, and at random against the C
 * library's reading of the plain number. */
#include "random.h"
#include "base/label_word.h"
#include "base/loose_number.h"
#include "base/number.h"
#include "base/dirty_text.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

/* The text is in a block of exactly its size, so that a sanitizer detects any access beyond. */
static LooseStatus read_alone(const char *text, size_t n, DecimalMark mark, LooseNumber *number) {
  char *block = malloc(n ? n : 1);
  if (!block) abort();
  memcpy(block, text, n);
  const LooseStatus status = mlm_read_loose_number(block, n, mark, number);
  mlm_read_label(block, n);
  free(block);
  return status;
}

static bool same(double a, double b) {
  return mlm_double_bits(a) == mlm_double_bits(b) || (a != a && b != b);
}

static void expect_number(const char *text, DecimalMark mark, double x, unsigned dirt) {
  LooseNumber number;
  const LooseStatus status = read_alone(text, strlen(text), mark, &number);
  expect_for(status == LOOSE_NUMBER && same(number.value, x) && number.dirt == dirt, "number", text);
}

static void expect_status(const char *text, DecimalMark mark, LooseStatus wanted) {
  LooseNumber number;
  expect_for(read_alone(text, strlen(text), mark, &number) == wanted, "status", text);
}

/* ---- the table ---- */

typedef struct NumberCase {
  const char *text;
  double x;
  unsigned dirt;
} NumberCase;

enum {
  P = LOOSE_PERCENT,
  C = LOOSE_CURRENCY,
  N = LOOSE_PARENTHESES,
  G = LOOSE_GROUPS,
  D = LOOSE_COMMA,
  B = LOOSE_BLANKS_OR_SIGN
};

static const NumberCase numbers[] = {{"7", 7, 0},
                                     {"1 234.", 1234, G},
                                     {"1.500e\xE2\x88\x92"
                                      "2",
                                      0.015, B},
                                     {"\xE2\x88\x92"
                                      "5%",
                                      -0.05, P | B},
                                     {" 7 ", 7, 0},
                                     {"\t-0.5\r\n", -0.5, 0},
                                     {"+1e3", 1000, 0},
                                     {".5", 0.5, 0},
                                     {"5.", 5, 0},
                                     {"0.53", 0.53, 0},
                                     {"1.500", 1.5, 0},
                                     {"-0", -0.0, 0},
                                     {"9e999", INFINITY, 0},
                                     {"58.45%", 0.5845, P},
                                     {"58.45 %", 0.5845, P},
                                     {"-3%", -0.03, P},
                                     {"0.7%", 0.007, P},
                                     {"100%", 1, P},
                                     {"29%", 0.29, P},
                                     {"1e1%", 0.1, P},
                                     {"75,5%", 0.755, P | D},
                                     {"1,234.5%", 12.345, P | G},
                                     {"$12.50", 12.5, C},
                                     {"12.50$", 12.5, C},
                                     {"$ 12.50", 12.5, C},
                                     {"-$12.50", -12.5, C},
                                     {"$-12.50", -12.5, C},
                                     {"$ -12.50", -12.5, C},
                                     {"+$5", 5, C},
                                     {"12,50 \xE2\x82\xAC", 12.5, C | D},
                                     {"\xE2\x82\xAC"
                                      "1.234,56",
                                      1234.56, C | D | G},
                                     {"\xC2\xA3"
                                      "1,234.56",
                                      1234.56, C | G},
                                     {"\xC2\xA5"
                                      "100",
                                      100, C},
                                     {"\xE2\x82\xB9"
                                      "5",
                                      5, C}, /* rupee */
                                     {"(12.50)", -12.5, N},
                                     {"( 12.50 )", -12.5, N},
                                     {"($1,234.0)", -1234, N | C | G},
                                     {"$(12.50)", -12.5, N | C},
                                     {" $ (12.50) ", -12.5, N | C},
                                     {"(5%)", -0.05, N | P},
                                     {"(5 \xE2\x82\xAC)", -5, N | C},
                                     {"1,234.5", 1234.5, G},
                                     {"1.234,5", 1234.5, G | D},
                                     {"1,234,567", 1234567, G},
                                     {"1.234.567", 1234567, G},
                                     {"-1,234,567.25", -1234567.25, G},
                                     {"1.234.567,25", 1234567.25, G | D},
                                     {"1 234", 1234, G},
                                     {"1 234.5", 1234.5, G},
                                     {"1 234,567", 1234.567, G | D},
                                     {"1\xC2\xA0"
                                      "234,5",
                                      1234.5, G | D},
                                     {"1\xE2\x80\xAF"
                                      "234\xE2\x80\xAF"
                                      "567",
                                      1234567, G},
                                     {"1'234'567.5", 1234567.5, G},
                                     {"1\xE2\x80\x99"
                                      "234",
                                      1234, G},
                                     {"1,234,567e-3", 1234.567, G},
                                     {"1,5", 1.5, D},
                                     {"0,53", 0.53, D},
                                     {",5", 0.5, D},
                                     {"-0,1", -0.1, D},
                                     {"1,5E-05", 1.5e-5, D},
                                     {"1,2345", 1.2345, D},
                                     {"0,043", 0.043, D}, /* no grouped number begins with 0 */
                                     {"0,500", 0.5, D},
                                     {"-0,500", -0.5, D},
                                     {"00,500", 0.5, D},
                                     {"0,000", 0, D},
                                     {"0,500%", 0.005, P | D},
                                     {"(0,500)", -0.5, N | D},
                                     {"\xE2\x82\xAC 0,500", 0.5, C | D},
                                     {"0,500e2", 50, D},
                                     {"1234,500", 1234.5, D},
                                     {",500", 0.5, D},
                                     {"12345,67", 12345.67, D},
                                     {"inf", INFINITY, LOOSE_INFINITY},
                                     {"-Infinity", -INFINITY, LOOSE_INFINITY},
                                     {"+INF", INFINITY, LOOSE_INFINITY},
                                     {"\xE2\x88\x92\xE2\x88\x9E", -INFINITY, LOOSE_INFINITY},
                                     {"\xE2\x88\x92"
                                      "0.5",
                                      -0.5, B},
                                     {"1e\xE2\x88\x92"
                                      "3",
                                      0.001, B},
                                     {"\xC2\xA0"
                                      "7",
                                      7, B},
                                     {"\xEF\xBB\xBF"
                                      "0.25",
                                      0.25, B}};

static void check_numbers(void) {
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    expect_number(numbers[i].text, MARK_EITHER, numbers[i].x, numbers[i].dirt);
}

/* With an option a mark has one meaning: what does not fit it is no number. NaN: not a number. */
static void check_options(void) {
  static const struct {
    const char *text;
    double comma, point;
  } cases[] = {{"1,500", 1.5, 1500},
               {"1.500", 1500, 1.5},
               {"75,5%", 0.755, NAN},
               {"0.53", NAN, 0.53},
               {"0,53", 0.53, NAN},
               {"0,500", 0.5, NAN},
               {"0,043", 0.043, NAN},
               {"0.043", NAN, 0.043},
               {"-0,500%", -0.005, NAN},
               {"-0.500%", NAN, -0.005},
               {"00.500", NAN, 0.5},
               {"1234,500", 1234.5, NAN},
               {"1,234.5", NAN, 1234.5},
               {"1.234,5", 1234.5, NAN},
               {"1,234,567", NAN, 1234567},
               {"1.234.567", 1234567, NAN},
               {"1 234,5", 1234.5, NAN},
               {"1 234.5", NAN, 1234.5},
               {"1'234", 1234, 1234},
               {"7", 7, 7},
               {"-1e3", -1000, -1000},
               {"$1,500", 1.5, 1500},
               {"12,500%", 0.125, 125},
               {"1,500e2", 150, 150000},
               {"0.500", NAN, 0.5},
               {"5.", NAN, 5},
               {".5", NAN, 0.5},
               {",5", 0.5, NAN},
               {"5,", NAN, NAN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int comma = 0; comma <= 1; comma++) {
      LooseNumber number;
      const char *const text = cases[i].text;
      const double wanted = comma ? cases[i].comma : cases[i].point;
      const LooseStatus status = read_alone(text, strlen(text), comma ? MARK_COMMA : MARK_POINT, &number);
      expect_for(wanted != wanted ? status == LOOSE_NOT_A_NUMBER
                                  : status == LOOSE_NUMBER && same(number.value, wanted),
                 comma ? "comma" : "point", text);
    }
}

static void check_ambiguous(void) {
  static const struct {
    const char *text;
    double comma, point;
  } cases[] = {{"1,500", 1.5, 1500},       {"-1,500", -1.5, -1500},  {"$12,345", 12.345, 12345},
               {"12,500%", 0.125, 125},    {"100,000", 100, 1e5},    {"1,000", 1, 1000},
               {"(1,500)", -1.5, -1500},   {"1,500e2", 150, 150000}, {"012,500", 12.5, NAN},
               {"-001,500%", -0.015, NAN}, {"$ 0012,500", 12.5, NAN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    LooseNumber number;
    const LooseStatus status = read_alone(cases[i].text, strlen(cases[i].text), MARK_EITHER, &number);
    expect_for(status == LOOSE_AMBIGUOUS && same(number.as_comma, cases[i].comma)
                   && same(number.as_point, cases[i].point),
               "ambiguous", cases[i].text);
  }
}

static const char *const missing[] = {
    "",    " ",    "\t\r\n",  "\xC2\xA0",      "NA",   "na",   "N/A",          " n/a ",  "#N/A", "NaN",
    "nan", "-nan", "NULL",    "null",          "None", "NONE", "nil",          "<NA>",   "-",    "--",
    "?",   ".",    "missing", "Not Available", "\\N",  "NaT",  "\xE2\x80\x94", "1.#QNAN"};

static const char *const dirty[] = {"abc",
                                    "unknown",
                                    "#DIV/0!",
                                    "#REF!",
                                    "0x10",
                                    "1_000",
                                    "1e",
                                    "e5",
                                    "+",
                                    "$",
                                    "%",
                                    "()",
                                    "(",
                                    ")",
                                    "( )",
                                    "$%",
                                    "$5%",
                                    "5%%",
                                    "% 5",
                                    "5 $ $",
                                    "$5$",
                                    "- 5",
                                    "--5",
                                    "+-5",
                                    "5-",
                                    "(-5)",
                                    "-(5)",
                                    "(5",
                                    "5)",
                                    "(5)%",
                                    "5 USD",
                                    "USD 5",
                                    "5c",
                                    "5\xC2\xA2",
                                    "1,2,3",
                                    "1.2.3",
                                    "12,34,567",
                                    "1,500e",
                                    "0,500e",
                                    "1,2345,678",
                                    "1,234,56",
                                    "1234,567,890",
                                    "0,123,456",
                                    "1..2",
                                    "1,,2",
                                    "1.234.56",
                                    "1,234.567.890",
                                    "1.234,567,890",
                                    "1 23",
                                    "12 34",
                                    "1 234'567",
                                    "1  234",
                                    "1 ,5",
                                    "1, 5",
                                    "1' 234",
                                    "5'",
                                    "'5",
                                    "',5",
                                    "1'234.567,8",
                                    "1'234.567,890",
                                    "5,",
                                    ",",
                                    ".,",
                                    "2024-01-15",
                                    "2024.01.15",
                                    "12:30",
                                    "1/2",
                                    "192.168.1.1",
                                    "v1.2",
                                    "1e5.5",
                                    "1e 5",
                                    "true",
                                    "yes",
                                    "[1,2]",
                                    "{}",
                                    "'7'",
                                    "\"7\"",
                                    "7;",
                                    "~7",
                                    "<0.01",
                                    ">5",
                                    "=7",
                                    "1 000 00",
                                    "infinite",
                                    "inf%",
                                    "$inf",
                                    "nan1",
                                    "NAN%",
                                    "\xD9\xA7" /* an Arabic digit */,
                                    "\xEF\xBC\x97" /* a fullwidth digit */,
                                    "\xE2\x88\x92",
                                    "\xFF",
                                    "7\x01",
                                    "1\xC2"
                                    "234"};

/* Signs at the ends of their ranges, before the number and behind it, and bytes next to them. */
static void check_signs(void) {
  static const char *const currencies[] = {
      "$", "\xC2\xA3", "\xC2\xA5", "\xE2\x82\xA0", "\xE2\x82\xBF", "\xE2\x83\x80", "\xE2\x83\x8F"};
  static const char *const others[] = {"\xC2\xA2",     "\xC3\xA3",     "\xE2\x82\x9F", "\xE2\x82\xC0",
                                       "\xE2\x83\x7F", "\xE2\x83\x90", "\xE2\x81\xA5", "\xE3\x82\xA5"};
  static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF",
                                       "\xEF\xBB\xBF"};
  char text[16];
  for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
    snprintf(text, sizeof text, "%s5%s", blanks[i], blanks[i]);
    expect_number(text, MARK_EITHER, 5, B);
    expect_status(blanks[i], MARK_EITHER, LOOSE_MISSING);
  }
  for (int behind = 0; behind < 2; behind++) {
    for (size_t i = 0; i < sizeof currencies / sizeof *currencies; i++) {
      snprintf(text, sizeof text, "%s5%s", behind ? "" : currencies[i], behind ? currencies[i] : "");
      expect_number(text, MARK_EITHER, 5, C);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
      snprintf(text, sizeof text, "%s5%s", behind ? "" : others[i], behind ? others[i] : "");
      expect_status(text, MARK_EITHER, LOOSE_NOT_A_NUMBER);
    }
  }
}

static void check_words(void) {
  static const DecimalMark marks[] = {MARK_EITHER, MARK_COMMA, MARK_POINT};
  for (int m = 0; m < 3; m++) {
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
      expect_status(missing[i], marks[m], LOOSE_MISSING);
    for (size_t i = 0; i < sizeof dirty / sizeof *dirty; i++)
      expect_status(dirty[i], marks[m], LOOSE_NOT_A_NUMBER);
  }
  expect_status("1'234.567", MARK_COMMA, LOOSE_NOT_A_NUMBER);
  expect_status("1'234,567", MARK_POINT, LOOSE_NOT_A_NUMBER);
  LooseNumber number;
  expect(mlm_read_loose_number("7\0", 2, MARK_EITHER, &number) == LOOSE_NOT_A_NUMBER, "embedded NUL", 0);
  expect(mlm_read_loose_number("NA\0", 3, MARK_EITHER, &number) == LOOSE_NOT_A_NUMBER, "embedded NUL", 1);
  expect(mlm_read_loose_number("75%9", 3, MARK_EITHER, &number) == LOOSE_NUMBER, "not beyond n", 0);
}

static void check_labels(void) {
  static const struct {
    const char *text;
    LabelWord label;
  } cases[] = {
      {"true", LABEL_ONE},      {"TRUE", LABEL_ONE},   {" Yes ", LABEL_ONE},    {"y", LABEL_ONE},
      {"T", LABEL_ONE},         {"1", LABEL_ONE},      {"1.0", LABEL_ONE},      {" 1 ", LABEL_ONE},
      {"1e0", LABEL_ONE},       {"+1", LABEL_ONE},     {"positive", LABEL_ONE}, {"Pos", LABEL_ONE},
      {"on", LABEL_ONE},        {"false", LABEL_ZERO}, {"F", LABEL_ZERO},       {"no", LABEL_ZERO},
      {"N", LABEL_ZERO},        {"0", LABEL_ZERO},     {"0.0", LABEL_ZERO},     {"-0", LABEL_ZERO},
      {"negative", LABEL_ZERO}, {"NEG", LABEL_ZERO},   {"off", LABEL_ZERO},     {"2", LABEL_NONE},
      {"-1", LABEL_NONE},       {"0.5", LABEL_NONE},   {"100%", LABEL_NONE},    {"1,0", LABEL_NONE},
      {"yess", LABEL_NONE},     {"ye", LABEL_NONE},    {"true1", LABEL_NONE},   {"unknown", LABEL_NONE},
      {"maybe", LABEL_NONE},    {"+", LABEL_NONE},     {"t\xC2\xA0", LABEL_ONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    expect_for(mlm_read_label(cases[i].text, strlen(cases[i].text)) == cases[i].label, "label",
               cases[i].text);
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
    expect_for(mlm_read_label(missing[i], strlen(missing[i])) == LABEL_MISSING, "missing label", missing[i]);
  expect(mlm_read_label("yes\0", 4) == LABEL_NONE, "label with a NUL", 0);
}

/* ---- at random ---- */

static void check_printed(int rounds) {
  for (int i = 0; i < rounds; i++) {
    const double x = draw_double();
    char text[MLM_NUMBER_BYTES];
    LooseNumber number;
    size_t n = mlm_print_number(x, text);
    expect_x(mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NUMBER && same(number.value, x)
                 && number.dirt == 0,
             "17 digits read back", x);
    n = mlm_print_shortest(x, text);
    expect_x(mlm_read_loose_number(text, n, MARK_POINT, &number) == LOOSE_NUMBER && same(number.value, x),
             "fewest digits read back", x);
  }
  LooseNumber number;
  char text[MLM_NUMBER_BYTES];
  size_t n = mlm_print_number(-INFINITY, text);
  expect(mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_NUMBER && number.value == -INFINITY,
         "Infinity reads back", 0);
  n = mlm_print_number(NAN, text);
  expect(mlm_read_loose_number(text, n, MARK_EITHER, &number) == LOOSE_MISSING, "NaN reads back as missing",
         0);
}

/* Writes whole with `group` before every three digits but the first. */
static size_t write_groups(char *out, const char *whole, const char *group) {
  const size_t n = strlen(whole);
  size_t written = 0;
  for (size_t i = 0; i < n; i++) {
    if (i > 0 && (n - i) % 3 == 0) written += (size_t)sprintf(out + written, "%s", group);
    out[written++] = whole[i];
  }
  out[written] = 0;
  return written;
}

/* A number grouped by any mark, with any signs around it, against strtod of the plain one. */
static void check_dressed(int rounds) {
  static const char *const groups[] = {"", ",", ".", " ", "'", "\xC2\xA0", "\xE2\x80\x99"};
  static const char *const around[][2] = {
      {"", ""},    {"-", ""}, {"$", ""}, {"-$", ""}, {"", " %"}, {"(", ")"}, {"", " \xE2\x82\xAC"},
      {"($", ")"}, {"+", "%"}};
  for (int i = 0; i < rounds; i++) {
    char whole[32], fraction[32], text[128], plain[128], grouped[64];
    snprintf(whole, sizeof whole, "%llu", (unsigned long long)draw_shifted(64));
    snprintf(fraction, sizeof fraction, "%llu", (unsigned long long)draw_shifted(64));
    const size_t g = draw() % 7, a = draw() % (sizeof around / sizeof *around);
    const bool comma = g == 1 ? false : g == 2 ? true : draw() % 2;
    const bool percent = strchr(around[a][1], '%'), negative = strpbrk(around[a][0], "-(");
    write_groups(grouped, whole, groups[g]);
    snprintf(text, sizeof text, "%s%s%c%s%s", around[a][0], grouped, comma ? ',' : '.', fraction,
             around[a][1]);
    snprintf(plain, sizeof plain, "%s%s.%s%s", negative ? "-" : "", whole, fraction, percent ? "e-2" : "");
    LooseNumber number;
    const LooseStatus status = read_alone(text, strlen(text), MARK_EITHER, &number);
    const bool may_group = strlen(whole) <= 3 && *whole != '0';
    const bool ambiguous = comma && may_group && strlen(fraction) == 3;
    expect_for(ambiguous ? status == LOOSE_AMBIGUOUS
                         : status == LOOSE_NUMBER && same(number.value, strtod(plain, NULL)),
               plain, text);
    expect_for(read_alone(text, strlen(text), comma ? MARK_COMMA : MARK_POINT, &number) == LOOSE_NUMBER
                   && same(number.value, strtod(plain, NULL)),
               plain, text);
  }
}

/* Texts of the very bytes that mean something: whatever is read with an option is one reading of the text. */
static void check_noise(int rounds) {
  static const char bytes[] = "0123456789000111,,..  ''--+()$%eE\xC2\xA0\xE2\x82\xAC\xE2\x88\x92nNaAiIfF/?#x";
  for (int i = 0; i < rounds; i++) {
    char text[24];
    const size_t n = draw() % sizeof text;
    for (size_t k = 0; k < n; k++) {
      const uint64_t any = draw();
      text[k] = any % 16 ? bytes[any / 16 % (sizeof bytes - 1)] : (char)(any >> 32);
    }
    LooseNumber either, comma, point;
    const LooseStatus status = read_alone(text, n, MARK_EITHER, &either);
    const LooseStatus with_comma = read_alone(text, n, MARK_COMMA, &comma);
    const LooseStatus with_point = read_alone(text, n, MARK_POINT, &point);
    const bool comma_agrees = with_comma == LOOSE_NUMBER && same(comma.value, either.value);
    const bool point_agrees = with_point == LOOSE_NUMBER && same(point.value, either.value);
    expect(status != LOOSE_NUMBER || comma_agrees || point_agrees, "one of the readings", i);
    expect(status != LOOSE_AMBIGUOUS || with_comma == LOOSE_NUMBER, "ambiguous has a reading", i);
    expect((status == LOOSE_MISSING) == mlm_is_missing_word(text, n), "missing", i);
    expect(status != LOOSE_NOT_A_NUMBER || (with_comma != LOOSE_NUMBER && with_point != LOOSE_NUMBER),
           "no reading", i);
  }
}

/* Cut within a sign or before it: what stands behind is not read. */
static void check_cut(void) {
  static const char *const texts[] = {"+$5",
                                      "-\xC2\xA3"
                                      "5",
                                      "+\xE2\x82\xAC"
                                      "5",
                                      "1\xE2\x80\xAF"
                                      "234%",
                                      "1,500"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    for (size_t n = 0; n <= strlen(texts[i]); n++) {
      LooseNumber here, alone;
      const LooseStatus status = mlm_read_loose_number(texts[i], n, MARK_EITHER, &here);
      expect_for(status == read_alone(texts[i], n, MARK_EITHER, &alone) && here.value == alone.value, "cut",
                 texts[i]);
    }
  }
}

static void check_long(void) {
  static char text[3000];
  memset(text, '0', sizeof text);
  memcpy(text, "0.", 2);
  memcpy(text + sizeof text - 3, "1%", 3);
  expect_number(text, MARK_EITHER, 0, LOOSE_PERCENT);
  memset(text, '9', 700);
  text[700] = 0;
  expect_number(text, MARK_COMMA, INFINITY, 0);
  text[1] = ',';
  expect_status(text, MARK_COMMA, LOOSE_NOT_A_NUMBER);
  text[MLM_LOOSE_BYTES] = 0;
  expect_number(text, MARK_COMMA, 10, LOOSE_COMMA);
  static const char *const middles[] = {",", ",1'234 "}; /* then digits, and what no number has */
  for (size_t i = 0; i < sizeof middles / sizeof *middles; i++) {
    memset(text, '1', MLM_LOOSE_BYTES);
    memcpy(text + 300, middles[i], strlen(middles[i]));
    text[MLM_LOOSE_BYTES - 1] = 'x';
    expect_status(text, MARK_EITHER, LOOSE_NOT_A_NUMBER);
  }
}

int main(int argc, char **argv) {
  const int times = argc > 1 ? atoi(argv[1]) : 1;
  check_numbers();
  check_options();
  check_ambiguous();
  check_signs();
  check_words();
  check_labels();
  check_cut();
  check_long();
  /* Each reason has a bit of its own. */
  expect(P + C + N + G + D + B + LOOSE_INFINITY == (P | C | N | G | D | B | LOOSE_INFINITY), "bits", 0);
  check_printed(100000 * times);
  check_dressed(100000 * times);
  check_noise(1000000 * times);
  return end_of_tests();
}
