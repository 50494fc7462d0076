/* The pictures of sql/pictures/, made again and compared byte by byte; every chart and report of the demo
 * tables and of names that mean harm, given to validators where they are installed (xmllint, tidy).
 *
 *   pictures            compares and validates
 *   pictures --update   writes the pictures anew
 */
#include "tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETS "(SELECT model, score_set(score, label) AS scores FROM flights GROUP BY model)"

/* A picture, or a page to validate. */
typedef struct Picture {
  const char *name, *sql;
} Picture;

static const Picture pictures[] = {
    {"roc.svg", "SELECT roc_svg(scores, model, 'Will the flight be late?') FROM " SETS},
    {"calibration.svg", "SELECT calibration_svg(scores, model) FROM " SETS},
    {"cutoff.svg", "SELECT cutoff_svg(scores) FROM " SETS " WHERE model = 'boosted'"},
    {"confusion.svg",
     "SELECT confusion_svg(s) FROM (SELECT class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, "
     "z9), label) AS s FROM digits)"},
    {"roc.txt",
     "SELECT group_concat(line, char(10)) || char(10) FROM " SETS ", roc_plot(scores) WHERE model = "
     "'boosted'"},
};

/* Names that would break out of an attribute, an element or a line. */
static const char hostile[] =
    "CREATE TEMP TABLE hostile AS SELECT n.column1 AS name, CASE n.column1 WHEN '7' THEN 7 ELSE n.column1 "
    "END AS key, "
    "f.score, f.label FROM flights f, (VALUES ('<script>alert(1)</script>'), ('\"&'''), (']]>--><!--'), "
    "(char(1, 2, 9, 10, 27, 127, 133) || 'control'), (char(0x5e9, 0x5dc, 0x5d5, 0x5dd)), (char(0x202e) || "
    "'reversed'), "
    "(char(0xfffe, 0xffff, 0xfdd0)), (replace(hex(zeroblob(100)), '0', 'W')), (char(0x65e5, 0x672c, "
    "0x8a9e)), (''), "
    "(NULL), (x'00ff3c'), ('7')) n WHERE f.rowid % 50 = 1";

static const Picture pages[] = {
    {"report.html", "SELECT report_html(score, label, model) FROM flights"},
    {"classes.html", "SELECT report_classes_html(score >= 0.25, label, model) FROM flights"},
    {"regression.html", "SELECT report_regression_html(prediction, target, model) FROM diabetes"},
    {"hostile.html", "SELECT report_html(score, label, key, '</title><script>' || char(7)) FROM hostile"},
    {"hostile_classes.html",
     "SELECT report_classes_html(h.key, g.key, h.key, '\"''<&') FROM hostile h, (SELECT "
     "DISTINCT key FROM hostile) g WHERE h.rowid % 40 = 0"},
    {"hostile_regression.html", "SELECT report_regression_html(score, label, key, '<!--') FROM hostile"},
    {"hostile_roc.svg",
     "SELECT roc_svg(s, key, '</title><script>') FROM (SELECT key, score_set(score, label) AS s "
     "FROM hostile GROUP BY key)"},
    {"hostile_histogram.svg",
     "SELECT histogram_svg(s, key, '&') FROM (SELECT key, score_set(score, label) AS s "
     "FROM hostile GROUP BY key)"},
    {"hostile_confusion.svg",
     "SELECT confusion_svg(class_set, key) FROM (SELECT h.key, class_set(h.key, g.key) AS "
     "class_set FROM hostile h, (SELECT DISTINCT key FROM hostile) g GROUP BY h.key)"},
    {"hostile_residual.svg",
     "SELECT residual_svg(s, key) FROM (SELECT key, pred_set(score, label) AS s FROM hostile "
     "GROUP BY key)"},
    {"hostile_trend.svg", "SELECT trend_svg(score, label, key, '\"') FROM hostile"},
};

static sqlite3 *db;
static const char *build;

