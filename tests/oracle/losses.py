#!/usr/bin/env python3
"""Expected values of the losses: mpmath and fractions, checked against PyTorch's doubles and scikit-learn.

A loss over rows is the exact mean of the rounded per-row values. Where a row's value is a handful of IEEE operations the
mean is known to the bit; where it is a logarithm the bound is that of a row, half an ulp for the mean's own rounding, and
that of the nearest double here.
"""
import math
import random
from fractions import Fraction

import torch
from mpmath import exp, log, log1p, mpf
from sklearn import metrics as sk
from torch.nn import functional as F

from common import INF, Lines, agree, exact, float32, json, nearest, number, over, table

out = Lines("losses", "Losses.")
rng = random.Random(20)


def tensor(x):
    return torch.tensor(x, dtype=torch.float64)


def mean(values, weights=None):
    """The exact weighted mean of mpf or Fraction values."""
    weights = weights or [1] * len(values)
    if isinstance(values[0], Fraction):
        return sum(v * Fraction(w) for v, w in zip(values, weights)) / sum(map(Fraction, weights))
    return sum(v * mpf(w) for v, w in zip(values, weights)) / sum(map(mpf, weights))


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def quick(lo, hi, n, digits=4):
    return [round(rng.uniform(lo, hi), digits) for _ in range(n)]


# == regression

out.note("squared_error, mse, rmse, mae: mean_squared_error, mean_absolute_error; each row in IEEE arithmetic, the mean exact")


def squared(p, t):
    return (p - t) * (p - t)


def percentage(p, t):
    error = abs(p - t)
    return 0.0 if error == 0 else error / abs(t) if t else INF


PAIRS = [(2.5, 3.0), (0.0, -0.5), (2.0, 2.0), (8.0, 7.0), (0.1, 0.3), (1e16, 1.0), (1e-16, 0.0), (1e150, -1e150), (5e-324, 0.0), (1e-160, 0.0),
         (-7.25, 3.1)]
for p, t in PAIRS:
    out.bits(f"squared_error({number(p)}, {number(t)})", squared(p, t))
    out.bits(f"absolute_error({number(p)}, {number(t)})", abs(p - t))
    out.bits(f"absolute_percentage_error({number(p)}, {number(t)})", percentage(p, t))
out.near("squared_error(9e999, 1)", INF, 0)
out.null("squared_error(9e999, 9e999)")


def regression(sql, preds, targets, weights=None):
    """sql gives the query for an expression."""
    args = "p, t" + (", w" if weights else "")
    terms = [Fraction(squared(p, t)) for p, t in zip(preds, targets)]
    mse = nearest(mean(terms, weights))
    agree(mse, sk.mean_squared_error(targets, preds, sample_weight=weights))
    out.bits(sql(f"mse({args})"), mse)
    out.bits(sql(f"rmse({args})"), math.sqrt(mse))
    mae = mean([Fraction(abs(p - t)) for p, t in zip(preds, targets)], weights)
    agree(mae, sk.mean_absolute_error(targets, preds, sample_weight=weights))
    out.bits(sql(f"mae({args})"), mae)
    if all(targets):  # scikit-learn divides by eps where a target is 0
        mape = mean([Fraction(percentage(p, t)) for p, t in zip(preds, targets)], weights)
        agree(mape, sk.mean_absolute_percentage_error(targets, preds, sample_weight=weights))
        out.bits(sql(f"mape({args})"), mape)
    w = [Fraction(x) for x in weights or [1] * len(preds)]
    middle = mean([Fraction(t) for t in targets], w)
    total = sum(x * (Fraction(t) - middle) ** 2 for x, t in zip(w, targets))
    residual = sum(x * term for x, term in zip(w, terms))
    r2 = 1 - residual / total
    agree(r2, sk.r2_score(targets, preds, sample_weight=weights))
    out.bits(sql(f"r2({args})"), r2)


