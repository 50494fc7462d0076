#!/usr/bin/env python3
"""Expected values of the tests: exact laws and 60 digits by mpmath, checked against scipy, statsmodels and pROC.

scipy's own t and beta quantiles are off in the last digits, so mpmath gives them here. Needs Rscript and the package pROC.
"""
import itertools
import math
import random
import subprocess
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf, sqrt
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from common import INF, Lines, agree, exact, json, nearest, number

out = Lines("hypothesis_tests", "Tests of hypotheses.")
Z95 = mpf(1.959963984540054)
random.seed(14)


def field(table, call, key):
    return f"SELECT json_extract({call}, '$.{key}') FROM {table}"


def expect(table, call, values, ulps=4):
    """ulps: one for reading the decimals of the JSON, which some versions of SQLite round wrongly, and for the formulas."""
    for key, (value, *bound) in values.items():
        sql = field(table, call, key)
        if value is None:
            out.null(sql)
        elif isinstance(value, int):
            out.int(sql, value)
        elif isinstance(value, str):
            out.text(sql, value)
        else:
            out.near(sql, value, bound[0] if bound else ulps)


# ---- distributions, to 60 digits ----
def normal_sf(x):
    return mp.erfc(mpf(x) / sqrt(2)) / 2


def t_sf(t, df):
    tail = mp.betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + mpf(t) ** 2), regularized=True) / 2
    return tail if t > 0 else 1 - tail


def chi2_sf(x, df):
    return mp.gammainc(mpf(df) / 2, mpf(x) / 2, regularized=True)


def t_quantile(p, df):
    return mp.findroot(lambda t: t_sf(t, df) - (1 - mpf(p)), stats.t.ppf(p, float(df)))


# ---- DeLong ----
def placements(scores, labels):
    return [sum((2 if s > other else 1 if s == other else 0) for other, l in zip(scores, labels) if l != label)
            for s, label in zip(scores, labels)]


def delong(a, b, y):
    va, vb = placements(a, y), placements(b, y)
    p, n = sum(y), len(y) - sum(y)
    auc = [Fraction(sum(v for v, l in zip(place, y) if l), 2 * p * n) for place in (va, vb)]
    result = {"auc_a": (auc[0],), "auc_b": (auc[1],), "difference": (auc[0] - auc[1],), "rows": (len(y),), "positives": (p,),
              "method": ("delong",)}
    if p < 2 or n < 2:
        return result | {key: (None,) for key in ("low", "high", "se", "statistic", "p_value")}
    variance = Fraction(0)
    for label, own, other in ((1, p, n), (0, n, p)):
        d = [Fraction(i - j, 2 * other) for i, j, l in zip(va, vb, y) if l == label]
        mean = sum(d) / own
        variance += sum((x - mean) ** 2 for x in d) / (own - 1) / own
    difference, se = auc[0] - auc[1], sqrt(mpf(variance.numerator) / variance.denominator)
    d = mpf(difference.numerator) / difference.denominator
    scale = max(abs(d), Z95 * se)
    result |= {"se": (se,)}
    for key, bound in (("low", d - Z95 * se), ("high", d + Z95 * se)):  # two roundings at the size of the terms
        result[key] = (bound, 4 + int(4 * scale / abs(bound)) if bound else 4)
    if se == 0:
        return result | {"statistic": (None,), "p_value": (None,)}
    # p = 2·sf(z): an error of an ulp of z is z² ulps of p
    return result | {"statistic": (d / se,), "p_value": (2 * normal_sf(abs(d / se)), 8 + 2 * int((d / se) ** 2))}


def proc(a, b, y):
    vector = lambda x: "c(" + ",".join(map(repr, x)) + ")"
    program = f"""suppressMessages(library(pROC)); options(digits = 17); y <- {vector(y)}
      one <- roc(y, {vector(a)}, direction = '<', quiet = TRUE); two <- roc(y, {vector(b)}, direction = '<', quiet = TRUE)
      r <- roc.test(one, two, paired = TRUE); cat(r$statistic, r$p.value, r$conf.int)"""
    return [float(x) for x in subprocess.run(["Rscript", "-"], input=program, capture_output=True, text=True, check=True).stdout.split()]


