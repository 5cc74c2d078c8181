CREATE TABLE `src` (
  `id` INT,
  `k` STRING,
  `v` INT,
  `status` STRING,
  `ts` TIMESTAMP(3),
  WATERMARK FOR `ts` AS `ts` - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'input.csv', 'format' = 'csv', 'csv.null-literal' = '<NULL>');

-- result: expected.csv
SELECT `k`, `top`, `bottom`, `up`, `n`, `second`, `high`, `match_start`, `match_end`
FROM src MATCH_RECOGNIZE (
  PARTITION BY k ORDER BY ts
  MEASURES S.v AS top, LAST(D.v) AS bottom, U.v AS up, COUNT(*) AS n, FIRST(D.id, 1) AS `second`, MAX(v) AS high,
    S.ts AS match_start, U.ts AS match_end
  ONE ROW PER MATCH AFTER MATCH SKIP TO NEXT ROW
  PATTERN (S D+ U) WITHIN INTERVAL '1' HOUR
  DEFINE D AS D.v < LAST(v, 1), U AS U.v > LAST(v, 1));
