// A new run whose start fails, because another of its sinks can't be opened, takes nothing from the run
// before it: that resumes from its checkpoint and ends with all its rows, and none twice.
#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

constexpr int kRows = 400;

/// A run that ends, so that its output is staged until then.
Pipeline intoOutput(const fs::path& folder, bool table) {
    Pipeline made;
    made.nodes = {
        node("in", "generator", {{"rows", kRows}, {"rate", 1'000}, {"columns", {"n BIGINT = i"}}}),
        table ? node("out", "sqlite_sink", {{"database", (folder / "out.sqlite").string()}, {"table", "t"}})
              : node("out", "csv_sink", {{"path", (folder / "out.csv").string()}})};
    made.wires = {wire("in", "out")};
    return made;
}

RunOptions simulated(const std::shared_ptr<CheckpointStore>& store) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = 3;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = 16;
    if (store) options.checkpoints = {store, 7, true};
    return options;
}

std::shared_ptr<CheckpointStore> storeOf(const CheckpointLocation& location, const std::string& lineage,
                                         Epoch from) {
    CheckpointStoreOptions options;
    options.location = location;
    options.lineage = lineage;
    options.from = from;
    return makeCheckpointStore(std::move(options));
}

/// Which rows are there: “400 0 399” are all.
std::string rowsIn(const fs::path& folder, bool table) {
    if (table) {
        SQLite::Database database((folder / "out.sqlite").string(), SQLite::OPEN_READONLY);
        return database.execAndGet("SELECT count(*) || ' ' || min(n) || ' ' || max(n) FROM t").getString();
    }
    std::ifstream file(folder / "out.csv");
    std::string line, first, last;
    int count = -1;
    for (; std::getline(file, line); last = line) {
        if (++count == 1) first = line;
    }
    return std::to_string(count) + ' ' + first + ' ' + last;
}

/// Another sink has no folder any more when the run starts. Whether the output was open by then.
bool failToStart(const fs::path& folder, bool table, bool before,
                 const std::shared_ptr<CheckpointStore>& store) {
    const fs::path away = folder / "away";
    Pipeline pipeline = intoOutput(folder, table);
    pipeline.nodes.insert(before ? pipeline.nodes.begin() : pipeline.nodes.end(),
                          node("second", "csv_sink", {{"path", (away / "second.csv").string()}}));
    pipeline.wires.insert(before ? pipeline.wires.begin() : pipeline.wires.end(), wire("in", "second"));
    fs::create_directory(away);
    const auto plan = planOf(pipeline, 1);
    fs::remove(away);
    expect(plan != nullptr, "the pipeline plans");
    if (!plan) return false;
    bool isOpen = false;
    RunOptions options = simulated(store);
    options.ready = [&isOpen](const NodeId& id) { isOpen = isOpen || id == "out"; };
    const auto run = Run::start(plan, options);
    expect(!run.ok() && english(run.error()).find("There is no folder") != std::string::npos,
           "it does not start");
    return isOpen;
}

void theOneBeforeGoesOn(bool table, bool checkpoints) {
    const testing::ScratchFolder scratch("failed_starts");
    const fs::path& folder = scratch.path();
    const CheckpointLocation location =
        locationInDatabase((folder / "state.sqlite").string(), (folder / "p.rill").string());
    const auto plan = planOf(intoOutput(folder, table), 1);
    if (!plan) return expect(false, "the pipeline plans");
    {
        const auto run = Run::start(plan, simulated(storeOf(location, "line", 0)));
        if (!run.ok()) return expect(false, "a run starts");
        expect(!(*run)->waitFor(200), "and is given up on its way");
    }
    // The order in which sinks are opened is not promised.
    bool isOpen = false;
    for (const bool before : {false, true}) {
        const auto store = checkpoints ? storeOf(location, "another line", 0) : nullptr;
        isOpen = failToStart(folder, table, before, store) || isOpen;
    }
    expect(isOpen, "its output was open when it failed");
    auto loaded = loadCheckpoint(location);
    if (!loaded.ok() || !*loaded) return expect(false, "its checkpoint is there");
    const StateSnapshot& snapshot = (*loaded)->snapshot;
    expect((*loaded)->about.lineage == "line" && snapshot.number > 0 && !snapshot.ended, "and no other");
    RunOptions options = simulated(storeOf(location, "line", snapshot.number));
    options.restore = std::make_shared<const StateSnapshot>(snapshot);
    const auto run = runToEnd(plan, options);
    expect(run && run->status().ok(), "it is resumed from");
    expect(rowsIn(folder, table) == "400 0 399", "all rows are there, and none twice");
}

}  // namespace

int main() {
    for (const bool table : {false, true}) {
        for (const bool checkpoints : {false, true}) theOneBeforeGoesOn(table, checkpoints);
    }
    return summary();
}
