#!/usr/bin/env python3
"""Expected values of fits that recalibrate: scikit-learn, statsmodels, SciPy, and the definitions.

  python3 tests/oracle/fits.py     writes tests/oracle/fits.tsv
"""
import math
import random
import warnings
from fractions import Fraction

import numpy as np
import statsmodels.api as sm
from scipy.optimize import minimize_scalar
from scipy.special import expit, log_softmax, logit, softmax
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression

from binary import FRACTIONAL, INTEGRAL, SMALL, args, plain, query_over, split
from common import Lines, agree, json, nearest

warnings.simplefilter("ignore")
out = Lines("fits", "Fits that recalibrate scores, and parts of the Brier score.")
rng = random.Random(19)
clip = lambda p: min(max(p, 2.0**-52), 1 - 2.0**-52)


def near(query, call, key, value, digits):
    """A member of the JSON, to so many digits after the point."""
    out.text(query(f"printf('%.{digits}f', json_extract({call}, '$.{key}'))"), f"{value:.{digits}f}".replace("-0." + "0" * digits, "-0." + "0" * digits))


def logistic(columns, target, weights):
    """Maximum likelihood by statsmodels, and two more Newton steps in case it stopped early."""
    x = sm.add_constant(np.column_stack(columns), has_constant="add") if columns else np.ones((len(target), 1))
    x, target, weights = x[weights > 0], target[weights > 0], weights[weights > 0]
    loss = lambda beta: (weights * (np.logaddexp(0, x @ beta) - target * (x @ beta))).sum()
    beta, model = np.zeros(x.shape[1]), sm.GLM(target, x, family=sm.families.Binomial(), freq_weights=weights)
    for _ in range(100):
        p = expit(x @ beta)
        step = np.linalg.solve((x * (weights * p * (1 - p))[:, None]).T @ x, x.T @ (weights * (target - p)))
        while loss(beta + step) > loss(beta) + 1e-9:
            step /= 2
        beta = beta + step
    theirs = model.fit(tol=1e-14, maxiter=200).params
    if loss(theirs) < loss(beta) * (1 + 1e-6):
        assert np.allclose(theirs, beta, rtol=1e-4, atol=1e-6), (theirs, beta)
    else:
        print("statsmodels does not converge:", theirs, beta)
    return beta


def pooled(rows):
    """Pool adjacent violators in fractions: [lowest score, highest score, positives, weight]."""
    blocks = []
    for score in sorted({s for s, _, w in rows if w}):
        here = [(y, Fraction(w)) for s, y, w in rows if s == score]
        blocks.append([score, score, sum(w for y, w in here if y), sum(w for _, w in here)])
        while len(blocks) > 1 and blocks[-2][2] * blocks[-1][3] >= blocks[-1][2] * blocks[-2][3]:
            after, before = blocks.pop(), blocks.pop()
            blocks.append([before[0], after[1], before[2] + after[2], before[3] + after[3]])
    return blocks


def separated(rows):
    pos, neg = [s for s, y, w in rows if y and w], [s for s, y, w in rows if not y and w]
    return not pos or not neg or max(neg) <= min(pos) or max(pos) <= min(neg)


