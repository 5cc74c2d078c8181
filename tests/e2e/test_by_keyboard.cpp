// The same without a mouse: nodes by typing their names, wires by what fits, forms by Tab.
#include <chrono>
#include <cstdio>
#include <thread>

#include "tests/e2e/desk.h"

using rw::e2e::Desk;
using rw::e2e::Thing;
using rw::e2e::Way;

namespace {

constexpr int kMostTabs = 150;  ///< more than the window has places
const Way kCanvas{{"list", "Canvas"}};

Way node(const std::string& title) {
    return {{"list", "Canvas"}, {"list item", title}};
}

/// Presses Tab until this has the focus.
void tabTo(Desk& desk, const Way& way) {
    desk.eyes.await(way);
    for (int i = 0; i < kMostTabs; ++i) {
        if (desk.eyes.isFocused(way)) return;
        desk.hands.press("Tab");
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
    desk.eyes.fail("Tab does not lead to " + way.back().role + " " + way.back().name);
}

void fill(Desk& desk, const Way& way, const std::string& text) {
    tabTo(desk, way);
    desk.hands.press("ctrl+a");
    desk.hands.type(text);
    desk.hands.press("Tab");
}

void addLine(Desk& desk, const std::string& list, const std::string& text) {
    const Way removes{{"filler", list}, {"push button", "Remove this line"}};
    const std::size_t before = desk.eyes.count(removes);
    tabTo(desk, {{"filler", list}, {"push button", list}});
    desk.hands.press("space");
    desk.eyes.awaitCount(removes, before + 1);
    desk.hands.type(text);
    desk.hands.press("Escape");  // completions, should there be any
}

/// Adds a node by its name: behind the focused port, or on its own.
void add(Desk& desk, const std::string& name, const std::string& title) {
    desk.hands.press("a");
    desk.eyes.await({{"text", "Add a node"}});
    desk.hands.type(name);
    desk.eyes.await({{"list", "Nodes found"}, {"list item", title}});
    desk.hands.press("Return");
    desk.eyes.await(node(title));
}

}  // namespace

int main() {
    Desk desk("keyboard");
    desk.start("empty.rill");
    tabTo(desk, kCanvas);
    add(desk, "csv", "CSV file");
    fill(desk, {{"filler", "Path"}, {"text", "Path"}}, "in.csv");
    addLine(desk, "Columns", "k STRING");
    addLine(desk, "Columns", "v INT");
    addLine(desk, "Columns", "ts TIMESTAMP(3)");
    fill(desk, {{"filler", "Event time"}, {"combo box", "Event time"}}, "ts");

    tabTo(desk, kCanvas);
    desk.hands.press("p");
    add(desk, "window", "Window aggregate");
    fill(desk, {{"filler", "Size"}, {"text", "Size"}}, "10");
    addLine(desk, "Aggregates", "COUNT(*) AS n");
    addLine(desk, "Aggregates", "SUM(v) AS total");

    tabTo(desk, kCanvas);
    desk.hands.press("p");
    add(desk, "sqlite", "SQLite");
    fill(desk, {{"filler", "Database"}, {"text", "Database"}}, "out.sqlite");
    fill(desk, {{"filler", "Table"}, {"text", "Table"}}, "sums");

    desk.hands.press("ctrl+r");
    desk.eyes.await({{"", "Finished"}});
    const auto windows = desk.query("out.sqlite", "SELECT COUNT(*), SUM(n), SUM(total) FROM sums");
    const long rows = Desk::kRows;
    const std::string right = std::to_string(rows / (10 * Desk::kRowsPerSecondOfEventTime)) + "|" +
                              std::to_string(rows) + "|" + std::to_string(rows * (rows - 1) / 2);
    desk.check(windows.size() == 1 && windows.front() == right, "The table does not hold " + right);
    desk.hands.press("ctrl+s");
    desk.quit();
    desk.start("empty.rill");
    desk.eyes.await(node("wire from Window aggregate to SQLite"));
    desk.quit();
    std::puts("e2e by keyboard: passed");
    return 0;
}
