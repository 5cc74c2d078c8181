// A run that does not come to its first commit takes nothing from runs of other lineages: their staged files,
// and rows that wait, are there when they are resumed.
#include <QtTest/QtTest>

#include "tests/unit/connect/fixtures/epoch_story.h"
#include "tests/unit/connect/fixtures/sqlite_sinking.h"

using namespace rw;
using namespace rw::test;

namespace {

using Mode = SqliteTarget::Mode;
using Contents = std::map<std::string, std::string>;

/// A run that is killed when a checkpoint is whole, and not yet in place.
std::vector<SavedEpoch> killedRun(const EpochStory& story, const std::shared_ptr<DyingFiles>& files,
                                  Epoch last = 2) {
    std::vector<SavedEpoch> saved;
    files->put(kOut, "old\n");
    EpochFile file(story.options(files));
    if (!file.open().ok()) return {};
    for (Epoch epoch = 1; epoch <= last; ++epoch) {
        for (int batch = 0; batch < 3; ++batch) {
            file.buffer() += EpochStory::rows(epoch, batch);
            if (!file.keepShort().ok()) return {};
        }
        if (!file.prepare(epoch).ok()) return {};
        StateWriter out;
        file.snapshot(out);
        saved.push_back({epoch, out.finish(), false});
        if (epoch < last && !file.commit().ok()) return {};
    }
    return saved;
}

/// Another line's run, as far as it comes.
Status comeToNothing(const EpochStory& story, const std::shared_ptr<DyingFiles>& files, bool prepares) {
    EpochFileOptions options = story.options(files);
    options.sink = "another line/out";
    EpochFile file(options);
    RW_TRY(file.open());
    file.buffer() += EpochStory::rows(9, 9);
    RW_TRY(file.keepShort());
    if (prepares) RW_TRY(file.prepare(1));
    file.abort();
    file.close();
    return {};
}

void addPlaces() {
    QTest::addColumn<bool>("atEnd");
    QTest::addColumn<int>("mostInMemory");
    QTest::newRow("in place") << false << 1'000'000;
    QTest::newRow("in place, beside") << false << 60;
    QTest::newRow("at the end") << true << 1'000'000;
    QTest::newRow("at the end, beside") << true << 60;
}

int stagedTables(const EpochFiles& files) {
    SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
    return database.execAndGet("SELECT count(*) FROM sqlite_master WHERE name = '_rill_new_t'").getInt();
}

/// Two epochs of a run that ends, and would have put them in place at its end; the state in the newest one.
std::string staged(const EpochFiles& files) {
    std::string newest;
    (void)twoEpochs(files, Mode::Replace, true, &newest);
    return newest;
}

}  // namespace

