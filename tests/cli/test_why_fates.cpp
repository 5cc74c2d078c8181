// `rillwright why --missing`: where the rows that a missing row would need have ended, fate by fate.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

constexpr const char* kFateRows =
    "k,v,ts\n"
    "x,4,2024-03-01 12:00:00\n"
    "x,0,2024-03-01 12:00:01\n"
    "y,2,2024-03-01 12:00:02\n"
    "x,2,2024-03-01 12:00:03\n";

/// The rows go through one node of that type into a file.
void writeOne(const ProgramFixture& fixture, const QByteArray& type, const QByteArray& params) {
    fixture.write("a.csv", kFateRows);
    fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "one", "type": ")json" +
                                type + R"json(", "params": )json" + params + R"json( },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "one" }, { "from": "one", "to": "out" } ] })json");
}

/// The last end of the rows that this one would need, and the text of the whole answer.
struct Told {
    QJsonObject end{};
    QByteArray text{};

    QString fate() const { return end.value("fate").toString(); }
    QString words() const {
        QStringList all;
        for (const QJsonValue& each : end.value("words").toArray()) all << each.toString();
        return all.join(u'|');
    }
};

Told missed(const ProgramFixture& fixture, const QString& where, const QStringList& more = {},
            const QString& node = QStringLiteral("one")) {
    const QStringList words =
        QStringList{"why", "p.rill", "--missing", "--node", node, "--where", where} + more;
    const Ended json = fixture.run(words + QStringList{"--json"}), text = fixture.run(words);
    if (json.status != 0) qWarning("%s", describe(json).constData());
    return {QJsonDocument::fromJson(json.out).object().value("ends").toArray().last().toObject(), text.out};
}

/// In windows of a minute the last row of x comes too late.
void writeLate(const ProgramFixture& fixture) {
    writeOne(fixture, "window_aggregate",
             R"({ "window": "tumble", "size": "1min", "keys": ["k"], "aggregates": ["COUNT(*) AS n"] })");
    fixture.write("a.csv",
                  "k,v,ts\n"
                  "x,1,2024-03-01 12:00:00\n"
                  "y,2,2024-03-01 12:09:59\n"
                  "x,3,2024-03-01 12:00:03\n");
}

/// Rows of x, the row i with a time so many `seconds` behind noon, go into windows of that size, and what
/// these give through a filter and under another name; a second of it is on t.tape.
void recordWindows(const ProgramFixture& fixture, const QByteArray& seconds, const QByteArray& size) {
    fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "generator", "params": { "rate": 500, "event_time": "ts",
    "columns": ["k STRING = 'x'", "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, )json" +
                                seconds +
                                R"json(, TIMESTAMP '2024-03-01 12:00:00')"] } },
  { "id": "one", "type": "window_aggregate", "params": { "window": "tumble", "size": ")json" +
                                size + R"json(", "keys": ["k"], "aggregates": ["COUNT(*) AS n"] } },
  { "id": "some", "type": "filter", "params": { "condition": "n > 0" } },
  { "id": "named", "type": "select", "params": {
    "columns": ["window_end", "window_time", "k AS who", "n AS orders"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "one" }, { "from": "one", "to": "some" },
             { "from": "some", "to": "named" }, { "from": "named", "to": "out" } ] })json");
    const Ended run = fixture.run({"run", "p.rill", "--for", "1s", "--record", "t.tape"});
    QVERIFY2(run.status == 0, describe(run).constData());
}

}  // namespace