preds, targets, weights = quick(-3, 3, 40), quick(-3, 3, 40), quick(0, 2, 40, 2)
out.note("r2 sklearn.r2_score: squared errors of the rows, in IEEE arithmetic, over an exact sum of squares, rounded once")
regression(lambda what: over("p t", zip(preds, targets), what), preds, targets)
regression(lambda what: over("p t w", zip(preds, targets, weights), what), preds, targets, weights)
regression(lambda what: over("p t", [(2.5, 3), (0.0, -0.5), (2, 2), (8, 7)], what), [2.5, 0, 2, 8], [3, -0.5, 2, 7])
close = [(t + rng.choice((0.0, 1e-9)), t) for t in quick(1e6, 1e6 + 1, 30)]
regression(lambda what: over("p t", close, what), [p for p, _ in close], [t for _, t in close])
near_one = [(t * (1 + 2.0**-40), t) for t in quick(-3, 3, 30)]
regression(lambda what: over("p t w", [(*row, 0.1) for row in near_one], what), [p for p, _ in near_one], [t for _, t in near_one], [0.1] * 30)
for model in ("ridge", None):
    rows = [r for r in table("diabetes") if model in (None, r["model"])]
    where = f" WHERE model = '{model}'" if model else ""
    regression(lambda what: f"SELECT {what} FROM (SELECT prediction AS p, target AS t FROM diabetes{where})",
               [float(r["prediction"]) for r in rows], [float(r["target"]) for r in rows])
out.bits(over("p t", [(1e16, 0), (1e-16, 0), (-1e16, 0)], "mae(p, t)"), (2 * Fraction(1e16) + Fraction(1e-16)) / 3)
out.bits(over("p t w", [(1, 0, 1e300), (3, 0, 1e-300), (2, 0, 1e300)], "mse(p, t, w)"),
         mean([Fraction(1), Fraction(9), Fraction(4)], [1e300, 1e-300, 1e300]))
out.note("mape: MADlib's example")
out.near(over("p t", [(37.5, 53.1), (12.3, 34.2), (74.2, 65.4), (91.1, 82.1)], "mape(p, t)"), 0.294578793636013, 10)
out.note("r2 of a constant target: 1 if perfect, else 0, as scikit-learn")
out.bits(over("p t", [(1, 1), (1, 1)], "r2(p, t)"), 1.0)
out.bits(over("p t", [(1, 1), (2, 1)], "r2(p, t)"), 0.0)
out.bits(over("p t", [(0.1, 0.1), (0.1, 0.1), (0.1, 0.1)], "r2(p, t)"), 1.0)
out.note("r2 of squares beyond the range of doubles: 1 - 10^-400 / (10^-400 / 2), and the same of 1e200")
for unit in (1e-200, 1e200):
    rows = [(unit, 2 * unit), (3 * unit, 3 * unit)]
    out.bits(over("p t", rows, "r2(p, t)"), -1.0)
    out.bits(over("p t w", [(*row, 0.3) for row in rows], "r2(p, t, w)"), -1.0)

# == binary

LOGITS = [0.0, 0.5, -0.5, 2.0, -3.7, 1e-20, -1e-300, 30.0, -30.0, 40.0, -745.0, 745.0, 800.0, -1e308, 36.7]
SOFT = [0.0, 1.0, 0.3, 0.5, 0.95, 1e-12]


def bce_logits(z, y, weight=1):
    z, y, weight = exact(z), exact(y), exact(weight)
    if y == 1:
        return weight * softplus(-z)
    return (1 - y) * softplus(z) + (y * weight * softplus(-z) if y else 0)


out.note("bce_logits_loss torch.binary_cross_entropy_with_logits: stated bound 1.2 ulp")
for z in LOGITS:
    for y in SOFT:
        value = bce_logits(z, y)
        if abs(z) < 1e300:  # where PyTorch's own 1 - y loses nothing
            agree(value, F.binary_cross_entropy_with_logits(tensor(z), tensor(y)), absolute=1e-12)
        out.near(f"bce_logits_loss({number(z)}, {number(y)})", value, 1)
    for y, weight in ((1.0, 3.0), (0.0, 3.0), (0.3, 0.25), (1.0, 0.1), (0.5, 0.0), (1.0, 0.0)):
        value = bce_logits(z, y, weight)
        if abs(z) < 1e300:
            agree(value, F.binary_cross_entropy_with_logits(tensor(z), tensor(y), pos_weight=tensor(weight)), absolute=1e-12)
        out.near(f"bce_logits_loss({number(z)}, {number(y)}, {number(weight)})", value, 2 if weight != 1 else 1)
