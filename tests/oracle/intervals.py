#!/usr/bin/env python3
"""Expected values of the intervals: integers and fractions evaluated in mpmath, checked against pROC, statsmodels, SciPy and NumPy.

pROC runs in R, where that is installed (Debian: r-cran-proc); without it its agreement is not checked.
"""
import math
import random
import shutil
import subprocess
from bisect import bisect_left, bisect_right
from fractions import Fraction

import numpy as np
from mpmath import atanh, betainc, cbrt, erfinv, findroot, log, mp, mpf, sqrt, tanh
from scipy import stats
from sklearn.metrics import explained_variance_score, f1_score, precision_score, recall_score, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

from common import Lines, agree, nearest, over, shown, table

out = Lines("intervals", "Intervals.")
rng = random.Random(14)
NEAR = 32  # ulps of a bound: a quantile, a root and an exponential, whose errors the slope of the scale multiplies


def exact_root(x):
    """The root of a Fraction, in 60 digits."""
    return sqrt(mpf(x.numerator) / x.denominator)


def z_of(level):
    return sqrt(mpf(2)) * erfinv(mpf(level))


def quantile(cdf, p, near):
    """Where the cdf is p, found from a value near it."""
    return findroot(lambda x: cdf(x) - p, (mpf(near), mpf(near) * (1 + mpf(10) ** -9)))


