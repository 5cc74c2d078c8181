// `rillwright versions`, and `diff FILE --version N`.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

QByteArray pipeline(const QByteArray& condition) {
    return R"json({ "rill": 1, "name": "t", "nodes": [
      { "id": "rows", "type": "rows", "params": { "columns": ["n INT"], "rows": [[1]] } },
      { "id": "big", "type": "filter", "params": { "condition": ")json" +
           condition + R"json(" } } ], "wires": [ { "from": "rows", "to": "big" } ] })json";
}

}  // namespace

class TestVersions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void keepsListsNamesShowsAndDrops() {
        const ProgramFixture fixture;
        QCOMPARE(fixture.run({"versions", "p.rill"}).out, QByteArray("no version\n"));
        fixture.write("p.rill", pipeline("n > 1"));
        const Ended first = fixture.run({"versions", "p.rill", "--keep", "--as", "good"});
        QVERIFY2(first.status == 0 && first.out.endsWith("  good\n"), describe(first).constData());
        fixture.write("p.rill", pipeline("n > 2"));
        QCOMPARE(fixture.run({"versions", "./p.rill", "--keep"}).status, 0);

        const QJsonArray all =
            QJsonDocument::fromJson(fixture.run({"versions", "p.rill", "--json"}).out).array();
        QCOMPARE(all.size(), 2);
        QCOMPARE(all[0].toObject().value("number").toInt(), 2);
        QCOMPARE(all[1].toObject().value("name").toString(), QStringLiteral("good"));

        const Ended differs = fixture.run({"diff", "p.rill", "--version", "1"});
        QVERIFY2(differs.status == 1 && differs.out.contains("condition: \"n > 1\" → \"n > 2\""),
                 describe(differs).constData());
        QCOMPARE(fixture.run({"diff", "p.rill", "--version", "2"}).status, 0);
        QCOMPARE(fixture.run({"diff", "p.rill", "p.rill", "--version", "2"}).status, 2);
        QCOMPARE(fixture.run({"diff", "p.rill", "--version", "3"}).status, 2);
        QCOMPARE(fixture.run({"diff", "p.rill", "--version", "0"}).status, 2);

        QCOMPARE(fixture.run({"versions", "p.rill", "--show", "1"}).out, pipeline("n > 1"));
        QCOMPARE(fixture.run({"versions", "p.rill", "--name", "1"}).status, 0);
        const Ended dropped = fixture.run({"versions", "p.rill", "--drop", "1"});
        QVERIFY2(dropped.status == 0 && !dropped.out.contains("good"), describe(dropped).constData());
        const Ended gone = fixture.run({"versions", "p.rill", "--show", "1"});
        QVERIFY2(gone.status == 1 && gone.err.contains("no version 1"), describe(gone).constData());
    }

    void whatIsNoPipelineIsNotKept() {
        const ProgramFixture fixture;
        fixture.write("p.rill", "no pipeline");
        QCOMPARE(fixture.run({"versions", "p.rill", "--keep"}).status, 1);
        QCOMPARE(fixture.run({"versions", "gone.rill", "--keep"}).status, 1);
        QCOMPARE(fixture.run({"versions", "p.rill"}).out, QByteArray("no version\n"));
    }
};

QTEST_GUILESS_MAIN(TestVersions)
#include "test_versions.moc"
