// Charts of rows that came from Flink as texts are those of a run here over the same rows.
#include <QtTest/QtTest>

#include "core/cluster/chart_feed.h"
#include "core/data/text.h"
#include "core/views/bar_view.h"
#include "core/views/line_view.h"
#include "core/views/table_view.h"
#include "tests/support/run_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Rows of all types, in disorder; with their windows, and a sum per key that changes.
Pipeline pipelineOf() {
    const Json columns{"k STRING",         "v INT",     "n BIGINT", "x DOUBLE",
                       "d DECIMAL(10, 2)", "b BOOLEAN", "day DATE", "ts TIMESTAMP(3)"};
    const Json rows{{"a", 1, "9007199254740993", "1e10", "1.50", true, "2024-03-01", "2024-01-01 00:00:01"},
                    {"b", 2, "-1", "NaN", "-0.05", false, "1969-12-31", "2024-01-01 00:00:04"},
                    {"a", 3, nullptr, nullptr, nullptr, nullptr, nullptr, "2024-01-01 00:00:12.5"},
                    {"b", -4, "0", "-0.125", "12345678.90", true, "2024-02-29", "2024-01-01 00:00:11"}};
    Pipeline pipeline;
    pipeline.nodes = {
        node("in", "rows",
             {{"columns", columns}, {"rows", rows}, {"event_time", "ts"}, {"watermark_delay", "5s"}}),
        node("line", "line_chart", {{"y", Json::array({"v", "x"})}, {"series", "k"}, {"span", "0s"}}),
        node("all", "table_view", {{"order", Json::array({"ts"})}}),
        node("windows", "window_aggregate",
             {{"window", "tumble"},
              {"size", "10s"},
              {"keys", Json::array({"k"})},
              {"aggregates", Json::array({"COUNT(*) AS rows_in", "SUM(v) AS total"})}}),
        node("bars", "bar_chart", {{"category", "k"}, {"value", "total"}}),
        node("sums", "group_aggregate",
             {{"keys", Json::array({"k"})}, {"aggregates", Json::array({"SUM(v) AS total"})}}),
        node("table", "table_view", {{"order", Json::array({"k"})}})};
    pipeline.wires = {wire("in", "line"),      wire("in", "all"),  wire("in", "windows"),
                      wire("windows", "bars"), wire("in", "sums"), wire("sums", "table")};
    return pipeline;
}

const char* const kCharts[] = {"line", "all", "bars", "table"};

SchemaRef schemaAt(const Pipeline& pipeline, const NodeId& node) {
    return validate(pipeline, kinds(), {}).nodes.at(node).inputs.front().front().schema;
}

std::vector<ClusterChart> programOf(const Pipeline& pipeline) {
    std::vector<ClusterChart> program;
    for (const char* const chart : kCharts) {
        ClusterChart& made = program.emplace_back();
        made.node = chart;
        made.schema = schemaAt(pipeline, chart);
    }
    return program;
}

std::unique_ptr<ChartFeed> feedOf(const Pipeline& pipeline) {
    auto feed = ChartFeed::make(pipeline, kinds(), {}, programOf(pipeline));
    if (!feed.ok()) {
        std::printf("%s\n", english(feed.error()).c_str());
        return nullptr;
    }
    return std::move(*feed);
}

/// A row of chartQuery(), which is as wide as the widest chart.
ChangeRow rowFor(const char* chart, std::vector<TextCell> cells, RowKind kind = RowKind::Insert) {
    cells.insert(cells.begin(), std::string(chart));
    cells.resize(9);
    return {kind, std::move(cells)};
}

/// The rows of the source as Flink's CAST to STRING writes them.
std::vector<ChangeRow> sourceRows(const char* chart) {
    return {rowFor(chart, {"a", "1", "9007199254740993", "1.0E10", "1.50", "TRUE", "2024-03-01",
                           "2024-01-01 00:00:01.000"}),
            rowFor(chart, {"b", "2", "-1", "NaN", "-0.05", "FALSE", "1969-12-31", "2024-01-01 00:00:04.000"}),
            rowFor(chart, {"a", "3", std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt,
                           "2024-01-01 00:00:12.500"}),
            rowFor(chart, {"b", "-4", "0", "-0.125", "12345678.90", "TRUE", "2024-02-29",
                           "2024-01-01 00:00:11.000"})};
}

/// A row of the windows, whose columns are found by their names.
ChangeRow windowRow(const Pipeline& pipeline, const std::string& key, int window, const std::string& rows,
                    const std::string& total) {
    const std::string day = "2024-01-01 00:00:";
    const std::map<std::string, std::string> values{
        {"k", key},
        {"rows_in", rows},
        {"total", total},
        {"window_start", fmt::format("{}{:02}.000", day, 10 * window)},
        {"window_end", fmt::format("{}{:02}.000", day, 10 * window + 10)},
        {"window_time", fmt::format("{}{:02}.999", day, 10 * window + 9)}};
    std::vector<TextCell> cells;
    const SchemaRef schema = schemaAt(pipeline, "bars");
    for (const Field& field : schema->fields) {
        const auto value = values.find(field.name);
        cells.push_back(value == values.end() ? TextCell() : TextCell(value->second));
    }
    return rowFor("bars", std::move(cells));
}

std::vector<ChangeRow> windowRows(const Pipeline& pipeline) {
    return {windowRow(pipeline, "a", 0, "1", "1"), windowRow(pipeline, "b", 0, "1", "2"),
            windowRow(pipeline, "a", 1, "1", "3"), windowRow(pipeline, "b", 1, "1", "-4")};
}

std::vector<ChangeRow> changes() {
    return {rowFor("table", {"a", "1"}),
            rowFor("table", {"b", "2"}),
            rowFor("table", {"a", "1"}, RowKind::UpdateBefore),
            rowFor("table", {"a", "4"}, RowKind::UpdateAfter),
            rowFor("table", {"b", "2"}, RowKind::Delete),
            rowFor("table", {"b", "-2"})};
}

std::string pictureOf(const std::shared_ptr<LiveView>& view) {
    std::string out;
    if (const auto* const line = dynamic_cast<const LineView*>(view.get())) {
        const LineSnapshot shot = line->snapshot({});
        out = fmt::format("{} rows, {} skipped, {}\n", shot.totals.rows, shot.totals.skipped,
                          shot.totals.watermark);
        for (const LineSeries& series : shot.series) {
            out += fmt::format("{}:", series.name);
            for (const LinePoint& point : series.points)
                out += fmt::format(" {}={}", point.time, point.value);
            out += "\n";
        }
    } else if (const auto* const table = dynamic_cast<const TableView*>(view.get())) {
        const TableSnapshot shot = table->snapshot();
        out = fmt::format("{}\n", shot.totals.watermark);
        for (const TableRowRef& row : shot.rows) {
            for (std::size_t i = 0; i < row->size(); ++i)
                out += (isNull((*row)[i]) ? "NULL" : toText((*row)[i], table->info().columns[i].type)) + " ";
            out += "\n";
        }
    } else if (const auto* const bars = dynamic_cast<const BarView*>(view.get())) {
        const BarSnapshot shot = bars->snapshot();
        out = fmt::format("{} {} {}\n", shot.totals.rows, shot.windowStart, shot.provisional);
        for (const Bar& bar : shot.bars) out += fmt::format("{}={} ", bar.category, bar.value);
    }
    return out;
}

}  // namespace

