"""The same answers by pure SQL, scikit-learn, PyTorch, DuckDB, Polars and ClickHouse, on the same table in the same run: peers.py FOLDER
ROWS ROUNDS.

Ratios are of CPU time to mlmetrics' own query, run before and after; those of DuckDB, Polars and ClickHouse are of time on the
clock, with one thread and with two. Values are checked against each other.
"""
import csv
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time

folder, rows, rounds = sys.argv[1], int(sys.argv[2]), min(int(sys.argv[3]), 3)

AUC = """
SELECT sum(p * (below - n / 2.0)) / (sum(p) * 1.0 * sum(n))
FROM (SELECT p, n, sum(n) OVER (ORDER BY score) AS below
      FROM (SELECT score, sum(label) AS p, sum(1 - label) AS n FROM preds GROUP BY score))"""
BEST_F1 = """
SELECT score FROM
  (SELECT score, 2.0 * tp / (tp + fp + (SELECT sum(label) FROM preds)) AS f1
   FROM (SELECT score, sum(p) OVER down AS tp, sum(n) OVER down AS fp
         FROM (SELECT score, sum(label) AS p, sum(1 - label) AS n FROM preds GROUP BY score)
         WINDOW down AS (ORDER BY score DESC)))
ORDER BY f1 DESC, score DESC LIMIT 1"""

db = sqlite3.connect(f"{folder}/bench-{rows}.db")
db.enable_load_extension(True)
db.load_extension(f"{folder}/mlmetrics")


def one(sql):
    return db.execute(sql).fetchone()[0]


def fetch(columns):
    import numpy
    dtype = [(name, numpy.int64 if name == "label" else float) for name in columns]
    return numpy.fromiter(db.execute(f"SELECT {', '.join(columns)} FROM preds"), dtype=dtype, count=rows)


def best_f1(label, score):
    import numpy
    from sklearn.metrics import precision_recall_curve
    precision, recall, cutoffs = precision_recall_curve(label, score)
    with numpy.errstate(invalid="ignore"):
        f1 = 2 * precision * recall / (precision + recall)
    return cutoffs[numpy.nanargmax(f1[:-1])]


def cpu_seconds(work):
    start = time.process_time()
    value = work()
    return time.process_time() - start, value


def clock_seconds(work):
    start = time.perf_counter()
    value = work()
    return time.perf_counter() - start, value


