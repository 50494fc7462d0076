-- Activations: convert logits to probabilities and back, and vectors to distributions.
--
-- For all functions of this page:
--   * All are scalars except log_sum_exp, which is an aggregate and a window function.
--   * The result of NULL is NULL. Text that is entirely a decimal number counts as that number; other text is
--     an error.
--   * Nothing overflows. Results are accurate to about 1 ulp over the whole range of doubles and correct at
--     ±Infinity. SQL writes infinities as 9e999 and -9e999; the shell prints them as Inf and -Inf.
--   * Results have the same bits on every CPU.
--   * A vector is a JSON array (text that begins with [) or a BLOB of little-endian float32. Where the
--     signature says LOGITS… or VECTOR…, the numbers may also be given as separate arguments. Indexes start
--     at 0.
--   * SQLite takes at most 127 arguments, newer versions 1000: a longer vector is a JSON array or a BLOB.
.load build/mlmetrics


-- sigmoid(x)
--
-- 1/(1+e^-x): the probability of a logit. It is 0 at -Infinity and 1 at Infinity. It keeps its relative
-- accuracy down to the smallest doubles, where e^-x itself would overflow.
SELECT sigmoid(0), sigmoid(2), sigmoid(-2), sigmoid(-700);
--> 0.5|0.880797077977882|0.119202922022118|9.85967654375977e-305
SELECT sigmoid(9e999), sigmoid(-9e999), sigmoid(NULL) IS NULL;
--> 1.0|0.0|1

-- The scores of the flights are the sigmoids of their logits, stored with fewer digits:
SELECT count(*), max(abs(sigmoid(logit) - score)) < 1e-5 FROM flights;
--> 60882|1

-- Columns that .import left as TEXT need no cast. Text that is not a number is an error and never counts as
-- 0:
SELECT sigmoid(' 2.0 ') IS sigmoid(2);
--> 1
SELECT sigmoid('n/a');
--! sigmoid: x must be a number, got text 'n/a'; to_number(x) reads percentages, currency and words for missing values
SELECT sigmoid('');
--! sigmoid: x must be a number, got an empty text; to_number(x) reads percentages, currency and words for missing values


-- logit(p)
--
-- ln(p/(1-p)), the inverse of sigmoid: the logit of a probability. It is -Infinity at 0 and Infinity at 1. A
-- value outside [0,1] is an error.
SELECT logit(0.5), logit(0.75), logit(0), logit(1);
--> 0.0|1.09861228866811|-Inf|Inf
SELECT sigmoid(logit(0.3)), logit(sigmoid(-3));
--> 0.3|-3.0
SELECT logit(75);
--! logit: p must be within [0,1], got 75; if every p is a percentage, 0.5 meaning 0.5%, to_number((p) || '%') reads it
SELECT logit(-0.1);
--! logit: p must be within [0,1], got -0.1


-- softplus(x)
--
-- ln(1+e^x), a smooth max(x, 0): the cross entropy of a negative row with logit x.
SELECT softplus(0), softplus(-40), softplus(1000), softplus(-9e999);
--> 0.693147180559945|4.24835425529159e-18|1000.0|0.0


-- log_sigmoid(x)
--
-- ln(sigmoid(x)) = -softplus(-x): the log-likelihood of a positive row with logit x. It is finite even where
-- sigmoid(x) underflows to 0.
SELECT log_sigmoid(0), log_sigmoid(-1000), log_sigmoid(9e999);
--> -0.693147180559945|-1000.0|0.0
SELECT log_sigmoid(-3) IS -softplus(3);
--> 1


-- softmax_at(LOGITS…, i)
-- softmax_at(LOGITS, i)
--
-- Entry i of the softmax: e^z_i divided by the sum of e^z over all entries, the probability of class i. The
-- logits are separate arguments or one vector. NULL if any argument is NULL.
SELECT softmax_at(1, 2, 3, 0), softmax_at(1, 2, 3, 1), softmax_at(1, 2, 3, 2);
--> 0.0900305731703805|0.244728471054798|0.665240955774822
SELECT softmax_at('[1, 2, 3]', 2) IS softmax_at(1, 2, 3, 2);
--> 1

-- The same three numbers as a BLOB of 12 bytes, which is what sqlite-vec, NumPy's float32 and PyTorch write:
SELECT softmax_at(x'0000803f0000004000004040', 2);
--> 0.665240955774822

-- Only differences between logits matter, so nothing overflows. An infinite entry takes the whole
-- probability, and equal infinities share it:
SELECT softmax_at(1001, 1002, 1003, 2), softmax_at(0, 9e999, 0, 1), softmax_at(9e999, 9e999, 0, 0);
--> 0.665240955774822|1.0|0.5

-- How certain is the model of each image?
SELECT sample_id, label, argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) AS predicted,
       softmax_at(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) AS p_of_truth
  FROM digits WHERE sample_id < 4;
