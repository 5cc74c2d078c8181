// Throttle: when rows go, what goes with them, the state of held rows, and that a stop lets
// all of them go.
#include "core/stream/rows/throttle.h"

#include <QtTest/QtTest>
#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_groups.h"
#include "tests/support/batch_of.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using rw::test::ManualClock;
using rw::test::OperatorHarness;

namespace {

StreamType stream(bool updating = false) {
    StreamType type;
    type.schema = rw::test::schemaOf({{"n", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 1;
    type.updating = updating;
    if (updating) type.key = {0};
    return type;
}

/// Rows `from` to `until` − 1, a second of event time apart.
Batch rows(int from, int until, std::vector<RowKind> kinds = {}) {
    rw::test::Rows values;
    for (int n = from; n < until; ++n) values.push_back({n, Instant{n} * 1'000});
    Batch batch = rw::test::batchOf(stream().schema, values, std::move(kinds));
    batch.positions.first = from;
    return batch;
}

/// Also records watermarks and changes of partitions, with the number of rows before each.
class Watching final : public OperatorHarness {
 public:
    using OperatorHarness::OperatorHarness;
    std::vector<std::pair<std::size_t, Instant>> told{}, advanced{};

    void watermark(int port, Instant watermark) override {
        told.emplace_back(lines(port).size(), watermark);
        OperatorHarness::watermark(port, watermark);
    }
    void passAdvance(WireNumber, Instant advancedTo) override {
        advanced.emplace_back(lines(0).size(), advancedTo);
    }
};
using Told = std::vector<std::pair<std::size_t, Instant>>;

/// A throttle on a clock that moves when it is told to.
class Paced {
 public:
    explicit Paced(double rate, bool updating = false, std::size_t batchRows = 4'096)
        : m_context(context(batchRows)),
          m_harness(std::make_unique<Throttle>(rate, stream(updating), m_context), {stream(updating)}) {}

    /// Time passes, and the operator is resumed whenever it asks for that.
    void pass(Millis millis) {
        const std::int64_t until = m_clock->steady + millis;
        while (op().hasMore() || op().wakesAt() <= until) {
            if (!op().hasMore()) m_clock->advance(std::max<Millis>(op().wakesAt() - m_clock->steady, 0));
            if (const Status status = op().resume(m_harness); !status.ok()) qFatal("it fails");
        }
        m_clock->advance(until - m_clock->steady);
    }
    std::string snapshot() {
        StateWriter state;
        if (!op().snapshot(state).ok()) qFatal("no state");
        return state.finish();
    }
    bool restore(const std::string& bytes) {
        const Result<StateReader> reader = StateReader::open(bytes);
        return reader.ok() && op().restore(*reader, KeyGroups{}).ok();
    }
    Watching& harness() { return m_harness; }
    Operator& op() { return m_harness.tested(); }
    std::size_t sent() { return m_harness.lines(0).size(); }
    void stop() { *m_stopping = true; }
    std::int64_t now() const { return m_clock->steady; }

 private:
    MakeContext context(std::size_t batchRows) {
        MakeContext made = rw::test::contextFor(stream(), 1, batchRows);
        made.clock = m_clock;
        made.stopping = [stopping = m_stopping] { return *stopping; };
        return made;
    }
    const std::shared_ptr<ManualClock> m_clock = std::make_shared<ManualClock>();
    const std::shared_ptr<bool> m_stopping = std::make_shared<bool>(false);
    const MakeContext m_context;
    Watching m_harness;
};

}  // namespace

class TestThrottle : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsGoOneByOne() {
        Paced paced(10);
        paced.harness().send(rows(0, 5));
        QCOMPARE(paced.sent(), std::size_t{1});
        for (std::size_t i = 1; i < 5; ++i) {
            QCOMPARE(paced.op().wakesAt(), static_cast<std::int64_t>(i) * 100);
            QVERIFY(!paced.op().hasMore());
            paced.pass(100);
            QCOMPARE(paced.sent(), i + 1);
        }
        QCOMPARE(paced.op().wakesAt(), Operator::kNever);
        QCOMPARE(paced.harness().lines(0).back(), std::string("4|1970-01-01 00:00:04.000"));
        QVERIFY(paced.harness().breaches().empty());
    }

    void manyRowsGoInPieces_data() {
        QTest::addColumn<double>("rate");
        for (const double rate : {0.5, 7.0, 100.0, 12'345.0, 1e6})
            QTest::newRow(qPrintable(QString::number(rate))) << rate;
    }
    void manyRowsGoInPieces() {
        QFETCH(double, rate);
        const int count = static_cast<int>(std::min(rate * 10, 50'000.0));
        Paced paced(rate);
        for (int from = 0; from < count; from += 1'000) {
            paced.harness().send(rows(from, std::min(from + 1'000, count)));
            while (paced.op().wakesAt() != Operator::kNever || paced.op().hasMore()) paced.pass(1);
        }
        QCOMPARE(paced.sent(), static_cast<std::size_t>(count));
        const double expected = (count - 1) * 1'000 / rate;
        const auto took = static_cast<double>(paced.now());
        QVERIFY2(took >= expected - 15 && took < expected + 60, qPrintable(QString::number(took)));
    }

    void theWatermarkFollowsTheRows() {
        Paced paced(10);
        paced.harness().send(rows(0, 1));
        paced.harness().advance(500);
        paced.harness().send(rows(1, 3));  // rows before a barrier come although rows wait
        paced.harness().advance(2'500);
        paced.harness().send(rows(3, 4));
        paced.harness().advance(3'500);
        QCOMPARE(paced.sent(), std::size_t{1});
        QVERIFY(paced.harness().told == (Told{{1, 500}}));
        paced.pass(1'000);
        QVERIFY(paced.harness().told == (Told{{1, 500}, {3, 2'500}, {4, 3'500}}));
        QVERIFY(paced.harness().breaches().empty());
    }

    void whatBecomesOfPartitionsStaysBetweenTheRows() {
        Paced before(10);
        before.op().onPartition(3, 100, before.harness());
        before.harness().send(rows(0, 2));
        before.op().onPartition(3, 500, before.harness());
        before.harness().send(rows(2, 3));
        before.op().onPartition(4, kMaxTimestamp, before.harness());
        before.harness().advance(1'500);
        QVERIFY(before.harness().advanced == (Told{{0, 100}}));
        Paced after(10);
        QVERIFY(after.restore(before.snapshot()));
        QCOMPARE(after.op().stateSize().keys, std::size_t{2});
        before.pass(100);
        QVERIFY(before.harness().advanced == (Told{{0, 100}, {2, 500}}));
        before.pass(100);
        QVERIFY(before.harness().advanced == (Told{{0, 100}, {2, 500}, {3, kMaxTimestamp}}));
        after.pass(1'000);
        QVERIFY(after.harness().advanced == (Told{{1, 500}, {2, kMaxTimestamp}}));
        for (Paced* paced : {&before, &after}) {
            QVERIFY(paced->harness().told == (Told{{paced->sent(), 1'500}}));
            QCOMPARE(paced->op().wakesAt(), Operator::kNever);
            QVERIFY(paced->harness().breaches().empty());
        }
    }

    void bothHalvesOfAnUpdateGoTogether() {
        using enum RowKind;
        Paced paced(10, true);
        // Row 1 is replaced by itself; a delete stands alone.
        const SchemaRef schema = stream().schema;
        const Instant at = 1'000;
        const rw::test::Rows same(6, {1, at});
        paced.harness().send(rw::test::batchOf(
            schema, same, {Insert, UpdateBefore, UpdateAfter, UpdateBefore, UpdateAfter, Delete}));
        QCOMPARE(paced.sent(), std::size_t{1});
        paced.pass(100);
        QCOMPARE(paced.sent(), std::size_t{3});
        paced.pass(100);
        QCOMPARE(paced.sent(), std::size_t{3});  // one went before its time
        paced.pass(100);
        QCOMPARE(paced.sent(), std::size_t{5});
        paced.pass(200);
        QCOMPARE(paced.sent(), std::size_t{6});
        QVERIFY(paced.harness().breaches().empty());
    }

    void aStopLetsAllGo() {
        Paced paced(0.001, false, 10);
        paced.harness().send(rows(0, 500));
        QCOMPARE(paced.sent(), std::size_t{1});
        QVERIFY(paced.op().wakesAt() > 100'000);
        paced.stop();
        QVERIFY(paced.op().wakesAt() <= paced.now());
        paced.pass(0);
        QCOMPARE(paced.sent(), std::size_t{500});
        QVERIFY(paced.harness().breaches().empty());
    }

    void aStateHoldsWhatWaits() {
        Paced before(10, false, 3);
        before.harness().send(rows(0, 4));
        before.harness().advance(2'000);
        before.harness().send(rows(4, 9));
        before.harness().advance(7'000);
        before.pass(150);
        QCOMPARE(before.sent(), std::size_t{2});
        Paced after(10, false, 3);
        QVERIFY(after.restore(before.snapshot()));
        QVERIFY(after.op().hasMore());
        QCOMPARE(after.op().stateSize().keys, std::size_t{7});
        after.pass(10'000);
        QCOMPARE(after.sent(), std::size_t{7});
        QVERIFY(after.harness().told == (Told{{2, 2'000}, {7, 7'000}}));
        QCOMPARE(after.harness().lines(0).front(), std::string("2|1970-01-01 00:00:02.000"));
        before.pass(10'000);
        QCOMPARE(before.sent(), std::size_t{9});
        QCOMPARE(before.op().stateSize().keys, std::size_t{0});
        Paced empty(10);
        QVERIFY(empty.restore(before.snapshot()));
        QCOMPARE(empty.op().wakesAt(), Operator::kNever);
        QVERIFY(!empty.op().hasMore());
    }

    void aStateOfOtherRowsIsRefused() {
        Paced paced(10);
        StateWriter state;
        state.record("held", 1, [](StateWriter& record) {
            record.batch("rows", rw::test::batchOf(rw::test::schemaOf({{"other", Type::of(TypeId::Int)}}),
                                                   rw::test::Rows{{1}}));
        });
        QVERIFY(!paced.restore(state.finish()));
        StateWriter changes;
        changes.record("held", 1,
                       [](StateWriter& record) { record.batch("rows", rows(0, 1, {RowKind::Delete})); });
        QVERIFY(!paced.restore(changes.finish()));
    }
};

QTEST_APPLESS_MAIN(TestThrottle)
#include "test_throttle.moc"