def compare(name, own, peer, seconds=cpu_seconds):
    """A line: how much longer the peer takes than mlmetrics, its median over the rounds."""
    ratios = []
    for _ in range(rounds):
        before, want = seconds(lambda: one(own))
        spent, value = seconds(peer)
        after, _ = seconds(lambda: one(own))
        ratios.append(2 * spent / (before + after))
    ratio = sorted(ratios)[len(ratios) // 2]
    apart = abs(value - want) / abs(want)
    print(f"  {name:56} {ratio:8.2f} x   values {apart:.1e} apart", flush=True)
    lines.write(json.dumps({"peer": name, "over": own, "rows": rows, "ratio": ratio, "apart": apart}) + "\n")
    if apart > 1e-6:
        sys.exit(f"{name}: got {value}, mlmetrics {want}")


def sql_peers():
    compare("roc_auc: pure SQL", own_auc, lambda: one(AUC))
    compare("best_cutoff: pure SQL", own_best, lambda: one(BEST_F1))


def scikit_peers():
    from sklearn import metrics
    data = fetch(["label", "score", "logit"])
    label, score = data["label"].copy(), data["score"].copy()

    def fetched(function, *columns):
        got = fetch(columns)
        return function(*(got[name] for name in columns))

    compare("roc_auc: fetch + scikit-learn", own_auc, lambda: fetched(metrics.roc_auc_score, "label", "score"))
    compare("roc_auc: scikit-learn, arrays in memory", own_auc, lambda: metrics.roc_auc_score(label, score))
    compare("best_cutoff: fetch + scikit-learn", own_best, lambda: fetched(best_f1, "label", "score"))
    compare("best_cutoff: scikit-learn, arrays in memory", own_best, lambda: best_f1(label, score))
    compare("log_loss: scikit-learn, arrays in memory", "SELECT log_loss(score, label) FROM preds",
            lambda: metrics.log_loss(label, score))
    compare("mse: numpy, arrays in memory", "SELECT mse(score, label) FROM preds",
            lambda: ((score - label) ** 2).mean())


def torch_peers():
    import torch
    torch.set_num_threads(1)
    loss = torch.nn.functional.binary_cross_entropy_with_logits
    data = fetch(["label", "logit"])
    logit, label = torch.tensor(data["logit"]), torch.tensor(data["label"].astype(float))

    def fetched():
        got = fetch(["label", "logit"])
        return float(loss(torch.tensor(got["logit"]), torch.tensor(got["label"].astype(float))))

    own = "SELECT bce_logits(logit, label) FROM preds"
    compare("bce_logits: fetch + PyTorch", own, fetched)
    compare("bce_logits: PyTorch, arrays in memory", own, lambda: float(loss(logit, label)))


DUCK_AUC = """SELECT (sum(rank) FILTER (label = 1) - sum(label) * (sum(label) + 1) / 2) / (sum(label) * sum(1 - label))
FROM (SELECT label, rank() OVER (ORDER BY score) AS rank FROM preds)"""
DUCK_KEYS = """SELECT avg(auc) FROM
  (SELECT (sum(rank) FILTER (label = 1) - sum(label) * (sum(label) + 1) / 2) / (sum(label) * sum(1 - label)) AS auc
   FROM (SELECT id % 1000 AS key, label, rank() OVER (PARTITION BY id % 1000 ORDER BY score) AS rank FROM preds) GROUP BY key)"""
DUCK_BEST = """SELECT arg_max(score, f1) FROM
  (SELECT score, 2.0 * sum(label) OVER down / (row_number() OVER down + (SELECT sum(label) FROM preds)) AS f1
   FROM preds WINDOW down AS (ORDER BY score DESC ROWS UNBOUNDED PRECEDING))"""
OWN_KEYS = """SELECT avg(auc) FROM (SELECT key, roc_auc(state) AS auc
FROM each_set((SELECT score_sets(id % 1000, score, label) FROM preds)) GROUP BY key)"""
TASKS = [  # the task, DuckDB's query, ours over rows, ours over packed columns
    ("mse", "SELECT avg((score - label) * (score - label)) FROM preds", "SELECT mse(score, label) FROM preds",
     "SELECT mse(scores, labels) FROM packed"),
    ("log_loss", "SELECT avg(CASE WHEN label = 1 THEN -ln(score) ELSE -ln(1 - score) END) FROM preds",
     "SELECT log_loss(score, label) FROM preds", "SELECT log_loss(scores, labels) FROM packed"),
    ("roc_auc", DUCK_AUC, "SELECT roc_auc(score, label) FROM preds", "SELECT roc_auc(scores, labels) FROM packed"),
    ("best_cutoff", DUCK_BEST, "SELECT best_cutoff(score, label) FROM preds", "SELECT best_cutoff(scores, labels) FROM packed"),
    ("roc_auc of 1000 keys", DUCK_KEYS, OWN_KEYS, None),
]


def node_home(name, packages):
    """A folder of its own in which npm has installed the packages."""
    if not shutil.which("node") or not shutil.which("npm"):
        raise ImportError("no node or npm")
    home = f"{folder}/{name}"
    if not os.path.isdir(f"{home}/node_modules"):
        os.makedirs(home, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", home, *packages]
        if subprocess.run(install).returncode != 0:
            shutil.rmtree(f"{home}/node_modules", ignore_errors=True)
            raise ImportError(f"npm cannot install {' '.join(packages)}")
    return home


def node_peer(script, *args, **environment):
    """A process that answers each line: a function that asks it."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), script)
    peer = subprocess.Popen(["node", path, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                            env={**os.environ, **environment})

    def ask(line):
        peer.stdin.write(" ".join(line.split()) + "\n")
        peer.stdin.flush()
        return json.loads(peer.stdout.readline())["value"]

    return ask


def write_table():
    table = os.path.abspath(f"{folder}/bench-{rows}.csv")
    with open(table, "w", newline="") as out:
        csv.writer(out).writerows(db.execute("SELECT id, label, score, logit FROM preds"))
    return table


def duckdb_peers():
    ask, table = node_peer("duckdb.mjs", node_home("duckdb", ["@duckdb/node-api"])), write_table()
    ask(f"""CREATE TABLE preds AS SELECT * FROM read_csv('{table}', header = false, columns =
        {{'id': 'BIGINT', 'label': 'BIGINT', 'score': 'DOUBLE', 'logit': 'DOUBLE'}})""")
    os.remove(table)
    for threads in (1, 2):
        ask(f"SET threads = {threads}")
        for task, query, own, packed in TASKS:
            for form, ours in (("rows", own), ("packed columns", packed)):
                if ours:
                    form = "keyed sets" if "each_set" in ours else form
                    compare(f"{task}: DuckDB, {threads} threads / {form}", ours, lambda query=query: ask(query), clock_seconds)


CLICKHOUSE_TASKS = {
    "mse": "SELECT avg((score - label) * (score - label)) FROM peers.preds",
    "log_loss": "SELECT avg(if(label = 1, -log(score), -log(1 - score))) FROM peers.preds",
    "roc_auc": "SELECT arrayROCAUC(groupArray(score), groupArray(label)) FROM peers.preds",
    "roc_auc of 1000 keys": """SELECT avg(auc) FROM (SELECT arrayROCAUC(groupArray(score), groupArray(label)) AS auc FROM peers.preds
        GROUP BY id % 1000)""",
}


def clickhouse_peers():
    home = f"{folder}/clickhouse"
    if not os.path.isdir(f"{home}/node_modules/chdb"):
        raise ImportError(f"it takes half a gigabyte; npm install --prefix {home} chdb")
    ask, table = node_peer("clickhouse.mjs", home), write_table()
    ask("CREATE DATABASE peers")
    ask(f"""CREATE TABLE peers.preds ENGINE = MergeTree ORDER BY id AS SELECT * FROM
        file('{table}', CSV, 'id Int64, label Int64, score Float64, logit Float64')""")
    os.remove(table)
    for threads in (1, 2):
        for task, _, own, packed in TASKS:
            for form, ours in (("rows", own), ("packed columns", packed)):
                if ours and task in CLICKHOUSE_TASKS:
                    form = "keyed sets" if "each_set" in ours else form
                    query = f"{CLICKHOUSE_TASKS[task]} SETTINGS max_threads = {threads}"
                    compare(f"{task}: ClickHouse, {threads} threads / {form}", ours, lambda query=query: ask(query), clock_seconds)


POLARS = "0.25.2"  # the package of the platform is named, since npm leaves it out where it asks for another Node


def polars_peers():
    system = subprocess.run(["node", "-p", "process.platform + '-' + process.arch"], capture_output=True, text=True).stdout.strip() \
        if shutil.which("node") else ""
    native = f"nodejs-polars-{system}" + ("-gnu" if system.startswith("linux") else "")
    home, table = node_home("polars", [f"nodejs-polars@{POLARS}", f"{native}@{POLARS}"]), write_table()
    for threads in (1, 2):
        ask = node_peer("polars.mjs", home, table, POLARS_MAX_THREADS=str(threads))
        ask("mse")  # once it has read the table
        for task, _, own, packed in TASKS:
            if task not in ("mse", "roc_auc", "roc_auc of 1000 keys"):
                continue
            for form, ours in (("rows", own), ("packed columns", packed)):
                if ours:
                    form = "keyed sets" if "each_set" in ours else form
                    compare(f"{task}: Polars, {threads} threads / {form}", ours, lambda task=task: ask(task), clock_seconds)
    os.remove(table)


own_auc, own_best = "SELECT roc_auc(score, label) FROM preds", "SELECT best_cutoff(score, label) FROM preds"
one(own_auc)
print(f"{rows} rows, {rounds} rounds: time of the peer over that of mlmetrics' query on the table")
with open(f"{folder}/bench-peers.jsonl", "w") as lines:
    for peers, needs in ((sql_peers, "SQLite"), (scikit_peers, "numpy and scikit-learn"), (torch_peers, "PyTorch"),
                         (duckdb_peers, "DuckDB"), (polars_peers, "Polars"),
                         (clickhouse_peers, "ClickHouse")):
        try:
            peers()
        except ImportError as missing:
            print(f"  {needs} left out: {missing}")
