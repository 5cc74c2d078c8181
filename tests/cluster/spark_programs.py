#!/usr/bin/env python3
"""Runs programs that core/deploy wrote for Spark, one after the other, in one session: Spark takes ten seconds to
start, and a golden case one.

A request is a line of JSON on standard input, {"program": FILE, "arguments": [...], "output": FILE}; what the program
prints goes to its output. The answer is a line on standard output, {"good": ..., "error": ...}. Before the first
request there is one that says {"version": ...}. At the end of its input it ends.
"""
import contextlib
import json
import os
import runpy
import sys

# What anybody else prints, Java for one, must not get among the answers.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


def answer(**fields):
    print(json.dumps(fields), file=answers, flush=True)


def started():
    from pyspark.sql import SparkSession

    # Not by the computer's name, which a bare one may not know.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    # Spark runs Python's functions by whatever python3 comes first, which need not have pyarrow.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[1]")
        .appName("golden cases")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "1")  # programs leave it when it is set
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    SparkSession.stop = lambda self: None  # each program ends with that; the next one needs the session
    return session


def run(session, program, arguments, output):
    """Nothing, or what went wrong."""
    from pyspark.sql.streaming import StreamingQueryManager

    listeners, add = [], StreamingQueryManager.addListener

    def added(self, listener):
        listeners.append(listener)
        add(self, listener)

    StreamingQueryManager.addListener = added
    sys.argv, hook = [program, *arguments], sys.excepthook
    wrong = None
    try:
        with open(output, "w", encoding="utf-8") as out, contextlib.redirect_stdout(out):
            runpy.run_path(program, run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            wrong = f"the program ended with {end.code}"
    except BaseException as error:
        wrong = f"{type(error).__name__}: {error}"
    finally:
        StreamingQueryManager.addListener, sys.excepthook = add, hook
        for query in session.streams.active:
            query.stop()
        for listener in listeners:
            session.streams.removeListener(listener)
    return wrong


def main():
    session = started()
    answer(version=session.version)
    for line in sys.stdin:
        request = json.loads(line)
        wrong = run(session, request["program"], request["arguments"], request["output"])
        answer(good=wrong is None, error=wrong)


if __name__ == "__main__":
    main()
