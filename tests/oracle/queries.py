#!/usr/bin/env python3
"""Expected values of queries.sql: means over every order of tied documents, in fractions and mpmath; scikit-learn's
ndcg_score and dcg_score.
"""
import itertools
import math
import random
from fractions import Fraction

import numpy as np
from mpmath import log, mpf
from sklearn import metrics as sk

from common import INF, Lines, agree, exact, nearest, number, over

out = Lines("queries", "Ranking within a query.")
rng = random.Random(33)


def orders(rows):
    """Every order of the retrieved rows by falling score."""
    retrieved = [r for r in rows if r[0] is not None]
    groups = [[r[1] for r in retrieved if r[0] == s] for s in sorted({r[0] for r in retrieved}, reverse=True)]
    for choice in itertools.product(*[list(itertools.permutations(g)) for g in groups]):
        yield [x for group in choice for x in group]


def expected(rows, of):
    values = [of(order) for order in orders(rows)]
    return sum(values) / len(values)


def dcg(order, k):
    return sum((exact(g) / (log(i + 2) / log(2)) for i, g in enumerate(order[:k])), mpf(0))


def hits(order, k):
    return sum(g > 0 for g in order[:k])


def reciprocal(order, k):
    return next((Fraction(1, i + 1) for i, g in enumerate(order[:k]) if g > 0), Fraction(0))


def average_precision(order, k, relevant):
    total = sum(Fraction(hits(order, i + 1), i + 1) for i, g in enumerate(order[:k]) if g > 0)
    return Fraction(total) / min(k, relevant)


def both(name, table, k, value, ulps):
    """With a k, and where it is beyond all ranks also the form without."""
    sqls = [f"SELECT {name}_at_k(s, r, {k}) FROM {table}"]
    if k == 100 and name in ("dcg", "ndcg", "reciprocal_rank"):
        sqls.append(f"SELECT {name}(s, r) FROM {table}")
    for sql in sqls:
        if value is None:
            out.null(sql)
        elif ulps:
            out.near(sql, value, ulps)
        else:
            out.bits(sql, value)


def check(rows):
    table = out.table("s r", rows)
    judged = sorted((r for _, r in rows if r is not None), reverse=True)
    rows = [r for r in rows if r[1] is not None]
    relevant = sum(g > 0 for g in judged)
    empty = not any(s is not None for s, _ in rows)
    for k in (1, 2, 3, 5, 100):
        best = dcg(judged, k)
        gain = expected(rows, lambda o: dcg(o, k))
        nothing = relevant == 0
        both("dcg", table, k, None if nothing else gain, 3)
        both("ndcg", table, k, None if nothing else gain / best, 4)
        if not nothing and all(s is not None for s, _ in rows) and len(rows) > 1:
            agree(gain / best, sk.ndcg_score([[r for _, r in rows]], [[s for s, _ in rows]], k=k), 1e-12, 1e-15)
        both("precision", table, k, None if nothing else Fraction(expected(rows, lambda o: Fraction(hits(o, k)))) / k, 0)
        both("recall", table, k, None if nothing else Fraction(expected(rows, lambda o: Fraction(hits(o, k)))) / relevant, 0)
        both("hit_rate", table, k, None if nothing else expected(rows, lambda o: Fraction(hits(o, k) > 0)), 0)
        both("reciprocal_rank", table, k, None if nothing else expected(rows, lambda o: reciprocal(o, k)), 0)
        both("average_precision", table, k, None if nothing else expected(rows, lambda o: average_precision(o, k, relevant)), 0)
    sql = f"SELECT r_precision(s, r) FROM {table}"
    if relevant:
        out.bits(sql, Fraction(expected(rows, lambda o: Fraction(hits(o, relevant)))) / relevant)
    else:
        out.null(sql)


