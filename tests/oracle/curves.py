#!/usr/bin/env python3
"""Expected rows of the curves: fractions from the definitions, checked against scikit-learn's curves."""
import math
import random
from fractions import Fraction

import numpy as np
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

import binary
from binary import (AWKWARD, EXTREME, FRACTIONAL, INTEGRAL, SMALL, Tally, args, bins, cutoffs, demo, plain, quantile_bin, query_over, split,
                    steps, totals, weighted)
from common import INF, Lines, agree, nearest

out = Lines("curves", "Curves from a score set.")


def shown(x):
    """A REAL with 12 digits, which every host prints alike."""
    x = nearest(x)
    return f"{x:.12g}" if math.isfinite(x) else "Inf" if x > 0 else "-Inf"


def curve(query, rows, name, columns, *params):
    """SQL that joins the rows of a curve over these score rows."""
    # SQLite joins a REAL to text with 15 digits, from 3.53 on with 17.
    joined = " || ' ' || ".join(f"printf('%.12g', {c})" for c in columns)
    opened = ", ".join([f"({query(f'score_set({args(rows)})')})", *params])
    return f"SELECT group_concat({joined}, '; ') FROM {name}({opened})"


def cell(query, rows, name, column, where, *params):
    opened = ", ".join([f"({query(f'score_set({args(rows)})')})", *params])
    return f"SELECT {column} FROM {name}({opened}) WHERE {where}"


def joined(points):
    return "; ".join(" ".join(map(str, point)) for point in points)


def corners(rows):
    """(cutoff, fp, tp) from (Infinity, 0, 0), without the points inside a straight segment."""
    points = [(INF, Fraction(0), Fraction(0))]
    for s, neg, pos in steps(rows):
        points.append((s, points[-1][1] + neg, points[-1][2] + pos))
    kept = points[:1]
    for before, point, after in zip(points, points[1:], points[2:] + [None]):
        one = (point[1] - before[1], point[2] - before[2])
        if after is None or one[0] * (after[2] - point[2]) != one[1] * (after[1] - point[1]):
            kept.append(point)
    return kept


def lift(rows, n):
    """(positives among the highest i/n of the rows) for i = 0..n, rows of one score shared in proportion."""
    weight = sum(totals(rows))
    found = []
    for i in range(n + 1):
        left, hits = weight * i / n, Fraction(0)
        for _, neg, pos in steps(rows):
            part = min(Fraction(1), left / (neg + pos))
            hits, left = hits + pos * part, left - (neg + pos) * part
        found.append(hits)
    return found


def expect_lift(query, rows):
    for n in (10, 4):
        hits, positives = lift(rows, n), totals(rows)[1]
        assert hits[-1] == positives
        for i in range(1, n + 1):
            share, gain = Fraction(i, n), hits[i] / positives
            column = lambda name: cell(query, rows, "lift_curve", name, f"bin = {i}", str(n))
            out.bits(column("gain"), gain)
            out.bits(column("lift"), gain / share)
            out.bits(column("row_share"), share)
            out.bits(column("positives"), hits[i] - hits[i - 1])
            out.bits(column("rows"), sum(totals(rows)) / n)


def expect_corners(query, rows):
    """The cutoffs of the corners: rates are of cells that are rounded first."""
    out.text(curve(query, rows, "roc_curve", ["cutoff"]), joined([shown(c)] for c, _, _ in corners(rows)))


def quantiles(rows, n):
    """(bin, lowest and highest score, weight) of the quantile bins."""
    weight, below, found = sum(totals(rows)), Fraction(0), {}
    integral = all(w == int(w) for _, _, w in rows)
    for s, neg, pos in reversed(list(steps(rows))):
        members = found.setdefault(quantile_bin(below, weight, n, integral), [s, s, Fraction(0)])
        members[1], members[2], below = s, members[2] + neg + pos, below + neg + pos
    return [(b, lo, hi, w) for b, (lo, hi, w) in sorted(found.items())]


def expect_quantiles(query, rows, n):
    found = quantiles(rows, n)
    opened = curve(query, rows, "calibration_curve", ["bin", "lo", "hi", "rows"], str(n), "'quantile'")
    out.text(opened, joined([b, shown(lo), shown(hi), shown(w)] for b, lo, hi, w in found))


