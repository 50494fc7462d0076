/* Saved states that no aggregate writes, made by hand: empty sets, bytes behind the end, parameters that no
 * row can have had. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corner.h"
#include "state/blob.h"
#include "state/row.h"
#include "tables.h"

static sqlite3 *db;

/* Makes a table of the one saved state written. */
static void keep_state(Writer out) {
  sqlite3_stmt *insert;
  mlm_write_end(&out);
  sqlite3_exec(db, "DROP TABLE IF EXISTS forged; CREATE TABLE forged(s)", NULL, NULL, NULL);
  sqlite3_prepare_v2(db, "INSERT INTO forged VALUES (?1)", -1, &insert, NULL);
  sqlite3_bind_blob64(insert, 1, out.bytes, out.n, release);
  sqlite3_step(insert);
  sqlite3_finalize(insert);
}

static void make_state(const char *name, size_t n, const uint64_t *payload) {
  Writer out = {.limit = 1000, .host = &host};
  mlm_write_header(&out, name);
  mlm_write_varint(&out, 0); /* no parameters */
  for (size_t i = 0; i < n; i++) mlm_write_varint(&out, payload[i]);
  keep_state(out);
}

/* Writes the bytes that hexadecimal digits say. */
static void write_hex(Writer *out, const char *hex) {
  for (const char *at = hex; *at; at += 2) {
    const char digits[3] = {at[0], at[1], 0};
    uint8_t byte = (uint8_t)strtoul(digits, NULL, 16);
    mlm_write_bytes(out, &byte, 1);
  }
}

/* The saved state of a function of another name: its rows are of another kind. */
static void rename_state(const char *state, const char *from, const char *to) {
  bool error;
  char *sql = sqlite3_mprintf("SELECT hex(%s)", state), *hex = rows_of(db, sql, &error);
  Writer old = {.limit = 1000, .host = &host}, out = old;
  mlm_write_header(&old, from);
  mlm_write_header(&out, to);
  expect_for(!error && strlen(hex) > 2 * old.n, "a state", state);
  write_hex(&out, hex + 2 * old.n);
  release(old.bytes);
  keep_state(out);
  sqlite3_free(sql);
  sqlite3_free(hex);
}

static void write_number(const char *name, double x, Writer *out) {
  mlm_write_bytes(out, &(uint8_t){(uint8_t)strlen(name)}, 1);
  mlm_write_bytes(out, name, strlen(name));
  mlm_write_bytes(out, "", 1); /* a number */
  mlm_write_double(out, x);
}

/* A parameter that a state holds must be one that rows could have had, and stand there once: neither twice
 * nor not at all. */
static void forge_held(const char *f, const char *args, const char *name, const char *param, double held,
                       int times, bool good) {
  bool error;
  char *sql = sqlite3_mprintf("SELECT hex(%s_state(%s))", f, args), *hex = rows_of(db, sql, &error);
  Writer out = {.limit = 1000, .host = &host};
  mlm_write_header(&out, name);
  mlm_write_bytes(&out, &(uint8_t){(uint8_t)times}, 1);
  uint64_t before = out.n;
  write_number(param, held, &out);
  size_t skipped = 2 * out.n;
  if (times == 0) out.n = before;
  for (int i = 1; i < times; i++) write_number(param, held, &out);
  if (strlen(hex) > skipped) write_hex(&out, hex + skipped);
  keep_state(out);
  sqlite3_free(sql);
  sql = sqlite3_mprintf("SELECT %s(s) = %s(%s) FROM forged", f, f, args);
  check_corner(db, sql, good ? "1" : "!its contents are inconsistent");
  sqlite3_free(sql);
  sqlite3_free(hex);
}

