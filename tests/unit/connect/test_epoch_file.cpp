// Files that take rows once a checkpoint: whenever the disk dies, each row is there once when the run has
// resumed, and changes of others to the file are never undone.
#include <QtTest/QtTest>
#include <memory>

#include "tests/support/memory_outputs.h"
#include "tests/unit/connect/fixtures/dying_files.h"
#include "tests/unit/connect/fixtures/epoch_story.h"

using namespace rw;
using namespace rw::test;
using Loss = DyingFiles::Loss;
using Contents = std::map<std::string, std::string>;

namespace {

/// Runs that die: the first after so many calls, the second after some, then one that does not. How many
/// died; -1: the file was wrong, and `fault` says how.
int liveOn(const EpochStory& story, const std::shared_ptr<DyingFiles>& files, std::vector<SavedEpoch>& saved,
           int calls, Loss loss, const std::string& old, std::string& fault) {
    const std::string whole = story.whole(story.epochs);
    files->left = calls;
    for (int died = 0;; ++died) {
        const Status status = story.live(files, saved, true);
        if (!files->dead()) {
            if (status.ok()) return died;
            fault = saidBy(status);
            return -1;
        }
        const Contents left = files->contents();
        const auto out = left.find(story.path);
        const bool seen = out == left.end() || out->second == old || out->second == whole ||
                          (!story.atEnd && whole.starts_with(out->second)) ||
                          (loss == Loss::Zeros && died > 0);  // until it is mended
        if (!seen) {
            fault = "a reader sees:\n" + out->second;
            return -1;
        }
        files->revive(loss);
        files->left = died == 0 ? calls * 7 % 31 : -1;
    }
}

/// A run of three epochs that was stopped; its checkpoints.
std::vector<SavedEpoch> stoppedRun(const EpochStory& story, const std::shared_ptr<DyingFiles>& files) {
    std::vector<SavedEpoch> saved;
    files->put(kOut, "old\n");
    return story.live(files, saved, false).ok() ? saved : std::vector<SavedEpoch>();
}

}  // namespace

