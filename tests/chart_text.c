/* The lines of charts made by hand: where labels, letters, names and counts stand, and where they are cut. */
#include "charts/chart_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charts/raster.h"
#include "unit.h"

/* A chart of one panel, whose axes have neither ticks nor names. */
static Chart *fresh(void) {
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  Panel *panel = mlm_chart_panel(chart, 10);
  panel->x.label = panel->y.label = "";
  return chart;
}

/* Draws the chart and frees it; the text is to be given to release(). */
static char *draw(Chart *chart, int width, int height, bool ascii) {
  const TextStyle style = {width, height, ascii};
  StrBuf text = {.limit = 1 << 20, .host = &host};
  expect(mlm_chart_text(chart, &style, &text) == MLM_OK, "drawn", width);
  mlm_str_add(&text, "", 1);
  mlm_chart_free(chart);
  return text.bytes;
}

static void check(Chart *chart, int width, int height, const char *want) {
  char *text = draw(chart, width, height, true);
  expect_for(strcmp(text, want) == 0, want, text);
  release(text);
}

static void add_tick(Axis *axis, double at, const char *label) {
  Tick *tick = &axis->tick[axis->ticks++];
  tick->at = at;
  snprintf(tick->label, sizeof tick->label, "%s", label);
}

/* ---- axes ---- */

#define EDGE "+-----------------------\n"

/* A panel has the lines that the names of axes leave, of which each is a line, even if it is empty. */
static void check_empty(void) { check(fresh(), 24, 10, "\n|\n|\n|\n|\n|\n|\n" EDGE "\n\n"); }

/* Reads the labels of rows, from below, as far as they are one letter. */
static void check_rows(const double *at, int ticks, int height, const char *want) {
  Chart *chart = fresh();
  for (int i = 0; i < ticks; i++) add_tick(&chart->panel[0].y, at[i], (char[]){(char)('a' + i), 0});
  char *text = draw(chart, 24, height, true), labels[16] = "";
  size_t n = 0;
  for (const char *line = text; *line; line = strchr(line, '\n') + 1)
    if (*line >= 'a' && *line <= 'z') labels[n++] = *line;
  for (size_t i = 0; i < n / 2; i++) {
    char c = labels[i];
    labels[i] = labels[n - 1 - i];
    labels[n - 1 - i] = c;
  }
  expect_for(strcmp(labels, want) == 0, want, text);
  release(text);
}

/* A blank is enough between two labels below a chart of 23 columns. */
static void check_columns(void) {
  for (int gap = 4; gap <= 6; gap++) {
    Chart *chart = fresh();
    add_tick(&chart->panel[0].x, 0.2, "aaaa");
    add_tick(&chart->panel[0].x, 0.2 + gap / 22.0, "bbbb");
    char *text = draw(chart, 24, 10, true);
    expect_for((strstr(text, "aaaa bbbb") != NULL) == (gap == 5)
                   && (strstr(text, "bbbb") != NULL) == (gap > 4),
               "a blank between labels", text);
    release(text);
  }
}

/* Where ticks are even, labels are; where they are not, as many as have room. */
static void check_labels(void) {
  static const double uneven[] = {0, 0.1, 0.5, 0.9}, even[] = {0, 0.2, 0.4, 0.6},
                      close[] = {0.1, 0.35, 0.6, 0.85};
  check_rows(uneven, 4, 14, "acd");
  check_rows(even, 4, 8, "ad");
  check_rows(close, 4, 10, "ac");
}

/* Beside wide labels there is little room for a title; with less than four columns there is no picture. */
static void check_narrow(void) {
  for (int digits = 19; digits <= 20; digits++) {
    Chart *chart = fresh();
    Panel *panel = &chart->panel[0];
    panel->title = "title";
    panel->y.label = "label";
    add_tick(&panel->y, 0, digits == 19 ? "1234567890123456789" : "12345678901234567890");
    check(chart, 24, 8,
          digits == 20
              ? ""
              : "                    t~:\n                   |\n                   |\n                   "
                "|\n1234567890123456789+\n                   +----\n\n\n");
  }
}

