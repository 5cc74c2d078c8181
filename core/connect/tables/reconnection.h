// A server that is away, and when it is tried again.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// Single-threaded. Pauses grow from a quarter of a second to five.
class Reconnection {
 public:
    Reconnection(std::shared_ptr<Clock> clock, std::optional<Millis> giveUpAfter)
        : m_clock(std::move(clock)), m_giveUpAfter(giveUpAfter) {}

    /// Whether it is too early for another try.
    bool waits() const { return m_since >= 0 && m_clock->steadyMillis() < m_tryAt; }
    /// A try, or a session that was good, has failed: the source is told to be disconnected. An error where
    /// time does not mend it, or it has lasted too long.
    Status failed(const Status& why, ReadOutput& out);
    /// The server answers.
    void answers(ReadOutput& out);

 private:
    const std::shared_ptr<Clock> m_clock;
    const std::optional<Millis> m_giveUpAfter;
    std::int64_t m_since = -1;  ///< steady milliseconds; less than 0: it is not away
    std::int64_t m_tryAt = 0;
    Millis m_pause = 0;
};

}  // namespace rw
