WITH
    new AS (SELECT DISTINCT epoch_ms(ts) // 10000 AS w, id, name FROM persons),
    sellers AS (SELECT epoch_ms(ts) // 10000 AS w, seller AS id, count(*) AS auctions FROM auctions GROUP BY ALL)
SELECT make_timestamp_ms(w * 10000) AS window_start, id, name, auctions FROM new JOIN sellers USING (w, id)
