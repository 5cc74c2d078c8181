#include "core/connect/hadoop/webhdfs_files.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/pipeline/json/json_scan.h"

namespace rw {

namespace {

Status strangeWebhdfs(const WebhdfsClient& client) {
    return {ErrorCode::Refused,
            RW_TEXT("hadoop", "What %1 answers is not what WebHDFS answers.").with(client.address()),
            RW_TEXT("hadoop",
                    "Give the connection the address of the NameNode's or HttpFS's HTTP server, without "
                    "/webhdfs/v1.")};
}

/// The member of an answer such as {"boolean": true}; null: it has none.
Json memberOf(const HttpAnswer& answer, const char* name) {
    const Result<Json> read = parseJson(answer.body);
    if (!read.ok() || !read->is_object()) return nullptr;
    const auto found = read->find(name);
    return found == read->end() ? Json(nullptr) : *found;
}

}  // namespace

WebhdfsFiles::WebhdfsFiles(NodeConnection connection, Millis giveUpAfter, std::function<bool()> stopping)
    : m_client(connection),
      m_usually(giveUpAfter),
      m_patience(connection.field("address"), giveUpAfter, std::move(stopping)) {}

void WebhdfsFiles::hastenStart(bool hastened) {
    m_giveUpAfter = hastened ? std::min(m_usually, SinkPatience::kOpenWithin) : m_usually;
    m_patience.setGiveUpAfter(m_giveUpAfter);
    m_client.setAnswerWithin(hastened ? SinkPatience::kOpenWait : WebhdfsClient::kAnswerWithin);
}

void WebhdfsFiles::hurry(Millis within) {
    m_until = m_patience.now() + within;
}

void WebhdfsFiles::hurryAtEnd(Millis within) {
    hurry(within);
    m_atEnd = true;
}

bool WebhdfsFiles::isOver() {
    if (m_until >= 0 && m_patience.now() >= m_until) return true;
    return !m_atEnd && m_patience.isOver();
}

Result<HttpAnswer> WebhdfsFiles::ask(const WebhdfsRequest& request) {
    const std::int64_t since = m_patience.now();
    for (;;) {
        Result<HttpAnswer> answer = m_client.ask(request, [this] { return isOver(); });
        if (answer.ok() || answer.error().code == ErrorCode::NotFound) {
            m_patience.reached();
            return answer;
        }
        const bool over = isOver();
        const Millis notBefore = m_client.notBefore();
        m_client.reset();  // with a token that may be another one by then
        if (over && m_until < 0) return m_patience.stopped();
        if (answer.error().code == ErrorCode::Cancelled) {
            return Status(ErrorCode::Io,
                          RW_TEXT("net", "%1 did not answer in time.").with(m_client.address()),
                          RW_TEXT("net", "See whether the server is busy, and try again."));
        }
        const bool mends = answer.error().code == ErrorCode::Io;
        if (!mends || m_giveUpAfter == 0 || m_until >= 0) return answer;
        RW_TRY(m_patience.waitAgain(answer.status(), notBefore, since));
    }
}

Result<std::optional<WebhdfsStatus>> WebhdfsFiles::state(const std::string& path) {
    WebhdfsRequest request;
    request.path = path;
    request.op = "GETFILESTATUS";
    const Result<HttpAnswer> answer = ask(request);
    if (!answer.ok() && answer.error().code == ErrorCode::NotFound) return std::optional<WebhdfsStatus>();
    RW_TRY(answer.status());
    std::optional<WebhdfsStatus> status = statusOfAnswer(answer->body);
    if (!status) return strangeWebhdfs(m_client);
    return status;
}

Result<std::vector<WebhdfsStatus>> WebhdfsFiles::list(const std::string& folder) {
    WebhdfsRequest request;
    request.path = folder;
    request.op = "LISTSTATUS";
    const Result<HttpAnswer> answer = ask(request);
    if (!answer.ok() && answer.error().code == ErrorCode::NotFound) return std::vector<WebhdfsStatus>();
    RW_TRY(answer.status());
    std::optional<std::vector<WebhdfsStatus>> listing = listingOfAnswer(answer->body);
    if (!listing) return strangeWebhdfs(m_client);
    return *std::move(listing);
}

Status WebhdfsFiles::create(const std::string& path, std::string_view bytes) {
    WebhdfsRequest request;
    request.method = HttpMethod::Put;
    request.path = path;
    request.op = "CREATE";
    request.params = {{"overwrite", "true"}};
    request.bytes = bytes;
    const std::int64_t since = m_patience.now();
    constexpr Millis kMostPause = 10'000;
    // The server answers, which lets the patience begin anew.
    for (Millis pause = 200;; pause = std::min(2 * pause, kMostPause)) {
        RW_TRY(ask(request).status());
        // A server between may have passed on less, and have said nothing.
        RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> made, state(path));
        if (made && made->bytes == bytes.size()) return {};
        const Status cut(
            ErrorCode::Io,
            RW_TEXT("hadoop", "Of “%1” only %2 of %3 arrived.")
                .with(path, figures::count(made ? made->bytes : 0), figures::bytes(bytes.size())),
            RW_TEXT("hadoop", "See what is between this computer and the data nodes."));
        if (m_giveUpAfter == 0 || m_until >= 0) return cut;
        RW_TRY(m_patience.waitAgain(cut, pause, since));
    }
}

