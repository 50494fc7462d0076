-- Intervals: how sure a metric is, for every metric whose method is known.
--
-- f_ci takes the arguments of f and gives JSON with value (what f gives), low and high (the bounds), se (the
-- standard error of the value), level, method and rows, then the parameters of the metric by their names: cutoff,
-- beta, bins, objective and others. The cutoff is null if rows have different ones. A note says why a bound is
-- null or was made in another way, or points out something unusual, for example that no score reaches the cutoff.
-- In a share `level` of all samples, the interval covers the metric of the population that the rows were drawn
-- from.
--
-- For all functions of this page:
--   * The level, 0.95 if not given, stands directly before the weight. The method, a text, may follow it. Where
--     numbers are spread over the arguments (PROBS…, LOGITS…), there is neither level nor method.
--   * The weight is a number of rows: a weight of 3 counts as three rows, and one that is not an integer is an
--     error. It is not a number of samples: those are drawn by bootstrap_ci. f_ci(…, 0.95, 1000) gives the
--     interval of a thousand times as many rows, which is far too narrow; roc_auc_ci and gini_ci note it.
--   * The rows must be independent draws. Several rows of one user, or of one flight, are not.
--   * A row with a NULL argument is left out; without rows the result is NULL. If the value is undefined, or
--     there is only one row, the bounds are null.
--   * Every f_ci is also a window function, f_ci_state(…) saves what it needs, and f_ci(state) merges such
--     states. It also reads the states of f where these hold enough: score sets, 2x2 tables, class sets.
.load build/mlmetrics

CREATE TEMP TABLE four AS
  SELECT column1 AS score, column2 AS label FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1));


-- roc_auc_ci(score, label[, level=0.95[, method][, weight]])
--
-- DeLong's standard error, computed from exact integers. Method 'logit' (the default) sets the bounds on the
-- logit scale, which keeps them within 0 and 1 and covers better where AUC is high; 'normal' is what pROC
-- gives, cut to the range. How sure is the AUC of each model?
SELECT model, roc_auc_ci(score, label) FROM flights GROUP BY model;
--> boosted|{"value":0.6781802125707738,"low":0.670647233688492,"high":0.6856216630351125,"se":0.0038203096272106003,"level":0.95,"method":"logit","rows":30441}
--> logistic|{"value":0.6400565937845009,"low":0.6323403038496259,"high":0.6477011633476102,"se":0.003918936152699876,"level":0.95,"method":"logit","rows":30441}
SELECT model, round(json_extract(j, '$.low'), 4) AS low, round(json_extract(j, '$.high'), 4) AS high
  FROM (SELECT model, roc_auc_ci(score, label, 0.99, 'normal') AS j FROM breast_cancer GROUP BY model);
--> forest|0.9819|0.9999
--> logistic|0.989|1.0
--> naive_bayes|0.9725|0.9951

-- A perfect AUC has a standard error of 0, however few the rows. The lower bound is then m/(m + z²), where m is
-- the number of rows of the smaller class; for a single row no interval is known:
SELECT roc_auc_ci(column1, column2) FROM (VALUES (0.1, 0), (0.4, 0), (0.5, 1), (0.8, 1));
--> {"value":1.0,"low":0.34238022750665315,"high":1.0,"se":0.0,"level":0.95,"method":"logit","rows":4,"note":"AUC is 1: low is m/(m + z²), m being the number of rows of the smaller class"}
SELECT roc_auc_ci(score, label) FROM four WHERE score > 0.3;
--> {"value":0.5,"low":null,"high":null,"se":null,"level":0.95,"method":"logit","rows":3,"note":"only one row has label 0"}
SELECT roc_auc_ci(score, label), roc_auc_ci(NULL, 1) IS NULL FROM four WHERE label = 1;
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"logit","rows":2,"note":"no row has label 0"}|1
SELECT json_extract(roc_auc_ci(score, label, 0.95, 1000), '$.note') FROM flights WHERE model = 'boosted' AND ts < '2001-04-02';
--> every count is a multiple of the same number, by weights, a join or ties; if rows were repeated, the interval is too narrow
SELECT roc_auc_ci(score, label, 2) FROM four;
--! roc_auc_ci: level must be within (0,1), got 2; the weight is argument 4
SELECT roc_auc_ci(score, label, 0.95, 0.5) FROM four;
--! roc_auc_ci: weight must be an integer from 0 to 2^44, a number of rows, got 0.5
SELECT roc_auc_ci(score, label, 0.95, 'wilson') FROM four;
--! roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'wilson'

-- At which hours is the model best? Sorted by the lower bound, an hour with few flights does not come first by
-- luck. Of 24 intervals at level 0.95 about one misses, so each of these has the level 1 - 0.05/24
-- (Bonferroni): in at least 95 % of samples all of them hold at once.
SELECT hour, json_extract(j, '$.rows') AS flights, round(json_extract(j, '$.value'), 3) AS auc,
       round(json_extract(j, '$.low'), 3) AS low, round(json_extract(j, '$.high'), 3) AS high
  FROM (SELECT substr(ts, 12, 2) AS hour, roc_auc_ci(score, label, 1 - 0.05 / 24) AS j
          FROM flights WHERE model = 'boosted' GROUP BY hour)
  ORDER BY low IS NULL, low DESC LIMIT 5;
--> 00|105|0.961|0.852|0.99
--> 23|258|0.863|0.766|0.923
--> 22|724|0.822|0.762|0.869
--> 21|1089|0.671|0.616|0.721
--> 20|1535|0.645|0.596|0.691

-- One state per day is enough for any range of days, and a window gives the interval of each week:
CREATE TEMP TABLE days AS
  SELECT date(ts) AS day, roc_auc_state(score, label) AS scores FROM flights WHERE model = 'boosted' GROUP BY day;
SELECT roc_auc_ci(scores) FROM days WHERE day >= '2001-06-01';
--> {"value":0.6826586744843531,"low":0.6701854401700926,"high":0.6948749532106459,"se":0.006299483299804929,"level":0.95,"method":"logit","rows":10044}
SELECT day, json_extract(roc_auc_ci(scores, 0.9) OVER (ORDER BY day ROWS 6 PRECEDING), '$.low') AS low
  FROM days LIMIT 2;
--> 2001-04-01|0.630259371811795
--> 2001-04-02|0.605738796416446

-- Flights of one day share the weather, as the rows of one user share the user. Such rows are no independent draws,
-- and the intervals above are too narrow for them. For a mean, mean_ci_clustered takes the day, or the user:
SELECT accuracy_at_ci(score, label, 0.25), mean_ci_clustered((score >= 0.25) = label, date(ts))
  FROM flights WHERE model = 'boosted';
--> {"value":0.6726782957195887,"low":0.667385592093375,"high":0.6779274230596108,"se":0.0026894387124946927,"level":0.95,"method":"wilson","rows":30441,"cutoff":0.25}|{"value":0.6726782957195887,"low":0.6587480941952037,"high":0.6866084972439737,"se":0.007011818613958939,"level":0.95,"method":"t","rows":30441,"clusters":91}

-- For any metric, such as AUC or F1, days are drawn with all their flights: here from the saved daily states, each
-- as often as poisson_weight says. Of 100 replicates the third from either end bounds about 95 %.
WITH RECURSIVE i(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM i WHERE i < 100),
  copies AS (SELECT r.i AS replicate, scores FROM i r, days, i c WHERE c.i <= poisson_weight(day, r.i)),
  aucs AS (SELECT replicate, roc_auc(scores) AS auc FROM copies GROUP BY replicate)
