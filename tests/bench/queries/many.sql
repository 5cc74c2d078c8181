SELECT make_timestamp_ms(w * 10000) AS window_start, * EXCLUDE (w)
FROM (SELECT epoch_ms(ts) // 10000 AS w, auction, count(*) AS n, max(price) AS best FROM bids GROUP BY ALL)
