// `rillwright why`: a row and its origins, a missing one, and questions that are wrong.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest/QtTest>

#include "tests/cli/sink_fixture.h"

using rw::testing::Database;
using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

// An empty line, quotes, a row that can't be read and one that comes too late.
constexpr const char* kRows =
    "k,v,ts\n"
    "x,1,2024-03-01 12:00:00\n"
    "y,5,2024-03-01 12:00:01\n"
    "x,-2,2024-03-01 12:00:02\n"
    "\"x\",3,2024-03-01 12:00:07\n"
    "\n"
    "\"a\nb\",9,2024-03-01 12:00:30\n"
    "x,4,2024-03-01 12:00:05\n"
    "x,q,2024-03-01 12:00:06\n"
    " Z,1,2024-03-01 12:00:31\n";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts", "watermark_delay": "5s" } },
  { "id": "good", "type": "filter", "params": { "condition": "v > 0" } },
  { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["k"],
    "aggregates": ["COUNT(*) AS n", "SUM(v) AS total"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "good" }, { "from": "good", "to": "per_key" },
             { "from": "per_key", "to": "out" } ] })json";

void writeAll(const ProgramFixture& fixture) {
    fixture.write("a.csv", kRows);
    fixture.write("p.rill", kPipeline);
}

QJsonObject asked(const ProgramFixture& fixture, const QStringList& more) {
    const Ended ended = fixture.run(QStringList{"why", "p.rill", "--json"} + more);
    if (ended.status != 0) qWarning("%s", describe(ended).constData());
    return QJsonDocument::fromJson(ended.out).object();
}

/// Carries that out on the table in which names are looked up.
bool shops(const ProgramFixture& fixture, const char* sql) {
    return Database(fixture, QStringLiteral("shops.db")).exec(sql);
}

const QString kFirstWindow = QStringLiteral("k = 'x' AND window_end = '2024-03-01 12:00:10'");

}  // namespace

