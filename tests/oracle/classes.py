#!/usr/bin/env python3
"""Expected values for metrics of predicted classes: exact fractions of the counts, checked against scikit-learn's doubles; the texts are
scikit-learn's own.

  python3 tests/oracle/classes.py     writes tests/oracle/classes.tsv
"""
import json
import math
import re
import warnings
from fractions import Fraction

import sklearn.metrics as sk

from common import Lines, agree, exact, nearest, number, over, table

warnings.simplefilter("ignore")
out = Lines("classes", "Classes already decided.")
AVERAGES = ("macro", "macro_present", "micro", "weighted")


class Exact:
    """Every metric as a fraction (mcc as an mpf), from rows of (pred, label, weight)."""

    def __init__(self, rows, names=None):
        weight = [Fraction(w) for _, _, w in rows]
        self.names = names or sorted({p for p, _, _ in rows} | {y for _, y, _ in rows})
        rank = {name: i for i, name in enumerate(self.names)}
        self.k = len(self.names)
        self.cell = [[Fraction(0)] * self.k for _ in range(self.k)]  # [label][pred], as scikit-learn has it
        for (p, y, _), w in zip(rows, weight):
            self.cell[rank[y]][rank[p]] += w
        self.s = sum(weight)
        self.label = [sum(row) for row in self.cell]
        self.pred = [sum(row[i] for row in self.cell) for i in range(self.k)]
        self.hit = [self.cell[i][i] for i in range(self.k)]

    def of_class(self, i, what):
        over_what = {"precision": self.pred[i], "recall": self.label[i], "f1": (self.pred[i] + self.label[i]) / 2,
                     "jaccard": self.pred[i] + self.label[i] - self.hit[i]}[what]
        return self.hit[i] / over_what if over_what else None

    def mean(self, what, average):
        if average == "micro":
            return sum(self.hit) / self.s
        each = [self.of_class(i, what) or 0 for i in range(self.k)]
        if average == "macro_present":  # over the classes that occur as labels
            there = [i for i in range(self.k) if self.label[i]]
            return sum(Fraction(each[i]) for i in there) / len(there)
        share = [Fraction(1, self.k)] * self.k if average == "macro" else [t / self.s for t in self.label]
        return sum(a * b for a, b in zip(each, share))

    def kappa(self, distance):
        pairs = [(i, j) for i in range(self.k) for j in range(self.k)]
        seen = sum(distance(i, j) * self.cell[i][j] for i, j in pairs) * self.s
        chance = sum(distance(i, j) * self.label[i] * self.pred[j] for i, j in pairs)
        return 1 - seen / chance if chance else None

    def mcc(self):
        of = lambda a, b: self.s * self.s - sum(x * y for x, y in zip(a, b))
        cov = sum(self.hit) * self.s - sum(x * y for x, y in zip(self.pred, self.label))
        square = of(self.pred, self.pred) * of(self.label, self.label)
        if not square:
            return None
        fraction = lambda q: exact(q.numerator) / q.denominator
        return fraction(cov) / fraction(square) ** 0.5

    def all(self):
        yield "accuracy", sum(self.hit) / self.s
        yield "error_rate", 1 - sum(self.hit) / self.s
        yield "kappa", self.kappa(lambda i, j: int(i != j))
        yield "kappa_linear", self.kappa(lambda i, j: abs(i - j))
        yield "kappa_quadratic", self.kappa(lambda i, j: (i - j) ** 2)
        yield "mcc", self.mcc()
        for what in ("precision", "recall", "f1"):
            for average in AVERAGES:
                yield f"{what}_{average}", self.mean(what, average)


