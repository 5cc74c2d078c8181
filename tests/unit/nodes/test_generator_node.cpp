// The generator: the same rows for the same seed however they are cut, an even pace, and disorder within
// bounds.
#include <QtTest/QtTest>
#include <set>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/validate.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

Json params(const std::vector<std::string>& columns, Json more = Json::object()) {
    more["columns"] = columns;
    return more;
}

/// The generator bound, with its issues.
Validated bound(const Json& given) {
    Pipeline pipeline;
    pipeline.nodes.push_back({"g", "generator", "", {}, given});
    Validated validated = validate(pipeline, catalogue(), {});
    std::erase_if(validated.issues, [](const Issue& issue) { return issue.param.empty(); });  // not wired
    return validated;
}

std::string said(const Validated& validated) {
    std::string text;
    for (const Issue& issue : validated.issues) text += english(issue) + "\n";
    return text;
}

struct Generated {
    std::vector<std::string> rows, bad;
    std::size_t largestBatch = 0;
    Status status;
};

Generated generate(const Json& given, std::size_t batchRows = 4096, bool nullOnError = false) {
    Generated out;
    const Validated validated = bound(given);
    if (!validated.runnable()) {
        out.status = Status(ErrorCode::Invalid, RW_TEXT("test", "%1").with(said(validated)));
        return out;
    }
    MakeContext context;
    context.batchRows = batchRows;
    context.nullOnError = nullOnError;
    context.eval.runStart = 1000;
    const auto clock = std::make_shared<ManualClock>();
    context.clock = clock;
    const BoundNodeRef node = validated.nodes.at("g").bound;
    auto made = catalogue().find("generator")->make(*node, context);
    const auto source = std::get<std::unique_ptr<Source>>(std::move(made).value());
    out.status = source->open();
    for (;;) {
        std::unique_ptr<Chunk> chunk;
        const auto poll = source->poll(chunk);
        if (poll->kind == Poll::Kind::End) return out;
        if (poll->kind == Poll::Kind::Wait) {
            clock->advance(poll->until - clock->steady);
            continue;
        }
        ParsedChunk parsed;
        out.status = source->parse(*chunk, parsed);
        if (!out.status.ok()) return out;
        for (const Batch& batch : parsed.batches) {
            out.largestBatch = std::max(out.largestBatch, batch.rows);
            if (batch.rows > batchRows) qFatal("a batch is too large");
            for (std::size_t row = 0; row < batch.rows; ++row) out.rows.push_back(rowText(batch, row));
        }
        for (const BadRow& row : parsed.bad) out.bad.push_back(row.text + ": " + english(row.reason));
    }
}

/// A generator of so many numbers, which may resume from a state.
struct Numbers {
    Validated validated;
    std::unique_ptr<Source> source{};

    explicit Numbers(int rows, const std::string& from = {})
        : validated(bound(params({"n BIGINT = i"}, {{"rows", rows}, {"rate", 0}}))) {
        MakeContext context;
        context.clock = std::make_shared<ManualClock>();
        auto made = catalogue().find("generator")->make(*validated.nodes.at("g").bound, context);
        source = std::get<std::unique_ptr<Source>>(std::move(made).value());
        if (!from.empty()) QVERIFY(source->restore(*StateReader::open(from)).ok());
        QVERIFY(source->open().ok());
    }
    std::string rest() const {
        std::string rows;
        for (std::unique_ptr<Chunk> chunk; source->poll(chunk)->kind == Poll::Kind::Ready;) {
            ParsedChunk parsed;
            if (!source->parse(*chunk, parsed).ok()) return "not parsed";
            for (const Batch& batch : parsed.batches) {
                for (std::size_t row = 0; row < batch.rows; ++row) rows += rowText(batch, row) + " ";
            }
        }
        return rows;
    }
    std::string state() const {
        StateWriter out;
        return source->snapshot(out).ok() ? out.finish() : std::string();
    }
};

}  // namespace

