#!/usr/bin/env python3
"""Writes ext/charts/columns_table.c and tests/oracle/columns.points: the columns that a terminal gives each character.

Needs nothing but Python, whose unicodedata has the general category and the East Asian width of each character; ours is
that of Unicode 14. Run from the repository root: python3 tests/oracle/columns.py
"""
import unicodedata

VISIBLE_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}  # signs that stand before numbers


def columns(c):
    """0 for what is drawn over or within another character, 2 for what is wide or full-width in East Asia, otherwise 1.
    None: no character."""
    category = unicodedata.category(chr(c))
    if 0x20000 <= c <= 0x2FFFD or 0x30000 <= c <= 0x3FFFD:
        return 2  # planes for wide characters, also for those to come
    if category in ("Cn", "Cs", "Co"):
        return None
    if category in ("Mn", "Me") or category == "Cf" and c not in VISIBLE_FORMATS:
        return 0
    if 0x1160 <= c <= 0x11FF or 0xD7B0 <= c <= 0xD7FB:
        return 0  # vowels and finals of Hangul syllables
    return 2 if unicodedata.east_asian_width(chr(c)) in "WF" else 1


def runs(first):
    """(first, last, columns) of neighbours with equal columns, whatever stands between them that is no character."""
    found = []
    for c in range(first, 0x110000):
        n = columns(c)
        if n is None:
            continue
        if found and found[-1][2] == n:
            found[-1][1] = c
        else:
            found.append([c, c, n])
    return found


def write(table, points):
    special = [f"{{0x{first:x}, 0x{last:x}, {n}}}" for first, last, n in runs(0x300) if n != 1]
    lines = ["  " + ", ".join(special[i:i + 4]) + "," for i in range(0, len(special), 4)]
    with open(table, "w") as out:
        out.write("/* Characters to which a terminal does not give one column.\n *\n"
                  " * Written by tests/oracle/columns.py: edit there. */\n"
                  '#include "charts/columns_table.h"\n\n'
                  f'_Static_assert(MLM_COLUMN_RANGES == {len(special)}, "columns_table.h says how many");\n\n'
                  "/* clang-format off */\n"
                  "const ColumnRange mlm_column_ranges[MLM_COLUMN_RANGES] = {\n")
        out.write("\n".join(lines) + "\n};\n")
    with open(points, "w") as out:
        out.writelines(f"{first:x} {last:x} {n}\n" for first, last, n in assigned_runs())
    return len(special)


def assigned_runs():
    """(first, last, columns) of neighbours with equal columns, all of them characters."""
    found = []
    for c in range(0xA0, 0x110000):
        n = columns(c)
        if n is None or c == 0xAD:
            continue  # a soft hyphen is drawn as a hyphen where a line ends with it
        if found and found[-1][1:] == [c - 1, n]:
            found[-1][1] = c
        else:
            found.append([c, c, n])
    return found


if __name__ == "__main__":
    print(write("ext/charts/columns_table.c", "tests/oracle/columns.points"), "ranges")
