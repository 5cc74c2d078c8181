// A run of Spark: a child process that reports its progress in lines of JSON.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>
#include <utility>

#include "core/cluster/child_environment.h"
#include "core/cluster/deployment_store.h"
#include "core/cluster/json_members.h"
#include "core/cluster/spark/secret_pipe.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "core/cluster/spark/spark_outputs.h"
#include "core/cluster/spark/spark_program.h"
#include "core/cluster/spark/spark_said.h"
#include "core/cluster/spark/spark_target.h"
#include "core/data/text.h"
#include "core/process/child_process.h"

namespace rw {

namespace fs = std::filesystem;

namespace {

constexpr Millis kLook = 200;           ///< how long a line is waited for
constexpr Millis kEndsWithin = 15'000;  ///< after it was asked to; then it is killed
constexpr std::size_t kNotesKept = 20;
constexpr std::size_t kNoiseKept = 32 * 1024;
constexpr int kBySignalFrom = 128;  ///< ChildProcess::exitStatus()
constexpr std::string_view kQuery = "rill_";

std::string nodeOfQuery(const std::string& query) {
    return query.starts_with(kQuery) ? query.substr(kQuery.size()) : query;
}

class SparkRun : public ClusterRun {
 public:
    explicit SparkRun(ClusterRequest request) : m_request(std::move(request)) {
        m_thread = std::thread([this] { work(); });
    }
    ~SparkRun() override {
        endWith(Wish::Keep);
        m_thread.join();
    }

