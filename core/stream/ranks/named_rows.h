// The rows of an updating stream that are kept to be ranked, found again when they are taken back.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/ranks/ranked_rows.h"

namespace rw {

/// Rows by their identity: the key of their stream and their partition, or all columns where there is no key.
/// Single-threaded.
class NamedRows {
 public:
    /// `rows` outlives this. `partition`: the columns by which the rows are parted. Nothing can be named when
    /// the rows of `input` stay.
    NamedRows(const RankedRows& rows, const StreamType& input, const std::vector<int>& partition);

    /// Sets the batch that the calls below are about, until the next take().
    void take(const Batch& batch);
    /// The row that row `row` takes back or replaces; kNoRow: there is none. It is of the same partition.
    RowSlot replacedBy(const Batch& batch, std::uint32_t row) const;
    /// Row `row` of the batch was put into the slot.
    void add(RowSlot slot, std::uint32_t row) { m_byName.add(slot, m_hashes[row]); }
    /// Before the row leaves the store.
    void remove(RowSlot slot) { m_byName.remove(slot); }
    std::size_t memoryBytes() const { return m_byName.memoryBytes(); }

 private:
    const RankedRows& m_rows;
    const bool m_multiset;
    const std::vector<int> m_names;  ///< columns
    RowsByKey m_byName;
    // Of the batch taken
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw
