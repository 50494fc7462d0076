#!/usr/bin/env python3
"""DeLong's intervals and test against pROC: its aSAH data, whose table stays in R, and random tables with ties.

    proc.py LIBRARY [TABLES]

Needs Rscript and the package pROC (Debian: r-cran-proc); the last line is "N passed, N failed". On aSAH, ours are the numbers that pROC has
printed. On the random tables they are within 1e-9 of pROC's, and within 1e-14 of fractions. Differences are taken relative to the larger
number, those of p-values and bounds relative to 1.
"""
import json
import math
import random
import sqlite3
import subprocess
import sys
from fractions import Fraction

library, tables = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300
rng = random.Random(14)
passed, failures = 0, 0


db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(library)


def check(what, ours, theirs, bound, scale=None):
    global passed, failures
    if ours is not None and abs(ours - theirs) <= bound * (scale or abs(theirs)):
        passed += 1
    else:
        failures += 1
        print(f"{what}: {ours!r}, expected {theirs!r}")


def ask(expression):
    return json.loads(db.execute(f"SELECT {expression} FROM t").fetchone()[0])


def r(program):
    """The numbers that an R program prints."""
    program = "suppressMessages(library(pROC)); options(digits = 17)\n" + program
    done = subprocess.run(["Rscript", "-"], input=program, capture_output=True, text=True)
    if done.returncode:
        sys.exit("pROC could not be asked: " + done.stderr)
    return [float(x) for x in done.stdout.split()]


# ---- aSAH: as many digits as have been printed of pROC's numbers ----
ASAH = {
    "roc_auc_ci(wfns, y)": {"value": "0.823678861788618", "low": "0.73576", "high": "0.88684", "variance": "0.00146991470882363"},
    "roc_auc_ci(s100b, y)": {"value": "0.7313685636856369", "low": "0.61922", "high": "0.82009"},
    "roc_auc_ci(ndka, y)": {"value": "0.611957994579946", "low": "0.49733", "high": "0.71540"},
    "roc_auc_ci(ndka, y, 0.95, 'normal')": {"low": "0.501244999271703", "high": "0.722670989888189"},
    "delong_test(wfns, s100b, y)": {"statistic": "2.20898359144091", "p_value": "0.0271757822291882", "low": "0.0104061769564846",
                                    "high": "0.174214419249478"},
}


def half_of_last_digit(printed):
    return 0.5 * 10.0 ** -len(printed.split(".")[1])


def asah():
    numbers = r("data(aSAH); cat(as.integer(aSAH$outcome == 'Poor'), as.integer(aSAH$wfns), aSAH$s100b, aSAH$ndka)")
    n = len(numbers) // 4
    db.execute("CREATE TABLE t(y, wfns, s100b, ndka)")
    db.executemany("INSERT INTO t VALUES (?, ?, ?, ?)", zip(*(numbers[i * n:(i + 1) * n] for i in range(4))))
    for call, expected in ASAH.items():
        got = ask(call)
        got["variance"] = got["se"] ** 2
        for key, printed in expected.items():
            # One unit of a double more, since the printed numbers have rounding errors of R's own.
            check(f"aSAH, {call}, {key}", got[key], float(printed), half_of_last_digit(printed) + 4e-16, 1)


# ---- random tables ----
def placements(scores, labels):
    return [sum((s > t) + Fraction(s == t, 2) for t, other in zip(scores, labels) if other != label) if label else
            sum((s < t) + Fraction(s == t, 2) for t, other in zip(scores, labels) if other != label)
            for s, label in zip(scores, labels)]


def delong(values, labels):
    """The mean of values and its variance, by DeLong's components."""
    counts = [labels.count(0), labels.count(1)]
    variance = Fraction(0)
    for label in (0, 1):
        own = [v / counts[1 - label] for v, y in zip(values, labels) if y == label]
        mean = sum(own) / len(own)
        variance += sum((x - mean) ** 2 for x in own) / (len(own) - 1) / len(own)
    return mean, variance


def root(x):
    """The root of a Fraction to 30 digits, as a float."""
    return math.isqrt(x.numerator * 10**60 // x.denominator) / 10**30 if x else 0.0


def draw_table():
    n, grid = rng.randrange(8, 60), rng.choice((2, 3, 5, 20, 1000))
    labels = [0, 0, 1, 1] + [int(rng.random() < rng.choice((0.2, 0.5, 0.9))) for _ in range(n - 4)]
    column = lambda shift: [(rng.randrange(grid) + shift * y) / 8 for y in labels]
    return column(rng.choice((0, 1, grid // 2))), column(rng.choice((0, 1))), labels


def ask_proc(drawn):
    vector = lambda x: "c(" + ",".join(map(repr, x)) + ")"
    program = ["f <- function(y, a, b) { one <- roc(y, a, levels = c(0, 1), direction = '<', quiet = TRUE)",
               "two <- roc(y, b, levels = c(0, 1), direction = '<', quiet = TRUE)",
               "r <- suppressWarnings(roc.test(one, two, paired = TRUE))",
               "cat(auc(one), var(one), suppressWarnings(ci(one)), auc(two), r$statistic, r$p.value, r$conf.int, fill = FALSE); cat('\\n') }"]
    program += [f"f({vector(y)}, {vector(a)}, {vector(b)})" for a, b, y in drawn]
    numbers = r("\n".join(program))
    return [numbers[i:i + 10] for i in range(0, len(numbers), 10)]


def random_tables():
    drawn = []
    while len(drawn) < tables:
        a, b, y = draw_table()
        place = [placements(x, y) for x in (a, b)]
        difference = delong([p - q for p, q in zip(*place)], y)
        one = delong(place[0], y)
        if difference[1] and one[1]:
            drawn.append((a, b, y, one, delong(place[1], y)[0], difference))
    db.execute("DROP TABLE t")
    db.execute("CREATE TABLE t(a, b, y)")
    for (a, b, y, one, two, difference), proc in zip(drawn, ask_proc([row[:3] for row in drawn]), strict=True):
        db.execute("DELETE FROM t")
        db.executemany("INSERT INTO t VALUES (?, ?, ?)", zip(a, b, y))
        interval, test = ask("roc_auc_ci(a, y, 0.95, 'normal')"), ask("delong_test(a, b, y)")
        auc, variance, low, _, high, auc_b, z, p, d_low, d_high = proc
        check("AUC, pROC", interval["value"], auc, 1e-9)
        check("variance, pROC", interval["se"] ** 2, variance, 1e-9)
        check("low, pROC", interval["low"], low, 1e-9, 1)
        check("high, pROC", interval["high"], high, 1e-9, 1)
        check("AUC of b, pROC", test["auc_b"], auc_b, 1e-9)
        check("statistic, pROC", test["statistic"], z, 1e-9, max(abs(z), 1))
        check("p_value, pROC", test["p_value"], p, 1e-9, 1)
        check("low of the difference, pROC", test["low"], d_low, 1e-9, 1)
        check("high of the difference, pROC", test["high"], d_high, 1e-9, 1)
        check("AUC, exact", interval["value"], float(one[0]), 1e-14)
        check("se, exact", interval["se"], root(one[1]), 1e-14)
        check("AUC of b, exact", test["auc_b"], float(two), 1e-14)
        check("difference, exact", test["difference"], float(difference[0]), 1e-14)
        check("se of the difference, exact", test["se"], root(difference[1]), 1e-14)
        check("statistic, exact", test["statistic"], float(difference[0]) / root(difference[1]), 1e-14)


asah()
random_tables()
print(f"{passed} passed, {failures} failed")
sys.exit(failures > 0)
