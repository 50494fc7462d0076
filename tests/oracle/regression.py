#!/usr/bin/env python3
"""Expected values of regression.sql, association.sql and prediction_intervals.sql: fractions and mpmath, checked against
scikit-learn, scipy and PyTorch.

A mean of per-row values that are a handful of IEEE operations is known to the bit. Elsewhere the bound is that of a row's
value: an elementary function within an ulp and the operations around it.
"""
import math
import random
from fractions import Fraction

import numpy as np
import torch
from mpmath import erf, exp, log, log1p, mpf, pi, sqrt
from scipy import stats
from sklearn import metrics as sk

import common
from common import INF, Lines, exact, json, nearest, number, over

out = Lines("regression", "Regression, association and intervals of predictions.")
rng = random.Random(16)


CHECKED = [True]  # off for numbers on which the libraries lose all digits


def agree(*args):
    if CHECKED[0]:
        common.agree(*args)


def mean(values, weights=None):
    """The exact weighted mean of floats, Fractions or mpf."""
    w = weights or [1] * len(values)
    if isinstance(values[0], mpf):
        return sum(v * mpf(x) for v, x in zip(values, w)) / sum(map(mpf, w))
    return sum(Fraction(v) * Fraction(x) for v, x in zip(values, w)) / sum(map(Fraction, w))


def quick(lo, hi, n, digits=3):
    return [round(rng.uniform(lo, hi), digits) for _ in range(n)]


class Table:
    """Rows under names, and the SQL of an expression over them."""

    def __init__(self, names, *columns):
        self.names = names
        self.rows = list(zip(*columns))
        self.name = out.table(names, self.rows)

    def __call__(self, what):
        return f"SELECT {what} FROM {self.name}"


# == published values

MADLIB = [(37.5, 53.1), (12.3, 34.2), (74.2, 65.4), (91.1, 82.1)]
out.note("MADlib: mean_abs_error, mean_abs_perc_error, mean_squared_error, r2_score")
for what, value in (("mae", 13.825), ("mape", 0.294578793636013), ("mse", 220.3525), ("r2", 0.279929088443377)):
    out.near(over("p t", MADLIB, f"{what}(p, t)"), value, 12)
out.note("scikit-learn's docstrings")
FOUR = [(2.5, 3), (0.0, -0.5), (2, 2), (8, 7)]
out.bits(over("p t", FOUR, "median_absolute_error(p, t)"), 0.5)
out.bits(over("p t", FOUR, "max_error(p, t)"), 1.0)
out.bits(over("p t", FOUR, "round(explained_variance(p, t), 3)"), 0.957)
out.bits(over("p t", FOUR, "round(mape(p, t), 5)"), 0.32738)
out.bits(over("p t", [(2.5, 3), (5, 5), (4, 2.5), (8, 7)], "round(msle(p, t), 4)"), 0.0397)
COUNTS = [(0.5, 2), (0.5, 0), (2, 1), (2, 4)]
out.bits(over("p t", COUNTS, "round(poisson_deviance(p, t), 4)"), 1.4260)
out.bits(over("p t", COUNTS, "round(tweedie_deviance(p, t, 1), 4)"), 1.4260)
out.bits(over("p t", [(0.5, 2), (0.5, 0.5), (2, 1), (2, 4)], "round(gamma_deviance(p, t), 4)"), 1.0569)
out.bits(over("p t", [(0, 1), (2, 2), (3, 3)], "round(pinball(p, t, 0.1), 4)"), 0.0333)

# == errors of rows


def smape_of(p, t):
    return 0.0 if p == t else 2 * (abs(p - t) / (abs(p) + abs(t)))


def huber_of(p, t, delta):
    e = abs(p - t)
    return 0.5 * (e * e) if e <= delta else delta * (e - 0.5 * delta)


def pinball_of(p, t, alpha):
    e = t - p
    return 0.0 if e == 0 else alpha * e if e > 0 else (1 - alpha) * -e


def msle_of(p, t):
    return log((1 + exact(p)) / (1 + exact(t))) ** 2


