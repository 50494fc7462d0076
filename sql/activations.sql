-- Activations: raw scores made probabilities, and back; vectors made distributions.
--
-- What holds for the whole family:
--   * All are scalars but log_sum_exp, which is an aggregate and a window function.
--   * NULL in, NULL out. Text that is wholly a decimal number is that number; other text is an error.
--   * Nothing overflows: the results are right to about 1 ulp over the whole range of doubles, also at
--     ±Infinity, which SQL writes as 9e999 and -9e999 and the shell prints as Inf and -Inf.
--   * The same bits come out on every processor.
--   * A vector is a JSON array (text that begins with [), a BLOB of little-endian float32 numbers, or the
--     numbers themselves as arguments, where the signature says LOGITS… or VECTOR…. Indexes begin at 0.
.load build/mlmetrics


-- sigmoid(x)
--
-- 1/(1+e^-x): the probability that belongs to a logit. 0 at -Infinity, 1 at Infinity; far below zero it keeps
-- its relative accuracy down to the smallest doubles, where 1/(1+e^-x) as written would overflow.
SELECT sigmoid(0), sigmoid(2), sigmoid(-2), sigmoid(-700);
--> 0.5|0.880797077977882|0.119202922022118|9.85967654375977e-305
SELECT sigmoid(9e999), sigmoid(-9e999), sigmoid(NULL) IS NULL;
--> 1.0|0.0|1

-- The score of the flights is the sigmoid of the logit, kept with fewer digits:
SELECT count(*), max(abs(sigmoid(logit) - score)) < 1e-5 FROM flights;
--> 60882|1

-- Columns that .import left as TEXT need no cast, and what is no number is refused, never taken for 0:
SELECT sigmoid(' 2.0 ') IS sigmoid(2);
--> 1
SELECT sigmoid('n/a');
--! sigmoid: x must be a number, got text 'n/a'; nullif(x, 'n/a') makes it NULL
SELECT sigmoid('');
--! sigmoid: x must be a number, got an empty text; nullif(x, '') makes it NULL


-- logit(p)
--
-- ln(p/(1-p)), the inverse of sigmoid: the logit that belongs to a probability. -Infinity at 0, Infinity at
-- 1, an error outside of 0..1.
SELECT logit(0.5), logit(0.75), logit(0), logit(1);
--> 0.0|1.09861228866811|-Inf|Inf
SELECT sigmoid(logit(0.3)), logit(sigmoid(-3));
--> 0.3|-3.0
SELECT logit(75);
--! logit: p must be within [0,1], got 75; / 100.0 makes percentages probabilities
SELECT logit(-0.1);
--! logit: p must be within [0,1], got -0.1


-- softplus(x)
--
-- ln(1+e^x), the smooth max(x, 0): what a negative row with logit x costs in cross entropy.
SELECT softplus(0), softplus(-40), softplus(1000), softplus(-9e999);
--> 0.693147180559945|4.24835425529159e-18|1000.0|0.0


-- log_sigmoid(x)
--
-- ln(sigmoid(x)) = -softplus(-x): the log-likelihood of a positive row with logit x. Finite where sigmoid(x)
-- has long become 0.
SELECT log_sigmoid(0), log_sigmoid(-1000), log_sigmoid(9e999);
--> -0.693147180559945|-1000.0|0.0
SELECT log_sigmoid(-3) IS -softplus(3);
--> 1


-- softmax_at(LOGITS…, i)
-- softmax_at(LOGITS, i)
--
-- Entry i of the softmax, e^zi over the sum of all e^z: the probability of class i. The logits are given one
-- by one, or as one vector. NULL where any argument is NULL.
SELECT softmax_at(1, 2, 3, 0), softmax_at(1, 2, 3, 1), softmax_at(1, 2, 3, 2);
--> 0.0900305731703805|0.244728471054798|0.665240955774822
SELECT softmax_at('[1, 2, 3]', 2) IS softmax_at(1, 2, 3, 2);
--> 1

-- As a BLOB the same three numbers are 12 bytes, as sqlite-vec, numpy.float32 and torch write them:
SELECT softmax_at(x'0000803f0000004000004040', 2);
--> 0.665240955774822

-- Only differences count, so nothing overflows. Infinity takes all, and equal infinities share it:
SELECT softmax_at(1001, 1002, 1003, 2), softmax_at(0, 9e999, 0, 1), softmax_at(9e999, 9e999, 0, 0);
--> 0.665240955774822|1.0|0.5

-- How sure is the model of the digits, image by image?
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
--! softmax_at: logits is no JSON array of numbers: it goes wrong at character 7, got text '[1, 2,'
SELECT softmax_at(x'0000803f00', 0);
--! softmax_at: logits must be a BLOB of float32 numbers, 4 bytes each, got a BLOB of 5 bytes; vector_from_f64(blob) reads float64


-- log_softmax_at(LOGITS…, i)
-- log_softmax_at(LOGITS, i)
--
-- ln of softmax_at: the log-likelihood of class i. Finite where softmax_at has become 0, and relatively
-- accurate where it is next to 1.
SELECT log_softmax_at(1, 2, 3, 2), log_softmax_at(0, 1000, 0), log_softmax_at('[0, -50]', 0);
--> -0.40760596444438|-1000.0|-1.92874984796392e-22


-- softmax(VECTOR)
--
-- The whole softmax as a JSON array, printed so that every number reads back as it was.
SELECT softmax('[1, 2, 3]');
--> [0.09003057317038046,0.24472847105479764,0.6652409557748219]
SELECT softmax(x'0000803f0000803f');
--> [0.5,0.5]

-- The array nests into JSON functions and opens as rows:
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
--! softmax: vector must be a JSON array or a float32 BLOB, got text '1, 2, 3'


-- log_softmax(VECTOR)
--
-- ln of softmax, entry by entry, as a JSON array; -Infinity is written -9e999.
SELECT log_softmax('[1, 2, 3]');
--> [-2.40760596444438,-1.4076059644443804,-0.4076059644443803]
SELECT log_softmax('[1000, 0]'), log_softmax('[0, "-9e999"]');
--> [0.0,-1000.0]|[0.0,-9e999]


-- argmax(VECTOR…)
-- argmax(VECTOR)
--
-- Index, from 0, of the largest entry, the first of equal ones: the class that a model decides for. It is the
-- same for logits and for probabilities.
SELECT argmax(0.2, 0.7, 0.1), argmax('[0.2, 0.4, 0.4]'), argmax(-1, -2), argmax(NULL, 1) IS NULL;
--> 1|1|0|1

-- The share of digits read right:
SELECT avg(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9) = label) FROM digits;
--> 0.962715637173066


