SELECT * FROM bids MATCH_RECOGNIZE (
  PARTITION BY bidder ORDER BY ts
  MEASURES A.price AS first_price, COUNT(X.price) AS between_them, B.price AS last_price
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A X*? B) WITHIN INTERVAL '10' SECOND
  DEFINE
    A AS A.price >= 50000000,
    B AS B.price < 150)
