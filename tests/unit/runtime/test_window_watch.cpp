// A run that is watched: the events of its windows, from all tasks, are what its result says; late rows are
// told with the window that they missed; and the result is the same as when nobody watches.
#include <QtTest>
#include <map>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "core/stream/disorder.h"
#include "core/stream/window_events.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int64_t kRows = 6'000;

Pipeline pipeline(const QString& result) {
    Pipeline made;
    made.nodes = {
        node("source", "generator",
             {{"rows", kRows},
              {"rate", 0},
              {"seed", 3},
              {"disorder", "4s"},
              {"columns",
               {"k INT = CAST(RANDOM() * 30 AS INT)",
                "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i * 10, TIMESTAMP '2024-03-01 00:00:00')"}},
              {"event_time", "ts"},
              {"watermark_delay", "1s"}}),
        node("window", "window_aggregate",
             {{"window", "tumble"}, {"size", "5s"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("result", "csv_sink", {{"path", result.toStdString()}})};
    made.wires = {wire("source", "window"), wire("window", "result")};
    return made;
}

struct Ran {
    QStringList lines;
    std::vector<WindowEvent> events;
    std::size_t lanes = 0;
    std::uint64_t late = 0;
};

Ran run(int parallelism, std::uint64_t seed, bool watches) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("result.csv"));
    static const Catalogue kCatalogue = builtin();
    PlanOptions planning;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(pipeline(path), kCatalogue, planning);
    if (!planned.plan) qFatal("%s", english(planned.issues.front()).c_str());
    RunOptions options;
    options.batchRows = 200;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    auto started = Run::start(planned.plan, options);
    if (!started.ok()) qFatal("%s", english(started.error()).c_str());
    Run& run = **started;
    // The seeded executor does nothing before it is waited for.
    auto watch = watches ? run.watchWindows() : nullptr;
    const auto counting = watch ? std::make_unique<DisorderWatch>(watch->disorder()) : nullptr;
    run.wait();
    Ran ran;
    if (!watch) watch = run.watchWindows();
    ran.events = watch->since("window", 0);
    ran.lanes = watch->lanes().size();
    ran.late = run.metrics().late;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) qFatal("no result");
    ran.lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    ran.lines.removeFirst();
    std::sort(ran.lines.begin(), ran.lines.end());
    return ran;
}

}  // namespace

class TestWindowWatch : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void eventsAreWhatTheResultSays_data() {
        QTest::addColumn<int>("parallelism");
        for (int parallelism = 1; parallelism <= 4; ++parallelism)
            QTest::addRow("%d tasks", parallelism) << parallelism;
    }
    void eventsAreWhatTheResultSays() {
        QFETCH(int, parallelism);
        const Ran plain = run(parallelism, 1, false);
        QVERIFY(plain.events.empty());
        QCOMPARE(plain.lanes, std::size_t{1});
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const Ran watched = run(parallelism, seed, true);
            QCOMPARE(watched.lines, plain.lines);
            // By window: rows and results, of the output and as told.
            std::map<Instant, std::pair<std::int64_t, std::uint64_t>> told;
            std::map<std::pair<int, Instant>, int> opened;
            std::int64_t rows = 0, late = 0;
            std::uint64_t last = 0;
            std::size_t tasks = 0;
            for (const WindowEvent& event : watched.events) {
                QVERIFY(event.number > last);
                last = event.number;
                if (event.kind == WindowEvent::Kind::Opened) ++opened[{event.task, event.window.end}];
                if (event.kind == WindowEvent::Kind::Late) {
                    late += event.rows;
                    QCOMPARE(event.window.end % 5'000, Instant{0});
                }
                if (event.kind != WindowEvent::Kind::Fired) continue;
                QCOMPARE(opened[std::pair(event.task, event.window.end)], 1);
                QVERIFY(event.watermark >= event.window.end - 1);
                told[event.window.end].first += event.rows;
                told[event.window.end].second += event.results;
                rows += event.rows;
                tasks = std::max(tasks, static_cast<std::size_t>(event.task) + 1);
            }
            std::map<Instant, std::pair<std::int64_t, std::uint64_t>> given;
            for (const QString& line : watched.lines) {
                const QStringList cells = line.split(u',');
                const QDateTime end =
                    QDateTime::fromString(cells[1].left(19), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
                auto& of = given[QDateTime(end.date(), end.time(), QTimeZone::utc()).toMSecsSinceEpoch()];
                of.first += cells.last().toLongLong();
                ++of.second;
            }
            QVERIFY(told == given);
            QCOMPARE(late, static_cast<std::int64_t>(watched.late));
            QVERIFY(late > 10);
            QCOMPARE(rows + late, kRows);
            QCOMPARE(tasks, static_cast<std::size_t>(parallelism));
        }
    }

    void taps() {
        const QTemporaryDir folder;
        static const Catalogue kCatalogue = builtin();
        const Planned planned =
            makePlan(pipeline(folder.filePath(QStringLiteral("result.csv"))), kCatalogue, {});
        QVERIFY(planned.plan != nullptr);
        RunOptions options;
        options.tapAll = true;
        auto run = Run::start(planned.plan, options);
        QVERIFY(run.ok());
        (*run)->wait();
        // Whoever comes when it is over sees what happened.
        QVERIFY((*run)->watchWindows()->since("window", 0).size() >= 20);
    }
};

QTEST_GUILESS_MAIN(TestWindowWatch)
#include "test_window_watch.moc"
