// Functions of the user's on Flink: refused in SQL, defined by a PyFlink program. What that defines is called
// here without a Flink, by stand-ins for what it takes from PyFlink.
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include "tests/unit/deploy/flink_text.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kCode = "def process(row):\n    return [{'day': row.day, 'n': row.v}] * row.v\n";

FlinkText called(Json params, bool python = true) {
    if (!params.contains("columns")) params["columns"] = {"k STRING", "ts TIMESTAMP(3)", "day DATE", "n INT"};
    TranslateOptions options;
    options.python = python;
    return {{timedSource("rows", {"k STRING", "v INT", "day DATE"}), nodeOf("f", "python", std::move(params)),
             sinkOf("out")},
            {"rows>f", "f>out"},
            Engine::Flink,
            options};
}

std::string programOf(const FlinkText& text) {
    const auto program =
        writeArtefact(text.pipeline(), text.translation(), *artefactOf("pyflink"), text.options());
    return program.ok() ? *program : english(program.error());
}

constexpr const char* kStandIns = R"py(
import sys
import types as modules


class Types:
    def __getattr__(self, name):
        return lambda *numbers: (name,) + numbers


def module(name, **members):
    made = sys.modules[name] = modules.ModuleType(name)
    made.__dict__.update(members)


module("pyflink")
module("pyflink.common", Row=lambda *values: values)
module("pyflink.table", DataTypes=Types(), EnvironmentSettings=None, TableEnvironment=None)
module("pyflink.table.udf", TableFunction=object, udtf=None)
)py";

constexpr const char* kCalls = R"py(
import datetime
(name, function), = functions(lambda text: text.replace("${folder}", folder)).items()
assert name == "`f$process`", name
assert function.results() == [("STRING",), ("TIMESTAMP", 3), ("DATE",), ("INT",)], function.results()
assert function.is_deterministic()
function.open(None)
day, time = datetime.date(1969, 12, 31), datetime.datetime(2020, 1, 1, 0, 0, 0, 1000)
assert list(function.eval("ü", 2, day, time)) == [("ü", time, day, 2)] * 2
assert list(function.eval(None, 0, None, None)) == []
assert list(function.eval(None, 1, None, None)) == [(None, None, None, 1)]
)py";

constexpr const char* kFails = R"py(
try:
    list(function.eval("a", None, day, time))
    raise AssertionError("it does not fail")
except RuntimeError as error:
    assert "process() of “f”: " in str(error), error
)py";

constexpr const char* kNulls = R"py(
assert list(function.eval("a", None, day, time)) == [("a", time, day, None)]
)py";

/// Python's error on a program with `calls` behind it; empty: none.
QByteArray pythonSays(const std::string& program, const QString& folder, const std::string& calls) {
    QProcess process;
    process.start(QStandardPaths::findExecutable("python3"), {"-"});
    process.write(QByteArray::fromStdString(kStandIns + ("folder = '" + folder.toStdString() + "'\n") +
                                            "__name__ = 'program'\n" + program + calls));
    process.closeWriteChannel();
    process.waitForFinished(-1);
    return process.exitCode() == 0 ? QByteArray() : process.readAllStandardError();
}

}  // namespace

class TestFlinkPython : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void joinsEachRowWithWhatIsMadeOfIt() {
        const FlinkText flink = called({{"code", kCode}});
        COMPARE_TEXT(
            flink.view("f"),
            "SELECT\n  `f$made`.`c0` AS `k`,\n  `rows`.`ts`,\n  `f$made`.`c2` AS `day`,\n  "
            "`f$made`.`c3` AS `n`\nFROM `rows`, LATERAL TABLE(`f$process`(\n  `rows`.`k`, `rows`.`v`, "
            "`rows`.`day`, CAST(`rows`.`ts` AS TIMESTAMP(3)))) AS `f$made` (`c0`, `c1`, `c2`, `c3`)");
        QCOMPARE(flink.verdict("f"), Verdict::Equivalent);
        VERIFY_HOLDS(flink.said("f"), "[while no row fails]");
        const FlinkText nulls = called({{"code", kCode}, {"on_error", "null"}});
        QVERIFY(!contains(nulls.said("f"), "no row fails"));
    }

    void sqlAloneHasNone() {
        const FlinkText flink = called({{"code", kCode}}, false);
        QCOMPARE(flink.verdict("f"), Verdict::Refused);
        VERIFY_HOLDS(flink.said("f"), "Export it as a PyFlink program");
    }

    void keepsNoState() {
        const FlinkText flink = called({{"code", kCode}, {"stateful", true}, {"keys", {"k"}}});
        QCOMPARE(flink.verdict("f"), Verdict::Refused);
        VERIFY_HOLDS(flink.said("f"), "Turn the state off");
        QCOMPARE(called({{"code", kCode}, {"deterministic", false}}).verdict("f"), Verdict::Equivalent);
    }

    void programsGiveWhatTheWorkerGives() {
        QVERIFY2(!QStandardPaths::findExecutable("python3").isEmpty(), "python3 is there");
        const QTemporaryDir folder;
        const std::string each = std::string(kCalls) + kFails;
        QCOMPARE(pythonSays(programOf(called({{"code", kCode}})), folder.path(), each), QByteArray());
        QFile file(folder.filePath("f.py"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kCode) > 0);
        file.close();
        const FlinkText fromFile = called({{"file", "f.py"}, {"on_error", "null"}});
        QCOMPARE(pythonSays(programOf(fromFile), folder.path(), std::string(kCalls) + kNulls), QByteArray());
    }

    void programsWithoutFunctionsHaveNothingOfThem() {
        TranslateOptions options;
        options.python = true;
        const FlinkText plain({timedSource("rows", {"k STRING"}), sinkOf("out")}, {"rows>out"}, Engine::Flink,
                              options);
        const std::string program = programOf(plain);
        QVERIFY(!contains(program, "PythonFunction") && !contains(program, "--python"));
        QCOMPARE(pythonSays(program, "/nowhere", "assert callable(main)\n"), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestFlinkPython)
#include "test_flink_python.moc"
