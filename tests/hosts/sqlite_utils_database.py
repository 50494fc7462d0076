"""sqlite-utils, with the wheel: sqlite_utils_database.py DATABASE QUERY"""
import sqlite3
import sys

import mlmetrics
import sqlite_utils

db = sqlite_utils.Database(sys.argv[1])
mlmetrics.load(db)
print(sqlite3.sqlite_version)
for row in db.query(sys.argv[2]):
    print(*row.values(), sep="|")
