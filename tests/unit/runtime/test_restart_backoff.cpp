// How long a run waits before it is tried again: pauses that double, chance in bounds, calm, and the end.
#include <QtTest>
#include <algorithm>
#include <set>

#include "core/runtime/restart_backoff.h"

using namespace rw;

class TestRestartBackoff : public QObject {
    Q_OBJECT

    static RestartStrategy read(const char* text) {
        const Result<RestartStrategy> parsed = parseRestart(text);
        return parsed.ok() ? *parsed : RestartStrategy();
    }

 private Q_SLOTS:
    void noneNeverTries() { QVERIFY(!RestartBackoff(read("none"), 1).failed(0)); }

    void aFixedPauseIsAlwaysTheSame() {
        RestartBackoff backoff(read("fixed:5s:3"), 1);
        for (int attempt = 1; attempt <= 3; ++attempt) {
            // However calm it was: as Flink counts, over the whole run.
            QCOMPARE(backoff.failed(attempt * 86'400'000).value_or(-1), Millis{5'000});
            QCOMPARE(backoff.attempt(), attempt);
        }
        QVERIFY(!backoff.failed(400'000'000));
    }

    void pausesDoubleUpToTheLongest() {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            RestartBackoff backoff(read("exponential:1s:10s:6:1h"), seed);
            Millis now = 0;
            for (const Millis pause : {1'000, 2'000, 4'000, 8'000, 10'000, 10'000}) {
                const Millis wait = backoff.failed(now).value_or(-1);
                QVERIFY(wait >= std::max<Millis>(1'000, pause - pause / 10));
                QVERIFY(wait <= std::min<Millis>(10'000, pause + pause / 10));
                now += wait;
            }
            QVERIFY(!backoff.failed(now));
        }
    }

    void chanceSpreadsThem() {
        std::set<Millis> waits;
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            RestartBackoff backoff(read("exponential"), seed);
            (void)backoff.failed(0);
            waits.insert(backoff.failed(1'000).value_or(-1));
        }
        QVERIFY(waits.size() > 20);
        QVERIFY(*waits.rbegin() - *waits.begin() > 200);
    }

    void oneSeedIsOneSequence() {
        RestartBackoff first(read("exponential"), 7), second(read("exponential"), 7);
        for (int i = 0; i < 10; ++i) QCOMPARE(first.failed(i).value_or(-1), second.failed(i).value_or(-1));
    }

    void calmBeginsAnew() {
        RestartBackoff backoff(read("exponential:1s:8s:3:1min"), 1);
        (void)backoff.failed(0);
        (void)backoff.failed(2'000);
        QCOMPARE(backoff.attempt(), 2);
        // The pause before the try is no calm.
        (void)backoff.failed(2'000 + 60'000);
        QCOMPARE(backoff.attempt(), 3);
        (void)backoff.failed(62'000 + 60'000 + 8'000);
        QCOMPARE(backoff.attempt(), 1);
    }

    void withoutEndItGoesOn() {
        RestartBackoff backoff(read("exponential:1s:1min:unlimited"), 1);
        for (int i = 0; i < 10'000; ++i) {
            const Millis wait = backoff.failed(i).value_or(-1);
            QVERIFY(wait >= 1'000 && wait <= 60'000);
        }
    }
};

QTEST_GUILESS_MAIN(TestRestartBackoff)
#include "test_restart_backoff.moc"
