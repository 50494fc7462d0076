#!/usr/bin/env python3
"""Random small tables, with ties and weights, in every family of the second wave: our results against scikit-learn, SciPy,
statsmodels and NumPy, and where these have no such metric against its definition written out.

    differential.py LIBRARY [TABLES]

The last line is "N passed, N failed". A result may differ by 1e-12 of the larger one or of 1.
"""
import itertools
import math
import random
import sqlite3
import sys
import warnings

import numpy as np
from scipy import stats
from sklearn import metrics as sk
from sklearn.preprocessing import label_binarize
from statsmodels.stats.inter_rater import fleiss_kappa

warnings.filterwarnings("ignore")
library, tables = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20000
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(library)
rng = random.Random(16)
passed, failures = 0, 0


def same(ours, theirs):
    if theirs is None or theirs != theirs:
        return ours is None
    return ours is not None and (ours == theirs or abs(ours - theirs) <= 1e-12 * max(1.0, abs(theirs)))


def check(columns, rows, cases):
    """Evaluates all of the cases, SQL to the expected number, over the rows at once."""
    global passed, failures
    names = columns.split()
    db.execute("DROP TABLE IF EXISTS temp.d")
    db.execute(f"CREATE TEMP TABLE d({','.join(names)})")
    db.executemany(f"INSERT INTO d VALUES({','.join('?' * len(names))})", rows)
    cases = [case for case in cases if case[1] is not SKIP]
    for (sql, theirs), ours in zip(cases, db.execute(f"SELECT {','.join(sql for sql, _ in cases)} FROM d").fetchone()):
        if same(ours, theirs):
            passed += 1
            continue
        failures += 1
        if failures <= 20:
            print(f"{sql}: {ours!r}, expected {theirs!r}, over {names} = {rows!r}")


SKIP = object()  # the reference has no answer, or another one by its own choice


def of(function, *args, **kwargs):
    """What a reference gives; None where it is not defined."""
    try:
        return float(function(*args, **kwargs))
    except (ValueError, ZeroDivisionError, IndexError):
        return None


def size():
    return rng.randrange(1, 13)


def grid(lo, hi, parts=4):
    """Few values, so that many tie; all are exact."""
    return rng.randrange(lo * parts, hi * parts + 1) / parts


def weights(n):
    """None, or integers with zeros, or eighths."""
    way = rng.randrange(3)
    if way == 0:
        return None
    w = [rng.randrange(4) if way == 1 else rng.randrange(1, 25) / 8 for _ in range(n)]
    return w if sum(w) > 0 else None


def weighted(rows, w):
    """The rows with a last column for the weight, those of weight 0 too; and ', w' where there is one."""
    return [(*row, 1 if w is None else w[i]) for i, row in enumerate(rows)], "" if w is None else ", w"


def kept(w, *columns):
    """The rows that have a weight above 0, as arrays, and the weights."""
    use = [i for i in range(len(columns[0])) if w is None or w[i] > 0]
    return [np.array([c[i] for i in use]) for c in columns] + [None if w is None else np.array([w[i] for i in use], float)]


def mean(x, w):
    return float(np.average(x, weights=w))


# ---- regression


