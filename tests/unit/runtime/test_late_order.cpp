// Late rows that several wires or tasks brought together go by event time, not by arrival: for any schedule and
// number of tasks, the result is the same.
#include <QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"

using namespace rw;
using namespace rw::test;

namespace {

Node source(const char* id, int seed) {
    return node(id, "generator",
                {{"rows", 3'000},
                 {"rate", 0},
                 {"seed", seed},
                 {"disorder", "4s"},
                 {"columns",
                  {"k INT = CAST(RANDOM() * 300 AS INT)", "v BIGINT = i",
                   "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i * 10, TIMESTAMP '2024-03-01 00:00:00')"}},
                 {"event_time", "ts"},
                 {"watermark_delay", seed == 1 ? "0s" : "1s"}});
}

/// The sessions of the late rows of a window behind `sources` sources.
Pipeline pipeline(int sources, const QString& result) {
    Pipeline made;
    made.nodes = {
        source("a", 1),
        source("b", 2),
        node("both", "union"),
        node("window", "window_aggregate",
             {{"window", "tumble"}, {"size", "500ms"}, {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}}),
        node("sessions", "window_aggregate",
             {{"window", "session"},
              {"gap", "1500ms"},
              {"keys", {"k"}},
              {"aggregates",
               {"COUNT(*) AS n", "FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l",
                "LISTAGG(CAST(v AS STRING)) AS all"}}}),
        node("result", "csv_sink", {{"path", result.toStdString()}})};
    made.wires = {wire("a", "both"), wire("both", "window"), wire("window", "sessions", "late"),
                  wire("sessions", "result")};
    if (sources > 1) made.wires.push_back(wire("b", "both"));
    return made;
}

QStringList resultOf(int sources, int parallelism, std::uint64_t seed) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("result.csv"));
    static const Catalogue kCatalogue = builtin();
    PlanOptions planning;
    planning.parallelism = parallelism;
    const Planned planned = makePlan(pipeline(sources, path), kCatalogue, planning);
    if (!planned.plan) return {QString::fromStdString(english(planned.issues.front()))};
    RunOptions options;
    options.batchRows = seed % 2 == 0 ? 64 : 500;
    options.executor = ExecutorKind::Seeded;
    options.seed = seed;
    auto run = Run::start(planned.plan, options);
    if (!run.ok()) return {QString::fromStdString(english(run.error()))};
    (*run)->wait();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {QStringLiteral("no result")};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    std::sort(lines.begin(), lines.end());
    return lines;
}

}  // namespace

class TestLateOrder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void sessionsOfLateRows_data() {
        QTest::addColumn<int>("sources");
        QTest::newRow("several tasks") << 1;
        QTest::newRow("several wires and tasks") << 2;
    }
    void sessionsOfLateRows() {
        QFETCH(int, sources);
        const QStringList expected = resultOf(sources, 1, 0);
        QVERIFY2(expected.size() > 100, qPrintable(expected.join(u'\n').left(2'000)));
        for (int parallelism = 1; parallelism <= 4; ++parallelism) {
            for (std::uint64_t seed = 1; seed <= 4; ++seed) {
                const QStringList found = resultOf(sources, parallelism, seed);
                QVERIFY2(found == expected,
                         qPrintable(QStringLiteral("%1 tasks, seed %2").arg(parallelism).arg(seed)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestLateOrder)
#include "test_late_order.moc"
