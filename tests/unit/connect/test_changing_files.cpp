// Files that are truncated, rewritten, replaced or removed while they are read or followed: the rows that are
// read of them, and the notes.
#include <fcntl.h>
#include <unistd.h>

#include "tests/support/memory_files.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

CsvSourceOptions optionsFor(const std::string& path, std::shared_ptr<const Files> files, bool follow,
                            std::size_t block) {
    CsvSourceOptions options;
    options.parser.schema = std::make_shared<const Schema>(schemaOf({{"id", "INT"}, {"note", "STRING"}}));
    options.files = {path, follow, block, std::move(files)};
    options.clock = std::make_shared<StandingClock>();
    return options;
}

/// A CSV source over files that the test changes; columns id and note.
struct Reading {
    explicit Reading(std::string_view content, bool follow, std::size_t block = 1 << 20) {
        files->replace("a.csv", std::string(content));
        CsvSourceOptions options = optionsFor("a.csv", files, follow, block);
        options.clock = clock;
        source = std::make_unique<CsvSource>(std::move(options));
        const Status opened = source->open();
        QVERIFY2(opened.ok(), opened.ok() ? "" : english(opened.error()).c_str());
    }
    /// The rows until it ends or waits.
    std::string next() {
        const GivenRows rows = drain(*source);
        return rows.error.empty() ? rows.text() : rows.error;
    }
    /// One chunk.
    std::string once() {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> poll = source->poll(chunk);
        if (!poll.ok() || poll->kind != Poll::Kind::Ready) return "nothing";
        ParsedChunk parsed;
        if (!source->parse(*chunk, parsed).ok()) return "error";
        std::map<std::int64_t, std::string> rows;
        collect(parsed, rows, 0);
        std::string text;
        for (const auto& [position, line] : rows) text += (text.empty() ? "" : "\n") + line;
        return text;
    }
    std::string notes() {
        std::string text;
        for (const Text& note : source->takeNotes()) text += english(note) + "\n";
        return text;
    }
    std::string lastNotes() {
        source->finish();
        return notes();
    }
    std::shared_ptr<MemoryFiles> files = std::make_shared<MemoryFiles>();
    std::shared_ptr<StandingClock> clock = std::make_shared<StandingClock>();
    std::unique_ptr<CsvSource> source;
};

const std::string kRewritten = "“a.csv” was rewritten and is read from its new start.\n";
const std::string kPutBack =
    "Put the file back, and start or resume the run. A file that other programs empty is read with “Follow”.";

}  // namespace

