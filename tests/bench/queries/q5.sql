-- Panes of 2 s are counted once; each is in the five windows that end with it or up to four panes later.
WITH
    panes AS (SELECT epoch_ms(ts) // 2000 AS pane, auction, count(*) AS n FROM bids GROUP BY ALL),
    counts AS MATERIALIZED (
        SELECT pane + later AS last, auction, sum(n) AS n FROM panes, range(5) AS windows(later) GROUP BY ALL)
SELECT make_timestamp_ms((last + 1) * 2000) AS window_end, auction, n
FROM counts JOIN (SELECT last, max(n) AS n FROM counts GROUP BY last) USING (last, n)
