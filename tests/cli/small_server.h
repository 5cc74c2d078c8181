// A server on this computer that gives all clients the same answer, and counts them.
#pragma once
#include <QByteArray>
#include <QString>
#include <atomic>
#include <thread>

namespace rw::testing {

class SmallServer {
 public:
    /// `body`: JSON of every answer.
    explicit SmallServer(QByteArray body = "{}");
    ~SmallServer();
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    QString address() const { return m_address; }
    int requests() const { return m_requests; }

 private:
    void serve();

    const QByteArray m_body;
    int m_listening = -1;
    QString m_address{};
    std::atomic<int> m_requests{0};
    std::atomic<bool> m_over{false};
    std::thread m_thread{};
};

/// An address without a server.
QString deadAddress();

}  // namespace rw::testing
