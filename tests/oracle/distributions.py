#!/usr/bin/env python3
"""Reference values for the distributions of ext/math by mpmath with 50 digits.

  python3 tests/oracle/distributions.py          writes tests/oracle/distributions.points, which tests/distributions.c reads, and some of
                                                 the points as calls of the SQL functions: tests/oracle/distributions.tsv

A line: function, its arguments, the double nearest to the result, and the relative difference of the exact result from that. Doubles are
hexadecimal. The tails of the gamma and beta distributions are integrals over the logarithm or the logit of the variable, by
Gauss-Legendre quadrature from the argument to where nothing is left, with panels halved until 30 digits stand; they are compared with
mpmath's own functions at moderate parameters first.
"""
import os
import random

from common import Lines, number
from mpmath import mp, mpf, erf, erfc, exp, log, loggamma, log1p, pi, sqrt

mp.dps = 50  # after common, which has 60
HERE = os.path.dirname(os.path.abspath(__file__))
random.seed(20240607)
LEAST, MOST = mpf("1e-305"), mpf("1e305")


# ---- tails ----


def legendre_nodes(n):
    """Nodes and weights of Gauss-Legendre quadrature on [0, 1]."""
    rows = []
    for i in range(n):
        x = mp.cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            before, value = mpf(1), x
            for k in range(2, n + 1):
                before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
            slope = n * (x * value - before) / (x * x - 1)
            x -= value / slope
        rows.append(((1 - x) / 2, 1 / ((1 - x * x) * slope * slope)))
    return rows


NODES = legendre_nodes(40)


def cut(depth, s):
    """The s, from the one given on by doubling and halving, where depth(s) is 80 to 160 or somewhat more."""
    while depth(s) < 80:
        s *= 2
    while depth(s / 2) > 80:
        s /= 2
    return s


def integral(depth, step):
    """Of e^-depth from 0 on; depth is convex, 0 at 0 and rising. Panels are halved until nothing changes."""
    end, panels, last = cut(depth, step), 2, None
    while True:
        width = end / panels
        value = width * sum(w * exp(-depth(width * (i + at))) for i in range(panels) for at, w in NODES)
        if last is not None and abs(value - last) < value * mpf(10) ** -30:
            return value
        last, panels = value, panels * 2


def complement(p):
    """1 - p, or 0, which is no point, where that has fewer than 20 digits left."""
    return 1 - p if 1 - p > mpf(10) ** -9 else mpf(0)


def expm1x(s):
    """e^s - 1 - s."""
    return mp.expm1(s) - s


def gamma_tail(x, a, upper):
    """Q(a,x) or P(a,x), whichever is asked; the tail from x away from a is integrated."""
    above = x >= a
    sign = 1 if above else -1
    depth = lambda s: abs(x - a) * s + x * expm1x(sign * s)
    if not above and a < 5:  # the lower tail by its series
        term = total = 1 / a
        n = 1
        while term > total * mpf(10) ** -55:
            term *= x / (a + n)
            total += term
            n += 1
        width = total
    else:
        width = integral(depth, min(mpf(1), 1 / sqrt(a)))
    tail = width * exp(a * log(x) - x - loggamma(a))
    return tail if above == upper else complement(tail)


def log_beta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def beta_series(x, y, a, b):
    """I(x; a, b) over x^a y^b / B, by the series of positive terms."""
    term = total = 1 / a
    n = 1
    while term > total * mpf(10) ** -55:
        term *= (a + b + n - 1) / (a + n) * x
        total += term
        n += 1
    return total


def beta_tail(x, y, a, b, upper):
    """P(X > x) or P(X <= x); y = 1 - x."""
    if b * x < a * y:
        return beta_tail(y, x, b, a, not upper)
    # the upper tail from x, at or above the mean; t/(1-t) = e^s x/y
    if b < 5 and y < mpf("0.9") and a * y < 200:
        width = beta_series(y, x, b, a)
    else:
        depth = lambda s: b * x * s - a * y * s + (a + b) * (log1p(x * mp.expm1(s)) - x * s)
        width = integral(depth, min(mpf(1), 1 / sqrt(a), 1 / sqrt(b)))
    tail = width * exp(a * log(x) + b * log(y) - log_beta(a, b))
    return tail if upper else complement(tail)


