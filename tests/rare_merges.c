/* Saved states that are rarely merged: with other parameters, of no rows, and frames of packed columns that
 * slide; and the bytes of saved scores. Each query is compared with its only correct result, or with a part
 * of the error message. */
#include "corner.h"
#include "tables.h"

/* States whose parameters are those of one another, or not. */
static const Corner saved_params[] = {
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, '[0,0.5,1]') AS s UNION ALL "
     "SELECT ece_state(.5, 1, 10)))",
     "!ece: the saved states that were merged differ in bins"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, 10) AS s UNION ALL SELECT "
     "ece_state(.5, 1, '[0,0.5,1]')))",
     "!ece: the saved states that were merged differ in bins"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, '[0,0.5,1]') AS s UNION ALL "
     "SELECT ece_state(.5, 1, '[0,0.25,1]')))",
     "!ece: the saved states that were merged differ in bins"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, '[0,0.5,1]') AS s UNION ALL "
     "SELECT ece_state(.5, 1, '[0,0.5,1]')))",
     "0.5"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, 10) AS s UNION ALL SELECT "
     "ece_state(.5, 1, 20)))",
     "!ece: the saved states that were merged differ in bins"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, 10) AS s UNION ALL SELECT "
     "ece_state(.5, 1, 10)))",
     "0.5"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, 10, 'quantile') AS s UNION "
     "ALL SELECT ece_state(.5, 1, 10, 'uniform')))",
     "!ece: the saved states that were merged differ in strategy"},
    {"SELECT ece(x) FROM (SELECT ece_state(s) AS x FROM (SELECT ece_state(.5, 1, 10, 'quantile') AS s UNION "
     "ALL SELECT ece_state(.5, 1, 10, 'quantile')))",
     "0.5"},
    {"SELECT krippendorff_alpha(x) FROM (SELECT krippendorff_alpha_state(s) AS x FROM (SELECT "
     "krippendorff_alpha_state('[1,2,2]', 'nominal') AS s UNION ALL SELECT krippendorff_alpha_state('[1,3]', "
     "'ordinal')))",
     "!krippendorff_alpha: the saved states that were merged differ in scale"},
    {"SELECT krippendorff_alpha(x) FROM (SELECT krippendorff_alpha_state(s) AS x FROM (SELECT "
     "krippendorff_alpha_state('[1,2,2]', 'nominal') AS s UNION ALL SELECT krippendorff_alpha_state('[1,3]', "
     "'nominal')))",
     "0.0"},
    /* what the messages say to do, and that it serves */
    {"SELECT krippendorff_alpha(s, 'ordinal') FROM (SELECT krippendorff_alpha_state('[1,2]', 'ordinal') AS s "
     "UNION ALL SELECT krippendorff_alpha_state('[2,2]', 'interval'))",
     "!krippendorff_alpha: scale changed from 'ordinal' to 'interval'; a state saved without scale can be "
     "read with any scale"},
    {"SELECT krippendorff_alpha(x, 'ordinal') FROM (SELECT krippendorff_alpha_state(s) AS x FROM (SELECT "
     "krippendorff_alpha_state('[1,2]', 'ordinal') AS s UNION ALL SELECT krippendorff_alpha_state('[2,2]', "
     "'interval')))",
     "!krippendorff_alpha: the saved states that were merged differ in scale; a state saved without scale "
     "can be read with any scale"},
    {"SELECT krippendorff_alpha(s, 'interval') = (SELECT krippendorff_alpha(column1, 'interval') FROM "
     "(VALUES "
     "('[1,2]'), ('[2,2]'), ('[1,4]'))) FROM (SELECT krippendorff_alpha_state('[1,2]') AS s UNION ALL SELECT "
     "krippendorff_alpha_state('[2,2]') UNION ALL SELECT krippendorff_alpha_state('[1,4]'))",
     "1"},
    {"SELECT ece(s, '[0,0.5,1]') FROM (SELECT ece_state(.5, 1, 10) AS s)",
     "!ece: bins changed from 10 to '[0,0.5,1]'; a state saved without bins can be read with any bins"},
    {"SELECT ece(s, 10) FROM (SELECT ece_state(.5, 1, '[0,0.5,1]') AS s)",
     "!ece: bins changed from '[0.0,0.5,1.0]' to 10; a state saved without bins can be read with any bins"},
    /* packed columns are rows, not states */
    {"SELECT ece(pack_json('[0.1,0.2]'), pack_json('[1,0]'), column1) FROM (VALUES (2), (3))",
     "!ece: bins changed from 2 to 3; the weight is argument 5"},
    {"SELECT fbeta_at(pack_json('[0.1,0.2]'), pack_json('[1,0]'), .5, 0)",
     "!fbeta_at: beta must be finite and > 0, got 0; the weight is argument 5"},
};

