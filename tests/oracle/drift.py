#!/usr/bin/env python3
"""Expected values of drift between two samples: fractions and mpmath from the definitions, scipy, the examples of
polars_ds and Evidently.

  python3 tests/oracle/drift.py     writes tests/oracle/drift.tsv
"""
import math
import random
from fractions import Fraction
from itertools import accumulate

import numpy as np
from mpmath import log, mpf, sqrt
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2, ks_2samp, wasserstein_distance

from binary import AWKWARD, EXTREME, FRACTIONAL, INTEGRAL, SMALL, args, query_over
from common import INF, Lines, agree, exact

out = Lines("drift", "Drift between two samples.")
rng = random.Random(5)
real = lambda x: mpf(x.numerator) / x.denominator
LEAST = exact(1e-4)


def interior(rows, bins):
    """The edges between the bins: NumPy's quantiles of the reference, or the given ones."""
    if isinstance(bins, list):
        return bins[1:-1]
    reference = sorted((s, Fraction(w)) for s, y, w in rows if y == 0 and w)
    if all(w == int(w) and w <= 2**44 for _, _, w in rows):
        values = [s for s, w in reference for _ in range(int(w))]
        edges = []
        for k in range(1, bins):
            place, rest = divmod(k * (len(values) - 1), bins)
            a, b = values[place], values[min(place + 1, len(values) - 1)]
            share = rest / bins
            between = a if rest == 0 or a == b else a if a == -INF else b if b == INF else a + (b - a) * share if share < 0.5 else b - (b - a) * (1 - share)
            edges.append(between)
        if all(map(math.isfinite, values)):
            assert np.allclose(edges, np.quantile(values, np.arange(1, bins) / bins), rtol=1e-12, atol=0)
    else:
        up_to = list(accumulate(w for _, w in reference))
        edges = [next(s for (s, _), x in zip(reference, up_to) if x * bins >= k * up_to[-1]) for k in range(1, bins)]
    return sorted(set(edges))


def shares(rows, bins):
    """The share of each sample in each bin (lo, hi]."""
    edges = interior(rows, bins)
    found = [[Fraction(0)] * (len(edges) + 1) for _ in range(2)]
    for s, y, w in rows:
        found[y][sum(s > e for e in edges)] += Fraction(w)
    return [[x / sum(side) for x in side] for side in found]


def psi(p, q):
    clip = lambda x: max(real(x), LEAST)
    return sum((clip(b) - clip(a)) * log(clip(b) / clip(a)) for a, b in zip(p, q))


def hellinger(p, q):
    return sqrt(sum((sqrt(real(a)) - sqrt(real(b))) ** 2 for a, b in zip(p, q)) / 2)


def js(p, q):
    kl = lambda a, b: real(a) * log(real(a) / real(b)) if a else mpf(0)
    return sqrt(sum(kl(a, (a + b) / 2) + kl(b, (a + b) / 2) for a, b in zip(p, q)) / 2)


def variation(p, q):
    return real(sum(abs(a - b) for a, b in zip(p, q)) / 2)


DISTANCES = {"psi": psi, "hellinger": hellinger, "js_distance": js, "total_variation": variation}


def wasserstein(rows):
    """The exact area between the distribution functions."""
    total = [sum(Fraction(w) for _, y, w in rows if y == side) for side in range(2)]
    at = sorted({s for s, _, w in rows if w})
    area, share, here = Fraction(0), [Fraction(0), Fraction(0)], {}
    for s, y, w in rows:
        here[s, y] = here.get((s, y), 0) + Fraction(w)
    for score, after in zip(at, at[1:]):
        for side in range(2):
            share[side] += here.get((score, side), 0) / total[side]
        gap = abs(share[0] - share[1])
        if gap and math.isinf(after - score):
            return INF
        area += gap * (Fraction(after) - Fraction(score)) if gap else 0
    return area


# Shares are rounded once, and so are terms: an ulp of the largest is lost where terms cancel, as in hellinger.
def expect(rows):
    query = query_over(out, rows)
    for bins in (10, 1, 3, [0, 1], [0.1, 0.2, 0.25, 0.7]):
        p, q = shares(rows, bins)
        given = f"'{bins}'" if isinstance(bins, list) else str(bins)
        for name, f in DISTANCES.items():
            value = f(p, q)
            call = f"{name}({args(rows, given)})"
            if value == 0:
                out.near(query(call), 0.0, 0)
            else:
                out.near(query(f"{call} + 1"), value + 1, 16)
                if value > 1e-6:
                    out.near(query(call), value, 1 << 12)
        if max(w for _, _, w in rows) < 1e9:
            agree(js(p, q), jensenshannon([float(x) for x in p], [float(x) for x in q]), 1e-6)
        if isinstance(bins, int) and all(w == 1 for _, _, w in rows):
            query_table = lambda what: query("score_set(s, y) AS x").join(["SELECT " + what + " FROM (", ")"])
            out.near(query_table(f"(SELECT sum(psi) + 1 FROM psi_table(x, {bins}))"), psi(p, q) + 1, 16)
            out.int(query_table(f"(SELECT count(*) FROM psi_table(x, {bins}))"), len(p))
    value = wasserstein(rows)
    out.near(query(f"wasserstein({args(rows)})"), value, 2)
    if all(w < 1e15 and math.isfinite(s) for s, _, w in rows):
        side = lambda y: ([s for s, l, w in rows if l == y and w], [w for _, l, w in rows if l == y and w])
        (a, u), (b, v) = side(0), side(1)
        agree(value, wasserstein_distance(a, b, u, v), 1e-9, 1e-12)


