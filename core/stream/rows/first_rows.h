// The first row of every key, when the watermark has reached it: final.
#pragma once
#include <memory>
#include <utility>
#include <vector>

#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/keys/stored_keys.h"
#include "core/stream/late_rows.h"
#include "core/stream/operator.h"
#include "core/stream/rows/held_state.h"

namespace rw {

/// Rows wait that may be the first of their key; keys are known for ever. A key whose first row has left
/// never changes again, so by change its state has each of those keys once, in the record that the state in
/// one piece has, too. Beyond a share of memory these keys go to files. A row of such a key waits as that of
/// a new one does, until it is due: many are looked up together then.
class FirstRows final : public Operator, public ChangingState {
 public:
    /// `read`: the columns that the node looks at. `late`: the rows of its port of late rows.
    FirstRows(const StreamType& input, std::vector<int> keys, ColumnSet read, const SchemaRef& late,
              const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_storing || m_held.due(m_watermark); }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    StateLookups stateLookups() const override { return m_lookups; }
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    Status writing() const override { return m_writing; }
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }

 private:
    void findKeys(const Batch& batch, std::span<const std::uint32_t> rows);
    void hold(const Batch& batch, std::span<const std::uint32_t> rows);
    Status release(std::size_t atMost, Output& out, std::size_t& released);
    Status findStored();
    void markEmitted();
    void writeEmitted(std::vector<std::uint32_t> groups, StateWriter& out) const;
    std::vector<std::uint32_t> emittedGroups() const;
    std::size_t tableBytes() const;
    // Keys that go to files.
    bool wantsToStore();
    Status store(CallBudget& budget);
    void dropStored();

    const HeldShape m_shape;
    const int m_eventTime;
    const std::size_t m_batchRows;
    KeyTable m_keys;
    /// By group: the least event time that waits, or that the first row has left, and whether files have it.
    std::vector<Instant> m_best{};
    HeldRows m_held;
    LateRows m_late;
    DisorderMeter m_disorder;
    Instant m_watermark = kMinTimestamp;
    bool m_passing = false;                    ///< it is to be passed on, behind its rows
    std::unique_ptr<ChangedRows> m_changes{};  ///< of m_keys, from the first freeze on: those emitted since
    Status m_writing{};                        ///< why a state could not be written
    // Keys in files.
    StateShare m_share;                       ///< of what may be in memory
    std::shared_ptr<SpillFolder> m_folder{};  ///< null, as m_stored: all keys are in memory
    std::unique_ptr<StoredKeys> m_stored{};
    StateLookups m_lookups{};
    std::vector<Text> m_notes{};
    std::size_t m_left = 0;                  ///< groups whose first row has left …
    std::size_t m_known = 0;                 ///< … and whose keys files have: they were asked for again
    bool m_storing = false;
    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_inTime, m_candidates, m_groups, m_emitted;
    std::vector<const Column*> m_columns;
    std::vector<std::uint64_t> m_hashes;
};

}  // namespace rw
