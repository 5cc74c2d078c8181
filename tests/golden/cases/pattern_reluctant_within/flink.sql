CREATE TABLE `src` (
  `id` INT,
  `k` STRING,
  `v` INT,
  `status` STRING,
  `ts` TIMESTAMP(3),
  WATERMARK FOR `ts` AS `ts` - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'input.csv', 'format' = 'csv', 'csv.null-literal' = '<NULL>');

-- result: expected.csv
SELECT `k`, `first_id`, `n`, `b`, `c`, `match_start`, `match_end`
FROM src MATCH_RECOGNIZE (
  PARTITION BY k ORDER BY ts
  MEASURES FIRST(A.id) AS first_id, COUNT(A.id) AS n, B.id AS b, C.id AS c, FIRST(A.ts) AS match_start, C.ts AS match_end
  ONE ROW PER MATCH AFTER MATCH SKIP TO LAST A
  PATTERN (A{2,4}? B C) WITHIN INTERVAL '6' SECOND
  DEFINE A AS A.v < 8, B AS B.v > 3, C AS C.v <> B.v);
