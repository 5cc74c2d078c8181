// A person with a mouse: from the empty canvas to charts and tables, and back from the saved file.
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

/// Drags a palette entry onto the canvas.
void drop(Desk& desk, const std::string& entry, int x, int y) {
    const Thing target = desk.eyes.await(canvas());
    const std::size_t before = desk.eyes.count(node(""));
    desk.hands.drag(desk.reach({{"list", ""}, {"list item", entry}}), target.x + x, target.y + y);
    desk.eyes.awaitCount(node(""), before + 1);
}

void connect(Desk& desk, const std::string& from, const std::string& output, const std::string& to,
             const std::string& input) {
    desk.hands.drag(desk.eyes.await(port(from, output)), desk.eyes.await(port(to, input)));
    desk.eyes.await(wire(from, to));
}

/// Clicks a node's head, so that the form is its; the middle may be a picture with a will of its own.
void select(Desk& desk, const std::string& title) {
    const Thing card = desk.eyes.await(node(title));
    desk.hands.click(card.middleX(), card.y + 20);
    desk.eyes.awaitFocus(node(title));
}

/// Puts a text into a field of the form and leaves it.
void fill(Desk& desk, const Way& way, const std::string& text) {
    desk.hands.click(desk.reach(way));
    desk.eyes.awaitFocus(way);
    desk.hands.press("ctrl+a");
    desk.hands.type(text);
    desk.hands.press("Tab");
}

/// Adds a row to the table of aggregates and fills it.
void addAggregate(Desk& desk, const std::string& function, const std::string& column,
                  const std::string& name) {
    desk.hands.click(desk.reach({{"push button", "Aggregates"}}));
    typeAggregate(desk, function, column, name);
}

/// Opens a button's menu and takes a line of it.
void choose(Desk& desk, const Way& button, int line, int lines) {
    desk.hands.click(desk.reach(button));
    const Thing menu = desk.eyes.awaitMenu();
    desk.hands.click(menu.middleX(), menu.y + menu.height * (2 * line + 1) / (2 * lines));
}

void buildThePipeline(Desk& desk) {
    drop(desk, "CSV file, Files", 100, 200);
    drop(desk, "Window aggregate", 400, 200);
    drop(desk, "Line chart", 750, 80);
    drop(desk, "SQLite", 750, 340);

    select(desk, "CSV file");
    fill(desk, field("Path", "text"), "in.csv");
    awaitColumns(desk);
    fill(desk, field("Event time", "combo box"), "ts");
    fill(desk, field("Rate", "text"), kRate);

    connect(desk, "CSV file", "output rows", "Window aggregate", "input rows");
    select(desk, "Window aggregate");
    choose(desk, {{"push button", "Keys"}}, 0, 3);  // k of k, v, ts; it counts windows of 10 s already
    addAggregate(desk, "SUM", "v", "total");

    connect(desk, "Window aggregate", "output window rows", "Line chart", "input");
    select(desk, "Line chart");
    choose(desk, {{"push button", "Values"}}, 1, 2);  // total of n, total

    connect(desk, "Window aggregate", "output window rows", "SQLite", "input");
    select(desk, "SQLite");
    fill(desk, field("Database", "text"), "out.sqlite");
    fill(desk, field("Table", "text"), "sums");
}

void runAndStop(Desk& desk) {
    const auto empty = desk.eyes.picture(drawing(desk));
    desk.hands.click(desk.eyes.await({{"tool bar", ""}, {"push button", "Run"}}));
    desk.eyes.await({{"tool bar", ""}, {"", "Running"}});
    awaitWindows(desk);
    awaitDrawing(desk, empty);
    desk.hands.click(desk.eyes.await({{"tool bar", ""}, {"push button", "Stop"}}));
    desk.eyes.await({{"tool bar", ""}, {"", "Stopped"}});
    checkTable(desk);
}

void exportTheChart(Desk& desk) {
    desk.hands.doubleClick(desk.eyes.await(node("Line chart")));
    choose(desk, {{"dialog", "Line chart"}, {"push button", "Export the visible range"}}, 3,
           4);  // a CSV table
    answerFileName(desk, "chart.csv");
    checkExport(desk);
    desk.eyes.awaitFocus({{"dialog", "Line chart"}});
    desk.hands.press("Escape");
    desk.eyes.awaitFocus({{"frame", ""}});
}

void saveAndReopen(Desk& desk) {
    desk.hands.click(desk.eyes.await({{"menu item", "File"}}));
    desk.hands.click(desk.eyes.await({{"menu item", "File"}, {"menu item", "Save"}}));
    desk.quit();
    desk.start("empty.rill");
    awaitPipeline(desk);
    desk.quit();
}

}  // namespace

int main() {
    return play("by_mouse", [](Desk& desk) {
        desk.start("empty.rill");
        buildThePipeline(desk);
        runAndStop(desk);
        exportTheChart(desk);
        saveAndReopen(desk);
    });
}
