// A server on this computer that gives all clients the same answer, or one by their request, and counts them.
#pragma once
#include <QByteArray>
#include <QString>
#include <atomic>
#include <functional>
#include <thread>

namespace rw::testing {

class SmallServer {
 public:
    /// `body`: JSON of every answer.
    explicit SmallServer(QByteArray body = "{}");
    /// The JSON by the first line of the request, “GET /a HTTP/1.1”; called by a thread of the server.
    using Reply = std::function<QByteArray(const QByteArray& line)>;
    explicit SmallServer(Reply reply);
    ~SmallServer();
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    QString address() const { return m_address; }
    int requests() const { return m_requests; }

 private:
    void serve();

    const Reply m_reply;
    int m_listening = -1;
    QString m_address{};
    std::atomic<int> m_requests{0};
    std::atomic<bool> m_over{false};
    std::thread m_thread{};
};

/// An address without a server.
QString deadAddress();

}  // namespace rw::testing
