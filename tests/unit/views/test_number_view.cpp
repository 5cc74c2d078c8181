// A number card shows an aggregate of the last span, the one before, and the way between.
#include <QtTest/QtTest>

#include "core/views/number_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)}, {"v", Type::of(TypeId::Double)}});

NumberInfo infoOf(NumberAggregate aggregate) {
    NumberInfo info;
    info.value = {1, "v", Type::of(TypeId::Double)};
    info.eventTime = 0;
    info.aggregate = aggregate;
    info.span = 60'000;  // slices of a second
    return info;
}

/// One value a second: 0, 1, 2 …
Batch seconds(int first, int count) {
    Rows rows;
    for (int i = first; i < first + count; ++i) rows.push_back({Instant{i} * 1000, static_cast<double>(i)});
    return batchOf(kSchema, rows);
}

}  // namespace

class TestNumberView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aCardOfTheWholeRunForgetsNothing_data() {
        QTest::addColumn<int>("aggregate");
        QTest::addColumn<double>("value");
        const auto row = [](const char* name, NumberAggregate aggregate, double value) {
            QTest::newRow(name) << static_cast<int>(aggregate) << value;
        };
        row("last", NumberAggregate::Last, 9999);
        row("sum", NumberAggregate::Sum, 9999.0 * 5000);
        row("min", NumberAggregate::Min, 0);
        row("max", NumberAggregate::Max, 9999);
        row("count", NumberAggregate::Count, 10'000);
    }

    // A card without a span was one of 5 minutes in every run: its state is slices of 5 s.
    void aCardOfTheWholeRunTakesOlderStates() {
        NumberInfo info = infoOf(NumberAggregate::Count);
        info.span = 300'000;
        NumberView before(info);
        before.add(seconds(0, 200), 0);
        StateWriter out;
        before.save(out);
        const std::string saved = out.finish();
        const auto state = StateReader::open(saved);
        info.span = 0;
        NumberView after(info);
        QVERIFY(state.ok() && after.restore(*state).ok());
        after.add(seconds(200, 1000), 0);
        QCOMPARE(after.snapshot().value.value(), 1200.0);
    }

    // Slices are merged by twos as the run grows, and a snapshot goes on with them.
    void aCardOfTheWholeRunForgetsNothing() {
        QFETCH(int, aggregate);
        QFETCH(double, value);
        NumberInfo info = infoOf(static_cast<NumberAggregate>(aggregate));
        info.span = 0;
        NumberView first(info), second(info);
        for (int i = 0; i < 5000; i += 100) first.add(seconds(i, 100), 0);
        StateWriter out;
        first.save(out);
        const std::string saved = out.finish();
        const auto state = StateReader::open(saved);
        QVERIFY(state.ok() && second.restore(*state).ok());
        for (int i = 5000; i < 10'000; i += 100) {
            first.add(seconds(i, 100), 0);
            second.add(seconds(i, 100), 0);
        }
        for (const NumberView* view : {&first, &second}) {
            const NumberSnapshot snapshot = view->snapshot();
            QCOMPARE(snapshot.value.value(), value);
            QVERIFY(!snapshot.before);
            QVERIFY(snapshot.sparkline.size() > std::size_t{NumberView::kSlices});
            QVERIFY(snapshot.sparkline.size() <= std::size_t{2} * NumberView::kSlices);
        }
    }

    void aggregatesOfTheSpan_data() {
        QTest::addColumn<int>("aggregate");
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("before");
        const auto row = [](const char* name, NumberAggregate aggregate, double value, double before) {
            QTest::newRow(name) << static_cast<int>(aggregate) << value << before;
        };
        // 120 values: the last span holds 60 … 119, the one before 0 … 59.
        row("last", NumberAggregate::Last, 119, 59);
        row("sum", NumberAggregate::Sum, (60 + 119) * 30, 59 * 30);
        row("avg", NumberAggregate::Avg, 89.5, 29.5);
        row("min", NumberAggregate::Min, 60, 0);
        row("max", NumberAggregate::Max, 119, 59);
        row("count", NumberAggregate::Count, 60, 60);
    }

    void aggregatesOfTheSpan() {
        QFETCH(int, aggregate);
        QFETCH(double, value);
        QFETCH(double, before);
        NumberView view(infoOf(static_cast<NumberAggregate>(aggregate)));
        for (int i = 0; i < 120; i += 40) view.add(seconds(i, 40), 0);
        const NumberSnapshot snapshot = view.snapshot();
        QCOMPARE(snapshot.value.value(), value);
        QCOMPARE(snapshot.before.value(), before);
        QCOMPARE(snapshot.sparkline.size(), std::size_t{NumberView::kSlices});
    }

