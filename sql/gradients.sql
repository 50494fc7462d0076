-- Gradients: derivatives of the losses with respect to the prediction, and the sums of vectors that training
-- needs. walk_training.sql trains two models with them.
--
-- For all functions of this page:
--   * A gradient belongs to one row; the gradient of the mean loss is the mean of the gradients.
--   * A scalar is NULL if an argument is NULL. An aggregate leaves out rows with a NULL and is NULL if no row
--     is left.
--   * A vector is a JSON array or a float32 BLOB; the result is a JSON array.
.load build/mlmetrics


-- bce_logits_gradient(logit, target[, pos_weight])
-- bce_logits_gradient(LOGITS, TARGETS[, pos_weight | POS_WEIGHTS])
--
-- The derivative of bce_logits_loss by the logit: (1 - target)·σ - pos_weight·target·(1 - σ), where σ is
-- sigmoid(logit); without pos_weight, σ - target. For a row of many labels it is divided by their number, since
-- the row's loss is a mean over them. NULL if an argument is NULL.
SELECT bce_logits_gradient(0, 1), bce_logits_gradient(2, 0) IS sigmoid(2), bce_logits_gradient(0, 1, 3), bce_logits_gradient(NULL, 1);
--> -0.5|1|-1.5|
SELECT bce_logits_gradient('[0, 0, 2]', '[1, 0, 0.5]');
--> [-0.16666666666666666,0.16666666666666666,0.1269323593259608]


-- cross_entropy_logits_gradient(LOGITS, class | TARGETS[, label_smoothing=0])
--
-- The gradient of cross_entropy_logits_loss by the logits: softmax minus the target, which is 1 at the class
-- and 0 elsewhere, or a distribution. NULL if an argument is NULL.
SELECT cross_entropy_logits_gradient('[0, 0]', 1), cross_entropy_logits_gradient('[0, 0]', '[0.25, 0.75]'), cross_entropy_logits_gradient('[0, 0]', 1, 0.2);
--> [0.5,-0.5]|[0.25,-0.25]|[0.4,-0.4]
SELECT cross_entropy_logits_gradient('[0, 0]', 2);
--! cross_entropy_logits_gradient: class must be an index from 0 to 1, since there are 2 entries, got 2


-- bce_gradient(prob, target)
--
-- The derivative of bce_loss by the probability: (prob - target) / (prob·(1 - prob)). The divisor is at least
-- 1e-12, as in PyTorch. NULL if an argument is NULL.
SELECT bce_gradient(0.8, 1), bce_gradient(0, 1), bce_gradient(0, 0);
--> -1.25|-1000000000000.0|0.0
SELECT round(bce_gradient(1.5e-12, 0), 6), round(bce_gradient(0.5e-12, 0), 6);
--> 1.0|0.5


-- huber_gradient(pred, target, delta)
--
-- The derivative of huber_loss by the prediction: pred - target, clipped to [-delta, delta]. NULL if an
-- argument is NULL.
SELECT huber_gradient(2.5, 3, 1), huber_gradient(9, 3, 1), huber_gradient(0, 3, 1);
--> -0.5|1.0|-1.0


-- vector_sum(VECTOR[, weight])
--
-- The sum of each element over the rows: exact, rounded once, so that it does not depend on the order of the
-- rows. Vectors of different lengths are an error. A row with a NULL is left out.
SELECT vector_sum(column1) FROM (VALUES ('[1, 2]'), ('[0.5, 3]'), (NULL));
--> [1.5,5.0]
SELECT vector_sum(column1) FROM (VALUES ('[1e16, 0.1]'), ('[1, 0.2]'), ('[-1e16, 0.3]'));
--> [1.0,0.6]
SELECT vector_sum(column1, column2) FROM (VALUES ('[1, 2]', 2), ('[0.5, 3]', 0.5));
--> [2.25,5.5]
SELECT vector_sum(column1) FROM (VALUES ('[1, 2]'), ('[1, 2, 3]'));
--! vector_sum: all vectors of a group must have the same number of elements


-- vector_mean(VECTOR[, weight])
--
-- The mean of each element over the rows, exact and rounded once; it reads the states of vector_sum. With
-- dot_product it compares a row with the centre of its group. A row with a NULL is left out.
SELECT vector_mean(column1) FROM (VALUES ('[1, 2]'), ('[0.5, 3]'));
--> [0.75,2.5]
SELECT vector_mean(column1) OVER (ORDER BY column2 ROWS 1 PRECEDING)
  FROM (VALUES ('[1, 2]', 1), ('[0.5, 3]', 2), ('[1.5, 4]', 3));
--> [1.0,2.0]
--> [0.75,2.5]
--> [1.0,3.5]


-- dot_product(VECTOR, VECTOR)
--
-- The sum of the products of the elements: exact, rounded once. NULL if an argument is NULL.
SELECT dot_product('[1, 2, 3]', '[0.5, 0, -1]'), dot_product('[1e16, 1, 1]', '[1, 0.5, 0]'), dot_product(NULL, '[1]');
--> -2.5|1.0e+16|
SELECT dot_product('[1, 2]', '[1, 2, 3]');
--! dot_product: vector has 2 elements, but other has 3


-- vector_add(VECTOR, VECTOR[, scale=1])
--
-- The first vector plus scale times the second. For a step of gradient descent pass the weights, the gradient,
-- and minus the learning rate. NULL if an argument is NULL.
SELECT vector_add('[1, 2]', '[10, 20]'), vector_add('[1, 2]', '[10, 20]', -0.1), vector_add('[1]', NULL);
--> [11.0,22.0]|[0.0,0.0]|
SELECT vector_add('[1, 2]', '[1]');
--! vector_add: vector has 2 elements, but other has 1
