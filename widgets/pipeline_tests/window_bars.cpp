#include "widgets/pipeline_tests/window_bars.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/data/text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pipeline_tests/cell_text.h"
#include "widgets/pipeline_tests/step_columns.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

constexpr std::size_t kMostBars = 40;  ///< of both sides
constexpr int kMostLanes = 4;

std::optional<Instant> instantIn(const Json& cell) {
    return cell.is_string() ? parseTimestamp(cell.get<std::string>()) : std::nullopt;
}

/// The places of the bounds of windows among the columns of a step.
struct Bounds {
    std::size_t start = 0, end = 0;
};
std::optional<Bounds> boundsIn(const std::vector<StepColumn>& columns) {
    const auto placeOf = [&columns](const char* name) {
        return static_cast<std::size_t>(
            std::find_if(columns.begin(), columns.end(),
                         [name](const StepColumn& column) { return column.name == name; }) -
            columns.begin());
    };
    const Bounds found{placeOf("window_start"), placeOf("window_end")};
    if (found.start == columns.size() || found.end == columns.size()) return std::nullopt;
    return found;
}

bool alike(const Json& a, const Json& b, double within) {
    if (a == "*" || b == "*" || a == b) return true;
    if (a.is_number() && b.is_number()) return std::abs(a.get<double>() - b.get<double>()) <= within;
    const std::optional<Instant> one = instantIn(a), other = instantIn(b);
    return one && other && *one == *other;
}

bool rowsAlike(const Json& a, const Json& b, double within) {
    if (!a.is_array() || !b.is_array() || a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!alike(a[i], b[i], within)) return false;
    }
    return true;
}

/// In the lowest lane that is free there.
void setLanes(std::vector<WindowBars::Bar>& bars) {
    std::stable_sort(bars.begin(), bars.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    std::vector<Instant> ends;
    for (WindowBars::Bar& bar : bars) {
        const auto free =
            std::find_if(ends.begin(), ends.end(), [&bar](Instant end) { return end <= bar.from; });
        bar.lane = static_cast<int>(free - ends.begin());
        if (free == ends.end()) {
            ends.push_back(bar.to);
        } else {
            *free = bar.to;
        }
    }
}

/// The rows of one side; each of the other side stands for one of them.
std::vector<WindowBars::Bar> barsOf(const Json& rows, const Json& others, const Bounds& bounds,
                                    double within) {
    std::vector<WindowBars::Bar> bars;
    std::vector<bool> taken(others.size(), false);
    for (const Json& row : rows) {
        if (!row.is_array() || std::max(bounds.start, bounds.end) >= row.size()) continue;
        const std::optional<Instant> from = instantIn(row[bounds.start]), to = instantIn(row[bounds.end]);
        if (!from || !to || *to <= *from) continue;
        QStringList words;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != bounds.start && i != bounds.end) words << cellText(row[i]);
        }
        std::size_t same = 0;
        while (same < others.size() && (taken[same] || !rowsAlike(row, others[same], within))) ++same;
        if (same < others.size()) taken[same] = true;
        bars.push_back({*from, *to, words.join(u' '), same == others.size(), 0});
    }
    setLanes(bars);
    return bars;
}

/// Its place among the columns that a test gives the source.
std::optional<std::size_t> eventTimeIn(const PipelineDocument& document, const PipelineTestStep& step) {
    const TypedNode* const typed = document.typed(step.at);
    if (typed == nullptr || !typed->bound || typed->bound->outputs.empty()) return std::nullopt;
    const StreamType& type = typed->bound->outputs.front();
    if (type.eventTime < 0 || static_cast<std::size_t>(type.eventTime) >= type.schema->size())
        return std::nullopt;
    const std::string& name = type.schema->fields[static_cast<std::size_t>(type.eventTime)].name;
    const std::vector<StepColumn> columns = columnsOf(document, step);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == name) return i;
    }
    return std::nullopt;
}

/// Whether all windows of that time had closed when the row came.
bool isLate(const WindowBars& bars, Instant at, const std::optional<Instant>& watermark) {
    if (!watermark) return false;
    bool any = false;
    for (const auto* side : {&bars.expected, &bars.got}) {
        for (const WindowBars::Bar& bar : *side) {
            if (at < bar.from || at >= bar.to) continue;
            if (bar.to - 1 > *watermark) return false;
            any = true;
        }
    }
    return any;
}

void addRows(WindowBars& bars, const PipelineDocument& document, const PipelineTest& test,
             std::size_t until) {
    const auto watermarks = watermarksOf(document, test);
    std::map<std::string, std::optional<Instant>> before;  // by source
    std::size_t number = 0;
    for (std::size_t step = 0; step < std::min(until, test.steps.size()); ++step) {
        const PipelineTestStep& each = test.steps[step];
        if (each.verb != Verb::Rows || !each.rows) continue;
        const std::optional<std::size_t> column = eventTimeIn(document, each);
        for (std::size_t row = 0; row < each.rows->size(); ++row) {
            ++number;
            const Json& cells = (*each.rows)[row];
            const bool timed = column && cells.is_array() && *column < cells.size();
            const std::optional<Instant> at = timed ? instantIn(cells[*column]) : std::nullopt;
            if (at) bars.rows.push_back({*at, number, isLate(bars, *at, before[each.at])});
            if (step < watermarks.size() && row < watermarks[step].size())
                before[each.at] = watermarks[step][row];
        }
    }
}

int lanesOf(const std::vector<WindowBars::Bar>& bars) {
    int lanes = 0;
    for (const WindowBars::Bar& bar : bars) lanes = std::max(lanes, bar.lane + 1);
    return lanes;
}

}  // namespace

WindowBars windowBarsOf(const PipelineDocument& document, const TestResult& result) {
    for (const TestFailure& failure : result.outcome.failures) {
        if (failure.step >= result.test.steps.size() || failure.step >= result.outcome.asItCame.steps.size())
            continue;
        const PipelineTestStep& step = result.test.steps[failure.step];
        const PipelineTestStep& came = result.outcome.asItCame.steps[failure.step];
        if (step.verb != Verb::Expect || !step.rows || !came.rows) continue;
        const std::optional<Bounds> bounds = boundsIn(columnsOf(document, step));
        if (!bounds) continue;
        WindowBars bars;
        if (step.rows->size() + came.rows->size() > kMostBars) return bars;
        bars.expected = barsOf(*step.rows, *came.rows, *bounds, step.within);
        bars.got = barsOf(*came.rows, *step.rows, *bounds, step.within);
        if (lanesOf(bars.expected) > kMostLanes || lanesOf(bars.got) > kMostLanes) return {};
        addRows(bars, document, result.test, failure.step);
        return bars;
    }
    return {};
}

}  // namespace rw::ui