class TestGeneratorNode : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// A rate that makes the second row due beyond all calendars.
    void timesAreDueWithinTheCalendar() {
        const auto made = generate(params({"ts TIMESTAMP(3)"}, {{"rows", 2}, {"rate", 1e-12}}));
        QCOMPARE(made.rows,
                 (std::vector<std::string>{"ts=1970-01-01 00:00:01.000", "ts=9999-12-31 23:59:59.999"}));
    }

    void hugeRowsComeInSmallBatches_data() {
        QTest::addColumn<QString>("column");
        QTest::addColumn<qulonglong>("most");  // bytes of a piece
        QTest::newRow("said") << "s STRING = REPEAT(CAST(i AS STRING), 2000000)" << 20'000'000ULL;
        QTest::newRow("computed") << "s STRING = REPEAT('x', 2000000 + CAST(i AS INT))" << 40'000'000ULL;
        QTest::newRow("padded") << "s STRING = LPAD('x', 2000000, CAST(i AS STRING))" << 20'000'000ULL;
        QTest::newRow("in between") << "s BIGINT = CHAR_LENGTH(REPEAT('x', 1000000 + CAST(i AS INT)))"
                                    << 20'000'000ULL;
    }
    /// Pieces and batches are bounded in bytes, also of values that are not in the rows.
    void hugeRowsComeInSmallBatches() {
        QFETCH(QString, column);
        QFETCH(qulonglong, most);
        const Validated validated = bound(params({column.toStdString()}, {{"rows", 60}, {"rate", 0}}));
        QVERIFY2(validated.runnable(), said(validated).c_str());
        MakeContext context;
        context.clock = std::make_shared<ManualClock>();
        const BoundNodeRef node = validated.nodes.at("g").bound;
        auto made = catalogue().find("generator")->make(*node, context);
        const auto source = std::get<std::unique_ptr<Source>>(std::move(made).value());
        QVERIFY(source->open().ok());
        std::size_t rows = 0;
        for (;;) {
            std::unique_ptr<Chunk> chunk;
            const auto poll = source->poll(chunk);
            QVERIFY(poll.ok());
            if (poll->kind == Poll::Kind::End) break;
            ParsedChunk parsed;
            QVERIFY(source->parse(*chunk, parsed).ok());
            QVERIFY(parsed.bad.empty());
            std::size_t bytes = 0;
            for (const Batch& batch : parsed.batches) {
                std::size_t ofBatch = 0;
                const Column& values = batch.column(0);
                for (std::size_t row = 0; row < batch.rows; ++row) {
                    ofBatch += values.type().is(TypeId::String)
                                   ? values.string(row).size()
                                   : static_cast<std::size_t>(values.at<std::int64_t>(row));
                }
                QVERIFY2(batch.rows == 1 || ofBatch <= most / 2, qPrintable(QString::number(ofBatch)));
                bytes += ofBatch;
                rows += batch.rows;
            }
            QVERIFY2(bytes <= most, qPrintable(QString::number(bytes)));
        }
        QCOMPARE(rows, std::size_t{60});
    }
    /// Where texts turn out to be short, pieces grow to their full size.
    void shortTextsOfComputedLengthComeInFullBatches() {
        const Json given =
            params({"s STRING = REPEAT('x', CAST(i % 3 AS INT))"}, {{"rows", 50'000}, {"rate", 0}});
        const auto made = generate(given);
        QCOMPARE(made.rows.size(), std::size_t{50'000});
        QCOMPARE(made.rows[49'999], std::string("s=x"));
        QVERIFY2(made.largestBatch == 4096, qPrintable(QString::number(made.largestBatch)));
    }
    /// It takes a few hundredths of a second; trying the numbers one by one would take ages.
    void zipfOfHugeNumbersIsQuick() {
        QElapsedTimer timer;
        timer.start();
        const auto made = generate(
            params({"z BIGINT = ZIPF(9223372036854775807, 1.0)",
                    "y BIGINT = ZIPF(9223372036854775807, 1e-300)", "x BIGINT = ZIPF(1000000, 300.0)"},
                   {{"rows", 10'000}, {"rate", 0}}));
        QCOMPARE(made.rows.size(), std::size_t{10'000});
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
        // Of 1 in z there is one in ln(2^63) + 0.58 = 44.2; y is as good as even, x as good as always 1.
        constexpr auto kHalf = std::numeric_limits<std::int64_t>::max() / 2;
        int ones = 0, large = 0;
        for (const std::string& row : made.rows) {
            long long z = 0, y = 0, x = 0;
            QCOMPARE(std::sscanf(row.c_str(), "z=%lld, y=%lld, x=%lld", &z, &y, &x), 3);
            QCOMPARE(x, 1LL);
            if (z == 1) ++ones;
            if (y > kHalf) ++large;
        }
        QVERIFY2(ones > 160 && ones < 300, qPrintable(QString::number(ones)));
        QVERIFY2(large > 4'700 && large < 5'300, qPrintable(QString::number(large)));
    }

    void rowsAreFunctionsOfTheirNumber() {
        const auto made =
            generate(params({"n BIGINT = i * 2", "s STRING = CAST(i AS STRING)"}, {{"rows", 3}}));
        QVERIFY2(made.status.ok(), made.status.ok() ? "" : english(made.status.error()).c_str());
        QCOMPARE(made.rows, (std::vector<std::string>{"n=0, s=0", "n=2, s=1", "n=4, s=2"}));
    }

    void typesAreConverted() {
        const auto made =
            generate(params({"d DOUBLE = i", "m DECIMAL(5,2) = i", "k INT = i"}, {{"rows", 2}}));
        QCOMPARE(made.rows.back(), std::string("d=1, m=1.00, k=1"));
    }

    void oneSeedOneResultHoweverItIsCut() {
        const std::vector<std::string> columns{"a DOUBLE = RANDOM()", "b DOUBLE = RANDOM()",
                                               "c DOUBLE = NOISE(3)", "p STRING = PICK('x', 'y', 'z')",
                                               "z BIGINT = ZIPF(100, 1.1)"};
        const Json given = params(columns, {{"rows", 20'000}, {"rate", 0}});
        const auto whole = generate(given);
        QVERIFY(whole.status.ok());
        QCOMPARE(whole.rows.size(), std::size_t{20'000});
        QCOMPARE(generate(given, 7).rows, whole.rows);
        Json slow = given;
        slow["rate"] = 100'000;
        QCOMPARE(generate(slow).rows, whole.rows);
        Json other = given;
        other["seed"] = 2;
        QVERIFY(generate(other).rows != whole.rows);
        QVERIFY(whole.rows[0].find("a=0.") == 0);
        const auto a = whole.rows[0].substr(2, 10),
                   b = whole.rows[0].substr(whole.rows[0].find("b=") + 2, 10);
        QVERIFY(a != b);  // two columns of the same text are two columns of chance
    }

    void aTimestampWithoutExpressionIsWhenItsRowIsDue() {
        const auto made = generate(params({"ts TIMESTAMP(3)"}, {{"rows", 3}, {"rate", 4}}));
        QCOMPARE(made.rows,
                 (std::vector<std::string>{"ts=1970-01-01 00:00:01.000", "ts=1970-01-01 00:00:01.250",
                                           "ts=1970-01-01 00:00:01.500"}));
    }

    void disorderLowersTheEventTimeWithinItsBounds() {
        const auto made =
            generate(params({"ts TIMESTAMP(3)", "n BIGINT = i"},
                            {{"rows", 1000}, {"rate", 1}, {"disorder", "10ms"}, {"event_time", "ts"}}));
        std::set<Instant> lowered;
        for (std::size_t i = 0; i < made.rows.size(); ++i) {
            const Instant at = *parseTimestamp(made.rows[i].substr(3, 23));
            const Instant due = 1000 + static_cast<Instant>(i) * 1000;
            QVERIFY(due - at >= 0 && due - at <= 10);
            lowered.insert(due - at);
        }
        QCOMPARE(lowered.size(), std::size_t{11});
    }

    void rowsThatFailAreRejected() {
        const Json given = params({"n BIGINT = 10 / (i - 2)", "m BIGINT = 10 / (i - 2)"}, {{"rows", 4}});
        const auto made = generate(given);
        QCOMPARE(made.rows, (std::vector<std::string>{"n=-5, m=-5", "n=-10, m=-10", "n=10, m=10"}));
        QCOMPARE(made.bad.size(), std::size_t{1});
        QVERIFY2(made.bad[0].starts_with("i=2: ") && made.bad[0].ends_with("Division by zero."),
                 made.bad[0].c_str());
        const auto nulls = generate(given, 4096, true);
        QCOMPARE(nulls.rows.size(), std::size_t{4});
        QCOMPARE(nulls.rows[2], std::string("n=NULL, m=NULL"));
    }

    void wrongColumnsAreReportedAtTheirPlace_data() {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("position");
        QTest::newRow("no type") << "price"
                                 << "“price” is not a column." << 0;
        QTest::newRow("no such type") << "price DUBLE = 1"
                                      << "“DUBLE” is not a type." << 6;
        QTest::newRow("no expression") << "price DOUBLE"
                                       << "“price” has no expression." << 12;
        QTest::newRow("unknown name") << "price DOUBLE = j + 1"
                                      << "No column “j” in the input." << 15;
        QTest::newRow("broken") << "price DOUBLE = 1 +"
                                << "The expression ends too early." << 18;
        QTest::newRow("wrong type") << "price DATE = TRUE"
                                    << "BOOLEAN can't become DATE." << 12;
        QTest::newRow("empty") << ""
                               << "“” is not a column." << 0;
    }

    void wrongColumnsAreReportedAtTheirPlace() {
        QFETCH(QString, column);
        QFETCH(QString, words);
        QFETCH(int, position);
        const Validated validated = bound(params({"ok INT = 1", column.toStdString()}));
        QCOMPARE(validated.issues.size(), std::size_t{1});
        const Issue& issue = validated.issues.front();
        QVERIFY2(english(issue).find(words.toStdString()) != std::string::npos, english(issue).c_str());
        QCOMPARE(issue.item, 1);
        QCOMPARE(issue.param, std::string("columns"));
        QCOMPARE(static_cast<int>(issue.position), position);
    }

    void namesAreUnique() {
        QVERIFY(said(bound(params({"a INT = 1", "a INT = 2"}))).find("two columns “a”") != std::string::npos);
    }

    void disorderWithoutEventTimeIsAWarning() {
        const Validated validated = bound(params({"a INT = 1"}, {{"disorder", "1s"}}));
        QVERIFY(validated.runnable());
        QCOMPARE(validated.issues.size(), std::size_t{1});
        QCOMPARE(validated.issues[0].severity, Severity::Warning);
        QVERIFY2(said(validated).find("there is nothing to put out of order") != std::string::npos,
                 said(validated).c_str());
    }

    /// They stay, and do not come a second time when there may be more again.
    void rowsBeyondALoweredNumberAreTold() {
        const Numbers first(3);
        QCOMPARE(first.rest(), std::string("n=0 n=1 n=2 "));
        QVERIFY(first.source->takeNotes().empty());
        const Numbers fewer(2, first.state());
        QCOMPARE(fewer.rest(), std::string());
        const std::vector<Text> notes = fewer.source->takeNotes();
        QCOMPARE(notes.size(), std::size_t{1});
        QCOMPARE(english(notes.front()),
                 std::string("“Rows” is 2 now, and 3 were generated before the run was resumed. They stay, "
                             "and no more are generated."));
        QCOMPARE(fewer.source->progress().done, std::uint64_t{2});
        const Numbers more(5, fewer.state());
        QCOMPARE(more.rest(), std::string("n=3 n=4 "));
        QVERIFY(more.source->takeNotes().empty());
    }
};

QTEST_APPLESS_MAIN(TestGeneratorNode)
#include "test_generator_node.moc"
