"""What the generators share: exact references, and the lines of a .tsv file that tests/oracle.c reads.

Numbers go into the SQL as TEXT ('0.1'), which the extension reads to the nearest double on every host; SQLite's own
reading of decimals is off by an ulp now and then before 3.43.
"""
import csv
import math
import os
import struct
from fractions import Fraction

import mpmath
from mpmath import mp, mpf

mp.dps = 60
HERE = os.path.dirname(os.path.abspath(__file__))
INF = math.inf


def exact(x):
    """A float as an mpf, with nothing lost."""
    return mpf(x)


def nearest(x):
    """The double nearest to an int, a Fraction, an mpf or a float."""
    if isinstance(x, Fraction):
        try:
            return x.numerator / x.denominator  # Python rounds the quotient of two integers correctly
        except OverflowError:
            return INF if x > 0 else -INF
    if isinstance(x, mpf):
        if mpmath.isinf(x):
            return INF if x > 0 else -INF
        sign, man, exp, size = x._mpf_
        if not -1100 < exp + size < 1030:
            return (-1) ** sign * (0.0 if not man or exp < 0 else INF)
        return nearest(Fraction(-man if sign else man) * Fraction(2) ** exp)
    return float(x)


def ulp(x):
    return math.ulp(nearest(x))


def number(x):
    """A number as it stands in the SQL."""
    if x is None:
        return "NULL"
    if isinstance(x, str):
        return "'" + x.replace("'", "''") + "'"
    if x == INF:
        return "9e999"
    if x == -INF:
        return "-9e999"
    return str(int(x)) if float(x).is_integer() and abs(x) < 1e15 else f"'{float(x)!r}'"


def json(vector):
    return "[" + ",".join({INF: "9e999", -INF: "-9e999"}.get(x, repr(x)) for x in vector) + "]"


def shown(x):
    """A double as results in JSON show it: the fewest digits that read back, laid out as C's %.17g, always a REAL."""
    if math.isinf(x):
        return "9e999" if x > 0 else "-9e999"
    if 1e16 <= abs(x) < 1e17:  # repr would write an exponent
        return f"{x:.1f}"
    mantissa, _, exponent = repr(float(x)).partition("e")
    return mantissa + ("" if "." in mantissa else ".0") + ("e" + exponent if exponent else "")


def float32(vector):
    """The BLOB literal of a vector whose entries are float32 numbers."""
    return "x'" + struct.pack(f"<{len(vector)}f", *vector).hex() + "'"


def over(names, rows, what):
    """SQL for `what` over the rows, whose columns have these names."""
    values = ",".join("(" + ",".join(number(x) for x in row) + ")" for row in rows)
    return f"WITH t({','.join(names.split())}) AS (VALUES {values}) SELECT {what} FROM t"


def table(name):
    """The rows of a demo table as dictionaries, numbers as float or int."""

    def read(text):
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                pass
        return text

    with open(os.path.join(HERE, "..", "data", name + ".csv")) as file:
        return [{key: read(text) for key, text in row.items()} for row in csv.DictReader(file)]


def agree(ours, theirs, relative=1e-9, absolute=0.0):
    """The reference library says the same, as far as its own rounding goes."""
    ours, theirs = nearest(ours), float(theirs)
    assert ours == theirs or abs(ours - theirs) <= absolute + relative * max(abs(ours), abs(theirs)), (ours, theirs)


class Lines:
    def __init__(self, stem, sentence):
        self.path = os.path.join(HERE, stem + ".tsv")
        self.stem = stem
        self.lines = [f"# {sentence} Written by tests/oracle/{stem}.py."]
        self.tables = {}

    def note(self, text):
        self.lines.append("# " + text)

    def add(self, sql, kind, value):
        sql = sql if sql.startswith(("SELECT", "WITH", "CREATE")) else "SELECT " + sql
        assert "\t" not in sql and "\n" not in sql
        self.lines.append(f"{sql}\t{kind}\t{value}")

    def table(self, names, rows):
        """The name of a table with these rows, which is made where it is first needed."""
        values = ",".join("(" + ",".join(number(x) for x in row) + ")" for row in rows)
        if (names, values) not in self.tables:
            name = f"{self.stem}_{len(self.tables) + 1}"
            self.add(f"CREATE TEMP TABLE {name} AS WITH t({','.join(names.split())}) AS (VALUES {values}) SELECT * FROM t", "run", "")
            self.tables[names, values] = name
        return self.tables[names, values]

    def bits(self, sql, x):
        self.add(sql, "bits", struct.pack(">d", nearest(x)).hex())

    def near(self, sql, x, ulps):
        self.add(sql, f"ulp:{ulps}", struct.pack(">d", nearest(x)).hex())

    def int(self, sql, x):
        self.add(sql, "int", int(x))

    def text(self, sql, text):
        self.add(sql, "text", text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))

    def null(self, sql):
        self.add(sql, "null", "")

    def error(self, sql, part):
        self.add(sql, "error", part)

    def write(self):
        with open(self.path, "w") as file:
            file.write("\n".join(self.lines) + "\n")
        checks = [line for line in self.lines if "\t" in line and "\trun\t" not in line]
        print(f"{self.stem}.tsv: {len(checks)} checks")