static void forge_parameters(void) {
  static const double smoothing[] = {-0.0, -0.1, 1, 2, INFINITY, -INFINITY, NAN},
                      k[] = {0, -0.0, 0.5, 1.5, -1, 4294967296, INFINITY, NAN};
  for (size_t i = 0; i < sizeof smoothing / sizeof *smoothing; i++)
    forge_held("cross_entropy_logits", "'[1, 2]', 0, 1, 0.5", "cross_entropy_logits", "label_smoothing",
               smoothing[i], 1, false);
  for (size_t i = 0; i < sizeof k / sizeof *k; i++)
    forge_held("top_k_accuracy", "'[1, 2]', 0, 2", "top_k", "k", k[i], 1, false);
  forge_held("cross_entropy_logits", "'[1, 2]', 0, 1, 0.5", "cross_entropy_logits", "label_smoothing", 0.25,
             1, true);
  forge_held("cross_entropy_logits", "'[1, 2]', 0, 1, 0.5", "cross_entropy_logits", "label_smoothing", 0, 1,
             true);
  forge_held("top_k_accuracy", "'[1, 2]', 0, 2", "top_k", "k", 3, 1, true);
  forge_held("top_k_accuracy", "'[1, 2]', 0, 2", "top_k", "k", 3, 2, false);
  forge_held("top_k_accuracy", "'[1, 2]', 0, 2", "top_k", "k", 2, 0, false);
  forge_held("dot_at", ".7, 1, .5", "tally", "cutoff", 0.5, 1, true);
  forge_held("dot_at", ".7, 1, .5", "tally", "cutoff", 0.5, 2, false);
  check_corner(
      db,
      "SELECT cross_entropy_logits_state('[1, 2]', 0, 1, -0.0) = cross_entropy_logits_state('[1, 2]', 0, "
      "1, 0.0)",
      "1");
}

/* A parameter once, and twice, which no state is saved with. */
static void forge_repeated(uint64_t times) {
  static const uint64_t one_row[] = {0, 0, 1, 0x8000000000000000 + 0x3fe0000000000000, 0, 0};
  Writer out = {.limit = 1000, .host = &host};
  mlm_write_header(&out, "score_set");
  mlm_write_varint(&out, times);
  for (uint64_t i = 0; i < times; i++) write_number("bins", 10, &out);
  for (size_t i = 0; i < sizeof one_row / sizeof *one_row; i++) mlm_write_varint(&out, one_row[i]);
  keep_state(out);
  check_corner(db, "SELECT ece(s) FROM forged", times == 1 ? "0.5" : "!its contents are inconsistent");
}

/* A score set with one parameter: a text, or where there is none a number. Each argument of the name may have
 * held it, or none; a score set is read with parameters of other functions, and by tables. */
static void forge_one(const char *name, const char *text, double number, bool good) {
  static const uint64_t one_row[] = {0, 0, 1, 0x8000000000000000 + 0x3fe0000000000000, 0, 0};
  Writer out = {.limit = 1000, .host = &host};
  mlm_write_header(&out, "score_set");
  mlm_write_varint(&out, 1);
  if (text) {
    mlm_write_bytes(&out, &(uint8_t){(uint8_t)strlen(name)}, 1);
    mlm_write_bytes(&out, name, strlen(name));
    mlm_write_bytes(&out, "\1", 1); /* a text */
    mlm_write_varint(&out, strlen(text));
    mlm_write_bytes(&out, text, strlen(text));
  } else {
    write_number(name, number, &out);
  }
  for (size_t i = 0; i < sizeof one_row / sizeof *one_row; i++) mlm_write_varint(&out, one_row[i]);
  keep_state(out);
  check_corner(db, "SELECT average_precision(s) FROM forged",
               good ? "1.0" : "!its contents are inconsistent");
  check_corner(db, "SELECT score_set_info(s) LIKE '%\"rows\":1,%' FROM forged",
               good ? "1" : "!its contents are inconsistent");
  check_corner(db, "SELECT count(*) FROM forged, roc_curve(s)",
               good ? "2" : "!its contents are inconsistent");
}

static void forge_others(void) {
  forge_one("strategy", "quantile", 0, true);
  forge_one("strategy", "quantilx", 0, false);
  forge_one("strategy", "quant", 0, false);
  forge_one("strategy", NULL, 1, false);
  forge_one("objective", "f1", 0, true);
  forge_one("objective", NULL, 1, false);
  forge_one("level", NULL, 0.9, true);
  forge_one("level", "0.9", 0, false);
  forge_one("method", "logit", 0, true);
  forge_one("cutoff", "0.5", 0, false);
  forge_one("seed", NULL, 1, false);       /* of scalars */
  forge_one("replicates", NULL, 9, false); /* as above */
  forge_one("score", NULL, 9, false);      /* of the row */
}

