// The sqlite3 package, with the npm package: sqlite3.cjs DATABASE QUERY
const sqlite3 = require("sqlite3");
const { load } = require("mlmetrics");

const db = new sqlite3.Database(process.argv[2]);
load(db);
const fail = (error) => {
  if (error) throw error;
};
db.get("SELECT sqlite_version() AS version", (error, row) => {
  fail(error);
  console.log(row.version);
  db.each(process.argv[3], (error, row) => {
    fail(error);
    console.log(Object.values(row).join("|"));
  });
});
