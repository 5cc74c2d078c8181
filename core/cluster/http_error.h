// What goes wrong between a client and a server, in words that say what to do about it.
#pragma once
#include <curl/curl.h>

#include <string>
#include <string_view>

#include "core/cluster/http.h"

namespace rw {

/// How a transfer failed, as libcurl tells it.
struct TransferEnd {
    CURLcode code = CURLE_OK;
    long verified = 0;  ///< OpenSSL's word on the server's certificate (X509_V_ERR_…)
    std::string said{};
};

/// Success when requests can be sent there: the address is one, and a token would go encrypted.
Status usableServer(const HttpServer& server);
Status transferError(const HttpServer& server, const TransferEnd& end);
/// The request never came to the server.
bool neverSent(CURLcode code);
/// The connection was lost while the server had the request.
bool brokeOff(CURLcode code);

Status answerTooLarge(const HttpServer& server);
Status redirected(const HttpServer& server, const std::string& to);
/// An answer of 400 and above: its status, and the first line of what the server says of it.
Status refusedAnswer(const HttpServer& server, const HttpAnswer& answer);
Result<Json> jsonOf(const HttpServer& server, const HttpAnswer& answer);
/// What answers is something else than what the address should be of: `what` says what is not as it should.
Status strangeAnswer(const HttpServer& server, const Text& what);
/// What should be in its answer is not.
Status lacking(const HttpServer& server, const char* member);

/// The address without the slash that it may end in.
std::string withoutSlash(std::string_view address);
/// An address of this computer alone, which no proxy reaches.
bool isLoopback(std::string_view address);

}  // namespace rw
