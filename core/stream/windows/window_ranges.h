// A set of windows kept as ranges, for a single row may lie in millions of them.
#pragma once
#include <map>
#include <optional>

#include "core/stream/window_assigner.h"

namespace rw {

class WindowRanges {
 public:
    /// `assigner` says which windows follow each other, and outlives this.
    explicit WindowRanges(const WindowAssigner& assigner) : m_assigner(assigner) {}

    /// Adds the windows from `first` to `last`.
    void add(const Window& first, const Window& last) {
        const auto [range, added] = m_ranges.try_emplace(first, last);
        if (!added && range->second < last) range->second = last;
    }
    bool empty() const { return m_ranges.empty(); }
    /// The window that completes first, taken out; nothing when there is none.
    std::optional<Window> takeFirst() {
        if (m_ranges.empty()) return std::nullopt;
        const auto [first, last] = *m_ranges.begin();
        m_ranges.erase(m_ranges.begin());
        // Ranges that overlap become one here, when they begin at the same window.
        if (first < last) add(m_assigner.windowAfter(first, first.end), last);
        return first;
    }

 private:
    const WindowAssigner& m_assigner;
    std::map<Window, Window> m_ranges;  ///< first to last
};

}  // namespace rw