    void nothingIsSaidBeforeThereIsAnything() {
        NumberView view(infoOf(NumberAggregate::Avg));
        QVERIFY(!view.snapshot().value);
        view.add(seconds(0, 1), 0);
        QCOMPARE(view.snapshot().value.value(), 0.0);
        QVERIFY(!view.snapshot().before);
    }

    void gapsOfTheSparklineAreEmpty() {
        NumberView view(infoOf(NumberAggregate::Last));
        view.add(batchOf(kSchema, {{Instant{0}, 1.0}, {Instant{59'000}, 2.0}}), 0);
        const auto sparkline = view.snapshot().sparkline;
        QCOMPARE(sparkline.front().value(), 1.0);
        QCOMPARE(sparkline.back().value(), 2.0);
        QVERIFY(!sparkline[30]);
    }

    void theLastValueGoesByEventTime() {
        NumberView view(infoOf(NumberAggregate::Last));
        view.add(batchOf(kSchema, {{Instant{2000}, 2.0}, {Instant{1000}, 1.0}, {Instant{2000}, 3.0}}), 0);
        QCOMPARE(view.snapshot().value.value(), 3.0);
    }

    void rowsWithoutEventTimeCountWhenTheyArrive() {
        NumberInfo info = infoOf(NumberAggregate::Sum);
        info.eventTime = -1;
        NumberView view(info);
        view.add(seconds(1, 1), 100'000);
        view.add(seconds(2, 1), 200'000);  // the first has left the span
        QCOMPARE(view.snapshot().value.value(), 2.0);
        QCOMPARE(view.snapshot().totals.newest, Instant{200'000});
    }

    void aChangedValueReplacesTheLast() {
        NumberInfo info = infoOf(NumberAggregate::Last);
        info.eventTime = -1;
        NumberView view(info);
        view.add(batchOf(kSchema, {{Instant{0}, 1.0}, {Instant{0}, 4.0}},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter}),
                 5);
        QCOMPARE(view.snapshot().value.value(), 4.0);
    }

    void whatIsTakenBackCountsNoMore_data() {
        QTest::addColumn<int>("aggregate");
        QTest::addColumn<double>("value");
        QTest::newRow("sum") << static_cast<int>(NumberAggregate::Sum) << 5.5;
        QTest::newRow("avg") << static_cast<int>(NumberAggregate::Avg) << 2.75;
        QTest::newRow("count") << static_cast<int>(NumberAggregate::Count) << 2.0;
    }
    void whatIsTakenBackCountsNoMore() {
        QFETCH(int, aggregate);
        QFETCH(double, value);
        using enum RowKind;
        NumberInfo info = infoOf(static_cast<NumberAggregate>(aggregate));
        info.updating = true;
        for (const int eventTime : {0, -1}) {
            info.eventTime = eventTime;
            NumberView view(info);
            const Rows rows{{Instant{0}, 1e17}, {Instant{0}, 3.0}, {Instant{0}, 1e17},
                            {Instant{0}, 2.5},  {Instant{0}, 9.0}, {Instant{0}, 9.0}};
            view.add(batchOf(kSchema, rows, {Insert, Insert, UpdateBefore, UpdateAfter, Insert, Delete}), 7);
            QCOMPARE(view.snapshot().value.value(), value);
        }
    }

    void withoutTimeTheNumberIsOfAllRowsThatThereAre() {
        NumberInfo info = infoOf(NumberAggregate::Sum);
        info.eventTime = -1;
        info.updating = true;
        NumberView view(info);
        view.add(batchOf(kSchema, {{Instant{0}, 1.0}, {Instant{0}, 2.0}}), 0);
        view.add(batchOf(kSchema, {{Instant{0}, 4.0}}), 100'000);  // more than a span later
        QCOMPARE(view.snapshot().value.value(), 7.0);
        QCOMPARE(view.snapshot().before.value(), 3.0);
        view.add(batchOf(kSchema, {{Instant{0}, 1.0}, {Instant{0}, 2.0}, {Instant{0}, 4.0}},
                         std::vector(3, RowKind::Delete)),
                 101'000);
        QVERIFY(!view.snapshot().value);
    }

    void countingTakesAnyType() {
        const SchemaRef schema =
            schemaOf({{"ts", Type::of(TypeId::Timestamp)}, {"s", Type::of(TypeId::String)}});
        NumberView view(infoOf(NumberAggregate::Count));
        view.add(
            batchOf(schema,
                    {{Instant{0}, std::string("a")}, {Instant{1}, Value{}}, {Instant{2}, std::string("b")}}),
            0);
        QCOMPARE(view.snapshot().value.value(), 2.0);
        QCOMPARE(view.snapshot().totals.skipped, std::uint64_t{1});
    }
};

QTEST_APPLESS_MAIN(TestNumberView)
#include "test_number_view.moc"
