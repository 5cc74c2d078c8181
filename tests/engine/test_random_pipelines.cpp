// Random pipelines of sources, stateless nodes, unions, new event times, windows of every kind and tables:
// the rows that come to each table are the same multiset at every batch size, degree of parallelism and
// schedule, and where a run is left at random barriers and gone on with. (Their order between tasks is not
// promised; nothing here is an updating stream.) A pipeline that fails is made smaller for as long as it
// fails, and told with its number: `engine_random_pipelines NUMBER` runs that one alone.
#include <algorithm>
#include <random>
#include <string>

#include "core/base/random.h"
#include "core/base/simulated_clock.h"
#include "core/pipeline/json.h"
#include "tests/support/run_of.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

const auto kPipelines = static_cast<unsigned>(affordableCases(200, 20));

std::size_t wentOn = 0;  // how often a run went on from a snapshot

/// How large a random pipeline may become; what is zero does not occur.
struct Size {
    int rows = 80;
    int sources = 2;
    int stateless = 3;
    int windows = 2;
};

class Generator {
 public:
    Generator(unsigned number, const Size& size) : m_random(number), m_size(size) {}

    Pipeline pipeline() {
        const int sources = 1 + below(m_size.sources);
        for (int i = 0; i < sources; ++i) addSource();
        std::string last = m_made.nodes.front().id;
        if (sources > 1) {
            last = add("union", Json::object());
            for (std::size_t i = 0; i + 1 < m_made.nodes.size(); ++i)
                connect(m_made.nodes[i].id, "out", last);
        }
        for (int left = below(m_size.stateless + 1); left > 0; --left) last = after(last, stateless());
        table(last, "out");
        for (int i = below(m_size.windows + 1); i > 0; --i) {
            last = after(last, window());
            table(last, "out");
            table(last, "late");
            m_value = "n";
        }
        return std::move(m_made);
    }

 private:
    struct Part {
        const char* type;
        Json params;
    };

