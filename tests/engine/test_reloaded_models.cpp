// score while the file of its model changes: with checkpoints all rows behind one of them have the new model,
// at every degree; a run that is given up resumes with the file that is there; a replay has the rows of the
// run.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/child.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kStep = 1'000'000;  // what model n adds more than model n − 1
constexpr int kPatience = 60'000;

class Training {
 public:
    Training() { train(0); }
    void train(std::int64_t number) const {
        write(fmt::format(R"({{"rillwright_model":1,"inputs":[{{"name":"a","mean":0}}],
            "outputs":[{{"name":"y","type":"DOUBLE","gives":"value"}}],
            "linear":{{"intercepts":[{}],"weights":[[1]]}}}})",
                          number * kStep));
    }
    void write(const std::string& text) const {
        const fs::path fresh = m_folder.path() / "new.json";
        std::ofstream(fresh) << text;
        fs::rename(fresh, model());
    }
    fs::path model() const { return m_folder.path() / "model.json"; }
    std::string file(const char* name) const { return (m_folder.path() / name).string(); }

    Node scoring(const char* id, const char* feature) const {
        return node(id, "score",
                    {{"model", model().string()},
                     {"features", {feature}},
                     {"columns", {"y DOUBLE"}},
                     {"impute", "zero"},
                     {"reload", "on_change"}});
    }
    CheckpointLocation location() const { return locationInDatabase(file("rows.sqlite"), file("p.rill")); }

 private:
    rw::testing::ScratchFolder m_folder{"reloaded_models"};
};

/// Rows of two sources, scored.
Pipeline scored(const Training& training) {
    const auto source = [](const char* id, const char* name) {
        return node(id, "generator",
                    {{"rows", 0},
                     {"rate", 1'000},
                     {"columns", {"i BIGINT = i", fmt::format("s STRING = '{}'", name)}}});
    };
    Pipeline made;
    made.nodes = {source("one", "one"), source("other", "other"), node("both", "union"),
                  training.scoring("scored", "i AS a"),
                  node("rows", "sqlite_sink",
                       {{"database", training.file("rows.sqlite")}, {"table", "rows"}, {"mode", "append"}})};
    made.wires = {wire("one", "both"), wire("other", "both"), wire("both", "scored"), wire("scored", "rows")};
    return made;
}

/// A run that goes on where the one before was.
Result<std::unique_ptr<Run>> begun(const Training& training, int parallelism) {
    CheckpointStoreOptions store;
    store.location = training.location();
    store.lineage = "line";
    RunOptions options;
    options.batchRows = 64;
    auto loaded = loadCheckpoint(store.location);
    if (loaded.ok() && *loaded) {
        store.from = (*loaded)->about.number;
        options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), 200, true};
    return Run::start(planOf(scored(training), parallelism), options);
}

/// Waits for a note of score with this text.
bool says(Run& run, const std::string& text) {
    for (int waited = 0; waited < kPatience; waited += 50) {
        for (const RunNote& note : run.takeNotes()) {
            if (english(note.text).find(text) != std::string::npos) return true;
        }
        if (run.waitFor(50)) return false;
    }
    return false;
}

void letCheckpointsBeTaken(Run& run) {
    const std::uint64_t before = run.metrics().checkpoints.taken;
    for (int waited = 0; waited < kPatience && run.metrics().checkpoints.taken < before + 2; waited += 20)
        (void)run.waitFor(20);
}

/// Of each source the rows are complete, and those of each model are in one piece, as many as these.
void expectPieces(const Training& training, std::size_t models) {
    SQLite::Database database(training.file("rows.sqlite"), SQLite::OPEN_READONLY);
    SQLite::Statement query(database, "SELECT s, i, y - i FROM rows ORDER BY s, i");
    std::map<std::string, std::vector<std::int64_t>> adds;
    while (query.executeStep()) {
        auto& of = adds[query.getColumn(0).getString()];
        expect(query.getColumn(1).getInt64() == static_cast<std::int64_t>(of.size()),
               "each row is there once");
        of.push_back(query.getColumn(2).getInt64() / kStep);
    }
    expect(adds.size() == 2, "there are rows of both sources");
    for (auto& [source, of] : adds) {
        expect(std::is_sorted(of.begin(), of.end()), "no row behind the barrier has the old model");
        of.erase(std::unique(of.begin(), of.end()), of.end());
        expect(of.size() == models, "each model has scored rows");
    }
}

