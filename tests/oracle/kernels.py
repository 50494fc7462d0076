#!/usr/bin/env python3
"""Reference values for ext/math by mpmath, 50 digits and more.

  python3 tests/oracle/kernels.py                       writes tests/oracle/kernels.points, which tests/kernels.c and tests/log_sum.c read
  python3 tests/oracle/kernels.py --long LIBRARY N [FUNCTION ...]
                                                        compares N random points a function with a shared library of ext/math
                                                        and prints the largest error seen in ulp

A line of the file: function, its arguments, the nearest double, and what is left of the exact value in 2^-10 ulp of that
double. Doubles are written as the 16 hexadecimal digits of their bits. Vectors come first, without a length.
"""
import ctypes
import math
import random
import struct
import sys

from mpmath import mp, mpf, exp, log, log1p, expm1

mp.prec = 200


def bits(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def double(b):
    return struct.unpack("<d", struct.pack("<Q", b))[0]


def ulp(x):
    """Of the exact x: 2^-1074 at least."""
    if x == 0:
        return mpf(2) ** -1074
    return mpf(2) ** max(int(mp.floor(mp.log(abs(x), 2))) - 52, -1074)


def nearest(x):
    """(double, rest in 2^-10 ulp) of an mpf."""
    sign, man, e, bc = mpf(x)._mpf_
    if e + bc < -1200:
        return -0.0 if sign else 0.0, 0
    unit = max(e + bc - 53, -1074)
    if e < unit:
        shift = unit - e
        half, man2 = 1 << (shift - 1), man >> shift
        low = man & ((1 << shift) - 1)
        if low > half or (low == half and man2 & 1):
            man2 += 1
    else:
        man2 = man << (e - unit)
    try:
        y = math.ldexp(-man2 if sign else man2, unit)
    except OverflowError:
        y = -math.inf if sign else math.inf
    if math.isinf(y):
        return y, 0
    return y, int(mp.nint((mpf(x) - mpf(y)) / mpf(2) ** (unit - 10)))


# Reference functions: exact values of doubles given as mpf.


def softplus(x):
    return max(x, mpf(0)) + log1p(exp(-abs(x)))


def sigmoid(x):
    return 1 / (1 + exp(-x))


def logit(p):
    if abs(p - mpf(1) / 2) < mpf(2) ** -20:
        return 2 * mp.atanh(2 * p - 1)
    return log(p) - log1p(-p)


def gaps_and_loss(x):
    top = max(range(len(x)), key=lambda j: (x[j], -j))
    gaps = [x[top] - v for v in x]
    return gaps, log1p(sum((exp(-g) for j, g in enumerate(gaps) if j != top), mpf(0)))


def nll(x, i):
    gaps, loss = gaps_and_loss(x)
    return gaps[int(i)] + loss


def nll_soft_smoothed(x, q, eps):
    gaps, loss = gaps_and_loss(x)
    return sum(((1 - eps) * c + eps / len(x)) * (g + loss) for g, c in zip(gaps, q))


def nll_smoothed(x, i, eps):
    return nll_soft_smoothed(x, [mpf(j == int(i)) for j in range(len(x))], eps)


def log_sum_exp(x):
    return max(x) + gaps_and_loss(x)[1]


def softmax(x, i):
    total = sum(exp(v - max(x)) for v in x)
    return exp(x[int(i)] - max(x)) / total


def bce(p, y):
    hit = min(-log(p), mpf(100)) if p > 0 else mpf(100)
    miss = min(-log1p(-p), mpf(100)) if p < 1 else mpf(100)
    return y * hit + (1 - y) * miss


def times_log(a, ratio):
    return a * log(ratio) if a > 0 else mpf(0)


def entropy(p):
    return -sum(times_log(a, a) for a in p)


def kl(p, q):
    return sum(times_log(a, a / b) for a, b in zip(p, q))


def js(p, q):
    middle = [(a + b) / 2 for a, b in zip(p, q)]
    return (sum(times_log(a, a / m) for a, m in zip(p, middle))
            + sum(times_log(b, b / m) for b, m in zip(q, middle))) / 2


def poisson_deviance(p, t):
    return 2 * ((t * log(t / p) if t else 0) - t + p)


def gamma_deviance(p, t):
    return 2 * (log(p / t) + t / p - 1)


def tweedie_deviance(p, t, power):
    if p == t:
        return mpf(0)
    if power in (1, 2):
        return gamma_deviance(p, t) if power == 2 else poisson_deviance(p, t)
    q, s = 1 - power, 2 - power
    return 2 * ((t**s / (q * s) if t > 0 else 0) - t * p**q / q + p**s / s)


# Points.

rng = random.Random(20240229)


def around(x):
    """x and its neighbours."""
    return [math.nextafter(x, -math.inf), x, math.nextafter(x, math.inf)]


def any_positive():
    return double(rng.randrange(1, 0x7FF0000000000000))


def spread(low, high):
    """Log-uniform magnitude between the powers of two."""
    return math.ldexp(rng.uniform(0.5, 1), rng.randint(low, high))


def signed(x):
    return x if rng.random() < 0.5 else -x


def exp_points(n):
    edges = [signed(k * math.log(2) / 256) for k in range(1, 40)] + [709.78, -708.0, -708.4, -745.1, -744.5, 0.0, 1.0]
    return [e for x in edges for e in around(x)] + [
        rng.choice([lambda: rng.uniform(-745.13, 709.78), lambda: signed(spread(-60, 4)), lambda: rng.uniform(-745.1, -700),
                    lambda: rng.uniform(-1, 1)])() for _ in range(n)]


def softplus_points(n):
    edges = [k / 32 + 1 / 64 for k in range(0, 256, 5)] + [8.0, 7.984375, 700.0, 36.0, 708.0, 745.1]
    return [signed(e) for x in edges for e in around(x)] + [
        rng.choice([lambda: rng.uniform(-8, 8), lambda: signed(spread(-60, 4)), lambda: rng.uniform(-745.1, 745),
                    lambda: rng.uniform(-45, 45), lambda: rng.uniform(-745.1, -690)])() for _ in range(n)]


def log_points(n):
    edges = [double(0x3FE6000000000000 - (1 << 44) + (k << 45)) for k in range(0, 129, 2)]
    edges += [5e-324, 2.0**-1022, 1.0, 2.0, 1.7e308, 0.6796875, 1.359375]
    return [e for x in edges for e in around(x) if e > 0] + [
        rng.choice([any_positive, lambda: rng.uniform(0.6, 1.5), lambda: 1 + signed(spread(-52, -4)), rng.random,
                    lambda: double(rng.randrange(1, 1 << 52))])() for _ in range(n)]


def chance():
    return rng.choice([rng.random, lambda: spread(-70, 0), lambda: 1 - spread(-52, -1), lambda: spread(-1073, 0),
                       lambda: 0.5 + signed(spread(-54, -2))])()


def chances(n):
    edges = [0.5, 0.25, 0.75, 5e-324, 2.0**-1022, 1 - 2.0**-53, 2.0**-53, 2.0**-54, 1.5 * 2.0**-53, 0.3125, 2.0**-60]
    return [e for x in edges for e in around(x) if 0 < e < 1] + [chance() for _ in range(n)]


def log1p_points(n):
    return [x - 1 for x in log_points(20) if 2.0**-53 < x < 3] + chances(n // 4) + [-x for x in chances(n // 4)] + [
        rng.choice([any_positive, lambda: rng.uniform(-1, 2), lambda: signed(spread(-60, -1))])() for _ in range(n // 2)]


def one(points):
    return lambda n: [(x,) for x in points(n)]


def label_points(n):
    return [(p, float(rng.randrange(2))) for p in chances(n)]


def soft_target():
    return rng.choice([rng.random, lambda: spread(-60, 0), lambda: 1 - spread(-52, -1), lambda: rng.randrange(9) / 8])()


def bce_points(n):
    # Logarithms of -100.5 and from -100.000002 to -100, which are cut off, and of -99.1.
    edges = [(math.exp(-100) * (1 + k * 2.0**-52), 0.5) for k in (-1, 0, 1)]
    edges += [(2.0**-145, 0.5), (2.0**-145, 1.0), (3.7200716e-44, 0.5), (float.fromhex("0x1.a8c1c50a5e5b9p-145"), 0.5), (2.0**-143, 1.0)]
    return edges + [(rng.choice([chance(), 0.0, 1.0, chance()]), soft_target()) for _ in range(n)]


def bce_logits_points(n):
    weight = lambda: rng.choice([1.0, 1.0, 3.0, rng.uniform(0, 20), spread(-30, 30), 0.0])
    # Beside -700, where e^z rounded once more would be wrong by 1.4 ulp; tiny labels, and numbers whose product is not.
    edges = [(-700.0441205611266, 0.03607373564117167, 0.0), (700.0242582129079, 1.0, 3.786633551264219),
             (-699.3701058645114, 0.02234421980879886, 0.0), (-600.0, 2.0**-600, 1.0), (-(2.0**1000), 2.0**-1022, 1.0), (0.0, 0.5, 2.0),
             (-1.0, 1e-155, 1e305), (-1.0, 2.0**-1074, 1e308), (30.0, 0.3, 1e307)]
    return edges + [(rng.choice(softplus_points(1)) if rng.random() < 0.1 else rng.choice([rng.uniform(-8, 8), rng.uniform(-60, 60),
             rng.uniform(-699, 699), signed(spread(-60, 300))]), soft_target(), weight()) for _ in range(n)] + [
                 (signed(rng.uniform(690, 1390)), rng.choice([1.0, rng.random()]), spread(-899, 899)) for _ in range(n // 10)] + [
                 (rng.choice([rng.uniform(-8, 8), rng.uniform(-60, 60), rng.uniform(-699, 699)]), 1.0,
                  rng.choice([3.0, rng.uniform(0, 20), spread(-30, 30)])) for _ in range(n // 5)]


def logits():
    k = rng.randint(1, 9)
    width = rng.choice([1, 5, 20, 100, 600, 1000])
    shift = rng.choice([0, 0, 1, 30, 1e6, -1e6])
    x = [shift + rng.uniform(-width, width) for _ in range(k)]
    if rng.random() < 0.3:  # one that stands out: a tiny loss
        x[rng.randrange(k)] = shift + width + rng.uniform(0, 40) * rng.choice([1, 10, 17])
    if rng.random() < 0.1:
        x[rng.randrange(k)] = max(x)
    return x


def log_sum_rows():
    if rng.random() < 0.5:
        return tuple(logits())
    k, width = rng.randint(1, 6), rng.choice([2.0**-20, 1.0, 30.0, 800.0, 1e5, 1e10, 1e17])
    base = signed(spread(-30, 59))
    x = [base + rng.uniform(-width, width) for _ in range(k)]
    return tuple(v for v in x if abs(v) < 2.0**60) or (1.0,)


def with_index(x):
    return float(rng.choice([rng.randrange(len(x)), x.index(max(x))]))


def distribution(k):
    p = [rng.choice([rng.random(), 0.0, spread(-40, 0), rng.random()]) for _ in range(k)]
    total = sum(p)
    return [v / total for v in p] if total > 0 else [1.0] + [0.0] * (k - 1)


def positive_distribution(k):
    p = [spread(rng.choice([-30, -3]), 0) for _ in range(k)]
    return [v / sum(p) for v in p]


def close_distributions():
    k = rng.randint(2, 8)
    p = positive_distribution(k)
    if rng.random() < 0.3:
        return p, positive_distribution(k)
    near = rng.choice([1e-3, 1e-6, 1e-9, 1e-12])
    q = [v * (1 + near * rng.uniform(-1, 1)) for v in p]
    total = sum(q)
    return p, [v / total for v in q]


def deviance_points(n):
    """Half apart, where another formula begins; quotients that are no normal number; products that overflow."""
    edges = [(1.0, 0.5), (0.5, 1.0), (1.0, 1.5), (1.5, 1.0), (1e300, 4e299), (1e300, 1e-300), (5.5e307, 1.7e308),
             (6e307, 1.7e308), (1.7e308, 1e308)]
    return edges + [(p, p * rng.choice([1 + signed(spread(-40, -1)), spread(-60, 60)])) for p in (spread(-60, 60) for _ in range(n))]


def tweedie_points(n):
    """At and around the ends of the formulas, where the next one would lose digits; with exponents of e of exactly 1 and -1."""
    edges = [(1.0, 1.0625, 1.46), (1.0, 0.9570652608338879, 1.38), (1.0, 1.0432733328897974, 1.4), (1.0, 2.0, -0.1), (1.0, 1e30, 2.0),
             (1.0, 0.9892613347498853, -11.66), (1.0, 1.0111640761996914, 11.64), (1.0, 0.9892722773480825, 12.0),
             (1.0, 1.010701979191027, -12.0), (1.0, 2.100548878739358, -0.3473481226149674), (1.0, 2.100548878739358, 3.3473481226149673),
             (1.0, 15.476812163247857, 1.6349489526257146), (1.0, 15.476812163247857, 1.3650510473742854),
             # Powers of which 2 - power is no double; near the end of the series; far apart.
             (442219594.5779087, 463314460.0663762, -2.8987410268077034), (1.0, 1.0727768408605993, 1.4735158568121158),
             (0.016983397118672874, 2.893787728847501e16, -7.8808781418614435),
             # Powers or terms overflow or underflow where the deviance does not.
             (14554.07, 1.77e22, -11.87), (1e-323, 1.0065762402334841, 1.8172320953556853),
             (5e-324, -1.81901565766472e307, -0.6090845363424985), (0.9758014477803691, 1.7976931348623157e308, 9.664601604659318),
             (2.5e35, 2.5000000000000023e35, -7.0), (1e-310, 1.1e-310, 3.0), (1e12, 3e-300, -23.7), (1e-200, 1e200, 1.53125),
             (3.0, 0.0, -645.0), (1e-40, 1.5e-40, -6.0), (1e-300, 0.5, 1.0078125), (5e-324, 1e-323, 1.5), (2.0, 3.0, -600.0),
             # Powers near 1 and 2 of numbers far apart, where the terms cancel.
             (3.3011729832852665e-308, 320423.47706790536, 1.000000020750748),
             (0.9441090096247273, 4.097478411388935e172, 1.0000000000001696),
             (8.662791375308557e307, 7.879677811205174e117, 2.000000000000051),
             (5e-324, 7.166804372650773e-169, 1.000000260796852),
             (1.8676138422503308, 2.2250738585072014e-308, 1.9999999999994473), (1e250, 1e-300, 2.0000000000000004),
             (3.0, 5.0, 0.0), (-3.0, 5.5, 0.0), (2.0, 3.0, 1.0), (2.0, 0.0, 1.0), (2.0, 2.0, 1.5),
             (1e-200, 1e100, -1.0), (1e-30, 0.5, 1.5), (0.5, 1.5, -900.0),
             # Large powers of numbers close together.
             (1.0, 0.6, -1500.0), (1.0, 1.4, -1800.0), (0.9, 1.3, -1700.0), (1.0, 1.3, -2600.0), (1.1, 0.7, -1999.0),
             (1.0000000000000002, 1.0001409962649537, 2788803.1817353596), (0.9999999999999999, 0.9999999986635587, -425051005905.38074),
             (25155.06409564432, 7.322756655569216e-11, -12.948817645500256), (2.5, 1.6, -13.0), (2.5, 1.2, 90.5), (7e300, 7.1e300, 3.5),
             (1e-310, 1.3e-310, 2.5), (1e20, 1.3e20, -13.0), (3e-20, 3.3e-20, 13.5), (1.0, 0.96, -4000.0), (1.0, 1.04, 4000.0)]
    powers = [k / 4 for k in range(-48, 49) if k < 0 or k > 4]
    power = lambda: rng.choice([rng.choice(powers), rng.uniform(1, 2), rng.uniform(2, 12), rng.uniform(-12, 0)])
    ratio = lambda: rng.choice([1 + signed(spread(-20, -1)), spread(-4, 4), spread(-60, 60)])
    near = [(p, p * ratio(), power()) for p in (rng.uniform(0.25, 4) for _ in range(n))]
    return edges + near + [point for point in far_points(n) if within_range(tweedie_deviance, point)]


def far_points(n):
    """Of all sizes, on either side of each other; powers near 1 and 2, and far above and below; t = 0 and t < 0."""
    beside = lambda: rng.choice([1.0, 2.0]) + signed(spread(-40, -5))
    steep = lambda: signed(rng.uniform(12, 400))
    any_power = lambda: rng.choice([rng.uniform(1.01, 1.99), rng.uniform(-13, 0), beside()])
    makers = [lambda p: (p, p * spread(61, 200), beside()), lambda p: (p, p * spread(-200, -61), beside()),
              lambda p: (p, 0.0, any_power()), lambda p: (p, -spread(-100, 100), rng.uniform(-30, -0.1)),
              lambda p: (p, p * rng.uniform(0.3, 2.5), steep()), lambda p: (p, p * spread(-70, 70), steep() / 6),
              lambda p: (p, spread(-1074, 1000), any_power()), lambda p: (p, p * spread(-80, 80), any_power())]
    points = [make(spread(*rng.choice([(-40, 40), (-300, 300), (-1070, 1010)]))) for _ in range(n // 12) for make in makers]
    return [(p, t, power) for p, t, power in points if p > 0 and not math.isinf(t) and not 0 <= power <= 1 and (t > 0 or power < 2)
            and (t >= 0 or power < 0)]


def within_range(reference, point):
    """Whether the value is a normal number."""
    return mpf(2) ** -1022 <= abs(exact(reference, point)) < mpf(2) ** 1023


def large_deviance_points(n):
    """Also targets for which a product overflows where the deviance does not."""
    huge = [(spread(880, 1023), spread(1013, 1023)) for _ in range(n // 10)]
    zero = [(spread(-1000, 1000), 0.0) for _ in range(n // 40)]
    return deviance_points(n) + zero + [point for point in huge if within_range(poisson_deviance, point)]


def nearly_equal_points(n):
    """Pairs whose series has to have every term, and two that are closer than 2^-51."""
    edges = [(0.2466477069391331, 0.24474077580304462), (0.49467590604716744, 0.4908338285478782),
             (0.8637012629776983, 0.8704294394987908), (0.8275607920910799, 0.8213359759366184),
             (0.505560749510719, 0.5016825669601195), (0.17777665433843057, 0.17777665433843035)]
    return edges + rows(lambda: flat(*close_distributions()))(n)


def smoothing():
    return rng.choice([0.0, 0.1, rng.random(), spread(-40, -1)])


def rows(make):
    return lambda n: [make() for _ in range(n)]


def flat(*parts):
    return tuple(v for part in parts for v in (part if isinstance(part, (list, tuple)) else [part]))


def halves(v):
    return v[: len(v) // 2], v[len(v) // 2:]


def with_logits(make):
    def row():
        x = logits()
        return flat(x, *make(x))
    return rows(row)


# name: (points of n, reference of the arguments as mpf, how the library is called, points in the file)
scalar = lambda lib, name, v: getattr(lib, name)(*map(ctypes.c_double, v))


def array(v):
    return (ctypes.c_double * len(v))(*v)


def call_softmax(lib, name, v):
    out = array(v[:-1])
    lib.mlm_softmax(out, ctypes.c_size_t(len(v) - 1), out)
    return out[int(v[-1])]


size = ctypes.c_size_t
FUNCTIONS = {
    "exp": (one(exp_points), exp, scalar, 1500),
    "log": (one(log_points), log, scalar, 1500),
    "log1p": (one(log1p_points), log1p, scalar, 600),
    "softplus": (one(softplus_points), softplus, scalar, 1800),
    "log_sigmoid": (one(softplus_points), lambda x: -softplus(-x), scalar, 300),
    "sigmoid": (one(softplus_points), sigmoid, scalar, 900),
    "logit": (one(lambda n: [0.4999995238727384] + chances(n)), logit, scalar, 900),
    "neg_log_complement": (one(chances), lambda p: -log1p(-p), scalar, 900),
    "log_loss": (label_points, lambda p, y: -log(p) if y == 1 else -log1p(-p), scalar, 400),
    "bce": (bce_points, bce, scalar, 900),
    "bce_logits": (bce_logits_points, lambda z, y, w: (1 - y) * softplus(z) + w * y * softplus(-z), scalar, 1500),
    "nll": (with_logits(lambda x: [with_index(x)]), lambda *v: nll(v[:-1], v[-1]),
            lambda lib, name, v: lib.mlm_nll(array(v[:-1]), size(len(v) - 1), size(int(v[-1]))), 600),
    "nll_smoothed": (with_logits(lambda x: [with_index(x), smoothing()]), lambda *v: nll_smoothed(v[:-2], v[-2], v[-1]),
                     lambda lib, name, v: lib.mlm_nll_smoothed(array(v[:-2]), size(len(v) - 2), size(int(v[-2])),
                                                               ctypes.c_double(v[-1])), 200),
    "nll_soft_smoothed": (with_logits(lambda x: [distribution(len(x)), smoothing()]),
                          lambda *v: nll_soft_smoothed(*halves(v[:-1]), v[-1]),
                          lambda lib, name, v: lib.mlm_nll_soft_smoothed(
                              array(halves(v[:-1])[0]), size(len(v) // 2), array(halves(v[:-1])[1]),
                              ctypes.c_double(v[-1])), 500),
    "softmax": (with_logits(lambda x: [with_index(x)]), lambda *v: softmax(v[:-1], v[-1]), call_softmax, 300),
    "softmax_from": (lambda n: [(x, x + abs(s)) for x, s in zip([rng.uniform(-50, 50) for _ in range(n)],
                                                                softplus_points(n))], lambda x, s: exp(x - s), scalar, 200),
    "entropy": (rows(lambda: distribution(rng.randint(1, 9))), lambda *p: entropy(p),
                lambda lib, name, v: lib.mlm_entropy(array(v), size(len(v))), 200),
    "kl_divergence": (rows(lambda: flat(*close_distributions())), lambda *v: kl(*halves(v)),
                      lambda lib, name, v: lib.mlm_kl_divergence(array(halves(v)[0]), array(halves(v)[1]),
                                                                 size(len(v) // 2)), 300),
    "js_divergence": (nearly_equal_points, lambda *v: js(*halves(v)),
                      lambda lib, name, v: lib.mlm_js_divergence(array(halves(v)[0]), array(halves(v)[1]),
                                                                 size(len(v) // 2)), 300),
    "log_sum": (rows(log_sum_rows), lambda *x: log_sum_exp(x), None, 400),
    "diff_of_products": (rows(lambda: (lambda a, b, c: (a, b, c, a * b / c * (1 + rng.choice([0, 1e-15, 1e-8, 1]))))(
        spread(-20, 20), spread(-20, 20), spread(-20, 20))), lambda a, b, c, d: a * b - c * d, scalar, 200),
    "poisson_deviance": (large_deviance_points, poisson_deviance, scalar, 200),
    "gamma_deviance": (deviance_points, gamma_deviance, scalar, 200),
    "tweedie_deviance": (tweedie_points, tweedie_deviance, scalar, 400),
}


def exact(reference, point):
    """With 1500 bits where the arguments differ so much that exact differences need them."""
    sizes = [abs(v) for v in point if v and not math.isinf(v)]
    mp.prec = 200 if not sizes or max(sizes) < 2.0**60 else 1500
    if len(point) > 1:
        mp.prec += 200
    return reference(*map(mpf, point))


def write_file():
    with open("tests/oracle/kernels.points", "w") as out:
        for name, (points, reference, _, n) in FUNCTIONS.items():
            rng.seed(name)  # so that a function more or less leaves the points of the others as they are
            for point in points(n):
                y, rest = nearest(exact(reference, point))
                out.write(f"{name}\t{' '.join(f'{bits(v):016x}' for v in point)}\t{bits(y):016x}\t{rest}\n")


def compare(path, n, names):
    lib = ctypes.CDLL(path)
    for name, (points, reference, call, _) in FUNCTIONS.items():
        if not call or (names and name not in names):
            continue
        getattr(lib, "mlm_" + name).restype = None if name == "softmax" else ctypes.c_double
        worst, where, wrong, seen = mpf(0), None, 0, 0
        while seen < n:
            for point in points(min(n - seen, 10000)):
                want = exact(reference, point)
                got = call(lib, "mlm_" + name, point)
                seen += 1
                if math.isinf(got):
                    error = mpf(0) if math.isinf(nearest(want)[0]) else mpf("inf")
                else:
                    error = abs(mpf(got) - want) / ulp(want)
                wrong += error > 0.5
                if not error <= worst:
                    worst, where = error, point
        print(f"{name}: {mp.nstr(worst, 5)} ulp at {[v.hex() for v in where or ()]}, "
              f"{100 * wrong / seen:.2f} % not the nearest, {seen} points", flush=True)


if len(sys.argv) > 3 and sys.argv[1] == "--long":
    rng.seed(len(sys.argv[2]) + int(sys.argv[3]))
    compare(sys.argv[2], int(sys.argv[3]), sys.argv[4:])
else:
    write_file()
