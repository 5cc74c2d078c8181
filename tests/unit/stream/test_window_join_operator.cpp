// The output of a window join: pairs, rows without a partner, late and rejected rows, restarts.
#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Cells = std::vector<std::string>;

enum Port : int { kOut, kLateLeftOut, kLateRightOut };
constexpr int kLeftIn = 0, kRightIn = 1;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_join");
}

StreamType side(const char* time, const char* key, const char* value, bool windowed = false) {
    const Type instant = Type::of(TypeId::Timestamp);
    Schema schema{{{time, instant}, {key, Type::of(TypeId::String)}, {value, Type::of(TypeId::Bigint)}}};
    if (windowed) {
        schema.fields.push_back({"window_start", instant});
        schema.fields.push_back({"window_end", instant});
    }
    StreamType type;
    type.schema = std::make_shared<const Schema>(std::move(schema));
    type.eventTime = 0;
    type.made = type.windowed = windowed;
    return type;
}

Json tumble(Json more = Json::object()) {
    Json params = {{"window", "tumble"}, {"size", "10s"}, {"on", "left.k = right.q"}};
    params.update(more);
    return params;
}

/// A join of lt, k, v and rt, q, w.
struct Tried {
    explicit Tried(Json params, std::size_t batchRows = 4096, bool windowed = false)
        : left(side("lt", "k", "v", windowed)),
          right(side("rt", "q", "w", windowed)),
          bound(bindNode(node(), std::move(params), {left, right})),
          context(contextFor(left, 1, batchRows)) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        context.inputs.push_back(contextFor(right).inputs.front());
        harness = make();
    }
    std::unique_ptr<OperatorHarness> make() const {
        return std::make_unique<OperatorHarness>(node(), *bound.bound, context);
    }
    void send(int port, const std::vector<Cells>& rows, std::vector<Instant> stamps = {}) {
        Batch batch = textBatch((port == kLeftIn ? left : right).schema, rows);
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        harness->send(batch, port);
    }
    /// “v-w” of each row that left, sorted; of semi and anti joins “v-”.
    Lines met() {
        Lines out;
        for (const std::string& line : harness->table(kOut)) {
            const QStringList cells = QString::fromStdString(line).split(u'|');
            out.push_back((cells[2] + u'-' + (cells.size() > 6 ? cells[5] : QString())).toStdString());
        }
        std::sort(out.begin(), out.end());
        return out;
    }
    std::size_t rowsKept() const { return harness->tested().stateSize().keys; }

    StreamType left, right;
    BoundForTest bound;
    MakeContext context;
    std::unique_ptr<OperatorHarness> harness;
};

std::string at(int second, int milli = 0) {
    char text[40];
    std::snprintf(text, sizeof text, "1970-01-01 00:%02d:%02d.%03d", second / 60, second % 60, milli);
    return text;
}

/// Start, end and last millisecond.
std::string window(int start, int end) {
    return at(start) + "|" + at(end) + "|" + at(end - 1, 999);
}

}  // namespace

