// The JobManager of a fake Flink.
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "tests/support/fake_flink.h"

namespace rw::test {

namespace {

constexpr const char* kSavepoint = "file:/savepoints/savepoint-1";

std::string notFound(const std::string& what) {
    Json errors = Json::object();
    errors["errors"] = Json::array({what});
    return errors.dump();
}

/// “Calc[3]” of “Calc%5B3%5D”.
std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%' || i + 2 >= text.size()) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(std::strtol(std::string(text.substr(i + 1, 2)).c_str(), nullptr, 16));
        i += 2;
    }
    return out;
}

/// A line of a plan's description.
std::string describedLine(const std::string& made) {
    std::string line;
    for (const char c : made) line += c == '<' ? std::string("&lt;") : std::string(1, c);
    return line + "<br/>";
}

}  // namespace

FakeAnswer FakeFlink::jobManagerAnswer(const FakeRequest& request) {
    const std::lock_guard lock(m_mutex);
    if (auto said = moody(m_jobManagerMood)) return *said;
    const std::size_t space = request.line.find(' ');
    const std::string method = request.line.substr(0, space), path = request.line.substr(space + 1);
    if (path == "/overview")
        return answer(Json{
            {"flink-version", m_version},
            {"taskmanagers", 1},
            {"slots-total", 4},
            {"slots-available", 4},
            {"jobs-running",
             0}}.dump());
    constexpr std::string_view kJobs = "/jobs/";
    if (!path.starts_with(kJobs)) return answer(notFound(fmt::format("Not found: {}", path)), 404);
    const std::string behind = path.substr(kJobs.size());
    if (behind == "overview") return overview();
    const std::string id = behind.substr(0, behind.find_first_of("/?"));
    const auto job = m_jobs.find(id);
    const std::string rest = behind.substr(id.size());
    if (job == m_jobs.end() || forgotten(method, job->second, rest))
        return answer(
            notFound(fmt::format("org.apache.flink.runtime.rest.NotFoundException: Job {} not found", id)),
            404);
    return jobAnswer(method, job->second, rest);
}

bool FakeFlink::forgotten(const std::string& method, const Job& job, const std::string& rest) {
    if (m_forgets <= 0) return m_forgets < 0;
    if (method != "GET" || !rest.empty() || job.sort != Sort::Insert) return false;
    --m_forgets;
    return true;
}