/* States of no rows among others, and frames of packed columns that slide. */
static const Corner merged[] = {
    {"SELECT hamming_loss(s) FROM (SELECT hamming_loss_state(NULL, NULL, .5) AS s UNION ALL SELECT "
     "hamming_loss_state('[1]', '[0]', .5))",
     "1.0"},
    {"SELECT hamming_loss(s) FROM (SELECT hamming_loss_state('[1]', '[0]', .5, 0.5) AS s UNION ALL SELECT "
     "hamming_loss_state('[1]', '[0]', .5) UNION ALL SELECT hamming_loss_state(NULL, '[0]', .5))",
     "1.0"},
    {"SELECT vector_sum(s) FROM (SELECT vector_sum_state('[1]') AS s UNION ALL SELECT "
     "vector_sum_state(NULL))",
     "[1.0]"},
    {"SELECT krippendorff_alpha(s) FROM (SELECT krippendorff_alpha_state(s) AS s FROM (SELECT "
     "krippendorff_alpha_state('[1,2,2]', 'nominal') AS s UNION ALL SELECT "
     "krippendorff_alpha_state('[1,1,2]', 'nominal')))",
     "-0.111111111111111"},
    {"SELECT krippendorff_alpha(s) FROM (SELECT krippendorff_alpha_state(s) AS s FROM (SELECT "
     "krippendorff_alpha_state('[1,2,2]', 'nominal') AS s UNION ALL SELECT "
     "krippendorff_alpha_state('[1,1,2]', 'ratio')))",
     "!krippendorff_alpha: the saved states that were merged differ in scale"},
    {"SELECT krippendorff_alpha(s) FROM (SELECT krippendorff_alpha_state(s) AS s FROM (SELECT "
     "krippendorff_alpha_state('[1,2,2]', 'nominal') AS s UNION ALL SELECT "
     "krippendorff_alpha_state('[1,1,2]', 'ordinal')))",
     "!krippendorff_alpha: the saved states that were merged differ in scale"},
    {"SELECT psi(s) FROM (SELECT psi_state(s) AS s FROM (SELECT psi_state(.1, 0, '[0.5,0.7]') AS s UNION ALL "
     "SELECT psi_state(.2, 1, '[0.5,0.7]')))",
     "0.0"},
    {"SELECT psi(s) FROM (SELECT psi_state(s) AS s FROM (SELECT psi_state(.1, 0, '[0.5,0.7]') AS s UNION ALL "
     "SELECT psi_state(.2, 1, '[0.5,0.8]')))",
     "!psi: the saved states that were merged differ in bins"},
    {"SELECT psi(s) FROM (SELECT psi_state(s) AS s FROM (SELECT psi_state(.1, 0, '[0.5,0.7]') AS s UNION ALL "
     "SELECT psi_state(.2, 1, 10)))",
     "!psi: the saved states that were merged differ in bins"},
    {"SELECT psi(s) FROM (SELECT psi_state(s) AS s FROM (SELECT psi_state(.1, 0, 10) AS s UNION ALL SELECT "
     "psi_state(.2, 1, '[0.5,0.7]')))",
     "!psi: the saved states that were merged differ in bins"},
    {"SELECT psi(s) > 0 FROM (SELECT psi_state(s) AS s FROM (SELECT psi_state(.1, 0, 9) AS s UNION ALL "
     "SELECT "
     "psi_state(.2, 1, 9)))",
     "1"},
    {"SELECT i, key FROM (SELECT i, score_sets(i, i, 1) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 "
     "PRECEDING) AS x FROM (SELECT column1 AS i FROM (VALUES (1), (2), (3)))), each_set(x)",
     "2|1\n3|2"},
    {"SELECT group_concat(round(x, 6)) FROM (SELECT roc_auc(p, q) OVER (ORDER BY i ROWS 1 PRECEDING) AS x "
     "FROM (SELECT 1 AS i, pack(column1) AS p, pack(column2) AS q FROM (VALUES (.1, 0), (.2, 1), (.3, 0)) "
     "UNION ALL SELECT 2, pack(column1), pack(column2) FROM (VALUES (.5, 0), (.2, 1), (.6, 1)) UNION ALL "
     "SELECT 3, pack(column1), pack(column2) FROM (VALUES (.7, 0), (.2, 1))))",
     "0.5,0.555556,0.166667"},
    /* 2^27 + 6 negative differences, whose ranks have a sum halfway between two doubles, and the share of
       2^53
       + 1 of 2^54 documents: the even one. */
    {"WITH RECURSIVE s(i, a, b) AS (SELECT 0, (SELECT wilcoxon_test_state(0, 1)), (SELECT "
     "wilcoxon_test_state(-1, -3)) UNION ALL SELECT i + 1, (SELECT wilcoxon_test_state(x) FROM (SELECT a AS "
     "x "
     "UNION ALL SELECT a)), (SELECT wilcoxon_test_state(x) FROM (SELECT b AS x UNION ALL SELECT b)) FROM s "
     "WHERE i < 28) SELECT printf('%.0f', json_extract(wilcoxon_test(x), '$.statistic')) FROM (SELECT a AS x "
     "FROM s WHERE i IN (1, 2, 27) UNION ALL SELECT b FROM s WHERE i = 28)",
     "9007200127156244"},
    {"WITH RECURSIVE s(i, a, b) AS (SELECT 0, (SELECT precision_at_k_state(1, 1, 1)), (SELECT "
     "precision_at_k_state(1, 0, 1)) UNION ALL SELECT i + 1, (SELECT precision_at_k_state(x) FROM (SELECT a "
     "AS x UNION ALL SELECT a)), (SELECT precision_at_k_state(x) FROM (SELECT b AS x UNION ALL SELECT b)) "
     "FROM s WHERE i < 53) SELECT precision_at_k(x, 1) = 0.5 FROM (SELECT a AS x FROM s WHERE i IN (0, 53) "
     "UNION ALL SELECT b FROM s WHERE i < 53)",
     "1"},
};

