// The WebAssembly build, in Node: wasm.mjs DATABASE QUERY; its folder is in MLMETRICS_WASM
import { readFileSync } from "node:fs";

const { open } = await import(`${process.env.MLMETRICS_WASM}/mlmetrics.mjs`);
const db = await open(readFileSync(process.argv[2]));
console.log(db.query("SELECT sqlite_version()")[0][0]);
for (const row of db.query(process.argv[3])) console.log(row.join("|"));