def regression(p, t, w=None):
    table = Table("p t w" if w else "p t", *((p, t, w) if w else (p, t)))
    args, kw = ("p, t", {}) if not w else ("p, t", {"sample_weight": w})
    last = ", w" if w else ""
    rows = list(zip(p, t))
    out.bits(table(f"mean_error({args}{last})"), mean([a - b for a, b in rows], w))
    out.bits(table(f"smape({args}{last})"), mean([smape_of(a, b) for a, b in rows], w))
    wmape = mean([abs(a - b) for a, b in rows], w) / mean([abs(b) for a, b in rows], w)
    out.bits(table(f"wmape({args}{last})"), wmape)
    for delta in (0.5, 2):
        huber = mean([huber_of(a, b, delta) for a, b in rows], w)
        if not w:
            agree(huber, torch.nn.HuberLoss(delta=delta)(torch.tensor(p, dtype=torch.float64), torch.tensor(t, dtype=torch.float64)))
        out.bits(table(f"huber({args}, {number(delta)}{last})"), huber)
    for alpha in (0.1, 0.5, 0.95):
        loss = mean([pinball_of(a, b, alpha) for a, b in rows], w)
        agree(loss, sk.mean_pinball_loss(t, p, alpha=alpha, **kw))
        out.bits(table(f"pinball({args}, {number(alpha)}{last})"), loss)
    moments(table, p, t, w)
    if w:
        return
    errors = sorted(Fraction(abs(a - b)) for a, b in rows)
    out.bits(table("max_error(p, t)"), errors[-1])
    agree(errors[-1], sk.max_error(t, p))
    agree(sk.median_absolute_error(t, p), quantile(errors, 0.5))
    out.bits(table("median_absolute_error(p, t)"), quantile(errors, 0.5))
    for q in (0, 0.1, 0.25, 0.9, 0.95, 1):
        agree(np.quantile([abs(a - b) for a, b in rows], q), quantile(errors, q))
        out.bits(table(f"quantile_absolute_error(p, t, {number(q)})"), quantile(errors, q))


def quantile(values, q):
    place = Fraction(q) * (len(values) - 1)
    k = int(place)
    above = values[min(k + 1, len(values) - 1)]
    return values[k] + (above - values[k]) * Fraction(nearest(place - k))


def spreads(x, y, w):
    w = [Fraction(v) for v in w or [1] * len(x)]
    x, y = [Fraction(v) for v in x], [Fraction(v) for v in y]
    mx, my = mean(x, w), mean(y, w)
    return (mean([(a - mx) ** 2 for a in x], w), mean([(b - my) ** 2 for b in y], w),
            mean([(a - mx) * (b - my) for a, b in zip(x, y)], w), mx, my)


def root_ratio(num, den):
    """num / sqrt(den) of Fractions, to 60 digits."""
    return mpf(num.numerator) / num.denominator / sqrt(mpf(den.numerator) / den.denominator)


def moments(table, x, y, w=None):
    xx, yy, xy, mx, my = spreads(x, y, w)
    last = ", w" if w else ""
    kw = {"sample_weight": w} if w else {}
    if xx and yy:
        r = root_ratio(xy, xx * yy)
        if not w:
            agree(r, stats.pearsonr(x, y)[0], 1e-7)
        out.bits(table(f"pearson(p, t{last})"), r)
    if xx + yy + (mx - my) ** 2:
        out.bits(table(f"ccc(p, t{last})"), 2 * xy / (xx + yy + (mx - my) ** 2))
    if yy:
        explained = 1 - (xx + yy - 2 * xy) / yy
        agree(explained, sk.explained_variance_score(y, x, **kw), 1e-6)
        out.bits(table(f"explained_variance(p, t{last})"), explained)


out.note("mean_error, smape, wmape, huber, pinball: each row in IEEE arithmetic, the mean exact; moments as fractions")
p, t, w = quick(-3, 3, 40), quick(-3, 3, 40), quick(0.01, 2, 40, 2)
regression(p, t)
regression(p, t, w)
regression(p, [round(a + rng.gauss(0, 0.3), 2) for a in p])
regression([float(rng.randrange(4)) for _ in range(30)], [float(rng.randrange(4)) for _ in range(30)])
CHECKED[0] = False
regression([0.1, 0.1, 0.7], [0.1, 0.3, 0.3], [0.1, 1e-300, 1e300])
regression([1e15 + i for i in range(9)], [1e15 + i * i for i in range(9)])
regression([1e200, -1e-200, 3.0, 5e-324], [1e-200, 2.0, -1e150, 1e-310])
CHECKED[0] = True
regression([2.0], [5.0])
for sql, value in (("smape(0, 0)", 0.0), ("smape(1e308, -1e308)", 2.0), ("smape(9e999, 1)", 2.0), ("wmape(1, 0)", INF), ("max_error(9e999, 1)", INF)):
    out.near(sql, value, 0)
