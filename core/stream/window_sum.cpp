// A window put together from its pieces: the parts of its slices, or blocks of many slides.
//
// Windows one after the other often have the same pieces, when a window moves on by less than rows are apart:
// then the sum stays. Those of a cumulate go on from the sum of the one before.
#include <algorithm>

#include "core/stream/window_operator.h"

namespace rw {

namespace {
constexpr std::size_t kPieceUnits = 2;  // of a call's budget, for finding a piece
}

Status WindowOperator::beginSum(const Window& window, Output& out) {
    if (m_sliceIsWindow) {
        const auto slice = m_slices.find(window);
        if (slice != m_slices.end()) {
            m_groups = &slice->second.begin()->second.state;  // of its only part
            return {};
        }
    }
    const bool follows = m_sum && m_sum->window <= window;
    if (follows && window.start <= m_sum->lastStart && window.end < m_sum->nextEnd) {
        m_groups = &m_sum->state;
        return {};
    }
    RW_TRY(emitSame(out));
    const bool goesOn =
        follows && m_plan->kind == WindowKind::Cumulate && m_sum->window.start == window.start;
    const Instant summed = goesOn ? m_sum->window.end : window.start;
    if (!goesOn) m_sum.emplace(*m_plan);
    m_groups = &m_sum->state;
    m_sum->window = window;
    findPieces(window, summed);
    m_summing = true;
    return {};
}

/// The pieces that `window` has beyond those of the sum up to `summed`, and how long it stays the same.
void WindowOperator::findPieces(const Window& window, Instant summed) {
    const Window anyOf{window.end, kMaxTimestamp};
    const auto nextSlice = m_slices.upper_bound(anyOf);
    const auto nextTag = m_tags.upper_bound({window.end, {kMaxTimestamp, kMaxTimestamp}});
    m_sum->nextEnd = std::min(nextSlice == m_slices.end() ? kMaxTimestamp : nextSlice->first.end,
                              nextTag == m_tags.end() ? kMaxTimestamp : nextTag->first);
    m_inSlice = false;
    if (m_sliceIsWindow) {
        m_nextSlice = m_slices.lower_bound(window);
        m_onlyWhole = m_withTags = false;
        return;
    }
    const auto first = m_slices.upper_bound({window.start, kMaxTimestamp});
    const bool cumulate = m_plan->kind == WindowKind::Cumulate;
    m_sum->lastStart = cumulate || first == m_slices.end() ? window.start : first->first.start;
    m_nextSlice = m_slices.upper_bound({summed, kMaxTimestamp});
    m_onlyWhole = m_blocks.has_value();
    m_withTags = m_blocks || summed > window.start;
    if (m_blocks) {
        const std::int64_t slide = slideAt(window.start), last = slide + m_plan->size / m_plan->step;
        m_blocks->begin(m_sum->state, slide, last);
        // The slide that the window's end cuts, if there is one.
        m_nextSlice = m_slices.upper_bound({startOf(last), kMaxTimestamp});
        m_nextTag = m_tags.begin();
        m_tagsUpTo = window.end;
    } else if (m_withTags) {
        m_nextTag = m_tags.upper_bound({summed, {kMaxTimestamp, kMaxTimestamp}});
        m_tagsUpTo = summed;
    }
}

void WindowOperator::sum(CallBudget& budget) {
    while (m_summing && !budget.spent()) {
        if (m_blocks && m_blocks->busy()) {
            m_blocks->run(budget);
        } else if (m_merge.busy()) {
            m_merge.run(budget);
        } else {
            budget.spend(kPieceUnits);
            m_summing = nextPiece();
        }
    }
}

/// Takes a step towards the next piece, and begins to add it when it is there; false: there are no more.
bool WindowOperator::nextPiece() {
    const Window& window = m_sum->window;
    if (m_inSlice) {
        const auto slice = std::prev(m_nextSlice);
        m_inSlice = m_nextPart != slice->second.end() &&
                    m_nextPart->first <= (m_onlyWhole ? firstWindow(slice->first).end : window.end);
        if (m_inSlice) m_merge.begin((m_nextPart++)->second.state, m_sum->state);
        return true;
    }
    if (m_nextSlice != m_slices.end() &&
        (m_sliceIsWindow ? m_nextSlice->first == window : m_nextSlice->first.end <= window.end)) {
        m_nextPart = (m_nextSlice++)->second.begin();
        m_inSlice = true;
        return true;
    }
    if (!m_withTags || m_nextTag == m_tags.end() || m_nextTag->first > window.end) return false;
    const auto& [from, slice] = *m_nextTag++;
    if (slice.end <= m_tagsUpTo && slice.start >= window.start)
        m_merge.begin(m_slices.at(slice).at(from).state, m_sum->state);
    return true;
}

}  // namespace rw
