#!/usr/bin/env python3
"""Expected values of the activations: mpmath with 60 digits, checked against PyTorch's doubles."""
import struct

import torch
from mpmath import exp, log, log1p, mpf

from common import INF, Lines, agree, exact, float32, json, number, over, shown, table

out = Lines("activations", "Activations.")

POINTS = [0.0, 0.1, -0.1, 0.5, -0.5, 1.0, -1.0, 2.0, -3.7, 1e-20, -1e-20, 1e-300, 5e-324, -5e-324, 30.0, -30.0, 36.7, -36.7, 40.0, -40.0,
          39.96875, 708.3, -708.3, -709.78, 709.78, -744.4, -745.1, -746.0, 800.0, -800.0, 1e308, -1e308]


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def torch_of(function, x):
    return function(torch.tensor(x, dtype=torch.float64)).item()


out.note("sigmoid torch.sigmoid: stated bound 1 ulp")
for x in POINTS:
    y = sigmoid(exact(x))
    if -700 < x:
        agree(y, torch_of(torch.sigmoid, x))
    out.near(f"sigmoid({number(x)})", y, 1)
out.note("softplus torch.nn.functional.softplus (which is x beyond 20): stated bound 0.55 ulp")
for x in POINTS:
    y = softplus(exact(x))
    if -36 < x < 20:
        agree(y, torch_of(torch.nn.functional.softplus, x))
    out.near(f"softplus({number(x)})", y, 1)
out.note("log_sigmoid torch.nn.functional.logsigmoid: stated bound 0.55 ulp")
for x in POINTS:
    y = -softplus(-exact(x))
    agree(y, torch_of(torch.nn.functional.logsigmoid, x))
    out.near(f"log_sigmoid({number(x)})", y, 1)
for name, low, high in (("sigmoid", 0.0, 1.0), ("softplus", 0.0, INF), ("log_sigmoid", -INF, 0.0)):
    out.near(f"{name}(-9e999)", low, 0)
    out.near(f"{name}(9e999)", high, 0)
    out.null(f"{name}(NULL)")
out.note("logit torch.logit: stated bound 1 ulp")
for p in [0.5, 0.75, 0.1, 0.9, 1e-300, 5e-324, 1e-16, 0.49999999999999994, 0.5000000000000001, 0.9999999999999999, 0.3, 0.999, 1e-5]:
    q = exact(p)
    y = log(q) - log1p(-q)
    if abs(p - 0.5) > 1e-9:
        agree(y, torch_of(torch.logit, p))
    out.near(f"logit({number(p)})", y, 1)
out.near("logit(0)", -INF, 0)
out.near("logit(1)", INF, 0)

VECTORS = [[1.0, 2.0, 3.0], [2.0, 1.0, 0.1, 0.5], [0.0, 0.0], [5.0], [1000.0, 1001.0, 999.5], [-745.0, 0.0, 3.0], [1e308, -1e308],
           [0.25, -0.5, 0.125, 7.0, -3.5, 0.0, 1.5, 2.75, -0.75, 4.0], [1e-17, 0.0], [40.0, 0.0], [0.0, 38.0, 37.5]]


def log_sum_exp(v):
    top = max(exact(x) for x in v)
    return top + log(sum(exp(exact(x) - top) for x in v))


def loss(v, i):
    """-ln softmax(v)[i], with nothing lost where it is tiny."""
    gaps = [exact(x) - exact(v[i]) for x in v]
    return log1p(sum(exp(g) for k, g in enumerate(gaps) if k != i))


def forms(v, i):
    """A vector and an index as arguments: spread, JSON and, where float32 holds every entry, a BLOB."""
    yield ", ".join(number(x) for x in v) + f", {i}"
    yield f"'{json(v)}', {i}"
    if all(abs(x) < 1e38 and struct.unpack("<f", struct.pack("<f", x))[0] == x for x in v):
        yield f"{float32(v)}, {i}"


out.note("softmax_at torch.softmax: stated bound 1.5 ulp; log_softmax_at torch.log_softmax: stated bound 2 ulp")
for v in VECTORS:
    for i in range(len(v)):
        p, minus = exp(exact(v[i]) - log_sum_exp(v)), loss(v, i)
        agree(p, torch.softmax(torch.tensor(v, dtype=torch.float64), 0)[i], 1e-12)
        for args in forms(v, i):
            out.near(f"softmax_at({args})", p, 2)
            out.near(f"log_softmax_at({args})", -minus, 2)
out.note("softmax, log_softmax: as above, and 1 ulp for the host's reading of the JSON array")
for v in VECTORS[:5] + VECTORS[7:]:
    for i in range(len(v)):
        out.near(f"json_extract(softmax('{json(v)}'), '$[{i}]')", exp(exact(v[i]) - log_sum_exp(v)), 3)
        out.near(f"json_extract(log_softmax('{json(v)}'), '$[{i}]')", -loss(v, i), 3)