void atABarrier(int parallelism) {
    const Training training;
    auto run = begun(training, parallelism);
    expect(run.ok(), "the run starts");
    if (!run.ok()) return;
    for (const int number : {1, 2}) {
        letCheckpointsBeTaken(**run);
        training.train(number);
        expect(says(**run, "“model.json” changed: the rows after checkpoint"), "a note tells it");
    }
    letCheckpointsBeTaken(**run);
    (*run)->stop(StopMode::Drain);
    (*run)->wait();
    expect((*run)->status().ok(), "the run ends well");
    expectPieces(training, 3);
}

/// Between the change and the barrier.
void givenUp() {
    const Training training;
    {
        auto run = begun(training, 4);
        expect(run.ok(), "the run starts");
        if (!run.ok()) return;
        letCheckpointsBeTaken(**run);
        training.train(1);
    }
    auto resumed = begun(training, 2);
    expect(resumed.ok(), "the run resumes");
    if (!resumed.ok()) return;
    letCheckpointsBeTaken(**resumed);
    (*resumed)->stop(StopMode::Drain);
    (*resumed)->wait();
    expectPieces(training, 2);
}

/// Rows of two sources as they were read, those that windows make, and sorted ones.
Pipeline taped(const Training& training) {
    const auto source = [](const char* name) {
        return node(name, "scripted", {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}});
    };
    Pipeline made;
    made.nodes = {source("left"),
                  source("right"),
                  node("both", "union"),
                  node("windows", "window_aggregate",
                       {{"window", "tumble"},
                        {"size", "50ms"},
                        {"keys", {"k"}},
                        {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}}),
                  node("sorted", "sort"),
                  training.scoring("of_rows", "v AS a"),
                  training.scoring("of_windows", "total AS a"),
                  training.scoring("of_sorted", "v AS a"),
                  node("rows", "table_view", {{"keep", 20'000}}),
                  node("fired", "table_view", {{"keep", 20'000}}),
                  node("in_order", "table_view", {{"keep", 20'000}})};
    made.wires = {wire("left", "both"),         wire("right", "both"),   wire("both", "of_rows"),
                  wire("of_rows", "rows"),      wire("both", "windows"), wire("windows", "of_windows"),
                  wire("of_windows", "fired"),  wire("left", "sorted"),  wire("sorted", "of_sorted"),
                  wire("of_sorted", "in_order")};
    return made;
}

void onATape(int parallelism) {
    const Training training;
    play(static_cast<std::uint64_t>(parallelism), systemClock()->steadyMillis() + 20, 6'000, true);
    const Pipeline pipeline = taped(training);
    const Recorded run = recordedWhile(pipeline, parallelism, {}, [&](Run& begun) {
        for (int number = 1; !begun.waitFor(1'800); ++number) training.train(number);
        begun.wait();
        training.train(99);  // of which the tape knows nothing
    });
    if (!run.tape) return;
    expect(run.status.ok() && run.tape->whole(), "the tape is whole");
    expect(run.tape->lookups().size() == 3, "all nodes are on it");
    for (const TapeFile::Lookup& lookup : run.tape->lookups())
        expect(lookup.tables.size() > 1, "each with the models that it took over");
    sameAtEveryDegree(pipeline, run, static_cast<std::uint64_t>(parallelism));
}

}  // namespace

int main() {
    atABarrier(1);
    atABarrier(4);
    givenUp();
    onATape(1);
    onATape(4);
    return summary();
}
