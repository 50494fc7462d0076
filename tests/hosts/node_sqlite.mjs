// node:sqlite, and Deno's, with the npm package: node_sqlite.mjs DATABASE QUERY
import { DatabaseSync } from "node:sqlite";
import process from "node:process";
import { load } from "mlmetrics";

const db = new DatabaseSync(process.argv[2], { allowExtension: true });
load(db);
console.log(db.prepare("SELECT sqlite_version() AS version").get().version);
for (const row of db.prepare(process.argv[3]).all()) console.log(Object.values(row).join("|"));
