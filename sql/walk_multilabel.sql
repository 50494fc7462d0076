-- Walk-through: losses of rows with many labels.
--
-- A picture may show a dog, a ball and grass. Each label is a separate question, so each logit goes through a
-- sigmoid of its own, rather than all of them through a softmax. The loss is the mean of the binary cross
-- entropies over labels and pictures. This page uses two pictures with twenty labels, then the digits with
-- their tags.
.load build/mlmetrics

-- One row for each picture, with the logits and labels as arrays of one shape. Picture 1 has labels 0 and 2,
-- picture 2 has labels 0 and 1.
CREATE TEMP TABLE pictures(picture INTEGER PRIMARY KEY, logits, labels);
INSERT INTO pictures VALUES
  (1, '[2.3800, -0.0300, 0.7595, 0.4508, -2.2203, 1.8122, -1.4829, -0.8614, 0.3155, 1.5903,
    0.3403, -0.5875, 0.0085, 0.0692, 0.3217, -0.4210, 1.8025, 0.3711, 1.4365, -2.1535]',
   '[1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]'),
  (2, '[0.1578, -2.1776, -1.0426, -1.2001, 0.7868, -0.8415, 0.4470, 1.5186, 0.1289, -0.2912,
    -1.0111, 0.5232, -0.7549, -1.0644, 0.9567, -1.3635, 0.7643, 0.9816, -0.3902, -1.5900]',
   '[1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]');

-- The same in long form, with one row for each label:
CREATE TEMP VIEW long AS
  SELECT picture, z.key AS label, z.value AS logit, y.value AS target
    FROM pictures, json_each(logits) z, json_each(labels) y WHERE z.key = y.key;
SELECT count(*), sum(target) FROM long;
--> 40|4


-- The loss over all forty labels
--
-- It is 0.7922 from the arrays, from the rows, and from the probabilities:
SELECT bce_logits(logits, labels), printf('%.4f', bce_logits(logits, labels)) FROM pictures;
--> 0.792183873196994|0.7922
SELECT bce_logits(logit, target), bce(sigmoid(logit), target) FROM long;
--> 0.792183873196994|0.792183873196994

-- The probabilities are:
SELECT picture, group_concat(printf('%.4f', sigmoid(logit)), ' ')
  FROM (SELECT * FROM long ORDER BY picture, label) GROUP BY picture;
--> 1|0.9153 0.4925 0.6812 0.6108 0.0979 0.8596 0.1850 0.2970 0.5782 0.8307 0.5843 0.3572 0.5021 0.5173 0.5797 0.3963 0.8585 0.5917 0.8079 0.1040
--> 2|0.5394 0.1018 0.2606 0.2315 0.6871 0.3012 0.6099 0.8203 0.5322 0.4277 0.2668 0.6279 0.3198 0.2565 0.7225 0.2037 0.6823 0.7274 0.4037 0.1694

-- The loss of a picture is the mean over its twenty labels. The mean of both is 0.7922 again:
SELECT picture, bce_logits_loss(logits, labels) AS loss FROM pictures;
--> 1|0.80422456234789
--> 2|0.780143184046099
SELECT avg(bce_logits_loss(logits, labels)) FROM pictures;
--> 0.792183873196994


-- The loss of each label
--
-- In long form this is a GROUP BY. The three labels with the largest loss, and the three rows with the
-- largest loss:
SELECT label, bce_logits(logit, target) AS loss FROM long GROUP BY label ORDER BY loss DESC LIMIT 3;
--> 16|1.55086443252796
--> 1|1.48160003563248
--> 9|1.16697318585869
SELECT picture, label, target, logit, bce_logits_loss(logit, target) AS loss FROM long ORDER BY loss DESC LIMIT 3;
--> 2|1|1|-2.1776|2.28494039492352
--> 1|5|0|1.8122|1.96345606027353
--> 1|16|0|1.8025|1.955123363041


-- A weight for rare labels: pos_weight
--
-- Most labels are absent, so a model that always says no does well. pos_weight multiplies the loss of the
-- labels that are present. It is one number for all labels,
SELECT bce_logits(logits, labels, 1, 9) FROM pictures;
--> 1.46711285791817
SELECT bce_logits(logit, target, 1, 9) FROM long;
--> 1.46711285791817