SELECT count(*) AS replicates, (SELECT auc FROM aucs ORDER BY auc LIMIT 1 OFFSET 2) AS low,
       (SELECT auc FROM aucs ORDER BY auc DESC LIMIT 1 OFFSET 2) AS high FROM aucs;
--> 100|0.665503578943818|0.690149464039752
SELECT roc_auc(score, label, poisson_weight(date(ts), 1)) =
       (SELECT roc_auc(scores) FROM days, (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4)
         WHERE k <= poisson_weight(day, 1)) AS same_replicate FROM flights WHERE model = 'boosted';
--> 1

-- From the rows of June, without saved states: of 39 replicates the least and the greatest bound 95 %, that is
-- 1 - 2/40. The column of a user in place of date(ts) draws users.
WITH RECURSIVE r(replicate) AS (SELECT 1 UNION ALL SELECT replicate + 1 FROM r WHERE replicate < 39),
  aucs AS (SELECT replicate, roc_auc(score, label, poisson_weight(date(ts), replicate)) AS auc
             FROM flights, r WHERE model = 'boosted' AND ts >= '2001-06' GROUP BY replicate)
SELECT count(auc) AS replicates, min(auc) AS low, max(auc) AS high FROM aucs;
--> 39|0.644093337258365|0.706276749552146
SELECT roc_auc_ci(score, label, 0.95, 'clustered') FROM flights;
--! roc_auc_ci: method must be 'logit' or 'normal' for this metric, got text 'clustered'; poisson_weight(cluster, replicate) as the weight, with GROUP BY replicate, draws whole clusters (sql/intervals.sql); of a mean see mean_ci_clustered(x, cluster)
SELECT roc_auc_ci_clustered(score, label, date(ts)) FROM flights;
--! roc_auc_ci_clustered: here it is SELECT replicate, roc_auc(score, label, poisson_weight(user_id, replicate)) FROM …, (WITH RECURSIVE r(replicate) AS (SELECT 1 UNION ALL SELECT replicate + 1 FROM r WHERE replicate < 999) SELECT replicate FROM r) GROUP BY replicate


-- gini_ci(score, label[, level=0.95[, method][, weight]])
--
-- 2·AUC - 1, with the bounds of roc_auc_ci transformed in the same way.
SELECT model, gini_ci(score, label) FROM flights GROUP BY model;
--> boosted|{"value":0.35636042514154753,"low":0.341294467376984,"high":0.37124332607022503,"se":0.007640619254421201,"level":0.95,"method":"logit","rows":30441}
--> logistic|{"value":0.2801131875690017,"low":0.26468060769925184,"high":0.2954023266952204,"se":0.007837872305399752,"level":0.95,"method":"logit","rows":30441}
SELECT gini_ci(score, NULL) IS NULL FROM four;
--> 1


