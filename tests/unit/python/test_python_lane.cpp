// A function of the user's in its process: values of every type both ways, errors with their lines, and code
// that crashes, hangs, prints without end, or writes into the protocol: each ends, and says what happened.
#include <QtTest/QtTest>
#include <chrono>

#include "core/data/text.h"
#include "core/python/interpreter.h"
#include "core/python/sandbox.h"
#include "core/python/try_python.h"

using namespace rw;

namespace {

SchemaRef schema(std::vector<Field> fields) {
    return std::make_shared<const Schema>(Schema{std::move(fields)});
}

/// k STRING, v INT, ts TIMESTAMP: rows 0 … count − 1, of which every third has no v.
Batch rowsOf(std::size_t count) {
    Batch batch;
    batch.schema = schema(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    batch.rows = count;
    ColumnBuilder k(Type::of(TypeId::String)), v(Type::of(TypeId::Int)), ts(Type::of(TypeId::Timestamp));
    for (std::size_t i = 0; i < count; ++i) {
        k.appendString("k" + std::to_string(i % 4));
        i % 3 == 2 ? v.appendNull() : v.append(static_cast<std::int32_t>(i));
        ts.append(static_cast<std::int64_t>(1'700'000'000'000 + i));
    }
    batch.columns = {k.finish(), v.finish(), ts.finish()};
    return batch;
}

PythonFunction functionOf(const std::string& code, std::vector<Field> outputs = {}) {
    PythonFunction function;
    function.code = code;
    function.python = interpreterOf({});
    function.input = rowsOf(0).schema;
    if (outputs.empty()) outputs = {{"k", Type::of(TypeId::String)}, {"w", Type::of(TypeId::Int)}};
    function.output = schema(std::move(outputs));
    function.timeLimit = 30'000;
    return function;
}

/// The rows made, the rows that failed, and the error, one a line.
std::string told(const TriedPython& tried) {
    std::string text;
    for (std::size_t row = 0; row < tried.rows.rows; ++row)
        text += std::to_string(tried.origins[row]) + ": " + rowText(tried.rows, row) + "\n";
    for (const auto& [row, reason] : tried.failed) text += std::to_string(row) + " failed: " + reason + "\n";
    if (!tried.error.empty()) text += "error: " + english(tried.error) + "\n";
    return text;
}

std::string tried(const PythonFunction& function, std::size_t rows = 2) {
    return told(tryPython(function, rowsOf(rows)));
}

bool hasNumpy() {
    PythonFunction function = functionOf("def process(c): return {'w': c['v']}\n");
    function.batches = true;
    return !tryPython(function, rowsOf(1)).numpy.empty();
}

}  // namespace

class TestPythonLane : public QObject {
    Q_OBJECT
    std::chrono::steady_clock::time_point m_began{};

 private Q_SLOTS:
    void initTestCase() {
        if (interpreterOf({}).empty()) QSKIP("There is no Python.");
    }
    void init() { m_began = std::chrono::steady_clock::now(); }
    void cleanup() {
        // Far more than any of them needs: none waits without end.
        QVERIFY(std::chrono::steady_clock::now() - m_began < std::chrono::seconds(90));
    }

