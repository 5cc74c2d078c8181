"""One query of tests/bench/queries by DuckDB or Polars, from the CSV files to a CSV file.

    peers.py duckdb|polars-streaming|polars-in-memory QUERY THREADS   reads bids.csv … in this folder, writes out.csv
    peers.py versions                                                what is measured

DuckDB runs QUERY.sql, Polars the function of that name below. Prints the seconds as `sec=…`: those of the query, from
opening the input to the closed output. Starting Python and loading the library is not counted.
"""

import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

BIDS = {"auction": "BIGINT", "bidder": "BIGINT", "price": "BIGINT", "channel": "VARCHAR", "url": "VARCHAR",
        "ts": "TIMESTAMP"}
PERSONS = {"id": "BIGINT", "name": "VARCHAR", "ts": "TIMESTAMP"}
AUCTIONS = {"id": "BIGINT", "seller": "BIGINT", "ts": "TIMESTAMP"}
FILES = {"bids": BIDS, "persons": PERSONS, "auctions": AUCTIONS}
HOT = ["Google", "Facebook", "Baidu", "Apple"]
OUT = "out.csv"


def with_duckdb(query, threads):
    import duckdb

    sql = (Path(__file__).parent / "queries" / f"{query}.sql").read_text()
    database = duckdb.connect()
    # Rows may go in any order, as ours may: less work.
    database.execute(f"SET threads = {threads}; SET preserve_insertion_order = false; SET enable_progress_bar = false")
    started = time.perf_counter()
    for name, columns in FILES.items():
        # Nothing is to be guessed.
        database.execute(
            f"CREATE VIEW {name} AS FROM read_csv('{name}.csv', columns = {columns}, header = true,"
            " auto_detect = false, delim = ',', quote = '\"', escape = '\"')")
    database.execute(f"COPY ({sql}) TO '{OUT}' (FORMAT csv, HEADER)")
    return time.perf_counter() - started


def with_polars(query, threads, in_memory):
    os.environ["POLARS_MAX_THREADS"] = threads  # is read when the library is loaded
    import polars

    started = time.perf_counter()
    result = Queries(polars).of(query)
    to_text = {"datetime_format": "%Y-%m-%d %H:%M:%S%.3f"}
    if in_memory:
        result.collect(engine="in-memory").write_csv(OUT, **to_text)
    else:
        result.sink_csv(OUT, **to_text, engine="streaming")
    return time.perf_counter() - started


