// ClickHouse in a process that answers: clickhouse.mjs FOLDER, where FOLDER has node_modules/chdb. Each line of the input is a query;
// the answer is a line of JSON: the first value of its result, or null.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const { Session } = createRequire(resolve(process.argv[2]) + '/')('chdb');
const session = new Session();
for await (const sql of createInterface({ input: process.stdin })) {
  const text = session.query(sql, 'JSONCompactEachRow');
  console.log(JSON.stringify({ value: text ? Number(JSON.parse(text.split('\n')[0])[0]) : null }));
}
session.cleanup();
