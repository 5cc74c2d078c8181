// What people ask of a node while its run goes on, such as that its model is reset: the way from
// core/runtime, where it is asked, to the operators, which do it.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>

#include "core/base/status.h"

namespace rw {

/// One for a node (NodeKind::takes), which its instances share, in all attempts of a run. In a run that takes
/// checkpoints a request is taken at a barrier, by all instances at the same one: the state in that
/// checkpoint is behind it. In one that takes none, it is taken between two batches. A request that comes
/// while another waits is one with it. Any thread.
class NodeRequests {
 public:
    /// An error where the node can't do it in this run (refuse()), or the run is over.
    Status ask();

    // The operators
    /// While nodes are made: why this attempt can't do it.
    void refuse(Status why);
    /// From BarrierListener::onBarrier(): whether there was a request, and it is taken at that barrier. Every
    /// instance asks for the barriers in their order, and none is behind another by more than one.
    bool takeAt(std::uint64_t checkpoint);
    /// Between two batches, in a run that takes no checkpoints: whether there was a request. Only the first
    /// caller is told. Cheap where there is none.
    bool takeNow();

    // The run
    /// Before the nodes of an attempt are made, which resumes from that checkpoint, or from the beginning
    /// (0): a request that was taken at a later one waits again.
    void beginFrom(std::uint64_t checkpoint);
    /// Before the first row of an attempt.
    void setAtBarriers(bool atBarriers);
    /// The run is over. Whether a request waits still.
    bool end();

 private:
    std::mutex m_mutex;                ///< guards the members below, which are written under it
    std::atomic<bool> m_waits{false};  ///< a request that was not taken
    bool m_atBarriers = false, m_over = false;
    Status m_refused{};
    std::uint64_t m_newest = 0;         ///< the newest barrier that an instance asked for
    std::set<std::uint64_t> m_taken{};  ///< barriers at which there was a request
};

}  // namespace rw
