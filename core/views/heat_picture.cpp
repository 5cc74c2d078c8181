// How the grid of a heat map is drawn: which cells merge where there are more than fit, and how large they
// are where there are few.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/views/chart_column.h"
#include "core/views/heat_grid.h"

namespace rw {

namespace {

/// The smallest distance between two of these numbers, which are in order; `otherwise` of one alone.
template <class Numbers>
std::int64_t leastGap(const Numbers& numbers, std::int64_t otherwise) {
    std::int64_t least = 0;
    for (std::size_t i = 1; i < numbers.size(); ++i) {
        const std::int64_t gap = numbers[i] - numbers[i - 1];
        if (least == 0 || gap < least) least = gap;
    }
    return least == 0 ? otherwise : least;
}

/// Of a window's start, which came as one.
Instant instantAt(double edge) {
    constexpr double kFarthest = 9e18;
    return static_cast<Instant>(std::clamp(edge, -kFarthest, kFarthest));
}

/// How far a cell begins before its bins, which have `width`: integers stand in the middle of theirs.
double centred(bool whole, double width, double cell) {
    if (!whole) return 0;
    return width > 1 ? 0.5 : cell / 2;
}

}  // namespace

struct HeatGrid::Shown {
    std::int64_t column = 0, row = 0;
    std::uint64_t order = 0;
    double x = 0, value = 0;
};

HeatPicture HeatGrid::picture(const HeatQuery& query) const {
    HeatPicture result;
    if (m_columns.empty()) return result;
    std::int64_t merged = 1;
    measureColumns(result, std::max<std::size_t>(1, query.columns), merged);
    const bool whole = !m_axes.times && m_axes.wholeX;
    const double bins = m_axis.width() * static_cast<double>(merged);
    const double aside = centred(whole, bins, result.width);
    result.oneColumn = whole && bins <= 1;
    const BinWidth rows = m_axes.texts ? BinWidth() : shownRows(std::max<std::size_t>(2, query.rows));
    std::vector<Shown> shown;
    for (const auto& [number, column] : m_columns) {
        const std::int64_t group = floorDiv(number, merged);
        const double x = m_axis.edge(merged > 1 ? group * merged : number) - aside;
        const std::int64_t within = m_axes.texts ? 1 : binsWithin(rows, column.scale.width());
        for (const Cell& cell : column.cells)
            shown.push_back({group, floorDiv(cell.row, within), cell.order, x, cell.value});
        const bool open = column.time != kMinTimestamp && query.watermark != kMinTimestamp &&
                          column.time - 1 > query.watermark;
        if (open && !result.openFrom) result.openFrom = instantAt(m_axis.edge(number));
    }
    // Of the cells that are one now, the newest is the first.
    std::sort(shown.begin(), shown.end(), [](const Shown& a, const Shown& b) {
        return std::tie(a.column, a.row, b.order) < std::tie(b.column, b.row, a.order);
    });
    const auto sameCell = [](const Shown& a, const Shown& b) {
        return a.column == b.column && a.row == b.row;
    };
    shown.erase(std::unique(shown.begin(), shown.end(), sameCell), shown.end());
    result.left = shown.front().x;
    result.right = shown.back().x + result.width;
    result.more = m_leftOut && *m_leftOut >= result.left;
    m_axes.texts ? layOutNames(result, shown, std::max<std::size_t>(1, query.rows))
                 : layOutNumbers(result, shown, rows);
    std::sort(result.cells.begin(), result.cells.end(),
              [](const HeatCell& a, const HeatCell& b) { return std::tie(a.x, b.y) < std::tie(b.x, a.y); });
    const auto [least, most] =
        std::minmax_element(result.cells.begin(), result.cells.end(),
                            [](const HeatCell& a, const HeatCell& b) { return a.value < b.value; });
    result.least = least->value;
    result.most = most->value;
    return result;
}

/// `merged`: how many columns become one, where there are more than `most`.
void HeatGrid::measureColumns(HeatPicture& into, std::size_t most, std::int64_t& merged) const {
    std::vector<std::int64_t> numbers;
    double longest = 0;  // window
    for (const auto& [number, column] : m_columns) {
        numbers.push_back(number);
        if (column.time == kMinTimestamp) continue;
        longest = std::max(longest, static_cast<double>(column.time) + 1 - m_axis.edge(number));
    }
    // Columns as wide as their distance: readings of every ten seconds leave no gaps. But a window is never
    // wider than it is.
    const std::int64_t gap = leastGap(numbers, 1);
    const std::int64_t all = numbers.back() - numbers.front() + gap;
    const auto fit = static_cast<std::int64_t>(most);
    if (all / gap > fit) merged = (all + fit - 1) / fit;
    into.width = m_axis.width() * static_cast<double>(merged > 1 ? merged : gap);
    if (longest > 0 && merged == 1) {
        const double least = numbers.size() == 1 ? longest : std::min(longest, into.width);
        into.width = std::max(m_axis.width(), least);
    }
}

/// The narrowest width that all columns' bins fit into and that has at most `most` rows.
BinWidth HeatGrid::shownRows(std::size_t most) const {
    BinWidth width = m_columns.begin()->second.scale.width();
    for (const auto& [number, column] : m_columns) {
        if (narrower(width, column.scale.width())) width = column.scale.width();
    }
    std::int64_t first = 0, last = 0;
    const auto fits = [&] {
        bool any = false;
        for (const auto& [number, column] : m_columns) {
            if (!divides(column.scale.width(), width)) return false;
            const std::int64_t within = binsWithin(width, column.scale.width());
            const std::int64_t low = floorDiv(column.cells.front().row, within);
            const std::int64_t high = floorDiv(column.cells.back().row, within);
            first = any ? std::min(first, low) : low;
            last = any ? std::max(last, high) : high;
            any = true;
        }
        return last - first < static_cast<std::int64_t>(most);
    };
    while (!fits()) width = width.next();
    if (first != last || m_axes.wholeY) return width;
    const BinWidth around = BinWidth::around(width.edge(first));
    if (narrower(width, around)) width = around;
    while (!fits()) width = width.next();
    return width;
}

/// Of texts those with the largest values are shown, by name.
void HeatGrid::layOutNames(HeatPicture& into, const std::vector<Shown>& shown, std::size_t most) const {
    std::map<std::int64_t, double> largest;
    for (const Shown& cell : shown) {
        const auto [known, fresh] = largest.emplace(cell.row, cell.value);
        if (!fresh) known->second = std::max(known->second, cell.value);
    }
    std::vector<std::pair<double, const Name*>> rows;
    for (const auto& [row, value] : largest) rows.emplace_back(value, &m_names.at(row));
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : labelLess(a.second->text, b.second->text);
    });
    rows.resize(std::min(rows.size(), most));
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return labelLess(a.second->text, b.second->text); });
    std::map<const Name*, double> heights;
    for (const auto& [value, name] : rows) {
        into.names.push_back(name->text);
        heights[name] = static_cast<double>(rows.size() - into.names.size()) - 0.5;
    }
    into.allNames = m_names.size();
    into.low = -0.5;
    into.top = static_cast<double>(rows.size()) - 0.5;
    for (const Shown& cell : shown) {
        const auto height = heights.find(&m_names.at(cell.row));
        if (height == heights.end()) continue;
        into.cells.push_back({cell.x, height->second, cell.value});
    }
}

void HeatGrid::layOutNumbers(HeatPicture& into, const std::vector<Shown>& shown, BinWidth width) const {
    std::vector<std::int64_t> rows;
    for (const Shown& cell : shown) rows.push_back(cell.row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    into.height = width.value() * static_cast<double>(leastGap(rows, 1));
    const double aside = centred(m_axes.wholeY, width.value(), into.height);
    into.oneRow = m_axes.wholeY && width.value() <= 1;
    for (const Shown& cell : shown) {
        into.cells.push_back({cell.x, width.edge(cell.row) - aside, cell.value});
    }
    into.low = width.edge(rows.front()) - aside;
    into.top = width.edge(rows.back()) - aside + into.height;
}

}  // namespace rw