for kind in (SMALL, INTEGRAL, FRACTIONAL, AWKWARD):
    for name, rows in kind.items():
        if all(sum(w for _, l, w in rows if l == y) for y in range(2)):
            out.note(f"{name}{', weighted' if kind is not SMALL else ''}")
            expect(rows)
for name, rows in EXTREME.items():
    out.note(name)
    query = query_over(out, rows)
    p, q = shares(rows, 3)
    out.near(query("psi(s, y, 3) + 1"), psi(p, q) + 1, 16)
    out.near(query("wasserstein(s, y)"), wasserstein(rows), 2)

out.note("the example of polars_ds: reference 0..999, actual 0..499 and 500 times 600")
numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999), t(v, s) AS (SELECT i, 0 FROM n UNION ALL SELECT i, 1 FROM n WHERE i < 500 UNION ALL SELECT 600, 1 FROM n WHERE i < 500) SELECT %s FROM t"
actual = list(range(500)) + [600] * 500
out.near(numbers % "psi(v, s)", 3.4041141744549024, 1)
out.near(numbers % "wasserstein(v, s)", wasserstein_distance(range(1000), actual), 8)
out.near(numbers % "ks(v, s)", ks_2samp(range(1000), actual).statistic, 1)
out.near(numbers % "json_extract(ks_test(v, s), '$.statistic')", ks_2samp(range(1000), actual).statistic, 1)
out.note("the example of Evidently: counts of six classes")
counts = [[16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]]
rows = [(c, sample, n) for sample in range(2) for c, n in enumerate(counts[sample])]
query = query_over(out, rows)
out.near(query("hellinger_classes(s, y, w)"), 0.0681277437098335, 16)


def of_classes(rows):
    """The shares of the two samples among the classes."""
    names = sorted({c for c, _, _ in rows})
    found = [[sum(Fraction(w) for c, y, w in rows if (c, y) == (name, side)) for name in names] for side in range(2)]
    return [[x / sum(side) for x in side] for side in found]


def expect_classes(rows):
    query = query_over(out, rows)
    p, q = of_classes(rows)
    for name, f in DISTANCES.items():
        out.near(query(f"{name}_classes({args(rows)}) + 1"), f(p, q) + 1, 16)


out.note("classes: numbers with a fraction too, and classes that only one sample has")
expect_classes(rows)
expect_classes([(rng.choice(["a", "b", "c", "d"]), rng.randrange(2), 1) for _ in range(50)])
expect_classes([(rng.choice([0.5, 1.5, 2.5]), rng.randrange(2), rng.choice([0.5, 1, 2])) for _ in range(40)] + [(7.5, 1, 1), (8, 0, 2)])
expect_classes([("1", 0, 1), ("0", 1, 1), ("1", 1, 1)])

out.note("what chance alone gives: (bins - 1)(1/n + 1/m), and the chi-squared tail")
rows = [(rng.gauss(y * 0.3, 1), y, 1) for y in range(2) for _ in range(120 + 30 * y)]
query = query_over(out, rows)
value, df, unit = psi(*shares(rows, 5)), 4, Fraction(1, 120) + Fraction(1, 150)
for key, x, ulps in (("psi", value, 64), ("expected", df * unit, 2), ("p_value", chi2.sf(float(value) / float(unit), df), 4096)):
    out.near(query(f"json_extract(psi_expected(score_set(s, y), 5), '$.{key}')"), x, ulps)
out.int(query("json_extract(psi_expected(score_set(s, y), 5), '$.bins')"), 5)
out.bits(query("json_extract(psi_expected(score_set(s, y), 1), '$.p_value')"), 1)

out.note("one sample is empty, one value, wrong arguments")
for f in ("psi", "hellinger", "js_distance", "total_variation", "wasserstein"):
    out.null(f"{f}('0.5', 0)")
    out.null(f"{f}('0.5', 1)")
    out.null(f"{f}(NULL, 1)")
for f in ("psi_classes", "hellinger_classes", "js_distance_classes", "total_variation_classes"):
    out.null(f"{f}('a', 0)")
    out.error(f"{f}('a', 2)", f"{f}: sample must be 0 for the reference or 1 for the current rows, got 2")
    out.error(f"SELECT {f}(s) FROM (SELECT class_set('a', 'b') AS s)", f"{f}: every label of the class set must be 0 for the reference or 1 for the current rows")
out.null("psi_expected(score_set('0.5', 1))")
out.int("(SELECT count(*) FROM psi_table((SELECT score_set('0.5', 1))))", 0)
out.bits("SELECT psi('0.5', column1) FROM (VALUES (0), (1))", 0)
out.error("psi('0.5', 2)", "psi: sample must be 0 for the reference or 1 for the current rows, got 2")
out.error("psi('0.5', 1, 10001)", "psi: bins must be an integer from 1 to 10000 or a JSON array of edges, got 10001")
out.error("psi('0.5', 1, 'x')", "psi: bins must be an integer from 1 to 10000 or a JSON array of edges, got text 'x'")
out.error("psi('n/a', 1)", "psi: value must be a number, got text 'n/a'")
out.write()
