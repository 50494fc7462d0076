#!/usr/bin/env python3
"""Expected values of the calibration errors: fractions from the definition, bins in exact arithmetic."""
import math
from fractions import Fraction

from binary import AWKWARD, FRACTIONAL, INTEGRAL, SMALL, args, binned, bins, demo, ece, gaps, mce, plain, query_over
from common import Lines, agree

out = Lines("calibration", "Calibration errors.")
EDGES = plain([0.0, 0.1, 0.2, 0.3, 0.30000000000000004, 0.29999999999999999, 0.6, 0.7, 0.7000000000000001, 0.9, 1.0, 5e-324, 0.9999999999999999],
              [0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0])


def expect(query, rows):
    for n in (10, 1, 2, 7, 15, 1000):
        for value, other in zip((ece(rows, n), mce(rows, n)), binned(rows, n)):
            agree(value, other, absolute=1e-12)
        out.bits(query(f"ece({args(rows, str(n))})"), ece(rows, n))
        out.bits(query(f"mce({args(rows, str(n))})"), mce(rows, n))
    if not any(w != 1 for _, _, w in rows):
        out.bits(query("ece(s, y)"), ece(rows, 10))
        out.bits(query("mce(s, y)"), mce(rows, 10))


out.note("scores at the very edges of bins: 0.3 is below 3/10, 0.30000000000000004 above; 0.7 is below 7/10")
assert sorted(bins(EDGES, 10)) == [0, 1, 2, 3, 5, 6, 7, 9] and len(bins(EDGES, 10)[2]) == 3
expect(query_over(out, EDGES), EDGES)
for kind in (SMALL, INTEGRAL, FRACTIONAL, AWKWARD):
    for name, rows in kind.items():
        out.note(f"{name}{', weighted' if kind is not SMALL else ''}")
        expect(query_over(out, rows), rows)
for name, model in (("breast_cancer", "forest"), ("breast_cancer", "naive_bayes"), ("flights", "boosted")):
    out.note(f"{name}, {model}")
    rows, query = demo(name, "score", model=model)
    expect(query, rows)
assert math.isclose(sum(w for w, _ in gaps(rows, 10)), len(rows))
out.note("a confident model of many classes, and wrong arguments")
out.bits("ece(max(0.25, 0.75), argmax(0.25, 0.75) = 1)", Fraction(1, 4))
out.error("ece(1.5, 1)", "ece: prob must be within [0,1], got 1.5")
out.error("ece('0.5', 1, 0)", "ece: bins must be an integer from 1 to 2147483647")
out.error("ece('0.5', 1, '2.5')", "ece: bins must be an integer from 1 to 2147483647")
values = "FROM (SELECT '0.5' AS s, 1 AS y, 10 AS b UNION ALL SELECT '0.6', 0, 3)"
out.error(f"ece(s, y, b) {values}", "ece: bins changed from 10 to 3; the weight is argument 4")
out.null("ece(NULL, 1)")
out.write()
