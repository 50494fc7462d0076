#!/usr/bin/env python3
"""Expected values of the metrics over all cutoffs: fractions from the definitions, checked against scikit-learn."""
import math
from fractions import Fraction

from sklearn import metrics as sk

import binary
from binary import AWKWARD, EXTREME, FRACTIONAL, INTEGRAL, SMALL, args, best, binned, demo, query_over, split, totals
from common import INF, Lines, agree, nearest, number, shown

out = Lines("ranking", "Ranking over all cutoffs.")


def finite(rows):
    """Scores for scikit-learn, which takes no infinities: their ranks."""
    order = {s: i for i, s in enumerate(sorted({s for s, _, _ in rows}))}
    return [order[s] for s, _, _ in rows]


def expect(query, rows):
    """Everything to the bit: areas and gaps are exact fractions of the given weights, rounded once. Of those under the
    precision-recall curve each precision is rounded first, to within 2^-53 of it, and then their weighted mean."""
    labels, _, weights = split(rows)
    scores = finite(rows)
    auc = binary.roc_auc(rows)
    agree(auc, sk.roc_auc_score(labels, scores, sample_weight=weights))
    out.bits(query(f"roc_auc({args(rows)})"), auc)
    out.bits(query(f"gini({args(rows)})"), 2 * binary.once(auc) - 1)  # of the AUC as it stands
    precision = binary.average_precision(rows)
    agree(precision, sk.average_precision_score(labels, scores, sample_weight=weights))
    defined = binary.average_precision(rows, binary.once)
    assert abs(defined - precision) <= precision / 2**53
    out.bits(query(f"average_precision({args(rows)})"), defined)
    area = binary.pr_auc(rows)
    curve = sk.precision_recall_curve(labels, scores, sample_weight=weights)
    agree(area, sk.auc(curve[1], curve[0]))
    defined = binary.pr_auc(rows, binary.once)
    assert abs(defined - area) <= area / 2**53
    out.bits(query(f"pr_auc({args(rows)})"), defined)
    gap = binary.ks(rows)
    fpr, tpr, _ = sk.roc_curve(labels, scores, sample_weight=weights, drop_intermediate=False)
    agree(gap, max(abs(tpr - fpr)), absolute=1e-12)
    out.bits(query(f"ks({args(rows)})"), gap)
    for max_fpr in (0.1, 0.3, 0.5, 0.99):
        value = binary.partial_roc_auc(rows, max_fpr)
        agree(value, sk.roc_auc_score(labels, scores, sample_weight=weights, max_fpr=max_fpr), absolute=1e-9)
        out.bits(query(f"partial_roc_auc({args(rows, number(max_fpr))})"), value)
    out.bits(query(f"partial_roc_auc({args(rows, '1')})"), auc)


def has(name, x):
    """SQL that asks of a JSON result whether it has this number, as it is shown there."""
    return f" LIKE '%\"{name}\":{x if isinstance(x, int) else shown(nearest(x))},%'"


OBJECTIVES = ["f1", "fbeta:2", "fbeta:0.5", "accuracy", "error_rate", "balanced_accuracy", "youden", "mcc", "dot", "cost:1,5", "cost:5,1", "cost:1.5,0",
              "precision>=0.7", "precision>=1", "recall>=0.5", "recall>=1", "specificity>=0.8", "recall>=0"]


def expect_best(query, rows, objectives=OBJECTIVES):
    for objective in objectives:
        found = best(rows, objective)
        call = args(rows, f"'{objective}'")
        if found is None:
            out.null(query(f"best_cutoff({call})"))
            out.null(query(f"best_cutoff_metrics({call})"))
            continue
        cutoff, value, tally = found
        out.near(query(f"best_cutoff({call})"), cutoff, 0)
        member = lambda name: query(f"json_extract(best_cutoff_metrics({call}), '$.{name}')")
        if not any(w != 1 for _, _, w in rows):
            for cell in ("tp", "fp", "tn", "fn"):
                out.int(member(cell), getattr(tally, cell))
        out.int(query(f"best_cutoff_metrics({call})" + has("value", value)), 1)


for name, rows in [item for kind in (SMALL, EXTREME, INTEGRAL, FRACTIONAL, AWKWARD) for item in kind.items()]:
    out.note(f"{name}{', weighted' if any(w != 1 for _, _, w in rows) else ''}: sklearn roc_auc_score, average_precision_score, auc(recall, precision), "
             "roc_curve; best_cutoff by trying every cutoff")
    expect(query_over(out, rows), rows)