-- accuracy_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The share of right decisions at a cutoff. The interval of a share is Wilson's; method 'clopper_pearson' gives
-- the exact one, which is wider and covers at least as often as the level says.
SELECT accuracy_at_ci(score, label, 0.25) FROM flights WHERE model = 'boosted';
--> {"value":0.6726782957195887,"low":0.667385592093375,"high":0.6779274230596108,"se":0.0026894387124946927,"level":0.95,"method":"wilson","rows":30441,"cutoff":0.25}
SELECT accuracy_at_ci(score, label, 0.25, 0.99, 'clopper_pearson') FROM flights WHERE model = 'boosted';
--> {"value":0.6726782957195887,"low":0.6657076737597039,"high":0.6795947795798989,"se":0.0026894387124946927,"level":0.99,"method":"clopper_pearson","rows":30441,"cutoff":0.25}
SELECT accuracy_at_ci(0.8, 1, 0.5), accuracy_at_ci(0.8, NULL, 0.5) IS NULL;
--> {"value":1.0,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":1,"cutoff":0.5,"note":"only one row"}|1


-- error_rate_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The share of wrong decisions.
SELECT model, error_rate_at_ci(score, label, 0.5) FROM breast_cancer GROUP BY model;
--> forest|{"value":0.0351493848857645,"low":0.02286720855435248,"high":0.05366611169615857,"se":0.007720275001239093,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> logistic|{"value":0.0210896309314587,"low":0.012104553308244451,"high":0.03649782766817998,"se":0.006023512570608942,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> naive_bayes|{"value":0.061511423550087874,"low":0.04455801472436525,"high":0.08434581666505823,"se":0.01007247622826407,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}


-- precision_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The interval takes the number of rows that are predicted positive as given. rows counts all rows.
SELECT model, precision_at_ci(score, label, 0.5) FROM breast_cancer GROUP BY model;
--> forest|{"value":0.9660194174757282,"low":0.9315323607908182,"high":0.9834441223075988,"se":0.012623353018705801,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> logistic|{"value":0.9854368932038835,"low":0.9580654163929894,"high":0.9950350868345283,"se":0.00834656569004637,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> naive_bayes|{"value":0.9447236180904522,"low":0.9037451343401278,"high":0.9688575427904029,"se":0.0161992777791331,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
SELECT precision_at_ci(score, label, 0.9) FROM four;
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":4,"cutoff":0.9,"note":"no row is predicted positive"}


-- recall_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The interval takes the number of rows with label 1 as given.
SELECT model, recall_at_ci(score, label, 0.5) FROM breast_cancer GROUP BY model;
--> forest|{"value":0.9386792452830188,"low":0.8979264785416085,"high":0.9638171411330329,"se":0.016477617717697263,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> logistic|{"value":0.9575471698113207,"low":0.9213006386159815,"high":0.9775072227650959,"se":0.01384731214938488,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
--> naive_bayes|{"value":0.8867924528301887,"low":0.8370818723879202,"high":0.9227350825940217,"se":0.021761095460252414,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}


-- specificity_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The interval takes the number of rows with label 0 as given.
SELECT specificity_at_ci(score, label, 0.5, 0.9) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.9803921568627451,"low":0.9642231675800381,"high":0.9893345582929652,"se":0.007338050868285495,"level":0.9,"method":"wilson","rows":569,"cutoff":0.5}


-- npv_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- fpr_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- fnr_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- These intervals too take the number of rows that the share divides by as given: rows predicted negative, rows
-- with label 0, rows with label 1.
SELECT npv_at_ci(score, label, 0.5) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.9641873278236914,"low":0.9396995368965767,"high":0.9789534449211624,"se":0.009753169250812193,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}
SELECT fpr_at_ci(score, label, 0.5), fnr_at_ci(score, label, 0.5) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.0196078431372549,"low":0.009529794365683004,"high":0.039914243686384986,"se":0.007338050868285487,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}|{"value":0.06132075471698113,"low":0.036182858866967156,"high":0.10207352145839149,"se":0.01647761771769726,"level":0.95,"method":"wilson","rows":569,"cutoff":0.5}


-- selection_rate_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- The share of rows that are predicted positive.
SELECT model, selection_rate_at_ci(score, label, 0.25) FROM flights GROUP BY model;
--> boosted|{"value":0.3399362701619526,"low":0.33463555497457026,"high":0.34527737828274485,"se":0.002714952461229611,"level":0.95,"method":"wilson","rows":30441,"cutoff":0.25}
--> logistic|{"value":0.3590552215761637,"low":0.35368429918315997,"high":0.36446171213351736,"se":0.0027495490576101463,"level":0.95,"method":"wilson","rows":30441,"cutoff":0.25}


-- accuracy_ci(pred, label[, level=0.95[, method][, weight]])
--
-- The share of rows whose class is right, as for accuracy_at_ci. If 47 of 50 answers are right:
SELECT accuracy_ci(column1, 'yes', 0.95, column2) FROM (VALUES ('yes', 47), ('no', 3));
--> {"value":0.94,"low":0.8378290831116182,"high":0.9793850296510261,"se":0.03358571124749334,"level":0.95,"method":"wilson","rows":50}
SELECT accuracy_ci(column1, 'yes', 0.95, 'clopper_pearson', column2) FROM (VALUES ('yes', 47), ('no', 3));
--> {"value":0.94,"low":0.8345180533962271,"high":0.9874514121646659,"se":0.03358571124749334,"level":0.95,"method":"clopper_pearson","rows":50}


-- error_rate_ci(pred, label[, level=0.95[, method][, weight]])
-- precision_micro_ci(pred, label[, level=0.95[, method][, weight]])
-- recall_micro_ci(pred, label[, level=0.95[, method][, weight]])
-- recall_weighted_ci(pred, label[, level=0.95[, method][, weight]])
-- f1_micro_ci(pred, label[, level=0.95[, method][, weight]])
--
-- The share of rows whose class is wrong; the other four are the share of right rows under other names.
SELECT error_rate_ci(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) FROM digits;
--> {"value":0.03728436282693378,"low":0.029465613972113388,"high":0.04707719225079616,"se":0.004469287957211526,"level":0.95,"method":"wilson","rows":1797}
SELECT f1_micro_ci(label, label % 9), recall_micro_ci(label, label % 9) = f1_micro_ci(label, label % 9) FROM digits;
--> {"value":0.8998330550918197,"low":0.8850878715900562,"high":0.9128724335558722,"se":0.007082215652667311,"level":0.95,"method":"wilson","rows":1797}|1


-- precision_ci(pred, label[, level=0.95[, method][, weight]])
-- recall_ci(pred, label[, level=0.95[, method][, weight]])
-- specificity_ci(pred, label[, level=0.95[, method][, weight]])
--
-- Wilson's interval of decisions 0 and 1. The bounds are those of precision_at_ci, recall_at_ci and
-- specificity_at_ci for the same decisions.
SELECT precision_ci(score >= 0.5, label) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.9660194174757282,"low":0.9315323607908182,"high":0.9834441223075988,"se":0.012623353018705801,"level":0.95,"method":"wilson","rows":569}
SELECT recall_ci(score >= 0.5, label) IS json_remove(recall_at_ci(score, label, 0.5), '$.cutoff') AS recall,
       specificity_ci(score >= 0.5, label) IS json_remove(specificity_at_ci(score, label, 0.5), '$.cutoff') AS specificity
  FROM breast_cancer WHERE model = 'forest';
--> 1|1
SELECT precision_ci(0, label) FROM four;
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"wilson","rows":4,"note":"no row is predicted positive"}


-- top_k_accuracy_ci(VECTOR, class, k[, level=0.95[, method][, weight]])
--
-- The share of rows whose class is among the k largest entries.
SELECT top_k_accuracy_ci(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label, 2) FROM digits;
--> {"value":0.9894268224819143,"low":0.9835448652614103,"high":0.9932207413855544,"se":0.0024127957718019953,"level":0.95,"method":"wilson","rows":1797,"k":2}


-- interval_coverage_ci(lo, hi, target[, level=0.95[, method][, weight]])
-- subset_accuracy_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
--
-- The share of targets within their predicted intervals, and the share of rows all of whose labels are right.
SELECT interval_coverage_ci(prediction - 100, prediction + 100, target) FROM diabetes WHERE model = 'ridge';
--> {"value":0.9389140271493213,"low":0.9125827689621836,"high":0.9576817439575168,"se":0.011391279983574011,"level":0.95,"method":"wilson","rows":442}
SELECT subset_accuracy_ci(logits, labels, 0)
  FROM (SELECT json_group_array(logit) AS logits, json_group_array(label) AS labels
          FROM (SELECT * FROM digit_tags ORDER BY sample_id, tag) GROUP BY sample_id);
--> {"value":0.7673900946021146,"low":0.747297995834154,"high":0.7863414288319819,"se":0.00996662592538166,"level":0.95,"method":"wilson","rows":1797,"cutoff":0.0}


-- mse_ci(pred, target[, level=0.95[, method][, weight]])
--
-- If values cannot be negative, and most are small and a few large, the true mean lies above the usual interval
-- more often than below it. Method 'hall' (the default) corrects Student's t for the skewness of the rows'
-- values; 't' does not.
SELECT model, mse_ci(prediction, target) FROM diabetes GROUP BY model;
--> boosted|{"value":3364.86373354207,"low":2953.8411830500254,"high":3859.3559952441205,"se":227.42221466030907,"level":0.95,"method":"hall","rows":442}
--> ridge|{"value":2985.6038201087795,"low":2654.856625372286,"high":3370.104735807876,"se":180.41525748148905,"level":0.95,"method":"hall","rows":442}
SELECT model, mse_ci(prediction, target, 0.95, 't') FROM diabetes GROUP BY model;
--> boosted|{"value":3364.86373354207,"low":2917.8977038795856,"high":3811.829763204554,"se":227.42221466030907,"level":0.95,"method":"t","rows":442}
--> ridge|{"value":2985.6038201087795,"low":2631.0232816706866,"high":3340.1843585468723,"se":180.41525748148905,"level":0.95,"method":"t","rows":442}
SELECT mse_ci(3, 1), mse_ci(NULL, 1) IS NULL;
--> {"value":4.0,"low":null,"high":null,"se":null,"level":0.95,"method":"hall","rows":1,"note":"only one row"}|1

-- An interval needs more than the mean does, so it reads only states of its own:
SELECT mse_ci(s) FROM (SELECT mse_state(3, 1) AS s);
--! mse_ci: cannot read a saved state of 'squared_error', only of 'squared_error_ci'; an interval needs more, which mse_ci_state saves
SELECT json_extract(mse_ci(s), '$.rows')
  FROM (SELECT mse_ci_state(prediction, target) AS s FROM diabetes GROUP BY model);
--> 884


-- rmse_ci(pred, target[, level=0.95[, method][, weight]])
--
-- The roots of the bounds of mse_ci, in the target's unit; se is that of the mean over twice the root.
SELECT model, rmse_ci(prediction, target) FROM diabetes GROUP BY model;
--> boosted|{"value":58.00744550091884,"low":54.349251908835186,"high":62.123715240189235,"se":1.9602846901498765,"level":0.95,"method":"hall","rows":442}
--> ridge|{"value":54.64067916954162,"low":51.5253008275768,"high":58.05260317856449,"se":1.650924368286934,"level":0.95,"method":"hall","rows":442}


-- mae_ci(pred, target[, level=0.95[, method][, weight]])
-- mape_ci(pred, target[, level=0.95[, method][, weight]])
--
-- Intervals of the same kind as those of mse_ci. mape is Infinity if a target is 0, and an infinite mean has no
-- interval.
SELECT mae_ci(prediction, target) FROM diabetes WHERE model = 'ridge';
--> {"value":44.48696372556561,"low":41.59368126128768,"high":47.53832631220719,"se":1.5107429946530944,"level":0.95,"method":"hall","rows":442}
SELECT mape_ci(prediction, target) FROM diabetes WHERE model = 'ridge';
--> {"value":0.3989010201077384,"low":0.3587688382991053,"high":0.45085317046814927,"se":0.022847287862107785,"level":0.95,"method":"hall","rows":442}
SELECT mape_ci(column1, column2) FROM (VALUES (1, 2), (1, 0));
--> {"value":9e999,"low":null,"high":null,"se":null,"level":0.95,"method":"hall","rows":2,"note":"the value of a row is infinite"}


-- smape_ci(pred, target[, level=0.95[, method][, weight]])
-- msle_ci(pred, target[, level=0.95[, method][, weight]])
-- rmsle_ci(pred, target[, level=0.95[, method][, weight]])
-- huber_ci(pred, target, delta[, level=0.95[, method][, weight]])
-- pinball_ci(pred, target, alpha[, level=0.95[, method][, weight]])
-- poisson_deviance_ci(pred, target[, level=0.95[, method][, weight]])
-- gamma_deviance_ci(pred, target[, level=0.95[, method][, weight]])
-- tweedie_deviance_ci(pred, target, power[, level=0.95[, method][, weight]])
--
-- Intervals of the same kind, of other errors of regression that cannot be negative.
SELECT smape_ci(prediction, target), huber_ci(prediction, target, 50), pinball_ci(prediction, target, 0.9)
  FROM diabetes WHERE model = 'ridge';
--> {"value":0.31933317578893217,"low":0.29734328574529106,"high":0.34314356083271635,"se":0.01162411762737046,"level":0.95,"method":"hall","rows":442}|{"value":1249.5597826574317,"low":1130.816913727688,"high":1379.4544712131833,"se":63.063079302945226,"level":0.95,"method":"hall","rows":442,"delta":50.0}|{"value":22.28441426178733,"low":19.814525845764393,"high":25.028813161591216,"se":1.3210041855849344,"level":0.95,"method":"hall","rows":442,"alpha":0.9}
SELECT json_extract(msle_ci(prediction, target), '$.high') AS msle,
       json_extract(rmsle_ci(prediction, target), '$.high') AS rmsle,
       json_extract(poisson_deviance_ci(prediction, target), '$.high') AS poisson,
       json_extract(gamma_deviance_ci(prediction, target), '$.high') AS gamma,
       json_extract(tweedie_deviance_ci(prediction, target, 1.5), '$.high') AS tweedie
  FROM diabetes WHERE model = 'boosted';
--> 0.217014926886978|0.465848609407582|25.7864871781133|0.199727855935742|2.22423589074188


-- crps_gaussian_ci(mean, target, sd[, level=0.95[, method][, weight]])
-- crps_ensemble_ci(VECTOR, target[, level=0.95[, method][, weight]])
-- interval_width_ci(lo, hi[, level=0.95[, method][, weight]])
-- interval_score_ci(lo, hi, target, alpha[, level=0.95[, method][, weight]])
--
-- Intervals of the same kind, of scores of predicted distributions and intervals.
SELECT crps_gaussian_ci(prediction, target, 55), interval_score_ci(prediction - 100, prediction + 100, target, 0.1)
  FROM diabetes WHERE model = 'ridge';
--> {"value":31.10942173560602,"low":29.278561139989556,"high":33.15718458363276,"se":0.9820939665367416,"level":0.95,"method":"hall","rows":442}|{"value":220.21401797737556,"low":211.854131759993,"high":234.37454623056993,"se":5.168009076173603,"level":0.95,"method":"hall","rows":442,"alpha":0.1}
SELECT crps_ensemble_ci(json_array(prediction - 50, prediction, prediction + 50), target),
       interval_width_ci(prediction - abs(prediction) / 2, prediction + abs(prediction) / 2)
  FROM diabetes WHERE model = 'ridge';
--> {"value":32.96670601993464,"low":30.943481188571468,"high":35.235982837319334,"se":1.0866301598771153,"level":0.95,"method":"hall","rows":442}|{"value":152.0311531653846,"low":147.22388394639748,"high":156.92674148877828,"se":2.468162273436523,"level":0.95,"method":"hall","rows":442}


-- mean_error_ci(pred, target[, level=0.95[, method][, weight]])
-- gaussian_nll_ci(mean, target, variance[, level=0.95[, method][, weight]])
-- net_benefit_at_ci(prob, label, cutoff[, level=0.95[, method][, weight]])
--
-- Means of values of either sign have Student's t interval. Is the model biased? Is acting on it worthwhile?
SELECT model, mean_error_ci(prediction, target) FROM diabetes GROUP BY model;
--> boosted|{"value":1.0058701753393664,"low":-4.42214152587445,"high":6.4338818765531816,"se":2.7618439889588116,"level":0.95,"method":"t","rows":442}
--> ridge|{"value":-0.10233099751131239,"low":-5.216059481488496,"high":5.011397486465872,"se":2.6019325403225593,"level":0.95,"method":"t","rows":442}
SELECT gaussian_nll_ci(prediction, target, 3000) FROM diabetes WHERE model = 'ridge';
--> {"value":4.50078442050992,"low":4.441687664103571,"high":4.559881176916268,"se":0.030069209580248175,"level":0.95,"method":"t","rows":442}
SELECT net_benefit_at_ci(score, label, 0.25) FROM flights WHERE model = 'boosted';
--> {"value":0.024615923699396653,"low":0.020579150505730004,"high":0.028652696893063302,"se":0.002059534110927477,"level":0.95,"method":"t","rows":30441,"cutoff":0.25}


-- log_loss_ci(prob, label[, level=0.95[, method][, weight]])
-- log_loss_ci(PROBS, class[, level=0.95[, method][, weight]])
--
-- The interval of log_loss, of two classes and of many. It reads score sets.
SELECT model, log_loss_ci(score, label) FROM flights GROUP BY model;
--> boosted|{"value":0.4595880313907211,"low":0.45409360612931926,"high":0.46517051432673034,"se":0.0028254120413212687,"level":0.95,"method":"hall","rows":30441}
--> logistic|{"value":0.47633128020372234,"low":0.47077773995100836,"high":0.48197038552706917,"se":0.0028549539175857616,"level":0.95,"method":"hall","rows":30441}
SELECT log_loss_ci(scores) FROM days WHERE day < '2001-05-01';
--> {"value":0.4458484818052925,"low":0.43655945918186295,"high":0.45541071129826893,"se":0.0048069766088778805,"level":0.95,"method":"hall","rows":10020}
SELECT log_loss_ci(column1, column2) FROM (VALUES ('[0.1, 0.2, 0.7]', 2), ('[0.4, 0.3, 0.3]', 1), ('[0.8, 0.1, 0.1]', 0));
--> {"value":0.5945970998596262,"low":0.0,"high":5.132838657004038,"se":0.30711654687833617,"level":0.95,"method":"hall","rows":3}


-- bce_ci(prob, target[, level=0.95[, method][, weight]])
-- bce_ci(PROBS, TARGETS[, level=0.95[, method][, weight]])
-- bce_logits_ci(logit, target[, level=0.95[, method][, weight[, pos_weight]]])
-- bce_logits_ci(LOGITS, TARGETS[, level=0.95[, method][, weight[, pos_weight | POS_WEIGHTS]]])
--
-- The intervals of bce and bce_logits. The level stands before the weight, and pos_weight after it.
SELECT bce_ci(score, label) FROM breast_cancer WHERE model = 'logistic';
--> {"value":0.07380499552343288,"low":0.051775124922168306,"high":0.13547607480247925,"se":0.014652202791060763,"level":0.95,"method":"hall","rows":569}
SELECT tag, bce_logits_ci(logit, label, 0.95, 1, 3) FROM digit_tags GROUP BY tag LIMIT 1;
--> big|{"value":0.5650697995390377,"low":0.517680482232243,"high":0.6214288644234534,"se":0.026151474497657624,"level":0.95,"method":"hall","rows":1797}
SELECT bce_logits_ci(column1, column2) FROM (VALUES ('[1.5, -2]', '[1, 0]'), ('[0.5, 1]', '[1, 0]'));
--> {"value":0.5289199901810135,"low":0.0,"high":5.163499853626296,"se":0.36474934566815115,"level":0.95,"method":"hall","rows":2}


-- cross_entropy_ci(PROBS…, class)
-- cross_entropy_ci(PROBS, class | TARGETS[, level=0.95[, method][, weight]])
-- cross_entropy_logits_ci(LOGITS…, class)
-- cross_entropy_logits_ci(LOGITS, class | TARGETS[, level=0.95[, method][, weight[, label_smoothing=0]]])
--
-- The intervals of cross_entropy and cross_entropy_logits.
SELECT cross_entropy_ci(0.3, column1, 0.7 - column1, 2) FROM (VALUES (0.1), (0.2), (0.3));
--> {"value":0.706754512066697,"low":0.24741917068501956,"high":1.2751023196735345,"se":0.11724526724825234,"level":0.95,"method":"hall","rows":3}
SELECT cross_entropy_ci(column1, 1, 0.9) FROM (VALUES ('[0.5, 0.5]'), ('[0.2, 0.8]'), ('[0.9, 0.1]'));
--> {"value":1.0729586082894,"low":0.0,"high":4.995676119202206,"se":0.6296061789699358,"level":0.9,"method":"hall","rows":3}
SELECT cross_entropy_logits_ci(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9, label) FROM digits;
--> {"value":0.20530644869230108,"low":0.18849505693609767,"high":0.22509852154845456,"se":0.009238326681650177,"level":0.95,"method":"hall","rows":1797,"label_smoothing":0.0}
SELECT cross_entropy_logits_ci(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label, 0.9, 't', 1, 0.1) FROM digits;
--> {"value":0.7392318620277915,"low":0.7272764967949145,"high":0.7511872272606684,"se":0.007264596910268273,"level":0.9,"method":"t","rows":1797,"label_smoothing":0.1}


-- brier_ci(prob, label[, level=0.95[, method][, weight]])
-- brier_ci(PROBS, class[, level=0.95[, method][, weight]])
--
-- The interval of brier, cut to [0,2], the range over many classes, also for one probability.
SELECT model, brier_ci(score, label) FROM breast_cancer GROUP BY model;
--> forest|{"value":0.03124340949033392,"low":0.02356857328837131,"high":0.04223415004093719,"se":0.004527537862032289,"level":0.95,"method":"hall","rows":569}
--> logistic|{"value":0.01947816167003255,"low":0.013080065809816358,"high":0.02990948235381155,"se":0.003919710775603278,"level":0.95,"method":"hall","rows":569}
--> naive_bayes|{"value":0.05678299035329319,"low":0.04045455918609006,"high":0.07757832692555507,"se":0.009244790507896453,"level":0.95,"method":"hall","rows":569}
SELECT brier_ci(column1, column2) FROM (VALUES ('[0.3, 0.3, 0.4]', 2), ('[0.9, 0, 0.1]', 0), ('[0.2, 0.5, 0.3]', 1));
--> {"value":0.31333333333333335,"low":0.0,"high":0.8184299177272313,"se":0.15376750126227728,"level":0.95,"method":"hall","rows":3}


-- label_ranking_average_precision_ci(SCORES, TARGETS[, level=0.95[, method][, weight]])
-- label_ranking_loss_ci(SCORES, TARGETS[, level=0.95[, method][, weight]])
-- coverage_error_ci(SCORES, TARGETS[, level=0.95[, method][, weight]])
-- hamming_loss_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- jaccard_samples_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- f1_samples_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- precision_samples_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- recall_samples_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
--
-- Means over rows with many labels.
CREATE TEMP TABLE tagged AS
  SELECT json_group_array(logit) AS logits, json_group_array(label) AS labels
    FROM (SELECT * FROM digit_tags ORDER BY sample_id, tag) GROUP BY sample_id;
SELECT hamming_loss_ci(logits, labels, 0) FROM tagged;
--> {"value":0.08055091819699499,"low":0.07314100084470805,"high":0.08858389790650384,"se":0.003927267163681673,"level":0.95,"method":"hall","rows":1797,"cutoff":0.0}
SELECT json_extract(label_ranking_average_precision_ci(logits, labels), '$.low') AS ranking,
       json_extract(label_ranking_loss_ci(logits, labels), '$.low') AS loss,
       json_extract(coverage_error_ci(logits, labels), '$.low') AS coverage,
       json_extract(jaccard_samples_ci(logits, labels, 0), '$.low') AS jaccard,
       json_extract(f1_samples_ci(logits, labels, 0), '$.low') AS f1,
       json_extract(precision_samples_ci(logits, labels, 0), '$.low') AS precision,
       json_extract(recall_samples_ci(logits, labels, 0), '$.low') AS recall
  FROM tagged;
--> 0.972671578381418|0.0265307361075762|1.84121891841933|0.773220576456195|0.800386511444179|0.821840857635262|0.800684584960556


-- ranked_probability_score_ci(PROBS, class[, level=0.95[, method][, weight]])
-- hinge_loss_ci(SCORES, class[, level=0.95[, method][, weight]])
--
-- Losses of many classes.
SELECT ranked_probability_score_ci(softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9)), label),
       hinge_loss_ci(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) FROM digits;
--> {"value":0.018638965404514374,"low":0.01634786409361621,"high":0.021416658005910125,"se":0.0012742962329052347,"level":0.95,"method":"hall","rows":1797}|{"value":0.1058256401049527,"low":0.08722053268280702,"high":0.12859377309025377,"se":0.01038686497320817,"level":0.95,"method":"hall","rows":1797}


-- pearson_ci(x, y[, level=0.95[, method][, weight]])
--
-- Fisher's interval: r is nearly normal on the scale of atanh r. At least four rows.
SELECT pearson_ci(prediction, target) FROM diabetes WHERE model = 'ridge';
--> {"value":0.7053796388174507,"low":0.6552156568310141,"high":0.7493502936629892,"se":0.02398013208673251,"level":0.95,"method":"fisher","rows":442}
SELECT pearson_ci(column1, column2, 0.99) FROM (VALUES (1, 1), (2, 4), (3, 9), (4, 16), (5, 25), (6, 36), (7, 49));
--> {"value":0.9773555548504418,"low":0.7383699760934859,"high":0.998258753779381,"se":0.022388059701492536,"level":0.99,"method":"fisher","rows":7}
SELECT pearson_ci(column1, column2) FROM (VALUES (1, 1), (2, 4), (3, 9));
--> {"value":0.989743318610787,"low":null,"high":null,"se":null,"level":0.95,"method":"fisher","rows":3,"note":"fewer than four rows"}


-- average_precision_ci(score, label[, level=0.95[, method][, weight]])
-- pr_auc_ci(score, label[, level=0.95[, method][, weight]])
-- partial_roc_auc_ci(score, label, max_fpr[, level=0.95[, method][, weight]])
--
-- Where there is no formula, the interval comes from 1000 samples of as many rows as there are, drawn with
-- replacement: method 'percentile', the quantiles of the metric over the samples. The samples are those of
-- bootstrap_ci with seed 0, so results are the same everywhere. The JSON has two more keys: replicates, and
-- undefined, the number of them that were left out because the metric was undefined.
SELECT average_precision_ci(score, label) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.988035614958709,"low":0.9786088212726964,"high":0.9949293568498788,"se":0.004187758813212826,"level":0.95,"method":"percentile","rows":569,"replicates":1000,"undefined":0}
SELECT pr_auc_ci(score, label, 0.9) FROM four;
--> {"value":0.7916666666666666,"low":0.16666666666666666,"high":1.0,"se":0.28556763518612827,"level":0.9,"method":"percentile","rows":4,"replicates":1000,"undefined":69}
SELECT partial_roc_auc_ci(score, label, 0.5) FROM four;
--> {"value":0.6666666666666666,"low":0.3333333333333333,"high":1.0,"se":0.24635402796901462,"level":0.95,"method":"percentile","rows":4,"max_fpr":0.5,"replicates":1000,"undefined":117}
SELECT pr_auc_ci(score, label), pr_auc_ci(score, NULL) IS NULL FROM four WHERE label = 0;
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":2,"note":"undefined for these rows"}|1