out.note("at the infinities the limit")
for z, y, value in (("9e999", 1, 0.0), ("9e999", 0, INF), ("-9e999", 1, INF), ("-9e999", 0, 0.0), ("9e999", "'0.5'", INF), ("9e999", "'0.5', 0", INF)):
    out.near(f"bce_logits_loss({z}, {y})", value, 0)
out.near("bce_logits_loss(-9e999, 1, 0)", 0.0, 0)

zs, ys, ws, pw = quick(-5, 5, 50), [rng.choice(SOFT) for _ in range(50)], quick(0, 2, 50, 2), quick(0, 4, 50, 1)
out.note("bce_logits: as its rows, averaged")
value = mean([bce_logits(z, y) for z, y in zip(zs, ys)])
agree(value, F.binary_cross_entropy_with_logits(tensor(zs), tensor(ys)))
out.near(over("z y", zip(zs, ys), "bce_logits(z, y)"), value, 1)
value = mean([bce_logits(z, y, p) for z, y, p in zip(zs, ys, pw)])
agree(value, F.binary_cross_entropy_with_logits(tensor(zs), tensor(ys), pos_weight=tensor(pw)))
out.near(over("z y p", zip(zs, ys, pw), "bce_logits(z, y, 1, p)"), value, 1)
value = mean([bce_logits(z, y) for z, y in zip(zs, ys)], ws)
out.near(over("z y w", zip(zs, ys, ws), "bce_logits(z, y, w)"), value, 1)
agree(value, (F.binary_cross_entropy_with_logits(tensor(zs), tensor(ys), weight=tensor(ws), reduction="sum") / sum(ws)))
flights = table("flights")
for model in ("logistic", "boosted"):
    rows = [r for r in flights if r["model"] == model]
    value = mean([bce_logits(r["logit"], r["label"]) for r in rows])
    agree(value, F.binary_cross_entropy_with_logits(tensor([r["logit"] for r in rows]), tensor([float(r["label"]) for r in rows])))
    out.near(f"SELECT bce_logits(logit, label) FROM flights WHERE model = '{model}'", value, 1)
    value = mean([bce_logits(r["logit"], r["label"], 4) for r in rows], [1 + r["flight_id"] % 3 for r in rows])
    out.near(f"SELECT bce_logits(logit, label, 1 + flight_id % 3, 4) FROM flights WHERE model = '{model}'", value, 1)
tags = table("digit_tags")
for tag in ("even", "prime", "loop", "big"):
    rows = [r for r in tags if r["tag"] == tag]
    value = mean([bce_logits(r["logit"], r["label"]) for r in rows])
    out.near(f"SELECT bce_logits(logit, label) FROM digit_tags WHERE tag = '{tag}'", value, 1)

out.note("bce_logits of many labels: the mean over a row's elements; 1.2 ulp an element, the division half an ulp")
ROWS = [([1.5, -2.0, 0.25], [1.0, 0.0, 1.0]), ([-0.5, 3.0, 0.0], [0.0, 1.0, 0.5]), ([20.0, -20.0, 1e-3], [0.0, 0.0, 0.25]), ([9.5, 9.5, -9.5], [1.0, 1.0, 1.0])]
POS = [0.5, 1.0, 3.0]
for z, y in ROWS:
    for weights, shown in (([1, 1, 1], ""), ([2, 2, 2], ", 2"), (POS, f", '{json(POS)}'")):
        value = mean([bce_logits(a, b, w) for a, b, w in zip(z, y, weights)])
        agree(value, F.binary_cross_entropy_with_logits(tensor(z), tensor(y), pos_weight=tensor([float(w) for w in weights])))
        out.near(f"bce_logits_loss('{json(z)}', '{json(y)}'{shown})", value, 2)
