// bun:sqlite, with the npm package: bun.mjs DATABASE QUERY
import { Database } from "bun:sqlite";
import { load } from "mlmetrics";

const db = new Database(process.argv[2]);
load(db);
console.log(db.query("SELECT sqlite_version()").values()[0][0]);
for (const row of db.query(process.argv[3]).values()) console.log(row.join("|"));
