#include "core/stream/windows/slice_store.h"

#include <algorithm>
#include <utility>

#include "core/stream/window_events.h"

namespace rw {

namespace {
// Of a call's budget, for forgetting a part, and a file of it.
constexpr std::size_t kPartUnits = 4, kFileUnits = 64;
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
        bool frozen = false;
        for (const auto& [from, part] : slice->second) {
            const Tag tag(from, slice->first);
            m_tags.erase(tag);
            m_large.erase({inMemory(part), tag});
            m_size.bytes -= part.size.bytes;
            m_size.keys -= part.size.keys;
            m_size.spilled -= part.size.spilled;
            if (part.others) {
                m_index -= part.others->index;
                budget.spend(kFileUnits * part.others->pieces.size());
                dropCompactions(tag, 0);
            }
            frozen = frozen || part.anyFrozen();
        }
        budget.spend(kPartUnits * slice->second.size());
        m_spilled.erase(slice->first);
        for (const auto& [from, part] : slice->second) m_droppedBytes += frozen ? part.size.bytes : 0;
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
        measure({from, slice}, found->second);
    }
    m_unmeasured.clear();
    Operator::StateSize all = m_size;
    if (!m_byChange) return all;
    all.bytes += m_ahead.size() + (m_changed.capacity() + m_frozen.capacity()) * sizeof(Tag) + m_droppedBytes;
    if (m_merging) all.bytes += m_merging->memoryBytes();
    return all;
}

void SliceStore::measure(const Tag& tag, const Part& part) const {
    const std::uint64_t before = inMemory(part);
    std::size_t index = 0;
    Operator::StateSize now{
        sizeof(Part) + part.state.memoryBytes() + (part.changes ? part.changes->memoryBytes() : 0),
        part.state.keys.size()};  // a key in several pieces counts several times
    if (part.others) {
        for (const Part::Piece& piece : part.others->pieces) {
            if (piece.state) {
                now.bytes += sizeof *piece.state + piece.state->memoryBytes();
                now.keys += piece.state->keys.size();
                continue;
            }
            index += piece.run->memoryBytes();
            now.keys += piece.run->items();
            now.spilled += piece.run->bytes();
        }
        now.bytes += index;
        m_index += index - std::exchange(part.others->index, index);
    }
    m_size.spilled += now.spilled - part.size.spilled;
    m_size.bytes += now.bytes - part.size.bytes;
    m_size.keys += now.keys - part.size.keys;
    part.size = now;
    part.measured = true;
    if (!m_share.isBounded()) return;
    m_large.erase({before, tag});
    if (inMemory(part) >= leastToSpill()) m_large.insert({inMemory(part), tag});
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
