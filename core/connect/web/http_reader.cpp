#include "core/connect/web/http_reader.h"

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/connect/web/http_place.h"
#include "core/data/text.h"
#include "core/net/http_error.h"

namespace rw {

namespace {

constexpr Millis kLeastAnswerWait = 5;  // the world outside does not go by a simulated clock
constexpr Millis kFirstBackOff = 1'000, kLongestBackOff = 60'000;
constexpr std::size_t kLargestBody = std::size_t{64} << 20;
/// Of one answer: each message keeps the headers that columns read, too.
constexpr std::size_t kMostItems = 4'000'000, kMostItemBytes = std::size_t{256} << 20;
constexpr int kMostPages = 1'000;
constexpr long kNotChanged = 304;

/// The address behind rel="next" of a header “Link: <https://…>; rel="next", <…>; rel="last"”; empty: none.
std::string nextLink(const HttpAnswer& answer) {
    for (const HttpHeader& header : answer.headers) {
        if (!sameAsciiWord(header.name, "Link")) continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const std::size_t open = rest.find('<');
            if (open == std::string_view::npos) break;
            const std::size_t close = rest.find('>', open);
            if (close == std::string_view::npos) break;
            const std::size_t end = std::min(rest.find(",", close), rest.size());
            const std::string_view about = rest.substr(close, end - close);
            if (holdsAsciiWord(about, "rel=\"next\"") || holdsAsciiWord(about, "rel=next"))
                return std::string(rest.substr(open + 1, close - open - 1));
            rest.remove_prefix(end);
        }
    }
    return {};
}

std::string withParam(std::string path, const std::string& name, std::int64_t value) {
    path += path.find('?') == std::string::npos ? '?' : '&';
    return path + name + "=" + std::to_string(value);
}

/// Time does not mend it, and a token is for the server that it was given for.
Status elsewhere(const HttpServer& server, const std::string& page) {
    return {ErrorCode::Invalid,
            RW_TEXT("http", "The next page of %1 would be at another server: %2")
                .with(server.address, firstLineOf(page)),
            RW_TEXT("http", "Use the address that its links lead to.")};
}

Status noJson(const HttpServer& server, const HttpAnswer& answer) {
    if (isHtml(answer)) return pageForPeople(server, answer);
    return {
        ErrorCode::Refused,
        RW_TEXT("http", "%1 answers with something else than was expected: “%2”")
            .with(server.address, firstWords(answer.body)),
        RW_TEXT("http", "See whether “Rows are at” names a part of the answer, and the format is right.")};
}

/// What names a row; the message itself where it can't be read.
std::vector<std::string> keysOf(const MessageDecoder& decoder, const std::vector<int>& columns,
                                const ReceivedMessages& messages, Instant arrived) {
    std::vector<std::string> keys(messages.size());
    const ParsedChunk rows = decoder.decode(messages, arrived);
    for (const Batch& batch : rows.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            std::string& key = keys[static_cast<std::size_t>(batch.positions.at(row))];
            for (const int column : columns) {
                const Column& values = *batch.columns[static_cast<std::size_t>(column)];
                key += values.isNull(row) ? '\x01' : '\x02';
                appendCell(key, values, row);
                key += '\0';
            }
        }
    }
    for (const BadRow& bad : rows.bad)
        keys[bad.index] = '\x03' + std::string(messages.value(bad.index).value_or(""));
    return keys;
}

ReceivedMessage received(const ReceivedMessages& from, std::size_t i,
                         const std::vector<MessageHeader>& headers) {
    ReceivedMessage one;
    one.value = from.value(i);
    one.topic = from.topic(i);
    one.headers = headers;
    return one;
}

}  // namespace

HttpReader::HttpReader(std::optional<NodeConnection> connection, About about)
    : m_connection(std::move(connection)),
      m_about(std::move(about)),
      m_seen(m_about.polling.remembered),
      m_etag(m_about.from.etag) {}

HttpReader::~HttpReader() = default;

Result<HttpServer> HttpReader::server() const {
    HttpServer server;
    if (m_connection) {
        RW_TRY_ASSIGN(server, httpServer(*m_connection));
    } else {
        server.address = m_about.polling.url;
    }
    server.largestAnswer = kLargestBody;
    return server;
}