out.near(f"bce_logits_loss({float32(ROWS[0][0])}, {float32(ROWS[0][1])}, {float32(POS)})",
         mean([bce_logits(a, b, w) for a, b, w in zip(*ROWS[0], POS)]), 2)
listed = [(json(z), json(y), w) for (z, y), w in zip(ROWS, (1.0, 0.5, 2.0, 0.1))]
value = mean([mean([bce_logits(a, b, w) for a, b, w in zip(z, y, POS)]) for z, y in ROWS])
agree(value, F.binary_cross_entropy_with_logits(tensor([r[0] for r in ROWS]), tensor([r[1] for r in ROWS]), pos_weight=tensor(POS)))
out.near(over("z y w", listed, f"bce_logits(z, y, 1, '{json(POS)}')"), value, 2)
value = mean([mean([bce_logits(a, b) for a, b in zip(z, y)]) for z, y in ROWS], [1.0, 0.5, 2.0, 0.1])
out.near(over("z y w", listed, "bce_logits(z, y, w)"), value, 2)
out.error("bce_logits_loss('[1,2]', '[1,0,1]')", "2")
out.error("bce_logits_loss('[1,2]', '[1,0]', '[1]')", "1")

out.note("bce_loss, bce torch.binary_cross_entropy (each log clamped at -100): stated bound 1.2 ulp")


def bce(p, y):
    p, y = exact(p), exact(y)
    positive = min(-log(p), mpf(100)) if p > 0 else mpf(100)
    negative = min(-log1p(-p), mpf(100)) if p < 1 else mpf(100)
    return (y * positive if y else 0) + ((1 - y) * negative if y != 1 else 0)


PROBS = [0.0, 1.0, 0.5, 0.1, 0.9, 1e-20, 1e-50, 5e-324, 0.9999999999999999, 0.75, 1e-3, 0.3]
for p in PROBS:
    for y in SOFT:
        value = bce(p, y)
        if p != 1.0 - 2**-53 and p > 1e-300:
            agree(value, F.binary_cross_entropy(tensor(p), tensor(y)), absolute=1e-12)
        out.near(f"bce_loss({number(p)}, {number(y)})", value, 1 if y in (0.0, 1.0) else 2)
ps = quick(0.001, 0.999, 50)
value = mean([bce(p, y) for p, y in zip(ps, ys)])
agree(value, F.binary_cross_entropy(tensor(ps), tensor(ys)))
out.note("bce of vectors: the mean over the elements of a row")
for p_row, y_row in (([0.5, 0.2], [1, 0]), ([0.9, 0.9, 0.9], [1, 0, 0.25]), ([0.0], [1])):
    losses = [bce(exact(p), exact(y)) for p, y in zip(p_row, y_row)]
    out.near(f"bce_loss('{json(p_row)}', '{json(y_row)}')", sum(losses) / len(losses), 2)
    out.near(f"bce('{json(p_row)}', '{json(y_row)}')", sum(losses) / len(losses), 2)
out.near(over("p y", zip(ps, ys), "bce(p, y)"), value, 1)
value = mean([bce(p, y) for p, y in zip(ps, ys)], ws)
out.near(over("p y w", zip(ps, ys, ws), "bce(p, y, w)"), value, 1)

out.note("log_loss_of, log_loss sklearn.log_loss (clipped to [2^-52, 1 - 2^-52]): stated bound 1.2 ulp")
LEAST = Fraction(1, 2**52)


def clipped(p):
    q = min(max(Fraction(p), LEAST), 1 - LEAST)
    return mpf(q.numerator) / q.denominator


def log_loss(p, y):
    q = clipped(p)
    return -log(q) if y else -log1p(-q)


for p in PROBS + [2.0**-52, 2.0**-53, 1 - 2.0**-52]:
    for y in (0, 1):
        agree(log_loss(p, y), sk.log_loss([y], [p], labels=[0, 1], eps=2.0**-52), 1e-9)
        out.near(f"log_loss_of({number(p)}, {y})", log_loss(p, y), 1)