def t_of(level, df):
    """The quantile of Student's t above which half of what lies outside of the level is."""
    tail = (1 - mpf(level)) / 2
    upper = lambda t: betainc(mpf(df) / 2, mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return quantile(upper, tail, stats.t.isf(float(tail), df))


def expect(call, rest, bounds, ulps=NEAR):
    """value, low, high and se of an interval; the value and se have the bits of the nearest double."""
    for key, x in zip(("value", "low", "high", "se"), bounds):
        at = f"json_extract({call}, '$.{key}') {rest}"
        if x is None:
            out.null(at)
        elif key in ("value", "se"):
            out.int(f"instr({call}, '\"{key}\":{shown(nearest(x))},') > 0 {rest}", 1)
        else:
            out.near(at, x, ulps)


# ---- DeLong


def pairs(own, other, sign):
    """Of each of own, twice the others on its lower side (sign 1; -1: its upper) and those beside it."""
    other = sorted(other)
    for x in own:
        low, high = bisect_left(other, x), bisect_right(other, x)
        yield low + high if sign > 0 else 2 * len(other) - low - high


def delong(rows):
    """AUC and its variance, by integers."""
    pos, neg = [s for s, y in rows if y == 1], [s for s, y in rows if y == 0]
    p, n = len(pos), len(neg)
    a, b = list(pairs(pos, neg, 1)), list(pairs(neg, pos, -1))
    u = sum(a)
    assert u == sum(b)
    spread = lambda x: Fraction(len(x) * sum(v * v for v in x) - u * u, len(x) * (len(x) - 1))
    return Fraction(u, 2 * p * n), spread(a) / (4 * p * n * n) + spread(b) / (4 * n * p * p)


def auc_bounds(auc, variance, level, method):
    se, z = exact_root(variance), z_of(level)
    x = mpf(auc.numerator) / auc.denominator
    if method == "normal":
        return max(x - z * se, mpf(0)), min(x + z * se, mpf(1)), se
    logit, margin = log(x / (1 - x)), z * se / (x * (1 - x))
    sigmoid = lambda v: 1 / (1 + mp.exp(-v))
    return sigmoid(logit - margin), sigmoid(logit + margin), se


def check_proc(rows, auc, variance):
    if not shutil.which("Rscript"):
        return
    vector = lambda k: "c(" + ",".join(repr(row[k]) for row in rows) + ")"
    code = ("suppressMessages(library(pROC)); r <- roc(" + vector(1) + "," + vector(0) + ", levels=c(0,1), direction='<', quiet=TRUE);"
            "cat(sprintf('%.17g', c(auc(r), var(r), ci(r))))")
    auc_r, variance_r, low, _, high = map(float, subprocess.run(["Rscript", "-"], input=code, capture_output=True, text=True, check=True).stdout.split())
    agree(auc, auc_r)
    agree(variance, variance_r)
    bounds = auc_bounds(auc, variance, 0.95, "normal")
    agree(bounds[0], low)
    agree(bounds[1], high)


def check_auc(rows, query=None):
    auc, variance = delong(rows)
    check_proc(rows, auc, variance)
    rest = query or "FROM " + out.table("s y", rows)
    args = "score, label" if query else "s, y"
    for level, method in ((0.95, "logit"), (0.95, "normal"), (0.9, "logit"), (0.999, "normal")):
        low, high, se = auc_bounds(auc, variance, level, method)
        tail = "" if level == 0.95 and method == "logit" else f", '{level}', '{method}'"
        expect(f"roc_auc_ci({args}{tail})", rest, (auc, low, high, se))
        if method == "logit":
            value = 2 * nearest(auc) - 1  # as gini computes it
            out.int(f"instr(gini_ci({args}{tail}), '\"value\":{shown(value)},') > 0 {rest}", 1)
            out.near(f"1 + json_extract(gini_ci({args}{tail}), '$.low') {rest}", 2 * low, NEAR)
            out.near(f"1 + json_extract(gini_ci({args}{tail}), '$.high') {rest}", 2 * high, NEAR)


out.note("DeLong's interval of AUC: logit scale and pROC's")
for grid, n, shift in ((4, 12, 1), (6, 40, 2), (30, 60, 12), (1000, 80, 300), (3, 25, 0), (1000, 50, 900)):
    rows = [(rng.randrange(grid) + shift * y, y) for y in [1, 1, 0, 0] + [rng.randrange(2) for _ in range(n - 4)]]
    if 0 < delong(rows)[0] < 1:
        check_auc(rows)
for model in ("forest", "naive_bayes"):
    rows = [(row["score"], row["label"]) for row in table("breast_cancer") if row["model"] == model]
    check_auc(rows, f"FROM breast_cancer WHERE model = '{model}'")
rows = [(row["score"], row["label"]) for row in table("flights") if row["model"] == "boosted"]
check_auc(rows, "FROM flights WHERE model = 'boosted'")
rows = [(s, y, k) for s, y, k in ((1, 0, 3), (2, 1, 2), (2, 0, 1), (3, 1, 4), (0, 1, 1), (1, 0, 0))]
auc, variance = delong([(s, y) for s, y, k in rows for _ in range(k)])
low, high, se = auc_bounds(auc, variance, 0.8, "logit")
expect("roc_auc_ci(s, y, '0.8', k)", "FROM " + out.table("s y k", rows), (auc, low, high, se))
big = [(s, y, k << 40) for s, y, k in rows]  # beyond 128 bits
p, n = [sum(k for _, y, k in big if y == label) for label in (1, 0)]
a = [(2 * sum(j for t, u, j in big if u == 0 and t < s) + sum(j for t, u, j in big if u == 0 and t == s), k) for s, y, k in big if y == 1]
b = [(2 * sum(j for t, u, j in big if u == 1 and t > s) + sum(j for t, u, j in big if u == 1 and t == s), k) for s, y, k in big if y == 0]
u = sum(x * k for x, k in a)
spread = lambda x, m: Fraction(m * sum(v * v * k for v, k in x) - u * u, m * (m - 1))
variance = spread(a, p) / (4 * p * n * n) + spread(b, n) / (4 * n * p * p)
low, high, se = auc_bounds(Fraction(u, 2 * p * n), variance, 0.95, "logit")
expect("roc_auc_ci(s, y, '0.95', k)", "FROM " + out.table("s y k", big), (auc, low, high, se))

out.note("AUC where DeLong's variance is 0 or there is none")
z2 = z_of(0.95) ** 2
perfect = [(1, 0), (2, 0), (3, 1), (4, 1), (5, 1)]
rest = "FROM " + out.table("s y", perfect)
expect("roc_auc_ci(s, y)", rest, (1, 2 / (2 + z2), 1, 0))
expect("roc_auc_ci(-s, y)", rest, (0, 0, z2 / (2 + z2), 0))
expect("roc_auc_ci(s, y, '0.95', 'normal')", rest, (1, 2 / (2 + z2), 1, 0))
expect("roc_auc_ci(1, y)", rest, (0.5, 0.5, 0.5, 0))
out.text(f"json_extract(roc_auc_ci(1, y), '$.note') {rest}", "all scores are equal")
expect(f"roc_auc_ci(s, y)", rest + " WHERE s <> 1", (1, None, None, None))
expect(f"roc_auc_ci(s, y)", rest + " WHERE y = 1", (None, None, None, None))
out.text("roc_auc_ci(1, 1)", '{"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"logit","rows":1,"note":"no row has label 0"}')
out.null(f"roc_auc_ci(s, y) {rest} WHERE s > 9")
out.text("json_extract(roc_auc_ci(p), '$.note') FROM (SELECT roc_auc_state(1, 1, 0.5) AS p)", "a weight is not an integer up to 2^44, so it is not a number of rows")

# ---- proportions


def wilson(x, n, level):
    z, p = z_of(level), mpf(x) / n
    middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def beta_quantile(p, a, b):
    return quantile(lambda x: betainc(a, b, 0, x, regularized=True), p, stats.beta.ppf(float(p), a, b))


def clopper_pearson(x, n, level):
    tail = (1 - mpf(level)) / 2
    return beta_quantile(tail, x, n - x + 1) if x else mpf(0), 1 - beta_quantile(tail, n - x, x + 1) if x < n else mpf(1)


def check_share(call, rest, x, n, rows, level=0.95):
    for method, statsmodels, bounds in (("wilson", "wilson", wilson), ("clopper_pearson", "beta", clopper_pearson)):
        low, high = bounds(x, n, level)
        if x == 0:
            low = mpf(0)  # not a digit of what the root leaves
        if x == n:
            high = mpf(1)
        theirs = proportion_confint(x, n, alpha=1 - level, method=statsmodels)
        agree(low, theirs[0], absolute=1e-15)
        agree(high, theirs[1], absolute=1e-15)
        share = nearest(Fraction(x, n))
        expect(call.replace(")", f", '{level}', '{method}')"), rest, (Fraction(x, n), low, high, None)[:3])
        at = f"json_extract({call.replace(')', f', {level}, {chr(39)}{method}{chr(39)})')}, '$.se') {rest}"
        out.near(at, sqrt(mpf(x) * (n - x) / n**3), 4)
        out.int(at.replace("$.se", "$.rows"), rows)


out.note("proportions: Wilson and Clopper-Pearson")
for tp, fp, fn, tn in ((3, 1, 2, 9), (40, 10, 0, 7), (1, 0, 3, 300), (0, 5, 2, 20), (500, 1, 20, 480)):
    rows = tp + fp + fn + tn
    cells = [(1, 1, tp), (1, 0, fp), (0, 1, fn), (0, 0, tn)]
    data = [(s, y) for s, y, k in cells for _ in range(k)] if rows < 100 else None
    if data:
        rest = "FROM " + out.table("s y", data)
        for level in (0.95, 0.5):
            check_share("precision_at_ci(s, y, 1)", rest, tp, tp + fp, rows, level)
            check_share("recall_at_ci(s, y, 1)", rest, tp, tp + fn, rows, level)
            check_share("specificity_at_ci(s, y, 1)", rest, tn, tn + fp, rows, level)
            check_share("accuracy_at_ci(s, y, 1)", rest, tp + tn, rows, rows, level)
            check_share("error_rate_at_ci(s, y, 1)", rest, fp + fn, rows, rows, level)
            check_share("accuracy_ci(s, y)", rest, tp + tn, rows, rows, level)
            check_share("error_rate_ci(s, y)", rest, fp + fn, rows, rows, level)
            check_share("precision_ci(s, y)", rest, tp, tp + fp, rows, level)
            check_share("recall_ci(s, y)", rest, tp, tp + fn, rows, level)
            check_share("specificity_ci(s, y)", rest, tn, tn + fp, rows, level)
        for name in ("f1", "jaccard"):
            out.int(f"json_remove({name}_ci(s, y), '$.note') IS json_remove({name}_at_ci(s, y, 1), '$.cutoff', '$.note') {rest}", 1)
        for name in ("precision_micro", "recall_micro", "f1_micro", "recall_weighted"):
            out.int(f"{name}_ci(s, y) = accuracy_ci(s, y) {rest}", 1)
    else:
        rest = "FROM " + out.table("s y k", cells)
        low, high = wilson(tp + tn, rows, 0.95)
        expect("accuracy_at_ci(s, y, 1, '0.95', k)", rest, (Fraction(tp + tn, rows), low, high))
for x, n in ((0, 10**9), (1, 10**9), (10**9, 10**9), (3, 10**12)):
    low, high = wilson(x, n, 0.95)
    rest = "FROM " + out.table("s y k", [(1, 1, x), (0, 1, n - x)])
    expect("accuracy_at_ci(s, y, 1, '0.95', k)", rest, (Fraction(x, n), low if x else 0, high if x < n else 1))
rows = [([0.2, 0.5, 0.3], c) for c in (0, 1, 1, 2, 2, 2)]
at = "FROM " + out.table("v c", [("[0.2, 0.5, 0.3]", c) for _, c in rows])
check_share("top_k_accuracy_ci(v, c, 2)", at, 5, 6, 6)
out.text("json_extract(precision_at_ci(0.1, 1, 0.5), '$.note')", "no row is predicted positive")
out.text("json_extract(recall_at_ci(0.1, 0, 0.5), '$.note')", "no row has label 1")
for name in ("accuracy_ci", "f1_micro_ci", "kappa_ci", "f1_macro_ci"):
    out.error(f"{name}(column1, column2) FROM (VALUES (0.3, 1), (0.2, 0))", "every label is an integer, got 0.2")
out.text("json_extract(specificity_at_ci(0.1, 1, 0.5), '$.note')", "no row has label 0")
out.text("accuracy_at_ci(0.1, 0, 0.5)", '{"value":1.0,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":1,"cutoff":0.5,"note":"only one row"}')
out.error("accuracy_at_ci(0.1, 0, 0.5, 0.9, 'logit')", "accuracy_at_ci: method must be 'wilson' or 'clopper_pearson' for this metric")
out.error("accuracy_at_ci(0.1, 0, 0.5, 2)", "accuracy_at_ci: level must be within (0,1), got 2; the weight is argument 5")
out.error("accuracy_at_ci(0.1, 0, 0.5, 0.95, 1.5)", "accuracy_at_ci: weight must be an integer from 0 to 2^44, a number of rows, got 1.5")

# ---- means


def moments(values):
    """Mean, standard error and skewness of Fractions."""
    n = len(values)
    m = sum(values) / n
    m2, m3 = (sum((v - m) ** k for v in values) / n for k in (2, 3))
    skewness = mpf(m3.numerator) / m3.denominator / exact_root(m2) ** 3 if m2 else mpf(0)
    return m, exact_root(m2 / (n - 1)), skewness


def hall(m, se, skewness, n, t):
    k = skewness / sqrt(mpf(n))
    root = lambda y: cbrt(y) if y >= 0 else -cbrt(-y)
    h = lambda x: 3 / k * (root(1 + k * (x - k / 6)) - 1) if k else x
    return m - se * h(t), m - se * h(-t)


def check_hall(values, m, se, skewness, t, low, high):
    """NumPy and SciPy, of floats, say the same."""
    x = np.array([float(v) for v in values])
    k = stats.skew(x) / np.sqrt(len(x))
    h = lambda x: 3 / k * (np.cbrt(1 + k * (x - k / 6)) - 1)
    agree(se, stats.sem(x), 1e-9)
    if abs(k) > 1e-6:
        agree(skewness, stats.skew(x), 1e-6)
        agree(low, max(0.0, x.mean() - stats.sem(x) * h(float(t))), 1e-6, 1e-9)
        agree(high, x.mean() - stats.sem(x) * h(-float(t)), 1e-6)
    theirs = stats.t.interval(0.95, len(x) - 1, loc=x.mean(), scale=stats.sem(x))
    agree(m - se * t_of(0.95, len(x) - 1), theirs[0], 1e-8, 1e-12)  # quantiles of SciPy 1.10 are off by 2e-9


def check_mean(call, rest, values, root=False, level=0.95):
    n = len(values)
    m, se, skewness = moments(values)
    t = t_of(level, n - 1)
    m_ = mpf(m.numerator) / m.denominator
    for method in ("hall", "t"):
        low, high = hall(m_, se, skewness, n, t) if method == "hall" else (m_ - t * se, m_ + t * se)
        low = max(low, mpf(0))
        if method == "hall" and level == 0.95:
            check_hall(values, m_, se, skewness, t, low, high)
        got = call.replace(")", f", '{level}', '{method}')")
        error = float(se * t / (low or se)) * 2.0**-48  # of the bound, which is a difference: relative to what is subtracted
        ulps = lambda x: max(NEAR, int(error * 2**52)) if x else 0
        if not root:
            expect(got, rest, (nearest(m), None, None, se)[:1])
            out.int(f"instr({got}, '\"se\":{shown(nearest(se))},') > 0 {rest}", 1)
            out.near(f"json_extract({got}, '$.low') {rest}", low, ulps(low))
            out.near(f"json_extract({got}, '$.high') {rest}", high, NEAR)
        else:
            out.near(f"json_extract({got}, '$.value') {rest}", sqrt(m_), 1)
            out.near(f"json_extract({got}, '$.se') {rest}", se / (2 * sqrt(m_)), 4)
            out.near(f"json_extract({got}, '$.low') {rest}", sqrt(low), ulps(low))
            out.near(f"json_extract({got}, '$.high') {rest}", sqrt(high), NEAR)


out.note("means: Hall's corrected t, and Student's")
for n, scale in ((5, 1), (30, 1), (60, 1000), (200, 1)):
    data = [(round(rng.gauss(0, scale), 3), round(rng.gauss(0, scale), 3)) for _ in range(n)]
    rest = "FROM " + out.table("p t", data)
    errors = [p - t for p, t in data]
    for level in (0.95, 0.8):
        check_mean("mse_ci(p, t)", rest, [Fraction(e * e) for e in errors], level=level)
        check_mean("mae_ci(p, t)", rest, [Fraction(abs(e)) for e in errors], level=level)
        check_mean("rmse_ci(p, t)", rest, [Fraction(e * e) for e in errors], root=True, level=level)
# A spread of 1 on values of 1e12: sums of rounded cubes would keep no digit of it.
data = [(10**12 + k, 0) for k in (0, 1, 1, 2, 5, 9, 10, 3)]
check_mean("mae_ci(p, t)", "FROM " + out.table("p t", data), [Fraction(p) for p, _ in data])
data = [(1e-160 * k, 0) for k in (1, 2, 2, 7)] + [(1e100, 0)]
check = [Fraction(abs(p - t)) for p, t in data]
m, se, skewness = moments(check)
out.int(f"instr(mae_ci(p, t), '\"se\":{shown(nearest(se))},') > 0 FROM {out.table('p t', data)}", 1)
data = [(round(rng.uniform(0.05, 0.95), 3), rng.randrange(2)) for _ in range(50)]
rest = "FROM " + out.table("s y", data)
check_mean("brier_ci(s, y)", rest, [Fraction((s - y) * (s - y)) for s, y in data])
losses = [-log(mpf(s if y else 1 - mpf(s))) for s, y in data]
theirs = [Fraction(nearest(x)) for x in losses]  # log_loss rounds them to an ulp, so that the mean differs in the last digits
m, se, skewness = moments(theirs)
low, high = hall(mpf(m.numerator) / m.denominator, se, skewness, len(theirs), t_of(0.95, len(theirs) - 1))
for key, x in (("value", m), ("low", low), ("high", high), ("se", se)):
    out.near(f"json_extract(log_loss_ci(s, y), '$.{key}') {rest}", x, NEAR)
out.int(f"log_loss_ci(s, y) = (SELECT log_loss_ci(p) FROM (SELECT score_set(s, y) AS p {rest} GROUP BY y)) {rest}", 1)
out.text("mse_ci(3, 1)", '{"value":4.0,"low":null,"high":null,"se":null,"level":0.95,"method":"hall","rows":1,"note":"only one row"}')
out.text("rmse_ci(3, 1, 0.9, 't', 5)", '{"value":2.0,"low":2.0,"high":2.0,"se":0.0,"level":0.9,"method":"t","rows":5,"note":"every row has the same value"}')
out.text("rmse_ci(1, 1, 0.9, 5)", '{"value":0.0,"low":0.0,"high":0.0,"se":0.0,"level":0.9,"method":"hall","rows":5,"note":"every row has the same value"}')
out.text("cross_entropy_ci('[0, 1]', 0)",
         '{"value":9e999,"low":null,"high":null,"se":null,"level":0.95,"method":"hall","rows":1,"note":"the value of a row is infinite"}')
for f, args in (("bce", "0.8, 1"), ("bce_logits", "1.5, 1"), ("log_loss", "'[0.1, 0.9]', 1"), ("brier", "'[0.1, 0.9]', 1"), ("mape", "3, 2"),
                ("cross_entropy", "'[0.1, 0.9]', 1"), ("cross_entropy_logits", "'[1, 2]', 1"), ("cross_entropy", "0.1, 0.9, 1"), ("mae", "3, 2")):
    out.int(f"json_extract({f}_ci({args}), '$.value') = {f}({args}) AND json_extract({f}_ci({args}), '$.rows') = 1", 1)
out.error("log_loss_ci(p) FROM (SELECT log_loss_state(0.5, 1) AS p)",
          "log_loss_ci: cannot read a saved state of 'log_loss', only of 'log_loss_ci' and 'score_set'; "
          "an interval needs more, which log_loss_ci_state saves")
out.int("json_extract(rmse_ci(p, 0.9, 't'), '$.rows') FROM (SELECT mse_ci_state(1, 2) AS p UNION ALL SELECT mse_ci_state(1, 3))", 2)
# ---- the bootstrap: that of bootstrap_ci, whose samples tests/oracle/bootstrap.py draws anew

out.note("percentile and basic bootstrap")
MASK = 2**64 - 1


def mix(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


STEP = 0x9E3779B97F4A7C15
stream_of = lambda seed, r: mix((mix((seed + STEP) & MASK) + r * STEP) & MASK)
draw_of = lambda stream, d: mix((stream + (d + 1) * STEP) & MASK)


def replicates(units, metric):
    """The metric over each sample of the unit rows."""
    n = len(units)
    for r in range(1, 1001):
        stream = stream_of(0, r)
        yield metric([units[draw_of(stream, d) * n >> 64] for d in range(n)])


def bounds_of(values, value, basic):
    values = sorted(x for x in values if x is not None)
    low, high = (float(np.quantile(np.array(values), q)) for q in ((1 - 0.95) / 2, 1 - (1 - 0.95) / 2))
    return (2 * value - high, 2 * value - low) if basic else (low, high)


def ece_of(rows, bins=10):
    gaps = {}
    for s, y in rows:
        k = min(int(Fraction(s) * bins), bins - 1)
        gaps[k] = gaps.get(k, 0) + Fraction(s) - y
    return float(sum(map(abs, gaps.values())) / len(rows))


def close(call, key, x, rest):
    """NumPy's quantile, and ours, of the same values round differently."""
    out.near(f"1 + json_extract({call}, '$.{key}') {rest}", 1 + x, 8)


data = sorted((round(rng.uniform(0.05, 0.95), 2), rng.randrange(2)) for _ in range(30))
rest = "FROM " + out.table("s y", data)
decisions = sorted((int(s >= 0.5), y) for s, y in data)
tally = lambda rows, d, y: sum(row == (d, y) for row in rows)
ratio = lambda a, b: a / b if b else None
f1 = lambda rows: ratio(2 * tally(rows, 1, 1), 2 * tally(rows, 1, 1) + tally(rows, 1, 0) + tally(rows, 0, 1))
for key, x in zip(("low", "high"), bounds_of(replicates(decisions, f1), f1(decisions), False)):
    close("f1_at_ci(s, y, '0.5')", key, x, rest)
value, samples = ece_of(data), list(replicates(data, ece_of))
low, high = bounds_of(samples, value, True)
labels = []
for r in range(1, 1001):
    stream = stream_of(1, r)
    labels.append(ece_of([(s, int((draw_of(stream, d) >> 11) * 2.0**-53 < s)) for d, (s, _) in enumerate(data)]))
if value <= np.quantile(labels, 0.95):
    low = 0.0
for key, x in (("value", value), ("low", max(low, 0.0)), ("high", max(high, value)), ("expected_if_calibrated", sum(labels) / 1000)):
    close("ece_ci(s, y)", key, x, rest)
for f, metric, args in (("average_precision", "average_precision", ""), ("pr_auc", "pr_auc", ""), ("partial_roc_auc", "partial_roc_auc:0.5", ", 0.5"),
                        ("best_cutoff", "best_cutoff:youden", ", 'youden'"), ("best_cutoff", "best_cutoff:f1", "")):
    whole, text = f"{f}_ci(s, y{args})", f"bootstrap_ci(score_set(s, y), '{metric}')"
    for key in ("value", "low", "high", "se", "replicates", "undefined", "rows"):
        out.int(f"json_extract({whole}, '$.{key}') IS json_extract({text}, '$.{key}') {rest}", 1)
for f, metric, args, most in (("ks", "ks", "", 1), ("best_cutoff_value", "best_cutoff_value:youden", ", 'youden'", 1),
                              ("best_cutoff_value", "best_cutoff_value:cost:1,5", ", 'cost:1,5'", 10**9)):
    whole, text = f"{f}_ci(s, y{args}, '0.95', 'percentile')", f"bootstrap_ci(score_set(s, y), '{metric}')"
    mirror = f"{f}_ci(s, y{args})"
    out.int(f"json_extract({whole}, '$.low') = json_extract({text}, '$.low') {rest}", 1)
    out.int(f"json_extract({mirror}, '$.high') = min({most}, 2 * json_extract({text}, '$.value') - json_extract({text}, '$.low')) {rest}", 1)
    out.int(f"json_extract({mirror}, '$.note') LIKE 'approximate%' {rest}", 1)
out.int(f"mce_ci(s, y, 10, 'uniform', '0.95') = mce_ci(s, y) AND json_extract(mce_ci(s, y), '$.low') <= mce(s, y) {rest}", 1)
for f in ("kappa", "kappa_linear", "kappa_quadratic", "mcc", "balanced_accuracy",
          "precision_macro", "precision_macro_present", "precision_weighted", "recall_macro", "recall_macro_present",
          "f1_macro", "f1_macro_present", "f1_weighted"):
    out.int(f"json_extract({f}_ci(label, label % 7), '$.high') = json_extract(bootstrap_ci(class_set(label, label % 7), '{f}'), '$.high') FROM digits", 1)
cells = lambda rows: [tally(rows, 1, 1), tally(rows, 1, 0), tally(rows, 0, 1), tally(rows, 0, 0)]


def at_half(name, rows):
    tp, fp, fn, tn = cells(rows)
    recall, specificity = ratio(tp, tp + fn), ratio(tn, tn + fp)
    if name == "cost_at":
        return fp + 5 * fn
    if name == "jaccard_at":
        return ratio(tp, tp + fp + fn)
    if name == "fbeta_at":
        return ratio(5 * tp, 5 * tp + 4 * fn + fp)
    if name == "mcc_at":
        square = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
        return (tp * tn - fp * fn) / square**0.5 if square else None
    if recall is None or specificity is None:
        return None
    return recall + specificity - 1 if name == "youden_at" else (recall + specificity) / 2


for name, args in (("jaccard_at", ""), ("balanced_accuracy_at", ""), ("mcc_at", ""), ("youden_at", ""), ("fbeta_at", ", 2"), ("cost_at", ", 1, 5")):
    metric = lambda rows: at_half(name, rows)
    for key, x in zip(("low", "high"), bounds_of(replicates(decisions, metric), metric(decisions), False)):
        close(f"{name}_ci(s, y, '0.5'{args})", key, x, rest)
pairs_ = sorted((round(rng.gauss(0, 1), 2), round(rng.gauss(0, 1), 2)) for _ in range(25))


def r2(rows):
    mean = sum(t for _, t in rows) / len(rows)
    total = sum((t - mean) ** 2 for _, t in rows)
    return 1 - sum((p - t) ** 2 for p, t in rows) / total


for key, x in zip(("low", "high"), bounds_of(replicates(pairs_, r2), r2(pairs_), False)):
    out.near(f"1000 + json_extract(r2_ci(p, t), '$.{key}') FROM {out.table('p t', pairs_)}", 1000 + x, 8)
# ---- the other families

out.note("intervals of the other families")
for tp, fp, fn, tn in ((3, 1, 2, 9), (40, 10, 0, 7)):
    rows = tp + fp + fn + tn
    rest = "FROM " + out.table("s y", [(s, y) for s, y, k in ((1, 1, tp), (1, 0, fp), (0, 1, fn), (0, 0, tn)) for _ in range(k)])
    check_share("npv_at_ci(s, y, 1)", rest, tn, tn + fn, rows)
    check_share("fpr_at_ci(s, y, 1)", rest, fp, fp + tn, rows)
    check_share("fnr_at_ci(s, y, 1)", rest, fn, fn + tp, rows)
    check_share("selection_rate_at_ci(s, y, 1)", rest, tp + fp, rows, rows)
at = "FROM " + out.table("lo hi t", [(1, 2, t) for t in (0, 1, 1.5, 2, 3, 1.75)])
check_share("interval_coverage_ci(lo, hi, t)", at, 4, 6, 6)
at = "FROM " + out.table("v t", [("[1, 0]", t) for t in ("[1, 0]", "[1, 0]", "[0, 1]", "[1, 1]", "[1, 0]")])
check_share("subset_accuracy_ci(v, t, 1)", at, 3, 5, 5)

data = [(Fraction(rng.randrange(1, 400), 8), Fraction(rng.randrange(1, 400), 8)) for _ in range(40)]
rest = "FROM " + out.table("p t", [(float(p), float(t)) for p, t in data])
check_mean("huber_ci(p, t, 4)", rest, [(e * e / 2 if e <= 4 else 4 * (e - 2)) for e in (abs(p - t) for p, t in data)])
check_mean("pinball_ci(p, t, 0.25)", rest, [(t - p) / 4 if t > p else (p - t) * 3 / 4 for p, t in data])
check_mean("interval_width_ci(lo, hi)", "FROM " + out.table("lo hi", [(float(min(row)), float(max(row))) for row in data]), [abs(p - t) for p, t in data])
m_, se, skewness = moments([p - t for p, t in data])
t_ = t_of(0.95, len(data) - 1)
mean_ = mpf(m_.numerator) / m_.denominator
for key, x in (("value", mean_), ("low", mean_ - t_ * se), ("high", mean_ + t_ * se), ("se", se)):
    out.near(f"json_extract(mean_error_ci(p, t), '$.{key}') {rest}", x, NEAR)

# Fisher's interval: mpmath, compared with scipy.
for n in (4, 7, 30, 300):
    data = [(rng.randrange(100), rng.randrange(100)) for _ in range(n)]
    rest = "FROM " + out.table("x y", data)
    mx, my = (Fraction(sum(v), n) for v in zip(*data))
    cov, vx, vy = (sum((x - mx) ** a * (y - my) ** b for x, y in data) for a, b in ((1, 1), (2, 0), (0, 2)))
    r = (1 if cov >= 0 else -1) * sqrt(mpf(Fraction(cov * cov, vx * vy).numerator) / Fraction(cov * cov, vx * vy).denominator)
    for level in (0.95, 0.8):
        reach = z_of(level) / sqrt(mpf(n - 3))
        low, high = tanh(atanh(r) - reach), tanh(atanh(r) + reach)
        theirs = stats.pearsonr(*map(list, zip(*data))).confidence_interval(level)
        agree(low, theirs.low, absolute=1e-13)
        agree(high, theirs.high, absolute=1e-13)
        for key, x in (("low", low), ("high", high), ("se", (1 - r * r) / sqrt(mpf(n - 3)))):
            out.near(f"2 + json_extract(pearson_ci(x, y, '{level}'), '$.{key}') {rest}", 2 + x, 2)
out.text("json_extract(pearson_ci(x, y), '$.note') FROM " + out.table("x y", [(1, 2), (2, 4), (3, 6), (4, 8)]), "all points are on a line")
out.text("json_extract(pearson_ci(1, 2), '$.note')", "undefined for these rows")

# Percentile intervals: the samples of bootstrap_ci, the metrics by scipy, scikit-learn and fractions.
rest = "FROM " + out.table("p t", pairs_)
order = sorted(abs(p - t) for p, t in pairs_)
check = {
    "wmape": (pairs_, lambda rows: sum(abs(p - t) for p, t in rows) / sum(abs(t) for _, t in rows), ""),
    "spearman": (pairs_, lambda rows: stats.spearmanr(*zip(*rows)).correlation, ""),
    "kendall": (pairs_, lambda rows: stats.kendalltau(*zip(*rows)).correlation, ""),
    "median_absolute_error": (order, lambda rows: float(np.median(rows)), ""),
    "quantile_absolute_error": (order, lambda rows: float(np.quantile(rows, 0.75)), ", 0.75"),
    "max_error": (order, max, ""),
    "explained_variance": (pairs_, lambda rows: explained_variance_score([t for _, t in rows], [p for p, _ in rows]), ""),
}
for name, (units, metric, args) in check.items():
    for key, x in zip(("low", "high"), bounds_of(replicates(units, metric), metric(units), False)):
        out.near(f"1000 + json_extract({name}_ci(p, t{args}), '$.{key}') {rest}", 1000 + x, 8)
probs = sorted((round(a := rng.randrange(1, 14) / 16, 4), round((1 - a) / 2, 5), round((1 - a) / 2, 5), rng.randrange(3)) for _ in range(30))
rest = "FROM " + out.table("p c", [(f"[{a}, {b}, {c}]", y) for a, b, c, y in probs])


def auc_macro(rows):
    aucs = [roc_auc_score([int(row[3] == k) for row in rows], [row[k] for row in rows]) for k in range(3) if 0 < sum(row[3] == k for row in rows) < len(rows)]
    return sum(aucs) / len(aucs) if aucs else None


for key, x in zip(("low", "high"), bounds_of(replicates(probs, auc_macro), auc_macro(probs), False)):
    close("roc_auc_ovr_macro_ci(p, c)", key, x, rest)
labels_ = sorted(tuple(rng.randrange(2) for _ in range(6)) for _ in range(25))
rest = "FROM " + out.table("s t", [(f"[{a - .5}, {b - .5}, {c - .5}]", f"[{d}, {e}, {f}]") for a, b, c, d, e, f in labels_])
for name, average in (("micro", "micro"), ("macro", "macro"), ("weighted", "weighted")):
    for f, theirs in (("f1", f1_score), ("precision", precision_score), ("recall", recall_score)):
        metric = lambda rows: float(theirs([row[3:] for row in rows], [row[:3] for row in rows], average=average, zero_division=0))
        for key, x in zip(("low", "high"), bounds_of(replicates(labels_, metric), metric(labels_), False)):
            close(f"{f}_labels_{name}_ci(s, t, 0)", key, x, rest)

# The value of each is that of the metric.
one = {"smape": "3, 2", "msle": "3, 2", "rmsle": "3, 2", "poisson_deviance": "3, 2", "gamma_deviance": "3, 2", "tweedie_deviance": "3, 2, 1.5",
       "gaussian_nll": "3, 2, 0.5", "crps_gaussian": "3, 2, 0.5", "crps_ensemble": "'[3, 1]', 2", "interval_score": "1, 2, 3, 0.1", "net_benefit_at": "0.8, 1, 0.5",
       "label_ranking_average_precision": "'[3, 1, 2]', '[0, 1, 0]'", "label_ranking_loss": "'[3, 1, 2]', '[0, 1, 0]'", "coverage_error": "'[3, 1, 2]', '[0, 1, 0]'",
       "hamming_loss": "'[3, 1, 2]', '[0, 1, 0]', 2", "jaccard_samples": "'[3, 1, 2]', '[1, 1, 0]', 2", "f1_samples": "'[3, 1, 2]', '[1, 1, 0]', 2",
       "precision_samples": "'[3, 1, 2]', '[1, 1, 0]', 2", "recall_samples": "'[3, 1, 2]', '[1, 1, 0]', 2", "ranked_probability_score": "'[0.2, 0.5, 0.3]', 1",
       "hinge_loss": "'[0.2, 2.5, 0.3]', 0"}
for f, args in one.items():
    out.int(f"json_extract({f}_ci({args}), '$.value') = {f}({args}) AND json_extract({f}_ci({args}), '$.rows') = 1", 1)
rest = "FROM " + out.table("s y", data_ := [(0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1), (0.5, 0)])
for f, args in (("eer", "s, y"), ("positive_likelihood_ratio_at", "s, y, 0.3"), ("negative_likelihood_ratio_at", "s, y, 0.3"), ("ccc", "s, y"), ("concordance_index", "s, 5 * y, 1"),
                ("jaccard_macro", "s < 0.45, y"), ("jaccard_micro", "s < 0.45, y"), ("jaccard_weighted", "s < 0.45, y"), ("fbeta_macro", "s < 0.45, y, 2"),
                *((f, "json_array(s, 1 - s), y") for f in ("roc_auc_ovr_weighted", "roc_auc_ovr_micro", "roc_auc_ovo_macro", "roc_auc_ovo_weighted", "average_precision_macro",
                                                            "average_precision_weighted", "average_precision_micro"))):
    out.int(f"json_extract({f}_ci({args}), '$.value') = {f}({args}) AND json_extract({f}_ci({args}), '$.low') <= {f}({args}) {rest}", 1)
out.note("calibration and drift, by way of the samples of bootstrap_ci")
same = lambda call, text, key: out.int(f"json_extract({call}, '$.{key}') = json_extract({text}, '$.{key}') {rest}", 1)
for f in ("brier_skill", "d2_log_loss", "discrimination", "calibration_slope", "calibration_intercept"):
    for key in ("value", "low", "high", "se"):
        same(f"{f}_ci(s, y)", f"bootstrap_ci(score_set(s, y), '{f}')", key)
for f, most in (("rmsce", 1), ("miscalibration", 1), ("psi", math.inf), ("hellinger", 1), ("js_distance", math.log(2) ** 0.5), ("total_variation", 1), ("wasserstein", math.inf),
                ("psi_classes", math.inf), ("hellinger_classes", 1), ("js_distance_classes", math.log(2) ** 0.5), ("total_variation_classes", 1)):
    rows = "cast(s * 5 as integer), y" if f.endswith("_classes") else "s, y"
    text = f"bootstrap_ci({'class_set' if f.endswith('_classes') else 'score_set'}({rows}), '{f}')"
    for key in ("value", "se"):
        same(f"{f}_ci({rows})", text, key)
    given = {"rmsce": ", 10, 'uniform'", "psi": ", 10", "hellinger": ", 10", "js_distance": ", 10", "total_variation": ", 10"}.get(f, "")
    percentile = f"{f}_ci({rows}{given}, '0.95', 'percentile')"
    out.int(f"json_extract({percentile}, '$.low') IN (0, json_extract({text}, '$.low')) {rest}", 1)
    mirrored = f"2 * json_extract({text}, '$.value') - json_extract({text}, '$.low')"
    cut = f"min({most!r}, {mirrored})" if most < math.inf else mirrored
    out.int(f"json_extract({f}_ci({rows}), '$.high') = max({cut}, json_extract({text}, '$.value')) {rest}", 1)
out.write()
