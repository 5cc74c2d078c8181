// Multiples of lengths against plain divisions, from the shortest lengths to the longest and as far from the
// epoch as windows go.
#include <QtTest/QtTest>
#include <random>

#include "core/stream/multiples.h"
#include "core/stream/window_assigner.h"

using namespace rw;

namespace {

Instant dividedUpTo(Instant time, Millis length, Millis offset) {
    const Millis rest = (time - offset) % length;
    return time - (rest < 0 ? rest + length : rest);
}

void compareAt(Instant time, Millis length, Millis offset) {
    const Multiples multiples(length, offset);
    const Instant expected = dividedUpTo(time, length, offset);
    QCOMPARE(multiples.upTo(time), expected);
    QCOMPARE(multiples.from(time), expected == time ? time : expected + length);
}

}  // namespace

class TestMultiples : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aroundTheEpoch() {
        for (Millis length = 1; length <= 70; ++length) {
            for (Millis offset = -length; offset <= length; offset += 3) {
                for (Instant time = -150; time <= 150; ++time) compareAt(time, length, offset);
            }
        }
    }
    void asFarAsWindowsGo() {
        constexpr Instant kEdge = WindowAssigner::kFarthest + WindowAssigner::kLongest;
        constexpr Millis kLongest = WindowAssigner::kLongest;
        std::mt19937_64 random(7);
        for (int i = 0; i < 20'000; ++i) {
            const int bits = static_cast<int>(random() % 50);
            Millis length = (Millis{1} << bits) + static_cast<Millis>(random() % 3) - 1;
            if (random() % 2 == 0) length = static_cast<Millis>(random() >> (14 + random() % 40));
            length = std::clamp<Millis>(length, 1, kLongest - 1);
            const Millis offset = static_cast<Millis>(random() >> 14) % length;
            const auto from = static_cast<Millis>(random() % static_cast<std::uint64_t>(length));
            for (const Instant time :
                 {kEdge - from, -kEdge + from, static_cast<Instant>(random() >> (2 + random() % 60)),
                  -static_cast<Instant>(random() >> (2 + random() % 60))}) {
                compareAt(time, length, offset);
                compareAt(time, length, -offset);
                compareAt(dividedUpTo(time, length, offset), length, offset);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestMultiples)
#include "test_multiples.moc"
