// The rows of one input of an interval join that may still meet rows of the other.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/stream/rows/due_slots.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/rows/rows_by_key_and_time.h"

namespace rw {

/// Finds them by key, and lets them go when the other input has passed them. Single-threaded.
class IntervalRows {
 public:
    struct Shape {
        HeldShape rows{};    ///< its keys are those of the join
        int eventTime = -1;  ///< column
        Millis wait = 0;     ///< a row is kept until the other watermark reaches its event time + this
        Millis length = 0;   ///< of the spans of time in which others look for these rows
        bool outer = false;  ///< rows that met none are asked for when they go
    };

    explicit IntervalRows(Shape shape);
    ~IntervalRows();
    IntervalRows(const IntervalRows&) = delete;
    IntervalRows& operator=(const IntervalRows&) = delete;

    /// Keeps those of `rows` that are needed; `keyed` are those of them whose key has no NULL, `hashes` those
    /// of the keys, one a row of the batch.
    void add(const Batch& batch, std::span<const std::uint32_t> rows, std::span<const std::uint32_t> keyed,
             std::span<const std::uint64_t> hashes);
    const RowStore& store() const { return m_rows; }
    const RowsByKeyAndTime& byKey() const { return m_byKey; }
    std::span<const int> keys() const { return m_shape.rows.keys; }
    int eventTime() const { return m_shape.eventTime; }
    bool outer() const { return m_shape.outer; }
    // With outer() only:
    /// The rows in these slots have met some.
    void met(std::span<const RowSlot> slots);
    /// So has this row of the batch that came last. It has changed since a checkpoint anyhow: none comes
    /// between a batch and what it meets.
    void addedMet(std::uint32_t row) { m_met[m_slots[row]] = 1; }

    /// The other watermark rose.
    void pass(Instant watermark) { m_due.pass(watermark); }
    /// Whether rows are kept no longer.
    bool due() const { return m_due.any(); }
    /// At most `atMost` of them, the earlier ones about first. Their rows are there until they are given to
    /// drop(), which must come next.
    std::span<const RowSlot> takeDue(std::size_t atMost) { return m_due.take(atMost); }
    bool isAlone(RowSlot slot) const { return m_met[slot] == 0; }
    void drop(std::span<const RowSlot> slots);

    /// Writes keyed records called `name`, in an order that does not tell how the rows came.
    void write(std::string_view name, StateWriter& out) const;
    // As ChangingState has them, when rows are not due(); the first freeze is of the whole. All with one
    // `name`.
    void writeRest(std::string_view name, StateWriter& out) const;
    void freeze(bool whole);
    bool anyFrozen() const;
    /// Writes some of what is frozen.
    void writePiece(std::string_view name, StateWriter& out);
    /// Takes over the rows of `own` that either of these wrote.
    Status read(std::string_view name, const StateReader& state, const KeyGroups& own);
    std::size_t memoryBytes() const;

 private:
    struct Changes;
    struct Restored;

    Instant dueOf(Instant time) const { return saturatingAdd(time, m_shape.wait); }
    /// A byte for each.
    std::string whichMet(std::span<const RowSlot> slots) const;
    /// Where m_changes is not null.
    void willChange(std::span<const RowSlot> slots);
    /// In this order; `slots`: where each of the rows is kept, `met`: whether it has met one.
    void write(std::string_view name, const Batch& rows, std::span<const RowSlot> slots,
               const std::string& met, std::vector<std::uint32_t> order, StateWriter& out) const;
    /// `changes`: null: the record is one of write().
    Status readRows(const StateReader& record, int keyGroup, Restored* changes);
    /// Takes rows out of `rows` that are over, or were written once more.
    Status leaveOld(const StateReader& record, const Batch& batch, Restored& restored,
                    std::vector<std::uint32_t>& rows) const;

    const Shape m_shape;
    RowStore m_rows;
    RowsByKeyAndTime m_byKey;
    DueSlots m_due{};                   ///< all rows
    std::vector<std::uint8_t> m_met{};  ///< by slot; with outer only
    std::vector<RowSlot> m_slots{};     ///< by row of the batch that came last: where it is kept
    // Of one call; kept for their memory.
    std::vector<std::uint32_t> m_kept{};
    std::vector<RowSlot> m_added{};
    std::vector<RowsByKeyAndTime::Row> m_found{};
    std::vector<RowSlot> m_first{};        ///< rows that meet one for the first time
    std::unique_ptr<Changes> m_changes{};  ///< from the first freeze on
};

/// Those of `rows` whose key has no NULL, which equals nothing.
void rowsWithKey(const Batch& batch, std::span<const int> keys, std::span<const std::uint32_t> rows,
                 std::vector<std::uint32_t>& keyed);

}  // namespace rw
