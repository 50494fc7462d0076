/* Eight connections in eight threads load the extension and ask the same questions at once: same answers, and
 * no race that ThreadSanitizer (make check-tsan) sees. */
#include "tables.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8, ROUNDS = 3 };

static const char *const questions[] = {
    "SELECT roc_auc(s, y), log_loss(s, y), bce_logits(s, y, 1, w), best_cutoff(s, y, 'mcc', w), ece(s, y, 7) "
    "FROM t",
    "SELECT roc_auc(s, y) OVER w, f1_at(s, y, 0.5) OVER w, mse(s, y) OVER w FROM t WINDOW w AS (ORDER BY i "
    "ROWS 20 PRECEDING)",
    "SELECT roc_auc(p), best_cutoff(p) FROM (SELECT score_set(s, y) AS p FROM t GROUP BY i % 7)",
    "SELECT hex(score_set(s, y, w)), hex(class_set(y, i % 3)), classification_report(y, i % 3) FROM t",
    "SELECT cutoff, f1, mcc FROM cutoff_curve((SELECT score_set(s, y) FROM t))",
    "SELECT softmax('[1, 2, ' || i || ']'), cross_entropy_logits_loss('[0.5, 2, 3]', i % 3), argmax(s, 1 - "
    "s) FROM t",
    "SELECT log_sum_exp(s) OVER (ORDER BY i ROWS 5 PRECEDING) FROM t",
    "SELECT roc_auc(s, 2) FROM t",
    "SELECT name, signature, summary FROM mlmetrics_functions",
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

typedef struct Asker {
  pthread_t thread;
  char *answers[ROUNDS * QUESTIONS];
} Asker;

static void *ask(void *context) {
  Asker *asker = context;
  for (int round = 0; round < ROUNDS; round++) {
    sqlite3 *db = open_bare();
    sqlite3_exec(
        db,
        "CREATE TABLE t AS WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 300) "
        "SELECT i, (i * 37 % 101) / 101.0 AS s, i * 13 % 7 < 3 AS y, i % 4 + 0.5 AS w FROM n",
        NULL, NULL, NULL);
    for (int q = 0; q < QUESTIONS; q++) {
      bool error;
      asker->answers[round * QUESTIONS + q] = rows_of(db, questions[q], &error);
    }
    sqlite3_close(db);
  }
  return NULL;
}

int main(void) {
  static Asker alone, askers[THREADS];
  ask(&alone);
  for (int i = 0; i < THREADS; i++)
    if (pthread_create(&askers[i].thread, NULL, ask, &askers[i])) failed("no thread %d", i);
  for (int i = 0; i < THREADS; i++) {
    pthread_join(askers[i].thread, NULL);
    for (int a = 0; a < ROUNDS * QUESTIONS; a++) {
      if (strcmp(askers[i].answers[a], alone.answers[a]) == 0)
        passed();
      else
        failed("thread %d: %s", i, questions[a % QUESTIONS]);
      sqlite3_free(askers[i].answers[a]);
    }
  }
  for (int a = 0; a < ROUNDS * QUESTIONS; a++) sqlite3_free(alone.answers[a]);
  return end_of_tests();
}