for sql in ("smape(9e999, 9e999)", "wmape(0, 0)", "pearson(1, 2)", "explained_variance(1, 2)", "explained_variance(1, 1)", "explained_variance(1, 2, 0.5)", "ccc(1, 1)", "max_error(9e999, 9e999)", "median_absolute_error(9e999, 9e999)"):
    out.null(sql)
out.bits(over("p t", [(1, 1), (2, 1)], "explained_variance(p, t)"), 0.0)
out.bits(over("p t", [(2, 1), (2, 1)], "explained_variance(p, t)"), 1.0)
out.null(over("p t", [(1, 1), (2, 1)], "pearson(p, t)"))
out.bits(over("p t", [(1, 1), (2, 1), (1, 2), (2, 2)], "pearson(p, t)"), 0.0)

# == logarithms

for a, b in [(2.5, 3.0), (0.0, -0.5), (2.0, 2.0), (8.0, 7.0), (1e300, -1e300)]:
    out.bits(f"error({number(a)}, {number(b)})", a - b)
    out.bits(f"symmetric_percentage_error({number(a)}, {number(b)})", smape_of(a, b))
    out.bits(f"huber_loss({number(a)}, {number(b)}, 2)", huber_of(a, b, 2))
    out.bits(f"pinball_loss({number(a)}, {number(b)}, '0.3')", pinball_of(a, b, 0.3))

out.note("squared_log_error, msle, rmsle: mpmath, checked against mean_squared_log_error")
PAIRS = [(2.5, 3.0), (0.0, 0.0), (1e-9, 2e-9), (1.0, 1.0000000001), (1e300, 1e-300), (0.0, 7.5), (1e16, 1e16 + 2)]
for a, b in PAIRS:
    out.near(f"squared_log_error({number(a)}, {number(b)})", msle_of(a, b), 6)
p, t, w = quick(0, 9, 30), quick(0, 9, 30), quick(0.01, 2, 30, 2)
table = Table("p t w", p, t, w)
for last, weights in (("", None), (", w", w)):
    value = mean([msle_of(a, b) for a, b in zip(p, t)], weights)
    agree(value, sk.mean_squared_log_error(t, p, sample_weight=weights))
    out.near(table(f"msle(p, t{last})"), value, 6)
    out.near(table(f"rmsle(p, t{last})"), sqrt(value), 4)
out.error("msle(-0.5, 1)", "msle: pred must be finite and >= 0")

# == deviances


def tweedie_of(p, t, power):
    p, t, power = exact(p), exact(t), exact(power)
    if power == 1:
        return 2 * ((t * log(t / p) if t else 0) - t + p)
    if power == 2:
        return 2 * (log(p / t) + t / p - 1)
    if power == 0:
        return (p - t) ** 2
    top = t ** (2 - power) if t > 0 else mpf(0)
    return 2 * (top / ((1 - power) * (2 - power)) - t * p ** (1 - power) / (1 - power) + p ** (2 - power) / (2 - power))


out.note("deviances: mpmath, checked against mean_tweedie_deviance")
for power in (-2, -0.5, 0, 1, 1.001, 1.2, 1.5, 1.9, 1.999, 2, 2.001, 2.5, 3, 7):
    rows = [(2.5, 3.0), (3.0, 3.0000001), (3.0, 3.1), (0.5, 0.75), (1e-3, 250.0), (250.0, 1e-3), (7.0, 7.5), (1e5, 1.1e5)]
    rows += [(2.5, 0.0)] * (power < 2) + [(2.5, -1.5)] * (power < 1)
    for a, b in rows:
        # Near power 1 and 2 the far values cancel by no more than a few bits; a value is within a dozen ulp.
        out.near(f"tweedie_deviance_of({number(a)}, {number(b)}, {number(power)})", tweedie_of(a, b, power), 60)
        if power == 1:
            out.near(f"poisson_deviance_of({number(a)}, {number(b)})", tweedie_of(a, b, 1), 16)
        if power == 2:
            out.near(f"gamma_deviance_of({number(a)}, {number(b)})", tweedie_of(a, b, 2), 16)
    p = quick(0.1, 5, 30)
    t = [max(0.01, round(a * rng.uniform(0.5, 2), 3)) for a in p]
    value = mean([tweedie_of(a, b, power) for a, b in zip(p, t)])
    agree(value, sk.mean_tweedie_deviance(t, p, power=power), 1e-7)
    out.near(Table("p t", p, t)(f"tweedie_deviance(p, t, {number(power)})"), value, 30)
