"""parallel(): one query by several threads, each over a part of the table.

Each thread opens the file for reading only and hides the table behind a temporary view of its part of the rows. There it runs the query
with f_state in place of each metric f. The states are merged at the end, so the result has the same bits as the query itself.
"""
from __future__ import annotations

import os
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from typing import Any, List, NamedTuple, Optional, Tuple
from urllib.parse import quote

_TOKEN = re.compile(r"""(?P<skip>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^]]*\]|\w+|.""", re.S)
_MERGED_BY = {"count": "sum", "min": "min", "max": "max"}
_REFUSED = {"having", "order", "limit", "union", "except", "intersect", "window", "distinct"}


class _Token(NamedTuple):
    text: str  # in lower case, unless it is quoted
    start: int
    end: int
    depth: int


def _tokens(query: str) -> List[_Token]:
    tokens, depth = [], 0
    for match in _TOKEN.finditer(query):
        text = match.group()
        if match.lastgroup == "skip" or text == ";":
            continue
        depth -= text == ")"
        tokens.append(_Token(text if text[0] in "'\"`[" else text.lower(), match.start(), match.end(), depth))
        depth += text == "("
    return tokens


def _name(token: _Token) -> str:
    """A name without its quotes, as SQLite compares names."""
    quoted = token.text[0] in '"`['
    return (token.text[1:-1] if quoted else token.text).lower()


def _split(tokens: List[_Token]) -> List[List[_Token]]:
    parts: List[List[_Token]] = [[]]
    for token in tokens:
        if token.text == "," and token.depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _without_alias(column: List[_Token]) -> Tuple[List[_Token], Optional[str]]:
    if len(column) > 2 and column[-2].text == "as":
        return column[:-2], _name(column[-1])
    if len(column) > 2 and column[-2].text == ")" and column[-1].text != ")":
        return column[:-1], _name(column[-1])
    return column, None


def _is_one_call(column: List[_Token]) -> bool:
    """Whether the tokens are name(…), perhaps with FILTER (…)."""
    if len(column) < 3 or column[1].text != "(":
        return False
    closed = [i for i, token in enumerate(column) if token.text == ")" and token.depth == 0]
    if closed[0] == len(column) - 1:
        return True
    return column[closed[0] + 1].text == "filter" and closed[1:] == [len(column) - 1]


def _check_table(tokens: List[_Token], at: int, table: str) -> None:
    named = [i for i, token in enumerate(tokens) if _name(token) == table.lower() and token.text[0] != "'"
             and (i + 1 == len(tokens) or tokens[i + 1].text != ".")]
    if named != [at + 1] or any(token.text in ("right", "full") for token in tokens):
        raise ValueError(f"parallel: the query must read {table} once, first after FROM; other tables may be joined to it")


def _plan(query: str, table: str, metrics: set) -> Tuple[str, str]:
    """The query of a part, and the one that merges the rows of all parts, which are in parts(c0, c1, …)."""
    tokens = _tokens(query)
    top = [token.text if token.depth == 0 else "" for token in tokens]
    refused = _REFUSED.intersection(top) or {"over"}.intersection(token.text for token in tokens)
    if not tokens or top[0] != "select" or "from" not in top or refused:
        word = refused.pop().upper() if refused else "this"
        raise ValueError(f"parallel: {word} does not fit into SELECT … FROM … [WHERE …] [GROUP BY …]; sort and cut the rows that come back")
    start = top.index("from")
    group = top.index("group") if "group" in top else len(tokens)
    _check_table(tokens, start, table)
    columns = [_without_alias(column) for column in _split(tokens[1:start])]
    text = ["".join(token.text for token in column) for column, _ in columns]
    terms = ["".join(token.text for token in term) for term in _split(tokens[group + 2:])] if group < len(tokens) else []
    part, merged, keys, after = "", [], [], 0
    for i, (column, alias) in enumerate(columns):
        name = column[0].text if column else ""
        in_group = [term for term in terms if term in (text[i], str(i + 1), alias)]
        if in_group:
            terms = [term for term in terms if term not in in_group]
            keys.append(f"c{i}")
            merged.append(f"c{i}")
        elif _is_one_call(column) and (name in metrics or name in _MERGED_BY):
            merged.append(f"{_MERGED_BY.get(name, name)}(c{i})")
            state = f"{name}_state"
            if state in metrics:
                part += query[after:column[0].start] + state
                after = column[0].end
        else:
            raise ValueError(f"parallel: column {i + 1} is neither a single metric nor in GROUP BY; compute with the rows that come back")
    if terms:
        raise ValueError(f"parallel: {terms[0]} in GROUP BY is not one of the columns")
    end = f" GROUP BY {', '.join(keys)} ORDER BY {', '.join(keys)}" if keys else ""
    return part + query[after:].rstrip("; \n\t"), f"SELECT {', '.join(merged)} FROM parts{end}"