-- ks_ci(score, label[, level=0.95[, method][, weight]])
-- best_cutoff_value_ci(score, label[, objective='f1'[, level=0.95[, method][, weight]]])
-- best_cutoff_ci(score, label[, objective='f1'[, level=0.95[, method][, weight]]])
--
-- A maximum, such as ks or the value at the best cutoff, comes out too large in samples. Its interval is that of
-- the basic bootstrap: twice the value less the quantiles, cut to the metric's range (method 'percentile': the
-- quantiles themselves). The note says that it is approximate. The interval of the cutoff itself consists of the
-- quantiles.
SELECT ks_ci(score, label) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.9277654458009619,"low":0.8953546702021712,"high":0.9601272859679382,"se":0.01605374158175754,"level":0.95,"method":"basic","rows":569,"replicates":1000,"undefined":0,"note":"approximate: samples of rows overestimate this metric"}
SELECT best_cutoff_value_ci(score, label, 'youden') FROM breast_cancer WHERE model = 'forest';
--> {"value":0.9277654458009619,"low":0.8953546702021712,"high":0.9601272859679382,"se":0.01605374158175754,"level":0.95,"method":"basic","rows":569,"objective":"youden","replicates":1000,"undefined":0,"note":"approximate: samples of rows overestimate this metric"}
SELECT best_cutoff_ci(score, label, 'youden') FROM breast_cancer WHERE model = 'forest';
--> {"value":0.37,"low":0.33,"high":0.53,"se":0.0629969540233194,"level":0.95,"method":"percentile","rows":569,"objective":"youden","replicates":1000,"undefined":0}


