#include "core/cluster/layout/flink_counters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "core/cluster/json_members.h"
#include "core/cluster/layout/operator_text.h"

namespace rw {

namespace {

/// Flink takes no more than 4096 bytes of a request's first line.
constexpr std::size_t kLongestPath = 3'500;
constexpr const char* kBusy = "busyTimeMsPerSecond";
constexpr const char* kBackpressure = "backPressuredTimeMsPerSecond";
constexpr const char* kWriter = "StreamingFileWriter";

/// Counters and watermarks come as doubles. Those that mean “none yet” and “the end” are 2⁶³, rounded.
constexpr double kFarthest = 9.2e18;

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

std::string inPath(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (isPlain(c)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

/// An operator as the plan of a job names it, and where it runs.
struct Running {
    std::string type{};
    std::string vertex{};
};

/// The operators in a job's plan.
struct JobPlan {
    std::map<int, Running> operators{};    ///< by their numbers
    std::map<std::string, bool> writes{};  ///< by the vertices' ids: writers of files are in them
};

/// A line of a vertex's description, “:  +- [1745]:Calc(select=[…])”, or “[7]:counts: Calc(select=[…])”.
void readLine(std::string_view line, const std::string& vertex, JobPlan& plan) {
    const std::size_t begin = line.find_first_not_of(" :+-|");
    if (begin == std::string_view::npos) return;
    line.remove_prefix(begin);
    if (line == kWriter) plan.writes[vertex] = true;
    const std::size_t close = line.find("]:");
    if (!line.starts_with('[') || close == std::string_view::npos || close < 2 || close > 10) return;
    const std::string_view digits = line.substr(1, close - 1);
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return;
    std::string_view type = line.substr(close + 2);
    type = type.substr(0, type.find('('));
    // A job that was submitted as a compiled plan names its nodes before: “counts, more: WindowAggregate(…)”.
    if (const std::size_t head = type.rfind(": "); head != std::string_view::npos)
        type.remove_prefix(head + 2);
    plan.operators[std::stoi(std::string(digits))] = {std::string(type), vertex};
}

JobPlan readPlan(const Json& json) {
    constexpr std::string_view kBreak = "<br/>";  // texts of people have their < written otherwise
    JobPlan plan;
    for (const Json& node : memberOf(memberOf(json, "plan"), "nodes")) {
        const std::string id = textIn(node, "id"), description = textIn(node, "description");
        if (id.empty()) continue;
        plan.writes[id] = false;
        std::string_view left = description;
        for (std::size_t end = 0; end != std::string_view::npos;) {
            end = left.find(kBreak);
            readLine(left.substr(0, end), id, plan);
            if (end != std::string_view::npos) left.remove_prefix(end + kBreak.size());
        }
    }
    return plan;
}

/// The offset to add to the numbers of the graph; nothing: the job is not of this graph.
std::optional<int> offsetOf(const FlinkGraph& graph, const JobPlan& plan) {
    std::optional<int> first;
    for (const FlinkOperator& made : graph.operators) {
        if (made.number >= 0) first = std::min(first.value_or(made.number), made.number);
    }
    if (!first || plan.operators.empty()) return std::nullopt;
    const int offset = plan.operators.begin()->first - *first;
    for (const FlinkOperator& made : graph.operators) {
        const auto running = plan.operators.find(made.number + offset);
        if (made.number >= 0 && (running == plan.operators.end() || running->second.type != made.type))
            return std::nullopt;
    }
    return offset;
}

/// As metrics are named: “Source__bids$cells[35]”.
std::string metricScope(const FlinkOperator& made, int number) {
    const std::string table = scannedTable(made);
    std::string name = table.empty() ? made.type : "Source: " + table;
    for (char& c : name) {
        if (c == ' ' || c == ':' || c == '.' || c == ',') c = '_';
    }
    return fmt::format("{}[{}].", name, number);
}

std::optional<double> numberIn(const Json& json, const char* name) {
    const Json& member = memberOf(json, name);
    if (!member.is_number()) return std::nullopt;  // NaN comes as a text
    const auto number = member.get<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> countIn(const Json& metric) {
    const auto number = numberIn(metric, "sum");
    if (!number || *number < 0 || *number > kFarthest) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

std::optional<Instant> instantIn(const Json& metric) {
    const auto number = numberIn(metric, "min");
    if (!number) return std::nullopt;
    if (*number < -kFarthest) return kMinTimestamp;
    if (*number > kFarthest) return kMaxTimestamp;
    return static_cast<Instant>(*number);
}

std::optional<double> shareIn(const Json& metric) {
    const auto millis = numberIn(metric, "max");
    if (!millis) return std::nullopt;
    return std::clamp(*millis / 1'000, 0.0, 1.0);
}

}  // namespace

void FlinkCounters::addPaths(Vertex& vertex, int offset) {
    const std::string begin =
        fmt::format("/jobs/{}/vertices/{}/subtasks/metrics?get=", inPath(m_job), inPath(vertex.id));
    std::string path = fmt::format("{}{},{}", begin, kBusy, kBackpressure);
    const auto ask = [&](const std::string& name, std::size_t made, Metric metric) {
        m_asked[name] = {made, metric};
        const std::string word = inPath(name);
        if (path.size() + word.size() + 1 > kLongestPath) {
            vertex.paths.push_back(path);
            path = begin + word;
        } else {
            path += "," + word;
        }
    };
    for (const std::size_t made : vertex.operators) {
        const FlinkOperator& each = m_graph.operators[made];
        if (each.number < 0) continue;
        const std::string scope = metricScope(each, each.number + offset);
        ask(scope + "numRecordsOut", made, Metric::RowsOut);
        if (each.inputs.empty()) continue;
        ask(scope + "numRecordsIn", made, Metric::RowsIn);
        ask(scope + "currentInputWatermark", made, Metric::Watermark);
    }
    vertex.paths.push_back(path);
}

Status FlinkCounters::lookUp(FlinkRest& rest) {
    RW_TRY_ASSIGN(const Json json, rest.http().get("/jobs/" + inPath(m_job) + "/plan"));
    const JobPlan plan = readPlan(json);
    if (plan.operators.empty()) return {};  // it is asked for again
    m_known = true;
    const auto offset = offsetOf(m_graph, plan);
    m_fits = offset.has_value();
    if (!offset) return {};
    std::map<std::string, std::vector<std::size_t>> vertices;
    std::vector<std::string> vertexOf(m_graph.operators.size());
    for (std::size_t i = 0; i < m_graph.operators.size(); ++i) {
        const FlinkOperator& made = m_graph.operators[i];
        if (made.number >= 0) {
            vertexOf[i] = plan.operators.at(made.number + *offset).vertex;
        } else if (made.type == kWriter && made.inputs.size() == 1 &&
                   plan.writes.contains(vertexOf[made.inputs[0]]) &&
                   plan.writes.at(vertexOf[made.inputs[0]])) {
            // It has no number; it runs in the task of its input.
            vertexOf[i] = vertexOf[made.inputs[0]];
        }
        if (!vertexOf[i].empty()) vertices[vertexOf[i]].push_back(i);
    }
    for (const auto& [id, operators] : vertices) {
        Vertex vertex{id, operators, {}};
        addPaths(vertex, *offset);
        m_vertices.push_back(std::move(vertex));
    }
    return {};
}

void FlinkCounters::take(const Vertex& vertex, const Json& answer,
                         std::vector<OperatorCounters>& counters) const {
    if (!answer.is_array()) return;
    for (const Json& metric : answer) {
        const std::string name = textIn(metric, "id");
        if (name == kBusy || name == kBackpressure) {
            for (const std::size_t made : vertex.operators)
                (name == kBusy ? counters[made].busy : counters[made].backpressure) = shareIn(metric);
            continue;
        }
        const auto asked = m_asked.find(name);
        if (asked == m_asked.end()) continue;
        OperatorCounters& of = counters[asked->second.made];
        switch (asked->second.metric) {
            case Metric::RowsIn:
                of.rowsIn = countIn(metric);
                break;
            case Metric::RowsOut:
                of.rowsOut = countIn(metric);
                break;
            case Metric::Watermark:
                of.inputWatermark = instantIn(metric);
                break;
        }
    }
}

Result<std::vector<OperatorCounters>> FlinkCounters::read(FlinkRest& rest) {
    if (!m_known) RW_TRY(lookUp(rest));
    std::vector<OperatorCounters> counters(m_graph.operators.size());
    for (const Vertex& vertex : m_vertices) {
        for (const std::string& path : vertex.paths) {
            RW_TRY_ASSIGN(const Json answer, rest.http().get(path));
            take(vertex, answer, counters);
        }
    }
    return counters;
}

Result<std::vector<OperatorCounters>> readCounters(FlinkRest& rest, const std::string& job,
                                                   const FlinkGraph& graph) {
    return FlinkCounters(job, graph).read(rest);
}

Result<std::optional<JobCheckpoint>> readCheckpoint(FlinkRest& rest, const std::string& job) {
    RW_TRY_ASSIGN(const Json json, rest.http().get("/jobs/" + inPath(job) + "/checkpoints"));
    const Json& latest = memberOf(memberOf(json, "latest"), "completed");
    if (!latest.is_object()) return std::optional<JobCheckpoint>();
    const Json& counts = memberOf(json, "counts");
    JobCheckpoint out;
    out.id = integerIn(latest, "id");
    out.at = integerIn(latest, "latest_ack_timestamp");
    out.took = integerIn(latest, "end_to_end_duration");
    out.bytes = static_cast<std::uint64_t>(std::max<std::int64_t>(0, integerIn(latest, "state_size")));
    out.completed = integerIn(counts, "completed");
    out.failed = integerIn(counts, "failed");
    return std::optional<JobCheckpoint>(out);
}

}  // namespace rw
