#!/usr/bin/env python3
"""Writes the tables of ext/math: exp_table.c, log_table.c, softplus_table.c, erfcx_table.c, legendre_table.c.

Needs mpmath. Run from the repository root: python3 tests/oracle/tables.py
Every number is the nearest double of a value computed with 60 digits, or a short one on purpose (said where it is made).
"""
from mpmath import mp, mpf, exp, log, log1p, cos, pi, matrix, lu_solve, floor, erf, erfc, fac2, sqrt

mp.dps = 60


def short(x, bits=53):
    """x rounded to so many significant bits, ties to even, as a float."""
    x = mpf(x)
    if abs(x) < mpf(2) ** -150:  # what is left of a zero
        return 0.0
    mp_bits, kept = mp.prec, None
    mp.prec = bits
    kept = +x
    mp.prec = mp_bits
    return float(kept)


def on_grid(x, unit):
    return float(floor(mpf(x) / unit + mpf(1) / 2) * unit)


def fit(f, half_width, degree):
    """Coefficients, from the constant one up, of the polynomial that meets f at the Chebyshev nodes of +-half_width.

    Its error is within a few per cent of the least possible for these intervals."""
    n = degree + 1
    nodes = [half_width * cos(pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    rows = matrix([[x**j for j in range(n)] for x in nodes])
    values = matrix([f(x) for x in nodes])
    old, mp.dps = mp.dps, 120
    solved = lu_solve(rows, values)
    mp.dps = old
    return list(solved)


def hexed(x):
    mantissa, exponent = float(x).hex().split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{int(exponent)}"


def listed(numbers):
    return ", ".join(hexed(x) for x in numbers)


def write(name, sentence, body):
    with open(f"ext/math/{name}_table.c", "w") as out:
        out.write(f"/* {sentence}\n *\n * Written by tests/oracle/tables.py: edit there. */\n")
        out.write(f'#include "math/{name}_table.h"\n\n/* clang-format off */\n{body}/* clang-format on */\n')


def series(f, taylor, x):
    """f(x), by its power series where x is so small that f's own formula would cancel."""
    return f(x) if abs(x) > mpf(10) ** -5 else sum(taylor(i) * x**i for i in range(10))


def exp_table():
    step = log(mpf(2)) / 128
    step_hi = short(step, 34)  # times an integer below 2^18: exact
    poly = fit(lambda r: series(lambda x: (exp(x) - 1 - x) / x**2, lambda i: 1 / mp.factorial(i + 2), r), step / 2, 3)
    rows = ""
    for j in range(128):
        exact = mpf(2) ** (mpf(j) / 128)
        power = short(exact)
        rows += f"    {{{hexed(power)}, {hexed(short(exact / mpf(power) - 1))}}},\n"
    write("exp", "2^(j/128), and what the reduction to |r| <= ln 2 / 256 needs.",
          "const ExpTable mlm_exp_table = {\n"
          f"  .steps_per_unit = {hexed(short(1 / step))},\n"
          f"  .step_hi = {hexed(step_hi)}, .step_lo = {hexed(short(step - mpf(step_hi)))},\n"
          f"  .poly = {{{listed(short(c) for c in poly)}}},\n"
          f"  .log2_e = {{{', '.join(hex(int(floor(2**191 / log(mpf(2)))) >> shift & 2**64 - 1) for shift in (0, 64, 128))}}},\n"
          f"  .power = {{\n{rows}  }},\n}};\n")


def from_bits(bits):
    import struct
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def log_table():
    first = 0x3FE6000000000000 - (1 << 44)  # of the lowest interval; 1.0 is then the middle of its own
    poly = fit(lambda r: series(lambda x: (log1p(x) - x + x**2 / 2) / x**3, lambda i: mpf(-1) ** i / (i + 3), r),
               mpf(2) ** -8, 4)
    ln2 = log(mpf(2))
    unit = mpf(2) ** -42  # of the high parts: k ln 2 + log c is then exact
    ln2_hi = on_grid(ln2, unit)
    ln2_mid = short(ln2 - mpf(ln2_hi))
    rows = ""
    for j in range(128):
        low, high = from_bits(first + (j << 45)), from_bits(first + ((j + 1) << 45))
        one = low < 1 < high
        inverse = 1.0 if one else short(2 / (mpf(low) + mpf(high)), 20)  # 20 bits: its product with 32 bits is exact
        c = -log(mpf(inverse))
        hi = on_grid(c, unit)
        mid = short(c - mpf(hi))
        rows += f"    {{{listed([inverse, hi, mid, short(c - mpf(hi) - mpf(mid))])}}},\n"
    write("log", "1/c and log c for 128 intervals of [0.687, 1.375), 1 in the middle of its own; log c in three parts.",
          "const LogTable mlm_log_table = {\n"
          f"  .ln2_hi = {hexed(ln2_hi)}, .ln2_mid = {hexed(ln2_mid)},"
          f" .ln2_lo = {hexed(short(ln2 - mpf(ln2_hi) - mpf(ln2_mid)))},\n"
          f"  .poly = {{{listed(short(c) for c in poly)}}},\n"
          f"  .at = {{\n{rows}  }},\n}};\n")


def softplus_table():
    bits = [53, 50, 44, 38, 32, 26]  # of those of d^1 ... d^6: what |d|/32 <= 1/64 leaves visible
    rows = ""
    for i in range(8 * 32 + 1):
        a = mpf(i) / 32
        poly = fit(lambda d: log1p(exp(-a - d / 32)), mpf(1) / 2, 6)
        hi = short(poly[0])
        value = [hi, short(poly[0] - mpf(hi), 20)]
        rows += f"  {{{listed(value)}, {{{listed(short(c, b) for c, b in zip(poly[1:], bits))}}}}},\n"
    write("softplus", "f(a) = log(1 + e^-a) about a = i/32, i = 0..256: hi, lo, c[0..5].",
          f"const SoftplusEntry mlm_softplus_table[] = {{\n{rows}}};\n")


def scaled_erfc(t):
    """e^(x²) erfc(x) / t where t = 2/(2+x)."""
    x = 2 / t - 2
    if x > 100:
        return sum((-1) ** k * fac2(2 * k - 1) / (2 * x * x) ** k for k in range(16)) / (x * sqrt(pi) * t)
    old, mp.dps = mp.dps, 70
    value = exp(x * x) * erfc(x) / t
    mp.dps = old
    return value


def erfcx_table():
    rows = ""
    for j in range(32):
        middle = (mpf(j) + mpf(1) / 2) / 32
        rows += f"    {{{listed(fit(lambda v: scaled_erfc(middle + v / 32), mpf(1) / 2, 9))}}},\n"
    slope = fit(lambda v: erf(sqrt(v + mpf(1) / 2)) / sqrt(v + mpf(1) / 2), mpf(1) / 2, 13)
    write("erfcx", "Polynomials for erf and for the scaled complementary error function.",
          f"const ErfcxTable mlm_erfcx_table = {{\n  .slope = {{{listed(slope)}}},\n  .piece = {{\n{rows}  }},\n}};\n")


def legendre(n, x):
    """P_n(x) and its derivative."""
    before, value = mpf(1), x
    for k in range(2, n + 1):
        before, value = value, ((2 * k - 1) * x * value - (k - 1) * before) / k
    return value, n * (x * value - before) / (x * x - 1)


def legendre_table():
    rows, n = "", 40
    for i in range(n):
        x = cos(pi * (i + mpf(3) / 4) / (n + mpf(1) / 2))
        for _ in range(8):
            value, slope = legendre(n, x)
            x -= value / slope
        rows += f"  {{{hexed((1 - x) / 2)}, {hexed(1 / ((1 - x * x) * legendre(n, x)[1] ** 2))}}},\n"
    write("legendre", "Nodes and weights of Gauss-Legendre quadrature on [0, 1].",
          f"const LegendreNode mlm_legendre_table[LEGENDRE_NODES] = {{\n{rows}}};\n")


exp_table()
log_table()
softplus_table()
erfcx_table()
legendre_table()