/* ---- titles and names that are alike ---- */

/* What two texts show that are cut to eleven columns, one beginning differently at letter `n` from 0. */
static void name_pair(char name[2][20], size_t n) {
  for (int i = 0; i < 2; i++) {
    memset(name[i], 'a', 17);
    name[i][n] = (char)('p' + i);
    snprintf(name[i] + 15, 5, "%d%d", i, i);
  }
}

static void check_titles(size_t differs, const char *first, const char *second) {
  Chart *chart = fresh();
  char name[2][20];
  name_pair(name, differs);
  Panel *panel = mlm_chart_panel(chart, 10);
  panel->x.label = panel->y.label = "";
  for (int i = 0; i < 2; i++) chart->panel[i].title = name[i];
  char *text = draw(chart, 24, 20, true);
  expect_for(strstr(text, first) && strstr(text, second), first, text);
  release(text);
}

/* Eight columns are left of each name. */
static void check_legend_names(size_t differs, const char *first, const char *second) {
  Chart *chart = fresh();
  char name[2][20];
  name_pair(name, differs);
  for (int i = 0; i < 2; i++) mlm_add_legend(chart, name[i], "thirteen more", MLM_REFERENCE);
  char *text = draw(chart, 24, 20, true);
  expect_for(strstr(text, first) && strstr(text, second), first, text);
  release(text);
}

static void check_alike(void) {
  check_titles(10, "aaaaa~aaa00:", "aaaaa~aaa11:");
  check_titles(9, "aaaaaaaaap~:", "aaaaaaaaaq~:");
  check_legend_names(7, "aaaa~a00 (", "aaaa~a11 (");
  check_legend_names(6, "aaaaaap~ (", "aaaaaaq~ (");
  static const char *const third[] = {"x", "aab", "aac"}, *const wide[] = {"aa\xe6\x97\xa5",
                                                                           "aa\xed\x95\x9c"};
  expect(mlm_names_are_alike(third, 3, 2) && !mlm_names_are_alike(third, 3, 3), "the last two alike", 3);
  expect(!mlm_names_are_alike(third, 2, 1) && mlm_names_are_alike(third + 1, 2, 0), "the first two", 2);
  expect(mlm_names_are_alike(third + 1, 2, 1), "one letter more that is alike", 1);
  /* In three columns there is no room for the character in which they differ, in four there is. */
  expect(mlm_names_are_alike(wide, 2, 3) && !mlm_names_are_alike(wide, 2, 4), "alike before wide ones", 2);
  static const char *const odd[] = {"aaa", "aac"}; /* codes that have their lowest bit in common */
  expect(!mlm_names_are_alike(odd, 2, 3), "the last letter differs", 3);
  static const char *const same[] = {"ab", "ab"}, *const longer[] = {"ab", "abc"};
  expect(mlm_names_are_alike(same, 2, 9) && !mlm_names_are_alike(longer, 2, 9), "names that end", 2);
}

/* ---- legends ---- */

static void check_entry(const char *name, const char *rest, int series, const char *want) {
  Chart *chart = fresh();
  mlm_add_legend(chart, name, rest, series);
  char *text = draw(chart, 24, 10, false), *last = strstr(text, "\n\n\n");
  expect_for(last && strcmp(last + 3, want) == 0, want, text);
  release(text);
}

