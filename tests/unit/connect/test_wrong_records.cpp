// The record of the epochs of a file (epoch_record.h): with a wrong bit, or in a folder that can't be synced.
#include <QtTest/QtTest>
#include <memory>

#include "tests/unit/connect/fixtures/dying_files.h"
#include "tests/unit/connect/fixtures/epoch_story.h"

using namespace rw;
using namespace rw::test;
using Contents = std::map<std::string, std::string>;

class TestWrongRecords : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// The rename has been done, and the run gives up: the next one finds what it needs.
    void aFolderThatCannotBeSyncedLosesNothing() {
        for (const bool atEnd : {false, true}) {
            const EpochStory story{atEnd, 60};
            int failed = 0;
            for (bool fails = true; fails; ++failed) {
                const auto files = std::make_shared<DyingFiles>();
                files->put(kOut, "old\n");
                files->renamesLeft = failed;
                std::vector<SavedEpoch> saved;
                fails = !story.live(files, saved, true).ok();
                const Status status = fails ? story.live(files, saved, true) : Status();
                QVERIFY2(status.ok(), fmt::format("rename {}: {}", failed, saidBy(status)).c_str());
                QCOMPARE(files->contents(), (Contents{{kOut, story.whole(3)}}));
            }
            QVERIFY(failed > 3);
        }
    }

    void aRecordWithAWrongBitIsNone() {
        const EpochStory story;
        const auto files = std::make_shared<DyingFiles>();
        std::vector<SavedEpoch> saved;
        QVERIFY(story.live(files, saved, false).ok());
        QCOMPARE(saved.size(), std::size_t{3});
        saved.resize(2);
        const std::string record = "/f/.out.rill-epochs", content = files->contents()[record];
        QVERIFY(!content.empty());
        for (std::size_t bit = 0; bit < 8 * content.size(); ++bit) {
            std::string rotten = content;
            rotten[bit / 8] = static_cast<char>(rotten[bit / 8] ^ (1 << bit % 8));
            files->put(record, rotten);
            const Contents before = files->contents();
            const std::string says = saidBy(story.live(files, saved, true));
            QVERIFY2(says.find("bytes behind the") != std::string::npos,
                     fmt::format("bit {}: {}", bit, says).c_str());
            QCOMPARE(files->contents(), before);
        }
        files->put(record, content);
        const Status status = story.live(files, saved, true);
        QVERIFY2(status.ok(), saidBy(status).c_str());
    }
};

QTEST_APPLESS_MAIN(TestWrongRecords)
#include "test_wrong_records.moc"