class TestChangingFiles : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aFollowedFileThatIsRewrittenIsReadFromItsNewStart_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("rows");
        QTest::newRow("of the same size") << "id,note\n3,c\n4,d\n"
                                          << "3|\"c\"\n4|\"d\"";
        QTest::newRow("larger") << "id,note\n3,c\n4,d\n5,e\n"
                                << "3|\"c\"\n4|\"d\"\n5|\"e\"";
        QTest::newRow("with another header") << "note,id\nc,3\nd,4\n"
                                             << "3|\"c\"\n4|\"d\"";
    }
    void aFollowedFileThatIsRewrittenIsReadFromItsNewStart() {
        QFETCH(QString, content);
        QFETCH(QString, rows);
        Reading reading("id,note\n1,a\n2,b\n", true);
        QCOMPARE(reading.next(), std::string("1|\"a\"\n2|\"b\""));
        reading.files->rewrite("a.csv", content.toStdString());
        QCOMPARE(reading.next(), rows.toStdString());
        QCOMPARE(reading.notes(), kRewritten);
        reading.files->append("a.csv", "id,note\n");
        QVERIFY(reading.next() != "");
        QCOMPARE(reading.notes(), std::string());
    }
    /// Two changes within one tick of the file system's clock look like one.
    void aRewriteWithinTheTickOfTheLastLookIsSeen() {
        Folder folder;
        const std::string path = folder.write("a.csv", "id,note\n1,a\n");
        const CsvSourceOptions options = optionsFor(path, nullptr, true, 1 << 20);
        for (int i = 0; i < 200; ++i) {
            folder.write("a.csv", "id,note\n1,a\n");
            CsvSource source(options);
            QVERIFY(source.open().ok());
            QCOMPARE(drain(source).text(), std::string("1|\"a\""));
            folder.append("a.csv", "2,b\n");
            QCOMPARE(drain(source).text(), std::string("2|\"b\""));
            // without a truncation that shows: the same inode, the same size
            const int fd = ::open(path.c_str(), O_WRONLY);
            QCOMPARE(::pwrite(fd, "id,note\n3,c\n4,d\n", 16, 0), ssize_t{16});
            ::close(fd);
            QCOMPARE(drain(source).text(), std::string("3|\"c\"\n4|\"d\""));
        }
    }
    void aFileThatOnlyGrowsIsReadOnWithoutANote() {
        std::string content = "id,note\n", expected;
        Reading reading(content, true, 64);
        for (int id = 0; id < 300; ++id) {
            const std::string more =
                std::to_string(id) + "," + std::string(static_cast<std::size_t>(id), 'x');
            reading.files->append("a.csv", more + "\n");
            expected = std::to_string(id) + "|\"" + std::string(static_cast<std::size_t>(id), 'x') + "\"";
            if (id == 0) expected = "0|NULL";
            QCOMPARE(reading.next(), expected);
        }
        QCOMPARE(reading.notes(), std::string());
    }
    void aFileThatDoesNotChangeIsNotReadAgain() {
        Reading reading("id,note\n1,a\n", true);
        QCOMPARE(reading.next(), std::string("1|\"a\""));
        reading.next();
        const std::size_t reads = reading.files->reads;
        for (int look = 0; look < 100; ++look) reading.next();
        QCOMPARE(reading.files->reads, reads);
    }
    void aFollowedFileThatIsTouchedIsNotReadAgain() {
        Reading reading("id,note\n1,a\n", true);
        QCOMPARE(reading.next(), std::string("1|\"a\""));
        reading.files->append("a.csv", "");
        QCOMPARE(reading.next(), std::string());
        QCOMPARE(reading.notes(), std::string());
    }
    /// While it is read, block by block: the part of a row that a block's end cut off is no row.
    void aFollowedFileIsRewrittenWhileItIsReadFirst() {
        Reading reading("id,note\n1,aaaa\n2,bbbb\n3,cccc\n", true, 18);
        QCOMPARE(reading.once(), std::string("1|\"aaaa\""));
        reading.files->rewrite("a.csv", "id,note\n4,dddd\n5,eeee\n6,ffff\n7,gggg\n");
        QCOMPARE(reading.next(), std::string("4|\"dddd\"\n5|\"eeee\"\n6|\"ffff\"\n7|\"gggg\""));
        QCOMPARE(reading.notes(), kRewritten);
    }
    void aPlainFileThatIsTruncatedIsAnError_data() {
        QTest::addColumn<int>("left");
        QTest::newRow("before the place reached") << 3;
        QTest::newRow("behind it") << 22;
    }
    /// The piece of a line that was read before is no row.
    void aPlainFileThatIsTruncatedIsAnError() {
        QFETCH(int, left);
        const std::string content = "id,note\n1,aaaa\n2,bbbb\n3,cccc\n";
        Reading reading(content, false, 18);
        QCOMPARE(reading.once(), std::string("1|\"aaaa\""));
        reading.files->rewrite("a.csv", content.substr(0, static_cast<std::size_t>(left)));
        QCOMPARE(reading.next(), "“a.csv” was truncated from 29 bytes to " + std::to_string(left) +
                                     " bytes while it was read. " + kPutBack);
        QCOMPARE(reading.notes(), std::string());
    }
    void aPlainFileThatIsRewrittenIsAnError() {
        Reading reading("id,note\n1,aaaa\n2,bbbb\n3,cccc\n", false, 18);
        QCOMPARE(reading.once(), std::string("1|\"aaaa\""));
        reading.files->rewrite("a.csv", "id,note\n4,dddd\n5,eeee\n6,ffff\n");
        QCOMPARE(reading.next(),
                 "“a.csv” was rewritten while it was read: the bytes before byte 18 are others. " + kPutBack);
    }
    /// All that it had was read by then: its last row is whole.
    void aPlainFileThatChangesAfterItsLastByteWasReadIsTold() {
        for (const char* content : {"", "id,note\n4,d\n5,e"}) {
            Reading reading("id,note\n1,a\n2,b", false);
            QCOMPARE(reading.once(), std::string("1|\"a\""));
            reading.files->rewrite("a.csv", content);
            QCOMPARE(reading.next(), std::string("2|\"b\""));
            QCOMPARE(reading.lastNotes(),
                     std::string("“a.csv” was truncated or rewritten when its reading stopped.\n"));
        }
    }
    void aPlainFileThatGrowsIsReadToItsNewEnd() {
        Reading reading("id,note\n1,aaaa\n2,bbbb\n", false, 18);
        QCOMPARE(reading.once(), std::string("1|\"aaaa\""));
        reading.files->append("a.csv", "3,cccc\n");
        QCOMPARE(reading.next(), std::string("2|\"bbbb\"\n3|\"cccc\""));
        QCOMPARE(reading.notes(), std::string());
    }
    void aPlainFileThatIsReplacedOrRemovedIsTold() {
        Reading removed("id,note\n1,aaaa\n2,bbbb\n", false, 18);
        removed.files->remove("a.csv");
        QCOMPARE(removed.next(), std::string("1|\"aaaa\"\n2|\"bbbb\""));
        QCOMPARE(removed.notes(), std::string("“a.csv” was removed while it was read.\n"));
        Reading replaced("id,note\n1,aaaa\n2,bbbb\n", false, 18);
        replaced.files->replace("a.csv", "id,note\n3,cccc\n");
        QCOMPARE(replaced.next(), std::string("1|\"aaaa\"\n2|\"bbbb\""));
        QCOMPARE(replaced.notes(),
                 std::string("“a.csv” was replaced while it was read; the old file was read.\n"));
    }
    /// A run that is stopped in the middle of a file tells it, too.
    void aPlainFileThatIsRemovedIsToldAtStop() {
        Reading reading("id,note\n1,aaaa\n2,bbbb\n", false, 18);
        QCOMPARE(reading.once(), std::string("1|\"aaaa\""));
        reading.files->remove("a.csv");
        QCOMPARE(reading.lastNotes(), std::string("“a.csv” was removed while it was read.\n"));
    }
    /// Rotated logs are without a name for a moment: that is not told, nor a second time at the end.
    void aFollowedFileThatStaysAwayIsToldOnce() {
        Reading reading("id,note\n1,a\n", true);
        reading.next();
        reading.files->remove("a.csv");
        for (int look = 0; look < 10; ++look) reading.next();
        QCOMPARE(reading.notes(), std::string());
        for (int look = 0; look < 100; ++look) reading.next();
        QCOMPARE(reading.notes(),
                 std::string("“a.csv” was removed; should it come again it is read from its start.\n"));
        QCOMPARE(reading.lastNotes(), std::string());
        reading.files->replace("a.csv", "id,note\n2,b\n");
        QCOMPARE(reading.next(), std::string("2|\"b\""));
    }
    /// Its last rows are written between the read that found nothing and the look at its name.
    void rowsWrittenJustBeforeARotationAreRead() {
        Reading reading("id,note\n1,a\n", true);
        QCOMPARE(reading.next(), std::string("1|\"a\""));
        reading.files->beforeLook = [files = reading.files.get()] {
            files->append("a.csv", "2,b\n3,c\n");
            files->replace("a.csv", "id,note\n4,d\n");
        };
        QCOMPARE(reading.next(), std::string("2|\"b\"\n3|\"c\"\n4|\"d\""));
        QCOMPARE(reading.notes(), std::string("“a.csv” was replaced and is read from its new start.\n"));
    }
    void rowsWrittenJustBeforeTheNextFileAreRead() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("in/1.csv", "id,note\n1,a\n");
        CsvSourceOptions options = optionsFor("in", files, true, 1 << 20);
        CsvSource source(options);
        QVERIFY(source.open().ok());
        QCOMPARE(drain(source).text(), std::string("1|\"a\""));
        files->beforeLook = [&files] {
            files->append("in/1.csv", "2,b\n");
            files->replace("in/2.csv", "id,note\n3,c\n");
        };
        QCOMPARE(drain(source).text(), std::string("2|\"b\"\n3|\"c\""));
    }
    void aQuoteThatHoldsLinesBackIsToldAtStop() {
        Reading reading("id,note\n1,a\n2,\"open\n3,c\n", true);
        QCOMPARE(reading.next(), std::string("1|\"a\""));
        QCOMPARE(
            reading.lastNotes(),
            std::string("The last row of “a.csv” has no end yet: 12 bytes from byte 12 on were not read.\n"));
    }
    /// A line that is being written is as it should be; one that is not continued is not.
    void aLineWithoutAnEndIsToldAtStopWhenItIsOld() {
        Reading fresh("id,note\n1,a\n", true);
        fresh.next();
        fresh.clock->millis = 5'000;
        fresh.files->append("a.csv", "2,b");
        fresh.next();
        fresh.clock->millis = 5'999;
        QCOMPARE(fresh.lastNotes(), std::string());
        Reading old("id,note\n1,a\n2,b", true);
        old.next();
        old.clock->millis = 1'000;
        QCOMPARE(
            old.lastNotes(),
            std::string("The last row of “a.csv” has no end yet: 3 bytes from byte 12 on were not read.\n"));
    }
};

QTEST_APPLESS_MAIN(TestChangingFiles)
#include "test_changing_files.moc"
