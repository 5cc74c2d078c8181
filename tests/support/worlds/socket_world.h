// Somebody who sends lines or datagrams to a port of this computer, or whom a source connects to.
#pragma once
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace rw::test {

class SocketWorld {
 public:
    SocketWorld();
    ~SocketWorld();
    SocketWorld(const SocketWorld&) = delete;
    SocketWorld& operator=(const SocketWorld&) = delete;

    /// “127.0.0.1:port”, which nobody else uses.
    std::string address() const;
    /// To whoever listens there. Where nobody does, to the first that connects there soon: in the background.
    void sendLines(const std::vector<std::string>& lines);
    /// To whoever listens there, as soon as somebody does: in the background.
    void sendWhenHeard(const std::vector<std::string>& lines);
    /// To whoever listens there now. False: nobody does.
    bool sendIfHeard(const std::vector<std::string>& lines) const;
    /// Whoever waits in the background to send gives up; its port is free afterwards.
    void giveUp();
    void sendDatagrams(const std::vector<std::string>& datagrams) const;

 private:
    int m_port = 0;
    std::thread m_serving{};
    std::atomic<bool> m_over{false};
};

/// A connection to a port of this computer; less than 0: nobody listens.
int connectTo(int port);
/// All of it; false: the other side takes no more.
bool sendAll(int socket, const std::string& bytes);

}  // namespace rw::test
