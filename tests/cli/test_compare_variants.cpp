// `rillwright compare --with`: variants of a pipeline over its files or a tape, and questions that are wrong.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest/QtTest>
#include <csignal>

#include "tests/cli/program_fixture.h"

using rw::testing::describe;
using rw::testing::Ended;
using rw::testing::ProgramFixture;

namespace {

// A row that can't be read, and one that comes when its window has closed.
constexpr const char* kRows =
    "k,v,ts\n"
    "x,1,2024-03-01 12:00:00\n"
    "y,5,2024-03-01 12:00:01\n"
    "x,3,2024-03-01 12:00:07\n"
    "a,9,2024-03-01 12:00:30\n"
    "x,4,2024-03-01 12:00:05\n"
    "x,q,2024-03-01 12:00:06\n";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "t", "variables": { "least": "0" }, "nodes": [
  { "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
    "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts", "watermark_delay": "5s" } },
  { "id": "good", "type": "filter", "params": { "condition": "v > ${least}" } },
  { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["k"],
    "aggregates": ["COUNT(*) AS n", "SUM(v) AS total"] } },
  { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } } ],
  "wires": [ { "from": "orders", "to": "good" }, { "from": "good", "to": "per_key" },
             { "from": "per_key", "to": "out" } ] })json";

void writeBoth(const ProgramFixture& fixture) {
    fixture.write("a.csv", kRows);
    fixture.write("p.rill", kPipeline);
}

QJsonObject compared(const ProgramFixture& fixture, const QStringList& more) {
    const Ended ended = fixture.run(QStringList{"compare", "p.rill", "--json"} + more);
    if (ended.status != 0) qWarning("%s", describe(ended).constData());
    return QJsonDocument::fromJson(ended.out).object();
}

QJsonObject difference(const QJsonObject& all, int variant) {
    return all.value("ports")
        .toArray()
        .at(0)
        .toObject()
        .value("differences")
        .toArray()
        .at(variant)
        .toObject();
}

int countOf(const QJsonObject& difference, const char* kind) {
    return difference.value(QLatin1String(kind)).toObject().value("count").toInt(-1);
}

int lateOf(const QJsonObject& all, int side) {
    return all.value("sides").toArray().at(side).toObject().value("late").toInt(-1);
}

}  // namespace