-- or one number for each label; here 5 for label 1 and 9 for label 2:
SELECT bce_logits(logits, labels, 1, '[1, 5, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]') FROM pictures;
--> 1.09744451770696
SELECT bce_logits(logit, target, 1, CASE label WHEN 1 THEN 5 WHEN 2 THEN 9 ELSE 1 END) FROM long;
--> 1.09744451770696

-- The usual choice is the number of absent labels divided by the number of present ones, label by label. For
-- the tags of the digits:
SELECT tag, round((count(*) - sum(label)) * 1.0 / sum(label), 3) AS pos_weight FROM digit_tags GROUP BY tag;
--> big|1.006
--> even|1.017
--> loop|1.52
--> prime|1.492
WITH rarity AS (SELECT tag, (count(*) - sum(label)) * 1.0 / sum(label) AS pos_weight FROM digit_tags GROUP BY tag)
SELECT tag, bce_logits(logit, label) AS plain, bce_logits(logit, label, 1, pos_weight) AS weighted
  FROM digit_tags JOIN rarity USING (tag) GROUP BY tag;
--> big|0.284250205339928|0.285033742154099
--> even|0.217015686672202|0.218883012351011
--> loop|0.191029438057368|0.243356246719986
--> prime|0.142977223913967|0.180328434767983


-- The report at a threshold of 0.5
--
-- A label is predicted if its probability is at least 0.5, which means that its logit is at least 0. Over all
-- labels of the two pictures:
SELECT confusion_at(sigmoid(logit), target, 0.5), confusion_at(logit, target, 0) FROM long;
--> {"tp":3,"fp":19,"tn":17,"fn":1}|{"tp":3,"fp":19,"tn":17,"fn":1}
SELECT precision_at(logit, target, 0) AS precision, recall_at(logit, target, 0) AS recall,
       f1_at(logit, target, 0) AS f1 FROM long;
--> 0.136363636363636|0.75|0.230769230769231
SELECT classification_report(sigmoid(logit) >= 0.5, target) FROM long;
-->               precision    recall  f1-score   support
-->
-->            0       0.94      0.47      0.63        36
-->            1       0.14      0.75      0.23         4
-->
-->     accuracy                           0.50        40
-->    macro avg       0.54      0.61      0.43        40
--> weighted avg       0.86      0.50      0.59        40
-->

-- For each tag of the digits; "micro" pools all rows, and "macro" is the mean over the labels:
SELECT tag, precision_at(logit, label, 0) AS precision, recall_at(logit, label, 0) AS recall,
       f1_at(logit, label, 0) AS f1, sum(label) AS support
  FROM digit_tags GROUP BY tag;
--> big|0.889877641824249|0.892857142857143|0.891364902506964|896
--> even|0.914510686164229|0.912457912457912|0.913483146067416|891
--> loop|0.916063675832127|0.887798036465638|0.901709401709402|713
--> prime|0.948644793152639|0.922330097087379|0.935302390998594|721
SELECT f1_at(logit, label, 0) AS micro,
       (SELECT avg(f1) FROM (SELECT f1_at(logit, label, 0) AS f1 FROM digit_tags GROUP BY tag)) AS macro
  FROM digit_tags;
--> 0.909545383533823|0.910464960320594

-- The share of images for which all tags are right:
SELECT avg(all_right) FROM (SELECT min((logit >= 0) = label) AS all_right FROM digit_tags GROUP BY sample_id);
--> 0.767390094602115

-- 0.5 need not be the best threshold of each label:
SELECT tag, sigmoid(json_extract(j, '$.cutoff')) AS threshold, json_extract(j, '$.f1') AS f1
  FROM (SELECT tag, best_cutoff_metrics(logit, label) AS j FROM digit_tags GROUP BY tag);
--> big|0.410839500970333|0.900107411385607
--> even|0.415128988295348|0.917491749174917
--> loop|0.399239136194377|0.915300546448087
--> prime|0.441357678274474|0.939058171745152


-- Shapes
--
-- Vectors of different lengths are an error that gives both lengths:
SELECT bce_logits(logits, '[1, 0, 1]') FROM pictures;
--! bce_logits: logits has 20 elements, but targets has 3
SELECT bce_logits(logits, labels, 1, '[1, 5, 9]') FROM pictures;
--! bce_logits: logits has 20 elements, but pos_weight has 3
SELECT bce_logits(logits, 1) FROM pictures;
--! bce_logits: targets must be a JSON array or a float32 BLOB, got 1; json_array(…) makes columns a vector, json_group_array(…) makes rows one