out.error("tweedie_deviance_of(1, 1, 0.5)", "power must be 0 or below, or 1 or above, got 0.5")
out.error("tweedie_deviance_of(0, 1, 1.5)", "pred must be finite and > 0 where power is not 0, got 0")
out.error("tweedie_deviance_of(1, 0, 2)", "target must be > 0 where power is 2 or above, got 0")
out.error("tweedie_deviance(1, -1, 1)", "target must be >= 0 where power is 1 or above, got -1")

# == distributions and intervals


def nll_of(m, t, v):
    return (log(exact(v)) + (exact(t) - exact(m)) ** 2 / exact(v)) / 2


def crps_of(m, t, sd):
    m, t, sd = exact(m), exact(t), exact(sd)
    if sd == 0:
        return abs(t - m)
    z = (t - m) / sd
    return sd * (z * erf(z / sqrt(2)) + sqrt(2 / pi) * exp(-z * z / 2) - 1 / sqrt(pi))


def ensemble_of(x, t):
    x = [Fraction(v) for v in x]
    n = len(x)
    return sum(abs(v - Fraction(t)) for v in x) / n - sum(abs(a - b) for a in x for b in x) / (2 * n * n)


out.note("gaussian_nll: PyTorch's GaussianNLLLoss; crps: mpmath and fractions")
for m, t, v in [(2.5, 3.0, 0.25), (0.0, 0.0, 1.0), (1.0, -4.0, 2.0), (1e5, 1e5 + 1, 1e-6), (0.0, 1e-9, 7.0), (3.0, 3.5, 1e300)]:
    out.near(f"gaussian_nll_of({number(m)}, {number(t)}, {number(v)})", nll_of(m, t, v), 8)
    out.near(f"crps_gaussian_of({number(m)}, {number(t)}, {number(v)})", crps_of(m, t, v), 16)
    agree(nll_of(m, t, v), torch.nn.GaussianNLLLoss(eps=0)(*(torch.tensor([x], dtype=torch.float64) for x in (m, t, v))), 1e-9, 1e-12)
out.bits("crps_gaussian_of(1, 3, 0)", 2.0)
out.near("crps_gaussian_of(0, 1000, 1)", crps_of(0, 1000, 1), 1)
for x, t in [([2.5, 3.5, 2.0], 3.0), ([1.0], 4.0), ([3.0, 3.0, 3.0], 3.0), ([0.1, 0.7, 0.2, 0.9, 0.4], 0.3), (quick(-3, 3, 50), 0.5)]:
    out.near(f"crps_ensemble_of('{json(x)}', {number(t)})", ensemble_of(x, t), 4)
rows = [(json(quick(0, 5, 7)), 2.5) for _ in range(10)]
out.near(over("x t", rows, "crps_ensemble(x, t)"), mean([ensemble_of(eval(x), t) for x, t in rows]), 4)

rows = [(m, t, sd) for m, t, sd in zip(quick(-3, 3, 20), quick(-3, 3, 20), quick(0, 2, 20))]
out.near(over("m t s", rows, "crps_gaussian(m, t, s)"), mean([crps_of(*row) for row in rows]), 8)
out.near(over("m t v", rows, "gaussian_nll(m, t, v + 1)"), mean([nll_of(m, t, v + 1) for m, t, v in rows]), 8)

lo = quick(-3, 1, 30)
hi = [round(a + rng.uniform(0, 3), 3) for a in lo]
t, w = quick(-3, 3, 30), quick(0.01, 2, 30, 2)
t[3], t[4] = lo[3], hi[4]
table = Table("lo hi t w", lo, hi, t, w)


