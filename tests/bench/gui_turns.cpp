// How long the GUI's event loop is busy at a time while a million rows a second flow into a line chart, a bar
// chart and a histogram: on the canvas with its thumbnails, and on the dashboard.
#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QStackedWidget>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <vector>

#include "core/nodes/catalogue.h"
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

void wait(int millis) {
    QEventLoop loop;
    QTimer::singleShot(millis, &loop, &QEventLoop::quit);
    loop.exec();
}

/// The application that notes its turns: the time for which it handles events between two waits for more.
class TimedApplication : public QApplication {
 public:
    TimedApplication(int& argc, char** argv) : QApplication(argc, argv) {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            if (m_turn > 0) m_millis.push_back(m_turn);
            m_turn = 0;
        });
    }
    bool notify(QObject* receiver, QEvent* event) override {
        if (m_depth++ == 0) m_clock.start();
        const bool taken = QApplication::notify(receiver, event);
        if (--m_depth == 0) m_turn += static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
        return taken;
    }
    void forget() { m_millis.clear(); }
    void print(const char* what, double rowsPerSecond) {
        std::sort(m_millis.begin(), m_millis.end());
        if (m_millis.empty()) qFatal("%s: nothing happened", what);
        std::printf(
            "%-10s %5zu turns  median %5.2f ms  p99 %6.2f ms  longest %6.2f ms  beside %.2f M rows/s\n", what,
            m_millis.size(), m_millis[m_millis.size() / 2], m_millis[m_millis.size() * 99 / 100],
            m_millis.back(), rowsPerSecond / 1e6);
    }

 private:
    QElapsedTimer m_clock;
    int m_depth = 0;  ///< of events that are handled while another is
    double m_turn = 0;
    std::vector<double> m_millis;
};

}  // namespace

int main(int argc, char** argv) {
    TimedApplication app(argc, argv);
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
        wait(kWarmUpMillis);
        app.forget();
        wait(kMillis);
        app.print(page, session.snapshot().sources.perSecond());
    }
    session.stop();
    while (session.isActive()) wait(20);
    return 0;
}
