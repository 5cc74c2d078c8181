// Reading the output of a program of Spark: events, causes, the node that an error is of.
#include <QtTest/QtTest>

#include "core/cluster/spark/spark_program.h"
#include "core/cluster/spark/spark_said.h"

using namespace rw;

namespace {

const char kTrace[] =
    "[STREAM_FAILED] Query [id = 5a, runId = 6b] terminated with exception: Job aborted due to stage "
    "failure: Lost task 0.0 (TID 1) (host executor driver): org.apache.spark.SparkArithmeticException: "
    "[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012\n"
    "== SQL (line 1, position 1) ==\n"
    "v DIV \"w\" AS x\n"
    "^^^^^^^\n"
    "\tat org.apache.spark.Errors$.divideByZero(Errors.scala:1)\n"
    "\n=== Streaming Query ===\n"
    "Identifier: rill_out [id = 5a]\nLogical Plan: [SOME_PLAN] x\n";

std::string saidBy(const char* output, const char* errors) {
    return tellingLine(output, errors);
}

}  // namespace

class TestSparkSaid : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void events() {
        bool cut = true;
        QVERIFY(sparkEvent("26/11/22 WARN {x} noise", &cut).is_null());
        QVERIFY(!cut);
        QCOMPARE(textIn(sparkEvent("a {\"event\": \"b\", \"c\": {\"d\": \"}\"}} e}"), "event"),
                 std::string("b"));
        QVERIFY(sparkEvent("{\"event\": \"rows\", \"rows\": [[", &cut).is_null());
        QVERIFY(cut);
        QVERIFY(sparkEvent("", &cut).is_null());
    }

    void theInnermostCause() {
        QCOMPARE(sparkCause(kTrace), std::string("[DIVIDE_BY_ZERO] Division by zero. SQLSTATE: 22012"));
        QCOMPARE(sparkCause("no [name] of [ABC]\nmore"), std::string("no [name] of [ABC]"));
        QCOMPARE(sparkCause(""), std::string());
        QVERIFY(sparkCause(std::string(5'000, 'x')).size() < 1'000);
    }

    void theNodeOfAnError() {
        QCOMPARE(sparkFragment(kTrace), std::string("v DIV \"w\" AS x"));
        QCOMPARE(sparkFragment("nothing of SQL"), std::string());
        SparkProgram program;
        program.above["out"] = {"bids", "ratio", "big", "out"};
        program.texts["bids"] = "bids = csv_cells(path(\"bids.csv\"))\n";
        program.texts["ratio"] = "ratio = bids.selectExpr(\"v DIV \\\"w\\\" AS x\")\n";
        program.texts["big"] = "big = ratio.where(\"x > 1\")\n";
        program.texts["elsewhere"] = program.texts["ratio"];
        QCOMPARE(failedNodeOf(program, "out", kTrace), std::string("ratio"));
        QCOMPARE(failedNodeOf(program, "out", "[OTHER_ERROR] no"), std::string("out"));
        program.texts["big"] += program.texts["ratio"];
        QCOMPARE(failedNodeOf(program, "out", kTrace), std::string("out"));  // which of both is not told
        QCOMPARE(failedNodeOf(program, "unknown", kTrace), std::string("unknown"));
    }

    void theLineThatTells() {
        QCOMPARE(saidBy("Traceback\n  File \"x.py\"\npy4j.Py4JJavaError: calling None.\n"
                        ": a.SparkException: Could not parse Master URL: 'x'\n\tat a.Exception$b\n",
                        "26/11/22 10:00:00 INFO ShutdownHookManager: Shutdown hook called\n"),
                 std::string("a.SparkException: Could not parse Master URL: 'x'"));
        QCOMPARE(saidBy("java.lang.IllegalArgumentException: requirement failed",
                        "26/11/22 10:00:00 ERROR Backend: Reason: All masters are unresponsive! Giving up.\n"
                        "26/11/22 10:00:00 WARN Backend: Application ID is not initialized yet.\n"),
                 std::string("Reason: All masters are unresponsive! Giving up."));
        QCOMPARE(saidBy("WARN of Spark\n", "JAVA_HOME is not set\n\n"), std::string("JAVA_HOME is not set"));
        QCOMPARE(saidBy("", ""), std::string());
    }
};

QTEST_APPLESS_MAIN(TestSparkSaid)
#include "test_spark_said.moc"
