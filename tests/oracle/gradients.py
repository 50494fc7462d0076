#!/usr/bin/env python3
"""Expected values of gradients.sql, from mpmath and fractions, checked against PyTorch's autograd; and the losses that
walk_training.sql arrives at, by PyTorch.
"""
import csv
import os
import random
from fractions import Fraction

import torch
from mpmath import exp, mpf
from torch.nn import functional as F

from common import HERE, INF, Lines, agree, exact, json, nearest, number, over, shown

out = Lines("gradients", "Gradients and sums of vectors.")
rng = random.Random(8)


def tensor(x, grad=False):
    return torch.tensor(x, dtype=torch.float64, requires_grad=grad)


def sigmoid(x):
    return 1 / (1 + exp(-exact(x)))


def autograd(loss, x):
    z = tensor(x, True)
    loss(z).backward()
    return z.grad.tolist()


out.note("bce_logits_gradient, bce_gradient, huber_gradient: autograd")
for z in (0.0, 0.5, -2.0, 3.75, -40.0, 700.0, -745.0, 1e-20):
    for y in (0.0, 1.0, 0.25):
        for w in (1.0, 3.0, 0.5):
            value = (1 - exact(y)) * sigmoid(z) - exact(w) * exact(y) * (1 / (1 + exp(exact(z))))
            agree(value, autograd(lambda t: F.binary_cross_entropy_with_logits(t, tensor(y), pos_weight=tensor(w)), z), 1e-9, 1e-15)
            if y in (0, 1) or abs(value) > 1 / 64:  # elsewhere the two terms cancel
                out.near(f"bce_logits_gradient({number(z)}, {number(y)}, {number(w)})", value, 3 if y in (0, 1) else 64)
for p in (0.1, 0.5, 0.9999, 1e-9, 1e-13, 1.0, 0.0):
    for y in (0.0, 1.0, 0.3):
        value = (p - y) / max(p * (1 - p), 1e-12)
        agree(value, autograd(lambda t: F.binary_cross_entropy(t, tensor(y)), p), 1e-8)  # PyTorch's 1e-12 is a float32
        out.bits(f"bce_gradient({number(p)}, {number(y)})", value)
for p, t, delta in [(2.5, 3.0, 1.0), (9.0, 3.0, 1.0), (0.0, 3.0, 0.5), (1.0, 1.0, 2.0), (3.0, 2.0, 1.0)]:
    value = max(-delta, min(delta, p - t))
    agree(value, autograd(lambda x: F.huber_loss(x, tensor(t), delta=delta), p))
    out.bits(f"huber_gradient({number(p)}, {number(t)}, {number(delta)})", value)


def elements(sql, values, ulps):
    for i, value in enumerate(values):
        out.near(f"json_extract({sql}, '$[{i}]')", value, ulps)


out.note("vectors: the elements of the JSON array")
for n in (1, 2, 5):
    z = [round(rng.uniform(-4, 4), 3) for _ in range(n)]
    y = [float(rng.randrange(2)) for _ in range(n)]
    w = [0.5 + i for i in range(n)]
    value = [((1 - exact(b)) * sigmoid(a) - exact(c) * exact(b) * sigmoid(-a)) / n for a, b, c in zip(z, y, w)]
    for got, torch_value in zip(value, autograd(lambda t: F.binary_cross_entropy_with_logits(t, tensor(y), pos_weight=tensor(w)), z)):
        agree(got, torch_value)
    elements(f"bce_logits_gradient('{json(z)}', '{json(y)}', '{json(w)}')", value, 3)
    for smoothing in (0.0, 0.25):
        total = sum(exp(exact(a)) for a in z)
        soft = [Fraction(i + 1, 64) for i in range(n)]
        soft[0] += 1 - sum(soft)
        for target, argument in (([Fraction(i == n - 1) for i in range(n)], str(n - 1)), (soft, f"'{json([float(s) for s in soft])}'")):
            smooth = [(1 - mpf(smoothing)) * mpf(t.numerator) / t.denominator + mpf(smoothing) / n for t in target]
            value = [exp(exact(a)) / total - t for a, t in zip(z, smooth)]
            theirs = autograd(lambda t: F.cross_entropy(t[None], tensor([[float(s) for s in target]]), label_smoothing=smoothing), z)
            for got, torch_value in zip(value, theirs):
                agree(got, torch_value, 1e-9, 1e-15)
            # An element near 0 is the difference of two numbers, each within an ulp of its own.
            if min(map(abs, value)) > 1 / 64:
                elements(f"cross_entropy_logits_gradient('{json(z)}', {argument}, {number(smoothing)})", value, 64)
