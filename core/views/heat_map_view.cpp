#include "core/views/heat_map_view.h"

#include <algorithm>

#include "core/views/state_fields.h"

namespace rw {

namespace {

std::vector<ChartColumn> namesOfCells(const HeatMapInfo& info) {
    return info.key.empty() ? std::vector<ChartColumn>{info.x, info.y, info.value} : info.key;
}

}  // namespace

HeatAxes HeatMapInfo::axes() const {
    return {times(), x.type.isInteger(), !y.type.isNumeric(), y.type.isInteger(), span};
}

HeatMapView::HeatMapView(HeatMapInfo info)
    : m_info(std::move(info)),
      m_named(namesOfCells(m_info)),
      m_grid(m_info.axes()),
      m_table(kMaxPoints, !m_info.key.empty()) {}

void HeatMapView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.eventTime);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        const auto point = pointAt(batch, row);
        bool placed = point.has_value();
        if (m_info.updating) {
            if (point) m_newest = std::max(point->x, m_newest.value_or(point->x));
            m_table.take(kind, rowName(m_named, batch, row), point);
            while (m_table.full()) m_forgotten += isInSpan(m_table.dropOldest()) ? 1 : 0;
        } else if (point) {
            placed = m_info.diagonal ? m_matrix.add(*point, ++m_order) : m_grid.add(*point, ++m_order);
        }
        const bool withdrawn = kind == RowKind::Delete || kind == RowKind::UpdateBefore;
        if (!placed && !withdrawn) ++m_totals.skipped;
    }
    changed();
}

std::optional<HeatPoint> HeatMapView::pairAt(const Batch& batch, std::size_t row) const {
    const auto value = chartNumber(batch.column(m_info.value.index), row);
    if (!value) return std::nullopt;
    HeatPoint point;
    point.value = *value;
    appendLabel(point.label, batch.column(m_info.y.index), row);
    appendLabel(point.across, batch.column(m_info.x.index), row);
    return point;
}

std::optional<HeatPoint> HeatMapView::pointAt(const Batch& batch, std::size_t row) const {
    if (m_info.diagonal) return pairAt(batch, row);
    const auto x = chartPlace(batch.column(m_info.x.index), row);
    const auto value = chartNumber(batch.column(m_info.value.index), row);
    if (!x || !value) return std::nullopt;
    HeatPoint point;
    point.x = *x;
    point.value = *value;
    const Column& rows = batch.column(m_info.y.index);
    if (m_info.y.type.isNumeric()) {
        const auto y = chartPlace(rows, row);
        if (!y) return std::nullopt;
        point.y = *y;
    } else {
        appendLabel(point.label, rows, row);
    }
    if (!m_info.windowStart.present()) return point;
    if (const auto start = chartPlace(batch.column(m_info.windowStart.index), row)) {
        point.time = batch.column(m_info.x.index).at<Instant>(row);
        point.x = *start;
    }
    return point;
}

/// Points before the span were not visible any more.
bool HeatMapView::isInSpan(const HeatPoint& point) const {
    if (!m_info.times() || m_info.span == 0 || !m_newest) return true;
    return point.x > *m_newest - static_cast<double>(m_info.span);
}

HeatMapSnapshot HeatMapView::snapshot(HeatQuery query) const {
    HeatMapSnapshot result;
    std::optional<HeatGrid> grid;
    HeatMatrix matrix;
    std::vector<HeatPoint> points;
    {
        const auto hold = lock();
        result.totals = m_totals;
        result.forgotten = m_forgotten;
        grid.emplace(m_grid);
        matrix = m_matrix;
        points.reserve(m_table.entries().size());
        for (const auto& entry : m_table.entries()) points.push_back(entry.point);
    }
    // The newest first: where there are more rows of texts than are kept it is theirs that stay.
    for (std::size_t i = points.size(); i > 0; --i)
        m_info.diagonal ? matrix.add(points[i - 1], i) : grid->add(points[i - 1], i);
    query.watermark = result.totals.watermark;
    if (m_info.diagonal) {
        result.picture = matrix.picture(query);
        return result;
    }
    result.picture = grid->picture(query);
    result.openFrom = result.picture.openFrom;
    const bool eventTime = m_info.x.index == m_info.eventTime && !m_info.windowStart.present();
    if (eventTime) result.openFrom = result.totals.openFrom();
    return result;
}

void HeatMapView::fields(StateFields& state) {
    if (!m_info.updating) {
        state("order", m_order);
        return m_info.diagonal ? state.record("matrix", m_matrix) : state.record("grid", m_grid);
    }
    state("newest_x", m_newest);
    state("forgotten", m_forgotten);
    std::vector<ChangingPoints<HeatPoint>::Entry> rows(m_table.entries().begin(), m_table.entries().end());
    state.list(rows, kMaxPoints, [this](auto& row, auto& field) {
        field("name", row.name);
        field("label", row.point.label);
        if (m_info.diagonal) field("across", row.point.across);
        field("x", row.point.x);
        field("y", row.point.y);
        field("value", row.point.value);
        field("time", row.point.time);
    });
    if (!state.restores()) return;
    for (auto& row : rows) state.require(m_table.keep(std::move(row)), "rows of a heat map");
}

}  // namespace rw