class TestWindowJoinOperator : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void emitsWhenTheWatermarkReachesTheLastMillisecond() {
        Tried tried(tumble());
        tried.send(kLeftIn, {{at(0), "a", "1"}});
        tried.send(kRightIn, {{at(9, 999), "a", "2"}, {at(10), "a", "3"}});
        QCOMPARE(tried.harness->tested().firstOpen().until, Instant{10'000});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(kOut).empty());
        QCOMPARE(tried.rowsKept(), std::size_t{3});
        tried.harness->advance(9'999);
        QCOMPARE(tried.harness->lines(kOut), (Lines{at(0) + "|a|1|" + at(9, 999) + "|a|2|" + window(0, 10)}));
        QCOMPARE(tried.rowsKept(), std::size_t{1});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(kOut).size(), std::size_t{1});
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void lateRowsLeaveByThePortOfTheirSide() {
        Tried tried(tumble());
        tried.send(kLeftIn, {{at(3), "a", "1"}, {at(4), "a", "2"}}, {9'998, 9'999});
        tried.send(kRightIn, {{at(5), "a", "3"}, {at(6), "a", "4"}}, {12'000, kCleanStamp});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-4"}));
        QCOMPARE(tried.harness->lines(kLateLeftOut), (Lines{at(4) + "|a|2|0|" + at(10)}));
        QCOMPARE(tried.harness->lines(kLateRightOut), (Lines{at(5) + "|a|3|2001|" + at(10)}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{2});
        QCOMPARE(tried.harness->largestLateBy(), Millis{2001});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aRowLateForSomeHopsMeetsInTheOthers() {
        // Rule 13: [0, 10) has passed for the row of left, and has not fired yet.
        Tried tried(tumble({{"window", "hop"}, {"slide", "5s"}, {"kind", "full"}}));
        tried.send(kRightIn, {{at(9), "a", "2"}});
        tried.send(kLeftIn, {{at(9), "a", "1"}}, {9'999});
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->end();
        const std::string right = at(9) + "|a|2|";
        QCOMPARE(tried.harness->lines(kOut),
                 (Lines{"∅|∅|∅|" + right + window(0, 10), at(9) + "|a|1|" + right + window(5, 15)}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{0});
    }

    void aRowIsKeptOnceHoweverManyWindowsItIsIn() {
        Tried tried(tumble({{"window", "cumulate"}, {"size", "1h"}, {"step", "1s"}}));
        tried.send(kLeftIn, {{at(1), "a", "1"}});
        tried.send(kRightIn, {{at(2), "a", "2"}});
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->advance(59'999);
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->end();
        QCOMPARE(tried.met(), Lines(3'598, "1-2"));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void everyKindOfJoin_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("inner") << "inner" << QStringList{"1-4", "1-5"};
        QTest::newRow("left") << "left" << QStringList{"1-4", "1-5", "2-∅", "3-∅"};
        QTest::newRow("right") << "right" << QStringList{"1-4", "1-5", "∅-6", "∅-7"};
        QTest::newRow("full") << "full" << QStringList{"1-4", "1-5", "2-∅", "3-∅", "∅-6", "∅-7"};
        QTest::newRow("semi") << "semi" << QStringList{"1-"};
        QTest::newRow("anti") << "anti" << QStringList{"2-", "3-"};
    }
    void everyKindOfJoin() {
        QFETCH(QString, kind);
        QFETCH(QStringList, expected);
        for (const std::size_t batchRows : {1U, 2U, 4096U}) {
            Tried tried(tumble({{"kind", kind.toStdString()}}), batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "b", "2"}, {at(3), "", "3"}});
            tried.send(kRightIn, {{at(1), "a", "4"}, {at(2), "a", "5"}, {at(3), "c", "6"}, {at(4), "", "7"}});
            tried.harness->advance(9'999);
            QStringList found;
            for (const std::string& line : tried.met()) found << QString::fromStdString(line);
            QCOMPARE(found, expected);
            QCOMPARE(tried.rowsKept(), std::size_t{0});
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void rowsOfNeighbouringWindowsDoNotMeet() {
        Tried tried(tumble({{"kind", "full"}}));
        tried.send(kLeftIn, {{at(9, 999), "a", "1"}});
        tried.send(kRightIn, {{at(10), "a", "2"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-∅", "∅-2"}));
    }

    void anInputThatNeverHadARowGivesNulls() {
        for (const char* kind : {"left", "full", "anti"}) {
            Tried tried(tumble({{"kind", kind}}));
            tried.send(kLeftIn, {{at(1), "a", "1"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{std::string(kind) == "anti" ? "1-" : "1-∅"}));
        }
    }

    void theRestOfTheConditionIsAskedOfPairs() {
        for (const std::size_t batchRows : {1U, 2U, 4096U}) {
            Tried tried(tumble({{"on", "left.k = right.q AND left.v < right.w"}, {"kind", "full"}}),
                        batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "a", "9"}});
            tried.send(kRightIn, {{at(1), "a", "0"}, {at(2), "a", "5"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-5", "9-∅", "∅-0"}));
        }
    }

    void pairsThatFailAreRejectedAndMeetNot() {
        const Json params = tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "left"}});
        for (const std::size_t batchRows : {1U, 3U, 4096U}) {
            Tried tried(params, batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "a", "9"}});
            tried.send(kRightIn, {{at(1), "a", "0"}, {at(2), "a", "5"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-5", "9-∅"}));
            QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
            QVERIFY(tried.harness->rejected()[0].find("w=0") != std::string::npos);
        }
    }

    void whichPairsFailDoesNotGoByTheOrderOfRows() {
        const Json params = tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "semi"}});
        for (const bool failsFirst : {true, false}) {
            Tried tried(params, 1);
            tried.send(kLeftIn, {{at(1), "a", "1"}});
            tried.send(kRightIn,
                       {{at(1), "a", failsFirst ? "0" : "5"}, {at(2), "a", failsFirst ? "5" : "0"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-"}));
            QCOMPARE(tried.harness->rejected().size(), std::size_t{1});
        }
    }

    void nullInPlaceOfWhatFailsMeetsNot() {
        Tried tried(tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "anti"}}));
        tried.context.nullOnError = true;
        tried.harness = tried.make();
        tried.send(kLeftIn, {{at(1), "a", "1"}});
        tried.send(kRightIn, {{at(1), "a", "0"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-"}));
        QCOMPARE(tried.harness->rejected(), Lines{});
    }

    void rowsWithoutATimeForWindowsAreRejected() {
        Tried tried(tumble({{"kind", "full"}}));
        tried.send(kLeftIn, {{"", "a", "1"}});
        tried.send(kRightIn, {{at(1), "a", "2"}, {"", "a", "3"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"∅-2"}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
        QVERIFY(tried.harness->rejected()[0].ends_with("The event time is NULL"));
    }

    void windowsThatRowsCarryMeetWhenTheyAreEqual() {
        Tried tried({{"window", "input"}, {"on", "left.k = right.q"}, {"kind", "full"}}, 4096, true);
        // Two windows that end at the same time, and one of another start.
        tried.send(kLeftIn, {{at(9, 999), "a", "1", at(0), at(10)}, {at(9, 999), "a", "2", at(5), at(10)}});
        tried.send(kRightIn, {{at(9, 999), "a", "3", at(5), at(10)}, {at(9, 999), "a", "4", at(7), at(10)}});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(kOut).empty());
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), (Lines{"1-∅", "2-3", "∅-4"}));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void aKeyThatBothSidesHaveOftenIsJoinedInPieces() {
        constexpr std::size_t kRows = 300, kBatchRows = 64;
        for (const char* on : {"left.k = right.q", "left.k = right.q AND left.v >= right.w"}) {
            Tried tried(tumble({{"on", on}}), kBatchRows);
            std::vector<Cells> rows;
            for (std::size_t i = 0; i < kRows; ++i) rows.push_back({at(1), "a", std::to_string(i)});
            tried.send(kLeftIn, rows);
            tried.send(kRightIn, rows);
            tried.harness->end();
            const bool all = std::string(on) == "left.k = right.q";
            const std::size_t pairs = all ? kRows * kRows : kRows * (kRows + 1) / 2;
            QCOMPARE(tried.harness->lines(kOut).size(), pairs);
            const Lines found = tried.met();
            QVERIFY(std::adjacent_find(found.begin(), found.end()) == found.end());
            QCOMPARE(tried.harness->breaches(), Lines{});
            // Pairs that the rest of the condition turns down are work, too.
            QVERIFY(tried.harness->calls() > kRows * kRows / (8 * kBatchRows));
            QCOMPARE(tried.rowsKept(), std::size_t{0});
        }
    }

    void aPartnerIsEnoughForRowsThatAskOnlyWhether() {
        constexpr std::size_t kRows = 300, kBatchRows = 64;
        Tried tried(tumble({{"kind", "semi"}}), kBatchRows);
        std::vector<Cells> rows;
        for (std::size_t i = 0; i < kRows; ++i) rows.push_back({at(1), "a", std::to_string(i)});
        tried.send(kLeftIn, rows);
        tried.send(kRightIn, rows);
        tried.harness->end();
        QCOMPARE(tried.harness->lines(kOut).size(), kRows);
        QVERIFY2(tried.harness->calls() < 50, std::to_string(tried.harness->calls()).c_str());
    }

    void theStateDoesNotTellHowRowsWereBatched() {
        // More slices than are looked at together, in turns, and keys that come again in each.
        std::vector<Cells> rows;
        for (int i = 0; i < 120; ++i) {
            const char* const key = i % 7 == 0 ? "" : i % 3 == 0 ? "a" : "b";
            rows.push_back({at(10 * (i % 15) + i % 4), key, std::to_string(i)});
        }
        std::vector<std::string> states;
        for (const std::size_t batchRows : {1U, 17U, 120U}) {
            Tried tried(tumble({{"kind", "left"}}));
            for (std::size_t from = 0; from < rows.size(); from += batchRows) {
                const auto first = rows.begin() + static_cast<std::ptrdiff_t>(from);
                const auto count = static_cast<std::ptrdiff_t>(std::min(batchRows, rows.size() - from));
                tried.send(kLeftIn, {first, first + count});
                tried.send(kRightIn, {first, first + count});
            }
            StateWriter writer;
            QVERIFY(tried.harness->tested().snapshot(writer).ok());
            states.push_back(writer.finish());
        }
        QCOMPARE(states[1], states[0]);
        QCOMPARE(states[2], states[0]);
    }

    void afterARestartNoWindowIsJoinedTwice() {
        Tried tried(tumble({{"window", "hop"}, {"slide", "5s"}, {"kind", "full"}}));
        tried.send(kLeftIn, {{at(6), "a", "1"}, {at(7), "", "2"}});
        tried.send(kRightIn, {{at(8), "a", "3"}});
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), (Lines{"1-3", "2-∅"}));
        StateWriter writer;
        QVERIFY(tried.harness->tested().snapshot(writer).ok());
        const std::string bytes = writer.finish();
        tried.harness = tried.make();
        const auto state = StateReader::open(bytes);
        QVERIFY(state.ok());
        QVERIFY(tried.harness->tested().restore(*state, KeyGroups{}).ok());
        QCOMPARE(tried.rowsKept(), std::size_t{3});
        QCOMPARE(tried.harness->tested().firstOpen().until, Instant{15'000});
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), Lines{});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-3", "2-∅"}));
        QVERIFY(tried.harness->lines(kOut)[0].ends_with(window(5, 15)));
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestWindowJoinOperator)
#include "test_window_join_operator.moc"
