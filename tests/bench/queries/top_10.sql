WITH counts AS (SELECT epoch_ms(ts) // 10000 AS w, auction, count(*) AS n FROM bids GROUP BY ALL)
SELECT make_timestamp_ms(w * 10000) AS window_start,
    row_number() OVER (PARTITION BY w ORDER BY n DESC, auction) AS rank, auction, n
FROM counts QUALIFY rank <= 10
