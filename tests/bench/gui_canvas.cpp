// gui_canvas [--markdown PAGE]… : how fast a large canvas is panned, zoomed and edited: 1 000 nodes and 1 500
// wires on a real screen.
#include <fmt/format.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QWindow>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "core/nodes/catalogue.h"
#include "tests/bench/figures.h"
#include "tests/bench/timed_application.h"
#include "widgets/canvas/canvas_widget.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kColumns = 50, kRows = 20;
constexpr std::size_t kWires = 1500;

// Filters in a grid, each feeding the one to its right, every second one the one below that as well.
void fill(PipelineDocument& document) {
    std::vector<NodeId> ids;
    for (int column = 0; column < kColumns; ++column) {
        for (int row = 0; row < kRows; ++row) {
            const char* type = column == 0 ? "generator" : "union";
            ids.push_back(document.addNode({type, Json::object(), QStringLiteral("Node %1").arg(ids.size())},
                                           {column * 240.0, row * 176.0}));
        }
    }
    const auto at = [&](int column, int row) {
        return ids[static_cast<std::size_t>(column * kRows + row % kRows)];
    };
    for (int column = 0; column + 1 < kColumns; ++column) {
        for (int row = 0; row < kRows; ++row) {
            document.connectPorts({at(column, row), "out"}, {at(column + 1, row), "in"});
            if ((row % 2 == 0 || column < 4) && document.pipeline().wires.size() < kWires) {
                document.connectPorts({at(column, row), "out"}, {at(column + 1, row + 1), "in"});
            }
        }
    }
}

double milliseconds(const QElapsedTimer& clock) {
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Of a frame: by the clock, and of a processor, which other programs do not change.
struct Frame {
    double clock = 0, own = 0;  ///< ms
};

template <double Frame::*time>
double nearLast(std::vector<Frame> frames) {
    const auto at = frames.begin() + static_cast<std::ptrdiff_t>(frames.size() * 99 / 100);
    std::nth_element(frames.begin(), at, frames.end(),
                     [](const Frame& a, const Frame& b) { return a.*time < b.*time; });
    return *at.*time;
}

/// Prints them, and returns a row of the table in the help for them.
std::string print(const char* what, const std::vector<Frame>& frames) {
    Frame sum;
    for (const Frame& frame : frames) sum = {sum.clock + frame.clock, sum.own + frame.own};
    const auto count = static_cast<double>(frames.size());
    std::printf("%-28s mean %6.2f ms (%6.2f of a processor)  p99 %6.2f ms (%6.2f)  %5.0f frames/s\n", what,
                sum.clock / count, sum.own / count, nearLast<&Frame::clock>(frames),
                nearLast<&Frame::own>(frames), 1000 * count / sum.clock);
    return fmt::format("{:.1f} | {:.1f} | {:.1f} | {:.1f} |", sum.clock / count,
                       nearLast<&Frame::clock>(frames), sum.own / count, nearLast<&Frame::own>(frames));
}

template <class Step>
std::string measure(const char* what, int frames, Step step) {
    std::vector<Frame> times;
    for (int frame = 0; frame < frames; ++frame) {
        QElapsedTimer clock;
        clock.start();
        const double before = rw::bench::ownMillis();
        step(frame);
        QCoreApplication::processEvents();
        times.push_back({milliseconds(clock), rw::bench::ownMillis() - before});
    }
    return print(what, times);
}

}  // namespace

int main(int argc, char** argv) {
    QApplication app(argc, argv);
    new Theme(app, {.mode = ThemeMode::Dark});
    const Catalogue catalogue = builtin();
    PipelineDocument document(catalogue);
    RunSession session(document);
    CanvasWidget canvas(document, session);
    QElapsedTimer clock;
    clock.start();
    fill(document);
    document.undoStack().clear();
    document.selection().clear();
    canvas.resize(1600, 1000);
    canvas.show();
    // A window that the screen does not show yet is not painted, and panning it would cost nothing.
    while (!document.isValidated() || !canvas.windowHandle()->isExposed()) QCoreApplication::processEvents();
    std::printf("%zu nodes, %zu wires, built and shown in %.0f ms\n", document.pipeline().nodes.size(),
                document.pipeline().wires.size(), milliseconds(clock));
    CanvasView& view = canvas.view();
    std::vector<std::string> rows;
    const auto note = [&rows](const std::string& row) {
        rows.push_back(fmt::format("| {} | {}", rows.size() + 1, row));
    };
    for (const double zoom : {1.0, 0.5, 0.25}) {
        view.zoomTo(zoom, {0, 0});
        view.centerOn(1500, 1200);
        QCoreApplication::processEvents();
        view.setPanning(true);
        const QByteArray name = QStringLiteral("pan at %1 %").arg(zoom * 100).toUtf8();
        note(measure(name.constData(), 240, [&](int frame) {
            const int step = frame % 120 < 60 ? -9 : 9;
            view.panBy({step, step / 2});
        }));
        view.setPanning(false);
    }
    note(measure("zoom", 60, [&](int frame) { view.zoomBy(frame % 20 < 10 ? 1.05 : 1 / 1.05); }));
    view.zoomTo(1, {0, 0});
    const NodeId node = document.pipeline().nodes[240].id;
    const Point at = document.pipeline().find(node)->at;
    note(measure("drag a card", 120, [&](int frame) {
        view.canvas().preview({{node, QPointF(at.x + frame, at.y + frame)}});
    }));
    note(measure("type in a field", 60, [&](int frame) {
        document.setParam(node, "note", std::to_string(frame));
        while (!document.isValidated()) QCoreApplication::processEvents();
    }));
    const auto undoOrRedo = [&](int frame) {
        frame % 2 == 0 ? document.undoStack().undo() : document.undoStack().redo();
    };
    note(measure("undo and redo a value", 40, undoOrRedo));
    std::vector<ItemRef> all;
    for (const Node& each : document.pipeline().nodes) all.emplace_back(each.id);
    document.remove(all);
    QCoreApplication::processEvents();
    note(measure("undo and redo of removing all", 20, undoOrRedo));
    document.undoStack().undo();
    note(measure("select all and none", 20, [&](int frame) {
        frame % 2 == 0 ? document.selection().selectAll() : document.selection().clear();
    }));
    for (const auto& page : rw::bench::pagesIn(argc, argv)) rw::bench::fillPage(page, "canvas", 2, rows);
    return 0;
}
