#!/usr/bin/env python3
"""Expected values of score sets made by scalars: the same bytes as those of score_set() over the rows.

  python3 tests/oracle/score_sets.py     writes tests/oracle/score_sets.tsv
"""
from scipy.stats import ks_2samp

from binary import EXTREME, FRACTIONAL, INTEGRAL, SMALL, args, query_over
from common import Lines, float32, json

out = Lines("score_sets", "Score sets made by scalars.")

for kind in (SMALL, INTEGRAL, FRACTIONAL, EXTREME):
    for name, rows in kind.items():
        out.note(name)
        query = query_over(out, rows)
        weight = ", w" if any(w != 1 for _, _, w in rows) else ""
        for label in (0, 1):
            out.int(query(f"with_label(score_set({args(rows)}), {label}) = score_set(s, {label}{weight})"), 1)
        if not weight:
            vectors = f"'{json([s for s, _, _ in rows])}', '{json([l for _, l, _ in rows])}'"
            out.int(query(f"score_set_of({vectors}) = score_set(s, y)"), 1)
out.note("rows left out stay counted")
out.int("SELECT with_label(score_set(column1, column2), 1) = score_set(column1, CASE WHEN column2 >= 0 THEN 1 END) FROM (VALUES (0.5, 0), (NULL, 1), (0.1, NULL))", 1)
out.note("BLOBs of float32, one row")
out.int(f"SELECT score_set_of({float32([0.5, 0.25])}, {float32([1, 0])}) = score_set(column1, column2) FROM (VALUES (0.25, 0), (0.5, 1))", 1)
out.int("SELECT score_set_of('[9e999]', '[1]') = score_set(9e999, 1)", 1)
out.note("scipy.stats.ks_2samp of two sets merged")
first, second = [0.1, 0.4, 0.35, 0.8, 0.5], [0.2, 0.4, 0.9, 0.95]
value = ks_2samp(first, second).statistic
labels = lambda n: "[" + ",".join("0" for _ in range(n)) + "]"
out.near(f"SELECT ks(s) FROM (SELECT with_label(score_set_of('{json(first)}', '{labels(5)}'), 0) AS s UNION ALL SELECT with_label(score_set_of('{json(second)}', "
         f"'{labels(4)}'), 1))", value, 1)
out.null("SELECT with_label(NULL, 1)")
out.null("SELECT score_set_of('[1]', NULL)")
out.error("SELECT with_label(class_set(1, 1), 1)", "with_label: cannot read a saved state of 'class_set', only of 'score_set'")
out.error("SELECT with_label(score_set(0.5, 1), 0.5)", "with_label: label must be 0 or 1, got 0.5")
out.error("SELECT score_set_of('[0.1, 0.4]', '[0]')", "score_set_of: scores has 2 elements, but labels has 1")
out.error("SELECT score_set_of('[0.1, 0.4]', '[0, 2]')", "score_set_of: element 1 of labels must be 0 or 1, got 2")
out.write()