    void resultsOfARow_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* body, const char* expected) {
            QTest::newRow(name) << QStringLiteral("def process(row):\n") + QLatin1String(body)
                                << QString::fromUtf8(expected);
        };
        row("dict", "  return {'w': row['v'] + 1}", "0: k=k0, w=1\n1: k=k1, w=2\n");
        row("attribute", "  return {'w': row.v, 'k': 'x'}", "0: k=x, w=0\n1: k=x, w=1\n");
        row("unpacked", "  return {**row, 'w': len(row)}", "0: k=k0, w=3\n1: k=k1, w=3\n");
        row("tuple", "  return (row.k, 5)", "0: k=k0, w=5\n1: k=k1, w=5\n");
        row("none", "  return {'w': 1} if row.v else None", "1: k=k1, w=1\n");
        row("null", "  return {'w': None}", "0: k=k0, w=NULL\n1: k=k1, w=NULL\n");
        row("list", "  return [{'w': i} for i in range(row.v + 1)]",
            "0: k=k0, w=0\n1: k=k1, w=0\n1: k=k1, w=1\n");
        row("generator", "  for i in range(row.v * 2): yield row.k, i", "1: k=k1, w=0\n1: k=k1, w=1\n");
        row("mixed", "  return {'w': 1} if row.v else {'w': 2, 'k': 'z'}", "0: k=z, w=2\n1: k=k1, w=1\n");
        row("error", "  return {'w': 10 // row.v}",
            "1: k=k1, w=10\n0 failed: ZeroDivisionError: integer division or modulo by zero (line 2)\n");
        row("half a generator", "  yield row.k, 1\n  yield row.k, 1 // row.v",
            "1: k=k1, w=1\n1: k=k1, w=1\n"
            "0 failed: ZeroDivisionError: integer division or modulo by zero (line 3)\n");
        row("wrong type", "  return {'w': 'a' if row.v else 1}",
            "0: k=k0, w=1\n1 failed: “w” is str 'a', which is no INT\n");
        row("too large", "  return {'w': row.v << 40}",
            "0: k=k0, w=0\n1 failed: “w” is int 1099511627776, which is no INT\n");
        row("missing", "  return {}", "0 failed: the result has no “w”\n1 failed: the result has no “w”\n");
        row("unknown", "  return {'w': 1, 'x': 1}",
            "0 failed: the result has “x”, which is not among the output columns\n"
            "1 failed: the result has “x”, which is not among the output columns\n");
        row("short tuple", "  return (1,)",
            "0 failed: the tuple has 1 values for 2 output columns\n"
            "1 failed: the tuple has 1 values for 2 output columns\n");
        row("no row", "  return 5",
            "0 failed: process() gives int 5; a dict, a tuple, a list of these, a generator or None is "
            "wanted\n"
            "1 failed: process() gives int 5; a dict, a tuple, a list of these, a generator or None is "
            "wanted\n");
        row("exit", "  import sys; sys.exit(3)",
            "0 failed: SystemExit: 3 (line 2)\n1 failed: SystemExit: 3 (line 2)\n");
        row("rows without end", "  while row.v: yield row.k, 1",
            "1 failed: more than 100000 rows, or 64 MB, of one\n");
        row("written to", "  row['v'] = 1",
            "0 failed: TypeError: 'Row' object does not support item assignment (line 2)\n"
            "1 failed: TypeError: 'Row' object does not support item assignment (line 2)\n");
    }
    void resultsOfARow() {
        QFETCH(QString, code);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(tried(functionOf(code.toStdString()))), expected);
    }

    void everyTypeComesBackAsItWas() {
        Batch batch;
        const std::vector<Field> fields{{"b", Type::of(TypeId::Boolean)}, {"i", Type::of(TypeId::Int)},
                                        {"l", Type::of(TypeId::Bigint)},  {"d", Type::of(TypeId::Double)},
                                        {"n", Type::decimal(38, 5)},      {"s", Type::of(TypeId::String)},
                                        {"a", Type::of(TypeId::Date)},    {"t", Type::of(TypeId::Timestamp)},
                                        {"x", Type::of(TypeId::Bytes)}};
        batch.schema = schema(fields);
        batch.rows = 3;
        const auto add = [&](std::vector<Value> values) {
            ColumnBuilder builder(fields[batch.columns.size()].type);
            for (const Value& value : values) appendValue(builder, value);
            batch.columns.push_back(builder.finish());
        };
        add({true, std::monostate(), false});
        add({std::int32_t{INT32_MIN}, std::monostate(), std::int32_t{INT32_MAX}});
        add({std::int64_t{INT64_MIN}, std::monostate(), std::int64_t{INT64_MAX}});
        add({0.1, std::monostate(), -1e300});
        const Int128 large = Int128{1'000'000'000'000'000'000} * 10'000'000'000'000'000'000U / 1 + 7;
        add({large, std::monostate(), Int128{-12345}});
        add({std::string("häßlich 😀"), std::monostate(), std::string()});
        add({std::int32_t{19'000}, std::monostate(), std::int32_t{-700'000}});
        add({std::int64_t{1'700'000'000'123}, std::monostate(), std::int64_t{-1}});
        add({std::string("\0\xff", 2), std::monostate(), std::string("ab")});
        for (const bool batches : {false, true}) {
            PythonFunction function = functionOf(batches ? "def process(c): return {n: c[n] for n in c}\n"
                                                         : "def process(row): return tuple(row.values())\n");
            function.batches = batches;
            function.input = function.output = batch.schema;
            const TriedPython result = tryPython(function, batch);
            QVERIFY2(result.error.empty(), english(result.error).c_str());
            QCOMPARE(result.rows.rows, std::size_t{3});
            for (std::size_t row = 0; row < 3; ++row)
                QCOMPARE(rowText(result.rows, row), rowText(batch, row));
        }
    }

    void batchesOfColumns_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("expected");
        QTest::newRow("whole") << "def process(c): return {'w': c['v'] * 2}"
                               << "0: k=k0, w=0\n1: k=k1, w=2\n2: k=k2, w=NULL\n3: k=k3, w=6\n";
        QTest::newRow("picked") << "def process(c): return {'w': [5], '_rows': [3]}"
                                << "3: k=k3, w=5\n";
        QTest::newRow("length") << "def process(c): return {'w': [1]}"
                                << "error: “w” has 1 values for 4 rows\n";
        QTest::newRow("type") << "def process(c): return {'w': c['v'] * 1.5}"
                              << "error: “w” is an array of float64, not of INT\n";
        QTest::newRow("exception") << "def process(c):\n  return {'w': c['price']}"
                                   << "error: KeyError: 'price' (line 2)\n";
        QTest::newRow("scalar") << "def process(c): return {'w': 7}"
                                << "error: “w” is int 7; a column of 4 values is wanted\n";
    }
    void batchesOfColumns() {
        if (!hasNumpy()) QSKIP("There is no numpy.");
        QFETCH(QString, code);
        QFETCH(QString, expected);
        PythonFunction function = functionOf(code.toStdString());
        function.batches = true;
        function.splits = false;
        QCOMPARE(QString::fromStdString(tried(function, 4)), expected);
    }

    /// Of a batch that fails the rows at fault are found.
    void halvesOfABatch() {
        PythonFunction function = functionOf(
            "def process(c):\n"
            "  v = [0 if x is None else int(x) for x in list(c['v'].tolist() if hasattr(c['v'], 'tolist') "
            "else c['v'])]\n"
            "  return {'w': [10 // x for x in v]}");
        function.batches = true;
        QCOMPARE(tried(function, 5),
                 "1: k=k1, w=10\n3: k=k3, w=3\n4: k=k0, w=2\n"
                 "0 failed: ZeroDivisionError: integer division or modulo by zero (line 3)\n"
                 "2 failed: ZeroDivisionError: integer division or modulo by zero (line 3)\n");
    }

    void whatEndsTheProcess_data() {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* body, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(body) << QString::fromUtf8(expected);
        };
        row("abort", "import os\ndef process(row):\n  os.abort()",
            "error: The Python process ended: signal 6 (line 3).\n");
        row("segmentation fault", "import ctypes\ndef process(row):\n  ctypes.string_at(1)",
            "error: The Python process ended: signal 11 (line 3).\n");
        row("exit", "import os\ndef process(row):\n  os._exit(5)",
            "error: The Python process ended: exit status 5.\n");
        row("hang", "def process(row):\n  while True: pass",
            "error: The function did not end within 1500ms; it was in line 2.\n");
        row("sleep", "import time\ndef process(row):\n  time.sleep(1000)",
            "error: The function did not end within 1500ms; it was in line 3.\n");
        row("fork bomb",
            "import os, time\ndef process(row):\n"
            "  for i in range(6): os.fork()\n  time.sleep(1000)",
            "error: The function did not end within 1500ms; it was in line 4.\n");
        row("fork that goes on", "import os\ndef process(row):\n  os.fork(); return {'w': 1}",
            "0: k=k0, w=1\n1: k=k1, w=1\n");
        row("garbage", "import os\ndef process(row):\n  os.write(4, b'x' * 24)",
            "error: The Python process wrote what no answer can be.\n");
        row("a false size",
            "import os, struct\ndef process(row):\n"
            "  os.write(4, struct.pack('<IIQQ', 0x52574C4E, 10, 1 << 60, 1 << 60))",
            "error: The Python process wrote what no answer can be.\n");
        row("a file that is cut",
            "import os, struct\ndef process(row):\n"
            "  os.ftruncate(5, 0); os.write(4, struct.pack('<IIQQ', 0x52574C4E, 10, 5, 99))",
            "error: The Python process wrote what no answer can be.\n");
        row("closed", "import os\ndef process(row):\n  os.close(4); os.close(3); return {'w': 1}",
            "error: The Python process ended: exit status 1, “OSError: [Errno 9] Bad file descriptor”.\n");
        row("gigabytes", "def process(row): return {'k': 'x' * (1 << 27), 'w': 1}",
            "0 failed: “k” has more than 64 MB\n1 failed: “k” has more than 64 MB\n");
        row("too much memory", "def process(row):\n  x = bytearray(1 << 40)",
            "0 failed: MemoryError (line 2)\n1 failed: MemoryError (line 2)\n");
        row("missing module", "x = 1\nimport no_such_module\n",
            "error: ModuleNotFoundError: No module named 'no_such_module' (line 2)\n");
        row("syntax", "def process(row):\n  return {", "error: SyntaxError: '{' was never closed (line 2)\n");
        row("no function", "def proces(row): pass", "error: the code has no function process()\n");
        row("exit while loading", "import os\nos._exit(0)",
            "error: The Python process ended: exit status 0.\n");
        row("recursion", "def process(row):\n  return process(row)",
            "0 failed: RecursionError: maximum recursion depth exceeded (line 2)\n"
            "1 failed: RecursionError: maximum recursion depth exceeded (line 2)\n");
    }
    void whatEndsTheProcess() {
        QFETCH(QString, code);
        QFETCH(QString, expected);
        PythonFunction function = functionOf(code.toStdString());
        if (expected.contains(QLatin1String("1500ms"))) function.timeLimit = 1'500;
        QCOMPARE(QString::fromStdString(tried(function)), expected);
    }

    void printsAreNotesAndBounded() {
        const TriedPython few = tryPython(functionOf("def process(row):\n  print('v is', row.v)"), rowsOf(1));
        QCOMPARE(few.notes.size(), std::size_t{2});
        QCOMPARE(english(few.notes[1]), "Printed: v is 0\n");
        const TriedPython many = tryPython(
            functionOf("def process(row):\n  for i in range(300000): print('x' * 100)\n  return {'w': 1}"),
            rowsOf(1));
        QCOMPARE(told(many), "0: k=k0, w=1\n");
        std::size_t bytes = 0;
        for (const Text& note : many.notes) bytes += english(note).size();
        QVERIFY(bytes < 100'000);
    }

    void anInterpreterThatIsNotThere() {
        PythonFunction function = functionOf("def process(row): pass");
        function.python = "/no/such/bin/python";
        QCOMPARE(tried(function), "error: There is no Python interpreter “/no/such/bin/python”.\n");
        function.python = "/etc/passwd";
        QVERIFY(tried(function).starts_with("error: The Python interpreter “/etc/passwd” can't be started"));
        function.python = "/usr/bin/true";
        QCOMPARE(tried(function), "error: The Python process ended: exit status 0.\n");
    }

    void theSandboxKeepsOut() {
        if (!sandbox().works) QSKIP("bubblewrap does not work here.");
        const std::string code =
            "import os, socket\n"
            "def process(row):\n"
            "  try: socket.create_connection(('127.0.0.1', 1), 1)\n"
            "  except OSError as e: net = e.errno\n"
            "  try: open('/usr/x', 'w')\n"
            "  except OSError as e: disk = e.errno\n"
            "  open('/tmp/mine', 'w').close()\n"
            "  return (str(os.path.exists('/root')) + str(len(os.listdir('/proc')) > 100), disk)";
        const std::string said = tried(functionOf(code), 1);
        QVERIFY2(said == "0: k=FalseFalse, w=30\n", said.c_str());
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/mine")));
    }

    void theEventTimeStays() {
        PythonFunction function = functionOf(
            "import datetime\n"
            "def process(row):\n"
            "  return {**row, 'ts': row.ts + datetime.timedelta(milliseconds=row.v)}",
            rowsOf(0).schema->fields);
        function.time = 2;
        QCOMPARE(tried(function),
                 "0: k=k0, v=0, ts=2023-11-14 22:13:20.000\n"
                 "1 failed: “ts” is the event time, which a function can't change\n");
    }

    void fingerprints() {
        const std::string one = fingerprintOf("a", "/usr/bin/python3", false);
        QCOMPARE(one.size(), std::size_t{64});
        QVERIFY(one != fingerprintOf("b", "/usr/bin/python3", false));
        QVERIFY(one != fingerprintOf("a", "/opt/bin/python3", false));
        QVERIFY(one != fingerprintOf("a", "/usr/bin/python3", true));
        QCOMPARE(one, fingerprintOf("a", "/usr/bin/python3", false));
    }
};

QTEST_APPLESS_MAIN(TestPythonLane)
#include "test_python_lane.moc"
