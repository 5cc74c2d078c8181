// A window that waits is closed by hand: it gives its result, rows that come later for it are late, and a
// replay of the tape does the same at the same place.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/tape/tape_player.h"
#include "tests/support/noon.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kDay = 86'400'000;
constexpr Instant kEnd = kNoon + 10'000;  // of the window

/// A row at 12:00:05, and a day later one at 12:00:07.
Node daily(const char* id) {
    return node(id, "rows",
                {{"columns", {"ts TIMESTAMP(3)"}},
                 {"rows", {{"2024-03-01 12:00:05"}, {"2024-03-01 12:00:07"}}},
                 {"every", "24h"},
                 {"event_time", "ts"}});
}

Node counting(const char* id, const char* size) {
    return node(id, "window_aggregate",
                {{"window", "tumble"}, {"size", size}, {"aggregates", {"COUNT(*) AS n"}}});
}

Pipeline countedRows() {
    Pipeline made;
    made.nodes = {daily("one"),
                  daily("other"),
                  node("both", "union"),
                  counting("count", "10s"),
                  counting("more", "20s"),
                  node("view", "table_view")};
    made.wires = {wire("one", "both"), wire("other", "both"), wire("both", "count"), wire("count", "more"),
                  wire("more", "view")};
    return made;
}

}  // namespace

class TestClosedWindows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() {
        const Planned planned = makePlan(countedRows(), m_kinds, {});
        QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
        m_plan = planned.plan;
        m_options = {};
        m_options.clock = std::make_shared<SimulatedClock>();
        m_options.executor = ExecutorKind::Seeded;
    }

    void givesItsResultAndLaterRowsAreLate() {
        const auto started = Run::start(m_plan, m_options);
        QVERIFY(started.ok());
        Run& run = **started;
        QVERIFY(!run.waitFor(60'000));
        QCOMPARE(run.metrics().nodes["count"].rowsOut, std::uint64_t{0});
        QVERIFY(run.closeWindows("count", kEnd).ok());
        QVERIFY(!run.waitFor(60'000));
        QCOMPARE(run.metrics().nodes["count"].rowsOut, std::uint64_t{1});
        QCOMPARE(run.metrics().nodes["count"].late, std::uint64_t{0});
        // Nothing is left to be closed, and the rows of the next day are late.
        QVERIFY(run.closeWindows("count", kEnd).ok());
        run.wait();
        QVERIFY(run.status().ok());
        QCOMPARE(run.metrics().nodes["count"].rowsOut, std::uint64_t{1});
        QCOMPARE(run.metrics().nodes["count"].late, std::uint64_t{2});
    }

    void aPausedRunClosesItOnceItGoesOn() {
        const auto started = Run::start(m_plan, m_options);
        QVERIFY(started.ok());
        Run& run = **started;
        QVERIFY(!run.waitFor(60'000));
        run.pause();
        QVERIFY(run.closeWindows("count", kEnd).ok());
        QVERIFY(!run.waitFor(60'000));
        QCOMPARE(run.metrics().nodes["count"].rowsOut, std::uint64_t{0});
        run.resume();
        QVERIFY(!run.waitFor(60'000));
        QCOMPARE(run.metrics().nodes["count"].rowsOut, std::uint64_t{1});
    }

    void aReplayClosesItAtTheSamePlace() {
        const TapeInMemory tape;
        m_options.record = tape.recorder;
        m_options.outputs = tape.disk;
        const auto started = Run::start(m_plan, m_options);
        QVERIFY(started.ok());
        QVERIFY(!(*started)->waitFor(60'000));
        QVERIFY((*started)->closeWindows("count", kEnd).ok());
        (*started)->wait();
        QCOMPARE((*started)->metrics().nodes["count"].late, std::uint64_t{2});
        const auto file = readTape(tape.bytes());
        QVERIFY(file.ok());
        RunOptions options;
        options.replay = makeTapePlayer(*file, 0);
        const auto again = Run::start(m_plan, options);
        QVERIFY(again.ok());
        QVERIFY(!(*again)->closeWindows("count", kEnd).ok());
        (*again)->wait();
        QVERIFY((*again)->status().ok());
        QCOMPARE((*again)->metrics().nodes["count"].rowsOut, std::uint64_t{1});
        QCOMPARE((*again)->metrics().nodes["count"].late, std::uint64_t{2});
    }

    void saysWhyItCannot_data() {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("why");
        QTest::newRow("rows that another node makes")
            << QStringLiteral("more") << QStringLiteral("made by other nodes");
        QTest::newRow("no such node") << QStringLiteral("gone") << QStringLiteral("No node of the run");
        QTest::newRow("a source") << QStringLiteral("one") << QStringLiteral("has no windows");
    }
    void saysWhyItCannot() {
        QFETCH(QString, node);
        QFETCH(QString, why);
        const auto started = Run::start(m_plan, m_options);
        QVERIFY(started.ok());
        QVERIFY(!(*started)->waitFor(kDay / 2));
        const Status status = (*started)->closeWindows(node.toStdString(), kEnd);
        QVERIFY(!status.ok());
        const QString said = QString::fromStdString(english(status.error().message));
        QVERIFY2(said.contains(why), qPrintable(said));
        QVERIFY(!status.error().fix.empty());
        QVERIFY(!(*started)->waitFor(1'000));
        QCOMPARE((*started)->metrics().nodes["count"].rowsOut, std::uint64_t{0});
    }

    void aRunThatHasEndedClosesNothing() {
        const auto started = Run::start(m_plan, m_options);
        QVERIFY(started.ok());
        (*started)->wait();
        QVERIFY(!(*started)->closeWindows("count", kEnd).ok());
    }

 private:
    const Catalogue m_kinds = builtin();
    std::shared_ptr<const Plan> m_plan;
    RunOptions m_options;
};

QTEST_GUILESS_MAIN(TestClosedWindows)
#include "test_closed_windows.moc"
