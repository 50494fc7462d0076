#!/usr/bin/env python3
"""Expected values of the intervals of means and proportions: scipy, statsmodels, and 60 digits where they are exact enough.

  python3 tests/oracle/mean_intervals.py     writes tests/oracle/mean_intervals.tsv
"""
import math
import random
from fractions import Fraction

import numpy as np
import statsmodels.api as sm
from mpmath import mp, mpf
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from common import Lines, agree, exact, nearest, number

out = Lines("mean_intervals", "Intervals of means and proportions.")
rng = random.Random(11)
ULPS = 40  # the quantile of t: 1e-14 relative, and value minus bound may be nearly as large as the bound


def root(x):
    return nearest(mp.sqrt(mpf(x.numerator) / mpf(x.denominator)))


def refined(cdf, density, p, x):
    """The quantile near x, by Newton's steps with 60 digits: scipy's have an error of 1e-9 now and then."""
    x = mpf(x)
    for _ in range(6):
        x -= (cdf(x) - p) / density(x)
    return x


def t_quantile(p, df):
    """Of p > 1/2."""
    cdf = lambda t: 1 - mp.betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    density = lambda t: (1 + t * t / df) ** (-mpf(df + 1) / 2) / (mp.sqrt(df) * mp.beta(mpf(1) / 2, mpf(df) / 2))
    found = refined(cdf, density, p, stats.t.ppf(float(p), df))
    agree(found, stats.t.ppf(float(p), df), relative=1e-7)
    return found


def beta_quantile(p, a, b):
    found = refined(lambda x: mp.betainc(a, b, 0, x, regularized=True), lambda x: x ** (a - 1) * (1 - x) ** (b - 1) / mp.beta(a, b), p,
                    stats.beta.ppf(float(p), float(a), float(b)))
    agree(found, stats.beta.ppf(float(p), float(a), float(b)), relative=1e-7)
    return found


def expect(sql, key, x, ulps=0):
    """A member of the JSON."""
    out.near(f"SELECT json_extract(({sql}), '$.{key}')", x, ulps) if ulps else out.bits(f"SELECT json_extract(({sql}), '$.{key}')", x)


# == means

def mean_ci(values, level):
    n, mean = len(values), sum(map(Fraction, values)) / len(values)
    square = sum((Fraction(x) - mean) ** 2 for x in values) / (n - 1) / n
    reach = t_quantile(1 - (1 - mpf(level)) / 2, n - 1) * mp.sqrt(mpf(square.numerator) / square.denominator)
    bounds = [nearest(mpf(mean.numerator) / mean.denominator + sign * reach) for sign in (-1, 1)]
    for ours, theirs in zip(bounds, stats.t.interval(level, n - 1, float(mean), root(square))):
        agree(ours, theirs, relative=1e-7)
    return nearest(mean), root(square), bounds


out.note("scipy.stats.t.interval")
SAMPLES = {
    "few": [0.5, 1.0, 0.25, 1.0],
    "near each other": [1e6 + x / 1024 for x in (1, 2, 5, 7, 3)],
    "reciprocal ranks": [1 / rng.choice([1, 1, 2, 3, 5, 10]) for _ in range(50)],
    "normal": [round(rng.gauss(5, 2), 3) for _ in range(80)],
}
for name, values in SAMPLES.items():
    table = out.table("x", [(x,) for x in values])
    for level in (0.95, 0.8):
        more = "" if level == 0.95 else f", '{level}'"
        value, se, (low, high) = mean_ci(values, level)
        sql = f"SELECT mean_ci(x{more}) FROM {table}"
        expect(sql, "value", value)
        expect(sql, "se", se, 1)
        expect(sql, "low", low, ULPS)
        expect(sql, "high", high, ULPS)
        out.int(f"SELECT json_extract(({sql}), '$.rows')", len(values))
out.note("an integral weight k counts as k rows; weight 0 as none")
table = out.table("x w", [(0.5, 2), (1.0, 1), (0.25, 3), (7.0, 0)])
value, se, _ = mean_ci([0.5, 0.5, 1.0, 0.25, 0.25, 0.25], 0.95)
expect(f"SELECT mean_ci(x, '0.95', w) FROM {table}", "value", value)
expect(f"SELECT mean_ci(x, '0.95', w) FROM {table}", "se", se, 1)
out.text("SELECT mean_ci(3)", '{"value":3.0,"low":null,"high":null,"se":null,"level":0.95,"method":"t","rows":1,"note":"only one row"}')
out.text("SELECT mean_ci(column1) FROM (VALUES (9e999), (1))",
         '{"value":9e999,"low":null,"high":null,"se":null,"level":0.95,"method":"t","rows":2,"note":"the value of a row is infinite"}')
out.error("SELECT mean_ci(1, 3)", "mean_ci: level must be within (0,1), got 3; the weight is argument 3")
out.error("SELECT mean_ci(1, 0.9, 0.5)", "mean_ci: weight must be an integer from 0 to 2^44, a number of rows, got 0.5")

# == clusters

def clustered(rows):
    """The mean and its cluster-robust standard error, by statsmodels."""
    names = sorted({c for _, c in rows}, key=str)
    fit = sm.OLS([x for x, _ in rows], np.ones(len(rows))).fit(cov_type="cluster", cov_kwds={"groups": [names.index(c) for _, c in rows]}, use_t=True)
    return fit.params[0], fit.bse[0], fit.conf_int(0.05)[0], len(names)