class TestCompareVariants : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void variantsAreComparedByWindowAndKey() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const QJsonObject all =
            compared(fixture, {"--with", "watermark_delay=30s", "--with", "size=20s,least=3"});
        QCOMPARE(lateOf(all, 0), 1);
        QCOMPARE(lateOf(all, 1), 0);
        const QJsonObject delay = difference(all, 0);
        QCOMPARE(delay.value("rows_same").toInt(), 2);
        QCOMPARE(countOf(delay, "changed"), 1);
        const QJsonObject changed =
            delay.value("changed").toObject().value("rows").toArray().at(0).toObject();
        QCOMPARE(changed.value("columns").toArray(), (QJsonArray{"n", "total"}));
        QCOMPARE(changed.value("a").toObject().value("total").toInt(), 4);
        QCOMPARE(changed.value("b").toObject().value("total").toInt(), 8);
        QCOMPARE(delay.value("matched_by").toArray(), (QJsonArray{"window_start", "k"}));
        const QJsonObject size = difference(all, 1);
        QCOMPARE(countOf(size, "changed"), 1);             // y in [0, 20)
        QCOMPARE(countOf(size, "only_a"), 2);              // x, and a in [30, 40)
        QCOMPARE(countOf(size, "only_b"), 1);              // a in [20, 40)
        QVERIFY(!QFile::exists(fixture.path("out.csv")));  // nothing is written
    }

    void theTextSaysWhatDiffers() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const Ended ended = fixture.run({"compare", "p.rill", "--with", "watermark_delay=30s"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* const told :
             {"out ← per_key: A 3 rows, B 3 rows; matched by window_start, k",
              "  results come after the end of their window by 5s in A, 30s in B",
              "  B: 2 same, 1 changed, 0 only in A, 0 only in B",
              "    ~ window_start=2024-03-01 12:00:00.000, k=x: n 2 → 3, total 4 → 8"})
            QVERIFY2(ended.out.contains(told), describe(ended).constData());
        const Ended same = fixture.run({"compare", "p.rill", "--with", "size=10s"});
        QVERIFY2(same.status == 0 && same.out.contains("B: the same"), describe(same).constData());
    }

    void differencesAreAStatusWhereThatIsAsked() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        QCOMPARE(fixture.run({"compare", "p.rill", "--exit-code", "--with", "size=20s"}).status, 1);
        QCOMPARE(fixture.run({"compare", "p.rill", "--exit-code", "--with", "size=10s"}).status, 0);
    }

    void aTapeStandsForTheFile() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const Ended run = fixture.run({"run", "p.rill", "--record", "t.tape"});
        QVERIFY2(run.status == 0, describe(run).constData());
        QFile::remove(fixture.path("a.csv"));
        const QJsonObject all = compared(
            fixture, {"--replay", "t.tape", "--with", "watermark_delay=30s", "--with", "orders.path=b.csv"});
        QCOMPARE(lateOf(all, 0), 1);
        QCOMPARE(lateOf(all, 1), 0);
        QCOMPARE(countOf(difference(all, 0), "changed"), 1);
        QVERIFY(difference(all, 1).value("same").toBool());
        const QJsonArray notes = all.value("sides").toArray().at(2).toObject().value("notes").toArray();
        QVERIFY(notes.first().toString().contains("tape"));
        // A tape of another pipeline
        QByteArray other = kPipeline;
        fixture.write("other.rill", other.replace("orders", "bought"));
        const Ended wrong =
            fixture.run({"compare", "other.rill", "--replay", "t.tape", "--with", "watermark_delay=30s"});
        QVERIFY2(wrong.status == 2 && wrong.err.contains("bought"), describe(wrong).constData());
        const Ended none = fixture.run({"compare", "p.rill", "--replay", "p.rill", "--with", "size=1s"});
        QVERIFY2(none.status != 0 && none.err.contains("error: "), describe(none).constData());
    }

    void anotherVersionIsAVariant() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        QByteArray other = kPipeline;
        fixture.write("new.rill", other.replace("v > ${least}", "v > 3"));
        const QJsonObject all =
            compared(fixture, {"--with", "new.rill", "--with", "new.rill,good.condition=v > ${least}"});
        QCOMPARE(countOf(difference(all, 0), "only_a"), 1);
        QVERIFY(difference(all, 1).value("same").toBool());
        const Ended none = fixture.run({"compare", "p.rill", "--with", "none.rill"});
        QVERIFY2(none.status == 2 && none.err.contains("none.rill"), describe(none).constData());
    }

    void oneVariantThatFailsLeavesTheOthers() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        const Ended ended = fixture.run(
            {"compare", "p.rill", "--with", "orders.on_error=fail", "--with", "watermark_delay=30s"});
        QVERIFY2(
            ended.status == 1 && ended.out.contains("B failed: orders") && ended.out.contains("C: 2 same"),
            describe(ended).constData());
    }

    void theHelpShowsWhatItPrints() {
        const ProgramFixture fixture;
        const QString source = qEnvironmentVariable("RILLWRIGHT_SOURCE");
        const auto fileOf = [&](const char* name) {
            QFile file(source + QLatin1String(name));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        fixture.write("watermark.rill", fileOf("/resources/examples/watermark.rill"));
        const Ended ended = fixture.run({"compare", "watermark.rill", "--node", "per_ten_seconds", "--with",
                                         "watermark_delay=8s", "--with", "size=20s"});
        QVERIFY2(ended.status == 0, describe(ended).constData());
        for (const char* const page : {"/resources/help/en/what_if.md", "/resources/help/zh_CN/what_if.md"}) {
            const QByteArray help = fileOf(page);
            int shown = 0;
            for (const QByteArray& line : ended.out.split('\n')) {
                if (line.trimmed().isEmpty()) continue;
                const QByteArray trimmed =
                    "    " + QString::fromUtf8(line).remove(QRegularExpression("\\s+$")).toUtf8();
                QVERIFY2(help.contains(trimmed + '\n'), trimmed.constData());
                ++shown;
            }
            QCOMPARE(shown, 14);
        }
    }

    void wrongQuestionsAreTold() {
        const ProgramFixture fixture;
        writeBoth(fixture);
        struct Wrong {
            QStringList words;
            QByteArray told;
        };
        const std::vector<Wrong> all{
            {{}, "--targets embedded,local"},
            {{"--with", "size=1s", "--targets", "embedded,local"}, "not both"},
            {{"--node", "out"}, "--with"},
            {{"--exit-code", "--targets", "embedded,local"}, "--with"},
            {{"--with", "sizze=1s"}, "“size”"},
            {{"--with", "size=1s,good"}, "name=value"},
            {{"--with", "size=soon"}, "per_key.size"},
            {{"--with", "path=b.csv"}, "orders.path, out.path"},
            {{"--with", "size=1s", "--node", "nowhere"}, "nowhere"},
            {{"--with", "size=1s", "--node", "good", "--port", "side"}, "It has: out, rejected"},
            {{"--with", "size=1s", "--with", "size=2s", "--with", "size=3s", "--with", "size=4s", "--with",
              "size=5s"},
             "one to four variants"},
        };
        for (const Wrong& wrong : all) {
            const Ended ended = fixture.run(QStringList{"compare", "p.rill"} + wrong.words);
            QVERIFY2(ended.status == 2 && ended.err.contains(wrong.told), describe(ended).constData());
        }
    }

    void itEndsAtOnceWhenTold() {
        const ProgramFixture fixture;
        // It ends by itself, though nobody would wait for that.
        fixture.write("p.rill", R"json({ "rill": 1, "name": "t", "nodes": [
          { "id": "made", "type": "generator", "params": { "rows": 1000000000000, "rate": 0,
            "columns": ["v INT = 1", "ts TIMESTAMP(3)"], "event_time": "ts" } },
          { "id": "counted", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": [],
            "aggregates": ["COUNT(*) AS n"] } },
          { "id": "seen", "type": "table_view" } ],
          "wires": [ { "from": "made", "to": "counted" }, { "from": "counted", "to": "seen" } ] })json");
        const std::unique_ptr<QProcess> program = fixture.begin({"compare", "p.rill", "--with", "size=1s"});
        QVERIFY(ProgramFixture::catches(*program, SIGINT));
        QTest::qWait(700);
        QVERIFY(program->state() == QProcess::Running);
        ::kill(static_cast<pid_t>(program->processId()), SIGINT);
        QElapsedTimer timer;
        timer.start();
        const Ended ended = ProgramFixture::ended(*program);
        QVERIFY2(timer.elapsed() < 30'000, "it went on");
        QVERIFY2(ended.status == 1 && ended.err.contains("ended before"), describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestCompareVariants)
#include "test_compare_variants.moc"