-- vector_at(VECTOR, i)
--
-- The i-th entry, from 0: what json_extract() gives of a JSON array, of float32 BLOBs too. An index that is not
-- there is an error; NULL of NULL.
SELECT vector_at('[0.2, 0.7, 0.1]', 1), vector_at(x'0000803f00000040', 1), vector_at(NULL, 0) IS NULL;
--> 0.7|2.0|1
SELECT vector_at('[0.2, 0.7, 0.1]', 3);
--! vector_at: i must be an index from 0 to 2, since there are 3 entries, got 3

-- One class against the rest, and how sure of itself a classifier is rightly:
WITH three(probs, class) AS (VALUES ('[0.2, 0.7, 0.1]', 1), ('[0.5, 0.3, 0.2]', 0), ('[0.1, 0.4, 0.5]', 1))
SELECT roc_auc(vector_at(probs, 1), class = 1), ece(vector_at(probs, argmax(probs)), argmax(probs) = class, 5) FROM three;
--> 1.0|0.1


-- vector_from_f64(blob)
--
-- JSON array of a BLOB of little-endian float64 numbers (numpy's tobytes() of a plain array). float32 and
-- float64 BLOBs cannot be told apart by looking, so the wider has to be named.
SELECT vector_from_f64(x'000000000000f03f0000000000000040');
--> [1.0,2.0]
SELECT softmax(vector_from_f64(x'000000000000f03f0000000000000040'));
--> [0.2689414213699951,0.7310585786300049]
SELECT vector_from_f64(x'000000000000f03f00');
--! vector_from_f64: blob must be a BLOB of float64 numbers, 8 bytes each, got a BLOB of 9 bytes


-- log_sum_exp(x)
--
-- ln of the sum of e^x over the rows, for long tables: one row a class, or one row an element of a tensor.
-- Rows with NULL are left out; NULL without rows. The sum is exact, so no order of rows and no frame changes
-- a bit.
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
-- e^(x - log_sum_exp): softmax along any dimension that OVER can name. Beside an infinite sum a finite x has
-- no share, 0; an infinite x is NULL, for the sum does not tell how many entries share it.
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
