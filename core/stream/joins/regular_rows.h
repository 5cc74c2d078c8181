// The rows of one input of a regular join, each of which may meet rows of the other.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/stream/rows/changing_slots.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// Finds them by the columns of the join and, where rows are taken back, by those that tell which one it is;
/// counts their partners where a row without one goes on alone. Single-threaded.
class RegularRows final : private RowsBySlot {
 public:
    struct Shape {
        HeldShape rows{};          ///< its keys are those of the join
        std::vector<int> names{};  ///< columns that tell which row is taken back; none: no row ever is
        bool keyed = false;        ///< at most one row has some values in `names`
        bool outer = false;        ///< partners are counted
    };

    explicit RegularRows(Shape shape);
    RegularRows(const RegularRows&) = delete;
    RegularRows& operator=(const RegularRows&) = delete;

    /// Keeps a row without partners; `hash` is that of its keys, `name` that of its `names`.
    RowSlot add(const Batch& batch, std::uint32_t row, std::uint64_t hash, std::uint64_t name);
    /// The same for a row without a match: find() never gives it. Until the end of the operator's call.
    RowSlot addAlone(const Batch& batch, std::uint32_t row);
    /// One of the rows that equal row `row` in the columns `names`; kNoRow: there is none. In a key −0.0 and 0.0
    /// are equal; where there is no key rows are compared to the last bit.
    RowSlot find(std::span<const Column* const> names, std::uint32_t row, std::uint64_t name) const;
    /// find() gives the row no more; it is there until release().
    void hide(RowSlot slot);
    void release(RowSlot slot) { m_rows.remove(slot); }

    const RowStore& store() const { return m_rows; }
    const RowsByKey& byKey() const { return m_byKey; }
    std::span<const int> keys() const { return m_shape.rows.keys; }
    std::span<const int> names() const { return m_shape.names; }
    bool keyed() const { return m_shape.keyed; }
    bool outer() const { return m_shape.outer; }
    // How many rows the row has met, where they are counted.
    std::uint32_t partners(RowSlot slot) const { return m_partners[slot]; }
    /// It has met one more, or one of them is gone; gives how many are there then.
    std::uint32_t addPartner(RowSlot slot) {
        willChange(slot);
        return ++m_partners[slot];
    }
    std::uint32_t removePartner(RowSlot slot) {
        willChange(slot);
        return --m_partners[slot];
    }

    /// Writes keyed records called `name`, in an order that does not tell how the rows came. None is hidden.
    void write(std::string_view name, StateWriter& out) const;
    // As ChangingState has them; with records called as in write(), and of what has changed.
    void freeze(bool whole);
    bool anyFrozen() const { return m_changes && m_changes->anyFrozen(); }
    void writePiece(std::string_view name, StateWriter& out) { m_changes->writePiece(name, out); }
    /// Takes over the rows of `own` that either of these wrote.
    Status read(std::string_view name, const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    bool same(RowSlot slot, std::span<const Column* const> names, std::uint32_t row) const;
    static HeldShape writtenShape(const Shape& shape);
    void willChange(RowSlot slot) {
        if (m_changes) m_changes->willChange(slot);
    }
    std::uint64_t hashOf(RowSlot slot) const override { return m_byKey.hash(slot); }
    std::int64_t numberOf(RowSlot slot) const override {
        return m_shape.outer ? std::int64_t{m_partners[slot]} : 0;
    }
    void writeRows(Batch rows, std::span<const std::int64_t> numbers, StateWriter& record) const override;
    /// Rows as they are written, with their partners.
    Batch written(Batch rows, std::span<const std::int64_t> partners) const;

    const Shape m_shape;
    const HeldShape m_written;  ///< with a column for the partners, where they are counted
    RowStore m_rows;
    RowsByKey m_byKey, m_byName;
    std::vector<std::uint32_t> m_partners{};     ///< by slot
    std::unique_ptr<ChangingSlots> m_changes{};  ///< from the first freeze on
};

}  // namespace rw
