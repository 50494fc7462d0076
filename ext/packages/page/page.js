// The page: what is chosen and shown. All reading and computing is the worker's.
"use strict";
const $ = (id) => document.getElementById(id);
const SHOWN_ROWS = 200;
const QUICK_ROWS = 100000; // of which a report takes half a minute; its intervals are from samples of all rows

// == the worker
let wasm; // the bytes of the module, unpacked once
let worker;
let calls = new Map(); // what the worker has not answered yet, by id
let lastId = 0;

async function unpack() {
  const packed = Uint8Array.from(atob($("wasm").textContent.trim()), (c) => c.charCodeAt(0));
  $("wasm").remove();
  return new Uint8Array(await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

async function startWorker() {
  worker?.terminate();
  for (const { reject } of calls.values()) reject(new Error("Cancelled."));
  calls = new Map();
  const url = URL.createObjectURL(new Blob([$("worker").textContent], { type: "text/javascript" }));
  worker = new Worker(url);
  URL.revokeObjectURL(url);
  worker.onmessage = ({ data }) => {
    const call = calls.get(data.id);
    if (!call) return;
    if (data.progress !== undefined) return call.progress(data.progress);
    calls.delete(data.id);
    if (data.error !== undefined) call.reject(new Error(data.error));
    else call.resolve(data.result);
  };
  worker.onerror = (event) => {
    for (const { reject } of calls.values()) reject(new Error(`The page ran out of memory, or failed: ${event.message}`));
    calls.clear();
  };
  return call("start", wasm);
}

function call(name, ...values) {
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    calls.set(id, { resolve, reject, progress: (part) => ($("progress").value = part) });
    worker.postMessage({ id, name, arguments: values });
  });
}

// == one piece of work at a time, with a bar and a way to end it
let source; // what was opened: a File, or null for the example
let busy = false; // buttons keep the focus while something is under way, but do nothing
let cancelled; // set while something is being cancelled

async function work(text, name, ...values) {
  say(text);
  cancelled = false;
  $("progress").removeAttribute("value");
  setBusy(true);
  try {
    return await call(name, ...values);
  } finally {
    setBusy(false);
  }
}

function setBusy(is) {
  busy = is;
  $("work").hidden = !is;
  for (const button of document.querySelectorAll("button:not(#cancel)")) button.setAttribute("aria-disabled", is);
}

function say(text, wrong = false) {
  $("status").textContent = text;
  $("status").classList.toggle("wrong", wrong);
}

// A worker that computes hears nothing, so it is ended, and another one reads the file again.
async function cancel() {
  cancelled = true;
  const reading = $("choose").hidden;
  await startWorker();
  if (reading) say("Cancelled.");
  else await reopen();
  (reading ? $("file") : $("compute")).focus();
}

async function reopen() {
  try {
    await work("Cancelled. Reading the file again …", ...(source ? ["read", source] : ["example"]));
    say("Cancelled.");
  } catch (error) {
    say(error.message, true);
  }
}

// == the file
let tables = [];

async function openSource(file) {
  if (busy) {
    cancelled = true;
    await startWorker();
  }
  source = file;
  $("facts").textContent = "";
  for (const id of ["choose", "problem", "result", "query"]) $(id).hidden = true;
  $("notes").replaceChildren();
  try {
    const opened = file ? await work(`Reading ${file.name} …`, "read", file) : await work("Making the example …", "example");
    tables = opened.tables.filter((table) => table.columns.length > 0);
    if (tables.length === 0) throw new Error("There is no table in the file.");
    $("notes").replaceChildren(...opened.notes.map((note) => element("li", note)));
    showColumns();
    showFunctions();
    const all = tables.map((table) => `${table.name}: ${count(table.rows, "row")}, ${count(table.columns.length, "column")}`);
    $("facts").textContent = `${file?.name ?? "Example"} is open. ${all.slice(0, 5).join("; ")}${all.length > 5 ? "; …" : ""}.`;
    say("");
    await guessKind();
    if ($("score").value && $("label").value) await compute();
    else $("score").focus();
  } catch (error) {
    if (!cancelled) say(error.message, true);
  }
}

