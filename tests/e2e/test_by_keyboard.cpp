// The same without a mouse: F6 from region to region, Tab through forms, letters and arrows on the canvas.
#include <chrono>
#include <thread>
#include <utility>

#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

/// Presses a key that moves the focus, and returns the thing that has it now.
std::string pressAway(DesignerFixture& designer, const std::string& key, const std::string& from) {
    designer.input.press(key);
    std::string now;
    until([&] { return (now = designer.screen.focused()) != from; },
          [&] { return key + " does not lead away from " + from; });
    return now;
}

/// Presses such a key again and again until this has the focus.
void pressUntil(DesignerFixture& designer, const std::string& key, const ElementPath& way) {
    constexpr int kMost = 150;  // more than the window has places
    designer.screen.awaitThere(way);
    std::string at = designer.screen.focused();
    for (int i = 0; i < kMost && !designer.screen.hasFocus(way); ++i) at = pressAway(designer, key, at);
    designer.screen.awaitFocus(way);
}

void toCanvas(DesignerFixture& designer) {
    pressUntil(designer, "shift+F6", canvas());
}

/// From the canvas to the form of the node that has the focus.
void toForm(DesignerFixture& designer) {
    designer.screen.awaitFocus(canvas());
    pressAway(designer, "F6", designer.screen.focused());
}

void fill(DesignerFixture& designer, const ElementPath& way, const std::string& text) {
    pressUntil(designer, "Tab", way);
    designer.input.press("ctrl+a");
    designer.input.type(text);
    designer.input.press("Tab");
}

void addAggregate(DesignerFixture& designer, const std::string& function, const std::string& column,
                  const std::string& name) {
    pressUntil(designer, "Tab", {{"push button", "Aggregates"}});
    designer.input.press("space");
    typeAggregate(designer, function, column, name);
}

/// Takes a line of the menu that opens.
void choose(DesignerFixture& designer, int line) {
    designer.screen.awaitMenu();
    for (int i = 0; i <= line; ++i) designer.input.press("Down");
    designer.input.press("Return");
}

void choose(DesignerFixture& designer, const std::string& label, int line) {
    pressUntil(designer, "Tab", {{"push button", label}});
    designer.input.press("space");
    choose(designer, line);
}

/// Presses a key that shows another part of the canvas.
void pressAndSee(DesignerFixture& designer, const std::string& key) {
    const Element place = designer.screen.await(canvas());
    std::uint64_t before = 0;
    const auto stands = [&] {
        const auto last = std::exchange(before, designer.screen.picture(place));
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return before == last;
    };
    until(stands, [] { return std::string("the canvas does not come to rest"); });
    designer.input.press(key);
    until([&] { return designer.screen.picture(place) != before; },
          [&] { return key + " shows nothing else of the canvas"; });
}

/// Adds a node by its name; Escape lets go of the port that was worked with, for which A would add a
/// neighbour.
void add(DesignerFixture& designer, const std::string& name, const std::string& title) {
    designer.screen.awaitFocus(canvas());
    designer.input.press("Escape");
    designer.input.press("a");
    designer.screen.awaitFocus({{"text", "Add a node"}});
    designer.input.type(name);
    designer.screen.await({{"list", "Nodes found"}, {"list item", title}});
    designer.input.press("Return");
    designer.screen.awaitFocus(node(title));
}

/// Draws a wire to an input of the node that has the focus: P to the port, C, arrows to the output, Enter.
void connect(DesignerFixture& designer, const std::string& from, const std::string& output,
             const std::string& to, const std::string& input) {
    pressUntil(designer, "p", port(to, input));
    pressAway(designer, "c", designer.screen.focused());
    pressUntil(designer, "Down", port(from, output));
    designer.input.press("Return");
    designer.screen.awaitThere(wire(from, to));
}

void buildThePipeline(DesignerFixture& designer) {
    toCanvas(designer);
    add(designer, "csv", "CSV file");
    toForm(designer);
    fill(designer, field("Path", "text"), "in.csv");
    awaitColumns(designer);
    fill(designer, field("Event time", "combo box"), "ts");
    fill(designer, field("Rate", "text"), kRate);

    toCanvas(designer);
    add(designer, "window", "Window aggregate");
    connect(designer, "CSV file", "output rows", "Window aggregate", "input rows");
    toForm(designer);
    choose(designer, "Keys", 0);  // k of k, v, ts; it counts windows of 10 s already
    addAggregate(designer, "SUM", "v", "total");

    toCanvas(designer);
    add(designer, "line", "Line chart");
    connect(designer, "Window aggregate", "output window rows", "Line chart", "input");
    // The wire has filled in the chart's column: total.

    toCanvas(designer);
    add(designer, "sqlite", "SQLite");
    connect(designer, "Window aggregate", "output window rows", "SQLite", "input");
    toForm(designer);
    fill(designer, field("Database", "text"), "out.sqlite");
    fill(designer, field("Table", "text"), "sums");

    toCanvas(designer);
    designer.input.press("ctrl+shift+i");  // arranges the cards
    for (const char* key : {"ctrl+equal", "ctrl+equal", "shift+1"}) pressAndSee(designer, key);
}

void runAndStop(DesignerFixture& designer) {
    const auto empty = designer.screen.picture(drawing(designer));
    designer.input.press("ctrl+r");
    designer.screen.await({{"tool bar", ""}, {"", "Running"}});
    designer.screen.awaitThere({{"notification", "Running"}});  // which a screen reader says unasked
    awaitWindows(designer);
    awaitDrawing(designer, empty);
    designer.input.press("ctrl+shift+r");
    designer.screen.await({{"tool bar", ""}, {"", "Stopped"}});
    checkTable(designer);
}

void exportTheChart(DesignerFixture& designer) {
    toCanvas(designer);
    pressUntil(designer, "Up", node("Line chart"));
    designer.input.press("Return");
    designer.screen.awaitFocus({{"dialog", "Line chart"}});
    designer.input.press("ctrl+shift+e");
    choose(designer, 3);  // a CSV table
    answerFileName(designer, "Export the visible range", "chart.csv");
    checkExport(designer);
    designer.screen.awaitFocus({{"dialog", "Line chart"}});
    designer.input.press("Escape");
    designer.screen.awaitFocus({{"frame", ""}});
}

void saveAndReopen(DesignerFixture& designer) {
    designer.input.press("ctrl+s");
    designer.quit();
    designer.start("empty.rill");
    awaitPipeline(designer);
    designer.quit();
}

}  // namespace

int main() {
    return play("by_keyboard", [](DesignerFixture& designer) {
        designer.start("empty.rill");
        buildThePipeline(designer);
        runAndStop(designer);
        exportTheChart(designer);
        saveAndReopen(designer);
    });
}
