-- Walk-through: training a model in SQL.
--
-- A loss says how bad a model is; its gradient says how to change the model. Gradient descent takes many small
-- steps against the gradient. This page trains a linear model of three labels on ten samples, then a logistic
-- regression that combines the three models of breast_cancer. Both arrive at the losses of PyTorch.
.load build/mlmetrics


-- Ten samples, three labels
--
-- The features of a sample begin with 1, whose weight is the bias. One row for each sample and label:
CREATE TEMP TABLE samples(sample INTEGER PRIMARY KEY, x, y);
INSERT INTO samples VALUES
  (0, '[1, 0.5, -1.2, 0.3]', '[1, 0, 0]'), (1, '[1, 1.5, 0.2, -0.7]', '[1, 0, 1]'), (2, '[1, -0.3, 0.8, 1.1]', '[0, 1, 1]'),
  (3, '[1, -1.1, -0.4, 0.9]', '[0, 1, 0]'), (4, '[1, 0.2, 1.4, -0.5]', '[1, 1, 0]'), (5, '[1, 2.1, -0.6, 0.4]', '[1, 0, 1]'),
  (6, '[1, -0.9, 0.1, -1.3]', '[0, 0, 0]'), (7, '[1, 0.7, 0.9, 1.6]', '[1, 1, 1]'), (8, '[1, -1.8, -0.2, -0.1]', '[0, 0, 0]'),
  (9, '[1, 0.4, -0.8, -1.5]', '[0, 0, 1]');
CREATE TEMP TABLE long AS SELECT sample, key AS label, x, value AS y FROM samples, json_each(samples.y);

-- One step, from weights of 0. The prediction is dot_product(w, x), the gradient of its loss with respect to w
-- is bce_logits_gradient(dot_product(w, x), y) times x, and the gradient of the mean loss is the mean. (It
-- is a third of that here, because the loss is a mean over the labels too.)
SELECT label, vector_mean(vector_add('[0, 0, 0, 0]', x, bce_logits_gradient(0, y) / 3)) AS gradient
  FROM long GROUP BY label;
--> 0|[0.0,-0.145,-0.02,-0.03333333333333333]
--> 1|[0.03333333333333333,0.03833333333333334,-0.08666666666666666,-0.1]
--> 2|[0.0,-0.125,-0.013333333333333334,-0.026666666666666672]

-- Training is a recursive query with a row for each epoch and label. The recursive part must not contain an
-- aggregate, except in a correlated subquery. The learning rate is 2.
CREATE TEMP TABLE trained AS
WITH RECURSIVE train(epoch, label, w) AS (
  SELECT 0, label, '[0, 0, 0, 0]' FROM long GROUP BY label
  UNION ALL
  SELECT epoch + 1, label,
         vector_add(w, (SELECT vector_mean(vector_add('[0, 0, 0, 0]', x, bce_logits_gradient(dot_product(train.w, x), y) / 3))
                          FROM long WHERE long.label = train.label), -2)
    FROM train WHERE epoch < 50)
SELECT * FROM train;

-- The loss every ten epochs:
SELECT epoch, bce_logits(dot_product(w, x), y) AS loss FROM trained JOIN long USING (label)
 WHERE epoch % 10 = 0 GROUP BY epoch;
--> 0|0.693147180559945
--> 10|0.336550677463024
--> 20|0.284877119022359
--> 30|0.262519410756653
--> 40|0.249281345176862
--> 50|0.240144610759518

-- PyTorch, with nn.Linear, BCEWithLogitsLoss and SGD of the same learning rate, has this loss after 50 epochs:
SELECT abs(bce_logits(dot_product(w, x), y) - 0.2401446107595179) < 1e-12 FROM trained JOIN long USING (label) WHERE epoch = 50;
--> 1

-- How many of the thirty labels are right, and the weights:
SELECT sum((dot_product(w, x) >= 0) = y) FROM trained JOIN long USING (label) WHERE epoch = 50;
--> 26
SELECT label, w FROM trained WHERE epoch = 50 ORDER BY label;
--> 0|[-0.4343570303454559,2.98921081853582,0.5400093831280367,0.5888275526631501]
--> 1|[-0.7520132953528997,-0.4265324652016865,2.4924674218565066,2.3266504542736737]
--> 2|[-0.2923772727871675,1.9800688442525183,0.32706025419843193,0.3770968542682045]


-- Logistic regression
--
-- Three models scored the samples of breast_cancer. How should their scores be weighted? A logistic regression
-- on the three scores answers that. Its features are 1 and the scores; every fourth sample is held out.
CREATE TEMP TABLE scores AS
  SELECT sample_id, sample_id % 4 = 0 AS held_back, label AS y,
         json_array(1, max(CASE model WHEN 'logistic' THEN score END), max(CASE model WHEN 'forest' THEN score END),
                    max(CASE model WHEN 'naive_bayes' THEN score END)) AS x
    FROM breast_cancer GROUP BY sample_id, label;
CREATE TEMP TABLE fitted AS
WITH RECURSIVE train(epoch, w) AS (
  VALUES (0, '[0, 0, 0, 0]')
  UNION ALL
  SELECT epoch + 1, vector_add(w, (SELECT vector_mean(vector_add('[0, 0, 0, 0]', x, bce_logits_gradient(dot_product(train.w, x), y)))
                                     FROM scores WHERE NOT held_back), -4)
    FROM train WHERE epoch < 60)
SELECT * FROM train;
SELECT epoch, bce_logits(dot_product(w, x), y) AS loss FROM fitted, scores WHERE NOT held_back AND epoch % 10 = 0 GROUP BY epoch;
--> 0|0.693147180559945
--> 10|0.136004563027528
--> 20|0.107119097411259
--> 30|0.0961060462591002
--> 40|0.0898342260507764
--> 50|0.0856178617185826
--> 60|0.0825349655727907

-- PyTorch's loss after the same 60 steps:
SELECT abs(bce_logits(dot_product(w, x), y) - 0.08253496557279069) < 1e-12 FROM fitted, scores WHERE NOT held_back AND epoch = 60;
--> 1

-- On the held-out samples, the combined score against each of the three:
SELECT 'combined' AS model, roc_auc(dot_product(w, x), y) AS auc, bce_logits(dot_product(w, x), y) AS loss
  FROM fitted, scores WHERE held_back AND epoch = 60
 UNION ALL SELECT model, roc_auc(score, label), log_loss(score, label) FROM breast_cancer WHERE sample_id % 4 = 0 GROUP BY model;
--> combined|0.993763440860215|0.0755199233105864
--> forest|0.989784946236559|0.115462003345465
--> logistic|0.996344086021505|0.0558312086295657
--> naive_bayes|0.972795698924731|1.07155859106243
