#include "core/views/scatter_view.h"

#include "core/views/state_fields.h"

namespace rw {

namespace {

/// Rows without a key are told apart by all that is drawn of them.
std::vector<ChartColumn> namesOfPoints(const ScatterInfo& info) {
    if (!info.key.empty()) return info.key;
    std::vector<ChartColumn> columns{info.x, info.y};
    if (info.series.present()) columns.push_back(info.series);
    return columns;
}

}  // namespace

ScatterView::ScatterView(ScatterInfo info)
    : m_info(std::move(info)), m_named(namesOfPoints(m_info)), m_table(m_info.keep, !m_info.key.empty()) {}

void ScatterView::add(const Batch& batch) {
    const auto hold = lock();
    count(batch, m_info.eventTime);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        const auto point = pointAt(batch, row);
        const bool withdrawn = kind == RowKind::Delete || kind == RowKind::UpdateBefore;
        if (!point && !withdrawn) ++m_totals.skipped;
        if (m_info.updating) {
            m_table.take(kind, rowName(m_named, batch, row), point);
        } else if (point) {
            m_newest.push_back(*point);
        }
        bound();
    }
    changed();
}

void ScatterView::bound() {
    for (; m_newest.size() > m_info.keep; ++m_forgotten) m_newest.pop_front();
    for (; m_table.full(); ++m_forgotten) m_table.dropOldest();
}

std::optional<ScatterPoint> ScatterView::pointAt(const Batch& batch, std::size_t row) {
    const auto x = chartPlace(batch.column(m_info.x.index), row);
    const auto y = chartPlace(batch.column(m_info.y.index), row);
    if (!x || !y) return std::nullopt;
    return ScatterPoint{*x, *y, place(batch, row)};
}

std::size_t ScatterView::place(const Batch& batch, std::size_t row) {
    if (!m_info.series.present()) return 0;
    m_label.clear();
    appendLabel(m_label, batch.column(m_info.series.index), row);
    if (const auto known = m_places.find(m_label); known != m_places.end()) return known->second;
    if (m_series.size() == kMaxSeries) {
        m_others = true;
        return kMaxSeries;
    }
    m_places.emplace(m_label, m_series.size());
    m_series.push_back(m_label);
    return m_series.size() - 1;
}

std::vector<ScatterPoint> ScatterView::points() const {
    std::vector<ScatterPoint> kept(m_newest.begin(), m_newest.end());
    kept.reserve(kept.size() + m_table.entries().size());
    for (const auto& entry : m_table.entries()) kept.push_back(entry.point);
    return kept;
}

ScatterSnapshot ScatterView::snapshot() const {
    const auto hold = lock();
    return {m_totals, points(), m_series, m_others, m_forgotten};
}

void ScatterView::fields(StateFields& state) {
    std::vector<ScatterPoint> saved = points();
    std::vector<std::string> names;
    for (const auto& entry : m_table.entries()) names.push_back(entry.name);
    state("series", m_series);
    state("others", m_others);
    state("forgotten", m_forgotten);
    state.list(saved, m_info.keep, [](auto& point, auto& field) {
        field("x", point.x);
        field("y", point.y);
        field("place", point.series);
    });
    state("name", names);
    if (state.restores()) state.require(take(saved, std::move(names)), "points of a scatter chart");
}

bool ScatterView::take(const std::vector<ScatterPoint>& points, std::vector<std::string> names) {
    if (m_series.size() > kMaxSeries || names.size() != (m_info.updating ? points.size() : 0)) return false;
    for (std::size_t place = 0; place < m_series.size(); ++place) m_places.emplace(m_series[place], place);
    const std::size_t known = m_info.series.present() ? m_series.size() : 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const ScatterPoint& point = points[i];
        if (point.series >= known && !(m_others && point.series == kMaxSeries)) return false;
        if (!m_info.updating) {
            m_newest.push_back(point);
        } else if (!m_table.keep({std::move(names[i]), point})) {
            return false;
        }
    }
    return true;
}

}  // namespace rw
