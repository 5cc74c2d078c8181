// Checkpoints on a disk to which nothing comes any more, as when the program is killed, or that is full.
#include <QFile>
#include <QtTest/QtTest>
#include <memory>

#include "tests/support/memory_outputs.h"
#include "tests/unit/state/dying_disk.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A store that has written some checkpoints, opened again on a disk that dies when it is told to. `from`: to
/// resume from one that is elsewhere.
struct DyingStore {
    Work work{};
    DyingDisk disk{};
    Open open{};

    explicit DyingStore(Epoch first = 1, Epoch last = 1, Epoch from = 0) {
        writeAll(work, first, last);
        const auto outputs = std::make_shared<MemoryOutputs>();
        outputs->vfs = "dying";
        CheckpointStoreOptions options = optionsOf(work.location());
        options.from = from;
        if (from > 0) options.fromState = std::make_shared<const StateSnapshot>(snapshotOf(from));
        open = opened(std::move(options), context(outputs));
    }
};

}  // namespace

class TestCheckpointDisk : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aKillBetweenAnyTwoWritesLeavesAWholeOne() {
        int deaths = 0, kept = 0;
        for (int writes = 0; writes < 400; ++writes) {
            const DyingStore dying;
            const Work& work = dying.work;
            const Open& open = dying.open;
            QVERIFY2(open.status.ok(), message(open.status).c_str());
            DyingDisk::left = writes;
            const bool got = open.store->write(snapshotOf(2)).ok();
            // The files after a process that dies now: the file and its log.
            QVERIFY(QFile::copy(QString::fromStdString(work.path()),
                                QString::fromStdString(work.path("killed.sqlite"))));
            QFile::copy(QString::fromStdString(work.path() + "-wal"),
                        QString::fromStdString(work.path("killed.sqlite-wal")));
            const int found = newest({work.path("killed.sqlite"), {}, true});
            QVERIFY2(found == 1 || found == 2, qPrintable(QString::number(found)));
            QVERIFY(!got || found == 2);
            deaths += got ? 0 : 1;
            kept += found == 2 ? 1 : 0;
            DyingDisk::left = -1;
            if (got && kept > 5) break;
        }
        QVERIFY(deaths > 5 && kept > 0);
    }

    void aFullDiskKeepsTheOneBefore() {
        const DyingStore dying;
        const Open& open = dying.open;
        QVERIFY(open.status.ok());
        DyingDisk::left = 3;
        DyingDisk::code = SQLITE_FULL;
        const auto written = open.store->write(snapshotOf(2));
        QVERIFY2(message(written.status()).find("The disk is full") != std::string::npos,
                 message(written.status()).c_str());
        DyingDisk::left = -1;
        open.store->close();
        QCOMPARE(newest(dying.work.location()), 1);
    }

    /// A run that resumes from a checkpoint elsewhere begins with a copy of it.
    void aRunWhoseCopyDoesNotGetDownDoesNotBegin() {
        const DyingStore dying(3, 4, 2);
        QVERIFY(dying.open.status.ok());
        DyingDisk::left = 0;
        DyingDisk::code = SQLITE_FULL;
        QVERIFY(!dying.open.store->begun().ok());
        DyingDisk::left = -1;
        dying.open.store->close();
        QCOMPARE(newest(dying.work.location()), 4);
    }

    void aDiskThatRecoversIsWrittenAgain() {
        const DyingStore dying;
        const Open& open = dying.open;
        QVERIFY(open.status.ok() && open.store->write(snapshotOf(2)).ok());
        DyingDisk::code = SQLITE_FULL;
        for (Epoch number = 3; number < 6; ++number) {
            DyingDisk::left = 0;
            QVERIFY(!open.store->write(snapshotOf(number)).ok());
            DyingDisk::left = -1;
            QCOMPARE(newest(dying.work.location()), 2);
        }
        const Status status = open.store->write(snapshotOf(6)).status();
        QVERIFY2(status.ok(), message(status).c_str());
        open.store->close();
        QCOMPARE(newest(dying.work.location()), 6);
    }
};

QTEST_APPLESS_MAIN(TestCheckpointDisk)
#include "test_checkpoint_disk.moc"
