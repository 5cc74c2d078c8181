// The best rows so far: the changes for one row more, one less or another one, and the state for that.
#include <QtTest/QtTest>
#include <utility>

#include "core/data/state_writer.h"
#include "core/nodes/catalogue.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;
using namespace std::string_literals;

namespace {

using enum RowKind;
using Cells = std::vector<std::string>;

const NodeKind& topN() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("top_n");
}

/// k STRING, v INT, d DOUBLE, in the order of their source.
StreamType rowsThatStay() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"d", Type::of(TypeId::Double)}}});
    type.sourceOrder = true;
    return type;
}

StreamType rowsThatChange(std::vector<int> key) {
    StreamType type = rowsThatStay();
    type.sourceOrder = false;
    type.updating = type.made = true;
    type.key = std::move(key);
    return type;
}

StreamType rowsWithoutKey() {
    StreamType type = rowsThatChange({});
    type.multiset = true;
    return type;
}

/// A top_n over such rows, and its output since it was asked last.
class Ranking {
 public:
    explicit Ranking(const Json& params, const StreamType& stream = rowsThatStay(),
                     std::size_t batchRows = 4096)
        : m_stream(stream), m_bound(bindNode(topN(), params, {stream})) {
        if (!m_bound.bound) qFatal("%s", english(m_bound.issues.front()).c_str());
        m_harness =
            std::make_unique<OperatorHarness>(topN(), *m_bound.bound, contextFor(stream, 1, batchRows));
    }

    /// “+U b|5|1 2”: kind, k, v, d and rank of the changes for one more batch.
    std::string changes(const std::vector<Cells>& rows, std::vector<RowKind> kinds = {}) {
        Batch batch = textBatch(m_stream.schema, rows);
        batch.positions.first = m_stream.made ? -1 : std::exchange(m_sent, m_sent + std::ssize(rows));
        if (!kinds.empty()) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        m_harness->send(batch);
        QStringList changes;
        const auto& lines = m_harness->lines(0);
        for (; m_seen < lines.size(); ++m_seen) {
            QString line = QString::fromStdString(lines[m_seen]);
            changes << line.replace(line.lastIndexOf(u'|'), 1, QStringLiteral(" "));
        }
        return changes.join(QStringLiteral(", ")).toStdString();
    }

    const BoundNode& bound() const { return *m_bound.bound; }
    OperatorHarness& harness() { return *m_harness; }
    Operator::StateSize state() const { return m_harness->tested().stateSize(); }
    std::string snapshot() const {
        StateWriter out;
        if (!m_harness->tested().snapshot(out).ok()) qFatal("no state");
        return out.finish();
    }

 private:
    StreamType m_stream;
    BoundForTest m_bound;
    std::unique_ptr<OperatorHarness> m_harness;
    std::int64_t m_sent = 0;
    std::size_t m_seen = 0;
};

Cells row(const std::string& k, const std::string& v, const std::string& d = "1") {
    return {k, v, d};
}

}  // namespace

class TestUpdatingTopN : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aBetterRowMovesOthersDown() {
        Ranking top({{"by", {"v DESC"}}, {"limit", 2}});
        QCOMPARE(top.changes({row("a", "3")}), "+I a|3|1 1"s);
        QCOMPARE(top.changes({row("b", "1")}), "+I b|1|1 2"s);
        QCOMPARE(top.changes({row("c", "2")}), "-U b|1|1 2, +U c|2|1 2"s);
        QCOMPARE(top.changes({row("d", "9")}), "-U a|3|1 1, +U d|9|1 1, -U c|2|1 2, +U a|3|1 2"s);
        QCOMPARE(top.changes({row("e", "0")}), ""s);
        QCOMPARE(top.changes({}), ""s);
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void aBatchShowsWhatHasComeOfIt() {
        Ranking top({{"by", {"v"}}, {"limit", 3}});
        QCOMPARE(top.changes({row("a", "5"), row("b", "4"), row("c", "3"), row("d", "2"), row("e", "9")}),
                 "+I d|2|1 1, +I c|3|1 2, +I b|4|1 3"s);
        QCOMPARE(top.changes({row("x", "3"), row("y", "3")}), "-U b|4|1 3, +U x|3|1 3"s);
    }

