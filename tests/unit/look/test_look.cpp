// What a look answers: the rows in and out of a node, which became which, and what was set aside.
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string filterOf(const std::string& condition) {
    return R"json({ "id": "graz", "type": "filter", "params": { "condition": ")json" + condition + "\" } }";
}

std::string windowOf(const std::string& aggregate) {
    return R"json({ "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s",
        "keys": ["shop"], "aggregates": [")json" +
           aggregate + "\"] } }";
}

}  // namespace

class TestLook : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aFilterTellsWhichRowsItDrops() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("shop = 'graz'"),
                            R"json({ "from": "orders", "to": "graz" })json");
        const LookResult result = fixture.look("graz");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.inputs.size(), std::size_t{1});
        QCOMPARE(result.inputs[0].count, std::uint64_t{5});
        QCOMPARE(result.outputs[0].count, std::uint64_t{3});
        QCOMPARE(fatesOf(result),
                 (QStringList{"passed 0.0", "dropped", "passed 0.1", "dropped", "passed 0.2"}));
        QCOMPARE(textsOf(result.outputs[0]).last(),
                 QStringLiteral("id=5, ts=2024-03-01 09:00:15.000, shop=graz, amount=1"));
        QVERIFY((result.nodes.at("graz") == LookedNode{5, 3, 0, 0}));
        QVERIFY(result.sources.at(0).whole);
        QCOMPARE(result.wires.size(), std::size_t{1});
        QCOMPARE(result.wires[0].second, std::uint64_t{5});
    }

    void aRejectedRowKeepsItsPlaceAndItsReason() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + kAmounts,
                            R"json({ "from": "orders", "to": "amounts" })json");
        const LookResult result = fixture.look("amounts");
        QCOMPARE(fatesOf(result),
                 (QStringList{"passed 0.0", "passed 0.1", "passed 0.2", "rejected", "passed 0.3"}));
        const RowMatches matches = matchRows(result);
        const KeptRow& kept = result.setAside.at(static_cast<std::size_t>(matches.inputs[0][3].setAside));
        QVERIFY2(english(kept.reason).find("n/a") != std::string::npos, english(kept.reason).c_str());
        QCOMPARE(kept.position, std::int64_t{3});
        QCOMPARE(matches.outputs[0][3].row, std::size_t{4});
        // The port has them, too.
        QCOMPARE(result.outputs.at(1).role, PortRole::Rejected);
        QCOMPARE(result.outputs[1].count, std::uint64_t{1});
    }

    void aRowThatASourceCannotReadIsToldOfTheSource() {
        LookFixture fixture;
        fixture.write("orders.csv",
                      "id,ts,shop,amount\nx,2024-03-01 09:00:01,graz,1\n7,2024-03-01 09:00:01,graz,1\n");
        fixture.setPipeline(kOrdersSource, "");
        const LookResult result = fixture.look("orders");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.inputs.size(), std::size_t{0});
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{1});
        QCOMPARE(result.setAside.size(), std::size_t{1});
        QCOMPARE(result.sources.at(0).rows, std::size_t{2});
    }

    void aBrokenNodeElsewhereDoesNotMatter() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("shop = 'graz'") + "," +
                                windowOf("SUM(nowhere) AS s") +
                                R"json(, { "id": "alien", "type": "no_such_type" },
                                { "id": "out", "type": "csv_sink", "params": { "path": "/no/such/folder/out.csv" } })json",
                            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "sums" },
                                { "from": "sums", "to": "out" }, { "from": "orders", "to": "alien" })json");
        const LookResult result = fixture.look("graz");
        QVERIFY2(result.end == LookResult::End::Whole && result.issues.empty(), faultsOf(result).constData());
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{3});
    }

    void aBrokenNodeHasItsInputAndItsError() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) + "," + filterOf("shop = 'graz'") + "," +
                windowOf("SUM(nowhere) AS s"),
            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "sums" })json");
        const LookResult result = fixture.look("sums");
        QCOMPARE(result.issues.size(), std::size_t{1});
        QCOMPARE(result.issues[0].node, NodeId("sums"));
        QCOMPARE(result.end, LookResult::End::Whole);
        QCOMPARE(result.inputs.at(0).count, std::uint64_t{3});
        QVERIFY(result.outputs.empty());
        // Below it nothing is known, and the error above is what there is to say.
        fixture.pipeline().nodes.push_back(fixture.pipeline().nodes[1]);
        fixture.pipeline().nodes.back().id = "below";
        fixture.pipeline().wires.push_back({{"sums", "out"}, {"below", "in"}, Json::object()});
        const LookResult below = fixture.look("below");
        QCOMPARE(below.end, LookResult::End::None);
        QCOMPARE(below.issues.at(0).node, NodeId("sums"));
    }

    void windowsFireOrStayOpen() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + windowOf("COUNT(*) AS n"),
                            R"json({ "from": "orders", "to": "sums" })json");
        const LookResult closed = fixture.look("sums");
        QVERIFY2(closed.end == LookResult::End::Whole, faultsOf(closed).constData());
        QCOMPARE(closed.outputs.at(0).count, std::uint64_t{4});
        QCOMPARE(fatesOf(closed), (QStringList{"used", "used", "used", "used", "used"}));
        QVERIFY(matchRows(closed).makes);
        LookRequest request = fixture.request("sums");
        request.closeOpenWindows = false;
        const LookResult open = look(request);
        QCOMPARE(open.outputs.at(0).count, std::uint64_t{3});
        QCOMPARE(fatesOf(open), (QStringList{"used", "used", "used", "used", "open"}));
    }

    void lateRowsAreTold() {
        LookFixture fixture;
        fixture.write("orders.csv", std::string(kOrders) + "6,2024-03-01 09:00:05,graz,1\n");
        fixture.setPipeline(std::string(kOrdersSource) + "," + windowOf("COUNT(*) AS n"),
                            R"json({ "from": "orders", "to": "sums" })json");
        const LookResult result = fixture.look("sums");
        QCOMPARE(fatesOf(result).last(), QStringLiteral("late"));
        const int aside = matchRows(result).inputs[0].back().setAside;
        QVERIFY(aside >= 0);
        QVERIFY(result.setAside[static_cast<std::size_t>(aside)].lateBy > 0);
    }

    void joinsHaveTwoInputs() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(std::string(kOrdersSource) + "," + filterOf("shop = 'graz'") +
                                R"json(, { "id": "j", "type": "interval_join", "params": {
                                    "on": "left.shop = right.shop", "lower": "-2s", "upper": "2s", "kind": "inner" } })json",
                            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "j.right" },
                                { "from": "orders", "to": "j.left" })json");
        const LookResult result = fixture.look("j");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.inputs.size(), std::size_t{2});
        QCOMPARE(result.inputs[0].port, std::string("right"));
        QCOMPARE(result.inputs[1].count, std::uint64_t{5});
        // 1 and 3 lie two seconds apart.
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{5});
        QVERIFY(matchRows(result).makes);
    }

    void aUnionKnowsFromWhichInputARowCame() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.write("more.csv", kOrders);
        std::string more = kOrdersSource;
        more.replace(more.find("\"orders\""), 8, "\"more\"");
        more.replace(more.find("orders.csv"), 10, "more.csv");
        fixture.setPipeline(std::string(kOrdersSource) + "," + more + "," + filterOf("id <> 2") +
                                R"json(, { "id": "both", "type": "union" })json",
                            R"json({ "from": "more", "to": "both" }, { "from": "orders", "to": "both" },
                                { "from": "both", "to": "graz" })json");
        const LookResult both = fixture.look("both");
        QVERIFY2(both.end == LookResult::End::Whole, faultsOf(both).constData());
        const RowMatches matches = matchRows(both);
        for (std::size_t input = 0; input < 2; ++input) {
            for (std::size_t row = 0; row < 5; ++row) {
                const CameIn& in = matches.inputs.at(input)[row];
                QCOMPARE(in.fate, RowFate::Passed);
                QCOMPARE(matches.outputs[0][in.row].input, static_cast<int>(input));
                QCOMPARE(textsOf(both.outputs[0])[static_cast<int>(in.row)],
                         textsOf(both.inputs[input])[static_cast<int>(row)]);
            }
        }
        const LookResult filtered = fixture.look("graz");
        QCOMPARE(filtered.outputs.at(0).count, std::uint64_t{8});
        QCOMPARE(fatesOf(filtered).count(QStringLiteral("dropped")), 2);
    }

    void disabledNodesLetRowsPass() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) + "," + filterOf("shop = 'graz'") + "," + kAmounts,
            R"json({ "from": "orders", "to": "graz" }, { "from": "graz", "to": "amounts" })json");
        fixture.pipeline().find("graz")->disabled = true;
        QCOMPARE(fixture.look("amounts").inputs.at(0).count, std::uint64_t{5});
        const LookResult itself = fixture.look("graz");
        QVERIFY2(itself.end == LookResult::End::Whole, faultsOf(itself).constData());
        QCOMPARE(itself.outputs.at(0).count, std::uint64_t{5});
        fixture.pipeline().find("amounts")->disabled = true;
        QCOMPARE(fixture.look("amounts").outputs.size(), std::size_t{1});
        fixture.pipeline().find("orders")->disabled = true;
        QCOMPARE(fixture.look("amounts").end, LookResult::End::None);
    }

    void aSinkHasItsInput() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json",
            R"json({ "from": "orders", "to": "out" })json");
        const LookResult result = fixture.look("out");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.inputs.at(0).count, std::uint64_t{5});
        QCOMPARE(fatesOf(result).first(), QStringLiteral("used"));
        QVERIFY(!QFile::exists(QString::fromStdString(fixture.path("out.csv"))));
    }

    void subflowsAreLookedInto() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.write("parts/part.rill",
                      R"json({ "rill": 1, "name": "p", "variables": { "shop": "wien" }, "nodes": [
            { "id": "rows", "type": "subflow_input", "params": { "columns": ["id BIGINT", "ts TIMESTAMP(3)", "shop STRING", "amount STRING"] } },
            { "id": "one", "type": "filter", "params": { "condition": "shop = '${shop}'" } },
            { "id": "euros", "type": "select", "params": { "columns": ["id", "CAST(amount AS DOUBLE) AS eur"] } },
            { "id": "good", "type": "subflow_output" }, { "id": "bad", "type": "subflow_output" } ],
            "wires": [ { "from": "rows", "to": "one" }, { "from": "rows", "to": "euros" },
              { "from": "one", "to": "good" }, { "from": "euros.rejected", "to": "bad" } ] })json");
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "part", "type": "subflow", "params": { "file": "parts/part.rill",
                                    "set": { "shop": "graz" } } },
                                 { "id": "behind", "type": "filter", "params": { "condition": "id > 1" } })json",
            R"json({ "from": "orders", "to": "part.rows" }, { "from": "part.good", "to": "behind" })json");
        const LookResult part = fixture.look("part");
        QVERIFY2(part.end == LookResult::End::Whole, faultsOf(part).constData());
        QCOMPARE(part.outputs.size(), std::size_t{2});
        QCOMPARE(part.outputs[0].count, std::uint64_t{3});
        QCOMPARE(part.outputs[1].count, std::uint64_t{1});
        QCOMPARE(part.setAside.size(), std::size_t{1});
        QCOMPARE(fixture.look("behind").outputs.at(0).count, std::uint64_t{2});
    }

    void tablesOfFilesAreReadAgain() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "city", "type": "lookup_join", "params": { "database": "none.sqlite",
                                    "table": "t", "columns": ["shop STRING"], "on": "left.shop = right.shop" } })json",
            R"json({ "from": "orders", "to": "city" })json");
        // There is none: an error of that node, beside the rows that it would get.
        const LookResult missing = fixture.look("city");
        QVERIFY(missing.end != LookResult::End::Whole || !missing.issues.empty());
        QCOMPARE(missing.inputs.at(0).count, std::uint64_t{5});
    }
};

QTEST_GUILESS_MAIN(TestLook)
#include "test_look.moc"
