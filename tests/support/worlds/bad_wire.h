// A proxy on this computer that is a bad line to a server: slow, cut, in pieces, reset.
#pragma once
#include <atomic>
#include <cstddef>
#include <string>
#include <thread>
#include <vector>

namespace rw::test {

/// How it is bad; it may be changed at any time, for connections that are there, too.
struct WireFaults {
    std::atomic<int> delay{0};               ///< milliseconds before each piece
    std::atomic<std::size_t> piece{65'536};  ///< bytes that go on at once
    std::atomic<std::size_t> cutAfter{0};    ///< a connection ends behind so many bytes of the server; 0: not
    std::atomic<bool> resets{false};         ///< … and not politely
    std::atomic<bool> refuses{false};        ///< a connection ends as it comes
    std::atomic<bool> silent{false};         ///< nothing goes on, and nothing ends
};

class BadWire {
 public:
    /// To “http://127.0.0.1:1234”.
    explicit BadWire(const std::string& server);
    ~BadWire();
    BadWire(const BadWire&) = delete;
    BadWire& operator=(const BadWire&) = delete;

    /// Where clients reach the server through it: “http://127.0.0.1:4321”.
    std::string address() const { return m_address; }
    WireFaults& faults() { return m_faults; }

 private:
    void carry(int client);

    const int m_port;  ///< of the server
    WireFaults m_faults{};
    int m_listening = -1;
    std::string m_address{};
    std::atomic<bool> m_over{false};
    std::vector<std::thread> m_connections{};
    std::thread m_accepting{};
};

}  // namespace rw::test
