-- The scoring report of `make demo`: five prediction tables, a handful of queries.
.headers on
.mode column

.print FLIGHTS: will it leave 15 minutes late? Two models, US flights, April to June 2001
.width 11 7 6 8 6 9 11 8
SELECT model, printf('%,d', count(*)) AS flights,
       printf('%.4f', roc_auc(score, label)) AS AUC,
       printf('%.4f', log_loss(score, label)) AS "log loss",
       printf('%.4f', brier(score, label)) AS Brier,
       printf('%.4f', f1_at(score, label, 0.5)) AS "F1 at 0.5",
       printf('%.4f', best_cutoff(score, label)) AS "best cutoff",
       printf('%.4f', json_extract(best_cutoff_metrics(score, label), '$.f1')) AS "F1 there"
  FROM flights GROUP BY model ORDER BY roc_auc(score, label) DESC;

.print
.headers off
.mode list
SELECT printf('Is boosted better? Its AUC is %.4f higher (95 %%: %.4f to %.4f; p = %.0e).',
              json_extract(test, '$.difference'), json_extract(test, '$.low'), json_extract(test, '$.high'),
              json_extract(test, '$.p_value'))
  FROM (SELECT delong_test(a.score, b.score, a.label) AS test FROM flights a JOIN flights b USING (flight_id)
         WHERE a.model = 'boosted' AND b.model = 'logistic');
.print
SELECT line FROM roc_plot((SELECT score_sets(model, score, label) FROM flights), 60, 16);
.headers on
.mode column

.print
.print BREAST CANCER: is it malignant? Three models, cross-validated
.width 11 7 6 8 6 9 11 8
SELECT model, printf('%,d', count(*)) AS samples,
       printf('%.4f', roc_auc(score, label)) AS AUC,
       printf('%.4f', log_loss(score, label)) AS "log loss",
       printf('%.4f', brier(score, label)) AS Brier,
       printf('%.4f', f1_at(score, label, 0.5)) AS "F1 at 0.5",
       printf('%.4f', best_cutoff(score, label)) AS "best cutoff",
       printf('%.4f', json_extract(best_cutoff_metrics(score, label), '$.f1')) AS "F1 there"
  FROM breast_cancer GROUP BY model ORDER BY roc_auc(score, label) DESC;

.print
.print THE BOOSTED MODEL OVER TIME: loss and AUC of the last 1000 flights, after every 5000 flights
.width 16 7 8 6
SELECT ts AS "at", printf('%,d', flights) AS flights, printf('%.4f', loss) AS "log loss", printf('%.4f', auc) AS AUC
  FROM (SELECT ts, row_number() OVER by_time AS flights,
               bce_logits(logit, label) OVER last_1000 AS loss, roc_auc(score, label) OVER last_1000 AS auc
          FROM flights WHERE model = 'boosted'
        WINDOW by_time AS (ORDER BY ts, flight_id), last_1000 AS (ORDER BY ts, flight_id ROWS 999 PRECEDING))
 WHERE flights % 5000 = 0;

.print
.print DIGIT TAGS: four yes-or-no questions about each image of a digit
.width 5 6 8 6 6
SELECT tag, printf('%,d', count(*)) AS images,
       printf('%.4f', bce_logits(logit, label)) AS "log loss",
       printf('%.4f', roc_auc(logit, label)) AS AUC,
       printf('%.4f', f1_at(logit, label, 0)) AS F1
  FROM digit_tags GROUP BY tag
 UNION ALL
SELECT 'all', printf('%,d', count(*)), printf('%.4f', bce_logits(logit, label)), printf('%.4f', roc_auc(logit, label)),
       printf('%.4f', f1_at(logit, label, 0)) FROM digit_tags;

.print
.print DIGITS: which of the ten is it? One model with ten logits for each image
.width 6 13 8 9
SELECT printf('%,d', count(*)) AS images,
       printf('%.4f', cross_entropy_logits(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label)) AS "cross-entropy",
       printf('%.4f', accuracy(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label)) AS accuracy,
       printf('%.4f', f1_macro(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label)) AS "macro F1"
  FROM digits;

.print
.print DIABETES: how far will the disease have progressed after one year? Two regressions
.width 8 8 7 7 6
SELECT model, count(*) AS patients,
       printf('%.3f', rmse(prediction, target)) AS RMSE,
       printf('%.3f', mae(prediction, target)) AS MAE,
       printf('%.4f', r2(prediction, target)) AS "R²"
  FROM diabetes GROUP BY model;
