// Which rows of a RowStore have changed since a checkpoint, and those of them that it has not written yet.
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "core/stream/keys/changed_rows.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Of one store, whose rows go by their slots. As ChangingState has it: frozen rows are written some at a
/// time, and those that are to change or to be removed before are copied. It does not tell which rows were
/// removed: it is for stores that keep rows until a watermark has passed them, or until other rows displace
/// them, where who restores finds that out from the rows and the watermark. Single-threaded.
class RowsByChange {
 public:
    /// `rows` outlives this. Made when all rows there are will be frozen first.
    explicit RowsByChange(const RowStore& rows) : m_rows(rows), m_copies(rows.schema()) {}

    /// These have just been added.
    void added(std::span<const RowSlot> slots);
    /// These are about to change, or to be removed. Gives those that were copied, for callers that keep more
    /// about each row; a copy's number is that of the copies before it. Valid until the next call.
    std::span<const RowSlot> willChange(std::span<const RowSlot> slots);

    void freeze(bool whole);
    bool anyFrozen() const { return m_changed.anyFrozen() || m_next < m_copied.size(); }
    /// Frozen rows, as they were at the barrier.
    struct Taken {
        Batch rows{};
        std::vector<RowSlot> slots{};  ///< where each is kept, or was
        bool copied = false;           ///< these are copies, else the slots have them still
        std::size_t first = 0;         ///< number of the first copy
    };
    /// At most `most` of them, and about 4 MiB of texts; may be none, though there are more.
    Taken takeSome(std::size_t most);
    std::size_t memoryBytes() const;

 private:
    Taken takeCopies(std::size_t most);

    const RowStore& m_rows;
    ChangedRows m_changed{};
    RowStore m_copies;                ///< of frozen rows that have changed, or gone, since; by number
    std::vector<RowSlot> m_copied{};  ///< by number: the slot of the row
    std::size_t m_next = 0;           ///< copies before it were taken
};

}  // namespace rw
