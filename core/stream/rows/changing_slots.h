// Which rows of a RowStore have come, changed and gone since a checkpoint, for a state that is written by
// change (core/stream/changing_state.h); and which of them it has not written yet.
//
// Rows have no key that names each, and rows that are equal may differ in the number beside them. So a row
// goes by its slot at the instance that writes it: a record says which row is in a slot, and a later one
// replaces what earlier ones say of that slot. A row that is gone is told of by its slot, too, in a record of
// the key group of that row and before what came: the next row in the slot may be of another key group, and
// so be restored by another instance, which does not see the record of the first. The slots of two instances
// clash: they mean something among the records of one instance alone, from those of all of its state on. Who
// restores the rows gives them slots of its own, and its first checkpoint has all of its state.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/data/state_writer.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// What ChangingSlots asks of those who keep rows in a store.
class RowsBySlot {
 public:
    virtual ~RowsBySlot() = default;
    /// The hash of the row's key, which never changes.
    virtual std::uint64_t hashOf(RowSlot slot) const = 0;
    /// The number that is kept beside the row; 0 where there is none.
    virtual std::int64_t numberOf(RowSlot slot) const = 0;
    /// Writes rows of one key group, with these numbers beside them, as a record in one piece has them: with
    /// a batch “rows”, and no field “slots”.
    virtual void writeRows(Batch rows, std::span<const std::int64_t> numbers, StateWriter& record) const = 0;
};

/// Made at the first freeze, which is of all rows. Takes a few bits for each slot, some bytes for each row
/// that came, changed or went since the last one, and a copy of each row that was frozen and has changed
/// before it was written. Single-threaded.
class ChangingSlots {
 public:
    /// Both outlive this. `version`: of the records, as in one piece.
    ChangingSlots(const RowStore& rows, const RowsBySlot& of, std::uint32_t version);

    // Each change of the store is told; but for a row that is put in and taken out between two calls of
    // writePiece() or freeze().
    /// A row has been put in the slot.
    void came(RowSlot slot);
    /// The row in the slot, or the number beside it, is about to change.
    void willChange(RowSlot slot);
    /// The row is about to be taken out. It may stay in the store for a while, but not until a freeze.
    void willLeave(RowSlot slot);

    // As ChangingState has them.
    void freeze(bool whole);
    bool anyFrozen() const { return !m_gone.slots.empty() || m_slots.anyFrozen() || m_copied; }
    /// Writes some of what is frozen, for standingRows(): as keyed records called `name` where all is, else
    /// changedName(name).
    void writePiece(std::string_view name, StateWriter& out);
    std::size_t memoryBytes() const;

 private:
    struct Gone {
        std::vector<RowSlot> slots{};
        std::vector<std::uint64_t> hashes{};  ///< of the keys of the rows that were there
    };
    /// Rows of a store with their slots in the records, hashes and numbers.
    struct Some {
        std::vector<RowSlot> rows{}, slots{};
        std::vector<std::uint64_t> hashes{};
        std::vector<std::int64_t> numbers{};
        void add(RowSlot row, RowSlot slot, std::uint64_t hash, std::int64_t number);
    };
    struct Copied {
        explicit Copied(SchemaRef schema) : rows(std::move(schema)) {}
        RowStore rows;
        Some all{};
        std::size_t next = 0;  ///< those before it are written
    };

    void makeRoom();
    void copy(RowSlot slot);
    void writeGone(std::string_view name, StateWriter& out);
    void writeFrozen(std::string_view name, StateWriter& out);
    void writeCopied(std::string_view name, StateWriter& out);
    void write(std::string_view name, const RowStore& rows, const Some& some, StateWriter& out) const;

    const RowStore& m_rows;
    const RowsBySlot& m_of;
    const std::uint32_t m_version;
    ChangedRows m_slots{};
    bool m_whole = true;  ///< all rows are frozen, not those alone that have changed
    /// Of slots that have changed since the last freeze: the row of then is not there any more, if there was
    /// one.
    std::vector<bool> m_isNew{};
    Gone m_goneSince{};                  ///< the last freeze; of rows that were there then
    Gone m_gone{};                       ///< frozen, to be written
    std::unique_ptr<Copied> m_copied{};  ///< frozen rows as they were, which have changed since; null: none
    std::vector<RowSlot> m_some{};       ///< of one call; kept for its memory
};

}  // namespace rw
