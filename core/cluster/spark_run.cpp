// A run of Spark: a child process that tells what it does in lines of JSON.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "core/cluster/child_process.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/json_members.h"
#include "core/cluster/spark_program.h"
#include "core/data/text.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr Millis kLook = 200;           ///< how long a line is waited for
constexpr Millis kEndsWithin = 15'000;  ///< after it was asked to; then it is killed
constexpr std::size_t kNotesKept = 20;
constexpr std::string_view kQuery = "rill_";

std::string nodeOfQuery(const std::string& query) {
    return query.starts_with(kQuery) ? query.substr(kQuery.size()) : query;
}

/// The first line: traces of Java follow it.
std::string firstLine(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

/// The last line.
std::string lastLineOf(const std::string& errors) {
    const std::size_t end = errors.find_last_not_of("\n ");
    if (end == std::string::npos) return {};
    const std::size_t line = errors.rfind('\n', end);
    const std::size_t begin = line == std::string::npos ? 0 : line + 1;
    return errors.substr(begin, end - begin + 1);
}

class SparkRun : public ClusterRun {
 public:
    explicit SparkRun(ClusterRequest request) : m_request(std::move(request)) {
        m_thread = std::thread([this] { work(); });
    }
    ~SparkRun() override {
        m_end = true;
        m_thread.join();
    }

    ClusterLook look() const override {
        const std::lock_guard lock(m_mutex);
        return m_look;
    }
    std::shared_ptr<LiveView> view(const NodeId& node) const override {
        const std::lock_guard lock(m_mutex);
        return m_feed ? m_feed->view(node) : nullptr;
    }
    std::optional<Deployment> deployment() const override {
        const std::lock_guard lock(m_mutex);
        return m_deployment;
    }
    void cancel() override { m_end = true; }
    void stop(const std::string&) override { m_keep = m_end = true; }

 private:
    template <class Change>
    void change(Change change) {
        const std::lock_guard lock(m_mutex);
        change(m_look);
        ++m_look.version;
    }
    void note(Text text) {
        change([&text](ClusterLook& look) {
            look.notes.push_back(std::move(text));
            if (look.notes.size() > kNotesKept) look.notes.erase(look.notes.begin());
            ++look.noteCount;
        });
    }
    Instant now() const { return systemClock()->now(); }

    void work();
    Status prepare();
    Status launch();
    void hear(const std::string& line);
    void hearProgress(const Json& event);
    void hearRunning(const Json& event);
    void hearFailure(const Json& event);
    void hearRows(const Json& event);
    void feed(const std::vector<FlinkRow>& rows);
    void conclude();
    void remember(const std::string& state);
    void refuse(const Status& status);

    const ClusterRequest m_request;
    std::optional<SparkProgram> m_program{};
    std::string m_folder{}, m_checkpoint{};
    std::unique_ptr<ChildProcess> m_child{};
    std::map<NodeId, std::uint64_t> m_read{};  ///< rows that the query of a sink read
    std::vector<Issue> m_issues{};
    Status m_failure{};
    bool m_ran = false, m_good = false;
    std::atomic<bool> m_end{false}, m_keep{false};

    mutable std::mutex m_mutex{};
    ClusterLook m_look{};
    std::unique_ptr<ChartFeed> m_feed{};  ///< replaced never; its views are read by any thread
    std::optional<Deployment> m_deployment{};
    std::thread m_thread{};
};

Status SparkRun::prepare() {
    RW_TRY_ASSIGN(m_program, sparkProgramOf(m_request));
    if (!m_request.checkOnly && m_request.charts && !m_program->charts.empty()) {
        FlinkProgram charts;
        charts.charts = m_program->charts;
        RW_TRY_ASSIGN(auto feed,
                      ChartFeed::make(m_request.pipeline, *m_request.catalogue, m_request.validate, charts));
        const std::lock_guard lock(m_mutex);
        m_feed = std::move(feed);
    }
    const std::string base = m_request.deployments.empty() ? deploymentsPath() : m_request.deployments;
    m_folder = (fs::path(base) / "spark" / fmt::format("{}-{}", now(), ::getpid())).string();
    std::error_code failed;
    fs::create_directories(m_folder, failed);
    if (failed)
        return {ErrorCode::Io,
                RW_TEXT("cluster", "The folder “%1” can't be made: %2.").with(m_folder, failed.message())};
    fs::permissions(m_folder, fs::perms::owner_all, failed);
    m_checkpoint = m_request.savepoint.empty() ? m_folder + "/checkpoint" : m_request.savepoint;
    const std::string file = m_folder + "/pipeline.py";
    std::ofstream out(file, std::ios::binary);
    out << m_program->text;
    out.close();
    if (!out)
        return {ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be written.").with(file),
                RW_TEXT("cluster", "Make room on the disk.")};
    return {};
}

Status SparkRun::launch() {
    RW_TRY_ASSIGN(m_child, ChildProcess::start(
                               sparkCommand(m_request, *m_program, m_folder + "/pipeline.py", m_checkpoint)));
    change([this](ClusterLook& look) {
        if (!m_request.checkOnly) look.state = ClusterState::Starting;
        look.started = now();
    });
    return {};
}

void SparkRun::refuse(const Status& status) {
    change([&](ClusterLook& look) {
        Issue& issue = look.issues.emplace_back();
        issue.message = status.error().message;
        issue.fix = status.error().fix;
        issue.node = status.error().node;
        issue.param = status.error().param;
        look.state = ClusterState::Refused;
        look.ended = now();
    });
}

void SparkRun::work() {
    if (const Status ready = prepare(); !ready.ok()) return refuse(ready);
    if (m_end) return conclude();
    if (const Status begun = launch(); !begun.ok()) {
        change([&](ClusterLook& look) {
            look.failure = begun;
            look.state = ClusterState::Failed;
            look.ended = now();
        });
        return;
    }
    std::int64_t asked = 0;
    const auto clock = systemClock();
    for (;;) {
        const auto line = m_child->line(kLook);
        if (line) hear(*line);
        // What it started may keep its output open: its own end counts.
        if (!line && m_child->exitStatus()) break;
        if (!m_end) continue;
        if (asked == 0) {
            asked = clock->steadyMillis();
            change([](ClusterLook& look) { look.state = ClusterState::Stopping; });
            m_child->terminate();
        } else if (clock->steadyMillis() - asked > kEndsWithin) {
            m_child->kill();
        }
    }
    conclude();
}

void SparkRun::hear(const std::string& line) {
    if (!line.starts_with('{')) return;  // Spark's own words
    const Json event = Json::parse(line, nullptr, false);
    const std::string kind = textIn(event, "event");
    if (kind.empty()) return;
    change([this](ClusterLook& look) { look.answered = now(); });
    if (kind == "running") hearRunning(event);
    if (kind == "progress") hearProgress(event);
    if (kind == "failed") hearFailure(event);
    if (kind == "rows") hearRows(event);
    if (kind == "ended") m_good = memberOf(event, "good") == Json(true);
}

void SparkRun::hearRunning(const Json& event) {
    m_ran = true;
    Deployment made;
    made.job = textIn(event, "application");
    made.target = m_request.target.name;
    made.engine = Engine::Spark;
    made.file = m_request.validate.file;
    made.pipeline = m_request.pipeline;
    made.program = m_program->text;
    made.started = now();
    made.resumedFrom = m_request.savepoint;
    made.state = "RUNNING";
    change([&](ClusterLook& look) {
        look.state = ClusterState::Running;
        look.job = made.job;
        look.jobState = made.state;
        m_deployment = made;
    });
    remember(made.state);
    if (m_program->bounded)
        note(RW_TEXT("cluster",
                     "Spark closes a window when newer rows come: at the end of the input the last ones stay "
                     "open."));
}

// Of a query Spark tells how many rows it read, and its watermark; of what happens inside it, nothing.
void SparkRun::hearProgress(const Json& event) {
    const NodeId sink = nodeOfQuery(textIn(event, "query"));
    m_read[sink] += static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerIn(event, "rows_in")));
    const auto watermark = parseTimestamp(textIn(memberOf(event, "event_time"), "watermark"));
    std::map<NodeId, std::uint64_t> sources;
    for (const auto& [id, rows] : m_read) {
        const auto from = m_program->sources.find(id);
        if (from != m_program->sources.end() && from->second.size() == 1)
            sources[from->second.front()] = std::max(sources[from->second.front()], rows);
    }
    change([&](ClusterLook& look) {
        look.figures.at = now();
        look.figures.wires.assign(m_request.pipeline.wires.size(), std::nullopt);
        if (watermark && *watermark > 0) look.figures.nodes[sink].watermark = watermark;  // 1970: none yet
        std::uint64_t all = 0;
        for (const auto& [id, rows] : sources) {
            look.figures.nodes[id].rowsOut = rows;
            all += rows;
        }
        if (!sources.empty()) look.figures.sourceRows = all;
    });
    if (const auto rows = m_program->rows.find(sink); rows != m_program->rows.end())
        feed(rows->second.endBatch());
}

