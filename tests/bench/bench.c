/* Ratios of the metrics to the floor of a scan, interleaved in one process: bench FOLDER ROWS ROUNDS.
 *
 * Every query runs between two runs of its floor, and its ratio is to their mean; shown are the median and
 * the middle half of the rounds. Times depend on the machine, ratios to the floor hardly do. One JSON line a
 * figure goes to FOLDER/bench.jsonl.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { MOST_QUERIES = 16, FLOOR_NS = 52 /* what the floor took a row where the targets in ns were set */ };

/* A query is `begin` + what is written here + `end`. */
typedef struct Query {
  const char *what;
  double target;     /* 0: none */
  const char *floor; /* NULL: noop2(score, label), whose second column is a small integer */
  const char *name;  /* as shown; NULL: `what` */
} Query;

/* Queries that share a floor. */
typedef struct Section {
  const char *title, *begin, *end, *table;
  int64_t most; /* rows; 0: all of the table */
  bool in_ns;   /* show the time a row over the floor, not the ratio to it */
  bool across;  /* each query names its table, and its floor is another query */
  Query query[MOST_QUERIES];
} Section;

static const char plain_floor[] = "noop2(score, label)";

#define FIT      "'{\"method\":\"isotonic\",\"x\":[0,0.2,0.3,0.6,0.8,1],\"y\":[0,0.1,0.1,0.5,0.8,1]}'"
#define ALL_ROWS "roc_auc(score, label) FROM preds"

