#include "tests/e2e/pipeline.h"

#include <sstream>
#include <utility>

#include "tests/e2e/patience.h"

namespace rw::e2e {

namespace {

constexpr long kRowsOfAKey = 10 * Desk::kRowsPerSecondOfEventTime / 2;  // in a window of ten seconds

/// The sum of v in a window: the rows are numbered through, "a" has the even ones and "b" the odd ones.
long total(long window, long key) {
    const long first = 2 * window * kRowsOfAKey + key;
    return kRowsOfAKey * first + kRowsOfAKey * (kRowsOfAKey - 1);
}

}  // namespace

void typeAggregate(Desk& desk, const std::string& function, const std::string& column,
                   const std::string& name) {
    desk.eyes.awaitFocus(field("Aggregates", "combo box"));
    desk.hands.type(function);
    for (const auto& [cell, text] : {std::pair{"Column", column}, {"Result name", name}}) {
        desk.hands.press("Tab");
        desk.eyes.awaitFocus({{"filler", "Aggregates"}, {"text", cell}});
        desk.hands.press("ctrl+a");
        desk.hands.type(text);
    }
}

void awaitColumns(const Desk& desk) {
    desk.eyes.awaitCount({{"filler", "Columns"}, {"push button", "Remove this line"}}, 3);
}

Thing drawing(const Desk& desk) {
    Thing part = desk.eyes.await(node("Line chart"));
    part.x += part.width / 10;
    part.width -= part.width / 5;
    part.y += part.height * 2 / 5;  // below the head and the words
    part.height = part.height / 3;  // above the rate
    return part;
}

void awaitDrawing(const Desk& desk, std::uint64_t before) {
    const Thing chart = drawing(desk);
    for (int change = 0; change < 3; ++change) {
        desk.eyes.awaitChange(chart, before);
        before = desk.eyes.picture(chart);
    }
}

void answerFileName(Desk& desk, const std::string& dialog, const std::string& file) {
    desk.eyes.awaitFocus({{"dialog", dialog}, {"text", "File name"}});
    desk.hands.press("ctrl+a");
    desk.hands.type(file);
    desk.hands.press("Return");
}

void awaitWindows(const Desk& desk) {
    // The rows of a file are all there once: until the run ends the table has another name.
    until([&] { return desk.query("out.sqlite", "SELECT 1 FROM _rill_new_sums").size() >= 4; },
          [] { return "No windows come into the table"; });
}

void checkTable(const Desk& desk) {
    const auto rows = desk.query("out.sqlite", "SELECT k, n, total FROM sums ORDER BY window_start, k");
    check(rows.size() >= 4 && rows.size() % 2 == 0, "The table has no whole windows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const long window = static_cast<long>(i / 2), key = static_cast<long>(i % 2);
        const std::string right = std::string(1, "ab"[key]) + "|" + std::to_string(kRowsOfAKey) + "|" +
                                  std::to_string(total(window, key));
        check(rows[i] == right, "The table says " + rows[i] + " instead of " + right);
    }
}

void checkExport(const Desk& desk) {
    desk.awaitFile("chart.csv");
    std::istringstream lines(desk.contents("chart.csv"));
    std::string line;
    std::getline(lines, line);
    check(line == "window_start,window_end,series,value", "The chart's table begins with " + line);
    int windows = 0;
    for (; std::getline(lines, line); ++windows) {
        // 2024-03-01T00:01:10.000Z,2024-03-01T00:01:20.000Z,total,…: a window, in UTC.
        const long minute = std::stol(line.substr(14, 2)), second = std::stol(line.substr(17, 2));
        const long window = (60 * minute + second) / 10;
        const std::string value = line.substr(line.rfind(',') + 1);
        check(value == std::to_string(total(window, 0)) || value == std::to_string(total(window, 1)),
              "The chart's table says " + line);
    }
    check(windows >= 4, "The chart's table has no whole windows");
}

void awaitPipeline(const Desk& desk) {
    for (const char* title : {"CSV file", "Window aggregate", "Line chart", "SQLite"})
        desk.eyes.await(node(title));
    desk.eyes.await(wire("CSV file", "Window aggregate"));
    desk.eyes.await(wire("Window aggregate", "Line chart"));
    desk.eyes.await(wire("Window aggregate", "SQLite"));
}

}  // namespace rw::e2e
