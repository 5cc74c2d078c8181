#include "tests/support/fake_flink.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace rw::test {

namespace {

/// As Flink 2.3.0 explains an INSERT of a filtered table.
constexpr const char* kExplained = R"plan(== Abstract Syntax Tree ==
LogicalSink(table=[default_catalog.default_database.out], fields=[k])

== Physical Execution Plan ==
{
  "nodes" : [ {
    "id" : 1, "type" : "Source: bids[11]", "pact" : "Data Source",
    "contents" : "[11]:TableSourceScan(table=[[default_catalog, default_database, bids]], fields=[k])",
    "parallelism" : 1
  }, {
    "id" : 2, "type" : "Calc[12]", "pact" : "Operator",
    "contents" : "[12]:Calc(select=[k], where=[(v > 1)])", "parallelism" : 1,
    "predecessors" : [ { "id" : 1, "ship_strategy" : "FORWARD", "side" : "second" } ]
  }, {
    "id" : 3, "type" : "StreamingFileWriter", "pact" : "Operator", "contents" : "StreamingFileWriter",
    "parallelism" : 1, "predecessors" : [ { "id" : 2, "ship_strategy" : "FORWARD", "side" : "second" } ]
  }, {
    "id" : 4, "type" : "out[13]: Writer", "pact" : "Operator", "contents" : "out[13]: Writer",
    "parallelism" : 1, "predecessors" : [ { "id" : 3, "ship_strategy" : "FORWARD", "side" : "second" } ]
  } ]
})plan";

std::string traceAnswer(const std::string& trace) {
    Json errors = Json::object();
    errors["errors"] = {"Internal server error.",
                        fmt::format("<Exception on server side:\n{}\nEnd of exception>", trace)};
    return errors.dump();
}

/// A page with one column of texts for each field of its rows.
Json pageOf(const std::vector<std::vector<std::string>>& rows) {
    Json columns = Json::array(), data = Json::array();
    for (std::size_t i = 0; i < (rows.empty() ? 1 : rows.front().size()); ++i)
        columns.push_back({{"name", fmt::format("c{}", i)}, {"logicalType", {{"type", "VARCHAR"}}}});
    for (const auto& row : rows) data.push_back({{"kind", "INSERT"}, {"fields", row}});
    Json page = Json::object();
    page["resultType"] = "PAYLOAD";
    page["results"] = {{"columns", columns}, {"rowFormat", "PLAIN_TEXT"}, {"data", data}};
    return page;
}

std::string numbered(const char* letters, std::size_t number) {
    return fmt::format("{}{:030}", letters, number);
}

/// Of “EXECUTE PLAN 'file:///folder/name'”: its path.
std::string fileIn(const std::string& statement) {
    constexpr std::string_view kFile = "'file://";
    const std::size_t begin = statement.find(kFile);
    if (begin == std::string::npos) return {};
    const std::string rest = statement.substr(begin + kFile.size());
    return rest.substr(0, rest.find('\''));
}

/// The part behind the last slash, without the query.
std::string lastPart(const std::string& path) {
    const std::string plain = path.substr(0, path.find('?'));
    return plain.substr(plain.rfind('/') + 1);
}

}  // namespace

std::optional<FakeAnswer> FakeFlink::moody(Mood mood) {
    switch (mood) {
        case Mood::Garbage:
            return answer("<html>Welcome</html>");
        case Mood::Error:
            return answer("{\"errors\": [\"Internal server error.\"]}", 500);
        case Mood::Away:
            return FakeAnswer{};
        case Mood::Never:
            ++m_hanging;
            return FakeAnswer{{}, true};
        case Mood::Right:
            break;
    }
    return std::nullopt;
}

bool FakeFlink::Job::over() const {
    return state == "FINISHED" || state == "FAILED" || state == "CANCELED";
}

std::string FakeFlink::Job::word() const {
    if (!state.empty()) return state;
    return stage == Stage::Created ? "CREATED" : "RUNNING";
}

Target FakeFlink::target() const {
    Target target;
    target.name = "fake";
    target.flink.gateway = m_gateway.address();
    target.flink.jobManager = m_jobManager.address();
    return target;
}

void FakeFlink::setGateway(Mood mood) {
    const std::lock_guard lock(m_mutex);
    m_gatewayMood = mood;
}

void FakeFlink::setJobManager(Mood mood) {
    const std::lock_guard lock(m_mutex);
    m_jobManagerMood = mood;
}

void FakeFlink::setVersion(const std::string& version) {
    const std::lock_guard lock(m_mutex);
    m_version = version;
}

void FakeFlink::make(std::string explained, std::vector<FakeVertex> vertices) {
    const std::lock_guard lock(m_mutex);
    m_explained = std::move(explained);
    m_vertices = std::move(vertices);
    m_made = std::chrono::steady_clock::now();
}