--> 0|0|0|0.970644160849407
--> 1|1|1|0.981662104842137
--> 2|2|2|0.608226127946567
--> 3|3|3|0.953788396260512

SELECT softmax_at(1, 2, 3, 3);
--! softmax_at: i must be an index from 0 to 2, since there are 3 entries, got 3
SELECT softmax_at('[1, 2, 3]', 1.5);
--! softmax_at: i must be an index from 0 to 2, since there are 3 entries, got 1.5
SELECT softmax_at('[1, 2,', 0);
--! softmax_at: logits is not a JSON array of numbers: invalid at character 7, got text '[1, 2,'; a vector is written as '[0.1,0.2,0.7]', with brackets and commas
SELECT softmax_at(x'0000803f00', 0);
--! softmax_at: logits must be a BLOB of float32 numbers, 4 bytes each, got a BLOB of 5 bytes; vector_from_f64(blob) reads float64


-- log_softmax_at(LOGITS…, i)
-- log_softmax_at(LOGITS, i)
--
-- ln of softmax_at: the log-likelihood of class i. It is finite where softmax_at underflows to 0, and keeps
-- its relative accuracy where softmax_at is close to 1.
SELECT log_softmax_at(1, 2, 3, 2), log_softmax_at(0, 1000, 0), log_softmax_at('[0, -50]', 0);
--> -0.40760596444438|-1000.0|-1.92874984796392e-22


-- softmax(VECTOR)
--
-- The whole softmax as a JSON array. Every number is printed so that it reads back as the same double.
SELECT softmax('[1, 2, 3]');
--> [0.09003057317038046,0.24472847105479764,0.6652409557748219]
SELECT softmax(x'0000803f0000803f');
--> [0.5,0.5]

-- The array nests into other JSON functions, and json_each() turns it into rows:
SELECT json_object('p', softmax('[0, 0]'));
--> {"p":[0.5,0.5]}
SELECT key, printf('%.4f', value) FROM json_each(softmax('[2.0, 1.0, 0.1, 0.5]'));
--> 0|0.5745
--> 1|0.2114
--> 2|0.0859
--> 3|0.1282

SELECT softmax('[1, null]');
--! softmax: element 1 of vector must be a number, got text '[1, null]'
SELECT softmax('[]');
--! softmax: vector must have at least one element, got text '[]'
SELECT softmax('1, 2, 3');
--! softmax: vector must be a JSON array or a float32 BLOB, got text '1, 2, 3'; '[' || vector || ']' makes it a JSON array


-- log_softmax(VECTOR)
--
-- ln of the softmax, entry by entry, as a JSON array. -Infinity is written as -9e999.
SELECT log_softmax('[1, 2, 3]');
--> [-2.40760596444438,-1.4076059644443804,-0.4076059644443803]
SELECT log_softmax('[1000, 0]'), log_softmax('[0, "-9e999"]');
--> [0.0,-1000.0]|[0.0,-9e999]