def expect(query, rows):
    several = any(w != 1 for _, _, w in rows)
    fractional = any(w != int(w) for _, _, w in rows)
    count = (lambda x: shown(x)) if fractional else (lambda x: str(int(x)))
    tallies = [(c, Tally(rows, c)) for c in cutoffs(rows)]
    out.text(curve(query, rows, "cutoff_curve", ["cutoff", "tp", "fp", "tn", "fn"]),
             joined([shown(c), count(t.tp), count(t.fp), count(t.tn), count(t.fn)] for c, t in tallies))
    for name in ("precision", "recall", "specificity", "fpr", "accuracy", "balanced_accuracy", "f1", "mcc", "youden"):
        values = [getattr(t, name) for _, t in tallies]
        out.int(cell(query, rows, "cutoff_curve", f"count({name})", "1"), sum(v is not None for v in values))
        defined = [v for v in values if v is not None]
        if defined:
            out.near(cell(query, rows, "cutoff_curve", f"max({name})", "1"), max(defined), 0)
    negatives, positives = totals(rows)
    points = corners(rows)
    labels, _, weights = split(rows)
    order = {s: i for i, s in enumerate(sorted({s for s, _, _ in rows}))}
    fpr, tpr, _ = sk.roc_curve(labels, [order[s] for s, _, _ in rows], sample_weight=weights, drop_intermediate=False)
    assert all(any(abs(float(x / negatives) - a) + abs(float(y / positives) - b) < 1e-12 for a, b in zip(fpr, tpr)) for _, x, y in points)
    agree(sk.auc([float(x) for _, x, _ in points], [float(y) for _, _, y in points]) / float(negatives * positives), sk.auc(fpr, tpr))
    if not fractional:
        out.text(curve(query, rows, "roc_curve", ["cutoff", "fpr", "tpr"]), joined([shown(c), shown(x / negatives), shown(y / positives)] for c, x, y in points))
    expect_corners(query, rows)
    walked, fp, tp = [["Inf", "1", "0"]], 0, 0
    for s, neg, pos in steps(rows):
        fp, tp = fp + neg, tp + pos
        walked.append([shown(s), shown(tp / (tp + fp)), shown(tp / positives)])
    if not fractional:
        out.text(curve(query, rows, "pr_curve", ["cutoff", "precision", "recall"]), joined(walked))
    out.int(cell(query, rows, "pr_curve", "count(*)", "1"), len(walked))
    expect_lift(query, rows)
    if not several:
        out.int(cell(query, rows, "lift_curve", "count(*)", "1"), 10)


for kind, sets in (("", SMALL), ("", EXTREME), (", weighted", INTEGRAL), (", weighted", FRACTIONAL)):
    for name, rows in sets.items():
        out.note(f"{name}{kind}: sklearn roc_curve, precision_recall_curve; lift by its definition")
        expect(query_over(out, rows), rows)
for name, rows in AWKWARD.items():
    out.note(f"{name}, weighted: corners of the ROC curve, lift")
    query = query_over(out, rows)
    expect_corners(query, rows)
    expect_lift(query, rows)
counts = SMALL["four"]
assert [(int(t.tn), int(t.fp), int(t.fn), int(t.tp)) for _, t in ((c, Tally(counts, c)) for c in cutoffs(counts))][1:] == [(2, 0, 1, 1), (1, 1, 1, 1), (1, 1, 0, 2), (0, 2, 0, 2)]


def expect_bins(query, rows, n, params):
    fractional = any(w != int(w) for _, _, w in rows)
    found = sorted(bins(rows, n).items())
    mean = lambda members, what: sum(Fraction(w) * Fraction(what(s, l)) for s, l, w in members) / sum(Fraction(w) for _, _, w in members)
    out.int(cell(query, rows, "calibration_curve", "count(*)", "1", *params), len(found))
    for b, members in found:
        weight = sum(Fraction(w) for _, _, w in members)
        where = f"bin = {b}"
        column = lambda name: cell(query, rows, "calibration_curve", name, where, *params)
        out.near(column("lo"), Fraction(b, n), 0)
        out.near(column("hi"), Fraction(b + 1, n), 0)
        if fractional:
            out.bits(column("rows"), weight)
        else:
            out.int(column("rows"), weight)
        out.bits(column("mean_score"), mean(members, lambda s, l: s))
        out.bits(column("positive_rate"), mean(members, lambda s, l: l))
    return found, mean


