// Standard input: rows as they come, without ever waiting for them.
#include "core/connect/files/stream_source.h"

#include <random>

#include "core/connect/csv/row_format.h"
#include "tests/support/memory_files.h"
#include "tests/unit/connect/fixtures/ndjson_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

const std::vector<JsonColumn> kColumns{{"id", "INT"}, {"name", "STRING"}};

/// A source of standard input, and its writer.
class Stream {
 public:
    explicit Stream(bool json, bool header = true) : m_json(json), m_header(header) { begin(); }

    /// The rows that have come since, and the error.
    GivenRows next() {
        GivenRows all;
        std::uint64_t before = 0;
        do {
            before = source->progress().done;
            GivenRows more = drain(*source);
            std::move(more.lines.begin(), more.lines.end(), std::back_inserter(all.lines));
            all.error = more.error;
        } while (all.error.empty() && source->progress().done != before);
        return all;
    }
    std::string nextText() { return next().text(); }
    Poll poll() {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> result = source->poll(chunk);
        return result.ok() ? *result : Poll{Poll::Kind::Wait, -1};
    }
    /// Another source goes on where this one is.
    Status restart() {
        StateWriter out;
        RW_TRY(source->snapshot(out));
        const std::string state = out.finish();
        RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
        make();
        RW_TRY(source->restore(reader));
        return source->open();
    }

    std::shared_ptr<MemoryFiles> files = std::make_shared<MemoryFiles>();
    std::shared_ptr<StandingClock> clock = std::make_shared<StandingClock>();
    std::size_t block = 64;
    std::unique_ptr<StreamSource> source;

    void begin() {
        make();
        QVERIFY(source->open().ok());
    }

 private:
    std::unique_ptr<RowFormat> format() const {
        const JsonDecoderOptions json = ndjsonOptions(kColumns);
        if (m_json) return linesOf(std::make_unique<JsonDecoder>(json), 200);
        CsvParserOptions csv;
        csv.schema = json.schema;
        csv.limits = {200, 100};
        csv.format.header = m_header;
        return std::make_unique<CsvRowFormat>(csv);
    }
    void make() {
        source = std::make_unique<StreamSource>(StreamSourceOptions{block, files, clock}, format());
    }

    bool m_json, m_header;
};

}  // namespace

