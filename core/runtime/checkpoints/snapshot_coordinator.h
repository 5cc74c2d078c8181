// Counts the members that have passed a barrier, and gathers the states that they wrote at it.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"
#include "core/stream/changing_state.h"
#include "core/stream/state_snapshot.h"

namespace rw {

/// One barrier at a time goes through a run. Sources see its number and let it out between two pieces of
/// input; every task writes its state when the barrier has come from all its producers, and sends it on.
/// All members may be called from any thread.
class SnapshotCoordinator {
 public:
    /// The number of the newest barrier that was asked for; 0: none yet.
    std::uint64_t requested() const { return m_requested; }

    /// Before the run: called from any thread, and under a lock, when wait() would return at once, and when
    /// there are parts to take.
    void onSettled(std::function<void()> listener) { m_listener = std::move(listener); }

    /// Before the run: from so many bytes on the state of an instance comes by change, where the barrier
    /// wants that.
    std::size_t changesFrom = 0;

    // For snapshots that include the metrics and kept rows of the run, besides the states of the members.
    /// Before the run: a member that has passed a barrier, and has rows whose time comes, lets none go until
    /// takenDown().
    void standStill() { m_stands = true; }
    /// Whether that holds for members that have passed barrier `number`.
    bool standsStill(std::uint64_t number) const { return m_stands && number > m_takenDown; }
    /// The metrics and rows of the newest barrier were copied, or will not be.
    void takenDown() { m_takenDown = m_requested.load(); }

    // The members: sources and the tasks behind exchanges.
    /// `node`: the member's node, for missing().
    void join(const void* member, const NodeId& node);
    /// The state of an instance of a node at the barrier.
    void add(const StateSnapshot::OperatorId& id, std::string state);
    // The same of a state that is written by change, where the barrier wants that: first its parts in order,
    // then the rest.
    bool wantsChanges() const { return m_wantsChanges; }
    /// Whether there is room for a part; else ask again in a while.
    bool hasRoom() const { return m_waiting < kMostWaiting; }
    void addPart(const StateSnapshot::OperatorId& id, int instance, std::string part);
    void addPart(const StateSnapshot::OperatorId& id, int instance, NamedRun run);
    void add(const StateSnapshot::OperatorId& id, StateSnapshot::Changes changes, std::string rest);
    /// The number of the newest barrier whose checkpoint is there.
    std::uint64_t kept() const { return m_kept; }
    /// The member has passed the barrier; all of its states were added.
    void pass(const void* member);
    /// The member has ended; nothing of it will pass any more.
    void leave(const void* member);
    /// No member will pass any more: the run failed or is being stopped.
    void abort();

    /// Asks for a barrier, after the last one has been waited for. False when the run gave up.
    /// `changes`: states may come by change; the caller takes their parts all the while.
    bool request(bool changes = false);
    struct Part {
        StateSnapshot::OperatorId id{};
        int instance = 0;
        std::string bytes{};
        NamedRun named{};  ///< where it has a run: in place of bytes
    };
    /// Those that have come, of an instance in their order.
    std::vector<Part> takeParts();
    /// The checkpoint of the newest barrier is there.
    void setKept() { m_kept = m_requested.load(); }
    /// Whether wait() would return at once.
    bool settled() const;
    /// The nodes of the members that the barrier has not passed.
    std::set<NodeId> missing() const;
    /// Until all members have passed the barrier or left; their states. An error when the run gave up.
    Result<StateSnapshot> wait();
    /// The error that says so.
    static Status ended();

 private:
    void settle();
    void addPart(Part part, std::size_t bytes);

    static constexpr std::size_t kMostWaiting = std::size_t{64} << 20;  ///< bytes

    std::atomic<std::uint64_t> m_requested{0}, m_takenDown{0}, m_kept{0};
    std::atomic<bool> m_wantsChanges{false};
    std::atomic<std::size_t> m_waiting{0};  ///< bytes of m_parts
    std::function<void()> m_listener;
    bool m_stands = false;
    mutable std::mutex m_mutex;  ///< guards the members below
    std::condition_variable m_changed;
    std::map<const void*, NodeId> m_members, m_missing;
    StateSnapshot m_snapshot;
    std::vector<Part> m_parts;
    bool m_pending = false;  ///< and nobody has taken the snapshot yet
    bool m_passed = false;   ///< by all
    bool m_aborted = false;
};

}  // namespace rw
