// The forecast for checkpoints of Spark: one for each sink's query, in a folder of the sink's name.
#include <QtTest/QtTest>

#include "tests/unit/forecast/forecast_case.h"

using namespace rw;
using namespace rw::test;

namespace {

Forecast told(const Drawn& before, const Drawn& now) {
    return forecastOf(before, now, {StateKeeper::Spark});
}

Drawn counting(const Json& changed = Json::object(), const char* sink = "out") {
    return {{bidsOf("bids"), windowOf("w", changed), fileOf(sink)}, {"bids>w", std::string("w>") + sink}};
}

bool has(const Text& text, const char* words) {
    return english(text).find(words) != std::string::npos;
}

}  // namespace

class TestForecastSpark : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatGoesOnAsItShould() {
        const Drawn filtered{{bidsOf("bids"), filterOf("f", "price > 1"), windowOf("counts"), fileOf("out")},
                             {"bids>f", "f>counts", "counts>out"}};
        for (const Drawn& now : {counting(), filtered}) {
            const Forecast it = told(counting(), now);
            QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
        }
        QCOMPARE(fateOf(told(counting(), filtered), "counts"), std::string("keeps"));
    }

    void whatItWouldGoOnWithWrongly() {
        const Forecast it = told(counting(), counting({{"size", "2min"}}));
        QCOMPARE(fateOf(it, "w"), std::string("cannot"));
        QVERIFY2(has(it.nodes.at("w").why, "Spark does not notice"), allOf(it).c_str());
        QVERIFY2(has(it.nodes.at("w").fix, "another folder"), allOf(it).c_str());
    }

    void whatItRefuses() {
        for (const Json& edit : {Json{{"keys", Json::array()}}, Json{{"aggregates", {"COUNT(*) AS n"}}}}) {
            const Forecast it = told(counting(), counting(edit));
            QVERIFY2(fateOf(it, "w") == "cannot", allOf(it).c_str());
            QVERIFY2(has(it.nodes.at("w").why, "Spark refuses what it has kept."), allOf(it).c_str());
        }
        const Drawn now{{bidsOf("bids"), drawnNode("d", "deduplicate", {{"keys", {"item"}}}), windowOf("w"),
                         fileOf("out")},
                        {"bids>d", "d>w", "w>out"}};
        const Forecast it = told(counting(), now);
        QVERIFY2(it.refusedAsIs && fateOf(it, "w") == "cannot", allOf(it).c_str());
        QVERIFY2(has(it.refusal, "“d” (Deduplicate) is new there."), allOf(it).c_str());
    }

    void ranksOfTotalsKeepNothing() {
        const Json total = drawnNode("g", "group_aggregate",
                                     {{"keys", {"auction"}}, {"aggregates", {"SUM(price) AS total"}}});
        const Json best = drawnNode("t", "top_n", {{"by", {"total DESC"}}, {"limit", 3}});
        const Json shown = drawnNode("shown", "table_view");
        const Drawn before{{bidsOf("bids"), total, shown}, {"bids>g", "g>shown"}};
        const Drawn now{{bidsOf("bids"), total, best, shown}, {"bids>g", "g>t", "t>shown"}};
        const Forecast it = told(before, now);
        QVERIFY2(it.possible() && !it.refusedAsIs, allOf(it).c_str());
        QCOMPARE(fateOf(it, "t"), std::string("no-state"));
        QCOMPARE(fateOf(it, "g"), std::string("keeps"));
        const Drawn windows{{bidsOf("bids"), windowOf("w"),
                             drawnNode("t", "top_n", {{"by", {"n DESC"}}, {"limit", 3}}), fileOf("out")},
                            {"bids>w", "w>t", "t>out"}};
        QVERIFY(told(counting(), windows).refusedAsIs);
    }

    void aSinkOfAnotherNameIsAnotherQuery() {
        const Forecast it = told(counting(), counting(Json::object(), "result"));
        QVERIFY2(it.possible() && it.anythingLost, allOf(it).c_str());
        QCOMPARE(fateOf(it, "w"), std::string("starts-anew"));
        QVERIFY2(has(it.nodes.at("result").why, "Checkpoints go by the names of sinks"), allOf(it).c_str());
    }

    void aSinkMoreLeavesTheOthers() {
        Drawn more = counting();
        more.nodes.push_back(fileOf("raw"));
        more.wires.emplace_back("bids>raw");
        const Forecast it = told(counting(), more);
        QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
        QCOMPARE(fateOf(it, "w"), std::string("keeps"));
        QCOMPARE(fateOf(it, "bids"), std::string("keeps"));
        QVERIFY(!it.nodes.at("raw").why.empty());
    }

    void aSourceMoreIsRefused() {
        const Drawn now{
            {bidsOf("bids"), bidsOf("asks"), drawnNode("u", "union"), windowOf("w"), fileOf("out")},
            {"bids>u", "asks>u", "u>w", "w>out"}};
        const Forecast it = told(counting(), now);
        QVERIFY2(it.refusedAsIs && !it.possible(), allOf(it).c_str());
    }

    void aSourceOfAnotherFile() {
        Drawn moved = counting();
        moved.nodes[0] = bidsOf("bids", {{"path", "other.csv"}});
        const Forecast it = told(counting(), moved);
        QCOMPARE(fateOf(it, "bids"), std::string("starts-anew"));
        QCOMPARE(fateOf(it, "w"), std::string("keeps"));
        QVERIFY(it.anythingLost);
    }
};

QTEST_GUILESS_MAIN(TestForecastSpark)
#include "test_forecast_spark.moc"