static void check_legend(void) {
  static const char name[] = "abcdefghijklmnopqrstuvwxyz";
  check_entry("abcdefghijklmnopqrstuvwx", "", -1, "abcdefghijklmnopqrstuvwx\n");
  check_entry(name, "", -1, "abcdefghijklmnopqrstuvw\xe2\x80\xa6\n");
  check_entry("abc", "AUC 0.5", -1, "abc (AUC 0.5)\n");
  check_entry(name, "10 letters", -1, "abcdefghij\xe2\x80\xa6 (10 letters)\n");
  check_entry(name, "thirteen more", -1, "abcdefg\xe2\x80\xa6 (thirteen more)\n");
  check_entry(name, "fourteen more.", -1, "abcdefg\xe2\x80\xa6 (fourteen mor\xe2\x80\xa6)\n");
  check_entry(name, "a remark longer than a line", -1, "abcdefg\xe2\x80\xa6 (a remark lon\xe2\x80\xa6)\n");
  /* What has no name, and is of no series, is broken behind its commas. */
  check_entry("", "ten letter, 13 more here", -1, "ten letter, 13 more here\n");
  check_entry("", "ten letter, 14 more here.", -1, "ten letter,\n14 more here.\n");
  check_entry("", "a part of twenty-three., and more", -1, "a part of twenty-three.,\nand more\n");
  check_entry("", "aaaa, a second part, 25 letters", -1, "aaaa,\na second part,\n25 letters\n");
  check_entry("", "aaaa, a second part, as long", -1, "aaaa,\na second part, as long\n");
  check_entry("", "ten letter, 14 more here.", 0, "ten letter, 14 more her\xe2\x80\xa6\n");
  check_entry("n", "ten letter, 14 more here.", -1, "n (ten letter, 14 more\xe2\x80\xa6)\n");
}

/* ---- confusion matrices ---- */

enum { MOST_CLASSES = 9 };

/* `n` classes of these names, `count` rows of each in its place, but for the class `without`. Numbers that
 * stand behind the cells are too wide for any column. */
static void check_matrix(size_t n, const char *const *name, double count, int without, int width,
                         const char *want) {
  static double cell[MOST_CLASSES * MOST_CLASSES + 1], share[MOST_CLASSES * MOST_CLASSES + 1];
  for (size_t i = 0; i <= n * n; i++) {
    const size_t label = i / n, pred = i % n;
    cell[i] = i == n * n ? 1e9 : label == pred && (int)label != without ? count : 0;
    share[i] = (int)label == without ? NAN : label == pred;
  }
  const ChartMatrix matrix = {.n = n, .name = name, .cell = cell, .share = share, .integral = true};
  Chart *chart = fresh();
  chart->panel[0].matrix = &matrix;
  check(chart, width, 10, want);
}