def _open(path: str) -> sqlite3.Connection:
    from . import connect
    return connect(f"file:{quote(os.path.abspath(path))}?mode=ro", uri=True, check_same_thread=False)


def _ranges(db: sqlite3.Connection, table: str, n: int) -> List[Tuple[int, int]]:
    if db.execute("SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND lower(name) = lower(?)", (table,)).fetchone() == (0,):
        raise ValueError(f"parallel: there is no table {table}")
    try:
        low, high = db.execute(f"SELECT (SELECT min(rowid) FROM main.{_quoted(table)}), (SELECT max(rowid) FROM main.{_quoted(table)})").fetchone()
    except sqlite3.OperationalError as error:
        raise ValueError(f"parallel: {table} cannot be split by rowid: {error}") from error
    if low is None:
        low = high = 0
    edges = [low + (high + 1 - low) * i // n for i in range(n + 1)]
    return [(edges[i], edges[i + 1] - 1) for i in range(n)]


def _names(db: sqlite3.Connection, query: str) -> set:
    return {name for name, in db.execute(query)}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def parallel(path: str, query: str, *, table: str, workers: Optional[int] = None) -> List[Tuple[Any, ...]]:
    """The rows of a query over a table of a database file, computed by several threads.

    The query is SELECT columns FROM table [JOIN …] [WHERE …] [GROUP BY …]. Each column is a group's key, one aggregate of mlmetrics, or
    count, min or max; other queries raise ValueError. The rows come in the order of the keys, which are compared as BINARY does.
    workers is the number of threads, by default that of the processors. The table is split by its rowid, in equal ranges.
    """
    workers = workers or os.cpu_count() or 1
    if workers < 1:
        raise ValueError("parallel: workers must be at least 1")
    connections = [_open(path)]
    try:
        metrics = _names(connections[0], "SELECT name FROM mlmetrics_functions WHERE kind = 'aggregate'")
        states = {f"{name}_state" for name in metrics}
        metrics |= states & _names(connections[0], "SELECT name FROM pragma_function_list")
        part, merge = _plan(query, table, metrics)
        ranges = _ranges(connections[0], table, workers)
        connections += [_open(path) for _ in ranges[1:]]

        def rows_of(i: int) -> List[Tuple[Any, ...]]:
            low, high = ranges[i]
            connections[i].execute(f"CREATE TEMP VIEW {_quoted(table)} AS SELECT * FROM main.{_quoted(table)} WHERE rowid BETWEEN {low} AND {high}")
            return connections[i].execute(part).fetchall()

        with ThreadPoolExecutor(workers) as pool:
            parts = [row for rows in pool.map(rows_of, range(len(ranges))) for row in rows]
        if not parts:  # there are no groups
            return []
        n = len(parts[0])
        db = connections[0]
        db.execute(f"CREATE TEMP TABLE parts({', '.join(f'c{i}' for i in range(n))})")
        db.executemany(f"INSERT INTO parts VALUES ({', '.join('?' * n)})", parts)
        return db.execute(merge).fetchall()
    finally:
        for connection in connections:
            connection.close()
