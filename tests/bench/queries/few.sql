SELECT make_timestamp_ms(w * 10000) AS window_start, * EXCLUDE (w)
FROM (
    SELECT epoch_ms(ts) // 10000 AS w,
        CASE WHEN channel IN ('Google', 'Facebook', 'Baidu', 'Apple') THEN channel ELSE 'other' END AS channel,
        count(*) AS n, sum(price) AS total, avg(price) AS mean, max(price) AS best
    FROM bids GROUP BY ALL)
