// The page of `make page` in headless Chromium, opened from a folder: what it computes, by keyboard alone, and how it looks.
//   node check.mjs PAGE LIBRARY FLIGHTS.csv PICTURES     (run.sh calls this)
// What it should show is asked of the sqlite3 shell with the same files. PATIENCE=3 allows three times as long, for a machine that is busy.
// Ends with "N passed, N failed"; the pictures are for people to look at.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync, openSync, writeSync, closeSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [pagePath, library, flights, pictures] = process.argv.slice(2);
const patience = Number(process.env.PATIENCE ?? 1);
mkdirSync(pictures, { recursive: true });
let passed = 0, failed = 0;

// == what the shell says
const shell = (database, ...lines) => execFileSync("sqlite3", ["-batch", "-bail", database, `.load ${library}`, ...lines], { encoding: "utf8" }).trim();
const errorOf = (sql) => spawnSync("sqlite3", [":memory:", `.load ${library}`, sql], { encoding: "utf8" }).stderr.split("\n")[0].replace(/^Error: (stepping, )?/, "").replace(/^(Runtime|Parse) error[^:]*: /, "");
const database = join(pictures, "flights.db");
rmSync(database, { force: true });
shell(database, ".mode csv", `.import ${flights} predictions`, "CREATE TABLE small(a, b)");
const models = shell(database, `SELECT model, printf('%!.17g|%!.17g|%!.17g', roc_auc(score, label), log_loss(score, label), best_cutoff(score, label))
  FROM predictions GROUP BY model`).split("\n").map((line) => {
  const [model, ...figures] = line.split("|");
  return { model, figures: figures.map(Number) };
});
// Rows 2, 3, 5 and 7 are wrong, and row 6 is short: its label is NULL.
const broken = [["0.9", "1"], ["58%", "0"], ["n/a", "1"], ["0.4", "0"], ["0.2", "maybe"], ["0.7"], ["0.3", "true"]];
const value = (text) => (text === undefined ? "NULL" : /^[\d.]+$/.test(text) ? text : `'${text}'`);
const bad = [2, 3, 5, 7].map((row) => `Row ${row}: ${errorOf(`SELECT score_set(${broken[row - 1].map(value)})`)}`);

function is(name, got, wanted) {
  if (JSON.stringify(got) === JSON.stringify(wanted)) passed++;
  else console.log(`${name}\nwanted: ${JSON.stringify(wanted)}\ngot:    ${JSON.stringify(got)}`, failed++ < 0);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const requests = [], complaints = [];

async function openPage(options = {}, url = pathToFileURL(pagePath).href) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.on("request", (request) => /^(https?|file):/.test(request.url()) && requests.push(request.url()));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("filechooser", () => {}); // from the start: the browser is told to leave the dialog out, which takes a while
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  await context.setOffline(true);
  await page.waitForSelector("html[data-ready=yes]");
  return page;
}

const done = (page, text = "The result is below.") => page.waitForFunction((wanted) => document.getElementById("status").textContent === wanted, text, { timeout: 120000 });
const metric = (page, row, name) =>
  page.evaluate(([row, name]) => {
    const names = [...document.querySelectorAll("#metrics thead th")].map((cell) => cell.textContent);
    return Number(document.querySelectorAll("#metrics tbody tr")[row].children[names.indexOf(name)].dataset.value);
  }, [row, name]);
// Tabs until the element has the focus; fails after 60 steps.
async function tabTo(page, id) {
  for (let i = 0; i < 60; i++) {
    if ((await page.evaluate(() => document.activeElement.id)) === id) return true;
    await page.keyboard.press("Tab");
  }
  return false;
}
const textOf = async (download) => readFileSync(await download.path(), "utf8");

