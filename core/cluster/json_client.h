// A client of servers that speak JSON over HTTP, as Flink's do.
#pragma once
#include <string>

#include "core/net/http_client.h"
#include "core/pipeline/pipeline.h"

namespace rw {

/// As HttpClient: single-threaded, but for cancel().
class JsonClient : public HttpClient {
 public:
    using HttpClient::HttpClient;

    /// The server's answer, also one that refuses; a null `body` is none.
    Result<HttpAnswer> send(HttpMethod method, const std::string& path, const Json& body = {});
    /// The JSON of an answer of success (nothing: null); any other is an error with the server's own words.
    Result<Json> ask(HttpMethod method, const std::string& path, const Json& body = {});
    Result<Json> get(const std::string& path) { return ask(HttpMethod::Get, path); }
};

/// An answer of 400 and above: its status, and the first line of the server's message.
Status refusedAnswer(const HttpServer& server, const HttpAnswer& answer);
Result<Json> jsonOf(const HttpServer& server, const HttpAnswer& answer);
/// A member that its answer must have is missing.
Status lacking(const HttpServer& server, const char* member);

}  // namespace rw
