// A person with a mouse: from the empty canvas to charts and tables, and back from the saved file.
#include "tests/e2e/mouse.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

/// Adds a row to the table of aggregates and fills it.
void addAggregate(DesignerFixture& designer, const std::string& function, const std::string& column,
                  const std::string& name) {
    designer.input.click(designer.reach({{"push button", "Aggregates"}}));
    typeAggregate(designer, function, column, name);
}

void buildThePipeline(DesignerFixture& designer) {
    drop(designer, "CSV file, Files", 100, 200);
    drop(designer, "Window aggregate", 400, 200);
    drop(designer, "Line chart", 750, 80);
    drop(designer, "SQLite", 750, 340);

    select(designer, "CSV file");
    fill(designer, field("Path", "text"), "in.csv");
    awaitColumns(designer);
    designer.input.click(designer.reach(field("Event time", "combo box")));
    designer.screen.awaitFocus({{"list item", "None"}});
    designer.input.type("ts");
    designer.input.press("Return");
    fill(designer, field("Rate", "text"), kRate);

    connect(designer, "CSV file", "output rows", "Window aggregate", "input rows");
    select(designer, "Window aggregate");
    choose(designer, {{"push button", "Keys"}}, 0, 3);  // k of k, v, ts; it counts windows of 10 s already
    addAggregate(designer, "SUM", "v", "total");

    connect(designer, "Window aggregate", "output window rows", "Line chart", "input");
    // The wire has filled in the chart's column: total.

    connect(designer, "Window aggregate", "output window rows", "SQLite", "input");
    select(designer, "SQLite");
    fill(designer, field("Database", "text"), "out.sqlite");
    fill(designer, field("Table", "text"), "sums");
}

void runAndStop(DesignerFixture& designer) {
    const auto empty = designer.screen.picture(drawing(designer));
    clickMainToolBar(designer, "Run");
    awaitRun(designer, "Running");
    awaitWindows(designer);
    awaitDrawing(designer, empty);
    clickMainToolBar(designer, "Stop");
    awaitRun(designer, "Stopped");
    checkTable(designer);
}

void exportTheChart(DesignerFixture& designer) {
    designer.input.doubleClick(designer.screen.await(node("Line chart")));
    choose(designer, {{"dialog", "Line chart"}, {"push button", "Export the visible range"}}, 3,
           4);  // a CSV table
    answerFileName(designer, "Export the visible range", "chart.csv");
    checkExport(designer);
    designer.screen.awaitFocus({{"dialog", "Line chart"}});
    designer.input.press("Escape");
    designer.screen.awaitFocus({{"frame", ""}});
}

void saveAndReopen(DesignerFixture& designer) {
    designer.input.click(designer.screen.await({{"menu item", "File"}}));
    designer.input.click(designer.screen.await({{"menu item", "File"}, {"menu item", "Save"}}));
    designer.quit();
    designer.start("empty.rill");
    awaitPipeline(designer);
    designer.quit();
}

}  // namespace

int main() {
    return play("by_mouse", [](DesignerFixture& designer) {
        designer.start("empty.rill");
        buildThePipeline(designer);
        runAndStop(designer);
        exportTheChart(designer);
        saveAndReopen(designer);
    });
}
