// parallel(): one query by several threads, each over a part of the table.
//
// Each thread opens the file for reading only and hides the table behind a temporary view of its part of the rows. There it runs the query
// with f_state in place of each metric f. The states are merged at the end, so the result has the same bits as the query itself.
"use strict";
const os = require("node:os");
const path = require("node:path");
const { Worker } = require("node:worker_threads");
const { getLoadablePath } = require("./library.cjs");

const TOKEN = /(?<skip>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\w+|[^]/g;
const MERGED_BY = new Map([["count", "sum"], ["min", "min"], ["max", "max"]]);
const REFUSED = ["having", "order", "limit", "union", "except", "intersect", "window", "distinct"];

// The tokens of a query: { text (in lower case, unless it is quoted), start, end, depth }.
function tokensOf(query) {
  const tokens = [];
  let depth = 0;
  for (const match of query.matchAll(TOKEN)) {
    const [text] = match;
    if (match.groups.skip || text === ";") continue;
    if (text === ")") depth--;
    tokens.push({ text: /^['"`[]/.test(text) ? text : text.toLowerCase(), start: match.index, end: match.index + text.length, depth });
    if (text === "(") depth++;
  }
  return tokens;
}

// A name without its quotes, as SQLite compares names.
const nameOf = ({ text }) => (/^["`[]/.test(text) ? text.slice(1, -1) : text).toLowerCase();
const textOf = (tokens) => tokens.map((token) => token.text).join("");
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

function split(tokens) {
  const parts = [[]];
  for (const token of tokens)
    if (token.text === "," && token.depth === 0) parts.push([]);
    else parts.at(-1).push(token);
  return parts;
}

function withoutAlias(column) {
  const [before, last] = column.slice(-2);
  if (column.length > 2 && before.text === "as") return { column: column.slice(0, -2), alias: nameOf(last) };
  if (column.length > 2 && before.text === ")" && last.text !== ")") return { column: column.slice(0, -1), alias: nameOf(last) };
  return { column };
}

// Whether the tokens are name(…), perhaps with FILTER (…).
function isOneCall(column) {
  if (column.length < 3 || column[1].text !== "(") return false;
  const closed = [...column.keys()].filter((i) => column[i].text === ")" && column[i].depth === 0);
  return closed[0] === column.length - 1 ||
    (column[closed[0] + 1].text === "filter" && closed.length === 2 && closed[1] === column.length - 1);
}

function checkTable(tokens, from, table) {
  const named = [...tokens.keys()].filter((i) => nameOf(tokens[i]) === table.toLowerCase() && tokens[i + 1]?.text !== ".");
  if (named.length !== 1 || named[0] !== from + 1 || tokens.some(({ text }) => text === "right" || text === "full"))
    throw new Error(`parallel: the query must read ${table} once, first after FROM; other tables may be joined to it`);
}

// The query of a part, and the one that merges the rows of all parts, which are in parts(c0, c1, …).
function plan(query, table, metrics) {
  const tokens = tokensOf(query);
  const top = tokens.map(({ text, depth }) => (depth === 0 ? text : ""));
  const refused = REFUSED.find((word) => top.includes(word)) ?? (tokens.some(({ text }) => text === "over") ? "over" : undefined);
  if (top[0] !== "select" || !top.includes("from") || refused)
    throw new Error(`parallel: ${refused?.toUpperCase() ?? "this"} does not fit into SELECT … FROM … [WHERE …] [GROUP BY …]; ` +
      "sort and cut the rows that come back");
  const from = top.indexOf("from");
  const group = top.includes("group") ? top.indexOf("group") : tokens.length;
  checkTable(tokens, from, table);
  let terms = group < tokens.length ? split(tokens.slice(group + 2)).map(textOf) : [];
  let part = "", after = 0;
  const keys = [];
  const merged = split(tokens.slice(1, from)).map((written, i) => {
    const { column, alias } = withoutAlias(written);
    const name = column[0]?.text;
    const inGroup = terms.filter((term) => [textOf(column), String(i + 1), alias].includes(term));
    if (inGroup.length) {
      terms = terms.filter((term) => !inGroup.includes(term));
      keys.push(`c${i}`);
      return `c${i}`;
    }
    if (!isOneCall(column) || !(metrics.has(name) || MERGED_BY.has(name)))
      throw new Error(`parallel: column ${i + 1} is neither a single metric nor in GROUP BY; compute with the rows that come back`);
    if (metrics.has(`${name}_state`)) {
      part += `${query.slice(after, column[0].start)}${name}_state`;
      after = column[0].end;
    }
    return `${MERGED_BY.get(name) ?? name}(c${i}) AS c${i}`;
  });
  if (terms.length) throw new Error(`parallel: ${terms[0]} in GROUP BY is not one of the columns`);
  const columns = merged.map((_, i) => `c${i}`);
  const end = keys.length ? ` GROUP BY ${keys} ORDER BY ${keys}` : "";
  return {
    columns,
    part: `WITH answer(${columns}) AS (${(part + query.slice(after)).replace(/[;\s]+$/, "")}\n) SELECT * FROM answer`,
    merge: `SELECT ${merged} FROM parts${end}`,
  };
}

// A thread with a connection: ask(sql, rows) gives the rows of a statement.
function start(file, library) {
  const worker = new Worker(path.join(__dirname, "part.cjs"), { workerData: { path: file, library } });
  const ask = (sql, rows) => new Promise((resolve, reject) => {
    worker.once("error", reject);
    worker.once("message", (message) => (message.error ? reject(new Error(message.error)) : resolve(message.rows)));
    worker.postMessage({ sql, rows });
  });
  return { ask, stop: () => worker.terminate() };
}

async function rangesOf({ ask }, table, n) {
  const text = `'${table.replaceAll("'", "''")}'`;
  const [[there]] = await ask(`SELECT count(*) FROM main.sqlite_master WHERE type = 'table' AND lower(name) = lower(${text})`);
  if (!there) throw new Error(`parallel: there is no table ${table}`);
  const [[lowest, highest]] = await ask(`SELECT (SELECT min(rowid) FROM main.${quoted(table)}) AS low, (SELECT max(rowid) FROM main.${quoted(table)}) AS high`)
    .catch((error) => { throw new Error(`parallel: ${table} cannot be split by rowid: ${error.message}`); });
  const low = lowest ?? 0n, high = highest ?? 0n;
  const edge = (i) => low + ((high + 1n - low) * BigInt(i)) / BigInt(n);
  return Array.from({ length: n }, (_, i) => [edge(i), edge(i + 1) - 1n]);
}

// 64-bit integers that a Number holds exactly become Numbers.
const plain = (value) => (typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value);

async function parallel(file, query, { table, workers = os.availableParallelism?.() ?? os.cpus().length }) {
  if (!table || !(workers >= 1)) throw new Error("parallel: needs a table, and workers of at least 1");
  const library = getLoadablePath();
  const threads = [start(file, library)];
  try {
    const names = async (sql) => (await threads[0].ask(sql)).map(([name]) => name);
    const metrics = new Set(await names("SELECT name FROM mlmetrics_functions WHERE kind = 'aggregate'"));
    const states = (await names("SELECT name FROM pragma_function_list")).filter((name) => metrics.has(name.replace(/_state$/, "")));
    const { columns, part, merge } = plan(query, table, new Set([...metrics, ...states]));
    const ranges = await rangesOf(threads[0], table, workers);
    while (threads.length < ranges.length) threads.push(start(file, library));
    const parts = await Promise.all(threads.map(async ({ ask }, i) => {
      await ask(`CREATE TEMP VIEW ${quoted(table)} AS SELECT * FROM main.${quoted(table)} WHERE rowid BETWEEN ${ranges[i][0]} AND ${ranges[i][1]}`);
      return ask(part);
    }));
    await threads[0].ask(`CREATE TEMP TABLE parts(${columns})`);
    await threads[0].ask(`INSERT INTO parts VALUES (${columns.map(() => "?")})`, parts.flat());
    return (await threads[0].ask(merge)).map((row) => row.map(plain));
  } finally {
    await Promise.all(threads.map(({ stop }) => stop()));
  }
}

module.exports = { parallel };
