// A job of as many tasks as a busy canvas has is watched, and every node that Flink counts has its figures.
#include <QtTest/QtTest>

#include "core/pipeline/json/json.h"
#include "tests/support/wide_job.h"
#include "tests/unit/cluster/flink_bench.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::size_t kTasks = 30;

/// How many of the nodes whose names begin so have that figure.
template <class Figure>
std::size_t known(const JobFigures& figures, const std::string& begin, Figure NodeFigures::*figure) {
    return static_cast<std::size_t>(
        std::count_if(figures.nodes.begin(), figures.nodes.end(), [&](const auto& each) {
            return each.first.starts_with(begin) && (each.second.*figure).has_value();
        }));
}

}  // namespace

class TestWideJob : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyNodeThatFlinkCountsHasFigures() {
        WideJob wide = wideJob(kTasks);
        QCOMPARE(wide.vertices.size(), kTasks);
        const Result<Loaded> loaded = loadPipeline(wide.pipeline);
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : english(loaded.error()).c_str());
        Bench bench;
        bench.flink.make(wide.explained, wide.vertices);
        bench.flink.addPage(wideJobPage(0, 100));
        ClusterRequest request = bench.request();
        request.pipeline = loaded->pipeline;
        bench.deploy(std::move(request));
        QVERIFY(bench.comesTo(ClusterState::Running));

        const auto figures = [&bench] { return bench.run->look().figures; };
        QVERIFY(until([&] { return known(figures(), "per_", &NodeFigures::rowsOut) == kTasks - 1; }));
        const JobFigures first = figures();
        QCOMPARE(known(first, "per_", &NodeFigures::rowsIn), kTasks - 1);
        QCOMPARE(known(first, "per_", &NodeFigures::watermark), kTasks - 1);
        QCOMPARE(known(first, "out_", &NodeFigures::rowsIn), kTasks - 1);
        QVERIFY(first.sourceRows.has_value());
        // They go on.
        QVERIFY(until([&] { return figures().sourceRows > first.sourceRows; }));

        for (const char* const chart : {"lines", "bars", "rows"}) {
            const auto shows = [&bench, chart](std::uint64_t rows) {
                const std::shared_ptr<LiveView> view = bench.run->view(chart);
                return view && view->rows() == rows;
            };
            QVERIFY2(until([&] { return shows(100); }), chart);
        }
    }
};

QTEST_APPLESS_MAIN(TestWideJob)
#include "test_wide_job.moc"