/* 2^28 rows, merged from six: one of each kind alone, 2^26 of each of two, and 2^26 - 1 of each of two. Of
 * the 2^54 pairs 2^53 + 1 are in order, which is half way between two doubles. */
#define PAIRS(call, columns, low, high)                                                                      \
  "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 8193), one(k, s) AS (SELECT "  \
  "column1, " call "_state(" columns ") FROM (VALUES (1, .3, " high "), (1, .2, " low "), (3, .9, " high     \
  "), (2, .1, " high "), (3, .5, " low "), (2, .5, " low ")) GROUP BY 1), many(k, s) AS (SELECT k, " call    \
  "_state(s) FROM one, n WHERE i <= CASE k WHEN 1 THEN 1 WHEN 2 THEN 8193 ELSE 8192 END GROUP BY 1), "       \
  "every(k, s) AS (SELECT k, " call "_state(s) FROM many, n WHERE i <= CASE k WHEN 1 THEN 1 WHEN 2 THEN "    \
  "8191 ELSE 8192 END GROUP BY 1) SELECT "
static const Corner counted[] = {
    {PAIRS("delong_test", "column2, column3, column4", "1, 0",
           "0, 1") "json_extract(x, '$.auc_a') = 0.5, json_extract(x, '$.difference') = 0.5, json_extract(x, "
                   "'$.rows') "
                   "FROM (SELECT delong_test(s) AS x FROM every)",
     "1|1|268435456"},
    {PAIRS("delong_test", "column3, column2, column4", "1, 0",
           "0, 1") "json_extract(x, '$.auc_b') = 0.5 FROM (SELECT delong_test(s) AS x FROM every)",
     "1"},
    {PAIRS("concordance_index", "column2, column3, column4", "1, 1",
           "2, 0") "concordance_index(s) = 0.5 FROM every",
     "1"},
};

/* Scores of one class: how many, the lowest key, its count less 1; then a byte for the 52 bits of a gap plus
 * 128, as counts follow, one for the 2 bits of a count, and both in whole bytes. Gaps come in blocks of 128:
 * here of 43 bits, each block behind a byte. */
static const Corner bytes_of_scores[] = {
    {"SELECT substr(hex(score_set(column1, 0)), 51) FROM (VALUES (.5), (.75), (.75), (.75))",
     "0280808080808080F0BF0100B40200000000000008020000"},
    {"WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 129) SELECT (SELECT "
     "length(s) FROM (SELECT score_set(1 + i / 1024.0, 0) AS s FROM n)) - length(o), (SELECT length(s) FROM "
     "(SELECT score_set(1 + i / 1024.0, 0) AS s FROM n WHERE i < 129)) - length(o) FROM (SELECT score_set(1, "
     "0) "
     "AS o)",
     "697|690"},
};

int main(void) {
  sqlite3 *db = open_bare();
  check_corners(db, counted, sizeof counted / sizeof *counted);
  check_corners(db, saved_params, sizeof saved_params / sizeof *saved_params);
  check_corners(db, bytes_of_scores, sizeof bytes_of_scores / sizeof *bytes_of_scores);
  check_corners(db, merged, sizeof merged / sizeof *merged);
  sqlite3_close(db);
  return end_of_tests();
}
