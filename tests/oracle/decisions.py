#!/usr/bin/env python3
"""Expected values of the metrics at one cutoff: fractions from the definitions, checked against scikit-learn."""
import math
from fractions import Fraction

from sklearn import metrics as sk

from binary import AWKWARD, EXTREME, FRACTIONAL, INTEGRAL, SMALL, Tally, args, demo, query_over, split
from common import INF, Lines, agree, nearest, number

out = Lines("decisions", "Decisions at one cutoff.")


def theirs(name, rows, cutoff, beta=2):
    labels, scores, weights = split(rows)
    decided = [int(s >= cutoff) for s in scores]
    kwargs = dict(sample_weight=weights)
    if name in ("precision", "recall", "f1", "jaccard"):
        return getattr(sk, name + "_score")(labels, decided, zero_division=0, **kwargs)
    return {"fbeta": lambda: sk.fbeta_score(labels, decided, beta=beta, zero_division=0, **kwargs),
            "specificity": lambda: sk.recall_score(labels, decided, pos_label=0, zero_division=0, **kwargs),
            "accuracy": lambda: sk.accuracy_score(labels, decided, **kwargs),
            "error_rate": lambda: sk.zero_one_loss(labels, decided, **kwargs),
            "balanced_accuracy": lambda: sk.balanced_accuracy_score(labels, decided, **kwargs),
            "mcc": lambda: sk.matthews_corrcoef(labels, decided, **kwargs),
            "youden": lambda: sk.balanced_accuracy_score(labels, decided, adjusted=True, **kwargs)}[name]()


def expect(query, rows, cutoff, shown=None):
    """Every metric at the cutoff; `query` gives the SQL for an expression."""
    shown = shown or number(cutoff)
    tally = Tally(rows, cutoff)
    several = any(w != 1 for _, _, w in rows)
    for name in ("f1", "jaccard", "precision", "recall", "specificity", "accuracy", "error_rate", "balanced_accuracy", "mcc", "youden", "fbeta"):
        value = tally.fbeta(2) if name == "fbeta" else getattr(tally, name)
        call = query(f"{name}_at({args(rows, shown, *(['2'] if name == 'fbeta' else []))})")
        if value is None:
            out.null(call)
        else:
            agree(value, theirs(name, rows, cutoff), absolute=1e-12)
            out.near(call, value, 0)
    for costs in ((1.5, 4), (0.1, 0.7)):
        fp_cost, fn_cost = (number(c) for c in costs)
        out.near(query(f"cost_at({args(rows, shown, fp_cost, fn_cost)})"), tally.cost(*costs), 0)
    if tally.fbeta(0.7) is not None:
        out.near(query(f"fbeta_at({args(rows, shown, number(0.7))})"), tally.fbeta(0.7), 0)
    if several:
        out.near(query(f"dot_at({args(rows, shown)})"), tally.tp, 0)
    else:
        out.int(query(f"dot_at({args(rows, shown)})"), tally.tp)
        cells = ",".join(f'"{cell}":{getattr(tally, cell)}' for cell in ("tp", "fp", "tn", "fn"))
        out.text(query(f"confusion_at({args(rows, shown)})"), "{" + cells + "}")


for name, rows in SMALL.items():
    out.note(f"{name}: sklearn f1_score and kin of score >= cutoff")
    for cutoff in (0.5, 0.35, 0.0, INF) if len(rows) < 20 else (0.5, 0.7):
        expect(query_over(out, rows), rows, cutoff)
for name, rows in EXTREME.items():
    out.note(name)
    for cutoff in (INF, -INF, 0.0, 5e-324):
        expect(query_over(out, rows), rows, cutoff)
for kind in (INTEGRAL, FRACTIONAL, AWKWARD):
    for name, rows in kind.items():
        out.note(f"{name}, weighted")
        expect(query_over(out, rows), rows, 0.5)
        if kind is AWKWARD:
            expect(query_over(out, rows), rows, 0.25)
for model in ("logistic", "boosted"):
    rows, query = demo("flights", "score", model=model)
    out.note(f"flights, {model}")
    expect(query, rows, 0.2)
