// better-sqlite3, with the npm package: better_sqlite3.mjs DATABASE QUERY
import Database from "better-sqlite3";
import { load } from "mlmetrics";

const db = new Database(process.argv[2]);
load(db);
console.log(db.prepare("SELECT sqlite_version()").pluck().get());
for (const row of db.prepare(process.argv[3]).raw().all()) console.log(row.join("|"));