-- ece_ci(prob, label[, bins=10[, strategy='uniform'[, level=0.95[, method][, weight]]]])
-- mce_ci(prob, label[, bins=10[, strategy='uniform'[, level=0.95[, method][, weight]]]])
-- rmsce_ci(prob, label[, bins=10[, strategy='uniform'[, level=0.95[, method][, weight]]]])
--
-- Even a perfectly calibrated model has a calibration error, since shares of few rows scatter.
-- expected_if_calibrated is the mean error if the labels were drawn from the probabilities, over 1000 such sets
-- of labels. If the value is not above their quantile at the level, low is 0: the model may well be calibrated.
SELECT ece_ci(score, label) FROM flights WHERE model = 'boosted' AND ts < '2001-04-04';
--> {"value":0.03125243311788538,"low":0.0,"high":0.04553704989154643,"se":0.010238259148250146,"level":0.95,"method":"basic","rows":1012,"bins":10,"strategy":"uniform","replicates":1000,"undefined":0,"note":"approximate: samples of rows overestimate this metric","expected_if_calibrated":0.02158251016423755}
SELECT mce_ci(score, label) FROM breast_cancer WHERE model = 'naive_bayes';
--> {"value":0.800460243,"low":0.0,"high":1.0,"se":0.07362338496670749,"level":0.95,"method":"basic","rows":569,"bins":10,"strategy":"uniform","replicates":1000,"undefined":0,"note":"approximate: samples of rows overestimate this metric","expected_if_calibrated":0.672943774973}


