SELECT * FROM bids MATCH_RECOGNIZE (
  PARTITION BY bidder ORDER BY ts
  MEASURES S.price AS first_price, LAST(D.price) AS lowest, U.price AS last_price
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (S D+ U) WITHIN INTERVAL '60' SECOND
  DEFINE
    D AS (LAST(D.price, 1) IS NULL AND D.price < S.price) OR D.price < LAST(D.price, 1),
    U AS U.price > LAST(D.price))
