// Charts while the pipeline is drawn: the streams they take, and their refusals of others.
#include <QtTest/QtTest>

#include "core/nodes/charts/chart_node.h"
#include "core/views/bar_view.h"
#include "core/views/gauge_view.h"
#include "core/views/heat_map_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/pie_view.h"
#include "core/views/scatter_view.h"
#include "core/views/table_view.h"
#include "tests/unit/nodes/fixtures/attempted_sink.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::attempts;

namespace {

std::unique_ptr<Sink> make(const char* type, const Bound& got, std::shared_ptr<Clock> clock = systemClock(),
                           bool bounded = false) {
    MakeContext context;
    context.bounded = bounded;
    context.clock = std::move(clock);
    context.timeZone = "Europe/Vienna";
    return std::get<std::unique_ptr<Sink>>(builtinKinds().find(type)->make(*got.node, context).value());
}

template <class View>
std::shared_ptr<const View> viewOf(const Sink& sink) {
    return std::dynamic_pointer_cast<const View>(std::shared_ptr<const LiveView>(sink.view()));
}

}  // namespace

class TestSinks : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aChartReadsOnlyItsColumns() {
        const Bound got = attempt("line_chart", {{"y", {"price"}}, {"series", "name"}});
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {stream()}), (std::vector<ColumnSet>{{true, false, true, true}}));
        QCOMPARE(got.node->distribution.kind, Distribution::Kind::Single);
    }

    void aLineChartShowsWhatComes() {
        const Bound got = attempt("line_chart", {{"y", {"price", "n"}}, {"unit", "EUR"}, {"threshold", 2}});
        const auto sink = make("line_chart", got);
        QVERIFY(sink->onBatch(rows()).ok());
        QVERIFY(sink->onWatermark(1500).ok());
        const auto view = viewOf<LineView>(*sink);
        QVERIFY(view);
        QCOMPARE(view->info().timeZone, std::string("Europe/Vienna"));
        QCOMPARE(view->info().unit, std::string("EUR"));
        QCOMPARE(view->info().threshold.value(), 2.0);
        QCOMPARE(view->info().x.name, std::string("ts"));
        const LineSnapshot snapshot = view->snapshot({});
        QCOMPARE(snapshot.series.size(), std::size_t{2});
        QCOMPARE(snapshot.series[0].points, (std::vector<LinePoint>{{1000, 1.5}, {2000, 2.5}}));
        QCOMPARE(snapshot.totals.watermark, Instant{1500});
    }

    void aBandHasTwoEdgesAndMarksAreTruths() {
        StreamType scored = stream();
        scored.schema = schemaOf({{"name", Type::of(TypeId::String)},
                                  {"n", Type::of(TypeId::Bigint)},
                                  {"price", Type::of(TypeId::Double)},
                                  {"ts", Type::of(TypeId::Timestamp)},
                                  {"odd", Type::of(TypeId::Boolean)},
                                  {"contributions", Type::of(TypeId::String)}});
        const Json params{{"y", {"price"}}, {"low", "n"}, {"high", "price"}, {"mark", "odd"}};
        const Bound got = attempt("line_chart", params, scored);
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {scored}),
                 (std::vector<ColumnSet>{{false, true, true, true, true, true}}));
        const LineInfo info = viewOf<LineView>(*make("line_chart", got))->info();
        QVERIFY(info.hasBand() && info.mark.index == 4 && info.reasons.index == 5);
        const Bound half = attempt("line_chart", {{"y", {"price"}}, {"low", "n"}});
        QVERIFY2(!half.node && holds(half.said(), "only one column"), half.said().c_str());
        const Bound words = attempt("line_chart", {{"y", {"price"}}, {"low", "n"}, {"high", "name"}});
        QVERIFY2(!words.node && holds(words.said(), "“name” is STRING"), words.said().c_str());
        const Bound number = attempt("line_chart", {{"y", {"price"}}, {"mark", "n"}});
        QVERIFY2(!number.node && holds(number.said(), "marked rows have TRUE"), number.said().c_str());
    }

    void aConfusionMatrixTakesTwoColumnsOfAnyKind() {
        const Json params{{"x", "name"}, {"y", "n"}, {"value", "price"}, {"diagonal", true}};
        const Bound got = attempt("heat_map", params);
        QVERIFY2(got.node, got.said().c_str());
        const auto sink = make("heat_map", got);
        QVERIFY(sink->onBatch(rows()).ok());
        const auto view = viewOf<HeatMapView>(*sink);
        QVERIFY(view->info().diagonal && !view->info().times());
        QVERIFY(view->snapshot({}).picture.names.size() > 2);
        const Bound none = attempt("heat_map", {{"y", "n"}, {"value", "price"}, {"diagonal", true}});
        QVERIFY2(!none.node && holds(none.said(), "a column for each"), none.said().c_str());
    }

    void aChartOffersTheNearestColumn() {
        const Bound got = attempt("line_chart", {{"y", {"prise"}}});
        QVERIFY(!got.node);
        QCOMPARE(got.issues.size(), std::size_t{1});
        QVERIFY2(holds(got.said(), "There is no column “prise”."), got.said().c_str());
        QCOMPARE(got.issues[0].quickFixes.front().value, Json({"price"}));
    }

    void aChartDrawsNumbers() {
        const Bound got = attempt("bar_chart", {{"category", "n"}, {"value", "name"}});
        QVERIFY(!got.node);
        QVERIFY(holds(got.said(), "“name” is STRING"));
        QCOMPARE(got.issues[0].quickFixes.size(), std::size_t{2});  // n and price
    }

    void aLineChartNeedsATime() {
        StreamType timeless = stream();
        timeless.eventTime = -1;
        const Bound none = attempt("line_chart", {{"y", {"price"}}}, timeless);
        QVERIFY(!none.node && holds(none.said(), "“Before” has none marked"));
        QVERIFY(attempt("line_chart", {{"y", {"price"}}, {"x", "ts"}}, timeless).node);
        QVERIFY(holds(attempt("line_chart", {{"y", {"price"}}, {"x", "n"}}).said(), "“n” is BIGINT"));
    }

    void barsOfWindowsKnowTheirWindow() {
        StreamType windowed;
        windowed.schema = schemaOf({{"window_start", Type::of(TypeId::Timestamp)},
                                    {"window_end", Type::of(TypeId::Timestamp)},
                                    {"name", Type::of(TypeId::String)},
                                    {"n", Type::of(TypeId::Bigint)}});
        windowed.windowed = true;
        const Bound got =
            attempt("bar_chart", {{"category", "name"}, {"value", "n"}, {"order", "name"}}, windowed);
        const auto sink = make("bar_chart", got);
        const auto view = viewOf<BarView>(*sink);
        QVERIFY(view->info().windowEnd.present());
        QCOMPARE(view->info().order, BarOrder::Name);
        QVERIFY(sink->onBatch(batchOf(windowed.schema,
                                      {{Instant{0}, Instant{10}, std::string("a"), std::int64_t{4}}}))
                    .ok());
        QCOMPARE(view->snapshot().windowEnd, Instant{10});
        QVERIFY(
            !viewOf<BarView>(*make("bar_chart", attempt("bar_chart", {{"category", "name"}, {"value", "n"}})))
                 ->info()
                 .windowEnd.present());
    }

    /// By the kind of the rows, with or without a key.
    void aPieOfRowsThatChangeReadsNoKey() {
        const Bound got =
            attempt("pie_chart", {{"category", "n"}, {"value", "price"}, {"top", 3}}, updating());
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {updating()}), (std::vector<ColumnSet>{{false, true, true, false}}));
        const auto view = viewOf<PieView>(*make("pie_chart", got));
        QVERIFY(view->info().updating);
        QCOMPARE(view->info().top, std::size_t{3});
        QCOMPARE(view->input().timeZone, std::string("Europe/Vienna"));
        const Bound words = attempt("pie_chart", {{"category", "n"}, {"value", "name"}});
        QVERIFY(!words.node && holds(words.said(), "“name” is STRING"));
    }

    void aGaugeNeedsAScale() {
        const Bound usual = attempt("gauge", {{"value", "price"}});
        QVERIFY2(usual.node && usual.issues.empty(), usual.said().c_str());
        QCOMPARE(viewOf<GaugeView>(*make("gauge", usual))->info().max, 100.0);
        const Bound backwards = attempt("gauge", {{"value", "price"}, {"min", 5}, {"max", 5}});
        QVERIFY(!backwards.node && holds(backwards.said(), "begins at 5 and ends at 5."));
        const Bound outside = attempt("gauge", {{"value", "price"}, {"threshold", 120}});
        QVERIFY2(
            outside.node && holds(outside.said(), "The threshold 120 is not on the scale from 0 to 100."),
            outside.said().c_str());
        QCOMPARE(outside.issues[0].severity, Severity::Warning);
        QVERIFY(attempt("gauge", {{"value", "price"}, {"threshold", 100}}).issues.empty());
    }

    /// What an alert is made of.
    void aThresholdIsARuleOnTheRows() {
        QVERIFY(!attempt("line_chart", {{"y", {"price"}}}).node->threshold);
        const Bound line =
            attempt("line_chart", {{"y", {"price", "n"}}, {"series", "name"}, {"threshold", 2}});
        QVERIFY(line.node && line.node->threshold);
        QCOMPARE(line.node->threshold->columns, (std::vector<std::string>{"price", "n"}));
        QCOMPARE(line.node->threshold->keys, std::vector<std::string>{"name"});
        const NodeKind* judge = builtinKinds().find(line.node->threshold->judge);
        QVERIFY(judge != nullptr && judge->alerts);
        QVERIFY(line.node->threshold->aggregate.empty() && line.node->threshold->refusal.empty());
        const Bound gauge = attempt("gauge", {{"value", "price"}, {"threshold", 80}});
        QCOMPARE(gauge.node->threshold->columns, std::vector<std::string>{"price"});
        const Bound card =
            attempt("number_card", {{"value", "price"}, {"aggregate", "avg"}, {"threshold", 1}});
        QCOMPARE(card.node->threshold->aggregate, std::string("AVG(price)"));
        QVERIFY(builtinKinds().find(card.node->threshold->computer)->param("aggregates") != nullptr);
        QCOMPARE(card.node->threshold->span, kLiveSpan);
        QVERIFY(card.node->threshold->refusal.empty());
        const Bound changing = attempt("gauge", {{"value", "price"}, {"threshold", 80}}, updating());
        QVERIFY(!changing.node->threshold->refusal.empty());
        StreamType early = updating();
        early.windowed = true;
        early.key = {0};
        early.eventTime = stream().eventTime;
        const Bound windows = attempt("gauge", {{"value", "price"}, {"threshold", 80}}, early);
        QVERIFY(windows.node->threshold->refusal.empty());
        StreamType timeless = stream();
        timeless.eventTime = -1;
        const Bound none = attempt("gauge", {{"value", "price"}, {"threshold", 80}}, timeless);
        QVERIFY(!none.node->threshold->refusal.empty());
    }

    void aHistogramRefusesRowsThatChange() {
        const Bound got = attempt("histogram", {{"value", "price"}}, updating());
        QVERIFY(!got.node && holds(got.said(), "“Before” sends changing rows"));
        QVERIFY(attempt("histogram", {{"value", "price"}}).node);
    }

    void aNumberCardShowsOfRowsThatChangeWhatItCanTakeBack() {
        const Bound sum = attempt("number_card", {{"value", "price"}, {"aggregate", "sum"}}, updating());
        QVERIFY2(sum.node, sum.said().c_str());
        QVERIFY(viewOf<NumberView>(*make("number_card", sum))->info().updating);
        const Bound got = attempt("number_card", {{"value", "price"}, {"aggregate", "max"}}, updating());
        QVERIFY2(!got.node && holds(got.said(), "is not known here"), got.said().c_str());
        QCOMPARE(got.issues[0].quickFixes.front().value, Json("last"));
        QVERIFY(attempt("number_card", {{"value", "price"}}, updating()).node);
        QVERIFY(attempt("number_card", {{"value", "name"}, {"aggregate", "count"}}).node);
        const Bound words = attempt("number_card", {{"value", "name"}});
        QVERIFY2(!words.node && holds(words.said(), "“name” is STRING"), words.said().c_str());
    }

    /// A value that was given stays; others depend on whether the run has an end.
    void aSpanThatIsNotGivenIsThatOfTheRun() {
        const auto span = [](const char* type, Json params, bool bounded) {
            const Bound got = attempt(type, params);
            if (!got.node) qFatal("%s", got.said().c_str());
            const auto sink = make(type, got, systemClock(), bounded);
            if (const auto line = viewOf<LineView>(*sink)) return line->info().span;
            if (const auto heat = viewOf<HeatMapView>(*sink)) return heat->info().span;
            if (const auto histogram = viewOf<HistogramView>(*sink)) return histogram->info().span;
            return viewOf<NumberView>(*sink)->info().span;
        };
        const std::pair<const char*, Json> charts[] = {
            {"line_chart", {{"y", {"price"}}}},
            {"heat_map", {{"y", "name"}, {"value", "price"}}},
            {"histogram", {{"value", "price"}}},
            {"number_card", {{"value", "price"}}},
        };
        for (const auto& [type, params] : charts) {
            QCOMPARE(span(type, params, true), Millis{0});
            QCOMPARE(span(type, params, false), Millis{300'000});
            for (const bool bounded : {true, false}) {
                Json given = params;
                given["span"] = "2min";
                QCOMPARE(span(type, given, bounded), Millis{120'000});
            }
        }
    }

    void aNumberCardWithoutEventTimeGoesByTheClock() {
        StreamType timeless = stream();
        timeless.eventTime = -1;
        const auto clock = std::make_shared<ManualClock>();
        const auto sink =
            make("number_card",
                 attempt("number_card", {{"value", "n"}, {"aggregate", "sum"}, {"span", "1min"}}, timeless),
                 clock);
        QVERIFY(sink->onBatch(rows()).ok());
        clock->advance(61'000);
        QVERIFY(sink->onBatch(rows()).ok());
        QCOMPARE(viewOf<NumberView>(*sink)->snapshot().value.value(), 3.0);
        QCOMPARE(viewOf<NumberView>(*sink)->snapshot().before.value(), 3.0);
    }

    void aScatterChartTakesNumbersAndTimes() {
        const Bound got = attempt("scatter_chart", {{"x", "ts"}, {"y", "price"}, {"series", "name"}});
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {stream()}), (std::vector<ColumnSet>{{true, false, true, true}}));
        const auto sink = make("scatter_chart", got);
        QVERIFY(sink->onBatch(rows()).ok());
        const auto view = viewOf<ScatterView>(*sink);
        QCOMPARE(view->info().keep, std::size_t{10'000});
        QCOMPARE(view->snapshot().points, (std::vector<ScatterPoint>{{1000, 1.5, 0}, {2000, 2.5, 1}}));
        QVERIFY(attempt("scatter_chart", {{"x", "n"}, {"y", "price"}}).node);
        const Bound words = attempt("scatter_chart", {{"x", "name"}, {"y", "price"}});
        QVERIFY2(!words.node && holds(words.said(), "“name” is STRING; this axis shows numbers or times."),
                 words.said().c_str());
        QCOMPARE(words.issues[0].quickFixes.front().value, Json("n"));
        QVERIFY(holds(attempt("scatter_chart", {{"x", "n"}, {"y", "ts"}}).said(), "a chart draws numbers"));
    }

    void pointsOfRowsThatChangeGoByTheirKey() {
        const Bound got = attempt("scatter_chart", {{"x", "n"}, {"y", "price"}}, updating());
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {updating()}), (std::vector<ColumnSet>{{true, true, true, false}}));
        QCOMPARE(viewOf<ScatterView>(*make("scatter_chart", got))->info().key.size(), std::size_t{1});
    }

    void aHeatMapStandsOnEventTimeOrOnAColumn() {
        const Bound got = attempt("heat_map", {{"y", "name"}, {"value", "price"}});
        QVERIFY2(got.node, got.said().c_str());
        QCOMPARE(got.node->reads({}, {stream()}), (std::vector<ColumnSet>{{true, false, true, true}}));
        const auto sink = make("heat_map", got);
        QVERIFY(sink->onBatch(rows()).ok());
        const HeatPicture picture = viewOf<HeatMapView>(*sink)->snapshot({}).picture;
        QCOMPARE(picture.names, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(picture.cells.size(), std::size_t{2});
        StreamType timeless = stream();
        timeless.eventTime = -1;
        const Bound none = attempt("heat_map", {{"y", "name"}, {"value", "price"}}, timeless);
        QVERIFY2(!none.node && holds(none.said(), "“Before” has none marked"), none.said().c_str());
        QVERIFY(attempt("heat_map", {{"x", "n"}, {"y", "name"}, {"value", "price"}}, timeless).node);
        QVERIFY(!attempt("heat_map", {{"x", "name"}, {"y", "n"}, {"value", "price"}}).node);
        QVERIFY(!attempt("heat_map", {{"y", "n"}, {"value", "name"}}).node);
    }

    void aHeatMapOfWindowsStandsWhereTheyBegin() {
        StreamType windows;
        windows.schema = schemaOf({{"window_start", Type::of(TypeId::Timestamp)},
                                   {"window_end", Type::of(TypeId::Timestamp)},
                                   {"window_time", Type::of(TypeId::Timestamp)},
                                   {"n", Type::of(TypeId::Bigint)}});
        windows.windowed = true;
        windows.eventTime = 2;
        const Bound got = attempt("heat_map", {{"y", "n"}, {"value", "n"}}, windows);
        QVERIFY2(got.node, got.said().c_str());
        const auto sink = make("heat_map", got);
        const std::int64_t one = 1;
        QVERIFY(
            sink->onBatch(batchOf(windows.schema, {{Instant{10'000}, Instant{20'000}, Instant{19'999}, one}}))
                .ok());
        const HeatPicture picture = viewOf<HeatMapView>(*sink)->snapshot({}).picture;
        QCOMPARE(picture.left, 10'000.0);
        QCOMPARE(picture.right, 20'000.0);
    }

    void aTableIsOrdered() {
        const auto sink =
            make("table_view",
                 attempt("table_view", {{"columns", {"n", "name"}}, {"order", {"`n` desc", "name"}}}));
        const auto view = viewOf<TableView>(*sink);
        QCOMPARE(view->info().order.size(), std::size_t{2});
        QVERIFY(view->info().order[0].descending && !view->info().order[1].descending);
        QVERIFY(sink->onBatch(rows()).ok());
        QCOMPARE(view->snapshot().rows[0]->front(), Value{std::int64_t{2}});
        QVERIFY(holds(attempt("table_view", {{"columns", {"n"}}, {"order", {"name"}}}).said(),
                      "There is no column “name”."));
    }

    void aTableOfRowsThatChangeGoesByTheirKey() {
        const auto view =
            viewOf<TableView>(*make("table_view", attempt("table_view", Json::object(), updating())));
        QCOMPARE(view->info().columns.size(), std::size_t{4});
        QCOMPARE(view->info().key.size(), std::size_t{1});
        QCOMPARE(view->info().key[0].name, std::string("name"));
        StreamType top = updating();  // as of a Top N: in the order of the ranks, not of the changes
        top.schema = schemaOf({{"rank", Type::of(TypeId::Bigint)}});
        top.eventTime = -1;
        const auto sink = make("table_view", attempt("table_view", Json::object(), top));
        const std::int64_t first = 1, second = 2;
        QVERIFY(sink->onBatch(batchOf(top.schema, {{first}, {second}})).ok());
        QCOMPARE(viewOf<TableView>(*sink)->snapshot().rows[0]->front(), Value{first});
    }

    void rowsThatNoKeyNamesAreRefusedWithTheirWire() {
        StreamType nameless = updating();
        nameless.key.clear();
        nameless.multiset = true;
        for (const char* mode : {"replace", "append", "upsert"}) {
            const Bound got =
                attempt("sqlite_sink", {{"database", "x.sqlite"}, {"table", "t"}, {"mode", mode}}, nameless);
            QVERIFY(!got.node);
            QCOMPARE(got.issues.size(), std::size_t{1});
            QCOMPARE(got.issues[0].port, std::string("in"));
            QVERIFY2(holds(got.said(), "a group aggregate has its keys, a top N the rank"),
                     got.said().c_str());
        }
        QVERIFY(viewOf<TableView>(*make("table_view", attempt("table_view", Json::object(), nameless)))
                    ->info()
                    .multiset);
        QVERIFY(attempt("csv_sink", {{"path", "-"}}, nameless).node);
    }
};

QTEST_APPLESS_MAIN(TestSinks)
#include "test_sinks.moc"
