/* The SVG of confusion matrices made by hand: every line of three of them; and of others, of one size after
 * another, where cells begin, how wide they are, and what is cut. */
#include "charts/svg_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum { MOST = 8 };

typedef struct Picture {
  const char *what, *wanted;
  double width, height; /* of the panel, with its margins on both sides */
  const char *title;
  size_t n;
  const char *name[MOST];
  double count[MOST * MOST + 1]; /* one behind the last, which is not drawn */
} Picture;

/* Draws a picture; the text is to be given to release(). */
static char *draw(const Picture *of) {
  const SvgBox box = {MLM_SVG_MARGIN, 50, of->width, of->height};
  const char *name[MOST];
  double share[MOST * MOST];
  bool integral = true;
  for (size_t i = 0; i < of->n; i++) {
    double sum = 0;
    name[i] = of->name[i] ? of->name[i] : "";
    for (size_t j = 0; j < of->n; j++) sum += of->count[i * of->n + j];
    for (size_t j = 0; j < of->n; j++) {
      const double count = of->count[i * of->n + j];
      share[i * of->n + j] = count / sum;
      integral &= count == floor(count);
    }
  }
  const ChartMatrix matrix = {of->n, name, of->count, share, integral};
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  Panel *panel = mlm_chart_panel(chart, of->height);
  panel->title = of->title;
  panel->matrix = &matrix;
  StrBuf svg = {.limit = 1 << 20, .host = &host};
  mlm_svg_matrix(chart, panel, &box, &svg);
  mlm_str_add(&svg, "", 1);
  expect_for(!chart->status && !svg.status, "drawn", of->what);
  mlm_chart_free(chart);
  return svg.bytes;
}

/* Appends what stands between two texts, the first one of which `line` contains. */
static void take(char *to, const char *line, const char *before, const char *behind) {
  const char *at = strstr(line, before), *end = at ? strstr(at += strlen(before), behind) : NULL;
  if (end) sprintf(to + strlen(to), "%.*s ", (int)(end - at), at);
}

/* Where the first cell begins, and its width; where the word "predicted" stands; what columns show that are
 * not names; the slanted names; the title. */
static void summary(char *svg, char to[1000]) {
  const char *cell = strstr(svg, "<rect"), *word = strstr(svg, ">predicted");
  *to = 0;
  take(to, cell, " x=\"", "\"");
  take(to, cell, "width=\"", "\"");
  while (strncmp(word, "<text", 5) != 0) word--;
  take(to, word, "x=\"", "\"");
  strcat(to, strstr(svg, "% of true class") ? "shares " : strstr(svg, "%</text>") ? "both " : "");
  for (const char *name = svg; (name = strstr(name, "rotate")); name++) take(to, name, ">", "<");
  if (strstr(svg, "\"title")) take(to, svg, "name\">", "<");
  to[strlen(to) - 1] = 0;
}

