-- Packed columns: a batch of values in one BLOB.
--
-- A service that scores in batches, or a program that holds arrays, stores a batch in one row: the scores in
-- one BLOB, the labels in another. SQLite then reads one row instead of thousands, and the functions of this
-- extension take the columns apart themselves.
--
--   * Every aggregate, every window function and every scalar that takes a number or a class of a row also takes a
--     packed column there. The call stands for as many rows as the column has elements, and gives the same bits.
--   * All packed columns of a call are of the same length. An argument that is not packed is the same for each element.
--   * An element that is NULL is left out, as a row with a NULL is. A NULL in place of a column leaves out all
--     elements of the call.
--   * A scalar of packed columns gives a packed column.
--   * Values are checked as always, and the message says which element is wrong.
--   * Parameters, which are the same for every row of a group, vectors and saved sets are never packed.
--   * SQL's own arithmetic, comparisons and functions do not see the elements, and report nothing: of a packed column
--     s, 1 - s, s >= 0.5 and round(s, 2) are one number, which would stand for all of them. Compute before packing:
--     pack(1 - score).
.load build/mlmetrics

-- The examples pack the predictions of each model in batches of 1000 rows. GROUP BY sorts; the rows of a batch are
-- then in no particular order, but each score stays with its label:
CREATE TEMP TABLE batches AS
  SELECT model, pack(score) AS scores, pack(label) AS labels FROM flights GROUP BY model, rowid / 1000;
SELECT model, roc_auc(scores, labels) AS auc, log_loss(scores, labels) AS loss FROM batches GROUP BY model;
--> boosted|0.678180212570774|0.459588031390721
--> logistic|0.640056593784501|0.476331280203722
SELECT model, roc_auc(score, label) AS auc, log_loss(score, label) AS loss FROM flights GROUP BY model;
--> boosted|0.678180212570774|0.459588031390721
--> logistic|0.640056593784501|0.476331280203722

-- A window frame of two batches slides over them. Its cost is that of the elements that enter and leave:
SELECT model, f1_at(scores, labels, 0.5) OVER (PARTITION BY model ORDER BY batch ROWS 1 PRECEDING) AS f1
  FROM (SELECT *, rowid AS batch FROM batches) LIMIT 3;
--> boosted|0.0347826086956522
--> boosted|0.053639846743295
--> boosted|0.12636165577342

-- Scalars return a packed column like any other; here the worst predictions:
SELECT model, value AS loss, i FROM batches, unpack(bce_loss(scores, labels)) ORDER BY value DESC LIMIT 3;
--> boosted|3.1148167692422|760
--> logistic|3.08375682253816|168
--> boosted|3.05384401130988|499
SELECT brier(sigmoid(logits), pack_json('[0, 1, 1]')) FROM (SELECT pack_json('[-1, 0.5, 2]') AS logits);
--> 0.0763585937812251
SELECT mse(pack_json('[1, 2, 3]'), pack_json('[1, 2]'));
--! mse: the packed columns of a row must be of the same length: pred has 3 elements, but target has 2
SELECT log_loss(pack_json('[0.5, 9]'), pack_json('[1, 0]'));
--! log_loss: element 1: prob must be within [0,1], got 9; if every prob is a logit, bce_logits takes them
SELECT calibrate('{"method":"beta","a":1,"b":1,"c":0}', pack_json('[0.5, 1.5]'));
--! calibrate: element 1: a fit of beta_fit takes probabilities within [0,1], got 1.5
SELECT mse(pack_json('[1, null, 3]'), 1), mse(NULL, pack_json('[1, 2]'));
--> 2.0|

-- What SQL itself makes of a packed column, and what was meant:
SELECT 1 - s, s >= 0.5, round(s, 2) FROM (SELECT pack(column1) AS s FROM (VALUES (0.125), (0.75)));
--> 1|1|0.0
SELECT value FROM unpack((SELECT pack(1 - column1) FROM (VALUES (0.125), (0.75))));
--> 0.875
--> 0.25

-- When packing is worth it. Measured over a million scores and labels; the time over rows is 1:
--
--                      columns of 4096 elements   of 64
--   mse                                    0.12    0.29
--   log_loss                               0.19    0.40
--   roc_auc                                0.27    0.35
--   best_cutoff                            0.33    0.48
--   evaluate_binary                        0.35    0.44
--
-- A packed table takes 8.1 bytes for each score and its label. Numbers and classes are read in blocks; packed
-- keys, class indexes and probabilities spread over the arguments are read one by one, which takes longer than
-- rows do. Packed values cannot be updated or indexed element by element, and WHERE sees whole columns: keep
-- rows for data that still changes, and pack what is complete.