static const Section sections[] = {
    {.title = "all scores distinct",
     .table = "preds",
     .begin = "SELECT ",
     .end = " FROM preds",
     .query = {{"noop2(logit, label)", 0, NULL, NULL},
               {"noop2(score, logit)", 0, NULL, NULL},
               {"noop3(score, label, 0.5)", 0, NULL, NULL},
               {"mse(score, label)", 1.10, NULL, NULL},
               {"mse(score, logit)", 1.10, "noop2(score, logit)", NULL},
               {"bce_logits(logit, label)", 1.25, NULL, NULL},
               {"log_loss(score, label)", 1.35, NULL, NULL},
               {"f1_at(score, label, 0.5)", 1.22, NULL, NULL},
               {"roc_auc(score, label)", 1.50, NULL, NULL},
               {"best_cutoff(score, label)", 1.50, NULL, NULL},
               {"average_precision(score, label)", 1.50, NULL, NULL},
               {"ks(score, label)", 1.50, NULL, NULL},
               {"evaluate_binary(score, label)", 1.80, NULL, NULL}}},
    {.title = "10,000 distinct scores",
     .table = "coarse",
     .begin = "SELECT ",
     .end = " FROM coarse",
     .query = {{"roc_auc(score, label)", 1.50, NULL, NULL},
               {"best_cutoff(score, label)", 1.50, NULL, NULL},
               {"average_precision(score, label)", 1.50, NULL, NULL},
               {"ks(score, label)", 1.50, NULL, NULL},
               {"evaluate_binary(score, label)", 1.50, NULL, NULL}}},
    {.title = "two models of the same rows, over roc_auc of one",
     .table = "preds",
     .begin = "SELECT ",
     .end = " FROM preds",
     .query = {{"delong_test(score, logit, label)", 2.0, "roc_auc(score, label)", NULL}}},
    {.title = "a fit applied to each score, over max(score)",
     .table = "preds",
     .begin = "SELECT max(",
     .end = ") FROM preds",
     .query = {{"calibrate(" FIT ", score)", 1.3, "score", "calibrate"}, {"abs(score)", 0, "score", "abs"}}},
    {.title = "GROUP BY, 10 rows a group: ns a row over the floor, where the plain floor takes 52 ns",
     .table = "grouped",
     .begin = "SELECT ",
     .end = " FROM grouped GROUP BY part",
     .in_ns = true,
     .query = {{"mse(score, label)", 30, NULL, NULL}, {"roc_auc(score, label)", 60, NULL, NULL}}},
    {.title = "window ROWS 999 PRECEDING",
     .table = "preds",
     .begin = "SELECT ",
     .end = " OVER (ORDER BY id ROWS 999 PRECEDING) FROM preds WHERE id <= 200000",
     .most = 200000,
     .query = {{"mse(score, label)", 1.10, NULL, NULL},
               {"roc_auc(score, label)", 1.35, NULL, NULL},
               {"best_cutoff(score, label)", 1.65, NULL, NULL}}},
    {.title = "window ROWS 99999 PRECEDING",
     .table = "preds",
     .begin = "SELECT ",
     .end = " OVER (ORDER BY id ROWS 99999 PRECEDING) FROM preds WHERE id <= 400000",
     .most = 400000,
     .query = {{"roc_auc(score, label)", 1.70, NULL, NULL}}},
    {.title = "packed columns: times the same over rows",
     .table = "preds",
     .begin = "SELECT ",
     .end = "",
     .across = true,
     .query = {{"mse(scores, labels) FROM packed", 0.13, "mse(score, label) FROM preds", "mse"},
               {"log_loss(scores, labels) FROM packed", 0.25, "log_loss(score, label) FROM preds",
                "log_loss"},
               {"bce_logits(logits, labels) FROM packed", 0, "bce_logits(logit, label) FROM preds",
                "bce_logits"},
               {"roc_auc(scores, labels) FROM packed", 0.35, "roc_auc(score, label) FROM preds", "roc_auc"},
               {"best_cutoff(scores, labels) FROM packed", 0.4, "best_cutoff(score, label) FROM preds",
                "best_cutoff"},
               {"evaluate_binary(scores, labels) FROM packed", 0.5,
                "evaluate_binary(score, label) FROM preds", "evaluate_binary"}}},
    {.title = "1000 keys, keyed sets and GROUP BY: times roc_auc of all rows",
     .table = "preds",
     .begin = "SELECT ",
     .end = "",
     .across = true,
     .query = {{"noop3(id % 1000, score, label) FROM preds", 0, ALL_ROWS, "noop3(key, score, label)"},
               {"length(score_sets(id % 1000, score, label)) FROM preds", 0, ALL_ROWS,
                "score_sets(key, score, label)"},
               {"count(auc) FROM (SELECT key, roc_auc(state) AS auc FROM each_set((SELECT score_sets(id % "
                "1000, score, "
                "label) FROM preds)) GROUP BY key)",
                1.6, ALL_ROWS, "roc_auc of each_set(score_sets(…))"},
               {"count(auc) FROM (SELECT roc_auc(score, label) AS auc FROM preds GROUP BY id % 1000)", 0,
                ALL_ROWS, "roc_auc, GROUP BY key"}}},
    {.title = "saved sets of 10,000 rows: times roc_auc of all rows",
     .table = "preds",
     .begin = "SELECT ",
     .end = "",
     .across = true,
     .query = {{"length(score_set(score, label)) FROM preds", 0, ALL_ROWS,
                "score_set(score, label), one set"},
               {"roc_auc(saved) FROM sets", 0, ALL_ROWS, "roc_auc(set) of all sets"},
               {"count(auc) FROM (SELECT roc_auc(saved) AS auc FROM sets GROUP BY rowid)", 0, ALL_ROWS,
                "roc_auc(set) of each set"}}},
    {.title =
         "bootstrap, 1000 samples of 30,000 rows: ns a row over score_set, where the plain floor takes 52 ns",
     .table = "preds",
     .begin = "SELECT ",
     .end = " FROM preds WHERE id <= 30000",
     .most = 30000,
     .in_ns = true,
     .query = {{"bootstrap_ci(score_set(score, label), 'roc_auc')", 5000, "score_set(score, label)", NULL},
               {"bootstrap_ci(score_set(score, label), 'average_precision')", 0, "score_set(score, label)",
                NULL},
               {"bootstrap_ci(score_set(score, label), 'log_loss')", 0, "score_set(score, label)", NULL},
               {"compare_ci(score, logit, label, 'roc_auc')", 0, "score_set(score, label)", NULL}}},
};