def delong_tables():
    ties = lambda k: [random.randrange(k) / 4 for _ in range(30)]
    labels = [random.randrange(2) for _ in range(30)]
    good = [(l + random.random() * 1.5) for l in labels]
    yield "ties", ties(4), ties(6), labels, True
    yield "one good", good, ties(9), labels, True
    yield "opposite", good, [-x for x in good], labels, True
    yield "the same", good, good, labels, False
    yield "one positive", [0.1, 0.4, 0.35], [0.3, 0.2, 0.9], [0, 0, 1], False
    yield "infinite", [-INF, 0.0, INF, INF, 1.0], [0.0, 0.0, 1e-300, INF, -1.0], [0, 0, 1, 1, 0], False
    y = [i % 2 for i in range(400)]  # z some 30: p below 1e-200
    yield "far apart", [l + 0.001 * ((i * 37) % 991) for i, l in enumerate(y)], [((i * 7919) % 400) - 200 * l for i, l in enumerate(y)], y, True


for name, a, b, y, by_r in delong_tables():
    out.note(f"delong_test, {name}: DeLong's components as fractions; pROC roc.test(paired = TRUE)")
    result = delong(a, b, y)
    if by_r:
        z, p, low, high = proc(a, b, y)
        agree(result["statistic"][0], z)
        agree(result["p_value"][0], p, 1e-8 if p > 1e-15 else 1)
        agree(result["low"][0], low, absolute=1e-9)
        agree(result["high"][0], high, absolute=1e-9)
    table = out.table("a b y", list(zip(a, b, y)))
    expect(table, "delong_test(a, b, y)", result)
out.null("delong_test(1, 2, 1)")


# ---- McNemar ----
def wilson(k, n):
    k, n, z2 = mpf(k), mpf(n), Z95**2
    reach = Z95 * sqrt(k * (n - k) / n + z2 / 4)
    return (k + z2 / 2 - reach) / (n + z2), (k + z2 / 2 + reach) / (n + z2)


def newcombe(both, a, b, none):
    n = both + a + b + none
    p1, p2, d = mpf(both + a) / n, mpf(both + b) / n, mpf(a - b) / n
    margins, top = (both + a) * (b + none) * (both + b) * (a + none), mpf(both * none - a * b)
    if top > 0:
        top = max(top - mpf(n) / 2, mpf(0))
    phi = top / sqrt(margins) if margins else mpf(0)
    (l1, u1), (l2, u2) = wilson(both + a, n), wilson(both + b, n)
    reach = lambda x, y: sqrt(max(x * x - 2 * phi * x * y + y * y, mpf(0)))
    return d - reach(p1 - l1, u2 - p2), d + reach(u1 - p1, p2 - l2)


out.note("mcnemar_test: statsmodels mcnemar; Newcombe (1998), table III, method 10: 36, 12, 2, 0 gives 0.0569 to 0.3404")
assert [round(float(x), 4) for x in newcombe(36, 12, 2, 0)] == [0.0569, 0.3404]
for cells in ((36, 12, 2, 0), (5, 0, 0, 2), (0, 1, 0, 0), (30, 4, 4, 9), (3, 700, 2, 5), (54, 14, 0, 0), (1, 97, 3, 0), (800, 40, 25, 135)):
    both, a, b, none = cells
    rows = [("x", "x", "x", both), ("x", "y", "x", a), (2, 1, 1, b), (7, 7, "z", none)]
    table = out.table("a b y n", rows)
    table = f"(WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 1000) SELECT a, b, y FROM {table}, i WHERE i <= n)"
    n, k = a + b, min(a, b)
    tail = Fraction(sum(math.comb(n, i) for i in range(k + 1)), 2**n)
    p, mid = min(2 * tail, Fraction(1)), 2 * tail - Fraction(math.comb(n, k), 2**n)
    if n:
        agree(p, mcnemar([[both, a], [b, none]], exact=True).pvalue)
        # statsmodels squares |b-c| - 1 also where that is -1
        agree(Fraction(max(abs(a - b) - 1, 0) ** 2, n), mcnemar([[both, a], [b, none]], exact=False, correction=True).statistic, absolute=0 if a != b else 1)
    low, high = newcombe(*cells)
    near = lambda x: (x, 64 + int(4 / abs(x)))  # roundings of proportions
    expect(table, "mcnemar_test(a, b, y)", {
        "statistic": (Fraction(max(abs(a - b) - 1, 0) ** 2, n) if n else None,), "p_value": (p, 50), "mid_p": (mid, 50),
        "both_right": (both,), "only_a_right": (a,), "only_b_right": (b,), "both_wrong": (none,),
        "difference": (Fraction(a - b, sum(cells)),), "low": near(low), "high": near(high)})