void SparkRun::hearFailure(const Json& event) {
    const NodeId node = textIn(event, "node");
    const Text said = RW_TEXT("cluster", "Spark says: %1").with(firstLine(textIn(event, "error")));
    Issue& issue = m_issues.emplace_back();
    issue.message = said;
    issue.node = node;
    if (m_failure.ok()) m_failure = Status(ErrorCode::Io, said).at(node);
}

void SparkRun::hearRows(const Json& event) {
    const auto rows = m_program->rows.find(textIn(event, "sink"));
    if (rows != m_program->rows.end()) feed(rows->second.take(event));
}

void SparkRun::feed(const std::vector<FlinkRow>& rows) {
    if (!m_feed || rows.empty()) return;
    const Status taken = m_feed->add(rows);
    if (!taken.ok()) change([&](ClusterLook& look) { look.chartTrouble = taken; });
}

// Charts have all their rows before anybody hears that it is over.
void SparkRun::conclude() {
    if (m_program) {
        for (auto& [sink, rows] : m_program->rows) feed(rows.endBatch());
    }
    if (m_feed) (void)m_feed->end();
    const int exit = m_child ? m_child->exitStatus().value_or(-1) : 0;
    ClusterState state = ClusterState::Finished;
    Status failure = m_failure;
    if (m_end) {
        state = ClusterState::Stopped;
    } else if (!m_ran && !m_issues.empty()) {
        state = ClusterState::Refused;
    } else if (exit != 0 || !m_failure.ok() || (!m_request.checkOnly && !m_good)) {
        state = ClusterState::Failed;
        if (failure.ok())
            failure = Status(
                ErrorCode::Io,
                RW_TEXT("cluster", "spark-submit ended with status %1: %2")
                    .with(exit, m_child ? lastLineOf(m_child->errors()) : std::string()),
                RW_TEXT("cluster", "See whether it runs by hand: %1.").with(m_request.target.spark.submit));
    }
    std::error_code ignored;
    const bool kept = m_ran && state == ClusterState::Stopped && m_keep;
    if (m_request.checkOnly || state == ClusterState::Refused) fs::remove_all(m_folder, ignored);
    const std::string word = state == ClusterState::Finished ? "FINISHED"
                             : state == ClusterState::Failed ? "FAILED"
                                                             : "CANCELED";
    if (kept) {
        const std::lock_guard lock(m_mutex);
        if (m_deployment) m_deployment->savepoints.push_back({m_checkpoint, now()});
    }
    if (m_ran) remember(word);  // before anybody hears that it is over, and looks for it
    change([&](ClusterLook& look) {
        look.state = state;
        look.ended = now();
        look.jobState = word;
        look.failure = state == ClusterState::Failed ? failure : Status();
        if (state == ClusterState::Refused) look.issues = m_issues;
        if (kept) look.savepoint = m_checkpoint;
    });
}

void SparkRun::remember(const std::string& state) {
    std::optional<Deployment> made = deployment();
    if (!made) return;
    made->state = state;
    if (state != "RUNNING") made->ended = now();
    const DeploymentStore store(m_request.deployments.empty() ? deploymentsPath() : m_request.deployments);
    if (const Status saved = store.save(*made); !saved.ok()) note(saved.error().message);
    const std::lock_guard lock(m_mutex);
    m_deployment = std::move(made);
}

}  // namespace

std::unique_ptr<ClusterRun> runOnSpark(ClusterRequest request) {
    return std::make_unique<SparkRun>(std::move(request));
}

std::unique_ptr<ClusterRun> runOnTarget(ClusterRequest request) {
    const bool flink = request.target.engine == Engine::Flink;
    return flink ? deployToFlink(std::move(request)) : runOnSpark(std::move(request));
}

}  // namespace rw
