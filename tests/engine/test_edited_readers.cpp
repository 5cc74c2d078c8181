// Rows in the state of a node are good after an edit of its neighbours: a reader that is gone, a column above
// that is not read, and a new reader where every column was kept.
#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <mutex>

#include "core/state/resume_plan.h"
#include "core/views/table_view.h"
#include "tests/support/child.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The table that lookup_join reads. While it is locked, rows wait for it.
class Shop {
 public:
    Shop() {
        m_database.exec("CREATE TABLE items (item INTEGER, price REAL)");
        for (int item = 0; item < 9; ++item)
            m_database.exec(fmt::format("INSERT INTO items VALUES ({}, {}.5)", item, item));
    }
    std::string path() const { return (m_folder.path() / "shop.sqlite").string(); }
    void lock() { m_database.exec("BEGIN EXCLUSIVE"); }
    void unlock() { m_database.exec("ROLLBACK"); }

 private:
    static constexpr int kPatienceMillis = 60'000;  // a run that is over may still be reading it
    rw::testing::ScratchFolder m_folder{"edited_readers"};
    SQLite::Database m_database{path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatienceMillis};
};

Shop& shop() {
    static Shop all;
    return all;
}

/// A node that keeps rows; with two inputs the second gets other rows of the same columns.
struct Keeper {
    const char* type;
    Json params;
    bool two = false;
    Json picked = {"k", "ts"};
    bool looksUp = false;  ///< it keeps rows only while they wait for the shop
};

const std::vector<Keeper>& keepers() {
    static const std::vector<Keeper> kAll{
        {"sort", Json::object()},
        {"throttle", {{"rate", 300}}},
        {"deduplicate", {{"keys", {"k"}}, {"keep", "first"}}},
        {"deduplicate", {{"keys", {"k"}}, {"keep", "last"}}},
        {"top_n", {{"by", {"v"}}, {"limit", 5}, {"partition_by", {"k"}}}, false, {"k", "ts", "rank"}},
        {"over_aggregate",
         {{"partition_by", {"k"}}, {"frame", "RANGE '5s' PRECEDING"}, {"aggregates", {"SUM(v) AS total"}}}},
        {"join", {{"on", "left.k = right.k AND left.v = right.v"}}, true},
        {"interval_join", {{"on", "left.k = right.k"}, {"lower", "-1s"}, {"upper", "1s"}}, true},
        {"window_join", {{"on", "left.k = right.k"}, {"window", "tumble"}, {"size", "6s"}}, true},
        {"temporal_join", {{"on", "left.k = right.k"}, {"kind", "left"}}, true},
        {"lookup_join",
         {{"database", shop().path()},
          {"table", "items"},
          {"columns", {"item INT", "price DOUBLE"}},
          {"on", "left.k = right.item"}},
         false,
         {"k", "ts", "price"},
         true}};
    return kAll;
}

/// The neighbours of the node.
struct Around {
    bool wide = false;     ///< one reads all columns
    bool another = false;  ///< one column more comes, before the others
};

