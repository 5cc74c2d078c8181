// A connection to a server of others over TCP, with TLS or without: bytes both ways.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/net/client_certificate.h"

namespace rw {

/// Where a server listens, and how long to wait for it.
struct TcpServer {
    std::string host{};            ///< a name or a number: “broker.example”, “192.0.2.1”, “::1”
    int port = 0;                  ///< 1 … 65535
    bool tls = false;              ///< from the first byte on; the certificate must be for `host`
    std::string caFile{};          ///< PEM, the certificates that are trusted; empty: the system's
    ClientCertificate certificate{};
    Millis connectWithin = 5'000;  ///< with the look-up of the name and the handshake of TLS
};

/// “host:port”, as messages have it.
std::string addressOf(const TcpServer& server);

/// Single-threaded, but for cancel(). No proxy is used, and small writes go at once (TCP_NODELAY). Errors
/// name the server; after one the connection is closed.
///
/// Transient: nothing answers, the name is not known, the time is over, the connection was lost. Permanent: a
/// certificate that is not valid, an address that is none. Cancelled: by cancel().
class TcpStream {
 public:
    explicit TcpStream(TcpServer server);
    ~TcpStream();
    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    const TcpServer& server() const { return m_server; }
    /// Connects, after closing any old connection. A name that is still being looked up when the time is over,
    /// or at cancel(), is left to the thread that asks for it.
    Status connect();
    bool isConnected() const { return m_connected; }
    /// The other side sees the end; bytes that it has not read may be lost.
    void close();

    struct Received {
        std::size_t bytes = 0;  ///< 0: none came within the time
        bool ended = false;     ///< the server has ended the connection: nothing will come any more
    };
    /// The bytes that are there, into the beginning of `into`; waits for the first ones, but no longer than
    /// `within`. Where `into` is empty it does not wait, and reports no end.
    Result<Received> receive(std::span<char> into, Millis within);
    /// All of it, or an error: after that it is not known how much the server has. Success does not mean
    /// that the bytes have arrived.
    Status send(std::string_view bytes, Millis within);

    /// Ends the call that is under way and all that follow with ErrorCode::Cancelled, until resume(). Any
    /// thread.
    void cancel();
    void resume() { m_cancelled = false; }
    /// Is cancelled soon after this is set, and for as long as it is set. It must outlive the stream. Null:
    /// none.
    void cancelWith(const std::atomic<bool>* flag) { m_flag = flag; }
    /// The same for as long as this says so, which is asked several times a second. Empty: none.
    void cancelWhen(std::function<bool()> givesUp) { m_givesUp = std::move(givesUp); }

 private:
    struct Handles;
    enum class Ready { Yes, TimeOver, Cancelled };
    /// Waits until the connection may be read, or written; a moment before `until` is enough.
    Ready await(bool toWrite, std::int64_t until);
    bool cancelled() const {
        return m_cancelled || (m_flag != nullptr && *m_flag) || (m_givesUp && m_givesUp());
    }
    int longestWait() const;
    Status failed(Status status);
    Status lost(const char* said);

    const TcpServer m_server;
    const Status m_usable;
    const std::shared_ptr<Clock> m_clock = systemClock();
    const std::unique_ptr<Handles> m_handles;
    bool m_connected = false;
    std::atomic<bool> m_cancelled{false};
    const std::atomic<bool>* m_flag = nullptr;
    std::function<bool()> m_givesUp{};
};

}  // namespace rw
