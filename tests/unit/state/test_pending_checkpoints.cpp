// Checkpoints that a sink has still to decide: they replace none until they count.
#include <SQLiteCpp/Database.h>

#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

StateSnapshot undecided(Epoch number) {
    StateSnapshot made = snapshotOf(number);
    made.pending = true;
    return made;
}

/// Of a run that resumes from checkpoint `from`, with a sink that decides.
Open deciding(const Work& work, Epoch from = 0, int keep = 1) {
    CheckpointStoreOptions options = optionsOf(work.location());
    options.from = from;
    options.keep = keep;
    Open made;
    made.store = makeCheckpointStore(std::move(options));
    made.store->expectDecider();
    made.status = made.store->open(context());
    return made;
}

bool isPending(const Work& work) {
    const auto loaded = loadCheckpoint(work.location());
    return loaded.ok() && *loaded && (*loaded)->snapshot.pending;
}

std::size_t countOf(const Work& work) {
    const auto saved = savedCheckpoints(work.location());
    return saved.ok() ? saved->size() : 0;
}

/// As programs had it that knew of none that are pending.
void makeOld(const Work& work) {
    SQLite::Database(work.path(), SQLite::OPEN_READWRITE)
        .exec("ALTER TABLE _rill_checkpoints DROP COLUMN pending");
}

}  // namespace

class TestPendingCheckpoints : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void takesThePlaceOfNoneUntilItCounts() {
        const Work work;
        const Open open = deciding(work);
        QVERIFY(open.store->write(undecided(1)).ok());
        QVERIFY(open.store->decided(1).ok());
        QVERIFY(open.store->write(undecided(2)).ok());
        QCOMPARE(newest(work.location()), 2);
        QVERIFY(isPending(work));
        QCOMPARE(countOf(work), std::size_t{2});
        QVERIFY(open.store->decided(2).ok());
        QVERIFY(!isPending(work));
        QCOMPARE(newest(work.location()), 2);
        QCOMPARE(countOf(work), std::size_t{1});
        open.store->close();
    }

    void isOneLikeOthersOnceItsSinkSaysSo() {
        const Work work;
        const Open first = deciding(work);
        QVERIFY(first.store->write(undecided(1)).ok());
        first.store->close();
        // A run that is killed here asks again.
        for (int times = 0; times < 2; ++times) {
            const Open next = deciding(work, 1);
            QVERIFY(next.store->settle(1, true).ok());
            QVERIFY(!isPending(work));
            next.store->close();
        }
        const Open next = deciding(work, 1);
        QVERIFY(next.store->begun().ok());
        QVERIFY(next.store->write(undecided(2)).ok());
        QVERIFY(next.store->decided(2).ok());
        QCOMPARE(newest(work.location()), 2);
        next.store->close();
    }

    void isGoneWhereItsSinkDeniesIt() {
        const Work work;
        const Open first = deciding(work);
        QVERIFY(first.store->write(undecided(1)).ok());
        QVERIFY(first.store->decided(1).ok());
        QVERIFY(first.store->write(undecided(2)).ok());
        first.store->close();
        const Open next = deciding(work, 2);
        QVERIFY(next.store->settle(2, false).ok());
        next.store->close();
        QCOMPARE(newest(work.location()), 1);
        const auto before = next.store->next();
        QVERIFY(before.ok() && before->restore);
        QCOMPARE(before->restore->number, Epoch{1});
        // The same number comes again, for other rows.
        before->store->expectDecider();
        QVERIFY(before->store->open(context()).ok());
        QVERIFY(before->store->write(undecided(2)).ok());
        QVERIFY(before->store->decided(2).ok());
        QCOMPARE(newest(work.location()), 2);
        before->store->close();
    }

    /// The run starts from the beginning, and the files of other runs are still there.
    void theFirstMayBeGone() {
        const Work work;
        {
            const Open other = opened(optionsOf(work.location(), "another line"));
            QVERIFY(other.store->write(snapshotOf(7)).ok());
            other.store->close();
        }
        const Open first = deciding(work);
        QVERIFY(first.store->write(undecided(1)).ok());
        QCOMPARE(countOf(work), std::size_t{2});
        first.store->close();
        const Open next = deciding(work, 1);
        QVERIFY(next.store->settle(1, false).ok());
        next.store->close();
        const auto before = next.store->next();
        QVERIFY2(before.ok(), message(before.status()).c_str());
        QVERIFY(!before->restore && !before->finished);
        QCOMPARE(newest(work.location()), 7);
    }

    void hasNoName() {
        const Work work;
        const Open open = deciding(work);
        QVERIFY(open.store->write(undecided(1)).ok());
        const auto saved = savedCheckpoints(work.location());
        QVERIFY(saved.ok() && saved->size() == 1 && saved->front().pending);
        QVERIFY(!nameCheckpoint(work.location(), saved->front(), "mine").ok());
        QVERIFY(open.store->decided(1).ok());
        QVERIFY(nameCheckpoint(work.location(), savedCheckpoints(work.location())->front(), "mine").ok());
        open.store->close();
    }

    /// An older program refuses one that is pending, and takes the others.
    void hasAVersionOfItsOwn() {
        const Work work;
        const auto version = [&work] {
            return SQLite::Database(work.path(), SQLite::OPEN_READONLY)
                .execAndGet("SELECT max(version) FROM _rill_checkpoints")
                .getInt();
        };
        const Open open = deciding(work);
        QVERIFY(open.store->write(undecided(1)).ok());
        QCOMPARE(version(), 2);
        QVERIFY(open.store->decided(1).ok());
        QCOMPARE(version(), 1);
        open.store->close();
    }

    void olderFilesAreReadAndWritten() {
        const Work work;
        writeAll(work, 1, 3);
        makeOld(work);
        QCOMPARE(newest(work.location()), 3);
        QVERIFY(!isPending(work));
        const Open next = deciding(work, 3);
        QVERIFY2(next.status.ok(), message(next.status).c_str());
        QVERIFY(next.store->begun().ok());
        QVERIFY(next.store->write(undecided(4)).ok());
        QVERIFY(isPending(work));
        next.store->close();
    }

    void oneThatIsGoneCantCount() {
        const Work work;
        const Open open = deciding(work);
        QVERIFY(open.store->write(undecided(1)).ok());
        SQLite::Database(work.path(), SQLite::OPEN_READWRITE).exec("DELETE FROM _rill_checkpoints");
        QVERIFY(message(open.store->decided(1)).find("is not there any more") != std::string::npos);
        open.store->close();
    }
};

QTEST_APPLESS_MAIN(TestPendingCheckpoints)
#include "test_pending_checkpoints.moc"