Pipeline pipeline(const Keeper& keeper, const Around& around) {
    const auto numbers = [](const char* id, int seed) {
        return node(
            id, "generator",
            {{"rows", 300},
             {"rate", 500},
             {"seed", seed},
             {"disorder", "3s"},
             {"columns",
              {"k INT = CAST(i % 9 AS INT)", "v INT = CAST(RANDOM() * 20 AS INT)",
               "name STRING = PICK('short', 'a name that is longer than a view')",
               "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i * 100, TIMESTAMP '2024-03-01 00:00:00')"}},
             {"event_time", "ts"},
             {"watermark_delay", "1s"}});
    };
    Json columns = {"k", "v", "name", "ts"};
    if (around.another) columns.insert(columns.begin(), "v * 2 AS twice");
    Pipeline made;
    made.nodes = {numbers("numbers", 3), node("shape", "select", {{"columns", columns}}),
                  node("kept", keeper.type, keeper.params),
                  node("pick", "select", {{"columns", keeper.picked}}),
                  node("result", "table_view", {{"keep", 20'000}})};
    made.wires = {wire("numbers", "shape"), wire("kept", "pick"), wire("pick", "result")};
    const auto into = [&](const char* from, const char* port) {
        made.wires.push_back({{from, "out"}, {"kept", port}, Json::object()});
    };
    into("shape", keeper.two ? "left" : "in");
    if (keeper.two) {
        made.nodes.push_back(numbers("others", 4));
        made.nodes.push_back(node("shape_others", "select", {{"columns", columns}}));
        made.wires.push_back(wire("others", "shape_others"));
        into("shape_others", "right");
    }
    if (around.wide) {
        made.nodes.push_back(node("wide", "csv_sink", {{"path", "/memory/wide.csv"}}));
        made.wires.push_back(wire("kept", "wide"));
    }
    return made;
}

std::shared_ptr<const Plan> planned(const Pipeline& pipeline, bool prune) {
    PlanOptions options;
    options.parallelism = 2;
    options.pruneColumns = prune;
    options.validate.files = false;
    const Planned made = makePlan(pipeline, kinds(), options);
    for (const Issue& issue : made.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    return made.plan;
}

RunOptions seededRun() {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = 1;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    const auto outputs = std::make_shared<MemoryOutputs>();
    outputs->makeFolder("/memory");
    options.outputs = outputs;
    options.batchRows = 16;
    return options;
}

std::vector<TableRow> tableOf(const Run& run) {
    std::vector<TableRow> rows;
    const auto view = std::dynamic_pointer_cast<TableView>(run.view("result"));
    for (const TableRowRef& row : view->snapshot().rows) rows.push_back(*row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

bool holdsRows(const StateSnapshot& snapshot) {
    return std::any_of(snapshot.states.begin(), snapshot.states.end(), [](const auto& state) {
        const auto& written = state.second;
        return state.first.node == "kept" &&
               std::any_of(written.begin(), written.end(),
                           [](const std::string& bytes) { return bytes.find("held") != std::string::npos; });
    });
}

/// Amid the run of the first pipeline the second takes over.
void goesOn(const Keeper& keeper, const Around& before, const Around& now, bool prune, const char* what) {
    const std::string name = fmt::format("{}, {}", keeper.type, what);
    const Pipeline then = pipeline(keeper, before), edited = pipeline(keeper, now);
    RunOptions begun = seededRun();
    std::unique_lock<Shop> locked(shop(), std::defer_lock);
    if (keeper.looksUp) {  // the one thread of a seeded run would wait for the lock, too
        locked.lock();
        begun.executor = ExecutorKind::Pool;
        begun.clock = nullptr;
    }
    auto first = Run::start(planned(then, prune), begun);
    expect(first.ok(), (name + ": the run starts").c_str());
    if (!first.ok()) return;
    expect(!(*first)->waitFor(300), (name + ": it does not end that soon").c_str());
    Result<StateSnapshot> snapshot = (*first)->snapshot();
    expect(snapshot.ok(), (name + ": a snapshot comes").c_str());
    first = Status();
    if (locked) locked.unlock();
    if (!snapshot.ok()) return;
    expect(!keeper.looksUp || holdsRows(*snapshot), (name + ": rows wait").c_str());

    ValidateOptions options;
    options.files = false;
    LoadedCheckpoint checkpoint;
    checkpoint.snapshot = std::move(*snapshot);
    checkpoint.pipeline = checkpointedPipeline(then, options, kinds());
    checkpoint.pipeline.everyColumn = !prune;
    auto found =
        resumable(checkpoint, checkpointedPipeline(edited, options, kinds()), {edited, options}, kinds());
    expect(found.ok() && found->edited && !found->forecast.anythingLost,
           (name + ": nothing is lost").c_str());
    if (!found.ok()) return;
    for (const auto& [id, node] : found->forecast.nodes)
        if (node.fate == StateFate::StartsAnew)
            std::printf("%s: %s\n", id.c_str(), english(node.why).c_str());
    RunOptions going = seededRun();
    going.restore = std::make_shared<const StateSnapshot>(std::move(found->snapshot));
    const auto second = runToEnd(planned(edited, true), going);
    const auto whole = runToEnd(planned(edited, true), seededRun());
    expect(second && whole && !tableOf(*whole).empty() && tableOf(*second) == tableOf(*whole),
           (name + ": the table is that of a run that was not left").c_str());
}

}  // namespace

int main() {
    for (const Keeper& keeper : keepers()) {
        goesOn(keeper, {.wide = true}, {}, true, "a reader less");
        goesOn(keeper, {}, {.another = true}, true, "a column that nobody reads");
        goesOn(keeper, {.another = true}, {}, true, "without a column that nobody read");
        goesOn(keeper, {}, {.wide = true}, false, "a reader more, of rows that were kept whole");
    }
    return summary();
}
