#include "tests/e2e/pipeline.h"

#include <sstream>
#include <utility>

#include "tests/e2e/patience.h"

namespace rw::e2e {

namespace {

constexpr long kRowsOfAKey =
    10 * DesignerFixture::kRowsPerSecondOfEventTime / 2;  // in a window of ten seconds

/// The sum of v in a window: the rows are numbered through, "a" has the even ones and "b" the odd ones.
long total(long window, long key) {
    const long first = 2 * window * kRowsOfAKey + key;
    return kRowsOfAKey * first + kRowsOfAKey * (kRowsOfAKey - 1);
}

}  // namespace

void typeAggregate(DesignerFixture& designer, const std::string& function, const std::string& column,
                   const std::string& name) {
    designer.screen.awaitFocus(field("Aggregates", "combo box"));
    designer.input.type(function);
    for (const auto& [cell, text] : {std::pair{"Column", column}, {"Result name", name}}) {
        designer.input.press("Tab");
        designer.screen.awaitFocus({{"filler", "Aggregates"}, {"text", cell}});
        designer.input.press("ctrl+a");
        designer.input.type(text);
    }
}

void awaitColumns(const DesignerFixture& designer) {
    designer.screen.awaitCount({{"filler", "Columns"}, {"push button", "Remove this line"}}, 3);
}

Element drawing(const DesignerFixture& designer) {
    Element part = designer.screen.await(node("Line chart"));
    part.x += part.width / 10;
    part.width -= part.width / 5;
    part.y += part.height * 2 / 5;  // below the head and the words
    part.height = part.height / 3;  // above the rate
    return part;
}

void awaitDrawing(const DesignerFixture& designer, std::uint64_t before) {
    const Element chart = drawing(designer);
    for (int change = 0; change < 3; ++change) {
        designer.screen.awaitChange(chart, before);
        before = designer.screen.picture(chart);
    }
}

void answerFileName(DesignerFixture& designer, const std::string& dialog, const std::string& file) {
    designer.screen.awaitFocus({{"dialog", dialog}, {"text", "File name"}});
    designer.input.press("ctrl+a");
    designer.input.type(file);
    designer.input.press("Return");
}

void awaitWindows(const DesignerFixture& designer) {
    // The rows of a file are all there once: until the run ends the table has another name.
    until([&] { return designer.query("out.sqlite", "SELECT 1 FROM _rill_new_sums").size() >= 4; },
          [] { return "No windows come into the table"; });
}

void checkTable(const DesignerFixture& designer) {
    const auto rows = designer.query("out.sqlite", "SELECT k, n, total FROM sums ORDER BY window_start, k");
    check(rows.size() >= 4 && rows.size() % 2 == 0, "The table has no whole windows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const long window = static_cast<long>(i / 2), key = static_cast<long>(i % 2);
        const std::string right = std::string(1, "ab"[key]) + "|" + std::to_string(kRowsOfAKey) + "|" +
                                  std::to_string(total(window, key));
        check(rows[i] == right, "The table says " + rows[i] + " instead of " + right);
    }
}

void checkExport(const DesignerFixture& designer) {
    designer.awaitFile("chart.csv");
    std::istringstream lines(designer.contents("chart.csv"));
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

void awaitPipeline(const DesignerFixture& designer) {
    for (const char* title : {"CSV file", "Window aggregate", "Line chart", "SQLite"})
        designer.screen.await(node(title));
    designer.screen.await(wire("CSV file", "Window aggregate"));
    designer.screen.await(wire("Window aggregate", "Line chart"));
    designer.screen.await(wire("Window aggregate", "SQLite"));
}

}  // namespace rw::e2e
