SELECT * FROM bids MATCH_RECOGNIZE (
  PARTITION BY bidder ORDER BY ts
  MEASURES FIRST(F.price) AS first_price, LAST(F.price) AS third_price, S.price AS last_price
  ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
  PATTERN (F{3} S) WITHIN INTERVAL '60' SECOND
  DEFINE
    F AS MOD(F.price, 4) > 0,
    S AS MOD(S.price, 4) = 0)