out.note("statsmodels OLS on a constant, cov_type='cluster', t with clusters - 1 degrees of freedom")
CLUSTERS = {
    "texts": [(1, "ann"), (0, "ann"), (1, "bob"), (1, "cy"), (0, "cy"), (0, "cy")],
    "numbers": [(round(rng.gauss(u, 1), 3), u) for u in range(12) for _ in range(rng.randrange(1, 7))],
    "beyond 2^53": [(rng.randrange(5), 2**53 + u) for u in range(6) for _ in range(3)] + [(2, 2**63 - 1), (3, 2**63 - 2)],
    "near each other": [(1e9 + x / 8, u) for u, x in enumerate((1, 0, 1, 6, 0, 7, 3, 4, 2, 5, 6))] + [(1e9 + x / 8, x % 3) for x in (5, 2, 7, 1, 6)],
    "of one row": [(x, i) for i, x in enumerate(SAMPLES["reciprocal ranks"])],
}
for name, rows in CLUSTERS.items():
    out.note(name)
    columns = ",".join(f"({number(x)},{c if isinstance(c, int) else number(c)})" for x, c in rows)
    value, se, (low, high), n = clustered(rows)
    sql = f"SELECT mean_ci_clustered(x, c) FROM (WITH t(x, c) AS (VALUES {columns}) SELECT * FROM t)"
    mean = sum(Fraction(x) for x, _ in rows) / len(rows)
    agree(mean, value)
    expect(sql, "value", mean)
    sums = {}
    for x, c in rows:
        sums[c] = sums.get(c, Fraction(0)) + Fraction(x) - mean
    variance = sum(s * s for s in sums.values()) * n / (n - 1) / len(rows) ** 2
    agree(root(variance), se, relative=1e-6 if name == "near each other" else 1e-9)  # statsmodels rounds the mean
    expect(sql, "se", root(variance), 4)
    reach = float(t_quantile(mpf('0.975'), n - 1)) * root(variance)
    agree(float(mean) - reach, low, relative=1e-7)
    expect(sql, "low", float(mean) - reach, 200)
    expect(sql, "high", float(mean) + reach, ULPS)
    out.int(f"SELECT json_extract(({sql}), '$.clusters')", n)
out.note("clusters are alike as classes are")
out.int("SELECT json_extract(mean_ci_clustered(column1, column2), '$.clusters') FROM (VALUES (1, 7), (2, 7.0), (3, '7'), (4, 'seven'), (5, 7.5), (6, x'37'))", 4)
out.int("SELECT json_extract(mean_ci_clustered(column1, column2), '$.clusters') FROM (VALUES (1, 9223372036854775807), (2, 9223372036854775808.0), "
        "(3, -9223372036854775807 - 1), (4, 9e999), (5, -9e999), (6, 0.0), (7, -0.0))", 6)
out.text("SELECT mean_ci_clustered(column1, 'a') FROM (VALUES (1), (2))",
         '{"value":1.5,"low":null,"high":null,"se":null,"level":0.95,"method":"t","rows":2,"note":"only one cluster","clusters":1}')

# == proportions

out.note("statsmodels proportion_confint")
METHODS = {"wilson": "wilson", "clopper_pearson": "beta", "jeffreys": "jeffreys"}
def bounds(k, n, tail, method):
    if method == "wilson":
        square = 2 * mp.erfinv(1 - 2 * tail) ** 2
        half = mp.sqrt(square) * mp.sqrt(mpf(k) * (n - k) / n + square / 4)
        return mpf(k) ** 2 / n / (k + square / 2 + half), (k + square / 2 + half) / (n + square)
    if method == "jeffreys":
        return beta_quantile(tail, k + mpf("0.5"), n - k + mpf("0.5")), beta_quantile(1 - tail, k + mpf("0.5"), n - k + mpf("0.5"))
    return beta_quantile(tail, k, n - k + 1) if k else mpf(0), beta_quantile(1 - tail, k + 1, n - k) if k < n else mpf(1)


for k, n in ((0, 1), (1, 1), (0, 20), (20, 20), (18, 20), (1, 20), (50, 100), (3, 1000000), (999999, 1000000), (123456789, 1000000000)):
    for method, theirs in METHODS.items():
        for level in (0.95, 0.5, 0.999):
            if n > 1000 and method != "wilson":
                continue  # tests/distributions.c has beta's quantiles there
            found = bounds(k, n, (1 - mpf(level)) / 2, method)
            for ours, other in zip(found, proportion_confint(k, n, alpha=1 - level, method=theirs)):
                agree(ours, other, absolute=1e-12)
            sql = f"SELECT proportion_ci({k}, {n}, '{level}', '{method}')"
            for key, x in zip(("low", "high"), found):
                expect(sql, key, x, 0 if x in (0, 1) else ULPS)
expect("SELECT proportion_ci(18, 20)", "se", math.sqrt(0.9 * 0.1 / 20), 4)
out.text("SELECT proportion_ci(0, 0)", '{"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":0,"note":"no trials"}')
out.null("SELECT proportion_ci(NULL, 3)")
out.error("SELECT proportion_ci(5, 4)", "proportion_ci: successes must not be more than trials")
out.error("SELECT proportion_ci(0.5, 4)", "proportion_ci: successes must be an integer from 0 to 2^53, got 0.5")
out.error("SELECT proportion_ci(3, 4, 0.9, 'wald')", "proportion_ci: method must be 'wilson', 'clopper_pearson' or 'jeffreys', got text 'wald'")
out.write()