-- eer_ci(score, label[, level=0.95[, method][, weight]])
--
-- Percentile interval of the equal error rate.
SELECT eer_ci(score, label) FROM breast_cancer WHERE model = 'forest';
--> {"value":0.03690685413005272,"low":0.023118065244834233,"high":0.05743077337055691,"se":0.008875459674123082,"level":0.95,"method":"percentile","rows":569,"replicates":1000,"undefined":0}


-- f1_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- jaccard_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- balanced_accuracy_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- mcc_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- youden_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- fbeta_at_ci(score, label, cutoff, beta[, level=0.95[, method][, weight]])
-- cost_at_ci(score, label, cutoff, fp_cost, fn_cost[, level=0.95[, method][, weight]])
--
-- Percentile intervals of metrics at a cutoff. Samples are drawn from the four counts.
SELECT model, f1_at_ci(score, label, 0.25) FROM flights GROUP BY model;
--> boosted|{"value":0.3872832369942196,"low":0.3777077644683606,"high":0.39701239338888367,"se":0.004763843148614391,"level":0.95,"method":"percentile","rows":30441,"cutoff":0.25,"replicates":1000,"undefined":0}
--> logistic|{"value":0.3610781287105201,"low":0.3519480837219292,"high":0.37039145165631443,"se":0.004690985131317101,"level":0.95,"method":"percentile","rows":30441,"cutoff":0.25,"replicates":1000,"undefined":0}
SELECT json_extract(balanced_accuracy_at_ci(score, label, 0.5), '$.low') AS balanced_accuracy,
       json_extract(jaccard_at_ci(score, label, 0.5), '$.low') AS jaccard,
       json_extract(mcc_at_ci(score, label, 0.5), '$.low') AS mcc,
       json_extract(youden_at_ci(score, label, 0.5), '$.low') AS youden,
       json_extract(fbeta_at_ci(score, label, 0.5, 2), '$.low') AS f2,
       json_extract(cost_at_ci(score, label, 0.5, 1, 5), '$.low') AS cost
  FROM breast_cancer WHERE model = 'forest';
