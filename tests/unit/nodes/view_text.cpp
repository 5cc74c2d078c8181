#include "tests/unit/nodes/view_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/data/text.h"
#include "core/views/bar_view.h"
#include "core/views/gauge_view.h"
#include "core/views/heat_map_view.h"
#include "core/views/histogram_view.h"
#include "core/views/line_view.h"
#include "core/views/number_view.h"
#include "core/views/pie_view.h"
#include "core/views/scatter_view.h"
#include "core/views/table_view.h"
#include "core/views/view_state.h"
#include "tests/unit/nodes/state_text.h"

namespace rw::test {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kTotals = 5;  // fields that ViewState::save() writes first

// A description for each kind of view.

/// By name: the order of new lines is that of their names within a batch.
void describe(const LineView& view, Lines& out) {
    LineQuery query;
    for (std::size_t line = 0; line < LineView::kMaxSeries; ++line) query.lines.push_back(line);
    Lines lines;
    for (const LineSeries& series : view.snapshot(query).series) {
        std::string& line = lines.emplace_back(series.name);
        for (const LinePoint& point : series.points) line += fmt::format(" {}:{}", point.time, point.value);
    }
    std::sort(lines.begin(), lines.end());
    out.insert(out.end(), lines.begin(), lines.end());
}

void describe(const BarView& view, Lines& out) {
    const BarSnapshot snapshot = view.snapshot();
    out.push_back(fmt::format("{} categories until {}", snapshot.categories, snapshot.windowEnd));
    for (const Bar& bar : snapshot.bars) out.push_back(fmt::format("{}:{}", bar.category, bar.value));
}

void describe(const PieView& view, Lines& out) {
    const PieSnapshot snapshot = view.snapshot();
    out.push_back(fmt::format("{} negative, {} blank, {} folded: {}", snapshot.negative, snapshot.blank,
                              snapshot.folded, snapshot.rest.value));
    for (const PieSlice& slice : snapshot.slices)
        out.push_back(fmt::format("{}:{} {}", slice.category, slice.value, slice.share));
}

void describe(const GaugeView& view, Lines& out) {
    const std::optional<double> value = view.snapshot().value;
    out.push_back(value ? fmt::format("shows {}", *value) : std::string("shows nothing"));
}

void describe(const HistogramView& view, Lines& out) {
    const HistogramSnapshot snapshot = view.snapshot();
    out.push_back(fmt::format("{} values from {} to {}, p50 {}, p99 {}", snapshot.count, snapshot.min,
                              snapshot.max, snapshot.p50, snapshot.p99));
    std::vector<std::uint64_t> counts(snapshot.edges.size());
    for (const HistogramSeries& series : snapshot.series) {
        for (std::size_t bin = 0; bin < series.counts.size(); ++bin) counts[bin] += series.counts[bin];
    }
    for (std::size_t bin = 0; bin + 1 < snapshot.edges.size(); ++bin)
        out.push_back(fmt::format("{}:{}", snapshot.edges[bin], counts[bin]));
}

void describe(const NumberView& view, Lines& out) {
    const NumberSnapshot snapshot = view.snapshot();
    const auto text = [](const std::optional<double>& value) {
        return value ? fmt::format("{}", *value) : std::string("none");
    };
    out.push_back(text(snapshot.value) + " after " + text(snapshot.before));
    for (const auto& value : snapshot.sparkline) out.push_back(text(value));
}

void describe(const TableView& view, Lines& out) {
    for (const TableRowRef& row : view.snapshot().rows) {
        std::string& line = out.emplace_back();
        for (std::size_t i = 0; i < row->size(); ++i)
            line += (isNull((*row)[i]) ? "NULL" : toText((*row)[i], view.info().columns[i].type)) + "|";
    }
}

void describe(const ScatterView& view, Lines& out) {
    const ScatterSnapshot snapshot = view.snapshot();
    for (const ScatterPoint& point : snapshot.points)
        out.push_back(fmt::format("{},{} of {}", point.x, point.y, point.series));
    for (const std::string& name : snapshot.series) out.push_back(name);
}

void describe(const HeatMapView& view, Lines& out) {
    const HeatPicture picture = view.snapshot({10'000, 1'000}).picture;
    out.push_back(fmt::format("{} x {}", picture.width, picture.height));
    for (const HeatCell& cell : picture.cells)
        out.push_back(fmt::format("{},{}:{}", cell.x, cell.y, cell.value));
    for (const std::string& name : picture.names) out.push_back(name);
}

template <class View>
bool describeAs(const LiveView& view, Lines& out) {
    const auto* known = dynamic_cast<const View*>(&view);
    if (known) describe(*known, out);
    return known != nullptr;
}

/// A kind of view adds a line, at the latest when a set of formats is made with it.
constexpr bool (*kKinds[])(const LiveView&, Lines&) = {
    describeAs<LineView>,       //
    describeAs<BarView>,        //
    describeAs<PieView>,        //
    describeAs<HistogramView>,  //
    describeAs<ScatterView>,    //
    describeAs<HeatMapView>,    //
    describeAs<TableView>,      //
    describeAs<GaugeView>,      //
    describeAs<NumberView>,
};

bool describeKnown(const LiveView& view, Lines& out) {
    return std::any_of(std::begin(kKinds), std::end(kKinds),
                       [&](const auto kind) { return kind(view, out); });
}

/// Without the totals, which stand before the picture: how many rows came says nothing of what is shown.
Lines savedPicture(const ViewState& view) {
    StateWriter state;
    view.save(state);
    Lines lines = stateText(state.finish());
    const std::size_t totals = std::min(lines.size(), kTotals);
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(totals));
    return lines;
}

}  // namespace

bool isDescribed(const LiveView& view) {
    Lines words;
    return describeKnown(view, words);
}

Lines viewText(const LiveView& view) {
    Lines out{fmt::format("{} rows", view.rows())};
    if (describeKnown(view, out)) return out;
    const auto* const state = dynamic_cast<const ViewState*>(&view);
    const Lines saved = state ? savedPicture(*state) : Lines{"it fails: it is no ViewState"};
    out.insert(out.end(), saved.begin(), saved.end());
    return out;
}

}  // namespace rw::test