def expect(rows):
    query = query_over(out, rows)
    y, s, w = (np.array(column, dtype=float) for column in split(rows))
    weighted = None if (w == 1).all() else w
    blocks = pooled(rows)
    whole, positives = sum(b[3] for b in blocks), sum(b[2] for b in blocks)
    # isotonic: the values at the scores and between them
    iso = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(s, y, sample_weight=weighted)
    at = sorted({-1.0, 0.05, 0.33, 0.5, 0.61, 2.0, *s[:6]})
    for x, value in zip(at, iso.predict(at)):
        out.text(query(f"printf('%.12f', calibrate(isotonic_fit({args(rows)}), {x!r}))"), f"{value:.12f}")
    points, values = [], []
    for lo, hi, pos, all_ in blocks:
        points += [lo] if lo == hi else [lo, hi]
        values += [nearest(pos / all_)] * (1 if lo == hi else 2)
    if weighted is None:
        out.int(query(f"json_extract(isotonic_fit({args(rows)}), '$.x') = json('{json(list(map(float, points)))}') AND json_extract(isotonic_fit({args(rows)}), '$.y') = json('{json(values)}')"), 1)
    fitted = sum(b[2] * (b[3] - b[2]) / b[3] for b in blocks) / whole
    brier = sum(Fraction(c) * (Fraction(x) - l) ** 2 for x, l, c in rows) / whole
    share = positives / whole
    out.near(query(f"1 + miscalibration({args(rows)})"), 1 + brier - fitted, 2)
    out.near(query(f"1 + discrimination({args(rows)})"), 1 + share * (1 - share) - fitted, 2)
    groups = {}
    for x, l, c in rows:
        if c:
            n, h = groups.get(x, (0, 0))
            groups[x] = (n + Fraction(c), h + Fraction(c) * l)
    parts = {"reliability": sum(n * (Fraction(x) - h / n) ** 2 for x, (n, h) in groups.items()) / whole,
             "resolution": sum(n * (h / n - share) ** 2 for n, h in groups.values()) / whole, "uncertainty": share * (1 - share), "brier": brier}
    assert parts["reliability"] - parts["resolution"] + parts["uncertainty"] == brier
    for key, value in parts.items():
        of_set = f"SELECT 1 + json_extract(brier_decomposition(x), '$.{key}') FROM ({query(f'score_set({args(rows)}) AS x')})"
        out.near(of_set if weighted is not None else query(f"1 + json_extract(brier_decomposition(s, y), '$.{key}')"), 1 + value, 2)
    if 0 < share < 1:
        out.near(query(f"1 + brier_skill({args(rows)})"), 2 - brier / (share * (1 - share)), 16)
        loss = lambda p: -np.average(y * np.log(p) + (1 - y) * np.log1p(-p), weights=w)
        clipped = np.clip(s, 2.0**-52, 1 - 2.0**-52)
        value = 1 - loss(clipped) / loss(np.full(len(y), float(share)))
        out.text(query(f"printf('%.10f', d2_log_loss({args(rows)}))"), f"{value:.10f}")
    # Platt
    fit = lambda key: f"json_extract(platt_fit({args(rows)}), '$.{key}')"
    pos, neg = w[y == 1].sum(), w[y == 0].sum()
    target = np.where(y == 1, (pos + 1) / (pos + 2), 1 / (neg + 2))
    intercept, slope = logistic([s], target, w)
    out.text(query(f"printf('%.9f', {fit('slope')})"), f"{slope:.9f}")
    out.text(query(f"printf('%.9f', {fit('intercept')})"), f"{intercept:.9f}")
    a, b = _sigmoid_calibration(s, y, sample_weight=weighted)
    agree(slope, -a, 1e-3), agree(intercept, -b, 1e-3, 1e-3)
    # the line through the logits, and beta calibration
    if separated(rows):
        out.null(query(f"calibration_slope({args(rows)})"))
        return
    p = np.array([clip(x) for x in s])
    out.text(query(f"printf('%.9f', calibration_slope({args(rows)}))"), f"{logistic([logit(p)], y, w)[1]:.9f}")
    c = 0.0
    for _ in range(60):
        q = expit(logit(p) + c)
        c += (w * (y - q)).sum() / (w * q * (1 - q)).sum()
    out.text(query(f"printf('%.9f', calibration_intercept({args(rows)}))"), f"{c:.9f}")
    beta = logistic([np.log(p), -np.log1p(-p)], y, w)
    a, b, c = beta[1], beta[2], beta[0]
    if a < 0:
        (c, b), a = logistic([-np.log1p(-p)], y, w), 0
    if b < 0:
        (c, a), b = logistic([np.log(p)], y, w), 0
        if a < 0:
            (c,), a = logistic([], y, w), 0
    for key, value in (("a", a), ("b", b), ("c", c)):
        out.text(query(f"printf('%.7f', abs(json_extract(beta_fit({args(rows)}), '$.{key}')))"), f"{abs(value):.7f}")


