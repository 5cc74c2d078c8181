#include "core/views/scatter_view.h"

#include "core/views/state_fields.h"

namespace rw {

namespace {

Status brokenPoints() {
    return brokenState("points of a scatter chart");
}

/// Rows without a key are told apart by all that is drawn of them.
std::vector<ChartColumn> namesOfPoints(const ScatterInfo& info) {
    if (!info.key.empty()) return info.key;
    std::vector<ChartColumn> columns{info.x, info.y};
    if (info.series.present()) columns.push_back(info.series);
    return columns;
}

struct SavedScatterPoint {
    double x = 0, y = 0;
    std::uint64_t place = 0;

    static void fields(auto& self, auto& field) {
        field("x", self.x);
        field("y", self.y);
        field("place", self.place);
    }
};

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

void ScatterView::savePicture(StateWriter& out) const {
    std::vector<SavedScatterPoint> saved;
    for (const ScatterPoint& point : points()) saved.push_back({point.x, point.y, point.series});
    saveTexts(out, "series", m_series, [](const std::string& name) { return name; });
    out.u64("others", m_others ? 1 : 0);
    out.u64("forgotten", m_forgotten);
    saveList(out, saved);
    saveTexts(out, "name", m_table.entries(),
              [](const auto& entry) -> const std::string& { return entry.name; });
}

Status ScatterView::restorePicture(const StateReader& state) {
    RW_TRY_ASSIGN(m_series, restoreTexts(state, "series"));
    RW_TRY_ASSIGN(const std::uint64_t others, state.u64("others"));
    RW_TRY_ASSIGN(m_forgotten, state.u64("forgotten"));
    RW_TRY_ASSIGN(const auto saved, restoreList<SavedScatterPoint>(state, m_info.keep));
    RW_TRY_ASSIGN(auto names, restoreTexts(state, "name"));
    if (m_series.size() > kMaxSeries || names.size() != (m_info.updating ? saved.size() : 0))
        return brokenPoints();
    m_others = others != 0;
    for (std::size_t place = 0; place < m_series.size(); ++place) m_places.emplace(m_series[place], place);
    const std::size_t known = m_info.series.present() ? m_series.size() : 1;
    for (std::size_t i = 0; i < saved.size(); ++i) {
        const ScatterPoint point{saved[i].x, saved[i].y, static_cast<std::size_t>(saved[i].place)};
        if (point.series >= known && !(m_others && point.series == kMaxSeries)) return brokenPoints();
        if (!m_info.updating) {
            m_newest.push_back(point);
        } else if (!m_table.keep({std::move(names[i]), point})) {
            return brokenPoints();
        }
    }
    return {};
}

}  // namespace rw
