-- Agreement of raters: do several people, or several models, give the same ratings?
--
-- For all functions of this page:
--   * A row is one unit, for example a document: the JSON array of the ratings it got, in any order. Ratings may be
--     numbers, strings, true and false; null is a missing rating.
--   * 7, 7.0 and "7" are one value, as in the functions of classes.sql.
--   * 1 is perfect agreement, 0 what chance would give, and negative less than that. NULL if all ratings are
--     equal.
--   * A row that is NULL is left out. json_group_array() makes units out of a long table.
--   * For two raters with a column each, see kappa in classes.sql.
.load build/mlmetrics

-- Three judges grade five answers; one grade is missing:
CREATE TEMP TABLE answers(id, judge, grade);
INSERT INTO answers VALUES (1, 'a', 4), (1, 'b', 4), (1, 'c', 5), (2, 'a', 1), (2, 'b', 2), (2, 'c', 1),
  (3, 'a', 5), (3, 'b', 5), (3, 'c', 5), (4, 'a', 2), (4, 'b', 2), (4, 'c', 3), (5, 'a', 4), (5, 'b', 3), (5, 'c', NULL);
CREATE TEMP TABLE units AS SELECT id, json_group_array(grade) AS ratings FROM answers GROUP BY id;


-- fleiss_kappa(RATINGS)
--
-- Fleiss' kappa. Every unit must have the same number of ratings.
SELECT fleiss_kappa(ratings) FROM units WHERE id < 5;
--> 0.345454545454545
SELECT fleiss_kappa(ratings) FROM units;
--! fleiss_kappa: every unit must have the same number of ratings; krippendorff_alpha allows different numbers

-- Fleiss's example: fourteen psychiatrists put ten patients into five categories. Each row counts how many chose
-- which category:
CREATE TEMP TABLE counted(patient, a, b, c, d, e);
INSERT INTO counted VALUES (1, 0, 0, 0, 0, 14), (2, 0, 2, 6, 4, 2), (3, 0, 0, 3, 5, 6), (4, 0, 3, 9, 2, 0), (5, 2, 2, 8, 1, 1),
  (6, 7, 7, 0, 0, 0), (7, 3, 2, 6, 3, 0), (8, 2, 5, 3, 2, 2), (9, 6, 5, 2, 1, 0), (10, 0, 2, 2, 3, 7);
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 14)
SELECT round(fleiss_kappa(ratings), 4)
  FROM (SELECT json_group_array(CASE WHEN i <= a THEN 1 WHEN i <= a + b THEN 2 WHEN i <= a + b + c THEN 3
                                     WHEN i <= a + b + c + d THEN 4 ELSE 5 END) AS ratings
          FROM counted, n GROUP BY patient);
--> 0.2099


-- krippendorff_alpha(RATINGS[, scale='nominal'])
--
-- Krippendorff's alpha. Units may have different numbers of ratings; those with fewer than two are dropped. The
-- scale says how far apart two values are: 'nominal' (equal or not), 'ordinal' (by how many ratings lie between
-- them), 'interval' (their difference) or 'ratio' (their relative difference).
SELECT krippendorff_alpha(ratings), krippendorff_alpha(ratings, 'ordinal'), krippendorff_alpha(ratings, 'interval'),
       krippendorff_alpha(ratings, 'ratio') FROM units;
--> 0.324675324675325|0.867651888341543|0.871287128712871|0.793889384962664

-- Krippendorff's example: four observers, twelve units.
CREATE TEMP TABLE observed(ratings);
INSERT INTO observed VALUES ('[1,1,null,1]'), ('[2,2,3,2]'), ('[3,3,3,3]'), ('[3,3,3,3]'), ('[2,2,2,2]'), ('[1,2,3,4]'),
  ('[4,4,4,4]'), ('[1,1,2,1]'), ('[2,2,2,2]'), ('[null,5,5,5]'), ('[null,null,1,1]'), ('[null,3,null,null]');
SELECT round(krippendorff_alpha(ratings), 4), round(krippendorff_alpha(ratings, 'ordinal'), 4),
       round(krippendorff_alpha(ratings, 'interval'), 4), round(krippendorff_alpha(ratings, 'ratio'), 4) FROM observed;
--> 0.7434|0.8154|0.8491|0.7974

-- Ratings that are not numbers:
SELECT krippendorff_alpha(column1) FROM (VALUES ('["good","good"]'), ('["bad","good"]'), ('["bad","bad"]'));
--> 0.444444444444444
SELECT krippendorff_alpha('["good","bad"]', 'interval');
--! krippendorff_alpha: the scale needs ratings that are numbers; 'nominal' takes any values
SELECT krippendorff_alpha('[1, 2');
--! krippendorff_alpha: ratings must be a JSON array of values, got text '[1, 2'

-- A distance that is not finite, of Infinity or in 'ratio' of two numbers whose sum is 0, leaves alpha undefined:
SELECT krippendorff_alpha(column1, 'ratio'), krippendorff_alpha(column1, 'interval') IS NULL
  FROM (VALUES ('[-1,1]'), ('[2,2]'), ('[1,2]'));
--> |0
SELECT krippendorff_alpha(column1, 'ratio'), krippendorff_alpha(column1, 'interval'),
       round(krippendorff_alpha(column1, 'ordinal'), 4) FROM (VALUES ('[1e999,1]'), ('[2,2]'), ('[1,2]'));
--> ||-0.4722

-- A saved state holds the ratings, whatever the scale, so a state saved without a scale can be read with any:
SELECT krippendorff_alpha(s, 'ordinal') IS (SELECT krippendorff_alpha(ratings, 'ordinal') FROM units),
       krippendorff_alpha(s, 'ratio') IS (SELECT krippendorff_alpha(ratings, 'ratio') FROM units)
  FROM (SELECT krippendorff_alpha_state(ratings) AS s FROM units GROUP BY id % 2);
--> 1|1
SELECT krippendorff_alpha(s, 'ordinal') FROM (SELECT krippendorff_alpha_state(ratings, 'interval') AS s FROM units);
--! krippendorff_alpha: scale changed from 'interval' to 'ordinal'; a state saved without scale can be read with any scale