def reference(name, rows):
    """scikit-learn's double."""
    pred, label, weight = zip(*rows)
    weight = [float(w) for w in weight]
    if name == "kappa" or name.startswith("kappa_"):
        return sk.cohen_kappa_score(label, pred, weights=name[6:] or None, sample_weight=weight)
    if "_" in name and name.split("_", 1)[1] in AVERAGES:
        what, average = name.split("_", 1)
        function = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}[what]
        there = sorted({y for y, w in zip(label, weight) if w}) if average == "macro_present" else None
        return function(label, pred, labels=there, average=average.removesuffix("_present"), sample_weight=weight, zero_division=0)
    function = {"accuracy": sk.accuracy_score, "error_rate": sk.zero_one_loss, "mcc": sk.matthews_corrcoef}[name]
    return function(label, pred, sample_weight=weight)


UNIT = Fraction(1, 2**53)


def bound(name, value):
    """Ulps beside the nearest double; 0 where exact sums make a ratio that is rounded once. Weights of any kind are summed exactly,
    so what a result is off by is what its roundings in units of 2^-53 of it bring, but for the one that makes the double of it."""
    if name.startswith(("accuracy", "error_rate", "kappa")) or name == "recall_weighted" or name.endswith("_micro"):
        return 0
    # mcc: half of both quotients' and their product's; means: that of each class's ratio
    off = abs(Fraction(nearest(value))) * UNIT * (Fraction(3, 2) if name == "mcc" else 1)
    # got and the nearest double are half an ulp each from what they round; two doubles less than n ulps apart are n - 1
    return math.ceil(off / Fraction(math.ulp(nearest(value))) + 1) - 1


def check(select, rows, weighted=False, theirs=reference):
    """A line for every metric; select has {f} where the call of the metric goes."""
    values = Exact(rows)
    arguments = "p, y, w" if weighted else "p, y"
    for name, value in values.all():
        sql = select.format(f=f"{name}({arguments})")
        if value is None:
            nothing = theirs(name, rows)
            assert math.isnan(nothing) or (name == "mcc" and nothing == 0), (name, nothing)
            out.null(sql)
            continue
        agree(value, theirs(name, rows))
        ulps = bound(name, value)
        out.near(sql, value, ulps) if ulps else out.bits(sql, value)
    return values


def report(select, rows, weighted=False):
    pred, label, weight = zip(*rows)
    arguments = "p, y, w" if weighted else "p, y"
    text = sk.classification_report(label, pred, sample_weight=[float(w) for w in weight] if weighted else None, zero_division=0)
    if not weighted:  # where no row at all is a hit, scikit-learn 1.2 shows counts as 1.0
        text = re.sub(r"( *  )(\d+)\.0$", r"\1  \2", text, flags=re.M)
    out.text(select.format(f=f"classification_report({arguments})"), text)


def shown(x):
    return str(int(x)) if x.denominator == 1 else repr(float(x))


def confusion(select, values, weighted=False, classes=""):
    """The layout by its rules: names to the left, each column as wide as its widest entry, two blanks between."""
    whole = all(c.denominator == 1 for row in values.cell for c in row)
    show = shown if whole else lambda x: repr(float(x))
    names = [str(name) for name in values.names] + ["total"]
    lines = [[""] + names]
    for name, row, total in zip(names, values.cell, values.label):
        lines.append([name] + [show(c) for c in row] + [show(total)])
    lines.append(["total"] + [show(p) for p in values.pred] + [show(values.s)])
    width = [max(len(line[i]) for line in lines) for i in range(values.k + 2)]
    text = "\n".join(line[0].ljust(width[0]) + "".join("  " + c.rjust(w) for c, w in zip(line[1:], width[1:])) for line in lines)
    arguments = "p, y, w" if weighted else "p, y"
    out.text(select.replace("{f}", f"confusion_table({arguments}{classes})"), "rows: label, columns: pred\n" + text)