Result<bool> WebhdfsFiles::rename(const std::string& from, const std::string& to) {
    WebhdfsRequest request;
    request.method = HttpMethod::Put;
    request.path = from;
    request.op = "RENAME";
    request.params = {{"destination", to}};
    const Result<HttpAnswer> answer = ask(request);
    if (!answer.ok() && answer.error().code == ErrorCode::NotFound) return false;
    if (!answer.ok() && answer.error().code == ErrorCode::Refused) return false;  // there is one of that name
    RW_TRY(answer.status());
    const Json renamed = memberOf(*answer, "boolean");
    if (!renamed.is_boolean()) return strangeWebhdfs(m_client);
    return renamed.get<bool>();
}

Status WebhdfsFiles::remove(const std::string& path) {
    WebhdfsRequest request;
    request.method = HttpMethod::Delete;
    request.path = path;
    request.op = "DELETE";
    const Result<HttpAnswer> answer = ask(request);
    if (!answer.ok() && answer.error().code == ErrorCode::NotFound) return {};
    return answer.status();
}

Status WebhdfsFiles::mayWriteInto(const std::string& folder) {
    WebhdfsRequest request;
    request.path = folder;
    request.op = "CHECKACCESS";
    request.params = {{"fsaction", "-wx"}};
    const Millis patience = std::exchange(m_giveUpAfter, 0);  // one that does not know this fails for ever
    const Result<HttpAnswer> answer = ask(request);
    m_giveUpAfter = patience;
    const bool told = !answer.ok() && (answer.error().code == ErrorCode::Denied || isOver());
    return told ? answer.status() : Status();
}

Result<std::string> WebhdfsFiles::read(const std::string& path, std::uint64_t offset, std::size_t most) {
    WebhdfsRequest request;
    request.path = path;
    request.op = "OPEN";
    request.params = {{"offset", std::to_string(offset)}, {"length", std::to_string(most)}};
    RW_TRY_ASSIGN(HttpAnswer answer, ask(request));
    return std::move(answer.body);
}

Result<std::string> WebhdfsFiles::homeFolder() {
    WebhdfsRequest request;
    request.path = "/";
    request.op = "GETHOMEDIRECTORY";
    RW_TRY_ASSIGN(const HttpAnswer answer, ask(request));
    const Json path = memberOf(answer, "Path");
    if (!path.is_string()) return strangeWebhdfs(m_client);
    return path.get<std::string>();
}

}  // namespace rw