labels = [rng.randrange(2) for _ in ps]
out.near(over("p y", zip(ps, labels), "log_loss(p, y)"), mean([log_loss(p, y) for p, y in zip(ps, labels)]), 1)
out.near(over("p y w", zip(ps, labels, ws), "log_loss(p, y, w)"), mean([log_loss(p, y) for p, y in zip(ps, labels)], ws), 1)
agree(mean([log_loss(p, y) for p, y in zip(ps, labels)], ws), sk.log_loss(labels, ps, sample_weight=ws))
five = list(zip([0.5, 0.3, 0.2, 0.8, 0.7], [0, 1, 0, 1, 1]))
agree(mean([log_loss(p, y) for p, y in five]), 0.5400164062906067, 1e-15)
out.near(over("p y", five, "log_loss(p, y)"), mean([log_loss(p, y) for p, y in five]), 1)
for name, model in (("flights", "logistic"), ("flights", "boosted"), ("breast_cancer", "forest"), ("breast_cancer", "naive_bayes"), ("breast_cancer", "logistic")):
    rows = [r for r in (flights if name == "flights" else table(name)) if r["model"] == model]
    score, label = [float(r["score"]) for r in rows], [r["label"] for r in rows]
    value = mean([log_loss(p, y) for p, y in zip(score, label)])
    agree(value, sk.log_loss(label, score, eps=2.0**-52))
    out.near(f"SELECT log_loss(score, label) FROM {name} WHERE model = '{model}'", value, 1)
    value = mean([Fraction(squared(p, y)) for p, y in zip(score, label)])
    agree(value, sk.brier_score_loss(label, score))
    out.bits(f"SELECT brier(score, label) FROM {name} WHERE model = '{model}'", value)

out.note("brier_loss, brier sklearn.brier_score_loss: each row in IEEE arithmetic, the mean exact")
for p in PROBS:
    for y in (0, 1):
        out.bits(f"brier_loss({number(p)}, {y})", squared(p, y))
out.bits(over("p y w", zip(ps, labels, ws), "brier(p, y, w)"), mean([Fraction(squared(p, y)) for p, y in zip(ps, labels)], ws))
out.error("brier_loss(1.5, 1)", "brier_loss: ")

# == many classes

CLASSES = [([0.3, 0.3, 0.4], 2), ([0.1, 0.8, 0.1], 0), ([0.1, 0.1, 0.9], 2), ([0.4, 0.5, 0.1], 0), ([0.25, 0.25, 0.5], 1), ([0.0, 1.0, 0.0], 1), ([1e-300, 0.5, 0.5], 0),
           ([0.9999999999999999, 1e-17, 0.0], 0), ([0.2, 0.3, 0.5], 2)]
SHARES = [[0.1, 0.2, 0.7], [0.0, 1.0, 0.0], [0.5, 0.25, 0.25], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]


def forms(v, y):
    yield ", ".join(number(x) for x in v) + f", {y}"
    yield f"'{json(v)}', {y}"
    if v == [0.25, 0.25, 0.5]:
        yield f"{float32(v)}, {y}"


out.note("cross_entropy_loss -ln p: stated bound 0.55 ulp; with shares for target a sum of products, 2 ulp")
for v, y in CLASSES:
    for args in forms(v, y):
        out.near(f"cross_entropy_loss({args})", -log(exact(v[y])), 1)
    for shares in SHARES:
        if all(p > 0 or not s for p, s in zip(v, shares)):
            value = -sum((exact(s) * log(exact(p)) for s, p in zip(shares, v) if s), mpf(0))
            out.near(f"cross_entropy_loss('{json(v)}', '{json(shares)}')", value, 2)