def per_class(select, values, weighted=False):
    """class_metrics and class_table, entry by entry."""
    arguments = "p, y, w" if weighted else "p, y"
    whole = all(c.denominator == 1 for row in values.cell for c in row)
    for i, name in enumerate(values.names):
        counts = (("support", values.label[i]), ("predicted", values.pred[i]))
        for key in ("precision", "recall", "f1"):
            value = values.of_class(i, key)
            forms = (select.format(f=f"json_extract(class_metrics({arguments}), '$.\"{name}\".{key}')"),
                     f"SELECT {key} FROM class_table(({select.format(f=f'class_set({arguments})')})) WHERE class IS {number(name)}")
            for sql in forms:
                if value is None:
                    out.null(sql)
                else:
                    out.bits(sql, value)
        for key, value in counts:
            for sql in (select.format(f=f"json_extract(class_metrics({arguments}), '$.\"{name}\".{key}')"),
                        f"SELECT {key} FROM class_table(({select.format(f=f'class_set({arguments})')})) WHERE class IS {number(name)}"):
                out.int(sql, value) if whole else out.bits(sql, value)


def evaluated(select, values, rows, left_out=0):
    for name, value in values.all():
        sql = select.format(f=f"json_extract(evaluate_classes(p, y), '$.{name}')")
        # the host's reading of JSON may be an ulp off
        out.null(sql) if value is None else out.near(sql, value, bound(name, value) + 1)
    for key, value in (("rows", len(rows)), ("left_out", left_out), ("classes", values.k)):
        out.int(select.format(f=f"json_extract(evaluate_classes(p, y), '$.{key}')"), value)


WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
Z = ", ".join(f"z{i}" for i in range(10))
digits = table("digits")


def argmax(row):
    logits = [row[f"z{i}"] for i in range(10)]
    return logits.index(max(logits))


out.note("sklearn.metrics: accuracy_score, zero_one_loss, cohen_kappa_score, matthews_corrcoef, precision_score, recall_score, f1_score,")
out.note("classification_report, confusion_matrix. Ten digits by their largest logit.")
select = f"SELECT {{f}} FROM (SELECT argmax({Z}) AS p, label AS y FROM digits)"
rows = [(argmax(r), r["label"], 1) for r in digits]
values = check(select, rows)
report(select, rows)
confusion(select, values)
per_class(select, values)
evaluated(select, values, rows)
out.int(f"SELECT count(*) FROM class_table((SELECT class_set(argmax({Z}), label) FROM digits))", 10)

out.note("From class sets of every seventh row, merged: the same bits.")
for name, value in values.all():
    sql = f"SELECT {name}(s) FROM (SELECT class_set(argmax({Z}), label) AS s FROM digits GROUP BY sample_id % 7)"
    ulps = bound(name, value)
    out.near(sql, value, ulps) if ulps else out.bits(sql, value)

out.note("Whole weights, and fractional ones that are doubles by luck (quarters) and that are not (sevenths).")
for weight, of in (("1 + sample_id % 3", lambda r: 1 + r["sample_id"] % 3),
                   ("0.25 * (1 + sample_id % 5)", lambda r: 0.25 * (1 + r["sample_id"] % 5)),
                   ("(1 + sample_id % 6) / 7.0", lambda r: (1 + r["sample_id"] % 6) / 7.0)):
    select = f"SELECT {{f}} FROM (SELECT argmax({Z}) AS p, label AS y, {weight} AS w FROM digits)"
    rows = [(argmax(r), r["label"], of(r)) for r in digits]
    values = check(select, rows, weighted=True)
    if "0.25" in weight:
        report(select, rows, weighted=True)
        confusion(select, values, weighted=True)
        per_class(select, values, weighted=True)

out.note("Classes that only one side has: label 3 is always called 10; and classes as words, so another order for kappa.")
select = f"SELECT {{f}} FROM (SELECT CASE label WHEN 3 THEN 10 ELSE argmax({Z}) END AS p, label AS y FROM digits)"
rows = [(10 if r["label"] == 3 else argmax(r), r["label"], 1) for r in digits]
values = check(select, rows)
report(select, rows)
confusion(select, values)
per_class(select, values)
name_of = "CASE {} " + " ".join(f"WHEN {i} THEN '{word}'" for i, word in enumerate(WORDS)) + " END"
select = f"SELECT {{f}} FROM (SELECT {name_of.format(f'argmax({Z})')} AS p, {name_of.format('label')} AS y FROM digits)"
rows = [(WORDS[argmax(r)], WORDS[r["label"]], 1) for r in digits]
values = check(select, rows)
report(select, rows)
confusion(select, values)
per_class(select, values)

