// The forecast for a Flink whose job was submitted as a compiled plan with our own numbers.
#include <QtTest/QtTest>

#include "tests/unit/forecast/forecast_case.h"

using namespace rw;
using namespace rw::test;

namespace {

Forecast told(const Drawn& before, const Drawn& now, bool allowLostState = false) {
    return forecastOf(before, now, {StateKeeper::FlinkPlan, allowLostState, {}});
}

Drawn counting(const Json& window = Json::object()) {
    return {{bidsOf("bids"), windowOf("w", window), fileOf("out")}, {"bids>w", "w>out"}};
}

bool says(const Text& text, const char* words) {
    return english(text).find(words) != std::string::npos;
}

}  // namespace

class TestForecastPlan : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// Edits that a job of SQL is refused for.
    void whatCameOrMovedDoesNoHarm() {
        const Drawn filtered{{bidsOf("bids"), filterOf("f", "price > 1"), windowOf("w"), fileOf("out")},
                             {"bids>f", "f>w", "w>out"}};
        Drawn more = counting();
        more.nodes.push_back(fileOf("raw"));
        more.wires.emplace_back("bids>raw");
        Drawn second = counting();
        second.nodes.push_back(windowOf("v", {{"size", "2min"}}));
        second.nodes.push_back(fileOf("longer"));
        second.wires.emplace_back("bids>v");
        second.wires.emplace_back("v>longer");
        const Drawn renamed{{bidsOf("offers", {{"path", "bids.csv"}}), windowOf("counts"), fileOf("result")},
                            {"offers>counts", "counts>result"}};
        const Drawn column = counting({{"aggregates", {"COUNT(*) AS m", "MAX(price) AS best"}}});
        for (const Drawn& now : {counting(), filtered, more, second, renamed, column}) {
            const Forecast it = told(counting(), now);
            QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
        }
        QCOMPARE(fateOf(told(counting(), more), "w"), std::string("keeps"));
        QCOMPARE(fateOf(told(counting(), second), "w"), std::string("keeps"));
        QCOMPARE(fateOf(told(counting(), second), "v"), std::string("starts-anew"));
        QCOMPARE(fateOf(told(counting(), renamed), "counts"), std::string("keeps"));
        // And back again, where nothing but places was lost.
        QVERIFY(!told(filtered, counting()).refusedAsIs);
    }

    void anotherMeaningStartsAnew() {
        const Drawn now = counting({{"size", "2min"}});
        const Forecast refused = told(counting(), now);
        QVERIFY2(refused.refusedAsIs && !refused.possible(), allOf(refused).c_str());
        QVERIFY2(says(refused.refusal, "of “w”. Flink refuses it"), allOf(refused).c_str());
        QCOMPARE(fateOf(refused, "w"), std::string("cannot"));
        QVERIFY2(says(refused.nodes.at("w").why, "“Size” is 2"), allOf(refused).c_str());
        QVERIFY2(says(refused.nodes.at("w").fix, "Allow that state is lost"), allOf(refused).c_str());
        QCOMPARE(fateOf(refused, "bids"), std::string("cannot"));  // all of the savepoint is refused
        const Forecast it = told(counting(), now, true);
        QVERIFY2(it.possible() && it.refusedAsIs && it.anythingLost, allOf(it).c_str());
        QCOMPARE(fateOf(it, "w"), std::string("starts-anew"));
        QVERIFY2(says(it.nodes.at("w").why, "What it has kept is dropped."), allOf(it).c_str());
        QCOMPARE(fateOf(it, "bids"), std::string("keeps"));
    }

    void otherTypesStartAnewToo() {
        for (const Json& edit : {Json{{"aggregates", {"COUNT(*) AS n"}}}, Json{{"keys", {"item"}}},
                                 Json{{"window", "hop"}, {"slide", "30s"}}}) {
            const Forecast it = told(counting(), counting(edit), true);
            QVERIFY2(it.possible() && fateOf(it, "w") == "starts-anew" && fateOf(it, "bids") == "keeps",
                     allOf(it).c_str());
        }
    }

    void theOtherNodesKeepTheirs() {
        const auto drawn = [](const char* size) {
            return Drawn{{bidsOf("bids"), windowOf("w", {{"size", size}}), windowOf("v"), fileOf("out"),
                          fileOf("more")},
                         {"bids>w", "bids>v", "w>out", "v>more"}};
        };
        const Forecast it = told(drawn("1min"), drawn("2min"), true);
        QVERIFY2(fateOf(it, "w") == "starts-anew" && fateOf(it, "v") == "keeps", allOf(it).c_str());
    }

    void whatWent() {
        Drawn before = counting();
        before.nodes.push_back(fileOf("raw"));
        before.wires.emplace_back("bids>raw");
        // The writer of a file has something in the savepoint, too.
        const Forecast refused = told(before, counting());
        QVERIFY2(refused.refusedAsIs && !refused.possible(), allOf(refused).c_str());
        QVERIFY2(says(refused.refusal, "of “raw”"), allOf(refused).c_str());
        const Forecast it = told(before, counting(), true);
        QVERIFY2(it.possible() && fateOf(it, "w") == "keeps" && fateOf(it, "bids") == "keeps",
                 allOf(it).c_str());
        Drawn other = counting();
        other.nodes[1] = filterOf("w", "price > 1");
        const Forecast gone = told(counting(), other, true);
        QVERIFY2(gone.anythingLost && fateOf(gone, "bids") == "keeps", allOf(gone).c_str());
    }

    void aSourceOfAnotherFile() {
        Drawn moved = counting();
        moved.nodes[0] = bidsOf("bids", {{"path", "other.csv"}});
        const Forecast it = told(counting(), moved, true);
        QCOMPARE(fateOf(it, "bids"), std::string("starts-anew"));
        QVERIFY2(says(it.nodes.at("bids").why, "It is read from its beginning."), allOf(it).c_str());
        QCOMPARE(fateOf(it, "w"), std::string("keeps"));
        QVERIFY(!told(counting(), moved).possible());
        Drawn patient = counting();
        patient.nodes[0] = bidsOf("bids", {{"watermark_delay", "9s"}});
        QCOMPARE(fateOf(told(counting(), patient), "bids"), std::string("keeps"));
    }

    void chartsAreNotInTheJob() {
        Drawn shown = counting();
        shown.nodes.push_back(drawnNode("c", "table_view"));
        shown.nodes.push_back(windowOf("quick", {{"size", "5s"}}));
        shown.wires.emplace_back("bids>quick");
        shown.wires.emplace_back("quick>c");
        const Forecast it = told(shown, counting());
        QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
        QCOMPARE(fateOf(told(counting(), shown), "quick"), std::string("no-state"));
        // A window that only charts take now has no operator in the job any more.
        Drawn now = counting();
        now.nodes[2] = drawnNode("c", "table_view");
        now.wires[1] = "w>c";
        now.nodes.push_back(fileOf("raw"));
        now.wires.emplace_back("bids>raw");
        const Forecast only = told(counting(), now);
        QVERIFY2(only.refusedAsIs && says(only.refusal, "“w”, “out”"), allOf(only).c_str());
    }
};

QTEST_GUILESS_MAIN(TestForecastPlan)
#include "test_forecast_plan.moc"
