#include "core/connect/web/http_sink.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/text.h"
#include "core/pipeline/pipeline.h"

namespace rw {

namespace {

HttpSender::About senderOf(const HttpTarget& target, const MakeContext& context) {
    HttpSender::About about;
    about.method = target.method;
    about.path = target.path;
    about.headers = target.headers;
    about.giveUpAfter = target.giveUpAfter;
    about.stopping = context.stopping;
    about.sendsPages = target.body != HttpTarget::Body::Events;  // who knows what another service says
    return about;
}

const char* contentType(const HttpTarget& target) {
    if (target.body == HttpTarget::Body::Events) return "application/json";
    switch (target.encoder.format) {
        case FormatKind::Csv:
            return "text/csv; charset=utf-8";
        case FormatKind::Text:
            return "text/plain; charset=utf-8";
        case FormatKind::Avro:
            return "application/octet-stream";
        case FormatKind::JsonObjects:
        case FormatKind::Debezium:
            break;
    }
    return target.body == HttpTarget::Body::Lines ? "application/x-ndjson" : "application/json";
}

}  // namespace

HttpSink::HttpSink(const HttpTarget& target, const MakeContext& context, NodeConnection connection)
    : m_target(target),
      m_inEpochs(!context.checkpoints.empty()),
      m_line(fmt::format("{} {}", context.node,
                         m_inEpochs ? context.checkpoints : std::to_string(context.clock->now()))),
      m_encoder(makeMessageEncoder(target.encoder)),
      m_sender(std::move(connection), senderOf(target, context)) {}

HttpSink::~HttpSink() = default;

Status HttpSink::open() {
    return m_sender.open();
}

Status HttpSink::onBatch(const Batch& batch) {
    m_messages.clear();
    for (const sql::RowError& error : m_encoder->encode(batch, m_messages))
        leaveOut(batch, error.row, error.reason);
    m_events.clear();
    if (m_target.body == HttpTarget::Body::Events) {
        for (std::size_t i = 0; i < m_messages.size(); ++i) m_events.push_back(eventOf(batch, i));
    }
    const std::size_t most = m_target.body == HttpTarget::Body::Each ? 1 : m_target.batch;
    for (std::size_t from = 0; from < m_messages.size(); from += most)
        RW_TRY(send(batch, from, std::min(from + most, m_messages.size())));
    return {};
}

Status HttpSink::send(const Batch& batch, std::size_t from, std::size_t until) {
    const std::string body = bodyOf(from, until);
    RW_TRY_ASSIGN(const HttpSender::Sent sent, m_sender.send(body, contentType(m_target), keyOf(body)));
    if (sent.outcome == HttpSender::Sent::Outcome::Taken) return {};
    if (until - from == 1) {
        leaveOut(batch, m_messages.row(from), sent.reason);
        return {};
    }
    // One row among them may be what it does not take.
    const std::size_t middle = from + (until - from) / 2;
    RW_TRY(send(batch, from, middle));
    return send(batch, middle, until);
}

std::string HttpSink::bodyOf(std::size_t from, std::size_t until) const {
    std::string body;
    const bool events = m_target.body == HttpTarget::Body::Events;
    const bool array = events || m_target.body == HttpTarget::Body::Array;
    if (array) body += '[';
    for (std::size_t i = from; i < until; ++i) {
        if (array && i > from) body += ',';
        body += events ? std::string_view(m_events[i]) : m_messages.value(i).value_or(std::string_view());
        if (m_target.body == HttpTarget::Body::Lines) body += '\n';
    }
    if (array) body += ']';
    return body;
}

std::string HttpSink::eventOf(const Batch& batch, std::size_t message) const {
    const std::size_t row = m_messages.row(message);
    Json headers = Json::object();
    for (const auto& [name, value] : m_target.event.fixed) headers[name] = value;
    for (const int column : m_target.event.columns) {
        const Column& values = batch.column(column);
        if (values.isNull(row)) continue;
        std::string text;
        appendCell(text, values, row);
        headers[batch.schema->fields[static_cast<std::size_t>(column)].name] = std::move(text);
    }
    if (m_target.event.timestamp >= 0) {
        const Column& times = batch.column(m_target.event.timestamp);
        if (!times.isNull(row)) headers["timestamp"] = std::to_string(times.at<Instant>(row));
    }
    Json event = Json::object();
    event["headers"] = std::move(headers);
    event["body"] = std::string(m_messages.value(message).value_or(std::string_view()));
    return event.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string HttpSink::keyOf(const std::string& body) {
    const std::string named = fmt::format("{} {} {} {}", m_line, m_prepared, m_requests++, body);
    const XXH128_hash_t hash = XXH3_128bits(named.data(), named.size());
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

void HttpSink::leaveOut(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    m_unwritable.push_back({rowText(batch, row), position, reason});
}

Status HttpSink::prepare(Epoch epoch) {
    m_prepared = epoch;
    m_requests = 0;
    return {};
}

Status HttpSink::snapshot(StateWriter& out) const {
    out.u64("epoch", m_prepared);
    return {};
}

Status HttpSink::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_prepared, state.u64("epoch", 0));
    return {};
}

}  // namespace rw
