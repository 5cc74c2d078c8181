// A source, a sink and a place for checkpoints in an outside world that fails when a test says so. Node types
// “counter” (column n BIGINT: 0, 1, 2 … one a millisecond) and “ledger”.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/checkpoint_store.h"

namespace rw::test {

/// There is one, for all runs of a test program. Any thread.
class World {
 public:
    static World& the();
    void clear();

    // Set by a test, before a run.
    /// Calls that fail, by their kind (“read”, “open source”, “write”, “prepare”, “commit”, “open sink”,
    /// “store”, “open store”, “read store”, “finish”) and number, from 1; “abort” and “close” are counted
    /// only.
    std::map<std::string, std::set<int>> fails;
    std::map<std::string, int> failsFrom;  ///< every call of the kind from that number on
    ErrorCode code = ErrorCode::Io;
    bool lasts = false;           ///< of the errors: Error::lasts
    bool outOfMemory = false;     ///< failing calls throw, as without memory
    bool isTransactional = true;  ///< the ledger takes rows once a checkpoint
    bool inPlace = false;         ///< else: it shows each row at once
    bool readOnce = false;        ///< the counter can't be read again
    bool taken = false;           ///< another run has put its checkpoints in the place of these

    /// The next call of a kind.
    Status ask(const std::string& what);
    int calls(const std::string& what) const;

    // The ledger.
    std::vector<std::int64_t> placed() const;
    void place(std::int64_t row);
    void prepare(Epoch epoch, std::vector<std::int64_t> rows);
    void commit(Epoch epoch);
    /// Gives up output that was prepared behind an epoch, and takes back output that was placed behind it.
    void goOnFrom(Epoch epoch);

    // The shelf of checkpoints.
    void keep(StateSnapshot snapshot);
    std::shared_ptr<const StateSnapshot> newest() const;  ///< null: there is none
    bool finished() const;
    void finish();

 private:
    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<std::string, int> m_calls;
    std::vector<std::int64_t> m_placed;
    std::map<Epoch, std::vector<std::int64_t>> m_prepared;
    std::map<Epoch, std::size_t> m_lengths;  ///< of the placed output, behind each epoch
    std::shared_ptr<const StateSnapshot> m_newest;
    bool m_finished = false;
};

/// A store on the shelf of the world.
std::shared_ptr<CheckpointStore> shelfStore();
/// All node types and these two, alive as long as any plan.
const Catalogue& failingKinds();

}  // namespace rw::test
