#!/usr/bin/env python3
"""Expected values of the bootstrap: the generator, the samples, their metrics and quantiles written anew, from the page
sql/bootstrap.sql and not from the C code. Everything to the bit.

  python3 tests/oracle/bootstrap.py     writes tests/oracle/bootstrap.tsv
"""
import math
import struct
from fractions import Fraction

import numpy as np
from mpmath import mp, mpf

import binary
from binary import INTEGRAL, SMALL, Tally, args, best, plain, query_over
from common import INF, Lines, nearest, shown

out = Lines("bootstrap", "Resampling.")
WORD = 2**64
STEP = 0x9E3779B97F4A7C15


def mix(z):
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 % WORD
    z = (z ^ z >> 27) * 0x94D049BB133111EB % WORD
    return z ^ z >> 31


def hashed(seed, replicate, draw):
    return mix((mix((mix((seed + STEP) % WORD) + replicate * STEP) % WORD) + (draw + 1) * STEP) % WORD)


# SplitMix64 itself, seeded with 1234567: the first outputs that Vigna's splitmix64.c prints.
assert [mix((1234567 + i * STEP) % WORD) for i in (1, 2, 3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def sample(units, seed, replicate, label=None):
    """The rows of a sample; with `label`, which gives a row's, stratified by it."""
    strata = [units] if label is None else [[u for u in units if label(u) == l] for l in sorted({label(u) for u in units})]
    drawn, draw = [], 0
    for stratum in strata:
        for _ in stratum:
            drawn.append(stratum[hashed(seed, replicate, draw) * len(stratum) // WORD])
            draw += 1
    return drawn


def unit_rows(rows):
    """Rows (score, label, weight) as unit rows in canonical order."""
    return sorted((s, l, 1) for s, l, w in rows for _ in range(int(w)))


def both(f):
    """A metric that is undefined where a class is missing."""
    return lambda rows: f(rows) if 0 not in binary.totals(rows) else None


def at(name, cutoff, *params):
    def value(rows):
        tally = Tally(rows, cutoff)
        found = getattr(tally, name)
        return found(*params) if params else found
    return value


def value_of_best(objective):
    return lambda rows: (lambda found: None if found is None else found[1])(best(rows, objective))


METRICS = {
    "roc_auc": both(binary.roc_auc),
    "gini": both(lambda rows: 2 * binary.once(binary.roc_auc(rows)) - 1),
    "average_precision": lambda rows: binary.average_precision(rows, binary.once) if binary.totals(rows)[1] else None,
    "pr_auc": lambda rows: binary.pr_auc(rows, binary.once) if binary.totals(rows)[1] else None,
    "ks": both(binary.ks),
    "f1_at:0.5": at("f1", 0.5),
    "fbeta_at:0.5,2": at("fbeta", 0.5, 2),
    "precision_at:0.7": at("precision", 0.7),
    "ece:7": lambda rows: binary.ece(rows, 7),
    "best_cutoff_value:youden": value_of_best("youden"),
    "best_cutoff": lambda rows: best(rows, "f1")[0],
}


def rounded(x):
    return math.nan if x is None else nearest(x)


def json_number(x):
    return "null" if x is None or math.isnan(x) else shown(x)


def deviation(values):
    """The standard deviation as the page defines it: the mean and the sum of the squares rounded once."""
    if len(values) < 2 or any(math.isinf(x) for x in values):
        return math.nan
    mean = nearest(sum(map(Fraction, values)) / len(values))
    return math.sqrt(nearest(sum(Fraction((x - mean) * (x - mean)) for x in values)) / (len(values) - 1))


def interval(value, replicates, rows, level=0.95, first="", params="", mirrored=False):
    """The JSON of a percentile interval; params: the members of the metric's parameters; mirrored: whether its own
    interval is the basic one."""
    defined = sorted(x for x in replicates if not math.isnan(x))
    low = high = se = math.nan
    note = ""
    made = f',"replicates":{len(replicates)},"undefined":{len(replicates) - len(defined)}'
    if math.isnan(value):
        note, made = ',"note":"undefined for these rows"', ""
    elif rows < 2:
        note, made = ',"note":"only one row"', ""
    elif 2 * len(defined) < len(replicates):
        note = ',"note":"undefined in more than half of the replicates"'
    else:
        tail = (1 - level) / 2
        low, high = (float(np.quantile(defined, q)) for q in (tail, 1 - tail))
        se = deviation(defined)
        if se == 0:
            note = ',"note":"every defined replicate has the same value"'
        elif mirrored:
            note = ',"note":"samples of rows overestimate this metric, which its _ci form corrects"'
    return (f'{{{first}"value":{json_number(value)},"low":{json_number(low)},"high":{json_number(high)},"se":{json_number(se)},'
            f'"level":{shown(level)},"method":"percentile","rows":{rows}{params}{made}{note}}}')


def replicates(rows, metric, n, seed, stratified=False):
    units = unit_rows(rows)
    label = (lambda u: u[1]) if stratified else None
    return [rounded(METRICS[metric](sample(units, seed, r, label))) for r in range(1, n + 1)]


def expect_values(query, rows, metric, n, seed, scheme):
    """Every replicate, as its bits."""
    values = replicates(rows, metric, n, seed, scheme == "stratified")
    for r, x in enumerate(values, 1):
        sql = f"SELECT value FROM bootstrap(({query('score_set(' + args(rows) + ')')}), '{metric}', {n}, {seed}, '{scheme}') WHERE replicate = {r}"
        if math.isnan(x):
            out.null(sql)
        else:
            out.bits(sql, x)


def expect_interval(query, rows, metric, n, seed, scheme, level=0.95):
    values = replicates(rows, metric, n, seed, scheme == "stratified")
    value = rounded(METRICS[metric](unit_rows(rows)))
    more = "" if (n, seed, scheme, level) == (1000, 0, "plain", 0.95) else f", '{level!r}', {n}, {seed}, '{scheme}'"
    name = metric.split(":")[0]
    mirrored = name in ("ks", "ece", "best_cutoff_value")
    sql = query(f"bootstrap_ci(score_set({args(rows)}), '{metric}'{more})")
    out.text(sql, interval(value, values, len(unit_rows(rows)), level, mirrored=mirrored))


def optimism(rows, objective, n):
    units = unit_rows(rows)
    flattery = []
    for r in range(1, n + 1):
        found = best(sample(units, 0, r), objective)
        if found is None:
            continue
        cutoff, value, _ = found
        name, _, params = objective.partition(":")
        there = getattr(Tally(units, cutoff), "recall" if ">=" in name else name)
        there = there(*map(float, params.split(","))) if params else there
        if there is not None:
            flattery.append(nearest(value) - nearest(there))
    return nearest(sum(map(Fraction, flattery)) / len(flattery)) if 2 * len(flattery) >= n else None


# == samples of score sets

for name, rows in [(k, SMALL[k]) for k in ("four", "five", "six with a tie")] + [("five, weighted", INTEGRAL["five"])]:
    out.note(f"{name}: replicates, plain and stratified")
    query = query_over(out, rows)
    for metric in ("roc_auc", "f1_at:0.5"):
        for seed, scheme in ((0, "plain"), (12345, "stratified")):
            expect_values(query, rows, metric, 6, seed, scheme)
for name, rows in [(k, SMALL[k]) for k in ("four", "six with a tie", "tied", "distinct", "certain")] + [("tied, weighted", INTEGRAL["tied"])]:
    out.note(f"{name}: percentile intervals, numpy.quantile")
    query = query_over(out, rows)
    for metric in METRICS:
        expect_interval(query, rows, metric, 40, 7, "plain", 0.9)
        expect_interval(query, rows, metric, 25, 9007199254740992, "stratified", 0.95)
    if len(rows) < 10:
        expect_interval(query, rows, "roc_auc", 1000, 0, "plain")
out.note("an even and an odd number of replicates at levels whose quantiles are replicates themselves")
for n in (1, 2, 5):
    expect_interval(query_over(out, SMALL["five"]), SMALL["five"], "f1_at:0.5", n, 3, "plain", 0.5)
out.note("more rows than are drawn at a time")
many = [(0.9, 1, 30000), (0.4, 0, 25001), (0.4, 1, 15000)]
expect_values(query_over(out, many), many, "roc_auc", 2, 0, "plain")
out.note("rows of one class, one row, half undefined")
for rows, metric in ((plain([0.1, 0.2], [1, 1]), "roc_auc"), (plain([0.6], [1]), "f1_at:0.5"), (plain([0.9, 0.1, 0.2], [1, 0, 0]), "roc_auc"),
                     (plain([0.9, 0.1, 0.2, 0.3, 0.4, 0.5], [1, 0, 0, 0, 0, 0]), "precision_at:0.7"), (plain([0.9, 0.1], [1, 0]), "roc_auc")):
    expect_interval(query_over(out, rows), rows, metric, 50, 1, "plain")

out.note("Harrell's optimism of the best cutoff")
for name in ("five", "six with a tie", "tied", "distinct"):
    rows = SMALL[name]
    for objective in ("f1", "youden", "cost:1,5", "precision>=0.6"):
        x = optimism(rows, objective, 30)
        sql = query_over(out, rows)(f"best_cutoff_optimism(score_set({args(rows)}), '{objective}', 30)")
        out.null(sql) if x is None else out.bits(sql, x)
for name in ("five", "tied", "distinct"):
    for objective in ("f1", "youden", "cost:1,5", "precision>=0.6", "mcc"):
        out.bits(query_over(out, SMALL[name])(f"best_cutoff_value(s, y, '{objective}')"), best(SMALL[name], objective)[1])

# == samples of class sets

out.note("class sets: accuracy of samples, canonical order by prediction, then label")
classes = [(1, 1), (2, 1), (10, 2), (2, 2), (1, 2), (2, 2), (10, 10), (1, 1)]
name = out.table("p y", classes)
for seed, scheme in ((0, "plain"), (5, "stratified")):
    for r in range(1, 7):
        drawn = sample(sorted(classes), seed, r, (lambda u: u[1]) if scheme == "stratified" else None)
        out.bits(f"SELECT value FROM bootstrap((SELECT class_set(p, y) FROM {name}), 'accuracy', 6, {seed}, '{scheme}') WHERE replicate = {r}",
                 Fraction(sum(p == y for p, y in drawn), len(drawn)))

# == units of ratings

def of_units(of):
    """A metric of units, undefined where all ratings are alike."""
    return lambda units: rounded(of([[v for v in u if v is not None] for u in units]))


def fleiss(units):
    n, m = len(units), len(units[0])
    hits = Fraction(sum(u.count(v) * (u.count(v) - 1) for u in units for v in set(u)), n * m * (m - 1))
    chance = sum(Fraction(sum(u.count(v) for u in units), n * m) ** 2 for v in {v for u in units for v in u})
    return None if chance == 1 else (hits - chance) / (1 - chance)


def alpha(units):
    units = [u for u in units if len(u) > 1]
    count = {v: sum(u.count(v) for u in units) for u in units for v in u}
    n = sum(count.values())
    observed = sum(Fraction(u.count(v) * (len(u) - u.count(v)), len(u) - 1) for u in units for v in set(u))
    expected = n * n - sum(c * c for c in count.values())
    return 1 - (n - 1) * observed / expected if expected else None


def expect_agreement(call, units, of, level=0.95, params=""):
    """The interval of 1000 samples of the units, in the order of their texts."""
    units = sorted(units, key=json)
    values = [of(sample(units, 0, r)) for r in range(1, 1001)]
    out.text(f"SELECT {call} FROM {out.table('u', [(json(u),) for u in units])}", interval(of(units), values, len(units), level, params=params))


def json(unit):
    return "[" + ",".join("null" if v is None else str(v) for v in unit) + "]"


out.note("agreement of raters: the units are drawn, by their texts")
same = [[1, 1, 1], [1, 2, 2], [3, 3, 3], [2, 2, 3], [1, 1, 1], [2, 1, 1], [10, 3, 3]]
holes = [[1, None, 1], [2, 2], [3, 3, 3], [2, None], [1, 2, 2, 2], [3, 2, 3], [2, 2]]
expect_agreement("fleiss_kappa_ci(u)", same, of_units(fleiss))
expect_agreement("fleiss_kappa_ci(u, '0.8')", same[:2], of_units(fleiss), 0.8)
expect_agreement("fleiss_kappa_ci(u)", same[:1], of_units(fleiss))
nominal = ',"scale":"nominal"'
expect_agreement("krippendorff_alpha_ci(u)", holes, of_units(alpha), params=nominal)
expect_agreement("krippendorff_alpha_ci(u, 'nominal', '0.9')", same, of_units(alpha), 0.9, nominal)
name = out.table("u", [(json(u),) for u in holes])
for f, rows in (("fleiss_kappa", "(SELECT * FROM {} WHERE u LIKE '[3%')"), ("krippendorff_alpha", "{}")):
    rows = rows.format(name)
    whole = f"(SELECT {f}_ci(u) FROM {rows})"
    out.int(f"SELECT {f}_ci(s) = {whole} FROM (SELECT {f}_ci_state(u) AS s FROM {rows} GROUP BY length(u))", 1)
out.error(f"SELECT fleiss_kappa_ci(u) FROM {name}", "fleiss_kappa_ci: every unit must have the same number of ratings")
out.error("SELECT krippendorff_alpha_ci('[\"a\", \"b\"]', 'ratio')", "krippendorff_alpha_ci: the scale needs ratings that are numbers")
out.error("SELECT fleiss_kappa_ci(s) FROM (SELECT fleiss_kappa_state('[1, 2]') AS s)", "an interval needs more, which fleiss_kappa_ci_state saves")

# == two models

def compare(rows, metric, level=0.95):
    """The JSON of compare_ci over rows (score_a, score_b, label)."""
    units = sorted(rows)
    of = lambda drawn, which: rounded(METRICS[metric]([(u[which], u[2], 1) for u in drawn]))
    value = [of(units, 0), of(units, 1)]
    differences = []
    for r in range(1, 1001):
        drawn = sample(units, 0, r)
        differences.append(of(drawn, 0) - of(drawn, 1))
    defined = [d for d in differences if not math.isnan(d)]
    difference = value[0] - value[1]
    p = min(1, 2 * min(1 + sum(d <= 0 for d in defined), 1 + sum(d >= 0 for d in defined)) / (len(defined) + 1))
    if math.isnan(difference) or len(rows) < 2 or 2 * len(defined) < len(differences):
        p = math.nan
    first = f'"value_a":{json_number(value[0])},"value_b":{json_number(value[1])},"p_value":{json_number(p)},'
    return interval(difference, differences, len(rows), level, first)


out.note("two models over the same rows")
pairs = [(s, round(min(max(s + binary.rng.gauss(0, 0.2), 0), 1), 1), l) for s, l, _ in SMALL["tied"][:25]]
for rows in (pairs, [(0.9, 0.4, 1), (0.7, 0.8, 1), (0.3, 0.5, 0), (0.2, 0.6, 0)], [(0.5, 0.5, 1), (0.5, 0.4, 1)], [(0.5, 0.1, 0)]):
    name = out.table("a b y", rows)
    for metric in ("roc_auc", "f1_at:0.5") if len(rows) > 4 else ("roc_auc", "gini", "average_precision", "precision_at:0.7"):
        out.text(f"SELECT compare_ci(a, b, y, '{metric}', '0.9') FROM {name}", compare(rows, metric, 0.9))
    if len(rows) == 4:
        continue
    swapped = [(b, a, y) for a, b, y in rows]
    for metric in ("pr_auc", "f1_at:0.5"):
        out.text(f"SELECT compare_ci(b, a, y, '{metric}', '0.9') FROM {name}", compare(swapped, metric, 0.9))

# == poisson weights

def hash_bytes(start, data):
    found = mix(mix((start + STEP) % WORD) ^ len(data))
    for i in range(0, len(data), 8):
        found = mix(((found ^ int.from_bytes(data[i:i + 8], "little")) + STEP) % WORD)
    return found


def key_hash(key):
    if isinstance(key, float) and not key.is_integer():
        return hash_bytes(1, struct.pack("<d", key))
    if isinstance(key, (int, float)):
        return hash_bytes(0, struct.pack("<q", int(key)))
    return hash_bytes(3, key) if isinstance(key, bytes) else hash_bytes(2, key.encode())


LIMITS = []
for k in range(25):
    LIMITS.append(int(mp.floor(2**64 * sum(1 / mp.factorial(j) for j in range(k + 1)) / mp.e)))


def poisson(key, replicate, seed=0):
    h = hashed(seed, replicate, key_hash(key))
    return sum(h >= limit for limit in LIMITS)


out.note("Poisson weights of keys of every type")
for key, sql in ((7, "7"), (7.0, "7.0"), (7, "'7'"), (-3, "-3"), (2**63 - 1, "9223372036854775807"), (0.1, "0.1"), (-2.5, "-2.5"), ("ann", "'ann'"),
                 ("", "''"), ("a user with a long name", "'a user with a long name'"), ("émile", "'émile'"), (b"\x00\x01", "x'0001'"),
                 (b"12345678", "x'3132333435363738'")):
    for replicate, seed in ((0, 0), (1, 0), (2, 0), (3, 99), (9007199254740992, 9007199254740992)):
        out.int(f"poisson_weight({sql}, {replicate}{f', {seed}' if seed else ''})", poisson(key, replicate, seed))
weights = [poisson(i, 1) for i in range(3000)]
assert abs(sum(weights) / 3000 - 1) < 0.06 and abs(np.var(weights) - 1) < 0.12
out.int("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999) SELECT sum(poisson_weight(i, 1) * (i + 1)) FROM n",
        sum(w * (i + 1) for i, w in enumerate(weights)))

# == messages

out.note("what cannot be resampled, and what to do")
SET = "(SELECT score_set(column1, column2) FROM (VALUES (0.1, 0), (0.9, 1)))"
WEIGHTED = "(SELECT score_set(column1, column2, {}) FROM (VALUES (0.1, 0), (0.9, 1)))"
out.error(f"SELECT bootstrap_ci({WEIGHTED.format(0.5)}, 'roc_auc')", "bootstrap_ci: resampling draws whole rows, so weights must be integers up to 2^44; with others, "
          "bootstrap the query itself: multiply the weight by poisson_weight(key, replicate) and GROUP BY replicate")
out.error(f"SELECT * FROM bootstrap({WEIGHTED.format(2**30 + 1)}, 'roc_auc')", "bootstrap: resampling draws at most 2147483648 rows")
out.error(f"SELECT * FROM bootstrap({SET}, 'kappa')", "bootstrap: the metric does not read such rows")
out.error("SELECT compare_ci(0.1, 0.2, 1, 'kappa')", "compare_ci: the metric must be one of scores")
out.error("SELECT bootstrap_ci(score_set(1.5, 1), 'log_loss')", "bootstrap_ci: the metric takes probabilities, and the set holds scores outside [0,1]")
for text, hint in (("npv", "at one cutoff it is 'npv_at:CUTOFF'"), ("f1_at", "it is written 'f1_at:CUTOFF'"), ("roc_auc:3", "it is written 'roc_auc'"),
                   ("fbeta_at:0.5", "it is written 'fbeta_at:CUTOFF,BETA'"), ("fbeta_at:0.5,-1", "it is written 'fbeta_at:CUTOFF,BETA'"),
                   ("best_cutoff:nope", "it is written 'best_cutoff[:OBJECTIVE]'"), ("AREA", "SELECT name FROM mlmetrics_functions lists the metrics, in lower case"),
                   ("evaluate_binary", "that one does not give a number of a score set or a class set")):
    out.error(f"SELECT bootstrap_ci({SET}, '{text}')", f"cannot be text '{text}'; {hint}")
out.error("SELECT bootstrap_ci(class_set(1, 1), 'kappa_linear:[0,1]')", "cannot be text 'kappa_linear:[0,1]'; it is written 'kappa_linear', without a list "
          "of classes, which kappa_linear_ci(set, '[…]') takes")
out.error(f"SELECT bootstrap_ci({SET}, 'roc_auc', 10)", "bootstrap_ci: level must be within (0,1), got 10")
out.error("poisson_weight('ann', -1)", "poisson_weight: replicate must be an integer from 0 to 2^53, got -1")
out.write()
