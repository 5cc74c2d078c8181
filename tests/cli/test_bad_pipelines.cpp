// Files that are no good: each gives one clear message and a status, never a crash or a hang.
#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

QByteArray deep(int levels) {
    return QByteArray(levels, '[') + QByteArray(levels, ']');
}

QByteArray pipeline(const QByteArray& nodes, const QByteArray& wires) {
    return R"({ "rill": 1, "name": "t", "nodes": [)" + nodes + R"(], "wires": [)" + wires + "] }";
}

const QByteArray kRows =
    R"({ "id": "a", "type": "rows", "params": { "columns": ["n INT"], "rows": [[1]] } })";
const QByteArray kFilter = R"({ "id": "b", "type": "filter", "params": { "condition": "n > 0" } })";

}  // namespace

class TestBadPipelines : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void isRefusedClearly_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("says");  // words of this message and no other
        QTest::newRow("empty") << QByteArray("") << QByteArray("The file is empty.");
        QTest::newRow("not JSON") << QByteArray("a,b\n1,2\n") << QByteArray("not JSON: line 1, column 1,");
        QTest::newRow("truncated") << pipeline(kRows, "").left(60)
                                   << QByteArray("The file ends too early, in line 1");
        QTest::newRow("binary") << QByteArray("\0\xff\xfe\0garbage", 11)
                                << QByteArray("There is a NUL byte: line 1, column 1");
        QTest::newRow("invalid UTF-8")
            << QByteArray("{ \"rill\": 1, \"name\": \"\xc3\x28\" }") << QByteArray("line 1, column 24");
        QTest::newRow("deeply nested")
            << "{ \"rill\": 1, \"nodes\": " + deep(200'000) + " }" << QByteArray("nested too deeply");
        QTest::newRow("newer") << QByteArray(R"({ "rill": 99, "nodes": [], "wires": [] })")
                               << QByteArray("its format is version 99, this program reads up to 1");
        QTest::newRow("no version") << QByteArray(R"({ "nodes": [], "wires": [] })")
                                    << QByteArray("the key “rill” is missing");
        QTest::newRow("an array") << QByteArray("[1, 2]") << QByteArray("This is not a pipeline");
        QTest::newRow("nodes of a wrong type")
            << QByteArray(R"({ "rill": 1, "nodes": 7 })") << QByteArray("nodes must be a list");
        QTest::newRow("id of a wrong type")
            << pipeline(R"({ "id": 7, "type": "rows" })", "") << QByteArray("nodes[0].id must be text");
        QTest::newRow("two nodes of one id")
            << pipeline(kRows + "," + kRows, "") << QByteArray("another node is already called “a”");
        QTest::newRow("wire to nowhere")
            << pipeline(kRows, R"({ "from": "a", "to": "c" })") << QByteArray("there is no node “c”");
        QTest::newRow("wire to no port")
            << pipeline(kRows + "," + kFilter, R"({ "from": "a", "to": "b.side" })")
            << QByteArray("“b” has no input “side”");
        QTest::newRow("cycle") << pipeline(kRows + "," + kFilter + R"(, { "id": "c", "type": "union" })",
                                           R"({ "from": "a", "to": "c" }, { "from": "c", "to": "b" },
                                              { "from": "b", "to": "c" })")
                               << QByteArray("The wires make a loop: “b” → “c” → “b”");
        QTest::newRow("parameter of a wrong type")
            << pipeline(R"({ "id": "a", "type": "rows", "params": { "columns": "n INT", "rows": 5 } })", "")
            << QByteArray("a.rows: A list of rows is expected");
        QTest::newRow("unwired input")
            << pipeline(kRows + "," + kFilter, "") << QByteArray("Nothing is wired to the input of “b”");
        QTest::newRow("unknown type that others need")
            << pipeline(R"({ "id": "a", "type": "oracle" },)" + kFilter, R"({ "from": "a", "to": "b" })")
            << QByteArray("does not know the node type “oracle”");
        QTest::newRow("deep expression")
            << pipeline(kRows + R"(, { "id": "b", "type": "filter", "params": { "condition": ")" +
                            QByteArray(50'000, '(') + "1" + QByteArray(50'000, ')') + R"( = 1" } })",
                        R"({ "from": "a", "to": "b" })")
            << QByteArray("b.condition: The expression is nested deeper than");
    }

    void isRefusedClearly() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, says);
        const ProgramFixture fixture;
        fixture.write("t.rill", file);
        for (const char* command : {"run", "validate", "explain"}) {
            const Ended ended = fixture.run({command, "t.rill"});
            QVERIFY2(ended.status == 2, describe(ended).constData());
            const QByteArray all = ended.out + ended.err;
            QVERIFY2(all.contains(says), describe(ended).constData());
            QVERIFY2(all.size() < 4000, "the message repeats the file");
        }
    }

    void aFileThatIsNotThereIsNamed() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"run", "absent.rill"});
        QVERIFY2(ended.status == 2 && ended.err.contains("absent.rill"), describe(ended).constData());
    }

    void aFolderIsNotAPipeline() {
        const ProgramFixture fixture;
        QVERIFY(QDir(fixture.path("")).mkdir("folder.rill"));
        const Ended ended = fixture.run({"run", "folder.rill"});
        QVERIFY2(ended.status == 2 && ended.err.contains("folder.rill"), describe(ended).constData());
    }

    /// Forward compatibility: keys of a later version are warnings, and the rest runs.
    void unknownKeysAreWarnings() {
        const ProgramFixture fixture;
        fixture.write("t.rill", pipeline(kRows + R"(, { "id": "out", "type": "csv_sink", "colour": "mauve",
            "params": { "path": "out.csv", "compression": "zip" } })",
                                         R"({ "from": "a", "to": "out" })"));
        const Ended ended = fixture.run({"run", "t.rill"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.err.contains("colour") && ended.err.contains("compression"),
                 describe(ended).constData());
        QCOMPARE(fixture.read("out.csv"), QByteArray("n\n1\n"));
    }

    void aNameOfTwoLinesIsToldOnOne() {
        const ProgramFixture fixture;
        const Ended ended = fixture.run({"run", "none\nerror: forged.rill"});
        QVERIFY2(ended.status == 2 && ended.err.contains("“none error: forged.rill”") &&
                     ended.err.count('\n') == 1,
                 describe(ended).constData());
    }
};

QTEST_APPLESS_MAIN(TestBadPipelines)
#include "test_bad_pipelines.moc"