class TestChartFeed : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void chartsAreThoseOfARunHere() {
        const Pipeline pipeline = pipelineOf();
        const auto run = runToEnd(planOf(pipeline, 1));
        QVERIFY(run != nullptr);
        const auto feed = feedOf(pipeline);
        QVERIFY(feed != nullptr);
        // One page has rows of several charts; a row may come in any of them.
        std::vector<ChangeRow> page = sourceRows("line");
        for (const auto& more : {sourceRows("all"), changes()})
            page.insert(page.end(), more.begin(), more.end());
        for (const ChangeRow& row : page) QVERIFY(feed->add({row}).ok());
        QVERIFY(feed->add(windowRows(pipeline)).ok());
        QCOMPARE(feed->rows(), std::uint64_t{4 + 4 + 6 + 4});
        QVERIFY(feed->end().ok());
        for (const char* const chart : kCharts) {
            const std::string expected = pictureOf(run->view(chart));
            QVERIFY2(!expected.empty(), chart);
            QCOMPARE(pictureOf(feed->view(chart)), expected);
        }
    }

    /// The span that no parameter says: all of a run that ends by itself, else the newest minutes.
    void theSpanIsThatOfARunHere() {
        const Json columns = Json::array({"v INT", "ts TIMESTAMP(3)"});
        const Json rows =
            Json::array({Json::array({1, "2024-01-01 00:00:00"}), Json::array({2, "2024-01-01 12:00:00"}),
                         Json::array({3, "2024-01-02 00:00:00"})});
        Pipeline pipeline;
        pipeline.nodes = {node("in", "rows", {{"columns", columns}, {"rows", rows}, {"event_time", "ts"}}),
                          node("line", "line_chart", {{"y", Json::array({"v"})}})};
        pipeline.wires = {wire("in", "line")};
        const auto run = runToEnd(planOf(pipeline, 1));
        QVERIFY(run != nullptr);
        const std::vector<ChangeRow> given{rowFor("line", {"1", "2024-01-01 00:00:00.000"}),
                                           rowFor("line", {"2", "2024-01-01 12:00:00.000"}),
                                           rowFor("line", {"3", "2024-01-02 00:00:00.000"})};
        const auto fed = [&given](const Pipeline& each) -> std::shared_ptr<LiveView> {
            ClusterChart chart;
            chart.node = "line";
            chart.schema = schemaAt(each, "line");
            const auto feed = ChartFeed::make(each, kinds(), {}, {chart});
            if (!feed.ok() || !(*feed)->add(given).ok() || !(*feed)->end().ok()) return nullptr;
            return (*feed)->view("line");
        };
        const std::string picture = pictureOf(fed(pipeline));
        QCOMPARE(picture, pictureOf(run->view("line")));
        for (const char* const point : {"=1", "=2", "=3"})
            QVERIFY2(picture.find(point) != std::string::npos, picture.c_str());
        // The same rows of a source without an end.
        const Json endless =
            Json::array({"v INT = CAST(i AS INT)", "ts TIMESTAMP(3) = TIMESTAMP '2024-01-01 00:00:00'"});
        pipeline.nodes.front() = node("in", "generator", {{"columns", endless}, {"event_time", "ts"}});
        const std::string newest = pictureOf(fed(pipeline));
        QVERIFY2(newest.find("=3") != std::string::npos && newest.find("=1") == std::string::npos,
                 newest.c_str());
    }

    void theDigitsAreAllThere() {
        const Pipeline pipeline = pipelineOf();
        const auto feed = feedOf(pipeline);
        QVERIFY(feed->add(sourceRows("all")).ok());
        const std::string picture = pictureOf(feed->view("all"));
        for (const char* const cell : {"9007199254740993", "1e+10", "1.50", "true", "2024-03-01",
                                       "2024-01-01 00:00:12.500", "NULL", "NaN", "12345678.90"})
            QVERIFY2(picture.find(cell) != std::string::npos, fmt::format("{} in {}", cell, picture).c_str());
    }

    /// No watermark comes with the rows: bars are those of the last window that is known to be whole.
    void windowsAreWholeBehindTheNextOneOrInSilence() {
        const Pipeline pipeline = pipelineOf();
        const auto feed = feedOf(pipeline);
        const std::vector<ChangeRow> rows = windowRows(pipeline);
        QVERIFY(feed->add(rows).ok());
        const auto bars = [&] {
            const auto view = std::dynamic_pointer_cast<BarView>(feed->view("bars"));
            std::string out;
            for (const Bar& bar : view->snapshot().bars)
                out += fmt::format("{}={} ", bar.category, bar.value);
            return out;
        };
        QCOMPARE(bars(), std::string("b=2 a=1 "));
        QVERIFY(feed->idle().ok());
        QCOMPARE(bars(), std::string("a=3 b=-4 "));
    }

    void whatCanNotBeReadIsSaid() {
        const Pipeline pipeline = pipelineOf();
        const auto feed = feedOf(pipeline);
        std::vector<ChangeRow> rows = sourceRows("all");
        rows[1].cells[2] = "2.5";
        const Status wrong = feed->add(rows);
        QVERIFY(!wrong.ok());
        QCOMPARE(wrong.error().node, std::string("all"));
        const std::string words = english(wrong.error());
        QVERIFY2(words.find("“2.5” in the column “v”, which can't be read as INT") != std::string::npos,
                 words.c_str());

        ChangeRow narrow = rowFor("all", {"a"});
        narrow.cells.resize(8);
        QVERIFY(!feed->add({narrow}).ok());
        QVERIFY(!feed->add({rowFor("nobody", {"a"})}).ok());
        QVERIFY(!feed->add({ChangeRow{}}).ok());

        // The rows that come afterwards are whole ones.
        const std::uint64_t before = feed->view("all")->rows();
        QVERIFY(feed->add(sourceRows("all")).ok());
        QCOMPARE(feed->view("all")->rows(), before + 4);
    }

    void whatIsNoChartHasNoPicture() {
        const Pipeline pipeline = pipelineOf();
        const auto feed = feedOf(pipeline);
        QVERIFY(feed->view("in") == nullptr);
        QVERIFY(feed->view("nobody") == nullptr);
        std::vector<ClusterChart> other = programOf(pipeline);
        other.front().schema = schemaAt(pipeline, "table");
        const auto made = ChartFeed::make(pipeline, kinds(), {}, other);
        QVERIFY(!made.ok());
        QCOMPARE(made.error().node, std::string("line"));
    }
};

QTEST_APPLESS_MAIN(TestChartFeed)
#include "test_chart_feed.moc"