static void forge_edges(void) {
  forge_one("bins", "[0.0,0.5,1.0]", 0, true);
  check_corner(db, "SELECT ece(s) FROM forged", "0.5");
  forge_one("bins", "[0.0,0.5,1e0]", 0, true);
  check_corner(db, "SELECT ece(s) FROM forged", "!its contents are inconsistent");
  forge_one("bins", "[0,0.5,1]", 0, true);
  check_corner(db, "SELECT ece(s) FROM forged", "!its contents are inconsistent");
}

static const Corner empties[] = {
    {"SELECT roc_auc(s), best_cutoff(s), ece(s), mce(s), log_loss(s), score_set(s) FROM forged", "|||||"},
    {"SELECT evaluate_binary(s), best_cutoff_metrics(s) FROM forged", "|"},
    {"SELECT f1_at(s, 0.5) FROM forged", ""},
    {"SELECT score_set_info(s) FROM forged",
     "{\"rows\":0,\"left_out\":3,\"positives\":0,\"distinct\":0,\"lowest\":null,\"highest\":null,\"bytes\":"
     "28}"},
    {"SELECT evaluate_binary(s) FROM (SELECT s FROM forged UNION ALL SELECT score_set(NULL, 1) UNION ALL "
     "SELECT score_set(0.5, 1))",
     "{\"rows\":1,\"left_out\":3,\"positives\":1,\"roc_auc\":null,\"average_precision\":1.0,\"ks\":null,"
     "\"log_loss\":0.6931471805599453,\"brier\":0.25,\"ece\":0.5,\"best_f1\":{\"cutoff\":0.5,\"objective\":"
     "\"f1\",\"value\":1.0,\"tp\":1,\"fp\":0,\"tn\":0,\"fn\":0,\"precision\":1.0,\"recall\":1.0,\"f1\":1.0}"
     "}"},
    {"SELECT cutoff, tp, fp FROM forged, cutoff_curve(s)", "Inf|0|0"},
    {"SELECT cutoff, fpr, tpr FROM forged, roc_curve(s)", "Inf||"},
    {"SELECT cutoff, precision, recall FROM forged, pr_curve(s)", "Inf|1.0|"},
    {"SELECT count(*) FROM forged, calibration_curve(s)", "0"},
    {"SELECT count(*) FROM forged, calibration_curve(s, 3, 'quantile')", "0"},
    {"SELECT count(*) FROM forged, lift_curve(s)", "0"},
};

static const Corner empty_classes[] = {
    {"SELECT accuracy(s), kappa(s), f1_macro(s), class_set(s), classification_report(s) FROM forged", "||||"},
    {"SELECT count(*) FROM forged, class_table(s)", "0"},
    {"SELECT evaluate_classes(s) FROM (SELECT s FROM forged UNION ALL SELECT class_set(1, 1)) WHERE false",
     ""},
    {"SELECT accuracy(s) FROM (SELECT s FROM forged UNION ALL SELECT class_set(1, 1))", "1.0"},
};

/* More rows than rows can be added to. */
static const Corner most_rows[] = {
    {"SELECT dot_at(s) FROM forged", "!dot_at: too many rows: the sum of the weights exceeds 2^62"},
};

/* A parameter that is missing is asked for before the rows are read. */
static const Corner no_quantile[] = {
    {"SELECT quantile_absolute_error(s) FROM forged",
     "!quantile_absolute_error: the saved state holds no q: give it after the state"},
    {"SELECT quantile_absolute_error(s, 0.5) FROM forged", "!its contents are inconsistent"},
};

static const Corner most_left_out[] = {
    {"SELECT score_set_info(score_set(s)) LIKE '%\"left_out\":4611686018427387904,%' FROM (SELECT s FROM "
     "forged "
     "UNION ALL SELECT score_set(0.5, 1))",
     "1"},
    {"SELECT score_set(s) FROM (SELECT s FROM forged UNION ALL SELECT s FROM forged UNION ALL SELECT "
     "score_set(0.5, 1))",
     "!score_set: too many rows"},
};

/* Behind the end of a state, and before. */
static const Corner trailing[] = {
    {"SELECT score_set_info(s) FROM forged", "!its contents are inconsistent"},
    {"SELECT roc_auc(s) FROM forged", "!its contents are inconsistent"},
    {"SELECT * FROM forged, roc_curve(s)", "!its contents are inconsistent"},
};

static const Corner no_column[] = {
    {"SELECT sigmoid(s) FROM forged", "!sigmoid: the saved state is damaged: its contents are inconsistent"},
    {"SELECT mse(s, 1) FROM forged", "!mse: the saved state is damaged: its contents are inconsistent"},
};

