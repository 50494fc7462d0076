// A connection of parallel() in a thread of its own. Each message { sql, rows } is answered with { rows } or { error }: a CREATE is
// executed, a statement with rows of values is run for each of them, and any other one answers with the rows it gives.
"use strict";
const { parentPort, workerData } = require("node:worker_threads");

function open({ path, library }) {
  let DatabaseSync;
  try {
    ({ DatabaseSync } = require("node:sqlite"));
  } catch {
    const Database = require("better-sqlite3"); // Node before 22.5
    const db = new Database(path, { readonly: true });
    db.loadExtension(library);
    return { db, prepare: (sql) => db.prepare(sql).safeIntegers() };
  }
  const db = new DatabaseSync(path, { readOnly: true, allowExtension: true });
  db.loadExtension(library);
  return {
    db,
    prepare(sql) {
      const statement = db.prepare(sql);
      statement.setReadBigInts(true);
      return statement;
    },
  };
}

function answer({ db, prepare }, sql, rows) {
  if (sql.startsWith("CREATE")) return db.exec(sql), [];
  const statement = prepare(sql);
  if (!rows) return statement.all().map(Object.values); // in the order of the columns, whose names differ
  for (const row of rows) statement.run(...row);
  return [];
}

let connection;
parentPort.on("message", ({ sql, rows }) => {
  try {
    connection ??= open(workerData);
    parentPort.postMessage({ rows: answer(connection, sql, rows) });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});
