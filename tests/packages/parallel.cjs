// Compares parallel() of the installed package with the query itself, in node:sqlite; prints "same", or what differs.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { DatabaseSync } = require("node:sqlite");
const { load, parallel } = require("mlmetrics");

const SAME = [
  "SELECT model, roc_auc(score, label), count(*), max(score) AS top, roc_auc_ci(score, label) FROM preds GROUP BY model",
  "SELECT best_cutoff(score, label, 'youden') FILTER (WHERE model = 'b') AS cut, ece(score, label, 7), score_set(score, label) FROM preds",
  "SELECT m.name, f1_at(score, label, 0.25), /* FROM */ min(preds.id) lowest FROM preds JOIN models m ON m.id = model_id GROUP BY m.name;",
  "SELECT id % 3 AS part, model, log_loss(score, label) FROM preds WHERE id <> 5 GROUP BY 2, part",
  "SELECT mse(score, label), count(*) FROM preds WHERE id < 0",
  "SELECT model, mse(score, label) FROM preds WHERE id < 0 GROUP BY model",
];
const REFUSED = [
  "SELECT round(roc_auc(score, label), 3) FROM preds", "SELECT model, mse(score, label) FROM preds",
  "SELECT mse(score, label) FROM preds GROUP BY model", "SELECT mse(score, label) OVER () FROM preds",
  "SELECT mse(a.score, b.score) FROM preds a JOIN preds b USING (id)", "SELECT mse(score, label) FROM main.preds",
  "SELECT mse(score, label) FROM preds LIMIT 1", "SELECT avg(score) FROM preds", "SELECT mse(score, label) FROM (SELECT * FROM preds)",
  "SELECT mse(id, id) FROM models LEFT JOIN preds USING (id)", "DELETE FROM preds",
];

const shown = (rows) => JSON.stringify(rows.map((row) => JSON.stringify(row.map((x) => (x instanceof Uint8Array ? Buffer.from(x).toString("hex") : x)))).sort());

async function main(folder) {
  const file = path.join(folder, "a b%.db");
  const db = new DatabaseSync(file, { allowExtension: true });
  load(db);
  db.exec("CREATE TABLE preds(id INTEGER PRIMARY KEY, model TEXT, model_id INT, score REAL, label INT);" +
    "CREATE TABLE models(id INTEGER PRIMARY KEY, name TEXT); INSERT INTO models VALUES (0, 'a'), (1, 'b')");
  const insert = db.prepare("INSERT INTO preds VALUES (?, ?, ?, ?, ?)");
  for (let i = 0; i < 1000; i++) insert.run(i * i + 1, "ab"[i % 2], i % 2, (i * 37 % 101) / 101, Number(i * 53 % 7 > 3));
  for (const query of SAME) {
    const want = shown(db.prepare(query).all().map(Object.values));
    for (const workers of [1, 2, 5]) {
      const got = shown(await parallel(file, query, { table: "preds", workers }));
      if (got !== want) return `${workers} workers: ${query}: wanted ${want}, got ${got}`;
    }
  }
  for (const query of REFUSED) {
    const rows = await parallel(file, query, { table: "preds" }).catch((error) => (/^parallel: /.test(error.message) ? undefined : error));
    if (rows) return `not refused: ${query}: ${rows}`;
  }
  db.close();
  return "same";
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "mlmetrics-"));
main(folder).then(console.log).finally(() => fs.rmSync(folder, { recursive: true }));
