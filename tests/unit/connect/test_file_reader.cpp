// Files, folders and patterns; files that grow, shrink and are replaced; rows that are paced.
#include <sys/stat.h>

#include <filesystem>

#include "core/connect/files/input_files.h"
#include "core/connect/files/system_files.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

CsvSourceOptions optionsFor(const std::string& path, std::shared_ptr<Clock> clock) {
    CsvSourceOptions options;
    options.parser.schema = std::make_shared<const Schema>(schemaOf({{"id", "INT"}, {"ts", "TIMESTAMP(3)"}}));
    options.files.path = path;
    options.clock = std::move(clock);
    return options;
}

/// A source and its clock, opened.
struct Live {
    explicit Live(CsvSourceOptions options) : source(std::move(options)), opened(source.open()) {}
    std::string next() { return drain(source).text(); }
    std::string note() {
        const std::vector<Text> notes = source.takeNotes();
        return notes.empty() ? std::string() : english(notes.front());
    }
    CsvSource source;
    Status opened;
};

constexpr const char* kDay = ",2024-03-01\n";
std::string row(int id) {
    return std::to_string(id) + kDay;
}
std::string shown(int id) {
    return std::to_string(id) + "|2024-03-01 00:00:00.000";
}

}  // namespace

class TestFileReader : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void pathsThatAreNoInput() {
        Folder folder;
        std::filesystem::create_directory(folder.path("empty"));
        ::mkfifo(folder.path("pipe").c_str(), 0600);
        const auto error = [&folder](const char* name) {
            const auto files = inputFiles(folder.path(name), *systemFiles());
            return files.ok() ? std::string() : english(files.error());
        };
        QVERIFY(error("nowhere.csv").starts_with("There is no file “"));
        QVERIFY(error("empty").find("holds no files") != std::string::npos);
        QVERIFY(error("*.csv").starts_with("No file matches “"));
        QVERIFY(error("pipe").find("is neither a file nor a folder") != std::string::npos);
        QVERIFY(error("nowhere.csv").find("data/*.csv") != std::string::npos);  // how to fix it
    }
    /// All files in the order of their names, each with its own header; hidden ones and folders left out.
    void folderAndPattern() {
        Folder folder;
        std::filesystem::create_directory(folder.path("in"));
        std::filesystem::create_directory(folder.path("in/c.csv"));
        folder.write("in/b.csv", "ts,more,id\n2024-03-01,x,3\n2024-03-01,x,4");
        folder.write("in/a.csv", "id,ts\n" + row(1) + row(2));
        folder.write("in/.hidden.csv", "id,ts\n" + row(9));
        folder.write("in/d.txt", "");
        const std::string all = shown(1) + "\n" + shown(2) + "\n" + shown(3) + "\n" + shown(4);
        QCOMPARE(readAll(optionsFor(folder.path("in"), nullptr)).text(), all);
        QCOMPARE(readAll(optionsFor(folder.path("in/*.csv"), nullptr)).text(), all);
        QCOMPARE(readAll(optionsFor(folder.path("in/[b].csv"), nullptr)).text(), shown(3) + "\n" + shown(4));
        folder.write("in/e.csv", "id\n1\n");
        const GivenRows rows = readAll(optionsFor(folder.path("in"), nullptr));
        QVERIFY(rows.error.find("e.csv” has no column “ts”") != std::string::npos);
    }
    /// From the first block on, which is read for its header.
    void progressCountsBytes() {
        Folder folder;
        auto options = optionsFor(folder.write("a.csv", "id,ts\n" + row(1) + row(2) + row(3)),
                                  std::make_shared<StandingClock>());
        options.files.blockSize = 19;
        Live live(std::move(options));
        QCOMPARE(live.source.progress().total, std::uint64_t{45});
        QCOMPARE(live.source.progress().done, std::uint64_t{19});
        live.next();
        QCOMPARE(live.source.progress().done, std::uint64_t{45});
    }
    /// A line is a row once it has ended.
    void followsAGrowingFile() {
        Folder folder;
        auto options = optionsFor(folder.write("a.csv", "id,"), std::make_shared<StandingClock>());
        options.files.follow = true;
        Live live(std::move(options));
        QCOMPARE(live.next(), std::string());
        folder.append("a.csv", "ts\n" + row(1) + "2,2024-");
        QCOMPARE(live.next(), shown(1));
        QCOMPARE(live.next(), std::string());
        folder.append("a.csv", "03-01\n\"3");
        QCOMPARE(live.next(), shown(2));
        folder.append("a.csv", "\",2024-03-01\n");
        QCOMPARE(live.next(), shown(3));
        QCOMPARE(live.note(), std::string());
    }
    void followsThroughTruncation() {
        Folder folder;
        auto options = optionsFor(folder.write("a.csv", "id,ts\n" + row(1) + "2,2024-03-01"),
                                  std::make_shared<StandingClock>());
        options.files.follow = true;
        Live live(std::move(options));
        QCOMPARE(live.next(), shown(1));
        folder.write("a.csv", "id,ts\n" + row(3));
        QCOMPARE(live.next(), shown(2) + "\n" + shown(3));  // the unfinished line was all there will be of it
        QVERIFY(live.note().find("was truncated and is read from its new start") != std::string::npos);
    }
    void followsThroughReplacement() {
        Folder folder;
        auto options =
            optionsFor(folder.write("a.csv", "id,ts\n" + row(1)), std::make_shared<StandingClock>());
        options.files.follow = true;
        Live live(std::move(options));
        QCOMPARE(live.next(), shown(1));
        folder.append("a.csv", row(2));
        std::filesystem::rename(folder.path("a.csv"), folder.path("a.csv.1"));
        QCOMPARE(live.next(), shown(2));
        folder.write("a.csv", "ts,id\n2024-03-01,3\n2024-03-01,4\n2024-03-01,5\n");
        QCOMPARE(live.next(), shown(3) + "\n" + shown(4) + "\n" + shown(5));
        QVERIFY(live.note().find("was replaced") != std::string::npos);
    }
    void followsAFolder() {
        Folder folder;
        std::filesystem::create_directory(folder.path("in"));
        folder.write("in/1.csv", "id,ts\n" + row(1));
        auto options = optionsFor(folder.path("in"), std::make_shared<StandingClock>());
        options.files.follow = true;
        Live live(std::move(options));
        QCOMPARE(live.next(), shown(1));
        folder.append("in/1.csv", "2,2024-03-01");
        folder.write("in/2.csv", "id,ts\n" + row(3));
        QCOMPARE(live.next(), shown(2) + "\n" + shown(3));
    }
    void aFileThatComesLateIsAskedAbout() {
        Folder folder;
        std::filesystem::create_directory(folder.path("in"));
        folder.write("in/2.csv", "id,ts\n" + row(2));
        auto options = optionsFor(folder.path("in"), std::make_shared<StandingClock>());
        options.files.follow = true;
        Live live(options);
        QCOMPARE(live.next(), shown(2));
        QVERIFY(live.source.takePartitionEvents().empty());
        folder.write("in/1.csv", "id,ts\n" + row(1));
        folder.write("in/3.csv", "id,ts\n" + row(3));
        QCOMPARE(live.next(), std::string());
        QVERIFY(live.note().find("1.csv” came when files with later names had been read") !=
                std::string::npos);
        const auto events = live.source.takePartitionEvents();
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events.front().state, PartitionState::Blocked);
        QCOMPARE(live.next(), std::string());
        QVERIFY(live.source.takeNotes().empty());
        // With a later name it is in order.
        std::filesystem::rename(folder.path("in/1.csv"), folder.path("in/4.csv"));
        QCOMPARE(live.next(), shown(3) + "\n" + shown(1));
        QCOMPARE(live.source.takePartitionEvents().front().state, PartitionState::Live);
    }
    void aFileThatComesLateIsReadOrLeftOut_data() {
        QTest::addColumn<bool>("read");
        QTest::newRow("read") << true;
        QTest::newRow("left out") << false;
    }
    void aFileThatComesLateIsReadOrLeftOut() {
        QFETCH(const bool, read);
        Folder folder;
        std::filesystem::create_directory(folder.path("in"));
        folder.write("in/2.csv", "id,ts\n" + row(2));
        auto options = optionsFor(folder.path("in"), std::make_shared<StandingClock>());
        options.files.follow = true;
        options.files.earlier = read ? FileReaderOptions::Earlier::Read : FileReaderOptions::Earlier::Skip;
        Live live(options);
        QCOMPARE(live.next(), shown(2));
        folder.write("in/1.csv", "id,ts\n" + row(1));
        QCOMPARE(live.next(), std::string());
        QVERIFY(live.note().find("1.csv” came") != std::string::npos);
        folder.append("in/2.csv", row(5));  // which still grows
        QCOMPARE(live.next(), shown(5));
        folder.write("in/3.csv", "id,ts\n" + row(3));
        QCOMPARE(live.next(), read ? shown(1) + "\n" + shown(3) : shown(3));
        QVERIFY(live.source.takeNotes().empty());
    }
    /// Also one that came while no run was there.
    void aResumedRunKnowsWhatItHasRead() {
        Folder folder;
        std::filesystem::create_directory(folder.path("in"));
        for (const int id : {1, 3}) folder.write("in/" + std::to_string(id) + ".csv", "id,ts\n" + row(id));
        auto options = optionsFor(folder.path("in"), std::make_shared<StandingClock>());
        options.files.follow = true;
        options.files.earlier = FileReaderOptions::Earlier::Skip;
        std::string bytes;
        {
            Live live(options);
            QCOMPARE(live.next(), shown(1) + "\n" + shown(3));
            StateWriter state;
            QVERIFY(live.source.snapshot(state).ok());
            bytes = state.finish();
        }
        folder.write("in/2.csv", "id,ts\n" + row(2));
        folder.write("in/4.csv", "id,ts\n" + row(4));
        CsvSource resumed(options);
        const Result<StateReader> reader = StateReader::open(bytes);
        QVERIFY(reader.ok() && resumed.restore(*reader).ok() && resumed.open().ok());
        QCOMPARE(drain(resumed).text(), shown(4));
        const std::vector<Text> notes = resumed.takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(english(notes.front()).find("2.csv” came") != std::string::npos);
    }
    /// 10 rows a second: one at once, then one every 100 ms; after a pause no more than a second is made up
    /// for.
    void rate() {
        Folder folder;
        std::string content = "id,ts\n";
        for (int id = 0; id < 50; ++id) content += row(id);
        const auto clock = std::make_shared<StandingClock>();
        auto options = optionsFor(folder.write("a.csv", content), clock);
        options.rate = 10;
        Live live(std::move(options));
        const auto count = [&live] { return drain(live.source).lines.size(); };
        QCOMPARE(count(), std::size_t{1});
        QCOMPARE(count(), std::size_t{0});
        clock->millis = 99;
        QCOMPARE(count(), std::size_t{0});
        clock->millis = 100;
        QCOMPARE(count(), std::size_t{1});
        clock->millis = 500;
        QCOMPARE(count(), std::size_t{4});
        clock->millis = 100'000;
        QCOMPARE(count(), std::size_t{11});
        clock->millis = 100'100;
        QCOMPARE(count(), std::size_t{1});
    }
    /// At double speed, by the largest event time so far; a row without a time does not wait.
    void replay() {
        Folder folder;
        const auto clock = std::make_shared<StandingClock>();
        auto options = optionsFor(folder.write("a.csv",
                                               "id,ts\n1,2024-03-01 00:00:10\n2,2024-03-01 00:00:12\n"
                                               "3,2024-03-01 00:00:05\n4,x\n5,2024-03-01 00:00:13\n"),
                                  clock);
        options.replaySpeed = 2;
        options.parser.eventTime = 1;
        Live live(std::move(options));
        const auto count = [&live] { return drain(live.source).lines.size(); };
        QCOMPARE(count(), std::size_t{1});
        clock->millis = 999;
        QCOMPARE(count(), std::size_t{0});
        clock->millis = 1'000;
        QCOMPARE(count(), std::size_t{3});
        clock->millis = 1'500;
        QCOMPARE(count(), std::size_t{1});
    }
    void waitsUntilTheNextRowIsDue() {
        Folder folder;
        const auto clock = std::make_shared<StandingClock>();
        auto options = optionsFor(folder.write("a.csv", "id,ts\n" + row(1) + row(2)), clock);
        options.rate = 0.5;
        Live live(std::move(options));
        std::unique_ptr<Chunk> chunk;
        QVERIFY(live.source.poll(chunk)->kind == Poll::Kind::Ready);
        const Poll wait = *live.source.poll(chunk);
        QVERIFY(wait.kind == Poll::Kind::Wait);
        QCOMPARE(wait.until, std::int64_t{2'000});
    }
    void aRateNextToNothingWaitsForLong() {
        Folder folder;
        const auto clock = std::make_shared<StandingClock>();
        auto options = optionsFor(folder.write("a.csv", "id,ts\n" + row(1) + row(2)), clock);
        options.rate = 1e-300;
        Live live(std::move(options));
        std::unique_ptr<Chunk> chunk;
        QVERIFY(live.source.poll(chunk)->kind == Poll::Kind::Ready);
        const Poll wait = *live.source.poll(chunk);
        QVERIFY(wait.kind == Poll::Kind::Wait && wait.until > 1'000'000'000'000);
    }
};

QTEST_APPLESS_MAIN(TestFileReader)
#include "test_file_reader.moc"
