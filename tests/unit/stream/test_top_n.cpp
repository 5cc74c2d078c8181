// The best rows of windows: which they are, when they leave, which of equal ones comes first, late rows.
#include <QtTest/QtTest>

#include "core/data/state_writer.h"
#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("top_n");
}

/// The output of a window; without `made`, that of a sort behind it.
StreamType windows(bool made = true) {
    const auto field = [](const char* name, TypeId id) { return Field{name, Type::of(id)}; };
    StreamType type;
    type.schema = std::make_shared<const Schema>(
        Schema{{field("window_start", TypeId::Timestamp), field("window_end", TypeId::Timestamp),
                field("window_time", TypeId::Timestamp), field("k", TypeId::String), field("v", TypeId::Int),
                field("d", TypeId::Double)}});
    type.eventTime = 2;
    type.windowed = true;
    type.made = made;
    type.sourceOrder = !made;
    return type;
}

std::string at(Instant time) {
    std::string text;
    appendTimestamp(text, time);
    return text;
}

/// A row of the window [start, end).
Lines row(Instant start, Instant end, const std::string& k, const std::string& v,
          const std::string& d = "1") {
    return {at(start), at(end), at(end - 1), k, v, d};
}

/// A top_n and its input, and a short form of its output.
struct Tried {
    explicit Tried(Json params, StreamType type = windows(), std::size_t batchRows = 4096)
        : stream(std::move(type)), bound(bindNode(node(), std::move(params), {stream})) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        harness = std::make_unique<OperatorHarness>(node(), *bound.bound, contextFor(stream, 1, batchRows));
    }

    void send(const std::vector<Lines>& rows, std::vector<Instant> stamps = {}, WireNumber wire = 0) {
        Batch batch = textBatch(stream.schema, rows);
        batch.positions.first = stream.made ? -1 : sent;
        batch.wire = wire;
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        sent += static_cast<std::int64_t>(rows.size());
        harness->send(batch);
    }

    void takeBack(const std::vector<Lines>& rows) {
        Batch batch = textBatch(stream.schema, rows);
        batch.positions.first = -1;
        batch.kinds = std::make_shared<const std::vector<RowKind>>(rows.size(), RowKind::Delete);
        harness->send(batch);
    }

    /// “b1 a2”: k and rank of each row that left, in the order of leaving.
    std::string ranked() {
        std::string text;
        for (const std::string& line : harness->lines(0)) {
            const QStringList cells = QString::fromStdString(line).split(u'|');
            text += (text.empty() ? "" : " ") + QString(cells[3] + cells.last()).toStdString();
        }
        return text;
    }

    StreamType stream;
    BoundForTest bound;
    std::unique_ptr<OperatorHarness> harness;
    std::int64_t sent = 0;
};

std::string stateOf(const Tried& tried) {
    StateWriter out;
    if (!tried.harness->tested().snapshot(out).ok()) qFatal("no state");
    return out.finish();
}

}  // namespace