def regression():
    n = size()
    p, t, w = [grid(-3, 3) for _ in range(n)], [grid(-3, 3) or 0.5 for _ in range(n)], weights(n)
    rows, at = weighted(list(zip(p, t)), w)
    P, T, W = kept(w, p, t)
    e, delta, alpha, q = np.abs(P - T), grid(0, 2) or 0.25, rng.randrange(1, 8) / 8, rng.randrange(9) / 8
    plain = np.abs(np.array(p) - np.array(t))
    by = dict(sample_weight=W)
    several = len(T) > 1 and (w is None or all(x == int(x) for x in w)) and sum(w or [2] * n) > 1  # rows; of one it is NULL here
    cases = [
        (f"mse(p, t{at})", of(sk.mean_squared_error, T, P, **by)),
        (f"mae(p, t{at})", of(sk.mean_absolute_error, T, P, **by)),
        (f"rmse(p, t{at})", of(sk.mean_squared_error, T, P, squared=False, **by)),
        (f"mape(p, t{at})", of(sk.mean_absolute_percentage_error, T, P, **by)),
        (f"r2(p, t{at})", of(sk.r2_score, T, P, **by) if several else SKIP),
        (f"explained_variance(p, t{at})", of(sk.explained_variance_score, T, P, **by) if several else SKIP),
        (f"pinball(p, t, {alpha}{at})", of(sk.mean_pinball_loss, T, P, alpha=alpha, **by)),
        (f"huber(p, t, {delta}{at})", mean(np.where(e <= delta, e * e / 2, delta * (e - delta / 2)), W)),
        (f"mean_error(p, t{at})", mean(P - T, W)),
        (f"smape(p, t{at})", mean(2 * e / (np.abs(P) + np.abs(T)), W)),
        (f"wmape(p, t{at})", mean(e, W) / mean(np.abs(T), W)),
        ("max_error(p, t)", of(sk.max_error, t, p)),
        ("median_absolute_error(p, t)", of(sk.median_absolute_error, t, p)),
        (f"quantile_absolute_error(p, t, {q})", float(np.quantile(plain, q))),
        (f"msle(abs(p), abs(t){at})", of(sk.mean_squared_log_error, np.abs(T), np.abs(P), **by)),
        (f"rmsle(abs(p), abs(t){at})", math.sqrt(sk.mean_squared_log_error(np.abs(T), np.abs(P), **by))),
    ]
    check("p t w", rows, cases)


def deviances():
    n = size()
    p, t, w = [grid(0, 3) or 0.25 for _ in range(n)], [grid(0, 3) for _ in range(n)], weights(n)
    rows, at = weighted(list(zip(p, t)), w)
    P, T, W = kept(w, p, t)
    power = rng.choice([-1, 0, 1, 1.25, 1.5, 2, 2.5, 3])
    positive = "max(t, 0.125)"
    U = np.maximum(T, 0.125)
    check("p t w", rows, [
        (f"poisson_deviance(p, t{at})", of(sk.mean_poisson_deviance, T, P, sample_weight=W)),
        (f"gamma_deviance(p, {positive}{at})", of(sk.mean_gamma_deviance, U, P, sample_weight=W)),
        (f"tweedie_deviance(p, {positive}, {power}{at})", of(sk.mean_tweedie_deviance, U, P, power=power, sample_weight=W)),
    ])


def crps(x, t):
    x = np.array(x)
    return np.abs(x - t).mean() - np.abs(x[:, None] - x[None, :]).mean() / 2


def normal_crps(m, t, s):
    z = (t - m) / s
    return s * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / math.sqrt(math.pi))


def prediction_intervals():
    n = size()
    lo, width, t, w = ([grid(-2, 2) for _ in range(n)], [grid(0, 2) for _ in range(n)], [grid(-3, 3) for _ in range(n)], weights(n))
    s, members = [grid(0, 2) + 0.25 for _ in range(n)], [[grid(-2, 2) for _ in range(rng.randrange(1, 6))] for _ in range(n)]
    rows, at = weighted([(a, a + b, c, d, str(x)) for a, b, c, d, x in zip(lo, width, t, s, members)], w)
    L, H, T, S, W = kept(w, lo, [a + b for a, b in zip(lo, width)], t, s)
    X, alpha = [x for i, x in enumerate(members) if w is None or w[i] > 0], rng.randrange(1, 8) / 8
    outside = np.maximum(L - T, 0) + np.maximum(T - H, 0)
    check("lo hi t s x w", rows, [
        (f"interval_coverage(lo, hi, t{at})", mean((L <= T) & (T <= H), W)),
        (f"interval_width(lo, hi{at})", mean(H - L, W)),
        (f"interval_score(lo, hi, t, {alpha}{at})", mean(H - L + 2 / alpha * outside, W)),
        (f"gaussian_nll(lo, t, s{at})", mean((np.log(S) + (T - L) ** 2 / S) / 2, W)),
        (f"crps_gaussian(lo, t, s{at})", mean([normal_crps(*row) for row in zip(L, T, S)], W)),
        (f"crps_ensemble(x, t{at})", mean([crps(x, v) for x, v in zip(X, T)], W)),
    ])


# ---- association


