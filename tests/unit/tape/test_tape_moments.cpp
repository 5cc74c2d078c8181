// Which moments of a tape are kept: those that are of use, spread over the tape, in so much memory.
#include <QtTest/QtTest>
#include <algorithm>
#include <utility>
#include <vector>

#include "core/tape/tape_moments.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

class ATape {
 public:
    ATape() {
        MakeContext context;
        context.clock = systemClock();
        context.outputs = m_made.disk;
        TapeStart start;
        start.sources.push_back({"in", "rows", everyType(), false});
        if (!m_made.recorder->open(context, start).ok() || !m_made.recorder->close({}).ok())
            qFatal("no tape");
    }
    TapeFileRef read() const {
        m_files->replace(kTapePath, m_made.bytes());
        const auto tape = TapeFile::open(kTapePath, m_files);
        return tape.ok() ? *tape : nullptr;
    }
    MemoryFiles& files() const { return *m_files; }

 private:
    const TapeInMemory m_made{};
    const std::shared_ptr<MemoryFiles> m_files = std::make_shared<MemoryFiles>();
};

StateSnapshot stateOf(std::size_t bytes) {
    StateSnapshot state;
    state.states[{"a", 0}] = {std::string(bytes, 'x')};
    return state;
}

std::shared_ptr<SimulatedClock> clockOfTests() {
    static const auto kClock = std::make_shared<SimulatedClock>();
    return kClock;
}

std::shared_ptr<CheckpointStore> keeperOf(const std::shared_ptr<TapeMoments>& moments,
                                          const std::shared_ptr<TapePace>& pace) {
    std::shared_ptr<CheckpointStore> keeper = moments->keeper(pace);
    MakeContext context;
    context.clock = clockOfTests();
    return keeper->open(context).ok() ? keeper : nullptr;
}

/// Gives the piece read at `at`, and takes a checkpoint; whether one was wanted.
bool take(CheckpointStore& keeper, TapePace& pace, Millis at, std::size_t bytes = 10) {
    (void)pace.due(at, 0);
    if (!keeper.wants()) return false;
    return keeper.write(stateOf(bytes)).ok();
}

}  // namespace

class TestTapeMoments : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestBeforeAMoment() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline());
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        QVERIFY(keeper->lineage().empty());
        QVERIFY(!keeper->wants());  // nothing was given
        QVERIFY(take(*keeper, *pace, 100) && take(*keeper, *pace, 300));
        QVERIFY(!keeper->wants());  // … since
        QVERIFY(!moments->before(99).state);
        QCOMPARE(moments->before(100).at, Millis{100});
        QCOMPARE(moments->before(299).at, Millis{100});
        QCOMPARE(moments->before(5'000).at, Millis{300});
        QVERIFY(moments->before(5'000).state);
    }

    void nothingIsGivenWhileOneIsTaken() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline());
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        QCOMPARE(pace->due(100, 0), std::int64_t{0});
        QVERIFY(keeper->wants());
        QVERIFY(pace->due(200, 0) > 0);
        QCOMPARE(*pace->given(), Millis{100});
        QVERIFY(keeper->write(stateOf(1)).ok());
        QCOMPARE(pace->due(200, 0), std::int64_t{0});
        QVERIFY(keeper->wants());
        keeper->close();  // the run ended meanwhile
        QCOMPARE(pace->due(300, 0), std::int64_t{0});
    }

    /// When a run ends its sources do not stand still: none is taken for a stop, and pieces that come unasked are
    /// left.
    void nothingThatHasMoreThanItSays() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline());
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        (void)pace->due(100, 0);
        QVERIFY(!keeper->wantsLast());
        QVERIFY(keeper->write(stateOf(1)).ok());
        QCOMPARE(moments->count(), std::size_t{0});
        pace->stopped();
        QVERIFY(!take(*keeper, *pace, 200));
    }

    /// One that takes long is seldom taken.
    void aTenthOfTheTime() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline());
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        (void)pace->due(100, 0);
        QVERIFY(keeper->wants());
        const std::int64_t began = clockOfTests()->steadyMillis();
        (void)clockOfTests()->skipTo(began + 50);
        QVERIFY(keeper->write(stateOf(1)).ok());
        (void)pace->due(200, 0);
        (void)clockOfTests()->skipTo(began + 499);
        QVERIFY(!keeper->wants());
        (void)clockOfTests()->skipTo(began + 500);
        QVERIFY(keeper->wants());
    }

    void whoGoesOnTakesNoneThere() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline());
        const auto pace = std::make_shared<TapePace>(0);
        pace->beginAt(500);
        const auto keeper = keeperOf(moments, pace);
        QVERIFY(!keeper->wants());
        QVERIFY(take(*keeper, *pace, 501));
    }

    void ofTooManySomeGo() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline(), 8);
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        for (Millis at = 1; at <= 1'000; ++at) QVERIFY(take(*keeper, *pace, at));
        QCOMPARE(moments->count(), std::size_t{8});
        const std::vector<Millis> places = moments->places();
        QCOMPARE(places.size(), std::size_t{8});
        QVERIFY(std::is_sorted(places.begin(), places.end()));
        for (const Millis place : places) QCOMPARE(moments->before(place).at, place);
        QCOMPARE(moments->before(1'000).at, Millis{1'000});
        Millis widest = 0;
        for (Millis at = 1; at <= 1'000; ++at) widest = std::max(widest, at - moments->before(at).at);
        QVERIFY2(widest <= 2 * 1'000 / 8 + 50, std::to_string(widest).c_str());
    }

    void inSoManyBytes() {
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), Pipeline(), 100, 1'000);
        const auto pace = std::make_shared<TapePace>(0);
        const auto keeper = keeperOf(moments, pace);
        for (Millis at = 1; at <= 20; ++at) QVERIFY(take(*keeper, *pace, at, 300));
        QCOMPARE(moments->count(), std::size_t{3});
        QVERIFY(take(*keeper, *pace, 21, 1'001));  // too large …
        QCOMPARE(moments->count(), std::size_t{3});
        QVERIFY(!take(*keeper, *pace, 22));  // … is not tried again
    }

    void ofThisTapeAndPipelineAlone() {
        Pipeline pipeline;
        pipeline.nodes = {node("in", "rows"), node("a", "table_view"), node("b", "table_view")};
        pipeline.wires = {wire("in", "a"), wire("in", "b")};
        const auto moments = std::make_shared<TapeMoments>(m_tape.read(), pipeline);
        QVERIFY(moments->fit(kTapePath, pipeline));
        QVERIFY(!moments->fit("/other.tape", pipeline));
        QVERIFY(!moments->fit(kTapePath, Pipeline()));
        // It runs alike, but its wires have other numbers.
        Pipeline turned = pipeline;
        std::swap(turned.wires[0], turned.wires[1]);
        QVERIFY(!moments->fit(kTapePath, turned));
        m_tape.files().replace(kTapePath, "another");
        QVERIFY(!moments->fit(kTapePath, pipeline));
    }

 private:
    const ATape m_tape{};
};

QTEST_GUILESS_MAIN(TestTapeMoments)
#include "test_tape_moments.moc"