# ---- functions, of doubles given as mpf ----


def normal_sf(x):
    return erfc(x / sqrt(mpf(2))) / 2


def t_sf(t, df):
    if t < 0:
        return complement(t_sf(-t, df))
    total = df + t * t
    return beta_tail(df / total, t * t / total, df / 2, mpf(1) / 2, False) / 2


def f_tail(x, d1, d2, upper):
    total = d1 * x + d2
    return beta_tail(d1 * x / total, d2 / total, d1 / 2, d2 / 2, upper)


def kolmogorov_sf(x):
    if x >= mpf("0.7"):
        return 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * x * x) for k in range(1, 20))
    return 1 - kolmogorov_cdf(x)


def kolmogorov_cdf(x):
    if x >= mpf("0.7"):
        return 1 - kolmogorov_sf(x)
    return sqrt(2 * pi) / x * sum(exp(-((2 * k - 1) ** 2) * pi**2 / (8 * x * x)) for k in range(1, 12))


def binomial_pmf(k, n, p):
    return exp(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p))


FUNCTIONS = {
    "erf": erf,
    "erfc": erfc,
    "normal_cdf": lambda x: normal_sf(-x),
    "normal_sf": normal_sf,
    "log_gamma": loggamma,
    "gamma_cdf": lambda x, a: gamma_tail(x, a, False),
    "gamma_sf": lambda x, a: gamma_tail(x, a, True),
    "chi2_cdf": lambda x, df: gamma_tail(x / 2, df / 2, False),
    "chi2_sf": lambda x, df: gamma_tail(x / 2, df / 2, True),
    "beta_cdf": lambda x, a, b: beta_tail(x, 1 - x, a, b, False),
    "beta_sf": lambda x, a, b: beta_tail(x, 1 - x, a, b, True),
    "t_cdf": lambda t, df: t_sf(-t, df),
    "t_sf": t_sf,
    "f_cdf": lambda x, d1, d2: f_tail(x, d1, d2, False),
    "f_sf": lambda x, d1, d2: f_tail(x, d1, d2, True),
    "binomial_cdf": lambda k, n, p: beta_tail(p, 1 - p, k + 1, n - k, True),
    "binomial_sf": lambda k, n, p: beta_tail(p, 1 - p, k + 1, n - k, False),
    "binomial_pmf": binomial_pmf,
    "kolmogorov_cdf": kolmogorov_cdf,
    "kolmogorov_sf": kolmogorov_sf,
}
# ---- points ----


lines, seen = [], set()


def hexed(x):
    return float(x).hex().replace("0x1.0000000000000p", "0x1p").replace("0x0.0p+0", "0")


def write(name, args, value):
    args = [float(v) for v in args]
    key = (name, *args)
    if key in seen or not LEAST < abs(value) < MOST:
        return
    seen.add(key)
    nearest = float(value)
    rest = float((value - mpf(nearest)) / mpf(nearest))
    lines.append("\t".join([name, " ".join(hexed(v) for v in args), hexed(nearest), f"{rest:.6e}"]))


def add(name, *args):
    args = [float(v) for v in args]
    write(name, args, FUNCTIONS[name](*[mpf(v) for v in args]))


def spread(low, high):
    """A number whose logarithm is even between those of low and high."""
    return float(exp(log(mpf(low)) + mpf(random.random()) * log(mpf(high) / mpf(low))))


def one_variable():
    for i in range(-130, 131):
        x = i / 20 + random.random() / 40
        for name in ("erf", "erfc", "normal_cdf", "normal_sf"):
            if random.random() < 0.6:
                add(name, x)
    for _ in range(200):
        add("erfc", random.uniform(0, 26.2))
        add("normal_cdf", random.uniform(-37.2, 0))
        add("normal_sf", random.uniform(0, 37.2))
    for _ in range(30):
        add("erf", spread(1e-300, 1e-3))
    for x in (0.5, 1.0, 2.0, 27.9, 26.0, 1 / 32, 31.0, 62.0):
        add("erf", x), add("erfc", x), add("erf", -x), add("erfc", -x)
    for _ in range(200):
        add("log_gamma", spread(1e-10, 1e12))
        add("log_gamma", spread(0.5, 25))
    for i in range(-50, 4):
        add("log_gamma", 1 + 2.0**i), add("log_gamma", 2 - 2.0**i if i < 0 else 20)
    for _ in range(200):
        x = random.uniform(0.0425, 3)
        add("kolmogorov_cdf", x), add("kolmogorov_sf", x), add("kolmogorov_sf", random.uniform(0.5, 18.6))


