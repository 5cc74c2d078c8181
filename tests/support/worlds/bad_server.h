// A server that takes connections, and is not what clients expect there.
#pragma once
#include <atomic>
#include <string>
#include <thread>

namespace rw::test {

enum class BadManner {
    Nobody,   ///< no connection is taken
    Closes,   ///< a connection ends as soon as it is there
    Silent,   ///< nothing is ever answered
    Foreign,  ///< words of a protocol that nobody speaks, and then nothing
    Endless   ///< such words, as fast as they are read
};

class BadServer {
 public:
    explicit BadServer(BadManner manner);
    ~BadServer();
    BadServer(const BadServer&) = delete;
    BadServer& operator=(const BadServer&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(m_port); }
    int clients() const { return m_clients; }  ///< that came so far

 private:
    void serve() const;

    const BadManner m_manner;
    int m_listening = -1, m_port = 0;
    mutable std::atomic<int> m_clients{0};
    std::atomic<bool> m_over{false};
    std::thread m_serving{};
};

}  // namespace rw::test
