// The two programs: `rillwright`, which starts without Qt, and `rillwright-designer`, which it becomes.
#include <QFile>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

const QByteArray kPipeline = R"rill({ "rill": 1, "name": "t", "nodes": [
    { "id": "numbers", "type": "generator", "params": { "rows": 3, "rate": 0, "columns": ["n BIGINT = i"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
    "wires": [ { "from": "numbers", "to": "out" } ] })rill";

QString program() {
    return qEnvironmentVariable("RILLWRIGHT_PROGRAM");
}

/// `rillwright` in a folder without its companion.
QString loneCopy(const ProgramFixture& fixture) {
    const QString copy = fixture.path(QStringLiteral("rillwright"));
    if (!QFile::copy(program(), copy)) qFatal("The program can't be copied.");
    return copy;
}

}  // namespace

class TestPrograms : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// To load Qt takes longer than a small run.
    void theEngineLoadsNoQt() {
        const ProgramFixture fixture;
        const Ended ended = fixture.runProgram(QStringLiteral("/usr/bin/env"),
                                               {QStringLiteral("LD_TRACE_LOADED_OBJECTS=1"), program()});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        QVERIFY2(ended.out.contains("libc.so"), "this is no list of libraries");
        QVERIFY2(!ended.out.contains("libQt"), ended.out.constData());
    }

    void aRunNeedsTheEngineAlone() {
        const ProgramFixture fixture;
        fixture.write("t.rill", kPipeline);
        const QString alone = loneCopy(fixture);
        for (const char* command : {"validate", "explain", "run"}) {
            const Ended ended = fixture.runProgram(alone, {QLatin1String(command), QStringLiteral("t.rill")});
            QVERIFY2(ended.status == 0, describe(ended).constData());
        }
        QCOMPARE(fixture.read("out.csv"), QByteArray("n\n0\n1\n2\n"));
    }

    void whatNeedsTheOtherProgramSaysSoWhereItIsMissing_data() {
        QTest::addColumn<QStringList>("words");
        const auto row = [](const char* words) {
            QTest::newRow(words) << QString::fromLatin1(words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        row("");
        row("t.rill");
        row("nodes");
        row("--help");
        row("render t.rill --node out --out x.png");
        row("run t.rill --charts pictures");
        row("run t.rill --charts=pictures");
    }
    void whatNeedsTheOtherProgramSaysSoWhereItIsMissing() {
        QFETCH(QStringList, words);
        const ProgramFixture fixture;
        fixture.write("t.rill", kPipeline);
        const Ended ended = fixture.runProgram(loneCopy(fixture), words);
        QVERIFY2(ended.status == 1, describe(ended).constData());
        QVERIFY2(ended.err.contains(fixture.path(QStringLiteral("rillwright-designer")).toUtf8()),
                 describe(ended).constData());
        QVERIFY2(fixture.read("out.csv").isEmpty(), "it ran all the same");
    }
};

QTEST_APPLESS_MAIN(TestPrograms)
#include "test_programs.moc"
