#include "core/stream/windows/window_sum.h"

#include <algorithm>

namespace rw {

namespace {
constexpr std::size_t kPieceUnits = 2;  // of a call's budget, for finding a piece
}

WindowSum::WindowSum(WindowPlanRef plan, const WindowSlicing& slicing, const SliceStore& store)
    : m_plan(std::move(plan)), m_slicing(slicing), m_store(store) {
    if (!m_plan->emitsUpdates() && m_plan->kind == WindowKind::Hop &&
        m_plan->size / m_plan->step >= SlideBlocks::kWorthwhile) {
        m_blocks.emplace(m_plan, store);
    }
}

void WindowSum::forget() {
    m_sum.reset();
    m_portions.reset();
    if (m_blocks) m_blocks.emplace(m_plan, m_store);
}

bool WindowSum::find(const Window& window) {
    if (m_slicing.sliceIsWindow()) {
        const auto slice = m_store.slices().find(window);
        if (slice != m_store.slices().end() && !slice->second.begin()->second.spilled()) {
            m_groups = &slice->second.begin()->second.state;
            return true;
        }
    }
    if (!follows(window) || window.start > m_sum->lastStart || window.end >= m_sum->nextEnd) return false;
    m_groups = &m_sum->state;
    return true;
}

void WindowSum::begin(const Window& window) {
    m_busy = true;
    m_portions.reset();
    if (m_store.anySpilled(window)) {
        m_sum.reset();
        m_portions = std::make_unique<KeyGroupMerge>(*m_plan, m_store.portion());
        m_store.addTo(*m_portions, window);
        m_groups = &m_portions->groups();
        return;
    }
    const bool goesOn =
        follows(window) && m_plan->kind == WindowKind::Cumulate && m_sum->window.start == window.start;
    const Instant summed = goesOn ? m_sum->window.end : window.start;
    if (!goesOn) m_sum.emplace(*m_plan);
    m_groups = &m_sum->state;
    m_sum->window = window;
    findPieces(window, summed);
}

void WindowSum::next() {
    m_portions->next();
    m_busy = true;
}

/// The pieces that `window` has beyond those of the sum up to `summed`, and how long it stays the same.
void WindowSum::findPieces(const Window& window, Instant summed) {
    const auto& slices = m_store.slices();
    const auto& tags = m_store.tags();
    const auto nextSlice = slices.upper_bound({window.end, kMaxTimestamp});
    const auto nextTag = tags.upper_bound({window.end, {kMaxTimestamp, kMaxTimestamp}});
    m_sum->nextEnd = std::min(nextSlice == slices.end() ? kMaxTimestamp : nextSlice->first.end,
                              nextTag == tags.end() ? kMaxTimestamp : nextTag->first);
    m_inSlice = false;
    if (m_slicing.sliceIsWindow()) {
        m_nextSlice = slices.lower_bound(window);
        m_onlyWhole = m_withTags = false;
        return;
    }
    const auto first = slices.upper_bound({window.start, kMaxTimestamp});
    const bool cumulate = m_plan->kind == WindowKind::Cumulate;
    m_sum->lastStart = cumulate || first == slices.end() ? window.start : first->first.start;
    m_nextSlice = slices.upper_bound({summed, kMaxTimestamp});
    m_onlyWhole = m_blocks.has_value();
    m_withTags = m_blocks || summed > window.start;
    if (m_blocks) {
        const std::int64_t slide = m_store.slideAt(window.start), last = slide + m_plan->size / m_plan->step;
        m_blocks->begin(m_sum->state, slide, last);
        // The slide that the window's end cuts, if there is one.
        m_nextSlice = slices.upper_bound({m_store.startOf(last), kMaxTimestamp});
        m_nextTag = tags.begin();
        m_tagsUpTo = window.end;
    } else if (m_withTags) {
        m_nextTag = tags.upper_bound({summed, {kMaxTimestamp, kMaxTimestamp}});
        m_tagsUpTo = summed;
    }
}

Status WindowSum::run(CallBudget& budget) {
    while (m_busy && !budget.spent()) {
        if (m_portions) {
            RW_TRY(m_portions->run(budget));
            m_busy = m_portions->busy();
        } else if (m_blocks && m_blocks->busy()) {
            m_blocks->run(budget);
        } else if (m_merge.busy()) {
            m_merge.run(budget);
        } else {
            budget.spend(kPieceUnits);
            m_busy = nextPiece();
        }
    }
    return {};
}

/// Takes a step towards the next piece, and begins to add it when it is there; false: there are no more.
bool WindowSum::nextPiece() {
    const Window& window = m_sum->window;
    if (m_inSlice) {
        const auto slice = std::prev(m_nextSlice);
        m_inSlice = m_nextPart != slice->second.end() &&
                    m_nextPart->first <= (m_onlyWhole ? m_slicing.firstWindow(slice->first).end : window.end);
        if (m_inSlice) m_merge.begin((m_nextPart++)->second.state, m_sum->state);
        return true;
    }
    if (m_nextSlice != m_store.slices().end() &&
        (m_slicing.sliceIsWindow() ? m_nextSlice->first == window : m_nextSlice->first.end <= window.end)) {
        m_nextPart = (m_nextSlice++)->second.begin();
        m_inSlice = true;
        return true;
    }
    if (!m_withTags || m_nextTag == m_store.tags().end() || m_nextTag->first > window.end) return false;
    const auto& [from, slice] = *m_nextTag++;
    if (slice.end <= m_tagsUpTo && slice.start >= window.start)
        m_merge.begin(m_store.slices().at(slice).at(from).state, m_sum->state);
    return true;
}

void WindowSum::rowsCame() {
    if (m_sum) m_sum->nextEnd = kMinTimestamp;
}

void WindowSum::rest(Instant watermark) {
    m_portions.reset();
    const bool goesOn = m_sum && m_plan->kind == WindowKind::Cumulate && !m_plan->emitsUpdates() &&
                        !m_slicing.passed({saturatingAdd(m_sum->window.start, m_plan->size), 0}, watermark);
    if (!goesOn) m_sum.reset();
}

bool WindowSum::dropUpTo(const Window& fired, CallBudget& budget) {
    m_portions.reset();  // its pieces may be dropped now
    if (!m_blocks || fired.end == kMinTimestamp) return true;
    return m_blocks->dropBefore(m_store.slideAt(fired.start) + 1, budget);
}

std::size_t WindowSum::memoryBytes() const {
    return (m_sum ? m_sum->state.memoryBytes() : 0) + (m_blocks ? m_blocks->memoryBytes() : 0) +
           (m_portions ? m_portions->memoryBytes() : 0);
}

}  // namespace rw
