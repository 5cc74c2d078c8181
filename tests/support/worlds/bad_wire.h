// A proxy on this computer that is a bad line to a server: slow, cut, in pieces, reset.
#pragma once
#include <atomic>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace rw::test {

/// How it is bad; it may be changed at any time, for connections that are there, too.
struct WireFaults {
    std::atomic<int> delay{0};               ///< milliseconds before each piece
    std::atomic<int> spread{0};  ///< more of them, as many as this at most: the same for a connection
    std::atomic<std::size_t> piece{65'536};  ///< bytes that go on at once
    std::atomic<std::size_t> cutAfter{0};    ///< a connection ends behind so many bytes of the server; 0: not
    std::atomic<bool> resets{false};         ///< … and not politely
    std::atomic<bool> refuses{false};        ///< a connection ends as it comes
    std::atomic<bool> silent{false};         ///< nothing goes on, and nothing ends
    std::atomic<unsigned> cuts{0};           ///< with each other number all connections end that are there
};

/// The ports of this computer that servers name in their answers, and the wires to them. Kafka's brokers
/// write “127.0.0.1” and, behind it, a port of four bytes: clients are to come by the wire again. Any thread.
class WirePorts {
 public:
    void add(int server, int wire);
    /// Replaces the ports in `bytes`. What may be the beginning of another place stays in `held`, which
    /// comes before the next bytes.
    std::string through(const std::string& bytes, std::string& held) const;

 private:
    mutable std::mutex m_mutex{};
    std::map<int, int> m_wires{};
};

class BadWire {
 public:
    /// To “http://127.0.0.1:1234”. The answers of that server name others of `ports`, which outlives the
    /// wire.
    explicit BadWire(const std::string& server, WirePorts* ports = nullptr);
    ~BadWire();
    BadWire(const BadWire&) = delete;
    BadWire& operator=(const BadWire&) = delete;

    /// Where clients reach the server through it: “http://127.0.0.1:4321”.
    std::string address() const { return m_address; }
    /// The same without “http://”.
    std::string place() const { return m_address.substr(m_address.rfind('/') + 1); }
    /// Connections that came, and those of them that were ended by a fault.
    int came() const { return m_came; }
    int broken() const { return m_broken; }
    WireFaults& faults() { return m_faults; }

 private:
    void carry(int client, int number);
    std::size_t handOn(int from, int to, std::size_t most, std::string* held) const;

    const int m_port;  ///< of the server
    WirePorts* const m_ports;
    std::atomic<int> m_came{0}, m_broken{0};
    WireFaults m_faults{};
    int m_listening = -1;
    std::string m_address{};
    std::atomic<bool> m_over{false};
    std::vector<std::thread> m_connections{};
    std::thread m_accepting{};
};

}  // namespace rw::test