out.near("cross_entropy_loss(0, 1, 0)", INF, 0)
out.near("cross_entropy_loss('[0, 1]', '[0.5, 0.5]')", INF, 0)
two = CLASSES[:2]
out.near(over("a b c y", [(*v, y) for v, y in two], "cross_entropy(a, b, c, y)"), mean([-log(exact(v[y])) for v, y in two]), 1)
listed = [(json(v), y, w) for (v, y), w in zip(CLASSES, quick(0.1, 2, 9, 2))]
out.near(over("p y w", listed, "cross_entropy(p, y)"), mean([-log(exact(v[y])) for v, y in CLASSES]), 1)
out.near(over("p y w", listed, "cross_entropy(p, y, w)"), mean([-log(exact(v[y])) for v, y in CLASSES], [w for _, _, w in listed]), 1)
out.error("cross_entropy_loss(1, 2, 3, 0)", "cross_entropy_logits")
out.error("cross_entropy_loss('[1.5, 2, 3]', 0)", "cross_entropy_logits")
out.error("cross_entropy_loss('[0.5, 0.5]', 2)", "cross_entropy_loss: ")

out.note("brier_loss of many classes: a sum of rounded squares, 2 ulp")
for v, y in CLASSES:
    out.near(f"brier_loss('{json(v)}', {y})", sum((exact(p) - (i == y)) ** 2 for i, p in enumerate(v)), 2)
model_2 = [CLASSES[2], CLASSES[3]]
for pair in (two, model_2):
    value = mean([sum((exact(p) - (i == y)) ** 2 for i, p in enumerate(v)) for v, y in pair])
    out.near(over("p y", [(json(v), y) for v, y in pair], "brier(p, y)"), value, 2)
    agree(value, 1.0 if pair is two else 0.325, 1e-12)

out.note("log_loss_of many classes sklearn.log_loss (clipped, rows renormalised): stated bound 2 ulp")
for v, y in CLASSES:
    q = [clipped(p) for p in v]
    rest = sum(x for i, x in enumerate(q) if i != y)
    value = log1p(rest / q[y])
    agree(value, sk.log_loss([y], [v], labels=[0, 1, 2], eps=2.0**-52), absolute=1e-12)
    out.near(f"log_loss_of('{json(v)}', {y})", value, 2)
value = mean([log1p(sum(clipped(p) for i, p in enumerate(v) if i != y) / clipped(v[y])) for v, y in CLASSES], [w for _, _, w in listed])
out.near(over("p y w", listed, "log_loss(p, y, w)"), value, 2)

LOGIT_ROWS = [([1.0, 2.0, 3.0], 2), ([1.0, 5.0, 1.0], 1), ([0.0, 0.0, 0.0], 0), ([30.0, -10.0, 0.5], 0), ([-3.0, 40.0, 2.0], 2), ([0.25, -1.5, 700.0], 1), ([1e3, -1e3, 999.0], 0)]
TARGETS = [[0.1, 0.2, 0.7], [0.0, 1.0, 0.0], [0.5, 0.25, 0.25]]


def nll(z, i):
    gaps = [exact(x) - exact(z[i]) for x in z]
    return log1p(sum(exp(g) for k, g in enumerate(gaps) if k != i))


def smoothed(z, y, e):
    e = exact(e)
    return (1 - e) * nll(z, y) + e * mean([nll(z, i) for i in range(len(z))])


def soft(z, shares, e=0.0):
    e = exact(e)
    return sum(((1 - e) * exact(s) + e / len(z)) * nll(z, i) for i, s in enumerate(shares) if s or e)


