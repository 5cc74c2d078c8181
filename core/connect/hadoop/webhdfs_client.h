// A client of WebHDFS: of a NameNode, whose DataNodes have the bytes of files, or of a server that speaks the
// same, such as HttpFS.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/net/http_client.h"

namespace rw {

struct WebhdfsRequest {
    HttpMethod method = HttpMethod::Get;
    std::string path{};                                         ///< of the file system, absolute, as it is
    std::string op{};                                           ///< “OPEN”
    std::vector<std::pair<std::string, std::string>> params{};  ///< further ones, as they are
    /// CREATE: what the file shall hold; the caller keeps it until the request is over.
    std::optional<std::string_view> bytes{};
};

/// One request at a time, in two steps where it is about the bytes of a file: the server tells who has them
/// (a redirection), and that one is asked. Single-threaded.
///
/// A token goes to the server of the connection. The protocol has it in the address of the redirection, too:
/// it is sent there if that is the same host, or one that the connection names as a data node, and refused
/// otherwise. A server with TLS can't lead to one without.
class WebhdfsClient {
 public:
    explicit WebhdfsClient(NodeConnection connection);
    ~WebhdfsClient();

    /// One answer; of a data node that takes a large file it may take longer.
    static constexpr Millis kAnswerWithin = 60'000;

    /// May wait for a secret.
    Status begin(WebhdfsRequest request);
    bool isUnderWay() const { return m_asked != nullptr && m_asked->isUnderWay(); }
    /// Waits for the answer, but no longer; nothing: it is not there yet. An answer of 400 and above is an
    /// error: Io: time may mend it (it is away, in safe mode, a standby); Denied; NotFound; Refused.
    Result<std::optional<HttpAnswer>> await(Millis within);
    /// begin() and await() until `givesUp`.
    Result<HttpAnswer> ask(WebhdfsRequest request, const std::function<bool()>& givesUp);
    void giveUp();
    /// No answer of the server that is named is waited for longer, from the next request on.
    void setAnswerWithin(Millis within) { m_answerWithin = within; }
    /// Forgets connections and the token, for another attempt.
    void reset();

    /// The last request was for bytes behind the end of a file: it is shorter than the caller knows.
    bool isPastEnd() const { return m_pastEnd; }
    /// How long the server wants to be left alone, from its last answer; 0: it does not say.
    Millis notBefore() const { return m_notBefore; }
    std::string address() const { return m_connection.field("address"); }

 private:
    Status connect();
    HttpServer serverAt(const std::string& address, Millis within) const;
    Status follow(const HttpAnswer& answer);
    Status usableRedirection(const std::string& origin, std::string_view location) const;
    /// The same error, for a data node with what mends it there.
    Status outOfReach(const Status& why) const;
    Status error(const HttpServer& server, const HttpAnswer& answer) const;

    const NodeConnection m_connection;
    const std::shared_ptr<Clock> m_clock = systemClock();
    HttpServer m_like{};  ///< certificates of the connection
    Secret m_token{};
    std::unique_ptr<HttpClient> m_names{}, m_data{};  ///< null: to be made
    HttpClient* m_asked = nullptr;
    WebhdfsRequest m_request{};
    Millis m_answerWithin = kAnswerWithin;
    Millis m_notBefore = 0;
    bool m_pastEnd = false;
};

}  // namespace rw