typedef struct Bench {
  sqlite3 *db;
  FILE *json;
  int64_t rows;
  int rounds;
} Bench;

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* One figure: a line of the table and a line of JSON. */
static void report(const Bench *bench, const char *section, const char *what, const char *unit, int64_t rows,
                   Spread s, double target) {
  const char *status = target == 0 ? "" : s.median <= target ? "ok" : "OVER";
  char wanted[24] = "";
  if (target > 0) snprintf(wanted, sizeof wanted, "%.4g", target);
  printf("  %-34s %8.3f  %8.3f .. %-8.3f %6s  %s\n", what, s.median, s.low, s.high, wanted, status);
  fflush(stdout);
  fprintf(bench->json,
          "{\"section\":\"%s\",\"figure\":\"%s\",\"unit\":\"%s\",\"rows\":%lld,\"median\":%.4f,\"low\":%.4f,"
          "\"high\":%.4f,\"target\":",
          section, what, unit, (long long)rows, s.median, s.low, s.high);
  if (target > 0)
    fprintf(bench->json, "%.4g,\"ok\":%s}\n", target, s.median <= target ? "true" : "false");
  else
    fprintf(bench->json, "null,\"ok\":null}\n");
  fflush(bench->json);
}

static void heading(const char *title, const char *unit) {
  printf("\n%s\n  %-34s %8s  %20s %6s\n", title, "", unit, "middle half     ", "target");
}

static double time_of(const Bench *bench, const Section *section, const char *what) {
  char *sql = sqlite3_mprintf("%s%s%s", section->begin, what, section->end);
  double seconds = seconds_of(bench->db, sql);
  sqlite3_free(sql);
  return seconds;
}

/* floor, query, floor, query, floor …: the queries' neighbours. */
static void measure(const Bench *bench, const Section *section, Series *ratio, Series *over) {
  const char *last = "";
  double before = 0;
  for (int i = 0; i < MOST_QUERIES && section->query[i].what; i++) {
    const char *floor = section->query[i].floor ? section->query[i].floor : plain_floor;
    if (floor != last) before = time_of(bench, section, floor);
    double here = time_of(bench, section, section->query[i].what);
    double after = time_of(bench, section, floor);
    series_put(&ratio[i], here / ((before + after) / 2));
    series_put(&over[i], here - (before + after) / 2);
    before = after;
    last = floor;
  }
}

static void run_section(const Bench *bench, const Section *section) {
  Series ratio[MOST_QUERIES] = {{0}}, over[MOST_QUERIES] = {{0}}, unit = {0};
  char *count = sqlite3_mprintf("SELECT count(*) FROM %s", section->table);
  int64_t rows = ask_integer(bench->db, count);
  sqlite3_free(count);
  if (section->most) rows = least(rows, section->most);
  char *plain = sqlite3_mprintf("SELECT %s FROM preds WHERE id <= %lld", plain_floor, (long long)rows);
  seconds_of(bench->db, plain);
  for (int round = 0; round < bench->rounds; round++) {
    measure(bench, section, ratio, over);
    if (section->in_ns) series_put(&unit, seconds_of(bench->db, plain));
  }
  heading(section->title, section->in_ns ? "ns" : section->across ? "ratio" : "x floor");
  for (int i = 0; i < MOST_QUERIES && section->query[i].what; i++) {
    Series shown = ratio[i];
    for (int r = 0; r < shown.n && section->in_ns; r++) shown.x[r] = over[i].x[r] / unit.x[r] * FLOOR_NS;
    const Query *query = &section->query[i];
    report(bench, section->title, query->name ? query->name : query->what, section->in_ns ? "ns" : "ratio",
           rows, spread_of(&shown), query->target);
  }
  sqlite3_free(plain);
}

/* The time a row at all rows over the time a row at fewer. */
static void run_linear(const Bench *bench) {
  const char *const query[] = {"noop2(score, label)", "mse(score, label)", "roc_auc(score, label)"};
  int64_t few = bench->rows / 10 < 1000000 ? 1000000 : bench->rows / 10;
  if (few >= bench->rows) return;
  char *title = sqlite3_mprintf("time a row, %lld rows over %lld", (long long)bench->rows, (long long)few);
  heading(title, "ratio");
  for (int i = 0; i < 3; i++) {
    Series ratio = {0};
    char *small = sqlite3_mprintf("SELECT %s FROM preds WHERE id <= %lld", query[i], (long long)few);
    char *large = sqlite3_mprintf("SELECT %s FROM preds WHERE id <= %lld", query[i], (long long)bench->rows);
    double scale = (double)few / (double)bench->rows;
    for (int round = 0; round < bench->rounds; round++) {
      double before = seconds_of(bench->db, small), all = seconds_of(bench->db, large);
      series_put(&ratio, all * scale / ((before + seconds_of(bench->db, small)) / 2));
    }
    report(bench, "linear", query[i], "ratio", bench->rows, spread_of(&ratio), i ? 1.10 : 0);
    sqlite3_free(small);
    sqlite3_free(large);
  }
  sqlite3_free(title);
}