def winkler_of(a, b, x, alpha):
    outside = a - x if x < a else x - b if x > b else 0.0
    return (b - a) + 2 * outside / alpha


for last, weights in (("", None), (", w", w)):
    out.bits(table(f"interval_coverage(lo, hi, t{last})"), mean([float(a <= x <= b) for a, b, x in zip(lo, hi, t)], weights))
    out.bits(table(f"interval_width(lo, hi{last})"), mean([b - a for a, b in zip(lo, hi)], weights))
    out.bits(table(f"interval_score(lo, hi, t, '0.05'{last})"), mean([winkler_of(a, b, x, 0.05) for a, b, x in zip(lo, hi, t)], weights))
for lo, hi, x in ((1, 3, 2), (1, 3, 3), (1, 3, 3.5), (-2, -2, -2)):
    out.bits(f"interval_coverage_of({lo}, {hi}, {x})", float(lo <= x <= hi))
    out.bits(f"interval_width_of({lo}, {hi})", float(hi - lo))
out.bits("interval_score_of(1, 3, 2, '0.05')", winkler_of(1, 3, 2, 0.05))
out.bits("interval_score_of(1, 3, '3.5', '0.05')", winkler_of(1, 3, 3.5, 0.05))
out.error("interval_score(3, 1, 2, 0.1)", "interval_score: hi must be >= lo, got 1")

# == ranks


def ranks(x):
    return [Fraction(sum(b < a for b in x) * 2 + sum(b == a for b in x) + 1, 2) for a in x]


def sign(x):
    return (x > 0) - (x < 0)


def kendall_of(x, y):
    pairs = [(sign(x[i] - x[j]), sign(y[i] - y[j])) for i in range(len(x)) for j in range(i)]
    a, b = sum(u != 0 for u, _ in pairs), sum(v != 0 for _, v in pairs)
    return None if not a or not b else root_ratio(Fraction(sum(u * v for u, v in pairs)), Fraction(a * b))


def concordance_of(p, time, event):
    twice = comparable = 0
    for i in range(len(p)):
        for j in range(len(p)):
            if event[i] and (time[i] < time[j] or (time[i] == time[j] and not event[j])):
                comparable += 1
                twice += 2 * (p[i] < p[j]) + (p[i] == p[j])
    return Fraction(twice, 2 * comparable) if comparable else None


def value(sql, x):
    if x is None:
        out.null(sql)
    else:
        out.bits(sql, x)


out.note("spearman, kendall: scipy's spearmanr and kendalltau; concordance_index: pairs counted one by one")
for n in (1, 2, 3, 7, 8, 9, 16, 17, 40, 100):
    for kinds in (2, 5, 1000):
        x = [float(rng.randrange(kinds)) for _ in range(n)]
        y = [round(a * 0.3 + rng.randrange(kinds), 2) if rng.random() < 0.7 else 1.0 for a in x]
        event = [rng.randrange(3) > 0 for _ in range(n)]
        table = Table("p t e", x, y, event)
        xx, yy, xy, _, _ = spreads(ranks(x), ranks(y), None)
        rho = root_ratio(xy, xx * yy) if xx and yy else None
        tau = kendall_of(x, y)
        if rho is not None:
            agree(rho, stats.spearmanr(x, y)[0], 1e-9, 1e-12)
            agree(tau, stats.kendalltau(x, y)[0], 1e-9, 1e-12)
        value(table("spearman(p, t)"), rho)
        value(table("kendall(p, t)"), tau)
        value(table("concordance_index(p, t, e)"), concordance_of(x, y, event))
out.note("lifelines: equal times are comparable where one of them is censored")
out.bits(over("p t e", [(1, 5, 1), (2, 5, 0)], "concordance_index(p, t, e)"), 1.0)
out.null(over("p t e", [(1, 5, 1), (2, 5, 1)], "concordance_index(p, t, e)"))
out.bits(over("p t e", [(1, 5, 1), (1, 6, 1)], "concordance_index(p, t, e)"), 0.5)
out.null(over("p t e", [(1, 5, 0), (1, 6, 1)], "concordance_index(p, t, e)"))

out.write()