out.note("Two classes: tumours, each model.")
for model in ("logistic", "forest", "naive_bayes"):
    rows = [("malignant" if r["score"] >= 0.5 else "benign", "malignant" if r["label"] else "benign", 1)
            for r in table("breast_cancer") if r["model"] == model]
    select = ("SELECT {f} FROM (SELECT CASE WHEN score >= 0.5 THEN 'malignant' ELSE 'benign' END AS p, "
              f"CASE label WHEN 1 THEN 'malignant' ELSE 'benign' END AS y FROM breast_cancer WHERE model = '{model}')")
    values = check(select, rows)
    report(select, rows)
    confusion(select, values)

out.note("An unbalanced pair: late flights; and nobody is ever called late, so precision is 0/0 and mcc undefined.")
flights = [r for r in table("flights") if r["model"] == "boosted"]
for cutoff in (0.25, 2):
    rows = [(int(r["score"] >= cutoff), r["label"], 1) for r in flights]
    select = f"SELECT {{f}} FROM (SELECT score >= {cutoff} AS p, label AS y FROM flights WHERE model = 'boosted')"
    check(select, rows)
    report(select, rows)

out.note("Grades: diabetes progression in steps of 40, where kappa's weights matter; steps nobody has leave no gap in the ranks.")
for model in ("ridge", "boosted"):
    rows = [(int(r["prediction"] / 40), int(r["target"] / 40), 1) for r in table("diabetes") if r["model"] == model]
    select = f"SELECT {{f}} FROM (SELECT CAST(prediction / 40 AS INTEGER) AS p, CAST(target / 40 AS INTEGER) AS y FROM diabetes WHERE model = '{model}')"
    values = check(select, rows)
    report(select, rows)
    confusion(select, values)

out.note("Every tag in one table of four text classes, predicted by another tag's logit: a bad classifier, kappa below 0.")
tags = table("digit_tags")
best, true = {}, {}
for r in tags:
    i = r["sample_id"]
    if i not in best or r["logit"] < best[i][0]:
        best[i] = (r["logit"], r["tag"])
    if r["label"]:
        true[i] = max(true.get(i, ""), r["tag"])
rows = [(best[i][1], true[i], 1) for i in sorted(best) if i in true]
select = ("SELECT {f} FROM (SELECT (SELECT tag FROM digit_tags AS t WHERE t.sample_id = d.sample_id ORDER BY logit LIMIT 1) AS p, "
          "(SELECT max(tag) FROM digit_tags AS t WHERE t.sample_id = d.sample_id AND label = 1) AS y "
          "FROM (SELECT DISTINCT sample_id FROM digit_tags) AS d)")
values = check(select, rows)
report(select, rows)
evaluated(select, values, rows, left_out=len(best) - len(rows))


def small(pairs):
    rows = [(p, y, 1) for p, y in pairs]
    select = over("p y", pairs, "{f}")
    values = check(select, rows)
    report(select, rows)
    confusion(select, values)
    per_class(select, values)
    evaluated(select, values, rows)


out.note("Small tables: all right, all wrong, one class, one side constant, one row, long names, characters of more bytes than one.")
small([("a", "a"), ("b", "b"), ("c", "c")])
small([("a", "b"), ("b", "a")])
small([("b", "a"), ("c", "b"), ("a", "c"), ("a", "b")])
small([("only", "only")] * 3)
small([("a", "a"), ("a", "b"), ("a", "c")])
small([("a", "b"), ("c", "b")])
small([("x", "y")])
small([(-2, -2), (10, 3), (3, 10), (3, 3), (-2, 10)])
small([("a class of a long name", "a class of a long name"), ("b", "a class of a long name"), ("b", "b")])
small([("größer", "größer"), ("日本", "größer"), ("日本", "日本"), ("é", "日本")])



