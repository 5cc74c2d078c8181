// Sends requests to a service over HTTP until it has taken or refused them, on the thread of a sink.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/web/sink_patience.h"
#include "core/net/http_client.h"

namespace rw {

/// Single-threaded. It waits, but no longer than half a second once the run is being stopped.
class HttpSender {
 public:
    struct About {
        HttpMethod method = HttpMethod::Post;
        std::string path{};
        std::vector<HttpHeader> headers{};  ///< besides those of the connection
        Millis giveUpAfter = 60'000;        ///< an error after so long without being taken
        bool sendsPages = true;  ///< what is asked may answer with a page for people; else that is an error
        std::function<bool()> stopping = [] { return false; };
    };
    HttpSender(NodeConnection connection, About about);
    ~HttpSender();

    /// Whether there is an address, and what signs in there.
    Status open();
    struct Sent {
        enum class Outcome {
            Taken,
            TooLarge,  ///< 413: less of it may be taken
            Refused    ///< another 4xx: the same would be refused again
        } outcome = Outcome::Taken;
        Text reason{};
        HttpAnswer answer{};  ///< Taken
    };
    /// `key`: the same for a body that is sent again. A service that is away, busy (429) or broken (5xx) is
    /// asked again after a pause that doubles, or as late as it says. Errors: it did not take the body in
    /// time (Io), refuses all (401, 403, 404), or is not who it should be.
    Result<Sent> send(const std::string& body, const std::string& type, const std::string& key);
    /// The same for any request that may come to the service twice; headers of the connection are added.
    Result<Sent> send(HttpRequest request);
    /// The same with less patience: the start of a run waits for it.
    Result<Sent> sendAtStart(HttpRequest request);
    /// Any thread.
    SinkStanding standing() const { return m_patience.standing(); }
    /// Outages since the last call.
    std::vector<Text> takeNotes() { return m_patience.takeNotes(); }

 private:
    Status connect();
    Result<HttpAnswer> ask(const HttpRequest& request);

    const NodeConnection m_connection;
    const About m_about;
    SinkPatience m_patience;
    Millis m_answerWithin = HttpServer().answerWithin;
    std::unique_ptr<HttpClient> m_client{};  ///< null: to be made
};

}  // namespace rw
