#include "core/cluster/http_error.h"

#include <arpa/inet.h>
#include <openssl/x509_vfy.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/byte_size.h"
#include "core/cluster/flink_trace.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr std::size_t kShownAnswer = 200;  ///< bytes of an answer that is no JSON

/// What follows “https://” up to the path.
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

std::string firstLineOf(std::string_view text) {
    std::string line = shortened(text.substr(0, text.find('\n')), kShownAnswer);
    while (!line.empty() && isAsciiBlank(line.back())) line.pop_back();
    return line;
}

Status certificateError(const HttpServer& server, const TransferEnd& end) {
    const std::string& at = server.address;
    switch (end.verified) {
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return {ErrorCode::Io, RW_TEXT("cluster", "The certificate of %1 is self-signed.").with(at),
                    RW_TEXT("cluster", "Name the file of the certificate (PEM) as the CA file.")};
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return {ErrorCode::Io,
                    RW_TEXT("cluster", "Nobody known here signed the certificate of %1.").with(at),
                    RW_TEXT("cluster",
                            "Name the file with the certificate of who signed it (PEM) as the CA "
                            "file.")};
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return {ErrorCode::Io, RW_TEXT("cluster", "The certificate of %1 has expired.").with(at),
                    RW_TEXT("cluster", "Have it renewed; see whether the clock of this computer is right.")};
        default:
            return {ErrorCode::Io,
                    RW_TEXT("cluster", "The certificate of %1 does not hold: %2").with(at, end.said),
                    RW_TEXT("cluster", "The address must have the name that the certificate is for.")};
    }
}

}  // namespace

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
        return {ErrorCode::Invalid, RW_TEXT("cluster", "“%1” is not the address of a server.").with(at),
                RW_TEXT("cluster",
                        "Write http:// or https://, the computer's name and the port: "
                        "http://127.0.0.1:8083.")};
    if (authorityOf(at).find('@') != std::string_view::npos)
        return {ErrorCode::Invalid, RW_TEXT("cluster", "An address is no place for a name and a password."),
                RW_TEXT("cluster", "Leave out what stands before the @, and give a token instead.")};
    if (!oneLine(server.bearer))
        return {ErrorCode::Invalid, RW_TEXT("cluster", "The token for %1 is more than one line.").with(at),
                RW_TEXT("cluster", "Give the token alone, without a line break behind it.")};
    if (!server.bearer.empty() && !secret && !isLoopback(at))
        return {ErrorCode::Invalid,
                RW_TEXT("cluster", "The token would go to %1 for everybody to read.").with(at),
                RW_TEXT("cluster", "Use an address with https://.")};
    return {};
}

bool neverSent(CURLcode code) {
    return code == CURLE_COULDNT_CONNECT || code == CURLE_COULDNT_RESOLVE_HOST;
}

bool brokeOff(CURLcode code) {
    return code == CURLE_GOT_NOTHING || code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR ||
           code == CURLE_SEND_ERROR;
}

Status transferError(const HttpServer& server, const TransferEnd& end) {
    const std::string& at = server.address;
    switch (end.code) {
        case CURLE_COULDNT_CONNECT:
            return {ErrorCode::Io, RW_TEXT("cluster", "Nothing answers at %1.").with(at),
                    RW_TEXT("cluster", "Start what should be there, or correct the address.")};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorCode::Io,
                    RW_TEXT("cluster", "There is no computer “%1”.").with(std::string(hostOf(at))),
                    RW_TEXT("cluster", "Correct the address; a name may be known in another network only.")};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorCode::Io, RW_TEXT("cluster", "There is no such proxy on the way to %1.").with(at),
                    RW_TEXT("cluster", "Correct the environment variables http_proxy and https_proxy.")};
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorCode::Io, RW_TEXT("cluster", "%1 did not answer in time.").with(at),
                    RW_TEXT("cluster", "See whether the server is busy, and try again.")};
        case CURLE_PEER_FAILED_VERIFICATION:
            return certificateError(server, end);
        case CURLE_SSL_CACERT_BADFILE:
            return {ErrorCode::NotFound,
                    RW_TEXT("cluster", "The CA file “%1” can't be read.").with(server.caFile),
                    RW_TEXT("cluster", "It must hold certificates as PEM: -----BEGIN CERTIFICATE-----.")};
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorCode::Io, RW_TEXT("cluster", "What answers at %1 does not encrypt.").with(at),
                    RW_TEXT("cluster", "Write http:// if the server is meant to be without TLS.")};
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            return strangeAnswer(server, RW_TEXT("cluster", "it is no HTTP"));
        default:
            break;
    }
    if (brokeOff(end.code))
        return {ErrorCode::Io, RW_TEXT("cluster", "%1 broke off in the middle of its answer.").with(at),
                RW_TEXT("cluster", "See whether the server still runs, and try again.")};
    return {ErrorCode::Io, RW_TEXT("cluster", "No answer from %1: %2").with(at, end.said)};
}

Status answerTooLarge(const HttpServer& server) {
    return {ErrorCode::Io, RW_TEXT("cluster", "The answer of %1 is longer than %2.")
                               .with(server.address, byteSizeText(server.largestAnswer))};
}

Status redirected(const HttpServer& server, const std::string& to) {
    return {ErrorCode::Io,
            RW_TEXT("cluster", "%1 sends its visitors on to “%2”.").with(server.address, firstLineOf(to)),
            RW_TEXT("cluster", "Use that address if it is the right one; it may also be a page to log in.")};
}

Status refusedAnswer(const HttpServer& server, const HttpAnswer& answer) {
    const std::string words = firstLineOf(innermostCause(errorsOf(answer)));
    Text fix;
    if (answer.status == 401 || answer.status == 403) {
        fix = RW_TEXT("cluster", "Give the token that the server asks for.");
    } else if (answer.status == 404) {
        fix = RW_TEXT(
            "cluster",
            "See whether the address is right: Flink's SQL gateway and its JobManager have one each.");
    }
    return {ErrorCode::Io,
            words.empty()
                ? RW_TEXT("cluster", "%1 answers HTTP %2.").with(server.address, answer.status)
                : RW_TEXT("cluster", "%1 answers HTTP %2: %3").with(server.address, answer.status, words),
            fix};
}

Result<Json> jsonOf(const HttpServer& server, const HttpAnswer& answer) {
    if (answer.body.empty()) return Json();
    Json json = Json::parse(answer.body, nullptr, false);
    if (json.is_discarded())
        return strangeAnswer(server, RW_TEXT("cluster", "it says “%1”").with(firstLineOf(answer.body)));
    return json;
}

Status strangeAnswer(const HttpServer& server, const Text& what) {
    return {ErrorCode::Io,
            RW_TEXT("cluster", "What %1 answers is not what was expected: %2").with(server.address, what),
            RW_TEXT("cluster", "See whether the address is right, and the version one that is known here.")};
}

Status lacking(const HttpServer& server, const char* member) {
    return strangeAnswer(server, RW_TEXT("cluster", "it lacks “%1”").with(member));
}

}  // namespace rw