def extreme(rows, theirs):
    """Weights far out. Ratios by class_table, for the host's own reading of JSON is not made for such numbers."""
    select = over("p y w", rows, "{f}")
    values = check(select, rows, weighted=True, theirs=theirs)
    for i, name in enumerate(values.names):
        each = [(key, values.of_class(i, key)) for key in ("precision", "recall", "f1")]
        for key, value in each + [("support", values.label[i]), ("predicted", values.pred[i])]:
            sql = f"SELECT {key} FROM class_table(({select.format(f='class_set(p, y, w)')})) WHERE class IS {name}"
            out.null(sql) if value is None else out.bits(sql, value)


def alike(name, rows):
    """scikit-learn's number where all weights are one: that of weight 1."""
    return reference(name, [(p, y, 1) for p, y, _ in rows])


def apart(name, rows):
    """No number of scikit-learn's: its sums lose the small weights. The textbook's formulas, from shares instead of sums."""
    values = Exact([(p, y, Fraction(w)) for p, y, w in rows])
    share = [[c / values.s for c in row] for row in values.cell]
    label, pred = [sum(row) for row in share], [sum(column) for column in zip(*share)]
    ranks = range(values.k)
    if name == "mcc":
        cov = lambda a, b, both: sum(both) - sum(x * y for x, y in zip(a, b))
        square = cov(pred, pred, pred) * cov(label, label, label)
        if not square:
            return math.nan
        r = cov(pred, label, [share[i][i] for i in ranks])
        fraction = lambda q: exact(q.numerator) / q.denominator
        return nearest(fraction(r) / fraction(square) ** 0.5)
    if name.startswith("kappa"):
        power = {"kappa": 0, "kappa_linear": 1, "kappa_quadratic": 2}[name]
        agreement = lambda table: 1 - sum(abs(i - j) ** power * table(i, j) for i in ranks for j in ranks if i != j)
        expected = agreement(lambda i, j: label[i] * pred[j])
        return nearest((agreement(lambda i, j: share[i][j]) - expected) / (1 - expected)) if expected != 1 else math.nan
    hits = sum(share[i][i] for i in ranks)
    if name in ("accuracy", "error_rate") or name.endswith("_micro"):
        return nearest(1 - hits if name == "error_rate" else hits)
    what, average = name.split("_", 1)
    each = []
    for i in ranks:
        tp, fp, fn = share[i][i], pred[i] - share[i][i], label[i] - share[i][i]
        over_what = {"precision": tp + fp, "recall": tp + fn, "f1": tp + (fp + fn) / 2}[what]
        each.append(tp / over_what if over_what else 0)
    if average == "macro_present":
        there = [x for x, t in zip(each, values.label) if t]
        return nearest(sum(there) / len(there))
    return nearest(sum(each) / values.k if average == "macro" else sum(x * t for x, t in zip(each, label)))


out.note("Weights whose totals leave a double's range, or come near its ends: the ratios of weight 1.")
pairs = [(1, 1), (0, 0), (1, 0), (0, 1), (1, 1), (2, 1), (3, 3)]
for w in (1e308, 1e304, 2.0**1021, 2.0**-900, 2.0**-1021, 1e-310, 5e-324):
    extreme([(p, y, w) for p, y in pairs], alike)
    extreme([(p, y, w) for p, y in pairs[:2] + [(5, 5)] * 5], alike)
extreme([(1, 1, 1e308)] * 3, alike)

out.note("Weights far apart, and such as cancel: 0.1 beside 1e16, the least double beside the largest.")
most, least = math.nextafter(math.inf, 0), 5e-324
for weights in ((most, most, 1e308, 1e307, most, 3e307, 7e305), (1e16, 0.1, 0.3, 0.7, 1e16, 0.1, 2.5), (0.1, 1e16, 1e-9, 3, 0.2, 0.1, 1e8),
                (most, least, least, 3e-320, most, least, 1e-310), (least, most, 0.3, 1e-300, 1e300, 7, 0.1),
                (0.1, 1e308, 0.1, 0.1, 0.1, 0.1, 0.1), (2**60, 0.1, 2**53 + 1, 0.3, 7, 2.0**44, 1e-17)):
    extreme([(p, y, float(w)) for (p, y), w in zip(pairs, weights)], apart)
