// Batches that wait: the watermark behind each stays behind all that came before it, however they are divided
// and leave.
#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "core/stream/rows/held_batches.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kNumbers = schemaOf({{"n", Type::of(TypeId::Bigint)}});

HeldBatches noneHeld() {
    StreamType type;
    type.schema = kNumbers;
    return {type, ColumnSet{true}};
}

/// The numbers from `first` to `last`, followed by a watermark.
Batch numbers(std::int64_t first, std::int64_t last, Instant watermark) {
    Rows rows;
    for (std::int64_t n = first; n <= last; ++n) rows.push_back({n});
    Batch batch = batchOf(kNumbers, rows);
    batch.watermark = watermark;
    return batch;
}

/// Each that is held, by place: its numbers and its watermark.
QString shown(const HeldBatches& held) {
    QStringList all;
    for (std::size_t place = 0; place < held.size(); ++place) {
        QString one;
        for (const std::int64_t n : held.rest(place).column(0).values<std::int64_t>())
            one += QString::number(n) + QLatin1Char(' ');
        const Instant watermark = held.at(place).watermark;
        all << one + (watermark == kMinTimestamp ? QStringLiteral("-") : QString::number(watermark));
    }
    return all.join(QStringLiteral(", "));
}

}  // namespace

class TestHeldBatches : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theWatermarkStaysBehindWhatWasDivided() {
        HeldBatches held = noneHeld();
        held.hold(numbers(1, 4, 10));
        held.hold(numbers(5, 6, 20));
        held.split(0, 3);
        QCOMPARE(shown(held), QStringLiteral("1 2 3 -, 4 10, 5 6 20"));
        QCOMPARE(held.pop(), kMinTimestamp);
        QCOMPARE(held.pop(), Instant{10});
        QCOMPARE(held.stateSize().keys, std::size_t{2});
    }

    void theWatermarkStaysBehindWhatIsOvertaken() {
        HeldBatches held = noneHeld();
        held.hold(numbers(1, 2, 10));
        held.hold(numbers(3, 4, 20));
        held.send(1);
        held.bringForward(1);
        QCOMPARE(shown(held), QStringLiteral("3 4 -, 2 20"));
        QCOMPARE(held.stateSize().keys, std::size_t{3});
    }

    void theRestIsRestored() {
        HeldBatches held = noneHeld();
        held.hold(numbers(1, 3, kMinTimestamp));
        held.holdMark(2, 15);
        held.hold(numbers(4, 4, kMinTimestamp));
        held.send(2);
        StateWriter out;
        held.snapshot(out);
        const std::string bytes = out.finish();
        const Result<StateReader> state = StateReader::open(bytes);
        QVERIFY(state.ok());
        HeldBatches again = noneHeld();
        QVERIFY(again.restore(*state).ok());
        QCOMPARE(again.size(), std::size_t{3});
        QVERIFY(HeldBatches::isMark(again.at(1)));
        QCOMPARE(again.at(1).advancedTo, Instant{15});
        QCOMPARE(again.rest(0).rows, std::size_t{1});
        QCOMPARE(again.rest(0).column(0).values<std::int64_t>()[0], std::int64_t{3});
    }
};

QTEST_APPLESS_MAIN(TestHeldBatches)
#include "test_held_batches.moc"
