// How long the GUI's event loop is busy at a time while a million rows a second flow into twelve charts of
// all kinds: on the canvas with its thumbnails, and on the dashboard.
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
    { "id": "line_2", "type": "line_chart", "at": [400, 176], "params": { "x": "ts", "y": ["v"], "span": "5min" } },
    { "id": "line_3", "type": "line_chart", "at": [400, 336], "params": { "x": "ts", "y": ["v"], "series": "k", "span": "10s" } },
    { "id": "bars", "type": "bar_chart", "at": [400, 496], "params": { "category": "k", "value": "v" } },
    { "id": "pie", "type": "pie_chart", "at": [720, 16], "params": { "category": "k", "value": "v" } },
    { "id": "spread", "type": "histogram", "at": [720, 176], "params": { "value": "v", "series": "k", "span": "1min" } },
    { "id": "spread_2", "type": "histogram", "at": [720, 336], "params": { "value": "v", "span": "10s" } },
    { "id": "points", "type": "scatter_chart", "at": [720, 496], "params": { "x": "ts", "y": "v", "series": "k" } },
    { "id": "heat", "type": "heat_map", "at": [1040, 16], "params": { "x": "ts", "y": "k", "value": "v" } },
    { "id": "newest", "type": "table_view", "at": [1040, 176] },
    { "id": "number", "type": "number_card", "at": [1040, 336], "params": { "value": "v" } },
    { "id": "gauge", "type": "gauge", "at": [1040, 496], "params": { "value": "v", "from": 0, "to": 100 } }
  ],
  "wires": [ { "from": "rows", "to": "line" }, { "from": "rows", "to": "line_2" }, { "from": "rows", "to": "line_3" },
             { "from": "rows", "to": "bars" }, { "from": "rows", "to": "pie" }, { "from": "rows", "to": "spread" },
             { "from": "rows", "to": "spread_2" }, { "from": "rows", "to": "points" }, { "from": "rows", "to": "heat" },
             { "from": "rows", "to": "newest" }, { "from": "rows", "to": "number" }, { "from": "rows", "to": "gauge" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [4, 3] }, { "node": "line_2", "at": [4, 0], "size": [4, 3] },
                            { "node": "line_3", "at": [8, 0], "size": [4, 3] }, { "node": "bars", "at": [0, 3], "size": [4, 3] },
                            { "node": "pie", "at": [4, 3], "size": [4, 3] }, { "node": "spread", "at": [8, 3], "size": [4, 3] },
                            { "node": "spread_2", "at": [0, 6], "size": [4, 3] }, { "node": "points", "at": [4, 6], "size": [4, 3] },
                            { "node": "heat", "at": [8, 6], "size": [4, 3] }, { "node": "newest", "at": [0, 9], "size": [4, 3] },
                            { "node": "number", "at": [4, 9], "size": [4, 3] }, { "node": "gauge", "at": [8, 9], "size": [4, 3] } ] }
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
