-- Walk-through: the sigmoid, and why it is not computed as 1/(1+e^-x).
--
-- sigmoid(x) = 1/(1+e^-x) converts a logit to a probability. Computed by this formula it overflows for x
-- below -709, it loses precision close to 1, and losses computed from it are worse still. This page shows the
-- function, its limits, and what to use instead.
.load build/mlmetrics


-- The function
--
SELECT column1 AS x, printf('%.4f', sigmoid(column1)) AS p FROM (VALUES (-6), (-2), (-1), (0), (1), (2), (6));
--> -6|0.0025
--> -2|0.1192
--> -1|0.2689
--> 0|0.5000
--> 1|0.7311
--> 2|0.8808
--> 6|0.9975

-- It is symmetric, sigmoid(-x) = 1 - sigmoid(x), and logit is its inverse:
SELECT sigmoid(-1.5) + sigmoid(1.5), logit(sigmoid(-1.5));
--> 1.0|-1.5

-- The first four of the twenty numbers of walk_multilabel.sql:
SELECT printf('%.4f %.4f %.4f %.4f', sigmoid(2.3800), sigmoid(-0.0300), sigmoid(0.7595), sigmoid(0.4508));
--> 0.9153 0.4925 0.6812 0.6108

-- A cutoff of 0.5 for probabilities is a cutoff of 0 for logits, and any other cutoff p is logit(p):
SELECT logit(0.5), logit(0.2);
--> 0.0|-1.38629436111989
SELECT f1_at(logit, label, logit(0.25)), f1_at(sigmoid(logit), label, 0.25) FROM flights WHERE model = 'boosted';
--> 0.38728323699422|0.38728323699422


-- Large arguments
--
-- For very negative x the result is small, with full relative accuracy down to the smallest doubles. For
-- large x it rounds to 1, because doubles next to 1 are too far apart.
SELECT column1 AS x, sigmoid(column1) AS p FROM (VALUES (-700), (-40), (40), (700), (9e999), (-9e999));
--> -700|9.85967654375977e-305
--> -40|4.24835425529159e-18
--> 40|1.0
--> 700|1.0
--> Inf|1.0
--> -Inf|0.0
SELECT sigmoid(40) = 1, 1 - sigmoid(36.5) = sigmoid(-36.5), sigmoid(-40) > 0;
--> 1|0|1

-- So use sigmoid(-x) for 1 - sigmoid(x):
SELECT 1 - sigmoid(36.5), sigmoid(-36.5);
--> 1.11022302462516e-16|1.40686171244615e-16


-- Logarithms
--
-- ln(sigmoid(x)) is log_sigmoid(x). It is finite where sigmoid(x) underflows to 0, and has full relative
-- accuracy where sigmoid(x) rounds to 1.
SELECT column1 AS x, log_sigmoid(column1) FROM (VALUES (-1000), (-1), (0), (1), (40));
--> -1000|-1000.0
--> -1|-1.31326168751822
--> 0|-0.693147180559945
--> 1|-0.313261687518223
--> 40|-4.24835425529159e-18

-- -ln(1 - sigmoid(x)) is softplus(x), a smooth max(x, 0):
SELECT column1 AS x, softplus(column1) FROM (VALUES (-40), (-1), (0), (1), (1000));
--> -40|4.24835425529159e-18
--> -1|0.313261687518223
--> 0|0.693147180559945
--> 1|1.31326168751822
--> 1000|1000.0
SELECT log_sigmoid(3) IS -softplus(-3), softplus(3) - softplus(-3);
--> 1|3.0


-- Losses
--
-- The loss of a positive row is -ln(sigmoid(x)), and that of a negative row is -ln(1 - sigmoid(x)). Computed
-- from the probability it loses precision and is clipped: bce clips at 100, as PyTorch's BCELoss does, and
-- log_loss at 36.04, as scikit-learn does. bce_logits computes it from the logit, like PyTorch's
-- BCEWithLogitsLoss, and loses nothing.
SELECT column1 AS x, bce_logits_loss(column1, 0) AS from_logit, bce_loss(sigmoid(column1), 0) AS bce,
       log_loss_of(sigmoid(column1), 0) AS log_loss
  FROM (VALUES (1), (30), (36.5), (40), (1000));
--> 1|1.31326168751822|1.31326168751822|1.31326168751822
--> 30|30.0000000000001|29.9998336116752|29.9998336116752
--> 36.5|36.5|36.7368005696771|36.0436533891172
--> 40|40.0|100.0|36.0436533891172
--> 1000|1000.0|100.0|36.0436533891172
SELECT bce_logits_loss(9e999, 1), bce_logits_loss(9e999, 0), bce_logits_loss(-9e999, 0);
--> 0.0|Inf|0.0

-- If logits are moderate, both agree except for the rounding of the probability:
SELECT bce_logits(logit, label), bce(sigmoid(logit), label) FROM flights WHERE model = 'boosted';
--> 0.459588031391983|0.459588031391983
