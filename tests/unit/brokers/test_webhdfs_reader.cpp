// The reader of a source of HDFS: files in order, those that come later, places in the middle, and outages.
#include "core/connect/hadoop/webhdfs_reader.h"

#include <QtTest/QtTest>
#include <algorithm>

#include "core/connect/messages/lines.h"
#include "tests/support/worlds/hdfs_world.h"
#include "tests/support/worlds/wire_badness.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kPatience = 30'000;  // milliseconds

using Lines = std::vector<std::string>;

/// Keeps what a reader gives, and the position behind it.
class GivenRows final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const WebhdfsChunk&>(*chunk);
        for (std::size_t i = 0; i < piece.messages.size(); ++i)
            rows.emplace_back(piece.overlong ? "too long" : piece.messages.value(i).value_or("NULL"));
        for (const WebhdfsPassed& each : piece.passed) {
            if (each.length) {
                behind.passed[each.file] = *each.length;
            } else {
                behind.passed.erase(each.file);
            }
        }
        behind.file = piece.file;
        behind.before = piece.before;
        behind.length = piece.length;
        behind.skipping = piece.skipping;
        places.push_back(behind);
        rowsThen.push_back(rows.size());
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState told, Text, int) override { states.push_back(told); }
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    Lines rows{}, notes{};
    WebhdfsPosition behind{};
    std::vector<WebhdfsPosition> places{};  ///< behind each piece
    std::vector<std::size_t> rowsThen{};    ///< and the number of rows up to there
    std::vector<PartitionState> states{};
};

class FileReading {
 public:
    FileReading(const HdfsWorld& world, WebhdfsReading reading, WebhdfsPosition from = {},
                std::size_t longest = kLongestRow, const std::string& address = {}) {
        std::map<std::string, std::string> fields;
        if (!address.empty()) fields["address"] = address;  // of a line to the NameNode
        const auto all = world.connections("lake", fields);
        WebhdfsReader::About about;
        about.reading = std::move(reading);
        about.from = std::move(from);
        about.framing = std::make_shared<LineFraming>(longest);
        about.clock = systemClock();
        about.board = std::make_shared<ProgressBoard>(PartitionProgress::Unit::Bytes);
        about.amount = amount;
        reader = std::make_unique<WebhdfsReader>(NodeConnection(*all->named("lake"), all), std::move(about));
    }
    /// Until that holds, an error, or the end. Whether it holds.
    template <class Holds>
    bool until(Holds&& holds) {
        QElapsedTimer timer;
        timer.start();
        while (!holds() && status.ok() && !ended && timer.elapsed() < kPatience) {
            const Result<SourceReader::Read> read = reader->read(20, given);
            if (!read.ok()) status = read.status();
            ended = read.ok() && *read == SourceReader::Read::End;
        }
        return holds();
    }
    bool toEnd() {
        return until([this] { return ended; });
    }
    std::string said() const { return status.ok() ? std::string() : english(status.error()); }

    GivenRows given{};
    std::shared_ptr<WebhdfsAmount> amount = std::make_shared<WebhdfsAmount>();
    std::unique_ptr<WebhdfsReader> reader{};
    Status status{};
    bool ended = false;
};

WebhdfsReading readingOf(const std::string& path, bool follow = false) {
    WebhdfsReading reading;
    reading.path = path;
    reading.follow = follow;
    reading.every = 100;
    return reading;
}

}  // namespace