class TestEpochFile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whateverTheDiskDiesOfEachRowIsThereOnce_data() {
        QTest::addColumn<bool>("atEnd");
        QTest::addColumn<int>("mostInMemory");
        QTest::addColumn<QString>("old");
        QTest::addColumn<int>("loss");
        const std::pair<const char*, Loss> losses[] = {
            {"kill", Loss::Kill}, {"power", Loss::Power}, {"power, zeros", Loss::Zeros}};
        const std::pair<const char*, std::string> befores[] = {
            {"new", ""},
            {"old", "old\nand longer than what is first written\n"},
            {"the same and more", EpochStory{}.whole(3) + "and more\n"}};
        for (const auto& [name, loss] : losses) {
            for (const int most : {1'000'000, 60}) {
                for (const bool atEnd : {false, true}) {
                    for (const auto& [before, old] : befores) {
                        const QString words =
                            QStringLiteral("%1, %2, %3, %4")
                                .arg(QLatin1String(name), QLatin1String(most > 1000 ? "memory" : "beside"),
                                     QLatin1String(atEnd ? "at the end" : "in place"), QLatin1String(before));
                        QTest::newRow(qPrintable(words))
                            << atEnd << most << QString::fromStdString(old) << static_cast<int>(loss);
                    }
                }
            }
        }
    }

    void whateverTheDiskDiesOfEachRowIsThereOnce() {
        QFETCH(bool, atEnd);
        QFETCH(int, mostInMemory);
        QFETCH(QString, old);
        QFETCH(int, loss);
        const EpochStory story{atEnd, static_cast<std::size_t>(mostInMemory)};
        const Contents expected{{kOut, story.whole(3)}};
        int calls = 0;
        for (int died = 1; died > 0; ++calls) {
            const auto files = std::make_shared<DyingFiles>();
            if (!old.isEmpty()) files->put(kOut, old.toStdString());
            std::vector<SavedEpoch> saved;
            std::string fault;
            died = liveOn(story, files, saved, calls, static_cast<Loss>(loss), old.toStdString(), fault);
            QVERIFY2(died >= 0, fmt::format("after {} calls: {}", calls, fault).c_str());
            QVERIFY2(files->contents() == expected,
                     fmt::format("after {} calls: {} files, {}", calls, files->contents().size(),
                                 files->contents()[kOut])
                         .c_str());
        }
        QVERIFY(calls > 20);
    }

    void whatALossOfPowerLeftOutIsWrittenAgain_data() {
        QTest::addColumn<int>("mostInMemory");
        QTest::newRow("memory") << 1'000'000;
        QTest::newRow("beside") << 60;
    }

    /// Pages come to a disk in any order: the end of an append is there, and not the part before it.
    void whatALossOfPowerLeftOutIsWrittenAgain() {
        QFETCH(int, mostInMemory);
        const EpochStory story{false, static_cast<std::size_t>(mostInMemory)};
        const auto files = std::make_shared<DyingFiles>();
        std::string state;
        Contents decided;
        {
            EpochFile file(story.options(files));
            QVERIFY(file.open().ok());
            for (const Epoch epoch : {Epoch{1}, Epoch{2}}) {
                for (int batch = 0; batch < 200; ++batch) {
                    file.buffer() += EpochStory::rows(epoch, batch);
                    QVERIFY(file.keepShort().ok());
                }
                QVERIFY(file.prepare(epoch).ok());
                StateWriter out;
                file.snapshot(out);
                state = out.finish();
                decided = files->contents();
                QVERIFY(file.commit().ok());
            }
        }
        const std::string whole = files->contents()[kOut];
        std::string torn = whole;
        torn.replace(whole.size() - 12'000, 4'096, 4'096, '\0');
        decided[kOut] = torn;
        for (const auto& [path, content] : decided) files->put(path, content);
        EpochFile next(story.options(files));
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok() && next.restore(*reader).ok());
        const Status open = next.open();
        QVERIFY2(open.ok(), saidBy(open).c_str());
        QVERIFY(next.commit().ok());
        QVERIFY(files->contents()[kOut] == whole);
    }

    void anOlderCheckpointCutsBack_data() {
        QTest::addColumn<bool>("atEnd");
        QTest::addColumn<bool>("ended");
        QTest::addColumn<int>("mostInMemory");
        QTest::newRow("in place") << false << false << 1'000'000;
        QTest::newRow("in place, beside") << false << false << 60;
        QTest::newRow("at the end") << true << false << 1'000'000;
        QTest::newRow("at the end, beside") << true << false << 60;
        // A savepoint of a run that was over.
        QTest::newRow("at the end that came") << true << true << 1'000'000;
        QTest::newRow("at the end that came, beside") << true << true << 60;
    }

    void anOlderCheckpointCutsBack() {
        QFETCH(bool, atEnd);
        QFETCH(bool, ended);
        QFETCH(int, mostInMemory);
        const EpochStory story{atEnd, static_cast<std::size_t>(mostInMemory)};
        for (std::size_t kept = 1; kept <= 2; ++kept) {
            int calls = 0;
            for (int died = 1; died > 0; ++calls) {
                const auto files = std::make_shared<DyingFiles>();
                files->put(kOut, "old\n");
                std::vector<SavedEpoch> saved;
                QVERIFY(story.live(files, saved, ended).ok() && saved.size() == 3);
                saved.resize(kept);
                std::string fault;
                died = liveOn(story, files, saved, calls, Loss::Kill, "old\n", fault);
                QVERIFY2(died >= 0, fmt::format("after {} calls: {}", calls, fault).c_str());
                QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
            }
        }
    }

    /// The newest checkpoint is damaged, and rows that it has put in place had not come to the disk.
    void aTornEndIsCutBack() {
        const EpochStory story{false, 1'000'000};
        for (const char letter : {'\0', 'X'}) {
            const auto files = std::make_shared<DyingFiles>();
            std::vector<SavedEpoch> saved = stoppedRun(story, files);
            QCOMPARE(saved.size(), std::size_t{3});
            saved.resize(2);
            std::string torn = files->contents()[kOut];
            torn[torn.size() - 3] = letter;
            files->put(kOut, torn);
            QCOMPARE(story.live(files, saved, true).ok(), letter == '\0');
            QCOMPARE(files->contents()[kOut], letter == '\0' ? story.whole(3) : torn);
        }
    }

    void whatWasThereStaysUntilItIsReplaced() {
        for (const bool atEnd : {false, true}) {
            const auto files = std::make_shared<DyingFiles>();
            files->put(kOut, "old\n");
            const EpochStory story{atEnd};
            EpochFile file(story.options(files));
            QVERIFY(file.open().ok());
            file.buffer() += "1\n";
            QVERIFY(file.prepare(1).ok());
            QCOMPARE(files->contents()[kOut], std::string("old\n"));
            file.buffer() += "2\n";
            QVERIFY(file.commit().ok());
            QCOMPARE(files->contents()[kOut], std::string(atEnd ? "old\n" : "head\n1\n"));
            file.setLast();
            QVERIFY(file.prepare(2).ok() && file.commit().ok() && file.commit().ok());
            QCOMPARE(files->contents(), (Contents{{kOut, "head\n1\n2\n"}}));
        }
    }

    void aRunThatIsGivenUpLeavesWhatWasThere() {
        for (const bool atEnd : {false, true}) {
            const auto files = std::make_shared<DyingFiles>();
            files->put(kOut, "old\n");
            EpochStory story{atEnd};
            story.mostInMemory = 1;
            {
                EpochFile file(story.options(files));
                QVERIFY(file.open().ok());
                file.buffer() += "1\n";
                QVERIFY(file.keepShort().ok());
                file.abort();
                file.close();
            }
            QCOMPARE(files->contents(), (Contents{{kOut, "old\n"}}));
        }
    }

    void withoutRowsTheFileIsEmpty() {
        const auto files = std::make_shared<DyingFiles>();
        files->put(kOut, "old\n");
        EpochStory story;
        story.head.clear();
        EpochFile file(story.options(files));
        QVERIFY(file.open().ok() && file.prepare(1).ok() && file.commit().ok());
        QCOMPARE(files->contents()[kOut], std::string());
        QVERIFY(file.prepare(2).ok() && file.commit().ok());
        QCOMPARE(files->contents()[kOut], std::string());
    }

    void whatOthersDidIsNotUndone_data() {
        QTest::addColumn<QString>("deed");
        QTest::addColumn<int>("kept");  // checkpoints
        QTest::addColumn<QString>("says");
        const QString behind = QStringLiteral("bytes behind the");
        QTest::newRow("added") << QStringLiteral("add") << 3 << behind;
        QTest::newRow("added, an older one") << QStringLiteral("add") << 1 << behind;
        QTest::newRow("no record, an older one") << QStringLiteral("forget") << 2 << behind;
        QTest::newRow("another's, before the second")
            << QStringLiteral("replace") << 1 << QStringLiteral("is not what the run left");
        QTest::newRow("shortened") << QStringLiteral("cut") << 3 << QStringLiteral("was shortened: it has ");
        QTest::newRow("edited") << QStringLiteral("edit") << 3
                                << QStringLiteral("it was edited, or is another");
        QTest::newRow("edited, an older one")
            << QStringLiteral("edit first") << 1 << QStringLiteral("it was edited, or is another");
        QTest::newRow("gone") << QStringLiteral("remove") << 3 << QStringLiteral("is not there any more");
    }

    void whatOthersDidIsNotUndone() {
        QFETCH(QString, deed);
        QFETCH(int, kept);
        QFETCH(QString, says);
        const EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = stoppedRun(story, files);
        QCOMPARE(saved.size(), std::size_t{3});
        saved.resize(static_cast<std::size_t>(kept));
        std::string text = story.whole(3);
        QCOMPARE(files->contents()[kOut], text);
        if (deed == QLatin1String("forget")) files->remove("/f/.out.rill-epochs");
        if (deed == QLatin1String("replace")) {
            files->remove("/f/.out.rill-epochs");
            text = "another's\n" + text;
        }
        if (deed == QLatin1String("add")) text += "mine\n";
        if (deed == QLatin1String("cut")) text.resize(text.size() / 2);
        if (deed == QLatin1String("edit")) text[text.size() - 5] = '!';
        if (deed == QLatin1String("edit first")) text[10] = '!';
        files->put(kOut, text);
        if (deed == QLatin1String("remove")) files->remove(kOut);
        const Contents before = files->contents();
        const Status status = story.live(files, saved, true);
        QVERIFY2(saidBy(status).find(says.toStdString()) != std::string::npos, saidBy(status).c_str());
        QVERIFY(!status.error().fix.empty());
        QCOMPARE(files->contents(), before);
    }

    void whatOthersEditedBeforeRowsThatWaitIsSeen() {
        const EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        StateWriter state;
        {
            EpochFile killed(story.options(files));
            QVERIFY(killed.open().ok() && killed.prepare(1).ok() && killed.commit().ok());
            killed.buffer() += EpochStory::rows(2, 0);
            QVERIFY(killed.prepare(2).ok());
            killed.snapshot(state);
        }
        QCOMPARE(files->contents()[kOut], story.head);
        files->put(kOut, "h!ad\n");
        const Contents before = files->contents();
        std::vector<SavedEpoch> saved{{2, state.finish(), false}};
        const std::string says = saidBy(story.live(files, saved, true));
        QVERIFY2(says.find("it was edited, or is another") != std::string::npos, says.c_str());
        QCOMPARE(files->contents(), before);
    }

    void cutByHandItGoesOn() {
        const EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = stoppedRun(story, files);
        files->put(kOut, story.whole(1));
        files->remove("/f/.out.rill-epochs");
        saved.resize(1);
        const Status status = story.live(files, saved, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
        QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
    }

    void aNewRunReplacesWhatAnotherLeft() {
        for (const bool atEnd : {false, true}) {
            EpochStory story{atEnd, 60};
            const auto files = std::make_shared<DyingFiles>();
            QCOMPARE(stoppedRun(story, files).size(), std::size_t{3});
            std::vector<SavedEpoch> none;
            const Status status = story.live(files, none, true);
            QVERIFY2(status.ok(), saidBy(status).c_str());
            QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
        }
    }

    void aRunWithoutCheckpointsClearsUp() {
        for (const bool atEnd : {false, true}) {
            EpochStory story{atEnd, 60};
            const auto files = std::make_shared<DyingFiles>();
            QCOMPARE(stoppedRun(story, files).size(), std::size_t{3});
            OutputMeans means;
            means.files = files;
            FileOutput plain(kOut, atEnd ? FileOutput::Placing::Staged : FileOutput::Placing::InPlace, means);
            QVERIFY(plain.open().ok());
            plain.buffer() += "plain\n";
            QVERIFY(plain.close().ok());
            QCOMPARE(files->contents(), (Contents{{kOut, "plain\n"}}));
        }
    }

    void aFullDiskTakesTheAppendBack_data() {
        QTest::addColumn<QString>("fails");
        QTest::newRow("write") << QStringLiteral("write");
        QTest::newRow("sync") << QStringLiteral("sync");
    }

    void aFullDiskTakesTheAppendBack() {
        QFETCH(QString, fails);
        const auto files = std::make_shared<MemoryOutputs>();
        files->makeFolder("/f");
        const EpochStory story;
        EpochFile file(story.options(files));
        QVERIFY(file.open().ok());
        file.buffer() += "1\n";
        QVERIFY(file.prepare(1).ok() && file.commit().ok());
        // More than a page, so that some of it gets through.
        std::string rows;
        while (rows.size() < 10'000) rows += EpochStory::rows(2, 0);
        file.buffer() += rows;
        QVERIFY(file.prepare(2).ok());
        int left = 2;
        files->fails = [&](const std::string& what, const std::string& path) {
            if (path != kOut || what != fails.toStdString()) return 0;
            return what == "write" && left-- > 0 ? 0 : ENOSPC;
        };
        const Status full = file.commit();
        QVERIFY2(saidBy(full).find("Make room on the disk") != std::string::npos, saidBy(full).c_str());
        QCOMPARE(files->contents()[kOut], std::string("head\n1\n"));
        files->fails = [](const std::string&, const std::string&) { return 0; };
        QVERIFY(file.commit().ok() && file.commit().ok());
        QVERIFY(files->contents()[kOut] == "head\n1\n" + rows);
    }

    void whoWritesThereMeanwhileIsNoticed_data() {
        QTest::addColumn<QString>("deed");
        QTest::addColumn<QString>("says");
        QTest::newRow("removed") << QStringLiteral("remove") << QStringLiteral("was removed while the run");
        QTest::newRow("replaced") << QStringLiteral("replace")
                                  << QStringLiteral("was replaced by another file while");
        QTest::newRow("written") << QStringLiteral("write") << QStringLiteral("was changed while the run");
    }

    void whoWritesThereMeanwhileIsNoticed() {
        QFETCH(QString, deed);
        QFETCH(QString, says);
        const auto files = std::make_shared<DyingFiles>();
        const EpochStory story;
        EpochFile file(story.options(files));
        QVERIFY(file.open().ok());
        file.buffer() += "1\n";
        QVERIFY(file.prepare(1).ok() && file.commit().ok());
        if (deed == QLatin1String("remove")) files->remove(kOut);
        if (deed == QLatin1String("replace")) files->put(kOut, "head\n1\n");
        if (deed == QLatin1String("write")) {
            const auto open = files->open(kOut, kOut);
            QVERIFY(open.ok() && (*open)->cut(7).ok() && writeAll(**open, "mine\n").ok());
        }
        const Contents before = files->contents();
        file.buffer() += "2\n";
        QVERIFY(file.prepare(2).ok());
        const Status status = file.commit();
        QVERIFY2(saidBy(status).find(says.toStdString()) != std::string::npos, saidBy(status).c_str());
        QCOMPARE(files->contents(), before);
    }

    void theFolderCanBeMovedWithTheFile() {
        EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = stoppedRun(story, files);
        files->put("/g/out", story.whole(3));
        files->remove(kOut);
        files->remove("/f/.out.rill-epochs");
        story.path = "/g/out";
        story.folder = "/g";
        story.epochs = 4;
        const Status status = story.live(files, saved, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
        QCOMPARE(files->contents(), (Contents{{"/g/out", story.whole(4)}}));
    }

    void anotherPathBeginsAnewOnceAllIsInPlace() {
        EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = stoppedRun(story, files);
        EpochStory other = story;
        other.path = "/f/other";
        other.epochs = 4;
        std::vector<SavedEpoch> behind = saved;
        files->put("/f/other", "somebody's\n");
        // The rows of the newest checkpoint are not in place yet.
        files->put(kOut, story.whole(2));
        Status status = other.live(files, behind, true);
        QVERIFY2(saidBy(status).find("have still to be put in place at “/f/out”") != std::string::npos,
                 saidBy(status).c_str());
        QCOMPARE(files->contents()["/f/other"], std::string("somebody's\n"));
        files->put(kOut, story.whole(3));
        status = other.live(files, saved, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
        std::string fourth = story.head;
        for (int batch = 0; batch < 3; ++batch) fourth += EpochStory::rows(4, batch);
        QCOMPARE(files->contents()["/f/other"], fourth);
        QCOMPARE(files->contents()[kOut], story.whole(3));
    }

    void anEndThatWasTakenAwayPutsTheRowsInPlace() {
        EpochStory story{true};
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved = stoppedRun(story, files);
        QCOMPARE(files->contents()[kOut], std::string("old\n"));
        story.atEnd = false;
        story.epochs = 4;
        for (int calls = 0, died = 1; died > 0; ++calls) {
            const auto again = std::make_shared<DyingFiles>();
            for (const auto& [path, text] : files->contents()) again->put(path, text);
            std::vector<SavedEpoch> from = saved;
            std::string fault;
            died = liveOn(story, again, from, calls, Loss::Kill, "old\n", fault);
            QVERIFY2(died >= 0, fmt::format("after {} calls: {}", calls, fault).c_str());
            QCOMPARE(again->contents(), (Contents{{kOut, story.whole(4)}}));
        }
    }

    void brokenStatesAreErrors() {
        const EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        StateWriter out;
        out.record("epoch_file", 1, [](StateWriter& record) {
            record.bytes("sink", "line/out");
            for (const char* text : {"name", "target"}) record.bytes(text, "out");
            for (const char* number : {"epoch", "least_sum", "most_sum", "replaces", "at_end"})
                record.u64(number, 1);
            record.u64("least", 100);
            record.u64("most", 7);
        });
        std::vector<SavedEpoch> saved{{1, out.finish(), false}};
        QVERIFY(!story.live(files, saved, true).ok());
        StateWriter newer;
        newer.record("epoch_file", 99, [](StateWriter&) {});
        saved = {{1, newer.finish(), false}};
        QVERIFY(!story.live(files, saved, true).ok());
    }
};

QTEST_APPLESS_MAIN(TestEpochFile)
#include "test_epoch_file.moc"