for kind in (SMALL, EXTREME, INTEGRAL, FRACTIONAL, AWKWARD):
    for name, rows in kind.items():
        out.note(f"{name}: best_cutoff by trying every cutoff")
        expect_best(query_over(out, rows), rows, OBJECTIVES if len(rows) < 60 else OBJECTIVES[::3])
assert binary.roc_auc(SMALL["four"]) == Fraction(3, 4) and binary.roc_auc(SMALL["five"]) == Fraction(5, 6)
assert binary.roc_auc(SMALL["six with a tie"]) == Fraction(13, 16) and binary.roc_auc(SMALL["a table of counts"]) == Fraction(1873, 2419)
assert binary.average_precision(SMALL["four"]) == Fraction(5, 6)

for name, model in (("breast_cancer", "logistic"), ("breast_cancer", "forest"), ("breast_cancer", "naive_bayes")):
    rows, query = demo(name, "score", model=model)
    out.note(f"{name}, {model}")
    expect(query, rows)
    expect_best(query, rows, ["f1", "youden", "accuracy", "cost:1,5", "precision>=0.99"])
rows, query = demo("digit_tags", "logit", tag="prime")
out.note("digit_tags, prime: logits for scores")
expect(query, rows)
for model in ("logistic", "boosted"):
    rows, query = demo("flights", "score", model=model)
    labels, scores, _ = split(rows)
    out.note(f"flights, {model}: sklearn to the bit where it is exact, else by its own fraction")
    positives, wins, below = sum(labels), 0, 0
    by_score = {}
    for s, l, _ in rows:
        by_score.setdefault(s, [0, 0])[l] += 1
    for s in sorted(by_score):
        neg, pos = by_score[s]
        wins += pos * (2 * below + neg)
        below += neg
    auc = Fraction(wins, 2 * positives * below)
    agree(auc, sk.roc_auc_score(labels, scores))
    out.bits(query("roc_auc(s, y)"), auc)
    area = fp = tp = Fraction(0)
    gap, f1 = Fraction(0), (Fraction(-1), None)
    for s in sorted(by_score, reverse=True):
        neg, pos = by_score[s]
        fp, tp = fp + neg, tp + pos
        area += pos * binary.once(Fraction(tp, tp + fp)) if pos else 0
        gap = max(gap, abs(Fraction(tp, positives) - Fraction(fp, below)))
        value = Fraction(2 * tp, tp + fp + positives)
        if nearest(value) > nearest(f1[0]):
            f1 = value, s
    agree(area / positives, sk.average_precision_score(labels, scores))
    out.bits(query("average_precision(s, y)"), area / positives)
    out.bits(query("ks(s, y)"), gap)
    out.bits(query("best_cutoff(s, y)"), f1[1])

out.note("one class missing, no rows, wrong arguments")
for call in ("roc_auc(s, y)", "gini(s, y)", "ks(s, y)", "partial_roc_auc(s, y, '0.5')"):
    out.null(f"{call} FROM (SELECT 1 AS s, 1 AS y)")
    out.null(f"{call} FROM (SELECT 1 AS s, 0 AS y)")
    out.null(f"{call} FROM (SELECT 1 AS s, 0 AS y) WHERE s > 1")
for call in ("average_precision(s, y)", "pr_auc(s, y)"):
    out.bits(f"{call} FROM (SELECT 1 AS s, 1 AS y)", 1.0)
    out.null(f"{call} FROM (SELECT 1 AS s, 0 AS y)")
out.error("best_cutoff(1, 1, 'f3')", "'fbeta:")
out.error("best_cutoff(1, 1, 'recall>=x')", "best_cutoff: ")
out.error("roc_auc('0.5', 2)", "roc_auc: label must be 0 or 1, got 2")
out.error("roc_auc('n/a', 1)", "roc_auc: score must be a number, got text 'n/a'")
out.error("roc_auc('', 1)", "to_number(score)")
out.error("partial_roc_auc(1, 1, 0)", "partial_roc_auc: max_fpr")
out.error("roc_auc(1, 1, -1)", "roc_auc: weight")

out.note("score_set: every metric of it is the metric of the rows; sets merge")
for call in ("roc_auc(%s)", "average_precision(%s)", "pr_auc(%s)", "gini(%s)", "ks(%s)", "partial_roc_auc(%s, '0.2')", "best_cutoff(%s)", "best_cutoff(%s, 'youden')",
             "ece(%s)", "ece(%s, 7)", "mce(%s)", "log_loss(%s)", "brier(%s)", "evaluate_binary(%s)", "best_cutoff_metrics(%s, 'mcc')"):
    whole = f"(SELECT {call % 'score, label'} FROM breast_cancer WHERE model = 'naive_bayes')"
    sets = "(SELECT score_set(score, label) AS p FROM breast_cancer WHERE model = 'naive_bayes' GROUP BY sample_id % 5)"
    out.int(f"{whole} IS (SELECT {call % 'p'} FROM {sets})", 1)