-- pack(x)
--
-- The values of a group as one BLOB, in the order in which SQLite visits the rows, which ORDER BY in a subquery
-- sets. NULLs are kept. REAL values take 8 bytes each, INTEGER values as many bytes as the largest needs, 1 to
-- 8, or a bit where all are 0 or 1; in a column with TEXT every distinct value is stored once, and an index of
-- 1, 2 or 4 bytes for each element. An INTEGER in a column of REALs becomes one. NULL if there are no rows.
SELECT length(pack(column1)) FROM (VALUES (0.5), (0.25), (NULL), (1));
--> 57
SELECT value, typeof(value) FROM unpack((SELECT pack(column1) FROM (VALUES (0.5), (0.25), (NULL), (1))));
--> 0.5|real
--> 0.25|real
--> |null
--> 1.0|real

-- Columns are joined by pack too, in the order of the rows:
SELECT group_concat(value) FROM unpack((SELECT pack(column1) FROM (VALUES (pack_json('[1, 2]')), (pack_json('[3]')))));
--> 1,2,3
SELECT pack(x'00');
--! pack: x must be a number or a text, got a BLOB of 1 byte; if it is a NumPy number, bind int(x) or float(x)
SELECT pack(column1) FROM (VALUES (9007199254740993), (0.5));
--! pack: an INTEGER beside REALs must be one that a REAL holds exactly; cast it to REAL


-- unpack(packed)
--
-- The elements of a packed column, one row each: i, from 0, and value. No rows if the column is NULL.
SELECT i, value FROM unpack((SELECT pack(column1) FROM (VALUES ('cat'), ('dog'), (NULL), ('cat'))));
--> 0|cat
--> 1|dog
--> 2|
--> 3|cat

-- Rows from two columns:
SELECT a.value AS score, b.value AS label FROM batches, unpack(scores) a, unpack(labels) b
 WHERE batches.rowid = 1 AND a.i = b.i LIMIT 2;
--> 0.191929903|0
--> 0.0414142658|0


-- f64(blob)
--
-- A packed column of an array of float64 numbers, little-endian, as numpy.ndarray.tobytes() and
-- Buffer.from(Float64Array) give it: bind these bytes as they are. A NaN is NULL. NULL if the BLOB is empty or
-- NULL. Bytes that can hardly be float64, such as int64 numbers below 2^52, are an error.
SELECT i, value FROM unpack(f64(x'000000000000e03f000000000000f83f'));
--> 0|0.5
--> 1|1.5
SELECT mse(f64(x'000000000000e03f000000000000f83f'), 1);
--> 0.25
SELECT f64(x'0c000000000000001300000000000000');
--! f64: blob must be a BLOB of float64 numbers, not of integers, which i32(blob) or i64(blob) reads, got a BLOB of 16 bytes
SELECT f64(x'000000');
--! f64: blob must be a BLOB of float64 numbers, one after the other, got a BLOB of 3 bytes


-- f32(blob)
--
-- The same for float32 numbers. A raw BLOB is a vector, which is one row; f32() makes it as many rows as it has
-- numbers. Bytes that can hardly be float32 are an error: long columns of float64, and small integers.
SELECT bce_logits(f32(x'0000003f0000c03f'), f32(x'0000803f00000000'));
--> 1.08774513108143


-- i64(blob)
--
-- The same for int64 numbers.
SELECT i, value FROM unpack(i64(x'0700000000000000ffffffffffffffff'));
--> 0|7
--> 1|-1


-- i32(blob)
--
-- The same for int32 numbers.
SELECT i, value FROM unpack(i32(x'07000000ffffffff'));
--> 0|7
--> 1|-1


-- i8(blob)
--
-- The same for int8 numbers, a byte each.
SELECT i, value FROM unpack(i8(x'07ff'));
--> 0|7
--> 1|-1


-- u8(blob)
--
-- The same for uint8 numbers and NumPy's bool, a byte each.
SELECT i, value FROM unpack(u8(x'07ff'));
--> 0|7
--> 1|255


-- pack_json(array)
--
-- A packed column of the values of a JSON array: numbers, texts, null; true is 1, false is 0. NULL if the array is
-- empty or NULL.
SELECT i, value FROM unpack(pack_json('[0.5, 1, null, "cat", true, false]'));
--> 0|0.5
--> 1|1
--> 2|
--> 3|cat
--> 4|1
--> 5|0
SELECT accuracy(pack_json('["cat", "dog", "cat"]'), pack_json('["cat", "cat", "cat"]'));
--> 0.666666666666667
SELECT pack_json('[[1], [2]]');
--! pack_json: array must be a JSON array of values, got text '[[1], [2]]'
