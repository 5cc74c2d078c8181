// Datagrams that others send to a port of this computer.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/journal/journal_reader.h"
#include "core/connect/sockets/socket_messages.h"
#include "core/net/listening.h"

namespace rw {

/// Closed with its owner.
class UdpSocket {
 public:
    /// Of the group where the address is that of one (multicast). With a receive buffer of about so many
    /// bytes, as far as the system gives it.
    static Result<UdpSocket> open(const ListenAddress& address, int buffer);
    UdpSocket(UdpSocket&& other) noexcept;
    UdpSocket& operator=(UdpSocket&&) = delete;
    ~UdpSocket();

    int handle() const { return m_socket; }
    int port() const { return m_port; }
    int buffer() const { return m_buffer; }  ///< that the system has given

 private:
    UdpSocket(int socket, int port) : m_socket(socket), m_port(port) {}
    int m_socket = -1;
    int m_port = 0;
    int m_buffer = 0;
};

struct UdpReading {
    bool lines = false;  ///< a datagram is lines, and each a message
    int wantedBuffer = 0;
    std::shared_ptr<Clock> clock{};
};

/// Datagrams that come while the run takes none wait in the receive buffer; those that do not fit are lost,
/// and counted by the kernel (SO_RXQ_OVFL).
class UdpReader final : public JournalReader {
 public:
    UdpReader(JournalReading journal, UdpSocket socket, UdpReading reading);
    ~UdpReader() override;

    int port() const { return m_socket.port(); }

 private:
    struct Slots;
    Result<Read> receive(Millis within, ReadOutput& out) override;
    int take();
    void tellLost(ReadOutput& out);

    const UdpSocket m_socket;
    const UdpReading m_reading;
    const std::unique_ptr<Slots> m_slots;
    SocketMessages m_came{};
    std::uint32_t m_overflow = 0;  ///< as the kernel counts, of the socket
    std::uint64_t m_lost = 0;      ///< since the start
    std::uint64_t m_toldLost = 0;  ///< of them, when it was told last
    std::int64_t m_tellAt = 0;     ///< steady milliseconds
    bool m_toldBuffer = false;
    std::string m_toldDisk{};
};

}  // namespace rw