rows, query = demo("breast_cancer", "score", model="naive_bayes")
for cutoff in (0.0, 0.5, 1.0):
    expect(query, rows, cutoff)
counts = Tally(SMALL["a table of counts"], 0.5)
assert (counts.tp, counts.fp, counts.fn, counts.tn) == (29, 21, 12, 38)

out.note("a cutoff of its own for each row; tallies from a score set; undefined ratios")
values = "WITH t(s,y,c) AS (VALUES ('0.6',1,'0.5'),('0.6',0,'0.7'),('0.2',1,'0.3'),('0.9',0,'0.8'),(1,1,1)) SELECT "
out.text(values + "confusion_at(s, y, c) FROM t", '{"tp":2,"fp":1,"tn":1,"fn":1}')
out.bits(values + "f1_at(s, y, c) FROM t", Fraction(2, 3))
out.bits(values + "fbeta_at(s, y, c, '0.5') FROM t", Fraction(2, 3))
rows, query = demo("breast_cancer", "score", model="forest")
for name in ("f1", "jaccard", "precision", "recall", "specificity", "accuracy", "error_rate", "balanced_accuracy", "mcc", "youden", "dot", "confusion"):
    out.int(query(f"{name}_at(s, y, '0.4') IS {name}_at(score_set(s, y), '0.4')").replace(f"{name}_at(score_set(s, y), '0.4')",
            f"(SELECT {name}_at(p, '0.4') FROM (SELECT score_set(score, label) AS p FROM breast_cancer WHERE model = 'forest'))"), 1)
out.null("precision_at(s, y, 2) FROM (SELECT 1 AS s, 1 AS y)")
out.bits("f1_at(s, y, 2) FROM (SELECT 1 AS s, 1 AS y)", 0.0)
out.null("f1_at(s, y, 2) FROM (SELECT 1 AS s, 0 AS y)")
out.error("f1_at('0.5', 2, '0.5')", "f1_at: label must be 0 or 1, got 2")
out.error("f1_at('n/a', 1, '0.5')", "f1_at: score must be a number, got text 'n/a'")
out.error("fbeta_at(1, 1, 1, 0)", "fbeta_at: beta")
out.error("cost_at(1, 1, 1, -1, 1)", "cost_at: fp_cost")
NEW = ("npv", "fpr", "fnr", "selection_rate", "positive_likelihood_ratio", "negative_likelihood_ratio")
for kind, sets in (("", SMALL), ("", EXTREME), (", weighted", INTEGRAL), (", weighted", FRACTIONAL), (", weighted", AWKWARD)):
    for name, rows in sets.items():
        out.note(f"{name}{kind}: the other rates by their definitions; sklearn class_likelihood_ratios")
        query = query_over(out, rows)
        labels, scores, weights = split(rows)
        for cutoff in (0.5, 0.3):
            tally = Tally(rows, cutoff)
            for f in NEW:
                call, value = query(f"{f}_at({args(rows, number(cutoff))})"), getattr(tally, f)
                out.null(call) if value is None else out.bits(call, value)
            likely = [tally.positive_likelihood_ratio, tally.negative_likelihood_ratio]
            if None not in likely and INF not in likely:
                decided = [int(s >= cutoff) for s in scores]
                for ours, theirs_here in zip(likely, sk.class_likelihood_ratios(labels, decided, sample_weight=weights)):
                    agree(ours, theirs_here)
            if all(0 <= s <= 1 for s in scores):
                value = tally.net_benefit(cutoff)
                exact_odds = Fraction(cutoff) / (1 - Fraction(cutoff))
                rounded = (tally.tp - tally.fp * exact_odds) / (tally.tp + tally.fp + tally.tn + tally.fn)
                agree(value, rounded, absolute=1e-12)
                out.bits(query(f"net_benefit_at({args(rows, number(cutoff))})"), value)
out.error("net_benefit_at(1, 1, 1)", "net_benefit_at: cutoff must be within [0,1)")
out.error("net_benefit_at(2, 1, '0.5')", "net_benefit_at: prob must be within [0,1]")
out.write()
