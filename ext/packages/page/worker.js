// The worker of the page: holds the database, so that the page answers while it reads and computes. A message is
// {id, name, arguments}; the answer {id, result} or {id, error}, after any number of {id, progress}.
"use strict";
let db, wasm;
const quote = (name) => `"${name.replaceAll('"', '""')}"`;
const PIECE = 1 << 20;

// A file is a database by its first bytes, and otherwise CSV.
async function read(file, progress) {
  const head = new Uint8Array(await file.slice(0, 65536).arrayBuffer());
  db?.close();
  db = undefined;
  const notes = [];
  if (new TextDecoder().decode(head.subarray(0, 15)) === "SQLite format 3") {
    const bytes = new Uint8Array(file.size);
    for (let at = 0; at < file.size; at += PIECE) {
      bytes.set(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()), at);
      progress(at / file.size);
    }
    db = await open(bytes, wasm);
  } else {
    db = await open(undefined, wasm);
    notes.push(...(await readCsv(file, head, progress)));
  }
  return { tables: tables(), notes };
}

async function readCsv(file, head, progress) {
  const wide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const decoder = wide && new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-16be"), encoder = new TextEncoder();
  const begin = !wide && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const delimiter = delimiterOf(wide ? new TextDecoder(decoder.encoding).decode(head) : new TextDecoder().decode(head.subarray(begin)));
  const csv = db.csv(delimiter);
  db.query("BEGIN");
  for (let at = begin; at < file.size; at += PIECE) {
    const piece = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
    csv.feed(wide ? encoder.encode(decoder.decode(piece, { stream: true })) : piece);
    progress(Math.min(1, (at + PIECE) / file.size));
  }
  const facts = csv.end();
  db.query("COMMIT");
  if (facts.columns === 0) throw new Error("The file has no first row with the names of its columns.");
  const notes = [];
  const rows = (n) => (n === 1 ? "1 row" : `${n.toLocaleString("en")} rows`);
  if (facts.uneven > 0)
    notes.push(`${rows(facts.uneven)} with more or fewer cells than the first line, which has ${facts.columns}; the first is row ${facts.firstUneven}. Missing cells are NULL, and further ones are left out.`);
  if (facts.openQuote > 0) notes.push(`Row ${facts.openQuote} begins a quote that is never closed: the rest of the file is in one cell.`);
  return notes;
}

// The character, of those in use, that the first line has most often outside of quotes.
function delimiterOf(text) {
  const line = text.split(/\r|\n/, 1)[0].replaceAll(/"[^"]*"/g, "");
  const count = (character) => line.split(character).length;
  return [",", ";", "\t", "|"].reduce((best, character) => (count(character) > count(best) ? character : best));
}

function tables() {
  const names = db.query("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY type, rowid").flat();
  return names.map((name) => ({
    name,
    columns: db.query("SELECT name FROM pragma_table_info(?1)", name).flat(),
    rows: db.query(`SELECT count(*) FROM ${quote(name)}`)[0][0],
  }));
}

// Two models of the same thousand customers, one of them better; the labels are drawn from the better one's scores.
async function example() {
  db?.close();
  db = await open(undefined, wasm);
  db.execute(`CREATE TABLE predictions(customer INTEGER, model TEXT, score REAL, label INTEGER);
    WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000),
      drawn AS (SELECT i, (i * 7919 % 1009) / 1009.0 AS a, (i * 104729 % 1013) / 1013.0 AS b, (i * 1299709 % 1019) / 1019.0 AS c FROM n)
    INSERT INTO predictions
      SELECT i, 'trees', round(a * a * 0.9 + 0.02, 3), c < a * a * 0.9 + 0.02 FROM drawn
      UNION ALL SELECT i, 'linear', round(0.6 * a * a + 0.35 * b * b, 3), c < a * a * 0.9 + 0.02 FROM drawn`);
  return { tables: tables(), notes: [] };
}

// How each kind of prediction is read, saved and reported.
const KINDS = {
  scores: { set: "score_set", report: "report_html", number: true, label: "to_label" },
  classes: { set: "class_set", report: "report_classes_html", number: false },
  numbers: { set: "pred_set", report: "report_regression_html", number: true, label: "to_number" },
};

// What the first rows look like: labels of 0 and 1, numbers in both columns, or anything else.
function kindOf({ table, score, label }) {
  const [rows, binary, numbers, distinct] = db.query(`SELECT count(*), sum(y IN (0, 1, '0', '1')), sum(typeof(x) IN ('real', 'integer') AND typeof(y) IN ('real', 'integer')),
    count(DISTINCT y) FROM (SELECT ${quote(score)} AS x, ${quote(label)} AS y FROM main.${quote(table)} LIMIT 1000) WHERE y IS NOT NULL`)[0];
  if (rows === 0 || binary * 2 >= rows) return "scores";
  return numbers === rows && distinct > 20 ? "numbers" : "classes";
}

function expressions({ kind, score, label, model, clean }) {
  const { number, label: read } = KINDS[kind];
  return {
    score: clean && number ? `to_number(${quote(score)})` : quote(score),
    label: clean && number ? `${read}(${quote(label)})` : quote(label),
    model: model && quote(model),
  };
}

