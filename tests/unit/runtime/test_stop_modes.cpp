// The outputs of a stopped run: drained, stopped now, discarded, and one after the other.
#include <sys/stat.h>

#include <QtTest>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kPatience = 120'000;  // a disk that discards may take half a minute for a sync

/// A generator of a row a millisecond, a second of event time apart; without end when `rows` is 0.
Node seconds(int rows) {
    return node(
        "in", "generator",
        {{"rows", rows},
         {"rate", 1000},
         {"event_time", "ts"},
         {"columns", {"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 00:00:00')"}}});
}

class RunFixture {
 public:
    explicit RunFixture(int rows) {
        m_pipeline.nodes = {seconds(rows)};
        write("out.csv", "old\n");
    }
    std::string path(const char* name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    void write(const char* name, const char* text) const { std::ofstream(path(name)) << text; }
    QStringList lines(const char* name = "out.csv") const {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::ReadOnly)) return {};
        return QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    }
    QStringList files() const {
        return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }
    void countPerDay() {
        add(node("days", "window_aggregate", {{"size", "1d"}, {"aggregates", {"COUNT(*) AS n"}}}), "in");
    }
    void sink(const char* id, const char* file, const char* from) {
        add(node(id, "csv_sink", {{"path", path(file)}}), from);
    }
    /// Runs until so many rows have come.
    std::unique_ptr<Run> start(std::uint64_t rows = 100) {
        const Planned planned = makePlan(m_pipeline, m_kinds, {});
        if (!planned.plan) return nullptr;
        auto run = Run::start(planned.plan, {});
        if (!run.ok()) return nullptr;
        while ((*run)->metrics().sourceRows < rows && !(*run)->waitFor(5)) {
        }
        return std::move(*run);
    }

 private:
    void add(Node made, const char* from) {
        m_pipeline.wires.push_back(wire(from, made.id.c_str()));
        m_pipeline.nodes.push_back(std::move(made));
    }
    QTemporaryDir m_folder;
    Catalogue m_kinds = builtin();
    Pipeline m_pipeline;
};

}  // namespace

class TestStopModes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void endlessOrNot_data() {
        QTest::addColumn<int>("rows");
        QTest::newRow("live") << 0;
        QTest::newRow("bounded") << 1'000'000;
    }

    void drainFiresOpenWindows_data() { endlessOrNot_data(); }
    void drainFiresOpenWindows() {
        QFETCH(int, rows);
        RunFixture fixture(rows);
        fixture.countPerDay();
        fixture.sink("out", "out.csv", "days");
        const auto run = fixture.start();
        run->stop(StopMode::Drain);
        QVERIFY(run->waitFor(kPatience));
        QCOMPARE(run->state(), RunState::Finished);
        QCOMPARE(fixture.lines().size(), 2);
        QCOMPARE(fixture.lines()[1].section(QLatin1Char(','), -1).toULongLong(), run->metrics().sourceRows);
    }

    void nowLeavesThemUnfired_data() { endlessOrNot_data(); }
    void nowLeavesThemUnfired() {
        QFETCH(int, rows);
        RunFixture fixture(rows);
        fixture.countPerDay();
        fixture.sink("out", "out.csv", "days");
        fixture.sink("all", "all.csv", "in");
        const auto run = fixture.start();
        run->stop(StopMode::Now);
        QVERIFY(run->waitFor(kPatience));
        QCOMPARE(run->state(), RunState::Stopped);
        QCOMPARE(fixture.lines().size(), 1);  // the header
        QCOMPARE(static_cast<std::uint64_t>(fixture.lines("all.csv").size()) - 1, run->metrics().sourceRows);
    }

    /// The pipe has no reader: a drain waits for one, and a further stop does not.
    void aDrainCanBecomeMore_data() {
        QTest::addColumn<QList<int>>("further");
        QTest::addColumn<bool>("kept");
        const int now = static_cast<int>(StopMode::Now), discard = static_cast<int>(StopMode::Discard);
        QTest::newRow("now") << QList<int>{now} << true;
        QTest::newRow("discard") << QList<int>{discard} << false;
        QTest::newRow("now, discard") << QList<int>{now, discard} << false;
    }
    void aDrainCanBecomeMore() {
        QFETCH(QList<int>, further);
        QFETCH(bool, kept);
        RunFixture fixture(1'000'000);
        QCOMPARE(mkfifo(fixture.path("pipe").c_str(), 0600), 0);
        fixture.sink("pipe", "pipe", "in");
        fixture.sink("out", "out.csv", "in");
        const auto run = fixture.start();
        QVERIFY(run);
        run->stop(StopMode::Drain);
        QVERIFY(!run->waitFor(700));
        for (const int mode : further) run->stop(static_cast<StopMode>(mode));
        run->stop(StopMode::Drain);  // never back
        QVERIFY(run->waitFor(2'000));
        QCOMPARE(run->state(), RunState::Stopped);
        QCOMPARE(fixture.lines().front() == QStringLiteral("old"), !kept);
    }

    void aRunThatIsDroppedIsDiscarded() {
        RunFixture fixture(1'000'000);
        fixture.sink("out", "out.csv", "in");
        {
            const auto run = fixture.start();
            QVERIFY(run);
            QVERIFY(fixture.files().contains(QStringLiteral(".out.csv.rill-new")));
        }
        QCOMPARE(fixture.lines(), QStringList{QStringLiteral("old")});
        QCOMPARE(fixture.files(), QStringList{QStringLiteral("out.csv")});
    }

    void aStartCanBeGivenUp() {
        RunFixture fixture(10);
        fixture.sink("out", "out.csv", "in");
        const Catalogue kinds = builtin();
        Pipeline pipeline;
        pipeline.nodes = {seconds(10), node("out", "csv_sink", {{"path", fixture.path("out.csv")}})};
        pipeline.wires = {wire("in", "out")};
        const Planned planned = makePlan(pipeline, kinds, {});
        RunOptions options;
        options.isCancelled = [] { return true; };
        const auto run = Run::start(planned.plan, options);
        QVERIFY(!run.ok());
        QCOMPARE(run.error().code, ErrorCode::Cancelled);
        QCOMPARE(fixture.lines(), QStringList{QStringLiteral("old")});
    }
};

QTEST_GUILESS_MAIN(TestStopModes)
#include "test_stop_modes.moc"
