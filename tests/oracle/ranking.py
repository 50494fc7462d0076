#!/usr/bin/env python3
"""Expected values of the metrics over all cutoffs: fractions from the definitions, checked against scikit-learn."""
import math
from fractions import Fraction

from sklearn import metrics as sk

import binary
from binary import EXTREME, FRACTIONAL, INTEGRAL, SMALL, args, best, demo, query_over, split, totals
from common import INF, Lines, agree, nearest, number

out = Lines("ranking", "Ranking over all cutoffs.")


def finite(rows):
    """Scores for scikit-learn, which takes no infinities: their ranks."""
    order = {s: i for i, s in enumerate(sorted({s for s, _, _ in rows}))}
    return [order[s] for s, _, _ in rows]


def expect(query, rows):
    fractional = any(w != int(w) for _, _, w in rows)
    labels, _, weights = split(rows)
    scores = finite(rows)
    auc = binary.roc_auc(rows)
    agree(auc, sk.roc_auc_score(labels, scores, sample_weight=weights))
    out.near(query(f"roc_auc({args(rows)})"), auc, 2 if fractional else 0)
    gini = 2 * Fraction(nearest(auc)) - 1  # of the AUC as it stands
    out.near(query(f"gini({args(rows)})"), gini, math.ceil(4 * math.ulp(nearest(auc)) / math.ulp(nearest(gini))) if fractional else 0)
    # each precision is rounded to half an ulp, their weighted sum once more
    precision = binary.average_precision(rows)
    agree(precision, sk.average_precision_score(labels, scores, sample_weight=weights))
    out.near(query(f"average_precision({args(rows)})"), precision, 3 if fractional else 1)
    area = binary.pr_auc(rows)
    curve = sk.precision_recall_curve(labels, scores, sample_weight=weights)
    agree(area, sk.auc(curve[1], curve[0]))
    out.near(query(f"pr_auc({args(rows)})"), area, 3 if fractional else 1)
    gap = binary.ks(rows)
    fpr, tpr, _ = sk.roc_curve(labels, scores, sample_weight=weights, drop_intermediate=False)
    agree(gap, max(abs(tpr - fpr)), absolute=1e-12)
    out.near(query(f"ks({args(rows)})"), gap, math.ceil(2.0**-50 / math.ulp(nearest(gap))) if fractional and gap else 0)
    for max_fpr in (0.1, 0.3, 0.5, 0.99):
        value = binary.partial_roc_auc(rows, max_fpr)
        agree(value, sk.roc_auc_score(labels, scores, sample_weight=weights, max_fpr=max_fpr), absolute=1e-9)
        # the area's ulps, spread by the correction: area - max²/2 over max - max²/2
        spread = 3 * math.ulp(nearest(binary.partial_area(rows, max_fpr)) or 1e-300) + math.ulp(max_fpr**2)
        room = spread / (max_fpr - max_fpr**2 / 2) / 2 + math.ulp(1.0)
        out.near(query(f"partial_roc_auc({args(rows, number(max_fpr))})"), value,
                 math.ceil(room / math.ulp(nearest(value))) + (2 if fractional else 0))
    out.near(query(f"partial_roc_auc({args(rows, '1')})"), auc, 2 if fractional else 0)


OBJECTIVES = ["f1", "fbeta:2", "fbeta:0.5", "accuracy", "error_rate", "balanced_accuracy", "youden", "mcc", "dot", "cost:1,5", "cost:5,1", "cost:1.5,0",
              "precision>=0.7", "precision>=1", "recall>=0.5", "recall>=1", "specificity>=0.8", "precision>=1.5", "recall>=0"]


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
        if objective not in ("mcc", "youden", "balanced_accuracy") and not objective.startswith("fbeta"):
            out.near(member("value"), value, 1)


for name, rows in [item for kind in (SMALL, EXTREME, INTEGRAL, FRACTIONAL) for item in kind.items()]:
    out.note(f"{name}{', weighted' if any(w != 1 for _, _, w in rows) else ''}: sklearn roc_auc_score, average_precision_score, auc(recall, precision), "
             "roc_curve; best_cutoff by trying every cutoff")
    expect(query_over(out, rows), rows)
for kind in (SMALL, EXTREME, INTEGRAL):
    for name, rows in kind.items():
        out.note(f"{name}: best_cutoff by trying every cutoff; the value's bound is the host's reading of JSON")
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
        area += Fraction(pos * nearest(Fraction(tp, tp + fp))) if pos else 0
        gap = max(gap, abs(Fraction(tp, positives) - Fraction(fp, below)))
        value = Fraction(2 * tp, tp + fp + positives)
        if nearest(value) > nearest(f1[0]):
            f1 = value, s
    agree(area / positives, sk.average_precision_score(labels, scores))
    out.near(query("average_precision(s, y)"), area / positives, 1)
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
out.error("roc_auc('', 1)", "nullif(score, '')")
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
out.near(info("lowest"), min(s for s, _, _ in rows), 1)
out.near(info("highest"), max(s for s, _, _ in rows), 1)
out.int("json_extract(score_set_info(p), '$.bytes') = length(p) FROM (SELECT score_set(score, label) AS p FROM breast_cancer)", 1)

out.note("evaluate_binary: each member as the metric of its name; the bound is the host's reading of JSON")
member = lambda key: f"json_extract(evaluate_binary(score, label), '$.{key}') FROM breast_cancer WHERE model = 'forest'"
labels, scores, _ = split(rows)
out.int(member("rows"), len(rows))
out.int(member("positives"), sum(labels))
out.near(member("roc_auc"), binary.roc_auc(rows), 1)
out.near(member("average_precision"), binary.average_precision(rows), 2)
out.near(member("ks"), binary.ks(rows), 1)
agree(binary.ece(rows), binary.ece(rows))
out.near(member("ece"), binary.ece(rows), 2)
brier = sum(Fraction((s - l) * (s - l)) for s, l, _ in rows) / len(rows)
agree(brier, sk.brier_score_loss(labels, scores))
out.near(member("brier"), brier, 1)
out.near(member("best_f1.cutoff"), best(rows, "f1")[0], 1)
out.near(member("best_f1.f1"), best(rows, "f1")[1], 1)
out.int("json_extract(evaluate_binary(nullif(score, 0), label), '$.left_out') FROM breast_cancer WHERE model = 'naive_bayes'",
        sum(s == 0 for s, _, _ in demo("breast_cancer", "score", model="naive_bayes")[0]))
out.null("json_extract(evaluate_binary(logit, label), '$.brier') FROM digit_tags")
out.write()
