// Hopping windows of many slides, put together from blocks of them.
//
// A row counts in the whole part of its slice only while no window of the slice has passed for it, so none
// has fired: what a block was made of stays as it is. Rows that count from a later window on lie in parts of
// their own, which are few and are added one by one.
#include "core/stream/window_operator.h"

namespace rw {

Status WindowOperator::fireBlocks(const Window& window, Output& out) {
    const std::int64_t first = slideAt(window.start), last = first + m_plan->size / m_plan->step;
    GroupState sum(*m_plan);
    m_blocks->addTo(sum, first, last);
    addWhole(sum, startOf(last), window.end);  // the slide that the window's end cuts, if there is one
    for (auto slice = m_tagged.upper_bound({window.start, kMaxTimestamp});
         slice != m_tagged.end() && slice->end <= window.end; ++slice) {
        const Instant whole = firstWindow(*slice).end;
        for (const auto& part : m_slices.at(*slice)) {
            if (part->from != whole && part->from <= window.end) addTo(sum, *part);
        }
    }
    return sum.keys.size() == 0 ? Status() : m_results.add(window, sum, out);
}

bool WindowOperator::any(std::int64_t first, std::int64_t last) const {
    const auto slice = m_slices.upper_bound({startOf(first), kMaxTimestamp});
    return slice != m_slices.end() && slice->first.end <= startOf(last);
}

void WindowOperator::addSlide(GroupState& sum, std::int64_t slide) {
    addWhole(sum, startOf(slide), startOf(slide + 1));
}

void WindowOperator::addWhole(GroupState& sum, Instant from, Instant to) {
    for (auto slice = m_slices.upper_bound({from, kMaxTimestamp});
         slice != m_slices.end() && slice->first.end <= to; ++slice) {
        const Instant whole = firstWindow(slice->first).end;
        for (const auto& part : slice->second) {
            if (part->from == whole) addTo(sum, *part);
        }
    }
}

}  // namespace rw
