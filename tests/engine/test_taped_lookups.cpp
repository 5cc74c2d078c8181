// Lookups in a run on a tape: a replay has the same rows at every degree, schedule and batch size, of a table
// that was changed again and again and is gone since; also of a tape that was cut, of a run that failed for
// its table, and of a tape that has no lookups.
#include <SQLiteCpp/Database.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "core/tape/tape_player.h"
#include "tests/engine/taped_runs.h"
#include "tests/support/child.h"
#include "tests/support/random_cases.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

/// The file that is looked up in.
class Shop {
 public:
    Shop() { exec("CREATE TABLE items (k TEXT, name TEXT)"); }
    void exec(const std::string& sql) const {
        constexpr int kPatienceMillis = 60'000;  // a run may be reading it
        SQLite::Database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatienceMillis).exec(sql);
    }
    /// Two rows of each key, or three, that name the version; and sometimes a key less.
    void hold(int version) const {
        std::string sql = "BEGIN; DELETE FROM items;";
        for (int key = 0; key < 3; ++key) {
            if (version % 4 == 3 && key == 1) continue;
            for (int row = 0; row < 2 + version % 2; ++row)
                sql += fmt::format("INSERT INTO items VALUES ('key {}', 'v{} {}');", key, version, row);
        }
        exec(sql + "COMMIT");
    }
    void vanish() const {
        for (const char* behind : {"", "-wal", "-shm", "-journal"}) fs::remove(path() + behind);
    }
    std::string path() const { return (m_folder.path() / "shop.sqlite").string(); }

 private:
    rw::testing::ScratchFolder m_folder{"taped_lookups"};
};

Node scriptedNode(const char* name) {
    return node(
        name, "scripted",
        {{"outside", name}, {"event_time", "ts"}, {"watermark_delay", "20ms"}, {"idle_timeout", "40ms"}});
}

Node lookupNode(const char* id, const Shop& shop) {
    return node(id, "lookup_join",
                {{"database", shop.path()},
                 {"table", "items"},
                 {"columns", {"k STRING", "name STRING"}},
                 {"on", "left.k = right.k"},
                 {"kind", "left"},
                 {"refresh", "1s"}});
}