-- argmax(VECTOR…)
-- argmax(VECTOR)
--
-- Index (from 0) of the largest entry, or the first of equal ones: the class that a model predicts. It is the
-- same for logits and probabilities.
SELECT argmax(0.2, 0.7, 0.1), argmax('[0.2, 0.4, 0.4]'), argmax(-1, -2), argmax(NULL, 1) IS NULL;
--> 1|1|0|1

-- The share of digits that the model reads correctly:
SELECT avg(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) = label) FROM digits;
--> 0.962715637173066


-- vector_at(VECTOR, i)
--
-- The i-th entry, from 0. It does for JSON arrays what json_extract() does, and reads float32 BLOBs as well.
-- An index out of range is an error. The result of NULL is NULL.
SELECT vector_at('[0.2, 0.7, 0.1]', 1), vector_at(x'0000803f00000040', 1), vector_at(NULL, 0) IS NULL;
--> 0.7|2.0|1
SELECT vector_at('[0.2, 0.7, 0.1]', 3);
--! vector_at: i must be an index from 0 to 2, since there are 3 entries, got 3

-- One class against the rest, and the calibration of the predicted class:
WITH three(probs, class) AS (VALUES ('[0.2, 0.7, 0.1]', 1), ('[0.5, 0.3, 0.2]', 0), ('[0.1, 0.4, 0.5]', 1))
SELECT roc_auc(vector_at(probs, 1), class = 1), ece(vector_at(probs, argmax(probs)), argmax(probs) = class, 5) FROM three;
--> 1.0|0.1


-- vector_from_f64(blob)
--
-- JSON array of a BLOB of little-endian float64, which is what tobytes() of a default NumPy array gives. A
-- BLOB does not say whether it holds float32 or float64, so float64 must be converted explicitly. Most float64
-- taken for float32 are an error. Not so where all are fractions of few binary digits, such as 0.5 and 0.25: they
-- are as good float32, twice as many and every other one 0, and only another length or a sum gives them away.
SELECT vector_from_f64(x'000000000000f03f0000000000000040');
--> [1.0,2.0]
SELECT softmax(vector_from_f64(x'000000000000f03f0000000000000040'));
--> [0.2689414213699951,0.7310585786300049]
SELECT vector_from_f64(x'000000000000f03f00');
--! vector_from_f64: blob must be a BLOB of float64 numbers, 8 bytes each, got a BLOB of 9 bytes


-- log_sum_exp(x)
--
-- ln of the sum of e^x over the rows, for long tables: one row for each class, or one for each element of a
-- tensor. Rows with NULL are left out; NULL if no row is left. The sum is exact, so neither the order of rows
-- nor the frame changes a bit.
SELECT log_sum_exp(column1) FROM (VALUES (1.0), (2.0), (3.0));
--> 3.40760596444438
SELECT log_sum_exp(column1) FROM (VALUES (1000), (1000));
--> 1000.69314718056
SELECT log_sum_exp(column1) FROM (VALUES (NULL), (0));
--> 0.0
SELECT log_sum_exp(column1) IS NULL FROM (VALUES (NULL));
--> 1


-- softmax_from(x, log_sum_exp)
--
-- e^(x - log_sum_exp): softmax along any dimension that OVER can name. If the sum is infinite, a finite x
-- gives 0. An infinite x gives NULL, because the sum does not tell how many entries share it.
WITH long(sample, class, z) AS (VALUES
  (1, 'car', 1.0), (1, 'cow', 2.0), (1, 'rocket', 3.0),
  (2, 'car', 5.0), (2, 'cow', 5.0), (2, 'rocket', -9e999))
SELECT sample, class, softmax_from(z, log_sum_exp(z) OVER (PARTITION BY sample)) AS p FROM long;
--> 1|car|0.0900305731703805
--> 1|cow|0.244728471054798
--> 1|rocket|0.665240955774822
--> 2|car|0.5
--> 2|cow|0.5
--> 2|rocket|0.0
SELECT softmax_from(5, 9e999), softmax_from(9e999, 9e999) IS NULL, softmax_from(NULL, 1) IS NULL;
--> 0.0|1|1
