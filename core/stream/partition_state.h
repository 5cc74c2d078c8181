// How a partition, a source or a sink stands to the world outside, and how far it was read.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw {

/// How a partition, or a source of one, stands to the outside world. A sink is Live, Connecting, Blocked or
/// Disconnected.
enum class PartitionState : std::uint8_t {
    Live,     ///< it gives rows, or may
    Drained,  ///< live, and all that it holds was given. Ends with its next chunk. After `idleTimeout` the
              ///< runtime takes it for idle: the others go on without it
    Idle,     ///< found by the runtime, and in a replay told by the tape; never said by a live source
    // These three hold the watermark back for as long as they last, whatever `idleTimeout` says: the next
    // rows of the partition are unknown.
    Connecting,    ///< it was not reached yet in this run
    Disconnected,  ///< it can't be reached
    Blocked,       ///< it has rows that may not be given yet (a foreign transaction is open); a sink: what it
                   ///< does waits for a lock of others
    Ended          ///< nothing will come of it any more; for good. To be told as soon as it is known:
                   ///< partitions that are far ahead of it are held until then
};

/// How far a partition was read, as the outside world counts.
struct PartitionProgress {
    enum class Unit : std::uint8_t { Rows, Bytes };

    std::string name{};      ///< empty: of a source without partitions, the source itself
    std::string position{};  ///< of the next row that is given: an offset, a place in a log; empty: not known
    /// Its lag: so much is there that was not given. Nothing: the outside world does not tell.
    std::optional<std::uint64_t> lag{};
    Unit unit = Unit::Rows;  ///< of the lag
    Instant nextTry =
        0;  ///< wall time at which it is tried to reach it again; 0: not known, or it is reached
};

/// How a sink stands.
struct SinkStanding {
    PartitionState state = PartitionState::Live;
    Text reason{};        ///< Disconnected, Blocked: why
    Instant nextTry = 0;  ///< as PartitionProgress::nextTry
};

}  // namespace rw
