// Where a sink writes how it stands to the outside world, for whoever looks at a run.
#pragma once
#include <atomic>
#include <mutex>

#include "core/base/text.h"
#include "core/stream/partition_state.h"

namespace rw {

/// For Sink::standing(). Any thread; reached() costs next to nothing while nothing changes.
class StandingBoard {
 public:
    void reached();
    /// It holds up what was asked of it.
    void blocked(Text why);
    /// It can't be reached, and is tried again after `pause`.
    void away(Text why, Millis pause);
    SinkStanding now() const;

 private:
    std::atomic<bool> m_reached{false};
    mutable std::mutex m_mutex;  ///< guards m_standing
    SinkStanding m_standing{PartitionState::Connecting};
};

}  // namespace rw
