"""Exact references for scores with labels: what decisions.py, ranking.py, calibration.py and curves.py share.

Rows are (score, label, weight). Everything is computed in fractions, straight from the definitions, and compared with
scikit-learn by whoever uses it.
"""
import math
import random
from fractions import Fraction
from itertools import groupby

import mpmath
import numpy as np

from common import INF, nearest, table

rng = random.Random(7)


def ratio(a, b):
    return None if b == 0 else Fraction(a) / Fraction(b)


def infinite_ratio(a, b):
    """Infinity where only the divisor is 0."""
    if None in (a, b) or a == b == 0:
        return None
    return a / b if b else INF


class Tally:
    """The 2x2 table at a cutoff."""

    def __init__(self, rows, cutoff):
        cell = {(d, y): sum((Fraction(w) for s, l, w in rows if (s >= cutoff) == d and l == y), Fraction(0)) for d in (True, False) for y in (0, 1)}
        self.tp, self.fp, self.tn, self.fn = cell[True, 1], cell[True, 0], cell[False, 0], cell[False, 1]

    @property
    def precision(self):
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self):
        return ratio(self.tp, self.tp + self.fn)

    @property
    def specificity(self):
        return ratio(self.tn, self.tn + self.fp)

    @property
    def fpr(self):
        return ratio(self.fp, self.tn + self.fp)

    @property
    def fnr(self):
        return ratio(self.fn, self.fn + self.tp)

    @property
    def npv(self):
        return ratio(self.tn, self.tn + self.fn)

    @property
    def selection_rate(self):
        return ratio(self.tp + self.fp, self.tp + self.fp + self.tn + self.fn)

    @property
    def positive_likelihood_ratio(self):
        return infinite_ratio(self.recall, self.fpr)

    @property
    def negative_likelihood_ratio(self):
        return infinite_ratio(self.fnr, self.specificity)

    def net_benefit(self, cutoff):
        """The odds are a double, as in the definition."""
        odds = Fraction(cutoff / (1 - cutoff))
        return (self.tp - self.fp * odds) / (self.tp + self.fp + self.tn + self.fn)

    @property
    def accuracy(self):
        return ratio(self.tp + self.tn, self.tp + self.fp + self.tn + self.fn)

    @property
    def error_rate(self):
        return ratio(self.fp + self.fn, self.tp + self.fp + self.tn + self.fn)

    @property
    def f1(self):
        return self.fbeta(1)

    @property
    def jaccard(self):
        return ratio(self.tp, self.tp + self.fp + self.fn)

    @property
    def youden(self):
        return None if None in (self.recall, self.specificity) else self.recall + self.specificity - 1

    @property
    def balanced_accuracy(self):
        return None if None in (self.recall, self.specificity) else (self.recall + self.specificity) / 2

    @property
    def mcc(self):
        square = (self.tp + self.fp) * (self.tp + self.fn) * (self.tn + self.fp) * (self.tn + self.fn)
        return None if square == 0 else (self.tp * self.tn - self.fp * self.fn) / root(square)

    def fbeta(self, beta):
        square = Fraction(beta) ** 2
        return ratio((1 + square) * self.tp, (1 + square) * self.tp + square * self.fn + self.fp)

    def cost(self, fp_cost, fn_cost):
        return self.fp * Fraction(fp_cost) + self.fn * Fraction(fn_cost)


