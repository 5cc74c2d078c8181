// Checkpoints under attack: which can be resumed after cuts, wrong bytes, other runs and other versions.
#include <SQLiteCpp/Statement.h>

#include <QFile>
#include <QtTest/QtTest>
#include <algorithm>

#include "core/state/checkpoint_tables.h"
#include "core/state/damaged_file.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

void change(const std::string& path, const std::string& sql) {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    database.exec(sql);
}

/// Shares no part with one of another number.
StateSnapshot unlike(Epoch number) {
    StateSnapshot made = snapshotOf(number, 4'000);
    for (auto& state : made.states[{"window", 0}]) state += std::string(200'000, static_cast<char>(number));
    return made;
}

void writeTwoUnlike(const Work& work) {
    for (const Epoch number : {Epoch{1}, Epoch{2}}) {
        const Open open = opened(optionsOf(work.location()));
        QVERIFY(open.store->write(unlike(number)).ok());
        open.store->close();
    }
}

int count(const std::string& path, const std::string& table) {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    return database.execAndGet("SELECT count(*) FROM " + table).getInt();
}

}  // namespace

class TestCheckpointStore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsWrittenComesBack() {
        const Work work;
        QCOMPARE(newest(work.location()), 0);
        writeAll(work, 1, 2);
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(loaded.ok() && *loaded);
        const LoadedCheckpoint& found = **loaded;
        QCOMPARE(found.about.number, Epoch{2});
        QVERIFY(found.about.lineage == "line" && found.passedOver.empty() && !found.fileDamaged);
        QCOMPARE(found.about.taken, Instant{1'700'000'000'000});
        QCOMPARE(found.snapshot.began, Instant{77});
        QVERIFY(found.snapshot.states == snapshotOf(2).states);
        QVERIFY(found.pipeline == optionsOf(work.location()).pipeline);
    }

    void onlyWhatIsNewIsWritten() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        QVERIFY(open.status.ok());
        const auto first = open.store->write(snapshotOf(1, 20'000));
        const auto second = open.store->write(snapshotOf(2, 20'000));
        QVERIFY(first.ok() && second.ok());
        QVERIFY(first->bytes > 5'000'000 && first->written > 5'000'000);
        QVERIFY(second->bytes > 5'000'000 && second->written < 400'000);
        // It is told by node: the state of the window has changed in one group, the source has a new
        // position.
        QVERIFY(first->writtenOf.at("window") > 5'000'000);
        QVERIFY(second->writtenOf.at("window") > 20'000 && second->writtenOf.at("window") < 400'000);
        QVERIFY(second->writtenOf.at("src") > 0 && second->writtenOf.at("src") < 1'000);
        for (const CheckpointSize& size : {*first, *second}) {
            std::uint64_t all = 0;
            for (const auto& [node, bytes] : size.writtenOf) all += bytes;
            QCOMPARE(all, size.written);
        }
        open.store->close();
        QCOMPARE(newest(work.location(), 20'000), 2);
    }

    void aLargeOneIsWrittenInPieces() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        const auto first = open.store->write(snapshotOf(1, 200'000));  // 51 MB
        QVERIFY(first.ok() && first->written == first->bytes);
        const auto second = open.store->write(snapshotOf(2, 200'000));
        QVERIFY(second.ok() && second->written < 400'000);
        open.store->close();
        QCOMPARE(newest(work.location(), 200'000), 2);
        // That of another run replaces it: equal parts are not written again.
        const Open other = opened(optionsOf(work.location(), "other"));
        QVERIFY(other.store->write(snapshotOf(3, 200'000))->written < 400'000);
    }

    void soManyAreKept() {
        const Work work;
        writeAll(work, 1, 4);
        const int parts = count(work.path(), "_rill_checkpoint_parts");
        writeAll(work, 5, 30);
        QCOMPARE(count(work.path(), "_rill_checkpoints"), 3);
        QCOMPARE(count(work.path(), "_rill_checkpoint_parts"), parts);
        QCOMPARE(newest(work.location()), 30);
    }

    // Damage ------------------------------------------------------------------------------------------------
    void aDamagedOneIsPassedOver_data() {
        QTest::addColumn<QByteArray>("damage");
        QTest::newRow("content") << QByteArray(
            "UPDATE _rill_checkpoint_parts SET content = zeroblob(length(content)) WHERE id = (SELECT "
            "max(id) FROM _rill_checkpoint_parts)");
        QTest::newRow("part missing") << QByteArray(
            "DELETE FROM _rill_checkpoint_parts WHERE id = (SELECT max(id) FROM _rill_checkpoint_parts)");
        QTest::newRow("use missing") << QByteArray(
            "DELETE FROM _rill_checkpoint_uses WHERE checkpoint = 2 AND place = 3");
        QTest::newRow("place moved") << QByteArray(
            "UPDATE _rill_checkpoint_uses SET instance = 2000000000 WHERE checkpoint = 2 AND place = 4");
        QTest::newRow("kind") << QByteArray("UPDATE _rill_checkpoints SET kind = 2 WHERE number = 2");
        QTest::newRow("number") << QByteArray("UPDATE _rill_checkpoints SET number = 9 WHERE number = 2");
    }

    void aDamagedOneIsPassedOver() {
        QFETCH(QByteArray, damage);
        const Work work;
        writeAll(work, 1, 2);
        change(work.path(), damage.toStdString());
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY2(loaded.ok() && *loaded, message(loaded.status()).c_str());
        QCOMPARE((*loaded)->about.number, Epoch{1});
        QCOMPARE((*loaded)->passedOver.size(), std::size_t{1});
        QVERIFY(english((*loaded)->passedOver.front()).find("is damaged") != std::string::npos);
        QCOMPARE(newest(work.location()), 1);
        // The run resumes from 1, and its second one replaces the damaged one.
        writeAll(work, 2, 2);
        QCOMPARE(newest(work.location()), 2);
        QCOMPARE(count(work.path(), "_rill_checkpoints"), 2);
    }

    void withoutAWholeOneNothingIsGuessed() {
        const Work work;
        writeAll(work, 1, 2);
        change(work.path(), "UPDATE _rill_checkpoint_parts SET content = x'00'");
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(!loaded.ok());
        QVERIFY2(message(loaded.status()).find("None of 2 checkpoints is whole") != std::string::npos,
                 message(loaded.status()).c_str());
    }

    void aCutFileIsReadAsFarAsItGoes() {
        const Work work;
        writeTwoUnlike(work);
        QFile file(QString::fromStdString(work.path()));
        const qint64 size = file.size();
        bool older = false;
        for (qint64 cut = size; cut > 0; cut -= 4096 * 7) {
            QVERIFY(QFile::resize(file.fileName(), cut));
            const auto loaded = loadCheckpoint(work.location());
            if (!loaded.ok()) continue;
            QVERIFY(*loaded);
            const LoadedCheckpoint& found = **loaded;
            QVERIFY(found.snapshot.states == unlike(found.about.number).states);
            QVERIFY(found.fileDamaged == (cut < size));
            older = older || (found.about.number == 1 && found.passedOver.size() == 1);
        }
        QVERIFY(older);
    }

    /// The start that follows may fail before it has written anything.
    void whatIsWholeOfACutFileIsThereWhenItWasPutAside() {
        const Work work;
        writeTwoUnlike(work);
        const auto saved = savedCheckpoints(work.location());
        QVERIFY(saved.ok() && saved->size() == 2);
        QVERIFY(nameCheckpoint(work.location(), saved->back(), "kept").ok());
        const QString file = QString::fromStdString(work.path());
        const auto numberNow = [&work]() -> Epoch {
            const auto loaded = loadCheckpoint(work.location());
            return loaded.ok() && *loaded && (*loaded)->fileDamaged ? (*loaded)->about.number : 0;
        };
        for (qint64 cut = QFile(file).size() - 4096 * 7; cut > 0 && numberNow() != 1; cut -= 4096 * 7)
            QVERIFY(QFile::resize(file, cut));
        QCOMPARE(numberNow(), Epoch{1});
        const auto aside = putDamagedAside(work.location());
        QVERIFY2(aside.ok(), message(aside.status()).c_str());
        QVERIFY(QFile::exists(QString::fromStdString(*aside)));
        for (const std::string& name : {std::string(), std::string("kept")}) {
            const auto loaded = loadCheckpoint(work.location(), name);
            QVERIFY2(loaded.ok() && *loaded, message(loaded.status()).c_str());
            QVERIFY(!(*loaded)->fileDamaged && (*loaded)->passedOver.empty());
            QCOMPARE((*loaded)->about.number, Epoch{1});
            QVERIFY((*loaded)->snapshot.states == unlike(1).states);
        }
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 1;
        const Open open = opened(std::move(options));
        QVERIFY2(open.status.ok() && open.store->write(unlike(2)).ok(), message(open.status).c_str());
        open.store->close();
        const auto after = loadCheckpoint(work.location());
        QVERIFY(after.ok() && *after);
        QCOMPARE((*after)->about.number, Epoch{2});
    }

    void whatIsNoDatabaseIsSaid() {
        const Work work;
        QFile file(QString::fromStdString(work.path()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray("letter ").repeated(2000)) > 0);
        file.close();
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY2(message(loaded.status()).find("is not an SQLite database") != std::string::npos,
                 message(loaded.status()).c_str());
    }

    // Others ------------------------------------------------------------------------------------------------
    void aNewerVersionIsRefused() {
        const Work work;
        writeAll(work, 1, 2);
        change(work.path(), "UPDATE _rill_checkpoints SET version = " +
                                std::to_string(kCheckpointVersion + 1) + " WHERE number = 2");
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY2(message(loaded.status()).find("was written by a newer version") != std::string::npos,
                 message(loaded.status()).c_str());
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && all->size() == 2 && !all->front().readable && all->back().readable);
    }

    void aLockedFileIsNamed() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        QVERIFY(open.store->write(snapshotOf(1)).ok());
        SQLite::Database other(work.path(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        const auto written = open.store->write(snapshotOf(2));
        other.exec("ROLLBACK");
        QVERIFY2(message(written.status()).find("locked; waited 5\u2009s") != std::string::npos,
                 message(written.status()).c_str());
        open.store->close();
        QCOMPARE(newest(work.location()), 1);
    }

    void twoRunsAtOnceAreRefused() {
        const Work work;
        const Open first = opened(optionsOf(work.location()));
        QVERIFY(first.status.ok());
        const Open second = opened(optionsOf(work.location(), "other"));
        QVERIFY2(message(second.status).find("is being written by another run") != std::string::npos,
                 message(second.status).c_str());
        first.store->close();
        QVERIFY(opened(optionsOf(work.location(), "other")).status.ok());
    }

    void ownersInOneFileKeepApart() {
        const Work work;
        for (const char* owner : {"a.rill", "b.rill"}) {
            const Open open = opened(optionsOf(work.location(owner), owner));
            QVERIFY(open.store->write(snapshotOf(*owner == 'a' ? 1 : 7)).ok());
            open.store->close();
        }
        QCOMPARE(newest(work.location("a.rill")), 1);
        QCOMPARE(newest(work.location("b.rill")), 7);
        QCOMPARE(newest(work.location("c.rill")), 0);
    }

    void aNewLineDropsTheOneBeforeWithItsFirst() {
        const Work work;
        writeAll(work, 1, 3);
        const Open open = opened(optionsOf(work.location(), "other"));
        QCOMPARE(newest(work.location()), 3);
        QVERIFY(open.store->write(snapshotOf(1)).ok());
        open.store->close();
        QCOMPARE(count(work.path(), "_rill_checkpoints"), 1);
        QCOMPARE((*loadCheckpoint(work.location()))->about.lineage, std::string("other"));
    }

    // Savepoints and ends -----------------------------------------------------------------------------------
    void savepointsStayUntilTheyAreRemoved() {
        const Work work;
        writeAll(work, 1, 2);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->front(), "before the edit").ok());
        writeAll(work, 3, 9);
        QCOMPARE(newest(work.location()), 9);
        const auto named = loadCheckpoint(work.location(), "before the edit");
        QVERIFY(named.ok() && *named);
        QCOMPARE((*named)->about.number, Epoch{2});
        QVERIFY((*named)->snapshot.states == snapshotOf(2).states);
        QCOMPARE(loadCheckpoint(work.location(), "another").error().code == ErrorCode::NotFound, true);
        QVERIFY(removeSavepoint(work.location(), "before the edit").ok());
        QVERIFY(!removeSavepoint(work.location(), "before the edit").ok());
        QVERIFY(!loadCheckpoint(work.location(), "before the edit").ok());
        QCOMPARE(count(work.path(), "_rill_checkpoints"), 3);
    }

    /// The checkpoint that a run under way would have to resume from.
    void theNewestOnlyLosesItsName() {
        const Work work;
        writeAll(work, 1, 1);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->front(), "now").ok());
        QVERIFY(removeSavepoint(work.location(), "now").ok());
        QVERIFY(!loadCheckpoint(work.location(), "now").ok());
        QCOMPARE(newest(work.location()), 1);
    }

    /// The same from the list, where it may be another program's run that goes on.
    void theNewestOfTheListOnlyLosesItsName() {
        const Work work;
        writeAll(work, 1, 2);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->front(), "now").ok());
        QVERIFY(nameCheckpoint(work.location(), all->back(), "before").ok());
        const auto named = savedCheckpoints(work.location());
        QVERIFY(named.ok());
        QVERIFY(removeSaved(work.location(), named->front()).ok());
        QVERIFY(removeSaved(work.location(), named->back()).ok());
        const auto left = savedCheckpoints(work.location());
        QVERIFY(left.ok());
        QCOMPARE(left->size(), std::size_t{1});
        QVERIFY(left->front().name.empty());
        QCOMPARE(newest(work.location()), 2);
        // Without a name it goes: the user who deletes that was asked, and knows that no run goes on.
        QVERIFY(removeSaved(work.location(), left->front()).ok());
        QCOMPARE(newest(work.location()), 0);
    }

    /// It is as large as all that the run keeps.
    void whatARunGoesOnFromIsLetGoOnceItHasBegun() {
        const Work work;
        auto state = std::make_shared<const StateSnapshot>(snapshotOf(5));
        const std::weak_ptr<const StateSnapshot> kept = state;
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 5;
        options.fromState = std::move(state);
        const Open open = opened(std::move(options));
        QVERIFY(open.status.ok() && !kept.expired());
        QVERIFY(open.store->begun().ok());
        QVERIFY(kept.expired());
        open.store->close();
        QCOMPARE(newest(work.location()), 5);
    }

    /// Its state was fitted to the edited pipeline, which is not kept once there is a newer one.
    void whatIsOfThePipelineBeforeItsEditIsNotGoneOnFromUnasked() {
        const Work work;
        writeAll(work, 1, 1);
        CheckpointStoreOptions edited = optionsOf(work.location());
        edited.pipeline.text += ", edited";
        edited.from = 1;
        {
            const Open open = opened(edited);
            QVERIFY(open.status.ok() && open.store->begun().ok());
            open.store->close();
            const auto next = open.store->next();
            QVERIFY(next.ok() && next->restore && next->restore->number == 1);
        }
        const Open open = opened(edited);
        QVERIFY(open.status.ok() && open.store->begun().ok());
        QVERIFY(open.store->write(snapshotOf(2)).ok());
        open.store->close();
        const auto next = open.store->next();
        QVERIFY(next.ok() && next->restore && next->restore->number == 2);
        change(work.path(), "UPDATE _rill_checkpoints SET sum = sum + 1 WHERE number = 2");
        const auto older = open.store->next();
        QVERIFY(!older.ok() && older.error().code == ErrorCode::Invalid);
    }

    void whoGoesOnFromAnOlderOneForgetsTheNewer() {
        const Work work;
        writeAll(work, 1, 3);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->back(), "old").ok());
        writeAll(work, 4, 6);
        const auto later = savedCheckpoints(work.location());
        QVERIFY(later.ok() && nameCheckpoint(work.location(), (*later)[1], "between").ok());
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 1;
        // Killed before its first checkpoint: sinks are where 1 was, though a savepoint is behind it.
        for (int again = 0; again < 2; ++again) {
            const Open open = opened(options);
            QVERIFY2(open.status.ok(), message(open.status).c_str());
            QCOMPARE(newest(work.location()), again == 0 ? 6 : 1);
            QVERIFY(open.store->begun().ok());
            open.store->close();
            QCOMPARE(newest(work.location()), 1);
        }
        const Open open = opened(options);
        QVERIFY(open.status.ok() && open.store->begun().ok() && open.store->write(snapshotOf(2)).ok());
        open.store->close();
        QCOMPARE(newest(work.location()), 2);
        QVERIFY(loadCheckpoint(work.location(), "old").ok());
        // Its number will have other rows: a run that resumed from it would have some twice or not at all.
        const auto between = loadCheckpoint(work.location(), "between");
        QVERIFY2(message(between.status()).find("can't be resumed from any more") != std::string::npos,
                 message(between.status()).c_str());
        const auto listed = savedCheckpoints(work.location());
        QVERIFY(listed.ok() && std::count_if(listed->begin(), listed->end(),
                                             [](const SavedCheckpoint& saved) { return saved.behind; }) == 1);
        QVERIFY(removeSavepoint(work.location(), "between").ok());
        writeAll(work, 3, 8);
        QCOMPARE(newest(work.location()), 8);
    }

    /// Its sinks have taken back later rows: a run that resumed from that would miss those rows.
    void whatLiesBehindIsNotGoneOnFromWhereNothingElseIsWhole() {
        const Work work;
        writeAll(work, 1, 3);
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 1;
        const Open open = opened(options);
        QVERIFY(open.status.ok() && open.store->begun().ok());
        open.store->close();
        QCOMPARE(newest(work.location()), 1);
        change(work.path(), "UPDATE _rill_checkpoints SET sum = sum + 1 WHERE number = 1");
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(!loaded.ok() && loaded.error().code == ErrorCode::Invalid);
    }

    void aRunThatDoesNotBeginLeavesAllAsItWas() {
        const Work work;
        writeAll(work, 1, 3);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->back(), "old").ok());
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 1;
        {
            const Open open = opened(options);  // and then a sink can't be opened
            QVERIFY(open.status.ok());
            QCOMPARE(newest(work.location()), 3);
        }
        QCOMPARE(newest(work.location()), 3);
        const auto after = savedCheckpoints(work.location());
        QVERIFY(after.ok() && after->size() == all->size());
    }

    /// The fault is its content, not the disk, and time does not mend it.
    void aTableThatAnotherProgramRemovedIsNamed() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        QVERIFY(open.status.ok() && open.store->write(snapshotOf(1)).ok());
        change(work.path(), "DROP TABLE _rill_checkpoints");
        const Status status = open.store->write(snapshotOf(2)).status();
        QVERIFY2(message(status).find("A table that checkpoints need was removed from “" + work.path() +
                                      "” by another program: no such table: _rill_checkpoints") !=
                     std::string::npos,
                 message(status).c_str());
        QVERIFY(status.error().code == ErrorCode::Invalid &&
                english(status.error().fix).find("disk") == std::string::npos);
    }

    void aNameIsGivenToOneCheckpointAlone() {
        const Work work;
        writeAll(work, 1, 2);
        const auto all = savedCheckpoints(work.location());
        QVERIFY(all.ok() && nameCheckpoint(work.location(), all->back(), "first").ok());
        QVERIFY(opened(optionsOf(work.location(), "other")).store->write(snapshotOf(1)).ok());
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 1;
        QVERIFY(opened(options).store->begun().ok());
        // The newest is a second row of the same number.
        const auto now = savedCheckpoints(work.location());
        QVERIFY(now.ok() && nameCheckpoint(work.location(), now->front(), "second").ok());
        for (const char* name : {"first", "second"}) QVERIFY(loadCheckpoint(work.location(), name).ok());
    }

    void whatAFileDoesNotHaveIsWrittenAtOnce() {
        const Work work;
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = 4;
        options.fromState = std::make_shared<const StateSnapshot>(snapshotOf(4));
        const Open open = opened(options);
        QVERIFY(open.status.ok() && open.store->begun().ok());
        open.store->close();
        QCOMPARE(newest(work.location()), 4);
    }

    void anEndIsRemembered() {
        const Work work;
        const Open open = opened(optionsOf(work.location()));
        StateSnapshot last = snapshotOf(2);
        last.ended = true;
        QVERIFY(open.store->write(snapshotOf(1)).ok() && open.store->write(last).ok());
        QVERIFY((*loadCheckpoint(work.location()))->snapshot.ended);
        QVERIFY(open.store->finish().ok());
        open.store->close();
        const auto loaded = loadCheckpoint(work.location());
        QVERIFY(loaded.ok() && *loaded && (*loaded)->about.kind == CheckpointKind::Finished);
        QCOMPARE(count(work.path(), "_rill_checkpoint_parts"), 0);
    }
};

QTEST_APPLESS_MAIN(TestCheckpointStore)
#include "test_checkpoint_store.moc"
