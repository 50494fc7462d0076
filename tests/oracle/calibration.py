#!/usr/bin/env python3
"""Expected values of the calibration errors: fractions from the definition, bins in exact arithmetic."""
import math
from fractions import Fraction

import numpy as np

from binary import FRACTIONAL, INTEGRAL, SMALL, args, bins, demo, ece, gaps, mce, plain, query_over
from common import Lines, agree

out = Lines("calibration", "Calibration errors.")
EDGES = plain([0.0, 0.1, 0.2, 0.3, 0.30000000000000004, 0.29999999999999999, 0.6, 0.7, 0.7000000000000001, 0.9, 1.0, 5e-324, 0.9999999999999999],
              [0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0])


def binned(rows, n):
    """The usual floating-point recipe, for rows that are not at an edge."""
    scores, labels, weights = (np.array([float(row[i]) for row in rows]) for i in range(3))
    index = np.minimum((scores * n).astype(int), n - 1)
    gap = {b: abs(np.average(scores[index == b], weights=weights[index == b]) - np.average(labels[index == b], weights=weights[index == b]))
           for b in set(index) if weights[index == b].sum()}
    share = {b: weights[index == b].sum() / weights.sum() for b in gap}
    return sum(share[b] * gap[b] for b in gap), max(gap.values())


def expect(query, rows, at_edges=False):
    fractional = any(w != int(w) for _, _, w in rows)
    for n in (10, 1, 2, 7, 15, 1000):
        if not at_edges:
            for value, other in zip((ece(rows, n), mce(rows, n)), binned(rows, n)):
                agree(value, other, absolute=1e-12)
        # unweighted sums are exact and rounded once; weights with fractions are summed a score at a time, each sum rounded
        ulps = 3 if fractional else 0
        out.near(query(f"ece({args(rows, str(n))})"), ece(rows, n), ulps)
        out.near(query(f"mce({args(rows, str(n))})"), mce(rows, n), ulps)
    if not any(w != 1 for _, _, w in rows):
        out.near(query("ece(s, y)"), ece(rows, 10), 0)
        out.near(query("mce(s, y)"), mce(rows, 10), 0)


out.note("scores at the very edges of bins: 0.3 is below 3/10, 0.30000000000000004 above; 0.7 is below 7/10")
assert sorted(bins(EDGES, 10)) == [0, 1, 2, 3, 5, 6, 7, 9] and len(bins(EDGES, 10)[2]) == 3
expect(query_over(out, EDGES), EDGES, at_edges=True)
for kind in (SMALL, INTEGRAL, FRACTIONAL):
    for name, rows in kind.items():
        out.note(f"{name}{', weighted' if kind is not SMALL else ''}")
        expect(query_over(out, rows), rows, at_edges=name in ("tied", "certain", "four", "five", "six with a tie", "a table of counts"))
for name, model in (("breast_cancer", "forest"), ("breast_cancer", "naive_bayes"), ("flights", "boosted")):
    out.note(f"{name}, {model}")
    rows, query = demo(name, "score", model=model)
    expect(query, rows, at_edges=True)
assert math.isclose(sum(w for w, _ in gaps(rows, 10)), len(rows))
out.note("a confident model of many classes, and wrong arguments")
out.bits("ece(max(0.25, 0.75), argmax(0.25, 0.75) = 1)", Fraction(1, 4))
out.error("ece(1.5, 1)", "ece: prob must be within [0,1], got 1.5")
out.error("ece('0.5', 1, 0)", "ece: bins must be an integer >= 1")
out.error("ece('0.5', 1, '2.5')", "ece: bins must be an integer >= 1")
values = "FROM (SELECT '0.5' AS s, 1 AS y, 10 AS b UNION ALL SELECT '0.6', 0, 3)"
out.error(f"ece(s, y, b) {values}", "ece: bins changed from 10 to 3; the weight is argument 4")
out.null("ece(NULL, 1)")
out.write()
