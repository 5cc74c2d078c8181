SELECT CAST(make_timestamp_ms(h * 3600000) AS DATE) AS day, hour(make_timestamp_ms(h * 3600000)) AS hour, * EXCLUDE (h)
FROM (
    SELECT epoch_ms(ts) // 3600000 AS h,
        CASE WHEN channel IN ('Google', 'Facebook', 'Baidu', 'Apple') THEN channel ELSE 'other' END AS channel,
        count(*) AS n, count(DISTINCT bidder) AS bidders
    FROM bids GROUP BY ALL)