void FakeFlink::holdAt(Sort sort, Stage stage) {
    const std::lock_guard lock(m_mutex);
    m_hold[sort] = stage;
}

void FakeFlink::holdIds(bool hold) {
    const std::lock_guard lock(m_mutex);
    m_holdIds = hold;
}

void FakeFlink::refuse(const std::string& part, const std::string& trace) {
    const std::lock_guard lock(m_mutex);
    m_refused[part] = trace;
}

void FakeFlink::explain(const std::string& plan) {
    const std::lock_guard lock(m_mutex);
    m_explained = plan;
}

void FakeFlink::compile(const std::string& plan) {
    const std::lock_guard lock(m_mutex);
    m_compiled = plan;
}

std::vector<std::string> FakeFlink::executed() const {
    const std::lock_guard lock(m_mutex);
    return m_executed;
}

void FakeFlink::put(Sort sort, const std::string& state, const std::string& trace, const std::string& task) {
    const std::lock_guard lock(m_mutex);
    for (auto& [id, job] : m_jobs) {
        if (job.sort != sort || job.over()) continue;
        job.state = state;
        job.trace = trace;
        job.task = task;
        if (state == "RUNNING") ++job.begins;
    }
}

void FakeFlink::forget(int looks) {
    const std::lock_guard lock(m_mutex);
    m_forgets = looks;
}

void FakeFlink::count(std::optional<int> given, std::optional<int> passed) {
    const std::lock_guard lock(m_mutex);
    m_counts = true;
    m_given = given;
    m_passed = passed;
}

void FakeFlink::loseStarts(bool given) {
    const std::lock_guard lock(m_mutex);
    m_loseStarts = given;
}

void FakeFlink::loseStops() {
    const std::lock_guard lock(m_mutex);
    m_loseStops = true;
}

void FakeFlink::stopElsewhere(const std::string& savepoint, int lost) {
    const std::lock_guard lock(m_mutex);
    m_lostCheckpoints = lost;
    for (auto& [id, job] : m_jobs) {
        if (job.sort != Sort::Insert || job.over()) continue;
        job.savepoint = savepoint;
        job.state = "FINISHED";
    }
}

void FakeFlink::failSavepoints(const std::string& trace) {
    const std::lock_guard lock(m_mutex);
    m_savepointFailure = trace;
}

void FakeFlink::addPage(std::vector<std::vector<std::string>> rows) {
    const std::lock_guard lock(m_mutex);
    m_pages.push_back(std::move(rows));
}

void FakeFlink::endPages() {
    const std::lock_guard lock(m_mutex);
    m_endOfPages = true;
    for (auto& [id, job] : m_jobs) {
        if (job.sort == Sort::Query && !job.over()) job.state = "FINISHED";
    }
}

int FakeFlink::running(Sort sort) const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(), [sort](const auto& each) {
        return each.second.sort == sort && !each.second.over();
    }));
}

int FakeFlink::started(Sort sort) const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(std::count_if(m_jobs.begin(), m_jobs.end(),
                                          [sort](const auto& each) { return each.second.sort == sort; }));
}

bool FakeFlink::harmed() const {
    const std::lock_guard lock(m_mutex);
    return m_harmed;
}

int FakeFlink::openSessions() const {
    const std::lock_guard lock(m_mutex);
    return static_cast<int>(
        std::count_if(m_sessions.begin(), m_sessions.end(), [](const auto& each) { return each.second; }));
}

int FakeFlink::hanging() const {
    const std::lock_guard lock(m_mutex);
    return m_hanging;
}

bool FakeFlink::forgets() const {
    const std::lock_guard lock(m_mutex);
    return m_forgets != 0;
}

std::string FakeFlink::lastJob(Sort sort) const {
    const std::lock_guard lock(m_mutex);
    const auto last = std::find_if(m_order.rbegin(), m_order.rend(),
                                   [&](const std::string& id) { return m_jobs.at(id).sort == sort; });
    return last == m_order.rend() ? std::string() : *last;
}

std::vector<std::string> FakeFlink::bodies(const std::string& part) const {
    std::vector<std::string> found;
    for (const FakeServer* const server : {&m_gateway, &m_jobManager}) {
        for (const FakeRequest& request : server->requests()) {
            if (request.line.find(part) != std::string::npos) found.push_back(request.body);
        }
    }
    return found;
}

void FakeFlink::end(Job& job, const std::string& state) {
    if (job.over()) return;
    if (job.sort == Sort::Query && job.stage != Stage::Running) m_harmed = true;
    job.state = state;
}

// ── The gateway ──

