// Whose locks a statement waits for that is not answered.
#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "core/connect/databases/database_client.h"

namespace rw {

/// Asks over another session, on a thread that nobody waits for: that of the statement is busy. Otherwise
/// single-threaded.
class LockWatch {
 public:
    /// A statement that takes so long is asked about.
    static constexpr Millis kLong = 2'000;

    LockWatch() = default;
    ~LockWatch() { over(); }
    LockWatch(const LockWatch&) = delete;
    LockWatch& operator=(const LockWatch&) = delete;

    /// To be called again and again while `client` waits for an answer (About::givesUp). What is known by
    /// now; nothing: it is not long, or nobody holds the statement up.
    std::optional<Text> look(const DatabaseClient& client);
    /// The answer is there.
    void over();

 private:
    struct Question;
    static void ask(const std::shared_ptr<Question>& question);

    const std::shared_ptr<Clock> m_clock = systemClock();
    std::optional<std::int64_t> m_since{};
    std::shared_ptr<Question> m_question{};
};

}  // namespace rw
