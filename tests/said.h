/* Statements and what they give, for the programs that type what messages say to write instead. */
#ifndef SAID_H
#define SAID_H

#include <string.h>

#include "tables.h"

/* A statement and what it gives: the message of an error, of which a part, or else all of its text. */
typedef struct Said {
  const char *sql, *message, *value;
} Said;

/* Begins the message of an error that is compared as a whole. */
#define WHOLE "^"

/* What a message says of a text with a NUL character. */
#define UNTIL_NUL(name)                                                                                      \
  "CASE WHEN instr(" name ", char(0)) THEN substr(" name ", 1, instr(" name ", char(0)) - 1) ELSE " name     \
  " END"

static bool says(const char *got, const char *message) {
  return *message == *WHOLE ? strcmp(got, message + 1) == 0 : strstr(got, message) != NULL;
}

static void check_said(sqlite3 *db, const Said *said) {
  bool error;
  char *got = rows_of(db, said->sql, &error);
  if (said->message ? error && says(got, said->message) : !error && strcmp(got, said->value) == 0)
    passed();
  else
    failed("%s\n  gives %s %s\n  not   %s %s", said->sql, error ? "the error" : "the value", got,
           said->message ? "the error" : "the value", said->message ? said->message : said->value);
  sqlite3_free(got);
}

/* Makes the tables that the statements read, and checks them all. */
static void check_all_said(const Said *said, size_t n) {
  static const Said tables[] = {
      {"CREATE TABLE months AS SELECT column1 AS score, column2 AS month FROM (VALUES (0.1, '2026-01'), "
       "(0.4, '2026-01'), (0.35, '2026-02'), (0.8, '2026-02'))",
       NULL, ""},
      {"CREATE TABLE four AS SELECT column1 AS score, column2 AS label FROM (VALUES (0.1, 0), (0.4, 0), "
       "(0.35, 1), (0.8, 1))",
       NULL, ""},
      {"CREATE TABLE days AS SELECT score, 20240601 + label AS day FROM four", NULL, ""},
      {"CREATE TABLE forty AS SELECT four.* FROM four, (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), "
       "(10))",
       NULL, ""},
  };
  sqlite3 *db = open_bare();
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) check_said(db, &tables[i]);
  for (size_t i = 0; i < n; i++) check_said(db, &said[i]);
  sqlite3_close(db);
}

#endif
