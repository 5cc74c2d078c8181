// Slots that wait for a watermark, against a list that is searched from end to end.
#include <QtTest>

#include <algorithm>
#include <map>
#include <random>

#include "core/stream/rows/due_slots.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

std::vector<RowSlot> takeAll(DueSlots& due, std::size_t atMost) {
    std::vector<RowSlot> slots;
    while (due.any()) {
        const std::span<const RowSlot> some = due.take(atMost);
        if (some.empty() || some.size() > atMost) qFatal("took %zu of %zu", some.size(), atMost);
        slots.insert(slots.end(), some.begin(), some.end());
    }
    return slots;
}

/// Times that crowd, lie on both sides of zero, of powers of two, and at the ends of time.
Instant timeFrom(std::mt19937_64& random) {
    const auto near = static_cast<Instant>(random() % 9) - 4;
    switch (random() % 6) {
        case 0:
            return near;
        case 1:
            return near + (Instant{1} << (random() % 62));
        case 2:
            return near - (Instant{1} << (random() % 62));
        case 3:
            return random() % 2 == 0 ? kMinTimestamp + (near + 4) : kMaxTimestamp + (near - 4);
        case 4:
            return 1'700'000'000'000 + static_cast<Instant>(random() % 100'000);
        default:
            return static_cast<Instant>(random());
    }
}

/// The difference from a look at all of them; empty: none.
std::string fault(unsigned seed) {
    std::mt19937_64 random(seed);
    DueSlots tested;
    std::map<RowSlot, Instant> waiting;
    Instant watermark = kMinTimestamp;
    RowSlot next = 0;
    for (int step = 0; step < 60; ++step) {
        if (random() % 4 != 0) {
            const Instant due = timeFrom(random);
            tested.add(next, due);
            waiting[next++] = due;
        } else {
            const Instant to = timeFrom(random);
            tested.pass(to);
            watermark = std::max(watermark, to);
        }
        if (tested.watermark() != watermark) return "the watermark";
        if (random() % 3 != 0) continue;  // due ones may stand there while others come
        std::vector<RowSlot> expected;
        for (const auto& [slot, due] : waiting) {
            if (due <= watermark) expected.push_back(slot);
        }
        if (tested.any() == expected.empty()) return "whether there are some";
        std::vector<RowSlot> taken = takeAll(tested, 1 + random() % 5);
        std::sort(taken.begin(), taken.end());
        if (taken != expected) return "which are due";
        for (const RowSlot slot : taken) waiting.erase(slot);
    }
    return {};
}

}  // namespace

class TestDueSlots : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void thoseAreDueThatTheWatermarkPassed() {
        for (const unsigned seed : seedsOf(suites::DueRows)) {
            const std::string wrong = fault(seed);
            QVERIFY2(wrong.empty(), (std::to_string(seed) + ": " + wrong).c_str());
        }
    }

    void aTimeIsDueWhenItIsReached() {
        DueSlots due;
        due.add(7, 100);
        due.pass(99);
        QVERIFY(!due.any());
        due.pass(100);
        QVERIFY(due.any());
        QCOMPARE(due.take(5).front(), RowSlot{7});
        QVERIFY(!due.any() && due.take(5).empty());
        due.add(8, 100);  // when it comes already
        QCOMPARE(due.take(5).front(), RowSlot{8});
        due.pass(50);
        QCOMPARE(due.watermark(), Instant{100});
    }

    // Were each watermark to look at all that wait, this would be 10 000 000 000 steps.
    void manyStepsCostLittle() {
        constexpr RowSlot kMany = 100'000;
        DueSlots due;
        for (RowSlot slot = 0; slot < kMany; ++slot) due.add(slot, 1'700'000'000'000 + slot);
        std::size_t taken = 0;
        for (RowSlot slot = 0; slot < kMany; ++slot) {
            due.pass(1'700'000'000'000 + slot);
            const std::span<const RowSlot> some = due.take(2);
            if (some.size() != 1 || some.front() != slot) QFAIL(std::to_string(slot).c_str());
            taken += some.size();
        }
        QCOMPARE(taken, std::size_t{kMany});
        QVERIFY2(due.memoryBytes() < 10'000, std::to_string(due.memoryBytes()).c_str());
    }
};

QTEST_APPLESS_MAIN(TestDueSlots)
#include "test_due_slots.moc"
