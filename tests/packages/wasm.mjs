// Tries the WebAssembly build in the folder where it was unpacked; prints "as expected", or the first thing that was not.
//   node wasm.mjs FOLDER DATABASE     (a database file in WAL mode with a table t of 1000 rows)
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, file] = process.argv.slice(2);
const { open } = await import(pathToFileURL(join(folder, "mlmetrics.mjs")));

async function values() {
  const db = await open();
  const given = [7, 7.5, -0, 2n ** 62n, true, "né\0w", new Uint8Array([0, 255]), null];
  const { columns, rows } = db.table("SELECT ?1 AS a, ?2, ?3 AS c, ?4, ?5, ?6, ?7, ?8", ...given);
  assert.deepEqual(rows, [[7, 7.5, -0, 2n ** 62n, 1, "né\0w", new Uint8Array([0, 255]), null]]);
  assert.deepEqual([columns[0], columns[2]], ["a", "c"]);
  assert.deepEqual(db.query("SELECT typeof(?1), typeof(?2), typeof(?3)", 7, 7.5, 7n), [["integer", "real", "integer"]]);
  assert.deepEqual(db.query("SELECT datetime(0, 'unixepoch', 'localtime'), date('now') > '2020-01-01', length(randomblob(70000))"),
    [[new Date(0).getFullYear() === 1970 ? "1970-01-01 01:00:00" : "", 1, 70000]]);
  assert.throws(() => db.query("SELECT ?1", 2n ** 63n), /does not fit into 64 bits/);
  assert.throws(() => db.query("SELECT roc_auc(0.5, 7)"), /^Error: roc_auc: label must be 0 or 1, got 7/);
  assert.throws(() => db.query("SELEC 1"), /near "SELEC": syntax error/);
  assert.throws(() => db.query(" -- nothing"), /there is no statement/);
  assert.throws(() => db.query("ATTACH 'x.db' AS x"), /unable to open database/);
  db.close();
  assert.throws(() => db.query("SELECT 1"), /closed/);
}

async function tables() {
  const db = await open();
  db.execute("CREATE TABLE t(score REAL, label INT); CREATE TABLE empty(x); -- the end");
  const rows = Array.from({ length: 200000 }, (_, i) => [(i * 7919 % 200003) / 200003, i * 31 % 7 > 3]);
  db.insert("INSERT INTO t VALUES (?, ?)", rows);
  assert.throws(() => db.insert("INSERT INTO t VALUES (?, ?)", [[1, 1], [0.5, {}]]), /parameter 2 is neither/);
  assert.throws(() => db.insert("INSERT INTO t SELECT 1, roc_auc(?1, ?2)", [[0.5, 1], [0.5, 2]]), /label must be 0 or 1/);
  assert.deepEqual(db.query("SELECT count(*) FROM t"), [[200000]]);
  // Sorters and savepoints, which spill to files elsewhere.
  db.execute("SAVEPOINT s; UPDATE t SET score = score / 2; CREATE INDEX i ON t(score, label); ROLLBACK TO s");
  const auc = db.query("SELECT roc_auc(score, label) FROM t");
  const copy = await open(db.save());
  assert.deepEqual(copy.query("SELECT roc_auc(score, label) FROM (SELECT * FROM t ORDER BY score DESC, label)"), auc);
  assert.deepEqual(copy.query("PRAGMA integrity_check"), [["ok"]]);
  writeFileSync("saved.db", copy.save());
}

async function files() {
  const db = await open(readFileSync(file));
  assert.deepEqual(db.query("SELECT count(*) FROM t"), [[1000]]);
  db.execute("DELETE FROM t");
  assert.deepEqual(db.query("SELECT roc_auc(a, 1) FROM t"), [[null]]);
  const broken = await open(new Uint8Array(4096));
  assert.throws(() => broken.query("SELECT * FROM t"), /file is not a database/);
}

for (const test of [values, tables, files])
  await test().catch((error) => {
    console.log(`${test.name}: ${error.message}`);
    process.exit(1);
  });
console.log("as expected");