def parameter(k):
    """Three in ten below 20, four up to 1e4, three up to 1e9."""
    return spread(0.1, 25) if k < 0.3 else spread(20, 1e4) if k < 0.7 else spread(1e4, 1e9)


def away():
    """Standard deviations from the mean: mostly few, some many."""
    return random.choice([random.gauss(0, 1), random.uniform(-6, 6), random.uniform(-38, 38)])


def both(name, *args):
    for tail in ("_cdf", "_sf"):
        add(name + tail, *args)


def gammas(n):
    for _ in range(n):
        a = parameter(random.random())
        x = a * float(exp(mpf(away()) / sqrt(mpf(a))) if random.random() < 0.5 else 1 + away() / a**0.5)
        if x > 0:
            both("gamma", x, a)
            both("chi2", 2 * x, 2 * a) if random.random() < 0.1 else None
    for a in (0.001, 0.01, 0.1, 0.5, 0.999, 1, 1.5, 2, 7, 19.99, 20, 20.5, 100):
        for x in (1e-300, 1e-10, 0.01, 0.3, 0.5999, 0.6001, 1, 1.2, a, a * (1 + 2e-16), a + 1, 2 * a, 3 * a + 30, 100, 600):
            both("gamma", x, a)


def betas(n):
    for _ in range(n):
        a, b = parameter(random.random()), parameter(random.random())
        v = log(mpf(a) / b) + away() * sqrt(1 / mpf(a) + 1 / mpf(b))
        x = float(1 / (1 + exp(-v)))
        if 0 < x < 1:
            both("beta", x, a, b)
    for a in (0.001, 0.1, 0.5, 0.99, 1, 3, 19.9, 20, 300):
        for b in (0.001, 0.1, 0.5, 1, 2.5, 19.9, 20, 1000, 1e9):
            for x in (1e-200, 0.6 / b, 0.61 / b, a / (a + b), 0.5, 0.599, 0.601, random.random(), 1 - 1e-10):
                if 0 < x < 1 and random.random() < 0.25:
                    both("beta", x, a, b)
    for _ in range(n // 4):
        a, b = parameter(random.random()), parameter(random.random())
        f = float(exp(away() * sqrt(2 / mpf(a) + 2 / mpf(b))))
        both("f", f, a, b)


def students(n):
    for _ in range(n):
        df = random.choice([spread(0.1, 10), spread(1, 1e4), spread(1e4, 1e9), float(random.randint(1, 30))])
        t = random.choice([abs(random.gauss(0, 1.5)), random.uniform(0, 38), spread(1e-5, 1e5), spread(1e-20, 1e200)])
        add("t_sf", t, df)
        add("t_cdf", -t if random.random() < 0.5 else t, df)


def binomials(n):
    for _ in range(n):
        trials = int(spread(1, 1e9))
        p = random.choice([0.5, random.random(), spread(1e-9, 1)])
        k = round(trials * p + away() * (trials * p * (1 - p)) ** 0.5)
        if 0 <= k < trials:
            both("binomial", k, trials, p)
            add("binomial_pmf", k, trials, p)


def check_tails():
    """The integrals against mpmath's own functions, where these can be had."""
    for _ in range(20):
        a, b = mpf(spread(0.1, 100)), mpf(spread(0.1, 100))
        x, y = mpf(random.betavariate(a, b)), mpf(random.gammavariate(a, 1))
        if 0 < x < 1:
            want = mp.betainc(a, b, 0, x, regularized=True)
            assert abs(FUNCTIONS["beta_cdf"](x, a, b) / want - 1) < mpf(10) ** -28, (x, a, b)
        want = mp.gammainc(a, 0, y, regularized=True)
        assert abs(FUNCTIONS["gamma_cdf"](y, a) / want - 1) < mpf(10) ** -28, (y, a)


def inverse(name, x, args, density):
    """A point of a quantile: p is the double nearest to cdf(x), and the quantile of p is x and the rest over the density, to the
    first order, which leaves less than 1e-24 while the tail is above 1e-3 or p is small."""
    x = mpf(x)
    p = FUNCTIONS[name + "_cdf"](x, *[mpf(v) for v in args])
    if p > LEAST and p < mpf("0.999"):
        write(name + "_quantile", [float(p), *args], x + (mpf(float(p)) - p) / density(x))


def inverse_t(t, df):
    top = loggamma((mpf(df) + 1) / 2) - loggamma(mpf(df) / 2) - log(df * pi) / 2
    inverse("t", t, [df], lambda v: exp(top - (df + 1) / mpf(2) * log1p(v * v / df)))


def inverse_beta(x, a, b):
    inverse("beta", x, [a, b], lambda v: exp((a - 1) * log(v) + (b - 1) * log1p(-v) - log_beta(mpf(a), mpf(b))))


def quantiles(n):
    for _ in range(3 * n):
        x = random.choice([random.gauss(0, 1), random.gauss(0, 1e-5), random.uniform(-38, 3.1), random.uniform(-0.7, 0.7)])
        inverse("normal", x, [], lambda v: exp(-v * v / 2) / sqrt(2 * pi))
    for _ in range(n):
        df = random.choice([spread(0.1, 10), spread(1, 1e4), spread(1e4, 1e9), float(random.randint(1, 30))])
        t = random.choice([random.gauss(0, 1), -spread(1e-12, 1e3), -random.uniform(0, 38), -spread(1, 1e100)])
        inverse_t(t, df)
    for _ in range(n):
        a, b = parameter(random.random()), parameter(random.random())
        v = log(mpf(a) / b) + random.choice([away(), away(), random.uniform(-300, 0)]) * sqrt(1 / mpf(a) + 1 / mpf(b))
        x = float(1 / (1 + exp(-v)))
        if 1e-290 < x < 1:
            inverse_beta(x, a, b)


def limits():
    """Where a method begins or ends, and arguments near the ends of doubles."""
    for x in (2.0**-1074, 1e-310, 1e-290, 1e300):
        add("log_gamma", x)
    both("kolmogorov", 1)
    for f, d1, d2 in ((2.0**-1073, 0.001, 6), (1e-200, 0.01, 3), (1e200, 3, 0.01), (1.7e308, 6, 0.001)):
        both("f", f, d1, d2)
    for t, df in ((1e140, 2), (1e137, 2.1), (1e200, 1.25)):
        add("t_sf", t, df)
    for t, df in ((-4.78e299, 0.65), (-3.71e299, 0.4)):
        inverse_t(t, df)
    for x, a, b in ((0.1, 20, 147), (2.0**-19, 20, 7276314), (2.0**-20, 40, 0.001), (0.02, 117, 0.001)):
        inverse_beta(x, a, b)


def scalars():
    out = Lines("distributions", "Distribution functions and quantiles as scalars: some of the points, within the bounds of ext/math/distributions.h.")
    for name in ("normal_cdf", "normal_sf", "normal_quantile", "t_cdf", "t_quantile", "chi2_cdf", "chi2_sf", "beta_cdf", "beta_quantile", "erf"):
        points = [line.split("\t") for line in lines if line.startswith(name + "\t")]
        for _, args, value, _ in points[:: max(1, len(points) // 15)]:
            out.near(f"{name}({', '.join(number(float.fromhex(x)) for x in args.split())})", float.fromhex(value), 90 if "_" in name and "normal" not in name else 8)
    for call in ("normal_cdf(NULL)", "t_quantile(NULL, 3)", "t_quantile(0.5, NULL)", "beta_cdf(0.5, 1, NULL)", "erf(NULL)"):
        out.null(call)
    for call, message in (("chi2_sf(1, 0)", "df must be > 0, got 0"), ("beta_cdf(0.5, 1, -2)", "b must be > 0, got -2"),
                          ("t_quantile(95, 3)", "p must be within [0,1], got 95")):
        out.error(call, message)
    out.write()


if __name__ == "__main__":
    check_tails()
    one_variable()
    gammas(250)
    betas(250)
    students(300)
    binomials(100)
    quantiles(200)
    limits()
    with open(os.path.join(HERE, "distributions.points"), "w") as out:
        out.write("\n".join(lines) + "\n")
    scalars()