class TestStreamSource : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsAsTheyCome() {
        Stream stream(true);
        QCOMPARE(stream.nextText(), std::string());
        stream.files->give("{\"id\":1}\n{\"id\":2,\"na");
        QCOMPARE(stream.nextText(), std::string("1|NULL"));
        QCOMPARE(stream.nextText(), std::string());
        stream.files->give("me\":\"b\"}\n{\"id\":3}");
        QCOMPARE(stream.nextText(), std::string("2|\"b\""));
        stream.files->endInput();
        QCOMPARE(stream.nextText(), std::string("3|NULL"));
        QCOMPARE(stream.poll().kind, Poll::Kind::End);
        QCOMPARE(stream.source->progress().done, std::uint64_t{37});
    }
    void csvWithItsHeader() {
        Stream stream(false);
        stream.files->give("\nname,mo");
        QCOMPARE(stream.nextText(), std::string());
        stream.files->give("re,id\nb,x,1\n");
        QCOMPARE(stream.nextText(), std::string("1|\"b\""));
        stream.files->give("\"c\nd\",x,2\n");
        QCOMPARE(stream.nextText(), std::string("2|\"c\nd\""));
    }
    void aWrongHeaderEndsTheRun() {
        Stream stream(false);
        stream.files->give("name,more\nb,x\n");
        const GivenRows rows = stream.next();
        QVERIFY2(rows.error.find("has no column “id”") != std::string::npos, rows.error.c_str());
    }
    void withoutHeader() {
        Stream stream(false, false);
        stream.files->give("1,a\n");
        stream.files->endInput();
        QCOMPARE(stream.nextText(), std::string("1|\"a\""));
    }
    void nothingAtAll() {
        for (const bool json : {true, false}) {
            Stream stream(json);
            stream.files->endInput();
            QCOMPARE(stream.poll().kind, Poll::Kind::End);
        }
    }
    /// Looks again at once while rows come, and seldom while none do.
    void waits() {
        Stream stream(true);
        stream.files->give("{\"id\":1}\n");
        QCOMPARE(stream.nextText(), std::string("1|NULL"));
        QCOMPARE(stream.poll().until, std::int64_t{1});
        stream.clock->millis = 7;
        QCOMPARE(stream.poll().until, std::int64_t{14});
        stream.clock->millis = 10'000;
        QCOMPARE(stream.poll().until, std::int64_t{10'020});
        QCOMPARE(stream.poll().kind, Poll::Kind::Wait);
    }
    /// For any input, a call ends soon; an overlong row is not kept.
    void rowsThatDoNotEnd() {
        Stream stream(true);
        stream.files->give("{\"id\":1}\n" + std::string(100'000, 'x'));
        std::size_t rows = 0;
        for (int polls = 0; polls < 2'000; ++polls) {
            std::unique_ptr<Chunk> chunk;
            const std::uint64_t before = stream.source->progress().done;
            const Result<Poll> poll = stream.source->poll(chunk);
            QVERIFY(poll.ok());
            QVERIFY(stream.source->progress().done - before <= 16 * 64);
            rows += chunk ? 1 : 0;
        }
        QCOMPARE(rows, std::size_t{2});
        QCOMPARE(stream.source->progress().done, std::uint64_t{100'009});
        stream.files->give("\n{\"id\":2}\n");
        QCOMPARE(stream.nextText(), std::string("2|NULL"));
    }
    /// Rows that were read before are not skipped: they may come from a pipe, which gives them only once.
    void aRestartSaysWhatIsToComeNext() {
        Stream stream(false);
        QVERIFY(stream.restart().ok() && stream.source->takeNotes().empty());
        stream.files->give("id,name\n1,a\n2,");
        QCOMPARE(stream.nextText(), std::string("1|\"a\""));
        QVERIFY(stream.source->takeNotes().empty());
        QVERIFY(stream.restart().ok());
        const std::vector<Text> notes = stream.source->takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(
            english(notes.front()),
            std::string("Standard input continues with what comes now: give it the input after the 14 "
                        "bytes that were read before the checkpoint. Rows that come again count twice."));
        stream.files->give("b\n");
        stream.files->endInput();
        QCOMPARE(stream.nextText(), std::string("2|\"b\""));
        QVERIFY(stream.restart().ok() && stream.source->takeNotes().empty());  // nothing is read any more
    }
    /// Left at any place, and resumed by another: no row is lost and none comes twice.
    void goesOnAfterARestart() {
        for (unsigned seed = 0; seed < 600; ++seed) {
            std::mt19937 random(seed);
            const bool json = seed % 2 == 0;
            std::string content = json ? "" : "id,name\n";
            std::vector<std::string> expected;
            for (unsigned id = 0; id < random() % 40; ++id) {
                const std::string name(random() % 7 == 0 ? 300 : random() % 20, 'n');
                content += json ? fmt::format("{{\"id\":{},\"name\":\"{}\"}}\n", id, name)
                                : fmt::format("{},\"{}\"\n", id, name);
                if (name.size() < 300) expected.push_back(fmt::format("{}|\"{}\"", id, name));
            }
            Stream stream(json);
            stream.block = 1 + random() % 80;
            stream.begin();
            std::vector<std::string> rows;
            const auto take = [&] {
                for (std::string& line : stream.next().lines) {
                    if (!line.starts_with("!")) rows.push_back(std::move(line));
                }
            };
            for (std::size_t at = 0; at < content.size();) {
                const std::size_t size = 1 + random() % 60;
                stream.files->give(content.substr(at, size));
                at += size;
                if (random() % 2 == 0) take();
                if (random() % 3 != 0) continue;
                const Status status = stream.restart();
                QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
            }
            stream.files->endInput();
            take();
            QVERIFY2(
                rows == expected,
                fmt::format("seed {}: {} rows instead of {}", seed, rows.size(), expected.size()).c_str());
            QVERIFY(stream.restart().ok());
            QCOMPARE(stream.poll().kind, Poll::Kind::End);
        }
    }
};

QTEST_APPLESS_MAIN(TestStreamSource)
#include "test_stream_source.moc"
