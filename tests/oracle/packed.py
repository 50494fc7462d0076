#!/usr/bin/env python3
"""Expected values of packed columns: the elements of NumPy arrays, and scikit-learn's metrics of them.

  python3 tests/oracle/packed.py     writes tests/oracle/packed.tsv
"""
import numpy as np
from sklearn.metrics import accuracy_score, mean_squared_error, roc_auc_score

from common import Lines, agree
from fractions import Fraction

out = Lines("packed", "Packed columns.")


def blob(array):
    return "x'" + array.tobytes().hex() + "'"


NUMPY = {"f64": "<f8", "f32": "<f4", "i64": "<i8", "i32": "<i4", "i8": "i1", "u8": "u1"}
LONG = {"f64": "float64", "f32": "float32", "i64": "int64", "i32": "int32"}
ENDS = {"f64": [0.5, -0.1, 1e308, 5e-324, np.inf, -np.inf], "f32": [0.5, np.float32(0.1), -3.5, np.inf],
        "i64": [0, -1, 2**63 - 1, -(2**63)], "i32": [7, -1, 2**31 - 1, -(2**31)], "i8": [-128, 127, 0], "u8": [0, 255, 128]}
for name, kind in NUMPY.items():
    out.note(f"numpy.array(…, '{kind}').tobytes()")
    array = np.array(ENDS[name], dtype=kind)
    for i, x in enumerate(array):
        sql = f"SELECT value FROM unpack({name}({blob(array)})) WHERE i = {i}"
        (out.bits if name[0] == "f" else out.int)(sql, float(x) if name[0] == "f" else int(x))
    out.int(f"SELECT count(*) FROM unpack({name}({blob(array)}))", len(array))
    out.null(f"SELECT {name}(NULL)")
    out.null(f"SELECT {name}(x'')")
    if name != "i8" and name != "u8":
        out.error(f"SELECT {name}(x'000000')", f"{name}: blob must be a BLOB of {LONG[name]} numbers, one after the other, got a BLOB of 3 bytes")
out.null(f"SELECT value FROM unpack(f32({blob(np.array([0.5, np.nan], '<f4'))})) WHERE i = 1")
out.note("sklearn.metrics.roc_auc_score, mean_squared_error and accuracy_score of arrays")
rng = np.random.default_rng(5)
scores, labels = rng.integers(0, 40, 300) / 64, rng.integers(0, 2, 300)
s, y = f"f64({blob(scores)})", f"u8({blob(labels.astype('u1'))})"
above = sum(int((scores[labels == 0] < x).sum()) * 2 + int((scores[labels == 0] == x).sum()) for x in scores[labels == 1])
auc = Fraction(above, 2 * int(labels.sum()) * int((1 - labels).sum()))
agree(auc, roc_auc_score(labels, scores))
out.bits(f"roc_auc({s}, {y})", auc)
mse = sum((Fraction(x) - int(t)) ** 2 for x, t in zip(scores, labels)) / 300
agree(mse, mean_squared_error(labels, scores))
out.bits(f"mse({s}, {y})", mse)
hits = Fraction(int(((scores > 0.25) == labels).sum()), 300)
agree(hits, accuracy_score(labels, scores > 0.25))
out.bits(f"accuracy(u8({blob((scores > 0.25).astype('u1'))}), {y})", hits)
out.bits(f"roc_auc(p, q) FROM (SELECT pack(a.value) AS p, pack(b.value) AS q FROM unpack({s}) a, unpack({y}) b WHERE a.i = b.i)", auc)
out.note("JSON, in the order given")
out.int("SELECT pack_json('[1, 0.5, null, \"cat\"]') = pack(column1) FROM (VALUES (1), (0.5), (NULL), ('cat'))", 1)
out.text("SELECT group_concat(typeof(value) || ' ' || i) FROM unpack(pack_json('[true, 2.0, \"\", null]'))", "integer 0,real 1,text 2,null 3")
out.int("SELECT sum(value * (i + 1)) FROM unpack((SELECT pack(column1) FROM (VALUES (3), (1), (2))))", 11)
out.null("SELECT pack_json('[]')")
out.null("SELECT pack(1) FROM (SELECT 1) WHERE 0")
out.error("SELECT pack_json('[[1]]')", "pack_json: array must be a JSON array of values, got text '[[1]]'")
out.write()
