-- Walk-through: softmax along dimensions.
--
-- softmax makes numbers a distribution: e^x over the sum of the e^x. The sum of what? Of a row, of a column,
-- of the outermost dimension of a tensor. Where a tensor is a long table, a row an element and a column an
-- index, that is what PARTITION BY says.
.load build/mlmetrics


-- One vector
--
SELECT softmax('[1, 2, 3]');
--> [0.09003057317038046,0.24472847105479764,0.6652409557748219]
SELECT printf('%.8f', softmax_at(1, 2, 3, 0)), printf('%.8f', softmax_at(1, 2, 3, 1)),
       printf('%.8f', softmax_at(1, 2, 3, 2));
--> 0.09003057|0.24472847|0.66524096
SELECT printf('%.4f', value) FROM json_each(softmax('[2.0, 1.0, 0.1, 0.5]'));
--> 0.5745
--> 0.2114
--> 0.0859
--> 0.1282

-- (Where 0.5438, 0.1993, 0.0717 and 0.1852 are printed for the last, they are wrong: two entries of a softmax
-- are to each other as e to their difference, so 1.0 and 0.1 as e^0.9 = 2.46 to 1.)
SELECT softmax_at(2.0, 1.0, 0.1, 0.5, 1) / softmax_at(2.0, 1.0, 0.1, 0.5, 2), 0.1993 / 0.0717;
--> 2.45960311115695|2.77963737796374


-- A matrix, row by row
--
-- A row a sample and an array a row is the usual case; each row sums to 1.
SELECT sample, softmax(z) FROM (SELECT 1 AS sample, '[1, 2, 3]' AS z UNION ALL SELECT 2, '[1, 2, 3]');
--> 1|[0.09003057317038046,0.24472847105479764,0.6652409557748219]
--> 2|[0.09003057317038046,0.24472847105479764,0.6652409557748219]

-- The same matrix as a long table m(i, j, x):
CREATE TEMP TABLE m(i, j, x);
INSERT INTO m VALUES (0, 0, 1), (0, 1, 2), (0, 2, 3), (1, 0, 1), (1, 1, 2), (1, 2, 3);
SELECT i, group_concat(printf('%.8f', p), ' ') FROM (
  SELECT i, j, softmax_from(x, log_sum_exp(x) OVER (PARTITION BY i)) AS p FROM m ORDER BY i, j)
 GROUP BY i;
--> 0|0.09003057 0.24472847 0.66524096
--> 1|0.09003057 0.24472847 0.66524096


-- Column by column
--
-- Along the other dimension, by the other index. Both rows are alike, so each takes a half.
SELECT i, group_concat(printf('%.4f', p), ' ') FROM (
  SELECT i, j, softmax_from(x, log_sum_exp(x) OVER (PARTITION BY j)) AS p FROM m ORDER BY i, j)
 GROUP BY i;
--> 0|0.5000 0.5000 0.5000
--> 1|0.5000 0.5000 0.5000

-- Over all of it there is no partition, and everything sums to 1:
SELECT sum(p) FROM (SELECT softmax_from(x, log_sum_exp(x) OVER ()) AS p FROM m);
--> 1.0


-- A tensor, along its outermost dimension
--
-- [[[1, 1], [1, 1]], [[1, 1], [1, 2]]], with indexes a, b, c. Softmax over dimension 0 compares the two
-- matrices element by element: what b and c have in common is one partition. All is 0.5 but for the last
-- pair, 1 against 2.
CREATE TEMP TABLE t(a, b, c, x);
INSERT INTO t VALUES (0,0,0, 1), (0,0,1, 1), (0,1,0, 1), (0,1,1, 1), (1,0,0, 1), (1,0,1, 1), (1,1,0, 1), (1,1,1, 2);
CREATE TEMP VIEW p AS SELECT a, b, c, softmax_from(x, log_sum_exp(x) OVER (PARTITION BY b, c)) AS p FROM t;
SELECT a, b, c, p, printf('%.4f', p) FROM p ORDER BY a, b, c;
--> 0|0|0|0.5|0.5000
--> 0|0|1|0.5|0.5000
--> 0|1|0|0.5|0.5000
--> 0|1|1|0.268941421369995|0.2689
--> 1|0|0|0.5|0.5000
--> 1|0|1|0.5|0.5000
--> 1|1|0|0.5|0.5000
--> 1|1|1|0.731058578630005|0.7311

-- Along dimension 1, and along dimension 2, of the same:
SELECT group_concat(printf('%.4f', p), ' ')
  FROM (SELECT softmax_from(x, log_sum_exp(x) OVER (PARTITION BY a, c)) AS p FROM t ORDER BY a, b, c);
--> 0.5000 0.5000 0.5000 0.5000 0.5000 0.2689 0.5000 0.7311
SELECT group_concat(printf('%.4f', p), ' ')
  FROM (SELECT softmax_from(x, log_sum_exp(x) OVER (PARTITION BY a, b)) AS p FROM t ORDER BY a, b, c);
--> 0.5000 0.5000 0.5000 0.5000 0.5000 0.5000 0.2689 0.7311

-- Each partition sums to 1:
SELECT b, c, sum(p) FROM p GROUP BY b, c;
--> 0|0|1.0
--> 0|1|1.0
--> 1|0|1.0
--> 1|1|1.0


-- Stacking and flattening
--
-- [1, 2], [4, 5], [7, 8] and [10, 11], stacked along dimension 1 and flattened, are interleaved: 1 4 7 10 2 5
-- 8 11. In a long table that is the order of the indexes; along dimension 0 it would be the other order.
CREATE TEMP TABLE vectors(v, i, x);
INSERT INTO vectors VALUES (0,0, 1), (0,1, 2), (1,0, 4), (1,1, 5), (2,0, 7), (2,1, 8), (3,0, 10), (3,1, 11);
SELECT group_concat(x, ' ') FROM (SELECT x FROM vectors ORDER BY i, v);
--> 1 4 7 10 2 5 8 11
SELECT group_concat(x, ' ') FROM (SELECT x FROM vectors ORDER BY v, i);
--> 1 2 4 5 7 8 10 11


-- Large numbers
--
-- e^1000 is no double, but only differences count, in a vector and in a long table:
SELECT softmax('[1001, 1002, 1003]') IS softmax('[1, 2, 3]');
--> 1
SELECT printf('%.8f', softmax_from(x + 1000, log_sum_exp(x + 1000) OVER (PARTITION BY i))) FROM m WHERE i = 0;
--> 0.09003057
--> 0.24472847
--> 0.66524096
SELECT log_sum_exp(x + 1000) FROM m WHERE i = 0;
--> 1003.40760596444