def correlation(x, y, w):
    mx, my = np.average(x, weights=w), np.average(y, weights=w)
    cov, vx, vy = (np.average(a, weights=w) for a in ((x - mx) * (y - my), (x - mx) ** 2, (y - my) ** 2))
    distance = vx + vy + (mx - my) ** 2
    return (cov / math.sqrt(vx * vy) if len(set(x)) > 1 and len(set(y)) > 1 else None,
            2 * cov / distance if len(set(x) | set(y)) > 1 else None)


def harrell(p, t, e):
    """Pairs counted one by one."""
    right = pairs = 0
    for i in range(len(p)):
        for j in range(len(p)):
            if e[i] and (t[i] < t[j] or (t[i] == t[j] and not e[j])):
                pairs += 1
                right += 1 if p[i] < p[j] else 0.5 if p[i] == p[j] else 0
    return right / pairs if pairs else None


def association():
    n = size()
    x, y, e, w = [grid(-2, 2) for _ in range(n)], [grid(-2, 2) for _ in range(n)], [rng.randrange(2) for _ in range(n)], weights(n)
    rows, at = weighted(list(zip(x, y, e)), w)
    X, Y, W = kept(w, x, y)
    varied = len(set(x)) > 1 and len(set(y)) > 1
    pearson, ccc = correlation(X, Y, W)
    check("x y e w", rows, [
        (f"pearson(x, y{at})", pearson),
        ("pearson(x, y)", of(lambda: stats.pearsonr(x, y)[0]) if varied else None),
        (f"ccc(x, y{at})", ccc),
        ("spearman(x, y)", of(lambda: stats.spearmanr(x, y)[0]) if varied else None),
        ("kendall(x, y)", of(lambda: stats.kendalltau(x, y)[0]) if varied else None),
        ("concordance_index(x, y, e)", harrell(x, y, e)),
    ])


# ---- many classes


def averaged(metric, Y, P, W, average, defined):
    """The mean over the classes where the metric is defined."""
    weight = np.ones(len(Y)) if W is None else W
    values = [(metric(Y == k, P[:, k], sample_weight=W), weight[Y == k].sum()) for k in range(P.shape[1]) if defined(Y == k)]
    if not values:
        return None
    return mean([v for v, _ in values], [s for _, s in values] if average == "weighted" else None)


def hand_till(Y, P, average):
    values = []
    for a, b in itertools.permutations(range(P.shape[1]), 2):
        use = (Y == a) | (Y == b)
        if (Y == a).any() and (Y == b).any():
            values.append((sk.roc_auc_score(Y[use] == a, P[use, a]), use.sum()))
    return mean([v for v, _ in values], [s for _, s in values] if average == "weighted" else None) if values else None


def both(y):
    return y.any() and not y.all()


def many_classes():
    n, k = size(), rng.randrange(2, 5)
    cuts = [sorted(rng.randrange(17) for _ in range(k - 1)) for _ in range(n)]
    p = [[(b - a) / 16 for a, b in zip([0] + c, c + [16])] for c in cuts]
    y, w = [rng.randrange(k) for _ in range(n)], weights(n)
    rows, at = weighted([(str(a), b) for a, b in zip(p, y)], w)
    Y, W = kept(w, y)
    P = np.array([a for i, a in enumerate(p) if w is None or w[i] > 0])
    every, A = len(set(y)) == k and k > 2, np.array(p)
    hot = np.array([[int(c == j) for j in range(k)] for c in Y])
    hinge = [max(0.0, 1 + max(v for j, v in enumerate(row) if j != c) - row[c]) for row, c in zip(P, Y)]
    steps = [sum((np.cumsum(row)[j] - (c <= j)) ** 2 for j in range(k)) / (k - 1) for row, c in zip(P, Y)]
    auc, precision = sk.roc_auc_score, sk.average_precision_score
    check("p y w", rows, [
        (f"roc_auc_ovr_macro(p, y{at})", averaged(auc, Y, P, W, "macro", both)),
        (f"roc_auc_ovr_weighted(p, y{at})", averaged(auc, Y, P, W, "weighted", both)),
        ("roc_auc_ovr_macro(p, y)", of(auc, y, A, multi_class="ovr") if every else SKIP),
        ("roc_auc_ovr_weighted(p, y)", of(auc, y, A, multi_class="ovr", average="weighted") if every else SKIP),
        (f"roc_auc_ovr_micro(p, y{at})", of(auc, hot.ravel(), P.ravel(), sample_weight=None if W is None else np.repeat(W, k))),
        ("roc_auc_ovo_macro(p, y)", hand_till(np.array(y), A, "macro")),
        ("roc_auc_ovo_macro(p, y)", of(auc, y, A, multi_class="ovo") if every else SKIP),
        ("roc_auc_ovo_weighted(p, y)", of(auc, y, A, multi_class="ovo", average="weighted") if every else SKIP),
        (f"average_precision_macro(p, y{at})", averaged(precision, Y, P, W, "macro", np.any)),
        (f"average_precision_weighted(p, y{at})", averaged(precision, Y, P, W, "weighted", np.any)),
        (f"average_precision_micro(p, y{at})", of(precision, hot.ravel(), P.ravel(), sample_weight=None if W is None else np.repeat(W, k))),
        (f"hinge_loss(p, y{at})", mean(hinge, W)),
        ("hinge_loss(p, y)", of(sk.hinge_loss, y, A, labels=list(range(k))) if k > 2 else SKIP),
        (f"ranked_probability_score(p, y{at})", mean(steps, W)),
    ])


