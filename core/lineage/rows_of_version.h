// Rows by one way into a node, as they were when the node gave a row for the last time.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/lineage/collector.h"

namespace rw {

/// A node may give a row, and take it back, as often as rows come to it: those that were collected up to then
/// are not copied each time. What comes next is only noted, and joins them the next time; they are copied
/// where that becomes as much as they are. Single-threaded.
class RowsOfVersion {
 public:
    /// `none` has no rows yet.
    explicit RowsOfVersion(RowCollector none) : m_then(std::move(none)) {}

    void came(const Batch& batch);
    void gave();
    /// Once, when no more comes. Where the row was never given: all that came.
    GatheredRows finish() { return m_then->finish(); }

    static constexpr std::size_t kMostNoted = 1'000;  ///< rows, about as many as a collector keeps

 private:
    void addNoted(RowCollector& rows);

    bool m_given = false;
    std::optional<RowCollector> m_then;  ///< always there
    std::vector<Batch> m_noted{};
    std::size_t m_rowsNoted = 0;
    std::optional<RowCollector> m_now{};  ///< with all that has come since; nothing is noted then
};

}  // namespace rw