out.note("scikit-learn's docstring, and the same with ties")
LIST = [(0.1, 10), (0.2, 0), (0.3, 0), (4, 1), (70, 5)]
out.near(over("s r", LIST, "ndcg(s, r)"), 0.6956940443813076, 4)
out.bits(over("s r", [(1, 10), (0, 0), (0, 0), (0, 1), (1, 5)], "dcg_at_k(s, r, 1)"), 7.5)
out.note("Hivemall: 1, 3, 2, 6 ranked with 1, 2, 4 relevant")
HIVEMALL = [(4, 1), (3, 0), (2, 1), (1, 0), (None, 1)]
out.bits(over("s r", HIVEMALL, "recall_at_k(s, r, 4)"), Fraction(2, 3))
out.bits(over("s r", HIVEMALL, "recall_at_k(s, r, 2)"), Fraction(1, 3))
out.bits(over("s r", HIVEMALL, "precision_at_k(s, r, 4)"), 0.5)
out.bits(over("s r", HIVEMALL, "reciprocal_rank(s, r)"), 1.0)
out.near(over("s r", HIVEMALL, "ndcg(s, r)"), 0.7039180890341349, 4)
out.near(over("s r", HIVEMALL, "ndcg_at_k(s, r, 2)"), 0.6131471927654585, 4)
out.bits(over("s r", HIVEMALL, "average_precision_at_k(s, r, 4)"), Fraction(5, 9))

out.note("every order of ties counted")
check(LIST)
check([(1, 1)])
check([(1, 0)])
check([(None, 2)])
check([(None, 2), (0, 1), (0, 0), (None, 0)])
check([(-INF, 1), (INF, 0), (0, 3), (None, 1)])
check([(3, 1), (2, 1), (1, 1)])
check([(1, 1), (1, 0), (1, 0), (1, 2), (1, 0), (1, 1), (1, 0)])
for n in (2, 3, 4, 6, 7):
    for levels in (1, 2, 3, 10):
        rows = []
        for _ in range(n):
            score = None if rng.random() < 0.15 else rng.randrange(levels) - 1
            relevance = None if rng.random() < 0.1 else rng.choice((0, 0, 1, 1, 2, 0.3, 7.25))
            rows.append((score, relevance))
        if any(r is not None for _, r in rows):
            check(rows)
out.error("dcg_at_k(1, -1, 2)", "dcg_at_k: relevance must be finite and >= 0, got -1")
out.error("ndcg_at_k('x', 1, 2)", "ndcg_at_k: score must be a number")
out.error("ndcg_at_k(NULL, 'x', 2)", "ndcg_at_k: relevance must be a number")
out.error("ndcg_at_k(NULL, 1, 0)", "ndcg_at_k: k must be an integer from 1")
out.error("SELECT ndcg_at_k(s, 1, k) FROM (SELECT NULL AS s, 2 AS k UNION ALL SELECT 1, 3)", "k changed from 2 to 3")

out.note("pass_at_k: binomial coefficients as integers, as HumanEval")
for n, c, k in [(1, 0, 1), (1, 1, 1), (10, 3, 1), (10, 3, 5), (10, 3, 8), (10, 0, 10), (200, 1, 100), (200, 13, 10), (200, 13, 199), (1000, 500, 7),
                (1000, 1, 1), (10**6, 3, 10**5), (10**9, 1, 1), (2**53, 2, 2**52)]:
    value = 1 - Fraction(math.comb(n - c, k), math.comb(n, k)) if n <= 1000 else 1 - math.prod(Fraction(n - k - i, n - i) for i in range(c))
    out.bits(f"pass_at_k({n}, {c}, {k})", value)
out.null("pass_at_k(10, NULL, 1)")
out.error("pass_at_k(10, 11, 1)", "pass_at_k: correct must be at most n, got 11")
out.error("pass_at_k(10, 3, 11)", "pass_at_k: k must be at most n, got 11")
out.error("pass_at_k(10, '2.5', 1)", "pass_at_k: correct must be an integer")

out.note("exp2: mpmath")
for x in (0.0, 1.0, -1.0, 0.5, 10.0, 1023.0, -1022.0, -1074.0, 0.1, -0.1, 1e-20, 52.999999, 1023.9999, -1022.5, -1073.7, 3.25):
    out.near(f"exp2({number(x)})", mpf(2) ** exact(x), 1)
for x in range(-1074, 1024, 97):
    out.bits(f"exp2({x})", mpf(2) ** x)
for x, value in ((1024, INF), (-1075.5, 0.0), (INF, INF), (-INF, 0.0), (1e300, INF)):
    out.near(f"exp2({number(x)})", value, 0)

out.write()