--> 0.940268155969361|0.865739013266998|0.889766299017609|0.880536311938722|0.916221803591525|38.0
SELECT f1_at_ci(s) FROM (SELECT f1_at_state(0.8, 1, 0.5) AS s);
--> {"value":1.0,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":1,"cutoff":0.5,"note":"only one row"}


-- positive_likelihood_ratio_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
-- negative_likelihood_ratio_at_ci(score, label, cutoff[, level=0.95[, method][, weight]])
--
-- Percentile intervals, also from samples of the four counts. A sample without a false alarm has the ratio
-- Infinity.
SELECT positive_likelihood_ratio_at_ci(score, label, 0.5), negative_likelihood_ratio_at_ci(score, label, 0.5)
  FROM breast_cancer WHERE model = 'forest';
--> {"value":47.87264150943396,"low":27.414970913830462,"high":157.06951200468475,"se":null,"level":0.95,"method":"percentile","rows":569,"cutoff":0.5,"replicates":1000,"undefined":0}|{"value":0.06254716981132076,"low":0.03194890223406135,"high":0.09686642320475457,"se":0.016822995684432986,"level":0.95,"method":"percentile","rows":569,"cutoff":0.5,"replicates":1000,"undefined":0}


-- kappa_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- kappa_linear_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- kappa_quadratic_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- mcc_ci(pred, label[, level=0.95[, method][, weight]])
-- balanced_accuracy_ci(pred, label[, level=0.95[, method][, weight]])
-- precision_macro_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- precision_macro_present_ci(pred, label[, level=0.95[, method][, weight]])
-- precision_weighted_ci(pred, label[, level=0.95[, method][, weight]])
-- recall_macro_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- recall_macro_present_ci(pred, label[, level=0.95[, method][, weight]])
-- f1_macro_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- f1_macro_present_ci(pred, label[, level=0.95[, method][, weight]])
-- f1_weighted_ci(pred, label[, level=0.95[, method][, weight]])
-- f1_ci(pred, label[, level=0.95[, method][, weight]])
-- jaccard_ci(pred, label[, level=0.95[, method][, weight]])
--
-- Percentile intervals of metrics of predicted classes. They read class sets.
CREATE TEMP TABLE digit_set AS
  SELECT class_set(argmax(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9), label) AS s FROM digits;
SELECT kappa_ci(s), f1_macro_ci(s, 0.99) FROM digit_set;
--> {"value":0.958572786223479,"low":0.9486574450688021,"high":0.9684418927004211,"se":0.004975908288342278,"level":0.95,"method":"percentile","rows":1797,"replicates":1000,"undefined":0}|{"value":0.9627507513960954,"low":0.9515561682125857,"high":0.9737315856181393,"se":0.0044280251651173195,"level":0.99,"method":"percentile","rows":1797,"replicates":1000,"undefined":0}
SELECT json_extract(kappa_linear_ci(s), '$.low') AS linear, json_extract(kappa_quadratic_ci(s), '$.low') AS quadratic,
       json_extract(mcc_ci(s), '$.low') AS mcc, json_extract(precision_macro_ci(s), '$.low') AS precision_macro,
       json_extract(precision_weighted_ci(s), '$.low') AS precision_weighted,
       json_extract(recall_macro_ci(s), '$.low') AS recall_macro,
       json_extract(f1_weighted_ci(s), '$.low') AS f1_weighted
  FROM digit_set;
--> 0.937950311302468|0.929516713034373|0.948770526460018|0.954594867385336|0.955151702542222|0.954097779475849|0.954047007987094

-- For decisions 0 and 1:
SELECT f1_ci(score >= 0.25, label) IS json_remove(f1_at_ci(score, label, 0.25), '$.cutoff') FROM flights WHERE model = 'boosted';
--> 1

-- With a list of classes every sample has all of them, even those that it did not draw:
SELECT f1_macro_ci(column1, column2, '["cat","cow","dog"]')
  FROM (VALUES ('cat', 'cat'), ('dog', 'cat'), ('dog', 'dog'), ('cow', 'dog'));
--> {"value":0.3888888888888889,"low":0.0,"high":0.6666666666666666,"se":0.17213073211529664,"level":0.95,"method":"percentile","rows":4,"classes":"[\"cat\",\"cow\",\"dog\"]","replicates":1000,"undefined":0}

-- Every class occurs as a label here, so the means over these classes are those over all classes:
SELECT json_extract(balanced_accuracy_ci(s), '$.low') = json_extract(recall_macro_ci(s), '$.low') AS balanced,
       json_extract(precision_macro_present_ci(s), '$.low') = json_extract(precision_macro_ci(s), '$.low') AS precision,
       json_extract(recall_macro_present_ci(s), '$.low') = json_extract(recall_macro_ci(s), '$.low') AS recall,
       json_extract(f1_macro_present_ci(s), '$.low') = json_extract(f1_macro_ci(s), '$.low') AS f1
  FROM digit_set;
--> 1|1|1|1


-- fleiss_kappa_ci(RATINGS[, level=0.95[, method]])
-- krippendorff_alpha_ci(RATINGS[, scale='nominal'[, level=0.95[, method]]])
--
-- Percentile intervals of the agreement of raters. A sample draws units; the raters are taken as given. They remember
-- the units. NULL without a row; value and bounds are null if all ratings are alike.
CREATE TEMP TABLE observed(ratings);
INSERT INTO observed VALUES ('[1,1,null,1]'), ('[2,2,3,2]'), ('[3,3,3,3]'), ('[3,3,3,3]'), ('[2,2,2,2]'), ('[1,2,3,4]'),
  ('[4,4,4,4]'), ('[1,1,2,1]'), ('[2,2,2,2]'), ('[null,5,5,5]'), ('[null,null,1,1]'), ('[null,3,null,null]');
SELECT krippendorff_alpha_ci(ratings, 'ordinal') FROM observed;
--> {"value":0.8153875037548813,"low":0.44074071072109705,"high":0.9945054569960703,"se":0.147622230566629,"level":0.95,"method":"percentile","rows":12,"scale":"ordinal","replicates":1000,"undefined":0}
SELECT fleiss_kappa_ci(ratings) FROM observed WHERE ratings NOT LIKE '%null%';
--> {"value":0.6414565826330533,"low":0.193256103703311,"high":0.9118457300275482,"se":0.19375560457586652,"level":0.95,"method":"percentile","rows":8,"replicates":1000,"undefined":0}
SELECT fleiss_kappa_ci('[3,3]'), fleiss_kappa_ci(NULL) IS NULL;
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":1,"note":"undefined for these rows"}|1


-- r2_ci(pred, target[, level=0.95[, method][, weight]])
--
-- The percentile interval of r2, a ratio of two sums. Its state keeps the rows.
SELECT model, r2_ci(prediction, target) FROM diabetes GROUP BY model;
--> boosted|{"value":0.43255833932033866,"low":0.34778948982553315,"high":0.5063934599664339,"se":0.03953008305773797,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}
--> ridge|{"value":0.49651572129766747,"low":0.4266054678337425,"high":0.5527546251586225,"se":0.03203187662859464,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}
SELECT r2_ci(1, 2);
--> {"value":null,"low":null,"high":null,"se":null,"level":0.95,"method":"percentile","rows":1,"note":"undefined for these rows"}


-- jaccard_macro_ci(pred, label[, classes][, level=0.95[, method][, weight]])
-- jaccard_micro_ci(pred, label[, level=0.95[, method][, weight]])
-- jaccard_weighted_ci(pred, label[, level=0.95[, method][, weight]])
-- fbeta_macro_ci(pred, label, beta[, classes][, level=0.95[, method][, weight]])
--
-- More percentile intervals of class sets.
SELECT jaccard_macro_ci(s), fbeta_macro_ci(s, 2) FROM digit_set;
--> {"value":0.9291111877656685,"low":0.913670751028331,"high":0.9450205575689347,"se":0.008018731246749788,"level":0.95,"method":"percentile","rows":1797,"replicates":1000,"undefined":0}|{"value":0.9626927270100694,"low":0.9539658939116314,"high":0.9712593569501115,"se":0.004443701412212178,"level":0.95,"method":"percentile","rows":1797,"beta":2.0,"replicates":1000,"undefined":0}
SELECT json_extract(jaccard_micro_ci(s), '$.low') AS micro, json_extract(jaccard_weighted_ci(s), '$.low') AS weighted
  FROM digit_set;
--> 0.911702127659574|0.913774063795891


-- wmape_ci(pred, target[, level=0.95[, method][, weight]])
-- explained_variance_ci(pred, target[, level=0.95[, method][, weight]])
-- ccc_ci(pred, target[, level=0.95[, method][, weight]])
--
-- Percentile intervals of other ratios of sums, and of concordance. Their states keep the rows.
SELECT wmape_ci(prediction, target), explained_variance_ci(prediction, target), ccc_ci(prediction, target)
  FROM diabetes WHERE model = 'ridge';
--> {"value":0.29242059346995225,"low":0.27043266997233995,"high":0.315595654224209,"se":0.01122991964189951,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}|{"value":0.4965174872059833,"low":0.43039383108083723,"high":0.55403080917583,"se":0.03201426191118933,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}|{"value":0.6534971430238627,"low":0.6022757033516879,"high":0.6957925911149144,"se":0.023788899482338362,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}


-- median_absolute_error_ci(pred, target[, level=0.95[, method]])
-- quantile_absolute_error_ci(pred, target, q[, level=0.95[, method]])
-- max_error_ci(pred, target[, level=0.95[, method]])
--
-- Percentile intervals of order statistics of errors. No sample has a larger error than the rows have, so the
-- upper bound of max_error is its value, and says nothing about future rows.
SELECT median_absolute_error_ci(prediction, target) FROM diabetes WHERE model = 'ridge';
--> {"value":41.942572,"low":37.2608925,"high":44.5944961125,"se":1.937941926524121,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}
SELECT quantile_absolute_error_ci(prediction, target, 0.9), max_error_ci(prediction, target)
  FROM diabetes WHERE model = 'ridge';
--> {"value":90.38737670000002,"low":83.93172189,"high":96.99162600000001,"se":2.6096347430220472,"level":0.95,"method":"percentile","rows":442,"q":0.9,"replicates":1000,"undefined":0}|{"value":153.054353,"low":136.598734,"high":153.054353,"se":5.570108373440348,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}


-- spearman_ci(x, y[, level=0.95[, method]])
-- kendall_ci(x, y[, level=0.95[, method]])
-- concordance_index_ci(pred, time, event[, level=0.95[, method]])
--
-- Percentile intervals of rank correlations.
SELECT spearman_ci(prediction, target), kendall_ci(prediction, target) FROM diabetes WHERE model = 'ridge';
--> {"value":0.6910555125172985,"low":0.630545551849606,"high":0.7394817179511991,"se":0.027351860453120148,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}|{"value":0.49486342940012173,"low":0.44601230186621593,"high":0.5371022586375948,"se":0.022881486822952844,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}
SELECT concordance_index_ci(prediction, target, 1) FROM diabetes WHERE model = 'ridge';
--> {"value":0.747904006591822,"low":0.7233996236658037,"high":0.7690630172884814,"se":0.01145900739966928,"level":0.95,"method":"percentile","rows":442,"replicates":1000,"undefined":0}


-- roc_auc_ovr_macro_ci(PROBS…, class)
-- roc_auc_ovr_macro_ci(PROBS, class[, level=0.95[, method][, weight]])
-- roc_auc_ovr_weighted_ci(PROBS…, class)
-- roc_auc_ovr_weighted_ci(PROBS, class[, level=0.95[, method][, weight]])
-- roc_auc_ovr_micro_ci(PROBS…, class)
-- roc_auc_ovr_micro_ci(PROBS, class[, level=0.95[, method][, weight]])
-- roc_auc_ovo_macro_ci(PROBS, class[, level=0.95[, method]])
-- roc_auc_ovo_weighted_ci(PROBS, class[, level=0.95[, method]])
-- average_precision_macro_ci(PROBS…, class)
-- average_precision_macro_ci(PROBS, class[, level=0.95[, method][, weight]])
-- average_precision_weighted_ci(PROBS…, class)
-- average_precision_weighted_ci(PROBS, class[, level=0.95[, method][, weight]])
-- average_precision_micro_ci(PROBS…, class)
-- average_precision_micro_ci(PROBS, class[, level=0.95[, method][, weight]])
--
-- Percentile intervals of areas of many classes. A sample draws whole rows, because the probabilities of the classes
-- of one row depend on each other.
CREATE TEMP TABLE digit_probs AS
  SELECT softmax(json_array(z0, z1, z2, z3, z4, z5, z6, z7, z8, z9)) AS p, label FROM digits WHERE sample_id < 100;
SELECT roc_auc_ovr_macro_ci(p, label), roc_auc_ovo_macro_ci(p, label) FROM digit_probs;
--> {"value":0.9980160787280352,"low":0.9944699351456168,"high":1.0,"se":0.0014615031700750476,"level":0.95,"method":"percentile","rows":100,"replicates":1000,"undefined":0}|{"value":0.9977314814814815,"low":0.9935834952084952,"high":1.0,"se":0.001732437286674057,"level":0.95,"method":"percentile","rows":100,"replicates":1000,"undefined":0}
SELECT json_extract(roc_auc_ovr_weighted_ci(p, label), '$.low') AS ovr_weighted,
       json_extract(roc_auc_ovr_micro_ci(p, label), '$.low') AS ovr_micro,
       json_extract(roc_auc_ovo_weighted_ci(p, label), '$.low') AS ovo_weighted,
       json_extract(average_precision_macro_ci(p, label), '$.low') AS macro,
       json_extract(average_precision_weighted_ci(p, label), '$.low') AS weighted,
       json_extract(average_precision_micro_ci(p, label), '$.low') AS micro
  FROM digit_probs;
--> 0.995105152154445|0.993865833333333|0.994482313905231|0.957050762729334|0.968198322510822|0.961213319754016


-- f1_labels_micro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- f1_labels_macro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- f1_labels_weighted_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- precision_labels_micro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- precision_labels_macro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- precision_labels_weighted_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- recall_labels_micro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- recall_labels_macro_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
-- recall_labels_weighted_ci(SCORES, TARGETS, cutoff[, level=0.95[, method][, weight]])
--
-- Percentile intervals of averages over the labels of rows with many of them; a sample draws whole rows.
SELECT f1_labels_macro_ci(logits, labels, 0) FROM tagged;
--> {"value":0.9104649603205937,"low":0.9003449408979552,"high":0.9195097329712576,"se":0.004643411336997114,"level":0.95,"method":"percentile","rows":1797,"cutoff":0.0,"replicates":1000,"undefined":0}
SELECT json_extract(f1_labels_micro_ci(logits, labels, 0), '$.low') AS f1_micro,
       json_extract(f1_labels_weighted_ci(logits, labels, 0), '$.low') AS f1_weighted,
       json_extract(precision_labels_micro_ci(logits, labels, 0), '$.low') AS precision_micro,
       json_extract(precision_labels_macro_ci(logits, labels, 0), '$.low') AS precision_macro,
       json_extract(precision_labels_weighted_ci(logits, labels, 0), '$.low') AS precision_weighted,
       json_extract(recall_labels_micro_ci(logits, labels, 0), '$.low') AS recall_micro,
       json_extract(recall_labels_macro_ci(logits, labels, 0), '$.low') AS recall_macro,
       json_extract(recall_labels_weighted_ci(logits, labels, 0), '$.low') AS recall_weighted
  FROM tagged;
--> 0.899620610544553|0.899569751513067|0.90366614008709|0.905696645656072|0.90398521979308|0.892034666874483|0.892253807224836|0.892034666874483
