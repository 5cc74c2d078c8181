// A run that resumes from an older checkpoint may cut its rows into other batches than the one before it, and
// so never write keys that the other has upserted: those rows must not stay in the table, and the rows that
// they replaced must be there again.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/connect/sqlite/epoch_rows.h"
#include "core/connect/sqlite/upsert_undo.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

/// Three rows of each key come one behind the other. Between them its sum is even, and behind them odd: in
/// the end no key is in the table. Three, for the source gives an even number at a time, and a checkpoint
/// comes between two of these.
Pipeline transient(const fs::path& folder, int rate) {
    Pipeline made;
    made.nodes = {
        node("rows", "generator",
             {{"rows", 399},
              {"rate", rate},
              {"columns",
               {"k BIGINT = i - MOD(i, 3)", "v BIGINT = CASE WHEN MOD(i, 3) = 2 THEN 1 ELSE 2 END"}}}),
        node("sums", "group_aggregate", {{"keys", {"k"}}, {"aggregates", {"SUM(v) AS s"}}}),
        node("even", "filter", {{"condition", "MOD(s, 2) = 0"}}),
        node("out", "sqlite_sink",
             {{"database", (folder / "out.sqlite").string()}, {"table", "t"}, {"mode", "upsert"}})};
    made.wires = {wire("rows", "sums"), wire("sums", "even"), wire("even", "out")};
    return made;
}

RunOptions seeded(std::uint64_t seed, std::size_t batchRows) {
    RunOptions options;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    options.clock = std::make_shared<SimulatedClock>(1'700'000'000'000);
    options.batchRows = batchRows;
    return options;
}

std::unique_ptr<Run> started(const fs::path& folder, const CheckpointLocation& location, RunOptions options,
                             int rate) {
    CheckpointStoreOptions store;
    store.location = location;
    store.lineage = "line";
    auto loaded = loadCheckpoint(location);
    expect(loaded.ok(), "what is on disk can be read");
    if (loaded.ok() && *loaded) {
        store.from = (*loaded)->about.number;
        options.restore = std::make_shared<const StateSnapshot>(std::move((*loaded)->snapshot));
    }
    options.checkpoints = {makeCheckpointStore(std::move(store)), 7, true};
    auto run = Run::start(planOf(transient(folder, rate), 1), options);
    if (!run.ok()) std::printf("%s\n", english(run.error()).c_str());
    expect(run.ok(), "a run starts");
    return run.ok() ? std::move(*run) : nullptr;
}

int countIn(const fs::path& folder, const std::string& sql) {
    SQLite::Database database((folder / "out.sqlite").string(), SQLite::OPEN_READONLY);
    return database.execAndGet(sql).getInt();
}

