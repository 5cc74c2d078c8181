// A mail server on this computer that takes mails over SMTP, or does what a test says instead.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/worlds/certificate.h"

namespace rw::test {

/// One connection at a time.
class MailWorld {
 public:
    struct Taken {
        std::string from{};  ///< as it came: “<alerts@example.org>”
        std::vector<std::string> to{};
        std::string content{};
        std::string signedIn{};  ///< the words of AUTH; empty: nobody did
        bool encrypted = false;
    };
    /// Answers in place of the usual ones to lines that begin so: {"RCPT", "550 no such user"}.
    static constexpr const char* kSilence = "silence";  ///< in place of an answer: none comes
    using Answers = std::vector<std::pair<std::string, std::string>>;
    /// `certificate`: STARTTLS is offered; null: it is not.
    explicit MailWorld(Answers answers = {}, const Certificate* certificate = nullptr);
    ~MailWorld();
    MailWorld(const MailWorld&) = delete;
    MailWorld& operator=(const MailWorld&) = delete;

    int port() const { return m_port; }
    std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }
    /// From here on.
    void answerWith(Answers answers);
    std::vector<Taken> mails() const;
    /// Connections so far.
    int visits() const { return m_visits; }

 private:
    void serve(int connection);
    std::string answerTo(const std::string& line) const;

    const Certificate* const m_certificate;
    int m_listening = -1, m_port = 0;
    std::atomic<bool> m_over{false};
    std::atomic<int> m_visits{0};
    mutable std::mutex m_mutex{};  ///< guards the two below
    Answers m_answers;
    std::vector<Taken> m_mails{};
    std::thread m_accepting{};
};

}  // namespace rw::test
