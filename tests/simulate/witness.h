// Remembers the promises of a store of checkpoints: acknowledged ones are there after any crash.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "core/state/saved_checkpoints.h"
#include "core/stream/checkpoint_store.h"

namespace rw::simulated {

/// Of the checkpoints of one pipeline; outlives the stores that it watches.
class Witness {
 public:
    /// The same store, whose calls are seen. `from`: CheckpointStoreOptions::from.
    std::shared_ptr<CheckpointStore> watch(std::shared_ptr<CheckpointStore> store, Epoch from);

    /// The error in the checkpoint to resume from; empty: none.
    std::string judge(const std::optional<LoadedCheckpoint>& found) const;
    /// Whether a run has written just that at some time.
    bool knows(const LoadedCheckpoint& found) const;
    /// The newest was damaged: one before it counts, too.
    void damaged() { m_newest = 0; }

    int acknowledged() const { return m_acknowledged; }

 private:
    class Watched;
    using Name = std::pair<std::string, Epoch>;  ///< its lineage, and its number there
    void wrote(const std::string& lineage, const StateSnapshot& snapshot);
    void counts(const std::string& lineage, Epoch number);

    std::map<Name, std::set<std::uint64_t>> m_contents{};  ///< whether it has succeeded or not
    std::set<std::string> m_finishing{};                   ///< lineages that were to be finished
    std::string m_lineage{};
    Epoch m_newest = 0;  ///< acknowledged, of m_lineage; 0: any may be the newest
    bool m_finished = false;
    int m_acknowledged = 0;
};

}  // namespace rw::simulated