// A set for each model, from which everything else is computed; in a table of its own, so that the rows are read once.
function makeSets(choice) {
  const { score, label, model } = expressions(choice), { set } = KINDS[choice.kind], table = `main.${quote(choice.table)}`;
  db.query("DROP TABLE IF EXISTS temp.mlmetrics_sets");
  db.query(`CREATE TEMP TABLE mlmetrics_sets AS ${model
    ? `SELECT key AS model, state AS scores FROM each_set((SELECT ${set}s(${model}, ${score}, ${label}) FROM ${table}))`
    : `SELECT NULL AS model, ${set}(${score}, ${label}) AS scores FROM ${table}`}`);
}

// The first figures: every metric that one pass gives.
function metrics(choice) {
  try {
    makeSets(choice);
  } catch (error) {
    const found = whatIsWrong(choice, error.message);
    return { error: found.bad[0]?.message ?? error.message, ...found };
  }
  if (choice.kind !== "scores") return { names: [], rows: [] };
  const names = ["model", "roc_auc", "log_loss", "best_cutoff", "f1_there", "average_precision", "ks", "brier", "ece", "rows", "left_out", "positives"];
  const rows = db.query("SELECT model, evaluate_binary(scores) FROM temp.mlmetrics_sets WHERE scores IS NOT NULL GROUP BY rowid ORDER BY model").map(([model, json]) => {
    const found = JSON.parse(json);
    const figures = { ...found, model: choice.model ? model : "all rows", best_cutoff: found.best_f1?.cutoff, f1_there: found.best_f1?.f1 };
    return names.map((name) => figures[name] ?? null);
  });
  return { names, rows };
}

// The sets are gone where the worker was ended in between.
function report(choice, title) {
  if (db.query("SELECT count(*) FROM temp.sqlite_master WHERE name = 'mlmetrics_sets'")[0][0] === 0) makeSets(choice);
  return db.query(`SELECT ${KINDS[choice.kind].report}(scores, model, ?1) FROM temp.mlmetrics_sets`, title)[0][0];
}

// The rows that a metric refuses, with its message for each, and what input_problems has to say of the columns.
function whatIsWrong(choice, message) {
  const { score, label } = expressions(choice);
  const found = { bad: [], problems: [] };
  const table = `main.${quote(choice.table)}`;
  if (choice.kind === "scores") {
    const list = JSON.parse(db.query(`SELECT input_problems(${quote(choice.score)}, ${quote(choice.label)}) FROM ${table}`)[0][0])?.problems ?? [];
    found.problems = list.map(({ rows, example, what, advice }) => [rows, what, example, advice]);
  }
  const one = KINDS[choice.kind].set;
  try {
    let from = -(2n ** 63n);
    while (found.bad.length < 5) {
      const last = lastGood(`SELECT rowid, ${one}(${score}, ${label}) IS NULL FROM ${table} WHERE rowid > ${from} GROUP BY rowid`);
      if (last === undefined) break;
      const next = db.query(`SELECT rowid FROM ${table} WHERE rowid > ?1 ORDER BY rowid LIMIT 1`, last === null ? from : last)[0]?.[0];
      if (next === undefined) break;
      const number = db.query(`SELECT count(*) FROM ${table} WHERE rowid <= ?1`, next)[0][0];
      found.bad.push({ row: number, message: messageOf(`SELECT ${one}(${score}, ${label}) FROM ${table} WHERE rowid = ?1`, next) ?? message });
      from = next;
    }
  } catch {
    // A view has no rowid: then the message alone has to do.
  }
  return found;
}

// The rowid of the last row before the one at which the query fails: null if that is the first one, undefined if none fails.
function lastGood(sql) {
  let last = null;
  try {
    for (const row of db.rows(sql)) last = row[0];
  } catch (error) {
    if (/no such column/.test(error.message)) throw error;
    return last;
  }
  return undefined;
}

function messageOf(sql, rowid) {
  try {
    db.query(sql, rowid);
  } catch (error) {
    return error.message;
  }
  return undefined;
}

// Runs SQL; the rows of the last query are kept for a download, and the first ones shown.
let kept = { names: [], rows: [] };
function ask(sql, most) {
  const began = performance.now();
  const { columns, rows } = db.script(sql) ?? { columns: [], rows: [] };
  kept = { names: columns, rows };
  return { names: columns, rows: rows.slice(0, most), total: rows.length, seconds: (performance.now() - began) / 1000, tables: tables() };
}

// CSV as in RFC 4180. Numbers have all of their digits; NULL is an empty cell, BLOBs are hexadecimal.
function csvOf({ names, rows }) {
  const cell = (value) => {
    if (value === null || value === undefined) return "";
    if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const text = String(value);
    return /[",\r\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return new Blob([names, ...rows].map((row) => row.map(cell).join(",") + "\r\n"), { type: "text/csv" });
}

const functions = () => db.query("SELECT name, signature, summary, example FROM mlmetrics_functions ORDER BY name, signature");

const OPERATIONS = {
  start: async (bytes) => {
    wasm = bytes;
    db = await open(undefined, wasm);
    return functions();
  },
  read, example, kindOf, metrics, report, ask, csvOf, rowsAsCsv: () => csvOf(kept),
};

onmessage = async ({ data: { id, name, arguments: values } }) => {
  let told = 0;
  const progress = (part) => {
    const now = performance.now();
    if (now - told > 50) postMessage({ id, progress: part });
    if (now - told > 50) told = now;
  };
  try {
    postMessage({ id, result: await OPERATIONS[name](...values, progress) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
};