/* Bytes a row beyond what the floor takes. */
static void run_memory(const Bench *bench) {
  static const struct {
    const char *what, *table;
    double target;
  } query[] = {{"mse(score, label)", "preds", 0.01},
               {"roc_auc(score, label)", "preds", 8.5},
               {"best_cutoff(score, label)", "preds", 8.5},
               {"evaluate_binary(score, label)", "preds", 8.5},
               {"roc_auc(score, label)", "coarse", 1}};
  heading("memory: bytes a row over the floor, asked of SQLite; then resident", "bytes");
  for (int i = 0; i < 5; i++) {
    char *count = sqlite3_mprintf("SELECT count(*) FROM %s", query[i].table);
    char *plain = sqlite3_mprintf("SELECT %s FROM %s", plain_floor, query[i].table);
    char *sql = sqlite3_mprintf("SELECT %s FROM %s", query[i].what, query[i].table);
    char *what = sqlite3_mprintf("%s, %s", query[i].what, query[i].table);
    double rows = (double)ask_integer(bench->db, count);
    peak_resident(true);
    double floor = (double)memory_of(bench->db, plain), floor_resident = (double)peak_resident(true);
    double bytes = ((double)memory_of(bench->db, sql) - floor) / rows;
    double resident = fmax((double)peak_resident(false) - floor_resident, 0) / rows;
    report(bench, "memory", what, "bytes", (int64_t)rows, (Spread){bytes, bytes, bytes}, query[i].target);
    report(bench, "resident memory", "", "bytes", (int64_t)rows, (Spread){resident, resident, resident}, 0);
    sqlite3_free(count);
    sqlite3_free(plain);
    sqlite3_free(sql);
    sqlite3_free(what);
  }
}

/* words: some of the title; NULL: all sections. */
static bool is_wanted(const char *title, const char *message) { return !message || strstr(title, message); }

int main(int argc, char **argv) {
  if (argc < 4 || argc > 5 || atoll(argv[2]) < 1 || atoi(argv[3]) < 1 || atoi(argv[3]) > MOST_ROUNDS) {
    fprintf(stderr,
            "bench FOLDER ROWS ROUNDS [SECTION], at most %d rounds; a section by words of its title, or "
            "linear, or memory\n",
            MOST_ROUNDS);
    return 2;
  }
  char *path = sqlite3_mprintf("%s/bench.jsonl", argv[1]);
  Bench bench = {.db = open_bench(argv[1], atoll(argv[2])), .rows = atoll(argv[2]), .rounds = atoi(argv[3])};
  bench.json = fopen(path, "w");
  if (!bench.json) {
    fprintf(stderr, "bench: cannot write %s\n", path);
    return 1;
  }
  run_query(
      bench.db,
      "CREATE TEMP TABLE sets AS SELECT state AS saved FROM each_set((SELECT score_sets(id / 10000, score, "
      "label) FROM preds))");
  double first = seconds_of(bench.db, "SELECT noop2(score, label) FROM preds");
  first = seconds_of(bench.db, "SELECT noop2(score, label) FROM preds");
  printf("%lld rows, %d rounds, SQLite %s; the floor, noop2(score, label), takes about %.0f ns a row here\n",
         (long long)bench.rows, bench.rounds, sqlite3_libversion(), 1e9 * first / (double)bench.rows);
  for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
    if (is_wanted(sections[i].title, argv[4])) run_section(&bench, &sections[i]);
  if (is_wanted("linear", argv[4])) run_linear(&bench);
  if (is_wanted("memory", argv[4])) run_memory(&bench);
  printf("\nfigures: %s\n", path);
  fclose(bench.json);
  sqlite3_close(bench.db);
  sqlite3_free(path);
  return 0;
}
