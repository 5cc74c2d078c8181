WITH
    timed AS (SELECT bidder, epoch_ms(ts) AS t FROM bids),
    marked AS (SELECT bidder, t, t - lag(t) OVER (PARTITION BY bidder ORDER BY t) > 10000 AS starts FROM timed),
    numbered AS (
        SELECT bidder, t,
            count(*) FILTER (WHERE starts) OVER (PARTITION BY bidder ORDER BY t ROWS UNBOUNDED PRECEDING) AS session
        FROM marked)
SELECT bidder, n, make_timestamp_ms(first) AS window_start, make_timestamp_ms(last + 10000) AS window_end
FROM (
    SELECT bidder, session, count(*) AS n, min(t) AS first, max(t) AS last FROM numbered GROUP BY bidder, session)
