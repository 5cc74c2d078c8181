// Functions of the user's in the PySpark program: what is written of a node, what is refused, and that the
// program's own part gives what the worker gives here.
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include "core/deploy/spark/library.h"
#include "core/deploy/spark/program.h"
#include "tests/unit/deploy/flink_text.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

FlinkText called(Json params) {
    if (!params.contains("columns")) params["columns"] = {"k STRING", "ts TIMESTAMP(3)", "day DATE", "n INT"};
    return {
        {timedSource("rows", {"k STRING", "v INT"}), nodeOf("f", "python", std::move(params)), sinkOf("out")},
        {"rows>f", "f>out"},
        Engine::Spark};
}

std::string linesOf(const FlinkText& text, const std::string& name) {
    for (const Statement& statement : text.translation().statements) {
        if (statement.name == name) return statement.text;
    }
    return "no statement " + name;
}

constexpr const char* kCode = "def process(row):\n    return {'day': None, 'n': row.v}\n";

/// Calls of PythonCalls without a Spark.
constexpr const char* kCalls = R"py(
import decimal, json, types
exec(compile(library, "library", "exec"))
limits = {"most": 1 << 20, "fan": 100, "enough": 2, "enough_bytes": 1 << 20, "most_state": 1 << 20,
          "seconds": 9.0,
          "stateful": False, "keyed": False, "splits": True, "time": 1}
columns = [["id", "INT", 0, 0], ["ts", "TIMESTAMP", 0, 0], ["m", "DECIMAL", 9, 2], ["s", "STRING", 0, 0],
           ["b", "BYTES", 0, 0], ["f", "BOOLEAN", 0, 0]]
given = [[1, 2, 3, None], [1000, 2000, None, 4000],
         [decimal.Decimal("1.25"), None, decimal.Decimal("-3.00"), decimal.Decimal(0)],
         ["a", None, "ü", "d"], [b"x", b"", None, b"z"], [True, False, None, True]]


def called(code, or_null=False, batches=False):
    setup = dict(limits, inputs=columns, outputs=columns, batches=batches, code=code)
    return PythonCalls(worker_source, setup, or_null, plain=True).call(given, 4)


same = called("def process(row): return {**row}")
for at, made in enumerate(same):
    assert made == [[column[at] for column in given]], made
twice = called("def process(row):\n    if row.id == 2: return None\n    return [{'s': row.s}] * 2")
assert [len(made) for made in twice] == [2, 0, 2, 2], twice
half = called("def process(columns): return {'m': [m and m / 2 for m in columns['m']]}", batches=True)
assert half[0][0][2] == decimal.Decimal("0.63") and half[1][0][2] is None, half
failing = "def process(row): return {'s': row.s + '!'}"
nulled = called(failing, or_null=True)
assert nulled[1] == [[2, 2000, None, None, b"", False]], nulled[1]
for code, told in ((failing, "TypeError"), ("def process(row): return {'id': 'x'}", "no INT"),
                   ("import datetime\ndef process(row): return {'ts': datetime.datetime(2020, 1, 1)}",
                    "event time")):
    try:
        called(code)
        raise AssertionError(code)
    except RuntimeError as error:
        assert told in str(error), error
)py";

}  // namespace

class TestSparkPython : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void writes() {
        const FlinkText spark = called({{"code", kCode}});
        const std::string lines = linesOf(spark, "f");
        VERIFY_HOLDS(lines,
                     "f = with_python(\n"
                     "    rows,\n"
                     "    (\n"
                     "        \"def process(row):\\n\"\n"
                     "        \"    return {'day': None, 'n': row.v}\\n\"\n"
                     "    ),\n");
        VERIFY_HOLDS(lines,
                     "\"`$made`.c0 AS `k`\", \"`ts`\", \"date_from_unix_date(`$made`.c2) AS `day`\", "
                     "\"`$made`.c3 AS `n`\"");
        QCOMPARE(spark.verdict("f"), Verdict::Equivalent);
        VERIFY_HOLDS(spark.said("f"), "[while no row fails]");
        const FlinkText file = called({{"file", "f.py"}, {"mode", "batches"}, {"on_error", "null"}});
        VERIFY_HOLDS(linesOf(file, "f"), "python_file(\"f.py\")");
        VERIFY_HOLDS(linesOf(file, "f"), "or_null=True");
        QVERIFY(!contains(file.said("f"), "no row fails"));
    }

    void refuses() {
        const auto refusal = [](Json params, const char* why) {
            params["code"] = kCode;
            const FlinkText spark = called(std::move(params));
            QCOMPARE(spark.verdict("f"), Verdict::Refused);
            VERIFY_HOLDS(spark.said("f"), why);
        };
        refusal({{"stateful", true}, {"keys", {"k"}}}, "Rows come in no order there");
        refusal({{"deterministic", false}}, "Spark may call the function again");
    }

    void givesWhatTheWorkerGives() {
        const QString python = QStandardPaths::findExecutable("python3");
        QVERIFY2(!python.isEmpty(), "python3 is there");
        std::string library = "library = r'''";
        std::string source;
        for (const SparkFunction& function : sparkPythonCalls()) {
            if (function.name == "worker_source") source = function.text;
            if (function.name == "PythonCalls") library += function.text;
        }
        QProcess process;
        process.start(python, {"-"});
        process.write(QByteArray::fromStdString(source + library + "'''\n" + kCalls));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(-1));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }
};

QTEST_GUILESS_MAIN(TestSparkPython)
#include "test_spark_python.moc"
