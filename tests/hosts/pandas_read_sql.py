"""pandas, with the wheel: pandas_read_sql.py DATABASE QUERY"""
import sqlite3
import sys

import mlmetrics
import pandas

frame = pandas.read_sql(sys.argv[2], mlmetrics.connect(sys.argv[1]))
print(sqlite3.sqlite_version)
for row in frame.itertuples(index=False):
    print(*row, sep="|")
