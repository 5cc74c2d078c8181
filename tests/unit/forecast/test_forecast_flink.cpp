// The forecast for a savepoint of Flink, for jobs submitted as SQL: the help on deploying tells how real Flink
// 2.3.0 treated such edits; edits that it would treat wrongly without an error are refused.
#include <QtTest/QtTest>

#include "tests/unit/forecast/forecast_case.h"

using namespace rw;
using namespace rw::test;

namespace {

Forecast told(const Drawn& before, const Drawn& now, bool allowLostState = false,
              std::optional<bool> sameOperators = std::nullopt) {
    return forecastOf(before, now, {StateKeeper::FlinkSql, allowLostState, sameOperators});
}

/// bids → w → out, with this window.
Drawn counting(const Json& changed = Json::object()) {
    return {{bidsOf("bids"), windowOf("w", changed), fileOf("out")}, {"bids>w", "w>out"}};
}

/// The same with another node between the window and its sink.
Drawn ranking(Json node) {
    return {{bidsOf("bids"), windowOf("w"), std::move(node), fileOf("out")},
            {"bids>w", "w>tried", "tried>out"}};
}

Json best(const Json& changed = Json::object()) {
    Json params{{"by", {"n DESC"}}, {"limit", 3}};
    params.update(changed);
    return drawnNode("tried", "top_n", std::move(params));
}

/// Two windows alike with a sink each; the sinks stand in this order.
Drawn twoWindows(const char* first, const char* second) {
    Drawn out{{bidsOf("bids"), windowOf("w"), windowOf("v")}, {"bids>w", "bids>v"}};
    for (const char* sink : {first, second}) out.nodes.push_back(fileOf(sink));
    out.wires.emplace_back("w>out");
    out.wires.emplace_back("v>more");
    return out;
}

bool has(const Text& text, const char* words) {
    return english(text).find(words) != std::string::npos;
}

}  // namespace

