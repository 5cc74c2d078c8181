// The simulated disk behaves as a real one at its worst: synced bytes are there after any loss, others may be
// there in part; and SQLite on it keeps its promises.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <cerrno>
#include <set>

#include "core/state/checkpoint_store.h"
#include "tests/simulate/disk.h"
#include "tests/simulate/disk_files.h"
#include "tests/simulate/sqlite_vfs.h"
#include "tests/support/expect.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::simulated;
using rw::test::expect;

namespace {

constexpr const char* kPath = "/d/file";
constexpr const char* kDatabase = "/d/x.sqlite";

DiskFileRef opened(Disk& disk, const char* path = kPath) {
    DiskFileRef file;
    expect(disk.open(path, true, file) == 0 && file, "a file opens");
    return file;
}

void write(Disk& disk, const DiskFileRef& file, std::uint64_t at, const std::string& bytes) {
    std::size_t taken = 0;
    expect(disk.write(file, kPath, at, bytes, taken) == 0 && taken == bytes.size(), "a write is taken");
}

/// The possible content of a file of 2000 a, synced, after 2000 b were written over it.
std::string afterLoss(std::uint64_t seed, Loss loss, bool synced) {
    Disk disk(seed);
    const DiskFileRef file = opened(disk);
    write(disk, file, 0, std::string(2'000, 'a'));
    expect(disk.sync(file, kPath) == 0, "a sync succeeds");
    write(disk, file, 0, std::string(2'000, 'b'));
    if (synced) (void)disk.sync(file, kPath);
    disk.die();
    std::size_t taken = 0;
    expect(disk.write(file, kPath, 0, "c", taken) == EIO && taken == 0, "a dead disk takes nothing");
    disk.restart(loss);
    return disk.find(kPath) ? disk.find(kPath)->now : "gone";
}

void lossesTakeWhatWasNotSynced() {
    std::set<std::string> found;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        expect(afterLoss(seed, Loss::Power, true) == std::string(2'000, 'b'), "what was synced is there");
        expect(afterLoss(seed, Loss::Kill, false) == std::string(2'000, 'b'), "a kill takes nothing");
        const std::string torn = afterLoss(seed, Loss::Power, false);
        expect(torn.size() == 2'000, "no byte is missing or too many");
        for (std::size_t from = 0; from < torn.size(); from += Disk::kSector) {
            const std::string sector = torn.substr(from, Disk::kSector);
            expect(sector.find_first_not_of(sector.front()) == std::string::npos, "a sector is not torn");
        }
        found.insert(torn);
    }
    expect(found.contains(std::string(2'000, 'a')) && found.contains(std::string(2'000, 'b')) &&
               found.size() > 4,
           "all of it, nothing and parts are there at times");
}

void namesAreLostToo() {
    bool lost = false, kept = false;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Disk disk(seed);
        write(disk, opened(disk), 0, "new");
        disk.restart(Loss::Power);
        (disk.find(kPath) ? kept : lost) = true;
        (void)disk.sync(opened(disk), kPath);
        disk.restart(Loss::Power);
        expect(disk.find(kPath) != nullptr, "the name of a file that was synced is there");
    }
    expect(lost && kept, "a name that was not synced is there, or is not");
}

void aSyncThatFailsLosesPages() {
    std::set<std::string> found;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Disk disk(seed);
        const DiskFileRef file = opened(disk);
        write(disk, file, 0, std::string(3 * 4096, 'a'));
        expect(disk.sync(file, kPath) == 0, "a sync succeeds");
        write(disk, file, 0, std::string(3 * 4096, 'b'));
        disk.fate = [](Call call, const std::string&, std::size_t&) { return call == Call::Sync ? EIO : 0; };
        expect(disk.sync(file, kPath) == EIO, "a sync fails");
        disk.fate = [](Call, const std::string&, std::size_t&) { return 0; };
        expect(file->now == std::string(3 * 4096, 'b'), "programs see what they wrote");
        write(disk, file, 0, "b");
        expect(disk.sync(file, kPath) == 0, "the next one succeeds");
        disk.restart(Loss::Power);
        expect(disk.find(kPath)->now.starts_with(std::string(4096, 'b')),
               "a page that is written again is there");
        found.insert(disk.find(kPath)->now);
    }
    expect(found.contains(std::string(3 * 4096, 'b')) && found.size() > 4, "others are there at times");
}

void aRenameLastsWithItsFolder() {
    bool undone = false, done = false;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        for (const bool synced : {false, true}) {
            Disk disk(seed);
            disk.put(kPath, "old");
            const DiskFileRef file = opened(disk, "/d/new");
            write(disk, file, 0, "new");
            expect(disk.sync(file, "/d/new") == 0 && disk.rename("/d/new", kPath) == 0, "a file is renamed");
            expect(disk.sync(file, kPath) == 0, "what is in it lasts");
            if (synced) expect(disk.syncFolder(kPath) == 0, "and its folder is synced");
            disk.restart(Loss::Power);
            const bool moved = disk.find(kPath)->now == "new";
            expect(moved || (disk.find(kPath)->now == "old" && disk.find("/d/new")->now == "new"),
                   "it has one name or the other");
            expect(moved || !synced, "behind that it has the new one");
            if (!synced) (moved ? done : undone) = true;
        }
    }
    expect(undone && done, "before, either");
}

void aKillTearsAWrite() {
    Disk disk(1);
    const DiskFileRef file = opened(disk);
    disk.fate = [&](Call call, const std::string&, std::size_t& bytes) {
        if (call != Call::Write) return 0;
        bytes = 3;
        disk.die();
        return EIO;
    };
    std::size_t taken = 0;
    expect(disk.write(file, kPath, 0, "abcdef", taken) == EIO, "it fails");
    disk.restart(Loss::Kill);
    expect(disk.find(kPath)->now == "abc", "and leaves its beginning");
}

void sourcesAndSinksSeeTheFiles() {
    Disk disk(1);
    disk.makeFolder("/d");
    disk.put("/d/in.csv", "0123456789");
    const auto files = filesOf(disk);
    disk.fate = [](Call call, const std::string&, std::size_t& bytes) {
        if (call == Call::Read) bytes = std::min<std::size_t>(bytes, 3);
        return 0;
    };
    auto input = files->open("/d/in.csv");
    char into[8] = {};
    expect(input.ok() && *(*input)->read(2, into) == 3 && std::string(into, 3) == "234",
           "reads may be short");
    expect(files->state("/d/none").status().error().code == ErrorCode::NotFound, "what is not there is told");
    expect(files->matching("/d/*.csv").size() == 1, "patterns find files");
    const auto outputs = outputsOf(disk);
    disk.fate = [](Call call, const std::string&, std::size_t&) { return call == Call::Write ? ENOSPC : 0; };
    auto output = outputs->open("/d/out", "out");
    expect(output.ok() && !(*output)->write("x").ok(), "a full disk is an error");
    const auto alone = outputs->claim("/d/out", {}, OutputClaim::Mode::Alone);
    expect(alone.ok() && !outputs->claim("/d/out", {}, OutputClaim::Mode::Shared).ok(), "claims keep off");
}

/// A database to which rows are added, one a transaction, until the disk dies at call `calls`. How many were
/// committed, and how many are there afterwards.
struct Counted {
    int committed = 0, there = -1, calls = 0;
};
Counted addUntilDeath(std::uint64_t seed, int calls, Loss loss) {
    Disk disk(seed);
    const auto clock = std::make_shared<test::SimulatedClock>();
    const SqliteVfs vfs(disk, clock);
    Counted counted;
    try {
        SQLite::Database database(kDatabase, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0,
                                  SqliteVfs::name());
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = FULL");
        database.exec("CREATE TABLE t(n INTEGER, filler TEXT)");
        disk.fate = [&](Call call, const std::string&, std::size_t&) {
            if (call == Call::Read || call == Call::Lock || counted.calls++ < calls) return 0;
            disk.die();
            return EIO;
        };
        for (int n = 0; n < 30; ++n) {
            database.exec(fmt::format("INSERT INTO t VALUES ({}, '{}')", n, std::string(900, 'x')));
            ++counted.committed;
        }
    } catch (const SQLite::Exception&) {
        // the disk has died
    }
    disk.fate = [](Call, const std::string&, std::size_t&) { return 0; };
    disk.restart(loss);
    try {
        SQLite::Database database(kDatabase, SQLite::OPEN_READWRITE, 0, SqliteVfs::name());
        expect(database.execAndGet("PRAGMA integrity_check").getString() == "ok", "the file is whole");
        counted.there = database.execAndGet("SELECT count(*) FROM t").getInt();
        expect(database.execAndGet("SELECT count(*) - ifnull(max(n), -1) - 1 FROM t").getInt() == 0,
               "without gaps");
    } catch (const SQLite::Exception& error) {
        std::printf("seed %d, call %d: %s\n", static_cast<int>(seed), calls, error.what());
    }
    return counted;
}

void sqliteKeepsItsPromises() {
    for (const Loss loss : {Loss::Kill, Loss::Power}) {
        for (int calls = 0; calls < 150; ++calls) {
            const Counted counted = addUntilDeath(static_cast<std::uint64_t>(calls), calls, loss);
            expect(counted.there == counted.committed || counted.there == counted.committed + 1,
                   "what was committed is there, and at most the one that was under way");
        }
    }
}

/// SQLite gives the answer of the change to WAL before it commits that: where the commit fails it goes on
/// with a rollback journal, which needs other syncs.
void aLogThatCantBeBegunIsAnError() {
    int begun = 0, refused = 0;
    for (int sync = 0; sync < 12; ++sync) {
        Disk disk(1);
        disk.makeFolder("/d");
        const auto clock = std::make_shared<test::SimulatedClock>();
        const SqliteVfs vfs(disk, clock);
        int syncs = 0;
        disk.fate = [&](Call call, const std::string&, std::size_t&) {
            return call == Call::Sync && syncs++ == sync ? EIO : 0;
        };
        CheckpointStoreOptions options;
        options.location = {kDatabase, {}, true};
        options.lineage = "line";
        const auto store = makeCheckpointStore(std::move(options));
        MakeContext context;
        context.clock = clock;
        context.outputs = outputsOf(disk);
        context.checkpoints = "line";
        const Status status = store->open(context);
        (status.ok() ? begun : refused) += 1;
        if (status.ok()) expect(disk.find("/d/x.sqlite-wal") != nullptr, "what is begun has a log");
        store->close();
    }
    expect(begun > 0 && refused > 0, "some syncs fail while it begins");
}

void othersMayLock() {
    Disk disk(1);
    const auto clock = std::make_shared<test::SimulatedClock>();
    const SqliteVfs vfs(disk, clock);
    const int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    SQLite::Database one(kDatabase, flags), two(kDatabase, flags);  // ours is the usual one
    one.exec("PRAGMA journal_mode = WAL");
    one.exec("CREATE TABLE t(n INTEGER)");
    one.exec("BEGIN IMMEDIATE");
    one.exec("INSERT INTO t VALUES (1)");
    expect(two.tryExec("BEGIN IMMEDIATE") == SQLITE_BUSY, "two connections can't write at once");
    expect(two.execAndGet("SELECT count(*) FROM t").getInt() == 0, "a reader sees what was committed");
    one.exec("COMMIT");
    expect(two.execAndGet("SELECT count(*) FROM t").getInt() == 1, "and then that");
    disk.fate = [](Call call, const std::string&, std::size_t&) { return call == Call::Lock ? EBUSY : 0; };
    expect(two.tryExec("BEGIN IMMEDIATE") == SQLITE_BUSY, "another program keeps writers off");
    expect(two.execAndGet("SELECT count(*) FROM t").getInt() == 1, "but not readers");
}

}  // namespace

int main() {
    lossesTakeWhatWasNotSynced();
    namesAreLostToo();
    aSyncThatFailsLosesPages();
    aRenameLastsWithItsFolder();
    aKillTearsAWrite();
    sourcesAndSinksSeeTheFiles();
    sqliteKeepsItsPromises();
    aLogThatCantBeBegunIsAnError();
    othersMayLock();
    return rw::test::summary();
}