out.null(over("p y w", [(1, 1, 1e308), (1, 1, 0.1)], "kappa(p, y, w)"))
out.text(over("p y", pairs[:5], "class_metrics(p, y, '1e308')"),
         '{"0":{"precision":0.5,"recall":0.5,"f1":0.5,"support":9e999,"predicted":9e999},'
         '"1":{"precision":0.6666666666666666,"recall":0.6666666666666666,"f1":0.6666666666666666,"support":9e999,"predicted":9e999}}')

out.note("Rules of SQL: 7, 7.0 and '7' are one class; NULL leaves a row out; weight 0 is no row; no row gives NULL.")
one = "SELECT {} FROM (SELECT column1 AS p, column2 AS y, column3 AS w FROM (VALUES {}))"
out.bits(one.format("accuracy(p, y)", "(7, '7', 1), (7.0, '7.0', 1), ('7.0', 7, 1), ('1.0e+20', 1e20, 1)"), 1)
# A text is a number only in the form in which SQLite prints that number.
UNLIKE = (("'1.10'", "'1.1'"), ("'07867'", "'7867'"), ("'557e90'", "'5570e89'"), ("'250.0'", "'250.00'"), ("' 7 '", "7"), ("'+7'", "7"),
          ("'7e0'", "7"), ("'12345678901234567890'", "'12345678901234567891'"))
out.bits(one.format("accuracy(p, y)", ", ".join(f"({a}, {b}, 1)" for a, b in UNLIKE)), 0)
out.int(one.format("json_extract(evaluate_classes(p, y), '$.classes')", "(7, '7', 1), (7.0, ' 7 ', 1), ('7a', x'37', 1)"), 4)
out.bits(one.format("accuracy(p, y)", "(x'37', '7', 1), (0.5, '0.5', 1), (1, 1.5, 1), ('a', 'A', 1)"), 0.25)
out.bits(one.format("accuracy(p, y)", "('a', 'a', 1), (NULL, 'a', 1), ('a', NULL, 1), ('a', 'b', 1)"), 0.5)
out.int(one.format("json_extract(evaluate_classes(p, y, w), '$.left_out')", "('a', 'a', 1), (NULL, 'a', 1), ('a', NULL, 1), ('a', 'b', NULL)"), 3)
out.bits(one.format("f1_macro(p, y, w)", "('a', 'a', 1), ('b', 'c', 0)"), 1)
out.bits(one.format("accuracy(p, y, w)", "('a', 'a', 0.1), ('a', 'b', 0.1), ('c', 'c', '0.2')"), Fraction(3, 4))
for name, _ in values.all():
    out.null(one.format(f"{name}(p, y)", "(NULL, 'a', 1)"))
for name in ("classification_report", "confusion_table", "class_metrics", "evaluate_classes", "class_set"):
    out.null(one.format(f"{name}(p, y)", "(NULL, 'a', 1)"))
mixed = "(x'00ff', 'a'), ('a', 2), (10, 2), (1.5, 10), ('', x'00ff')"
out.text(f"SELECT group_concat(quote(class)) FROM class_table((SELECT class_set(column1, column2) FROM (VALUES {mixed})))",
         "1.5,2,10,'','a',X'00FF'")
