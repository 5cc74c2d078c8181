// The forecast for our own engine: which edits leave a node's state as it is, which make it another, how
// nodes are found again, and the messages.
#include <QtTest/QtTest>

#include "tests/unit/forecast/forecast_case.h"

using namespace rw;
using namespace rw::test;

namespace {

Forecast told(const Drawn& before, const Drawn& now) {
    return forecastOf(before, now, {StateKeeper::Embedded});
}

/// bids → tried → out, with this node in the middle.
Drawn through(Json node) {
    return {{bidsOf("bids"), std::move(node), fileOf("out")}, {"bids>tried", "tried>out"}};
}

Drawn joined(Json node) {
    return {{bidsOf("bids"), bidsOf("asks"), std::move(node), fileOf("out")},
            {"bids>tried.left", "asks>tried.right", "tried>out"}};
}

void tryEdits(const char* type, const Json& params, const std::vector<ParamEdit>& edits, bool join = false) {
    const auto drawn = [&](const Json& with) {
        return join ? joined(drawnNode("tried", type, with)) : through(drawnNode("tried", type, with));
    };
    for (const ParamEdit& edit : edits) {
        Json changed = params;
        changed.update(edit.params);
        const Forecast it = told(drawn(params), drawn(changed));
        const std::string tried = std::string(type) + ", " + edit.what + "\n" + allOf(it);
        QVERIFY2(fateOf(it, "tried") == edit.fate, tried.c_str());
        QVERIFY2(whyOf(it, "tried").starts_with(edit.why), tried.c_str());
        QVERIFY2(it.anythingLost == (std::string_view(edit.fate) == "starts-anew"), tried.c_str());
        QVERIFY2(it.possible(), tried.c_str());
        QCOMPARE(fateOf(it, "bids"), std::string("keeps"));
        QCOMPARE(fateOf(it, "out"), std::string("no-state"));
    }
}

}  // namespace