tame = {name: AWKWARD[name] for name in ("sums that round", "separated", "equal weights, repeated", "far apart")}
for kind, sets in (("", SMALL), (", weighted", INTEGRAL), (", weighted", FRACTIONAL), (", weighted", tame)):
    for name, rows in sets.items():
        out.note(f"{name}{kind}: calibration_curve")
        found, mean = expect_bins(query_over(out, rows), rows, 10, [])
        expect_bins(query_over(out, rows), rows, 4, ["4", "'uniform'"])
        if name == "distinct" and not kind:
            labels, scores, _ = split(rows)
            true, predicted = calibration_curve(labels, scores, n_bins=10)
            for (_, members), y, s in zip(found, true, predicted):
                agree(mean(members, lambda s, l: l), y, absolute=1e-12)
                agree(mean(members, lambda s, l: s), s)
edges = weighted([(i / 64, i % 3 == 0, 1) for i in range(50)], [0.1] * 50)
below = weighted([(i / 64, 1, 1) for i in range(12)], [0.1] * 12)  # as doubles three quarters of them are less
for name, rows in (("equal weights, on every edge", edges), ("of one class", below), *tame.items(), *FRACTIONAL.items()):
    out.note(f"{name}: quantile bins")
    for n in (4, 5, 10, 2147483647):
        expect_quantiles(query_over(out, rows), rows, n)
rows = SMALL["distinct"]
labels, scores, _ = split(rows)
query = query_over(out, rows)
out.note("quantile bins are those of sklearn's calibration_curve(strategy='quantile'), whatever the number of rows")
true, predicted = calibration_curve(labels, scores, n_bins=5, strategy="quantile")
assert len(quantiles(rows, 5)) == len(true) == 5
for b, lo, hi, size in quantiles(rows, 5):
    members = [(s, l) for s, l, _ in rows if lo <= s <= hi]
    column = lambda name: cell(query, rows, "calibration_curve", name, f"bin = {b}", "5", "'quantile'")
    rate, middle = Fraction(sum(l for _, l in members), len(members)), sum(Fraction(s) for s, _ in members) / len(members)
    agree(rate, true[b], absolute=1e-12)
    agree(middle, predicted[b])
    out.int(column("rows"), len(members))
    out.near(column("lo"), lo, 0)
    out.near(column("hi"), hi, 0)
    out.near(column("mean_score"), middle, 0)
    out.near(column("positive_rate"), rate, 0)
random.seed(33)
# NumPy's places of quantiles are rounded, which shows only where one is the place of a row: (n - 1)·k/bins is no integer here.
for n, wanted in ((5, 3), (7, 5), (12, 7), (23, 3), (23, 5), (30, 4), (50, 2), (50, 5), (50, 10)):
    rows = plain([random.randrange(12) / 16 for _ in range(n)], [random.randrange(2) for _ in range(n)])
    labels, scores, _ = split(rows)
    true, predicted = calibration_curve(labels, scores, n_bins=wanted, strategy="quantile")
    for (_, lo, hi, size), rate, middle in zip(quantiles(rows, wanted), true, predicted, strict=True):
        members = [(s, l) for s, l, _ in rows if lo <= s <= hi]
        assert len(members) == size
        agree(Fraction(sum(l for _, l in members), len(members)), rate, absolute=1e-12)
        agree(sum(Fraction(s) for s, _ in members) / len(members), middle, absolute=1e-12)
    expect_quantiles(query_over(out, rows), rows, wanted)
query, rows = query_over(out, SMALL["distinct"]), SMALL["distinct"]
out.error(cell(query, rows, "calibration_curve", "bin", "1", "5", "'thirds'"), "calibration_curve: strategy")
out.error(cell(query, rows, "calibration_curve", "bin", "1", "0"), "calibration_curve: bins")
out.error("SELECT * FROM roc_curve(x'00')", "roc_curve: ")

