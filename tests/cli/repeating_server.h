// A server on this computer that refuses everybody, and repeats what it was shown while it does: above all a
// secret.
#pragma once
#include <QByteArray>
#include <atomic>
#include <thread>
#include <vector>

namespace rw::testing {

class RepeatingServer {
 public:
    explicit RepeatingServer(QByteArray secret);
    ~RepeatingServer();
    RepeatingServer(const RepeatingServer&) = delete;
    RepeatingServer& operator=(const RepeatingServer&) = delete;

    /// “127.0.0.1:4321”.
    QByteArray address() const { return "127.0.0.1:" + QByteArray::number(m_port); }
    int clients() const { return m_clients; }
    /// Clients that showed it the secret.
    int shown() const { return m_shown; }

 private:
    void accept();
    void refuse(int client);

    const QByteArray m_secret;
    int m_listening = -1, m_port = 0;
    std::atomic<int> m_clients{0}, m_shown{0};
    std::atomic<bool> m_over{false};
    std::vector<std::thread> m_serving{};
    std::thread m_accepting{};
};

}  // namespace rw::testing