// == by keyboard alone: the file of 30,441 flights of one model, then all of it, SQL, downloads
{
  const page = await openPage();
  await page.screenshot({ path: join(pictures, "empty.png") });
  is("Tab reaches the file", await tabTo(page, "file"), true);
  const chooser = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await chooser).setFiles(flights);
  await done(page);
  is("the columns are guessed", await page.evaluate(() => ["score", "label", "model"].map((id) => document.getElementById(id).value)), ["score", "label", "model"]);
  for (const [row, { model, figures }] of models.entries())
    for (const [i, name] of ["ROC AUC", "log loss", "best cutoff (F1)"].entries()) is(`${model}: ${name}`, await metric(page, row, name), figures[i]);
  is("the report is shown", await page.frameLocator("#report").locator("h1").count(), 1);
  is("the result has the focus", await page.evaluate(() => document.activeElement.id), "result");
  await page.screenshot({ path: join(pictures, "result.png"), fullPage: true });

  is("Tab reaches the report's download", await tabTo(page, "save-report"), true);
  const [report] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  is("the report", [report.suggestedFilename(), (await textOf(report)).startsWith("<!DOCTYPE html>")], ["report.html", true]);

  is("Tab reaches the SQL", await tabTo(page, "sql"), true);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("SELECT model, roc_auc(score, label) AS auc, log_loss(score, label) AS log_loss, best_cutoff(score, label) AS cutoff FROM predictions GROUP BY model");
  await page.keyboard.press("Control+Enter");
  await page.waitForFunction(() => /^2 rows/.test(document.getElementById("answer").textContent));
  is("Tab reaches the rows' download", await tabTo(page, "save-rows"), true);
  const [rows] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  is("the rows as CSV", (await textOf(rows)).trim().split("\r\n"), ["model,auc,log_loss,cutoff",
    ...models.map(({ model, figures }) => [model, ...figures].join(","))]);
  is("Tab reaches the search", await tabTo(page, "find"), true);
  await page.keyboard.type("brier");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.screenshot({ path: join(pictures, "sql.png"), fullPage: true });
  is("a function is found", /brier/i.test(await page.locator("#about").innerText()), true);
  is("Tab reaches the button", await tabTo(page, "insert"), true);
  await page.keyboard.press("Enter");
  is("the example is in the SQL, and has the focus", await page.evaluate(() => [/brier/.test(document.getElementById("sql").value), document.activeElement.id]), [true, "sql"]);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("SELECT roc_auc(score, 2) FROM predictions");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("#answer.wrong");
  is("the message of the extension", await page.locator("#answer").innerText(), errorOf("SELECT roc_auc(0.5, 2)"));
  await page.context().close();
}

// == 360 pixels wide, light and dark: nothing is wider than the window
for (const colorScheme of ["light", "dark"]) {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme, isMobile: true, hasTouch: true });
  await page.locator("#example").tap();
  await done(page);
  is(`360 pixels, ${colorScheme}`, await page.evaluate(() => document.documentElement.scrollWidth), 360);
  is(`its report, ${colorScheme}`, await page.evaluate(() => document.getElementById("report").contentDocument.documentElement.scrollWidth <= document.getElementById("report").clientWidth), true);
  await page.screenshot({ path: join(pictures, `narrow-${colorScheme}.png`), clip: { x: 0, y: 0, width: 360, height: 1400 }, fullPage: true });
  await page.locator("#query").screenshot({ path: join(pictures, `narrow-${colorScheme}-sql.png`) });
  await page.context().close();
}

