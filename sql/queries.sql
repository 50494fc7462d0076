-- Queries: how good the ranking of a search engine, a recommender or a retriever is, query by query.
--
-- For all functions of this page but the last two:
--   * A row is a document of one query: its score, and its relevance, a number of at least 0. Metrics of hits
--     treat any relevance above 0 as relevant. GROUP BY the query, then average over the queries.
--   * Documents with the same score are in no particular order. The result is the expected value over all their
--     orders (McSherry and Najork 2008), so the order of rows does not matter.
--   * A NULL score is a document that was judged but not retrieved: it counts among the relevant ones and in
--     the best order, never among the first k. A row with a NULL relevance is left out; coalesce(relevance, 0)
--     keeps documents that were not judged.
--   * NULL for a query without a relevant document.
--   * If a log holds ranks instead of scores, pass -rank.
--   * Every aggregate is also a window function and has a _state form. All aggregates of this page read each
--     other's states.
.load build/mlmetrics

-- Two queries. Document c was judged relevant but not retrieved; g and h have the same score:
CREATE TEMP TABLE runs(query, document, score, relevance);
INSERT INTO runs VALUES (1, 'a', 0.9, 1), (1, 'b', 0.8, 0), (1, 'c', NULL, 2), (1, 'd', 0.6, 3),
                        (2, 'e', 0.7, 0), (2, 'f', 0.5, 0), (2, 'g', 0.4, 2), (2, 'h', 0.4, 0);

-- A whole log in one query: MRR@10, MAP, NDCG@10 and the share of queries with at least one hit.
SELECT count(*) AS queries, avg(mrr) AS mrr, avg(map) AS map, avg(ndcg) AS ndcg, avg(hit) AS hits
  FROM (SELECT reciprocal_rank_at_k(score, relevance, 10) AS mrr, average_precision_at_k(score, relevance, 10) AS map,
               ndcg_at_k(score, relevance, 10) AS ndcg, hit_rate_at_k(score, relevance, 10) AS hit
          FROM runs GROUP BY query);
--> 2|0.645833333333333|0.423611111111111|0.495171634210803|1.0

-- With intervals: queries are the rows of which the means are taken, so mean_ci gives the 95 % interval of each. It is
-- Student's, which with few queries may exceed 1; queries without a relevant document are left out. Here six queries
-- are ranked by two engines:
CREATE TEMP TABLE log(engine, query, rank, relevance);
INSERT INTO log VALUES
  ('old', 1, 1, 0), ('old', 1, 2, 1), ('old', 1, 3, 0), ('new', 1, 1, 1), ('new', 1, 2, 0), ('new', 1, 3, 0),
  ('old', 2, 1, 1), ('old', 2, 2, 0), ('old', 2, 3, 2), ('new', 2, 1, 2), ('new', 2, 2, 1), ('new', 2, 3, 0),
  ('old', 3, 1, 0), ('old', 3, 2, 0), ('old', 3, 3, 1), ('new', 3, 1, 0), ('new', 3, 2, 1), ('new', 3, 3, 0),
  ('old', 4, 1, 3), ('old', 4, 2, 1), ('old', 4, 3, 0), ('new', 4, 1, 3), ('new', 4, 2, 0), ('new', 4, 3, 1),
  ('old', 5, 1, 0), ('old', 5, 2, 2), ('old', 5, 3, 1), ('new', 5, 1, 1), ('new', 5, 2, 2), ('new', 5, 3, 0),
  ('old', 6, 1, 0), ('old', 6, 2, 0), ('old', 6, 3, 2), ('new', 6, 1, 0), ('new', 6, 2, 2), ('new', 6, 3, 0);
CREATE TEMP VIEW by_query AS
  SELECT engine, query, reciprocal_rank_at_k(-rank, relevance, 10) AS mrr,
         average_precision_at_k(-rank, relevance, 10) AS map, ndcg_at_k(-rank, relevance, 10) AS ndcg
    FROM log GROUP BY engine, query;
