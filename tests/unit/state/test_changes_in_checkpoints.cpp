// Checkpoints that contain a state by change: what is read, what goes when, and what a damaged file, a
// program that was killed and another one at the file leave of it.
#include <SQLiteCpp/Statement.h>

#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string partOf(int number) {
    StateWriter part;
    part.keyed("part", number % 256, 1, [&](StateWriter& record) {
        record.i64("number", number);
        record.bytes("more", std::string(1'000, static_cast<char>('a' + number % 26)));
    });
    return part.takeFields();
}

std::string restOf(Epoch number) {
    StateWriter rest;
    rest.u64("number", number);
    return rest.finish();
}

/// A run whose node “sums” has its state by change.
class Changing {
 public:
    explicit Changing(const Work& work, const std::string& owner = {})
        : m_open(opened(optionsOf(work.location(owner)))) {}

    CheckpointStore& store() { return *m_open.store; }
    /// A checkpoint with these parts besides those before, or with these alone.
    Status write(Epoch number, bool whole, const std::vector<int>& parts, bool pending = false) {
        StateSnapshot snapshot = snapshotOf(number);
        snapshot.pending = pending;
        StateSnapshot::Changes changes;
        changes.instance = 3;  // those before it have ended
        changes.whole = whole;
        for (const int part : parts) {
            RW_TRY_ASSIGN(std::string name, store().add(partOf(part)));
            changes.parts.push_back(std::move(name));
        }
        snapshot.states[{"sums", 0}] = {restOf(number)};
        snapshot.changes[{"sums", 0}] = {changes};
        return store().write(snapshot).status();
    }

 private:
    const Open m_open;
};

/// The state of “sums” in the newest checkpoint, as its number and those of its parts; or why it can't be
/// read.
std::string newestState(const Work& work, const std::string& owner = {}) {
    const auto loaded = loadCheckpoint(work.location(owner));
    if (!loaded.ok()) return message(loaded.status());
    if (!*loaded) return "none";
    const auto& states = (*loaded)->snapshot.states.at({"sums", 0});
    if (states.size() != 1 || !(*loaded)->snapshot.changes.empty()) return "not one state";
    const Result<StateReader> reader = StateReader::open(states.front());
    if (!reader.ok()) return message(reader.status());
    const auto parts = reader->keyed("part");
    if (!parts.ok()) return message(parts.status());
    std::string out = std::to_string(*reader->u64("number")) + ":";
    for (const auto& [group, record] : *parts) {
        const auto number = *record.i64("number");
        if (group != number % 256) return "another key group";
        out += " " + std::to_string(number);
    }
    return out;
}

std::int64_t single(const Work& work, const char* sql) {
    SQLite::Database database(work.path(), SQLite::OPEN_READWRITE);
    return database.execAndGet(sql).getInt64();
}

/// Those of “sums” alone.
constexpr const char* kParts =
    "SELECT count(*) FROM _rill_checkpoint_parts WHERE length(content) BETWEEN 1000 AND 1200";

}  // namespace

