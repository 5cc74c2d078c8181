#include "core/net/http_error.h"

#include <arpa/inet.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/byte_size.h"
#include "core/base/readable.h"

namespace rw {

namespace {

constexpr std::size_t kShownAnswer = 200;  ///< bytes of a server's message
constexpr Millis kLongestRetryAfter = 24 * 3'600'000;
constexpr std::string_view kHiddenSecret = "…";
constexpr std::size_t kShortestHidden = 4;  // less is found in any text

/// The part between “https://” and the path.
std::string_view authorityOf(std::string_view address) {
    const std::size_t scheme = address.find("://");
    if (scheme == std::string_view::npos) return {};
    address.remove_prefix(scheme + 3);
    return address.substr(0, address.find_first_of("/?#"));
}

std::string_view hostOf(std::string_view address) {
    std::string_view host = authorityOf(address);
    if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
    return host.substr(0, host.find(':'));
}

bool oneLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return isAsciiControl(c); });
}

/// The same, with the setting that mends it.
Status mendedBy(const char* setting, const Status& status) {
    Error error = status.error();
    error.param = setting;
    return Status(std::move(error));
}

Status certificateError(const HttpServer& server, const TransferEnd& end) {
    const std::string& at = server.address;
    switch (end.verified) {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return mendedBy(
                kCaFileSetting,
                {ErrorCode::Refused, RW_TEXT("net", "The certificate of %1 is self-signed.").with(at),
                 RW_TEXT("net", "Name the file of the certificate (PEM) as the CA file.")});
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return mendedBy(kCaFileSetting,
                            {ErrorCode::Refused,
                             RW_TEXT("net", "Nobody known here signed the certificate of %1.").with(at),
                             RW_TEXT("net",
                                     "Name the file with the certificate of who signed it (PEM) as the CA "
                                     "file.")});
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return {ErrorCode::Refused, RW_TEXT("net", "The certificate of %1 has expired.").with(at),
                    RW_TEXT("net", "Have it renewed; see whether the clock of this computer is right.")};
        default:
            return {ErrorCode::Refused,
                    RW_TEXT("net", "The certificate of %1 does not hold: %2").with(at, end.said),
                    RW_TEXT("net", "The address must have the name that the certificate is for.")};
    }
}

}  // namespace

void hideRepeated(std::string& text, const Secret& secret) {
    if (secret.empty()) return;
    secret.reveal([&text](std::string_view shown) {
        if (shown.size() < kShortestHidden) return;
        for (std::size_t at = 0; (at = text.find(shown, at)) != std::string::npos; at += kHiddenSecret.size())
            text.replace(at, shown.size(), kHiddenSecret);
    });
}

std::string firstLineOf(std::string_view text) {
    std::string line = shortened(text.substr(0, text.find('\n')), kShownAnswer);
    while (!line.empty() && isAsciiBlank(line.back())) line.pop_back();
    return line;
}

std::string withoutSlash(std::string_view address) {
    while (address.ends_with('/')) address.remove_suffix(1);
    return std::string(address);
}

bool isLoopback(std::string_view address) {
    const std::string host(hostOf(address));
    // Numbers alone: 127.0.0.1.example.com is a name that anybody may give to his own server.
    in_addr numbers{};
    const bool numeric = ::inet_pton(AF_INET, host.c_str(), &numbers) == 1;
    return host == "localhost" || host == "[::1]" || (numeric && ntohl(numbers.s_addr) >> 24 == 127);
}

Status usableServer(const HttpServer& server) {
    const std::string& at = server.address;
    const bool secret = at.starts_with("https://");
    if ((!secret && !at.starts_with("http://")) || hostOf(at).empty() || !oneLine(at))
        return {ErrorCode::Invalid, RW_TEXT("net", "“%1” is not the address of a server.").with(at),
                RW_TEXT("net",
                        "Write http:// or https://, the computer's name and the port: "
                        "http://127.0.0.1:8083.")};
    if (authorityOf(at).find('@') != std::string_view::npos)
        return {ErrorCode::Invalid, RW_TEXT("net", "An address is no place for a name and a password."),
                RW_TEXT("net", "Leave out what stands before the @, and give a token instead.")};
    if (!server.bearer.reveal(oneLine))
        return {ErrorCode::Invalid, RW_TEXT("net", "The token for %1 is more than one line.").with(at),
                RW_TEXT("net", "Give the token alone, without a line break behind it.")};
    if (!server.key.reveal(oneLine) || (!server.key.empty() && !isHeaderName(server.keyHeader)))
        return {ErrorCode::Invalid, RW_TEXT("net", "The API key for %1 can't be sent as a header.").with(at),
                RW_TEXT("net",
                        "Give the key alone, without a line break behind it, and a header's name such as "
                        "X-Api-Key.")};
    if (!server.key.empty() && !secret && !isLoopback(at))
        return {ErrorCode::Invalid,
                RW_TEXT("net", "The API key would go to %1 for everybody to read.").with(at),
                RW_TEXT("net", "Use an address with https://.")};
    if (!server.user.empty() && !server.password.empty() && !secret && !isLoopback(at))
        return {ErrorCode::Invalid,
                RW_TEXT("net", "The password would go to %1 for everybody to read.").with(at),
                RW_TEXT("net", "Use an address with https://.")};
    if (!server.bearer.empty() && !secret && !isLoopback(at))
        return {ErrorCode::Invalid,
                RW_TEXT("net", "The token would go to %1 for everybody to read.").with(at),
                RW_TEXT("net", "Use an address with https://.")};
    return {};
}