SELECT engine, mean_ci(mrr), mean_ci(map), mean_ci(ndcg) FROM by_query GROUP BY engine;
--> new|{"value":0.8333333333333334,"low":0.5623702162510884,"high":1.1042964504155783,"se":0.10540925533894598,"level":0.95,"method":"t","rows":6}|{"value":0.8055555555555556,"low":0.5481009828843588,"high":1.0630101282267523,"se":0.10015420209622193,"level":0.95,"method":"t","rows":6}|{"value":0.8475864400519609,"low":0.6633960032597406,"high":1.0317768768441813,"se":0.07165320871670529,"level":0.95,"method":"t","rows":6}
--> old|{"value":0.6111111111111112,"low":0.28545397364458236,"high":0.93676824857764,"se":0.12668615834434865,"level":0.95,"method":"t","rows":6}|{"value":0.5972222222222222,"low":0.3129440156817142,"high":0.8815004287627302,"se":0.11058905131885768,"level":0.95,"method":"t","rows":6}|{"value":0.6767981839162593,"low":0.4798601336659688,"high":0.8737362341665499,"se":0.07661224689294552,"level":0.95,"method":"t","rows":6}

-- Both engines answered the same queries, so the difference of the pairs says more than two intervals do:
SELECT mean_ci(new.mrr - old.mrr), mean_ci(new.map - old.map), mean_ci(new.ndcg - old.ndcg)
  FROM by_query new JOIN by_query old USING (query) WHERE new.engine = 'new' AND old.engine = 'old';
--> {"value":0.22222222222222224,"low":-0.016744785201277007,"high":0.4611892296457215,"se":0.09296222517045284,"level":0.95,"method":"t","rows":6}|{"value":0.20833333333333334,"low":-0.03747019285457176,"high":0.45413685952123845,"se":0.09562174710032502,"level":0.95,"method":"t","rows":6}|{"value":0.17078825613570156,"low":0.029667912792668893,"high":0.3119085994787342,"se":0.05489821074227736,"level":0.95,"method":"t","rows":6}

-- Results that are stored as a JSON list of document ids, best first, joined with what is known to be relevant:
WITH results(query, ids) AS (VALUES (1, '[1, 3, 2, 6]')), truth(query, document) AS (VALUES (1, 1), (1, 2), (1, 4)),
     ranked AS (SELECT query, value AS document, -key AS score FROM results, json_each(ids)),
     documents AS (SELECT query, document FROM ranked UNION SELECT query, document FROM truth)
SELECT recall_at_k(score, t.document IS NOT NULL, 4) AS recall, precision_at_k(score, t.document IS NOT NULL, 4) AS precision,
       reciprocal_rank(score, t.document IS NOT NULL) AS mrr, ndcg(score, t.document IS NOT NULL) AS ndcg
  FROM documents d LEFT JOIN ranked r USING (query, document) LEFT JOIN truth t USING (query, document);
--> 0.666666666666667|0.5|1.0|0.703918089034135


-- dcg_at_k(score, relevance, k)
--
-- Discounted cumulative gain: the sum of relevance / log2(rank + 1) over the first k ranks. For the gain
-- 2^relevance - 1 pass exp2(relevance) - 1. A document with score NULL never counts.
SELECT query, dcg_at_k(score, relevance, 2), dcg_at_k(score, exp2(relevance) - 1, 3) FROM runs GROUP BY query;
--> 1|1.0|4.5
--> 2|0.0|0.75
SELECT dcg_at_k(column1, column2, 1) FROM (VALUES (1, 10), (0, 0), (0, 0), (0, 1), (1, 5));
--> 7.5
SELECT dcg_at_k(1, -1, 10);
--! dcg_at_k: relevance must be finite and >= 0, got -1
SELECT dcg_at_k(1, 1, 0);
--! dcg_at_k: k must be an integer from 1 to 2147483647, got 0

-- dcg(score, relevance)
--
-- The same over all ranks.
SELECT query, dcg(score, relevance) FROM runs GROUP BY query;
--> 1|2.5
--> 2|0.930676558073393


-- ndcg_at_k(score, relevance, k)
--
-- dcg_at_k divided by that of the best order, between 0 and 1, as in scikit-learn's ndcg_score. A document with
-- score NULL counts in the best order.
SELECT query, ndcg_at_k(score, relevance, 3) FROM runs GROUP BY query;
--> 1|0.52500498938491
--> 2|0.25