/// Rows that were in the table when the newest checkpoint broke.
int fromTheOneBefore(std::uint64_t seed) {
    const testing::ScratchFolder scratch("upserts");
    const fs::path& folder = scratch.path();
    const CheckpointLocation location =
        locationInDatabase((folder / "out.sqlite").string(), (folder / "p.rill").string());
    {
        // A row at a time, so that a checkpoint may come between those of a key.
        const auto run = started(folder, location, seeded(seed, 1), 1'000);
        if (!run) return 0;
        (void)run->waitFor(40 + static_cast<Millis>(splitMix64(seed) % 60));
    }
    const int there = countIn(folder, "SELECT count(*) FROM t");
    {
        SQLite::Database database((folder / "out.sqlite").string(), SQLite::OPEN_READWRITE);
        expect(database.exec("UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = (SELECT max(id) FROM "
                             "_rill_checkpoints)") == 1,
               "there is a newest");
    }
    // All that is left at once.
    const auto run = started(folder, location, seeded(seed + 1, 4'096), 0);
    if (!run) return there;
    run->wait();
    expect(run->status().ok(), "it comes to its end");
    expect(countIn(folder, "SELECT count(*) FROM t") == 0, "no row stays that the run never came by");
    expect(countIn(folder, "SELECT count(*) FROM sqlite_master WHERE name LIKE '_rill_undo%'") == 0,
           "and nothing of what was remembered");
    return there;
}

/// A table of two columns with a nullable key.
class Upserted {
 public:
    /// `mostMet`: as UpsertUndo has it.
    explicit Upserted(std::size_t mostMet) : m_undo("line/out/t", "t", schema(), {0}, mostMet) {
        EpochRows::makeTables(m_database);
        m_database.exec("CREATE TABLE t(k INTEGER, v TEXT, PRIMARY KEY (k))");
        m_undo.prepare(m_database);
    }
    /// Null: the row goes.
    void put(Epoch epoch, int key, const char* value) {
        if (epoch != m_epoch) expect(m_undo.begin(m_database, epoch), "what changes can be told");
        m_epoch = epoch;
        m_undo.remember(std::to_string(key), [key](SQLite::Statement& statement, int first,
                                                   const std::vector<int>&) { statement.bind(first, key); });
        SQLite::Statement remove(m_database, "DELETE FROM t WHERE k = ?");
        remove.bind(1, key);
        remove.exec();
        if (value == nullptr) return;
        SQLite::Statement insert(m_database, "INSERT INTO t VALUES (?, ?)");
        insert.bind(1, key);
        insert.bind(2, std::string(value));
        insert.exec();
    }
    void prune(const std::vector<Epoch>& kept) { m_undo.prune(m_database, kept); }
    std::string backAt(Epoch epoch) {
        expect(m_undo.takeBack(m_database, epoch), "it is remembered");
        m_undo.prepare(m_database);
        std::string rows;
        SQLite::Statement query(m_database, "SELECT k, v FROM t ORDER BY k");
        while (query.executeStep())
            rows += query.getColumn(0).getString() + query.getColumn(1).getString() + " ";
        return rows;
    }
    int remembered() {
        return m_database.execAndGet("SELECT count(*) FROM \"_rill_undo_line/out/t\"").getInt();
    }

 private:
    static SchemaRef schema() {
        auto made = std::make_shared<Schema>();
        made->fields = {{"k", Type::of(TypeId::Bigint)}, {"v", Type::of(TypeId::String)}};
        return made;
    }
    SQLite::Database m_database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
    UpsertUndo m_undo;
    Epoch m_epoch = 0;
};

void rowsBecomeWhatTheyWere(std::size_t mostMet) {
    Upserted table(mostMet);
    table.put(1, 1, "a");
    table.put(1, 2, "b");
    table.put(2, 1, "c");
    table.put(2, 1, "d");  // again in the same epoch
    table.put(2, 3, "e");
    table.put(3, 2, nullptr);
    table.put(3, 1, "f");
    expect(table.backAt(3) == "1f 3e ", "behind the last epoch it is as it is");
    expect(table.backAt(2) == "1d 2b 3e ", "what was removed is there, what was changed is as before");
    expect(table.backAt(1) == "1a 2b ", "over several epochs");
    expect(table.backAt(0).empty() && table.remembered() == 0, "to the beginning");
}

void onlyWhatIsNeededIsRemembered() {
    Upserted table(UpsertUndo::kMostMet);
    for (Epoch epoch = 1; epoch <= 9; ++epoch) {
        table.put(epoch, 1, epoch % 2 == 0 ? "even" : "odd");
        table.put(epoch, static_cast<int>(epoch) + 10, "own");
        // Two by name, 2 and 5, and the last two.
        std::vector<Epoch> kept;
        for (const Epoch number : {Epoch{2}, Epoch{5}, epoch - 1, epoch}) {
            if (number > 0 && number <= epoch && (kept.empty() || kept.back() < number))
                kept.push_back(number);
        }
        table.prune(kept);
    }
    // Own keys of 3 … 9; of key 1 the first row behind 2, 5, 8.
    expect(table.remembered() == 7 + 3, "one row a key between two that are kept");
    expect(table.backAt(8) == "1even 11own 12own 13own 14own 15own 16own 17own 18own ", "back to 8");
    expect(table.backAt(5) == "1odd 11own 12own 13own 14own 15own ", "and to 5");
    expect(table.backAt(2) == "1even 11own 12own ", "and to 2");
}

/// When a resumed run is told for the first time, most rows of an earlier one are gone.
void alsoWhatEarlierRunsRemembered() {
    Upserted table(UpsertUndo::kMostMet);
    for (Epoch epoch = 1; epoch <= 9; ++epoch) {
        table.put(epoch, 1, epoch % 2 == 0 ? "even" : "odd");
        table.put(epoch, static_cast<int>(epoch) + 10, "own");
    }
    table.prune({2, 5, 8, 9});
    expect(table.remembered() == 7 + 3, "one row a key between two that are kept, here too");
    expect(table.backAt(5) == "1odd 11own 12own 13own 14own 15own ", "back to 5");
    expect(table.backAt(2) == "1even 11own 12own ", "and to 2");
}

}  // namespace

int main() {
    // Keys that are known in memory: all, one, none.
    for (const std::size_t mostMet : {UpsertUndo::kMostMet, std::size_t{1}, std::size_t{0}})
        rowsBecomeWhatTheyWere(mostMet);
    onlyWhatIsNeededIsRemembered();
    alsoWhatEarlierRunsRemembered();
    int there = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) there += fromTheOneBefore(seed * 100);
    expect(there > 0, "rows were there that had to go");
    return summary();
}
