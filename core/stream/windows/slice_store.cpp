#include "core/stream/windows/slice_store.h"

#include <algorithm>

#include "core/stream/window_events.h"

namespace rw {

namespace {
constexpr std::size_t kPartUnits = 4;  // of a call's budget, for forgetting a part
constexpr Millis kMostCounted = 64;  // slides of a window whose rows are worth adding up each time
}

SliceStore::Part& SliceStore::part(const Window& slice, Instant from) {
    const auto [place, added] = m_slices[slice].try_emplace(from, from, *m_plan);
    if (added && from != m_slicing.firstWindow(slice).end) m_tags.insert({from, slice});
    return place->second;
}

void SliceStore::unmeasured(const Window& slice, Part& part) {
    if (part.measured) m_unmeasured.emplace_back(part.from, slice);
    part.measured = false;
}

void SliceStore::changed(const Window& slice, Part& part) {
    unmeasured(slice, part);
    if (!m_byChange || part.changed) return;
    part.changed = true;
    m_changed.emplace_back(part.from, slice);
}

std::optional<Window> SliceStore::nextWindow(const Window& window) const {
    if (m_slicing.sliceIsWindow()) {
        const auto next = m_slices.upper_bound(window);
        return next == m_slices.end() ? std::nullopt : std::optional(next->first);
    }
    // Slices of a hop count up to the window that starts with them, those of a cumulate up to the last one
    // that starts with the window.
    const bool goesOn =
        m_plan->kind == WindowKind::Cumulate && window.end < saturatingAdd(window.start, m_plan->size);
    const bool over = m_plan->kind == WindowKind::Cumulate && !goesOn;
    auto next = m_slices.upper_bound({over ? window.end : window.start, kMaxTimestamp});
    while (next != m_slices.end() && m_slicing.lastWindow(next->first).end <= window.end) ++next;
    if (next == m_slices.end()) return std::nullopt;
    return m_slicing.windowAfter(next->first, window.end);
}

std::int64_t SliceStore::rowsIn(const Window& window) const {
    std::int64_t rows = 0;
    const auto add = [&](const Slice& slice) {
        for (const auto& [from, part] : slice) {
            if (from > window.end) break;
            if (part.counted < 0) return false;
            rows += part.counted;
        }
        return true;
    };
    if (m_slicing.sliceIsWindow()) {
        const auto found = m_slices.find(window);
        return found == m_slices.end() || add(found->second) ? rows : WindowEvent::kUnknown;
    }
    if (m_plan->size / m_plan->step > kMostCounted) return WindowEvent::kUnknown;
    for (auto slice = m_slices.upper_bound({window.start, kMaxTimestamp});
         slice != m_slices.end() && slice->first.end <= window.end; ++slice) {
        if (!add(slice->second)) return WindowEvent::kUnknown;
    }
    return rows;
}

bool SliceStore::drop(const Window& upTo, Instant watermark, CallBudget& budget) {
    while (!m_slices.empty()) {
        const auto slice = m_slices.begin();
        if (!isOver(slice->first, upTo, watermark)) break;
        if (budget.spent()) return false;
        for (const auto& [from, part] : slice->second) {
            m_tags.erase({from, slice->first});
            m_size.bytes -= part.size.bytes;
            m_size.keys -= part.size.keys;
            m_size.spilled -= part.size.spilled;
        }
        budget.spend(kPartUnits * slice->second.size());
        const bool frozen = std::any_of(slice->second.begin(), slice->second.end(),
                                        [](const auto& each) { return each.second.anyFrozen(); });
        m_spilled.erase(slice->first);
        auto gone = m_slices.extract(slice);
        if (frozen) m_dropped.insert(std::move(gone));
    }
    return true;
}

bool SliceStore::isOver(const Window& slice, const Window& upTo, Instant watermark) const {
    const Window last = m_slicing.lastWindow(slice);
    return last <= upTo && m_slicing.passed(last, watermark);
}

Operator::StateSize SliceStore::size() const {
    for (const auto& [from, slice] : m_unmeasured) {
        const auto at = m_slices.find(slice);
        if (at == m_slices.end()) continue;  // it was dropped since
        const auto found = at->second.find(from);
        if (found == at->second.end()) continue;
        const Part& part = found->second;
        std::size_t bytes =
            sizeof(Part) + part.state.memoryBytes() + (part.changes ? part.changes->memoryBytes() : 0);
        std::size_t keys = part.state.keys.size();  // one in several files counts several times
        std::size_t spilled = 0;
        if (part.spilled()) {
            for (const auto& state : part.others->sealed) {
                bytes += sizeof *state + state->memoryBytes();
                keys += state->keys.size();
            }
            for (const auto& run : part.others->runs) {
                bytes += run->memoryBytes();
                keys += run->items();
                spilled += run->bytes();
            }
        }
        m_size.spilled += spilled - part.size.spilled;
        m_size.bytes += bytes - part.size.bytes;
        m_size.keys += keys - part.size.keys;
        part.size = {bytes, keys, spilled};
        part.measured = true;
    }
    m_unmeasured.clear();
    Operator::StateSize all = m_size;
    if (m_byChange) all.bytes += m_ahead.size() + (m_changed.capacity() + m_frozen.capacity()) * sizeof(Tag);
    return all;
}

bool SliceStore::any(std::int64_t first, std::int64_t last) const {
    const auto slice = m_slices.upper_bound({startOf(first), kMaxTimestamp});
    return slice != m_slices.end() && slice->first.end <= startOf(last);
}

/// A row counts in the whole part of its slice only while no window of the slice has passed for it, so none
/// has fired: the parts of a block do not change. (Rows that take others back are made rows, which are always
/// clean.) Rows that count from a later window on are in parts of their own, which are few and are
/// added one by one.
void SliceStore::addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const {
    for (auto slice = m_slices.upper_bound({startOf(slide), kMaxTimestamp});
         slice != m_slices.end() && slice->first.end <= startOf(slide + 1); ++slice) {
        const auto whole = slice->second.find(m_slicing.firstWindow(slice->first).end);
        if (whole != slice->second.end()) pieces.push_back(&whole->second.state);
    }
}

}  // namespace rw
