// Snapshots of sources: one that resumes from one gives the rows that were left, for any read-ahead, in pieces
// of any size.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_files.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

CsvSourceOptions csvOptions(const std::string& path, std::shared_ptr<const Files> files, std::size_t block,
                            bool follow = false) {
    CsvSourceOptions options;
    options.parser.schema = std::make_shared<const Schema>(schemaOf({{"id", "INT"}, {"note", "STRING"}}));
    options.parser.limits = {64, 32};
    options.files = {path, follow, block, std::move(files)};
    options.clock = std::make_shared<StandingClock>();
    return options;
}

/// Rows of up to `polls` chunks.
std::vector<std::string> take(Source& source, int polls) {
    std::vector<std::string> lines;
    for (int i = 0; i < polls; ++i) {
        std::unique_ptr<Chunk> chunk;
        const Result<Poll> poll = source.poll(chunk);
        if (!poll.ok()) lines.push_back("error: " + english(poll.error()));
        if (!poll.ok() || poll->kind != Poll::Kind::Ready) break;
        ParsedChunk parsed;
        if (!source.parse(*chunk, parsed).ok()) lines.push_back("error");
        std::map<std::int64_t, std::string> rows;
        collect(parsed, rows, 0);
        for (auto& [position, line] : rows) lines.push_back(std::move(line));
    }
    return lines;
}

std::string snapshotOf(const Source& source) {
    StateWriter out;
    const Status status = source.snapshot(out);
    return status.ok() ? out.finish() : std::string();
}

Status restored(Source& source, const std::string& state) {
    const auto reader = StateReader::open(state);
    RW_TRY(reader.status());
    RW_TRY(source.restore(*reader));
    return source.open();
}

std::string randomCsv(std::mt19937& random) {
    const auto pick = [&random](unsigned below) { return static_cast<unsigned>(random() % below); };
    std::string content = pick(4) == 0 ? "\xEF\xBB\xBF\n" : "";
    content += pick(2) == 0 ? "id,note\n" : "note,more,id\r\n";
    const bool wide = content.find("more") != std::string::npos;
    for (unsigned row = pick(30); row > 0; --row) {
        std::string note;
        switch (pick(7)) {
            case 0:
                note = "\"a\nb\"\"c\"";
                break;
            case 1:
                note = "\"never closed";
                break;
            case 2:
                note = std::string(pick(90), 'x');  // some rows are too long
                break;
            case 3:
                content += "\n";
                continue;
            default:
                note = "plain";
        }
        const std::string id = pick(9) == 0 ? "x" : std::to_string(pick(1000));
        content += wide ? note + ",m," + id : id + "," + note;
        if (row > 1 || pick(2) == 0) content += "\n";
    }
    return content;
}

/// A node's source by its parameters.
std::unique_ptr<Source> make(const char* type, const Json& params, const std::shared_ptr<Clock>& clock,
                             BoundNodeRef& bound, Instant runStart) {
    static const Catalogue kinds = builtin();
    Pipeline pipeline;
    pipeline.nodes.push_back({"s", type, "", {}, params});
    bound = validate(pipeline, kinds, {}).nodes.at("s").bound;
    MakeContext context;
    context.batchRows = 7;
    context.clock = clock;
    context.eval.runStart = runStart;
    return std::get<std::unique_ptr<Source>>(std::move(kinds.find(type)->make(*bound, context)).value());
}

}  // namespace

