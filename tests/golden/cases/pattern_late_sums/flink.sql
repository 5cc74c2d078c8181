CREATE TABLE `src` (
  `id` INT,
  `k` STRING,
  `v` INT,
  `status` STRING,
  `ts` TIMESTAMP(3),
  WATERMARK FOR `ts` AS `ts` - INTERVAL '2' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'input.csv', 'format' = 'csv', 'csv.null-literal' = '<NULL>');

CREATE TEMPORARY VIEW in_time AS SELECT * FROM src WHERE CURRENT_WATERMARK(ts) IS NULL OR ts > CURRENT_WATERMARK(ts);

-- result: expected.csv
SELECT `n`, `total`, `k`, `match_start`, `match_end`
FROM in_time MATCH_RECOGNIZE (
  ORDER BY ts
  MEASURES COUNT(A.id) AS n, SUM(CAST(v AS BIGINT)) AS total, B.k AS k, FIRST(ts) AS match_start, B.ts AS match_end
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A* B) WITHIN INTERVAL '10' MINUTE
  DEFINE A AS SUM(v) < 20, B AS SUM(v) >= 20);

-- late-unchecked: expected_late.csv
SELECT `id`, `k`, `v`, `status`, `ts` FROM src WHERE ts <= CURRENT_WATERMARK(ts);
