/* Eight threads at once, each loading the extension into eight connections and asking aggregates, windows,
 * scalars, curves and errors of each: all get what one thread gets. Then one connection for all threads. To
 * be run under ThreadSanitizer: make check-tsan. */
#include "tables.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 8, CONNECTIONS = 8 };

#define SET "(SELECT score_set(s, y, w) FROM t)"

static const char make[] =
    "CREATE TABLE t AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400) "
    "SELECT i, i * 37 % 251 / 251.0 AS s, i * 11 % 3 = 0 AS y, i % 4 / 2.0 AS w, i % 7 AS g FROM n";

static const char *const queries[] = {
    "SELECT mlmetrics_version()",
    "SELECT roc_auc(s, y), average_precision(s, y, w), ks(s, y), ece(s, y, 7), best_cutoff(s, y, 'mcc') FROM "
    "t",
    "SELECT g, mse(s, y), log_loss(s, y, w), f1_at(s, y, 0.5), r2(s, y), log_sum_exp(s) FROM t GROUP BY g",
    "SELECT roc_auc(s, y) OVER w, best_cutoff(s, y) OVER w, mcc_at(s, y, s) OVER w, kappa(s > 0.5, y) OVER w "
    "FROM t WINDOW w AS (ORDER BY i ROWS 20 PRECEDING)",
    "SELECT sigmoid(s), logit(s), softplus(s), bce_logits_loss(s, y), softmax_at(s, w, y, 1) FROM t",
    "SELECT softmax('[1, 2, ' || i || ']'), argmax(s, 1 - s) FROM t",
    "SELECT log_sum_exp(s) OVER (ORDER BY i ROWS 5 PRECEDING), log_softmax(x'0000803f00000040'), "
    "entropy('[0.25,0.75]') FROM t",
    "SELECT cross_entropy_logits('[' || s || ',1,0.5]', g % 3, 1, 0.1) FROM t",
    "SELECT roc_auc(x), f1_at(x, 0.4), evaluate_binary(x) FROM (SELECT score_set(s, y) AS x FROM t GROUP BY "
    "g)",
    "SELECT * FROM cutoff_curve(" SET ")",
    "SELECT * FROM roc_curve(" SET ")",
    "SELECT * FROM calibration_curve(" SET ", 5, 'quantile')",
    "SELECT * FROM class_table((SELECT class_set('c' || g, i % 5) FROM t))",
    "SELECT classification_report('c' || g, 'c' || (i % 5)), confusion_table(g, i % 5) FROM t",
    "SELECT name, signature, example FROM mlmetrics_functions",
    "SELECT hex(r2_state(s, y, w)), hex(class_set(g, y)), hex(score_set(s, y, w)) FROM t",
    "SELECT roc_auc('n/a', 1)",
    "SELECT bce(7, 1)",
};
enum { QUERIES = sizeof queries / sizeof *queries, ERRORS = 2 }; /* the last two are errors */

/* What one thread got from one connection. */
typedef struct Got {
  char *text[QUERIES];
} Got;

static Got got[THREADS][CONNECTIONS], wanted;
static int waiting; /* threads that have come to the start */
static sqlite3 *shared;

static void ask_all(sqlite3 *db, Got *to) {
  for (int i = 0; i < QUERIES; i++) {
    bool error;
    to->text[i] = rows_of(db, queries[i], &error);
    if (error != (i >= QUERIES - ERRORS)) *to->text[i] = '?';
  }
}

static sqlite3 *open_made(void) {
  sqlite3 *db = open_bare();
  sqlite3_exec(db, make, NULL, NULL, NULL);
  return db;
}

/* All at the same moment, so that first loads are simultaneous. */
static void start_together(void) {
  __atomic_fetch_add(&waiting, 1, __ATOMIC_SEQ_CST);
  while (__atomic_load_n(&waiting, __ATOMIC_SEQ_CST) < THREADS) sched_yield();
}

static void *own_connections(void *rows) {
  Got *to = rows;
  sqlite3 *db[CONNECTIONS];
  start_together();
  for (int i = 0; i < CONNECTIONS; i++) db[i] = open_made();
  for (int i = 0; i < CONNECTIONS; i++) ask_all(db[i], to + i);
  for (int i = 0; i < CONNECTIONS; i++) sqlite3_close(db[i]);
  return NULL;
}

static void *shared_connection(void *rows) {
  Got *to = rows;
  start_together();
  for (int i = 0; i < CONNECTIONS; i++) ask_all(shared, to + i);
  return NULL;
}

static void run_threads(void *(*work)(void *)) {
  pthread_t thread[THREADS];
  waiting = 0;
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&thread[i], NULL, work, got[i]) != 0) failed("no thread could be made");
  for (int i = 0; i < THREADS; i++) pthread_join(thread[i], NULL);
}

/* Compares and frees. A connection shared by threads mixes up their messages, not their rows. */
static void compare(const char *what, bool messages) {
  for (int i = 0; i < THREADS * CONNECTIONS; i++) {
    for (int q = 0; q < QUERIES - (messages ? 0 : ERRORS); q++) {
      const char *text = got[i / CONNECTIONS][i % CONNECTIONS].text[q];
      if (text && strcmp(text, wanted.text[q]) == 0)
        passed();
      else
        failed("%s, thread %d: %s gives %.100s, not %.100s", what, i / CONNECTIONS, queries[q], text,
               wanted.text[q]);
    }
    for (int q = 0; q < QUERIES; q++) sqlite3_free(got[i / CONNECTIONS][i % CONNECTIONS].text[q]);
  }
}

int main(void) {
  if (!sqlite3_threadsafe()) {
    printf("left out: this host was built for one thread\n");
    passed();
    return end_of_tests();
  }
  run_threads(own_connections);
  shared = open_made();
  ask_all(shared, &wanted);
  compare("own connections", true);
  if (sqlite3_threadsafe() == 1) {
    run_threads(shared_connection);
    compare("one connection", false);
  }
  for (int q = 0; q < QUERIES; q++) {
    if (*wanted.text[q] == '?') failed("%s gives %.100s", queries[q], wanted.text[q]);
    sqlite3_free(wanted.text[q]);
  }
  sqlite3_close(shared);
  return end_of_tests();
}
