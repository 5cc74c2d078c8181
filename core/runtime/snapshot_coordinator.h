// Who has passed a barrier, and what they wrote when they did.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// One barrier at a time goes through a run. Sources see its number and let it out between two pieces of
/// input; every task writes its state when the barrier has come from all its producers, and sends it on.
/// All members may be called from any thread.
class SnapshotCoordinator {
 public:
    /// The number of the newest barrier that was asked for; 0: none yet.
    std::uint64_t requested() const { return m_requested; }

    /// Before the run: called from any thread, and under a lock, when wait() would return at once.
    void onSettled(std::function<void()> listener) { m_listener = std::move(listener); }

    // Where more is taken down of a barrier than what its members write: what can be seen of the run.
    /// Before the run: who has passed a barrier, and has rows whose time comes, lets none go until
    /// takenDown().
    void standStill() { m_stands = true; }
    /// Whether that goes for who has passed barrier `number`.
    bool standsStill(std::uint64_t number) const { return m_stands && number > m_takenDown; }
    /// All was taken down of the newest barrier, or nothing will be.
    void takenDown() { m_takenDown = m_requested.load(); }

    // Those who take part: sources and the tasks behind exchanges.
    /// `node`: whose, for those who are told of who is missing.
    void join(const void* member, const NodeId& node);
    /// What an instance of a node wrote at the barrier.
    void add(const StateSnapshot::OperatorId& id, std::string state);
    /// The member has passed the barrier; all that it wrote was added.
    void pass(const void* member);
    /// The member has ended; nothing of it will pass any more.
    void leave(const void* member);
    /// Nobody will pass any more: the run failed or is being stopped.
    void abort();

    /// Asks for a barrier, after the last one has been waited for. False when the run gave up.
    bool request();
    /// Whether wait() would return at once.
    bool settled() const;
    /// The nodes of the members that the barrier has not passed.
    std::set<NodeId> missing() const;
    /// Until all members have passed the barrier or left; what they wrote. An error when the run gave up.
    Result<StateSnapshot> wait();
    /// The error that says so.
    static Status ended();

 private:
    void settle();

    std::atomic<std::uint64_t> m_requested{0}, m_takenDown{0};
    std::function<void()> m_listener;
    bool m_stands = false;
    mutable std::mutex m_mutex;  ///< guards what follows
    std::condition_variable m_changed;
    std::map<const void*, NodeId> m_members, m_missing;
    StateSnapshot m_snapshot;
    bool m_pending = false;  ///< and nobody has taken the snapshot yet
    bool m_passed = false;   ///< by all
    bool m_aborted = false;
};

}  // namespace rw
