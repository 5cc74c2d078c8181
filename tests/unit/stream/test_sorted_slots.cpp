// A long sorted list of slots equals a plain one.
#include <QtTest/QtTest>
#include <algorithm>
#include <random>

#include "core/stream/ranks/sorted_slots.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

std::vector<RowSlot> allOf(const SortedSlots& slots) {
    std::vector<RowSlot> all;
    slots.copy(0, slots.size(), all);
    return all;
}

}  // namespace

class TestSortedSlots : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isAPlainSortedList_data() {
        QTest::addColumn<int>("inserts");  // in a hundred steps
        QTest::newRow("grows") << 70;
        QTest::newRow("stays") << 50;
        QTest::newRow("empties") << 30;
    }
    void isAPlainSortedList() {
        QFETCH(int, inserts);
        std::mt19937 random(7);
        constexpr std::size_t kMost = 700;
        const auto steps = affordableCases(60'000);
        // Falling, so that positions are not the slots' own order.
        const auto before = [](RowSlot a, RowSlot b) { return a > b; };
        SortedSlots slots;
        std::vector<RowSlot> plain;
        const auto placeOf = [&](RowSlot slot) {
            return std::lower_bound(plain.begin(), plain.end(), slot, before);
        };
        for (RowSlot slot = 0; slot < 5'000; ++slot) {  // several blocks, to begin with
            slots.insert(2 * slot, kMost, before);
            plain.insert(placeOf(2 * slot), 2 * slot);
        }
        for (std::uint64_t step = 0; step < steps; ++step) {
            const auto slot = static_cast<RowSlot>(random() % 20'000);
            const bool known = std::binary_search(plain.begin(), plain.end(), slot, before);
            const bool inserting = static_cast<int>(random() % 100) < inserts;
            if (inserting == known) continue;
            const auto at = std::min(kMost, static_cast<std::size_t>(placeOf(slot) - plain.begin()));
            if (inserting) {
                QCOMPARE(slots.insert(slot, kMost, before), at);
                plain.insert(placeOf(slot), slot);
            } else if (random() % 8 == 0) {
                QCOMPARE(slots.popBack(), plain.back());
                plain.pop_back();
            } else {
                QCOMPARE(slots.remove(slot, kMost, before), at);
                plain.erase(placeOf(slot));
            }
            if (step % 500 == 0) QVERIFY(allOf(slots) == plain);
        }
        QVERIFY(allOf(slots) == plain);
        while (!plain.empty()) {
            QCOMPARE(slots.back(), plain.back());
            const RowSlot slot = plain[random() % plain.size()];
            slots.remove(slot, kMost, before);
            plain.erase(placeOf(slot));
            QCOMPARE(slots.size(), plain.size());
        }
        QVERIFY(slots.empty() && allOf(slots).empty());
    }

    void partsAreCopiedFromAnywhere() {
        const auto before = [](RowSlot a, RowSlot b) { return a < b; };
        SortedSlots slots;
        constexpr RowSlot kCount = 3 * SortedSlots::kMostInBlock;
        for (RowSlot slot = 0; slot < kCount; ++slot) slots.insert(slot, 1, before);
        for (const RowSlot from : {RowSlot{0}, RowSlot{1}, RowSlot{600}, kCount - 1}) {
            std::vector<RowSlot> some{7};
            slots.copy(from, 700, some);
            QCOMPARE(some.size(), std::size_t{1} + std::min<std::size_t>(700, kCount - from));
            for (std::size_t i = 1; i < some.size(); ++i)
                QCOMPARE(some[i], from + static_cast<RowSlot>(i) - 1);
        }
        std::vector<RowSlot> none;
        slots.copy(kCount, 5, none);
        QVERIFY(none.empty());
    }
};

QTEST_APPLESS_MAIN(TestSortedSlots)
#include "test_sorted_slots.moc"
