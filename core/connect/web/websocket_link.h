// One end of WebSocket connections: a client of one server, or a server of some clients.
#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/net/http_client.h"
#include "core/net/listening.h"

namespace rw {

struct WebsocketOptions {
    /// Of a client: “wss://…” with its path, certificates, token and headers. Certificates are always
    /// verified, and redirections not followed.
    HttpServer server{};
    std::string path{};  ///< behind the server's address; of a server: what clients ask for, others get 404
    std::string first{};                                 ///< what a client sends first; empty: nothing
    std::optional<ListenAddress> listens{};              ///< of a server; nothing: it is a client
    Secret token{};                                      ///< that its clients must show; empty: none
    std::size_t largestMessage = std::size_t{16} << 20;  ///< one that is longer ends its connection
    std::size_t clients = 64;                            ///< of a server; further ones are turned away
    /// Of all messages that are on their way; the connection that exceeds it ends.
    std::size_t largestInAll = std::size_t{64} << 20;
    Millis pingAfter = 20'000;                           ///< without a byte the other side is asked
    Millis lostAfter = 30'000;                           ///< … and then given up
    Millis connectWithin = 10'000;
};

/// “wss://api.example/feed” as the address that HttpServer has; empty: it begins with neither ws:// nor
/// wss://.
std::string httpOfWebsocket(const std::string& address);

/// Single-threaded; what comes is handled in serve() alone.
class WebsocketLink {
 public:
    /// A client begins to connect. An error that may pass where another program has the port to listen at.
    static Result<std::unique_ptr<WebsocketLink>> open(WebsocketOptions options);
    ~WebsocketLink();
    WebsocketLink(const WebsocketLink&) = delete;
    WebsocketLink& operator=(const WebsocketLink&) = delete;

    struct Served {
        std::vector<std::string> messages{};
        /// Of a client: it is connected, and what it sends first was handed over.
        bool isOpen = false;
    };
    /// Waits for messages, but no longer. The error of a connection that a client has lost or not made: the
    /// link is of no use any more. Io: time may mend it. Messages that came before are given first.
    Result<Served> serve(Millis within);
    /// Where it listens.
    int port() const;

 private:
    class Context;
    explicit WebsocketLink(std::unique_ptr<Context> context);
    const std::unique_ptr<Context> m_context;
};

}  // namespace rw
