#!/usr/bin/env python3
"""Expected values of metrics of many classes, many labels and many raters: scikit-learn, statsmodels, and fractions."""
import itertools
import random
from collections import Counter
from fractions import Fraction

import numpy as np
import sklearn.metrics as sk
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

from common import Lines, agree, json, nearest, over, table

rng = random.Random(20)
out = Lines("multiclass", "Metrics of many classes, many labels and many raters.")


def auc(rows):
    """Of (score, label, weight), as a fraction; None where a class is missing."""
    positive = [(s, Fraction(w)) for s, y, w in rows if y and w]
    negative = [(s, Fraction(w)) for s, y, w in rows if not y and w]
    if not positive or not negative:
        return None
    won = sum(v * w * (2 * (a > b) + (a == b)) for a, v in positive for b, w in negative)
    return won / (2 * sum(w for _, w in positive) * sum(w for _, w in negative))


def average_precision(rows):
    if not any(y and w for _, y, w in rows):
        return None
    total = sum(Fraction(w) for _, y, w in rows if y)
    area, seen, hits = Fraction(0), Fraction(0), Fraction(0)
    for score in sorted({s for s, _, w in rows if w}, reverse=True):
        here = [(y, Fraction(w)) for s, y, w in rows if s == score]
        step = sum(w for y, w in here if y)
        seen += sum(w for _, w in here)
        hits += step
        area += step * hits / seen
    return area / total


def macro(values):
    known = [Fraction(nearest(v)) for v in values if v is not None]
    return sum(known) / len(known)


def weighted(values, weights):
    known = [(Fraction(nearest(v)), Fraction(w)) for v, w in zip(values, weights) if v is not None]
    return sum(v * w for v, w in known) / sum(w for _, w in known)


def probabilities(rows, classes, steps):
    """Rows that add up to 1 as far as doubles do, with ties."""
    made = []
    for _ in range(rows):
        parts = [rng.randrange(1, steps) for _ in range(classes)]
        made.append([p / sum(parts) for p in parts])
    return made


def expect(probs, labels, weights=None):
    k = len(probs[0])
    w = weights or [1] * len(probs)
    rows = [(json(p), y, x) for p, y, x in zip(probs, labels, w)]

    def query(name):
        return over("p y w", rows, f"{name}(p, y, w)" if weights else f"{name}(p, y)")

    one = [[(p[c], y == c, x) for p, y, x in zip(probs, labels, w)] for c in range(k)]
    support = [sum(Fraction(x) for y, x in zip(labels, w) if y == c) for c in range(k)]
    pooled = [row for rows_of in one for row in rows_of]
    aucs, precisions = [auc(r) for r in one], [average_precision(r) for r in one]
    if None not in aucs and np.allclose(np.sum(probs, axis=1), 1, atol=1e-12, rtol=0) and k > 2:
        for average in ("macro", "weighted"):
            ours = macro(aucs) if average == "macro" else weighted(aucs, support)
            agree(ours, sk.roc_auc_score(labels, probs, multi_class="ovr", average=average, sample_weight=weights), absolute=1e-12)
    bounds = [("roc_auc_ovr_macro", macro(aucs)), ("roc_auc_ovr_weighted", weighted(aucs, support)), ("roc_auc_ovr_micro", auc(pooled)),
              ("average_precision_macro", macro(precisions)), ("average_precision_weighted", weighted(precisions, support)),
              ("average_precision_micro", average_precision(pooled))]
    for name, value in bounds:
        out.near(query(name), value, 1)
    if weights:
        return
    names = ",".join("abcdefgh"[:k])
    out.near(over(f"{names.replace(',', ' ')} y", [(*p, y) for p, y in zip(probs, labels)], f"roc_auc_ovr_macro({names}, y)"), macro(aucs), 1)
    pairs, sizes = [], []
    for a, b in itertools.permutations(range(k), 2):
        rows_of = [(p[a], y == a, 1) for p, y in zip(probs, labels) if y in (a, b)]
        pairs.append(auc(rows_of))
        sizes.append(len(rows_of))
    if None not in pairs and k > 2 and np.allclose(np.sum(probs, axis=1), 1, atol=1e-12, rtol=0):
        for average, ours in (("macro", macro(pairs)), ("weighted", weighted(pairs, sizes))):
            agree(ours, sk.roc_auc_score(labels, probs, multi_class="ovo", average=average), absolute=1e-12)
    out.near(query("roc_auc_ovo_macro"), macro(pairs), 1)
    out.near(query("roc_auc_ovo_weighted"), weighted(pairs, sizes), 1)


out.note("torchmetrics' example: macro 0.7778")
expect([[0.90, 0.05, 0.05], [0.05, 0.90, 0.05], [0.05, 0.05, 0.90], [0.85, 0.05, 0.10], [0.10, 0.10, 0.80]], [0, 1, 1, 2, 2])
for classes, rows, steps in ((3, 12, 4), (3, 30, 100), (4, 40, 6), (5, 25, 9), (2, 20, 7)):
    out.note(f"{rows} rows of {classes} classes")
    probs, labels = probabilities(rows, classes, steps), [rng.randrange(classes) for _ in range(rows)]
    expect(probs, labels)
    expect(probs, labels, [rng.choice((0.5, 1.25, 2, 0.1, 3)) for _ in range(rows)])
