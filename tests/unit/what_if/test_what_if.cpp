// Variants of a pipeline and how their rows differ; the figures are computed by hand.
#include "tests/unit/what_if/tried.h"

using namespace rw;
using namespace rw::test;

namespace {

const WhatIfDifference& onlyDifference(const WhatIfAnswer& answer) {
    return answer.ports.at(0).differences.at(0);
}

}  // namespace

#define TRIED(name, expression)                     \
    const Result<WhatIfAnswer> name = (expression); \
    QVERIFY2(name.ok(), english((name).ok() ? Error() : (name).error()).c_str())

class TestWhatIf : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aLongerDelayTakesTheLateRowIn() {
        const TriedFixture fixture;
        TRIED(answer, fixture.tried({"watermark_delay=30s"}));
        QCOMPARE(answer->sides.size(), std::size_t{2});
        QCOMPARE(answer->sides[0].late, std::uint64_t{1});
        QCOMPARE(answer->sides[1].late, std::uint64_t{0});
        QCOMPARE(answer->sides[0].rejected, std::uint64_t{1});
        QCOMPARE(answer->sides[1].rejected, std::uint64_t{1});
        QCOMPARE(answer->sides[1].sourceRows, answer->sides[0].sourceRows);
        const WhatIfPort& port = answer->ports.at(0);
        QVERIFY(port.shown == std::vector<NodeId>{"out"});
        QVERIFY((port.from == PortRef{"per_key", "out"}));
        QCOMPARE(port.sides[0].rows, std::uint64_t{4});
        QVERIFY(port.sides[0].resultAfter == Millis{5'000} && port.sides[1].resultAfter == Millis{30'000});
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("3 1 0 0"));
        QVERIFY((difference.key == std::vector<int>{0, 1}));
        QCOMPARE(changedColumns(difference, 0), QStringLiteral("n total"));
        QVERIFY(rowWords(difference, difference.changed[0].a).startsWith("2024-03-01 12:00:00.000 x "));
        QVERIFY(rowWords(difference, difference.changed[0].a).endsWith(" 2 4"));
        QVERIFY(rowWords(difference, difference.changed[0].b).endsWith(" 3 8"));
        QVERIFY(!answer->isSame());
        QVERIFY(!QFile::exists(QString::fromStdString(fixture.folder() + "/out.csv")));  // nothing is written
    }

    /// A log has a request when it has ended: those of an outage, which take long, come behind others that
    /// began later. Exactly these are lost with a short delay, and with them the outage.
    void anOutageIsSeenWithALongerDelayOnly() {
        TriedFixture fixture;
        fixture.write("a.csv",
                      "took,ts\n"
                      "100,2024-03-01 12:00:00\n"
                      "100,2024-03-01 12:00:09\n"
                      "100,2024-03-01 12:00:12\n"
                      "100,2024-03-01 12:00:20\n"
                      "100,2024-03-01 12:00:30\n"
                      "20000,2024-03-01 12:00:16\n"
                      "20000,2024-03-01 12:00:17\n"
                      "100,2024-03-01 12:00:40\n");
        fixture.pipeline() = pipelineOf(
            R"json({ "id": "requests", "type": "csv_source", "params": { "path": "a.csv",
        "columns": ["took INT", "ts TIMESTAMP(3)"], "event_time": "ts", "watermark_delay": "1s" } },
      { "id": "slowest", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
        "aggregates": ["COUNT(*) AS n", "MAX(took) AS longest"] } },
      { "id": "outages", "type": "filter", "params": { "condition": "longest > 5000" } },
      { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json",
            R"json({ "from": "requests", "to": "slowest" }, { "from": "slowest", "to": "outages" },
           { "from": "outages", "to": "out" })json");
        TRIED(answer, fixture.tried({"watermark_delay=20s"}));
        QCOMPARE(answer->sides[0].late, std::uint64_t{2});
        QCOMPARE(answer->sides[1].late, std::uint64_t{0});
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("0 0 0 1"));
        const QString outage = rowWords(difference, difference.onlyB[0]);
        QVERIFY2(outage.startsWith("2024-03-01 12:00:10.000 ") && outage.endsWith(" 3 20000"),
                 qPrintable(outage));
    }

    void anotherConditionLeavesRowsOut() {
        const TriedFixture fixture;
        for (const char* const variant : {"good.condition=v > 3", "least=3"}) {
            TRIED(answer, fixture.tried({variant}));
            const WhatIfDifference& difference = onlyDifference(*answer);
            QCOMPARE(counts(difference), QStringLiteral("2 0 2 0"));
            QVERIFY(rowWords(difference, difference.onlyA[0]).startsWith("2024-03-01 12:00:00.000 x "));
            QVERIFY(rowWords(difference, difference.onlyA[1]).startsWith("2024-03-01 12:00:30.000 z "));
        }
    }

    // For those who draw both sides whole.
    void theSameRowsComeToo() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"watermark_delay=30s"});
        QVERIFY(onlyDifference(*whatIf(request)).sameRows.empty());
        request.limits.same = true;
        TRIED(answer, whatIf(request));
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("3 1 0 0"));
        QCOMPARE(difference.sameRows.size(), std::size_t{3});
        QVERIFY(rowWords(difference, difference.sameRows[0]).startsWith("2024-03-01 12:00:00.000 y "));
        QVERIFY(rowWords(difference, difference.sameRows[2]).startsWith("2024-03-01 12:00:30.000 z "));
    }

    void windowsOfAnotherSizeAreMatchedByTheirStart() {
        const TriedFixture fixture;
        TRIED(answer, fixture.tried({"size=20s"}));
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("0 2 2 2"));
        QCOMPARE(changedColumns(difference, 0), QStringLiteral("window_end window_time"));
        QVERIFY(rowWords(difference, difference.onlyA[0]).startsWith("2024-03-01 12:00:30.000 a "));
        QVERIFY(rowWords(difference, difference.onlyB[0]).startsWith("2024-03-01 12:00:20.000 a "));
    }

    void variantsThatAreAlikeAreTheSame() {
        const TriedFixture fixture;
        TRIED(answer, fixture.tried({"size=10s", "size=10s", "least=0,watermark_delay=5s"}));
        QVERIFY(answer->isSame());
        QCOMPARE(answer->sides.size(), std::size_t{4});
        for (const WhatIfDifference& difference : answer->ports.at(0).differences)
            QCOMPARE(counts(difference), QStringLiteral("4 0 0 0"));
        QVERIFY(answer->sides[1].nodes == answer->sides[0].nodes);
    }

    void noRowsAreTheSame() {
        const TriedFixture fixture;
        fixture.write("a.csv", "k,v,ts\n");
        TRIED(answer, fixture.tried({"size=20s"}));
        QVERIFY(answer->isSame());
        QCOMPARE(counts(onlyDifference(*answer)), QStringLiteral("0 0 0 0"));
        fixture.write("a.csv", "k,v,ts\nx,1,2024-03-01 12:00:00\n");
        TRIED(some, fixture.tried({"least=1"}));
        QCOMPARE(counts(onlyDifference(*some)), QStringLiteral("0 0 1 0"));
    }

    void anotherVersionOfTheFileIsAVariant() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"least=0"});
        Pipeline other = request.pipeline;
        other.find("per_key")->params["aggregates"] = Json::array({"COUNT(*) AS n", "MAX(v) AS most"});
        request.variants[0].pipeline = other;
        TRIED(answer, whatIf(request));
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("4 0 0 0"));
        QVERIFY(difference.columnsOnlyA == std::vector<std::string>{"total"});
        QVERIFY(difference.columnsOnlyB == std::vector<std::string>{"most"});
        QVERIFY(!answer->isSame());
        request.variants[0].pipeline->find("out")->id = "elsewhere";
        for (Wire& wire : request.variants[0].pipeline->wires) {
            if (wire.to.node == "out") wire.to.node = "elsewhere";
        }
        request.variants.push_back({"least=3", {}, {{"least", "3"}}});
        const Result<WhatIfAnswer> gone = whatIf(request);
        QVERIFY(!gone.ok());  // this version has nothing that is compared
        QVERIFY2(english(gone.error()).find("least=0") != std::string::npos, english(gone.error()).c_str());
    }

    void aNodeIsComparedByItself() {
        const TriedFixture fixture;
        WhatIfRequest request = fixture.request({"least=3"});
        request.node = "good";
        TRIED(answer, whatIf(request));
        QVERIFY(answer->ports.at(0).shown == std::vector<NodeId>{"good"});
        QVERIFY(!answer->ports[0].sides[0].resultAfter);
        // Without windows as multisets: 1, 3 and 1 are left out of 1, 5, 3, 9, 4, 1.
        QVERIFY(onlyDifference(*answer).key.empty());
        QCOMPARE(counts(onlyDifference(*answer)), QStringLiteral("3 0 3 0"));
        request.node = "per_key";
        request.port = "late";
        TRIED(late, whatIf(request));
        QCOMPARE(counts(onlyDifference(*late)), QStringLiteral("1 0 0 0"));
    }

    void sinksAndChartsWithTheSameRowsAreOnePort() {
        TriedFixture fixture;
        fixture.pipeline() = pipelineOf(
            std::string(kTriedSource) + kTriedNodes +
                R"json(, { "id": "seen", "type": "table_view" }, { "id": "raw", "type": "table_view" })json",
            std::string(kTriedWires) +
                R"json(, { "from": "per_key", "to": "seen" }, { "from": "orders", "to": "raw" })json");
        TRIED(answer, fixture.tried({"size=20s"}));
        QCOMPARE(answer->ports.size(), std::size_t{2});
        QVERIFY((answer->ports[0].shown == std::vector<NodeId>{"out", "seen"}));
        QVERIFY(answer->ports[1].differences[0].isSame());
    }

    void rowsThatChangeAreComparedAtTheEnd() {
        TriedFixture fixture;
        fixture.pipeline() =
            pipelineOf(std::string(kTriedSource) +
                           R"json(, { "id": "sums", "type": "group_aggregate", "params": { "keys": ["k"],
                              "aggregates": ["SUM(v) AS total"] } },
                              { "id": "seen", "type": "table_view" },
                              { "id": "good", "type": "filter", "params": { "condition": "v > ${least}" } })json",
                       R"json({ "from": "orders", "to": "good" }, { "from": "good", "to": "sums" },
                              { "from": "sums", "to": "seen" })json");
        // x: 1, −2, 3, 4; with −2 out of it 8, and without all that is at most 1: 7
        TRIED(answer, fixture.tried({"good.condition=v < 100", "least=1"}));
        const WhatIfDifference& all = answer->ports.at(0).differences.at(0);
        QCOMPARE(answer->ports[0].sides[0].rows, std::uint64_t{4});
        QCOMPARE(counts(all), QStringLiteral("3 1 0 0"));
        QVERIFY(rowWords(all, all.changed[0].a) == QStringLiteral("x 8"));
        QVERIFY(rowWords(all, all.changed[0].b) == QStringLiteral("x 6"));
        const WhatIfDifference& fewer = answer->ports.at(0).differences.at(1);
        QCOMPARE(counts(fewer), QStringLiteral("2 1 1 0"));
        QVERIFY(rowWords(fewer, fewer.changed[0].b) == QStringLiteral("x 7"));
        QVERIFY(rowWords(fewer, fewer.onlyA[0]) == QStringLiteral("z 1"));
    }

    void keysMayBeNullOrNotANumber() {
        TriedFixture fixture;
        fixture.pipeline() = pipelineOf(
            R"json({ "id": "given", "type": "rows", "params": { "columns": ["d DOUBLE", "ts TIMESTAMP(3)"],
                 "rows": [[null, "2024-03-01 12:00:00"], ["NaN", "2024-03-01 12:00:01"], [1.5, "2024-03-01 12:00:02"],
                          ["NaN", "2024-03-01 12:00:03"]], "event_time": "ts" } },
               { "id": "more", "type": "select", "params": { "columns": ["d", "ts", "d + ${least} AS m"] } },
               { "id": "counted", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
                 "keys": ["d"], "aggregates": ["COUNT(*) AS n", "MAX(m) AS m"] } },
               { "id": "seen", "type": "table_view" })json",
            R"json({ "from": "given", "to": "more" }, { "from": "more", "to": "counted" },
                   { "from": "counted", "to": "seen" })json");
        TRIED(same, fixture.tried({"size=10s"}));
        QCOMPARE(counts(onlyDifference(*same)), QStringLiteral("3 0 0 0"));
        TRIED(answer, fixture.tried({"least=1"}));
        // NULL + 1 is NULL and NaN + 1 is NaN: one row alone changes.
        const WhatIfDifference& difference = onlyDifference(*answer);
        QCOMPARE(counts(difference), QStringLiteral("2 1 0 0"));
        QCOMPARE(changedColumns(difference, 0), QStringLiteral("m"));
    }

    void alertsAreComparedAndTellNobody() {
        TriedFixture fixture;
        fixture.pipeline() = pipelineOf(
            std::string(kTriedSource) +
                R"json(, { "id": "high", "type": "alert", "params": { "condition": "v > 4", "for": "0s", "keys": ["k"],
                     "message": "{k} is high", "to": ["panel", "a-hook"] } })json",
            R"json({ "from": "orders", "to": "high" })json");
        TRIED(answer, fixture.tried({"high.condition=v > 100"}));
        QVERIFY(answer->ports.at(0).shown == std::vector<NodeId>{"high"});
        QVERIFY(!onlyDifference(*answer).isSame());
        QVERIFY(!onlyDifference(*answer).changed.empty());
    }

    void aPaceCostsNoTime() {
        TriedFixture fixture;
        fixture.pipeline().find("orders")->type = "rows";
        fixture.pipeline().find("orders")->params =
            Json{{"columns", {"k STRING", "v INT", "ts TIMESTAMP(3)"}},
                 {"rows", {{"x", 1, "2024-03-01 12:00:00"}, {"x", 2, "2024-03-01 12:00:09"}}},
                 {"every", "1h"},
                 {"event_time", "ts"}};
        QElapsedTimer timer;
        timer.start();
        TRIED(answer, fixture.tried({"least=1"}));
        QVERIFY(timer.elapsed() < 60'000);
        QCOMPARE(counts(onlyDifference(*answer)), QStringLiteral("0 1 0 0"));
    }
};

QTEST_GUILESS_MAIN(TestWhatIf)
#include "test_what_if.moc"
