// The checkpoint from which a failed run resumes: the newest of its own lineage, and none of another run.
#include <SQLiteCpp/Database.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <memory>

#include "core/data/state_writer.h"
#include "core/state/checkpoint_store.h"
#include "core/state/saved_checkpoints.h"
#include "tests/support/simulated_clock.h"

using namespace rw;

namespace {

StateSnapshot lineageSnapshot(Epoch number, bool ended = false) {
    StateSnapshot made;
    made.number = number;
    made.ended = ended;
    StateWriter state;
    state.u64("position", number);
    made.states[{"src", 0}] = {state.finish()};
    return made;
}

class Shelf {
 public:
    std::string path() const { return m_folder.filePath(QStringLiteral("c.sqlite")).toStdString(); }
    std::shared_ptr<CheckpointStore> store(const std::string& lineage, const std::string& text = "text",
                                           Epoch from = 0) const {
        CheckpointStoreOptions options;
        options.location = {path(), {}, true};
        options.lineage = lineage;
        options.pipeline.text = text;
        options.from = from;
        return makeCheckpointStore(std::move(options));
    }
    static MakeContext context() {
        MakeContext made;
        made.clock = std::make_shared<test::SimulatedClock>(1'700'000'000'000);
        made.checkpoints = "line";
        return made;
    }
    /// Opens it, writes the checkpoints `first` to `last`, and closes it.
    static void write(CheckpointStore& store, Epoch first, Epoch last) {
        QVERIFY(store.open(context()).ok());
        for (Epoch number = first; number <= last; ++number)
            QVERIFY(store.write(lineageSnapshot(number)).ok());
        store.close();
    }

 private:
    QTemporaryDir m_folder;
};

QString said(const Result<ResumePoint>& next) {
    return next.ok() ? QString() : QString::fromStdString(english(next.error()));
}

}  // namespace

class TestResumePoint : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void goesOnFromTheNewest() {
        const Shelf shelf;
        const auto first = shelf.store("line");
        Shelf::write(*first, 1, 3);
        const Result<ResumePoint> next = first->next();
        QVERIFY2(next.ok(), qPrintable(said(next)));
        QVERIFY(next->restore && !next->finished && next->passedOver.empty());
        QCOMPARE(next->restore->number, Epoch{3});
        QVERIFY(next->restore->states == lineageSnapshot(3).states);
        Shelf::write(*next->store, 4, 5);
        const Result<ResumePoint> third = next->store->next();
        QVERIFY(third.ok() && third->restore);
        QCOMPARE(third->restore->number, Epoch{5});
    }

    void withoutOneItBeginsAnew() {
        const Shelf shelf;
        const auto store = shelf.store("line");
        Result<ResumePoint> next = store->next();
        QVERIFY2(next.ok() && !next->restore && next->store, qPrintable(said(next)));
        // Those of a run before are as nothing to it.
        Shelf::write(*shelf.store("older"), 1, 2);
        next = store->next();
        QVERIFY2(next.ok() && !next->restore && next->store, qPrintable(said(next)));
    }

    void anotherRunHasTakenItsPlace() {
        const Shelf shelf;
        const auto store = shelf.store("line");
        Shelf::write(*store, 1, 2);
        Shelf::write(*shelf.store("other"), 1, 1);
        const Result<ResumePoint> next = store->next();
        QVERIFY(!next.ok() && next.error().code == ErrorCode::Invalid);
        QVERIFY2(said(next).contains(QStringLiteral("Another run")), qPrintable(said(next)));
    }

    void theFileIsGone() {
        const Shelf shelf;
        const auto store = shelf.store("line");
        Shelf::write(*store, 1, 2);
        for (const char* ending : {"", "-wal", "-shm"})
            QFile::remove(QString::fromStdString(shelf.path()) + QLatin1String(ending));
        const Result<ResumePoint> next = store->next();
        QVERIFY(!next.ok() && next.error().code == ErrorCode::Invalid);
        QVERIFY2(said(next).contains(QStringLiteral("are gone")), qPrintable(said(next)));
    }

    void aBrokenOneIsPassedOver() {
        const Shelf shelf;
        const auto store = shelf.store("line");
        Shelf::write(*store, 1, 3);
        {
            SQLite::Database database(shelf.path(), SQLite::OPEN_READWRITE);
            database.exec(
                "UPDATE _rill_checkpoints SET sum = sum + 1 WHERE id = (SELECT max(id) FROM "
                "_rill_checkpoints)");
        }
        const Result<ResumePoint> next = store->next();
        QVERIFY2(next.ok() && next->restore, qPrintable(said(next)));
        QCOMPARE(next->restore->number, Epoch{2});
        QCOMPARE(next->passedOver.size(), std::size_t{1});
        SQLite::Database(shelf.path(), SQLite::OPEN_READWRITE)
            .exec("UPDATE _rill_checkpoints SET sum = sum + 3");
        const Result<ResumePoint> none = store->next();
        QVERIFY(!none.ok() && none.error().code == ErrorCode::Invalid);
    }

    void whatHadEndedWellIsOver() {
        const Shelf shelf;
        const auto store = shelf.store("line");
        QVERIFY(store->open(Shelf::context()).ok());
        QVERIFY(store->write(lineageSnapshot(1)).ok());
        QVERIFY(store->write(lineageSnapshot(2, true)).ok());
        store->close();
        const Result<ResumePoint> ended = store->next();
        QVERIFY(ended.ok() && ended->restore && ended->restore->ended && !ended->finished);
        QVERIFY(ended->store->open(Shelf::context()).ok());
        QVERIFY(ended->store->finish().ok());
        ended->store->close();
        const Result<ResumePoint> finished = ended->store->next();
        QVERIFY2(finished.ok() && finished->finished, qPrintable(said(finished)));
    }

    /// A run that resumed from a checkpoint of the pipeline before its edit.
    void anEditIsNotFittedHere() {
        const Shelf shelf;
        Shelf::write(*shelf.store("line", "before"), 1, 2);
        const auto store = shelf.store("line", "after", 2);
        QVERIFY(store->open(Shelf::context()).ok());
        store->close();
        // Where it began: the starter of the run has the fitted state.
        const Result<ResumePoint> next = store->next();
        QVERIFY2(next.ok() && next->restore, qPrintable(said(next)));
        QCOMPARE(next->restore->number, Epoch{2});
        const auto further = shelf.store("line", "after", 2);
        Shelf::write(*further, 3, 3);
        {
            SQLite::Database database(shelf.path(), SQLite::OPEN_READWRITE);
            database.exec("UPDATE _rill_checkpoints SET sum = sum + 1 WHERE number >= 2");
        }
        const Result<ResumePoint> refused = further->next();
        QVERIFY(!refused.ok() && refused.error().code == ErrorCode::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestResumePoint)
#include "test_resume_point.moc"
