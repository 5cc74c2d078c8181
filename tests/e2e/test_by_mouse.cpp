// A person with a mouse: from the empty canvas to charts and tables, and back from the saved file.
#include <cstdio>

#include "tests/e2e/desk.h"

using rw::e2e::Desk;
using rw::e2e::Thing;
using rw::e2e::Way;

namespace {

Way node(const std::string& title) {
    return {{"", "Canvas"}, {"list item", title}};
}
Way port(const std::string& title, const std::string& name) {
    return {{"", "Canvas"}, {"list item", title}, {"push button", name}};
}
Way field(const std::string& role, const std::string& name) {
    return {{"", name}, {role, name}};
}

/// Drags a palette entry onto the canvas.
void drop(Desk& desk, const std::string& entry, int x, int y) {
    const Thing canvas = desk.eyes.await({{"", "Canvas"}});
    desk.hands.drag(desk.eyes.await({{"list", ""}, {"list item", entry}}), canvas.x + x, canvas.y + y);
}

/// Puts a text into a field of the form and leaves it.
void fill(Desk& desk, const Way& way, const std::string& text) {
    desk.hands.click(desk.eyes.await(way));
    desk.hands.press("ctrl+a");
    desk.hands.type(text);
    desk.hands.press("Tab");
}

void connect(Desk& desk, const std::string& from, const std::string& output, const std::string& to,
             const std::string& input) {
    desk.hands.drag(desk.eyes.await(port(from, output)), desk.eyes.await(port(to, input)));
    desk.eyes.await({{"", "Canvas"}, {"list item", "wire from " + from + " to " + to}});
}

void select(Desk& desk, const std::string& title) {
    const Thing card = desk.eyes.await(node(title));
    desk.hands.click(card.middleX(),
                     card.y + 20);  // its head: the middle may be a picture with a will of its own
    desk.eyes.await({{"page tab", "Settings"}});
}

/// Adds a line to a list of the form and types it.
void addLine(Desk& desk, const std::string& list, const std::string& text) {
    const Way removes{{"filler", list}, {"push button", "Remove this line"}};
    const std::size_t before = desk.eyes.count(removes);
    desk.hands.click(desk.eyes.await({{"filler", list}, {"push button", list}}));
    desk.eyes.awaitCount(removes, before + 1);
    desk.hands.type(text);
    desk.hands.press("Escape");  // completions, should there be any
}

/// Opens a list of choices and takes one of them.
void choose(Desk& desk, const std::string& box, const std::string& choice) {
    desk.hands.click(desk.eyes.await({{"filler", box}, {"combo box", ""}}));
    desk.hands.click(desk.eyes.await({{"list item", choice}}));
}

/// Answers a dialog that asks for a file.
void fillName(Desk& desk, const std::string& file) {
    desk.hands.press("ctrl+a");
    desk.hands.type(desk.path(file).string());
    desk.hands.press("Return");
}

void buildThePipeline(Desk& desk) {
    drop(desk, "CSV file, Files", 100, 200);
    drop(desk, "Window aggregate", 400, 200);
    drop(desk, "Line chart", 750, 80);
    drop(desk, "SQLite", 750, 340);

    select(desk, "CSV file");
    fill(desk, field("text", "Path"), "in.csv");
    addLine(desk, "Columns", "k STRING");
    addLine(desk, "Columns", "v INT");
    addLine(desk, "Columns", "ts TIMESTAMP(3)");
    fill(desk, {{"filler", "Event time"}, {"combo box", "Event time"}}, "ts");
    fill(desk, field("text", "Rate"), "4000");

    connect(desk, "CSV file", "output rows", "Window aggregate", "input rows");
    select(desk, "Window aggregate");
    fill(desk, field("text", "Size"), "10");
    choose(desk, "Keys", "k");
    addLine(desk, "Aggregates", "COUNT(*) AS n");
    addLine(desk, "Aggregates", "SUM(v) AS total");

    connect(desk, "Window aggregate", "output window rows", "Line chart", "input");
    connect(desk, "Window aggregate", "output window rows", "SQLite", "input");
    select(desk, "Line chart");
    choose(desk, "Values", "total");
    select(desk, "SQLite");
    fill(desk, field("text", "Database"), "out.sqlite");
    fill(desk, field("text", "Table"), "sums");
}

/// Every window in the table holds what in.csv says: 500 rows of each key in 10 s, numbered through.
void checkTheTable(const Desk& desk) {
    constexpr int kRowsPerWindow = 10 * Desk::kRowsPerSecondOfEventTime;
    const auto rows = desk.query("out.sqlite", "SELECT k, n, total FROM sums ORDER BY window_start, k");
    desk.check(rows.size() >= 2 && rows.size() % 2 == 0, "The table has no whole windows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const long first = static_cast<long>(i / 2) * kRowsPerWindow + static_cast<long>(i % 2);
        const long count = kRowsPerWindow / 2, total = count * first + count * (count - 1);
        const std::string right =
            std::string(1, "ab"[i % 2]) + "|" + std::to_string(count) + "|" + std::to_string(total);
        desk.check(rows[i] == right, "The table says " + rows[i] + " instead of " + right);
    }
}

}  // namespace

int main() {
    Desk desk("mouse");
    desk.start("empty.rill");
    buildThePipeline(desk);

    const Thing chart = desk.eyes.await(node("Line chart"));
    const auto before = desk.eyes.picture(chart);
    desk.hands.click(desk.eyes.await({{"tool bar", ""}, {"push button", "Run"}}));
    desk.eyes.awaitChange(chart, before);
    const auto drawn = desk.eyes.picture(chart);
    desk.eyes.awaitChange(chart, drawn);
    desk.awaitFile("out.sqlite");
    desk.hands.click(desk.eyes.await({{"tool bar", ""}, {"push button", "Stop"}}));
    desk.eyes.await({{"", "Stopped"}});
    checkTheTable(desk);

    desk.hands.doubleClick(desk.eyes.await(node("Line chart")));
    desk.hands.click(desk.eyes.await({{"push button", "Export the visible range"}}));
    desk.hands.press("Up");  // the menu's last entry: as a CSV table
    desk.hands.press("Return");
    desk.eyes.await({{"push button", "Save"}});
    fillName(desk, "chart.csv");
    desk.awaitFile("chart.csv");
    desk.hands.press("Escape");
    desk.eyes.awaitGone({{"push button", "Export the visible range"}});

    desk.hands.press("ctrl+s");
    desk.quit();
    desk.start("empty.rill");
    for (const char* title : {"CSV file", "Window aggregate", "Line chart", "SQLite"})
        desk.eyes.await(node(title));
    desk.eyes.await({{"", "Canvas"}, {"list item", "wire from Window aggregate to SQLite"}});
    desk.quit();
    std::puts("e2e by mouse: passed");
    return 0;
}
