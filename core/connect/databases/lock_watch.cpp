#include "core/connect/databases/lock_watch.h"

#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/figures.h"

namespace rw {

namespace {

constexpr Millis kAskedEvery = 1'000, kStep = 50, kAskWithin = 2'000;

/// Who holds the lock.
Text holderText(const LockHolder& holder) {
    if (holder.session.empty()) {
        return RW_TEXT(
            "databases",
            "It waits for a lock of another session. The user of the connection may not see which.");
    }
    if (holder.prepared) {
        return RW_TEXT("databases",
                       "It waits for a lock of a transaction that was prepared (pg_prepared_xacts), and that "
                       "nobody has committed or rolled back.");
    }
    const bool named = !holder.program.empty();
    if (holder.open < 0) {
        return named ? RW_TEXT("databases", "It waits for a lock of session %1 of “%2” (%3).")
                           .with(holder.session, holder.user, holder.program)
                     : RW_TEXT("databases", "It waits for a lock of session %1 of “%2”.")
                           .with(holder.session, holder.user);
    }
    const Text open = figures::wholeAge(holder.open);
    return named ? RW_TEXT("databases",
                           "It waits for a lock of session %1 of “%2” (%3), whose transaction has been open "
                           "for %4.")
                       .with(holder.session, holder.user, holder.program, open)
                 : RW_TEXT("databases",
                           "It waits for a lock of session %1 of “%2”, whose transaction has been open for "
                           "%3.")
                       .with(holder.session, holder.user, open);
}

/// And when it is freed.
Text textOf(const LockHolder& holder) {
    return RW_TEXT("databases",
                   "%1 The lock is freed when its transaction ends; the server does not know when.")
        .with(holderText(holder));
}

}  // namespace

struct LockWatch::Question {
    std::atomic<bool> over{false};
    std::string session{};  ///< that waits
    std::unique_ptr<DatabaseClient> client{};
    std::mutex mutex{};  ///< guards what is below
    std::optional<Text> found{};
};

std::optional<Text> LockWatch::look(const DatabaseClient& client) {
    const std::int64_t now = m_clock->steadyMillis();
    if (!m_since) m_since = now;
    if (now - *m_since < kLong) return std::nullopt;
    if (!m_question) {
        const std::string session = client.session();
        if (session.empty()) return std::nullopt;
        m_question = std::make_shared<Question>();
        m_question->session = session;
        DatabaseClient::About about;
        about.connectWithin = about.answerWithin = kAskWithin;
        about.givesUp = [asked = std::weak_ptr<Question>(m_question)] {
            const std::shared_ptr<Question> question = asked.lock();
            return question == nullptr || question->over;
        };
        m_question->client = client.another(std::move(about));
        try {
            std::thread([question = m_question] { ask(question); }).detach();
        } catch (const std::system_error&) {
            // There can be no more threads: it is not known.
        }
    }
    const std::lock_guard lock(m_question->mutex);
    return m_question->found;
}

void LockWatch::ask(const std::shared_ptr<Question>& question) {
    const std::shared_ptr<Clock> clock = systemClock();
    DatabaseClient& client = *question->client;
    while (!question->over) {
        // A server that does not let this session in, or does not tell: nobody is worse off than before.
        if (!client.isConnected() && !client.connect().ok()) return;
        const Result<std::optional<LockHolder>> holder = client.lockHolder(question->session);
        if (!holder.ok()) return;
        {
            const std::lock_guard lock(question->mutex);
            question->found.reset();
            if (*holder) question->found = textOf(**holder);
        }
        for (Millis waited = 0; waited < kAskedEvery && !question->over; waited += kStep) clock->sleep(kStep);
    }
}

void LockWatch::over() {
    m_since.reset();
    if (m_question) m_question->over = true;
    m_question.reset();
}

}  // namespace rw
