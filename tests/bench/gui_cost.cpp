// What it costs the engine that a window shows its run: processor time of all threads but the GUI's for the same
// rows, in a run that nobody looks at and in one on the canvas and the dashboard, in pairs one after the other,
// and the median of their quotients. A run takes five seconds, for what its start costs is not asked here.
#include <QMenu>
#include <QStackedWidget>
#include <algorithm>
#include <cstdio>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/bench/format_bench.h"
#include "tests/bench/peer_figures.h"
#include "tests/bench/timed_application.h"
#include "tests/support/child.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using rw::bench::fail;

namespace {

constexpr int kPairs = 7;

constexpr char kPipeline[] = R"json({ "rill": 1, "name": "cost",
  "nodes": [
    { "id": "rows", "type": "generator", "at": [32, 160],
      "params": { "columns": ["ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, i / 100000, TIMESTAMP '2024-03-01 00:00:00')",
                              "k STRING = PICK('a', 'b', 'c', 'd')", "v DOUBLE = 100 * RANDOM()"],
                  "rate": 0, "rows": 240000000, "event_time": "ts" } },
    { "id": "kept", "type": "filter", "at": [320, 160], "params": { "condition": "v > 1" } },
    { "id": "sums", "type": "window_aggregate", "at": [608, 160],
      "params": { "window": "tumble", "size": "1s", "keys": ["k"], "aggregates": ["COUNT(*) AS n", "AVG(v) AS mean"] } },
    { "id": "line", "type": "line_chart", "at": [896, 16],
      "params": { "x": "window_end", "y": ["mean"], "series": "k", "span": "1min" } },
    { "id": "bars", "type": "bar_chart", "at": [896, 176], "params": { "category": "k", "value": "n" } }
  ],
  "wires": [ { "from": "rows", "to": "kept" }, { "from": "kept", "to": "sums" },
             { "from": "sums", "to": "line" }, { "from": "sums", "to": "bars" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [12, 5] },
                            { "node": "bars", "at": [0, 5], "size": [12, 4] } ] }
})json";

/// Processor time of all threads but this one.
double others() {
    return rw::bench::cpuSeconds() - rw::bench::ownMillis() / 1e3;
}

double unseen(const Pipeline& pipeline, const Catalogue& catalogue, const std::string& folder) {
    PlanOptions options;
    options.validate.folder = folder;
    const Planned planned = makePlan(pipeline, catalogue, options);
    if (!planned.plan) fail("there is no plan");
    const double before = others();
    const Result<std::unique_ptr<Run>> run = Run::start(planned.plan, {});
    if (!run.ok()) fail(english(run.error()));
    (*run)->wait();
    if (!(*run)->status().ok()) fail(english((*run)->status().error()));
    return others() - before;
}

double shown(RunSession& session) {
    const double before = others();
    session.start();
    do {
        rw::bench::wait(20);
    } while (session.isActive());
    if (session.state() != RunSession::State::Finished) fail("the run did not finish");
    return others() - before;
}

double median(std::vector<double> all) {
    std::nth_element(all.begin(), all.begin() + kPairs / 2, all.end());
    return all[kPairs / 2];
}

}  // namespace

int main(int argc, char** argv) {
    rw::bench::TimedApplication app(argc, argv);
    new Theme(app, {.mode = ThemeMode::Dark});
    const rw::testing::ScratchFolder scratch("cost");
    const std::string path = scratch.path() / "cost.rill";
    std::ofstream(path) << kPipeline;
    const Catalogue catalogue = builtin();
    PipelineDocument document(catalogue);
    if (const Status opened = document.open(QString::fromStdString(path)); !opened.ok())
        fail(english(opened.error()));
    RunSession session(document);
    ChartScheduler scheduler;
    QStackedWidget pages;
    pages.addWidget(new CanvasWidget(document, session));
    pages.addWidget(new Dashboard(PaneParts{document, session, scheduler}));
    pages.resize(1600, 1000);
    pages.show();
    for (const char* page : {"canvas", "dashboard"}) {
        pages.setCurrentIndex(page == std::string("canvas") ? 0 : 1);
        std::vector<double> bare, seen, quotients;
        for (int pair = 0; pair < kPairs; ++pair) {
            // By turns the first: what warms up or throttles the machine meets both.
            const auto alone = [&] { return unseen(document.pipeline(), catalogue, scratch.path().string()); };
            const double before = pair % 2 == 0 ? alone() : 0;
            const double watched = shown(session);
            bare.push_back(pair % 2 == 0 ? before : alone());
            seen.push_back(watched);
            quotients.push_back(watched / bare.back());
        }
        std::printf("%-10s 240 M rows in %.2f s of processors  shown %.2f s  %+.2f %%\n", page, median(bare),
                    median(seen), 100 * (median(quotients) - 1));
        std::fflush(stdout);
    }
    return 0;
}