FakeAnswer FakeFlink::jobAnswer(const std::string& method, Job& job, const std::string& rest) {
    if (method == "PATCH") {
        if (job.over())
            return answer(notFound(fmt::format("x.RestHandlerException: Job cancellation failed because the "
                                               "job has already reached another terminal state ({}).",
                                               job.state)),
                          409);
        end(job, "CANCELED");
        return answer("{}", 202);
    }
    if (rest == "/stop" && m_loseStops) {
        job.savepoint = kSavepoint;
        job.state = "FINISHED";
        return {};
    }
    if (rest == "/stop") {
        m_savepointLooks = 0;
        return answer(R"({"request-id": "r1"})", 202);
    }
    if (rest == "/savepoints/r1") return savepointAnswer(job);
    if (rest == "/exceptions") {
        Json entries = Json::array();
        if (!job.trace.empty())
            entries.push_back({{"stacktrace", job.trace}, {"taskName", job.task}, {"timestamp", 1'000}});
        return answer(Json{{"exceptionHistory", {{"entries", entries}}}}.dump());
    }
    if (rest == "/checkpoints") return checkpoints(job);
    if (rest == "/plan") return plan();
    if (rest.starts_with("/vertices/")) return counters(rest);
    return look(job);
}

FakeAnswer FakeFlink::checkpoints(const Job& job) {
    if (job.over() && m_lostCheckpoints > 0) {
        --m_lostCheckpoints;
        return answer(notFound("Internal server error."), 500);
    }
    Json latest{{"completed",
                 {{"id", 3},
                  {"status", "COMPLETED"},
                  {"trigger_timestamp", 1'700'000'000'000},
                  {"latest_ack_timestamp", 1'700'000'000'050},
                  {"end_to_end_duration", 50},
                  {"state_size", 4'096},
                  {"checkpointed_size", 4'096},
                  {"external_path", "file:/checkpoints/" + job.id + "/chk-3"}}},
                {"savepoint", nullptr}};
    if (!job.savepoint.empty())
        latest["savepoint"] = {{"checkpoint_type", "SYNC_SAVEPOINT"}, {"external_path", job.savepoint}};
    return answer(
        Json{{"counts", {{"completed", 3}, {"failed", 1}, {"in_progress", 0}}}, {"latest", latest}}.dump());
}

FakeAnswer FakeFlink::overview() const {
    Json jobs = Json::array();
    for (const std::string& id : m_order) {
        const Job& job = m_jobs.at(id);
        jobs.push_back(Json{{"jid", id},
                            {"name", job.sort == Sort::Insert ? "test" : "test (charts)"},
                            {"state", job.word()},
                            {"start-time", 1'700'000'000'000}});
    }
    Json all = Json::object();
    all["jobs"] = std::move(jobs);
    return answer(all.dump());
}

/// The operators of the vertices that were made, or those of kExplained with the numbers that they have in a
/// job.
FakeAnswer FakeFlink::plan() const {
    Json nodes = Json::array();
    for (const FakeVertex& vertex : m_vertices) {
        std::string description;
        for (const std::string& made : vertex.operators) description += describedLine(made);
        nodes.push_back({{"id", fmt::format("ee{:030}", nodes.size())}, {"description", description}});
    }
    if (m_counts)
        nodes.push_back(Json{{"id", "v1"},
                             {"description",
                              "[21]:TableSourceScan(table=[[default_catalog, default_database, bids]])<br/>"
                              "+- [22]:Calc(select=[k])<br/>   +- StreamingFileWriter<br/>"
                              "      +- out[23]: Writer<br/>"}});
    Json all = Json::object();
    all["plan"]["nodes"] = std::move(nodes);
    return answer(all.dump());
}

FakeAnswer FakeFlink::counters(const std::string& path) const {
    Json metrics = Json::array();
    if (m_given) metrics.push_back(Json{{"id", "Source__bids[21].numRecordsOut"}, {"sum", *m_given}});
    if (m_passed) metrics.push_back(Json{{"id", "Calc[22].numRecordsOut"}, {"sum", *m_passed}});
    constexpr std::string_view kAsked = "?get=";
    const std::size_t asked = path.find(kAsked);
    if (m_vertices.empty() || asked == std::string::npos) return answer(metrics.dump());
    const auto since = std::chrono::steady_clock::now() - m_made;
    const double millis = std::floor(std::chrono::duration<double, std::milli>(since).count());
    const std::string names = decoded(std::string_view(path).substr(asked + kAsked.size()));
    for (std::size_t begin = 0; begin < names.size();) {
        const std::size_t end = std::min(names.find(',', begin), names.size());
        const std::string name = names.substr(begin, end - begin);
        begin = end + 1;
        double value = 5 * millis;
        if (name.ends_with("currentInputWatermark")) value = 1.7e12 + millis;
        if (name == "busyTimeMsPerSecond") value = 400;
        if (name == "backPressuredTimeMsPerSecond") value = 20;
        metrics.push_back({{"id", name}, {"min", value}, {"max", value}, {"avg", value}, {"sum", value}});
    }
    return answer(metrics.dump());
}

FakeAnswer FakeFlink::look(Job& job) const {
    const auto hold = m_hold.find(job.sort);
    const Stage most = hold == m_hold.end() ? Stage::Running : hold->second;
    const Stage before = job.stage;
    if (job.stage < most) job.stage = static_cast<Stage>(static_cast<int>(job.stage) + 1);
    constexpr const char* kStages[] = {"CREATED", "DEPLOYING", "INITIALIZING", "RUNNING"};
    // The state told is the one before, as a JobManager does that caches its answers for a while.
    const std::string tasks = job.over() ? job.state : kStages[static_cast<int>(before)];
    std::vector<FakeVertex> made{{"Source: bids[21] -> Calc[22]", {}}, {"out[23]: Writer", {}}};
    if (job.sort == Sort::Insert && !m_vertices.empty()) made = m_vertices;
    Json vertices = Json::array();
    for (const FakeVertex& each : made)
        vertices.push_back({{"id", fmt::format("ee{:030}", vertices.size())},
                            {"name", each.name},
                            {"status", tasks},
                            {"parallelism", 1},
                            {"metrics", {{"read-records", 5}, {"write-records", 4}}}});
    Json json{{"jid", job.id},
              {"name", "test"},
              {"state", job.word()},
              {"start-time", 1'700'000'000'000},
              {"timestamps", {{"RUNNING", 1'700'000'000'000 + job.begins}, {"CREATED", 5}}},
              {"end-time", job.over() ? 1'700'000'100'000 : -1},
              {"vertices", vertices}};
    return answer(json.dump());
}

FakeAnswer FakeFlink::savepointAnswer(Job& job) {
    if (m_savepointLooks++ == 0) return answer(R"({"status": {"id": "IN_PROGRESS"}, "operation": null})");
    Json operation = Json::object();
    if (m_savepointFailure.empty()) {
        job.savepoint = kSavepoint;
        job.state = "FINISHED";
        operation["location"] = job.savepoint;
    } else {
        operation["failure-cause"] = {{"class", "a.B"}, {"stack-trace", m_savepointFailure}};
    }
    return answer(Json{{"status", {{"id", "COMPLETED"}}}, {"operation", operation}}.dump());
}

}  // namespace rw::test
