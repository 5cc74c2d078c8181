// Errors between a client and a server, in words that say what to do about them.
#pragma once
#include <curl/curl.h>

#include <string>
#include <string_view>

#include "core/net/http_client.h"

namespace rw {

/// How a transfer failed, as libcurl tells it.
struct TransferEnd {
    CURLcode code = CURLE_OK;
    long verified = 0;  ///< OpenSSL's word on the server's certificate (X509_V_ERR_…)
    std::string said{};
};

/// Error::param of what a CA file mends, and of a client certificate that can't be used: the names of these
/// settings wherever a server has them.
inline constexpr const char *kCaFileSetting = "ca_file", *kClientCertificateSetting = "client_certificate";

/// Success when requests can be sent there: the address is one, and a token would go encrypted.
Status usableServer(const HttpServer& server);
Status transferError(const HttpServer& server, const TransferEnd& end);
/// The request never came to the server.
bool neverSent(CURLcode code);
/// The connection was lost while the server had the request.
bool brokeOff(CURLcode code);

/// The server, or a gateway before it, can't answer for the moment: 429, 502, 503, 504.
bool isBusyForNow(long status);
/// How long the server wants to be left alone (Retry-After, seconds or a date), at most a day; 0: it does not
/// say.
Millis retryAfter(const HttpAnswer& answer, Instant now);
/// The error code for a status of 400 and above. Denied: 401, 403, 407. NotFound: 404. Io, which
/// time may mend: 408, 425, 429 and those from 500 on, but not 501 and 505. Refused: all others.
ErrorCode codeOf(long status);

Status answerTooLarge(const HttpServer& server);
Status redirected(const HttpServer& server, const std::string& to);
/// An answer of 400 and above: its status, and `words`, the server's message; they may be empty.
Status refusedAnswer(const HttpServer& server, long status, const std::string& words);
/// The server is not the one that the address should be of: `what` tells the difference.
Status strangeAnswer(const HttpServer& server, const Text& what);

/// Puts … in the place of a secret in a server's message: services repeat what they were shown, as in “token
/// abc is not valid”.
void hideRepeated(std::string& text, const Secret& secret);
/// The first line of a server's message, short enough to be shown.
std::string firstLineOf(std::string_view text);
/// The address without the slash that it may end in.
std::string withoutSlash(std::string_view address);
/// An address of this computer alone, which no proxy reaches.
bool isLoopback(std::string_view address);

}  // namespace rw
