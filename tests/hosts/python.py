"""Python's sqlite3 module, with the wheel: python.py DATABASE QUERY"""
import sys

import mlmetrics

db = mlmetrics.connect(sys.argv[1])
print(db.execute("SELECT sqlite_version()").fetchone()[0])
for row in db.execute(sys.argv[2]):
    print(*row, sep="|")