-- ndcg(score, relevance)
--
-- The same over all ranks.
SELECT ndcg(column1, column2) FROM (VALUES (0.1, 10), (0.2, 0), (0.3, 0), (4, 1), (70, 5));
--> 0.695694044381307


-- precision_at_k(score, relevance, k)
--
-- Relevant documents among the first k ranks, divided by k, even if fewer are retrieved. With a tie at rank k
-- it is the expected value. A document with score NULL never counts.
SELECT query, precision_at_k(score, relevance, 2), precision_at_k(score, relevance, 3) FROM runs GROUP BY query;
--> 1|0.5|0.666666666666667
--> 2|0.0|0.166666666666667


-- recall_at_k(score, relevance, k)
--
-- Relevant documents among the first k ranks, divided by all relevant ones, those with score NULL included.
SELECT query, recall_at_k(score, relevance, 3) FROM runs GROUP BY query;
--> 1|0.666666666666667
--> 2|0.5


-- hit_rate_at_k(score, relevance, k)
--
-- 1 if one of the first k ranks is relevant, else 0; with a tie at rank k, the chance. Its mean over the
-- queries is the hit rate, or success at k. A document with score NULL is not a hit.
SELECT query, hit_rate_at_k(score, relevance, 3) FROM runs GROUP BY query;
--> 1|1.0
--> 2|0.5


-- average_precision_at_k(score, relevance, k)
--
-- The sum of the precision at each relevant rank up to k, divided by k or by the number of relevant documents,
-- whichever is less (trec_eval's map_cut always divides by that number). Its mean over the queries is MAP. A
-- document with score NULL counts among the relevant ones.
SELECT query, average_precision_at_k(score, relevance, 10) FROM runs GROUP BY query;
--> 1|0.555555555555556
--> 2|0.291666666666667


-- reciprocal_rank_at_k(score, relevance, k)
--
-- 1 / rank of the first relevant document, 0 if that is beyond k. Its mean over the queries is MRR. A document
-- with score NULL has no rank.
SELECT query, reciprocal_rank_at_k(score, relevance, 1), reciprocal_rank_at_k(score, relevance, 10) FROM runs GROUP BY query;
--> 1|1.0|1.0
--> 2|0.0|0.291666666666667

-- reciprocal_rank(score, relevance)
--
-- The same over all ranks: 0 if no relevant document is retrieved.
SELECT reciprocal_rank(score, relevance), reciprocal_rank(NULL, 1), reciprocal_rank(1, 0) FROM runs WHERE query = 1;
--> 1.0|0.0|


-- r_precision(score, relevance)
--
-- precision_at_k with the number of relevant documents for k, those with score NULL included.
SELECT query, r_precision(score, relevance) FROM runs GROUP BY query;
--> 1|0.666666666666667
--> 2|0.0


-- pass_at_k(n, correct, k)
--
-- The chance that k samples contain a correct one, estimated without bias from n samples, `correct` of which
-- are correct: 1 - C(n - correct, k) / C(n, k), as for HumanEval. It is a scalar; average it over the problems.
-- NULL if an argument is NULL.
SELECT pass_at_k(10, 3, 1), pass_at_k(10, 3, 5), pass_at_k(200, 1, 100), pass_at_k(10, NULL, 1);
--> 0.3|0.916666666666667|0.5|
WITH samples(problem, passed) AS (VALUES (1, 1), (1, 0), (1, 0), (2, 0), (2, 0), (2, 0))
SELECT avg(pass) FROM (SELECT pass_at_k(count(*), sum(passed), 2) AS pass FROM samples GROUP BY problem);
--> 0.333333333333333
SELECT pass_at_k(10, 11, 1);
--! pass_at_k: correct must be at most n, got 11
SELECT pass_at_k(10, 3, 11);
--! pass_at_k: k must be at most n, got 11


-- exp2(x)
--
-- 2^x, which SQLite lacks. NULL if x is NULL.
SELECT exp2(3), exp2(0.5), exp2(-1075), exp2(1024), exp2(NULL);
--> 8.0|1.4142135623731|0.0|Inf|