class TestWhyFates : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// The condition could not be computed for it: with the reason, as the port of rejected rows has it.
    void rejected() {
        const ProgramFixture fixture;
        writeOne(fixture, "filter", R"({ "condition": "12 / v > 5" })");
        const Told told = missed(fixture, QStringLiteral("k = 'x' AND v = 0"));
        QCOMPARE(told.fate(), QStringLiteral("rejected"));
        QCOMPARE(told.end.value("node").toString(), QStringLiteral("one"));
        QCOMPARE(told.end.value("count").toInt(), 1);
        QVERIFY2(told.words().contains(QStringLiteral("could not be computed")), qPrintable(told.words()));
        QVERIFY2(told.text.contains("Division by zero"), told.text.constData());
        // One for which it is simply false is filtered.
        writeOne(fixture, "filter", R"({ "condition": "v > 3" })");
        QCOMPARE(missed(fixture, QStringLiteral("k = 'x' AND v = 2")).fate(), QStringLiteral("filtered"));
    }

    /// Of the rows of a key the first is kept: the others have lost their place to it.
    void displaced() {
        const ProgramFixture fixture;
        writeOne(fixture, "deduplicate", R"({ "keys": ["k"], "keep": "first" })");
        const Told told = missed(fixture, QStringLiteral("k = 'x' AND v = 2"));
        QCOMPARE(told.fate(), QStringLiteral("displaced"));
        QCOMPARE(told.end.value("node").toString(), QStringLiteral("one"));
        QVERIFY2(told.words().contains(QStringLiteral("took their place")), qPrintable(told.words()));
        // Which row that is goes by the keys.
        const QJsonArray rows = told.end.value("rows").toArray();
        QCOMPARE(rows.size(), 1);
        QVERIFY(rows.first().toObject().value("values").toObject().value("v").toInt() != 2);
    }

    /// A ranking also shows who has the place.
    void whoTookThePlaceIsShown() {
        const ProgramFixture fixture;
        writeOne(fixture, "top_n", R"({ "partition_by": ["k"], "by": ["v DESC"], "limit": 1 })");
        const Told told = missed(fixture, QStringLiteral("k = 'x' AND v = 2"));
        QCOMPARE(told.fate(), QStringLiteral("displaced"));
        const QJsonArray rows = told.end.value("rows").toArray();
        QCOMPARE(rows.size(), 1);
        const QJsonObject values = rows.first().toObject().value("values").toObject();
        QCOMPARE(values.value("k").toString(), QStringLiteral("x"));
        QCOMPARE(values.value("v").toInt(), 4);
    }

    /// A node that decides by what came before, and not by the row.
    void notLetThrough() {
        const ProgramFixture fixture;
        writeOne(fixture, "limit", R"({ "count": 2 })");
        const Told told = missed(fixture, QStringLiteral("k = 'y' AND v = 2"));
        QCOMPARE(told.fate(), QStringLiteral("displaced"));
        QVERIFY2(told.words().contains(QStringLiteral("did not let them through")), qPrintable(told.words()));
        QVERIFY2(told.text.contains("“one” did not let them through"), told.text.constData());
    }

    /// Durations are in words, and exact in JSON.
    void late() {
        const ProgramFixture fixture;
        writeLate(fixture);
        const QString where = QStringLiteral("k = 'x' AND window_end = '2024-03-01 12:01:00' AND n = 2");
        const QByteArray text = missed(fixture, where).text;
        QVERIFY2(text.contains("  late by 8\u2009min 59\u2009s"), text.constData());
        QVERIFY2(text.contains("a watermark delay of at least 9\u2009min at “orders”"), text.constData());
        const Ended json =
            fixture.run({"why", "p.rill", "--json", "--missing", "--node", "one", "--where", where});
        QVERIFY2(json.out.contains("539001"), describe(json).constData());
    }

    /// A later window that is open is not waited for by rows of one that has fired.
    void firedThoughAnotherIsOpen() {
        const ProgramFixture fixture;
        recordWindows(fixture, "i", "1min");
        if (QTest::currentTestFailed()) return;
        // Of the node itself, and behind nodes that pass its windows on, also by other names.
        const struct {
            const char* node;
            QString where;
        } all[] = {{"one", QStringLiteral("k = 'x' AND n = 61")},
                   {"some", QStringLiteral("k = 'x' AND n = 61")},
                   {"named", QStringLiteral("who = 'x' AND orders = 61")}};
        for (const auto& [node, where] : all) {
            const Told told =
                missed(fixture, where + QStringLiteral(" AND window_end = '2024-03-01 12:01:00'"),
                       {"--replay", "t.tape"}, QLatin1String(node));
            QVERIFY2(told.fate() == QLatin1String("used"), told.text.constData());
            QCOMPARE(told.end.value("node").toString(), QStringLiteral("one"));
            QCOMPARE(told.end.value("count").toInt(), 60);
            // What the window gave instead.
            const QJsonArray rows = told.end.value("rows").toArray();
            QCOMPARE(rows.size(), 1);
            QCOMPARE(rows.first().toObject().value("values").toObject().value("n").toInt(), 60);
        }
    }

    /// Where the window is not named, a row that missed all of its windows is late, and used by none.
    void lateWithoutAWindow() {
        const ProgramFixture fixture;
        writeLate(fixture);
        const Ended ended = fixture.run(
            {"why", "p.rill", "--json", "--missing", "--node", "one", "--where", "k = 'x' AND n = 2"});
        QMap<QString, int> counts;
        for (const QJsonValue& end : QJsonDocument::fromJson(ended.out).object().value("ends").toArray())
            counts[end.toObject().value("fate").toString()] += end.toObject().value("count").toInt();
        QVERIFY2(counts == (QMap<QString, int>{{"late", 1}, {"used", 1}}), describe(ended).constData());
        const QByteArray text = missed(fixture, QStringLiteral("k = 'x' AND n = 2")).text;
        QVERIFY2(text.contains("a watermark delay of at least 9\u2009min at “orders”"), text.constData());
    }

    /// The run was stopped while the window was open: the answer says which, and what would close it.
    void waiting() {
        const ProgramFixture fixture;
        recordWindows(fixture, "MOD(i, 60)", "1h");
        if (QTest::currentTestFailed()) return;
        const Told told = missed(fixture, QStringLiteral("k = 'x' AND window_end = '2024-03-01 13:00:00'"),
                                 {"--replay", "t.tape"});
        QCOMPARE(told.fate(), QStringLiteral("waiting"));
        QCOMPARE(told.end.value("node").toString(), QStringLiteral("one"));
        QVERIFY(told.end.value("count").toInt() > 0);
        QVERIFY2(
            told.words().contains(QStringLiteral("from 2024-03-01 12:00:00.000 to 2024-03-01 13:00:00.000")),
            qPrintable(told.words()));
        QVERIFY2(told.words().contains(QStringLiteral("“orders” has come to 2024-03-01 12:00:")),
                 qPrintable(told.words()));
        // It went round its minute and came no further: since when, and for how long.
        QVERIFY2(told.words().contains(QStringLiteral("this has been so since 2")) &&
                     told.words().contains(QStringLiteral(" up to the end of what was kept")),
                 qPrintable(told.words()));
        const QJsonObject holder = told.end.value("held_by").toObject();
        QCOMPARE(holder.value("source").toString(), QStringLiteral("orders"));
        QVERIFY(!holder.contains("partition"));
        QVERIFY2(holder.value("watermark").toString().startsWith(QLatin1String("2024-03-01 12:00:")),
                 qPrintable(holder.value("watermark").toString()));
        QVERIFY(!holder.value("since").toString().isEmpty());
        QVERIFY(holder.value("for_ms").toInt(-1) >= 0);
    }
};

QTEST_GUILESS_MAIN(TestWhyFates)
#include "test_why_fates.moc"