class TestForecastEmbedded : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void windows() {
        const char* const anew = "starts-anew";
        tryEdits("window_aggregate",
                 {{"window", "hop"},
                  {"size", "1min"},
                  {"slide", "30s"},
                  {"keys", {"auction", "item"}},
                  {"aggregates", {"COUNT(*) AS n", "MAX(price) AS best"}}},
                 {{"the same length in other words", {{"size", "60s"}}},
                  {"the same aggregates in other words",
                   {{"aggregates", {"count( * ) AS n", "max(`price`) AS best"}}}},
                  {"another name for a result", {{"aggregates", {"COUNT(*) AS m", "MAX(price) AS best"}}}},
                  {"what becomes of rows that fail", {{"on_error", "fail"}}},
                  {"size", {{"size", "2min"}}, anew, "“Size” is 2"},
                  {"slide", {{"slide", "20s"}}, anew, "“Slide” is 20"},
                  {"kind", {{"window", "tumble"}}, anew, "“Window” is Tumble now, Hop before."},
                  {"offset", {{"offset", "5s"}}, anew, "“Offset” is 5"},
                  {"key gone", {{"keys", {"auction"}}}, anew, "“item” is gone from “Keys”."},
                  {"keys turned round", {{"keys", {"item", "auction"}}}, anew, "“Keys” is in another order."},
                  {"aggregate added",
                   {{"aggregates", {"COUNT(*) AS n", "MAX(price) AS best", "MIN(price) AS least"}}},
                   "carries-over",
                   "Kept: COUNT(*), MAX(price). Counts from now on: MIN(price)."},
                  {"aggregate gone",
                   {{"aggregates", {"MAX(price) AS best"}}},
                   "carries-over",
                   "Kept: MAX(price). Dropped: COUNT(*)."},
                  {"aggregates turned round",
                   {{"aggregates", {"MAX(price) AS best", "COUNT(*) AS n"}}},
                   "carries-over",
                   "Kept: MAX(price), COUNT(*)."},
                  {"aggregate twice",
                   {{"aggregates", {"COUNT(*) AS n", "COUNT(*) AS m", "MAX(price) AS best"}}},
                   "carries-over",
                   "Kept: COUNT(*), COUNT(*), MAX(price)."},
                  {"no aggregate as it was",
                   {{"aggregates", {"MIN(price) AS least"}}},
                   anew,
                   "“MIN(price)” is new in “Aggregates”."},
                  {"aggregate and size",
                   {{"size", "2min"}, {"aggregates", {"COUNT(*) AS n"}}},
                   anew,
                   "“Size” is 2"},
                  {"aggregate of another column",
                   {{"aggregates", {"COUNT(*) AS n", "MAX(auction) AS best"}}},
                   "carries-over",
                   "Kept: COUNT(*). Counts from now on: MAX(auction). Dropped: MAX(price)."}});
    }

    void sessionsAndCumulatingWindows() {
        const Json aggregates{"COUNT(*) AS n"};
        tryEdits("window_aggregate", {{"window", "session"}, {"gap", "10s"}, {"aggregates", aggregates}},
                 {{"gap", {{"gap", "20s"}}, "starts-anew", "“Gap” is 20"},
                  {"a size that does not apply", {{"size", "5s"}}}});
        tryEdits("window_aggregate",
                 {{"window", "cumulate"}, {"size", "1min"}, {"step", "10s"}, {"aggregates", aggregates}},
                 {{"step", {{"step", "20s"}}, "starts-anew", "“Step” is 20"}});
    }

    void groupsRanksAndDuplicates() {
        tryEdits("group_aggregate", {{"keys", {"auction"}}, {"aggregates", {"SUM(price) AS total"}}},
                 {{"keys", {{"keys", {"item"}}}, "starts-anew", "“item” is new in “Keys”."},
                  {"a time after which keys are forgotten",
                   {{"state_ttl", "1h"}},
                   "starts-anew",
                   "“Forget keys after” is 1"},
                  {"only some rows",
                   {{"aggregates", {"SUM(price) FILTER (WHERE price > 1) AS total"}}},
                   "starts-anew",
                   "“SUM(price) FILTER (WHERE price > 1)” is new"}});
        tryEdits(
            "top_n", {{"by", {"price DESC"}}, {"limit", 3}, {"partition_by", {"auction"}}},
            {{"the same order in other words", {{"by", {"`price` desc"}}}},
             {"how many", {{"limit", 5}}, "starts-anew", "“Limit” is 5 rows now, 3 rows before."},
             {"order", {{"by", {"price"}}}, "starts-anew", "“price” is new in “By”."},
             {"partition", {{"partition_by", {"item"}}}, "starts-anew", "“item” is new in “Partition by”."}});
        tryEdits("deduplicate", {{"keys", {"auction"}}},
                 {{"what is kept, as it was", {{"keep", "first"}}},
                  {"keys", {{"keys", {"item"}}}, "starts-anew", "“item” is new in “Keys”."}});
        tryEdits("limit", {{"count", 5}}, {{"how many", {{"count", 9}}}});
        tryEdits(
            "over_aggregate",
            {{"partition_by", {"auction"}},
             {"frame", "ROWS 9 PRECEDING"},
             {"aggregates", {"SUM(price) AS total"}}},
            {{"the same frame in other words", {{"frame", "rows between 9 preceding and current row"}}},
             {"frame", {{"frame", "ROWS 5 PRECEDING"}}, "starts-anew", "“Frame” is ROWS 5 PRECEDING now"}});
    }

    void joins() {
        const Json on{{"on", "left.auction = right.auction"}};
        const std::vector<ParamEdit> both{
            {"the same condition in other words", {{"on", "left . `auction`=right.auction"}}},
            {"condition",
             {{"on", "left.item = right.item"}},
             "starts-anew",
             "“Rows meet where” is left.item = right.item now, left.auction = right.auction before."},
            {"kind", {{"kind", "left"}}, "starts-anew"}};
        Json params = on;
        tryEdits("join", params, both, true);
        params.update({{"lower", "-10s"}, {"upper", "10s"}});
        std::vector<ParamEdit> interval = both;
        interval.push_back({"bound", {{"upper", "20s"}}, "starts-anew", "“Upper bound” is 20"});
        tryEdits("interval_join", params, interval, true);
        params = on;
        params.update({{"size", "10s"}});
        std::vector<ParamEdit> windows = both;
        windows.push_back({"size", {{"size", "20s"}}, "starts-anew", "“Size” is 20"});
        tryEdits("window_join", params, windows, true);
    }

    void sources() {
        const Drawn before{{bidsOf("bids"), fileOf("out")}, {"bids>out"}};
        const auto with = [&](const Json& changed) {
            return told(before, {{bidsOf("bids", changed), fileOf("out")}, {"bids>out"}});
        };
        QCOMPARE(fateOf(with({{"watermark_delay", "9s"}, {"event_time", ""}}), "bids"), std::string("keeps"));
        QCOMPARE(fateOf(with({{"path", "./bids.csv"}, {"rate", 5}}), "bids"), std::string("keeps"));
        const Forecast moved = with({{"path", "other.csv"}});
        QCOMPARE(fateOf(moved, "bids"), std::string("starts-anew"));
        QCOMPARE(whyOf(moved, "bids"),
                 std::string("“Path” is other.csv now, bids.csv before. It is read from its beginning."));
        QVERIFY(moved.anythingLost);
        // A relative path is that of the same file where folder and pipeline were moved together.
        ValidateOptions there, here;
        there.files = here.files = false;
        there.folder = "/before/project";
        here.folder = "/now/project";
        const Pipeline same = drawnPipeline(before);
        const Result<Forecast> together =
            forecast({same, there}, {same, here}, forecastKinds(), ForecastRules{});
        QVERIFY(together.ok());
        QCOMPARE(fateOf(*together, "bids"), std::string("keeps"));
        const Forecast typed =
            with({{"columns", {"auction BIGINT", "price DOUBLE", "item STRING", "ts TIMESTAMP(3)"}}});
        QVERIFY2(whyOf(typed, "bids").starts_with("“auction BIGINT” is BIGINT now, INT before."),
                 allOf(typed).c_str());
    }

    void typesOfWhatIsKept() {
        const auto drawn = [](const char* type) {
            return Drawn{
                {bidsOf("bids",
                        {{"columns",
                          {"auction INT", std::string("price ") + type, "item STRING", "ts TIMESTAMP(3)"}}}),
                 windowOf("w"), fileOf("out")},
                {"bids>w", "w>out"}};
        };
        const Forecast it = told(drawn("DOUBLE"), drawn("BIGINT"));
        QCOMPARE(fateOf(it, "w"), std::string("starts-anew"));
        QCOMPARE(whyOf(it, "w"), std::string("“MAX(price)” is BIGINT now, DOUBLE before."));
    }

    void columnsThatNobodyKeepsDoNotMatter() {
        const auto drawn = [](const Json& columns) {
            return Drawn{{bidsOf("bids"), drawnNode("tried", "deduplicate", {{"keys", {"auction"}}}),
                          drawnNode("s", "select", {{"columns", columns}}), fileOf("out")},
                         {"bids>tried", "tried>s", "s>out"}};
        };
        const Drawn before = drawn({"auction", "price"});
        QCOMPARE(fateOf(told(before, drawn({"price * 2 AS price", "auction"})), "tried"),
                 std::string("keeps"));
        const Forecast more = told(before, drawn({"auction", "price", "item"}));
        QCOMPARE(fateOf(more, "tried"), std::string("starts-anew"));
        QCOMPARE(whyOf(more, "tried"), std::string("“item” is new in “Columns that it keeps”."));
        QCOMPARE(fateOf(told(before, drawn({"auction"})), "tried"), std::string("keeps"));
        ForecastRules whole;
        whole.everyColumnKept = true;
        QCOMPARE(fateOf(forecastOf(before, drawn({"auction", "price", "item"}), whole), "tried"),
                 std::string("keeps"));
    }

    void rowsThatChangeAreKeptOtherwise() {
        const Json total{{"keys", {"auction"}}, {"aggregates", {"SUM(price) AS price", "MAX(item) AS item"}}};
        const Json best{{"by", {"price DESC"}}, {"partition_by", {"auction"}}};
        const Drawn before{{bidsOf("bids"), drawnNode("t", "top_n", best), drawnNode("out", "table_view")},
                           {"bids>t", "t>out"}};
        const Drawn now{{bidsOf("bids"), drawnNode("g", "group_aggregate", total),
                         drawnNode("t", "top_n", best), drawnNode("out", "table_view")},
                        {"bids>g", "g>t", "t>out"}};
        const Forecast it = told(before, now);
        QCOMPARE(fateOf(it, "t"), std::string("starts-anew"));
        QVERIFY2(whyOf(it, "t").starts_with("The rows that reach it may be changed later"),
                 allOf(it).c_str());
        QCOMPARE(fateOf(it, "g"), std::string("starts-anew"));
        QCOMPARE(whyOf(it, "g"), std::string("It is new."));
    }

    void rowsAreNotTakenBackFromAnAggregateThatHasNotCountedThem() {
        const auto drawn = [](const Json& aggregates) {
            return Drawn{{bidsOf("bids"),
                          drawnNode("totals", "group_aggregate",
                                    {{"keys", {"auction"}}, {"aggregates", {"SUM(price) AS total"}}}),
                          drawnNode("of", "group_aggregate", {{"aggregates", aggregates}}),
                          drawnNode("out", "table_view")},
                         {"bids>totals", "totals>of", "of>out"}};
        };
        const Json one{"MAX(total) AS most"}, two{"MAX(total) AS most", "COUNT(*) AS n"};
        const Forecast more = told(drawn(one), drawn(two)), less = told(drawn(two), drawn(one));
        QCOMPARE(fateOf(more, "of"), std::string("starts-anew"));
        QVERIFY2(whyOf(more, "of").find("may be taken back") != std::string::npos, allOf(more).c_str());
        QVERIFY(more.anythingLost && !more.carriesAnything());
        QCOMPARE(fateOf(less, "of"), std::string("carries-over"));
        QCOMPARE(whyOf(less, "of"), std::string("Kept: MAX(total). Dropped: COUNT(*)."));
        QVERIFY(!less.anythingLost && less.carriesAnything());
    }

    void windowsCanCloseFirstWhereOnlyTheyChange() {
        const auto closable = [](const Json& edit) {
            return told(through(windowOf("tried")), through(windowOf("tried", edit)))
                       .nodes.at("tried")
                       .closable != nullptr;
        };
        QVERIFY(closable({{"size", "2min"}}));
        QVERIFY(closable({{"window", "session"}, {"gap", "10s"}}));
        QVERIFY(closable({{"offset", "5s"}}));
        QVERIFY(!closable({{"size", "2min"}, {"keys", {"item"}}}));
        QVERIFY(!closable({{"size", "2min"}, {"aggregates", {"COUNT(*) AS n"}}}));
        QVERIFY(!closable({{"size", "2min"}, {"early", "10s"}}));  // its results are others then
        QVERIFY(!closable({{"on_error", "fail"}}));
    }

    void aTableGetsTheColumnsThatAreAdded() {
        const auto drawn = [](const Json& aggregates, const char* table) {
            return Drawn{{bidsOf("bids"), windowOf("w", {{"aggregates", aggregates}}),
                          drawnNode("out", "sqlite_sink",
                                    {{"database", "d.sqlite"}, {"table", table}, {"mode", "append"}})},
                         {"bids>w", "w>out"}};
        };
        const Json one{"COUNT(*) AS n", "MIN(price) AS least"}, two{"COUNT(*) AS n", "MAX(price) AS best"};
        const Forecast it = told(drawn(one, "t"), drawn(two, "t"));
        QCOMPARE(fateOf(it, "out"), std::string("carries-over"));
        QCOMPARE(whyOf(it, "out"),
                 std::string("The rows that are in the table stay. Added to it, and NULL in "
                             "them: best. NULL from now on: least."));
        QCOMPARE(fateOf(told(drawn(one, "t"), drawn(two, "other")), "out"), std::string("no-state"));
        QCOMPARE(fateOf(told(drawn(one, "t"), drawn(one, "t")), "out"), std::string("no-state"));
    }

    void nodesThatWereRenamed() {
        const Drawn before{{bidsOf("bids"), windowOf("w"), fileOf("out")}, {"bids>w", "w>out"}};
        const Drawn now{{bidsOf("offers", {{"path", "bids.csv"}}), windowOf("counts"), fileOf("result")},
                        {"offers>counts", "counts>result"}};
        const Forecast it = told(before, now);
        QCOMPARE(it.nodes.size(), std::size_t{3});
        QCOMPARE(it.nodes.at("counts").was, std::string("w"));
        QCOMPARE(it.nodes.at("offers").was, std::string("bids"));
        QCOMPARE(fateOf(it, "counts"), std::string("keeps"));
        QVERIFY(!it.anythingLost);
    }

    void ofTwoAlikeTheSameOneIsFound() {
        const auto drawn = [](const char* a, const char* b) {
            return Drawn{
                {bidsOf("bids"), windowOf(a), windowOf(b, {{"size", "2min"}}), fileOf("out"), fileOf("more")},
                {std::string("bids>") + a, std::string("bids>") + b, std::string(a) + ">out",
                 std::string(b) + ">more"}};
        };
        const Forecast it = told(drawn("short", "long"), drawn("one", "two"));
        QCOMPARE(it.nodes.at("one").was, std::string("short"));
        QCOMPARE(it.nodes.at("two").was, std::string("long"));
        QVERIFY2(!it.anythingLost, allOf(it).c_str());
    }

    void nodesThatAreGoneOrNew() {
        const Drawn before{{bidsOf("bids"), windowOf("w"), fileOf("out")}, {"bids>w", "w>out"}};
        const Drawn now{{bidsOf("bids"), filterOf("f", "price > 1"), fileOf("out")}, {"bids>f", "f>out"}};
        const Forecast without = told(before, now);
        QCOMPARE(whyOf(without, "w"), std::string("It is gone: what it has kept is dropped."));
        QVERIFY(without.nodes.at("w").gone && without.anythingLost);
        QVERIFY(!without.nodes.contains("x"));
        const Forecast with = told(now, before);
        QCOMPARE(fateOf(with, "w"), std::string("starts-anew"));
        QCOMPARE(whyOf(with, "w"), std::string("It is new."));
        QVERIFY2(!with.anythingLost && !with.nodes.contains("f"), allOf(with).c_str());
    }

    void anotherNodeUnderAnOldName() {
        const Drawn before{{bidsOf("bids"), windowOf("w"), fileOf("out")}, {"bids>w", "w>out"}};
        const Drawn now{
            {bidsOf("bids"), drawnNode("w", "deduplicate", {{"keys", {"auction"}}}), fileOf("out")},
            {"bids>w", "w>out"}};
        const Forecast it = told(before, now);
        QCOMPARE(fateOf(it, "w"), std::string("starts-anew"));
        QCOMPARE(whyOf(it, "w"), std::string("It is new. Before, another node (Window aggregate) was called "
                                             "so: what that has kept is dropped."));
        QVERIFY(it.anythingLost);
    }

    void chartsKeepTheirPictures() {
        const auto drawn = [](const Json& params) {
            return Drawn{{bidsOf("bids"), drawnNode("c", "number_card", params)}, {"bids>c"}};
        };
        const Json price{{"value", "price"}};
        QCOMPARE(fateOf(told(drawn(price), drawn(price)), "c"), std::string("keeps"));
        QCOMPARE(fateOf(told(drawn(price), drawn({{"value", "auction"}})), "c"), std::string("starts-anew"));
    }

    void aDisabledNodeIsGone() {
        Drawn now{{bidsOf("bids"), drawnNode("d", "deduplicate", {{"keys", {"auction"}}}), fileOf("out")},
                  {"bids>d", "d>out"}};
        const Drawn before = now;
        now.nodes[1]["disabled"] = true;
        const Forecast it = told(before, now);
        QVERIFY(it.nodes.at("d").gone && it.anythingLost);
    }

    void aPipelineWithErrorsHasNoForecast() {
        ValidateOptions options;
        options.files = false;
        const Pipeline good =
            drawnPipeline({{bidsOf("bids"), windowOf("w"), fileOf("out")}, {"bids>w", "w>out"}});
        const Pipeline bad = drawnPipeline(
            {{bidsOf("bids"), windowOf("w", {{"keys", {"seller"}}}), fileOf("out")}, {"bids>w", "w>out"}});
        const auto edited = forecast({good, options}, {bad, options}, forecastKinds(), {});
        QVERIFY(!edited.ok());
        QVERIFY2(english(edited.error()).find("The pipeline has an error") != std::string::npos,
                 english(edited.error()).c_str());
        QCOMPARE(edited.error().node, std::string("w"));
        const auto deployed = forecast({bad, options}, {good, options}, forecastKinds(), {});
        QVERIFY(!deployed.ok());
        QVERIFY(english(deployed.error()).find("What was deployed") != std::string::npos);
    }

    void variablesCountByTheirValues() {
        ValidateOptions shortly, longer;
        shortly.files = longer.files = false;
        shortly.variables = {{"size", "1min"}};
        longer.variables = {{"size", "2min"}};
        Pipeline pipeline = drawnPipeline(
            {{bidsOf("bids"), windowOf("w", {{"size", "${size}"}}), fileOf("out")}, {"bids>w", "w>out"}});
        pipeline.variables = {{"size", "1min"}};
        const auto same = forecast({pipeline, shortly}, {pipeline, shortly}, forecastKinds(), {});
        QVERIFY(same.ok());
        QCOMPARE(fateOf(*same, "w"), std::string("keeps"));
        const auto other = forecast({pipeline, shortly}, {pipeline, longer}, forecastKinds(), {});
        QVERIFY(other.ok());
        QCOMPARE(fateOf(*other, "w"), std::string("starts-anew"));
    }
};

QTEST_GUILESS_MAIN(TestForecastEmbedded)
#include "test_forecast_embedded.moc"