for kind in (SMALL, INTEGRAL, FRACTIONAL):
    for name, rows in kind.items():
        out.note(f"{name}{', weighted' if kind is not SMALL else ''}")
        expect(rows)

out.note("statsmodels on logits of a demo table; scikit-learn's _sigmoid_calibration agrees to 1e-6 there")
scores = [(round(rng.gauss(1.5 * y, 1), 3), y, 1) for y in (0, 1) for _ in range(150)]
query = query_over(out, scores)
y, s, w = (np.array(column, dtype=float) for column in split(scores))
target = np.where(y == 1, 151 / 152, 1 / 152)
intercept, slope = logistic([s], target, w)
a, b = _sigmoid_calibration(s, y)
agree(slope, -a, 1e-6), agree(intercept, -b, 1e-6)
out.text(query("printf('%.12f', json_extract(platt_fit(s, y), '$.slope'))"), f"{slope:.12f}")
out.text(query("printf('%.12f', json_extract(platt_fit(s, y), '$.intercept'))"), f"{intercept:.12f}")
out.text(query("printf('%.12f', calibrate(platt_fit(s, y), '0.7'))"), f"{expit(slope * 0.7 + intercept):.12f}")
out.null(query("json_extract(platt_fit(s, y), '$.log_loss_before')"))
z = slope * s + intercept
out.text(query("printf('%.12f', json_extract(platt_fit(s, y), '$.log_loss_after'))"), f"{np.mean(np.logaddexp(0, z) - y * z):.12f}")
out.note("any order of the rows, far from 0 and scaled: the same bits, and the same probabilities")
out.int(query("(SELECT platt_fit(s, y) FROM (SELECT s, y FROM fits_0 ORDER BY s DESC)) = platt_fit(s, y)").replace("fits_0", query("").split()[-1]), 1)
out.text(query("printf('%.6f', calibrate(platt_fit(s * 1e-6 + 1000, y), '1000.0000007'))"), f"{expit(slope * 0.7 + intercept):.6f}")

out.note("separated, one class, one score")
query = query_over(out, plain([0.1, 0.2, 0.6, 0.9], [0, 0, 1, 1]))
out.int(query("json_extract(platt_fit(s, y), '$.converged') AND json_extract(platt_fit(s, y), '$.slope') > 0"), 1)
out.int(query("json_extract(beta_fit(s, y), '$.converged')"), 0)
out.text(query("json_extract(beta_fit(s, y), '$.why')"), "the probabilities separate the labels")
out.null(query("json_extract(beta_fit(s, y), '$.a')"))
out.null(query("calibration_slope(s, y)"))
out.error(query("calibrate(beta_fit(s, y), '0.5')"), ", a fit that did not converge; it must be the JSON of platt_fit")
out.near(query("calibrate(isotonic_fit(s, y), '0.4')"), 0.5, 2)
query = query_over(out, plain([0.1, 0.2, 0.2, 0.9], [0, 0, 1, 1]))
out.text(query("json_extract(beta_fit(s, y), '$.why')"), "the probabilities separate the labels")
query = query_over(out, plain([0.1, 0.2, 0.6, 0.9], [1, 1, 0, 0]))
out.text(query("printf('%.6f %.6f %.6f', json_extract(beta_fit(s, y), '$.a'), json_extract(beta_fit(s, y), '$.b'), abs(json_extract(beta_fit(s, y), '$.c')))"), "0.000000 0.000000 0.000000")
out.bits(query("calibrate(isotonic_fit(s, y), '0.4')"), 0.5)
query = query_over(out, plain([0.1, 0.2, 0.6], [1, 1, 1]))
out.text(query("json_extract(beta_fit(s, y), '$.why')"), "all labels are alike")
out.text(query("printf('%.12f', calibrate(platt_fit(s, y), '0.3'))"), f"{4 / 5:.12f}")
for f in ("brier_skill", "d2_log_loss", "calibration_slope", "calibration_intercept"):
    out.null(query(f"{f}(s, y)"))