class Queries:
    """The queries for Polars, by their names. `w` is the number of a window since 1970."""

    def __init__(self, polars):
        self.pl = polars

    def of(self, query):
        return getattr(self, query if query != "pass" else "pass_")()

    def scan(self, name):
        types = {"BIGINT": self.pl.Int64, "VARCHAR": self.pl.String, "TIMESTAMP": self.pl.Datetime("ms")}
        return self.pl.scan_csv(f"{name}.csv", schema={column: types[type] for column, type in FILES[name].items()})

    def number(self, millis):
        """Of the window of this length that the row is in."""
        return self.pl.col("ts").cast(self.pl.Int64) // millis

    def time(self, millis):
        return millis.cast(self.pl.Datetime("ms"))

    def channel(self):
        column = self.pl.col("channel")
        return self.pl.when(column.is_in(HOT)).then(column).otherwise(self.pl.lit("other")).alias("channel")

    def pass_(self):
        return self.scan("bids").filter(self.pl.col("auction") % 123 == 0).select("auction", "price")

    def calc(self):
        return self.scan("bids").select("auction", "bidder", 0.908 * self.pl.col("price"), "ts")

    def few(self):
        price = self.pl.col("price")
        groups = self.scan("bids").group_by(self.number(10_000).alias("w"), self.channel()).agg(
            self.pl.len().alias("n"), price.sum().alias("total"), price.mean().alias("mean"), price.max().alias("best"))
        return groups.select(self.time(self.pl.col("w") * 10_000), "channel", "n", "total", "mean", "best")

    def many(self):
        groups = self.scan("bids").group_by(self.number(10_000).alias("w"), "auction").agg(
            self.pl.len().alias("n"), self.pl.col("price").max().alias("best"))
        return groups.select(self.time(self.pl.col("w") * 10_000), "auction", "n", "best")

    def q5(self):
        # Panes of 2 s are counted once; each is in the five windows that end with it or up to four panes later.
        panes = self.scan("bids").group_by(self.number(2_000).alias("pane"), "auction").agg(self.pl.len().alias("n"))
        later = self.pl.LazyFrame({"later": range(5)})
        counts = panes.join(later, how="cross").group_by(
            (self.pl.col("pane") + self.pl.col("later")).alias("last"), "auction").agg(self.pl.col("n").sum())
        most = counts.group_by("last").agg(self.pl.col("n").max())
        return counts.join(most, on=["last", "n"]).select(
            self.time((self.pl.col("last") + 1) * 2_000), "auction", "n")

    def q7(self):
        timed = self.scan("bids").with_columns(self.number(10_000).alias("w"))
        best = timed.group_by("w").agg(self.pl.col("price").max())
        return timed.join(best, on=["w", "price"]).select(
            "auction", "bidder", "price", "ts", self.time((self.pl.col("w") + 1) * 10_000).alias("window_end"))

    def q8(self):
        new = self.scan("persons").select(self.number(10_000).alias("w"), "id", "name").unique()
        sellers = self.scan("auctions").group_by(
            self.number(10_000).alias("w"), self.pl.col("seller").alias("id")).agg(self.pl.len().alias("auctions"))
        return new.join(sellers, on=["w", "id"]).select(
            self.time(self.pl.col("w") * 10_000), "id", "name", "auctions")

    def q11(self):
        bidder, t = self.pl.col("bidder"), self.pl.col("ts").cast(self.pl.Int64).alias("t")
        rows = self.scan("bids").select(bidder, t).sort("bidder", "t")
        t = self.pl.col("t")
        starts = (bidder != bidder.shift()) | (t - t.shift() > 10_000)
        sessions = rows.with_columns(starts.fill_null(True).cum_sum().alias("session")).group_by("session").agg(
            bidder.first(), self.pl.len().alias("n"), t.min().alias("first"), t.max().alias("last"))
        return sessions.select(
            "bidder", "n", self.time(self.pl.col("first")), self.time(self.pl.col("last") + 10_000))

    def hist(self):
        groups = self.scan("bids").group_by(self.number(3_600_000).alias("h"), self.channel()).agg(
            self.pl.len().alias("n"), self.pl.col("bidder").n_unique().alias("bidders"))
        hour = self.time(self.pl.col("h") * 3_600_000)
        return groups.select(hour.dt.date().alias("day"), hour.dt.hour().alias("hour"), "channel", "n", "bidders")

    def interval_join(self):
        high = self.scan("bids").filter(self.pl.col("price") >= 10_000_000)
        pairs = self.scan("auctions").join(high, left_on="id", right_on="auction")
        after = self.pl.col("ts_right") - self.pl.col("ts")
        near = after.is_between(self.pl.duration(), self.pl.duration(seconds=10))
        return pairs.filter(near).select("id", "seller", "price", "ts", "ts_right")

    def top_10(self):
        counts = self.scan("bids").group_by(self.number(10_000).alias("w"), "auction").agg(self.pl.len().alias("n"))
        best = counts.sort("w", "n", "auction", descending=[False, True, False])
        rank = self.pl.int_range(1, self.pl.len() + 1).over("w").alias("rank")
        return best.with_columns(rank).filter(self.pl.col("rank") <= 10).select(
            self.time(self.pl.col("w") * 10_000), "rank", "auction", "n")


def main(words):
    if words == ["versions"]:
        return f"DuckDB {version('duckdb')}, Polars {version('polars')}"
    peer, query, threads = words
    seconds = with_duckdb(query, threads) if peer == "duckdb" else with_polars(
        query, threads, in_memory=peer == "polars-in-memory")
    return f"sec={seconds:.4f}"


if __name__ == "__main__":
    print(main(sys.argv[1:]))
