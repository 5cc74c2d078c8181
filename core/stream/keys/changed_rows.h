// Which rows of a state have changed since the last checkpoint, so that the next one writes these alone; and
// which of them it has not written yet.
//
// At a barrier the rows that have changed are frozen: nothing is copied, so the barrier goes on at once. They
// are written piece by piece between batches (takeSome()). A row that is to change before its piece was
// written is copied first (mark()). So a checkpoint has every row as it was at the barrier, and no call takes
// long.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace rw {

/// Rows are numbers, as a KeyTable or a RowStore gives them. Takes two bits for each, and a number for each
/// that has changed. Single-threaded.
class ChangedRows {
 public:
    /// There are rows below `rows`. New ones have not changed.
    void resize(std::size_t rows);

    /// These rows are about to change, or have just come. Gives those of them that have to be copied before:
    /// they are frozen, and were not taken yet. Each once. Valid until the next call; hardly ever any.
    std::span<const std::uint32_t> mark(std::span<const std::uint32_t> rows) {
        m_first.clear();
        for (const std::uint32_t row : rows) {
            if (isSet(m_changed, row)) continue;
            markNew(row);
        }
        return m_first;
    }
    /// Whether it has changed since the last freeze.
    bool isMarked(std::uint32_t row) const { return isSet(m_changed, row); }

    /// At a barrier, when no frozen rows are left: those that have changed are frozen, and none has changed
    /// since.
    void freeze();
    /// The same with all rows that there are.
    void freezeAll();
    /// Whether frozen rows are left that were neither taken nor copied.
    bool anyFrozen() const { return m_left > 0; }
    /// Takes some of these, at most `most`: the caller writes them now.
    void takeSome(std::size_t most, std::vector<std::uint32_t>& rows);

    /// Whether one is frozen, and was neither taken nor copied.
    bool isFrozen(std::uint32_t row) const { return m_left > 0 && isSet(m_frozen, row); }
    /// Takes one that is: the caller writes it now.
    void take(std::uint32_t row) {
        clear(m_frozen, row);
        --m_left;
    }

    /// How many have changed since the last freeze.
    std::size_t changed() const { return m_order.size(); }
    std::size_t memoryBytes() const;

 private:
    using Bits = std::vector<std::uint64_t>;
    static bool isSet(const Bits& bits, std::uint32_t row) { return (bits[row / 64] >> (row % 64) & 1) != 0; }
    static void set(Bits& bits, std::uint32_t row) { bits[row / 64] |= std::uint64_t{1} << (row % 64); }
    static void clear(Bits& bits, std::uint32_t row) { bits[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
    void markNew(std::uint32_t row);

    std::size_t m_rows = 0;
    Bits m_changed{};                            ///< since the last freeze
    std::vector<std::uint32_t> m_order{};        ///< … each once, in the order in which they changed first
    Bits m_frozen{};                             ///< to be written still
    std::vector<std::uint32_t> m_frozenOrder{};  ///< … these, but for those that are not in m_frozen any more
    bool m_all = false;                          ///< … or all rows that there were
    std::size_t m_next = 0;                      ///< of the frozen ones: those before it were taken
    std::size_t m_left = 0;                      ///< bits of m_frozen
    std::vector<std::uint32_t> m_first{};        ///< of one call; kept for its memory
};

}  // namespace rw
