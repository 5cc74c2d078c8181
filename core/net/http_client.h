// A client of a foreign server over HTTP or HTTPS. It knows bytes; callers know the meaning of a body.
#pragma once
#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/net/client_certificate.h"
#include "core/net/http_headers.h"
#include "core/secrets/secret.h"

namespace rw {

/// Where a server is, and how patient its client is.
struct HttpServer {
    std::string address{};  ///< “https://flink.example:8083”, or with a path that its paths are below
    Secret bearer{};        ///< a token for “Authorization: Bearer …”; empty: none
    std::string user{};     ///< for “Authorization: Basic …” with `password`; empty: none
    Secret password{};      ///< counts with a user alone
    std::string keyHeader{};            ///< the name of the header whose value is `key`
    Secret key{};                       ///< empty: that header is not sent
    std::vector<HttpHeader> headers{};  ///< with each request that has no header of that name; no secrets
    std::string caFile{};   ///< PEM, the certificates that are trusted; empty: the system's
    ClientCertificate certificate{};
    Millis connectWithin = 5'000;
    Millis answerWithin = 60'000;  ///< one request with all its tries
    int tries = 4;                 ///< when there is no answer, or a request that may be repeated breaks off
    Millis firstPause = 200;       ///< before the second try; twice as long before each further one
    std::size_t largestAnswer = std::size_t{256} << 20;
};

/// All but Post may come to the server twice: Patch sets a state (a job is cancelled).
enum class HttpMethod { Get, Post, Put, Patch, Delete };

struct HttpRequest {
    HttpMethod method = HttpMethod::Get;
    std::string path{};  ///< with its query: “/v3/info?x=1”
    std::string body{};  ///< of Post, Put and Patch; empty: they have none
    std::vector<HttpHeader> headers{};
    /// Of Post: it may come to the server twice, for the server tells by a header that it is the same.
    bool mayRepeat = false;
    /// Follows the path as part of its query, for protocols whose token is there. It is in no message, and is
    /// sent over TLS or to this computer only.
    Secret query{};
    /// A redirection is an answer, and its header Location tells where to; otherwise it is an error.
    bool takesRedirections = false;
    /// In place of `body`: bytes that the caller keeps until the request is over.
    std::optional<std::string_view> lent{};
};

struct HttpAnswer {
    long status = 0;  ///< 200 …
    std::string body{};
    std::vector<HttpHeader> headers{};  ///< in their order, also several of one name
};

/// The value of the first header of that name; upper and lower case are the same.
std::optional<std::string_view> headerOf(const HttpAnswer& answer, std::string_view name);

/// One server, one request at a time. Proxies are taken from the environment, but never to this computer.
/// Single-threaded, but for cancel().
class HttpClient {
 public:
    explicit HttpClient(HttpServer server);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    const HttpServer& server() const { return m_server; }
    /// The server's answer, also one that refuses. A server that is busy for the moment is asked again
    /// as late as it says (Retry-After), where that is within `answerWithin`. Redirections are never
    /// followed: a token is for the server that it was given for.
    Result<HttpAnswer> send(const HttpRequest& request);

    /// The same in pieces, and one try alone: for callers that have more to do while the server thinks. A
    /// request that is still under way is given up.
    Status begin(HttpRequest request) { return begin(std::move(request), m_within); }
    /// The same; an error when the answer is not there within this, or earlier.
    Status begin(HttpRequest request, Millis within);
    bool isUnderWay() const { return m_transfer != nullptr; }
    /// Waits for the answer, but no longer; nothing: it is not there yet. 304 (nothing is new) is an answer.
    Result<std::optional<HttpAnswer>> await(Millis within);
    void giveUp();

    /// Waits; an error as soon as the request is cancelled.
    Status pause(Millis millis);
    /// Ends the request under way and all that follow with ErrorCode::Cancelled, until resume(). Any thread. A
    /// name that is being looked up is left to the thread that asks for it.
    void cancel();
    void resume() { m_cancelled = false; }
    /// Is cancelled soon after this is set, and for as long as it is set. It must outlive the client.
    /// Gives the one before; null: there is none.
    const std::atomic<bool>* cancelWith(const std::atomic<bool>* flag) { return std::exchange(m_flag, flag); }
    /// The same, for a caller that knows by asking, as by MakeContext::stopping; it is asked several times a
    /// second.
    void cancelWhen(std::function<bool()> asked) { m_asked = std::move(asked); }
    bool cancelled() const { return m_cancelled || (m_flag && *m_flag) || (m_asked && m_asked()); }
    /// No request from here on takes longer, with all its tries: for requests that nothing should wait for.
    void hurry(Millis within) { m_within = std::min(m_within, within); }

 private:
    struct Handles;
    struct Try;
    struct Transfer;
    Try once(const HttpRequest& request, Millis within);
    Status usable(const HttpRequest& request) const;
    void start(HttpRequest request, Millis within);
    /// Whether it is over.
    bool goOn(Millis within);
    Try finish();
    bool looks() const { return m_flag != nullptr || m_asked; }

    const HttpServer m_server;
    const Status m_usable;
    Millis m_within = m_server.answerWithin;
    const std::shared_ptr<Clock> m_clock = systemClock();
    const std::unique_ptr<Handles> m_handles;
    std::unique_ptr<Transfer> m_transfer;  ///< null: none is under way
    std::atomic<bool> m_cancelled{false};
    const std::atomic<bool>* m_flag = nullptr;
    std::function<bool()> m_asked{};
};

}  // namespace rw