# ---- t tests ----
def fractions(values):
    return [Fraction(x) for x in values]


def as_mpf(x):
    return mpf(x.numerator) / x.denominator


def t_result(difference, variance, df, rows, method):
    d, se = as_mpf(difference), sqrt(as_mpf(variance))
    if se == 0:
        t = None if d == 0 else INF if d > 0 else -INF
        p = None if d == 0 else 0.0
        low = high = d
    else:
        t, q = d / se, t_quantile(0.975, df)
        p, low, high = 2 * t_sf(abs(t), df), d - q * se, d + q * se
    size = max(abs(d), abs(high - d))
    near = lambda x: (x, 8 + (int(8 * size / abs(x)) if x else 0))
    return {"statistic": (t,), "p_value": (p, 60 + 10 * int(min(abs(t or 0), 1e3))), "difference": (difference,), "se": (se,), "df": (df if isinstance(df, int) else mpf(df),),
            "low": near(low), "high": near(high), "rows": (rows,), "method": (method,)}


def spread(values):
    n, mean = len(values), sum(values) / len(values)
    return sum((x - mean) ** 2 for x in values) / (n - 1)


PAIRS = {
    "plain": ([1.2, 1.9, 0.7, 2.5, 3.1], [1.0, 1.4, 0.8, 2.75, 2.0]),
    "two rows": ([1.0, 2.0], [0.5, 3.0]),
    "no difference": ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]),
    "all the same difference": ([1.0, 2.0, 3.0], [0.5, 1.5, 2.5]),
    "and the other way": ([0.5, 1.5, 2.5], [1.0, 2.0, 3.0]),
    "large against small": ([1e16, 2e16, 3.5e16], [1.0, 2.0, 3.0]),
    "ties": ([float(random.randrange(5)) for _ in range(40)], [float(random.randrange(4)) for _ in range(40)]),
    "far": ([float(1000 + (i * 7) % 11) for i in range(300)], [float((i * 5) % 13) for i in range(300)]),
    "tiny p": ([i + 100 + ((i * 31) % 17) / 16 for i in range(220)], [i + 97.25 + ((i * 13) % 23) / 8 for i in range(220)]),
}
for name, (x, y) in PAIRS.items():
    out.note(f"paired_t_test and wilcoxon_test, {name}: exact sums; scipy ttest_rel, wilcoxon(correction=False)")
    table = out.table("x y", list(zip(x, y)))
    d = [a - b for a, b in zip(x, y)]  # rounded once, as the extension and scipy have it
    exact_d = fractions(d)
    n = len(d)
    result = t_result(sum(exact_d) / n, spread(exact_d) / n, n - 1, n, "paired t")
    if spread(exact_d):
        agree(result["statistic"][0], stats.ttest_rel(x, y).statistic)
        agree(result["p_value"][0], stats.ttest_rel(x, y).pvalue, 1e-6)
    expect(table, "paired_t_test(x, y)", result)

    moved = [v for v in d if v]
    zeros, sizes = n - len(moved), sorted(abs(v) for v in moved)
    ranks = stats.rankdata([abs(v) for v in moved]) if moved else []
    plus = sum(Fraction(r) for r, v in zip(ranks, moved) if v > 0)
    m = len(moved)
    least = min(plus, Fraction(m * (m + 1), 2) - plus)
    by_law = n <= 50 and not zeros and len(set(sizes)) == m
    p, statistic = None, None
    if moved:
        statistic = mpf(float(least))
        if by_law:
            ways = [1]
            for rank in range(1, m + 1):
                longer = ways + [0] * rank
                for i, w in enumerate(ways):
                    longer[i + rank] += w
                ways = longer
            p = min(Fraction(2 * sum(ways[: int(least) + 1]), 2**m), Fraction(1))
        else:
            ties = sum(t**3 - t for t in (len(list(g)) for _, g in itertools.groupby(sizes)))
            variance = Fraction(m * (m + 1) * (2 * m + 1), 24) - Fraction(ties, 48)
            z = abs(as_mpf(plus - Fraction(m * (m + 1), 4))) / sqrt(as_mpf(variance))
            p = 2 * normal_sf(z)
        theirs = stats.wilcoxon(x, y, correction=False, mode="exact" if by_law else "approx")
        agree(statistic, theirs.statistic)
        agree(p, theirs.pvalue, 1e-9)
    ordered = sorted(d)
    median = Fraction(ordered[(n - 1) // 2]) / 2 + Fraction(ordered[n // 2]) / 2
    expect(table, "wilcoxon_test(x, y)", {
        "statistic": (statistic,), "p_value": (p, 60 if by_law or not moved else 8 + 2 * int(z * z)), "rows": (n,), "zeros": (zeros,), "median_difference": (median,),
        "method": ("exact" if by_law else "normal",)})


# ---- two samples ----
def ks_exact(m, n, gap):
    """Of all paths from (0, 0) to (m, n), the share that meets |i·n - j·m| >= gap."""
    inside = [[0] * (n + 1) for _ in range(m + 1)]
    for i in range(m + 1):
        for j in range(n + 1):
            if abs(i * n - j * m) >= gap:
                continue
            inside[i][j] = 1 if i == j == 0 else (inside[i - 1][j] if i else 0) + (inside[i][j - 1] if j else 0)
    total = math.comb(m + n, m)
    return Fraction(total - inside[m][n], total)


def u_exact(m, n, u):
    """P(U <= u) for ranks without ties, by the number of ways to choose m of m + n with each sum."""
    ways = {(0, 0): 1}
    for rank in range(m + n):
        more = dict(ways)
        for (k, s), w in ways.items():
            if k < m:
                more[k + 1, s + rank] = more.get((k + 1, s + rank), 0) + w
        ways = more
    base = m * (m - 1) // 2
    return Fraction(sum(w for (k, s), w in ways.items() if k == m and s - base <= u), math.comb(m + n, m))


def kolmogorov_sf(x):
    return 2 * sum((-1) ** (k - 1) * mp.exp(-2 * mpf(k) ** 2 * mpf(x) ** 2) for k in range(1, 60))


SAMPLES = {
    "four": ([0.35, 0.8], [0.1, 0.4]),
    "apart": ([5.0, 6.0, 7.0], [1.0, 2.0, 3.0, 4.0]),
    "alike": ([1.0, 2.0], [1.0, 2.0]),
    "all tied": ([1.0, 1.0, 1.0], [1.0, 1.0]),
    "one against many": ([0.5], [i / 7 for i in range(30)]),
    "ties": ([float(random.randrange(6)) for _ in range(25)], [float(random.randrange(5)) for _ in range(31)]),
    "no ties": ([i * 1.37 % 11 for i in range(8)], [i * 0.731 % 11 + 0.01 for i in range(40)]),
    "a ninth": ([i * 1.37 % 11 for i in range(9)], [i * 0.731 % 11 + 0.01 for i in range(40)]),
    "tiny p": ([float(i) for i in range(400)], [float(i + 350) + 0.5 for i in range(380)]),
}
for name, (ones, zeros) in SAMPLES.items():
    out.note(f"mann_whitney_test, ks_test, t_test, {name}: exact laws; scipy mannwhitneyu, ks_2samp, ttest_ind(equal_var=False)")
    table = out.table("x y", [(x, 1) for x in ones] + [(x, 0) for x in zeros])
    p_n, n_n = len(ones), len(zeros)
    n, pairs = p_n + n_n, p_n * n_n
    u = sum(Fraction(2 if a > b else 1 if a == b else 0, 2) for a in ones for b in zeros)
    sizes = [len(list(g)) for _, g in itertools.groupby(sorted(ones + zeros))]
    by_law = max(sizes) == 1 and min(p_n, n_n) <= 8 and pairs <= 20000
    if by_law:
        p = min(Fraction(1), 2 * u_exact(p_n, n_n, int(min(u, pairs - u))))
    else:
        ties = sum(t**3 - t for t in sizes)
        variance = Fraction(pairs, 12) * (n + 1 - Fraction(ties, n * (n - 1)))
        p = None
        if variance:
            z = (abs(as_mpf(u - Fraction(pairs, 2))) - mpf(1) / 2) / sqrt(as_mpf(variance))
            p = min(mpf(1), 2 * normal_sf(z))
    theirs = stats.mannwhitneyu(ones, zeros, method="exact" if by_law else "asymptotic")
    agree(u, theirs.statistic)
    if p is not None:
        agree(p, theirs.pvalue)
    expect(table, "mann_whitney_test(x, y)", {
        "statistic": (mpf(float(u)),), "p_value": (p, 1000 if p and p < 1e-50 else 60), "auc": (u / pairs,), "positives": (p_n,),
        "negatives": (n_n,), "method": ("exact" if by_law else "normal",)})

    gap = max(abs(sum(x <= s for x in ones) * n_n - sum(x <= s for x in zeros) * p_n) for s in ones + zeros)
    p = ks_exact(p_n, n_n, gap)
    agree(p, stats.ks_2samp(ones, zeros, mode="exact").pvalue, 1e-6)
    expect(table, "ks_test(x, y)", {"statistic": (Fraction(gap, pairs),), "p_value": (p, 4 * n), "rows": (n,), "method": ("exact",)})

    one, zero = fractions(ones), fractions(zeros)
    difference = sum(one) / p_n - sum(zero) / n_n
    if min(p_n, n_n) < 2:
        expect(table, "t_test(x, y)", {"statistic": (None,), "p_value": (None,), "difference": (difference,), "se": (None,), "low": (None,)})
        continue
    v1, v0 = spread(one) / p_n, spread(zero) / n_n
    if v1 + v0:
        df = as_mpf((v1 + v0) ** 2 / (v1**2 / (p_n - 1) + v0**2 / (n_n - 1)))
        result = t_result(difference, v1 + v0, df, n, "Welch t")
        agree(result["statistic"][0], stats.ttest_ind(ones, zeros, equal_var=False).statistic)
        agree(result["p_value"][0], stats.ttest_ind(ones, zeros, equal_var=False).pvalue, 1e-6)
        if abs(result["statistic"][0]) > 20:
            result["p_value"] = (result["p_value"][0], 2000)
    else:
        result = t_result(difference, v1 + v0, 1, n, "Welch t") | {"df": (None,)}
    expect(table, "t_test(x, y)", result)

out.note("ks_test beyond 10^8 pairs: the limiting law")
many = "(WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < 21999) SELECT (i * 7919) % 22000 + 300 * (i % 2) AS x, i % 2 AS y FROM i)"
x, y = np.array([(i * 7919) % 22000 + 300 * (i % 2) for i in range(22000)]), np.arange(22000) % 2
theirs = stats.ks_2samp(x[y == 1], x[y == 0], mode="asymp")
d = Fraction(round(theirs.statistic * 11000), 11000)
expect(many, "ks_test(x, y)", {"statistic": (d,), "p_value": (kolmogorov_sf(mpf(d.numerator) / d.denominator * sqrt(5500)), 60), "method": ("asymptotic",)})


# ---- chi-squared ----
out.note("chi2_test: scipy chi2_contingency(correction=False)")
for cells in ([[10, 20], [30, 40]], [[2, 0], [0, 2]], [[5, 0, 3], [1, 4, 0]], [[7, 7], [7, 7]], [[3, 4, 5]], [[900, 3], [2, 950]],
              [[40, 12, 8, 3], [11, 52, 9, 2], [6, 8, 61, 5]], [[999, 1], [1, 0]], [[998, 1, 2], [3, 0, 0], [2, 0, 0]]):
    rows = [(f"r{i}", j, c) for i, line in enumerate(cells) for j, c in enumerate(line) if c]
    table = out.table("a b n", rows)
    table = f"(WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 1000) SELECT a, b FROM {table}, i WHERE i <= n)"
    r, c, n = [sum(line) for line in cells], [sum(line) for line in zip(*cells)], sum(map(sum, cells))
    statistic = sum((Fraction(cells[i][j]) - Fraction(r[i] * c[j], n)) ** 2 / Fraction(r[i] * c[j], n) for i in range(len(r)) for j in range(len(c)))
    df, less = (len(r) - 1) * (len(c) - 1), min(len(r), len(c)) - 1
    if df:
        theirs = stats.chi2_contingency(cells, correction=False)
        agree(statistic, theirs[0])
        agree(chi2_sf(as_mpf(statistic), df), theirs[1])
    p = chi2_sf(as_mpf(statistic), df) if df else mpf(1)
    expect(table, "chi2_test(a, b)", {
        "statistic": (statistic, 8), "p_value": (p, 16 + 8 * int(statistic)), "df": (df if isinstance(df, int) else mpf(df),), "rows": (n,),
        "cramers_v": (sqrt(as_mpf(statistic) / n / less) if less else None, 8), "smallest_expected": (Fraction(min(r) * min(c), n),)})


out.note("chi2_test of grades such as 1.5 beside integers: the same for either order")
cells = [[4, 1], [2, 2], [1, 3]]
table = out.table("a b", [(i / 2 + 0.5, j) for i, line in enumerate(cells) for j, c in enumerate(line) for _ in range(c)])
for call in ("chi2_test(a, b)", "chi2_test(b, a)"):
    expect(table, call, {"statistic": (stats.chi2_contingency(cells, correction=False)[0], 8), "df": (2,), "rows": (13,)})

out.note("chi2_test of weights: a cell without rows whose expected count is tiny beside the total; counts beyond the squares of doubles; as fractions")
for cells, power in (([[10**9, 1], [1, 0]], 0), ([[10**12, 3], [1, 0]], 0), ([[10**8, 1, 2], [3, 0, 0], [2, 0, 0]], 0), ([[3, 1], [5, 0]], -1000), ([[3, 1], [5, 0]], 1000), ([[7, 0], [0, 5]], 1000)):
    table = out.table("a b w", [(i, j, math.ldexp(c, power)) for i, line in enumerate(cells) for j, c in enumerate(line) if c])
    r, c, n = [sum(line) for line in cells], [sum(line) for line in zip(*cells)], sum(map(sum, cells))
    statistic = sum((Fraction(cells[i][j]) - Fraction(r[i] * c[j], n)) ** 2 / Fraction(r[i] * c[j], n) for i in range(len(r)) for j in range(len(c)))
    df, call = (len(r) - 1) * (len(c) - 1), f"chi2_test((SELECT class_set(a, b, w) FROM {table}))"
    found = {"df": (df,), "cramers_v": (sqrt(as_mpf(statistic) / n / (min(len(r), len(c)) - 1)), 8)}
    if power == 0:
        found |= {"statistic": (statistic, 8), "p_value": (chi2_sf(as_mpf(statistic), df), 16), "smallest_expected": (Fraction(min(r) * min(c), n),)}
    expect("(SELECT 1)", call, found)


# ---- calibration ----
def hosmer_lemeshow(rows, groups):
    rows = sorted(rows)
    n, found = len(rows), {}
    for p, y in rows:
        before = sum(q < p for q, _ in rows)
        group = next(k for k in range(1, groups + 1) if (n - 1) * k >= before * groups)
        found.setdefault(group, []).append((Fraction(p), y))
    statistic = Fraction(0)
    for group in found.values():
        e, o, m = sum(p for p, _ in group), sum(y for _, y in group), len(group)
        if o != e:
            statistic = INF if e in (0, m) else statistic + (o - e) ** 2 / e + (o - e) ** 2 / (m - e)
    return statistic, len(found)


CALIBRATION = {
    "four": [(0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)],
    "ties": [(random.randrange(8) / 8 + 0.05, random.randrange(2)) for _ in range(60)],
    "many": [(p, int(random.random() < p)) for p in (random.random() for _ in range(200))],
    "all one half": [(0.5, 1), (0.5, 0), (0.5, 1)],
    "certain and right": [(1.0, 1), (0.0, 0)],
    "certain and wrong": [(1.0, 0), (0.0, 0)],
}
for name, rows in CALIBRATION.items():
    out.note(f"hosmer_lemeshow_test, spiegelhalter_test, {name}: from the definitions, as fractions")
    table = out.table("p y", rows)
    for groups in (10, 3, 1):
        statistic, found = hosmer_lemeshow(rows, groups)
        for kind, df in (("heldout", found), ("fitted", found - 2)):
            x = INF if statistic == INF else as_mpf(statistic)
            p = None if df < 1 else mpf(0) if x == INF else chi2_sf(x, df)
            expect(table, f"hosmer_lemeshow_test(p, y, {groups}, '{kind}')", {
                "statistic": (x, 16), "p_value": (p, 16 + 16 * int(min(x, 100))), "df": (df if isinstance(df, int) else mpf(df),), "groups": (found,), "rows": (len(rows),)})
    top = sum((y - Fraction(p)) * (1 - 2 * Fraction(p)) for p, y in rows)
    variance = sum((1 - 2 * Fraction(p)) ** 2 * Fraction(p) * (1 - Fraction(p)) for p, _ in rows)
    z = as_mpf(top) / sqrt(as_mpf(variance)) if variance else None if top == 0 else INF if top > 0 else -INF
    p = None if z is None else 2 * normal_sf(abs(z)) if abs(z) < INF else mpf(0)
    # the terms cancel: roundings at the size of their sum
    slack = 16 + int(16 * sum(abs((y - Fraction(p)) * (1 - 2 * Fraction(p))) for p, y in rows) / abs(top)) if top else 16
    expect(table, "spiegelhalter_test(p, y)", {"statistic": (z, slack), "p_value": (p, slack * 4), "rows": (len(rows),)})


# ---- p-values near 1e-200, over many rows ----
def many(n, columns):
    """SQL and rows of a table of n rows, whose columns are expressions of i that SQL and Python read alike."""
    listed = ", ".join(f"{text} AS {name}" for name, text in columns.items())
    sql = f"(WITH RECURSIVE i(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM i WHERE i < {n - 1}) SELECT {listed} FROM i)"
    return sql, list(zip(*([eval(text, {"i": i}) for i in range(n)] for text in columns.values())))


def small(p):
    assert 1e-260 < p < 1e-180, p
    return p


out.note("delong_test, p near 1e-200: z² ulps of p for each of z")
table, rows = many(1600, {"a": "i * 7919 % 2003 + 1460 * (i % 2)", "b": "i * 104729 % 1999", "y": "i % 2"})
a, b, y = zip(*rows)
result = delong(a, b, y)
z, p, low, high = proc(a, b, y)
agree(result["statistic"][0], z)
agree(small(result["p_value"][0]), p, 1e-7)
expect(table, "delong_test(a, b, y)", result)

out.note("paired_t_test and wilcoxon_test, p near 1e-200, with ties")
table, rows = many(1250, {"x": "i * 31 % 64 / 64.0 + 0.625", "y": "i * 29 % 32 / 64.0"})
d = [Fraction(x - y) for x, y in rows]
result = t_result(sum(d) / len(d), spread(d) / len(d), len(d) - 1, len(d), "paired t")
agree(result["statistic"][0], stats.ttest_rel(*zip(*rows)).statistic)
assert result["p_value"][0] < 1e-180
expect(table, "paired_t_test(x, y)", result)
groups = [len(list(g)) for _, g in itertools.groupby(sorted(map(abs, d)))]
n = len(d)
assert min(d) > 0
variance = Fraction(n * (n + 1) * (2 * n + 1), 24) - Fraction(sum(t**3 - t for t in groups), 48)
z = as_mpf(Fraction(n * (n + 1), 4)) / sqrt(as_mpf(variance))
agree(small(2 * normal_sf(z)), stats.wilcoxon(*zip(*rows), correction=False, mode="approx").pvalue, 1e-7)
expect(table, "wilcoxon_test(x, y)", {"statistic": (0.0,), "p_value": (2 * normal_sf(z), 8 + 2 * int(z * z)), "rows": (n,)})

out.note("mann_whitney_test, ks_test, p near 1e-200: the classes are apart")
table, rows = many(1300, {"x": "i * 7919 % 1301 % 160 + 1000 * (i % 2)", "y": "i % 2"})
ones, zeros = [x for x, y in rows if y], [x for x, y in rows if not y]
theirs = stats.mannwhitneyu(ones, zeros, method="asymptotic")
ties = sum(t**3 - t for t in (len(list(g)) for _, g in itertools.groupby(sorted(x for x, _ in rows))))
pairs, n = len(ones) * len(zeros), len(rows)
u = sum(Fraction(2 if a > b else 1 if a == b else 0, 2) for a in ones for b in zeros)
z = (as_mpf(u - Fraction(pairs, 2)) - mpf(1) / 2) / sqrt(as_mpf(Fraction(pairs, 12) * (n + 1 - Fraction(ties, n * (n - 1)))))
agree(u, theirs.statistic)
agree(small(2 * normal_sf(z)), theirs.pvalue, 1e-7)
expect(table, "mann_whitney_test(x, y)", {"statistic": (mpf(float(u)),), "p_value": (2 * normal_sf(z), 8 + 2 * int(z * z)), "method": ("normal",)})
table, rows = many(690, {"x": "i", "y": "i > 349"})
p = Fraction(2, math.comb(690, 340))
agree(p, stats.ks_2samp([x for x, y in rows if y], [x for x, y in rows if not y], mode="exact").pvalue, 1e-6)
expect(table, "ks_test(x, y)", {"statistic": (1.0,), "p_value": (small(p), 4 * 690), "method": ("exact",)})

out.note("chi2_test, p near 1e-200")
cells = [[480, 10], [12, 498]]
table, _ = many(1000, {"a": "i < 490", "b": "(i < 480) + (i >= 490) * (i < 502)"})
statistic, p, df, _ = stats.chi2_contingency(cells, correction=False)
r, c, n = [sum(line) for line in cells], [sum(line) for line in zip(*cells)], 1000
exactly = sum((Fraction(cells[i][j]) - Fraction(r[i] * c[j], n)) ** 2 / Fraction(r[i] * c[j], n) for i in range(2) for j in range(2))
agree(exactly, statistic)
agree(small(chi2_sf(as_mpf(exactly), 1)), p, 1e-7)
expect(table, "chi2_test(a, b)", {"statistic": (exactly, 8), "p_value": (chi2_sf(as_mpf(exactly), 1), 16 + 8 * int(exactly))})

out.note("hosmer_lemeshow_test, spiegelhalter_test, p near 1e-200")
table, rows = many(930, {"p": "0.5", "y": "1"})
expect(table, "hosmer_lemeshow_test(p, y)", {"statistic": (mpf(930), 16), "p_value": (small(chi2_sf(930, 1)), 16 + 8 * 930), "df": (1,), "groups": (1,)})
table, rows = many(101, {"p": "0.9", "y": "0"})
top, variance = 101 * -Fraction(0.9) * (1 - 2 * Fraction(0.9)), 101 * (1 - 2 * Fraction(0.9)) ** 2 * Fraction(0.9) * (1 - Fraction(0.9))
z = as_mpf(top) / sqrt(as_mpf(variance))
expect(table, "spiegelhalter_test(p, y)", {"statistic": (z, 16), "p_value": (small(2 * normal_sf(z)), 64 + 16 * int(z * z))})


# ---- scalars ----
out.note("binomial_test: scipy binomtest, as fractions")
for k, n, p in ((14, 20, 0.5), (3, 10, 0.125), (0, 10, 0.25), (10, 10, 0.75), (5, 10, 0.5), (7, 7, 1.0), (0, 3, 0.0), (1, 3, 0.0), (300, 1000, 0.5), (52, 100, 0.5),
                (1, 2000, 0.25), (4, 9, 0.375), (1, 10, 1e-20), (9, 10, 1 - 2.0**-40), (2, 10, 0.75), (700, 1000, 0.5)):
    chance = [math.comb(n, i) * Fraction(p) ** i * (1 - Fraction(p)) ** (n - i) for i in range(n + 1)]
    value = sum(c for c in chance if c <= chance[k] * (1 + Fraction(1, 10**7)))
    if p > 1e-10:
        agree(value, stats.binomtest(k, n, p).pvalue, 1e-8)
    call = f"binomial_test({k}, {n}, {number(p)})"
    out.near(f"json_extract({call}, '$.p_value')", min(value, Fraction(1)), 60)
    out.near(f"json_extract({call}, '$.statistic')", Fraction(k, n), 2)
out.near("json_extract(binomial_test(60, 100), '$.p_value')", Fraction(2 * sum(math.comb(100, i) for i in range(41)), 2**100), 60)
out.null("binomial_test(3, 2)")
out.null("binomial_test(0, 0)")

out.note("p_adjust: statsmodels multipletests")
for values in ([0.01, 0.04, 0.03], [0.5], [0.02, 0.02, 0.02, 0.9, 0.001], [1.0, 0.0, 1e-200], [random.random() ** 3 for _ in range(12)]):
    for method, theirs in (("holm", "holm"), ("bh", "fdr_bh")):
        for i, x in enumerate(multipletests(values, method=theirs)[1]):
            out.near(f"json_extract(p_adjust('{json(values)}', '{method}'), '$[{i}]')", float(x), 4)
out.write()