out.note("correlated use, and the questions that SQL asks of a curve")
rows, query = demo("breast_cancer", "score", model="forest")
sets = "(SELECT model, score_set(score, label) AS p FROM breast_cancer GROUP BY model)"
labels, scores, _ = split(rows)
out.int(f"SELECT count(*) FROM {sets} m, cutoff_curve(m.p) c WHERE m.model = 'forest'", len(set(scores)) + 1)
found = binary.best(rows, "f1")
out.near(f"SELECT c.cutoff FROM {sets} m, cutoff_curve(m.p) c WHERE m.model = 'forest' ORDER BY c.f1 DESC, c.cutoff DESC LIMIT 1", found[0], 0)
kept = [t for t in (Tally(rows, c) for c in cutoffs(rows)) if t.precision is not None and t.precision >= Fraction(0.97)]
out.near(cell(query, rows, "cutoff_curve", "max(recall)", "precision >= 0.97"), max(t.recall for t in kept), 0)
out.near(cell(query, rows, "cutoff_curve", "min(fp + 5.0 * fn)", "1"), min(t.cost(1, 5) for t in (Tally(rows, c) for c in cutoffs(rows))), 0)
lone = plain([1.0], [1])
out.null(cell(query_over(out, lone), lone, "cutoff_curve", "specificity", "cutoff = 1"))
out.int("SELECT count(*) FROM cutoff_curve(NULL)", 0)
def expect_det(query, rows):
    negatives, positives = totals(rows)
    tallies = [(c, Tally(rows, c)) for c in [INF] + [s for s, _, _ in steps(rows)]]
    tallies[0] = (INF, Tally(weighted(rows, [0] * len(rows)), 0))
    points = [[shown(c), shown(t.fpr if i else 0), shown(t.fnr if i else 1)] for i, (c, t) in enumerate(tallies)]
    out.text(curve(query, rows, "det_curve", ["cutoff", "fpr", "fnr"]), joined(points))
    labels, scores, weights = split(rows)
    order = {s: i for i, s in enumerate(sorted(set(scores)))}
    fpr, fnr, _ = sk.det_curve(labels, [order[s] for s in scores], sample_weight=weights)
    ours = [(float(t.fpr if i else 0), float(t.fnr if i else 1)) for i, (_, t) in enumerate(tallies)]
    assert all(any(abs(a - x) + abs(b - y) < 1e-12 for x, y in ours) for a, b in zip(fpr, fnr))


def expect_decisions(query, rows):
    all_rows = Tally(rows, -INF)
    for s, _, _ in steps(rows):
        if s < 1:
            where = f"cutoff = {s!r}" if s else "cutoff = 0"
            for column, tally in (("net_benefit", Tally(rows, s)), ("treat_all", all_rows)):
                out.bits(cell(query, rows, "decision_curve", column, where), tally.net_benefit(s))
            break
    kept = [(s, Tally(rows, s)) for s, _, _ in steps(rows) if s < 1]
    out.int(cell(query, rows, "decision_curve", "count(*)", "1"), len(kept))
    for column, tally in (("net_benefit", lambda s, t: t), ("treat_all", lambda s, t: all_rows)):
        values = [nearest(tally(s, t).net_benefit(s)) for s, t in kept]
        out.bits(cell(query, rows, "decision_curve", f"max({column})", "1"), max(values))
        out.bits(cell(query, rows, "decision_curve", f"min({column})", "1"), min(values))


for kind, sets in (("", SMALL), (", weighted", INTEGRAL), (", weighted", FRACTIONAL), (", weighted", AWKWARD)):
    for name, rows in sets.items():
        out.note(f"{name}{kind}: det_curve, as sklearn's but for the points that it drops; decision_curve by its definition")
        query = query_over(out, rows)
        expect_det(query, rows)
        if all(0 <= s <= 1 for s, _, _ in rows):
            expect_decisions(query, rows)
out.note("roc_curve for drawing: how many corners, and how far those left out are from the line")
for rows, query in (demo("breast_cancer", "score", model="forest"), demo("flights", "score", model="boosted")):
    for points in (2, 3, 10, 50, 1000):
        sql = query("score_set(s, y)")
        thin = f"(SELECT *, lead(fpr) OVER o AS nf, lead(tpr) OVER o AS nt, lead(cutoff) OVER o AS nc FROM roc_curve(({sql}), {points}) WINDOW o AS (ORDER BY cutoff DESC))"
        out.int(f"SELECT count(*) <= {points} AND min(fpr) = 0 AND max(tpr) = 1 FROM {thin}", 1)
        cross = "((c.tpr - t.tpr) * (t.nf - t.fpr) - (c.fpr - t.fpr) * (t.nt - t.tpr))"
        length = "((t.nf - t.fpr) * (t.nf - t.fpr) + (t.nt - t.tpr) * (t.nt - t.tpr))"
        if points < 1000:
            out.int(f"SELECT max({cross} * {cross} / {length}) <= 2.0 / ({points - 1} * {points - 1}) FROM {thin} t "
                    f"JOIN roc_curve(({sql})) c ON c.cutoff < t.cutoff AND c.cutoff > t.nc", 1)
out.write()