Result<SourceReader::Read> HttpReader::read(Millis within, ReadOutput& out) {
    const std::int64_t now = m_about.clock->steadyMillis();
    const auto nothing = m_answered && m_cutSince < 0 ? Read::Nothing : Read::Some;
    if (!m_client || !m_client->isUnderWay()) {
        if (now < m_nextAt) {
            if (within > 0) m_about.clock->sleep(std::min<Millis>(within, m_nextAt - now));
            return nothing;
        }
        const Status asked = ask();
        if (!asked.ok()) return cutOff(asked, out);
    }
    const Result<std::optional<HttpAnswer>> answer = m_client->await(std::max(within, kLeastAnswerWait));
    if (!answer.ok()) return cutOff(answer.status(), out);
    if (!*answer) return nothing;
    const Status taken = take(**answer, out);
    if (!taken.ok()) return cutOff(taken, out);
    m_answered = true;
    m_backOff = 0;
    m_toldCut.clear();
    if (std::exchange(m_cutSince, -1) >= 0) out.tell(PartitionState::Live);
    return m_inRound ? Read::Some : Read::Nothing;
}

Status HttpReader::beginRound() {
    if (m_about.from.seen && m_seen.size() == 0) RW_TRY(m_seen.load(*m_about.from.seen));
    m_inRound = true;
    m_roundAt = m_about.clock->steadyMillis();
    m_page.clear();
    m_pageNumber = m_about.polling.firstPage;
    m_pages = 0;
    return {};
}

Status HttpReader::ask() {
    const HttpPolling& polling = m_about.polling;
    if (!m_inRound) RW_TRY(beginRound());
    // A client for each: tokens are not kept between two requests.
    RW_TRY_ASSIGN(HttpServer server, this->server());
    HttpRequest request;
    request.path = m_connection ? httpPath(polling.path) : std::string();
    if (polling.pages == HttpPolling::Pages::Number)
        request.path = withParam(std::move(request.path), polling.pageParam, m_pageNumber);
    if (!m_page.empty()) {
        const std::string origin = originOf(server.address);
        if (!m_page.starts_with('/') && originOf(m_page) != origin) return elsewhere(server, m_page);
        request.path = m_page.starts_with('/') ? m_page : m_page.substr(origin.size());
        server.address = origin;
    }
    if (polling.pages == HttpPolling::Pages::One && !m_etag.empty())
        request.headers.push_back({"If-None-Match", m_etag});
    m_client = std::make_unique<HttpClient>(std::move(server));
    ++m_pages;
    return m_client->begin(std::move(request));
}

Status HttpReader::take(const HttpAnswer& answer, ReadOutput& out) {
    if (answer.status >= 400) {
        m_notBefore = retryAfter(answer, m_about.clock->now());
        return refusedWithWords(m_client->server(), answer);
    }
    if (answer.status == kNotChanged) {
        endRound();
        return {};
    }
    ReceivedMessages messages(m_about.wanted);
    std::size_t count = 0;
    RW_TRY(messagesOf(answer, messages, count));
    if (!m_about.polling.key.empty()) messages = newOnes(std::move(messages), out);
    m_etag = std::string(headerOf(answer, "ETag").value_or(""));
    if (!messages.empty()) {
        auto chunk = std::make_unique<HttpChunk>();
        chunk->arrived = m_about.clock->now();
        chunk->behind.etag = m_etag;
        if (!m_about.polling.key.empty())
            chunk->behind.seen = std::make_shared<const std::string>(m_seen.bytes());
        chunk->messages = std::move(messages);
        const std::size_t bytes = chunk->messages.bytes();
        if (m_cutSince >= 0) out.tell(PartitionState::Live);
        out.give(std::move(chunk), bytes);
    }
    return turnPage(answer, count, out);
}

