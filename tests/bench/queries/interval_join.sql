SELECT id, seller, price, auctions.ts AS ts, bids.ts AS ts_right
FROM auctions JOIN bids ON id = auction
    AND bids.ts BETWEEN auctions.ts AND auctions.ts + INTERVAL 10 SECONDS
WHERE price >= 10000000