query = query_over(out, plain([0.3] * 4, [1, 0, 0, 0]))
target = (2 / 3 + 3 / 5) / 4
out.text(query("printf('%.12f', calibrate(platt_fit(s, y), '0.3'))"), f"{target:.12f}")
out.bits(query("json_extract(platt_fit(s, y), '$.slope')"), 0.0)
out.text(query("printf('%.12f', calibrate(beta_fit(s, y), '0.8'))"), f"{0.25:.12f}")
out.text(query("json(isotonic_fit(s, y)) -> '$.y'") if False else query("json_extract(isotonic_fit(s, y), '$.y')"), "[0.25]")
out.null(query("calibration_slope(s, y)"))

out.note("beta_fit of labels that both features together separate: the better one of a alone and b alone")
for scores, labels in (([0.4, 0.2, 0.1, 0.0, 0.1], [0, 1, 0, 0, 0]), ([0.125, 0.25, 0.5, 0.625, 0.75, 0.875], [0, 0, 1, 1, 1, 0])):
    p, y = np.array([clip(x) for x in scores]), np.array(labels)
    found = []
    for place, x in ((0, np.log(p)), (1, -np.log1p(-p))):
        c, slope = logistic([x], y, np.ones(len(y)))
        if slope >= 0:
            z = c + slope * x
            found.append((np.logaddexp(0, z).sum() - (y * z).sum(), (slope, 0)[place], (0, slope)[place], c))
    assert len(found) == 2 and min(found)[1] > 0
    query = query_over(out, plain(scores, labels))
    for key, value in zip("abc", min(found)[1:]):
        out.text(query(f"printf('%.7f', json_extract(beta_fit(s, y), '$.{key}'))"), f"{value:.7f}")

out.note("infinite points of an isotonic fit")
query = query_over(out, [(-math.inf, 0, 1), (0.0, 0, 1), (0.0, 1, 1), (1.0, 1, 1), (math.inf, 1, 1)])
for x, value in (("-9e999", 0.0), ("-5", 0.5), ("'0.5'", 0.75), ("5", 1.0), ("9e999", 1.0)):
    out.bits(query(f"calibrate(isotonic_fit(s, y), {x})"), value)

out.note("temperature: SciPy's minimum, and the loss before and after")
table = [([round(rng.gauss(0, 3), 2) for _ in range(4)], 0, 1) for _ in range(120)]
table = [(z, int(np.argmax(np.array(z) / 2.5 + np.random.RandomState(i).gumbel(size=4))), w) for i, (z, _, w) in enumerate(table)]
name = out.table("z y", [(json(z), y) for z, y, _ in table])
z, y = np.array([row[0] for row in table]), np.array([row[1] for row in table])
loss = lambda t: -np.mean(log_softmax(z / t, axis=1)[np.arange(len(y)), y])
best = minimize_scalar(loss, bounds=(0.5, 10), method="bounded", options={"xatol": 1e-12}).x
slope = lambda b: float(np.mean((softmax(b * z, axis=1) * z).sum(axis=1) - z[np.arange(len(y)), y]))
low, high = 0.9 / best, 1.1 / best
for _ in range(200):
    middle = (low + high) / 2
    low, high = (middle, high) if slope(middle) < 0 else (low, middle)