out.note("cross_entropy_logits_loss torch.cross_entropy: stated bound 2 ulp")
for z, y in LOGIT_ROWS:
    agree(nll(z, y), F.cross_entropy(tensor([z]), torch.tensor([y])), absolute=1e-12)
    blob = [f"{float32(z)}, {y}"] if all(x == round(x * 4) / 4 for x in z) else []
    for args in [", ".join(map(number, z)) + f", {y}", f"'{json(z)}', {y}"] + blob:
        out.near(f"cross_entropy_logits_loss({args})", nll(z, y), 2)
    for e in (0.1, 0.5, 0.999):
        agree(smoothed(z, y, e), F.cross_entropy(tensor([z]), torch.tensor([y]), label_smoothing=e))
        out.near(f"cross_entropy_logits_loss('{json(z)}', {y}, '{e}')", smoothed(z, y, e), 2)
    for shares in TARGETS:
        agree(soft(z, shares), F.cross_entropy(tensor([z]), tensor([shares])), absolute=1e-12)
        out.near(f"cross_entropy_logits_loss('{json(z)}', '{json(shares)}')", soft(z, shares), 2)
        agree(soft(z, shares, 0.25), F.cross_entropy(tensor([z]), tensor([shares]), label_smoothing=0.25))
        out.near(f"cross_entropy_logits_loss('{json(z)}', '{json(shares)}', '0.25')", soft(z, shares, 0.25), 2)
out.note("cross_entropy_logits: as its rows, averaged")
three = LOGIT_ROWS[:3]
for value, published in ((mean([nll(z, y) for z, y in three]), 0.5140648509535611), (mean([smoothed(z, y, 0.1) for z, y in three]), 0.6362870731757834),
                         (mean([soft(z, s) for (z, _), s in zip(three, TARGETS)]), 0.6473981842868946)):
    agree(value, published, 1e-15)
out.near(over("a b c y", [(*z, y) for z, y in three], "cross_entropy_logits(a, b, c, y)"), mean([nll(z, y) for z, y in three]), 2)
listed = [(json(z), y, json(s), w) for (z, y), s, w in zip(three, TARGETS, (1.5, 0.1, 2.0))]
sql = lambda what: over("z y s w", listed, what)
out.near(sql("cross_entropy_logits(z, y)"), mean([nll(z, y) for z, y in three]), 2)
out.near(sql("cross_entropy_logits(z, y, 1, '0.1')"), mean([smoothed(z, y, 0.1) for z, y in three]), 2)
out.near(sql("cross_entropy_logits(z, s)"), mean([soft(z, s) for (z, _), s in zip(three, TARGETS)]), 2)
out.near(sql("cross_entropy_logits(z, s, w, '0.25')"), mean([soft(z, s, 0.25) for (z, _), s in zip(three, TARGETS)], [1.5, 0.1, 2.0]), 2)
out.near(sql("cross_entropy_logits(z, y, w)"), mean([nll(z, y) for z, y in three], [1.5, 0.1, 2.0]), 2)
class_weights = [0.5, 2.0, 1.25]
value = mean([nll(z, y) for z, y in three], [class_weights[y] for _, y in three])
agree(value, F.cross_entropy(tensor([z for z, _ in three]), torch.tensor([y for _, y in three]), weight=tensor(class_weights)))
out.near(sql("cross_entropy_logits(z, y, CASE y WHEN 0 THEN '0.5' WHEN 1 THEN 2 ELSE '1.25' END)"), value, 2)
digits = table("digits")
names = [f"z{i}" for i in range(10)]
zs = [[float(r[n]) for n in names] for r in digits]
value = mean([nll(z, r["label"]) for z, r in zip(zs, digits)])
agree(value, F.cross_entropy(tensor(zs), torch.tensor([r["label"] for r in digits])))
out.near(f"SELECT cross_entropy_logits({', '.join(names)}, label) FROM digits", value, 1)
out.near("cross_entropy_logits_loss(9e999, 0, 0)", 0.0, 0)
out.near("cross_entropy_logits_loss(9e999, 0, 1)", INF, 0)
out.near("cross_entropy_logits_loss(-9e999, 0, 0)", INF, 0)
out.error("cross_entropy_logits_loss('[1, 2]', '[1, 0, 0]')", "cross_entropy_logits_loss: ")
out.error("cross_entropy_logits_loss('[1, 2]', 0, 1)", "label_smoothing")