const count = (n, what) => `${n.toLocaleString("en")} ${what}${n === 1 ? "" : "s"}`;

function element(tag, text, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// == the columns
const LIKELY = {
  score: [/^(score|prob|probability|prediction|pred|y_?score|y_?prob|y_?pred|p)$/i, /score|prob|pred/i],
  label: [/^(label|target|y|y_?true|truth|actual|outcome|class)$/i, /label|target|true|truth|actual|outcome/i],
  model: [/^(model|model_?name|system|version)$/i, /model/i],
};

function guess(columns, what) {
  for (const pattern of LIKELY[what]) {
    const found = columns.find((column) => pattern.test(column));
    if (found) return found;
  }
  return "";
}

function showColumns() {
  const fits = (table) => guess(table.columns, "score") && guess(table.columns, "label");
  const first = tables.find(fits) ?? tables[0];
  $("table").replaceChildren(...tables.map(({ name }) => element("option", name, { value: name })));
  $("table").value = first.name;
  $("table-field").hidden = tables.length === 1;
  $("clean").checked = false;
  showColumnsOf(first);
  $("choose").hidden = false;
  $("query").hidden = false;
}

function showColumnsOf(table) {
  for (const what of ["score", "label", "model"]) {
    const none = element("option", what === "model" ? "one model only" : "choose …", { value: "" });
    $(what).replaceChildren(none, ...table.columns.map((column) => element("option", column, { value: column })));
    $(what).value = guess(table.columns, what);
  }
}

// A query to begin with.
const FIRST = { scores: ["roc_auc", "log_loss", "best_cutoff"], classes: ["accuracy", "f1_macro", "kappa"], numbers: ["rmse", "mae", "r2"] };

function suggest() {
  const plain = (text) => /^[a-z_]\w*$/i.test(text) && !/^(add|all|and|as|case|check|create|default|else|exists|from|group|if|in|index|into|is|join|limit|not|null|on|or|order|select|set|table|then|to|transaction|union|unique|update|using|values|when|where)$/i.test(text);
  const name = (text) => (plain(text) ? text : `"${text.replaceAll('"', '""')}"`);
  const { kind, table, ...columns } = choice();
  const [score, label, model] = ["score", "label", "model"].map((what) => columns[what] && name(columns[what]));
  const calls = FIRST[kind].map((metric) => `${metric}(${score}, ${label})`).join(", ");
  $("sql").value = score && label
    ? `SELECT ${model ? `${model}, ` : ""}${calls}\n  FROM ${name(table)}${model ? ` GROUP BY ${model}` : ""};`
    : `SELECT * FROM ${name(table)} LIMIT 20;`;
}

async function guessKind() {
  $("kind").value = $("score").value && $("label").value ? await call("kindOf", choice()) : "scores";
  showKind();
  suggest();
}

function showKind() {
  const kind = $("kind").value;
  $("score-name").textContent = kind === "scores" ? "Score" : kind === "classes" ? "Predicted class" : "Prediction";
  $("label-name").textContent = kind === "scores" ? "Label (0 or 1)" : kind === "classes" ? "Class" : "Target";
}

const choice = () => Object.fromEntries([...["kind", "table", "score", "label", "model"].map((id) => [id, $(id).value]), ["clean", $("clean").checked]]);

// == the result
let lastChoice, lastMetrics, lastReport;

async function compute() {
  if (busy) return;
  $("problem").hidden = $("result").hidden = true;
  const chosen = choice();
  if (!chosen.score || !chosen.label) return say("Choose the column of the predictions and the column of the labels.", true);
  try {
    lastMetrics = await work("Computing the metrics …", "metrics", chosen);
    if (lastMetrics.error !== undefined) return showProblem(chosen, lastMetrics);
    lastChoice = chosen;
    showMetrics(lastMetrics);
    const { rows } = tables.find((table) => table.name === chosen.table);
    $("draw").hidden = rows <= QUICK_ROWS;
    if (rows <= QUICK_ROWS) return await drawReport();
    say(`The result is below. The report, with its intervals, takes about ${count(Math.ceil(rows / 200000), "minute")}: the button there draws it.`);
    $("result").focus({ preventScroll: true });
  } catch (error) {
    if (!cancelled) say(error.message, true);
  }
}

async function drawReport() {
  if (busy) return;
  try {
    lastReport = await work("Drawing the report …", "report", lastChoice, source?.name ?? "Example");
    if (lastReport === null) return say("The table has no rows.", true);
    $("report").srcdoc = lastReport;
    $("report").hidden = $("save-report").hidden = false;
    $("draw").hidden = true;
    say("The result is below.");
    $("result").focus({ preventScroll: true });
  } catch (error) {
    if (!cancelled) say(error.message, true);
  }
}

function showMetrics({ names, rows }) {
  const header = { rows: "rows", left_out: "left out", positives: "positives", roc_auc: "ROC AUC", average_precision: "average precision", ks: "KS",
    log_loss: "log loss", brier: "Brier score", ece: "ECE", best_cutoff: "best cutoff (F1)", f1_there: "F1 there" };
  showTable($("metrics"), names.map((name) => header[name] ?? name), rows, (value) => (typeof value !== "number" ? undefined : Number.isInteger(value) ? value.toLocaleString("en") : value.toPrecision(4)));
  $("metrics").parentElement.hidden = $("save-metrics").hidden = rows.length === 0;
  $("report").hidden = $("save-report").hidden = true;
  $("result").hidden = false;
}

// The exact value of a number that is shown with fewer digits is in its title and in data-value.
function showTable(table, names, rows, shorten = () => undefined) {
  const head = document.createElement("thead"), body = document.createElement("tbody"), top = document.createElement("tr");
  const isText = (i) => rows.some((row) => typeof row[i] === "string");
  top.append(...names.map((name, i) => element("th", name, { scope: "col", class: isText(i) ? "text" : "" })));
  head.append(top);
  for (const row of rows) {
    const line = document.createElement("tr");
    for (const [i, value] of row.entries()) {
      line.append(cell(value, shorten(value)));
      if (value === null && isText(i)) line.lastChild.classList.add("text");
    }
    body.append(line);
  }
  table.replaceChildren(head, body);
}

function cell(value, short) {
  if (value === null || value === undefined) return element("td", "NULL", { class: "null" });
  if (value instanceof Uint8Array) return element("td", `${value.length.toLocaleString("en")} bytes`, { class: "null" });
  if (typeof value === "string") return element("td", value.length > 2000 ? `${value.slice(0, 2000)} …` : value, { class: "text" });
  return short === undefined ? element("td", String(value), { "data-value": value }) : element("td", short, { title: value, "data-value": value });
}

function showProblem(chosen, { error, bad, problems }) {
  $("message").textContent = bad.length > 0 ? "" : error;
  $("message").hidden = bad.length > 0;
  $("bad").replaceChildren(...bad.map(({ row, message }) => element("li", `Row ${row.toLocaleString("en")}: ${message}`)));
  $("problems").hidden = problems.length === 0;
  showTable($("problems"), ["rows", "what", "example", "what to write"], problems);
  $("repair").hidden = chosen.clean || chosen.kind === "classes";
  $("problem").hidden = false;
  say(bad.length > 0 ? "Some rows cannot be read: see below." : error, true);
  $("problem").focus({ preventScroll: true });
}

// == SQL
let answered = false;

async function ask() {
  if (busy) return;
  $("answer").classList.remove("wrong");
  try {
    const { names, rows, total, seconds, tables: now } = await work("Running the statement …", "ask", $("sql").value, SHOWN_ROWS);
    answered = names.length > 0;
    showTable($("rows"), names, rows);
    $("answer").textContent = `${count(total, "row")} in ${seconds.toFixed(2)} s.${total > rows.length ? ` The first ${rows.length} are shown; the download has all.` : ""}`;
    tables = now;
    say("");
  } catch (error) {
    if (cancelled) return;
    answered = false;
    $("rows").replaceChildren();
    $("answer").textContent = error.message;
    $("answer").classList.add("wrong");
    say("");
  } finally {
    $("save-rows").disabled = !answered;
  }
}

let functions = [];

function showFunctions() {
  const words = $("find").value.toLowerCase().split(/\s+/);
  const found = functions.filter(([name, , summary]) => words.every((word) => `${name} ${summary}`.toLowerCase().includes(word)));
  // Names that begin with what was typed come first.
  found.sort((a, b) => b[0].startsWith(words[0]) - a[0].startsWith(words[0]));
  $("functions").replaceChildren(...found.map(([, signature, , ], i) => element("option", signature, { value: i })));
  $("functions").found = found;
  $("functions").selectedIndex = found.length > 0 ? 0 : -1;
  showFunction();
}

function showFunction() {
  const [, signature, summary, example] = $("functions").found[$("functions").selectedIndex] ?? [];
  $("about").replaceChildren(...(signature ? [element("p", summary), element("code", example)] : [element("p", "No function has these words.")]));
  $("insert").disabled = !signature;
}

function insert() {
  const example = $("functions").found[$("functions").selectedIndex][3];
  $("sql").value = $("sql").value.trim() ? `${$("sql").value.trimEnd().replace(/;?$/, ";")}\n${example};` : `${example};`;
  $("sql").focus();
}

// == downloads
function save(blob, name) {
  const link = element("a", "", { download: name, href: URL.createObjectURL(blob) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

async function start() {
  $("file").addEventListener("click", () => ($("file").value = "")); // so that the same file can be chosen again
  $("file").addEventListener("change", () => $("file").files[0] && openSource($("file").files[0]));
  $("example").addEventListener("click", () => openSource(null));
  $("cancel").addEventListener("click", cancel);
  $("table").addEventListener("change", () => (showColumnsOf(tables.find((table) => table.name === $("table").value)), guessKind()));
  $("kind").addEventListener("change", showKind);
  $("columns").addEventListener("submit", (event) => (event.preventDefault(), compute()));
  $("repair").addEventListener("click", () => !busy && (($("clean").checked = true), compute()));
  $("run").addEventListener("submit", (event) => (event.preventDefault(), ask()));
  $("sql").addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && (event.preventDefault(), ask()));
  $("find").addEventListener("input", showFunctions);
  $("functions").addEventListener("change", showFunction);
  $("draw").addEventListener("click", drawReport);
  $("insert").addEventListener("click", insert);
  $("save-report").addEventListener("click", () => save(new Blob([lastReport], { type: "text/html" }), "report.html"));
  $("save-metrics").addEventListener("click", async () => save(await call("csvOf", lastMetrics), "metrics.csv"));
  $("save-rows").addEventListener("click", async () => save(await call("rowsAsCsv"), "result.csv"));
  $("report").addEventListener("load", () => {
    const page = $("report").contentDocument?.documentElement;
    if (page && !$("report").hidden) $("report").style.height = `${page.scrollHeight + 24}px`;
  });
  for (const type of ["dragover", "dragleave", "drop"])
    addEventListener(type, (event) => {
      event.preventDefault();
      $("drop").classList.toggle("over", type === "dragover");
      if (type === "drop" && event.dataTransfer.files[0]) openSource(event.dataTransfer.files[0]);
    });
  say("Starting …");
  wasm = await unpack();
  functions = await startWorker();
  say("");
  document.documentElement.dataset.ready = "yes";
}

start().catch((error) => say(`The page needs a browser of 2023 or later. (${error.message})`, true));