class TestSourceState : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Random files, block sizes and places; also taken down and restored twice.
    void csvGoesOnBehindTheRowsHandedOut() {
        for (unsigned seed = 0; seed < 1'500; ++seed) {
            std::mt19937 random(seed);
            const auto files = std::make_shared<MemoryFiles>();
            for (int i = 0; i < 1 + static_cast<int>(random() % 3); ++i)
                files->replace("in/" + std::to_string(i) + ".csv", randomCsv(random));
            const auto options = [&] {
                CsvSourceOptions made = csvOptions("in", files, 1 + random() % 60);
                if (random() % 3 == 0) made.rate = 1e-3;  // a row at a time
                return made;
            };
            CsvSource whole(csvOptions("in", files, 1 << 20));
            QVERIFY(whole.open().ok());
            const std::vector<std::string> expected = take(whole, 10'000);

            std::vector<std::string> rows;
            auto source = std::make_unique<CsvSource>(options());
            QVERIFY(source->open().ok());
            for (int stage = 0; stage < 2; ++stage) {
                for (std::string& line : take(*source, static_cast<int>(random() % 12))) rows.push_back(line);
                const std::string state = snapshotOf(*source);
                (void)take(*source, 1);  // rows behind a snapshot are not in it
                source = std::make_unique<CsvSource>(options());
                const Status status = restored(*source, state);
                QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
            }
            CsvSourceOptions last = csvOptions("in", files, 1 + random() % 60);
            const std::string state = snapshotOf(*source);
            CsvSource rest(last);
            QVERIFY(restored(rest, state).ok());
            for (std::string& line : take(rest, 10'000)) rows.push_back(line);
            const auto [got, wanted] =
                std::mismatch(rows.begin(), rows.end(), expected.begin(), expected.end());
            const auto shown = [](const auto& at, const auto& all) {
                return at == all.end() ? std::string("the end") : *at;
            };
            const std::string difference =
                fmt::format("seed {}, row {}: {} instead of {}", seed, got - rows.begin(), shown(got, rows),
                            shown(wanted, expected));
            QVERIFY2(rows == expected, difference.c_str());
            QVERIFY(rest.takeNotes().empty());
        }
    }

    void aPlainFileThatChangedIsAnError() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", "id,note\n1,a\n2,b\n");
        CsvSource source(csvOptions("a.csv", files, 12));
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 1), std::vector<std::string>{"1|\"a\""});
        const std::string state = snapshotOf(source);
        files->append("a.csv", "3,c\n");  // grown is as it was
        CsvSource grown(csvOptions("a.csv", files, 100));
        QVERIFY(restored(grown, state).ok());
        QCOMPARE(take(grown, 9), (std::vector<std::string>{"2|\"b\"", "3|\"c\""}));
        for (const char* content : {"id,note\n9,a\n2,b\n", "id,note\n"}) {
            files->rewrite("a.csv", content);
            CsvSource changed(csvOptions("a.csv", files, 100));
            const Status status = restored(changed, state);
            QVERIFY(!status.ok());
            QVERIFY(english(status.error()).find("“a.csv” is not what it was") != std::string::npos);
        }
        files->replace("b.csv", "id,note\n1,a\n");
        files->remove("a.csv");
        CsvSource gone(csvOptions("*.csv", files, 100));
        QVERIFY(!restored(gone, state).ok());
    }

    void aFolderThatWasMovedIsGoneOnWith_data() {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("now");
        QTest::addColumn<bool>("told");  // state has the path of the source
        for (const bool told : {true, false}) {
            const char* by = told ? "told" : "as earlier programs wrote it";
            QTest::addRow("file, %s", by) << "/old/in/b.csv"
                                          << "/new/x/in/b.csv" << told;
            QTest::addRow("folder, %s", by) << "/old/in"
                                            << "/new/x/in" << told;
            QTest::addRow("pattern, %s", by) << "/old/in/*.csv"
                                             << "/new/x/in/*.csv" << told;
        }
        QTest::addRow("pattern of folders") << "/old/*/*.csv"
                                            << "/new/x/*/*.csv" << true;
    }
    void aFolderThatWasMovedIsGoneOnWith() {
        QFETCH(QString, before);
        QFETCH(QString, now);
        QFETCH(bool, told);
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("/old/in/a.csv", "id,note\n");
        files->replace("/old/in/b.csv", "id,note\n1,a\n2,b\n");
        files->replace("/old/more/b.csv", "id,note\n3,c\n");
        const bool more = before.contains(QLatin1String("/*/"));
        CsvSource source(csvOptions(before.toStdString(), files, 12));
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 1), std::vector<std::string>{"1|\"a\""});
        std::string state = snapshotOf(source);
        if (!told) {
            const auto reader = StateReader::open(state);
            QVERIFY(reader.ok());
            Result<FilePosition> place = FilePosition::load(*reader);
            QVERIFY(place.ok());
            place->path.clear();
            StateWriter out;
            place->save(out);
            state = out.finish();
        }
        for (const std::string name : {"/in/a.csv", "/in/b.csv", "/more/b.csv"})
            files->rename("/old" + name, "/new/x" + name);
        CsvSource moved(csvOptions(now.toStdString(), files, 100));
        const Status status = restored(moved, state);
        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
        std::vector<std::string> rest{"2|\"b\""};
        if (more) rest.push_back("3|\"c\"");
        QCOMPARE(take(moved, 9), rest);
        QVERIFY(moved.takeNotes().empty());
    }

    /// The bytes before the place are unchanged: only its size tells that rows are missing.
    void aFileThatWasCutBehindThePlaceIsTold() {
        for (const bool follow : {false, true}) {
            const auto files = std::make_shared<MemoryFiles>();
            files->replace("a.csv", "id,note\n1,a\n2,b\n3,c\n");
            CsvSource source(csvOptions("a.csv", files, 12, follow));
            QVERIFY(source.open().ok());
            QCOMPARE(take(source, 1), std::vector<std::string>{"1|\"a\""});
            const std::string state = snapshotOf(source);
            files->rewrite("a.csv", "id,note\n1,a\n2,b\n");
            CsvSource cut(csvOptions("a.csv", files, 100, follow));
            QVERIFY(restored(cut, state).ok());
            QCOMPARE(take(cut, 9), std::vector<std::string>{"2|\"b\""});
            const std::vector<Text> notes = cut.takeNotes();
            QCOMPARE(notes.size(), std::size_t{1});
            QCOMPARE(english(notes.front()),
                     std::string("“a.csv” was truncated after the state was saved, behind the place that "
                                 "was reached: of 20 bytes 16 are left."));
            // The next state knows that.
            const std::string later = snapshotOf(cut);
            CsvSource again(csvOptions("a.csv", files, 100, follow));
            QVERIFY(restored(again, later).ok() && again.takeNotes().empty());
        }
    }

    /// Only the last bytes before the place are compared. One that was touched or copied looks the same.
    void aFileThatWasEditedFarBeforeThePlaceIsTold() {
        std::string content = "id,note\n";
        for (int id = 1000; id < 2000; ++id) content += std::to_string(id) + ",abc\n";
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", content);
        CsvSource source(csvOptions("a.csv", files, 32));
        QVERIFY(source.open().ok());
        const std::size_t rows = take(source, 200).size();
        QVERIFY(rows > 500 && rows < 1'000);
        const std::string state = snapshotOf(source);
        files->rewrite("a.csv", content.replace(content.find("1000"), 4, "9999"));
        CsvSource edited(csvOptions("a.csv", files, 32));
        QVERIFY(restored(edited, state).ok());
        QCOMPARE(take(edited, 1'000).size(), 1'000 - rows);
        const std::vector<Text> notes = edited.takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(english(notes.front()).starts_with("“a.csv” has another modification time than when "));
        // The next state knows that, and one of an earlier program has no time.
        CsvSource again(csvOptions("a.csv", files, 32));
        QVERIFY(restored(again, snapshotOf(edited)).ok() && again.takeNotes().empty());
        const auto reader = StateReader::open(state);
        QVERIFY(reader.ok());
        Result<FilePosition> place = FilePosition::load(*reader);
        QVERIFY(place.ok());
        place->opened.modified = 0;
        StateWriter out;
        place->save(out);
        CsvSource undated(csvOptions("a.csv", files, 32));
        QVERIFY(restored(undated, out.finish()).ok() && undated.takeNotes().empty());
    }

    /// It starts from the beginning, however long the one before was.
    void aFollowedFileThatWasRotatedIsNotCut() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", "id,note\n1,a\n2,b\n3,c\n");
        CsvSource source(csvOptions("a.csv", files, 100, true));
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 9).size(), std::size_t{3});
        files->replace("a.csv", "id,note\n");
        QVERIFY(take(source, 9).empty());
        (void)source.takeNotes();
        CsvSource again(csvOptions("a.csv", files, 100, true));
        QVERIFY(restored(again, snapshotOf(source)).ok());
        QVERIFY(again.takeNotes().empty());
        files->append("a.csv", "4,d\n");
        QCOMPARE(take(again, 9), std::vector<std::string>{"4|\"d\""});
    }

    void aFollowedFileThatChangedIsReadFromItsStart() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", "id,note\n1,a\n2,b");
        CsvSource source(csvOptions("a.csv", files, 100, true));
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 9), std::vector<std::string>{"1|\"a\""});
        const std::string state = snapshotOf(source);
        files->append("a.csv", "b\n");  // an unfinished line is read again from its start
        CsvSource grown(csvOptions("a.csv", files, 100, true));
        QVERIFY(restored(grown, state).ok());
        QCOMPARE(take(grown, 9), std::vector<std::string>{"2|\"bb\""});
        QVERIFY(grown.takeNotes().empty());
        files->rewrite("a.csv", "id,note\n7,a\n8,b\n");
        CsvSource changed(csvOptions("a.csv", files, 100, true));
        QVERIFY(restored(changed, state).ok());
        QCOMPARE(take(changed, 9), (std::vector<std::string>{"7|\"a\"", "8|\"b\""}));
        QCOMPARE(changed.takeNotes().size(), std::size_t{1});
    }

    /// The file that was being read has been rotated away; later ones are read.
    void aFollowedFolderGoesOnWithoutTheFile() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("in/1.csv", "id,note\n1,a\n");
        files->replace("in/2.csv", "id,note\n2,b\n");
        CsvSource source(csvOptions("in", files, 100, true));
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 9), (std::vector<std::string>{"1|\"a\"", "2|\"b\""}));
        const std::string state = snapshotOf(source);
        files->remove("in/2.csv");
        files->replace("in/3.csv", "id,note\n3,c\n");
        CsvSource later(csvOptions("in", files, 100, true));
        QVERIFY(restored(later, state).ok());
        QCOMPARE(take(later, 9), std::vector<std::string>{"3|\"c\""});
        files->remove("in/3.csv");
        CsvSource waiting(csvOptions("in", files, 100, true));
        QVERIFY(restored(waiting, state).ok());
        QCOMPARE(take(waiting, 9), std::vector<std::string>{});
        files->replace("in/2.csv", "id,note\n4,d\n");
        QCOMPARE(take(waiting, 9), std::vector<std::string>{"4|\"d\""});
    }

    /// A row out of order behind the snapshot would else be the first, and those in order wait for the time
    /// between them.
    void aReplayGoesOnAtItsPace() {
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", "at\n2024-03-01 12:00:00\n2024-03-01 11:00:00\n2024-03-01 12:00:02\n");
        const auto clock = std::make_shared<StandingClock>();
        const auto options = [&] {
            CsvSourceOptions made = csvOptions("a.csv", files, 1 << 20);
            made.parser.schema = std::make_shared<const Schema>(schemaOf({{"at", "TIMESTAMP(3)"}}));
            made.parser.eventTime = 0;
            made.rate = made.replaySpeed = 1;
            made.clock = clock;
            return made;
        };
        CsvSource source(options());
        QVERIFY(source.open().ok());
        QCOMPARE(take(source, 9), std::vector<std::string>{"2024-03-01 12:00:00.000"});
        CsvSource later(options());
        QVERIFY(restored(later, snapshotOf(source)).ok());
        QCOMPARE(take(later, 9), std::vector<std::string>{"2024-03-01 11:00:00.000"});
        clock->millis += 2'000;
        QCOMPARE(take(later, 9), std::vector<std::string>{"2024-03-01 12:00:02.000"});
    }

    void generatorsAndGridsGoOn_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::newRow("generator")
            << "generator"
            << R"j({"rows": 20, "rate": 1000, "seed": 3, "event_time": "ts", "disorder": "1s",
                    "columns": ["ts TIMESTAMP(3)", "r DOUBLE = RANDOM()", "n BIGINT = 10 / (i - 5)"]})j";
        QTest::newRow("nexmark") << "nexmark"
                                 << R"j({"stream": "person", "rows": 20, "rate": 50000, "disorder": "1s"})j";
        QTest::newRow("rows")
            << "rows"
            << R"j({"every": "10ms", "columns": ["a INT"], "rows": [[1], ["x"], [3], [4], [5]]})j";
    }
    void generatorsAndGridsGoOn() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        const Json given = Json::parse(params.toStdString());
        const auto run = [&](int restoreAfter) {
            const auto clock = std::make_shared<StandingClock>();
            BoundNodeRef bound, second;
            auto source = make(type.toUtf8().constData(), given, clock, bound, 1'000);
            std::vector<std::string> rows;
            bool opened = source->open().ok();
            for (int step = 0; opened && step < 200; ++step) {
                if (step == restoreAfter) {
                    const std::string state = snapshotOf(*source);
                    source = make(type.toUtf8().constData(), given, clock, second, 999'000);
                    opened = restored(*source, state).ok();
                }
                for (std::string& line : take(*source, 1)) rows.push_back(line);
                clock->millis += 3;
            }
            return rows;
        };
        const auto whole = run(-1);
        QVERIFY(whole.size() == 20 || whole.size() == 5);
        for (int at = 0; at < 30; ++at) QCOMPARE(run(at), whole);
    }

    void brokenStateIsAnError() {
        StateWriter out;
        out.i64("next", -1);
        const std::string state = out.finish();
        const std::map<const char*, Json> params{
            {"generator", Json{{"columns", {"a INT = 1"}}}},
            {"nexmark", Json{{"stream", "bid"}}},
            {"rows", Json{{"columns", {"a INT"}}, {"rows", Json::array({Json::array({1})})}}}};
        for (const auto& [type, given] : params) {
            BoundNodeRef bound;
            const auto source = make(type, given, std::make_shared<StandingClock>(), bound, 0);
            QVERIFY(!restored(*source, state).ok());
        }
        const auto files = std::make_shared<MemoryFiles>();
        files->replace("a.csv", "id,note\n1,a\n");
        CsvSource csv(csvOptions("a.csv", files, 10));
        QVERIFY(!restored(csv, state).ok());
        CsvSource fresh(csvOptions("a.csv", files, 10));
        QVERIFY(fresh.open().ok());  // it was the state
    }
};

QTEST_APPLESS_MAIN(TestSourceState)
#include "test_source_state.moc"