class TestChangesInCheckpoints : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aStateIsAllPartsSinceTheWhole() {
        const Work work;
        Changing run(work);
        QVERIFY(run.write(1, true, {1, 2}).ok());
        QCOMPARE(newestState(work), std::string("1: 1 2"));
        QVERIFY(run.write(2, false, {3}).ok());
        QVERIFY(run.write(3, false, {}).ok());
        QVERIFY(run.write(4, false, {1, 4}).ok());  // the same content once more
        QCOMPARE(newestState(work), std::string("4: 1 2 3 1 4"));
        QVERIFY(run.write(5, true, {5}).ok());
        QCOMPARE(newestState(work), std::string("5: 5"));
        QCOMPARE(single(work, kParts), 5);  // of the two checkpoints before
        for (const Epoch number : {6U, 7U, 8U}) QVERIFY(run.write(number, false, {}).ok());
        QCOMPARE(single(work, kParts), 1);
        QCOMPARE(single(work, "SELECT count(*) FROM _rill_checkpoint_uses WHERE checkpoint < 0"), 0);
    }

    void onlyNewPartsAreWritten() {
        const Work work;
        Changing run(work);
        QVERIFY(run.write(1, true, {1, 2, 3, 4}).ok());
        StateSnapshot snapshot = snapshotOf(1);
        snapshot.number = 2;
        snapshot.states[{"sums", 0}] = {restOf(1)};
        StateSnapshot::Changes changes;
        changes.instance = 3;
        snapshot.changes[{"sums", 0}] = {changes};
        const auto size = run.store().write(snapshot);
        QVERIFY(size.ok());
        QCOMPARE(size->written, std::uint64_t{0});
        QVERIFY(size->bytes > 4'000);
    }

    void onesThatDoNotGoOnFromTheOneBeforeAreRefused() {
        const Work work;
        Changing run(work);
        QVERIFY(!run.write(1, false, {1}).ok());
        QCOMPARE(newestState(work), std::string("none"));
        QVERIFY(run.write(1, true, {1}).ok());
        // One that has all of the state in one piece lies between.
        QVERIFY(run.store().write(snapshotOf(2)).ok());
        QVERIFY(!run.write(3, false, {2}).ok());
        QVERIFY(run.write(3, true, {2}).ok());
        QCOMPARE(newestState(work), std::string("3: 2"));
    }

    void whatWasGivenUpIsDropped() {
        const Work work;
        {
            Changing run(work);
            QVERIFY(run.write(1, true, {1}).ok());
            QVERIFY(run.store().add(partOf(7)).ok());
            QCOMPARE(single(work, kParts), 2);
            QVERIFY(run.write(2, false, {2}).ok());
            QVERIFY(run.write(3, false, {3}).ok());
            for (const Epoch number : {4U, 5U, 6U}) QVERIFY(run.write(number, false, {}).ok());
            QCOMPARE(single(work, kParts), 3);
            QVERIFY(run.store().add(partOf(8)).ok());
        }
        // The program was killed.
        QCOMPARE(single(work, kParts), 4);
        Changing next(work);
        for (const Epoch number : {7U, 8U, 9U, 10U}) QVERIFY(next.write(number, true, {9}).ok());
        QCOMPARE(single(work, kParts), 1);
        QCOMPARE(newestState(work), std::string("10: 9"));
    }

    void partsWaitForTheirCheckpointWhateverOthersRemove() {
        const Work work;
        Changing run(work);
        QVERIFY(run.write(1, true, {1}).ok());
        QVERIFY(nameCheckpoint(work.location(), savedCheckpoints(work.location())->front(), "mine").ok());
        StateSnapshot::Changes changes;
        changes.instance = 3;
        const Result<std::string> name = run.store().add(partOf(2));
        QVERIFY(name.ok());
        // Also removes parts that nothing uses.
        QVERIFY(removeSavepoint(work.location(), "mine").ok());
        QVERIFY(run.write(2, false, {3}).ok());
        QCOMPARE(newestState(work), std::string("2: 1 3"));
    }

    void pendingOnesAreOfTheirVersionStill() {
        const Work work;
        Changing run(work);
        run.store().expectDecider();
        QVERIFY(run.write(1, true, {1}, true).ok());
        QCOMPARE(single(work, "SELECT version * 10 + pending FROM _rill_checkpoints"), 31);
        QVERIFY(run.store().decided(1).ok());
        QCOMPARE(single(work, "SELECT version * 10 + pending FROM _rill_checkpoints"), 30);
        QCOMPARE(newestState(work), std::string("1: 1"));
    }

    void ownersAreApart() {
        const Work work;
        Changing one(work, "one");
        QVERIFY(one.write(1, true, {1}).ok());
        QVERIFY(one.store().add(partOf(2)).ok());
        one.store().close();
        Changing other(work, "other");
        QVERIFY(other.write(1, true, {1}).ok());
        QCOMPARE(newestState(work, "one"), std::string("1: 1"));
        QCOMPARE(newestState(work, "other"), std::string("1: 1"));
    }

    void aDamagedPartIsNoticed() {
        const Work work;
        {
            Changing run(work);
            QVERIFY(run.write(1, true, {1}).ok());
            QVERIFY(run.write(2, false, {2}).ok());
        }
        single(work,
               "UPDATE _rill_checkpoint_parts SET content = zeroblob(length(content)) WHERE id = (SELECT "
               "max(id) "
               "FROM _rill_checkpoint_parts WHERE length(content) BETWEEN 1000 AND 1200) RETURNING 1");
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(loaded.ok() && *loaded);
        QCOMPARE((*loaded)->about.number, Epoch{1});
        QCOMPARE((*loaded)->passedOver.size(), std::size_t{1});
        QCOMPARE(newestState(work), std::string("1: 1"));
    }

    void aPartThatIsGoneFailsTheNextOne() {
        const Work work;
        Changing run(work);
        QVERIFY(run.write(1, true, {1}).ok());
        single(work,
               "DELETE FROM _rill_checkpoint_parts WHERE length(content) BETWEEN 1000 AND 1200 RETURNING 1");
        const Status status = run.write(2, false, {2});
        QVERIFY2(message(status).find("are not in the file any more") != std::string::npos,
                 message(status).c_str());
        const Status next = run.write(2, true, {3});
        QVERIFY2(next.ok(), message(next).c_str());
        QCOMPARE(newestState(work), std::string("2: 3"));
    }
};

QTEST_APPLESS_MAIN(TestChangesInCheckpoints)
#include "test_changes_in_checkpoints.moc"