class TestForecastFlink : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatRestoresAsItShould() {
        const Drawn filtered{{bidsOf("bids"), filterOf("f", "price > 1"), windowOf("w"), fileOf("out")},
                             {"bids>f", "f>w", "w>out"}};
        Drawn stricter = filtered;
        stricter.nodes[1] = filterOf("f", "price > 2");
        QVERIFY2(told(filtered, stricter).possible(), allOf(told(filtered, stricter)).c_str());
        Drawn patient = counting();
        patient.nodes[0] = bidsOf("bids", {{"watermark_delay", "9s"}});
        Drawn titled = counting();
        titled.nodes[1]["title"] = "Counts";
        const Drawn renamed{{bidsOf("offers", {{"path", "bids.csv"}}), windowOf("counts"), fileOf("result")},
                            {"offers>counts", "counts>result"}};
        for (const Drawn& now : {counting(), patient, titled, renamed,
                                 counting({{"aggregates", {"COUNT(*) AS m", "MAX(price) AS best"}}})}) {
            const Forecast it = told(counting(), now);
            QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
            for (const auto& [id, node] : it.nodes)
                QVERIFY2(node.fate != StateFate::StartsAnew && !node.was.empty(), allOf(it).c_str());
        }
    }

    void whatItWouldRestoreWrongly() {
        const std::vector<ParamEdit> edits{
            {"size", {{"size", "2min"}}, "cannot", "“Size” is 2"},
            {"kind", {{"window", "hop"}, {"slide", "30s"}}, "cannot", "“Window” is Hop now, Tumble before."},
            {"offset", {{"offset", "10s"}}, "cannot", "“Offset” is 10"},
            {"another function of the same type",
             {{"aggregates", {"COUNT(*) AS n", "MIN(price) AS best"}}},
             "cannot",
             "“MIN(price)” is new in “Aggregates”. “MAX(price)” is gone from “Aggregates”."}};
        for (const ParamEdit& edit : edits) {
            for (const bool allow : {false, true}) {
                const Forecast it = told(counting(), counting(edit.params), allow);
                QVERIFY2(fateOf(it, "w") == edit.fate, (edit.what + ("\n" + allOf(it))).c_str());
                QVERIFY2(whyOf(it, "w").starts_with(edit.why), allOf(it).c_str());
                QVERIFY2(has(it.nodes.at("w").why, "Flink does not notice"), allOf(it).c_str());
                QVERIFY2(has(it.nodes.at("w").fix, "Deploy it anew"), allOf(it).c_str());
                QVERIFY(!it.possible() && !it.refusedAsIs);
                QCOMPARE(fateOf(it, "bids"), std::string("keeps"));
            }
        }
    }

    void whatItCannotRead() {
        const std::vector<Json> edits{{{"aggregates", {"COUNT(*) AS n", "AVG(price) AS best"}}},
                                      {{"aggregates", {"COUNT(*) AS n"}}},
                                      {{"keys", Json::array()}},
                                      {{"keys", {"item"}}}};
        for (const Json& edit : edits) {
            const Forecast it = told(counting(), counting(edit));
            QVERIFY2(fateOf(it, "w") == "cannot", allOf(it).c_str());
            QVERIFY2(has(it.nodes.at("w").why, "Flink can't take what it has kept"), allOf(it).c_str());
        }
    }

    void otherNodesThatKeepState() {
        const Drawn before = ranking(best());
        for (const Json& edit :
             {Json{{"limit", 5}}, Json{{"by", {"n"}}}, Json{{"partition_by", {"auction"}}}}) {
            const Forecast it = told(before, ranking(best(edit)));
            QVERIFY2(fateOf(it, "tried") == "cannot" && fateOf(it, "w") == "keeps", allOf(it).c_str());
        }
        const auto grouped = [](const Json& more) {
            Json params{{"keys", {"auction"}}, {"aggregates", {"SUM(price) AS total"}}};
            params.update(more);
            return Drawn{{bidsOf("bids"), drawnNode("g", "group_aggregate", params), fileOf("out")},
                         {"bids>g", "g>out"}};
        };
        QCOMPARE(fateOf(told(grouped(Json::object()), grouped({{"state_ttl", "1min"}})), "g"),
                 std::string("keeps"));
        QCOMPARE(fateOf(told(grouped(Json::object()), grouped({{"keys", {"item"}}})), "g"),
                 std::string("cannot"));
    }

    void aSourceOfAnotherFile() {
        Drawn moved = counting();
        moved.nodes[0] = bidsOf("bids", {{"path", "other.csv"}});
        const Forecast it = told(counting(), moved);
        QCOMPARE(fateOf(it, "bids"), std::string("cannot"));
        QVERIFY2(has(it.nodes.at("bids").why, "“Path” is other.csv now, bids.csv before."),
                 allOf(it).c_str());
        QCOMPARE(fateOf(it, "w"), std::string("keeps"));
    }

    void filtersWhereAnOperatorIsAnyway() {
        const Drawn before{{bidsOf("bids"), filterOf("f", "price > 1"), windowOf("w"), filterOf("g", "n > 1"),
                            fileOf("out")},
                           {"bids>f", "f>w", "w>g", "g>out"}};
        QVERIFY2(!told(before, counting()).refusedAsIs, allOf(told(before, counting())).c_str());
        QVERIFY2(!told(counting(), before).refusedAsIs, allOf(told(counting(), before)).c_str());
        QCOMPARE(fateOf(told(counting(), before), "w"), std::string("keeps"));
    }

    void filtersElsewhere() {
        const Drawn now{{bidsOf("bids"), windowOf("w"), best(), filterOf("f", "rank < 3"), fileOf("out")},
                        {"bids>w", "w>tried", "tried>f", "f>out"}};
        const Forecast it = told(ranking(best()), now);
        QVERIFY2(it.refusedAsIs && !it.possible(), allOf(it).c_str());
        QVERIFY2(has(it.refusal, "“f” (Filter) is new there."), allOf(it).c_str());
        QVERIFY2(has(it.nodes.at("w").fix, "Allow that state is lost"), allOf(it).c_str());
        // Where it is known that the planner makes the same operators all the same, nothing is lost.
        const Forecast known = told(ranking(best()), now, false, true);
        QVERIFY2(known.possible() && !known.refusedAsIs && fateOf(known, "w") == "keeps",
                 allOf(known).c_str());
        const Forecast other = told(counting(), counting(), false, false);
        QVERIFY2(other.refusedAsIs && fateOf(other, "w") == "cannot", allOf(other).c_str());
        QVERIFY2(has(other.refusal, "its planner makes other ones"), allOf(other).c_str());
    }

    void aSinkThatCameOrWent() {
        Drawn more = counting();
        more.nodes.push_back(fileOf("raw"));
        more.wires.emplace_back("bids>raw");
        Drawn late = counting();
        late.nodes.push_back(fileOf("late"));
        late.wires.emplace_back("w.late>late");
        const std::vector<std::pair<Drawn, Drawn>> edits{
            {counting(), more}, {more, counting()}, {counting(), late}, {late, counting()}};
        for (const auto& [before, now] : edits) {
            const Forecast refused = told(before, now);
            QVERIFY2(refused.refusedAsIs && fateOf(refused, "w") == "cannot", allOf(refused).c_str());
            QVERIFY(!refused.anythingLost);
            const Forecast allowed = told(before, now, true);
            QVERIFY2(allowed.possible() && allowed.refusedAsIs && allowed.anythingLost,
                     allOf(allowed).c_str());
            QCOMPARE(fateOf(allowed, "w"), std::string("starts-anew"));
            QVERIFY2(has(allowed.nodes.at("w").why, "count on it to start empty"), allOf(allowed).c_str());
            QCOMPARE(fateOf(allowed, "bids"), std::string("keeps"));
        }
    }

    void aChangedWindowIsNoBetterWhereStateMayBeLost() {
        Drawn now = counting({{"size", "2min"}});
        now.nodes.push_back(fileOf("raw"));
        now.wires.emplace_back("bids>raw");
        const Forecast it = told(counting(), now, true);
        QVERIFY2(fateOf(it, "w") == "cannot", allOf(it).c_str());
    }

    void windowsThatChangedPlaces() {
        const Forecast it = told(twoWindows("out", "more"), twoWindows("more", "out"));
        for (const char* window : {"w", "v"}) {
            QVERIFY2(fateOf(it, window) == "cannot", allOf(it).c_str());
            QVERIFY2(has(it.nodes.at(window).why, "The sinks are in another order."), allOf(it).c_str());
            QVERIFY2(has(it.nodes.at(window).why, "what another one has kept"), allOf(it).c_str());
        }
        // The planner makes the same operators of both: therein lies the danger.
        QVERIFY(!told(twoWindows("out", "more"), twoWindows("more", "out"), true, true).possible());
        QVERIFY(told(twoWindows("out", "more"), twoWindows("out", "more")).possible());
    }

    void aNodeInThePlaceOfAnother() {
        const Drawn now = ranking(drawnNode("tried", "deduplicate", {{"keys", {"auction"}}}));
        const Forecast it = told(ranking(best()), now, true);
        QVERIFY2(fateOf(it, "tried") == "cannot", allOf(it).c_str());
        QVERIFY2(has(it.nodes.at("tried").why, "“tried” has kept"), allOf(it).c_str());
    }

    void anotherOrderOfSources() {
        const auto drawn = [](const char* left, const char* right) {
            return Drawn{
                {bidsOf("bids"), bidsOf("asks"), drawnNode("u", "union"), windowOf("w"), fileOf("out")},
                {std::string(left) + ">u", std::string(right) + ">u", "u>w", "w>out"}};
        };
        const Forecast it = told(drawn("bids", "asks"), drawn("asks", "bids"), true);
        QVERIFY2(!it.possible(), allOf(it).c_str());
        QVERIFY2(has(it.nodes.at("bids").why, "gets its rows from elsewhere"), allOf(it).c_str());
    }

    void chartsAreNotInTheJob() {
        Drawn shown = counting();
        shown.nodes.push_back(drawnNode("c", "table_view"));
        shown.nodes.push_back(windowOf("quick", {{"size", "5s"}}));
        shown.wires.emplace_back("bids>quick");
        shown.wires.emplace_back("quick>c");
        const Forecast it = told(counting(), shown);
        QVERIFY2(it.possible() && !it.refusedAsIs && !it.anythingLost, allOf(it).c_str());
        QCOMPARE(fateOf(it, "quick"), std::string("no-state"));
        QCOMPARE(whyOf(it, "quick"), std::string("What feeds charts begins anew with each start."));
        const Forecast without = told(shown, counting());
        QVERIFY2(without.possible() && !without.anythingLost, allOf(without).c_str());
    }

    void whatOnlyChartsTakeNow() {
        Drawn now = counting();
        now.nodes[2] = drawnNode("c", "table_view");
        now.wires[1] = "w>c";
        now.nodes.push_back(fileOf("raw"));
        now.wires.emplace_back("bids>raw");
        const Forecast it = told(counting(), now, true);
        QCOMPARE(fateOf(it, "w"), std::string("starts-anew"));
        QVERIFY2(has(it.nodes.at("w").why, "Only charts take its rows now"), allOf(it).c_str());
        QVERIFY(it.anythingLost);
    }
};

QTEST_GUILESS_MAIN(TestForecastFlink)
#include "test_forecast_flink.moc"