class TestStartsThatFailed : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aFileThatOthersStageIsLeft_data() { addPlaces(); }

    void aFileThatOthersStageIsLeft() {
        QFETCH(bool, atEnd);
        QFETCH(int, mostInMemory);
        const EpochStory story{atEnd, static_cast<std::size_t>(mostInMemory)};
        for (const int number : {0, 1, 2, 3}) {
            const bool prepares = number % 2 == 1;
            const Epoch last = number < 2 ? 1 : 2;
            const auto files = std::make_shared<DyingFiles>();
            std::vector<SavedEpoch> saved = killedRun(story, files, last);
            QCOMPARE(saved.size(), std::size_t{last});
            const Contents before = files->contents();
            const Status failed = comeToNothing(story, files, prepares);
            QVERIFY2(failed.ok(), saidBy(failed).c_str());
            // Its prepared rows are its own, and go when a run resumes.
            Contents after = files->contents();
            std::erase_if(after, [&](const auto& each) { return prepares && !before.contains(each.first); });
            QCOMPARE(after, before);
            const Status status = story.live(files, saved, true);
            QVERIFY2(status.ok(), saidBy(status).c_str());
            QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
        }
    }

    void aStartThatGoesBackAndComesToNothingCutsNothing_data() { addPlaces(); }

    /// Also where the run was over, and its end is copied to go on with.
    void aStartThatGoesBackAndComesToNothingCutsNothing() {
        QFETCH(bool, atEnd);
        QFETCH(int, mostInMemory);
        const EpochStory story{atEnd, static_cast<std::size_t>(mostInMemory)};
        for (const bool ended : {false, true}) {
            for (const std::size_t kept : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
                // Rows in place of a run that is over do not belong to it any more.
                if (ended && !atEnd && kept < 3) continue;
                const auto files = std::make_shared<DyingFiles>();
                files->put(kOut, "old\n");
                std::vector<SavedEpoch> saved;
                QVERIFY(story.live(files, saved, ended).ok() && saved.size() == 3);
                const Contents before = files->contents();
                {
                    EpochFile older(story.options(files));
                    const Result<StateReader> state = StateReader::open(saved[kept - 1].state);
                    QVERIFY(state.ok() && older.restore(*state).ok());
                    if (saved[kept - 1].ended) older.setLast();
                    const Status open = older.open();
                    QVERIFY2(open.ok(), saidBy(open).c_str());
                    older.abort();
                    older.close();
                }
                QCOMPARE(files->contents(), before);
                EpochStory next = story;
                if (!ended) next.epochs = 4;
                const Status status = next.live(files, saved, true);
                QVERIFY2(status.ok(), saidBy(status).c_str());
                QCOMPARE(files->contents()[kOut], next.whole(next.epochs));
            }
        }
    }

    void aRunAnewClearsUpOnceItHasCommitted_data() { addPlaces(); }

    void aRunAnewClearsUpOnceItHasCommitted() {
        QFETCH(bool, atEnd);
        QFETCH(int, mostInMemory);
        const EpochStory story{atEnd, static_cast<std::size_t>(mostInMemory)};
        const auto files = std::make_shared<DyingFiles>();
        QCOMPARE(killedRun(story, files).size(), std::size_t{2});
        std::vector<SavedEpoch> none;
        const Status status = story.live(files, none, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
        QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
    }

    void whatManyStartsHavePreparedIsClearedUp() {
        for (const bool atEnd : {false, true}) {
            const EpochStory story{atEnd, 60};
            const auto files = std::make_shared<DyingFiles>();
            for (int start = 0; start < 20; ++start) QVERIFY(comeToNothing(story, files, true).ok());
            QVERIFY(files->contents().size() >= 20);
            std::vector<SavedEpoch> none;
            const Status status = story.live(files, none, true);
            QVERIFY2(status.ok(), saidBy(status).c_str());
            QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
        }
    }

    /// Its path is another one now, where rows of another run's second epoch wait as its own did.
    void whoseRowsAreInPlaceElsewhereTakesNothingHere() {
        const EpochStory story{false, 60};
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = killedRun(story, files);
        QCOMPARE(saved.size(), std::size_t{2});
        EpochFileOptions options = story.options(files);
        options.sink = "another line/out";
        options.path = "/f/other";
        std::string newest;
        {
            EpochFile file(options);
            QVERIFY(file.open().ok());
            for (const Epoch epoch : {Epoch{1}, Epoch{2}}) {
                file.buffer() += EpochStory::rows(epoch + 10, 0);
                QVERIFY(file.keepShort().ok() && file.prepare(epoch).ok());
                StateWriter out;
                file.snapshot(out);
                newest = out.finish();
                QVERIFY(file.commit().ok());
            }
        }
        const Contents before = files->contents();
        QVERIFY(before.contains("/f/.out.rill-rows-2"));
        {
            options.path = kOut;
            EpochFile file(options);
            const Result<StateReader> state = StateReader::open(newest);
            QVERIFY(state.ok() && file.restore(*state).ok());
            const Status open = file.open();
            QVERIFY2(open.ok(), saidBy(open).c_str());
            file.abort();
            file.close();
        }
        QCOMPARE(files->contents(), before);
        const Status status = story.live(files, saved, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
        QCOMPARE(files->contents()[kOut], story.whole(3));
    }

    void aFileWithoutCheckpointsIsNoBetter() {
        for (const bool atEnd : {false, true}) {
            const EpochStory story{true, 60};
            const auto files = std::make_shared<DyingFiles>();
            std::vector<SavedEpoch> saved = killedRun(story, files);
            QCOMPARE(saved.size(), std::size_t{2});
            const Contents before = files->contents();
            OutputMeans means;
            means.files = files;
            {
                FileOutput plain(kOut, atEnd ? FileOutput::Placing::Staged : FileOutput::Placing::InPlace,
                                 means);
                QVERIFY(plain.open().ok());
                plain.abort();
            }
            QCOMPARE(files->contents(), before);
            const Status status = story.live(files, saved, true);
            QVERIFY2(status.ok(), saidBy(status).c_str());
            QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
        }
    }

    void aTableThatOthersStageIsLeft_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<bool>("bounded");
        QTest::addColumn<QString>("line");
        QTest::newRow("another line") << int(Mode::Replace) << true << QStringLiteral("another line");
        QTest::newRow("another line, upsert") << int(Mode::Upsert) << false << QStringLiteral("another line");
        QTest::newRow("without checkpoints") << int(Mode::Replace) << true << QString();
        QTest::newRow("without end") << int(Mode::Replace) << false << QString();
        QTest::newRow("upsert without checkpoints") << int(Mode::Upsert) << false << QString();
    }

    void aTableThatOthersStageIsLeft() {
        QFETCH(int, mode);
        QFETCH(bool, bounded);
        QFETCH(QString, line);
        const EpochFiles files;
        const std::string newest = staged(files);
        QVERIFY(!newest.empty());
        QCOMPARE(stagedTables(files), 1);
        {
            Sinking failed(files.path(), static_cast<Mode>(mode), bounded, line.toStdString());
            const Status open = failed.open();
            QVERIFY2(open.ok(), said(open).c_str());
            failed.writer().abort();
            failed.writer().close();
        }
        QCOMPARE(stagedTables(files), 1);
        Sinking next(files.path(), Mode::Replace, true);
        const Status open = next.open(newest);
        QVERIFY2(open.ok(), said(open).c_str());
        QVERIFY(next.writer().commit(2).ok());
        next.writer().setLast();
        QVERIFY(!next.prepared(3).empty() && next.writer().commit(3).ok());
        QCOMPARE(found(files.path()), QStringLiteral("1 2 3 4"));
    }

    void aRunThatWritesTheTableClearsUp() {
        for (const bool bounded : {false, true}) {
            const EpochFiles files;
            QVERIFY(!staged(files).empty());
            Sinking plain(files.path(), Mode::Replace, bounded, {});
            QVERIFY(plain.open().ok() && plain.writer().write(numbers(7, 7)).ok());
            QVERIFY(plain.writer().prepare().ok() && plain.writer().commit().ok());
            QCOMPARE(stagedTables(files), 0);
            QCOMPARE(found(files.path()), QStringLiteral("7"));
        }
    }
};

QTEST_APPLESS_MAIN(TestStartsThatFailed)
#include "test_starts_that_failed.moc"