class TestTopN : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void largeRowsLeaveAFewAtATime() {
        Tried tried({{"by", {"v DESC"}}, {"limit", 100}});
        const std::string large(std::size_t{1} << 20, 'x');
        std::vector<Lines> rows;
        for (int i = 0; i < 40; ++i) rows.push_back(row(0, 10'000, large, std::to_string(i)));
        tried.send(rows);
        tried.harness->advance(9'999);
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{40});
        const std::size_t batch = tried.harness->mostOfBatch() >> 20, call = tried.harness->mostOfCall() >> 20;
        QVERIFY2(batch <= 10 && call <= 26, qPrintable(QString("%1 MiB, %2 MiB").arg(batch).arg(call)));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void letsRowsOutAtTheLastMillisecondOfTheirWindow() {
        Tried tried({{"by", {"v DESC"}}, {"limit", 2}});
        tried.send({row(0, 10'000, "a", "1"), row(0, 10'000, "b", "5"), row(5'000, 15'000, "x", "9"),
                    row(0, 10'000, "c", "3")});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(0).empty());
        QCOMPARE(tried.harness->tested().firstOpen().from, Instant{0});
        QCOMPARE(tried.harness->tested().firstOpen().until, Instant{10'000});
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{2});
        tried.harness->advance(9'999);
        QCOMPARE(tried.ranked(), std::string("b1 c2"));
        QVERIFY(tried.harness->lines(0)[0].starts_with(at(0) + "|" + at(10'000) + "|" + at(9'999) + "|b|5|"));
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("b1 c2 x1"));
        QCOMPARE(tried.harness->tested().firstOpen().from, kMaxTimestamp);
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void windowsOfOneEndAreTold() {
        Tried tried({{"by", {"v"}}, {"limit", 1}});
        tried.send({row(0, 10'000, "a", "1"), row(5'000, 10'000, "b", "2"), row(0, 10'000, "c", "0")});
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("c1 b1"));
    }

    void nullIsLowest() {
        const std::vector<Lines> rows{row(0, 10, "a", "5"), row(0, 10, "b", ""), row(0, 10, "c", "3")};
        Tried ascending({{"by", {"v"}}, {"limit", 2}});
        ascending.send(rows);
        ascending.harness->end();
        QCOMPARE(ascending.ranked(), std::string("b1 c2"));
        Tried descending({{"by", {"v desc"}}, {"limit", 3}});
        descending.send(rows);
        descending.harness->end();
        QCOMPARE(descending.ranked(), std::string("a1 c2 b3"));
    }

    void zerosAreEqualAndNaNIsHighest() {
        Tried tried(Json{{"by", {"d", "k"}}});
        tried.send({row(0, 10, "a", "1", "NaN"), row(0, 10, "c", "1", "-0.0"), row(0, 10, "b", "1", "0.0"),
                    row(0, 10, "d", "1", "Infinity")});
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("b1 c2 d3 a4"));
    }

    // Rule 9.
    void equalMadeRowsGoByWireThenByColumns() {
        Tried tried({{"by", {"v"}}, {"limit", 4}});
        tried.send({row(0, 10, "a", "1")}, {}, firstWireOf(1));
        tried.send({row(0, 10, "c", "1"), row(0, 10, "b", "1"), row(0, 10, "", "1"), row(0, 10, "d", "1")});
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("∅1 b2 c3 d4"));
    }

    void equalSortedRowsGoByTheirPlace() {
        Tried tried({{"by", {"v"}}, {"limit", 2}}, windows(false));
        tried.send({row(0, 10, "c", "1"), row(0, 10, "a", "1")});
        tried.send({row(0, 10, "b", "1"), row(0, 10, "x", "2")});
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("c1 a2"));
    }

    void aPartitionOfNullIsOneToo() {
        Tried tried({{"by", {"v DESC"}}, {"limit", 1}, {"partition_by", {"k"}}});
        tried.send({row(0, 10, "", "1"), row(0, 10, "a", "0"), row(0, 10, "", "2"), row(5, 15, "a", "7")});
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{3});
        tried.harness->end();
        QCOMPARE(tried.harness->table(0).size(), std::size_t{3});
        QCOMPARE(tried.ranked(), std::string("∅1 a1 a1"));
        QVERIFY(tried.harness->lines(0)[0].find("|∅|2|") != std::string::npos);
    }

    void lateRowsLeaveWithWhatTheyMissed() {
        Tried tried({{"by", {"v"}}}, windows(false));
        tried.send({row(0, 10'000, "a", "1"), row(0, 10'000, "b", "2"), row(0, 10'000, "c", "3")},
                   {9'998, 9'999, 13'500});
        tried.harness->end();
        QCOMPARE(tried.ranked(), std::string("a1"));
        QCOMPARE(tried.harness->lateCount(), std::size_t{2});
        QCOMPARE(tried.harness->largestLateBy(), Millis{3'501});
        QCOMPARE(tried.harness->lines(1).size(), std::size_t{2});
        QVERIFY(tried.harness->lines(1)[0].ends_with("|0|" + at(10'000)));
        QVERIFY(tried.harness->lines(1)[1].ends_with("|3501|" + at(10'000)));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void theStateDoesNotTellHowRowsCame_data() {
        QTest::addColumn<bool>("made");
        QTest::newRow("made rows") << true;
        QTest::newRow("sorted rows") << false;
    }
    void theStateDoesNotTellHowRowsCame() {
        QFETCH(bool, made);
        std::vector<Lines> rows;
        for (int i = 0; i < 40; ++i)
            rows.push_back(
                row(i % 3 * 5, 20, i % 4 == 0 ? "" : "b", std::to_string(i * 7 % 5), std::to_string(i)));
        const Json params = {{"by", {"v"}}, {"limit", 3}, {"partition_by", {"k"}}};
        Tried together(params, windows(made)), alone(params, windows(made));
        together.send(rows);
        if (made) std::reverse(rows.begin(), rows.end());  // several tasks made them
        for (const Lines& one : rows) alone.send({one});
        QVERIFY(stateOf(together).size() > 200);
        QVERIFY(stateOf(together) == stateOf(alone));
        together.harness->end();
        alone.harness->end();
        QCOMPARE(together.harness->table(0), alone.harness->table(0));
    }

    void keepsNoMoreThanTheLimit() {
        Tried tried({{"by", {"v DESC"}}, {"limit", 3}});
        constexpr int kBatches = 20, kRows = 1'000;
        std::size_t first = 0;
        for (int batch = 0; batch < kBatches; ++batch) {
            std::vector<Lines> rows;
            for (int i = 0; i < kRows; ++i)
                rows.push_back(row(0, 10, "a key that is no short text", std::to_string(batch * kRows + i)));
            tried.send(rows);
            const std::size_t bytes = tried.harness->tested().stateSize().bytes;
            if (batch == 0) first = bytes;
            QCOMPARE(bytes, first);
        }
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{3});
        QVERIFY(tried.harness->lines(0)[0].find("|19999|") != std::string::npos);
    }

    void muchThatIsDueAtOnceLeavesBitByBit_data() {
        QTest::addColumn<QString>("params");
        QTest::newRow("one partition") << QStringLiteral(R"({"by": ["v DESC"], "limit": 100000})");
        QTest::newRow("many partitions") << QStringLiteral(R"({"by": ["k"], "partition_by": ["v"]})");
    }
    void muchThatIsDueAtOnceLeavesBitByBit() {
        QFETCH(QString, params);
        constexpr std::size_t kRows = 3'000, kBatchRows = 16;
        Tried tried(Json::parse(params.toStdString()), windows(), kBatchRows);
        std::vector<Lines> rows;
        for (std::size_t i = 0; i < kRows; ++i)
            rows.push_back(row(0, 10, "a", std::to_string(i * 7 % kRows)));
        tried.send(rows);
        tried.harness->end();
        QCOMPARE(tried.harness->table(0).size(), kRows);
        // Sorted and let out, a few batches a call; that none did more the harness sees to.
        QVERIFY(tried.harness->calls() - tried.harness->sent() > kRows / (8 * kBatchRows));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
    }

    // They give nothing, but each is looked at.
    void manyPartitionsWithoutRowsAreLeftBitByBit() {
        constexpr std::size_t kPartitions = 3'000, kBatchRows = 16;
        StreamType changing = windows();
        changing.updating = true;
        changing.key = {0, 1, 3};
        Tried tried({{"by", {"v"}}, {"partition_by", {"k"}}}, changing, kBatchRows);
        std::vector<Lines> rows;
        for (std::size_t i = 0; i < kPartitions; ++i) rows.push_back(row(0, 10, std::to_string(i), "1"));
        tried.send(rows);
        tried.takeBack(rows);
        tried.harness->end();
        QVERIFY(tried.harness->table(0).empty());
        QVERIFY(tried.harness->calls() - tried.harness->sent() > kPartitions / (8 * kBatchRows));
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestTopN)
#include "test_top_n.moc"
