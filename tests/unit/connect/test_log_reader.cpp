// Entries of a journal that was written by systemd.
#include <QtTest/QtTest>

#include "core/connect/journald/log_reader.h"
#include "tests/support/child.h"
#include "tests/support/worlds/journal_file.h"

using namespace rw;
using namespace rw::test;

namespace {

class Given final : public ReadOutput {
 public:
    void give(std::unique_ptr<Chunk> chunk, std::size_t, int) override {
        const auto& piece = static_cast<const LogChunk&>(*chunk);
        entries.insert(entries.end(), piece.entries.begin(), piece.entries.end());
        behind = piece.behind;
    }
    int partition(const std::string&) override { return 0; }
    void tell(PartitionState, Text, int) override {}
    void note(Text text) override { notes.push_back(english(text)); }
    bool wants(int) const override { return true; }

    std::vector<LogEntry> entries{};
    std::vector<std::string> notes{};
    std::string behind{};
};

}  // namespace

class TestLogReader : public QObject {
    Q_OBJECT

    const testing::ScratchFolder m_folder{"log_reader"};
    std::string m_path{};

    Given readAll(const std::string& unit = {}, int priority = 7, const std::string& cursor = {}) const {
        LogReading reading;
        reading.path = m_path;
        reading.unit = unit;
        reading.priority = priority;
        LogReader reader(reading, cursor, systemClock());
        Given given;
        for (;;) {
            const Result<SourceReader::Read> read = reader.read(0, given);
            if (!read.ok()) given.notes.push_back(english(read.error()));
            if (!read.ok() || *read == SourceReader::Read::End) return given;
        }
    }

 private Q_SLOTS:
    void initTestCase() {
        m_path = (m_folder.path() / "log.journal").string();
        writeJournalFile(m_path);
    }

    void entriesAreRead() {
        const Given given = readAll();
        QCOMPARE(given.notes, std::vector<std::string>());
        QCOMPARE(given.entries.size(), static_cast<std::size_t>(kJournalEntries));
        const LogEntry& first = given.entries.front();
        QCOMPARE(first.time, Instant{1709294400000});
        QCOMPARE(first.unit, std::optional<std::string>("web.service"));
        QCOMPARE(first.priority, std::optional<std::int32_t>(6));
        QCOMPARE(first.identifier, std::optional<std::string>("web"));
        QCOMPARE(first.pid, std::optional<std::int64_t>(100));
        QCOMPARE(first.host, std::optional<std::string>("example"));
        QCOMPARE(first.message, std::optional<std::string>("request 0"));
        QVERIFY(given.entries[7].message->starts_with("two\nlines"));
        QVERIFY(given.entries[11].message->find("\xEF\xBF\xBD") !=
                std::string::npos);  // bytes that were no text
    }

    void aUnitIsReadWithWhatIsSaidOfIt() {
        const Given web = readAll("web.service");
        QCOMPARE(web.entries.size(), std::size_t{21});
        QCOMPARE(web.entries.back().identifier, std::optional<std::string>("systemd"));
        QCOMPARE(web.entries.back().unit, std::optional<std::string>("web.service"));
        for (const LogEntry& entry : web.entries)
            QCOMPARE(entry.unit, std::optional<std::string>("web.service"));
    }

    void urgentOnesAlone() {
        const Given urgent = readAll({}, 4);
        QVERIFY(!urgent.entries.empty());
        for (const LogEntry& entry : urgent.entries) QVERIFY(entry.priority.value_or(9) <= 4);
    }

    void itGoesOnBehindACursor() {
        const Given all = readAll();
        LogReading reading;
        reading.path = m_path;
        QVERIFY(!all.behind.empty());
        QCOMPARE(readAll({}, 7, all.behind).entries.size(), std::size_t{0});
        const Given web = readAll("web.service", 4);
        const Given behind = readAll({}, 7, web.behind);
        QCOMPARE(behind.entries.size(), std::size_t{0});  // the last of them is the last of all
        QCOMPARE(behind.notes, std::vector<std::string>());
    }

    void anEntryThatIsGoneIsTold() {
        std::string cursor = readAll().behind;
        const std::size_t at = cursor.find("t=");  // the time
        QVERIFY(at != std::string::npos);
        cursor = "t=1;x=1";
        const Given given = readAll({}, 7, cursor);
        QVERIFY(!given.notes.empty());
    }

    void whatIsNoJournalIsRefused() {
        LogReading reading;
        reading.path = (m_folder.path() / "nothing").string();
        LogReader reader(reading, {}, systemClock());
        Given given;
        const Result<SourceReader::Read> read = reader.read(0, given);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::Invalid);
    }
};

QTEST_APPLESS_MAIN(TestLogReader)
#include "test_log_reader.moc"