out.text("cross_entropy_logits_gradient('[0]', 0)", "[0.0]")

rows = [[rng.uniform(-1, 1) * 10 ** rng.randrange(-8, 9) for _ in range(3)] for _ in range(25)]
weights = [round(rng.uniform(0.01, 3), 2) for _ in rows]
table = out.table("v w", [(json(r), w) for r, w in zip(rows, weights)])
for name, last, w in (("sum", "", [1] * 25), ("mean", "", [1] * 25), ("sum", ", w", weights), ("mean", ", w", weights)):
    total = [sum(Fraction(r[i]) * Fraction(x) for r, x in zip(rows, w)) for i in range(3)]
    over_weight = sum(map(Fraction, w)) if name == "mean" else 1
    out.text(f"SELECT vector_{name}(v{last}) FROM {table}", "[" + ",".join(shown(nearest(t / over_weight)) for t in total) + "]")
out.text(over("v", [("[9e999,1]",), ("[-9e999,2]",), ("[3,-9e999]",)], "vector_sum(v)"), "[null,-9e999]")
for a, b in zip(rows[:9], rows[9:]):
    out.bits(f"dot_product('{json(a)}', '{json(b)}')", sum(Fraction(x) * Fraction(y) for x, y in zip(a, b)))
    out.text(f"vector_add('{json(a)}', '{json(b)}', -3)", "[" + ",".join(shown(x - 3 * y) for x, y in zip(a, b)) + "]")
out.bits("dot_product('[1e200, 1, -1e200]', '[1e200, 3, 1e200]')", 3.0)
out.near("dot_product('[9e999, 1]', '[2, 3]')", INF, 0)
out.null("dot_product('[9e999, 1]', '[0, 3]')")
out.error("dot_product('[1, 2]', '[1, 2, 3]')", "dot_product: vector has 2 elements, but other has 3")
out.error("vector_add('[1, 2]', 'x')", "vector_add: other must be a JSON array")

# == training, as in walk_training.sql

X = [[0.5, -1.2, 0.3], [1.5, 0.2, -0.7], [-0.3, 0.8, 1.1], [-1.1, -0.4, 0.9], [0.2, 1.4, -0.5], [2.1, -0.6, 0.4], [-0.9, 0.1, -1.3], [0.7, 0.9, 1.6],
     [-1.8, -0.2, -0.1], [0.4, -0.8, -1.5]]
Y = [[1, 0, 0], [1, 0, 1], [0, 1, 1], [0, 1, 0], [1, 1, 0], [1, 0, 1], [0, 0, 0], [1, 1, 1], [0, 0, 0], [0, 0, 1]]


def train(x, y, rate, epochs):
    model = torch.nn.Linear(len(x[0]), len(y[0]), dtype=torch.float64)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.zeros_(model.bias)
    optimiser = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(epochs):
        optimiser.zero_grad()
        torch.nn.BCEWithLogitsLoss()(model(tensor(x)), tensor(y)).backward()
        optimiser.step()
    return torch.nn.BCEWithLogitsLoss()(model(tensor(x)), tensor(y)).item()


with open(os.path.join(HERE, "..", "data", "breast_cancer.csv")) as file:
    cancer = {}
    for r in csv.DictReader(file):
        cancer.setdefault(int(r["sample_id"]), {"y": [float(r["label"])]})[r["model"]] = float(r["score"])
fit = [r for i, r in cancer.items() if i % 4]
print("walk_training.sql:", train(X, [[float(v) for v in y] for y in Y], 2, 50),
      train([[r["logistic"], r["forest"], r["naive_bayes"]] for r in fit], [r["y"] for r in fit], 4, 60))

out.write()
