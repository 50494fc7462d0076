#!/usr/bin/env python3
"""Writes tests/oracle/exactness.points: the losses of single rows by mpmath, 60 digits, for the doubles as they are stored.

A line, with tabs between: function, its arguments, the nearest double, and what is left of the exact value in 2^-10 ulp of that
double. Doubles are the 16 hexadecimal digits of their bits. tests/exactness.c reads it; tests/oracle/exactness.c, which make exactness
runs, does the same by MPFR on ten million rows.
"""
import os
import random
import struct

from mpmath import exp, log, log1p, mpf

from common import exact, nearest, ulp

rng = random.Random(5)
LINES = []
EACH = 60

EVERYDAY = [0.0, 0.5, 1.0, 3.0, 0.1, -7.25, 1e-3, -2.5]
HOSTILE = [1e16, 1e-16, -1e16, -1e-16, 5e-324, -2.5e-310, 2.2250738585072014e-308, 1e150, -1e-150, 1 + 2**-52, 36.7, -745.1, 709.8, -1e300]
ENDS = [0.5, 2.0**-53, 1 - 2.0**-53, 2.0**-52, 1 - 2.0**-52, 5e-324, 1e-300, 1e-16, 2.0**-30, 1 - 2.0**-30]


def number():
    way = rng.randrange(4)
    if way < 2:
        return rng.choice([EVERYDAY, HOSTILE][way])
    return rng.uniform(-8, 8) if way == 2 else rng.choice([-1, 1]) * rng.uniform(1, 2) * 2.0 ** rng.randint(-60, 60)


def share():
    way = rng.randrange(4)
    if way == 0:
        return rng.choice(ENDS)
    return rng.random() if way < 3 else rng.random() * 2.0 ** -rng.randrange(1000)


def label():
    return float(rng.randrange(2))


def clipped(p):
    return min(max(exact(p), mpf(2) ** -52), 1 - mpf(2) ** -52)


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def log_loss(p, y):
    return -log(p) if y else -log1p(-p)


def bce(p, y):
    p, y = exact(p), exact(y)
    hit = -max(log(p), mpf(-100)) if p else mpf(100)
    miss = -max(log1p(-p), mpf(-100)) if p < 1 else mpf(100)
    return y * hit + (1 - y) * miss


def bce_logits(z, y, w=1.0):
    z, y, w = exact(z), exact(y), exact(w)
    return (1 - y) * softplus(z) + w * y * softplus(-z)


def cross_entropy_logits(*args):
    z, i = [exact(x) for x in args[:-1]], int(args[-1])
    return log1p(sum(exp(x - z[i]) for j, x in enumerate(z) if j != i))


def line(name, args, value):
    double = nearest(value)
    if value != 0 and not 0 < abs(double) < float("inf"):
        return
    rest = int(round((value - exact(double)) / ulp(double) * 1024))
    LINES.append("\t".join([name] + [struct.pack(">d", x).hex() for x in (*args, double)] + [str(rest)]))


for _ in range(EACH):
    x, y, p, s, l, w = number(), number(), share(), share(), label(), rng.choice([0.5, 3.0, 1e-300, 1e200, rng.uniform(0, 20)])
    line("squared_error", (x, y), (exact(x) - exact(y)) ** 2)
    line("squared_error", (s, l), (exact(s) - exact(l)) ** 2)
    line("absolute_error", (x, y), abs(exact(x) - exact(y)))
    line("brier_loss", (p, l), (exact(p) - exact(l)) ** 2)
    line("bce_loss", (p, s), bce(p, s))
    line("bce_loss", (p, l), bce(p, l))
    line("log_loss_of", (p, l), log_loss(clipped(p), l))
    line("bce_logits_loss", (x, l), bce_logits(x, l))
    line("bce_logits_loss", (x, s), bce_logits(x, s))
    line("bce_logits_loss", (x, s, w), bce_logits(x, s, w))
    line("cross_entropy_loss", (p, s, l), -log(exact((p, s)[int(l)])))
    line("cross_entropy_logits_loss", (x, y, l), cross_entropy_logits(x, y, l))
    line("cross_entropy_logits_loss", (x, y, s, l), cross_entropy_logits(x, y, s, l))

# Logits so steep that only the products are left. (Two factors and then the third: 1.35 and 1.44 ulp.)
for z, y, w in [("-0x1.0d9a7d918aa58p+304", "0x1.ebfcbe46b1189p-39", "0x1.d830e840ac1f6p+190"), ("0x1.ef474344cf19ap+400", "0x1.f8cadcf1ebec5p-2", "0x1p+0")]:
    z, y, w = float.fromhex(z), float.fromhex(y), float.fromhex(w)
    line("bce_logits_loss", (z, y, w), bce_logits(z, y, w))
for _ in range(EACH):
    z, y, w = rng.choice([-1, 1]) * rng.uniform(1, 2) * 2.0 ** rng.randint(300, 900), share(), rng.uniform(1, 2) * 2.0 ** rng.randint(-99, 99)
    line("bce_logits_loss", (z, y), bce_logits(z, y))
    line("bce_logits_loss", (z, y, w), bce_logits(z, y, w))

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "exactness.points")
with open(path, "w") as file:
    file.write("\n".join(LINES) + "\n")
print(f"exactness.points: {len(LINES)} rows")