def root(x):
    """The square root of a fraction to 60 digits or so."""
    product = x.numerator * x.denominator
    shift = max(0, 220 - product.bit_length() // 2)
    return Fraction(math.isqrt(product << 2 * shift), x.denominator << shift)


def cutoffs(rows):
    """Candidates, highest first; predict none too, unless a score is Infinity itself."""
    scores = sorted({s for s, _, w in rows if w}, reverse=True)
    return scores if scores and scores[0] == INF else [INF] + scores


def best(rows, objective):
    """(cutoff, value, tally), or None. Compared as doubles: of equal ones the highest cutoff."""
    sense, floor = 1, None
    if ">=" in objective:
        name, bound = objective.split(">=")
        floor = lambda t: getattr(t, name) is not None and nearest(getattr(t, name)) >= float(bound)
        value = lambda t: getattr(t, "precision" if name == "recall" else "recall")
    elif ":" in objective:
        name, params = objective.split(":")
        value = lambda t: getattr(t, name)(*map(float, params.split(",")))
        sense = -1 if name == "cost" else 1
    elif objective == "dot":
        value = lambda t: t.tp
    else:
        value = lambda t: getattr(t, objective)
        sense = -1 if objective == "error_rate" else 1
    found = None
    for cutoff in cutoffs(rows):
        tally = Tally(rows, cutoff)
        x = value(tally)
        if x is None or (floor and not floor(tally)):
            continue
        if found is None or sense * nearest(x) > sense * nearest(found[1]):
            found = cutoff, x, tally
    return found


def steps(rows):
    """(score, negatives, positives) of each distinct score, highest first."""
    for s in sorted({s for s, _, w in rows if w}, reverse=True):
        yield s, sum(Fraction(w) for t, l, w in rows if t == s and l == 0), sum(Fraction(w) for t, l, w in rows if t == s and l == 1)


def totals(rows):
    return sum(Fraction(w) for _, l, w in rows if l == 0), sum(Fraction(w) for _, l, w in rows if l == 1)


def roc_auc(rows):
    negatives, positives = totals(rows)
    wins = fp = Fraction(0)
    for _, neg, pos in steps(rows):
        wins += pos * (negatives - fp - neg) + pos * neg / 2
        fp += neg
    return ratio(wins, negatives * positives)


def average_precision(rows, rounded=lambda x: x):
    """With rounded = once: each precision to a double, as the metric is defined; its weighted mean stays exact."""
    area = fp = tp = Fraction(0)
    for _, neg, pos in steps(rows):
        fp, tp = fp + neg, tp + pos
        area += pos * rounded(tp / (tp + fp))
    return ratio(area, tp)


def pr_auc(rows, rounded=lambda x: x):
    area = fp = tp = Fraction(0)
    before = Fraction(1)
    for _, neg, pos in steps(rows):
        fp, tp = fp + neg, tp + pos
        here = rounded(tp / (tp + fp))
        area, before = area + pos * (before + here) / 2, here
    return ratio(area, tp)


def once(x):
    """Rounded to a double."""
    return Fraction(nearest(x))


def partial_area(rows, max_fpr):
    negatives, positives = totals(rows)
    area = x = y = Fraction(0)
    for _, neg, pos in steps(rows):
        to_x, to_y, end = x + neg / negatives, y + pos / positives, Fraction(max_fpr)
        if to_x > end:
            to_x, to_y = end, y + (to_y - y) * (end - x) / (to_x - x)
        area += (to_x - x) * (y + to_y) / 2
        x, y = to_x, to_y
        if x == end:
            break
    return area


def partial_roc_auc(rows, max_fpr):
    most, least = Fraction(max_fpr), Fraction(max_fpr) ** 2 / 2
    return (1 + (partial_area(rows, max_fpr) - least) / (most - least)) / 2


def ks(rows):
    negatives, positives = totals(rows)
    gap = fp = tp = Fraction(0)
    for _, neg, pos in steps(rows):
        fp, tp = fp + neg, tp + pos
        gap = max(gap, abs(tp / positives - fp / negatives))
    return gap


def eer(rows):
    """Where fpr = fnr on the segments of the ROC curve."""
    negatives, positives = totals(rows)
    x = y = Fraction(0)
    for _, neg, pos in steps(rows):
        dx, dy = neg / negatives, pos / positives
        if x + dx >= 1 - y - dy:
            return x + dx * (1 - y - x) / (dx + dy)
        x, y = x + dx, y + dy


def bins(rows, n):
    """{bin: rows}; 1.0 in the last."""
    found = {}
    for row in rows:
        if row[2]:
            found.setdefault(min(math.floor(Fraction(row[0]) * n), n - 1), []).append(row)
    return found


def bins_between(rows, edges):
    """{bin: rows} of the bins [edge, next edge); what lies beyond is in the first and the last."""
    found = {}
    for row in rows:
        if row[2]:
            found.setdefault(sum(row[0] >= e for e in edges[1:-1]), []).append(row)
    return found


def quantile_bin(below, whole, n, integral):
    """The bin (lo, hi] between quantiles, linear between rows where weights are integral, of rows that `below` of `whole` are below."""
    if not integral:
        return math.floor(below * n / whole)
    return math.ceil(below * n / (whole - 1)) - 1 if below else 0


def quantile_bins(rows, n):
    """{bin: rows} of bins between quantiles of the scores."""
    rows = [row for row in rows if row[2]]
    found, below, whole = {}, Fraction(0), sum(totals(rows))
    integral = all(w == int(w) for _, _, w in rows)
    for _, members in groupby(sorted(rows), key=lambda row: row[0]):
        members = list(members)
        found.setdefault(quantile_bin(below, whole, n, integral), []).extend(members)
        below += sum(Fraction(w) for _, _, w in members)
    return found


def gaps(rows, n, into=bins):
    """(weight, |mean score - share of positives|) of each bin."""
    for members in into(rows, n).values():
        weight = sum(Fraction(w) for _, _, w in members)
        yield weight, abs(sum(Fraction(w) * (Fraction(s) - l) for s, l, w in members)) / weight


def ece(rows, n=10, into=bins):
    return sum(w * gap for w, gap in gaps(rows, n, into)) / sum(totals(rows))


def mce(rows, n=10, into=bins):
    return max(gap for _, gap in gaps(rows, n, into))


def rmsce(rows, n=10, into=bins):
    square = sum(w * gap**2 for w, gap in gaps(rows, n, into)) / sum(totals(rows))
    return mpmath.sqrt(mpmath.mpf(square.numerator) / square.denominator)


def binned(rows, n=10):
    """(ece, mce) by numpy: another way to the bins, exact as long as n has no more than 11 bits."""
    labels, scores, weights = (np.array(column, dtype=float) for column in split(rows))
    assert np.finfo(np.longdouble).nmant >= 63
    index = np.minimum((scores.astype(np.longdouble) * n).astype(int), n - 1)
    gap = {b: abs(np.average(scores[index == b], weights=weights[index == b]) - np.average(labels[index == b], weights=weights[index == b]))
           for b in set(index) if weights[index == b].sum()}
    share = {b: weights[index == b].sum() / weights.sum() for b in gap}
    return sum(share[b] * gap[b] for b in gap), max(gap.values())


def weighted(rows, weights):
    return [(s, l, w) for (s, l, _), w in zip(rows, weights)]


def plain(scores, labels):
    return [(s, l, 1) for s, l in zip(scores, labels)]


def draw(n, score, share=0.4):
    """n rows whose positives score somewhat higher."""
    rows = []
    for _ in range(n):
        label = int(rng.random() < share)
        rows.append((score(label), label, 1))
    return rows


SMALL = {
    "four": plain([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]),
    "five": plain([0.5, 0.3, 0.2, 0.8, 0.7], [0, 1, 0, 1, 1]),
    "six with a tie": plain([0.8, 0.7, 0.5, 0.5, 0.3, 0.2], [1, 1, 0, 1, 1, 0]),
    "tied": draw(60, lambda y: round(min(max(rng.gauss(0.4 + 0.2 * y, 0.25), 0), 1), 1)),
    "distinct": draw(50, lambda y: round(rng.betavariate(2 + y, 3), 6)),
    "certain": draw(40, lambda y: rng.choice([0.0, 1.0, 1.0 * y, 0.5, 0.1, 0.2, 0.3, 0.7, 0.8, 0.9])),
}
COUNTS = [(1.0, 5, 0), (0.875, 7, 2), (0.75, 8, 2), (0.625, 6, 11), (0.5, 3, 6), (0.375, 4, 7), (0.25, 5, 10), (0.125, 3, 18), (0.0, 0, 3)]
SMALL["a table of counts"] = [(s, l, 1) for s, pos, neg in COUNTS for l, n in ((1, pos), (0, neg)) for _ in range(n)]
EXTREME = {
    "infinities": plain([INF, INF, 3.0, 3.0, -INF, -INF, 0.5, INF, -INF], [1, 0, 1, 0, 0, 1, 1, 1, 0]),
    "both zeros": plain([0.0, -0.0, -0.0, 1.0, -1.0, 0.0], [1, 0, 1, 0, 1, 0]),
    "subnormal and huge": plain([5e-324, 1e-323, 0.0, -5e-324, 1e308, -1e308, 1.7976931348623157e308, 1e308], [1, 0, 0, 1, 1, 0, 0, 1]),
    "reversed": plain([0.9, 0.8, 0.2, 0.1], [0, 0, 1, 1]),
    "one score": plain([0.5] * 7, [0, 1, 1, 0, 0, 1, 0]),
    "two rows": plain([0.3, 0.3], [0, 1]),
}
INTEGRAL = {name: weighted(rows, [rng.randrange(4) for _ in rows]) for name, rows in SMALL.items() if name != "four"}
AWKWARD = {  # weights whose sums no double holds
    "sums that round": [(0.1, 0, 0.6079856074258372), (0.0, 0, 0.3), (0.7, 1, 0.1), (0.5, 0, 0.7), (0.7, 1, 0.3), (0.8, 1, 0.2), (0.8, 1, 0.1)],
    "separated": [(0.2, 0, 0.7), (0.5, 1, 0.2), (0.3, 0, 0.7), (0.4, 1, 0.1)],
    "equal weights, repeated": [(score, label, 0.1) for score, label, n in ((0.2, 0, 7), (0.3, 1, 3), (0.3, 0, 11), (0.6, 1, 13), (0.9, 0, 2)) for _ in range(n)],
    "far apart": [(0.9, 1, 1e-17), (0.7, 0, 0.1), (0.6, 1, 1e17), (0.6, 0, 3.0), (0.5, 1, 0.3), (0.4, 0, 1e16), (0.1, 0, 1e-30)],
    "large": [(1.0, 1, 1e200), (0.0, 0, 1e200), (0.5, 1, 3e199), (0.7, 0, 1e199)],
    "beyond a double": [(0.9, 1, 1e308), (0.8, 0, 1e308), (0.7, 1, 1.5e308), (0.2, 0, 1.7e308), (0.1, 1, 1e307)],
    "small": [(0.9, 1, 5e-324), (0.8, 0, 1e-323), (0.8, 1, 1.5e-323), (0.3, 0, 5e-324), (0.1, 1, 2e-323)],
}
FRACTIONAL = {name: weighted(rows, [rng.choice([0, 0.1, 0.5, 1, 1.7, 3]) for _ in rows]) for name, rows in SMALL.items() if len(rows) > 30}


def query_over(out, rows):
    """A function that gives the SQL for an expression over the columns s, y and, where some weight is not 1, w."""
    several = any(w != 1 for _, _, w in rows)
    name = out.table("s y w" if several else "s y", rows if several else [row[:2] for row in rows])
    return lambda what: f"SELECT {what} FROM {name}"


def args(rows, *middle):
    """The arguments of a call: score, label, what stands between, weight."""
    return ", ".join(["s", "y", *middle] + (["w"] if any(w != 1 for _, _, w in rows) else []))


def demo(name, column, **where):
    """The rows of a demo table, and the SQL that reads them as s, y."""
    rows = [(float(r[column]), r["label"], 1) for r in table(name) if all(r[k] == v for k, v in where.items())]
    condition = " AND ".join(f"{k} = '{v}'" for k, v in where.items())
    return rows, lambda what: f"SELECT {what} FROM (SELECT {column} AS s, label AS y FROM {name}{' WHERE ' + condition if where else ''})"


def split(rows):
    """Labels, scores, weights; these as other libraries can add them up: times a power of two, which no ratio depends on."""
    largest = max(w for _, _, w in rows)
    scale = 0 if 2.0**-500 < largest < 2.0**500 else -math.frexp(largest)[1]
    return [l for _, l, _ in rows], [s for s, _, _ in rows], [math.ldexp(w, scale) if scale else w for _, _, w in rows]