out.note("a class without rows is left out of the mean; all left out: NULL")
expect([[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.125, 0.25, 0.625]], [0, 1, 0])
out.null("roc_auc_ovr_macro('[0.3, 0.7]', 1)")
out.null("roc_auc_ovo_macro('[0.3, 0.7]', 1)")
out.text("roc_auc_per_class('[0.3, 0.7]', 1)", "[null,null]")

out.note("labels: scikit-learn's ranking metrics and averages")


def labels_of(rows, k):
    scores = [[rng.randrange(8) / 8 for _ in range(k)] for _ in range(rows)]
    truth = [[int(rng.random() < 0.4) for _ in range(k)] for _ in range(rows)]
    return scores, truth


for rows, k in ((1, 3), (5, 3), (20, 4), (30, 7)):
    scores, truth = labels_of(rows, k)
    weights = [rng.choice((1, 2, 0.5, 0.3)) for _ in range(rows)]
    data = [(json(s), json(t), w) for s, t, w in zip(scores, truth, weights)]
    ranked = [("label_ranking_average_precision", sk.label_ranking_average_precision_score), ("label_ranking_loss", sk.label_ranking_loss),
              ("coverage_error", sk.coverage_error)]
    for name, theirs in ranked:
        out.near(over("s t w", data, f"{name}(s, t)"), theirs(truth, scores), 8)
        out.near(over("s t w", data, f"{name}(s, t, w)"), theirs(truth, scores, sample_weight=weights), 8)
    yes = (np.array(scores) >= 0.5).astype(int)
    y = np.array(truth)
    decided = [("hamming_loss", lambda w: sk.hamming_loss(y, yes, sample_weight=w)), ("subset_accuracy", lambda w: sk.accuracy_score(y, yes, sample_weight=w))]
    for name, score in (("jaccard", sk.jaccard_score), ("f1", sk.f1_score), ("precision", sk.precision_score), ("recall", sk.recall_score)):
        decided.append((f"{name}_samples", lambda w, score=score: score(y, yes, average="samples", zero_division=0, sample_weight=w)))
        if name != "jaccard":
            for average in ("micro", "macro", "weighted"):
                decided.append((f"{name}_labels_{average}",
                                lambda w, score=score, average=average: score(y, yes, average=average, zero_division=0, sample_weight=w)))
    for name, theirs in decided:
        if y.sum() and yes.sum():
            out.near(over("s t w", data, f"{name}(s, t, 0.5)"), theirs(None), 8)
            out.near(over("s t w", data, f"{name}(s, t, 0.5, w)"), theirs(weights), 8)
out.near(over("s t", [("[0.75,0.5,1]", "[1,0,0]"), ("[1,0.2,0.1]", "[0,0,1]")], "label_ranking_average_precision(s, t)"), Fraction(5, 12), 1)
out.near(over("s", [("[1,0,0]",), ("[0,1,1]",)], "coverage_error(s, s)"), 1.5, 0)
out.near("label_ranking_average_precision_of('[0.5, 0.1]', '[0, 0]')", 1.0, 0)
out.near("label_ranking_loss_of('[0.5, 0.5]', '[0, 1]')", 1.0, 0)
out.near("coverage_error_of('[0.5, 0.1]', '[0, 0]')", 0.0, 0)
out.near("hamming_loss_of('[0.5, 0.1]', '[0, 1]', 0.5)", 1.0, 0)
out.near("subset_accuracy_of('[0.5, 0.1]', '[1, 0]', 0.5)", 1.0, 0)
out.near("jaccard_samples_of('[0.5, 0.1]', '[0, 0]', 0.9)", 0.0, 0)
out.near("f1_samples_of('[0.5, 0.9]', '[0, 1]', 0.5)", Fraction(2, 3), 1)
out.near("precision_samples_of('[0.5, 0.9]', '[0, 1]', 0.5)", 0.5, 0)
out.near("recall_samples_of('[0.5, 0.9]', '[0, 1]', 0.5)", 1.0, 0)
out.null("f1_labels_micro('[0.5]', '[0]', 0.9)")
out.error("hamming_loss('[0.5, 0.1]', '[0, 2]', 0.5)", "element 1 of targets must be 0 or 1, got 2")

out.note("hinge loss: scikit-learn's; ranked probability score: the definition")
for k in (3, 5):
    scores, labels = [[rng.uniform(-2, 2) for _ in range(k)] for _ in range(20)], [rng.randrange(k) for _ in range(20)]
    data = [(json(s), y) for s, y in zip(scores, labels)]
    out.near(over("s y", data, "hinge_loss(s, y)"), sk.hinge_loss(labels, np.array(scores), labels=range(k)), 8)
    probs = probabilities(20, k, 9)
    value = sum(sum((sum(Fraction(x) for x in p[:i + 1]) - (i >= y)) ** 2 for i in range(k - 1)) / (k - 1) for p, y in zip(probs, labels)) / 20
    out.near(over("p y", [(json(p), y) for p, y in zip(probs, labels)], "ranked_probability_score(p, y)"), value, 16)
