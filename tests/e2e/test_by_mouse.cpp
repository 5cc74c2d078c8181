// A person with a mouse: from the empty canvas to charts and tables, and back from the saved file.
#include "tests/e2e/mouse.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

/// Adds a row to the table of aggregates and fills it.
void addAggregate(Desk& desk, const std::string& function, const std::string& column,
                  const std::string& name) {
    desk.hands.click(desk.reach({{"push button", "Aggregates"}}));
    typeAggregate(desk, function, column, name);
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
    clickRunBar(desk, "Run");
    awaitRun(desk, "Running");
    awaitWindows(desk);
    awaitDrawing(desk, empty);
    clickRunBar(desk, "Stop");
    awaitRun(desk, "Stopped");
    checkTable(desk);
}

void exportTheChart(Desk& desk) {
    desk.hands.doubleClick(desk.eyes.await(node("Line chart")));
    choose(desk, {{"dialog", "Line chart"}, {"push button", "Export the visible range"}}, 3,
           4);  // a CSV table
    answerFileName(desk, "Export the visible range", "chart.csv");
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
