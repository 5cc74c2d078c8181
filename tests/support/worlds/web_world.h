// Services over HTTP and WebSockets in memory: what nodes of the web ask, send to, and are sent by.
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "tests/support/worlds/fake_server.h"

namespace rw::test {

/// It answers a GET with its rows as {"data":[…]}, and with none from the third page on; a client that asks
/// for a WebSocket gets them as messages. What is sent to it is kept. Any thread.
class WebWorld {
 public:
    explicit WebWorld(std::vector<std::string> rows);

    std::string address() const { return m_server.address(); }
    /// A connection to it, of that name.
    std::shared_ptr<const Connections> connections(const std::string& name) const;
    /// The rows that were sent to it: elements of arrays, or lines.
    std::vector<std::string> taken() const;

    /// An address of this computer where nobody listens; the same for as long as the program runs.
    static const std::string& listenAt();
    /// The token of nodes that listen, as their parameter has it; it is in the environment.
    static std::string tokenPlace();
    /// Sends a row to who listens there, at the paths “/” and “/name”, as a request or else by a WebSocket.
    /// Does not wait for that; nothing while an earlier call is still at it.
    static void sendTo(const std::string& listening, const std::string& row);

 private:
    FakeAnswer reply(const FakeRequest& request);

    const std::vector<std::string> m_rows;
    mutable std::mutex m_mutex{};
    std::vector<std::string> m_taken{};
    FakeServer m_server;  ///< the last: its threads use the others
};

/// What a server says to a client that asks for a WebSocket, and the beginning of a message of text.
std::string websocketAccept(const std::string& head);
std::string websocketFrame(const std::string& text);

}  // namespace rw::test
