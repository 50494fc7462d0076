"""Compares parallel() of the installed package with the query itself; prints "same", or what differs."""
import os
import tempfile

import mlmetrics

SAME = [
    "SELECT model, roc_auc(score, label), count(*), max(score) AS top, roc_auc_ci(score, label) FROM preds GROUP BY model",
    "SELECT best_cutoff(score, label, 'youden') FILTER (WHERE model = 'b'), ece(score, label, 7), score_set(score, label) FROM preds",
    "SELECT m.name, f1_at(score, label, 0.25), /* FROM */ min(preds.id) lowest FROM preds JOIN models m ON m.id = model_id GROUP BY m.name;",
    "SELECT id % 3 AS part, model, log_loss(score, label) FROM preds WHERE id <> 5 GROUP BY 2, part",
    "SELECT mse(score, label), count(*) FROM preds WHERE id < 0",
    "SELECT model, mse(score, label) FROM preds WHERE id < 0 GROUP BY model",
]
REFUSED = [
    "SELECT round(roc_auc(score, label), 3) FROM preds", "SELECT model, mse(score, label) FROM preds",
    "SELECT mse(score, label) FROM preds GROUP BY model", "SELECT mse(score, label) OVER () FROM preds",
    "SELECT mse(a.score, b.score) FROM preds a JOIN preds b USING (id)", "SELECT mse(score, label) FROM main.preds",
    "SELECT mse(score, label) FROM preds LIMIT 1", "SELECT avg(score) FROM preds", "SELECT mse(score, label) FROM (SELECT * FROM preds)",
    "SELECT mse(id, id) FROM models LEFT JOIN preds USING (id)", "SELECT mse(id, id) FROM preds FULL JOIN models USING (id)", "DELETE FROM preds",
]


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a b%.db")
        with mlmetrics.connect(path) as db:
            db.execute("CREATE TABLE preds(id INTEGER PRIMARY KEY, model TEXT, model_id INT, score REAL, label INT)")
            db.execute("CREATE TABLE models(id INTEGER PRIMARY KEY, name TEXT)")
            db.executemany("INSERT INTO models VALUES (?, ?)", [(0, "a"), (1, "b")])
            db.executemany("INSERT INTO preds VALUES (?, ?, ?, ?, ?)",
                           [(i * i + 1, "ab"[i % 2], i % 2, i * 37 % 101 / 101, i * 53 % 7 > 3) for i in range(1000)])
        for query in SAME:
            want = sorted(db.execute(query).fetchall())
            for workers in (1, 2, 5):
                got = mlmetrics.parallel(path, query, table="preds", workers=workers)
                if sorted(got) != want:
                    return f"{workers} workers: {query}: wanted {want}, got {got}"
        for query in REFUSED:
            try:
                return f"not refused: {query}: {mlmetrics.parallel(path, query, table='preds')}"
            except ValueError:
                pass
        db.close()
    return "same"


print(main())
