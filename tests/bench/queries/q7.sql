WITH timed AS (SELECT *, epoch_ms(ts) // 10000 AS w FROM bids)
SELECT auction, bidder, price, ts, make_timestamp_ms((w + 1) * 10000) AS window_end
FROM timed JOIN (SELECT w, max(price) AS price FROM timed GROUP BY w) USING (w, price)
