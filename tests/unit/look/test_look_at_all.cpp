// One look at the whole pipeline: every node above a broken one has its counts, and nothing is counted that
// is not known.
#include <atomic>

#include "core/look/look_counts.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string filterOf(const std::string& id, const std::string& condition) {
    return "{ \"id\": \"" + id + "\", \"type\": \"filter\", \"params\": { \"condition\": \"" + condition +
           "\" } }";
}

constexpr const char* kBroken =
    R"json({ "id": "broken", "type": "filter", "params": { "condition": "nowhere = 1" } })json";
constexpr const char* kOut =
    R"json({ "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json";

QString countText(const LookResult& result, const Pipeline& pipeline, const NodeId& node) {
    const LookedCounts counts = countsOf(pipeline, result).at(node);
    const auto text = [](const std::optional<std::uint64_t>& count) {
        return count ? QString::number(*count) : QStringLiteral("-");
    };
    return text(counts.in) + QLatin1Char(' ') + text(counts.out);
}

}  // namespace

class TestLookAtAll : public QObject {
    Q_OBJECT

    static QString counts(LookFixture& fixture, const LookResult& result, const NodeId& node) {
        return countText(result, fixture.pipeline(), node);
    }

 private Q_SLOTS:
    void everyNodeAboveABrokenOneHasItsCounts() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + kAmounts + "," + filterOf("big", "eur > 2") +
                                "," + kBroken + "," + filterOf("below", "1 = 1") + "," + kOut,
                            R"json({ "from": "orders", "to": "amounts" }, { "from": "amounts", "to": "big" },
                                { "from": "big", "to": "broken" }, { "from": "broken", "to": "below" },
                                { "from": "big", "to": "out" })json");
        const LookResult result = lookAtAll(fixture.request({}));
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(counts(fixture, result, "orders"), QStringLiteral("- 5"));
        QCOMPARE(counts(fixture, result, "amounts"), QStringLiteral("5 4"));
        QCOMPARE(countsOf(fixture.pipeline(), result).at("amounts").rejected, std::uint64_t{1});
        QCOMPARE(counts(fixture, result, "big"), QStringLiteral("4 3"));
        QCOMPARE(counts(fixture, result, "broken"), QStringLiteral("3 -"));
        QCOMPARE(counts(fixture, result, "below"), QStringLiteral("- -"));
        QCOMPARE(counts(fixture, result, "out"), QStringLiteral("3 -"));
        QCOMPARE(result.issues.size(), std::size_t{1});
        QCOMPARE(result.issues[0].node, NodeId("broken"));
        QVERIFY(!std::filesystem::exists(fixture.path("out.csv")));
    }

    void theRowsAreThoseOfTheLookAtANode() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("graz", "shop = 'graz'"),
                            R"json({ "from": "orders", "to": "graz" })json");
        const LookResult all = lookAtAll(fixture.request({}));
        const LookResult one = fixture.look("graz");
        QCOMPARE(all.outputs.size(), std::size_t{4});  // two ports of each
        QCOMPARE(textsOf(all.outputs[0]), textsOf(one.inputs[0]));
        QVERIFY(all.outputs[0].type.schema->fields == one.inputs[0].type.schema->fields);
    }

    void aNodeThatFailsInTheRunIsLeftOut() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "fails", "type": "select", "params": { "columns": ["CAST(amount AS DOUBLE) AS eur"],
                    "on_error": "fail" } }, )json" +
                filterOf("below", "eur > 2") + "," + filterOf("beside", "shop = 'graz'"),
            R"json({ "from": "orders", "to": "fails" }, { "from": "fails", "to": "below" },
                { "from": "orders", "to": "beside" })json");
        const LookResult result = lookAtAll(fixture.request({}));
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(counts(fixture, result, "fails"), QStringLiteral("5 -"));
        QCOMPARE(counts(fixture, result, "below"), QStringLiteral("- -"));
        QCOMPARE(counts(fixture, result, "beside"), QStringLiteral("5 3"));
        QCOMPARE(result.issues.at(0).node, NodeId("fails"));
        QVERIFY(english(result.issues[0]).find("n/a") != std::string::npos);
    }

    void whatIsNotReadIsNotNone() {
        // A file that is not there, and a source that is live: nothing is known of what lies below.
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) +
                                R"json(, { "id": "gone", "type": "csv_source", "params": { "path": "gone.csv",
                "columns": ["id BIGINT", "ts TIMESTAMP(3)", "shop STRING", "amount STRING"], "event_time": "ts" } },
                { "id": "both", "type": "union" }, )json" +
                                filterOf("graz", "shop = 'graz'"),
                            R"json({ "from": "orders", "to": "both" }, { "from": "gone", "to": "both" },
                { "from": "orders", "to": "graz" })json");
        const LookResult result = lookAtAll(fixture.request({}));
        QCOMPARE(counts(fixture, result, "gone"), QStringLiteral("- -"));
        QCOMPARE(counts(fixture, result, "both"), QStringLiteral("- -"));
        QCOMPARE(counts(fixture, result, "graz"), QStringLiteral("5 3"));
        QCOMPARE(result.issues.at(0).node, NodeId("gone"));
    }

    void aSubflowCountsAsOneNode() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.write("part.rill", R"json({ "rill": 1, "name": "part", "nodes": [
            { "id": "in", "type": "subflow_input", "params": { "columns": ["id BIGINT", "ts TIMESTAMP(3)", "shop STRING", "amount STRING"] } },
            { "id": "f", "type": "filter", "params": { "condition": "shop = 'graz'" } },
            { "id": "out", "type": "subflow_output" } ],
            "wires": [ { "from": "in", "to": "f" }, { "from": "f", "to": "out" } ] })json");
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "part", "type": "subflow", "params": { "file": "part.rill" } },)json" +
                filterOf("below", "shop = 'graz'"),
            R"json({ "from": "orders", "to": "part" }, { "from": "part", "to": "below" })json");
        const LookResult result = lookAtAll(fixture.request({}));
        QVERIFY2(result.end == LookResult::End::Whole && result.issues.empty(), faultsOf(result).constData());
        QCOMPARE(counts(fixture, result, "part"), QStringLiteral("5 3"));
        QCOMPARE(counts(fixture, result, "below"), QStringLiteral("3 3"));
    }

    void aDisabledNodeLetsItsRowsPass() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("off", "shop = 'graz'") + "," +
                                filterOf("below", "shop = 'wien'"),
                            R"json({ "from": "orders", "to": "off" }, { "from": "off", "to": "below" })json");
        fixture.pipeline().nodes[1].disabled = true;
        const LookResult result = lookAtAll(fixture.request({}));
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(counts(fixture, result, "off"), QStringLiteral("5 5"));
        QCOMPARE(counts(fixture, result, "below"), QStringLiteral("5 1"));
    }

    void aLoopAndAnEmptyPipelineAreLeftAlone() {
        LookFixture fixture;
        fixture.setPipeline("", "");
        QCOMPARE(lookAtAll(fixture.request({})).end, LookResult::End::None);
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("graz", "shop = 'graz'") +
                                R"json(, { "id": "both", "type": "union" }, )json" +
                                filterOf("back", "1 = 1"),
                            R"json({ "from": "orders", "to": "both" }, { "from": "orders", "to": "graz" },
                                { "from": "both", "to": "back" }, { "from": "back", "to": "both" })json");
        const LookResult result = lookAtAll(fixture.request({}));
        QCOMPARE(counts(fixture, result, "graz"), QStringLiteral("5 3"));
        QCOMPARE(counts(fixture, result, "both"), QStringLiteral("- -"));
    }

    void cancelledItEndsAtOnce() {
        LookFixture fixture;
        fixture.setPipeline(
            R"json({ "id": "g", "type": "generator", "params": { "columns": ["ts TIMESTAMP(3)", "n BIGINT = i"],
                "event_time": "ts" } },)json" +
                filterOf("f", "n > 2"),
            R"json({ "from": "g", "to": "f" })json");
        std::atomic<int> asked{0};
        LookRequest request = fixture.request({});
        request.isCancelled = [&asked] { return ++asked > 20; };
        QCOMPARE(lookAtAll(request).end, LookResult::End::Cancelled);
    }

    void thePortsShareTheMemory() {
        LookFixture fixture;
        std::string rows = "id,ts,shop,amount\n";
        for (int row = 0; row < 5'000; ++row)
            rows += std::to_string(row) + ",2024-03-01 09:00:01," + std::string(500, 'x') + ",1\n";
        fixture.write("orders.csv", rows);
        std::string nodes = kOrdersSource, wires;
        for (int number = 0; number < 20; ++number) {
            const std::string id = "f" + std::to_string(number);
            nodes += "," + filterOf(id, "id >= 0");
            wires += std::string(number == 0 ? "" : ",") + "{ \"from\": \"" +
                     (number == 0 ? "orders" : "f" + std::to_string(number - 1)) + "\", \"to\": \"" + id +
                     "\" }";
        }
        fixture.setPipeline(nodes, wires);
        LookRequest request = fixture.request({});
        request.kept.bytes = std::size_t{4} << 20;
        const LookResult result = lookAtAll(request);
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(counts(fixture, result, "f19"), QStringLiteral("5000 5000"));
        std::size_t bytes = 0;
        for (const LookedPort& port : result.outputs)
            for (const Batch& batch : port.batches) bytes += batch.memoryBytes();
        QVERIFY2(bytes < (std::size_t{10} << 20), qPrintable(QString::number(bytes)));
    }
};

QTEST_GUILESS_MAIN(TestLookAtAll)
#include "test_look_at_all.moc"
