// Stamps against the rules, row by row: the watermark before each row, whole columns or none, and the
// watermark after the batch.
#include <QtTest/QtTest>
#include <random>

#include "core/stream/stamper.h"

using namespace rw;

namespace {

Batch stamperBatch(const std::vector<Instant>& times) {
    Batch batch;
    auto schema = std::make_shared<Schema>();
    schema->fields = {{"ts", Type::of(TypeId::Timestamp)}};
    batch.schema = std::move(schema);
    batch.rows = times.size();
    ColumnBuilder builder(Type::of(TypeId::Timestamp));
    for (const Instant time : times) builder.append(time);
    batch.columns = {builder.finish()};
    return batch;
}

/// As the rules have it: a watermark before every row.
void compareWithRules(const std::vector<Instant>& times, Millis delay, StampState state,
                      StampedBatches which) {
    std::vector<Instant> expected;
    bool clean = true;
    StampState after = state;
    Instant largest = kMinTimestamp;
    for (const Instant time : times) {
        expected.push_back(after.watermark(delay));
        clean = clean && time >= saturatingAdd(expected.back(), 2);
        after.largest = std::max(after.largest, time);
        largest = std::max(largest, time);
    }
    Batch batch = stamperBatch(times);
    QCOMPARE(largestEventTime(batch, 0), largest);
    stamp(batch, 0, delay, state, which);
    const bool carries = !times.empty() && (!clean || which == StampedBatches::All);
    QCOMPARE(batch.stamps != nullptr, carries);
    if (carries) QCOMPARE(*batch.stamps, expected);
    QCOMPARE(state.largest, after.largest);
    QCOMPARE(state.advancedTo, after.advancedTo);
    QCOMPARE(batch.watermark, after.watermark(delay));
}

}  // namespace

class TestStamper : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void agreesWithTheRules() {
        std::mt19937_64 random(3);
        for (int i = 0; i < 20'000; ++i) {
            std::vector<Instant> times(random() % 40);  // vectors of four, and the rest
            const auto spread = static_cast<std::int64_t>(1 + random() % 30);
            for (std::size_t row = 0; row < times.size(); ++row)
                times[row] = static_cast<Instant>(row) + static_cast<std::int64_t>(random()) % spread;
            const Millis delay = static_cast<Millis>(random() % 20);
            StampState state;
            if (random() % 3 > 0) state.largest = static_cast<Instant>(random() % 30);
            if (random() % 3 == 0) state.advancedTo = static_cast<Instant>(random() % 30);
            const StampedBatches which = random() % 4 == 0 ? StampedBatches::All : StampedBatches::Unclean;
            compareWithRules(times, delay, state, which);
        }
    }
    void theEndsOfTimeAbsorbTheDelay() {
        const std::vector<Instant> ends = {kMinTimestamp,     kMinTimestamp + 1, -5, 0,
                                           kMaxTimestamp - 1, kMaxTimestamp};
        for (const Instant first : ends) {
            for (const Instant second : ends) {
                for (const Instant third : ends) {
                    for (const Millis delay : {Millis{0}, Millis{1}, Millis{5}}) {
                        for (const Instant before : {kMinTimestamp, Instant{0}, kMaxTimestamp}) {
                            compareWithRules({first, second, third}, delay, {before, kMinTimestamp},
                                             StampedBatches::All);
                            compareWithRules({first, second, third}, delay, {kMinTimestamp, before},
                                             StampedBatches::Unclean);
                        }
                    }
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestStamper)
#include "test_stamper.moc"
