#!/usr/bin/env python3
"""Writes ext/base/powers_of_ten.c, and proves that 128 bits of a power suffice to print 17 digits.

Needs nothing but Python. Run from the repository root: python3 tests/oracle/powers_of_ten.py
"""
from fractions import Fraction
from math import floor

LOWEST, HIGHEST = -342, 340  # from the least exponent a parsed number may have to the greatest that printing needs
EXACT = 55  # 5^55 < 2^128: up to here, from 0, a power is exact


def log2_floor(q):
    """floor(q log2 10), as ext/math/decimal.h computes it."""
    return (q * 217706 + (1 << 30) >> 16) - (1 << 14)


def log10_floor(e):
    """floor(e log10 2), as ext/math/number_print.c computes it."""
    return (e * 315653 + (1 << 30) >> 20) - (1 << 10)


def significand(q):
    p = floor(Fraction(10) ** q * Fraction(2) ** (127 - log2_floor(q)))
    assert 1 << 127 <= p < 1 << 128
    return p


def write(path):
    rows = [f"{{0x{p >> 64:016x}, 0x{p & (1 << 64) - 1:016x}}}" for p in map(significand, range(LOWEST, HIGHEST + 1))]
    lines = ["  " + ", ".join(rows[i:i + 2]) + "," for i in range(0, len(rows), 2)]
    with open(path, "w") as out:
        out.write("/* The powers of ten from 10^-342 to 10^340, truncated to 128 bits.\n *\n"
                  " * Written by tests/oracle/powers_of_ten.py: edit there. */\n"
                  '#include "base/powers_of_ten.h"\n\n/* clang-format off */\n'
                  "const U128 mlm_powers_of_ten[MLM_POWER_HIGHEST - MLM_POWER_LOWEST + 1] = {\n")
        out.write("\n".join(lines) + "\n};\n")


def first_within(a, c, low, high):
    """The least m >= 0 with low <= a m mod c <= high, or None; 0 <= low <= high < c. As Euclid's algorithm."""
    a %= c
    if low == 0:
        return 0
    if a == 0:
        return None
    if 2 * a > c:
        return first_within(c - a, c, c - high, c - low)
    m = -(-low // a)
    if m * a <= high:
        return m
    turns = first_within(-c % a, a, low % a, high % a)
    return None if turns is None else -(-(low + c * turns) // a)


def near_tie(e, first, last, q, units):
    """A significand m in first..last whose m 2^e 10^q is within so many units of the product's last bit of an integer
    and a half, or None. The product is off by less than 2 units, so without such an m it is rounded rightly."""
    scaled = Fraction(2) ** e * Fraction(10) ** q
    if 0 <= q <= EXACT or scaled.denominator == 1:
        return None
    a, c = scaled.numerator, scaled.denominator
    width = units * Fraction(2) ** (e - (64 - last.bit_length()) + log2_floor(q) - 63)
    low, high = floor((Fraction(1, 2) - width) * c) + 1, floor((Fraction(1, 2) + width) * c)
    if low > high:
        return None
    start = (low - a * first) % c
    end = start + high - low
    spans = [(start, end)] if end < c else [(start, c - 1), (0, end - c)]
    found = [t for t in (first_within(a, c, *span) for span in spans) if t is not None and t <= last - first]
    return first + min(found) if found else None


def prove(digits, units, integers=0):
    """No double is so near a tie at so many digits; multiples of a power of ten up to 10^integers apart."""
    for e in range(-1074, 1024):
        if e < -1022:
            exponent, first, last = -1074, 1 << e + 1074, (1 << e + 1075) - 1
        else:
            exponent, first, last = e - 52, 1 << 52, (1 << 53) - 1
        for magnitude in (log10_floor(e), log10_floor(e) + 1):
            if 0 < magnitude + 1 - digits <= integers:
                continue  # number_print.c divides these as integers
            m = near_tie(exponent, first, last, digits - 1 - magnitude, units)
            assert m is None, (m, exponent, magnitude)


if __name__ == "__main__":
    prove(17, 23)
    prove(15, 23, 3)
    write("ext/base/powers_of_ten.c")
