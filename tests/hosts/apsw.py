"""apsw, with the wheel: apsw.py DATABASE QUERY"""
import sys

sys.path.pop(0)  # this file has the name of the module
import apsw
import mlmetrics

db = apsw.Connection(sys.argv[1])
mlmetrics.load(db)
print(apsw.sqlitelibversion())
for row in db.cursor().execute(sys.argv[2]):
    print(*row, sep="|")
