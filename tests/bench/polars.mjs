// Polars as a process that answers: polars.mjs FOLDER TABLE, where FOLDER has node_modules/nodejs-polars and TABLE is a CSV file of id,
// label, score and logit. Each line of the input names a task; the answer is a line of JSON, the value. How many threads it uses is
// POLARS_MAX_THREADS.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const pl = createRequire(resolve(process.argv[2]) + '/')('nodejs-polars');
const preds = pl.readCSV(process.argv[3], { hasHeader: false }).rename({ column_1: 'id', column_2: 'label', column_3: 'score', column_4: 'logit' });
const label = pl.col('label').cast(pl.Float64), score = pl.col('score'), id = pl.col('id');
const ones = label.sum(), zeros = pl.lit(1).minus(label).sum();
// By ranks: the sum of those of label 1, less the least that it can be, over the number of pairs.
const auc = score.rank('average').mul(label).sum().minus(ones.mul(ones.plus(1)).div(2)).div(ones.mul(zeros)).alias('auc');
const tasks = {
  mse: () => preds.select(score.minus(label).pow(2).mean()),
  roc_auc: () => preds.select(auc),
  'roc_auc of 1000 keys': () => preds.withColumn(id.modulo(1000).alias('key')).groupBy('key').agg(auc).select(pl.col('auc').fillNan(null).mean()),
};
for await (const task of createInterface({ input: process.stdin })) console.log(JSON.stringify({ value: tasks[task]().row(0)[0] }));
