#include "core/net/http_client.h"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.h"
#include "core/net/curl_handles.h"
#include "core/net/http_error.h"

namespace rw {

/// The part of an answer that has come so far.
struct HttpComing {
    std::string body{};
    std::vector<HttpHeader> headers{};
    std::size_t largest = 0;
    bool tooLarge = false;
    bool headed = false;  ///< the head is there in full: libcurl takes one that is cut for an answer
};

namespace {

constexpr int kFlagLookMillis = 100;  ///< how often the caller's flag is read
constexpr Millis kLongestTurn = 60'000;

const char* methodName(HttpMethod method) {
    switch (method) {
        case HttpMethod::Post:
            return "POST";
        case HttpMethod::Put:
            return "PUT";
        case HttpMethod::Patch:
            return "PATCH";
        case HttpMethod::Delete:
            return "DELETE";
        case HttpMethod::Get:
            break;
    }
    return "GET";
}

bool hasBody(HttpMethod method) {
    return method == HttpMethod::Post || method == HttpMethod::Put || method == HttpMethod::Patch;
}

std::string lineOf(const HttpHeader& header) {
    return header.name + ": " + header.value;
}

Status requestCancelled() {
    return {ErrorCode::Cancelled, RW_TEXT("net", "The request was cancelled.")};
}

std::size_t takeBytes(char* bytes, std::size_t one, std::size_t count, void* into) {
    auto& coming = *static_cast<HttpComing*>(into);
    coming.tooLarge = coming.body.size() + one * count > coming.largest;
    if (coming.tooLarge) return 0;
    coming.body.append(bytes, one * count);
    return one * count;
}

std::string_view withoutBlanks(std::string_view text) {
    while (!text.empty() && isAsciiBlank(text.front())) text.remove_prefix(1);
    while (!text.empty() && isAsciiBlank(text.back())) text.remove_suffix(1);
    return text;
}

// libcurl gives no more than 300 KiB of headers. A line “HTTP/1.1 100 Continue” begins another head.
std::size_t takeHeader(char* bytes, std::size_t one, std::size_t count, void* into) {
    auto& coming = *static_cast<HttpComing*>(into);
    const std::string_view line(bytes, one * count);
    const std::size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        coming.headers.clear();
        coming.headed = false;
    } else if (colon != std::string_view::npos) {
        coming.headers.push_back({std::string(withoutBlanks(line.substr(0, colon))),
                                  std::string(withoutBlanks(line.substr(colon + 1)))});
    } else if (withoutBlanks(line).empty()) {
        coming.headed = true;
    }
    return one * count;
}

/// The string is made in one piece: no copy of a token stays behind when it grows.
std::string urlOf(const HttpServer& server, const HttpRequest& request) {
    std::string url;
    request.query.reveal([&](std::string_view query) {
        url.reserve(server.address.size() + request.path.size() + query.size() + 2);
        url += withoutSlash(server.address);
        url += request.path;
        if (query.empty()) return;
        url += request.path.find('?') == std::string::npos ? '?' : '&';
        url += query;
    });
    return url;
}

}  // namespace

std::optional<std::string_view> headerOf(const HttpAnswer& answer, std::string_view name) {
    for (const HttpHeader& header : answer.headers)
        if (sameAsciiWord(header.name, name)) return header.value;
    return std::nullopt;
}

struct HttpClient::Handles : CurlHandles {};

/// One try of a request.
struct HttpClient::Try {
    Result<HttpAnswer> result;
    bool unsent = false;  ///< it never came to the server: any request may be repeated
    bool broken =
        false;  ///< it may have come there, or the server is busy: again when twice does no more than once
    Millis notBefore = 0;  ///< the server asks to be left alone for so long
};

/// A request that is under way, and what has come of its answer.
struct HttpClient::Transfer {
    HttpRequest request{};  ///< libcurl reads its body from here
    std::string url{};
    CurlHeaders headers{};
    HttpComing coming{};
    bool over = false, broken = false;
};

HttpClient::HttpClient(HttpServer server)
    : m_server(std::move(server)), m_usable(usableServer(m_server)), m_handles(std::make_unique<Handles>()) {}

HttpClient::~HttpClient() {
    giveUp();
}

void HttpClient::start(HttpRequest from, Millis within) {
    giveUp();
    const Handles& curl = *m_handles;
    m_transfer = std::make_unique<Transfer>();
    Transfer& transfer = *m_transfer;
    transfer.request = std::move(from);
    const HttpRequest& request = transfer.request;
    transfer.coming.largest = m_server.largestAnswer;
    m_handles->said[0] = 0;
    transfer.url = urlOf(m_server, request);
    for (const HttpHeader& header : request.headers) transfer.headers.add(lineOf(header).c_str());
    for (const HttpHeader& header : m_server.headers) {
        if (!holdsHeader(request.headers, header.name)) transfer.headers.add(lineOf(header).c_str());
    }
    m_server.key.reveal([&](std::string_view key) {
        if (key.empty()) return;
        std::string line = m_server.keyHeader + ": " + std::string(key);
        transfer.headers.add(line.c_str());
        wipe(line);
    });
    transfer.headers.add("Expect:");
    curl_easy_reset(curl.easy);  // of options; connections stay
    curl.set(CURLOPT_URL, transfer.url.c_str());  // which it copies
    wipe(transfer.url);
    curl.set(CURLOPT_PROTOCOLS_STR, "http,https");
    curl.set(CURLOPT_NOSIGNAL, 1L);
    // A name server that is silent would otherwise be waited for, be the request cancelled or overdue.
    curl.set(CURLOPT_QUICK_EXIT, 1L);
    curl.set(CURLOPT_ERRORBUFFER, m_handles->said);
    curl.set(CURLOPT_HTTPHEADER, transfer.headers.list());
    curl.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_server.connectWithin));
    curl.set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<Millis>(within, 1)));
    curl.set(CURLOPT_WRITEFUNCTION, &takeBytes);
    curl.set(CURLOPT_WRITEDATA, &transfer.coming);
    curl.set(CURLOPT_HEADERFUNCTION, &takeHeader);
    curl.set(CURLOPT_HEADERDATA, &transfer.coming);
    if (isLoopback(m_server.address)) curl.set(CURLOPT_PROXY, "");
    if (!m_server.caFile.empty()) curl.set(CURLOPT_CAINFO, m_server.caFile.c_str());
    curl.present(m_server.certificate);
    if (!m_server.bearer.empty()) {
        curl.set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        m_server.bearer.reveal(
            [&](std::string_view token) { curl.set(CURLOPT_XOAUTH2_BEARER, token.data()); });
    }
    if (!m_server.user.empty() && m_server.bearer.empty()) {
        curl.set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        curl.set(CURLOPT_USERNAME, m_server.user.c_str());
        m_server.password.reveal(
            [&](std::string_view password) { curl.set(CURLOPT_PASSWORD, password.data()); });
    }
    if (hasBody(request.method)) {
        const std::string_view body = request.lent.value_or(request.body);
        curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl.set(CURLOPT_POSTFIELDS, body.empty() ? "" : body.data());
    }
    // On a connection that was kept libcurl itself sends a request once more when it ends without an answer.
    if (request.method == HttpMethod::Post && !request.mayRepeat) curl.set(CURLOPT_FRESH_CONNECT, 1L);
    if (request.method != HttpMethod::Get) curl.set(CURLOPT_CUSTOMREQUEST, methodName(request.method));
    curl_multi_add_handle(curl.multi, curl.easy);
}

bool HttpClient::goOn(Millis within) {
    const Handles& curl = *m_handles;
    Transfer& transfer = *m_transfer;
    const std::int64_t until = m_clock->steadyMillis() + within;
    while (!transfer.over && !cancelled()) {
        int running = 1;
        transfer.broken = curl_multi_perform(curl.multi, &running) != CURLM_OK;
        transfer.over = transfer.broken || running == 0;
        if (transfer.over) break;
        const std::int64_t left = until - m_clock->steadyMillis();
        if (left <= 0) return false;
        const int wait = static_cast<int>(std::min<std::int64_t>(left, looks() ? kFlagLookMillis : 1'000));
        transfer.broken = curl_multi_poll(curl.multi, nullptr, 0, wait, nullptr) != CURLM_OK;
        transfer.over = transfer.broken;
    }
    return true;
}

HttpClient::Try HttpClient::finish() {
    const Handles& curl = *m_handles;
    const std::unique_ptr<Transfer> transfer = std::move(m_transfer);
    HttpComing& coming = transfer->coming;
    const bool complete = transfer->over && !transfer->broken;
    CURLcode end = complete ? curl.end() : CURLE_ABORTED_BY_CALLBACK;
    if (end == CURLE_OK && !coming.headed) end = CURLE_PARTIAL_FILE;
    HttpAnswer answer;
    answer.status = curl.get(CURLINFO_RESPONSE_CODE, 0L);
    const long verified = curl.get(CURLINFO_SSL_VERIFYRESULT, 0L);
    const char* elsewhere = curl.get<char*>(CURLINFO_REDIRECT_URL, nullptr);
    std::string redirect = elsewhere ? elsewhere : "";
    curl_multi_remove_handle(curl.multi, curl.easy);
    curl_easy_reset(curl.easy);  // of the token, and of pointers into the transfer

    if (cancelled()) return {requestCancelled()};
    if (coming.tooLarge) return {answerTooLarge(m_server)};
    if (end != CURLE_OK)
        return {transferError(m_server, {end, verified, m_handles->said}), neverSent(end), brokeOff(end)};
    constexpr long kNotModified = 304;
    answer.body = std::move(coming.body);
    if (answer.status >= 300) {  // words of it are shown
        for (std::string* const text : {&redirect, &answer.body}) {
            hideRepeated(*text, m_server.bearer);
            hideRepeated(*text, m_server.password);
            hideRepeated(*text, m_server.key);
            hideRepeated(*text, transfer->request.query);
        }
    }
    const bool elsewhereTold = answer.status >= 300 && answer.status < 400 && answer.status != kNotModified;
    if (elsewhereTold && !transfer->request.takesRedirections) return {redirected(m_server, redirect)};
    answer.headers = std::move(coming.headers);
    const bool busy = isBusyForNow(answer.status);
    const Millis notBefore = busy ? retryAfter(answer, m_clock->now()) : 0;
    // It has not begun a request that it refused because of its load.
    const bool unsent = answer.status == 429;
    return {std::move(answer), unsent, busy, notBefore};
}

void HttpClient::giveUp() {
    if (!m_transfer) return;
    curl_multi_remove_handle(m_handles->multi, m_handles->easy);
    curl_easy_reset(m_handles->easy);
    m_transfer.reset();
}

HttpClient::Try HttpClient::once(const HttpRequest& request, Millis within) {
    start(request, within);
    while (!goOn(kLongestTurn)) {
    }
    return finish();
}

Status HttpClient::usable(const HttpRequest& request) const {
    RW_TRY(m_usable);
    if (request.query.empty()) return {};
    HttpServer judged = m_server;
    judged.bearer = request.query;
    return usableServer(judged);
}

Status HttpClient::begin(HttpRequest request, Millis within) {
    RW_TRY(usable(request));
    start(std::move(request), std::min(within, m_within));
    return {};
}

Result<std::optional<HttpAnswer>> HttpClient::await(Millis within) {
    if (!m_transfer) return std::optional<HttpAnswer>();
    if (!goOn(within)) return std::optional<HttpAnswer>();
    Try one = finish();
    if (!one.result.ok()) return one.result.status();
    return std::optional<HttpAnswer>(std::move(one.result).value());
}

Result<HttpAnswer> HttpClient::send(const HttpRequest& request) {
    RW_TRY(usable(request));
    const std::int64_t until = m_clock->steadyMillis() + m_within;
    Millis wait = m_server.firstPause;
    for (int tries = 1;; ++tries) {
        Try one = once(request, until - m_clock->steadyMillis());
        const bool twice = request.method != HttpMethod::Post || request.mayRepeat;
        const bool repeatable = one.unsent || (one.broken && twice);
        const Millis pauseFor = std::max(wait, one.notBefore);
        if (!repeatable || tries >= m_server.tries || m_clock->steadyMillis() + pauseFor >= until)
            return std::move(one.result);
        RW_TRY(pause(pauseFor));
        wait *= 2;
    }
}

Status HttpClient::pause(Millis millis) {
    const std::int64_t until = m_clock->steadyMillis() + millis;
    while (!cancelled()) {
        const std::int64_t left = until - m_clock->steadyMillis();
        if (left <= 0) return {};
        // Unlike a sleep it ends with curl_multi_wakeup().
        const int wait = static_cast<int>(std::min<std::int64_t>(left, looks() ? kFlagLookMillis : 60'000));
        curl_multi_poll(m_handles->multi, nullptr, 0, wait, nullptr);
    }
    return requestCancelled();
}

void HttpClient::cancel() {
    m_cancelled = true;
    curl_multi_wakeup(m_handles->multi);
}

}  // namespace rw