/* Rows of numbers that the function under whose name they are saved never has. */
static void forge_rows(void) {
  static const char *const no_class[] = {"pred_set(2, 0.5)", "pred_set(2, -1)", "pred_set(2, 1)",
                                         "pred_set(2, 9e999)",
                                         "(SELECT pred_set(column1, column2) FROM (VALUES (2, 0), (3, 1)))"};
  /* No class among one or two, or no probability at each place; and the name of such a state. */
  static const struct {
    const char *state, *name;
  } no_probs[] = {
      {"pred_set(0.5, 0.5)", "pred_set"},
      {"pred_set(0.5, -1)", "pred_set"},
      {"pred_set(0.5, 1)", "pred_set"},
      {"pred_set(0.5, 9e999)", "pred_set"},
      {"pred_set(2, 0)", "pred_set"},
      {"pred_set(-0.5, 0)", "pred_set"},
      {"delong_test_state(2, 0.5, 0)", "paired_scores"},
      {"delong_test_state(0.5, 2, 1)", "paired_scores"},
      {"delong_test_state(0.5, -0.5, 1)", "paired_scores"},
  };
  for (size_t i = 0; i < sizeof no_class / sizeof *no_class; i++) {
    rename_state(no_class[i], "pred_set", "temperature_rows");
    check_corner(db, "SELECT temperature_fit(s) FROM forged", "!its contents are inconsistent");
  }
  for (size_t i = 0; i < sizeof no_probs / sizeof *no_probs; i++) {
    rename_state(no_probs[i].state, no_probs[i].name, "class_probs");
    check_corner(db, "SELECT roc_auc_ovr_macro(s) FROM forged", "!its contents are inconsistent");
  }
  rename_state("delong_test_state(0.5, 1, 1)", "paired_scores", "class_probs");
  check_corner(db, "SELECT roc_auc_per_class(s) FROM forged", "[null,null]");
  rename_state("roc_auc_ovr_macro_state('[1,0,0,0,0,0]', 1)", "class_probs", "moments_ci");
  check_corner(db, "SELECT r2_ci(s) FROM forged",
               "!r2_ci: all vectors of a group must have the same number of");
  static const struct {
    const char *state, *name;
  } no_share[] = {{"mse_state(3, 0, 2)", "squared_error"},
                  {"mse_state(1.25, 0, 2)", "squared_error"},
                  {"mean_error_state(0, 0.5, 2)", "error"}};
  for (size_t i = 0; i < sizeof no_share / sizeof *no_share; i++) {
    rename_state(no_share[i].state, no_share[i].name, "interval_coverage");
    check_corner(db, "SELECT json_extract(interval_coverage_ci(s), '$.low', '$.note') FROM forged",
                 "[null,\"no share of rows\"]");
  }
  rename_state("concordance_index_state(5, 4, 1)", "survival", "label_tables_ci");
  check_corner(db, "SELECT f1_labels_micro_ci(s) FROM forged",
               "!f1_labels_micro_ci: all vectors of a group must have the same number of elements");
}

#define CHECK_ALL(list) check_corners(db, list, sizeof list / sizeof *list)

int main(void) {
  db = open_bare();
  make_state("score_set", 4, (uint64_t[]){3, 0, 0, 0});
  CHECK_ALL(empties);
  make_state("score_set", 5, (uint64_t[]){3, 0, 0, 0, 0});
  CHECK_ALL(trailing);
  make_state("class_set", 3, (uint64_t[]){3, 0, 0});
  CHECK_ALL(empty_classes);
  make_state("tally", 5, (uint64_t[]){0, 0, 0, INT64_MAX, 0});
  CHECK_ALL(most_rows);
  make_state("absolute_errors", 1, (uint64_t[]){INT64_MAX});
  CHECK_ALL(no_quantile);
  make_state("score_set", 4, (uint64_t[]){MLM_MOST_ROWS, 0, 0, 0});
  CHECK_ALL(most_left_out);
  make_state("packed", 2, (uint64_t[]){7, 7});
  CHECK_ALL(no_column);
  forge_parameters();
  forge_repeated(1);
  forge_repeated(2);
  forge_others();
  forge_edges();
  forge_rows();
  sqlite3_close(db);
  return end_of_tests();
}