out.near("hinge_loss_of('[0.5, 2, 1]', 1)", 0.0, 0)
out.near("hinge_loss_of('[0.5, 2, 1]', 2)", 2.0, 0)
out.near("ranked_probability_score_of('[0.25, 0.25, 0.5]', 2)", Fraction(5, 32), 0)

out.note("predicted classes: Jaccard and F-beta averaged")
for rows, k in ((12, 3), (40, 5)):
    pred, label = [rng.randrange(k) for _ in range(rows)], [rng.randrange(k) for _ in range(rows)]
    data = list(zip(pred, label))
    for average in ("macro", "micro", "weighted"):
        out.near(over("p y", data, f"jaccard_{average}(p, y)"), sk.jaccard_score(label, pred, average=average, zero_division=0), 4)
    for beta in (0.5, 2):
        out.near(over("p y", data, f"fbeta_macro(p, y, {beta})"), sk.fbeta_score(label, pred, beta=beta, average="macro", zero_division=0), 4)

out.note("raters: statsmodels' Fleiss; Krippendorff's alpha by its definition")


def alpha(units, distance):
    units = [[v for v in u if v is not None] for u in units]
    units = [u for u in units if len(u) > 1]
    count = Counter(v for u in units for v in u)
    n = sum(count.values())
    seen = sum(Fraction(distance(u[i], u[j], count)) / (len(u) - 1) for u in units for i in range(len(u)) for j in range(len(u)) if i != j)
    chance = sum(count[v] * count[w] * Fraction(distance(v, w, count)) for v in count for w in count)
    return 1 - (n - 1) * seen / chance if chance else None


def ordinal(v, w, count):
    lo, hi = min(v, w), max(v, w)
    return (sum(count[g] for g in count if lo <= g <= hi) - Fraction(count[v] + count[w], 2)) ** 2 if v != w else 0


SCALES = {"nominal": lambda v, w, _: v != w, "ordinal": ordinal, "interval": lambda v, w, _: Fraction(v - w) ** 2,
          "ratio": lambda v, w, _: Fraction(v - w, v + w) ** 2 if v != w else 0}
for rows, raters, values in ((6, 3, 3), (15, 4, 5), (30, 2, 4)):
    units = [[rng.randrange(1, values + 1) for _ in range(raters)] for _ in range(rows)]
    data = [(json(u),) for u in units]
    out.near(over("u", data, "fleiss_kappa(u)"), fleiss_kappa(aggregate_raters(np.array(units))[0]), 32)
    holes = [[None if rng.random() < 0.2 else v for v in u] for u in units]
    for name, distance in SCALES.items():
        out.near(over("u", data, f"krippendorff_alpha(u, '{name}')"), alpha(units, distance), 8 if name == 'ratio' else 1)
        out.near(over("u", [("[" + ",".join("null" if v is None else str(v) for v in u) + "]",) for u in holes], f"krippendorff_alpha(u, '{name}')"),
                 alpha(holes, distance), 8 if name == 'ratio' else 1)
out.near(over("u", [('["a","b"]',), ('["a","a"]',), ('["b","b"]',)], "krippendorff_alpha(u)"), alpha([[0, 1], [0, 0], [1, 1]], SCALES["nominal"]), 8)
out.null("fleiss_kappa('[1, 1]')")
for size in ("1e-200", "1e200", "1e308"):  # of any unit; squares of the numbers leave the range of doubles
    out.near(f"krippendorff_alpha(column1, 'interval') FROM (VALUES ('[1.5{size[1:]}, -0.75{size[1:]}]'), ('[-0.75{size[1:]}, -0.75{size[1:]}]'))", 0.0, 1)
    out.near(f"krippendorff_alpha(column1, 'ratio') FROM (VALUES ('[1.5{size[1:]}, 1.25{size[1:]}]'), ('[1.25{size[1:]}, 1.5{size[1:]}]'))", -0.5, 1)
out.null("krippendorff_alpha('[1, null]')")
out.error(over("u", [("[1,2]",), ("[1,2,3]",)], "fleiss_kappa(u)"), "krippendorff_alpha allows different numbers")
out.error("krippendorff_alpha('[\"a\",\"b\"]', 'interval')", "'nominal' takes any values")
out.error("krippendorff_alpha('[1,2')", "krippendorff_alpha: ratings must be a JSON array of values")
out.error("krippendorff_alpha('[1,[2]]')", "krippendorff_alpha: ratings must be a JSON array of values")

out.note("the digits: one probability a class")
digits = table("digits")
names = [f"z{i}" for i in range(10)]
shares = [np.exp([row[z] for z in names]) / np.sum(np.exp([row[z] for z in names])) for row in digits]
theirs = sk.roc_auc_score([row["label"] for row in digits], shares, multi_class="ovr")
out.near(f"SELECT round(roc_auc_ovr_macro(softmax('[' || {' || char(44) || '.join(names)} || ']'), label), 9) FROM digits", round(theirs, 9), 0)
out.write()