    void nullIsLowestAndTiesKeepTheOrderOfTheSource() {
        Ranking top({{"by", {"v", "d DESC"}}, {"limit", 4}});
        QCOMPARE(top.changes({row("a", "1"), row("b", "", ""), row("c", "1", "-0.0"), row("d", "1", "0.0"),
                              row("e", "", "NaN"), row("f", "")}),
                 "+I e|∅|NaN 1, +I f|∅|1 2, +I b|∅|∅ 3, +I a|1|1 4"s);
        Ranking zeros({{"by", {"d"}}, {"limit", 4}});
        QCOMPARE(zeros.changes({row("b", "1", "0"), row("a", "1", "-0.0")}), "+I b|1|0 1, +I a|1|-0 2"s);
    }

    void eachPartitionHasItsRanks() {
        Ranking top({{"by", {"v"}}, {"limit", 1}, {"partition_by", {"k"}}});
        QCOMPARE(top.changes({row("a", "2"), row("", "5"), row("a", "1"), row("", "7")}),
                 "+I a|1|1 1, +I ∅|5|1 1"s);
        QCOMPARE(top.changes({row("", "4")}), "-U ∅|5|1 1, +U ∅|4|1 1"s);
        QCOMPARE(top.state().keys, std::size_t{2});
        QCOMPARE(top.bound().outputs[0].key, (std::vector<int>{0, 3}));
        QCOMPARE(top.bound().distribution.keys, std::vector<std::vector<int>>{{0}});
    }

