// A whole run without the machine: its time, the files that it reads and writes, and its one thread are the
// test's. One seed is one run, and a failure of those files reads as on a disk.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <sstream>

#include "core/views/table_view.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

/// No such folder is on the machine.
constexpr const char* kFolder = "/rillwright-simulated";
const std::string kCsv = std::string(kFolder) + "/out.csv";
const std::string kDatabase = std::string(kFolder) + "/out.sqlite";

std::shared_ptr<const Plan> plan() {
    Pipeline made;
    made.nodes = {
        node("file", "csv_source",
             {{"path", "in.csv"}, {"columns", {"k INT", "ts TIMESTAMP(3)"}}, {"event_time", "ts"}}),
        node("made", "generator",
             {{"rows", 600},
              {"rate", 10},
              {"columns",
               {"k INT = CAST(i % 3 AS INT)",
                "ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}},
              {"event_time", "ts"}}),
        node("both", "union"),
        node("count", "window_aggregate",
             {{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("nan", "select", {{"columns", {"k", "n", "CAST('NaN' AS DOUBLE) AS x"}}}),
        node("csv", "csv_sink", {{"path", "out.csv"}}),
        node("table", "sqlite_sink", {{"database", "out.sqlite"}, {"table", "t"}})};
    made.wires = {wire("file", "both"), wire("made", "both"), wire("both", "count"),
                  wire("count", "nan"), wire("nan", "csv"),   wire("nan", "table")};
    PlanOptions options;
    options.parallelism = 3;
    options.validate.folder = kFolder;
    const Planned planned = makePlan(made, kinds(), options);
    for (const Issue& issue : planned.issues) {
        if (issue.severity == Severity::Error) std::printf("%s\n", english(issue).c_str());
    }
    expect(planned.plan != nullptr, "the pipeline plans");
    return planned.plan;
}

std::string input() {
    std::string rows = "k,ts\n";
    for (int i = 0; i < 600; ++i)
        rows += fmt::format("{},2024-03-01 00:{:02}:{:02}\n", i % 5, i / 60, i % 60);
    return rows;
}

std::ptrdiff_t threads() {
    const std::filesystem::directory_iterator tasks("/proc/self/task");
    return std::distance(begin(tasks), end(tasks));
}

/// A world of memory in which an earlier run wrote both outputs.
struct World {
    std::shared_ptr<MemoryFiles> files = std::make_shared<MemoryFiles>();
    std::shared_ptr<MemoryOutputs> outputs = std::make_shared<MemoryOutputs>();
    std::shared_ptr<SimulatedClock> clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    SQLite::Database database{kDatabase, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0, "memdb"};

    World() {
        files->replace(std::string(kFolder) + "/in.csv", input());
        outputs->put(kCsv, "old\n");
        outputs->vfs = "memdb";
        database.exec("CREATE TABLE t(old INTEGER)");
    }
    RunOptions options(std::uint64_t seed) const {
        RunOptions made;
        made.files = files;
        made.outputs = outputs;
        made.clock = clock;
        made.executor = ExecutorKind::Seeded;
        made.seed = seed;
        made.batchRows = 17;
        return made;
    }
    std::string columns() {
        std::string names;
        SQLite::Statement query(database, "SELECT name FROM pragma_table_info('t')");
        while (query.executeStep()) names += query.getColumn(0).getString() + " ";
        return names;
    }
    bool isOld() { return outputs->contents() == std::map<std::string, std::string>{{kCsv, "old\n"}}; }
};

struct Outcome {
    std::uint64_t schedule = 0, steps = 0;
    std::int64_t millis = 0;
    std::string csv, table, notes;
    bool operator==(const Outcome&) const = default;
};

Outcome simulate(const std::shared_ptr<const Plan>& plan, std::uint64_t seed) {
    World world;
    std::ptrdiff_t most = 0;
    world.outputs->fails = [&most](const std::string&, const std::string&) {
        most = std::max(most, threads());
        return 0;
    };
    const auto run = runToEnd(plan, world.options(seed));
    if (!run) return {};
    expect(most == 1, "a simulated run has no thread but the caller's");
    Outcome outcome;
    outcome.schedule = run->metrics().scheduleHash;
    outcome.steps = run->metrics().steps;
    outcome.millis = world.clock->steadyMillis();
    outcome.csv = world.outputs->contents()[kCsv];
    SQLite::Statement query(world.database, "SELECT k, n, x IS NULL FROM t");
    while (query.executeStep()) {
        for (int column = 0; column < 3; ++column) outcome.table += query.getColumn(column).getString() + ",";
        outcome.table += "\n";
    }
    for (const RunNote& note : run->takeNotes())
        outcome.notes += note.node + ": " + english(note.text) + "\n";
    return outcome;
}

std::string sorted(const std::string& text) {
    std::istringstream lines(text);
    std::vector<std::string> all;
    for (std::string line; std::getline(lines, line);) all.push_back(line);
    std::sort(all.begin(), all.end());
    return fmt::format("{}", fmt::join(all, "\n"));
}

void oneSeedIsOneRun() {
    const auto planned = plan();
    const Outcome first = simulate(planned, 1);
    // 60 windows of five keys; the made rows have three of these.
    expect(std::count(first.csv.begin(), first.csv.end(), '\n') == 1 + 60 * 5, "the file holds every window");
    expect(std::count(first.table.begin(), first.table.end(), '\n') == 60 * 5, "the table, too");
    expect(first.millis >= 59'000, "a minute has passed on the run's clock");
    expect(first.notes == "table: SQLite stores NaN as NULL; so many values of table “t”: 300.\n",
           "what sinks say is told");
    for (int again = 0; again < 3; ++again) expect(simulate(planned, 1) == first, "one seed is one run");
    const Outcome other = simulate(planned, 2);
    expect(other.schedule != first.schedule, "another seed is another schedule");
    expect(sorted(other.csv) == sorted(first.csv), "with the same rows");
    expect(!std::filesystem::exists(kFolder), "the machine's files were left alone");
}

/// `what` fails with `code`: the run reports it in these words, and the outputs are those of the run before.
void failing(const char* what, int code, const std::string& words) {
    World world;
    world.outputs->fails = [&](const std::string& tried, const std::string&) {
        return tried == what ? code : 0;
    };
    auto run = Run::start(plan(), world.options(3));
    Status status = run.status();
    if (run.ok()) {
        (*run)->wait();
        status = (*run)->status();
    }
    const std::string said = status.ok() ? "no error" : english(status.error());
    if (said != words) std::printf("%s: %s\n", what, said.c_str());
    expect(said == words, "an error in the files of a run is told in the words of one on a disk");
    expect(world.isOld(), "the file is that of the run before, with nothing beside it");
    if (std::string(what) != "rename")
        expect(world.columns() == "old ", "the table is that of the run before");
}

void aFullDatabase() {
    World world;
    sqlite3_int64 limit = 8'192;  // no room for the staging table
    sqlite3_file_control(world.database.getHandle(), "main", SQLITE_FCNTL_SIZE_LIMIT, &limit);
    auto run = Run::start(plan(), world.options(4));
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    (*run)->wait();
    const Status status = (*run)->status();
    const std::string said = status.ok() ? "no error" : english(status.error());
    if (said.find("The disk is full; “" + kDatabase + "”") == std::string::npos)
        std::printf("%s\n", said.c_str());
    expect(said.find("table: The disk is full; “" + kDatabase + "”") == 0, "a full disk of SQLite's is told");
    expect(world.isOld() && world.columns() == "old ", "both outputs are those of the run before");
}

/// A wait in real time lets the simulated time pass instead.
void aLockedDatabase() {
    World world;
    world.database.exec("BEGIN EXCLUSIVE");
    const auto began = std::chrono::steady_clock::now();
    const auto run = Run::start(plan(), world.options(5));
    const auto took = std::chrono::steady_clock::now() - began;
    expect(!run.ok() && english(run.error()).find("locked; waited 5\u2009s.") != std::string::npos,
           "a locked database is told");
    expect(world.clock->steadyMillis() >= 5'000 && took < std::chrono::seconds(2),
           "five seconds pass on the run's clock alone");
}

/// A run goes on while it is waited for, as far on its clock as that.
void itGoesOnWhileWaitedFor() {
    World world;
    auto run = Run::start(plan(), world.options(6));
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    expect((*run)->metrics().steps == 0, "nothing happens by itself");
    expect(!(*run)->waitFor(10'000) && world.clock->steadyMillis() == 10'000, "ten seconds are ten seconds");
    const std::uint64_t rows = (*run)->metrics().nodes.at("made").rowsOut;
    expect(rows >= 90 && rows <= 110, "in which ten rows a second came");
    const Result<StateSnapshot> snapshot = (*run)->snapshot();
    expect(snapshot.ok() && !snapshot->states.empty(), "whoever asks for its state runs it so far");
    (*run)->pause();
    expect((*run)->snapshot().ok(), "a paused one passes barriers on as well");
    const std::uint64_t before = (*run)->metrics().nodes.at("made").rowsOut;
    expect(!(*run)->waitFor(5'000) && (*run)->metrics().nodes.at("made").rowsOut == before,
           "and gives nothing while it is paused");
    expect(world.clock->steadyMillis() == 15'000, "while its time goes on");
    (*run)->stop(StopMode::Discard);
    expect((*run)->waitFor(1'000) && (*run)->state() == RunState::Stopped, "it is stopped");
    expect(world.isOld(), "and leaves what was there");
}

/// Readings of a machine that is made up.
void theMachineIsReadThroughTheFilesToo() {
    World world;
    world.files->replace("/proc/loadavg", "0.50 0.25 0.75 1/100 4711\n");
    Pipeline made;
    made.nodes = {node("machine", "this_computer", {{"table", "load"}, {"every", "1s"}}),
                  node("result", "table_view")};
    made.wires = {wire("machine", "result")};
    auto run = Run::start(planOf(made), world.options(7));
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    expect(!(*run)->waitFor(10'500), "it goes on for ever");
    const TableSnapshot shown = std::dynamic_pointer_cast<TableView>((*run)->view("result"))->snapshot();
    expect(shown.totals.rows >= 10 && shown.totals.rows <= 11, "a reading a second");
    expect(!shown.rows.empty() && shown.rows.front()->back() == Value{0.75}, "of the made-up files");
}

}  // namespace

int main() {
    oneSeedIsOneRun();
    failing(
        "create", ENOSPC,
        "csv: “" + kCsv +
            "” can't be written: No space left on device. Make room on the disk, or write to another one.");
    failing(
        "write", ENOSPC,
        "csv: “" + kCsv +
            "” can't be written: No space left on device. Make room on the disk, or write to another one.");
    failing("sync", EIO,
            "csv: “" + kCsv + "” can't be written: Input/output error. Give a file that can be written.");
    failing("rename", EISDIR, "csv: “" + kCsv + "” is a folder. Give the name of a file in it.");
    aFullDatabase();
    aLockedDatabase();
    itGoesOnWhileWaitedFor();
    theMachineIsReadThroughTheFilesToo();
    return summary();
}