out.int("(SELECT score_set(score, label) FROM flights) IS (SELECT score_set(p) FROM (SELECT score_set(score, label) AS p FROM flights GROUP BY substr(ts, 1, 10)))", 1)
rows, query = demo("breast_cancer", "score", model="forest")
info = lambda key: f"json_extract(score_set_info(score_set(score, label)), '$.{key}') FROM breast_cancer WHERE model = 'forest'"
out.int(info("rows"), len(rows))
out.int(info("left_out"), 0)
out.int(info("positives"), totals(rows)[1])
out.int(info("distinct"), len({s for s, _, _ in rows}))
for key, x in (("lowest", min(s for s, _, _ in rows)), ("highest", max(s for s, _, _ in rows))):
    out.int(f"score_set_info(score_set(score, label)){has(key, x)} FROM breast_cancer WHERE model = 'forest'", 1)
out.int("json_extract(score_set_info(p), '$.bytes') = length(p) FROM (SELECT score_set(score, label) AS p FROM breast_cancer)", 1)

out.note("evaluate_binary: each member as the metric of its name, in 17 digits")
member = lambda name, x: out.int(f"evaluate_binary(score, label){has(name, x)} FROM breast_cancer WHERE model = 'forest'", 1)
labels, scores, _ = split(rows)
member("rows", len(rows))
member("positives", sum(labels))
member("roc_auc", binary.roc_auc(rows))
member("average_precision", binary.average_precision(rows, binary.once))
member("ks", binary.ks(rows))
agree(binary.ece(rows), binned(rows)[0], absolute=1e-12)
member("ece", binary.ece(rows))
brier = sum(Fraction((s - l) * (s - l)) for s, l, _ in rows) / len(rows)
agree(brier, sk.brier_score_loss(labels, scores))
member("brier", brier)
f1 = best(rows, "f1")
member("best_f1\":{\"cutoff", f1[0])
member("objective\":\"f1\",\"value", f1[1])
member("tp", int(f1[2].tp))
member("precision", f1[2].precision)
out.int("json_extract(evaluate_binary(nullif(score, 0), label), '$.left_out') FROM breast_cancer WHERE model = 'naive_bayes'",
        sum(s == 0 for s, _, _ in demo("breast_cancer", "score", model="naive_bayes")[0]))
out.null("json_extract(evaluate_binary(logit, label), '$.brier') FROM digit_tags")
def walked_eer(rows):
    """By halving a walk along scikit-learn's ROC curve."""
    labels, _, weights = split(rows)
    fpr, tpr, _ = sk.roc_curve(labels, finite(rows), sample_weight=weights, drop_intermediate=False)
    low, high = 0.0, len(fpr) - 1.0
    for _ in range(200):
        middle = (low + high) / 2
        i = min(int(middle), len(fpr) - 2)
        x, y = (a[i] + (middle - i) * (a[i + 1] - a[i]) for a in (fpr, tpr))
        low, high = (low, middle) if x + y >= 1 else (middle, high)
    return x


for kind in (SMALL, EXTREME, INTEGRAL, FRACTIONAL, AWKWARD):
    for name, rows in kind.items():
        out.note(f"{name}: where the false positive rate meets the false negative rate, along sklearn's roc_curve")
        agree(binary.eer(rows), walked_eer(rows), absolute=1e-12)
        out.bits(query_over(out, rows)(f"eer({args(rows)})"), binary.eer(rows))
out.note("midpoints: the best cutoff, halfway to the next score below")
for kind in (SMALL, INTEGRAL, FRACTIONAL):
    for name, rows in kind.items():
        for objective in ("f1", "youden", "cost:1,5", "recall>=0.9"):
            cutoff = best(rows, objective)[0]
            below = max((s for s, _, w in rows if w and s < cutoff), default=cutoff)
            middle = cutoff if cutoff == INF else cutoff / 2 + below / 2
            call = args(rows, f"'{objective}@midpoint'")
            out.bits(query_over(out, rows)(f"best_cutoff({call})"), middle)
            out.int(query_over(out, rows)(f"best_cutoff_metrics({call})" + has("cutoff", middle)), 1)
out.error("best_cutoff(1, 1, 'f1@mid')", "after @ comes midpoint")
out.write()
