#include "core/connect/web/http_sender.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/ascii.h"
#include "core/connect/web/http_place.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr std::size_t kLargestReply = std::size_t{1} << 20;

}  // namespace

HttpSender::HttpSender(NodeConnection connection, About about)
    : m_connection(std::move(connection)),
      m_about(std::move(about)),
      m_patience(m_connection.field("address"), m_about.giveUpAfter, m_about.stopping) {}

HttpSender::~HttpSender() = default;

Status HttpSender::open() {
    RW_TRY(connect());
    RW_TRY(usableServer(m_client->server()));
    m_patience.reached();  // as far as is known
    return {};
}

Status HttpSender::connect() {
    if (m_client) return {};
    RW_TRY_ASSIGN(HttpServer server, httpServer(m_connection));
    server.largestAnswer = kLargestReply;
    m_client = std::make_unique<HttpClient>(std::move(server));
    return {};
}

Result<HttpAnswer> HttpSender::ask(const HttpRequest& request) {
    RW_TRY(connect());
    RW_TRY(m_client->begin(request, m_answerWithin));
    for (;;) {
        RW_TRY_ASSIGN(std::optional<HttpAnswer> answer, m_client->await(SinkPatience::kTurn));
        if (answer) return *std::move(answer);
        if (m_patience.isOver()) return m_patience.stopped();
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
    return send(std::move(request));
}

Result<HttpSender::Sent> HttpSender::sendAtStart(HttpRequest request) {
    const Millis answerWithin = std::exchange(m_answerWithin, SinkPatience::kOpenWait);
    m_patience.setGiveUpAfter(std::min(m_about.giveUpAfter, SinkPatience::kOpenWithin));
    Result<Sent> sent = send(std::move(request));
    m_patience.setGiveUpAfter(m_about.giveUpAfter);
    m_answerWithin = answerWithin;
    return sent;
}

Result<HttpSender::Sent> HttpSender::send(HttpRequest request) {
    request.mayRepeat = true;
    const std::int64_t since = m_patience.now();
    for (;;) {
        Result<HttpAnswer> answer = ask(request);
        if (!answer.ok()) {
            m_client.reset();  // with its connection, and a token that may be another one by then
            if (answer.error().code != ErrorCode::Io) return answer.status();
            RW_TRY(m_patience.waitAgain(answer.status(), 0, since));
            continue;
        }
        if (answer->status < 400) {
            if (!m_about.sendsPages && isHtml(*answer)) return pageForPeople(m_client->server(), *answer);
            m_patience.reached();
            Sent sent;
            sent.answer = std::move(answer).value();
            return sent;
        }
        const Status why = refusedWithWords(m_client->server(), *answer);
        const ErrorCode code = codeOf(answer->status);
        if (code == ErrorCode::Io) {
            RW_TRY(m_patience.waitAgain(why, retryAfter(*answer, m_patience.wallTime()), since));
            continue;
        }
        if (code != ErrorCode::Refused || answer->status >= 500) return why;
        constexpr long kTooLarge = 413;
        m_patience.reached();
        Sent refused;
        refused.outcome = answer->status == kTooLarge ? Sent::Outcome::TooLarge : Sent::Outcome::Refused;
        refused.reason = why.error().message;
        return refused;
    }
}

}  // namespace rw