out.note("softmax at the infinities: shares of the top, as the limit has it")
out.text("softmax('[9e999, 9e999, 1]')", "[0.5,0.5,0.0]")
out.text("softmax('[-9e999, -9e999]')", "[0.5,0.5]")
out.text("softmax('[0, -9e999]')", "[1.0,0.0]")
out.text("log_softmax('[0, -9e999]')", "[0.0,-9e999]")
out.near("log_softmax_at(9e999, 9e999, 1, 0)", -log(mpf(2)), 1)
out.text("softmax('[1]')", "[1.0]")
out.error("softmax_at(1, 2, 3, 3)", "softmax_at: ")
out.error("softmax('[1,2,')", "softmax: ")
out.error("softmax(x'0000000000')", "softmax: ")
out.error("softmax(x'0000c07f')", "softmax: ")

out.note("argmax torch.argmax, first of equal ones")
for v in VECTORS:
    for args in forms(v, 0):
        out.int(f"argmax({args.rsplit(', ', 1)[0]})", v.index(max(v)))
out.int("argmax(1, 3, 3, 2)", 1)
out.int("argmax(-9e999, -9e999)", 0)
out.int("argmax('3', '10')", 1)

out.note("vector_at list index; float32 BLOBs by struct.pack('<f')")
for v in VECTORS:
    for i, x in enumerate(v):
        for args in list(forms(v, i))[1:]:
            out.bits(f"vector_at({args})", x)
out.error("vector_at('[1, 2]', 2)", "vector_at: i must be an index from 0 to 1, since there are 2 entries, got 2")

out.note("vector_from_f64 struct.pack('<d')")
for v in ([1.0, 2.0], [0.1, -2.5e-300, 1e300], [5e-324, 123456789.125]):
    blob = "x'" + struct.pack(f"<{len(v)}d", *v).hex() + "'"
    out.text(f"vector_from_f64({blob})", "[" + ",".join(map(shown, v)) + "]")
out.error("vector_from_f64(x'00')", "vector_from_f64: ")

out.note("log_sum_exp torch.logsumexp: exact sum of e^x, each within 0.55 ulp, then ln within 0.55 ulp; away from 0")
for v in VECTORS + [[0.1 * k for k in range(30)], [-1000.0, -1000.5, -999.0], [700.0, 710.0, 720.0], [0.0] * 7, [800.0, -800.0, 800.25]]:
    y = log_sum_exp(v)
    agree(y, torch.logsumexp(torch.tensor(v, dtype=torch.float64), 0), 1e-12)
    out.near(over("x", [[x] for x in v], "log_sum_exp(x)"), y, 1)
out.near(over("x", [[1], [INF]], "log_sum_exp(x)"), INF, 0)
out.near(over("x", [[-INF], [-INF]], "log_sum_exp(x)"), -INF, 0)
out.near(over("x", [[1], [-INF]], "log_sum_exp(x)"), 1.0, 0)
out.null(over("x", [[None]], "log_sum_exp(x)"))
logits = [row["logit"] for row in table("flights") if row["model"] == "boosted"]
y = log_sum_exp(logits)
agree(y, torch.logsumexp(torch.tensor(logits, dtype=torch.float64), 0), 1e-12)
out.near("SELECT log_sum_exp(logit) FROM flights WHERE model = 'boosted'", y, 1)
digits = table("digits")
for name in ("z0", "z7"):
    out.near(f"SELECT log_sum_exp({name}) FROM digits", log_sum_exp([row[name] for row in digits]), 1)

out.note("softmax_from torch.exp(x - lse): the difference is exact here, so e^x within 1 ulp")
for x, lse in ((1.0, 3.0), (0.5, 0.5), (-700.0, 8.0), (-740.0, 4.0), (-3.25, 2.5)):
    out.near(f"softmax_from({number(x)}, {number(lse)})", exp(exact(x) - exact(lse)), 1)
out.near("softmax_from(-9e999, 3)", 0.0, 0)
out.null("softmax_from(9e999, 9e999)")
out.note("softmax over the outer dimension of a 2x2x2 tensor of long rows; the log_sum_exp between is rounded: its error of half an ulp counts times its size")
tensor = [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 1.0], [1.0, 2.0]]]
rows = [(i, j, k, tensor[i][j][k]) for i in (0, 1) for j in (0, 1) for k in (0, 1)]
reference = torch.softmax(torch.tensor(tensor, dtype=torch.float64), 0)
for i, j, k, x in rows:
    column = [tensor[0][j][k], tensor[1][j][k]]
    p = exp(exact(x) - log_sum_exp(column))
    agree(p, reference[i][j][k], 1e-12)
    sql = over("i j k x", rows, "i, j, k, softmax_from(x, log_sum_exp(x) OVER (PARTITION BY j, k)) AS p")
    out.near(f"SELECT p FROM ({sql}) WHERE i = {i} AND j = {j} AND k = {k}", p, 6)
out.write()
