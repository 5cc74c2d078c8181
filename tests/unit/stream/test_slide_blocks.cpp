// Sums of many neighbouring slides: the same as one by one, with far fewer of them looked at.
#include <QtTest/QtTest>

#include "core/sql/bind/binder.h"
#include "core/stream/windows/slide_blocks.h"

using namespace rw;

namespace {

WindowPlanRef countingPlan() {
    auto plan = std::make_shared<WindowPlan>();
    plan->input.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)}}});
    auto bound = sql::bindAggregate("COUNT(*) AS n", {plan->input.schema});
    plan->aggregates.push_back(std::move(std::get<sql::BoundAggregate>(bound)));
    return plan;
}

/// One row in every slide but each third, which is empty.
class Rows final : public SlideBlocks::Slides {
 public:
    explicit Rows(const WindowPlanRef& plan) : m_one(*plan) {
        MakeContext context;
        context.inputs.resize(1);
        ColumnBuilder times(Type::of(TypeId::Timestamp));
        times.append<Instant>(0);
        Batch batch;
        batch.schema = plan->input.schema;
        batch.rows = 1;
        batch.columns = {times.finish()};
        AggregateRows input(plan->aggregates, {}, 0, context);
        (void)input.take(batch);
        const std::uint32_t row[] = {0};
        m_one.update(input, row);
    }
    static bool empty(std::int64_t slide) { return slide % 3 == 0; }
    bool any(std::int64_t first, std::int64_t last) const override {
        return last - first > 1 || !empty(first);
    }
    void addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const override {
        ++asked;
        if (!empty(slide)) pieces.push_back(&m_one);
    }
    mutable std::int64_t asked = 0;

 private:
    GroupState m_one;
};

std::int64_t countOf(const GroupState& sum) {
    const std::uint32_t group[] = {0};
    return sum.keys.size() == 0 ? 0 : sum.aggregates.finish(group).front().column->at<std::int64_t>(0);
}

/// Adds slides with as small a budget a call as there is. Returns the number of calls.
int addTo(SlideBlocks& blocks, GroupState& sum, std::int64_t first, std::int64_t last) {
    int calls = 0;
    for (blocks.begin(sum, first, last); blocks.busy(); ++calls) {
        CallBudget budget(1);
        blocks.run(budget);
    }
    return calls;
}

}  // namespace

class TestSlideBlocks : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void windowsThatSlide() {
        const WindowPlanRef plan = countingPlan();
        Rows rows(plan);
        SlideBlocks blocks(plan, rows);
        constexpr std::int64_t kSlides = 1'000, kWindows = 3'000;
        for (std::int64_t first = -kWindows / 2; first < kWindows / 2; ++first) {
            GroupState sum(*plan);
            addTo(blocks, sum, first, first + kSlides);
            std::int64_t expected = 0;
            for (std::int64_t slide = first; slide < first + kSlides; ++slide)
                expected += Rows::empty(slide) ? 0 : 1;
            QCOMPARE(countOf(sum), expected);
            CallBudget budget(1'000);
            QVERIFY(blocks.dropBefore(first + 1, budget));
        }
        // One by one it would be a thousand a window.
        QVERIFY2(rows.asked < 10 * kWindows, qPrintable(QString::number(rows.asked)));
        QVERIFY(blocks.memoryBytes() > 0);
        CallBudget small(1), large(1'000);
        QVERIFY(!blocks.dropBefore(2 * kWindows, small));
        QVERIFY(blocks.memoryBytes() > 0);
        QVERIFY(blocks.dropBefore(2 * kWindows, large));
        QCOMPARE(blocks.memoryBytes(), std::size_t{0});
    }

    void aCallMergesAsMuchAsItMay() {
        const WindowPlanRef plan = countingPlan();
        Rows rows(plan);
        SlideBlocks blocks(plan, rows);
        GroupState sum(*plan);
        const int calls = addTo(blocks, sum, 0, 1'000);
        QVERIFY2(calls > 300, qPrintable(QString::number(calls)));
        QCOMPARE(countOf(sum), std::int64_t{666});
    }

    void anyRange() {
        const WindowPlanRef plan = countingPlan();
        Rows rows(plan);
        SlideBlocks blocks(plan, rows);
        for (std::int64_t first = -40; first < 40; ++first) {
            for (std::int64_t last = first; last < 80; ++last) {
                GroupState sum(*plan);
                addTo(blocks, sum, first, last);
                std::int64_t expected = 0;
                for (std::int64_t slide = first; slide < last; ++slide)
                    expected += Rows::empty(slide) ? 0 : 1;
                QCOMPARE(countOf(sum), expected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSlideBlocks)
#include "test_slide_blocks.moc"
