// DuckDB as a process that answers: duckdb.mjs FOLDER, where FOLDER has node_modules/@duckdb/node-api. Each line of the input is a
// query; the answer is a line of JSON: the first value of the last statement, and the seconds that all took.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const { DuckDBInstance } = createRequire(resolve(process.argv[2]) + '/')('@duckdb/node-api');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
for await (const sql of createInterface({ input: process.stdin })) {
  const start = process.hrtime.bigint();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ value: rows.length && rows[0][0] !== null ? Number(rows[0][0]) : null, seconds }));
}
