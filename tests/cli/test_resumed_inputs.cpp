// A run that goes on finds its inputs again: in a project that was moved, and in one whose file was cut.
#include <QDir>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using namespace rw::testing;

namespace {

constexpr int kRows = 2'000;

QByteArray rowsUpTo(int rows) {
    QByteArray text = "n\n";
    for (int row = 0; row < rows; ++row) text += QByteArray::number(row) + '\n';
    return text;
}

/// A project in the folder “before”, stopped amid its input of 1 000 rows a second.
bool stopAmid(const SinkFixture& fixture, const char* path) {
    QDir(fixture.path(QString())).mkpath(QStringLiteral("before/data"));
    fixture.write(QStringLiteral("before/data/in.csv"), rowsUpTo(kRows));
    fixture.pipeline({QByteArray(R"({ "id": "numbers", "type": "csv_source", "params": { "path": ")") + path +
                          R"(", "columns": ["n BIGINT"], "rate": 1000 } })",
                      table("db", "t", "append")},
                     {wire("numbers", "db")}, QStringLiteral("before/t.rill"));
    const Ended ended = fixture.run({"run", "before/t.rill", "--checkpoint-every", "50ms", "--for", "400ms"});
    if (ended.status == 0) return true;
    qWarning("%s", describe(ended).constData());
    return false;
}

Ended goOn(const SinkFixture& fixture, const char* file) {
    return fixture.run({"run", QString::fromUtf8(file), "--resume"});
}

}  // namespace

class TestResumedInputs : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aProjectThatWasMovedGoesOn_data() {
        QTest::addColumn<QByteArray>("path");
        for (const char* path : {"data/in.csv", "data", "data/*.csv"})
            QTest::newRow(path) << QByteArray(path);
    }
    void aProjectThatWasMovedGoesOn() {
        QFETCH(QByteArray, path);
        const SinkFixture fixture;
        QVERIFY(stopAmid(fixture, path.constData()));
        QVERIFY(QDir(fixture.path(QString())).rename(QStringLiteral("before"), QStringLiteral("after")));
        const Ended ended = goOn(fixture, "after/t.rill");
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint "),
                 describe(ended).constData());
        Database database(fixture, QStringLiteral("after/x.db"));
        QCOMPARE(database.query("SELECT count(*) || ' ' || count(DISTINCT n) FROM t"),
                 QByteArray("2000 2000"));
    }

    /// None of the rows read is gone, only rows that were to be read.
    void anInputThatWasCutIsTold() {
        const SinkFixture fixture;
        QVERIFY(stopAmid(fixture, "data/in.csv"));
        fixture.write(QStringLiteral("before/data/in.csv"), rowsUpTo(1'900));
        const Ended ended = goOn(fixture, "before/t.rill");
        QVERIFY2(ended.status == 0 && ended.err.contains("in.csv” was truncated after the state was saved"),
                 describe(ended).constData());
        Database database(fixture, QStringLiteral("before/x.db"));
        QCOMPARE(database.query("SELECT count(*) FROM t"), QByteArray("1900"));
    }
};

QTEST_GUILESS_MAIN(TestResumedInputs)
#include "test_resumed_inputs.moc"