out.text(one.format("confusion_table(p, y)", "('a' || char(10), 'b', 1), (x'0aFF', 0.5, 1)"), """rows: label, columns: pred
         0.5  a?  b  X'0AFF'  total
0.5        0   0  0        1      1
a?         0   0  0        0      0
b          0   1  0        0      1
X'0AFF'    0   0  0        0      0
total      0   1  0        1      2""")
out.text(one.format("class_metrics(p, y)", "('say \"a\"', 'say \"a\"', 1), (2, 2.5, 1)"),
         '{"2":{"precision":0.0,"recall":null,"f1":0.0,"support":0,"predicted":1},'
         '"2.5":{"precision":null,"recall":0.0,"f1":0.0,"support":1,"predicted":0},'
         '"say \\"a\\"":{"precision":1.0,"recall":1.0,"f1":1.0,"support":1,"predicted":1}}')
out.error(one.format("accuracy(p, y, w)", "('a', 'a', -1)"), "accuracy: weight")
out.note("decisions 0 and 1: sklearn precision_score, recall_score, f1_score, jaccard_score, of class 0 the recall; balanced_accuracy_score")


def decisions(rows, arguments="p, y"):
    values = Exact(rows)
    labels, preds, weights = [y for _, y, _ in rows], [p for p, _, _ in rows], [w for _, _, w in rows]
    kwargs = dict(sample_weight=weights, zero_division=0)
    theirs = {"precision": sk.precision_score(labels, preds, **kwargs), "recall": sk.recall_score(labels, preds, **kwargs),
              "f1": sk.f1_score(labels, preds, **kwargs), "jaccard": sk.jaccard_score(labels, preds, **kwargs),
              "specificity": sk.recall_score(labels, preds, pos_label=0, **kwargs)}
    for name, x in theirs.items():
        wanted = 0 if name == "specificity" else 1
        value = values.of_class(values.names.index(wanted), "recall" if name == "specificity" else name) if wanted in values.names else None
        sql = over("p y w", rows, f"{name}({arguments})")
        if value is None:
            out.null(sql)
        else:
            agree(value, x)
            out.bits(sql, value)


def balanced(rows, arguments="p, y, w"):
    """Of more than two classes each recall is rounded before the mean."""
    values = Exact(rows)
    each = [values.of_class(i, "recall") for i in range(values.k) if values.label[i]]
    agree(sum(each) / len(each), sk.balanced_accuracy_score([y for _, y, _ in rows], [p for p, _, _ in rows], sample_weight=[w for _, _, w in rows]))
    if len(each) != 2:
        each = [Fraction(nearest(x)) for x in each]
    out.bits(over("p y w", rows, f"balanced_accuracy({arguments})"), sum(each) / len(each))


BITS = ((1, 1), (1, 0), (0, 1), (0, 0), (1, 1), (0, 0), (0, 1), (1, 1), (0, 0), (1, 1), (0, 1))
for n in (1, 2, 3, 4, 7, 11):
    decisions([(p, y, 1) for p, y in BITS[:n]])
    decisions([(p, y, i % 3 + 1) for i, (p, y) in enumerate(BITS[:n])], "p, y, w")
    decisions([(p, y, (i % 5 + 1) / 7) for i, (p, y) in enumerate(BITS[:n])], "p, y, w")
    balanced([(p, y, (i % 5 + 1) / 7) for i, (p, y) in enumerate(BITS[:n])])
    balanced([(p, y + p * (i % 2), (i % 5 + 1) / 7) for i, (p, y) in enumerate(BITS[:n])])
balanced([(argmax(r), r["label"], 1) for r in digits][:200])
balanced([(p, 3 * y, w) for p, y, w in ((1, 0, 1), (0, 1, 1), (3, 1, 2), (7, 1, 1))])
out.null(one.format("balanced_accuracy(p, y)", "(NULL, 1, 1)"))
out.error(one.format("f1(p, y)", "(2, 1, 1)"), "f1: pred must be 0 or 1, got 2")
out.error(one.format("recall(p, y)", "(1, 'yes', 1)"), "recall: label must be 0 or 1, got text 'yes'")
LISTED = ("kappa", "kappa_linear", "kappa_quadratic", "precision_macro", "recall_macro", "f1_macro")