Node tableNode(const char* id) {
    return node(id, "table_view", {{"keep", 20'000}});
}

/// Rows of two sources as they were read, those that windows make, those that come late, and sorted ones.
Pipeline lookingUp(const Shop& shop) {
    Pipeline made;
    made.nodes = {scriptedNode("left"),
                  scriptedNode("right"),
                  node("both", "union"),
                  node("windows", "window_aggregate",
                       {{"window", "tumble"},
                        {"size", "50ms"},
                        {"keys", {"k"}},
                        {"aggregates", {"COUNT(*) AS n", "SUM(v) AS total"}}}),
                  node("sorted", "sort"),
                  lookupNode("of_rows", shop),
                  lookupNode("of_windows", shop),
                  lookupNode("of_late", shop),
                  lookupNode("of_sorted", shop),
                  tableNode("rows"),
                  tableNode("fired"),
                  tableNode("late"),
                  tableNode("in_order")};
    made.wires = {wire("left", "both"),        wire("right", "both"),
                  wire("both", "of_rows"),     wire("of_rows", "rows"),
                  wire("both", "windows"),     wire("windows", "of_windows"),
                  wire("of_windows", "fired"), wire("windows", "of_late", "late"),
                  wire("of_late", "late"),     wire("left", "sorted"),
                  wire("sorted", "of_sorted"), wire("of_sorted", "in_order")};
    return made;
}

/// Changes the table now and then, and at some times not, while the run goes on; then it is gone.
void changing(const Shop& shop, Run& run, std::uint64_t seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    for (int version = 1; !run.waitFor(static_cast<Millis>(300 + random() % 900)); ++version) {
        if (random() % 4 != 0) shop.hold(version);
    }
    run.wait();
    shop.vanish();
}

std::size_t tablesOn(const TapeFile& tape) {
    std::size_t tables = 0;
    for (const TapeFile::Lookup& lookup : tape.lookups()) tables += lookup.tables.size();
    return tables;
}

/// Rows of the first table that have this value.
std::size_t rowsWith(const Outcome& outcome, const char* name) {
    std::size_t rows = 0;
    for (const TableRow& row : outcome.front())
        rows += static_cast<std::size_t>(std::count(row.begin(), row.end(), Value(std::string(name))));
    return rows;
}

void whileTheTableChanges() {
    std::size_t runs = 0, tables = 0, same = 0;
    for (const std::uint64_t seed : seedsOf(suites::TapedLookups)) {
        const Shop shop;
        shop.hold(0);
        play(seed, 0, 4'500, true);
        const Pipeline pipeline = lookingUp(shop);
        const Recorded run = recordedWhile(pipeline, 1 + static_cast<int>(seed % 4), seeded(seed),
                                           [&](Run& begun) { changing(shop, begun, seed); });
        if (!run.tape) return;
        expect(run.status.ok() && run.tape->whole() && run.metrics.tape.trouble.empty(), "the tape is whole");
        expect(run.tape->lookups().size() == 4, "all lookups are on it");
        for (const TapeFile::Lookup& lookup : run.tape->lookups()) {
            // Of the late rows there may be too few to see any.
            expect(lookup.tables.empty() || lookup.tables.front().whole, "a table is whole");
        }
        ++runs;
        tables += tablesOn(*run.tape);
        const int failuresBefore = failures;
        sameAtEveryDegree(pipeline, run, seed);
        same += failures == failuresBefore ? 1 : 0;
    }
    std::printf("%zu runs, %zu tables, all replays of %zu alike\n", runs, tables, same);
    expect(tables > 4 * runs, "tables have changed");
}

/// On threads, by the clock of the machine.
void inRealTime() {
    for (const std::uint64_t seed : seedsOf(suites::TapedLookupsInRealTime)) {
        const Shop shop;
        shop.hold(0);
        play(seed, systemClock()->steadyMillis() + 20, 3'000, true);
        const Pipeline pipeline = lookingUp(shop);
        const Recorded run = recordedWhile(pipeline, 2 + static_cast<int>(seed % 4), {},
                                           [&](Run& begun) { changing(shop, begun, seed); });
        if (!run.tape) return;
        expect(rowsIn(run.outcome) > 0, "rows come");
        sameAtEveryDegree(pipeline, run, seed);
    }
}

/// As simulated, and set back by an hour some time after the start.
class SetBackClock final : public Clock {
 public:
    explicit SetBackClock(Millis after) : m_after(after) {}
    Instant now() const override { return m_clock.now() - (steadyMillis() < m_after ? 0 : 3'600'000); }
    std::int64_t steadyMillis() const override { return m_clock.steadyMillis(); }
    bool skipTo(std::int64_t steadyMillis) override { return m_clock.skipTo(steadyMillis); }

 private:
    const Millis m_after;
    SimulatedClock m_clock{kNoon};
};

/// Rows that are read after that get the table of then, not the one before.
void whileTheClockIsSetBack() {
    for (const std::uint64_t seed : seedsOf(suites::TapedLookupsSetBack)) {
        const Shop shop;
        shop.hold(0);
        play(seed, 0, 5'000, true);
        const Pipeline pipeline = lookingUp(shop);
        RunOptions options = seeded(seed);
        options.clock = std::make_shared<SetBackClock>(2'000);
        const Recorded run =
            recordedWhile(pipeline, 1 + static_cast<int>(seed % 3), options, [&](Run& begun) {
                for (const int version : {1, 2}) {
                    if (!begun.waitFor(1'300)) shop.hold(version);
                }
                begun.wait();
                shop.vanish();
            });
        if (!run.tape) return;
        expect(rowsWith(run.outcome, "v0 0") > 0 && rowsWith(run.outcome, "v1 0") > 0, "tables have changed");
        expect(rowsWith(run.outcome, "v2 0") > 0, "and are met behind the clock's being set back");
        sameAtEveryDegree(pipeline, run, seed);
    }
}

void oneThatStaysIsThereOnce() {
    const Shop shop;
    shop.hold(0);
    play(9, 0, 4'500, true);
    Pipeline pipeline = lookingUp(shop);
    const Recorded run = recorded(pipeline, 2, seeded(9));
    if (!run.tape) return;
    shop.vanish();
    for (const TapeFile::Lookup& lookup : run.tape->lookups())
        expect(lookup.tables.size() <= 1, "what is read anew and is the same is not on the tape again");
    sameAtEveryDegree(pipeline, run, 9);
}

/// As far as it goes: each time the same.
void ofATapeThatWasCut() {
    const Shop shop;
    shop.hold(0);
    play(11, 0, 4'500, true);
    const Pipeline pipeline = lookingUp(shop);
    const Recorded run =
        recordedWhile(pipeline, 3, seeded(11), [&](Run& begun) { changing(shop, begun, 11); });
    if (!run.tape) return;
    std::size_t least = tablesOn(*run.tape), most = 0;
    for (int tenth = 1; tenth < 10; ++tenth) {
        const auto cut =
            readTape(run.bytes.substr(0, run.bytes.size() * static_cast<std::size_t>(tenth) / 10));
        if (!cut.ok()) continue;
        expect(!(*cut)->whole(), "the tape says that it was cut");
        least = std::min(least, tablesOn(**cut));
        most = std::max(most, tablesOn(**cut));
        const Outcome once = replayed(pipeline, 1, *cut);
        for (const int parallelism : {2, 5})
            expect(replayed(pipeline, parallelism, *cut) == once,
                   "what is on it is replayed, the same each time");
        expect(rowsIn(once) < rowsIn(run.outcome), "and is less than the run had");
    }
    expect(least < most, "some cuts are between tables");
}

/// A replay is left at a barrier and resumed.
void fromASnapshotOfAReplay() {
    for (const std::uint64_t seed : seedsOf(suites::TapedLookupsGoneOnFrom)) {
        const Shop shop;
        shop.hold(0);
        play(seed, 0, 3'000, true);
        const Pipeline pipeline = lookingUp(shop);
        const Recorded run =
            recordedWhile(pipeline, 2, seeded(seed), [&](Run& begun) { changing(shop, begun, seed); });
        if (!run.tape) return;
        goesOnAt(pipeline, run, seed, 100 + seed);
    }
}

void ofARunThatFailsForItsTable() {
    for (const bool atOnce : {true, false}) {
        const Shop shop;
        shop.hold(0);
        if (atOnce) shop.vanish();
        play(12, 0, 4'500, true);
        const Pipeline pipeline = lookingUp(shop);
        const Recorded run = recordedWhile(pipeline, 2, seeded(12), [&](Run& begun) {
            if (!atOnce && !begun.waitFor(1'500)) shop.exec("DROP TABLE items");
            begun.wait();
        });
        if (!run.tape) return;
        expect(!run.status.ok() && run.tape->whole(), "the run fails, and its tape is whole");
        if (run.status.ok()) return;
        shop.vanish();
        for (const int parallelism : {1, 2, 5}) {
            RunOptions options;
            options.replay = makeTapePlayer(run.tape, 0);
            auto again = Run::start(tapedPlan(pipeline, parallelism), options);
            expect(again.ok(), "its replay starts");
            if (!again.ok()) return;
            (*again)->wait();
            const Status status = (*again)->status();
            expect(!status.ok() && english(status.error()) == english(run.status.error()),
                   "and fails in the same way");
        }
    }
}

/// As tapes were before they had lookups: the table is asked as it is now.
void ofATapeWithoutLookups() {
    const Shop shop;
    shop.hold(5);
    play(13, 0, 600, true);
    Pipeline plain;
    plain.nodes = {scriptedNode("left"), tableNode("rows")};
    plain.wires = {wire("left", "rows")};
    const Recorded run = recorded(plain, 2, seeded(13));
    if (!run.tape) return;
    const std::size_t version = tape_layout::kMagic.size();
    expect(run.bytes[version] == 1, "programs that know no lookups read a tape without any");
    Pipeline edited = plain;
    edited.nodes.push_back(lookupNode("of_rows", shop));
    edited.wires = {wire("left", "of_rows"), wire("of_rows", "rows")};
    const Outcome before = replayed(edited, 2, run.tape);
    expect(rowsWith(before, "v5 0") > 0, "rows meet the table that is there");
    shop.hold(6);
    expect(rowsWith(replayed(edited, 2, run.tape), "v6 0") == rowsWith(before, "v5 0"), "and the next one");
    play(13, 0, 600, true);
    const Recorded withOne = recorded(edited, 2, seeded(13));
    expect(withOne.tape && withOne.bytes[version] == 2, "a tape with lookups is not for those");
}

void ofOtherColumns() {
    const Shop shop;
    shop.hold(0);
    play(14, 0, 600, true);
    const Pipeline pipeline = lookingUp(shop);
    const Recorded run = recorded(pipeline, 1, seeded(14));
    if (!run.tape) return;
    shop.vanish();
    Pipeline edited = pipeline;
    for (Node& each : edited.nodes) {
        if (each.id == "of_rows") each.params["columns"] = {"k STRING"};
    }
    RunOptions options;
    options.replay = makeTapePlayer(run.tape, 0);
    const auto refused = Run::start(tapedPlan(edited, 1), options);
    expect(!refused.ok() && refused.error().node == "of_rows" && !refused.error().fix.empty(),
           "a lookup of other columns is named");
    // Where rows are others, the tape can't say which table they met: the last one.
    Pipeline moved = pipeline;
    for (Wire& each : moved.wires) {
        if (each.to.node == "of_rows") each.from.node = "sorted";
    }
    expect(rowsIn(replayed(moved, 2, run.tape)) > 0,
           "a lookup that stands elsewhere has tables all the same");
}

}  // namespace

int main() {
    whileTheTableChanges();
    inRealTime();
    whileTheClockIsSetBack();
    oneThatStaysIsThereOnce();
    ofATapeThatWasCut();
    fromASnapshotOfAReplay();
    ofARunThatFailsForItsTable();
    ofATapeWithoutLookups();
    ofOtherColumns();
    return summary();
}
