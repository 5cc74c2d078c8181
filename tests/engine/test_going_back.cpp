// A start that goes back to an older checkpoint takes rows back in all of its sinks, or in none: stopped at
// any instant, refused by any of them, failing behind the decision. The newest checkpoint that is left can be
// resumed, and every row is there once.
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

/// Where the checkpoints are.
enum class Where { FirstFile, SecondFile, Own };
constexpr const char* kBroken = "broken";

/// A run without end into two databases and two files. The order in which sinks are opened is not promised.
Pipeline pipeline(const fs::path& folder, bool backwards) {
    const auto at = [&](const char* name) { return (folder / name).string(); };
    Pipeline made;
    made.nodes = {
        node("in", "generator",
             {{"rows", 0}, {"rate", 1'000}, {"columns", {"n BIGINT = i", "k INT = CAST(i % 7 AS INT)"}}}),
        node("sums", "group_aggregate", {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS c"}}})};
    std::vector<Node> sinks{
        node("first", "sqlite_sink", {{"database", at("first.db")}, {"table", "t"}, {"mode", "append"}}),
        node("second", "sqlite_sink", {{"database", at("second.db")}, {"table", "t"}, {"mode", "upsert"}}),
        node("third", "csv_sink", {{"path", at("out.csv")}}),
        node("fourth", "ndjson_sink", {{"path", at("out.ndjson")}})};
    made.wires = {wire("in", "first"), wire("in", "sums"), wire("sums", "second"), wire("in", "third"),
                  wire("in", "fourth")};
    if (backwards) {
        std::reverse(sinks.begin(), sinks.end());
        std::reverse(made.wires.begin(), made.wires.end());
    }
    made.nodes.insert(made.nodes.end(), sinks.begin(), sinks.end());
    return made;
}

CheckpointLocation locationOf(const fs::path& folder, Where where) {
    const std::string file = (folder / "p.rill").string();
    if (where == Where::Own) return locationInFolder(folder.string(), file);
    return locationInDatabase((folder / (where == Where::FirstFile ? "first.db" : "second.db")).string(),
                              file);
}

std::string answer(const fs::path& file, const char* query) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    return database.execAndGet(query).getString();
}

/// How many rows a file has, which are 0, 1, 2 …
std::string rowsOf(const fs::path& path, const std::string& before) {
    std::ifstream file(path);
    std::string line;
    std::int64_t count = 0;
    for (; std::getline(file, line); ++count) {
        if (line.rfind(before + std::to_string(count) + ',', 0) != 0) return kBroken;
    }
    return std::to_string(count);
}

/// “120 120 120 120”: so many rows in each of the outputs.
std::string standing(const fs::path& folder) {
    std::ifstream head(folder / "out.csv");
    std::string line;
    std::getline(head, line);
    std::ofstream(folder / "rows.csv") << head.rdbuf();
    return answer(folder / "first.db",
                  "SELECT iif(count(*) = max(n) + 1 AND count(*) = count(DISTINCT n), count(*), 'broken') "
                  "FROM t") +
           ' ' + answer(folder / "second.db", "SELECT sum(c) FROM t") + ' ' +
           rowsOf(folder / "rows.csv", "") + ' ' + rowsOf(folder / "out.ndjson", "{\"n\":");
}

bool isAlike(const std::string& standing) {
    const std::string first = standing.substr(0, standing.find(' '));
    return first != kBroken && standing == first + ' ' + first + ' ' + first + ' ' + first;
}

RunOptions simulated() {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = 3;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = 16;
    return options;
}

/// A folder with a run in it that was stopped, and others that begin where that was.
class Story {
 public:
    Story(const fs::path& folder, Where where, bool backwards)
        : m_folder(folder), m_where(where), m_backwards(backwards) {}

    const fs::path& folder() const { return m_folder; }
    /// The same in another folder.
    Story copied(const fs::path& to) const {
        fs::remove_all(to);
        fs::copy(m_folder, to, fs::copy_options::recursive);
        return {to, m_where, m_backwards};
    }
    CheckpointLocation location() const { return locationOf(m_folder, m_where); }
    Epoch newest() const {
        const auto saved = savedCheckpoints(location());
        const SavedCheckpoint* found = saved.ok() ? newestOf(*saved) : nullptr;
        return found != nullptr ? found->number : 0;
    }
    /// The oldest that is kept; there are two at least.
    Epoch oldest() const {
        const auto saved = savedCheckpoints(location());
        return saved.ok() && saved->size() > 1 ? saved->back().number : 0;
    }
    Result<std::unique_ptr<Run>> start(RunOptions options, Epoch from) const {
        CheckpointStoreOptions store;
        store.location = location();
        store.lineage = "line";
        store.from = from;
        store.keep = 4;
        if (from > 0) {
            RW_TRY_ASSIGN(const auto saved, savedCheckpoints(store.location));
            const auto that = std::find_if(saved.begin(), saved.end(), [from](const SavedCheckpoint& each) {
                return each.number == from && !each.behind;
            });
            if (that == saved.end()) return Status(ErrorCode::NotFound, RW_TEXT("test", "It is gone."));
            RW_TRY_ASSIGN(LoadedCheckpoint loaded, loadSaved(store.location, *that));
            options.restore = std::make_shared<const StateSnapshot>(std::move(loaded.snapshot));
        }
        options.checkpoints = {makeCheckpointStore(std::move(store)), 20, true};
        return Run::start(planOf(pipeline(m_folder, m_backwards), 1), options);
    }
    /// From the newest, for a while: all rows are there, once.
    void goesOn(const std::string& what) const {
        auto run = start(simulated(), newest());
        if (!run.ok()) std::printf("%s: %s\n", what.c_str(), english(run.error()).c_str());
        expect(run.ok(), "the newest checkpoint is resumed from");
        if (!run.ok()) return;
        live(**run);
        const std::string now = standing(m_folder);
        if (!isAlike(now)) std::printf("%s: %s\n", what.c_str(), now.c_str());
        expect(isAlike(now), "and every row is there once");
    }
    static void live(Run& run) {
        expect(!run.waitFor(150), "it has no end");
        run.stop(StopMode::Now);
        run.wait();
        expect(run.status().ok(), "it is stopped");
    }

 private:
    static const SavedCheckpoint* newestOf(const std::vector<SavedCheckpoint>& saved) {
        const auto found = std::find_if(saved.begin(), saved.end(),
                                        [](const SavedCheckpoint& each) { return !each.behind; });
        return found == saved.end() ? nullptr : &*found;
    }

    fs::path m_folder;
    Where m_where;
    bool m_backwards;
};

/// All or nothing: the outputs are as before, or, behind the decision, as in the older
/// checkpoint.
void isWhole(const Story& story, const Story& before, Epoch from, const std::string& what) {
    const std::string now = standing(story.folder());
    const bool nothing = story.newest() == before.newest() && now == standing(before.folder());
    const bool all = story.newest() == from && isAlike(now) && now != standing(before.folder());
    if (!nothing && !all) {
        std::printf("%s: checkpoint %llu, rows %s\n", what.c_str(),
                    static_cast<unsigned long long>(story.newest()), now.c_str());
    }
    expect(nothing || all, "rows were taken back everywhere, or nowhere");
}

/// Stopped each time that it asks whether it is to be. How often it was before the decision, and behind it.
void stoppedAnywhere(const Story& before, const fs::path& folder) {
    int kept = 0, went = 0;
    for (int at = 1;; ++at) {
        const Story story = before.copied(folder);
        const Epoch from = story.oldest();
        RunOptions options = simulated();
        int asked = 0;
        options.isCancelled = [&asked, at] { return ++asked >= at; };
        auto run = story.start(options, from);
        if (run.ok()) {
            Story::live(**run);
            expect(isAlike(standing(folder)), "who is not stopped has every row");
            break;
        }
        const std::string what = "stopped when asked for the time " + std::to_string(at);
        expect(run.error().code == ErrorCode::Cancelled, "it says that it was stopped");
        ++(story.newest() == from ? went : kept);
        isWhole(story, before, from, what);
        story.goesOn(what);
    }
    expect(kept > 3 && went > 0, "it was stopped before the decision and behind it");
}

void refusedByAny(const Story& before, const fs::path& folder) {
    for (const char* name : {"out.csv", "out.ndjson"}) {
        const Story story = before.copied(folder);
        std::ofstream(folder / name, std::ios::app) << "mine\n";
        const auto run = story.start(simulated(), story.oldest());
        expect(!run.ok() && english(run.error()).find("not known as the run's") != std::string::npos,
               "a file with rows of others is not gone back in");
        fs::copy_file(before.folder() / name, folder / name, fs::copy_options::overwrite_existing);
        expect(story.newest() == before.newest() && standing(folder) == standing(before.folder()),
               "nothing was taken back anywhere");
        story.goesOn(std::string("refused by ") + name);
    }
    for (const char* name : {"first.db", "second.db"}) {
        const Story story = before.copied(folder);
        SQLite::Database(((folder / name).string()), SQLite::OPEN_READWRITE)
            .exec("UPDATE _rill_sinks SET forgotten = epoch");
        const auto run = story.start(simulated(), story.oldest());
        expect(!run.ok() && english(run.error()).find("can't be told any more") != std::string::npos,
               "a table whose changes are forgotten is not gone back in");
        isWhole(story, before, 0, std::string("refused by ") + name);
        story.goesOn(std::string("refused by ") + name);
    }
}

/// Another program takes a database once all sinks are open. Nothing is lost, wherever the checkpoints are.
void failingBehindTheDecision(const Story& before, const fs::path& folder) {
    for (const char* name : {"first.db", "second.db"}) {
        const Story story = before.copied(folder);
        int open = 0;
        std::unique_ptr<SQLite::Database> other;
        RunOptions options = simulated();
        options.ready = [&](const NodeId& id) {
            if (id == "in" || id == "sums" || ++open < 4) return;
            other = std::make_unique<SQLite::Database>((folder / name).string(), SQLite::OPEN_READWRITE);
            other->exec("BEGIN IMMEDIATE");
        };
        const auto run = story.start(options, story.oldest());
        expect(!run.ok() && english(run.error()).find("locked") != std::string::npos,
               "the run does not start");
        other.reset();
        story.goesOn(std::string("locked: ") + name);
    }
}

void tellTheStory(Where where, bool backwards) {
    const testing::ScratchFolder scratch("going_back");
    const fs::path base = scratch.path() / "base";
    fs::create_directory(base);
    const Story before(base, where, backwards);
    auto run = before.start(simulated(), 0);
    expect(run.ok(), "a run starts");
    if (!run.ok()) return;
    Story::live(**run);
    run->reset();
    expect(isAlike(standing(base)) && before.oldest() > 0 && before.oldest() < before.newest(),
           "it was stopped with several checkpoints");
    // The original of copies has the same name as they, and so the same places.
    const fs::path kept = scratch.path() / "kept";
    fs::copy(base, kept, fs::copy_options::recursive);
    const Story asItWas(kept, where, backwards);
    stoppedAnywhere(asItWas, base);
    refusedByAny(asItWas, base);
    failingBehindTheDecision(asItWas, base);
}

}  // namespace

int main() {
    for (const Where where : {Where::FirstFile, Where::SecondFile, Where::Own}) {
        for (const bool backwards : {false, true}) tellTheStory(where, backwards);
    }
    return summary();
}