def listed(rows, names):
    """The classes and their order by a list: scikit-learn's labels."""
    pred, label, weight = zip(*rows)
    weight = [float(w) for w in weight]
    values = Exact(rows, names)
    text = json.dumps(names)
    for name, value in values.all():
        if name not in LISTED:
            continue
        if name.startswith("kappa"):
            theirs = sk.cohen_kappa_score(label, pred, labels=names, weights=name[6:] or None, sample_weight=weight)
        else:
            function = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}[name.split("_")[0]]
            theirs = function(label, pred, labels=names, average="macro", sample_weight=weight, zero_division=0)
        agree(value, theirs)
        ulps = bound(name, value)
        for sql in (over("p y w", rows, f"{name}(p, y, '{text}', w)"),
                    f"SELECT {name}(s, '{text}') FROM ({over('p y w', rows, 'class_set(p, y, w) AS s')})"):
            out.near(sql, value, ulps) if ulps else out.bits(sql, value)
    jaccard = [Fraction(h, p + y - h) if p + y - h else Fraction(0) for h, p, y in zip(values.hit, values.pred, values.label)]
    fbeta = [Fraction(5 * h, p + 4 * y) if p + 4 * y else Fraction(0) for h, p, y in zip(values.hit, values.pred, values.label)]
    for sql, each, theirs in ((f"jaccard_macro(p, y, '{text}', w)", jaccard, sk.jaccard_score(
            label, pred, labels=names, average="macro", sample_weight=weight, zero_division=0)),
                              (f"fbeta_macro(p, y, 2, '{text}', w)", fbeta, sk.fbeta_score(
            label, pred, beta=2, labels=names, average="macro", sample_weight=weight, zero_division=0))):
        value = sum(each) / len(names)
        agree(value, theirs)
        out.near(over("p y w", rows, sql), value, 2)


out.note("Lists of classes: grades that nobody gave, any order, text and numbers.")
listed([(1, 1, 1), (2, 1, 1), (2, 2, 1), (3, 3, 1), (5, 3, 1), (5, 5, 1)], [1, 2, 3, 4, 5])
listed([(1, 1, 1), (2, 1, 3), (2, 2, 0.5), (3, 3, 1), (5, 3, 2), (5, 5, 1)], [5, 3, 1, 2, 4, 0])
listed([("low", "low", 1), ("mid", "low", 2), ("high", "high", 1), ("high", "mid", 1)], ["low", "mid", "high", "none"])
pairs = [("b", "a"), ("c", "b"), ("a", "c"), ("a", "b"), ("b", "b")]
pred, label = zip(*pairs)
out.text(over("p y", pairs, "classification_report(p, y, '[\"c\",\"a\",\"b\"]')"),
         sk.classification_report(label, pred, labels=["c", "a", "b"], zero_division=0))
confusion_rows = [(p, y, 1) for p, y in pairs]
values = Exact(confusion_rows, ["d", "c", "b", "a"])
confusion(over("p y", pairs, "{f}"), values, classes=", '[\"d\",\"c\",\"b\",\"a\"]'")
for call in ("kappa(1, 2, '[1]')", "f1_macro(1, 2, '[1]')", "kappa_linear(1, 2, '[1]')", "confusion_table(1, 2, '[1]')",
             "classification_report(1, 2, '[1]')", "fbeta_macro(1, 2, 2, '[1]')", "jaccard_macro(1, 2, '[1]')", "kappa_ci(1, 2, '[1]')"):
    out.error(call, "the class '2' occurs and is not in classes")
for text, part in (("[1,1]", "it names a class twice"), ("[1,1.0]", "it names a class twice"), ("[]", "it names no class"),
                   ("[null]", "null is not a class"), ("[[1]]", "an array or object is not a class"), ("[1", "it is not a JSON array")):
    out.error(f"kappa(1, 1, '{text}')", part)
out.bits("SELECT kappa(column1, column2, '[\"a\\u00e9\",true,\"x\"]') FROM (VALUES ('aé', 'aé'), (1, 1))", 1)
out.write()
