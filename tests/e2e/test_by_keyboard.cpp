// The same without a mouse: F6 from region to region, Tab through forms, letters and arrows on the canvas.
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

/// Presses a key that gives the focus to something else, and tells what has it now.
std::string pressAway(Desk& desk, const std::string& key, const std::string& from) {
    desk.hands.press(key);
    std::string now;
    until([&] { return (now = desk.eyes.focused()) != from; },
          [&] { return key + " does not lead away from " + from; });
    return now;
}

/// Presses such a key again and again until this has the focus.
void pressUntil(Desk& desk, const std::string& key, const Way& way) {
    constexpr int kMost = 150;  // more than the window has places
    desk.eyes.awaitThere(way);
    std::string at = desk.eyes.focused();
    for (int i = 0; i < kMost && !desk.eyes.hasFocus(way); ++i) at = pressAway(desk, key, at);
    desk.eyes.awaitFocus(way);
}

void toCanvas(Desk& desk) {
    pressUntil(desk, "shift+F6", canvas());
}

/// From the canvas to the form of the node that has the focus.
void toForm(Desk& desk) {
    desk.eyes.awaitFocus(canvas());
    pressAway(desk, "F6", desk.eyes.focused());
}

void fill(Desk& desk, const Way& way, const std::string& text) {
    pressUntil(desk, "Tab", way);
    desk.hands.press("ctrl+a");
    desk.hands.type(text);
    desk.hands.press("Tab");
}

void addAggregate(Desk& desk, const std::string& function, const std::string& column,
                  const std::string& name) {
    pressUntil(desk, "Tab", {{"push button", "Aggregates"}});
    desk.hands.press("space");
    typeAggregate(desk, function, column, name);
}

/// Takes a line of the menu that opens.
void choose(Desk& desk, int line) {
    desk.eyes.awaitMenu();
    for (int i = 0; i <= line; ++i) desk.hands.press("Down");
    desk.hands.press("Return");
}

void choose(Desk& desk, const std::string& label, int line) {
    pressUntil(desk, "Tab", {{"push button", label}});
    desk.hands.press("space");
    choose(desk, line);
}

/// Adds a node by its name; Escape lets go of the port that was worked with, for which A would add a
/// neighbour.
void add(Desk& desk, const std::string& name, const std::string& title) {
    desk.eyes.awaitFocus(canvas());
    desk.hands.press("Escape");
    desk.hands.press("a");
    desk.eyes.awaitFocus({{"text", "Add a node"}});
    desk.hands.type(name);
    desk.eyes.await({{"list", "Nodes found"}, {"list item", title}});
    desk.hands.press("Return");
    desk.eyes.awaitFocus(node(title));
}

/// Draws a wire to an input of the node that has the focus: P to the port, C, arrows to the output, Enter.
void connect(Desk& desk, const std::string& from, const std::string& output, const std::string& to,
             const std::string& input) {
    pressUntil(desk, "p", port(to, input));
    pressAway(desk, "c", desk.eyes.focused());
    pressUntil(desk, "Down", port(from, output));
    desk.hands.press("Return");
    desk.eyes.awaitThere(wire(from, to));
}

void buildThePipeline(Desk& desk) {
    toCanvas(desk);
    add(desk, "csv", "CSV file");
    toForm(desk);
    fill(desk, field("Path", "text"), "in.csv");
    awaitColumns(desk);
    fill(desk, field("Event time", "combo box"), "ts");
    fill(desk, field("Rate", "text"), kRate);

    toCanvas(desk);
    add(desk, "window", "Window aggregate");
    connect(desk, "CSV file", "output rows", "Window aggregate", "input rows");
    toForm(desk);
    choose(desk, "Keys", 0);  // k of k, v, ts; it counts windows of 10 s already
    addAggregate(desk, "SUM", "v", "total");

    toCanvas(desk);
    add(desk, "line", "Line chart");
    connect(desk, "Window aggregate", "output window rows", "Line chart", "input");
    toForm(desk);
    choose(desk, "Values", 1);  // total of n, total

    toCanvas(desk);
    add(desk, "sqlite", "SQLite");
    connect(desk, "Window aggregate", "output window rows", "SQLite", "input");
    toForm(desk);
    fill(desk, field("Database", "text"), "out.sqlite");
    fill(desk, field("Table", "text"), "sums");

    toCanvas(desk);
    desk.hands.press("ctrl+shift+i");  // arranges the cards
    desk.hands.press("shift+1");       // and brings all of them into sight
}

void runAndStop(Desk& desk) {
    const auto empty = desk.eyes.picture(drawing(desk));
    desk.hands.press("ctrl+r");
    desk.eyes.await({{"tool bar", ""}, {"", "Running"}});
    desk.eyes.awaitThere({{"notification", "Running"}});  // which a screen reader says unasked
    awaitWindows(desk);
    awaitDrawing(desk, empty);
    desk.hands.press("ctrl+shift+r");
    desk.eyes.await({{"tool bar", ""}, {"", "Stopped"}});
    checkTable(desk);
}

void exportTheChart(Desk& desk) {
    toCanvas(desk);
    pressUntil(desk, "Up", node("Line chart"));
    desk.hands.press("Return");
    desk.eyes.awaitFocus({{"dialog", "Line chart"}});
    desk.hands.press("ctrl+shift+e");
    choose(desk, 3);  // a CSV table
    answerFileName(desk, "Export the visible range", "chart.csv");
    checkExport(desk);
    desk.eyes.awaitFocus({{"dialog", "Line chart"}});
    desk.hands.press("Escape");
    desk.eyes.awaitFocus({{"frame", ""}});
}

void saveAndReopen(Desk& desk) {
    desk.hands.press("ctrl+s");
    desk.quit();
    desk.start("empty.rill");
    awaitPipeline(desk);
    desk.quit();
}

}  // namespace

int main() {
    return play("by_keyboard", [](Desk& desk) {
        desk.start("empty.rill");
        buildThePipeline(desk);
        runAndStop(desk);
        exportTheChart(desk);
        saveAndReopen(desk);
    });
}
