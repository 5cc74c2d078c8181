// When the models of a node are reset because people ask for it, and in a replay where the tape says so
// (event-time rules, 32).
#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/stream/node_requests.h"
#include "core/stream/operator.h"
#include "core/stream/waiting/answers.h"

namespace rw::learn {

/// One for all instances of a node. What tells their rows apart is a number: the event time of a row, or
/// where rows are taken as they come, its position. A reset has such a number, too, and is due before the
/// first row that is beyond it:
/// - in a run that takes checkpoints it is at a barrier, and its number is that of the last row before;
/// - in one that takes none, and in a replay, every instance does it when it comes to that row.
/// Any thread.
class ModelResets {
 public:
    /// While nodes are made; of the context its first caller's, whose recorder outlives this.
    ModelResets(bool asTheyCome, const MakeContext& context);
    /// While nodes are made: in a replay, reads the resets of the tape. Waits for the disk.
    Status load();

    /// Resets that an instance has behind it already, where it begins with a state that had so many in all.
    std::size_t firstOf(std::uint64_t before) const;
    /// An instance takes rows up to `last` now, and has `done` resets behind it: the number of its next one.
    /// kMaxTimestamp: there is none so far.
    std::int64_t next(std::size_t done, std::int64_t last);
    /// An instance has passed that barrier, behind its rows up to `last`: whether it resets its models.
    bool atBarrier(std::uint64_t checkpoint, std::int64_t last);
    std::vector<Text> takeNotes();

 private:
    Status read();
    void record(std::int64_t at);
    void note(Text text);

    const bool m_asTheyCome;
    const int m_instances;
    const bool m_replays;
    const std::shared_ptr<NodeRequests> m_asked;
    const AnswerTape m_tape;
    std::atomic<bool> m_hasNotes{false};

    std::mutex m_mutex;  ///< guards the members below
    bool m_loaded = false;
    std::vector<std::int64_t> m_resets{};      ///< their numbers, ascending
    std::int64_t m_most = kMinTimestamp;       ///< the largest up to which an instance takes, or took, rows
    std::uint64_t m_barrier = 0;               ///< the newest at which there was a reset
    int m_passed = 0;                          ///< instances that have passed it
    std::int64_t m_atBarrier = kMinTimestamp;  ///< the largest number before it
    std::uint64_t m_recorded = 0;              ///< resets on the tape
    std::vector<Text> m_notes{};
};

}  // namespace rw::learn