class TestWhy : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void namesTheLinesOfItsRows() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const QJsonObject all = asked(fixture, {"--node", "out", "--where", kFirstWindow});
        QCOMPARE(all.value("matched").toInt(), 1);
        QCOMPARE(all.value("row").toObject().value("total").toInt(), 4);
        QCOMPARE(all.value("fired_at").toString(), QStringLiteral("2024-03-01 12:00:09.999"));
        // The first row that brought the watermark there: with 12:00:30, behind the delay of 5 s.
        QCOMPARE(all.value("raised_by").toArray().size(), 1);
        const QJsonObject raiser = all.value("raised_by").toArray().first().toObject();
        QCOMPARE(raiser.value("source").toString(), QStringLiteral("orders"));
        QCOMPARE(raiser.value("row").toObject().value("origin").toObject().value("line").toInt(), 7);
        const QJsonArray steps = all.value("steps").toArray();
        QCOMPARE(steps.size(), 2);
        const QJsonObject window = steps.at(0).toObject(), source = steps.at(1).toObject();
        QCOMPARE(window.value("late").toArray().size(), 1);
        QCOMPARE(window.value("late").toArray().first().toObject().value("late_by_ms").toInt(), 15'001);
        const QString mend =
            QStringLiteral("a watermark delay of at least 21\u2009s at “orders” would have let them in");
        QCOMPARE(window.value("late_mend").toString(), mend);
        const QJsonArray left = window.value("left_out").toArray();
        QCOMPARE(left.size(), 1);
        QCOMPARE(left.first().toObject().value("node").toString(), QStringLiteral("good"));
        const QJsonArray rows = source.value("rows").toArray();
        QCOMPARE(rows.size(), 2);
        // The newest stands first.
        const QJsonObject second = rows.at(0).toObject().value("origin").toObject();
        QCOMPARE(second.value("line").toInt(), 5);
        QCOMPARE(second.value("text").toString(), QStringLiteral("\"x\",3,2024-03-01 12:00:07"));
        QVERIFY(!QFile::exists(fixture.path("out.csv")));  // nothing is written
        // The rows of the window come to its values.
        const QJsonObject together = window.value("together").toObject();
        QCOMPARE(together.value("n").toInt(), 2);
        QCOMPARE(together.value("total").toInt(), 4);
        QVERIFY(!source.contains("together"));
        const Ended said = fixture.run({"why", "p.rill", "--node", "per_key", "--where", kFirstWindow});
        QVERIFY2(said.out.contains("  Together: n = 2, total = 4\n"), describe(said).constData());
        QVERIFY2(
            said.out.contains("  its window fired when the watermark had come to 2024-03-01 12:00:09.999\n"
                              "  orders was brought there by\n"),
            describe(said).constData());
        // With the one that came too late they would come to others.
        const QJsonObject with = window.value("with_late").toObject();
        QCOMPARE(with.value("now").toObject().value("n").toInt(), 2);
        QCOMPARE(with.value("then").toObject().value("n").toInt(), 3);
        QCOMPARE(with.value("now").toObject().value("total").toInt(), 4);
        QCOMPARE(with.value("then").toObject().value("total").toInt(), 8);
        QVERIFY(!source.contains("with_late"));
        QVERIFY2(said.out.contains("  " + mend.toUtf8() + '\n'), describe(said).constData());
        QVERIFY2(said.out.contains("  With all rows that came too late: n = 2 → 3, total = 4 → 8\n"),
                 describe(said).constData());
    }

    void saysWhatALateRowMissed() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const QJsonObject all = asked(fixture, {"--node", "per_key", "--port", "late", "--where", "v = 4"});
        QCOMPARE(all.value("late_by_ms").toInt(), 15'001);
        QCOMPARE(all.value("late_for").toString(), QStringLiteral("2024-03-01 12:00:10.000"));
        // The watermark of the row with 12:00:30.
        QCOMPARE(all.value("fired_at").toString(), QStringLiteral("2024-03-01 12:00:25.000"));
        const QJsonObject raiser = all.value("raised_by").toArray().first().toObject();
        QCOMPARE(raiser.value("row").toObject().value("origin").toObject().value("line").toInt(), 7);
        QVERIFY(!all.value("steps").toArray().isEmpty());
        const Ended said =
            fixture.run({"why", "p.rill", "--node", "per_key", "--port", "late", "--where", "v = 4"});
        QVERIFY2(said.out.contains("its window until 2024-03-01 12:00:10.000 had closed"),
                 describe(said).constData());
    }

    void tellsWhyThereIsNoRow() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const QJsonObject near = asked(fixture, {"--missing", "--node", "per_key", "--where", "k = 'z'"});
        const QJsonObject none = near.value("ends").toArray().last().toObject();
        QCOMPARE(none.value("fate").toString(), QStringLiteral("no_such_row"));
        QCOMPARE(none.value("rows").toArray().size(), 1);
        const QJsonObject other =
            asked(fixture, {"--missing", "--node", "per_key", "--where", kFirstWindow + " AND n = 5"});
        QCOMPARE(other.value("there").toInt(), 0);
        QStringList fates;
        for (const QJsonValue& end : other.value("ends").toArray())
            fates << end.toObject().value("fate").toString();
        QVERIFY2(fates.contains("used") && fates.contains("late") && fates.contains("filtered"),
                 qPrintable(fates.join(' ')));
        const QJsonObject there = asked(fixture, {"--missing", "--node", "per_key", "--where", kFirstWindow});
        QCOMPARE(there.value("there").toInt(), 1);
    }

    /// Of the rows on both sides, the two that miss being a pair by least, and what is amiss with them.
    void saysByHowMuchAPairIsMissed() {
        const ProgramFixture fixture;
        fixture.write("orders.csv",
                      "id,k,ts\n1,a,2024-03-01 13:00:00\n2,b,2024-03-01 13:10:00\n3,c,2024-03-01 13:20:00\n");
        fixture.write(
            "paid.csv",
            "order_id,c,at\n1,a ,2024-03-01 12:02:30\n2,x,2024-03-01 13:20:00\n3,C,2024-03-01 13:21:00\n");
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "orders.csv",
    "columns": ["id BIGINT", "k STRING", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "paid", "type": "csv_source", "params": { "path": "paid.csv",
    "columns": ["order_id BIGINT", "c STRING", "at TIMESTAMP(3)"], "event_time": "at" } },
  { "id": "near", "type": "interval_join", "params": { "on": "left.id = right.order_id", "lower": "0s",
    "upper": "5min" } },
  { "id": "same", "type": "join", "params": { "on": "left.k = right.c" } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
  { "id": "more", "type": "csv_sink", "params": { "path": "more.csv" } } ],
  "wires": [ { "from": "orders", "to": "near.left" }, { "from": "paid", "to": "near.right" },
             { "from": "orders", "to": "same.left" }, { "from": "paid", "to": "same.right" },
             { "from": "near", "to": "out" }, { "from": "same", "to": "more" } ] })json");
        const auto said = [&](const char* node, const char* where) {
            QStringList words;
            const QJsonObject answer = asked(fixture, {"--missing", "--node", node, "--where", where});
            for (const QJsonValue& end : answer.value("ends").toArray()) {
                for (const QJsonValue& each : end.toObject().value("words").toArray())
                    words << each.toString();
            }
            return words.join(u'|');
        };
        const QString zone = said("near", "id = 1");
        QVERIFY2(zone.contains(QStringLiteral("−57\u2009min 30\u2009s")) &&
                     zone.contains(QStringLiteral("time zones")),
                 qPrintable(zone));
        const QString late = said("near", "id = 2");
        QVERIFY2(late.contains(QStringLiteral("is 10\u2009min, and has to be from 0\u2009s to 5\u2009min")) &&
                     !late.contains(QStringLiteral("time zones")),
                 qPrintable(late));
        const QString blank = said("same", "id = 1 AND order_id = 1");
        QVERIFY2(blank.contains(QStringLiteral("“a”")) && blank.contains(QStringLiteral("“a ”")),
                 qPrintable(blank));
        const QString capital = said("same", "id = 3 AND order_id = 3");
        QVERIFY2(capital.contains(QStringLiteral("capital")), qPrintable(capital));
        const QString other = said("same", "id = 2 AND order_id = 2");
        QVERIFY2(other.contains(QStringLiteral("no two of them")) && !other.contains(QStringLiteral("has k")),
                 qPrintable(other));
    }

    /// Of the other side there is none: of an interval by how much it is missed, of a window which one it
    /// was.
    void aRowWithoutAPartnerSaysWhatIsMissed() {
        const ProgramFixture fixture;
        fixture.write("orders.csv", "k,v,ts\nx,1,2024-03-01 12:00:00\ny,5,2024-03-01 12:00:01\n");
        fixture.write("paid.csv", "k,p,ts\nx,1,2024-03-01 12:00:02\ny,7,2024-03-01 12:30:02\n");
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "orders.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "paid", "type": "csv_source", "params": { "path": "paid.csv",
    "columns": ["k STRING", "p INT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "near", "type": "interval_join", "params": { "on": "left.k = right.k", "lower": "0s",
    "upper": "1min", "kind": "full" } },
  { "id": "minutes", "type": "window_join", "params": { "on": "left.k = right.k", "window": "tumble",
    "size": "1min", "kind": "left" } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
  { "id": "more", "type": "csv_sink", "params": { "path": "more.csv" } } ],
  "wires": [ { "from": "orders", "to": "near.left" }, { "from": "paid", "to": "near.right" },
             { "from": "orders", "to": "minutes.left" }, { "from": "paid", "to": "minutes.right" },
             { "from": "near", "to": "out" }, { "from": "minutes", "to": "more" } ] })json");
        const struct {
            const char *where, *own;
            QString words;
        } sides[] = {{"k = 'y'", "orders", QStringLiteral("no row of “paid” matched")},
                     {"k_right = 'y'", "paid", QStringLiteral("no row of “orders” matched")}};
        for (const auto& [where, own, words] : sides) {
            const QJsonArray steps =
                asked(fixture, {"--node", "near", "--where", where}).value("steps").toArray();
            QCOMPARE(steps.size(), 2);
            const QJsonArray told = steps.at(0)["words"].toArray();
            QCOMPARE(told.at(0).toString(), words);
            const QString nearest = told.at(1).toString();
            QVERIFY2(nearest.contains(QStringLiteral("is 30\u2009min 1\u2009s, and has to be from 0\u2009s")),
                     qPrintable(nearest));
            QCOMPARE(steps.at(0)["count"].toInt(), 0);
            QCOMPARE(steps.at(1)["node"].toString(), QLatin1String(own));
            QCOMPARE(steps.at(1)["rows"].toArray().size(), 1);
        }
        const QJsonObject window = asked(fixture, {"--node", "minutes", "--where", "k = 'y'"});
        QCOMPARE(window.value("row")["window_end"].toString(), QStringLiteral("2024-03-01 12:01:00.000"));
        QCOMPARE(window.value("fired_at").toString(), QStringLiteral("2024-03-01 12:00:59.999"));
        QCOMPARE(window.value("steps").toArray().at(0)["words"].toArray().at(0).toString(),
                 QStringLiteral("no row of “paid” matched"));
    }

    void aTapeAnswersWhenItsFileIsGone() {
        const ProgramFixture fixture;
        writeAll(fixture);
        const Ended run = fixture.run({"run", "p.rill", "--record", "t.tape"});
        QVERIFY2(run.status == 0, describe(run).constData());
        QFile::remove(fixture.path("a.csv"));
        const QJsonObject all =
            asked(fixture, {"--node", "per_key", "--replay", "t.tape", "--where", kFirstWindow});
        const QJsonArray rows = all.value("steps").toArray().last().toObject().value("rows").toArray();
        QCOMPARE(rows.size(), 2);
        const QJsonObject origin = rows.first().toObject().value("origin").toObject();
        QVERIFY(origin.contains("read") && !origin.contains("file"));
    }

    /// What the run joined it with, though another name stands in the table by now.
    void aLookedUpRowHasTheTableOfTheTape() {
        const ProgramFixture fixture;
        writeAll(fixture);
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"] } },
  { "id": "named", "type": "lookup_join", "params": { "database": "shops.db", "table": "shops",
    "columns": ["k STRING", "name STRING"], "on": "left.k = right.k" } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "named" }, { "from": "named", "to": "out" } ] })json");
        QVERIFY(
            shops(fixture, "CREATE TABLE shops (k TEXT, name TEXT); INSERT INTO shops VALUES ('x', 'Graz')"));
        const Ended run = fixture.run({"run", "p.rill", "--record", "t.tape"});
        QVERIFY2(run.status == 0, describe(run).constData());
        QVERIFY(shops(fixture, "UPDATE shops SET name = 'Wien'"));
        const QStringList before{"--node", "named", "--where", "v = 3 AND name = 'Graz'"};
        const QJsonObject all = asked(fixture, before + QStringList{"--replay", "t.tape"});
        QCOMPARE(all.value("matched").toInt(), 1);
        QCOMPARE(all.value("row").toObject().value("name").toString(), QStringLiteral("Graz"));
        const QJsonObject source = all.value("steps").toArray().last().toObject();
        QCOMPARE(source.value("node").toString(), QStringLiteral("orders"));
        const QJsonArray rows = source.value("rows").toArray();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().toObject().value("values").toObject().value("v").toInt(), 3);
        // Without the tape the table is read as it is.
        const Ended now = fixture.run(QStringList{"why", "p.rill"} + before);
        QVERIFY2(now.status == 1 && now.err.contains("--missing"), describe(now).constData());
        const QJsonObject other = asked(fixture, {"--node", "named", "--where", "v = 3 AND name = 'Wien'"});
        QCOMPARE(other.value("matched").toInt(), 1);
    }

    /// Thousand by thousand, from the newest on.
    void theNextRowsOfManyAreAskedFor() {
        const ProgramFixture fixture;
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "made", "type": "generator", "params": { "rate": 0, "rows": 2500, "event_time": "ts",
    "columns": ["k STRING = 'x'", "v BIGINT = i",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"] } },
  { "id": "sums", "type": "group_aggregate", "params": { "keys": ["k"], "aggregates": ["COUNT(*) AS n"] } },
  { "id": "out", "type": "table_view", "params": {} } ],
  "wires": [ { "from": "made", "to": "sums" }, { "from": "sums", "to": "out" } ] })json");
        const QStringList about{"--node", "sums", "--where", "n = 2500"};
        const struct {
            int after, newest, rows;
        } pages[] = {{0, 2'499, 1'000}, {1'000, 1'499, 1'000}, {2'000, 499, 500}};
        for (const auto& [after, newest, count] : pages) {
            const QJsonObject all = asked(fixture, about + QStringList{"--after", QString::number(after)});
            const QJsonObject step = all.value("steps").toArray().first().toObject();
            QCOMPARE(step.value("count").toInt(), 2'500);
            QCOMPARE(step.value("after").toInt(), after);
            const QJsonArray rows = step.value("rows").toArray();
            QCOMPARE(rows.size(), count);
            QCOMPARE(rows.first().toObject().value("values").toObject().value("v").toInt(), newest);
            QCOMPARE(rows.last().toObject().value("values").toObject().value("v").toInt(),
                     newest - count + 1);
        }
        const Ended first = fixture.run(QStringList{"why", "p.rill"} + about);
        QVERIFY2(first.out.contains("these are the newest 1000 of 2500; --after 1000 shows more\n"),
                 describe(first).constData());
        const Ended last = fixture.run(QStringList{"why", "p.rill", "--after", "2000"} + about);
        QVERIFY2(last.out.contains("these are 2001 to 2500 of 2500, from the newest on\n"),
                 describe(last).constData());
        const Ended behind = fixture.run(QStringList{"why", "p.rill", "--after", "2500"} + about);
        QVERIFY2(behind.status == 2 && behind.err.contains("no more rows of “made”"),
                 describe(behind).constData());
    }

    /// Of a ranking the next one first; where no node takes places away, that is an error.
    void whatARowDisplacedIsToldOnDemand() {
        const ProgramFixture fixture;
        writeAll(fixture);
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
  { "id": "best", "type": "top_n", "params": { "by": ["v DESC"], "limit": 1, "partition_by": ["k"] } },
  { "id": "out", "type": "table_view", "params": {} } ],
  "wires": [ { "from": "orders", "to": "best" }, { "from": "best", "to": "out" } ] })json");
        const QStringList about{"--node", "best", "--where", "k = 'x'"};
        QVERIFY(!asked(fixture, about).contains("displaced"));
        const QJsonObject all = asked(fixture, about + QStringList{"--displaced"});
        QCOMPARE(all.value("row").toObject().value("v").toInt(), 4);
        const QJsonArray told = all.value("displaced").toArray();
        QCOMPARE(told.size(), 1);
        const QJsonObject best = told.first().toObject();
        QCOMPARE(best.value("node").toString(), QStringLiteral("best"));
        QCOMPARE(best.value("count").toInt(), 3);
        QList<int> values, lines;
        for (const QJsonValue& each : best.value("rows").toArray()) {
            values << each.toObject().value("values").toObject().value("v").toInt();
            lines << each.toObject().value("origin").toObject().value("line").toInt();
        }
        QCOMPARE(values, (QList<int>{3, 1, -2}));
        QCOMPARE(lines, (QList<int>{5, 2, 4}));
        const Ended said = fixture.run(QStringList{"why", "p.rill", "--displaced"} + about);
        QVERIFY2(said.out.contains("displaced by best: rows that are ranked behind the last place"),
                 describe(said).constData());
        const Ended none =
            fixture.run({"why", "p.rill", "--displaced", "--node", "orders", "--where", "v = 4"});
        QVERIFY2(none.status == 2 && none.err.contains("No node on the way"), describe(none).constData());
    }

    void wrongQuestionsAreTold() {
        const ProgramFixture fixture;
        writeAll(fixture);
        struct Wrong {
            QStringList words;
            QByteArray told;
            int status;
        };
        const std::vector<Wrong> all{
            {{"--node", "nowhere", "--where", "k = 'x'"}, "These run:", 1},
            {{"--node", "good", "--port", "side", "--where", "k = 'x'"}, "It has: out, rejected", 2},
            {{"--node", "good", "--where", "kk = 'x'"}, "kk", 2},
            {{"--node", "good", "--where", "k = 'nobody'"}, "--missing", 1},
            {{"--node", "good", "--where", "REPEAT('a', 2000000000) = k"}, "The condition", 2},
            {{"--node", "per_key", "--missing", "--where", "n > 3"}, "equations", 2},
            {{"--node", "per_key", "--replay", "p.rill", "--where", "n > 3"}, "", 1},
        };
        for (const Wrong& wrong : all) {
            const Ended ended = fixture.run(QStringList{"why", "p.rill"} + wrong.words);
            QVERIFY2(ended.status != 0 && ended.err.contains("error: ") && ended.err.contains(wrong.told),
                     describe(ended).constData());
            if (!wrong.told.isEmpty()) QVERIFY2(ended.status == wrong.status, describe(ended).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestWhy)
#include "test_why.moc"
