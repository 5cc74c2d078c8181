// Moments of a tape that a replay can resume from, so that one need not begin at the start of the tape to come
// to a later one.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/stream/checkpoint_store.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_pace.h"
#include "core/tape/tape_times.h"

namespace rw {

/// Checkpoints that replays of one tape by one pipeline took on their way, in memory. A replay that resumes
/// from one and is held at a moment has there the same state as one from the start of the tape. When there are
/// too many, the one that leaves the smallest gap goes, so that they stay spread over the tape. Any thread.
class TapeMoments : public std::enable_shared_from_this<TapeMoments> {
 public:
    static constexpr std::size_t kMost = 64;
    static constexpr std::size_t kMostBytes = std::size_t{256} << 20;  ///< of all: state, and rows to look at

    /// `pipeline`: the plan's, variables and subflows put in. Reads the parts of the tape that `times` needs.
    TapeMoments(TapeFileRef tape, Pipeline pipeline, std::size_t most = kMost, std::size_t bytes = kMostBytes)
        : m_tape(std::move(tape)),
          m_times(*m_tape),
          m_pipeline(std::move(pipeline)),
          m_most(most),
          m_mostBytes(bytes) {}

    const TapeFileRef& tape() const { return m_tape; }
    const TapeTimes& times() const { return m_times; }
    /// A replay of the file by `pipeline` may resume from these: it runs alike, and the file has not changed.
    /// Looks at the disk.
    bool fit(const std::string& path, const Pipeline& pipeline) const;

    struct Moment {
        Millis at = 0;  ///< as TapePiece::at: all pieces up to then were given, and none later
        std::shared_ptr<const StateSnapshot> state{};  ///< RunOptions::restore; null: there is none
    };
    /// The last one that a replay passes on its way to `at`.
    Moment before(Millis at) const;
    std::size_t count() const;
    /// Of all: Moment::at, ascending.
    std::vector<Millis> places() const;

    /// CheckpointOptions::store of one replay, whose pace this is: puts its checkpoints here. The replay
    /// stands still while one is taken. None is taken where nothing came since the one before, behind the
    /// point where a recorded source was stopped or cut off, nor more often than takes up a tenth of the
    /// time.
    std::shared_ptr<CheckpointStore> keeper(std::shared_ptr<TapePace> pace);

 private:
    class Keeper;
    /// A state larger than all that may be kept is not kept; false then.
    bool keep(Millis at, const StateSnapshot& state, std::size_t bytes);

    const TapeFileRef m_tape;
    const TapeTimes m_times;
    const Pipeline m_pipeline;
    const std::size_t m_most, m_mostBytes;
    struct Kept {
        std::shared_ptr<const StateSnapshot> state;
        std::size_t bytes = 0;
    };
    void thinOut(std::vector<Kept>& gone);

    mutable std::mutex m_mutex;  ///< guards the members below
    std::map<Millis, Kept> m_kept;
    std::size_t m_bytes = 0;
};

}  // namespace rw
