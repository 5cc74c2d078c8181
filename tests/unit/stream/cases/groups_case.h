// A grouping, and rows for it, at random: for the tests of groups in files.
#pragma once
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "core/base/output_files.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"
#include "tests/support/batch_of.h"
#include "tests/unit/stream/cases/checkpointed_group.h"

namespace rw::test {

const NodeKind& groupingNode();

/// Rows of one way, of two ways with event time, or changes; some aggregates of all kinds.
class GroupsCase {
 public:
    /// When keys end by themselves; then there are no two ways, and rows may be judged by the time at which
    /// they were read.
    enum class Ends { Never, ByTheirStamps, ByTheWatermark };
    explicit GroupsCase(std::uint64_t seed, Ends ends = Ends::Never);

    const BoundNode& bound() const { return *m_bound; }
    /// Batches, and the watermarks between them; the last one is the end.
    const std::vector<CheckpointedGroup::Event>& events() const { return m_events; }
    /// `memory`: bytes of state beyond which it is in files; 0: in none.
    MakeContext context(std::uint64_t memory, std::shared_ptr<OutputFiles> disk = nullptr) const;
    std::mt19937_64& random() { return m_random; }
    std::uint64_t pick(std::uint64_t below) { return m_random() % below; }
    /// What was asked, for messages.
    const std::string& named() const { return m_named; }

 private:
    std::vector<Value> row();
    void bind();
    void addBatch();
    void addTimes(Batch& batch);
    void addChanges(Rows& rows, std::vector<RowKind>& kinds);

    std::mt19937_64 m_random;
    const Ends m_ends;
    const bool m_changing;
    const int m_wires;
    const Millis m_ttl;
    const std::uint64_t m_keys;
    StreamType m_input{};
    BoundNodeRef m_bound{};
    std::string m_named;
    std::vector<CheckpointedGroup::Event> m_events{};
    Rows m_standing{};
    std::int64_t m_rows = 0, m_positions[2] = {0, 0};
    Instant m_stamp = kMinTimestamp;  ///< of the next row, where keys end
};

}  // namespace rw::test
