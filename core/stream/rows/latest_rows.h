// The newest row of every key, as an updating stream: older ones are ignored, whenever they come.
#pragma once
#include <memory>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/operator.h"
#include "core/stream/rows/row_store.h"

namespace rw {

/// The newest by event time; of one event time the last in the order of the input (event-time rules, 9). One
/// change a batch and key: changes between rows of one batch are left out.
class LatestRows : public Operator, public ChangingState {
 public:
    LatestRows(const StreamType& input, std::vector<int> keys, const MakeContext& context);
    ~LatestRows() override;

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    /// All of it belongs to keys.
    void writeRest(StateWriter&) const override {}
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;

 private:
    /// The row of a key, and where it stood.
    struct Latest {
        RowSlot slot = kNoRow;
        Instant time = kMinTimestamp;
        WireNumber wire = 0;
        std::int64_t position = -1;  ///< -1: unknown
        RowSlot shown = kNoRow;      ///< while a batch is taken: the row sent before
        bool changed = false;        ///< while a batch is taken
        bool stays = false;          ///< while a batch is taken: `shown` is frozen, and not written yet
    };
    /// The rows of a record, checked.
    struct Restored {
        Batch rows{};
        std::vector<ColumnRef> keys{};
        ColumnRef wires{}, positions{};
    };
    struct Changes;

    void findKeys(const Batch& batch);
    bool isNewer(const Latest& latest, const Batch& batch, std::uint32_t row) const;
    void replace(Latest& latest, const Batch& batch, std::uint32_t row);
    void emitChanges(Output& out);
    /// The row of the group is about to be replaced.
    void willChange(std::uint32_t group);
    std::size_t rowsOfPiece() const;
    /// By key group. rowOf(item): the group and the Latest of an item. `isNew`: no earlier record has them.
    template <class RowOf>
    void write(std::vector<std::uint32_t> items, bool isNew, RowOf rowOf, StateWriter& out) const;
    void writeGroups(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const;
    void writeReplaced(std::size_t most, StateWriter& out);
    Result<Restored> read(const StateReader& record) const;
    Latest kept(const Restored& from, std::uint32_t row);
    Status restoreKeys(const StateReader& record, int keyGroup);
    Status restoreChanges(const StateReader& record, int keyGroup);

    const SchemaRef m_schema;
    const int m_eventTime;
    const std::vector<int> m_keyColumns;
    const std::size_t m_batchRows;
    KeyTable m_keys;
    RowStore m_rows;
    std::vector<Latest> m_latest{};        ///< by group
    std::unique_ptr<Changes> m_changes{};  ///< from the first freeze on
    // Of one batch; kept for their memory
    std::vector<std::uint32_t> m_groups{}, m_changed{};
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw
