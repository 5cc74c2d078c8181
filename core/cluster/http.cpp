#include "core/cluster/http.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>

#include "core/cluster/http_error.h"

namespace rw {

namespace {

constexpr int kFlagLookMillis = 100;  ///< how often somebody's flag is looked at

const char* methodName(HttpMethod method) {
    switch (method) {
        case HttpMethod::Post:
            return "POST";
        case HttpMethod::Patch:
            return "PATCH";
        case HttpMethod::Delete:
            return "DELETE";
        case HttpMethod::Get:
            break;
    }
    return "GET";
}

Status requestCancelled() {
    return {ErrorCode::Cancelled, RW_TEXT("cluster", "The request was cancelled.")};
}

/// Gateways say so while what is behind them comes up.
bool busyForNow(long status) {
    return status == 502 || status == 503 || status == 504;
}

/// What came so far of an answer.
struct Coming {
    std::string body{};
    std::size_t largest = 0;
    bool tooLarge = false;
};

std::size_t takeBytes(char* bytes, std::size_t one, std::size_t count, void* into) {
    auto& coming = *static_cast<Coming*>(into);
    coming.tooLarge = coming.body.size() + one * count > coming.largest;
    if (coming.tooLarge) return 0;
    coming.body.append(bytes, one * count);
    return one * count;
}

}  // namespace

/// What libcurl keeps between requests: the connection above all.
struct HttpClient::Handles {
    Handles() {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        multi = curl_multi_init();
        easy = curl_easy_init();
        for (const char* header : {"Content-Type: application/json", "Accept: application/json", "Expect:"})
            headers = curl_slist_append(headers, header);
    }
    ~Handles() {
        curl_easy_cleanup(easy);
        curl_multi_cleanup(multi);
        curl_slist_free_all(headers);
    }
    Handles(const Handles&) = delete;
    Handles& operator=(const Handles&) = delete;

    template <class T>
    void set(CURLoption option, T value) const {
        curl_easy_setopt(easy, option, value);
    }
    /// How the transfer that is over ended.
    CURLcode end() const {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left))
            if (message->msg == CURLMSG_DONE) return message->data.result;
        return CURLE_FAILED_INIT;
    }

    CURLM* multi = nullptr;
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    char said[CURL_ERROR_SIZE] = "";
};

/// One try of a request.
struct HttpClient::Try {
    Result<HttpAnswer> result;
    bool unsent = false;  ///< it never came to the server: it may be tried again, whatever it asks for
    bool broken =
        false;  ///< it may have come there, or the server is busy: again when twice does no more than once
};

HttpClient::HttpClient(HttpServer server)
    : m_server(std::move(server)), m_usable(usableServer(m_server)), m_handles(std::make_unique<Handles>()) {}

HttpClient::~HttpClient() = default;

HttpClient::Try HttpClient::once(HttpMethod method, const std::string& path, const std::string& body,
                                 Millis within) {
    const Handles& curl = *m_handles;
    Coming coming;
    coming.largest = m_server.largestAnswer;
    m_handles->said[0] = 0;
    const std::string url = withoutSlash(m_server.address) + path;
    curl_easy_reset(curl.easy);  // of options; connections stay
    curl.set(CURLOPT_URL, url.c_str());
    curl.set(CURLOPT_PROTOCOLS_STR, "http,https");
    curl.set(CURLOPT_NOSIGNAL, 1L);
    curl.set(CURLOPT_ERRORBUFFER, m_handles->said);
    curl.set(CURLOPT_HTTPHEADER, curl.headers);
    curl.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_server.connectWithin));
    curl.set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::max<Millis>(within, 1)));
    curl.set(CURLOPT_WRITEFUNCTION, &takeBytes);
    curl.set(CURLOPT_WRITEDATA, &coming);
    if (isLoopback(m_server.address)) curl.set(CURLOPT_PROXY, "");
    if (!m_server.caFile.empty()) curl.set(CURLOPT_CAINFO, m_server.caFile.c_str());
    if (!m_server.bearer.empty()) {
        curl.set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        curl.set(CURLOPT_XOAUTH2_BEARER, m_server.bearer.c_str());
    }
    if (method == HttpMethod::Post || method == HttpMethod::Patch) {
        curl.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl.set(CURLOPT_POSTFIELDS, body.c_str());
    }
    // On a connection that was kept libcurl itself sends a request once more when it ends without an answer.
    if (method == HttpMethod::Post) curl.set(CURLOPT_FRESH_CONNECT, 1L);
    if (method != HttpMethod::Get) curl.set(CURLOPT_CUSTOMREQUEST, methodName(method));

    curl_multi_add_handle(curl.multi, curl.easy);
    int running = 1;
    CURLMcode kept = CURLM_OK;
    while (kept == CURLM_OK && !cancelled()) {
        kept = curl_multi_perform(curl.multi, &running);
        if (running == 0) break;
        if (kept == CURLM_OK)
            kept = curl_multi_poll(curl.multi, nullptr, 0, m_flag ? kFlagLookMillis : 1'000, nullptr);
    }
    const CURLcode end = running == 0 ? curl.end() : CURLE_ABORTED_BY_CALLBACK;
    HttpAnswer answer;
    long verified = 0;
    char* elsewhere = nullptr;
    curl_easy_getinfo(curl.easy, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_getinfo(curl.easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    curl_easy_getinfo(curl.easy, CURLINFO_REDIRECT_URL, &elsewhere);
    const std::string redirect = elsewhere ? elsewhere : "";
    curl_multi_remove_handle(curl.multi, curl.easy);

    if (cancelled()) return {requestCancelled()};
    if (coming.tooLarge) return {answerTooLarge(m_server)};
    if (end != CURLE_OK)
        return {transferError(m_server, {end, verified, m_handles->said}), neverSent(end), brokeOff(end)};
    if (answer.status >= 300 && answer.status < 400) return {redirected(m_server, redirect)};
    answer.body = std::move(coming.body);
    const bool busy = busyForNow(answer.status);
    return {std::move(answer), false, busy};
}

Result<HttpAnswer> HttpClient::send(HttpMethod method, const std::string& path, const Json& body) {
    RW_TRY(m_usable);
    const std::string text =
        body.is_null() ? std::string() : body.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::int64_t until = m_clock->steadyMillis() + m_within;
    Millis wait = m_server.firstPause;
    for (int tries = 1;; ++tries) {
        Try one = once(method, path, text, until - m_clock->steadyMillis());
        const bool repeatable = one.unsent || (one.broken && method != HttpMethod::Post);
        if (!repeatable || tries >= m_server.tries || m_clock->steadyMillis() + wait >= until)
            return std::move(one.result);
        RW_TRY(pause(wait));
        wait *= 2;
    }
}

Result<Json> HttpClient::ask(HttpMethod method, const std::string& path, const Json& body) {
    RW_TRY_ASSIGN(const HttpAnswer answer, send(method, path, body));
    if (answer.status >= 400) return refusedAnswer(m_server, answer);
    return jsonOf(m_server, answer);
}

Status HttpClient::pause(Millis millis) {
    const std::int64_t until = m_clock->steadyMillis() + millis;
    while (!cancelled()) {
        const std::int64_t left = until - m_clock->steadyMillis();
        if (left <= 0) return {};
        // Unlike a sleep it ends with curl_multi_wakeup().
        const int wait = static_cast<int>(std::min<std::int64_t>(left, m_flag ? kFlagLookMillis : 60'000));
        curl_multi_poll(m_handles->multi, nullptr, 0, wait, nullptr);
    }
    return requestCancelled();
}

void HttpClient::cancel() {
    m_cancelled = true;
    curl_multi_wakeup(m_handles->multi);
}

}  // namespace rw
