#include <filesystem>
#include <fstream>
#include <map>

#include "core/cluster/child_environment.h"
#include "core/cluster/json_members.h"
#include "core/cluster/spark/spark_program.h"
#include "core/cluster/spark/spark_said.h"
#include "core/compare/cluster_side.h"
#include "core/process/child_process.h"

namespace rw {

namespace {

constexpr Millis kSparkLineWithin = 200;
constexpr std::string_view kSparkQuery = "rill_";
constexpr std::size_t kSparkNoiseKept = 64 * 1024;
constexpr std::size_t kLooksUntilKilled = 75;  ///< after it was asked to end

/// Reads the program's events as the rows of its sinks.
class SparkTold {
 public:
    explicit SparkTold(const Validated& validated) : m_validated(validated) {}

    void hear(const std::string& line) {
        bool cut = false;
        const Json event = sparkEvent(line, &cut);
        const std::string kind = textIn(event, "event");
        if (cut && m_failure.ok())
            m_failure = Status(ErrorCode::Io, RW_TEXT("compare", "A line of rows came cut from Spark."),
                               RW_TEXT("compare", "Compare once more."));
        if (kind.empty() && m_noise.size() < kSparkNoiseKept) m_noise += line + "\n";
        if (kind == "rows") {
            const NodeId sink = textIn(event, "sink");
            add(sink, changesOf(sink).take(event));
        } else if (kind == "progress") {
            const std::string query = textIn(event, "query");
            const NodeId sink = query.starts_with(kSparkQuery) ? query.substr(kSparkQuery.size()) : query;
            add(sink, changesOf(sink).endBatch());
        } else if (kind == "failed" && m_failure.ok()) {
            m_failure = Status(ErrorCode::Io,
                               RW_TEXT("cluster", "Spark says: %1").with(sparkCause(textIn(event, "error"))))
                            .at(textIn(event, "node"));
        } else if (kind == "ended") {
            m_good = memberOf(event, "good") == Json(true);
        }
    }
    void end() {
        for (auto& [sink, changes] : m_changes) add(sink, changes.endBatch());
    }
    const Status& failure() const { return m_failure; }
    bool good() const { return m_good; }
    const std::string& noise() const { return m_noise; }  ///< the rest of its output
    CollectedRows take() { return std::move(m_rows); }

 private:
    SparkRows& changesOf(const NodeId& sink) {
        const auto known = m_changes.find(sink);
        if (known != m_changes.end()) return known->second;
        std::vector<int> key;
        const auto typed = m_validated.nodes.find(sink);
        if (typed != m_validated.nodes.end() && !typed->second.inputs.empty() &&
            !typed->second.inputs.front().empty())
            key = typed->second.inputs.front().front().key;
        return m_changes.emplace(sink, SparkRows(sink, std::move(key))).first->second;
    }
    /// The first cell is the sink's id.
    void add(const NodeId& sink, std::vector<ChangeRow> rows) {
        std::vector<ChangeRow>& all = m_rows[sink];
        for (ChangeRow& row : rows) {
            if (!row.cells.empty()) row.cells.erase(row.cells.begin());
            all.push_back(std::move(row));
        }
    }

    const Validated& m_validated;
    std::map<NodeId, SparkRows> m_changes{};
    CollectedRows m_rows{};
    Status m_failure{};
    std::string m_noise{};
    bool m_good = false;
};

Status writeProgram(const std::string& text, const std::string& file) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (out) return {};
    return {ErrorCode::Io, RW_TEXT("cluster", "“%1” can't be written.").with(file),
            RW_TEXT("cluster", "Make room on the disk.")};
}

std::vector<std::string> comparedCommand(const ClusterSide& side, const std::string& file) {
    ClusterRequest request;
    request.target = side.target;
    request.validate = side.validate;
    SparkProgram program;
    program.bounded = true;
    std::vector<std::string> words = sparkCommand(request, program, file, side.folder + "/checkpoint");
    words.emplace_back("--end");
    if (!side.staged.empty()) words.insert(words.end(), {"--staged", side.staged});
    return words;
}

/// Listens until the program has ended; its exit status.
int listenTo(ChildProcess& child, const std::atomic<bool>* cancelled, SparkTold& told) {
    std::size_t asked = 0;
    while (!child.exitStatus() || !child.outputEnded()) {
        if (const auto line = child.line(kSparkLineWithin)) told.hear(*line);
        if (cancelled == nullptr || !*cancelled) continue;
        if (asked == 0) child.terminate();
        if (++asked > kLooksUntilKilled) child.kill();
    }
    told.end();
    return child.exitStatus().value_or(-1);
}

}  // namespace

Result<CollectedRows> rowsOnSpark(const ClusterSide& side) {
    const Sources sources = side.staged.empty() ? Sources::AsTheyAre : Sources::Staged;
    RW_TRY_ASSIGN(const std::string text,
                  writeArtefact(side.pipeline, side.translation, *artefactOf("pyspark"),
                                comparedAs(side.validate, sources)));
    const std::string file = side.folder + "/pipeline.py";
    RW_TRY(writeProgram(text, file));
    RW_TRY_ASSIGN(const auto child, ChildProcess::start({comparedCommand(side, file), childEnvironment()}));
    SparkTold told(side.validated);
    const int exit = listenTo(*child, side.cancelled, told);
    if (side.cancelled != nullptr && *side.cancelled)
        return Status(ErrorCode::Cancelled,
                      RW_TEXT("compare", "The comparison was ended before it was done."));
    RW_TRY(told.failure());
    if (exit != 0 || !told.good())
        return Status(ErrorCode::Io,
                      RW_TEXT("cluster", "spark-submit ended with status %1: %2")
                          .with(exit, tellingLine(told.noise(), child->errors())),
                      RW_TEXT("cluster", "See whether it runs by hand: %1.").with(side.target.spark.submit));
    return told.take();
}

}  // namespace rw
