// The state of a histogram in a snapshot: the counts of every slice and series.
#include <cmath>
#include <numeric>

#include "core/views/histogram_view.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::int64_t kFarthestSlice = kMinTimestamp / 2;  // slices a span before it still have a number

Status brokenSeries() {
    return brokenState("series of a histogram");
}

struct SavedExtent {
    double sum = 0, min = 0, max = 0;

    static void fields(auto& self, auto& field) {
        field("sum", self.sum);
        field("min", self.min);
        field("max", self.max);
    }
};

}  // namespace

void HistogramView::Part::save(StateWriter& out) const {
    out.u64("count", count);
    if (count == 0) return;
    saveFields(out, SavedExtent{sum, min, max});
    out.record("bins", 1, [this](StateWriter& record) { bins.save(record); });
    out.record("sketch", 1, [this](StateWriter& record) { sketch.save(record); });
}

Status HistogramView::Part::restore(const StateReader& state) {
    RW_TRY_ASSIGN(count, state.u64("count"));
    if (count == 0) return {};
    RW_TRY_ASSIGN(const SavedExtent saved, restoreFields<SavedExtent>(state));
    sum = saved.sum;
    min = saved.min;
    max = saved.max;
    RW_TRY_ASSIGN(const StateReader binsOf, state.record("bins"));
    RW_TRY(bins.restore(binsOf));
    RW_TRY_ASSIGN(const StateReader sketchOf, state.record("sketch"));
    RW_TRY(sketch.restore(sketchOf));
    const auto& counts = bins.counts();
    const std::uint64_t binned = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const bool ordered = std::isfinite(min) && std::isfinite(max) && min <= max;
    if (!ordered || binned != count || sketch.count() != count) return brokenSeries();
    return {};
}

void HistogramView::savePicture(StateWriter& out) const {
    saveTexts(out, "names", m_names, [](const std::string& name) { return name; });
    out.u64("others", m_others ? 1 : 0);
    for (const auto& [number, slice] : m_slices) {
        out.record("slice", 1, [numberOf = number, &parts = slice](StateWriter& record) {
            record.i64("number", numberOf);
            for (const Part& part : parts)
                record.record("part", 1, [&part](StateWriter& nested) { part.save(nested); });
        });
    }
}

Status HistogramView::restoreNames(const StateReader& state) {
    RW_TRY_ASSIGN(const std::uint64_t others, state.u64("others"));
    RW_TRY_ASSIGN(m_names, restoreTexts(state, "names"));
    m_others = others != 0;
    const bool fits = m_info.series.present() ? m_names.size() <= kMaxSeries && m_names.size() >= others
                                              : m_names.size() == 1 && !m_others;
    if (!fits) return brokenSeries();
    if (!m_info.series.present()) return {};
    for (std::size_t place = 0; place + (m_others ? 1 : 0) < m_names.size(); ++place)
        m_places.emplace(m_names[place], place);
    return {};
}

Status HistogramView::restorePicture(const StateReader& state) {
    RW_TRY(restoreNames(state));
    RW_TRY_ASSIGN(const std::vector<StateReader> slices, state.records("slice"));
    if (slices.size() > kSlices) return brokenSeries();
    for (const StateReader& record : slices) {
        RW_TRY_ASSIGN(const std::int64_t number, record.i64("number"));
        RW_TRY_ASSIGN(const std::vector<StateReader> parts, record.records("part"));
        if (parts.size() > m_names.size() || number < kFarthestSlice) return brokenSeries();
        Slice& slice = m_slices[number];
        slice.resize(parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i) RW_TRY(slice[i].restore(parts[i]));
    }
    return {};
}

}  // namespace rw