// == a broken file: the row, and the sentence of the extension; then read with to_number and to_label
{
  const page = await openPage();
  const buffer = Buffer.from(["score,label", ...broken.map((row) => row.join(","))].join("\n"));
  await page.setInputFiles("#file", { name: "broken.csv", mimeType: "text/csv", buffer });
  await page.waitForSelector("#problem:not([hidden])");
  is("the bad rows", await page.locator("#bad li").allInnerTexts(), bad);
  is("the notes", await page.locator("#notes li").allInnerTexts(), [
    "1 row with more or fewer cells than the first line, which has 2; the first is row 6. Missing cells are NULL, and further ones are left out."]);
  await page.screenshot({ path: join(pictures, "broken.png"), fullPage: true });
  await page.click("#repair");
  await page.waitForFunction(() => /to_label: /.test(document.getElementById("bad").textContent));
  is("what no function reads", await page.locator("#bad li").allInnerTexts(), [`Row 5: ${errorOf("SELECT to_label('maybe')")}`]);
  await page.setInputFiles("#file", { name: "repaired.csv", mimeType: "text/csv", buffer: Buffer.from(buffer.toString().replace("maybe", "no")) });
  await page.waitForSelector("#problem:not([hidden])");
  await page.click("#repair");
  await done(page);
  const rows = "(0.9, 1), (0.58, 0), (0.4, 0), (0.2, 0), (0.3, 1)";
  is("repaired", await metric(page, 0, "ROC AUC"), Number(shell(":memory:", `SELECT printf('%!.17g', roc_auc(column1, column2)) FROM (VALUES ${rows})`)));
  await page.setInputFiles("#file", { name: "open.csv", mimeType: "text/csv", buffer: Buffer.from('score,label\n0.5,1\n"0.2,0\n') });
  await page.waitForFunction(() => /never closed/.test(document.getElementById("notes").textContent));
  await page.setInputFiles("#file", { name: "empty.csv", mimeType: "text/csv", buffer: Buffer.from("") });
  await done(page, "The file has no first row with the names of its columns.");
  await page.setInputFiles("#file", { name: "semicolons.csv", mimeType: "text/csv", buffer: Buffer.from('\ufeffLabel;"my ""score"""\r\n1;"0.9"\r\n0;0.1') });
  await page.waitForFunction(() => !document.getElementById("choose").hidden);
  await done(page);
  is("semicolons, quotes, a mark of the byte order, no last newline", await metric(page, 0, "ROC AUC"), 1);
  await page.context().close();
}

// == classes and numbers
{
  const page = await openPage();
  const open = async (name, lines) => {
    await page.setInputFiles("#file", { name, mimeType: "text/csv", buffer: Buffer.from(lines.join("\n")) });
    await done(page);
    return [await page.locator("#kind").inputValue(), await page.locator("#label-name").innerText(), await page.frameLocator("#report").locator("h1").innerText()];
  };
  const random = (i) => (i * 7919) % 101;
  is("classes", await open("animals.csv", ["predicted,actual", ...Array.from({ length: 90 }, (_, i) => `${["cat", "dog", "cow"][random(i) % 3]},${["cat", "dog", "cow"][i % 3]}`)]), ["classes", "Class", "animals.csv"]);
  is("numbers", await open("prices.csv", ["prediction,target", ...Array.from({ length: 90 }, (_, i) => `${random(i)},${random(i) + (i % 7)}`)]), ["numbers", "Target", "prices.csv"]);
  await page.screenshot({ path: join(pictures, "numbers.png"), fullPage: true });
  is("scores again", await open("scores.csv", ["p,y", "0.1,0", "0.8,1", "0.7,0", "0.9,1"]), ["scores", "Label (0 or 1)", "scores.csv"]);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(["p,y\n0.1,0\n0.8,1\n"], "dropped.csv"));
    dispatchEvent(new DragEvent("drop", { dataTransfer: data }));
  });
  await page.waitForFunction(() => document.getElementById("facts").textContent.startsWith("dropped.csv is open."));
  await done(page);
  is("a file that is dropped", [await metric(page, 0, "ROC AUC"), await page.inputValue("#sql")], [1, "SELECT roc_auc(p, y), log_loss(p, y), best_cutoff(p, y)\n  FROM predictions;"]);
  await page.context().close();
}