class TestWebhdfsReader : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesAreReadInTheOrderOfTheirNames() {
        HdfsWorld world;
        world.put("/in/b", "3\n4");
        world.put("/in/a", "1\n\n2\r\n");
        world.put("/in/.hidden", "no\n");
        world.put("/in/empty", "");
        FileReading reading(world, readingOf("/in"));
        QVERIFY2(reading.toEnd(), reading.said().c_str());
        QCOMPARE(reading.given.rows, (Lines{"1", "2", "3", "4"}));
        QCOMPARE(reading.amount->all.load(), std::uint64_t{9});
        // Files that were read to their ends may be removed.
        QVERIFY(reading.given.behind.file.empty());
        QCOMPARE(reading.given.behind.passed.size(), std::size_t{3});
    }

    void headersAreNoRows() {
        HdfsWorld world;
        world.put("/in/a", "n\n1\n");
        world.put("/in/b", "n\n2\n");
        WebhdfsReading how = readingOf("/in");
        how.header = true;
        FileReading reading(world, how);
        QVERIFY2(reading.toEnd(), reading.said().c_str());
        QCOMPARE(reading.given.rows, (Lines{"1", "2"}));
        // Whoever goes on in the middle of a file does not lose a row for it.
        FileReading rest(world, how, reading.given.places.front());
        QVERIFY2(rest.toEnd(), rest.said().c_str());
        QCOMPARE(rest.given.rows, Lines{"2"});
    }

    /// From behind each piece the rows go on with the next one.
    void everyPlaceCanBeGoneOnFrom() {
        HdfsWorld world;
        for (int file = 0; file < 4; ++file) {
            std::string lines;
            for (int row = 0; row < 5; ++row) lines += std::to_string(file * 5 + row) + '\n';
            world.put("/in/f" + std::to_string(file), lines);
        }
        FileReading whole(world, readingOf("/in"));
        QVERIFY(whole.toEnd());
        QCOMPARE(whole.given.rows.size(), std::size_t{20});
        for (std::size_t i = 0; i < whole.given.places.size(); ++i) {
            FileReading rest(world, readingOf("/in"), whole.given.places[i]);
            QVERIFY2(rest.toEnd(), rest.said().c_str());
            const auto from = static_cast<std::ptrdiff_t>(whole.given.rowsThen[i]);
            QCOMPARE(rest.given.rows, Lines(whole.given.rows.begin() + from, whole.given.rows.end()));
        }
    }

    void aRowThatIsTooLongIsOne() {
        HdfsWorld world;
        world.put("/in/a", "1\n" + std::string(5'000, 'x') + "\n2\n");
        FileReading reading(world, readingOf("/in"), {}, 1'000);
        QVERIFY2(reading.toEnd(), reading.said().c_str());
        QCOMPARE(reading.given.rows, (Lines{"1", "too long", "2"}));
    }

    void filesThatComeLaterAreReadWhenTheyRest() {
        HdfsWorld world;
        world.put("/in/a", "1\n");
        FileReading reading(world, readingOf("/in", true));
        QVERIFY2(reading.until([&] { return reading.given.rows.size() == 1; }), reading.said().c_str());
        world.put("/in/0", "2\n");
        QVERIFY(reading.until([&] { return reading.given.rows.size() == 2; }));
        world.put("/in/a", "1\n3\n");  // appended
        QVERIFY(reading.until([&] { return reading.given.rows.size() == 3; }));
        QCOMPARE(reading.given.rows, (Lines{"1", "2", "3"}));
        QVERIFY(reading.given.notes.empty());
    }

    /// Shorter or longer than before: another file is read as one, and not on from the place in the old one.
    void aFileThatWasReplacedIsReadFromItsStart() {
        HdfsWorld world;
        world.put("/in/a", "1\n2\n");
        FileReading reading(world, readingOf("/in", true));
        QVERIFY2(reading.until([&] { return reading.given.rows.size() == 2; }), reading.said().c_str());
        world.put("/in/a", "7\n8\n9\n");
        QVERIFY2(reading.until([&] { return reading.given.rows.size() == 5; }), reading.said().c_str());
        world.put("/in/a", "6\n");
        QVERIFY2(reading.until([&] { return reading.given.rows.size() == 6; }), reading.said().c_str());
        QCOMPARE(reading.given.rows, (Lines{"1", "2", "7", "8", "9", "6"}));
        QCOMPARE(reading.given.notes.size(), std::size_t{2});
        for (const std::string& note : reading.given.notes)
            QVERIFY2(note.find("read from its new start") != std::string::npos, note.c_str());
    }

    /// A run that is not followed has read a part of one file, and would go on in another.
    void aFileThatWasReplacedEndsARun() {
        HdfsWorld world;
        world.put("/in/a", "1\n2\n");
        WebhdfsPosition inTheMiddle;
        inTheMiddle.file = "/in/a";
        FileTail tail;
        tail.add("1\n");
        inTheMiddle.before = {2, tail.checksum()};
        inTheMiddle.length = 4;
        FileReading same(world, readingOf("/in"), inTheMiddle);
        QVERIFY2(same.toEnd(), same.said().c_str());
        QCOMPARE(same.given.rows, Lines{"2"});
        world.put("/in/a", "8\n9\n");
        FileReading other(world, readingOf("/in"), inTheMiddle);
        QVERIFY(!other.toEnd());
        QVERIFY(other.given.rows.empty());
        QVERIFY2(other.said().find("not the file any more") != std::string::npos, other.said().c_str());
    }

    /// The position has one place in the middle of a file, so nothing comes before that file.
    void theFileOfTheCheckpointComesFirst() {
        HdfsWorld world;
        world.put("/in/b", "1\n2\n");
        WebhdfsPosition inTheMiddle;
        inTheMiddle.file = "/in/b";
        FileTail tail;
        tail.add("1\n");
        inTheMiddle.before = {2, tail.checksum()};
        inTheMiddle.length = 4;
        world.put("/in/a", "3\n");
        for (const bool follow : {false, true}) {
            FileReading reading(world, readingOf("/in", follow), inTheMiddle);
            QVERIFY2(reading.until([&] { return reading.given.rows.size() == 2; }), reading.said().c_str());
            QCOMPARE(reading.given.rows, (Lines{"2", "3"}));
        }
        // Somebody is writing it: no more of it than was there when it was begun.
        world.put("/in/b", "1\n2\nhal");
        FileReading reading(world, readingOf("/in", true), inTheMiddle);
        QVERIFY(reading.until([&] { return !reading.given.rows.empty(); }));
        QCOMPARE(reading.given.rows, Lines{"2"});
    }

    /// A NameNode refuses to open a file behind its end, as an IOException, which may be anything.
    void aFileThatIsCutWhileItIsReadIsNotAskedForEver() {
        HdfsWorld world;
        const std::string rows(std::size_t{5} << 20, 'x');  // of two requests
        world.put("/in/a", "1\n" + rows + "\n");
        world.setFault([](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (call.op != "OPEN" || call.param("offset") == "0") return std::nullopt;
            return HdfsWorld::thrown("IOException",
                                     "Offset=4194304 out of the range [0, 2); OPEN, path=/in/a");
        });
        FileReading reading(world, readingOf("/in"), {}, 1'000);
        QVERIFY(!reading.toEnd());
        QVERIFY2(reading.said().find("was cut while it was read") != std::string::npos,
                 reading.said().c_str());
    }

    void whatIsGrowingIsNotBegun() {
        HdfsWorld world;
        world.put("/in/a", "1");
        FileReading reading(world, readingOf("/in", true));
        auto grown = std::make_shared<int>(0);
        // Each look finds it longer, up to the last.
        world.setFault([grown](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (call.op != "LISTSTATUS" || *grown > 4) return std::nullopt;
            FakeAnswer said =
                answer(R"({"FileStatuses":{"FileStatus":[{"pathSuffix":"a","type":"FILE","length":)" +
                       std::to_string(++*grown) + R"(,"modificationTime":1}]}})");
            return said;
        });
        QVERIFY(reading.until([&] { return !reading.given.rows.empty(); }));
        QVERIFY(*grown > 4);
        QCOMPARE(reading.given.rows, Lines{"1"});
    }

    void outagesAreSurvived_data() {
        QTest::addColumn<QString>("exception");
        QTest::newRow("safe mode") << "SafeModeException";
        QTest::newRow("standby") << "StandbyException";
        QTest::newRow("broken connection") << "";
    }
    void outagesAreSurvived() {
        QFETCH(const QString, exception);
        HdfsWorld world;
        world.put("/in/a", "1\n2\n");
        auto left = std::make_shared<int>(3);
        world.setFault([left, exception](const HdfsCall& call) -> std::optional<FakeAnswer> {
            if (call.atData || --*left < 0) return std::nullopt;
            return exception.isEmpty() ? HdfsWorld::brokenOff()
                                       : HdfsWorld::thrown(exception.toStdString(), "not now");
        });
        FileReading reading(world, readingOf("/in"));
        QVERIFY2(reading.toEnd(), reading.said().c_str());
        QCOMPARE(reading.given.rows, (Lines{"1", "2"}));
        const auto& states = reading.given.states;
        QVERIFY(std::find(states.begin(), states.end(), PartitionState::Disconnected) != states.end());
        QVERIFY(states.back() == PartitionState::Live);
        QVERIFY(!reading.given.notes.empty());
    }

    void nothingThereIsAnError() {
        HdfsWorld world;
        world.put("/other/a", "1\n");
        for (const char* const path : {"/none", "/other/b*"}) {
            FileReading reading(world, readingOf(path));
            QVERIFY(!reading.toEnd());
            QVERIFY(reading.status.error().code == ErrorCode::NotFound);
        }
    }

    void aForeignServerIsAnError() {
        FakeServer other([](const FakeRequest&) { return answer("<html>hello</html>"); });
        HdfsWorld world;
        const auto all = world.connections("lake", {{"address", other.address()}});
        WebhdfsReader::About about;
        about.reading = readingOf("/in");
        about.framing = std::make_shared<LineFraming>();
        about.clock = systemClock();
        about.board = std::make_shared<ProgressBoard>();
        about.amount = std::make_shared<WebhdfsAmount>();
        WebhdfsReader reader(NodeConnection(*all->named("lake"), all), std::move(about));
        GivenRows given;
        Result<SourceReader::Read> read = SourceReader::Read::Some;
        for (int tries = 0; read.ok() && tries < 500; ++tries) read = reader.read(20, given);
        QVERIFY(!read.ok());
        QVERIFY(english(read.error()).find("not what WebHDFS answers") != std::string::npos);
    }

    void aFileThatIsGoneIsMissed() {
        HdfsWorld world;
        world.put("/in/a", "1\n2\n");
        world.put("/in/b", "3\n");
        WebhdfsPosition inTheMiddle;
        inTheMiddle.file = "/in/gone";
        inTheMiddle.before.bytes = 4;
        FileReading bounded(world, readingOf("/in"), inTheMiddle);
        QVERIFY(!bounded.toEnd());
        QVERIFY2(bounded.said().find("not there any more") != std::string::npos, bounded.said().c_str());
        FileReading followed(world, readingOf("/in", true), inTheMiddle);
        QVERIFY2(followed.until([&] { return followed.given.rows.size() == 3; }), followed.said().c_str());
        QVERIFY(!followed.given.notes.empty());
        inTheMiddle.file = "/in/a";
        inTheMiddle.before.bytes = 40;
        FileReading cut(world, readingOf("/in"), inTheMiddle);
        QVERIFY(!cut.toEnd());
        QVERIFY2(cut.said().find("had been read") != std::string::npos, cut.said().c_str());
    }

    /// To the NameNode and to the DataNode; files come meanwhile.
    void aBadLineLosesNothing_data() {
        QTest::addColumn<int>("badness");
        for (int i = 0; i < static_cast<int>(std::size(kBadnesses)); ++i)
            QTest::newRow(kBadnesses[i].name) << i;
    }
    void aBadLineLosesNothing() {
        QFETCH(const int, badness);
        HdfsWorld world;
        BadWire names(world.address()), data(world.dataAddress());
        world.leadTo(data.address());
        WebhdfsReading how = readingOf("/in", true);
        how.every = 20;
        FileReading reading(world, how, {}, kLongestRow, names.address());
        Lines expected;
        const auto put = [&](int file) {
            std::string bytes;
            for (int i = 0; i < 40; ++i) {
                expected.push_back(std::to_string(1'000 * file + i));
                bytes += expected.back() + '\n';
            }
            world.put("/in/" + std::to_string(100 + file), bytes);
        };
        int files = 0;
        {
            const Disturbance disturbance({&names, &data}, kBadnesses[badness]);
            for (; !disturbance.isOver(); ++files) {
                put(files);
                (void)reading.until([turns = 0]() mutable { return ++turns > 2; });
            }
        }
        put(files);
        QVERIFY2(reading.until([&] { return reading.given.rows.size() >= expected.size(); }),
                 reading.said().c_str());
        QVERIFY(data.came() > 0);
        std::sort(reading.given.rows.begin(), reading.given.rows.end());
        std::sort(expected.begin(), expected.end());
        QCOMPARE(reading.given.rows, expected);
        QVERIFY(reading.given.states.empty() || reading.given.states.back() == PartitionState::Live);
    }
};

QTEST_GUILESS_MAIN(TestWebhdfsReader)
#include "test_webhdfs_reader.moc"
