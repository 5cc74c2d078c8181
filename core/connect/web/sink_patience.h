// How a sink waits for a server that is away, on its own thread.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/stream/waiting/standing_board.h"

namespace rw {

/// Single-threaded, but for standing(). It waits, but no longer than half a second once the run is being
/// stopped.
class SinkPatience {
 public:
    /// `server`: as errors name it. `giveUpAfter`: an error after so long without success.
    SinkPatience(std::string server, Millis giveUpAfter, std::function<bool()> stopping);

    static constexpr Millis kTurn = 50;  ///< how often one that waits looks whether it is over
    /// In open(), which the start of a run waits for, at most.
    static constexpr Millis kOpenWithin = 5'000;
    /// There, for one answer of a server that is silent; then it is away.
    static constexpr Millis kOpenWait = 30'000;
    /// In place of that of the constructor, from here on.
    void setGiveUpAfter(Millis giveUpAfter) { m_giveUpAfter = giveUpAfter; }
    /// The server has answered well.
    void reached();
    /// Behind a failure that time may mend: waits until it is to be tried again, after a pause that doubles,
    /// or as late as the server says. `since`: steady milliseconds at which it was tried first. An error: the
    /// time is up, or the run is being stopped.
    Status waitAgain(const Status& why, Millis notBefore, std::int64_t since);
    /// The run is being stopped, and has been for a while.
    bool isOver();
    Status stopped() const;
    std::int64_t now() const { return m_clock->steadyMillis(); }
    Instant wallTime() const { return m_clock->now(); }

    /// Any thread.
    SinkStanding standing() const { return m_board.now(); }
    /// Outages since the last call.
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }

 private:
    const std::string m_server;
    Millis m_giveUpAfter;
    const std::function<bool()> m_stopping;
    const std::shared_ptr<Clock> m_clock = systemClock();  // the world outside does not go by a simulated one
    StandingBoard m_board{};
    Millis m_backOff = 0;
    std::int64_t m_stopAt = -1;  ///< steady milliseconds; less than 0: the run is not being stopped
    std::vector<Text> m_notes{};
};

}  // namespace rw