agree(1 / low, best, 1e-6)
fit = lambda key: f"json_extract(temperature_fit(z, y), '$.{key}')"
out.text(f"SELECT printf('%.12f', {fit('temperature')}) FROM {name}", f"{1 / low:.12f}")
out.text(f"SELECT printf('%.12f', {fit('log_loss_before')}) FROM {name}", f"{loss(1):.12f}")
out.text(f"SELECT printf('%.12f', {fit('log_loss_after')}) FROM {name}", f"{loss(1 / low):.12f}")
out.int(f"SELECT {fit('rows')} FROM {name}", 120)
out.text(f"SELECT printf('%.12f', json_extract(calibrate(temperature_fit(z, y), '[1, 2, 0, 4]'), '$[3]')) FROM {name}", f"{softmax(np.array([1, 2, 0, 4]) * low)[3]:.12f}")
out.int("json_extract(temperature_fit('[5, 1]', 0), '$.converged')", 0)
out.text("json_extract(temperature_fit('[5, 1]', 0), '$.why')", "the best temperature is not above 0.01")
out.text("json_extract(temperature_fit('[5, 1]', 1), '$.why')", "the best temperature is not below 100")
out.text("json_extract(temperature_fit('[1, 1]', 1), '$.why')", "the best temperature is not below 100")
out.error("temperature_fit('[9e999, 1]', 1)", "temperature_fit: element 0 of logits must be finite, got Infinity")
out.error("temperature_fit('[5, 1]', 2)", "temperature_fit: class must be an index from 0 to 1")

out.note("fits that a person wrote, and wrong ones")
platt = """'{"slope": 2, "method":"platt", "intercept" :-1, "note":{"by":["me","]"]}}'"""
out.near(f"calibrate({platt}, '0.5')", 0.5, 0)
out.near("""calibrate('{"method":"beta","a":1,"b":1,"c":0}', '0.3')""", 0.3, 2)
out.near("""calibrate('{"method":"isotonic","x":[0,1],"y":[0.25,0.75]}', '0.5')""", 0.5, 0)
out.null(f"calibrate({platt}, NULL)")
out.null("calibrate(NULL, 1)")
for wrong, hint in (("{}", ""), ("n/a", ""), ('{"method":"platt","slope":2}', ", a fit whose numbers are missing or out of range"),
                    ('{"method":"isotonic","x":[0,1],"y":[1,0]}', ", a fit whose numbers are missing or out of range"), ('{"method":"isotonic","x":[],"y":[]}', ", a fit whose numbers are missing or out of range"),
                    ('{"method":"beta","a":-1,"b":1,"c":0}', ", a fit whose numbers are missing or out of range"), ('{"method":"platt","slope":2,"intercept":0', "")):
    out.error(f"calibrate('{wrong}', 1)", f"{hint}; it must be the JSON of platt_fit, isotonic_fit, beta_fit or temperature_fit")
out.error("calibrate(5, 1)", "calibrate: fit must be a text, got 5")
out.error("""calibrate('{"method":"beta","a":1,"b":1,"c":0}', 2)""", "calibrate: a fit of beta_fit takes probabilities within [0,1], got 2")
out.error(f"calibrate({platt}, '[1, 2]')", "calibrate: a fit of temperature_fit takes a vector of logits, the other fits one score")
out.error("""calibrate('{"method":"temperature","temperature":2}', 1)""", "calibrate: a fit of temperature_fit takes a vector of logits, not one score")
out.error("platt_fit(9e999, 1)", "platt_fit: score must be finite, got Infinity")
out.note("a fit that is a constant, and one of each row")
out.bits(f"SELECT sum(calibrate({platt}, column1)) FROM (VALUES ('0.5'), ('0.5'), ('0.5'))", 1.5)
each = """'{"method":"isotonic","x":[0,1],"y":[' || column1 || ',1]}'"""
out.bits(f"SELECT sum(calibrate({each}, 0)) FROM (VALUES (0), (1), (0), ('0.5'))", 1.5)
out.bits(f"SELECT sum(calibrate({each}, 0) + calibrate({platt}, '0.5') - calibrate({platt}, '0.5')) FROM (VALUES (0), (1), (0), ('0.5'))", 1.5)
out.write()