// == from a static host
{
  const server = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end(readFileSync(pagePath)));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${server.address().port}/page.html`;
  const page = await openPage({}, url);
  await page.click("#example");
  await done(page);
  is("from a static host", [await page.locator("#metrics tbody tr").count(), requests.filter((asked) => asked.startsWith("http"))], [2, [url]]);
  requests.splice(0, requests.length, ...requests.filter((asked) => asked !== url));
  await page.context().close();
  server.close();
}

// == a SQLite file
{
  const page = await openPage();
  await page.setInputFiles("#file", database);
  await done(page);
  is("a SQLite file: tables", await page.locator("#table option").allInnerTexts(), ["predictions", "small"]);
  is("a SQLite file: ROC AUC", await metric(page, 0, "ROC AUC"), models[0].figures[0]);
  await page.context().close();
}

// == a million rows: the first result, whether the page answers meanwhile, and cancelling
{
  const large = join(pictures, "large.csv"), file = openSync(large, "w");
  writeSync(file, "id,note,score,label\n");
  let seed = 1;
  for (let i = 0; i < 1000000; ) {
    let lines = "";
    for (let j = 0; j < 10000; j++, i++) {
      seed = (seed * 48271) % 2147483647;
      const score = seed / 2147483647;
      lines += `${i},a note of some length,${score},${(seed >> 8) % 1000 < score * 1000 ? 1 : 0}\n`;
    }
    writeSync(file, lines);
  }
  closeSync(file);
  const page = await openPage();
  // The longest time for which the page did nothing.
  await page.evaluate(() => {
    let last = performance.now();
    window.longest = 0;
    setInterval(() => {
      window.longest = Math.max(window.longest, performance.now() - last);
      last = performance.now();
    }, 10);
  });
  const began = Date.now();
  await page.setInputFiles("#file", large);
  await page.waitForSelector("#progress[value]");
  await page.screenshot({ path: join(pictures, "reading.png") });
  await page.waitForSelector("#result:not([hidden])", { timeout: 120000 });
  const first = (Date.now() - began) / 1000;
  await page.waitForSelector("#work", { state: "hidden" });
  await page.screenshot({ path: join(pictures, "large.png"), fullPage: true });
  await page.click("#draw");
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(pictures, "drawing.png") });
  await page.waitForTimeout(1000);
  await page.click("#cancel");
  await done(page, "Cancelled.");
  is("drawing is cancelled, and the figures stay", await page.locator("#metrics tbody tr").count(), 1);
  const longest = await page.evaluate(() => window.longest);
  console.log(`1,000,000 rows, ${(Number(readFileSync(large).length) / 1e6).toFixed(0)} MB: first result after ${first.toFixed(1)} s; the page stood still for ${(longest / 1000).toFixed(2)} s at most`);
  is("the first result of a million rows within 15 s", first <= 15 * patience, true);
  is("the page answers meanwhile", longest < 500 * patience, true);
  await page.setInputFiles("#file", []); // or the browser sees no change
  await page.setInputFiles("#file", large);
  await page.waitForSelector("#progress[value]");
  await page.focus("#cancel");
  await page.keyboard.press("Enter");
  await done(page, "Cancelled.");
  is("reading is cancelled", await page.evaluate(() => document.getElementById("choose").hidden), true);
  await page.click("#example");
  await done(page);
  is("the page goes on", await page.locator("#metrics tbody tr").count(), 2);
  await page.fill("#sql", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
  await page.click("#run [type=submit]");
  await page.waitForTimeout(500);
  await page.click("#cancel");
  await done(page, "Cancelled.");
  await page.fill("#sql", "SELECT count(*) FROM predictions");
  await page.click("#run [type=submit]");
  await page.waitForFunction(() => /^1 row/.test(document.getElementById("answer").textContent));
  is("a statement is cancelled, and the table is there again", await page.locator("#rows tbody td").innerText(), "2000");
  await page.context().close();
  rmSync(large);
}

is("what the pages asked the network or the disk for", [...new Set(requests)], [pathToFileURL(pagePath).href]);
is("what the browser complained of", complaints, []);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