    void aRowTakenBackLetsOthersUp() {
        Ranking top({{"by", {"v"}}, {"limit", 2}}, rowsThatChange({0}));
        QCOMPARE(top.changes({row("a", "1"), row("b", "2"), row("c", "3"), row("d", "4")}),
                 "+I a|1|1 1, +I b|2|1 2"s);
        QCOMPARE(top.changes({row("a", "1")}, {Delete}), "-U a|1|1 1, +U b|2|1 1, -U b|2|1 2, +U c|3|1 2"s);
        QCOMPARE(top.changes({row("d", "4"), row("d", "0")}, {UpdateBefore, UpdateAfter}),
                 "-U b|2|1 1, +U d|0|1 1, -U c|3|1 2, +U b|2|1 2"s);
        QCOMPARE(top.changes({row("c", "3"), row("d", "0")}, {Delete, Delete}),
                 "-U d|0|1 1, +U b|2|1 1, -D b|2|1 2"s);
        QCOMPARE(top.changes({row("b", "2")}, {Delete}), "-D b|2|1 1"s);
        QCOMPARE(top.state().keys, std::size_t{0});
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void aKeyHasOneRow() {
        Ranking top({{"by", {"v"}}}, rowsThatChange({0}));
        QCOMPARE(top.changes({row("a", "1"), row("b", "2")}), "+I a|1|1 1, +I b|2|1 2"s);
        // A node that has forgotten a key starts again with it.
        QCOMPARE(top.changes({row("a", "3")}), "-U a|1|1 1, +U b|2|1 1, -U b|2|1 2, +U a|3|1 2"s);
        QCOMPARE(top.changes({row("x", "3")}, {Delete}), ""s);
        Ranking one({{"by", {"v"}}}, rowsThatChange({}));  // a total
        QCOMPARE(one.changes({row("a", "1")}), "+I a|1|1 1"s);
        QCOMPARE(one.changes({row("b", "2")}), "-U a|1|1 1, +U b|2|1 1"s);
    }

    void bothRowsOfAnUpdateLeaveInOneBatch() {
        Ranking top({{"by", {"v"}}, {"limit", 5}}, rowsThatStay(), 3);
        top.changes({row("b", "2"), row("c", "3"), row("d", "4"), row("e", "5")});
        QCOMPARE(top.changes({row("a", "1")}),
                 "-U b|2|1 1, +U a|1|1 1, -U c|3|1 2, +U b|2|1 2, -U d|4|1 3, +U c|3|1 3, "
                 "-U e|5|1 4, +U d|4|1 4, +I e|5|1 5"s);
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void whatStaysIsNotToldAgain() {
        Ranking top({{"by", {"v"}}}, rowsThatChange({0}));
        top.changes({row("a", "1"), row("b", "2")});
        QCOMPARE(top.changes({row("a", "1"), row("a", "1")}, {UpdateBefore, UpdateAfter}), ""s);
        QCOMPARE(top.changes({row("a", "1"), row("a", "5"), row("a", "5"), row("a", "1")},
                             {UpdateBefore, UpdateAfter, UpdateBefore, UpdateAfter}),
                 ""s);
        QCOMPARE(top.changes({row("c", "0"), row("c", "0")}, {Insert, Delete}), ""s);
    }

    void aChangeMovesARowToAnotherPartition() {
        Ranking top({{"by", {"v"}}, {"limit", 1}, {"partition_by", {"d"}}}, rowsThatChange({0}));
        top.changes({row("a", "1", "1"), row("b", "2", "1"), row("c", "3", "2")});
        QCOMPARE(top.changes({row("a", "1", "1"), row("a", "1", "2")}, {UpdateBefore, UpdateAfter}),
                 "-U a|1|1 1, +U b|2|1 1, -U c|3|2 1, +U a|1|2 1"s);
    }

    // Rule 9: a row that was there before and one that came later are equal rows.
    void tiesOfChangingRowsGoByTheirColumns() {
        Ranking top({{"by", {"v"}}, {"limit", 2}}, rowsThatChange({0}));
        QCOMPARE(top.changes({row("c", "1"), row("b", "1"), row("d", "1")}), "+I b|1|1 1, +I c|1|1 2"s);
        QCOMPARE(top.changes({row("b", "1", "1"), row("b", "1", "0")}, {UpdateBefore, UpdateAfter}),
                 "-U b|1|1 1, +U b|1|0 1"s);
        QCOMPARE(top.changes({row("", "1")}), "-U b|1|0 1, +U ∅|1|1 1, -U c|1|1 2, +U b|1|0 2"s);
    }

    void ofEqualRowsOneIsTakenBack() {
        Ranking top({{"by", {"v"}}, {"limit", 3}}, rowsWithoutKey());
        QCOMPARE(top.changes({row("a", "1"), row("a", "1"), row("b", "2"), row("c", "3")}),
                 "+I a|1|1 1, +I a|1|1 2, +I b|2|1 3"s);
        QCOMPARE(top.changes({row("a", "1")}, {Delete}), "-U a|1|1 2, +U b|2|1 2, -U b|2|1 3, +U c|3|1 3"s);
        // In a key the zeros are equal; rows without key are compared to the last bit.
        QCOMPARE(top.changes({row("z", "0", "0"), row("z", "0", "-0.0")}),
                 "-U a|1|1 1, +U z|0|-0 1, -U b|2|1 2, +U z|0|0 2, -U c|3|1 3, +U a|1|1 3"s);
        QCOMPARE(top.changes({row("z", "0", "0")}, {Delete}),
                 "-U z|0|0 2, +U a|1|1 2, -U a|1|1 3, +U b|2|1 3"s);
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void onlyTheBestAreKeptOfRowsThatStay() {
        Ranking top({{"by", {"v DESC"}}, {"limit", 3}});
        std::size_t first = 0;
        for (int batch = 0; batch < 20; ++batch) {
            std::vector<Cells> rows;
            for (int i = 0; i < 500; ++i)
                rows.push_back(row("a text that is no short one", std::to_string(batch * 500 + i)));
            top.changes(rows);
            // Until a batch is shown those that it has pushed out are there, too.
            if (batch == 1) first = top.state().bytes;
            if (batch > 1) QCOMPARE(top.state().bytes, first);
        }
        QCOMPARE(top.harness().table(0).size(), std::size_t{3});
    }

    void partitionsWithoutRowsAreForgotten() {
        Ranking top({{"by", {"v"}}, {"partition_by", {"v"}}}, rowsThatChange({0}));
        std::size_t bytes = 0;
        for (int round = 0; round < 30; ++round) {
            std::vector<Cells> rows;
            for (int i = 0; i < 1'000; ++i)
                rows.push_back(row(std::to_string(i), std::to_string(round * 1'000 + i)));
            top.changes(rows);
            top.changes(rows, std::vector<RowKind>(rows.size(), Delete));
            QCOMPARE(top.state().keys, std::size_t{0});
            if (round == 9) bytes = top.state().bytes;
        }
        QVERIFY2(top.state().bytes <= bytes, qPrintable(QString::number(top.state().bytes)));
        top.changes({row("a", "1")});
        QCOMPARE(top.changes({row("b", "1")}), "+I b|1|1 2"s);
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void theStateDoesNotTellHowRowsCame() {
        const Json params = {{"by", {"v"}}, {"limit", 5}, {"partition_by", {"k"}}};
        for (const StreamType& stream : {rowsThatStay(), rowsWithoutKey()}) {
            Ranking together(params, stream), alone(params, stream);
            std::vector<Cells> rows;
            for (int i = 0; i < 60; ++i)
                rows.push_back(row(i % 4 == 0 ? "" : "b", std::to_string(i * 7 % 5), std::to_string(i)));
            together.changes(rows);
            for (const Cells& one : rows) alone.changes({one});
            QVERIFY(together.snapshot().size() > 200);
            QVERIFY(together.snapshot() == alone.snapshot());
            QCOMPARE(together.harness().table(0), alone.harness().table(0));
        }
    }

    void muchThatChangesLeavesBitByBit() {
        constexpr std::size_t kRows = 3'000, kBatchRows = 16;
        Ranking top({{"by", {"v"}}, {"limit", 100'000}}, rowsThatChange({1}), kBatchRows);
        std::vector<Cells> rows;
        for (std::size_t i = 0; i < kRows; ++i) rows.push_back(row("a", std::to_string(i * 7 % kRows + 1)));
        top.changes(rows);
        const std::size_t before = top.harness().calls();
        top.changes({row("first", "0")});  // all others move down
        QCOMPARE(top.harness().table(0).size(), kRows + 1);
        // That no call did too much the harness sees to.
        QVERIFY(top.harness().calls() - before > 2 * kRows / (8 * kBatchRows));
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    /// All rows move down: what leaves would be twice what is kept.
    void largeRowsLeaveAFewAtATime() {
        Ranking top({{"by", {"v DESC"}}, {"limit", 100}});
        const std::string large(std::size_t{1} << 20, 'x');
        std::vector<Cells> rows;
        for (int i = 0; i < 12; ++i) rows.push_back(row(large, std::to_string(i)));
        top.changes(rows);
        for (int i = 0; i < 12; ++i) rows[static_cast<std::size_t>(i)][1] = std::to_string(100 + i);
        top.changes(rows);
        const std::size_t batch = top.harness().mostOfBatch() >> 20, call = top.harness().mostOfCall() >> 20;
        QVERIFY2(batch <= 10 && call <= 26, qPrintable(QString("%1 MiB, %2 MiB").arg(batch).arg(call)));
        QCOMPARE(top.harness().table(0).size(), std::size_t{24});
        QCOMPARE(top.harness().breaches(), Cells{});
    }

    void nothingIsLate() {
        StreamType timed = rowsThatStay();
        timed.schema = std::make_shared<const Schema>(
            Schema{{{"ts", Type::of(TypeId::Timestamp)}, {"v", Type::of(TypeId::Int)}}});
        timed.eventTime = 0;
        const BoundForTest bound = bindNode(topN(), {{"by", {"v"}}}, {timed});
        OperatorHarness harness(topN(), *bound.bound, contextFor(timed));
        harness.advance(9'000);
        Batch batch = textBatch(timed.schema, TextRows{{"1970-01-01 00:00:01", "3"}});
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::vector<Instant>{8'000});
        harness.send(batch);
        harness.end();
        QCOMPARE(harness.table(0).size(), std::size_t{1});
        QCOMPARE(harness.lateCount(), std::size_t{0});
        QCOMPARE(harness.breaches(), Cells{});
    }

    void manyRowsThatChange() {
        // A list that is sorted again for each row would take hours for this.
        Ranking top({{"by", {"v"}}, {"limit", 10}}, rowsThatChange({1}));
        SchemaRef schema = rowsThatChange({1}).schema;
        constexpr std::int32_t kRows = 100'000, kBatch = 4'000;
        for (const RowKind kind : {Insert, Delete}) {
            for (std::int32_t from = 0; from < kRows; from += kBatch) {
                ColumnBuilder names(Type::of(TypeId::String)), numbers(Type::of(TypeId::Int)),
                    reals(Type::of(TypeId::Double));
                for (std::int32_t i = from; i < from + kBatch; ++i) {
                    names.appendString("a");
                    numbers.append(static_cast<std::int32_t>(std::int64_t{i} * 7'919 % kRows));
                    reals.append(0.5);
                }
                Batch batch;
                batch.schema = schema;
                batch.rows = kBatch;
                batch.columns = {names.finish(), numbers.finish(), reals.finish()};
                batch.kinds = std::make_shared<const std::vector<RowKind>>(kBatch, kind);
                top.harness().send(batch);
            }
            QCOMPARE(top.harness().table(0).size(), std::size_t{kind == Insert ? 10U : 0U});
        }
        QCOMPARE(top.harness().breaches(), Cells{});
    }
};

QTEST_APPLESS_MAIN(TestUpdatingTopN)
#include "test_updating_top_n.moc"