Status HttpReader::messagesOf(const HttpAnswer& answer, ReceivedMessages& messages,
                              std::size_t& count) const {
    const HttpServer& server = m_client->server();
    if (answer.body.empty()) return {};
    if (m_about.polling.items.kind != HttpItems::Kind::InJson && isHtml(answer))
        return noJson(server, answer);
    std::vector<MessageHeader> headers;
    for (const std::string& name : m_about.wanted.headers) {
        if (const auto value = headerOf(answer, name)) headers.push_back({name, value});
    }
    const auto isTooMuch = [&] { return count > kMostItems || messages.bytes() > kMostItemBytes; };
    const bool found = eachItem(m_about.polling.items, answer.body, [&](std::string_view item) {
        if (isTooMuch()) return;
        ReceivedMessage message;
        message.value = item;
        message.topic = server.address;
        message.headers = headers;
        messages.add(message);
        ++count;
    });
    if (!found) return noJson(server, answer);
    if (!isTooMuch()) return {};
    return {ErrorCode::Refused,
            RW_TEXT("http", "%1 answers with more rows than can be taken at once.").with(server.address),
            RW_TEXT("http", "Ask for fewer in one answer, as with “Pages”.")};
}

ReceivedMessages HttpReader::newOnes(ReceivedMessages messages, ReadOutput& out) {
    const std::vector<std::string> keys =
        keysOf(*m_about.decoder, m_about.polling.key, messages, m_about.clock->now());
    if (keys.size() > m_seen.most() && !std::exchange(m_toldForgets, true)) {
        out.note(RW_TEXT("http",
                         "Rows in an answer: %1. Keys that are remembered: %2. Rows will come again; have "
                         "more keys remembered.")
                     .with(figures::count(keys.size()), figures::count(m_seen.most())));
    }
    ReceivedMessages kept(m_about.wanted);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!m_seen.meet(keys[i])) continue;
        std::vector<MessageHeader> headers;
        for (std::size_t name = 0; name < m_about.wanted.headers.size(); ++name)
            headers.push_back({m_about.wanted.headers[name], messages.header(i, name)});
        kept.add(received(messages, i, headers));
    }
    return kept;
}

Status HttpReader::turnPage(const HttpAnswer& answer, std::size_t count, ReadOutput& out) {
    const HttpPolling& polling = m_about.polling;
    bool more = false;
    if (polling.pages == HttpPolling::Pages::Number) {
        more = count > 0;
        ++m_pageNumber;
    } else if (polling.pages == HttpPolling::Pages::Link) {
        m_page = nextLink(answer);
        more = !m_page.empty();
    }
    if (more && m_pages >= kMostPages) {
        more = false;
        if (!std::exchange(m_toldPages, true))
            out.note(RW_TEXT("http", "%1 has more than %2 pages: those behind them are not read.")
                         .with(m_client->server().address, figures::count(kMostPages)));
    }
    if (!more) endRound();
    return {};
}

void HttpReader::endRound() {
    m_inRound = false;
    const std::int64_t now = m_about.clock->steadyMillis();
    m_nextAt = std::max(m_roundAt + m_about.polling.every, now);
}

Result<SourceReader::Read> HttpReader::cutOff(const Status& why, ReadOutput& out) {
    const ErrorCode code = why.error().code;
    const bool mends =
        code == ErrorCode::Io || (m_answered && (code == ErrorCode::NotFound || code == ErrorCode::Refused));
    if (!mends) return why;
    const std::int64_t now = m_about.clock->steadyMillis();
    const std::optional<Millis>& after = m_about.polling.giveUpAfter;
    if (after && m_cutSince >= 0 && now - m_cutSince >= *after) return why;
    m_backOff = std::clamp(m_backOff * 2, kFirstBackOff, kLongestBackOff);
    const Millis pause = std::max(m_backOff, std::exchange(m_notBefore, 0));
    m_nextAt = now + pause;
    m_inRound = false;
    out.tell(
        PartitionState::Disconnected,
        RW_TEXT("http", "%1 It is asked again after %2.").with(why.error().message, durationText(pause)));
    if (m_cutSince < 0) m_cutSince = now;
    const std::string said = english(why.error().message);
    if (std::exchange(m_toldCut, said) != said)
        out.note(RW_TEXT("http", "%1 It is asked again until it answers.").with(why.error().message));
    return Read::Some;
}

}  // namespace rw
