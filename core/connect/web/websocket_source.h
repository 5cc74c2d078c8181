// Rows of the messages of WebSockets.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/connect/connections/connections.h"
#include "core/connect/journal/journalled_source.h"
#include "core/connect/web/http_items.h"
#include "core/net/listening.h"

namespace rw {

struct WebsocketReading {
    std::string url{};    ///< of a client without a connection: http://… as httpOfWebsocket() gives it
    std::string path{};   ///< below the connection's address; of a server: what clients ask for
    std::string first{};  ///< what a client sends first; empty: nothing
    std::optional<ListenAddress> listens{};  ///< of a server
    SecretRef token{};                       ///< that its clients must show; None: none
    HttpItems items{};                       ///< messages in one of the socket
    std::optional<Millis> giveUpAfter{};     ///< after so long without a connection the run ends
};

/// The other side keeps nothing: messages that it sends while there is no connection are lost.
class WebsocketSource final : public JournalledSource {
 public:
    /// The context is that of the call that makes the source. Without a connection the address is connected
    /// to, or listened at.
    WebsocketSource(const MakeContext& context, std::optional<NodeConnection> connection,
                    const WebsocketReading& reading, JournalledOptions options);

 private:
    Result<std::shared_ptr<JournalReader>> makeJournalReader(JournalReading reading) override;

    const std::optional<NodeConnection> m_connection;
    const WebsocketReading m_reading;
    const std::shared_ptr<const Connections> m_secrets;  ///< null: environment variables alone
    const std::shared_ptr<Clock> m_clock;
};

}  // namespace rw