FakeAnswer FakeFlink::gatewayAnswer(const FakeRequest& request) {
    const std::lock_guard lock(m_mutex);
    if (auto said = moody(m_gatewayMood)) return *said;
    const std::string& line = request.line;
    if (line == "POST /v3/sessions") {
        const std::string name = fmt::format("s{}", m_sessions.size() + 1);
        m_sessions[name] = true;
        return answer(Json{{"sessionHandle", name}}.dump());
    }
    if (line.ends_with("/statements")) return submit(request);
    if (line.starts_with("GET /v3/info")) return answer(Json{{"version", m_version}}.dump());
    if (line.find("/result/") != std::string::npos) return page(line);
    if (line.ends_with("/close")) {
        const std::string path = line.substr(0, line.rfind('/'));
        return close(m_operations[lastPart(path)]);
    }
    if (line.starts_with("DELETE /v3/sessions/")) {
        m_sessions[lastPart(line)] = false;
        for (const auto& [name, operation] : m_operations) {
            if (operation.session == lastPart(line)) close(operation);
        }
    }
    return answer(R"({"status": "CLOSED"})");
}

FakeAnswer FakeFlink::submit(const FakeRequest& request) {
    const Json body = Json::parse(request.body, nullptr, false);
    Operation made;
    made.session = lastPart(request.line.substr(0, request.line.rfind('/')));
    made.statement = body.is_object() ? body.value("statement", std::string()) : std::string();
    for (const auto& [part, trace] : m_refused) {
        if (made.statement.find(part) != std::string::npos && trace.empty()) return *moody(Mood::Never);
    }
    if (made.statement.starts_with("COMPILE PLAN") && !m_compiled.empty())
        std::ofstream(fileIn(made.statement), std::ios::binary) << m_compiled;
    if (made.statement.starts_with("EXECUTE PLAN")) {
        std::ifstream file(fileIn(made.statement), std::ios::binary);
        m_executed.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    const bool inserts = made.statement.starts_with("EXECUTE");
    if (inserts && m_loseStarts && !*m_loseStarts) return {};
    if (inserts || made.statement.starts_with("SELECT")) {
        Job job;
        job.id = numbered(inserts ? "aa" : "cc", m_jobs.size() + 1);
        job.sort = inserts ? Sort::Insert : Sort::Query;
        made.job = job.id;
        m_order.push_back(job.id);
        m_jobs[job.id] = job;
    }
    const std::string name = fmt::format("o{}", m_operations.size() + 1);
    m_operations[name] = made;
    if (inserts && m_loseStarts) return {};
    return answer(Json{{"operationHandle", name}}.dump());
}

FakeAnswer FakeFlink::page(const std::string& path) const {
    const std::size_t begin = path.find("/operations/") + 12;
    const std::string name = path.substr(begin, path.find('/', begin) - begin);
    const auto number = static_cast<std::size_t>(std::strtoul(lastPart(path).c_str(), nullptr, 10));
    const auto found = m_operations.find(name);
    if (found == m_operations.end())
        return answer(traceAnswer("x.Y: Can not find the submitted operation."), 500);
    const Operation& operation = found->second;
    for (const auto& [part, trace] : m_refused) {
        if (operation.statement.find(part) != std::string::npos) return answer(traceAnswer(trace), 500);
    }
    const auto job = m_jobs.find(operation.job);
    if (job != m_jobs.end() && m_holdIds) return answer(R"({"resultType": "NOT_READY"})");
    if (job != m_jobs.end() && job->second.sort == Sort::Query) return queryPage(job->second, number);
    const bool explains = operation.statement.starts_with("EXPLAIN");
    const std::string plan = m_explained.empty() ? std::string(kExplained) : m_explained;
    Json page = pageOf({{explains ? plan : job == m_jobs.end() ? std::string("OK") : job->first}});
    if (job != m_jobs.end()) page["jobID"] = job->first;
    if (number > 0) {
        page["resultType"] = "EOS";
        page["results"]["data"] = Json::array();
    } else {
        page["nextResultUri"] = "/result/1?rowFormat=PLAIN_TEXT";
    }
    return answer(page.dump());
}

FakeAnswer FakeFlink::queryPage(const Job& job, std::size_t number) const {
    if (job.state == "FAILED" || job.state == "CANCELED")
        return answer(traceAnswer(fmt::format("x.Y: Failed to fetch.\nCaused by: a.B: {}", job.trace)), 500);
    const bool has = number < m_pages.size();
    Json page = has ? pageOf(m_pages[number]) : pageOf({});
    page["jobID"] = job.id;
    if (!has && m_endOfPages) {
        page["resultType"] = "EOS";
    } else {
        page["nextResultUri"] = fmt::format("/result/{}?rowFormat=PLAIN_TEXT", has ? number + 1 : number);
    }
    return answer(page.dump());
}

FakeAnswer FakeFlink::close(const Operation& operation) {
    const auto job = m_jobs.find(operation.job);
    // The job of an INSERT outlives its operation.
    if (job != m_jobs.end() && job->second.sort == Sort::Query) end(job->second, "CANCELED");
    return answer(R"({"status": "CLOSED"})");
}

}  // namespace rw::test
