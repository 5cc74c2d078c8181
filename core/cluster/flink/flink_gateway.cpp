#include "core/cluster/flink/flink_gateway.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/cluster/flink/flink_query.h"
#include "core/cluster/json_members.h"

namespace rw {

namespace {

constexpr const char* kSessions = "/v3/sessions";
constexpr Millis kCloseSessionWithin = 5'000;

Json jsonOfSettings(const FlinkSettings& settings) {
    Json json = Json::object();
    for (const auto& [name, value] : settings) json[name] = value;
    return json;
}

/// A member of an answer that nothing works without.
Result<std::string> required(const HttpServer& server, const Json& answer, const char* name) {
    std::string text = textIn(answer, name);
    if (text.empty()) return lacking(server, name);
    return text;
}

}  // namespace

bool FlinkTable::updating() const {
    return std::any_of(rows.begin(), rows.end(),
                       [](const ChangeRow& row) { return row.kind != RowKind::Insert; });
}

Result<std::unique_ptr<FlinkSession>> FlinkSession::open(HttpServer gateway, const FlinkSettings& settings) {
    std::unique_ptr<FlinkSession> session = unopened(std::move(gateway));
    RW_TRY(session->begin(settings));
    return session;
}

std::unique_ptr<FlinkSession> FlinkSession::unopened(HttpServer gateway) {
    return std::unique_ptr<FlinkSession>(new FlinkSession(std::move(gateway)));
}

Status FlinkSession::begin(const FlinkSettings& settings) {
    Json body = Json::object();
    body["properties"] = jsonOfSettings(settings);
    // Not ask(): an error now is one of the address, not of a statement.
    RW_TRY_ASSIGN(const Json answer, m_http.ask(HttpMethod::Post, kSessions, body));
    RW_TRY_ASSIGN(const std::string handle, required(m_http.server(), answer, "sessionHandle"));
    m_base = std::string(kSessions) + "/" + handle;
    return {};
}

Result<Json> FlinkSession::ask(HttpMethod method, const std::string& path, const Json& body) {
    m_place.reset();
    m_refusal.clear();
    RW_TRY_ASSIGN(const HttpAnswer answer, m_http.send(method, path, body));
    if (answer.status < 400) return jsonOf(m_http.server(), answer);
    const std::string trace = errorsOf(answer);
    std::string cause = innermostCause(trace);
    // A proxy's words, not the gateway's; or a session that is gone.
    if (answer.status != 500 || cause.empty() || trace == answer.body)
        return refusedAnswer(m_http.server(), answer);
    m_place = sqlPlaceIn(trace);
    m_refusal = cause;
    return Status(ErrorCode::Invalid, RW_TEXT("cluster", "Flink: %1").with(cause));
}

Result<std::string> FlinkSession::version() {
    RW_TRY_ASSIGN(const Json answer, m_http.get("/v3/info"));
    return required(m_http.server(), answer, "version");
}

Result<std::string> FlinkSession::submit(const std::string& sql, const FlinkSettings& settings) {
    Json body = Json::object();
    body["statement"] = sql;
    body["executionConfig"] = jsonOfSettings(settings);
    RW_TRY_ASSIGN(const Json answer, ask(HttpMethod::Post, m_base + "/statements", body));
    return required(m_http.server(), answer, "operationHandle");
}

Result<FlinkPage> FlinkSession::page(const std::string& operation, std::int64_t number) {
    // JSON, the other format, would make the number 1.5 of the DECIMAL 1.500.
    RW_TRY_ASSIGN(const Json answer,
                  ask(HttpMethod::Get, fmt::format("{}/operations/{}/result/{}?rowFormat=PLAIN_TEXT", m_base,
                                                   operation, number)));
    return readFlinkPage(m_http.server(), answer);
}

Result<FlinkTable> FlinkSession::run(const std::string& sql, const FlinkSettings& settings, Millis within,
                                     std::size_t mostRows) {
    RW_TRY_ASSIGN(std::string operation, submit(sql, settings));
    FlinkQuery query(*this, std::move(operation));
    Result<FlinkTable> table = collect(query, within, mostRows);
    if (!table.ok()) abandon(query, within);
    return table;
}

Result<FlinkTable> FlinkSession::collect(FlinkQuery& query, Millis within, std::size_t mostRows) {
    const std::int64_t until = systemClock()->steadyMillis() + within;
    FlinkTable table;
    while (!query.ended()) {
        RW_TRY_ASSIGN(FlinkPage page, query.nextUntil(until));
        if (page.rows.size() > mostRows - table.rows.size())
            return Status(ErrorCode::Invalid,
                          RW_TEXT("cluster", "The result on Flink has more than %1 rows.")
                              .with(figures::count(mostRows)),
                          RW_TEXT("cluster", "Write the rows to a sink, or ask for fewer with LIMIT."));
        if (!page.columns.empty()) table.columns = std::move(page.columns);
        table.rows.insert(table.rows.end(), std::make_move_iterator(page.rows.begin()),
                          std::make_move_iterator(page.rows.end()));
    }
    table.job = query.job();
    return table;
}

Result<std::string> FlinkSession::startJob(const std::string& sql, const FlinkSettings& settings,
                                           Millis within) {
    RW_TRY_ASSIGN(std::string operation, submit(sql, settings));
    FlinkQuery query(*this, std::move(operation));
    Result<std::string> job = awaitJob(query, within);
    if (!job.ok()) {
        abandon(query, within);
        // Unlike a query's, the job of an INSERT that came after all outlives its operation.
        if (m_jobManager && !query.job().empty()) static_cast<void>(m_jobManager->cancelJob(query.job()));
    }
    return job;
}

Result<std::string> FlinkSession::awaitJob(FlinkQuery& query, Millis within) {
    const std::int64_t until = systemClock()->steadyMillis() + within;
    while (query.job().empty()) {
        if (query.ended()) return lacking(m_http.server(), "jobID");
        RW_TRY(query.nextUntil(until).status());
    }
    return query.job();
}

void FlinkSession::abandon(FlinkQuery& query, Millis within) {
    if (!m_jobManager) return;
    const bool cancelled = m_http.cancelled();
    const std::atomic<bool>* const flag = m_http.cancelWith(nullptr);
    const std::optional<SqlPlace> place = m_place;
    const std::string refusal = m_refusal;
    // The caller is told why it was given up, not that its end went wrong, too.
    const Status closed = query.close(*m_jobManager, std::min(within, kFlinkCloseWithin));
    // An error of the gateway here means that there is nothing to close.
    m_left = m_left || (!closed.ok() && closed.error().code != ErrorCode::Invalid);
    m_place = place;
    m_refusal = refusal;
    if (cancelled) m_http.cancel();
    m_http.cancelWith(flag);
}

Status FlinkSession::closeOperation(const std::string& operation) {
    return ask(HttpMethod::Delete, fmt::format("{}/operations/{}/close", m_base, operation)).status();
}

Status FlinkSession::keepAlive() {
    return ask(HttpMethod::Post, m_base + "/heartbeat").status();
}

Status FlinkSession::close() {
    if (m_base.empty() || m_left) return {};  // it never began; or has a job that must not end now
    m_http.hurry(kCloseSessionWithin);
    return ask(HttpMethod::Delete, m_base).status();
}

}  // namespace rw
