// Writes the state of an operator by change: part by part, behind the barrier that fixed it.
#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "core/runtime/checkpoints/snapshot_coordinator.h"
#include "core/stream/changing_state.h"

namespace rw {

/// Of one instance of a node, and of its thread.
class ChangesWriter {
 public:
    ChangesWriter(SnapshotCoordinator& barriers, ChangingState& state, const StateSnapshot::OperatorId& id,
                  int instance)
        : m_barriers(barriers), m_state(state), m_id(id), m_instance(instance) {}

    /// At a barrier: whether a state of so many bytes is written by change.
    bool applies(std::size_t bytes) const;
    /// At a barrier where it applies.
    void freeze();
    /// Writes some of what was frozen, where there is room for it, and behind the last part the rest. True:
    /// nothing is left.
    Result<bool> writeSome();

 private:
    SnapshotCoordinator& m_barriers;
    ChangingState& m_state;
    const StateSnapshot::OperatorId& m_id;
    const int m_instance;
    bool m_frozen = false;         ///< and not all of it is written
    std::uint64_t m_frozenAt = 0;  ///< the barrier; 0: it never was
    std::uint64_t m_wholeBytes = 0,
                  m_changedBytes = 0;  ///< of the parts of the state, as it is written so far
    std::uint64_t m_changedParts = 0;
    StateSnapshot::Changes m_changes{};
    std::map<std::string, std::uint64_t> m_runs{};  ///< ChangingState::runsNamed() of what is frozen
    std::string m_rest{};
    StateWriter m_part{};
};

}  // namespace rw
