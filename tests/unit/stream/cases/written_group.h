// Several parallel instances of a keyed node whose checkpoints are written by change, piece by piece.
#pragma once
#include <string>
#include <vector>

#include "core/stream/changing_state.h"
#include "tests/unit/stream/cases/operator_group.h"

namespace rw::test {

/// Takes checkpoints as the runtime does, and compares what others restore from them with what they restore
/// from the states in one piece of the same barrier.
class WrittenGroup {
 public:
    /// `records`: the names of those whose batches “rows” are counted. `kind` outlives it; its operators are
    /// ChangingStates.
    WrittenGroup(const NodeKind& kind, BoundNodeRef bound, const MakeContext& context, int instances,
                 std::vector<std::string> records);

    OperatorGroup& group() { return m_group; }
    const OperatorGroup& group() const { return m_group; }
    /// Without any row so far.
    OperatorGroup another() const { return {m_kind, *m_bound, m_context, 1}; }

    /// When all pieces are written.
    void barrier(bool whole);
    /// A piece of each instance that has one. False: that was all.
    bool writePiece();
    void writeAll();
    /// Writes what is left, and the checkpoint is there.
    void keep();
    // Of the last one; the rows, with each time that they were written:
    int pieces() const { return m_pieces; }
    std::size_t bytes() const;
    std::size_t written() const;
    /// Rows of the largest piece of all.
    std::size_t mostOfPiece() const { return m_mostOfPiece; }

    /// Those of the last checkpoint that was kept.
    std::vector<std::string> states() const;
    /// What is wrong with them, restored by as many instances and by others; empty: nothing.
    std::string problem() const;
    /// Whether an instance takes over a state.
    bool takes(const std::string& state) const;

 private:
    struct Instance {
        std::string rest{}, part{}, parts{};  ///< of the last checkpoint; of those that were kept
        bool frozen = false;
    };

    ChangingState& changing(int instance) { return dynamic_cast<ChangingState&>(m_group.instance(instance)); }
    std::size_t rowsIn(const std::string& state) const;

    const NodeKind& m_kind;
    const BoundNodeRef m_bound;
    const MakeContext m_context;
    const std::vector<std::string> m_records;
    OperatorGroup m_group;
    std::vector<Instance> m_instances;
    std::vector<std::string> m_atBarrier{};  ///< as the instances wrote them then
    bool m_whole = true;
    int m_pieces = 0;
    std::size_t m_mostOfPiece = 0;
};

}  // namespace rw::test
