-- Walk-through: softmax along dimensions.
--
-- softmax turns numbers into a distribution: e^x divided by a sum of e^x. That sum may run over a row, over a
-- column, or over the outermost dimension of a tensor. If a tensor is a long table, with one row for each
-- element and one column for each index, PARTITION BY says which.
.load build/mlmetrics


-- One vector
--
SELECT softmax('[1, 2, 3]');
--> [0.090030573170380462,0.24472847105479764,0.6652409557748219]
SELECT printf('%.8f', softmax_at(1, 2, 3, 0)), printf('%.8f', softmax_at(1, 2, 3, 1)),
       printf('%.8f', softmax_at(1, 2, 3, 2));
--> 0.09003057|0.24472847|0.66524096
SELECT printf('%.4f', value) FROM json_each(softmax('[2.0, 1.0, 0.1, 0.5]'));
--> 0.5745
--> 0.2114
--> 0.0859
--> 0.1282

-- (Some texts print 0.5438, 0.1993, 0.0717 and 0.1852 for the last vector. This is wrong: the ratio of two
-- entries is e to the power of their difference, so for 1.0 and 0.1 it is e^0.9 = 2.46.)
SELECT softmax_at(2.0, 1.0, 0.1, 0.5, 1) / softmax_at(2.0, 1.0, 0.1, 0.5, 2), 0.1993 / 0.0717;
--> 2.45960311115695|2.77963737796374


-- A matrix, row by row
--
-- Usually a sample is one row of the table with one array. Each array of the result adds up to 1.
SELECT sample, softmax(z) FROM (SELECT 1 AS sample, '[1, 2, 3]' AS z UNION ALL SELECT 2, '[1, 2, 3]');
--> 1|[0.090030573170380462,0.24472847105479764,0.6652409557748219]
--> 2|[0.090030573170380462,0.24472847105479764,0.6652409557748219]

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
-- For the other dimension, partition by the other index. Both rows are equal, so each entry is one half.
SELECT i, group_concat(printf('%.4f', p), ' ') FROM (
  SELECT i, j, softmax_from(x, log_sum_exp(x) OVER (PARTITION BY j)) AS p FROM m ORDER BY i, j)
 GROUP BY i;
--> 0|0.5000 0.5000 0.5000
--> 1|0.5000 0.5000 0.5000

-- Without a partition the softmax is over all elements, which then add up to 1:
SELECT sum(p) FROM (SELECT softmax_from(x, log_sum_exp(x) OVER ()) AS p FROM m);
--> 1.0


-- A tensor, along its outermost dimension
--
-- The tensor is [[[1, 1], [1, 1]], [[1, 1], [1, 2]]], with indexes a, b and c. Softmax along dimension 0
-- compares the two matrices element by element, so elements with the same b and c form a partition. All
-- results are 0.5 except for the last pair, 1 and 2.
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

-- The same tensor along dimension 1, and along dimension 2:
SELECT group_concat(printf('%.4f', p), ' ')
  FROM (SELECT softmax_from(x, log_sum_exp(x) OVER (PARTITION BY a, c)) AS p FROM t ORDER BY a, b, c);
--> 0.5000 0.5000 0.5000 0.5000 0.5000 0.2689 0.5000 0.7311
SELECT group_concat(printf('%.4f', p), ' ')
  FROM (SELECT softmax_from(x, log_sum_exp(x) OVER (PARTITION BY a, b)) AS p FROM t ORDER BY a, b, c);
--> 0.5000 0.5000 0.5000 0.5000 0.5000 0.5000 0.2689 0.7311

-- Each partition adds up to 1:
SELECT b, c, sum(p) FROM p GROUP BY b, c;
--> 0|0|1.0
--> 0|1|1.0
--> 1|0|1.0
--> 1|1|1.0


-- Stacking and flattening
--
-- [1, 2], [4, 5], [7, 8] and [10, 11], stacked along dimension 1 and flattened, are interleaved: 1 4 7 10 2 5
-- 8 11. In a long table this is one order of the indexes; stacking along dimension 0 is the other.
CREATE TEMP TABLE vectors(v, i, x);
INSERT INTO vectors VALUES (0,0, 1), (0,1, 2), (1,0, 4), (1,1, 5), (2,0, 7), (2,1, 8), (3,0, 10), (3,1, 11);
SELECT group_concat(x, ' ') FROM (SELECT x FROM vectors ORDER BY i, v);
--> 1 4 7 10 2 5 8 11
SELECT group_concat(x, ' ') FROM (SELECT x FROM vectors ORDER BY v, i);
--> 1 2 4 5 7 8 10 11


-- Large numbers
--
-- e^1000 overflows a double, but softmax depends on differences only, in a vector and in a long table:
SELECT softmax('[1001, 1002, 1003]') IS softmax('[1, 2, 3]');
--> 1
SELECT printf('%.8f', softmax_from(x + 1000, log_sum_exp(x + 1000) OVER (PARTITION BY i))) FROM m WHERE i = 0;
--> 0.09003057
--> 0.24472847
--> 0.66524096
SELECT log_sum_exp(x + 1000) FROM m WHERE i = 0;
--> 1003.40760596444