    ClusterStatus look() const override {
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
    void cancel() override { endWith(Wish::Cancel); }
    void stop(const std::string&) override { endWith(Wish::Keep); }

 private:
    /// How it is to end: with its checkpoint kept, or not.
    enum class Wish { None, Keep, Cancel };

    /// The first one counts.
    void endWith(Wish how) {
        Wish none = Wish::None;
        m_wish.compare_exchange_strong(none, how);
    }
    bool isToEnd() const { return m_wish != Wish::None; }
    template <class Change>
    void change(Change change) {
        const std::lock_guard lock(m_mutex);
        change(m_look);
        ++m_look.version;
    }
    void note(Text text) {
        change([&text](ClusterStatus& look) {
            look.notes.push_back(std::move(text));
            if (look.notes.size() > kNotesKept) look.notes.erase(look.notes.begin());
            ++look.noteCount;
        });
    }
    Instant now() const { return systemClock()->now(); }

    void work();
    Status prepare();
    Status makeFolder();
    Status takeCheckpoint();
    Status handSecrets(const std::string& path);
    Status launch();
    void hear(const std::string& line);
    void keepNoise(const std::string& line);
    void hearProgress(const Json& event);
    void countLate(const NodeId& sink, const Json& event);
    void hearRunning(const Json& event);
    void hearFailure(const Json& event);
    void hearRows(const Json& event);
    void feed(const std::vector<ChangeRow>& rows);
    void conclude();
    ClusterState endState(int exit) const;
    Status endedByItself(int exit) const;
    void remember(const std::string& state);
    void takeOver(const std::string& job);
    void refuse(const Status& status);
    void fail(const Status& status);
    void clearFolder();

    const ClusterRequest m_request;
    std::optional<SparkProgram> m_program{};
    std::string m_base{};  ///< of the DeploymentStore
    std::string m_folder{}, m_checkpoint{};
    std::optional<CheckpointLock> m_lock{};
    std::optional<SecretPipe> m_secrets{};  ///< until the program has read them
    std::unique_ptr<ChildProcess> m_child{};
    std::string m_noise{};                     ///< the end of the other text in its output
    std::map<NodeId, std::uint64_t> m_read{};  ///< rows that the query of a sink read
    std::map<NodeId, std::uint64_t> m_late{};  ///< and dropped as late, at least
    std::vector<Issue> m_issues{};
    Status m_failure{};
    bool m_ran = false, m_good = false, m_toldCut = false;
    std::atomic<Wish> m_wish{Wish::None};

    mutable std::mutex m_mutex{};
    ClusterStatus m_look{};
    std::unique_ptr<ChartFeed> m_feed{};  ///< replaced never; its views are read by any thread
    std::optional<Deployment> m_deployment{};
    std::thread m_thread{};
};

Status SparkRun::prepare() {
    RW_TRY_ASSIGN(m_program, sparkProgramOf(m_request));
    if (const Status chosen = sparkOutputsChosen(m_request, *m_program); !chosen.ok()) {
        if (!m_request.checkOnly) return chosen;
        note(chosen.error().message);  // nothing is written
    }
    if (!m_request.checkOnly && m_request.charts && !m_program->charts.empty()) {
        RW_TRY_ASSIGN(auto feed, ChartFeed::make(m_request.pipeline, *m_request.catalogue, m_request.validate,
                                                 m_program->charts));
        const std::lock_guard lock(m_mutex);
        m_feed = std::move(feed);
    }
    RW_TRY(makeFolder());
    RW_TRY(takeCheckpoint());
    const std::string file = m_folder + "/pipeline.py";
    std::ofstream out(file, std::ios::binary);
    out << m_program->text;
    out.close();
    if (!out)
        return {ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be written.").with(file),
                RW_TEXT("cluster", "Make room on the disk.")};
    return {};
}

// The pipeline may name things that other users should not see.
Status SparkRun::makeFolder() {
    static std::atomic<unsigned> made{0};  // several may begin in one millisecond
    m_base = m_request.deployments.empty() ? deploymentsPath() : m_request.deployments;
    const std::string runs = sparkRunsFolder(m_base);
    m_folder = fmt::format("{}/{}-{}-{}", runs, now(), ::getpid(), ++made);
    std::error_code failed, ignored;
    const bool first = !fs::exists(m_base, ignored);
    fs::create_directories(m_folder, failed);
    if (failed)
        return {ErrorCode::Io,
                RW_TEXT("cluster", "The folder “%1” can't be made: %2.").with(m_folder, failed.message())};
    if (first) fs::permissions(m_base, fs::perms::owner_all, ignored);
    fs::permissions(m_folder, fs::perms::owner_all, ignored);
    return {};
}

// Workers on other computers don't see the disk of this one.
Status SparkRun::takeCheckpoint() {
    const Target& target = m_request.target;
    m_checkpoint = m_request.savepoint;
    if (m_checkpoint.empty())
        m_checkpoint = runsHere(target.spark) || target.folder.empty()
                           ? m_folder + "/checkpoint"
                           : target.folder + "/_rillwright/" + fs::path(m_folder).filename().string();
    if (m_request.checkOnly) return {};
    if (!m_request.savepoint.empty() && runsHere(target.spark)) RW_TRY(usableCheckpoint(m_checkpoint));
    Result<CheckpointLock> lock = CheckpointLock::take(m_base, m_checkpoint);
    if (!lock.ok()) return lock.status();
    m_lock.emplace(std::move(*lock));
    return {};
}

Status SparkRun::handSecrets(const std::string& path) {
    RW_TRY_ASSIGN(std::string line, m_program->secrets.asJson());
    Result<SecretPipe> pipe = SecretPipe::make(path, line);
    wipe(line);
    if (!pipe.ok()) return pipe.status();
    m_secrets.emplace(std::move(*pipe));
    return {};
}

Status SparkRun::launch() {
    const std::string secrets = m_program->secrets.empty() ? std::string() : m_folder + "/secrets";
    if (!secrets.empty()) RW_TRY(handSecrets(secrets));
    RW_TRY_ASSIGN(m_child, ChildProcess::start({sparkCommand(m_request, *m_program, m_folder + "/pipeline.py",
                                                             m_checkpoint, secrets),
                                                childEnvironment(), m_lock ? m_lock->descriptor() : -1}));
    change([this](ClusterStatus& look) {
        if (!m_request.checkOnly) look.state = ClusterState::Starting;
        look.started = now();
    });
    return {};
}

void SparkRun::clearFolder() {
    std::error_code ignored;
    if (!m_folder.empty()) fs::remove_all(m_folder, ignored);
}

void SparkRun::refuse(const Status& status) {
    clearFolder();
    m_secrets.reset();
    m_lock.reset();
    change([&](ClusterStatus& look) {
        look.issues.push_back(issueOf(status.error()));
        look.state = ClusterState::Refused;
        look.ended = now();
    });
}

void SparkRun::fail(const Status& status) {
    clearFolder();
    m_secrets.reset();
    m_lock.reset();
    change([&](ClusterStatus& look) {
        look.failure = status;
        look.state = ClusterState::Failed;
        look.ended = now();
    });
}

void SparkRun::work() {
    if (const Status ready = prepare(); !ready.ok()) return refuse(ready);
    if (isToEnd()) return conclude();
    if (const Status begun = launch(); !begun.ok()) return fail(begun);
    std::int64_t asked = 0;
    const auto clock = systemClock();
    for (;;) {
        const auto line = m_child->line(kLook);
        if (line) hear(*line);
        // A process that it started may keep its output open: its own end counts.
        if (!line && m_child->exitStatus()) break;
        if (!isToEnd()) continue;
        if (asked == 0) {
            asked = clock->steadyMillis();
            change([](ClusterStatus& look) { look.state = ClusterState::Stopping; });
            m_child->terminate();
        } else if (clock->steadyMillis() - asked > kEndsWithin) {
            m_child->kill();
        }
    }
    conclude();
}

void SparkRun::hear(const std::string& line) {
    bool cut = false;
    const Json event = sparkEvent(line, &cut);
    const std::string kind = textIn(event, "event");
    if (kind.empty()) keepNoise(line);  // Spark's own words
    if (cut && !std::exchange(m_toldCut, true))
        note(RW_TEXT("cluster",
                     "Something that the program told came cut: rows of charts, or figures, may be "
                     "missing."));
    if (kind.empty()) return;
    change([this](ClusterStatus& look) { look.answered = now(); });
    if (kind == "running" && !m_ran) hearRunning(event);
    if (kind == "progress") hearProgress(event);
    if (kind == "failed") hearFailure(event);
    if (kind == "rows") hearRows(event);
    if (kind == "ended") m_good = memberOf(event, "good") == Json(true);
    // There was nothing to do: the last report still holds.
    if (kind == "idle")
        change([this](ClusterStatus& look) {
            if (look.figures.at != 0) look.figures.at = now();
        });
}

void SparkRun::keepNoise(const std::string& line) {
    constexpr std::size_t kLineKept = 2'000;
    m_noise.append(line, 0, kLineKept);
    m_noise += '\n';
    if (m_noise.size() > kNoiseKept) m_noise.erase(0, m_noise.size() - kNoiseKept);
}

// The record has the checkpoint from now on: this program may be gone at the end.
void SparkRun::hearRunning(const Json& event) {
    m_ran = true;
    m_secrets.reset();  // it has read them
    Deployment made;
    made.job = textIn(event, "application");
    made.target = m_request.target.name;
    made.engine = Engine::Spark;
    made.file = m_request.validate.file;
    made.pipeline = m_request.pipeline;
    made.program = m_program->text;
    made.started = now();
    made.resumedFrom = m_request.savepoint;
    made.savepoints = {{m_checkpoint, made.started}};
    {
        const std::lock_guard lock(m_mutex);
        m_deployment = made;
    }
    remember("RUNNING");
    if (!m_request.savepoint.empty()) takeOver(made.job);
    change([&](ClusterStatus& look) {
        look.state = ClusterState::Running;
        look.job = made.job;
        look.jobState = "RUNNING";
    });
    if (m_program->bounded)
        note(RW_TEXT("cluster",
                     "Spark closes a window when newer rows come: at the end of the input the last ones stay "
                     "open."));
}

// The old content of the checkpoint is gone once another run resumes from it.
void SparkRun::takeOver(const std::string& job) {
    const DeploymentStore store(m_base);
    for (Deployment& record : store.all()) {
        const auto gone = std::erase_if(record.savepoints,
                                        [this](const Savepoint& kept) { return kept.path == m_checkpoint; });
        if (gone == 0 || record.job == job) continue;
        if (record.ended == 0) {  // as for an end that was not observed
            record.ended = now();
            record.state = "CANCELED";
        }
        if (const Status saved = store.save(record); !saved.ok()) note(saved.error().message);
    }
}

// Spark tells how many rows a query read, and its watermark; of the nodes inside it, nothing.
void SparkRun::hearProgress(const Json& event) {
    const NodeId sink = nodeOfQuery(textIn(event, "query"));
    m_read[sink] += static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerIn(event, "rows_in")));
    countLate(sink, event);
    const auto watermark = parseTimestamp(textIn(memberOf(event, "event_time"), "watermark"));
    std::map<NodeId, std::uint64_t> sources;
    for (const auto& [id, rows] : m_read) {
        const auto from = m_program->sources.find(id);
        if (from != m_program->sources.end() && from->second.size() == 1)
            sources[from->second.front()] = std::max(sources[from->second.front()], rows);
    }
    change([&](ClusterStatus& look) {
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

// Operators count the rows that they drop, which may be partial sums: there may be more of them.
void SparkRun::countLate(const NodeId& sink, const Json& event) {
    const auto judge = m_program->late.find(sink);
    if (judge == m_program->late.end()) return;
    std::int64_t dropped = 0;
    for (const Json& each : memberOf(event, "state"))
        dropped = std::max(dropped, integerIn(each, "late_at_least"));
    m_late[sink] += static_cast<std::uint64_t>(dropped);
    std::uint64_t most = 0;
    for (const auto& [other, rows] : m_late) {
        if (m_program->late.at(other) == judge->second) most = std::max(most, rows);
    }
    change([&](ClusterStatus& look) {
        NodeFigures& figures = look.figures.nodes[judge->second];
        figures.late = most;
        figures.lateAtLeast = true;
    });
}

void SparkRun::hearFailure(const Json& event) {
    const std::string error = textIn(event, "error");
    const NodeId node = failedNodeOf(*m_program, textIn(event, "node"), error);
    Issue& issue = m_issues.emplace_back();
    issue.message = RW_TEXT("cluster", "Spark says: %1").with(sparkCause(error));
    issue.node = node;
    if (m_ran)
        issue.fix = RW_TEXT("cluster", "Mend that, then resume from the checkpoint: what was done counts.");
    if (m_failure.ok()) m_failure = Status(ErrorCode::Io, issue.message, issue.fix).at(node);
}

void SparkRun::hearRows(const Json& event) {
    const auto rows = m_program->rows.find(textIn(event, "sink"));
    if (rows != m_program->rows.end()) feed(rows->second.take(event));
}

void SparkRun::feed(const std::vector<ChangeRow>& rows) {
    if (!m_feed || rows.empty()) return;
    const Status taken = m_feed->add(rows);
    if (!taken.ok()) change([&](ClusterStatus& look) { look.chartTrouble = taken; });
}

ClusterState SparkRun::endState(int exit) const {
    if (m_good && m_failure.ok()) return ClusterState::Finished;  // also when it was to be stopped just then
    if (isToEnd()) return ClusterState::Stopped;
    if (!m_ran && !m_issues.empty()) return ClusterState::Refused;
    const bool checked = m_request.checkOnly && exit == 0 && m_failure.ok();
    return checked ? ClusterState::Finished : ClusterState::Failed;
}

Status SparkRun::endedByItself(int exit) const {
    const SparkAddress& place = m_request.target.spark;
    const std::string said = tellingLine(m_noise, m_child ? m_child->errors() : std::string());
    if (exit == 0)
        return {ErrorCode::Io,
                RW_TEXT("cluster", "spark-submit ended, but never told how the run ended: %1").with(said),
                RW_TEXT("cluster", "See whether “%1” is Spark's own, and runs programs here.")
                    .with(place.submit)};
    const Text what = RW_TEXT("cluster", "spark-submit ended with status %1: %2").with(exit, said);
    if (exit >= kBySignalFrom && m_ran)
        return {ErrorCode::Io, what,
                RW_TEXT("cluster",
                        "Somebody ended it, or memory was short: resume from the checkpoint, with more "
                        "of it if need be (--driver-memory among the options of the target).")};
    if (runsHere(place))
        return {ErrorCode::Io, what,
                RW_TEXT("cluster", "See whether it runs by hand: %1.").with(place.submit)};
    return {ErrorCode::Io, what,
            RW_TEXT("cluster", "See whether the master %1 runs, and takes programs from this computer.")
                .with(place.master)};
}

// Charts have all their rows before anybody hears that it is over. A run that begins in the checkpoint of
// another one leaves it there, however it ends.
void SparkRun::conclude() {
    if (m_program) {
        for (auto& [sink, rows] : m_program->rows) feed(rows.endBatch());
    }
    if (m_feed) (void)m_feed->end();
    const int exit = m_child ? m_child->exitStatus().value_or(-1) : 0;
    const ClusterState state = endState(exit);
    const bool goesOn = state == ClusterState::Failed || state == ClusterState::Stopped;
    const bool resumed = !m_request.savepoint.empty();
    const bool kept = m_ran && (resumed || (goesOn && m_wish != Wish::Cancel));
    if (!kept || resumed) clearFolder();
    const std::string word = state == ClusterState::Finished ? "FINISHED"
                             : state == ClusterState::Failed ? "FAILED"
                                                             : "CANCELED";
    {
        const std::lock_guard lock(m_mutex);
        if (m_deployment) m_deployment->savepoints.clear();
        if (m_deployment && kept) m_deployment->savepoints.push_back({m_checkpoint, now()});
    }
    if (m_ran) remember(word);  // before anybody hears that it is over, and looks for it
    m_secrets.reset();
    m_lock.reset();
    change([&](ClusterStatus& look) {
        look.state = state;
        look.ended = now();
        look.jobState = word;
        if (state == ClusterState::Failed) look.failure = m_failure.ok() ? endedByItself(exit) : m_failure;
        if (state == ClusterState::Refused) look.issues = m_issues;
        if (kept && goesOn) look.savepoint = m_checkpoint;
    });
}

void SparkRun::remember(const std::string& state) {
    std::optional<Deployment> made = deployment();
    if (!made) return;
    made->state = state;
    if (state != "RUNNING") made->ended = now();
    if (const Status saved = DeploymentStore(m_base).save(*made); !saved.ok()) note(saved.error().message);
    const std::lock_guard lock(m_mutex);
    m_deployment = std::move(made);
}

}  // namespace

std::unique_ptr<ClusterRun> runOnSpark(ClusterRequest request) {
    return std::make_unique<SparkRun>(std::move(request));
}

}  // namespace rw
