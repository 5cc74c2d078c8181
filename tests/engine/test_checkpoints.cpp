// Runs that are given up at any instant and resume from their newest checkpoint end with the rows of an
// undisturbed one: in the file of the checkpoints, in another, and in both; on threads and on a seeded schedule.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <tuple>

#include "core/base/random.h"
#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/data/state_reader.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "core/store/spill_folder.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

constexpr int kRows = 1'500;

/// Rows of a generator: windows of them into one file, those that a filter lets pass and the newest of each
/// key into another.
Pipeline pipeline(const fs::path& folder) {
    const auto table = [&](const char* id, const char* file, const char* mode) {
        return node(id, "sqlite_sink",
                    {{"database", (folder / file).string()}, {"table", id}, {"mode", mode}});
    };
    Pipeline made;
    made.nodes = {node("numbers", "generator",
                       {{"rows", kRows},
                        {"rate", 1'000},
                        {"seed", 5},
                        {"disorder", "3s"},
                        {"columns",
                         {"k INT = CAST(i % 7 AS INT)", "v INT = CAST(RANDOM() * 1000 AS INT)",
                          "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
                        {"event_time", "ts"}}),
                  node("windows", "window_aggregate",
                       {{"window", "tumble"},
                        {"size", "20s"},
                        {"keys", {"k"}},
                        {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}}),
                  node("some", "filter", {{"condition", "v < 300"}}),
                  node("sums", "group_aggregate",
                       {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "MAX(v) AS most"}}}),
                  table("per_window", "first.sqlite", "replace"),
                  table("passed", "second.sqlite", "append"),
                  table("newest", "second.sqlite", "upsert")};
    made.wires = {wire("numbers", "windows"), wire("windows", "per_window"), wire("numbers", "some"),
                  wire("some", "passed"),     wire("numbers", "sums"),       wire("sums", "newest")};
    return made;
}

std::vector<std::string> rowsOf(const fs::path& folder) {
    std::vector<std::string> rows;
    for (const auto& [file, table, columns] :
         {std::tuple{"first.sqlite", "per_window", "window_start || ' ' || k || ' ' || n || ' ' || total"},
          std::tuple{"second.sqlite", "passed", "k || ' ' || v || ' ' || ts"},
          std::tuple{"second.sqlite", "newest", "k || ' ' || n || ' ' || most"}}) {
        SQLite::Database database((folder / file).string(), SQLite::OPEN_READONLY);
        if (!database.tableExists(table)) continue;
        SQLite::Statement query(database, fmt::format("SELECT {} FROM {}", columns, table));
        while (query.executeStep())
            rows.push_back(fmt::format("{}: {}", table, query.getColumn(0).getString()));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

/// Where the checkpoints are.
enum class Where { FirstFile, SecondFile, Own };

bool namesFiles(const StateSnapshot& snapshot) {
    for (const auto& [id, states] : snapshot.states) {
        for (const std::string& state : states) {
            const Result<StateReader> reader = StateReader::open(state);
            if (reader.ok() && reader->files().ok() && !reader->files()->empty()) return true;
        }
    }
    return false;
}

class Line {
 public:
    /// `inFiles`: all state of windows goes to files, and checkpoints name these.
    Line(const fs::path& folder, Where where, bool inFiles = false)
        : m_folder(folder), m_inFiles(inFiles), m_pipeline(pipeline(folder)) {
        const std::string file = (folder / "p.rill").string();
        m_location =
            where == Where::Own
                ? locationInFolder(folder.string(), file)
                : locationInDatabase(
                      (folder / (where == Where::FirstFile ? "first.sqlite" : "second.sqlite")).string(),
                      file);
    }
    /// A run that goes on where the one before was; null when there is nothing left to do.
    std::unique_ptr<Run> next(RunOptions options, int parallelism) {
        auto loaded = loadCheckpoint(m_location);
        expect(loaded.ok(), "what is on disk can be read");
        if (!loaded.ok()) return nullptr;
        CheckpointStoreOptions store;
        store.location = m_location;
        store.lineage = "line";
        if (*loaded) {
            if ((*loaded)->about.kind == CheckpointKind::Finished) return nullptr;
            ++m_resumed;
            m_opened += namesFiles((*loaded)->snapshot) ? 1 : 0;
            store.from = (*loaded)->about.number;
            options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
        }
        options.checkpoints = {makeCheckpointStore(std::move(store)), 20, true};
        if (options.seed % 2 == 0 || m_inFiles) options.checkpoints.changesFrom = 0;
        if (m_inFiles) options.checkpoints.filesFrom = 0;
        if (m_inFiles) {
            auto spill =
                SpillFolder::open(systemOutputFiles(), *systemFiles(), (m_folder / "state").string());
            expect(spill.ok(), "state can go to files");
            if (!spill.ok()) return nullptr;
            options.spill = *std::move(spill);
            options.stateMemory = 1;
        }
        auto run = Run::start(planOf(m_pipeline, parallelism), options);
        if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
        expect(run.ok(), "a run that goes on starts");
        return run.ok() ? std::move(*run) : nullptr;
    }
    int resumed() const { return m_resumed; }
    int opened() const { return m_opened; }  ///< of these, from checkpoints that name files
    const fs::path& folder() const { return m_folder; }
    const CheckpointLocation& location() const { return m_location; }
    fs::path filesNamed() const { return m_location.path + ".rill-checkpoints"; }  ///< where these are

 private:
    const fs::path m_folder;
    const bool m_inFiles;
    const Pipeline m_pipeline;
    CheckpointLocation m_location;
    int m_resumed = 0, m_opened = 0;
};

RunOptions seeded(std::uint64_t seed) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = 5 + seed % 40;
    options.channelRows = 200;
    return options;
}

void giveUpAgainAndAgain(Line& line, std::uint64_t seed, bool onThreads,
                         const std::vector<std::string>& expected) {
    for (std::uint64_t round = 0; round < 200; ++round) {
        const std::uint64_t chance = splitMix64(seed, round);
        RunOptions options = seeded(seed + round);
        if (onThreads) {
            options = {};
            options.batchRows = 16;
        }
        auto run = line.next(options, 1 + static_cast<int>(chance % 3));
        if (!run) break;
        if (!run->waitFor(static_cast<Millis>(chance / 7 % 400))) continue;  // given up
        expect(run->status().ok(), "a run that comes to its end is well");
    }
    expect(rowsOf(line.folder()) == expected, "the rows are those of a run that was not given up");
}

/// How often it went on; `inFiles`: from checkpoints that name files.
int givenUpAgainAndAgain(Where where, std::uint64_t seed, bool onThreads,
                         const std::vector<std::string>& expected, bool inFiles = false) {
    const testing::ScratchFolder scratch("checkpoints");
    Line line(scratch.path(), where, inFiles);
    giveUpAgainAndAgain(line, seed, onThreads, expected);
    expect(!fs::exists(line.filesNamed()), "files go with the last checkpoint");
    return inFiles ? line.opened() : line.resumed();
}

/// No file can be linked: checkpoints have the content.
void withoutAFolderForFiles(const std::vector<std::string>& expected) {
    const testing::ScratchFolder scratch("checkpoints");
    Line line(scratch.path(), Where::Own, true);
    std::ofstream(line.filesNamed()) << "in the way";
    giveUpAgainAndAgain(line, 99'000, false, expected);
    expect(line.resumed() > 3 && line.opened() == 0, "runs resumed from checkpoints that name no file");
    expect(fs::file_size(line.filesNamed()) == 10, "what was in the way is as it was");
}

/// Of a run to its end.
std::vector<std::string> undisturbed() {
    const testing::ScratchFolder scratch("checkpoints");
    RunOptions options = seeded(1);
    const auto run = runToEnd(planOf(pipeline(scratch.path())), options);
    expect(run != nullptr && run->status().ok(), "the undisturbed run ends well");
    return rowsOf(scratch.path());
}

/// Stop takes a last one, and reports that.
void stopped(const std::vector<std::string>& expected) {
    const testing::ScratchFolder scratch("checkpoints");
    Line line(scratch.path(), Where::FirstFile);
    auto run = line.next({}, 2);
    if (!run) return;
    (void)run->waitFor(300);
    run->stop(StopMode::Now);
    run->stop(StopMode::Now);
    run->wait();
    const RunMetrics metrics = run->metrics();
    expect(run->state() == RunState::Stopped && run->status().ok(), "it was stopped");
    expect(metrics.checkpoints.on && metrics.checkpoints.taken > 0 && metrics.checkpoints.trouble.empty(),
           "checkpoints were taken");
    expect(metrics.checkpoints.bytes > 0 && metrics.checkpoints.at > 0, "and are told of");
    expect(metrics.nodes.at("windows").checkpointBytes > 0, "by node, too");
    expect(!run->snapshot().ok(), "nobody else lets barriers out");
    const std::uint64_t given = metrics.sourceRows;
    run.reset();
    auto next = line.next({}, 3);
    if (!next) return;
    next->wait();
    expect(next->metrics().sourceRows + given == kRows, "no row that was given is given again");
    next.reset();
    expect(rowsOf(scratch.path()) == expected, "a run that was stopped goes on");
    expect(line.next({}, 1) == nullptr, "and has nothing to resume from at its end");
}

/// One branch of a run has ended before its only checkpoint, which the stop takes: the rows that it decided on
/// are in place all the same.
void endedBeforeTheStop() {
    const testing::ScratchFolder scratch("checkpoints");
    const auto numbers = [](const char* id, int rows, int rate) {
        return node(id, "generator", {{"rows", rows}, {"rate", rate}, {"columns", {"n BIGINT = i"}}});
    };
    const auto table = [&](const char* id, const char* file) {
        return node(id, "sqlite_sink",
                    {{"database", (scratch.path() / file).string()}, {"table", id}, {"mode", "append"}});
    };
    Pipeline made;
    made.nodes = {numbers("endless", 0, 1'000), numbers("few", 50, 0), table("all", "first.sqlite"),
                  table("few_rows", "second.sqlite")};
    made.wires = {wire("endless", "all"), wire("few", "few_rows")};
    CheckpointStoreOptions store;
    store.location =
        locationInDatabase((scratch.path() / "first.sqlite").string(), (scratch.path() / "p.rill").string());
    store.lineage = "line";
    RunOptions options = seeded(9);
    options.checkpoints = {makeCheckpointStore(std::move(store)), 3'600'000, true};
    auto run = Run::start(planOf(made, 1), options);
    expect(run.ok(), "a run with two branches starts");
    if (!run.ok()) return;
    (void)(*run)->waitFor(500);
    (*run)->stop(StopMode::Now);
    (*run)->wait();
    expect((*run)->state() == RunState::Stopped && (*run)->metrics().checkpoints.taken == 1,
           "the stop takes its only checkpoint");
    run->reset();
    SQLite::Database database((scratch.path() / "second.sqlite").string(), SQLite::OPEN_READONLY);
    expect(database.tableExists("few_rows") &&
               database.execAndGet("SELECT count(*) FROM few_rows").getInt() == 50,
           "rows of the branch that had ended are in its table");
}

/// The newest is broken: rows that it had put in place are taken back, and come again.
void fromTheOneBefore(Where where, const std::vector<std::string>& expected) {
    const testing::ScratchFolder scratch("checkpoints");
    Line line(scratch.path(), where);
    auto run = line.next(seeded(3), 2);
    if (!run) return;
    (void)run->waitFor(700);
    run.reset();
    {
        SQLite::Database database(line.location().path, SQLite::OPEN_READWRITE);
        expect(database.exec("UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = (SELECT max(id) FROM "
                             "_rill_checkpoints)") == 1,
               "there is a newest");
    }
    run = line.next(seeded(4), 2);
    if (!run) return;
    run->wait();
    run.reset();
    expect(rowsOf(scratch.path()) == expected, "a run resumes from the one before the newest");
}

/// A run that was to resume from an older one and can't begin leaves the newest where it is.
void doesNotBegin(Where where, const std::string& gone) {
    const testing::ScratchFolder scratch("checkpoints");
    Line line(scratch.path(), where);
    auto run = line.next(seeded(3), 2);
    if (!run) return;
    (void)run->waitFor(700);
    run.reset();
    const auto all = savedCheckpoints(line.location());
    expect(all.ok() && all->size() > 1, "there are some checkpoints");
    if (!all.ok() || all->size() < 2) return;
    expect(nameCheckpoint(line.location(), all->back(), "older").ok(), "the oldest gets a name");
    auto older = loadCheckpoint(line.location(), "older");
    expect(older.ok() && *older, "and can be read");
    if (!older.ok() || !*older) return;
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(scratch.path() / (gone + ending));
    RunOptions options = seeded(4);
    CheckpointStoreOptions store;
    store.location = line.location();
    store.lineage = "line";
    store.from = (*older)->about.number;
    options.restore = std::make_shared<const StateSnapshot>(std::move((*older)->snapshot));
    options.checkpoints = {makeCheckpointStore(std::move(store)), 20, true};
    const auto started = Run::start(planOf(pipeline(scratch.path()), 2), options);
    expect(!started.ok(), "a sink whose table is gone refuses");
    const auto newest = loadCheckpoint(line.location());
    expect(newest.ok() && *newest && (*newest)->about.number == all->front().number,
           "and the newest is still the newest");
}

/// On a full disk.
class FullStore final : public CheckpointStore {
 public:
    const std::string& lineage() const override { return m_noLineage; }
    Status open(const MakeContext&) override { return {}; }
    Result<CheckpointSize> write(const StateSnapshot&) override {
        return Status(ErrorCode::Io, RW_TEXT("test", "The disk is full."),
                      RW_TEXT("test", "Free some space."));
    }
    Status finish() override { return {}; }
    void close() override {}

 private:
    const std::string m_noLineage{};
};

/// Takes longer to write a checkpoint than there is from one to the next.
class SlowStore final : public CheckpointStore {
 public:
    const std::string& lineage() const override { return m_noLineage; }
    Status open(const MakeContext&) override { return {}; }
    Result<CheckpointSize> write(const StateSnapshot&) override {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return CheckpointSize{};
    }
    Status finish() override { return {}; }
    void close() override {}

 private:
    const std::string m_noLineage{};
};

/// One checkpoint follows the other, and no node is left that they would have to wait for.
void endsBetweenCheckpoints() {
    Pipeline made;
    made.nodes = {node("some", "generator", {{"rows", 200}, {"rate", 1'000}, {"columns", {"n BIGINT = i"}}}),
                  node("result", "table_view")};
    made.wires = {wire("some", "result")};
    RunOptions options;
    options.checkpoints = {std::make_shared<SlowStore>(), 1, true};
    auto run = Run::start(planOf(made, 1), options);
    expect(run.ok(), "a run with a slow store starts");
    if (!run.ok()) return;
    expect((*run)->waitFor(120'000), "and ends");
    expect((*run)->status().ok() && (*run)->metrics().checkpoints.taken > 0, "with checkpoints");
}

/// A run whose sinks are not in epochs goes on without checkpoints, and says what to do.
void whatToDoIsToldOf() {
    Pipeline made;
    made.nodes = {node("endless", "generator", {{"rows", 0}, {"rate", 1'000}, {"columns", {"n BIGINT = i"}}}),
                  node("result", "table_view")};
    made.wires = {wire("endless", "result")};
    RunOptions options;
    options.checkpoints = {std::make_shared<FullStore>(), 10, true};
    auto run = Run::start(planOf(made, 1), options);
    expect(run.ok(), "a run without room for checkpoints starts");
    if (!run.ok()) return;
    std::string trouble;
    for (int i = 0; i < 1'000 && trouble.empty(); ++i) {
        (void)(*run)->waitFor(20);
        trouble = english((*run)->metrics().checkpoints.trouble);
    }
    expect(trouble == "The disk is full. Free some space.", "it is told what happened, and what to do");
    (*run)->stop(StopMode::Now);
    (*run)->stop(StopMode::Now);
    (*run)->wait();
    expect((*run)->status().ok(), "and the run is well");
}

}  // namespace

int main() {
    const std::vector<std::string> expected = undisturbed();
    expect(expected.size() > 400, "the undisturbed run writes rows");
    for (const Where where : {Where::FirstFile, Where::SecondFile, Where::Own}) {
        int resumed = 0;
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            resumed += givenUpAgainAndAgain(where, seed * 1'000, false, expected);
        expect(resumed > 12, "runs resumed from checkpoints");
        (void)givenUpAgainAndAgain(where, 77, true, expected);
        int opened = 0;
        for (std::uint64_t seed = 11; seed <= 12; ++seed)
            opened += givenUpAgainAndAgain(where, seed * 1'000, false, expected, true);
        expect(opened > 3, "runs resumed from checkpoints that name files");
        (void)givenUpAgainAndAgain(where, 78, true, expected, true);
        fromTheOneBefore(where, expected);
    }
    withoutAFolderForFiles(expected);
    stopped(expected);
    endedBeforeTheStop();
    endsBetweenCheckpoints();
    whatToDoIsToldOf();
    // Whichever sinks are opened first: those in the file of the checkpoints, or the one that refuses.
    doesNotBegin(Where::FirstFile, "second.sqlite");
    doesNotBegin(Where::SecondFile, "first.sqlite");
    return summary();
}
