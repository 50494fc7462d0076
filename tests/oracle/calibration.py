#!/usr/bin/env python3
"""Expected values of the calibration errors: fractions from the definition, bins in exact arithmetic."""
import math
from fractions import Fraction

from binary import (AWKWARD, FRACTIONAL, INTEGRAL, SMALL, args, binned, bins, bins_between, demo, ece, gaps, mce, plain, quantile_bins,
                    query_over, rmsce)
from sklearn.calibration import calibration_curve

from common import Lines, agree

out = Lines("calibration", "Calibration errors.")
EDGES = plain([0.0, 0.1, 0.2, 0.3, 0.30000000000000004, 0.29999999999999999, 0.6, 0.7, 0.7000000000000001, 0.9, 1.0, 5e-324, 0.9999999999999999],
              [0, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 0, 0])


def expect(query, rows):
    for n in (10, 1, 2, 7, 15, 1000) if len(rows) < 1000 else (10, 7):
        for value, other in zip((ece(rows, n), mce(rows, n)), binned(rows, n)):
            agree(value, other, absolute=1e-12)
        weighted = any(w != 1 for _, _, w in rows)
        uniform = [str(n)] + ["'uniform'"] * weighted
        out.bits(query(f"ece({args(rows, *uniform)})"), ece(rows, n))
        out.bits(query(f"mce({args(rows, *uniform)})"), mce(rows, n))
        out.near(query(f"rmsce({args(rows, *uniform)})"), rmsce(rows, n), 2)
        for name, f in (("ece", ece), ("mce", mce)):
            quantile = args(rows, str(n), "'quantile'")
            out.bits(query(f"{name}({quantile})"), f(rows, n, quantile_bins))
        out.near(query(f"rmsce({quantile})"), rmsce(rows, n, quantile_bins), 2)
    for edges in ([0, 1], [0, 0.3, 0.5, 1], [0.2, 0.30000000000000004, 0.7, 0.75], [-1, 0, 1, 2]):
        given = args(rows, f"'{edges}'", "'uniform'")
        for name, f in (("ece", ece), ("mce", mce)):
            out.bits(query(f"{name}({given})"), f(rows, edges, bins_between))
        out.near(query(f"rmsce({given})"), rmsce(rows, edges, bins_between), 2)
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
out.error(f"ece(s, y, b) {values}", "ece: bins changed from 10 to 3; the weight is argument 5")
for wrong in ("[0]", "[]", "[0, 1, 1]", "[1, 0]"):
    out.error(f"ece('0.5', 1, '{wrong}')", f"ece: bins cannot be text '{wrong}'; it must be a number of bins, or a JSON array of two or more edges")
both = "FROM (SELECT '0.5' AS s, 1 AS y, '[0, 1]' AS b UNION ALL SELECT '0.6', 0, %s)"
out.error(f"ece(s, y, b) {both % 3}", "ece: bins changed from '[0.0,1.0]' to 3; the weight is argument 5")
out.error(f"ece(s, y, b) {both % (chr(39) + '[0, 2]' + chr(39))}", "ece: bins changed from '[0.0,1.0]' to '[0, 2]'")
out.error(f"ece(s, y, c) FROM (SELECT s, y, CASE b WHEN '[0, 1]' THEN 3 ELSE '[0,1]' END AS c {both % 3})", "ece: bins changed from 3 to '[0,1]'")
out.bits(f"ece(s, y, b) {both % (chr(39) + ' [0.0, 10e-1]' + chr(39))}", (Fraction(0.6) - Fraction(0.5)) / 2)
out.error("ece('0.5', 1, 10, 3)", "ece: strategy must be 'uniform' or 'quantile', got 3; the weight is argument 5")
out.note("the example of torchmetrics: norm='l1', 'l2', 'max'")
query = query_over(out, plain([0.25, 0.25, 0.55, 0.75, 0.75], [0, 0, 1, 1, 1]))
for name, known in (("ece", "0.2900"), ("rmsce", "0.2918"), ("mce", "0.3167")):
    out.text(query(f"printf('%.4f', {name}(s, y, 2))"), known)
out.note("scikit-learn's calibration_curve has the same quantile bins of 100 scores that differ")
rows, query = demo("breast_cancer", "score", model="forest")
distinct = [(s / 2 + i * 2.0**-40, y) for i, (s, y, _) in enumerate(rows[:100])]
query = query_over(out, plain(*zip(*distinct)))
share, mean = calibration_curve([y for _, y in distinct], [s for s, _ in distinct], n_bins=10, strategy="quantile")
out.near(query("mce(s, y, 10, 'quantile')"), max(abs(share - mean)), 64)
out.null("ece(NULL, 1)")
out.write()
