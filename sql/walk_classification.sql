-- Walk-through: losses of a classifier.
--
-- Two models look at two images and give probabilities for the classes car (0), cow (1) and rocket (2). The
-- first image shows a rocket, the second a car. Which model is better? The error rate cannot tell; squared
-- error and cross entropy can.
.load build/mlmetrics

CREATE TEMP TABLE images(model, image, car, cow, rocket, truth);
INSERT INTO images VALUES
  (1, 1, 0.3, 0.3, 0.4, 2), (1, 2, 0.1, 0.8, 0.1, 0),
  (2, 1, 0.1, 0.1, 0.9, 2), (2, 2, 0.4, 0.5, 0.1, 0);

-- (The probabilities in the third row add up to 1.1. They are used as they are.)


-- The error rate
--
-- Both models recognise the rocket and mistake the car for a cow, so both are wrong half of the time.
SELECT model, image, argmax(car, cow, rocket) AS predicted, truth FROM images;
--> 1|1|2|2
--> 1|2|1|0
--> 2|1|2|2
--> 2|2|1|0
SELECT model, error_rate(argmax(car, cow, rocket), truth) FROM images GROUP BY model;
--> 1|0.5
--> 2|0.5

-- But model 2 is more certain of the rocket, and nearly recognised the car.


-- Squared error
--
-- It is summed over the three classes, where the truth is 1 for the right class and 0 for the others:
SELECT model, image, brier_loss(json_array(car, cow, rocket), truth) AS squared_error FROM images;
--> 1|1|0.54
--> 1|2|1.46
--> 2|1|0.03
--> 2|2|0.62

-- The mean over the images is the Brier score for many classes: 1 against 0.325.
SELECT model, brier(json_array(car, cow, rocket), truth) FROM images GROUP BY model;
--> 1|1.0
--> 2|0.325

-- The same sum, written out class by class:
SELECT model, image,
       squared_error(car, truth = 0) + squared_error(cow, truth = 1) + squared_error(rocket, truth = 2) AS sum
  FROM images;
--> 1|1|0.54
--> 1|2|1.46
--> 2|1|0.03
--> 2|2|0.62


-- Cross entropy
--
-- This is -ln of the probability of the true class; the other probabilities do not matter.
SELECT model, image, cross_entropy_loss(car, cow, rocket, truth) AS loss,
       printf('%.4f', cross_entropy_loss(car, cow, rocket, truth)) AS rounded FROM images;
--> 1|1|0.916290731874155|0.9163
--> 1|2|2.30258509299405|2.3026
--> 2|1|0.105360515657826|0.1054
--> 2|2|0.916290731874155|0.9163
SELECT model, cross_entropy(car, cow, rocket, truth) FROM images GROUP BY model;
--> 1|1.6094379124341
--> 2|0.510825623765991

-- It punishes a model that is certain and wrong: -ln p grows without bound as p approaches 0. The squared
-- error is never more than 1, or 2 when summed over the classes.
SELECT cross_entropy_loss(column1, 1 - column1, 0), brier_loss(column1, 1) FROM (VALUES (0.5), (0.1), (0.001), (0));
--> 0.693147180559945|0.25
--> 2.30258509299405|0.81
--> 6.90775527898214|0.998001
--> Inf|1.0


-- Entropy and divergence
--
-- The entropy of a distribution is its cross entropy with itself. A one-hot distribution has entropy 0.
SELECT entropy('[0, 0, 1]');
--> 0.0
SELECT entropy('[0.5, 0.5]'), entropy('[0.25, 0.25, 0.25, 0.25]'), entropy('[0.3, 0.3, 0.4]');
--> 0.693147180559945|1.38629436111989|1.08889997534522

-- The Kullback-Leibler divergence of P from Q is the additional cross entropy, in nats, from predicting Q
-- where P is the truth.
SELECT kl_divergence('[0, 0, 1]', '[0.3, 0.3, 0.4]');
--> 0.916290731874155
SELECT kl_divergence('[0, 0, 1]', '[0, 0.1, 0.9]');
--> 0.105360515657826

-- (Some texts print 0.39 for the first value. They use logarithms to base 10: 0.9163 / 2.3026 = 0.3979, cut
-- to two digits.)
SELECT printf('%.4f', kl_divergence('[0, 0, 1]', '[0.3, 0.3, 0.4]') / cross_entropy_loss(0.1, 0.9, 0));
--> 0.3979

-- H(p, q) = H(p) + KL(p‖q): cross entropy is the sum of entropy and divergence. For a one-hot truth H(p) is
-- 0, so cross entropy and divergence are equal.
SELECT cross_entropy_loss('[0.3, 0.3, 0.4]', 2) IS kl_divergence('[0, 0, 1]', '[0.3, 0.3, 0.4]');
--> 1

-- If the truth is a distribution they differ by its entropy. The truth is the second argument of
-- cross_entropy and the first of kl_divergence, as in textbooks.
WITH d(p, q) AS (VALUES ('[0.2, 0.3, 0.5]', '[0.3, 0.3, 0.4]'))
SELECT cross_entropy_loss(q, p) AS h_pq, entropy(p) AS h_p, kl_divergence(p, q) AS kl,
       entropy(p) + kl_divergence(p, q) AS sum FROM d;
--> 1.06013176810005|1.02965301406457|0.030478754035472|1.06013176810005

-- KL is not symmetric, and it is infinite if Q gives probability 0 to something that P does not. The
-- Jensen-Shannon divergence is symmetric and finite.
SELECT kl_divergence('[0.2, 0.8]', '[0.9, 0.1]'), kl_divergence('[0.9, 0.1]', '[0.2, 0.8]'),
       js_divergence('[0.2, 0.8]', '[0.9, 0.1]');
--> 1.36273775398861|1.14572550293066|0.27539611524877
SELECT kl_divergence('[0.5, 0.5]', '[1, 0]'), js_divergence('[0.5, 0.5]', '[1, 0]');
--> Inf|0.215761554338836
