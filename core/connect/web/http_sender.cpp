#include "core/connect/web/http_sender.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr Millis kTurn = 50;  ///< how often it looks whether the run is being stopped
constexpr Millis kGrace = 400;
constexpr Millis kFirstPause = 200, kLongestPause = 10'000;
constexpr std::size_t kLargestReply = std::size_t{1} << 20;

}  // namespace

HttpSender::HttpSender(NodeConnection connection, About about)
    : m_connection(std::move(connection)), m_about(std::move(about)) {}

HttpSender::~HttpSender() = default;

Status HttpSender::open() {
    RW_TRY(connect());
    RW_TRY(usableServer(m_client->server()));
    m_board.reached();  // as far as is known
    return {};
}

Status HttpSender::connect() {
    if (m_client) return {};
    RW_TRY_ASSIGN(HttpServer server, httpServer(m_connection));
    server.largestAnswer = kLargestReply;
    m_client = std::make_unique<HttpClient>(std::move(server));
    return {};
}

bool HttpSender::isOver() {
    if (!m_about.stopping()) return false;
    const std::int64_t now = m_clock->steadyMillis();
    if (m_stopAt < 0) m_stopAt = now;
    return now - m_stopAt >= kGrace;
}

Status HttpSender::stopped() const {
    return {
        ErrorCode::Cancelled,
        RW_TEXT("http",
                "The run was stopped while %1 was waited for: rows behind the last checkpoint were not all "
                "sent.")
            .with(m_connection.field("address"))};
}

Result<HttpAnswer> HttpSender::ask(const HttpRequest& request) {
    RW_TRY(connect());
    RW_TRY(m_client->begin(request));
    for (;;) {
        RW_TRY_ASSIGN(std::optional<HttpAnswer> answer, m_client->await(kTurn));
        if (answer) return *std::move(answer);
        if (isOver()) return stopped();
    }
}

Result<HttpSender::Sent> HttpSender::send(const std::string& body, const std::string& type,
                                          const std::string& key) {
    RW_TRY(connect());
    HttpRequest request;
    request.method = m_about.method;
    request.path = httpPath(m_about.path);
    request.body = body;
    request.headers = m_about.headers;
    const bool typed = holdsHeader(request.headers, "Content-Type") ||
                       holdsHeader(m_client->server().headers, "Content-Type");
    if (!typed) request.headers.push_back({"Content-Type", type});
    request.headers.push_back({"Idempotency-Key", key});
    request.mayRepeat = true;
    const std::int64_t since = m_clock->steadyMillis();
    for (;;) {
        const Result<HttpAnswer> answer = ask(request);
        if (!answer.ok()) {
            m_client.reset();  // with its connection, and a token that may be another one by then
            if (answer.error().code != ErrorCode::Io) return answer.status();
            RW_TRY(waitAgain(answer.status(), 0, since));
            continue;
        }
        if (answer->status < 400) {
            m_backOff = 0;
            m_board.reached();
            return Sent{};
        }
        const Status why = refusedWithWords(m_client->server(), *answer);
        const ErrorCode code = codeOf(answer->status);
        if (code == ErrorCode::Io) {
            RW_TRY(waitAgain(why, retryAfter(*answer, m_clock->now()), since));
            continue;
        }
        if (code != ErrorCode::Refused || answer->status >= 500) return why;
        constexpr long kTooLarge = 413;
        m_backOff = 0;
        m_board.reached();
        return Sent{answer->status == kTooLarge ? Sent::Outcome::TooLarge : Sent::Outcome::Refused,
                    why.error().message};
    }
}

Status HttpSender::waitAgain(const Status& why, Millis notBefore, std::int64_t since) {
    if (m_backOff == 0)
        m_notes.push_back(
            RW_TEXT("http", "%1 Rows are sent again until they are taken.").with(why.error().message));
    m_backOff = std::clamp(m_backOff * 2, kFirstPause, kLongestPause);
    const std::int64_t until = m_clock->steadyMillis() + std::max(m_backOff, notBefore);
    const Millis longest = m_about.giveUpAfter;
    if (until - since > longest) {
        return {ErrorCode::Io,
                RW_TEXT("http", "%1 Rows were not taken within %2.")
                    .with(why.error().message, durationText(longest)),
                why.error().fix};
    }
    m_board.away(why.error().message, std::max(m_backOff, notBefore));
    while (m_clock->steadyMillis() < until) {
        if (isOver()) return stopped();
        m_clock->sleep(std::min<Millis>(kTurn, until - m_clock->steadyMillis()));
    }
    return {};
}

std::vector<Text> HttpSender::takeNotes() {
    return std::exchange(m_notes, {});
}

}  // namespace rw