static const Picture in_full[] = {
    /* Names have 60, a fifth of 300; cells 120, and 37 of the height below 36. Of the first row 75.0 and 25.0
       %. */
    {"counts above shares",
     "<text x=\"12\" y=\"46\" class=\"title name\">of two</text>\n"
     "<text x=\"192\" y=\"64\" class=\"small soft\" text-anchor=\"middle\">predicted</text>\n"
     "<text x=\"64\" y=\"80\" class=\"small soft\" text-anchor=\"end\">true</text>\n"
     "<text x=\"132\" y=\"80\" class=\"small name\" text-anchor=\"middle\">no</text>\n"
     "<text x=\"64\" y=\"108.5\" class=\"small name\" text-anchor=\"end\">no</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.342\" x=\"72\" y=\"86\" width=\"118\" height=\"35\"/>\n"
     "<text x=\"132\" y=\"102.5\" text-anchor=\"middle\">1234567</text>\n"
     "<text x=\"132\" y=\"117.5\" class=\"small\" text-anchor=\"middle\">75.0%</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.128\" x=\"192\" y=\"86\" width=\"118\" height=\"35\"/>\n"
     "<text x=\"252\" y=\"102.5\" text-anchor=\"middle\">411523</text>\n"
     "<text x=\"252\" y=\"117.5\" class=\"small\" text-anchor=\"middle\">25.0%</text>\n"
     "<text x=\"252\" y=\"80\" class=\"small name\" text-anchor=\"middle\">yes</text>\n"
     "<text x=\"64\" y=\"145.5\" class=\"small name\" text-anchor=\"end\">yes</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"72\" y=\"123\" width=\"118\" height=\"35\"/>\n"
     "<text x=\"132\" y=\"139.5\" text-anchor=\"middle\">0</text>\n"
     "<text x=\"132\" y=\"154.5\" class=\"small\" text-anchor=\"middle\">0.0%</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.450\" x=\"192\" y=\"123\" width=\"118\" height=\"35\"/>\n"
     "<text x=\"252\" y=\"139.5\" text-anchor=\"middle\">7</text>\n"
     "<text x=\"252\" y=\"154.5\" class=\"small\" text-anchor=\"middle\">100.0%</text>\n",
     300,
     110,
     "of two",
     2,
     {"no", "yes"},
     {1234567, 411523, 0, 7, 1e17}},
    /* Names have 60, three tenths of 200; cells 46.7. Cells 36 high have no shares, nor has a class without
       labels. */
    {"no shares in cells 36 high, nor of a class without labels",
     "<text x=\"142\" y=\"64\" class=\"small soft\" text-anchor=\"middle\">predicted</text>\n"
     "<text x=\"64\" y=\"80\" class=\"small soft\" text-anchor=\"end\">true</text>\n"
     "<text x=\"95.3\" y=\"80\" class=\"small name\" text-anchor=\"middle\">a</text>\n"
     "<text x=\"64\" y=\"108\" class=\"small name\" text-anchor=\"end\">a</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.343\" x=\"72\" y=\"86\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"95.3\" y=\"108\" text-anchor=\"middle\">1.5</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.128\" x=\"118.7\" y=\"86\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"142\" y=\"108\" text-anchor=\"middle\">0.5</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"165.3\" y=\"86\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"188.7\" y=\"108\" text-anchor=\"middle\">0.0</text>\n"
     "<text x=\"142\" y=\"80\" class=\"small name\" text-anchor=\"middle\">b</text>\n"
     "<text x=\"64\" y=\"144\" class=\"small name\" text-anchor=\"end\">b</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"72\" y=\"122\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"95.3\" y=\"144\" text-anchor=\"middle\">0.0</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"118.7\" y=\"122\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"142\" y=\"144\" text-anchor=\"middle\">0.0</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"165.3\" y=\"122\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"188.7\" y=\"144\" text-anchor=\"middle\">0.0</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"72\" y=\"158\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"95.3\" y=\"180\" text-anchor=\"middle\">0.0</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"118.7\" y=\"158\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"142\" y=\"180\" text-anchor=\"middle\">0.0</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.450\" x=\"165.3\" y=\"158\" width=\"44.7\" height=\"34\"/>\n"
     "<text x=\"188.7\" y=\"180\" text-anchor=\"middle\">2.2</text>\n",
     200,
     36 + 3 * 36,
     NULL,
     3,
     {"a", "b"},
     {1.5, 0.5, 0, 0, 0, 0, 0, 0, 2.25}},
    /* Names have 72, 0.45 of 160; they are slanted, below a head of 84. The last one ends at the edge. */
    {"slanted names",
     "<text x=\"12\" y=\"46\" class=\"title name\">a title that is \xe2\x80\xa6</text>\n"
     "<text x=\"122\" y=\"64\" class=\"small soft\" text-anchor=\"middle\">predicted</text>\n"
     "<text x=\"64\" y=\"128\" class=\"small soft\" text-anchor=\"end\">true</text>\n"
     "<text class=\"small name\" transform=\"translate(97 128) rotate(-50)\">setosa</text>\n"
     "<text x=\"64\" y=\"167\" class=\"small name\" text-anchor=\"end\">setosa</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.450\" x=\"72\" y=\"134\" width=\"48\" height=\"56\"/>\n"
     "<text x=\"97\" y=\"161\" text-anchor=\"middle\">50</text>\n"
     "<text x=\"97\" y=\"176\" class=\"small\" text-anchor=\"middle\">100.0%</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.020\" x=\"122\" y=\"134\" width=\"48\" height=\"56\"/>\n"
     "<text x=\"147\" y=\"161\" text-anchor=\"middle\">0</text>\n"
     "<text x=\"147\" y=\"176\" class=\"small\" text-anchor=\"middle\">0.0%</text>\n"
     "<text class=\"small name\" transform=\"translate(147 128) rotate(-50)\">versico\xe2\x80\xa6</text>\n"
     "<text x=\"64\" y=\"225\" class=\"small name\" text-anchor=\"end\">versic\xe2\x80\xa6</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.046\" x=\"72\" y=\"192\" width=\"48\" height=\"56\"/>\n"
     "<text x=\"97\" y=\"219\" text-anchor=\"middle\">3</text>\n"
     "<text x=\"97\" y=\"234\" class=\"small\" text-anchor=\"middle\">6.0%</text>\n"
     "<rect class=\"f0\" fill-opacity=\"0.424\" x=\"122\" y=\"192\" width=\"48\" height=\"56\"/>\n"
     "<text x=\"147\" y=\"219\" text-anchor=\"middle\">47</text>\n"
     "<text x=\"147\" y=\"234\" class=\"small\" text-anchor=\"middle\">94.0%</text>\n",
     160,
     200,
     "a title that is too long for it",
     2,
     {"setosa", "versicolor & more"},
     {50, 0, 3, 47}},
};