static bool has_tool(const char *name) {
  char *command = sqlite3_mprintf("command -v %s >/dev/null 2>&1", name);
  bool found = system(command) == 0;
  sqlite3_free(command);
  if (!found) printf("skipped: %s is not installed\n", name);
  return found;
}

/* The text that a query gives, to be freed with sqlite3_free. */
static char *draw(const Picture *picture, size_t *n) {
  bool error;
  char *text = rows_of(db, picture->sql, &error);
  expect_for(!error && *text, "drawn", error ? text : picture->name);
  *n = strlen(text);
  return text;
}

static void write_file(const char *path, const char *text, size_t n) {
  FILE *file = fopen(path, "wb");
  bool right = file && fwrite(text, 1, n, file) == n;
  if (file) right = fclose(file) == 0 && right;
  expect_for(right, "written", path);
}

static void compare(const Picture *picture, bool update) {
  size_t n, want_n;
  char *text = draw(picture, &n), *path = sqlite3_mprintf("sql/pictures/%s", picture->name);
  if (update) write_file(path, text, n);
  char *want = read_file(path, &want_n);
  expect_for(n == want_n && memcmp(text, want, n) == 0, "differs from what the extension draws", path);
  free(want);
  sqlite3_free(path);
  sqlite3_free(text);
}

static bool ends_with(const char *name, const char *ending) {
  size_t n = strlen(name), m = strlen(ending);
  return n > m && strcmp(name + n - m, ending) == 0;
}

/* Names stand in the page as text only, and it is not larger than promised. */
static void check_page(const Picture *picture, bool xmllint, bool tidy) {
  size_t n;
  char *text = draw(picture, &n), *path = sqlite3_mprintf("%s/tests/%s", build, picture->name);
  bool svg = ends_with(picture->name, ".svg");
  const char *address = strstr(text, "http"); /* but for the name of SVG's namespace */
  expect_for(!strstr(text, "<script") && !strstr(text, "<!--"), "names are text", picture->name);
  expect_for(svg ? address && !strstr(address + 1, "http") : !address, "no address", picture->name);
  expect_for(n <= (svg ? 60000u : 600000u), "size", picture->name);
  write_file(path, text, n);
  char *command = sqlite3_mprintf(svg ? "xmllint --noout --nonet %s" : "tidy -q -e %s", path);
  if (svg ? xmllint : tidy) expect_for(system(command) == 0, "valid", path);
  sqlite3_free(command);
  sqlite3_free(path);
  sqlite3_free(text);
}

/* The shell's tables break lines of more than 60 columns, so that no chart is wider unless asked to be. */
static void check_width(void) {
  static const char *const charts[] = {"roc",       "pr",  "calibration", "cutoff",   "lift",
                                       "histogram", "det", "confusion",   "residual", "trend"};
  for (size_t i = 0; i < sizeof charts / sizeof *charts; i++) {
    char *sql = sqlite3_mprintf(
        "SELECT max(length(line)) BETWEEN 20 AND 60 FROM %s_plot((SELECT %s FROM flights))", charts[i],
        strcmp(charts[i], "confusion") == 0  ? "class_set(score >= 0.25, label)"
        : strcmp(charts[i], "residual") == 0 ? "pred_sets(model, score, label)"
        : strcmp(charts[i], "trend") == 0    ? "trend_points(flight_id, score, model)"
                                             : "score_sets(model, score, label)");
    bool error;
    char *wide = rows_of(db, sql, &error);
    expect_for(!error && strcmp(wide, "1") == 0, wide, sql);
    sqlite3_free(wide);
    sqlite3_free(sql);
  }
}

int main(int argc, char **argv) {
  bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
  build = getenv("BUILD") ? getenv("BUILD") : "build";
  db = open_tables();
  for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) compare(&pictures[i], update);
  check_width();
  bool xmllint = has_tool("xmllint"), tidy = has_tool("tidy");
  expect(sqlite3_exec(db, hostile, NULL, NULL, NULL) == SQLITE_OK, "hostile names", 0);
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) check_page(&pages[i], xmllint, tidy);
  sqlite3_close(db);
  return end_of_tests();
}