static void check_matrices(void) {
  static const char *const letters[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
  static const char *const alike[] = {"x", "abcdefgh1ijklmn", "abcdefgh2ijklmn"};
  static const char *const longer[] = {"a", "abcdefghijklmnop"};
  static const char *const ends[] = {"aaaaax11", "aaaaay22"}, *const within[] = {"aaaax1bb", "aaaay2cc"};
  static const char *const keyed[] = {"abcdefghijklmnopqrstuvwxy1abcd", "abcdefghijklmnopqrstuvwxy2abcd"};
  static const char *const six[] = {"alpha", "bravo", "charlie", "delta", "echo", "foxtrot"};
  check_matrix(1, letters, 1, -1, 24,
               "true | predicted\n"
               "     |    a\n"
               "   a |    1#\n");
  check_matrix(2, letters, 1234567, -1, 24,
               "true | predicted\n"
               "     |       a        b\n"
               "   a | 1234567#       0\n"
               "   b |       0  1234567#\n");
  check_matrix(2, letters, 12345678, -1, 24,
               "true | predicted, in %\n"
               "     |    a     b\n"
               "   a |  100#    0\n"
               "   b |    0   100#\n");
  check_matrix(2, letters, 12345678, 1, 24,
               "true | predicted, in %\n"
               "     |    a     b\n"
               "   a |  100#    0\n"
               "   b |\n");
  /* The heading is written in full where it has 34 columns. */
  check_matrix(8, letters, 1e6, -1, 39,
               "true | predicted, in %\n"
               "     |  a   b   c   d   e   f   g   h\n"
               "   a |100#  0   0   0   0   0   0   0\n"
               "   b |  0 100#  0   0   0   0   0   0\n"
               "   c |  0   0 100#  0   0   0   0   0\n"
               "   d |  0   0   0 100#  0   0   0   0\n"
               "   e |  0   0   0   0 100#  0   0   0\n"
               "   f |  0   0   0   0   0 100#  0   0\n"
               "   g |  0   0   0   0   0   0 100#  0\n"
               "   h |  0   0   0   0   0   0   0 100#\n");
  check_matrix(8, letters, 1e6, -1, 40,
               "true | predicted, in % of the true class\n"
               "     |  a   b   c   d   e   f   g   h\n"
               "   a |100#  0   0   0   0   0   0   0\n"
               "   b |  0 100#  0   0   0   0   0   0\n"
               "   c |  0   0 100#  0   0   0   0   0\n"
               "   d |  0   0   0 100#  0   0   0   0\n"
               "   e |  0   0   0   0 100#  0   0   0\n"
               "   f |  0   0   0   0   0 100#  0   0\n"
               "   g |  0   0   0   0   0   0 100#  0\n"
               "   h |  0   0   0   0   0   0   0 100#\n");
  check_matrix(2, longer, 1, -1, 60,
               "           true | predicted\n"
               "                |            a abcdefghijkl~\n"
               "              a |            1#            0\n"
               "abcdefghijklmn~ |            0             1#\n");
  check_matrix(3, alike, 1, -1, 24,
               "true | predicted\n"
               "     | a  b  c\n"
               "   a | 1# 0  0\n"
               "   b | 0  1# 0\n"
               "   c | 0  0  1#\n"
               "a x\n"
               "b abcdefgh1ijklmn\n"
               "c abcdefgh2ijklmn\n");
  check_matrix(2, ends, 1, -1, 24,
               "  true | predicted\n"
               "       |aaaaax~ aaaaay~\n"
               "aaa~11 |      1#      0\n"
               "aaa~22 |      0       1#\n");
  check_matrix(2, within, 1, -1, 24,
               "  true | predicted\n"
               "       |aaaax1~ aaaay2~\n"
               "aaaax~ |      1#      0\n"
               "aaaay~ |      0       1#\n");
  check_matrix(2, keyed, 1, -1, 24,
               "true | predicted\n"
               "     | a  b\n"
               "   a | 1# 0\n"
               "   b | 0  1#\n"
               "a abcdefghijk~uvwxy1abcd\n"
               "b abcdefghijk~uvwxy2abcd\n");
  check_matrix(3, alike, 1e6, -1, 24,
               "true | predicted, in %\n"
               "     |  a   b   c\n"
               "   a |100#  0   0\n"
               "   b |  0 100#  0\n"
               "   c |  0   0 100#\n"
               "a x\n"
               "b abcdefgh1ijklmn\n"
               "c abcdefgh2ijklmn\n");
  /* Names of rows are narrower where cells need the room, but not narrower than four columns. */
  check_matrix(6, six, 1e6, -1, 30,
               "true | predicted, in %\n"
               "     |al~ br~ ch~ de~ ec~ fo~\n"
               "alp~ |100#  0   0   0   0   0\n"
               "bra~ |  0 100#  0   0   0   0\n"
               "cha~ |  0   0 100#  0   0   0\n"
               "del~ |  0   0   0 100#  0   0\n"
               "echo |  0   0   0   0 100#  0\n"
               "fox~ |  0   0   0   0   0 100#\n");
  check_matrix(5, letters, 1e6, -1, 24, "(it needs more columns)\n");
  check_matrix(5, letters, 1e6, -1, 25, "(it needs more columns)\n");
  check_matrix(5, letters, 1e6, -1, 26,
               "true | predicted, in %\n"
               "     |  a   b   c   d   e\n"
               "   a |100#  0   0   0   0\n"
               "   b |  0 100#  0   0   0\n"
               "   c |  0   0 100#  0   0\n"
               "   d |  0   0   0 100#  0\n"
               "   e |  0   0   0   0 100#\n");
}

/* ---- pictures ---- */

static Mark *add_mark(Chart *chart, MarkKind kind, int series, int points, const double xy[][2]) {
  Mark *mark = mlm_panel_mark(&chart->panel[0], kind, series);
  for (int i = 0; i < points; i++) mlm_add_point(chart, &mark->points, xy[i][0], xy[i][1]);
  return mark;
}

/* Whether a letter stands in these columns of the picture, and in no others. */
static void check_places(Chart *chart, char letter, int places, const int *place) {
  char *text = draw(chart, 41, 8, false);
  int column = -1, found = 0; /* the axis is in the first column */
  bool right = true;
  for (const char *at = text; *at; at++) {
    if ((*at & 0xc0) == 0x80) continue;
    if (*at == letter) right = right && found < places && column == place[found++];
    column = *at == '\n' ? -1 : column + 1;
  }
  expect_for(right && found == places, "letters of a line", text);
  release(text);
}

/* Four letters of a series are a quarter of the line apart. The first one of series 1 has 1.5/5 of that
 * before it, of series 5 and 0 0.5/5. There are none on gaps, and none of a line that has no length. */
static void check_letters(void) {
  static const double across[][2] = {{0, 0.5}, {1, 0.5}}, twice[][2] = {{0.5, 0.5}, {0.5, 0.5}};
  static const double parts[][2] = {{0, 0.5}, {0.25, 0.5}, {0.75, 0.5}, {1, 0.5}};
  static const int fifth[] = {1, 11, 21, 31}, of_parts[] = {1, 6, 31, 36}, at_ends[] = {5, 20, 30, 39};
  static const double ending[][2] = {{0, 0.5}, {0.125, 0.5}, {0.25, 0.5}, {1, 0.5}, {1, 0.625}};
  Chart *chart = fresh();
  add_mark(chart, MARK_LINE, 5, 2, across);
  check_places(chart, 'f', 4, fifth);
  chart = fresh();
  add_mark(chart, MARK_LINE, 1, 4, parts)->points.at[2].apart = true;
  check_places(chart, 'b', 4, of_parts);
  chart = fresh();
  add_mark(chart, MARK_LINE, 2, 5, ending)->points.at[2].apart = true;
  check_places(chart, 'c', 4, at_ends);
  chart = fresh();
  add_mark(chart, MARK_LINE, 1, 1, twice);
  check_places(chart, 'b', 0, NULL);
  chart = fresh();
  add_mark(chart, MARK_LINE, 2, 2, twice);
  check_places(chart, 'c', 0, NULL);
}

/* Two cells, each of them a quarter of the width and half of the height. */
static void check_cells(void) {
  static const double corners[][2] = {{0.25, 0}, {0.5, 0.5}};
  Chart *chart = fresh();
  Mark *mark = add_mark(chart, MARK_CELLS, 0, 2, corners);
  mark->level = 4;
  mark->width = 0.25;
  mark->height = 0.5;
  check(chart, 25, 8,
        "\n|            ######\n|            ######\n|      ######\n|      "
        "######\n+------------------------\n\n\n");
}

/* A letter beside which nothing else stands. */
static void check_row(void) {
  uint8_t dots[16] = {0}, shade[16] = {0};
  char letter[16] = {0, 0, 0, 0, 0, 0, 0, 'a'};
  const Raster raster = {.columns = 4, .rows = 4, .dots = dots, .letter = letter, .shade = shade};
  StrBuf out = {.limit = 100, .host = &host};
  mlm_raster_row(&raster, 1, &out);
  mlm_str_add(&out, "", 1);
  expect_for(strcmp(out.bytes, "   a") == 0, "a row", out.bytes);
  release(out.bytes);
}

/* As many panels as a chart holds. */
static void check_panels(void) {
  static const char *const title[] = {"p1", "p2", "p3", "p4",  "p5",  "p6",
                                      "p7", "p8", "p9", "p10", "p11", "p12"};
  Chart *chart = fresh();
  chart->panel[0].title = title[0];
  for (int i = 1; i < MLM_MOST_PANELS; i++) {
    Panel *panel = mlm_chart_panel(chart, 10);
    panel->x.label = panel->y.label = "";
    panel->title = title[i];
  }
  char *text = draw(chart, 24, 10, true);
  for (int i = 0; i < MLM_MOST_PANELS; i++) expect_for(strstr(text, title[i]) != NULL, title[i], text);
  release(text);
}

int main(void) {
  check_empty();
  check_columns();
  check_labels();
  check_narrow();
  check_alike();
  check_legend();
  check_matrices();
  check_letters();
  check_cells();
  check_row();
  check_panels();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
