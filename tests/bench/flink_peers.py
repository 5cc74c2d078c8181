"""Prints how fast a Flink in this process computes the same, as “NAME NUMBER”.

    flink_peers.py python            functions of Python on random numbers, with PyFlink
    flink_peers.py patterns FOLDER   MATCH_RECOGNIZE of tests/bench/patterns on FOLDER/bids.csv, into NAME.flink.csv

NAME: rows per second of a processor, over all processes. “NAME by clock”: rows per second. “start”: seconds until a first
job of one row has ended, once the libraries are there. Each job runs over a few rows first: what that takes does not
count, and neither does a first time over these few. Needs apache-flink and a Java.
"""

import os
import pathlib
import sys
import time

from pyflink.common import Configuration
from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

ROWS, FEW = 2_000_000, 1_000
BIDS = "auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, ts TIMESTAMP(3)"


def environment():
    settings = Configuration()
    settings.set_string("parallelism.default", "1")
    settings.set_string("python.executable", sys.executable)
    settings.set_string("python.client.executable", sys.executable)
    return TableEnvironment.create(
        EnvironmentSettings.new_instance().in_streaming_mode().with_configuration(settings).build())


def cpu_seconds():
    """Of this process and all below it, with those that have ended and were waited for."""
    parents, ticks = {}, {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(folder.name)], ticks[int(folder.name)] = int(words[1]), sum(map(int, words[11:15]))
    ours, grows = {os.getpid()}, True
    while grows:
        found = {process for process, parent in parents.items() if parent in ours} - ours
        ours |= found
        grows = bool(found)
    return sum(ticks.get(process, 0) for process in ours) / os.sysconf("SC_CLK_TCK")


def timed(run):
    cpu, clock = cpu_seconds(), time.monotonic()
    run()
    return cpu_seconds() - cpu, time.monotonic() - clock


def show(name, rows, few, all_of_them):
    """`few`, `all_of_them`: CPU and clock seconds."""
    for kind, less, more in (("", few[0], all_of_them[0]), (" by clock", few[1], all_of_them[1])):
        print(f"{name}{kind} {rows / max(more - less, 0.01):.1f}", flush=True)


@udf(result_type=DataTypes.DOUBLE(), func_type="pandas")
def through_numpy(a, b, c, d):
    import numpy as np
    import pandas as pd

    return pd.Series(np.sqrt(a**2 + b**2) + np.where(c > d, c, d))


@udf(result_type=DataTypes.DOUBLE())
def each_row(a, b, c, d):
    import math

    return math.sqrt(a**2 + b**2) + max(c, d)


def functions():
    began = time.monotonic()
    tables = environment()
    tables.create_temporary_function("numpy", through_numpy)
    tables.create_temporary_function("row_by_row", each_row)
    tables.execute_sql("CREATE TABLE nowhere (a DOUBLE, r DOUBLE) WITH ('connector' = 'blackhole')")
    between = ", ".join(f"'fields.{name}.min' = '0', 'fields.{name}.max' = '1000'" for name in "abcd")
    for rows in (1, FEW, ROWS // 4, ROWS):
        tables.execute_sql(
            f"CREATE TABLE numbers_{rows} (a DOUBLE, b DOUBLE, c DOUBLE, d DOUBLE) WITH ('connector' = 'datagen',"
            f" 'number-of-rows' = '{rows}', 'rows-per-second' = '1000000000', {between})")
    job = lambda name, rows: lambda: tables.execute_sql(
        f"INSERT INTO nowhere SELECT a, {name}(a, b, c, d) FROM numbers_{rows}").wait()
    job("row_by_row", 1)()
    print(f"start {time.monotonic() - began:.2f}", flush=True)
    for name, rows in (("numpy", ROWS), ("row_by_row", ROWS // 4)):
        job(name, FEW)()
        few = timed(job(name, FEW))
        show(name, rows - FEW, few, timed(job(name, rows)))


def without_header(source, target, lines):
    """The first lines of a file, or all of it; how many."""
    count = 0
    with open(source, encoding="utf-8") as rows, open(target, "w", encoding="utf-8") as out:
        next(rows)
        for row in rows:
            if count == lines:
                break
            out.write(row)
            count += 1
    return count


def patterns(folder):
    tables = environment()
    count = {}
    for name, lines in (("few", FEW), ("bids", None)):
        count[name] = without_header(folder / "bids.csv", folder / f"{name}.flink", lines)
        tables.execute_sql(
            f"CREATE TABLE {name} ({BIDS}, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'filesystem',"
            f" 'path' = '{folder}/{name}.flink', 'format' = 'csv')")
    for query in sorted(pathlib.Path(__file__).with_name("patterns").glob("*.sql")):
        name, text = query.stem, query.read_text(encoding="utf-8")
        took = {}
        for time_of, source in (("first", "few"), ("few", "few"), ("bids", "bids")):
            found = tables.sql_query(text.replace("FROM bids", f"FROM {source}"))
            columns = found.get_schema().get_field_names()
            sink = f"{name}_{time_of}"
            tables.execute_sql(f"CREATE TABLE {sink} ({', '.join(f'{column} BIGINT' for column in columns)}) WITH"
                               f" ('connector' = 'filesystem', 'path' = '{folder}/{sink}', 'format' = 'csv')")
            took[time_of] = timed(lambda: found.execute_insert(sink).wait())
        with open(folder / f"{name}.flink.csv", "w", encoding="utf-8") as out:
            out.write(",".join(columns) + "\n")
            for part in sorted((folder / f"{name}_bids").rglob("*")):
                if part.is_file() and not part.name.endswith(".crc"):
                    out.write(part.read_text(encoding="utf-8"))
        show(name, count["bids"] - count["few"], took["few"], took["bids"])


if __name__ == "__main__":
    if sys.argv[1] == "python":
        functions()
    else:
        patterns(pathlib.Path(sys.argv[2]).resolve())
