-- The scoring report of `make demo`: five prediction tables, a handful of queries.
.headers on
.mode column

.print FLIGHTS: will it be 15 minutes late? Two models over a quarter of US flights
.width 12 8 8 8 8 9 12 10
SELECT model, count(*) AS flights,
       printf('%.4f', roc_auc(score, label)) AS auc,
       printf('%.4f', log_loss(score, label)) AS log_loss,
       printf('%.4f', brier(score, label)) AS brier,
       printf('%.4f', f1_at(score, label, 0.5)) AS "f1_at_.5",
       printf('%.4f', best_cutoff(score, label)) AS best_cutoff,
       printf('%.4f', json_extract(best_cutoff_metrics(score, label), '$.f1')) AS f1_there
  FROM flights GROUP BY model ORDER BY roc_auc(score, label) DESC;

.print
.print BREAST CANCER: is it malignant? Three models, cross-validated
SELECT model, count(*) AS samples,
       printf('%.4f', roc_auc(score, label)) AS auc,
       printf('%.4f', log_loss(score, label)) AS log_loss,
       printf('%.4f', brier(score, label)) AS brier,
       printf('%.4f', f1_at(score, label, 0.5)) AS "f1_at_.5",
       printf('%.4f', best_cutoff(score, label)) AS best_cutoff,
       printf('%.4f', json_extract(best_cutoff_metrics(score, label), '$.f1')) AS f1_there
  FROM breast_cancer GROUP BY model ORDER BY roc_auc(score, label) DESC;

.print
.print THE BOOSTED MODEL OVER TIME: loss of the last 1000 flights, every 5000 flights
.width 17 9 18 17
SELECT ts, flights, printf('%.4f', loss) AS loss_of_last_1000, printf('%.4f', auc) AS auc_of_last_1000
  FROM (SELECT ts, row_number() OVER by_time AS flights,
               bce_logits(logit, label) OVER last_1000 AS loss, roc_auc(score, label) OVER last_1000 AS auc
          FROM flights WHERE model = 'boosted'
        WINDOW by_time AS (ORDER BY ts, flight_id), last_1000 AS (ORDER BY ts, flight_id ROWS 999 PRECEDING))
 WHERE flights % 5000 = 0;

.print
.print DIGIT TAGS: four yes-or-no questions to each image
.width 10 8 8 8 8 8
SELECT tag, count(*) AS images,
       printf('%.4f', bce_logits(logit, label)) AS bce,
       printf('%.4f', roc_auc(logit, label)) AS auc,
       printf('%.4f', f1_at(logit, label, 0)) AS f1
  FROM digit_tags GROUP BY tag
 UNION ALL
SELECT 'all', count(*), printf('%.4f', bce_logits(logit, label)), printf('%.4f', roc_auc(logit, label)),
       printf('%.4f', f1_at(logit, label, 0)) FROM digit_tags;

.print
.print DIGITS: which of ten?
.width 10 15 10 10
SELECT count(*) AS images,
       printf('%.4f', cross_entropy_logits(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label)) AS cross_entropy,
       printf('%.4f', accuracy(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label)) AS accuracy,
       printf('%.4f', f1_macro(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label)) AS f1_macro
  FROM digits;

.print
.print DIABETES: how far will it have come in a year?
.width 12 10 10 10 10
SELECT model, count(*) AS patients,
       printf('%.3f', rmse(prediction, target)) AS rmse,
       printf('%.3f', mae(prediction, target)) AS mae,
       printf('%.4f', r2(prediction, target)) AS r2
  FROM diabetes GROUP BY model;
