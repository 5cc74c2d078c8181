// Polls a service over HTTP, on the thread of a source.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/formats/message_decoder.h"
#include "core/connect/web/http_polling.h"
#include "core/connect/web/seen_rows.h"
#include "core/net/http_client.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

/// What is known of a service behind the rows that were given.
struct HttpPosition {
    std::string etag{};                         ///< of the newest answer; empty: it had none
    std::shared_ptr<const std::string> seen{};  ///< SeenRows::bytes(); null: none
};

/// The messages of one answer that are new.
struct HttpChunk final : Chunk {
    HttpPosition behind{};
    ReceivedMessages messages{};
};

/// A service that can't be reached, is busy (429) or broken (500) is disconnected: it is asked again after a
/// pause that doubles up to a minute, or as late as it says. What else goes wrong ends the run as long as
/// nothing was answered well; later it counts as an outage, but for a token that is refused.
class HttpReader final : public SourceReader {
 public:
    struct About {
        HttpPolling polling{};
        HttpPosition from{};
        WantedParts wanted{};
        std::shared_ptr<Clock> clock{};
        /// Reads the columns of HttpPolling::key, where there are some.
        std::shared_ptr<const MessageDecoder> decoder{};
    };
    HttpReader(std::optional<NodeConnection> connection, About about);
    ~HttpReader() override;

    Result<Read> read(Millis within, ReadOutput& out) override;

 private:
    Result<HttpServer> server() const;
    Status ask();
    Status beginRound();
    Status take(const HttpAnswer& answer, ReadOutput& out);
    Status messagesOf(const HttpAnswer& answer, ReceivedMessages& messages, std::size_t& count) const;
    ReceivedMessages newOnes(ReceivedMessages messages, ReadOutput& out);
    Status turnPage(const HttpAnswer& answer, std::size_t count, ReadOutput& out);
    void endRound();
    Result<Read> cutOff(const Status& why, ReadOutput& out);

    const std::optional<NodeConnection> m_connection;
    const About m_about;
    SeenRows m_seen;
    std::string m_etag;
    std::unique_ptr<HttpClient> m_client{};
    std::string m_page{};  ///< the next page's address, as a link gave it; empty: the first
    std::int64_t m_pageNumber = 0;
    int m_pages = 0;  ///< asked for in this round
    bool m_inRound = false;
    std::int64_t m_roundAt = 0;  ///< steady milliseconds at which the round began
    std::int64_t m_nextAt = 0;   ///< and at which to ask again
    bool m_answered = false;     ///< well, once
    Millis m_backOff = 0;        ///< 0: the last answer was good
    Millis m_notBefore = 0;      ///< the service asks to be left alone for so long
    std::int64_t m_cutSince = -1;
    std::string m_toldCut{};
    bool m_toldForgets = false, m_toldPages = false;
};

}  // namespace rw
