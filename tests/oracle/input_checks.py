#!/usr/bin/env python3
"""Expected values of to_number and to_label: the decimals in fractions, the words by the lists of the rules."""
from fractions import Fraction

from common import INF, Lines, number

out = Lines("input_checks", "Dirty columns.")

out.note("to_number: fractions of what the text says, rounded once")
READ = {
    "0.53": "0.53", "58.45%": "0.5845", "58,45 %": "0.5845", "75,5%": "0.755", "100%": "1", "0.1%": "0.001", "1e3": "1000", " 7 ": "7",
    "+7": "7", "-2.5": "-2.5", "\u22122.5": "-2.5", "1,234.5": "1234.5", "1.234,5": "1234.5", "1,234,567": "1234567",
    "1.234.567": "1234567", "1'234.5": "1234.5", "1 234,5": "1234.5", "12,5": "12.5", "1,5000": "1.5", "$12.50": "12.5", "12.50 €": "12.5",
    "-$12.50": "-12.5", "(12.50)": "-12.5", "(5%)": "-0.05", "($1,234.50)": "-1234.5",
}
for text, value in READ.items():
    out.bits(f"to_number({number(text)})", Fraction(value))
for text, mark, value in (("1,500", "comma", "1.5"), ("1,500", "point", "1500"), ("1.500", "comma", "1500"), ("75,5%", "comma", "0.755"),
                          ("1,234.5", "point", "1234.5")):
    out.bits(f"to_number({number(text)}, '{mark}')", Fraction(value))
for text, value in (("inf", INF), ("-Infinity", -INF), ("\u221e", INF)):
    out.bits(f"to_number({number(text)})", value)
out.bits("to_number(9007199254740993)", 2**53)
out.bits("to_number(-0.25)", -0.25)
MISSING = ("", "  ", "NA", "n/a", "NaN", "null", "None", "-", "?")
for text in MISSING:
    out.null(f"to_number({number(text)})")
    out.null(f"to_label({number(text)})")
out.null("to_number(NULL)")
out.null("to_label(NULL)")
for text in ("abc", "1,500", "12 apples", "1,23,456", "$", "%", "1.2.3", "--5", "0x10", "True", "58.45%%", "5% $"):
    out.error(f"to_number({number(text)})", "x must be a number")
out.error("to_number('0.53', 'comma')", "x must be a number")
out.error("to_number(1, 'dot')", "mark must be")
out.error("to_number(x'00')", "x must be a number")

out.note("to_label: the words of the two classes")
WORDS = (("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"), ("on", "off"), ("positive", "negative"), ("pos", "neg"), ("1", "0"), ("1.0", "-0"))
for pair in WORDS:
    for word, label in zip(pair, (1, 0)):
        for text in sorted({word, word.upper(), word.title(), f" {word} "}):
            out.int(f"to_label({number(text)})", label)
for value in ("2", "-1", "0.5", "'maybe'", "'2'", "x'01'", "9e999"):
    out.error(f"to_label({value})", "x must be 0 or 1")

out.note("input_problems: counts by hand")
DIRT = "(VALUES ('0.53', 1), ('58.45%', 'True'), ('', '0'), ('NA', 'nan'), (NULL, 2), ('abc', 'x'), (0.1, 0))"
for path, count in (("rows", 7), ("clean", 2), ("problems[0].rows", 1), ("problems[1].rows", 1)):
    out.int(f"SELECT json_extract(input_problems(column1, column2), '$.{path}') FROM {DIRT}", count)
out.int(f"SELECT json_array_length(input_problems(column1, column2), '$.problems') FROM {DIRT}", 9)
out.null("SELECT input_problems(1, 1) WHERE 0")
out.write()
