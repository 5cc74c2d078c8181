#include "core/views/heat_grid.h"

#include <algorithm>

namespace rw {

namespace {

HeatAxis axisOf(const HeatAxes& axes) {
    if (!axes.times) return HeatAxis::ofNumbers(axes.wholeX);
    return HeatAxis::ofTimes((axes.span - 1) / HeatGrid::kMaxColumns + 1);
}

}  // namespace

HeatGrid::HeatGrid(HeatAxes axes) : m_axes(axes), m_axis(axisOf(axes)) {}

bool HeatGrid::add(const HeatPoint& point, std::uint64_t order) {
    std::int64_t number = 0;
    if (!placeColumn(point.x, number)) return false;
    m_newest = std::max(point.x, m_newest.value_or(point.x));
    if (fixed()) {
        std::int64_t before = 0;
        if (m_axis.place(*m_newest - static_cast<double>(m_axes.span), before)) {
            dropUntil(before);
            if (number <= before) return true;
        }
    }
    const auto [column, fresh] = m_columns.try_emplace(number);
    if (!m_axes.texts) {
        addNumber(column->second, point, order);
    } else if (!addName(column->second, point, order)) {
        if (fresh) m_columns.erase(column);
        return true;
    }
    column->second.time = std::max(column->second.time, point.time);
    return true;
}

bool HeatGrid::placeColumn(double x, std::int64_t& number) {
    if (m_columns.empty() && !fixed()) m_axis.startAt(x);
    while (!m_axis.place(x, number)) {
        if (fixed() || !widenColumns()) return false;
    }
    while (!fixed() && !m_columns.empty()) {
        const std::int64_t first = std::min(number, m_columns.begin()->first);
        const std::int64_t last = std::max(number, m_columns.rbegin()->first);
        if (last - first < kMaxColumns) break;
        if (!widenColumns()) return false;
        m_axis.place(x, number);
    }
    return true;
}

bool HeatGrid::widenColumns() {
    const std::int64_t merged = m_axis.widen();
    if (merged == 1) return false;
    std::map<std::int64_t, Column> wider;
    for (auto& [number, column] : m_columns) {
        const auto [into, fresh] = wider.try_emplace(floorDiv(number, merged));
        if (fresh) {
            into->second = std::move(column);
        } else {
            merge(into->second, std::move(column));
        }
    }
    m_columns = std::move(wider);
    return true;
}

void HeatGrid::dropUntil(std::int64_t number) {
    while (!m_columns.empty() && m_columns.begin()->first <= number) {
        for (const Cell& cell : m_columns.begin()->second.cells) {
            const auto name = m_names.find(cell.row);
            if (name == m_names.end() || --name->second.cells > 0) continue;
            m_numbers.erase(name->second.text);
            m_names.erase(name);
        }
        m_columns.erase(m_columns.begin());
    }
}

bool HeatGrid::addName(Column& column, const HeatPoint& point, std::uint64_t order) {
    auto known = m_numbers.find(point.label);
    if (known == m_numbers.end()) {
        if (static_cast<std::int64_t>(m_names.size()) >= kMaxRows) {
            m_leftOut = std::max(point.x, m_leftOut.value_or(point.x));
            return false;
        }
        known = m_numbers.emplace(point.label, m_nextName).first;
        m_names.emplace(m_nextName++, Name{point.label});
    }
    if (put(column, {known->second, point.value, order})) ++m_names.at(known->second).cells;
    return true;
}

void HeatGrid::addNumber(Column& column, const HeatPoint& point, std::uint64_t order) {
    if (column.cells.empty()) column.scale = m_axes.wholeY ? BinScale() : BinScale::startingAt(point.y);
    std::int64_t row = 0;
    while (!column.scale.place(point.y, row)) coarsen(column);
    while (tooTall(column, row)) {
        coarsen(column);
        column.scale.place(point.y, row);
    }
    put(column, {row, point.value, order});
}

bool HeatGrid::tooTall(const Column& column, std::int64_t row) {
    if (column.cells.empty()) return false;
    const std::int64_t first = std::min(row, column.cells.front().row);
    return std::max(row, column.cells.back().row) - first >= kMaxRows;
}

void HeatGrid::coarsen(Column& column) {
    const std::int64_t merged = column.scale.widen();
    std::vector<Cell> cells;
    for (Cell cell : column.cells) {
        cell.row = floorDiv(cell.row, merged);
        if (cells.empty() || cells.back().row != cell.row) {
            cells.push_back(cell);
        } else if (cell.order > cells.back().order) {
            cells.back() = cell;
        }
    }
    column.cells = std::move(cells);
}

bool HeatGrid::put(Column& column, const Cell& cell) {
    const auto at = std::lower_bound(column.cells.begin(), column.cells.end(), cell.row,
                                     [](const Cell& each, std::int64_t row) { return each.row < row; });
    if (at == column.cells.end() || at->row != cell.row) {
        column.cells.insert(at, cell);
        return true;
    }
    if (cell.order >= at->order) *at = cell;
    return false;
}

void HeatGrid::merge(Column& into, Column&& from) {
    into.time = std::max(into.time, from.time);
    while (!m_axes.texts && narrower(into.scale.width(), from.scale.width())) coarsen(into);
    while (!m_axes.texts && narrower(from.scale.width(), into.scale.width())) coarsen(from);
    for (const Cell& cell : from.cells) {
        if (!put(into, cell) && m_axes.texts) --m_names.at(cell.row).cells;
    }
    while (!m_axes.texts && tooTall(into, into.cells.front().row)) coarsen(into);
}

}  // namespace rw
