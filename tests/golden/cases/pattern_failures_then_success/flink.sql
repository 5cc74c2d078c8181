CREATE TABLE `src` (
  `id` INT,
  `k` STRING,
  `v` INT,
  `status` STRING,
  `ts` TIMESTAMP(3),
  WATERMARK FOR `ts` AS `ts` - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'input.csv', 'format' = 'csv', 'csv.null-literal' = '<NULL>');

-- result: expected.csv
SELECT `k`, `failures`, `first_id`, `before_last`, `total`, `mean`, `over`, `match_start`, `match_end`
FROM src MATCH_RECOGNIZE (
  PARTITION BY k ORDER BY ts
  MEASURES COUNT(F.id) AS failures, FIRST(F.id) AS first_id, LAST(F.v, 1) AS before_last,
    SUM(CAST(F.v AS BIGINT)) AS total, AVG(CAST(F.v AS DOUBLE)) AS mean, S.v - MIN(F.v) AS `over`,
    FIRST(F.ts) AS match_start, S.ts AS match_end
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (F{2,} S) WITHIN INTERVAL '1' MINUTE
  DEFINE F AS F.status = 'failed', S AS S.status = 'ok');
