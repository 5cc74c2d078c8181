// How long the GUI's event loop is busy at a time while a million rows a second flow into a line chart, a bar
// chart and a histogram: on the canvas with its thumbnails, and on the dashboard.
#include <QMenu>
#include <QStackedWidget>
#include <cstdio>
#include <fstream>

#include "core/nodes/catalogue.h"
#include "tests/bench/timed_application.h"
#include "tests/support/child.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kWarmUpMillis = 3000, kMillis = 10'000;

constexpr char kPipeline[] = R"json({ "rill": 1, "name": "turns",
  "nodes": [
    { "id": "rows", "type": "generator", "at": [32, 160],
      "params": { "columns": ["ts TIMESTAMP(3)", "k STRING = PICK('a', 'b', 'c', 'd')", "v DOUBLE = 100 * RANDOM()"],
                  "rate": 1000000, "event_time": "ts" } },
    { "id": "line", "type": "line_chart", "at": [400, 16], "params": { "x": "ts", "y": ["v"], "series": "k", "span": "1min" } },
    { "id": "bars", "type": "bar_chart", "at": [400, 176], "params": { "category": "k", "value": "v" } },
    { "id": "spread", "type": "histogram", "at": [400, 336], "params": { "value": "v", "series": "k", "span": "1min" } }
  ],
  "wires": [ { "from": "rows", "to": "line" }, { "from": "rows", "to": "bars" }, { "from": "rows", "to": "spread" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [12, 5] },
                            { "node": "bars", "at": [0, 5], "size": [6, 4] },
                            { "node": "spread", "at": [6, 5], "size": [6, 4] } ] }
})json";

}  // namespace

int main(int argc, char** argv) {
    rw::bench::TimedApplication app(argc, argv);
    new Theme(app, {.mode = ThemeMode::Dark});
    const rw::testing::ScratchFolder scratch("turns");
    const std::string path = scratch.path() / "turns.rill";
    std::ofstream(path) << kPipeline;
    const Catalogue catalogue = builtin();
    PipelineDocument document(catalogue);
    if (const Status opened = document.open(QString::fromStdString(path)); !opened.ok()) {
        std::fprintf(stderr, "%s\n", english(opened.error()).c_str());
        return 1;
    }
    RunSession session(document);
    ChartScheduler scheduler;
    QStackedWidget pages;
    pages.addWidget(new CanvasWidget(document, session));
    pages.addWidget(new Dashboard(PaneParts{document, session, scheduler}));
    pages.resize(1600, 1000);
    pages.show();
    session.start();
    for (const char* page : {"canvas", "dashboard"}) {
        pages.setCurrentIndex(page == std::string("canvas") ? 0 : 1);
        rw::bench::wait(kWarmUpMillis);
        app.forget();
        rw::bench::wait(kMillis);
        app.print(page);
        std::printf("  beside %.2f M rows/s\n", session.snapshot().sources.perSecond() / 1e6);
    }
    session.stop();
    while (session.isActive()) rw::bench::wait(20);
    return 0;
}