/* ---- layouts ---- */

#define WIDE_NAME "a name that is wider than it may be"

static const Picture summed_up[] = {
    {"names have as much as they need", "123.7 286.3 267.9 both", 400, 100, NULL, 1, {"xxxxxxxxxxxAZ"}, {7}},
    {"names have no more than 0.45 of 400",
     "192 218 302 xxxxxxxx\xe2\x80\xa6",
     400,
     100,
     NULL,
     1,
     {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
     {7}},
    {"names have 80 of 180, so that two cells have 50 each for shares",
     "92 48 142 a name t\xe2\x80\xa6 b",
     180,
     100,
     NULL,
     2,
     {WIDE_NAME, "b"},
     {7, 7, 7, 7, 1111111}},
    {"names have 0.45 of 250 where even cells are not above 50",
     "124.5 27.5 183.5 a name t\xe2\x80\xa6 b",
     250,
     100,
     NULL,
     4,
     {WIDE_NAME, "b"},
     {7}},
    {"cells of 42.5 for a count of five digits",
     "53 40.5 95.5 a name t\xe2\x80\xa6 b",
     126,
     100,
     NULL,
     2,
     {WIDE_NAME, "b"},
     {1, 22222, 3, 4}},
    {"cells of 42.5 where the first count has five digits",
     "53 40.5 95.5 a name t\xe2\x80\xa6 b",
     126,
     100,
     NULL,
     2,
     {WIDE_NAME, "b"},
     {11111, 22, 3, 4}},
    {"names have at least a fifth of 250", "62 98 162", 250, 100, NULL, 2, {"a", "b"}, {1, 2, 3, 4}},
    {"names have at least 0.3 of 249.5", "86.8 85.3 174.2", 249.5, 100, NULL, 2, {"a", "b"}, {1, 2, 3, 4}},
    {"names have at least a fifth of 250.5",
     "62.1 98.2 162.3",
     250.5,
     100,
     NULL,
     2,
     {"a", "b"},
     {1, 2, 3, 4}},
    {"counts of three digits have room in cells of 27.5",
     "67 25.5 177 a name t\xe2\x80\xa6 b",
     275,
     100,
     NULL,
     8,
     {WIDE_NAME, "b"},
     {100, 2}},
    {"a count 19 wide has no room in cells of 19", "69 17 129.3 shares", 190, 100, NULL, 7, {""}, {10, 2}},
    {"shares in place of counts have 26.5 where even cells are 30",
     "100 24.5 206 shares a name t\xe2\x80\xa6 b",
     300,
     100,
     NULL,
     8,
     {WIDE_NAME, "b"},
     {10000, 2}},
    {"shares in place of counts have 26.5 where even cells are 34",
     "140 24.5 246 shares a name t\xe2\x80\xa6 b",
     340,
     100,
     NULL,
     8,
     {WIDE_NAME, "b"},
     {10000, 2}},
    {"shares in place of counts have 21 where even cells are 21",
     "75 19 148.5 shares a name t\xe2\x80\xa6 b",
     210,
     100,
     NULL,
     7,
     {WIDE_NAME, "b"},
     {10000, 2}},
    {"shares in place of counts have 26.5 where even cells are 26.5",
     "65 24.5 171 shares a name t\xe2\x80\xa6 b",
     265,
     100,
     NULL,
     8,
     {WIDE_NAME, "b"},
     {10000, 2}},
    {"names are slanted where the first is wider than its cell",
     "57 25.5 84.5 xxxxx b",
     100,
     100,
     NULL,
     2,
     {"xxxxx", "b"},
     {1, 2, 3, 4}},
    {"names are slanted where the last is wider than its cell",
     "57 25.5 84.5 b xxxxx",
     100,
     100,
     NULL,
     2,
     {"b", "xxxxx"},
     {1, 2, 3, 4}},
    {"a name that just has room", "48 26 90", 120, 100, NULL, 3, {"b", "xxii"}, {1}},
    {"a name that just has no room is slanted", "48 26 90 b AAx", 120, 100, NULL, 3, {"b", "AAx"}, {1}},
    /* Two shares side by side, such as 50.0% and 50.0%, would run into each other in narrower cells. */
    {"counts alone in cells of 39", "90 37 246", 390, 340, NULL, 8, {"a"}, {10}},
    {"shares below counts in cells of 39.6", "91.2 37.6 249.6 both", 396, 340, NULL, 8, {"a"}, {10}},
    {"counts alone in cells of 32.5, four in half of a picture",
     "67.8 30.5 132.9",
     186,
     190,
     NULL,
     4,
     {"a"},
     {10, 10}},
    {"shares below counts in cells of 43.4, three in half of a picture",
     "67.8 41.4 132.9 both",
     186,
     190,
     NULL,
     3,
     {"a"},
     {10, 10}},
    {"a title that just has room",
     "60 54 116 both xxxxxxxxxiiiiiii",
     160,
     190,
     "xxxxxxxxxiiiiiii",
     2,
     {"a"},
     {10, 10}},
    {"a title that just has no room is cut",
     "60 54 116 both xxxxxxxxxxxii\xe2\x80\xa6",
     160,
     190,
     "xxxxxxxxxxxiiii",
     2,
     {"a"},
     {10, 10}},
    {"names that differ in what shows",
     "62 48 112 both xxxxxxxxA xxxxxx\xe2\x80\xa6",
     150,
     190,
     NULL,
     2,
     {"xxxxxxxxA", "xxxxxxxxB"},
     {10, 10}},
    {"names that differ in what does not",
     "79.5 18 109.5 b xxxx\xe2\x80\xa6xxxA xxxx\xe2\x80\xa6xxB",
     150,
     190,
     NULL,
     3,
     {"b", "xxxxxxxxxxA", "xxxxxxxxxxB"},
     {10, 10}},
    {"names that do not differ",
     "62 48 112 both xxxxxxxx\xe2\x80\xa6 xxxxxx\xe2\x80\xa6",
     150,
     190,
     NULL,
     2,
     {"xxxxxxxxxxA", "xxxxxxxxxxA"},
     {10, 10}},
};

static void check_text(const Picture *of, const char *got) {
  expect_for(strcmp(got, of->wanted) == 0, of->what, got);
}

/* ---- cuts ---- */

/* Texts as wide as their room stay; a text of one column is not cut, as nothing would be left of it. */
static void check_cuts(void) {
  static const struct {
    const char *text, *wanted;
    double units;
  } cuts[] = {{"xx", "xx", 16}, {"xx", "\xe2\x80\xa6", 15}, {"W", "W", 5}, {"xxx", "x\xe2\x80\xa6", 16}};
  Chart *chart = mlm_chart_new(&host);
  if (!chart) exit(2);
  for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
    const char *got = mlm_svg_cut(chart, cuts[i].text, cuts[i].units, false);
    expect_for(strcmp(got, cuts[i].wanted) == 0, cuts[i].text, got);
  }
  mlm_chart_free(chart);
}

int main(void) {
  for (size_t i = 0; i < sizeof in_full / sizeof *in_full; i++) {
    char *svg = draw(&in_full[i]);
    check_text(&in_full[i], svg);
    release(svg);
  }
  for (size_t i = 0; i < sizeof summed_up / sizeof *summed_up; i++) {
    char text[1000], *svg = draw(&summed_up[i]);
    summary(svg, text);
    check_text(&summed_up[i], text);
    release(svg);
  }
  check_cuts();
  expect(live_bytes == 0, "memory left behind", (long)live_bytes);
  return end_of_tests();
}