# ---- many labels


def many_labels():
    n, k, cutoff = size(), rng.randrange(2, 6), grid(0, 1)
    s, y, w = ([[grid(0, 1) for _ in range(k)] for _ in range(n)], [[rng.randrange(2) for _ in range(k)] for _ in range(n)], weights(n))
    rows, at = weighted([(str(a), str(b)) for a, b in zip(s, y)], w)
    use = [i for i in range(n) if w is None or w[i] > 0]
    S, Y, W = np.array(s)[use], np.array(y)[use], None if w is None else np.array(w, float)[use]
    D = (S >= cutoff).astype(int)
    by, zero = dict(sample_weight=W), dict(sample_weight=W, zero_division=0)
    cases = [
        (f"label_ranking_average_precision(s, y{at})", of(sk.label_ranking_average_precision_score, Y, S, **by)),
        (f"label_ranking_loss(s, y{at})", of(sk.label_ranking_loss, Y, S, **by)),
        (f"coverage_error(s, y{at})", of(sk.coverage_error, Y, S, **by)),
        (f"hamming_loss(s, y, {cutoff}{at})", of(sk.hamming_loss, Y, D, **by)),
        (f"subset_accuracy(s, y, {cutoff}{at})", of(sk.accuracy_score, Y, D, **by)),
        (f"jaccard_samples(s, y, {cutoff}{at})", of(sk.jaccard_score, Y, D, average="samples", **zero)),
    ]
    for name, metric in (("f1", sk.f1_score), ("precision", sk.precision_score), ("recall", sk.recall_score)):
        cases.append((f"{name}_samples(s, y, {cutoff}{at})", of(metric, Y, D, average="samples", **zero)))
        empty = {"f1": not (Y.any() or D.any()), "precision": not D.any(), "recall": not Y.any()}[name]
        for average in ("micro", "macro", "weighted"):
            undefined = empty if average == "micro" else average == "weighted" and not Y.any()
            cases.append((f"{name}_labels_{average}(s, y, {cutoff}{at})", None if undefined else of(metric, Y, D, average=average, **zero)))
    check("s y w", rows, cases)


# ---- predicted classes, raters


def decided_classes():
    n, k, beta = size(), rng.randrange(1, 5), rng.choice([0.5, 1, 2])
    p, y, w = [rng.randrange(k) for _ in range(n)], [rng.randrange(k) for _ in range(n)], weights(n)
    rows, at = weighted(list(zip(p, y)), w)
    P, Y, W = kept(w, p, y)
    zero = dict(sample_weight=W, zero_division=0)
    cases = [(f"jaccard_{average}(p, y{at})", of(sk.jaccard_score, Y, P, average=average, **zero)) for average in ("macro", "micro", "weighted")]
    cases += [
        (f"balanced_accuracy(p, y{at})", of(sk.balanced_accuracy_score, Y, P, sample_weight=W)),
        (f"fbeta_macro(p, y, {beta}{at})", of(sk.fbeta_score, Y, P, beta=beta, average="macro", **zero)),
        (f"accuracy(p, y{at})", of(sk.accuracy_score, Y, P, sample_weight=W)),
        (f"f1_macro(p, y{at})", of(sk.f1_score, Y, P, average="macro", **zero)),
        (f"kappa(p, y{at})", of(sk.cohen_kappa_score, Y, P, sample_weight=W) if len(set(P) | set(Y)) > 1 else None),
    ]
    check("p y w", rows, cases)


