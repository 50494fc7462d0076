// The CSV reader of the WebAssembly build against a plain one: random texts of quotes, delimiters, line ends and digits, in pieces of random
// sizes.
//   node csv.mjs FOLDER     (the folder of mlmetrics.mjs)
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { open } = await import(pathToFileURL(join(resolve(process.argv[2]), "mlmetrics.mjs")));
let seed = 1, passed = 0, failed = 0;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;

// Rows of cells; a cell is [text, whether it stood in quotes]. Quotes count at the beginning of a cell only; blank lines are no rows.
function parse(text) {
  const rows = [];
  let row = [], cell = "", quoted = false;
  const endRow = () => {
    row.push([cell, quoted]);
    if (row.length > 1 || row[0][0] !== "" || row[0][1]) rows.push(row);
    [row, cell, quoted] = [[], "", false];
  };
  const endsInLine = (at) => text[at] === "\n" || text[at] === "\r";
  let at = 0;
  while (at < text.length) {
    if (cell === "" && !quoted && text[at] === '"') {
      quoted = true;
      for (at++; at < text.length; at++) {
        if (text[at] === '"' && text[at + 1] !== '"') break;
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else if (text[at] === ",") {
      row.push([cell, quoted]);
      [cell, quoted] = ["", false];
      at++;
    } else if (endsInLine(at)) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      endRow();
    } else {
      cell += text[at++];
    }
  }
  if (row.length > 0 || cell !== "" || quoted) endRow();
  return rows;
}

// What is stored: numbers by the grammar of JSON, also those that begin or end with their point; longer integers than 64 bits hold are text.
const isNumber = (text) => /^-?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text) && text.length < 64 && !(/^-?\d+$/.test(text) && text.length > 18);
const stored = ([text, quoted]) => (!quoted && isNumber(text) ? Number(text) : text);

const db = await open();
for (let i = 0; i < 2000; i++) {
  let text = "a,b,c\n";
  for (let n = random(60); n > 0; n--) text += ['"', '""', ",", "\n", "\r\n", "\r", "x", "é", "1", "0", ".5", "-", "e3", "12345678901234567", " ", "0.1"][random(16)];
  db.execute("DROP TABLE IF EXISTS predictions");
  const csv = db.csv(), bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; ) {
    const n = 1 + random(7);
    csv.feed(bytes.subarray(at, at + n));
    at += n;
  }
  csv.end();
  const wanted = parse(text).slice(1).map((row) => [0, 1, 2].map((column) => (row[column] ? stored(row[column]) : null)));
  const got = db.query("SELECT a, b, c FROM predictions").map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value)));
  const plain = (rows) => JSON.stringify(rows.map((row) => row.map((value) => (Object.is(value, -0) ? 0 : value === Infinity ? "inf" : value))));
  if (plain(got) === plain(wanted)) passed++;
  else if (failed++ < 5) console.log(`CSV ${JSON.stringify(text)}\nwanted: ${plain(wanted)}\ngot:    ${plain(got)}`);
}

// Numbers: decimals of 1 to 22 digits, and those that lie halfway between two doubles, against JavaScript's own reading.
const digits = (n) => Array.from({ length: n }, () => random(10)).join("");
const numbers = Array.from({ length: 50000 }, (_, i) => {
  const odd = 2n ** 52n + BigInt(random(2 ** 30)) * 4194304n + BigInt(random(4194304));
  if (i % 4 === 0) return `${odd}.${random(2) ? "5" : "50"}`;
  if (i % 4 === 1) return `${2n * odd + 1n}.0${random(2) ? "0" : ""}`;
  const text = `${random(2) ? "-" : ""}${random(3) ? "0" : 1 + random(99999)}.${digits(1 + random(22))}`;
  return random(20) ? text : `${text}e${random(40) - 20}`;
});
db.execute("DROP TABLE IF EXISTS predictions");
const column = db.csv();
column.feed(new TextEncoder().encode(["x", ...numbers].join("\n")));
column.end();
const wrong = db.query("SELECT x FROM predictions").flat().map((x, i) => [numbers[i], x]).filter(([text, x]) => x !== Number(text) && !(x === 0 && Number(text) === 0));
for (const [text, x] of wrong.slice(0, 5)) console.log(`CSV ${text}: got ${x}`);
if (wrong.length === 0) passed++;
else failed++;
console.log(`CSV: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
