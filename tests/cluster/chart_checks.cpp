#include "tests/cluster/chart_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "core/views/table_view.h"
#include "tests/cluster/flink_fixture.h"

namespace rw::cluster {

namespace {

using Rows = std::vector<TableRow>;

Rows tableOf(const std::shared_ptr<LiveView>& view) {
    Rows rows;
    const auto* table = dynamic_cast<const TableView*>(view.get());
    if (table == nullptr) return rows;
    for (const TableRowRef& row : table->snapshot().rows) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::uint64_t rowsOf(const std::shared_ptr<LiveView>& view) {
    return view ? view->rows() : 0;
}

bool comesTo(const ClusterRun& run, const NodeId& chart, std::uint64_t rows) {
    const auto clock = systemClock();
    const std::int64_t until = clock->steadyMillis() + kPatience;
    while (rowsOf(run.view(chart)) < rows && clock->steadyMillis() < until) clock->sleep(50);
    return rowsOf(run.view(chart)) == rows;
}

}  // namespace

void checkCharts(const ClusterRun& run, const Run& here) {
    for (const char* chart : {"rows", "lines"}) {
        const std::uint64_t rows = rowsOf(here.view(chart));
        check(
            rows > 0 && comesTo(run, chart, rows),
            fmt::format("{} has the {} rows that it has here, not {}", chart, rows, rowsOf(run.view(chart))));
    }
    check(tableOf(run.view("rows")) == tableOf(here.view("rows")), "the table shows the rows of here");
}

}  // namespace rw::cluster