bool neverSent(CURLcode code) {
    return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST;
}

bool brokeOff(CURLcode code) {
    return code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR ||
           code == CURLE_SEND_ERROR;
}

bool isBusyForNow(long status) {
    return status == 429 || (status >= 502 && status <= 504);
}

Millis retryAfter(const HttpAnswer& answer, Instant now) {
    const std::string text(headerOf(answer, "Retry-After").value_or(""));
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size())
        return std::clamp<Millis>(seconds, 0, kLongestRetryAfter / 1'000) * 1'000;
    const time_t at = curl_getdate(text.c_str(), nullptr);  // -1: it is no date
    return at < 0 ? 0 : std::clamp<Millis>(Millis{at} * 1'000 - now, 0, kLongestRetryAfter);
}

ErrorCode codeOf(long status) {
    if (status == 401 || status == 403 || status == 407) return ErrorCode::Denied;
    if (status == 404) return ErrorCode::NotFound;
    const bool passes = status == 408 || status == 425 || status == 429;
    const bool never = status < 500 || status == 501 || status == 505;
    return never && !passes ? ErrorCode::Refused : ErrorCode::Io;
}

Status transferError(const HttpServer& server, const TransferEnd& end) {
    const std::string& at = server.address;
    switch (end.code) {
        case CURLE_COULDNT_CONNECT:
            return {ErrorCode::Io, RW_TEXT("net", "Nothing answers at %1.").with(at),
                    RW_TEXT("net", "Start what should be there, or correct the address.")};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorCode::Io,
                    RW_TEXT("net", "The host name “%1” cannot be resolved.").with(std::string(hostOf(at))),
                    RW_TEXT("net", "Correct the address; a name may be known in another network only.")};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorCode::Io, RW_TEXT("net", "There is no such proxy on the way to %1.").with(at),
                    RW_TEXT("net", "Correct the environment variables http_proxy and https_proxy.")};
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorCode::Io, RW_TEXT("net", "%1 did not answer in time.").with(at),
                    RW_TEXT("net", "See whether the server is busy, and try again.")};
        case CURLE_PEER_FAILED_VERIFICATION:
            return certificateError(server, end);
        case CURLE_SSL_CACERT_BADFILE:
            return mendedBy(
                kCaFileSetting,
                {ErrorCode::NotFound, RW_TEXT("net", "The CA file “%1” can't be read.").with(server.caFile),
                 RW_TEXT("net", "It must hold certificates as PEM: -----BEGIN CERTIFICATE-----.")});
        case CURLE_SSL_CERTPROBLEM:
            return mendedBy(
                kClientCertificateSetting,
                {ErrorCode::Refused,
                 RW_TEXT("net", "The client certificate “%1” can't be used: %2")
                     .with(server.certificate.file, end.said),
                 RW_TEXT("net",
                         "It and its key must be PEM and belong together, and the passphrase must fit.")});
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorCode::Io, RW_TEXT("net", "The server at %1 does not use TLS.").with(at),
                    RW_TEXT("net", "Write http:// if the server is meant to be without TLS.")};
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            return strangeAnswer(server, RW_TEXT("net", "it is no HTTP"));
        default:
            break;
    }
    if (brokeOff(end.code))
        return {ErrorCode::Io, RW_TEXT("net", "%1 broke off in the middle of its answer.").with(at),
                RW_TEXT("net", "See whether the server still runs, and try again.")};
    return {ErrorCode::Io, RW_TEXT("net", "No answer from %1: %2").with(at, end.said)};
}

Status answerTooLarge(const HttpServer& server) {
    return {ErrorCode::Refused, RW_TEXT("net", "The answer of %1 is longer than %2.")
                                    .with(server.address, byteSizeText(server.largestAnswer))};
}

Status redirected(const HttpServer& server, const std::string& to) {
    return {ErrorCode::Refused,
            RW_TEXT("net", "%1 sends its visitors on to “%2”.").with(server.address, firstLineOf(to)),
            RW_TEXT("net", "Use that address if it is the right one; it may also be a page to log in.")};
}

Status refusedAnswer(const HttpServer& server, long status, const std::string& words) {
    const std::string line = firstLineOf(words);
    const ErrorCode code = codeOf(status);
    Text fix;
    if (code == ErrorCode::Denied) {
        fix = RW_TEXT("net", "Give the token that the server asks for.");
    } else if (code == ErrorCode::NotFound) {
        fix = RW_TEXT("net", "See whether the address is right.");
    }
    return {code,
            line.empty() ? RW_TEXT("net", "%1 answers HTTP %2.").with(server.address, status)
                         : RW_TEXT("net", "%1 answers HTTP %2: %3").with(server.address, status, line),
            fix};
}

Status strangeAnswer(const HttpServer& server, const Text& what) {
    return {ErrorCode::Io,
            RW_TEXT("net", "What %1 answers is not what was expected: %2").with(server.address, what),
            RW_TEXT("net", "See whether the address is right, and the version one that is known here.")};
}

}  // namespace rw