out.note("top_k_accuracy sklearn.top_k_accuracy_score (no ties here): a ratio of integers, rounded once")
listed = [(json(z), r["label"]) for z, r in zip(zs[:60], digits)]
for k in (1, 2, 3, 10):
    hits = Fraction(sum(sorted(range(10), key=lambda i: -z[i]).index(r["label"]) < k for z, r in zip(zs[:60], digits)), 60)
    if k < 10:
        agree(hits, sk.top_k_accuracy_score([r["label"] for r in digits[:60]], zs[:60], k=k, labels=range(10)))
    out.bits(over("z y", listed, f"top_k_accuracy(z, y, {k})"), hits)
out.bits("top_k_accuracy('[1, 3, 3, 2]', 2, 1)", 0.0)
out.bits("top_k_accuracy('[1, 3, 3, 2]', 2, 2)", 1.0)
out.bits(over("z y w", [("[1, 2]", 1, 0.3), ("[1, 2]", 0, 0.6)], "top_k_accuracy(z, y, 1, w)"), Fraction(0.3) / (Fraction(0.3) + Fraction(0.6)))

out.note("entropy scipy.stats.entropy, kl_divergence torch.kl_div, js_divergence: stated bound 2 ulp of the terms' size")
P = [[0.0, 0.0, 1.0], [0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [0.3, 0.3, 0.4], [0.0, 0.1, 0.9], [1.0, 0.0, 0.0]]


def plogp(p, q=None):
    return exact(p) * (log(exact(p)) - (log(q) if q is not None else 0)) if p else mpf(0)


for p in P:
    out.near(f"entropy('{json(p)}')", -sum(map(plogp, p)) + 0, 2)
    for q in P:
        if all(b or not a for a, b in zip(p, q)):
            value = sum(plogp(a, exact(b)) for a, b in zip(p, q) if a)
            size = sum(abs(plogp(a, exact(b))) for a, b in zip(p, q) if a)
            if p == q:
                value = mpf(0)
            else:
                agree(value, sum(F.kl_div(tensor(q).log(), tensor(p), reduction="none").nan_to_num()), 1e-9)
            out.near(f"kl_divergence('{json(p)}', '{json(q)}')", value, 2 if value == 0 else math.ceil(2 * size / value))
        else:
            out.near(f"kl_divergence('{json(p)}', '{json(q)}')", INF, 0)
        middle = [(exact(a) + exact(b)) / 2 for a, b in zip(p, q)]
        parts = [plogp(a, m) for a, m in zip(p, middle) if a] + [plogp(b, m) for b, m in zip(q, middle) if b]
        value = sum(parts) / 2 if p != q else mpf(0)
        out.near(f"js_divergence('{json(p)}', '{json(q)}')", value, 2 if value == 0 else math.ceil(sum(map(abs, parts)) / value))
out.error("kl_divergence('[0.5, 0.5]', '[1]')", "kl_divergence: ")
out.note("H(p,q) = H(p) + KL(p, q)")
out.near(f"cross_entropy_loss('{json(P[3])}', '{json(P[2])}')", -sum(exact(a) * log(exact(b)) for a, b in zip(P[2], P[3])), 2)

out.note("twenty labels of two pictures: 0.7922")
PICTURES = [[2.38, -0.03, 0.7595, 0.4508, -2.2203, 1.8122, -1.4829, -0.8614, 0.3155, 1.5903, 0.3403, -0.5875, 0.0085, 0.0692, 0.3217, -0.421, 1.8025, 0.3711, 1.4365, -2.1535],
            [0.1578, -2.1776, -1.0426, -1.2001, 0.7868, -0.8415, 0.447, 1.5186, 0.1289, -0.2912, -1.0111, 0.5232, -0.7549, -1.0644, 0.9567, -1.3635, 0.7643, 0.9816, -0.3902, -1.59]]
TRUE = [[1.0 * (i in (0, 2)) for i in range(20)], [1.0 * (i in (0, 1)) for i in range(20)]]
value = mean([bce_logits(z, y) for row, truth in zip(PICTURES, TRUE) for z, y in zip(row, truth)])
agree(value, 0.7922, 1e-4)
out.near(over("z y", [(json(a), json(b)) for a, b in zip(PICTURES, TRUE)], "bce_logits(z, y)"), value, 2)
out.write()