    int below(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(std::max(1, count))); }
    std::string pick(std::initializer_list<const char*> choices) {
        return choices.begin()[below(static_cast<int>(choices.size()))];
    }

    std::string add(const char* type, Json params) {
        const std::string id = type + std::to_string(m_made.nodes.size());
        m_made.nodes.push_back(node(id.c_str(), type, std::move(params)));
        return id;
    }
    void connect(const std::string& from, const char* port, const std::string& to) {
        m_made.wires.push_back(wire(from.c_str(), to.c_str(), port));
    }
    std::string after(const std::string& from, Part part) {
        const std::string id = add(part.type, std::move(part.params));
        connect(from, "out", id);
        return id;
    }
    void table(const std::string& from, const char* port) {
        const std::string id = add("table_view", {{"keep", 20'000}});
        connect(from, port, id);
    }

    void addSource() {
        Json rows = Json::array();
        const int disorder = 1 + below(20);
        for (int i = 0, count = 1 + below(m_size.rows); i < count; ++i) {
            const int second = std::max(0, i / (1 + below(3)) - below(disorder));
            Json key = "a key of some length " + std::to_string(below(4));
            if (below(9) == 0) key = nullptr;
            const std::string time =
                fmt::format("2024-03-01 12:{:02}:{:02}.{:03}", second / 60, second % 60, below(1000));
            rows.push_back(Json::array({key, below(7) == 0 ? Json() : Json(below(50)), time}));
        }
        add("rows", {{"columns", {"k STRING", "v INT", "ts TIMESTAMP(3)"}},
                     {"rows", rows},
                     {"event_time", "ts"},
                     {"watermark_delay", std::to_string(below(6)) + "s"}});
    }

    Part stateless() {
        if (below(5) == 0)
            return {"event_time", {{"column", "ts"}, {"watermark_delay", std::to_string(below(6)) + "s"}}};
        const std::string condition = pick({"v % 3 <> 0", "v > 10 OR k IS NULL", "100 / v > 2"});
        if (below(2) == 0) return {"filter", {{"condition", condition}}};
        return {"select", {{"columns", {"k", pick({"v", "v + 1 AS v", "100 / v AS v"}), "ts"}}}};
    }

    Part window() {
        const std::string kind = pick({"tumble", "hop", "cumulate", "session"});
        Json params = {{"window", kind},
                       {"aggregates",
                        {"COUNT(*) AS n", "SUM(" + m_value + ") AS total", "MAX(" + m_value + ") AS largest",
                         "LISTAGG(CAST(" + m_value + " AS STRING)) AS joined"}}};
        if (kind == "session") {
            params["gap"] = pick({"1s", "3s"});
        } else {
            params["size"] = pick({"6s", "12s"});
        }
        if (kind == "hop") params["slide"] = pick({"2s", "3s"});
        if (kind == "cumulate") params["step"] = pick({"2s", "3s"});
        if (m_value == "v" && below(2) == 0) params["keys"] = {"k"};
        return {"window_aggregate", params};
    }

    std::mt19937 m_random;
    const Size m_size;
    Pipeline m_made;
    std::string m_value = "v";  ///< the column that windows add up
};

/// The rows of each table, sorted.
using Outcome = std::vector<std::vector<TableRow>>;

Outcome outcomeOf(const Pipeline& pipeline, const std::unique_ptr<Run>& run) {
    Outcome outcome;
    if (!run || run->state() != RunState::Finished) return outcome;
    for (const Node& node : pipeline.nodes) {
        const auto view = std::dynamic_pointer_cast<TableView>(run->view(node.id));
        if (!view) continue;
        auto& rows = outcome.emplace_back();
        for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
        std::sort(rows.begin(), rows.end());
    }
    return outcome;
}

Outcome outcomeOf(const Pipeline& pipeline, int parallelism, const RunOptions& options) {
    return outcomeOf(pipeline, runToEnd(planOf(pipeline, parallelism), options));
}

/// The same pipeline with sources that give a row at a time: a barrier can come between any two.
Pipeline rowByRow(Pipeline pipeline) {
    for (Node& node : pipeline.nodes) {
        if (node.type == "rows") node.params["every"] = "1ms";
    }
    return pipeline;
}

/// What a run comes to that is left at a barrier, twice where there is time, and gone on with at another
/// degree and batch size. `how` says where.
Outcome restarted(const Pipeline& pipeline, std::uint64_t seed, std::uint64_t steps, std::string& how) {
    constexpr std::size_t kBatchRows[] = {1, 7, 4096};
    constexpr int kDegrees[] = {1, 2, 5};
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.channelRows = seed % 2 == 0 ? 20 : 65'536;
    how = fmt::format("restarts of seed {}:", seed);
    for (std::uint64_t leg = 0;; ++leg) {
        options.seed = splitMix64(seed, leg);
        options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
        options.batchRows = kBatchRows[splitMix64(options.seed, 1) % std::size(kBatchRows)];
        options.snapshotAtStep = leg == 2 ? 0 : 1 + splitMix64(options.seed, 2) % steps;
        const int degree = kDegrees[splitMix64(options.seed, 3) % std::size(kDegrees)];
        how += fmt::format(" batches of {} rows and {} tasks", options.batchRows, degree);
        auto started = Run::start(planOf(pipeline, degree), options);
        if (!started.ok()) {
            how += ": " + english(started.error());
            return {};
        }
        if (leg < 2) how += fmt::format(" until step {},", options.snapshotAtStep);
        Result<StateSnapshot> snapshot = Status();
        if (leg < 2) snapshot = (*started)->awaitSnapshot();
        if (leg == 2 || !snapshot.ok()) {  // it may have been over before
            (*started)->wait();
            return outcomeOf(pipeline, *started);
        }
        options.restore = std::make_shared<const StateSnapshot>(std::move(*snapshot));
        ++wentOn;
    }
}

/// How a run that is left and gone on with differs.
std::string restartsDiffer(const Pipeline& declared, unsigned number, const Outcome& expected) {
    constexpr std::uint64_t kRestarts = 4;
    const Pipeline pipeline = rowByRow(declared);
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    const auto whole = runToEnd(planOf(pipeline, 2), options);
    if (outcomeOf(pipeline, whole) != expected) return "a row at a time";
    for (std::uint64_t i = 0; i < kRestarts; ++i) {
        std::string how;
        if (restarted(pipeline, kRestarts * number + i, whole->metrics().steps, how) != expected) return how;
    }
    return {};
}

/// How a run at another batch size, degree or schedule differs; empty: in no way.
std::string differs(const Pipeline& pipeline, unsigned number, std::size_t& rows) {
    RunOptions base;
    base.batchRows = 1;
    const Outcome expected = outcomeOf(pipeline, 1, base);
    if (expected.empty()) return "it does not run";
    for (const auto& table : expected) rows += table.size();
    for (const std::size_t batchRows : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
        for (const int parallelism : {1, 2, 5}) {
            for (const std::uint64_t seed : {0U, 1U, 2U}) {
                RunOptions options;
                options.batchRows = batchRows;
                options.channelRows = seed == 2 ? 20 : 65'536;
                options.executor = seed == 0 ? ExecutorKind::Pool : ExecutorKind::Seeded;
                options.seed = seed;
                if (outcomeOf(pipeline, parallelism, options) == expected) continue;
                return fmt::format("batches of {} rows, {} tasks, {}", batchRows, parallelism,
                                   seed == 0 ? "pool" : fmt::format("seed {}", seed));
            }
        }
    }
    return restartsDiffer(pipeline, number, expected);
}

/// Tries pipeline `number`; where it fails, ever smaller ones.
void check(unsigned number, std::size_t& rows) {
    Size size;
    std::string why = differs(Generator(number, size).pipeline(), number, rows);
    if (why.empty()) return;
    for (int Size::*part : {&Size::sources, &Size::windows, &Size::stateless, &Size::rows}) {
        while (size.*part > 0) {
            Size smaller = size;
            smaller.*part /= 2;
            const std::string still = differs(Generator(number, smaller).pipeline(), number, rows);
            if (still.empty()) break;
            size = smaller;
            why = still;
        }
    }
    const Pipeline least = Generator(number, size).pipeline();
    expect(false, fmt::format("pipeline {}: {}\n{}", number, why, savePipeline(least)).c_str());
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t rows = 0;
    if (argc > 1) {
        check(static_cast<unsigned>(std::stoul(argv[1])), rows);
        return summary();
    }
    for (unsigned number = 1; number <= kPipelines; ++number) check(number, rows);
    expect(wentOn > 4 * kPipelines, "runs are left and gone on with more than once on average");
    expect(rows > 15 * kPipelines, "the pipelines have rows to tell runs apart by");
    return summary();
}
