// The state of a histogram in a snapshot: the counts of every slice and series.
#include <cmath>
#include <numeric>

#include "core/views/histogram_view.h"
#include "core/views/state_fields.h"

namespace rw {

namespace {

constexpr std::int64_t kFarthestSlice = kMinTimestamp / 2;  // slices a span before it still have a number
constexpr std::string_view kSeries = "series of a histogram";

}  // namespace

void HistogramView::Part::fields(StateFields& state) {
    state("count", count);
    if (count == 0) return;
    state("sum", sum);
    state("min", min);
    state("max", max);
    state.record("bins", bins);
    state.record("sketch", sketch);
    const auto& counts = bins.counts();
    const std::uint64_t binned = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    const bool ordered = std::isfinite(min) && std::isfinite(max) && min <= max;
    state.require(ordered && binned == count && sketch.count() == count, kSeries);
}

void HistogramView::fields(StateFields& state) {
    state("names", m_names);
    state("others", m_others);
    if (state.restores()) state.require(takeNames(), kSeries);
    state.records("slice", m_slices, kSlices, [this](auto& slice, StateFields& record) {
        record("number", slice.first);
        record.require(slice.first >= kFarthestSlice, kSeries);
        record.records("part", slice.second, m_names.size());
    });
}

bool HistogramView::takeNames() {
    const std::size_t others = m_others ? 1 : 0;
    if (!m_info.series.present()) return m_names.size() == 1 && !m_others;
    if (m_names.size() > kMaxSeries || m_names.size() < others) return false;
    for (std::size_t place = 0; place + others < m_names.size(); ++place)
        m_places.emplace(m_names[place], place);
    return true;
}

}  // namespace rw