def alpha(units, distance):
    """Krippendorff's, by its definition over pairs of ratings."""
    units = [u for u in units if len(u) > 1]
    ratings = [v for u in units for v in u]
    observed = sum(distance(a, b) / (len(u) - 1) for u in units for a, b in itertools.permutations(u, 2))
    expected = sum(distance(a, b) for a, b in itertools.permutations(ratings, 2))
    return 1 - (len(ratings) - 1) * observed / expected if expected else None


def raters():
    n, k, m = size(), rng.randrange(2, 5), rng.randrange(2, 5)
    full = [[rng.randrange(1, k + 1) for _ in range(m)] for _ in range(n)]
    some = [[v for v in u if rng.randrange(4)] for u in full]
    counts = np.array([[u.count(v) for v in range(1, k + 1)] for u in full])
    count = {v: sum(u.count(v) for u in some if len(u) > 1) for v in range(1, k + 1)}
    rank = {v: sum(count[u] for u in count if u < v) + count[v] / 2 for v in count}
    scales = {
        "nominal": lambda a, b: float(a != b),
        "ordinal": lambda a, b: (rank[a] - rank[b]) ** 2,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2,
    }
    fleiss = None if (counts.sum(axis=0) > 0).sum() < 2 else of(fleiss_kappa, counts)
    cases = [("fleiss_kappa(a)", fleiss)] + [(f"krippendorff_alpha(b, '{s}')", alpha(some, d)) for s, d in scales.items()]
    check("a b", [(str(u), str(v)) for u, v in zip(full, some)], cases)


# ---- queries


def orders(s):
    """All orders of the documents that have the ties broken in some way."""
    groups = [[i for i in range(len(s)) if s[i] == v] for v in sorted(set(s), reverse=True)]
    for parts in itertools.product(*(itertools.permutations(g) for g in groups)):
        yield [i for part in parts for i in part]


def queries():
    n = rng.randrange(1, 7)
    s, r, k = [grid(0, 1) for _ in range(n)], [rng.choice([0, 0, 1, 2, 3]) for _ in range(n)], rng.randrange(1, 8)
    total = sum(v > 0 for v in r)

    def hits(order):
        return [int(r[i] > 0) for i in order]

    def average_precision(h):
        return sum(sum(h[: i + 1]) / (i + 1) for i in range(min(k, n)) if h[i]) / min(k, total)

    def reciprocal(h, limit):
        return next((1 / (i + 1) for i in range(min(limit, n)) if h[i]), 0)

    def expected(value):
        return mean([value(hits(order)) for order in orders(s)], None) if total else None

    ranked = n > 1 and total
    check("s r", list(zip(s, r)), [
        (f"dcg_at_k(s, r, {k})", of(sk.dcg_score, [r], [s], k=k) if ranked else SKIP),
        ("dcg(s, r)", of(sk.dcg_score, [r], [s]) if ranked else SKIP),
        (f"ndcg_at_k(s, r, {k})", of(sk.ndcg_score, [r], [s], k=k) if ranked else SKIP),
        ("ndcg(s, r)", of(sk.ndcg_score, [r], [s]) if ranked else SKIP),
        (f"precision_at_k(s, r, {k})", expected(lambda h: sum(h[:k]) / k)),
        (f"recall_at_k(s, r, {k})", expected(lambda h: sum(h[:k]) / total)),
        (f"hit_rate_at_k(s, r, {k})", expected(lambda h: float(any(h[:k])))),
        (f"average_precision_at_k(s, r, {k})", expected(average_precision)),
        (f"reciprocal_rank_at_k(s, r, {k})", expected(lambda h: reciprocal(h, k))),
        ("reciprocal_rank(s, r)", expected(lambda h: reciprocal(h, n))),
        ("r_precision(s, r)", expected(lambda h: sum(h[:total]) / total)),
    ])


families = (regression, deviances, prediction_intervals, association, many_classes, many_labels, decided_classes, raters, queries)
for table in range(tables):
    families[table % len(families)]()
print(f"{passed} passed, {failures} failed")
sys.exit(failures > 0)
