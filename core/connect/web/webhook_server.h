// Takes requests that others send: what a webhook is on the side of who listens.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/base/time.h"
#include "core/net/listening.h"
#include "core/secrets/secret.h"

namespace rw {

struct WebhookOptions {
    ListenAddress address{};
    std::string path{};  ///< “/orders”; others are answered 404
    Secret token{};      ///< as “Authorization: Bearer …”; others are answered 401
    std::size_t largestBody = std::size_t{16} << 20;   ///< larger ones are answered 413
    std::size_t largestInAll = std::size_t{64} << 20;  ///< of bodies on their way; then 503
    unsigned connections = 64;                         ///< further ones wait until one ends
    Millis requestWithin = 30'000;  ///< from the connection to the end of the body; then it is closed
    Millis silence = 10'000;        ///< without a byte it is closed
};

struct WebhookRequest {
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};  ///< but for those that sign in
};

enum class WebhookVerdict {
    Taken,     ///< 204: it will not be lost
    NotNow,    ///< 503 with Retry-After
    TooLarge,  ///< 413
    Malformed  ///< 400: the same would not be taken, either
};

/// It has a thread of its own, which `take` is called on: that may wait for a disk, and the others wait with
/// it. A connection that is slower than it should be is closed, and where all are taken, the one that was
/// waited for longest: nobody keeps others out.
///
/// By libmicrohttpd, not cpp-httplib: that one has a thread for each connection, and a time limit for each
/// read alone, so a few clients that send a byte now and then hold all of its threads for as long as they
/// like, before any function of ours is called.
class WebhookServer {
 public:
    using Take = std::function<WebhookVerdict(WebhookRequest&)>;

    /// An error that may pass where another program has the port.
    static Result<std::unique_ptr<WebhookServer>> start(WebhookOptions options, Take take);
    ~WebhookServer();
    WebhookServer(const WebhookServer&) = delete;
    WebhookServer& operator=(const WebhookServer&) = delete;

    int port() const;

 private:
    class Loop;
    explicit WebhookServer(std::unique_ptr<Loop> loop);
    const std::unique_ptr<Loop> m_loop;
};

}  // namespace rw
